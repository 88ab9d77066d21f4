//! Swap: taking on more than fits names what moves for it, as one operation and one line of the month's trade-offs.

use super::assign::add_share;
use super::plan::Plan;
use super::team::handle;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::ids::{RequestId, SwapId};
use crate::domain::record::TableRow;
use crate::domain::tie::Swap;
use crate::plain;
use crate::store::Committed;

impl Desk {
    /// Does what was planned, and moves another request on the same person by some working days for it: its share
    /// ends later, and its due day follows where it would end after it.
    ///
    /// # Errors
    /// When one of the two or the person are gone meanwhile, or they are the same request.
    pub fn commit_swap(
        &mut self,
        plan: &Plan,
        moved: RequestId,
        days: u32,
    ) -> Result<Committed<()>, OpsError> {
        if moved == plan.request {
            return Err(OpsError::rejected(
                format!("{moved} cannot move for itself"),
                "Choose another request.",
            ));
        }
        // For its refusals, which are told before anything moves.
        self.weigh(plan.request, &plan.share)?;
        let (rules, stamp, today) = (self.rules()?, self.stamp(), self.today());
        self.store.change(stamp, |tx| {
            let request = tx.request(plan.request)?;
            let share = add_share(tx, &rules, &request, &plan.share)?;
            let mut other = tx.request(moved)?;
            let mut last = None;
            // What others hold of it takes no room from the work that is taken on.
            for mut own in tx.allocations_of(moved)?.into_iter().filter(|own| own.person == share.person) {
                own.to = rules.calendar.after(own.to, days);
                last = last.max(Some(own.to));
                tx.put_allocation(&own)?;
            }
            if let (Some(due), Some(last)) = (other.due, last)
                && last > due
            {
                // Work that ends after its own due day would be late by our own doing; the day goes along, and
                // counts as moved.
                other.set_due(Some(last));
                tx.put_request(&other)?;
            }
            let mut swap = Swap {
                id: SwapId(0),
                taken_id: plan.request,
                moved_id: moved,
                person_id: Some(share.person),
                days: i64::from(days),
                ..Swap::blank(today)
            };
            tx.add_record(&mut swap)?;
            let who = handle(&tx.people()?, share.person);
            let label = format!(
                "Assigned {} {} to {who}; {moved} moved by {} for it",
                plan.request,
                plain::cut(&request.title, 40),
                day::working_days(i64::from(days))
            );
            Ok(((), label))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{day, holiday, refusal, request, shares_of, studio};

    /// Ana has her week full; a film is to be taken on, and what moves for it goes three working days further.
    fn swapped(line: &str) -> (Desk, [RequestId; 2], String) {
        let mut desk = studio();
        let moved = request(&mut desk, line);
        let taken = request(&mut desk, "Film t3 ~8h due:fri");
        let mut plan = Plan::whole(taken);
        plan.share.who = "ana".to_owned();
        let label = desk.commit_swap(&plan, moved, 3).unwrap().label;
        (desk, [moved, taken], label)
    }

    #[test]
    fn what_moves_ends_some_working_days_later_and_its_due_day_follows() {
        let (desk, [moved, taken], label) = swapped("Series t3 ~40h due:fri @ana");
        assert_eq!(label, "Assigned R-2 Film to ana; R-1 moved by 3 working days for it");
        assert_eq!(shares_of(&desk, moved)[0].to, day("2026-12-02"), "over the weekend");
        assert_eq!(desk.store.request(moved).unwrap().due, Some(day("2026-12-02")));
        assert_eq!(shares_of(&desk, taken).len(), 1);
        let swap = &desk.books().unwrap().swaps[0];
        assert_eq!((swap.taken_id, swap.moved_id, swap.days), (taken, moved, 3));
    }

    #[test]
    fn a_due_day_that_is_late_enough_stays() {
        let mut desk = studio();
        holiday(&mut desk, "Bridge", "2026-11-30", "2026-11-30");
        let moved = request(&mut desk, "Series t3 ~40h due:2026-12-11");
        let share = crate::domain::allocation::NewShare {
            to: Some(day("2026-11-27")),
            ..crate::domain::allocation::NewShare::whole("ana")
        };
        desk.assign(moved, &share).unwrap();
        let mut plan = Plan::whole(request(&mut desk, "Film t3 ~8h due:fri"));
        plan.share.who = "ana".to_owned();
        desk.commit_swap(&plan, moved, 3).unwrap();
        assert_eq!(shares_of(&desk, moved)[0].to, day("2026-12-03"), "Monday is a holiday");
        assert_eq!(desk.store.request(moved).unwrap().due, Some(day("2026-12-11")));
    }

    #[test]
    fn only_the_share_of_that_person_moves() {
        let (mut desk, [moved, _], _) = swapped("Series t3 ~40h due:fri @ana @bo");
        let ends: Vec<_> = shares_of(&desk, moved).iter().map(|share| share.to).collect();
        assert_eq!(ends, [day("2026-12-02"), day("2026-11-27")]);
        desk.undo(None).unwrap();
        assert_eq!(shares_of(&desk, moved)[0].to, day("2026-11-27"), "one change, taken back whole");
        assert!(desk.books().unwrap().swaps.is_empty());
    }

    #[test]
    fn nothing_moves_for_itself() {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~8h due:fri @ana");
        let refused = refusal(desk.commit_swap(&Plan::whole(film), film, 2));
        assert_eq!(refused, "R-1 cannot move for itself");
    }
}
