//! The hours of a share, typed into the sheet beside the load that they change.

use super::Stage;

/// The sheet of a film of forty hours, its hours asked for.
fn hours() -> Stage {
    let mut stage = Stage::demo((120, 36));
    stage.keys("j j @ ~");
    assert!(stage.screen().contains("How many hours?  40h"), "{}", stage.screen());
    stage
}

/// What the rule over the load says would be added.
fn added(stage: &Stage) -> String {
    let screen = stage.screen();
    let rule = screen.lines().find(|line| line.contains("Load  + R-19")).unwrap_or_default();
    rule.split("+ ").nth(1).and_then(|rest| rest.split(", ").nth(1)).unwrap_or_default().to_owned()
}

#[test]
fn the_load_follows_each_letter_and_what_stood_there_is_replaced() {
    let mut stage = hours();
    assert_eq!(added(&stage), "40h");
    stage.keys("2");
    assert_eq!(added(&stage), "2h");
    stage.keys("0");
    assert_eq!(added(&stage), "20h");
    stage.keys("esc");
    assert_eq!(added(&stage), "40h", "left, all is as it was");
    stage.keys("~ \"12h\" enter");
    assert!(added(&stage) == "12h" && !stage.screen().contains("How many hours?"), "{}", stage.screen());
}

#[test]
fn somebody_is_found_by_name_and_no_letter_of_it_does_anything_else() {
    for size in [(80, 24), (120, 36)] {
        for key in ["/", "@"] {
            let mut stage = Stage::demo(size);
            stage.keys("j j @");
            let before = stage.contents();
            stage.keys(key).keys("\"mo\"");
            assert!(stage.screen().contains("Who?  mo"), "{}", stage.screen());
            stage.keys("esc");
            assert!(
                !stage.screen().contains("Who?") && stage.screen().contains("Assign R-"),
                "{}",
                stage.screen()
            );
            // Every letter that is an action elsewhere.
            stage.keys(key).keys("\"subxdt\"");
            assert!(stage.screen().contains("nobody here is called so"), "{}", stage.screen());
            stage.keys("ctrl-u \"hug\" enter");
            assert_eq!(stage.contents(), before, "nothing is written by a name");
            stage.keys("enter");
            if stage.screen().contains("what moves for") {
                stage.keys("n");
            }
            let screen = stage.screen();
            assert!(screen.contains("hugo"), "{screen}");
            assert_ne!(stage.contents(), before, "{screen}");
        }
    }
}

#[test]
fn what_cannot_be_read_says_so_and_stays() {
    let mut stage = hours();
    stage.keys("\"40habc\" enter");
    let screen = stage.screen();
    assert!(screen.contains("How many hours?  40habc") && screen.contains("`40habc`"), "{screen}");
    stage.keys("ctrl-u \"8\" enter");
    assert_eq!(added(&stage), "8h");
}

#[test]
fn hours_that_are_left_unchanged_follow_the_estimate_and_a_paste_goes_into_the_line() {
    let mut stage = hours();
    stage.keys("enter enter");
    stage.keys("~ ctrl-u \"10h\" enter");
    assert!(stage.screen().contains("10h"), "{}", stage.screen());
    let shares = stage.0.0.desk.store.allocations_of(crate::domain::ids::RequestId(19)).unwrap();
    let share = &shares[0];
    assert_eq!(share.minutes, None, "the whole of it, whatever it comes to");
    let mut stage = hours();
    stage.paste("6h");
    assert_eq!(added(&stage), "6h");
}

#[test]
fn taking_over_from_somebody_is_asked_and_is_one_change() {
    let mut stage = Stage::empty((120, 36));
    let desk = &mut stage.0.0.desk;
    for name in ["Ana", "Bo"] {
        crate::ops::kit::add(desk, &[("name", name)]);
    }
    desk.add("Poster t3 ~6h due:2026-12-04 @ana").unwrap();
    stage.0.0.reload(crate::store::Tables::ALL);
    let holders = |stage: &Stage| stage.0.0.desk.row(crate::domain::ids::RequestId(1)).unwrap().people;
    stage.keys("g g @");
    assert!(stage.screen().contains("nothing left to give"), "{}", stage.screen());
    let is_bo = |stage: &Stage| stage.screen().lines().any(|line| line.contains("bo takes over"));
    stage.keys("enter");
    if !is_bo(&stage) {
        // Whoever holds it all is told so, and stays; the next one is asked.
        assert!(stage.screen().contains("ana holds all of R-1 already"), "{}", stage.screen());
        stage.keys("down enter");
    }
    assert!(stage.screen().contains("bo takes over the 6h of ana"), "{}", stage.screen());
    stage.keys("1");
    assert_eq!(holders(&stage), ["bo"]);
    stage.keys("u");
    assert_eq!(holders(&stage), ["ana"], "one change: {}", stage.screen());
}
