//! The columns of a table that is imported: what each fills, the first rows as they will be, and presets.

use super::Stage;
use super::import::{PLANNER, file, import, titles};
use super::screens::expect_stage_at_all_sizes;

#[test]
fn the_columns_of_an_unknown_table_are_said_one_by_one() {
    expect_stage_at_all_sizes("columns", |stage| import(stage, "tests/data/unknown.csv"));
}

#[test]
fn a_field_is_found_by_words() {
    expect_stage_at_all_sizes("column-field", |stage| {
        import(stage, "tests/data/unknown.csv");
        stage.keys("down space \"hou\"");
    });
}

#[test]
fn what_columns_fill_leads_to_what_would_change_and_into_a_preset() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    stage.0.0.jobs.presets = Some(folder.path().to_owned());
    import(&mut stage, "tests/data/unknown.csv");
    stage.keys("down down down space \"due\" enter");
    assert!(stage.screen().contains("Fri 4 Dec"), "{}", stage.screen());
    stage.keys("ctrl-s ctrl-u \"Studio plan\" enter");
    assert!(stage.screen().contains("studio-plan.toml"), "{}", stage.screen());
    stage.keys("enter enter");
    assert_eq!(titles(&stage), ["Schaufenster Herbst", "Kundenkarte"]);
    stage.keys("u");
    // From now on such a file is known.
    import(&mut stage, "tests/data/unknown.csv");
    assert!(stage.screen().contains("read as studio-plan"), "{}", stage.screen());
    stage.keys("e");
    assert!(stage.screen().contains("Columns of unknown.csv"), "{}", stage.screen());
}

#[test]
fn a_table_without_any_words_has_nothing_to_propose() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "numbers.csv", "A,B\n1,2\n3,4\n");
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, &path);
    assert!(stage.screen().contains("No column fills the title yet"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("Columns of numbers.csv"), "it stays until one does: {}", stage.screen());
    stage.keys("down space \"title\" enter enter");
    assert!(stage.screen().contains("2 of 2 taken"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(titles(&stage), ["2", "4"]);
}

#[test]
fn a_field_moves_from_one_column_to_another_and_a_column_can_be_left_out() {
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, "tests/data/unknown.csv");
    stage.keys("down down space \"title\" enter");
    let screen = stage.screen();
    let line =
        |name: &str| screen.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    assert!(line("Von wem").ends_with("title"), "{screen}");
    assert!(line("Was").contains("kept in the notes"), "{screen}");
    assert!(line("Maya Lind").contains("16h"), "the first rows as they will be: {screen}");
    stage.keys("down down down space \"left out\" enter");
    assert!(
        stage.screen().lines().any(|line| line.contains("Laune") && line.contains("left out")),
        "{}",
        stage.screen()
    );
    stage.keys("space esc esc");
    assert!(titles(&stage).is_empty());
}

#[test]
fn a_preset_needs_a_name_and_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, "tests/data/unknown.csv");
    stage.keys("ctrl-s enter");
    assert!(stage.screen().contains("there is no folder for presets"), "{}", stage.screen());
    let mut stage = Stage::empty((120, 36));
    stage.0.0.jobs.presets = Some(folder.path().to_owned());
    import(&mut stage, "tests/data/unknown.csv");
    stage.keys("ctrl-s ctrl-u enter");
    assert!(stage.screen().contains("a name, as studio-planner"), "{}", stage.screen());
    stage.keys("\"Jira cloud\" enter");
    assert!(stage.screen().contains("is a preset of the program"), "{}", stage.screen());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_preset_that_is_broken_is_told_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    file(&folder, "mine.toml", "name = ");
    let mut stage = Stage::empty((200, 60));
    stage.0.0.jobs.presets = Some(folder.path().to_owned());
    import(&mut stage, PLANNER);
    assert!(stage.screen().contains("this preset is left out"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(titles(&stage).len(), 3);
}

#[test]
fn another_sheet_of_a_workbook_can_be_chosen() {
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, "tests/data/plan.ods");
    assert!(
        stage.screen().contains("3 new") && stage.screen().contains("`Ideas 2027` could be requests too")
    );
    stage.keys("e");
    assert!(stage.screen().contains("Columns of plan.ods, sheet Plan (1 of 3)"), "{}", stage.screen());
    stage.keys("]");
    let screen = stage.screen();
    assert!(screen.contains("sheet Ideas 2027 (2 of 3)") && screen.contains("Photo wall"), "{screen}");
    stage.keys("] ] ] enter");
    assert!(stage.screen().contains("Photo wall") && stage.screen().contains("1 new"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(titles(&stage), ["Photo wall"]);
    import(&mut stage, PLANNER);
    stage.keys("e ]");
    assert!(stage.screen().contains("there is no other sheet in it"), "{}", stage.screen());
}

#[test]
fn what_was_left_out_stays_so_when_the_file_is_read_once_more() {
    let mut stage = Stage::empty((120, 36));
    import(&mut stage, PLANNER);
    stage.keys("space d");
    assert!(stage.screen().contains("day first, as you said"), "{}", stage.screen());
    assert!(stage.screen().contains("2 of 3 taken"), "{}", stage.screen());
    stage.keys("e");
    assert!(stage.screen().contains("Columns of planner.csv"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("2 of 3 taken"), "one step back: {}", stage.screen());
    stage.keys("e enter");
    assert!(stage.screen().contains("2 of 3 taken"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(titles(&stage).len(), 2);
    stage.keys("u");
    import(&mut stage, PLANNER);
    stage.keys("esc");
    assert!(titles(&stage).is_empty() && !stage.screen().contains("Import planner"), "{}", stage.screen());
}

#[test]
fn columns_of_people_absences_and_shares_are_said_and_saved_as_those_of_requests() {
    let folder = tempfile::tempdir().unwrap();
    let presets = tempfile::tempdir().unwrap();
    for (name, text, reads, fields, rows) in [
        ("team", "Wen;Pensum\nIda Holm;32\n", "K", &["name", "weekly hours"][..], "Ida Holm"),
        (
            "weg",
            "Wen;Beginn hier;Schluss\nIda Holm;2026-12-01;2026-12-03\n",
            "K K",
            &["person", "from", "to"],
            "1 Dec to",
        ),
        ("plan", "Kopf;Wofür;Std.-Zahl\nIda Holm;Film;6\n", "K K K", &["person", "request", "hours"], "Film"),
    ] {
        let path = file(&folder, &format!("{name}.csv"), text);
        let mut stage = Stage::empty((120, 36));
        stage.0.0.jobs.presets = Some(presets.path().to_owned());
        import(&mut stage, &path);
        stage.keys(reads);
        assert!(stage.screen().contains(", as "), "{}", stage.screen());
        for field in fields {
            stage.keys(&format!("space \"{field}\" enter down"));
        }
        let screen = stage.screen();
        assert!(screen.matches(rows).count() >= 1 && !screen.contains("kept in the notes"), "{screen}");
        stage.keys(&format!("ctrl-s ctrl-u \"Mein {name}\" enter"));
        assert!(stage.screen().contains(&format!("mein-{name}.toml")), "{}", stage.screen());
        stage.keys("enter");
        assert!(stage.screen().contains(&format!("Import {name}.csv")), "{}", stage.screen());
        // From now on such a file is known.
        let mut stage = Stage::empty((120, 36));
        stage.0.0.jobs.presets = Some(presets.path().to_owned());
        import(&mut stage, &path);
        assert!(stage.screen().contains(&format!("preset mein-{name}")), "{}", stage.screen());
        stage.keys("e");
        assert!(stage.screen().contains(&format!("Columns of {name}.csv, as ")), "{}", stage.screen());
    }
}
