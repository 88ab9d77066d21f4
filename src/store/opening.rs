//! Opening a store: what lies beside it is looked at first, it is made whole or not at all, brought up to date after a
//! copy, and read where nothing can be written.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::connection::{
    BUSY_TIMEOUT, alone, check_is_ours, check_marks, configure, flags, has_log, io, keep_private, settings,
    writable,
};
use super::error::StoreError;
use super::files::Files;
use super::migrations::{self, Migration};
use super::obstacle::{self, Obstacle};
use super::seen::Before;
use super::sidecar::real;
use super::{arrival, backup, sidecar};

/// An open connection, and what the user should be told about the opening.
pub struct Opened {
    /// With every setting made and checked.
    pub connection: Connection,
    /// Sentences, for example where a backup was put.
    pub notices: Vec<String>,
    /// A log lay beside the file before it was opened.
    pub had_log: bool,
    /// What was seen here before and is missing now.
    pub missing: Option<String>,
    /// The files that were opened; `None` where nothing can be written.
    pub files: Option<Arc<Files>>,
}

impl Opened {
    /// One that has no file.
    pub const fn in_memory(connection: Connection) -> Self {
        Self { connection, notices: Vec::new(), had_log: false, missing: None, files: None }
    }
}

/// Opens the store, making it where nothing of that name is, and brings it up to date.
///
/// # Errors
/// [`StoreError`] by what the user can do; a file that is not ours or newer is left untouched.
pub fn open(path: &Path, migrations: &[Migration]) -> Result<Opened, StoreError> {
    let path = &real(path)?;
    let before = Before::opening(path);
    if path.exists() {
        check_is_ours(path, migrations)?;
    }
    let moved = arrival::prepare(path, before.mark.as_ref())?;
    if !path.exists() {
        create(path, migrations)?;
    }
    let had_log = has_log(path);
    if had_log && !sidecar::file(path, "-shm").exists() {
        check_with_log(path, migrations)?;
    }
    // SQLite would leave a log and an index behind that nobody can write either.
    let obstacle = obstacle::of(path).filter(|obstacle| !matches!(obstacle, Obstacle::Full { .. }));
    if let Some(obstacle) = obstacle.filter(|_| !had_log && !sidecar::file(path, "-shm").exists()) {
        return for_reading(path, &obstacle, &before);
    }
    // What is open to others although it cannot be changed is told by the doctor.
    let _ = keep_private(path);
    let mut connection = match writable(path, migrations) {
        Ok(connection) => connection,
        Err(error @ (StoreError::NotOurs { .. } | StoreError::Newer { .. })) => return Err(error),
        Err(error) => return read_only(path, error, &before),
    };
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        // SQLite reads it with its log, and says nothing.
        let obstacle = obstacle::of(path).unwrap_or_else(|| Obstacle::File(path.to_owned()));
        return read_with(connection, path, &obstacle, &before);
    }
    let mut notices: Vec<String> = moved.into_iter().collect();
    let missing = before.missing(&connection, path);
    notices.extend(missing.clone());
    let found = migrations::version(&connection)?;
    if found < migrations::latest(migrations) {
        if let Some(obstacle) = obstacle::of(path) {
            return Err(cannot_upgrade(path, &obstacle));
        }
        let reason = format!("before-upgrade-from-{found}");
        let backup = backup::make(&connection, path, chrono::Utc::now(), &reason)?;
        migrations::run(&mut connection, migrations)?;
        notices.push(format!(
            "The store was brought from version {found} to {}; a copy of it as it was lies in {}.",
            migrations::latest(migrations),
            backup.path.display()
        ));
    }
    let files = Files::opened(&connection, path, before.mark.as_ref(), missing.clone())?;
    if found < migrations::latest(migrations) {
        files.written(&connection, None);
    }
    Ok(Opened { connection, notices, had_log, missing, files: Some(Arc::new(files)) })
}

fn cannot_upgrade(path: &Path, obstacle: &Obstacle) -> StoreError {
    match obstacle {
        Obstacle::Full { what, .. } => StoreError::Full(what),
        other => {
            StoreError::ReadOnly { why: format!("it is of an older version, and {}", other.sentence(path)) }
        }
    }
}

/// Another connection of this program to a store that it has open.
///
/// # Errors
/// When its files were exchanged meanwhile, or it cannot be opened.
pub fn again(files: &Files) -> Result<Connection, StoreError> {
    files.check()?;
    let connection = Connection::open_with_flags(files.path(), flags())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    configure(&connection)?;
    // Whatever was exchanged while it was being opened.
    files.check()?;
    Ok(connection)
}

/// Looks at a store with its log while nobody has it open, and without the index that other programs would share.
fn check_with_log(path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let connection = Connection::open_with_flags(path, flags())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    match check_marks(&connection, path, migrations) {
        Err(error @ (StoreError::NotOurs { .. } | StoreError::Newer { .. })) => Err(error),
        // Another program was quicker, or it cannot be written: that is found when it is opened.
        _ => Ok(()),
    }
}

/// Where nothing can be written, everything can still be read, if no log waits to be taken in. Any other failure
/// stays what it is.
fn read_only(path: &Path, error: StoreError, before: &Before) -> Result<Opened, StoreError> {
    let is_of_writing =
        matches!(error, StoreError::Full(_) | StoreError::ReadOnly { .. } | StoreError::WriteFailed(_));
    let Some(obstacle) = obstacle::of(path).filter(|_| is_of_writing) else { return Err(error) };
    for_reading(path, &obstacle, before)
}

/// A store whose log cannot be taken in where it lies, read whole into memory: both are copied to where they can be
/// put together. Nothing can be written into what is read.
fn with_waiting_log(path: &Path) -> Result<Connection, StoreError> {
    let place = backup::UnderWay::begin(&std::env::temp_dir())?;
    let copy = place.path().join("copy.db");
    for (from, to) in
        [(path.to_owned(), copy.clone()), (sidecar::file(path, "-wal"), sidecar::file(&copy, "-wal"))]
    {
        fs::copy(&from, &to).map_err(io("cannot read", &from))?;
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600))
            .map_err(io("cannot make private", &to))?;
    }
    let whole = Connection::open(&copy)?;
    let mut memory = Connection::open_in_memory()?;
    // All pages in one step, which `run_to_completion` panics at.
    rusqlite::backup::Backup::new(&whole, &mut memory)?.step(-1)?;
    memory.pragma_update(None, "query_only", true)?;
    Ok(memory)
}

/// Opens a store for reading alone.
///
/// # Errors
/// When it would be shown old, or cannot be read.
pub fn for_reading(path: &Path, obstacle: &Obstacle, before: &Before) -> Result<Opened, StoreError> {
    let connection = if has_log(path) {
        with_waiting_log(path).map_err(|error| {
            let log = sidecar::file(path, "-wal");
            let (why, log) = (obstacle.sentence(path), log.display());
            let what = "waits to be taken in, without which it would be shown old";
            StoreError::Unreadable(format!("{why}; and {log} {what}, and cannot be read elsewhere: {error}"))
        })?
    } else {
        alone(path).ok_or_else(|| StoreError::Unreadable("it cannot be opened".to_owned()))?
    };
    read_with(connection, path, obstacle, before)
}

/// A store that is open and cannot be written, with what there is to tell of it.
fn read_with(
    connection: Connection,
    path: &Path,
    obstacle: &Obstacle,
    before: &Before,
) -> Result<Opened, StoreError> {
    let found = migrations::version(&connection)?;
    if found != migrations::latest(migrations::MIGRATIONS) {
        return Err(cannot_upgrade(path, obstacle));
    }
    let why = obstacle.sentence(path);
    let mut notices = vec![format!(
        "The store cannot be written here, since {why}: everything can be read, nothing can be changed."
    )];
    let missing = before.missing(&connection, path);
    notices.extend(missing.clone());
    Ok(Opened { connection, notices, had_log: false, missing, files: None })
}

/// Makes the whole store under another name first, so that a broken-off first start leaves nothing behind
/// under the real one.
fn create(path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let folder = sidecar::folder(path);
    if !folder.exists() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(io("cannot make the folder", folder))?;
    }
    let file = tempfile::Builder::new()
        .prefix(".tablesetter-new-")
        .tempfile_in(folder)
        .map_err(io("cannot make a store in", folder))?;
    let mut connection = Connection::open(file.path())?;
    // A log would be named after the temporary file, and stay behind when that gets its real name.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    settings(&connection)?;
    migrations::run(&mut connection, migrations)?;
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        // Another instance was quicker: its store is as good.
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(io("cannot make the store", path)(error.error)),
    }
}
