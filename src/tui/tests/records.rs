//! Every record by keys: forms, links, the ghost, long texts, and what is kept when a form is left.

use super::Stage;
use crate::domain::allocation::Shape;
use crate::domain::load::CellState;
use crate::domain::minutes::Minutes;

#[test]
fn a_studio_is_set_up_by_keys_alone() {
    let mut stage = Stage::with((120, 36), |_| {});
    stage.keys("g . p \"Ana Ruiz\" down down \"design\" ctrl-s");
    stage.keys("g p g n \"Bo Ek\" down \"bo\" down \"des\" right down ctrl-u \"6 6 6 6 0\" ctrl-s");
    stage.keys("g r \"Freelance motion\" down \"motion\" ctrl-s");
    stage.keys("j g a \"\" ctrl-u \"bo\" down \"tue\" down \"wed\" ctrl-s");
    stage.keys("g h \"Company day\" down \"17 dec\" ctrl-s esc");
    stage.keys("g . m \"Leadership sync\" down ctrl-u \"tomorrow\" down \"10\" down ctrl-u \"45\" down \"Mara, Jonas\" down \"lead\" ctrl-s");
    stage.keys("A \"Hero film\" down \"Lift trial sign-ups by 8 % by June\" ctrl-s");
    let store = &stage.0.0.desk.store;
    let people = store.people().unwrap();
    let handles: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
    assert_eq!(handles, ["ana", "bo", "motion"], "{}", stage.screen());
    assert_eq!(people[1].discipline, "design", "completed from what is there");
    assert_eq!(people[1].contracts[0].week[4], Minutes::ZERO);
    assert!(people[2].is_role);
    let absences = store.absences().unwrap();
    assert_eq!((absences.len(), absences[0].person), (1, people[1].id));
    assert_eq!(absences[0].to.to_string(), "2026-11-25");
    assert_eq!(store.holidays().unwrap()[0].name, "Company day");
    let meetings =
        stage.0.0.desk.meetings("2026-11-24".parse().unwrap(), "2026-11-24".parse().unwrap()).unwrap();
    assert_eq!((meetings[0].title.as_str(), meetings[0].attendees.len()), ("Leadership sync", 2));
    assert_eq!(meetings[0].start.format("%H:%M").to_string(), "10:00");
    assert_eq!((meetings[0].end - meetings[0].start).num_minutes(), 45);
    assert!(store.all_requests().unwrap()[0].outcome.starts_with("Lift"));
    let count = stage.0.0.desk.history(None).unwrap().len();
    for _ in 0..count {
        stage.keys("u");
    }
    assert_eq!(stage.0.0.desk.store.people().unwrap(), []);
}

#[test]
fn a_new_reading_asks_for_its_figure_and_says_of_which_outcome_it_is() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("5 >");
    let screen = stage.screen();
    assert!(screen.contains("› Of outcome") && screen.contains("   Measured on"), "{screen}");
    let key = screen.split("Of outcome").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let books = stage.0.0.desk.books().unwrap();
    let title = books.title(&key.parse().unwrap()).unwrap();
    assert!(screen.contains(&format!("   {key} {title}")), "{screen}");
    stage.keys("ctrl-u");
    stage.keys("\"O-99\"");
    let first = &books.outcomes[0];
    assert!(stage.screen().contains(&format!("   {} ", first.id)), "{}", stage.screen());
    stage.keys(&format!("ctrl-u \"{key}\""));
    // Enter on each field: a zero was filed, which nobody had measured.
    stage.keys("enter enter");
    assert!(stage.screen().contains("the day of the reading"), "{}", stage.screen());
    stage.keys("enter enter");
    assert_eq!(stage.0.0.desk.books().unwrap().readings.len(), books.readings.len(), "{}", stage.screen());
    assert!(stage.screen().contains("› Value"), "{}", stage.screen());
    stage.keys("\"417\" ctrl-s");
    let readings = stage.0.0.desk.books().unwrap().readings;
    assert_eq!(readings.len(), books.readings.len() + 1, "{}", stage.screen());
}

#[test]
fn a_wrong_value_is_said_beside_its_field_and_what_was_typed_stays() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g . a \"nobody\" down \"fri\" ctrl-s");
    let screen = stage.screen();
    assert!(
        screen.contains("nobody is called `nobody`") && screen.contains("Fri 27 Nov, 4 working days"),
        "{screen}"
    );
    stage.keys("ctrl-u \"bo\" ctrl-s");
    assert!(stage.screen().contains("bo is away"), "{}", stage.screen());
}

#[test]
fn what_the_store_refuses_comes_back_with_all_that_was_typed() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g . p \"Another Ana\" down \"ana\" ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("belongs to Ana Ruiz") && screen.contains("Another Ana"), "{screen}");
    stage.keys("ctrl-u \"ana2\" ctrl-s");
    assert!(stage.screen().contains("Added person ana2"), "{}", stage.screen());
}

#[test]
fn links_are_followed_and_come_back_from() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 enter");
    assert!(stage.screen().contains("Time there is: 8h"), "{}", stage.screen());
    stage.keys("enter o");
    assert!(stage.screen().contains("Held by"), "{}", stage.screen());
    stage.keys("esc P");
    let screen = stage.screen();
    assert!(screen.contains("Ana Ruiz") && screen.contains("Holds"), "{screen}");
    stage.keys("esc");
    assert!(stage.screen().contains("Time there is: 8h"), "{}", stage.screen());
    let shares = |stage: &Stage| stage.0.0.desk.store.open_allocations().unwrap();
    let before = shares(&stage);
    stage.keys("enter x");
    assert_eq!(shares(&stage).len(), before.len() - 1, "{}", stage.screen());
    stage.keys("u");
    assert_eq!(shares(&stage), before);
}

#[test]
fn days_before_today_stay_in_the_row_of_the_ghost() {
    let mut stage = Stage::demo((120, 36));
    crate::ops::kit::move_clock(&mut stage.0.0.desk, "2026-11-26T09:12:00+00:00");
    stage.reread().unwrap();
    stage.keys("1 j");
    let ana = |stage: &Stage| {
        let screen = stage.screen();
        let row = screen.lines().find_map(|line| line.split("│ ana").nth(1)).unwrap().to_owned();
        // Monday to Wednesday.
        row.chars().skip(5).take(9).collect::<String>()
    };
    let before = ana(&stage);
    assert!(before.contains('2'), "{before}");
    stage.keys("@");
    assert!(stage.screen().contains("on ana"), "{}", stage.screen());
    assert_eq!(ana(&stage), before, "{}", stage.screen());
}

#[test]
fn the_ghost_follows_dates_hours_shape_and_person_before_anything_is_written() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.store.open_allocations().unwrap();
    stage.keys("j j @");
    let first = stage.screen();
    assert!(first.contains("+added") && first.contains("cost of yes"), "{first}");
    stage.keys("right");
    assert_ne!(stage.screen(), first, "another last day is another ghost");
    stage.keys("~ ctrl-u \"24h\" enter f space j");
    let screen = stage.screen();
    assert!(screen.contains("24h · ") && screen.contains("front · tentative"), "{screen}");
    assert_eq!(stage.0.0.desk.store.open_allocations().unwrap(), before);
    stage.keys("enter");
    let after = stage.0.0.desk.store.open_allocations().unwrap();
    let share = after.iter().find(|share| !before.contains(share)).unwrap();
    assert_eq!(
        (share.minutes, &share.shape),
        (Some(Minutes::hours(24)), &Shape::Front),
        "{}",
        stage.screen()
    );
    assert!(share.is_tentative);
    assert_eq!(share.to.to_string(), "2026-12-14");
}

#[test]
fn a_step_that_asks_something_shows_the_load_as_it_would_be() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("/ \"R-22\" enter d \"2026-12-18\"");
    let asked = stage.screen();
    assert!(asked.contains("Load  if so: fin, to give move"), "{asked}");
    let fin = |screen: &str| {
        let row = screen.lines().find_map(|line| line.split("│ fin ").nth(1)).unwrap().to_owned();
        // Marks say what changes; the figures are those that stand afterwards.
        let figures = row.split(|letter: char| !letter.is_ascii_digit()).filter(|figure| !figure.is_empty());
        figures.take(10).map(str::to_owned).collect::<Vec<_>>()
    };
    stage.keys("enter");
    assert_eq!(fin(&asked), fin(&stage.screen()), "{asked}\n{}", stage.screen());
    // Where there is no room for the pane, its row stands above the step.
    let mut small = Stage::demo((80, 24));
    small.keys("/ \"R-22\" enter d \"2026-12-18\"");
    let told = small.screen();
    assert!(told.contains("── Load  if so: fin, to give move ─"), "{told}");
    assert!(told.lines().any(|line| line.starts_with(" fin ") && line.contains("3−")), "{told}");
    // What would be refused, or moves nothing, changes nothing.
    stage.keys("d \"soonish\"");
    assert!(stage.screen().contains("Load  hours to do"), "{}", stage.screen());
}

#[test]
fn a_share_changes_hands_with_the_ghost_in_sight() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 enter enter s j enter");
    let label = stage.0.0.desk.history(Some(1)).unwrap()[0].label.clone();
    assert!(label.contains("ana to "), "{label}");
}

#[test]
fn days_that_look_over_are_laid_anew_announced_and_undone() {
    let mut stage = Stage::demo((120, 36));
    let over = |stage: &Stage| {
        let row = &stage.0.0.snapshot.grid.rows[0];
        row.cells.iter().filter(|cell| cell.state == CellState::SpreadOver).count()
    };
    assert_eq!(over(&stage), 2);
    stage.keys("3 f");
    assert_eq!(over(&stage), 0, "{}", stage.screen());
    assert!(stage.screen().contains("Re-shaped R-"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(over(&stage), 2);
}

#[test]
fn long_text_has_lines_of_its_own() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("e");
    for _ in 0..26 {
        stage.keys("down");
    }
    stage.keys("f4 \"one\" enter \"two\" esc ctrl-s");
    let id = stage.0.0.snapshot.rows[0].request.id;
    let notes = stage.0.0.desk.store.request(id).unwrap().notes;
    assert!(notes.ends_with("one\ntwo"), "{notes:?} {}", stage.screen());
}

#[test]
fn another_due_day_says_what_it_means_and_its_share_follows() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("/ \"R-22\" enter d ctrl-u \"fri\"");
    let screen = stage.screen();
    assert!(screen.contains("Fri 27 Nov, 4 working days  ·  fin:"), "{screen}");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("follows the day") || screen.contains("follow the day"), "{screen}");
    stage.keys("esc / ctrl-u \"R-19\" enter ~ ctrl-u \"80h\"");
    assert!(stage.screen().contains("at the earliest, with"), "{}", stage.screen());
}

#[test]
fn the_arithmetic_is_told() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("j =");
    let screen = stage.screen();
    assert!(screen.contains("Readiness 42 of 100: outcome 0/20") && screen.contains("At risk:"), "{screen}");
}

#[test]
fn disciplines_work_that_nobody_holds_and_reviews_have_rows_of_their_own() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("3 D");
    assert!(stage.screen().contains("over 8h: bo"), "{}", stage.screen());
    stage.keys("D G enter");
    assert!(stage.screen().contains("In review with"), "{}", stage.screen());
    stage.keys("esc k k enter");
    assert!(stage.screen().contains("Work that nobody holds"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("Held by"), "{}", stage.screen());
}

#[test]
fn series_show_their_trends() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("4 D");
    let screen = stage.screen();
    assert!(screen.contains("shaped 4 of 7") && screen.contains("no reflection yet"), "{screen}");
}

#[test]
fn tiers_are_called_as_the_configuration_calls_them() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.config.tiers.0[1].name = "big idea".to_owned();
        desk.fill_demo().unwrap();
    });
    stage.keys("t");
    assert!(
        stage.screen().contains("big idea") && !stage.screen().contains("new concept"),
        "{}",
        stage.screen()
    );
    stage.keys("esc 5");
    let screen = stage.screen();
    assert!(screen.contains("1 big idea") && !screen.contains("new concept"), "{screen}");
    assert!(screen.contains("2 adaptation") && screen.contains("█ 0–1 ▓ 2 ▒ 3 ░ 4"), "{screen}");
}

#[test]
fn the_values_of_a_closed_set_open_under_their_field() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("j e down down");
    let lines = |stage: &Stage| stage.screen().lines().map(str::to_owned).collect::<Vec<_>>();
    let at = |lines: &[String], text: &str| lines.iter().position(|line| line.contains(text));
    let shown = lines(&stage);
    let field = at(&shown, "› Lever").unwrap();
    let below = ["speed to market", "brand consistency", "risk reduction", "measurable impact"];
    for (row, value) in below.iter().enumerate() {
        let line = shown[field + 1 + row].trim_end();
        assert!(line.contains(&format!("│ {value}")) && line.ends_with('│'), "{}", stage.screen());
    }
    stage.keys("\"risk\" down");
    let shown = lines(&stage);
    assert!(at(&shown, "│ speed").is_none() && at(&shown, "risk reduction").is_some(), "{}", stage.screen());
    // Where there is no room below, it stands above.
    for (height, is_above) in [(16, true), (24, false)] {
        let mut stage = Stage::demo((80, height));
        stage.keys("j e down down down down down down down down down");
        let shown = lines(&stage);
        let field = at(&shown, "› Hard date").unwrap();
        assert_eq!(at(&shown, "│ yes").is_some_and(|row| row < field), is_above, "{}", stage.screen());
    }
}
