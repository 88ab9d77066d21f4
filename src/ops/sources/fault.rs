//! Why a source could not be fetched, in a sentence that holds no address.

use crate::domain::source::address::masked_in;
use crate::ops::OpsError;

/// What is told of a fetch that failed. What was there before stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchFault {
    pub message: String,
    pub hint: String,
    /// There is nothing to fetch, rather than something that could not be.
    pub is_nothing: bool,
}

impl FetchFault {
    pub fn new(message: impl AsRef<str>, hint: &str) -> Self {
        // Whatever a program said, or a path has in it.
        Self { message: masked_in(message.as_ref()), hint: hint.to_owned(), is_nothing: false }
    }

    pub fn nothing(message: impl AsRef<str>, hint: &str) -> Self {
        Self { is_nothing: true, ..Self::new(message, hint) }
    }
}

impl From<FetchFault> for OpsError {
    fn from(fault: FetchFault) -> Self {
        let FetchFault { message, hint, is_nothing } = fault;
        let hint = Some(hint).filter(|hint| !hint.is_empty());
        if is_nothing { Self::NotFound { message, hint } } else { Self::NotFetched { message, hint } }
    }
}
