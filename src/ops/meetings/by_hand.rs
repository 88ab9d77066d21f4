//! Meetings that are moved, cancelled and removed here. Of what a calendar has, the change stands beside what the calendar
//! says and wins over it, also when it is imported again.

use chrono::{Datelike, NaiveDateTime};

use super::MeetingStep;
use super::along::{original, take_reflections_along};
use crate::domain::day;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::form::meeting_time;
use crate::domain::meeting::{EventSpec, Meeting, MeetingStatus, Moment, OccurrenceKey};
use crate::domain::minutes::Minutes;
use crate::domain::occurrence::is_called_off;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, MeetingRow, StoreError, Tx};

impl Desk {
    /// Cancels a meeting, one of a series or a single one. What the calendar says of it later does not bring it back.
    ///
    /// # Errors
    /// When it is not there, or is cancelled already.
    pub fn cancel_meeting(&mut self, key: &OccurrenceKey) -> Result<Committed<()>, OpsError> {
        let step = self.cancelling(key)?;
        self.together(vec![step])
    }

    fn cancelling(&self, key: &OccurrenceKey) -> Result<MeetingStep, OpsError> {
        let meeting = self.one_meeting(key)?;
        if meeting.status == MeetingStatus::Cancelled {
            return Err(OpsError::rejected(
                format!("{} is cancelled already", meeting.key),
                format!("`tablesetter meeting reinstate {}` brings it back.", meeting.key),
            ));
        }
        let label = format!("Cancelled {} {}", meeting.key, plain::cut(&meeting.title, 50));
        let cancel = |spec: &mut EventSpec| spec.status = MeetingStatus::Cancelled;
        Ok(self.changing(meeting.key, (label, "Cancelled %".to_owned()), cancel))
    }

    /// Brings a cancelled meeting back, or a removed series, as its calendar has it or as it was moved here. Importing the
    /// calendar again does not cancel it anew.
    ///
    /// # Errors
    /// When it is not there, or is not cancelled.
    pub fn reinstate_meeting(&mut self, key: &OccurrenceKey) -> Result<Committed<()>, OpsError> {
        let row = self.store.meeting(key.meeting)?;
        if row.is_off {
            return self.bring_series_back(&row);
        }
        let is_of_series = key.occurrence.is_empty() && !row.event.recurrence.is_single();
        // Of a series that is called off as a whole no day takes place that could be named as its next.
        if is_of_series && is_called_off(&row.event, &self.clock) {
            return Err(OpsError::rejected(
                format!("{key} is called off by its calendar as a whole; say which day of it takes place"),
                format!("`tablesetter meeting list --cancelled` shows its days, like {key}@2026-11-24."),
            ));
        }
        let meeting = self.one_meeting(key)?;
        if meeting.status != MeetingStatus::Cancelled {
            return Err(OpsError::rejected(
                format!("{} is not cancelled", meeting.key),
                "`tablesetter meeting list --cancelled` shows those that are.",
            ));
        }
        let label = format!("Brought back {} {}", meeting.key, plain::cut(&meeting.title, 50));
        // As its calendar has it, so that what was only cancelled here follows the calendar again.
        let mut untouched = row;
        untouched.event.recurrence.by_hand.clear();
        let said = original(&untouched, &meeting.key.occurrence, &self.clock).map(|(_, spec)| spec.status);
        let status =
            said.filter(|status| *status != MeetingStatus::Cancelled).unwrap_or(MeetingStatus::Confirmed);
        let step = self
            .changing(meeting.key, (label, "Brought back %".to_owned()), move |spec| spec.status = status);
        self.together(vec![step])
    }

    fn bring_series_back(&mut self, row: &MeetingRow) -> Result<Committed<()>, OpsError> {
        let label = format!("Brought back meeting {} {}", row.id, plain::cut(&row.event.spec.title, 50));
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            tx.put_meeting(&MeetingRow { is_off: false, ..tx.meeting(row.id)? })?;
            Ok::<_, OpsError>(((), label))
        })
    }

    /// Moves a meeting to another time of the lead's clock, and gives it another length if one is said.
    ///
    /// # Errors
    /// When it is not there, is cancelled, or would have a length that no meeting has.
    pub fn move_meeting(
        &mut self,
        key: &OccurrenceKey,
        start: NaiveDateTime,
        minutes: Option<i64>,
    ) -> Result<Committed<()>, OpsError> {
        let step = self.moving(key, start, minutes)?;
        self.together(vec![step])
    }

    pub(super) fn moving(
        &self,
        key: &OccurrenceKey,
        start: NaiveDateTime,
        minutes: Option<i64>,
    ) -> Result<MeetingStep, OpsError> {
        let meeting = self.one_meeting(key)?;
        super::check(None, minutes)?;
        self.may_begin(&meeting, start)?;
        takes_place(&meeting)?;
        // An instant, not a time on the wall: a meeting that others come to stays where it is when the lead
        // travels.
        let to = Moment::Fixed(self.clock.local(self.clock.instant(start)));
        let title = plain::cut(&meeting.title, 40);
        let stays = self.stays_behind(&meeting, start)?;
        let label = match minutes.filter(|_| start == meeting.start.naive_local()) {
            Some(minutes) => format!("{} {title} takes {} now", meeting.key, Minutes(minutes)),
            None => format!("Moved {} {title} to {}{stays}", meeting.key, self.clock.said(&to)),
        };
        let change = move |spec: &mut EventSpec| {
            spec.start = to;
            spec.minutes = minutes.unwrap_or(spec.minutes);
        };
        Ok(self.changing(meeting.key, (label, "Moved %".to_owned()), change))
    }

    /// Moves a meeting to a day and a time as they were typed.
    ///
    /// # Errors
    /// When they are not understood, or it is not there.
    pub fn move_meeting_to(&mut self, key: &OccurrenceKey, text: &str) -> Result<Committed<()>, OpsError> {
        let wrong = |message| OpsError::rejected(message, "Write a day and a time, like `tomorrow 14:00`.");
        let start = meeting_time(text, &self.reading()?).map_err(wrong)?;
        self.move_meeting(key, start, None)
    }

    /// Refuses a time that is still to come for a meeting that was reflected on: a week that is over would tell of a room
    /// in which nobody was yet, and the new day would ask for nothing.
    pub(super) fn may_begin(&self, meeting: &Meeting, start: NaiveDateTime) -> Result<(), OpsError> {
        // Written with a sign, such a year is one that the store cannot read again, and no list of meetings would be shown.
        if !(1..=9999).contains(&start.year()) {
            return Err(OpsError::rejected(
                format!("{} is no year for a meeting", start.year()),
                "Write it like 2026-11-24T10:00.",
            ));
        }
        if !meeting.is_reflected || self.clock.instant(start) <= self.now() {
            return Ok(());
        }
        let was = day::day_near(meeting.start.date_naive(), self.today());
        Err(OpsError::rejected(
            format!("{} was reflected on as of {was}, so it cannot be still to come", meeting.key),
            "Add the new one as a meeting of its own, `tablesetter meeting add`; the reflection stays with its day.",
        ))
    }

    /// Ends what a meeting still asks for: one that is still to come is cancelled, one that is over is owed no reflection
    /// any more.
    pub(super) fn ending(&self, key: &OccurrenceKey) -> Result<MeetingStep, OpsError> {
        if self.meeting(key)?.end > self.now() { self.cancelling(key) } else { self.waving(key) }
    }

    /// Removes a meeting with all of its series: one that was typed is deleted, one of a calendar stays away however
    /// often it is imported.
    ///
    /// # Errors
    /// When it is not there, or was reflected on.
    pub fn remove_meeting(&mut self, key: &OccurrenceKey) -> Result<Committed<()>, OpsError> {
        let step = self.removing(key.meeting)?;
        self.together(vec![step])
    }

    pub(super) fn removing(&self, id: MeetingId) -> Result<MeetingStep, OpsError> {
        let row = self.store.meeting(id)?;
        // One of a calendar may go even so: its row stays, switched off, and its reflections keep their
        // meeting.
        if row.is_typed && !self.store.reflected(&[row.id])?.is_empty() {
            return Err(OpsError::rejected(
                format!("{} was reflected on and stays", row.id),
                "Cancel it instead: the reflection then stands without a meeting to come.",
            ));
        }
        let label = format!("Removed meeting {} {}", row.id, plain::cut(&row.event.spec.title, 50));
        let run = move |tx: &Tx<'_>| Ok(remove(tx, row.id)?);
        Ok(MeetingStep { label, of_many: "Removed %".to_owned(), run: Box::new(run) })
    }

    /// One meeting, where a series without a day means none in particular.
    fn one_meeting(&self, key: &OccurrenceKey) -> Result<Meeting, OpsError> {
        let row = self.store.meeting(key.meeting)?;
        if key.occurrence.is_empty() && !row.event.recurrence.is_single() {
            let next = self.meeting(key)?.key;
            return Err(OpsError::rejected(
                format!("{key} comes again and again; say which day of it, like {next}"),
                "`tablesetter meeting remove` takes the whole series away.",
            ));
        }
        self.meeting(key)
    }

    /// Changes one meeting by hand, with the sentences of it alone and of several.
    fn changing(
        &self,
        key: OccurrenceKey,
        (label, of_many): (String, String),
        change: impl FnOnce(&mut EventSpec) + 'static,
    ) -> MeetingStep {
        let clock = self.clock.clone();
        let run = move |tx: &Tx<'_>| {
            let mut row = tx.meeting(key.meeting)?;
            // No import will ever bring it again, so there is nothing that the change has to win over.
            if row.is_typed && row.event.recurrence.is_single() {
                change(&mut row.event.spec);
            } else {
                let (start, mut spec) = original(&row, &key.occurrence, &clock).ok_or_else(|| {
                    OpsError::rejected(
                        format!("{key} cannot be changed by itself"),
                        "Its series no longer has this day.",
                    )
                })?;
                change(&mut spec);
                let by_hand = &mut row.event.recurrence.by_hand;
                by_hand.retain(|(known, _)| *known != start);
                // What is as its calendar has it is no change of it.
                let said = original(&row, &key.occurrence, &clock);
                if said.is_none_or(|(_, said)| said != spec) {
                    row.event.recurrence.by_hand.push((start, spec));
                }
            }
            tx.put_meeting(&row)?;
            take_reflections_along(tx, &row, &clock)?;
            Ok(())
        };
        MeetingStep { label, of_many, run: Box::new(run) }
    }
}

fn remove(tx: &Tx<'_>, id: MeetingId) -> Result<(), StoreError> {
    let mut row = tx.meeting(id)?;
    if row.is_typed && !tx.is_meeting_named(id)? {
        return tx.remove_meeting(id);
    }
    // What names it would lead nowhere. A row that is gone would come back with the next import, which knows nothing of its removal.
    row.is_off = true;
    tx.put_meeting(&row)
}

/// What is cancelled has no other time: it would be moved out of sight.
pub(super) fn takes_place(meeting: &Meeting) -> Result<(), OpsError> {
    if meeting.status == MeetingStatus::Cancelled {
        return Err(OpsError::rejected(
            format!("{} is cancelled", meeting.key),
            format!("`tablesetter meeting reinstate {}` brings it back first.", meeting.key),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
