//! Taking words out for good.

use super::{Desk, OpsError, team};
use crate::domain::ids::{AbsenceId, HolidayId};
use crate::domain::record::RecordKey;
pub use crate::store::{Copies, Forgotten, Subject, fields_of};

impl Desk {
    /// What a key, a handle or a person's name stands for.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn subject(&self, key: &str) -> Result<Subject, OpsError> {
        if let Ok(AbsenceId(row)) = key.parse() {
            return Ok(Subject::Row { table: "absence", row });
        }
        if let Ok(HolidayId(row)) = key.parse() {
            return Ok(Subject::Row { table: "holiday", row });
        }
        if let Ok(key) = key.parse::<RecordKey>() {
            return Ok(Subject::of(&key));
        }
        let people = self.store.people()?;
        let person = team::find_person(&people, key.trim_start_matches('@'))?;
        Ok(Subject::Person { row: person.id.0, handle: person.handle.clone() })
    }

    /// Takes the words of a subject, or of one of its fields, out of everything that is kept.
    ///
    /// # Errors
    /// When there is no such record or field, or the store cannot be written.
    pub fn forget(
        &mut self,
        subject: &Subject,
        field: Option<&str>,
        copies: Copies,
    ) -> Result<Forgotten, OpsError> {
        let field = field.map(|field| known_field(subject, field)).transpose()?;
        let stamp = self.stamp();
        Ok(self.store.forget(stamp, subject, field, copies)?)
    }
}

/// The question to be answered with yes before words are forgotten.
///
/// # Errors
/// When the subject has no such field with words.
pub fn question(subject: &Subject, field: Option<&str>) -> Result<String, OpsError> {
    let what = match field {
        Some(field) => format!("the words in {} of {subject}", known_field(subject, field)?),
        None => format!("every word of {subject}; its numbers and days stay"),
    };
    Ok(format!("This can never be undone: forget {what}?"))
}

/// The name of a field of the subject that holds words.
fn known_field(subject: &Subject, field: &str) -> Result<&'static str, OpsError> {
    let known = fields_of(subject);
    let wanted = field.trim().to_lowercase().replace(['_', ' '], "-");
    known.iter().find(|name| **name == wanted).copied().ok_or_else(|| {
        OpsError::rejected(
            format!("{subject} has no field `{field}` that holds words"),
            format!("It has: {}.", known.join(", ")),
        )
    })
}

impl Forgotten {
    /// What came of it, as sentences.
    pub fn told(&self) -> Vec<String> {
        let places: Vec<String> =
            self.places.iter().map(|(place, count)| format!("{place} ({count})")).collect();
        let mut told = vec![if places.is_empty() {
            "It held no such words, and nothing was changed.".to_owned()
        } else {
            format!("The words are gone for good from: {}.", places.join(", "))
        }];
        if !self.still.is_empty() {
            let names: Vec<String> = self.still.iter().map(|path| path.display().to_string()).collect();
            told.push(format!(
                "{} still hold it: {}",
                counted(names.len(), "copy", "copies"),
                names.join(", ")
            ));
        }
        if !self.elsewhere.is_empty() {
            let shown: Vec<&str> = self.elsewhere.iter().take(8).map(String::as_str).collect();
            let more = if self.elsewhere.len() > shown.len() { ", …" } else { "" };
            told.push(format!(
                "The same words were also written into {}{more}; they stay there.",
                shown.join(", ")
            ));
        }
        told.extend(self.remarks.iter().cloned());
        told
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
