//! Days as people say them, and working days as studios count them: Monday to Friday, less closures.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// `Fri 27 Nov`.
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// `Fri 27 Nov`, with the year where it is not this one.
#[must_use]
pub fn day_near(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() || (0..180).contains(&(day - today).num_days()) {
        short_day(day)
    } else {
        day.format("%-d %b %Y").to_string()
    }
}

/// `1 working day`, `4 working days`.
#[must_use]
pub fn working_days(count: i64) -> String {
    if count == 1 { "1 working day".to_owned() } else { format!("{count} working days") }
}

/// What a typed day was understood as: `Fri 27 Nov, 4 working days`.
#[must_use]
pub fn understood(day: NaiveDate, today: NaiveDate) -> String {
    let name = day_near(day, today);
    match business_days_between(today, day, &[]) {
        0 => format!("{name}, today's work"),
        days if days < 0 => format!("{name}, {} ago", working_days(-days)),
        days => format!("{name}, {}", working_days(days)),
    }
}

/// `today`, `tomorrow`, `−3d` for what is late, otherwise `Fri 27 Nov`.
#[must_use]
pub fn due_text(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        late if late < 0 => format!("−{}d", -late),
        _ => day_near(day, today),
    }
}

/// When something is due as a text for others says it: `due tomorrow`, `4 days late`.
#[must_use]
pub fn due_words(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        1 => "1 day late".to_owned(),
        late if late > 1 => format!("{late} days late"),
        _ => format!("due {}", due_text(day, today)),
    }
}

/// `Thu 26–Fri 27 Nov`, `Thu 26 Nov–Wed 2 Dec`, or one day.
#[must_use]
pub fn day_range(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        short_day(from)
    } else if from.month() == to.month() && from.year() == to.year() {
        format!("{}–{}", from.format("%a %-d"), short_day(to))
    } else {
        format!("{}–{}", short_day(from), short_day(to))
    }
}

/// True from Monday to Friday.
#[must_use]
pub fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    plus(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// A day so many days on; stays at the end of the calendar instead of leaving it.
#[must_use]
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

/// Working days after `from` up to and with `to`; negative if `to` lies before `from`.
#[must_use]
pub fn business_days_between(from: NaiveDate, to: NaiveDate, closed: &[NaiveDate]) -> i64 {
    if to < from {
        return -business_days_between(to, from, closed);
    }
    // Whole weeks by arithmetic, so that a due day in another century costs nothing.
    let weeks = (to - from).num_days() / 7;
    let mut count = weeks * 5;
    let mut day = plus(from, weeks * 7);
    while day < to {
        day = plus(day, 1);
        count += i64::from(is_weekday(day));
    }
    let shut = closed.iter().filter(|day| **day > from && **day <= to && is_weekday(**day)).count();
    count - i64::try_from(shut).unwrap_or(0)
}

/// The day that lies `count` working days after `from`.
#[must_use]
pub fn add_business_days(from: NaiveDate, count: u32, closed: &[NaiveDate]) -> NaiveDate {
    let mut day = from;
    let mut left = count;
    while left > 0 {
        let next = plus(day, 1);
        if next == day {
            break;
        }
        day = next;
        left -= u32::from(is_weekday(day) && !closed.contains(&day));
    }
    day
}

/// The day itself if it is a working day, otherwise the next one.
#[must_use]
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    if is_weekday(day) { day } else { add_business_days(day, 1, &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_are_counted_both_ways() {
        let cases = [
            ("2026-11-23", "2026-11-27", 4),
            ("2026-11-27", "2026-11-30", 1),
            ("2026-11-28", "2026-11-29", 0),
            ("2026-11-30", "2026-11-27", -1),
            ("2026-11-02", "2026-12-14", 30),
        ];
        for (from, to, expected) in cases {
            assert_eq!(business_days_between(day(from), day(to), &[]), expected, "{from} {to}");
        }
        assert_eq!(business_days_between(day("2026-12-24"), day("2026-12-28"), &[day("2026-12-25")]), 1);
    }

    #[test]
    fn adding_and_counting_agree() {
        for count in 0..40 {
            let to = add_business_days(day("2026-11-23"), count, &[]);
            assert_eq!(business_days_between(day("2026-11-23"), to, &[]), i64::from(count));
        }
    }

    #[test]
    fn days_are_written_in_one_form() {
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-23", "today"),
            ("2026-11-20", "−3d"),
            ("2026-11-27", "Fri 27 Nov"),
            ("2027-01-04", "Mon 4 Jan"),
            ("2027-11-01", "1 Nov 2027"),
        ];
        for (due, text) in cases {
            assert_eq!(due_text(day(due), today), text);
        }
        let words = |due| due_words(day(due), day("2026-11-23"));
        assert_eq!(
            ["2026-11-24", "2026-11-22", "2026-11-19"].map(words),
            ["due tomorrow", "1 day late", "4 days late"]
        );
        assert_eq!(day_range(day("2026-11-26"), day("2026-11-27")), "Thu 26–Fri 27 Nov");
    }
}
