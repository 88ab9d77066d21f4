//! When the lead is reminded of what, and by which way.

use serde::Deserialize;

use crate::domain::meeting::MeetingKind;
use crate::domain::reminder::{ReminderRules, read_quiet};
use crate::domain::words::{did_you_mean, nearest};

/// The ways in which a terminal can be told.
const WAYS: [&str; 5] = ["auto", "osc9", "osc777", "osc99", "none"];

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
    let before = vec![
        (MeetingKind::Leadership, raw.leadership),
        (MeetingKind::Stakeholder, raw.stakeholder),
        (MeetingKind::Team, raw.team),
        (MeetingKind::OneToOne, raw.one_to_one),
    ];
    if !WAYS.contains(&raw.by.as_str()) {
        let near = did_you_mean(nearest(&raw.by, &WAYS));
        fault("remind.by", format!("\"{}\" is not one of {}{near}", raw.by, WAYS.join(", ")));
    }
    let quiet = read_quiet(&raw.quiet).unwrap_or_else(|wrong| {
        fault("remind.quiet", wrong);
        None
    });
    ReminderRules { before, reflection: raw.reflection, quiet }
}
