//! Words taken out for good: of their record, of the journal that would bring them back, of what was made from them
//! and of the files beside the store. The one write that cannot be undone.
//!
//! The row, its numbers and its days stay, so figures and links stay true. What was forgotten is remembered by row
//! and column, never by its words: imports and restored copies ask that list.

mod copies;
mod drafts;
mod needles;
mod scrub;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use rusqlite::{Connection, OptionalExtension};

use super::{Stamp, Store, StoreError, Table, Tx};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::RecordKey;
pub use copies::Copies;
use scrub::{RowWords, Scrubbed};
pub use words::GONE as FORGOTTEN;

#[derive(Debug, Clone, PartialEq, Eq)]
/// Whose words are to be forgotten.
pub enum Subject {
    /// Of a row of a table, and what only says more about it.
    Row { table: &'static str, row: i64 },
    Person {
        row: i64,
        /// What remarks call the person.
        handle: String,
    },
    /// Of a meeting with all that was written about it, or what was written about one of a series.
    Meeting(OccurrenceKey),
}

impl Subject {
    /// What a key names, where it is the key of a record.
    pub fn of(key: &RecordKey) -> Self {
        match key {
            RecordKey::Numbered(kind, row) => Self::Row { table: kind.name(), row: *row },
            RecordKey::Meeting(key) => Self::Meeting(key.clone()),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row { table, row } => match table.parse() {
                Ok(kind) => RecordKey::Numbered(kind, *row).fmt(f),
                Err(_) => write!(f, "{table}-{row}"),
            },
            Self::Person { handle, .. } => f.write_str(handle),
            Self::Meeting(key) => key.fmt(f),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// The sentence of the history.
    pub label: String,
    /// Fields whose words are gone; empty if there were none, and then nothing was written.
    pub removed: Vec<String>,
    /// Where they stood, with how many texts there.
    pub places: Vec<(String, usize)>,
    /// Copies of the store that still hold them.
    pub still: Vec<std::path::PathBuf>,
    /// Other records that say the same in words of their own, which stay.
    pub elsewhere: Vec<String>,
    /// What could not be done now, as sentences.
    pub remarks: Vec<String>,
}

/// The names of the fields of a subject that hold words.
pub fn fields_of(subject: &Subject) -> Vec<&'static str> {
    let mut names = Vec::new();
    for part in words::parts(subject) {
        for (_, name) in words::columns(part.table) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

impl Store {
    /// Takes the words of a subject, or of one of its fields, out of everything that is kept; with `copies` out of the
    /// copies of the store too.
    ///
    /// # Errors
    /// When the store cannot be written. A copy that cannot be is named among those that still hold them.
    pub fn forget(
        &mut self,
        stamp: Stamp,
        subject: &Subject,
        field: Option<&str>,
        copies: Copies,
    ) -> Result<Forgotten, StoreError> {
        let parts = words::parts(subject);
        let label = match field {
            Some(field) => format!("Forgot {field} of {subject} for good"),
            None => format!("Forgot all words of {subject} for good"),
        };
        let mut targets = Vec::new();
        let committed = self.change::<Scrubbed, StoreError>(stamp, |tx| {
            targets = scrub::targets(&tx.sql, &parts, field)?;
            // A meeting without notes has no words of its own to take, and is there all the same.
            if targets.is_empty() && !tx.is_there(subject)? {
                return Err(StoreError::Missing(subject.to_string()));
            }
            let scrubbed = tx.scrub(&targets, subject, field)?;
            if !scrubbed.places.is_empty() {
                tx.remember_forgotten(&targets)?;
            }
            Ok((scrubbed, label.clone()))
        })?;
        let mut scrubbed = committed.output;
        let mut remarks = Vec::new();
        if !scrubbed.places.is_empty() {
            self.clean_beside(&targets, &mut scrubbed);
            if let Some(left) = self.drafts_beside().and_then(|text| drafts::without(&text, subject, field)) {
                if self.keep_drafts_beside(&left) {
                    *scrubbed.places.entry("drafts").or_default() += 1;
                } else {
                    remarks.push("The drafts kept beside the store could not be written over.".to_owned());
                }
            }
            remarks.extend(self.rewrite());
            let aside = self.path.as_deref().map(Self::set_aside_or_saved).unwrap_or_default();
            remarks.extend(aside.iter().map(|file| {
                format!(
                    "{} lies apart and may hold the words; remove it when it is of no more use.",
                    file.display()
                )
            }));
        }
        let (still, cleaned) = self.forget_in_copies(&targets, field, copies, &mut remarks);
        if cleaned > 0 {
            scrubbed.places.insert("copies", cleaned);
        }
        Ok(Forgotten {
            label,
            removed: scrubbed.fields.into_iter().collect(),
            places: scrubbed.places.into_iter().map(|(place, count)| (place.to_owned(), count)).collect(),
            still,
            elsewhere: scrubbed.elsewhere.into_iter().collect(),
            remarks,
        })
    }

    /// The small files beside the store: the mark quotes the newest sentence of the history, and where the cockpit
    /// stood may hold a filter.
    fn clean_beside(&self, targets: &[RowWords], scrubbed: &mut Scrubbed) {
        // What was found to be missing once is said with its words.
        let _ = self.put_missing_by();
        // Which words those were nobody knows any more: the place is only where the cursor stood.
        if !targets.is_empty() && self.renew_places(drafts::place_without_words) {
            scrubbed.places.insert("sidecars", 1);
        }
        // Which words are in them is not known without reading them, and they are only kept to save a fetch.
        let fetched = self.fetched_folder().filter(|folder| folder.exists());
        if fetched.is_some_and(|folder| std::fs::remove_dir_all(folder).is_ok()) {
            scrubbed.places.insert("fetched files", 1);
        }
    }

    /// Writes the file anew without what was overwritten, and empties the log; a sentence if another program keeps
    /// that from happening now.
    fn rewrite(&self) -> Option<String> {
        self.path.as_ref()?;
        // Deleted words stay in free pages and in the log until both are rewritten.
        let is_done = self.connection.execute_batch("VACUUM").is_ok() && self.checkpoint();
        (!is_done).then(|| {
            "Another program has the store open, so the log beside it may hold the words until that one ends; \
             they go with the next start."
                .to_owned()
        })
    }
}

impl Tx<'_> {
    fn scrub(
        &self,
        targets: &[RowWords],
        subject: &Subject,
        field: Option<&str>,
    ) -> Result<Scrubbed, StoreError> {
        let before = self.sql.total_changes();
        let mut scrubbed = scrub::scrub(&self.sql, targets, field)?;
        drafts::forget(&self.sql, subject, field, &mut scrubbed)?;
        self.count_since(before);
        let tables = targets.iter().filter_map(|target| Table::of_sql(target.table));
        if !scrubbed.places.is_empty() {
            tables.for_each(|table| self.touch(table));
        }
        Ok(scrubbed)
    }

    /// True if nothing was written about it, but it is there all the same: one of a series.
    fn is_there(&self, subject: &Subject) -> Result<bool, StoreError> {
        let Subject::Meeting(key) = subject else { return Ok(false) };
        Ok(self.sql.prepare("SELECT 1 FROM meeting WHERE id = ?1")?.exists([key.meeting.0])?)
    }

    /// Counts rows that were changed past the writers since a number of changes.
    pub(super) fn count_since(&self, before: u64) {
        self.count(usize::try_from(self.sql.total_changes() - before).unwrap_or(usize::MAX));
    }

    /// Remembers which words went, so that nothing brings them back.
    fn remember_forgotten(&self, targets: &[RowWords]) -> Result<(), StoreError> {
        let before = self.sql.total_changes();
        let sql = "INSERT OR REPLACE INTO forgotten (operation_id, table_name, row_id, column_name, origin) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.sql.prepare(sql)?;
        for target in targets {
            let origin = origin_of(&self.sql, target)?;
            for (column, _) in &target.columns {
                insert.execute((self.id, target.table, target.row, column, &origin))?;
            }
        }
        self.sql.execute("UPDATE operation SET forgets = 1 WHERE id = ?1", [self.id])?;
        self.count_since(before);
        Ok(())
    }

    /// What was forgotten since the file of `old` was written, of the rows that are the same in it. Asked before its rows
    /// come. Row numbers say the same only in files of one store, which their identity tells; an export has none, and
    /// there a row is the same by the moment at which it came, or by what its source calls it.
    pub(super) fn forgotten_rows(&self, identity: &str) -> Result<ForgottenRows, StoreError> {
        let sql = "SELECT table_name, row_id, column_name, origin FROM main.forgotten AS f WHERE NOT EXISTS \
                   (SELECT 1 FROM old.forgotten AS o WHERE o.table_name = f.table_name AND o.row_id = f.row_id \
                    AND o.column_name = f.column_name AND o.origin = f.origin)";
        let mut statement = self.sql.prepare(sql)?;
        let found = statement.query_map([], |row| {
            Ok((ForgottenWord { table: row.get(0)?, row: row.get(1)?, column: row.get(2)? }, row.get(3)?))
        })?;
        let all = found.collect::<Result<Vec<(ForgottenWord, String)>, _>>()?;
        let mut same = BTreeSet::new();
        let is_known = !identity.is_empty();
        if !is_known || identity == crate::store::seen::identity(&self.sql)? {
            for (word, _) in &all {
                if is_known || self.is_same_row(&word.table, word.row)? {
                    same.insert(word.clone());
                }
            }
        }
        Ok(ForgottenRows { all, same })
    }

    /// True for a row that is the same in `old`, as far as rows tell it. One that does not tell is, where those that do are.
    fn is_same_row(&self, table: &str, row: i64) -> Result<bool, StoreError> {
        let told = match table {
            "request" | "request_seen" => Some(("request", "created")),
            "meeting" => Some(("meeting", "uid")),
            _ => None,
        };
        if let Some((table, column)) = told {
            let sql = format!(
                "SELECT m.{column} = o.{column} AND m.{column} <> '' FROM main.{table} AS m \
                 JOIN old.{table} AS o ON o.id = m.id WHERE m.id = ?1"
            );
            if let Some(is_same) = self.sql.query_row(&sql, [row], |row| row.get(0)).optional()? {
                return Ok(is_same);
            }
        }
        let sql = "SELECT coalesce(sum(is_same), 0), coalesce(sum(NOT is_same), 0) FROM \
                   (SELECT m.created = o.created AS is_same FROM main.request AS m JOIN old.request AS o ON o.id = m.id \
                    UNION ALL SELECT m.uid = o.uid FROM main.meeting AS m JOIN old.meeting AS o ON o.id = m.id)";
        let (same, others): (i64, i64) = self.sql.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(same > others)
    }

    /// After rows came in as a file holds them: what was forgotten since that file was written goes again, and what was
    /// forgotten there is remembered here too.
    pub(super) fn forget_again(&self, forgotten: ForgottenRows) -> Result<(), StoreError> {
        let mut words = self.words_from(&forgotten.all)?;
        words.extend(forgotten.same);
        let before = self.sql.total_changes();
        scrub::scrub(&self.sql, &row_words(words), None)?;
        self.count_since(before);
        self.take_forgotten()
    }

    /// The rows that came from where forgotten ones came from, whatever number they have now.
    fn words_from(&self, found: &[(ForgottenWord, String)]) -> Result<BTreeSet<ForgottenWord>, StoreError> {
        let mut words = BTreeSet::new();
        for table in ["request", "meeting"] {
            let of_table: Vec<_> =
                found.iter().filter(|(word, from)| word.table == table && !from.is_empty()).collect();
            if of_table.is_empty() {
                continue;
            }
            let [source, id] = origin_columns(table).unwrap_or_default();
            let sql = format!("SELECT id, {source}, {id} FROM main.{table} WHERE {id} <> ''");
            let mut statement = self.sql.prepare(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            for row in rows {
                let (row, source, id): (i64, String, String) = row?;
                let names = [origin(&source, &id), origin(&source, &hidden_id(&id))];
                for (word, _) in of_table.iter().filter(|(_, from)| names.contains(from)) {
                    words.insert(ForgottenWord { row, ..word.clone() });
                    if table == "request" {
                        // What its source said of it holds the same words.
                        words.insert(ForgottenWord {
                            table: "request_seen".into(),
                            row,
                            column: "seen".into(),
                        });
                    }
                }
            }
        }
        Ok(words)
    }

    /// Remembers what was forgotten in the store that came.
    fn take_forgotten(&self) -> Result<(), StoreError> {
        // Without `WHERE true` SQLite reads the ON behind a select as one of a join.
        let sql = "INSERT INTO main.forgotten (operation_id, table_name, row_id, column_name, origin) \
                   SELECT ?1, table_name, row_id, column_name, origin FROM old.forgotten WHERE true \
                   ON CONFLICT (table_name, row_id, column_name) DO NOTHING";
        let before = self.sql.total_changes();
        self.sql.execute(sql, [self.id])?;
        self.count_since(before);
        Ok(())
    }

    /// True if words of any row were forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_forgotten(&self) -> Result<bool, StoreError> {
        Ok(self.sql.prepare("SELECT 1 FROM forgotten")?.exists([])?)
    }

    /// True if words of any row of a table were forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_forgotten_in(&self, table: &str) -> Result<bool, StoreError> {
        Ok(self.sql.prepare_cached("SELECT 1 FROM forgotten WHERE table_name = ?1")?.exists([table])?)
    }

    /// The columns of a row whose words were forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn forgotten_of(&self, table: &str, row: i64) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT column_name FROM forgotten WHERE table_name = ?1 AND row_id = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        let found = statement.query_map((table, row), |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The same for a row that is not there any more, by where it came from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn forgotten_from(&self, source: &str, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT column_name FROM forgotten WHERE origin IN (?1, ?2)";
        let mut statement = self.sql.prepare_cached(sql)?;
        // By either: the source keeps sending the real one.
        let names = [id.to_owned(), hidden_id(id)].map(|id| origin(source, &id));
        let found = statement.query_map(names, |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

fn origin(source: &str, id: &str) -> String {
    // A letter that no name of a source has, or two pairs could be written alike.
    format!("{source}\u{1f}{id}")
}

/// The columns that say where a row of a table came from: its source, and what it is called there.
fn origin_columns(table: &str) -> Option<[&'static str; 2]> {
    match table {
        "request" => Some(["source", "external_id"]),
        "meeting" => Some(["''", "uid"]),
        _ => None,
    }
}

/// A column of a row, by their names in SQL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ForgottenWord {
    table: String,
    row: i64,
    column: String,
}

/// What was forgotten here, and which of it is of rows that the file that comes has too.
pub(super) struct ForgottenRows {
    /// With where each came from.
    all: Vec<(ForgottenWord, String)>,
    same: BTreeSet<ForgottenWord>,
}

/// The same by rows. Columns that this program does not have are left out.
fn row_words(words: BTreeSet<ForgottenWord>) -> Vec<RowWords> {
    let mut targets: Vec<RowWords> = Vec::new();
    for ForgottenWord { table, row, column } in words {
        let Some((table, columns)) = words::tables().find(|(name, _)| *name == table) else { continue };
        let Some(pair) = columns.into_iter().find(|(name, _)| *name == column) else { continue };
        match targets.last_mut().filter(|target| target.table == table && target.row == row) {
            Some(target) => target.columns.push(pair),
            None => targets.push(RowWords { table, row, columns: vec![pair] }),
        }
    }
    targets
}

/// Where a row came from, so that it is known again when it comes anew.
fn origin_of(sql: &Connection, target: &RowWords) -> Result<String, StoreError> {
    let Some(columns) = origin_columns(target.table) else { return Ok(String::new()) };
    let now = format!("SELECT {}, {} FROM {} WHERE id = ?1", columns[0], columns[1], target.table);
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let mut found = sql.query_row(&now, [target.row], pair).optional()?;
    // The row itself is gone: what it was called by its source stands where it went.
    if found.is_none() {
        let source = if columns[0] == "''" { "''" } else { "before ->> '$.source'" };
        let once = format!(
            "SELECT {source}, before ->> '$.{}' FROM change WHERE table_name = ?1 AND row_id = ?2 \
             AND before IS NOT NULL AND after IS NULL ORDER BY id DESC LIMIT 1",
            columns[1]
        );
        found = sql.query_row(&once, (target.table, target.row), pair).optional()?;
    }
    Ok(found.filter(|(_, id)| !id.is_empty()).map_or_else(String::new, |(source, id)| origin(&source, &id)))
}

/// Stands for the id of a row whose own id was made of its words (a form's answer has no other than its time and its
/// sender), so that the row is known again without them.
pub fn hidden_id(id: &str) -> String {
    use sha2::{Digest, Sha256};
    // An id may be made of the words themselves, as that of a form is of an address. A sum of it still
    // recognises the row at the next import.
    let sum = Sha256::digest(id.as_bytes());
    sum.iter().take(8).fold("forgotten-".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests;
