//! Whose change `u` takes back: the newest that was made in the cockpit, also before a restart.

use super::Stage;
use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::store::Origin;

fn studio(desk: &mut Desk) {
    desk.origin = Origin::Import;
    desk.add("Poster t3 due:2026-11-24 brand:Harbour").unwrap();
    desk.add("Film t3 due:2026-12-11").unwrap();
    desk.origin = Origin::Cockpit;
}

/// Another program writes beside the cockpit.
fn elsewhere(stage: &mut Stage, words: &str) {
    let desk = &mut stage.0.0.desk;
    desk.origin = Origin::CommandLine;
    desk.add(words).unwrap();
    desk.origin = Origin::Cockpit;
}

fn tier(stage: &Stage, number: i64) -> u8 {
    stage.0.0.desk.store.request(RequestId(number)).unwrap().tier.unwrap().number()
}

fn standing(stage: &Stage) -> Vec<String> {
    let history = stage.0.0.desk.history(None).unwrap().into_iter();
    history.filter(|done| !done.is_undone && !done.is_reversal).map(|done| done.label).collect()
}

#[test]
fn it_takes_back_what_was_done_here_and_asks_where_others_wrote_since() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::with(size, studio);
        stage.keys("2 t 1");
        let row = if tier(&stage, 1) == 1 { 1 } else { 2 };
        elsewhere(&mut stage, "Banner");
        elsewhere(&mut stage, "Leaflet");
        stage.keys("u");
        assert_eq!(tier(&stage, row), 1, "nothing is taken back unasked");
        assert_eq!(standing(&stage).len(), 5);
        let screen = stage.screen();
        assert!(
            screen.contains("Not from this cockpit (command line): Added R-4 Leaflet and 1 more"),
            "{screen}"
        );
        assert!(screen.contains("take back yours below it"), "{screen}");
        stage.keys("esc");
        assert_eq!(tier(&stage, row), 1);

        stage.keys("u u");
        assert_eq!(tier(&stage, row), 3);
        assert!(standing(&stage).iter().any(|label| label.contains("Leaflet")), "theirs stays");
        assert!(stage.screen().contains("U does it again"), "{}", stage.screen());
        stage.keys("U");
        assert_eq!(tier(&stage, row), 1, "what others wrote does not close the way forward");
        stage.keys("u t");
        assert!(!standing(&stage).iter().any(|label| label.contains("Leaflet")), "theirs, by one's own word");
    }
}

#[test]
fn it_reaches_past_a_restart_and_never_to_what_others_did() {
    let mut stage = Stage::with((120, 36), studio);
    stage.keys("2 t 1");
    let row = if tier(&stage, 1) == 1 { 1 } else { 2 };
    let mut stage = Stage(stage.0.reopened().unwrap());
    stage.keys("u");
    assert_eq!(tier(&stage, row), 3);
    // Now only the import is left, which nobody did here.
    stage.keys("u");
    assert_eq!(standing(&stage).len(), 2);
    let screen = stage.screen();
    assert!(screen.contains("Not from this cockpit (import): Added R-2 Film and 1 more"), "{screen}");
    assert!(!screen.contains("take back yours"), "{screen}");
    stage.keys("h");
    assert!(stage.screen().contains("History"), "{}", stage.screen());
    assert_eq!(standing(&stage).len(), 2);
}

#[test]
fn what_another_program_took_back_is_not_done_again_by_a_key() {
    let mut stage = Stage::with((120, 36), studio);
    let desk = &mut stage.0.0.desk;
    desk.origin = Origin::CommandLine;
    desk.undo(None).unwrap();
    desk.origin = Origin::Cockpit;
    stage.keys("U");
    assert_eq!(standing(&stage).len(), 1);
    assert!(stage.screen().contains("there is nothing to redo"), "{}", stage.screen());
}

#[test]
fn the_history_says_day_and_time_whole_at_all_widths() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::with(size, |desk| {
            desk.set_clock(crate::ops::clock::Clock::fixed("2026-11-30T09:30:00+00:00".parse().unwrap()));
            desk.add("Poster t3 due:2026-12-24 brand:Harbour").unwrap();
            desk.set_clock(crate::ops::clock::Clock::fixed("2026-12-01T09:00:00+00:00".parse().unwrap()));
        });
        stage.keys("H");
        assert!(stage.screen().contains("Mon 30 Nov 09:30  Added"), "{}", stage.screen());
    }
}

#[test]
fn a_form_writes_over_what_others_wrote_meanwhile_only_when_told_again() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::with(size, studio);
        let change = |stage: &mut Stage, words: &str| {
            let desk = &mut stage.0.0.desk;
            desk.origin = Origin::CommandLine;
            desk.edit(&[RequestId(1)], words).unwrap();
            desk.origin = Origin::Cockpit;
        };
        let title = |stage: &Stage| stage.0.0.desk.store.request(RequestId(1)).unwrap().title;
        stage.keys("/ \"poster\" enter e ctrl-u \"Mine\"");
        change(&mut stage, "Theirs brand:Nord");
        stage.keys("ctrl-s");
        assert_eq!(title(&stage), "Theirs");
        let screen = stage.screen();
        // The brand is theirs alone and no matter of this form.
        assert!(screen.contains("title to “Theirs”") && !screen.contains("brand to"), "{screen}");
        assert!(screen.contains("Mine"), "what was typed is still there: {screen}");
        stage.keys("ctrl-s");
        assert_eq!(title(&stage), "Mine");
        assert_eq!(stage.0.0.desk.store.request(RequestId(1)).unwrap().brand, "Nord");
        // Who typed the same has nothing to decide.
        stage.keys("e ctrl-u \"Same\"");
        change(&mut stage, "Same");
        stage.keys("ctrl-s");
        assert_eq!(title(&stage), "Same");
        assert!(!stage.screen().contains("elsewhere"), "{}", stage.screen());
    }
}

#[test]
fn another_programs_write_moves_no_other_operation_under_the_cursor_of_the_history() {
    let mut stage = Stage::with((120, 36), |desk| {
        desk.add("Poster").unwrap();
        desk.add("Film").unwrap();
    });
    stage.keys("H j");
    let chosen = |stage: &Stage| {
        let screen = stage.screen();
        screen.lines().find(|line| line.contains("Added R-1 Poster")).unwrap_or_default().to_owned()
    };
    assert!(!chosen(&stage).is_empty());
    stage.0.0.desk.add("Elsewhere").unwrap();
    stage.0.0.reload(crate::store::Tables::ALL);
    stage.keys("enter");
    assert!(stage.0.0.desk.store.request(crate::domain::ids::RequestId(2)).is_ok(), "{}", stage.screen());
    assert!(stage.0.0.desk.store.request(crate::domain::ids::RequestId(1)).is_err(), "{}", stage.screen());
}
