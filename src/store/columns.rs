//! Values between rows and the domain: one reader that walks a row in the order of its column list,
//! and the few conversions that both directions need.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::Row;
use rusqlite::types::{FromSql, ToSqlOutput, Value, ValueRef};

use crate::domain::minutes::Minutes;

/// One column of a row to be written.
pub type ColumnValue<'a> = (&'a str, ToSqlOutput<'a>);

/// Text as it is.
pub fn text(value: &str) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes()))
}

/// A whole number, a count or a truth.
pub fn int<'a>(value: impl Into<i64>) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(Value::Integer(value.into()))
}

/// A whole number that may be missing.
pub fn opt_int<'a>(value: Option<impl Into<i64>>) -> ToSqlOutput<'a> {
    value.map_or(ToSqlOutput::Owned(Value::Null), int)
}

/// Text that may be missing.
pub fn opt_text(value: Option<&str>) -> ToSqlOutput<'_> {
    value.map_or(ToSqlOutput::Owned(Value::Null), text)
}

/// Text that was made for the occasion.
pub fn owned<'a>(value: String) -> ToSqlOutput<'a> {
    ToSqlOutput::Owned(Value::Text(value))
}

/// A day as ISO text.
pub fn day<'a>(value: NaiveDate) -> ToSqlOutput<'a> {
    owned(value.to_string())
}

/// A day that may be missing.
pub fn opt_day<'a>(value: Option<NaiveDate>) -> ToSqlOutput<'a> {
    value.map_or(ToSqlOutput::Owned(Value::Null), day)
}

/// An instant as RFC 3339 in UTC, to the second, so that text order is time order.
pub fn instant_text(value: DateTime<Utc>) -> String {
    value.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An instant as [`instant_text`] writes it.
pub fn instant<'a>(value: DateTime<Utc>) -> ToSqlOutput<'a> {
    owned(instant_text(value))
}

/// An instant that may be missing.
pub fn opt_instant<'a>(value: Option<DateTime<Utc>>) -> ToSqlOutput<'a> {
    value.map_or(ToSqlOutput::Owned(Value::Null), instant)
}

/// Working time in minutes that may be missing.
pub fn opt_minutes<'a>(value: Option<Minutes>) -> ToSqlOutput<'a> {
    opt_int(value.map(|minutes| minutes.0))
}

/// A list of texts as JSON.
pub fn list<'a>(values: &[String]) -> ToSqlOutput<'a> {
    owned(serde_json::Value::from(values.to_vec()).to_string())
}

/// Numbers as JSON, for `json_each`.
pub fn numbers(values: &[i64]) -> String {
    serde_json::Value::from(values.to_vec()).to_string()
}

/// A number of digits.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

fn day_of(bytes: &[u8]) -> Option<NaiveDate> {
    // Four digits of a year and no more: in a file from elsewhere there may be as many as overflow a number.
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let year = i32::try_from(digits(&[*y1, *y2, *y3, *y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)
}

/// `2026-11-24T09:12:00Z`.
fn instant_of(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let [day @ .., b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = bytes else { return None };
    let (hour, minute, second) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?, digits(&[*s1, *s2])?);
    Some(day_of(day)?.and_hms_opt(hour, minute, second)?.and_utc())
}

/// Reads a row from left to right. The order is that of the column list of the query.
pub struct RowReader<'row, 'stmt> {
    row: &'row Row<'stmt>,
    index: usize,
}

impl<'row, 'stmt> RowReader<'row, 'stmt> {
    /// Starts at the first column.
    pub const fn new(row: &'row Row<'stmt>) -> Self {
        Self { row, index: 0 }
    }

    /// The next column as SQLite holds it.
    pub fn get<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.index);
        self.index += 1;
        value
    }

    /// The next column as text that stays where it is.
    pub fn borrowed(&mut self) -> rusqlite::Result<&'row str> {
        let value = self.row.get_ref(self.index)?.as_str().map_err(|error| self.conversion(error));
        self.index += 1;
        value
    }

    /// The next column, read as a word of ours.
    pub fn word<T: FromStr<Err: std::fmt::Display>>(&mut self) -> rusqlite::Result<T> {
        let text: String = self.get()?;
        self.parse(&text)
    }

    /// The next column, read as a word of ours if it is there.
    pub fn opt_word<T: FromStr<Err: std::fmt::Display>>(&mut self) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.get()?;
        text.map(|text| self.parse(&text)).transpose()
    }

    /// The next column as a list of texts.
    pub fn list(&mut self) -> rusqlite::Result<Vec<String>> {
        let text: String = self.get()?;
        serde_json::from_str(&text).map_err(|error| self.conversion(error))
    }

    /// The next column as working time.
    pub fn opt_minutes(&mut self) -> rusqlite::Result<Option<Minutes>> {
        Ok(self.get::<Option<i64>>()?.map(Minutes))
    }

    /// The next column as an instant.
    pub fn instant(&mut self) -> rusqlite::Result<DateTime<Utc>> {
        let text: String = self.get()?;
        self.to_instant(&text)
    }

    /// The next column as an instant if it is there.
    pub fn opt_instant(&mut self) -> rusqlite::Result<Option<DateTime<Utc>>> {
        let text: Option<String> = self.get()?;
        text.map(|text| self.to_instant(&text)).transpose()
    }

    /// The next column as JSON of ours.
    pub fn json<T: serde::de::DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        let text: String = self.get()?;
        serde_json::from_str(&text).map_err(|error| self.conversion(error))
    }

    /// The next column as a day.
    pub fn day(&mut self) -> rusqlite::Result<NaiveDate> {
        self.opt_day()?.ok_or(rusqlite::Error::InvalidQuery)
    }

    /// The next column as a day if it is there.
    pub fn opt_day(&mut self) -> rusqlite::Result<Option<NaiveDate>> {
        let value = self.row.get_ref(self.index)?;
        self.index += 1;
        let Some(text) = value.as_str_or_null()? else { return Ok(None) };
        match day_of(text.as_bytes()) {
            Some(day) => Ok(Some(day)),
            // Whatever is no day as it is written here gets the general reader, which can say what is wrong
            // with it.
            None => text.parse().map(Some).map_err(|error: chrono::ParseError| self.conversion(error)),
        }
    }

    fn to_instant(&self, text: &str) -> rusqlite::Result<DateTime<Utc>> {
        // As this program writes it; a general reader takes ten times as long, and every row has some.
        if let Some(instant) = instant_of(text.as_bytes()) {
            return Ok(instant);
        }
        DateTime::parse_from_rfc3339(text)
            .map(|instant| instant.with_timezone(&Utc))
            .map_err(|error| self.conversion(error))
    }

    /// A text read as a word of ours, with the place of the last column in what goes wrong.
    pub fn parse<T: FromStr<Err: std::fmt::Display>>(&self, text: &str) -> rusqlite::Result<T> {
        text.parse().map_err(|error: T::Err| self.conversion(std::io::Error::other(error.to_string())))
    }

    fn conversion(&self, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
        // The reader stands behind the column already when its text turns out to be none of ours.
        let index = self.index.saturating_sub(1);
        rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn days_and_instants_are_read_as_they_are_written(seconds in -2_000_000_000_i64..4_000_000_000) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            prop_assert_eq!(instant_of(instant_text(instant).as_bytes()), Some(instant));
            prop_assert_eq!(day_of(instant.date_naive().to_string().as_bytes()), Some(instant.date_naive()));
        }

        #[test]
        fn a_year_of_many_digits_is_no_day_of_ours(year in "[0-9]{5,40}") {
            prop_assert_eq!(day_of(format!("{year}-11-24").as_bytes()), None);
        }

        #[test]
        fn anything_else_is_left_to_the_general_reader(text in "[0-9TZ:+. -]{0,24}") {
            if let Some(instant) = instant_of(text.as_bytes()) {
                prop_assert_eq!(DateTime::parse_from_rfc3339(&text).map(|it| it.to_utc()), Ok(instant));
            }
        }
    }
}
