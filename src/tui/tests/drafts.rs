//! What is typed is kept until it is saved or thrown away, and never a moment longer.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Stage;
use crate::tui::app::App;
use crate::tui::app::drafts;
use crate::tui::rehearsal::Rehearsal;
use crate::tui::run_loop::Cockpit;

/// Every prompt and form: the keys that open it, what is typed, and the keys that save it.
const WAYS: [(&str, &str, &str); 32] = [
    ("a", "\"Half a film ~8h\"", "enter"),
    ("m", "\"t2 +print\"", "enter"),
    ("space space m", "\"requester:Zoe\"", "enter"),
    ("~", "ctrl-u \"7h\"", "enter"),
    ("d", "ctrl-u \"+9d\"", "enter"),
    ("x", "\"no owner for it\"", "enter"),
    ("/ \"stage:in-progress -is:blocked\" enter !", "\"waits for copy\"", "enter"),
    ("/ \"R-12\" enter o", "\"Lift trial sign-ups by 8 % by June\"", "enter"),
    ("e", "ctrl-u \"Another title\"", "ctrl-s"),
    ("e pgdn", "ctrl-u \"+4d\"", "ctrl-s"),
    ("A", "\"Hero film\"", "ctrl-s"),
    ("g . p", "\"Ana Two\" down \"ana2\"", "ctrl-s"),
    ("g . m", "\"Sync\" down ctrl-u \"tomorrow\" down \"10\"", "ctrl-s"),
    ("g . a", "\"bo\" down \"wed\"", "ctrl-s"),
    ("g . h", "\"Company day\" down \"17 dec\"", "ctrl-s"),
    ("g n", "\"Cleo\"", "ctrl-s"),
    ("g r", "\"Freelance motion\" down \"film2\"", "ctrl-s"),
    ("3 e", "ctrl-u \"Ana Maria\"", "ctrl-s"),
    ("4 i", "ctrl-u \"if asked how many then name the outcome\"", "enter"),
    ("4 I", "ctrl-u \"they name the outcome\"", "enter"),
    ("4 e", "ctrl-u \"Another sync\"", "ctrl-s"),
    ("r", "\"4\" \"45\" \"o\"", "ctrl-s"),
    ("5 e", "ctrl-u \"Another outcome\"", "ctrl-s"),
    ("5 a o", "\"Sooner on shelf\"", "ctrl-s"),
    ("6 a f", "\"Legal is slow\"", "ctrl-s"),
    ("7 a s", "\"Zoe Lang\"", "ctrl-s"),
    ("C f", "\"approvals by mail 3h\"", "enter"),
    ("C k", "\"print slot lost\"", "enter"),
    ("C p", "\"two ways for the film @priya due:fri\"", "enter"),
    ("C d", "\"do legal sign templates? @marcus\"", "enter"),
    ("s j m", "\"ask Bo about this\"", "enter"),
    ("b e", "ctrl-u \"We are ahead\"", "ctrl-s"),
];

fn typed(stage: &Stage) -> Option<drafts::Typed> {
    stage.0.0.app.overlays.last().and_then(|overlay| overlay.typed())
}

fn remembered(stage: &Stage) -> drafts::Drafts {
    drafts::restore(&stage.0.0.desk)
}

/// Nothing is left of the cockpit but its store.
fn crashed(stage: Stage) -> Stage {
    let Cockpit { desk, app, .. } = stage.0.0;
    let anew = App::new(app.keymap, app.theme, desk.today());
    Stage(Rehearsal::on(desk, anew, app.size).unwrap())
}

#[test]
fn what_is_saved_is_no_draft_any_more_in_any_prompt_or_form() {
    for (open, words, save) in WAYS {
        let way = format!("{open} · {words} · {save}");
        let mut stage = Stage::demo((120, 36));
        stage.keys(open);
        assert_eq!(typed(&stage), None, "{way}\n{}", stage.screen());
        stage.keys(words).pause();
        assert!(typed(&stage).is_some(), "{way}\n{}", stage.screen());
        if stage.0.0.app.overlays.last().is_some_and(|overlay| overlay.identity().is_some()) {
            assert!(!remembered(&stage).is_empty(), "{way}: a crash would lose it");
        }
        let before = stage.0.0.desk.history(None).unwrap().len();
        stage.keys(save);
        assert_eq!(stage.0.0.desk.history(None).unwrap().len(), before + 1, "{way}\n{}", stage.screen());
        assert!(remembered(&stage).is_empty(), "{way}: killed now, it would come back");
        let mut again = Stage(stage.0.reopened().unwrap());
        again.keys("1 /").keys("ctrl-u enter").keys(open);
        assert_eq!(typed(&again), None, "{way}\n{}", again.screen());
        assert!(!again.screen().contains("here is what you had typed"), "{way}\n{}", again.screen());
    }
}

#[test]
fn what_is_left_is_kept_through_a_crash_and_said_with_the_key_that_throws_it_away() {
    for (open, words, _) in WAYS {
        let mut stage = Stage::demo((120, 36));
        stage.keys(open).keys(words);
        let kept = typed(&stage);
        stage.keys("esc");
        assert!(stage.screen().contains("Ctrl+x throws it away"), "{open}\n{}", stage.screen());
        stage.pause();
        let mut stage = crashed(stage);
        // The place comes back too: from its top each way leads to the same record again.
        stage.keys("2 1 / ctrl-u enter g g").keys(open);
        assert_eq!(typed(&stage), kept, "{open}\n{}", stage.screen());
        stage.keys("ctrl-x");
        assert!(stage.screen().contains("thrown away"), "{open}\n{}", stage.screen());
        stage.pause();
        assert!(remembered(&stage).is_empty(), "{open}");
    }
}

#[test]
fn the_key_throws_away_what_was_just_left_and_says_so() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("a \"Half a thought\" esc ctrl-x");
    assert!(stage.screen().contains("thrown away: “Half a thought”"), "{}", stage.screen());
    stage.keys("ctrl-x");
    assert!(stage.screen().contains("nothing that was typed is kept"), "{}", stage.screen());
    stage.keys("a");
    assert_eq!(typed(&stage), None);
}

#[test]
fn what_was_taken_back_letter_by_letter_is_gone() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("a \"Half a thought\"").pause();
    stage.keys("esc a");
    assert!(stage.screen().contains("Half a thought"), "{}", stage.screen());
    stage.keys("ctrl-u esc").pause();
    assert!(stage.0.0.app.drafts.is_empty() && remembered(&stage).is_empty());
}

#[test]
fn what_is_refused_stays_a_draft_until_it_is_saved() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("g . p \"Another Ana\" down \"ana\" ctrl-s").pause();
    assert!(!remembered(&stage).is_empty(), "{}", stage.screen());
    stage.keys("ctrl-u \"ana2\" ctrl-s");
    assert!(remembered(&stage).is_empty(), "{}", stage.screen());
}

#[test]
fn another_cockpit_on_the_same_store_neither_brings_back_what_was_saved_nor_loses_what_is_typed() {
    let mut one = Stage::demo((120, 36));
    one.keys("a \"Half a thought\" esc").pause();
    // Another one opened while that draft was there, and types something else.
    let mut other = remembered(&one);
    one.keys("a enter");
    assert!(remembered(&one).is_empty(), "{}", one.screen());
    other.keep("something else".to_owned(), vec![(String::new(), "words".to_owned())]);
    assert!(drafts::save(&one.0.0.desk, &mut other));
    let both = remembered(&one);
    assert_eq!(both.reminder(), Some("words"), "only what the other one typed is there");
    one.0.0.app.drafts.follow(&one.0.0.desk);
    assert!(one.0.0.app.drafts.of("something else").is_some());
}

#[test]
fn a_pause_while_the_save_is_under_way_loses_nothing_and_leaves_nothing() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("a \"Half a film ~8h\"");
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    let effects = stage.0.0.app.key(enter, &stage.0.0.snapshot);
    stage.pause();
    assert_eq!(remembered(&stage).reminder(), Some("Half a film ~8h"), "killed now, it would come back");
    for effect in effects {
        stage.0.0.perform(effect);
    }
    stage.pause();
    assert!(remembered(&stage).is_empty(), "{}", stage.screen());
    stage.keys("a");
    assert_eq!(typed(&stage), None);
}
