//! Columns that are weeks, as planning tools write their grids: the header names a week, and each cell is what lies in it.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::dates::{self, DateHints, DateOrder, DateReading};
use crate::domain::words::fold;

/// Words before the day of a week, folded; the longer ones first.
const BEFORE: [&str; 24] = [
    "week commencing",
    "week beginning",
    "week starting",
    "week of",
    "week ending",
    "week to",
    "woche vom",
    "woche ab",
    "woche bis",
    "semaine du",
    "semana del",
    "semana de",
    "week van",
    "kalenderwoche",
    "semaine",
    "semana",
    "woche",
    "week",
    "w/c",
    "w/e",
    "wc",
    "we",
    "kw",
    "wk",
];
/// Of these the ones that name its last day.
const ENDS: [&str; 4] = ["week ending", "week to", "woche bis", "w/e"];

/// A header that may be a week.
struct WeekHeader {
    place: usize,
    day: NaiveDate,
    /// It says by itself that it is a week.
    is_named: bool,
    /// The day may be the last one of it.
    is_end: bool,
}

/// The columns that are weeks, with the Mondays that these begin on, and the order in which their days are written, where
/// only that makes weeks of them. A column alone is one if it says so; others follow each other from week to week.
pub(super) fn columns(cells: &[String], hints: DateHints) -> (Vec<(usize, NaiveDate)>, Option<DateOrder>) {
    let mut best = (in_order(cells, hints), None);
    if hints.order.is_some() {
        return best;
    }
    // `02/11, 09/11, 16/11` is a week apart in one order and a month in the other; of `30/11, 07/12, 14/12` two weeks say
    // by themselves which they are, and the one between them would be lost.
    for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
        let found = in_order(cells, DateHints { order: Some(order), ..hints });
        if found.len() > best.0.len() {
            best = (found, Some(order));
        }
    }
    best
}

fn in_order(cells: &[String], hints: DateHints) -> Vec<(usize, NaiveDate)> {
    let headers: Vec<WeekHeader> = cells
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| header(cell, hints).map(|header| WeekHeader { place, ..header }))
        .collect();
    // A week may begin on Sunday, and a Sunday may end one: what no header says of itself, all of them say.
    let begins_on_sunday =
        headers.iter().all(|header| header.day.weekday() == Weekday::Sun && !header.is_end);
    let monday = |header: &WeekHeader| {
        let day = if begins_on_sunday { header.day + Days::new(1) } else { header.day };
        day - Days::new(u64::from(day.weekday().num_days_from_monday()))
    };
    let weeks: Vec<(usize, NaiveDate)> =
        headers.iter().map(|header| (header.place, monday(header))).collect();
    let is_apart = headers.windows(2).all(|two| {
        let days = (two[1].day - two[0].day).num_days();
        days > 0 && days % 7 == 0
    });
    // A day in a header may be when the file was made.
    let is_alone = matches!(headers.as_slice(), [one] if !one.is_named);
    if headers.is_empty() || is_alone || !is_apart { Vec::new() } else { weeks }
}

fn header(cell: &str, hints: DateHints) -> Option<WeekHeader> {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = fold(&text);
    let before = BEFORE.iter().find(|word| is_before(&folded, word));
    let rest = before.map_or(text.as_str(), |word| behind(&text, word)).trim();
    let found = |day, is_end| WeekHeader { place: 0, day, is_named: before.is_some(), is_end };
    if let Some(day) = numbered(&folded, before.is_some(), hints.near) {
        return Some(WeekHeader { is_named: true, ..found(day, false) });
    }
    let rest = rest.trim_start_matches([':', '.', ' ']);
    // A bare number is the name of many a column.
    if rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match dates::read(rest, hints) {
        DateReading::When(when) if !when.has_time || when.local.time() == chrono::NaiveTime::MIN => {
            let is_span = dates::halves(rest).is_some();
            Some(found(when.local.date(), is_span || before.is_some_and(|word| ENDS.contains(word))))
        }
        _ => None,
    }
}

/// What stands behind a folded word that a text begins with. Folding may change how long a text is.
fn behind<'t>(text: &'t str, word: &str) -> &'t str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.take(2 * word.len()).find(|end| fold(&text[..*end]) == word).map_or("", |end| &text[end..])
}

fn is_before(text: &str, word: &str) -> bool {
    let behind = text.strip_prefix(word).and_then(|rest| rest.chars().next());
    behind.is_some_and(|next| !next.is_alphabetic())
}

/// `2026-W48`, `KW 48/2026`, `Week 48`: the Monday of a week by its number, of this year or the nearest where none is said.
fn numbered(text: &str, is_named: bool, near: Option<NaiveDate>) -> Option<NaiveDate> {
    // Words of other kinds would make weeks of `Phase 12`.
    let is_week = is_named || text.contains("-w") || text.starts_with('w');
    if !is_week || text.chars().any(|c| c.is_alphabetic() && !"weekalnrwochskmid".contains(c)) {
        return None;
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let (week, year) = match numbers.as_slice() {
        [week] if week.len() <= 2 => (*week, None),
        [year, week] | [week, year] if year.len() == 4 && week.len() <= 2 => (*week, Some(*year)),
        _ => return None,
    };
    let week: u32 = week.parse().ok()?;
    let of = |year: i32| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
    match (year, near) {
        (Some(year), _) => of(year.parse().ok()?),
        (None, Some(near)) => [near.year() - 1, near.year(), near.year() + 1]
            .into_iter()
            .filter_map(of)
            .min_by_key(|day| (*day - near).num_days().abs()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(headers: &str) -> String {
        let cells: Vec<String> = headers.split('|').map(str::to_owned).collect();
        let near = NaiveDate::from_ymd_opt(2026, 11, 24);
        let (found, _) = columns(&cells, DateHints { order: None, near });
        found.iter().map(|(at, day)| format!("{at}:{}", day.format("%-d.%-m."))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn weeks_are_known_as_tools_and_people_write_them() {
        for (headers, expected) in [
            ("Person|Project|2026-11-23|2026-11-30", "2:23.11. 3:30.11."),
            ("Person|23/11/2026|30/11/2026|Total", "1:23.11. 2:30.11."),
            ("Person|02/11/2026|09/11/2026", "1:2.11. 2:9.11."),
            ("Person|11/02/2026|11/09/2026", "1:2.11. 2:9.11."),
            ("Person|30/11/2026|07/12/2026|14/12/2026", "1:30.11. 2:7.12. 3:14.12."),
            ("Person|11/30/2026|12/07/2026|12/14/2026", "1:30.11. 2:7.12. 3:14.12."),
            ("Person|w/c 30/11|w/c 7/12|w/c 14/12", "1:30.11. 2:7.12. 3:14.12."),
            ("Person|Nov 23|Nov 30|Dec 7", "1:23.11. 2:30.11. 3:7.12."),
            ("Person|23 Nov - 29 Nov|30 Nov - 6 Dec", "1:23.11. 2:30.11."),
            ("Person|2026-11-22|2026-11-29", "1:23.11. 2:30.11."),
            ("Person|Week ending 2026-11-29|Week ending 2026-12-06", "1:23.11. 2:30.11."),
            ("Person|2026-11-27|2026-12-04", "1:23.11. 2:30.11."),
            ("Person|Week of Nov 23", "1:23.11."),
            ("Person|w/c 23.11.2026|w/c 30.11.2026", "1:23.11. 2:30.11."),
            ("Person|2026-W48|2026-W49", "1:23.11. 2:30.11."),
            ("Person|KW 48|KW 49|KW 1", "1:23.11. 2:30.11. 3:4.1."),
            ("Person|KW 48/2026", "1:23.11."),
            ("Person|Week 48|Week 49", "1:23.11. 2:30.11."),
            ("Person|Semaine 48|Semaine 49", "1:23.11. 2:30.11."),
            ("Person|Sémana del 23 Nov", "1:23.11."),
            ("Person|2026-11-23", ""),
            ("Person|2026-11-23|2026-11-24", ""),
            ("Person|Nov 2026|Dec 2026", ""),
            ("Weekly hours|Week|Q4|40|2026", ""),
            ("Person|Start|End|Hours", ""),
        ] {
            assert_eq!(weeks(headers), expected, "{headers}");
        }
    }
}
