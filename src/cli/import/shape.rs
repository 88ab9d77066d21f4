//! What an import did, for scripts.

use crate::domain::difference::{Difference, FieldValue};
use crate::ops::import::{ImportMark, Report, RowAction, RowReport};

/// `due: 2026-11-24 → 2026-11-27; tier:  → 2`
pub fn changes_plain(changes: &[Difference]) -> String {
    let told = |it: &Difference| format!("{}: {} → {}", it.field, it.old.for_scripts(), it.new.for_scripts());
    changes.iter().map(told).collect::<Vec<_>>().join("; ")
}

pub fn changes_json(changes: &[Difference]) -> serde_json::Value {
    let told = |it: &Difference| serde_json::json!({ "field": it.field, "old": value_json(&it.old), "new": value_json(&it.new) });
    changes.iter().map(told).collect()
}

/// Both values, and which one stands: what was set here by hand.
pub fn conflicts_json(conflicts: &[Difference]) -> serde_json::Value {
    let told = |it: &Difference| serde_json::json!({ "field": it.field, "here": value_json(&it.old), "source": value_json(&it.new), "stands": "here" });
    conflicts.iter().map(told).collect()
}

/// `due: Tue 24 Nov set here, Fri 27 Nov at the source; Tue 24 Nov stands`
pub fn conflict_told(conflict: &Difference, source: &str) -> String {
    let (here, there) = conflict.both();
    format!("{}: {here} set here, {there} {source}; {here} stands", conflict.title)
}

fn value_json(value: &FieldValue) -> serde_json::Value {
    // Numbers and lengths as such, as everywhere in JSON; as texts for scripts they would have to be read once
    // more.
    match value {
        FieldValue::Empty => serde_json::Value::Null,
        FieldValue::Length(minutes) => minutes.0.into(),
        FieldValue::Number(number) => (*number).into(),
        FieldValue::Truth(truth) => (*truth).into(),
        other => other.for_scripts().into(),
    }
}

/// What a row was called that is taken for one that vanished.
pub(super) fn was(row: &RowReport) -> Option<&str> {
    if let Some(ImportMark::Renamed(was)) = &row.mark { Some(was) } else { None }
}

pub fn json(report: &Report) -> serde_json::Value {
    let rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| {
            let problems: Vec<_> = row.problems.iter().map(|problem| serde_json::json!({ "column": problem.column, "value": problem.value, "message": problem.message })).collect();
            serde_json::json!({ "row": row.row, "action": row.action, "key": row.key, "title": row.title, "problems": problems,
                "changes": changes_json(&row.changes), "conflicts": conflicts_json(&row.conflicts),
                "raw": (!row.raw.is_empty()).then_some(&row.raw), "group": row.group().name(),
                "brings": (!row.brings.is_empty()).then_some(&row.brings), "was": was(row) })
        })
        .collect();
    let vanished: Vec<_> = report
        .vanished
        .iter()
        .map(|(key, title)| serde_json::json!({ "key": key, "title": title }))
        .collect();
    let near: Vec<_> = report
        .near
        .iter()
        .map(|miss| serde_json::json!({ "row": miss.row, "name": miss.pair.name, "like": miss.pair.like, "called": miss.called }))
        .collect();
    let requesters: Vec<_> = report
        .requesters
        .names
        .iter()
        .map(|(name, count)| serde_json::json!({ "name": name, "requests": count }))
        .collect();
    let understood = &report.understood;
    let groups: serde_json::Map<String, serde_json::Value> =
        report.groups().into_iter().map(|(group, count)| (group.name().to_owned(), count.into())).collect();
    serde_json::json!({
        "dry_run": report.is_rehearsal, "preset": understood.preset, "header_row": understood.header_row,
        "delimiter": understood.delimiter, "encoding": understood.encoding,
        "created": report.count(RowAction::Created), "updated": report.count(RowAction::Updated),
        "unchanged": report.count(RowAction::Unchanged), "skipped": report.count(RowAction::Skipped),
        "columns_ignored": understood.columns_ignored, "rows": rows, "operation": report.operation, "notes": report.notes,
        "vanished": vanished, "groups": groups, "near": near,
        "new_requesters": requesters,
    })
}
