//! A folder of calendar files on its way in.

use super::Stage;

#[test]
fn a_folder_of_tables_that_was_gone_into_is_read_as_one_list() {
    let folder = tempfile::tempdir().unwrap();
    let plans = folder.path().join("plans");
    std::fs::create_dir(&plans).unwrap();
    let write = |name: &str, text: &str, day: u64| {
        std::fs::write(plans.join(name), text).unwrap();
        let when = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(500_000 + 24 * day);
        std::fs::File::options().write(true).open(plans.join(name)).unwrap().set_modified(when).unwrap();
    };
    write("days.csv", "Person,From,To\nAna,03/04/2027,05/04/2027\n", 1);
    write("more.csv", "Person,From,To\nAna,06/05/2027,07/05/2027\n", 2);
    let mut stage = Stage::empty((120, 36));
    crate::ops::kit::add(&mut stage.0.0.desk, &[("name", "Ana")]);
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/plans", folder.path().display()));
    assert!(!stage.screen().contains("read its tables"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("Enter read its tables"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("How does plans write its days?"), "{}", stage.screen());
    stage.keys("d");
    let screen = stage.screen();
    assert!(screen.contains("2 new") && screen.contains("days.csv: 1 absence"), "{screen}");
    assert!(screen.contains("more.csv: 1 absence; its line 1 is line 1001 here"), "{screen}");
    stage.keys("enter");
    assert!(stage.screen().contains("Imported 2 absences"), "{}", stage.screen());
    write("team.csv", "Name,Mon\nBo,8\nCy,8\n", 3);
    write("lock.csv.crdownload", "Name\nDi\n", 4);
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/plans/", folder.path().display()));
    stage.keys("enter d");
    let screen = stage.screen();
    assert!(
        screen.contains("2 new") && screen.contains("2 unreadable"),
        "the newest says what they are: {screen}"
    );
    assert!(screen.contains("another kind of list than the newest file"), "{screen}");
}

#[test]
fn a_folder_that_cannot_be_listed_says_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.csv"), "Title\nPoster\n").unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let mut stage = Stage::empty((120, 36));
    for (path, said) in [
        ("list.csv/", "this folder cannot be listed: something on the way to it is no folder"),
        ("none/", "this folder cannot be listed: it is not there"),
        ("empty/", "nothing is in this folder"),
        ("lists", "no name here begins so"),
    ] {
        stage.keys("g i ctrl-u");
        stage.paste(&format!("{}/{path}", folder.path().display()));
        let screen = stage.screen();
        assert!(screen.contains(said), "{path}: {screen}");
        stage.keys("esc");
    }
}

#[test]
fn a_folder_of_calendars_is_read_with_enter_and_gone_into_with_tab() {
    let folder = tempfile::tempdir().unwrap();
    let calendars = folder.path().join("calendars");
    std::fs::create_dir(&calendars).unwrap();
    for (name, title) in [("work.ics", "Planning"), ("team.ics", "Retro")] {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{title}\r\nSUMMARY:{title}\r\n\
             DTSTART:20261124T140000Z\r\nDTEND:20261124T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        std::fs::write(calendars.join(name), text).unwrap();
    }
    std::fs::write(calendars.join("broken.ics"), "no calendar").unwrap();
    let mut stage = Stage::empty((120, 36));
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/calendars", folder.path().display()));
    let screen = stage.screen();
    assert!(screen.contains("calendars/  calendar files"), "{screen}");
    assert!(screen.contains("Enter read its calendars") && screen.contains("go into it"), "{screen}");
    stage.keys("tab");
    assert!(stage.screen().contains("   team.ics"), "{}", stage.screen());
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("2 new") && screen.contains("broken.ics: this is no iCalendar file"), "{screen}");
    stage.keys("j space");
    stage.keys("esc g i ctrl-u");
    stage.paste(&format!("{}/calendars", folder.path().display()));
    stage.keys("enter enter");
    assert!(stage.screen().contains("Imported 2 calendar events"), "{}", stage.screen());
    // Each is known again by the name of its file, as on the command line.
    let sources = stage.0.0.desk.store.keys_of_source("work.ics").unwrap();
    assert_eq!(sources.len(), 1);
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/", folder.path().display()));
    stage.keys("tab");
    assert!(stage.screen().contains("   team.ics"), "{}", stage.screen());
}
