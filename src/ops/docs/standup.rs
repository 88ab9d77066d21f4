//! The standup by exception: what changed since the last one, what needs a word, and nothing that is fine. Told by
//! section and by person, from state, not from people typing.

mod items;
mod pages;
mod remarks;
mod section;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, SecondsFormat, Timelike as _, Utc};

use crate::domain::briefing::{Remark, Standup};
use crate::domain::day;
use crate::domain::difference::{self, Difference};
use crate::domain::document::{Document, Line, RoomWords};
use crate::domain::ids::RequestId;
use crate::domain::load::LoadModel;
use crate::domain::record::Kind;
use crate::domain::request::Request;
use crate::domain::source::SourceWhat;
use crate::domain::workdays::WorkCalendar;
use crate::ops::books::Books;
use crate::ops::load::TeamData;
use crate::ops::queue::QueueRow;
use crate::ops::work::Work;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, Fate};
pub use remarks::RemarkPlace;

use section::Section;

/// Work days ahead in which "over" is worth a word.
const OVER_DAYS: u32 = 5;
/// A week: under way and not touched for so many days.
const STILL_DAYS: i64 = 7;
/// Letters of a title: lines of a document wrap, so only what is no title any more is cut.
const TITLE: usize = 200;

/// The standup in both orders.
#[derive(Debug, Clone, PartialEq)]
pub struct StandupPack {
    pub since: DateTime<Utc>,
    pub by_section: Document,
    pub by_person: Document,
}

/// One thing to say.
struct Item {
    section: Section,
    line: Line,
    /// Remarks on it, said right after it.
    below: Vec<Line>,
    /// Handles of those whom it concerns.
    people: Vec<String>,
}

/// Everything that was read for it.
struct StandupSources {
    today: NaiveDate,
    calendar: WorkCalendar,
    since: DateTime<Utc>,
    since_day: NaiveDate,
    /// `since the last standup`, or since which day.
    since_words: String,
    rows: Vec<QueueRow>,
    model: LoadModel,
    work: Work,
    team: TeamData,
    delivered: Vec<(Request, Vec<String>)>,
    /// Which of it was delivered once before.
    came_back: HashSet<RequestId>,
    touched: HashSet<RequestId>,
    unblocked: Vec<(RequestId, String)>,
    /// What imports brought since: new requests with nothing beside them, others with what changed.
    imported: HashMap<RequestId, Option<Vec<Difference>>>,
    books: Books,
    /// Every remark there is, the older ones to be told as said last time.
    remarks: Vec<Remark>,
}

impl Desk {
    /// When the last standup was held; without one, the beginning of the working day before this one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standup_since(&self) -> Result<DateTime<Utc>, OpsError> {
        match self.last_standup()? {
            Some(last) => Ok(last),
            None => Ok(self.clock.midnight(self.calendar()?.before(self.today(), 1))),
        }
    }

    fn last_standup(&self) -> Result<Option<DateTime<Utc>>, OpsError> {
        let held: Vec<Standup> = self.store.records()?;
        let instants = held.iter().filter_map(|it| DateTime::parse_from_rfc3339(&it.held).ok());
        // One that was held in the future, by a wrong clock, would hide everything until then.
        Ok(instants.map(|at| at.to_utc()).filter(|at| *at <= self.now()).max())
    }

    /// Since when a standup tells: as its head says it, as a sentence does, and as the head says it to a room.
    fn since_words(&self, since: DateTime<Utc>) -> Result<[String; 3], OpsError> {
        let when = self.clock.local(since);
        let day = day::day_near(when.date_naive(), self.today());
        // The first minute of a day is that day.
        let is_whole_day = (when.hour(), when.minute()) == (0, 0);
        let time = if is_whole_day { String::new() } else { format!(" {}", when.format("%H:%M")) };
        let head = format!("since {day}{time}");
        Ok(match self.last_standup()? {
            Some(last) if last == since => [head.clone(), "since the last standup".to_owned(), head],
            Some(_) => [head.clone(), format!("since {day}"), head],
            // Whoever was away would take the working day before for all that they missed. How the lead uses the
            // program is nothing to a room.
            None => {
                let whole = format!("since {day}");
                [format!("{head}; no standup was ended yet"), whole.clone(), whole]
            }
        })
    }

    /// Builds the standup since an instant, or since the last one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standup(&self, since: Option<DateTime<Utc>>) -> Result<StandupPack, OpsError> {
        self.store.reading(|_| {
            let since = since.map_or_else(|| self.standup_since(), Ok)?;
            let gathered = self.gather(since)?;
            let items = items::items(&gathered, |at| self.clock.day_of(at));
            let title = format!("Standup {}", day::short_day(gathered.today));
            let [subtitle, _, for_the_room] = self.since_words(since)?;
            let stale = self.stale_data(SourceWhat::ALL)?;
            let document = |blocks| {
                // The room of a standup is the team, which knows requests by their keys.
                let (title, subtitle, stale) = (title.clone(), subtitle.clone(), stale.clone());
                let room = RoomWords { subtitle: for_the_room.clone(), ..RoomWords::default() };
                let document = Document { title, subtitle, blocks, stale, room, told_on: None };
                document.naming_keys(&self.config.hints)
            };
            Ok(StandupPack {
                since,
                by_section: self.keeping_private(document(pages::by_section(&items, &gathered)))?,
                by_person: self.keeping_private(document(pages::by_person(&items, &gathered)))?,
            })
        })
    }

    fn gather(&self, since: DateTime<Utc>) -> Result<StandupSources, OpsError> {
        let today = self.today();
        // Two weeks hold the working days of `OVER_DAYS` also where holidays fall among them.
        let found = self.queue_and_load(today..day::plus(today, 14))?;
        // One by one: the shares that were read with the queue are those of open work.
        let handles = |request: &Request| -> Result<Vec<String>, OpsError> {
            let shares = self.store.allocations_of(request.id)?;
            Ok(shares
                .iter()
                .filter_map(|share| found.team.person(share.person))
                .map(|it| it.handle.clone())
                .collect())
        };
        let delivered = self.store.delivered_requests_since(since)?;
        let came_back =
            self.came_back(&delivered.iter().map(|request| request.id).collect::<Vec<RequestId>>())?;
        let delivered =
            delivered.into_iter().map(|request| handles(&request).map(|people| (request, people)));
        let since_day = self.clock.day_of(since);
        Ok(StandupSources {
            today,
            calendar: found.team.calendar(),
            since,
            since_day,
            since_words: self.since_words(since)?[1].clone(),
            delivered: delivered.collect::<Result<_, _>>()?,
            came_back,
            // Today is one of the days, so that six nights lie between it and the first.
            touched: self.store.touched_since(self.clock.midnight(day::plus(today, 1 - STILL_DAYS)))?,
            unblocked: self.store.unblocked_since(since)?,
            imported: self.imported_since(since)?,
            books: self.books()?,
            remarks: self.store.records()?,
            rows: found.rows,
            model: found.model,
            work: found.work,
            team: found.team,
        })
    }

    fn imported_since(
        &self,
        since: DateTime<Utc>,
    ) -> Result<HashMap<RequestId, Option<Vec<Difference>>>, OpsError> {
        let after = self.store.operation_before(since)?;
        let told = |fate| match fate {
            Fate::Changed(both) => {
                Some(Some(difference::between(&both.0, &both.1, |at| self.clock.day_of(at))))
            }
            Fate::Came => Some(None),
            // What an import took away has no row that could be talked about.
            Fate::Gone(_) => None,
        };
        let found = self.store.imported_after(after)?.into_iter();
        Ok(found.filter_map(|it| Some((it.request, told(it.fate)?))).collect())
    }

    /// Notes that the standup has ended: the next one starts from now.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end_standup(&mut self) -> Result<Committed<()>, OpsError> {
        let held = self.stamp().at.to_rfc3339_opts(SecondsFormat::Secs, true);
        self.add_entry(Kind::Standup, &[("held", held)]).map(Committed::without_output)
    }

    /// Notes a remark for the standup about a record or a person.
    ///
    /// # Errors
    /// When there are no words.
    pub fn remark(&mut self, place: impl Into<RemarkPlace>, text: &str) -> Result<Committed<()>, OpsError> {
        let RemarkPlace { about, under } = place.into();
        let noted = self.stamp().at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let words = [("about", about), ("under", under), ("remark", text.to_owned()), ("noted", noted)];
        self.add_entry(Kind::Remark, &words).map(Committed::without_output)
    }
}

fn item(section: Section, line: Line, people: &[String]) -> Item {
    Item { section, line, below: Vec::new(), people: people.to_vec() }
}

fn named(request: &Request) -> String {
    format!("{} {}", request.id, plain::cut(&request.title, TITLE))
}
