//! People and roles, and when they can work: dated contracts, absences, holidays.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::difference::{Difference, FieldValue, of_fields};
use super::ids::PersonId;
use super::minutes::Minutes;
use super::record::{fields_of, record};
pub use super::workdays::Holiday;

/// Contracted minutes of one week, Monday first.
pub type WeekPattern = [Minutes; 7];

/// Hours by weekday that hold from a day on, until the next contract begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// First day on which it holds; the earliest contract also holds before its first day.
    pub from: NaiveDate,
    /// Monday to Sunday.
    pub week: WeekPattern,
}

/// Someone who does the work, or a role that stands for someone not yet named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its row.
    pub id: PersonId,
    /// Short name typed after `@`; unique, lower case.
    pub handle: String,
    /// Full name.
    pub name: String,
    /// What they do: design, copy, motion, …
    pub discipline: String,
    /// E-mail, used to recognise people in imports; may be empty.
    pub email: String,
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

impl Person {
    /// In what somebody differs afterwards, fact by fact.
    #[must_use]
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let day = |day: Option<NaiveDate>| day.map_or(FieldValue::Empty, FieldValue::Day);
        // Of several contracts only those are told that came or went.
        let hours = |own: &Self, other: &Self| {
            let news = own.contracts.iter().filter(|contract| !other.contracts.contains(contract));
            let told = |it: &Contract| format!("{} from {}", week_text(&it.week), it.from);
            FieldValue::told(&news.map(told).collect::<Vec<_>>().join(", "))
        };
        let percent = |person: &Self| {
            let factor = person.factor_percent;
            FieldValue::Told(format!("{}.{:02}", factor / 100, factor % 100), format!("{factor} %"))
        };
        of_fields([
            ("handle", FieldValue::told(&self.handle), FieldValue::told(&after.handle)),
            ("name", FieldValue::words(&self.name), FieldValue::words(&after.name)),
            ("discipline", FieldValue::words(&self.discipline), FieldValue::words(&after.discipline)),
            ("email", FieldValue::told(&self.email), FieldValue::told(&after.email)),
            ("hours", hours(self, after), hours(after, self)),
            ("planning_factor", percent(self), percent(after)),
            ("first_day", day(self.first_day), day(after.first_day)),
            ("last_day", day(self.last_day), day(after.last_day)),
            ("role", FieldValue::Truth(self.is_role), FieldValue::Truth(after.is_role)),
        ])
    }
}

/// Hours by weekday as people write them, a free weekend left out: `8 8 8 8 6`.
#[must_use]
pub fn week_text(week: &WeekPattern) -> String {
    let days = if week[5..].iter().all(|minutes| minutes.is_zero()) { 5 } else { 7 };
    let hours = |minutes: &Minutes| minutes.to_string().trim_end_matches('h').to_owned();
    week[..days].iter().map(hours).collect::<Vec<_>>().join(" ")
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
    }
}

impl Absence {
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
    }
}

impl Holiday {
    fn wrong(&self) -> Option<String> {
        days_fault(self.from, self.to)
    }
}
