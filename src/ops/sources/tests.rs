//! Sources as the cockpit asks for them: offers, undo, age and sleep, without any other program.

mod calendars;
mod counted;
mod mapped;
mod stands;

use std::ops::ControlFlow;

use chrono::{DateTime, TimeDelta};

use super::*;
use crate::config::Config;
use crate::domain::document::Reader;
use crate::domain::source::OfferedChanges;
use crate::domain::source::SourceWhat;
use crate::export::Layout;
use crate::ops::clock::Clock;
use crate::ops::import::file::{FileImport, LineDecisions};
use crate::ops::import::foreign::{ForeignContent, ForeignKind};
use crate::ops::import::lines::LineChoice;
use crate::store::{Origin, Store};

const JIRA: &str = "Key,Title,Due\nJ-1,Film,2026-12-01\nJ-2,Poster,2026-12-02\n";

/// A desk, a machine and a folder for files.
struct Place {
    desk: Desk,
    machine: Machine,
    folder: tempfile::TempDir,
}

fn desk_at(now: &str) -> Desk {
    let clock = Clock::fixed(DateTime::parse_from_rfc3339(now).unwrap());
    Desk::new(Store::in_memory().unwrap(), Config::defaults(), clock, Origin::Cockpit)
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        Self { desk: desk_at("2026-11-23T09:00:00+00:00"), machine, folder }
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn pass(&mut self, minutes: i64) {
        let now = self.desk.now();
        self.desk.set_clock(Clock::fixed(now + TimeDelta::minutes(minutes)));
    }

    fn add(&mut self, name: &str, what: SourceWhat, way: SourceWay, place: &str) -> DataSource {
        let source = DataSource::new(name, what, way, place);
        self.desk.add_source(&self.machine, &source, &SourceEdit::default()).unwrap().output
    }

    fn edit(&mut self, name: &str, edit: &SourceEdit) -> Committed<DataSource> {
        self.desk.edit_source(&self.machine, name, edit).unwrap()
    }

    fn status(&self, name: &str) -> SourceStatus {
        self.desk.source(Some(&self.machine), name).unwrap()
    }

    /// A refresh as a front end makes it, with the reader in the same process.
    fn refresh(&mut self, name: &str, applies: bool) -> Result<TakenSource, OpsError> {
        let source = self.status(name).source;
        let done = self.try_refresh(&source, applies);
        if let Err(error) = &done {
            self.desk.note_source_failure(&source, error).unwrap();
        }
        done
    }

    fn try_refresh(&mut self, source: &DataSource, applies: bool) -> Result<TakenSource, OpsError> {
        let fetched = self.desk.fetch_job(Some(&self.machine), &source.name)?.fetch()?;
        let asked = self.desk.source_question(source, Vec::new());
        let answers = fetched.files.iter().map(|file| asked.read(&std::fs::read(file).unwrap())).collect();
        let choice = SourceChoice { applies, lines: &LineChoice::default(), progress: &mut |_, _| {} };
        self.desk.take_source(source, &fetched, answers, choice)
    }
}

fn counts(new: usize, changed: usize, gone: usize) -> OfferedChanges {
    OfferedChanges { new, changed, gone }
}

#[test]
fn what_is_offered_stays_offered_until_it_is_taken() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    let taken = place.refresh("Jira", false).unwrap();
    assert_eq!((taken.offered, taken.operation), (counts(2, 0, 0), None));
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 2 new"));
    assert_eq!(place.status("jira").state.current, None, "nothing of it is here");
    assert_eq!(place.desk.store.request_count().unwrap(), 0);
    place.pass(5);
    let taken = place.refresh("Jira", true).unwrap();
    assert!(taken.operation.is_some());
    let status = place.status("Jira");
    assert_eq!((status.offer(), status.state.current), (None, Some(place.desk.now().to_utc())));
    assert_eq!(place.desk.store.request_count().unwrap(), 2);
    let newest = &place.desk.history(Some(1)).unwrap()[0];
    assert_eq!(newest.origin, Origin::Import, "what comes from elsewhere is news, whoever asked for it");
    assert_eq!(place.desk.origin, Origin::Cockpit);
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
    assert_eq!(place.desk.store.request_count().unwrap(), 0);
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 2 new"), "it is offered again");
    assert_eq!(place.status("Jira").state.current(), None);
    assert_eq!(place.refresh("Jira", false).unwrap().offered, counts(2, 0, 0));
    place.desk.store.redo(place.desk.stamp()).unwrap();
}

/// What a page shows and chooses from, as the cockpit makes it of a fetch.
fn offered(place: &mut Place, name: &str) -> FileImport {
    let source = place.status(name).source;
    let fetched = place.desk.fetch_job(Some(&place.machine), name).unwrap().fetch().unwrap();
    let asked = place.desk.source_question(&source, Vec::new());
    let answers = fetched.files.iter().map(|file| asked.read(&std::fs::read(file).unwrap())).collect();
    let brought = source_content(&source, &fetched, answers).unwrap();
    let choice = SourceChoice { applies: false, lines: &LineChoice::default(), progress: &mut |_, _| {} };
    place.desk.take_content(&source, &fetched, brought.clone(), choice).unwrap();
    offered_file(&source, brought)
}

#[test]
fn what_was_chosen_of_an_offer_is_one_change_under_the_name_of_its_source() {
    let mut place = Place::new();
    let file = place.write("export.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    let import = offered(&mut place, "Jira");
    assert_eq!(place.desk.store.request_count().unwrap(), 0, "what is looked at is not in");
    let set = place.desk.rehearse_file(&import, &mut |_, _| ControlFlow::Continue(())).unwrap();
    let first = set.lines.iter().find_map(|line| line.name.clone()).unwrap();
    let decisions = LineDecisions { left_out: [first].into(), ..LineDecisions::default() };
    let source = place.status("Jira").source;
    let mut goes_on = |_: usize, _: usize| ControlFlow::Continue(());
    let taken = place.desk.take_offer(&source, &import, &decisions, &mut goes_on).unwrap();
    assert!(taken.operation.is_some() && taken.label.contains("Jira"), "{taken:?}");
    let all = place.desk.store.all_requests().unwrap();
    assert_eq!(all.iter().map(|request| request.source.as_str()).collect::<Vec<_>>(), ["Jira"]);
    let status = place.status("Jira");
    let left = Some("Jira: 1 new".to_owned());
    assert_eq!((status.offer(), status.state.operation.map(|it| it.0)), (left, taken.operation));
    assert_eq!(status.state.current, None, "not all of it is here");
    assert_eq!(place.refresh("Jira", false).unwrap().offered, counts(1, 0, 0));
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
    assert!(place.status("Jira").offer().is_some(), "undone, all of it is offered");
}

#[test]
fn what_an_offer_brought_stays_when_its_source_is_removed_meanwhile() {
    let mut place = Place::new();
    let events = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Planning\r\n\
        DTSTART:20261123T140000Z\r\nDTEND:20261123T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let file = place.write("work.ics", events);
    place.add("Work", SourceWhat::Calendar, SourceWay::File, &file);
    let import = offered(&mut place, "Work");
    let source = place.status("Work").source;
    place.desk.remove_source(None, "Work").unwrap();
    let mut goes_on = |_: usize, _: usize| ControlFlow::Continue(());
    place.desk.take_offer(&source, &import, &LineDecisions::default(), &mut goes_on).unwrap();
    assert_eq!(place.desk.store.keys_of_source("Work").unwrap().len(), 1, "known again by the source's name");
    assert_eq!(place.desk.store.keys_of_source("Other").unwrap(), []);
}

#[test]
fn when_a_source_is_fetched_is_said_in_words() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    assert_eq!(place.status("Jira").when_words(), "by key");
    assert_eq!(place.status("Jira").stale_data(), None, "nothing rests on what was never read");
    place.edit("Jira", &SourceEdit { at_start: Some(true), every: Some(30), ..SourceEdit::default() });
    assert_eq!(place.status("Jira").when_words(), "at start, every 30 min");
    place.refresh("Jira", true).unwrap();
    assert_eq!(place.status("Jira").stale_data(), None);
    place.pass(120);
    assert_eq!(place.status("Jira").stale_data(), Some("Jira is 2 h old"));
}

#[test]
fn what_was_undone_does_not_come_back_by_itself() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.edit("Jira", &SourceEdit { applies: Some(true), ..SourceEdit::default() });
    assert!(place.status("Jira").applies_by_itself);
    place.refresh("Jira", true).unwrap();
    assert!(place.status("Jira").applies_by_itself);
    let taken = place.status("Jira").state.operation;
    place.desk.store.undo(place.desk.stamp(), taken).unwrap();
    assert!(!place.status("Jira").applies_by_itself);
    place.refresh("Jira", false).unwrap();
    assert!(!place.status("Jira").applies_by_itself, "also after it was only looked at");
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 2 new"));
    place.refresh("Jira", true).unwrap();
    assert!(place.status("Jira").applies_by_itself, "until somebody took it in again");
}

#[test]
fn a_change_at_the_source_and_what_it_has_no_more_are_offered() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", true).unwrap();
    place.write("jira.csv", "Key,Title,Due\nJ-1,Film,2026-12-09\n");
    assert_eq!(place.refresh("Jira", false).unwrap().offered, counts(0, 1, 1));
    assert_eq!(place.status("Jira").offer().as_deref(), Some("Jira: 1 changed, 1 gone"));
    let taken = place.refresh("Jira", true).unwrap();
    assert_eq!(taken.offered, counts(0, 0, 1), "what is gone there was not closed here");
    assert_eq!(place.status("Jira").offer(), None);
    assert_eq!(place.desk.store.request_count().unwrap(), 2);
}

#[test]
fn a_failure_is_noted_beside_what_was_read_before() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", true).unwrap();
    let read = place.desk.now().to_utc();
    place.pass(10);
    place.write("jira.csv", "");
    let error = place.refresh("Jira", true).unwrap_err();
    assert_eq!((error.exit_code(), error.hint().as_deref()), (5, Some("What came from it before stands.")));
    let SourceStatus { state, age, stale, .. } = place.status("Jira");
    assert_eq!((state.refreshed, state.current), (Some(read), Some(read)));
    assert_eq!((state.tried, age), (Some(place.desk.now().to_utc()), Some(TimeDelta::minutes(10))));
    assert_eq!(state.error, Some(error.to_string()));
    assert_eq!(stale.as_deref(), Some("Jira could not be read again; this is 10 min old"));
    assert_eq!(place.desk.store.request_count().unwrap(), 2);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(place.refresh("Jira", true).unwrap_err().exit_code(), 3);
    place.write("jira.csv", JIRA);
    place.refresh("Jira", false).unwrap();
    assert_eq!(place.status("Jira").state.error, None);
}

#[test]
fn a_file_that_is_written_while_it_is_read_is_not_taken() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    let source = place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    let fetched = place.desk.fetch_job(Some(&place.machine), "Jira").unwrap().fetch().unwrap();
    let answers = vec![place.desk.source_question(&source, Vec::new()).read(JIRA.as_bytes())];
    place.write("jira.csv", "Key,Title\nJ-1,Film and more\n");
    let lines = LineChoice::default();
    let choice = SourceChoice { applies: true, lines: &lines, progress: &mut |_, _| {} };
    let error = place.desk.take_source(&source, &fetched, answers, choice).unwrap_err();
    assert!(error.to_string().contains("while it was read"), "{error}");
    assert_eq!(place.desk.store.request_count().unwrap(), 0);
}

#[test]
fn a_source_is_due_by_its_time_whether_it_failed_or_not() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    assert!(!place.status("Jira").is_due && !place.status("Jira").is_due_at_start, "by key alone");
    place.edit("Jira", &SourceEdit { at_start: Some(true), ..SourceEdit::default() });
    assert!(!place.status("Jira").is_due && place.status("Jira").is_due_at_start);
    place.edit("Jira", &SourceEdit { every: Some(15), at_start: Some(false), ..SourceEdit::default() });
    assert!(place.status("Jira").is_due);
    place.refresh("Jira", false).unwrap();
    assert!(!place.status("Jira").is_due);
    place.pass(15);
    assert!(place.status("Jira").is_due);
    std::fs::remove_file(file).unwrap();
    place.refresh("Jira", false).unwrap_err();
    assert!(!place.status("Jira").is_due, "it is not tried again and again");
    place.edit("Jira", &SourceEdit { every: Some(0), ..SourceEdit::default() });
    place.pass(600);
    assert_eq!((place.status("Jira").source.every, place.status("Jira").is_due), (None, false));
}

#[test]
fn what_runs_something_sleeps_without_a_machine_that_knows_it() {
    let mut place = Place::new();
    place.add("Jira", SourceWhat::Requests, SourceWay::Command, "jira-export");
    place.edit("Jira", &SourceEdit { every: Some(5), ..SourceEdit::default() });
    assert!(place.status("Jira").is_due && place.status("Jira").asleep.is_none());
    let unknown = place.desk.source(None, "Jira").unwrap();
    assert_eq!((unknown.asleep.clone(), unknown.is_due), (Some(SleepReason::Unconfirmed), false));
    let (why, hint) = unknown.asleep_words().unwrap();
    assert!(why.contains("it runs `jira-export`") && hint.contains("source confirm 'Jira'"), "{why} {hint}");
    let error = place.desk.fetch_job(None, "Jira").unwrap_err();
    assert_eq!(error.exit_code(), 4);
    place.desk.note_source_failure(&unknown.source, &error).unwrap();
    assert_eq!(place.status("Jira").state.error, None, "one that may not run has not failed");
    // Somebody else may have written it: it sleeps, and what is as it was does not.
    let same = place.add("Other", SourceWhat::Requests, SourceWay::Command, "other-export");
    let asleep = place.desk.put_sources_to_sleep(&place.machine, &[same]).unwrap();
    assert_eq!(asleep, ["Jira"]);
    assert!(place.status("Jira").asleep.is_some() && place.status("Other").asleep.is_none());
    assert_eq!(place.desk.confirm_source(&place.machine, "Jira").unwrap().asleep, None);
}

#[test]
fn an_undone_change_of_a_command_runs_only_what_was_confirmed() {
    let mut place = Place::new();
    place.add("Jira", SourceWhat::Requests, SourceWay::Command, "old-export");
    let edit = SourceEdit { place: Some((SourceWay::Command, "new-export".into())), ..SourceEdit::default() };
    place.edit("Jira", &edit);
    assert_eq!(place.status("Jira").asleep, None, "whoever changes it confirms it");
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
    assert_eq!(place.status("Jira").source.place, "old-export");
    assert_eq!(place.status("Jira").asleep, Some(SleepReason::Unconfirmed));
    // A change of anything else says nothing about what runs.
    place.edit("Jira", &SourceEdit { every: Some(5), ..SourceEdit::default() });
    assert_eq!(place.status("Jira").asleep, Some(SleepReason::Unconfirmed));
}

#[test]
fn an_address_is_kept_on_the_machine_and_goes_with_its_source() {
    let mut place = Place::new();
    let address = SecretAddress::parse("https://h.example/hidden-key/cal.ics").unwrap();
    let source = DataSource::new("Work", SourceWhat::Calendar, SourceWay::File, "");
    let edit = SourceEdit { address: Some(address.clone()), ..SourceEdit::default() };
    let added = place.desk.add_source(&place.machine, &source, &edit).unwrap();
    assert_eq!((added.output.way, added.output.place.as_str()), (SourceWay::Url, "https://h.example/…"));
    assert!(!format!("{added:?}{:?}", place.desk.history(None)).contains("hidden-key"));
    let job = place.desk.fetch_job(Some(&place.machine), "Work").unwrap();
    assert_eq!(job.address, Some(address));
    assert!(!format!("{job:?}").contains("hidden-key"));
    let next = SecretAddress::parse("https://h.example/other/cal.ics").unwrap();
    let edit = SourceEdit { address: Some(next), ..SourceEdit::default() };
    place.edit("Work", &edit);
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
    assert_eq!(place.status("Work").asleep, Some(SleepReason::NoAddress), "the old one is gone");
    assert_eq!(place.desk.confirm_source(&place.machine, "Work").unwrap_err().exit_code(), 4);
    place.edit("Work", &edit);
    assert_eq!(place.status("Work").asleep, None);
    place.desk.remove_source(Some(&place.machine), "Work").unwrap();
    place.desk.store.undo(place.desk.stamp(), None).unwrap();
    assert_eq!(place.status("Work").asleep, Some(SleepReason::NoAddress));
}

#[test]
fn a_source_in_a_new_place_offers_nothing_of_the_old_one() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", false).unwrap();
    let other = place.write("other.csv", JIRA);
    let edit = SourceEdit { place: Some((SourceWay::File, other)), ..SourceEdit::default() };
    place.edit("Jira", &edit);
    assert_eq!((place.status("Jira").offer(), place.status("Jira").state.error), (None, None));
    assert!(place.edit("Jira", &SourceEdit::default()).operation.is_none(), "nothing was changed");
    assert_eq!(place.desk.source(None, "Trello").unwrap_err().hint().as_deref(), Some("There is Jira."));
    let taken = place.desk.add_source(
        &place.machine,
        &DataSource::new("JIRA", SourceWhat::People, SourceWay::File, "x"),
        &SourceEdit::default(),
    );
    assert_eq!(taken.unwrap_err().to_string(), "there is a source Jira already");
}

#[test]
fn a_folder_is_one_calendar_and_one_broken_file_cancels_nothing() {
    let mut place = Place::new();
    let event = |uid: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20261224T100000Z\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    for uid in ["a", "b", "c"] {
        place.write(&format!("cal/{uid}.ics"), &event(uid));
    }
    let folder = place.folder.path().join("cal").to_str().unwrap().to_owned();
    place.add("Work", SourceWhat::Calendar, SourceWay::Folder, &folder);
    assert_eq!(place.refresh("Work", true).unwrap().offered, counts(0, 0, 0));
    std::fs::remove_file(place.folder.path().join("cal/b.ics")).unwrap();
    place.write("cal/c.ics", "no calendar");
    let taken = place.refresh("Work", false).unwrap();
    assert_eq!(taken.offered, counts(0, 0, 0), "c may be all there is of b");
    let SourceReport::Calendar(report) = taken.report else { panic!() };
    assert!(
        report.problems.iter().any(|(_, problem)| problem.message.starts_with("c.ics: this is no iCalendar")),
        "the name of the source stands before it: {report:?}"
    );
    place.write("cal/c.ics", &event("c"));
    assert_eq!(place.refresh("Work", false).unwrap().offered, counts(0, 0, 1));
    assert_eq!(place.status("Work").offer().as_deref(), Some("Work: 1 gone"));
    assert_eq!(place.refresh("Work", true).unwrap().offered, counts(0, 0, 0), "and it is cancelled");
    for uid in ["a", "c"] {
        place.write(&format!("cal/{uid}.ics"), "no calendar");
    }
    let error = place.refresh("Work", true).unwrap_err();
    assert!(error.to_string().starts_with("Work: a.ics: "), "{error}");
}

#[test]
fn a_download_is_as_old_as_its_file() {
    let mut place = Place::new();
    let file = place.write("jira-1.csv", JIRA);
    let pattern = place.folder.path().join("jira-*.csv").to_str().unwrap().to_owned();
    place.add("Jira", SourceWhat::Requests, SourceWay::Newest, &pattern);
    let then = place.desk.now().to_utc() - TimeDelta::days(9);
    std::fs::File::options().write(true).open(file).unwrap().set_modified(then.into()).unwrap();
    place.refresh("Jira", true).unwrap();
    let status = place.status("Jira");
    assert_eq!((status.age, status.stale.as_deref()), (Some(TimeDelta::days(9)), Some("Jira is 9 days old")));
    assert_eq!(status.state.refreshed, Some(place.desk.now().to_utc()));
    assert_eq!(place.desk.stale_sources(&[SourceWhat::Requests]).unwrap(), ["Jira is 9 days old"]);
    assert!(place.desk.stale_sources(&[SourceWhat::Calendar]).unwrap().is_empty());
}

#[test]
fn a_document_says_at_its_head_that_its_data_is_stale_whoever_reads_it_and_only_then() {
    let mut place = Place::new();
    let file = place.write("jira.csv", JIRA);
    let pattern = place.folder.path().join("jira*.csv").to_str().unwrap().to_owned();
    place.add("Jira", SourceWhat::Requests, SourceWay::Newest, &pattern);
    place.refresh("Jira", true).unwrap();
    let leadership = crate::domain::meeting::MeetingKind::Leadership;
    let documents = |place: &mut Place| {
        let pack = place.desk.standup(None).unwrap();
        let brief = place.desk.brief(None).unwrap().document;
        let today = place.desk.today();
        let reviews = [place.desk.week_review(today).unwrap(), place.desk.quarter_review(today).unwrap()];
        let load = place.desk.load_document(today, 10).unwrap();
        [pack.by_section, pack.by_person, brief, load].into_iter().chain(reviews)
    };
    crate::ops::kit::meet(&mut place.desk, "Leads", "2026-11-24T10:00", leadership, &[]);
    for document in documents(&mut place) {
        assert_eq!(document.staleness(), None, "{}", document.title);
        assert!(!serde_json::to_string(&document).unwrap().contains("\"stale\""));
    }
    let then = place.desk.now().to_utc() - TimeDelta::days(9);
    std::fs::File::options().write(true).open(file).unwrap().set_modified(then.into()).unwrap();
    place.refresh("Jira", true).unwrap();
    for document in documents(&mut place) {
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["stale"], "Jira is 9 days old", "{}", document.title);
        for reader in [Reader::Lead, Reader::Room { names_with_hours: false }] {
            for layout in Layout::ALL {
                let text = crate::export::render(&document, reader, *layout, 76);
                assert!(text.contains("Jira is 9 days old; what rests on it may be too."), "{layout} {text}");
            }
        }
    }
}

#[test]
fn a_source_reads_the_sheet_that_was_named_for_it() {
    let mut place = Place::new();
    let file = format!("{}/tests/data/plan.xls", env!("CARGO_MANIFEST_DIR"));
    place.add("Plan", SourceWhat::Requests, SourceWay::File, &file);
    let asked =
        |place: &Place| match place.desk.source_question(&place.status("Plan").source, Vec::new()).kind {
            ForeignKind::Requests { options, .. } => options.sheet,
            other => panic!("{other:?}"),
        };
    assert_eq!(asked(&place), None);
    let edit = |sheet: &str| SourceEdit { sheet: Some(sheet.to_owned()), ..SourceEdit::default() };
    place.desk.edit_source(&place.machine, "Plan", &edit(" Ideas 2027 ")).unwrap();
    assert_eq!(asked(&place).as_deref(), Some("Ideas 2027"));
    place.desk.edit_source(&place.machine, "Plan", &edit("")).unwrap();
    assert_eq!(asked(&place), None);
}

#[test]
fn a_plan_of_hours_is_read_again_while_its_days_go_by() {
    use crate::ops::kit::{begin, go, hours, join, left, request, shares_of};
    let mut place = Place::new();
    join(&mut place.desk, "Ana", "design");
    let request_id = request(&mut place.desk, "Film t3 ~40h due:2026-12-04");
    let plan = "Person,Request,From,To,Hours\nana,Film,2026-11-23,2026-11-27,20\n";
    let file = place.write("float.csv", plan);
    place.add("Float", SourceWhat::Shares, SourceWay::File, &file);
    assert_eq!(place.refresh("Float", false).unwrap().offered, counts(1, 0, 0));
    assert!(shares_of(&place.desk, request_id).is_empty(), "what is offered is not in");
    assert!(place.refresh("Float", true).unwrap().operation.is_some());
    begin(&mut place.desk, request_id);
    // Two days are over: each took four hours off. A plan that says the same puts none of them back.
    go(&mut place.desk, "2026-11-25");
    let taken = place.refresh("Float", true).unwrap();
    assert_eq!((taken.operation, taken.offered), (None, counts(0, 0, 0)));
    let left_of = |place: &Place| left(&place.desk, request_id).map(|all| all - hours(20));
    assert_eq!(left_of(&place), Some(hours(12)), "and twenty that nobody holds");
    place.write("float.csv", &plan.replace("27,20", "27,30"));
    assert_eq!(place.refresh("Float", false).unwrap().offered, counts(0, 1, 0));
    place.refresh("Float", true).unwrap();
    assert_eq!(
        left(&place.desk, request_id),
        Some(hours(32)),
        "thirty less eight, and ten that nobody holds"
    );
    // Through the page of what is offered it comes in under the name of its source, as by the key.
    place.write("float.csv", "Person,Request,From,To,Hours\nana,Film,2026-11-23,2026-11-30,30\n");
    let import = offered(&mut place, "Float");
    let set = place.desk.rehearse_file(&import, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(set.told(), "1 changed");
    place.desk.take_file(&import, &LineDecisions::default(), &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(shares_of(&place.desk, request_id)[0].to, "2026-11-30".parse().unwrap());
    go(&mut place.desk, "2026-12-10");
    assert_eq!(place.desk.stale_sources(&[SourceWhat::Shares]).unwrap(), ["Float is 15 days old"]);
}

#[test]
fn what_was_cancelled_here_before_it_went_counts_as_gone_alone() {
    let mut place = Place::new();
    let event = |uid: &str| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20261224T100000Z\nEND:VEVENT\n");
    let calendar = |events: &[&str]| {
        let events: String = events.iter().map(|uid| event(uid)).collect();
        format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    };
    let file = place.write("work.ics", &calendar(&["a", "b"]));
    place.add("Work", SourceWhat::Calendar, SourceWay::File, &file);
    place.refresh("Work", true).unwrap();
    place.desk.cancel_meeting(&"M-2".parse().unwrap()).unwrap();
    place.write("work.ics", &calendar(&["a"]));
    assert_eq!(place.refresh("Work", false).unwrap().offered, counts(0, 0, 1));
}

#[test]
fn what_is_odd_in_a_folder_of_calendars_is_told_with_its_file_and_no_more_is_taken_than_of_one() {
    use crate::import::calendar::{OwnNames, read_calendar};
    let read = |uid: &str, more: &str| {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{uid}\nDTSTART:20261224T100000Z\n{more}END:VEVENT\nEND:VCALENDAR\n"
        );
        read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap()
    };
    let source = DataSource::new("Work", SourceWhat::Calendar, SourceWay::Folder, "/x");
    let files = ["/x/a.ics", "/x/b.ics", "/x/c.ics"].map(std::path::PathBuf::from);
    let mut full = read("b", "");
    full.events = vec![full.events.remove(0); crate::domain::bounds::EVENTS];
    let answers = [read("a", "no line\n"), full, read("c", "")];
    let answers = answers.map(ForeignContent::Calendar).map(Ok).to_vec();
    let whole = take::one_calendar(&source, &files, answers).unwrap();
    let told: Vec<&str> = whole.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "a.ics: a line without a name and a value; passed over",
            "c.ics: the files before it hold 50000 events; left out"
        ]
    );
    assert!(!whole.is_whole && whole.events.iter().all(|event| event.uid != "c"));
}

#[test]
fn data_is_as_of_the_day_that_it_was_where_it_was_fetched() {
    use crate::domain::zone::{ZoneHistory, ZoneSince};
    let mut place = Place::new();
    place.desk = desk_at("2026-09-30T16:00:00+00:00");
    let file = place.write("jira.csv", JIRA);
    place.add("Jira", SourceWhat::Requests, SourceWay::File, &file);
    place.refresh("Jira", true).unwrap();
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
    let mut clock = Clock::fixed(at("2026-12-15T09:00:00+00:00"));
    let since = |text: &str, zone: chrono_tz::Tz| ZoneSince { at: at(text).to_utc(), zone: zone.into() };
    let zones = vec![
        since("2026-09-01T00:00:00+00:00", chrono_tz::Asia::Tokyo),
        since("2026-12-01T00:00:00+00:00", chrono_tz::UTC),
    ];
    clock.learn(&ZoneHistory::new(zones), None);
    place.desk.clock = clock;
    let day = |text: &str| text.parse().unwrap();
    let span = |to| crate::domain::measures::Span { from: day("2026-07-01"), to: day(to) };
    assert_ne!(place.desk.stale_data_of(span("2026-10-01")).unwrap(), "");
    assert_eq!(place.desk.stale_data_of(span("2026-09-30")).unwrap(), "", "in Tokyo it was October");
}
