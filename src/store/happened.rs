//! What happened to requests after some operation, read from the journal: each request once, as it was before the
//! first of the changes and as it was after the last.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use rusqlite::types::ValueRef;
use serde_json::Value;

use super::change::Origin;
use super::columns::{RowReader, instant_text};
use super::journal::{RowImage, image};
use super::requests::{COLUMNS, from_row};
use super::{Store, StoreError};
use crate::domain::ids::{MeetingId, OperationId, PersonId, RequestId};
use crate::domain::meeting::Moment;
use crate::domain::request::Request;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Came,
    /// It went: as an import was taken back, say.
    Gone(String),
    /// It was changed: before and after.
    Changed(Box<(Request, Request)>),
}

/// What happened to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Also where it is gone.
    pub request: RequestId,
    /// What became of it.
    pub fate: Fate,
    /// From where the last of the changes came.
    pub origin: Origin,
}

/// Operations after the first parameter that still hold: done and not undone, and what takes back or repeats
/// something older.
// A sample fills a store before anybody looks at it, and days keep themselves: neither is news.
pub(super) const STANDING_AFTER: &str = "o.id > ?1 AND o.origin <> 'sample' AND o.keeps_days = 0 AND \
    ((o.kind = 'do' AND o.undone = 0) \
     OR (o.kind = 'undo' AND o.target <= ?1 AND (SELECT undone FROM operation WHERE id = o.target) = 1) \
     OR (o.kind = 'redo' AND o.target <= ?1 AND (SELECT undone FROM operation WHERE id = o.target) = 0))";

/// Work that was given to somebody, or taken from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    pub request: RequestId,
    /// Whose it is, or was.
    pub person: PersonId,
    /// Given to them; otherwise it was taken from them.
    pub is_given: bool,
    /// From where that came.
    pub origin: Origin,
}

/// What became of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingFate {
    Came,
    /// It, or the occurrence of a day, does not take place.
    Cancelled(Moment),
    /// From one start to another one.
    Moved(Moment, Moment),
}

/// One row of the journal about a request.
struct RequestStep {
    before: Option<RowImage>,
    after: Option<RowImage>,
    origin: Origin,
}

impl Store {
    /// The newest operation before an instant; zero if there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn operation_before(&self, at: DateTime<Utc>) -> Result<OperationId, StoreError> {
        let sql = "SELECT coalesce(max(id), 0) FROM operation WHERE at < ?1";
        let id = self.connection.prepare_cached(sql)?.query_row([instant_text(at)], |row| row.get(0))?;
        Ok(OperationId(id))
    }

    /// When the first operation was written: nothing was kept here before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn begun(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT at FROM operation ORDER BY id LIMIT 1";
        let first = |row: &rusqlite::Row<'_>| RowReader::new(row).instant();
        Ok(self.connection.prepare_cached(sql)?.query_row([], first).optional()?)
    }

    /// What happened to requests after an operation, from some origins, by request.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn happenings(&self, after: OperationId, from: &[Origin]) -> Result<Vec<Happening>, StoreError> {
        // What was done in the cockpit in between is left out step by step, so that a line never tells
        // somebody of their own change.
        let names = from.iter().map(|origin| format!("'{}'", origin.name())).collect::<Vec<_>>();
        self.happenings_of(after, &format!("o.origin IN ({})", names.join(", ")))
    }

    /// What lists that were taken in brought and changed after an operation, whoever took them in. The rows of a whole
    /// store are no news: they are as old as they say.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn imported_after(&self, after: OperationId) -> Result<Vec<Happening>, StoreError> {
        self.happenings_of(after, "(o.brings = 'list' OR o.brings = '' AND o.origin = 'import')")
    }

    /// The same of the operations for which a condition holds.
    fn happenings_of(&self, after: OperationId, condition: &str) -> Result<Vec<Happening>, StoreError> {
        let sql = format!(
            "SELECT c.row_id, c.before, c.after, o.origin FROM operation AS o \
             JOIN change AS c ON c.operation_id = o.id AND c.table_name = 'request' \
             WHERE {STANDING_AFTER} AND {condition} ORDER BY c.row_id, c.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut by_request: BTreeMap<i64, Vec<RequestStep>> = BTreeMap::new();
        let mut rows = statement.query([after.0])?;
        while let Some(row) = rows.next()? {
            let mut columns = RowReader::new(row);
            let id: i64 = columns.get()?;
            let step = RequestStep {
                before: image(columns.get()?),
                after: image(columns.get()?),
                origin: columns.word()?,
            };
            by_request.entry(id).or_default().push(step);
        }
        let mut found = Vec::new();
        for (id, steps) in by_request {
            let Some(origin) = steps.last().map(|step| step.origin) else { continue };
            if let Some(fate) = self.fate(id, &steps)? {
                found.push(Happening { request: RequestId(id), fate, origin });
            }
        }
        Ok(found)
    }

    /// Work that was given or taken after an operation, from some origins; what was given and taken again is left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn handovers(&self, after: OperationId, from: &[Origin]) -> Result<Vec<Handover>, StoreError> {
        let sql = format!(
            "SELECT c.before IS NULL, json_extract(coalesce(c.after, c.before), '$.request_id'), \
             json_extract(coalesce(c.after, c.before), '$.person_id'), o.origin FROM operation AS o \
             JOIN change AS c ON c.operation_id = o.id AND c.table_name = 'allocation' \
             WHERE {STANDING_AFTER} AND (c.before IS NULL OR c.after IS NULL) ORDER BY c.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([after.0], |row| {
            let mut columns = RowReader::new(row);
            Ok(Handover {
                is_given: columns.get()?,
                request: RequestId(columns.get()?),
                person: PersonId(columns.get()?),
                origin: columns.word()?,
            })
        })?;
        let mut found: Vec<Handover> = Vec::new();
        for handover in rows {
            let handover = handover?;
            let is_back = |known: &Handover| {
                (known.request, known.person) == (handover.request, handover.person)
                    && known.is_given != handover.is_given
            };
            match found.iter().position(is_back) {
                // Given and taken back, or the other way round: nothing happened.
                Some(at) => drop(found.remove(at)),
                None if from.contains(&handover.origin) => found.push(handover),
                None => {}
            }
        }
        Ok(found)
    }

    /// What happened to meetings after an operation, from some origins, with their titles.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meeting_happenings(
        &self,
        after: OperationId,
        from: &[Origin],
    ) -> Result<Vec<(MeetingId, String, MeetingFate)>, StoreError> {
        // A changed occurrence is a row of its own; before its first change it was where its rule puts it.
        let sql = format!(
            "SELECT m.id, m.title, o.origin, c.before IS NULL AND d.id IS NULL, \
             coalesce(d.status, m.status) = 'cancelled' \
               AND coalesce(json_extract(c.before, '$.status'), 'confirmed') <> 'cancelled', \
             coalesce(json_extract(c.before, '$.start'), d.recurrence, m.start), coalesce(d.start, m.start) \
             FROM operation AS o JOIN change AS c ON c.operation_id = o.id \
             LEFT JOIN meeting_override AS d ON c.table_name = 'meeting_override' AND d.id = c.row_id \
             JOIN meeting AS m ON m.id = coalesce(d.meeting_id, c.row_id) \
             WHERE {STANDING_AFTER} AND (c.table_name = 'meeting' OR d.id IS NOT NULL) ORDER BY c.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([after.0])?;
        let mut found: Vec<(MeetingId, String, MeetingFate)> = Vec::new();
        while let Some(row) = rows.next()? {
            let mut columns = RowReader::new(row);
            let id = MeetingId(columns.get()?);
            let (title, origin): (String, Origin) = (columns.get()?, columns.word()?);
            let (is_new, is_cancelled): (bool, bool) = (columns.get()?, columns.get()?);
            let (was, now): (Moment, Moment) = (columns.word()?, columns.word()?);
            let fate = match () {
                () if !from.contains(&origin) => continue,
                () if is_new => MeetingFate::Came,
                () if is_cancelled => MeetingFate::Cancelled(was),
                () if was != now => MeetingFate::Moved(was, now),
                () => continue,
            };
            // A series that moved as a whole is one line, not one for each of its days.
            let one = (id, title, fate);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        Ok(found)
    }

    fn fate(&self, id: i64, steps: &[RequestStep]) -> Result<Option<Fate>, StoreError> {
        let came = steps.first().is_some_and(|step| step.before.is_none());
        let gone = steps.last().is_some_and(|step| step.before.is_some() && step.after.is_none());
        match (came, gone) {
            // It came and went between two looks.
            (true, true) => return Ok(None),
            (true, false) => return Ok(Some(Fate::Came)),
            (false, true) => {
                let whole = steps.last().and_then(|step| step.before.as_ref());
                let title = whole.and_then(|row| row.get("title")).and_then(Value::as_str);
                return Ok(Some(Fate::Gone(title.unwrap_or_default().to_owned())));
            }
            (false, false) => {}
        }
        // Changes made elsewhere meanwhile are in neither: only what these steps wrote is put over the row.
        let Some(now) = self.request_image(id)? else { return Ok(None) };
        let (mut first, mut last) = (now.clone(), now);
        // Backwards, so that the oldest value of each field is the one that stays.
        for step in steps.iter().rev() {
            first.extend(step.before.clone().unwrap_or_default());
        }
        for step in steps {
            last.extend(step.after.clone().unwrap_or_default());
        }
        Ok(Some(Fate::Changed(Box::new((self.request_of(&first)?, self.request_of(&last)?)))))
    }

    fn request_image(&self, id: i64) -> Result<Option<RowImage>, StoreError> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {} FROM request WHERE id = ?1", *COLUMNS))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |row: &rusqlite::Row<'_>| {
            let value = |index: usize| -> rusqlite::Result<Value> {
                Ok(match row.get_ref(index)? {
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Real(number) => number.into(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                    ValueRef::Null | ValueRef::Blob(_) => Value::Null,
                })
            };
            names.iter().enumerate().map(|(index, name)| Ok((name.clone(), value(index)?))).collect()
        };
        Ok(statement.query_row([id], row).optional()?)
    }

    /// A request as a row of the journal has it.
    fn request_of(&self, row: &RowImage) -> Result<Request, StoreError> {
        let columns = COLUMNS.split(", ").map(|name| format!("json_extract(?1, '$.{name}')"));
        let sql = format!("SELECT {}", columns.collect::<Vec<_>>().join(", "));
        let text = Value::Object(row.clone()).to_string();
        Ok(self.connection.prepare_cached(&sql)?.query_row([text], from_row)?)
    }
}
