//! What looks over but fits is laid anew: nothing changes but where it lies.

use super::team::handle;
use super::{Desk, OpsError, said};
use crate::domain::allocation::Allocation;
use crate::domain::day;
use crate::domain::ids::PersonId;
use crate::domain::load;
use crate::store::Committed;

impl Desk {
    /// Lays what somebody holds anew, so that no day looks over; one operation, announced by its label.
    ///
    /// # Errors
    /// When nothing looks over, or the work does not fit however it lies.
    pub fn reshape(&mut self, who: PersonId) -> Result<Committed<usize>, OpsError> {
        let model = self.load_model(self.today(), day::plus(self.today(), 60))?;
        let name = handle(&self.store.people()?, who);
        let Some(shapes) = load::reshape(&model, who) else {
            return Err(OpsError::rejected(
                format!("there is nothing to re-shape for {name}"),
                "It helps where days look too full and the work fits all the same (^).",
            ));
        };
        // What no schedule can do stays over in any shape.
        let is_forced = !model.verdict(who).forced.is_empty();
        let outcome =
            if is_forced { "what cannot fit stays over, no other day is" } else { "no day is over" };
        let (stamp, rules) = (self.stamp(), self.rules()?);
        self.store.change(stamp, |tx| {
            let (mut keys, mut bound): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
            for (id, shape) in &shapes {
                let share = tx.allocation(*id)?;
                keys.push(share.request.to_string());
                if share.can_follow() && tx.request(share.request)?.estimate.is_some() {
                    bound.push(share.request.to_string());
                }
                // All of it stays as much as it was, whatever the days from today on add up to.
                let all = model.items_of(who).iter().find(|item| item.share == *id).map(|item| item.hours);
                let mut laid = Allocation { minutes: all, shape: shape.clone(), ..share };
                // By the way that keeps hours left which somebody said: another shape says nothing of them.
                said::put_share(tx, &rules, &mut laid)?;
            }
            keys.dedup();
            let bound = match bound.join(", ") {
                none if none.is_empty() => none,
                keys => format!(" (hours of {keys} no longer follow an estimate)"),
            };
            Ok((shapes.len(), format!("Re-shaped {}{bound} on {name}: {outcome}", keys.join(", "))))
        })
    }
}

#[cfg(test)]
mod tests;
