//! The load at every width: words that are whole, in one form, and of the days beside them.

use super::Stage;
use crate::domain::allocation::NewShare;

#[test]
fn disciplines_are_whole_wherever_their_neighbours_have_blanks() {
    for (size, keys) in
        [((80, 24), "3"), ((120, 36), "3"), ((160, 45), ""), ((160, 45), "3"), ((200, 60), "3")]
    {
        let mut stage = Stage::demo(size);
        stage.keys(keys);
        let screen = stage.screen();
        assert!(screen.contains("art direction") && screen.contains("production "), "{screen}");
    }
    let stage = Stage::demo((130, 36));
    assert!(stage.screen().contains(" motion "), "{}", stage.screen());
}

#[test]
fn words_are_of_the_days_that_are_shown() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3");
    assert!(stage.screen().contains("over 8h R-25") && stage.screen().contains("tight 1 Dec"));
    stage.keys("] ] ]");
    let screen = stage.screen();
    assert!(!screen.contains("over 8h") && !screen.contains("tight 7"), "{screen}");
}

#[test]
fn what_else_is_over_is_counted_of_the_days_that_are_shown() {
    let mut stage = Stage::empty((120, 36));
    let desk = &mut stage.0.0.desk;
    crate::ops::kit::add(desk, &[("name", "Ana")]);
    // Too much for this week, and again for the week after the two that are shown.
    for (line, from, to) in [
        ("Film t3 ~60h due:2026-11-27", "2026-11-23", "2026-11-27"),
        ("Poster t3 ~60h due:2026-12-11", "2026-12-07", "2026-12-11"),
    ] {
        let [from, to] = [from, to].map(|day| Some(day.parse().unwrap()));
        let request = desk.add(line).unwrap().output;
        desk.assign(request.id, &NewShare { from, to, ..NewShare::whole("ana") }).unwrap();
    }
    stage.0.0.reload(crate::store::Tables::ALL);
    stage.keys("3");
    let screen = stage.screen();
    assert!(screen.contains("over") && !screen.contains("(+"), "{screen}");
    stage.keys("w");
    assert!(stage.screen().contains("(+1)"), "{}", stage.screen());
}

#[test]
fn a_discipline_says_who_of_it_is_over_and_for_what() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 D j j");
    let screen = stage.screen();
    assert!(screen.contains("over 8h: bo") && screen.contains("design  bo over 8h R-25"), "{screen}");
}

#[test]
fn beside_a_discipline_stands_what_one_asks_of_it() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 D j j");
    let screen = stage.screen();
    for said in [
        "── design ─",
        "rest of week     next week",
        "Ana Ruiz          8h of 32h    32h of 26h",
        "Assigned      ",
        "Free          ",
        "over 8h Thu 3–Mon 7 Dec: R-25",
        "R-34   Winter campaign, out of home ana       −1d",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    // A role has no time of its own, and no discipline has its.
    stage.keys("j");
    assert!(stage.screen().contains("To find       0h rest of week, 19h next week"), "{}", stage.screen());
    assert!(stage.screen().contains("h to find"), "{}", stage.screen());
    stage.keys("enter");
    assert!(
        stage.screen().contains("Chidi Okafor") && !stage.screen().contains("to give"),
        "{}",
        stage.screen()
    );
    stage.keys("enter");
    assert!(stage.screen().contains("% of the time"), "it leads to its people: {}", stage.screen());
    // What nobody holds and what waits has its list there too.
    stage.keys("esc esc G");
    assert!(stage.screen().contains("── In review with "), "{}", stage.screen());
}

/// `to give` fills its column, as a first figure with a mark does.
#[test]
fn work_to_give_keeps_the_mark_of_its_first_day() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("a \"Film t3 ~8h due:2026-11-23\" enter S r");
    let screen = stage.screen();
    let row = screen.lines().find(|line| line.contains("to give")).unwrap_or(&screen);
    let first = row.split("to give ").nth(1).unwrap_or_default();
    assert!(first.chars().nth(2) == Some('?'), "{row}");
}

/// What is known not to lie well is worse than a guess that there is time for.
#[test]
fn a_small_guess_hides_nothing_worse() {
    let mut stage = Stage::demo((120, 36));
    let row = |stage: &Stage| {
        let screen = stage.screen();
        screen.lines().find_map(|line| line.split("│ ana ").nth(1).map(str::to_owned)).unwrap_or_default()
    };
    assert!(row(&stage).contains("12^12^") && row(&stage).contains("tight"), "{}", row(&stage));
    stage.keys("a \"Sticker t4 due:2026-12-01\" enter @ \"ana\" enter");
    assert!(row(&stage).contains("12^12^") && row(&stage).contains("tight"), "{}", row(&stage));
}

#[test]
fn of_weeks_that_are_over_a_discipline_tells_what_was_done_and_that_nobody_was_away() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 D [ [ enter");
    let screen = stage.screen();
    assert!(screen.contains("1st, done") && screen.contains("2nd, done"), "{screen}");
    let row = screen.lines().find(|line| line.contains("Hugo Brandt")).unwrap();
    assert!(!row.contains("away") && !screen.contains("Free"), "{screen}");
}
