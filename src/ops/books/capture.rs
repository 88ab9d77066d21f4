//! Capture in one line, for the cockpit and the command line.

use super::super::{Desk, OpsError};
use super::one_of;
use crate::domain::influence::Stakeholder;
use crate::domain::kinds;
use crate::domain::matching::{NameIndex, NameMatch, match_stakeholder};
use crate::domain::record::{FieldKind, Kind, Record, RecordKey, of_kind};
use crate::domain::words::ParseContext;
use crate::domain::words::capture::{self, Captured};
use crate::plain;
use crate::store::Committed;

/// What can be filed in one line.
pub const KINDS: [Kind; 6] =
    [Kind::Friction, Kind::Risk, Kind::Promise, Kind::Decision, Kind::Outcome, Kind::Stakeholder];

/// Reads a line as a record of a kind. A name may be only the beginning of somebody's; `names` are those there are.
pub fn read(kind: Kind, text: &str, names: &[String]) -> Captured {
    let fields = kinds::fields(kind);
    let mut captured = capture::parse(text, fields);
    for (_, value) in captured.fields.iter_mut().filter(|(name, _)| is_name(kind, name)) {
        *value = whole_name(value, names);
    }
    captured
}

fn is_name(kind: Kind, name: &str) -> bool {
    // The first field is the sentence itself: a name in it is part of what was said, and not completed.
    let field = kinds::fields(kind).iter().skip(1).find(|field| field.name == name);
    field.is_some_and(|field| field.kind == FieldKind::Name || field.mark == Some('@'))
}

/// What is to be told of the names in a line while it is typed: of a name that nobody here has, who comes near.
///
/// # Errors
/// A sentence about a name that could be several, which is refused when it is filed.
pub fn strangers(kind: Kind, captured: &Captured, stakeholders: &[Stakeholder]) -> Result<String, String> {
    // Hours of a friction may be those of a team or a trade, which nobody is called.
    let is_somebody = |name: &str| is_name(kind, name) && kind != Kind::Friction;
    let Some((_, who)) =
        captured.fields.iter().find(|(name, text)| is_somebody(name) && !text.trim().is_empty())
    else {
        return Ok(String::new());
    };
    let typed = plain::cut(who.trim(), 40);
    let nobody = format!("no stakeholder is called `{typed}`");
    match match_stakeholder(stakeholders, who) {
        NameMatch::One(_) => Ok(String::new()),
        NameMatch::Ambiguous(all) => Err(format!("`{typed}` could be {}", one_of(&all))),
        NameMatch::Near(all) => Ok(format!("{nobody}; did you mean {}?", one_of(&all))),
        NameMatch::Nobody => Ok(nobody),
    }
}

/// The whole name that is meant, if that is sure.
fn whole_name(begun: &str, names: &[String]) -> String {
    match NameIndex::of(names).surely(begun) {
        NameMatch::One(place) => names[place].clone(),
        // Two that fit are worse than none: a promise to the wrong person would read as if it had been meant.
        _ => begun.to_owned(),
    }
}

/// What was understood, or what is wrong.
///
/// # Errors
/// A sentence about the first word that is not understood, or what is still needed.
pub fn echo(kind: Kind, captured: &Captured, context: &ParseContext) -> Result<String, String> {
    if let Some((word, wrong)) = &captured.problem {
        return Err(format!("`{word}` {wrong}"));
    }
    of_kind!(kind, R => echo_as::<R>(captured, context), Err("this is not filed in one line".to_owned()))
}

fn echo_as<R: Record>(captured: &Captured, context: &ParseContext) -> Result<String, String> {
    let mut record = R::blank(context.today);
    for (field, text) in &captured.fields {
        // On a blank record that nobody keeps: what is said back is what would be written, by the same rules.
        record.set(field, text, context).map_err(|message| format!("{field}: {message}"))?;
    }
    if let Some(fault) = record.fault() {
        return Err(fault);
    }
    let said =
        |(field, _): &(&'static str, String)| format!("{} {}", field.replace('-', " "), record.get(field));
    let parts: Vec<String> = captured.fields.iter().skip(1).map(said).collect();
    Ok(format!("“{}”  {}", record.title(), parts.join(" · ")))
}

impl Desk {
    /// Files a record from one line.
    ///
    /// # Errors
    /// When a word is not understood or something that is needed is missing.
    pub fn capture(&mut self, kind: Kind, text: &str) -> Result<Committed<RecordKey>, OpsError> {
        let names = self.known_names()?;
        let captured = read(kind, text, &names);
        echo(kind, &captured, &self.reading()?).map_err(|message| OpsError::Rejected {
            message,
            hint: Some(format!("For example: {}", kinds::example(kind))),
        })?;
        self.add_entry(kind, &captured.fields)
    }

    fn known_names(&self) -> Result<Vec<String>, OpsError> {
        Ok(self.books()?.stakeholders.into_iter().map(|stakeholder| stakeholder.name).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::TableRow;

    #[test]
    fn every_example_is_understood() {
        let context = ParseContext::monday();
        for kind in KINDS {
            let names = ["Priya Nair".to_owned(), "Marcus Hall".to_owned()];
            let captured = read(kind, kinds::example(kind), &names);
            let said = echo(kind, &captured, &context);
            assert!(said.is_ok(), "{kind}: {said:?}");
        }
        let promise = read(Kind::Promise, "two ways @priya due:fri", &["Priya Nair".to_owned()]);
        assert!(
            echo(Kind::Promise, &promise, &context).unwrap().contains("who Priya Nair · due Fri 27 Nov 2026")
        );
        let friction = read(Kind::Friction, "aera:process x", &[]);
        assert!(echo(Kind::Friction, &friction, &context).is_err());
    }

    fn desk() -> Desk {
        crate::ops::kit::desk_at("2026-11-23T09:00:00+00:00")
    }

    #[test]
    fn a_beginning_becomes_the_whole_name_only_while_it_fits_one() {
        let names = ["Priya Nair".to_owned(), "Marcus Hall".to_owned(), "Maria Hall".to_owned()];
        for (begun, whole) in [
            ("priya", "Priya Nair"),
            ("nair", "Priya Nair"),
            ("mar", "mar"),
            ("marc", "Marcus Hall"),
            ("zoe", "zoe"),
        ] {
            let captured = read(Kind::Promise, &format!("two ways @{begun}"), &names);
            let whom = captured.fields.iter().find(|(name, _)| *name == "who").map(|(_, text)| text.as_str());
            assert_eq!(whom, Some(whole), "{begun}");
        }
    }

    #[test]
    fn a_name_that_nobody_has_is_told_with_who_comes_near_before_the_line_is_filed() {
        let called = |name: &str| Stakeholder {
            name: name.to_owned(),
            ..Stakeholder::blank(ParseContext::monday().today)
        };
        let all = ["Priya Nair", "Marcus Hall", "Maria Hall"].map(called);
        let names = all.each_ref().map(|one| one.name.clone());
        let told = |line: &str| strangers(Kind::Promise, &read(Kind::Promise, line, &names), &all);
        assert_eq!(told("two ways @marcus").unwrap(), "");
        assert_eq!(told("two ways").unwrap(), "");
        assert!(
            told("two ways @Marcos").unwrap().contains("did you mean S-0 Marcus Hall"),
            "{:?}",
            told("two ways @Marcos")
        );
        assert_eq!(told("two ways @zoe").unwrap(), "no stakeholder is called `zoe`");
        assert_eq!(told("two ways @hall").unwrap_err(), "`hall` could be S-0 Marcus Hall or S-0 Maria Hall");
    }

    #[test]
    fn a_line_is_filed_with_its_fields_and_the_name_of_a_stakeholder() {
        let mut desk = desk();
        desk.capture(Kind::Stakeholder, "Priya Nair role:CMO").unwrap();
        let key = desk.capture(Kind::Promise, "two ways @pri due:fri").unwrap().output;
        let promise = desk.books().unwrap().promises.remove(0);
        assert_eq!((promise.text.as_str(), promise.whom.as_str()), ("two ways", "Priya Nair"));
        assert_eq!((promise.due, promise.made), ("2026-11-27".parse().ok(), desk.today()));
        assert_eq!(key.to_string(), "P-1");
        let key = desk.capture(Kind::Friction, "chasing approvals ~6h area:process").unwrap().output;
        assert_eq!(crate::ops::kit::field_of(&desk, &key, "hours"), "6h");
    }

    #[test]
    fn what_is_not_understood_is_told_with_an_example_and_files_nothing() {
        let mut desk = desk();
        for (kind, line) in [
            (Kind::Promise, "two ways"),
            (Kind::Promise, "two ways @priya due:asap"),
            (Kind::Risk, "slot l:4"),
            (Kind::Stakeholder, ""),
        ] {
            let error = desk.capture(kind, line).unwrap_err();
            assert!(error.hint().unwrap().starts_with("For example: "), "{line}: {error}");
        }
        assert_eq!(desk.history(None).unwrap(), []);
        let hourless = read(Kind::Gain, "Templates", &[]);
        assert!(echo(Kind::Gain, &hourless, &desk.reading().unwrap()).is_err(), "a gain without hours");
    }
}
