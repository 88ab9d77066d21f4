//! People and absences from a table into the store.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::forgotten::{keep_forgotten, keep_forgotten_note};
use super::{Report, RowAction, RowReport, Understood, skipped_rows};
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::{AbsenceId, HolidayId, PersonId};
use crate::domain::person::{Absence, Holiday, Person};
use crate::import::people::{AbsenceDraft, Absentee, ListedRow, Listing};
use crate::import::{Problem, Skipped};
use crate::ops::team::{Called, find_person};
use crate::ops::{Desk, OpsError};
use crate::store::{StoreError, Tx};

/// What became of a row: its key and name, and what changed if it was there.
struct RowResult {
    action: RowAction,
    key: Option<String>,
    title: String,
    changes: Vec<Difference>,
    /// What the user has to look at.
    problem: Option<String>,
}

impl RowResult {
    fn of(action: RowAction, key: Option<String>, title: &str) -> Self {
        Self { action, key, title: title.to_owned(), changes: Vec::new(), problem: None }
    }
}

impl Desk {
    /// Takes the people of a file in; known by handle, e-mail or name.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_people(&mut self, listing: Listing<Person>, is_rehearsal: bool) -> Result<Report, OpsError> {
        self.list(listing, "people", is_rehearsal, put_person)
    }

    /// Takes absences and public holidays in.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_absences(
        &mut self,
        listing: Listing<AbsenceDraft>,
        is_rehearsal: bool,
    ) -> Result<Report, OpsError> {
        self.list(listing, "absences", is_rehearsal, put_absence)
    }

    fn list<T>(
        &mut self,
        listing: Listing<T>,
        what: &str,
        is_rehearsal: bool,
        put: impl Fn(&Tx<'_>, &mut KnownTeam, &T) -> Result<RowResult, OpsError>,
    ) -> Result<Report, OpsError> {
        let stamp = self.stamp();
        let understood = Understood {
            preset: what.to_owned(),
            header_row: listing.header_row,
            delimiter: listing.delimiter.to_string(),
            encoding: listing.encoding,
            columns_ignored: listing.columns_ignored,
        };
        let mut report =
            Report { is_rehearsal, understood, rows: Vec::new(), notes: listing.notes, operation: None };
        let (drafts, mut skipped) = (listing.drafts, listing.skipped);
        let label = format!("Imported {} {what}", drafts.len());
        let mut work = |tx: &Tx<'_>| -> Result<String, OpsError> {
            let mut team = KnownTeam::read(tx)?;
            for ListedRow { row, value, problems } in &drafts {
                match put(tx, &mut team, value) {
                    Ok(done) => report.rows.push(RowReport {
                        row: *row,
                        action: done.action,
                        key: done.key,
                        title: done.title,
                        problems: problems.iter().cloned().chain(done.problem.map(of_name)).collect(),
                        changes: done.changes,
                        conflicts: Vec::new(),
                    }),
                    // Somebody unknown costs a row, not the file.
                    Err(OpsError::NotFound { message, .. }) => {
                        skipped.push(Skipped { row: *row, title: String::new(), reason: message });
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(format!("{label}{}", report.brought()))
        };
        let committed = if is_rehearsal {
            self.store.rehearse(stamp, work)?;
            None
        } else {
            Some(self.store.change(stamp, |tx| work(tx).map(|label| ((), label)))?)
        };
        report.rows.extend(skipped_rows(skipped));
        Ok(report.finish(committed.as_ref()))
    }
}

fn of_name(message: String) -> Problem {
    Problem { column: "name".to_owned(), value: String::new(), message }
}

/// Who and what is there, read once and kept up as rows come in: to read it anew for each row would take the square of
/// their number.
struct KnownTeam {
    people: Vec<Person>,
    called: Called,
    /// The days of every holiday.
    holidays: HashSet<Days>,
    absences: HashMap<(PersonId, Days), Vec<Absence>>,
    /// Who was looked for already.
    known: HashMap<String, PersonId>,
}

/// First and last day.
type Days = (NaiveDate, NaiveDate);

impl KnownTeam {
    fn read(tx: &Tx<'_>) -> Result<Self, StoreError> {
        let people = tx.people()?;
        let called = Called::all(&people);
        let holidays = tx.records::<Holiday>()?.iter().map(|known| (known.from, known.to)).collect();
        let mut absences: HashMap<(PersonId, Days), Vec<Absence>> = HashMap::new();
        for absence in tx.records::<Absence>()? {
            absences.entry((absence.person, (absence.from, absence.to))).or_default().push(absence);
        }
        Ok(Self { people, called, holidays, absences, known: HashMap::new() })
    }

    fn find(&mut self, name: &str) -> Result<PersonId, OpsError> {
        if let Some(id) = self.known.get(name) {
            return Ok(*id);
        }
        let id = match self.called.find(name) {
            Some(place) => self.people[place].id,
            None => find_person(&self.people, name)?.id,
        };
        self.known.insert(name.to_owned(), id);
        Ok(id)
    }
}

fn put_person(tx: &Tx<'_>, team: &mut KnownTeam, draft: &Person) -> Result<RowResult, OpsError> {
    let people = &mut team.people;
    let same = |known: &&Person| {
        known.handle == draft.handle
            || known.name == draft.name
            || (!draft.email.is_empty() && known.email.eq_ignore_ascii_case(&draft.email))
    };
    let Some(place) = people.iter().position(|known| same(&known)) else {
        let id = tx.add_person(draft)?;
        people.push(Person { id, ..draft.clone() });
        let mut done = RowResult::of(RowAction::Created, Some(draft.handle.clone()), &draft.name);
        // Which words they were nobody knows any more: under another name and handle somebody is new.
        if tx.has_forgotten_in("person")? {
            done.problem = Some(format!(
                "is new here; somebody was forgotten for good before: if it is them, `tablesetter forget {}`",
                draft.handle
            ));
        }
        return Ok(done);
    };
    let known = &people[place];
    // The planning factor and the handle are decided here.
    let mut person = Person {
        id: known.id,
        handle: known.handle.clone(),
        factor_percent: known.factor_percent,
        ..draft.clone()
    };
    keep_forgotten(tx, &mut person, known)?;
    for contract in &known.contracts {
        if !person.contracts.iter().any(|own| own.from == contract.from) {
            person.contracts.push(contract.clone());
        }
    }
    person.contracts.sort_by_key(|contract| contract.from);
    let action = if person == *known { RowAction::Unchanged } else { RowAction::Updated };
    if action == RowAction::Updated {
        tx.put_person(&person)?;
    }
    let changes = known.differences(&person);
    let done = RowResult { changes, ..RowResult::of(action, Some(person.handle.clone()), &person.name) };
    people[place] = person;
    Ok(done)
}

fn put_absence(tx: &Tx<'_>, team: &mut KnownTeam, draft: &AbsenceDraft) -> Result<RowResult, OpsError> {
    match &draft.who {
        Absentee::Everybody => Ok(put_holiday(tx, team, draft)?),
        Absentee::Person(name) => {
            let person = team.find(name)?;
            let mut absence = Absence {
                id: AbsenceId(0),
                person,
                from: draft.from,
                to: draft.to,
                per_day: draft.per_day,
                is_tentative: draft.is_tentative,
                note: draft.note.clone(),
            };
            let named = team
                .people
                .iter()
                .find(|known| known.id == person)
                .map_or_else(String::new, |known| known.name.clone());
            let known = team.absences.entry((person, (absence.from, absence.to))).or_default();
            keep_forgotten_note(tx, &mut absence, known)?;
            let title = format!("{named} {}", absence.note);
            if known.iter().any(|known| Absence { id: AbsenceId(0), ..known.clone() } == absence) {
                return Ok(RowResult::of(RowAction::Unchanged, None, &title));
            }
            // The same days with another word for it, or approved meanwhile: a change, not a second absence.
            if let Some(old) = (!known.is_empty()).then(|| known.remove(0)) {
                absence.id = old.id;
                tx.put_record(&absence)?;
                let hours =
                    |it: &Absence| it.per_day.map_or(FieldValue::told("whole days"), FieldValue::Length);
                let changes = difference::of_fields([
                    ("note", FieldValue::words(&old.note), FieldValue::words(&absence.note)),
                    ("hours", hours(&old), hours(&absence)),
                    (
                        "tentative",
                        FieldValue::Truth(old.is_tentative),
                        FieldValue::Truth(absence.is_tentative),
                    ),
                ]);
                let key = absence.id.to_string();
                known.push(absence);
                return Ok(RowResult { changes, ..RowResult::of(RowAction::Updated, Some(key), &title) });
            }
            tx.add_record(&mut absence)?;
            let key = absence.id.to_string();
            known.push(absence);
            Ok(RowResult::of(RowAction::Created, Some(key), &title))
        }
    }
}

fn put_holiday(tx: &Tx<'_>, team: &mut KnownTeam, draft: &AbsenceDraft) -> Result<RowResult, StoreError> {
    let name = if draft.note.is_empty() { "Holiday" } else { &draft.note };
    let mut holiday = Holiday { id: HolidayId(0), name: name.to_owned(), from: draft.from, to: draft.to };
    if !team.holidays.insert((holiday.from, holiday.to)) {
        return Ok(RowResult::of(RowAction::Unchanged, None, &holiday.name));
    }
    tx.add_record(&mut holiday)?;
    Ok(RowResult::of(RowAction::Created, Some(holiday.id.to_string()), &holiday.name))
}

/// The problem of a row, as text; used where reports are told in lines.
pub fn problem_text(problem: &Problem) -> String {
    match (problem.column.is_empty(), problem.value.is_empty()) {
        (true, _) => problem.message.clone(),
        (false, true) => format!("{}: {}", problem.column, problem.message),
        (false, false) => format!("{}: `{}` {}", problem.column, problem.value, problem.message),
    }
}
