//! Taking words out for good.

use super::{Desk, OpsError, team};
use crate::domain::count::counted;
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
    // As the screen, JSON or an option writes it, it is the same field.
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
                "{} it: {}",
                counted(names.len(), "copy still holds", "copies still hold"),
                names.join(", ")
            ));
        }
        if !self.elsewhere.is_empty() {
            // A common word may stand in hundreds of records.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Kind;
    use crate::ops::kit::{away, entry, field_of, refusal, request, studio, told};

    fn forget(desk: &mut Desk, key: &str, field: Option<&str>) -> Result<Vec<String>, OpsError> {
        let subject = desk.subject(key)?;
        desk.forget(&subject, field, Copies::Named).map(|forgotten| forgotten.told())
    }

    #[test]
    fn a_subject_is_a_key_a_handle_or_a_name() {
        let mut desk = studio();
        let absence = away(&mut desk, "ana", "2026-12-01", "2026-12-01").to_string();
        assert_eq!(desk.subject(&absence).unwrap(), Subject::Row { table: "absence", row: 1 });
        for who in ["ana", "@ana", "Ana"] {
            assert_eq!(desk.subject(who).unwrap(), Subject::Person { row: 1, handle: "ana".to_owned() });
        }
        assert_eq!(refusal(desk.subject("zed")), "nobody is called `zed`");
    }

    #[test]
    fn one_field_goes_and_the_others_stay() {
        let mut desk = studio();
        let key =
            entry(&mut desk, Kind::Stakeholder, &[("name", "Priya"), ("notes", "nervous"), ("role", "CMO")]);
        let told = forget(&mut desk, "S-1", Some("Notes")).unwrap();
        assert!(told[0].starts_with("The words are gone for good from: "), "{told:?}");
        assert_eq!(field_of(&desk, &key, "role"), "CMO");
        assert!(!field_of(&desk, &key, "notes").contains("nervous"));
        assert!(desk.history(None).unwrap().iter().all(|operation| !operation.label.contains("nervous")));
    }

    #[test]
    fn a_field_that_holds_no_words_is_refused_with_those_that_do() {
        let mut desk = studio();
        request(&mut desk, "Film t3 ~4h");
        let subject = desk.subject("R-1").unwrap();
        let error = desk.forget(&subject, Some("due"), Copies::Named).unwrap_err();
        assert!(error.to_string().ends_with("has no field `due` that holds words"), "{error}");
        assert!(error.hint().unwrap().contains("title"), "{error:?}");
        assert!(question(&subject, Some("due")).is_err());
        assert_eq!(told(&desk), "Added R-1 Film");
    }

    #[test]
    fn the_question_says_what_goes_and_that_it_never_comes_back() {
        let mut desk = studio();
        request(&mut desk, "Film");
        let subject = desk.subject("R-1").unwrap();
        let all = question(&subject, None).unwrap();
        assert!(all.starts_with("This can never be undone: forget every word of R-1"), "{all}");
        let one = question(&subject, Some("NOTES")).unwrap();
        assert_eq!(one, "This can never be undone: forget the words in notes of R-1?");
    }

    #[test]
    fn what_is_forgotten_keeps_its_numbers_and_days() {
        let mut desk = studio();
        let id = request(&mut desk, "Film for Zoe t3 ~4h due:fri");
        forget(&mut desk, "R-1", None).unwrap();
        let film = desk.store.request(id).unwrap();
        assert!(!film.title.contains("Zoe") && !film.ask.contains("Zoe"), "{film:?}");
        assert_eq!(
            (film.estimate, film.due),
            (Some(crate::ops::kit::hours(4)), Some(crate::ops::kit::day("2026-11-27")))
        );
        assert!(forget(&mut desk, "R-9", None).is_err());
    }
}
