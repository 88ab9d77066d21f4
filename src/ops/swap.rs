//! Swap: taking on more than fits names what moves for it, as one operation and one line of the month's trade-offs.

use super::assign::add_share;
use super::plan::Plan;
use super::team::handle;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::ids::{RequestId, SwapId};
use crate::domain::record::Record;
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
        self.weigh(plan.request, &plan.share)?;
        let (rules, stamp, today) = (self.rules()?, self.stamp(), self.today());
        self.store.change(stamp, |tx| {
            let request = tx.request(plan.request)?;
            let share = add_share(tx, &rules, &request, &plan.share)?;
            let mut other = tx.request(moved)?;
            let mut last = None;
            for mut own in tx.allocations_of(moved)?.into_iter().filter(|own| own.person == share.person) {
                own.to = rules.calendar.after(own.to, days);
                last = last.max(Some(own.to));
                tx.put_allocation(&own)?;
            }
            if let (Some(due), Some(last)) = (other.due, last)
                && last > due
            {
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
