//! What a column of a file can mean for a request. Tier is not among them: it is decided here.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::field::{self, Field as Words};

/// One thing that a column can fill: a text of a request, or something with rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// A text, as it stands in the file.
    Text(Words),
    /// One of the four levers.
    Lever,
    AssetCount,
    Due,
    /// The due day cannot move.
    DueHard,
    /// Where it stands, in the words of the other tool.
    Stage,
    /// How it ended there.
    Resolution,
    /// It waits for something.
    Blocked,
    Estimate,
    /// Hours that are left.
    Left,
    Tags,
    /// A priority, which becomes a tag where the preset says so.
    Priority,
    /// Its id in the other tool.
    ExternalId,
    /// A second id there, by which other rows name it.
    InternalId,
    /// The row that it is a part of.
    Parent,
    /// Who holds it there.
    Assignee,
    /// The e-mail of whoever holds it.
    AssigneeEmail,
    /// When it came in.
    Created,
    /// When it last changed.
    Updated,
    /// When it was delivered.
    Delivered,
    /// A tick: it is done there.
    Done,
    /// It was put into the archive there, by a tick or a day.
    Archived,
    /// A column that is nothing of ours: kept as `Question: answer` in the notes.
    Answer,
}

/// The stable names of what has rules of its own.
const OWN: [(Field, &str); 22] = [
    (Field::Lever, "lever"),
    (Field::AssetCount, "asset-count"),
    (Field::Due, "due"),
    (Field::DueHard, "due-hard"),
    (Field::Stage, "stage"),
    (Field::Resolution, "resolution"),
    (Field::Blocked, "blocked"),
    (Field::Estimate, "estimate"),
    (Field::Left, "left"),
    (Field::Tags, "tags"),
    (Field::Priority, "priority"),
    (Field::ExternalId, "external-id"),
    (Field::InternalId, "internal-id"),
    (Field::Parent, "parent"),
    (Field::Assignee, "assignee"),
    (Field::AssigneeEmail, "assignee-email"),
    (Field::Created, "created"),
    (Field::Updated, "updated"),
    (Field::Delivered, "delivered"),
    (Field::Done, "done"),
    (Field::Archived, "archived"),
    (Field::Answer, "answer"),
];

impl Field {
    pub const TITLE: Self = Self::Text(Words::Title);
    /// The words of whoever asked.
    pub const ASK: Self = Self::Text(Words::Ask);
    /// On which channel it will be seen.
    pub const CHANNEL: Self = Self::Text(Words::Channel);
    pub const NOTES: Self = Self::Text(Words::Notes);
    pub const REQUESTER: Self = Self::Text(Words::Requester);

    /// Everything that a column can fill.
    pub fn all() -> impl Iterator<Item = Self> {
        field::texts().map(Self::Text).chain(OWN.iter().map(|(field, _)| *field))
    }

    /// The stable name, in presets and in what is kept of a source: of a text that of its column.
    pub fn name(self) -> String {
        match self {
            Self::Text(words) => words.text_column().unwrap_or_default().replace('_', "-"),
            own => OWN.iter().find(|(field, _)| *field == own).map_or("", |(_, name)| *name).to_owned(),
        }
    }

    pub fn names() -> Vec<String> {
        Self::all().map(Self::name).collect()
    }

    /// Holds a day or a time.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Due | Self::Created | Self::Updated | Self::Delivered)
    }

    /// Where its best column says nothing, the next one counts.
    pub fn has_substitutes(self) -> bool {
        matches!(self, Self::Due | Self::Stage) || self == Self::REQUESTER
    }

    /// Several columns are read together instead of the first that says something.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Tags | Self::Answer | Self::Blocked) || self == Self::CHANNEL
    }
}

/// A word that is the name of nothing that a column can fill.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a field; fields are {fields}", fields = Field::names().join(", "))]
pub struct UnknownField(String);

impl FromStr for Field {
    type Err = UnknownField;

    /// A name, or the beginning of just one.
    fn from_str(word: &str) -> Result<Self, UnknownField> {
        let wanted = word.trim().to_lowercase().replace([' ', '_'], "-");
        if let Some(exact) = Self::all().find(|field| field.name() == wanted) {
            return Ok(exact);
        }
        let mut fitting = Self::all().filter(|field| !wanted.is_empty() && field.name().starts_with(&wanted));
        match (fitting.next(), fitting.next()) {
            (Some(field), None) => Ok(field),
            _ => Err(UnknownField(crate::domain::bounds::named(word))),
        }
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_what_they_print_and_their_beginnings() {
        for field in Field::all() {
            assert_eq!(field.name().parse(), Ok(field));
        }
        assert_eq!("due reason".parse(), Ok(Field::Text(Words::Because)));
        assert_eq!("asset".parse(), Ok(Field::AssetCount));
        for wrong in ["", "assi", "tier"] {
            assert!(wrong.parse::<Field>().is_err(), "{wrong}");
        }
    }
}
