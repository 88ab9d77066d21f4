//! Figures of past spans: the week and the quarter of a story that took three quarters, against counts that SQL makes
//! over the same store. The clock moves with the story; what is told of a span is what held at its end.

use std::sync::OnceLock;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

/// A store and a clock that the test moves.
pub struct Story(pub TempDir);

impl Story {
    fn run(&self, now: &str, arguments: &[&str]) -> String {
        let now = if now.contains('T') { now.to_owned() } else { format!("{now}T10:00:00+00:00") };
        let output = crate::tablesetter()
            .args(arguments)
            .env("TABLESETTER_STORE", self.0.path().join("s.db"))
            .env("TABLESETTER_CONFIG", self.0.path().join("c.toml"))
            .env("TABLESETTER_NOW", &now)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{now} {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Words parted by spaces.
    pub fn at(&self, now: &str, words: &str) -> String {
        self.run(now, &words.split(' ').collect::<Vec<_>>())
    }

    pub fn review(&self, now: &str, words: &str) -> Value {
        serde_json::from_str(&self.at(now, &format!("review {words} --json"))).unwrap()
    }

    fn number(&self, sql: &str) -> Option<f64> {
        let store = Connection::open(self.0.path().join("s.db")).unwrap();
        store.query_row(&format!("SELECT ({sql})"), [], |row| row.get(0)).unwrap()
    }

    pub fn count(&self, sql: &str) -> i64 {
        whole(self.number(sql).unwrap_or_default())
    }

    /// A request that is ready, worked on and delivered on given days; with rounds back from review.
    fn delivered(&self, number: usize, days: [&str; 3], due: &str, rounds: usize) {
        let key = format!("R-{number}");
        self.at(days[0], &format!("add Work {number} t3 ~8h due:{due}"));
        self.at(days[0], &format!("move {key} ready"));
        self.at(days[1], &format!("move {key} in-progress"));
        self.at(days[1], &format!("move {key} in-review"));
        for _ in 0..rounds {
            self.at(days[1], &format!("move {key} in-progress"));
            self.at(days[1], &format!("move {key} in-review"));
        }
        self.at(days[2], &format!("move {key} delivered"));
    }
}

/// A figure without a fraction.
fn whole(value: f64) -> i64 {
    assert!(value.fract().abs() < f64::EPSILON, "{value}");
    format!("{value:.0}").parse().unwrap()
}

/// Every figure of a document with the text of its line.
fn figures(document: &Value) -> Vec<(String, Value)> {
    let lines =
        document["blocks"].as_array().unwrap().iter().flat_map(|block| block["lines"].as_array().unwrap());
    lines
        .flat_map(|line| {
            let text = line["text"].as_str().unwrap().to_owned();
            line["figures"].as_array().unwrap().iter().map(move |figure| (text.clone(), figure.clone()))
        })
        .collect()
}

/// The figure that is defined so; nothing where the document has none.
fn figure(document: &Value, definition: &str) -> Option<Value> {
    figures(document)
        .into_iter()
        .map(|(_, figure)| figure)
        .find(|figure| figure["definition"].as_str().unwrap().starts_with(definition))
}

/// Part and whole of a share, whichever way the print rule says it.
fn share(figure: Option<&Value>) -> (i64, i64) {
    let Some(figure) = figure else { return (0, 0) };
    let (value, n) = (figure["value"].as_f64().unwrap(), figure["n"].as_i64().unwrap());
    if figure["unit"] == "%" {
        assert!(n >= 5, "a percentage of fewer than five: {figure}");
        ((whole(value) * n + 50) / 100, n)
    } else {
        assert!(n < 5, "a count of five and more: {figure}");
        assert_eq!(figure["unit"], format!("of {n}"), "{figure}");
        (whole(value), n)
    }
}

/// A copy of the story, which is played once for all tests.
fn story() -> Story {
    static PLAYED: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = PLAYED.get_or_init(|| std::fs::read(played().0.path().join("s.db")).unwrap());
    let copy = Story(tempfile::tempdir().unwrap());
    std::fs::write(copy.0.path().join("s.db"), bytes).unwrap();
    copy
}

/// Three quarters of work, promises, decisions, readings, risks and headroom.
fn played() -> Story {
    let story = Story(tempfile::tempdir().unwrap());
    let begin = "2026-02-02";
    story.at(begin, "person add Ana --handle ana --hours 8,8,8,8,8");
    story.run(
        begin,
        &[
            "outcome",
            "add",
            "Sooner",
            "--lever",
            "speed",
            "--metric",
            "brief to shelf",
            "--unit",
            "d",
            "--baseline",
            "14",
            "--target",
            "9",
            "--due",
            "2026-12-31",
        ],
    );
    for (number, (days, due, rounds)) in [
        (["2026-02-02", "2026-02-03", "2026-02-06"], "2026-02-06", 0),
        (["2026-02-02", "2026-02-09", "2026-03-30"], "2026-03-20", 1),
        (["2026-04-01", "2026-05-04", "2026-05-11"], "2026-05-11", 0),
        (["2026-05-04", "2026-05-05", "2026-05-12"], "2026-05-29", 0),
        (["2026-05-04", "2026-05-06", "2026-05-13"], "2026-05-12", 2),
        (["2026-05-04", "2026-05-07", "2026-05-14"], "2026-05-15", 0),
        (["2026-05-04", "2026-05-07", "2026-05-15"], "2026-05-15", 0),
        (["2026-07-01", "2026-07-06", "2026-09-30"], "2026-10-02", 1),
    ]
    .into_iter()
    .enumerate()
    {
        story.delivered(number + 1, days, due, rounds);
    }
    books(&story);
    // What was undone never held.
    story.at("2026-05-14", "promise add undone --to Priya --due 2026-05-14");
    story.at("2026-05-14", "undo");
    story
}

/// What was read, promised, decided, raised and freed in these quarters.
fn books(story: &Story) {
    for (value, on) in [("13", "2026-03-02"), ("12", "2026-05-13"), ("9.5", "2026-11-18")] {
        story.at(on, &format!("outcome reading O-1 {value} --on {on}"));
    }
    for (text, made, due) in [
        ("one", "2026-05-04", "2026-05-13"),
        ("two", "2026-05-04", "2026-05-14"),
        ("three", "2026-08-03", "2026-08-07"),
    ] {
        story.at(made, &format!("promise add {text} --to Priya --due {due}"));
    }
    story.at("2026-05-14", "promise edit P-2 --kept 2026-05-14");
    // Kept, but a week after it was due: on the Sunday before, it was open and late.
    story.at("2026-05-20", "promise edit P-1 --kept 2026-05-20");
    story.at("2026-05-04", "decision add First --approver Priya");
    story.at("2026-05-12", "decision add Second --approver Priya");
    story.run(
        "2026-05-13",
        &["decision", "edit", "D-1", "--result", "yes", "--changed", "moved it to spring"],
    );
    story.run("2026-08-05", &["decision", "edit", "D-2", "--result", "no"]);
    story.at("2026-02-10", "risk add Late --raise-by 2026-02-20");
    story.at("2026-05-05", "risk add Wrong --raise-by 2026-05-08");
    story.at("2026-02-12", "risk edit K-1 --raised 2026-02-12");
    story.at("2026-05-13", "risk edit K-2 --raised 2026-05-13");
    story.at("2026-05-15", "risk edit K-1 --end caught");
    story.at("2026-08-03", "risk edit K-2 --end happened");
    story.at("2026-05-04", "gain add Templates --hours 7 --baseline 9 --from 2026-05-04 --to 2026-09-30");
    story.at("2026-05-11", "redirect add G-1 O-1 --hours 7 --from 2026-05-11 --to 2026-09-30");
    story.run("2026-09-01", &["redirect", "edit", "X-1", "--result", "two days sooner"]);
}

const TODAY: &str = "2026-11-23";

/// A past span with what is told of it.
struct Past<'a> {
    story: &'a Story,
    from: &'a str,
    to: &'a str,
    document: Value,
}

impl Past<'_> {
    fn within(&self, column: &str) -> String {
        format!("date({column}) BETWEEN '{}' AND '{}'", self.from, self.to)
    }

    /// A share as it is told is what SQL counts, and its receipt has as many rows and these days.
    fn check(&self, definition: &str, table: &str, fits: &str, counts: &str) {
        let count = |filter: &str| self.story.count(&format!("SELECT count(*) FROM {table} WHERE {filter}"));
        let expected = (count(&format!("{counts} AND {fits}")), count(counts));
        let found = figure(&self.document, definition);
        assert_eq!(share(found.as_ref()), expected, "{}: {definition}", self.from);
        if let Some(found) = found {
            let rows = i64::try_from(found["keys"].as_array().unwrap().len()).unwrap();
            assert_eq!(rows, expected.1, "{}: rows of {definition}", self.from);
            assert_eq!((&found["from"], &found["to"]), (&self.from.into(), &self.to.into()), "{definition}");
        }
    }

    fn value(&self, definition: &str) -> Option<f64> {
        figure(&self.document, definition).map(|it| it["value"].as_f64().unwrap())
    }

    fn week(&self) {
        let (to, delivered) = (self.to, self.within("delivered"));
        let due = format!("way = 'to' AND {}", self.within("due"));
        self.check("our promises that were due", "promise", &format!("date(kept) <= '{to}'"), &due);
        self.check(
            "delivered by the first date",
            "request",
            "date(delivered) <= first_agreed_due",
            &delivered,
        );
        let made = self.story.count(&format!("SELECT count(*) FROM request WHERE {delivered}"));
        assert_eq!(self.value("requests delivered").map_or(0, whole), made, "{}", self.from);
        let open = self.story.count(&format!(
            "SELECT count(*) FROM decision WHERE opened <= '{to}' AND (decided IS NULL OR decided > '{to}')"
        ));
        assert!(said(&self.document).contains(&format!("{open} open")), "{}", self.from);
        let read = self.story.number(&format!(
            "SELECT value FROM reading WHERE {} ORDER BY day DESC LIMIT 1",
            self.within("day")
        ));
        assert_eq!(self.value("the newest reading of O-1"), read, "{}", self.from);
    }

    fn quarter(&self) {
        let (from, to) = (self.from, self.to);
        self.check("delivered without a round back", "request", "rounds = 0", &self.within("delivered"));
        self.check("risks said no later", "risk", "raised <= raise_by", &self.within("raised"));
        self.check("risks that ended as caught", "risk", "\"end\" = 'caught'", &self.within("ended"));
        self.check("decisions that we changed", "decision", "changed <> ''", &self.within("decided"));
        let days = format!("julianday(min(to_day, '{to}')) - julianday(max(from_day, '{from}')) + 1");
        let brought = self
            .story
            .count(&format!("SELECT CAST(hours * max(0, {days}) / 7 / 60 AS INTEGER) FROM redirect"));
        assert_eq!(self.value("hours a week of each redirect").map_or(0, whole), brought, "{from}");
        let newest = self
            .story
            .number(&format!("SELECT value FROM reading WHERE day <= '{to}' ORDER BY day DESC LIMIT 1"));
        assert_eq!(self.value("the newest reading of O-1"), newest, "{from}");
    }
}

#[test]
fn three_past_weeks_and_quarters_say_what_sql_counts_of_the_same_store() {
    let story = story();
    for (words, from, to) in [
        ("--week 2026-02-04", "2026-02-02", "2026-02-08"),
        ("--week 2026-05-13", "2026-05-11", "2026-05-17"),
        ("--week 2026-08-05", "2026-08-03", "2026-08-09"),
        ("--quarter 2026Q1", "2026-01-01", "2026-03-31"),
        ("--quarter 2026Q2", "2026-04-01", "2026-06-30"),
        ("--quarter 2026Q3", "2026-07-01", "2026-09-30"),
    ] {
        let past = Past { story: &story, from, to, document: story.review(TODAY, words) };
        assert_eq!((&past.document["from"], &past.document["to"]), (&from.into(), &to.into()));
        if words.starts_with("--week") { past.week() } else { past.quarter() }
    }
}

/// Everything that a document says.
fn said(document: &Value) -> String {
    let lines =
        document["blocks"].as_array().unwrap().iter().flat_map(|block| block["lines"].as_array().unwrap());
    lines.map(|line| line["text"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_past_span_knows_nothing_of_what_came_later() {
    let story = story();
    let week = said(&story.review(TODAY, "--week 2026-05-13"));
    assert!(week.contains("to Priya: one, 2 days late"), "open and late on that Sunday: {week}");
    assert!(week.contains("Kept to Priya: two") && !week.contains("Kept to Priya: one"), "{week}");
    assert!(!week.contains("undone"), "{week}");
    let third = said(&story.review(TODAY, "--quarter 2026Q3"));
    assert!(third.contains("Sooner: 12 d, last read Wed 13 May") && !third.contains("9.5"), "{third}");
    let second = said(&story.review(TODAY, "--quarter 2026Q2"));
    assert!(second.contains("no result yet") && !second.contains("two days sooner"), "{second}");
    assert!(third.contains("two days sooner"), "{third}");
    assert!(!second.contains("a week are freed and unspoken for"), "{second}");
    let before = said(&story.review(TODAY, "--quarter 2025Q1"));
    assert!(before.contains("No outcome had a reading by then"), "{before}");
    assert!(
        !before.contains('%') && !before.contains(" of "),
        "a store knows nothing of before it was: {before}"
    );
    assert!(before.contains("not recorded before"), "{before}");
    let ahead = said(&story.review(TODAY, "--quarter 2027Q1"));
    assert_eq!(
        ahead, "It begins on Fri 1 Jan 27",
        "nothing of today is told of a quarter that has not begun"
    );
}

#[test]
fn how_full_people_are_stands_beside_how_long_work_has_waited() {
    let story = story();
    story.at("2026-11-16", "add Film t3 ~8h due:2026-11-27");
    story.at("2026-11-16", "move R-9 ready");
    story.at("2026-11-16", "assign R-9 ana");
    let load = story.at(TODAY, "load");
    assert!(load.contains("8h to do; 64h can be planned of 80h"), "{load}");
    assert!(load.contains("Open work: ready for 5 working days (n 1)"), "{load}");
    let week = said(&story.review(TODAY, "--week 2026-11-23"));
    assert!(week.contains("; open work has been ready for 5 working days (n 1)"), "{week}");
    // A week earlier it was five days younger.
    let before = said(&story.review(TODAY, "--week 2026-11-16"));
    assert!(before.contains("; open work has been ready for 4 working days (n 1)"), "{before}");
}

#[test]
fn hours_of_past_weeks_are_what_sql_sums_of_the_kept_days() {
    let story = Story(tempfile::tempdir().unwrap());
    story.at("2026-06-01", "person add Ana --handle ana --hours 8,8,8,8,8");
    for (number, words) in
        [(1, "Deep t1 ~30h due:2026-06-12 outcome:sooner"), (2, "Small t3 ~10h due:2026-06-05")]
    {
        story.at("2026-06-01", &format!("add {words}"));
        story.at("2026-06-01", &format!("assign R-{number} ana"));
        story.at("2026-06-01", &format!("move R-{number} in-progress"));
    }
    // Something is written every morning, and so the day before is kept.
    for on in
        ["2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-08", "2026-06-09", "2026-06-15"]
    {
        story.at(on, "add Note");
    }
    for (from, to) in [("2026-06-01", "2026-06-07"), ("2026-06-08", "2026-06-14")] {
        let sum = |column: &str, tiers: &str| {
            let sql = format!(
                "SELECT sum({column}) / 60.0 FROM kept_share WHERE day BETWEEN '{from}' AND '{to}' \
                 AND NOT is_role AND NOT is_tentative AND NOT is_unknown AND {tiers}"
            );
            story.number(&sql).unwrap_or_default()
        };
        assert!(sum("done", "tier = 1") > 0.0, "{from}");
        for now in ["2026-06-15", "2026-06-16", "2026-07-06"] {
            let week = story.review(now, &format!("--week {from}"));
            let strategy = figure(&week, "confirmed hours on tiers 0 and 1").unwrap();
            let told = strategy["value"].as_f64().unwrap();
            assert!((told - sum("done", "tier = 1")).abs() < 1e-6, "{now} {from}: {strategy}");
            let used = figure(&week, "confirmed hours (done").unwrap();
            assert!(
                (used["value"].as_f64().unwrap() - sum("done", "1")).abs() < 1e-6,
                "{now} {from}: {used}"
            );
            assert_eq!(used["unit"], "h of 40h", "{now} {from}");
        }
    }
}

#[test]
fn a_reading_of_a_day_to_come_is_refused_with_what_to_do() {
    let story = story();
    let output = crate::tablesetter()
        .args(["outcome", "reading", "O-1", "9", "--on", "2026-12-24"])
        .env("TABLESETTER_STORE", story.0.path().join("s.db"))
        .env("TABLESETTER_CONFIG", story.0.path().join("c.toml"))
        .env("TABLESETTER_NOW", "2026-11-23T10:00:00+00:00")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("Thu 24 Dec is still to come") && said.contains("today or earlier"), "{said}");
}

#[test]
fn a_figure_says_the_same_on_the_board_in_the_brief_and_in_its_receipt() {
    let story = story();
    let now = "2026-05-18";
    story.at(now, "meeting add Leadership --start 2026-05-18T12:00 --kind leadership");
    let brief: Value = serde_json::from_str(&story.at(now, "brief next --json")).unwrap();
    let quarter = story.review(now, "--quarter 2026Q2");
    // Both windows hold the five deliveries of May; only the brief reaches back to the one of 30 March.
    let of = |document| share(figure(document, "delivered without a round back").as_ref());
    assert_eq!((of(&brief), of(&quarter)), ((4, 6), (4, 5)), "{brief}");
    for (text, figure) in figures(&brief).into_iter().chain(figures(&quarter)) {
        let (n, rows) = (figure["n"].as_u64().unwrap(), figure["keys"].as_array().unwrap().len() as u64);
        let has_own_cases = figure["definition"].as_str().unwrap().contains("reading");
        assert!(has_own_cases || n <= rows || rows == 0, "{text}: {figure}");
        if figure["unit"] == "%" {
            assert!(text.contains(&format!("{} %", figure["value"].as_f64().unwrap())), "{text}: {figure}");
        }
    }
}
