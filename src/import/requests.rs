//! Requests from a table: drafts with their problems, rows left out with their reasons.
//!
//! Two passes, because children may stand before their parents. The tier is never taken from a file.

mod blockers;
mod cells;
pub mod choice;
mod counted;
mod delivery;
mod draft;
mod hard;
mod keys;
mod leftovers;
mod named;
mod own;
mod said;
mod special;
mod surveyed;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

pub use self::{
    blockers::Blocker, delivery::UNKNOWN_STATUS, keys::IN_A_CIRCLE, keys::NOT_IN_FILE, own::ExportMark,
    own::OwnField,
};

use super::columns::{self, Mapping, TableChoice};
use super::contacts::Contacts;
use super::dates::{ColumnOrders, DateHints, DateOrder};
use super::field::Field;
use super::numbers::{Unit, unit_in};
use super::preset::{Preset, Presets};
use super::table::{SourceRow, SourceSheet, Table};
use super::{ImportError, Problem, Skipped, boards, fold, squeeze, wanted_sheets};
use crate::domain::bounds;
use crate::domain::request::{Request, is_made_of_words};
use crate::domain::zone;

/// What the user said about the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOptions {
    /// A preset by name; otherwise the file is recognised.
    pub preset: Option<String>,
    /// Columns and what they fill, as in `--map "COLUMN=field"`.
    pub maps: Vec<(String, String)>,
    /// The sheet of a workbook, by its name or its number; otherwise the one that fits best.
    pub sheet: Option<String>,
    /// Day or month first; otherwise the file settles it.
    pub order: Option<DateOrder>,
    /// Now, for rows that do not say when they came in.
    pub now: DateTime<Utc>,
}

/// What is said of a row that is done on a day which the file does not have.
pub const NO_DAY: &str = "delivered, but the file has no day for it; none is taken";

/// Which request a draft is a part of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ParentRef {
    #[default]
    None,
    /// The one with this external id of the same source, in this file.
    External(String),
    /// What the file says; no row of it is meant, perhaps one imported before.
    Unknown(String),
}

/// One request as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Line in the file, from 1.
    pub row: usize,
    /// The request; id 0, source and external id set, tier and parent open.
    pub request: Request,
    /// Who holds it in the other tool: names, addresses or both, several parted by semicolons or as the tool writes
    /// them.
    pub assignee: Option<String>,
    /// It was put into the archive there.
    pub is_archived: bool,
    /// Whose part it is.
    pub parent: ParentRef,
    /// The day of delivery that it has.
    pub delivery: Option<delivery::DeliveryCell>,
    /// The words of which its due day was made, `end of next week`; none for a day that was written as one.
    pub counted: Option<String>,
    /// Cells to look at.
    pub problems: Vec<Problem>,
    /// Fields that the file has for this row and that could be read; importing again touches only these.
    pub given: Vec<Field>,
    /// What blocks it, one by one: ids and titles of other rows, or words.
    #[serde(default)]
    pub waits: Vec<Blocker>,
    /// Its status says that it is blocked, whatever it waits for.
    #[serde(default)]
    pub is_blocked_by_status: bool,
    /// The same of what only an export of our own says.
    #[serde(default)]
    pub decided: Vec<OwnField>,
    /// When our own export was made in which it stands.
    #[serde(default)]
    pub exported: Option<ExportMark>,
}

impl Draft {
    /// True if its id was made of its words, since the file has none.
    pub fn has_made_id(&self) -> bool {
        is_made_of_words(&self.request.external_id)
    }
}

/// What a file of requests holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestImport {
    /// Name of the preset that was used.
    pub preset: String,
    /// The source recorded with each request.
    pub source: String,
    /// Line of the header, from 1.
    pub header_row: usize,
    pub delimiter: char,
    /// How the bytes were read.
    pub encoding: String,
    /// The requests, in the order of the file; no external id twice.
    pub drafts: Vec<Draft>,
    pub skipped: Vec<Skipped>,
    /// Columns that fill nothing.
    pub columns_ignored: Vec<String>,
    /// Sentences about what was left out of the whole file.
    pub notes: Vec<String>,
    /// Not all of what it is a part of could be read: what it lacks has not vanished.
    #[serde(default)]
    pub is_part: bool,
}

/// The zone of the lead, as the reader of cells needs it.
/// A `TimeZone` can be no trait object; through this one the readers of rows and cells need no type parameter,
/// and are compiled once.
trait CellClock {
    fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc>;
    fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime;
}

struct Zone<'z, Z: TimeZone>(&'z Z);

impl<Z: TimeZone> CellClock for Zone<'_, Z> {
    fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        zone::to_utc(self.0, local)
    }

    fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        zone::to_local(self.0, instant)
    }
}

/// What holds for every row of a file.
struct FileContext<'a> {
    preset: &'a Preset,
    /// Whose words count where the preset has none.
    common: &'a Preset,
    /// What only an export of our own has.
    own: Option<own::OwnColumns>,
    headers: &'a [String],
    /// The unit that the name of each column says.
    units: Vec<Option<Unit>>,
    special: special::SpecialColumns,
    /// The columns of each field, by position.
    places: &'a BTreeMap<Field, Vec<usize>>,
    dates: DateHints,
    orders: ColumnOrders,
    /// Every due day that is told as an instant is midnight in UTC: days, as programs write them, and no instants.
    has_days_at_midnight: bool,
    clock: &'a dyn CellClock,
    now: DateTime<Utc>,
}

/// Reads a file of requests; times without an offset are taken in `zone`.
///
/// # Errors
/// [`ImportError`] when the file cannot be read as a whole; single rows never stop it.
pub fn read_requests<Z: TimeZone>(
    bytes: &[u8],
    presets: &Presets,
    options: &RequestOptions,
    zone: &Z,
) -> Result<RequestImport, ImportError> {
    let maps: Vec<Mapping> =
        options.maps.iter().map(|(column, field)| Mapping::read(column, field)).collect::<Result<_, _>>()?;
    let sheets = wanted_sheets(bytes, bounds::ROWS, options.sheet.as_deref())?;
    let (sheet, choice) = best_sheet(sheets, presets, options, &maps)?;
    let TableChoice { preset, header, fields, notes, .. } = choice;
    let mut table = sheet.into_table(header, bounds::ROWS);
    table.notes.extend(notes);
    let mut skipped = leftovers::take_out(&mut table, &fields, preset, presets);
    let clock = Zone(zone);
    let today = clock.to_local(options.now).date();
    let orders = surveyed::orders(&mut table, &fields, (today, options.order.or(preset.date_order)))?;
    // Each row goes when its draft is made: both of a large file at once would not fit.
    let cells = std::mem::take(&mut table.rows);
    let context = FileContext {
        preset,
        common: presets.common().unwrap_or(preset),
        own: own::OwnColumns::of(&preset.name, &table.headers),
        headers: &table.headers,
        units: table.headers.iter().map(|header| unit_in(header)).collect(),
        places: &places(&fields, &table.headers, &[preset, presets.common().unwrap_or(preset)]),
        special: special::SpecialColumns::of(preset, &table.headers),
        dates: DateHints { order: orders.file, near: Some(today) },
        has_days_at_midnight: surveyed::has_days_at_midnight(&cells, &fields),
        orders,
        clock: &clock,
        now: options.now,
    };
    let mut rows = readable(&context, cells, &mut skipped);
    add_row_problems(&mut rows, &mut skipped, &table);
    table.notes.extend(context.own.as_ref().map(|_| own::UNTAKEN.to_owned()));
    let mut rows = keys::make_unique(rows, preset, &mut skipped);
    link(&mut rows, preset, parent_column(&table.headers, &fields));
    // The reasons come from three passes; people read them beside their file.
    skipped.sort_by_key(|skip| skip.row);
    Ok(RequestImport {
        preset: preset.name.clone(),
        source: preset.source.clone(),
        header_row: table.header_row,
        delimiter: table.delimiter,
        encoding: table.encoding.to_owned(),
        drafts: rows.into_iter().map(|row| row.draft).collect(),
        skipped,
        columns_ignored: ignored(&table.headers, &fields)
            .into_iter()
            .filter(|header| context.own.as_ref().is_none_or(|own| !own.holds(header)))
            .collect(),
        notes: table.notes,
        is_part: false,
    })
}

/// The rows of which something can be made; why not stands with what is skipped.
fn readable(context: &FileContext<'_>, cells: Vec<SourceRow>, skipped: &mut Vec<Skipped>) -> Vec<ReadRow> {
    let mut rows = Vec::new();
    for row in cells {
        match draft::read_row(context, &row) {
            Ok(found) => rows.push(found),
            Err(reason) => skipped.push(reason),
        }
    }
    rows
}

/// Finds for each row which others it names. Ids before parents: a link names the id that the row of the parent ends up with.
fn link(rows: &mut [ReadRow], preset: &Preset, parent_column: &str) {
    keys::find_parents(rows, preset.parent, parent_column);
    keys::find_parents_by_depth(rows);
    blockers::resolve(rows);
    name_addresses(rows);
}

/// The name of the column that says whose part a row is; empty if there is none.
fn parent_column<'a>(headers: &'a [String], fields: &[Option<Field>]) -> &'a str {
    let place = fields.iter().position(|field| *field == Some(Field::Parent));
    place.and_then(|index| headers.get(index)).map_or("", String::as_str)
}

/// Puts names to addresses that stand alone in one row and beside a name in another.
fn name_addresses(rows: &mut [ReadRow]) {
    let mut contacts = Contacts::default();
    for draft in rows.iter().map(|row| &row.draft) {
        contacts.note(&draft.request.requester);
        contacts.note(&draft.request.decider);
        contacts.note(draft.assignee.as_deref().unwrap_or_default());
    }
    for draft in rows.iter_mut().map(|row| &mut row.draft) {
        contacts.complete(&mut draft.request.requester);
        contacts.complete(&mut draft.request.decider);
        draft.assignee.iter_mut().for_each(|cell| contacts.complete(cell));
    }
}

/// The sheet of a file that its preset remembers, or else the one that fits best, and its columns; of the other sheets of a
/// workbook those that would do as well are told.
fn best_sheet<'a>(
    sheets: Vec<SourceSheet>,
    presets: &'a Presets,
    options: &RequestOptions,
    maps: &[Mapping],
) -> Result<(SourceSheet, TableChoice<'a>), ImportError> {
    let mut best: Option<(SourceSheet, TableChoice<'a>)> = None;
    let (mut others, mut refusal) = (Vec::new(), None);
    let titles: Vec<String> = sheets.iter().map(|sheet| fold(&sheet.title)).collect();
    for sheet in sheets {
        let sheet = boards::flatten(sheet);
        let rank = |(sheet, choice): (&SourceSheet, &TableChoice<'_>)| {
            let wanted = &choice.preset.sheet;
            (!wanted.is_empty() && fold(wanted) == fold(&sheet.title), choice.score)
        };
        match columns::choose(&sheet, presets, options.preset.as_deref(), maps) {
            // Only what is better takes the place of the one before, so that of equals the first sheet stays.
            Ok(choice)
                if best
                    .as_ref()
                    .is_none_or(|(known, best)| rank((&sheet, &choice)) > rank((known, best))) =>
            {
                others.extend(best.replace((sheet, choice)).map(|(sheet, _)| sheet.title));
            }
            Ok(_) => others.push(sheet.title),
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    match (best, refusal) {
        (Some((mut sheet, choice)), _) => {
            if !sheet.title.is_empty() {
                sheet.notes.push(format!("read from sheet `{}`", bounds::named(&sheet.title)));
                // Whoever names a sheet means that one, whatever a preset remembers.
                let missed = options.sheet.is_none().then(|| missed_sheet(choice.preset, &sheet, &titles));
                sheet.notes.extend(missed.flatten());
            }
            for other in others {
                let name = bounds::named(&other);
                sheet.notes.push(format!(
                    "sheet `{name}` could be requests too; left alone; it can be chosen among the columns, or with --sheet"
                ));
            }
            Ok((sheet, choice))
        }
        (None, Some(error)) => Err(error),
        (None, None) => Err(ImportError::Text(super::text::TextError::Empty)),
    }
}

/// Why another sheet was read than the one that a preset remembers.
fn missed_sheet(preset: &Preset, read: &SourceSheet, titles: &[String]) -> Option<String> {
    let wanted = fold(&preset.sheet);
    if wanted.is_empty() || wanted == fold(&read.title) {
        return None;
    }
    let why = if titles.contains(&wanted) {
        "its columns are others now"
    } else {
        "this file has none of that name"
    };
    Some(format!(
        "the preset {} reads sheet `{}`, but {why}, so the sheet that fits best was read",
        preset.name,
        bounds::named(&preset.sheet)
    ))
}

/// The columns of each field, in the order of the file; where one stands in for another the better one first.
fn places(fields: &[Option<Field>], headers: &[String], presets: &[&Preset]) -> BTreeMap<Field, Vec<usize>> {
    let mut places: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
    for (index, field) in fields.iter().enumerate() {
        if let Some(field) = field {
            places.entry(*field).or_default().push(index);
        }
    }
    for (field, places) in places.iter_mut().filter(|(field, _)| field.has_substitutes()) {
        let rank = |index: &usize| {
            let header = headers.get(*index).map(|header| squeeze(header)).unwrap_or_default();
            presets.iter().map(|preset| preset.rank(*field, &header)).min()
        };
        places.sort_by_key(rank);
    }
    places
}

/// Puts what is wrong with the shape of rows beside the drafts, or among the rows left out.
fn add_row_problems(rows: &mut [ReadRow], skipped: &mut Vec<Skipped>, table: &Table) {
    let mut left_out: HashSet<usize> = skipped.iter().map(|skip| skip.row).collect();
    for problem in &table.problems {
        let message = problem.message.clone();
        // Rows are still in the order of the file here, later passes only take some out.
        if let Ok(index) = rows.binary_search_by_key(&problem.row, |row| row.draft.row) {
            let shape = Problem { column: String::new(), value: String::new(), message };
            rows[index].draft.problems.push(shape);
        } else if left_out.insert(problem.row) {
            skipped.push(Skipped::new(problem.row, "", &message));
        }
    }
}

fn ignored(headers: &[String], fields: &[Option<Field>]) -> Vec<String> {
    // A column may come more than once; it is told once.
    let mut known: HashSet<String> = HashSet::new();
    let unused = headers.iter().zip(fields).filter(|(header, field)| field.is_none() && !header.is_empty());
    unused.filter(|(header, _)| known.insert(fold(header))).map(|(header, _)| header.clone()).collect()
}

/// A draft and what the second pass needs.
struct ReadRow {
    draft: Draft,
    internal_id: String,
    parent: String,
    /// How deep it lies below the rows before it; 0 where the file does not say.
    depth: usize,
    /// What it waits for, if the file says so by naming other rows or in words.
    waits: Option<blockers::RowWaits>,
}

#[cfg(test)]
mod tests;
