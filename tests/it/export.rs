//! What goes out: documents, lint and data, from outside; and that it comes back in.

use crate::cli::{Studio, has_all};

/// A studio with one person who cannot do what is confirmed.
fn overloaded() -> Studio {
    let studio = Studio::new();
    studio.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    studio.ok("add Hero film ~60h due:fri");
    studio.ok("assign R-1 ana --to fri");
    studio
}

#[test]
fn a_discipline_says_what_of_its_people_is_late_and_what_that_displaces() {
    let studio = overloaded();
    studio.ok("add Old ~8h due:2026-11-20");
    studio.ok("assign R-2 ana --from 2026-11-16 --to 2026-11-20");
    let own = studio.json("load");
    let grouped = studio.json("load --by discipline");
    for field in ["forced_over", "late", "displaced"] {
        let said = &own["people"][0][field];
        assert!(said.as_array().is_some_and(|all| !all.is_empty()), "{field}: {own}");
        assert_eq!(&grouped["people"][0][field], said, "{field}");
    }
}

#[test]
fn the_load_goes_out_as_a_document_and_no_file_is_written_over() {
    let studio = overloaded();
    let text = studio.ok("load --format text");
    assert!(text.contains("! Ana Ruiz is 20h over Mon 23–Fri 27 Nov. (R-1) [1]"), "{text}");
    assert!(studio.ok("load --format markdown").starts_with("# Load of the studio"));
    assert!(studio.ok("load --format slack").starts_with("*Load of the studio*"));
    let file = studio.0.path().join("load.html");
    let words = format!("load --format html --for me --output {}", file.display());
    studio.ok(&words);
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Ana Ruiz"), "{page}");
    let (code, said) = studio.refused(&words);
    assert!(code == 5 && said.contains("--force"), "{said}");
    studio.ok(&format!("{words} --force"));
    let named = studio.0.path().join("named.html");
    studio.ok(&format!("load --output {}", named.display()));
    assert!(std::fs::read_to_string(&named).unwrap().starts_with("<!DOCTYPE html>"), "by its name");
    for table in ["--by discipline", "--json", "--plain", "over:forced"] {
        let refused = studio.refused(&format!("load --output x.html {table}"));
        assert_eq!(refused.0, 2, "a table is not written to a file so: {table}");
    }
    assert_eq!(studio.refused("load --output x.pdf").0, 2);
    let (code, said) = studio.refused("load --format text --output no/such/folder.txt");
    assert!(code == 1 && said.contains("cannot write"), "{said}");
}

#[test]
fn process_talk_is_pointed_out_and_other_words_can_be_taken() {
    let studio = Studio::new();
    let text = "We had 140 briefs done.\nSpring is on shelf sooner.\nThere is a risk of delays.\n";
    let file = studio.file("brief.md", text);
    let told = studio.ok(&format!("lint {file}"));
    assert!(told.contains("  1 1:1      process without a result"), "{told}");
    assert!(told.contains("  → <how many> launches went out on their date"), "{told}");
    let found = studio.json(&format!("lint {file}"));
    assert_eq!(found.as_array().unwrap().len(), 2, "findings are no failure");
    has_all(&found[1], "line column rule text suggestion");
    assert_eq!((&found[1]["line"], &found[1]["rule"]), (&3.into(), &"passive-risk".into()));
    assert_eq!(studio.ok(&format!("lint {file} --plain")).lines().count(), 2);
    let taken = studio.ok(&format!("lint {file} --take 1"));
    assert_eq!(taken, text.replace("We had 140 briefs done", "<how many> launches went out on their date"));
    assert_eq!(studio.refused(&format!("lint {file} --take 9")).0, 3);
    let clean = studio.with_input(&["lint", "-", "--json"], "Spring is on shelf sooner.");
    assert_eq!((clean.code, clean.out.trim()), (0, "[]"));
    studio.file("c.toml", "[lint]\nwaved_off = [\"passive-risk: There is a risk of delays\"]\n");
    assert_eq!(studio.json(&format!("lint {file}")).as_array().unwrap().len(), 1);
    assert!(!studio.0.path().join("s.db").exists(), "no store is needed");
    std::fs::write(studio.0.path().join("latin.txt"), b"caf\xe9").unwrap();
    let (code, said) = studio.refused(&format!("lint {}", studio.0.path().join("latin.txt").display()));
    assert!(code == 5 && said.contains("UTF-8"), "{said}");
    assert_eq!(studio.refused("lint no-such-file").0, 1);
}

/// Texts that would like to be formulas, columns or lines.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"https://example.org\",\"here\")",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
    "'=already guarded",
    "a, \"b\"; c",
    "'tis the season",
    "Überblick 日本語",
];

#[test]
fn requests_come_in_again_as_they_went_out() {
    let studio = Studio::new();
    for text in HOSTILE {
        let quoted = format!("title:\"{}\"", text.replace('"', "”"));
        let done = studio.run(&[
            "add",
            "x",
            "t2",
            "~6h30m",
            "due:fri",
            "lever:impact",
            "#spring",
            "#web",
            "requester:Mara",
        ]);
        assert_eq!(done.code, 0, "{}", done.err);
        let key = format!("R-{}", studio.json("list stage:any").as_array().unwrap().len());
        let done = studio.run(&["edit", &key, &quoted, &format!("outcome:\"{}\"", text.replace('"', "”"))]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    studio.ok("move R-2 clarifying");
    let file = studio.0.path().join("out.csv");
    studio.ok(&format!("export requests --output {}", file.display()));
    let table = std::fs::read_to_string(&file).unwrap();
    assert!(table.starts_with("\u{feff}Key,Title,Ask,") && table.contains("\r\nR-2,'+1+1,"), "{table}");
    let other = Studio::new();
    let told = other.json(&format!("import requests {}", file.display()));
    assert_eq!((&told["created"], &told["skipped"]), (&HOSTILE.len().into(), &0.into()), "{told}");
    let by_title = |studio: &Studio| {
        let mut rows = studio.json("list stage:any --sort key").as_array().unwrap().clone();
        for row in &mut rows {
            let kept = ["title", "outcome", "due", "lever", "estimate_minutes", "tags", "requester", "stage"];
            *row = kept.iter().map(|name| row[*name].clone()).collect();
        }
        rows
    };
    assert_eq!(by_title(&other), by_title(&studio));
}

#[test]
fn meetings_come_in_again_as_a_calendar() {
    let studio = Studio::new();
    studio.run(&[
        "meeting",
        "add",
        "Sync; plan, again",
        "--start",
        "2026-11-24T10:00",
        "--with",
        "Priya Nair",
    ]);
    studio.run(&["meeting", "add", &"Long ü ".repeat(30), "--start", "2026-11-25T09:30", "--minutes", "30"]);
    studio.ok("meeting edit M-1 --intent private");
    let file = studio.0.path().join("out.ics");
    studio.ok(&format!("export meetings --format ics --output {}", file.display()));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.lines().all(|line| line.len() <= 75) && !text.contains("private"), "{text}");
    let other = Studio::new();
    let told = other.json(&format!("import calendar {}", file.display()));
    assert_eq!((&told["created"], &told["problems"]), (&2.into(), &serde_json::json!([])), "{told}");
    let days = "meeting list --from 2026-11-20 --to 2026-11-30";
    let (theirs, ours) = (other.json(days), studio.json(days));
    for name in ["title", "start", "end", "attendees", "uid"] {
        let of = |list: &serde_json::Value| {
            list.as_array().unwrap().iter().map(|it| it[name].clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(&theirs), of(&ours), "{name}");
    }
    let table = studio.ok("export meetings");
    assert!(table.starts_with("Key,Title,Series,") && table.contains("\"Sync; plan, again\""), "{table}");
}

#[test]
fn json_goes_out_in_the_shapes_of_the_lists() {
    let studio = overloaded();
    studio.run(&["meeting", "add", "Leadership sync", "--start", "2026-11-20T10:00"]);
    studio.ok("reflect M-1 --stance 4 --moment =1+1");
    studio.ok("outcome add Sooner --lever speed");
    assert_eq!(studio.json("export requests"), studio.json("list stage:any"));
    assert_eq!(studio.json("export load --to 2026-11-29"), studio.json("load --days 7"));
    let past = "--from 2026-11-20 --to 2026-11-20";
    assert_eq!(studio.json(&format!("export meetings {past}")), studio.json(&format!("meeting list {past}")));
    assert_eq!(studio.json("export reflections"), studio.json("reflect --trend")["reflections"]);
    assert!(studio.ok("export reflections").contains(",'=1+1,"), "a moment is no formula");
    assert!(studio.ok("export load").starts_with("Person,Name,Discipline,Date,"));
    let all = studio.json("export all");
    has_all(
        &all,
        "made requests allocations load meetings reflections people absences holidays outcomes risks gains",
    );
    assert_eq!(all["outcomes"], studio.json("outcome list"));
    assert_eq!(all["allocations"].as_array().unwrap().len(), 1);
    let before = studio.ok("history --limit 0");
    for words in [
        "export all --format csv",
        "export load --format ics",
        "export load --from 2026-12-01 --to 2026-11-01",
    ] {
        assert_eq!(studio.refused(words).0, 2, "{words}");
    }
    assert_eq!(studio.ok("history --limit 0"), before, "nothing that goes out writes anything");
}

#[test]
fn an_empty_studio_goes_out_as_headers_only() {
    let studio = Studio::new();
    for what in ["requests", "load", "meetings", "reflections"] {
        assert_eq!(studio.ok(&format!("export {what}")).lines().count(), 1, "{what}");
    }
    assert!(studio.ok("export meetings --format ics").ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn a_whole_store_goes_out_and_comes_in_equal() {
    let (from, to) = (Studio::new(), Studio::new());
    from.run(&["person", "add", "Ana Ruiz", "--handle", "ana", "--hours", "8,8,8,8,8"]);
    let table = "Title,Requester,Due date,ID\n007 poster,Owen Price,2026-12-04,A-1\nFilm,Owen Price,,A-2\n";
    from.ok(&format!("import requests {}", from.file("in.csv", table)));
    from.ok("assign R-1 ana --hours 8");
    from.ok("promise add Numbers --to Owen");
    from.ok("edit R-2 due:2026-12-11");
    from.run(&[
        "source",
        "add",
        "Jira",
        "--what",
        "requests",
        "--command",
        "fetch https://jira.example/secret-token",
    ]);
    let file = from.0.path().join("all.json").display().to_string();
    from.ok(&format!("export all --output {file}"));
    let told = to.json(&format!("import all {file}"));
    has_all(
        &told,
        "dry_run created updated unchanged skipped rows operation preset encoding columns_ignored",
    );
    assert!(told["created"].as_i64() > Some(5) && told["operation"].is_i64(), "{told}");
    let (mut one, mut two) = (from.json("export all"), to.json("export all"));
    one["made"].take();
    two["made"].take();
    assert_eq!(one, two);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("fetch https://jira.example/") && !text.contains("secret-token"), "{text}");
    assert_eq!(to.refused("source refresh Jira").0, 4, "what came from elsewhere runs nothing by itself");
    // What the source said last came along: what was set by hand stays.
    let again = to.json(&format!("import requests {}", from.file("in.csv", table)));
    assert_eq!((&again["created"], &again["unchanged"]), (&0.into(), &2.into()));
    assert_eq!(to.json("show R-2")["due"], "2026-12-11");
    assert_eq!(to.json(&format!("import all {file}"))["operation"], serde_json::Value::Null);
    to.ok("undo");
    assert_eq!(to.refused("list").0, 3);
}

#[test]
fn a_table_in_a_file_opens_in_a_spreadsheet_as_it_stands() {
    let studio = Studio::new();
    studio.run(&["add", "Größe", "notes:007"]);
    let file = studio.0.path().join("requests.csv");
    studio.ok(&format!("export requests --output {}", file.display()));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("\u{feff}Key,") && text.contains("Größe") && text.contains(",'007,"), "{text}");
    assert!(studio.ok("export requests").starts_with("Key,"), "other programs read standard output");
    let there = Studio::new();
    there.ok(&format!("import requests {}", file.display()));
    assert_eq!(there.json("show R-1")["notes"], "007");
}
