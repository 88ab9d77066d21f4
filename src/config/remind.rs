//! When the lead is reminded of what, and by which way.

use serde::Deserialize;

use super::merge::nearest;
use crate::domain::meeting::MeetingKind;
use crate::domain::reminder::{ReminderRules, read_quiet};

/// The ways in which a terminal can be told.
const WAYS: [&str; 5] = ["auto", "osc9", "osc777", "osc99", "none"];
/// Longer before a meeting is a plan and no reminder.
const MOST: u32 = 24 * 60;

#[derive(Deserialize)]
pub(super) struct RawRemind {
    leadership: u32,
    stakeholder: u32,
    team: u32,
    one_to_one: u32,
    reflection: u32,
    pub(super) by: String,
    pub(super) command: Vec<String>,
    quiet: String,
}

/// The rules of a configuration; what is wrong in it is told and left out.
pub(super) fn rules(raw: &RawRemind, fault: &mut impl FnMut(&str, String)) -> ReminderRules {
    let mut minutes = |name: &str, given: u32| {
        if given > MOST {
            fault(&format!("remind.{name}"), format!("{given} minutes are more than a day; {MOST} holds"));
        }
        given.min(MOST)
    };
    let before = vec![
        (MeetingKind::Leadership, minutes("leadership", raw.leadership)),
        (MeetingKind::Stakeholder, minutes("stakeholder", raw.stakeholder)),
        (MeetingKind::Team, minutes("team", raw.team)),
        (MeetingKind::OneToOne, minutes("one_to_one", raw.one_to_one)),
    ];
    let reflection = minutes("reflection", raw.reflection);
    if !WAYS.contains(&raw.by.as_str()) {
        let meant = nearest(&raw.by, WAYS.into_iter()).map_or_else(
            || format!("it is one of {}", WAYS.join(", ")),
            |near| format!("did you mean \"{near}\"?"),
        );
        fault("remind.by", format!("\"{}\" is no way; {meant}", raw.by));
    }
    let quiet = read_quiet(&raw.quiet).unwrap_or_else(|wrong| {
        fault("remind.quiet", wrong);
        None
    });
    ReminderRules { before, reflection, quiet }
}
