//! People and roles, and when they can work: dated contracts, absences, holidays.

use chrono::NaiveDate;

use super::ids::{AbsenceId, HolidayId, PersonId};
use super::minutes::Minutes;

/// Contracted minutes of one week, Monday first.
pub type WeekPattern = [Minutes; 7];

/// Hours by weekday that hold from a day on, until the next contract begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// First day on which it holds; the earliest contract also holds before its first day.
    pub from: NaiveDate,
    /// Monday to Sunday.
    pub week: WeekPattern,
}

/// Someone who does the work, or a role that stands for someone not yet named.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Time that one person is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its row.
    pub id: AbsenceId,
    /// Who is away.
    pub person: PersonId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// Minutes away on each day; `None` is the whole day.
    pub per_day: Option<Minutes>,
    /// Not approved yet: shown, but takes nothing from capacity.
    pub is_tentative: bool,
    /// Holiday, training, …; free words.
    pub note: String,
}

/// A day off for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its row.
    pub id: HolidayId,
    /// What it is called.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
}
