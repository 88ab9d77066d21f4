//! Every key of every overlay can be changed: the new key does what the old one did, the old one no longer does, and
//! the footer says the new one.

use crossterm::event::KeyEvent;
use ratatui::buffer::Cell;

use super::Stage;
use crate::config::{self, Config};
use crate::tui::app::App;
use crate::tui::app::action::{Action, Scope, TABLE};
use crate::tui::app::keymap::Keymap;
use crate::tui::overlays::exchanged::Exchanged;
use crate::tui::rehearsal::key_named;

/// The keys that open an overlay and bring it to where an action does something, and the actions tried there.
const WAYS: [(&str, &[Action]); 31] = {
    use Action as A;
    [
        ("a \"Film ~8h\"", &[A::Accept, A::Leave]),
        ("a \"Film @an\"", &[A::CompleteName]),
        ("/ \"tier:1\"", &[A::Accept, A::Leave]),
        ("t", &[A::Accept, A::Leave, A::NextItem, A::PreviousItem, A::NextChoice, A::PreviousChoice]),
        ("?", &[A::Accept, A::Leave, A::NextItem, A::NextItems]),
        ("? pgdn", &[A::PreviousItem, A::PreviousItems]),
        ("T", &[A::Accept, A::Leave, A::NextItem, A::NextItems]),
        ("T pgdn", &[A::PreviousItem, A::PreviousItems]),
        ("/ \"R-12\" enter o", &[A::Leave, A::NextItem]),
        ("/ \"R-12\" enter o \"Lift trial sign-ups by 8 % by June\"", &[A::Accept]),
        ("/ \"R-12\" enter o down", &[A::PreviousItem]),
        ("e", &[A::Accept, A::Leave, A::NextItem, A::PreviousItem, A::NextItems, A::LongText]),
        ("e pgdn", &[A::PreviousItems]),
        ("e ctrl-u \"Another title\"", &[A::Save]),
        ("A down down \"bra\"", &[A::CompleteField]),
        ("e f4", &[A::OwnEditor, A::Leave]),
        ("e f4 \"more\"", &[A::UndoText, A::Save]),
        ("e f4 \"more\" ctrl-z", &[A::RedoText]),
        ("j @", &[A::AssignTo, A::AssignWho, A::AssignHours, A::AssignShape, A::AssignTentative]),
        ("j @ right", &[A::EndLater, A::EndEarlier, A::BeginLater, A::BeginEarlier]),
        ("j @ ~ ctrl-u \"7h\"", &[A::Accept, A::Leave]),
        ("H", &[A::UndoThis]),
        ("r", &[A::Leave]),
        ("r \"4\"", &[A::Accept, A::NextItem, A::PreviousItem, A::Save]),
        ("r \"445o\"", &[A::AskedMore, A::AskedLess]),
        ("r \"445o\" +", &[A::ClearAnswer]),
        ("g p j", &[A::Follow]),
        ("s j j", &[A::Follow]),
        ("exchanged", &[A::SaveCopy, A::OpenAnew, A::QuitNow, A::Leave, A::Accept, A::NextItem]),
        ("exchanged down", &[A::PreviousItem, A::Accept]),
        ("4 j j i ctrl-e ctrl-u \"If asked, then I name it\" enter r \"445o\"", &[A::PlanKept]),
    ]
};

/// Scopes that overlays own.
const OWN: [Scope; 10] = [
    Scope::Reading,
    Scope::Asking,
    Scope::Prompt,
    Scope::Menu,
    Scope::Form,
    Scope::Editor,
    Scope::Candidates,
    Scope::History,
    Scope::Reflection,
    Scope::Exchanged,
];

const NEW: &str = "F9";

/// What a key came to: what is asked for outside, and the screen above the footer, drawn as if no key were another.
fn press(stage: &mut Stage, key: KeyEvent) -> (String, Vec<Cell>) {
    let effects = stage.0.0.app.key(key, &stage.0.0.snapshot);
    stage.0.0.app.keymap = Keymap::new(&Config::defaults()).0;
    let mut screen = stage.frame();
    screen.content.truncate(usize::from(screen.area.width) * usize::from(screen.area.height - 1));
    (format!("{effects:?}"), screen.content)
}

fn footer(stage: &Stage) -> String {
    let screen = stage.screen();
    screen.split("--- styles").next().unwrap_or_default().trim_end().lines().last().unwrap_or_default().into()
}

/// Opens an overlay in a cockpit that was just started; then one action has another key.
fn open(stage: &mut Stage, way: &str, changed: Option<&str>) {
    let cockpit = &mut stage.0.0;
    let keymap = |text: &str| Keymap::new(&config::parse(text).config);
    cockpit.app = App::new(keymap("").0, cockpit.app.theme, cockpit.desk.today());
    cockpit.app.resize((200, 60), &cockpit.snapshot);
    match way.strip_prefix("exchanged") {
        Some(then) => {
            cockpit.app.overlays.push(Exchanged::new(vec!["It was replaced.".to_owned()]).into());
            stage.keys(then);
        }
        None => {
            stage.keys(way);
        }
    }
    if let Some(action) = changed {
        let (keymap, faults) = keymap(&format!("[keys]\n{action} = [\"{NEW}\"]\n"));
        assert_eq!(faults, []);
        stage.0.0.app.keymap = keymap;
    }
}

/// A key of the configuration as scripts write it.
fn key(text: &str) -> KeyEvent {
    let name = match text {
        "PageDown" => "pgdn".to_owned(),
        "PageUp" => "pgup".to_owned(),
        "Plus" => "+".to_owned(),
        letter if letter.len() == 1 => letter.to_owned(),
        other => other.to_lowercase().replace('+', "-"),
    };
    key_named(&name)
}

#[test]
fn a_key_that_was_changed_is_obeyed_and_said_and_the_old_one_is_not() {
    let mut stage = Stage::demo((200, 60));
    for (way, actions) in WAYS {
        for action in actions {
            let name = action.entry().name;
            let old = key(&Config::default_keys()[name][0]);
            let what = format!("{name} after {way}");
            open(&mut stage, way, None);
            let expected = press(&mut stage, old);
            open(&mut stage, way, Some(name));
            let overlay = stage.0.0.app.overlays.last();
            assert!(overlay.is_some(), "{what}: {}", stage.screen());
            let overlay = overlay.unwrap();
            let is_offered = overlay.footer().iter().any(|(offered, _)| offered.contains(action));
            assert!(!is_offered || footer(&stage).contains(NEW), "{what}: {}", footer(&stage));
            assert!(press(&mut stage, key(NEW)) == expected, "{what}: {}", stage.screen());
            open(&mut stage, way, Some(name));
            assert!(press(&mut stage, old) != expected, "{what}, the old key: {}", stage.screen());
        }
    }
}

#[test]
fn every_action_of_an_overlay_is_tried() {
    let tried: Vec<Action> = WAYS.iter().flat_map(|(_, actions)| actions.iter().copied()).collect();
    for entry in TABLE.iter().filter(|entry| OWN.contains(&entry.scope)) {
        assert!(tried.contains(&entry.action), "{} is bound to no key of a test", entry.name);
    }
}

#[test]
fn what_can_follow_a_key_is_shown_whole_on_a_low_screen() {
    for size in [(60, 16), (80, 18), (80, 24)] {
        let mut stage = Stage::demo(size);
        stage.keys("g");
        let screen = stage.screen();
        for shown in ["g and then", "  i ", "  s ", "  f ", "  k "] {
            assert!(screen.contains(shown), "{size:?} {shown}\n{screen}");
        }
    }
}
