//! Presenting: names that others must not read are covered, wherever they stand on the drawn screen, and in what leaves it.

use ratatui::buffer::Buffer;

use crate::domain::document::{DrawnRow, for_onlookers, hidden_places};
use crate::domain::words::fold;
use crate::domain::words::redact::{COVER, places, stays};
use crate::plain;
use crate::tui::app::App;
use crate::tui::app::snapshot::Snapshot;

/// Covers chosen names on a drawn screen, and what is private where something else names it.
pub fn screen(app: &App, snapshot: &Snapshot, buffer: &mut Buffer) {
    let area = buffer.area;
    let mut above: Vec<String> = Vec::new();
    for y in area.y..area.y + area.height {
        let columns = letter_columns(buffer, y);
        let letters: Vec<String> = columns.iter().map(|x| buffer[(*x, y)].symbol().to_owned()).collect();
        // One folded letter for each drawn one keeps places and columns together.
        let cells: Vec<String> = letters.iter().map(|letter| fold(letter)).collect();
        let chosen = places(&cells, &app.presenting.names).into_iter().flatten();
        // Of somebody private not even the initials are left: nobody need know that there is such a person.
        let row = DrawnRow { letters: &letters, folded: &cells, above: &above };
        let private = hidden_places(&row, &snapshot.hidden).into_iter().flatten();
        let private = private.filter(|x| cells.get(*x).is_some_and(|cell| !cell.trim().is_empty()));
        for x in chosen.filter(|x| !stays(&cells, *x)).chain(private) {
            let Some(x) = columns.get(x).copied() else { continue };
            let is_wide = plain::width(buffer[(x, y)].symbol()) > 1;
            buffer[(x, y)].set_symbol(COVER);
            if is_wide && x + 1 < area.x + area.width {
                buffer[(x + 1, y)].set_symbol(COVER);
            }
        }
        above = cells;
    }
}

/// The columns of a row in which letters stand: one of double width fills the next column as well, and that one's blank
/// parts no words.
fn letter_columns(buffer: &Buffer, y: u16) -> Vec<u16> {
    let area = buffer.area;
    let mut columns = Vec::with_capacity(usize::from(area.width));
    let mut x = area.x;
    while x < area.x + area.width {
        columns.push(x);
        x += u16::try_from(plain::width(buffer[(x, y)].symbol())).unwrap_or(1).max(1);
    }
    columns
}

/// A text as those who look on may read it; as it is while nobody does.
pub fn text(app: &App, snapshot: &Snapshot, text: &str) -> String {
    if app.presenting.is_on {
        for_onlookers(text, &snapshot.hidden, &app.presenting.names)
    } else {
        text.to_owned()
    }
}
