//! The terminal's own cursor stands at what is chosen, and where somebody types.

use ratatui::layout::Position;

use super::Stage;
use crate::tui::view::caret;
use crate::tui::view::theme::{Depth, Theme};

/// The words of the line at which the cursor stands, from there on.
fn at_cursor(stage: &Stage) -> (Position, String) {
    let frame = stage.frame();
    let at = caret::place(&stage.0.0.app, &stage.0.0.snapshot, &frame).unwrap();
    let words: String = (at.x..frame.area.width).map(|x| frame[(x, at.y)].symbol().to_owned()).collect();
    (at, words)
}

#[test]
fn the_cursor_stands_at_the_chosen_row_whatever_the_list() {
    let monochrome = Theme::new(Depth::None, false);
    let high = Theme::new(Depth::Many, false).with(crate::config::Look::HighContrast, [None; 12]);
    for theme in [Theme::new(Depth::Many, false), monochrome, high] {
        for size in [(80, 24), (120, 36)] {
            let mut stage = Stage::configured(size, theme, "", |desk| desk.fill_demo().unwrap());
            for _ in 0..3 {
                let chosen = stage.0.0.app.intake.selected().unwrap().to_string();
                assert!(at_cursor(&stage).1.contains(&chosen), "{chosen}: {:?}", at_cursor(&stage));
                stage.keys("j");
            }
            for keys in ["3 g g", "4 g g", "5 g g", "6 g g", "7 g g", "1 t", "esc g p j"] {
                stage.keys(keys);
                let (first, words) = at_cursor(&stage);
                assert!(!words.trim().is_empty(), "{keys} at {size:?}: {words}\n{}", stage.screen());
                stage.keys(if keys.ends_with('t') { "down" } else { "j" });
                assert_ne!(at_cursor(&stage).0, first, "{keys}, then down, at {size:?}: {}", stage.screen());
            }
        }
    }
}

#[test]
fn the_cursor_stands_behind_the_letters_that_are_typed() {
    let mut stage = Stage::demo((80, 24));
    for (keys, typed) in [("/ \"film\"", "film"), ("? \"undo\"", "undo"), ("a \"Poster\"", "Poster")] {
        stage.keys(keys);
        let frame = stage.frame();
        let at = caret::place(&stage.0.0.app, &stage.0.0.snapshot, &frame).unwrap();
        let before: String = (0..at.x).map(|x| frame[(x, at.y)].symbol().to_owned()).collect();
        assert!(before.ends_with(typed), "{keys}: {before}");
        stage.keys("ctrl-c");
    }
}

#[test]
fn a_screen_without_room_or_choice_has_a_place_or_none() {
    let stage = Stage::demo((20, 5));
    assert_eq!(caret::place(&stage.0.0.app, &stage.0.0.snapshot, &stage.frame()), None);
    let empty = Stage::empty((80, 24));
    assert!(caret::place(&empty.0.0.app, &empty.0.0.snapshot, &empty.frame()).is_some());
}

#[test]
fn a_board_opens_on_its_first_line() {
    for board in ["5", "6", "7"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(board);
        let opened = at_cursor(&stage);
        stage.keys("g g");
        assert_eq!(opened, at_cursor(&stage), "{board}: {}", stage.screen());
    }
}
