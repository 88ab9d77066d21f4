//! Whom and what a row names: who holds it, and which others it waits for.

use super::super::field::Field;
use super::super::numbers;
use super::blockers::RowWaits;
use super::cells::Cells;
use super::said::{is_no, status};

/// Who holds the row: names and addresses put together where the file has both, so that an address decides.
pub(super) fn holders(cells: &Cells<'_>) -> Option<String> {
    let (said, address) = (cells.text(Field::Assignee), cells.text(Field::AssigneeEmail));
    let bare = without_parts(said);
    let name = bare.as_str();
    let split = |text: &str| -> Vec<String> {
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (names, addresses) = (split(name), split(address));
    let said = match (name.is_empty(), address.is_empty()) {
        (true, true) => return None,
        (false, true) => name.to_owned(),
        (true, false) => address.to_owned(),
        _ if name.contains('@') => name.to_owned(),
        // One address beside `Ek, Bo` is his.
        _ if addresses.len() == 1 => format!("{name} <{address}>"),
        _ if names.len() == addresses.len() => {
            let both = names.iter().zip(&addresses).map(|(name, address)| format!("{name} <{address}>"));
            both.collect::<Vec<_>>().join("; ")
        }
        // Which address goes with which name is not known; an address alone means somebody without a doubt.
        _ => address.to_owned(),
    };
    Some(said)
}

/// Names without the part of them that is given, as plans write it: `Bo Ek[50%]`.
fn without_parts(names: &str) -> String {
    let mut pieces = names.split('[');
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once("%]") {
            Some((part, rest)) if part.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                bare.push_str(rest);
            }
            _ => {
                bare.push('[');
                bare.push_str(piece);
            }
        }
    }
    bare
}

/// What a row waits for, to be looked up among the others. A tick names nobody.
pub(super) fn waiting(cells: &Cells<'_>) -> Option<RowWaits> {
    let said: Vec<String> = cells.all(Field::Blocked).map(|(_, text)| text.to_owned()).collect();
    // A one may be a tick or the id of a row; among the others it is told which.
    let is_words = |text: &String| !is_no(text) && (text == "1" || !numbers::is_ticked(text));
    let said: Vec<String> = said.into_iter().filter(is_words).collect();
    let is_by_status = status(cells).is_some_and(|value| value.is_blocked);
    (!said.is_empty()).then_some(RowWaits { said, is_by_status })
}
