//! A day or week of somebody's load, as it is drawn: its hours, and behind them the mark that says their state.

use ratatui::style::Style;

use crate::domain::load::{Cell, CellMark, CellState};
use crate::domain::minutes::Minutes;
use crate::plain;
use crate::tui::view::marks;
use crate::tui::view::theme::Theme;

/// Columns of a day.
pub const DAY: usize = 3;
/// Columns of a week, whose name is a day and its month.
pub const WEEK: usize = 7;

/// In exactly the width of its column: blanks that keep days apart, then hours and mark in one colour.
pub struct DrawnCell {
    pub blank: &'static str,
    pub text: String,
    pub style: Style,
}

impl DrawnCell {
    fn new(text: String, style: Style, width: usize) -> Self {
        const BLANKS: &str = "       ";
        Self { blank: &BLANKS[..width.saturating_sub(plain::width(&text)).min(BLANKS.len())], text, style }
    }
}

/// Draws a cell. How full it is stands behind hours and mark as heat.
pub fn draw(cell: &Cell, (is_weeks, added): (bool, Minutes), theme: Theme) -> DrawnCell {
    let (mut text, glyph, style) = if added.is_zero() {
        marked(cell, theme)
    } else {
        // A ghost is the sum with its mark; that it would be over is said in its words.
        let style = if cell.state == CellState::ForcedOver { theme.critical() } else { theme.accent() };
        let sum = cell.confirmed + cell.tentative + cell.unknown;
        let mark = if added.is_positive() { marks::ADDED } else { marks::TAKEN_OFF };
        (hours(sum, theme), mark.drawn(theme), style)
    };
    let width = if is_weeks { WEEK } else { DAY };
    // A hundred hours on a day: the figure says more than the mark.
    if plain::width(&text) + plain::width(glyph) <= width {
        text.push_str(glyph);
    }
    // What is hot needs no other colour; what is not keeps that of its mark where it needs a decision.
    DrawnCell::new(text, style.patch(theme.heat(cell.fullness())), width)
}

fn hours(minutes: Minutes, theme: Theme) -> String {
    match minutes.0 {
        0 => String::new(),
        1..30 if theme.is_ascii => "1".to_owned(),
        1..30 => "½".to_owned(),
        _ => minutes.rounded_hours().to_string(),
    }
}

/// The hours of a cell, what stands behind them, and in which colour.
fn marked(cell: &Cell, theme: Theme) -> (String, &'static str, Style) {
    let (shown, mark) = cell.mark();
    let number = hours(shown, theme);
    match mark {
        CellMark::Late => (number, marks::LATE.drawn(theme), theme.critical()),
        CellMark::Over => (number, marks::OVER.drawn(theme), theme.critical()),
        CellMark::Unknown => (number, marks::UNKNOWN.drawn(theme), theme.warn()),
        CellMark::Reshape => (number, marks::RESHAPE.drawn(theme), theme.warn()),
        CellMark::Tight => (number, marks::TIGHT.drawn(theme), theme.warn()),
        CellMark::Maybe => (number, marks::MAYBE.drawn(theme), theme.dim()),
        // What is not worked is said in the place of the hours.
        CellMark::Away => (marks::AWAY.drawn(theme).to_owned(), " ", theme.dim()),
        CellMark::Holiday => (marks::HOLIDAY.drawn(theme).to_owned(), " ", theme.dim()),
        CellMark::Free => (marks::FREE.drawn(theme).to_owned(), " ", theme.dim()),
        CellMark::PartAway if shown == Minutes::ZERO => {
            (marks::FREE.drawn(theme).to_owned(), marks::AWAY.drawn(theme), theme.dim())
        }
        CellMark::PartAway => (number, marks::AWAY.drawn(theme), theme.text()),
        CellMark::None if cell.state == CellState::NoCapacity => (number, " ", theme.dim()),
        CellMark::None => (number, theme.heat_mark(cell.fullness()).unwrap_or(" "), theme.text()),
    }
}
