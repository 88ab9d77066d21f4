//! The last-seen mark: what this program knew of the store when it wrote last, kept beside it. A store that is
//! behind it has lost the end of its log, or is an older copy that something put back; a log that is not the one
//! that it names may belong to another file.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::stat::Stat;
use super::{StoreError, cause, sidecar};
use crate::domain::count::counted;

/// The ending of its file.
const ENDING: &str = ".seen";
/// How many operations are named.
const RECENT: u32 = 8;
/// Letters of a label that are kept.
const LABEL: usize = 60;

/// An operation as the mark names it. Its number and its instant say which it is; the words of its label may be
/// forgotten later.
#[derive(Debug, Clone, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Its number in the journal; 0 stands for none.
    pub id: i64,
    at: String,
    label: String,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        (self.id, &self.at) == (other.id, &other.at)
    }
}

impl Seen {
    /// True if the words are the same as well: what was written since the words were forgotten says so.
    pub fn is_exactly(&self, other: &Self) -> bool {
        self == other && self.label == other.label
    }

    /// When it was written; `None` of none.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        DateTime::parse_from_rfc3339(&self.at).ok().map(|at| at.to_utc())
    }
}

/// What this program knew of a store when it wrote it last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// What had happened last.
    pub newest: Seen,
    /// Those before it, the newest first.
    pub recent: Vec<Seen>,
    /// Up to here the file alone holds everything, without its log. Marks have called it `held` from the beginning.
    #[serde(rename = "held")]
    pub in_file: Seen,
    /// The identity of the store; empty of one that is older than identities.
    pub identity: String,
    /// The file as it was then; `None` where it was gone.
    pub file: Option<Stat>,
    /// Its log as it was then; `None` without one.
    pub log: Option<Stat>,
    /// What tells one log from the next, where it could be read.
    pub salts: Option<(u32, u32)>,
    /// What was found to be missing, until `doctor --fix` is asked to put it by.
    pub missing: String,
}

impl Mark {
    /// True if it names an operation, be it as the newest or as one of those before.
    pub fn names(&self, operation: &Seen) -> bool {
        // Nothing was written yet: such a store agrees with every mark.
        operation.id == 0
            || [&self.newest, &self.in_file].into_iter().chain(&self.recent).any(|seen| seen == operation)
    }

    /// A checksum and the rest: a line of which a power cut left half must not be believed.
    fn line(&self) -> Option<String> {
        let text = serde_json::to_string(self).ok()?;
        Some(format!("{} {text}", sum(&text)))
    }

    fn parse(line: &str) -> Option<Self> {
        let (first, text) = line.split_once(' ')?;
        if text.starts_with('{') {
            return (first == sum(text)).then(|| serde_json::from_str(text).ok()).flatten();
        }
        // As it was written by versions that knew the newest operation alone.
        let (at, label) = text.split_once(' ')?;
        let newest = Seen { id: first.parse().ok()?, at: at.to_owned(), label: cut(label) };
        Some(Self { newest, ..Self::default() })
    }
}

fn sum(text: &str) -> String {
    // Four bytes tell a torn line from a whole one; nobody is to be kept from writing marks by hand.
    let [one, two, three, four, ..] = <[u8; 32]>::from(Sha256::digest(text.as_bytes()));
    format!("{:08x}", u32::from_be_bytes([one, two, three, four]))
}

fn cut(label: &str) -> String {
    // The mark is one line, and a label with a line break would end it early.
    label.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LABEL).collect()
}

fn seen(row: &rusqlite::Row<'_>) -> rusqlite::Result<Seen> {
    let label: String = row.get(2)?;
    Ok(Seen { id: row.get(0)?, at: row.get(1)?, label: cut(&label) })
}

/// An operation as it stands in a store.
pub fn operation(connection: &Connection, id: i64) -> Result<Option<Seen>, StoreError> {
    let sql = "SELECT id, at, label FROM operation WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id], seen).optional()?)
}

/// The newest ones of a store, the newest first.
fn newest_few(connection: &Connection) -> Result<Vec<Seen>, StoreError> {
    let sql = "SELECT id, at, label FROM operation ORDER BY id DESC LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([RECENT], seen)?.collect::<Result<_, _>>()?)
}

/// The newest one of a store.
pub fn newest(connection: &Connection) -> Result<Seen, StoreError> {
    Ok(newest_few(connection)?.into_iter().next().unwrap_or_default())
}

/// Which store this is; empty for one that was made before stores had an identity.
pub fn identity(connection: &Connection) -> Result<String, StoreError> {
    let sql = "SELECT value FROM memo WHERE name = 'identity'";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// The mark beside a store.
pub fn read(store: &Path) -> Option<Mark> {
    Mark::parse(&sidecar::read(store, ENDING)?)
}

/// What is known of a store before it is opened.
#[derive(Debug, Default)]
pub struct Before {
    /// The mark, where one lies there that can be believed.
    pub mark: Option<Mark>,
    /// Why what lies there cannot be.
    fault: Option<String>,
}

impl Before {
    /// Reads the mark beside a store. Whether it is garbage is decided while no other program writes it.
    pub fn opening(store: &Path) -> Self {
        if let Some(mark) = read(store) {
            return Self { mark: Some(mark), fault: None };
        }
        let fault = match sidecar::settled(store, ENDING) {
            Ok(line) => match line.as_deref().and_then(Mark::parse) {
                Some(mark) => return Self { mark: Some(mark), fault: None },
                None => "what stands in it was not written by this program, or is half of it, as a power cut can leave it".to_owned(),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Self::default(),
            Err(error) => cause::of(&error, &sidecar::file(store, ENDING)),
        };
        Self { mark: None, fault: Some(fault) }
    }

    /// A sentence if what was seen here last is not there any more, or nothing is known of it although something was.
    pub fn missing(&self, connection: &Connection, store: &Path) -> Option<String> {
        if let Some(mark) = &self.mark {
            return compare(connection, store, mark);
        }
        self.fault.as_ref().map(|fault| {
            format!(
                "What was last seen of this store cannot be read from {}: {fault}. Whether something is missing since \
                 then is not known. {}",
                sidecar::file(store, ENDING).display(),
                copies(store)
            )
        })
    }
}

fn copies(store: &Path) -> String {
    format!(
        "Copies lie in {}; `tablesetter restore FILE` brings one back, and can be undone.",
        sidecar::copies(store).display()
    )
}

/// A sentence if the store is not the one that was last seen here, or behind it.
fn compare(connection: &Connection, store: &Path, mark: &Mark) -> Option<String> {
    // What cannot be read says nothing: the damage behind it is found and told elsewhere.
    let identity = identity(connection).ok()?;
    let newest = newest(connection).ok()?;
    let copies = copies(store);
    let was = format!(
        "its newest change was {} (“{}”), and is {} now",
        mark.newest.id, mark.newest.label, newest.id
    );
    if !mark.identity.is_empty() && identity != mark.identity {
        return Some(format!(
            "This is not the store as it was last seen here: another one lies in its place; {was}. {copies}"
        ));
    }
    let id = mark.newest.id;
    if id == 0 || operation(connection, id).ok()?.as_ref() == Some(&mark.newest) {
        return None;
    }
    Some(format!(
        "This is not the store as it was last seen here: {was}. {}An older copy may have been put back, or the end \
         of its log is lost. {copies}",
        missing(connection, mark, &newest)
    ))
}

/// The operations that the mark names and the store does not hold.
fn missing(connection: &Connection, mark: &Mark, newest: &Seen) -> String {
    let is_there = |seen: &Seen| operation(connection, seen.id).ok().flatten().as_ref() == Some(seen);
    let all = [&mark.newest].into_iter().chain(&mark.recent);
    let mut gone: Vec<&Seen> = all.filter(|seen| seen.id > 0 && !is_there(seen)).collect();
    // The mark has the newest first; what is missing is told as it happened.
    gone.sort_by_key(|seen| seen.id);
    gone.dedup();
    // The mark names only a few; numbers without a gap tell how many there were in all.
    let count = usize::try_from(mark.newest.id - newest.id).unwrap_or(0).max(gone.len());
    let named: Vec<String> = gone.iter().map(|seen| format!("{} “{}”", seen.id, seen.label)).collect();
    let before =
        if count > gone.len() { format!("{} before them, and ", count - gone.len()) } else { String::new() };
    let changes = counted(count, "change is", "changes are");
    format!("{changes} missing: {before}{}. ", named.join(", "))
}

/// What is true of the store while nobody else writes its mark.
pub struct Now<'a> {
    pub connection: &'a Connection,
    pub store: &'a Path,
    /// Which store it is, as it was when it was opened.
    pub identity: &'a str,
    /// Up to here the file alone is known to hold everything; `None` leaves it as it was said before.
    pub in_file: Option<Seen>,
    /// What was missing when the store was opened.
    pub missing: Option<&'a str>,
}

impl Now<'_> {
    /// Writes the mark; gives what stands in it. Failing at it is no reason to fail.
    pub fn mark(&self) -> Option<Mark> {
        let mut written = None;
        let _ = sidecar::update(self.store, ENDING, |old| {
            let mark = self.renewed(old.and_then(|line| Mark::parse(&line)).unwrap_or_default()).ok()?;
            let line = mark.line();
            written = Some(mark);
            line
        });
        written
    }

    fn renewed(&self, old: Mark) -> Result<Mark, StoreError> {
        let mut few = newest_few(self.connection)?.into_iter();
        let newest = few.next().unwrap_or_default();
        let is_other = !old.identity.is_empty() && old.identity != self.identity;
        let mut in_file = self.in_file.clone().unwrap_or_default();
        // Whichever of the two says more, as long as the store agrees; in the words that it has now.
        if !is_other && old.in_file.id > in_file.id {
            in_file = old.in_file.clone();
        }
        in_file =
            operation(self.connection, in_file.id)?.filter(|found| *found == in_file).unwrap_or_default();
        let missing = self.missing.map_or(old.missing, ToOwned::to_owned);
        let log = Stat::of(&sidecar::file(self.store, "-wal"));
        // The salts were read from that very log; of one that has grown or was begun anew they say nothing.
        let salts = old.salts.filter(|_| log.zip(old.log).is_some_and(|(now, then)| now == then));
        Ok(Mark {
            newest,
            recent: few.collect(),
            in_file,
            identity: self.identity.to_owned(),
            file: Stat::of(self.store),
            log,
            salts,
            missing,
        })
    }
}

/// After the store was closed: what became of file and log. `salts` reads what tells the log from others.
pub fn after_closing(store: &Path, salts: impl Fn() -> Option<(u32, u32)>) {
    let _ = sidecar::update(store, ENDING, |old| {
        let mut mark = Mark::parse(&old?)?;
        // Anew, since closing takes the log in and by that writes the file once more.
        mark.file = Stat::of(store);
        mark.log = Stat::of(&sidecar::file(store, "-wal"));
        // Without a log everything is in the file, and there is nothing left that its salts could name.
        if mark.log.is_none_or(|log| log.size == 0) {
            mark.in_file = mark.newest.clone();
            mark.salts = None;
        } else {
            mark.salts = salts();
        }
        mark.line()
    });
}

/// What was found to be missing, until it is put by.
pub fn known_missing(store: &Path) -> Option<String> {
    read(store).map(|mark| mark.missing).filter(|missing| !missing.is_empty())
}

/// Puts by what was found to be missing: it was read, and nothing more can be done about it.
pub fn put_by(store: &Path) -> std::io::Result<()> {
    sidecar::update(store, ENDING, |old| {
        let mark = Mark::parse(&old?)?;
        Mark { missing: String::new(), ..mark }.line()
    })
}

/// Notes what tells a log from others, if it is still the one that the mark names.
pub fn note_salts(store: &Path, salts: (u32, u32)) {
    let _ = sidecar::update(store, ENDING, |old| {
        let mark = Mark::parse(&old?)?;
        let is_same = mark.log == Stat::of(&sidecar::file(store, "-wal"));
        is_same.then(|| Mark { salts: Some(salts), ..mark }.line()).flatten()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_mark_is_none_and_an_old_one_is_read() {
        let newest =
            Seen { id: 7, at: "2026-11-23T09:12:00Z".to_owned(), label: "Added “Film”".to_owned() };
        let mark = Mark { newest: newest.clone(), identity: "abc".to_owned(), ..Mark::default() };
        let line = mark.line().unwrap();
        assert_eq!(Mark::parse(&line), Some(mark));
        let torn = line.replace("abc", "abe");
        assert_eq!(Mark::parse(&torn), None);
        let old = Mark::parse("7 2026-11-23T09:12:00Z Added “Film”").unwrap();
        assert!(old.newest == newest && old.identity.is_empty());
    }
}
