//! What changed meanwhile, across restarts and nights: in the header until its list was opened.

use super::Stage;
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage as Step;
use crate::ops::Desk;
use crate::ops::kit::{give, join, move_clock, request, shares_of};
use crate::store::Origin;

fn studio(desk: &mut Desk) {
    desk.add("Poster t3 due:2026-11-24 brand:Harbour").unwrap();
    desk.add("Film t3 due:2026-12-11").unwrap();
}

/// Another program writes while the cockpit is closed, or beside it.
fn elsewhere(stage: &mut Stage, write: impl FnOnce(&mut Desk)) {
    let desk = &mut stage.0.0.desk;
    desk.origin = Origin::CommandLine;
    write(desk);
    desk.origin = Origin::Cockpit;
}

fn block(desk: &mut Desk) {
    desk.block(&[RequestId(2)], Some("prices")).unwrap();
}

fn reopened(stage: Stage) -> Stage {
    Stage(stage.0.reopened().unwrap())
}

#[test]
fn it_stays_in_the_header_through_keys_and_restarts_until_it_is_read() {
    let mut stage = Stage::with((120, 36), studio);
    stage.keys("j");
    elsewhere(&mut stage, block);
    let mut stage = reopened(stage);
    assert!(stage.screen().contains("since 09:12: 1 blocked  '"), "{}", stage.screen());
    stage.keys("j k t 3");
    let mut stage = reopened(stage);
    assert!(stage.screen().contains("since 09:12: 1 blocked  '"), "{}", stage.screen());
    stage.keys("'");
    let screen = stage.screen();
    assert!(screen.contains("R-2 Film: blocked “prices”, command line"), "{screen}");
    assert!(!screen.contains("tier"), "what was done here is no news: {screen}");
    stage.keys("esc");
    assert!(!stage.screen().contains("1 blocked"), "{}", stage.screen());
    let mut stage = reopened(stage);
    assert!(!stage.screen().contains("since 09:12"), "{}", stage.screen());
    stage.keys("'");
    assert!(stage.screen().contains("nothing changed elsewhere"), "{}", stage.screen());
}

#[test]
fn a_record_is_opened_from_the_list_and_the_list_can_be_opened_again() {
    let mut stage = Stage::with((80, 24), studio);
    elsewhere(&mut stage, block);
    let mut stage = reopened(stage);
    stage.keys("' enter");
    assert!(stage.screen().contains("Film"), "{}", stage.screen());
    stage.keys("esc esc '");
    assert!(stage.screen().contains("blocked “prices”"), "{}", stage.screen());
}

#[test]
fn a_night_in_an_open_cockpit_tells_what_became_late() {
    let mut stage = Stage::with((120, 36), studio);
    stage.keys("j");
    move_clock(&mut stage.0.0.desk, "2026-11-25T08:40:00+00:00");
    stage.reread().unwrap();
    stage.keys("k");
    assert!(stage.screen().contains("since Mon: 1 late  '"), "{}", stage.screen());
    stage.keys("'");
    assert!(stage.screen().contains("R-1 Poster: was due Tue 24 Nov, new"), "{}", stage.screen());
    stage.keys("esc");
    move_clock(&mut stage.0.0.desk, "2026-11-26T08:40:00+00:00");
    stage.keys("k");
    assert!(!stage.screen().contains("1 late  '"), "told once: {}", stage.screen());
}

#[test]
fn two_weeks_away_at_all_sizes() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut stage = Stage::demo(size);
        stage.keys("j k");
        elsewhere(&mut stage, |desk| {
            block(desk);
            desk.add("Late idea requester:Mara").unwrap();
            desk.move_to(&[RequestId(17)], Step::OnHold, "winter").unwrap();
        });
        move_clock(&mut stage.0.0.desk, "2026-12-07T09:00:00+00:00");
        let mut stage = reopened(stage);
        super::screens::expect_text(&format!("meanwhile-header-{}", size.0), &first_lines(&stage.screen()));
        stage.keys("'");
        super::screens::expect_text(&format!("meanwhile-{}", size.0), &stage.screen());
    }
}

fn first_lines(screen: &str) -> String {
    screen.lines().take(2).collect::<Vec<_>>().join("\n")
}

#[test]
fn presenting_survives_a_restart_and_an_end_that_was_none() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("f5");
    // Killed: nothing of it is left but the store.
    let place = stage.0.0.desk.store.places().remove(0);
    assert!(place.contains("\"is_presenting\":true"), "{place}");
    let mut stage = reopened(stage);
    assert!(stage.screen().contains("PRESENTING"), "{}", stage.screen());
    assert!(stage.0.0.desk.is_presenting && stage.0.0.snapshot.entries.is_empty());
    assert!(!stage.screen().contains(" rising"), "{}", stage.screen());
    stage.keys("f5");
    let stage = reopened(stage);
    assert!(!stage.screen().contains("PRESENTING"), "{}", stage.screen());
    assert!(stage.screen().contains(" rising"), "{}", stage.screen());
}

#[test]
fn the_history_tells_all_that_an_import_brought_below_its_rows() {
    let mut stage = Stage::with((80, 24), |desk| {
        desk.add("Poster").unwrap();
        desk.edit(
            &[RequestId(1)],
            "requester:Mara brand:Harbour due:2026-11-27 ~6h t3 audience:\"store managers\"",
        )
        .unwrap();
    });
    stage.keys("H");
    let screen = stage.screen();
    assert!(screen.contains("audience “store managers”") && screen.contains("due Fri 27 Nov"), "{screen}");
    stage.keys("j");
    assert!(!stage.screen().contains("due Fri 27 Nov"), "{}", stage.screen());
}

#[test]
fn the_ladder_leaves_the_notes_of_work_whole_that_was_closed_meanwhile() {
    let mut stage = Stage::with((80, 24), |desk| {
        desk.add("12 banners for Harbour retail audience:everybody notes:before").unwrap();
    });
    stage.keys("o down \"shop staff\" enter");
    elsewhere(&mut stage, |desk| {
        desk.move_to(&[RequestId(1)], Step::Declined, "twice asked for").unwrap();
    });
    stage.0.0.reload(crate::store::Tables::ALL);
    stage.keys("\"tbc\" enter enter");
    let notes = stage.0.0.desk.store.request(RequestId(1)).unwrap().notes;
    assert!(notes.starts_with("before\n") && notes.ends_with("? shop staff"), "{notes:?} {}", stage.screen());
}

/// Moves down to the line that is about something.
fn go_to(stage: &mut Stage, what: &str) {
    for _ in 0..60 {
        let screen = stage.screen();
        if screen.lines().any(|line| line.contains('›') && line.contains(what)) {
            return;
        }
        stage.keys("j");
    }
    panic!("{what} cannot be gone to:\n{}", stage.screen());
}

/// What the loop does when it sees that another program wrote.
fn seen_again(stage: &mut Stage) {
    stage.0.0.reload(crate::store::Tables::ALL);
    stage.0.0.refresh_overlays();
}

#[test]
fn a_page_keeps_its_chosen_line_while_another_program_writes_above_it() {
    let mut stage = Stage::with((120, 36), |desk| {
        join(desk, "Ana", "motion");
        for (title, due) in [("Poster", "2026-11-27"), ("Film", "2026-12-04"), ("Banner", "2026-12-11")] {
            let id = request(desk, &format!("{title} ~8h due:{due}"));
            give(desk, id, "ana", 8);
        }
    });
    // The second of what it leads to: the share of the film.
    stage.keys(": \"load @ana\" enter P j j");
    let first = shares_of(&stage.0.0.desk, RequestId(1))[0].id;
    elsewhere(&mut stage, |desk| drop(desk.remove_share(first).unwrap()));
    seen_again(&mut stage);
    stage.keys("x");
    let left = |id| shares_of(&stage.0.0.desk, RequestId(id)).len();
    assert_eq!((left(2), left(3)), (0, 1), "{}", stage.screen());
}

#[test]
fn a_standup_keeps_its_chosen_line_while_another_program_writes_above_it() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.add("Poster t3 due:2026-11-20").unwrap();
        desk.add("Film t3 due:2026-12-11").unwrap();
        desk.add("Banner t3 due:2026-12-12").unwrap();
        desk.block(&[RequestId(2)], Some("prices")).unwrap();
    });
    stage.keys("s");
    go_to(&mut stage, "Film");
    elsewhere(&mut stage, |desk| {
        desk.block(&[RequestId(1)], Some("words")).unwrap();
        desk.block(&[RequestId(3)], Some("a room")).unwrap();
    });
    seen_again(&mut stage);
    stage.keys("!");
    let blocked = |id| stage.0.0.desk.store.request(RequestId(id)).unwrap().blocked.is_some();
    assert_eq!([1, 2, 3].map(blocked), [true, false, true], "{}", stage.screen());
}
