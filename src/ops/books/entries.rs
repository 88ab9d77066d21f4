//! Adding and changing records by named texts: one pair of verbs for forms, flags and capture alike.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::{Desk, OpsError};
use super::meant_stakeholder;
use super::rules::{RecordRules, exists};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::field::{self, Field};
use crate::domain::ids::RequestId;
use crate::domain::kinds;
use crate::domain::person::Person;
use crate::domain::record::{
    DAY_FORMAT, FieldKind, FieldSpec, Fields, Kind, Record, RecordKey, TableRow, of_kind,
};
use crate::domain::tie::Tie;
use crate::domain::words::ParseContext;
use crate::ops::private::added_to_hidden;
use crate::ops::typed::{Words, fill, names_people, shown, understood};
use crate::plain;
use crate::store::{Committed, StoreError, Tx};

/// Everybody, where a record of the kind can belong to one.
fn people_of<R: Record>(tx: &Tx<'_>) -> Result<Vec<Person>, StoreError> {
    if names_people::<R>() { tx.people() } else { Ok(Vec::new()) }
}

/// What was typed, where a day that was emptied and has to be one is what a new record would have: forms say
/// "empty is today" of it, also when it had another one before.
fn with_days<R: Record>(words: &Words, context: &ParseContext) -> Vec<(&'static str, String)> {
    let blank = R::blank(context.today);
    let is_day = |name: &str| {
        let mut fields = R::FIELDS.iter().filter(|field| field.kind == FieldKind::Day && !field.is_needed);
        fields.any(|field| field.name == name)
    };
    let day = |(name, text): &(&'static str, String)| {
        // A day that a record always has cannot be taken away by emptying its line: it goes back to what it
        // begins with.
        let is_emptied = text.trim().is_empty() && is_day(name);
        (*name, if is_emptied { blank.get(name) } else { text.clone() })
    };
    words.iter().map(day).collect()
}

/// What was typed, with what stakeholders are called where they are meant. A name that nobody here has stays as it is:
/// promises are made to anybody.
fn with_names<R: Record>(
    tx: &Tx<'_>,
    mut words: Vec<(&'static str, String)>,
) -> Result<Vec<(&'static str, String)>, OpsError> {
    let is_own_name = |field: &FieldSpec| R::KIND == Kind::Stakeholder && field.name == "name";
    let names_somebody = |name: &str| {
        let field = R::FIELDS.iter().find(|field| field.name == name);
        field.is_some_and(|field| {
            !is_own_name(field) && (field.kind == FieldKind::Name || field.mark == Some('@'))
        })
    };
    let named = words.iter_mut().filter(|(name, text)| names_somebody(name) && !text.trim().is_empty());
    for (_, text) in named {
        *text = meant_stakeholder(&tx.records()?, text)?;
    }
    Ok(words)
}

/// Sets what was typed; records that it names must be there.
fn filled<R: RecordRules>(
    tx: &Tx<'_>,
    record: &mut R,
    words: &Words,
    people: &[Person],
    context: &ParseContext,
) -> Result<(), OpsError> {
    let understood = with_names::<R>(tx, with_days::<R>(words, context))?;
    fill(record, &understood, people, context)?;
    let keys = R::FIELDS.iter().filter(|field| field.kind == FieldKind::Key);
    // Only keys that were just typed: one that was kept for years may name a row that was taken back since.
    for field in keys.filter(|field| words.iter().any(|(name, _)| *name == field.name)) {
        if let Ok(key) = record.get(field.name).parse() {
            exists(tx, &key)?;
        }
    }
    record.complete(words);
    Ok(())
}

fn whole<R: Record>(record: &R) -> Result<(), OpsError> {
    record.fault().map_or(Ok(()), |message| Err(OpsError::Rejected { message, hint: None }))
}

/// Adds one record inside an operation.
fn added<R: RecordRules>(
    tx: &Tx<'_>,
    words: &Words,
    context: &ParseContext,
) -> Result<(R, String), OpsError> {
    let (mut record, people) = (R::blank(context.today), people_of::<R>(tx)?);
    filled(tx, &mut record, words, &people, context)?;
    // Before the check, since it fills in what the check asks for; `balance` comes after the row, because it
    // counts it.
    record.prepare(None, tx, context)?;
    whole(&record)?;
    tx.add_record(&mut record)?;
    record.balance(tx, true)?;
    let label = record.added_label(&people);
    Ok((record, label))
}

/// The same of a kind, with its key and its sentence.
fn added_within(
    tx: &Tx<'_>,
    kind: Kind,
    words: &Words,
    context: &ParseContext,
) -> Result<(RecordKey, String), OpsError> {
    of_kind!(kind, R => {
        let (record, label): (R, _) = added(tx, words, context)?;
        Ok((record.key(), label))
    }, Err(no_verb(kind)))
}

/// Changes one record inside an operation.
fn edited<R: RecordRules>(
    tx: &Tx<'_>,
    number: i64,
    words: &Words,
    context: &ParseContext,
) -> Result<String, OpsError> {
    let (before, people): (R, _) = (tx.record(number)?, people_of::<R>(tx)?);
    let mut record = before.clone();
    filled(tx, &mut record, words, &people, context)?;
    record.prepare(Some(&before), tx, context)?;
    whole(&record)?;
    // A form that changes nothing writes nothing, and so leaves no operation to undo.
    if record != before {
        tx.put_record(&record)?;
        record.balance(tx, false)?;
    }
    Ok(record.edited_label(&before, &understood(&record, words, &people, context.today), &people))
}

fn edited_by_key(
    tx: &Tx<'_>,
    key: &RecordKey,
    words: &Words,
    context: &ParseContext,
) -> Result<String, OpsError> {
    let RecordKey::Numbered(kind, number) = *key else { return Err(no_verb(Kind::Request)) };
    of_kind!(kind, R => edited::<R>(tx, number, words, context), Err(no_verb(kind)))
}

/// What was typed of a record as it was understood.
fn understood_by_key(
    tx: &Tx<'_>,
    key: &RecordKey,
    words: &Words,
    context: &ParseContext,
) -> Result<Vec<(&'static str, String)>, OpsError> {
    let RecordKey::Numbered(kind, number) = *key else { return Err(no_verb(Kind::Request)) };
    of_kind!(kind, R => {
        Ok(understood(&tx.record::<R>(number)?, words, &people_of::<R>(tx)?, context.today))
    }, Err(no_verb(kind)))
}

/// What is typed into private fields while others look on is added to what stands there and is hidden.
fn add_to_hidden(tx: &Tx<'_>, key: &RecordKey, words: &mut [(&'static str, String)]) -> Result<(), OpsError> {
    let RecordKey::Numbered(kind, number) = *key else { return Ok(()) };
    let private: Vec<&str> =
        kinds::fields(kind).iter().filter(|field| field.is_private).map(|field| field.name).collect();
    for (name, text) in words.iter_mut().filter(|(name, _)| private.contains(name)) {
        let hidden: String = of_kind!(kind, R => Ok(tx.record::<R>(number)?.get(name)), Err(no_verb(kind)))?;
        *text = added_to_hidden(&hidden, text);
    }
    Ok(())
}

/// Takes one record away inside an operation.
fn removed<R: RecordRules>(tx: &Tx<'_>, number: i64) -> Result<String, OpsError> {
    let record: R = tx.record(number)?;
    let label = record.removed_label(&people_of::<R>(tx)?).ok_or_else(OpsError::never_removed)?;
    tx.remove_record(&record)?;
    Ok(label)
}

fn no_verb(kind: Kind) -> OpsError {
    OpsError::rejected(
        format!("a {} is not kept this way", kind.title()),
        "`tablesetter add` and `edit` keep requests.",
    )
}

impl Desk {
    /// Adds a record of a kind.
    ///
    /// # Errors
    /// When a text cannot be read, something that is needed is missing, or it does not fit what is there.
    pub fn add_entry(&mut self, kind: Kind, words: &Words) -> Result<Committed<RecordKey>, OpsError> {
        let (stamp, context) = (self.stamp(), self.reading()?);
        self.store.change(stamp, |tx| added_within(tx, kind, words, &context))
    }

    /// The same as a part of a larger operation, which it is written in.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(in crate::ops) fn adding(
        &self,
        kind: Kind,
        words: Vec<(&'static str, String)>,
    ) -> Result<impl FnOnce(&Tx<'_>) -> Result<RecordKey, OpsError> + 'static, OpsError> {
        let context = self.reading()?;
        Ok(move |tx: &Tx<'_>| added_within(tx, kind, &words, &context).map(|(key, _)| key))
    }

    /// Changes the named fields of a record.
    ///
    /// # Errors
    /// As [`Desk::add_entry`], and when it is gone.
    pub fn edit_entry(&mut self, key: &RecordKey, words: &Words) -> Result<Committed<()>, OpsError> {
        let (stamp, context, is_presenting) = (self.stamp(), self.reading()?, self.is_presenting);
        self.store.change(stamp, |tx| {
            let mut words = words.to_vec();
            if is_presenting {
                add_to_hidden(tx, key, &mut words)?;
            }
            Ok(((), edited_by_key(tx, key, &words, &context)?))
        })
    }

    /// Sets the day on which something was kept, broken or raised: today where none is said. What has its day already keeps
    /// it then, as a verb that is run twice would tell anew when that was.
    ///
    /// # Errors
    /// As [`Desk::edit_entry`], and when it has its day and no other one is said.
    pub fn set_day(
        &mut self,
        key: &RecordKey,
        field: &'static str,
        day: Option<String>,
    ) -> Result<Committed<()>, OpsError> {
        let RecordKey::Numbered(kind, number) = *key else { return Err(no_verb(Kind::Request)) };
        let now: String =
            of_kind!(kind, R => Ok(self.store.record::<R>(number)?.get(field)), Err(no_verb(kind)))?;
        if let (None, Ok(known)) = (&day, NaiveDate::parse_from_str(&now, DAY_FORMAT)) {
            let title = kinds::fields(kind).iter().find(|it| it.name == field);
            let title = title.map_or_else(String::new, |field| field.title.to_lowercase());
            return Err(OpsError::rejected(
                format!("{key} has its day: {title} {}", day::day_near(known, self.today())),
                "`--on DAY` gives it another one.",
            ));
        }
        self.edit_entry(key, &[(field, day.unwrap_or_else(|| "today".to_owned()))])
    }

    /// Changes fields of several records, each of its own, as one operation.
    ///
    /// # Errors
    /// As [`Desk::edit_entry`]; then none of them is changed.
    pub fn edit_entries(
        &mut self,
        entries: &[(RecordKey, Vec<(&'static str, String)>)],
    ) -> Result<Committed<()>, OpsError> {
        // One alone is told by the sentence of its kind: `Kept P-2`, and not that one record was changed.
        if let [(key, words)] = entries {
            return self.edit_entry(key, words);
        }
        let (stamp, context, is_presenting) = (self.stamp(), self.reading()?, self.is_presenting);
        self.store.change(stamp, |tx| {
            let mut set: BTreeSet<String> = BTreeSet::new();
            for (key, words) in entries {
                let mut words = words.clone();
                if is_presenting {
                    add_to_hidden(tx, key, &mut words)?;
                }
                edited_by_key(tx, key, &words, &context)?;
                let words = understood_by_key(tx, key, &words, &context)?;
                // What was set is the same for most of them, and named once.
                set.extend(words.iter().map(|(field, text)| format!("{field} {text}")));
            }
            let keys: Vec<String> = entries.iter().map(|(key, _)| key.to_string()).collect();
            let set = set.into_iter().collect::<Vec<_>>().join(", ");
            let records = counted(keys.len(), "record", "records");
            Ok(((), format!("Changed {records} ({}): {set}", plain::cut(&keys.join(", "), 60))))
        })
    }

    /// Takes a record away: an absence or a holiday.
    ///
    /// # Errors
    /// When it is gone, or one of a kind that is never thrown away.
    pub fn remove_entry(&mut self, key: &RecordKey) -> Result<Committed<()>, OpsError> {
        let RecordKey::Numbered(kind, number) = *key else { return Err(OpsError::never_removed()) };
        let stamp = self.stamp();
        self.store.change(
            stamp,
            |tx| of_kind!(kind, R => Ok(((), removed::<R>(tx, number)?)), Err(OpsError::never_removed())),
        )
    }

    /// What the form of a record is called.
    ///
    /// # Errors
    /// When it is gone or the store cannot be read.
    pub fn entry_form_title(&self, key: &RecordKey) -> Result<String, OpsError> {
        let RecordKey::Numbered(kind, number) = *key else { return Err(no_verb(Kind::Request)) };
        let people = self.store.people()?;
        of_kind!(kind, R => Ok(self.store.record::<R>(number)?.form_title(&people)), Err(no_verb(kind)))
    }

    /// The named fields of a record as they could be typed.
    ///
    /// # Errors
    /// When it is gone or the store cannot be read.
    pub fn entry_texts(&self, key: &RecordKey) -> Result<Vec<(&'static str, String)>, OpsError> {
        let RecordKey::Numbered(kind, number) = *key else { return Err(no_verb(Kind::Request)) };
        of_kind!(kind, R => self.texts_of::<R>(number), Err(no_verb(kind)))
    }

    fn texts_of<R: Record>(&self, number: i64) -> Result<Vec<(&'static str, String)>, OpsError> {
        let record: R = self.store.record(number)?;
        let people = if names_people::<R>() { self.store.people()? } else { Vec::new() };
        Ok(R::FIELDS.iter().map(|field| (field.name, shown(&record, field, &people))).collect())
    }

    /// Links two records: by the field that is made for it while that is free, otherwise by a link between them.
    ///
    /// # Errors
    /// When one of them is not there, or they are the same.
    pub fn link(&mut self, one: &RecordKey, other: &RecordKey) -> Result<Committed<()>, OpsError> {
        // Links have no direction for whoever makes one. Where a field says it better than a loose tie, the
        // field is set.
        for (from, to) in [(one, other), (other, one)] {
            let RecordKey::Numbered(kind, _) = from else { continue };
            if let (Some(id), Some(Kind::Outcome)) = (from.request(), to.kind()) {
                let now = field::get(&self.store.request(id)?, Field::OutcomeKey);
                if now == to.to_string() {
                    return Err(already(from, to, "outcome"));
                }
                // For another one already: that is changed where it is said, and not by a link.
                if !now.is_empty() {
                    break;
                }
                return self
                    .set_fields(&[id], &[(Field::OutcomeKey, to.to_string())])
                    .map(Committed::without_output);
            }
            let field = match (kind, to.kind()) {
                (Kind::Friction, Some(Kind::Outcome | Kind::Request)) => "harms",
                (Kind::Risk, Some(Kind::Outcome | Kind::Request)) => "on",
                (Kind::Gain, Some(Kind::Friction)) => "friction",
                // Only a meeting's key has no kind.
                (Kind::Decision | Kind::Promise, None) => "meeting",
                _ => continue,
            };
            let texts = self.entry_texts(from)?;
            if texts.iter().any(|(name, text)| *name == field && *text == to.to_string()) {
                return Err(already(from, to, field));
            }
            // A field that is taken already stays; the second link is a tie.
            if texts.iter().any(|(name, text)| *name == field && text.is_empty()) {
                return self.edit_entry(from, &[(field, to.to_string())]);
            }
        }
        self.toggle_tie(one, other)
    }

    /// Links two records, or takes their link away if there is one.
    ///
    /// # Errors
    /// When one of them is not there, or they are the same.
    fn toggle_tie(&mut self, one: &RecordKey, other: &RecordKey) -> Result<Committed<()>, OpsError> {
        let (stamp, today) = (self.stamp(), self.today());
        for key in [one, other] {
            self.check_there(key)?;
        }
        self.store.change(stamp, |tx| {
            let ties: Vec<Tie> = tx.records()?;
            if let Some(tie) = ties.iter().find(|tie| tie.across(one) == Some(other)) {
                tx.remove_record(tie)?;
                return Ok(((), format!("Unlinked {one} and {other}")));
            }
            let mut tie = Tie { one: one.clone(), other: other.clone(), ..Tie::blank(today) };
            whole(&tie)?;
            tx.add_record(&mut tie)?;
            Ok(((), format!("Linked {one} and {other}")))
        })
    }

    /// What a record of any kind is called.
    ///
    /// # Errors
    /// When it is not there or the store cannot be read.
    pub fn title_of(&self, key: &RecordKey) -> Result<String, OpsError> {
        match key {
            RecordKey::Meeting(occurrence) => Ok(self.meeting(occurrence)?.title),
            RecordKey::Numbered(Kind::Request, number) => Ok(self.store.request(RequestId(*number))?.title),
            RecordKey::Numbered(kind, number) => {
                of_kind!(*kind, R => Ok(self.store.record::<R>(*number)?.title()), Err(no_verb(*kind)))
            }
        }
    }

    fn check_there(&self, key: &RecordKey) -> Result<(), OpsError> {
        self.title_of(key).map(drop)
    }
}

/// A field says it already, and a tie beside it would say it twice.
fn already(from: &RecordKey, to: &RecordKey, field: &str) -> OpsError {
    OpsError::rejected(
        format!("{from} names {to} already, as its {field}"),
        "Its form or `edit` takes that away or names another one.",
    )
}

#[cfg(test)]
mod tests;
