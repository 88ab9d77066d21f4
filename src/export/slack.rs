//! Slack's own marks: bold titles, bullets, and its three letters escaped, so that no text links or
//! calls anybody.

use std::fmt::Write;

use super::notes::{self, Noted};
use super::{heat, plot};
use crate::domain::document::{Document, Line, Tone};
use crate::plain;

/// After an `@`, it keeps a text from calling everybody.
const JOINER: char = '\u{2060}';

/// Lays a document out.
pub fn render(document: &Document) -> String {
    let noted = Noted::new(document);
    let mut out = format!("*{}*\n", inline(&document.title));
    if !document.subtitle.trim().is_empty() {
        let _ = writeln!(out, "{}", inline(&document.subtitle));
    }
    if let Some(stale) = document.staleness() {
        let _ = writeln!(out, "_{}_", inline(&stale));
    }
    for block in &document.blocks {
        let _ = write!(out, "\n*{}*\n", inline(&block.title));
        for line in &block.lines {
            let _ = writeln!(out, "• {}", said(line, &noted));
        }
        let plot = block.plot.as_ref().map(plot::lines).unwrap_or_default();
        let table =
            block.heat.as_ref().map(|table| heat::lines(table, super::MAIL_WIDTH)).unwrap_or_default();
        for drawn in [plot, table].iter().filter(|drawn| !drawn.is_empty()) {
            // A backtick of a label would end the block.
            let _ = writeln!(out, "```{}```", entities(&drawn.join("\n").replace('`', "'")));
        }
    }
    if !noted.figures.is_empty() {
        let _ = write!(out, "\n*{}*\n", notes::TITLE);
        for (number, receipt) in noted.receipts() {
            let _ = writeln!(out, "[{number}] {}", inline(&receipt));
        }
    }
    out
}

fn said(line: &Line, noted: &Noted<'_>) -> String {
    let mark = line.tone.mark();
    let mark = match line.tone {
        Tone::Plain => String::new(),
        Tone::Warn => format!("*{mark}* "),
        Tone::Good => format!("{mark} "),
    };
    let keys = line.unnamed_keys();
    let keys = if keys.is_empty() { String::new() } else { format!(" ({})", inline(&keys.join(", "))) };
    format!("{mark}{}{keys}{}", inline(&line.text), noted.marks(line))
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A letter that looks the same and marks nothing: Slack has no escape for its marks.
const fn tame(c: char) -> char {
    match c {
        '*' => '∗',
        '_' => 'ˍ',
        '~' => '∼',
        '`' => 'ˋ',
        other => other,
    }
}

/// A text in which nothing marks up, links or calls; marks inside words stay, because they mark nothing.
fn inline(text: &str) -> String {
    let text = plain::harmless(text);
    let letters: Vec<char> = text.trim().chars().collect();
    let is_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in letters.iter().enumerate() {
        let is_inside =
            is_word(at.checked_sub(1).and_then(|at| letters.get(at))) && is_word(letters.get(at + 1));
        // Slack takes a mark only at the edge of a word. Inside, as in `snake_case`, the letter can stay what
        // it is.
        out.push(if is_inside { *c } else { tame(*c) });
        // Slack offers to notify whoever is named; a joiner that nobody sees keeps the name from being one.
        if *c == '@' {
            out.push(JOINER);
        }
    }
    entities(&out)
}
