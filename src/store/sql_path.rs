//! Paths as parameters of SQL, whose bytes need not be UTF-8.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

/// A path that SQLite opens: byte by byte what the system calls the file.
pub(super) struct SqlPath<'a>(pub &'a Path);

impl ToSql for SqlPath<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0.as_os_str().as_bytes())))
    }
}
