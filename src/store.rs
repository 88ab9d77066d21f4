//! The one SQLite file. Only this folder knows SQL; only `Tx`, which [`Store::change`] alone hands out,
//! can write. Reads are methods of [`Store`] and give domain types.

mod allocations;
mod arrival;
mod backup;
mod brought_in;
pub mod cause;
mod change;
mod columns;
mod connection;
mod delivered;
mod dump;
mod earlier;
mod error;
pub mod examine;
mod files;
mod forget;
mod gate;
mod hanging;
mod happened;
mod journal;
mod kept_days;
mod meetings;
mod memo;
mod migrations;
mod obstacle;
mod opening;
mod people;
mod places;
mod records;
mod reflections;
mod requests;
mod safety;
mod second_look;
mod seen;
mod sidecar;
mod sources;
mod spells;
mod sql_path;
mod stat;
mod told;
mod touched;
mod work;
mod writers;
mod zones;

use std::cell::RefCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use files::AfterClosing;
use gate::Gate;
use opening::Opened;
use rusqlite::Connection;

use crate::domain::count::counted;
use crate::domain::record::Kind;

pub use backup::{Backup, Sum};
pub use brought_in::BroughtIn;
pub use change::{Committed, Keeper, Origin, Stamp, Tx};
pub use delivered::RequestFacts;
pub use dump::{StoreDump, TableChange};
pub use error::StoreError;
pub use files::Files;
pub use forget::{Copies, FORGOTTEN, Forgotten, Subject, fields_of, hidden_id};
pub use happened::{Fate, MeetingFate};
pub use journal::{NewestOf, Operation};
pub use meetings::{MeetingNote, MeetingRow, Most, RoomNames};
pub use reflections::{ReflectedOn, StoredReflection};
pub use requests::{AskRow, SourceEntry};
pub use spells::StageSpell;
pub use work::StoredWork;

/// What a change touched, as far as a screen must know to read it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Request,
    /// People, roles and their contracts.
    Person,
    Time,
    Allocation,
    /// Meetings, changed occurrences and notes on them.
    Meeting,
    Reflection,
    /// Outcomes, the ledger, friction, influence, risks, links.
    Books,
    /// Days that are over.
    Kept,
    /// Where data comes from again and again.
    Source,
}

impl Table {
    /// Tables whose rows are not records of declared fields.
    const NAMES: [(&'static str, Self); 14] = [
        ("request", Self::Request),
        ("request_seen", Self::Request),
        ("person", Self::Person),
        ("contract", Self::Person),
        ("absence", Self::Time),
        ("holiday", Self::Time),
        ("allocation", Self::Allocation),
        ("meeting", Self::Meeting),
        ("meeting_override", Self::Meeting),
        ("meeting_note", Self::Meeting),
        ("reflection", Self::Reflection),
        ("kept_day", Self::Kept),
        ("kept_share", Self::Kept),
        ("source", Self::Source),
    ];

    /// Every table whose rows are a person's work, by its name in SQL.
    fn all_sql() -> impl Iterator<Item = &'static str> {
        let records =
            Kind::NAMES.iter().copied().filter(|name| !Self::NAMES.iter().any(|(own, _)| own == name));
        Self::NAMES.iter().map(|(name, _)| *name).chain(records)
    }

    fn of_sql(name: &str) -> Option<Self> {
        let own = Self::NAMES.iter().find(|(sql, _)| *sql == name).map(|(_, table)| *table);
        own.or_else(|| Kind::ALL.iter().any(|kind| kind.name() == name).then_some(Self::Books))
    }
}

/// A set of [`Table`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tables(u16);

impl Tables {
    /// All tables: what whoever reads everything anew has to be told.
    pub const ALL: Self = Self(u16::MAX);

    /// Takes one in; one that is there already stays once.
    pub const fn add(&mut self, table: Table) {
        self.0 |= 1 << table as u8;
    }

    /// True if it holds one.
    pub const fn has(self, table: Table) -> bool {
        self.0 & (1 << table as u8) != 0
    }

    /// True if it holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The open store. Its parts go in their order: what comes after the connection happens when that is closed.
pub struct Store {
    connection: Connection,
    gate: Gate,
    keeper: Option<Keeper>,
    path: Option<PathBuf>,
    /// The file in which this cockpit remembers where it stands, held until it ends.
    place: Option<File>,
    /// The files that were opened; `None` in memory, and where nothing can be written.
    files: Option<Arc<Files>>,
    /// A log lay beside the file: somebody has it open, or did not end well.
    had_log: bool,
    /// What was missing when it was opened.
    missing: Option<String>,
    after_closing: AfterClosing,
    /// The newest operation when it was opened, and what was written through this connection since: what another
    /// cockpit writes meanwhile is not one's own.
    opened_at: i64,
    written: RefCell<Vec<i64>>,
}

/// Under which name the day of the last check is remembered.
const CHECKED: &str = "checked";

impl Store {
    /// Opens the file, making it where nothing of that name is. The sentences are for the user.
    ///
    /// # Errors
    /// [`StoreError`]; a file that is not ours or newer is left untouched.
    pub fn open(path: &Path) -> Result<(Self, Vec<String>), StoreError> {
        let mut opened = opening::open(path, migrations::MIGRATIONS)?;
        let notices = std::mem::take(&mut opened.notices);
        Ok((Self::over(opened, Some(sidecar::followed(path)))?, notices))
    }

    /// Opens once more what this program has open, on a connection of its own.
    ///
    /// # Errors
    /// When its files were exchanged meanwhile, or it cannot be opened.
    pub fn again(files: &Arc<Files>) -> Result<Self, StoreError> {
        let opened = Opened::in_memory(opening::again(files)?);
        // The same `Files`, and not another look at them: what one connection finds exchanged, all of them
        // know.
        let opened = Opened { files: Some(Arc::clone(files)), ..opened };
        Self::over(opened, Some(files.path().to_owned()))
    }

    /// A store in memory, for tests.
    ///
    /// # Errors
    /// When SQLite cannot make one.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::over(Opened::in_memory(connection::in_memory()?), None)
    }

    fn over(opened: Opened, path: Option<PathBuf>) -> Result<Self, StoreError> {
        let Opened { connection, had_log, missing, files, .. } = opened;
        let gate = Gate::before(&connection)?;
        let after_closing = AfterClosing::new(path.is_some());
        let opened_at = backup::newest_operation(&connection).unwrap_or(0);
        let written = RefCell::default();
        Ok(Self {
            connection,
            gate,
            keeper: None,
            path,
            place: None,
            files,
            had_log,
            missing,
            after_closing,
            opened_at,
            written,
        })
    }

    /// The version of the store that this program writes.
    pub fn version() -> i64 {
        migrations::latest(migrations::MIGRATIONS)
    }

    /// The SQLite library inside.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    /// `None` of a store in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that moves when another program has written (and sometimes when it only tidied up).
    ///
    /// # Errors
    /// When the store cannot be read, or its files were exchanged.
    pub fn outside_version(&self) -> Result<i64, StoreError> {
        self.check_files()?;
        // SQLite moves it for what every other connection commits, and never for one's own.
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Reads several things as of one moment: what others write meanwhile is in none of them. Within such a reading it is
    /// the same moment.
    ///
    /// # Errors
    /// Whatever `read` or the store reports.
    pub fn reading<T, E: From<StoreError>>(&self, read: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            return read(self);
        }
        // With a write-ahead log a reader stays at the moment of its first read, and holds up no writer.
        let transaction = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let output = read(self)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(output)
    }

    /// How long a write may wait for another program before it is refused.
    ///
    /// # Errors
    /// When SQLite cannot be told so.
    pub fn set_patience(&self, wait: std::time::Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(wait)?)
    }

    /// Room in memory for a change of many rows, so that they are not written to the log and read back before
    /// it is over; or as little as usual again.
    ///
    /// # Errors
    /// When SQLite cannot be told so.
    pub fn make_room(&self, is_large: bool) -> Result<(), StoreError> {
        /// In KiB, as SQLite wants it: below zero.
        const USUAL: i64 = -2_000;
        const LARGE: i64 = -64_000;
        Ok(self.connection.pragma_update(None, "cache_size", if is_large { LARGE } else { USUAL })?)
    }

    /// True on the first opening of a day, and after an end that was none: reading the whole file at every
    /// start would cost a laptop more than it tells.
    pub fn is_check_due(&self, today: chrono::NaiveDate) -> bool {
        self.had_log || self.memo(CHECKED).ok().flatten().as_deref() != Some(today.to_string().as_str())
    }

    /// Remembers that a check found nothing.
    pub fn remember_check(&self, today: chrono::NaiveDate) {
        // A check that is forgotten is only made again.
        let _ = self.remember(CHECKED, &today.to_string());
    }

    /// The checks that cost little; an empty list is good.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("SELECT quick_check FROM pragma_quick_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut found = error::findings(lines)?;
        found.truncate(3);
        // A check of pages does not look at what rows point to.
        let sql = "SELECT count(*) FROM pragma_foreign_key_check";
        let broken: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        if broken > 0 {
            found.push(counted(broken, "row points to nothing", "rows point to nothing"));
        }
        Ok(found)
    }

    /// Every check of the file: structure and references; an empty list is good.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("SELECT integrity_check FROM pragma_integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut found = error::findings(lines)?;
        let mut statement =
            self.connection.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
        let broken = statement.query_map([], |row| {
            let (table, id, parent): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("row {id} of {table} points to a missing row of {parent}"))
        })?;
        for line in broken {
            found.push(line?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests;
