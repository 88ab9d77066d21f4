//! The key of any record, as people see it: `R-17`, `O-3`, `M-4@2026-11-24`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::ids::{KeyError, Kind, RequestId};
use crate::domain::meeting::OccurrenceKey;

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
/// What names one record, of whatever kind.
pub enum RecordKey {
    /// One of a kind, by its number.
    Numbered(Kind, i64),
    /// A meeting, or one of a series.
    Meeting(OccurrenceKey),
}

impl RecordKey {
    /// The kind, where it is one of the numbered ones.
    pub const fn kind(&self) -> Option<Kind> {
        match self {
            Self::Numbered(kind, _) => Some(*kind),
            Self::Meeting(_) => None,
        }
    }

    /// Its number if it is of a kind.
    pub fn number_of(&self, kind: Kind) -> Option<i64> {
        match self {
            Self::Numbered(own, number) if *own == kind => Some(*number),
            _ => None,
        }
    }

    /// The requests that some keys are, if all of them are.
    pub fn requests(keys: &[Self]) -> Option<Vec<RequestId>> {
        let requests: Option<Vec<RequestId>> = keys.iter().map(Self::request).collect();
        requests.filter(|requests| !requests.is_empty())
    }

    /// The request, if it is one.
    pub fn request(&self) -> Option<RequestId> {
        self.number_of(Kind::Request).map(RequestId)
    }
}

impl From<RequestId> for RecordKey {
    fn from(id: RequestId) -> Self {
        Self::Numbered(Kind::Request, id.0)
    }
}

impl From<OccurrenceKey> for RecordKey {
    fn from(key: OccurrenceKey) -> Self {
        Self::Meeting(key)
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meeting(key) => key.fmt(f),
            Self::Numbered(kind, number) => f.pad(&format!("{}-{number}", kind.prefix())),
        }
    }
}

impl FromStr for RecordKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        // People see no keys of the kinds whose prefix is a word.
        for kind in Kind::ALL.iter().filter(|kind| kind.prefix().len() == 1) {
            let begins = text.get(..1).is_some_and(|head| head.eq_ignore_ascii_case(kind.prefix()));
            // `M-4` is a meeting, whose key has more parts; all others are a letter and a number.
            if begins && let Ok(number) = crate::domain::ids::number_after(text, kind.prefix()) {
                return Ok(Self::Numbered(*kind, number));
            }
        }
        if text.get(..1).is_some_and(|head| head.eq_ignore_ascii_case("M")) {
            return text.parse().map(Self::Meeting);
        }
        Err(KeyError::of(text, "R-17, O-3, M"))
    }
}

impl Serialize for RecordKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_what_they_print() {
        for text in
            ["R-17", "O-3", "D-4", "P-9", "K-2", "F-1", "G-1", "X-2", "S-5", "W-1", "M-4", "M-4@2026-11-24"]
        {
            assert_eq!(text.parse::<RecordKey>().unwrap().to_string(), text);
        }
        assert_eq!("o3".parse::<RecordKey>().unwrap(), RecordKey::Numbered(Kind::Outcome, 3));
        for text in ["Q-1", "17", "", "O-", "Öl"] {
            assert!(text.parse::<RecordKey>().is_err(), "{text}");
        }
    }
}
