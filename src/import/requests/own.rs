//! What only an export of our own says: what was decided here, and what happened to it. Other tools have columns of the
//! same names that mean something else, so these are read for no other preset.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::super::dates::{self, DateReading};
use super::super::table::SourceRow;
use super::super::{Problem, numbers, squeeze};
use super::FileContext;
use super::said::is_no;
use crate::domain::request::{Blocked, Request};

/// The preset of our own export.
const NAME: &str = "tablesetter";
/// Its columns that are read here, squeezed.
const COLUMNS: [&str; 13] = [
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
    "blocked",
    "blockedsince",
    "stagesince",
];

/// Where these columns stand in a file.
pub(super) struct OwnColumns(HashMap<&'static str, (usize, String)>);

impl OwnColumns {
    /// Nothing for a file of another tool.
    pub(super) fn of(preset: &str, headers: &[String]) -> Option<Self> {
        let place = |name: &'static str| {
            let at = headers.iter().position(|header| squeeze(header) == name)?;
            Some((name, (at, headers[at].clone())))
        };
        (preset == NAME).then(|| Self(COLUMNS.into_iter().filter_map(place).collect()))
    }

    /// True for a column that is read here.
    pub(super) fn holds(&self, header: &str) -> bool {
        self.0.contains_key(squeeze(header).as_str())
    }

    fn cell<'r>(&self, row: &'r SourceRow, name: &str) -> &'r str {
        self.0.get(name).and_then(|(at, _)| row.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// Takes over what was decided; gives what cannot be read.
    pub(super) fn fill(
        &self,
        request: &mut Request,
        row: &SourceRow,
        context: &FileContext<'_>,
    ) -> Vec<Problem> {
        let dates = context.dates;
        let mut problems = Vec::new();
        let mut wrong = |name: &str, message: &str| {
            let value = self.cell(row, name).to_owned();
            problems.push(Problem { column: self.header(name), value, message: message.to_owned() });
        };
        for (name, field) in [
            ("value", &mut request.value),
            ("timecriticality", &mut request.time_criticality),
            ("risk", &mut request.risk),
        ] {
            *field = self.count(row, name).and_then(|number| u8::try_from(number).ok());
            if field.is_none() && !self.cell(row, name).is_empty() {
                wrong(name, "not a score; left out");
            }
        }
        for (name, field) in [("rounds", &mut request.rounds), ("duemoves", &mut request.due_moves)] {
            let count = self.count(row, name);
            if count.is_none() && !self.cell(row, name).is_empty() {
                wrong(name, "not a count; left out");
            }
            *field = count.unwrap_or(0);
        }
        request.tier = self.cell(row, "tier").parse().ok();
        if request.tier.is_none() && !self.cell(row, "tier").is_empty() {
            wrong("tier", "not a tier; left out");
        }
        // A spreadsheet that saves the file writes days in its own way.
        match dates::read(self.cell(row, "firstagreed"), dates) {
            DateReading::When(when) => request.first_agreed_due = Some(when.local.date()),
            DateReading::Empty | DateReading::Vague => {}
            DateReading::TwoDays => {
                wrong("firstagreed", "could be two days; --day-first or --month-first says which");
            }
            DateReading::Unreadable => wrong("firstagreed", "not a day that can be read; left out"),
        }
        // Nothing here says when work began that came in under way and was not taken up: so it stays.
        if self.0.contains_key("began") {
            request.started = None;
        }
        for name in ["began", "ready", "stagesince"] {
            let said = self.cell(row, name);
            let instant = DateTime::parse_from_rfc3339(said).ok().map(|at| at.with_timezone(&Utc));
            match (instant, name) {
                (Some(at), "began") => request.started = Some(at),
                (Some(at), "ready") => request.ready = Some(at),
                (Some(at), _) => request.stage_since = at,
                (None, _) if said.is_empty() => {}
                (None, _) => wrong(name, "not a time that can be read; left out"),
            }
        }
        problems.extend(self.fill_blocked(request, row, context));
        problems
    }

    /// Since when it is blocked, and that it is even where it is closed: such a row says what the store says.
    fn fill_blocked(
        &self,
        request: &mut Request,
        row: &SourceRow,
        FileContext { dates, clock, .. }: &FileContext<'_>,
    ) -> Option<Problem> {
        let said = self.cell(row, "blocked");
        if request.blocked.is_none() && !is_no(said) {
            let reason = if numbers::is_ticked(said) { "" } else { said };
            // On the lead's clock, as every other day is.
            let since = clock.to_local(request.stage_since).date();
            request.blocked = Some(Blocked { reason: reason.to_owned(), since });
        }
        let (blocked, value) = (request.blocked.as_mut()?, self.cell(row, "blockedsince"));
        match dates::read(value, *dates) {
            DateReading::When(when) => blocked.since = when.local.date(),
            DateReading::Empty => {}
            DateReading::Vague | DateReading::TwoDays | DateReading::Unreadable => {
                let message = "not a day that can be read; left out".to_owned();
                return Some(Problem {
                    column: self.header("blockedsince"),
                    value: value.to_owned(),
                    message,
                });
            }
        }
        None
    }

    fn count(&self, row: &SourceRow, name: &str) -> Option<u32> {
        numbers::count(self.cell(row, name)).ok().flatten()
    }

    /// What the file calls one of them.
    fn header(&self, name: &str) -> String {
        self.0.get(name).map_or_else(String::new, |(_, header)| header.clone())
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
