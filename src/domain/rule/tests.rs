//! Rules against starts worked out by hand or taken from RFC 5545.

use super::*;

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn days(rule: &str, first: &str, from: &str, to: &str) -> Vec<String> {
    let found = starts(&rule.parse().unwrap(), at(first), at(from), at(to));
    found.at.iter().map(|start| start.format("%y-%m-%d").to_string()).collect()
}

#[test]
fn rules_give_their_days() {
    let (first, from, to) = ("2026-01-05 09:00", "2026-01-01 00:00", "2026-12-31 00:00");
    let table: [(&str, &[&str]); 12] = [
        ("FREQ=WEEKLY;COUNT=3", &["26-01-05", "26-01-12", "26-01-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4", &["26-01-05", "26-01-08", "26-01-19", "26-01-22"]),
        ("FREQ=MONTHLY;BYDAY=2TH;COUNT=3", &["26-01-08", "26-02-12", "26-03-12"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", &["26-01-30", "26-02-27"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", &["26-01-30", "26-02-27", "26-03-31"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=2", &["26-01-07", "26-01-14"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", &["26-01-31", "26-03-31", "26-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", &["26-01-31", "26-02-28"]),
        ("FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", &["26-04-05"]),
        ("FREQ=YEARLY;BYWEEKNO=20", &["26-05-11"]),
        ("FREQ=YEARLY;BYYEARDAY=100,-1;COUNT=2", &["26-04-10", "26-12-31"]),
        ("freq=daily;byday=sa,su;count=2", &["26-01-10", "26-01-11"]),
    ];
    for (rule, expected) in table {
        assert_eq!(
            days(rule, first, from, if rule.contains("-1;COUNT=2") { "2027-01-01 00:00" } else { to }),
            expected,
            "{rule}"
        );
    }
}

#[test]
fn an_interval_of_weeks_counts_from_the_start_of_the_week() {
    let expected = ["97-08-05", "97-08-10", "97-08-19", "97-08-24"];
    let window = ("1997-08-01 00:00", "1997-12-01 00:00");
    let rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO";
    assert_eq!(days(rule, "1997-08-05 09:00", window.0, window.1), expected);
    let expected = ["97-08-05", "97-08-17", "97-08-19", "97-08-31"];
    let rule = rule.replace("WKST=MO", "WKST=SU");
    assert_eq!(days(&rule, "1997-08-05 09:00", window.0, window.1), expected);
}

#[test]
fn a_window_far_from_the_start_is_reached_at_once() {
    let window = ("2026-11-23 00:00", "2026-11-24 23:59");
    assert_eq!(days("FREQ=DAILY", "1997-01-01 09:00", window.0, window.1), ["26-11-23", "26-11-24"]);
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=4000000000",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYHOUR=3;BYMINUTE=7",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=4",
        "FREQ=DAILY;INTERVAL=4000000000",
        "FREQ=SECONDLY;INTERVAL=4000000000",
        "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5;BYDAY=MO,TU,WE;BYSETPOS=366",
    ] {
        let _ = days(rule, "1997-01-01 09:00", window.0, window.1);
        let _ = days(rule, "0001-01-01 00:00", "9998-01-01 00:00", "9999-12-31 00:00");
    }
}

#[test]
fn too_many_starts_are_capped() {
    let rule = "FREQ=SECONDLY".parse().unwrap();
    let found = starts(&rule, at("1997-01-01 09:00"), at("2026-11-01 00:00"), at("2026-12-01 00:00"));
    assert!(found.is_capped);
    assert_eq!(found.at[0], at("2026-11-01 00:00"));
    let hourly = "FREQ=HOURLY;INTERVAL=6;BYMINUTE=0,30".parse().unwrap();
    let found = starts(&hourly, at("2026-11-01 09:00"), at("2026-11-02 00:00"), at("2026-11-02 10:00"));
    assert_eq!(
        found.at,
        ["2026-11-02 03:00", "2026-11-02 03:30", "2026-11-02 09:00", "2026-11-02 09:30"].map(at)
    );
}

#[test]
fn broken_rules_say_why() {
    for (rule, part) in [
        ("", "how often"),
        ("BYDAY=MO", "how often"),
        ("FREQ=SOMETIMES", "FREQ=SOMETIMES"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;UNTIL=soon", "UNTIL=soon"),
        ("FREQ=DAILY;BYDAY=É", "BYDAY"),
        ("FREQ=DAILY;BYHOUR=25", "BYHOUR=25"),
        ("FREQ=YEARLY;RSCALE=HEBREW", "RSCALE"),
        ("FREQ", "no value"),
    ] {
        let error = rule.parse::<Rule>().unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}
