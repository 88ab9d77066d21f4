//! What is forgotten is gone from the bytes of every file, and nothing brings it back.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::cli::Studio;
use crate::figures::Story;

/// Files of a folder whose bytes hold a text.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if std::fs::read(&path).unwrap().windows(text.len()).any(|part| part == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// A connection that may write rows as the program does.
pub fn open(studio: &Studio) -> Connection {
    let connection = Connection::open(studio.0.path().join("s.db")).unwrap();
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("only_tablesetter_writes", 0, flags, |_| Ok(true)).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection
}

/// Columns that name or date something, so that a text in them would be no record any more.
const KEYS: &str = "id external_id source uid handle occurrence recurrence meeting series start stage_since stage \
    shape rule extra except_at zone shows_as sources numbers target subject about held written noted rule first_word touched status kind \
    brought ready started delivered created reframed";

/// Puts a text of its own into every column of a row that takes one; gives the texts.
fn plant(connection: &Connection, table: &str, row: i64) -> Vec<String> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'").unwrap();
    let columns: Vec<String> =
        statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut planted = Vec::new();
    for column in columns.iter().filter(|column| !KEYS.split(' ').any(|key| key == *column)) {
        let canary = format!("zq{}{row}{}", table.replace('_', ""), column.replace('_', ""));
        let value = match column.as_str() {
            "tags" | "attendees" | "came_up" => format!("[\"{canary}\"]"),
            "claims" => "[]".to_owned(),
            "document" | "seen" => continue,
            _ => canary.clone(),
        };
        let sql = format!("UPDATE {table} SET {column} = ?1 WHERE id = ?2");
        // Days and words of the program are refused by the schema.
        if connection.execute(&sql, (&value, row)).unwrap_or(0) == 0 {
            continue;
        }
        let image = serde_json::json!({ "id": row, column: value }).to_string();
        let change = "INSERT INTO change (operation_id, table_name, row_id, before, after) \
                      VALUES ((SELECT max(id) FROM operation), ?1, ?2, ?3, ?3)";
        connection.execute(change, (table, row, image)).unwrap();
        let label =
            "UPDATE operation SET label = label || ', ' || ?1 WHERE id = (SELECT max(id) FROM operation)";
        connection.execute(label, [&canary]).unwrap();
        planted.push(canary);
    }
    assert!(!planted.is_empty() || table == "swap", "{table} takes no text");
    planted
}

#[test]
fn a_text_in_any_field_is_gone_from_every_file() {
    let studio = Studio::new();
    let store = studio.0.path().join("s.db");
    studio.ok(&format!("demo --quiet --keep {}", store.display()));
    let connection = open(&studio);
    let first = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT min(id) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for (table, prefix) in [
        ("request", "R"),
        ("outcome", "O"),
        ("stakeholder", "S"),
        ("decision", "D"),
        ("promise", "P"),
        ("risk", "K"),
        ("friction", "F"),
        ("gain", "G"),
        ("redirect", "X"),
        ("meeting", "M"),
        ("absence", "absence"),
        ("holiday", "holiday"),
    ] {
        let row = first(table);
        cases.push((format!("{prefix}-{row}"), plant(&connection, table, row)));
    }
    let person = first("person");
    let handle: String =
        connection.query_row("SELECT handle FROM person WHERE id = ?1", [person], |row| row.get(0)).unwrap();
    cases.push((handle, plant(&connection, "person", person)));
    let reflection = first("reflection");
    let key: String = connection
        .query_row(
            "SELECT 'M-' || meeting_id || iif(occurrence = '', '', '@' || occurrence) FROM reflection WHERE id = ?1",
            [reflection],
            |row| row.get(0),
        )
        .unwrap();
    cases.push((key, plant(&connection, "reflection", reflection)));
    let all: Vec<String> = cases.iter().flat_map(|(_, canaries)| canaries.clone()).collect();
    let drafts = serde_json::json!({ "Add": [["", all.join(" ")]] }).to_string();
    connection.execute("INSERT OR REPLACE INTO memo (name, value) VALUES ('drafts', ?1)", [drafts]).unwrap();
    drop(connection);
    studio.ok("backup --quiet");
    for (key, canaries) in &cases {
        for canary in canaries {
            assert!(!holding(studio.0.path(), canary).is_empty(), "{canary} was never there");
        }
        let done = studio.json(&format!("forget {key} --yes --copies"));
        assert_eq!(done["copies_still_holding"], serde_json::json!([]), "{key}");
        for canary in canaries {
            assert_eq!(holding(studio.0.path(), canary), [""; 0], "{key}: {canary}");
        }
    }
    studio.ok("doctor");
    studio.ok("list --quiet");
}

#[test]
fn a_forgotten_field_stays_empty_through_undo_import_and_restore() {
    let studio = Studio::new();
    let file = studio.0.path().join("in.csv");
    std::fs::write(&file, "id,title,notes,requester\n7,Launch film,Fired for zqtheft,Owen\n8,Banner,,Mara\n")
        .unwrap();
    studio.ok(&format!("import requests {} --quiet", file.display()));
    let key = "R-1";
    studio.ok("edit R-1 notes:zqsecond --quiet");
    let copy = studio.0.path().join("old.db");
    studio.ok(&format!("backup {} --quiet", copy.display()));
    assert_eq!(studio.run(&["forget", key, "--field", "notes"]).code, 5, "it asks, and nobody can answer");
    assert_eq!(studio.json("show R-1")["notes"], "zqsecond");
    let done = studio.json("forget R-1 --field notes --yes");
    assert_eq!(done["removed"], serde_json::json!(["notes"]));
    std::fs::rename(&copy, studio.0.path().join("kept-elsewhere")).unwrap();
    std::fs::rename(&file, studio.0.path().join("in-elsewhere")).unwrap();
    for text in ["zqtheft", "zqsecond"] {
        let found = holding(studio.0.path(), text);
        let is_copy = |file: &&String| file.contains("elsewhere") || file.contains("backups");
        assert!(found.iter().all(|file| is_copy(&file)), "{found:?}");
    }
    // Undo passes over the forgetting, and what it puts back is empty.
    studio.ok("undo --quiet");
    assert_eq!(studio.json("show R-1")["notes"], serde_json::Value::Null);
    let again =
        studio.run(&["import", "requests", &studio.0.path().join("in-elsewhere").display().to_string()]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        format!("{}{}", again.out, again.err).contains("forgotten here for good"),
        "{}{}",
        again.out,
        again.err
    );
    assert_eq!(studio.json("show R-1")["notes"], serde_json::Value::Null);
    studio.ok(&format!("restore {} --quiet", studio.0.path().join("kept-elsewhere").display()));
    assert_eq!(studio.json("show R-1")["notes"], serde_json::Value::Null);
    assert_eq!(studio.json("show R-1")["title"], "Launch film");
    let number = studio.json("history --limit 0");
    let forgetting =
        number.as_array().unwrap().iter().find(|line| line["label"].as_str().unwrap().contains("Forgot"));
    let refused = studio.run(&["undo", &format!("op-{}", forgetting.unwrap()["id"])]);
    assert_ne!(refused.code, 0);
    assert!(refused.err.contains("for good"), "{}", refused.err);
}

#[test]
fn forgotten_words_stay_away_on_a_new_machine_and_before_an_older_export() {
    let studio = Studio::new();
    let place = |name: &str| studio.0.path().join(name).display().to_string();
    let (file, export, copy) = (place("in.csv"), place("old.json"), place("new.db"));
    std::fs::write(&file, "id,title,notes\n7,Launch film,zqtheft\n8,Banner,kept\n").unwrap();
    studio.ok(&format!("import requests {file} --quiet"));
    studio.ok(&format!("export all --output {export} --quiet"));
    studio.ok("forget R-1 --field notes --yes --quiet");
    studio.ok(&format!("import all {export} --replace --quiet"));
    let notes = |studio: &Studio, key: &str| studio.json(&format!("show {key}"))["notes"].clone();
    assert_eq!(notes(&studio, "R-1"), serde_json::Value::Null, "an older export of the same store");
    assert_eq!(notes(&studio, "R-2"), "kept");

    studio.ok(&format!("backup {copy} --quiet"));
    let new = Studio::new();
    new.ok(&format!("restore {copy} --quiet"));
    new.ok(&format!("import requests {file} --quiet"));
    assert_eq!(notes(&new, "R-1"), serde_json::Value::Null, "the list of the forgotten came along");

    // So it is with an export, which does not say of which store it is, even where somebody is called alike.
    let story = || Story(tempfile::tempdir().unwrap());
    let ((own, day), (others, next)) = ((story(), "2026-11-23"), (story(), "2026-11-24"));
    for (story, title, now) in [(&own, "Secret", day), (&others, "Report", next)] {
        story.at(now, "person add Ana --handle ana --discipline design --quiet");
        story.at(now, &format!("add {title} --quiet"));
    }
    own.at(day, "forget R-1 --yes --quiet");
    let theirs = place("theirs.json");
    others.at(next, &format!("export all --output {theirs} --quiet"));
    own.at(next, &format!("import all {theirs} --replace --quiet"));
    assert!(own.at(next, "show R-1").contains("Report"));

    // The first request of another store is another one; one that came from the same source is the same.
    let other = Studio::new();
    other.ok("add Poster notes:zqposter --quiet");
    other.ok("forget R-1 --field notes --yes --quiet");
    let (whole, banner) = (Studio::new(), place("whole.db"));
    whole.ok("add Leaflet notes:zqleaflet --quiet");
    whole.ok(&format!("import requests {file} --quiet"));
    whole.ok(&format!("backup {banner} --quiet"));
    other.ok(&format!("restore {banner} --quiet"));
    assert_eq!(notes(&other, "R-1"), "zqleaflet");
    assert_eq!(notes(&other, "R-2"), "zqtheft");
    studio.ok(&format!("restore {banner} --quiet"));
    assert_eq!(notes(&studio, "R-1"), "zqleaflet");
    assert_eq!(notes(&studio, "R-2"), serde_json::Value::Null, "R-1 here, by its source");
}

#[test]
fn what_stands_only_in_the_journal_can_be_forgotten_too() {
    let studio = Studio::new();
    studio.ok("add A zqgone request --quiet");
    studio.ok("undo --quiet");
    assert!(!holding(studio.0.path(), "zqgone").is_empty());
    let named = studio.json("forget R-1 --yes");
    let copies = named["copies_still_holding"].as_array().unwrap().clone();
    let found: Vec<serde_json::Value> =
        holding(studio.0.path(), "zqgone").into_iter().map(Into::into).collect();
    assert_eq!(found, copies, "just the copies hold it, and they are named");
    assert!(!copies.is_empty());
    studio.ok("forget R-1 --yes --copies --quiet");
    assert_eq!(holding(studio.0.path(), "zqgone"), [""; 0]);
    let nothing = studio.run(&["forget", "R-99", "--yes"]);
    assert_eq!(nothing.code, 3, "{}", nothing.err);
    let field = studio.run(&["forget", "R-1", "--field", "due", "--yes"]);
    assert_eq!(field.code, 5);
    assert!(field.err.contains("title"), "it names those that there are: {}", field.err);
}

#[test]
fn a_title_goes_with_the_words_that_it_was_made_of_and_a_calendar_says_what_it_leaves_out() {
    let studio = Studio::new();
    studio.ok("add zqfirst --quiet");
    studio.ok("edit R-1 title:other --quiet");
    studio.ok("forget R-1 --field title --yes --copies --quiet");
    assert_eq!(holding(studio.0.path(), "zqfirst"), [""; 0]);
    let calendar = studio.0.path().join("c.ics");
    let event = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART:20261127T100000Z\r\nSUMMARY:zqroom\r\n\
                 END:VEVENT\r\nEND:VCALENDAR\r\n";
    std::fs::write(&calendar, event).unwrap();
    studio.ok(&format!("import calendar {} --quiet", calendar.display()));
    studio.ok("forget M-1 --yes --copies --quiet");
    let again = studio.run(&["import", "calendar", &calendar.display().to_string()]);
    assert!(
        format!("{}{}", again.out, again.err).contains("title was forgotten here for good"),
        "{}{}",
        again.out,
        again.err
    );
    let left: Vec<String> = holding(studio.0.path(), "zqroom");
    assert_eq!(left, [calendar.display().to_string()]);
    let nothing = studio.run(&["forget", "M-1@2026-11-27", "--yes"]);
    assert!(nothing.code == 3 && nothing.err.contains("holds no such words"), "{}", nothing.err);
}

#[test]
fn words_that_other_records_say_too_stay_in_what_is_told_of_those() {
    let studio = Studio::new();
    studio.ok("add zqplan brand:Harbour --quiet");
    studio.ok("add Second Harbour film --quiet");
    studio.ok("forget R-1 --yes --copies --quiet");
    let history = studio.ok("history");
    assert!(history.contains("Second Harbour film"), "{history}");
    assert!(!history.contains("zqplan"), "{history}");
}
