//! Connecting dots: what several requests share without their requesters knowing, each as one line to say in the
//! room.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::day;
use super::ids::RequestId;
use super::private::GONE;
use super::request::Request;
use super::stage::Stage;
use super::words::fold;

/// Requests within so many days of each other share a window.
const WINDOW_DAYS: i64 = 14;
/// What is asked for one launch is due within so many days.
const LAUNCH_DAYS: i64 = 28;
/// A tag that more open requests bear is a label of the studio's, and no launch.
const LAUNCH_MOST: usize = 12;
/// A decider with so many decisions due within two weeks is overloaded.
const DECIDER_LOAD: usize = 3;
/// So many requests that lack the same input are worth one sentence.
const SAME_INPUT: usize = 3;
/// Two asks are much the same when they share at least this part of their words, in per cent.
const ALIKE: usize = 50;
/// Words that say nothing about what is asked for.
const SMALL_WORDS: [&str; 24] = [
    "the", "for", "and", "with", "of", "a", "an", "to", "in", "on", "at", "by", "our", "new", "all", "from",
    "please", "need", "x", "is", "we", "that", "version", "page",
];

/// So many requests are named in a line.
const NAMED: usize = 5;
/// Words that alone as a tag say how urgent something is, or how far.
const RANKS: [&str; 22] = [
    "urgent", "asap", "highest", "high", "medium", "normal", "low", "lowest", "critical", "blocker", "major",
    "minor", "trivial", "p0", "p1", "p2", "p3", "p4", "todo", "done", "open", "closed",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// The same people are spoken to at the same time.
    Audience,
    /// The same launch: a tag that several requesters use.
    Launch,
    /// One decider has more to decide than fits.
    Decider,
    /// The same input is missing.
    Input,
    /// Two brands ask for much the same.
    Ask,
}

/// What several requests share, as a line to say in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    pub shared: Shared,
    /// One line to say in the room.
    pub line: String,
    pub keys: Vec<RequestId>,
}

/// Finds what open requests share, the most telling first.
pub fn overlaps(requests: &[&Request], today: NaiveDate) -> Vec<Overlap> {
    let open: Vec<&Request> = requests
        .iter()
        .copied()
        // On hold a request takes nobody's time, so it is in nobody's way.
        .filter(|request| request.stage.is_open() && request.stage != Stage::OnHold)
        .collect();
    let mut found = Vec::new();
    found.extend(audiences(&open));
    found.extend(launches(&open));
    found.extend(deciders(&open, today));
    found.extend(inputs(&open));
    found.extend(asks(&open));
    found.sort_by_key(|overlap| (std::cmp::Reverse(overlap.keys.len()), overlap.shared));
    found
}

/// The first few of many: all of them open from the line.
fn list(keys: &[RequestId]) -> String {
    // A list that leaves out a single one would be no shorter.
    let told = if keys.len() > NAMED + 1 { NAMED } else { keys.len() };
    let mut parts: Vec<String> = keys[..told].iter().map(ToString::to_string).collect();
    if told < keys.len() {
        parts.push(format!("{} more", keys.len() - told));
    }
    parts.join(", ")
}

/// A tag that says how urgent or how far something is, as imports bring them, is no launch that several could plan.
fn is_rank(tag: &str) -> bool {
    let words: Vec<&str> =
        tag.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_one = |words: &[&str], of: &[&str]| words.first().is_some_and(|word| of.contains(word));
    let says_which = is_one(&words, &["priority", "prio", "status", "state", "stage", "severity", "urgency"]);
    says_which || words.len() == 1 && is_one(&words, &RANKS)
}

/// Groups by a folded text; empty texts group with nothing.
fn grouped<'a>(open: &[&'a Request], of: impl Fn(&Request) -> String) -> BTreeMap<String, Vec<&'a Request>> {
    let mut groups: BTreeMap<String, Vec<&Request>> = BTreeMap::new();
    for request in open {
        let key = fold(of(request).trim());
        // What was forgotten is no word that two have in common.
        if !key.is_empty() && key != GONE {
            groups.entry(key).or_default().push(request);
        }
    }
    groups
}

pub fn ids(group: &[&Request]) -> Vec<RequestId> {
    group.iter().map(|request| request.id).collect()
}

fn different<'a>(group: &[&'a Request], of: impl Fn(&'a Request) -> &'a str) -> Vec<&'a str> {
    let mut seen: Vec<&str> =
        group.iter().map(|request| of(request).trim()).filter(|text| !text.is_empty()).collect();
    seen.sort_unstable();
    // `Ana` and `ana` are one, and nobody asks without herself.
    seen.sort_by_key(|text| fold(text));
    seen.dedup_by_key(|text| fold(text));
    seen
}

fn audiences(open: &[&Request]) -> Vec<Overlap> {
    let mut found = Vec::new();
    for group in grouped(open, |request| request.audience.clone()).into_values() {
        let mut dated: Vec<&Request> = group.into_iter().filter(|request| request.due.is_some()).collect();
        dated.sort_by_key(|request| request.due);
        for near in windows(&dated, WINDOW_DAYS) {
            let keys = ids(near);
            let line = format!(
                "{} speak to “{}” within two weeks: one story, or one waits ({})",
                count(near.len()),
                near[0].audience,
                list(&keys)
            );
            found.push(Overlap { shared: Shared::Audience, line, keys });
        }
    }
    found
}

/// The longest runs of two and more that lie within so many days from first to last: neighbours that are near each
/// other can reach over months.
fn windows<'a, 'b>(dated: &'b [&'a Request], days: i64) -> Vec<&'b [&'a Request]> {
    let mut found = Vec::new();
    let mut reached = 0;
    for (first, request) in dated.iter().enumerate() {
        let is_near = |other: &&Request| match (request.due, other.due) {
            (Some(one), Some(other)) => (other - one).num_days() <= days,
            _ => false,
        };
        // Sorted by due day, so all that lie near the first stand before those that do not.
        let end = first + dated[first..].partition_point(is_near);
        // A window inside the one before says nothing new.
        if end > reached && end - first > 1 {
            found.push(&dated[first..end]);
            reached = end;
        }
    }
    found
}

pub fn count(number: usize) -> String {
    format!("{number} requests")
}

fn launches(open: &[&Request]) -> Vec<Overlap> {
    let mut by_tag: BTreeMap<String, Vec<&Request>> = BTreeMap::new();
    for request in open {
        for tag in request.tags.iter().filter(|tag| !is_rank(&fold(tag))) {
            by_tag.entry(fold(tag)).or_default().push(request);
        }
    }
    let told = |(tag, all): (String, Vec<&Request>)| {
        let mut dated: Vec<&Request> = all.iter().copied().filter(|request| request.due.is_some()).collect();
        dated.sort_by_key(|request| request.due);
        // Of several windows the fullest is the launch; the first of those that are as full.
        let near = windows(&dated, LAUNCH_DAYS).into_iter().rev().max_by_key(|near| near.len())?;
        let group = near.to_vec();
        let requesters = different(&group, |request| &request.requester);
        (all.len() <= LAUNCH_MOST && requesters.len() > 1).then(|| {
            let keys = ids(&group);
            let line = format!(
                "{} ask for #{tag} without each other: one plan for {} ({})",
                people(&requesters),
                count(group.len()),
                list(&keys)
            );
            Overlap { shared: Shared::Launch, line, keys }
        })
    };
    by_tag.into_iter().filter_map(told).collect()
}

/// `Ana, Bo and Chidi`.
fn people(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.join(""),
    }
}

fn deciders(open: &[&Request], today: NaiveDate) -> Vec<Overlap> {
    let soon = day::plus(today, WINDOW_DAYS);
    // In review the decision is awaited now; what is past its day is late, not to be decided within two weeks.
    let waits = |request: &&Request| {
        request.stage == Stage::InReview || request.due.is_some_and(|due| today <= due && due <= soon)
    };
    let pressing: Vec<&Request> = open.iter().copied().filter(waits).collect();
    let told = |group: Vec<&Request>| {
        (group.len() >= DECIDER_LOAD).then(|| {
            let keys = ids(&group);
            let line = format!(
                "{} has {} decisions within two weeks: agree one hour for all, or a deputy ({})",
                group[0].decider,
                group.len(),
                list(&keys)
            );
            Overlap { shared: Shared::Decider, line, keys }
        })
    };
    grouped(&pressing, |request| request.decider.clone()).into_values().filter_map(told).collect()
}

fn inputs(open: &[&Request]) -> Vec<Overlap> {
    let blocked = |request: &Request| {
        request.blocked.as_ref().map_or_else(String::new, |blocked| blocked.reason.clone())
    };
    let mut groups = grouped(open, blocked);
    for (key, mut more) in
        grouped(
            open,
            |request| if is_missing(&request.inputs) { request.inputs.clone() } else { String::new() },
        )
    {
        groups.entry(key).or_default().append(&mut more);
    }
    let told = |(what, group): (String, Vec<&Request>)| {
        let mut keys = ids(&group);
        // A request may be blocked by the very input that it lacks.
        keys.sort_unstable();
        keys.dedup();
        (keys.len() >= SAME_INPUT).then(|| {
            let line = format!(
                "{} wait for the same thing, {what}: ask once for all ({})",
                count(keys.len()),
                list(&keys)
            );
            Overlap { shared: Shared::Input, line, keys }
        })
    };
    groups.into_iter().filter_map(told).collect()
}

fn is_missing(inputs: &str) -> bool {
    let text = inputs.to_lowercase();
    ["to follow", "tbc", "tbd", "missing", "waiting"].iter().any(|word| text.contains(word))
}

fn asks(open: &[&Request]) -> Vec<Overlap> {
    let words: Vec<(&Request, BTreeSet<String>)> =
        open.iter().map(|request| (*request, telling_words(&request.title))).collect();
    // Only titles that share a word are compared: everything with everything would be slow on a long queue.
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (_, own)) in words.iter().enumerate() {
        for word in own {
            by_word.entry(word).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    // A word in more titles than that says nothing about likeness, and its pairs would be many.
    for places in by_word.values().filter(|places| places.len() <= 40) {
        for (at, one) in places.iter().enumerate() {
            pairs.extend(places[at + 1..].iter().map(|other| (*one, *other)));
        }
    }
    let mut found = Vec::new();
    for (one, other) in pairs {
        let ((first, first_words), (second, second_words)) = (&words[one], &words[other]);
        let brands = [&first.brand, &second.brand];
        let differ =
            !first.brand.is_empty() && !second.brand.is_empty() && fold(&first.brand) != fold(&second.brand);
        if differ && alike(first_words, second_words) {
            let keys = vec![first.id, second.id];
            let line = format!(
                "{} and {} ask for much the same: {} and {}",
                brands[0],
                brands[1],
                named(first),
                named(second)
            );
            found.push(Overlap { shared: Shared::Ask, line, keys });
        }
    }
    found
}

fn named(request: &Request) -> String {
    format!("{} {}", request.id, request.title)
}

/// The words of a title that tell what it is about.
pub fn telling_words(title: &str) -> BTreeSet<String> {
    let folded = if title == GONE { String::new() } else { fold(title) };
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1 && !SMALL_WORDS.contains(word));
    // Numbers differ between versions of the same ask.
    words.filter(|word| !word.chars().all(|c| c.is_ascii_digit())).map(str::to_owned).collect()
}

fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.union(other).count();
    // One word in common says only that both are posters.
    shared >= 2 && shared * 100 >= all * ALIKE
}

#[cfg(test)]
mod tests;
