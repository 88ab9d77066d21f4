//! Who matters, how they stand, and what calls for attention.

use chrono::NaiveDate;

use super::super::Books;
use super::{DELIVERED_DAYS, Read, StakeholderStanding};
use crate::domain::influence::{self, Flags, Stakeholder, is_same_name, name_key};
use crate::domain::record::{Kind, RecordKey};
use crate::domain::reflection::trend::Share;
use crate::ops::Desk;

impl Desk {
    pub(super) fn stakeholders(&self, books: &Books, read: &Read) -> Vec<StakeholderStanding> {
        let today = self.today();
        let mut found: Vec<StakeholderStanding> = books
            .stakeholders
            .iter()
            .map(|stakeholder| {
                let last_touch = last_touch(stakeholder, books, read, today);
                let around = influence::Around {
                    promises: &books.promises,
                    decisions: &books.decisions,
                    stances: &books.stances,
                    last_touch,
                    today,
                };
                let trust = books.trust.iter().filter(|trust| trust.stakeholder_id == stakeholder.id);
                let (framed, framed_before) = self.framing(stakeholder, read, today);
                StakeholderStanding {
                    flags: influence::flags(stakeholder, around),
                    last_touch,
                    trust: trust.max_by_key(|trust| (trust.day, trust.id)).map(|trust| trust.level),
                    framed,
                    framed_before,
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

    /// Outcome-framed asks of somebody, in the last 90 days and in the 90 before.
    fn framing(&self, stakeholder: &Stakeholder, read: &Read, today: NaiveDate) -> (Share, Share) {
        let mut shares = [Share { part: 0, whole: 0 }; 2];
        for (words, on) in read.asked.get(&name_key(&stakeholder.name)).into_iter().flatten() {
            let share = &mut shares[usize::from((today - *on).num_days() > DELIVERED_DAYS)];
            share.whole += 1;
            share.part += u32::from(!self.config.phrases.is_output_worded(words));
        }
        (shares[0], shares[1])
    }
}

/// What calls for attention, in words: `owes 2 · opposed on D-4 · cold 53 days`.
#[must_use]
pub fn flags_text(flags: &Flags) -> String {
    let mut parts = Vec::new();
    if !flags.owed.is_empty() {
        let keys: Vec<String> =
            flags.owed.iter().map(|number| RecordKey::Numbered(Kind::Promise, *number).to_string()).collect();
        parts.push(format!("owed {}", keys.join(", ")));
    }
    if !flags.opposed.is_empty() {
        let keys: Vec<String> = flags.opposed.iter().map(ToString::to_string).collect();
        parts.push(format!("opposed on {}", keys.join(", ")));
    }
    if let Some(days) = flags.cold {
        parts.push(format!("cold {days} days"));
    }
    parts.join(" · ")
}

fn last_touch(stakeholder: &Stakeholder, books: &Books, read: &Read, today: NaiveDate) -> Option<NaiveDate> {
    let is_them = |name: &String| is_same_name(name, &stakeholder.name);
    let key = name_key(&stakeholder.name);
    let met = read.met.get(&key).copied().into_iter();
    let decided = books
        .decisions
        .iter()
        .filter(|decision| is_them(&decision.approver))
        .map(|decision| decision.decided.unwrap_or(decision.opened));
    let asked = read.asked.get(&key).into_iter().flatten().map(|(_, on)| *on);
    let promised = books
        .promises
        .iter()
        .filter(|promise| is_them(&promise.whom))
        .map(|promise| promise.kept.unwrap_or(promise.made));
    met.chain(decided).chain(asked).chain(promised).filter(|day| *day <= today).max()
}
