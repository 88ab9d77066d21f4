//! Taking back: whose change it is, and doing it again. What others wrote is never taken back by a key that meant
//! something else.

use super::Desk;
use crate::domain::ids::OperationId;
use crate::store::{Committed, NewestOf, Operation, StoreError};

/// What came of taking back one's own newest change.
#[derive(Debug)]
pub enum OwnUndo {
    /// It is taken back.
    Done(Committed<OperationId>),
    /// Others have written since; nothing was taken back.
    Asks(Box<UndoQuestion>),
}

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoQuestion {
    /// The newest change of one's own that still stands.
    pub own: Option<Operation>,
    /// The newest that others wrote after it.
    pub newest: Operation,
    /// How many they wrote.
    pub count: u64,
}

impl Desk {
    /// Undoes the newest operation that came from where this desk stands, unless others have done something since:
    /// then it gives what there is to choose from, and undoes nothing.
    ///
    /// # Errors
    /// [`StoreError::NothingTo`] or [`StoreError::UndoRefused`].
    pub fn undo_own(&mut self) -> Result<OwnUndo, StoreError> {
        let NewestOf { own, above } = self.store.newest_of(self.origin)?;
        match (own, above) {
            (own, Some((newest, count))) => Ok(OwnUndo::Asks(Box::new(UndoQuestion { own, newest, count }))),
            (Some(own), None) => self.undo(Some(own.id)).map(OwnUndo::Done),
            (None, None) => Err(StoreError::NothingTo("undo")),
        }
    }

    /// Undoes the newest operation of all, or the one named.
    ///
    /// # Errors
    /// [`StoreError::NothingTo`] or [`StoreError::UndoRefused`].
    pub fn undo(&mut self, which: Option<OperationId>) -> Result<Committed<OperationId>, StoreError> {
        let stamp = self.stamp();
        self.store.undo(stamp, which)
    }

    /// Does again what was undone last.
    ///
    /// # Errors
    /// As [`Desk::undo`].
    pub fn redo(&mut self) -> Result<Committed<OperationId>, StoreError> {
        let stamp = self.stamp();
        self.store.redo(stamp)
    }
}
