//! Changes that are left over from what a series was: the starts that they change are gone.

use chrono::Utc;

use super::{LocalEvent, Named, Steps};
use crate::domain::meeting::{CalendarEvent, MeetingStatus, Moment};

/// The places among the changes of single days of those that no start of their series has, as far as `steps` lets them be
/// looked for. What is called off takes nothing away.
pub fn left_over(event: &CalendarEvent, steps: &mut Steps) -> Vec<usize> {
    // Only times without a zone are read in that of the lead, and of those nothing is said below.
    let frame = LocalEvent { event, local: &Utc };
    let except: Named = frame.named(event.recurrence.except.iter());
    let mut found = Vec::new();
    let changes = event.recurrence.overrides.iter().enumerate();
    for (place, (moment, _)) in changes.filter(|(_, (_, spec))| spec.status != MeetingStatus::Cancelled) {
        let depends_on_the_lead = match (&event.spec.start, moment) {
            (Moment::Floating(_), other) => matches!(other, Moment::Zoned(..) | Moment::Fixed(_)),
            (Moment::Day(_), _) => false,
            (_, other) => matches!(other, Moment::Floating(_)),
        };
        if !depends_on_the_lead && frame.has_start(moment, &except, steps) == Some(false) {
            found.push(place);
        }
    }
    found
}

impl LocalEvent<'_, '_, Utc> {
    /// True if the series has the start that a moment names; `None` if nobody knows.
    fn has_start(&self, moment: &Moment, except: &Named, steps: &mut Steps) -> Option<bool> {
        // A window that holds no day, so that the series is asked for the day of this very start.
        let nowhere = (chrono::NaiveDateTime::MAX, chrono::NaiveDateTime::MIN);
        let before = steps.left();
        let key = self.key_of_override(moment, (nowhere, &std::collections::BTreeSet::new()), except, steps);
        // What was used up may have ended the search before its start came.
        (steps.left() > 0 || before == 0).then_some(key.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{EventSpec, Recurrence, ShowsAs};
    use chrono::{NaiveDate, NaiveDateTime};

    fn at(day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, 0, 0).unwrap()
    }

    fn weekly(changes: Vec<Moment>) -> CalendarEvent {
        let paris = chrono_tz::Europe::Paris;
        let spec = EventSpec {
            title: "Weekly".to_owned(),
            start: Moment::Zoned(at(3, 10), paris),
            minutes: 30,
            attendees: Vec::new(),
            location: String::new(),
            status: MeetingStatus::Confirmed,
            sequence: 0,
            shows_as: ShowsAs::Busy,
        };
        let overrides = changes.into_iter().map(|moment| (moment, spec.clone())).collect();
        let except = vec![Moment::Zoned(at(17, 10), paris)];
        let recurrence =
            Recurrence { rule: "FREQ=WEEKLY".to_owned(), overrides, except, ..Recurrence::default() };
        CalendarEvent { uid: "a".to_owned(), spec, recurrence, zone: None }
    }

    #[test]
    fn a_change_of_a_start_that_is_gone_is_found_and_every_other_is_not() {
        let zoned = |day, hour| Moment::Zoned(at(day, hour), chrono_tz::Europe::Paris);
        let utc = Moment::Fixed(at(10, 9).and_utc().fixed_offset());
        let day = Moment::Day(at(24, 0).date());
        let event = weekly(vec![zoned(10, 10), zoned(11, 10), utc, zoned(17, 10), day, zoned(24, 11)]);
        assert_eq!(left_over(&event, &mut Steps::new(100_000)), [1, 3, 5]);
        assert!(left_over(&event, &mut Steps::new(1)).is_empty(), "nobody knows");
    }
}
