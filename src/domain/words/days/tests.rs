//! Days in every way that people write them, on fixed days.

use proptest::prelude::*;

use super::*;

fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

const CASES: &[(&str, &str)] = &[
    ("today", "2026-11-23"),
    ("tom", "2026-11-24"),
    ("fri", "2026-11-27"),
    ("Friday", "2026-11-27"),
    ("mon", "2026-11-23"),
    ("next mon", "2026-11-30"),
    ("+3d", "2026-11-26"),
    ("+2w", "2026-12-07"),
    ("-3d", "2026-11-20"),
    ("in 2 weeks", "2026-12-07"),
    ("in 3 days", "2026-11-26"),
    ("eow", "2026-11-27"),
    ("eom", "2026-11-30"),
    ("end of month", "2026-11-30"),
    ("eoq", "2026-12-31"),
    ("27 nov", "2026-11-27"),
    ("nov 27", "2026-11-27"),
    ("27nov", "2026-11-27"),
    ("1 jan", "2027-01-01"),
    ("27.11.", "2026-11-27"),
    ("12.12.2026", "2026-12-12"),
    ("12.12.26", "2026-12-12"),
    ("2026-11-27", "2026-11-27"),
    ("27 Nov 2026", "2026-11-27"),
    ("Fri 27 Nov 2026", "2026-11-27"),
    ("Fri 27 Nov", "2026-11-27"),
    ("day after tomorrow", "2026-11-25"),
    ("29 feb", "2028-02-29"),
    ("27/11/2026", "2026-11-27"),
    ("11/27/2026", "2026-11-27"),
    ("2w", "2026-12-07"),
    ("3rd dec", "2026-12-03"),
    ("+5b", "2026-11-30"),
    ("in 5 working days", "2026-11-30"),
    ("31/12", "2026-12-31"),
    ("12/31", "2026-12-31"),
    ("27-11-2026", "2026-11-27"),
    ("next week", "2026-12-04"),
    ("eonw", "2026-12-04"),
    ("w49", "2026-12-04"),
    ("thursday next week", "2026-12-03"),
    ("next week thu", "2026-12-03"),
    ("on thursday of next week", "2026-12-03"),
    ("fri this week", "2026-11-27"),
    ("mon w49", "2026-11-30"),
    ("tue week 50", "2026-12-08"),
    ("Donnerstag nächste Woche", "2026-12-03"),
    ("jeudi de la semaine prochaine", "2026-12-03"),
    ("in a fortnight", "2026-12-07"),
    ("4th", "2026-12-04"),
    ("the 23rd", "2026-11-23"),
    ("by the 4th", "2026-12-04"),
    ("am 4.", "2026-12-04"),
    ("the 31st", "2026-12-31"),
    ("mid december", "2026-12-15"),
    ("mid-december", "2026-12-15"),
    ("mid of december", "2026-12-15"),
    ("mid november", "2027-11-15"),
    ("mid next month", "2026-12-15"),
    ("Mitte Dezember", "2026-12-15"),
    ("mi-décembre", "2026-12-15"),
    ("mediados de diciembre", "2026-12-15"),
    ("month end", "2026-11-30"),
    ("year end", "2026-12-31"),
    ("q1", "2027-03-31"),
    ("november", "2026-11-30"),
    ("2 weeks", "2026-12-07"),
    ("last fri", "2026-11-20"),
    ("Freitag", "2026-11-27"),
    ("übermorgen", "2026-11-25"),
    ("nächsten Freitag", "2026-11-27"),
    ("Ende des Monats", "2026-11-30"),
    ("27. Dezember", "2026-12-27"),
    ("in 2 Wochen", "2026-12-07"),
    ("vor 2 Wochen", "2026-11-09"),
    ("vendredi prochain", "2026-11-27"),
    ("après-demain", "2026-11-25"),
    ("1er décembre", "2026-12-01"),
    ("semaine prochaine", "2026-12-04"),
    ("il y a 3 jours", "2026-11-20"),
    ("27 de noviembre de 2026", "2026-11-27"),
    ("mañana", "2026-11-24"),
    ("próximo viernes", "2026-11-27"),
    ("fin de mes", "2026-11-30"),
    ("11/2026", "2026-11-30"),
    ("12.2026", "2026-12-31"),
    ("1-2027", "2027-01-31"),
    ("end of november", "2026-11-30"),
    ("end of dec", "2026-12-31"),
    ("end of q1", "2027-03-31"),
    ("end of week 49", "2026-12-04"),
    ("end of w49", "2026-12-04"),
    ("Ende November", "2026-11-30"),
    ("Ende Dezember 2027", "2027-12-31"),
    ("fin novembre", "2026-11-30"),
    ("fin de noviembre", "2026-11-30"),
    ("by friday", "2026-11-27"),
    ("by 4 dec", "2026-12-04"),
    ("on 4 dec", "2026-12-04"),
];

#[test]
fn days_are_read_as_people_mean_them() {
    for (text, expected) in CASES {
        assert_eq!(
            parse_day(text, monday(), &WorkCalendar::default()).map(|day| day.to_string()),
            Ok((*expected).to_owned()),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_day_or_could_be_two_is_refused() {
    for text in [
        "",
        "soon",
        "asap",
        "12",
        "13/2026",
        "0.2026",
        "+1/2026",
        "end of",
        "by",
        "by by fri",
        "fr",
        "31.2.",
        "30 feb",
        "03/04/2026",
        "99999999w",
        "next",
        "2026-13-01",
    ]
    .into_iter()
    .chain(["+262142-01-01", "+12026-11-24", "-0001-11-24"])
    {
        assert!(parse_day(text, monday(), &WorkCalendar::default()).is_err(), "{text}");
    }
}

#[test]
fn where_languages_and_orders_differ_english_goes_first_then_ones_own_and_all_can_be_offered() {
    let mut reading = ParseContext::monday();
    let days = |text: &str, reading: &ParseContext| {
        readings(text, reading).iter().map(|it| it.day.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("3/4", &reading), ["2027-04-03", "2027-03-04"]);
    let error = read_day("3/4", &reading).unwrap_err().to_string();
    assert!(error.contains("could be Sat 3 Apr or Thu 4 Mar"), "{error}");
    reading.days.order = DayOrder::MonthFirst;
    assert_eq!(read_day("3/4", &reading).map(|day| day.to_string()), Ok("2027-03-04".to_owned()));
    assert_eq!(days("3/4", &reading).len(), 2);
    // A month for the English; the lead who writes French also means a Tuesday.
    reading.days.language = Language::French;
    assert_eq!(days("mar", &reading), ["2027-03-31", "2026-11-24"]);
    let error = read_day("mar", &reading).unwrap_err();
    assert_eq!(error.to_string(), "`mar` could be Wed 31 Mar or Tue 24 Nov; write march or tuesday");
    for direction in [Direction::Coming, Direction::Past] {
        assert_eq!(read_range("mar", &reading, direction).unwrap_err().could_be, error.could_be);
    }
    assert!(read_day("ve", &reading).is_ok());
    reading.days.language = Language::German;
    assert_eq!(read_day("do", &reading).map(|day| day.to_string()), Ok("2026-11-26".to_owned()));
    reading.days.language = Language::Spanish;
    assert_eq!(read_day("do", &reading).map(|day| day.to_string()), Ok("2026-11-29".to_owned()));
}

#[test]
fn what_is_offered_for_a_day_at_odds_means_that_day_alone() {
    let habits = Language::ALL.iter().flat_map(|language| {
        [DayOrder::Unknown, DayOrder::DayFirst].map(|order| DayHabits { language: *language, order })
    });
    for days in habits {
        let reading = ParseContext { days, ..ParseContext::monday() };
        let mut texts: Vec<String> = CASES.iter().map(|(text, _)| (*text).to_owned()).collect();
        let names = Language::ALL.iter().flat_map(|language| language.names());
        let letters = |name: &str, count: usize| name.chars().take(count).collect::<String>();
        texts.extend(names.flat_map(|name| (2..=4).map(move |count| letters(name, count))));
        texts.push("3/4".to_owned());
        for text in texts {
            let Err(error) = read_day(&text, &reading) else { continue };
            for one in error.could_be {
                assert_eq!(read_day(&one.said, &reading), Ok(one.day), "{text} {days:?}");
            }
        }
    }
}

#[test]
fn the_week_to_come_is_a_span_in_every_language() {
    let reading = ParseContext::monday();
    let span = |text: &str, direction| read_range(text, &reading, direction).unwrap();
    for text in ["next week", "nächste Woche", "semaine prochaine", "la semaine prochaine", "próxima semana"]
    {
        let (from, to) = span(text, Direction::Coming);
        assert_eq!(
            (from.to_string().as_str(), to.to_string().as_str()),
            ("2026-11-30", "2026-12-06"),
            "{text}"
        );
    }
    for text in ["last week", "letzte Woche", "semaine dernière", "la semaine dernière", "semana pasada"] {
        assert_eq!(span(text, Direction::Past).0.to_string(), "2026-11-16", "{text}");
    }
}

#[test]
fn a_weekday_of_a_named_week_that_has_been_is_the_last_such() {
    let reading = ParseContext::monday();
    for (text, day) in [
        ("thursday last week", "2026-11-19"),
        ("thu w40", "2026-10-01"),
        ("thu w48", "2025-11-27"),
        ("mon w48", "2026-11-23"),
        ("thu 2026-w48", "2026-11-26"),
        ("thursday this week", "2026-11-26"),
        ("thursday next week", "2026-12-03"),
    ] {
        let (from, to) = read_range(text, &reading, Direction::Past).unwrap();
        assert_eq!((from.to_string().as_str(), from == to), (day, true), "{text}");
    }
}

proptest! {
    #[test]
    fn a_weekday_never_lies_in_the_past(offset in 0i64..4000, day in 0usize..7) {
        let today = plus(monday(), offset);
        let found = parse_day(WEEKDAYS[day], today, &WorkCalendar::default()).unwrap();
        prop_assert!(found >= today && (found - today).num_days() < 7);
    }

    #[test]
    fn what_is_written_is_read_back(offset in -20_000i64..20_000) {
        let day = plus(monday(), offset);
        prop_assert_eq!(parse_day(&day.to_string(), monday(), &WorkCalendar::default()), Ok(day));
        prop_assert_eq!(parse_day(&day.format("%a %-d %b %Y").to_string(), monday(), &WorkCalendar::default()), Ok(day));
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,20}") {
        let _ = parse_day(&text, monday(), &WorkCalendar::default());
    }
}

#[test]
fn a_day_with_its_ending_may_be_joined_to_its_month() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let read = |text: &str| parse_day(text, today, &WorkCalendar::default()).map(|day| day.to_string()).ok();
    for text in ["4th-december", "4th december", "december-4th", "4-dec", "dec-4", "4dec", "4th-dec-2026"] {
        assert_eq!(read(text).as_deref(), Some("2026-12-04"), "{text}");
    }
    assert_eq!(read("2nd-jan-2027").as_deref(), Some("2027-01-02"));
    for text in ["4th-maybe", "december-", "32nd-december", "4-12-dec"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_message_names_only_the_beginning_of_a_long_text() {
    let text = "UNTIL=20261201T000000Z".repeat(400);
    let (day, length, count) = (
        DayError { text: text.clone(), could_be: Vec::new() }.to_string(),
        crate::domain::words::duration::DurationError(text.clone()).to_string(),
        text.parse::<crate::domain::tier::Tier>().map(|_| ()).unwrap_err(),
    );
    for told in [day, length, count] {
        assert!(told.len() < 400 && told.contains("…` is not"), "{} bytes", told.len());
    }
}

#[test]
fn a_sign_or_a_number_beyond_measure_is_no_day() {
    for text in [
        "+3.4",
        "3/+4",
        "+3 nov",
        "3.4.+202",
        "in -9223372036854775807 weeks",
        "-9223372036854775807 weeks",
        "-9223372036854775808 days ago",
        "-9223372036854775808 years",
    ] {
        assert!(parse_day(text, monday(), &WorkCalendar::default()).is_err(), "{text}");
    }
    for (text, day) in [("-2 weeks", "2026-11-09"), ("-2 months", "2026-09-23"), ("+2 months", "2027-01-23")]
    {
        let read = parse_day(text, monday(), &WorkCalendar::default()).map(|day| day.to_string());
        assert_eq!(read.as_deref(), Ok(day), "{text}");
    }
}

#[test]
fn of_what_has_been_a_distance_is_so_long_ago() {
    let reading = ParseContext::monday();
    let span =
        |text: &str, direction| read_range(text, &reading, direction).map(|(from, _)| from.to_string());
    for (text, day) in
        [("2w", "2026-11-09"), ("2 weeks", "2026-11-09"), ("1m", "2026-10-23"), ("-3d", "2026-11-20")]
    {
        assert_eq!(span(text, Direction::Past).as_deref(), Ok(day), "{text}");
    }
    assert_eq!(span("2 weeks", Direction::Coming).as_deref(), Ok("2026-12-07"));
    // An end of a month that is still to come has been a year ago.
    for (text, day) in
        [("end of october", "2026-10-31"), ("end of november", "2025-11-30"), ("11/2026", "2026-11-01")]
    {
        assert_eq!(span(text, Direction::Past).as_deref(), Ok(day), "{text}");
    }
}

#[test]
fn a_slip_in_the_name_of_a_day_is_told_with_the_name_that_it_comes_near() {
    let told = |text: &str| parse_day(text, monday(), &WorkCalendar::default()).unwrap_err().to_string();
    for (text, meant) in [
        ("tusday", "tuesday"),                // typos:ignore
        ("next wendesday", "next wednesday"), // typos:ignore
        ("4 dcember", "4 december"),          // typos:ignore
        ("tomorow", "tomorrow"),              // typos:ignore
        ("Thrusday", "thursday"),             // typos:ignore
    ] {
        assert_eq!(told(text), format!("`{text}` is not a day; did you mean `{meant}`?"));
    }
    for text in ["christmas", "asap", "just", "the 41st", "monday tuesady", "mid week"] {
        assert!(told(text).contains("days are written"), "{}", told(text));
    }
}

#[test]
fn the_number_of_a_day_and_the_middle_of_a_month_look_back_where_days_are_over() {
    let reading = ParseContext::monday();
    for (text, day) in [
        ("4th", "2026-11-04"),
        ("23rd", "2026-11-23"),
        ("31st", "2026-10-31"),
        ("mid december", "2025-12-15"),
    ] {
        let (from, to) = read_range(text, &reading, Direction::Past).unwrap();
        assert_eq!((from, to), (day.parse().unwrap(), day.parse().unwrap()), "{text}");
    }
}
