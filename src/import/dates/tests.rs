//! Days in the words of tools and people.

use super::survey::{DateOrderFound, DateSurvey};
use super::*;
use DateOrder::{DayFirst, MonthFirst};

fn hints(order: Option<DateOrder>) -> DateHints {
    DateHints { order, near: NaiveDate::from_ymd_opt(2026, 11, 23) }
}

fn shown(text: &str, hints: DateHints) -> String {
    match read(text, hints) {
        DateReading::When(when) => {
            let format = if when.has_time { "%F %T" } else { "%F" };
            let zone = when.offset.map_or(String::new(), |offset| format!(" {offset}"));
            format!("{}{zone}", when.local.format(format))
        }
        other => format!("{other:?}"),
    }
}

fn each(hints: DateHints, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(shown(text, hints), *expected, "{text}");
    }
}

#[test]
fn reads_what_tools_write() {
    each(
        DateHints::default(),
        &[
            ("2026-11-27", "2026-11-27"),
            ("20261127", "2026-11-27"),
            ("2026-10-09T08:00:00.000Z", "2026-10-09 08:00:00 +00:00"),
            ("2026-10-09 08:00", "2026-10-09 08:00:00"),
            ("11/May/24 03:26 PM", "2024-05-11 15:26:00"),
            ("21/Jan/27 12:53 AM", "2027-01-21 00:53:00"),
            ("2026/09/27 3:00:00 PM GMT+3", "2026-09-27 15:00:00 +03:00"),
            ("May 2, 2024 3:04 PM", "2024-05-02 15:04:00"),
            ("Fri Dec 04 2026 10:00:00 GMT+0100 (Central European Time)", "2026-12-04 10:00:00 +01:00"),
            ("2026-12-04 10:00 CET", "2026-12-04 10:00:00 +01:00"),
            ("2026-12-04 (Fri)", "2026-12-04"),
            ("2 May 2024", "2024-05-02"),
            ("Fri, 27 November 2026", "2026-11-27"),
            ("27.11.2026", "2026-11-27"),
            ("3.4.26", "2026-04-03"),
            ("26 Jan 2025", "2025-01-26"),
            ("7/7/2026", "2026-07-07"),
            ("15. Dez 2026 14:30 Uhr", "2026-12-15 14:30:00"),
            ("1st March 2026", "2026-03-01"),
            ("2026-02-30", "Unreadable"),
            ("3/4/2026", "TwoDays"),
            ("13/13/2026", "Unreadable"),
            ("next week", "Unreadable"),
            ("week after next-ish", "Unreadable"),
            ("27/11", "Unreadable"),
            ("2026-11-27 25:00", "Unreadable"),
            ("0001-01-01", "Unreadable"),
            (" ", "Empty"),
        ],
    );
}

#[test]
fn names_of_months_and_days_are_known_in_five_languages() {
    each(
        hints(None),
        &[
            ("December 4, 2026", "2026-12-04"),
            ("4. Dezember 2026", "2026-12-04"),
            ("4 décembre 2026", "2026-12-04"),
            ("4 déc. 2026", "2026-12-04"),
            ("le 1er mars 2027", "2027-03-01"),
            ("4 de diciembre de 2026", "2026-12-04"),
            ("viernes, 4 dic 2026", "2026-12-04"),
            ("vrijdag 4 december 2026", "2026-12-04"),
            ("5 mrt 2027", "2027-03-05"),
            ("mar. 1 déc. 2026", "2026-12-01"),
            ("Di, 1. Dez. 2026", "2026-12-01"),
            ("Fr., 04.12.2026", "2026-12-04"),
            ("2026年12月4日", "2026-12-04"),
            ("2026년 12월 4일", "2026-12-04"),
            ("4th of December, 2026", "2026-12-04"),
            ("1ste december 2026", "2026-12-01"),
            ("le 2e décembre 2026", "2026-12-02"),
            ("December the 4th, 2026", "2026-12-04"),
            ("Friday the 4th of December 2026", "2026-12-04"),
            ("12月4日", "2026-12-04"),
            ("3月4日", "2027-03-04"),
            ("12월 4일", "2026-12-04"),
            ("13月4日", "Unreadable"),
            ("bis 4. Dezember 2026", "2026-12-04"),
            ("bis zum 4.12.2026", "2026-12-04"),
            ("spätestens 4.12.2026", "2026-12-04"),
            ("No later than 4 Dec 2026", "2026-12-04"),
            ("au plus tard le 4 décembre 2026", "2026-12-04"),
            ("4 Dec 2026 EOD", "2026-12-04"),
            ("4 Dec '26", "2026-12-04"),
            ("before 4 Dec 2026", "Unreadable"),
            ("20261204T170000Z", "2026-12-04 17:00:00 +00:00"),
            ("20261204T170000", "2026-12-04 17:00:00"),
        ],
    );
}

#[test]
fn a_day_without_a_year_is_the_nearest_or_that_of_its_weekday() {
    each(
        hints(None),
        &[
            ("4-Dec", "2026-12-04"),
            ("Dec 4", "2026-12-04"),
            ("Fri, Dec 4", "2026-12-04"),
            ("Sat, Dec 4", "2027-12-04"),
            ("4 Dec 10:30", "2026-12-04 10:30:00"),
            ("Dec 4 3pm", "2026-12-04 15:00:00"),
            ("4 Jan", "2027-01-04"),
            ("30 September", "2026-09-30"),
            ("4.12.", "2026-12-04"),
            ("29 Feb", "2028-02-29"),
            ("Dec 2026", "Unreadable"),
        ],
    );
    assert_eq!(shown("4/12", hints(Some(DayFirst))), "2026-12-04");
    assert_eq!(shown("4-Dec", DateHints::default()), "Unreadable", "nothing says which year is near");
}

/// `th` is short for Thursday too, which made another year of every such day.
#[test]
fn the_ending_of_a_number_is_no_weekday() {
    each(
        hints(None),
        &[
            ("4th December", "2026-12-04"),
            ("24th of November", "2026-11-24"),
            ("15th of January", "2027-01-15"),
            ("Friday 4th of December", "2026-12-04"),
            ("Dec 4th", "2026-12-04"),
            ("the 4 th of Dec", "2026-12-04"),
            ("4TH DEC 10:30", "2026-12-04 10:30:00"),
            ("Th 3 Dec", "2026-12-03"),
            ("3 Dec, Th", "2026-12-03"),
            ("1er mars", "2027-03-01"),
            ("1o de enero", "2027-01-01"),
            ("Do 3. Dez.", "2026-12-03"),
            ("22nd to 24th of November", "2026-11-24"),
        ],
    );
}

#[test]
fn of_a_span_the_end_counts() {
    each(
        hints(Some(DayFirst)),
        &[
            ("01/12/2026 - 05/12/2026", "2026-12-05"),
            ("01/12/2026-05/12/2026", "2026-12-05"),
            ("2026-12-01/2026-12-04", "2026-12-04"),
            ("2026-12-01 to 2026-12-04", "2026-12-04"),
            ("December 1, 2026 → December 4, 2026", "2026-12-04"),
            ("Dec 1 – 4", "2026-12-04"),
            ("Dec 1–4, 2026", "2026-12-04"),
            ("1-4 December 2026", "2026-12-04"),
            ("1.–4.12.2026", "2026-12-04"),
            ("28 Dec 2026 – 3 Jan 2027", "2027-01-03"),
            ("28 Dec 2026 – 3 Jan", "2027-01-03"),
            ("30 Nov – 4 Dec", "2026-12-04"),
            ("vom 1. bis 4. Dezember 2026", "2026-12-04"),
            ("du 1 au 4 décembre 2026", "2026-12-04"),
            ("soon - 2026-12-04", "Unreadable"),
            ("30 Nov-4 Dec 2026", "2026-12-04"),
            ("30 Nov..4 Dec 2026", "2026-12-04"),
            ("30 Nov / 4 Dec 2026", "2026-12-04"),
            ("04 / 12 / 2026", "2026-12-04"),
            ("del 1 al 4 de diciembre de 2026", "2026-12-04"),
            ("between 1 and 4 December 2026", "2026-12-04"),
            ("zwischen 1. und 4. Dezember 2026", "2026-12-04"),
            ("van 1 tot 4 december 2026", "2026-12-04"),
        ],
    );
}

#[test]
fn seconds_and_days_that_machines_count_are_days() {
    each(
        DateHints::default(),
        &[
            ("1796378400", "2026-12-04 10:00:00 +00:00"),
            ("1796378400.0", "2026-12-04 10:00:00 +00:00"),
            ("1796378400.5", "Unreadable"),
            ("1796378400000", "2026-12-04 10:00:00 +00:00"),
            ("46360", "2026-12-04"),
            ("46367.75", "2026-12-11 18:00:00"),
            ("46367,5", "2026-12-11 12:00:00"),
            ("46349.999988", "2026-11-23 23:59:59"),
            ("12345", "Unreadable"),
            ("463600", "Unreadable"),
            ("2026", "Unreadable"),
        ],
    );
}

#[test]
fn words_that_put_a_day_off_are_told_from_what_cannot_be_read() {
    for text in
        ["TBC", "n/a", "-", "ASAP!", "tbc with legal", "so schnell wie möglich", "dès que possible", "null"]
    {
        assert_eq!(read(text, hints(None)), DateReading::Vague, "{text}");
    }
    assert_eq!(read("whenever it rains", hints(None)), DateReading::Unreadable);
}

#[test]
fn the_order_decides_what_could_be_two_days() {
    assert_eq!(shown("3/4/2026 09:15:00", hints(Some(DayFirst))), "2026-04-03 09:15:00");
    assert_eq!(shown("6/5/2025 16:14", hints(Some(MonthFirst))), "2025-06-05 16:14:00");
    assert_eq!(shown("3-4-26", hints(Some(MonthFirst))), "2026-03-04");
    assert_eq!(shown("25/12/2026", hints(Some(MonthFirst))), "Unreadable");
    assert_eq!(shown("Fri 4/12/2026", hints(Some(MonthFirst))), "2026-12-04", "the weekday says so");
}

/// What a file with these values settles; the values of a past column come second.
fn settled(due: &[&str], past: &[&str]) -> Result<DateOrderFound, OrderError> {
    let mut survey = DateSurvey::new(NaiveDate::from_ymd_opt(2026, 11, 23));
    for (index, value) in due.iter().enumerate() {
        survey.see(index + 2, value, false);
    }
    for (index, value) in past.iter().enumerate() {
        survey.see(index + 2, value, true);
    }
    survey.order(None)
}

#[test]
fn whatever_shows_the_order_settles_it_and_is_said() {
    let found =
        |due: &[&str], past: &[&str]| settled(due, past).map(|found| (found.order, found.notes.join("; ")));
    for (due, past, order, said) in [
        (
            &["3/4/2026", "13/4/2026"][..],
            &[][..],
            Some(DayFirst),
            "day first, as `13/4/2026` in line 3 shows",
        ),
        (
            &["3/4/2026"],
            &["6/21/2025 16:14"],
            Some(MonthFirst),
            "month first, as `6/21/2025 16:14` in line 2",
        ),
        (&["3/4/2026 - 15/4/2026"], &[], Some(DayFirst), "day first"),
        (&["Fri 4/12/2026"], &[], Some(DayFirst), "as `Fri 4/12/2026`"),
        (&["3/4/2027"], &["5/11/2026"], None, ""),
        (
            &["3/4/2027"],
            &["11/12/2026"],
            Some(MonthFirst),
            "otherwise `11/12/2026` in line 2 would lie ahead",
        ),
        (&["2026-03-04", "11/May/24 03:26 PM", "3.4.2026", "7/7/2026"], &[], None, ""),
        (
            &["13/4/2026", "14/4/2026", "4/13/2026"],
            &[],
            Some(DayFirst),
            "one day is the other way round, as `4/13/2026`",
        ),
        (&["2026-03-04", "2026-03-04", "2026-03-05", "2026-03-06", "3/4/2026"], &[], None, ""),
    ] {
        match found(due, past) {
            Ok((found, notes)) => {
                assert_eq!(found, order, "{due:?} {past:?}");
                assert!(notes.contains(said), "{due:?}: {notes}");
            }
            Err(OrderError::Ambiguous { .. }) => assert_eq!(order, None, "{due:?} {past:?}"),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(matches!(settled(&["tbc", "3/4/2026"], &[]), Err(OrderError::Ambiguous { .. })));
    let two_ways = ["13/4/2026", "4/13/2026", "3/4/2026", "5/4/2026"];
    assert!(matches!(settled(&two_ways, &[]), Err(OrderError::Mixed { .. })));
    assert_eq!(settled(&two_ways[..2], &[]).unwrap().order, None, "each is sure of itself");
    let mut told = DateSurvey::new(None);
    told.see(2, "3/4/2026", false);
    assert_eq!(told.order(Some(MonthFirst)).unwrap().order, Some(MonthFirst));
}

#[test]
fn one_odd_cell_stops_nothing() {
    assert_eq!(settled(&["2026-12-04", "2026-12-05"], &["3/4/2026"]).unwrap().order, None);
    assert!(settled(&["2026-12-04"], &["3/4/2026", "4/5/2026"]).is_err());
}

#[test]
fn only_what_is_read_is_said_to_be_without_a_year() {
    for value in ["Dec 2026", "1796378400.5", "3-5"] {
        assert_eq!(settled(&[value, "2026-12-04"], &[]).unwrap().notes, Vec::<String>::new(), "{value}");
    }
    let found = settled(&["3-5", "13/12/2026"], &[]).unwrap();
    assert!(
        found.notes.iter().any(|note| note.starts_with("one day is without a year")),
        "{:?}",
        found.notes
    );
}

#[test]
fn what_was_made_of_bare_numbers_and_missing_years_is_said() {
    let found = settled(&["46360", "4-Dec"], &["46349.5"]).unwrap();
    assert_eq!(
        found.notes,
        [
            "2 days are read as day numbers of a spreadsheet, as `46360` in line 2",
            "one day is without a year, as `4-Dec` in line 3; the nearest such day is taken"
        ]
    );
}

#[test]
fn words_around_a_span_and_a_time_count_in_any_case() {
    each(
        hints(None),
        &[
            ("From 1 Dec 2026 to 4 Dec 2026", "2026-12-04"),
            ("Von 1. bis 4. Dezember 2026", "2026-12-04"),
            ("1 DEC 2026 TO 4 DEC 2026", "2026-12-04"),
            ("Vom 1.12.2026 BIS 4.12.2026", "2026-12-04"),
            ("Du 1 au 4 décembre 2026", "2026-12-04"),
            ("4 Dec 2026 At 10:00", "2026-12-04 10:00:00"),
            ("4.12.2026 Um 14:30 UHR", "2026-12-04 14:30:00"),
            ("2026-12-04 10:00 utc+1", "2026-12-04 10:00:00 +01:00"),
            ("İ to 4 Dec 2026", "Unreadable"),
        ],
    );
}
