//! The words themselves, taken out of one open file: of the rows, of what the journal kept of them, and of the
//! texts that were made from them. Works on a store and on a copy of any age alike.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::needles::Needles;
use super::words::{RowsOf, blank};
use crate::store::StoreError;

/// Words of one row that are to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    /// Its name as SQL has it.
    pub table: &'static str,
    /// Its number; the row may be gone, and stand in the journal alone.
    pub row: i64,
    /// Columns with the names people know them by; of what a source said, the names of its fields.
    pub columns: Vec<(&'static str, &'static str)>,
}

/// What was taken out.
#[derive(Debug, Default)]
pub struct Scrubbed {
    /// Fields that held something, now or once.
    pub fields: BTreeSet<String>,
    /// Where it stood, with how many texts there.
    pub places: BTreeMap<&'static str, usize>,
    /// Other records that hold the same words as their own.
    pub elsewhere: BTreeSet<String>,
}

impl Scrubbed {
    fn note(&mut self, place: &'static str, count: usize) {
        if count > 0 {
            *self.places.entry(place).or_default() += count;
        }
    }
}

/// The rows of some parts, those that were removed among them: the journal still knows these.
pub fn targets(sql: &Connection, parts: &[RowsOf], field: Option<&str>) -> Result<Vec<RowWords>, StoreError> {
    let mut found: Vec<RowWords> = Vec::new();
    for part in parts {
        let columns = wanted(sql, part.table, field)?;
        if columns.is_empty() {
            continue;
        }
        for row in rows(sql, part)? {
            if !found.iter().any(|known| known.table == part.table && known.row == row) {
                let mut columns = columns.clone();
                // A request that was added in one line has its title as the requester's words too.
                if part.table == "request" && field == Some("title") && is_ask_a_title(sql, row)? {
                    columns.push(("ask", "ask"));
                }
                found.push(RowWords { table: part.table, row, columns });
            }
        }
    }
    Ok(found)
}

/// True if the requester's words are what the request is or was called.
fn is_ask_a_title(sql: &Connection, row: i64) -> Result<bool, StoreError> {
    let test = "SELECT 1 FROM request AS r WHERE r.id = ?1 AND (r.ask = r.title OR r.ask IN \
                (SELECT before ->> '$.title' FROM change WHERE table_name = 'request' AND row_id = r.id) \
                OR r.ask IN (SELECT after ->> '$.title' FROM change WHERE table_name = 'request' AND row_id = r.id))";
    Ok(sql.prepare(test)?.exists([row])?)
}

/// Columns of a table that are there in this file and hold the field that is meant.
fn wanted(
    sql: &Connection,
    table: &'static str,
    field: Option<&str>,
) -> Result<Vec<(&'static str, &'static str)>, StoreError> {
    let mut statement = sql.prepare("SELECT name FROM pragma_table_info(?1)")?;
    // A copy may be older than a column, or than the whole table.
    let there = statement.query_map([table], |row| row.get::<_, String>(0))?;
    let there: BTreeSet<String> = there.collect::<Result<_, _>>()?;
    let all = super::words::columns(table);
    let meant = |(column, name): &(&str, &str)| {
        there.contains(*column) && field.is_none_or(|field| *name == field || name.is_empty())
    };
    Ok(all.iter().filter(|pair| meant(pair)).copied().collect())
}

fn rows(sql: &Connection, part: &RowsOf) -> Result<BTreeSet<i64>, StoreError> {
    if !has_table(sql, part.table)? {
        return Ok(BTreeSet::new());
    }
    let test = |value: &dyn Fn(&str) -> String| {
        let each = |(index, (column, _)): (usize, &(&str, SqlValue))| {
            let (left, right) = (value(column), index + 1);
            // The key of a series stands for all of its days, whose keys go on behind an `@`.
            format!("({left} = ?{right} OR {left} GLOB ?{right} || '@*')")
        };
        part.keys.iter().enumerate().map(each).collect::<Vec<_>>().join(" AND ")
    };
    let table = part.table;
    let now = format!("SELECT id FROM {table} WHERE {}", test(&|column| column.to_owned()));
    // What was before, or of a row that was just added what came after: either names what the row belongs to.
    let once = format!(
        "SELECT row_id FROM change WHERE table_name = '{table}' AND coalesce(before, after) IS NOT NULL AND {}",
        test(&|column| format!("json_extract(coalesce(before, after), '$.{column}')"))
    );
    let values = || rusqlite::params_from_iter(part.keys.iter().map(|(_, value)| value));
    let mut found = BTreeSet::new();
    // Also rows that are gone: the journal still has their words.
    for query in [now, once] {
        let mut statement = sql.prepare(&query)?;
        for row in statement.query_map(values(), |row| row.get(0))? {
            found.insert(row?);
        }
    }
    Ok(found)
}

fn has_table(sql: &Connection, table: &str) -> Result<bool, StoreError> {
    Ok(sql.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?.exists([table])?)
}

/// Takes the words of the targets out of a file; the caller holds the transaction.
pub fn scrub(sql: &Connection, targets: &[RowWords], field: Option<&str>) -> Result<Scrubbed, StoreError> {
    // In this order: words are gathered from the rows and from all that the journal kept of them; then those
    // that other records say too are set apart; only what is left is looked for in texts that were made of
    // them.
    let mut scrubbed = Scrubbed::default();
    let mut needles = Needles::default();
    for target in targets {
        of_row(sql, target, field, &mut needles, &mut scrubbed)?;
        of_journal(sql, target, field, &mut needles, &mut scrubbed)?;
    }
    scrubbed.elsewhere = elsewhere(sql, targets, &mut needles)?;
    if !needles.is_empty() {
        derived(sql, targets, &needles, &mut scrubbed)?;
    }
    for target in targets.iter().filter(|target| target.table == "request") {
        hide_id(sql, target.row, &needles, &mut scrubbed)?;
    }
    Ok(scrubbed)
}

/// True if a file still holds words of the targets.
pub fn holds(sql: &Connection, targets: &[RowWords], field: Option<&str>) -> Result<bool, StoreError> {
    // To find out whether something would go, it is done and taken back: a second way of looking could miss
    // what the first one takes.
    sql.execute_batch("SAVEPOINT look")?;
    let found = scrub(sql, targets, field).map(|scrubbed| !scrubbed.places.is_empty());
    // A rollback alone would leave the savepoint open, and the copy locked by it.
    sql.execute_batch("ROLLBACK TO look; RELEASE look")?;
    found
}

/// What is left of the value of a column; `None` if nothing of it has to go.
fn emptied(
    target: &RowWords,
    (column, name): (&str, &str),
    value: &str,
    field: Option<&str>,
) -> Option<(String, Vec<String>)> {
    let empty = blank(target.table, column);
    if column != "seen" {
        // What is blank already is no place that held words, and must not be counted as one.
        let goes = value != empty && !value.is_empty();
        return goes.then(|| (empty.to_owned(), vec![name.to_owned()]));
    }
    // What a source said, by the names of its own fields.
    let mut said: serde_json::Map<String, Value> = serde_json::from_str(value).ok()?;
    let meant = |key: &String| {
        field.is_none_or(|field| field_said(key) == field || source_name(field) == field_said(key))
    };
    let gone: Vec<String> = said.keys().filter(|key| meant(key)).cloned().collect();
    said.retain(|key, _| !gone.contains(key));
    (!gone.is_empty()).then(|| (Value::Object(said).to_string(), gone))
}

/// Which field something is that a source said; of people it stands before the name of the source.
fn field_said(key: &str) -> &str {
    key.split_once('/').map_or(key, |(field, _)| field)
}

/// What imports call a field of a request, where that is another word.
fn source_name(field: &str) -> &str {
    if field == "because" { "due-reason" } else { field }
}

fn of_row(
    sql: &Connection,
    target: &RowWords,
    field: Option<&str>,
    needles: &mut Needles,
    scrubbed: &mut Scrubbed,
) -> Result<(), StoreError> {
    let RowWords { table, row, columns } = target;
    for (column, name) in columns {
        let read = format!("SELECT {column} FROM {table} WHERE id = ?1");
        let mut statement = sql.prepare(&read)?;
        let value: Option<String> =
            statement.query([*row])?.next()?.map(|row| row.get(0)).transpose()?.flatten();
        let Some(value) = value else { continue };
        let Some((left, fields)) = emptied(target, (column, name), &value, field) else { continue };
        gather(needles, (table, column), &value, field);
        sql.execute(&format!("UPDATE {table} SET {column} = ?2 WHERE id = ?1"), (row, left))?;
        scrubbed.fields.extend(fields.into_iter().filter(|_| *column != "seen"));
        scrubbed.note(place_of(table, column), 1);
    }
    Ok(())
}

/// The texts of a value that are looked for elsewhere. A document quotes words of other records too: they are not
/// what is forgotten. Of what a source said, only what was meant counts.
fn gather(needles: &mut Needles, (table, column): (&str, &str), value: &str, field: Option<&str>) {
    match column {
        "document" | "claims" => {}
        "seen" => {
            let said: serde_json::Map<String, Value> = serde_json::from_str(value).unwrap_or_default();
            for (key, text) in &said {
                let subject = if table == "request_seen" { "request" } else { table };
                let own = field_said(key);
                let is_words =
                    super::words::columns(subject).iter().any(|(_, name)| source_name(name) == own);
                let is_meant = field.is_none_or(|field| source_name(field) == own);
                if let (true, Some(text)) = (is_words && is_meant, text.as_str()) {
                    needles.add(text);
                }
            }
        }
        _ => needles.add(value),
    }
}

fn place_of(table: &str, column: &str) -> &'static str {
    match (table, column) {
        (_, "seen") => "what sources last said",
        ("kept_share", _) => "days that are over",
        ("brief", _) => "briefs",
        _ => "record",
    }
}

fn of_journal(
    sql: &Connection,
    target: &RowWords,
    field: Option<&str>,
    needles: &mut Needles,
    scrubbed: &mut Scrubbed,
) -> Result<(), StoreError> {
    let read = "SELECT id, before, after FROM change WHERE table_name = ?1 AND row_id = ?2";
    let mut statement = sql.prepare(read)?;
    let images = statement
        .query_map((target.table, target.row), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<Vec<(i64, Option<String>, Option<String>)>, _>>()?;
    for (id, before, after) in images {
        let mut any = false;
        let mut clean = |image: Option<String>| {
            let text = image?;
            let Ok(Value::Object(mut columns)) = serde_json::from_str(&text) else { return Some(text) };
            for (column, name) in &target.columns {
                let Some(Value::String(value)) = columns.get(*column) else { continue };
                let Some((left, fields)) = emptied(target, (column, name), value, field) else { continue };
                gather(needles, (target.table, column), value, field);
                scrubbed.fields.extend(fields.into_iter().filter(|_| *column != "seen"));
                columns.insert((*column).to_owned(), Value::String(left));
                any = true;
            }
            Some(Value::Object(columns).to_string())
        };
        let (before, after) = (clean(before), clean(after));
        if any {
            let write = "UPDATE change SET before = ?2, after = ?3 WHERE id = ?1";
            sql.execute(write, (id, before, after))?;
            scrubbed.note("journal", 1);
        }
    }
    Ok(())
}

/// Texts that the program made from the words: sentences of the history, documents that were shown and their
/// claims, drafts and the place of the cockpit, suggestions that were waved off; and ids made of an answer.
fn derived(
    sql: &Connection,
    targets: &[RowWords],
    needles: &Needles,
    scrubbed: &mut Scrubbed,
) -> Result<(), StoreError> {
    // In sentences about the row itself even short words are its own; elsewhere three letters are anybody's.
    let own = own_operations(sql, targets)?;
    each(sql, "operation", "label", &mut |id, text| needles.without(text, own.contains(&id)))
        .map(|count| scrubbed.note("history", count))?;
    // As long as a brief is not frozen its lines are the lead's own words, which are named and not touched.
    for (column, test) in [("document", ""), ("claims", ""), ("line", "frozen"), ("ask", "frozen")] {
        each_where(sql, "brief", column, test, &mut |_, text| needles.without_in_json(text, false))
            .map(|count| scrubbed.note("briefs", count))?;
    }
    for (column, test) in [("recommend", "frozen"), ("risk", "frozen")] {
        each_where(sql, "brief", column, test, &mut |_, text| needles.without(text, false))
            .map(|count| scrubbed.note("briefs", count))?;
    }
    each(sql, "waved", "text", &mut |_, text| needles.without(text, false))
        .map(|count| scrubbed.note("suggestions waved off", count))?;
    for column in ["before", "after"] {
        let test = "table_name IN ('brief', 'waved')";
        each_where(sql, "change", column, test, &mut |_, text| needles.without_in_json(text, false))
            .map(|count| scrubbed.note("journal", count))?;
    }
    each_where(sql, "memo", "value", "name = 'drafts'", &mut |_, text| needles.without_in_json(text, false))
        .map(|count| scrubbed.note("drafts", count))?;
    each_where(sql, "memo", "value", "name <> 'drafts'", &mut |_, text| needles.without_in_json(text, false))
        .map(|count| scrubbed.note("sidecars", count))?;
    Ok(())
}

fn own_operations(sql: &Connection, targets: &[RowWords]) -> Result<BTreeSet<i64>, StoreError> {
    let mut statement =
        sql.prepare("SELECT operation_id FROM change WHERE table_name = ?1 AND row_id = ?2")?;
    let mut own = BTreeSet::new();
    for target in targets {
        for id in statement.query_map((target.table, target.row), |row| row.get(0))? {
            own.insert(id?);
        }
    }
    Ok(own)
}

type Rewrite<'a> = &'a mut dyn FnMut(i64, &str) -> Option<String>;

fn each(sql: &Connection, table: &str, column: &str, change: Rewrite<'_>) -> Result<usize, StoreError> {
    each_where(sql, table, column, "", change)
}

/// Writes over what `change` gives for the texts of a column; how many those were.
fn each_where(
    sql: &Connection,
    table: &str,
    column: &str,
    test: &str,
    change: Rewrite<'_>,
) -> Result<usize, StoreError> {
    let (test, key) = match test {
        "" => (String::new(), "rowid"),
        "frozen" => (" AND frozen IS NOT NULL".to_owned(), "rowid"),
        // A table without row numbers.
        test if table == "memo" => (format!(" AND {test}"), "name"),
        test => (format!(" AND {test}"), "rowid"),
    };
    let mut statement =
        sql.prepare(&format!("SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL{test}"))?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found = found.collect::<Result<Vec<(SqlValue, String)>, _>>()?;
    let mut count = 0;
    for (key_value, text) in found {
        let id = if let SqlValue::Integer(id) = key_value { id } else { 0 };
        if let Some(left) = change(id, &text) {
            sql.execute(&format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1"), (key_value, left))?;
            count += 1;
        }
    }
    Ok(count)
}

/// A form's answer has no id but its time and its sender; when the sender is forgotten, another stands for it.
fn hide_id(sql: &Connection, row: i64, needles: &Needles, scrubbed: &mut Scrubbed) -> Result<(), StoreError> {
    let is_made = |id: &str| id.split_once('|').is_some_and(|(_, sender)| needles.has_folded(sender));
    let read = "SELECT external_id FROM request WHERE id = ?1";
    let now: Option<String> = sql.query_row(read, [row], |row| row.get(0)).optional()?;
    if let Some(id) = now.filter(|id| is_made(id)) {
        let write = "UPDATE request SET external_id = ?2 WHERE id = ?1";
        sql.execute(write, (row, super::hidden_id(&id)))?;
        scrubbed.note("record", 1);
    }
    let mut hide = |_, text: &str| {
        let Ok(Value::Object(mut image)) = serde_json::from_str(text) else { return None };
        let id = image.get("external_id")?.as_str().filter(|id| is_made(id))?;
        let hidden = super::hidden_id(id);
        image.insert("external_id".to_owned(), hidden.into());
        Some(Value::Object(image).to_string())
    };
    for column in ["before", "after"] {
        let test = format!("table_name = 'request' AND row_id = {row}");
        let count = each_where(sql, "change", column, &test, &mut hide)?;
        scrubbed.note("journal", count);
    }
    Ok(())
}

/// Other records whose own words hold one of the texts: somebody wrote them there, so they are only named.
fn elsewhere(
    sql: &Connection,
    targets: &[RowWords],
    needles: &mut Needles,
) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    let texts: Vec<String> = needles.sure().map(str::to_owned).collect();
    for (table, columns) in super::words::tables() {
        if ["kept_share", "waved"].contains(&table) || !has_table(sql, table)? {
            continue;
        }
        // What a source said is nobody's own words.
        let is_own = |pair: &&(&str, &str)| columns.contains(pair) && pair.0 != "seen";
        for (column, name) in wanted(sql, table, None)?.iter().filter(is_own) {
            let mut statement = sql.prepare(&format!(
                "SELECT id, {} FROM {table} WHERE instr({column}, ?1) > 0",
                owner(table)
            ))?;
            for needle in &texts {
                for row in statement.query_map([needle], |row| Ok((row.get(0)?, row.get(1)?)))? {
                    let (id, owner): (i64, String) = row?;
                    let is_gone = |target: &RowWords| {
                        target.table == table
                            && target.row == id
                            && target.columns.iter().any(|(own, _)| own == column)
                    };
                    if !targets.iter().any(is_gone) {
                        found.insert(format!("{owner} {name}"));
                        // A brief quotes what others say; that makes nothing its own.
                        if table != "brief" {
                            needles.share(needle);
                        }
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The key of the record that a row belongs to, as an expression.
fn owner(table: &str) -> String {
    match table {
        "person" => "handle".to_owned(),
        "absence" => "(SELECT handle FROM person WHERE person.id = person_id)".to_owned(),
        "holiday" => "'holiday-' || id".to_owned(),
        "meeting" => "'M-' || id".to_owned(),
        "meeting_override" => "'M-' || meeting_id".to_owned(),
        "meeting_note" | "reflection" => {
            "'M-' || meeting_id || iif(occurrence = '', '', '@' || occurrence)".to_owned()
        }
        "reading" => "'O-' || outcome_id".to_owned(),
        "trust" => "'S-' || stakeholder_id".to_owned(),
        "brief" => "meeting".to_owned(),
        "remark" => "about".to_owned(),
        _ => match table.parse::<crate::domain::record::Kind>() {
            Ok(kind) => {
                let key = crate::domain::record::RecordKey::Numbered(kind, 0).to_string();
                format!("'{}' || id", key.trim_end_matches('0'))
            }
            Err(_) => format!("'{table}-' || id"),
        },
    }
}
