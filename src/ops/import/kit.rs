//! Imports of bytes in one process, for tests.

use super::foreign::{Asked, Found, Kind};
use super::{CalendarReport, Progress, Report};
use crate::import::requests::Options;
use crate::ops::{Desk, OpsError};

impl Desk {
    fn read(&self, kind: Kind, bytes: &[u8]) -> Result<Found, OpsError> {
        let read = Asked::new(kind, self.clock).read(bytes);
        read.map_err(|message| OpsError::Rejected { message, hint: None })
    }

    pub fn import_requests(
        &mut self,
        bytes: &[u8],
        options: &Options,
        how: (bool, Progress<'_>),
    ) -> Result<Report, OpsError> {
        let kind = Kind::Requests { presets: Vec::new(), options: options.clone() };
        match self.read(kind, bytes)? {
            Found::Requests(import) => self.take_requests(import, how),
            other => panic!("{other:?}"),
        }
    }

    pub fn import_people(&mut self, text: &str, is_rehearsal: bool) -> Result<Report, OpsError> {
        match self.read(Kind::People(None), text.as_bytes())? {
            Found::People(listing) => self.take_people(listing, is_rehearsal),
            other => panic!("{other:?}"),
        }
    }

    pub fn import_absences(&mut self, text: &str, is_rehearsal: bool) -> Result<Report, OpsError> {
        match self.read(Kind::Absences(None), text.as_bytes())? {
            Found::Absences(listing) => self.take_absences(listing, is_rehearsal),
            other => panic!("{other:?}"),
        }
    }

    pub fn import_calendar(&mut self, name: &str, text: &str) -> Result<CalendarReport, OpsError> {
        match self.read(Kind::Calendar, text.as_bytes())? {
            Found::Calendar(import) => self.take_calendars(vec![(name.to_owned(), Ok(import))], false),
            other => panic!("{other:?}"),
        }
    }
}
