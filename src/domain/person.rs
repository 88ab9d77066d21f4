//! People and roles, and when they can work: dated contracts, absences, holidays.

mod difference;
mod hours;
mod own_note;
mod said;
mod week_words;

use crate::domain::bounds;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day;
use super::ids::PersonId;
use super::minutes::Minutes;
use super::record::{
    Datum, FieldKind, FieldSpec, Fields, Stored, StoredValue, fields_of, form, joined, record, row,
};
use super::words::duration::parse_duration;
use super::words::{ParseContext, fold};
pub use super::workdays::Holiday;
pub use hours::STANDARD_WEEK;
pub use said::said_key;
pub use week_words::week_words;

/// Contracted minutes of one week, Monday first.
pub type WeekPattern = [Minutes; 7];

/// Hours by weekday that hold from a day on, until the next contract begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// First day on which it holds; the earliest contract also holds before its first day.
    pub from: NaiveDate,
    pub week: WeekPattern,
}

row! {
    /// Someone who does the work, or a role that stands for someone not yet named.
    #[derive(Eq, Serialize, Deserialize)]
    Person = PersonId {
        /// Short name after @.
        handle: String = "handle" => field("Handle")
            .value("HANDLE")
            .words(false)
            .hint("one short word to type after @; empty is the first name"),
        /// What they are called.
        name: String = "name" => field("Name").needed().argument("NAME"),
        /// design, copy, motion …
        discipline: String = "discipline" => field("Discipline")
            .value("DISCIPLINE")
            .hint("design, copy, motion, production …"),
        /// E-mail.
        email: String = "email" => field("E-mail").value("EMAIL").hint("imports recognise people by it"),
        /// Names and addresses that they were known by before, parted by semicolons.
        also: String = "also" => field("Also called").option_only().value("NAMES"),
        /// Names and addresses of others that come near theirs, parted by semicolons.
        told_apart: String = "told-apart" => field("Told apart from").option_only().value("NAMES"),
        /// A placeholder for demand that nobody holds yet.
        is_role: bool = "role" => field("Placeholder")
            .flag()
            .hint("yes: a role that stands for somebody not yet found"),
        /// Which part of the hours is planned, 0.01 to 1: 0.8 is four fifths.
        factor: Factor = "factor" in "factor_percent" => field("Planned part")
            .value("FACTOR")
            .json("planning_factor")
            .hint("0.8 plans four fifths of the time"),
        /// First working day, if known.
        first_day: Option<NaiveDate> = "first" => field("First day").form_only().json("from"),
        /// Last day.
        last_day: Option<NaiveDate> = "to" => field("Last day")
            .hint("who leaves stays in the past and is not planned after it"),
        /// What sources said of them when they were read last.
        seen: String = "seen" => field("Said by sources").internal().words(false),
    }
    others {
        /// Dated weekly patterns in any order; without any, Monday to Friday at 8 hours.
        contracts: Vec<Contract>,
    }
}

#[cfg(test)]
impl Person {
    /// Somebody of whom nothing else is told.
    pub fn called(number: i64, handle: &str, name: &str) -> Self {
        let (handle, name) = (handle.to_owned(), name.to_owned());
        Self { id: PersonId(number), handle, name, ..super::record::TableRow::blank(NaiveDate::default()) }
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

impl Person {
    /// Their last day is over.
    pub fn has_left(&self, today: NaiveDate) -> bool {
        self.last_day.is_some_and(|last| last < today)
    }
}

/// Reads hours by weekday as people write them: five or seven lengths, Monday first, parted by commas, spaces or
/// strokes. `day` is what a day has where a length is said in days.
///
/// # Errors
/// A sentence when there are not five or seven lengths of at most a day.
pub fn parse_week(text: &str, day: Minutes) -> Result<WeekPattern, String> {
    let wrong = || {
        format!(
            "`{}` is not a week; write five or seven lengths, Monday first: 8,8,8,8,8",
            bounds::named(text)
        )
    };
    let mut week = [Minutes::ZERO; 7];
    let is_whole = |parts: &[&str]| parts.len() == 5 || parts.len() == 7;
    let filled = |part: &&str| !part.is_empty();
    // A comma within a length that a blank or a stroke ends is a decimal one: `7,5 7,5 8 8 8`.
    let by_blanks = text.split([' ', '/', ';']).map(|part| part.trim_end_matches(',')).filter(filled);
    let mut parts: Vec<&str> = by_blanks.collect();
    if !is_whole(&parts) {
        parts = text.split([',', ' ', '/', ';']).filter(filled).collect();
    }
    // Six would leave open which day is meant.
    if !is_whole(&parts) {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
        let wrong = || format!("`{}` is not between 0.01 and 1", bounds::named(text));
        let number: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| wrong())?;
        // `1.2` and `8` are more likely a slip for 0.2 and 0.8 than so few per cent.
        let is_slip = number > 1.0 && number < 10.0 && !text.contains('%');
        if is_slip {
            return Err(wrong());
        }
        // `1` is all of the time, `1 %` a hundredth of it.
        let percent = if number > 1.0 || text.contains('%') { number } else { number * 100.0 };
        // Half a per cent goes up, as everywhere.
        let is_near = |whole: &u8| (-0.5..0.5).contains(&(percent - f64::from(*whole)));
        (1..=100u8).find(is_near).map(Self).ok_or_else(wrong)
    }
}

impl Stored for Factor {
    fn stored(&self) -> StoredValue {
        StoredValue::Int(self.0.into())
    }

    fn from_stored(value: StoredValue) -> Result<Self, String> {
        i64::from_stored(value)
            .and_then(|percent| u8::try_from(percent).map_err(|error| error.to_string()))
            .map(Self)
    }
}

form! {
    /// Hours of somebody, which are kept as contracts.
    HoursForm {
        /// Hours by weekday, Monday first: 8,8,8,8,8.
        week: Option<WeekPattern> = "hours" => field("Hours Mo–Su")
            .value("8,8,8,8,8")
            .hint("8 8 8 8 8, or seven with the weekend"),
        /// From which day.
        from: Option<NaiveDate> = "from" => field("Hours from")
            .hint("the day from which these hours hold; empty is today"),
    }
}

/// What a form asks of a person: what is told of them, and the hours that hold.
#[derive(Debug, Clone)]
pub struct PersonForm {
    pub person: Person,
    pub hours: HoursForm,
}

impl Fields for PersonForm {
    const FIELDS: &'static [FieldSpec] =
        &joined::<{ Person::FIELDS.len() + HoursForm::FIELDS.len() }>(Person::FIELDS, HoursForm::FIELDS);

    fn get(&self, field: &str) -> String {
        // What one of them does not have is empty there.
        self.person.get(field) + &self.hours.get(field)
    }

    fn set(&mut self, field: &str, typed: &str, context: &ParseContext) -> Result<(), String> {
        if HoursForm::FIELDS.iter().any(|own| own.name == field) {
            self.hours.set(field, typed, context)
        } else {
            self.person.set(field, typed, context)
        }
    }
}

impl PersonForm {
    /// The order of its fields on the screen; any other follows.
    pub const ORDER: [&str; 10] =
        ["name", "handle", "discipline", "hours", "from", "factor", "first", "to", "email", "role"];

    /// Somebody of whom no hours are said.
    pub const fn unsaid(person: Person) -> Self {
        Self { person, hours: HoursForm { week: None, from: None } }
    }

    /// Somebody with the hours that hold on a day; before the first contract begins those of it, as they hold then, too.
    pub fn of(person: Person, day: NaiveDate) -> Self {
        let week = person.contract_on(day).map(|contract| contract.week);
        Self { person, hours: HoursForm { week, from: None } }
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

        /// Who is away, by handle.
        person: PersonId = "who" in "person_id" => field("Who").needed().argument("HANDLE").json("person"),
        /// First day.
        from: NaiveDate = "from" in "from_day" => field("First day").needed(),
        /// Last day; without it, the first day alone.
        to: NaiveDate = "to" in "to_day" => field("Last day").hint("empty is the first day alone"),
        /// Hours a day; without it, whole days.
        per_day: Option<Minutes> = "hours" => field("Hours a day").json("per_day_minutes").hint("empty is the whole day"),
        /// Not approved yet: shown, but takes nothing from the time there is.
        is_tentative: bool = "tentative" => field("Not yet sure")
            .flag()
            .hint("yes: shown, and takes nothing from the time there is"),
        /// What for: leave, training and the like.
        note: String = "note" => field("Note").value("NOTE").hint("leave, training, school …"),
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
        name: String = "name" => field("Name").needed().argument("NAME"),
        /// The day, or the first one.
        from: NaiveDate = "from" in "from_day" => field("First day").needed().option("on"),
        /// Last day; without it, one day.
        to: NaiveDate = "to" in "to_day" => field("Last day").hint("empty is the first day alone"),
        /// Which source brought it, and what that said of its days; empty where it was typed.
        brought: String = "brought" => field("Brought by").internal().words(false),
    }
}

impl Holiday {
    fn wrong(&self) -> Option<String> {
        if self.name.trim().is_empty() {
            return Some("a holiday needs a name".to_owned());
        }
        days_fault(self.from, self.to)
    }
}

#[cfg(test)]
mod tests;
