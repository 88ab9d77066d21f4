//! Saved views: a filter of one list with its order, its columns and a letter, under a name. Some are shipped, others
//! stand in the configuration; lists, menus and the filter word `view:` know them by their names.

pub mod form;

use std::collections::HashMap;

use super::bounds;
use super::ids::Kind;
use super::named::named_enum;
use super::words::letters::{did_you_mean, fold, nearest};

/// A filter that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct View {
    /// As its table in the configuration is called.
    pub name: String,
    /// The list that it is a view of: its words are read as those of that list.
    pub list: ListKind,
    /// As it is typed, in the filter language.
    pub filter: String,
    /// By what its rows are ordered; without it, as the list is.
    pub order: Option<Order>,
    /// What its rows show besides their titles; empty leaves it to the list.
    pub columns: Vec<Column>,
    /// By what its rows are put together under headings.
    pub group: Option<Column>,
    /// Opens it from the menu of views.
    pub letter: Option<char>,
    /// The user's configuration says something of it.
    pub is_own: bool,
}

impl View {
    /// A view of all of a list, as the list is.
    pub fn new(name: &str, list: ListKind) -> Self {
        Self {
            name: name.to_owned(),
            list,
            filter: String::new(),
            order: None,
            columns: Vec::new(),
            group: None,
            letter: None,
            is_own: false,
        }
    }
}

named_enum! {
    /// A list that can be filtered and ordered, and that views are of.
    pub enum ListKind {
        Requests = "requests", "requests",
        Meetings = "meetings", "meetings",
        People = "people", "people",
        Absences = "absences", "absences",
        Holidays = "holidays", "holidays",
        Outcomes = "outcomes", "outcomes",
        Gains = "gains", "gains",
        Redirects = "redirects", "redirects",
        Frictions = "frictions", "frictions",
        Risks = "risks", "risks",
        Stakeholders = "stakeholders", "stakeholders",
        Decisions = "decisions", "decisions",
        Promises = "promises", "promises",
    }
}

impl ListKind {
    /// The kind of its records, where its rows are declared records.
    pub const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Requests | Self::Meetings | Self::People => return None,
            Self::Absences => Kind::Absence,
            Self::Holidays => Kind::Holiday,
            Self::Outcomes => Kind::Outcome,
            Self::Gains => Kind::Gain,
            Self::Redirects => Kind::Redirect,
            Self::Frictions => Kind::Friction,
            Self::Risks => Kind::Risk,
            Self::Stakeholders => Kind::Stakeholder,
            Self::Decisions => Kind::Decision,
            Self::Promises => Kind::Promise,
        })
    }

    /// The list of a kind of record, if it is one.
    pub fn of(kind: Kind) -> Option<Self> {
        if kind == Kind::Request {
            return Some(Self::Requests);
        }
        Self::ALL.iter().copied().find(|list| list.kind() == Some(kind))
    }
}

/// The lists that stand together on a board, the one that it is named after first.
pub const BOARDS: [&[ListKind]; 3] = [
    &[ListKind::Outcomes, ListKind::Gains, ListKind::Redirects],
    &[ListKind::Frictions, ListKind::Gains, ListKind::Redirects, ListKind::Risks],
    &[ListKind::Stakeholders, ListKind::Decisions, ListKind::Promises],
];

/// True if views of both lists are offered in one menu, where a letter opens one of them.
pub fn share_a_menu(one: ListKind, other: ListKind) -> bool {
    one == other || BOARDS.iter().any(|board| board.contains(&one) && board.contains(&other))
}

/// Something that a row of a list says: by it rows are ordered, and put together under headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Column {
    /// The word of the filter language that asks for the same.
    pub name: &'static str,
    /// As forms call it.
    pub label: &'static str,
}

impl Column {
    /// What stands over it.
    pub fn head(self) -> &'static str {
        // Labels of forms begin in capitals, which no other name of a column does.
        if self.label.starts_with(char::is_lowercase) { self.label } else { self.name }
    }

    /// What it is called within a sentence.
    pub fn title(self) -> String {
        self.label.to_lowercase()
    }
}

/// By what rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    pub column: Column,
    /// The other way round than is usual for the column.
    pub is_reversed: bool,
}

impl Order {
    /// By a column, the other way round if that is how rows are ordered now.
    pub fn by(column: Column, now: Option<Self>) -> Self {
        let is_reversed = now.is_some_and(|now| now.column == column && !now.is_reversed);
        Self { column, is_reversed }
    }

    /// As the rule over a list says it: `by due, backwards`.
    pub fn told(self) -> String {
        let backwards = if self.is_reversed { ", backwards" } else { "" };
        format!("by {}{backwards}", self.column.title())
    }
}

/// As it is typed and kept: `due`, or `-due`.
impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.is_reversed { "-" } else { "" }, self.column.name)
    }
}

/// Puts rows of one name together, under it: groups in the order of their first rows, what has no name last.
pub fn grouped<T>(rows: Vec<T>, name: impl Fn(&T) -> String) -> Vec<(String, Vec<T>)> {
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    // By its name as it compares: `Kim` and `kim` are one.
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let name = name(&row);
        let place = *places.entry(fold(name.trim())).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, own)) => own.push(row),
            None => groups.push((name.trim().to_owned(), vec![row])),
        }
    }
    // Stable: all groups but the one without a name keep the order of their first rows.
    groups.sort_by_key(|(name, _)| name.is_empty());
    groups
}

/// What stands over a group: `Kim Okafor  3`, `no requester  2`.
pub fn heading(column: Column, name: &str, count: usize) -> String {
    let name = if name.is_empty() { format!("no {}", column.title()) } else { name.to_owned() };
    format!("{name}  {count}")
}

/// A name for comparing: `New this week` and `new-this-week` are one.
fn comparable(name: &str) -> String {
    // Names are typed by hand in `view:new-this-week`, where a space would end the word.
    fold(name.trim()).replace(['-', '_', ' '], " ")
}

/// The view of a name, of whatever list.
pub fn find<'a>(name: &str, views: &'a [View]) -> Option<&'a View> {
    let name = comparable(name);
    views.iter().find(|view| comparable(&view.name) == name)
}

/// The views of a list.
pub fn of_list(list: ListKind, views: &[View]) -> impl Iterator<Item = &View> {
    views.iter().filter(move |view| view.list == list)
}

/// The view of a name, which has to be one of a list.
///
/// # Errors
/// A sentence: of what list it is, or the nearest name and all of them.
pub fn named<'a>(name: &str, list: ListKind, views: &'a [View]) -> Result<&'a View, String> {
    match find(name, views) {
        Some(view) if view.list == list => Ok(view),
        Some(other) => Err(format!("{} is a view of {}, not of {list}", other.name, other.list)),
        None => Err(unknown(name, of_list(list, views))),
    }
}

/// A sentence for a name that no view has: the nearest one, and all of them.
pub fn unknown<'a>(name: &str, views: impl Iterator<Item = &'a View>) -> String {
    let all: Vec<&str> = views.map(|view| view.name.as_str()).collect();
    let names: Vec<String> = all.iter().map(|name| comparable(name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let near =
        nearest(&comparable(name), &names).and_then(|near| all.iter().find(|name| comparable(name) == near));
    let name = bounds::named(name.trim());
    if all.is_empty() {
        return format!("no view is called {name}, and there are none");
    }
    format!("no view is called {name}{} (views: {})", did_you_mean(near), all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str) -> View {
        View::new(name, ListKind::Requests)
    }

    #[test]
    fn rows_of_one_name_stand_together_and_what_has_none_comes_last() {
        let rows = vec!["", "kim 1", "ana 1", "Kim 2", "ana 2"];
        let requester = Column { name: "requester", label: "Requester" };
        let groups = grouped(rows, |row| row.split(' ').next().unwrap_or_default().to_owned());
        let told: Vec<String> =
            groups.iter().map(|(name, rows)| heading(requester, name, rows.len())).collect();
        assert_eq!(told, ["kim  2", "ana  2", "no requester  1"]);
        assert_eq!(groups[0].1, ["kim 1", "Kim 2"]);
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        let views = [view("late"), view("new this week")];
        for name in ["new this week", "New-This-Week", " new_this_week "] {
            assert_eq!(find(name, &views).map(|view| view.name.as_str()), Some("new this week"), "{name}");
        }
        assert_eq!(find("new", &views), None);
        assert_eq!(
            unknown("lat", views.iter()),
            "no view is called lat; did you mean `late`? (views: late, new this week)"
        );
        assert_eq!(
            unknown("new this weak", views.iter()),
            "no view is called new this weak; did you mean `new this week`? (views: late, new this week)"
        );
        assert_eq!(
            unknown("holiday plans", views.iter()),
            "no view is called holiday plans (views: late, new this week)"
        );
        assert_eq!(unknown("x", [].iter()), "no view is called x, and there are none");
    }

    #[test]
    fn a_view_is_of_one_list() {
        let owed = View { list: ListKind::Promises, ..view("owed by us") };
        let views = [view("late"), owed];
        assert_eq!(
            named("owed-by-us", ListKind::Promises, &views).map(|it| it.name.as_str()),
            Ok("owed by us")
        );
        let told = |name, list| named(name, list, &views).unwrap_err();
        assert_eq!(told("late", ListKind::Promises), "late is a view of requests, not of promises");
        assert_eq!(
            told("owed by is", ListKind::Promises),
            "no view is called owed by is; did you mean `owed by us`? (views: owed by us)"
        );
        assert_eq!(told("late", ListKind::Meetings), "late is a view of requests, not of meetings");
        assert_eq!(told("soon", ListKind::Meetings), "no view is called soon, and there are none");
    }

    #[test]
    fn lists_of_records_and_their_kinds_name_each_other() {
        for list in ListKind::ALL.iter().filter(|list| list.kind().is_some()) {
            assert_eq!(list.kind().and_then(ListKind::of), Some(*list));
        }
        assert_eq!("promise".parse(), Ok(ListKind::Promises), "the beginning of a name is enough");
        assert_eq!(ListKind::of(Kind::Tie), None);
    }

    #[test]
    fn a_second_time_a_column_orders_backwards() {
        let due = Column { name: "due", label: "Due" };
        let once = Order::by(due, None);
        assert_eq!((once.to_string(), once.told()), ("due".to_owned(), "by due".to_owned()));
        let twice = Order::by(due, Some(once));
        assert_eq!((twice.to_string(), twice.told()), ("-due".to_owned(), "by due, backwards".to_owned()));
        assert_eq!(Order::by(due, Some(twice)), once);
    }
}
