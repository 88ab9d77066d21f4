//! Whether a row can be the header of its table, and not one of its rows that happens to hold the name of a column.

use crate::import::table::SourceRow;

/// So many known names are a header wherever they stand: no row says that many by chance.
const SURE: usize = 3;

/// True if the row at a place can be the header, where so many of its cells are names of columns that are known. Below a row
/// that is as wide it is rather a row of that one's table, of which no column is known.
pub(in crate::import) fn is_likely(rows: &[SourceRow], at: usize, known: usize) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let wide = filled(row);
    // A title above a table fills one cell, and is no row of another one however narrow the table is.
    let is_below = || rows[..at].iter().any(|above| filled(above) >= wide.max(2));
    known >= SURE || known >= 2 && known == wide || !is_below()
}

pub(in crate::import) fn filled(row: &SourceRow) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// What stands above a header and looks like rows or a header of its own: that it was passed over is said.
pub(in crate::import) fn passed_over(rows: &[SourceRow], at: usize) -> Option<String> {
    let above = rows.get(..at)?;
    // One or two cells above a header are a title, or a name and its value, which nobody misses.
    let first = above.iter().find(|row| filled(row) > 2)?;
    let more = above.iter().filter(|row| filled(row) > 2).count() - 1;
    let others = if more == 0 { String::new() } else { format!(", and {more} more like it") };
    let (line, raw) = (first.row, first.raw());
    Some(format!("line {line} stands above the header and was passed over ({raw}){others}"))
}
