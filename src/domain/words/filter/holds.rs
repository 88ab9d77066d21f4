//! What each test of a filter says of a request.

use super::{Compare, Comparison, FilterPart, FilterSubject, Node, State, Test};
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::words::{fold, holds};

impl Node {
    pub(super) fn holds(&self, subject: &FilterSubject<'_>) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.holds(subject)),
            Self::Any(nodes) => nodes.iter().any(|node| node.holds(subject)),
            Self::Not(node) => !node.holds(subject),
            Self::Is(test) => test.holds(subject),
        }
    }
}

impl Test {
    fn holds(&self, subject: &FilterSubject<'_>) -> bool {
        let request = subject.request;
        match self {
            Self::Text(word) => text_holds(request, subject.people, word),
            Self::Tier(tier) => request.tier == *tier,
            Self::Stage(stage) => request.stage == *stage,
            Self::AnyStage => true,
            Self::Open(open) => request.stage.is_open() == *open,
            Self::Person(None) => subject.people.is_empty(),
            Self::Person(Some(name)) => subject.people.iter().any(|person| holds(person, name)),
            Self::Tag(None) => request.tags.is_empty(),
            Self::Tag(Some(tag)) => request.tags.iter().any(|known| fold(known) == *tag),
            Self::Within(part, words) => within(*part, words.as_deref(), request),
            Self::Due(_, None) => request.due.is_none(),
            Self::Due(compare, Some(day)) => request.due.is_some_and(|due| compare.holds(due.cmp(day))),
            Self::Created(compare, day) => compare.holds(subject.created.cmp(day)),
            Self::Me(part, names) => names.iter().any(|name| within(*part, Some(name), request)),
            Self::WaitsForRequester => request.stage == Stage::Clarifying,
            Self::Number(figure, compare, number) => number_holds(*figure, *compare, *number, subject),
            Self::State(state) => state.holds(subject),
        }
    }
}

fn text_holds(request: &Request, people: &[String], word: &str) -> bool {
    let has = |text: &str| holds(text, word);
    let texts = [
        &request.title,
        &request.requester,
        &request.brand,
        &request.channel,
        &request.outcome,
        &request.ask,
        &request.external_id,
    ];
    texts.into_iter().any(|text| has(text))
        || request.tags.iter().chain(people).any(|text| has(text))
        || is_key(request, word)
}

/// `r-17`; most words are told apart by their first letter.
fn is_key(request: &Request, word: &str) -> bool {
    word.strip_prefix("r-").is_some_and(|number| number == request.id.0.to_string())
}

fn within(part: FilterPart, words: Option<&str>, request: &Request) -> bool {
    let text = match part {
        FilterPart::Outcome => &request.outcome,
        FilterPart::Brand => &request.brand,
        FilterPart::Requester => &request.requester,
        FilterPart::Channel => &request.channel,
        FilterPart::Source => &request.source,
        FilterPart::Decider => &request.decider,
        FilterPart::Lever => return lever_holds(request, words),
    };
    let key = request.outcome_id.filter(|_| part == FilterPart::Outcome);
    match words {
        Some(words) => key.is_some_and(|key| fold(&key.to_string()) == words) || holds(text, words),
        None => text.trim().is_empty() && key.is_none(),
    }
}

fn lever_holds(request: &Request, words: Option<&str>) -> bool {
    match (request.lever, words) {
        (None, None) => true,
        (Some(lever), Some(words)) => lever.name().contains(words) || lever.title().contains(words),
        _ => false,
    }
}

fn number_holds(
    figure: Comparison,
    compare: Compare,
    number: Option<f64>,
    subject: &FilterSubject<'_>,
) -> bool {
    let found = match figure {
        Comparison::Age => i32::try_from(subject.age_days).ok().map(f64::from),
        Comparison::Estimate => subject.request.estimate.map(crate::domain::minutes::Minutes::as_hours),
        Comparison::Left => subject.left.map(crate::domain::minutes::Minutes::as_hours),
        Comparison::Readiness => Some(f64::from(subject.readiness)),
        Comparison::Score => Some(subject.score),
        Comparison::Rounds => Some(f64::from(subject.request.rounds)),
    };
    match (found, number) {
        (None, None) => true,
        (Some(found), Some(number)) => found.partial_cmp(&number).is_some_and(|order| compare.holds(order)),
        _ => false,
    }
}

impl State {
    fn holds(self, subject: &FilterSubject<'_>) -> bool {
        match self {
            Self::AtRisk => subject.is_at_risk,
            Self::Blocked => subject.request.blocked.is_some(),
            Self::Late => subject.is_late,
            Self::Output => subject.is_output_worded,
            Self::New => subject.request.stage == Stage::New,
        }
    }
}

impl Compare {
    const fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}
