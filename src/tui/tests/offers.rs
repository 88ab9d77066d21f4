//! Words of a typed line that are offered, and count only once they were taken.

use super::Stage;
use crate::tui::view::theme::{Depth, Theme};

fn french() -> Stage {
    let theme = Theme::new(Depth::Many, false);
    Stage::configured((120, 36), theme, "[lead]\nlanguage = \"fr\"\n", |desk| desk.fill_demo().unwrap())
}

fn writes(stage: &Stage) -> usize {
    stage.0.0.desk.history(None).unwrap().len()
}

#[test]
fn a_day_at_odds_between_languages_counts_only_once_one_of_it_was_taken() {
    let mut stage = french();
    let before = writes(&stage);
    for keys in ["a \"Poster due:mar\" enter", "2 d ctrl-u \"mar\" enter"] {
        stage.keys(keys);
        let screen = stage.screen();
        assert!(screen.contains("could be Wed 31 Mar or Tue 24 Nov"), "{screen}");
        assert!(screen.contains("march or") && screen.contains("tuesday"), "{screen}");
        assert_eq!(writes(&stage), before, "{keys}");
        stage.keys("tab");
        assert!(stage.screen().contains("Wed 31 Mar, 91"), "{}", stage.screen());
        stage.keys("tab");
        assert!(stage.screen().contains("Tue 24 Nov"), "{}", stage.screen());
        stage.keys("ctrl-u esc");
    }
    stage.keys("2 / \"due:<mar\"");
    let screen = stage.screen();
    assert!(screen.contains("due:<march or due:<tuesday"), "{screen}");
    stage.keys("tab tab enter");
    assert!(stage.screen().contains(": due:<tuesday"), "{}", stage.screen());
}

#[test]
fn by_whom_and_how_much_are_offered_in_a_line_of_every_kind() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("C p \"numbers for Owen by friday\"");
    let screen = stage.screen();
    assert!(
        screen.contains("for Owen → @\"Owen Price\"") && screen.contains("by friday → due:friday"),
        "{screen}"
    );
    stage.keys("tab tab enter");
    let promises = stage.0.0.desk.books().unwrap().promises;
    let made = promises.iter().find(|promise| promise.text == "numbers").unwrap();
    assert_eq!((made.whom.as_str(), made.due), ("Owen Price", "2026-11-27".parse().ok()));
    stage.keys("C f \"chasing approvals 4h a week\" tab enter");
    let frictions = stage.0.0.desk.books().unwrap().frictions;
    assert!(frictions.iter().any(|friction| friction.text == "chasing approvals" && friction.hours.0 == 240));
    stage.keys("2 / \"by friday\" tab enter");
    assert!(stage.screen().contains(": due:<=friday"), "{}", stage.screen());
}
