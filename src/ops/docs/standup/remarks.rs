//! Remarks stand under the line that they were made on, and what was said last time stands there too.

use super::section::Section;
use super::{Item, StandupSources, item, named};
use crate::domain::briefing::Remark;
use crate::domain::day;
use crate::domain::document::Line;
use crate::ops::queue::QueueRow;

/// So many days back a remark is still the last thing that was said.
const LAST_DAYS: i64 = 14;

/// Puts every remark since the last standup under its line, or in a section of its own where it has none; and under
/// each line the newest remark of before.
pub(super) fn attach(found: &mut Vec<Item>, it: &StandupSources) {
    let is_new = |remark: &&Remark| remark.is_since(it.since, it.since_day);
    for remark in it.remarks.iter().filter(is_new) {
        let line = Line::new(format!("↳ {}", remark.text)).about([remark.about.clone()]);
        match place(found, &remark.about) {
            Some(at) => found[at].below.push(line),
            None => found.push(alone(remark, it)),
        }
    }
    let from = day::plus(it.today, -LAST_DAYS);
    // A remark about nothing in particular has no line that it could stand under again.
    let before = |remark: &&Remark| !is_new(remark) && remark.day >= from && !remark.about.is_empty();
    let mut told: Vec<&str> = Vec::new();
    for remark in it.remarks.iter().rev().filter(before) {
        if told.contains(&remark.about.as_str()) {
            continue;
        }
        told.push(&remark.about);
        if let Some(at) = place(found, &remark.about) {
            let when = day::day_near(remark.day, it.today);
            let line = Line::new(format!("↳ last time, {when}: {}", remark.text));
            // In front: what was said last time is older than the remarks that were just put there.
            found[at].below.insert(0, line.about([remark.about.clone()]));
        }
    }
}

/// The first line about something, in the order in which the sections are walked.
fn place(found: &[Item], about: &str) -> Option<usize> {
    let is_about = |item: &Item| item.line.keys.first().is_some_and(|key| key == about);
    let own = found.iter().enumerate().filter(|(_, item)| is_about(item));
    // A request may have several lines; its remark is read where it is first talked about.
    own.min_by_key(|(_, item)| item.section).map(|(at, _)| at)
}

/// A remark on what has no line of its own today.
fn alone(remark: &Remark, it: &StandupSources) -> Item {
    let is_its = |row: &&QueueRow| row.request.id.to_string() == remark.about;
    let row = it.rows.iter().find(is_its);
    let about = row.map_or_else(String::new, |row| format!("{}: ", named(&row.request)));
    let line = Line::new(format!("{about}{}", remark.text));
    let line = if remark.about.is_empty() { line } else { line.about([remark.about.clone()]) };
    let own = [remark.about.clone()];
    item(Section::Remarks, line, row.map_or_else(|| own.as_slice(), |row| row.people.as_slice()))
}
