//! What is to be read from a foreign file, and what was found in it: both can be handed to another process and back,
//! because reading what others wrote is left to one that may break.

pub mod preview;
pub mod recognised;

use serde::{Deserialize, Serialize};

use crate::import::ImportError;
use crate::import::calendar::{CalendarImport, OwnNames, read_calendar};
use crate::import::listing::{ListOptions, Listing};
use crate::import::message::{ReceivedMessage, read_message};
use crate::import::people::{AbsenceDraft, PersonDraft, read_absences, read_people};
use crate::import::preset::Presets;
use crate::import::requests::{RequestImport, RequestOptions, read_requests};
use crate::import::shares::{ShareImport, ShareOptions, read_shares};
use crate::import::table::SourceSheet;
use crate::ops::clock::Clock;
use recognised::{FileQuestion, ReadFile};

/// What a file is read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForeignKind {
    /// A table of requests.
    Requests {
        /// The user's own presets, by the name of their file.
        presets: Vec<(String, String)>,
        /// What the user said about the file.
        options: RequestOptions,
    },
    /// A table of people.
    People(ListOptions),
    /// A table of absences and holidays.
    Absences(ListOptions),
    /// A table of who does how much of what.
    Shares {
        /// The user's own presets, by the name of their file.
        presets: Vec<(String, String)>,
        /// What the user said about the file.
        options: ShareOptions,
    },
    /// A calendar; the lead's own names and addresses tell whose answers are theirs.
    Calendar(Vec<String>),
    /// A mail, a chat or any other text.
    Message,
    /// Whatever list it is, recognised by what it holds.
    File(Box<FileQuestion>),
}

/// A question to the reader of foreign files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the files are read as.
    pub kind: ForeignKind,
    /// The lead's clock and zones.
    pub clock: Clock,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ForeignContent {
    Requests(RequestImport),
    People(Listing<PersonDraft>),
    Absences(Listing<AbsenceDraft>),
    Shares(ShareImport),
    Calendar(CalendarImport),
    /// The calendars of a folder by the names of their files, or why one cannot be had.
    Calendars(Vec<(String, Result<CalendarImport, String>)>),
    /// What it asks.
    Message(ReceivedMessage),
    /// A list of some kind, or what is known of one that cannot be read.
    File(ReadFile),
}

/// What is said of a table that was given as a calendar.
const TABLE: &str =
    "this is a table, not a calendar; `tablesetter import requests FILE` reads it, or `import absences`";

/// True for bytes that hold rows of several cells.
fn is_table(bytes: &[u8]) -> bool {
    // Only whether it is a table is asked, so its first rows are enough. One row of several cells may be a sentence
    // with a comma in it.
    let sheets = SourceSheet::read_all(bytes, 100).unwrap_or_default();
    sheets.iter().any(|sheet| sheet.rows.iter().filter(|row| row.cells.len() > 1).count() > 1)
}

/// What a calendar holds, or why it is none.
fn calendar_of(bytes: &[u8], own_names: &[String]) -> Result<ForeignContent, String> {
    read_calendar(bytes, &OwnNames::new(own_names))
        .map(ForeignContent::Calendar)
        // Only of what is no calendar: to read each calendar as a table as well would be work for nothing.
        .map_err(|error| if is_table(bytes) { TABLE.to_owned() } else { error.to_string() })
}

/// True for bytes that begin as a calendar does.
fn is_calendar(bytes: &[u8]) -> bool {
    const BEGINS: &[u8] = b"BEGIN:VCALENDAR";
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.get(..BEGINS.len()).is_some_and(|head| head.eq_ignore_ascii_case(BEGINS))
}

impl Asked {
    /// By the clock of whoever asks.
    pub fn new(kind: ForeignKind, clock: &Clock) -> Self {
        Self { kind, clock: clock.clone() }
    }

    /// What was said of a list, and where the lead is.
    fn here(&self, options: &ListOptions) -> ListOptions {
        ListOptions { zone: Some(self.clock.whereabouts()), ..options.clone() }
    }

    /// Reads the bytes of one file.
    ///
    /// # Errors
    /// A sentence when the file cannot be read as a whole.
    pub fn read(&self, bytes: &[u8]) -> Result<ForeignContent, String> {
        match &self.kind {
            ForeignKind::Requests { presets, options } => {
                let presets = Presets::new(presets).map_err(|error| error.to_string())?;
                read_requests(bytes, &presets, options, &self.clock)
                    .map(ForeignContent::Requests)
                    .map_err(|error| error.to_string())
            }
            ForeignKind::People(options) => read_people(bytes, &self.here(options))
                .map(ForeignContent::People)
                .map_err(|error| error.to_string()),
            ForeignKind::Absences(options) => read_absences(bytes, &self.here(options))
                .map(ForeignContent::Absences)
                .map_err(|error| error.to_string()),
            ForeignKind::Shares { presets, options } => Presets::new(presets)
                .map_err(ImportError::from)
                .and_then(|presets| {
                    let list = self.here(&options.list);
                    read_shares(bytes, &presets, &ShareOptions { list, ..options.clone() })
                })
                .map(ForeignContent::Shares)
                .map_err(|error| error.to_string()),
            ForeignKind::Calendar(own) => calendar_of(bytes, own),
            ForeignKind::File(question) => {
                question.read(bytes, &self.clock).map(ForeignContent::File).map_err(|error| error.to_string())
            }
            ForeignKind::Message => {
                read_message(bytes).map(ForeignContent::Message).map_err(|error| error.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::{ZoneHistory, ZoneSince};
    use crate::import::dates::DateOrder;

    #[test]
    fn a_table_given_as_a_calendar_is_said_to_be_one() {
        let asked = Asked::new(ForeignKind::Calendar(Vec::new()), &Clock::system());
        assert_eq!(asked.read(b"Title,Due\nFilm,2026-12-04\n"), Err(TABLE.to_owned()));
        assert_ne!(asked.read(b"just some words\nof nobody\n"), Err(TABLE.to_owned()));
    }

    #[test]
    fn what_was_found_comes_back_from_another_process_as_it_was() {
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        let mut clock = Clock::fixed("2026-11-23T09:00:00+01:00".parse().unwrap());
        let at = "2026-06-01T09:00:00Z".parse().unwrap();
        clock.learn(&ZoneHistory::new(vec![ZoneSince { at, zone: chrono_tz::Asia::Tokyo.into() }]), None);
        let options = RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now };
        let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/London:20261124T100000\nRRULE:FREQ=WEEKLY\n\
            EXDATE:20261201T100000Z\nRDATE;VALUE=DATE:20261203\nATTENDEE:mailto:a@x.example\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n\
            RECURRENCE-ID:20261208T100000\nDTSTART:20261209T100000\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n";
        let table = "Title,Status,Due date,Tags,Estimate,Blocked,Lever\nFilm \"\u{7}é\u{2028},Done,2026-11-24,a;b,8h,copy,risk\n,,,\n";
        let people = "Name,Mon,Start date\nAna,6,2024-01-08\n,1,\n";
        let absences = "Person,From,To,Hours\nAna,2026-11-16,2026-11-20,4\n*,2026-12-25,,\n";
        for (kind, text) in [
            (ForeignKind::Requests { presets: Vec::new(), options }, table),
            (ForeignKind::People(ListOptions::default()), people),
            (
                ForeignKind::Absences(ListOptions {
                    order: Some(DateOrder::DayFirst),
                    sheet: Some("2026".to_owned()),
                    ..ListOptions::default()
                }),
                absences,
            ),
            (
                ForeignKind::Shares {
                    presets: Vec::new(),
                    options: ShareOptions {
                        list: ListOptions {
                            maps: vec![("Wo".to_owned(), "project".to_owned())],
                            ..ListOptions::default()
                        },
                        preset: None,
                    },
                },
                "Person,Wo,From,To,Hours/Day,Hours\nAna,Film,2026-11-23,2026-11-27,4,\nBo,Film,2026-11-23,2026-11-20,,9\n",
            ),
            (ForeignKind::Calendar(vec!["Ana".to_owned()]), calendar),
            (ForeignKind::Calendar(Vec::new()), "<html>"),
            (
                ForeignKind::Message,
                "From: Zoë <z@x.example>\nSubject: FW: Film\nDate: Fri, 20 Nov 2026\n\nby Friday\n> older\n",
            ),
        ] {
            let asked = Asked::new(kind, &clock);
            let again: Asked = serde_json::from_str(&serde_json::to_string(&asked).unwrap()).unwrap();
            assert_eq!(again, asked);
            let found = asked.read(text.as_bytes());
            let line = serde_json::to_string(&found).unwrap();
            assert!(!line.contains('\n'));
            assert_eq!(serde_json::from_str::<Result<ForeignContent, String>>(&line).unwrap(), found);
        }
    }
}
