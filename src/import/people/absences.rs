//! Time that people are away: one row an absence, with whole days, hours of each, or a part of a day by the clock.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::super::contacts::Contacts;
use super::super::dates::CellDate;
use super::super::list_presets::names_of;
use super::super::listing::{File, KnownColumns, ListOptions, Listing, NamedCells};
use super::super::numbers::{self, Unit};
use super::super::{ImportError, fold, spaced, squeeze};
use super::granted::{HALF_DAYS, OFF, half_day, is_one_of, is_open};
use super::halves::{FAMILY_NAMES, GIVEN_NAMES, whole_name};
use crate::domain::bounds;
use crate::domain::minutes::Minutes;

pub(in crate::import) const ABSENCES: KnownColumns = KnownColumns {
    fields: &[
        "person",
        "from",
        "to",
        "hours-per-day",
        "note",
        "status",
        "days",
        "id",
        "first-name",
        "last-name",
        "half-day",
        "tentative",
    ],
    needed: &[&[0, GIVEN, FAMILY], &[1]],
    or_weeks: None,
    called: &["person", "first day"],
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
            "wer",
            "teammitglied",
            "personne",
            "persona",
            "qui",
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
            // A list of single days has no more than one.
            "date",
            "dates",
            "day",
            "datum",
            "tag",
            "zeitraum",
            "fecha",
            "jour",
            "día",
            "dag",
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
        &[
            "hours a day",
            "hours per day",
            "hours",
            "hrs",
            "stunden",
            "stunden pro tag",
            "std",
            "std pro tag",
            "heures",
            "heures par jour",
            "horas",
            "uren",
        ],
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
        &[
            "days",
            "number of days",
            "duration",
            "amount of days",
            "tage",
            "anzahl tage",
            "dauer",
            "jours",
            "días",
            "dagen",
        ],
        &[
            "absence id",
            "absence request id",
            "leave id",
            "leave request id",
            "time off id",
            "time off request id",
            "timeoff id",
            "request id",
            "entry id",
            "abwesenheits-id",
            "antragsnummer",
            "id",
            "uuid",
            "guid",
            "identifiant",
            "identificador",
        ],
        GIVEN_NAMES,
        FAMILY_NAMES,
        HALF_DAYS,
        &["tentative", "provisional", "unconfirmed", "vorläufig", "provisoire", "provisorio", "voorlopig"],
    ],
};
/// Places among these columns.
const FROM: usize = 1;
const TO: usize = 2;
const HOURS: usize = 3;
const KIND: usize = 4;
const STATUS: usize = 5;
const DAYS: usize = 6;
const ID: usize = 7;
const GIVEN: usize = 8;
const FAMILY: usize = 9;
const HALF: usize = 10;
const TENTATIVE: usize = 11;
/// So many bytes of an id are kept; a longer one is none.
const LONGEST_ID: usize = 100;
/// What files call whoever is away on a public holiday, folded.
const EVERYBODY: [&str; 14] = [
    "everybody",
    "everyone",
    "all staff",
    "all team members",
    "whole team",
    "entire team",
    "company",
    "company wide",
    "alle",
    "alle mitarbeitenden",
    "tous",
    "tout le monde",
    "todos",
    "iedereen",
];
/// Columns that name what somebody works on.
const WORK: [&str; 14] = [
    "project",
    "projectname",
    "projekt",
    "request",
    "requestkey",
    "task",
    "taskname",
    "auftrag",
    "aufgabe",
    "vorgang",
    "anfrage",
    "issue",
    "issuekey",
    "ticket",
];

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
    /// What the file calls it, where it has a column of ids; empty without one.
    #[serde(default)]
    pub id: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Time away on each day; `None` is the whole day.
    pub per_day: Option<Minutes>,
    pub is_tentative: bool,
    pub note: String,
    /// It was called off: nobody is away, and whoever was is back.
    pub is_off: bool,
}

/// Reads absences; whom a name means is decided elsewhere.
///
/// # Errors
/// [`ImportError`] when the columns of person and first day are missing or the file cannot be read.
pub fn read_absences(bytes: &[u8], options: &ListOptions) -> Result<Listing<AbsenceDraft>, ImportError> {
    let said = names_of(bytes, &ABSENCES, options, ("absences", |preset| &preset.absences))?;
    let file = File::open(bytes, &ABSENCES, &said.options, &said.names)?;
    // Somebody on a project from one day to another is not away but at work.
    // Whoever says what its columns are has looked at it.
    if options.maps.is_empty() && !said.is_known && file.has_column(&WORK) && file.header(KIND).is_none() {
        return Err(ImportError::OtherTable { what: "shares", verb: "shares" });
    }
    let is_away = [HOURS, KIND, STATUS, DAYS, HALF].iter().any(|known| file.header(*known).is_some());
    if options.maps.is_empty() && !said.is_known && !is_away && is_of_people(&file) {
        return Err(ImportError::OtherTable { what: "people", verb: "people" });
    }
    let mut listing = file.listing(absence);
    listing.notes.extend(said.note);
    keep_ids_of_rows(&mut listing, file.header(ID));
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

/// True for a list of people, whose first day is the one on which they came.
fn is_of_people(file: &File) -> bool {
    const WHO: [&str; 6] = ["jobtitle", "discipline", "department", "abteilung", "rolle", "role"];
    const REACHED: [&str; 6] =
        ["email", "emailaddress", "weeklyhours", "wochenstunden", "dailyhours", "monday"];
    file.has_column(&WHO) && file.has_column(&REACHED)
}

/// Ids that come more than once are those of somebody, or of a whole request of several rows, and tell no row apart.
fn keep_ids_of_rows(listing: &mut Listing<AbsenceDraft>, header: Option<&str>) {
    let mut seen = HashSet::new();
    let mut ids = listing.drafts.iter().map(|row| &row.value.id).filter(|id| !id.is_empty());
    if ids.all(|id| seen.insert(id.clone())) {
        return;
    }
    listing.drafts.iter_mut().for_each(|row| row.value.id.clear());
    let header = header.map(bounds::named).unwrap_or_default();
    listing
        .notes
        .push(format!("column `{header}` has the same id on several rows; absences are known by their days"));
}

fn absence(cells: &mut NamedCells<'_>) -> Result<AbsenceDraft, String> {
    let name = whole_name(cells, [0, GIVEN, FAMILY]);
    let who = match name.as_str() {
        "" => return Err("no person".to_owned()),
        "*" => Absentee::Everybody,
        all if EVERYBODY.contains(&fold(all).as_str()) => Absentee::Everybody,
        name => Absentee::Person(name.to_owned()),
    };
    let unread =
        |what: &str, text: &str| format!("`{}` is not a {what} that can be read", bounds::named(text));
    let last = cells.text(TO);
    let both = if last.is_empty() { cells.ends(FROM) } else { None };
    let first = both.map_or_else(|| cells.when(FROM), |(from, _)| Some(from));
    let from = first.ok_or_else(|| unread("first day", cells.text(FROM)))?;
    let to = match cells.when(TO) {
        Some(to) => to,
        None if last.is_empty() => both.map_or(CellDate { has_time: false, ..from }, |(_, to)| to),
        // Without its last day an absence would end on its first, and hours be planned on days away.
        None => return Err(unread("last day", last)),
    };
    if to.local.date() < from.local.date() {
        return Err(format!("it ends on {}, before it begins on {}", to.local.date(), from.local.date()));
    }
    let (from, to, by_clock) = span(from, to, cells);
    let per_day = hours(cells, (from, to))?.or(by_clock).or_else(|| half_day(cells, HALF, from == to));
    let status = squeeze(cells.text(STATUS));
    Ok(AbsenceDraft {
        who,
        id: Some(cells.text(ID)).filter(|id| id.len() <= LONGEST_ID).unwrap_or_default().to_owned(),
        from,
        to,
        per_day,
        // A column that asks for the approval says `no` in it.
        is_tentative: is_open(cells.text(STATUS)) || numbers::is_ticked(cells.text(TENTATIVE)),
        note: cells.text(KIND).to_owned(),
        is_off: is_one_of(&status, OFF),
    })
}

/// First and last day, and the hours of a part of one day. Midnight at the end is the end of the day before.
fn span(from: CellDate, to: CellDate, cells: &mut NamedCells<'_>) -> (NaiveDate, NaiveDate, Option<Minutes>) {
    let (begin, end) = (from.local, to.local);
    let (first, last) = (begin.date(), end.date());
    if !to.has_time {
        return (first, last, None);
    }
    let minutes = Minutes((end - begin).num_minutes());
    if first == last {
        return (first, last, Some(minutes).filter(|minutes| minutes.is_positive()));
    }
    let is_midnight = end.time() == NaiveTime::MIN;
    let last = if is_midnight { last.pred_opt().unwrap_or(last) } else { last };
    if begin.time() != NaiveTime::MIN {
        cells.problem(TO, "its times are not taken: it is whole days from the first to the last");
    }
    (first, last, None)
}

/// The hours a day that a row says; those of all its days are parted among them.
fn hours(cells: &mut NamedCells<'_>, (from, to): (NaiveDate, NaiveDate)) -> Result<Option<Minutes>, String> {
    let text = cells.text(HOURS);
    let found = match numbers::minutes(text, Unit::Hours) {
        Ok(minutes) => minutes.filter(|minutes| minutes.is_positive()),
        // Without its hours it would be a whole day off, so the row is told instead.
        Err(message) => return Err(format!("hours `{}`: {message}", bounds::named(text))),
    };
    let Some(hours) = found else {
        // Half a day is said in days by many; whole ones say no more than the first and the last do.
        let days = numbers::minutes(cells.text(DAYS), Unit::Days).ok().flatten();
        return Ok(days.filter(|part| from == to && part.is_positive() && *part < Minutes::hours(8)));
    };
    let is_working = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let days = from.iter_days().take_while(|day| *day <= to).filter(is_working).count();
    let days = i64::try_from(days).unwrap_or(i64::MAX).max(1);
    // Nobody works for more than ten hours on each of several days, and nobody is away for longer than a day has.
    let is_all = hours > Minutes::hours(24) || days > 1 && hours > Minutes::hours(10) && !is_a_day(cells);
    if !is_all {
        return Ok(Some(hours));
    }
    let a_day = Minutes(hours.0 / days);
    if a_day > Minutes::hours(24) {
        return Err(format!("hours `{}`: more than its days have", bounds::named(text)));
    }
    cells.problem(HOURS, &format!("taken for the hours of all its days: {a_day} a day"));
    Ok(Some(a_day))
}

/// True if the column of hours says that they are those of a day.
fn is_a_day(cells: &NamedCells<'_>) -> bool {
    const DAY: [&str; 9] =
        ["tag", "taglich", "jour", "journalier", "journalieres", "dia", "diarias", "dag", "dagelijks"];
    let header = spaced(cells.header(HOURS));
    header.contains("day") || DAY.iter().any(|word| header.contains(&format!(" {word} ")))
}
