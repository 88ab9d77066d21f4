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
        assert!(stage.screen().contains("Wed 31 Mar 27, 9"), "{}", stage.screen());
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

#[test]
fn a_line_changes_what_is_chosen_on_every_screen() {
    let mut stage = Stage::demo((120, 36));
    for (pane, line, said) in [
        ("7 j j j j j j j j", "m \"confidence:70\" enter", "70"),
        ("5", "m \"unit:days\" enter", "days"),
        ("5", "d ctrl-u \"18 dec\" enter", "18 Dec"),
        ("4", "m \"intent:agreed\" enter", "agreed"),
    ] {
        let before = writes(&stage);
        stage.keys("esc esc").keys(pane).keys(line);
        assert_eq!(writes(&stage), before + 1, "{pane} {line}\n{}", stage.screen());
        assert!(stage.screen().contains(said), "{pane} {line}\n{}", stage.screen());
    }
    stage.keys("7 m \"confident:70\" enter");
    assert!(stage.screen().contains("did you mean"), "{}", stage.screen());
    stage.keys("esc 7 / \"footfall\" enter d");
    assert!(stage.screen().contains("no day is set by which this is due"), "{}", stage.screen());
    stage.keys("3 y");
    assert!(stage.screen().contains("copied, by hand"), "{}", stage.screen());
    assert!(stage.0.0.app.copied.contains("@ana, design): week of"), "{}", stage.0.0.app.copied);
}

#[test]
fn filters_of_every_list_go_on_with_fields_and_what_its_rows_say() {
    let mut stage = Stage::demo((120, 36));
    for (keys, taken) in [
        ("3 / \"disc\" tab", "discipline:"),
        ("3 / \"discipline:mot\" tab", "discipline:motion"),
        ("3 : \"filter discipline:mot\" tab", "filter discipline:motion"),
        // Promises are owed to people who are not of the team, and stand on the board of stakeholders.
        ("7 / \"who:so\" tab", "who:\"Sofia Rossi\""),
        ("7 : \"filter way:fr\" tab", "filter way:from"),
        ("4 / \"series:stu\" tab", "series:\"Studio standup\""),
    ] {
        stage.keys("esc esc").keys(keys);
        assert!(stage.screen().contains(taken), "{keys}: {}", stage.screen());
    }
}

/// Five lines of a chat, in which words stand that set fields.
const CHAT: &str =
    "Owen Price  09:12\nchasing approvals t1\nagain and again due:friday\nfourth @bo, ~4h\nfifth";

#[test]
fn pasted_lines_set_nothing_where_words_set_fields_until_it_was_taken() {
    for keys in ["2 m", "C f", "C p", "C k", "C d", "C o", "C s", "7 m", "5 m", "4 m"] {
        let mut stage = Stage::demo((120, 36));
        stage.keys(keys);
        stage.paste(CHAT);
        let screen = stage.screen();
        assert!(screen.contains("fifth (Owen Price)\""), "{keys}: {screen}");
        assert!(!screen.contains("Fri 27 Nov 2026") && !screen.contains("hours 4h"), "{keys}: {screen}");
    }
    let mut stage = Stage::demo((120, 36));
    stage.keys("C f");
    stage.paste(CHAT);
    assert!(stage.screen().contains("Tab takes @bo  ~4h"), "{}", stage.screen());
    stage.keys("tab");
    assert!(stage.screen().contains("Tab takes ~4h"), "{}", stage.screen());
    stage.keys("tab enter");
    let frictions = stage.0.0.desk.books().unwrap().frictions;
    let filed = frictions.iter().find(|friction| friction.text.contains("approvals t1")).unwrap();
    assert_eq!((filed.whom.as_str(), filed.hours.0), ("bo", 240));
    let text = "chasing approvals t1 again and again due:friday fourth @bo, ~4h fifth (Owen Price)";
    assert_eq!(filed.text, text, "it begins with what was said");
    // Of a request all of it is offered, and what was pasted is one text that comes back with its offers.
    stage.keys("esc 2 m");
    stage.paste(CHAT);
    stage.keys("esc m");
    let screen = stage.screen();
    assert!(screen.contains("Tab takes t1  due:friday  @bo  ~4h"), "{screen}");
    // A second piece of it goes on with the text.
    stage.paste("t2 sixth");
    assert!(stage.screen().contains("fifth t2 sixth (Owen Price)\""), "{}", stage.screen());
}

#[test]
fn a_word_of_a_filter_that_is_only_begun_narrows_nothing_yet() {
    let rows = |stage: &Stage| stage.0.0.app.intake.marked_or_shown(&stage.0.0.snapshot).len();
    for begun in ["tier:", "-tier:", "stage:rev", "due:<"] {
        let mut stage = Stage::demo((120, 36));
        let all = rows(&stage);
        stage.keys(&format!("2 / \"{begun}\""));
        assert_eq!(rows(&stage), all, "{begun}: {}", stage.screen());
        // Enter does not take it, and what stands before it narrows.
        stage.keys(&format!("enter ctrl-u \"poster {begun}\""));
        assert!(rows(&stage) < all, "{begun}: {}", stage.screen());
    }
    let mut stage = Stage::demo((120, 36));
    stage.keys("5 / \"unit:\"");
    assert!(!stage.screen().contains("Nothing fits"), "{}", stage.screen());
    // A word that there is not is told, and shows no rows as if they fitted.
    stage.keys("esc 2 / \"teir:1\"");
    assert!(stage.screen().contains("did you mean") || stage.screen().contains("tier"), "{}", stage.screen());
}

#[test]
fn what_a_line_offers_is_not_cut_beside_a_rule_of_blanks() {
    for (size, told) in [
        ((120, 36), "requester:\"Owen Price\"  by friday → due:friday"),
        ((80, 24), "requester:\"Owen Price\" "),
    ] {
        let mut stage = Stage::demo(size);
        stage.keys("a \"poster for Owen by friday 4h\"");
        let screen = stage.screen();
        let rule = screen.lines().find(|line| line.contains("Tab takes")).unwrap_or_default();
        assert!(rule.contains(told), "{size:?}: {rule}");
        // Where something is left out, the line between both ends is short.
        assert!(!rule.contains('…') || !rule.contains("─────"), "{size:?}: {rule}");
    }
}

#[test]
fn what_the_command_line_can_do_is_told_whole_on_a_small_screen() {
    let mut stage = Stage::demo((80, 24));
    stage.keys(":");
    let screen = stage.screen();
    for part in ["Command line: ↑ what was typed before ─", "marks and words ─", "or your own words"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
}
