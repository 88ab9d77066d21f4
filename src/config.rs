//! The configuration in two stages: raw layers (the embedded example, then the user's file), merged by
//! table, then one resolved value. Every fault of a file is found at once, with its line and the nearest
//! right name; what is faulty keeps its default, so the program always starts.

mod habits;
mod limits;
pub mod look;
mod merge;
mod raw;
mod remind;
mod views;
pub mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::bounds;
use crate::domain::document::Reader;
use crate::domain::hint::Hints;
use crate::domain::lint::{LintRules, Rule, Translation};
use crate::domain::meeting::MeetingKind;
use crate::domain::minutes::Minutes;
use crate::domain::phrases::Phrases;
use crate::domain::reminder::ReminderRules;
use crate::domain::tier::{TierRule, TierRules};
use crate::domain::view::View;
use crate::domain::words::days::DayHabits;
use crate::domain::words::{ParseContext, fold};
use crate::domain::workdays::WorkCalendar;

pub use look::{Look, OwnCursor, OwnInks};
use merge::Merged;
pub use merge::{Fault, Spots};
use raw::{Raw, RawLint, RawMeetings, RawPhrases};

/// The commented whole of the configuration, which is also its defaults.
pub const EXAMPLE: &str = include_str!("../config.example.toml");
const LINT: &str = include_str!("../assets/lint.toml");

/// Words that tell the kind of a meeting from its title.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KindRules {
    /// In the order in which they are tried, folded.
    pub words: Vec<(MeetingKind, Vec<String>)>,
    /// Kinds that a reflection is asked for.
    pub reflect_on: Vec<MeetingKind>,
    /// Days after which it is no longer asked for.
    pub owed_days: u32,
}

/// Whether the lead's own names are asked for where a calendar would tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AskNames {
    Once,
    /// It was answered with none.
    Never,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Config {
    /// The lead's own names in calendars.
    pub own_names: Vec<String>,
    /// Whether they are asked for.
    pub ask_names: AskNames,
    /// A sign or a code beside amounts of money; empty where none is named.
    pub currency: String,
    /// How days are written: in which language, in which order.
    pub days: DayHabits,
    /// A working day.
    pub day: Minutes,
    /// Planning factor of new people in per cent.
    pub planning_factor: u8,
    /// What is usual for each tier.
    pub tiers: TierRules,
    /// Business days that a review takes, by tier.
    pub review_days: [u32; 5],
    pub meetings: KindRules,
    /// Word lists; shared, because everything that ranks requests holds them.
    pub phrases: Arc<Phrases>,
    /// Names that presenting hides.
    pub hidden_names: Vec<String>,
    /// Who reads documents that are handed on.
    pub room: Reader,
    /// What the altitude lint knows besides what is built in.
    own_lint: OwnLint,
    /// When to remind of meetings and reflections.
    pub reminders: ReminderRules,
    /// How that is told outside the cockpit: a name of the configuration.
    pub remind_by: String,
    /// A program that tells it instead, with its first words.
    pub remind_command: Vec<String>,
    /// Which colours it has.
    pub look: Look,
    /// Colours of the user's own over them.
    pub inks: OwnInks,
    /// The work of the day line by line instead of a screen.
    pub is_accessible: bool,
    /// Draw with letters and signs only.
    pub is_ascii: bool,
    /// Wheel and clicks come to the program.
    pub takes_mouse: bool,
    /// The terminal's own cursor, which stands on what is chosen.
    pub cursor: OwnCursor,
    /// Keys by the name of the action.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The same as hints name them.
    pub hints: Arc<Hints>,
    /// Saved views: the shipped ones, then the user's as they stand in the file.
    pub views: Arc<Vec<View>>,
    /// Where the user's file sets what.
    pub spots: Spots,
}

/// The user's own part of the altitude lint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct OwnLint {
    process: Vec<String>,
    results: Vec<String>,
    translations: Vec<Translation>,
    waved_off: Vec<(Rule, String)>,
}

/// A configuration with what was wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// With the defaults where the file has faults.
    pub config: Config,
    /// What was left out, and why.
    pub faults: Vec<Fault>,
}

impl Config {
    /// What holds without any file.
    #[must_use]
    pub fn defaults() -> Self {
        DEFAULTS.config.clone()
    }

    /// What the altitude lint knows. Read when a text is looked at: hardly any command does.
    #[must_use]
    pub fn lint(&self) -> LintRules {
        let mut rules: LintRules = toml::from_str(LINT).expect("the embedded lint is read by a test");
        rules.process.extend(self.own_lint.process.iter().cloned());
        rules.results.extend(self.own_lint.results.iter().cloned());
        // One's own words stand before the built-in ones.
        rules.translations.splice(0..0, self.own_lint.translations.iter().cloned());
        rules.wave_off(self.own_lint.waved_off.iter().cloned());
        rules
    }

    /// What is needed to read days, lengths and filters on a day.
    #[must_use]
    pub fn reading(&self, today: NaiveDate, calendar: Arc<WorkCalendar>) -> ParseContext {
        let mut reading = ParseContext::new(today, self.day, calendar);
        reading.views = Arc::clone(&self.views);
        reading.days = self.days;
        reading.own_names = Arc::new(self.own_names.clone());
        reading
    }

    /// The keys that hold without any file.
    #[must_use]
    pub fn default_keys() -> &'static BTreeMap<String, Vec<String>> {
        &DEFAULTS.config.keys
    }
}

/// The example, read once.
static DEFAULTS: LazyLock<Loaded> = LazyLock::new(|| laid_over_the_example(""));

/// Reads a configuration file; a missing one is no fault.
#[must_use]
pub fn load(path: &Path) -> Loaded {
    match read(path) {
        Ok(text) => {
            let mut loaded = parse(&text);
            // Only here: `parse` reads the same text alike on every machine.
            habits::by_locale(&mut loaded.config.days, &text, habits::locale().as_deref());
            loaded
        }
        Err(message) => {
            let mut loaded = parse("");
            habits::by_locale(&mut loaded.config.days, "", habits::locale().as_deref());
            loaded.faults.push(Fault { line: 0, column: 0, message });
            loaded
        }
    }
}

fn read(path: &Path) -> Result<String, String> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(format!("cannot be read: {error}")),
    };
    // A pipe in its place would keep every start waiting.
    if !metadata.is_file() {
        return Err("is not a file".to_owned());
    }
    // What is larger is something else, and not even read.
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if let Some(message) = bounds::too_long(length, bounds::SETTINGS, "a configuration") {
        return Err(message);
    }
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8 text".to_owned())?;
    // Editors of Windows begin a text with a mark, at which the reader of TOML would stop.
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Resolves a configuration from its text.
#[must_use]
pub fn parse(text: &str) -> Loaded {
    if text.is_empty() { DEFAULTS.clone() } else { laid_over_the_example(text) }
}

fn laid_over_the_example(text: &str) -> Loaded {
    let Merged { table, spots, mut faults, views } = merged(text);
    // Each setting was checked by itself while it was merged, so this is the last resort: the defaults, instead of
    // a program that does not start.
    let raw = Raw::deserialize(table).unwrap_or_else(|error| {
        faults.push(Fault { line: 0, column: 0, message: format!("{}; the defaults hold", error.message()) });
        embedded()
    });
    let config = resolve(raw, spots, &views, &mut faults);
    faults.sort_by_key(|fault| (fault.line, fault.column));
    Loaded { config, faults }
}

/// The user's text over the example, with every number within its limits.
fn merged(text: &str) -> Merged {
    let mut merged = merge::merge(EXAMPLE, text);
    limits::put_right(&mut merged.table, &merged.spots, &mut merged.faults);
    merged
}

/// Every setting with the value that holds, as TOML.
#[must_use]
pub fn effective(path: &Path) -> String {
    effective_of(&read(path).unwrap_or_default()).to_string()
}

fn effective_of(text: &str) -> toml::Table {
    merged(text.trim_start_matches('\u{feff}')).table
}

fn embedded() -> Raw {
    toml::from_str(EXAMPLE).expect("the embedded example is read by a test")
}

fn resolve(raw: Raw, spots: Spots, views: &[String], faults: &mut Vec<Fault>) -> Config {
    let mut fault = |setting: &str, message: String| faults.push(spots.fault(setting, &message));
    if !["auto", "ascii"].contains(&raw.look.glyphs.as_str()) {
        fault("look.glyphs", format!("\"{}\" is neither \"auto\" nor \"ascii\"", raw.look.glyphs));
    }
    let views = views::resolve(views, raw.views, &spots, &mut fault);
    Config {
        views: Arc::new(views),
        days: habits::day_habits(&raw.lead.language, &raw.lead.day_order, &mut fault),
        own_names: raw.lead.names,
        ask_names: if raw.lead.ask_names { AskNames::Once } else { AskNames::Never },
        currency: raw.lead.currency,
        day: Minutes::hours(i64::from(raw.team.day_hours)),
        planning_factor: raw.team.planning_factor,
        tiers: tier_rules(&raw.tiers),
        review_days: raw.review.wait_days,
        meetings: kind_rules(raw.meetings, &mut fault),
        own_lint: own_lint(raw.lint, &mut fault),
        phrases: Arc::new(phrases(raw.phrases)),
        room: Reader::Room { names_with_hours: raw.room.names_with_hours },
        hidden_names: raw.presenter.hide.into_iter().filter(|name| !name.trim().is_empty()).collect(),
        reminders: remind::rules(&raw.remind, &mut fault),
        remind_by: raw.remind.by,
        remind_command: raw.remind.command,
        look: look::look(&raw.look.theme, &mut fault),
        inks: look::inks(&raw.look.colours, &mut fault),
        is_accessible: raw.look.accessible,
        is_ascii: raw.look.glyphs == "ascii",
        takes_mouse: raw.look.mouse,
        cursor: if raw.look.cursor { OwnCursor::Shown } else { OwnCursor::Hidden },
        hints: Arc::new(hints(&raw.keys)),
        keys: raw.keys,
        spots,
    }
}

fn hints(keys: &BTreeMap<String, Vec<String>>) -> Hints {
    Hints::new(keys.iter().map(|(name, keys)| (name.clone(), keys.first().cloned().unwrap_or_default())))
}

/// The user's table lies over the example's, so that all five are there.
fn tier_rules(given: &BTreeMap<String, TierRule>) -> TierRules {
    let rule =
        |number: usize| given.get(&number.to_string()).expect("the example names all five tiers").clone();
    TierRules(std::array::from_fn(rule))
}

fn kind_rules(raw: RawMeetings, fault: &mut impl FnMut(&str, String)) -> KindRules {
    let mut reflect_on = Vec::new();
    for word in raw.reflect_on {
        match word.parse::<MeetingKind>() {
            Ok(kind) => reflect_on.push(kind),
            Err(error) => fault("meetings.reflect_on", error.to_string()),
        }
    }
    // Folded once, since every title is compared with all of them. The narrowest kind first: a one to one with a
    // leader has words of both.
    let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect();
    let words = vec![
        (MeetingKind::OneToOne, folded(raw.one_to_one)),
        (MeetingKind::Leadership, folded(raw.leadership)),
        (MeetingKind::Team, folded(raw.team)),
        (MeetingKind::Stakeholder, folded(raw.stakeholder)),
    ];
    KindRules { words, reflect_on, owed_days: raw.owed_days }
}

fn own_lint(raw: RawLint, fault: &mut impl FnMut(&str, String)) -> OwnLint {
    let lower = |words: Vec<String>| words.into_iter().map(|word| word.to_lowercase()).collect();
    let mut own = OwnLint { process: lower(raw.process), results: lower(raw.results), ..OwnLint::default() };
    for text in raw.translations {
        match text.parse() {
            Ok(translation) => own.translations.push(translation),
            Err(message) => fault("lint.translations", message),
        }
    }
    for text in raw.waved_off {
        match text.split_once(':').map(|(rule, words)| (rule.parse::<Rule>(), words)) {
            Some((Ok(rule), words)) => own.waved_off.push((rule, words.to_owned())),
            Some((Err(error), _)) => fault("lint.waved_off", error.to_string()),
            None => fault("lint.waved_off", format!("`{text}` does not say \"rule: text\"")),
        }
    }
    own
}

fn phrases(own: RawPhrases) -> Phrases {
    let mut phrases = Phrases::shipped();
    for (words, own) in [
        (&mut phrases.deliverables, own.deliverables),
        (&mut phrases.making, own.making),
        (&mut phrases.outcomes, own.outcomes),
        (&mut phrases.results, own.results),
        (&mut phrases.people, own.people),
    ] {
        words.extend(own.into_iter().map(|word| word.to_lowercase()));
    }
    phrases
}

/// Where files live: what was named, then the environment, then the platform's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub store: PathBuf,
    pub config: PathBuf,
    /// The user's own import presets.
    pub presets: PathBuf,
}

impl Places {
    /// Finds them; `None` where the machine has no home folder and nothing was named.
    #[must_use]
    pub fn find(store: Option<PathBuf>, config: Option<PathBuf>) -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "tablesetter");
        let variable =
            |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let store = store
            .or_else(|| variable("TABLESETTER_STORE"))
            .or_else(|| folders.as_ref().map(|folders| folders.data_dir().join("tablesetter.db")))?;
        let config = config
            .or_else(|| variable("TABLESETTER_CONFIG"))
            .or_else(|| folders.as_ref().map(|folders| folders.config_dir().join("config.toml")))?;
        let presets = config.with_file_name("presets");
        Some(Self { store, config, presets })
    }
}

#[cfg(test)]
mod tests;
