//! Sources: where data comes from again and again. What is said of one here is what the store keeps; an address, which
//! lets whoever has it read a calendar, is no part of it.

pub mod address;
pub mod form;
mod maps;
pub mod pattern;
mod state;
pub mod words;

use chrono::TimeDelta;

use super::named::named_enum;
pub use maps::ColumnMaps;
pub use state::{OfferedChanges, SourceState};

named_enum! {
    /// What a source brings.
    pub enum SourceWhat {
        Requests = "requests", "requests",
        People = "people", "people",
        Absences = "absences", "absences and holidays",
        Shares = "shares", "shares",
        Calendar = "calendar", "calendar",
    }
}

named_enum! {
    /// By which way it is had.
    pub enum SourceWay {
        File = "file", "one file",
        Newest = "newest", "the newest file of a pattern",
        Folder = "folder", "a folder of files",
        Command = "command", "what a command prints",
        Url = "url", "an address that this machine keeps",
        UrlEnv = "url-env", "an address in a variable",
        UrlCommand = "url-command", "an address that a command prints",
    }
}

impl SourceWay {
    /// True if it runs something or asks the network, which nobody may make it do but the user of this machine.
    pub const fn needs_confirmation(self) -> bool {
        !matches!(self, Self::File | Self::Newest | Self::Folder)
    }

    /// True if an address is fetched.
    pub const fn is_address(self) -> bool {
        matches!(self, Self::Url | Self::UrlEnv | Self::UrlCommand)
    }
}

/// A row number, of which people see the name instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub i64);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataSource {
    pub id: SourceId,
    pub name: String,
    pub what: SourceWhat,
    pub way: SourceWay,
    /// The file, pattern, folder, command or variable; of an address only what of it may be seen.
    pub place: String,
    /// Which of the addresses that this machine may keep is its own; empty for all other ways.
    pub address_tag: String,
    /// Under which name what it brings is known, if that is not its own: files were imported by hand before.
    pub known_as: String,
    /// The preset of a table; empty where it is recognised.
    pub preset: String,
    /// The sheet of a workbook, by name or number; empty where the one that fits best is read.
    pub sheet: String,
    /// What its columns stand for, where their names do not say it.
    pub maps: ColumnMaps,
    /// 03/04 is the third of April, or the fourth of March; nothing where the file tells.
    pub day_first: Option<bool>,
    /// It is fetched when the cockpit starts.
    pub at_start: bool,
    /// It is fetched again after so many minutes.
    pub every: Option<u32>,
    /// What is new is taken in at once instead of offered.
    pub applies: bool,
    pub limit_seconds: u32,
}

/// How long a source may take unless it says otherwise.
pub const USUAL_SECONDS: u32 = 60;
/// The longest that it may say.
pub const MOST_SECONDS: u32 = 3_600;
/// The longest time between two fetches: four weeks.
pub const MOST_MINUTES: u32 = 40_320;
/// Letters of a name.
const NAME: usize = 60;

impl DataSource {
    /// One that is fetched by key alone and offers what is new.
    pub fn new(name: &str, what: SourceWhat, way: SourceWay, place: &str) -> Self {
        Self {
            id: SourceId(0),
            name: name.to_owned(),
            what,
            way,
            place: place.to_owned(),
            address_tag: String::new(),
            known_as: String::new(),
            preset: String::new(),
            sheet: String::new(),
            maps: ColumnMaps::default(),
            day_first: None,
            at_start: false,
            every: None,
            applies: false,
            limit_seconds: USUAL_SECONDS,
        }
    }

    /// Under which name its requests and events are known when it is read again.
    pub fn identity(&self) -> &str {
        if self.known_as.is_empty() { &self.name } else { &self.known_as }
    }

    /// Where it comes from, as it may be shown: nothing of an address but its host.
    pub fn shown_place(&self) -> String {
        address::masked_in(&self.place)
    }

    /// True if it is the same one that fetches the same thing.
    pub fn runs_as(&self, other: &Self) -> bool {
        let what = |it: &Self| (it.id, it.way, it.place.clone(), it.address_tag.clone());
        what(self) == what(other)
    }

    /// True of a command of which the addresses were left out, as an export does.
    pub fn is_masked(&self) -> bool {
        let is_command = matches!(self.way, SourceWay::Command | SourceWay::UrlCommand);
        is_command && self.place.contains("://") && self.place.contains("/…")
    }

    /// How old its data may be before what rests on it is stale.
    pub fn stale_after(&self) -> TimeDelta {
        match self.every {
            // One fetch that was missed is no news yet: a laptop was closed, a server was busy.
            Some(minutes) => TimeDelta::minutes(i64::from(minutes) * 2),
            None if self.at_start => TimeDelta::days(1),
            None => TimeDelta::days(7), // Whoever fetches by hand does so about once a week.
        }
    }

    /// What keeps it from being a source, if anything does.
    pub fn fault(&self) -> Option<SourceFault> {
        let told = |field, message: &str, hint: &str| Some(SourceFault::new(field, message, hint));
        if let Some((message, hint)) = name_fault(&self.name, "a source") {
            return told("name", &message, hint);
        }
        if !self.known_as.is_empty()
            && let Some((message, hint)) = name_fault(&self.known_as, "what it brings")
        {
            return told("known-as", &message, hint);
        }
        if self.place.trim().is_empty() {
            return told(
                "place",
                "a source needs a place to come from",
                "`--file`, `--newest`, `--folder`, `--command`, `--url-stdin`, `--url-env` or `--url-command`.",
            );
        }
        // Among the words of a command an address may stand. It is shown without its path there; refusing it would
        // hide no more than that.
        if !self.way.is_address() && !matches!(self.way, SourceWay::Command) && address::is_one(&self.place) {
            return told("place", "an address is a secret and never stands in an argument", ADDRESS_HINT);
        }
        // What stands here is text, and other bytes of a path were lost on the way to it.
        if !self.way.is_address() && self.place.contains(char::REPLACEMENT_CHARACTER) {
            return told(
                "place",
                "a part of that path has a name that is no text, so it cannot be kept",
                "Rename that folder or file, or lay a link to it beside it.",
            );
        }
        if self.way == SourceWay::UrlEnv && !is_variable(&self.place) {
            return told(
                "place",
                "that is no name of a variable",
                "`--url-env WORK_CALENDAR` takes the address out of that variable.",
            );
        }
        if self.way == SourceWay::Newest
            && let Some(message) = pattern::fault(&self.place)
        {
            return told("place", message, "As in `--newest '~/Downloads/jira-*.csv'`, quoted.");
        }
        self.reading_fault()
    }

    /// What is wrong with how and when it is read.
    fn reading_fault(&self) -> Option<SourceFault> {
        let told = |field, message: &str, hint: &str| Some(SourceFault::new(field, message, hint));
        if !self.preset.is_empty() && self.what == SourceWhat::Calendar {
            return told("preset", "presets are for tables, not for calendars", "Leave --preset out.");
        }
        if !self.sheet.is_empty() && self.what == SourceWhat::Calendar {
            return told("sheet", "a calendar has no sheets", "Leave --sheet out.");
        }
        if !self.maps.0.is_empty() && self.what == SourceWhat::Calendar {
            return told("map", "a calendar has no columns", "Leave --map out.");
        }
        if self.day_first.is_some() && self.what == SourceWhat::Calendar {
            return told(
                "days",
                "the days of a calendar are never in doubt",
                "Leave --day-first and --month-first out.",
            );
        }
        if self.every.is_some_and(|minutes| minutes == 0 || minutes > MOST_MINUTES) {
            return told(
                "every",
                "that is no time between two fetches",
                "`--every 30` is every half hour; at most 40320, four weeks.",
            );
        }
        if self.limit_seconds == 0 || self.limit_seconds > MOST_SECONDS {
            return told(
                "limit",
                "that is no limit of time",
                "`--limit 60` is a minute; at most 3600, an hour.",
            );
        }
        None
    }
}

/// Why something cannot be a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFault {
    /// The field of its form that has to be another one.
    pub field: &'static str,
    pub message: String,
    /// What would be right on the command line.
    pub hint: String,
}

impl SourceFault {
    fn new(field: &'static str, message: &str, hint: &str) -> Self {
        Self { field, message: message.to_owned(), hint: hint.to_owned() }
    }
}

/// How an address is given.
pub const ADDRESS_HINT: &str = "Whoever sees it can read what it shows. Give it on standard input with --url-stdin, or name a variable (--url-env) or a command (--url-command).";

fn name_fault(name: &str, what: &str) -> Option<(String, &'static str)> {
    if address::is_one(name) {
        return Some(("an address is a secret and never stands in an argument".to_owned(), ADDRESS_HINT));
    }
    // It stands in tables as the name of a file would, and beside other words in one line.
    let is_plain = !name.trim().is_empty()
        && name.trim() == name
        && !name.starts_with(['.', '-'])
        && !name.contains('/')
        && !name.chars().any(char::is_control);
    if !is_plain {
        return Some((
            format!("`{}` is no name for {what}", name.escape_debug()),
            "A word or two, as `Jira`.",
        ));
    }
    (name.chars().count() > NAME)
        .then(|| (format!("that name for {what} is too long"), "At most 60 letters."))
}

fn is_variable(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// `Jira is 3 days old`, of sources that are stale; of several the first, and how many more.
pub fn stale_words<'a>(stale: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut stale = stale.into_iter();
    let first = stale.next()?;
    let more = stale.count();
    Some(if more > 0 { format!("{first}, and {more} more") } else { first.to_owned() })
}

/// `5 min`, `3 h`, `2 days`
pub fn age_words(age: TimeDelta) -> String {
    match age.num_minutes() {
        minutes @ 0..=89 => format!("{minutes} min"),
        minutes @ 90..=2_879 => format!("{} h", (minutes + 30) / 60),
        minutes => super::day::days(minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::record::Fields as _;

    fn jira() -> DataSource {
        DataSource::new("Jira", SourceWhat::Requests, SourceWay::Newest, "~/Downloads/jira-*.csv")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn what_cannot_be_a_source_is_told_without_its_address() {
        assert_eq!(jira().fault(), None);
        let secret = "https://calendar.example/private-abc/basic.ics";
        for wrong in [
            DataSource { name: secret.to_owned(), ..jira() },
            DataSource { place: secret.to_owned(), ..jira() },
            DataSource { place: secret.to_owned(), way: SourceWay::UrlEnv, ..jira() },
            DataSource { known_as: secret.to_owned(), ..jira() },
            DataSource { place: secret.to_owned(), way: SourceWay::File, ..jira() },
        ] {
            let SourceFault { message, hint, .. } = wrong.fault().unwrap();
            assert!(!format!("{message}{hint}").contains("private-abc"), "{message} {hint}");
        }
        for (wrong, part) in [
            (DataSource { name: "a/b".to_owned(), ..jira() }, "no name"),
            (DataSource { name: " ".to_owned(), ..jira() }, "no name"),
            (DataSource { name: "-".to_owned(), ..jira() }, "no name"),
            (DataSource { place: "~/*/x.csv".to_owned(), ..jira() }, "folder"),
            (DataSource { place: "/x\u{fffd}/x.csv".to_owned(), ..jira() }, "no text"),
            (DataSource { preset: "jira".to_owned(), what: SourceWhat::Calendar, ..jira() }, "presets"),
            (DataSource { every: Some(0), ..jira() }, "no time"),
            (DataSource { limit_seconds: 4_000, ..jira() }, "no limit"),
            (DataSource { what: SourceWhat::Calendar, sheet: "Plan".to_owned(), ..jira() }, "has no sheets"),
            (DataSource { what: SourceWhat::Calendar, day_first: Some(true), ..jira() }, "never in doubt"),
        ] {
            let SourceFault { field, message, .. } = wrong.fault().unwrap();
            assert!(form::SourceForm::FIELDS.iter().any(|known| known.name == field), "{field}");
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn data_grows_stale_by_how_often_it_is_fetched() {
        let now = at("2026-11-23T09:00:00Z");
        let read = |text: &str| SourceState { data_from: Some(at(text)), ..SourceState::default() };
        let often = DataSource { every: Some(30), ..jira() };
        assert_eq!(read("2026-11-23T08:01:00Z").staleness(&often, now), None, "one fetch was missed");
        assert_eq!(read("2026-11-23T07:00:00Z").staleness(&often, now).unwrap(), "Jira is 2 h old");
        assert_eq!(read("2026-11-20T09:00:00Z").staleness(&jira(), now), None);
        assert_eq!(read("2026-11-12T09:00:00Z").staleness(&jira(), now).unwrap(), "Jira is 11 days old");
        let started = DataSource { at_start: true, ..jira() };
        assert_eq!(read("2026-11-21T09:00:00Z").staleness(&started, now).unwrap(), "Jira is 2 days old");
        assert_eq!(SourceState::default().staleness(&jira(), now).unwrap(), "Jira was never read");
        let failed = SourceState { error: Some("x".into()), ..read("2026-11-23T08:55:00Z") };
        assert_eq!(failed.staleness(&often, now).unwrap(), "Jira could not be read again; this is 5 min old");
        assert_eq!(read("2026-11-23T10:00:00Z").age(now), Some(TimeDelta::zero()), "a clock ran ahead");
    }

    #[test]
    fn it_is_due_by_its_time_or_at_the_start() {
        let now = at("2026-11-23T09:00:00Z");
        let tried = |text: &str| SourceState { tried: Some(at(text)), ..SourceState::default() };
        let often = DataSource { every: Some(30), ..jira() };
        assert!(SourceState::default().is_due(&often, now, false), "never tried");
        assert!(!tried("2026-11-23T08:40:00Z").is_due(&often, now, true));
        assert!(tried("2026-11-23T08:30:00Z").is_due(&often, now, false));
        assert!(tried("2027-11-23T08:30:00Z").is_due(&often, now, false), "by a clock that ran ahead");
        let started = DataSource { at_start: true, ..jira() };
        assert!(started.every.is_none() && tried("2026-11-23T08:59:00Z").is_due(&started, now, true));
        assert!(!SourceState::default().is_due(&started, now, false));
        assert!(!SourceState::default().is_due(&jira(), now, true), "by key alone");
    }

    #[test]
    fn an_offer_counts_what_can_be_taken() {
        let gone = OfferedChanges { gone: 2, ..OfferedChanges::default() };
        assert!(gone.is_any(SourceWhat::Calendar) && !gone.is_any(SourceWhat::Requests));
        assert_eq!(OfferedChanges { new: 3, changed: 2, gone: 0 }.words(), "3 new, 2 changed");
        assert_eq!(stale_words([]), None);
        assert_eq!(stale_words(["Jira is 3 days old", "x", "y"]).unwrap(), "Jira is 3 days old, and 2 more");
        let ages = [5, 89, 90, 600, 3_000].map(|minutes| age_words(TimeDelta::minutes(minutes)));
        assert_eq!(ages, ["5 min", "89 min", "2 h", "10 h", "2 days"]);
    }
}
