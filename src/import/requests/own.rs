//! What only an export of our own says: what was decided here, and what happened to it. Other tools have columns of the
//! same names that mean something else, so these are read for no other preset.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::dates::{self, DateHints, DateReading};
use super::super::table::SourceRow;
use super::super::{Problem, numbers, squeeze};
use super::FileContext;
use super::said::is_no;
use crate::domain::request::{Blocked, Request};
use crate::domain::score::SCALE;
use crate::domain::stage::Stage;

/// The preset of our own export.
const NAME: &str = "tablesetter";
/// Its columns that are read here, squeezed.
const COLUMNS: [&str; 17] = [
    "key",
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
    "asof",
    "stage",
    "delivered",
];

/// What only an export of our own says, as it is compared with what stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnField {
    Tier,
    Value,
    TimeCriticality,
    Risk,
    Rounds,
    FirstAgreed,
    DueMoves,
    Began,
    Ready,
    BlockedSince,
    StageSince,
}

/// The column of each.
const FIELDS: [(OwnField, &str); 11] = [
    (OwnField::Tier, "tier"),
    (OwnField::Value, "value"),
    (OwnField::TimeCriticality, "timecriticality"),
    (OwnField::Risk, "risk"),
    (OwnField::Rounds, "rounds"),
    (OwnField::FirstAgreed, "firstagreed"),
    (OwnField::DueMoves, "duemoves"),
    (OwnField::Began, "began"),
    (OwnField::Ready, "ready"),
    (OwnField::BlockedSince, "blockedsince"),
    (OwnField::StageSince, "stagesince"),
];

/// After which operation of its store a row was exported, and when that was: what differs from what stood there then was
/// changed in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportMark {
    pub at: DateTime<Utc>,
    pub operation: i64,
}

impl ExportMark {
    /// As it stands in a cell; no day alone, which spreadsheets write in their own way.
    pub fn cell(at: &str, operation: i64) -> String {
        format!("change {operation} of {at}")
    }

    fn read(cell: &str) -> Option<Self> {
        let (operation, at) = cell.strip_prefix("change ")?.split_once(" of ")?;
        let at = DateTime::parse_from_rfc3339(at.trim()).ok()?.with_timezone(&Utc);
        Some(Self { at, operation: operation.trim().parse().ok()? })
    }
}

/// Said of every file of ours.
pub(super) const UNTAKEN: &str = "Score, Readiness and At risk are worked out here from the other columns, and Came from \
    is the past of a row: what is changed in these four is not taken";

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

    /// True of a row that was exported, and not written below the others since.
    pub(super) fn has_key(&self, row: &SourceRow) -> bool {
        !self.cell(row, "key").is_empty()
    }

    /// When the row was exported, if it says so.
    pub(super) fn exported(&self, row: &SourceRow) -> Option<ExportMark> {
        ExportMark::read(self.cell(row, "asof"))
    }

    /// What the row has of these and could be read: a row that ends before a column says nothing of it.
    pub(super) fn given(&self, row: &SourceRow, problems: &[Problem]) -> Vec<OwnField> {
        let is_read = |name: &str| {
            let place = self.0.get(name).filter(|(at, _)| *at < row.cells.len());
            place.is_some_and(|(_, header)| problems.iter().all(|problem| problem.column != *header))
        };
        FIELDS.iter().filter(|(_, name)| is_read(name)).map(|(field, _)| *field).collect()
    }

    /// Takes over what was decided; gives what cannot be read.
    pub(super) fn fill(
        &self,
        request: &mut Request,
        row: &SourceRow,
        context: &FileContext<'_>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut wrong = |name: &str, message: &str| {
            let value = self.cell(row, name).to_owned();
            problems.push(Problem { column: self.header(name), value, message: message.to_owned() });
        };
        self.fill_numbers(request, row, &mut wrong);
        self.fill_days(request, row, context.dates, &mut wrong);
        // A day of delivery is believed before the stage; here both are ours, and only one of them was changed.
        let is_open = self.cell(row, "stage").parse().is_ok_and(Stage::is_open);
        if is_open && request.stage == Stage::Delivered {
            let message =
                "its column Delivered has a day, so it is delivered; empty that cell too to open it again";
            wrong("stage", message);
        }
        problems.extend(self.fill_blocked(request, row, context));
        problems
    }

    fn fill_numbers(&self, request: &mut Request, row: &SourceRow, wrong: &mut dyn FnMut(&str, &str)) {
        for (name, field) in [
            ("value", &mut request.value),
            ("timecriticality", &mut request.time_criticality),
            ("risk", &mut request.risk),
        ] {
            let score = self.count(row, name).and_then(|number| u8::try_from(number).ok());
            *field = score.filter(|score| SCALE.contains(score));
            if field.is_none() && !self.cell(row, name).is_empty() {
                wrong(name, "not a score, which is 1, 2, 3, 5, 8, 13 or 20; left out");
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
    }

    fn fill_days(
        &self,
        request: &mut Request,
        row: &SourceRow,
        dates: DateHints,
        wrong: &mut dyn FnMut(&str, &str),
    ) {
        // A spreadsheet that saves the file writes days in its own way.
        match dates::read(self.cell(row, "firstagreed"), dates) {
            DateReading::When(when) => request.first_agreed_due = Some(when.local.date()),
            // Said to be none, it is none, whatever follows from a stage that other tools have.
            DateReading::Empty if self.0.contains_key("firstagreed") => request.first_agreed_due = None,
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
                (None, "stagesince") if said.is_empty() && self.has_key(row) && self.0.contains_key(name) => {
                    wrong(name, "no time; the one that stands here stays");
                }
                (None, _) if said.is_empty() => {}
                (None, _) => wrong(name, "not a time that can be read; left out"),
            }
        }
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
