//! What a brief is built from, read once and no more of it than it needs.

use chrono::NaiveDate;

use super::names;
use crate::domain::briefing::Brief;
use crate::domain::day;
use crate::domain::ids::OutcomeId;
use crate::domain::influence::{Decision, Risk, is_same_name};
use crate::domain::measures::number::{self, Number};
use crate::domain::measures::{self, LATELY, Span};
use crate::domain::meeting::Meeting;
use crate::domain::outcome::Outcome;
use crate::domain::private::PrivateKeys;
use crate::domain::record::{Kind, Record as _, RecordKey};
use crate::domain::reflection::ReflectionEntry;
use crate::domain::workdays::WorkCalendar;
use crate::ops::books::Books;
use crate::ops::figures::FigureReach;
use crate::ops::{Desk, OpsError};

/// Everything that was read for it.
pub(super) struct BriefSources {
    pub today: NaiveDate,
    pub calendar: WorkCalendar,
    pub meeting: Meeting,
    pub books: Books,
    /// All that there is something to say of, shown or not.
    pub numbers: Vec<Number>,
    /// What the lead wrote for this meeting.
    pub record: Option<Brief>,
    /// The one that was shown last in this row of meetings.
    pub previous: Option<Brief>,
    /// The last reflection of this row of meetings.
    pub last: Option<ReflectionEntry>,
    /// Others look on while it is read.
    pub is_presenting: bool,
    /// What no room reads of.
    pub private: PrivateKeys,
}

impl BriefSources {
    /// Reads all of it for one meeting; `briefs` are those of all meetings, the oldest first.
    pub fn read(desk: &Desk, meeting: Meeting, briefs: &[Brief]) -> Result<Self, OpsError> {
        let today = desk.today();
        let books = desk.books()?;
        // Twice the days: the latest are told beside as many before.
        let lately = Span::trailing(today, LATELY);
        // Up to yesterday: only days that are over have hours that were kept.
        let reach = Span { from: day::plus(lately.before().from, -1), to: day::plus(today, -1) };
        let figures = desk.figure_sources(FigureReach { since: reach.from, hours: reach })?;
        let numbers = measures::brief::numbers(&figures.facts(&books));
        let is_before =
            |entry: &ReflectionEntry| entry.start < meeting.start && entry.series == meeting.series;
        let last = desk.entries()?.into_iter().rev().find(is_before);
        let previous = briefs
            .iter()
            .filter(|brief| brief.series == meeting.series && brief.meeting != meeting.key)
            // One that a wrong clock froze in the future has not been shown to anybody yet.
            .filter(|brief| brief.frozen.is_some_and(|on| on <= today))
            // Of two that were shown on one day the one written later.
            .max_by_key(|brief| (brief.frozen, brief.id))
            .cloned();
        let record = briefs.iter().rev().find(|brief| brief.meeting == meeting.key).cloned();
        let is_presenting = desk.is_presenting;
        let (calendar, private) = (desk.calendar()?, desk.private_keys()?);
        Ok(Self { today, calendar, meeting, books, numbers, record, previous, last, is_presenting, private })
    }

    /// The numbers that are shown.
    pub fn shown(&self) -> Vec<Number> {
        let wanted = self.record.as_ref().map_or("", |record| record.numbers.as_str());
        number::choose(&self.numbers, &names(wanted)).into_iter().cloned().collect()
    }

    /// What the lead wrote into a field of the brief.
    pub fn written(&self, of: impl Fn(&Brief) -> &String) -> Option<&str> {
        self.record.as_ref().map(|record| of(record).trim()).filter(|text| !text.is_empty())
    }

    /// Somebody of a name is invited, under whatever name the calendar has.
    pub fn is_in_room(&self, name: &str) -> bool {
        let known = self.books.known(name);
        let is_them = |attendee: &String| {
            is_same_name(attendee, name) || known.is_some_and(|known| known.is_called(attendee))
        };
        self.meeting.attendees.iter().any(is_them)
    }

    /// The outcome that a number reads.
    pub fn outcome_of(&self, number: &Number) -> Option<&Outcome> {
        let key: RecordKey = number.name.strip_prefix("outcome:")?.parse().ok()?;
        let id = key.number_of(Kind::Outcome)?;
        self.books.outcomes.iter().find(|outcome| outcome.id.0 == id)
    }

    /// The bottom line: the lead's own, otherwise the strongest number and its outcome. An outcome whose owner is in
    /// the room stands before others, and a private one, which is said to no room, behind all.
    pub fn bottom_line(&self, shown: &[Number]) -> (String, Option<OutcomeId>) {
        if let Some(own) = self.written(|record| &record.line) {
            return (own.to_owned(), None);
        }
        let rank = |number: &&Number| {
            let outcome = self.outcome_of(number);
            let is_private = outcome.is_some_and(|it| self.private.has(&it.key()));
            let is_owned = outcome.is_some_and(|it| self.is_in_room(&it.owner));
            (is_private, !is_owned, outcome.is_none())
        };
        // Of equal ones it is the first, which is the strongest.
        let Some(number) = shown.iter().min_by_key(rank) else { return (String::new(), None) };
        let was = number.was().map_or_else(String::new, |was| format!(", was {was}"));
        // An outcome that moved the wrong way is not announced by its name alone.
        let what = number.meaning().to_owned();
        let text = format!("{}: {}{was}.", capital(&what), number.said());
        (text, self.outcome_of(number).map(|outcome| outcome.id))
    }

    /// The decision that is asked for: the chosen one, or the most urgent open one whose approver is in the room. What
    /// has its options noted can be decided now.
    pub fn decision(&self) -> Option<&Decision> {
        if let Some(own) = self.written(|record| &record.ask) {
            // Words in place of a key are the ask themselves; no decision may stand in for them.
            let number = own.parse::<RecordKey>().ok()?.number_of(Kind::Decision)?;
            return self.books.decisions.iter().find(|decision| decision.id.0 == number);
        }
        let open = self.books.decisions.iter().filter(|it| it.is_open() && self.is_in_room(&it.approver));
        open.min_by_key(|it| {
            // A day to check by before none: `None` alone would sort in front of every day.
            (it.options.trim().is_empty(), it.check_on.is_none(), it.check_on, it.opened, it.id)
        })
    }

    /// The risk that is named: the chosen one, or the heaviest open one, what is to be raised now before all others.
    pub fn risk(&self) -> Option<&Risk> {
        if let Some(own) = self.written(|record| &record.risk) {
            let number = own.parse::<RecordKey>().ok()?.number_of(Kind::Risk)?;
            return self.books.risks.iter().find(|risk| risk.id.0 == number);
        }
        let open = self.books.risks.iter().filter(|risk| risk.is_open());
        open.min_by_key(|risk| {
            let heaviest = std::cmp::Reverse(risk.weight());
            // As with decisions, a day before none.
            (!risk.is_to_raise(self.today), heaviest, risk.raise_by.is_none(), risk.raise_by, risk.id)
        })
    }

    /// The if-then for this room, and whether it was noted for this very meeting.
    pub fn if_then(&self) -> (String, bool) {
        if !self.meeting.if_then.trim().is_empty() {
            return (self.meeting.if_then.clone(), true);
        }
        let last = self.last.as_ref().map(|entry| entry.reflection.if_then.clone());
        (last.unwrap_or_default(), false)
    }
}

/// The text with a capital in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
