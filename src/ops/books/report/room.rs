//! Who matters, how they stand, and what calls for attention.

use chrono::NaiveDate;

use super::super::Books;
use super::{BooksReport, ReportSources, StakeholderStanding};
use crate::domain::day;
use crate::domain::ids::DecisionId;
use crate::domain::influence::{self, Flags, Stakeholder};
use crate::domain::measures::asks::framed;
use crate::domain::measures::{Ask, LATELY, Span};
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::words::filter::record::Standing;
use crate::ops::Desk;

impl Desk {
    pub(super) fn stakeholders(&self, books: &Books, read: &ReportSources<'_>) -> Vec<StakeholderStanding> {
        let today = self.today();
        let mut found: Vec<StakeholderStanding> = books
            .stakeholders
            .iter()
            .map(|stakeholder| {
                // A name that they had before is theirs as well, in what they asked as in what they promised.
                let is_theirs = |ask: &&Ask| stakeholder.is_called(&ask.who);
                let asks: Vec<&Ask> = read.facts.asks.iter().filter(is_theirs).collect();
                let last_touch = last_touch(stakeholder, books, (read, &asks), today);
                let around = influence::FlagSources {
                    promises: &books.promises,
                    decisions: &books.decisions,
                    stances: &books.stances,
                    last_touch,
                    today,
                };
                let trust = books.trust.iter().filter(|trust| trust.stakeholder_id == stakeholder.id);
                let lately = Span::trailing(today, LATELY);
                StakeholderStanding {
                    flags: influence::flags(stakeholder, around),
                    last_touch,
                    trust: trust.max_by_key(|trust| (trust.day, trust.id)).map(|trust| trust.level),
                    framed: framed(&asks, lately),
                    framed_before: framed(&asks, lately.before()),
                    stakeholder: stakeholder.clone(),
                }
            })
            .collect();
        found.sort_by_key(|it| {
            let flags = &it.flags;
            (
                flags.owed.is_empty(),
                flags.opposed.is_empty(),
                flags.cold.is_none(),
                crate::domain::words::fold(&it.stakeholder.name),
            )
        });
        found
    }
}

/// What calls for attention, in words: `owed P-2 · opposed on D-4 · wary of D-5 · cold 53 days`.
pub fn flags_text(flags: &Flags) -> String {
    let mut parts = Vec::new();
    if !flags.owed.is_empty() {
        let keys: Vec<String> =
            flags.owed.iter().map(|number| RecordKey::Numbered(Kind::Promise, *number).to_string()).collect();
        parts.push(format!("owed {}", keys.join(", ")));
    }
    let (wary, against): (Vec<DecisionId>, Vec<DecisionId>) =
        flags.opposed.iter().partition(|decision| flags.wary.contains(decision));
    for (stands, decisions) in [("opposed on", against), ("wary of", wary)] {
        let keys: Vec<String> = decisions.iter().map(ToString::to_string).collect();
        if !keys.is_empty() {
            parts.push(format!("{stands} {}", keys.join(", ")));
        }
    }
    if let Some(days) = flags.cold {
        parts.push(format!("cold {}", day::days(days)));
    }
    parts.join(" · ")
}

impl BooksReport {
    /// What a filter can ask of a record besides its fields.
    pub fn worked_out(&self, key: &RecordKey) -> Standing {
        if let Some(it) = self.outcomes.iter().find(|it| it.outcome.key() == *key) {
            let done = it.progress.percent;
            return Standing { done, ..Standing::default() };
        }
        let found = self.stakeholders.iter().find(|it| it.stakeholder.key() == *key);
        let Some(StakeholderStanding { flags, last_touch, trust, .. }) = found else {
            return Standing::default();
        };
        let marks = [
            ("owed", !flags.owed.is_empty()),
            ("cold", flags.cold.is_some()),
            ("opposed", !flags.opposed.is_empty()),
        ];
        let marks = marks.into_iter().filter(|(_, is_so)| *is_so).map(|(mark, _)| mark).collect();
        Standing { marks, trust: *trust, met: *last_touch, done: None }
    }
}

fn last_touch(
    stakeholder: &Stakeholder,
    books: &Books,
    (read, asks): (&ReportSources<'_>, &[&Ask]),
    today: NaiveDate,
) -> Option<NaiveDate> {
    let is_them = |name: &String| stakeholder.is_called(name);
    // A calendar spells somebody as it likes, also under a name that they had here before.
    let met = read.met.iter().filter(|(name, _)| stakeholder.is_called(name)).map(|(_, on)| *on);
    let decided = books
        .decisions
        .iter()
        .filter(|decision| is_them(&decision.approver))
        // An open decision was talked about when it was opened, a decided one when it was decided.
        .map(|decision| decision.decided.unwrap_or(decision.opened));
    let asked = asks.iter().map(|ask| ask.on);
    let promised = books
        .promises
        .iter()
        .filter(|promise| is_them(&promise.whom))
        .map(|promise| promise.kept.unwrap_or(promise.made));
    // Future days are no touch: a promise may be noted for a day to come.
    met.chain(decided).chain(asked).chain(promised).filter(|day| *day <= today).max()
}
