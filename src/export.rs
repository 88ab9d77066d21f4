//! What goes out: documents as text, Markdown, Slack's own marks or a page, and records as CSV or a
//! calendar. Pure: everything was gathered and counted before; here it is only laid out and made harmless.

pub mod calendar;
mod heat;
mod html;
mod markdown;
mod notes;
mod plot;
mod slack;
pub mod table;
mod text;

use crate::domain::document::{Document, Reader};
use crate::domain::named::named_enum;

named_enum! {
    /// As what a document is laid out.
    pub enum Layout {
        Text = "text", "plain text",
        Markdown = "markdown", "Markdown",
        Slack = "slack", "Slack",
        Html = "html", "a page",
    }
}

/// Columns of plain text that a mail program shows without breaking lines.
pub const MAIL_WIDTH: usize = 76;

/// Lays a document out for somebody. There is no layout without a reader, so that nothing goes out by being
/// forgotten. `width` counts for plain text only.
pub fn render(document: &Document, reader: Reader, layout: Layout, width: usize) -> String {
    let document = &document.for_reader(reader);
    match layout {
        Layout::Text => text::render(document, width),
        Layout::Markdown => markdown::render(document),
        Layout::Slack => slack::render(document),
        Layout::Html => html::render(document),
    }
}

#[cfg(test)]
mod tests;
