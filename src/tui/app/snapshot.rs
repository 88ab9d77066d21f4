//! Everything that is drawn, read in one go and again only where a change says so. Panes and overlays see
//! this, never the store.

mod rooms;

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};

pub use super::range::Range;
use crate::domain::day;
use crate::domain::document::{PrivateNames, Reader};
use crate::domain::hint::Hints;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::influence::Risk;
use crate::domain::ledger::{self, Balance};
use crate::domain::load::LoadGrid;
use crate::domain::measures::Measured;
use crate::domain::meeting::Meeting;
use crate::domain::phrases::Phrases;
use crate::domain::private::PrivateKeys;
use crate::domain::record::RecordKey;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::reminder::ReminderRules;
use crate::domain::tier::TierRules;
use crate::domain::words::ParseContext;
use crate::ops::Desk;
use crate::ops::books::Books;
use crate::ops::books::report::{BooksReport, Sources};
use crate::ops::clock::Clock;
use crate::ops::load::TeamData;
use crate::ops::meanwhile::Meanwhile;
use crate::ops::queue::{Counts, QueueRow};
use crate::ops::waiting::Waiting;
use crate::ops::work::Work;
use crate::store::{StoreError, Table, Tables};
use crate::tui::app::freshness::SourceFreshness;

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub now: DateTime<FixedOffset>,
    /// Where the time comes from, for instants of other days.
    clock: Clock,
    /// What is needed to read typed days.
    pub reading: ParseContext,
    /// Which days were read.
    pub range: Range,
    pub rows: Vec<QueueRow>,
    /// Closed requests, the newest first; read while the filter asks for them.
    closed: Vec<QueueRow>,
    /// How many there are in it.
    pub counts: Counts,
    /// People and their time.
    pub team: TeamData,
    /// All work that somebody holds, for the load of other days.
    work: Work,
    /// The load of the days of `range`.
    pub grid: LoadGrid,
    /// Work that nobody holds, and what waits for a decider.
    pub waiting: Waiting,
    /// Meetings of the days of `range`.
    pub meetings: Vec<Meeting>,
    /// Which of them have no place here, in one sentence.
    pub meetings_left_out: Option<String>,
    /// The next one that has not begun.
    pub next: Option<Meeting>,
    /// Those of the days around today that take place, in order, whichever days the pane shows.
    pub around: Vec<Meeting>,
    /// Waiting for a reflection, the newest first.
    pub owed: Vec<Meeting>,
    /// All reflections, oldest first.
    pub entries: Vec<ReflectionEntry>,
    /// The part of this week's hours that shapes strategy, as the header says it.
    pub strategy: Option<String>,
    /// When a calendar was last imported.
    pub calendar_age: Option<TimeDelta>,
    /// Where data comes from, and how old it is.
    pub freshness: SourceFreshness,
    /// What happened elsewhere since the lead last looked.
    pub meanwhile: Option<Meanwhile>,
    /// Outcomes, the ledger, influence and what belongs to them.
    pub books: Books,
    /// How they stand; read when a board is shown.
    pub report: BooksReport,
    /// It is as the store says now.
    standing_is_fresh: bool,
    /// What the configuration calls the tiers.
    pub tiers: TierRules,
    /// What is kept from others.
    pub private: PrivateKeys,
    /// What may not be named, as long as others look on.
    pub hidden: PrivateNames,
    /// When the header asks for attention.
    pub reminders: ReminderRules,
    /// Others look on.
    pub is_presenting: bool,
    /// Words that tell how an ask is put.
    pub phrases: Arc<Phrases>,
    /// Names keys as the lead has them.
    pub hints: Arc<Hints>,
    /// Who reads what is copied from a document.
    pub room: Reader,
}

impl Snapshot {
    /// Reads everything.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(desk: &Desk, range: Range) -> Result<Self, StoreError> {
        let mut snapshot = Self::empty(desk, range);
        snapshot.reload(desk, range, Tables::ALL)?;
        Ok(snapshot)
    }

    /// Nothing read yet.
    pub fn empty(desk: &Desk, range: Range) -> Self {
        Self {
            now: desk.now(),
            clock: desk.clock.clone(),
            // Without holidays and names as yet: they are in the store, and the first `reload` reads them.
            reading: desk.config.reading(desk.today(), Arc::default()),
            range,
            rows: Vec::new(),
            closed: Vec::new(),
            counts: Counts::default(),
            team: TeamData::default(),
            work: Work::default(),
            grid: LoadGrid { from: range.load_from, days: range.load_days, rows: Vec::new(), nobody: None },
            waiting: Waiting::default(),
            meetings: Vec::new(),
            meetings_left_out: None,
            next: None,
            around: Vec::new(),
            owed: Vec::new(),
            entries: Vec::new(),
            strategy: None,
            calendar_age: None,
            freshness: SourceFreshness::default(),
            meanwhile: None,
            books: Books::default(),
            report: BooksReport::default(),
            standing_is_fresh: false,
            tiers: desk.config.tiers.clone(),
            private: PrivateKeys::default(),
            hidden: PrivateNames::new(),
            reminders: desk.config.reminders.clone(),
            is_presenting: range.is_presenting,
            phrases: desk.config.phrases.clone(),
            hints: desk.config.hints.clone(),
            room: desk.room(),
        }
    }

    /// An instant as the lead's clock showed it then: summer is not told in the hours of winter.
    pub fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.clock.local(instant)
    }

    pub const fn today(&self) -> NaiveDate {
        self.reading.today
    }

    /// Reads again what the tables in `changed` are about.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reload(&mut self, desk: &Desk, range: Range, changed: Tables) -> Result<(), StoreError> {
        let (was_today, was_zone) = (self.today(), *self.now.offset());
        self.now = desk.now();
        self.reading = desk.reading()?;
        // Another zone, as after a flight, moves every hour that is shown.
        let new_day = was_today != self.today() || was_zone != *self.now.offset() || self.clock != desk.clock;
        self.clock.clone_from(&desk.clock);
        let load_moved = (range.load_from, range.load_days) != (self.range.load_from, self.range.load_days);
        // The queue, the load and what waits are one calculation over these four, so one of them is enough for
        // all.
        let work = [Table::Request, Table::Person, Table::Time, Table::Allocation]
            .iter()
            .any(|table| changed.has(*table));
        // A row says of itself that it is private.
        let work = (changed.has(Table::Books) && self.reload_private(desk)?) || work;
        let closed_moved = range.closed.requests != self.range.closed.requests;
        let week_moved = range.meetings_week != self.range.meetings_week
            || range.closed.meetings != self.range.closed.meetings;
        let presenting_changed = range.is_presenting != self.is_presenting;
        self.range = range;
        self.is_presenting = range.is_presenting;
        if work || new_day || presenting_changed {
            self.reload_work(desk)?;
        } else if load_moved {
            self.reload_load(desk)?;
        }
        // Apart from the queue: closed requests are by far the most, and hardly ever asked for.
        if work || new_day || presenting_changed || closed_moved {
            self.closed = if range.closed.requests { desk.closed_requests()? } else { Vec::new() };
        }
        let rooms = changed.has(Table::Meeting) || changed.has(Table::Reflection);
        if rooms || week_moved || new_day || presenting_changed {
            self.reload_meetings(desk)?;
        }
        if changed.has(Table::Books) || presenting_changed {
            self.reload_books(desk)?;
            // A reflection that was waved off is owed no more.
            self.read_meetings(desk)?;
        }
        if !changed.is_empty() || new_day || presenting_changed {
            self.standing_is_fresh = false;
            // Names come from records, meetings and requests, so that a change of any of them may bring another
            // one.
            self.hidden = desk.hidden_names()?;
        }
        // Last, as it follows from work, meetings and books as they were just read; and only for a board,
        // because it is the dearest of all.
        if range.has_board && !self.standing_is_fresh {
            self.reload_standing(desk)?;
        }
        self.settle_next();
        Ok(())
    }

    /// What happened elsewhere, for whoever looks on.
    pub fn news(&self) -> Option<Cow<'_, Meanwhile>> {
        let found = self.meanwhile.as_ref()?;
        if self.hidden.is_empty() {
            return Some(Cow::Borrowed(found));
        }
        found.without_private(&self.hidden).map(Cow::Owned)
    }

    /// Reads what is kept from others; true if that is something else than before.
    fn reload_private(&mut self, desk: &Desk) -> Result<bool, StoreError> {
        let before = std::mem::replace(&mut self.private, desk.private_keys()?);
        Ok(before != self.private)
    }

    /// True if what the boards report is that of the records as they stand.
    pub const fn standing_is_fresh(&self) -> bool {
        self.standing_is_fresh
    }

    /// Reads the records of outcomes, change and influence.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reload_books(&mut self, desk: &Desk) -> Result<(), StoreError> {
        self.books = desk.books()?;
        Ok(())
    }

    fn reload_work(&mut self, desk: &Desk) -> Result<(), StoreError> {
        let to = day::plus(self.range.load_from, i64::try_from(self.range.load_days).unwrap_or(0));
        let found = desk.queue_and_load(self.range.load_from..to)?;
        self.grid = desk.draw(&found.model, &found.work, (self.range.load_from, self.range.load_days))?;
        self.waiting = Waiting::of(&found.rows, &found.model, &desk.clock);
        self.strategy = Self::strategy_text(&desk.strategy_this_week(&found)?);
        self.rows = found.rows;
        self.counts = found.counts;
        self.team = found.team;
        self.work = found.work;
        Ok(())
    }

    fn reload_standing(&mut self, desk: &Desk) -> Result<(), StoreError> {
        let today = self.today();
        let weeks = i64::from(crate::ops::books::report::TIER_WEEKS);
        let days = day::monday(today)..day::plus(today, 7 * weeks);
        let model = desk.model_of(&self.team, &self.work, days);
        self.report = desk.report(&Sources { books: &self.books, rows: &self.rows, model: &model })?;
        self.standing_is_fresh = true;
        Ok(())
    }

    /// Other days of the same load: the queue does not depend on what is looked at.
    fn reload_load(&mut self, desk: &Desk) -> Result<(), StoreError> {
        let days = (self.range.load_from, self.range.load_days);
        let to = day::plus(days.0, i64::try_from(days.1).unwrap_or(0));
        let model = desk.model_of(&self.team, &self.work, days.0..to);
        self.grid = desk.draw(&model, &self.work, days)?;
        Ok(())
    }

    /// The strategy share as the header says it, with the days that it is of.
    fn strategy_text(share: &Measured) -> Option<String> {
        let of = share
            .known_from
            .map_or_else(|| "this week".to_owned(), |from| format!("since {}", from.format("%a")));
        // Where nothing was measured the header says nothing, rather than nought per cent.
        share.is_known().then(|| format!("strategy {} {of}", share.narrow()))
    }

    /// The ledger's balance today.
    pub fn headroom(&self) -> Balance {
        ledger::total(&self.books.gains, &self.books.redirects, self.today())
    }

    /// Risks that had to be said by now, the heaviest first.
    pub fn to_raise(&self) -> Vec<&Risk> {
        let mut found: Vec<&Risk> =
            self.books.risks.iter().filter(|risk| risk.is_to_raise(self.today())).collect();
        found.sort_by_key(|risk| (std::cmp::Reverse(risk.weight()), risk.raise_by, risk.id));
        found
    }

    /// What a record is called; empty if it is not in sight.
    pub fn title_of(&self, key: &RecordKey) -> String {
        let request = key.request().and_then(|id| self.row(id)).map(|row| row.request.title.clone());
        let meeting = || match key {
            RecordKey::Meeting(meeting) => {
                self.meetings.iter().find(|it| it.key == *meeting).map(|it| it.title.clone())
            }
            RecordKey::Numbered(..) => None,
        };
        request.or_else(|| self.books.title(key)).or_else(meeting).unwrap_or_default()
    }

    /// A request by its key: one of the queue, or one that the filter asked for.
    pub fn row(&self, id: RequestId) -> Option<&QueueRow> {
        self.filterable().find(|row| row.request.id == id)
    }

    /// What a filter chooses from: the queue, and behind it what is closed.
    pub fn filterable(&self) -> impl Iterator<Item = &QueueRow> {
        self.rows.iter().chain(&self.closed)
    }

    /// One of [`Snapshot::filterable`] by its place.
    pub fn filterable_at(&self, index: usize) -> Option<&QueueRow> {
        // Beyond the queue the index counts on, so that it is at least its length here.
        self.rows.get(index).or_else(|| self.closed.get(index - self.rows.len()))
    }

    /// The handle of a person.
    pub fn handle(&self, id: PersonId) -> &str {
        self.team.person(id).map_or("nobody", |person| person.handle.as_str())
    }
}
