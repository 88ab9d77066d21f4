//! The calendar of working days: Monday to Friday less the days on which everybody is off. It is the only thing
//! that counts working days, so that honest dates, ages, days late and waits all agree about a holiday.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::ids::HolidayId;

/// A day so many days on; stays at the end of the calendar instead of leaving it.
pub fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    // Past the last date that can be written it stays there: a slip in a year must not end the program.
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

/// A day off for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its row; 0 before it is stored.
    pub id: HolidayId,
    /// What it is called.
    pub name: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Which source brought it, and what that said of its days; empty where it was typed.
    pub brought: String,
}

/// Working days between the weekends and around the holidays. Built from the store once per reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkCalendar {
    /// Spans of days off, first and last day included, sorted and apart from each other.
    closed: Vec<(NaiveDate, NaiveDate)>,
}

impl WorkCalendar {
    /// Holidays may come in any order and may overlap; each closed day counts once.
    pub fn new(holidays: &[Holiday]) -> Self {
        let mut spans: Vec<_> = holidays.iter().map(|holiday| (holiday.from, holiday.to)).collect();
        spans.sort_unstable();
        let mut closed: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (from, to) in spans {
            // Spans that overlap or touch become one, so that a day on which two holidays fall is taken off once.
            match closed.last_mut().filter(|last| from <= plus(last.1, 1)) {
                Some(last) => last.1 = last.1.max(to),
                None => closed.push((from, to)),
            }
        }
        Self { closed }
    }

    /// Neither a weekend nor a holiday.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        is_weekday(day) && !self.is_holiday(day)
    }

    /// A day on which everybody is off, whatever weekday it is.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        // They lie apart and in order, so only the last one that has begun can hold the day.
        let after = self.closed.partition_point(|(from, _)| *from <= day);
        after > 0 && self.closed[after - 1].1 >= day
    }

    /// Working days after `from` up to and with `to`; negative if `to` lies before `from`.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        // By arithmetic, so that a due day in another century costs no more than one of next week.
        let begin = self.closed.partition_point(|(_, last)| *last <= from);
        let near = self.closed[begin..].iter().take_while(|(first, _)| *first <= to);
        let shut = near.map(|(first, last)| {
            let (first, last) = ((*first).max(plus(from, 1)), (*last).min(to));
            if first > last { 0 } else { weekdays(plus(first, -1), last) }
        });
        weekdays(from, to) - shut.sum::<i64>()
    }

    /// The working day that lies `count` working days after `from`; `from` itself for 0.
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        self.walk(from, count, 1)
    }

    /// The working day that lies `count` working days before `from`; `from` itself for 0.
    pub fn before(&self, from: NaiveDate, count: u32) -> NaiveDate {
        self.walk(from, count, -1)
    }

    /// The day itself if it is a working day, otherwise the next one.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working(day) { day } else { self.after(day, 1) }
    }

    fn walk(&self, from: NaiveDate, count: u32, step: i64) -> NaiveDate {
        let (mut day, mut left) = (from, count);
        while left > 0 {
            let next = plus(day, step);
            // The dates that can be written have ended; there is no day to walk to.
            if next == day {
                break;
            }
            day = next;
            left -= u32::from(self.is_working(day));
        }
        day
    }
}

/// True from Monday to Friday. For questions about a week's pattern only; what counts days is the calendar.
pub fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Weekdays after `from` up to and with `to`.
fn weekdays(from: NaiveDate, to: NaiveDate) -> i64 {
    let days = (to - from).num_days();
    let start = i64::from(from.weekday().num_days_from_monday());
    // Seven days have five weekdays wherever they begin, so only what is left over is looked at day by day.
    let rest = (1..=days % 7).filter(|step| (start + step) % 7 < 5).count();
    days / 7 * 5 + i64::try_from(rest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::HolidayId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(spans: &[(&str, &str)]) -> WorkCalendar {
        let holiday = |(from, to): &(&str, &str)| Holiday {
            id: HolidayId(1),
            name: String::new(),
            from: day(from),
            to: day(to),
            brought: String::new(),
        };
        WorkCalendar::new(&spans.iter().map(holiday).collect::<Vec<_>>())
    }

    #[test]
    fn working_days_are_counted_both_ways() {
        let plain = WorkCalendar::default();
        let cases = [
            ("2026-11-23", "2026-11-27", 4),
            ("2026-11-27", "2026-11-30", 1),
            ("2026-11-28", "2026-11-29", 0),
            ("2026-11-30", "2026-11-27", -1),
            ("2026-11-02", "2026-12-14", 30),
        ];
        for (from, to, expected) in cases {
            assert_eq!(plain.between(day(from), day(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn a_holiday_is_no_working_day_anywhere() {
        // The sixth worked example: Christmas Day on a Friday, its substitute on the Monday after.
        let calendar = closed(&[("2026-12-28", "2026-12-28"), ("2026-12-25", "2026-12-25")]);
        assert_eq!(calendar.between(day("2026-12-24"), day("2026-12-29")), 1);
        assert_eq!(calendar.after(day("2026-12-24"), 1), day("2026-12-29"));
        assert_eq!(calendar.before(day("2026-12-29"), 1), day("2026-12-24"));
        assert_eq!(calendar.on_or_after(day("2026-12-25")), day("2026-12-29"));
    }

    #[test]
    fn holidays_that_overlap_or_fall_on_weekends_count_once_or_not_at_all() {
        let calendar = closed(&[("2026-12-24", "2026-12-26"), ("2026-12-25", "2026-12-27")]);
        assert_eq!(calendar.between(day("2026-12-23"), day("2026-12-28")), 1);
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_walking(from in 0i64..800, len in 0i64..400, spans in prop::collection::vec((0i64..1200, 0i64..9), 0..5)) {
            let base = day("2026-01-01");
            let spans: Vec<Holiday> = spans.iter().map(|(from, len)| Holiday {
                id: HolidayId(1), name: String::new(), from: plus(base, *from), to: plus(base, from + len), brought: String::new() }).collect();
            let calendar = WorkCalendar::new(&spans);
            let (from, to) = (plus(base, from), plus(base, from + len));
            let is_off = |day: NaiveDate| spans.iter().any(|span| span.from <= day && day <= span.to);
            let walked = from.iter_days().skip(1).take_while(|day| *day <= to)
                .filter(|day| is_weekday(*day) && !is_off(*day)).count();
            prop_assert_eq!(calendar.between(from, to), i64::try_from(walked).unwrap());
            let count = u32::try_from(walked).unwrap();
            if calendar.is_working(to) {
                prop_assert_eq!(calendar.after(from, count), to);
            }
        }
    }
}
