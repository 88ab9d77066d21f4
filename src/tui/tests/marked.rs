//! Marks on lists of every kind: what is copied, edited as text, repeated, and shown before it is done.

use super::Stage;
use crate::domain::record::RecordKey;
use crate::tui::app::Message;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Screen};

const COMING: &str = "4 / \"-is:over -is:cancelled\" enter";

impl Stage {
    /// Lines of the records that are copied or edited when an action is run.
    fn rows_of(&mut self, action: Action) -> Vec<RecordKey> {
        let snapshot = self.0.0.snapshot.clone();
        match self.0.0.app.act(action, &snapshot).as_slice() {
            [Effect::Screen(Screen::CopyRows(keys, _) | Screen::EditRows(keys, None))] => keys.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn count(&self) -> usize {
        self.0.0.desk.history(None).unwrap().len()
    }
}

#[test]
fn what_is_marked_is_copied_a_line_each_and_edited_as_text_in_every_list() {
    for place in ["2", COMING, "5", "6", "7"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(place).keys("space space y");
        let copied = stage.0.0.app.copied.clone();
        assert_eq!(copied.lines().count(), 2, "{place}: {copied}");
        assert!(stage.screen().contains("2 ") && stage.screen().contains("marked"), "{}", stage.screen());
        let (own, edited) = (stage.rows_of(Action::Copy), stage.rows_of(Action::EditAsText));
        assert!(own.len() == 2 && own == edited, "{place}: {own:?}");
        for (key, line) in own.iter().zip(copied.lines()) {
            let key = key.to_string();
            let id = key.split('@').next().unwrap();
            assert!(line.starts_with(&format!("{id} ")), "{key}: {line}");
        }
        // Without marks the chosen one is copied, and all that are shown are edited.
        stage.keys("esc k");
        assert_eq!(stage.rows_of(Action::Copy).len(), 1, "{place}: {}", stage.screen());
        assert!(stage.rows_of(Action::EditAsText).len() > 1, "{place}");
    }
}

#[test]
fn what_is_opened_is_copied_too() {
    for place in ["2", COMING, "5", "7"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(place).keys("enter y");
        assert_eq!(stage.0.0.app.copied.lines().count(), 1, "{place}: {}", stage.screen());
    }
}

#[test]
fn meetings_are_marked_by_range_and_cancelled_in_one_change() {
    let mut stage = Stage::demo((120, 36));
    stage.keys(COMING).keys("v j j v");
    assert!(stage.screen().contains("3 marked"), "{}", stage.screen());
    let (before, contents) = (stage.count(), stage.contents());
    stage.keys("x");
    assert_eq!(stage.count(), before + 1);
    assert!(stage.screen().contains("Cancelled 3 meetings"), "{}", stage.screen());
    stage.keys("u");
    assert!(stage.contents() == contents, "{}", stage.screen());
}

#[test]
fn a_change_of_meetings_and_of_records_is_done_again_to_others() {
    let mut stage = Stage::demo((120, 36));
    stage.keys(COMING).keys("K l j j .");
    let history = stage.0.0.desk.history(None).unwrap();
    let labels: Vec<&str> = history.iter().take(2).map(|one| one.label.as_str()).collect();
    let is_kind = |label: &&str| label.ends_with("kind leadership");
    assert!(labels.iter().all(is_kind) && labels[0] != labels[1], "{labels:?}");
    // What was done to a meeting is not done to a request.
    stage.keys("2 .");
    assert!(stage.screen().contains("what was changed last was of meetings"), "{}", stage.screen());
}

#[test]
fn a_change_of_more_meetings_than_are_seen_is_shown_before() {
    let mut stage = Stage::demo((80, 16));
    stage.keys("4 z V K l");
    let marked = stage.0.0.app.meetings.targets().len();
    assert!(stage.0.0.app.meetings.rows_seen() < marked, "{marked} of {}", stage.screen());
    let screen = stage.screen();
    assert!(screen.contains(&format!("{marked} meetings")) && screen.contains("Set kind"), "{screen}");
    assert!(screen.contains("kind team → leadership") || screen.contains("→ leadership"), "{screen}");
    let before = stage.count();
    stage.keys("enter");
    assert_eq!(stage.count(), before + 1, "{}", stage.screen());
}

#[test]
fn what_is_opened_is_the_row_that_is_seen_wherever_marks_lie() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 space space j j");
    let chosen = stage.0.0.app.intake.selected().unwrap().to_string();
    stage.keys("enter");
    let opened = stage.0.0.app.overlays.last().and_then(|overlay| overlay.request()).unwrap();
    assert_eq!(opened.to_string(), chosen);
}

#[test]
fn a_preview_follows_what_another_program_writes_and_enter_does_what_it_says() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 V m \"t2\" enter");
    let id = stage.0.0.app.intake.targets().remove(0);
    assert!(stage.screen().contains("tier nothing → 2"), "{}", stage.screen());
    // Before it is read again: Enter shows what would change now, and changes nothing.
    stage.0.0.desk.edit(&[id], "t4").unwrap();
    let before = stage.count();
    stage.keys("enter");
    assert_eq!(stage.count(), before, "{}", stage.screen());
    assert!(stage.screen().contains("another program wrote meanwhile"), "{}", stage.screen());
    assert!(stage.screen().contains("tier 4 → 2"), "{}", stage.screen());
    // After it was read again it says so by itself.
    stage.0.0.desk.edit(&[id], "t3").unwrap();
    stage.0.0.reload(crate::store::Tables::ALL);
    assert!(stage.screen().contains("tier 3 → 2"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.count(), before + 2, "{}", stage.screen());
    assert!(stage.0.0.app.overlays.is_empty(), "{}", stage.screen());
}

#[test]
fn marks_of_every_list_end_with_the_change_that_they_were_for() {
    for place in ["2", COMING, "5", "6", "7"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(place).keys("space space");
        assert_eq!(stage.rows_of(Action::Copy).len(), 2, "{place}");
        stage.0.0.app.receive(Message::Committed("Changed two".to_owned()));
        assert!(!stage.screen().contains("marked"), "{place}: {}", stage.screen());
    }
}
