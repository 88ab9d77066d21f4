//! What a verb can refuse, told so that a person knows what to do; the command line makes exit codes of it.

use crate::domain::ids::RequestId;
use crate::domain::stage::MoveError;
use crate::store::StoreError;

/// A refusal. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    /// The store's own.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stage move that the rules do not know.
    #[error("{key}: {source}")]
    Move {
        key: RequestId,
        /// Why.
        source: MoveError,
    },
    /// Words, values or files that cannot be understood.
    #[error("{message}")]
    Rejected {
        /// What is wrong and where.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
    /// Something that was named is not there.
    #[error("{message}")]
    NotFound {
        /// What is missing.
        message: String,
        /// What there is.
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

    /// A refusal of input with advice.
    pub fn rejected(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Rejected { message: message.into(), hint: Some(hint.into()) }
    }

    /// What to do now.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Move { source: MoveError::NoOutcome { is_guess, .. }, key } => {
                let tier = if *is_guess { " If it is no such work, set its tier: `t3`." } else { "" };
                let say = "Say it with `o` in the cockpit, or `tablesetter edit";
                Some(format!("{say} {key} 'outcome:\"…\"'`.{tier}"))
            }
            Self::Move { .. } => None,
            Self::Rejected { hint, .. } | Self::NotFound { hint, .. } => hint.clone(),
        }
    }

    /// The exit code of the command line's contract.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NotFound { .. } | Self::Store(StoreError::Missing(_) | StoreError::NothingTo(_)) => 3,
            Self::Store(
                StoreError::Busy
                | StoreError::UndoRefused(_)
                | StoreError::Newer { .. }
                | StoreError::Replaced { .. },
            ) => 4,
            Self::Move { .. } | Self::Rejected { .. } | Self::Store(StoreError::Refused(_)) => 5,
            Self::Store(_) => 1,
        }
    }
}
