//! Days as people say them.

use chrono::{Datelike, NaiveDate};

use super::count::counted;
use super::workdays::WorkCalendar;
pub use super::workdays::plus;

/// `Fri 27 Nov`.
pub fn short_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// `Fri 27 Nov`, `Fri 8 Jan 27` and `8 Nov 2027`: with the year where it is not this one.
pub fn day_near(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        short_day(day)
    } else if (0..180).contains(&(day - today).num_days()) {
        // Half a year ahead is planned by weekdays.
        day.format("%a %-d %b %y").to_string()
    } else {
        day.format("%-d %b %Y").to_string()
    }
}

/// `1 working day`, `4 working days`.
pub fn working_days(count: i64) -> String {
    counted(count, "working day", "working days")
}

/// `1 day`, `3 days`: where it goes without saying which days are counted.
pub fn days(count: i64) -> String {
    counted(count, "day", "days")
}

/// How long something has gone on: `3 days`, and `since today` where that is no day yet.
pub fn so_far(count: i64) -> String {
    if count == 0 { "since today".to_owned() } else { days(count) }
}

/// An amount with its unit, as it is said: `1 working day`, `2.5 working days`, `9.5 d`.
pub fn with_unit(amount: &str, unit: &str) -> String {
    // A median of days is one of them as often as not, and a unit that was typed may be of several.
    const MANY: [&str; 5] = ["working days", "days", "weeks", "months", "hours"];
    let is_one = amount == "1" && MANY.contains(&unit);
    format!("{amount} {}", if is_one { unit.trim_end_matches('s') } else { unit })
}

/// What a typed day was understood as: `Fri 27 Nov, 4 working days`.
pub fn understood(day: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    let name = day_near(day, today);
    match calendar.between(today, day) {
        0 if !calendar.is_working(day) => format!("{name}, no working day"),
        0 if day == today => format!("{name}, today"),
        0 => name,
        days if days < 0 => format!("{name}, {} ago", working_days(-days)),
        days => format!("{name}, {}", working_days(days)),
    }
}

/// `today`, `tomorrow`, `−3d` in working days for what is late, otherwise `Fri 27 Nov`. What was due on a day off
/// that is just over is named by its day.
pub fn due_text(day: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    match ((day - today).num_days(), calendar.between(day, today)) {
        // The next two days are named before working days are counted: a Saturday is "tomorrow" on a Friday as
        // well.
        (0, _) => "today".to_owned(),
        (1, _) => "tomorrow".to_owned(),
        (ahead, late) if ahead < 0 && late > 0 => format!("−{late}d"),
        _ => day_near(day, today),
    }
}

/// A day in a column: `−2d`, `today`, `tomorrow`, `Fri` within a week, then `14 Dec`, and `8 Jan 27` in another year.
pub fn column_text(day: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    match ((day - today).num_days(), calendar.between(day, today)) {
        (ahead, late) if (0..2).contains(&ahead) || ahead < 0 && late > 0 => due_text(day, today, calendar),
        (2..7, _) => day.format("%a").to_string(),
        _ => date_text(day, today),
    }
}

/// A day in a column as its date, whether it has passed or not: `14 Dec`, and `8 Jan 27` in another year.
pub fn date_text(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%-d %b" } else { "%-d %b %y" };
    day.format(form).to_string()
}

/// When something is due as a text for others says it: `due tomorrow`, `4 days late`, in working days.
pub fn due_words(day: NaiveDate, today: NaiveDate, calendar: &WorkCalendar) -> String {
    match calendar.between(day, today) {
        late if late > 0 => format!("{} late", days(late)),
        _ if day < today => format!("was due {}", day_near(day, today)),
        _ => format!("due {}", due_text(day, today, calendar)),
    }
}

/// `Thu 26–Fri 27 Nov`, `Thu 26 Nov–Wed 2 Dec`, or one day. Half a year and more that ends in another year names both:
/// a year back would read as one day.
pub fn day_range(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        short_day(from)
    } else if from.year() != to.year() && (to - from).num_days().abs() >= 180 {
        format!("{}–{}", from.format("%-d %b %Y"), to.format("%-d %b %Y"))
    } else if from.month() == to.month() && from.year() == to.year() {
        format!("{}–{}", from.format("%a %-d"), short_day(to))
    } else if from.year() != to.year() {
        format!("{}–{}", short_day(from), to.format("%a %-d %b %y"))
    } else {
        format!("{}–{}", short_day(from), short_day(to))
    }
}

/// The same seen from a day: what does not lie in its year names its own, `Mon 4–Thu 28 Jan 27`.
pub fn day_range_near(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> String {
    let last = day_near(to, today);
    // The last one may be told without its weekday; the first one then is as well, and its year is that of the last.
    let is_bare = last.starts_with(|first: char| first.is_ascii_digit());
    if from == to {
        last
    } else if from.month() == to.month() && from.year() == to.year() {
        format!("{}–{last}", from.format(if is_bare { "%-d" } else { "%a %-d" }))
    } else if from.year() == to.year() && is_bare {
        format!("{}–{last}", from.format("%-d %b"))
    } else {
        format!("{}–{}", day_near(from, today), day_near(to, today))
    }
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    plus(day, -i64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_due_on_friday_is_no_working_day_late_on_saturday() {
        let (friday, saturday) = (day("2026-11-20"), day("2026-11-21"));
        let calendar = WorkCalendar::default();
        assert_eq!(due_text(friday, saturday, &calendar), "Fri 20 Nov");
        assert_eq!(due_words(friday, saturday, &calendar), "was due Fri 20 Nov");
    }

    #[test]
    fn a_span_of_a_year_names_its_years() {
        let said = |from, to| day_range(day(from), day(to));
        assert_eq!(said("2025-11-26", "2026-11-26"), "26 Nov 2025–26 Nov 2026");
        assert_eq!(said("2026-12-30", "2027-01-08"), "Wed 30 Dec–Fri 8 Jan 27");
        assert_eq!(said("2026-11-26", "2026-11-26"), "Thu 26 Nov");
    }

    #[test]
    fn a_span_names_its_month_once_and_a_year_that_is_not_ours() {
        let said = |from, to| day_range_near(day(from), day(to), day("2026-11-25"));
        assert_eq!(said("2025-11-03", "2025-11-09"), "3–9 Nov 2025");
        assert_eq!(said("2025-10-07", "2025-11-29"), "7 Oct–29 Nov 2025");
        assert_eq!(said("2026-11-23", "2026-11-27"), "Mon 23–Fri 27 Nov");
        assert_eq!(said("2026-11-30", "2026-12-04"), "Mon 30 Nov–Fri 4 Dec");
        assert_eq!(said("2027-01-04", "2027-01-28"), "Mon 4–Thu 28 Jan 27");
        assert_eq!(said("2026-11-25", "2026-11-25"), "Wed 25 Nov");
    }

    #[test]
    fn days_in_a_column_are_short() {
        let (today, calendar) = (day("2026-11-25"), WorkCalendar::default());
        for (due, text) in [
            ("2026-11-23", "−2d"),
            ("2026-11-25", "today"),
            ("2026-11-26", "tomorrow"),
            ("2026-11-27", "Fri"),
            ("2026-12-01", "Tue"),
            ("2026-12-02", "2 Dec"),
            ("2026-12-14", "14 Dec"),
            ("2027-01-08", "8 Jan 27"),
        ] {
            assert_eq!(column_text(day(due), today, &calendar), text);
        }
        // A Friday on the Saturday after it is no working day late.
        assert_eq!(column_text(day("2026-11-20"), day("2026-11-21"), &calendar), "20 Nov");
    }

    #[test]
    fn days_are_written_in_one_form() {
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-23", "today"),
            ("2026-11-20", "−1d"),
            ("2026-11-13", "−6d"),
            ("2026-11-22", "−1d"),
            ("2026-11-27", "Fri 27 Nov"),
            ("2027-01-04", "Mon 4 Jan 27"),
            ("2027-11-01", "1 Nov 2027"),
        ];
        for (due, text) in cases {
            assert_eq!(due_text(day(due), today, &WorkCalendar::default()), text);
        }
        let words = |due| due_words(day(due), day("2026-11-23"), &WorkCalendar::default());
        assert_eq!(
            ["2026-11-24", "2026-11-22", "2026-11-20", "2026-11-19"].map(words),
            ["due tomorrow", "1 day late", "1 day late", "2 days late"]
        );
        assert_eq!(day_range(day("2026-11-26"), day("2026-11-27")), "Thu 26–Fri 27 Nov");
    }
}
