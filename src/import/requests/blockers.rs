//! What a row waits for: tools name the rows that block it, and one that is done there blocks nothing any more.

use std::collections::HashMap;

use super::super::fold;
use super::ReadRow;

/// What a row waits for as the file says it.
pub(super) struct RowWaits {
    /// The cells: ids or titles of other rows, or words.
    pub(super) said: Vec<String>,
    /// The status itself says that it is blocked.
    pub(super) is_by_status: bool,
}

/// Whether what a row is named after is over, by id and by title; `None` where several share one and differ.
type RowEndings = HashMap<String, Option<bool>>;

/// Looks up what each row waits for among all rows. Those that are over are left out, and a row that waits for
/// nothing else is free.
pub(super) fn resolve(rows: &mut [ReadRow]) {
    if rows.iter().all(|row| row.waits.is_none()) {
        return;
    }
    let mut endings = RowEndings::new();
    for row in rows.iter() {
        let request = &row.draft.request;
        let is_over = request.stage.is_closed();
        for name in [&request.external_id, &row.internal_id, &request.title] {
            let known = endings.entry(fold(name)).or_insert(Some(is_over));
            if *known != Some(is_over) {
                *known = None;
            }
        }
    }
    for row in rows {
        let Some(waits) = row.waits.take() else { continue };
        let left = waits.said.iter().flat_map(|cell| still_open(cell, &endings)).collect::<Vec<_>>();
        let request = &mut row.draft.request;
        match &mut request.blocked {
            Some(blocked) if !left.is_empty() => blocked.reason = left.join(", "),
            Some(_) if !waits.is_by_status => request.blocked = None,
            Some(blocked) => blocked.reason.clear(),
            None => {}
        }
    }
}

/// What of a cell still blocks.
fn still_open(cell: &str, endings: &RowEndings) -> Vec<String> {
    // Some tools put the kind of the link behind the id, `12FS`.
    const LINKS: [&str; 4] = ["FS", "SS", "FF", "SF"];
    let bare = |name: &str| LINKS.iter().find_map(|kind| name.strip_suffix(kind)).map(str::to_owned);
    let find = |name: &str| endings.get(&fold(name)).copied().flatten();
    let over = |name: &str| find(name).or_else(|| find(&bare(name)?));
    match over(cell) {
        Some(true) => return Vec::new(),
        Some(false) => return vec![cell.to_owned()],
        None => {}
    }
    let parts = || cell.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    // Words that name no row are one reason, commas and all.
    if parts().all(|part| over(part).is_none()) {
        return vec![cell.to_owned()];
    }
    parts().filter(|part| over(part) != Some(true)).map(str::to_owned).collect()
}
