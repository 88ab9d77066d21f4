//! What sources said of somebody when they were read last, by field and source: `discipline/Float`.

use std::collections::BTreeMap;

use super::Person;

impl Person {
    /// Everything that was said, by field and source.
    pub fn said(&self) -> BTreeMap<String, String> {
        // Somebody of whom no source ever said anything has nothing here, and no empty list either.
        serde_json::from_str(&self.seen).unwrap_or_default()
    }

    /// Keeps what was said instead of what stood there.
    pub fn keep_said(&mut self, said: &BTreeMap<String, String>) {
        self.seen = if said.is_empty() { String::new() } else { serde_json::json!(said).to_string() };
    }

    /// True if a source has told of them.
    pub fn is_known_to(&self, source: &str) -> bool {
        self.said().keys().any(|key| key.split_once('/').is_some_and(|(_, by)| by == source))
    }
}

/// Under which name is kept what a source says of a field.
pub fn said_key(field: &str, source: &str) -> String {
    format!("{field}/{source}")
}
