//! Facts and rules of the field: plain values and pure functions over them.
//!
//! Nothing here does input or output, asks a clock, knows SQL or a terminal. "Today" and "now" are
//! always arguments, so every rule can be tested by a table and explained on screen.

pub mod agenda;
pub mod allocation;
pub mod bounds;
pub mod briefing;
pub mod count;
pub mod day;
pub mod difference;
pub mod document;
pub mod field;
pub mod formula;
pub mod friction;
pub mod hint;
pub mod ids;
pub mod influence;
pub mod kept;
pub mod kinds;
pub mod ledger;
pub mod lever;
pub mod lint;
pub mod load;
pub mod matching;
pub mod meanwhile;
pub mod measures;
pub mod meeting;
pub mod minutes;
pub mod money;
pub mod named;
pub mod occurrence;
pub mod outcome;
pub mod overlap;
pub mod person;
pub mod phrases;
pub mod private;
pub mod proposal;
pub mod readiness;
pub mod record;
pub mod reflection;
pub mod reframe;
pub mod reminder;
pub mod request;
pub mod rule;
pub mod said;
pub mod score;
pub mod source;
pub mod span;
pub mod stage;
pub mod tie;
pub mod tier;
pub mod view;
pub mod words;
pub mod workdays;
pub mod zone;
