//! Saved views of people in the load: their columns stand before the days, their groups under headings.

use super::Stage;
use super::screens::expect_text;
use crate::tui::view::theme::{Depth, Theme};

const OWN: &str = "[views.crew]\nlist = \"people\"\ncolumns = [\"discipline\", \"hours\", \"last\"]\ngroup = \"discipline\"\nletter = \"c\"\n\
    [views.wide]\nlist = \"people\"\ncolumns = [\"name\", \"holds\", \"discipline\", \"hours\", \"factor\"]\nletter = \"w\"\n";

fn own(size: (u16, u16)) -> Stage {
    Stage::configured(size, Theme::new(Depth::Many, false), OWN, |desk| desk.fill_demo().unwrap())
}

#[test]
fn screens_of_views_of_people() {
    for (name, keys) in
        [("view-people", "3 R c"), ("view-people-wide", "3 R w"), ("view-people-weeks", "3 w R c")]
    {
        for size in [(80, 24), (120, 36)] {
            let mut stage = own(size);
            stage.keys(keys);
            expect_text(&format!("{name}-{}x{}", size.0, size.1), &stage.screen());
        }
    }
}

#[test]
fn headings_are_passed_over_and_who_is_chosen_is_who_is_seen() {
    let mut stage = own((120, 36));
    let people = stage.0.0.snapshot.grid.rows.len();
    stage.keys("3 R c g g");
    let screen = stage.screen();
    assert!(screen.contains("hours a week") && screen.contains(" design  3"), "{screen}");
    let mut seen = Vec::new();
    for _ in 0..people {
        let person = stage.0.0.app.load.person(&stage.0.0.snapshot).expect("a heading is not stood on");
        assert!(!seen.contains(&person));
        seen.push(person);
        stage.keys("j");
    }
    // By groups now, which the discipline row adds up by itself.
    stage.keys("D");
    assert!(stage.0.0.app.load.person(&stage.0.0.snapshot).is_none());
    stage.keys("D esc");
    assert!(!stage.screen().contains("hours a week"), "{}", stage.screen());
}

/// What somebody's row says at its end.
fn said_of(screen: &str, handle: &str) -> String {
    let begin = format!(" {handle} ");
    let row = screen.lines().find(|line| line.starts_with(&begin)).unwrap_or_default();
    row.split('│').next().unwrap_or_default().to_owned()
}

#[test]
fn who_is_over_is_said_with_the_columns_of_a_view_too() {
    const FULL: &str = "[views.full]\nlist = \"people\"\nfilter = \"over:forced\"\norder = \"-hours\"\n\
        columns = [\"discipline\", \"hours\", \"first\"]\ngroup = \"discipline\"\nletter = \"f\"\n";
    for size in [(60, 20), (80, 24), (100, 30), (120, 36), (160, 45), (200, 50)] {
        for before in ["3 g g", "3 z g g", "3 w g g", "3 z w g g"] {
            let of = |keys: &str| {
                let theme = Theme::new(Depth::Many, false);
                let mut stage = Stage::configured(size, theme, FULL, |desk| desk.fill_demo().unwrap());
                stage.keys(before);
                stage.keys(keys);
                stage.screen()
            };
            let (plain, viewed) = (of("j k"), of("R f"));
            let over = |screen: &str| screen.lines().filter(|line| line.contains(" over ")).count();
            assert!(plain.contains(" over "), "{size:?} {before}\n{plain}");
            assert!(over(&viewed) > 0, "{size:?} {before}\n{plain}\n{viewed}");
            for line in viewed.lines().filter(|line| line.starts_with(" bo ")) {
                assert!(said_of(&viewed, "bo").contains(" over "), "{size:?} {before} {line}\n{viewed}");
            }
        }
    }
}

#[test]
fn empty_columns_give_way_and_what_has_no_room_is_told_whole_or_by_count() {
    const ALL: &str = "[views.all]\nlist = \"people\"\n\
        columns = [\"first\", \"last\", \"hours\", \"discipline\", \"holds\", \"factor\"]\nletter = \"f\"\n";
    for size in [(60, 20), (80, 24), (120, 36), (160, 45), (200, 50)] {
        for before in ["3", "3 z", "3 w", "3 z w"] {
            let theme = Theme::new(Depth::Many, false);
            let mut stage = Stage::configured(size, theme, ALL, |desk| desk.fill_demo().unwrap());
            stage.keys(before);
            stage.keys("R f");
            let screen = stage.screen();
            let rule = screen.lines().find(|line| line.contains("── Load")).unwrap_or_default();
            assert!(rule.contains(" Nov"), "{size:?} {before}\n{screen}");
            let told = rule.split("no room for ").nth(1);
            let is_whole = told.is_some_and(|told| !told.split(" ─").next().unwrap_or("…").contains('…'));
            assert!(is_whole || rule.contains(" no room"), "{size:?} {before}\n{screen}");
            assert!(is_whole || rule.contains("have no room"), "{size:?} {before}\n{screen}");
            // Nobody in the demo has a first day.
            if screen.contains(" first day ") {
                assert!(screen.contains("hours a week"), "{size:?} {before}\n{screen}");
            }
        }
    }
}

#[test]
fn no_empty_column_stands_where_one_that_says_something_has_no_room() {
    const FEW: &str = "[views.few]\nlist = \"people\"\ncolumns = [\"hours\", \"first\"]\nletter = \"f\"\n";
    for width in (60..160).step_by(4) {
        let theme = Theme::new(Depth::Many, false);
        let mut stage = Stage::configured((width, 36), theme, FEW, |desk| desk.fill_demo().unwrap());
        stage.keys("3 R f");
        let screen = stage.screen();
        // Nobody in the demo has a first day.
        assert!(!screen.contains(" first day  ") || screen.contains("hours a week"), "{width}\n{screen}");
    }
}

#[test]
fn a_group_is_no_column_too_and_one_week_is_a_week() {
    let mut stage = own((120, 36));
    stage.keys("3 R c");
    let screen = stage.screen();
    let head = screen.lines().find(|line| line.starts_with(" who ")).unwrap_or_default();
    assert!(!head.contains("discipline"), "{screen}");
    let mut stage = own((44, 20));
    stage.keys("3 w");
    let screen = stage.screen();
    assert!(!screen.contains("weeks of 23 Nov – 23 Nov"), "{screen}");
}

#[test]
fn a_filter_that_nobody_fits_says_so() {
    let mut stage = own((120, 36));
    stage.keys("3 / \"@zzz\" enter");
    let screen = stage.screen();
    assert!(screen.contains("Nobody fits the filter. Esc shows everybody again."), "{screen}");
    assert!(!screen.contains("Nobody is in the team"), "{screen}");
    stage.keys("enter");
    assert!(!stage.screen().contains("obody is in the team"), "{}", stage.screen());
    for (pane, size) in [("5", (120, 36)), ("6", (160, 45)), ("7", (80, 24))] {
        let mut stage = own(size);
        stage.keys(pane);
        stage.keys("/ \"zzzzz\" enter");
        let screen = stage.screen();
        assert!(screen.contains("Nothing fits the filter. Esc shows everything again."), "{screen}");
    }
}

#[test]
fn what_people_hold_is_completed_with_requests_and_once() {
    let mut stage = own((120, 36));
    stage.keys("3 / \"hol\" tab");
    assert!(stage.screen().contains("takes holds:R-"), "{}", stage.screen());
    stage.keys("tab");
    stage.keys("tab");
    let screen = stage.screen();
    assert!(screen.contains("holds:R-") && !screen.contains("holds:holds:"), "{screen}");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("/holds:R-") && !screen.contains("  0 fit"), "{screen}");
}

#[test]
fn a_role_without_a_contract_has_no_hours() {
    let mut stage = own((120, 36));
    stage.keys("3 R c");
    let screen = stage.screen();
    // Its heading begins with the same word.
    let role = screen.lines().find(|line| line.starts_with(" motion ") && line.contains(" to find"));
    assert!(role.is_some_and(|role| !role.contains("40h")), "{screen}");
}

#[test]
fn a_column_without_room_is_told_where_the_view_is_shown() {
    let mut stage = own((80, 24));
    stage.keys("3 R w");
    assert!(stage.screen().contains(" no room"), "{}", stage.screen());
}
