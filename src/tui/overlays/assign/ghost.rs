//! The ghost: somebody's days as they are, and what the work would add to them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::load::capacity::Away;
use crate::domain::load::{Cell, CellState};
use crate::domain::minutes::Minutes;
use crate::domain::workdays;
use crate::ops::plan::Candidate;
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::paint;
use crate::tui::view::theme::Theme;

/// Columns of a day: `12+8!`.
const DAY: usize = 6;
const NAME: usize = 11;
const SIGNS: [&str; 5] =
    ["+ what this adds", "! cannot be done then", "^ looks over, fits if re-shaped", "~ away", "· free"];

/// Draws days, hours, and what the signs mean.
pub fn draw(candidate: &Candidate, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
    let theme = sight.theme;
    let room = usize::from(area.width).saturating_sub(NAME + 4);
    let weeks = (room / (5 * DAY + 1)).max(1);
    let days =
        candidate.before.iter().zip(&candidate.after).filter(|(cell, _)| workdays::is_weekday(cell.date));
    let mut head = vec![Span::raw(" ".repeat(NAME + 3))];
    let mut row = vec![Span::styled(format!("   {}", plain::fit(&candidate.handle, NAME)), theme.strong())];
    for (index, (before, after)) in days.take(weeks * 5).enumerate() {
        if index > 0 && index % 5 == 0 {
            head.push(Span::raw(" "));
            row.push(Span::raw(" "));
        }
        let name = if index % 5 == 0 {
            format!("{} {}", &before.date.format("%a").to_string()[..2], before.date.format("%-d"))
        } else {
            before.date.format("%a").to_string()[..2].to_owned()
        };
        let is_today = before.date == sight.snapshot.today();
        head.push(Span::styled(plain::fit(&name, DAY), if is_today { theme.accent() } else { theme.dim() }));
        let (text, style) = cell(before, after, theme);
        row.push(Span::styled(plain::fit(&text, DAY), style));
    }
    paint::put(buffer, area, 0, &Line::from(head));
    paint::put(buffer, area, 1, &Line::from(row));
    let columns = usize::from(area.width).saturating_sub(4);
    let mut lines = legend(columns);
    if lines.len() > usize::from(area.height.saturating_sub(2)) {
        lines = vec![plain::cut(&SIGNS.join("   "), columns)];
    }
    for (row, line) in (2..).zip(lines) {
        paint::put(buffer, area, row, &Line::styled(format!("   {line}"), theme.dim()));
    }
}

/// What the signs mean, in lines of at most `columns` columns; no sign is parted from its meaning.
fn legend(columns: usize) -> Vec<String> {
    let mut lines = vec![SIGNS[0].to_owned()];
    for sign in &SIGNS[1..] {
        match lines.last_mut() {
            Some(line) if plain::width(line) + 3 + plain::width(sign) <= columns => {
                line.push_str("   ");
                line.push_str(sign);
            }
            _ => lines.push((*sign).to_owned()),
        }
    }
    lines
}

fn hours(minutes: Minutes) -> String {
    if minutes.is_positive() && minutes.0 < 30 {
        "½".to_owned()
    } else {
        minutes.rounded_hours().to_string()
    }
}

fn cell(before: &Cell, after: &Cell, theme: Theme) -> (String, Style) {
    let all = |cell: &Cell| cell.confirmed + cell.tentative + cell.unknown;
    let (was, is) = (all(before), all(after));
    let added = is - was;
    let base = match (was.is_zero(), before.state) {
        (true, CellState::NoCapacity) if before.away == Away::No => String::new(),
        (true, CellState::NoCapacity) => "~".to_owned(),
        (true, _) if added.is_positive() => String::new(),
        (true, _) => if theme.is_ascii { "." } else { "·" }.to_owned(),
        (false, _) => hours(was),
    };
    let plus = if added.is_positive() { format!("+{}", hours(added)) } else { String::new() };
    let (mark, style) = match after.state {
        CellState::ForcedOver => ("!", theme.critical()),
        CellState::SpreadOver => ("^", theme.warn()),
        _ if added.is_positive() => ("", theme.accent()),
        _ => ("", theme.dim()),
    };
    (format!("{base}{plus}{mark}"), style)
}
