//! What every `list` takes: words of its filter, a saved view of it, and a column to order by; and how rows of a view are
//! printed, with its columns and under its headings.

use clap::Args;

use super::filter::{filter_of, joined, nothing_fits, rejected};
use super::out::{Medium, Out};
use super::{CliError, Done};
use crate::domain::view::{self, Column, ListKind, View};
use crate::domain::words::filter::columns::{self, CellFormat};
use crate::domain::words::filter::order::RowOrder;
use crate::domain::words::filter::{Filter, schema};
use crate::domain::workdays::WorkCalendar;
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Filter, view and order, which every command that lists takes.
#[derive(Debug, Clone, Args)]
pub struct ListWords {
    /// Words of the filter language, by the fields of what is listed
    pub filter: Vec<String>,
    /// A saved view of this list; more words narrow it
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// A column to order by, -due for the other way round; a wrong one names them all
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub sort: Option<String>,
}

/// What a list is to show.
pub struct WantedRows<'a> {
    pub filter: Filter,
    /// As it was asked for, or as the view has it.
    pub order: Option<RowOrder>,
    pub view: Option<&'a View>,
}

impl ListWords {
    /// What a view says, narrowed by the words beside it.
    pub fn wanted<'a>(&self, list: ListKind, desk: &'a Desk) -> Result<WantedRows<'a>, CliError> {
        let sort = self.sort.as_deref().map(|text| columns::order(text, list)).transpose();
        let sort = sort.map_err(CliError::Usage)?;
        let vocabulary = schema::of_list(list);
        let words = filter_of(&self.filter, &vocabulary, desk)?;
        let ordered = |order| RowOrder::new(order, list);
        let Some(name) = &self.view else {
            return Ok(WantedRows { filter: words, order: sort.map(ordered), view: None });
        };
        let view = view::named(name, list, &desk.config.views)
            .map_err(|message| OpsError::NotFound { message, hint: None })?;
        let filter = Filter::parse_with(&view.filter, &vocabulary, &desk.reading()?)
            .map_err(|error| rejected(&error))?;
        let filter = if self.filter.is_empty() { filter } else { filter.and(words) };
        Ok(WantedRows { filter, order: sort.or(view.order).map(ordered), view: Some(view) })
    }

    /// True where not everything is listed.
    pub const fn narrows(&self) -> bool {
        !self.filter.is_empty() || self.view.is_some()
    }

    /// What was asked for, as it is told where nothing fits: `` `kind:team` ``, `the view late`.
    pub fn told(&self) -> String {
        let text = joined(&self.filter);
        match &self.view {
            Some(name) => format!("the view {name} {text}").trim_end().to_owned(),
            None => format!("`{text}`"),
        }
    }
}

/// An empty list is told by what was asked for.
pub fn told_if_none<T>(all: &[T], words: &ListWords, (nothing, list): (&str, ListKind), desk: &Desk) -> Done {
    if !all.is_empty() {
        return Ok(());
    }
    let what = if words.narrows() { format!("nothing fits {}", words.told()) } else { nothing.to_owned() };
    Err(nothing_fits(&what, &words.filter, (&schema::of_list(list), &[]), desk)?)
}

/// A row as people read it.
#[derive(Default)]
pub struct PrintedRow {
    /// Where no view says what stands in it.
    pub whole: String,
    /// What stands before the columns of a view.
    pub head: String,
    /// What it says in them.
    pub cells: Vec<String>,
    /// Under which heading it stands.
    pub group: String,
}

/// The columns of a view, ready to be asked of each row.
pub struct ViewColumns<'a> {
    view: Option<&'a View>,
    columns: Vec<Column>,
    formats: Vec<CellFormat<'a>>,
    group: Option<CellFormat<'a>>,
}

/// So wide is a column of a view at most.
const WIDEST: usize = 24;

impl<'a> ViewColumns<'a> {
    /// Those of a view, but for what stands in front of every row anyway.
    pub fn new(view: Option<&'a View>, in_front: &[&str], desk: &Desk, calendar: &'a WorkCalendar) -> Self {
        let asked = view.map_or(&[][..], |view| &view.columns).iter();
        let columns: Vec<Column> = asked.filter(|column| !in_front.contains(&column.name)).copied().collect();
        let list = view.map_or(ListKind::Requests, |view| view.list);
        let format = |column: &Column| CellFormat::new(*column, list, desk.today(), calendar);
        let formats = columns.iter().map(format).collect();
        let group = view.and_then(|view| view.group).as_ref().map(format);
        Self { view, columns, formats, group }
    }

    /// A row with what it says in them.
    pub fn row(&self, cell: &dyn Fn(&CellFormat<'_>) -> String, head: String, whole: String) -> PrintedRow {
        let cells = self.formats.iter().map(cell).collect();
        let group = self.group.as_ref().map_or_else(String::new, cell);
        PrintedRow { whole, head, cells, group }
    }

    /// Rows with the columns and under the headings of their view, the first `limit` of them.
    pub fn print(&self, rows: Vec<PrintedRow>, mut limit: usize, out: &mut Out) -> Done {
        // As wide as the widest of them, so that columns stand below each other.
        let widest = |at: usize| rows.iter().map(|row| plain::width(&row.cells[at])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.columns.len()).map(|at| widest(at).min(WIDEST)).collect();
        let Some(group) = self.view.and_then(|view| view.group) else {
            return rows.iter().take(limit).try_for_each(|row| out.line(&self.line(row, &widths, out)));
        };
        for (name, rows) in view::grouped(rows, |row| row.group.clone()) {
            if limit == 0 {
                break;
            }
            // The heading counts all of its group, of which the last one may be shown in part.
            out.line(&plain::harmless(&view::heading(group, &name, rows.len())))?;
            for row in rows.iter().take(limit) {
                let line = format!("  {}", self.line(row, &widths, out));
                out.line(&line)?;
                limit -= 1;
            }
        }
        Ok(())
    }

    /// What a row says in them, each with its name.
    pub fn told(&self, row: &PrintedRow) -> Vec<String> {
        let told = self.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        told.map(|(column, cell)| format!("{} {}", column.title(), plain::harmless(cell))).collect()
    }

    fn line(&self, row: &PrintedRow, widths: &[usize], out: &Out) -> String {
        if self.columns.is_empty() {
            return row.whole.clone();
        }
        if out.medium == Medium::Voice {
            let parts = [vec![row.head.clone()], self.told(row)].concat();
            return plain::harmless(&parts.join(", ")).into_owned();
        }
        let cells = row.cells.iter().zip(widths).map(|(cell, width)| plain::fit(cell, *width));
        format!("{}  {}", row.head, cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    }
}
