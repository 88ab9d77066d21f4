//! The first picture is the whole picture, drawn before everything is read; or there is none. A frame that
//! copies what did not change is the frame that draws all of it.

use proptest::prelude::*;

use super::Stage;
use crate::testkit;
use crate::tui::rehearsal::Rehearsal;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 60), (60, 16)];

/// Leaves and comes back: the first picture must be what is drawn once everything is read.
fn comes_back(stage: Rehearsal, what: &str) -> (Rehearsal, bool) {
    let mut again = stage.reopened().unwrap();
    let first = testkit::dump(&again.frame());
    let was_hurried = again.read_the_rest();
    assert_eq!(first, testkit::dump(&again.frame()), "{what}");
    (again, was_hurried)
}

#[test]
fn the_first_picture_is_the_whole_one_wherever_the_cockpit_stood() {
    for size in SIZES {
        for keys in ["", "j j", "G", "tab", "tab tab", "z G", "2", "3 j", "4 j j", "pgdn pgdn"] {
            let mut stage = Stage::demo(size).0;
            stage.keys(keys);
            let (stage, was_hurried) = comes_back(stage, &format!("{size:?} {keys}"));
            assert!(was_hurried, "{size:?} {keys}: nothing was kept");
            comes_back(stage, &format!("again, {size:?} {keys}"));
        }
    }
}

#[test]
fn where_something_is_filtered_or_typed_everything_is_read_first() {
    let mut stage = Stage::demo((120, 40)).0;
    stage.keys("/ \"at:risk\" enter");
    assert!(!comes_back(stage, "a filter").1);
    let mut stage = Stage::empty((120, 40)).0;
    stage.keys("a \"Hero film\" esc");
    comes_back(stage, "a draft in an empty store");
}

#[test]
fn in_a_studio_of_many_the_rows_that_are_not_kept_are_not_missed() {
    let sample = || Rehearsal::sample(3_000, 90, 200, (200, 60)).unwrap();
    for keys in ["", "G", "2 pgdn", "3", "3 w"] {
        let mut stage = sample();
        stage.keys(keys);
        comes_back(stage, keys);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn after_any_keys_the_first_picture_is_the_whole_one(
        steps in prop::collection::vec(0usize..14, 1..10), size in 0usize..3,
    ) {
        const KEYS: [&str; 14] = ["j", "G", "pgdn", "tab", "z", "1", "2", "3", "4", "space",
            "t \"2\"", "d \"fri\" enter", "u", "a \"Banners for spring t3 ~6h due:fri\" enter"];
        let mut stage = Stage::demo(SIZES[size]).0;
        for step in &steps {
            stage.keys(KEYS[*step]);
        }
        stage.keys("esc esc esc esc");
        comes_back(stage, &format!("{steps:?}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn what_is_copied_from_the_last_frame_is_what_drawing_anew_gives(
        steps in prop::collection::vec(0usize..16, 1..14), size in 0usize..4,
    ) {
        const KEYS: [&str; 16] = ["j", "G", "tab", "z", "w", "D", "right", "[", "]", "u", "/ \"t\"", "esc", "3", "1",
            "?", "a \"Banners for spring t3 ~6h due:fri\" enter"];
        let mut stage = Stage::demo(SIZES[size]).0;
        for step in &steps {
            stage.keys(KEYS[*step]);
            let (copied, anew) = (stage.next_frame(), stage.frame());
            prop_assert_eq!(testkit::dump(&copied), testkit::dump(&anew), "{:?}", steps);
            stage.reread().unwrap();
            prop_assert_eq!(testkit::dump(&anew), testkit::dump(&stage.frame()), "read anew: {:?}", steps);
        }
    }
}

#[test]
fn one_step_back_from_a_whole_screen_reads_the_days_that_come_into_sight() {
    let mut stage = Stage::demo((200, 60)).0;
    stage.keys("3 tab esc");
    let before = testkit::dump(&stage.frame());
    stage.reread().unwrap();
    assert_eq!(before, testkit::dump(&stage.frame()));
}
