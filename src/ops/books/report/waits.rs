//! Frictions that the data proposes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{ReportSources, Sources, requests};
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::matching::{Contact, words};
use crate::domain::measures::{LATELY, Span, flow};
use crate::domain::private::PrivateKeys;
use crate::domain::proposal::{self, Proposal};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::words::fold;
use crate::ops::Desk;
use crate::store::StoreError;

/// Waits of so many working days in all are worth a proposal.
const WAIT_DAYS: i64 = 15;
/// Hours a week that waiting costs the lead: chasing, asking again, planning anew. Said as an estimate.
const CHASE_MINUTES_PER_DAY: i64 = 10;

impl Desk {
    pub(super) fn friction_proposals(
        &self,
        sources: &Sources<'_>,
        read: &ReportSources<'_>,
    ) -> Result<Vec<Proposal>, StoreError> {
        let delivered: Vec<(&Request, NaiveDate)> =
            read.delivered.iter().map(|(request, on)| (request, *on)).collect();
        let mut found = proposal::proposals(&delivered, &self.config.tiers, self.today());
        found.extend(self.waits(sources)?);
        let known: Vec<String> =
            sources.books.frictions.iter().map(|friction| fold(&friction.origin)).collect();
        // By where it came from, not by its text: whoever filed one has most likely reworded it. Which spelling of a name
        // is met first may be another one by now.
        found.retain(|proposal| !known.contains(&fold(&proposal.origin)));
        Ok(found)
    }

    /// Brief debt by requester and review wait by decider, where they add up: the working days of late on which work lay
    /// with them, whether it does still or not.
    fn waits(&self, sources: &Sources<'_>) -> Result<Vec<Proposal>, StoreError> {
        let lately = Span::trailing(self.today(), LATELY);
        let calendar = &sources.model.calendar;
        let local = |instant| self.clock.day_of(instant);
        // Under the words of a name, as names are compared everywhere, with the first spelling that was met.
        let mut by: BTreeMap<(bool, Vec<String>), Wait> = BTreeMap::new();
        let mut note = |stage: Stage, (requester, decider): (&str, &str), days: i64, id: RequestId| {
            let is_review = stage == Stage::InReview;
            let who = if is_review { decider } else { requester }.trim();
            if !who.is_empty() && days > 0 {
                let wait = by.entry((is_review, words_of(who))).or_insert_with(|| Wait::on(who));
                wait.days += days;
                wait.keys.insert(id);
            }
        };
        let waiting = [Stage::Clarifying, Stage::InReview];
        for request in sources.rows.iter().map(|row| &row.request) {
            if waiting.contains(&request.stage) {
                let days = (local(request.stage_since), self.today());
                let days = flow::waited_within(calendar, lately, days);
                note(request.stage, (&request.requester, &request.decider), days, request.id);
            }
        }
        let private = if self.is_presenting { self.private_keys()? } else { PrivateKeys::default() };
        for spell in self.store.stage_spells(&waiting, self.clock.midnight(lately.from))? {
            if !private.has(&spell.request.into()) {
                let days = self.spell_days(calendar, Some(lately), &spell);
                note(spell.stage, (&spell.requester, &spell.decider), days, spell.request);
            }
        }
        let mut found: Vec<Proposal> = by
            .into_iter()
            .filter(|(_, wait)| wait.days >= WAIT_DAYS)
            .map(|((is_review, _), wait)| {
                of_waiting(is_review, &wait.who, wait.days, wait.keys.into_iter().collect())
            })
            .collect();
        found.sort_by(|one, other| (other.minutes, &one.origin).cmp(&(one.minutes, &other.origin)));
        Ok(found)
    }
}

/// What somebody is waited for.
struct Wait {
    who: String,
    days: i64,
    keys: BTreeSet<RequestId>,
}

impl Wait {
    fn on(who: &str) -> Self {
        Self { who: who.to_owned(), days: 0, keys: BTreeSet::new() }
    }
}

/// By what two texts name the same one; signs alone, as somebody's `?`, are compared as they stand.
fn words_of(who: &str) -> Vec<String> {
    let words = words(Contact::read(who).called());
    if words.is_empty() { vec![fold(who)] } else { words }
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
