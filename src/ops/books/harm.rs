//! Which frictions harm work for an outcome.

use std::collections::HashSet;

use super::Books;
use crate::domain::friction::Harm;
use crate::domain::ids::FrictionId;
use crate::ops::Desk;
use crate::store::StoreError;

impl Desk {
    /// Frictions whose harmed request is for an outcome, wherever it stands: what such a friction costs does not fall
    /// because its work was delivered all the same.
    pub(in crate::ops) fn serving(&self, books: &Books) -> Result<HashSet<FrictionId>, StoreError> {
        let mut found = HashSet::new();
        for friction in &books.frictions {
            let Some(Harm::Record(key)) = friction.harmed() else { continue };
            let Some(id) = key.request() else { continue };
            match self.store.request(id) {
                Ok(request) if request.outcome_id.is_some() => {
                    found.insert(friction.id);
                }
                // The request may have been undone since; a report must not fail because of it.
                Ok(_) | Err(StoreError::Missing(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::record::Kind;
    use crate::domain::stage::Stage;
    use crate::ops::Desk;
    use crate::ops::kit::{aim, begin, entry, go, request, stages, studio};

    fn points(desk: &Desk) -> i64 {
        desk.books_standing().unwrap().2.frictions[0].cost.points()
    }

    #[test]
    fn a_friction_costs_as_much_after_its_work_was_delivered() {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~4h due:fri @ana");
        entry(&mut desk, Kind::Outcome, &[("name", "Sales")]);
        entry(&mut desk, Kind::Friction, &[("text", "Slow legal"), ("hours", "4h"), ("harms", "R-1")]);
        let alone = points(&desk);
        aim(&mut desk, film, "O-1");
        let serving = points(&desk);
        assert!(serving > alone, "{serving} is what it costs an outcome");
        begin(&mut desk, film);
        stages(&mut desk, film, &[Stage::InReview, Stage::Delivered]);
        assert_eq!(points(&desk), serving);
        let told = |desk: &Desk| {
            let blocks = desk.week_review("2026-11-25".parse().unwrap()).unwrap().blocks;
            let block = blocks.into_iter().find(|block| block.title == "Friction by cost").unwrap();
            block.lines.into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        let midweek = told(&desk);
        for on in ["2026-11-29", "2026-11-30", "2027-03-01"] {
            go(&mut desk, on);
            assert_eq!(
                told(&desk)[0].contains("= 12"),
                midweek[0].contains("= 12"),
                "{on}: {:?}",
                told(&desk)
            );
        }
    }
}
