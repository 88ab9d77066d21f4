//! One grammar for quick add, edit, modify and filter: what a person types becomes plain values, and
//! what was understood can be said back.

pub mod capture;
pub mod complete;
pub mod days;
pub mod duration;
pub mod filter;
pub mod letters;
pub mod line;
pub mod months;
pub mod offer;
pub mod redact;
pub mod rows;
pub mod stray;
pub mod time;
pub mod token;

use std::sync::Arc;

pub use letters::{did_you_mean, fold, has_beginning, holds, is_same_word, name_key, nearest};

use super::view::View;
use super::workdays::WorkCalendar;

/// True for a value as only a filter can have it: compared, from one to another, or one of several.
fn asks_for_several(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_list = letters.windows(3).any(|three| {
        let [before, sign, after] = [three[0], three[1], three[2]];
        // Between digits a comma is a decimal.
        let is_decimal = before.is_ascii_digit() && after.is_ascii_digit();
        sign == ',' && before.is_alphanumeric() && after.is_alphanumeric() && !is_decimal
    });
    is_list || text.starts_with(['<', '>']) || text.contains("..") || text.contains('|')
}

/// What is needed to read days and lengths, and to say how far away a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseContext {
    /// The day that the lead has, which words such as `fri` count from.
    pub today: chrono::NaiveDate,
    /// Working time of a day, as `2d` counts it.
    pub day: super::minutes::Minutes,
    /// Which days are working days; shared, because every typed line carries it along.
    pub calendar: Arc<WorkCalendar>,
    /// The saved views that a filter can name.
    pub views: Arc<Vec<View>>,
    /// In which language and order the lead writes days.
    pub days: days::DayHabits,
    /// The lead's own names: who `me` is.
    pub own_names: Arc<Vec<String>>,
    /// The handles of the team, folded: `@ana` is Ana and nobody who begins so.
    pub handles: Arc<Vec<String>>,
}

impl ParseContext {
    /// One without views and names of the lead.
    pub fn new(today: chrono::NaiveDate, day: super::minutes::Minutes, calendar: Arc<WorkCalendar>) -> Self {
        Self {
            today,
            day,
            calendar,
            views: Arc::default(),
            days: days::DayHabits::default(),
            own_names: Arc::default(),
            handles: Arc::default(),
        }
    }
}

#[cfg(test)]
impl ParseContext {
    /// Monday 23 November 2026 with days of eight hours and no holidays: most tests read their texts on it.
    pub fn monday() -> Self {
        let day = super::minutes::Minutes::hours(8);
        Self::new("2026-11-23".parse().unwrap(), day, Arc::default())
    }
}
