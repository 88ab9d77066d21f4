//! The readiness rubric: 100 points over nine fields, what is missing, and the question that asks for
//! it (research: domain.md §4). Reads words only; it never edits and never blocks by itself.

use super::phrases::Phrases;
use super::request::Request;

/// How much of a field's points a request earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
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
    /// 0 to 100.
    pub points: u8,
    /// What is missing, the most telling first.
    pub missing: Vec<Missing>,
}

struct Rule {
    name: &'static str,
    points: u8,
    question: &'static str,
    mark: fn(&Request, &Phrases) -> Mark,
}

/// In the order in which the questions are best asked: outcome first.
const RULES: [Rule; 9] = [
    Rule {
        name: "outcome",
        points: 20,
        question: "What will be different for the business if this works, and by when?",
        mark: outcome,
    },
    Rule {
        name: "measure",
        points: 12,
        question: "How would you notice that it worked? A number, or a plain yes or no.",
        mark: measure,
    },
    Rule {
        name: "audience",
        points: 12,
        question: "Who must do or think something new, and in what situation?",
        mark: audience,
    },
    Rule {
        name: "deliverables",
        points: 12,
        question: "What exactly is needed: how many, on which channel, in which sizes and languages?",
        mark: deliverables,
    },
    Rule {
        name: "date and reason",
        points: 10,
        question: "By which day, is that day fixed, and what happens on it?",
        mark: date,
    },
    Rule { name: "decider", points: 10, question: "Which one person approves it?", mark: decider },
    Rule {
        name: "inputs",
        points: 10,
        question: "Are copy, files and legal text there? If not, on which day will they be?",
        mark: inputs,
    },
    Rule { name: "message", points: 8, question: "What is the one thing to say?", mark: message },
    Rule {
        name: "lever",
        points: 6,
        question: "Is it for speed to market, brand consistency, less risk, or a measurable impact?",
        mark: lever,
    },
];

/// Scores one request.
#[must_use]
pub fn readiness(request: &Request, phrases: &Phrases) -> Readiness {
    let mut points = 0;
    let mut missing = Vec::new();
    for rule in &RULES {
        let earned = match (rule.mark)(request, phrases) {
            Mark::Full => rule.points,
            Mark::Half => rule.points / 2,
            Mark::Zero => 0,
        };
        points += earned;
        if earned < rule.points {
            missing.push(Missing { name: rule.name, points: rule.points - earned, question: rule.question });
        }
    }
    Readiness { points, missing }
}

/// Each rule with the points that it gave and could give: what the points are made of.
#[must_use]
pub fn arithmetic(request: &Request, phrases: &Phrases) -> Vec<(&'static str, u8, u8)> {
    let missing = readiness(request, phrases).missing;
    let lost = |name| missing.iter().find(|missing| missing.name == name).map_or(0, |missing| missing.points);
    RULES.iter().map(|rule| (rule.name, rule.points - lost(rule.name), rule.points)).collect()
}

/// The missing items as a message to the requester, ready to paste.
#[must_use]
pub fn questions(request: &Request, readiness: &Readiness) -> String {
    let question = |(number, missing): (usize, &Missing)| format!("{}. {}\n", number + 1, missing.question);
    let list: String = readiness.missing.iter().enumerate().map(question).collect();
    format!("About \"{}\": before we can start well, could you tell us\n{list}", request.title)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn says(text: &str, phrases: &[&str]) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|phrase| text.contains(phrase))
}

const PLACEHOLDERS: [&str; 6] = ["to follow", "tbc", "tbd", "n/a", "later", "asap"];

fn outcome(request: &Request, phrases: &Phrases) -> Mark {
    let text = request.outcome.trim();
    if text.is_empty() || phrases.is_output_worded(text) {
        Mark::Zero
    } else if has_digit(text) || says(text, &[" by ", " until ", "so that"]) || words(text) >= 6 {
        Mark::Full
    } else {
        Mark::Half
    }
}

fn measure(request: &Request, _: &Phrases) -> Mark {
    let text = request.measure.trim();
    if text.is_empty() || says(text, &["awareness", "engagement", "buzz"]) && !has_digit(text) {
        Mark::Zero
    } else if has_digit(text) || says(text, &["yes", "no ", "whether"]) {
        Mark::Full
    } else {
        Mark::Half
    }
}

fn audience(request: &Request, _: &Phrases) -> Mark {
    let text = request.audience.trim();
    let is_ages = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "-–+ ".contains(c));
    if text.is_empty() || is_ages || says(text, &["everyone", "everybody", "all customers", "general public"])
    {
        Mark::Zero
    } else if words(text) >= 3 {
        Mark::Full
    } else {
        Mark::Half
    }
}

fn deliverables(request: &Request, _: &Phrases) -> Mark {
    let text = request.deliverables.trim();
    let vague = text.is_empty() || text.eq_ignore_ascii_case("assets");
    match (vague, has_digit(text) || request.asset_count.is_some()) {
        (false, true) => Mark::Full,
        (false, false) | (true, true) => Mark::Half,
        (true, false) => Mark::Zero,
    }
}

fn date(request: &Request, _: &Phrases) -> Mark {
    let gives_reason = words(&request.due_reason) >= 2 && !says(&request.due_reason, &PLACEHOLDERS);
    match (request.due, gives_reason) {
        (Some(_), true) => Mark::Full,
        (Some(_), false) => Mark::Half,
        (None, _) => Mark::Zero,
    }
}

fn decider(request: &Request, _: &Phrases) -> Mark {
    let text = request.decider.trim();
    let is_group = says(text, &[",", " and ", "&", "team", "board", "committee", "everyone"]);
    if text.is_empty() || is_group { Mark::Zero } else { Mark::Full }
}

fn inputs(request: &Request, _: &Phrases) -> Mark {
    let text = request.inputs.trim();
    if text.is_empty() || says(text, &PLACEHOLDERS) { Mark::Zero } else { Mark::Full }
}

fn message(request: &Request, _: &Phrases) -> Mark {
    let text = request.message.trim().trim_end_matches('.');
    let is_two = text.contains(". ") || text.contains(';');
    if text.is_empty() || is_two { Mark::Zero } else { Mark::Full }
}

fn lever(request: &Request, _: &Phrases) -> Mark {
    if request.lever.is_some() { Mark::Full } else { Mark::Zero }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::config::Config;
    use crate::domain::lever::Lever;

    fn complete() -> Request {
        Request {
            outcome: "Lift trial sign-ups by 8 % by June".into(),
            measure: "Trial sign-ups a week, 410 to 443".into(),
            audience: "Parents who compare prices at the shelf".into(),
            message: "Try it for a week".into(),
            deliverables: "9 formats, web and app, en and de".into(),
            due: "2026-12-18".parse().ok(),
            due_reason: "stores open the season".into(),
            decider: "Marcus Hall".into(),
            inputs: "copy in the drive".into(),
            lever: Some(Lever::MeasurableImpact),
            ..Request::new("Spring trial", DateTime::UNIX_EPOCH)
        }
    }

    #[test]
    fn the_rubric_adds_up_to_a_hundred() {
        assert_eq!(RULES.iter().map(|rule| u32::from(rule.points)).sum::<u32>(), 100);
        let phrases = Config::defaults().phrases;
        let full = readiness(&complete(), &phrases);
        assert_eq!((full.points, full.missing.len()), (100, 0));
        let empty = readiness(&Request::new("x", DateTime::UNIX_EPOCH), &phrases);
        assert_eq!((empty.points, empty.missing.len()), (0, 9));
        assert_eq!(empty.missing[0].name, "outcome");
    }

    type Spoil = (&'static str, fn(&mut Request));

    #[test]
    fn empty_words_earn_nothing() {
        let phrases = Config::defaults().phrases;
        let spoil: [Spoil; 8] = [
            ("outcome", |r| r.outcome = "3 banners".into()),
            ("measure", |r| r.measure = "awareness".into()),
            ("audience", |r| r.audience = "18-35".into()),
            ("message", |r| r.message = "It is cheap. It is good".into()),
            ("deliverables", |r| r.deliverables = "assets".into()),
            ("date and reason", |r| r.due = None),
            ("decider", |r| r.decider = "Marcus and Priya".into()),
            ("inputs", |r| r.inputs = "copy to follow".into()),
        ];
        for (name, spoil) in spoil {
            let mut request = complete();
            spoil(&mut request);
            let missing = readiness(&request, &phrases).missing;
            let rule = RULES.iter().find(|rule| rule.name == name).unwrap();
            assert_eq!(missing.len(), 1, "{name}");
            assert_eq!((missing[0].name, missing[0].points), (name, rule.points));
        }
    }

    #[test]
    fn the_questions_can_be_pasted() {
        let request = Request { outcome: String::new(), ..complete() };
        let text = questions(&request, &readiness(&request, &Config::defaults().phrases));
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains("1. What will be different"), "{text}");
    }
}
