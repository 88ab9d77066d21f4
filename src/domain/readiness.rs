//! The readiness rubric: 100 points over nine fields, what is missing, and the question that asks for
//! it. Reads words only; it never edits and never blocks by itself.

use super::phrases::{self, Phrases};
use super::reframe::{self, NotYet};
use super::request::Request;
use super::said;

/// How much of a field's points a request earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldMark {
    Full,
    Half,
    Zero,
}

/// A field that does not have its full points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What the field is called on screen.
    pub name: &'static str,
    /// Points that a good answer would add.
    pub points: u8,
    /// The question to paste to the requester.
    pub question: &'static str,
}

/// The result for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// From 0 to 100; each tier says from how many it is ready.
    pub points: u8,
    /// What is missing, the most telling first.
    pub missing: Vec<Missing>,
}

struct FieldRule {
    name: &'static str,
    points: u8,
    question: &'static str,
    mark: fn(&Request, &Phrases) -> FieldMark,
}

/// In the order in which the questions are best asked: outcome first.
const RULES: [FieldRule; 9] = [
    FieldRule {
        name: "outcome",
        points: 20,
        question: "What will be different for the business if this works, and by when?",
        mark: outcome,
    },
    FieldRule {
        name: "measure",
        points: 12,
        question: "How would you notice that it worked? A number, or a plain yes or no.",
        mark: measure,
    },
    FieldRule {
        name: "audience",
        points: 12,
        question: "Who must do or think something new, and in what situation?",
        mark: audience,
    },
    FieldRule {
        name: "deliverables",
        points: 12,
        question: "What exactly is needed: how many, on which channel, in which sizes and languages?",
        mark: deliverables,
    },
    FieldRule {
        name: "date and reason",
        points: 10,
        question: "By which day, is that day fixed, and what happens on it?",
        mark: date,
    },
    FieldRule { name: "decider", points: 10, question: "Which one person approves it?", mark: decider },
    FieldRule {
        name: "inputs",
        points: 10,
        question: "Are copy, files and legal text there? If not, on which day will they be?",
        mark: inputs,
    },
    FieldRule { name: "message", points: 8, question: "What is the one thing to say?", mark: message },
    FieldRule {
        name: "lever",
        points: 6,
        question: "Is it for speed to market, brand consistency, less risk, or a measurable impact?",
        mark: lever,
    },
];

/// The points of a request, and what it misses for more.
pub fn readiness(request: &Request, phrases: &Phrases) -> Readiness {
    let mut points = 0;
    let mut missing = Vec::new();
    for rule in &RULES {
        let earned = match (rule.mark)(request, phrases) {
            FieldMark::Full => rule.points,
            // The points of each rule are even, so that half of them is a whole number.
            FieldMark::Half => rule.points / 2,
            FieldMark::Zero => 0,
        };
        points += earned;
        // Half an answer is asked for again: the question is what makes it whole.
        if earned < rule.points {
            missing.push(Missing { name: rule.name, points: rule.points - earned, question: rule.question });
        }
    }
    Readiness { points, missing }
}

/// Each rule with the points that it gave and could give: what the points are made of.
pub fn arithmetic(request: &Request, phrases: &Phrases) -> Vec<(&'static str, u8, u8)> {
    let missing = readiness(request, phrases).missing;
    let lost = |name| missing.iter().find(|missing| missing.name == name).map_or(0, |missing| missing.points);
    RULES.iter().map(|rule| (rule.name, rule.points - lost(rule.name), rule.points)).collect()
}

/// The missing items as a message to the requester, ready to paste.
pub fn questions(request: &Request, readiness: &Readiness) -> String {
    let question = |(number, missing): (usize, &Missing)| format!("{}. {}\n", number + 1, missing.question);
    let list: String = readiness.missing.iter().enumerate().map(question).collect();
    format!("About \"{}\": before we can start well, could you tell us\n{list}", request.title)
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// True if one of some words or phrases stands in a text, as whole words.
fn says(text: &str, phrases: &[&str]) -> bool {
    // With spaces around both, so that "all" is not found in "small".
    let text = format!(" {} ", said::words(text).join(" "));
    phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
}

/// As the ladder judges it: what is an outcome earns all, a change that nobody could notice half.
fn outcome(request: &Request, phrases: &Phrases) -> FieldMark {
    match reframe::is_good_answer(&request.outcome, phrases) {
        Ok(()) => FieldMark::Full,
        Err(NotYet::Unnoticeable) => FieldMark::Half,
        Err(_) => FieldMark::Zero,
    }
}

fn measure(request: &Request, phrases: &Phrases) -> FieldMark {
    let text = request.measure.trim();
    if !said::says_something(text) || phrases.is_only_a_wish(text) {
        FieldMark::Zero
    // A plain yes or no is a measure as well; not everything that matters is counted.
    } else if has_digit(text) || says(text, &["yes", "whether"]) {
        FieldMark::Full
    } else {
        FieldMark::Half
    }
}

fn audience(request: &Request, _: &Phrases) -> FieldMark {
    const EVERYBODY: [&str; 6] =
        ["everyone", "everybody", "all customers", "general public", "the public", "all people"];
    let text = request.audience.trim();
    if !said::says_something(text) || says(text, &EVERYBODY) {
        FieldMark::Zero
    // Fewer than three words name a group, but not the situation that it is in.
    } else if count(text) >= 3 {
        FieldMark::Full
    } else {
        FieldMark::Half
    }
}

fn deliverables(request: &Request, _: &Phrases) -> FieldMark {
    const VAGUE: [&str; 6] = ["assets", "stuff", "things", "material", "materials", "content"];
    let text = request.deliverables.trim();
    let is_vague = !said::says_something(text) || VAGUE.contains(&text.to_lowercase().as_str());
    match (is_vague, phrases::names_a_figure(text) || request.asset_count.is_some()) {
        (false, true) => FieldMark::Full,
        (false, false) => FieldMark::Half,
        (true, _) if request.asset_count.is_some() => FieldMark::Half,
        (true, _) => FieldMark::Zero,
    }
}

fn date(request: &Request, _: &Phrases) -> FieldMark {
    let gives_reason = count(&request.due_reason) >= 2 && said::says_something(&request.due_reason);
    match (request.due, gives_reason) {
        (Some(_), true) => FieldMark::Full,
        (Some(_), false) => FieldMark::Half,
        (None, _) => FieldMark::Zero,
    }
}

/// Words of more than one, and of what somebody is rather than who.
const GROUPS: [&str; 24] = [
    "team",
    "teams",
    "board",
    "committee",
    "everyone",
    "everybody",
    "all",
    "both",
    "group",
    "department",
    "dept",
    "council",
    "panel",
    "leadership",
    "management",
    "stakeholders",
    "us",
    "we",
    "they",
    "them",
    "several",
    "marketing",
    "sales",
    "legal",
];
const ROLES: [&str; 22] = [
    "head",
    "director",
    "manager",
    "lead",
    "leader",
    "owner",
    "chief",
    "officer",
    "president",
    "vp",
    "ceo",
    "cfo",
    "cmo",
    "coo",
    "cto",
    "boss",
    "editor",
    "chair",
    "partner",
    "buyer",
    "secretary",
    "counsel",
];

/// Who one part of "Head of Brand, Priya Nair" is.
#[derive(PartialEq, Eq)]
enum DeciderPart {
    Name,
    Role,
    Group,
}

fn who(part: &str) -> Option<DeciderPart> {
    if !said::says_something(part) {
        return None;
    }
    let holds = |list: &[&str]| said::words(part).iter().any(|word| list.contains(&word.as_str()));
    if holds(&ROLES) {
        return Some(DeciderPart::Role);
    }
    // A family name may be a word of groups: with a given name before it, and written large, it is a name.
    let is_written_large = count(part) == 2
        && part.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !part
            .split_whitespace()
            .next()
            .is_some_and(|first| GROUPS.contains(&first.to_lowercase().as_str()));
    // "Marketing Team" is written large as well and is nobody's name.
    let is_kind_of_team =
        says(part, &["marketing", "sales", "legal", "steering", "brand", "creative", "the"]);
    if holds(&GROUPS) && (!is_written_large || is_kind_of_team) {
        return Some(DeciderPart::Group);
    }
    Some(DeciderPart::Name)
}

/// One named person earns all, one person by what they are half, more than one nothing.
fn decider(request: &Request, _: &Phrases) -> FieldMark {
    let text = request.decider.replace(" and ", "&").replace(" or ", "&").replace(" + ", "&");
    let parts: Vec<DeciderPart> =
        text.split([',', '(', ')', '/', ';', '&', '–', '—']).filter_map(|part| who(part.trim())).collect();
    let count = |wanted: &DeciderPart| parts.iter().filter(|part| *part == wanted).count();
    match (count(&DeciderPart::Name), count(&DeciderPart::Role), count(&DeciderPart::Group)) {
        // One name with whoever it reports to is still one decider; two names are none.
        (1, ..) => FieldMark::Full,
        (0, 1, 0) => FieldMark::Half,
        _ => FieldMark::Zero,
    }
}

fn inputs(request: &Request, _: &Phrases) -> FieldMark {
    const WANTING: [&str; 12] = [
        "missing",
        "to follow",
        "will follow",
        "to come",
        "not there",
        "not yet",
        "none",
        "nothing",
        "tbc",
        "tbd",
        "outstanding",
        "waiting",
    ];
    let text = request.inputs.trim();
    // "To follow on 3 March" says when, and that can be planned with.
    if !said::says_something(text) || says(text, &WANTING) && !has_digit(text) {
        FieldMark::Zero
    } else if count(text) >= 2 || has_digit(text) || text.contains("://") || says(text, &["yes"]) {
        FieldMark::Full
    } else {
        FieldMark::Half
    }
}

fn message(request: &Request, _: &Phrases) -> FieldMark {
    let text = request.message.trim().trim_end_matches('.');
    // Two sentences are two messages, of which neither will be the one that is remembered.
    let is_two = text.contains(". ") || text.contains(';');
    if !said::says_something(text) || is_two { FieldMark::Zero } else { FieldMark::Full }
}

fn lever(request: &Request, _: &Phrases) -> FieldMark {
    if request.lever.is_some() { FieldMark::Full } else { FieldMark::Zero }
}

#[cfg(test)]
mod tests;
