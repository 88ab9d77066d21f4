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
mod tests {
    use super::*;
    use crate::domain::load::kit::{day, person};
    use crate::domain::record::TableRow;

    fn week(hours: [i64; 7]) -> [Minutes; 7] {
        hours.map(Minutes::hours)
    }

    fn effective(person: &Person, absences: &[Absence], holidays: &[Holiday], on: &str) -> i64 {
        let team = Team { people: std::slice::from_ref(person), absences, holidays };
        let capacity = Capacity::new(&team, day("2026-11-16"), day("2026-12-31"));
        capacity.people()[0].effective(capacity.at(day(on))).0
    }

    #[test]
    fn the_most_recent_contract_holds() {
        let mut ana = person(1);
        ana.contracts = vec![
            Contract { from: day("2026-12-01"), week: week([4, 4, 4, 4, 4, 0, 0]) },
            Contract { from: day("2026-11-18"), week: week([6, 6, 6, 6, 0, 0, 0]) },
        ];
        ana.last_day = Some(day("2026-12-18"));
        for (on, minutes) in [
            ("2026-11-16", 360),
            ("2026-11-20", 0),
            ("2026-11-30", 360),
            ("2026-12-04", 240),
            ("2026-12-21", 0),
        ] {
            assert_eq!(effective(&ana, &[], &[], on), minutes, "{on}");
        }
    }

    #[test]
    fn absences_and_holidays_take_capacity_and_tentative_ones_do_not() {
        let ana = person(1);
        let absence = |from, to, per_day, is_tentative| Absence {
            person: ana.id,
            from: day(from),
            to: day(to),
            per_day,
            is_tentative,
            ..Absence::blank(day("2026-11-23"))
        };
        let absences = [
            absence("2026-11-23", "2026-11-24", None, false),
            absence("2026-11-25", "2026-11-25", Some(Minutes::hours(3)), false),
            absence("2026-11-26", "2026-11-26", None, true),
        ];
        let holidays =
            [Holiday { from: day("2026-12-25"), to: day("2026-12-28"), ..Holiday::blank(day("2026-12-25")) }];
        for (on, minutes) in [
            ("2026-11-23", 0),
            ("2026-11-25", 300),
            ("2026-11-26", 480),
            ("2026-12-25", 0),
            ("2026-12-28", 0),
            ("2026-12-29", 480),
        ] {
            assert_eq!(effective(&ana, &absences, &holidays, on), minutes, "{on}");
        }
    }

    /// Two weeks from Monday 23 November.
    fn fortnight(person: &Person, absences: &[Absence], holidays: &[Holiday]) -> Capacity {
        let team = Team { people: std::slice::from_ref(person), absences, holidays };
        Capacity::new(&team, day("2026-11-23"), day("2026-12-06"))
    }

    fn absence(from: &str, to: &str, hours: Option<i64>) -> Absence {
        Absence {
            person: PersonId(1),
            from: day(from),
            to: day(to),
            per_day: hours.map(Minutes::hours),
            is_tentative: false,
            ..Absence::blank(day("2026-11-23"))
        }
    }

    #[test]
    fn a_day_off_keeps_its_contract_and_says_why_it_has_less() {
        let absences = [
            absence("2026-11-20", "2026-11-23", None),
            absence("2026-11-24", "2026-11-25", Some(4)),
            absence("2026-11-25", "2026-11-25", Some(4)),
            absence("2026-11-26", "2026-11-26", None),
        ];
        let free =
            [Holiday { from: day("2026-11-26"), to: day("2026-11-26"), ..Holiday::blank(day("2026-11-26")) }];
        let capacity = fortnight(&person(1), &absences, &free);
        let ana = capacity.of(PersonId(1)).unwrap();
        // Of eight hours a day, 80 % are planned with.
        for (at, effective, planned, away) in [
            (0, 0, 0, Away::Whole),
            (1, 240, 192, Away::Part),
            (2, 0, 0, Away::Whole),
            (3, 0, 0, Away::Holiday),
            (4, 480, 384, Away::No),
        ] {
            assert_eq!(ana.contracted(at), Minutes::hours(8), "{at}");
            assert_eq!(
                (ana.effective(at), ana.planning(at), ana.away(at)),
                (Minutes(effective), Minutes(planned), away),
                "{at}"
            );
        }
        let closed: Vec<usize> = (0..20).filter(|at| capacity.is_closed(*at)).collect();
        assert_eq!((closed, ana.contracted(5)), (vec![3], Minutes(0)), "on Saturday nobody is contracted");
    }

    #[test]
    fn after_their_last_day_they_have_only_what_they_would_have_had() {
        let mut ana = person(1);
        (ana.first_day, ana.last_day) = (Some(day("2026-11-24")), Some(day("2026-11-25")));
        let capacity = fortnight(&ana, &[absence("2026-11-30", "2026-11-30", None)], &[]);
        let own = capacity.of(PersonId(1)).unwrap();
        let stays = own.as_if_staying();
        let worked =
            |days: &PersonDays| -> Vec<usize> { (0..14).filter(|at| days.effective(*at).0 > 0).collect() };
        assert_eq!(worked(own), [1, 2]);
        assert_eq!(worked(&stays), [1, 2, 3, 4, 8, 9, 10, 11], "still away on Monday 30 November");
        assert_eq!((own.last_day, stays.last_day), (ana.last_day, None));
        assert_eq!(own.contracted(3), Minutes(0));
    }

    #[test]
    fn a_role_has_hours_only_by_a_contract_and_nobody_none() {
        let mut desk = Person { is_role: true, ..person(1) };
        let monday = |desk: &Person, id| fortnight(desk, &[], &[]).of(id).unwrap().effective(0);
        assert_eq!(monday(&desk, PersonId(1)), Minutes(0));
        desk.contracts = vec![Contract { from: day("2027-01-01"), week: week([2, 2, 2, 2, 2, 0, 0]) }];
        assert_eq!(monday(&desk, PersonId(1)), Minutes::hours(2), "the earliest holds before its first day");
        assert_eq!(monday(&desk, super::super::NOBODY), Minutes(0));
        assert_eq!(fortnight(&desk, &[], &[]).people().len(), 1, "nobody is no person");
    }

    #[test]
    fn days_outside_move_to_the_ends_and_a_slip_to_the_year_9999_is_cut() {
        let capacity = fortnight(&person(1), &[], &[]);
        let at = ["2026-11-01", "2026-11-23", "2026-11-24", "2026-12-06", "2026-12-07", "2027-06-01"]
            .map(|on| capacity.at(day(on)));
        assert_eq!(at, [0, 0, 1, 13, 13, 13]);
        assert_eq!((capacity.len, capacity.day(13)), (14, day("2026-12-06")));
        let team = Team { people: &[], absences: &[], holidays: &[] };
        assert_eq!(Capacity::new(&team, day("2026-11-23"), day("9999-12-31")).len, 3660, "ten years");
        let (from, to) = Capacity::reach(day("2026-11-23"), day("1010-01-01"), day("9999-12-31"));
        let far = Capacity::new(&team, from, to);
        assert_eq!((far.len, far.day(far.at(day("2026-11-23")))), (3660, day("2026-11-23")));
        assert_eq!(Capacity::new(&team, day("2026-11-23"), day("2026-11-01")).len, 1);
    }
}
