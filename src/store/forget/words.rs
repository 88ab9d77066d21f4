//! Which columns hold words that somebody wrote, by table, and what people call them. A column of text that is
//! declared nowhere as words or as none fails a test.

use rusqlite::types::Value;

use super::Subject;
use crate::domain::field;
use crate::domain::person::Person;
use crate::domain::record::{Kind, Record, RecordKey, TableRow, of_kind};
use crate::store::Table;

pub use crate::domain::private::GONE;

/// A column with the field that people know it by.
pub type WordColumn = (&'static str, &'static str);

/// Every column that holds somebody's words, of the tables whose rows are not records of declared fields.
const WORDS: &[(&str, &[WordColumn])] = &[
    // Its texts are declared; these are words in columns with rules of their own.
    ("request", &[("stage_reason", "reason"), ("blocked_reason", "blocked"), ("tags", "tags")]),
    // What the source said of all of them; taken out field by field.
    ("request_seen", &[("seen", "")]),
    ("person", &[("seen", "")]),
    (
        "meeting",
        &[("title", "title"), ("attendees", "attendees"), ("location", "location"), ("series", "series")],
    ),
    ("meeting_override", &[("title", "title"), ("attendees", "attendees"), ("location", "location")]),
    ("meeting_note", &[("intent", "intent"), ("if_then", "if-then"), ("predicted", "predicted")]),
    (
        "reflection",
        &[("title", "title"), ("moment", "moment"), ("if_then", "if-then"), ("came_up", "came-up")],
    ),
    ("kept_share", &[("title", "title")]),
];

/// Columns of text that hold days, keys, words of the program and settings.
#[cfg(test)]
pub const NO_WORDS: &[&str] = &[
    "allocation.from_day",
    "allocation.shape",
    "allocation.to_day",
    "contract.from_day",
    "kept_share.handle",
    "meeting.except_at",
    "meeting.extra",
    "meeting.kind",
    "meeting.rule",
    "meeting.shows_as",
    "meeting.sources",
    "meeting.start",
    "meeting.status",
    "meeting.uid",
    "meeting.zone",
    "meeting_note.occurrence",
    "meeting_override.reach",
    "meeting_override.recurrence",
    "meeting_override.shows_as",
    "meeting_override.start",
    "meeting_override.status",
    "person.handle",
    "reflection.first_word",
    "reflection.occurrence",
    "reflection.start",
    "reflection.touched",
    "reflection.written",
    "request.created",
    "request.delivered",
    "request.ready",
    "request.reframed",
    "request.started",
    "request.external_id",
    "request.lever",
    "request.source",
    "request.stage",
    "request.stage_since",
    "source.address_tag",
    "source.known_as",
    "source.maps",
    "source.name",
    "source.place",
    "source.preset",
    "source.sheet",
];

/// Columns that must hold something: a check of the schema, or a name that lists would be blank without.
const NEEDED: &[&str] = &[
    "request.title",
    "request.blocked_reason",
    "person.name",
    "meeting.title",
    "meeting_override.title",
    "reflection.title",
    "remark.text",
    "kept_share.title",
];

/// A record is called by its first field, and a list would be blank without.
fn is_title(table: &str, column: &str) -> bool {
    fn first<R: Record>() -> Option<&'static str> {
        R::COLUMNS.first().copied()
    }
    kind_of(table).and_then(|kind| of_kind!(kind, R => first::<R>(), None)) == Some(column)
}

/// What stands in a column once its words are gone.
pub fn blank(table: &str, column: &str) -> &'static str {
    let name = format!("{table}.{column}");
    if NEEDED.contains(&name.as_str()) || is_title(table, column) {
        GONE
    } else if ["tags", "attendees", "came_up"].contains(&column) {
        "[]"
    } else if column == "seen" {
        "{}"
    } else {
        ""
    }
}

/// The columns of a table that hold words: those of a record by the declaration of its fields.
pub fn columns(table: &str) -> Vec<WordColumn> {
    let own = WORDS.iter().find(|(name, _)| *name == table).map(|(_, columns)| columns.to_vec());
    let mut columns: Vec<WordColumn> = Vec::new();
    if table == "person" {
        columns = declared::<Person>();
    }
    if table == "request" {
        columns.extend(field::texts().filter_map(|field| Some((field.text_column()?, field.name()))));
    }
    let of_record = || of_kind!(kind_of(table)?, R => Some(declared::<R>()), None);
    columns.extend(own.or_else(of_record).unwrap_or_default());
    columns
}

/// Every table that holds words, with its columns of words.
pub fn tables() -> impl Iterator<Item = (&'static str, Vec<WordColumn>)> {
    Table::all_sql().map(|table| (table, columns(table))).filter(|(_, columns)| !columns.is_empty())
}

fn kind_of(table: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.name() == table)
}

fn declared<R: TableRow>() -> Vec<WordColumn> {
    let both = R::COLUMNS.iter().zip(R::FIELDS);
    both.filter(|(_, field)| field.holds_words()).map(|(column, field)| (*column, field.name)).collect()
}

/// Rows that belong to what is forgotten: those of a table in which some columns hold some values.
pub struct RowsOf {
    /// Its name as SQL has it.
    pub table: &'static str,
    /// Columns with what must stand in all of them; the key of a series stands for its days too.
    pub keys: Vec<(&'static str, Value)>,
}

impl RowsOf {
    fn new(table: &'static str, column: &'static str, value: impl Into<Value>) -> Self {
        Self { table, keys: vec![(column, value.into())] }
    }
}

/// The row that was named and all that holds words about it alone.
pub fn parts(subject: &Subject) -> Vec<RowsOf> {
    // Remarks are about a key, and those about somebody of the team about the handle, as a subject prints itself.
    let remark = RowsOf::new("remark", "about", subject.to_string());
    let mut parts = match subject {
        Subject::Row { table, row } => {
            let own = RowsOf::new(table, "id", *row);
            let of = |table, column| RowsOf::new(table, column, *row);
            match *table {
                "request" => vec![own, of("request_seen", "id"), of("kept_share", "request_id")],
                "person" => vec![own, of("absence", "person_id")],
                "outcome" => vec![own, of("reading", "outcome_id")],
                "stakeholder" => vec![own, of("trust", "stakeholder_id")],
                _ => vec![own],
            }
        }
        Subject::Person { row, .. } => {
            vec![RowsOf::new("person", "id", *row), RowsOf::new("absence", "person_id", *row)]
        }
        Subject::Meeting(key) => meeting_parts(key),
    };
    parts.push(remark);
    parts
}

fn meeting_parts(key: &crate::domain::meeting::OccurrenceKey) -> Vec<RowsOf> {
    let id = key.meeting.0;
    let brief = RowsOf::new("brief", "meeting", RecordKey::Meeting(key.clone()).to_string());
    let mut parts: Vec<RowsOf> = ["meeting_note", "reflection"]
        .into_iter()
        .map(|table| {
            let mut part = RowsOf::new(table, "meeting_id", id);
            if !key.occurrence.is_empty() {
                part.keys.push(("occurrence", key.occurrence.clone().into()));
            }
            part
        })
        .collect();
    parts.push(brief);
    if key.occurrence.is_empty() {
        parts.push(RowsOf::new("meeting", "id", id));
        parts.push(RowsOf::new("meeting_override", "meeting_id", id));
    }
    parts
}
