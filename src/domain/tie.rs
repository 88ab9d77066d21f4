//! What holds records together: links that anybody may draw, and swaps, the trade-offs that the business makes when
//! more is accepted than fits.

use chrono::NaiveDate;

use super::ids::{PersonId, RequestId};
use super::record::{RecordKey, record};

record! {
    /// A link between two records; it has no direction.
    Tie = Tie, TieId {
        const LIST: &'static str = "links";

        /// One of the two.
        one: RecordKey = "one" => field("One").internal(),
        /// The other of the two.
        other: RecordKey = "other" => field("Other").internal(),
    }
}

record! {
    /// What moved so that something else could be taken on.
    Swap = Swap, SwapId {
        const LIST: &'static str = "swaps";

        /// What was taken on.
        taken_id: RequestId = "taken" => field("Taken on").internal(),
        /// What moved for it.
        moved_id: RequestId = "moved" => field("Moved").internal(),
        /// On whose days.
        person_id: Option<PersonId> = "person" => field("On whom").internal(),
        /// When that was agreed.
        day: NaiveDate = "on" => field("On").internal(),
        /// By how many working days it moved.
        days: i64 = "days" => field("Days").internal(),
        /// Who agreed, and why.
        note: String = "note" => field("Note").internal(),
    }
}

impl Tie {
    fn wrong(&self) -> Option<String> {
        (self.one == self.other).then(|| format!("{} cannot be linked to itself", self.one))
    }

    /// The other end, seen from one of them.
    pub fn across(&self, from: &RecordKey) -> Option<&RecordKey> {
        if self.one == *from {
            Some(&self.other)
        } else if self.other == *from {
            Some(&self.one)
        } else {
            None
        }
    }
}

impl Swap {
    fn wrong(&self) -> Option<String> {
        (self.taken_id == self.moved_id).then(|| "a request cannot move for itself".to_owned())
    }
}
