//! One line of words that changes meetings and records of the books, as quick add's grammar changes requests.

use crate::domain::kinds;
use crate::domain::meeting::form::MeetingForm;
use crate::domain::record::{FieldSpec, Fields, RecordKey};
use crate::domain::words::capture;
use crate::domain::words::token::tokens;
use crate::ops::sheet::{self, FormContext, Texts};
use crate::ops::{Desk, OpsError};
use crate::store::Committed;

/// The fields that a line sets of what has a key.
pub fn fields_of(key: &RecordKey) -> &'static [FieldSpec] {
    match key {
        RecordKey::Meeting(_) => MeetingForm::FIELDS,
        RecordKey::Numbered(kind, _) => kinds::fields(*kind),
    }
}

/// The field by which something is due, as its kind calls it.
pub fn due_field(key: &RecordKey) -> Option<&'static FieldSpec> {
    fields_of(key).iter().find(|field| field.name == "due" || field.aliases.contains(&"due"))
}

/// What a line sets, by the fields that it may set; the plain words stand under the first.
///
/// # Errors
/// A sentence about the first word that is not understood.
pub fn texts_of(words: &str, fields: &[FieldSpec]) -> Result<Texts, String> {
    let read = capture::parse_change(words, fields);
    if let Some((word, wrong)) = read.problem {
        return Err(format!("`{word}` {wrong}"));
    }
    let is_set = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| field.is_in_form() || field.is_option())
    };
    if let Some((name, _)) = read.fields.iter().find(|(name, _)| !is_set(name)) {
        return Err(format!("`{name}` is not set by hand"));
    }
    let first = fields.first().map(|field| field.name);
    let title = read.fields.iter().find(|(name, _)| Some(*name) == first);
    let begins = tokens(words).first().map(|token| token.text.clone()).unwrap_or_default();
    match title {
        // A shell takes quotes off: words behind a field must not rename anything.
        Some((_, title))
            if !title.starts_with(&begins) && !begins.starts_with(&format!("{}:", first.unwrap_or(""))) =>
        {
            Err(format!(
                "`{title}` behind `{begins}` would be what it is called: put it first, or a value of several words in quotes"
            ))
        }
        _ => Ok(read.fields),
    }
}

/// What a line would change, said back; what is wrong with it otherwise.
///
/// # Errors
/// A sentence about the first word or value that is wrong.
pub fn echo(words: &str, fields: &[FieldSpec], around: FormContext<'_>) -> Result<String, String> {
    let said = texts_of(words, fields)?.into_iter().map(|(name, text)| {
        let Some(field) = fields.iter().find(|field| field.name == name) else { return Ok(String::new()) };
        let title = field.title.to_lowercase();
        // Taking a value away is checked where it is written: what is needed is refused there.
        if matches!(text.as_str(), "none" | "-") {
            return Ok(format!("{title} none"));
        }
        let understood = sheet::check(field, &text, around).map_err(|wrong| format!("{title}: {wrong}"))?;
        Ok(format!("{title} {}", understood.unwrap_or(text)))
    });
    Ok(said.collect::<Result<Vec<_>, String>>()?.join(" · "))
}

impl Desk {
    /// Changes records of any kind by one line, as one change.
    ///
    /// # Errors
    /// When a word is not understood or refused by one of them; then none is changed.
    pub fn modify(&mut self, keys: &[RecordKey], words: &str) -> Result<Committed<()>, OpsError> {
        // Requests have a grammar of their own, with people and stages in it.
        if let Some(requests) = RecordKey::requests(keys) {
            return self.edit(&requests, words).map(Committed::without_output);
        }
        let changes = keys.iter().map(|key| {
            let texts = texts_of(words, fields_of(key))
                .map_err(|message| OpsError::Rejected { message, hint: None })?;
            let first = fields_of(key).first().map(|field| field.name);
            match texts.iter().find(|(name, _)| Some(*name) == first) {
                Some((_, title)) if keys.len() > 1 => Err(OpsError::rejected(
                    format!("{} of them would be called `{title}`", keys.len()),
                    "Leave plain words out, or change one at a time.",
                )),
                _ => Ok((key.clone(), texts)),
            }
        });
        let changes = changes.collect::<Result<Vec<_>, OpsError>>()?;
        self.write_rows(&changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::domain::record::Kind;
    use crate::ops::kit::{desk_at, entry, field_of, meet, refusal, told};

    fn desk() -> Desk {
        desk_at("2026-11-23T09:00:00+00:00")
    }

    #[test]
    fn one_line_changes_records_of_every_kind() {
        let mut desk = desk();
        let promise = desk.capture(Kind::Promise, "two ways @Owen due:mon").unwrap().output;
        let outcome = entry(&mut desk, Kind::Outcome, &[("name", "Sooner on shelf")]);
        let meeting: RecordKey =
            meet(&mut desk, "Council", "2026-11-24T10:00", MeetingKind::Leadership, &["Kim"]).into();
        desk.modify(std::slice::from_ref(&promise), "three ways by:fri").unwrap();
        assert_eq!(field_of(&desk, &promise, "text"), "three ways");
        assert_eq!(field_of(&desk, &promise, "due"), "Fri 27 Nov 2026");
        desk.modify(std::slice::from_ref(&outcome), "unit:d target:9").unwrap();
        assert_eq!(field_of(&desk, &outcome, "target"), "9");
        desk.modify(std::slice::from_ref(&meeting), "intent:\"a yes\" minutes:30").unwrap();
        assert!(told(&desk).contains("a yes"), "{}", told(&desk));
        // Both are due by a day, whatever their kinds call it.
        let risk = desk.capture(Kind::Risk, "slot lost").unwrap().output;
        let count = desk.history(None).unwrap().len();
        desk.modify(&[promise.clone(), risk.clone()], "due:4dec").unwrap();
        assert_eq!(field_of(&desk, &risk, "raise-by"), "Fri 4 Dec 2026");
        assert_eq!(desk.history(None).unwrap().len(), count + 1);
        desk.modify(std::slice::from_ref(&risk), "due:none").unwrap();
        assert_eq!(field_of(&desk, &risk, "raise-by"), "");
        for (keys, words, why) in [
            (vec![promise.clone()], "dew:fri", "did you mean `due:`"),
            (vec![promise.clone()], "due:fri three ways", "put it first"),
            (vec![promise.clone()], "made:fri", "not set by hand"),
            (vec![promise.clone()], "due:", "has no value"),
            (vec![promise.clone()], "P-2 due:fri", "is a key"),
            (vec![outcome.clone()], "@", "says nothing"),
            (vec![promise, risk], "another name", "would be called"),
        ] {
            let said = refusal(desk.modify(&keys, words));
            assert!(said.contains(why), "{words}: {said}");
        }
    }
}
