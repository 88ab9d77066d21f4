//! Markdown that reads well as it is, too: titles, lists, receipts as a numbered list.

use std::fmt::Write;

use super::notes::{self, Noted};
use super::{heat, plot};
use crate::domain::document::{Block, Document, Line, Tone};
use crate::plain;

/// Lays a document out.
pub fn render(document: &Document) -> String {
    let noted = Noted::new(document);
    let mut out = format!("# {}\n", escape(&document.title));
    if !document.subtitle.trim().is_empty() {
        let _ = write!(out, "\n{}\n", escape(&document.subtitle));
    }
    if let Some(stale) = document.staleness() {
        let _ = write!(out, "\n*{}*\n", escape(&stale));
    }
    for block in &document.blocks {
        add_block(block, &noted, &mut out);
    }
    if !noted.figures.is_empty() {
        let _ = write!(out, "\n## {}\n\n", notes::TITLE);
        for (number, receipt) in noted.receipts() {
            let _ = writeln!(out, "{number}. {}", escape(&receipt));
        }
    }
    out
}

fn add_block(block: &Block, noted: &Noted<'_>, out: &mut String) {
    let _ = write!(out, "\n## {}\n\n", escape(&block.title));
    for line in &block.lines {
        let _ = writeln!(out, "- {}", said(line, noted));
    }
    let plot = block.plot.as_ref().map(plot::lines).unwrap_or_default();
    let table = block.heat.as_ref().map(|table| heat::lines(table, super::MAIL_WIDTH)).unwrap_or_default();
    for drawn in [plot, table].iter().filter(|drawn| !drawn.is_empty()) {
        // A backtick of a label would end the block.
        let _ = write!(out, "\n```text\n{}\n```\n", drawn.join("\n").replace('`', "'"));
    }
}

fn said(line: &Line, noted: &Noted<'_>) -> String {
    let mark = line.tone.mark();
    let mark = match line.tone {
        Tone::Plain => String::new(),
        Tone::Warn => format!("**{mark}** "),
        Tone::Good => format!("{mark} "),
    };
    let keys = line.unnamed_keys();
    let keys = if keys.is_empty() { String::new() } else { format!(" ({})", escape(&keys.join(", "))) };
    let marks = noted.marks(line).replace('[', "\\[").replace(']', "\\]");
    format!("{mark}{}{keys}{marks}", escape(&line.text))
}

/// The text as text: nothing in it marks up, links, quotes or begins a list.
fn escape(text: &str) -> String {
    let text = plain::harmless(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.trim().chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered =
        out[digits..].starts_with(['.', ')']) && !out[digits + 1..].starts_with(|c: char| c != ' ');
    // `3.` at the beginning of a line would begin a list with three.
    if digits > 0 && is_numbered {
        out.insert(digits, '\\');
    // A list, or a line under a title.
    } else if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}
