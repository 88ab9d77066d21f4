//! Where the cockpits of a store stood: one line each, in small files beside it. A cockpit holds its file by a lock for
//! as long as it lives, so that two that are open at once never write over one another, and whatever ends one sets its
//! place free; a process number could have been given to another program meanwhile.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::{Store, sidecar};

/// Under which name a store in memory remembers it, and how the first file ends.
const PLACE: &str = ".place";

/// How many cockpits have a place of their own; nobody opens more of them on one store.
const MOST: u32 = 16;

/// When a place that nobody came back to is removed. The first one stays.
const KEPT: Duration = Duration::from_hours(14 * 24);

/// How the file of one of them ends.
fn ending(number: u32) -> String {
    if number == 1 { PLACE.to_owned() } else { format!("{PLACE}-{number}") }
}

/// The endings that a file with a place can have.
pub(super) fn endings() -> impl Iterator<Item = String> {
    (1..=MOST).map(ending)
}

/// The files that are there, the one written last first.
fn written(store: &Path) -> Vec<(SystemTime, String)> {
    let age = |ending: String| {
        let metadata = fs::metadata(sidecar::file(store, &ending)).ok()?;
        Some((metadata.modified().ok()?, ending))
    };
    let mut found: Vec<_> = endings().filter_map(age).collect();
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found
}

/// Opens a file and holds it; `None` if a cockpit does already, or it went meanwhile.
fn hold(store: &Path, ending: &str) -> io::Result<Option<File>> {
    let file = sidecar::open(store, ending)?;
    // Other errors mean a folder that knows no locks, as some on a network: there the last one to leave is remembered.
    if flock(&file, FlockOperation::NonBlockingLockExclusive) == Err(Errno::WOULDBLOCK) {
        return Ok(None);
    }
    let is_there = fs::metadata(sidecar::file(store, ending)).is_ok_and(|named| {
        file.metadata().is_ok_and(|held| (held.dev(), held.ino()) == (named.dev(), named.ino()))
    });
    Ok(is_there.then_some(file))
}

/// Removes what nobody came back to for long.
fn tidy(store: &Path, found: &[(SystemTime, String)]) {
    for (at, ending) in found.iter().filter(|(_, ending)| ending != PLACE) {
        let is_old = at.elapsed().is_ok_and(|age| age > KEPT);
        if is_old && hold(store, ending).is_ok_and(|file| file.is_some()) {
            let _ = fs::remove_file(sidecar::file(store, ending));
        }
    }
}

impl Store {
    /// Takes the place that was left last among those that no cockpit holds, or a new one, and gives what it says.
    /// Where none can be written, the newest is read.
    pub fn take_place(&mut self) -> Option<String> {
        let Some(store) = self.path.clone() else { return self.memo(PLACE).ok().flatten() };
        let found = written(&store);
        let free = endings().filter(|ending| found.iter().all(|(_, known)| known != ending));
        // The one left last comes first: whoever opens a cockpit again finds their own.
        let known = found.iter().map(|(_, ending)| ending.clone());
        let mut is_writable = false;
        for ending in known.chain(free) {
            let held = hold(&store, &ending);
            is_writable |= held.is_ok();
            if let Ok(Some(file)) = held {
                // Only now that it is held: whoever held it before may have written its last line a moment ago.
                let line = sidecar::read(&store, &ending);
                self.place = Some(file);
                tidy(&store, &found);
                return line;
            }
        }
        if is_writable { None } else { self.places().into_iter().next() }
    }

    /// Where all cockpits stood, the newest first.
    pub fn places(&self) -> Vec<String> {
        match &self.path {
            Some(store) => {
                written(store).iter().filter_map(|(_, ending)| sidecar::read(store, ending)).collect()
            }
            None => self.memo(PLACE).ok().flatten().into_iter().collect(),
        }
    }

    /// Where the cockpits stand that are open now.
    pub fn places_in_use(&self) -> Vec<String> {
        let Some(store) = &self.path else { return Vec::new() };
        let held = written(store).into_iter().filter(|(_, ending)| matches!(hold(store, ending), Ok(None)));
        held.filter_map(|(_, ending)| sidecar::read(store, &ending)).collect()
    }

    /// Remembers where this cockpit stands, beside the store: neither leaving nor a pause between two keys waits for a
    /// disk. Failing at it is no reason to fail.
    pub fn remember_place(&self, line: &str) {
        match (&self.path, &self.place) {
            (Some(_), Some(held)) => drop(sidecar::put(held, line)),
            (Some(_), None) => {}
            (None, _) => drop(self.remember(PLACE, line)),
        }
    }

    /// Writes other lines for places, whoever holds them; true if there were any to write.
    pub(super) fn renew_places(&self, renew: impl Fn(&str) -> Option<String>) -> bool {
        let Some(store) = &self.path else { return false };
        let renewed = written(store).into_iter().filter_map(|(_, ending)| {
            let line = sidecar::read(store, &ending).and_then(|line| renew(&line))?;
            sidecar::write(store, &ending, &line).ok()
        });
        renewed.count() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path) -> Store {
        Store::open(path).unwrap().0
    }

    #[test]
    fn two_that_are_open_have_a_place_each_and_the_next_takes_the_one_left_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let (mut one, mut other) = (open(&path), open(&path));
        assert_eq!((one.take_place(), other.take_place()), (None, None));
        other.remember_place("other");
        std::thread::sleep(Duration::from_millis(20));
        one.remember_place("one");
        assert_eq!(one.places(), ["one", "other"]);
        assert_eq!(one.places_in_use(), ["one", "other"]);
        drop(other);
        assert_eq!(one.places_in_use(), ["one"]);
        let mut third = open(&path);
        assert_eq!(third.take_place().as_deref(), Some("other"), "the newest is held");
        drop((one, third));
        assert_eq!(open(&path).take_place().as_deref(), Some("one"));
    }

    #[test]
    fn a_place_that_nobody_came_back_to_goes_unless_it_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let (mut one, mut other, mut third) = (open(&path), open(&path), open(&path));
        for store in [&mut one, &mut other, &mut third] {
            store.take_place();
            store.remember_place("{}");
        }
        for number in [2, 3] {
            let file = File::options().write(true).open(sidecar::file(&path, &ending(number))).unwrap();
            file.set_modified(SystemTime::now() - KEPT * 2).unwrap();
        }
        drop((one, third));
        let mut again = open(&path);
        again.take_place();
        assert!(sidecar::file(&path, &ending(2)).exists(), "it is held");
        assert!(!sidecar::file(&path, &ending(3)).exists());
    }
}
