//! Folders of calendars: a file that is gone is noticed when its folder comes again, as an event that is gone from a file.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::vanished::{self, ShownPast};
use super::{CalendarName, CalendarReport, CalendarSource, FOLDER, NamedCalendar, is_folder};
use crate::domain::count::counted;
use crate::import::calendar::{CalendarImport, CalendarProblem};
use crate::ops::clock::Clock;
use crate::store::{MeetingRow, StoreError, Tx};

/// A folder that was named, with all the calendars in it.
pub(super) struct CalendarFolder {
    path: String,
    /// The name by which it is known again, wherever it lies.
    name: String,
    /// The names of its files, also of those that cannot be read.
    files: Vec<CalendarName>,
    /// Each of its files can be read.
    is_readable: bool,
}

/// Folders with those of some files that lie in them.
pub(super) fn folders_of(paths: &[String], sources: &[CalendarSource]) -> Vec<CalendarFolder> {
    let folder = |path: &String| {
        // `.` has no name of its own.
        let whole = Path::new(path).canonicalize().unwrap_or_else(|_| Path::new(path).to_owned());
        let name = format!("{}{FOLDER}", whole.file_name()?.to_string_lossy());
        let own: Vec<&CalendarSource> = sources.iter().filter(|(name, _)| lies_in(name, path)).collect();
        Some(CalendarFolder {
            path: path.clone(),
            name,
            files: own.iter().map(|(name, read)| named(name, read.as_ref().ok())).collect(),
            is_readable: own.iter().all(|(_, read)| read.is_ok()),
        })
    };
    paths.iter().filter_map(folder).collect()
}

fn named(path: &str, import: Option<&CalendarImport>) -> CalendarName {
    CalendarName::of(path, import.map_or("", |import| &import.name))
}

/// True for a file of a folder, or of a folder in it.
fn lies_in(file: &str, folder: &str) -> bool {
    Path::new(file).ancestors().skip(1).take(2).any(|above| above == Path::new(folder))
}

/// The name of the folder that a file was named by; empty if it was named itself.
pub(super) fn name_of(file: &str, folders: &[CalendarFolder]) -> String {
    let found = folders.iter().find(|folder| lies_in(file, &folder.path));
    found.map_or(String::new(), |folder| folder.name.clone())
}

impl CalendarFolder {
    /// What came of it before, to be asked before anything is taken in.
    pub(super) fn known_before(&self, tx: &Tx<'_>) -> Result<Vec<MeetingRow>, StoreError> {
        tx.meetings_of_source(&self.name)
    }

    /// Cancels what came of files that are gone from the folder.
    pub(super) fn cancel_gone(
        &self,
        tx: &Tx<'_>,
        (calendars, before): (&[NamedCalendar], Vec<MeetingRow>),
        (now, clock): (DateTime<Utc>, &Clock),
        report: &mut CalendarReport,
    ) -> Result<(), StoreError> {
        let own = || calendars.iter().filter(|calendar| calendar.folder == self.name).map(|it| &it.import);
        // What seems to be gone may stand in the file that could not be read; and a folder without a single calendar
        // says as little of what is gone as an empty file does.
        if !self.is_readable || own().next().is_none() {
            return Ok(());
        }
        let there = own().flat_map(|it| it.events.iter().map(|event| &event.uid).chain(&it.left_out));
        let there: HashSet<&String> = there.collect();
        let (kept, gone): (Vec<MeetingRow>, Vec<MeetingRow>) =
            before.into_iter().partition(|row| there.contains(&row.event.uid));
        // What a file that is still there has no more was looked at with that file.
        let is_of_gone = |row: &MeetingRow| {
            let mut files = row.sources.iter().filter(|name| !is_folder(name)).peekable();
            files.peek().is_some() && files.all(|name| !self.files.iter().any(|file| file.is(name)))
        };
        let gone: Vec<MeetingRow> = gone.into_iter().filter(is_of_gone).collect();
        let past = ShownPast::of(own().flat_map(|import| &import.events), (now, clock));
        let gone = past.deleted(gone, |row| &row.event);
        if kept.is_empty() && !gone.is_empty() {
            let message = format!(
                "none of the {} imported from a folder of this name is in it; nothing was cancelled",
                counted(gone.len(), "event that was", "events that were")
            );
            report.problems.push((self.name.clone(), CalendarProblem::on(String::new(), 0, message)));
            return Ok(());
        }
        let elsewhere = vanished::had_by(calendars.iter().map(|it| &it.import));
        for row in gone {
            let names = row.sources.clone();
            let is_gone = |known: &str| names.iter().any(|name| name == known);
            vanished::drop_from(tx, row, is_gone, (&elsewhere, clock), report)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::calendar::{OwnNames, read_calendar};
    use crate::ops::Desk;
    use crate::ops::kit::{day, desk_at};

    fn file(name: &str, on: u32) -> CalendarSource {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{name}\nSUMMARY:{name}\nDTSTART:202611{on}T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let read = read_calendar(text.as_bytes(), &OwnNames::new(&[])).map_err(|error| error.to_string());
        (format!("/x/cals/{name}.ics"), read)
    }

    fn take(desk: &mut Desk, files: &[CalendarSource]) -> CalendarReport {
        desk.take_calendar_folders(files.to_vec(), &["/x/cals".to_owned()], false).unwrap()
    }

    fn titles(desk: &Desk) -> Vec<String> {
        let meetings = desk.meetings(day("2026-11-01"), day("2026-12-31")).unwrap();
        meetings.into_iter().map(|meeting| meeting.title).collect()
    }

    #[test]
    fn a_file_that_is_gone_from_a_folder_is_noticed_when_the_folder_comes_again() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        let all = [file("a", 24), file("b", 25), file("c", 26)];
        // One of them came by itself before, which is the same calendar.
        desk.take_calendars(vec![all[1].clone()], false).unwrap();
        take(&mut desk, &all);
        assert_eq!(take(&mut desk, &all).operation, None);
        let mut broken = all.clone();
        broken[2].1 = Err("no calendar".to_owned());
        assert_eq!(take(&mut desk, &broken[1..]).vanished, 0, "what cannot be read may be what is missing");
        let report = take(&mut desk, &[all[0].clone(), all[2].clone()]);
        assert_eq!((report.vanished, report.cancelled, report.unchanged), (1, 1, 2));
        assert_eq!(
            (report.changed[0].uid.as_str(), titles(&desk)),
            ("b", vec!["a".to_owned(), "c".to_owned()])
        );
        desk.undo(None).unwrap();
        assert_eq!((titles(&desk).len(), take(&mut desk, &all[..1]).vanished), (3, 2));
        assert_eq!(take(&mut desk, &all).updated, 2);
        assert_eq!(titles(&desk), ["a", "b", "c"]);
    }

    #[test]
    fn what_came_by_itself_or_lies_in_another_folder_of_the_name_is_not_gone() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        desk.take_calendars(vec![file("single", 24)], false).unwrap();
        take(&mut desk, &[file("a", 25), file("b", 26)]);
        assert_eq!(take(&mut desk, &[file("a", 25), file("b", 26)]).vanished, 0);
        let other = take(&mut desk, &[file("y", 27)]);
        assert!(other.problems[0].1.message.contains("nothing was cancelled"), "{:?}", other.problems);
        assert_eq!(titles(&desk), ["single", "a", "b", "y"]);
        assert_eq!(take(&mut desk, &[file("a", 25), file("b", 26)]).changed[0].uid, "y");
        assert_eq!(titles(&desk), ["single", "a", "b"]);
    }
}
