//! Small brushes: rules with titles, lines in exactly their width. Everything drawn goes through `plain`.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::plain;
use crate::tui::view::theme::Theme;

/// Draws a line at a row of an area, cut to its width: that it goes on is seen at its end.
pub fn put(buffer: &mut Buffer, area: Rect, row: u16, line: &Line<'_>) {
    if row >= area.height {
        return;
    }
    let (y, right) = (area.y + row, area.right().min(buffer.area.right()));
    let (mut x, mut is_cut) = (area.x, false);
    for span in &line.spans {
        let style = line.style.patch(span.style);
        let (end, rest) = put_span(buffer, (x, y), right, &span.content, style);
        // Blanks at the end of a line are no text.
        is_cut |= !rest.trim_end().is_empty();
        x = end;
    }
    if is_cut && right > area.x {
        let last = right - 1;
        // Half of a letter of two columns would hide what stands on its other half.
        if last > area.x && plain::width(buffer[(last - 1, y)].symbol()) > 1 {
            buffer[(last - 1, y)].set_symbol(" ");
        }
        buffer[(last, y)].set_symbol("…");
    }
}

/// Draws a text up to a column; says at which it ended and what had no room. The library looks for letters of several
/// characters, which is a quarter of all that a key costs; most of a screen has none.
fn put_span<'a>(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    right: u16,
    text: &'a str,
    style: Style,
) -> (u16, &'a str) {
    let room = right.saturating_sub(x);
    if !plain::is_one_column_each(text) {
        let end = buffer.set_stringn(x, y, text, usize::from(room), style).0;
        let is_whole = plain::width(text.trim_end()) <= usize::from(room);
        return (end, if is_whole { "" } else { text });
    }
    if room == 0 || text.is_empty() {
        return (x, text);
    }
    let start = buffer.index_of(x, y);
    let mut letters = text.chars();
    let mut end = x;
    // The cells first: the letter that finds none has to stay.
    for (cell, c) in buffer.content[start..start + usize::from(room)].iter_mut().zip(letters.by_ref()) {
        // Half of a screen is blanks, and a cell begins as one.
        if c != ' ' || cell.symbol() != " " {
            cell.set_char(c);
        }
        cell.set_style(style);
        end += 1;
    }
    (end, letters.as_str())
}

/// A bar down the left side of an area under its rule.
pub fn focus_bar(buffer: &mut Buffer, area: Rect, theme: Theme) {
    for y in area.y + 1..area.y + area.height {
        let cell = &mut buffer[(area.x, y)];
        // Never over a letter: a list in a narrow pane may need its first column.
        if cell.symbol() == " " {
            cell.set_symbol(if theme.is_ascii { "|" } else { "▎" });
            cell.set_style(theme.accent());
        }
    }
}

/// Gives a whole row of an area a style.
pub fn style_row(buffer: &mut Buffer, area: Rect, row: u16, style: Style) {
    if row < area.height {
        buffer.set_style(Rect::new(area.x, area.y + row, area.width, 1), style);
    }
}

/// Gives some columns of a row of an area a style, counted from its left.
pub fn restyle(buffer: &mut Buffer, area: Rect, row: u16, columns: &Range<usize>, style: Style) {
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX).min(area.width);
    let (from, to) = (column(columns.start), column(columns.end));
    if row < area.height {
        buffer.set_style(Rect::new(area.x + from, area.y + row, to.saturating_sub(from), 1), style);
    }
}

/// A rule over the whole width: `── Title  more ─────────── right ──`.
pub struct Rule<'a> {
    /// What it is about.
    pub title: &'a str,
    /// What it says of it.
    pub more: &'a str,
    /// At its right end.
    pub right: &'a str,
    pub line: Style,
    /// Of the title.
    pub strong: Style,
    /// Of the rest.
    pub text: Style,
}

impl<'a> Rule<'a> {
    /// Over what lies over the panes.
    pub fn over(title: &'a str, theme: Theme) -> Self {
        let accent = theme.accent();
        Self { title, more: "", right: "", line: accent, strong: accent, text: theme.dim() }
    }

    /// Over a pane.
    pub fn pane(title: &'a str, theme: Theme, is_focused: bool) -> Self {
        let strong = if is_focused { theme.accent() } else { theme.text() };
        Self { title, more: "", right: "", line: theme.rule(is_focused), strong, text: theme.text() }
    }

    /// The columns that a rule takes whole, with a stroke of the line between its two ends.
    pub fn takes(title: &str, more: &str, right: &str) -> usize {
        // `── Title  more ── right ──`, or `── Title  more ──`.
        let right = if right.is_empty() { 0 } else { plain::width(right) + 4 };
        plain::width(title) + plain::width(more) + right + 4 + 2 + 1
    }

    /// True if a title stands whole beside what is at the right end.
    pub fn holds(title: &str, right: &str, width: usize) -> bool {
        plain::cut_if_needed(title, title_room(right, width)).is_none()
    }

    /// Draws it on the first row of an area.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect) {
        let width = usize::from(area.width);
        let title = plain::cut(self.title, title_room(self.right, width));
        if title.is_empty() && self.more.is_empty() && self.right.is_empty() {
            put(buffer, area, 0, &Line::styled("─".repeat(width), self.line));
            return;
        }
        let mut spans = vec![Span::styled(if title.is_empty() { "──" } else { "── " }, self.line)];
        let mut used = if title.is_empty() { 2 } else { 3 };
        if !title.is_empty() {
            used += plain::width(&title) + 1;
            spans.push(Span::styled(title, self.strong));
            spans.push(Span::raw(" "));
        }
        let right = plain::cut(self.right, right_room(self.title, self.more, width));
        let right_width = if right.is_empty() { 0 } else { plain::width(&right) + 4 };
        if !self.more.is_empty() {
            let more = plain::cut(self.more, width.saturating_sub(used + right_width + 3));
            if !more.is_empty() {
                used += plain::width(&more) + 2;
                spans.push(Span::styled(format!(" {more} "), self.text));
            }
        }
        let fill = width.saturating_sub(used + right_width);
        spans.push(Span::styled("─".repeat(fill), self.line));
        if !right.is_empty() {
            spans.push(Span::styled(format!(" {right} "), self.text));
            spans.push(Span::styled("──", self.line));
        }
        put(buffer, area, 0, &Line::from(spans));
    }
}

/// The columns of a title beside what stands at the right end. What a long title leaves out is in its record; what stands
/// right is nowhere else.
fn title_room(right: &str, width: usize) -> usize {
    let kept = if right.is_empty() { 0 } else { plain::width(right).min(width / 2) + 4 };
    // The stroke before it and one behind it, with a blank each.
    width.saturating_sub(5 + kept)
}

/// The columns of what stands at the right end: half of the rule, and all that a short title leaves of it.
fn right_room(title: &str, more: &str, width: usize) -> usize {
    // As much as a rule takes whole, with a blank and a stroke on either side of what is right.
    width.saturating_sub(Rule::takes(title, more, "") + 4).max(width / 2)
}

/// Draws every cell with a sign of ASCII.
pub fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            cell.set_char(plain::ascii_for(cell.symbol()));
        }
    }
}

/// Says in a list why it is empty, and what to do.
pub fn say_empty(buffer: &mut Buffer, area: Rect, text: &str, theme: Theme) {
    for (row, line) in (0..).zip(plain::wrap(text.trim(), usize::from(area.width).saturating_sub(4))) {
        put(buffer, area, row, &Line::styled(format!("   {line}"), theme.dim()));
    }
}

/// An area without its first rows.
pub const fn below(area: Rect, rows: u16) -> Rect {
    let rows = if rows > area.height { area.height } else { rows };
    Rect { x: area.x, y: area.y + rows, width: area.width, height: area.height - rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_says_so_at_its_end_and_blanks_are_not_cut() {
        let area = Rect::new(0, 0, 8, 2);
        let mut buffer = Buffer::empty(area);
        put(&mut buffer, area, 0, &Line::raw("reflected on"));
        put(&mut buffer, area, 1, &Line::raw("whole    "));
        let row = |buffer: &Buffer, y: u16| (0..8).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        assert_eq!((row(&buffer, 0).as_str(), row(&buffer, 1).as_str()), ("reflect…", "whole   "));
        put(&mut buffer, area, 0, &Line::raw("日本語日本語"));
        put(&mut buffer, area, 1, &Line::raw("a日本語日本語"));
        assert_eq!((row(&buffer, 0).as_str(), row(&buffer, 1).as_str()), ("日 本 語  …", "a日 本 語 …"));
        // What is cut may stand in a span of its own, behind blanks that have no room either.
        put(&mut buffer, area, 0, &Line::from(vec!["whole   ".into(), "   ".into(), "more".into()]));
        put(&mut buffer, area, 1, &Line::from(vec!["whole   ".into(), "   ".into(), "".into()]));
        assert_eq!((row(&buffer, 0).as_str(), row(&buffer, 1).as_str()), ("whole  …", "whole   "));
    }

    #[test]
    fn letters_of_one_column_are_drawn_as_the_library_draws_them() {
        let area = Rect::new(1, 0, 9, 1);
        let style = Style::new().bold();
        for text in [
            "",
            "plain",
            "── Load ──",
            "too long for it",
            "Jose\u{301} 日本",
            "Größe · 3 → 4",
            "日本語日本語",
            "a日",
            "█▌ 3h",
        ] {
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let (end, _) = put_span(&mut ours, (2, 0), area.right(), text, style);
            let (expected, _) = theirs.set_stringn(2, 0, text, 8, style);
            assert_eq!((end, ours), (expected, theirs), "{text}");
        }
    }
}
