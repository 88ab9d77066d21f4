//! Lists of records: in the order of their screen or by a column, and with the columns of a view.

use serde_json::Value;

use super::columns::{DayFormat, columns, name_of};
use super::shape;
use crate::cli::filter::nothing_fits;
use crate::cli::out::{Format, Medium, Out};
use crate::cli::views::{ListWords, PrintedRow, ViewColumns, WantedRows};
use crate::cli::{CliError, Done};
use crate::domain::influence::Risk;
use crate::domain::private::PrivateKeys;
use crate::domain::record::{Kind, Record, RecordKey, of_kind};
use crate::domain::view::ListKind;
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::words::filter::order::SortKey;
use crate::domain::words::filter::record::RecordSubject;
use crate::domain::words::filter::{Searchable, schema};
use crate::domain::workdays::WorkCalendar;
use crate::ops::Desk;
use crate::ops::books::Books;
use crate::ops::books::report::BooksReport;
use crate::plain;
use crate::store::StoreError;

/// Where records and what is worked out about them come from.
struct RecordSources<'a> {
    desk: &'a Desk,
    books: &'a Books,
    report: &'a BooksReport,
    private: PrivateKeys,
    calendar: WorkCalendar,
}

/// `outcome list` and the like.
pub fn list(desk: &Desk, kind: Kind, words: &ListWords, out: &mut Out) -> Done {
    let list = ListKind::of(kind).unwrap_or(ListKind::Requests);
    let wanted = words.wanted(list, desk)?;
    let (books, _, report) = desk.books_standing()?;
    let (private, calendar) = (desk.private_keys()?, desk.calendar()?);
    let sources = RecordSources { desk, books: &books, report: &report, private, calendar };
    let keys = of_kind!(kind, R => found::<R>(&sources, &wanted, words)?, Vec::new());
    match out.format {
        Format::Json => {
            let rows = keys.iter().map(|key| shape::by_key(desk, key, &report).map(Value::Object));
            out.json(&rows.collect::<Result<Vec<_>, _>>()?)?;
        }
        Format::Human if wanted.view.is_some() => {
            of_kind!(kind, R => in_view::<R>(&sources, &wanted, &keys, out)?, ());
        }
        _ => list_lines(desk, &books, &report, out, &keys)?,
    }
    if keys.is_empty() {
        if words.narrows() {
            let what = format!("no {} fits {}", kind.title(), words.told());
            return Err(nothing_fits(&what, &words.filter, (&schema::of_kind(kind), &[]), desk)?);
        }
        return Err(CliError::Nothing(format!("no {} is there yet: `tablesetter {kind} add`", kind.title())));
    }
    Ok(())
}

impl RecordSources<'_> {
    /// What `ask` finds of a record as filters and columns see it.
    fn asked<R: Record, T>(&self, record: &R, ask: impl Fn(&dyn Searchable) -> T) -> T {
        let key = record.key();
        let (today, hides_private) = (self.desk.today(), self.desk.is_presenting);
        let (is_private, worked_out) = (self.private.has(&key), self.report.worked_out(&key));
        ask(&RecordSubject { record, today, hides_private, is_private, worked_out })
    }
}

/// The records that are to be shown, in their order.
fn found<R: Record>(
    sources: &RecordSources<'_>,
    wanted: &WantedRows<'_>,
    words: &ListWords,
) -> Result<Vec<RecordKey>, StoreError> {
    let mut keys = keys(sources.desk, R::KIND, sources.books, sources.report)?;
    if !words.narrows() && wanted.order.is_none() {
        return Ok(keys);
    }
    let records = sources.desk.store.records::<R>()?;
    let fits = |record: &&R| sources.asked(*record, |row| wanted.filter.matches(row));
    let fitting: Vec<&R> = records.iter().filter(fits).collect();
    // Only taken out of the list, so that what is left keeps the order of its screen.
    keys.retain(|key| !words.narrows() || fitting.iter().any(|record| record.key() == *key));
    if let Some(order) = wanted.order {
        let sort_key = |key: &RecordKey| -> Option<SortKey> {
            let record = records.iter().find(|record| record.key() == *key)?;
            Some(sources.asked(record, |row| order.key(row)))
        };
        keys.sort_by_cached_key(sort_key);
    }
    Ok(keys)
}

/// Records as people read them, with the columns and under the headings of a view.
fn in_view<R: Record>(
    sources: &RecordSources<'_>,
    wanted: &WantedRows<'_>,
    keys: &[RecordKey],
    out: &mut Out,
) -> Done {
    let RecordSources { desk, books, report, private, calendar } = sources;
    let title = R::FIELDS.first().map_or("", |field| field.name);
    let columns = ViewColumns::new(wanted.view, &["key", title], desk, calendar);
    let days = day_format(desk, calendar, out);
    let records = desk.store.records::<R>()?;
    let mut rows: Vec<PrintedRow> = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(record) = records.iter().find(|record| record.key() == *key) else { continue };
        let fields = self::columns(desk, key, days, books, report)?;
        let is_private = private.has(key);
        let cell = |format: &CellFormat<'_>| sources.asked(record, |row| format.cell(row));
        rows.push(columns.row(
            &cell,
            head(key, &fields, is_private, out),
            line(key, &fields, is_private, out),
        ));
    }
    columns.print(rows, usize::MAX, out)
}

/// The records of a kind in the order of their screen.
///
/// # Errors
/// When the store cannot be read.
pub fn keys(
    desk: &Desk,
    kind: Kind,
    books: &Books,
    report: &BooksReport,
) -> Result<Vec<RecordKey>, StoreError> {
    Ok(match kind {
        Kind::Outcome => {
            let followed = report.outcomes.iter().map(|it| it.outcome.key());
            // The report has only outcomes that are followed; a list that lost the others would hide what was
            // reached.
            let closed = books
                .outcomes
                .iter()
                .map(Record::key)
                .filter(|key| !report.outcomes.iter().any(|it| it.outcome.key() == *key));
            followed.chain(closed).collect()
        }
        Kind::Stakeholder => report.stakeholders.iter().map(|it| it.stakeholder.key()).collect(),
        Kind::Friction => report.frictions.iter().map(|it| it.friction.key()).collect(),
        Kind::Gain => report.gains.iter().map(|it| it.gain.key()).collect(),
        Kind::Risk => {
            let mut risks: Vec<&Risk> = books.risks.iter().collect();
            risks.sort_by_key(|risk| (!risk.is_open(), std::cmp::Reverse(risk.weight()), risk.id));
            risks.into_iter().map(Record::key).collect()
        }
        other => of_kind!(other, R => stored::<R>(desk)?, Vec::new()),
    })
}

/// Every record of a kind that may be shown, as they were made.
fn stored<R: Record>(desk: &Desk) -> Result<Vec<RecordKey>, StoreError> {
    // Of some kinds every record is private, marked or not.
    if desk.is_presenting && R::IS_PRIVATE {
        return Ok(Vec::new());
    }
    let private = if desk.is_presenting { desk.private_keys()? } else { PrivateKeys::default() };
    let keys = desk.store.records::<R>()?.into_iter().map(|record| record.key());
    Ok(keys.filter(|key| !private.has(key)).collect())
}

fn day_format<'a>(desk: &Desk, calendar: &'a WorkCalendar, out: &Out) -> DayFormat<'a> {
    let (is_iso, is_heard) = (out.format == Format::Plain, out.medium == Medium::Voice);
    DayFormat { today: desk.today(), is_iso, is_heard, calendar }
}

/// A line for each record.
pub(super) fn list_lines(
    desk: &Desk,
    books: &Books,
    report: &BooksReport,
    out: &mut Out,
    keys: &[RecordKey],
) -> Done {
    let calendar = desk.calendar()?;
    let days = day_format(desk, &calendar, out);
    let private = desk.private_keys()?;
    for key in keys {
        let fields = columns(desk, key, days, books, report)?;
        if out.format == Format::Plain {
            let mut all = vec![key.to_string()];
            all.extend(fields);
            out.record(&all.iter().map(String::as_str).collect::<Vec<_>>())?;
        } else if !fields.is_empty() {
            let line = line(key, &fields, private.has(key), out);
            out.line(&line)?;
        }
    }
    Ok(())
}

/// The key of a record and what it is called.
fn head(key: &RecordKey, fields: &[String], is_private: bool, out: &Out) -> String {
    let title = fields.first().map_or("", String::as_str);
    let title = if is_private { out.private(title) } else { title.to_owned() };
    format!("{} {}", out.fit(&key.to_string(), 6), out.fit(&title, 44))
}

fn line(key: &RecordKey, fields: &[String], is_private: bool, out: &Out) -> String {
    let named = |(at, text): (usize, &String)| match (out.medium, key.kind()) {
        (Medium::Voice, Some(kind)) => format!("{}{text}", name_of(kind, at)),
        _ => text.clone(),
    };
    let rest = fields.iter().enumerate().skip(1).filter(|(_, text)| !text.is_empty()).map(named);
    let rest: Vec<String> = rest.collect();
    let line = format!("{}  {}", head(key, fields, is_private, out), plain::harmless(&rest.join("  ")));
    line.trim_end().to_owned()
}
