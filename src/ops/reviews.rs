//! How long reviews took: every spell in review that was seen from its beginning to its end, in working days.

use std::collections::{BTreeMap, HashSet};

use super::Desk;
use crate::domain::ids::RequestId;
use crate::domain::load::forecast::ReviewWait;
use crate::domain::measures::{LATELY, Span, flow};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::workdays::WorkCalendar;
use crate::store::{StageSpell, StoreError};

impl Desk {
    /// Working days of a spell, clipped to a span: the one way in which a wait that has ended is counted.
    pub(super) fn spell_days(
        &self,
        calendar: &WorkCalendar,
        within: Option<Span>,
        spell: &StageSpell,
    ) -> i64 {
        let (from, until) = (self.clock.day_of(spell.from), self.clock.day_of(spell.until));
        match within {
            Some(span) => flow::waited_within(calendar, span, (from, until)),
            None => flow::waited(calendar, from, until),
        }
    }

    /// Working days that what was delivered of a tier lately lay in review, all its reviews together.
    fn review_days(&self, tier: Tier, calendar: &WorkCalendar) -> Result<Vec<i64>, StoreError> {
        let since = self.clock.midnight(Span::trailing(self.today(), LATELY).from);
        let tiers = self.store.tiers_delivered_since(since)?;
        let ids: Vec<RequestId> =
            tiers.into_iter().filter(|(_, own)| *own == tier).map(|(id, _)| id).collect();
        let mut days: BTreeMap<RequestId, Option<i64>> = BTreeMap::new();
        for spell in self.store.spells_of(&ids, &[Stage::InReview])? {
            // Of a review that was not seen to begin only a part is known, and a part is no wait of its request.
            let own = Some(self.spell_days(calendar, None, &spell)).filter(|_| spell.is_whole);
            let so_far = days.entry(spell.request).or_insert(Some(0));
            *so_far = so_far.zip(own).map(|(so_far, own)| so_far + own);
        }
        Ok(days.into_values().flatten().collect())
    }

    /// What the review of a request usually takes: the p85 of its tier over the last 90 days where ten or more were
    /// delivered after a review, otherwise the configured days.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_wait(&self, request: &Request) -> Result<ReviewWait, StoreError> {
        let rules = self.rules()?;
        let tier = rules.tier(request);
        let days = self.review_days(tier, &rules.calendar)?;
        let measured = Some(days.len());
        let Some(p85) = flow::p85(days) else {
            let configured = rules.review_days[usize::from(tier.number())];
            return Ok(ReviewWait { days: configured, measured: None });
        };
        Ok(ReviewWait { days: u32::try_from(p85).unwrap_or(0), measured })
    }

    /// Which of some requests were delivered once before, and came back on another day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn came_back(&self, ids: &[RequestId]) -> Result<HashSet<RequestId>, StoreError> {
        let found = self.store.spells_of(ids, &[Stage::Delivered])?;
        // Taken up again on the same day it never ended one as delivered: a slip of the hand, not work that came back.
        let is_over = |spell: &StageSpell| self.clock.day_of(spell.from) < self.clock.day_of(spell.until);
        Ok(found.into_iter().filter(is_over).map(|spell| spell.request).collect())
    }
}

#[cfg(test)]
mod tests;
