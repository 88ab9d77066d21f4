//! Weeks, parts of the time and names as people write them.

use super::*;

fn context() -> ParseContext {
    ParseContext::monday()
}

#[test]
fn parts_of_the_time_as_people_write_them() {
    let factor = |text| Factor::read(text, &context()).map(|factor| factor.0);
    for (text, expected) in
        [("0.8", 80), ("80 %", 80), ("1", 100), ("80", 80), ("87.5", 88), ("0.875", 88), ("87.4", 87)]
    {
        assert_eq!(factor(text), Ok(expected), "{text}");
    }
    for text in ["0", "200", "1.2", "8"] {
        assert!(factor(text).is_err(), "{text}");
    }
    assert_eq!(factor("8 %"), Ok(8));
    assert_eq!(
        (Factor(80).shown(), Factor(5).shown(), Factor(100).shown()),
        ("0.80".into(), "0.05".into(), "1".into())
    );
}

#[test]
fn a_comma_within_a_length_is_a_decimal_one() {
    let read = |text: &str| parse_week(text, Minutes::hours(8)).map(|week| week_text(&week));
    assert_eq!(read("7,5 7,5 0 0 0"), Ok("7h30m 7h30m 0 0 0".to_owned()));
    assert_eq!(read("8, 8, 8, 8, 4"), Ok("8 8 8 8 4".to_owned()));
    assert_eq!(read("8,8,8,8,4"), Ok("8 8 8 8 4".to_owned()));
}

#[test]
fn weeks_read_what_they_show() {
    for (typed, shown) in
        [("8 8 8 8 4", "8 8 8 8 4"), ("8,8,8,8,8,4,0", "8 8 8 8 8 4 0"), ("8/8/8/8/8", "8 8 8 8 8")]
    {
        assert_eq!(WeekPattern::read(typed, &context()).unwrap().shown(), shown);
    }
    for wrong in ["8 8 8", "8 8 8 8 25", "much"] {
        assert!(WeekPattern::read(wrong, &context()).is_err(), "{wrong}");
    }
}

#[test]
fn hours_are_those_of_the_contract_that_holds() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let contract = |from: &str, hours: i64| Contract { from: day(from), week: [Minutes::hours(hours); 7] };
    let mut ana = Person::called(1, "ana", "Ana");
    assert_eq!(
        (ana.contract_on(day("2026-11-23")), ana.week_told(day("2026-11-23")).as_str()),
        (None, "8 8 8 8 8")
    );
    let role = Person { is_role: true, ..ana.clone() };
    assert_eq!(role.week_told(day("2026-11-23")), "none yet");
    ana.contracts = vec![contract("2026-01-01", 8), contract("2027-03-01", 6)];
    let hours = |on: &str| ana.contract_on(day(on)).map(|contract| contract.week[0]);
    assert_eq!(hours("2026-11-23"), Some(Minutes::hours(8)));
    assert_eq!(hours("2027-03-01"), Some(Minutes::hours(6)));
    assert_eq!(hours("2025-01-01"), Some(Minutes::hours(8)), "the first also holds before its day");
}
