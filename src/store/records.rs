//! Records of named fields: one reader and one writer for all of them. Their tables have a column for each field,
//! in the order of [`TableRow::COLUMNS`].

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Row};

use super::columns::ColumnValue;
use super::{Store, StoreError, Tx};
use crate::domain::record::{Kind, Record, RecordKey, StoredValue, TableRow};

pub(super) fn value_of(value: ValueRef<'_>) -> StoredValue {
    match value {
        ValueRef::Null => StoredValue::Null,
        ValueRef::Integer(number) => StoredValue::Int(number),
        ValueRef::Real(number) => StoredValue::Real(number),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            StoredValue::Text(String::from_utf8_lossy(text).into_owned())
        }
    }
}

fn sql<'a>(value: StoredValue) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(match value {
        StoredValue::Null => Value::Null,
        StoredValue::Int(number) => Value::Integer(number),
        StoredValue::Real(number) => Value::Real(number),
        StoredValue::Text(text) => Value::Text(text),
    })
}

pub(super) fn from_row<R: TableRow>(row: &Row<'_>) -> rusqlite::Result<R> {
    // Every field is set below; the day only fills what an empty record needs.
    let mut record = R::blank(chrono::NaiveDate::default());
    record.set_number(row.get(0)?);
    for index in 0..R::FIELDS.len() {
        let value = value_of(row.get_ref(index + 1)?);
        record.set_stored(index, value).map_err(|message| {
            rusqlite::Error::FromSqlConversionFailure(index + 1, rusqlite::types::Type::Text, message.into())
        })?;
    }
    Ok(record)
}

fn read<R: Record>(
    connection: &Connection,
    tail: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<R>, StoreError> {
    let sql = format!("SELECT id, {} FROM {} {tail}", R::COLUMNS.join(", "), R::KIND.name());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params, from_row)?.collect::<Result<_, _>>()?)
}

/// Every record of a kind in its order.
pub(super) fn all<R: Record>(connection: &Connection) -> Result<Vec<R>, StoreError> {
    read(connection, &format!("ORDER BY {}", R::ORDER), [])
}

fn one<R: Record>(connection: &Connection, number: i64) -> Result<R, StoreError> {
    read(connection, "WHERE id = ?1", [number])?.pop().ok_or_else(|| missing(R::KIND, number))
}

/// `gain G-3`; a key that has no letter says the kind itself.
fn missing(kind: Kind, number: i64) -> StoreError {
    let key = RecordKey::Numbered(kind, number).to_string();
    let says_kind = key.starts_with(kind.name());
    StoreError::Missing(if says_kind { key } else { format!("{} {key}", kind.title()) })
}

pub(super) fn cells<R: TableRow>(record: &R) -> Vec<ColumnValue<'static>> {
    R::COLUMNS.iter().enumerate().map(|(index, column)| (*column, sql(record.stored(index)))).collect()
}

impl Store {
    /// Every record of a kind, in the order in which they were made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn records<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        all(&self.connection)
    }

    /// One record.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn record<R: Record>(&self, number: i64) -> Result<R, StoreError> {
        one(&self.connection, number)
    }
}

impl Tx<'_> {
    /// Every record of a kind as they are inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn records<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        all(&self.sql)
    }

    /// One record as it is inside this operation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn record<R: Record>(&self, number: i64) -> Result<R, StoreError> {
        one(&self.sql, number)
    }

    /// Adds a record and gives it its number.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_record<R: Record>(&self, record: &mut R) -> Result<(), StoreError> {
        let number = self.insert(R::KIND.name(), &cells(record))?;
        record.set_number(number);
        Ok(())
    }

    /// Writes a record over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, or when the store refuses it.
    pub fn put_record<R: Record>(&self, record: &R) -> Result<(), StoreError> {
        if self.update(R::KIND.name(), record.number(), &cells(record))? {
            Ok(())
        } else {
            Err(missing(R::KIND, record.number()))
        }
    }

    /// Takes a record away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn remove_record<R: Record>(&self, record: &R) -> Result<(), StoreError> {
        if self.delete(R::KIND.name(), record.number())? {
            Ok(())
        } else {
            Err(missing(R::KIND, record.number()))
        }
    }
}
