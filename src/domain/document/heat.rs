//! Hours by rows and days as a table whose cells are as dark as they are full.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::day::monday;

/// The table. Its rows have a cell for each of its days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatTable {
    /// In order; days on which nobody works are left out.
    pub days: Vec<NaiveDate>,
    /// People or disciplines, from top to bottom.
    pub rows: Vec<HeatRow>,
    /// The marks that stand in its cells, each with what it means.
    pub legend: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatRow {
    /// Who, or which discipline.
    pub name: String,
    /// One for each of [`HeatTable::days`].
    pub cells: Vec<HeatCell>,
    /// All hours of the row beside the time there is: `34h of 40h`.
    pub sum: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeatCell {
    /// Hours, rounded; a sign in their place where none are worked: `4`, `½`, `~`, `·`.
    pub hours: String,
    /// Stands behind them where the cell says more: `!`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mark: String,
    /// How full it is, from 0 a little to 5 far over; nothing where nothing is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

impl HeatTable {
    /// True where there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty() || self.rows.is_empty()
    }

    /// The same in tables of whole weeks, none with more days than so many unless a single week has them. The sums are
    /// of all days and stand in the last.
    pub fn in_weeks(&self, days: usize) -> Vec<Self> {
        let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
        for week in self.weeks() {
            match parts.last_mut().filter(|part| week.end - part.start <= days) {
                Some(part) => part.end = week.end,
                None => parts.push(week),
            }
        }
        let last = parts.len();
        let part = |(at, range): (usize, std::ops::Range<usize>)| {
            let row = |row: &HeatRow| HeatRow {
                name: row.name.clone(),
                cells: row.cells.get(range.clone()).map(<[HeatCell]>::to_vec).unwrap_or_default(),
                sum: if at + 1 == last { row.sum.clone() } else { String::new() },
            };
            Self {
                days: self.days[range.clone()].to_vec(),
                rows: self.rows.iter().map(row).collect(),
                // It explains the marks of all parts, and is told once below the last of them.
                legend: Vec::new(),
            }
        };
        parts.into_iter().enumerate().map(part).collect()
    }

    fn weeks(&self) -> Vec<std::ops::Range<usize>> {
        // By their weeks, since a Monday on which nobody works is not among them.
        let begins = |at: &usize| *at == 0 || monday(self.days[*at]) != monday(self.days[*at - 1]);
        let starts: Vec<usize> = (0..self.days.len()).filter(begins).collect();
        let ends = starts.iter().skip(1).copied().chain([self.days.len()]);
        starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    #[test]
    fn a_table_that_is_too_wide_is_parted_between_weeks_and_its_sums_stand_in_the_last() {
        let monday: NaiveDate = "2026-11-23".parse().unwrap();
        let days: Vec<NaiveDate> =
            monday.iter_days().filter(|day| day.weekday().number_from_monday() < 6).take(20).collect();
        let cell = |at: usize| HeatCell { hours: at.to_string(), ..HeatCell::default() };
        let row =
            HeatRow { name: "Ana".into(), cells: (0..20).map(cell).collect(), sum: "34h of 40h".into() };
        let table = HeatTable { days, rows: vec![row], legend: Vec::new() };
        let shape = |days: usize| -> Vec<(usize, String, String)> {
            let told = |part: &HeatTable| {
                (part.days.len(), part.rows[0].cells[0].hours.clone(), part.rows[0].sum.clone())
            };
            table.in_weeks(days).iter().map(told).collect()
        };
        let sum = "34h of 40h".to_owned();
        assert_eq!(shape(20), [(20, "0".into(), sum.clone())]);
        assert_eq!(shape(14), [(10, "0".into(), String::new()), (10, "10".into(), sum)]);
        assert_eq!(shape(3).len(), 4, "a week is never torn");
        assert!(HeatTable::default().in_weeks(10).is_empty());
        // A week whose Monday nobody works is one of its own.
        let days: Vec<NaiveDate> =
            ["2026-11-26", "2026-11-27", "2026-12-01", "2026-12-02"].map(|day| day.parse().unwrap()).into();
        let table = HeatTable { days, ..HeatTable::default() };
        let parts: Vec<usize> = table.in_weeks(3).iter().map(|part| part.days.len()).collect();
        assert_eq!(parts, [2, 2]);
    }
}
