//! What is done to several meetings at once: each is prepared by itself, as its verb prepares a single one, and all of
//! it is one change.

use std::collections::BTreeSet;

use super::MeetingChange;
use crate::domain::count::counted;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::OccurrenceKey;
use crate::ops::{Desk, OpsError};
use crate::store::{Committed, Tx};

/// What is written of a meeting, within an operation.
type MeetingWrite = Box<dyn FnOnce(&Tx<'_>) -> Result<(), OpsError>>;

/// What a verb does to one meeting, ready to be written.
pub(in crate::ops) struct MeetingStep {
    /// The sentence where nothing else is done.
    pub label: String,
    /// The same of several, with their number for `%`: `Cancelled %`.
    pub of_many: String,
    pub run: MeetingWrite,
}

impl MeetingStep {
    /// Both as one, told one behind the other.
    pub fn and(self, other: Self) -> Self {
        let label = format!("{}; {}", self.label, other.label);
        let of_many = format!("{}, {}", self.of_many, other.of_many.replacen('%', "them", 1));
        let run = |tx: &Tx<'_>| {
            (self.run)(tx)?;
            (other.run)(tx)
        };
        Self { label, of_many, run: Box::new(run) }
    }
}

impl Desk {
    /// True of a meeting that comes again and again.
    ///
    /// # Errors
    /// When it is not there.
    pub fn comes_again(&self, key: &OccurrenceKey) -> Result<bool, OpsError> {
        Ok(!self.store.meeting(key.meeting)?.event.recurrence.is_single())
    }

    /// Writes what was prepared as one change.
    pub(in crate::ops) fn together(&mut self, steps: Vec<MeetingStep>) -> Result<Committed<()>, OpsError> {
        let label = told(&steps);
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            for step in steps {
                (step.run)(tx)?;
            }
            Ok(((), label))
        })
    }

    /// Ends what each of several meetings still asks for, a reflection or to take place.
    ///
    /// # Errors
    /// When one of them is neither to come nor owed a reflection; then none is changed.
    pub fn end_meetings(&mut self, keys: &[OccurrenceKey]) -> Result<Committed<()>, OpsError> {
        let steps = keys.iter().map(|key| self.ending(key)).collect::<Result<_, _>>()?;
        self.together(steps)
    }

    /// Removes meetings with all of their series.
    ///
    /// # Errors
    /// As [`Desk::remove_meeting`] for one of them; then none is removed.
    pub fn remove_meetings(&mut self, keys: &[OccurrenceKey]) -> Result<Committed<()>, OpsError> {
        // Two days of one series are one removal.
        let series: BTreeSet<MeetingId> = keys.iter().map(|key| key.meeting).collect();
        let steps = series.into_iter().map(|id| self.removing(id)).collect::<Result<_, _>>()?;
        self.together(steps)
    }

    /// Changes several meetings, each in its own way.
    ///
    /// # Errors
    /// As [`Desk::edit_meeting`] for one of them; then none is changed.
    pub fn edit_meetings(
        &mut self,
        changes: &[(OccurrenceKey, MeetingChange)],
    ) -> Result<Committed<()>, OpsError> {
        let steps = changes.iter().map(|(key, change)| self.editing(key, change));
        let steps = steps.collect::<Result<_, _>>()?;
        self.together(steps)
    }
}

/// One sentence of all: its own of a single one, otherwise how many there are of each kind.
fn told(steps: &[MeetingStep]) -> String {
    if let [step] = steps {
        return step.label.clone();
    }
    // A list, and no map: the kinds are told in the order in which they first come.
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for step in steps {
        match kinds.iter_mut().find(|(kind, _)| *kind == step.of_many) {
            Some((_, count)) => *count += 1,
            None => kinds.push((&step.of_many, 1)),
        }
    }
    let said =
        kinds.into_iter().map(|(kind, count)| kind.replacen('%', &counted(count, "meeting", "meetings"), 1));
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::ops::kit::{desk_at, meet, refusal, told};

    fn studio() -> (Desk, Vec<OccurrenceKey>) {
        let mut desk = desk_at("2026-11-23T12:00:00+00:00");
        let keys = [("Past", "2026-11-23T08:00"), ("One", "2026-11-24T10:00"), ("Two", "2026-11-25T10:00")];
        let keys = keys.map(|(title, at)| meet(&mut desk, title, at, MeetingKind::Leadership, &["Kim"]));
        (desk, keys.to_vec())
    }

    #[test]
    fn several_meetings_change_in_one_operation_and_come_back_in_one() {
        let (mut desk, keys) = studio();
        let count = desk.history(None).unwrap().len();
        desk.end_meetings(&keys).unwrap();
        assert_eq!(told(&desk), "Waved off the reflection on 1 meeting, Cancelled 2 meetings");
        let intent = MeetingChange { intent: Some("a yes".to_owned()), ..MeetingChange::default() };
        desk.edit_meetings(&[(keys[0].clone(), intent.clone()), (keys[1].clone(), intent)]).unwrap();
        assert_eq!(told(&desk), "Edited 2 meetings: intent a yes");
        desk.remove_meetings(&keys[1..]).unwrap();
        assert_eq!(told(&desk), "Removed 2 meetings");
        assert_eq!(desk.history(None).unwrap().len(), count + 3);
        for _ in 0..3 {
            desk.undo(None).unwrap();
        }
        let days = ("2026-11-23".parse().unwrap(), "2026-11-27".parse().unwrap());
        let back = desk.meetings(days.0, days.1).unwrap();
        assert!(back.len() == 3 && back.iter().all(|meeting| meeting.intent.is_empty()), "{back:?}");
    }

    #[test]
    fn one_that_cannot_be_ended_keeps_all_as_they_were() {
        let (mut desk, keys) = studio();
        desk.end_meetings(&keys[..1]).unwrap();
        let count = desk.history(None).unwrap().len();
        assert!(refusal(desk.end_meetings(&keys)).contains("owed no reflection"));
        assert_eq!(desk.history(None).unwrap().len(), count);
    }
}
