//! A saved view as a form: its parts as they are typed, and what keeps them from being a view.

use super::{Column, ListKind, View, find, share_a_menu};
use crate::domain::record::form;
use crate::domain::words::ParseContext;
use crate::domain::words::filter::{Filter, columns, schema};

form! {
    /// What a form asks of a saved view; of which list it is follows from where it is saved.
    ViewForm {
        /// What it is called, in the menu and behind `:view`.
        name: String = "name" => field("Name").needed().hint("a word or two, as print jobs; `:view` and `list --view` find it by this"),
        /// The letter that opens it behind the key of the menu.
        letter: String = "letter" => field("Letter").hint("opens it in the menu of views; empty leaves it to its name"),
        /// The words of the filter language that its rows fit.
        filter: String = "filter" => field("Filter").hint("as behind the key of the filter; empty shows everything"),
        /// By what its rows are ordered.
        order: String = "order" => field("Order").hint("a column, -due for the other way round; empty leaves it to the list"),
        /// The columns that its rows show beside their titles.
        columns: String = "columns" => field("Columns").hint("what stands beside the titles, as due, stage; empty leaves it to the list"),
        /// The column whose values become headings over its rows.
        group: String = "group" => field("Grouped by").hint("a column whose values become headings; empty makes one list"),
    }
}

/// Saved like this, a name would only say what the list shows without one.
const NOTHING_SET: &str =
    "it would show everything as the list does by itself: say a filter, an order, columns or a grouping";

/// The part of a form that is wrong, and a sentence.
pub type WrongPart = (&'static str, String);

impl ViewForm {
    /// A view as it could be typed.
    pub fn of(view: &View) -> Self {
        let names: Vec<&str> = view.columns.iter().map(|column| column.name).collect();
        Self {
            name: view.name.clone(),
            letter: view.letter.map_or_else(String::new, String::from),
            filter: view.filter.clone(),
            order: view.order.map_or_else(String::new, |order| order.to_string()),
            columns: names.join(", "),
            group: view.group.map_or_else(String::new, |column| column.name.to_owned()),
        }
    }

    /// The view that is typed in place of another one, which is a new one if it has no name yet.
    ///
    /// # Errors
    /// The part that is wrong: a name or letter that is taken, words that the list does not know.
    pub fn read(&self, before: &View, context: &ParseContext) -> Result<View, WrongPart> {
        let list = before.list;
        let at = |part: &'static str| move |message: String| (part, message);
        let others: Vec<View> =
            context.views.iter().filter(|view| view.name != before.name).cloned().collect();
        let name = free_name(&self.name, &others).map_err(at("name"))?;
        let letter = free_letter(&self.letter, list, &others).map_err(at("letter"))?;
        let filter = self.filter.trim().to_owned();
        // By the others alone: a view that names itself would never end.
        let mut reading = context.clone();
        reading.views = others.into();
        Filter::parse_with(&filter, &schema::of_list(list), &reading)
            .map_err(|error| ("filter", error.to_string()))?;
        let order = match self.order.trim() {
            "" => None,
            text => Some(columns::order(text, list).map_err(at("order"))?),
        };
        let shown = named_columns(&self.columns).map(|text| columns::named(text, list));
        let group = match self.group.trim() {
            "" => None,
            text => Some(columns::named(text, list).map_err(at("group"))?),
        };
        let columns: Vec<Column> = shown.collect::<Result<_, _>>().map_err(at("columns"))?;
        if filter.is_empty() && order.is_none() && columns.is_empty() && group.is_none() {
            return Err(("filter", NOTHING_SET.to_owned()));
        }
        Ok(View { name, list, filter, order, columns, group, letter, is_own: true })
    }
}

fn named_columns(text: &str) -> impl Iterator<Item = &str> {
    let by_comma = text.contains(',');
    let parts = text.split(move |letter: char| if by_comma { letter == ',' } else { letter.is_whitespace() });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

fn free_name(typed: &str, others: &[View]) -> Result<String, String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err("a view needs a name".to_owned());
    }
    // Either would end the name where it is typed behind `view:`.
    if name.chars().any(|letter| letter.is_control() || letter == '"') {
        return Err("a name has letters, figures and blanks".to_owned());
    }
    match find(name, others) {
        Some(other) => Err(format!("there is a view {} already, of {}", other.name, other.list)),
        None => Ok(name.to_owned()),
    }
}

fn free_letter(typed: &str, list: ListKind, others: &[View]) -> Result<Option<char>, String> {
    let mut letters = typed.trim().chars();
    let letter = match (letters.next(), letters.next()) {
        (None, _) => return Ok(None),
        (Some(letter), None) if letter.is_alphabetic() => letter,
        // The menu has them for its other choices.
        (Some(letter), None) if letter.is_numeric() => {
            return Err(format!("`{letter}` leads to other views in the menu; take a letter"));
        }
        _ => return Err(format!("`{}` is not one letter", typed.trim())),
    };
    let taken = others.iter().find(|other| other.letter == Some(letter) && share_a_menu(other.list, list));
    match taken {
        Some(other) => Err(format!("`{letter}` opens {} already", other.name)),
        None => Ok(Some(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str, list: ListKind, letter: char) -> View {
        View { letter: Some(letter), ..View::new(name, list) }
    }

    fn read(words: &[(&str, &str)], before: &View) -> Result<View, WrongPart> {
        use crate::domain::record::Fields as _;
        let mut context = ParseContext::monday();
        let owed = view("owed by us", ListKind::Promises, 'o');
        context.views = vec![view("late", ListKind::Requests, 'l'), owed].into();
        let mut form = ViewForm::of(before);
        for (name, text) in words {
            form.set(name, text, &context).unwrap();
        }
        form.read(before, &context)
    }

    #[test]
    fn what_is_typed_is_a_view_and_is_shown_as_it_was_typed() {
        let words = [
            ("name", " print jobs "),
            ("letter", "p"),
            ("filter", "view:late tag:print"),
            ("order", "-due"),
            ("columns", "stage due"),
            ("group", "requester"),
        ];
        let view = read(&words, &View::new("", ListKind::Requests)).unwrap();
        assert_eq!((view.name.as_str(), view.letter, view.is_own), ("print jobs", Some('p'), true));
        let form = ViewForm::of(&view);
        assert_eq!(
            (form.order.as_str(), form.columns.as_str(), form.group.as_str()),
            ("-due", "stage, due", "requester")
        );
        assert_eq!(
            form.read(&view, &ParseContext::monday()).unwrap_err().0,
            "filter",
            "late is no view there"
        );
    }

    #[test]
    fn each_fault_stands_at_its_part() {
        let (requests, stakeholders) =
            (View::new("", ListKind::Requests), View::new("", ListKind::Stakeholders));
        for (before, words, part, told) in [
            (&requests, &[][..], "name", "needs a name"),
            (&requests, &[("name", "LATE")], "name", "there is a view late already, of requests"),
            (&requests, &[("name", "x"), ("letter", "l")], "letter", "`l` opens late already"),
            // On a board the lists share one menu.
            (&stakeholders, &[("name", "x"), ("letter", "o")], "letter", "`o` opens owed by us already"),
            (&requests, &[("name", "x"), ("letter", "4")], "letter", "leads to other views"),
            (&requests, &[("name", "x"), ("letter", "ab")], "letter", "is not one letter"),
            (&requests, &[("name", "x"), ("filter", "teir:1")], "filter", "tier"),
            (&requests, &[("name", "x"), ("order", "deu")], "order", "did you mean `due`?"),
            (&requests, &[("name", "x"), ("columns", "due, stge")], "columns", "stage"),
            (&requests, &[("name", "x"), ("group", "colour")], "group", "columns are"),
            (&requests, &[("name", "x"), ("filter", " ")], "filter", "it would show everything"),
        ] {
            let (at, message) = read(words, before).unwrap_err();
            assert_eq!(at, part, "{message}");
            assert!(message.contains(told), "{message}");
        }
        // Letters of other panes are free, and so is its own.
        assert!(read(&[("name", "x"), ("letter", "o"), ("order", "due")], &requests).is_ok());
        let late = view("late", ListKind::Requests, 'l');
        assert!(read(&[("filter", "is:late")], &late).is_ok());
        assert_eq!(read(&[("filter", "view:late")], &late).unwrap_err().0, "filter", "not by itself");
    }
}
