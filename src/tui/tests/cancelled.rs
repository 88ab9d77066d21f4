//! Meetings that do not take place, asked for by the filter of the list.

use super::Stage;

#[test]
fn a_cancelled_meeting_is_found_by_the_filter_and_can_be_opened_and_brought_back() {
    let mut stage = Stage::demo((120, 36));
    let title = "Design critique";
    stage.keys("4 z / \"critique\" enter");
    assert!(stage.screen().contains(title), "{}", stage.screen());
    stage.keys("x / ctrl-u \"critique\" enter");
    stage.keys("/ ctrl-u \"is:cancelled\" enter");
    let screen = stage.screen();
    assert!(screen.contains(title) && screen.contains("cancelled"), "{screen}");
    assert!(!screen.contains("Studio standup"), "{screen}");
    stage.keys("enter");
    assert!(stage.screen().contains(title), "{}", stage.screen());
    stage.keys("esc / ctrl-u enter");
    assert!(stage.screen().contains("Studio standup"), "{}", stage.screen());
}
