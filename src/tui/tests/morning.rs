//! A morning by keys: what a script of key presses leaves behind.

use super::Stage;
use crate::domain::allocation::NewShare;
use crate::domain::field::Field;
use crate::domain::ids::RequestId;
use crate::domain::kinds;
use crate::domain::record::Kind;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::ops::sheet::{FieldKind, FormTarget};
use crate::tui::app::App;
use crate::tui::app::effect::{Effect, Screen};
use crate::tui::app::keymap::Keymap;
use crate::tui::app::session;
use crate::tui::view::theme::{Depth, Theme};

/// Ten requests as a form's export has them.
const TEN: &str = "Summary,Requester,Due date\n\
    Banners for the spring sale,Mara,2026-12-04\n\
    Landing page for Harbour,Jonas,2026-12-11\n\
    Resize of the poster,Mara,2026-11-27\n\
    Film for the trade fair,Ines,2027-01-15\n\
    Slides for the all-hands,Ines,2026-11-26\n\
    Cut returns by clearer size charts,Jonas,2026-12-18\n\
    Photos of the new shop,Mara,\n\
    Newsletter header,Jonas,2026-11-25\n\
    Icons for the app,Ines,2026-12-01\n\
    Story ads,Mara,2026-12-02\n";

fn import_ten(desk: &mut Desk) {
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.now().to_utc() };
    let report = desk.import_requests(TEN.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    assert_eq!(report.rows.len(), 10);
    crate::ops::kit::add(desk, &[("name", "Ana Ruiz")]);
}

#[test]
fn ten_imported_requests_are_triaged_by_keys_undone_to_the_start_and_redone_to_the_end() {
    let mut stage = Stage::with((120, 36), import_ten);
    let before = stage.contents();
    let operations = |stage: &Stage| stage.0.0.desk.history(None).unwrap().len();
    let start = operations(&stage);
    stage.keys("g g t 3 ~ \"4h\" enter S r");
    stage.keys("j o \"fewer returns\" enter L m");
    stage.keys("j d ctrl-u \"+3d\" enter");
    stage.keys("j x \"no owner\" enter");
    stage.keys("g g ! \"waits for copy\" enter");
    stage.keys("space space m \"t2 requester:Zoe\" enter");
    stage.keys("g g @ enter");
    stage.keys("G t 1 c");
    let after = stage.contents();
    let done = operations(&stage) - start;
    assert_eq!(done, 12, "{}", stage.screen());
    for _ in 0..done {
        stage.keys("u");
    }
    assert_eq!(stage.contents(), before);
    for _ in 0..done {
        stage.keys("U");
    }
    assert_eq!(stage.contents(), after);
}

#[test]
fn a_reflection_without_text_takes_ten_keys_at_most() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.entries().unwrap().len();
    // Open, stance, calm, engaged, first word, a question of each kind, decision; then save.
    let script = "r 4 4 5 o + - enter f ctrl-s";
    assert!(script.split(' ').count() <= 10);
    stage.keys(script);
    let entries = stage.0.0.desk.entries().unwrap();
    assert_eq!(entries.len(), before + 1, "{}", stage.screen());
    let written = entries.iter().max_by_key(|entry| entry.reflection.written).unwrap();
    let reflection = &written.reflection;
    assert_eq!(reflection.stance, 4);
    assert_eq!((reflection.expansion, reflection.contraction), (Some(1), Some(1)));
    assert!(reflection.presence.is_some() && reflection.first.is_some() && reflection.touched.is_some());
}

/// What must never reach a terminal: escapes, controls of both kinds, marks that turn text around, and a pile of
/// marks that would reach into other rows.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}P+q\u{1b}\\\\ evil \u{202e}gnp.exe\u{200f}\u{2066} \u{9b}31m\u{90} e\u{301} 👩‍👩‍👧 漢字\r\0\u{feff}\u{e0041}";

/// A record of each kind with hostile text wherever text can be.
fn hostile_books(desk: &mut Desk, text: &str) {
    for kind in [
        Kind::Outcome,
        Kind::Stakeholder,
        Kind::Decision,
        Kind::Promise,
        Kind::Risk,
        Kind::Friction,
        Kind::Gain,
        Kind::Redirect,
    ] {
        let texts = kinds::form_fields(kind).filter_map(|spec| match (spec.name, spec.kind) {
            ("hours", _) => Some((spec.name, "1h".to_owned())),
            ("gain", _) => Some((spec.name, "G-1".to_owned())),
            ("onto", _) => Some((spec.name, "O-1".to_owned())),
            (name, FieldKind::Text | FieldKind::Long | FieldKind::Name) => Some((name, text.to_owned())),
            _ => None,
        });
        desk.add_entry(kind, &texts.collect::<Vec<_>>()).unwrap();
    }
}

/// Where hostile text would stand.
const VIEWS: &[&str] = &[
    "",
    "2",
    "5",
    "5 enter",
    "5 e",
    "5 T",
    "6",
    "6 enter",
    "7",
    "7 enter",
    "enter",
    "e",
    "esc =",
    "esc 3",
    "enter",
    "enter",
    "esc esc p",
    "esc P",
    "esc 4",
    "enter",
    "esc D",
    "e",
    "esc H",
    "esc 1 @",
];

#[test]
fn hostile_text_is_harmless_in_every_field_of_every_view() {
    let mut stage = Stage::with((120, 36), |desk| {
        let pile: String = std::iter::once('z').chain(std::iter::repeat_n('\u{300}', 200)).collect();
        let text = format!("{HOSTILE}{pile}");
        let all = |name: &'static str| (name, text.clone());
        let person = vec![all("name"), ("handle", "ana".to_owned()), all("discipline"), all("email")];
        desk.save_sheet(&FormTarget::NewPerson, &person).unwrap();
        let mut fields: Vec<_> = Field::ALL.iter().map(|field| (field.name(), text.clone())).collect();
        let plain = [
            "lever",
            "assets",
            "due",
            "hard",
            "tier",
            "estimate",
            "left",
            "value",
            "criticality",
            "risk",
            "order",
            "outcome-key",
        ];
        fields.retain(|(name, _)| !plain.contains(name));
        fields.push(("due", "fri".to_owned()));
        desk.save_sheet(&FormTarget::NewRequest, &fields).unwrap();
        desk.assign(RequestId(1), &NewShare::whole("ana")).unwrap();
        let day = || ("from", "today".to_owned());
        desk.save_sheet(
            &FormTarget::NewEntry(Kind::Absence, Vec::new()),
            &vec![("who", "ana".to_owned()), day(), all("note")],
        )
        .unwrap();
        desk.save_sheet(
            &FormTarget::NewEntry(Kind::Holiday, Vec::new()),
            &vec![all("name"), ("from", "fri".to_owned())],
        )
        .unwrap();
        let mut meeting = ["title", "with", "series", "intent", "if-then", "predicted"].map(all).to_vec();
        let at = [("day", "today"), ("time", "8:00"), ("minutes", "30")];
        meeting.extend(at.map(|(name, text)| (name, text.to_owned())));
        desk.save_sheet(&FormTarget::NewMeeting, &meeting).unwrap();
        hostile_books(desk, &text);
    });
    for view in VIEWS {
        stage.keys(view);
        let frame = stage.frame();
        for cell in frame.content() {
            let symbol = cell.symbol();
            let is_harmless =
                |c: char| !c.is_control() && !"\u{202e}\u{200f}\u{2066}\u{feff}\u{e0041}".contains(c);
            assert!(symbol.chars().all(is_harmless), "{symbol:?} reached the screen in `{view}`");
            assert!(symbol.chars().count() < 12, "{symbol:?} is a pile");
        }
    }
    assert!(stage.screen().contains("evil"), "{}", stage.screen());
}

#[test]
fn keys_of_the_configuration_count_and_its_faults_are_told_at_once() {
    let text = "[keys]\nset-teir = [\"Q\"]\nset-tier = [\"Q\"]\nundo = [\"\"]\n[team]\nday_hours = 80\n";
    let mut stage =
        Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |desk| desk.fill_demo().unwrap());
    let screen = stage.screen();
    assert!(screen.contains("set-tier") && screen.contains("line 2"), "{screen}");
    assert!(screen.contains("day_hours"), "{screen}");
    stage.keys("enter Q");
    assert!(stage.screen().contains("Tier of"), "{}", stage.screen());
    let mut plain = Stage::demo((120, 36));
    plain.keys("Q");
    assert!(plain.screen().contains("Q does nothing here"), "{}", plain.screen());
}

#[test]
fn hints_name_the_keys_of_the_configuration_on_panes_boards_pages_and_documents() {
    let text = "[keys]\nadd = [\"N\"]\ncapture = [\"X\"]\nadd-any = []\nstep-record = [\"z s\"]\n";
    let mut stage = Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |_| ());
    for (keys, said) in [
        ("2", "N adds a request"),
        ("x", "no request is chosen: N adds one"),
        ("5", "No outcome yet. N adds one"),
        ("6", "No friction is noted. X files one"),
        ("b", "kind leadership: add-any m"),
        ("esc 1 W w", "begins with one: 5, N, then z s"),
    ] {
        stage.keys(keys);
        let screen = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(said), "no `{said}` after `{keys}`: {}", stage.screen());
    }
}

#[test]
fn a_hint_names_no_key_that_is_faulty_or_lost_to_a_clash() {
    let text = "[keys]\nadd = [\"\"]\nquit = [\"C\"]\n";
    let mut stage = Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |_| ());
    stage.keys("enter 2");
    assert!(stage.screen().contains("a adds a request"), "{}", stage.screen());
    stage.keys("6");
    assert!(stage.screen().contains("No friction is noted. capture files"), "{}", stage.screen());
}

#[test]
fn what_own_keys_take_from_the_defaults_is_told_once() {
    let text = "[keys]\nundo = [\"z\"]\n";
    let mut stage = Stage::configured((120, 36), Theme::new(Depth::Many, false), text, |_| ());
    assert!(stage.screen().contains("`z` is also zoom"), "{}", stage.screen());
    stage.keys("enter 2");
    let cockpit = &mut stage.0.0;
    let (now, look) = (cockpit.desk.now().to_utc(), cockpit.desk.look().unwrap());
    let line = session::text(&cockpit.app, now, look);
    cockpit.desk.store.remember_place(&line);
    let (keymap, _) = Keymap::new(&cockpit.desk.config);
    let mut again = App::new(keymap, cockpit.app.theme, cockpit.desk.today());
    session::Place::take(&mut cockpit.desk).lay(&mut again);
    assert!(again.overlays.is_empty(), "it was said");
}

#[test]
fn another_zone_or_day_moves_what_is_shown_without_a_key() {
    let mut stage = Stage::demo((120, 36));
    let words = |screen: String| screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(stage.screen()).contains("09:30 Studio standup"), "{}", stage.screen());
    let mut at = |instant: &str| {
        stage.0.0.desk.set_clock(Clock::fixed(instant.parse().unwrap()));
        stage.0.0.perform(Effect::Screen(Screen::Reload));
        words(stage.screen())
    };
    let flown = at("2026-11-23T18:12:00+09:00");
    assert!(flown.contains("Mon 23 Nov 18:12") && flown.contains("18:30 Studio standup"), "{flown}");
    let slept = at("2026-11-24T08:00:00+00:00");
    assert!(slept.contains("Tue 24 Nov 08:00") && slept.contains("09:30 Studio standup"), "{slept}");
}

#[test]
fn several_are_marked_and_changed_as_one_operation() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.0.0.desk.history(None).unwrap().len();
    stage.keys("2 space space space t 4");
    let history = stage.0.0.desk.history(None).unwrap();
    assert_eq!(history.len(), before + 1);
    stage.keys("u");
    assert_eq!(stage.contents(), Stage::demo((120, 36)).contents());
}

#[test]
fn pasted_brackets_and_pasted_books_are_refused_and_end_nothing() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("/");
    stage.paste(&"(".repeat(15_000));
    let screen = stage.screen();
    assert!(screen.contains("`(` opens more than 64 brackets"), "{screen}");
    stage.keys("esc a");
    stage.paste(&"long ".repeat(15_000));
    let screen = stage.screen();
    assert!(screen.contains("a line holds at most 64 KiB"), "{screen}");
    stage.keys("enter");
    assert!(stage.screen().contains("a line holds at most 64 KiB"), "it is not written");
    stage.keys("esc");
    stage.paste(&"x".repeat(300_000));
    assert!(
        stage.screen().contains("a text holds at most 256 KiB; nothing was pasted"),
        "{}",
        stage.screen()
    );
}

#[test]
fn a_pasted_command_is_a_draft_and_never_a_command() {
    let mut stage = Stage::demo((120, 36));
    let before = stage.contents();
    stage.paste("xxq\nuuu\n");
    assert_eq!(stage.contents(), before);
    assert!(stage.screen().contains("Add the pasted text"), "{}", stage.screen());
    stage.keys("esc");
    assert_eq!(stage.contents(), before);
}
