//! Copies of the store: compact (what was deleted is not in them), compared with the original before they
//! get their name, thinned on a ladder, and given back as one operation that can be undone.

mod checksum;
mod ladder;
mod under_way;

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rusqlite::{Connection, OpenFlags};

use super::brought_in::BroughtIn;
use super::change::{Committed, Stamp};
use super::error::{StoreError, findings};
use super::sql_path::SqlPath;
use super::{Store, Table, Tx, connection, migrations, places, seen, sidecar, told};
pub use checksum::Sum;
use checksum::{compare_sum, sha256, sum_file};
pub use under_way::UnderWay;

/// While something changes, a copy is made at most this often.
const EVERY: TimeDelta = TimeDelta::minutes(30);
/// How often a copy is begun anew because another program writes.
const TRIES: u32 = 5;
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// What came of bringing a copy back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The store as it was before.
    pub before: Option<Backup>,
    /// What the checksum of the copy says; of a file that is none of our copies, nothing is expected.
    pub sum: Sum,
}

/// One copy of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file, below the folder of copies beside the store.
    pub path: PathBuf,
    /// The newest operation in it.
    pub operation: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What it was made for, as its name says: `daily`, `before-import`.
    pub reason: String,
}

impl Backup {
    /// Reads a file name: `00000042-20261123T091200Z-daily.db`.
    fn named(path: &Path) -> Option<Self> {
        let stem = path.file_name()?.to_str()?.strip_suffix(".db")?;
        let mut parts = stem.splitn(3, '-');
        let operation = parts.next()?.parse().ok()?;
        let at = NaiveDateTime::parse_from_str(parts.next()?, TIME).ok()?.and_utc();
        Some(Self { path: path.to_owned(), operation, at, reason: parts.next()?.to_owned() })
    }

    /// Removes a copy that is none, and its checksum.
    pub(super) fn remove(path: &Path) {
        let _ = fs::remove_file(path);
        let _ = fs::remove_file(sum_file(path));
    }

    /// Compares the file with the checksum beside it.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn sum(&self) -> Result<Sum, StoreError> {
        compare_sum(&self.path)
    }
}

impl Store {
    /// Makes a copy in the usual folder and thins the older ones.
    ///
    /// # Errors
    /// When it cannot be written, or is not equal to the store.
    pub fn back_up(&self, at: DateTime<Utc>, reason: &str) -> Result<Backup, StoreError> {
        let path = self.path.as_deref().ok_or_else(|| StoreError::Missing("file to copy".to_owned()))?;
        let backup = make(&self.connection, path, at, reason)?;
        thin(path, at);
        Ok(backup)
    }

    /// The newest copy of what this store holds. Copies of a store that lay here before may count further, and would keep it
    /// without any until it had caught up with them.
    fn newest_copy(&self, newest: i64) -> Option<Backup> {
        self.backups().into_iter().find(|backup| backup.operation <= newest)
    }

    /// Makes a copy before something large, unless the newest one holds everything already.
    ///
    /// # Errors
    /// As [`Store::back_up`].
    pub fn back_up_before(&self, at: DateTime<Utc>, what: &str) -> Result<(), StoreError> {
        let newest = newest_operation(&self.connection)?;
        let copied = self.newest_copy(newest).map_or(0, |backup| backup.operation);
        if self.path.is_some() && newest > copied {
            self.back_up(at, &format!("before-{what}"))?;
        }
        Ok(())
    }

    /// Makes a copy under a name of the user's.
    ///
    /// # Errors
    /// When something of that name is there, or it cannot be written.
    pub fn back_up_to(&self, target: &Path) -> Result<(), StoreError> {
        let target = &sidecar::real(target)?;
        for file in [target.to_owned(), sum_file(target)] {
            if file.exists() {
                return Err(StoreError::Refused(format!("{} is there already", file.display())));
            }
        }
        write_copy(&self.connection, target)
    }

    /// The copies of a store that may not open, the newest first.
    pub fn backups_of(store: &Path) -> Vec<Backup> {
        list(store)
    }

    /// Copies that were broken off by the end of their program.
    pub fn broken_copies(store: &Path) -> Vec<PathBuf> {
        let own = under_way::left(sidecar::folder(store));
        under_way::left(&sidecar::copies(store)).into_iter().chain(own).collect()
    }

    /// Removes [`Store::broken_copies`]; gives those that could not be removed.
    pub fn remove_broken_copies(store: &Path) -> Vec<PathBuf> {
        let own = under_way::remove_left(sidecar::folder(store));
        under_way::remove_left(&sidecar::copies(store)).into_iter().chain(own).collect()
    }

    /// True if a file is a store, damaged or not: no folder, no device, and nothing of another program. To be asked
    /// while no connection of this process has it open.
    pub fn is_one(path: &Path) -> bool {
        let is_file = fs::metadata(path).is_ok_and(|found| found.is_file());
        is_file
            && !matches!(
                connection::check_is_ours(path, migrations::MIGRATIONS),
                Err(StoreError::NotOurs { .. })
            )
    }

    /// What belongs to a store and is its owner's alone: the file, what lies beside it, the copies.
    pub fn private_files(store: &Path) -> Vec<PathBuf> {
        let store = &sidecar::followed(store);
        let endings = ["-wal", "-shm", ".seen", ".drafts", told::TOLD].map(str::to_owned).into_iter();
        let beside = endings.chain(places::endings()).map(|ending| sidecar::file(store, &ending));
        let folder = sidecar::copies(store);
        let copies = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let all = std::iter::once(store.to_owned())
            .chain(beside)
            .chain([folder.clone(), sidecar::fetched(store)])
            .chain(copies);
        all.filter(|path| path.exists()).collect()
    }

    /// The copies in the usual folder, the newest first.
    pub fn backups(&self) -> Vec<Backup> {
        self.path.as_deref().map_or_else(Vec::new, list)
    }

    /// True if something has changed since the newest copy, and that is from another day or old enough.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_backup_due(&self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if self.path.is_none() {
            return Ok(false);
        }
        let newest = newest_operation(&self.connection)?;
        Ok(match self.newest_copy(newest) {
            None => newest > 0,
            Some(backup) => {
                let is_old = backup.at.date_naive() != now.date_naive() || backup.at + EVERY <= now;
                backup.operation < newest && is_old
            }
        })
    }

    /// Brings every record back to what a copy holds, as one operation; the journal goes on. The present
    /// store is copied first.
    ///
    /// # Errors
    /// When the copy is not ours, damaged or newer; nothing is changed then.
    pub fn restore(&mut self, stamp: Stamp, from: &Path) -> Result<Committed<Restored>, StoreError> {
        let sum = match compare_sum(from)? {
            Sum::Missing if Backup::named(from).is_none() => Sum::Fits,
            sum => sum,
        };
        // Without a checksum, its structure is looked at below all the same.
        if let Some(fault) = sum.fault(from).filter(|_| sum == Sum::Differs) {
            return Err(StoreError::Refused(format!("{fault}; `tablesetter backup --list` names others")));
        }
        connection::check_is_ours(from, migrations::MIGRATIONS)?;
        // On a file of its own: the copy that was named may lie on a medium that can only be read.
        let coming = Coming::next_to(self.path())?;
        let old = coming.path();
        fs::copy(from, old).map_err(connection::io("cannot read", from))?;
        // What is given back may have a log of its own, without which it would be old.
        let log = super::sidecar::file(from, "-wal");
        if log.exists() {
            fs::copy(&log, super::sidecar::file(old, "-wal")).map_err(connection::io("cannot read", &log))?;
        }
        let mut copy = Connection::open(old)?;
        // Before it is brought up to date, which gives one to a copy from before there were any.
        let identity = seen::identity(&copy)?;
        // The copy is brought up to date on a copy of it; the file that was named stays as it is.
        if migrations::version(&copy)? < migrations::latest(migrations::MIGRATIONS) {
            migrations::run(&mut copy, migrations::MIGRATIONS)?;
        }
        sound(&copy).map_err(|error| match error {
            StoreError::Damaged(what) => {
                StoreError::Refused(format!("the copy {} is damaged: {what}", from.display()))
            }
            other => other,
        })?;
        // Closed before it is attached, so that what was brought up to date stands in the file and not in a log
        // beside it.
        drop(copy);
        let before = self.path.is_some().then(|| self.back_up(stamp.at, "before-restore")).transpose()?;
        let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
        replace_rows(self, stamp, &coming, &identity, |_| {
            let restored = Restored { before: before.clone(), sum };
            Ok((restored, format!("Restored everything as it is in {name}")))
        })
    }
}

/// A file of its own that holds the rows which a store is to become, and goes when this goes.
pub(super) struct Coming {
    file: PathBuf,
    _folder: UnderWay,
}

impl Coming {
    /// A place for one, on the disk of a store.
    pub(super) fn next_to(store: Option<&Path>) -> Result<Self, StoreError> {
        let place = store.map_or_else(std::env::temp_dir, sidecar::copies);
        make_folder(&place)?;
        let folder = UnderWay::begin(&place)?;
        Ok(Self { file: folder.path().join("old.db"), _folder: folder })
    }

    pub(super) fn path(&self) -> &Path {
        &self.file
    }

    /// Runs something while its rows can be read as those of `old`.
    pub(super) fn attached<T>(
        &self,
        connection: &Connection,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        connection.execute("ATTACH DATABASE ?1 AS old", [SqlPath(&self.file)])?;
        let output = work(connection);
        connection.execute("DETACH DATABASE old", [])?;
        output
    }
}

/// Brings every row to what a file holds, and what `finish` adds, as one operation; the journal goes on. `identity` is the
/// one of the file, empty if it has none.
pub(super) fn replace_rows<T>(
    store: &mut Store,
    stamp: Stamp,
    coming: &Coming,
    identity: &str,
    finish: impl FnOnce(&Tx<'_>) -> Result<(T, String), StoreError>,
) -> Result<Committed<T>, StoreError> {
    store.connection.execute("ATTACH DATABASE ?1 AS old", [SqlPath(coming.path())])?;
    let output = store.change(stamp, |tx| {
        // Table by table a row comes before what it belongs to as often as behind it; what points to nothing is
        // refused when all are there.
        tx.sql.pragma_update(None, "defer_foreign_keys", true)?;
        let forgotten = tx.forgotten_rows(identity)?;
        tx.leave_states()?;
        for table in Table::all_sql() {
            restore_table(tx, table)?;
        }
        // The file may be older than a forgetting, which nothing takes back.
        tx.forget_again(forgotten)?;
        tx.take_zones()?;
        tx.note_brought(BroughtIn::Store)?;
        finish(tx)
    });
    store.connection.execute("DETACH DATABASE old", [])?;
    output
}

/// Rows that differ go, rows that are missing come.
fn restore_table(tx: &Tx<'_>, table: &str) -> Result<(), StoreError> {
    let names = columns(&tx.sql, table)?.join(", ");
    let same = same_row(&tx.sql, table)?;
    let delete = format!(
        "DELETE FROM main.{table} WHERE NOT EXISTS (SELECT 1 FROM old.{table} AS o WHERE {same}) RETURNING *"
    );
    tx.delete_rows(table, &delete)?;
    // Rows that are equal stayed above, so their numbers are all that tells what is missing now.
    let insert = format!(
        "INSERT INTO main.{table} ({names}) SELECT {names} FROM old.{table} \
         WHERE id NOT IN (SELECT id FROM main.{table}) RETURNING id"
    );
    tx.insert_rows(table, &insert)?;
    Ok(())
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get::<_, String>(0))?;
    Ok(names.collect::<Result<Vec<_>, _>>()?)
}

/// The condition under which a row `o` of another store is this one's row, in every column.
pub(super) fn same_row(connection: &Connection, table: &str) -> Result<String, StoreError> {
    // `IS`, since `=` finds two NULLs different and would take every row with an empty field out and in again.
    let same = columns(connection, table)?;
    let same: Vec<_> = same.iter().map(|name| format!("o.{name} IS main.{table}.{name}")).collect();
    Ok(same.join(" AND "))
}

fn list(store: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(sidecar::copies(store)).into_iter().flatten().flatten();
    let mut found: Vec<Backup> = entries.filter_map(|entry| Backup::named(&entry.path())).collect();
    // By what they hold first: clocks go wrong, numbers of operations do not.
    found.sort_by_key(|backup| std::cmp::Reverse((backup.operation, backup.at)));
    found
}

/// Makes a copy of an open store in the usual folder.
pub fn make(
    connection: &Connection,
    store: &Path,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<Backup, StoreError> {
    let folder = sidecar::copies(store);
    make_folder(&folder)?;
    let operation = newest_operation(connection).unwrap_or(0);
    let mut target = folder.join(format!("{operation:08}-{}-{reason}.db", at.format(TIME)));
    // Two copies of one second, such as one before an import and one after it, need names of their own.
    let mut number = 2;
    while target.exists() {
        target = folder.join(format!("{operation:08}-{}-{reason}-{number}.db", at.format(TIME)));
        number += 1;
    }
    write_copy(connection, &target)?;
    Ok(Backup { path: target, operation, at, reason: reason.to_owned() })
}

fn make_folder(folder: &Path) -> Result<(), StoreError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(connection::io("cannot make the folder", folder))
}

/// Writes under another name, compares, syncs, and names it last.
fn write_copy(connection: &Connection, target: &Path) -> Result<(), StoreError> {
    let temporary = UnderWay::begin(sidecar::folder(target))?;
    let file = temporary.path().join("copy.db");
    let mut tries = 0;
    while !copy_once(connection, &file)? {
        tries += 1;
        if tries == TRIES {
            return Err(StoreError::Busy);
        }
    }
    name(&file, target, &temporary, false)
}

/// Puts a file in the place of a copy that is there, with its checksum.
pub(super) fn replace(file: &Path, target: &Path, place: &UnderWay) -> Result<(), StoreError> {
    sound(&Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
        .map_err(connection::io("cannot make private", file))?;
    name(file, target, place, true)
}

/// Gives a whole copy its name. The checksum is on the disk under its own name before the copy has one: a copy
/// without a checksum looks like one that is not whole. One that takes the place of another loses its old checksum
/// first: between the two names it is one that nothing is known of, never one that looks changed.
fn name(file: &Path, target: &Path, place: &UnderWay, is_in_place: bool) -> Result<(), StoreError> {
    sync(file)?;
    let sum = format!("{}  {}\n", sha256(file)?, target.file_name().unwrap_or_default().to_string_lossy());
    let summed = place.path().join("copy.sha256");
    fs::write(&summed, sum).map_err(connection::io("cannot write", &summed))?;
    sync(&summed)?;
    let (folder, name_of_sum) = (sidecar::folder(target), sum_file(target));
    let name_sum = || {
        fs::rename(&summed, &name_of_sum)
            .map_err(connection::io("cannot name the checksum", &name_of_sum))?;
        sync(folder)
    };
    if is_in_place {
        let _ = fs::remove_file(&name_of_sum);
        sync(folder)?;
    } else {
        name_sum()?;
    }
    fs::rename(file, target).map_err(connection::io("cannot name the copy", target))?;
    sync(folder)?;
    if is_in_place { name_sum() } else { Ok(()) }
}

fn sync(path: &Path) -> Result<(), StoreError> {
    fs::File::open(path).and_then(|file| file.sync_all()).map_err(connection::io("cannot sync", path))
}

/// Copies and compares; false if another program wrote meanwhile, so that the two cannot be compared.
fn copy_once(connection: &Connection, file: &Path) -> Result<bool, StoreError> {
    // `VACUUM INTO` takes no file that is there, as the try before this one leaves it.
    let _ = fs::remove_file(file);
    let before = facts(connection)?;
    // One statement sees one state of the store, whoever writes meanwhile, and leaves out what was deleted.
    connection.execute("VACUUM INTO ?1", [SqlPath(file)])?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
        .map_err(connection::io("cannot make private", file))?;
    let copy = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    sound(&copy)?;
    if facts(&copy)? == before {
        return Ok(true);
    }
    if facts(connection)? != before {
        return Ok(false);
    }
    Err(StoreError::Damaged(format!("the copy {} does not equal the store", file.display())))
}

/// What a good copy shares with its source: marks, tables with their rows, and the newest operation.
fn facts(connection: &Connection) -> Result<Vec<(String, i64)>, StoreError> {
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let count = |name: String| {
        let rows = connection.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
        Ok((name, rows))
    };
    let mut found = names.into_iter().map(count).collect::<Result<Vec<_>, StoreError>>()?;
    for mark in ["application_id", "user_version"] {
        found.push((mark.to_owned(), connection.pragma_query_value(None, mark, |row| row.get(0))?));
    }
    found.push(("newest change".to_owned(), newest_operation(connection).unwrap_or(0)));
    Ok(found)
}

fn sound(connection: &Connection) -> Result<(), StoreError> {
    let first: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    findings(vec![first])?.pop().map_or(Ok(()), |found| Err(StoreError::Damaged(found)))
}

/// The number of the newest operation, 0 without any.
pub fn newest_operation(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) FROM operation", [], |row| row.get(0))?)
}

/// Takes away what the ladder does not keep. Nothing goes while the newest copy looks smaller by half than
/// the one before: then something is wrong, and the old ones are what is left.
fn thin(store: &Path, now: DateTime<Utc>) {
    let backups = list(store);
    let size = |backup: &Backup| fs::metadata(&backup.path).map_or(0, |file| file.len());
    if let [newest, previous, ..] = backups.as_slice()
        && size(newest) * 2 < size(previous)
    {
        return;
    }
    for (backup, is_kept) in backups.iter().zip(ladder::kept(&backups, now)) {
        if !is_kept {
            Backup::remove(&backup.path);
        }
    }
}
