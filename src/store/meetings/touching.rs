//! Reading events for some days. Of an event that was moved, added or left out on thousands of days, what lies in sight
//! is read and nothing else; and of all events together so many, with so many bytes, and no more. What the rows hold
//! beyond that is not even parsed: calendars of other people decide how much there is, and a screen waits for it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::ToSql;
use serde_json::json;

use super::{COLUMNS, ChangedOccurrence, KnownZones, MeetingRow, Moment, from_row, override_row, put_change};
use crate::domain::bounds;
use crate::domain::day;
use crate::domain::ids::MeetingId;
use crate::store::{Store, StoreError};

/// Days by which a window is widened: no zone is further from UTC than one, and an end may lie on the next.
const SLACK: i64 = 3;
/// Longer meetings reach into a window from further away.
const LONGEST: i64 = 3_660;

/// Events of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touching {
    /// Those that were read.
    pub rows: Vec<MeetingRow>,
    /// How many were not.
    pub unread: usize,
}

/// How much is read at most.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Events, each with the texts of its own row.
    pub events: usize,
    /// Changed occurrences of all of them.
    pub changes: usize,
    /// Bytes of their texts.
    pub bytes: usize,
}

impl Most {
    const EVERYTHING: Self = Self { events: usize::MAX, changes: usize::MAX, bytes: usize::MAX };
}

/// The days in sight.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaysInSight {
    from: NaiveDate,
    to: NaiveDate,
}

impl DaysInSight {
    /// The first day on which a start of an event of some length matters, and the last, as texts that sort as days do.
    fn of_starts(self, minutes: i64) -> (String, String) {
        let length = (minutes / 1440).clamp(0, LONGEST);
        (day::plus(self.from, -length - SLACK).to_string(), self.to.to_string())
    }

    /// The moments of a list in JSON that matter, the first of all in any case: an event with none left would look as
    /// if it happened once, and be known by another key.
    pub(super) fn moments(self, json: &str, minutes: i64) -> Vec<Moment> {
        let (from, to) = self.of_starts(minutes);
        // Moments hold no quotes, so they are cut out of the list; a reader of JSON would read the thousands
        // out of sight too.
        let all = || json.split('"').skip(1).step_by(2).take(bounds::MOMENTS);
        let is_in_sight = |text: &&str| text.get(..10).is_some_and(|day| *from <= *day && *day <= *to);
        let mut seen = all().filter(is_in_sight).peekable();
        match seen.peek() {
            Some(_) => seen.filter_map(|text| text.parse().ok()).collect(),
            None => all().take(1).filter_map(|text| text.parse().ok()).collect(),
        }
    }
}

impl Store {
    /// Events that may have an occurrence between two instants, with what changed of them in that time. Those that
    /// repeat come first, in the order in which they came; how many were not read is counted. One of which not every
    /// change could be read is not shown at all: it would stand where it no longer is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meetings_touching(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        most: Most,
    ) -> Result<Touching, StoreError> {
        let days =
            DaysInSight { from: day::plus(from.date_naive(), -SLACK), to: day::plus(to.date_naive(), SLACK) };
        let (from, to) = (from.timestamp(), to.timestamp());
        let mut found = BoundedRows { rows: Vec::new(), most, days: Some(days), is_full: false };
        let series = "WHERE span_to IS NULL";
        // Series first: without one a meeting of every week is missing, without a single event that one.
        found.add(&self.connection, &format!("{series} ORDER BY id"), [])?;
        let single = "WHERE span_to IS NOT NULL AND span_from <= ?2 AND span_to >= ?1";
        found.add(&self.connection, single, [from, to])?;
        let mut unread = 0;
        if found.is_full {
            let sql = format!(
                "SELECT (SELECT count(*) FROM meeting {series}) + (SELECT count(*) FROM meeting {single})"
            );
            let all: i64 = self.connection.query_row(&sql, [from, to], |row| row.get(0))?;
            unread = usize::try_from(all).unwrap_or(usize::MAX).saturating_sub(found.rows.len());
        }
        let before = found.rows.len();
        found.add_changes(&self.connection)?;
        unread += before - found.rows.len();
        Ok(Touching { rows: found.rows, unread })
    }
}

/// Events with everything that the store has of them.
pub(super) fn read(
    connection: &rusqlite::Connection,
    tail: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<MeetingRow>, StoreError> {
    let mut found = BoundedRows { rows: Vec::new(), most: Most::EVERYTHING, days: None, is_full: false };
    found.add(connection, tail, params)?;
    found.add_changes(connection)?;
    Ok(found.rows)
}

/// Rows on their way from the store, with a bound to them.
struct BoundedRows {
    rows: Vec<MeetingRow>,
    most: Most,
    days: Option<DaysInSight>,
    is_full: bool,
}

impl BoundedRows {
    fn add(
        &mut self,
        connection: &rusqlite::Connection,
        tail: &str,
        params: impl rusqlite::Params,
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM meeting {tail}"))?;
        let mut rows = statement.query(params)?;
        let mut zones = KnownZones::default();
        while let Some(row) = rows.next()? {
            let mut length = 0;
            for column in ["title", "attendees", "location", "extra", "except_at"] {
                length += row.get_ref(column)?.as_str().map_or(0, str::len);
            }
            // Lengths are asked of SQLite's own memory, before anything is copied out of it.
            self.is_full |= self.rows.len() == self.most.events || length > self.most.bytes;
            if self.is_full {
                break;
            }
            self.most.bytes -= length;
            self.rows.push(from_row(row, self.days, &mut zones)?);
        }
        Ok(())
    }

    /// Puts the changed occurrences beside their events.
    fn add_changes(&mut self, connection: &rusqlite::Connection) -> Result<(), StoreError> {
        let columns = "o.meeting_id, o.reach, o.recurrence, o.title, o.start, o.minutes, o.attendees, o.location, \
                       o.status, o.sequence, o.shows_as";
        // A change matters by the day that it is of, or the day that it is on now. Of an event without a rule the first
        // one always does: what is changed is known by another key than what happens once.
        let in_sight = "substr(o.recurrence, 1, 10) BETWEEN e.value ->> 1 AND ?3
            OR substr(o.start, 1, 10) BETWEEN ?2 AND ?3
            OR o.minutes > 1440 AND substr(o.start, 1, 10) < ?2
               AND date(substr(o.start, 1, 10), (o.minutes / 1440 + 2) || ' days') >= ?2
            OR o.reach = 'following'
            OR e.value ->> 2 AND (o.reach = 'by-hand' OR o.id = (
                SELECT min(id) FROM meeting_override WHERE meeting_id = o.meeting_id AND reach = 'one'))";
        // In the order of the events, so that a cut falls on one of them, and all from it on are left out whole.
        let sql = format!(
            "SELECT {columns} FROM json_each(?1) AS e JOIN meeting_override AS o ON o.meeting_id = e.value ->> 0
             WHERE {} ORDER BY o.meeting_id, o.recurrence",
            if self.days.is_some() { in_sight } else { "true" }
        );
        let events = self.rows.iter().map(|row| {
            let from = self.days.map_or(String::new(), |days| days.of_starts(row.event.spec.minutes).0);
            json!([row.id.0, from, row.event.recurrence.rule.is_empty()])
        });
        let events = serde_json::Value::Array(events.collect()).to_string();
        let mut params: Vec<&dyn ToSql> = vec![&events];
        let sight = self.days.map(|days| days.of_starts(0));
        if let Some((from, to)) = &sight {
            params.extend([from as &dyn ToSql, to]);
        }
        let mut changes: HashMap<MeetingId, Vec<(String, ChangedOccurrence)>> = HashMap::new();
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params.as_slice())?;
        let (mut cut, mut count) = (None, 0);
        while let Some(row) = rows.next()? {
            let id = MeetingId(row.get(0)?);
            let mut length = 0;
            for column in ["title", "attendees", "location"] {
                length += row.get_ref(column)?.as_str().map_or(0, str::len);
            }
            count += 1;
            if count > self.most.changes || length > self.most.bytes {
                cut = Some(id);
                break;
            }
            self.most.bytes -= length;
            let (meeting, reach, change) = override_row(row)?;
            changes.entry(meeting).or_default().push((reach, change));
        }
        drop(rows);
        if let Some(first) = cut {
            self.leave_out_changed(connection, first)?;
        }
        for meeting in &mut self.rows {
            for (reach, change) in changes.remove(&meeting.id).unwrap_or_default() {
                put_change(&mut meeting.event.recurrence, &reach, change);
            }
        }
        self.add_days_moved_from(connection)
    }

    /// Leaves out every event from one on of which something was changed.
    fn leave_out_changed(
        &mut self,
        connection: &rusqlite::Connection,
        first: MeetingId,
    ) -> Result<(), StoreError> {
        let sql = "SELECT DISTINCT meeting_id FROM meeting_override WHERE meeting_id >= ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let changed = statement.query_map([first.0], |row| row.get(0).map(MeetingId))?;
        let changed = changed.collect::<Result<HashSet<_>, _>>()?;
        self.rows.retain(|row| !changed.contains(&row.id));
        Ok(())
    }

    /// What was moved into sight is known by the day that it was moved from, with the time where that day has several:
    /// so what was added and left out on such days, and those beside them in another zone, is read as well. Where all
    /// that follow were moved, any day may be one.
    fn add_days_moved_from(&mut self, connection: &rusqlite::Connection) -> Result<(), StoreError> {
        let Some(days) = self.days else { return Ok(()) };
        let mut statement =
            connection.prepare_cached("SELECT extra, except_at FROM meeting WHERE id = ?1")?;
        for row in &mut self.rows {
            let recurrence = &mut row.event.recurrence;
            let (from, to) = days.of_starts(row.event.spec.minutes);
            let day_of = |moment: &Moment| moment.to_string().get(..10).map(str::to_owned);
            let changed = recurrence.overrides.iter().chain(&recurrence.by_hand);
            let far: HashSet<String> = changed
                .filter_map(|(moment, _)| day_of(moment))
                .filter(|day| *day < from || *day > to)
                .collect();
            let has_following = !recurrence.following.is_empty();
            if far.is_empty() && !has_following || recurrence.extra.is_empty() && recurrence.except.is_empty()
            {
                continue;
            }
            let lists: [String; 2] = statement.query_row([row.id.0], |row| Ok([row.get(0)?, row.get(1)?]))?;
            let near: HashSet<String> = far
                .iter()
                .filter_map(|day| day.parse::<NaiveDate>().ok())
                .flat_map(|on| [-1, 0, 1].map(|step| day::plus(on, step).to_string()))
                .collect();
            let is_wanted =
                |text: &&str| has_following || text.get(..10).is_some_and(|day| near.contains(day));
            for (json, known) in lists.iter().zip([&mut recurrence.extra, &mut recurrence.except]) {
                let all = json.split('"').skip(1).step_by(2).take(bounds::MOMENTS);
                for moment in all.filter(is_wanted).filter_map(|text| text.parse().ok()) {
                    if !known.contains(&moment) {
                        known.push(moment);
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
