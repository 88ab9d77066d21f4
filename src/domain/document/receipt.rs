//! The receipt behind a number as a line: how it is counted, of how many cases, over which days and from which records.

use chrono::NaiveDate;

use super::{Figure, quantity};
use crate::domain::day;

/// So many rows are named in one line; all of them open from the screen and stand in JSON.
const NAMED: usize = 12;

impl Figure {
    /// The receipt in one line: `9.5 d: median from brief to shelf, 12 cases, Tue 1 Sep–Mon 23 Nov, from R-1, R-2`. Read on
    /// a day of another year, days name theirs.
    pub fn receipt(&self, told_on: Option<NaiveDate>) -> String {
        let near = |day| told_on.map_or_else(|| day::short_day(day), |today| day::day_near(day, today));
        let range = |from, to| {
            told_on.map_or_else(|| day::day_range(from, to), |today| day::day_range_near(from, to, today))
        };
        let mut parts = vec![format!("{} case{}", self.n, if self.n == 1 { "" } else { "s" })];
        match (self.from, self.to) {
            (Some(from), Some(to)) => parts.push(range(from, to)),
            (Some(from), None) => parts.push(format!("since {}", near(from))),
            (None, Some(to)) => parts.push(format!("until {}", near(to))),
            (None, None) => {}
        }
        if !self.keys.is_empty() {
            let more = self.keys.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let named: Vec<&str> = self.keys.iter().take(NAMED).map(String::as_str).collect();
            parts.push(format!("from {}{more}", named.join(", ")));
        }
        let what = if self.definition.is_empty() { "counted" } else { &self.definition };
        format!("{}: {what}, {}", quantity(self.value, &self.unit), parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Figure {
        Figure {
            value: 9.5,
            unit: "d".into(),
            n: 12,
            from: "2026-09-01".parse().ok(),
            to: "2026-11-23".parse().ok(),
            definition: "median from brief to shelf".into(),
            keys: vec!["R-1".into(), "R-2".into()],
        }
    }

    #[test]
    fn a_receipt_says_how_of_how_many_and_from_what() {
        let said = "9.5 d: median from brief to shelf, 12 cases, Tue 1 Sep–Mon 23 Nov, from R-1, R-2";
        assert_eq!(figure().receipt(None), said);
        assert_eq!(Figure::default().receipt(None), "0: counted, 0 cases");
        let many = Figure { keys: (1..=20).map(|key| format!("R-{key}")).collect(), ..Figure::default() };
        assert!(many.receipt(None).ends_with("R-11, R-12 and 8 more"), "{}", many.receipt(None));
    }

    #[test]
    fn read_in_another_year_days_name_theirs() {
        let read = |on: &str, figure: Figure| figure.receipt(on.parse().ok());
        assert!(read("2026-12-31", figure()).contains("Tue 1 Sep–Mon 23 Nov,"));
        assert!(
            read("2027-02-01", figure()).contains("1 Sep–23 Nov 2026,"),
            "{}",
            read("2027-02-01", figure())
        );
        let since = Figure { to: None, ..figure() };
        assert!(read("2027-02-01", since).contains("since 1 Sep 2026,"));
        let until = Figure { from: None, ..figure() };
        assert!(read("2027-02-01", until).contains("until 23 Nov 2026,"));
    }
}
