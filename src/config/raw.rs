//! The configuration as its file says it, before anything of it is checked: one shape for each table of the example.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::tier::TierRule;

#[derive(Deserialize)]
pub(super) struct Raw {
    pub(super) lead: RawLead,
    pub(super) team: RawTeam,
    pub(super) tiers: BTreeMap<String, TierRule>,
    pub(super) review: RawReview,
    pub(super) meetings: RawMeetings,
    pub(super) phrases: RawPhrases,
    pub(super) presenter: RawPresenter,
    pub(super) room: RawRoom,
    pub(super) remind: super::remind::RawRemind,
    pub(super) lint: RawLint,
    pub(super) look: RawLook,
    pub(super) views: BTreeMap<String, super::views::RawView>,
    pub(super) keys: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct RawLead {
    pub(super) names: Vec<String>,
    pub(super) ask_names: bool,
    pub(super) language: String,
    pub(super) day_order: String,
    pub(super) currency: String,
}

#[derive(Deserialize)]
pub(super) struct RawTeam {
    pub(super) day_hours: u8,
    pub(super) planning_factor: u8,
}

#[derive(Deserialize)]
pub(super) struct RawReview {
    pub(super) wait_days: [u32; 5],
}

#[derive(Deserialize)]
pub(super) struct RawMeetings {
    pub(super) leadership: Vec<String>,
    pub(super) stakeholder: Vec<String>,
    pub(super) team: Vec<String>,
    pub(super) one_to_one: Vec<String>,
    pub(super) reflect_on: Vec<String>,
    pub(super) owed_days: u32,
}

#[derive(Deserialize)]
pub(super) struct RawPhrases {
    pub(super) deliverables: Vec<String>,
    pub(super) making: Vec<String>,
    pub(super) outcomes: Vec<String>,
    pub(super) results: Vec<String>,
    pub(super) people: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPresenter {
    pub(super) hide: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RawRoom {
    pub(super) names_with_hours: bool,
}

#[derive(Deserialize)]
pub(super) struct RawLint {
    pub(super) translations: Vec<String>,
    pub(super) process: Vec<String>,
    pub(super) results: Vec<String>,
    pub(super) waved_off: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RawLook {
    pub(super) theme: String,
    pub(super) accessible: bool,
    pub(super) colours: BTreeMap<String, String>,
    pub(super) glyphs: String,
    pub(super) mouse: bool,
    pub(super) cursor: bool,
}
