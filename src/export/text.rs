//! Plain text for e-mail and for a terminal: wrapped, titles underlined, receipts as notes at the end.

use super::notes::{self, Noted};
use super::{heat, plot};
use crate::domain::document::{Block, Document, Line};
use crate::plain;

/// The narrowest width that is kept to.
const NARROWEST: usize = 30;

/// Lays a document out in at most `width` columns.
pub fn render(document: &Document, width: usize) -> String {
    let page = TextPage { noted: Noted::new(document), width: width.max(NARROWEST) };
    let mut out: Vec<String> = Vec::new();
    page.heading(&document.title, '=', &mut out);
    out.extend(page.wrapped(&document.subtitle, "", ""));
    out.extend(page.wrapped(&document.staleness().unwrap_or_default(), "", ""));
    for block in &document.blocks {
        page.block(block, &mut out);
    }
    page.receipts(&mut out);
    let mut text = out.join("\n");
    text.push('\n');
    text
}

struct TextPage<'a> {
    noted: Noted<'a>,
    width: usize,
}

impl TextPage<'_> {
    /// A title with a rule below it.
    fn heading(&self, title: &str, rule: char, out: &mut Vec<String>) {
        let lines = self.wrapped(title, "", "");
        let longest = lines.iter().map(|line| plain::width(line)).max().unwrap_or(0);
        out.extend(lines);
        out.push(std::iter::repeat_n(rule, longest).collect());
    }

    /// A text after a mark, further lines under its first letter; nothing for an empty text.
    fn wrapped(&self, text: &str, mark: &str, indent: &str) -> Vec<String> {
        let text = plain::harmless(text);
        if text.trim().is_empty() {
            return Vec::new();
        }
        let room = self.width.saturating_sub(plain::width(mark));
        let lines = plain::wrap(&text, room).into_iter().enumerate();
        lines.map(|(row, line)| format!("{}{line}", if row == 0 { mark } else { indent })).collect()
    }

    fn block(&self, block: &Block, out: &mut Vec<String>) {
        out.push(String::new());
        self.heading(&block.title, '-', out);
        for line in &block.lines {
            let mark = match line.tone.mark() {
                "" => "- ".to_owned(),
                mark => format!("{mark} "),
            };
            out.extend(self.wrapped(&self.said(line), &mark, "  "));
        }
        let plot = block.plot.as_ref().map(plot::lines).unwrap_or_default();
        let table = block
            .heat
            .as_ref()
            .map(|table| heat::lines(table, self.width.saturating_sub(2)))
            .unwrap_or_default();
        for drawn in [plot, table].iter().filter(|drawn| !drawn.is_empty()) {
            // Under a title alone, the rule parts it already.
            if !block.lines.is_empty() {
                out.push(String::new());
            }
            out.extend(drawn.iter().map(|line| plain::cut(&format!("  {line}"), self.width)));
        }
    }

    fn said(&self, line: &Line) -> String {
        let keys = line.unnamed_keys();
        let keys = if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(", ")) };
        format!("{}{keys}{}", line.text, self.noted.marks(line))
    }

    fn receipts(&self, out: &mut Vec<String>) {
        if self.noted.figures.is_empty() {
            return;
        }
        out.push(String::new());
        self.heading(notes::TITLE, '-', out);
        for (number, receipt) in self.noted.receipts() {
            out.extend(self.wrapped(&receipt, &format!("[{number}] "), "    "));
        }
    }
}
