//! Whole screens with their styles, compared with what a person looked at and found right.

use super::Stage;
use crate::tui::view::theme::{Depth, Theme};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

/// Compares a text with the one kept under a name.
pub fn expect_text(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../../../tests/snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// Compares with the picture kept under a name; `cargo insta review` shows what differs.
fn expect(name: &str, stage: &Stage) {
    insta::with_settings!({
        snapshot_path => "../../../tests/snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, stage.screen());
    });
}

/// Runs a script in the demo studio at each size and compares what it shows.
pub fn expect_at_all_sizes(name: &str, script: &str) {
    for size in SIZES {
        let mut stage = Stage::demo(size);
        stage.keys(script);
        expect(&format!("{name}-{}x{}", size.0, size.1), &stage);
    }
}

/// Plays something in an empty studio at each size and compares what it shows.
pub fn expect_stage_at_all_sizes(name: &str, play: impl Fn(&mut Stage)) {
    for size in SIZES {
        let mut stage = Stage::empty(size);
        play(&mut stage);
        expect(&format!("{name}-{}x{}", size.0, size.1), &stage);
    }
}

#[test]
fn cockpit() {
    expect_at_all_sizes("cockpit", "");
}

#[test]
fn intake_alone() {
    expect_at_all_sizes("intake", "2");
}

#[test]
fn load_alone() {
    expect_at_all_sizes("load", "3");
}

#[test]
fn load_by_weeks() {
    expect_at_all_sizes("load-weeks", "3 w");
}

#[test]
fn meetings_alone() {
    expect_at_all_sizes("meetings", "4");
}

#[test]
fn a_request_opened() {
    expect_at_all_sizes("request", "enter");
}

#[test]
fn a_cell_opened() {
    expect_at_all_sizes("cell", "3 enter");
}

#[test]
fn a_meeting_opened() {
    expect_at_all_sizes("meeting", "4 enter");
}

#[test]
fn the_outcomes_and_the_ledger() {
    expect_at_all_sizes("outcomes", "5");
}

#[test]
fn change() {
    expect_at_all_sizes("change", "6");
}

#[test]
fn influence() {
    expect_at_all_sizes("influence", "7");
}

#[test]
fn an_outcome_opened() {
    expect_at_all_sizes("outcome", "5 enter");
}

#[test]
fn assigning() {
    expect_at_all_sizes("assign", "j @");
}

#[test]
fn reflecting() {
    expect_at_all_sizes("reflect", "r 4 4 4");
}

#[test]
fn the_form_of_a_request() {
    expect_at_all_sizes("form", "e");
}

#[test]
fn help() {
    expect_at_all_sizes("help", "?");
}

#[test]
fn history() {
    expect_at_all_sizes("history", "t 2 H");
}

#[test]
fn a_change_of_more_than_is_seen() {
    expect_at_all_sizes("preview", "2 V t 3");
}

#[test]
fn a_menu() {
    expect_at_all_sizes("menu", "S");
}

#[test]
fn quick_add_echoes_what_it_understood() {
    expect_at_all_sizes("add", "a \"Spring hero film t1 ~40h due:fri lever:impact\"");
}

#[test]
fn a_filter_keeps_the_rest_out_of_sight() {
    expect_at_all_sizes("filter", "/ \"t3 due<2w\"");
}

#[test]
fn an_empty_store_says_how_to_begin() {
    for size in SIZES {
        expect(&format!("empty-{}x{}", size.0, size.1), &Stage::empty(size));
    }
}

#[test]
fn without_colour_and_in_letters_nothing_is_lost() {
    let stage =
        Stage::configured((120, 36), Theme::new(Depth::None, true), "", |desk| desk.fill_demo().unwrap());
    let screen = stage.screen();
    for colour in ["indexed", "red", "green", "blue", "yellow", "magenta", "cyan"] {
        assert!(!screen.split("--- styles").nth(1).unwrap().contains(colour), "{colour} in\n{screen}");
    }
    expect("cockpit-colourless-120x36", &stage);
}

#[test]
fn a_terminal_too_small_says_so() {
    expect("too-small-40x10", &Stage::demo((40, 10)));
}

#[test]
fn in_ascii_nothing_is_drawn_with_other_signs() {
    for keys in
        ["", "3", "3 w", "5", "7", "enter", "j j @", "e", "?", "s", "b", "4 enter", "H", "a \"Zoë → hero\""]
    {
        let mut stage = Stage::demo((160, 45));
        stage.0.0.app.theme.is_ascii = true;
        stage.keys(keys);
        let frame = stage.frame();
        let other = frame.content.iter().map(ratatui::buffer::Cell::symbol).find(|symbol| !symbol.is_ascii());
        assert_eq!(other, None, "{keys}: {}", stage.screen());
    }
}

#[test]
fn every_view_can_be_drawn_at_every_size() {
    let views = [
        "",
        "2",
        "3",
        "3 w",
        "3 D",
        "4",
        "4 D",
        "enter",
        "3 enter",
        "@",
        "@ h",
        "e",
        "e f4",
        "g p",
        "3 P",
        "?",
        "H",
        "a",
        "t",
        "A",
        "/ \"tier:1\"",
        "=",
        "4 enter",
        "3 G enter",
        "5",
        "5 enter",
        "5 e",
        "6",
        "6 l enter",
        "7",
        "7 enter",
        "7 n s",
        "T",
        "C f",
    ];
    for view in views {
        let mut stage = Stage::demo((120, 36));
        stage.keys(view);
        for width in [1, 60, 61, 80, 119, 171, 500] {
            for height in [1, 16, 17, 30, 48, 200] {
                let cockpit = &mut stage.0.0;
                cockpit.app.resize((width, height), &cockpit.snapshot);
                cockpit.perform(crate::tui::app::effect::Effect::Screen(
                    crate::tui::app::effect::Screen::Reload,
                ));
                assert_eq!(stage.frame().area.width, width, "{view}");
            }
        }
    }
}

#[test]
fn the_filter_reaches_closed_work_and_lets_go_of_it() {
    let mut stage = Stage::with((80, 24), |desk| {
        for title in ["Hero film", "Old poster", "Newer leaflet"] {
            desk.add(title).unwrap();
        }
        for id in [2, 3] {
            desk.move_to(
                &[crate::domain::ids::RequestId(id)],
                crate::domain::stage::Stage::Declined,
                "too late",
            )
            .unwrap();
        }
    });
    let shows = |stage: &Stage, title: &str| stage.screen().contains(title);
    assert!(shows(&stage, "Hero film") && !shows(&stage, "Old poster"));
    stage.keys("/ \"stage:declined\"");
    assert!(
        shows(&stage, "Old poster") && shows(&stage, "2 of 3 fit"),
        "seen while typing: {}",
        stage.screen()
    );
    stage.keys("enter");
    assert!(!shows(&stage, "Hero film") && shows(&stage, "Newer leaflet"), "{}", stage.screen());
    // What is found can be opened, and brought back.
    stage.keys("j enter");
    assert!(shows(&stage, "Old poster") && shows(&stage, "too late"), "{}", stage.screen());
    stage.keys("esc S n");
    assert!(shows(&stage, "1 of 3 fit"), "{}", stage.screen());
    stage.keys("esc");
    assert!(shows(&stage, "Old poster") && !shows(&stage, "Newer leaflet"), "{}", stage.screen());
    stage.keys("/ \"stage:any leaflet\" enter");
    assert!(shows(&stage, "Newer leaflet") && shows(&stage, "1 of 3 fit"), "{}", stage.screen());
}

/// The rows of the pane were those of the week before, and the key took one that there was not.
#[test]
fn keys_in_a_window_too_small_to_show_anything_act_on_what_is_there_now() {
    for keys in
        ["3 G ] ] enter", "3 G [ [ [ r", "4 G D ] enter", "1 G / \"nothing\" enter enter", "2 G w l enter"]
    {
        let mut stage = Stage::demo((120, 36));
        for (index, key) in keys.split(' ').enumerate() {
            if index == 2 {
                let cockpit = &mut stage.0.0;
                cockpit.app.resize((40, 8), &cockpit.snapshot);
            }
            stage.keys(key);
        }
        let cockpit = &mut stage.0.0;
        cockpit.app.resize((120, 36), &cockpit.snapshot);
        assert!(stage.screen().contains("tablesetter"), "{keys}");
    }
}

#[test]
fn where_nothing_is_to_be_seen_nothing_is_written() {
    let mut stage = Stage::demo((120, 36));
    let newest = stage.0.0.desk.store.newest_operation().unwrap();
    let cockpit = &mut stage.0.0;
    cockpit.app.resize((40, 10), &cockpit.snapshot);
    stage.keys("@ enter x \"zzz\" enter t 2 u");
    assert_eq!(stage.0.0.desk.store.newest_operation().unwrap(), newest);
    let cockpit = &mut stage.0.0;
    cockpit.app.resize((120, 36), &cockpit.snapshot);
    assert!(stage.0.0.app.overlays.is_empty(), "{}", stage.screen());
}

#[test]
fn what_is_typed_into_a_window_that_shrinks_is_not_lost() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("a \"Poster\"");
    let cockpit = &mut stage.0.0;
    cockpit.app.resize((40, 10), &cockpit.snapshot);
    stage.keys("\" for May\" enter");
    let cockpit = &mut stage.0.0;
    cockpit.app.resize((120, 36), &cockpit.snapshot);
    assert!(stage.screen().contains("Poster for May"), "{}", stage.screen());
}

/// The mark stands in the legend as what is drawn, alone or behind a figure.
#[test]
fn every_mark_that_is_drawn_has_a_word_in_the_legend() {
    use crate::tui::view::marks;
    let said = include_str!("../../../assets/legend.toml");
    let theme = Theme::new(Depth::None, false);
    for mark in marks::OF_QUEUE.iter().chain(&marks::OF_LOAD).chain(&marks::OF_GHOST) {
        let glyph = mark.drawn(theme);
        let is_named = said.lines().any(|line| {
            let shown = line.split("mark = \"").nth(1).and_then(|rest| rest.split('"').next());
            shown.is_some_and(|shown| shown.ends_with(glyph))
        });
        assert!(is_named, "{glyph} {}", mark.word);
    }
}
