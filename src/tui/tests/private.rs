//! What is kept from others, by keys.

use super::Stage;

#[test]
fn one_key_keeps_what_is_chosen_from_others_and_undo_gives_it_back() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 j");
    let title = "Price list PDF, 5 markets";
    assert!(stage.screen().contains(title), "{}", stage.screen());
    stage.keys("g k");
    assert!(stage.screen().contains(&format!("¤ {title}")), "{}", stage.screen());
    stage.keys("enter");
    assert!(
        stage.screen().contains("no document for others has it; g k takes that off"),
        "{}",
        stage.screen()
    );
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
