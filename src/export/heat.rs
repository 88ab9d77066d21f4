//! A heat table in letters: the figures and their marks say all that the ground of a cell says on a page.

use chrono::{Datelike, Weekday};

use crate::domain::document::{HeatRow, HeatTable};
use crate::plain;

/// A name takes at most so many columns, a day so many.
const NAME: usize = 14;
const DAY: usize = 4;

/// The table as lines of harmless text, none wider than so many columns where weeks can be parted: days, rows, what
/// the marks mean.
pub fn lines(table: &HeatTable, width: usize) -> Vec<String> {
    let longest =
        |of: fn(&HeatRow) -> &str| table.rows.iter().map(|row| plain::width(of(row))).max().unwrap_or(0);
    let beside = longest(|row| &row.name).min(NAME) + 2 + longest(|row| &row.sum);
    // A blank parts each week from the one before.
    let days = width.saturating_sub(beside) * 5 / (5 * DAY + 1);
    let parts = table.in_weeks(days);
    let mut lines: Vec<String> = Vec::new();
    for (at, drawn) in parts.iter().enumerate() {
        lines.extend((at > 0).then(String::new));
        lines.extend(part(drawn));
    }
    let legend: Vec<String> = table.legend.iter().map(|(mark, word)| format!("{mark} {word}")).collect();
    if !legend.is_empty() && !lines.is_empty() {
        lines.extend(plain::wrap(&legend.join(", "), width));
    }
    lines
}

fn part(table: &HeatTable) -> Vec<String> {
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
        let line = format!("{}{cells}  {}", plain::fit(&cut(&row.name), names), row.sum);
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::HeatCell;

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
            lines(&table, 60),
            [
                "      Th  Fr   Mo",
                "Ana    4   ·   12!  16h of 24h",
                "Bo Ek  ~   ~    ·   0h of 8h",
                "! over, ~ away",
            ]
        );
        assert_eq!(
            lines(&table, 26),
            [
                "      Th  Fr",
                "Ana    4   ·",
                "Bo Ek  ~   ~",
                "",
                "      Mo",
                "Ana   12!  16h of 24h",
                "Bo Ek  ·   0h of 8h",
                "! over, ~ away",
            ],
            "whole weeks below each other"
        );
        let narrow = lines(&table, 10);
        assert_eq!(narrow[narrow.len() - 2..], ["! over,", "~ away"], "a legend wraps and is not cut");
        assert_eq!(lines(&HeatTable::default(), 60), [""; 0]);
    }
}
