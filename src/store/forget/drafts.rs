//! What was typed and not saved, and the filter that the cockpit stood on.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::Subject;
use super::scrub::Scrubbed;
use crate::domain::record::Kind;
use crate::store::StoreError;

type StoredDrafts = BTreeMap<String, Vec<(String, String)>>;

/// Drops the drafts about a subject, or what they say for one field.
pub fn forget(
    sql: &Connection,
    subject: &Subject,
    field: Option<&str>,
    scrubbed: &mut Scrubbed,
) -> Result<(), StoreError> {
    let read = "SELECT value FROM memo WHERE name = 'drafts'";
    let text: Option<String> = sql.query_row(read, [], |row| row.get(0)).optional()?;
    if let Some(left) = text.and_then(|text| without(&text, subject, field)) {
        sql.execute("UPDATE memo SET value = ?1 WHERE name = 'drafts'", [left])?;
        *scrubbed.places.entry("drafts").or_default() += 1;
    }
    Ok(())
}

/// Drafts as they are stored without those about a subject; `None` if there are none.
pub fn without(text: &str, subject: &Subject, field: Option<&str>) -> Option<String> {
    let mut drafts: StoredDrafts = serde_json::from_str(text).ok()?;
    let before = drafts.clone();
    drafts.retain(|about, typed| {
        // What a draft is about is kept as the cockpit prints it, not as a key: the forms that it can have are
        // listed in `names`.
        if !names(subject).iter().any(|name| contains(about, name)) {
            return true;
        }
        let Some(field) = field else { return false };
        // A prompt has no name of its own for what is typed: what it asks for stands in what it is about.
        let asks = about.to_lowercase().contains(&field.replace('-', ""));
        typed.retain(|(name, _)| name != field && !(name.is_empty() && asks));
        !typed.is_empty()
    });
    (drafts != before).then(|| serde_json::to_string(&drafts).unwrap_or_default())
}

/// How drafts name what they are about: by key, or by kind and number.
fn names(subject: &Subject) -> Vec<String> {
    let mut names = vec![subject.to_string()];
    match subject {
        Subject::Row { table, row } => {
            let kind = match table.parse::<Kind>() {
                Ok(kind) => format!("{kind:?}"),
                Err(_) => capitalised(table),
            };
            names.extend([format!("{kind}Id({row})"), format!("Numbered({kind}, {row})")]);
        }
        Subject::Person { row, .. } => names.push(format!("PersonId({row})")),
        Subject::Meeting(key) if key.occurrence.is_empty() => {
            names.push(format!("MeetingId({})", key.meeting.0));
        }
        Subject::Meeting(key) => {
            names.push(format!("MeetingId({}), occurrence: {:?}", key.meeting.0, key.occurrence));
        }
    }
    names
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// True if a name stands in a text whole: `R-1` is not in `R-17`, nor is `ren` in `occurrence`.
fn contains(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Where a cockpit stood without the filters that somebody typed; `None` if there were none.
pub fn place_without_words(place: &str) -> Option<String> {
    let mut place = serde_json::from_str(place).ok()?;
    blank_filters(&mut place).then(|| place.to_string())
}

fn blank_filters(value: &mut serde_json::Value) -> bool {
    let mut had_words = false;
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                if name == "filter" && value.as_str().is_some_and(|text| !text.is_empty()) {
                    *value = serde_json::Value::from("");
                    had_words = true;
                } else {
                    had_words |= blank_filters(value);
                }
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                had_words |= blank_filters(value);
            }
        }
        _ => {}
    }
    had_words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_and_in_no_other_word() {
        for (text, name, is_there) in [
            ("request R-1", "R-1", true),
            ("request R-17", "R-1", false),
            ("Intent([OccurrenceKey { meeting: MeetingId(1), occurrence: \"\" }])", "ren", false),
            ("person ren", "ren", true),
            ("pasted", "ted", false),
        ] {
            assert_eq!(contains(text, name), is_there, "{name} in {text}");
        }
    }
}
