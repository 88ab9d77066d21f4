//! The days of a file of requests, looked at before the first is read.

use chrono::NaiveDate;

use super::super::dates::{ColumnOrders, ColumnSurveys, DateOrder, OrderError};
use super::super::field::Field;
use super::super::squeeze;
use super::super::table::Table;

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
