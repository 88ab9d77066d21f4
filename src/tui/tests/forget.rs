//! Words are only forgotten after a plain question whose first answer is no.

use super::Stage;
use crate::domain::ids::RequestId;
use crate::ops::Desk;

fn studio(desk: &mut Desk) {
    desk.add("Poster t3 notes:\"fired for theft\"").unwrap();
}

fn notes(stage: &Stage) -> String {
    stage.0.0.desk.store.request(RequestId(1)).unwrap().notes
}

#[test]
fn enter_keeps_everything_and_only_a_yes_forgets() {
    let mut stage = Stage::with((120, 36), studio);
    stage.keys("g f");
    assert!(
        stage.screen().contains("This can never be undone: forget every word of R-1?"),
        "{}",
        stage.screen()
    );
    stage.keys("enter");
    assert_eq!(notes(&stage), "fired for theft");
    stage.keys("g f f n");
    assert!(
        stage.screen().contains("This can never be undone: forget what stands in notes of R-1?"),
        "{}",
        stage.screen()
    );
    stage.keys("y");
    assert_eq!(notes(&stage), "");
    assert_eq!(stage.0.0.desk.store.request(RequestId(1)).unwrap().title, "Poster");
    assert!(stage.screen().contains("Forgot notes of R-1 for good"), "{}", stage.screen());
}

#[test]
fn what_is_typed_and_not_saved_goes_too() {
    let mut stage = Stage::with((120, 36), studio);
    stage.keys("m \"brand:unsaved\" esc").pause();
    assert!(stage.0.0.desk.store.memo("drafts").unwrap().unwrap_or_default().contains("unsaved"));
    stage.keys("g f y");
    let drafts = stage.0.0.desk.store.memo("drafts").unwrap().unwrap_or_default();
    assert!(!drafts.contains("unsaved"), "{drafts}");
    assert!(stage.0.0.app.drafts.is_empty());
}
