//! Presets: data files that say how a tool writes its table. The user can copy one and change it.
//!
//! A preset names the columns that give the tool away, what each column fills, and what the tool's
//! words for stages and priorities mean here. Mistakes in a file are told with line and key.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de::Error as _};

use super::dates::DateOrder;
use super::field::Field;
use super::numbers::Unit;
use super::share_fields::ShareField;
use super::{ImportError, nearest, spaced, squeeze};
use crate::domain::bounds;
use crate::domain::stage::Stage;

/// The presets of the program, by the names of their files; of two that fit as well the earlier one is taken.
macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        [$((concat!($name, ".toml"), include_str!(concat!("../../assets/presets/", $name, ".toml"))),)*]
    };
}

pub const BUILT_IN: [(&str, &str); 19] = built_in![
    "tablesetter",
    "jira-cloud",
    "asana",
    "trello",
    "clickup",
    "monday",
    "linear",
    "github-projects",
    "notion",
    "wrike",
    "smartsheet",
    "smartsheet-projects",
    "redmine",
    "airtable",
    "microsoft-forms",
    "google-forms",
    "todoist",
    "planner",
    "generic",
];

/// The preset whose names every other one falls back to.
const COMMON: &str = "generic";

/// A preset that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("preset {file}: {}{message}", place.words())]
pub struct PresetError {
    pub file: String,
    pub place: PresetPlace,
    /// What is wrong, with the key.
    pub message: String,
}

/// Where in a file something is wrong, counted from one; zero where that cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PresetPlace {
    pub line: usize,
    pub column: usize,
}

impl PresetPlace {
    /// `line 3, column 8: `, or nothing.
    pub fn words(self) -> String {
        match (self.line, self.column) {
            (0, _) => String::new(),
            (line, 0) => format!("line {line}: "),
            (line, column) => format!("line {line}, column {column}: "),
        }
    }
}

/// Where the id of a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdRule {
    /// A column of the file.
    Column,
    /// When it came in and who asked.
    Timestamp,
    /// What the row says: title, brand, requester.
    #[default]
    Content,
}

/// How a row names its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParentRule {
    /// A parent is named by its id in the other tool.
    #[default]
    Id,
    /// A parent is named by its title, which several rows may have.
    Name,
}

/// A way of writing that only some tools have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Habit {
    /// Tags have something in brackets behind them, as a colour.
    TagsInBrackets,
    /// An id begins with the second in which it was made, as eight hexadecimal digits.
    IdTellsTime,
    /// Titles between slashes are folders.
    Folders,
    /// The tool itself writes the day of delivery when something is done, so it is never a plan.
    StampsDelivery,
}

/// What a tool's word for a stage means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageValue {
    pub stage: Stage,
    /// It is also marked as blocked.
    pub is_blocked: bool,
}

impl<'de> Deserialize<'de> for StageValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word == "blocked" {
            return Ok(Self { stage: Stage::InProgress, is_blocked: true });
        }
        let stage = Stage::from_str(&word).map_err(D::Error::custom)?;
        Ok(Self { stage, is_blocked: false })
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let exact = Self::all().find(|field| field.name() == word);
        exact.ok_or_else(|| {
            D::Error::custom(format!("`{word}` is not a field; fields are {}", Self::names().join(", ")))
        })
    }
}

/// Which rows are requests, where a column says of each what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowKinds {
    /// The column, by its name.
    pub column: String,
    /// What it says of requests.
    pub requests: Vec<String>,
}

/// How one tool writes its table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// What the user types.
    pub name: String,
    /// What a file of the user's own says that it is called, where that is not what the file is called.
    #[serde(skip)]
    pub said_name: String,
    /// What people call it.
    pub title: String,
    /// The source recorded with each request.
    pub source: String,
    /// The sheet of a workbook that is read, by its name; empty where the one that fits best is.
    #[serde(default)]
    pub sheet: String,
    /// Columns that must all be there for the file to be recognised; `A|B` is either.
    #[serde(default)]
    pub signature: Vec<String>,
    /// Where ids come from.
    #[serde(default)]
    pub id: IdRule,
    /// How parents are named.
    #[serde(default)]
    pub parent: ParentRule,
    /// Which rows are requests; all of them where no column tells.
    #[serde(default)]
    pub rows: RowKinds,
    /// The column that says how deep a row lies below the ones before it, of which it is a part.
    #[serde(default)]
    pub depth: String,
    /// What a bare number in the estimate counts.
    #[serde(default = "hours")]
    pub estimate_unit: Unit,
    /// The column that says it of each row.
    #[serde(default)]
    pub estimate_unit_column: String,
    /// Letters that separate tags within a cell.
    #[serde(default = "comma")]
    pub tag_separators: String,
    /// Columns of the tool's own workings, which nobody misses; a `*` at the end stands for any ending.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// What else is peculiar to the tool.
    #[serde(default)]
    pub habits: Vec<Habit>,
    /// The title is the requester's own words.
    #[serde(default)]
    pub title_is_ask: bool,
    /// `day-first` or `month-first`, if the tool always writes one.
    #[serde(default, deserialize_with = "date_order")]
    pub date_order: Option<DateOrder>,
    /// Column names for each field, the best first.
    #[serde(default)]
    pub columns: BTreeMap<Field, Vec<String>>,
    /// Of these names those that count only where no better one is there: a `Date` beside `Due` is another day.
    #[serde(default)]
    pub alone: BTreeMap<Field, Vec<String>>,
    /// Words within a column name, for forms whose columns are questions.
    #[serde(default)]
    pub keywords: BTreeMap<Field, Vec<String>>,
    /// The tool's words for stages; `blocked` is in progress with the mark.
    #[serde(default)]
    pub stages: BTreeMap<String, StageValue>,
    /// The tool's words for how something ended.
    #[serde(default)]
    pub resolutions: BTreeMap<String, StageValue>,
    /// The tool's words for priority, and the tag that each becomes; an empty tag is none.
    #[serde(default)]
    pub priorities: BTreeMap<String, String>,
    /// Column names for each field of shares, for a plan of who does how much.
    #[serde(default)]
    pub shares: BTreeMap<ShareField, Vec<String>>,
    /// Column names for each field of people, and of absences.
    #[serde(default)]
    pub people: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub absences: BTreeMap<String, Vec<String>>,
}

const fn hours() -> Unit {
    Unit::Hours
}

fn comma() -> String {
    ",".to_owned()
}

fn date_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateOrder>, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "day-first" => Ok(Some(DateOrder::DayFirst)),
        "month-first" => Ok(Some(DateOrder::MonthFirst)),
        other => Err(D::Error::custom(format!("`{other}` is neither day-first nor month-first"))),
    }
}

impl Preset {
    /// True for a column of the tool's own workings. The header comes squeezed.
    pub fn ignores(&self, header: &str) -> bool {
        self.ignored.iter().any(|name| match name.strip_suffix('*') {
            Some(beginning) => header.starts_with(beginning),
            None => header == name,
        })
    }

    /// Where a name of a column stands among those of its field, the best first.
    pub fn rank(&self, field: Field, header: &str) -> usize {
        let place = |names: &Vec<String>| names.iter().position(|name| name == header);
        self.columns.get(&field).and_then(place).unwrap_or(usize::MAX)
    }

    pub fn has(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }

    /// True for one that says something of requests: one of other lists alone recognises none.
    pub fn is_of_requests(&self) -> bool {
        let is_of_others = !(self.shares.is_empty() && self.people.is_empty() && self.absences.is_empty());
        !is_of_others || !self.columns.is_empty() || !self.keywords.is_empty()
    }

    /// True for the preset of any table.
    pub fn common_names(&self) -> bool {
        self.name == COMMON
    }

    /// How many columns of its signature a header has, and whether it has them all. Headers come squeezed.
    pub fn signed(&self, headers: &[String]) -> (usize, bool) {
        let has = |name: &&String| name.split('|').any(|name| headers.iter().any(|header| header == name));
        let count = self.signature.iter().filter(has).count();
        (count, count == self.signature.len())
    }

    /// Reads one preset; `file` is named in the error.
    ///
    /// # Errors
    /// [`PresetError`] with line and key.
    pub fn read(file: &str, text: &str) -> Result<Self, PresetError> {
        let wrong = |(place, message)| PresetError { file: file.to_owned(), place, message };
        let error = |message: String| wrong((PresetPlace::default(), message));
        if let Some(message) = bounds::too_long(text.len(), bounds::SETTINGS, "a preset") {
            return Err(error(message));
        }
        // What was no letter as it was read.
        if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
            let line = text[..at].lines().count().max(1);
            let place = PresetPlace { line, column: 0 };
            return Err(wrong((place, "the file is not UTF-8 text".to_owned())));
        }
        let mut preset: Self = toml::from_str(text).map_err(|problem| wrong(told(text, &problem)))?;
        if preset.name.trim().is_empty() {
            return Err(error("`name` is empty".to_owned()));
        }
        for name in [&mut preset.rows.column, &mut preset.depth, &mut preset.estimate_unit_column] {
            *name = squeeze(name);
        }
        for name in &mut preset.rows.requests {
            *name = squeeze(name);
        }
        for names in preset.columns.values_mut().chain(preset.alone.values_mut()) {
            *names = names.iter().flat_map(|name| spellings(name)).map(|name| squeeze(&name)).collect();
        }
        for words in preset.keywords.values_mut() {
            *words = words.iter().flat_map(|word| spellings(word)).map(|word| spaced(&word)).collect();
        }
        for name in &mut preset.signature {
            *name = name.split('|').map(squeeze).collect::<Vec<_>>().join("|");
        }
        for name in &mut preset.ignored {
            // Squeezing takes every sign off a name, and this one says that any ending will do.
            let end = if name.ends_with('*') { "*" } else { "" };
            *name = format!("{}{end}", squeeze(name));
        }
        preset.stages = folded(preset.stages);
        preset.resolutions = folded(preset.resolutions);
        preset.priorities = folded(preset.priorities);
        Ok(preset)
    }
}

/// Bytes of a message about a preset.
const READABLE: usize = 1000;

/// What the reader of TOML found wrong, and where. The lines that it shows, and what of them it repeats, are left out.
fn told(text: &str, problem: &toml::de::Error) -> (PresetPlace, String) {
    let before = problem.span().and_then(|span| text.get(..span.start)).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    // The reader of TOML says it in no other way than by a word of its message.
    if problem.message().contains("recurs") {
        let line = if problem.span().is_none() { bounds::nested_line(text) } else { None }.unwrap_or(line);
        return (PresetPlace { line, column: 0 }, "nested too deeply; no preset needs that".to_owned());
    }
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let message = problem.message().lines().collect::<Vec<_>>().join(", ");
    (PresetPlace { line, column }, bounds::within(&message, READABLE).to_owned())
}

fn folded<T: Clone>(map: BTreeMap<String, T>) -> BTreeMap<String, T> {
    let spelled = map
        .into_iter()
        .flat_map(|(key, value)| spellings(&key).into_iter().map(move |key| (squeeze(&key), value.clone())));
    spelled.collect()
}

/// A word as it is, and with its umlauts in two letters each, as keyboards without them write it: `Fälligkeit` and
/// `Faelligkeit`. Only from the word that has them, since an `ae` of any other word is none.
fn spellings(word: &str) -> Vec<String> {
    const UMLAUTS: [(&str, &str); 7] =
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")];
    let spelled = UMLAUTS.iter().fold(word.to_owned(), |word, (one, two)| word.replace(one, two));
    if spelled == word { vec![spelled] } else { vec![word.to_owned(), spelled] }
}

/// Where a column stands among squeezed headers, under its name or that without its umlauts.
pub(super) fn place_in(headers: &[String], name: &str) -> Option<usize> {
    // As keyboards without them write it: `Kürzel` and `Kuerzel`, as with the columns of requests.
    let mut squeezed = spellings(name).into_iter().map(|name| squeeze(&name));
    squeezed.find_map(|name| headers.iter().position(|header| *header == name))
}

/// A preset of the user's own, which is called as its file is, whatever stands in it: a copy keeps the name within.
///
/// # Errors
/// [`PresetError`] with line and key.
pub fn own(file: &str, text: &str) -> Result<Preset, PresetError> {
    let mut preset = Preset::read(file, text)?;
    let stem = file.strip_suffix(".toml").unwrap_or(file).trim().to_lowercase();
    // In small letters also where they agree: so it is looked for, and takes the place of ours of that name.
    let said = std::mem::replace(&mut preset.name, stem);
    if said.trim().to_lowercase() != preset.name {
        preset.said_name = said;
    }
    Ok(preset)
}

/// What is to be known of how a preset of the user's own is called.
pub fn naming(preset: &Preset) -> Option<String> {
    let Preset { name, said_name, .. } = preset;
    if !said_name.is_empty() {
        return Some(format!(
            "the name in it is `{said_name}`; it is used as `{name}`, as its file is called"
        ));
    }
    Presets::built_in_text(name).map(|_| format!("it takes the place of the program's own `{name}`"))
}

/// Every preset that can be used, the user's own before those of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presets(Vec<Preset>);

impl Presets {
    /// The presets of the program and those of the user (file name and text), which are called as their files are; one
    /// of the same name takes the place of ours.
    ///
    /// # Errors
    /// [`PresetError`] for the first broken file.
    pub fn new(user: &[(String, String)]) -> Result<Self, PresetError> {
        let mut presets: Vec<Preset> = Vec::new();
        let own = user.iter().map(|(file, text)| own(file, text));
        for preset in own.chain(BUILT_IN.iter().map(|(file, text)| Preset::read(file, text))) {
            let preset = preset?;
            // The presets of the user come first, so ours of the same name is left out.
            if !presets.iter().any(|other| other.name == preset.name) {
                presets.push(preset);
            }
        }
        Ok(Self(presets))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Preset> {
        self.0.iter()
    }

    /// The one whose names and words count where a preset has none of its own.
    pub fn common(&self) -> Option<&Preset> {
        self.0.iter().find(|preset| preset.name == COMMON)
    }

    /// The one of that name.
    ///
    /// # Errors
    /// [`ImportError::Unknown`] with the nearest names.
    pub fn get(&self, name: &str) -> Result<&Preset, ImportError> {
        let wanted = name.trim().to_lowercase();
        // What a preset of the user's own calls itself within counts only where none is called so by its file.
        let named = self.0.iter().find(|preset| preset.name == wanted);
        let said = || self.0.iter().find(|preset| preset.said_name.to_lowercase() == wanted);
        named.or_else(said).ok_or_else(|| ImportError::Unknown {
            what: "preset",
            word: name.to_owned(),
            near: nearest(name, self.0.iter().map(|preset| preset.name.as_str())),
        })
    }

    /// The text of a preset of the program, to copy and change.
    pub fn built_in_text(name: &str) -> Option<&'static str> {
        let file = format!("{name}.toml");
        BUILT_IN.iter().find(|(known, _)| *known == file).map(|(_, text)| *text)
    }
}

#[cfg(test)]
mod tests;
