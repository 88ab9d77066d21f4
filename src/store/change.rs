//! The one gateway for writes. `Store::change` opens an operation, hands out the only value that can
//! write (`Tx`), and commits everything or nothing. The guards of the gate refuse any other write.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Transaction, TransactionBehavior};

use super::columns::instant_text;
use super::error::StoreError;
use super::gate::OpenGate;
use super::{Store, Table, Tables, migrations};
use crate::domain::ids::OperationId;
use crate::domain::named::named_enum;
use crate::domain::zone::Whereabouts;

named_enum! {
    /// Where an operation came from.
    pub enum Origin {
        Cockpit = "cockpit", "cockpit",
        CommandLine = "command-line", "command line",
        Import = "import", "import",
        Sample = "sample", "sample",
    }
}

/// When and where an operation happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// To the second; the clock of the machine, or of the demo.
    pub at: DateTime<Utc>,
    /// The lead's local day.
    pub day: NaiveDate,
    /// Where that day is the lead's.
    pub zone: Whereabouts,
    /// Who wrote it; the list of news leaves out what the cockpit itself wrote.
    pub origin: Origin,
}

/// What came of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed<T> {
    /// What the operation gave.
    pub output: T,
    /// Its number in the journal; `None` if nothing changed, and then nothing was recorded.
    pub operation: Option<OperationId>,
    /// The sentence under which it stands in the journal.
    pub label: String,
    /// What must be read again.
    pub changed: Tables,
}

impl<T> Committed<T> {
    /// The same, for those who only need to know that it is done.
    pub fn without_output(self) -> Committed<()> {
        let Self { operation, label, changed, .. } = self;
        Committed { output: (), operation, label, changed }
    }
}

/// Keeps the days that are over before anything else is written on a new one; gives the sentence for the journal if
/// there was something to keep. The store calls it, because no write may come before it, whoever makes it.
pub type Keeper = Box<dyn Fn(&Tx<'_>, NaiveDate) -> Result<Option<String>, StoreError>>;

/// The only value that can write: an open operation. The typed writers are its methods.
pub struct Tx<'a> {
    pub(super) sql: Transaction<'a>,
    pub(super) id: i64,
    touched: Cell<Tables>,
    /// How many rows its writers changed, the journal's own among them.
    written: Cell<u64>,
    /// How many rows this connection had changed when it began.
    base: u64,
    _open: OpenGate<'a>,
}

/// How an operation stands to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OperationKind {
    Do,
    Undo(OperationId),
    Redo(OperationId),
}

impl OperationKind {
    const fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Self::Do => ("do", None),
            Self::Undo(target) => ("undo", Some(target.0)),
            Self::Redo(target) => ("redo", Some(target.0)),
        }
    }
}

impl Store {
    /// Runs `work` as one operation: all of it is written and can be undone as one, or none of it.
    /// `work` gives its result and the sentence for the journal.
    ///
    /// # Errors
    /// Whatever `work` or the store reports; nothing is written then.
    pub fn change<T, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        work: impl FnOnce(&Tx<'_>) -> Result<(T, String), E>,
    ) -> Result<Committed<T>, E> {
        self.operation(stamp, OperationKind::Do, work)
    }

    pub(super) fn operation<T, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        kind: OperationKind,
        work: impl FnOnce(&Tx<'_>) -> Result<(T, String), E>,
    ) -> Result<Committed<T>, E> {
        let mut tx = self.begin(stamp, kind)?;
        let first = tx.id;
        // In the transaction of the write, which no other program can be in: of two that wake on one morning
        // only one keeps the day.
        let kept = self.keeper.as_ref().map_or(Ok(None), |keeper| keeper(&tx, stamp.day))?;
        let was_kept = tx.next(stamp, kind, kept.as_deref())?;
        let (output, label) = work(&tx)?;
        if matches!(kind, OperationKind::Undo(_)) {
            tx.refuse_hanging()?;
        }
        // Last, since the work may have brought in where the lead was before.
        tx.note_zone(stamp, first)?;
        let changed = tx.close(&label)?;
        // An undo that changes nothing is still recorded: it marks its target as undone.
        if changed.is_empty() && kind == OperationKind::Do {
            if was_kept {
                tx.drop_empty()?;
                tx.sql.commit().map_err(|error| self.named(error.into()))?;
                self.leave_mark();
            } else {
                tx.sql.rollback().map_err(StoreError::from)?;
            }
            return Ok(Committed { output, operation: None, label, changed });
        }
        let id = OperationId(tx.id);
        tx.sql.commit().map_err(|error| E::from(self.named(commit_error(error, kind))))?;
        // `u` takes back only what this very cockpit did, so its operations are known by number.
        self.written.borrow_mut().push(id.0);
        self.leave_mark();
        Ok(Committed { output, operation: Some(id), label, changed })
    }

    /// Runs `work` and keeps nothing of it: what would happen. It runs on a copy, since the lock of a write, held for as
    /// long as a large file is compared, would keep every other program from writing.
    ///
    /// # Errors
    /// Whatever `work` or the store reports.
    pub fn rehearse<T, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_files()?;
        // One in memory has nobody else to write it.
        let copy = self.path.is_some().then(|| self.copy_in_memory()).transpose()?;
        let mut tx = copy.as_ref().unwrap_or(self).begin(stamp, OperationKind::Do)?;
        let kept = self.keeper.as_ref().map_or(Ok(None), |keeper| keeper(&tx, stamp.day))?;
        tx.next(stamp, OperationKind::Do, kept.as_deref())?;
        let output = work(&tx)?;
        tx.sql.rollback().map_err(StoreError::from)?;
        Ok(output)
    }

    /// Writes always begin immediately: a read that turns into a write would fail at once when
    /// another program wrote in between, whatever the busy timeout says.
    fn begin(&self, stamp: Stamp, kind: OperationKind) -> Result<Tx<'_>, StoreError> {
        self.check_files()?;
        let known = migrations::latest(migrations::MIGRATIONS);
        let Self { connection, gate, path, .. } = self;
        let sql = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
            .map_err(|error| self.named(error.into()))?;
        // Within the transaction: another program may have upgraded the file since it was opened.
        let found = migrations::version(&sql)?;
        if found > known {
            return Err(StoreError::Newer { path: path.clone().unwrap_or_default(), found, known });
        }
        let id = insert_operation(&sql, stamp, kind, found).map_err(|error| self.named(error))?;
        // After the row of the operation, which no writer counts.
        let base = sql.total_changes();
        // The gate closes with this value, however the operation ends.
        Ok(Tx { sql, id, touched: Cell::default(), written: Cell::default(), base, _open: gate.open() })
    }

    /// Takes an operation for one of this very cockpit that it has written on another connection, beside its keys.
    pub fn own(&self, operation: OperationId) {
        self.written.borrow_mut().push(operation.0);
    }

    /// Who keeps the days that are over; every write asks for it first.
    pub fn set_keeper(&mut self, keeper: Keeper) {
        self.keeper = Some(keeper);
    }

    /// Keeps days as somebody asked for it, instead of by the keeper.
    ///
    /// # Errors
    /// Whatever `work` or the store reports; nothing is written then.
    pub fn keep_days_anew(
        &self,
        stamp: Stamp,
        work: impl FnOnce(&Tx<'_>) -> Result<String, StoreError>,
    ) -> Result<(), StoreError> {
        let tx = self.begin(stamp, OperationKind::Do)?;
        let label = work(&tx)?;
        tx.note_zone(stamp, tx.id)?;
        tx.close_keeping(&label)?;
        tx.sql.commit().map_err(|error| self.named(error.into()))?;
        self.leave_mark();
        Ok(())
    }

    /// Keeps the days that are over, if there are any; true if there were.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_days(&mut self, stamp: Stamp) -> Result<bool, StoreError> {
        let before = self.newest_operation()?;
        // A change of nothing: whatever is kept, the keeper does before it.
        self.change::<(), StoreError>(stamp, |_| Ok(((), String::new())))?;
        Ok(self.newest_operation()? != before)
    }
}

fn insert_operation(
    sql: &Transaction<'_>,
    stamp: Stamp,
    kind: OperationKind,
    schema: i64,
) -> Result<i64, StoreError> {
    let (kind, target) = kind.parts();
    // The sentence is not known before the work is done; `close` fills it in.
    let insert =
        "INSERT INTO operation (at, label, origin, kind, target, schema) VALUES (?1, '', ?2, ?3, ?4, ?5)";
    let row = rusqlite::params![instant_text(stamp.at), stamp.origin.name(), kind, target, schema];
    Ok(sql.prepare_cached(insert)?.insert(row)?)
}

/// Foreign keys are checked at the end, so an undo that would leave something hanging fails here.
fn commit_error(error: rusqlite::Error, kind: OperationKind) -> StoreError {
    if error.sqlite_error_code() != Some(rusqlite::ErrorCode::ConstraintViolation) {
        return error.into();
    }
    let gone = "something that it belongs to is not there any more";
    match kind {
        OperationKind::Do => StoreError::Refused(gone.to_owned()),
        OperationKind::Undo(_) => StoreError::UndoRefused(
            "cannot undo this: something that was added later still belongs to it".to_owned(),
        ),
        OperationKind::Redo(_) => StoreError::UndoRefused(format!("cannot do this again: {gone}")),
    }
}

impl Tx<'_> {
    /// Rows of a table changed.
    pub(super) fn touch(&self, table: Table) {
        let mut touched = self.touched.get();
        touched.add(table);
        self.touched.set(touched);
    }

    /// Rows were written, for which the caller stands.
    pub(super) fn count(&self, rows: usize) {
        self.written.set(self.written.get() + rows as u64);
    }

    /// Closes the keeping of days, if something was kept, and goes on with what somebody does; true if it was.
    fn next(&mut self, stamp: Stamp, kind: OperationKind, kept: Option<&str>) -> Result<bool, StoreError> {
        let Some(label) = kept else { return Ok(false) };
        self.close_keeping(label)?;
        self.id = insert_operation(&self.sql, stamp, kind, migrations::version(&self.sql)?)?;
        self.touched = Cell::default();
        self.written = Cell::default();
        self.base = self.sql.total_changes();
        Ok(true)
    }

    /// Ends an operation as a keeping of days.
    fn close_keeping(&self, label: &str) -> Result<(), StoreError> {
        self.close(label)?;
        // It may have been begun as an undo, whose target belongs to the operation that comes next.
        let mark = "UPDATE operation SET keeps_days = 1, kind = 'do', target = NULL WHERE id = ?1";
        self.sql.prepare_cached(mark)?.execute([self.id])?;
        Ok(())
    }

    /// Takes the row of an operation that changed nothing away.
    fn drop_empty(&self) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM operation WHERE id = ?1")?.execute([self.id])?;
        Ok(())
    }

    fn close(&self, label: &str) -> Result<Tables, StoreError> {
        // A statement that goes past the writers is a fault of this program; better refused than without an
        // undo.
        if self.written.get() != self.sql.total_changes() - self.base {
            return Err(StoreError::Refused(
                "a fault of this program wrote what undo would not know of".to_owned(),
            ));
        }
        self.sql
            .prepare_cached("UPDATE operation SET label = ?2 WHERE id = ?1")?
            .execute((self.id, label))?;
        Ok(self.touched.get())
    }
}
