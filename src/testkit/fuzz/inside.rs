//! Workbooks of which a part was changed and the archive packed anew: one whose sums are wrong is refused at its door,
//! and nothing behind it is reached. Only archives whose parts are stored as they are can be taken apart here.

use proptest::prelude::*;

use super::mutated::change;
use crate::import::table::workbook::tests::{SHEET_XML, StoredFile, archive};

/// The parts of a workbook, each by its name.
pub type Parts = Vec<(String, Vec<u8>)>;

/// What is in an archive whose parts are stored; nothing of others.
pub fn stored_parts(bytes: &[u8]) -> Parts {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(part) = next_part(&mut rest) {
        parts.push(part);
    }
    parts
}

fn next_part(rest: &mut &[u8]) -> Option<(String, Vec<u8>)> {
    let head = rest.strip_prefix(b"PK\x03\x04")?;
    let short = |at: usize| head.get(at..at + 2).map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    let (is_stored, name, extra) = (short(4)? == 0, short(22)?, short(24)?);
    let size = short(14)? | short(16)? << 16;
    let body = head.get(26 + name + extra..)?;
    let part = (String::from_utf8_lossy(head.get(26..26 + name)?).into_owned(), body.get(..size)?.to_vec());
    *rest = &body[size..];
    is_stored.then_some(part)
}

/// Workbooks with a few changes in one of their parts.
pub fn changed_books(books: Vec<Parts>) -> impl Strategy<Value = Vec<u8>> + use<> {
    let others: Vec<Vec<u8>> = books.iter().flatten().map(|(_, bytes)| bytes.clone()).collect();
    let which = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (which, prop::collection::vec(change(), 1..8)).prop_map(move |((book, part), changes)| {
        let mut parts = book.get(&books).clone();
        let bytes = &mut part.get_mut(&mut parts).1;
        for change in &changes {
            change.apply(bytes, &others, SHEET_XML);
        }
        let files: Vec<StoredFile<'_>> =
            parts.iter().map(|(name, bytes)| StoredFile { name, bytes, claimed: None }).collect();
        archive(&files)
    })
}
