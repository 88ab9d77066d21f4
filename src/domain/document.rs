//! What is handed to people: standup, leadership brief, weekly review, quarter in evidence. Plain data,
//! gathered by the verbs and only laid out by `export`; every number carries the receipt it came from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::count::{parted, whole};
use super::day;
use super::hint::Hints;
use super::minutes::Minutes;

mod heat;
mod plot;
mod private;
mod reader;
mod receipt;
mod surname;

pub use heat::{HeatCell, HeatRow, HeatTable};
pub use plot::{Plot, PlotKind, Point};
pub use private::{
    COVERED, LAST, PrivateNames, covered, for_onlookers, hidden_places, is_private, names_private,
};
pub use reader::{Audience, Reader, RoomWords, keys_in};
pub use surname::DrawnRow;

/// A document, whatever it is laid out as.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    pub title: String,
    /// For which meeting, week or quarter, and on which day it was made.
    pub subtitle: String,
    pub blocks: Vec<Block>,
    /// Which data that it rests on is stale, and how old that is: `Jira is 3 days old`. Whoever reads it has to know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stale: String,
    /// How it is worded where it is handed on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub room: RoomWords,
    /// On which day it is read: days of another year are told with it.
    #[serde(skip)]
    pub told_on: Option<NaiveDate>,
}

/// True where JSON leaves a field out: documents kept before the field was there, and scripts, know the shape
/// without.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A part with a title.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    /// What a heading says; a private name in it is covered as in a line.
    pub title: String,
    /// Said one after the other.
    pub lines: Vec<Line>,
    /// Drawn below the lines.
    pub plot: Option<Plot>,
    /// Stands below the lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heat: Option<HeatTable>,
    /// The one thing to take away; set larger where a layout can.
    #[serde(rename = "lead")]
    pub is_lead: bool,
    /// Who may read any of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub audience: Audience,
}

/// How a line is meant; every layout says it by a mark, never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    #[default]
    Plain,
    /// Somebody has to decide something.
    Warn,
    Good,
}

impl Tone {
    /// The mark before a line.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Warn => "!",
            Self::Good => "✓",
        }
    }

    /// What the mark means.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Warn => "Needs a decision",
            Self::Good => "Went well",
        }
    }
}

/// One statement, with the keys that it is about and the figures behind it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Line {
    /// What is said, its numbers included.
    pub text: String,
    /// The records that it is about.
    pub keys: Vec<String>,
    /// The receipts of its numbers.
    pub figures: Vec<Figure>,
    /// How it is meant.
    pub tone: Tone,
    /// What the lead can do about it here, with its key. For their eyes: it is never handed on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Who may read its text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub audience: Audience,
    /// What all others read instead; where it is empty, the line is not there for them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instead: String,
}

/// The receipt behind a number of a line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Figure {
    /// In its unit; a share in per cent.
    pub value: f64,
    /// What it counts; empty for a plain count.
    pub unit: String,
    /// Of how many cases.
    pub n: u32,
    /// First day of the window.
    pub from: Option<NaiveDate>,
    /// Last day of the window.
    pub to: Option<NaiveDate>,
    /// How it is counted.
    pub definition: String,
    /// The records that it was counted from.
    pub keys: Vec<String>,
}

impl Line {
    /// A statement that neither warns nor praises.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A statement that needs a decision.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { tone: Tone::Warn, ..Self::new(text) }
    }

    /// A statement of what went well.
    pub fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, ..Self::new(text) }
    }

    /// Nothing to say yet, only something to do; never handed on.
    pub fn todo(hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..Self::default() }
    }

    /// The same with what the lead can do about it.
    pub fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same for the lead alone.
    pub fn private(mut self) -> Self {
        self.audience = Audience::Lead;
        self
    }

    /// The same for the lead alone; the room reads something else in its place.
    pub fn for_the_room(self, instead: impl Into<String>) -> Self {
        Self { instead: instead.into(), ..self.private() }
    }

    /// The same where it names somebody's hours: whoever may not read those reads something else.
    pub fn naming_hours(mut self, instead: impl Into<String>) -> Self {
        (self.audience, self.instead) = (Audience::NamedHours, instead.into());
        self
    }

    /// What the lead reads: the statement, and what can be done about it.
    pub fn with_hint(&self) -> String {
        match (self.text.as_str(), self.hint.as_str()) {
            (text, "") => text.to_owned(),
            ("", hint) => hint.to_owned(),
            (text, hint) => format!("{text}: {hint}"),
        }
    }

    /// The same about some records.
    pub fn about<K: ToString>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.keys.extend(keys.into_iter().map(|key| key.to_string()));
        self
    }

    /// The same with the receipt of a number.
    pub fn with(mut self, figure: Figure) -> Self {
        self.figures.push(figure);
        self
    }

    /// Keys that the text does not name itself, to be added behind it.
    pub fn unnamed_keys(&self) -> Vec<&str> {
        // `R-1` is not named by `R-17`, and a series `M-4` not by one of its meetings, `M-4@2026-11-24`.
        let is_named = |key: &str| {
            self.text.match_indices(key).any(|(at, _)| {
                !self.text[at + key.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '@')
            })
        };
        // One meeting of a series has a key that nobody says aloud; its line names the room.
        let is_said = |key: &&str| !key.contains('@');
        self.keys.iter().map(String::as_str).filter(is_said).filter(|key| !is_named(key)).collect()
    }
}

impl Document {
    /// What is said below its title where data that it rests on is stale.
    pub fn staleness(&self) -> Option<String> {
        (!self.stale.is_empty()).then(|| format!("{}; what rests on it may be too.", self.stale))
    }

    /// With the keys in its hints as the lead has them.
    pub fn naming_keys(mut self, hints: &Hints) -> Self {
        for line in self.blocks.iter_mut().flat_map(|block| &mut block.lines) {
            line.hint = hints.say(&line.hint);
        }
        self
    }
}

impl Block {
    /// A part with its lines.
    pub fn new(title: impl Into<String>, lines: Vec<Line>) -> Self {
        Self { title: title.into(), lines, ..Self::default() }
    }

    /// The same for the lead alone.
    pub fn private(mut self) -> Self {
        self.audience = Audience::Lead;
        self
    }
}

/// A value as people read it: at most two decimals, thousands parted, a true minus.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let rounded = format!("{:.2}", value.abs());
    // A point is always there, so zeros are taken off behind it only and `100` keeps its own.
    let rounded = rounded.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = rounded.find('.').map_or((rounded, ""), |at| rounded.split_at(at));
    // What rounds to zero has no sign: `−0` reads as if something were missing.
    let sign = if value < 0.0 && rounded != "0" { "−" } else { "" };
    format!("{sign}{}{rest}", parted(whole))
}

/// A value with its unit; hours in the form that they have everywhere else.
pub fn quantity(value: f64, unit: &str) -> String {
    // `h` may go on, as in `h a week` or `h of 40h`.
    let rest = unit.strip_prefix('h').filter(|rest| rest.is_empty() || rest.starts_with(' '));
    match (unit, rest.and_then(|rest| Some((whole_minutes(value)?, rest)))) {
        ("", _) => number(value),
        (_, Some((minutes, rest))) => format!("{minutes}{rest}"),
        _ => day::with_unit(&number(value), unit),
    }
}

/// Hours as minutes, if they are so few that nothing is lost by counting them.
fn whole_minutes(hours: f64) -> Option<Minutes> {
    if hours.abs() < 1e9 { whole(hours * 60.0).map(Minutes) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (value, text) in [
            (9.5, "9.5"),
            (12.0, "12"),
            (1234.5, "1,234.5"),
            (-3.0, "−3"),
            (0.004, "0"),
            (-0.001, "0"),
            (100.0, "100"),
            (1_000_000.0, "1,000,000"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn hours_have_one_form_wherever_they_stand() {
        for (value, unit, text) in [
            (40.0, "h", "40h"),
            (2.5, "h a week", "2h30m a week"),
            (0.0, "h of 16.75h", "0h of 16.75h"),
            (1.0 / 3.0, "h", "20m"),
            (2.0, "heads", "2 heads"),
            (1.0, "working days", "1 working day"),
            (1.0, "days", "1 day"),
            (f64::INFINITY, "h", "– h"),
        ] {
            assert_eq!(quantity(value, unit), text);
        }
    }

    #[test]
    fn keys_that_a_text_names_are_not_repeated() {
        let line = Line::new("R-17 waits for R-1").about(["R-17", "R-1", "R-2", "M-4@2026-11-24"]);
        assert_eq!(line.unnamed_keys(), ["R-2"], "one meeting of a series has a key that nobody says");
        assert_eq!(Line::new("R-17 waits").about(["R-1"]).unnamed_keys(), ["R-1"]);
    }

    #[test]
    fn the_shape_is_the_one_that_scripts_rely_on() {
        let line = Line::warn("9.5 days").about(["R-1"]).with(Figure { n: 12, ..Figure::default() });
        let shape = serde_json::to_value(Block::new("Three numbers", vec![line])).unwrap();
        let expected = serde_json::json!({
            "title": "Three numbers",
            "lines": [{ "text": "9.5 days", "keys": ["R-1"], "figures": [{ "value": 0.0, "unit": "", "n": 12,
                "from": null, "to": null, "definition": "", "keys": [] }], "tone": "warn" }],
            "plot": null, "lead": false,
        });
        assert_eq!(shape, expected);
    }

    proptest! {
        #[test]
        fn shares_stay_within_the_room(values in prop::collection::vec(prop::num::f64::ANY, 0..9), is_line: bool, target in prop::option::of(prop::num::f64::ANY)) {
            let point = |value: f64| Point::new("x", value);
            let plot = Plot {
                kind: if is_line { PlotKind::Line } else { PlotKind::Bars },
                points: values.iter().copied().map(point).collect(),
                target: target.map(point),
                ..Plot::default()
            };
            let (shares, target) = plot.shares();
            prop_assert_eq!(shares.len(), values.len());
            prop_assert!(shares.iter().chain(&target).all(|share| (0.0..=1.0).contains(share)));
            prop_assert!(!plot.in_words().contains("NaN"));
        }
    }
}
