//! The stages of a request and the one function that says which moves are legal.

use super::named::{named_enum, read_as_text};

named_enum! {
    /// Where a request stands.
    pub enum Stage {
        New = "new", "new",
        Clarifying = "clarifying", "clarifying",
        Ready = "ready", "ready",
        Scheduled = "scheduled", "scheduled",
        InProgress = "in-progress", "in progress",
        InReview = "in-review", "in review",
        Delivered = "delivered", "delivered",
        OnHold = "on-hold", "on hold",
        Declined = "declined", "declined",
        Withdrawn = "withdrawn", "withdrawn",
    }
}

read_as_text!(Stage);

/// Why a move is refused; the text names the stages that can be reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// The rules know no such move.
    #[error("{from} cannot become {to}; from here it can be {}", list(.open))]
    Illegal {
        /// Where the request stands.
        from: Stage,
        /// Where it was sent.
        to: Stage,
        /// Where it could go.
        open: Vec<Stage>,
    },
    /// Tiers 0 to 2 need an outcome before they are ready.
    #[error(
        "{}tier {tier} needs an outcome before it is ready: what will be different if this works?",
        if *.is_guess { "its words make it " } else { "" }
    )]
    NoOutcome {
        /// The number of the tier.
        tier: u8,
        /// Nobody has set the tier; the words of the title say it.
        is_guess: bool,
    },
}

fn list(stages: &[Stage]) -> String {
    stages.iter().map(|stage| stage.title()).collect::<Vec<_>>().join(", ")
}

impl Stage {
    /// What a word that names none of them is told.
    pub fn refusal() -> String {
        format!("is not a stage; stages are {}", Self::NAMES.join(", "))
    }

    /// Open: somebody may still have to do something about it.
    pub const fn is_open(self) -> bool {
        !self.is_closed()
    }

    /// Closed: delivered, declined or withdrawn.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Delivered | Self::Declined | Self::Withdrawn)
    }

    /// Not agreed yet: it still needs triage.
    pub const fn is_intake(self) -> bool {
        matches!(self, Self::New | Self::Clarifying)
    }

    /// Agreed and running: its SLA clock has started.
    pub const fn is_committed(self) -> bool {
        matches!(self, Self::Ready | Self::Scheduled | Self::InProgress | Self::InReview)
    }

    /// Work on it is under way, or done and waits for a decision.
    pub const fn is_in_work(self) -> bool {
        matches!(self, Self::InProgress | Self::InReview)
    }

    /// The stages that this one may become. Work goes forward freely, back by one reading at a time;
    /// anything open can be put aside, and what was closed can be taken up again.
    pub const fn next(self) -> &'static [Self] {
        use Stage::{
            Clarifying, Declined, Delivered, InProgress, InReview, New, OnHold, Ready, Scheduled, Withdrawn,
        };
        match self {
            New => &[Clarifying, Ready, Scheduled, InProgress, OnHold, Declined, Withdrawn],
            Clarifying => &[New, Ready, Scheduled, InProgress, OnHold, Declined, Withdrawn],
            Ready => &[Scheduled, InProgress, Clarifying, OnHold, Declined, Withdrawn],
            Scheduled => &[InProgress, Ready, Clarifying, InReview, OnHold, Declined, Withdrawn],
            InProgress => &[InReview, Delivered, Scheduled, OnHold, Declined, Withdrawn],
            InReview => &[Delivered, InProgress, OnHold, Declined, Withdrawn],
            // A request does not keep where it stood before, so it goes on wherever whoever takes it up says.
            OnHold => &[New, Clarifying, Ready, Scheduled, InProgress, InReview, Declined, Withdrawn],
            // What was delivered can come back for review or work, but not to intake: it was agreed once.
            Delivered => &[InReview, InProgress],
            Declined | Withdrawn => &[New, Clarifying, Ready],
        }
    }

    /// Checks one move.
    ///
    /// # Errors
    /// [`MoveError::Illegal`] when `to` cannot be reached from here in one step.
    pub fn check(self, to: Self) -> Result<(), MoveError> {
        if self.next().contains(&to) {
            Ok(())
        } else {
            Err(MoveError::Illegal { from: self, to, open: self.next().to_vec() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stage_becomes_itself_and_none_is_a_dead_end() {
        for stage in Stage::ALL {
            assert!(!stage.next().contains(stage), "{stage}");
            assert!(!stage.next().is_empty(), "{stage}");
        }
    }

    #[test]
    fn delivery_comes_only_from_work() {
        for stage in Stage::ALL {
            let reaches = stage.next().contains(&Stage::Delivered);
            assert_eq!(reaches, matches!(stage, Stage::InProgress | Stage::InReview), "{stage}");
        }
    }

    #[test]
    fn every_open_stage_can_be_declined_and_every_stage_reached() {
        for stage in Stage::ALL.iter().filter(|stage| stage.is_open()) {
            assert!(stage.next().contains(&Stage::Declined), "{stage}");
        }
        for target in Stage::ALL {
            assert!(Stage::ALL.iter().any(|from| from.next().contains(target)), "{target}");
        }
    }

    #[test]
    fn a_refusal_names_the_way_on() {
        let error = Stage::New.check(Stage::Delivered).unwrap_err();
        assert!(error.to_string().contains("in progress"), "{error}");
    }
}
