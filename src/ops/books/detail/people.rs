//! What is known of a stakeholder, and of a decision by those who take and shape it.

use super::{FactLines, FactTone, fields};
use crate::domain::influence::{Decision, Stakeholder, calibration, latest_stance};
use crate::domain::record::Record;
use crate::ops::Desk;
use crate::ops::books::Books;

impl Desk {
    pub(super) fn stakeholder_facts(&self, facts: &mut FactLines, stakeholder: &Stakeholder, books: &Books) {
        fields(facts, stakeholder, &[]);
        let mut trust: Vec<_> =
            books.trust.iter().filter(|trust| trust.stakeholder_id == stakeholder.id).collect();
        // Of two levels said on one day the one that was noted later counts.
        trust.sort_by_key(|trust| (trust.day, trust.id));
        if let Some(newest) = trust.last() {
            let before: Vec<String> =
                trust[..trust.len() - 1].iter().map(|trust| trust.level.to_string()).collect();
            let before = match before.as_slice() {
                [] => String::new(),
                all => format!(", before that {}", all.join(", ")),
            };
            facts.say("Trust", format!("{} of 5 on {}{before}", newest.level, self.near(newest.day)));
        }
        for decision in books.decisions.iter().filter(|decision| decision.is_open()) {
            if let Some(level) = latest_stance(&books.stances, stakeholder.id, decision.id) {
                facts.push(
                    "Stands",
                    format!("{}: {} {}", stance_words(level), decision.id, decision.question),
                    Some(decision.key()),
                    if level < 0 { FactTone::Warn } else { FactTone::Plain },
                );
            }
        }
    }

    pub(super) fn decision_facts(&self, facts: &mut FactLines, decision: &Decision, books: &Books) {
        if decision.is_to_check(self.today()) {
            let hint = "did it come as expected? {edit-record} sets it: “Came so”, yes or no";
            facts.warn("To check", self.config.hints.say(hint));
        }
        // The links below tell the meeting with its title and its day.
        fields(facts, decision, &["meeting"]);
        for stakeholder in &books.stakeholders {
            if let Some(level) = latest_stance(&books.stances, stakeholder.id, decision.id) {
                facts.push(
                    "Stands",
                    format!("{}: {}", stakeholder.name, stance_words(level)),
                    Some(stakeholder.key()),
                    FactTone::Plain,
                );
            }
        }
        let calibrated = calibration(&books.decisions);
        if let Some(brier) = calibrated.brier {
            let bands: Vec<String> = calibrated
                .bands
                .iter()
                .map(|(low, held, all)| format!("from {low} %: {held} of {all}"))
                .collect();
            facts.say(
                "Foresight",
                format!(
                    "{brier:.2} over {} checked, where 0 is perfect and 0.25 a guess; came as expected {}",
                    calibrated.count,
                    bands.join(", ")
                ),
            );
        } else {
            // Of a few decisions the score would be mostly chance, so only how many are missing is said.
            facts.say(
                "Foresight",
                format!(
                    "{} of {} checked decisions that it needs",
                    calibrated.count,
                    crate::domain::influence::CALIBRATION_FROM
                ),
            );
        }
    }
}

/// `against`, `wary`, `open`, `for`, `strongly for`.
const fn stance_words(level: i64) -> &'static str {
    match level {
        ..=-2 => "against",
        -1 => "wary",
        0 => "open",
        1 => "for",
        _ => "strongly for",
    }
}
