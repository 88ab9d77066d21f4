//! Lays the user's table over the example. The example is the schema: a key that it does not have, or a
//! value of another type, is a fault and is left out. `[keys]` is open: its names are checked against the
//! table of actions by the cockpit. So is `[views]`, where every table is one view.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};
use toml::{Spanned, Table, Value};

use crate::domain::bounds;
use crate::domain::words::{did_you_mean, nearest};

/// Every setting of a view with what holds where its table does not say it.
const VIEW: &str = "list = \"\"\nfilter = \"\"\norder = \"\"\ncolumns = []\ngroup = \"\"\nletter = \"\"";

/// One thing that is wrong in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column from 1; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (0, _) => f.write_str(&self.message),
            (line, 0) => write!(f, "line {line}: {}", self.message),
            (line, column) => write!(f, "line {line}, column {column}: {}", self.message),
        }
    }
}

/// Where the user's own settings stand: line and column by the setting's full name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Spots(BTreeMap<String, (usize, usize)>);

impl Spots {
    /// A fault of a setting, at its place in the file if the file names it.
    pub fn fault(&self, setting: &str, message: &str) -> Fault {
        let (line, column) = self.0.get(setting).copied().unwrap_or_default();
        Fault { line, column, message: format!("{setting}: {message}") }
    }

    /// The full name of every setting that the user's file says.
    pub(super) fn settings(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// True if the user's file says a setting.
    pub fn has(&self, setting: &str) -> bool {
        self.0.contains_key(setting)
    }
}

/// The result of laying one text over another.
pub struct Merged {
    /// The defaults, laid over by what of the file is right.
    pub table: Table,
    /// Where the text sets what.
    pub spots: Spots,
    /// What was left out.
    pub faults: Vec<Fault>,
    /// The names of the views as they come in the texts, which the table has by the alphabet: so the menu has them.
    pub views: Vec<String>,
}

/// Lays `text` over `example`.
pub fn merge(example: &str, text: &str) -> Merged {
    const READ: &str = "the embedded example is read by a test";
    let example = DeTable::parse(example).expect(READ);
    let mut views = in_order(example.get_ref(), "views");
    let mut table = Table::deserialize(Deserializer::from(example)).expect(READ);
    if let Some(Value::Table(shipped)) = table.get_mut("views") {
        // A shipped view leaves out what it does not use, and would then refuse it to a file that sets it.
        for (_, view) in shipped {
            if let Value::Table(view) = view {
                let shipped = std::mem::replace(view, blank_view());
                view.extend(shipped);
            }
        }
    }
    let (user, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| at(text, error.span().map_or(0, |span| span.start), error.message().to_owned()))
        .collect();
    // The reader of TOML is bounded by itself, and says so in its own words; all that follows comes of it.
    if let Some(deep) = faults.iter().position(|fault| fault.message.contains("recurs")) {
        let (line, column) = match bounds::nested_line(text) {
            Some(line) if errors[deep].span().is_none() => (line, 0),
            _ => (faults[deep].line, faults[deep].column),
        };
        let message = "it is nested too deeply; no setting needs that".to_owned();
        faults = vec![Fault { line, column, message }];
    }
    let own = in_order(user.get_ref(), "views").into_iter().filter(|name| !views.contains(name));
    views.extend(own.collect::<Vec<_>>());
    let mut spots = Spots::default();
    // A file with a fault in its writing is not taken in part: a table may begin or end elsewhere than was
    // meant.
    if faults.is_empty() {
        let mut merger = Merger { text, faults: Vec::new(), spots };
        merger.lay("", &mut table, user.get_ref());
        Merger { faults, spots, .. } = merger;
    }
    Merged { table, spots, faults, views }
}

fn blank_view() -> Table {
    VIEW.parse().expect("every test of the configuration reads it")
}

/// The names of the tables in a table, as they come in their text.
fn in_order(all: &DeTable<'_>, table: &str) -> Vec<String> {
    let Some(DeValue::Table(tables)) = all.get(table).map(Spanned::get_ref) else {
        return Vec::new();
    };
    let mut names: Vec<_> =
        tables.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

fn at(text: &str, offset: usize, message: String) -> Fault {
    let before = text.get(..offset.min(text.len())).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Fault { line, column, message }
}

struct Merger<'a> {
    text: &'a str,
    faults: Vec<Fault>,
    spots: Spots,
}

impl Merger<'_> {
    fn fault(&mut self, offset: usize, message: String) {
        self.faults.push(at(self.text, offset, message));
    }

    fn lay(&mut self, path: &str, base: &mut Table, user: &DeTable<'_>) {
        for (key, value) in user {
            let name = key.get_ref().as_ref();
            let full = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let start = key.span().start;
            let place = at(self.text, start, String::new());
            self.spots.0.insert(full.clone(), (place.line, place.column));
            match base.get_mut(name) {
                Some(Value::Table(inner)) => match value.get_ref() {
                    DeValue::Table(table) => self.lay(&full, inner, table),
                    other => self.fault(start, format!("`{full}` is a table, not {}", kind_of(other))),
                },
                Some(slot) => self.put(&full, slot, value),
                None if path == "keys" => {
                    let mut slot = Value::Array(Vec::new());
                    self.put(&full, &mut slot, value);
                    base.insert(name.to_owned(), slot);
                }
                None if path == "views" => match value.get_ref() {
                    DeValue::Table(table) => {
                        let mut view = blank_view();
                        self.lay(&full, &mut view, table);
                        base.insert(name.to_owned(), Value::Table(view));
                    }
                    other => self.fault(start, format!("`{full}` is a table, not {}", kind_of(other))),
                },
                None => {
                    let names: Vec<&str> = base.keys().map(String::as_str).collect();
                    let near = did_you_mean(nearest(name, &names));
                    self.fault(start, format!("there is no setting `{full}`{near}"));
                }
            }
        }
    }

    fn put(&mut self, path: &str, slot: &mut Value, given: &Spanned<DeValue<'_>>) {
        match owned(given.get_ref()) {
            Some(value) if value.same_type(slot) && elements_fit(slot, &value) => *slot = value,
            _ => {
                let wanted = wanted(path, slot);
                let found = kind_of(given.get_ref());
                self.fault(given.span().start, format!("`{path}` is {wanted}, not {found}"));
            }
        }
    }
}

fn elements_fit(slot: &Value, value: &Value) -> bool {
    match (slot, value) {
        (Value::Array(old), Value::Array(new)) => {
            let is_number = old.first().is_some_and(Value::is_integer);
            let kind = |value: &Value| if is_number { value.is_integer() } else { value.is_str() };
            // A list of numbers has one for each thing that it is about, so its length is not free.
            new.iter().all(kind) && (!is_number || new.len() == old.len())
        }
        // No setting counts below zero.
        (_, Value::Integer(number)) => *number >= 0,
        _ => true,
    }
}

fn wanted(path: &str, slot: &Value) -> String {
    match slot {
        Value::Integer(_) => "a whole number".to_owned(),
        Value::Boolean(_) => "true or false".to_owned(),
        Value::String(_) => "a text in quotes".to_owned(),
        Value::Array(old) if old.first().is_some_and(Value::is_integer) => {
            format!("a list of {} whole numbers", old.len())
        }
        Value::Array(_) if path.starts_with("keys.") => {
            "a list of keys, for example [\"j\", \"Down\"]".to_owned()
        }
        Value::Array(_) => "a list of texts".to_owned(),
        _ => "something else".to_owned(),
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "that number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "that list",
        DeValue::Table(_) => "a table",
    }
}

fn owned(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::String(text.to_string())),
        // TOML parts the digits of a number as it likes: `1_000`.
        DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok().map(Value::Integer),
        DeValue::Boolean(truth) => Some(Value::Boolean(*truth)),
        DeValue::Array(items) => {
            items.iter().map(|item| owned(item.get_ref())).collect::<Option<_>>().map(Value::Array)
        }
        _ => None,
    }
}
