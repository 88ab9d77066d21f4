//! Quarters as they are typed, and what each tells on its days and afterwards.

use super::*;
use crate::domain::record::Kind;
use crate::ops::kit::{begin, day, desk_at, entry, go, request, rewrite, stages, studio};

#[test]
fn a_year_of_two_digits_is_of_this_century_and_other_numbers_are_none() {
    let reading = ParseContext::monday();
    for text in ["26Q4", "2026q4", "2026-Q4"] {
        assert_eq!(parse_quarter(text, &reading), Ok(day("2026-10-01")), "{text}");
    }
    for text in ["6Q4", "226Q4", "12026Q4"] {
        assert!(parse_quarter(text, &reading).is_err(), "{text}");
    }
}

#[test]
fn quarters_are_read_as_people_write_them() {
    let mut desk = studio();
    for text in ["2026Q4", "q4", "Q4 ", "2026-q4", "today", "2026-12-31"] {
        let span = quarter_of(parse_quarter(text, &desk.reading().unwrap()).unwrap());
        assert_eq!(
            (span.from.to_string(), span.to.to_string()),
            ("2026-10-01".into(), "2026-12-31".into()),
            "{text}"
        );
    }
    for text in ["Q5", "soonQ1", "", "2026Q"] {
        assert!(parse_quarter(text, &desk.reading().unwrap()).is_err(), "{text}");
    }
    // In January, what is looked back on is last year's.
    go(&mut desk, "2027-01-04");
    for (text, from) in
        [("Q4", "2026-10-01"), ("q1", "2027-01-01"), ("2027Q4", "2027-10-01"), ("w52", "2026-10-01")]
    {
        let on = parse_quarter(text, &desk.reading().unwrap()).unwrap();
        assert_eq!(quarter_of(on).from.to_string(), from, "{text}");
    }
}

fn block(desk: &Desk, quarter: &str, title: &str) -> Vec<String> {
    let on = parse_quarter(quarter, &desk.reading().unwrap()).unwrap();
    let found = desk.quarter_review(on).unwrap().blocks.into_iter().find(|block| block.title == title);
    found.map_or_else(Vec::new, |block| block.lines.into_iter().map(|line| line.text).collect())
}

/// Read at 12 in this quarter and at 10 in the next, which has begun.
fn two_quarters() -> Desk {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let words = [("name", "Spring sooner"), ("unit", "d"), ("baseline", "14"), ("target", "9")];
    entry(&mut desk, Kind::Outcome, &words);
    for (on, value) in [("2026-12-18", "12"), ("2027-01-15", "10")] {
        go(&mut desk, on);
        entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", value)]);
    }
    go(&mut desk, "2027-02-01");
    desk
}

#[test]
fn a_quarter_lasts_from_its_first_month_to_the_end_of_its_third() {
    for (on, from, to) in [
        ("2026-12-31", "2026-10-01", "2026-12-31"),
        ("2027-01-01", "2027-01-01", "2027-03-31"),
        ("2028-02-29", "2028-01-01", "2028-03-31"),
    ] {
        assert_eq!(quarter_of(day(on)), Span { from: day(from), to: day(to) });
    }
}

#[test]
fn a_quarter_that_has_not_begun_says_when_it_does() {
    let desk = desk_at("2026-11-23T09:00:00+00:00");
    let document = desk.quarter_review(day("2027-02-01")).unwrap();
    assert_eq!(document.title, "Quarter in evidence, Q1 2027");
    assert_eq!(
        (document.blocks.len(), block(&desk, "2027Q1", "In one line")[0].as_str()),
        (1, "It begins on Fri 1 Jan 27")
    );
}

#[test]
fn a_quarter_that_is_over_stands_as_it_did_at_its_end() {
    let desk = two_quarters();
    assert_eq!(block(&desk, "2026Q4", "In one line"), ["Spring sooner: 12 d, 40 % of the way."]);
    assert_eq!(block(&desk, "2027Q1", "In one line"), ["Spring sooner: 10 d, 80 % of the way."]);
    assert_eq!(block(&desk, "2026Q3", "In one line"), ["No outcome had a reading by then"]);
    let line = &block(&desk, "2027Q1", "Outcomes")[0];
    assert!(line.starts_with("Spring sooner: 10 d, was 12 d, target 9 d"), "{line}");
}

#[test]
fn earlier_readings_of_the_quarter_are_ticks_on_its_bar() {
    let mut desk = two_quarters();
    for (on, value) in [("2027-02-10", "13"), ("2027-03-01", "9.5")] {
        go(&mut desk, on);
        entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", value)]);
    }
    let bar = |quarter: &str| {
        let on = parse_quarter(quarter, &desk.reading().unwrap()).unwrap();
        let blocks = desk.quarter_review(on).unwrap().blocks;
        blocks.into_iter().find_map(|block| block.plot).unwrap().points.remove(0)
    };
    // From 14 to 9: 10 is 80 % of the way, 13 is 20 %, 9.5 is 90 %.
    assert_eq!((bar("2027Q1").value, bar("2027Q1").ticks), (90.0, vec![80.0, 20.0]));
    assert_eq!(
        (bar("2026Q4").value, bar("2026Q4").ticks),
        (40.0, Vec::new()),
        "the next quarter's are later"
    );
}

#[test]
fn an_outcome_that_was_not_read_in_a_quarter_says_when_it_was_last() {
    let mut desk = two_quarters();
    go(&mut desk, "2027-05-03");
    assert!(
        block(&desk, "2027Q2", "Outcomes")[0].contains("last read Fri 15 Jan"),
        "{:?}",
        block(&desk, "2027Q2", "Outcomes")
    );
}

#[test]
fn what_came_of_redirected_hours_later_was_not_known_then() {
    let mut desk = two_quarters();
    go(&mut desk, "2027-02-01");
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "7h"), ("from", "2026-12-01")]);
    let words =
        [("gain", "G-1"), ("onto", "O-1"), ("hours", "7h"), ("from", "2026-12-03"), ("result", "sooner")];
    entry(&mut desk, Kind::Redirect, &words);
    // Seven hours a week are one a day: 29 days of December.
    let line = "29h onto O-1 Spring sooner: no result yet";
    assert!(
        block(&desk, "2026Q4", "Redirected").contains(&line.to_owned()),
        "{:?}",
        block(&desk, "2026Q4", "Redirected")
    );
    let now = block(&desk, "2027Q1", "Redirected");
    assert!(now.iter().any(|line| line.ends_with("onto O-1 Spring sooner: sooner")), "{now:?}");
}

#[test]
fn decisions_and_caught_risks_belong_to_the_quarter_of_their_day() {
    let mut desk = two_quarters();
    for (question, on) in [("templates?", "2026-12-31"), ("print?", "2027-01-01")] {
        let words =
            [("question", question), ("result", "yes"), ("decided", on), ("changed", "showed the costs")];
        entry(&mut desk, Kind::Decision, &words);
    }
    let risk = entry(&mut desk, Kind::Risk, &[("text", "slot")]);
    rewrite(&mut desk, &risk, &[("end", "caught")]);
    let old = block(&desk, "2026Q4", "Decisions shaped");
    assert!(old.contains(&"templates? yes; we showed the costs".to_owned()), "{old:?}");
    assert!(!old.iter().any(|line| line.contains("print?")), "{old:?}");
    assert_eq!(block(&desk, "2026Q4", "Risks raised"), [] as [&str; 0]);
    let now = block(&desk, "2027Q1", "Risks raised");
    assert!(now.contains(&"Caught before release: slot".to_owned()), "{now:?}");
}

#[test]
fn hours_are_those_of_days_that_are_over() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t1 ~20h due:fri outcome:\"more members\" @ana");
    begin(&mut desk, id);
    let first = block(&desk, "Q4", "Hours");
    assert!(!first[0].contains("20h"), "nothing of the first day is over: {first:?}");
    go(&mut desk, "2026-11-30");
    let lines = block(&desk, "Q4", "Hours");
    assert!(lines[0].starts_with("Hours went into strategy: 20h"), "{lines:?}");
    stages(&mut desk, id, &[crate::domain::stage::Stage::Delivered]);
    assert!(block(&desk, "Q4", "Hours")[0].starts_with("Hours went into strategy: 20h"));
}

#[test]
fn an_outcome_without_a_reading_is_told_with_where_it_begins_and_should_go() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    let words = [("name", "Footfall up"), ("unit", "%"), ("baseline", "50"), ("target", "80")];
    entry(&mut desk, Kind::Outcome, &words);
    assert_eq!(
        block(&desk, "2026Q4", "Outcomes"),
        ["Footfall up: no reading yet, baseline 50 %, target 80 %"]
    );
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "66")]);
    let told = &block(&desk, "2026Q4", "Outcomes")[0];
    assert!(told.starts_with("Footfall up: 66 %, was 50 %, target 80 %"), "one unit in one line: {told}");
}
