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

#[test]
fn a_store_that_is_taken_in_elsewhere_knows_the_days_since_the_last_change() {
    let (from, to) = (Story(tempfile::tempdir().unwrap()), Story(tempfile::tempdir().unwrap()));
    from.at("2026-11-23", "person add Ana --handle ana");
    from.at("2026-11-23", "add Film ~40h t3 @ana due:2026-12-11 stage:in-progress");
    let file = from.0.path().join("all.json").to_str().unwrap().to_owned();
    from.at("2026-12-01", &format!("export all --output {file}"));
    to.at("2026-12-01", &format!("import all {file}"));
    let told = |story: &Story| {
        ["2026-12-01", "2026-12-02"]
            .map(|on| (story.review(on, "--week 2026-11-23"), story.at(on, "show R-1")))
    };
    let (one, two) = (told(&from), told(&to));
    let left = |told: &str| told.lines().find(|line| line.starts_with("held by")).unwrap().to_owned();
    for ((week, record), (same_week, same_record)) in one.iter().zip(&two) {
        assert_eq!((week, left(record)), (same_week, left(same_record)));
    }
}
