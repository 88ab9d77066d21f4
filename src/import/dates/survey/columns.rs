//! What the days of a file say of their order column by column: tools and people fill columns of one file in different
//! orders, and each column is then read in its own.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{CellPlace, DateSurvey};
use crate::domain::bounds;
use crate::import::dates::{DateOrder, OrderError};
use crate::import::spaced;

/// Words in names of columns of days, in German, French, Spanish and Dutch; none that is English too.
const DAY_FIRST_NAMES: [&str; 29] = [
    "zeitstempel",
    "datum",
    "termin ",
    "faellig",
    "fallig",
    " frist ",
    "abgabe",
    "erstellt",
    "bis wann",
    "horodateur",
    "echeance",
    " limite ",
    "souhaite",
    "livraison",
    "cree le",
    "pour quand",
    "pour quelle",
    "marca temporal",
    "fecha",
    "vence",
    "vencimiento",
    "entrega",
    " plazo ",
    "para cuando",
    "tijdstempel",
    "aangemaakt",
    "wanneer",
    " fin ",
    " beginn ",
];

/// The surveys of a file's columns of days.
#[derive(Debug, Clone, Default)]
pub struct ColumnSurveys {
    today: Option<NaiveDate>,
    columns: BTreeMap<usize, DateSurvey>,
    unread: DateSurvey,
}

/// The order of the file, and of the columns that have one of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnOrders {
    pub file: Option<DateOrder>,
    own: BTreeMap<usize, Option<DateOrder>>,
    pub notes: Vec<String>,
}

impl ColumnOrders {
    /// The order in which a column is read.
    pub fn of(&self, column: Option<usize>) -> Option<DateOrder> {
        column.and_then(|column| self.own.get(&column).copied()).unwrap_or(self.file)
    }
}

impl ColumnSurveys {
    pub fn new(today: Option<NaiveDate>) -> Self {
        Self { today, ..Self::default() }
    }

    /// Takes one value of a column in; `is_past` says that the column tells what has been.
    pub fn see(&mut self, column: usize, row: usize, value: &str, is_past: bool) {
        let today = self.today;
        self.columns.entry(column).or_insert_with(|| DateSurvey::new(today)).see(row, value, is_past);
    }

    /// Takes in a value of a column that is not read.
    pub fn see_beside(&mut self, row: usize, value: &str) {
        self.unread.see_beside(row, value);
    }

    /// The orders, with their evidence.
    ///
    /// # Errors
    /// [`OrderError`] when most values could be two days and nothing settles it.
    pub fn orders(&self, told: Option<DateOrder>, headers: &[String]) -> Result<ColumnOrders, OrderError> {
        if told.is_none() && self.differ() {
            return Ok(self.each_by_itself(headers));
        }
        let mut whole = DateSurvey::new(self.today);
        self.columns.values().chain([&self.unread]).for_each(|survey| whole.join(survey));
        let found = match whole.order(told) {
            Err(OrderError::Ambiguous { example }) => {
                let Some(header) = self.day_first_by_name(headers) else {
                    return Err(OrderError::Ambiguous { example });
                };
                let mut found = whole.order(Some(DateOrder::DayFirst))?;
                let header = bounds::named(header);
                found.notes.insert(
                    0,
                    format!("days are read day first, as is usual in the language of `{header}`; --month-first says otherwise"),
                );
                found
            }
            found => found?,
        };
        Ok(ColumnOrders { file: found.order, own: BTreeMap::new(), notes: found.notes })
    }

    /// A column of days whose name is in a language in which nobody writes the month first.
    fn day_first_by_name<'h>(&self, headers: &'h [String]) -> Option<&'h String> {
        let named = self.columns.keys().filter_map(|column| headers.get(*column));
        let is_one = |header: &&String| {
            let name = spaced(header);
            DAY_FIRST_NAMES.iter().any(|word| name.contains(word))
        };
        named.filter(is_one).max()
    }

    /// Some columns show only the one order, and others only the other one.
    fn differ(&self) -> bool {
        let has = |order| self.columns.values().any(|survey| survey.only_order() == Some(order));
        has(DateOrder::DayFirst) && has(DateOrder::MonthFirst)
    }

    fn each_by_itself(&self, headers: &[String]) -> ColumnOrders {
        let mut orders = ColumnOrders::default();
        for (index, survey) in &self.columns {
            let header = bounds::named(headers.get(*index).map_or("", String::as_str));
            // What could be two days is told where it stands, and stops no column but its own.
            let found = survey.order(None).unwrap_or_default();
            // A single cell that is the other way round than those of other columns is sure of itself alone.
            let order = found.order.filter(|_| !survey.is_one_among_open());
            orders.own.insert(*index, order);
            let notes = found.notes.into_iter().filter(|_| order == found.order);
            orders.notes.extend(notes.map(|note| format!("`{header}`: {note}")));
        }
        orders
    }
}

impl DateSurvey {
    /// The order that every value shows which shows one.
    fn only_order(&self) -> Option<DateOrder> {
        match (self.day_first.0, self.month_first.0) {
            (0, 0) => None,
            (_, 0) => Some(DateOrder::DayFirst),
            (0, _) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    fn is_one_among_open(&self) -> bool {
        self.day_first.0 + self.month_first.0 == 1 && self.either.0 > 0
    }

    /// Takes in what another column says.
    fn join(&mut self, other: &Self) {
        let both = [
            (&mut self.day_first, &other.day_first),
            (&mut self.month_first, &other.month_first),
            (&mut self.either, &other.either),
            (&mut self.past_day_first, &other.past_day_first),
            (&mut self.past_month_first, &other.past_month_first),
            (&mut self.serials, &other.serials),
            (&mut self.without_year, &other.without_year),
            (&mut self.without_year_or_order, &other.without_year_or_order),
        ];
        for ((count, example), (more, another)) in both {
            *count += more;
            let is_before = |(row, _): &&CellPlace| example.as_ref().is_none_or(|(known, _)| row < known);
            if let Some(earlier) = another.as_ref().filter(is_before) {
                *example = Some(earlier.clone());
            }
        }
        self.unambiguous += other.unambiguous;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(columns: &[&[&str]]) -> Result<ColumnOrders, OrderError> {
        let mut surveys = ColumnSurveys::new(NaiveDate::from_ymd_opt(2026, 11, 23));
        for (column, cells) in columns.iter().enumerate() {
            for (row, cell) in cells.iter().enumerate() {
                surveys.see(column, row + 2, cell, false);
            }
        }
        surveys.orders(None, &["Due".to_owned(), "Start".to_owned(), "End".to_owned()])
    }

    #[test]
    fn columns_of_different_orders_are_each_read_in_their_own() {
        use DateOrder::{DayFirst, MonthFirst};
        let found =
            orders(&[&["25/12/2026", "3/4/2026"], &["12/25/2026", "12/26/2026", "3/4/2026"], &["1/2/2026"]]);
        let found = found.unwrap();
        let all: Vec<_> = (0..3).map(|column| found.of(Some(column))).collect();
        assert_eq!(all, [None, Some(MonthFirst), None], "one cell alone speaks for itself");
        assert_eq!(found.notes, ["`Start`: days are read month first, as `12/25/2026` in line 2 shows"]);
        let found = orders(&[&["25/12/2026"], &["12/25/2026"]]).unwrap();
        assert_eq!((found.of(Some(0)), found.of(Some(1))), (Some(DayFirst), Some(MonthFirst)));
        // Where one column has both, it is the file's.
        let found = orders(&[&["25/12/2026", "26/12/2026", "12/25/2026"], &["3/4/2026"]]).unwrap();
        assert_eq!((found.of(Some(0)), found.of(Some(1))), (Some(DayFirst), Some(DayFirst)));
        assert!(orders(&[&["3/4/2026"], &["5/6/2026"]]).is_err(), "nothing settles any of it");
    }

    #[test]
    fn a_column_named_in_another_language_has_the_day_first_unless_cells_show_otherwise() {
        let read = |header: &str, cells: &[&str]| {
            let mut surveys = ColumnSurveys::new(NaiveDate::from_ymd_opt(2026, 11, 23));
            cells.iter().enumerate().for_each(|(row, cell)| surveys.see(0, row + 2, cell, false));
            surveys.orders(None, &[header.to_owned()])
        };
        let open = ["09/11/2026", "10/11/2026"];
        for header in ["Horodateur", "Fecha límite", "Échéance", "Bis wann?", "Gewenste opleverdatum"] {
            let found = read(header, &open).unwrap();
            assert_eq!(found.of(Some(0)), Some(DateOrder::DayFirst), "{header}");
            assert!(found.notes[0].contains(header), "{:?}", found.notes);
        }
        for header in ["Due date", "Finish", "Date determined", "Terminal date", "Timestamp", "End"] {
            assert!(read(header, &open).is_err(), "{header}");
        }
        assert_eq!(
            read("Fecha", &["09/11/2026", "12/25/2026"]).unwrap().of(Some(0)),
            Some(DateOrder::MonthFirst)
        );
    }
}
