//! A whole store that goes out as data and comes in again.

use crate::domain::count::counted;
use crate::ops::{Desk, OpsError};
use crate::store::{StoreDump, TableChange};

/// What became of a store that came in, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreReport {
    pub is_rehearsal: bool,
    pub tables: Vec<TableChange>,
    /// Number in the journal.
    pub operation: Option<i64>,
}

impl StoreReport {
    /// How many rows in all came to something.
    pub fn sum(&self, of: impl Fn(&TableChange) -> i64) -> i64 {
        self.tables.iter().map(of).sum()
    }

    fn is_change(&self) -> bool {
        self.sum(|table| table.created + table.updated + table.removed) > 0
    }
}

impl Desk {
    /// Takes in a store that `export all` wrote. It takes the place of all that is here, so unless `replaces` is said,
    /// only a store that holds nothing yet takes one in; what is there is copied first. Whoever is asked whether it goes
    /// on may break it off until the write begins.
    ///
    /// # Errors
    /// When the data are no store, something is here already, or the store cannot be written; nothing is changed
    /// then.
    pub fn take_everything(
        &mut self,
        dump: &StoreDump,
        name: &str,
        (is_rehearsal, replaces): (bool, bool),
        goes_on: &dyn Fn() -> bool,
    ) -> Result<StoreReport, OpsError> {
        let unless_stopped = || goes_on().then_some(()).ok_or_else(OpsError::stopped);
        let built = self.store.build(dump)?;
        unless_stopped()?;
        let mut report = StoreReport { is_rehearsal, tables: self.store.compare(&built)?, operation: None };
        unless_stopped()?;
        // Before it is asked whether the store holds work: the same file taken in twice changes nothing and needs no
        // --replace.
        if is_rehearsal || !report.is_change() {
            return Ok(report);
        }
        if !replaces && !self.store.is_blank()? {
            let (updated, removed) = (report.sum(|table| table.updated), report.sum(|table| table.removed));
            return Err(OpsError::rejected(
                format!(
                    "the store holds work already: {} would be written over, {removed} removed",
                    counted(updated, "row", "rows")
                ),
                "Name a new store with --store, or say --replace: all that is here goes for it, after a copy was \
                 made, and can be undone.",
            ));
        }
        let stamp = self.stamp();
        self.store.back_up_before(stamp.at, "import")?;
        unless_stopped()?;
        let committed =
            self.store.take_built(stamp, &built, &format!("Took in the whole store from {name}"))?;
        report.operation = committed.operation.map(|id| id.0);
        Ok(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Kind;
    use crate::ops::kit::{change, desk_at, entry, move_clock, request, studio};
    use crate::ops::sample::SampleSize;
    use crate::store::Copies;

    /// Takes what one store gives out into an empty one, and that once more.
    fn moved(from: &Desk) -> Desk {
        let mut to = desk_at("2026-11-23T09:00:00+00:00");
        let dump = from.store.dump().unwrap();
        // As a file holds it, so that a number that is written shorter than it is would be found.
        let dump = serde_json::from_str(&serde_json::to_string(&dump).unwrap()).unwrap();
        let report = to.take_everything(&dump, "all.json", (false, false), &|| true).unwrap();
        assert!(report.operation.is_some());
        assert_eq!(to.store.dump().unwrap(), dump);
        let again = to.take_everything(&dump, "all.json", (false, false), &|| true).unwrap();
        assert_eq!((again.operation, again.is_change()), (None, false), "the second time changes nothing");
        to
    }

    #[test]
    fn the_demo_and_studios_of_any_seed_come_in_equal() {
        let mut demo = desk_at("2026-11-23T09:00:00+00:00");
        demo.fill_demo().unwrap();
        moved(&demo);
        for seed in 0..6 {
            let mut desk = desk_at("2026-11-23T09:00:00+00:00");
            let size = SampleSize { requests: 40, people: 5, meetings: 20, seed };
            desk.fill_sample(size).unwrap();
            moved(&desk);
        }
    }

    #[test]
    fn one_undo_takes_the_whole_store_back_and_the_next_day_goes_on() {
        let mut desk = studio();
        request(&mut desk, "Film t2 @ana ~8h due:fri");
        entry(&mut desk, Kind::Stakeholder, &[("name", "Owen Price")]);
        let mut there = moved(&desk);
        move_clock(&mut there, "2026-11-24T09:00:00+00:00");
        move_clock(&mut desk, "2026-11-24T09:00:00+00:00");
        request(&mut there, "Poster");
        request(&mut desk, "Poster");
        assert_eq!(
            there.store.dump().unwrap().tables["kept_share"],
            desk.store.dump().unwrap().tables["kept_share"]
        );
        there.undo(None).unwrap();
        there.undo(None).unwrap();
        assert!(there.store.all_requests().unwrap().is_empty() && there.store.is_blank().unwrap());
    }

    #[test]
    fn whoever_breaks_it_off_finds_the_store_as_it_was() {
        let (mut desk, mut to) = (studio(), desk_at("2026-11-23T09:00:00+00:00"));
        request(&mut desk, "Film");
        let (dump, before) = (desk.store.dump().unwrap(), to.store.dump().unwrap());
        for (steps, is_rehearsal) in [(0, false), (1, false), (2, false), (0, true), (1, true)] {
            let left = std::cell::Cell::new(steps);
            let goes_on = || left.replace(left.get() - 1) > 0;
            let refused = to.take_everything(&dump, "all.json", (is_rehearsal, true), &goes_on).unwrap_err();
            assert_eq!(refused.to_string(), OpsError::stopped().to_string());
            assert_eq!(to.store.dump().unwrap(), before);
        }
    }

    #[test]
    fn what_was_forgotten_stays_forgotten_where_it_goes() {
        let mut desk = studio();
        let id = request(&mut desk, "Film");
        change(&mut desk, id, "notes:secret");
        let subject = desk.subject(&id.to_string()).unwrap();
        desk.forget(&subject, Some("notes"), Copies::Named).unwrap();
        let there = moved(&desk);
        assert_eq!(there.store.dump().unwrap().tables["forgotten"].rows.len(), 1);
    }

    #[test]
    fn a_store_that_holds_work_is_replaced_only_when_that_is_said() {
        let (mut desk, mut other) = (studio(), studio());
        request(&mut desk, "Film");
        request(&mut other, "Poster");
        let dump = desk.store.dump().unwrap();
        let before = other.store.dump().unwrap();
        let refused =
            other.take_everything(&dump, "all.json", (false, false), &|| true).unwrap_err().to_string();
        assert!(refused.contains("holds work already: 1 row would be written over"), "{refused}");
        let rehearsed = other.take_everything(&dump, "all.json", (true, true), &|| true).unwrap();
        assert_eq!((rehearsed.sum(|table| table.updated), other.store.dump().unwrap()), (1, before));
        other.take_everything(&dump, "all.json", (false, true), &|| true).unwrap();
        assert_eq!(other.store.dump().unwrap(), dump);
    }
}
