//! Text for a page: harmless, and with nothing in it that could be markup, in text and in quotes alike.

use std::borrow::Cow;

use crate::plain;

/// The text, safe between tags and inside quoted attributes.
pub fn escape(text: &str) -> Cow<'_, str> {
    let text = plain::harmless(text);
    if !text.contains(['&', '<', '>', '"', '\'', '`']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Some browsers once took it for a quote around an attribute.
            '`' => out.push_str("&#96;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}
