//! Marks on boards: the same keys as in the queue, and what is done to all that is marked is one change.

use super::Stage;
use crate::tui::view::layout::PaneId;

/// The label of the newest change.
fn newest(stage: &Stage) -> String {
    stage.0.0.desk.history(None).unwrap().first().map(|it| it.label.clone()).unwrap_or_default()
}

#[test]
fn records_of_boards_are_marked_like_requests_and_changed_as_one() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut stage = Stage::demo(size);
        let changes = stage.0.0.desk.history(None).unwrap().len();
        let contents = format!("{:?}", stage.0.0.snapshot.books.frictions);
        stage.keys("6 g g space space");
        assert!(stage.screen().contains("2 marked"), "{}", stage.screen());
        assert_eq!(stage.screen().matches('▌').count(), 2, "{}", stage.screen());
        stage.keys("x");
        assert_eq!(stage.0.0.desk.history(None).unwrap().len() - changes, 1, "{}", stage.screen());
        assert!(newest(&stage).starts_with("Changed 2 records (F-"), "{}", newest(&stage));
        assert!(!stage.screen().contains(" marked"), "marks are for one change: {}", stage.screen());
        stage.keys("u");
        assert_eq!(format!("{:?}", stage.0.0.snapshot.books.frictions), contents);
        // A range, all of it from here; inverted, all or none.
        stage.keys("g g v j j v");
        assert!(stage.screen().contains("3 marked"), "{}", stage.screen());
        stage.keys("*");
        let inverted = stage.0.0.app.boards[1].marks.len();
        stage.keys("V");
        assert_eq!(stage.0.0.app.boards[1].marks.len(), inverted + 3, "{}", stage.screen());
        stage.keys("V");
        assert!(!stage.screen().contains(" marked"), "{}", stage.screen());
        // One step back takes the marks and no more.
        stage.keys("space esc");
        assert_eq!((stage.0.0.app.boards[1].marks.len(), stage.0.0.app.focus), (0, PaneId::Change));
    }
}

#[test]
fn what_cannot_be_done_to_all_that_is_marked_is_done_to_none() {
    let mut stage = Stage::demo((80, 24));
    let changes = stage.0.0.desk.history(None).unwrap().len();
    stage.keys("6 V x");
    assert!(stage.screen().contains("not all that is marked ends like this"), "{}", stage.screen());
    assert_eq!(stage.0.0.desk.history(None).unwrap().len(), changes);
    let risks: Vec<_> = stage.0.0.snapshot.books.risks.iter().map(|risk| risk.id.to_string()).collect();
    assert!(risks.len() > 1);
    // Risks alone end by a word that is asked for once.
    for board in &mut stage.0.0.app.boards {
        board.marks.clear();
    }
    stage.keys("6 g g");
    for _ in 0..60 {
        let chosen = stage.0.0.app.boards[1].chosen().map(|key| key.to_string()).unwrap_or_default();
        stage.keys(if risks.contains(&chosen) { "space" } else { "j" });
    }
    let marked = stage.0.0.app.boards[1].marks.len();
    if marked > 1 {
        stage.keys("x");
        assert!(stage.screen().contains("How did these"), "{}", stage.screen());
        stage.keys("enter");
        assert_eq!(stage.0.0.desk.history(None).unwrap().len() - changes, 1, "{}", stage.screen());
    }
}

#[test]
fn marked_records_are_kept_from_others_together() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("7 g g space space g k");
    assert!(newest(&stage).contains(" are private now"), "{}", newest(&stage));
    stage.keys("u");
    assert!(stage.screen().contains("Undid"), "{}", stage.screen());
}

#[test]
fn the_page_beside_a_proposal_shows_the_rows_that_speak_for_it() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("6 G k k");
    let screen = stage.screen();
    let chosen = screen.lines().find(|line| line.contains("Waiting for") && line.contains("│")).unwrap();
    let page: String = screen.lines().filter_map(|line| line.split('│').nth(1)).collect();
    assert!(page.contains("R-") && page.contains("working days"), "{chosen}\n{screen}");
}

#[test]
fn several_are_assigned_at_once_to_whom_one_names() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 j space space @");
    assert!(stage.screen().contains("Assign 2 requests to whom?"), "{}", stage.screen());
    let held = |stage: &Stage| {
        let ids = stage.0.0.snapshot.rows.iter().map(|row| row.request.id);
        ids.filter(|id| {
            let shares = stage.0.0.desk.store.allocations_of(*id).unwrap();
            shares.iter().any(|share| stage.0.0.snapshot.handle(share.person) == "fin")
        })
        .count()
    };
    let before = held(&stage);
    stage.keys("\"fin\" enter");
    assert_eq!(held(&stage), before + 2, "{}", stage.screen());
    stage.keys("u");
    assert_eq!(held(&stage), before);
}

#[test]
fn on_the_page_of_the_team_the_team_is_added_to() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g p a");
    assert!(stage.screen().contains("Add to the team"), "{}", stage.screen());
}

#[test]
fn a_preview_says_old_and_new_of_each_or_why_it_would_be_refused() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 V m \"t2 due:+3w\" enter");
    let screen = stage.screen();
    assert!(screen.contains(" → Mon 14 Dec, tier nothing → 2"), "{screen}");
    stage.keys("esc esc m ctrl-u \"stage:delivered\" enter");
    let screen = stage.screen();
    assert!(screen.contains("would be refused: ") && !screen.contains('→'), "{screen}");
}
