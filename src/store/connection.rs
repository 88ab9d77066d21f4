//! Opening the file: made whole or not at all, readable by its owner only, every setting checked after
//! it was set, and nothing that is not ours or too new ever touched.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::files::Files;
use super::migrations::{self, APPLICATION_ID, Migration};
use super::obstacle::{self, Obstacle};
use super::seen::{self, Mark};
use super::{arrival, backup, beside};

/// How long a write waits for another program.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Below this version SQLite can corrupt a WAL store that two connections write.
const OLDEST_SQLITE: i32 = 3_051_003;

/// An open connection, and what the user should be told about the opening.
pub struct Opened {
    /// Ready for use.
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

/// A failed file operation.
pub fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    move |source| StoreError::Io { what, path: path.to_owned(), source }
}

/// The file itself, whatever links lead to it: its log, its mark and its copies lie beside it, and that is where other
/// programs look for them.
///
/// # Errors
/// For names that SQLite takes for something else than a file.
pub fn real(path: &Path) -> Result<PathBuf, StoreError> {
    let name = path.as_os_str().as_encoded_bytes();
    if name.is_empty() || name == b":memory:" || name.starts_with(b"file:") {
        return Err(StoreError::Refused(format!(
            "`{}` is no name of a file here; write `./{0}` if it is one",
            path.display()
        )));
    }
    Ok(followed(path))
}

/// Follows links as far as there is something; what is not there yet keeps its name in a real folder.
pub fn followed(path: &Path) -> PathBuf {
    /// As many as Linux follows.
    const LINKS: u32 = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match (fs::read_link(&path), path.parent()) {
            (Ok(target), Some(folder)) => path = folder.join(target),
            _ => break,
        }
    }
    let Ok(path) = std::path::absolute(&path) else { return path };
    match (path.parent().and_then(|folder| fs::canonicalize(folder).ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// Opens the store, making it where nothing of that name is, and brings it up to date.
///
/// # Errors
/// [`StoreError`] by what the user can do; a file that is not ours or newer is left untouched.
pub fn open(path: &Path, migrations: &[Migration]) -> Result<Opened, StoreError> {
    let path = &real(path)?;
    let mark = seen::read(path);
    if path.exists() {
        check_is_ours(path, migrations)?;
    }
    let moved = arrival::prepare(path, mark.as_ref())?;
    if !path.exists() {
        create(path, migrations)?;
    }
    let had_log = has_log(path);
    if had_log && !beside::file(path, "-shm").exists() {
        check_with_log(path, migrations)?;
    }
    // SQLite would leave a log and an index behind that nobody can write either.
    let obstacle = obstacle::of(path).filter(|obstacle| !matches!(obstacle, Obstacle::Full(_)));
    if let Some(obstacle) = obstacle.filter(|_| !had_log && !beside::file(path, "-shm").exists()) {
        return for_reading(path, &obstacle, mark.as_ref());
    }
    // What is open to others although it cannot be changed is told by the doctor.
    let _ = keep_private(path);
    let mut connection = match writable(path, migrations) {
        Ok(connection) => connection,
        Err(error @ (StoreError::NotOurs { .. } | StoreError::Newer { .. })) => return Err(error),
        Err(error) => return read_only(path, error, mark.as_ref()),
    };
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        // SQLite reads it with its log, and says nothing.
        let obstacle = obstacle::of(path).unwrap_or(Obstacle::File);
        return read_with(connection, path, &obstacle, mark.as_ref());
    }
    let mut notices: Vec<String> = moved.into_iter().collect();
    let missing = mark.as_ref().and_then(|mark| seen::compare(&connection, path, mark));
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
    let files = Files::opened(&connection, path, mark.as_ref(), missing.clone())?;
    if found < migrations::latest(migrations) {
        files.written(&connection, None);
    }
    Ok(Opened { connection, notices, had_log, missing, files: Some(Arc::new(files)) })
}

fn cannot_upgrade(path: &Path, obstacle: &Obstacle) -> StoreError {
    match obstacle {
        Obstacle::Full(_) => StoreError::Full,
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

/// One connection for working. What only its log says, that it is newer, is found before anything is written; it is
/// then closed without a trace.
fn writable(path: &Path, migrations: &[Migration]) -> Result<Connection, StoreError> {
    let named = |error: rusqlite::Error| obstacle::named(error.into(), path);
    let connection = Connection::open_with_flags(path, flags()).map_err(named)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(named)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check_marks(&connection, path, migrations).map_err(|error| obstacle::named(error, path))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection).map_err(|error| obstacle::named(error, path))?;
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

/// True if a log waits to be taken in.
pub fn has_log(path: &Path) -> bool {
    fs::metadata(beside::file(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Where nothing can be written, everything can still be read, if no log waits to be taken in. Any other failure
/// stays what it is.
fn read_only(path: &Path, error: StoreError, mark: Option<&Mark>) -> Result<Opened, StoreError> {
    let is_of_writing =
        matches!(error, StoreError::Full | StoreError::ReadOnly { .. } | StoreError::WriteFailed(_));
    let Some(obstacle) = obstacle::of(path).filter(|_| is_of_writing) else { return Err(error) };
    for_reading(path, &obstacle, mark)
}

/// Opens a store for reading alone.
///
/// # Errors
/// When it would be shown old, or cannot be read.
pub fn for_reading(path: &Path, obstacle: &Obstacle, mark: Option<&Mark>) -> Result<Opened, StoreError> {
    let why = obstacle.sentence(path);
    if has_log(path) {
        let log = beside::file(path, "-wal");
        return Err(StoreError::ReadOnly {
            why: format!(
                "{why}; and {} waits to be taken in, without which it would be shown old",
                log.display()
            ),
        });
    }
    let connection = alone(path).ok_or_else(|| StoreError::Unreadable("it cannot be opened".to_owned()))?;
    read_with(connection, path, obstacle, mark)
}

/// A store that is open and cannot be written, with what there is to tell of it.
fn read_with(
    connection: Connection,
    path: &Path,
    obstacle: &Obstacle,
    mark: Option<&Mark>,
) -> Result<Opened, StoreError> {
    let found = migrations::version(&connection)?;
    if found != migrations::latest(migrations::MIGRATIONS) {
        return Err(cannot_upgrade(path, obstacle));
    }
    let why = obstacle.sentence(path);
    let mut notices = vec![format!(
        "The store cannot be written here, since {why}: everything can be read, nothing can be changed."
    )];
    let missing = mark.and_then(|mark| seen::compare(&connection, path, mark));
    notices.extend(missing.clone());
    Ok(Opened { connection, notices, had_log: false, missing, files: None })
}

/// A connection to the file alone, without its log, that shares nothing and writes nothing.
pub fn alone(path: &Path) -> Option<Connection> {
    let name = path.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).ok()
}

/// A store in memory, for tests.
///
/// # Errors
/// When SQLite cannot make it.
pub fn in_memory() -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory()?;
    settings(&connection)?;
    migrations::run(&mut connection, migrations::MIGRATIONS)?;
    Ok(connection)
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Makes the whole store under another name first, so that a broken-off first start leaves nothing behind
/// under the real one.
fn create(path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
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

fn mark(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

fn check_is_file(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(io("cannot read", path))?;
    if !metadata.is_file() || metadata.len() == 0 {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    Ok(())
}

/// Looks at the marks in the file before anything is opened that could leave a trace.
///
/// # Errors
/// When it is not ours, newer, or cannot be read.
pub fn check_is_ours(path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let path = &followed(path);
    check_is_file(path)?;
    let unreadable = || StoreError::Unreadable("it cannot be opened".to_owned());
    let connection = alone(path).ok_or_else(unreadable).map_err(|error| obstacle::named(error, path))?;
    check_marks(&connection, path, migrations).map_err(|error| match error {
        // Nothing is written here, so it is reading that failed.
        StoreError::WriteFailed(what) => obstacle::named(StoreError::Unreadable(what), path),
        other => other,
    })
}

fn check_marks(connection: &Connection, path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let not_ours = || StoreError::NotOurs { path: path.to_owned() };
    let application = match mark(connection, "application_id") {
        Ok(application) => application,
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(not_ours());
        }
        Err(error) => return Err(error.into()),
    };
    if application != APPLICATION_ID {
        return Err(not_ours());
    }
    let found = mark(connection, "user_version")?;
    let known = migrations::latest(migrations);
    // A newer minor version only added things that this program does not write.
    if found / 1000 > known / 1000 {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// The store, its WAL and its index are their owner's alone.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm"] {
        let file = beside::file(path, suffix);
        let Ok(metadata) = fs::metadata(&file) else { continue };
        let mode = metadata.permissions().mode() & 0o777;
        // Log and index get the rights of the file, also while that could only be read.
        let is_closed = !suffix.is_empty() && mode & 0o600 != 0o600;
        if mode & 0o077 != 0 || is_closed {
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600))
                .map_err(io("cannot make private", &file))?;
        }
    }
    Ok(())
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::Refused(format!(
            "SQLite {} can damage stores like this one",
            rusqlite::version()
        )));
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Refused(format!("journal mode is {mode} where a write-ahead log is needed")));
    }
    settings(connection)
}

/// What every connection needs, each looked at again after it was set.
fn settings(connection: &Connection) -> Result<(), StoreError> {
    let wanted: [(&str, i64); 8] = [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("journal_size_limit", 4 << 20),
    ];
    for (name, value) in wanted {
        connection.pragma_update(None, name, value)?;
        let set: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if set != value {
            return Err(StoreError::Refused(format!("setting {name} stayed {set} instead of {value}")));
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 10_000_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
