//! Work that is about to be given or changed, as the load shows it before anything is decided: the days as they would be.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ids::PersonId;
use crate::domain::load::{Cell, LoadGrid, LoadRow};
use crate::domain::minutes::Minutes;
use crate::plain;

/// The rows of the load that would be others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// What is added to whom, in the rule of the load.
    pub title: String,
    /// In the order of the load; the first is brought into sight.
    pub rows: Vec<GhostRow>,
}

/// Somebody's days as they would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GhostRow {
    pub person: PersonId,
    /// How much it adds and until when, in the words of the row, the fullest first; where it has none, the words are those
    /// of `after`.
    pub words: Vec<String>,
    /// The whole row as it would be, where that is known.
    pub after: Option<LoadRow>,
    /// The days by their dates, and what is added on each.
    days: BTreeMap<NaiveDate, (Cell, Minutes)>,
}

/// Everything that lies on a day, whatever of it is sure.
fn all(cell: &Cell) -> Minutes {
    cell.confirmed + cell.tentative + cell.unknown
}

impl Ghost {
    /// The rows that differ between the load as it is and as it would be; `None` where none does.
    pub fn between(before: &LoadGrid, after: &LoadGrid, name: impl Fn(PersonId) -> String) -> Option<Self> {
        // What nobody holds has a row as well, which is another one once some of it is given away.
        let rows = before.rows.iter().chain(&before.nobody);
        let rows: Vec<GhostRow> = rows
            .filter_map(|old| {
                let new = after.rows.iter().chain(&after.nobody).find(|new| new.person == old.person);
                // A row that is gone holds nothing any more.
                let new = new.map_or_else(|| emptied(old), Clone::clone);
                let row = GhostRow::new(old.person, (&old.cells, &new.cells));
                (new != *old).then_some(GhostRow { after: Some(new), ..row })
            })
            .collect();
        (!rows.is_empty()).then(|| Self { title: title(&rows, name), rows })
    }

    /// What would change of somebody's row.
    pub fn of(&self, person: Option<PersonId>) -> Option<&GhostRow> {
        self.rows.iter().find(|row| Some(row.person) == person)
    }
}

/// `if so: ana +4h, bo −2h; fin moves`
fn title(rows: &[GhostRow], name: impl Fn(PersonId) -> String) -> String {
    let (mut sums, mut moved) = (Vec::new(), Vec::new());
    for row in rows {
        let (name, sum) = (name(row.person), row.days.values().map(|(_, added)| *added).sum::<Minutes>());
        match sum.0 {
            // As many hours as before: what differs are the days on which they lie.
            0 => moved.push(name),
            ..0 => sums.push(format!("{name} −{}", Minutes(-sum.0))),
            _ => sums.push(format!("{name} +{sum}")),
        }
    }
    let verb = if moved.len() == 1 { "moves" } else { "move" };
    let moved = (!moved.is_empty()).then(|| format!("{} {verb}", moved.join(", ")));
    let sums = (!sums.is_empty()).then(|| sums.join(", "));
    format!("if so: {}", sums.into_iter().chain(moved).collect::<Vec<_>>().join("; "))
}

fn emptied(row: &LoadRow) -> LoadRow {
    let mut row = row.clone();
    for cell in &mut row.cells {
        (cell.confirmed, cell.tentative, cell.unknown) = (Minutes::ZERO, Minutes::ZERO, Minutes::ZERO);
    }
    row
}

impl GhostRow {
    /// From somebody's days as they are and as they would be.
    pub fn new(person: PersonId, (before, after): (&[Cell], &[Cell])) -> Self {
        // By the whole day and not by the new share alone: what is added pushes other work about.
        let added = |(before, after): (&Cell, &Cell)| (after.date, (*after, all(after) - all(before)));
        let days = before.iter().zip(after).map(added).collect();
        Self { person, words: Vec::new(), after: None, days }
    }

    /// The fullest words that fit, or the shortest.
    pub fn words_in(&self, room: usize) -> &str {
        let fits = |words: &&String| plain::width(words) <= room;
        self.words.iter().find(fits).or(self.words.last()).map_or("", String::as_str)
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

    /// What it adds between two days, or takes off them.
    pub fn added_in(&self, from: NaiveDate, days: i64) -> Minutes {
        let to = crate::domain::day::plus(from, days - 1);
        self.days.range(from..=to).map(|(_, (_, added))| *added).sum()
    }
}
