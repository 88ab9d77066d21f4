//! What changed between two states of a request, field by field: the one source of `due Tue 24 Nov → Fri 27 Nov`
//! in the journal, in imports and in the list of what happened meanwhile.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::day;
use super::field::{self, Field};
use super::request::Request;
use crate::domain::minutes::Minutes;

/// What a field holds, as far as it must be told apart for people and for scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    Empty,
    /// Words; also the title of one of a closed set.
    Words(String),
    /// One of a closed set: its stable name and its title.
    Named(&'static str, &'static str),
    Day(NaiveDate),
    /// A length of work.
    Length(Minutes),
    Number(i64),
    Truth(bool),
    /// Anything else: as scripts read it, and as people do.
    Told(String, String),
}

impl FieldValue {
    /// Words, or nothing if there are none.
    pub fn words(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Words(text.to_owned()) }
    }

    /// The same words for people and for scripts, without quotes around them.
    pub fn told(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Told(text.to_owned(), text.to_owned()) }
    }

    fn number<N: Into<i64>>(number: Option<N>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number.into()))
    }

    /// As scripts read it: ISO days, whole minutes, stable names; empty for nothing.
    pub fn for_scripts(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(text) | Self::Told(text, _) => text.clone(),
            Self::Named(name, _) => (*name).to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Length(minutes) => minutes.0.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// As people read it; the year of a day is told where the other value lies in another one.
    fn said(&self, other: &Self) -> String {
        match self {
            Self::Day(day) => match other {
                Self::Day(other) if other.year() != day.year() => day.format("%a %-d %b %Y").to_string(),
                _ => day::short_day(*day),
            },
            Self::Length(minutes) => minutes.to_string(),
            Self::Named(_, title) => (*title).to_owned(),
            Self::Told(_, said) => said.clone(),
            Self::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
            Self::Words(text) => match other {
                Self::Words(other) if begun(text) == begun(other) => where_it_differs(text, other),
                _ => begun(text),
            },
            plain => plain.for_scripts(),
        }
    }
}

/// So many letters of a text are told.
const WORDS: usize = 28;

/// So many letters are told before the first one that differs.
const BEFORE: usize = 10;

/// How a text begins.
fn begun(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_cut = first.chars().count() > WORDS || text.trim().lines().count() > 1;
    let short: String = first.trim().chars().take(WORDS).collect();
    if is_cut { format!("“{}…”", short.trim_end()) } else { format!("“{short}”") }
}

/// A text from shortly before the place at which it differs from another one that begins as it does: told by how they
/// begin, both would be the same.
fn where_it_differs(text: &str, other: &str) -> String {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, other) = (flat(text), flat(other));
    let same = text.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    // They differ in nothing but blanks.
    if text == other {
        return begun(&text);
    }
    let is_short = text.chars().count().max(other.chars().count()) <= WORDS;
    let start = if is_short { 0 } else { same.saturating_sub(BEFORE) };
    let shown: String = text.chars().skip(start).take(WORDS).collect();
    let (before, behind) =
        (if start > 0 { "…" } else { "" }, if text.chars().count() > start + WORDS { "…" } else { "" });
    format!("“{before}{}{behind}”", shown.trim())
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its name in the request's JSON.
    pub field: String,
    /// Its name for people.
    pub title: String,
    /// What stood there; [`FieldValue::Empty`] where nothing did.
    pub old: FieldValue,
    /// What stands there now; [`FieldValue::Empty`] where it was taken away.
    pub new: FieldValue,
}

impl Difference {
    /// `due Tue 24 Nov → Fri 27 Nov`, `tier 2`, `estimate 8h taken away`.
    pub fn sentence(&self) -> String {
        let (old, new) = (self.old.said(&self.new), self.new.said(&self.old));
        match (&self.old, &self.new) {
            (FieldValue::Empty, _) => format!("{} {new}", self.title),
            (_, FieldValue::Empty) => format!("{} {old} taken away", self.title),
            _ => format!("{} {old} → {new}", self.title),
        }
    }

    /// Old and new beside each other, whichever is empty: `Tue 24 Nov` and `nothing`.
    pub fn both(&self) -> (String, String) {
        let said = |value: &FieldValue, other: &FieldValue| match value {
            FieldValue::Empty => "nothing".to_owned(),
            value => value.said(other),
        };
        (said(&self.old, &self.new), said(&self.new, &self.old))
    }
}

/// Every field in which two states of a request differ, the stage first, then in the order of the form. `day_of` gives
/// the lead's own day of an instant.
pub fn between(
    before: &Request,
    after: &Request,
    day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Difference> {
    let stage = |request: &Request| FieldValue::Named(request.stage.name(), request.stage.title());
    let parent =
        |request: &Request| request.parent.map_or(FieldValue::Empty, |id| FieldValue::told(&id.to_string()));
    let came_in = |request: &Request| FieldValue::Day(day_of(request.created));
    let mut found = vec![difference("stage", "stage", stage(before), stage(after))];
    found.extend(Field::ALL.iter().map(|field| {
        let mut title = field.title().to_owned();
        // Titles of fields begin with an ASCII letter, so the first byte is the first letter.
        title[..1].make_ascii_lowercase();
        difference(&field.spec().json_name(), &title, value(before, *field), value(after, *field))
    }));
    found.push(difference("parent", "part of", parent(before), parent(after)));
    found.push(difference("created", "came in", came_in(before), came_in(after)));
    // Where the state itself changed it is told above; its day alone is a change too.
    let since = |request: &Request| {
        request.blocked.as_ref().map_or(FieldValue::Empty, |blocked| FieldValue::Day(blocked.since))
    };
    if value(before, Field::Blocked) == value(after, Field::Blocked) {
        found.push(difference("blocked_since", "blocked since", since(before), since(after)));
    }
    // Who moves it says so by its stage; a day that comes later or is corrected would be no change at all.
    if before.stage == after.stage {
        let delivered =
            |request: &Request| request.delivered.map_or(FieldValue::Empty, |at| FieldValue::Day(day_of(at)));
        found.push(difference("delivered", "delivered", delivered(before), delivered(after)));
    }
    found.retain(|difference| difference.old != difference.new);
    found
}

fn difference(field: &str, title: &str, old: FieldValue, new: FieldValue) -> Difference {
    Difference { field: field.to_owned(), title: title.to_owned(), old, new }
}

/// Those of some fields that changed, each given by name, old and new.
pub fn of_fields(
    fields: impl IntoIterator<Item = (&'static str, FieldValue, FieldValue)>,
) -> Vec<Difference> {
    let differing = fields.into_iter().filter(|(_, old, new)| old != new);
    differing.map(|(field, old, new)| difference(field, &field.replace('_', " "), old, new)).collect()
}

/// As many differences as fit, the rest counted: `due Fri 27 Nov, tier 2 and 3 more`.
pub fn told(differences: &[Difference], room: usize) -> String {
    let mut said = String::new();
    for (index, difference) in differences.iter().enumerate() {
        let sentence = difference.sentence();
        let length = said.chars().count() + sentence.chars().count() + 2;
        // The first is told whatever its length: a line without any would look as if nothing had changed.
        if index > 0 && length > room {
            return format!("{said} and {} more", differences.len() - index);
        }
        if index > 0 {
            said.push_str(", ");
        }
        said.push_str(&sentence);
    }
    said
}

/// What a field holds.
pub fn value(request: &Request, field: Field) -> FieldValue {
    match field {
        Field::Due => request.due.map_or(FieldValue::Empty, FieldValue::Day),
        Field::Estimate => request.estimate.map_or(FieldValue::Empty, FieldValue::Length),
        Field::Left => request.left_said.map_or(FieldValue::Empty, FieldValue::Length),
        Field::Hard => FieldValue::Truth(request.is_due_hard),
        Field::Assets => FieldValue::number(request.asset_count),
        Field::Tier => FieldValue::number(request.tier.map(super::tier::Tier::number)),
        Field::Value => FieldValue::number(request.value),
        Field::Criticality => FieldValue::number(request.time_criticality),
        Field::Risk => FieldValue::number(request.risk),
        Field::Order => FieldValue::number(request.position),
        Field::Lever => {
            request.lever.map_or(FieldValue::Empty, |lever| FieldValue::Named(lever.name(), lever.title()))
        }
        Field::Blocked => request.blocked.as_ref().map_or(FieldValue::Empty, |blocked| {
            // Blocked without a reason differs from not blocked, so it cannot be empty.
            FieldValue::Words(blocked.word().to_owned())
        }),
        _ => FieldValue::words(&field::get(request, field)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::request::Blocked;
    use crate::domain::stage::Stage;
    use crate::domain::tier::Tier;

    fn blank() -> Request {
        Request::new("Poster", DateTime::UNIX_EPOCH)
    }

    fn said(change: impl FnOnce(&mut Request, &mut Request)) -> String {
        let (mut before, mut after) = (blank(), blank());
        change(&mut before, &mut after);
        told(&between(&before, &after, day_of), 200)
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    /// The day in Tokyo, nine hours ahead.
    fn day_of(instant: DateTime<Utc>) -> NaiveDate {
        (instant + TimeDelta::hours(9)).date_naive()
    }

    #[test]
    fn what_came_in_by_midnight_came_in_on_the_leads_own_day() {
        // Midnight of the 24th in Tokyo is three in the afternoon of the 23rd by UTC.
        let (before, mut after) = (blank(), blank());
        after.created = "2026-11-23T15:00:00Z".parse().unwrap();
        let told = told(&between(&before, &after, day_of), 200);
        assert_eq!(told, "came in Thu 1 Jan 1970 → Tue 24 Nov 2026");
    }

    #[test]
    fn a_day_that_changes_alone_is_told() {
        let since = |text: &str| day(text).map(|since| Blocked { reason: String::new(), since });
        assert_eq!(
            said(|before, after| (before.blocked, after.blocked) = (since("2026-10-03"), since("2026-10-01"))),
            "blocked since Sat 3 Oct → Thu 1 Oct"
        );
        let at = |text: &str| text.parse().ok();
        assert_eq!(said(|_, after| after.delivered = at("2026-11-24T09:00:00Z")), "delivered Tue 24 Nov");
    }

    #[test]
    fn each_kind_of_value_is_told_as_people_read_it() {
        assert_eq!(said(|_, _| {}), "");
        assert_eq!(said(|_, after| after.tier = Tier::new(2)), "tier 2");
        assert_eq!(
            said(|before, after| (before.due, after.due) = (day("2026-11-24"), day("2026-11-27"))),
            "due Tue 24 Nov → Fri 27 Nov"
        );
        assert_eq!(
            said(|before, after| (before.due, after.due) = (day("2026-12-30"), day("2027-01-08"))),
            "due Wed 30 Dec 2026 → Fri 8 Jan 2027"
        );
        assert_eq!(said(|before, _| before.estimate = Some(Minutes::hours(8))), "estimate 8h taken away");
        assert_eq!(said(|_, after| after.is_due_hard = true), "hard date no → yes");
        assert_eq!(said(|_, after| after.stage = Stage::InReview), "stage new → in review");
        assert_eq!(said(|_, after| after.title = "Film".to_owned()), "title “Poster” → “Film”");
        assert_eq!(
            said(|_, after| after.notes = "a long note that goes on and on and never ends\nat all".to_owned()),
            "notes “a long note that goes on and…”"
        );
        assert_eq!(
            said(|before, after| {
                before.title = "One voice across 5 markets for autumn".to_owned();
                after.title = "One voice across 5 markets for spring and more of it".to_owned();
            }),
            "title “…rkets for autumn” → “…rkets for spring and more of…”"
        );
        assert_eq!(
            said(|before, after| {
                before.notes = "one line\nand a second".to_owned();
                after.notes = "one line\nand a third".to_owned();
            }),
            "notes “one line and a second” → “one line and a third”"
        );
    }

    #[test]
    fn scripts_read_iso_days_minutes_and_stable_names_under_the_names_of_the_json() {
        let (mut before, mut after) = (blank(), blank());
        (before.due, after.due) = (day("2026-11-24"), day("2026-11-27"));
        after.estimate = Some(Minutes::hours(6));
        after.stage = Stage::InProgress;
        let plain: Vec<_> = between(&before, &after, day_of)
            .iter()
            .map(|it| format!("{} {} {}", it.field, it.old.for_scripts(), it.new.for_scripts()))
            .collect();
        assert_eq!(plain, ["stage new in-progress", "due 2026-11-24 2026-11-27", "estimate_minutes  360"]);
    }

    #[test]
    fn what_finds_no_room_is_counted() {
        let (before, mut after) = (blank(), blank());
        (after.tier, after.value, after.risk) = (Tier::new(2), Some(8), Some(5));
        assert_eq!(told(&between(&before, &after, day_of), 10), "tier 2 and 2 more");
        assert_eq!(told(&between(&before, &after, day_of), 40), "tier 2, value 8, risk reduced 5");
    }
}
