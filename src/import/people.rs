//! People and their absences from simple tables: one row a person, one row an absence.
//!
//! Columns are known by their usual names in any order. A row that cannot be used is listed with its
//! reason; a cell that cannot be read is marked and the row kept.

mod absences;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::ImportError;
use super::contacts::Contacts;
use super::listing::{File, KnownColumns, ListOptions, ListedRow, Listing, NamedCells};
use super::numbers::{self, Unit};
use crate::domain::bounds;
use crate::domain::matching::Contact;
use crate::domain::person::{Contract, Factor, Person, WeekPattern};
use crate::domain::record::TableRow;
pub use absences::{AbsenceDraft, Absentee, read_absences};

const PEOPLE: KnownColumns = KnownColumns {
    needed: &[&[0]],
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
const MONDAY: usize = 8;
/// Reads people; ids are 0, handles unique within the file.
///
/// # Errors
/// [`ImportError`] when the file has no column of names or cannot be read at all.
pub fn read_people(bytes: &[u8], options: &ListOptions) -> Result<Listing<Person>, ImportError> {
    let file = File::open(bytes, &PEOPLE, options, &[])?;
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
        // A name without a single letter gives no handle, and everybody needs one.
        handle: if handle.is_empty() { "person".to_owned() } else { handle },
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        discipline: cells.text(2).to_owned(),
        email: cells.text(3).to_owned(),
        is_role: numbers::is_ticked(cells.text(7)),
        factor: Factor(factor(cells)),
        first_day,
        last_day: cells.day(5),
        contracts: contract(cells, first_day).into_iter().collect(),
        ..Person::blank(NaiveDate::default())
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

#[cfg(test)]
mod tests;
