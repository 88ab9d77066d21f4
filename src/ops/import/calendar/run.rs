//! One import of calendars: which event comes when, and what is left alone.

use std::collections::{HashMap, HashSet};

use super::named::calendars_of;
use super::put::{self, ComingEvent, EventResult};
use super::vanished::CalendarBefore;
use super::{CalendarReport, NamedCalendar, of_series};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::meeting::CalendarEvent;
use crate::import::calendar::{CalendarProblem, SeriesChange};
use crate::ops::clock::Clock;
use crate::store::{StoreError, Tx};

/// What is taken in together.
pub(super) struct CalendarRun<'a> {
    tx: &'a Tx<'a>,
    clock: &'a Clock,
    /// By UID, what counts of what its calendars say of an event. Those that have it as it was at several times would
    /// else take turns on every import.
    said: HashMap<&'a str, &'a CalendarEvent>,
    /// By the UID of their series, what messages tell of single days.
    days: HashMap<&'a str, Vec<(&'a SeriesChange, &'a CalendarEvent)>>,
}

/// An event where it stands.
struct PlacedEvent<'a> {
    calendar: &'a NamedCalendar,
    before: &'a CalendarBefore,
    place: usize,
    /// The day of a series that it changes.
    change: Option<&'a SeriesChange>,
}

impl<'a> CalendarRun<'a> {
    pub(super) fn new(tx: &'a Tx<'a>, clock: &'a Clock, calendars: &'a [NamedCalendar]) -> Self {
        let mut said: HashMap<&str, &CalendarEvent> = HashMap::new();
        let all =
            calendars.iter().flat_map(|it| it.import.events.iter().filter(|event| it.import.has(&event.uid)));
        for event in all {
            let known = said.entry(&event.uid).or_insert(event);
            // The newest counts, and of several that are as new one that says who is invited.
            let worth = |event: &CalendarEvent| (event.spec.sequence, !event.spec.attendees.is_empty());
            if worth(event) > worth(known) {
                *known = event;
            }
        }
        Self { tx, clock, said, days: HashMap::new() }
    }

    /// Takes all events in: what counts of each before its other copies, then what messages tell, and at last what is one
    /// day of a series, which may stand in a later file.
    pub(super) fn take_all(
        &mut self,
        (calendars, before): (&'a [NamedCalendar], &'a [CalendarBefore]),
        report: &mut CalendarReport,
    ) -> Result<(), StoreError> {
        let is_alone = calendars.len() == 1;
        let mut all = Vec::new();
        for (calendar, before) in calendars.iter().zip(before) {
            let import = &calendar.import;
            let known = self.known_from_here(calendar, report)?;
            let changes: HashMap<&str, &SeriesChange> =
                import.of_series.iter().map(|change| (change.uid.as_str(), change)).collect();
            for (place, event) in import.events.iter().enumerate() {
                let uid = event.uid.as_str();
                let change = changes.get(uid).copied().filter(|change| change.is_of_part);
                if let Some(change) = change {
                    self.days.entry(&change.series).or_default().push((change, event));
                }
                let is_said = self.said.get(uid).is_some_and(|said| std::ptr::eq(*said, event));
                let turn = (change.is_some(), import.told_by_message.contains(uid), !is_said);
                if !known.contains(uid) {
                    all.push((turn, PlacedEvent { calendar, before, place, change }));
                }
            }
        }
        all.sort_by_key(|(turn, _)| *turn);
        all.into_iter().try_for_each(|(_, placed)| self.take(&placed, is_alone, report))
    }

    /// Events that this program wrote out itself and that are known here: what it wrote is a copy of what it knew then,
    /// each day of a series an event of its own.
    fn known_from_here(
        &self,
        calendar: &'a NamedCalendar,
        report: &mut CalendarReport,
    ) -> Result<HashSet<&'a str>, StoreError> {
        let own = &calendar.import.own_export;
        let mut known = HashSet::new();
        for event in calendar.import.events.iter().filter(|event| own.contains(&event.uid)) {
            let uid = event.uid.as_str();
            for uid_there in [Some(uid), without_day(uid)].into_iter().flatten() {
                if self.is_known_of_another(uid_there, calendar)? {
                    known.insert(uid);
                }
            }
        }
        if !known.is_empty() {
            let message = counted(
                known.len(),
                "meeting that is known here stands in this export of ours; left as it is",
                "meetings that are known here stand in this export of ours; left as they are",
            );
            let problem = CalendarProblem::on(String::new(), 0, message);
            report.problems.push((calendar.told(), problem));
        }
        Ok(known)
    }

    /// True for an event that is known otherwise than by this one calendar: typed, or of another calendar or message, also of
    /// one that comes along with it.
    fn is_known_of_another(&self, uid: &str, calendar: &NamedCalendar) -> Result<bool, StoreError> {
        // What this program wrote out counts for nothing there.
        if self.said.contains_key(uid) {
            return Ok(true);
        }
        let Some(row) = self.tx.meeting_with_uid(uid)? else { return Ok(false) };
        // An export of another store is a calendar as any other: what it brought, it changes.
        let mut names = calendars_of(&row).peekable();
        let is_only_here = names.peek().is_some() && names.all(|name| calendar.is(name));
        Ok(row.is_typed || !is_only_here)
    }

    /// A series with what messages of this import tell of its days; `None` where they tell nothing.
    fn with_days(&self, event: &CalendarEvent) -> Result<Option<CalendarEvent>, StoreError> {
        let mut found = None;
        for day in self.days.get(event.uid.as_str()).into_iter().flatten() {
            let series = found.clone().unwrap_or_else(|| event.clone());
            if !series.recurrence.is_single() {
                found = of_series::with_change(self.tx, series, *day, self.clock)?.or(found);
            }
        }
        Ok(found)
    }

    fn take(
        &self,
        placed: &PlacedEvent<'a>,
        is_alone: bool,
        report: &mut CalendarReport,
    ) -> Result<(), StoreError> {
        let PlacedEvent { calendar, before, place, change } = *placed;
        let import = &calendar.import;
        let event = &import.events[place];
        let line = if is_alone { import.line_of(place) } else { 0 };
        let is_message = import.told_by_message.contains(&event.uid);
        let series = match change {
            Some(change) => of_series::changed(self.tx, change, event, self.clock)?,
            // With the days at once: a calendar that has not heard of them would else take each back, and every import
            // would bring it anew.
            None => self.with_days(event)?,
        };
        let said = self.said.get(event.uid.as_str()).copied().filter(|_| change.is_none());
        // What came of another calendar of that name is not to vanish with the next one of it.
        let is_its_own = !is_message && !before.is_another;
        let coming = ComingEvent {
            event: series.as_ref().unwrap_or(event),
            calendar: Some(calendar).filter(|_| is_its_own),
            is_message,
            is_known_series: change.is_some() && series.is_some(),
            tells_days: series.is_some(),
            copy_of: said.filter(|said| !std::ptr::eq(*said, event)).map(|said| said.spec.sequence),
        };
        if let Some(message) = put::left_out(self.tx, coming.event)? {
            let problem = CalendarProblem::on(event.uid.clone(), line, message);
            report.problems.push((calendar.told(), problem));
        }
        let outcome = coming.put(self.tx, self.clock)?;
        if let EventResult::Older(known) = outcome {
            let title = bounds::named(&event.spec.title);
            let message = format!(
                "“{title}” is an older version ({}) than the one that is known ({known}); left out",
                event.spec.sequence
            );
            report.problems.push((calendar.told(), CalendarProblem::on(event.uid.clone(), line, message)));
        }
        report.note(outcome.on(line));
        Ok(())
    }
}

/// The UID of a series, where one of its days is written out as an event of its own: `2026-11-24-a@b`.
fn without_day(uid: &str) -> Option<&str> {
    let is_like = |text: &str, form: &str| {
        text.len() == form.len()
            && text
                .bytes()
                .zip(form.bytes())
                .all(|(byte, like)| if like == b'0' { byte.is_ascii_digit() } else { byte == like })
    };
    ["0000-00-00T0000-", "0000-00-00-"].into_iter().find_map(|form| {
        let (day, series) = uid.split_at_checked(form.len())?;
        is_like(day, form).then_some(series)
    })
}

#[cfg(test)]
mod tests;
