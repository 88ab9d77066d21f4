//! Meetings of some days: calendar events expanded, notes and reflections attached, all within one budget.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::along::original;
use super::guess_kind;
use crate::domain::agenda::{self, Agenda, Budget, LeftOut, MeetingWords, WordRoom};
use crate::domain::bounds::{self, Steps};
use crate::domain::day;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{CalendarEvent, EventSpec, Meeting, MeetingStatus, Moment, OccurrenceKey};
use crate::domain::occurrence::Occurrence;
use crate::domain::occurrence::carried::{self, has_start};
use crate::domain::words::fold;
use crate::ops::{Desk, OpsError};
use crate::store::{MeetingNote, MeetingRow, Most, Store, StoreError};

/// What is read for one screen or one command.
const MOST: Most = Most { events: agenda::EVENTS, changes: agenda::CHANGES, bytes: agenda::BYTES };

/// Steps that finding the starts of one day may take.
const ONE_DAY: usize = 100_000;

/// Everything read once that turns occurrences into meetings.
struct MeetingContext {
    notes: HashMap<OccurrenceKey, MeetingNote>,
    reflected: HashSet<OccurrenceKey>,
    /// The lead's own names in calendars, folded.
    own: Vec<String>,
}

/// The meetings of some days, and what has no place among them.
#[derive(Debug, Default)]
pub struct MeetingList {
    /// In the order of the day.
    pub shown: Vec<Meeting>,
    /// What is not shown, in one sentence.
    pub left_out: Option<String>,
}

impl Desk {
    fn expand<'e>(&self, events: &[&'e CalendarEvent], window: (DateTime<Utc>, DateTime<Utc>)) -> Agenda<'e> {
        agenda::expand_all(events, window, &self.clock, Budget::SCREEN)
    }

    /// What of some events is not shown of some local days, if nothing else is there.
    pub(in crate::ops) fn left_out_of(
        &self,
        events: &[&CalendarEvent],
        (from, to): (NaiveDate, NaiveDate),
    ) -> LeftOut {
        let window = (self.clock.midnight(from), self.clock.midnight(day::plus(to, 1)));
        self.expand(events, window).left_out
    }

    /// The meetings of some local days, first to last included, in the order of the day. Cancelled ones
    /// are there only if they were reflected on. What is left out is told when the command is done.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meetings(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Meeting>, StoreError> {
        let found = self.agenda(from, to)?;
        if found.left_out.is_some() {
            self.left_out.replace(found.left_out);
        }
        Ok(found.shown)
    }

    /// The same with what is left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn agenda(&self, from: NaiveDate, to: NaiveDate) -> Result<MeetingList, StoreError> {
        // Midnight of the day after, since a window leaves its end out: the last minutes of `to` belong to it.
        let (start, end) = (self.clock.midnight(from), self.clock.midnight(day::plus(to, 1)));
        self.store.reading(|store| {
            let touching = store.meetings_touching(start, end, MOST)?;
            let mut left_out = LeftOut { unread: touching.unread, ..LeftOut::default() };
            let mut shown = self.shown(store, &touching.rows, (start, end), &mut left_out)?;
            // Before they are put in order, which also drops what is cancelled: orphans are reflected on and
            // stay.
            self.add_orphans(&mut shown, (start, end), None)?;
            shown.retain(takes_place);
            self.put_in_order(&mut shown)?;
            Ok(MeetingList { shown, left_out: left_out.sentence() })
        })
    }

    /// The cancelled meetings of some local days, in the order of the day; a series that was removed stands there once, by
    /// its own key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn cancelled_meetings(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Meeting>, StoreError> {
        let window = (self.clock.midnight(from), self.clock.midnight(day::plus(to, 1)));
        self.store.reading(|store| {
            let rows = store.meetings_touching(window.0, window.1, MOST)?.rows;
            let mut found = self.shown(store, &rows, window, &mut LeftOut::default())?;
            found.retain(|meeting| meeting.status == MeetingStatus::Cancelled);
            let removed: HashSet<MeetingId> =
                rows.iter().filter(|row| row.is_off).map(|row| row.id).collect();
            self.put_in_order(&mut found)?;
            let mut told = HashSet::new();
            found.retain_mut(|meeting| {
                let id = meeting.key.meeting;
                let is_removed = removed.contains(&id);
                if is_removed {
                    meeting.key.occurrence.clear();
                }
                !is_removed || told.insert(id)
            });
            Ok(found)
        })
    }

    /// By start, and without what nobody else may see while others look on.
    fn put_in_order(&self, found: &mut Vec<Meeting>) -> Result<(), StoreError> {
        found.sort_by(|one, other| (one.start, &one.key).cmp(&(other.start, &other.key)));
        if self.is_presenting {
            let private = self.private_keys()?;
            found.retain(|meeting| !private.has(&meeting.key.clone().into()));
            found.iter_mut().for_each(Meeting::leave_out_plan);
        }
        Ok(())
    }

    /// What some events show within a window.
    fn shown(
        &self,
        store: &Store,
        rows: &[MeetingRow],
        window: (DateTime<Utc>, DateTime<Utc>),
        left_out: &mut LeftOut,
    ) -> Result<Vec<Meeting>, StoreError> {
        let events: Vec<&CalendarEvent> = rows.iter().map(|row| &row.event).collect();
        let Agenda { occurrences, left_out: by_count, .. } = self.expand(&events, window);
        let busy = || rows.iter().zip(&occurrences).filter(|(_, own)| !own.is_empty());
        let ids: Vec<MeetingId> = busy().map(|(row, _)| row.id).collect();
        let around = self.around_meetings(store, &ids)?;
        let mut room = WordRoom::default();
        let mut found = Vec::new();
        for (row, own) in busy() {
            self.meetings_of((row, own), &around, &mut room, &mut found);
        }
        *left_out = LeftOut { unread: left_out.unread, shortened: room.shortened, ..by_count };
        Ok(found)
    }

    fn own_names(&self) -> Vec<String> {
        self.config.own_names.iter().map(|name| fold(name)).collect()
    }

    fn around_meetings(&self, store: &Store, ids: &[MeetingId]) -> Result<MeetingContext, StoreError> {
        Ok(MeetingContext {
            notes: store.meeting_notes(ids)?,
            reflected: store.reflected(ids)?,
            own: self.own_names(),
        })
    }

    /// The meetings of one event. Who is in the room and of what kind it is, is found once for each spec: nearly all
    /// occurrences share the one of the series.
    fn meetings_of(
        &self,
        (row, occurrences): (&MeetingRow, &[Occurrence<'_>]),
        around: &MeetingContext,
        room: &mut WordRoom,
        found: &mut Vec<Meeting>,
    ) {
        let series = if row.series.is_empty() { &row.event.spec.title } else { &row.series };
        let mut known: Option<(&EventSpec, Vec<&str>, _)> = None;
        for occurrence in occurrences {
            let spec = occurrence.spec;
            let (names, kind) = match &known {
                // Occurrences of a series share one spec: a thousand names are folded once for it, not once a
                // day.
                Some((known, names, kind)) if std::ptr::eq(*known, spec) => (names.clone(), *kind),
                _ => {
                    // More than are shown, since the lead's own names are taken out only now and must not cost
                    // others their place; and not all, since a file may list any number.
                    let some = spec.attendees.iter().take(2 * bounds::NAMES);
                    let mut names: Vec<&str> = some.map(String::as_str).collect();
                    names.retain(|name| !around.own.contains(&fold(name)));
                    let guess = || guess_kind(&spec.title, names.len(), &self.config.meetings);
                    let kind = row.kind.unwrap_or_else(guess);
                    known = Some((spec, names.clone(), kind));
                    (names, kind)
                }
            };
            let words = room.fit(MeetingWords {
                title: &spec.title,
                series,
                location: &spec.location,
                names: &names,
            });
            let key = OccurrenceKey { meeting: row.id, occurrence: occurrence.key.clone() };
            let note = around.notes.get(&key).cloned().unwrap_or_default();
            found.push(Meeting {
                kind,
                uid: row.event.uid.clone(),
                title: words.title.to_owned(),
                series: words.series.to_owned(),
                start: self.clock.local(occurrence.start),
                end: self.clock.local(occurrence.end),
                is_all_day: occurrence.all_day,
                status: if row.is_off { MeetingStatus::Cancelled } else { spec.status },
                shows_as: spec.shows_as,
                attendees: words.names.iter().map(|name| (*name).to_owned()).collect(),
                location: words.location.to_owned(),
                intent: note.intent,
                if_then: note.if_then,
                predicted: note.predicted,
                is_reflected: around.reflected.contains(&key),
                key,
            });
        }
    }

    /// A reflection stays even when the calendar no longer has its occurrence; of one event, or of all.
    fn add_orphans(
        &self,
        found: &mut Vec<Meeting>,
        (start, end): (DateTime<Utc>, DateTime<Utc>),
        of: Option<MeetingId>,
    ) -> Result<(), StoreError> {
        let there: HashSet<OccurrenceKey> = found.iter().map(|meeting| meeting.key.clone()).collect();
        for stored in self.store.reflections_between(start, end)? {
            let key = &stored.entry.meeting;
            if there.contains(key) || of.is_some_and(|id| id != key.meeting) {
                continue;
            }
            let row = self.store.meeting(key.meeting)?;
            // Its calendar moved it to another day, where it is shown.
            if self.has_start(&row.event, &key.occurrence) {
                continue;
            }
            // Under the title that it had when it was reflected on: the event may be called otherwise by now.
            let spec = EventSpec { title: stored.title.clone(), ..row.event.spec.clone() };
            let occurrence = Occurrence {
                key: key.occurrence.clone(),
                start: stored.start,
                end: stored.start + TimeDelta::minutes(spec.minutes),
                all_day: false,
                spec: &spec,
            };
            let reflected = HashSet::from([key.clone()]);
            let around = MeetingContext { notes: HashMap::new(), reflected, own: self.own_names() };
            let first = found.len();
            self.meetings_of((&row, &[occurrence]), &around, &mut WordRoom::default(), found);
            // It is in no calendar any more, and its reflection must still be found from it.
            found[first..].iter_mut().for_each(|meeting| meeting.status = MeetingStatus::Cancelled);
        }
        Ok(())
    }

    fn has_start(&self, event: &CalendarEvent, occurrence: &str) -> bool {
        let mut steps = Steps::new(ONE_DAY);
        has_start(event, occurrence, &self.clock, &mut steps)
    }

    /// One meeting by its key, also one that was cancelled. For a series without a day: the next one that takes place, or
    /// the last if there is none.
    ///
    /// # Errors
    /// [`OpsError::NotFound`] if the meeting or the occurrence is not there.
    pub fn meeting(&self, key: &OccurrenceKey) -> Result<Meeting, OpsError> {
        let row = self.store.meeting(key.meeting)?;
        let now = self.now();
        let is_single = row.event.recurrence.is_single();
        let windows = match key.occurrence.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()) {
            // An override may have moved it some way from the day of its key.
            Some(day) => vec![(day::plus(day, -62), day::plus(day, 62))],
            None if is_single => vec![match row.event.once().start {
                // A whole day is the same day everywhere, a time of another zone may fall on the day before or
                // after.
                Moment::Day(day) => (day, day),
                Moment::Floating(local) | Moment::Zoned(local, _) => {
                    (day::plus(local.date(), -1), day::plus(local.date(), 1))
                }
                Moment::Fixed(instant) => {
                    (day::plus(instant.date_naive(), -1), day::plus(instant.date_naive(), 1))
                }
            }],
            // What repeats often has its next soon; only what does not is looked for further away.
            None => [35, 400]
                .map(|days| (day::plus(now.date_naive(), -days), day::plus(now.date_naive(), days)))
                .to_vec(),
        };
        // Moved further than that it is looked for where it is now; only then, since that follows the series to its day.
        let far = std::iter::once_with(|| {
            let (_, spec) =
                original(&row, &key.occurrence, &self.clock).filter(|_| !key.occurrence.is_empty())?;
            let on = self.clock.day_of(carried::instant(&row.event, &spec.start, &self.clock));
            Some((day::plus(on, -1), day::plus(on, 1)))
        });
        for (index, window) in windows.iter().copied().chain(far.flatten()).enumerate() {
            let (mut own, left_out) = self.meetings_of_one(&row, window)?;
            if left_out.is_some() {
                self.left_out.replace(left_out);
            }
            let found = if is_single || !key.occurrence.is_empty() {
                own.into_iter().find(|meeting| meeting.key == *key)
            } else {
                own.retain(takes_place);
                // In the near window only what is still to come; the last meeting that there was is an answer
                // only when nothing comes.
                let is_last = index + 1 == windows.len();
                let last = own.len().checked_sub(1).filter(|_| is_last);
                own.iter().position(|meeting| meeting.end >= now).or(last).map(|index| own.swap_remove(index))
            };
            if let Some(found) = found {
                return Ok(found);
            }
        }
        Err(OpsError::NotFound {
            message: format!("there is no meeting {key}"),
            hint: Some("`tablesetter meeting list` shows the keys.".to_owned()),
        })
    }

    /// The meetings of one event alone: whatever else the calendar holds takes nothing from its budget.
    fn meetings_of_one(
        &self,
        row: &MeetingRow,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<(Vec<Meeting>, Option<String>), StoreError> {
        let window = (self.clock.midnight(from), self.clock.midnight(day::plus(to, 1)));
        let rows = std::slice::from_ref(row);
        self.store.reading(|store| {
            let mut left_out = LeftOut::default();
            let mut own = self.shown(store, rows, window, &mut left_out)?;
            self.add_orphans(&mut own, window, Some(row.id))?;
            own.sort_by(|one, other| (one.start, &one.key).cmp(&(other.start, &other.key)));
            Ok((own, left_out.sentence()))
        })
    }

    /// What the last reading of meetings that was not whole left out.
    pub fn left_out(&self) -> Option<String> {
        self.left_out.borrow().clone()
    }

    /// The same; asking forgets it.
    pub fn take_left_out(&self) -> Option<String> {
        self.left_out.take()
    }
}

/// Not cancelled, not declined and a meeting at all, unless it was reflected on.
fn takes_place(meeting: &Meeting) -> bool {
    // What was reflected on did take place, or was worth words all the same.
    (meeting.status != MeetingStatus::Cancelled && meeting.shows_as.is_in_the_day()) || meeting.is_reflected
}

#[cfg(test)]
mod tests;
