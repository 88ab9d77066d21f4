//! What was forgotten here for good is not brought back by a file that still says it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::fields::take;
use crate::domain::ids::RequestId;
use crate::domain::meeting::CalendarEvent;
use crate::domain::person::{Absence, Person};
use crate::domain::record::TableRow;
use crate::domain::request::Request;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::people::PersonDraft;
use crate::import::requests::Draft;
use crate::store::{FORGOTTEN, StoreError, Tx, hidden_id};

/// The column of the store that a column of a file fills.
fn column(field: Field) -> String {
    match field {
        Field::Blocked => "blocked_reason".to_owned(),
        other => other.name().replace('-', "_"),
    }
}

/// A row of a file without what was forgotten of its request; `None` if nothing was. The problems say so.
pub(super) fn without_forgotten(
    tx: &Tx<'_>,
    draft: &Draft,
    source: &str,
    existing: Option<RequestId>,
) -> Result<Option<Draft>, StoreError> {
    let columns = match existing {
        Some(id) => tx.forgotten_of("request", id.0)?,
        None => tx.forgotten_from(source, &draft.request.external_id)?,
    };
    if columns.is_empty() {
        return Ok(None);
    }
    let mut left = draft.clone();
    let blank = Request::new(FORGOTTEN, DateTime::UNIX_EPOCH);
    let gone = |field: &Field| columns.contains(&column(*field));
    for field in draft.given.iter().copied().filter(|field| gone(field)) {
        take(&mut left.request, &blank, field);
        left.problems.push(Problem {
            column: field.name(),
            value: String::new(),
            message: "was forgotten here for good and is not taken in again".to_owned(),
        });
    }
    left.given.retain(|field| !gone(field));
    // The ask and the id of a row may be made of what was forgotten.
    if columns.contains("title") {
        FORGOTTEN.clone_into(&mut left.request.title);
    }
    if existing.is_none() && columns.contains("requester") {
        left.request.external_id = hidden_id(&draft.request.external_id);
    }
    Ok(Some(left))
}

/// An event of a calendar without what was forgotten of its meeting.
pub(super) fn event_without(
    event: &CalendarEvent,
    known: &CalendarEvent,
    columns: &BTreeSet<String>,
) -> CalendarEvent {
    let mut left = event.clone();
    let recurrence = &mut left.recurrence;
    // Also in a change of all days from one on, which is kept apart from those of single days.
    let changes = recurrence.overrides.iter_mut().chain(&mut recurrence.following).map(|(_, spec)| spec);
    for spec in changes.chain([&mut left.spec]) {
        if columns.contains("title") {
            spec.title.clone_from(&known.spec.title);
        }
        if columns.contains("attendees") {
            spec.attendees.clear();
        }
        if columns.contains("location") {
            spec.location.clear();
        }
    }
    left
}

/// A row of somebody without what was forgotten of them; `None` if nothing was.
pub(super) fn person_without(
    columns: &BTreeSet<String>,
    row: &PersonDraft,
) -> Result<Option<PersonDraft>, StoreError> {
    if columns.is_empty() {
        return Ok(None);
    }
    let (mut left, blank) = (row.clone(), Person::blank(NaiveDate::default()));
    for (place, _) in Person::COLUMNS.iter().enumerate().filter(|(_, column)| columns.contains(**column)) {
        left.person.set_stored(place, blank.stored(place)).map_err(StoreError::Damaged)?;
    }
    Ok(Some(left))
}

/// An absence of a file without a note that was forgotten here.
pub(super) fn keep_forgotten_note(
    tx: &Tx<'_>,
    absence: &mut Absence,
    known: &Absence,
) -> Result<(), StoreError> {
    if tx.forgotten_of("absence", known.id.0)?.contains("note") {
        absence.note.clone_from(&known.note);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::ops::kit::desk_at;
    use crate::store::Copies;

    #[test]
    fn what_was_forgotten_comes_back_with_no_change_of_a_series() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        let series =
            "BEGIN:VEVENT\nUID:a\nSUMMARY:Secret\nDTSTART:20261124T100000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n";
        let calendar = |more: &str| format!("BEGIN:VCALENDAR\n{series}{more}END:VCALENDAR\n");
        desk.import_calendar("a.ics", &calendar("")).unwrap();
        let subject = desk.subject("M-1").unwrap();
        desk.forget(&subject, Some("title"), Copies::Named).unwrap();
        let later = "BEGIN:VEVENT\nUID:a\nSUMMARY:Secret\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261126T100000Z\n\
            DTSTART:20261126T110000Z\nEND:VEVENT\n";
        desk.import_calendar("a.ics", &calendar(later)).unwrap();
        let event = desk.store.meeting(crate::domain::ids::MeetingId(1)).unwrap().event;
        assert_eq!(event.recurrence.following.len(), 1);
        assert_ne!(event.recurrence.following[0].1.title, "Secret");
    }
}
