//! Sources in the cockpit: a page of them, what they offer, what they take in by themselves, and what failed.

use super::Stage;
use super::import::{file, titles};
use super::screens::expect_stage_at_all_sizes;
use crate::domain::source::{DataSource, SourceState, SourceWay, SourceWhat};
use crate::ops::sources::{Machine, SourceEdit};

pub(super) const TABLE: &str = "Title,Requester,Due,Hours\nAutumn window posters,Maya Lind,2026-12-04,16\n\
    Loyalty card mailer,Tom Reyes,2026-12-08,8\n";

pub(super) fn machine(folder: &tempfile::TempDir) -> Machine {
    Machine::of_config(&folder.path().join("config.toml"))
}

fn add(stage: &mut Stage, folder: &tempfile::TempDir, source: &DataSource) {
    let desk = &mut stage.0.0.desk;
    desk.add_source(&machine(folder), source, &SourceEdit::default()).unwrap();
    stage.0.0.watch_sources(Some(machine(folder)));
}

/// A table of requests in a folder, as a source.
pub(super) fn jira(folder: &tempfile::TempDir, text: &str) -> DataSource {
    let path = file(folder, "jira.csv", text);
    DataSource::new("Jira", SourceWhat::Requests, SourceWay::File, &path)
}

pub(super) fn on(size: (u16, u16), folder: &tempfile::TempDir, source: &DataSource) -> Stage {
    let mut stage = Stage::empty(size);
    add(&mut stage, folder, source);
    stage
}

#[test]
fn without_a_source_the_page_says_how_one_is_added() {
    expect_stage_at_all_sizes("sources-none", |stage| {
        stage.keys("g s");
    });
}

#[test]
fn every_source_has_a_row_that_says_how_it_stands() {
    expect_stage_at_all_sizes("sources", |stage| {
        let folder = tempfile::tempdir().unwrap();
        let planner = DataSource {
            at_start: true,
            ..DataSource::new("Planner", SourceWhat::Requests, SourceWay::File, "/srv/planner.csv")
        };
        add(stage, &folder, &planner);
        let tickets = DataSource {
            every: Some(30),
            ..DataSource::new("Tickets", SourceWhat::Requests, SourceWay::Command, "our-export --format csv")
        };
        add(stage, &folder, &tickets);
        // Another machine: nothing was confirmed on it.
        let other = tempfile::tempdir().unwrap();
        stage.0.0.watch_sources(Some(machine(&other)));
        stage.keys("g s B j");
    });
}

#[test]
fn what_a_source_brings_is_offered_looked_at_and_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = on((120, 36), &folder, &jira(&folder, TABLE));
    stage.keys("g s B");
    assert!(stage.screen().contains("2 new"), "{}", stage.screen());
    assert!(titles(&stage).is_empty(), "a refresh applies nothing");
    stage.keys("enter");
    assert!(stage.screen().contains("Import Jira") && stage.screen().contains("2 of 2 taken"));
    stage.keys("d");
    assert!(
        stage.screen().contains("Jira is a source: g s, then e on it, says how it is read"),
        "{}",
        stage.screen()
    );
    stage.keys("space enter");
    assert_eq!(titles(&stage), ["Loyalty card mailer"]);
    let screen = stage.screen();
    assert!(
        screen.contains("1 new") && screen.contains("undoes it"),
        "what was left out is offered: {screen}"
    );
    stage.keys("u");
    assert!(titles(&stage).is_empty());
    assert!(stage.screen().contains("2 new"), "undone, it is offered again: {}", stage.screen());
}

#[test]
fn enter_fetches_what_was_not_fetched_yet() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = on((80, 24), &folder, &jira(&folder, TABLE));
    stage.keys("g s enter");
    assert!(stage.screen().contains("2 of 2 taken"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("2 new") && titles(&stage).is_empty(), "{}", stage.screen());
}

#[test]
fn a_source_of_the_start_is_fetched_beside_the_keys_and_only_offers() {
    let folder = tempfile::tempdir().unwrap();
    let source = DataSource { at_start: true, ..jira(&folder, TABLE) };
    let mut stage = on((120, 36), &folder, &source);
    stage.0.0.refresh_due();
    assert!(titles(&stage).is_empty());
    assert!(stage.screen().contains("Jira: 2 new"), "{}", stage.screen());
    // The start is over.
    file(&folder, "jira.csv", "Title\nOne\n");
    stage.0.0.refresh_due();
    assert!(stage.screen().contains("Jira: 2 new"), "{}", stage.screen());
}

#[test]
fn nothing_is_fetched_while_others_look_on_or_in_a_made_up_studio() {
    let folder = tempfile::tempdir().unwrap();
    let source = DataSource { at_start: true, ..jira(&folder, TABLE) };
    let mut stage = on((120, 36), &folder, &source);
    stage.keys("f5");
    stage.0.0.refresh_due();
    assert!(!stage.screen().contains("Jira: 2 new"), "{}", stage.screen());
    stage.keys("f5");
    stage.0.0.watch_sources(None);
    stage.0.0.refresh_due();
    assert!(!stage.screen().contains("Jira: 2 new"), "{}", stage.screen());
    stage.0.0.watch_sources(Some(machine(&folder)));
    stage.0.0.refresh_due();
    assert!(stage.screen().contains("Jira: 2 new"), "the start comes later then: {}", stage.screen());
}

#[test]
fn a_source_that_is_set_to_takes_in_as_one_change_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let source = DataSource { at_start: true, applies: true, ..jira(&folder, TABLE) };
    let mut stage = on((120, 36), &folder, &source);
    stage.0.0.refresh_due();
    assert_eq!(titles(&stage).len(), 2);
    let screen = stage.screen();
    assert!(screen.contains("Jira: Imported 2 requests") && screen.contains("u takes it back"), "{screen}");
    stage.keys("u");
    if !titles(&stage).is_empty() {
        assert!(stage.screen().contains("Not from this cockpit"), "{}", stage.screen());
        stage.keys("t");
    }
    assert!(titles(&stage).is_empty());
    stage.keys("g s B");
    assert!(titles(&stage).is_empty(), "what was undone does not come back by itself");
    assert!(stage.screen().contains("2 new"), "{}", stage.screen());
}

#[test]
fn a_failure_is_kept_quietly_and_what_was_there_stands() {
    let folder = tempfile::tempdir().unwrap();
    let source = DataSource { at_start: true, applies: true, ..jira(&folder, TABLE) };
    let mut stage = on((120, 36), &folder, &source);
    stage.0.0.refresh_due();
    std::fs::remove_file(folder.path().join("jira.csv")).unwrap();
    stage.keys("esc g s B");
    assert_eq!(titles(&stage).len(), 2);
    assert!(stage.screen().contains("failed:"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("Jira failed"), "{}", stage.screen());
}

#[test]
fn a_command_runs_only_after_a_yes_that_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let source =
        DataSource::new("Tickets", SourceWhat::Requests, SourceWay::Command, "printf 'Title\\nOne\\n'");
    let mut stage = on((120, 36), &folder, &source);
    let other = tempfile::tempdir().unwrap();
    stage.0.0.watch_sources(Some(machine(&other)));
    stage.keys("g s B");
    assert!(stage.screen().contains("it is asleep"), "{}", stage.screen());
    stage.keys("Y");
    assert!(stage.screen().contains("Let Tickets run on this machine: printf"), "{}", stage.screen());
    stage.keys("n");
    assert!(stage.screen().contains("asleep"), "{}", stage.screen());
    stage.keys("Y y");
    assert!(stage.screen().contains("may run on this machine"), "{}", stage.screen());
    assert!(stage.0.0.desk.source(Some(&machine(&other)), "Tickets").unwrap().asleep.is_none());
}

#[test]
fn a_source_that_is_removed_comes_back_by_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = on((80, 24), &folder, &jira(&folder, TABLE));
    stage.keys("g s B x");
    assert!(stage.screen().contains("No source yet"), "{}", stage.screen());
    assert!(!stage.screen().contains("Jira: 2 new"), "{}", stage.screen());
    stage.keys("u");
    assert!(!stage.screen().contains("No source yet"), "{}", stage.screen());
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Planning\r\n\
    DTSTART:20261123T140000Z\r\nDTEND:20261123T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Both kinds of a source whose data is three days old, beside work and a meeting that come from nowhere.
fn grown_old(stage: &mut Stage, folder: &tempfile::TempDir) {
    let work = file(folder, "work.ics", CALENDAR);
    let work = DataSource::new("Work", SourceWhat::Calendar, SourceWay::File, &work);
    for source in [jira(folder, TABLE), work] {
        let source = DataSource { every: Some(30), applies: true, ..source };
        add(stage, folder, &source);
    }
    stage.0.0.desk.add("Banner for the site").unwrap();
    stage.0.0.refresh_due();
    let three_days_ago = "2026-11-20T09:00:00Z".parse().unwrap();
    for status in stage.0.0.desk.sources(None).unwrap() {
        let older = SourceState { data_from: Some(three_days_ago), ..status.state };
        stage.0.0.desk.store.note_source(status.source.id, &older).unwrap();
    }
    stage.0.0.watch_sources(Some(machine(folder)));
    stage.keys("esc");
}

#[test]
fn what_rests_on_stale_data_is_dimmed_and_says_so() {
    expect_stage_at_all_sizes("stale", |stage| grown_old(stage, &tempfile::tempdir().unwrap()));
}

#[test]
fn a_pane_and_a_page_say_how_old_their_source_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    grown_old(&mut stage, &folder);
    stage.keys("2");
    let screen = stage.screen();
    assert!(screen.contains("Jira is 3 days old"), "{screen}");
    stage.keys("4");
    let screen = stage.screen();
    assert!(screen.contains("Work is 3 days old") && screen.contains("Work 3 days old"), "{screen}");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("From") && screen.contains("Work, 3 days old"), "{screen}");
    stage.keys("esc");
    stage.keys("2 / \"mailer\" enter enter");
    let screen = stage.screen();
    assert!(screen.contains("Jira, 3 days old") && !screen.contains("content-"), "{screen}");
}

/// Whom the team and their absences come from, too old as well.
fn team_grown_old(stage: &mut Stage, folder: &tempfile::TempDir) {
    let people = file(folder, "people.csv", "Name,Handle\nAna Ruiz,ana\n");
    let away = file(folder, "away.csv", "Person,From,To\nAna Ruiz,2026-12-01,2026-12-02\n");
    for source in [
        DataSource::new("Team", SourceWhat::People, SourceWay::File, &people),
        DataSource::new("Leave", SourceWhat::Absences, SourceWay::File, &away),
    ] {
        add(stage, folder, &DataSource { every: Some(30), applies: true, ..source });
        stage.keys("g s M esc");
    }
    grown_old(stage, folder);
}

#[test]
fn boards_documents_and_people_say_what_they_rest_on_is_stale() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((160, 36));
    team_grown_old(&mut stage, &folder);
    // By number: outcomes, change, influence.
    for (key, words) in [
        ("5", "Outcomes  Jira is 3 days old"),
        ("6", "Change  Jira is 3 days old"),
        ("7", "Influence  Jira is 3 days old, and 1 more"),
    ] {
        stage.keys(key);
        let screen = stage.screen();
        assert!(screen.contains(words), "{screen}");
    }
    stage.keys("1 s");
    assert!(stage.screen().contains("is 3 days old, and 3 more"), "{}", stage.screen());
    stage.keys("esc g p");
    let screen = stage.screen();
    assert!(screen.contains("Team is 3 days old") && screen.contains("Leave is 3 days old"), "{screen}");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("Team is 3 days old") && screen.contains("Leave is 3 days old"), "{screen}");
}

#[test]
fn people_whose_source_is_stale_are_dim_in_the_load() {
    let folder = tempfile::tempdir().unwrap();
    let name = |stage: &Stage| {
        let frame = stage.0.frame();
        let wide = usize::from(frame.area.width);
        let text: Vec<&str> = frame.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        let at = text.windows(4).position(|part| part == [" ", "a", "n", "a"]).unwrap() + 1;
        assert!(at / wide < 6, "in the first rows");
        frame.content()[at].style()
    };
    let mut stage = Stage::empty((120, 36));
    team_grown_old(&mut stage, &folder);
    stage.keys("1");
    let theme = stage.0.0.app.theme;
    let dim = ratatui::style::Style::reset().patch(theme.dim());
    assert_eq!((name(&stage).fg, name(&stage).add_modifier), (dim.fg, dim.add_modifier));
    for status in stage.0.0.desk.sources(None).unwrap() {
        let newer = SourceState { data_from: Some(stage.0.0.desk.now().to_utc()), ..status.state };
        stage.0.0.desk.store.note_source(status.source.id, &newer).unwrap();
    }
    stage.0.0.watch_sources(Some(machine(&folder)));
    stage.keys("esc");
    assert_ne!(
        (name(&stage).fg, name(&stage).add_modifier),
        (dim.fg, dim.add_modifier),
        "{}",
        stage.screen()
    );
}

#[test]
fn what_is_fresh_says_nothing_of_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = on((160, 36), &folder, &jira(&folder, TABLE));
    stage.keys("g s B esc");
    for keys in ["5", "6", "7", "1 s", "esc g p"] {
        stage.keys(keys);
        assert!(!stage.screen().contains(" old"), "{}", stage.screen());
    }
}

/// The whole store as data, but for how its sources stand, which is nobody's work.
fn whole(stage: &Stage) -> serde_json::Value {
    let mut all = serde_json::to_value(stage.0.0.desk.store.dump().unwrap()).unwrap();
    all["tables"].as_object_mut().unwrap().remove("source_state");
    all
}

#[test]
fn a_morning_of_three_sources_is_looked_at_chosen_from_taken_in_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    crate::ops::kit::add(&mut stage.0.0.desk, &[("name", "Ana Ruiz"), ("handle", "ana")]);
    let requests = format!("{TABLE}Menu insert,Maya Lind,2026-12-09,4\nTent card,Tom Reyes,2026-12-10,2\n");
    let away = file(&folder, "away.csv", "Person,From,To\nAna Ruiz,2026-12-01,2026-12-02\n");
    let sources = [
        jira(&folder, &requests),
        DataSource::new("Float", SourceWhat::Absences, SourceWay::File, &away),
        DataSource::new("Work", SourceWhat::Calendar, SourceWay::File, "/no/such/folder/work.ics"),
    ];
    for source in sources {
        add(&mut stage, &folder, &DataSource { at_start: true, ..source });
    }
    let before = whole(&stage);
    stage.0.0.refresh_due();
    let header = stage.screen();
    assert!(header.contains("Float: 1 new · +1 more · Work failed"), "{header}");
    assert_eq!(whole(&stage), before, "offered, and nothing more");
    stage.keys("g s");
    let page = stage.screen();
    assert!(page.contains("failed:") && page.contains("work.ics"), "{page}");
    // By name: Float, Jira, Work.
    stage.keys("enter");
    assert!(stage.screen().contains("Import Float") && stage.screen().contains("1 of 1 taken"));
    stage.keys("enter j enter down space down space");
    let page = stage.screen();
    assert!(page.contains("Import Jira") && page.contains("2 of 4 taken"), "{page}");
    stage.keys("enter");
    assert_eq!(titles(&stage), ["Autumn window posters", "Tent card"]);
    assert_eq!(stage.0.0.desk.store.absences().unwrap().len(), 1);
    assert!(stage.screen().contains("failed:"), "the third still says so: {}", stage.screen());
    stage.keys("u u");
    assert_eq!(whole(&stage), before);
    assert!(stage.screen().contains("4 new") && stage.screen().contains("1 new"), "{}", stage.screen());
}
