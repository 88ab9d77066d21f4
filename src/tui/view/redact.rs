//! Presenting: names that others must not read are covered, wherever they stand on the drawn screen.

use ratatui::buffer::Buffer;

use crate::domain::words::fold;
use crate::domain::words::redact::{COVER, places, stays};

/// Covers names on a drawn screen.
pub fn screen(buffer: &mut Buffer, names: &[String]) {
    let area = buffer.area;
    for y in area.y..area.y + area.height {
        // One folded letter for each cell keeps places and columns together.
        let cells: Vec<String> =
            (area.x..area.x + area.width).map(|x| fold(buffer[(x, y)].symbol())).collect();
        for x in places(&cells, names).into_iter().flatten().filter(|x| !stays(&cells, *x)) {
            let x = area.x + u16::try_from(x).unwrap_or(u16::MAX);
            buffer[(x, y)].set_symbol(COVER);
        }
    }
}
