//! Where the cockpit stood: the same on the same day, after a crash too; the top of the queue in another sitting; a
//! place each for two that are open at once.

use std::path::Path;

use chrono::DateTime;

use super::Stage;
use crate::config::Config;
use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::ops::kit::move_clock;
use crate::store::{Origin, Store};
use crate::tui::app::App;
use crate::tui::app::keymap::Keymap;
use crate::tui::panes::row_before::Filtered;
use crate::tui::rehearsal::Rehearsal;
use crate::tui::run_loop::Cockpit;
use crate::tui::view::layout::PaneId;
use crate::tui::view::theme::{Depth, Theme};

/// Killed soon after the last key, and started again when its clock says another time.
fn killed(mut stage: Stage, instant: &str) -> Stage {
    stage.pause();
    let Cockpit { mut desk, app, .. } = stage.0.0;
    move_clock(&mut desk, instant);
    let anew = App::new(app.keymap, app.theme, desk.today());
    Stage(Rehearsal::on(desk, anew, app.size).unwrap())
}

fn chosen(stage: &Stage) -> Option<RequestId> {
    stage.0.0.app.intake.selected()
}

/// The screen without header and footer, which the clock alone moves.
fn body(stage: &Stage) -> String {
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let height = usize::from(stage.0.0.app.size.1);
    lines[2..height - 2].join("\n")
}

#[test]
fn the_same_day_goes_on_where_it_stopped_in_every_pane_also_after_a_crash() {
    for keys in [
        "2 pgdn j j",
        "/ \"stage:in-progress\" enter j j",
        "/ \"stage:delivered\" enter j",
        "3 j j l l w",
        "3 D j",
        "3 / \"bo\" enter",
        "4 j j j",
        "4 S j",
        "4 l",
        "4 / \"steering\" enter",
        "5 j j",
        "6 l j",
        "7 / \"owen\" enter",
        "3 g o c j",
        "4 R n j",
        "4 g o b j",
        "5 g o b j",
        "6 g o c",
        "7 R o j",
        "7 g o b j",
        "tab z j",
    ] {
        for size in [(80, 24), (120, 36)] {
            let mut stage = Stage::demo(size);
            stage.keys(keys);
            let before = body(&stage);
            let stage = killed(stage, "2026-11-23T09:12:59+00:00");
            assert_eq!(body(&stage), before, "{keys} at {size:?}");
        }
    }
}

#[test]
fn another_sitting_begins_at_the_top_with_nothing_hidden_and_the_old_row_is_one_step_back() {
    for (instant, is_same) in [
        ("2026-11-23T09:12:00+00:00", true),
        ("2026-11-23T11:11:59+00:00", true),
        ("2026-11-23T11:12:00+00:00", false),
        ("2026-11-23T16:00:00+00:00", false),
        ("2026-11-24T00:30:00+00:00", false),
        ("2026-11-24T09:00:00+00:00", false),
        ("2026-11-30T08:40:00+00:00", false),
        // The clock was put back by a little, as machines do.
        ("2026-11-23T09:10:00+00:00", true),
    ] {
        let mut stage = Stage::demo((120, 36));
        stage.keys("2 / \"stage:in-progress\" enter j j").pause();
        stage.keys("3");
        let old = chosen(&stage);
        let stage = &mut killed(stage, instant);
        let app = &stage.0.0.app;
        if is_same {
            assert_eq!((chosen(stage), app.focus, app.is_zoomed), (old, PaneId::Load, true), "{instant}");
            assert_eq!(app.intake.filter_text(), "stage:in-progress", "{instant}");
            continue;
        }
        assert_eq!(
            (app.focus, app.is_zoomed, app.intake.filter_text()),
            (PaneId::Intake, false, ""),
            "{instant}"
        );
        assert_eq!(chosen(stage), stage.0.0.snapshot.rows.first().map(|row| row.request.id), "{instant}");
        assert!(stage.screen().contains("Alt+Left goes back to R-"), "{instant}\n{}", stage.screen());
        stage.keys("alt-left");
        assert_eq!(
            (chosen(stage), stage.0.0.app.intake.filter_text()),
            (old, "stage:in-progress"),
            "{instant}"
        );
        stage.keys("alt-right");
        assert_eq!(stage.0.0.app.intake.filter_text(), "", "{instant}");
    }
}

#[test]
fn midnight_ends_a_sitting_however_short_it_was() {
    // Wide enough for the rule to say the row beside how many are late.
    let mut stage = Stage::demo((160, 36));
    move_clock(&mut stage.0.0.desk, "2026-11-23T23:50:00+00:00");
    stage.keys("j j j");
    let stage = killed(stage, "2026-11-24T00:10:00+00:00");
    assert!(stage.screen().contains("row 1 of"), "{}", stage.screen());
}

#[test]
fn what_was_half_typed_comes_back_with_the_place() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("j j e ctrl-u \"Another ti\"");
    let mut stage = killed(stage, "2026-11-23T10:00:00+00:00");
    assert!(stage.screen().contains("kept from last time: “Another ti”"), "{}", stage.screen());
    stage.keys("e");
    assert!(stage.screen().contains("Another ti"), "{}", stage.screen());
}

/// A cockpit on a file at a time.
fn open(path: &Path, instant: &str) -> Stage {
    let clock = Clock::fixed(DateTime::parse_from_rfc3339(instant).unwrap());
    let config = Config::defaults();
    let (keymap, _) = Keymap::new(&config);
    let mut desk = Desk::new(Store::open(path).unwrap().0, config, clock, Origin::Cockpit);
    if desk.store.open_requests().unwrap().is_empty() {
        desk.fill_demo().unwrap();
    }
    let app = App::new(keymap, Theme::new(Depth::Many, false), desk.today());
    Stage(Rehearsal::on(desk, app, (160, 36)).unwrap())
}

/// The words of the list alone, without what an hour changes: how much of the day is still free, what its page says.
fn timeless(body: &str) -> String {
    let list = body.lines().filter_map(|line| line.split(['│', '┬']).next());
    // Of the standup that is still to come is said what its page will begin with.
    let told = list.filter(|line| !line.contains(" free") && !line.contains("Studio standup"));
    told.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn two_cockpits_keep_a_place_each_and_the_next_takes_the_one_left_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let (nine, ten) = ("2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00");
    let mut one = open(&path, nine);
    one.keys("j j j").pause();
    let mut other = open(&path, nine);
    assert!(other.screen().contains("row 1 of"), "the first one's place is its own: {}", other.screen());
    other.keys("4 j").pause();
    let (row, meetings) = (body(&one), body(&other));
    // A key in one does not move the other, and leaving neither takes its place along.
    other.0.0.leave();
    drop(other);
    let again = open(&path, ten);
    assert_eq!(
        timeless(&body(&again)),
        timeless(&meetings),
        "the one that is left, not the newer one that is open"
    );
    drop(again);
    std::thread::sleep(std::time::Duration::from_millis(20));
    one.0.0.leave();
    drop(one);
    let (first, second) = (open(&path, ten), open(&path, ten));
    assert_eq!(timeless(&body(&first)), timeless(&row));
    assert_eq!(timeless(&body(&second)), timeless(&meetings));
}

#[test]
fn a_second_cockpit_beside_one_that_is_presenting_presents_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let nine = "2026-11-23T09:00:00+00:00";
    let mut one = open(&path, nine);
    one.keys("f5");
    assert!(open(&path, nine).screen().contains("PRESENTING"));
}

#[test]
fn what_one_cockpit_has_seen_is_no_news_in_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let (nine, ten) = ("2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00");
    open(&path, nine).keys("j").pause();
    let clock = Clock::fixed(DateTime::parse_from_rfc3339(nine).unwrap());
    let mut desk = Desk::new(Store::open(&path).unwrap().0, Config::defaults(), clock, Origin::CommandLine);
    desk.add("Quick poster requester:Mara").unwrap();
    drop(desk);
    let (mut one, mut other) = (open(&path, ten), open(&path, ten));
    for stage in [&one, &other] {
        assert!(stage.screen().contains("1 in  '"), "{}", stage.screen());
    }
    one.keys("'");
    other.pause();
    drop((one, other));
    for _ in 0..2 {
        assert!(!open(&path, ten).screen().contains("1 in  '"));
    }
}

/// What the rule over the page on top says.
fn page(stage: &Stage) -> String {
    let screen = stage.screen();
    screen.lines().find(|line| line.contains("── ")).unwrap_or_default().chars().take(24).collect()
}

#[test]
fn what_was_visited_is_gone_back_to_after_a_restart_on_the_same_day() {
    let visit = || {
        let mut stage = Stage::demo((120, 36));
        stage.keys(
            "j enter esc 5 enter esc 4 enter esc 3 P esc s esc b esc W esc 2 / \"stage:new\" enter j G",
        );
        stage
    };
    let way = |stage: &mut Stage| -> Vec<String> {
        let step = |stage: &mut Stage| {
            stage.keys("alt-left");
            page(stage)
        };
        (0..12).map(|_| step(stage)).collect()
    };
    let before = way(&mut visit());
    assert!(before.iter().collect::<std::collections::BTreeSet<_>>().len() > 6, "{before:?}");
    let mut again = killed(visit(), "2026-11-23T09:40:00+00:00");
    assert_eq!(way(&mut again), before);
    // Halfway on the way back there is a way forward too.
    let mut stage = visit();
    stage.keys("alt-left alt-left alt-left");
    let mut again = killed(stage, "2026-11-23T09:40:00+00:00");
    again.keys("alt-right");
    assert!(!again.screen().contains("nothing was visited"), "{}", again.screen());
    // In another sitting of the day the old row comes first, and all before it behind.
    let mut later = killed(visit(), "2026-11-23T16:00:00+00:00");
    later.keys("alt-left");
    assert_eq!(later.0.0.app.intake.filter_text(), "stage:new");
    let pages = way(&mut later);
    assert!(before.iter().filter(|page| pages.contains(*page)).count() > 6, "{pages:?}");
    let mut tomorrow = killed(visit(), "2026-11-24T09:00:00+00:00");
    tomorrow.keys("alt-left");
    assert_eq!(tomorrow.0.0.app.intake.filter_text(), "stage:new", "the old row alone");
    tomorrow.keys("alt-left");
    assert!(tomorrow.screen().contains("nothing was visited before this"), "{}", tomorrow.screen());
}

#[test]
fn what_is_gone_after_a_restart_is_passed_over() {
    let mut stage = Stage::demo((120, 36));
    let mut added = Vec::new();
    for title in ["One", "Two", "Three"] {
        stage.keys(&format!("a \"{title} banner\" enter enter"));
        added.push(page(&stage));
        stage.keys("esc");
    }
    stage.keys("5 enter esc 2");
    stage.pause();
    // Undone by hand meanwhile: their pages cannot be read any more.
    for _ in 0..2 {
        stage.keys("u");
    }
    let mut again = killed(stage, "2026-11-23T09:40:00+00:00");
    let mut pages = Vec::new();
    for _ in 0..8 {
        again.keys("alt-left");
        pages.push(page(&again));
    }
    assert!(
        pages.contains(&added[0]) && !pages.contains(&added[1]) && !pages.contains(&added[2]),
        "{pages:?}"
    );
    assert!(again.screen().contains("nothing was visited before this"), "{}", again.screen());
    again.keys("alt-right alt-right alt-right alt-right");
}
