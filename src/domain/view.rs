//! Saved views: a filter with its order, its columns and a letter, under a name. Some are shipped, others stand in the
//! configuration; lists, menus and the filter word `view:` know them by their names.

use std::collections::HashMap;

use super::bounds;
use super::named::named_enum;
use super::words::letters::{fold, nearest};

/// A filter that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct View {
    /// As its table in the configuration is called.
    pub name: String,
    /// As it is typed, in the filter language.
    pub filter: String,
    /// By what its rows are ordered; without it, as the queue is.
    pub order: Option<Order>,
    /// What its rows show besides their titles; empty leaves it to the list.
    pub columns: Vec<Column>,
    /// By what its rows are put together under headings.
    pub group: Option<Column>,
    /// Opens it from the menu of views.
    pub letter: Option<char>,
}

named_enum! {
    /// What a list can show of a request, be ordered by, and be grouped by.
    pub enum Column {
        Key = "key", "key",
        Title = "title", "title",
        Score = "score", "score",
        Due = "due", "due",
        Created = "created", "came in",
        Delivered = "delivered", "delivered",
        Age = "age", "age",
        Tier = "tier", "tier",
        Stage = "stage", "stage",
        Readiness = "readiness", "readiness",
        Estimate = "estimate", "estimate",
        Left = "left", "left",
        Rounds = "rounds", "rounds",
        Person = "person", "held by",
        Requester = "requester", "requester",
        Brand = "brand", "brand",
        Channel = "channel", "channel",
        Outcome = "outcome", "outcome",
        Lever = "lever", "lever",
        Decider = "decider", "decider",
        Source = "source", "source",
    }
}

/// By what rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    pub column: Column,
    /// The other way round than is usual for the column.
    pub is_reversed: bool,
}

impl std::str::FromStr for Order {
    type Err = String;

    /// Reads `due`, or `-due` for the other way round.
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, is_reversed) = match text.trim().strip_prefix('-') {
            Some(name) => (name, true),
            None => (text.trim(), false),
        };
        Ok(Self { column: column(name)?, is_reversed })
    }
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.is_reversed { "-" } else { "" }, self.column.name())
    }
}

/// Reads the name of a column.
///
/// # Errors
/// A sentence with the nearest name, or all of them.
pub fn column(name: &str) -> Result<Column, String> {
    name.parse().map_err(|_| {
        let meant = nearest(name, Column::NAMES).map(|near| format!("did you mean `{near}`?"));
        let all = || format!("columns are {}", Column::NAMES.join(", "));
        format!("`{}` is not a column; {}", bounds::named(name), meant.unwrap_or_else(all))
    })
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

/// The view of a name.
pub fn find<'a>(name: &str, views: &'a [View]) -> Option<&'a View> {
    let name = comparable(name);
    views.iter().find(|view| comparable(&view.name) == name)
}

/// A sentence for a name that no view has: the nearest one, and all of them.
pub fn unknown(name: &str, views: &[View]) -> String {
    let names: Vec<String> = views.iter().map(|view| comparable(&view.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let near = nearest(&comparable(name), &names)
        .and_then(|near| find(&near, views))
        .map_or_else(String::new, |near| format!(": {}?", near.name));
    let all: Vec<&str> = views.iter().map(|view| view.name.as_str()).collect();
    let name = bounds::named(name.trim());
    if all.is_empty() {
        return format!("no view is called {name}, and there are none");
    }
    format!("no view is called {name}{near} (views: {})", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str) -> View {
        View {
            name: name.into(),
            filter: String::new(),
            order: None,
            columns: vec![],
            group: None,
            letter: None,
        }
    }

    #[test]
    fn rows_of_one_name_stand_together_and_what_has_none_comes_last() {
        let rows = vec!["", "kim 1", "ana 1", "Kim 2", "ana 2"];
        let groups = grouped(rows, |row| row.split(' ').next().unwrap_or_default().to_owned());
        let told: Vec<String> =
            groups.iter().map(|(name, rows)| heading(Column::Requester, name, rows.len())).collect();
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
        assert_eq!(unknown("lat", &views), "no view is called lat: late? (views: late, new this week)");
        assert_eq!(
            unknown("new this weak", &views),
            "no view is called new this weak: new this week? (views: late, new this week)"
        );
        assert_eq!(
            unknown("holiday plans", &views),
            "no view is called holiday plans (views: late, new this week)"
        );
        assert_eq!(unknown("x", &[]), "no view is called x, and there are none");
    }

    #[test]
    fn an_order_is_read_as_it_is_written() {
        for text in ["due", "-due", "score", "-created"] {
            assert_eq!(text.parse::<Order>().map(|order| order.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("dew".parse::<Order>(), Err("`dew` is not a column; did you mean `due`?".to_owned()));
        assert!("colour of paper".parse::<Order>().unwrap_err().contains("columns are key, title"));
    }
}
