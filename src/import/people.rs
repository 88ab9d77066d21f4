//! People and their absences from simple tables: one row a person, one row an absence.
//!
//! Columns are known by their usual names in any order. A row that cannot be used is listed with its
//! reason; a cell that cannot be read is marked and the row kept.

mod absences;
pub(super) mod granted;
mod halves;
mod other_tables;
mod week;

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ImportError;
use super::contacts::Contacts;
use super::list_presets::names_of;
use super::listing::{File, KnownColumns, ListOptions, ListedRow, Listing, NamedCells};
use super::numbers;
use crate::domain::bounds;
use crate::domain::matching::Contact;
use crate::domain::person::{Factor, Person};
use crate::domain::record::TableRow;
pub(in crate::import) use absences::ABSENCES;
pub use absences::{AbsenceDraft, Absentee, read_absences};
use halves::{FAMILY_NAMES, GIVEN_NAMES, whole_name};

pub(super) const PEOPLE: KnownColumns = KnownColumns {
    fields: &[
        "name",
        "handle",
        "discipline",
        "email",
        "start",
        "end",
        "factor",
        "role",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "weekly-hours",
        "working-days",
        "first-name",
        "last-name",
        "daily-hours",
        "days-off",
    ],
    needed: &[&[0, GIVEN, FAMILY]],
    or_weeks: None,
    called: &["the name"],
    days: &[4, 5],
    most: bounds::PEOPLE,
    names: &[
        &[
            "name",
            "person",
            "full name",
            "employee",
            "team member",
            "mitarbeiter",
            "nom",
            "nombre",
            "naam",
            "wer",
            "teammitglied",
            "employé",
            "empleado",
            "medewerker",
            "personne",
            "persona",
        ],
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
        &[
            "weekly hours",
            "hours per week",
            "hours a week",
            "hours/week",
            "hrs/week",
            "weekly capacity",
            "weekly capacity (hours)",
            "weekly capacity (h)",
            "weekly hours (h)",
            "capacity (h/week)",
            "capacity (hours/week)",
            "contract hours",
            "contracted hours",
            "contracted weekly hours",
            "work hours per week",
            "working hours per week",
            "vertragsstunden",
            "wochenstunden (vertrag)",
            "contracted hours per week",
            "h/week",
            "wochenstunden",
            "wochenstd",
            "wochenarbeitszeit",
            "std/woche",
            "std pro woche",
            "h/woche",
            "stunden pro woche",
            "stunden/woche",
            "heures par semaine",
            "heures hebdomadaires",
            "heures/semaine",
            "horas semanales",
            "horas por semana",
            "uren per week",
            "weekuren",
        ],
        &[
            "working days",
            "workdays",
            "days of work",
            "arbeitstage",
            "jours travaillés",
            "días laborables",
            "werkdagen",
        ],
        GIVEN_NAMES,
        FAMILY_NAMES,
        &[
            "daily hours",
            "daily capacity",
            "hours per day",
            "hours a day",
            "hours/day",
            "working hours per day",
            "work hours per day",
            "capacity (h/day)",
            "stunden pro tag",
            "stunden/tag",
            "tagesstunden",
            "heures par jour",
            "horas por día",
            "uren per dag",
        ],
        &[
            "non-workdays",
            "non-working days",
            "non working days",
            "days off",
            "free days",
            "freie tage",
            "arbeitsfreie tage",
            "jours non travaillés",
            "días libres",
            "vrije dagen",
        ],
    ],
};
/// Places of the two halves of a name.
const GIVEN: usize = 17;
const FAMILY: usize = 18;

/// Somebody as a row has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    pub person: Person,
    /// Of the hours only those of a whole week were said, and nobody knows on which days more of them lie.
    pub is_spread: bool,
    /// The file has a column of last days, and no day in it.
    pub is_without_end: bool,
}

impl Deref for PersonDraft {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.person
    }
}

/// Reads people; ids are 0, handles unique within the file.
///
/// # Errors
/// [`ImportError`] when the file has no column of names or cannot be read at all.
pub fn read_people(bytes: &[u8], options: &ListOptions) -> Result<Listing<PersonDraft>, ImportError> {
    let said = names_of(bytes, &PEOPLE, options, ("people", |preset| &preset.people))?;
    let file = File::open(bytes, &PEOPLE, &said.options, &said.names)?;
    // Whoever says what its columns are has looked at it.
    if options.maps.is_empty() && !said.is_known {
        other_tables::refuse(&file)?;
    }
    let mut handles: HashSet<String> = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut listing = file.listing(|cells| {
        let mut draft = person(cells)?;
        let person = &mut draft.person;
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
        Ok(draft)
    });
    listing.notes.extend(said.note);
    name_addresses(&mut listing);
    Ok(listing)
}

/// A person whose name is nothing but an address is whoever another row gives that address.
fn name_addresses(listing: &mut Listing<PersonDraft>) {
    let mut contacts = Contacts::default();
    for ListedRow { value: person, .. } in &listing.drafts {
        contacts.note(&person.name);
        contacts.note_pair(&person.name, &person.email);
    }
    for ListedRow { value, .. } in &mut listing.drafts {
        let person = &mut value.person;
        let Some(name) = contacts.name(&person.name).cloned() else { continue };
        if person.email.is_empty() {
            person.email = Contact::read(&person.name).address;
        }
        // The one that it has was made of the address, by which nobody is called.
        person.handle = handle_of(name.split_whitespace().next().unwrap_or_default());
        person.name = name;
    }
}

fn person(cells: &mut NamedCells<'_>) -> Result<PersonDraft, String> {
    let name = whole_name(cells, [0, GIVEN, FAMILY]);
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let first_day = cells.day(4);
    let handle = match handle_of(cells.text(1)) {
        given if given.is_empty() => handle_of(name.split_whitespace().next().unwrap_or_default()),
        given => given,
    };
    let (contract, is_spread) = week::contract(cells, first_day);
    let person = Person {
        // A name without a single letter gives no handle, and everybody needs one.
        handle: if handle.is_empty() { "person".to_owned() } else { handle },
        name,
        discipline: cells.text(2).to_owned(),
        email: cells.text(3).to_owned(),
        is_role: numbers::is_ticked(cells.text(7)),
        factor: Factor(factor(cells)),
        first_day,
        last_day: cells.day(5),
        contracts: contract.into_iter().collect(),
        ..Person::blank(NaiveDate::default())
    };
    let is_without_end = !cells.header(5).is_empty() && cells.text(5).is_empty();
    Ok(PersonDraft { person, is_spread, is_without_end })
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
    if cells.text(6).is_empty() {
        return 80;
    }
    let read = numbers::percent(cells.text(6));
    let whole = read.and_then(|(percent, is_rounded)| Some((u8::try_from(percent).ok()?, is_rounded)));
    let Some((percent, is_rounded)) = whole.filter(|(percent, _)| (1..=100).contains(percent)) else {
        cells.problem(6, "not a planning factor; 0.8 is taken");
        return 80;
    };
    if is_rounded {
        cells.problem(6, &format!("whole per cent are kept; {percent} % is taken"));
    }
    percent
}

#[cfg(test)]
mod tests;
