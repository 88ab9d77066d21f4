//! Plans of hours on their way in.

use super::Stage;
use super::import::{file, import};
use super::screens::expect_stage_at_all_sizes;
use crate::import::preset::Presets;
use crate::import::shares::{ShareOptions, read_shares};
use crate::ops::import::lines::LineChoice;

/// A plan of hours for the second time, with what was changed here since.
fn second_plan(stage: &mut Stage, folder: &tempfile::TempDir) {
    let desk = &mut stage.0.0.desk;
    for (name, handle) in [("Mara Quist", "mara"), ("Tove Lund", "tove")] {
        crate::ops::kit::add(desk, &[("name", name), ("handle", handle)]);
    }
    let film = desk.add("Spring film ~60h due:2026-12-18").unwrap().output.id;
    desk.add("Window poster ~12h due:2026-12-11").unwrap();
    let head = "People,Project,Task,Start Date,End Date,Hours/Day,Status\n";
    let first = "Mara Quist,Spring film,Edit,2026-11-30,2026-12-04,4,Confirmed\n\
        Tove Lund,Spring film,Sound,2026-12-01,2026-12-02,6,Tentative\nTove Lund,Window poster,,2026-12-07,2026-12-08,2,Confirmed\n";
    let path = file(folder, "float.csv", &format!("{head}{first}"));
    import(stage, &path);
    stage.keys("enter");
    let desk = &mut stage.0.0.desk;
    let share = desk.store.allocations_of(film).unwrap()[0].id;
    desk.edit_share(share, &|share| share.to = "2026-12-07".parse().unwrap()).unwrap();
    let now = "Mara Quist,Spring film,Edit,2026-11-30,2026-12-03,5,Confirmed\n\
        Tove Lund,Spring film,Sound,2026-12-01,2026-12-02,3,Confirmed\nMara Quist,Window poster,,2026-12-07,2026-12-08,2,Confirmed\n\
        Mara Quist,Autumn film,,2026-12-07,2026-12-08,2,Confirmed\nTove Lunt,Window poster,,2026-12-09,2026-12-09,2,Confirmed\n";
    let path = file(folder, "float.csv", &format!("{head}{now}"));
    import(stage, &path);
}

#[test]
fn a_plan_of_hours_shows_every_group_of_its_shares() {
    let folder = tempfile::tempdir().unwrap();
    expect_stage_at_all_sizes("change-set-shares", |stage| second_plan(stage, &folder));
}

#[test]
fn shares_that_are_chosen_come_in_and_one_key_takes_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    second_plan(&mut stage, &folder);
    let shares = |stage: &Stage| stage.0.0.desk.store.open_allocations().unwrap();
    let before = shares(&stage);
    assert!(stage.screen().contains("Shares, read as shares"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(shares(&stage).len(), before.len() + 1, "{}", stage.screen());
    stage.keys("u");
    assert_eq!(shares(&stage), before);
}

#[test]
fn a_share_of_so_much_a_day_is_told_as_that() {
    let mut stage = Stage::demo((120, 36));
    let request = stage.0.0.snapshot.rows.iter().find(|row| row.request.title.contains("Sticker")).unwrap();
    let key = request.request.id;
    let text = format!("Person,Request,Start,End,Hours per day\nana,{key},2026-11-30,2026-12-03,2\n");
    let shares = read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &ShareOptions::default()).unwrap();
    stage.0.0.desk.take_shares(shares, false, &LineChoice::default()).unwrap();
    stage.reread().unwrap();
    stage.keys(&format!(": \"{key}\" enter"));
    let screen = stage.screen();
    assert!(screen.contains("8h left: 8h, 2h a day"), "{screen}");
}

#[test]
fn one_key_leads_from_the_changes_of_a_file_to_the_columns_of_every_kind_of_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "plan.csv", "Title;Kopf;Zahl\nFilm;Ida Holm;6\n");
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, &path);
    assert!(stage.screen().contains("Requests, read as"), "{}", stage.screen());
    for (kind, lacks) in [
        ("people", "known as the name"),
        ("absences", "known as person and first day"),
        ("shares", "known as person and hours or days"),
    ] {
        stage.keys("K");
        let screen = stage.screen();
        assert!(screen.contains(&format!("Columns of plan.csv, as {kind}")), "{screen}");
        assert!(screen.contains(lacks) && !screen.contains("--map"), "{screen}");
    }
    stage.keys("space \"person\" enter");
    let screen = stage.screen();
    assert!(!screen.contains("known as person"), "what is filled is not missing: {screen}");
    stage.keys("esc");
    assert!(stage.screen().contains("Requests, read as"), "one step back: {}", stage.screen());
}

#[test]
fn what_a_folder_could_not_be_read_as_is_not_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    file(&folder, "a.csv", "Title,Due\nFilm,2026-12-04\n");
    import(&mut stage, &format!("{}/", folder.path().display()));
    assert!(stage.screen().contains("Requests, read as"), "{}", stage.screen());
    let said = ["K", "K", "K", "K"].map(|key| {
        stage.keys(key);
        stage
            .screen()
            .lines()
            .rev()
            .find(|line| line.contains("a.csv") || line.contains(".ics"))
            .unwrap_or_default()
            .to_owned()
    });
    assert!(said[0].contains("the name") && said[1].contains("first day"), "{said:?}");
    assert!(said[2].contains("known as person;") && said[3].contains("no .ics file"), "{said:?}");
}
