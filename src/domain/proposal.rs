//! What delivered work proposes as friction: tiers that cost like a deeper one, and things made by hand again and
//! again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::count::counted;
use super::ids::RequestId;
use super::measures::Span;
use super::minutes::Minutes;
use super::overlap::{count, ids, telling_words};
use super::request::Request;
use super::tier::{Tier, TierRules};

/// Something that delivered work proposes as friction; never written by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// A stable name of it, so that it is proposed once.
    pub origin: String,
    /// What it would be called.
    pub text: String,
    pub evidence: String,
    /// Hours a week, where they can be said.
    pub minutes: i64,
    /// What it would harm.
    pub harms: String,
    /// The rows behind it.
    pub keys: Vec<RequestId>,
}

impl Proposal {
    /// The fields of the friction that it would be, before anybody has said it in words of their own.
    pub fn known(&self) -> Vec<(&'static str, String)> {
        let hours = if self.minutes > 0 { Minutes(self.minutes).to_string() } else { String::new() };
        vec![
            ("text", self.text.clone()),
            ("area", "process".to_owned()),
            ("hours", hours),
            ("harms", self.harms.clone()),
            ("evidence", self.evidence.clone()),
            ("origin", self.origin.clone()),
        ]
    }
}

/// Similar production work from this number on within sixty days is a template.
// Fewer may be chance; so many within two months come again.
const TEMPLATE_FROM: usize = 4;
const TEMPLATE_DAYS: i64 = 60;
/// A tier drifts from the second request on that took far more than is usual for it.
const DRIFT_FROM: usize = 2;

/// Tier drift and template candidates among delivered requests, each with its local day of delivery.
pub fn proposals(delivered: &[(&Request, NaiveDate)], tiers: &TierRules, today: NaiveDate) -> Vec<Proposal> {
    let mut found = drift(delivered, tiers);
    found.extend(templates(delivered, today));
    found
}

/// More than twice the usual hours or rounds of its tier.
fn drift(delivered: &[(&Request, NaiveDate)], tiers: &TierRules) -> Vec<Proposal> {
    let told = |tier: Tier| {
        let rule = tiers.of(tier);
        let is_over = |request: &&Request| {
            request.estimate.is_some_and(|minutes| minutes.0 > rule.median().0.saturating_mul(2))
                // Where a tier expects no round at all, twice as many are none either, and each round would count as
                // drift.
                || request.rounds > rule.rounds.max(1).saturating_mul(2)
        };
        let over: Vec<&Request> = delivered
            .iter()
            .map(|(request, _)| *request)
            .filter(|request| request.tier == Some(tier))
            .filter(is_over)
            .collect();
        (over.len() >= DRIFT_FROM).then(|| Proposal {
            origin: format!("drift t{}", tier.number()),
            text: format!("Work sold as {tier} costs like a deeper tier"),
            evidence: format!(
                "{} delivered took more than twice the usual {} or {}",
                count(over.len()),
                rule.median(),
                counted(rule.rounds.max(1), "round", "rounds")
            ),
            minutes: 0,
            harms: format!("t{}", tier.number()),
            keys: ids(&over),
        })
    };
    Tier::ALL.into_iter().filter_map(told).collect()
}

fn templates(delivered: &[(&Request, NaiveDate)], today: NaiveDate) -> Vec<Proposal> {
    let recent = delivered.iter().filter(|(request, day)| {
        Span::trailing(today, TEMPLATE_DAYS).holds(*day)
            && request.tier.is_some_and(|tier| tier.number() == 3)
    });
    let mut by_thing: BTreeMap<String, Vec<&Request>> = BTreeMap::new();
    for (request, _) in recent {
        // Each thing once: a title may name it as one and as many.
        let things: BTreeSet<String> =
            telling_words(&request.title).iter().map(|word| singular(word)).collect();
        for thing in things {
            by_thing.entry(thing).or_default().push(request);
        }
    }
    let told = |(thing, group): (String, Vec<&Request>)| {
        (group.len() >= TEMPLATE_FROM).then(|| {
            let minutes: i64 =
                group.iter().filter_map(|request| request.estimate).map(|estimate| estimate.0).sum();
            Proposal {
                origin: format!("template {thing}"),
                text: format!("“{thing}” is made by hand again and again: a template"),
                evidence: format!("{} of production delivered in {TEMPLATE_DAYS} days", count(group.len())),
                // The hours of the whole span, as hours a week.
                minutes: minutes * 7 / TEMPLATE_DAYS,
                harms: "t3".to_owned(),
                keys: ids(&group),
            }
        })
    };
    by_thing.into_iter().filter_map(told).collect()
}

/// `banners` is `banner`; good enough to count things.
fn singular(word: &str) -> String {
    // Short words and those in `ss` end so without being many: bus, press.
    word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn request(id: i64, title: &str) -> Request {
        Request { id: RequestId(id), ..Request::new(title, DateTime::UNIX_EPOCH) }
    }

    #[test]
    fn drift_and_templates_are_proposed_with_their_rows() {
        let tiers = crate::config::Config::defaults().tiers;
        let big = |id, title: &str| Request {
            tier: Tier::new(3),
            estimate: Some(Minutes::hours(20)),
            ..request(id, title)
        };
        let small = |id, title: &str| Request {
            tier: Tier::new(3),
            estimate: Some(Minutes::hours(3)),
            ..request(id, title)
        };
        let all = [
            big(1, "Alpha"),
            big(2, "Beta"),
            small(3, "Harbour banners"),
            small(4, "Lumen banner"),
            small(5, "Banners, autumn"),
            small(6, "Banner set"),
        ];
        let delivered: Vec<_> = all.iter().map(|request| (request, today())).collect();
        let found = proposals(&delivered, &tiers, today());
        let names: Vec<_> =
            found.iter().map(|proposal| (proposal.origin.as_str(), proposal.keys.len())).collect();
        assert_eq!(names, [("drift t3", 2), ("template banner", 4)]);
        assert_eq!(found[1].minutes, 84);
    }
}
