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

/// What is chosen in the list that has the keyboard.
fn chosen(stage: &Stage) -> String {
    let (app, snapshot) = (&stage.0.0.app, &stage.0.0.snapshot);
    match app.focus {
        PaneId::Intake => format!("{:?}", app.intake.selected()),
        PaneId::Load => format!("{:?}", app.load.person(snapshot)),
        PaneId::Meetings => format!("{:?}", app.meetings.chosen(snapshot).map(|meeting| &meeting.key)),
        board => format!("{:?}", board.board().map(|index| app.boards[index].chosen())),
    }
}

#[test]
fn a_view_a_search_without_a_find_and_one_given_up_give_the_row_back_in_every_list() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut stage = Stage::demo(size);
        for (pane, views) in [
            ("2", &["late", "closed"][..]),
            ("3", &["forced over"]),
            ("4", &["not reflected", "cancelled meetings"]),
            ("5", &["no target yet"]),
            ("6", &["everything"]),
            ("7", &["owed by us", "gone cold"]),
        ] {
            stage.keys(pane).keys("g g j j");
            let before = chosen(&stage);
            assert!(before.contains("Some"), "{pane}: {before}");
            let mut others = Vec::new();
            for keys in views.iter().map(|view| format!(": \"view {view}\" enter")) {
                others.push((keys, "esc"));
            }
            others.push(("/ \"zzzqq\" enter".to_owned(), "esc"));
            others.push(("/ \"e\"".to_owned(), "esc"));
            others.push(("/ \"zzzqq\"".to_owned(), "esc"));
            for (there, back) in others {
                stage.keys(&there);
                stage.keys(back);
                assert_eq!(chosen(&stage), before, "{size:?} {pane} {there}: {}", stage.screen());
            }
        }
    }
}

#[test]
fn what_was_gone_to_in_a_view_and_what_a_search_found_is_kept() {
    let mut stage = Stage::demo((120, 36));
    for (there, back) in [
        ("2 g g : \"view late\" enter j", "esc"),
        ("2 g g / \"o\" enter j", "esc"),
        ("2 g g / \"booth\" enter", "esc"),
        ("3 g g / \"e\" enter j j", "esc"),
        ("4 g g / \"e\" enter j j", "esc"),
        ("7 g g / \"e\" enter j j", "esc"),
    ] {
        stage.keys(there);
        let found = chosen(&stage);
        stage.keys(back);
        assert_eq!(chosen(&stage), found, "{there}: {}", stage.screen());
    }
}

#[test]
fn an_open_bracket_or_quote_goes_on_narrowing_while_it_is_typed() {
    let mut stage = Stage::demo((120, 36));
    let shown = |stage: &Stage| {
        let (app, snapshot) = (&stage.0.0.app, &stage.0.0.snapshot);
        match app.focus {
            PaneId::Intake => app.intake.marked_or_shown(snapshot).len(),
            PaneId::Meetings => app.meetings.marked_or_shown(snapshot).len(),
            board => board.board().map_or(0, |index| app.boards[index].marked_or_shown(snapshot).len()),
        }
    };
    for pane in ["2", "4", "5", "6", "7"] {
        stage.keys(pane);
        let all = shown(&stage);
        for text in ["zzq", "e"] {
            stage.keys(&format!("/ \"{text}\""));
            let narrowed = shown(&stage);
            assert!(narrowed < all || text == "e", "{pane}");
            stage.keys("esc");
            for open in ["(", "-(-(", "„", "(nord or "] {
                stage.keys(&format!("/ \"{open}{text}\""));
                let now = shown(&stage);
                let is_right = if open.contains("or") { now >= narrowed } else { now == narrowed };
                assert!(is_right, "{pane} {open}{text}: {now} of {narrowed}: {}", stage.screen());
                stage.keys("esc");
            }
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

#[test]
fn closed_work_is_reopened_in_its_view_and_the_cursor_goes_on_to_the_next_closed_one() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::demo(size);
        stage.keys("2 g g j j");
        let before = chosen(&stage);
        stage.keys("R c g g j j");
        stage.keys("j");
        let below = chosen(&stage);
        stage.keys("k");
        let reopened = stage.0.0.app.intake.selected().unwrap();
        stage.keys("S p");
        assert!(stage.0.0.snapshot.row(reopened).is_some_and(|row| !row.request.stage.is_closed()));
        assert_eq!(chosen(&stage), below, "{}", stage.screen());
        stage.keys("esc");
        assert_eq!(chosen(&stage), before, "{}", stage.screen());
        stage.keys("u");
        assert!(!stage.0.0.snapshot.rows.iter().any(|row| row.request.id == reopened), "{}", stage.screen());
        assert_eq!(chosen(&stage), before, "{}", stage.screen());
    }
}
