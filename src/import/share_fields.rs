//! What a column of shares can be said to be, by the place of the column: for `--map`, and for presets.

use serde::{Deserialize, Deserializer, de::Error as _};

/// The names that people type.
// The place of a name here is the number of its column in `shares/columns`.
pub const SHARE_FIELDS: [&str; 13] = [
    "person",
    "request-id",
    "request",
    "project",
    "hours",
    "hours-per-day",
    "hours-per-week",
    "percent",
    "start",
    "end",
    "status",
    "tentative",
    "duration",
];

/// A column of shares, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShareField(pub usize);

impl<'de> Deserialize<'de> for ShareField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let found = SHARE_FIELDS.iter().position(|field| *field == word).map(Self);
        found.ok_or_else(|| {
            let fields = SHARE_FIELDS.join(", ");
            D::Error::custom(format!("`{word}` is not a field of shares; fields are {fields}"))
        })
    }
}
