//! The sections of a standup.

/// The sections in the order in which they are walked: from done to new, then what needs a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Decision,
    Delivered,
    Moved,
    Unblocked,
    Blocked,
    Over,
    PastUsual,
    NoReviewer,
    Waiting,
    Still,
    Remarks,
    New,
    Thanks,
}

impl Section {
    pub const ALL: [Self; 13] = [
        Self::Decision,
        Self::Delivered,
        Self::Moved,
        Self::Unblocked,
        Self::Blocked,
        Self::Over,
        Self::PastUsual,
        Self::NoReviewer,
        Self::Waiting,
        Self::Still,
        Self::Remarks,
        Self::New,
        Self::Thanks,
    ];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Decision => "Decide today",
            Self::Delivered => "Delivered",
            Self::Moved => "Moved",
            Self::Unblocked => "Goes on again",
            Self::Blocked => "Blocked",
            Self::Over => "Over",
            Self::PastUsual => "Older than usual",
            Self::NoReviewer => "No reviewer",
            Self::Waiting => "With requester",
            Self::Still => "Nobody touched",
            Self::Remarks => "Remarks",
            Self::New => "New",
            Self::Thanks => "Thanks",
        }
    }
}
