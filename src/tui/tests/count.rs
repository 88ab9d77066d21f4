//! Counts before keys that move, and the screens that the same digits show.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::Stage;
use crate::tui::view::layout::PaneId;
use crate::tui::view::theme::{Depth, Theme};

/// The chosen row of the queue, counted from one.
fn row(stage: &Stage) -> usize {
    let cockpit = &stage.0.0;
    let chosen = cockpit.app.intake.selected();
    cockpit.snapshot.rows.iter().position(|row| Some(row.request.id) == chosen).unwrap() + 1
}

fn screen(stage: &Stage) -> (PaneId, bool) {
    (stage.0.0.app.focus, stage.0.0.app.is_zoomed)
}

fn letter(stage: &mut Stage, letter: char, at: Instant) {
    stage.events(vec![Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))], at);
}

#[test]
fn a_count_goes_so_many_rows_and_stays_on_its_screen() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::demo(size);
        for (keys, expected) in [
            ("\"5j\"", 6),
            ("\"3k\"", 3),
            ("\"12j\"", 15),
            ("\"10G\"", 10),
            ("\"2gg\"", 2),
            ("\"9j\"", 11),
            ("\"7k\"", 4),
            ("\"20G\"", 20),
            ("\"1j\"", 21),
        ] {
            stage.keys(keys);
            assert_eq!(row(&stage), expected, "{keys} at {size:?}: {}", stage.screen());
            assert_eq!(screen(&stage), (PaneId::Intake, false), "{keys}");
        }
        let rows = stage.0.0.snapshot.rows.len();
        stage.keys("\"777j\"");
        assert_eq!(row(&stage), rows, "as far as it goes");
    }
}

#[test]
fn a_digit_shows_its_screen_at_once_and_a_later_move_moves_there() {
    let mut stage = Stage::demo((120, 36));
    let start = Instant::now();
    letter(&mut stage, '3', start);
    assert_eq!(screen(&stage), (PaneId::Load, true), "nothing is waited for");
    letter(&mut stage, 'j', start + Duration::from_millis(900));
    assert_eq!(screen(&stage), (PaneId::Load, true));
    assert_eq!(stage.0.0.app.load.place().cursors[0].0, 1);
    assert_eq!(row(&stage), 1);
    letter(&mut stage, '2', start + Duration::from_secs(3));
    letter(&mut stage, '3', start + Duration::from_secs(3));
    letter(&mut stage, 'z', start + Duration::from_secs(3));
    letter(&mut stage, 'j', start + Duration::from_secs(3));
    assert_eq!((screen(&stage), row(&stage)), ((PaneId::Load, false), 1), "another key ends the count");
}

#[test]
fn all_that_the_screens_of_the_digits_changed_is_put_back() {
    // Filter, marks, a range, cells of a wide load, another week, a row of a board, a page, each before a count whose
    // digits go through other screens.
    for (before, count) in [
        ("2 / \"stage:in-progress\" enter space v", "13j"),
        ("3 l l l l l l l l l l l l j", "14k"),
        ("3 w l l l l j", "11j"),
        ("3 D j", "17k"),
        ("4 ]", "31j"),
        ("4 D j", "12k"),
        ("5 j", "14j"),
        ("6 l j", "1j"),
        ("7 / \"owen\" enter", "2j"),
        ("z j j", "13j"),
        ("tab j", "2j"),
        ("2 j enter", "14"),
        ("s", "3"),
    ] {
        for size in [(80, 24), (120, 36), (160, 40)] {
            let mut stage = Stage::demo(size);
            stage.keys(before);
            // On a page letters mean its neighbours: the arrow moves.
            let (digits, then) = match count.strip_suffix(['j', 'k']) {
                Some(digits) => (digits, if count.ends_with('j') { KeyCode::Down } else { KeyCode::Up }),
                None => (count, KeyCode::Down),
            };
            let times: usize = digits.parse().unwrap();
            for _ in 0..times {
                stage.events(vec![Event::Key(KeyEvent::new(then, KeyModifiers::NONE))], Instant::now());
            }
            stage.keys("f12");
            let expected = stage.screen();
            let trail = format!("{:?}", stage.0.0.app.trail);

            let mut stage = Stage::demo(size);
            stage.keys(before);
            let at = Instant::now();
            stage.0.0.app.lapse_count();
            for digit in digits.chars() {
                letter(&mut stage, digit, at);
            }
            stage.events(vec![Event::Key(KeyEvent::new(then, KeyModifiers::NONE))], at);
            stage.keys("f12");
            assert_eq!(stage.screen(), expected, "{before}, then {count} at {size:?}");
            assert_eq!(format!("{:?}", stage.0.0.app.trail), trail, "{before}, then {count}");
        }
    }
}

#[test]
fn days_of_the_load_are_counted_too_and_what_moves_nothing_is_not() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("tab \"3l\"");
    assert_eq!(stage.0.0.app.load.place().column, 3, "{}", stage.screen());
    assert_eq!(screen(&stage), (PaneId::Load, false));
    stage.keys("1 tab tab \"5t\"");
    assert_eq!(screen(&stage).0, PaneId::Outcomes, "what is no move belongs to the screen of the digit");
    stage.keys("2 g g \"0j\"");
    assert_eq!(row(&stage), 2, "no count begins with nought");
}

#[test]
fn pasted_digits_and_letters_are_no_count() {
    let mut stage = Stage::demo((120, 36));
    stage.paste("5j");
    assert_eq!((row(&stage), stage.0.0.app.overlays.len()), (1, 1), "{}", stage.screen());
    stage.keys("esc");
    // Without brackets what comes in one read is a paste where it is as much as that.
    stage.read("5j and more");
    assert_eq!((row(&stage), stage.0.0.app.overlays.len()), (1, 1), "{}", stage.screen());
    stage.keys("esc");
    stage.read("5j");
    assert_eq!((row(&stage), screen(&stage).0), (6, PaneId::Intake), "two keys over a slow line");
}

#[test]
fn screens_on_other_keys_leave_the_digits_to_counts_without_a_limit() {
    let names = ["cockpit", "intake", "load", "meetings", "outcomes", "change", "influence"];
    let own: Vec<String> = (1..).zip(names).map(|(at, name)| format!("{name} = [\"Alt+{at}\"]")).collect();
    let keys = own.join("\n");
    let theme = Theme::new(Depth::Many, false);
    let mut stage =
        Stage::configured((120, 36), theme, &format!("[keys]\n{keys}"), |desk| desk.fill_demo().unwrap());
    stage.keys("1 2");
    assert!(stage.screen().contains("12  ·  a count for j, k"), "{}", stage.screen());
    stage.keys("j");
    assert_eq!(row(&stage), 13);
    stage.keys("3 esc j");
    assert_eq!(row(&stage), 14, "another key ends it");
}
