//! Files on their way in: a path, a page of what would change, one change that can be taken back.

use super::Stage;
use super::screens::expect_stage_at_all_sizes;

pub const PLANNER: &str = "tests/data/planner.csv";

pub fn titles(stage: &Stage) -> Vec<String> {
    stage.0.0.desk.store.all_requests().unwrap().into_iter().map(|request| request.title).collect()
}

/// Reads a file of a folder by its path.
pub fn import(stage: &mut Stage, path: &str) {
    stage.keys("g i ctrl-u");
    stage.paste(path);
    stage.keys("enter");
}

pub fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_path_completes_name_by_name() {
    let mut stage = Stage::empty((80, 24));
    stage.keys("g i \"tests/da\"");
    assert!(stage.screen().contains("tests/data/"), "{}", stage.screen());
    stage.keys("tab \"pla\"");
    assert!(stage.screen().contains("planner.csv"), "{}", stage.screen());
    stage.keys("tab enter");
    assert!(stage.screen().contains("3 new"), "{}", stage.screen());
    stage.keys("esc g i");
    assert!(stage.screen().contains("› tests/data/"), "the folder of the last one: {}", stage.screen());
}

#[test]
fn a_name_that_is_no_text_is_chosen_like_any_other() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xE9"));
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(inner.join(std::ffi::OsStr::from_bytes(b"pl\xE4n.csv")), "Title\nPoster\n").unwrap();
    let mut stage = Stage::empty((120, 36));
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/", folder.path().display()));
    stage.keys("tab tab");
    assert!(stage.screen().contains("caf\\xE9/pl\\xE4n.csv"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("1 new"), "{}", stage.screen());
    stage.keys("esc g i");
    assert!(stage.screen().contains("caf\\xE9/"), "the folder of the last one: {}", stage.screen());
    stage.keys("ctrl-u");
    stage.paste(&format!("file://{}/caf%E9/pl%E4n.csv", folder.path().display()));
    stage.keys("enter");
    assert!(stage.screen().contains("1 new"), "{}", stage.screen());
}

#[test]
fn a_dragged_path_takes_the_place_of_what_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "a b.csv", "Title,Due\nPoster,2026-12-04\n");
    for dragged in
        [path.replace(' ', "\\ "), format!("'{path}'"), format!("file://{}", path.replace(' ', "%20"))]
    {
        let mut stage = Stage::empty((120, 36));
        stage.keys("g i \"some\"");
        stage.paste(&dragged);
        stage.keys("enter");
        assert!(stage.screen().contains("Import a b.csv"), "{dragged}: {}", stage.screen());
    }
}

#[test]
fn a_file_that_is_not_there_leaves_its_path_to_be_mended() {
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, "tests/data/planer.csv");
    let screen = stage.screen();
    assert!(
        screen.contains("cannot read tests/data/planer.csv") && screen.contains("› tests/data/planer.csv"),
        "{screen}"
    );
    stage.keys("esc");
    assert!(titles(&stage).is_empty());
}

#[test]
fn a_first_import_is_one_change() {
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, PLANNER);
    assert!(titles(&stage).is_empty(), "nothing comes before it is taken over");
    stage.keys("enter");
    assert_eq!(titles(&stage).len(), 3);
    assert!(
        stage.screen().contains("Imported 3 requests from csv: 3 new  ·  u undoes it"),
        "{}",
        stage.screen()
    );
    stage.keys("u");
    assert!(titles(&stage).is_empty());
}

#[test]
fn a_page_that_is_left_changes_nothing() {
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, PLANNER);
    stage.keys("space esc");
    assert!(titles(&stage).is_empty());
    assert!(stage.0.0.desk.history(None).unwrap().is_empty());
}

#[test]
fn each_line_and_each_group_can_be_left_out() {
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, PLANNER);
    stage.keys("space down");
    assert!(stage.screen().contains("2 of 3 taken"), "{}", stage.screen());
    stage.keys("V");
    assert!(stage.screen().contains("0 of 3 taken"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("no line is left"), "{}", stage.screen());
    stage.keys("V up space enter");
    assert_eq!(titles(&stage), ["Loyalty card mailer", "Menu insert for the holidays"]);
}

/// A source as it was first, what was changed here since, and the source as it is now.
fn second_import(stage: &mut Stage, folder: &tempfile::TempDir) {
    let first = "Title,Requester,Due,Hours,Archived\nAutumn window posters,Maya Lind,2026-12-04,16,\n\
        Loyalty card mailer,Tom Reyes,2026-12-08,8,\nMenu insert,Maya Lind,2026-12-09,4,\nTent card,Tom Reyes,2026-12-10,2,\n\
        Shelf strip,Tom Reyes,2026-12-11,2,\n";
    let path = file(folder, "planner.csv", first);
    import(stage, &path);
    stage.keys("enter");
    let all = stage.0.0.desk.store.all_requests().unwrap();
    let mailer = all.iter().find(|request| request.title == "Loyalty card mailer").unwrap().id;
    stage.0.0.desk.edit(&[mailer], "due:2026-12-15").unwrap();
    let now = "Title,Requester,Due,Hours,Archived\nAutumn window poster,Maya Lind,2026-12-04,16,\n\
        Loyalty card mailer,Tom Reyes,2026-12-10,8,\nMenu insert,Maya Lind,2026-12-18,6,\nShelf strip,Tom Reyes,2026-12-11,2,\n\
        Gift guide cover,Maya Lind,2026-12-21,12,\nOld flyer,Tom Reyes,2026-10-01,2,yes\n,Tom Reyes,2026-12-01,2,\n";
    let path = file(folder, "planner.csv", now);
    import(stage, &path);
}

#[test]
fn a_second_import_shows_every_group() {
    let folder = tempfile::tempdir().unwrap();
    expect_stage_at_all_sizes("change-set", |stage| second_import(stage, &folder));
}

#[test]
fn what_was_set_here_stands_and_what_was_renamed_can_be_new() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    second_import(&mut stage, &folder);
    stage.keys("down t enter");
    let all = stage.0.0.desk.store.all_requests().unwrap();
    let due =
        |title: &str| all.iter().find(|request| request.title == title).unwrap().due.unwrap().to_string();
    assert_eq!(
        (due("Loyalty card mailer"), due("Menu insert")),
        ("2026-12-15".to_owned(), "2026-12-18".to_owned())
    );
    assert!(titles(&stage).contains(&"Autumn window poster".to_owned()), "{:?}", titles(&stage));
    assert!(titles(&stage).contains(&"Autumn window posters".to_owned()), "{:?}", titles(&stage));
    assert!(!titles(&stage).contains(&"Old flyer".to_owned()), "what is put away stands switched off");
}

#[test]
fn a_file_is_read_as_what_it_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "team.csv", "Name,Handle,Discipline,Mon,Tue,Wed\nCy Tan,cy,copy,8,8,8\n");
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, &path);
    assert!(stage.screen().contains("People, read as"), "{}", stage.screen());
    stage.keys("K");
    assert!(stage.screen().contains("known as first day"), "no absences: {}", stage.screen());
    stage.keys("esc enter");
    assert!(stage.0.0.desk.person("cy").is_ok());
}

#[test]
fn days_that_can_be_two_are_asked_about_and_can_be_swapped() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "days.csv", "Title,Due\nPoster,03/04/2027\nMenu,05/06/2027\n");
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, &path);
    assert!(stage.screen().contains("How does days.csv write its days"), "{}", stage.screen());
    stage.keys("d");
    assert!(stage.screen().contains("Sat 3 Apr"), "{}", stage.screen());
    stage.keys("d");
    assert!(stage.screen().contains("Thu 4 Mar"), "{}", stage.screen());
}

#[test]
fn a_calendar_comes_in_event_by_event() {
    let folder = tempfile::tempdir().unwrap();
    let event = |uid: &str, title: &str, start: &str| {
        format!("BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART:{start}\nDURATION:PT1H\nEND:VEVENT\n")
    };
    let calendar =
        |events: &[String]| format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n", events.concat());
    let first = calendar(&[
        event("a", "Leadership sync", "20261124T100000Z"),
        event("b", "Studio walk", "20261125T100000Z"),
        event("c", "Client call", "20261126T100000Z"),
    ]);
    let path = file(&folder, "work.ics", &first);
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, &path);
    stage.keys("enter");
    let second = calendar(&[
        event("a", "Leadership sync", "20261124T140000Z"),
        event("d", "Critique", "20261127T100000Z"),
        event("c", "Client call", "20261126T100000Z"),
    ]);
    let path = file(&folder, "work.ics", &second);
    import(&mut stage, &path);
    let screen = stage.screen();
    assert!(screen.contains("1 new, 1 changed, 1 gone, 1 unchanged"), "{screen}");
    // The one that is gone stays.
    stage.keys("down down space enter");
    let week = stage.0.0.desk.meetings("2026-11-23".parse().unwrap(), "2026-11-29".parse().unwrap()).unwrap();
    let titles: Vec<String> =
        week.iter().map(|it| format!("{} {}", it.title, it.start.format("%H"))).collect();
    assert_eq!(titles, ["Leadership sync 14", "Studio walk 10", "Client call 10", "Critique 10"]);
    stage.keys("u u");
    assert!(
        stage
            .0
            .0
            .desk
            .meetings("2026-11-23".parse().unwrap(), "2026-11-29".parse().unwrap())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn every_empty_pane_offers_it() {
    for pane in ["2", "3", "4", "5", "6", "7"] {
        let mut stage = Stage::empty((120, 36));
        stage.keys(pane);
        assert!(stage.screen().contains("g i"), "{pane}: {}", stage.screen());
    }
}

#[test]
fn names_of_a_folder_are_gone_to_and_entered() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("exports")).unwrap();
    std::fs::write(folder.path().join("exports").join("plan.csv"), "Title\nPoster\n").unwrap();
    file(&folder, "a.png", "");
    file(&folder, "b.csv", "Title\nMenu\n");
    file(&folder, ".hidden.csv", "");
    let mut stage = Stage::empty((80, 24));
    stage.keys("g i ctrl-u");
    stage.paste(&format!("{}/", folder.path().display()));
    let screen = stage.screen();
    let places = ["exports/", "b.csv", "a.png"].map(|name| screen.rfind(&format!("   {name}")).unwrap());
    assert!(places.is_sorted(), "folders and tables come first: {screen}");
    assert!(!screen.contains(".hidden"), "{screen}");
    // A folder is only gone into.
    stage.keys("\".\"");
    assert!(stage.screen().contains(".hidden.csv"), "asked for by its dot: {}", stage.screen());
    stage.keys("backspace \"EXP\" enter");
    assert!(
        stage.screen().contains("no name here begins so") || stage.screen().contains("cannot read"),
        "{}",
        stage.screen()
    );
    stage.keys("backspace backspace backspace \"ex\" tab");
    assert!(stage.screen().contains("   plan.csv"), "{}", stage.screen());
    stage.keys("tab enter");
    assert!(stage.screen().contains("1 of 1 taken"), "{}", stage.screen());
    stage.keys("esc g i ctrl-u");
    stage.paste(&format!("{}/", folder.path().display()));
    stage.keys("down enter");
    assert!(stage.screen().contains("Import b.csv"), "{}", stage.screen());
}

#[test]
fn what_is_no_list_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text, why) in [
        ("empty.csv", "", "empty"),
        ("page.ics", "<html><body>Sign in</body></html>", "web page"),
        ("broken.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no event that can be read"),
        ("zero.bin", "\0\0\0\0\u{1}\u{2}\0\0\0\0", ""),
    ] {
        let path = file(&folder, name, text);
        let mut stage = Stage::empty((120, 36));
        import(&mut stage, &path);
        let screen = stage.screen();
        assert!(screen.contains("Import a file"), "the path is there to be mended: {screen}");
        assert!(screen.contains(why), "{name}: {screen}");
        stage.keys("esc");
        assert!(stage.0.0.desk.history(None).unwrap().is_empty());
    }
}

#[test]
fn a_long_page_is_walked_like_any_list() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (0..300).map(|row| format!("K-{row},Poster {row},2027-01-04\n")).collect();
    let path = file(&folder, "long.csv", &format!("ID,Title,Due\n{}", rows.concat()));
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, &path);
    stage.keys("G space");
    assert!(
        stage.screen().contains("Poster 299") && stage.screen().contains("299 of 300 taken"),
        "{}",
        stage.screen()
    );
    stage.keys("g g pgdn pgdn space");
    assert!(stage.screen().contains("298 of 300 taken"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(titles(&stage).len(), 298);
    // The same once more: all that is here is as it is, and what was left out is new.
    import(&mut stage, &path);
    assert!(stage.screen().contains("2 new, 298 unchanged"), "{}", stage.screen());
    stage.keys("enter");
    import(&mut stage, &path);
    assert!(stage.screen().contains("300 lines are as they are here"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("no line is left that could be taken over"), "{}", stage.screen());
}

#[test]
fn keys_that_mean_nothing_for_a_line_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    second_import(&mut stage, &folder);
    stage.keys("t");
    assert!(stage.screen().contains("only a line that looks renamed"), "{}", stage.screen());
    stage.keys("down down down down space");
    assert!(stage.screen().contains("vanished: nothing is closed"), "{}", stage.screen());
    stage.keys("down space");
    assert!(
        stage.screen().contains("5 of 5 taken"),
        "what is switched off can be switched on: {}",
        stage.screen()
    );
    stage.keys("down space");
    assert!(stage.screen().contains("unreadable: nothing is taken of it"), "{}", stage.screen());
    let path = file(
        &folder,
        "w.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Talk\nDTSTART:20261124T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    stage.keys("esc");
    import(&mut stage, &path);
    stage.keys("d");
    assert!(stage.screen().contains("writes its days in one way only"), "{}", stage.screen());
    stage.keys("e");
    assert!(stage.screen().contains("a calendar has no columns"), "{}", stage.screen());
}

#[test]
fn a_click_chooses_a_line_and_leaves_it_out() {
    let mut stage = Stage::empty((80, 24));
    import(&mut stage, PLANNER);
    let row = stage.screen().lines().position(|line| line.contains("Loyalty card mailer")).unwrap();
    let click = format!("\x1b[<0;20;{0}M\x1b[<0;20;{0}m", row + 1);
    stage.read(&click);
    assert!(stage.screen().contains("3 of 3 taken"), "{}", stage.screen());
    stage.read(&click);
    assert!(stage.screen().contains("2 of 3 taken"), "{}", stage.screen());
}

/// A file whose names come near somebody of the team and somebody who asks.
fn misspelt(stage: &mut Stage, folder: &tempfile::TempDir) {
    crate::ops::kit::add(&mut stage.0.0.desk, &[("name", "Ana Kowalski"), ("handle", "ak")]);
    stage.0.0.desk.capture(crate::domain::record::Kind::Stakeholder, "Owen Price").unwrap();
    let text = "Title,Requester,Assignee,Due\nWindow posters,Owen Prise,Anna Kowalsky,2026-12-04\n\
        Loyalty card mailer,Owen Prise,Kim Oh,2026-12-08\n";
    let path = file(folder, "planner.csv", text);
    import(stage, &path);
}

#[test]
fn names_that_come_near_somebody_are_shown_with_whom() {
    let folder = tempfile::tempdir().unwrap();
    expect_stage_at_all_sizes("change-set-names", |stage| {
        misspelt(stage, &folder);
        stage.keys("space down space space down");
    });
}

#[test]
fn one_key_says_whom_a_name_means_and_it_is_asked_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    misspelt(&mut stage, &folder);
    assert!(stage.screen().contains("is it Owen Price?"), "{}", stage.screen());
    assert!(stage.screen().contains("2 much like somebody here"), "{}", stage.screen());
    stage.keys("space space space V");
    assert!(stage.screen().contains("is Ana Kowalski, from now on"), "the group at once: {}", stage.screen());
    stage.keys("down space");
    assert!(stage.screen().contains("is not Ana Kowalski, from now on"), "{}", stage.screen());
    stage.keys("enter");
    let requesters: Vec<String> =
        stage.0.0.desk.store.all_requests().unwrap().into_iter().map(|request| request.requester).collect();
    assert_eq!(requesters, ["Owen Price", "Owen Price"]);
    import(&mut stage, folder.path().join("planner.csv").to_str().unwrap());
    let screen = stage.screen();
    assert!(screen.contains("2 lines are as they are here") && !screen.contains("much like"), "{screen}");
    stage.keys("esc u");
    assert!(titles(&stage).is_empty());
    import(&mut stage, folder.path().join("planner.csv").to_str().unwrap());
    assert!(stage.screen().contains("2 much like somebody here"), "undone, it is open again");
}
