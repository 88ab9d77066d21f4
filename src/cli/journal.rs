//! `history undo redo`: the journal, and what was written into it.

use super::json::instant;
use super::out::{Format, Medium, Out};
use super::{CliError, Done};
use crate::domain::day;
use crate::domain::ids::OperationId;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, Operation, Origin};

pub fn history(desk: &Desk, (limit, all): (u32, bool), out: &mut Out) -> Done {
    let limit = (limit > 0).then_some(limit);
    let operations = if all { desk.store.history_with_kept_days(limit)? } else { desk.history(limit)? };
    if out.format == Format::Json {
        out.json(&operations.iter().map(|operation| shape(desk, operation)).collect::<Vec<_>>())?;
    }
    if operations.is_empty() {
        return Err(CliError::Nothing(
            "nothing has happened yet; `tablesetter add WORDS…` takes a request in".to_owned(),
        ));
    }
    if out.format == Format::Json {
        return Ok(());
    }
    operations.iter().try_for_each(|operation| line(desk, operation, out))
}

/// An operation of the journal.
pub fn shape(desk: &Desk, operation: &Operation) -> serde_json::Value {
    serde_json::json!({
        "id": operation.id.0, "at": instant(&desk.clock, operation.at), "label": operation.label,
        "origin": operation.origin, "undone": operation.is_undone, "changes": operation.changes,
    })
}

fn line(desk: &Desk, operation: &Operation, out: &mut Out) -> Done {
    let at = desk.clock.local(operation.at);
    if out.format == Format::Plain {
        let undone = if operation.is_undone { "undone" } else { "" };
        return out.record(&[
            &operation.id.0.to_string(),
            &at.to_rfc3339(),
            &operation.label,
            operation.origin.name(),
            undone,
        ]);
    }
    let undone = if operation.is_undone { "  (undone)" } else { "" };
    out.line(&format!(
        "{}  {}  {}{undone}",
        if out.medium == Medium::Voice {
            format!("change {}", operation.id.0)
        } else {
            format!("{:>6}", operation.id.0)
        },
        format_args!("{} {}", day::day_near(at.date_naive(), desk.today()), at.format("%H:%M")),
        plain::harmless(&operation.label)
    ))
}

pub fn undo(desk: &mut Desk, which: Option<&str>, out: &mut Out) -> Done {
    let which = which
        .map(|text| {
            text.parse::<OperationId>().map_err(|error| {
                CliError::from(OpsError::NotFound {
                    message: error.to_string(),
                    hint: Some("`tablesetter history` lists the changes.".to_owned()),
                })
            })
        })
        .transpose()?;
    let hidden = desk.hidden_names()?;
    let mut committed = desk.undo(which)?;
    committed.label = desk.shown_outcome(committed.label, &hidden)?;
    if out.format != Format::Human {
        return told(desk, &committed, out);
    }
    // The newest of all may be another program's.
    let origin = desk.store.origin_of(committed.output)?;
    // Who works line by line knows what was written there, and calls it no cockpit.
    if (origin, desk.origin) == (Origin::Cockpit, Origin::Cockpit) {
        return out.line(&plain::harmless(&committed.label));
    }
    out.line(&plain::harmless(&format!("{} (from the {})", committed.label, origin.title())))
}

pub fn redo(desk: &mut Desk, out: &mut Out) -> Done {
    let hidden = desk.hidden_names()?;
    let mut committed = desk.redo()?;
    committed.label = desk.shown_outcome(committed.label, &hidden)?;
    told(desk, &committed, out)
}

/// What was written, as the journal has it: an undo is an operation like any other.
fn told(desk: &Desk, committed: &Committed<OperationId>, out: &mut Out) -> Done {
    if out.format == Format::Human {
        return out.line(&plain::harmless(&committed.label));
    }
    // By its number: another program may have written something newer since.
    let written =
        desk.history(None)?.into_iter().filter(|operation| Some(operation.id) == committed.operation);
    let written: Vec<Operation> = written.collect();
    if out.format == Format::Json {
        return out.json(&written.iter().map(|operation| shape(desk, operation)).collect::<Vec<_>>());
    }
    written.iter().try_for_each(|operation| line(desk, operation, out))
}
