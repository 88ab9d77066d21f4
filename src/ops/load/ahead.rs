//! The load as it would be after a change that nobody has decided yet.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::load::LoadGrid;
use crate::ops::{Desk, OpsError};

impl Desk {
    /// Some days of the load as they would stand after a change. It is made on a copy in memory and thrown away, so it
    /// is what would stand there, whatever the change moves along.
    ///
    /// # Errors
    /// As the change itself, or when the store cannot be read.
    pub fn load_after(
        &self,
        (from, days): (NaiveDate, usize),
        change: impl FnOnce(&mut Self) -> Result<(), OpsError>,
    ) -> Result<LoadGrid, OpsError> {
        let copy = self.tried(change)?;
        let (team, work) = copy.work()?;
        let to = day::plus(from, i64::try_from(days).unwrap_or(0));
        let model = copy.model_of(&team, &work, from..to);
        Ok(copy.draw(&model, &work, (from, days))?)
    }

    /// All that is here as it would stand after a change, in memory.
    pub(in crate::ops) fn tried(
        &self,
        change: impl FnOnce(&mut Self) -> Result<(), OpsError>,
    ) -> Result<Self, OpsError> {
        // Not an operation that is undone afterwards: that would write the file, stay in the journal, and be drawn
        // by other cockpits though nobody has decided it.
        let copy = self.store.copy_in_memory()?;
        let mut copy = Self::new(copy, self.config.clone(), self.clock.clone(), self.origin);
        // What is hidden here is no difference to what is hidden there.
        copy.is_presenting = self.is_presenting;
        change(&mut copy)?;
        Ok(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::ids::RequestId;
    use crate::ops::kit::{day, give, request, studio};

    const DAYS: usize = 14;

    fn after(desk: &Desk, id: RequestId, field: Field, text: &str) -> Result<LoadGrid, OpsError> {
        let fields = [(field, text.to_owned())];
        desk.load_after((desk.today(), DAYS), |copy| copy.set_fields(&[id], &fields).map(drop))
    }

    fn stands(desk: &Desk) -> LoadGrid {
        desk.load_after((desk.today(), DAYS), |_| Ok(())).unwrap()
    }

    #[test]
    fn what_is_shown_before_a_change_stands_there_after_it_and_nothing_is_written() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h due:fri stage:in-progress");
        give(&mut desk, id, "ana", 12);
        desk.assign(id, &crate::domain::allocation::NewShare::whole("bo")).unwrap();
        for (field, text) in [
            (Field::Due, "2026-12-01"),
            (Field::Estimate, "60h"),
            (Field::Left, "3h"),
            (Field::Due, "2026-11-20"),
            (Field::Tier, "1"),
        ] {
            let before = (stands(&desk), desk.history(None).unwrap().len());
            let told = after(&desk, id, field, text).unwrap();
            assert_eq!((stands(&desk), desk.history(None).unwrap().len()), before, "nothing is written");
            desk.set_fields(&[id], &[(field, text.to_owned())]).unwrap();
            assert_eq!(stands(&desk), told, "{} {text}", field.name());
        }
    }

    #[test]
    fn a_change_that_would_be_refused_has_no_load() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h due:fri");
        assert!(after(&desk, id, Field::Due, "soonish").is_err());
        assert_eq!(stands(&desk).from, day("2026-11-23"));
    }
}
