//! The verbs that the cockpit and the command line share. Each is a method of [`Desk`], which holds the
//! open store, the resolved configuration and the clock; each write is one operation of the journal.

pub mod assign;
pub mod books;
pub mod clock;
pub mod detail;
pub mod docs;
pub mod error;
pub mod explain;
pub mod figures;
pub mod forget;
pub mod import;
pub mod kept_days;
#[cfg(test)]
pub mod kit;
pub mod left_words;
pub mod load;
pub mod meanwhile;
pub mod meetings;
pub mod merge;
pub mod message;
pub mod people;
pub mod plan;
pub mod private;
pub mod queue;
pub mod reflect;
pub mod requests;
pub mod reshape;
pub mod reviews;
pub mod rows;
pub mod rules;
pub mod said;
pub mod sample;
pub mod shares;
pub mod sheet;
pub mod sources;
pub mod strangers;
mod swap;
pub mod team;
pub mod typed;
pub mod undo;
pub mod waiting;
pub mod work;

use std::cell::RefCell;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::config::Config;
use crate::domain::words::{ParseContext, fold};
use crate::domain::workdays::WorkCalendar;
pub use crate::store::cause;
use crate::store::{Operation, Origin, Stamp, Store, StoreError};
use clock::Clock;
pub use error::OpsError;

/// By how much clocks are set right without a word.
pub const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(2);

/// Everything that a verb needs.
pub struct Desk {
    /// What is read and written; it writes only through [`Store::change`].
    pub store: Store,
    /// The example, laid over by the user's file.
    pub config: Config,
    /// Where the time comes from.
    pub clock: Clock,
    /// From where the verbs are called.
    pub origin: Origin,
    /// Others look on: reflections, trust and private notes are not told.
    pub is_presenting: bool,
    /// What a reading left out, to be told once; see [`Desk::take_left_out`].
    left_out: RefCell<Option<String>>,
}

impl Desk {
    /// Puts the parts together: from now on no write comes before the days that are over are kept.
    pub fn new(mut store: Store, config: Config, clock: Clock, origin: Origin) -> Self {
        store.set_keeper(kept_days::keeper(&config));
        let mut desk =
            Self { store, config, clock, origin, is_presenting: false, left_out: RefCell::default() };
        desk.follow_zone();
        desk
    }

    /// Learns where the lead is and was, which a flight or another program may have changed.
    pub fn follow_zone(&mut self) {
        // What cannot be read is told by whatever is read next; until then every day is the present zone's.
        let known = self.store.zones().and_then(|zones| Ok((zones, self.store.newest_at()?)));
        let (zones, newest) = known.unwrap_or_default();
        self.clock.learn(&zones, newest);
    }

    /// Goes by another clock from now on.
    #[cfg(test)]
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
        self.follow_zone();
    }

    /// The lead's local time.
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now()
    }

    /// The lead's local day.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// What is needed to read days and lengths.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reading(&self) -> Result<ParseContext, StoreError> {
        // Read anew each time: a line can name somebody who came in with the line before.
        let mut reading = self.config.reading(self.today(), Arc::new(self.calendar()?));
        reading.handles = Arc::new(self.store.people()?.iter().map(|person| fold(&person.handle)).collect());
        Ok(reading)
    }

    /// Which days are working days: the weekdays without the holidays that are stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn calendar(&self) -> Result<WorkCalendar, StoreError> {
        Ok(WorkCalendar::new(&self.store.holidays()?))
    }

    /// Now, and from where.
    pub fn stamp(&self) -> Stamp {
        let (now, zone) = (self.now(), self.clock.whereabouts());
        Stamp { at: now.to_utc(), day: now.date_naive(), zone, origin: self.origin }
    }

    /// A sentence if the clock stands before the newest change: it was moved back, or had been wrong.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn clock_notice(&self) -> Result<Option<String>, StoreError> {
        let now = self.now();
        let newest = self.store.newest_at()?.filter(|at| *at > now.to_utc() + CLOCKS_DIFFER);
        Ok(newest.map(|at| {
            let then = at.with_timezone(now.offset()).format("%Y-%m-%d %H:%M");
            format!(
                "The clock stands at {}, before the newest change of {then}: it was moved back, or had been wrong. \
                 Nothing is lost, and the history keeps its order.",
                now.format("%Y-%m-%d %H:%M")
            )
        }))
    }

    /// The journal, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, limit: Option<u32>) -> Result<Vec<Operation>, StoreError> {
        self.shown_operations(self.store.history(limit)?)
    }
}
