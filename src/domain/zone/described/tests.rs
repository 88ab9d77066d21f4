//! Described zones against the offsets that their text gives.

use chrono_tz::{America::New_York, Europe::Berlin};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn observance(start: &str, from: i32, to: i32, rule: &str) -> Observance {
    let rules = if rule.is_empty() { Vec::new() } else { vec![rule.to_owned()] };
    Observance { start: at(start), from: from * 3600, to: to * 3600, rules, also: Vec::new() }
}

fn zone(observances: &[Observance]) -> DescribedZone {
    DescribedZone::new(observances.to_vec()).unwrap()
}

/// Berlin from 1996 on.
fn central_europe() -> DescribedZone {
    zone(&[
        observance("1996-10-27 03:00", 2, 1, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        observance("1996-03-31 02:00", 1, 2, "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ])
}

#[test]
fn offsets_change_at_the_second_of_the_onset() {
    let zone = central_europe();
    for (utc, hours) in [
        ("2026-03-29 00:59", 1),
        ("2026-03-29 01:00", 2),
        ("2026-10-25 00:59", 2),
        ("2026-10-25 01:00", 1),
        ("1996-03-31 00:59", 1),
        ("1950-07-01 00:00", 1),
    ] {
        assert_eq!(zone.offset_at(at(utc)), hours * 3600, "{utc}");
    }
}

#[test]
fn a_time_that_the_clock_skips_or_shows_twice_is_read_by_the_offset_before() {
    let zone = central_europe();
    assert_eq!(zone.to_utc(at("2026-03-29 02:30")).naive_utc(), at("2026-03-29 01:30"));
    assert_eq!(zone.to_utc(at("2026-10-25 02:30")).naive_utc(), at("2026-10-25 00:30"));
    assert_eq!(zone.to_utc(at("2026-10-25 03:00")).naive_utc(), at("2026-10-25 02:00"));
    let skipped = zone.fixed(at("2026-03-29 02:30")).unwrap();
    assert_eq!((skipped.naive_local(), skipped.offset().local_minus_utc()), (at("2026-03-29 02:30"), 3600));
    assert_eq!(zone.to_local(at("2026-03-29 01:30").and_utc()), at("2026-03-29 03:30"));
}

#[test]
fn the_end_of_a_rule_in_utc_is_an_instant_of_the_clock_before() {
    let until = |end: &str| {
        zone(&[
            observance("2000-10-29 03:00", 2, 1, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
            observance("2000-03-26 02:00", 1, 2, &format!("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL={end}")),
        ])
    };
    assert_eq!(until("20250330T010000Z").offset_at(at("2025-07-01 00:00")), 7200);
    assert_eq!(until("20250330T005959Z").offset_at(at("2025-07-01 00:00")), 3600);
    assert_eq!(until("20250330T010000Z").offset_at(at("2026-07-01 00:00")), 3600);
    assert_eq!(until("20250330").offset_at(at("2025-07-01 00:00")), 7200);
}

#[test]
fn before_the_first_onset_holds_what_it_says_was_before() {
    let late = zone(&[observance("2026-11-01 02:00", -4, -5, "")]);
    assert_eq!(late.offset_at(at("2026-07-01 00:00")), -4 * 3600);
    assert_eq!(late.offset_at(at("2027-07-01 00:00")), -5 * 3600);
    assert!(!late.is_constant());
    assert!(zone(&[observance("1601-01-01 00:00", 5, 5, "")]).is_constant());
    assert!(DescribedZone::new(Vec::new()).is_none());
}

#[test]
fn onsets_that_are_listed_count_like_those_of_a_rule() {
    let mut summer = observance("2025-03-30 02:00", 1, 2, "");
    summer.also = vec![at("2026-03-29 02:00")];
    let mut winter = observance("2025-10-26 03:00", 2, 1, "");
    winter.also = vec![at("2026-10-25 03:00")];
    let listed = zone(&[summer, winter]);
    for (utc, hours) in [("2026-01-01 00:00", 1), ("2026-07-01 00:00", 2), ("2027-07-01 00:00", 1)] {
        assert_eq!(listed.offset_at(at(utc)), hours * 3600, "{utc}");
    }
}

#[test]
fn a_known_zone_is_recognised_from_where_the_two_agree() {
    let since = central_europe().alike_since(Berlin).unwrap();
    assert!(since < at("1996-04-02 00:00"), "{since}");
    assert_eq!(central_europe().alike_since(New_York), None);
    // The rules of 1967 to 1986 for ever: what some exporters still write for New York.
    let old = zone(&[
        observance("1967-10-29 02:00", -4, -5, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        observance("1987-04-05 02:00", -5, -4, "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
    ]);
    assert_eq!(old.alike_since(New_York), None);
}

#[test]
fn what_is_stored_is_read_again_as_it_was() {
    let zone = central_europe();
    let text = zone.to_string();
    assert_eq!(text.parse::<DescribedZone>().unwrap(), zone);
    assert!(!text.contains("also"), "{text}");
    assert!("{}".parse::<DescribedZone>().is_err());
}

#[test]
fn rules_that_never_stop_cost_no_more_than_is_allowed() {
    let odd = zone(&[
        observance("1601-01-01 00:00", 1, 2, "FREQ=SECONDLY"),
        observance("1601-06-01 00:00", 2, 1, "FREQ=DAILY"),
    ]);
    let _ = odd.to_utc(at("2026-07-01 00:00"));
    assert!(odd.onsets().changes.len() <= 2 * ONSETS);
}

proptest! {
    #[test]
    fn every_local_time_that_is_shown_is_found_again(minutes in 0_i64..40_000_000) {
        let zone = central_europe();
        let utc = at("1960-01-01 00:00") + TimeDelta::minutes(minutes);
        let local = zone.to_local(utc.and_utc());
        let again = zone.to_utc(local).naive_utc();
        // The second of two equal times is found as the first.
        prop_assert!(again == utc || again == utc - TimeDelta::hours(1), "{utc} {again}");
        prop_assert_eq!(zone.to_local(again.and_utc()), local);
    }
}
