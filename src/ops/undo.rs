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
            // Also where nothing is one's own: the key may well have meant what an import just did.
            (own, Some((mut newest, count))) => {
                // The question names both changes, and nothing private may be named while others look on.
                newest.label = self.shown_label(&newest)?;
                let shown =
                    |own: Operation| Ok::<_, StoreError>(Operation { label: self.shown_label(&own)?, ..own });
                let own = own.map(shown).transpose()?;
                Ok(OwnUndo::Asks(Box::new(UndoQuestion { own, newest, count })))
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{change, request, studio};
    use crate::store::Origin;

    fn title(desk: &Desk) -> String {
        desk.store.all_requests().unwrap().remove(0).title
    }

    #[test]
    fn ones_own_newest_change_is_taken_back_and_done_again() {
        let mut desk = studio();
        let id = request(&mut desk, "Film");
        change(&mut desk, id, "Poster");
        change(&mut desk, id, "Banner");
        assert!(matches!(desk.undo_own().unwrap(), OwnUndo::Done(_)));
        assert_eq!(title(&desk), "Poster");
        desk.undo_own().unwrap();
        assert_eq!(title(&desk), "Film");
        desk.redo().unwrap();
        assert_eq!(title(&desk), "Poster");
        change(&mut desk, id, "Leaflet");
        assert!(desk.redo().is_err(), "something new was done");
    }

    #[test]
    fn a_key_asks_where_others_have_written_since() {
        let mut desk = studio();
        let id = request(&mut desk, "Film");
        change(&mut desk, id, "Poster");
        desk.origin = Origin::CommandLine;
        change(&mut desk, id, "~4h");
        change(&mut desk, id, "~6h");
        desk.origin = Origin::Cockpit;
        let OwnUndo::Asks(question) = desk.undo_own().unwrap() else { panic!("undone") };
        assert_eq!(
            (question.count, question.newest.label.as_str()),
            (2, "Edited R-1 Poster: estimate 4h → 6h")
        );
        assert_eq!(question.own.unwrap().label, "Edited R-1 Poster: title “Film” → “Poster”");
        assert_eq!(title(&desk), "Poster", "nothing was undone");
    }

    #[test]
    fn a_change_below_others_can_be_named_unless_they_built_on_it() {
        let mut desk = studio();
        let id = request(&mut desk, "Film");
        change(&mut desk, id, "Poster");
        let named = desk.history(Some(1)).unwrap()[0].id;
        change(&mut desk, id, "~4h");
        desk.undo(Some(named)).unwrap();
        assert_eq!(title(&desk), "Film");
        desk.redo().unwrap();
        change(&mut desk, id, "Banner");
        assert!(matches!(desk.undo(Some(named)), Err(StoreError::UndoRefused(_))));
        assert_eq!(title(&desk), "Banner");
    }

    #[test]
    fn where_nothing_is_there_is_nothing_to_take_back() {
        let mut desk = crate::ops::kit::desk_at("2026-11-23T09:00:00+00:00");
        assert!(matches!(desk.undo_own(), Err(StoreError::NothingTo("undo"))));
        assert!(matches!(desk.undo(None), Err(StoreError::NothingTo(_))));
        assert!(matches!(desk.redo(), Err(StoreError::NothingTo(_))));
    }
}
