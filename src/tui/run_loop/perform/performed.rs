//! What came of an effect: what is said of it, and what has to be read again.

use crate::domain::ids::OperationId;
use crate::ops::OpsError;
use crate::store::{Committed, StoreError, Tables};
use crate::tui::app::Message;

#[derive(Debug, Default)]
pub struct Performed {
    pub messages: Vec<Message>,
    pub changed: Tables,
    /// Another program is writing; nothing was done yet.
    pub is_busy: bool,
    /// What was asked for is not there.
    pub is_missing: bool,
    /// The files of the store are others now; nothing was done.
    pub is_exchanged: bool,
}

impl Performed {
    pub fn message(message: Message) -> Self {
        Self { messages: vec![message], ..Self::default() }
    }

    pub fn committed<T>(committed: &Committed<T>) -> Self {
        let message = if committed.operation.is_some() {
            Message::Committed(committed.label.clone())
        } else {
            Message::Said("nothing to change: it is so already".to_owned())
        };
        Self { messages: vec![message], changed: committed.changed, ..Self::default() }
    }

    pub fn undone(committed: &Committed<OperationId>) -> Self {
        let message = Message::Undone(committed.label.clone());
        Self { messages: vec![message], changed: committed.changed, ..Self::default() }
    }

    pub fn failed(error: &OpsError) -> Self {
        // Whatever was refused, the screen shows what is in the store.
        Self {
            messages: vec![Message::Failed(error.to_string(), error.hint())],
            changed: Tables::ALL,
            is_busy: matches!(error, OpsError::Store(StoreError::Busy)),
            // As the command line tells by its exit code.
            is_missing: error.exit_code() == 3,
            is_exchanged: matches!(error, OpsError::Store(StoreError::Replaced { .. })),
        }
    }
}
