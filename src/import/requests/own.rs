//! What only an export of our own says: what was decided here, and what happened to it. Other tools have columns of the
//! same names that mean something else, so these are read for no other preset.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::super::squeeze;
use super::super::table::SourceRow;
use crate::domain::request::Request;

/// The preset of our own export.
const NAME: &str = "tablesetter";
/// Its columns that are read here, squeezed.
const COLUMNS: [&str; 10] = [
    "tier",
    "value",
    "timecriticality",
    "risk",
    "rounds",
    "firstagreed",
    "duemoves",
    "began",
    "ready",
    "others",
];

/// Where these columns stand in a file.
pub(super) struct OwnColumns(HashMap<&'static str, usize>);

impl OwnColumns {
    /// Nothing for a file of another tool.
    pub(super) fn of(preset: &str, headers: &[String]) -> Option<Self> {
        let place = |name: &'static str| {
            headers.iter().position(|header| squeeze(header) == name).map(|at| (name, at))
        };
        (preset == NAME).then(|| Self(COLUMNS.into_iter().filter_map(place).collect()))
    }

    /// True for a column that is read here.
    pub(super) fn holds(&self, header: &str) -> bool {
        self.0.contains_key(squeeze(header).as_str())
    }

    fn cell<'r>(&self, row: &'r SourceRow, name: &str) -> &'r str {
        self.0.get(name).and_then(|at| row.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// Takes over what was decided.
    pub(super) fn fill(&self, request: &mut Request, row: &SourceRow) {
        let number = |name: &str| self.cell(row, name).parse::<u8>().ok();
        let count = |name: &str| self.cell(row, name).parse::<u32>().unwrap_or(0);
        let instant = |name: &str| {
            DateTime::parse_from_rfc3339(self.cell(row, name)).ok().map(|at| at.with_timezone(&Utc))
        };
        request.tier = self.cell(row, "tier").parse().ok();
        request.value = number("value");
        request.time_criticality = number("timecriticality");
        request.risk = number("risk");
        request.rounds = count("rounds");
        request.due_moves = count("duemoves");
        let agreed = self.cell(row, "firstagreed").parse::<NaiveDate>().ok();
        request.first_agreed_due = agreed.or(request.first_agreed_due);
        request.started = instant("began").or(request.started);
        request.ready = instant("ready").or(request.ready);
    }

    /// Everybody who holds it, the first among them in a column of its own.
    pub(super) fn holders(&self, first: Option<String>, row: &SourceRow) -> Option<String> {
        let others = self.cell(row, "others");
        if others.is_empty() {
            first
        } else {
            first.map(|first| format!("{first}; {}", others.replace(',', ";")))
        }
    }
}
