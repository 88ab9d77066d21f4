//! Saved views and orders of every list: chosen, told, come back to.

use super::Stage;
use super::screens::expect_text;
use crate::domain::view::ListKind;
use crate::tui::view::layout::PaneId;
use crate::tui::view::theme::{Depth, Theme};

const OWN: &str = "[views.soon]\nlist = \"promises\"\nfilter = \"is:open\"\norder = \"due\"\ngroup = \"who\"\ncolumns = [\"way\", \"due\"]\nletter = \"s\"\n\
    [views.rooms]\nlist = \"meetings\"\ngroup = \"kind\"\ncolumns = [\"with\", \"length\"]\nletter = \"r\"\n";

fn own(size: (u16, u16)) -> Stage {
    Stage::configured(size, Theme::new(Depth::Many, false), OWN, |desk| desk.fill_demo().unwrap())
}

#[test]
fn screens_of_views_and_orders() {
    for (name, keys) in [
        ("view-meetings", "4 R n"),
        ("view-meetings-grouped", "4 R r"),
        ("order-meetings", "4 g o b"),
        ("view-promises", "7 R o"),
        ("view-promises-grouped", "7 R s"),
        ("order-outcomes", "5 g o b"),
        ("order-load", "3 g o d"),
        ("view-menu", "4 R"),
    ] {
        for size in [(80, 24), (120, 36)] {
            let mut stage = own(size);
            stage.keys(keys);
            expect_text(&format!("{name}-{}x{}", size.0, size.1), &stage.screen());
        }
    }
}

#[test]
fn back_from_closed_work_or_from_nothing_the_row_is_chosen_that_was_before() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::demo(size);
        stage.keys("2 j j");
        let before = stage.0.0.app.intake.selected();
        for (there, back) in
            [("R c", "R 0"), ("/ \"view:closed\" enter G k", "esc"), ("/ \"zzzqq\" enter", "esc")]
        {
            stage.keys(there);
            assert_ne!(stage.0.0.app.intake.selected(), before, "{there}");
            stage.keys(back);
            assert_eq!(stage.0.0.app.intake.selected(), before, "{there}: {}", stage.screen());
        }
    }
}

#[test]
fn the_views_of_the_list_that_has_the_keyboard_are_offered_and_those_of_others_behind_a_figure() {
    let mut stage = Stage::demo((120, 36));
    for (pane, views, other) in [
        ("2", &["late", "closed"][..], "not reflected"),
        ("3", &["forced over"], "late"),
        ("4", &["not reflected", "cancelled meetings"], "new this week"),
        ("5", &["no target yet"], "owed by us"),
        ("6", &["everything"], "owed by us"),
        ("7", &["owed by us", "gone cold"], "no target yet"),
    ] {
        stage.keys(pane).keys("R");
        let screen = stage.screen();
        let menu = &screen[screen.find("Saved views of").unwrap()..];
        assert!(views.iter().all(|view| menu.contains(view)) && !menu.contains(other), "{pane}: {menu}");
        stage.keys("esc");
    }
    // From the queue to a board and to meetings, each with its view.
    stage.keys("2 R 7 o");
    assert_eq!(stage.0.0.app.focus, PaneId::Influence);
    assert!(stage.screen().contains("/view:\"owed by us\""), "{}", stage.screen());
    stage.keys("R 4 n");
    assert_eq!(stage.0.0.app.focus, PaneId::Meetings);
    assert!(stage.screen().contains("/view:\"not reflected\""), "{}", stage.screen());
    stage.keys("esc");
    assert!(!stage.screen().contains("view:"), "{}", stage.screen());
}

#[test]
fn a_list_is_ordered_by_a_column_of_its_own_and_its_rule_says_it() {
    let mut stage = Stage::demo((120, 36));
    for (pane, column, told) in [
        ("3", "discipline", "by discipline"),
        ("4", "title", "by title"),
        ("5", "due", "by due"),
        ("6", "hours", "by hours a week"),
        ("7", "trust", "by trust"),
    ] {
        stage.keys(pane).keys(&format!(": \"order {column}\" enter"));
        assert!(stage.screen().contains(told), "{pane}: {}", stage.screen());
        stage.keys(&format!(": \"order -{column}\" enter"));
        assert!(stage.screen().contains(&format!("{told}, backwards")), "{pane}: {}", stage.screen());
        stage.keys("g o 0");
        assert!(!stage.screen().contains(told), "{pane}: {}", stage.screen());
    }
    stage.keys("4 : \"order score\"");
    assert!(stage.screen().contains("`score` is not a column of meetings"), "{}", stage.screen());
}

#[test]
fn on_a_board_the_list_under_the_cursor_is_ordered() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut stage = Stage::demo(size);
        stage.keys("7 h g g");
        assert_eq!(stage.0.0.app.list(), ListKind::Stakeholders);
        stage.keys("g o");
        assert!(stage.screen().contains("Order stakeholders by"), "{}", stage.screen());
        stage.keys("esc");
        if size.0 > 140 {
            stage.keys("l");
        }
        for _ in 0..40 {
            if stage.0.0.app.list() == ListKind::Promises {
                break;
            }
            stage.keys("j");
        }
        let before = stage.0.0.app.boards[2].chosen();
        stage.keys(": \"order -due\" enter");
        assert!(stage.screen().contains("by due, backwards"), "{}", stage.screen());
        assert_eq!(stage.0.0.app.boards[2].chosen(), before, "what was chosen stays so");
        let promises: Vec<String> = stage.0.0.app.boards[2]
            .marked_or_shown(&stage.0.0.snapshot)
            .iter()
            .map(ToString::to_string)
            .collect();
        let due = |key: &String| {
            let found = stage.0.0.snapshot.books.promises.iter().find(|it| it.id.to_string() == *key);
            found.and_then(|it| it.due)
        };
        let days: Vec<_> = promises.iter().filter_map(due).collect();
        assert!(days.len() > 1 && days.is_sorted_by(|one, other| one >= other), "{days:?}");
    }
}

#[test]
fn a_view_of_records_shows_what_is_closed_too_and_marks_and_opens_work_in_it() {
    let text = "[views.kept]\nlist = \"promises\"\nfilter = \"is:closed\"\nletter = \"k\"\n";
    let mut stage = Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |desk| {
        desk.fill_demo().unwrap();
    });
    stage.keys("7 R k");
    let closed = stage.0.0.snapshot.books.promises.iter().filter(|it| !it.is_open()).count();
    assert!(closed > 0 && stage.screen().contains(&format!("{closed} fit")), "{}", stage.screen());
    // When it was kept is not told anew by a key, alone or among others.
    let promises = format!("{:?}", stage.0.0.snapshot.books.promises);
    for keys in [">", "space space >"] {
        stage.keys(keys);
        assert!(stage.screen().contains("has its day, kept on"), "{}", stage.screen());
        assert_eq!(format!("{:?}", stage.0.0.snapshot.books.promises), promises);
    }
    stage.keys("esc g g");
    let chosen = stage.0.0.app.boards[2].chosen().unwrap();
    stage.keys("enter");
    assert!(stage.screen().contains(&chosen.to_string()), "{}", stage.screen());
    stage.keys("esc V");
    assert!(stage.screen().contains(&format!("{closed} marked")), "{}", stage.screen());
}

#[test]
fn a_view_is_found_by_its_name_wherever_it_belongs() {
    let mut stage = Stage::demo((120, 36));
    for (name, pane) in [
        ("owed by us", PaneId::Influence),
        ("no target yet", PaneId::Outcomes),
        ("cancelled meetings", PaneId::Meetings),
        ("forced over", PaneId::Load),
        ("late", PaneId::Intake),
    ] {
        stage.keys(&format!(": \"view {name}\" enter"));
        assert_eq!(stage.0.0.app.focus, pane, "{name}: {}", stage.screen());
        assert!(stage.screen().contains("view:"), "{}", stage.screen());
    }
    stage.keys("? \"gone cold\"");
    assert!(stage.screen().contains("Show the view gone cold of stakeholders"), "{}", stage.screen());
    assert!(stage.screen().contains("R 7 c"), "{}", stage.screen());
    stage.keys("esc : \"view owed by is\"");
    assert!(stage.screen().contains("did you mean `owed by us`?"), "{}", stage.screen());
    // Only views of what stands here can narrow it.
    stage.keys("esc 4 / \"view:late\"");
    assert!(stage.screen().contains("late is a view of requests, not of meetings"), "{}", stage.screen());
    stage.keys("ctrl-u \"view:c\"");
    assert!(stage.screen().contains("cancelled meetings"), "{}", stage.screen());
}
