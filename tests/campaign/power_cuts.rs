//! The power cut at any moment of a run of writes.
//!
//! How it is done: the run is recorded by `strace` as the calls that change files (writes, truncations, syncs,
//! creations, renames, removals of the store, its log and its sidecar), with the moments at which a command told its
//! user that something was written. From the record the files are built as a disk may hold them after a cut.
//!
//! The model:
//! - A file holds what was in it at its last `fsync`, and of each later write or truncation all, nothing, or its first
//!   sectors of 512 bytes. Writes to other places may reach the disk in any order, which is the same as each being
//!   there or missing; of two writes to one place the later one lies above the earlier one or is missing.
//! - A folder holds its names as of its last `fsync`, and after that a beginning of what was done to them: file systems
//!   that keep a journal do this in order. A file that was synced is there under the name that its folder holds.
//! - The index (`-shm`) is made anew at every start and never looked at.
//! - The disk does what `fsync` says. One that lies about it is no power cut but a broken disk.
//!
//! A state is a moment of the record and, of what was not synced then, all of it, nothing of it, or a part by chance.
//! In each state: every write that was told is there, the file is whole, and the last-seen mark has nothing to tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::rounds;
use super::tracing::{Call, record};
use crate::terminal::{NOW, program};

/// What a disk holds of a file: what was synced, and what was done since.
#[derive(Clone, Default)]
struct Kept {
    synced: Vec<u8>,
    later: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Size(usize),
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>, bytes: usize) {
        match self {
            Self::Write(at, data) => {
                let data = &data[..bytes.min(data.len())];
                if content.len() < at + data.len() {
                    content.resize(at + data.len(), 0);
                }
                content[*at..at + data.len()].copy_from_slice(data);
            }
            Self::Size(size) => content.resize(*size, 0),
        }
    }
}

/// What is done to the names of a folder.
#[derive(Clone)]
enum Naming {
    Name(String, usize),
    Remove(String),
}

/// The disk: files by number, names that lead to them.
#[derive(Clone, Default)]
struct Disk {
    files: Vec<Kept>,
    /// As every program sees them.
    names: BTreeMap<String, usize>,
    synced_names: BTreeMap<String, usize>,
    later: Vec<Naming>,
    told: BTreeSet<String>,
}

/// How much of what was not synced is there.
#[derive(Clone, Copy, PartialEq)]
enum Luck {
    All,
    Nothing,
    Chance,
}

impl Disk {
    fn file(&mut self, name: &str) -> &mut Kept {
        if !self.names.contains_key(name) {
            self.files.push(Kept::default());
            self.names.insert(name.to_owned(), self.files.len() - 1);
            self.later.push(Naming::Name(name.to_owned(), self.files.len() - 1));
        }
        &mut self.files[self.names[name]]
    }

    fn take(&mut self, call: &Call) {
        match call {
            Call::Told(line) => {
                self.told.extend(line.lines().filter_map(|line| Some(line.split('\t').next()?.to_owned())));
            }
            Call::Open(name) => {
                self.file(name);
            }
            Call::Write(name, at, data) => self.file(name).later.push(Change::Write(*at, data.clone())),
            Call::Size(name, size) => self.file(name).later.push(Change::Size(*size)),
            Call::Sync(name) => {
                let file = self.file(name);
                for change in std::mem::take(&mut file.later) {
                    change.apply(&mut file.synced, usize::MAX);
                }
            }
            Call::SyncFolder => {
                self.synced_names = self.names.clone();
                self.later.clear();
            }
            Call::Rename(from, to) => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                    // A rename is one thing: the new name comes with the old one going.
                    self.later.push(Naming::Name(to.clone(), file));
                    self.later.push(Naming::Remove(from.clone()));
                }
            }
            Call::Remove(name) => {
                self.names.remove(name);
                self.later.push(Naming::Remove(name.clone()));
            }
        }
    }

    /// Builds the files as they may be found after a cut.
    fn build(&self, folder: &Path, luck: Luck, random: &mut fastrand::Rng) {
        let mut names = self.synced_names.clone();
        let kept = match luck {
            Luck::All => self.later.len(),
            Luck::Nothing => 0,
            Luck::Chance => random.usize(0..=self.later.len()),
        };
        for naming in &self.later[..kept] {
            match naming {
                Naming::Name(name, file) => drop(names.insert(name.clone(), *file)),
                Naming::Remove(name) => drop(names.remove(name)),
            }
        }
        for (name, file) in names {
            let file = &self.files[file];
            let mut content = file.synced.clone();
            for change in &file.later {
                let bytes = match luck {
                    Luck::All => usize::MAX,
                    Luck::Nothing => continue,
                    Luck::Chance => match random.u8(0..3) {
                        0 => continue,
                        1 => 512 * random.usize(0..9),
                        _ => usize::MAX,
                    },
                };
                change.apply(&mut content, bytes);
            }
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
}

/// A run of writes: the store is made, written by commands of which each takes the log in, then by commands that leave
/// it, since another program has the store open, and at the end by one that takes everything in.
fn script(folder: &Path, is_long: bool) -> String {
    let (few, many) = if is_long { (4, 24) } else { (2, 4) };
    let add = format!(
        "'{}' --store '{}' --config /nowhere/c.toml --plain --quiet",
        program(),
        folder.join("s.db").display()
    );
    let told = folder.join("told");
    let told = told.display();
    format!(
        "for n in $(seq {few}); do {add} add Alone $n >> '{told}'; done; touch '{hold}'; \
         while ! [ -e '{held}' ]; do sleep 0.02; done; \
         for n in $(seq {many}); do {add} add Logged $n >> '{told}'; done; \
         {add} edit R-1 t1 >> '{told}'; rm '{held}'; while [ -e '{hold}' ]; do sleep 0.02; done; \
         {add} list >> /dev/null; for n in $(seq {few}); do {add} add After $n >> '{told}'; done",
        hold = folder.join("hold").display(),
        held = folder.join("held").display(),
    )
}

/// Holds the store open for as long as the script wants it.
fn hold(folder: &Path) {
    let (wish, held) = (folder.join("hold"), folder.join("held"));
    while !wish.exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let connection = Connection::open(folder.join("s.db")).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    connection.execute_batch("BEGIN; SELECT count(*) FROM request").unwrap();
    std::fs::write(&held, "").unwrap();
    while held.exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    drop(connection);
    std::fs::remove_file(wish).unwrap();
}

/// Opens what a cut left, and looks.
fn look(disk: &Disk, folder: &Path, what: &str) {
    let store = folder.join("s.db");
    if !store.exists() {
        assert!(disk.told.is_empty(), "{what}: no store, and {:?} were told", disk.told);
        return;
    }
    let output = crate::tablesetter()
        .args(["list", "stage:any", "--plain", "--config", "/nowhere/c.toml", "--store"])
        .arg(&store)
        .env("TABLESETTER_NOW", NOW)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let found: BTreeSet<&str> = out.lines().filter_map(|line| line.split('\t').next()).collect();
    for key in disk.told.iter().filter(|key| key.starts_with("R-")) {
        assert!(found.contains(key.as_str()), "{what}: {key} was told and is gone\n{err}");
    }
    // The mark is never synced. One that a cut left empty or half written is told as that, and as nothing else.
    let is_of_mark = |line: &str| line.starts_with("What was last seen of this store cannot be read from ");
    let rest: Vec<&str> = err.lines().filter(|line| !line.is_empty() && !is_of_mark(line)).collect();
    let is_quiet = rest.is_empty() || rest == ["error: nothing fits `stage:any`"];
    assert!(is_quiet, "{what}: {err}");
    let connection = Connection::open(&store).unwrap();
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok", "{what}");
    let broken: i64 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0, "{what}");
}

#[test]
fn after_any_power_cut_every_acknowledged_write_is_there() {
    let wanted = rounds(60, 2_000);
    let folder = tempfile::tempdir().unwrap();
    let run = script(folder.path(), wanted > 60);
    let record = std::thread::scope(|scope| {
        let held = scope.spawn(|| hold(folder.path()));
        let record = record(folder.path(), &run);
        if record.is_some() {
            held.join().unwrap();
        } else {
            // Nobody will ask for it.
            std::fs::write(folder.path().join("hold"), "").unwrap();
        }
        record
    });
    let Some(calls) = record else { return };
    let syncs = calls.iter().filter(|call| matches!(call, Call::Sync(_))).count();
    assert!(
        syncs > 10 && calls.iter().any(|call| matches!(call, Call::Told(_))),
        "{} calls were recorded",
        calls.len()
    );
    let mut random = fastrand::Rng::with_seed(12);
    let (mut disk, mut states, mut told) = (Disk::default(), 0, 0);
    // Every moment in the long form, some of them otherwise; each with all three kinds of luck.
    let every = (calls.len() * 3 / wanted).max(1);
    let again = (wanted / (calls.len() * 3)).max(1);
    for (index, call) in calls.iter().enumerate() {
        disk.take(call);
        if index % every != 0 && index + 1 != calls.len() {
            continue;
        }
        for luck in [Luck::All, Luck::Nothing].into_iter().chain(std::iter::repeat_n(Luck::Chance, again)) {
            let cut = tempfile::tempdir().unwrap();
            disk.build(cut.path(), luck, &mut random);
            let kind = match luck {
                Luck::All => "all",
                Luck::Nothing => "nothing",
                Luck::Chance => "a part",
            };
            look(&disk, cut.path(), &format!("after call {index} of {}, {kind} kept", calls.len()));
            states += 1;
            told += disk.told.len();
        }
    }
    println!(
        "power cuts: {states} states of {} recorded calls ({syncs} syncs), {told} acknowledged writes looked for, 0 lost",
        calls.len()
    );
}
