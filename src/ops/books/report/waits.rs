//! Frictions that the data proposes.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{ReportSources, Sources, requests};
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::measures::{LATELY, flow};
use crate::domain::overlap::{self, Proposal};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::ops::Desk;

/// Waits of so many working days in all are worth a proposal.
const WAIT_DAYS: i64 = 15;
/// Hours a week that waiting costs the lead: chasing, asking again, planning anew. Said as an estimate.
const CHASE_MINUTES_PER_DAY: i64 = 10;

impl Desk {
    pub(super) fn friction_proposals(
        &self,
        sources: &Sources<'_>,
        read: &ReportSources<'_>,
    ) -> Vec<Proposal> {
        let delivered: Vec<(&Request, NaiveDate)> =
            read.delivered.iter().map(|(request, on)| (request, *on)).collect();
        let mut found = overlap::proposals(&delivered, &self.config.tiers, self.today());
        found.extend(self.waits(sources, read));
        let known: Vec<&str> =
            sources.books.frictions.iter().map(|friction| friction.origin.as_str()).collect();
        // By where it came from, not by its text: whoever filed one has most likely reworded it.
        found.retain(|proposal| !known.contains(&proposal.origin.as_str()));
        found
    }

    /// Brief debt by requester and review wait by decider, where they add up.
    fn waits(&self, sources: &Sources<'_>, read: &ReportSources<'_>) -> Vec<Proposal> {
        let today = self.today();
        let calendar = &sources.model.calendar;
        let local = |instant| self.clock.day_of(instant);
        let mut by: HashMap<(bool, String), (i64, Vec<RequestId>)> = HashMap::new();
        let mut note = |is_review: bool, who: &str, days: i64, id: RequestId| {
            if !who.trim().is_empty() && days > 0 {
                let entry = by.entry((is_review, who.trim().to_owned())).or_default();
                entry.0 += days;
                entry.1.push(id);
            }
        };
        for request in sources.rows.iter().map(|row| &row.request) {
            match request.stage {
                Stage::Clarifying => note(
                    false,
                    &request.requester,
                    flow::waited(calendar, local(request.created), today),
                    request.id,
                ),
                Stage::InReview => note(
                    true,
                    &request.decider,
                    flow::waited(calendar, local(request.stage_since), today),
                    request.id,
                ),
                _ => {}
            }
        }
        for (request, _) in &read.delivered {
            if let Some(ready) = request.ready {
                note(
                    false,
                    &request.requester,
                    flow::waited(calendar, local(request.created), local(ready)),
                    request.id,
                );
            }
        }
        let mut found: Vec<Proposal> = by
            .into_iter()
            .filter(|(_, (days, _))| *days >= WAIT_DAYS)
            .map(|((is_review, who), (days, keys))| of_waiting(is_review, &who, days, keys))
            .collect();
        // By name where they cost the same: a map hands them out in another order each time.
        found.sort_by(|one, other| (other.minutes, &one.origin).cmp(&(one.minutes, &other.origin)));
        found
    }
}

/// What to propose about waiting for somebody, in working days in all.
fn of_waiting(is_review: bool, who: &str, days: i64, keys: Vec<RequestId>) -> Proposal {
    let (what, origin) = if is_review { ("decision", "review wait") } else { ("brief", "brief debt") };
    Proposal {
        origin: format!("{origin} {who}"),
        text: format!("Waiting for {who}’s {what}"),
        evidence: format!(
            "{} in all over {} of the last {LATELY} days",
            day::working_days(days),
            requests(keys.len())
        ),
        // Waits add up over all of the last days, while a friction is noted in minutes a week.
        minutes: days * CHASE_MINUTES_PER_DAY * 7 / LATELY,
        harms: String::new(),
        keys,
    }
}
