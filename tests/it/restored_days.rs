//! A restore takes days away that were recorded since its copy was made, and whoever writes next records them once more.

use crate::figures::Story;

#[test]
fn a_restore_over_recorded_days_can_be_undone_on_a_later_day() {
    let story = Story(tempfile::tempdir().unwrap());
    story.at("2026-11-23", "person add Ana --handle ana");
    story.at("2026-11-23", "add Film ~16h t3 @ana due:2026-12-04");
    story.at("2026-11-23", "move R-1 ready");
    story.at("2026-11-23", "move R-1 in-progress");
    let copy = story.0.path().join("copy.db").to_str().unwrap().to_owned();
    story.at("2026-11-24", &format!("backup {copy}"));
    story.at("2026-11-25", "add Next");
    let week = || story.review("2026-11-30", "--week 2026-11-23");
    let planned = || story.count("SELECT sum(done) FROM kept_share WHERE day < '2026-11-26'");
    story.at("2026-11-26", "edit R-1 t2");
    story.at("2026-11-26", "edit R-1 t3");
    let (before, off) = (week(), planned());
    assert!(off > 0);
    story.at("2026-11-26", &format!("restore {copy}"));
    story.at("2026-11-26", "add Third");
    story.at("2026-11-26", "undo");
    story.at("2026-11-26", "undo");
    assert!(story.at("2026-11-26", "list").contains("Next"));
    assert_eq!((week(), planned()), (before.clone(), off));
    story.at("2026-11-26", "redo");
    assert!(!story.at("2026-11-26", "list").contains("Next"));
    // Two days later those of the copy are recorded first, and go when the others come back.
    story.at("2026-11-27", "undo");
    assert!(story.at("2026-11-27", "list").contains("Next"));
    assert_eq!(planned(), off);
    assert_eq!(story.count("SELECT count(*) - count(DISTINCT day) FROM kept_day"), 0);
}
