//! Real files with a few things wrong: what a reader meets that letters in no order never reach.

use std::path::Path;

use proptest::prelude::*;

/// Files longer than this are cut at a line: what is found in long ones is found in short ones, and sooner.
const LONG: usize = 40_000;

/// One thing that is done to a file: what, where, and how much of it.
#[derive(Debug, Clone)]
pub struct Change {
    what: u8,
    at: usize,
    much: usize,
    piece: usize,
}

/// Any change.
pub fn change() -> impl Strategy<Value = Change> {
    (0_u8..12, any::<usize>(), any::<usize>(), any::<usize>()).prop_map(|(what, at, much, piece)| Change {
        what,
        at,
        much,
        piece,
    })
}

/// The files of some folders whose names end so, at most so long each.
pub fn files(folders: &str, ends: &[&str]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for folder in folders.split(':').filter(|folder| !folder.is_empty()) {
        gather(Path::new(folder), ends, &mut found);
    }
    found
}

fn gather(folder: &Path, ends: &[&str], found: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, ends, found);
        } else if ends.iter().any(|end| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(end))) {
            found.extend(std::fs::read(&path).map(cut));
        }
    }
}

fn cut(mut bytes: Vec<u8>) -> Vec<u8> {
    let is_archive = bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF");
    if bytes.len() > LONG && !is_archive {
        let line = bytes[..LONG].iter().rposition(|byte| *byte == b'\n').unwrap_or(LONG);
        bytes.truncate(line + 1);
    }
    bytes
}

/// Files with some changes each, few more often than many, so that most still hold what they held.
pub fn mutations(
    seeds: &[Vec<u8>],
    pieces: &'static [&'static str],
) -> impl Strategy<Value = Vec<u8>> + use<> {
    let seeds = seeds.to_vec();
    let many = prop_oneof![4 => 1_usize..4, 2 => 4_usize..12, 1 => 12_usize..40];
    let changes = many.prop_flat_map(|count| prop::collection::vec(change(), 1..=count));
    (any::<prop::sample::Index>(), changes).prop_map(move |(index, changes)| {
        let mut bytes = index.get(&seeds).clone();
        for change in &changes {
            change.apply(&mut bytes, &seeds, pieces);
        }
        bytes
    })
}

impl Change {
    /// Does it to some bytes.
    pub fn apply(&self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], pieces: &[&str]) {
        let length = bytes.len();
        if length == 0 {
            return;
        }
        let at = self.at % length;
        let end = (at + 1 + self.much % 60).min(length);
        let piece = pieces[self.piece % pieces.len()].as_bytes();
        let line = line_at(bytes, at);
        match self.what {
            0 => bytes[at] = self.much.to_le_bytes()[0],
            1 | 2 => drop(bytes.splice(at..at, piece.iter().copied())),
            3 => drop(bytes.splice(at..end, piece.iter().copied())),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].repeat(1 + self.piece % 30);
                bytes.splice(at..at, copy);
            }
            6 => drop(bytes.drain(line)),
            7 => {
                let copy = bytes[line.clone()].to_vec();
                let to = line_at(bytes, self.much % length).start;
                bytes.splice(to..to, copy);
            }
            8 => {
                let other = &seeds[self.piece % seeds.len()];
                let from = line_at(other, self.much % other.len().max(1));
                bytes.splice(line.start..line.start, other[from].iter().copied());
            }
            9 => bytes.truncate(at),
            10 => number_at(bytes, at, self.piece),
            _ => bytes[at] ^= 1 << (self.much % 8),
        }
    }
}

fn line_at(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |place| at + place + 1);
    start..end
}

/// The next number becomes one that nobody reckons with.
fn number_at(bytes: &mut Vec<u8>, at: usize, which: usize) {
    const ODD: &[&str] = &[
        "0",
        "-1",
        "99999999999999999999",
        "2147483648",
        "0000",
        "9999",
        "10000",
        "1e308",
        "0.5",
        "31",
        "13",
        "60",
        "24",
        "53",
        "366",
        "1900",
        "",
    ];
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|place| at + place) else {
        return;
    };
    let end =
        bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |it| start + it);
    bytes.splice(start..end, ODD[which % ODD.len()].bytes());
}
