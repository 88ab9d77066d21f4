//! The kinds of records, a newtype for the number of each, and the key that people see (`R-17`).

use crate::domain::bounds;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::named::named_enum;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // `pad` keeps to a width of the format string, by which keys line up in columns; `write!` would
                // ignore it.
                f.pad(&format!("{}-{}", $prefix, self.0))
            }
        }

        impl FromStr for $name {
            type Err = KeyError;
            fn from_str(text: &str) -> Result<Self, KeyError> {
                number_after(text, $prefix).map($name)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// What was written, also the zero of a row that is not stored yet, which nobody can type.
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let number = text.strip_prefix(concat!($prefix, "-")).and_then(|number| number.parse().ok());
                number.map($name).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no key")))
            }
        }
    )*};
}

ids! {
    RequestId "R";
    /// A meeting or a series of meetings, `M-4`; one of a series is an [`crate::domain::meeting::OccurrenceKey`].
    MeetingId "M";
    AllocationId "A";
    /// A person or role; people see the handle instead.
    PersonId "person";
    /// One operation of the journal, `op-12`.
    OperationId "op";
}

/// Lists the kinds of records once. From it follow [`Kind`], the types of their numbers, and `of_kind!`. The dollar
/// sign is handed in, because a macro that is written by a macro needs one of its own.
macro_rules! kinds {
    ($d:tt $($(#[$doc:meta])* $variant:ident, $id:ident: $record:ty = $name:literal, $title:literal, $prefix:literal;)*) => {
        named_enum! {
            /// What a record is. The stable name is also the name of its table.
            pub enum Kind { Request = "request", "request", $($variant = $name, $title,)* }
        }

        impl Kind {
            /// What its keys begin with: a letter, or the name of a kind of which people see no keys.
            pub const fn prefix(self) -> &'static str {
                match self {
                    Self::Request => "R",
                    $(Self::$variant => $prefix,)*
                }
            }
        }

        ids! { $($(#[$doc])* $id $prefix;)* }

        /// Runs code for the type of a kind, which is named `$record` in it. Requests have rules of their own in
        /// place of a list of fields: they are `$other`.
        macro_rules! of_kind {
            ($d kind:expr, $d record:ident => $d body:expr, $d other:expr) => {
                match $d kind {
                    $crate::domain::ids::Kind::Request => $d other,
                    $($crate::domain::ids::Kind::$variant => {
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
    Outcome, OutcomeId: crate::domain::outcome::Outcome = "outcome", "outcome", "O";
    /// A reading of an outcome.
    Reading, ReadingId: crate::domain::outcome::Reading = "reading", "reading", "reading";
    /// A stakeholder, `S-2`; people see the name.
    Stakeholder, StakeholderId: crate::domain::influence::Stakeholder = "stakeholder", "stakeholder", "S";
    /// A reading of trust.
    Trust, TrustId: crate::domain::influence::Trust = "trust", "trust reading", "trust";
    /// Where a stakeholder stands on a decision.
    Stance, StanceId: crate::domain::influence::Stance = "stance", "stance", "stance";
    Decision, DecisionId: crate::domain::influence::Decision = "decision", "decision", "D";
    Promise, PromiseId: crate::domain::influence::Promise = "promise", "promise", "P";
    /// A risk, `K-2`.
    Risk, RiskId: crate::domain::influence::Risk = "risk", "risk", "K";
    Friction, FrictionId: crate::domain::friction::Friction = "friction", "friction", "F";
    Gain, GainId: crate::domain::ledger::Gain = "gain", "gain", "G";
    /// A redirect, `X-1`.
    Redirect, RedirectId: crate::domain::ledger::Redirect = "redirect", "redirect", "X";
    /// A swap, `W-1`.
    Swap, SwapId: crate::domain::tie::Swap = "swap", "swap", "W";
    /// A link between two records.
    Tie, TieId: crate::domain::tie::Tie = "tie", "link", "tie";
    Brief, BriefId: crate::domain::briefing::Brief = "brief", "brief", "B";
    /// A standup that was held.
    Standup, StandupId: crate::domain::briefing::Standup = "standup", "standup", "standup";
    /// A remark for a standup.
    Remark, RemarkId: crate::domain::briefing::Remark = "remark", "remark", "remark";
    /// A suggestion that was waved off.
    Waved, WavedId: crate::domain::briefing::Waved = "waved", "suggestion waved off", "waved";
    /// A mark that keeps a record from others.
    Private, PrivateId: crate::domain::private::PrivateMark = "private", "private mark", "private";
    Absence, AbsenceId: crate::domain::person::Absence = "absence", "absence", "absence";
    /// A public holiday, `holiday-2`.
    Holiday, HolidayId: crate::domain::person::Holiday = "holiday", "holiday", "holiday";
}

/// A key that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a key like {prefix}-17", bounds::named(text))]
pub struct KeyError {
    text: String,
    prefix: &'static str,
}

impl KeyError {
    /// A text that is none of several kinds of key.
    pub fn of(text: &str, prefix: &'static str) -> Self {
        Self { text: text.to_owned(), prefix }
    }
}

/// Reads `R-17`, `r17` or a bare `17`; the number must be above zero.
pub(super) fn number_after(text: &str, prefix: &'static str) -> Result<i64, KeyError> {
    let error = || KeyError { text: text.to_owned(), prefix };
    let trimmed = text.trim();
    // By `get`, since as many bytes as the prefix has may end in the middle of a letter.
    let digits = match trimmed.get(..prefix.len()) {
        Some(head) if head.eq_ignore_ascii_case(prefix) => {
            let rest = &trimmed[prefix.len()..];
            rest.strip_prefix('-').unwrap_or(rest)
        }
        _ => trimmed,
    };
    // `parse` alone would also read `+17`.
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(error());
    }
    digits.parse().ok().filter(|number| *number > 0).ok_or_else(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_what_people_type() {
        for text in ["R-17", "r-17", "r17", "17", " R-17 "] {
            assert_eq!(text.parse(), Ok(RequestId(17)), "{text}");
        }
        assert_eq!(RequestId(17).to_string(), "R-17");
        assert_eq!(format!("{:<6}|", RequestId(1)), "R-1   |");
    }

    #[test]
    fn refuses_other_kinds_and_nonsense() {
        for text in ["M-17", "R-", "R--1", "R-0", "", "R-1x", "R-99999999999999999999"] {
            assert!(text.parse::<RequestId>().is_err(), "{text}");
        }
    }
}
