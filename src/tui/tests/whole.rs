//! What is cut, and beside what: sentences and names keep their room before what is worth less.

use super::Stage;
use crate::ops::kit::move_clock;
use crate::tui::tests::import::{file, import};

/// The cockpit on another day of the demo.
pub fn on(size: (u16, u16), instant: &str) -> Stage {
    let stage = Stage::demo(size);
    let mut rehearsal = stage.0;
    move_clock(&mut rehearsal.0.desk, &format!("2026-{instant}:00+00:00"));
    Stage(rehearsal.reopened().unwrap())
}

const RISK: &str = "print slot lost if the booth panels come late  K-1";

#[test]
fn what_has_to_be_raised_is_whole_before_the_trend_beside_it() {
    for size in [(100, 30), (110, 36), (120, 36), (160, 45), (200, 60)] {
        for instant in ["11-23T13:12", "11-24T09:12", "11-30T09:12", "12-08T09:12", "12-15T09:12"] {
            let stage = on(size, instant);
            let screen = stage.screen();
            let has_room = size.0 >= 120 || !instant.ends_with("09:12");
            assert!(!has_room || screen.contains(RISK), "{size:?} {instant}: {screen}");
            // What was said beside it goes up a line, where nothing new is told there.
            let is_quiet = size.0 >= 120 && instant.starts_with("11-2");
            assert!(!is_quiet || screen.contains("headroom") && screen.contains("stance"), "{screen}");
        }
    }
}

/// Both lines were cut beside a line above them that stood in blanks.
#[test]
fn a_reflection_that_is_owed_goes_up_a_line_before_anything_is_cut() {
    for size in [(110, 36), (120, 36), (160, 45)] {
        let stage = on(size, "11-30T10:35");
        let screen = stage.screen();
        let header: Vec<&str> = screen.lines().take(2).collect();
        assert!(
            header.iter().any(|line| line.contains("reflect on Marketing leadership sync  r")),
            "{screen}"
        );
        assert!(header.iter().all(|line| !line.contains('…')), "{screen}");
    }
}

#[test]
fn what_is_worth_less_leaves_before_a_sentence_is_cut() {
    let mut stage = on((120, 36), "11-24T09:12");
    stage.keys("6");
    let screen = stage.screen();
    assert!(screen.contains("legal signs every job, not every template"), "{screen}");
    assert!(!screen.contains("harms state"), "{screen}");
    let mut stage = on((120, 36), "11-25T10:35");
    stage.keys("@");
    let costs: Vec<String> =
        stage.screen().lines().filter(|line| line.contains("no hours while")).map(str::to_owned).collect();
    assert!(!costs.is_empty() && costs.iter().all(|line| line.contains("in review")), "{costs:?}");
}

#[test]
fn the_first_cells_of_a_column_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Wording,When it is needed\nWindow posters for the spring,2026-12-04\nA film for the fair in Lyon,2026-12-11\n";
    let path = file(&folder, "strange.csv", rows);
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, &path);
    let screen = stage.screen();
    let line = screen.lines().find(|line| line.contains("Wording ")).unwrap_or_default();
    assert!(line.contains("Window posters for the spring") && !line.contains('…'), "{screen}");
}

#[test]
fn the_figures_of_a_row_are_named_where_it_is_chosen() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let stage = on(size, "11-24T09:12");
        let screen = stage.screen();
        let foot = screen.lines().find(|line| line.contains("of 100 ready")).unwrap_or_default();
        assert!(foot.contains("hard days come first") && foot.contains("!at risk"), "{size:?}: {screen}");
    }
}

#[test]
fn a_discipline_is_whole_or_leaves() {
    for size in [(80, 24), (110, 36), (120, 36), (130, 36), (160, 45), (200, 60)] {
        for instant in ["11-24T09:12", "11-30T09:12", "12-01T09:12", "12-08T09:12", "12-15T09:12"] {
            let mut stage = on(size, instant);
            stage.keys("3");
            let screen = stage.screen();
            assert!(
                !screen.contains("art d") || screen.contains("art direction"),
                "{size:?} {instant}: {screen}"
            );
            assert!(
                !screen.contains("produc") || screen.contains("production"),
                "{size:?} {instant}: {screen}"
            );
        }
    }
}

#[test]
fn a_form_without_groups_has_the_whole_width_for_its_texts() {
    for size in [(120, 36), (150, 40), (160, 45), (200, 60)] {
        let mut stage = on(size, "11-24T09:12");
        stage.keys("b e");
        let whole = "Spring range on shelf eleven days sooner: 9.5 days from brief to shelf, was 14.";
        assert!(stage.screen().contains(whole), "{size:?}: {}", stage.screen());
    }
}

#[test]
fn what_a_menu_offers_is_whole_where_it_has_room_and_where_it_is_chosen() {
    let whole = "how long the business waits once all is there";
    let mut stage = on((160, 45), "11-24T09:12");
    stage.keys("b #");
    assert!(stage.screen().contains(whole), "{}", stage.screen());
    let mut stage = on((120, 36), "11-24T09:12");
    stage.keys("b # down down");
    assert!(stage.screen().contains("once all is there"), "{}", stage.screen());
}

#[test]
fn what_stood_in_a_field_is_whole_in_a_form_of_two_columns_or_it_has_one() {
    let mut stage = Stage::demo((160, 45));
    let long =
        "Store managers order twice as much of the winter range in the first week as they did a year ago";
    stage.keys("2 e");
    assert!(stage.screen().lines().any(|line| line.contains("Title") && line.contains("Who")), "two columns");
    stage.keys(&format!("down \"{long}\" ctrl-s"));
    stage.keys("e");
    assert!(stage.screen().contains(long), "{}", stage.screen());
}

#[test]
fn titles_of_an_import_have_room_before_what_is_told_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let title = "Window posters for the spring launch";
    let rows = format!("Title,Requester,Due,Hours\n{title},Maya Lind of the Northern stores,2026-12-04,16\n");
    let path = file(&folder, "planner.csv", &rows);
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, &path);
    let screen = stage.screen();
    assert!(screen.contains(&title[..30]), "{screen}");
    // What is short leaves its room to the words.
    let path = file(&folder, "short.csv", &rows.replace(title, "Posters"));
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, &path);
    assert!(stage.screen().contains("due Fri 4 Dec, 16h, for Maya Lind"), "{}", stage.screen());
}

#[test]
fn the_hours_of_today_say_what_time_it_is() {
    let strip = |size, instant| {
        let mut stage = on(size, instant);
        stage.keys("4");
        stage.screen().lines().find(|line| line.contains("today  08")).unwrap_or_default().to_owned()
    };
    assert!(strip((100, 30), "11-24T13:12").contains("13┃···14"), "{}", strip((100, 30), "11-24T13:12"));
    assert!(strip((80, 24), "11-24T13:12").contains("13┃···14"));
    assert!(strip((100, 30), "11-24T10:17").contains("┃now"));
    assert!(!strip((100, 30), "11-24T19:00").contains('┃'), "the hours that are drawn are over");
}
