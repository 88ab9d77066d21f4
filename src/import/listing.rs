//! Lists whose columns are known by their usual names in any order: one row a person, an absence or a share. A row that
//! cannot be used is listed with its reason; a cell that cannot be read is marked and the row kept.

mod missing;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::columns::header;
use super::dates::{self, CellDate, ColumnOrders, ColumnSurveys, DateHints, DateOrder, DateReading};
use super::numbers;
use super::sums::is_sum;
use super::table::{HEAD, SourceRow, SourceSheet, Table};
use super::{ImportError, Problem, Skipped, fold, nearest, squeeze, wanted_sheets, weeks};
use crate::domain::bounds;
use crate::domain::zone::Whereabouts;

/// The columns that a file may have.
pub(super) struct KnownColumns {
    /// What each column can be said to be.
    pub(super) fields: &'static [&'static str],
    /// Names of each column.
    pub(super) names: &'static [&'static [&'static str]],
    /// Of each of these groups one must be there.
    pub(super) needed: &'static [&'static [usize]],
    /// The group that columns of weeks stand for as well, where the table may have them.
    pub(super) or_weeks: Option<usize>,
    /// What a message calls each of these groups.
    pub(super) called: &'static [&'static str],
    pub(super) days: &'static [usize],
    /// How many rows are taken from one file.
    pub(super) most: usize,
}

/// What was said about a file of people, absences or shares.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListOptions {
    /// In which order its days are written, where it leaves that open.
    pub order: Option<DateOrder>,
    /// The sheet of a workbook, by name or number; without it, the first that has the columns.
    pub sheet: Option<String>,
    /// Columns and what each stands for, as they were typed.
    #[serde(default)]
    pub maps: Vec<(String, String)>,
    /// The lead's day, near to which a week lies that is named without its year.
    #[serde(default)]
    pub today: Option<NaiveDate>,
    /// Where the lead is: an instant with an offset is the day that it has there. Without it, as it is written.
    #[serde(default)]
    pub zone: Option<Whereabouts>,
    /// The user's own presets, by the names of their files.
    #[serde(default)]
    pub presets: Vec<(String, String)>,
    /// The one of them by which a list of people or absences is read; otherwise its header tells.
    #[serde(default)]
    pub preset: Option<String>,
}

/// What a file of people, absences or shares holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// Under which name what it says is kept; empty is the usual one.
    #[serde(default)]
    pub source: String,
    /// Line of the header, from 1.
    pub header_row: usize,
    pub delimiter: char,
    /// How the bytes were read.
    pub encoding: String,
    /// The rows, in the order of the file.
    pub drafts: Vec<ListedRow<T>>,
    pub skipped: Vec<Skipped>,
    /// Columns that fill nothing.
    pub columns_ignored: Vec<String>,
    /// Sentences about what was left out of the whole file.
    pub notes: Vec<String>,
    /// Not all of what it is a part of could be read: what it lacks has not vanished.
    #[serde(default)]
    pub is_part: bool,
}

impl<T> Listing<T> {
    /// Takes the rows out that are to be left out.
    pub fn leave_out(&mut self, is_left_out: impl Fn(usize) -> bool) {
        let (left, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.drafts).into_iter().partition(|draft| is_left_out(draft.row));
        self.drafts = kept;
        self.skipped.extend(left.into_iter().map(|draft| Skipped::new(draft.row, "", LEFT_OUT)));
    }
}

/// What is said of a row that was left out because somebody asked for it.
pub const LEFT_OUT: &str = "left out, as asked";

/// One row and what to look at in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRow<T> {
    /// Line in the file, from 1.
    pub row: usize,
    pub value: T,
    /// Cells to look at.
    pub problems: Vec<Problem>,
}

/// A table with its known columns found.
pub(super) struct File {
    table: Table,
    columns: Vec<Option<usize>>,
    /// Columns that are weeks, with their Mondays.
    weeks: Vec<(usize, NaiveDate)>,
    orders: ColumnOrders,
    zone: Option<Whereabouts>,
}

/// One row by known column.
pub(super) struct NamedCells<'a> {
    file: &'a File,
    row: &'a SourceRow,
    problems: Vec<Problem>,
}

/// What was said of the columns of a file.
pub(super) struct SaidColumns<'a> {
    /// A column of the file, and which of the known ones it is; none of them leaves it out.
    columns: Vec<(String, Option<usize>)>,
    /// Names that a preset has for the known ones.
    names: &'a [(usize, String)],
}

impl<'a> SaidColumns<'a> {
    /// Reads what was said.
    ///
    /// # Errors
    /// [`ImportError::NoField`] when it names no field.
    pub(super) fn of(
        known: &KnownColumns,
        options: &ListOptions,
        names: &'a [(usize, String)],
    ) -> Result<Self, ImportError> {
        let column = |(column, field): &(String, String)| Ok((column.clone(), known.field(field)?));
        let columns = options.maps.iter().map(column).collect::<Result<_, ImportError>>()?;
        Ok(Self { columns, names })
    }
}

impl KnownColumns {
    /// Which of the columns a field is; none for what leaves one out.
    ///
    /// # Errors
    /// [`ImportError::NoField`] with the nearest fields, and all.
    pub(super) fn field(&self, field: &str) -> Result<Option<usize>, ImportError> {
        let wanted = fold(field).replace([' ', '_', '/'], "-");
        if wanted == "ignore" {
            return Ok(None);
        }
        self.fields.iter().position(|name| *name == wanted).map(Some).ok_or_else(|| ImportError::NoField {
            word: bounds::named(field),
            near: nearest(&wanted, self.fields.iter().copied()),
            fields: self.fields.iter().map(|field| (*field).to_owned()).collect(),
        })
    }
}

pub(super) fn find_columns(
    cells: &[String],
    known: &KnownColumns,
    said: &SaidColumns<'_>,
) -> Vec<Option<usize>> {
    let mut headers: Vec<String> = cells.iter().map(|cell| squeeze(cell)).collect();
    let place = |name: &str, headers: &[String]| super::preset::place_in(headers, name);
    let places: Vec<(Option<usize>, Option<usize>)> =
        said.columns.iter().map(|(name, known)| (place(name, &headers), *known)).collect();
    // What somebody said of a column is all that it is.
    places.iter().filter_map(|(place, _)| *place).for_each(|place| headers[place].clear());
    let mut columns: Vec<Option<usize>> = Vec::new();
    for (index, usual) in known.names.iter().enumerate() {
        let is_said = places.iter().find(|(place, known)| place.is_some() && *known == Some(index));
        if let Some((place, _)) = is_said {
            columns.push(*place);
            continue;
        }
        let own = said.names.iter().filter(|(known, _)| *known == index).map(|(_, name)| name.as_str());
        let found = own.chain(usual.iter().copied()).find_map(|name| place(name, &headers));
        // A column fills one field only: the first that knows it by a name.
        columns.push(found.filter(|index| !columns.contains(&Some(*index))));
    }
    columns
}

/// The columns of a table that are weeks.
pub(super) fn weeks_of(
    cells: &[String],
    known: &KnownColumns,
    options: &ListOptions,
) -> (Vec<(usize, NaiveDate)>, Option<DateOrder>) {
    if known.or_weeks.is_none() {
        return (Vec::new(), None);
    }
    weeks::columns(cells, DateHints { order: options.order, near: options.today })
}

/// The row that names most of the columns, if it names those that are needed.
pub(super) fn header_of(
    sheet: &SourceSheet,
    known: &KnownColumns,
    (options, said): (&ListOptions, &SaidColumns<'_>),
) -> Option<(usize, Vec<Option<usize>>)> {
    let heads = sheet.rows.iter().take(HEAD).map(|row| find_columns(&row.cells, known, said));
    let has_weeks = |row: usize| !weeks_of(&sheet.rows[row].cells, known, options).0.is_empty();
    heads
        .enumerate()
        .filter(|(row, columns)| {
            known.needed.iter().enumerate().all(|(group, any)| {
                any.iter().any(|index| columns[*index].is_some())
                    || known.or_weeks == Some(group) && has_weeks(*row)
            })
        })
        .filter(|(row, columns)| {
            let known = columns.iter().flatten().count();
            // Single names of columns may be cells of a row; weeks are not, and what somebody said of a column was
            // said of this table.
            !said.columns.is_empty() || has_weeks(*row) || header::is_likely(&sheet.rows, *row, known)
        })
        // Of rows that name as many columns the first: `max_by_key` alone would take the last.
        .max_by_key(|(index, columns)| (columns.iter().flatten().count(), usize::MAX - index))
}

/// A column that was named wrongly would otherwise be as if nothing had been said.
fn check_said(cells: &[String], said: &SaidColumns<'_>) -> Result<(), ImportError> {
    let is_there = |name: &str| cells.iter().any(|cell| squeeze(cell) == squeeze(name));
    match said.columns.iter().find(|(name, _)| !is_there(name)) {
        Some((name, _)) => Err(ImportError::Unknown {
            what: "column",
            word: bounds::named(name),
            near: nearest(name, cells.iter().map(String::as_str)),
        }),
        None => Ok(()),
    }
}

impl File {
    pub(super) fn open(
        bytes: &[u8],
        known: &KnownColumns,
        options: &ListOptions,
        names: &[(usize, String)],
    ) -> Result<Self, ImportError> {
        let said = &SaidColumns::of(known, options, names)?;
        let mut refusal = None;
        let mut found = None;
        // A workbook may have its people on any sheet; the first that names the columns is taken.
        for sheet in wanted_sheets(bytes, known.most, options.sheet.as_deref())? {
            match header_of(&sheet, known, (options, said)) {
                Some((header, columns)) => {
                    found = Some((sheet, header, columns));
                    break;
                }
                None => refusal = refusal.or(Some(sheet)),
            }
        }
        let Some((sheet, header, columns)) = found else {
            return Err(missing::refusal(known, refusal.as_ref(), (options, said)));
        };
        check_said(&sheet.rows[header].cells, said)?;
        let (weeks, by_weeks) = weeks_of(&sheet.rows[header].cells, known, options);
        let mut table = sheet.into_table(header, known.most);
        let mut survey = ColumnSurveys::new(None);
        for row in &table.rows {
            for column in known.days.iter().filter_map(|day| columns[*day]) {
                row.cells.get(column).into_iter().for_each(|cell| survey.see(column, row.row, cell, false));
            }
        }
        let orders = survey.orders(options.order.or(by_weeks), &table.headers)?;
        table.notes.extend_from_slice(&orders.notes);
        // A first or last day may lie in any year, so the year of one without is not guessed.
        Ok(Self { table, columns, weeks, orders, zone: options.zone })
    }

    pub(super) fn listing<T>(
        &self,
        mut read: impl FnMut(&mut NamedCells<'_>) -> Result<T, String>,
    ) -> Listing<T> {
        let (mut drafts, mut skipped) = (Vec::new(), Vec::new());
        for row in &self.table.rows {
            let mut cells = NamedCells { file: self, row, problems: self.shape_problems(row.row) };
            let read = match cells.no_line() {
                Some(reason) => Err(reason.to_owned()),
                None => read(&mut cells),
            };
            match read {
                Ok(value) => drafts.push(ListedRow { row: row.row, value, problems: cells.problems }),
                Err(reason) => {
                    skipped.push(Skipped::new(row.row, cells.text(0), &reason).with(row));
                }
            }
        }
        let headers = self.table.headers.iter().enumerate();
        let unused = headers.filter(|(index, header)| !header.is_empty() && !self.fills(*index));
        Listing {
            source: String::new(),
            header_row: self.table.header_row,
            delimiter: self.table.delimiter,
            encoding: self.table.encoding.to_owned(),
            columns_ignored: unused.map(|(_, header)| header.clone()).collect(),
            notes: self.table.notes.clone(),
            is_part: false,
            drafts,
            skipped,
        }
    }

    /// True for a column of which something is taken.
    fn fills(&self, index: usize) -> bool {
        self.columns.contains(&Some(index)) || self.weeks.iter().any(|(week, _)| *week == index)
    }

    /// An instant on the clock of whoever reads it.
    fn here(&self, when: CellDate) -> CellDate {
        let instant = when.offset.and_then(|offset| when.local.and_local_timezone(offset).single());
        let local = self.zone.zip(instant).map(|(zone, at)| zone.local(at.to_utc()).naive_local());
        CellDate { local: local.unwrap_or(when.local), ..when }
    }

    /// How many columns are weeks.
    pub(super) fn count_of_weeks(&self) -> usize {
        self.weeks.len()
    }

    /// What the file calls one of the known columns, if it has it.
    pub(super) fn header(&self, known: usize) -> Option<&str> {
        self.table.headers.get(self.columns[known]?).map(String::as_str)
    }

    /// True if one of its columns is called so.
    pub(super) fn has_column(&self, names: &[&str]) -> bool {
        self.table.headers.iter().any(|header| names.contains(&squeeze(header).as_str()))
    }

    fn shape_problems(&self, row: usize) -> Vec<Problem> {
        // They stand in the order of their lines. Gone through for each row, those of a table of odd rows would take
        // the square of its length.
        let first = self.table.problems.partition_point(|problem| problem.row < row);
        let found = self.table.problems[first..].iter().take_while(|problem| problem.row == row);
        found
            .map(|problem| Problem {
                column: String::new(),
                value: String::new(),
                message: problem.message.clone(),
            })
            .collect()
    }
}

impl<'a> NamedCells<'a> {
    pub(super) fn text(&self, known: usize) -> &'a str {
        let cell = self.file.columns[known].and_then(|index| self.row.cells.get(index));
        cell.map_or("", |cell| numbers::meaning(cell))
    }

    /// What stands in its weeks, by their Mondays.
    pub(super) fn weeks(&self) -> impl Iterator<Item = (NaiveDate, &'a str)> + use<'a> {
        let row = self.row;
        let cell = move |(index, monday): &(usize, NaiveDate)| {
            (*monday, row.cells.get(*index).map_or("", |cell| numbers::meaning(cell)))
        };
        self.file.weeks.iter().map(cell)
    }

    /// Why it is nothing but the form of its table: sums below the others, or the header once more.
    fn no_line(&self) -> Option<&'static str> {
        let named = fold(self.text(0));
        if is_sum(&named) {
            return Some("a row of totals; left out");
        }
        (!named.is_empty() && named == fold(self.header(0))).then_some("the header once more; left out")
    }

    /// What the row holds as it stands.
    pub(super) fn raw(&self) -> String {
        self.row.raw()
    }

    pub(super) fn header(&self, known: usize) -> &'a str {
        self.file.header(known).unwrap_or_default()
    }

    pub(super) fn problem(&mut self, known: usize, message: &str) {
        let column = self.header(known).to_owned();
        self.problems.push(Problem {
            column,
            value: self.text(known).to_owned(),
            message: message.to_owned(),
        });
    }

    /// Says something of a cell that is none of the known columns.
    pub(super) fn tell(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(super) fn day(&mut self, known: usize) -> Option<NaiveDate> {
        self.when(known).map(|when| when.local.date())
    }

    /// Both ends of a span of days that stands in one cell; of `14–18 Dec 2026` the first has the month of the last.
    pub(super) fn ends(&self, known: usize) -> Option<(CellDate, CellDate)> {
        let order = self.file.orders.of(self.file.columns[known]);
        let read = |text: &str, near| match dates::read(text, DateHints { order, near }) {
            DateReading::When(when) => Some(self.file.here(when)),
            _ => None,
        };
        let (from, to) = dates::halves(self.text(known))?;
        let last = read(to, None)?;
        let near = Some(last.local.date());
        let rest = to.trim_start_matches(|c: char| c.is_ascii_digit());
        let whole = || format!("{}{rest}", from.trim_end_matches('.'));
        let first = read(from, near).or_else(|| read(&whole(), near))?;
        Some((first, last))
    }

    /// A day with the time that may stand beside it.
    pub(super) fn when(&mut self, known: usize) -> Option<CellDate> {
        match dates::read(
            self.text(known),
            DateHints { order: self.file.orders.of(self.file.columns[known]), near: None },
        ) {
            DateReading::When(when) => Some(self.file.here(when)),
            DateReading::Empty | DateReading::Vague => None,
            DateReading::TwoDays => {
                self.problem(known, "could be two days; --day-first or --month-first says which");
                None
            }
            DateReading::Unreadable => {
                self.problem(known, "not a day that can be read");
                None
            }
        }
    }
}
