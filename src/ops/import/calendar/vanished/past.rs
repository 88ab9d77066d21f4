//! How far back a calendar reaches: many feeds carry only what is to come, and what they drop when it is over took place.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::bounds::Steps;
use crate::domain::meeting::CalendarEvent;
use crate::domain::occurrence::expand;
use crate::domain::rule::Rule;
use crate::ops::clock::Clock;

/// So much work goes into finding when the events of a file were over.
const STEPS: usize = 400_000;
/// Days looked at on either side of now.
const FURTHEST: i64 = 3_660;

/// What of the past a calendar shows.
pub struct ShownPast<'a> {
    now: DateTime<Utc>,
    clock: &'a Clock,
    steps: Steps,
    /// When its events that are over ended, the first of them first.
    ends: Vec<DateTime<Utc>>,
}

impl<'a> ShownPast<'a> {
    /// The past of a calendar that has these events.
    pub fn of<'e>(
        events: impl IntoIterator<Item = &'e CalendarEvent>,
        (now, clock): (DateTime<Utc>, &'a Clock),
    ) -> Self {
        let mut past = Self { now, clock, steps: Steps::new(STEPS), ends: Vec::new() };
        let mut ends: Vec<_> = events.into_iter().filter_map(|event| past.over(event)).collect();
        ends.sort_unstable();
        Self { ends, ..past }
    }

    /// Those of some events that would still be in it if they had not been deleted there: all that are to come, and of what
    /// is over what ended after the first that it still has. That a running series began long ago says nothing of that.
    pub fn deleted<T>(mut self, gone: Vec<T>, event_of: impl Fn(&T) -> &CalendarEvent) -> Vec<T> {
        let first = self.ends.first().copied().unwrap_or(self.now);
        let ended: Vec<_> = gone.iter().map(|row| self.over(event_of(row))).collect();
        // Where more went than stayed, what stayed is the odd one, as a holiday that a feed keeps.
        let went = ended.iter().flatten().filter(|end| **end >= first).count();
        let first = if went > self.ends.len() { self.now } else { first };
        let is_in_sight = |end: &Option<DateTime<Utc>>| end.is_none_or(|end| end >= first);
        gone.into_iter().zip(ended).filter(|(_, end)| is_in_sight(end)).map(|(row, _)| row).collect()
    }

    /// When the last of an event was over; `None` if it goes on.
    fn over(&mut self, event: &CalendarEvent) -> Option<DateTime<Utc>> {
        let ends =
            |rule: &str| Rule::read(rule).is_ok_and(|(rule, _)| rule.until.is_some() || rule.count.is_some());
        // A rule without an end is never over, and need not be followed to find that out.
        if !event.recurrence.rules().all(ends) {
            return None;
        }
        let reach = TimeDelta::days(FURTHEST);
        let later = expand(event, (self.now, self.now + reach), self.clock, &mut self.steps);
        if later.is_cut || later.occurrences.iter().any(|found| found.end > self.now) {
            return None;
        }
        let before = expand(event, (self.now - reach, self.now), self.clock, &mut self.steps);
        before.occurrences.iter().map(|found| found.end).max()
    }
}
