//! What was not understood in a calendar: alike remarks as one with their number, events that are left out each by
//! itself, and the rest counted.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::domain::bounds;

/// So many bytes of an id or a remark are kept where something is told.
pub(super) const LONG: usize = 400;

/// Something in a calendar file that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarProblem {
    /// The event's UID, or that of the first of several; empty if not known.
    pub uid: String,
    /// Line of the file, from 1; of several the first.
    pub line: usize,
    /// What was made of it.
    pub message: String,
    /// The whole event is left out.
    pub is_left_out: bool,
}

impl CalendarProblem {
    pub const fn on(uid: String, line: usize, message: String) -> Self {
        Self { uid, line, message, is_left_out: false }
    }

    /// An event that is not taken in.
    pub const fn event_left_out(uid: String, line: usize, message: String) -> Self {
        Self { uid, line, message, is_left_out: true }
    }
}

/// Remarks as they are collected.
#[derive(Default)]
pub(super) struct Problems {
    told: Vec<CountedRemark>,
    /// Where among them each message is.
    places: HashMap<String, usize>,
    /// Events that are left out.
    left_out: Vec<CalendarProblem>,
    untold: usize,
    /// Where and why the rest of the file was not read.
    pub(super) end: Option<CalendarProblem>,
}

/// A remark on one or several events.
struct CountedRemark {
    first: CalendarProblem,
    /// The last event that it was made on.
    last: String,
    events: usize,
    lines: usize,
}

impl Problems {
    pub(super) fn push(&mut self, mut problem: CalendarProblem) {
        problem.uid.truncate(problem.uid.floor_char_boundary(LONG));
        problem.message.truncate(problem.message.floor_char_boundary(LONG));
        if problem.is_left_out && self.left_out.len() < bounds::EVENTS {
            self.left_out.push(problem);
        // Told once with its number, or an export that is odd in one way would fill the screen.
        } else if let Some(place) = self.places.get(&problem.message) {
            self.told[*place].count(problem);
        // Each remark takes memory and a line on a screen; a file of nothing but odd lines has millions.
        } else if self.told.len() == bounds::REMARKS {
            self.untold += 1;
        } else {
            self.places.insert(problem.message.clone(), self.told.len());
            let last = problem.uid.clone();
            self.told.push(CountedRemark { first: problem, last, events: 1, lines: 1 });
        }
    }

    /// Together with what was found later, in the order of the file.
    pub(super) fn with(self, later: Self) -> Vec<CalendarProblem> {
        let mut told: Vec<CalendarProblem> =
            self.told.into_iter().chain(later.told).map(CountedRemark::said).collect();
        told.sort_by_key(|problem| problem.line);
        let untold = self.untold + later.untold + told.len().saturating_sub(bounds::REMARKS);
        told.truncate(bounds::REMARKS);
        if let Some(last) = told.last().filter(|_| untold > 0) {
            let message = format!("{untold} more remarks on what stands here and below");
            told.push(CalendarProblem::on(String::new(), last.line, message));
        }
        told.extend(self.left_out);
        told.extend(later.left_out);
        // Stable: what was found first on a line stays first on it.
        told.sort_by_key(|problem| problem.line);
        told.extend(self.end);
        told
    }
}

impl CountedRemark {
    fn count(&mut self, again: CalendarProblem) {
        self.lines += 1;
        if again.uid != self.last {
            self.events += 1;
            self.last = again.uid;
        }
    }

    fn said(self) -> CalendarProblem {
        let Self { mut first, events, lines, .. } = self;
        if events > 1 {
            first.message = format!("{events} events: {}", first.message);
        } else if lines > 1 {
            first.message = format!("{lines} times: {}", first.message);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(uid: &str, line: usize, message: &str) -> CalendarProblem {
        CalendarProblem::on(uid.to_owned(), line, message.to_owned())
    }

    #[test]
    fn alike_remarks_are_one_and_events_left_out_are_each_named() {
        let mut problems = Problems::default();
        for (uid, line) in [("a", 3), ("a", 4), ("b", 9), ("c", 14)] {
            problems.push(on(uid, line, "the zone is not known"));
        }
        problems.push(on("a", 5, "odd"));
        problems.push(on("a", 6, "odd"));
        for line in [7, 20] {
            problems.push(CalendarProblem::event_left_out(String::new(), line, "no start".to_owned()));
        }
        let told: Vec<(usize, String)> = problems
            .with(Problems::default())
            .into_iter()
            .map(|problem| (problem.line, problem.message))
            .collect();
        let expected =
            [(3, "3 events: the zone is not known"), (5, "2 times: odd"), (7, "no start"), (20, "no start")];
        assert_eq!(told, expected.map(|(line, message)| (line, message.to_owned())));
    }

    #[test]
    fn events_left_out_are_told_however_many_remarks_there_are() {
        let mut problems = Problems::default();
        for line in 0..bounds::REMARKS + 5 {
            problems.push(on("a", line, &format!("odd {line}")));
        }
        problems.push(CalendarProblem::event_left_out(String::new(), 9_999, "no start".to_owned()));
        let told = problems.with(Problems::default());
        assert_eq!(told.len(), bounds::REMARKS + 2);
        assert_eq!(told[bounds::REMARKS].message, "5 more remarks on what stands here and below");
        assert!(told[bounds::REMARKS + 1].is_left_out);
    }
}
