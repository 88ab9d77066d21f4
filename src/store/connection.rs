//! Connections to a file: whose it is, that only its owner can read it, and every setting checked after it was set.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::migrations::{self, APPLICATION_ID, Migration};
use super::obstacle;
use super::sidecar;

/// How long a write waits for another program.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Below this version SQLite can corrupt a WAL store that two connections write.
const OLDEST_SQLITE: i32 = 3_051_003;

/// A failed file operation.
pub fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    move |source| StoreError::Io { what, path: path.to_owned(), source }
}

/// One connection for working. What only its log says, that it is newer, is found before anything is written; it is
/// then closed without a trace.
pub fn writable(path: &Path, migrations: &[Migration]) -> Result<Connection, StoreError> {
    let named = |error: rusqlite::Error| obstacle::named(error.into(), path);
    let connection = Connection::open_with_flags(path, flags()).map_err(named)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(named)?;
    // Closing a file that turns out to be newer, or not ours, must not take its log in.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check_marks(&connection, path, migrations).map_err(|error| obstacle::named(error, path))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection).map_err(|error| obstacle::named(error, path))?;
    Ok(connection)
}

/// True if a log waits to be taken in.
pub fn has_log(path: &Path) -> bool {
    fs::metadata(sidecar::file(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// A connection to the file alone, without its log, that shares nothing and writes nothing.
pub fn alone(path: &Path) -> Option<Connection> {
    let mut name = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        let is_itself = byte.is_ascii_alphanumeric() || b"/.-_~".contains(byte);
        // A name may hold any bytes, and some end the name of a URI or begin an option.
        let _ = if is_itself { write!(name, "{}", char::from(*byte)) } else { write!(name, "%{byte:02x}") };
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("{name}?immutable=1"), flags).ok()
}

/// A store in memory, for tests.
///
/// # Errors
/// When SQLite cannot make it.
pub fn in_memory() -> Result<Connection, StoreError> {
    let mut connection = without_tables()?;
    migrations::run(&mut connection, migrations::MIGRATIONS)?;
    Ok(connection)
}

/// One in memory that is to become the copy of another.
///
/// # Errors
/// When SQLite cannot make it.
pub fn without_tables() -> Result<Connection, StoreError> {
    let connection = Connection::open_in_memory()?;
    settings(&connection)?;
    Ok(connection)
}

/// How a file that is there is opened for working; never made, since a misspelt name would give an empty store.
pub fn flags() -> OpenFlags {
    // Without SQLite's own locks around a connection: no two threads ever share one.
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
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
    let path = &sidecar::followed(path);
    check_is_file(path)?;
    let unreadable = || StoreError::Unreadable("it cannot be opened".to_owned());
    let connection = alone(path).ok_or_else(unreadable).map_err(|error| obstacle::named(error, path))?;
    check_marks(&connection, path, migrations).map_err(|error| match error {
        // Nothing is written here, so it is reading that failed.
        StoreError::WriteFailed(what) => obstacle::named(StoreError::Unreadable(what), path),
        other => other,
    })
}

/// Compares what SQLite keeps in the header of a file: whose it is, and which version of the tables it has.
pub fn check_marks(connection: &Connection, path: &Path, migrations: &[Migration]) -> Result<(), StoreError> {
    let not_ours = || StoreError::NotOurs { path: path.to_owned() };
    let application = match mark(connection, "application_id") {
        Ok(application) => application,
        // Any other failure is one of reading, and must not be told as "not ours".
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
pub fn keep_private(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm"] {
        let file = sidecar::file(path, suffix);
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

/// Switches the write-ahead log on, and sets everything else that a store needs.
pub fn configure(connection: &Connection) -> Result<(), StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::Refused(format!(
            "SQLite {} can damage stores like this one",
            rusqlite::version()
        )));
    }
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Refused(format!(
            "its way of writing is {mode} where a write-ahead log is needed"
        )));
    }
    settings(connection)
}

/// What every connection needs, each looked at again after it was set.
pub fn settings(connection: &Connection) -> Result<(), StoreError> {
    let wanted: [(&str, i64); 8] = [
        // FULL: with a write-ahead log anything less may lose the last commits in a power cut, and what was
        // acknowledged must stay.
        ("synchronous", 2),
        ("foreign_keys", 1),
        // Without it a REPLACE takes rows away without running the guard for deletes.
        ("recursive_triggers", 1),
        // A schema that came with a file may call only harmless functions; the guard is declared as one.
        ("trusted_schema", 0),
        // Damaged pages are noticed when they are read, not when something has been built on them.
        ("cell_size_check", 1),
        // Words that are forgotten are gone from the pages of the file, too.
        ("secure_delete", 1),
        // In memory: no words of a request in a temporary file.
        ("temp_store", 2),
        // After one huge import the log would keep its size for ever.
        ("journal_size_limit", 4 << 20),
    ];
    for (name, value) in wanted {
        connection.pragma_update(None, name, value)?;
        // SQLite passes over a pragma that it does not know without a word.
        let set: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if set != value {
            return Err(StoreError::Refused(format!("setting {name} stayed {set} instead of {value}")));
        }
    }
    // A misspelt column in double quotes would silently be a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // No statement, not even one that comes with a file, may write into the schema or switch the journal off.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A file that claims to hold a row of a gigabyte is refused before there is memory for it.
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 10_000_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
