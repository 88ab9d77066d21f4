//! How a board looks: a rule over each column, lines below it, the chosen one marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Board, BoardColumn, record_of};
use crate::domain::record::RecordKey;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::marks::Marks;
use crate::tui::view::list::Cursor;
use crate::tui::view::marks;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

pub fn draw(state: &Board, snapshot: &Snapshot, (buffer, area): (&mut Buffer, Rect), theme: Theme) {
    let columns = state.columns(snapshot, theme);
    let widths = state.widths();
    let mut x = area.x;
    for (index, column) in columns.iter().enumerate() {
        let width = u16::try_from(widths[index]).unwrap_or(area.width).min(area.width - (x - area.x));
        let own = Rect { x, width, ..area };
        draw_column(
            column,
            (state.cursors[index], &state.marks),
            (buffer, own),
            (theme, state.column == index),
        );
        // Two of them stand side by side: which of them keys mean is seen as on the panes of the cockpit.
        if columns.len() > 1 && state.column == index {
            paint::focus_bar(buffer, own, theme);
        }
        x += width;
        if index == 0 && columns.len() > 1 && x < area.x + area.width {
            part(buffer, area, x, theme);
            x += 1;
        }
    }
}

fn part(buffer: &mut Buffer, area: Rect, x: u16, theme: Theme) {
    for y in area.y..area.y + area.height {
        let symbol = if y == area.y { "┬" } else { "│" };
        buffer[(x, y)].set_symbol(symbol).set_style(theme.dim());
    }
}

fn draw_column(
    column: &BoardColumn,
    (cursor, marked): (Cursor, &Marks<RecordKey>),
    (buffer, area): (&mut Buffer, Rect),
    (theme, is_focused): (Theme, bool),
) {
    let body = paint::below(area, 1);
    let more = cursor.below(&column.lines, usize::from(body.height));
    let count =
        if is_focused && !marked.is_empty() { format!("{} marked", marked.len()) } else { String::new() };
    let more = if more > 0 { format!("↓ {more} more") } else { String::new() };
    let right = [count, more].join("  ");
    let right = right.trim();
    Rule { more: &column.more, right, ..Rule::pane(column.title, theme, is_focused) }.draw(buffer, area);
    let chosen = if is_focused { theme.selected(true) } else { Style::new() };
    cursor.draw(&column.lines, (buffer, body), chosen, |row| column.lines[row].line.clone());
    for (y, row) in (body.y..body.bottom()).zip(cursor.seen(&column.lines, usize::from(body.height))) {
        if record_of(&column.lines[row]).is_some_and(|key| marked.has(&key)) {
            marks::bar(buffer, (body.x, y), theme);
        }
    }
}
