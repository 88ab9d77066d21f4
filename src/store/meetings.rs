//! Meetings as the calendar describes them: events, changed occurrences, and the lead's notes.
//! Occurrences are never stored; `span_from` and `span_to` only say which events a window may touch.

mod carried;
mod touching;

use std::collections::HashMap;

use chrono::NaiveTime;
use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{self, ColumnValue, RowReader, int, list, opt_int, opt_text, owned, text};
use super::{Store, StoreError, Tx};
use crate::domain::bounds;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, EventSpec, MeetingKind, Moment, OccurrenceKey, Recurrence};
use crate::domain::zone::DescribedZone;
pub use touching::Most;
use touching::{DaysInSight, read};

/// Seconds by which a span is widened: no zone is further from UTC than this.
const SLACK: i64 = 26 * 3600;
const COLUMNS: &str = "id, uid, title, start, minutes, attendees, location, status, sequence, \
    shows_as, rule, extra, except_at, is_typed, series, kind, zone, sources, is_off";

/// An event with what the lead said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its key; zero before it is stored.
    pub id: MeetingId,
    /// What the calendar says.
    pub event: CalendarEvent,
    /// Typed here rather than imported.
    pub is_typed: bool,
    /// The row of meetings it belongs to; empty means its title.
    pub series: String,
    /// Set by hand; `None` is guessed by rule.
    pub kind: Option<MeetingKind>,
    /// The calendars that have it, by the names of their files.
    pub sources: Vec<String>,
    /// Cancelled here as a whole.
    pub is_off: bool,
}

/// What tells the kind and the series of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomNames {
    /// As the calendar has it now, or as it was typed.
    pub title: String,
    /// Who is invited, without the lead where that is known.
    pub attendees: Vec<String>,
    /// The series as set by hand; empty is the title.
    pub series: String,
    /// The kind as set by hand.
    pub kind: Option<MeetingKind>,
}

/// What the lead wrote before one occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingNote {
    /// What should be different afterwards.
    pub intent: String,
    /// If … then …
    pub if_then: String,
    /// What they will ask.
    pub predicted: String,
}

fn spec(c: &mut RowReader<'_, '_>) -> rusqlite::Result<EventSpec> {
    Ok(EventSpec {
        title: c.get()?,
        start: c.word()?,
        minutes: c.get()?,
        attendees: c.list()?,
        location: c.get()?,
        status: c.word()?,
        sequence: c.get()?,
        shows_as: c.word()?,
    })
}

fn moments(c: &mut RowReader<'_, '_>) -> rusqlite::Result<Vec<Moment>> {
    Ok(c.list()?.iter().take(bounds::MOMENTS).filter_map(|text| text.parse().ok()).collect())
}

/// An event; of its moments those of some days, or all.
fn from_row(
    row: &Row<'_>,
    days: Option<DaysInSight>,
    zones: &mut KnownZones,
) -> rusqlite::Result<MeetingRow> {
    let mut c = RowReader::new(row);
    let (id, uid) = (MeetingId(c.get()?), c.get()?);
    let spec = spec(&mut c)?;
    let rule = c.get()?;
    let mut moments = || match days {
        Some(days) => Ok(days.moments(c.borrowed()?, spec.minutes)),
        None => moments(&mut c),
    };
    let (extra, except) = (moments()?, moments()?);
    let recurrence = Recurrence { rule, extra, except, ..Recurrence::default() };
    let (is_typed, series, kind) = (c.get()?, c.get()?, c.opt_word()?);
    let event = CalendarEvent { uid, spec, recurrence, zone: zones.read(&mut c)? };
    Ok(MeetingRow { id, event, is_typed, series, kind, sources: c.list()?, is_off: c.get()? })
}

/// Zones by their text: all events of a calendar have few, and each works out its onsets once.
#[derive(Default)]
struct KnownZones(HashMap<String, DescribedZone>);

impl KnownZones {
    fn read(&mut self, c: &mut RowReader<'_, '_>) -> rusqlite::Result<Option<DescribedZone>> {
        let text = c.borrowed()?;
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.0.get(text) {
            return Ok(Some(known.clone()));
        }
        let zone: DescribedZone = c.parse(text)?;
        self.0.insert(text.to_owned(), zone.clone());
        Ok(Some(zone))
    }
}

/// How far a change of an occurrence reaches, as the store says it.
const REACHES: [&str; 3] = ["one", "following", "by-hand"];

/// The start that is changed, and what it became.
type ChangedOccurrence = (Moment, EventSpec);

/// Puts a changed occurrence where its reach says.
fn put_change(recurrence: &mut Recurrence, reach: &str, change: ChangedOccurrence) {
    match reach {
        "following" => recurrence.following.push(change),
        "by-hand" => recurrence.by_hand.push(change),
        _ => recurrence.overrides.push(change),
    }
}

/// A changed occurrence with its meeting and its reach.
fn override_row(row: &Row<'_>) -> rusqlite::Result<(MeetingId, String, ChangedOccurrence)> {
    let mut c = RowReader::new(row);
    let (id, reach, recurrence) = (MeetingId(c.get()?), c.get()?, c.word()?);
    Ok((id, reach, (recurrence, spec(&mut c)?)))
}

fn spec_cells(spec: &EventSpec) -> Vec<ColumnValue<'_>> {
    vec![
        ("title", text(&spec.title)),
        ("start", owned(spec.start.to_string())),
        ("minutes", int(spec.minutes)),
        ("attendees", list(&spec.attendees)),
        ("location", text(&spec.location)),
        ("status", text(spec.status.name())),
        ("sequence", int(spec.sequence)),
        ("shows_as", text(spec.shows_as.name())),
    ]
}

fn cells(meeting: &MeetingRow) -> Vec<ColumnValue<'_>> {
    let recurrence = &meeting.event.recurrence;
    let texts = |moments: &[Moment]| list(&moments.iter().map(ToString::to_string).collect::<Vec<_>>());
    let (from, to) = span(&meeting.event);
    let mut row = spec_cells(&meeting.event.spec);
    row.extend([
        ("uid", text(&meeting.event.uid)),
        ("rule", text(&recurrence.rule)),
        ("extra", texts(&recurrence.extra)),
        ("except_at", texts(&recurrence.except)),
        ("is_typed", int(meeting.is_typed)),
        ("series", text(&meeting.series)),
        ("kind", opt_text(meeting.kind.map(MeetingKind::name))),
        ("zone", owned(meeting.event.zone.as_ref().map_or(String::new(), ToString::to_string))),
        ("sources", list(&meeting.sources)),
        ("is_off", int(meeting.is_off)),
        ("span_from", int(from)),
        ("span_to", opt_int(to)),
    ]);
    row
}

/// Seconds since 1970, read as if the clock on the wall were UTC.
fn wall_seconds(moment: &Moment) -> i64 {
    match moment {
        Moment::Day(day) => day.and_time(NaiveTime::MIN).and_utc().timestamp(),
        Moment::Floating(local) | Moment::Zoned(local, _) => local.and_utc().timestamp(),
        Moment::Fixed(instant) => instant.timestamp(),
    }
}

/// The earliest and latest second that the event may touch; no end if a rule repeats it.
fn span(event: &CalendarEvent) -> (i64, Option<i64>) {
    let recurrence = &event.recurrence;
    let changes = || recurrence.overrides.iter().chain(&recurrence.by_hand).chain(&recurrence.following);
    let specs = || std::iter::once(&event.spec).chain(changes().map(|(_, spec)| spec));
    let starts = || {
        specs().map(|spec| wall_seconds(&spec.start)).chain(event.recurrence.extra.iter().map(wall_seconds))
    };
    // The longest length after the latest start, though they may belong to two: a span may be too wide, as what
    // is read is expanded anyway, and must not be too narrow.
    let longest = specs().map(|spec| spec.minutes.max(0) * 60).max().unwrap_or(0);
    let from = starts().min().unwrap_or(0) - SLACK;
    let to = starts().max().unwrap_or(0) + longest + SLACK;
    // A rule may go on for ever; its end is found where it is expanded.
    let is_endless = !recurrence.rule.is_empty() || !recurrence.following.is_empty();
    (from, (!is_endless).then_some(to))
}

impl Store {
    /// Which events a calendar has, by the name of its file.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn keys_of_source(&self, source: &str) -> Result<Vec<MeetingId>, StoreError> {
        let named = "SELECT id FROM meeting WHERE EXISTS \
            (SELECT 1 FROM json_each(meeting.sources) WHERE value = ?1)";
        let mut statement = self.connection.prepare_cached(named)?;
        let found = statement.query_map([source], |row| Ok(MeetingId(row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One event.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn meeting(&self, id: MeetingId) -> Result<MeetingRow, StoreError> {
        let found = read(&self.connection, "WHERE id = ?1", [id.0])?.pop();
        found.ok_or_else(|| StoreError::Missing(format!("meeting {id}")))
    }

    /// What the lead wrote before occurrences of some meetings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meeting_notes(
        &self,
        meetings: &[MeetingId],
    ) -> Result<HashMap<OccurrenceKey, MeetingNote>, StoreError> {
        notes(&self.connection, meetings)
    }
}

fn notes(
    connection: &Connection,
    meetings: &[MeetingId],
) -> Result<HashMap<OccurrenceKey, MeetingNote>, StoreError> {
    let sql = "SELECT meeting_id, occurrence, intent, if_then, predicted FROM meeting_note \
               WHERE meeting_id IN (SELECT value FROM json_each(?1))";
    let ids: Vec<i64> = meetings.iter().map(|meeting| meeting.0).collect();
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([columns::numbers(&ids)], |row| {
        let mut c = RowReader::new(row);
        let key = OccurrenceKey { meeting: MeetingId(c.get()?), occurrence: c.get()? };
        Ok((key, MeetingNote { intent: c.get()?, if_then: c.get()?, predicted: c.get()? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Tx<'_> {
    /// One event as it is inside this operation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn meeting(&self, id: MeetingId) -> Result<MeetingRow, StoreError> {
        let found = read(&self.sql, "WHERE id = ?1", [id.0])?.pop();
        found.ok_or_else(|| StoreError::Missing(format!("meeting {id}")))
    }

    /// The event with a calendar's id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meeting_with_uid(&self, uid: &str) -> Result<Option<MeetingRow>, StoreError> {
        Ok(read(&self.sql, "WHERE uid = ?1", [uid])?.pop())
    }

    /// Adds an event with its changed occurrences.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_meeting(&self, meeting: &MeetingRow) -> Result<MeetingId, StoreError> {
        let id = MeetingId(self.insert("meeting", &cells(meeting))?);
        self.put_changes(id, &meeting.event.recurrence)?;
        Ok(id)
    }

    /// Writes an event over. Changed occurrences that the calendar no longer has are taken away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, or when the store refuses it.
    pub fn put_meeting(&self, meeting: &MeetingRow) -> Result<(), StoreError> {
        if !self.update("meeting", meeting.id.0, &cells(meeting))? {
            return Err(StoreError::Missing(format!("meeting {}", meeting.id)));
        }
        self.put_changes(meeting.id, &meeting.event.recurrence)
    }

    /// Removes an event with its changed occurrences and what was noted for it.
    ///
    /// # Errors
    /// When the store refuses it: it was reflected on.
    pub fn remove_meeting(&self, id: MeetingId) -> Result<(), StoreError> {
        // Row by row and not by a cascade: only what the writers delete stands in the journal, and comes back
        // with an undo.
        for table in ["meeting_override", "meeting_note"] {
            let mut statement = self.sql.prepare(&format!("SELECT id FROM {table} WHERE meeting_id = ?1"))?;
            let rows = statement.query_map([id.0], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            for row in rows {
                self.delete(table, row)?;
            }
        }
        self.delete("meeting", id.0).map(drop)
    }

    fn put_changes(&self, id: MeetingId, recurrence: &Recurrence) -> Result<(), StoreError> {
        let sql = "SELECT recurrence, reach, id FROM meeting_override WHERE meeting_id = ?1";
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        // By what they change, so that an import which brings the same again writes no row and leaves no trace
        // in the journal.
        let mut known: HashMap<(String, String), i64> = rows.collect::<Result<_, _>>()?;
        let lists = [&recurrence.overrides, &recurrence.following, &recurrence.by_hand];
        for (reach, changes) in REACHES.into_iter().zip(lists) {
            for (moment, spec) in changes {
                let moment = moment.to_string();
                let mut row = spec_cells(spec);
                if let Some(row_id) = known.remove(&(moment.clone(), reach.to_owned())) {
                    self.update("meeting_override", row_id, &row)?;
                } else {
                    let place =
                        [("meeting_id", int(id.0)), ("recurrence", owned(moment)), ("reach", text(reach))];
                    row.extend(place);
                    self.insert("meeting_override", &row)?;
                }
            }
        }
        for row_id in known.into_values() {
            self.delete("meeting_override", row_id)?;
        }
        Ok(())
    }

    /// The events that came with single days of a series and are no part of it, by the UID of the series.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meetings_alone_of(&self, uid: &str) -> Result<Vec<MeetingRow>, StoreError> {
        // Such a UID is that of the series, a hash and the start; the sign behind the hash is `$`.
        read(&self.sql, "WHERE uid > ?1 || '#' AND uid < ?1 || '$' ORDER BY uid", [uid])
    }

    /// The events that a calendar has, by the name of its file, also where that is followed by its own name in brackets.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meetings_of_source(&self, source: &str) -> Result<Vec<MeetingRow>, StoreError> {
        let named = "WHERE EXISTS (SELECT 1 FROM json_each(meeting.sources) \
            WHERE value = ?1 OR (value >= ?1 || ' (' AND value < ?1 || ' )')) ORDER BY id";
        read(&self.sql, named, [source])
    }

    /// What the lead noted before one occurrence, as it is inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meeting_note(&self, key: &OccurrenceKey) -> Result<MeetingNote, StoreError> {
        Ok(notes(&self.sql, &[key.meeting])?.remove(key).unwrap_or_default())
    }

    /// Writes what the lead noted before one occurrence.
    ///
    /// # Errors
    /// When there is no such meeting.
    pub fn put_meeting_note(&self, key: &OccurrenceKey, note: &MeetingNote) -> Result<(), StoreError> {
        let sql = "SELECT id FROM meeting_note WHERE meeting_id = ?1 AND occurrence = ?2";
        let found: Option<i64> =
            self.sql.query_row(sql, (key.meeting.0, &key.occurrence), |row| row.get(0)).optional()?;
        let row = [
            ("meeting_id", int(key.meeting.0)),
            ("occurrence", text(&key.occurrence)),
            ("intent", text(&note.intent)),
            ("if_then", text(&note.if_then)),
            ("predicted", text(&note.predicted)),
        ];
        match found {
            Some(id) => self.update("meeting_note", id, &row).map(drop)?,
            None => self.insert("meeting_note", &row).map(drop)?,
        }
        Ok(())
    }
}
