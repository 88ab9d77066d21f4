//! What is to be looked at in the rows of a table, many alike said once.

use std::collections::HashMap;

use super::SHOWN;
use crate::cli::Done;
use crate::cli::out::Out;
use crate::import::Problem;
use crate::ops::import::{Report, problem_text};
use crate::plain;

/// Remarks that more rows than this share are told once.
const SHARED: usize = 3;

/// What is to be looked at: remarks of single rows first, since a hundred of one kind would hide them, then those that
/// many share.
pub fn remarks(report: &Report, out: &mut Out) -> Done {
    // The list keeps the order of the file, and the map finds a kind in it: a large file may have thousands of
    // remarks.
    let mut kinds: Vec<((&str, &str), Vec<usize>)> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let all = || report.rows.iter().flat_map(|row| row.problems.iter().map(move |problem| (row, problem)));
    for (row, problem) in all() {
        let kind = (problem.column.as_str(), problem.message.as_str());
        let place = *places.entry(kind).or_insert_with(|| {
            kinds.push((kind, Vec::new()));
            kinds.len() - 1
        });
        kinds[place].1.push(row.row);
    }
    let lines_of = |problem: &Problem| &kinds[places[&(problem.column.as_str(), problem.message.as_str())]].1;
    let single: Vec<_> = all().filter(|(_, problem)| lines_of(problem).len() <= SHARED).collect();
    for (row, problem) in single.iter().take(SHOWN) {
        let text = problem_text(problem);
        let key = row.key.as_deref().unwrap_or("skipped");
        out.line(&format!(
            "  line {:<5} {} {}  {}",
            row.row,
            key_column(key),
            plain::fit(&row.title, 40),
            plain::cut(&text, 120)
        ))?;
        // A row of which nothing but the title was read would be printed twice.
        if !row.raw.is_empty() && row.raw != row.title {
            out.line(&format!("             {}", plain::cut(&row.raw, 140)))?;
        }
    }
    if single.len() > SHOWN {
        out.line(&format!("  … and {} more rows to look at; --json lists all", single.len() - SHOWN))?;
    }
    for ((column, message), lines) in kinds.iter().filter(|(_, lines)| lines.len() > SHARED) {
        let named = if column.is_empty() { String::new() } else { format!("{column}: ") };
        let first: Vec<String> = lines.iter().take(SHARED).map(ToString::to_string).collect();
        let text = format!("  {} rows, lines {} …  {named}{message}", lines.len(), first.join(", "));
        out.line(&plain::cut(&text, 200))?;
    }
    Ok(())
}

/// The column of keys: as wide as those of requests, and never cut.
pub(super) fn key_column(key: &str) -> String {
    plain::fit(key, plain::width(key).max(8))
}
