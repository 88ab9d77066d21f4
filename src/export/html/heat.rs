//! A heat table as a table of a page: the ground of a cell says how full it is, its figure and mark say the same.

use std::fmt::Write;

use chrono::{Datelike, Weekday};

use super::escape::escape;
use crate::domain::document::{HeatRow, HeatTable};

/// So many days stand beside each other with their sum, on paper too.
const DAYS: usize = 10;

/// The table with its heads, in as many parts as its weeks need, and below it what its marks mean.
pub fn draw(table: &HeatTable) -> String {
    let mut out: String = table.in_weeks(DAYS).iter().map(part).collect();
    let legend: Vec<String> =
        table.legend.iter().map(|(mark, word)| format!("<b>{}</b> {}", escape(mark), escape(word))).collect();
    if !legend.is_empty() {
        let _ = writeln!(out, "<p class=\"legend\">{}</p>", legend.join(" · "));
    }
    out
}

fn part(table: &HeatTable) -> String {
    let mut out = String::from("<div class=\"wide\">\n<table class=\"heat\">\n<thead><tr><td></td>");
    for (at, day) in table.days.iter().enumerate() {
        // The month once: heads as wide as `30 Nov` would not fit beside each other on paper.
        let is_first = at == 0 || day.day() < table.days[at - 1].day();
        let (name, number) = (day.format("%a"), day.format(if is_first { "%-d %b" } else { "%-d" }));
        let _ = write!(out, "<th scope=\"col\"{}>{name}<br>{number}</th>", week(table, at));
    }
    let is_summed = table.rows.iter().any(|row| !row.sum.is_empty());
    let head = if is_summed { "<th scope=\"col\" class=\"sum\">confirmed</th>" } else { "" };
    let _ = write!(out, "{head}</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        add_row(table, row, &mut out);
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn add_row(table: &HeatTable, row: &HeatRow, out: &mut String) {
    let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&row.name));
    for (at, cell) in row.cells.iter().enumerate() {
        let class = match (cell.level, is_monday(table, at)) {
            (None, false) => String::new(),
            (None, true) => " class=\"week\"".to_owned(),
            (Some(level), false) => format!(" class=\"h{level}\""),
            (Some(level), true) => format!(" class=\"h{level} week\""),
        };
        let _ = write!(out, "<td{class}>{}<i>{}</i></td>", escape(&cell.hours), escape(&cell.mark));
    }
    let sum = match row.sum.as_str() {
        "" => String::new(),
        sum => format!("<td class=\"sum\">{}</td>", escape(sum)),
    };
    let _ = writeln!(out, "{sum}</tr>");
}

/// A week stands apart from the one before it.
fn is_monday(table: &HeatTable, at: usize) -> bool {
    at > 0 && table.days.get(at).is_some_and(|day| day.weekday() == Weekday::Mon)
}

fn week(table: &HeatTable, at: usize) -> &'static str {
    if is_monday(table, at) { " class=\"week\"" } else { "" }
}
