//! A heat table in letters: the figures and their marks say all that the ground of a cell says on a page.

use chrono::{Datelike, Weekday};

use crate::domain::document::HeatTable;
use crate::plain;

/// A name takes at most so many columns, a day so many.
const NAME: usize = 14;
const DAY: usize = 4;

/// The table as lines of harmless text: days, rows, what the marks mean.
pub fn lines(table: &HeatTable) -> Vec<String> {
    if table.is_empty() {
        return Vec::new();
    }
    let cut = |name: &str| plain::cut(&plain::harmless(name), NAME);
    let names = table.rows.iter().map(|row| plain::width(&cut(&row.name))).max().unwrap_or(0);
    // A week stands apart from the one before it, as in a calendar.
    let gap = |at: usize| at > 0 && table.days[at].weekday() == Weekday::Mon;
    let columns = |texts: &mut dyn Iterator<Item = String>| -> String {
        let cell = |(at, text): (usize, String)| {
            format!("{}{text:>DAY$}", if at < table.days.len() && gap(at) { " " } else { "" })
        };
        texts.enumerate().map(cell).collect()
    };
    let heads = columns(&mut table.days.iter().map(|day| format!("{:.2} ", day.format("%a").to_string())));
    let mut lines = vec![format!("{}{}", " ".repeat(names), heads.trim_end())];
    for row in &table.rows {
        let cells =
            columns(&mut row.cells.iter().map(|cell| format!("{}{}", cell.hours, plain::fit(&cell.mark, 1))));
        lines.push(format!("{}{cells}  {}", plain::fit(&cut(&row.name), names), row.sum));
    }
    let legend: Vec<String> = table.legend.iter().map(|(mark, word)| format!("{mark} {word}")).collect();
    if !legend.is_empty() {
        lines.push(legend.join(", "));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{HeatCell, HeatRow};

    #[test]
    fn days_stand_below_each_other_and_weeks_apart() {
        let cell = |text: &str| {
            let hours = text.trim_end_matches('!').to_owned();
            HeatCell { mark: text[hours.len()..].to_owned(), hours, level: Some(1) }
        };
        let row = |name: &str, sum: &str, cells: [&str; 3]| HeatRow {
            name: name.to_owned(),
            cells: cells.map(cell).to_vec(),
            sum: sum.to_owned(),
        };
        let table = HeatTable {
            days: ["2026-11-26", "2026-11-27", "2026-11-30"].map(|day| day.parse().unwrap()).to_vec(),
            rows: vec![
                row("Ana", "16h of 24h", ["4", "·", "12!"]),
                row("Bo Ek", "0h of 8h", ["~", "~", "·"]),
            ],
            legend: vec![("!".to_owned(), "over".to_owned()), ("~".to_owned(), "away".to_owned())],
        };
        assert_eq!(
            lines(&table),
            [
                "      Th  Fr   Mo",
                "Ana    4   ·   12!  16h of 24h",
                "Bo Ek  ~   ~    ·   0h of 8h",
                "! over, ~ away",
            ]
        );
        assert_eq!(lines(&HeatTable::default()), [""; 0]);
    }
}
