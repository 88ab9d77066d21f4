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
        match place(found, remark) {
            Some(at) => found[at].below.push(line),
            None => found.push(alone(remark, it)),
        }
    }
    let from = day::plus(it.today, -LAST_DAYS);
    // A remark about nothing in particular has no line that it could stand under again.
    let before = |remark: &&Remark| !is_new(remark) && remark.day >= from && !remark.about.is_empty();
    let mut told: Vec<&str> = Vec::new();
    // From the newest back, since only the last remark on each thing is told again.
    for remark in it.remarks.iter().rev().filter(before) {
        if told.contains(&remark.about.as_str()) {
            continue;
        }
        told.push(&remark.about);
        if let Some(at) = place(found, remark) {
            let when = day::day_near(remark.day, it.today);
            let line = Line::new(format!("↳ last time, {when}: {}", remark.text));
            // In front: what was said last time is older than the remarks that were just put there.
            found[at].below.insert(0, line.about([remark.about.clone()]));
        }
    }
}

/// What a remark is made on: a line of some section about something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemarkPlace {
    /// A key, a person's handle, or nothing in particular.
    pub about: String,
    /// The title of the section; empty where there is none.
    pub under: String,
}

impl RemarkPlace {
    /// The place of a line, as it stands in the block of a title: the section is that title, or in the list of a person
    /// stands before the line.
    pub fn of(about: &str, block: &str, line: &str) -> Self {
        let mut titles = Section::ALL.iter().map(|section| section.title());
        let under = titles.find(|title| *title == block).or_else(|| {
            let begins = |title: &&str| line.strip_prefix(title).is_some_and(|rest| rest.starts_with(": "));
            Section::ALL.iter().map(|section| section.title()).find(begins)
        });
        Self { about: about.to_owned(), under: under.unwrap_or_default().to_owned() }
    }
}

impl From<&str> for RemarkPlace {
    fn from(about: &str) -> Self {
        Self { about: about.to_owned(), under: String::new() }
    }
}

/// The line that a remark was made on, or else the first about the same thing in the order in which the sections are
/// walked: what was late once may be late no more.
fn place(found: &[Item], remark: &Remark) -> Option<usize> {
    let is_about = |item: &Item| item.line.keys.first() == Some(&remark.about);
    let own = found.iter().enumerate().filter(|(_, item)| is_about(item));
    own.min_by_key(|(_, item)| (item.section.title() != remark.under, item.section)).map(|(at, _)| at)
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
