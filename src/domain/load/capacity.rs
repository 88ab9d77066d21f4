//! When people can work, day by day: contracted, less absences and holidays, times the planning factor.
//! Built once for a range of days; after that every rule is arithmetic over slices.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Contract, Holiday, Person, STANDARD_WEEK, WeekPattern};
use crate::domain::workdays::WorkCalendar;

/// A day has few enough minutes for two bytes; 200 people over years stay small.
type DayMinutes = u16;

/// Five years either way; windows beyond that are cut for the arithmetic.
const LONGEST: i64 = 5 * 366;

/// Why a day has less capacity than the contract says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Away {
    #[default]
    No,
    /// Away for a part of the day.
    Part,
    Whole,
    /// A holiday for everybody.
    Holiday,
}

#[derive(Debug, Clone, PartialEq, Eq)]
/// The time of one person, day by day over the range of its [`Capacity`]; days are places in it, from 0.
pub struct PersonDays {
    pub person: PersonId,
    /// A role has no capacity of its own and can never be over.
    pub is_role: bool,
    /// Their last working day, if it is known.
    pub last_day: Option<NaiveDate>,
    /// Effective minutes as they would be without a last day, where there is one.
    staying: Vec<DayMinutes>,
    factor_percent: u8,
    contracted: Vec<DayMinutes>,
    effective: Vec<DayMinutes>,
    away: Vec<Away>,
}

impl PersonDays {
    /// Contracted minutes of a day.
    pub fn contracted(&self, day: usize) -> Minutes {
        Minutes(self.contracted.get(day).copied().map_or(0, i64::from))
    }

    /// Contracted less absences and holidays.
    pub fn effective(&self, day: usize) -> Minutes {
        Minutes(self.effective.get(day).copied().map_or(0, i64::from))
    }

    /// Effective times the planning factor.
    pub fn planning(&self, day: usize) -> Minutes {
        self.effective(day).percent(i64::from(self.factor_percent))
    }

    /// The same days as if their last day were not known: where work lies that somebody would still hold then.
    pub fn as_if_staying(&self) -> Self {
        Self { effective: self.staying.clone(), last_day: None, ..self.clone() }
    }

    /// Why a day has less.
    pub fn away(&self, day: usize) -> Away {
        self.away.get(day).copied().unwrap_or_default()
    }
}

/// Everybody's days over one range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// First day of the range.
    pub from: NaiveDate,
    /// Days of the range; never 0.
    pub len: usize,
    people: Vec<PersonDays>,
    index: HashMap<PersonId, usize>,
    /// Days off for everybody.
    closed: Vec<bool>,
}

impl Capacity {
    /// Works out the days from `from` to `to`, both included.
    pub fn new(team: &Team<'_>, from: NaiveDate, to: NaiveDate) -> Self {
        // A share may be dated to the year 9999 by a slip; its arithmetic should not take the memory of 8,000
        // years.
        let len = usize::try_from(((to - from).num_days() + 1).clamp(1, 2 * LONGEST)).unwrap_or(1);
        let mut people: Vec<_> =
            team.people.iter().map(|person| person_days(person, team, from, len)).collect();
        // Last, so that `people` is a slice without it and every other rule can look it up like anybody.
        people.push(nobody(len));
        let index = people.iter().enumerate().map(|(index, days)| (days.person, index)).collect();
        let calendar = WorkCalendar::new(team.holidays);
        let closed = from.iter_days().take(len).map(|day| calendar.is_holiday(day)).collect();
        Self { from, len, people, index, closed }
    }

    /// A range cut to what the arithmetic reaches: a share that is dated to 2010 by a slip must not end it before today.
    pub fn reach(today: NaiveDate, from: NaiveDate, to: NaiveDate) -> (NaiveDate, NaiveDate) {
        (from.max(day::plus(today, -LONGEST + 1)), to.min(day::plus(today, LONGEST)))
    }

    /// The place of a day in the range; days outside are moved to its ends.
    pub fn at(&self, day: NaiveDate) -> usize {
        // Windows that reach beyond the range are not refused: they end where the arithmetic does.
        usize::try_from((day - self.from).num_days().max(0)).unwrap_or(0).min(self.len - 1)
    }

    /// The day at a place.
    pub fn day(&self, at: usize) -> NaiveDate {
        day::plus(self.from, i64::try_from(at).unwrap_or(0))
    }

    /// The days of one person, of a role or of [`super::NOBODY`]; `None` of whoever is not in the team.
    pub fn of(&self, person: PersonId) -> Option<&PersonDays> {
        self.index.get(&person).map(|index| &self.people[*index])
    }

    /// Everybody, in the order of the team.
    pub fn people(&self) -> &[PersonDays] {
        // The row of nobody stands last.
        &self.people[..self.people.len() - 1]
    }

    /// True of a day off for everybody.
    pub fn is_closed(&self, at: usize) -> bool {
        self.closed.get(at).copied().unwrap_or_default()
    }
}

/// Who there is and when they are away.
#[derive(Debug, Clone, Copy)]
pub struct Team<'a> {
    /// People and roles, in the order in which they are drawn.
    pub people: &'a [Person],
    /// Their absences; tentative ones take nothing.
    pub absences: &'a [Absence],
    /// Days off for everybody.
    pub holidays: &'a [Holiday],
}

fn person_days(person: &Person, team: &Team<'_>, from: NaiveDate, len: usize) -> PersonDays {
    let mut days = PersonDays {
        person: person.id,
        is_role: person.is_role,
        last_day: person.last_day,
        staying: Vec::new(),
        factor_percent: person.factor.0,
        contracted: contracted(person, from, len),
        effective: Vec::new(),
        away: vec![Away::No; len],
    };
    days.effective = less(days.contracted.clone(), &mut days.away, person, team, from);
    if person.last_day.is_some() {
        // Reckoned apart: in `contracted` the days after the last one are empty already.
        let stays = Person { last_day: None, ..person.clone() };
        days.staying = less(contracted(&stays, from, len), &mut vec![Away::No; len], person, team, from);
    }
    days
}

/// The row of nobody: demand, no hours.
fn nobody(len: usize) -> PersonDays {
    PersonDays {
        person: super::NOBODY,
        is_role: true,
        last_day: None,
        staying: Vec::new(),
        factor_percent: 100,
        contracted: vec![0; len],
        effective: vec![0; len],
        away: vec![Away::No; len],
    }
}

/// Contracted minutes less absences and holidays; `away` notes why.
fn less(
    mut effective: Vec<DayMinutes>,
    away: &mut [Away],
    person: &Person,
    team: &Team<'_>,
    from: NaiveDate,
) -> Vec<DayMinutes> {
    let len = effective.len();
    // An absence wholly outside the range must come out as an empty span, never as one that runs backwards.
    let span = |first: NaiveDate, last: NaiveDate| {
        let start = (first - from).num_days().max(0);
        let end = ((last - from).num_days() + 1).min(i64::try_from(len).unwrap_or(i64::MAX));
        usize::try_from(start).unwrap_or(0)..usize::try_from(end.max(start)).unwrap_or(0).min(len)
    };
    for absence in team.absences.iter().filter(|absence| absence.person == person.id && !absence.is_tentative)
    {
        for at in span(absence.from, absence.to) {
            // An absence without hours takes the whole day, however long that is; the subtraction stops at
            // zero.
            let taken = absence.per_day.map_or(DayMinutes::MAX, |minutes| {
                // A typed absence of more than 45 days in one takes the whole day, like any that is longer than it.
                DayMinutes::try_from(minutes.0).unwrap_or(DayMinutes::MAX)
            });
            effective[at] = effective[at].saturating_sub(taken);
            // Two half days off on the same day are a whole one.
            away[at] = if absence.per_day.is_some() && effective[at] > 0 { Away::Part } else { Away::Whole };
        }
    }
    // After the absences: on a holiday nobody is told to be away.
    for at in team.holidays.iter().flat_map(|holiday| span(holiday.from, holiday.to)) {
        effective[at] = 0;
        away[at] = Away::Holiday;
    }
    effective
}

/// The most recent contract that has begun holds; the earliest also holds before its first day.
fn contracted(person: &Person, from: NaiveDate, len: usize) -> Vec<DayMinutes> {
    let mut contracts: Vec<&Contract> = person.contracts.iter().collect();
    contracts.sort_by_key(|contract| contract.from);
    let week = |week: WeekPattern| week.map(|minutes| DayMinutes::try_from(minutes.0).unwrap_or(0));
    // A role has hours only where a contract says so; a person without any contract is taken to work full
    // weeks.
    let nobody = person.is_role && contracts.is_empty();
    let mut pattern = week(
        contracts.first().map_or(if nobody { WeekPattern::default() } else { STANDARD_WEEK }, |it| it.week),
    );
    let mut next = 0;
    let mut days = Vec::with_capacity(len);
    for day in from.iter_days().take(len) {
        while contracts.get(next).is_some_and(|contract| contract.from <= day) {
            pattern = week(contracts[next].week);
            next += 1;
        }
        let is_here = person.first_day.is_none_or(|first| day >= first)
            && person.last_day.is_none_or(|last| day <= last);
        days.push(if is_here { pattern[day.weekday().num_days_from_monday() as usize] } else { 0 });
    }
    // `iter_days` ends with the last date that can be written, perhaps before the range does.
    days.resize(len, 0);
    days
}

#[cfg(test)]
mod tests;
