//! Reflections, each with a copy of its meeting's title and start.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::columns::{self, ColumnValue, RowReader, int, opt_int, opt_text, text};
use super::meetings::RoomNames;
use super::{Store, StoreError, Tx};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::reflection::{FirstWord, Presence, Reflection, Touched};

/// A reflection and where it belongs, even when the calendar has moved on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReflection {
    /// The meeting's title at the time.
    pub title: String,
    /// The meeting's start at the time.
    pub start: DateTime<Utc>,
    /// What was answered to the seven questions.
    pub entry: Reflection,
}

/// Which meeting of a series a reflection is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReflectedOn {
    pub row: i64,
    pub occurrence: String,
    /// The meeting's start as it is known with the reflection.
    pub start: DateTime<Utc>,
    pub written: DateTime<Utc>,
}

const COLUMNS: &str = "r.title, r.start, r.meeting_id, r.occurrence, r.stance, r.calm, r.engaged, r.first_word, \
    r.expansion, r.contraction, r.touched, r.moment, r.if_then, r.written, \
    r.came_up, r.kept, r.forced_over";

fn from_row(c: &mut RowReader<'_, '_>) -> rusqlite::Result<StoredReflection> {
    let (title, start) = (c.get()?, c.instant()?);
    let meeting = OccurrenceKey { meeting: MeetingId(c.get()?), occurrence: c.get()? };
    let stance = c.get()?;
    let (calm, engaged): (Option<u8>, Option<u8>) = (c.get()?, c.get()?);
    // Two questions of one screen: an answer to one alone says nothing of how somebody was there.
    let presence = calm.zip(engaged).map(|(calm, engaged)| Presence { calm, engaged });
    let entry = Reflection {
        meeting,
        stance,
        presence,
        first: c.opt_word()?,
        expansion: c.get()?,
        contraction: c.get()?,
        touched: c.opt_word()?,
        moment: c.get()?,
        if_then: c.get()?,
        written: c.instant()?,
        came_up: c.list()?,
        kept: c.get()?,
        forced_over: c.opt_minutes()?,
    };
    Ok(StoredReflection { title, start, entry })
}

fn cells(stored: &StoredReflection) -> Vec<ColumnValue<'_>> {
    let entry = &stored.entry;
    vec![
        ("title", text(&stored.title)),
        ("start", columns::instant(stored.start)),
        ("meeting_id", int(entry.meeting.meeting.0)),
        ("occurrence", text(&entry.meeting.occurrence)),
        ("stance", int(entry.stance)),
        ("calm", opt_int(entry.presence.map(|presence| presence.calm))),
        ("engaged", opt_int(entry.presence.map(|presence| presence.engaged))),
        ("first_word", opt_text(entry.first.map(FirstWord::name))),
        ("expansion", opt_int(entry.expansion)),
        ("contraction", opt_int(entry.contraction)),
        ("touched", opt_text(entry.touched.map(Touched::name))),
        ("moment", text(&entry.moment)),
        ("if_then", text(&entry.if_then)),
        ("written", columns::instant(entry.written)),
        ("came_up", columns::list(&entry.came_up)),
        ("kept", opt_int(entry.kept)),
        ("forced_over", columns::opt_minutes(entry.forced_over)),
    ]
}

impl Store {
    /// Every reflection with its room, oldest meeting first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reflections(&self) -> Result<Vec<(StoredReflection, RoomNames)>, StoreError> {
        let sql = format!(
            // The room as it is now beside the title as it was: trends follow a series through its renamings.
            "SELECT {COLUMNS}, m.title, m.attendees, m.series, m.kind FROM reflection AS r \
             JOIN meeting AS m ON m.id = r.meeting_id ORDER BY r.start, r.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| {
            let mut c = RowReader::new(row);
            let stored = from_row(&mut c)?;
            Ok((
                stored,
                RoomNames { title: c.get()?, attendees: c.list()?, series: c.get()?, kind: c.opt_word()? },
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The reflections on meetings that began between two instants, the second one left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reflections_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<StoredReflection>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reflection AS r WHERE r.start >= ?1 AND r.start < ?2 ORDER BY r.start, r.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        // As texts, which sort as the instants do: all of them are written to the second and in UTC.
        let days = [columns::instant_text(from), columns::instant_text(to)];
        Ok(statement.query_map(days, |row| from_row(&mut RowReader::new(row)))?.collect::<Result<_, _>>()?)
    }

    /// Which occurrences of some meetings were reflected on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reflected(&self, meetings: &[MeetingId]) -> Result<HashSet<OccurrenceKey>, StoreError> {
        let sql = "SELECT meeting_id, occurrence FROM reflection \
                   WHERE meeting_id IN (SELECT value FROM json_each(?1))";
        let ids: Vec<i64> = meetings.iter().map(|meeting| meeting.0).collect();
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([columns::numbers(&ids)], |row| {
            Ok(OccurrenceKey { meeting: MeetingId(row.get(0)?), occurrence: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Writes the reflection on an occurrence; the second one on the same occurrence replaces the first.
    ///
    /// # Errors
    /// When there is no such meeting or a value is out of range.
    pub fn put_reflection(&self, stored: &StoredReflection) -> Result<(), StoreError> {
        let key = &stored.entry.meeting;
        let sql = "SELECT id FROM reflection WHERE meeting_id = ?1 AND occurrence = ?2";
        let found: Option<i64> =
            self.sql.query_row(sql, (key.meeting.0, &key.occurrence), |row| row.get(0)).optional()?;
        match found {
            Some(id) => self.update("reflection", id, &cells(stored)).map(drop)?,
            None => self.insert("reflection", &cells(stored)).map(drop)?,
        }
        Ok(())
    }

    /// The reflections on a meeting.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reflections_on(&self, id: MeetingId) -> Result<Vec<ReflectedOn>, StoreError> {
        let sql = "SELECT id, occurrence, start, written FROM reflection WHERE meeting_id = ?1";
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| {
            let mut c = RowReader::new(row);
            Ok(ReflectedOn {
                row: c.get()?,
                occurrence: c.get()?,
                start: c.instant()?,
                written: c.instant()?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Says when the meeting of a reflection began.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn move_reflection(&self, row: i64, start: DateTime<Utc>) -> Result<(), StoreError> {
        self.update("reflection", row, &[("start", columns::instant(start))]).map(drop)
    }
}
