//! Days that are only words, `end of next week`: which day they mean depends on when somebody read them.

use chrono::NaiveDate;

use super::cells::Cells;
use crate::domain::day;
use crate::domain::words::days::parse_day;
use crate::domain::workdays::WorkCalendar;

/// A row that came in longer ago was an old one when the file was written, and counts from its own day.
const RECENT: i64 = 7;

impl Cells<'_> {
    /// The day that words of a due day mean, with what is said of it. A row that came in this past week is read as of today,
    /// as whoever looks at the answers does; where its own day would give another one, both are told.
    pub(super) fn counted(&self, text: &str) -> Option<(NaiveDate, String)> {
        // Figures would be read as days of quick add, which nobody writes into a form: `3d`.
        if text.len() >= 40 || text.contains(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let read = |from| parse_day(text, from, &WorkCalendar::default()).ok();
        let today = self.context.clock.to_local(self.context.now).date();
        let now = read(today)?;
        let told = |day| day::day_near(day, today);
        let Some((written, then)) = self.written.and_then(|written| Some((written, read(written)?))) else {
            return Some((now, format!("counted from today: {}", told(now))));
        };
        let (written_on, is_recent) = (told(written), (0..=RECENT).contains(&(today - written).num_days()));
        Some(if then == now {
            (now, "counted from the day on which it came in, and from today".to_owned())
        } else if is_recent {
            (
                now,
                format!(
                    "counted from today: {}; from {written_on}, when it came in, {}",
                    told(now),
                    told(then)
                ),
            )
        } else {
            (
                then,
                format!(
                    "counted from {written_on}, when it came in: {}; from today {}",
                    told(then),
                    told(now)
                ),
            )
        })
    }
}
