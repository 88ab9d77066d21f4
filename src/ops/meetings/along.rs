//! A reflection goes along when its meeting turns out to have been at another time.

use chrono::TimeDelta;

use crate::domain::bounds::Steps;
use crate::domain::meeting::{EventSpec, Moment};
use crate::domain::occurrence::{carried, start_named};
use crate::ops::clock::Clock;
use crate::store::{MeetingRow, StoreError, Tx};

/// Steps that finding one start may take.
const STEPS: usize = 200_000;

/// Gives the reflections on a meeting the start that it has now. What is moved behind the moment at which it was
/// reflected on has another meeting in mind: that reflection stays where it was.
pub(in crate::ops) fn take_reflections_along(
    tx: &Tx<'_>,
    row: &MeetingRow,
    clock: &Clock,
) -> Result<(), StoreError> {
    for (reflection, occurrence, written) in tx.reflections_on(row.id)? {
        let Some((_, spec)) = original(row, &occurrence, clock) else { continue };
        let start = carried::instant(&row.event, &spec.start, clock);
        // With the minute of grace that whoever reflects has.
        if start <= written + TimeDelta::minutes(1) {
            tx.move_reflection(reflection, start)?;
        }
    }
    Ok(())
}

/// The start of an occurrence as its series has it, and what is said of it so far.
pub(super) fn original(row: &MeetingRow, occurrence: &str, clock: &Clock) -> Option<(Moment, EventSpec)> {
    let event = &row.event;
    if event.recurrence.is_single() {
        // The start by which it was changed first, so that a second change takes the place of that one.
        let start = event.recurrence.by_hand.first().map_or(&event.spec.start, |(start, _)| start);
        return Some((start.clone(), event.once().clone()));
    }
    let mut steps = Steps::new(STEPS);
    start_named(event, occurrence, clock, &mut steps)
}

#[cfg(test)]
mod tests {
    use crate::domain::meeting::{MeetingKind, OccurrenceKey};
    use crate::domain::reflection::{Reflection, Touched};
    use crate::ops::Desk;
    use crate::ops::kit::{day, desk_at, meet, move_clock, reflection};
    use crate::ops::meetings::MeetingChange;

    fn move_to(desk: &mut Desk, key: &OccurrenceKey, start: &str) {
        let start = Some(start.parse().unwrap());
        desk.edit_meeting(key, &MeetingChange { start, ..MeetingChange::default() }).unwrap();
    }

    /// The weeks in which leadership meetings were reflected on, with how many.
    fn weeks(desk: &Desk) -> Vec<(&'static str, String)> {
        let told = |week: &'static str| {
            let block = desk.week_review(day(week)).unwrap().blocks.remove(0);
            (week, block.lines.into_iter().map(|line| line.text).find(|text| text.contains("leadership")))
        };
        ["2026-11-09", "2026-11-16", "2026-11-23"]
            .map(told)
            .into_iter()
            .filter_map(|(week, text)| Some((week, text?)))
            .collect()
    }

    #[test]
    fn a_reflection_stands_in_the_week_in_which_its_meeting_was() {
        let mut desk = desk_at("2026-11-16T08:00:00+00:00");
        let board = meet(&mut desk, "Board", "2026-11-17T10:00", MeetingKind::Leadership, &["Marcus"]);
        move_clock(&mut desk, "2026-11-20T12:00:00+00:00");
        let framed = |desk: &Desk| Reflection { touched: Some(Touched::Framed), ..reflection(desk, &board) };
        let said = framed(&desk);
        desk.reflect(&said).unwrap();
        move_clock(&mut desk, "2026-11-24T12:00:00+00:00");
        let one = |week| vec![(week, "Shaped 1 of 1 leadership meeting.".to_owned())];
        assert_eq!(weeks(&desk), one("2026-11-16"));
        move_to(&mut desk, &board, "2026-11-09T10:00:00");
        assert_eq!(weeks(&desk), one("2026-11-09"));
        desk.undo(None).unwrap();
        assert_eq!(weeks(&desk), one("2026-11-16"));
        // On Friday nobody can have reflected on a meeting of Tuesday.
        move_to(&mut desk, &board, "2026-11-24T09:00:00");
        assert_eq!(weeks(&desk), one("2026-11-16"));
        let said = framed(&desk);
        desk.reflect(&said).unwrap();
        assert_eq!(weeks(&desk), one("2026-11-23"));
    }
}
