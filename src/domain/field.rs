//! The fields of a request that people fill in, by name: one way to read and set them for quick add,
//! edit, forms and imports.

use super::bounds;
use super::day;
use super::ids::{KeyError, OutcomeId};
use super::minutes::Minutes;
use super::record::{FieldKind, FieldSpec, is_nothing};
pub use super::request::Field;
use super::request::{Blocked, Request};
use super::score::SCALE;
use super::tier::Tier;
use super::words::ParseContext;
use super::words::days::read_day;
use super::words::duration::parse_duration;

/// What a message about a value may have, in bytes.
const SAID: usize = 600;

impl Field {
    /// The field of a request that a form has, if it is one.
    pub fn of(spec: &FieldSpec) -> Option<Self> {
        if spec.kind == FieldKind::Request { spec.name.parse().ok() } else { None }
    }
}

/// The fields that are texts as they were typed.
pub fn texts() -> impl Iterator<Item = Field> {
    Field::ALL.iter().copied().filter(|field| field.text_column().is_some())
}

/// A text that a field cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", field.title().to_lowercase())]
pub struct FieldError {
    /// Which field it was meant for.
    pub field: Field,
    /// What is wrong and what would be right.
    pub message: String,
}

/// What stands in a field, as it could be typed.
pub fn get(request: &Request, field: Field) -> String {
    let number = |value: Option<u8>| value.map_or_else(String::new, |value| value.to_string());
    match field {
        Field::Lever => request.lever.map_or_else(String::new, |lever| lever.title().to_owned()),
        Field::Assets => request.asset_count.map_or_else(String::new, |count| count.to_string()),
        Field::Due => request.due.map_or_else(String::new, |due| due.format("%a %-d %b %Y").to_string()),
        Field::Hard => if request.is_due_hard { "yes" } else { "" }.to_owned(),
        Field::Tier => request.tier.map_or_else(String::new, |tier| tier.number().to_string()),
        Field::Estimate => request.estimate.map_or_else(String::new, |minutes| minutes.to_string()),
        Field::Left => request.left_said.map_or_else(String::new, |minutes| minutes.to_string()),
        Field::Value => number(request.value),
        Field::Criticality => number(request.time_criticality),
        Field::Risk => number(request.risk),
        Field::Tags => request.tags.join(", "),
        Field::Blocked => {
            request.blocked.as_ref().map_or_else(String::new, |blocked| blocked.word().to_owned())
        }
        Field::OutcomeKey => request.outcome_id.map_or_else(String::new, |outcome| outcome.to_string()),
        Field::Order => request.position.map_or_else(String::new, |position| position.to_string()),
        _ => field.text(request).unwrap_or_default().to_owned(),
    }
}

/// Sets a field from what was typed; `none`, `-` and nothing clear it.
///
/// # Errors
/// [`FieldError`]; the request is left as it was.
pub fn set(
    request: &mut Request,
    field: Field,
    typed: &str,
    context: &ParseContext,
) -> Result<(), FieldError> {
    let typed = typed.trim();
    // What was typed stands in most of them, and may be a whole pasted text.
    let wrong = |message: String| FieldError { field, message: bounds::within(&message, SAID).to_owned() };
    match field {
        Field::Title if is_nothing(typed) => return Err(wrong("a request needs a title".to_owned())),
        Field::Lever => {
            request.lever = optional(typed, |text| text.parse().map_err(|error| wrong(format!("{error}"))))?;
        }
        Field::Tier => request.tier = optional(typed, |text| text.parse::<Tier>().map_err(wrong))?,
        Field::Assets => {
            request.asset_count =
                optional(typed, |text| text.parse().map_err(|_| wrong(format!("`{text}` is not a count"))))?;
        }
        Field::Order => {
            request.position = optional(typed, |text| {
                text.parse().map_err(|_| wrong(format!("`{}` is not a whole number", bounds::named(text))))
            })?;
        }
        // A key says which outcome it is for; words say the outcome itself.
        Field::OutcomeKey => request.outcome_id = outcome_key(typed).map_err(wrong)?,
        Field::Outcome if is_key(typed) => request.outcome_id = outcome_key(typed).map_err(wrong)?,
        Field::Outcome if is_nothing(typed) => {
            request.outcome.clear();
            request.outcome_id = None;
        }
        Field::Due => {
            let due =
                optional(typed, |text| read_day(text, context).map_err(|error| wrong(error.to_string())))?;
            request.set_due(due);
        }
        Field::Hard => {
            request.is_due_hard =
                truth(typed).ok_or_else(|| wrong(format!("`{typed}` is neither yes nor no")))?;
        }
        Field::Estimate => request.estimate = estimate(typed, context).map_err(wrong)?,
        Field::Left => {
            let left = estimate(typed, context).map_err(wrong)?;
            if request.stage.is_closed() && left.is_some() {
                let stage = request.stage.title();
                return Err(wrong(format!("it is {stage}; nothing of it is left to be done")));
            }
            // Hours left are said of a day, and that whole day is still to come; without the day they could not
            // be reckoned on.
            (request.left_said, request.left_on) = (left, left.map(|_| context.today));
        }
        Field::Value => request.value = points(typed).map_err(wrong)?,
        Field::Criticality => request.time_criticality = points(typed).map_err(wrong)?,
        Field::Risk => request.risk = points(typed).map_err(wrong)?,
        Field::Tags => request.tags = tags(typed),
        Field::Blocked => request.blocked = blocked(request, typed, context),
        _ => set_text(request, field, typed),
    }
    Ok(())
}

fn set_text(request: &mut Request, field: Field, typed: &str) {
    if let Some(own) = field.text_mut(request) {
        *own = if is_nothing(typed) { String::new() } else { typed.to_owned() };
    }
}

/// `O-3`; a bare number is no key here, since an outcome may be said in figures.
fn is_key(text: &str) -> bool {
    text.get(..1).is_some_and(|head| head.eq_ignore_ascii_case("o")) && text.parse::<OutcomeId>().is_ok()
}

fn outcome_key(text: &str) -> Result<Option<OutcomeId>, String> {
    optional(text, |text| text.parse().map_err(|error: KeyError| error.to_string()))
}

fn optional<T, E>(text: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if is_nothing(text) { Ok(None) } else { read(text).map(Some) }
}

fn estimate(text: &str, context: &ParseContext) -> Result<Option<Minutes>, String> {
    optional(text, |text| parse_duration(text, context.day).map_err(|error| error.to_string()))
}

fn truth(text: &str) -> Option<bool> {
    // Tables of other tools tick a cell with `x`, `1` or `true`.
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "hard" | "1" | "x" => Some(true),
        "" | "-" | "none" | "no" | "n" | "false" | "soft" | "0" => Some(false),
        _ => None,
    }
}

fn points(text: &str) -> Result<Option<u8>, String> {
    optional(text, |text| {
        let value = text.parse().ok().filter(|value| SCALE.contains(value));
        value.ok_or_else(|| format!("`{}` is not one of 1, 2, 3, 5, 8, 13, 20", bounds::named(text)))
    })
}

/// Tags parted by commas or spaces, with or without `#`, each once.
fn tags(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if !is_nothing(text) {
        for tag in text.split([',', ' ']).map(|tag| tag.trim_start_matches('#')).filter(|tag| !tag.is_empty())
        {
            if !found.iter().any(|known| known == tag) {
                found.push(tag.to_owned());
            }
        }
    }
    found
}

fn blocked(request: &Request, text: &str, context: &ParseContext) -> Option<Blocked> {
    // Another reason is no new beginning: it has been waiting since the first one.
    let since = request.blocked.as_ref().map_or(context.today, |blocked| blocked.since);
    match text {
        "no" => None,
        nothing if is_nothing(nothing) => None,
        "yes" => Some(Blocked { reason: String::new(), since }),
        reason => Some(Blocked { reason: reason.to_owned(), since }),
    }
}

/// What a field means when it is more than what was typed: the day in words and how far it is.
pub fn echo(request: &Request, field: Field, context: &ParseContext) -> Option<String> {
    match field {
        Field::Due => request.due.map(|due| day::understood(due, context.today, &context.calendar)),
        Field::Estimate => request.estimate.map(|minutes| minutes.to_string()),
        Field::Left if request.left_said == Some(Minutes::ZERO) => {
            Some("nothing left: deliver it?".to_owned())
        }
        Field::Left => request.left_said.map(|minutes| format!("{minutes} from this morning on")),
        Field::Lever => request.lever.map(|lever| lever.title().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn context() -> ParseContext {
        ParseContext::monday()
    }

    #[test]
    fn every_field_takes_back_what_it_shows() {
        let mut request = Request::new("Hero film", DateTime::UNIX_EPOCH);
        let typed = |field| match field {
            Field::Lever => "impact".replace("impact", "measurable impact"),
            Field::Due => "fri".to_owned(),
            Field::Hard => "yes".to_owned(),
            Field::Tier => "t2".to_owned(),
            Field::Estimate | Field::Left => "6h30m".to_owned(),
            Field::Value | Field::Criticality | Field::Risk => "13".to_owned(),
            Field::Tags => "#retail, q1 retail".to_owned(),
            Field::Assets | Field::Order => "9".to_owned(),
            Field::OutcomeKey => "O-3".to_owned(),
            _ => "some words".to_owned(),
        };
        for field in Field::ALL {
            set(&mut request, *field, &typed(*field), &context()).unwrap();
            let shown = get(&request, *field);
            assert!(!shown.is_empty(), "{field}");
            let mut again = request.clone();
            set(&mut again, *field, &shown, &context()).unwrap();
            assert_eq!(again, request, "{field}");
        }
        for field in Field::ALL.iter().filter(|field| **field != Field::Title) {
            set(&mut request, *field, "none", &context()).unwrap();
            assert_eq!(get(&request, *field), "", "{field}");
        }
    }

    #[test]
    fn wrong_values_say_what_would_be_right_and_change_nothing() {
        let mut request = Request::new("Hero film", DateTime::UNIX_EPOCH);
        let before = request.clone();
        let cases = [
            (Field::Tier, "7", "0 (shape"),
            (Field::Due, "asap", "fri, tomorrow"),
            (Field::Value, "4", "1, 2, 3, 5"),
            (Field::Lever, "fun", "risk-reduction"),
            (Field::Title, "", "needs a title"),
        ];
        for (field, text, expected) in cases {
            let error = set(&mut request, field, text, &context()).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert_eq!(request, before);
    }
}
