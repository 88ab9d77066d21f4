//! What lists say in columns: those that a list can be ordered by, be grouped by and show in a saved view. They are
//! the words of its filter, so that whatever can be asked for can be ordered by, and means the same.

use chrono::NaiveDate;

use super::schema::{self, Takes, Vocabulary};
use super::subject::{FoundValue, Searchable};
use crate::domain::bounds;
use crate::domain::day;
use crate::domain::kinds;
use crate::domain::minutes::Minutes;
use crate::domain::record::FieldKind;
use crate::domain::view::{self, Column, ListKind, Order, View};
use crate::domain::words::token::tokens;
use crate::domain::words::{did_you_mean, nearest};
use crate::domain::workdays::WorkCalendar;

const fn column(name: &'static str, label: &'static str) -> Column {
    Column { name, label }
}

/// Those of requests, the ones that rows are ordered by most often first.
const OF_REQUESTS: [Column; 21] = [
    column("key", "key"),
    column("title", "title"),
    column("score", "score"),
    column("due", "due"),
    column("created", "came in"),
    column("delivered", "delivered"),
    column("age", "age"),
    column("tier", "tier"),
    column("stage", "stage"),
    column("readiness", "readiness"),
    column("estimate", "estimate"),
    column("left", "left"),
    column("rounds", "rounds"),
    column("person", "held by"),
    column("requester", "requester"),
    column("brand", "brand"),
    column("channel", "channel"),
    column("outcome", "outcome"),
    column("lever", "lever"),
    column("decider", "decider"),
    column("source", "source"),
];

/// Those of meetings; the key is none of theirs, since a day is part of it.
const OF_MEETINGS: [Column; 7] = [
    column("on", "day"),
    column("title", "title"),
    column("kind", "kind"),
    column("series", "series"),
    column("with", "who is there"),
    column("length", "length"),
    column("status", "status"),
];

/// Those of the people in the load.
const OF_PEOPLE: [Column; 9] = [
    column("name", "name"),
    column("handle", "handle"),
    column("discipline", "discipline"),
    column("over", "hours over"),
    column("hours", "hours a week"),
    column("factor", "planned at"),
    column("first", "first day"),
    column("last", "last day"),
    column("holds", "holds"),
];

/// The columns of a list.
pub fn columns(list: ListKind) -> Vec<Column> {
    let Some(kind) = list.kind() else {
        return match list {
            ListKind::Meetings => OF_MEETINGS.to_vec(),
            ListKind::People => OF_PEOPLE.to_vec(),
            _ => OF_REQUESTS.to_vec(),
        };
    };
    // What fills a page has no place in a row, and what is private none where a list may be seen.
    let fields = kinds::fields(kind).iter().filter(|field| !field.is_long && !field.is_private);
    let worked_out = match list {
        ListKind::Stakeholders => &[column("trust", "trust"), column("met", "last met")][..],
        ListKind::Outcomes => &[column("done", "done")],
        ListKind::Risks => &[column("weight", "weight")],
        _ => &[],
    };
    // The program sets some days, which are told in lists all the same.
    let own = fields.filter(|field| field.is_in_form() || field.is_option() || field.kind == FieldKind::Day);
    let own = own.map(|field| column(field.name, field.title));
    [column("key", "key")].into_iter().chain(own).chain(worked_out.iter().copied()).collect()
}

/// Reads the name of a column.
///
/// # Errors
/// A sentence with the nearest name, or all of them.
pub fn named(name: &str, list: ListKind) -> Result<Column, String> {
    let all = columns(list);
    let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
    if let Some(column) = all.iter().find(|column| column.name == wanted) {
        return Ok(*column);
    }
    let begun: Vec<&Column> =
        all.iter().filter(|column| !wanted.is_empty() && column.name.starts_with(&wanted)).collect();
    if let [column] = begun[..] {
        return Ok(*column);
    }
    let names: Vec<&str> = all.iter().map(|column| column.name).collect();
    let near = nearest(&wanted, &names);
    let all = if near.is_none() { format!("; columns are {}", names.join(", ")) } else { String::new() };
    let which = if list == ListKind::Requests { String::new() } else { format!(" of {list}") };
    Err(format!("`{}` is not a column{which}{}{all}", bounds::named(name), did_you_mean(near)))
}

/// Reads `due`, or `-due` for the other way round.
///
/// # Errors
/// As [`named`].
pub fn order(text: &str, list: ListKind) -> Result<Order, String> {
    let (name, is_reversed) = match text.trim().strip_prefix('-') {
        Some(name) => (name, true),
        None => (text.trim(), false),
    };
    Ok(Order { column: named(name, list)?, is_reversed })
}

/// The saved view that a filter begins with; words behind it narrow it, and its order and columns stay.
pub fn view_of<'a>(filter: &str, views: &'a [View]) -> Option<&'a View> {
    let first = tokens(filter).into_iter().next()?;
    view::find(first.text.strip_prefix("view:")?, views)
}

/// The filter that shows a view, as it would be typed.
pub fn filter_of(view: &View) -> String {
    // Anything but letters could be read as a sign of the filter.
    let is_plain = view.name.chars().all(char::is_alphanumeric);
    if is_plain { format!("view:{}", view.name) } else { format!("view:\"{}\"", view.name) }
}

/// A filter without the view that it begins with: what that shows stands there itself, and outlives it.
pub fn written_out(filter: &str, views: &[View]) -> String {
    let (Some(view), Some(first)) = (view_of(filter, views), tokens(filter).into_iter().next()) else {
        return filter.trim().to_owned();
    };
    let rest: String = filter.chars().skip(first.end).collect();
    let (own, rest) = (view.filter.trim(), rest.trim());
    // Words beside it narrow all of it, not its last alternative alone.
    let has_or = tokens(own).iter().any(|token| token.text.eq_ignore_ascii_case("or"));
    match (own, rest) {
        ("", rest) => rest.to_owned(),
        (own, "") => own.to_owned(),
        (own, rest) if has_or => format!("({own}) {rest}"),
        (own, rest) => format!("{own} {rest}"),
    }
}

/// What stands behind the word of a column.
pub(super) fn takes(column: Column, list: ListKind) -> Takes {
    let found = |words: &Vocabulary| match words.find(column.name).map(|word| word.takes) {
        // A mark says only that somebody is over; the column says by how much.
        Some(Takes::Mark(_)) => Takes::Length,
        takes => takes.unwrap_or(Takes::Text),
    };
    // Not copied for every cell of a queue.
    if list == ListKind::Requests { found(schema::requests()) } else { found(&schema::of_list(list)) }
}

/// How cells of a column are written.
#[derive(Clone, Copy)]
pub struct CellFormat<'a> {
    /// The column that the cells stand in.
    pub column: Column,
    takes: Takes,
    pub today: NaiveDate,
    pub calendar: &'a WorkCalendar,
}

impl<'a> CellFormat<'a> {
    /// The format of a column of a list, with days as they are told today.
    pub fn new(column: Column, list: ListKind, today: NaiveDate, calendar: &'a WorkCalendar) -> Self {
        Self { column, takes: takes(column, list), today, calendar }
    }

    /// What a row says in it; empty where it says nothing there.
    pub fn cell(&self, row: &dyn Searchable) -> String {
        match row.in_column(self.column.name) {
            FoundValue::Missing => String::new(),
            FoundValue::Text(text) => match self.takes {
                // Words of a closed set are written with hyphens only where they are typed.
                Takes::Choice(_) | Takes::Stage => text.replace('-', " "),
                _ => text.trim().to_owned(),
            },
            FoundValue::Texts(texts) => texts.join(", "),
            FoundValue::Keyed(key, text) => {
                if text.trim().is_empty() {
                    key
                } else {
                    text.into_owned()
                }
            }
            // Only what is due can be late; any other day that has passed is just a day.
            FoundValue::Day(on) if ["due", "raise-by"].contains(&self.column.name) => {
                day::column_text(on, self.today, self.calendar)
            }
            FoundValue::Day(on) => day::day_near(on, self.today),
            FoundValue::Number(number) => self.number(number),
        }
    }

    fn number(&self, number: f64) -> String {
        match self.takes {
            // Kept in whole minutes, which a float holds exactly.
            Takes::Length => format!("{number:.0}")
                .parse()
                .map_or_else(|_| String::new(), |minutes| Minutes(minutes).to_string()),
            Takes::Age => format!("{number}d"),
            Takes::Tier => format!("T{number}"),
            Takes::YesNo => (if number > 0.0 { "yes" } else { "no" }).to_owned(),
            _ if self.column.name == "score" => format!("{number:.1}"),
            _ => number.to_string(),
        }
    }
}
