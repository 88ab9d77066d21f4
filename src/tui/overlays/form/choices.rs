//! The values that a field of a closed set can have, as a short list under it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::row::FormRow;
use crate::domain::words::fold;
use crate::plain;
use crate::tui::view::paint;
use crate::tui::view::theme::Theme;

/// Draws them over the lines below the field at row `at`, or above it where there is no room below. What begins with what
/// is typed stands out; fields whose values are no closed set have no list.
pub fn draw(row: &FormRow, buffer: &mut Buffer, area: Rect, (at, indent): (u16, u16), theme: Theme) {
    let (choices, typed) = row.choices();
    let Some(widest) = choices.iter().map(|choice| plain::width(choice)).max() else { return };
    let height = u16::try_from(choices.len() + 1).unwrap_or(u16::MAX);
    let is_below = area.height.saturating_sub(at + 1) >= height;
    if !is_below && at < height || area.width <= indent + 6 {
        return;
    }
    let first = if is_below { at + 1 } else { at - height };
    let width = (widest + 4).min(usize::from(area.width - indent));
    // To the end of the line: what stands beside the list would be read as part of it.
    let list = Rect { x: area.x + indent, width: area.width - indent, ..area };
    let rest = " ".repeat(usize::from(list.width).saturating_sub(width));
    let (side, corner, rule) = if theme.is_ascii { ("|", "+", "-") } else { ("│", "", "─") };
    let edge = |ends: [&str; 2]| format!("{}{}{}", ends[0], rule.repeat(width - 2), ends[1]);
    let edge = match (theme.is_ascii, is_below) {
        (true, _) => edge([corner, corner]),
        (false, true) => edge(["└", "┘"]),
        (false, false) => edge(["┌", "┐"]),
    };
    let (top, edge_at) = if is_below { (first, first + height - 1) } else { (first + 1, first) };
    for (line, choice) in (top..).zip(&choices) {
        let fits = typed.is_empty() || fold(choice).starts_with(&typed);
        let style = if fits { theme.text() } else { theme.dim() };
        let text = plain::fit(&format!(" {choice}"), width - 2);
        let side = Span::styled(side, theme.dim());
        let spans = vec![side.clone(), Span::styled(text, style), side, Span::raw(rest.clone())];
        paint::put(buffer, list, line, &Line::from(spans));
    }
    paint::put(buffer, list, edge_at, &Line::styled(edge + &rest, theme.dim()));
}
