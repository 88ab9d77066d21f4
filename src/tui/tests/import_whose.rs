//! Whose a calendar is, asked for once in the cockpit.

use super::Stage;
use super::import::{file, import};
use crate::config::{self, AskNames};
use crate::tui::run_loop::surroundings::Configuration;

const MINE: &str = "# mine\n[lead] # who I am\nlanguage = \"de\"\n";

fn calendar() -> String {
    let event = |number: usize, answer: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nSUMMARY:Council {number}\nDTSTART:20261124T1{number}0000Z\nDURATION:PT1H\n\
             ATTENDEE;CN=Maya Lind:mailto:maya{number}@x.example\n\
             ATTENDEE;CN=Robin Vale;PARTSTAT={answer}:mailto:robin@x.example\nEND:VEVENT\n"
        )
    };
    format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR\n", event(1, "DECLINED"), event(2, "ACCEPTED"))
}

/// A cockpit before a calendar, whose configuration lies in a file.
fn stage(folder: &tempfile::TempDir) -> Stage {
    let mut stage = Stage::configured(
        (120, 36),
        crate::tui::view::theme::Theme::new(crate::tui::view::theme::Depth::Many, false),
        MINE,
        |_| {},
    );
    let path = file(folder, "config.toml", MINE);
    stage.0.0.configuration = Configuration::at(Some(path.into()));
    import(&mut stage, &file(folder, "mine.ics", &calendar()));
    stage
}

#[test]
fn who_the_lead_is_is_asked_once_and_kept_in_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder);
    let screen = stage.screen();
    assert!(screen.contains("Which of those invited are you?"), "{screen}");
    assert!(screen.contains("› robin@x.example; Robin Vale"), "{screen}");
    assert!(screen.contains("you are robin@x.example and Robin Vale"), "{screen}");
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("2 new") && screen.contains("kept in"), "{screen}");
    assert!(!screen.contains("have declined"), "{screen}");
    let kept = std::fs::read_to_string(folder.path().join("config.toml")).unwrap();
    assert_eq!(
        kept,
        "# mine\n[lead] # who I am\nnames = [\"robin@x.example\", \"Robin Vale\"]\nlanguage = \"de\"\n"
    );
    stage.keys("enter");
    let desk = &stage.0.0.desk;
    let day = "2026-11-24".parse().unwrap();
    let shown: Vec<String> = desk.meetings(day, day).unwrap().into_iter().map(|it| it.title).collect();
    assert_eq!(shown, ["Council 2"], "what was declined is not in the day");
    import(&mut stage, folder.path().join("mine.ics").to_str().unwrap());
    assert!(!stage.screen().contains("Which of those"), "{}", stage.screen());
}

#[test]
fn a_no_is_remembered_and_leaving_asks_again_in_another_sitting() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = stage(&folder);
    stage.keys("esc");
    let screen = stage.screen();
    assert!(screen.contains("some of those invited have declined"), "{screen}");
    assert!(!screen.contains("tablesetter config"), "nobody types a command here: {screen}");
    stage.keys("esc");
    import(&mut stage, folder.path().join("mine.ics").to_str().unwrap());
    assert!(!stage.screen().contains("Which of those"), "once in a sitting: {}", stage.screen());
    let mut stage = self::stage(&folder);
    assert!(stage.screen().contains("Which of those"), "{}", stage.screen());
    stage.keys("ctrl-u");
    assert!(stage.screen().contains("none of them and not asked again; invited are"), "{}", stage.screen());
    stage.keys("\"rob\" enter");
    assert!(stage.screen().contains("nobody who is invited is called rob"), "{}", stage.screen());
    assert_eq!(
        config::load(&folder.path().join("config.toml")).config.own_names,
        [""; 0],
        "it was not taken"
    );
    stage.keys("ctrl-u");
    stage.keys("enter");
    let loaded = config::load(&folder.path().join("config.toml"));
    assert_eq!((loaded.config.ask_names, loaded.faults.len()), (AskNames::Never, 0));
}
