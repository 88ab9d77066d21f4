//! What is kept from others, by keys.

use super::Stage;
use crate::tui::app::effect::{Effect, Write};

#[test]
fn one_key_keeps_what_is_chosen_from_others_and_undo_gives_it_back() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 j");
    let title = "Price list PDF, 5 markets";
    assert!(stage.screen().contains(title), "{}", stage.screen());
    stage.keys("g k");
    assert!(stage.screen().contains(&format!("¤ {title}")), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("kept from others: g k shows it"), "{}", stage.screen());
    // With its page open others come to look: it is not on the screen, nor told of by what happened.
    stage.keys("f5");
    assert!(!stage.screen().contains(title), "{}", stage.screen());
    stage.keys("esc H");
    assert!(!stage.screen().contains("R-3 "), "{}", stage.screen());
    stage.keys("esc ? \"price list\"");
    assert!(!stage.screen().contains(title), "{}", stage.screen());
    stage.keys("esc esc f5");
    assert!(stage.screen().contains(&format!("¤ {title}")), "{}", stage.screen());
    stage.keys("u");
    let screen = stage.screen();
    assert!(screen.contains(title) && !screen.contains(&format!("¤ {title}")), "{screen}");
}

#[test]
fn marked_requests_and_records_of_a_board_are_kept_at_once() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 j space space g k");
    assert!(stage.screen().contains("R-3, R-19 are private now"), "{}", stage.screen());
    stage.keys("5 g k");
    assert!(stage.screen().contains("¤ Footfall"), "{}", stage.screen());
    stage.keys("7 g k");
    let key = stage.0.0.desk.private_keys().unwrap();
    assert_eq!(key.iter().count(), 4, "{}", stage.screen());
    stage.keys("g k 2 / \"is:private\" enter");
    assert!(stage.screen().contains("R-3") && stage.screen().contains("2 of 47 fit"), "{}", stage.screen());
}

#[test]
fn what_is_taken_back_while_others_look_on_is_not_named() {
    let mut stage = Stage::demo((120, 36));
    let title = "Price list PDF, 5 markets";
    stage.keys("2 j g k t 2");
    assert!(stage.screen().contains("R-3"), "{}", stage.screen());
    stage.keys("f5 u");
    let screen = stage.screen();
    assert!(screen.contains("something private") && !screen.contains(title), "{screen}");
}

#[test]
fn boards_and_meetings_are_asked_for_what_is_private() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("5 g k / \"is:private\" enter");
    let screen = stage.screen();
    assert!(screen.contains("¤ Footfall") && screen.contains("1 fit"), "{screen}");
    stage.keys("4 g k / \"is:private\" enter");
    assert!(stage.screen().contains("1 fit"), "{}", stage.screen());
}

#[test]
fn lines_that_could_not_be_taken_over_say_what_becomes_of_them() {
    let mut stage = Stage::demo((120, 36));
    let wrong = "R-3 Price list tier:9\n".to_owned();
    stage.0.0.perform(Effect::Write(Write::ApplyText(wrong)));
    assert!(stage.screen().contains("leave everything as it was; your lines"), "{}", stage.screen());
}

#[test]
fn names_in_letters_of_double_width_are_covered_too() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.add("Posters for 田中太郎 requester:\"田中 太郎\"").unwrap();
        desk.add("Flyer for 🎉 Corp").unwrap();
    });
    stage.0.0.app.presenting.names =
        vec!["田中太郎".to_owned(), "田中 太郎".to_owned(), "🎉 Corp".to_owned()];
    for keys in ["f5", "enter"] {
        stage.keys(keys);
        let screen = stage.screen().replace(' ', "");
        assert!(!screen.contains("中太郎") && !screen.contains("太郎"), "{}", stage.screen());
        assert!(screen.contains("Posters") && !screen.contains("Corp"), "{}", stage.screen());
    }
}
