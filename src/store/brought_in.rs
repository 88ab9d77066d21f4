//! What an operation brings from outside, noted on it: what is news is told by that later.

use super::{StoreError, Tx};

/// What an operation brings from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BroughtIn {
    /// Rows of a list of another tool.
    List,
    /// A store with all that it held.
    Store,
}

impl Tx<'_> {
    /// Notes on the operation what it brings, so that it is told later what is news.
    pub fn note_brought(&self, what: BroughtIn) -> Result<(), StoreError> {
        let word = match what {
            BroughtIn::List => "list",
            BroughtIn::Store => "store",
        };
        // No row of the user: alone it is nothing that could be undone.
        self.count(self.sql.execute("UPDATE operation SET brings = ?1 WHERE id = ?2", (word, self.id))?);
        Ok(())
    }
}
