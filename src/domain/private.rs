//! What the lead keeps from others: one mark for records of every kind, in a table of its own, so that no kind needs a
//! field for it and what is written over a record cannot lose it.

use std::collections::HashSet;

use super::ids::Kind;
use super::meeting::OccurrenceKey;
use super::record::{RecordKey, record};

/// What stands where words were forgotten for good: nothing that anybody wrote.
pub const GONE: &str = "(forgotten)";

record! {
    /// Says that a record is kept from others.
    PrivateMark = Private, PrivateId {
        const LIST: &'static str = "private";

        /// Which record.
        of: RecordKey = "of" => field("Of").internal(),
    }
}

impl PrivateMark {
    fn wrong(&self) -> Option<String> {
        (!can_be_private(&self.of)).then(|| format!("{} has no page that could be kept from others", self.of))
    }
}

/// True for what has a page of its own: meetings, and records that people know by a key. A link or a swap is as
/// private as what it links.
pub const fn can_be_private(key: &RecordKey) -> bool {
    match key {
        RecordKey::Meeting(_) => true,
        RecordKey::Numbered(kind, _) => matches!(
            kind,
            Kind::Request
                | Kind::Outcome
                | Kind::Stakeholder
                | Kind::Decision
                | Kind::Promise
                | Kind::Risk
                | Kind::Friction
                | Kind::Gain
                | Kind::Redirect
        ),
    }
}

/// The records that are kept from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrivateKeys(HashSet<RecordKey>);

impl PrivateKeys {
    pub fn new(marks: impl IntoIterator<Item = PrivateMark>) -> Self {
        Self(marks.into_iter().map(|mark| mark.of).collect())
    }

    /// True if a record is private; a meeting is where its whole series is.
    pub fn has(&self, key: &RecordKey) -> bool {
        // A series has the key of its meetings without a day.
        let of_series = || match key {
            RecordKey::Meeting(meeting) => self.0.contains(&RecordKey::Meeting(OccurrenceKey {
                meeting: meeting.meeting,
                occurrence: String::new(),
            })),
            RecordKey::Numbered(..) => false,
        };
        !self.0.is_empty() && (self.0.contains(key) || of_series())
    }

    pub fn iter(&self) -> impl Iterator<Item = &RecordKey> {
        self.0.iter()
    }
}
