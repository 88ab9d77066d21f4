//! Rows of a table that are no requests: sums, the header once more, a second table below the first, what a tool writes
//! under its export. They are left out and told.

use std::collections::HashSet;

use super::super::dates::{self, DateHints, DateOrder, DateReading};
use super::super::field::Field;
use super::super::numbers::{self, Unit};
use super::super::preset::{Preset, Presets, RowKinds};
use super::super::sums::{is_rule, is_sum, is_sum_of_part};
use super::super::table::{SourceRow, Table};
use super::super::{Skipped, fold, squeeze};
use crate::domain::bounds;

/// How a line begins that a tool writes below or above its table.
const FOOTERS: [&str; 26] = [
    "exported ",
    "export date",
    "generated ",
    "report generated",
    "printed ",
    "created by ",
    "downloaded ",
    "page 1 of",
    "exportiert ",
    "erstellt am",
    "exporté ",
    "source: ",
    "prepared by ",
    "prepared for ",
    "produced by ",
    "printed on ",
    "last updated",
    "last refreshed",
    "as of ",
    "erstellt von ",
    "gedruckt am ",
    "stand: ",
    "préparé par ",
    "imprimé le ",
    "generado ",
    "gegenereerd ",
];
/// A heading has no more letters than this.
const HEADING: usize = 40;

/// Takes the rows that are no requests out of a table.
pub(super) fn take_out(
    table: &mut Table,
    fields: &[Option<Field>],
    preset: &Preset,
    presets: &Presets,
) -> Vec<Skipped> {
    let sieve = Sieve::new(table, fields, preset, presets);
    let (mut kept, mut skipped) = (Vec::with_capacity(table.rows.len()), Vec::new());
    let mut other_table: Option<(usize, String)> = None;
    let mut last = table.header_row;
    for row in std::mem::take(&mut table.rows) {
        // A second table is set apart by a blank line; names right below a row are cells of another one.
        let is_after_blank = table.blank.iter().any(|blank| (last..row.row).contains(blank));
        last = row.row;
        if sieve.is_header_again(&row) {
            // Below its own header the table goes on.
            other_table = None;
            skipped.push(sieve.skip(&row, "the header once more; left out"));
            continue;
        }
        if is_after_blank && sieve.is_heading(&row) {
            other_table = Some((row.row, headings(&row)));
        }
        let reason = match &other_table {
            Some((line, heads)) => {
                Some(format!("belongs to another table that begins in line {line} ({heads}); left out"))
            }
            None => sieve.no_request(&row),
        };
        match reason {
            Some(reason) => skipped.push(sieve.skip(&row, &reason)),
            None => kept.push(row),
        }
    }
    table.rows = kept;
    skipped
}

fn headings(row: &SourceRow) -> String {
    let filled: Vec<&str> =
        row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(4).collect();
    filled.join(", ")
}

/// What rows are compared with.
struct Sieve<'a> {
    headers: Vec<String>,
    fields: &'a [Option<Field>],
    title: Option<usize>,
    /// Where it stands what each row is, and what that is of requests.
    kinds: Option<(usize, &'a RowKinds)>,
    /// What any preset calls a column, folded.
    known: HashSet<&'a str>,
}

impl<'a> Sieve<'a> {
    fn new(table: &Table, fields: &'a [Option<Field>], preset: &'a Preset, presets: &'a Presets) -> Self {
        let is_kind = |header: &String| !header.is_empty() && squeeze(header) == preset.rows.column;
        let kinds = table.headers.iter().position(is_kind).map(|place| (place, &preset.rows));
        let names = presets.iter().flat_map(|preset| preset.columns.values()).flatten();
        Self {
            headers: table.headers.iter().map(|header| fold(header)).collect(),
            fields,
            title: fields.iter().position(|field| *field == Some(Field::TITLE)),
            kinds,
            known: names.map(String::as_str).collect(),
        }
    }

    fn title_of<'r>(&self, row: &'r SourceRow) -> &'r str {
        self.title.and_then(|index| row.cells.get(index)).map_or("", |cell| cell.trim())
    }

    fn skip(&self, row: &SourceRow, reason: &str) -> Skipped {
        Skipped::new(row.row, self.title_of(row), reason).with(row)
    }

    fn is_header_again(&self, row: &SourceRow) -> bool {
        let filled = self.headers.iter().filter(|header| !header.is_empty()).count();
        let pairs = self.headers.iter().zip(&row.cells);
        let same = pairs.filter(|(header, cell)| !header.is_empty() && fold(cell) == **header).count();
        // A cell or two may say by chance what the header says; most of them have to.
        same >= 2 && same * 10 >= filled * 6
    }

    /// True for cells that are names of columns, where ours would hold days and numbers.
    fn is_heading(&self, row: &SourceRow) -> bool {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).peekable();
        let count = filled.clone().count();
        let is_short = |cell: &str| cell.len() <= HEADING && !cell.contains(|c: char| c.is_ascii_digit());
        let speaks_for_it = |(index, cell): (usize, &String)| {
            self.known.contains(squeeze(cell).as_str()) || self.cannot_be(index, cell)
        };
        count >= 2 && filled.clone().all(|(_, cell)| is_short(cell)) && filled.any(speaks_for_it)
    }

    /// True if a column of days or numbers cannot hold this.
    fn cannot_be(&self, index: usize, cell: &str) -> bool {
        match self.fields.get(index).copied().flatten() {
            Some(field) if field.is_date() => {
                // Any order and any year will do: it is only asked whether this can be a day at all.
                let hints = DateHints {
                    order: Some(DateOrder::DayFirst),
                    near: chrono::NaiveDate::from_ymd_opt(2026, 1, 1),
                };
                dates::read(cell, hints) == DateReading::Unreadable
            }
            Some(Field::Estimate | Field::Left) => numbers::minutes(cell, Unit::Hours).is_err(),
            Some(Field::AssetCount) => numbers::count(cell).is_err(),
            _ => false,
        }
    }

    /// Why a row by itself is no request.
    fn no_request(&self, row: &SourceRow) -> Option<String> {
        let title = fold(self.title_of(row));
        if let Some((place, kinds)) = self.kinds {
            let kind = row.cells.get(place).map_or("", |cell| cell.trim());
            if !kinds.requests.contains(&squeeze(kind)) {
                let what = if kind.is_empty() { "a row of no kind" } else { kind };
                return Some(format!("{}, not a request; left out", bounds::named(what)));
            }
        }
        let others = || {
            let cells = row.cells.iter().enumerate().filter(|(index, _)| Some(*index) != self.title);
            cells.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let filled = || row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        if filled().all(is_rule) {
            return Some("a line between rows, not a request; left out".to_owned());
        }
        // The name of the sum may stand in the column of ids, before a count of what is summed.
        let is_bare = title.is_empty() || title.bytes().all(|byte| byte.is_ascii_digit());
        let named = if is_bare { filled().next().unwrap_or_default() } else { title.as_str() };
        if (is_sum(named) || is_sum_of_part(named)) && others().filter(|cell| *cell != named).all(is_amount) {
            return Some("a row of totals, not a request; left out".to_owned());
        }
        let is_alone = others().next().is_none();
        if is_alone && FOOTERS.iter().any(|word| title.starts_with(word)) {
            return Some("a note of the tool, not a request; left out".to_owned());
        }
        None
    }
}

/// A number with whatever may stand around it.
fn is_amount(cell: &str) -> bool {
    // Room for a unit or a currency: 120 h, 40 EUR.
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    cell.chars().any(|c| c.is_ascii_digit()) && letters <= 4 || letters == 0
}
