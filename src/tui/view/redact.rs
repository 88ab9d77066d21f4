//! Presenting: names that others must not read are covered, wherever they stand on the drawn screen, and in what leaves it.

use ratatui::buffer::Buffer;

use crate::domain::document::{DrawnRow, for_onlookers, hidden_places};
use crate::domain::words::fold;
use crate::domain::words::redact::{COVER, places, stays};
use crate::tui::app::App;
use crate::tui::app::snapshot::Snapshot;

/// Covers chosen names on a drawn screen, and what is private where something else names it.
pub fn screen(app: &App, snapshot: &Snapshot, buffer: &mut Buffer) {
    let area = buffer.area;
    let mut above: Vec<String> = Vec::new();
    for y in area.y..area.y + area.height {
        let letters: Vec<String> =
            (area.x..area.x + area.width).map(|x| buffer[(x, y)].symbol().to_owned()).collect();
        // One folded letter for each cell keeps places and columns together.
        let cells: Vec<String> = letters.iter().map(|letter| fold(letter)).collect();
        let chosen = places(&cells, &app.presenting.names).into_iter().flatten();
        // Of somebody private not even the initials are left: nobody need know that there is such a person.
        let row = DrawnRow { letters: &letters, folded: &cells, above: &above };
        let private = hidden_places(&row, &snapshot.hidden).into_iter().flatten();
        let private = private.filter(|x| cells.get(*x).is_some_and(|cell| !cell.trim().is_empty()));
        for x in chosen.filter(|x| !stays(&cells, *x)).chain(private) {
            let x = area.x + u16::try_from(x).unwrap_or(u16::MAX);
            buffer[(x, y)].set_symbol(COVER);
        }
        above = cells;
    }
}

/// A text as those who look on may read it; as it is while nobody does.
pub fn text(app: &App, snapshot: &Snapshot, text: &str) -> String {
    if app.presenting.is_on {
        for_onlookers(text, &snapshot.hidden, &app.presenting.names)
    } else {
        text.to_owned()
    }
}
