//! People and roles, and when they can work: dated contracts, absences, holidays.

mod difference;
mod hours;
mod own_note;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day;
use super::ids::PersonId;
use super::minutes::Minutes;
use super::record::{Datum, FieldKind, fields_of, form, record};
use super::words::duration::parse_duration;
use super::words::{ParseContext, fold};
pub use super::workdays::Holiday;
pub use hours::STANDARD_WEEK;

/// Contracted minutes of one week, Monday first.
pub type WeekPattern = [Minutes; 7];

/// Hours by weekday that hold from a day on, until the next contract begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// First day on which it holds; the earliest contract also holds before its first day.
    pub from: NaiveDate,
    pub week: WeekPattern,
}

/// Someone who does the work, or a role that stands for someone not yet named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its row; 0 before it is stored.
    pub id: PersonId,
    /// Short name typed after `@`; unique, lower case.
    pub handle: String,
    pub name: String,
    /// What they do: design, copy, motion, …
    pub discipline: String,
    /// E-mail, used to recognise people in imports; may be empty.
    pub email: String,
    /// Names, handles and addresses of those who became one with them, parted by semicolons.
    pub also: String,
    /// Names of others that come near theirs, parted by semicolons: they were asked about and are somebody else.
    pub told_apart: String,
    /// A placeholder for demand that nobody holds yet.
    pub is_role: bool,
    /// Planning factor in per cent, 80 by default: the share of effective time that is planned.
    pub factor_percent: u8,
    /// First working day, if known.
    pub first_day: Option<NaiveDate>,
    /// Last working day, if known.
    pub last_day: Option<NaiveDate>,
    /// Dated weekly patterns in any order; without any, Monday to Friday at 8 hours.
    pub contracts: Vec<Contract>,
}

#[cfg(test)]
impl Person {
    /// Somebody of whom nothing else is told.
    pub fn called(number: i64, handle: &str, name: &str) -> Self {
        Self {
            id: PersonId(number),
            handle: handle.to_owned(),
            name: name.to_owned(),
            discipline: String::new(),
            email: String::new(),
            also: String::new(),
            told_apart: String::new(),
            is_role: false,
            factor_percent: 80,
            first_day: None,
            last_day: None,
            contracts: Vec::new(),
        }
    }
}

impl Person {
    /// Hours by weekday on a day: without a contract the standard week, and none of a role, as the load counts them.
    pub fn week_told(&self, day: NaiveDate) -> String {
        match self.contract_on(day) {
            Some(contract) => week_text(&contract.week),
            None if self.is_role => "none yet".to_owned(),
            None => "8 8 8 8 8".to_owned(),
        }
    }

    /// The contract that holds on a day; before the first one that one, `None` without any.
    pub fn contract_on(&self, day: NaiveDate) -> Option<&Contract> {
        let now = self.contracts.iter().filter(|contract| contract.from <= day);
        now.max_by_key(|contract| contract.from).or(self.contracts.first())
    }
}

/// The handle that is proposed for a name: its first word, and where that is taken with the last one behind it, and
/// where that is taken too with a number. `is_free` says of each whether it could be given.
pub fn propose_handle(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    let words: Vec<String> =
        name.split_whitespace().map(handle_word).filter(|word| !word.is_empty()).collect();
    let first = words.first().cloned().unwrap_or_default();
    let both = if words.len() > 1 { format!("{first}{}", words[words.len() - 1]) } else { first.clone() };
    let numbered = (2..).map(|number: usize| format!("{first}{number}"));
    let mut tried = [first.clone(), both].into_iter().chain(numbered);
    // Numbers do not end before the handles that are taken do.
    // A name without a single letter gives no handle, and the search over the numbers must end all the same.
    tried.find(|handle| !handle.is_empty() && is_free(handle) || first.is_empty()).unwrap_or_default()
}

/// A word of a name in the letters of a handle.
fn handle_word(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Hours by weekday as people write them, a free weekend left out: `8 8 8 8 6`.
pub fn week_text(week: &WeekPattern) -> String {
    let days = if week[5..].iter().all(|minutes| minutes.is_zero()) { 5 } else { 7 };
    let hours = |minutes: &Minutes| minutes.to_string().trim_end_matches('h').to_owned();
    week[..days].iter().map(hours).collect::<Vec<_>>().join(" ")
}

/// Reads hours by weekday as people write them: five or seven lengths, Monday first, parted by commas, spaces or
/// strokes. `day` is what a day has where a length is said in days.
///
/// # Errors
/// A sentence when there are not five or seven lengths of at most a day.
pub fn parse_week(text: &str, day: Minutes) -> Result<WeekPattern, String> {
    let wrong = || format!("`{text}` is not a week; write five or seven lengths, Monday first: 8,8,8,8,8");
    let mut week = [Minutes::ZERO; 7];
    let parts: Vec<&str> = text.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
    // Six would leave open which day is meant.
    if parts.len() != 5 && parts.len() != 7 {
        return Err(wrong());
    }
    for (slot, part) in week.iter_mut().zip(parts) {
        *slot = parse_duration(part, day).map_err(|_| wrong())?;
        if *slot > Minutes::hours(24) {
            return Err(wrong());
        }
    }
    Ok(week)
}

impl Datum for WeekPattern {
    const KIND: FieldKind = FieldKind::Week;

    fn first(_: NaiveDate) -> Self {
        [8, 8, 8, 8, 8, 0, 0].map(Minutes::hours)
    }

    fn shown(&self) -> String {
        week_text(self)
    }

    fn read(text: &str, context: &ParseContext) -> Result<Self, String> {
        parse_week(text, context.day)
    }
}

/// The part of somebody's time that is planned, in per cent; typed as `0.8`, `80` or `80 %`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor(pub u8);

impl Datum for Factor {
    const KIND: FieldKind = FieldKind::Factor;

    fn first(_: NaiveDate) -> Self {
        Self(80)
    }

    fn shown(&self) -> String {
        // All of the time would come out as `0.100`.
        format!("0.{:02}", self.0).replace("0.100", "1")
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not between 0.01 and 1");
        let number: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| wrong())?;
        // `1` is all of the time, `1 %` a hundredth of it.
        let percent = if number > 1.0 || text.contains('%') { number } else { number * 100.0 };
        (1..=100u8).find(|whole| (f64::from(*whole) - percent).abs() < 0.5).map(Self).ok_or_else(wrong)
    }
}

form! {
    /// What a form asks of a person. Their hours are kept as contracts, of which it shows the one that holds.
    PersonForm {
        /// The full name.
        name: String = "name" => field("Name").needed(),
        /// Short name after @.
        handle: String = "handle" => field("Handle")
            .hint("one short word to type after @; empty is the first name"),
        /// design, copy, motion and the like.
        discipline: String = "discipline" => field("Discipline").hint("design, copy, motion, production …"),
        /// Hours by weekday, Monday first.
        week: Option<WeekPattern> = "hours" => field("Hours Mo–Su").hint("8 8 8 8 8, or seven with the weekend"),
        /// The day from which the hours hold.
        from: Option<NaiveDate> = "from" => field("Hours from")
            .hint("the day from which these hours hold; empty is today"),
        /// The planning factor.
        factor: Factor = "factor" => field("Planned part").hint("0.8 plans four fifths of the time"),
        /// First working day, if known.
        first: Option<NaiveDate> = "first" => field("First day"),
        /// Last working day, if known.
        last: Option<NaiveDate> = "last" => field("Last day")
            .hint("who leaves stays in the past and is not planned after it"),
        /// E-mail, by which imports know them.
        email: String = "email" => field("E-mail").hint("imports recognise people by it"),
        /// A placeholder for demand that nobody holds yet.
        is_role: bool = "role" => field("Placeholder")
            .hint("yes: a role that stands for somebody not yet found"),
    }
}

impl PersonForm {
    /// Somebody who is there, with the hours that hold on a day.
    pub fn of(person: &Person, today: NaiveDate) -> Self {
        // Before the first contract begins the form shows that one, as its hours hold before it, too.
        let contract = person.contract_on(today);
        Self {
            name: person.name.clone(),
            handle: person.handle.clone(),
            discipline: person.discipline.clone(),
            week: contract.map(|contract| contract.week),
            from: None,
            factor: Factor(person.factor_percent),
            first: person.first_day,
            last: person.last_day,
            email: person.email.clone(),
            is_role: person.is_role,
        }
    }

    /// Somebody new, with so much time a day and so much of it planned.
    pub fn new(day: Minutes, factor: Factor, is_role: bool) -> Self {
        let free = Minutes::ZERO;
        Self {
            name: String::new(),
            handle: String::new(),
            discipline: String::new(),
            week: Some([day, day, day, day, day, free, free]),
            from: None,
            factor,
            first: None,
            last: None,
            email: String::new(),
            is_role,
        }
    }
}

fn days_fault(from: NaiveDate, to: NaiveDate) -> Option<String> {
    (to < from).then(|| format!("it ends on {to}, before it begins on {from}"))
}

record! {
    /// Time that one person is away.
    #[derive(Eq)]
    Absence = Absence, AbsenceId {
        const NEW: &'static str = "Somebody is away";
        const ORDER: &'static str = "from_day, id";

        /// Who is away.
        person: PersonId = "who" in "person_id" => field("Who").needed(),
        /// First day of it.
        from: NaiveDate = "from" in "from_day" => field("First day").needed(),
        /// Last day, included.
        to: NaiveDate = "to" in "to_day" => field("Last day").hint("empty is the first day alone"),
        /// Time away on each day; without it, the whole day.
        per_day: Option<Minutes> = "hours" => field("Hours a day").hint("empty is the whole day"),
        /// Not approved yet: shown, but takes nothing from capacity.
        is_tentative: bool = "tentative" => field("Not yet sure")
            .hint("yes: shown, and takes nothing from the time there is"),
        /// Leave, training and the like, in free words.
        note: String = "note" => field("Note").hint("leave, training, school …"),
        /// Which source brought it, and what that said of its days; empty where it was typed.
        brought: String = "brought" => field("Brought by").internal().words(false),
    }
}

impl Absence {
    /// `Mon 7–Tue 8 Dec, 3h a day, not yet sure`
    pub fn described(&self) -> String {
        let hours = self.per_day.map_or_else(String::new, |minutes| format!(", {minutes} a day"));
        let tentative = if self.is_tentative { ", not yet sure" } else { "" };
        format!("{}{hours}{tentative}", day::day_range(self.from, self.to))
    }

    fn wrong(&self) -> Option<String> {
        if self.person.0 == 0 {
            return Some("an absence needs somebody who is away".to_owned());
        }
        days_fault(self.from, self.to)
    }
}

fields_of! {
    Holiday = Holiday, HolidayId {
        const NEW: &'static str = "A day off for everybody";
        const ORDER: &'static str = "from_day, id";

        /// What it is called.
        name: String = "name" => field("Name").needed(),
        /// First day of it.
        from: NaiveDate = "from" in "from_day" => field("First day").needed(),
        /// Last day, included.
        to: NaiveDate = "to" in "to_day" => field("Last day").hint("empty is the first day alone"),
        /// Which source brought it, and what that said of its days; empty where it was typed.
        brought: String = "brought" => field("Brought by").internal().words(false),
    }
}

impl Holiday {
    fn wrong(&self) -> Option<String> {
        days_fault(self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    #[test]
    fn parts_of_the_time_as_people_write_them() {
        let factor = |text| Factor::read(text, &context()).map(|factor| factor.0);
        for (text, expected) in [("0.8", 80), ("80 %", 80), ("1", 100), ("80", 80)] {
            assert_eq!(factor(text), Ok(expected), "{text}");
        }
        assert!(factor("0").is_err() && factor("200").is_err());
        assert_eq!(
            (Factor(80).shown(), Factor(5).shown(), Factor(100).shown()),
            ("0.80".into(), "0.05".into(), "1".into())
        );
    }

    #[test]
    fn weeks_read_what_they_show() {
        for (typed, shown) in
            [("8 8 8 8 4", "8 8 8 8 4"), ("8,8,8,8,8,4,0", "8 8 8 8 8 4 0"), ("8/8/8/8/8", "8 8 8 8 8")]
        {
            assert_eq!(WeekPattern::read(typed, &context()).unwrap().shown(), shown);
        }
        for wrong in ["8 8 8", "8 8 8 8 25", "much"] {
            assert!(WeekPattern::read(wrong, &context()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hours_are_those_of_the_contract_that_holds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let contract =
            |from: &str, hours: i64| Contract { from: day(from), week: [Minutes::hours(hours); 7] };
        let mut ana = Person::called(1, "ana", "Ana");
        assert_eq!(
            (ana.contract_on(day("2026-11-23")), ana.week_told(day("2026-11-23")).as_str()),
            (None, "8 8 8 8 8")
        );
        let role = Person { is_role: true, ..ana.clone() };
        assert_eq!(role.week_told(day("2026-11-23")), "none yet");
        ana.contracts = vec![contract("2026-01-01", 8), contract("2027-03-01", 6)];
        let hours = |on: &str| ana.contract_on(day(on)).map(|contract| contract.week[0]);
        assert_eq!(hours("2026-11-23"), Some(Minutes::hours(8)));
        assert_eq!(hours("2027-03-01"), Some(Minutes::hours(6)));
        assert_eq!(hours("2025-01-01"), Some(Minutes::hours(8)), "the first also holds before its day");
    }
}
