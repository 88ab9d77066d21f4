//! What a row waits for: tools name the rows that block it, and one that is done there blocks nothing any more.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::{Problem, fold, numbers};
use super::ReadRow;
use super::keys::without_link;

/// What a row waits for as the file says it.
pub(super) struct RowWaits {
    /// The cells: ids or titles of other rows, or words.
    pub(super) said: Vec<String>,
    /// The status itself says that it is blocked.
    pub(super) is_by_status: bool,
}

/// One thing that a row waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocker {
    /// As it is told.
    pub text: String,
    /// It is a row of the same file.
    pub is_row: bool,
}

impl Blocker {
    fn row(text: String) -> Self {
        Self { text, is_row: true }
    }

    fn words(text: &str) -> Self {
        Self { text: text.to_owned(), is_row: false }
    }

    /// Several as one reason.
    pub fn joined(all: &[Self]) -> String {
        all.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// What is known of a row that others name: whether it is over, and what it is called where an id says less.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RowEnding {
    is_over: bool,
    title: String,
}

/// By id and by title; `None` where several share one and differ.
type RowEndings = HashMap<String, Option<RowEnding>>;

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
            let ending = RowEnding { is_over, title: request.title.clone() };
            let known = endings.entry(fold(name)).or_insert_with(|| Some(ending.clone()));
            match known {
                // Two of one name that are as far are told by that name.
                Some(known) if known.is_over == is_over => {}
                known => *known = None,
            }
        }
    }
    for row in rows {
        let Some(mut waits) = row.waits.take() else { continue };
        waits.said.retain(|cell| !numbers::is_ticked(cell) || endings.contains_key(&fold(cell)));
        if waits.said.is_empty() {
            continue;
        }
        let own = [&row.draft.request.external_id, &row.internal_id, &row.draft.request.title];
        let own = own.map(|name| fold(name));
        let (left, is_own) = still_open_of(&waits.said, &endings, &own);
        if is_own {
            row.draft.problems.push(Problem {
                column: String::new(),
                value: waits.said.join(", "),
                message: "it names itself as what blocks it; left out".to_owned(),
            });
        }
        row.draft.is_blocked_by_status = waits.is_by_status;
        let request = &mut row.draft.request;
        match &mut request.blocked {
            Some(blocked) if !left.is_empty() => blocked.reason = Blocker::joined(&left),
            Some(_) if !waits.is_by_status => request.blocked = None,
            Some(blocked) => blocked.reason.clear(),
            None => {}
        }
        row.draft.waits = left;
    }
}

/// What of its cells still blocks a row, and whether they name the row itself.
fn still_open_of(said: &[String], endings: &RowEndings, own: &[String; 3]) -> (Vec<Blocker>, bool) {
    let mut is_own = false;
    let mut left = Vec::new();
    for cell in said {
        for name in still_open(cell, endings, own) {
            if names_it(&name.text, own) { is_own = true } else { left.push(name) }
        }
    }
    (left, is_own)
}

/// A name may have the kind of the link behind it, `12FS`, a sign before it, `#12`, the title behind it, `A-1 One`, or
/// the address of its page.
fn spellings(name: &str) -> [&str; 5] {
    const LINKS: [&str; 4] = ["FS", "SS", "FF", "SF"];
    let bare = LINKS.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name);
    let first = name.split([' ', ':']).next().unwrap_or_default();
    // A word of a title is the title of another row as likely as not; an id has a digit.
    let id = if first.contains(|c: char| c.is_ascii_digit()) { first } else { name };
    [name, bare, without_link(name), name.trim_start_matches('#'), id.trim_start_matches('#')]
}

/// A blocker as it is told: an id with what it is called.
fn with_title(name: &str, ending: &RowEnding) -> String {
    let is_told = fold(name).contains(&fold(&ending.title));
    if is_told { name.to_owned() } else { format!("{name} {}", ending.title) }
}

fn names_it(name: &str, own: &[String; 3]) -> bool {
    spellings(name).iter().any(|name| !name.is_empty() && own.contains(&fold(name)))
}

/// What of a cell still blocks.
fn still_open(cell: &str, endings: &RowEndings, own: &[String; 3]) -> Vec<Blocker> {
    let known = |name: &str| -> Option<RowEnding> {
        spellings(name).iter().find_map(|name| endings.get(&fold(name)).cloned().flatten())
    };
    match known(cell) {
        Some(ending) if ending.is_over => return Vec::new(),
        Some(_) if names_it(cell, own) => return vec![Blocker::row(cell.to_owned())],
        Some(ending) => return vec![Blocker::row(with_title(cell, &ending))],
        None => {}
    }
    let parts = || cell.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    // Words that name no row are one reason, commas and all.
    if parts().all(|part| known(part).is_none() && !names_it(part, own)) {
        return vec![Blocker::words(cell)];
    }
    let left = parts().filter_map(|part| match known(part) {
        Some(ending) if ending.is_over => None,
        Some(ending) if !names_it(part, own) => Some(Blocker::row(with_title(part, &ending))),
        _ => Some(Blocker::words(part)),
    });
    left.collect()
}
