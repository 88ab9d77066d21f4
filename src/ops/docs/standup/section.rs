//! The sections of a standup.

/// The sections in the order in which they are walked: what can't wait, from done to new, then what needs a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Decision,
    Late,
    DueToday,
    Unheld,
    Delivered,
    Moved,
    Unblocked,
    Blocked,
    Over,
    HoursLeft,
    PastUsual,
    NoReviewer,
    Waiting,
    Still,
    Remarks,
    New,
    Thanks,
}

impl Section {
    // In the order of the variants: pages are built along this list, while sorting goes by the derived order.
    pub const ALL: [Self; 17] = [
        Self::Decision,
        Self::Late,
        Self::DueToday,
        Self::Unheld,
        Self::Delivered,
        Self::Moved,
        Self::Unblocked,
        Self::Blocked,
        Self::Over,
        Self::HoursLeft,
        Self::PastUsual,
        Self::NoReviewer,
        Self::Waiting,
        Self::Still,
        Self::Remarks,
        Self::New,
        Self::Thanks,
    ];

    /// Something is stuck, or will be: beside these nobody says that nothing is.
    pub const fn is_stuck(self) -> bool {
        matches!(
            self,
            Self::Decision
                | Self::Late
                | Self::DueToday
                | Self::Unheld
                | Self::Blocked
                | Self::Over
                | Self::HoursLeft
                | Self::PastUsual
                | Self::NoReviewer
                | Self::Waiting
                | Self::Still
        )
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Decision => "Decide today",
            Self::Late => "Late",
            Self::DueToday => "Due today",
            Self::Unheld => "Nobody holds",
            Self::Delivered => "Delivered",
            Self::Moved => "Moved",
            Self::Unblocked => "Goes on again",
            Self::Blocked => "Blocked",
            Self::HoursLeft => "Hours left?",
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
