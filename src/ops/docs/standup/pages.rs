//! The lines of a standup as pages: in a minute, section by section, person by person.

use std::collections::HashMap;

use super::{Item, OVER_DAYS, Section, StandupSources};
use crate::domain::count::counted;
use crate::domain::document::{Block, Line};

/// So many lines of one section are said; the rest is counted.
const MOST: usize = 10;

/// Three sentences that take a minute to say.
fn script(items: &[Item], it: &StandupSources) -> Block {
    let count = |section| items.iter().filter(|item| item.section == section).count();
    let mut done = Vec::new();
    for (section, word) in [
        (Section::Delivered, "delivered"),
        (Section::Moved, "moved"),
        (Section::New, "new"),
        (Section::Unblocked, "going on again"),
    ] {
        if count(section) > 0 {
            done.push(format!("{} {word}", count(section)));
        }
    }
    let mut stuck = Vec::new();
    for (section, word) in [
        (Section::Late, "late"),
        (Section::DueToday, "due today"),
        (Section::Unheld, "due soon and held by nobody"),
        (Section::Blocked, "blocked"),
        (Section::Waiting, "with their requester"),
        (Section::PastUsual, "older than usual"),
        (Section::Still, "untouched for a week"),
    ] {
        // One request has one requester.
        let word = if count(section) == 1 { word.replace("their", "its") } else { word.to_owned() };
        if count(section) > 0 {
            stuck.push(format!("{} {word}", count(section)));
        }
    }
    let first = if done.is_empty() { format!("Nothing moved {}", it.since_words) } else { done.join(", ") };
    let second = match stuck.as_slice() {
        // Sections without a word of their own here, such as a decision to make or somebody over: the sentence
        // ends instead of claiming that nothing is stuck.
        [] if items.iter().any(|item| item.section.is_stuck()) => String::new(),
        [] => "; nothing is stuck".to_owned(),
        stuck => format!("; {}", stuck.join(", ")),
    };
    let mut lines = vec![Line::new(format!("{first}{second}."))];
    let mut over: Vec<&str> = items
        .iter()
        .filter(|item| item.section == Section::Over)
        .flat_map(|item| &item.people)
        .map(String::as_str)
        .collect();
    // Somebody who is over in two runs of days has two lines, one behind the other.
    over.dedup();
    if !over.is_empty() {
        let people = counted(over.len(), "person", "people");
        let told = |who: &str| format!("Over within {OVER_DAYS} working days: {who}.");
        lines.push(Line::new(told(&over.join(", "))).naming_hours(told(&people)));
    }
    if it.rows.is_empty() && it.delivered.is_empty() {
        lines = vec![Line::todo(
            "No work is here yet: {add} adds a request, {import} brings in what you have from a file, or `tablesetter import requests FILE`.",
        )];
    }
    Block { is_lead: true, ..Block::new("In a minute", lines) }
}

pub(super) fn by_section(items: &[Item], it: &StandupSources) -> Vec<Block> {
    let mut blocks = vec![script(items, it)];
    for section in Section::ALL {
        let own: Vec<&Item> = items.iter().filter(|item| item.section == section).collect();
        if !own.is_empty() {
            // What was said by hand is not counted away.
            let most = if section == Section::Remarks { own.len() } else { MOST };
            blocks.push(Block::new(section.title(), at_most(&own, most)));
        }
    }
    blocks
}

/// Nobody says twenty lines of one kind: the last one counts the rest and leads to them. A line with a remark is said.
fn at_most(items: &[&Item], most: usize) -> Vec<Line> {
    let remarked = items.iter().filter(|item| !item.below.is_empty()).count();
    let mut others =
        if items.len() > most { most.saturating_sub(1 + remarked) } else { items.len() - remarked };
    let (said, rest): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| {
        let is_said = !item.below.is_empty() || others > 0;
        others -= usize::from(is_said && item.below.is_empty());
        is_said
    });
    let mut lines: Vec<Line> = Vec::new();
    for item in said {
        lines.push(item.line.clone());
        lines.extend(item.below.iter().cloned());
    }
    if !rest.is_empty() {
        let keys: Vec<String> = rest.iter().flat_map(|item| item.line.keys.clone()).collect();
        lines.push(Line { keys, ..Line::new(format!("and {} more", rest.len())) });
    }
    lines
}

pub(super) fn by_person(items: &[Item], it: &StandupSources) -> Vec<Block> {
    let mut blocks = vec![script(items, it)];
    let mut by: HashMap<&str, Vec<&Item>> = HashMap::new();
    for item in items {
        for handle in &item.people {
            by.entry(handle).or_default().push(item);
        }
    }
    for person in &it.team.people {
        let Some(own) = by.get_mut(person.handle.as_str()) else { continue };
        // Gathered request by request, told in the order of the sections; the sort keeps that of one section.
        own.sort_by_key(|item| item.section);
        let lines = own.iter().flat_map(|item| with_section(item)).collect();
        blocks.push(Block::new(person.name.clone(), lines));
    }
    // Also what is held only by somebody whom the team no longer has, and that would stand in no list otherwise.
    let known = |handle: &String| it.team.people.iter().any(|person| person.handle == *handle);
    let mut rest: Vec<&Item> = items.iter().filter(|item| !item.people.iter().any(known)).collect();
    rest.sort_by_key(|item| item.section);
    if !rest.is_empty() {
        blocks.push(Block::new("Held by nobody", rest.into_iter().flat_map(with_section).collect()));
    }
    blocks
}

/// In a person's list the section stands before the line, and its remarks below it.
fn with_section(item: &Item) -> Vec<Line> {
    let titled = |text: &str| format!("{}: {text}", item.section.title());
    // Under a name, hours are that person's even in a line that leaves the name out.
    let is_told = !item.line.instead.is_empty() && item.section != Section::Over;
    let instead = if is_told { titled(&item.line.instead) } else { String::new() };
    let line = Line { text: titled(&item.line.text), instead, ..item.line.clone() };
    // Whoever may not read a line does not read what was said to it.
    let below = item.below.iter().map(|said| match line.instead.as_str() {
        "" => Line { audience: line.audience, ..said.clone() },
        _ => said.clone(),
    });
    std::iter::once(line.clone()).chain(below).collect()
}
