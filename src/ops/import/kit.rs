//! Imports of bytes in one process, for tests.

use super::foreign::{Asked, ForeignContent, ForeignKind};
use super::lines::LineChoice;
use super::{CalendarReport, ImportProgress, ImportRun, Report};
use crate::import::listing::ListOptions;
use crate::import::requests::RequestOptions;
use crate::ops::{Desk, OpsError};

impl Desk {
    fn read(&self, kind: ForeignKind, bytes: &[u8]) -> Result<ForeignContent, OpsError> {
        let read = Asked::new(kind, &self.clock).read(bytes);
        read.map_err(|message| OpsError::Rejected { message, hint: None })
    }

    pub fn import_requests(
        &mut self,
        bytes: &[u8],
        options: &RequestOptions,
        (is_rehearsal, progress): (bool, ImportProgress<'_>),
    ) -> Result<Report, OpsError> {
        let kind = ForeignKind::Requests { presets: Vec::new(), options: options.clone() };
        match self.read(kind, bytes)? {
            ForeignContent::Requests(import) => {
                let lines = LineChoice::default();
                self.take_requests(&import, ImportRun { is_rehearsal, lines: &lines, progress })
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn import_people(&mut self, text: &str, is_rehearsal: bool) -> Result<Report, OpsError> {
        match self.read(ForeignKind::People(ListOptions::default()), text.as_bytes())? {
            ForeignContent::People(listing) => {
                self.take_people(listing, is_rehearsal, &LineChoice::default())
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn import_absences(&mut self, text: &str, is_rehearsal: bool) -> Result<Report, OpsError> {
        match self.read(ForeignKind::Absences(ListOptions::default()), text.as_bytes())? {
            ForeignContent::Absences(listing) => {
                self.take_absences(listing, is_rehearsal, &LineChoice::default())
            }
            other => panic!("{other:?}"),
        }
    }

    pub fn import_calendar(&mut self, name: &str, text: &str) -> Result<CalendarReport, OpsError> {
        match self.read(ForeignKind::Calendar(self.config.own_names.clone()), text.as_bytes())? {
            ForeignContent::Calendar(import) => {
                self.take_calendars(vec![(name.to_owned(), Ok(import))], false)
            }
            other => panic!("{other:?}"),
        }
    }
}
