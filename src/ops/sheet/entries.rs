//! The fields of the records of the books, in the order of their forms. Names are those of the records themselves, and
//! of the flags of the command line.

use super::{FieldSpec, Value, may, needed};
use crate::domain::friction::{Area, FrictionStage};
use crate::domain::influence::{Currency, Part, RiskEnd, Way};
use crate::domain::lever::Lever;
use crate::domain::outcome::Direction;
use crate::domain::record::Kind;

const OUTCOME: &[FieldSpec] = &[
    needed(
        "name",
        "Outcome",
        Value::Text,
        "what changes for the business: Spring on shelf eleven days sooner",
    ),
    may("lever", "Lever", Value::Choice(Lever::NAMES), ""),
    may("metric", "Metric", Value::Text, "what is measured: days from brief to shelf"),
    may("unit", "Unit", Value::Text, "d, %, members …"),
    may("baseline", "Baseline", Value::Number, "where it stood before"),
    may("baseline-on", "Baseline on", Value::OptionalDay, "the day of the baseline; empty is today"),
    may("target", "Target", Value::Number, "where it should be"),
    may(
        "direction",
        "Better is",
        Value::Choice(Direction::NAMES),
        "follows from baseline and target where both are there",
    ),
    may("due", "Due", Value::OptionalDay, ""),
    may("owner", "Owner", Value::Name, "who answers for it in the business"),
    may(
        "value-per-day",
        "Worth a day",
        Value::Number,
        "the owner’s own figure for one day sooner; never ours",
    ),
    may("confidence", "Sure, in %", Value::Percent, "how sure the owner is of that figure"),
    may("notes", "Notes", Value::Long, "private"),
    may("closed", "Closed on", Value::OptionalDay, "no longer followed from this day on"),
];

const READING: &[FieldSpec] = &[
    needed("outcome", "Of outcome", Value::Key, "O-3"),
    needed("value", "Value", Value::Number, ""),
    may("on", "On", Value::OptionalDay, "empty is today"),
    may("source", "From", Value::Text, "where the figure comes from"),
];

const STAKEHOLDER: &[FieldSpec] = &[
    needed("name", "Name", Value::Name, "as calendars and requests spell it"),
    may("role", "Role", Value::Text, ""),
    may("cares", "Cares about", Value::Text, "one business number: margin per campaign"),
    may("pressure", "Pressed by", Value::Text, "what presses them this quarter"),
    may("currency", "Helped by", Value::Choice(Currency::NAMES), ""),
    may("email", "E-mail", Value::Text, ""),
    may("notes", "Notes", Value::Long, "private"),
];

const TRUST: &[FieldSpec] = &[
    needed("stakeholder", "Of", Value::Key, "S-2"),
    needed("level", "Trust", Value::Number, "1 low to 5 high"),
    may("on", "On", Value::OptionalDay, "empty is today"),
    may("note", "Why", Value::Text, ""),
];

const STANCE: &[FieldSpec] = &[
    needed("stakeholder", "Who", Value::Key, "S-2"),
    needed("decision", "On", Value::Key, "D-4"),
    needed("level", "Stands at", Value::Number, "-2 against … 2 strongly for"),
    may("on", "Day", Value::OptionalDay, "empty is today"),
];

const DECISION: &[FieldSpec] = &[
    needed("question", "Question", Value::Text, "in one sentence: do legal sign templates instead of jobs?"),
    may("approver", "Decides", Value::Name, "the one who decides"),
    may("part", "Our part", Value::Choice(Part::NAMES), ""),
    may(
        "options",
        "Options",
        Value::Long,
        "A now: 3 d sooner. B in January: 19 h rework. Nothing: 14 d stay.",
    ),
    may("before", "Saw it before", Value::Long, "how they saw it before"),
    may("changed", "We changed", Value::Long, "what we changed in how they see it"),
    may("result", "Result", Value::Long, "what was decided; saying it decides it"),
    may("decided", "Decided on", Value::OptionalDay, ""),
    may("check", "Check on", Value::OptionalDay, "when to look whether it came as expected"),
    may("confidence", "Sure, in %", Value::Percent, "how sure you are that it comes as expected"),
    may("held", "Came so", Value::YesNo, "yes if it came as expected"),
    may("credit", "Credit", Value::Text, "who got the credit"),
    may("meeting", "Meeting", Value::Key, "M-4@2026-11-24"),
];

const PROMISE: &[FieldSpec] = &[
    needed("text", "Promise", Value::Text, "what was promised"),
    may("way", "Who owes", Value::Choice(Way::NAMES), "to: we owe it; from: they owe it"),
    needed("who", "Whom", Value::Name, ""),
    may("due", "Due", Value::OptionalDay, ""),
    may("kept", "Kept on", Value::OptionalDay, ""),
    may("broken", "Broken on", Value::OptionalDay, ""),
    may("meeting", "Made in", Value::Key, "M-4@2026-11-24"),
];

const RISK: &[FieldSpec] = &[
    needed("text", "Risk", Value::Text, "what may go wrong"),
    may("on", "Lies on", Value::Key, "O-3 or R-17"),
    may("likelihood", "Likelihood", Value::Third, "1 low, 2, 3 high"),
    may("impact", "Impact", Value::Third, "1 low, 2, 3 high"),
    may("sign", "Early sign", Value::Text, "what would be seen first"),
    may("raise-by", "Raise by", Value::OptionalDay, "by when it has to be said"),
    may("answer", "In place", Value::Text, "what is done about it"),
    may("raised", "Raised on", Value::OptionalDay, ""),
    may("end", "Ended as", Value::Choice(RiskEnd::NAMES), "caught before release, happened, or passed by"),
];

const FRICTION: &[FieldSpec] = &[
    needed("text", "Friction", Value::Text, "what slows the work down"),
    may("area", "Area", Value::Choice(Area::NAMES), ""),
    may("hours", "Hours a week", Value::Length, "what it costs"),
    may("who", "Whose hours", Value::Text, ""),
    may("harms", "Harms", Value::Key, "O-3, R-17 or a tier: t2"),
    may("evidence", "Evidence", Value::Long, "how one knows"),
    may("stage", "Stage", Value::Choice(FrictionStage::NAMES), ""),
    may("seen", "Seen since", Value::OptionalDay, "empty is today"),
];

const GAIN: &[FieldSpec] = &[
    needed("text", "Change", Value::Text, "what freed the hours"),
    may("friction", "Unlocked", Value::Key, "F-2"),
    needed("hours", "Hours a week", Value::Length, "what is free"),
    may("from", "From", Value::OptionalDay, "empty is today"),
    may("to", "Until", Value::OptionalDay, "if it ends"),
    may("baseline", "Was, a week", Value::Length, "hours a week before; frozen once written"),
    may("evidence", "Evidence", Value::Long, "how that is known"),
];

const REDIRECT: &[FieldSpec] = &[
    needed("gain", "Of gain", Value::Key, "G-1"),
    needed("onto", "Onto", Value::Key, "O-3 or R-17"),
    needed("hours", "Hours a week", Value::Length, ""),
    may("from", "From", Value::OptionalDay, "empty is today"),
    may("to", "Until", Value::OptionalDay, "if it ends"),
    may("result", "Came of it", Value::Long, "what came of it"),
];

const BRIEF: &[FieldSpec] = &[
    may(
        "line",
        "Bottom line",
        Value::Long,
        "one sentence in business words: Spring reaches shelves eleven days sooner if …",
    ),
    may("ask", "The ask", Value::Text, "the one decision wanted: D-1, or in words"),
    may("recommend", "Recommend", Value::Text, "A, B, or in words"),
    may("risk", "The risk", Value::Text, "K-2, or in words; empty is chosen by rule"),
    may("numbers", "Numbers", Value::Text, "names of numbers parted by spaces; empty is chosen by rule"),
];

/// The fields of a kind; none where it has no form.
pub const fn of(kind: Kind) -> &'static [FieldSpec] {
    match kind {
        Kind::Outcome => OUTCOME,
        Kind::Reading => READING,
        Kind::Stakeholder => STAKEHOLDER,
        Kind::Trust => TRUST,
        Kind::Stance => STANCE,
        Kind::Decision => DECISION,
        Kind::Promise => PROMISE,
        Kind::Risk => RISK,
        Kind::Friction => FRICTION,
        Kind::Gain => GAIN,
        Kind::Redirect => REDIRECT,
        Kind::Brief => BRIEF,
        Kind::Request | Kind::Swap | Kind::Tie | Kind::Standup | Kind::Remark | Kind::Waved => &[],
    }
}

/// What the form of a new one is called.
pub const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Outcome => "A new outcome: what changes for the business",
        Kind::Reading => "A new reading",
        Kind::Stakeholder => "A new stakeholder",
        Kind::Trust => "How far they trust us",
        Kind::Stance => "Where they stand on a decision",
        Kind::Decision => "A new decision, ours to shape",
        Kind::Promise => "A new promise",
        Kind::Risk => "A new risk",
        Kind::Friction => "A new friction: what slows the work down",
        Kind::Gain => "A new gain: hours that a change freed",
        Kind::Redirect => "Redirect hours of a gain",
        Kind::Brief => "What the brief says",
        Kind::Request | Kind::Swap | Kind::Tie | Kind::Standup | Kind::Remark | Kind::Waved => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Record;
    use crate::ops::books::of_kind;

    #[test]
    fn every_field_of_a_form_is_a_field_of_its_record() {
        for kind in Kind::ALL {
            for spec in of(*kind) {
                let known: &[&str] = of_kind!(*kind, R => R::FIELDS, &[]);
                assert!(known.contains(&spec.name), "{kind} has no {}", spec.name);
            }
        }
    }
}
