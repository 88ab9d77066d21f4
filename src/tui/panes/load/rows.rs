//! The rows of the load pane: people or disciplines, then work that nobody holds, then what waits for a
//! decider.

use crate::domain::ids::PersonId;
use crate::domain::load::{Cell, LoadRow};
use crate::domain::view::{Column, ListKind};
use crate::domain::words::filter::Searchable;
use crate::domain::words::filter::order::RowOrder;
use crate::domain::words::filter::person::PersonSubject;
use crate::domain::words::is_same_word;
use crate::ops::queue::held_by;
use crate::ops::waiting::ReviewLoad;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::list::Rows;

#[derive(Debug, Clone, Copy)]
pub enum RowKind<'a> {
    /// A person or role.
    Person(&'a LoadRow),
    /// A discipline, added up.
    Group(&'a str, &'a [Cell]),
    /// Work that nobody holds.
    Unheld(&'a LoadRow),
    /// What waits for somebody's decision.
    Review(&'a ReviewLoad),
    /// What some people have in common, by the first of them, whom a saved view puts together.
    Heading { column: Column, first: &'a LoadRow, count: usize },
}

impl Rows for [RowKind<'_>] {
    type Item = usize;

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<usize> {
        // The cursor goes past headings, as nothing can be done to one.
        self.get(row).filter(|row| !matches!(row, RowKind::Heading { .. })).map(|_| row)
    }
}

impl<'a> RowKind<'a> {
    /// Its cells by day.
    pub const fn cells(self) -> &'a [Cell] {
        match self {
            Self::Person(row) | Self::Unheld(row) => row.cells.as_slice(),
            Self::Group(_, cells) => cells,
            Self::Review(_) | Self::Heading { .. } => &[],
        }
    }

    /// True if a filter lets it through.
    pub fn fits(self, filter: &PaneFilter, snapshot: &Snapshot) -> bool {
        match self {
            Self::Person(row) => {
                asked(row, snapshot, |person| filter.fits(ListKind::People, person)).unwrap_or(false)
            }
            Self::Group(name, _) => filter.fits_texts(ListKind::People, &[name]),
            Self::Unheld(_) => filter.fits_texts(ListKind::People, &["to give"]),
            Self::Review(review) => filter.fits_texts(ListKind::People, &["review", &review.decider]),
            // Made of rows that fit.
            Self::Heading { .. } => true,
        }
    }

    /// Whose hours its cells are; those that nobody holds have an owner of their own.
    pub const fn owner(self) -> Option<PersonId> {
        match self {
            Self::Person(row) | Self::Unheld(row) => Some(row.person),
            _ => None,
        }
    }

    /// The same as it would stand, where something is about to change it.
    pub fn after(self, ghost: Option<&'a Ghost>) -> Self {
        let after = ghost.and_then(|it| it.of(self.owner())).and_then(|it| it.after.as_ref());
        match (self, after) {
            (Self::Person(_), Some(after)) => Self::Person(after),
            (row, _) => row,
        }
    }

    /// The row of a person or role.
    pub const fn load_row(self) -> Option<&'a LoadRow> {
        if let Self::Person(row) = self { Some(row) } else { None }
    }

    /// Who it is, and of what discipline.
    pub fn names(self, snapshot: &'a Snapshot) -> (&'a str, &'a str) {
        match self {
            Self::Person(row) => snapshot
                .team
                .person(row.person)
                .map_or(("", ""), |person| (person.handle.as_str(), person.discipline.as_str())),
            Self::Group(name, _) => (name, ""),
            Self::Unheld(_) => ("to give", ""),
            Self::Review(_) => ("review", ""),
            Self::Heading { .. } => ("", ""),
        }
    }

    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(row) => Some(row.person),
            _ => None,
        }
    }
}

/// What `ask` finds of somebody as filters and columns see them.
pub(super) fn asked<T>(
    row: &LoadRow,
    snapshot: &Snapshot,
    ask: impl FnOnce(&dyn Searchable) -> T,
) -> Option<T> {
    let person = snapshot.team.person(row.person)?;
    Some(ask(&PersonSubject {
        person,
        today: snapshot.today(),
        holdings: &|| held_by(&person.handle, &snapshot.rows),
        over: row.verdict.over(),
    }))
}

/// Disciplines with their cells, added up.
pub type Groups = Vec<(String, Vec<Cell>)>;

/// The disciplines of a snapshot.
pub fn groups(snapshot: &Snapshot) -> Groups {
    snapshot.grid.by(|id| group_of(id, snapshot).to_owned())
}

/// The discipline that somebody is added up in.
fn group_of(id: PersonId, snapshot: &Snapshot) -> &str {
    let discipline = snapshot.team.person(id).map_or("", |person| person.discipline.as_str());
    if discipline.trim().is_empty() { "no discipline" } else { discipline }
}

/// True if somebody is added up in a discipline, in whatever letters each writes it.
pub fn is_in(id: PersonId, name: &str, snapshot: &Snapshot) -> bool {
    is_same_word(group_of(id, snapshot), name)
}

/// All rows, the people in the order that is asked for; `groups` replace them.
pub fn rows<'a>(
    snapshot: &'a Snapshot,
    groups: Option<&'a Groups>,
    order: Option<RowOrder>,
) -> Vec<RowKind<'a>> {
    let mut rows: Vec<RowKind<'a>> = if let Some(groups) = groups {
        groups.iter().map(|(name, cells)| RowKind::Group(name, cells)).collect()
    } else {
        let mut people: Vec<&LoadRow> = snapshot.grid.rows.iter().collect();
        if let Some(order) = order {
            // Asked once of each, since what somebody holds is looked for among all requests.
            people.sort_by_cached_key(|row| asked(row, snapshot, |person| order.key(person)));
        }
        people.into_iter().map(RowKind::Person).collect()
    };
    // Below the people, whose places stay the same whether there is such work or not.
    rows.extend(snapshot.grid.nobody.iter().map(RowKind::Unheld));
    rows.extend(snapshot.waiting.reviews.iter().map(RowKind::Review));
    rows
}
