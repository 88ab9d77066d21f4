//! What a field is for, as the line below a form says it: with keys of what is there.

use super::row::FormRow;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::sheet::FieldKind;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;

/// So many records of a kind are named for a key.
const NAMED: usize = 3;

/// What stands below a field that says nothing of itself: what its key names, or what can stand there.
pub fn hint(row: &FormRow, snapshot: &Snapshot) -> String {
    if row.spec.kind != FieldKind::Key {
        return row.spec.hint.to_owned();
    }
    let typed =
        row.text().trim().parse::<RecordKey>().ok().and_then(|key| Some((title(&key, snapshot)?, key)));
    if let Some((title, key)) = typed {
        return format!("{key} {title}");
    }
    // An example that is not there would be typed, and refused.
    let examples = row.spec.hint.split(' ').map(|word| {
        let there = word.parse::<RecordKey>().ok().and_then(|key| there_are(&key, snapshot));
        there.unwrap_or_else(|| word.to_owned())
    });
    examples.collect::<Vec<_>>().join(" ")
}

fn title(key: &RecordKey, snapshot: &Snapshot) -> Option<String> {
    let request = || snapshot.rows.iter().find(|row| RecordKey::from(row.request.id) == *key);
    snapshot.books.title(key).or_else(|| request().map(|row| row.request.title.clone()))
}

/// The first keys of the same kind with what they are called.
fn there_are(like: &RecordKey, snapshot: &Snapshot) -> Option<String> {
    let kind = like.kind()?;
    if kind == Kind::Request {
        return snapshot.rows.first().map(|row| row.request.id.to_string());
    }
    let named = snapshot.books.named();
    let own = named.iter().filter(|(key, _)| key.kind() == Some(kind));
    let told: Vec<String> =
        own.take(NAMED).map(|(key, name)| format!("{key} {}", plain::cut(name, 30))).collect();
    (!told.is_empty()).then(|| told.join(", "))
}
