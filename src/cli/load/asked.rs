//! The load of those people that words, a view and an order ask for.

use super::human_load;
use crate::cli::json::LoadRowJson;
use crate::cli::out::Out;
use crate::cli::team::lists::WantedPeople;
use crate::cli::views::{ListWords, PrintedRow, ViewColumns};
use crate::cli::{CliError, Done};
use crate::domain::ids::PersonId;
use crate::domain::load::LoadGrid;
use crate::domain::view;
use crate::ops::Desk;
use crate::plain;

/// People of the load, as the list of people finds and orders them.
pub struct AskedPeople<'a> {
    wanted: WantedPeople<'a>,
    narrows: bool,
}

impl<'a> AskedPeople<'a> {
    /// Those that are asked for; `None` for everybody as the load has them.
    pub fn of(words: &ListWords, desk: &'a Desk) -> Result<Option<Self>, CliError> {
        let narrows = words.narrows();
        // Nothing was asked, so the load keeps its own order and its row of work that nobody holds.
        if !narrows && words.sort.is_none() {
            return Ok(None);
        }
        let wanted = WantedPeople::of(words, desk)?;
        if wanted.people.is_empty() {
            return Err(WantedPeople::nobody(words, desk)?);
        }
        Ok(Some(Self { wanted, narrows }))
    }

    /// Leaves their rows alone, in their order.
    pub fn narrow(&self, grid: &mut LoadGrid) {
        let place = |id: PersonId| self.wanted.people.iter().position(|person| person.id == id);
        grid.rows.retain(|row| place(row.person).is_some());
        grid.rows.sort_by_key(|row| place(row.person));
        // What nobody holds fits no words about people.
        if self.narrows {
            grid.nobody = None;
        }
    }

    /// Prints rows under the headings of the view, each with what its columns say.
    pub fn print(&self, rows: Vec<LoadRowJson>, desk: &Desk, out: &mut Out) -> Done {
        let Some(view) = self.wanted.view else { return human_load(&rows, &[], out) };
        let calendar = desk.calendar()?;
        let columns = ViewColumns::new(Some(view), &["handle"], desk, &calendar);
        let printed = |row: &LoadRowJson| {
            let person = self.wanted.people.iter().find(|person| row.handle.as_ref() == Some(&person.handle));
            person.map(|person| self.wanted.row(person, &columns, String::new(), String::new()))
        };
        let rows: Vec<(LoadRowJson, PrintedRow)> = rows
            .into_iter()
            .map(|row| {
                // A discipline is nobody of whom a column could say something.
                let printed = printed(&row).unwrap_or_default();
                (row, printed)
            })
            .collect();
        let Some(group) = view.group else { return show(rows, |_| None, &columns, out) };
        let (mut headed, mut headings) = (Vec::new(), Vec::new());
        for (name, own) in view::grouped(rows, |(_, printed)| printed.group.clone()) {
            let heading = plain::harmless(&view::heading(group, &name, own.len())).into_owned();
            // A heading stands over the first row of its group alone.
            headings.extend((0..own.len()).map(|at| (at == 0).then(|| heading.clone())));
            headed.extend(own);
        }
        show(headed, |at| headings[at].clone(), &columns, out)
    }
}

/// What a view says of a row.
pub struct ViewedRow {
    /// What stands over it.
    pub heading: Option<String>,
    /// What its columns say.
    pub said: String,
}

fn show(
    rows: Vec<(LoadRowJson, PrintedRow)>,
    heading: impl Fn(usize) -> Option<String>,
    columns: &ViewColumns<'_>,
    out: &mut Out,
) -> Done {
    let viewed: Vec<ViewedRow> = rows
        .iter()
        .enumerate()
        .map(|(at, (_, printed))| ViewedRow { heading: heading(at), said: columns.told(printed).join(", ") })
        .collect();
    let rows: Vec<LoadRowJson> = rows.into_iter().map(|(row, _)| row).collect();
    human_load(&rows, &viewed, out)
}
