//! Ids of rows: text always, the same on every import of the same row, and the links between them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::super::preset::{IdRule, ParentRule, Preset};
use super::super::{Problem, Skipped, fold};
use super::{ParentRef, ReadRow};
use crate::domain::request::{MADE_OF_WORDS, Request, is_made_of_words};

/// What is said of a parent that no row of the file is.
pub const NOT_IN_FILE: &str = "not in this file; not linked";
/// Why a part of something is left by itself.
pub const IN_A_CIRCLE: &str = "its parents go in a circle; left out";

/// True for what a spreadsheet makes of a long id: `1.21143E+15`.
pub(super) fn is_rounded(id: &str) -> bool {
    let Some((mantissa, exponent)) = id.split_once(['E', 'e']) else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Without the plus it is an id like others: `12E5`.
    exponent.strip_prefix('+').is_some_and(is_digits) && is_digits(&mantissa.replace(['.', ','], ""))
}

/// The id of a form's answer.
pub(super) fn from_time(created: DateTime<Utc>, requester: &str) -> String {
    format!("{}|{}", created.format("%Y-%m-%dT%H:%M:%SZ"), fold(requester))
}

/// The id of a row that has none: a hash of what names it.
pub(super) fn from_content(request: &Request) -> String {
    // FNV-1a, written out: the id is stored and compared with later imports, and the hasher of the standard
    // library may be another one in the next release.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in [&request.title, &request.brand, &request.requester] {
        // A separator after each part, or `ab` + `c` and `a` + `bc` would be one request.
        for byte in fold(part).bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{MADE_OF_WORDS}{hash:016x}")
}

/// No id twice: real ids keep the first row, made ones are numbered.
pub(super) fn make_unique(rows: Vec<ReadRow>, preset: &Preset, skipped: &mut Vec<Skipped>) -> Vec<ReadRow> {
    let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for mut row in rows {
        let request = &mut row.draft.request;
        let entry = seen.entry(request.external_id.clone()).or_insert((row.draft.row, 0));
        entry.1 += 1;
        // A real id twice is one request twice, and the first row is it. An id that was made here only says
        // that two rows look alike: two GIFs for one brand are two requests.
        if entry.1 > 1 && !is_made(&request.external_id, preset) {
            let reason = format!("the same id {} as line {}", request.external_id, entry.0);
            skipped.push(Skipped::new(row.draft.row, &request.title, &reason));
            continue;
        }
        if entry.1 > 1 {
            request.external_id = format!("{}#{}", request.external_id, entry.1);
        }
        kept.push(row);
    }
    kept
}

fn is_made(id: &str, preset: &Preset) -> bool {
    is_made_of_words(id) || (preset.id == IdRule::Timestamp && id.contains('|'))
}

/// Second pass: what each row calls its parent, looked up among all rows.
pub(super) fn find_parents(rows: &mut [ReadRow], rule: ParentRule, column: &str) {
    let ids = match rule {
        ParentRule::Id => by_id(rows),
        ParentRule::Name => by_name(rows),
    };
    // A tool that names parents by their ids may write their titles all the same.
    let names = by_name(rows);
    // All links first: whether a row lies in a circle depends on links of rows that stand below it.
    let parents: Vec<Result<Option<usize>, &str>> =
        rows.iter().enumerate().map(|(index, row)| parent_of(index, &row.parent, [&ids, &names])).collect();
    for index in 0..rows.len() {
        let (parent, message) = match parents[index] {
            Ok(None) => (ParentRef::None, ""),
            Ok(Some(_)) if is_circle(index, &parents) => {
                // Not none: that would say that it is part of nothing any more.
                (ParentRef::Unknown(String::new()), IN_A_CIRCLE)
            }
            Ok(Some(of)) => (ParentRef::External(rows[of].draft.request.external_id.clone()), ""),
            Err(message) => (ParentRef::Unknown(rows[index].parent.clone()), message),
        };
        let row = &mut rows[index];
        row.draft.parent = parent;
        if !message.is_empty() {
            let (value, message) = (row.parent.clone(), message.to_owned());
            row.draft.problems.push(Problem { column: column.to_owned(), value, message });
        }
    }
}

/// Rows by both ids; `None` where several rows share one.
fn by_id(rows: &[ReadRow]) -> HashMap<String, Option<usize>> {
    let mut ids = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        // Jira names a parent by its internal number, which no other column shows; other tools by the key.
        for id in [&row.internal_id, &row.draft.request.external_id] {
            if !id.is_empty() {
                // Both ids of one row may be the same word.
                let is_other = |known: &mut Option<usize>| {
                    if *known != Some(index) {
                        *known = None;
                    }
                };
                ids.entry(fold(id)).and_modify(is_other).or_insert(Some(index));
            }
        }
    }
    ids
}

fn by_name(rows: &[ReadRow]) -> HashMap<String, Option<usize>> {
    let mut names = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        names.entry(fold(&row.draft.request.title)).and_modify(|known| *known = None).or_insert(Some(index));
    }
    names
}

fn parent_of<'m>(
    index: usize,
    parent: &str,
    known: [&HashMap<String, Option<usize>>; 2],
) -> Result<Option<usize>, &'m str> {
    if parent.is_empty() {
        return Ok(None);
    }
    let find = |name: &str| known.iter().find_map(|names| names.get(&fold(name)));
    match find(parent).or_else(|| find(without_link(parent))) {
        Some(Some(found)) if *found == index => Err("it names itself as its parent; left out"),
        Some(Some(found)) => Ok(Some(*found)),
        Some(None) => Err("several rows are called so; not linked"),
        None => Err(NOT_IN_FILE),
    }
}

/// `Spring poster (https://…)`, as Notion names another page, without its address.
pub(super) fn without_link(name: &str) -> &str {
    name.split_once(" (http").filter(|(_, link)| link.ends_with(')')).map_or(name, |(title, _)| title.trim())
}

/// Rows that lie deeper than the one before them are parts of it, where a file says how deep each lies.
pub(super) fn find_parents_by_depth(rows: &mut [ReadRow]) {
    let mut above: Vec<(usize, String)> = Vec::new();
    for row in rows.iter_mut().filter(|row| row.depth > 0) {
        // A row as deep as this one, or deeper, ends with it.
        while above.last().is_some_and(|(depth, _)| *depth >= row.depth) {
            above.pop();
        }
        if let (Some((_, parent)), ParentRef::None) = (above.last(), &row.draft.parent) {
            row.draft.parent = ParentRef::External(parent.clone());
        }
        above.push((row.depth, row.draft.request.external_id.clone()));
    }
}

/// Following the parents comes back to where it began, or never ends.
fn is_circle(start: usize, parents: &[Result<Option<usize>, &str>]) -> bool {
    let mut at = start;
    // A circle further up never comes back to `start`. So many levels are one, or nothing that anybody has
    // filed.
    for _ in 0..64 {
        match parents[at] {
            Ok(Some(next)) if next == start => return true,
            Ok(Some(next)) => at = next,
            _ => return false,
        }
    }
    true
}
