//! What a verb can refuse, told so that a person knows what to do; the command line makes exit codes of it.

use crate::domain::ids::RequestId;
use crate::domain::stage::MoveError;
use crate::store::StoreError;

/// A refusal. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stage move that the rules do not know.
    #[error("{key}: {source}")]
    Move { key: RequestId, source: MoveError },
    /// Words, values or files that cannot be understood.
    #[error("{message}")]
    Rejected {
        /// What is wrong and where.
        message: String,
        hint: Option<String>,
    },
    /// A source could not be fetched; what came from it before stands.
    #[error("{message}")]
    NotFetched { message: String, hint: Option<String> },
    /// A source runs something that nobody confirmed on this machine.
    #[error("{message}")]
    Asleep { message: String, hint: Option<String> },
    /// Something that was named is not there.
    #[error("{message}")]
    NotFound {
        message: String,
        /// Where to find what there is.
        hint: Option<String>,
    },
}

impl OpsError {
    /// What ends instead of being thrown away.
    pub fn never_removed() -> Self {
        Self::rejected(
            "this is never thrown away",
            "A person gets a last day; a request is declined or withdrawn.",
        )
    }

    /// What was broken off by whoever had asked for it.
    pub fn stopped() -> Self {
        Self::Rejected { message: "stopped; nothing was changed".to_owned(), hint: None }
    }

    /// A refusal of input with advice.
    pub fn rejected(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Rejected { message: message.into(), hint: Some(hint.into()) }
    }

    /// What to do now.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Move { source: MoveError::NoOutcome { is_guess, .. }, key } => {
                // Where the tier is only guessed, the guess may be what is wrong and not the missing outcome.
                let tier = if *is_guess { " If it is no such work, set its tier: `t3`." } else { "" };
                let say = "Say it on the request in the cockpit, or by `tablesetter edit";
                Some(format!("{say} {key} 'outcome:\"…\"'`.{tier}"))
            }
            Self::Move { .. } => None,
            Self::Rejected { hint, .. }
            | Self::NotFound { hint, .. }
            | Self::NotFetched { hint, .. }
            | Self::Asleep { hint, .. } => hint.clone(),
        }
    }

    /// The exit code of the command line's contract.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound { .. } | Self::Store(StoreError::Missing(_) | StoreError::NothingTo(_)) => 3,
            Self::Store(
                StoreError::Busy
                | StoreError::UndoRefused(_)
                | StoreError::DaysKept(_)
                | StoreError::Newer { .. }
                | StoreError::Replaced { .. },
            )
            // Nothing is wrong with the source: somebody has to let it run first, as with what is locked.
            | Self::Asleep { .. } => 4,
            Self::Move { .. } | Self::Rejected { .. } | Self::Store(StoreError::Refused(_)) => 5,
            Self::Store(_) | Self::NotFetched { .. } => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{request, studio};

    #[test]
    fn the_exit_code_says_of_what_sort_a_refusal_is() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t1");
        let code = |result: Result<(), OpsError>| result.unwrap_err().exit_code();
        assert_eq!(code(desk.store.request(RequestId(9)).map(drop).map_err(OpsError::from)), 3, "not there");
        assert_eq!(code(desk.person("zed").map(drop)), 3);
        assert_eq!(code(desk.add("t2").map(drop)), 5, "not understood");
        assert_eq!(code(desk.move_to(&[id], crate::domain::stage::Stage::Ready, "").map(drop)), 5);
        assert_eq!(code(Err(StoreError::Busy.into())), 4, "in the way");
    }

    #[test]
    fn work_that_needs_an_outcome_is_told_how_to_get_one() {
        let mut desk = studio();
        let id = request(&mut desk, "New concept for the brand");
        let ready = |desk: &mut crate::ops::Desk| {
            desk.move_to(&[id], crate::domain::stage::Stage::Ready, "").unwrap_err().hint().unwrap()
        };
        assert!(ready(&mut desk).ends_with("If it is no such work, set its tier: `t3`."), "only guessed");
        crate::ops::kit::change(&mut desk, id, "t1");
        assert!(ready(&mut desk).ends_with("`tablesetter edit R-1 'outcome:\"…\"'`."), "set by hand");
    }
}
