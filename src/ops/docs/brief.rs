//! The leadership brief: eight short blocks for one meeting, built from what is noted, counted and planned; frozen as it
//! was shown; and begun the next time with what became of its claims.

mod ask;
mod blocks;
mod gather;
mod keep;
mod spoken;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::super::sheet::Texts;
use super::super::{Desk, OpsError};
use crate::domain::briefing::{Brief, Claim};
use crate::domain::day;
use crate::domain::document::Document;
use crate::domain::hint::Hints;
use crate::domain::measures::number::{self, Number};
use crate::domain::meeting::{Meeting, MeetingKind, OccurrenceKey};
use crate::domain::record::{Record, RecordKey};
use crate::domain::source::SourceWhat;
use crate::ops::books::Books;
use crate::store::StoreError;
use gather::BriefSources;
pub(crate) use keep::{already, named};
pub use spoken::Remark;

/// How far ahead the next leadership meeting is looked for; wider only if none is found.
const AHEAD: [i64; 3] = [7, 35, 120];

/// A number that could be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its stable name, which the form of a brief takes.
    pub name: String,
    /// The whole sentence that it would be shown with.
    pub text: String,
}

/// The brief for one meeting, with what can be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefPage {
    /// For which meeting; `None` while no leadership meeting is in sight.
    pub meeting: Option<Meeting>,
    /// What is read and handed out.
    pub document: Document,
    /// What could be said better, in reading order.
    pub lint: Vec<Remark>,
    /// Every number that could be shown.
    pub offers: Vec<Offer>,
    /// The names of those that are.
    pub shown: Vec<String>,
    /// What its numbers claim, to be looked at again by the next brief of the series.
    pub claims: Vec<Claim>,
    /// If … then …, for this room; empty when others look on.
    pub if_then: String,
    /// What the lead wrote into it, if anything.
    pub record: Option<RecordKey>,
    /// What a form begins with while nothing is written.
    pub known: Texts,
    /// The day on which it was frozen.
    pub frozen: Option<NaiveDate>,
}

impl Desk {
    /// The brief for a meeting, or for the next one of kind leadership. A frozen one is shown as it was shown.
    ///
    /// # Errors
    /// When the meeting is not there, or the store cannot be read.
    pub fn brief(&self, key: Option<&OccurrenceKey>) -> Result<BriefPage, OpsError> {
        self.store.reading(|_| {
            let meeting = match key {
                Some(key) => Some(self.meeting(key)?),
                None => self.next_leadership()?,
            };
            let Some(meeting) = meeting else { return Ok(first_page(&self.books()?, &self.config.hints)) };
            let briefs: Vec<Brief> = self.store.records()?;
            // From the newest, as the verbs that write it do: all of them mean the same one if there are two.
            let own = briefs.iter().rev().find(|brief| brief.meeting == meeting.key);
            if let Some(mut page) = own.and_then(|brief| keep::frozen(brief, &meeting, self)) {
                // Frozen before documents knew the names of their keys: a room would read bare keys.
                if page.document.room.is_empty() {
                    page.document = self.named(page.document, &self.books()?)?;
                }
                page.document = self.keeping_private(page.document)?;
                return Ok(page);
            }
            let gathered = BriefSources::read(self, meeting, &briefs)?;
            self.page(gathered)
        })
    }

    /// The next meeting of kind leadership that has not ended.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_leadership(&self) -> Result<Option<Meeting>, StoreError> {
        let now = self.now();
        // Step by step, because a calendar is expanded day by day: a week is enough nearly always, and cheap.
        for days in AHEAD {
            let found =
                self.meetings(self.today(), day::plus(self.today(), days))?.into_iter().find(|meeting| {
                    meeting.room() == Some(MeetingKind::Leadership)
                        && meeting.end > now
                        && !meeting.is_all_day
                });
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn page(&self, it: BriefSources) -> Result<BriefPage, OpsError> {
        let shown = it.shown();
        let ask = self.ask(&it)?;
        let parts = blocks::all(&it, &shown, ask);
        let lint = spoken::lint(&parts, &self.lint_rules()?);
        let blocks = parts.into_iter().map(|part| part.block).collect();
        let offers = it.numbers.iter().map(|number| offer(number, &it.numbers)).collect();
        let known = vec![
            ("line", it.bottom_line(&shown).0),
            ("meeting", it.meeting.key.to_string()),
            ("series", it.meeting.series.clone()),
        ];
        let (title, subtitle) = (title(&it.meeting), subtitle(&it.meeting, None, it.today));
        let stale = self.stale_data(SourceWhat::ALL)?;
        let document = Document { title, subtitle, blocks, stale, ..Document::default() };
        Ok(BriefPage {
            document: self.named(document, &it.books)?.naming_keys(&self.config.hints),
            lint,
            offers,
            claims: shown.iter().map(Claim::of).collect(),
            shown: shown.iter().map(|number| number.name.clone()).collect(),
            if_then: if self.is_presenting { String::new() } else { it.if_then().0 },
            record: it.record.as_ref().map(Record::key),
            known,
            frozen: None,
            meeting: Some(it.meeting),
        })
    }
}

fn offer(number: &Number, all: &[Number]) -> Offer {
    Offer { name: number.name.clone(), text: number.sentence(all) }
}

fn title(meeting: &Meeting) -> String {
    format!("Brief: {}", meeting.title)
}

fn subtitle(meeting: &Meeting, frozen: Option<NaiveDate>, today: NaiveDate) -> String {
    let on = day::day_near(meeting.start.date_naive(), today);
    let when = format!("{on} {}", meeting.start.format("%H:%M"));
    match frozen {
        Some(on) => format!("{when}, as it was shown on {}", day::day_near(on, today)),
        None => when,
    }
}

/// What a brief needs, while there is no meeting that it could be for.
fn first_page(books: &Books, hints: &Hints) -> BriefPage {
    BriefPage {
        meeting: None,
        document: Document {
            title: "Brief".to_owned(),
            subtitle: "no leadership meeting is in sight".to_owned(),
            blocks: blocks::first_page(books),
            ..Document::default()
        }
        .naming_keys(hints),
        lint: Vec::new(),
        offers: Vec::new(),
        shown: Vec::new(),
        claims: Vec::new(),
        if_then: String::new(),
        record: None,
        known: Texts::new(),
        frozen: None,
    }
}

/// The numbers that a text names.
fn names(text: &str) -> Vec<&str> {
    text.split_whitespace().take(number::SHOWN).collect()
}
