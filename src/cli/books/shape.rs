//! Records of the books as JSON: every field by its name, lengths as whole minutes, absent values as null.

use serde_json::{Map, Value, json};

use crate::domain::private::can_be_private;
use crate::domain::record::{FieldKind, FieldSpec, Kind, Record, RecordKey, StoredValue, TableRow, of_kind};
use crate::ops::books::Fact;
use crate::ops::books::report::{
    BooksReport, FrictionStanding, GainStanding, OutcomeStanding, StakeholderStanding,
};
use crate::ops::{Desk, OpsError};

/// A record with all its fields.
pub fn record<R: Record>(record: &R) -> Map<String, Value> {
    let all = fields(record).map(|(field, value)| (field.json_name(), value));
    std::iter::once(("key".to_owned(), json!(record.key()))).chain(all).collect()
}

/// Every field of a record with what it says.
pub fn fields<R: TableRow>(record: &R) -> impl Iterator<Item = (&'static FieldSpec, Value)> {
    let value = |(index, field)| (field, of_field(field, record.stored(index), &record.get(field.name)));
    R::FIELDS.iter().enumerate().map(value)
}

fn of_field(field: &FieldSpec, plain: StoredValue, shown: &str) -> Value {
    match (field.kind, plain) {
        // The store has no truth values; programs get them as such.
        (FieldKind::YesNo, StoredValue::Int(number)) => json!(number == 1),
        // Kept in per cent, and printed as it is typed.
        (FieldKind::Factor, _) => json!(shown.parse::<f64>().ok()),
        // The store numbers other records; people and programs know them by their keys.
        (FieldKind::Key, StoredValue::Int(_)) => value(StoredValue::Text(shown.to_owned())),
        (_, plain) => value(plain),
    }
}

fn value(plain: StoredValue) -> Value {
    match plain {
        StoredValue::Null => Value::Null,
        StoredValue::Int(number) => json!(number),
        StoredValue::Real(number) => json!(number),
        StoredValue::Text(text) if text.is_empty() => Value::Null,
        StoredValue::Text(text) => json!(text),
    }
}

/// A record by its key, with what its kind adds.
///
/// # Errors
/// When it is gone.
pub fn by_key(desk: &Desk, key: &RecordKey, report: &BooksReport) -> Result<Map<String, Value>, OpsError> {
    let gone = || OpsError::NotFound { message: format!("there is no {key}"), hint: None };
    let RecordKey::Numbered(kind, number) = key else { return Err(gone()) };
    let shape = match kind {
        Kind::Outcome => {
            let mut all = report.outcomes.iter().chain(&report.closed);
            all.find(|it| it.outcome.id.0 == *number).map(outcome)
        }
        Kind::Stakeholder => {
            report.stakeholders.iter().find(|it| it.stakeholder.id.0 == *number).map(stakeholder)
        }
        Kind::Friction => report.frictions.iter().find(|it| it.friction.id.0 == *number).map(friction),
        Kind::Gain => report.gains.iter().find(|it| it.gain.id.0 == *number).map(gain),
        _ => None,
    };
    let mut shape = match shape {
        Some(shape) => shape,
        None => of_kind!(*kind, R => stored::<R>(desk, *number)?, return Err(gone())),
    };
    if can_be_private(key) {
        shape.insert("private".to_owned(), json!(desk.private_keys()?.has(key)));
    }
    Ok(shape)
}

/// A record as it is stored, without what is private while presenting.
fn stored<R: Record>(desk: &Desk, number: i64) -> Result<Map<String, Value>, OpsError> {
    let mut shape = record(&desk.store.record::<R>(number)?);
    for field in R::FIELDS.iter().filter(|field| desk.is_presenting && field.is_private) {
        shape.insert(field.json_name(), Value::Null);
    }
    Ok(shape)
}

/// Everything that touches a record, as rows.
pub fn touches(facts: &[Fact]) -> Value {
    let linked = facts.iter().filter(|fact| fact.link.is_some());
    linked.map(|fact| json!({ "label": fact.label, "key": fact.link, "text": fact.text })).collect()
}

/// An outcome with its progress.
pub fn outcome(it: &OutcomeStanding) -> Map<String, Value> {
    let mut shape = record(&it.outcome);
    let readings: Vec<Value> = it.readings.iter().map(|reading| Value::Object(record(reading))).collect();
    let forecast = match it.progress.forecast {
        crate::domain::outcome::OutcomeForecast::On(day) => Some(day),
        _ => None,
    };
    shape.extend([
        ("progress_percent".to_owned(), json!(it.progress.percent)),
        ("latest".to_owned(), json!(it.progress.latest)),
        ("latest_on".to_owned(), json!(it.progress.on)),
        ("time_gone_percent".to_owned(), json!(it.progress.time)),
        ("pace".to_owned(), json!(it.progress.pace())),
        ("forecast".to_owned(), json!(forecast)),
        ("readings".to_owned(), json!(readings)),
        ("requests".to_owned(), json!(it.requests)),
        ("capacity_minutes_this_month".to_owned(), json!(it.capacity.minutes().0)),
        ("redirected_minutes_per_week".to_owned(), json!(it.redirected.0)),
    ]);
    shape
}

/// A stakeholder with what calls for attention.
pub fn stakeholder(it: &StakeholderStanding) -> Map<String, Value> {
    let mut shape = record(&it.stakeholder);
    let owed: Vec<RecordKey> =
        it.flags.owed.iter().map(|number| RecordKey::Numbered(Kind::Promise, *number)).collect();
    shape.extend([
        ("owed".to_owned(), json!(owed)),
        ("cold_days".to_owned(), json!(it.flags.cold)),
        ("opposed".to_owned(), json!(it.flags.opposed)),
        ("last_touch".to_owned(), json!(it.last_touch)),
        ("trust".to_owned(), json!(it.trust)),
        ("outcome_framed".to_owned(), json!({ "part": it.framed.part, "whole": it.framed.whole })),
        (
            "outcome_framed_before".to_owned(),
            json!({ "part": it.framed_before.part, "whole": it.framed_before.whole }),
        ),
    ]);
    shape
}

/// A friction with its cost.
pub fn friction(it: &FrictionStanding) -> Map<String, Value> {
    let mut shape = record(&it.friction);
    shape.insert("cost".to_owned(), json!(it.cost.points()));
    shape.insert("cost_terms".to_owned(), json!(it.cost.terms()));
    shape
}

/// A gain with its balance.
pub fn gain(it: &GainStanding) -> Map<String, Value> {
    let mut shape = record(&it.gain);
    let redirects: Vec<Value> = it.redirects.iter().map(|redirect| Value::Object(record(redirect))).collect();
    shape.extend([
        ("redirected_minutes_per_week".to_owned(), json!(it.balance.redirected.0)),
        ("unspoken_minutes_per_week".to_owned(), json!(it.balance.unspoken().0)),
        ("unspoken_since".to_owned(), json!(it.unspoken_since)),
        ("redirects".to_owned(), json!(redirects)),
    ]);
    shape
}
