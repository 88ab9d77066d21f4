//! `edit` of what is no request: a record, a meeting or somebody of the team, by one line in the same grammar.

use super::out::Out;
use super::{Done, books, calendar, team};
use crate::domain::person::PersonForm;
use crate::domain::record::{Fields, RecordKey};
use crate::ops::{Desk, OpsError, rows};

/// Changes whatever a text names by one line of words.
pub fn other(desk: &mut Desk, text: &str, words: &str, out: &mut Out) -> Done {
    let refused = |message| OpsError::Rejected { message, hint: None };
    // A key is never a name; of names those of the team go first, as in a line behind `@`.
    let named = text.trim_start_matches('@');
    let person = if text.parse::<RecordKey>().is_ok() { None } else { Some(desk.person(named)) };
    // Who could be several of the team is asked about: a stakeholder of that name is not meant any surer.
    if let Some(Err(asked @ OpsError::Rejected { .. })) = person {
        return Err(asked.into());
    }
    if let Some(Ok(person)) = person {
        let texts = rows::texts_of(words, PersonForm::FIELDS).map_err(refused)?;
        let committed = desk.edit_person(&person.handle, &texts)?;
        out.say(&committed.label);
        return team::show(desk, &committed.output, out);
    }
    let key = desk.record_key(text)?;
    let committed = desk.modify(std::slice::from_ref(&key), words)?;
    let is_changed = committed.operation.is_some();
    out.say(if is_changed { &committed.label } else { "nothing to change: it is so already" });
    match &key {
        RecordKey::Meeting(meeting) => calendar::one(desk, meeting, out),
        RecordKey::Numbered(..) => books::one(desk, &key, out),
    }
}
