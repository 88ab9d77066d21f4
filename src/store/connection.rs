//! Opening the file: made whole or not at all, readable by its owner only, every setting checked after
//! it was set, and nothing that is not ours or too new ever touched.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::backup;
use super::error::StoreError;
use super::migrations::{self, APPLICATION_ID, Migration};
use super::seen;

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
}

/// A failed file operation.
pub fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    move |source| StoreError::Io { what, path: path.to_owned(), source }
}

/// Opens the store, making it where nothing of that name is, and brings it up to date.
///
/// # Errors
/// [`StoreError`] by what the user can do; a file that is not ours or newer is left untouched.
pub fn open(path: &Path, migrations: &[Migration]) -> Result<Opened, StoreError> {
    if !path.exists() {
        create(path, migrations)?;
    }
    check_is_file(path)?;
    let had_log = has_log(path);
    keep_private(path)?;
    let opened = if has_journal(path) { reopened(path, migrations) } else { writable(path, migrations) };
    let mut connection = match opened {
        Ok(connection) => connection,
        Err(error @ (StoreError::NotOurs { .. } | StoreError::Newer { .. })) => return Err(error),
        Err(error) => return read_only(path).ok_or(error),
    };
    let mut notices: Vec<String> = seen::compare(&connection, path).into_iter().collect();
    let found = migrations::version(&connection)?;
    if found < migrations::latest(migrations) {
        let reason = format!("before-upgrade-from-{found}");
        let backup = backup::make(&connection, path, chrono::Utc::now(), &reason)?;
        migrations::run(&mut connection, migrations)?;
        notices.push(format!(
            "The store was brought from version {found} to {}; a copy of it as it was lies in {}.",
            migrations::latest(migrations),
            backup.path.display()
        ));
    }
    Ok(Opened { connection, notices, had_log })
}

/// One connection for looking and for working: a second one would read the whole schema again. Whatever is
/// not ours is closed without a trace.
fn writable(path: &Path, migrations: &[Migration]) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags())?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check_marks(&connection, path, migrations)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection)?;
    Ok(connection)
}

/// A rollback journal lies beside the file, which a connection that may write would play back: so the file
/// is looked at by one that may not.
fn reopened(path: &Path, migrations: &[Migration]) -> Result<Connection, StoreError> {
    check_is_ours(path, migrations)?;
    writable(path, migrations)
}

fn has_journal(path: &Path) -> bool {
    beside(path, "-journal").exists()
}

/// True if a log waits to be taken in.
fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// A file that SQLite keeps beside the store.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// On a full or read-only medium everything can still be read, if no log waits to be taken in.
pub fn read_only(path: &Path) -> Option<Opened> {
    let connection = immutable(path)?;
    let found = migrations::version(&connection).ok()?;
    let notice = "The store cannot be written here (a full or read-only disk): everything can be read, nothing can be changed.";
    (found == migrations::latest(migrations::MIGRATIONS)).then(|| Opened {
        connection,
        notices: vec![notice.to_owned()],
        had_log: false,
    })
}

/// A connection that shares nothing and writes nothing; `None` if a log waits to be taken in.
fn immutable(path: &Path) -> Option<Connection> {
    if has_log(path) {
        return None;
    }
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

fn cannot_be_written(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, DiskFull, ReadOnly, SystemIoFailure};
    matches!(error.sqlite_error_code(), Some(CannotOpen | DiskFull | ReadOnly | SystemIoFailure))
}

fn check_is_file(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(io("cannot read", path))?;
    if metadata.is_dir() || metadata.len() == 0 {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    Ok(())
}

/// Looks before anything is written: the marks of the file, read only.
pub fn check_is_ours(path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    check_is_file(path)?;
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    check_marks(&connection, path, migrations)
}

fn check_marks(connection: &Connection, path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let not_ours = || StoreError::NotOurs { path: path.to_owned() };
    let mut alone = None;
    let mut application = mark(connection, "application_id");
    // A full or read-only disk has no room for what two readers share; alone it can be read all the same.
    if application.as_ref().is_err_and(cannot_be_written) {
        alone = immutable(path);
        if let Some(alone) = &alone {
            application = mark(alone, "application_id");
        }
    }
    let application = match application {
        Ok(application) => application,
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(not_ours());
        }
        Err(error) => return Err(error.into()),
    };
    if application != APPLICATION_ID {
        return Err(not_ours());
    }
    let found = mark(alone.as_ref().unwrap_or(connection), "user_version")?;
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
        let file = beside(path, suffix);
        let Ok(metadata) = fs::metadata(&file) else { continue };
        if metadata.permissions().mode() & 0o077 != 0 {
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
