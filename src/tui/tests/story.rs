//! The worked story of outcomes, headroom and influence, by keys alone: from a friction that is seen to hours that
//! came to something, and back to an empty store.

use super::Stage;
use crate::domain::minutes::Minutes;
use crate::domain::record::RecordKey;
use crate::ops::kit::move_clock;
use crate::tui::view::theme::{Depth, Theme};

fn key(text: &str) -> RecordKey {
    text.parse().unwrap()
}

#[test]
fn friction_becomes_headroom_and_headroom_an_outcome_undone_to_an_empty_store() {
    let mut stage = Stage::empty((120, 36));
    // Who and what for.
    stage.keys("C s \"Marcus Hall role:CMO cares:margin\" enter");
    stage.keys("C o \"Spring on shelf sooner lever:speed metric:brief unit:d baseline:14 target:9 due:+120d @marcus\" enter");
    stage.keys("5 > down \"14\" down \"-40d\" ctrl-s > down \"12\" down \"-20d\" ctrl-s > down \"9.5\" down \"-3d\" ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("90 % ahead") && screen.contains("9.5 d, from 14 d towards 9 d"), "{screen}");
    // A friction is seen, changed, unlocked; the gain is proposed with what is known.
    stage.keys("C f \"chasing approvals by e-mail ~6h area:process harms:O-1\" enter");
    stage.keys("6");
    assert!(
        stage.screen().contains("6h a week, counted three times as it harms an outcome"),
        "{}",
        stage.screen()
    );
    stage.keys("> >");
    let screen = stage.screen();
    assert!(
        screen.contains("hours that a change freed") && screen.contains("No more chasing approvals"),
        "{screen}"
    );
    stage.keys("down down down \"-33d\" ctrl-s");
    // Four of six hours are redirected, and came to something.
    stage.keys("p 5 G > down \"O-1\" down ctrl-u \"4h\" ctrl-s");
    let screen = stage.screen();
    assert!(screen.contains("6h freed · 4h redirected · 2h unspo"), "{screen}");
    assert!(screen.contains("2h free, 33 days"), "{screen}");
    stage.keys("j e down down down down down \"brief to shelf 9.5 days\" ctrl-s");
    assert!(stage.screen().contains("brief to shelf 9.5 days"), "{}", stage.screen());
    // A decision is framed in a leadership meeting with its approver; a promise is made there and kept.
    stage.keys("g . m \"Leadership sync\" down ctrl-u \"today\" down \"8:00\" down ctrl-u \"45\" down \"Marcus Hall, Priya\" down \"lead\" ctrl-s");
    stage.keys("C d \"do legal sign templates? @marcus meeting:M-1 confidence:70 check:+30d\" enter");
    stage.keys("C p \"two costed ways @marcus due:fri meeting:M-1\" enter");
    stage.keys("7");
    let screen = stage.screen();
    assert!(screen.contains("owed P-1") && screen.contains("do legal sign templates?"), "{screen}");
    stage.keys("down down >");
    assert!(stage.screen().contains("Kept P-1"), "{}", stage.screen());
    figures_open_their_rows(&mut stage);
    let books = stage.0.0.desk.books().unwrap();
    assert_eq!(stage.0.0.snapshot.headroom().unspoken(), Minutes::hours(2));
    assert_eq!(books.readings.len(), 3);
    // Everything is undone, step by step.
    let count = stage.0.0.desk.history(None).unwrap().len();
    stage.keys("esc esc esc");
    for _ in 0..count {
        stage.keys("u");
    }
    assert_eq!(stage.0.0.desk.books().unwrap(), crate::ops::books::Books::default(), "{}", stage.screen());
}

fn figures_open_their_rows(stage: &mut Stage) {
    // From the outcome to the redirect, and from it to its gain.
    stage.keys("5 g g enter");
    let screen = stage.screen();
    assert!(screen.contains("Redirected") && screen.contains("Harmed by"), "{screen}");
    // The lever's figure opens the outcome that it was counted from.
    stage.keys("esc j enter");
    let screen = stage.screen();
    assert!(screen.contains("Counted") && screen.contains("O-1 Spring on shelf sooner"), "{screen}");
    stage.keys("esc");
}

#[test]
fn two_records_are_linked_and_each_shows_the_other() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("2 T \"loyalty idea\" enter");
    let first = stage.0.0.snapshot.rows[0].request.id;
    stage.keys("enter");
    assert!(stage.screen().contains("D-3 Is there a spring loyalty idea"), "{}", stage.screen());
    stage.keys("esc 7 l");
    let decision = stage.0.0.desk.entry_detail(&key("D-3")).unwrap();
    assert!(decision.facts.iter().any(|fact| fact.link == Some(first.into())), "{decision:?}");
    stage.keys("2 T \"loyalty idea\" enter");
    assert!(stage.screen().contains("Unlinked"), "{}", stage.screen());
}

#[test]
fn an_ask_for_things_climbs_the_ladder_and_keeps_its_words() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.add("12 banners for Harbour retail").unwrap();
    });
    stage.keys("o");
    assert!(stage.screen().contains("What will be different if this works?"), "{}", stage.screen());
    stage.keys("\"banners in 12 sizes\" enter");
    assert!(stage.screen().contains("Who must do or think something new?"), "{}", stage.screen());
    stage.keys("\"store managers order the display themselves\" enter");
    let request = stage.0.0.desk.store.request(crate::domain::ids::RequestId(1)).unwrap();
    assert_eq!(request.outcome, "store managers order the display themselves", "{}", stage.screen());
    assert_eq!(request.ask, "12 banners for Harbour retail");
    assert!(request.reframed.is_some());
}

#[test]
fn the_ladder_keeps_what_is_insisted_on() {
    let request = |stage: &Stage| stage.0.0.desk.store.request(crate::domain::ids::RequestId(1)).unwrap();
    let new = || {
        Stage::with((80, 24), |desk| {
            desk.add("12 banners for Harbour retail").unwrap();
        })
    };
    let mut stage = new();
    stage.keys("o \"banners in 12 sizes\" enter");
    let screen = stage.screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words}: {screen}"));
    assert!(
        at("banners in 12 sizes") < at("says what is made") && at("says what is made") < at("Who must do")
    );
    assert!(screen.contains("Enter once more keeps it as you said it"), "{screen}");
    stage.keys("enter");
    assert_eq!(request(&stage).outcome, "banners in 12 sizes");
    assert!(stage.screen().contains("kept as you said it"), "{}", stage.screen());
    // What names things only is told as such again, and still kept if it is insisted on.
    stage.keys("o");
    assert!(stage.screen().contains("says what is made"), "{}", stage.screen());
    stage.keys("esc");
    assert!(!stage.screen().contains("is kept until"), "nothing was typed: {}", stage.screen());
    stage.keys("o \"banners in 12 sizes\" enter");
    assert_eq!(request(&stage).outcome, "banners in 12 sizes");
    // The same words typed again count as well; an answer to a later question is kept where it belongs.
    let mut stage = new();
    stage.keys("o down \"shop staff\" enter \"shop staff\" enter");
    assert_eq!((request(&stage).audience.as_str(), request(&stage).outcome.as_str()), ("shop staff", ""));
}

#[test]
fn answers_of_the_ladder_that_no_field_has_room_for_go_into_the_notes() {
    let request = |stage: &Stage| stage.0.0.desk.store.request(crate::domain::ids::RequestId(1)).unwrap();
    let new = || {
        Stage::with((80, 24), |desk| {
            desk.add("12 banners for Harbour retail audience:everybody notes:before").unwrap();
        })
    };
    let mut stage = new();
    stage.keys("o \"more banners\" enter \"shop staff\" enter \"tbc\" enter \"one poster\" enter");
    let kept = request(&stage);
    assert_eq!(
        (kept.outcome.as_str(), kept.audience.as_str(), kept.message.as_str()),
        ("", "everybody", "one poster")
    );
    let lines: Vec<&str> = kept.notes.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[0] == "before" && lines[1].ends_with("? more banners") && lines[2].ends_with("? shop staff"),
        "{lines:?}"
    );
    stage.keys("u");
    assert_eq!(request(&stage).notes, "before");
    // What is kept as it was said takes nothing from what was said before it.
    let mut stage = new();
    stage.keys("o \"more banners\" enter down \"twice a day\" enter enter");
    let kept = request(&stage);
    assert_eq!(
        (kept.measure.as_str(), kept.notes.ends_with("? more banners")),
        ("twice a day", true),
        "{kept:?}"
    );
    // Neither does the outcome that is found at last.
    let mut stage = new();
    stage.keys("o \"more banners\" enter \"store managers order the display themselves\" enter");
    let kept = request(&stage);
    assert_eq!(
        (kept.outcome.as_str(), kept.notes.lines().next(), kept.notes.ends_with("? more banners")),
        ("store managers order the display themselves", Some("before"), true),
        "{kept:?}"
    );
}

#[test]
fn the_gate_holds_for_guessed_tiers_and_readiness_is_told() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.add("Spring campaign hero film").unwrap();
        desk.add("Poster for the door").unwrap();
    });
    let stage_of = |stage: &Stage, id| {
        stage.0.0.desk.store.request(crate::domain::ids::RequestId(id)).unwrap().stage.title()
    };
    stage.keys("2 / \"hero\" enter >");
    assert!(stage.screen().contains("its words make it tier 1"), "{}", stage.screen());
    assert_eq!(stage_of(&stage, 1), "new");
    stage.keys("esc esc / ctrl-u \"poster\" enter >");
    assert!(stage.screen().contains("tier 3 is ready from 50"), "{}", stage.screen());
    assert_eq!(stage_of(&stage, 2), "ready");
}

#[test]
fn taking_on_more_than_fits_asks_what_moves() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.save_sheet(&crate::ops::sheet::FormTarget::NewPerson, &vec![("name", "Ana".to_owned())])
            .unwrap();
        desk.add("Gift guide ~36h due:fri @ana").unwrap();
        desk.add("Booth film ~20h due:fri").unwrap();
    });
    stage.keys("2");
    let chosen = stage.0.0.app.intake.selected().unwrap();
    assert_eq!(chosen.0, 2, "{}", stage.screen());
    // By itself it would be planned for as long as it takes; somebody insists on Friday.
    stage.keys("@ left left left left left left left left right right right right enter");
    let screen = stage.screen();
    assert!(screen.contains("what moves for R-2?") && screen.contains("R-1 moves by"), "{screen}");
    stage.keys("1");
    let books = stage.0.0.desk.books().unwrap();
    assert_eq!(
        (books.swaps.len(), books.swaps[0].taken_id.0, books.swaps[0].moved_id.0),
        (1, 2, 1),
        "{}",
        stage.screen()
    );
    let moved = stage.0.0.desk.store.request(books.swaps[0].moved_id).unwrap();
    assert!(moved.due > "2026-11-27".parse().ok(), "{moved:?}");
    stage.keys("6");
    assert!(stage.screen().contains("Traded this month"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(stage.0.0.desk.books().unwrap().swaps, []);
}

#[test]
fn presenting_hides_reflections_trust_notes_and_chosen_names() {
    let text = "[presenter]\nhide = [\"Marcus Hall\"]\n";
    let mut stage =
        Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |desk| desk.fill_demo().unwrap());
    stage.keys("7");
    assert!(stage.screen().contains(" 4 of 5") && stage.screen().contains("Marcus Hall"));
    stage.keys("f5");
    let screen = stage.screen();
    assert!(
        screen.contains("PRESENTING") && !screen.contains(" 4 of 5") && !screen.contains("Marcus"),
        "{screen}"
    );
    assert!(
        !screen.contains("reflections yet") && !screen.contains("stance"),
        "hidden is not none: {screen}"
    );
    stage.keys("f5 7");
    assert!(stage.screen().contains(" 4 of 5"), "{}", stage.screen());
}

#[test]
fn a_proposal_of_the_data_is_filed_only_when_it_is_saved() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.books().unwrap().frictions.len();
    let proposals = stage.0.0.desk.books_standing().unwrap().2.proposals.len();
    assert!(proposals > 0);
    stage.keys("6 l G k k k");
    while !stage.screen().contains("file it as friction") {
        stage.keys("esc");
        let cockpit = &mut stage.0.0;
        cockpit.app.show(crate::tui::view::layout::PaneId::Change, false, &cockpit.snapshot);
        stage.keys("k enter");
    }
    stage.keys("f");
    assert_eq!(stage.0.0.desk.books().unwrap().frictions.len(), before);
    stage.keys("ctrl-s");
    assert_eq!(stage.0.0.desk.books().unwrap().frictions.len(), before + 1, "{}", stage.screen());
    assert_eq!(stage.0.0.desk.books_standing().unwrap().2.proposals.len(), proposals - 1, "proposed once");
}

#[test]
fn the_page_of_what_is_closed_or_on_hold_counts_no_days_to_its_due_day() {
    for (stages, told) in [
        (&["ready", "in progress", "review", "delivered"][..], "Fri 27 Nov"),
        (&["ready", "on hold"][..], "Fri 27 Nov"),
        (&["ready"][..], "Fri 27 Nov, 5 working days late"),
    ] {
        let mut stage = Stage::with((120, 36), |desk| {
            desk.add("Poster due:2026-11-27").unwrap();
            for to in stages {
                desk.move_to(&[crate::domain::ids::RequestId(1)], to.parse().unwrap(), "as said").unwrap();
            }
        });
        move_clock(&mut stage.0.0.desk, "2026-12-04T09:00:00+00:00");
        stage.reread().unwrap();
        stage.keys("2 / \"stage:any\" enter enter");
        let screen = stage.screen();
        let line = screen.lines().find(|line| line.contains("Due  ")).unwrap_or_else(|| panic!("{screen}"));
        assert!(line.trim_end().ends_with(told), "{line}");
    }
}
