//! Rules against starts worked out by hand or taken from RFC 5545.

use super::*;
use crate::domain::bounds::{A_DAY, Steps};

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn days(rule: &str, first: &str, from: &str, to: &str) -> Vec<String> {
    let found = starts(&rule.parse().unwrap(), at(first), at(from), at(to), &mut Steps::new(100_000));
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
        "FREQ=HOURLY;INTERVAL=4294967295",
        "FREQ=MINUTELY;INTERVAL=4294967295;COUNT=4294967295",
        "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5;BYDAY=MO,TU,WE;BYSETPOS=366",
    ] {
        let _ = days(rule, "1997-01-01 09:00", window.0, window.1);
        let _ = days(rule, "0001-01-01 00:00", "9998-01-01 00:00", "9999-12-31 00:00");
    }
}

#[test]
fn too_many_starts_of_a_day_are_left_out_and_the_days_go_on() {
    let rule = "FREQ=SECONDLY".parse().unwrap();
    let found = starts(
        &rule,
        at("1997-01-01 09:00"),
        at("2026-11-01 00:00"),
        at("2026-12-01 00:00"),
        &mut Steps::new(100_000),
    );
    assert!(found.is_thinned && !found.is_capped);
    assert_eq!((found.at[0], found.at.len()), (at("2026-11-01 00:00"), 30 * A_DAY + 1));
    let mut few = Steps::new(100);
    let found =
        starts(&rule, at("1997-01-01 09:00"), at("2026-11-01 00:00"), at("2026-12-01 00:00"), &mut few);
    assert!(found.is_capped && few.taken() == 100);
    let hourly = "FREQ=HOURLY;INTERVAL=6;BYMINUTE=0,30".parse().unwrap();
    let found = starts(
        &hourly,
        at("2026-11-01 09:00"),
        at("2026-11-02 00:00"),
        at("2026-11-02 10:00"),
        &mut Steps::new(100_000),
    );
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
        ("FREQ=YEARLY;RSCALE=HEBREW", "RSCALE"),
        ("FREQ", "not understood"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO has no meaning with MONTHLY"),
        ("FREQ=DAILY;BYYEARDAY=3", "BYYEARDAY has no meaning with DAILY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY has no meaning with WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=2MO", "a number in BYDAY has no meaning with WEEKLY"),
        ("FREQ=DAILY;BYDAY=-1FR", "a number in BYDAY has no meaning with DAILY"),
        ("FREQ=YEARLY;BYWEEKNO=48;BYDAY=1TU", "a number in BYDAY has no meaning with"),
    ] {
        let error = rule.parse::<Rule>().unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn an_odd_part_costs_only_itself() {
    let weekly = "FREQ=WEEKLY;BYDAY=TU".parse::<Rule>().unwrap();
    for (rule, odd) in [
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=soon", "UNTIL=soon"),
        ("FREQ=WEEKLY;BYDAY=TU,É", "BYDAY=TU,É"),
        ("FREQ=WEEKLY;BYDAY=TU;BYHOUR=25", "BYHOUR=25"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=", "COUNT="),
    ] {
        let (read, remarks) = Rule::read(rule).unwrap();
        assert_eq!(read, weekly, "{rule}");
        assert!(remarks.len() == 1 && remarks[0].contains(odd), "{remarks:?}");
    }
    let (alone, remarks) = Rule::read("FREQ=MONTHLY;BYSETPOS=2").unwrap();
    assert_eq!((alone, remarks.len()), ("FREQ=MONTHLY".parse().unwrap(), 1));
    assert_eq!(Rule::read("FREQ=WEEKLY;BYDAY=TU;X-OURS=1").unwrap(), (weekly, Vec::new()));
}

#[test]
fn what_comes_evenly_is_counted_without_being_walked_through() {
    let first = at("1997-01-01 00:00");
    let window = (at("2026-11-24 00:00"), at("2026-11-26 00:00"));
    // From 1997 to noon of the 24th there are so many seconds; the last is the one at noon.
    let count = (at("2026-11-24 00:10") - first).num_seconds() + 1;
    let mut steps = Steps::new(1_000);
    let rule = format!("FREQ=SECONDLY;COUNT={count}").parse().unwrap();
    let found = starts(&rule, first, window.0, window.1, &mut steps);
    assert_eq!(found.at.len(), A_DAY);
    assert!(!found.is_capped && steps.taken() < 100, "{steps:?}");
    let rule = format!("FREQ=SECONDLY;COUNT={}", count - 601).parse().unwrap();
    assert!(starts(&rule, first, window.0, window.1, &mut Steps::new(1_000)).at.is_empty());
}

#[test]
fn no_rule_takes_more_steps_than_it_is_given() {
    let every = |most: u32| (0..most).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let all_day = format!("BYHOUR={};BYMINUTE={};BYSECOND={}", every(24), every(60), every(60));
    for rule in [
        "FREQ=MINUTELY".to_owned(),
        "FREQ=SECONDLY;COUNT=4294967295;BYSECOND=1".to_owned(),
        "FREQ=SECONDLY;BYHOUR=23;BYMINUTE=59;BYSECOND=59;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=YEARLY;COUNT=4294967295;BYMONTHDAY=30;BYMONTH=2".to_owned(),
        format!("FREQ=DAILY;{all_day}"),
        format!("FREQ=DAILY;COUNT=4294967295;{all_day}"),
        format!("FREQ=YEARLY;BYSETPOS=-1;{all_day}"),
        format!("FREQ=HOURLY;BYSETPOS=1;BYMINUTE={};BYSECOND={}", every(60), every(60)),
    ] {
        for most in [0, 10, 1_000, 200_000] {
            let mut steps = Steps::new(most);
            let parsed = rule.parse().unwrap();
            let window = (at("2026-11-01 00:00"), at("2026-12-01 00:00"));
            let found = starts(&parsed, at("1997-01-01 09:00"), window.0, window.1, &mut steps);
            assert!(steps.taken() <= most && found.at.len() <= 31 * A_DAY, "{rule}: {steps:?}");
            let mut days: Vec<NaiveDate> = found.at.iter().map(NaiveDateTime::date).collect();
            days.dedup();
            assert!(days.iter().all(|day| found.at.iter().filter(|at| at.date() == *day).count() <= A_DAY));
        }
    }
}

#[test]
fn a_rule_longer_than_any_needs_is_refused_and_named_shortly() {
    let error = format!("FREQ=DAILY;BYHOUR={}1", "1,".repeat(5_000)).parse::<Rule>().unwrap_err().to_string();
    assert!(error.contains("a rule holds at most 4 KiB") && error.len() < 200, "{error}");
}
