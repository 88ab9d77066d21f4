//! The days of a file of requests, looked at before the first is read.

use chrono::{NaiveDate, NaiveTime};

use super::super::dates::{
    self, CellDate, ColumnOrders, ColumnSurveys, DateHints, DateOrder, DateReading, OrderError,
};
use super::super::field::Field;
use super::super::squeeze;
use super::super::table::{SourceRow, Table};

/// The orders of its days, told with their evidence; one that was said goes before what cells show.
///
/// # Errors
/// [`OrderError`] when most days could be two and nothing settles it.
pub(super) fn orders(
    table: &mut Table,
    fields: &[Option<Field>],
    (today, said): (NaiveDate, Option<DateOrder>),
) -> Result<ColumnOrders, OrderError> {
    let orders = survey(table, fields, today).orders(said, &table.headers)?;
    table.notes.extend_from_slice(&orders.notes);
    Ok(orders)
}

/// True if each due day with an offset is written as midnight in UTC, `2026-12-18T00:00:00.000Z`: west of Greenwich that
/// instant is the evening before, and nobody means it.
pub(super) fn has_days_at_midnight(rows: &[SourceRow], fields: &[Option<Field>]) -> bool {
    let due = |row: &SourceRow| -> Vec<CellDate> {
        let cells = row.cells.iter().zip(fields).filter(|(_, field)| **field == Some(Field::Due));
        let found = cells.map(|(cell, _)| dates::read(cell, DateHints::default()));
        found
            .filter_map(|found| if let DateReading::When(when) = found { Some(when) } else { None })
            .collect()
    };
    let mut instants = rows.iter().flat_map(due).filter(|when| when.offset.is_some()).peekable();
    let is_midnight = |when: CellDate| {
        when.local.time() == NaiveTime::MIN && when.offset.is_some_and(|offset| offset.local_minus_utc() == 0)
    };
    instants.peek().is_some() && instants.all(is_midnight)
}

/// What every cell of a date column says of the order of day and month.
fn survey(table: &Table, fields: &[Option<Field>], today: NaiveDate) -> ColumnSurveys {
    const DAYS: [&str; 8] = ["date", "start", "begin", "end", "datum", "fecha", "termin", "debut"];
    let holds_days = |header: &String| DAYS.iter().any(|word| squeeze(header).contains(word));
    let beside: Vec<bool> = table.headers.iter().map(holds_days).collect();
    let mut survey = ColumnSurveys::new(Some(today));
    for row in &table.rows {
        for (index, (cell, field)) in row.cells.iter().zip(fields).enumerate() {
            match field.filter(|field| field.is_date()) {
                // What has happened cannot lie ahead, which settles the order of some days; a due day can.
                Some(field) => survey.see(index, row.row, cell, field != Field::Due),
                // A day that nobody keeps shows the order all the same.
                None if beside.get(index) == Some(&true) => survey.see_beside(row.row, cell),
                None => {}
            }
        }
    }
    survey
}
