//! Work that is about to be given to somebody, as the load shows it before anything is decided: the days as they would be.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ids::PersonId;
use crate::domain::load::Cell;
use crate::domain::minutes::Minutes;

/// Somebody's days with a piece of work added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    pub person: PersonId,
    /// What is added to whom, in the rule of the load.
    pub title: String,
    /// How much it adds and until when, in the words of the row.
    pub words: String,
    /// The days by their dates, and what is added on each.
    days: BTreeMap<NaiveDate, (Cell, Minutes)>,
}

/// Everything that lies on a day, whatever of it is sure.
fn all(cell: &Cell) -> Minutes {
    cell.confirmed + cell.tentative + cell.unknown
}

impl Ghost {
    /// From somebody's days without it and with it.
    pub fn new(person: PersonId, title: String, (before, after): (&[Cell], &[Cell])) -> Self {
        // By the whole day and not by the new share alone: what is added pushes other work about.
        let added = |(before, after): (&Cell, &Cell)| (after.date, (*after, all(after) - all(before)));
        let days = before.iter().zip(after).map(added).collect();
        Self { person, title, words: String::new(), days }
    }

    /// How much it adds in all.
    pub fn added(&self) -> Minutes {
        self.days.values().map(|(_, added)| added.at_least_zero()).sum()
    }

    /// The last day on which it adds something.
    pub fn last(&self) -> Option<NaiveDate> {
        self.days.iter().rev().find(|(_, (_, added))| added.is_positive()).map(|(date, _)| *date)
    }

    /// A day as it would be; as it is where nothing is known of it.
    pub fn day(&self, cell: &Cell) -> Cell {
        self.days.get(&cell.date).map_or(*cell, |(after, _)| *after)
    }

    /// What it adds between two days.
    pub fn added_in(&self, from: NaiveDate, days: i64) -> Minutes {
        let to = crate::domain::day::plus(from, days - 1);
        self.days.range(from..=to).map(|(_, (_, added))| *added).sum()
    }
}
