//! The key of any record, as people see it: `R-17`, `O-3`, `M-4@2026-11-24`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::ids::{KeyError, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::named::named_enum;

/// Lists the kinds of records once. From it follow [`Kind`], the letters of their keys, and `of_kind!`. The dollar
/// sign is handed in, because a macro that is written by a macro needs one of its own.
macro_rules! kinds {
    ($d:tt $($variant:ident: $record:ty = $name:literal, $title:literal, $prefix:literal;)*) => {
        named_enum! {
            /// What a record is. The stable name is also the name of its table.
            pub enum Kind { Request = "request", "request", $($variant = $name, $title,)* }
        }

        impl Kind {
            /// The letter of its keys; empty where people see none.
            const fn prefix(self) -> &'static str {
                match self {
                    Self::Request => "R",
                    $(Self::$variant => $prefix,)*
                }
            }
        }

        /// Runs code for the type of a kind, which is named `$record` in it. Requests have rules of their own in
        /// place of a list of fields: they are `$other`.
        macro_rules! of_kind {
            ($d kind:expr, $d record:ident => $d body:expr, $d other:expr) => {
                match $d kind {
                    $crate::domain::record::Kind::Request => $d other,
                    $($crate::domain::record::Kind::$variant => {
                        type $d record = $record;
                        $d body
                    })*
                }
            };
        }

        pub(crate) use of_kind;
    };
}

kinds! {
    $
    Outcome: crate::domain::outcome::Outcome = "outcome", "outcome", "O";
    Reading: crate::domain::outcome::Reading = "reading", "reading", "";
    Stakeholder: crate::domain::influence::Stakeholder = "stakeholder", "stakeholder", "S";
    Trust: crate::domain::influence::Trust = "trust", "trust reading", "";
    Stance: crate::domain::influence::Stance = "stance", "stance", "";
    Decision: crate::domain::influence::Decision = "decision", "decision", "D";
    Promise: crate::domain::influence::Promise = "promise", "promise", "P";
    Risk: crate::domain::influence::Risk = "risk", "risk", "K";
    Friction: crate::domain::friction::Friction = "friction", "friction", "F";
    Gain: crate::domain::ledger::Gain = "gain", "gain", "G";
    Redirect: crate::domain::ledger::Redirect = "redirect", "redirect", "X";
    Swap: crate::domain::tie::Swap = "swap", "swap", "W";
    Tie: crate::domain::tie::Tie = "tie", "link", "";
    Brief: crate::domain::briefing::Brief = "brief", "brief", "B";
    Standup: crate::domain::briefing::Standup = "standup", "standup", "";
    Remark: crate::domain::briefing::Remark = "remark", "remark", "";
    Waved: crate::domain::briefing::Waved = "waved", "suggestion waved off", "";
    Absence: crate::domain::person::Absence = "absence", "absence", "";
    Holiday: crate::domain::person::Holiday = "holiday", "holiday", "";
}

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKey {
    /// One of a kind, by its number.
    Numbered(Kind, i64),
    /// A meeting, or one of a series.
    Meeting(OccurrenceKey),
}

impl RecordKey {
    /// The kind, where it is one of the numbered ones.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        match self {
            Self::Numbered(kind, _) => Some(*kind),
            Self::Meeting(_) => None,
        }
    }

    /// Its number if it is of a kind.
    #[must_use]
    pub fn number_of(&self, kind: Kind) -> Option<i64> {
        match self {
            Self::Numbered(own, number) if *own == kind => Some(*number),
            _ => None,
        }
    }

    /// The request, if it is one.
    #[must_use]
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
            Self::Numbered(kind, number) => {
                let prefix = if kind.prefix().is_empty() { kind.name() } else { kind.prefix() };
                f.pad(&format!("{prefix}-{number}"))
            }
        }
    }
}

impl FromStr for RecordKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        for kind in Kind::ALL {
            let begins = text.get(..1).is_some_and(|head| head.eq_ignore_ascii_case(kind.prefix()));
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
