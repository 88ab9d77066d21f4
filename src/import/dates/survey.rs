//! What all days of a file together say about the order of day and month. One day above twelve settles it for every
//! other one, so all are looked at before the first is read.

mod columns;

use chrono::NaiveDate;

use super::bare::bare_day;
use super::parts::{DateParts, OrderEvidence};
use super::spans::halves;
use super::{DateHints, DateOrder, OrderError, serial};
use crate::domain::bounds;
pub use columns::{ColumnOrders, ColumnSurveys};

/// A value and the line that it stands on.
type CellPlace = (usize, String);

/// The values of a file's date columns, as far as they say something about how its days are to be read.
#[derive(Debug, Clone, Default)]
pub struct DateSurvey {
    /// The lead's day, if it is known.
    today: Option<NaiveDate>,
    day_first: (usize, Option<CellPlace>),
    month_first: (usize, Option<CellPlace>),
    /// Values that would do for both.
    either: (usize, Option<CellPlace>),
    /// Of them those of the past that would lie ahead in one order.
    past_day_first: (usize, Option<CellPlace>),
    past_month_first: (usize, Option<CellPlace>),
    /// Values that need no order.
    unambiguous: usize,
    serials: (usize, Option<CellPlace>),
    without_year: (usize, Option<CellPlace>),
    /// Those of them that can be read only in an order.
    without_year_or_order: (usize, Option<CellPlace>),
}

/// How the days of a file are read, and the sentences that say so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateOrderFound {
    pub order: Option<DateOrder>,
    pub notes: Vec<String>,
}

fn count(tally: &mut (usize, Option<CellPlace>), row: usize, value: &str) {
    tally.0 += 1;
    // One example is enough to look the thing up in the file.
    if tally.1.is_none() {
        tally.1 = Some((row, bounds::named(value.trim())));
    }
}

impl DateSurvey {
    pub fn new(today: Option<NaiveDate>) -> Self {
        Self { today, ..Self::default() }
    }

    /// Takes one value in; `is_past` says that its column tells what has been.
    pub fn see(&mut self, row: usize, value: &str, is_past: bool) {
        let (cell, bare) = (value.trim(), bare_day(value.trim()));
        let value = bare.as_str();
        if serial(value).is_some() {
            count(&mut self.serials, row, cell);
            return;
        }
        // Both ends of a span are evidence.
        let both = halves(value).map_or([Some(value), None], |(from, to)| [Some(from), Some(to)]);
        for half in both.into_iter().flatten() {
            let Some(parts) = DateParts::of(half) else { continue };
            // What is no day in any order is told where it stands.
            let in_order = |order| parts.day(DateHints { order: Some(order), near: self.today }).is_some();
            if parts.names_no_year() && (in_order(DateOrder::DayFirst) || in_order(DateOrder::MonthFirst)) {
                let is_open = parts.evidence() == OrderEvidence::Open;
                let tally = if is_open { &mut self.without_year_or_order } else { &mut self.without_year };
                count(tally, row, cell);
            }
            match parts.evidence() {
                OrderEvidence::Plain => self.unambiguous += 1,
                OrderEvidence::Shown(DateOrder::DayFirst) => count(&mut self.day_first, row, cell),
                OrderEvidence::Shown(DateOrder::MonthFirst) => count(&mut self.month_first, row, cell),
                OrderEvidence::Open => {
                    count(&mut self.either, row, cell);
                    self.see_past(row, half, &parts, is_past);
                }
            }
        }
    }

    /// Takes in a value of a column that is not read: it may show the order, and asks for none.
    pub fn see_beside(&mut self, row: usize, value: &str) {
        match DateParts::of(value).map(|parts| parts.evidence()) {
            Some(OrderEvidence::Shown(DateOrder::DayFirst)) => count(&mut self.day_first, row, value),
            Some(OrderEvidence::Shown(DateOrder::MonthFirst)) => count(&mut self.month_first, row, value),
            _ => {}
        }
    }

    /// What came in or was changed cannot lie ahead.
    fn see_past(&mut self, row: usize, value: &str, parts: &DateParts<'_>, is_past: bool) {
        let Some(today) = self.today.filter(|_| is_past) else { return };
        let in_order = |order| parts.day(DateHints { order: Some(order), near: Some(today) });
        // A day that there is not in one order speaks for the other as well.
        let is_ahead = |order| in_order(order).is_none_or(|day| day > today);
        match (is_ahead(DateOrder::DayFirst), is_ahead(DateOrder::MonthFirst)) {
            (false, true) => count(&mut self.past_day_first, row, value),
            (true, false) => count(&mut self.past_month_first, row, value),
            _ => {}
        }
    }

    /// The order of the file, with its evidence.
    ///
    /// # Errors
    /// [`OrderError`] when most values could be two days and nothing settles it.
    pub fn order(&self, told: Option<DateOrder>) -> Result<DateOrderFound, OrderError> {
        let mut notes = Vec::new();
        let order = match told {
            Some(order) => Some(order),
            None => self.settled(&mut notes)?,
        };
        if let (count, Some((row, value))) = &self.serials {
            notes.push(format!(
                "{} read as day numbers of a spreadsheet, as `{value}` in line {row}",
                cells(*count)
            ));
        }
        let (sure, open) = (&self.without_year, &self.without_year_or_order);
        let open = if order.is_some() { open } else { &(0, None) };
        if let (Some((row, value)), Some(_)) = (sure.1.as_ref().or(open.1.as_ref()), self.today) {
            notes.push(format!(
                "{} without a year, as `{value}` in line {row}; the nearest such day is taken",
                cells(sure.0 + open.0)
            ));
        }
        Ok(DateOrderFound { order, notes })
    }

    fn settled(&self, notes: &mut Vec<String>) -> Result<Option<DateOrder>, OrderError> {
        let name = |order| if order == DateOrder::DayFirst { "day first" } else { "month first" };
        let (day, month) = (&self.day_first, &self.month_first);
        if let ((days, Some((day_row, day_value))), (months, Some((month_row, month_value)))) = (day, month) {
            // As many one way as the other: whichever were taken, half of the days would be wrong without a
            // sign. Each of them is sure of itself, so only days that need an order stop it.
            if days == months {
                let (day, month) = (day_value.clone(), month_value.clone());
                if is_most(self.either.0, self.unambiguous + self.serials.0 + days + months) {
                    return Err(OrderError::Mixed { day, month });
                }
                notes.push(format!(
                    "`{day}` in line {day_row} has the day first and `{month}` in line {month_row} the month; what could be \
                     both is not read"
                ));
                return Ok(None);
            }
            let (order, (row, value), (odd_row, odd, odd_count)) = if days > months {
                (DateOrder::DayFirst, (day_row, day_value), (month_row, month_value, months))
            } else {
                (DateOrder::MonthFirst, (month_row, month_value), (day_row, day_value, days))
            };
            notes.push(format!(
                "days are read {}, as `{value}` in line {row} shows; {} the other way round, as `{odd}` in line {odd_row}, \
                 and could not be read",
                name(order),
                cells(*odd_count)
            ));
            return Ok(Some(order));
        }
        for (order, tally) in [(DateOrder::DayFirst, day), (DateOrder::MonthFirst, month)] {
            if let Some((row, value)) = &tally.1 {
                notes.push(format!("days are read {}, as `{value}` in line {row} shows", name(order)));
                return Ok(Some(order));
            }
        }
        match (&self.past_day_first.1, &self.past_month_first.1) {
            (Some((row, value)), None) => {
                let read = name(DateOrder::DayFirst);
                notes
                    .push(format!("days are read {read}: otherwise `{value}` in line {row} would lie ahead"));
                return Ok(Some(DateOrder::DayFirst));
            }
            (None, Some((row, value))) => {
                let read = name(DateOrder::MonthFirst);
                notes
                    .push(format!("days are read {read}: otherwise `{value}` in line {row} would lie ahead"));
                return Ok(Some(DateOrder::MonthFirst));
            }
            _ => {}
        }
        match &self.either {
            // A few odd cells among days that are plain stop nothing, and one never does; they are marked where they stand.
            (count, Some((_, example))) if is_most(*count, self.unambiguous + self.serials.0) => {
                Err(OrderError::Ambiguous { example: example.clone() })
            }
            _ => Ok(None),
        }
    }
}

fn is_most(open: usize, plain: usize) -> bool {
    open * 4 > plain && (open > 1 || plain == 0)
}

fn cells(count: usize) -> String {
    if count == 1 { "one day is".to_owned() } else { format!("{count} days are") }
}
