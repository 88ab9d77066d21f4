//! People and absences from a table into the store.

use super::forgotten::{keep_forgotten, keep_forgotten_note};
use super::{Report, RowAction, RowReport, Understood, skipped_rows};
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::{AbsenceId, HolidayId};
use crate::domain::person::{Absence, Holiday, Person};
use crate::import::dates::DateOrder;
use crate::import::people::{AbsenceDraft, Entry, Listing, Who, read_absences, read_people};
use crate::import::{ImportError, Problem, Skipped};
use crate::ops::assign::find_person;
use crate::ops::{Desk, OpsError};
use crate::store::{StoreError, Tx};

/// What became of a row: its key and name, and what changed if it was there.
struct Done {
    action: RowAction,
    key: Option<String>,
    title: String,
    changes: Vec<Difference>,
}

impl Done {
    fn of(action: RowAction, key: Option<String>, title: &str) -> Self {
        Self { action, key, title: title.to_owned(), changes: Vec::new() }
    }
}

impl Desk {
    /// Imports people; known by handle, e-mail or name.
    ///
    /// # Errors
    /// When the file cannot be read as a whole; nothing is stored then.
    pub fn import_people(
        &mut self,
        bytes: &[u8],
        order: Option<DateOrder>,
        is_rehearsal: bool,
    ) -> Result<Report, OpsError> {
        let listing = read_people(bytes, order).map_err(|error| rejected(&error))?;
        self.list(listing, "people", is_rehearsal, &put_person)
    }

    /// Imports absences and public holidays.
    ///
    /// # Errors
    /// When the file cannot be read as a whole; nothing is stored then.
    pub fn import_absences(
        &mut self,
        bytes: &[u8],
        order: Option<DateOrder>,
        is_rehearsal: bool,
    ) -> Result<Report, OpsError> {
        let listing = read_absences(bytes, order).map_err(|error| rejected(&error))?;
        self.list(listing, "absences", is_rehearsal, &put_absence)
    }

    fn list<T>(
        &mut self,
        listing: Listing<T>,
        what: &str,
        is_rehearsal: bool,
        put: &dyn Fn(&Tx<'_>, &T) -> Result<Done, OpsError>,
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
            for Entry { row, value, problems } in &drafts {
                match put(tx, value) {
                    Ok(done) => report.rows.push(RowReport {
                        row: *row,
                        action: done.action,
                        key: done.key,
                        title: done.title,
                        problems: problems.clone(),
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

fn rejected(error: &ImportError) -> OpsError {
    OpsError::Rejected { message: error.to_string(), hint: None }
}

fn put_person(tx: &Tx<'_>, draft: &Person) -> Result<Done, OpsError> {
    let people = tx.people()?;
    let same = |known: &&Person| {
        known.handle == draft.handle
            || known.name == draft.name
            || (!draft.email.is_empty() && known.email.eq_ignore_ascii_case(&draft.email))
    };
    let Some(known) = people.iter().find(same) else {
        tx.add_person(draft)?;
        return Ok(Done::of(RowAction::Created, Some(draft.handle.clone()), &draft.name));
    };
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
    Ok(Done { changes, ..Done::of(action, Some(person.handle), &person.name) })
}

fn put_absence(tx: &Tx<'_>, draft: &AbsenceDraft) -> Result<Done, OpsError> {
    match &draft.who {
        Who::Everybody => Ok(put_holiday(tx, draft)?),
        Who::Person(name) => {
            let people = tx.people()?;
            let person = find_person(&people, name)?;
            let mut absence = Absence {
                id: AbsenceId(0),
                person: person.id,
                from: draft.from,
                to: draft.to,
                per_day: draft.per_day,
                is_tentative: draft.is_tentative,
                note: draft.note.clone(),
            };
            let known = tx.absences_of(person.id)?;
            keep_forgotten_note(tx, &mut absence, &known)?;
            let title = format!("{} {}", person.name, absence.note);
            if known.iter().any(|known| Absence { id: AbsenceId(0), ..known.clone() } == absence) {
                return Ok(Done::of(RowAction::Unchanged, None, &title));
            }
            // The same days with another word for it, or approved meanwhile: a change, not a second absence.
            if let Some(old) = known.iter().find(|known| (known.from, known.to) == (absence.from, absence.to))
            {
                tx.remove_absence(old.id)?;
                let hours =
                    |it: &Absence| it.per_day.map_or(FieldValue::told("whole days"), FieldValue::Length);
                let changes = difference::of_fields([
                    ("note", FieldValue::words(&old.note), FieldValue::words(&absence.note)),
                    ("hours", hours(old), hours(&absence)),
                    (
                        "tentative",
                        FieldValue::Truth(old.is_tentative),
                        FieldValue::Truth(absence.is_tentative),
                    ),
                ]);
                let key = tx.add_absence(&absence)?.to_string();
                return Ok(Done { changes, ..Done::of(RowAction::Updated, Some(key), &title) });
            }
            let key = tx.add_absence(&absence)?.to_string();
            Ok(Done::of(RowAction::Created, Some(key), &title))
        }
    }
}

fn put_holiday(tx: &Tx<'_>, draft: &AbsenceDraft) -> Result<Done, StoreError> {
    let name = if draft.note.is_empty() { "Holiday" } else { &draft.note };
    let holiday = Holiday { id: HolidayId(0), name: name.to_owned(), from: draft.from, to: draft.to };
    if tx.holidays()?.iter().any(|known| (known.from, known.to) == (holiday.from, holiday.to)) {
        return Ok(Done::of(RowAction::Unchanged, None, &holiday.name));
    }
    let id = tx.add_holiday(&holiday)?;
    Ok(Done::of(RowAction::Created, Some(id.to_string()), &holiday.name))
}

/// The problem of a row, as text; used where reports are told in lines.
#[must_use]
pub fn problem_text(problem: &Problem) -> String {
    match (problem.column.is_empty(), problem.value.is_empty()) {
        (true, _) => problem.message.clone(),
        (false, true) => format!("{}: {}", problem.column, problem.message),
        (false, false) => format!("{}: `{}` {}", problem.column, problem.value, problem.message),
    }
}
