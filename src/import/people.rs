//! People and their absences from simple tables: one row a person, one row an absence.
//!
//! Columns are known by their usual names in any order. A row that cannot be used is listed with its
//! reason; a cell that cannot be read is marked and the row kept.

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::contacts::Contacts;
use super::dates::{self, DateHints, DateOrder, DateReading, DateSurvey};
use super::numbers::{self, Unit};
use super::table::{HEAD, SourceRow, SourceSheet, Table};
use super::{ImportError, Problem, Skipped, fold, squeeze, wanted_sheets};
use crate::domain::bounds;
use crate::domain::ids::PersonId;
use crate::domain::matching::Contact;
use crate::domain::minutes::Minutes;
use crate::domain::person::{Contract, Person, WeekPattern};

/// The columns that a file may have.
struct KnownColumns {
    /// Names of each column.
    names: &'static [&'static [&'static str]],
    /// Which must be there.
    needed: &'static [usize],
    /// The same in words.
    missing: &'static str,
    days: &'static [usize],
    /// How many rows are taken from one file.
    most: usize,
}

const PEOPLE: KnownColumns = KnownColumns {
    needed: &[0],
    missing: "the name",
    days: &[4, 5],
    most: bounds::PEOPLE,
    names: &[
        &["name", "person", "full name", "employee", "team member", "mitarbeiter", "nom", "nombre", "naam"],
        &["handle", "short name", "nickname", "username", "kürzel"],
        &[
            "discipline",
            "role",
            "department",
            "team",
            "job title",
            "position",
            "rolle",
            "abteilung",
            "rôle",
            "rol",
            "functie",
        ],
        &["email", "email address", "mail", "e-mail-adresse", "correo", "adresse e-mail", "e-mailadres"],
        &[
            "start date",
            "first day",
            "start",
            "from",
            "startdatum",
            "eintritt",
            "date de début",
            "fecha de inicio",
            "begindatum",
        ],
        &[
            "end date",
            "last day",
            "end",
            "until",
            "enddatum",
            "austritt",
            "date de fin",
            "fecha de fin",
            "einddatum",
        ],
        &["planning factor", "factor"],
        &["is role", "placeholder"],
        &["mon", "monday", "montag", "lundi", "lunes", "maandag", "mo"],
        &["tue", "tuesday", "dienstag", "mardi", "martes", "dinsdag", "di"],
        &["wed", "wednesday", "mittwoch", "mercredi", "miércoles", "woensdag", "mi"],
        &["thu", "thursday", "donnerstag", "jeudi", "jueves", "donderdag", "do"],
        &["fri", "friday", "freitag", "vendredi", "viernes", "vrijdag", "fr"],
        &["sat", "saturday", "samstag", "samedi", "sábado", "zaterdag", "sa"],
        &["sun", "sunday", "sonntag", "dimanche", "domingo", "zondag", "so"],
    ],
};
const ABSENCES: KnownColumns = KnownColumns {
    needed: &[0, 1],
    missing: "person and first day",
    days: &[1, 2],
    most: bounds::ROWS,
    names: &[
        &[
            "person",
            "name",
            "handle",
            "who",
            "employee",
            "team member",
            "people",
            "mitarbeiter",
            "nom",
            "nombre",
            "naam",
            "employé",
            "empleado",
            "medewerker",
        ],
        &[
            "from",
            "start",
            "start date",
            "first day",
            "begins",
            "von",
            "beginn",
            "startdatum",
            "du",
            "début",
            "date de début",
            "desde",
            "inicio",
            "fecha de inicio",
            "van",
            "begin",
            "begindatum",
        ],
        &[
            "to",
            "until",
            "end",
            "end date",
            "last day",
            "through",
            "ends",
            "bis",
            "ende",
            "enddatum",
            "au",
            "fin",
            "date de fin",
            "hasta",
            "fecha de fin",
            "tot",
            "t/m",
            "eind",
            "einddatum",
        ],
        &["hours a day", "hours per day", "hours", "stunden", "heures", "horas", "uren"],
        &[
            "kind",
            "type",
            "reason",
            "note",
            "absence type",
            "leave type",
            "art",
            "grund",
            "motif",
            "motivo",
            "reden",
            "soort",
        ],
        &["status", "state", "approved", "approval", "genehmigt", "statut", "estado"],
    ],
};
const MONDAY: usize = 8;

/// What was said about a file of people or absences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListOptions {
    /// In which order its days are written, where it leaves that open.
    pub order: Option<DateOrder>,
    /// The sheet of a workbook, by name or number; without it, the first that has the columns.
    pub sheet: Option<String>,
}

/// What a file of people or absences holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Absentee {
    /// `*`: a public holiday.
    Everybody,
    /// A name or handle as the file has it.
    Person(String),
}

/// Days on which somebody is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceDraft {
    pub who: Absentee,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Time away on each day; `None` is the whole day.
    pub per_day: Option<Minutes>,
    pub is_tentative: bool,
    pub note: String,
}

/// Reads people; ids are 0, handles unique within the file.
///
/// # Errors
/// [`ImportError`] when the file has no column of names or cannot be read at all.
pub fn read_people(bytes: &[u8], options: &ListOptions) -> Result<Listing<Person>, ImportError> {
    let file = File::open(bytes, &PEOPLE, options)?;
    let mut handles: HashSet<String> = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut listing = file.listing(|cells| {
        let mut person = person(cells)?;
        let plain = person.handle.clone();
        // The last number of each handle is kept, or a file of one name a thousand times would be searched anew
        // for each.
        while handles.contains(&person.handle) {
            let number = numbers.entry(plain.clone()).or_insert(1);
            *number += 1;
            person.handle = format!("{plain}{number}");
        }
        if plain != person.handle {
            cells.problem(1, &format!("the handle {plain} is taken; {} was given", person.handle));
        }
        handles.insert(person.handle.clone());
        Ok(person)
    });
    name_addresses(&mut listing);
    Ok(listing)
}

/// A person whose name is nothing but an address is whoever another row gives that address.
fn name_addresses(listing: &mut Listing<Person>) {
    let mut contacts = Contacts::default();
    for ListedRow { value: person, .. } in &listing.drafts {
        contacts.note(&person.name);
        contacts.note_pair(&person.name, &person.email);
    }
    for ListedRow { value: person, .. } in &mut listing.drafts {
        let Some(name) = contacts.name(&person.name).cloned() else { continue };
        if person.email.is_empty() {
            person.email = Contact::read(&person.name).address;
        }
        person.handle = handle_of(name.split_whitespace().next().unwrap_or_default());
        person.name = name;
    }
}

/// Reads absences; whom a name means is decided elsewhere.
///
/// # Errors
/// [`ImportError`] when the columns of person and first day are missing or the file cannot be read.
pub fn read_absences(bytes: &[u8], options: &ListOptions) -> Result<Listing<AbsenceDraft>, ImportError> {
    let file = File::open(bytes, &ABSENCES, options)?;
    let mut listing = file.listing(absence);
    let mut contacts = Contacts::default();
    let mut cells = |visit: &mut dyn FnMut(&mut String)| {
        let all = listing.drafts.iter_mut().map(|row| &mut row.value.who);
        all.for_each(|who| {
            if let Absentee::Person(name) = who {
                visit(name);
            }
        });
    };
    cells(&mut |name| contacts.note(name));
    cells(&mut |name| contacts.complete(name));
    Ok(listing)
}

fn person(cells: &mut NamedCells<'_>) -> Result<Person, String> {
    let name = cells.text(0);
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let first_day = cells.day(4);
    let handle = match handle_of(cells.text(1)) {
        given if given.is_empty() => handle_of(name.split_whitespace().next().unwrap_or_default()),
        given => given,
    };
    Ok(Person {
        id: PersonId(0),
        // A name without a single letter gives no handle, and everybody needs one.
        handle: if handle.is_empty() { "person".to_owned() } else { handle },
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        discipline: cells.text(2).to_owned(),
        email: cells.text(3).to_owned(),
        also: String::new(),
        told_apart: String::new(),
        is_role: numbers::is_ticked(cells.text(7)),
        factor_percent: factor(cells),
        first_day,
        last_day: cells.day(5),
        contracts: contract(cells, first_day).into_iter().collect(),
    })
}

/// True if a handle is only the beginning of the name, as files without handles get it.
pub fn is_derived(person: &Person) -> bool {
    let first = handle_of(person.name.split_whitespace().next().unwrap_or_default());
    person.handle.strip_prefix(&first).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}

fn handle_of(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect()
}

/// `0.8`, `80` and `80%` are all eighty per cent.
fn factor(cells: &mut NamedCells<'_>) -> u8 {
    let text = cells.text(6).trim_end_matches('%').trim().replace(',', ".");
    if text.is_empty() {
        return 80;
    }
    let percent = match text.strip_prefix("0.") {
        Some(digits) => format!("{digits:0<2}").get(..2).and_then(|two| two.parse().ok()),
        None if text == "1" || text == "1.0" => Some(100),
        None => text.parse().ok(),
    };
    percent.filter(|percent| (1..=100).contains(percent)).unwrap_or_else(|| {
        cells.problem(6, "not a planning factor; 0.8 is taken");
        80
    })
}

fn contract(cells: &mut NamedCells<'_>, first_day: Option<NaiveDate>) -> Option<Contract> {
    if (MONDAY..MONDAY + 7).all(|day| cells.text(day).is_empty()) {
        return None;
    }
    let mut week = WeekPattern::default();
    for (day, slot) in week.iter_mut().enumerate() {
        match numbers::minutes(cells.text(MONDAY + day), Unit::Hours) {
            Ok(Some(minutes)) if minutes.0 <= 24 * 60 => *slot = minutes,
            Ok(None) => {}
            Ok(Some(_)) => cells.problem(MONDAY + day, "more hours than a day has; none are taken"),
            Err(message) => cells.problem(MONDAY + day, message),
        }
    }
    // Without a first day the hours hold from the beginning, as those of the earliest contract do.
    Some(Contract { from: first_day.unwrap_or_default(), week })
}

fn absence(cells: &mut NamedCells<'_>) -> Result<AbsenceDraft, String> {
    let who = match cells.text(0) {
        "" => return Err("no person".to_owned()),
        "*" => Absentee::Everybody,
        name => Absentee::Person(name.to_owned()),
    };
    let from = cells
        .day(1)
        .ok_or_else(|| format!("`{}` is not a first day that can be read", bounds::named(cells.text(1))))?;
    let last = cells.text(2);
    let to = match cells.day(2) {
        Some(day) => day,
        None if last.is_empty() => from,
        // Without its last day an absence would end on its first, and hours be planned on days away.
        None => return Err(format!("`{}` is not a last day that can be read", bounds::named(last))),
    };
    if to < from {
        return Err(format!("it ends on {to}, before it begins on {from}"));
    }
    let per_day = match numbers::minutes(cells.text(3), Unit::Hours) {
        Ok(minutes) => minutes.filter(|minutes| minutes.is_positive()),
        // Without its hours it would be a whole day off, so the row is told instead.
        Err(message) => return Err(format!("hours `{}`: {message}", bounds::named(cells.text(3)))),
    };
    let status = fold(cells.text(5));
    let is_off = ["declined", "rejected", "cancelled", "canceled"].contains(&status.as_str());
    if is_off {
        return Err(format!("it is {status}"));
    }
    // A column that asks for the approval says `no` in it.
    let is_tentative =
        ["tentative", "pending", "requested", "no", "open", "planned"].contains(&status.as_str());
    Ok(AbsenceDraft { who, from, to, per_day, is_tentative, note: cells.text(4).to_owned() })
}

/// A table with its known columns found.
struct File {
    table: Table,
    columns: Vec<Option<usize>>,
    dates: DateHints,
}

/// One row by known column.
struct NamedCells<'a> {
    file: &'a File,
    row: &'a SourceRow,
    problems: Vec<Problem>,
}

fn find_columns(cells: &[String], known: &KnownColumns) -> Vec<Option<usize>> {
    let headers: Vec<String> = cells.iter().map(|cell| squeeze(cell)).collect();
    let mut columns: Vec<Option<usize>> = Vec::new();
    for names in known.names {
        let found = names.iter().find_map(|name| headers.iter().position(|header| *header == squeeze(name)));
        // A column fills one field only: the first that knows it by a name.
        columns.push(found.filter(|index| !columns.contains(&Some(*index))));
    }
    columns
}

/// The row that names most of the columns, if it names those that are needed.
fn find_header(sheet: &SourceSheet, known: &KnownColumns) -> Option<(usize, Vec<Option<usize>>)> {
    let heads = sheet.rows.iter().take(HEAD).map(|row| find_columns(&row.cells, known));
    heads
        .enumerate()
        .filter(|(_, columns)| known.needed.iter().all(|index| columns[*index].is_some()))
        // Of rows that name as many columns the first: `max_by_key` alone would take the last.
        .max_by_key(|(index, columns)| (columns.iter().flatten().count(), usize::MAX - index))
}

impl File {
    fn open(bytes: &[u8], known: &KnownColumns, options: &ListOptions) -> Result<Self, ImportError> {
        let mut refusal = None;
        let mut found = None;
        // A workbook may have its people on any sheet; the first that names the columns is taken.
        for sheet in wanted_sheets(bytes, known.most, options.sheet.as_deref())? {
            match find_header(&sheet, known) {
                Some((header, columns)) => {
                    found = Some((sheet, header, columns));
                    break;
                }
                None => refusal = refusal.or(Some(sheet)),
            }
        }
        let Some((sheet, header, columns)) = found else {
            let first = refusal.as_ref().and_then(|sheet| sheet.rows.first());
            let columns = first.map_or_else(Vec::new, |row| super::columns::told(&row.cells));
            return Err(ImportError::NoHeader { missing: known.missing, columns });
        };
        let mut table = sheet.into_table(header, known.most);
        let mut survey = DateSurvey::new(None);
        for row in &table.rows {
            let days = known.days.iter().filter_map(|day| row.cells.get(columns[*day]?));
            days.for_each(|cell| survey.see(row.row, cell, false));
        }
        let found = survey.order(options.order)?;
        table.notes.extend(found.notes);
        // A first or last day may lie in any year, so the year of one without is not guessed.
        Ok(Self { table, columns, dates: DateHints { order: found.order, near: None } })
    }

    fn listing<T>(&self, mut read: impl FnMut(&mut NamedCells<'_>) -> Result<T, String>) -> Listing<T> {
        let (mut drafts, mut skipped) = (Vec::new(), Vec::new());
        for row in &self.table.rows {
            let mut cells = NamedCells { file: self, row, problems: self.shape_problems(row.row) };
            match read(&mut cells) {
                Ok(value) => drafts.push(ListedRow { row: row.row, value, problems: cells.problems }),
                Err(reason) => {
                    skipped.push(Skipped::new(row.row, cells.text(0), &reason).with(row));
                }
            }
        }
        let headers = self.table.headers.iter().enumerate();
        let unused =
            headers.filter(|(index, header)| !header.is_empty() && !self.columns.contains(&Some(*index)));
        Listing {
            header_row: self.table.header_row,
            delimiter: self.table.delimiter,
            encoding: self.table.encoding.to_owned(),
            columns_ignored: unused.map(|(_, header)| header.clone()).collect(),
            notes: self.table.notes.clone(),
            drafts,
            skipped,
        }
    }

    fn shape_problems(&self, row: usize) -> Vec<Problem> {
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
    fn text(&self, known: usize) -> &'a str {
        let cell = self.file.columns[known].and_then(|index| self.row.cells.get(index));
        cell.map_or("", |cell| numbers::meaning(cell))
    }

    fn problem(&mut self, known: usize, message: &str) {
        let header = self.file.columns[known].and_then(|index| self.file.table.headers.get(index));
        let column = header.cloned().unwrap_or_default();
        self.problems.push(Problem {
            column,
            value: self.text(known).to_owned(),
            message: message.to_owned(),
        });
    }

    fn day(&mut self, known: usize) -> Option<NaiveDate> {
        match dates::read(self.text(known), self.file.dates) {
            DateReading::When(when) => Some(when.local.date()),
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

#[cfg(test)]
mod tests;
