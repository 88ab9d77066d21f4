//! Back and forward through what was visited, and which row is chosen once something was written.

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::Stage;
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage as Step;
use crate::tui::panes::row_before::Filtered;
use crate::tui::view::layout::PaneId;

fn chosen(stage: &Stage) -> Option<RequestId> {
    stage.0.0.app.intake.selected()
}

fn order(stage: &Stage) -> Vec<RequestId> {
    stage.0.0.snapshot.rows.iter().map(|row| row.request.id).collect()
}

/// What the rule over the page on top says, or the pane.
fn place(stage: &Stage) -> String {
    let screen = stage.screen();
    screen.lines().find(|line| line.contains("── ")).unwrap_or_default().chars().take(40).collect()
}

#[test]
fn pages_and_rows_are_gone_back_to_and_forward_again() {
    let mut stage = Stage::demo((80, 24));
    stage.keys("alt-left");
    assert!(stage.screen().contains("nothing was visited before this"), "{}", stage.screen());
    stage.keys("j j");
    let row = chosen(&stage);
    stage.keys("enter");
    let page = place(&stage);
    assert!(page.contains(&row.unwrap().to_string()), "{page}");
    stage.keys("esc g g");
    assert_ne!(chosen(&stage), row);
    let top = chosen(&stage);
    // From the top of the queue to the row, the page opened there, and all the way forward again.
    stage.keys("alt-left");
    assert_eq!((chosen(&stage), stage.0.0.app.overlays.len()), (row, 0));
    stage.keys("alt-left");
    assert_eq!(place(&stage), page);
    stage.keys("alt-left");
    assert!(stage.screen().contains("nothing was visited before this"), "{}", stage.screen());
    stage.keys("alt-right alt-right");
    assert_eq!((chosen(&stage), stage.0.0.app.overlays.len()), (top, 0));
    stage.keys("alt-right");
    assert!(stage.screen().contains("nothing was visited after this"), "{}", stage.screen());
}

#[test]
fn every_kind_of_page_is_come_back_to_after_it_was_closed() {
    for (keys, what) in [
        ("4 enter", "a meeting"),
        ("3 P", "a person"),
        ("5 enter", "an outcome"),
        ("7 enter", "a stakeholder"),
        ("s", "the standup"),
        ("b", "the brief"),
        ("W", "the review"),
        ("3 enter", "a cell"),
    ] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(keys);
        assert!(!stage.0.0.app.overlays.is_empty(), "{what}: {}", stage.screen());
        let page = place(&stage);
        stage.keys("esc 1 j alt-left");
        assert_eq!(place(&stage), page, "{what}");
        stage.keys("esc");
        assert!(stage.0.0.app.overlays.is_empty(), "{what}: one step closes it");
    }
}

#[test]
fn a_row_is_come_back_to_under_the_filter_it_stood_under_and_one_that_went_is_said() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("/ \"stage:in-progress\" enter j");
    let row = chosen(&stage);
    stage.keys("3 2 esc G");
    assert_eq!(stage.0.0.app.intake.filter_text(), "");
    stage.keys("alt-left alt-left");
    assert_eq!((chosen(&stage), stage.0.0.app.intake.filter_text()), (row, "stage:in-progress"));
    let mut stage = Stage::demo((120, 36));
    stage.keys("j j j");
    let gone = chosen(&stage).unwrap();
    stage.keys("G x \"no owner\" enter g g");
    let desk = &mut stage.0.0.desk;
    desk.move_to(&[gone], Step::Declined, "twice asked for").unwrap();
    stage.reread().unwrap();
    stage.keys("alt-left alt-left");
    assert!(stage.screen().contains(&format!("{gone} is not in the queue any more")), "{}", stage.screen());
}

#[test]
fn what_changed_meanwhile_is_found_in_the_palette_by_its_words() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("? \"what changed\" enter");
    assert!(stage.screen().contains("nothing changed elsewhere since you last looked"), "{}", stage.screen());
}

#[test]
fn a_field_leaves_the_cursor_on_its_row_and_a_decision_about_a_new_request_goes_on() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 / \"stage:new\" enter");
    let first = chosen(&stage);
    stage.keys("t 0");
    assert_eq!(chosen(&stage), first, "a field: {}", stage.screen());
    stage.keys("esc");
    let new = |stage: &Stage| {
        let rows = stage.0.0.snapshot.rows.iter();
        rows.filter(|row| row.request.stage == Step::New).map(|row| row.request.id).collect()
    };
    let open: Vec<RequestId> = new(&stage);
    let row = |stage: &Stage| order(stage).iter().position(|id| Some(*id) == chosen(stage)).unwrap();
    stage.keys("g g");
    while chosen(&stage) != Some(open[0]) {
        stage.keys("j");
    }
    for (keys, what) in [("c", "clarified"), ("x \"no owner\" enter", "declined"), ("c", "clarified")] {
        let next = order(&stage)[row(&stage) + 1];
        stage.keys(keys);
        assert_eq!(chosen(&stage), Some(next), "{what}: {}", stage.screen());
        while !new(&stage).contains(&chosen(&stage).unwrap()) {
            stage.keys("j");
        }
    }
}

#[test]
fn a_row_that_the_filter_no_longer_shows_gives_way_to_the_next_one() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 / \"tier:none\" enter");
    let before: Vec<RequestId> = {
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.extend(chosen(&stage));
            stage.keys("j");
        }
        stage.keys("g g");
        seen
    };
    stage.keys("t 3");
    assert_eq!(chosen(&stage), Some(before[1]), "{}", stage.screen());
    stage.keys("t 3");
    assert_eq!(chosen(&stage), Some(before[2]), "{}", stage.screen());
}

/// A whole row is drawn in more than reversed letters.
fn is_lit(stage: &Stage) -> bool {
    let frame = stage.frame();
    let lit = |cell: &&Cell| cell.modifier.contains(Modifier::REVERSED | Modifier::BOLD);
    frame.content().iter().filter(lit).count() > 40
}

#[test]
fn what_was_added_is_gone_to_and_lit_until_the_next_key_also_where_it_does_not_fit() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::demo(size);
        stage.keys("2");
        assert!(!is_lit(&stage));
        stage.keys("a \"Shelf cards for spring ~8h\" enter");
        let added = chosen(&stage).unwrap();
        assert_eq!(order(&stage).iter().max(), Some(&added));
        assert!(is_lit(&stage) && stage.screen().contains("Shelf cards"), "{}", stage.screen());
        stage.keys("t");
        assert!(!is_lit(&stage));
        stage.keys("esc / \"stage:in-progress\" enter a \"Banner\" enter");
        let added = chosen(&stage).unwrap();
        let screen = stage.screen();
        assert!(screen.contains(&format!("{added} does not fit the filter")), "{screen}");
        assert!(is_lit(&stage) && screen.contains("Banner"), "{screen}");
        // It stays as long as it is chosen, since keys act on it, and goes when it is left.
        stage.keys("t 3");
        assert_eq!(chosen(&stage), Some(added), "{}", stage.screen());
        stage.keys("k");
        let rows = stage.screen().lines().filter(|line| line.contains("Banner")).count();
        assert!(chosen(&stage) != Some(added) && rows <= 1, "{}", stage.screen());
    }
}

#[test]
fn a_new_person_and_a_new_meeting_are_gone_to_too() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 g n \"Cleo\" ctrl-s");
    assert!(is_lit(&stage), "{}", stage.screen());
    let name =
        stage.0.0.app.load.person(&stage.0.0.snapshot).map(|id| stage.0.0.snapshot.handle(id).to_owned());
    assert_eq!(name.as_deref(), Some("cleo"));
    stage.keys("4 a \"Sync\" down ctrl-u \"tomorrow\" down \"10\" ctrl-s");
    assert!(is_lit(&stage) && stage.0.0.app.lit == Some(PaneId::Meetings), "{}", stage.screen());
    let chosen = stage.0.0.app.meetings.chosen(&stage.0.0.snapshot).map(|meeting| meeting.title.clone());
    assert_eq!(chosen.as_deref(), Some("Sync"));
}

#[test]
fn a_link_to_a_page_that_lies_open_below_comes_back_to_it() {
    let mut stage = Stage::demo((120, 36));
    stage.keys(": \"R-19\" enter");
    let depth = stage.0.0.app.overlays.len();
    stage.keys(": \"O-1\" enter");
    assert_eq!(stage.0.0.app.overlays.len(), depth + 1, "{}", stage.screen());
    stage.keys(": \"R-19\" enter");
    assert_eq!(stage.0.0.app.overlays.len(), depth, "{}", stage.screen());
    assert!(stage.screen().contains("R-19  Spring launch hero film"), "{}", stage.screen());
}

#[test]
fn tab_over_a_page_of_a_board_says_that_the_board_lies_behind_it() {
    let mut stage = Stage::demo((200, 50));
    stage.keys("6 enter");
    let before = stage.screen();
    stage.keys("tab");
    assert!(stage.screen().contains("the board lies behind this"), "{}", stage.screen());
    stage.keys("esc 6 enter");
    assert_eq!(stage.screen(), before);
}

#[test]
fn an_empty_board_asks_for_no_day() {
    let mut stage = Stage::empty((80, 24));
    stage.keys("5 d");
    assert!(stage.screen().contains("nothing is here yet"), "{}", stage.screen());
}

#[test]
fn keys_on_the_page_of_a_closed_request_begin_with_what_stands_there() {
    let mut stage = Stage::demo((120, 36));
    let id = crate::domain::ids::RequestId(59);
    let before = stage.0.0.desk.store.request(id).unwrap();
    assert!(before.stage.is_closed() && !before.outcome.is_empty(), "{before:?}");
    stage.keys(": \"R-59\" enter o enter esc esc");
    assert_eq!(stage.0.0.desk.store.request(id).unwrap().outcome, before.outcome);
    stage.keys(": \"R-59\" enter t");
    assert!(stage.screen().contains("Tier of R-59"), "{}", stage.screen());
}

#[test]
fn the_load_keeps_its_person_and_the_dot_keeps_private_what_is() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 j j");
    let chosen = stage.0.0.app.load.person(&stage.0.0.snapshot);
    let words = [("name", "Aaron Abel".to_owned()), ("handle", "aaron".to_owned())];
    stage.0.0.desk.add_person(&words).unwrap();
    stage.0.0.reload(crate::store::Tables::ALL);
    assert_eq!(stage.0.0.app.load.person(&stage.0.0.snapshot), chosen);
    stage.keys("2 g g g k j . .");
    let key = stage.0.0.app.intake.selected().unwrap();
    assert!(stage.0.0.desk.private_keys().unwrap().has(&key.into()), "{}", stage.screen());
}
