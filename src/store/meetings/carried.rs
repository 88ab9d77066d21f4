//! What was written about single occurrences, wherever it stands, and giving it to another one.

use std::collections::BTreeSet;

use super::{StoreError, Tx, owned};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::OccurrenceKey;

/// Tables that know an occurrence by meeting and day.
const BY_DAY: [&str; 2] = ["meeting_note", "reflection"];
/// Tables and columns that know one by the key that people see.
const BY_KEY: [(&str, &str); 6] = [
    ("brief", "meeting"),
    ("decision", "meeting"),
    ("promise", "meeting"),
    ("private", "of"),
    ("waved", "text"),
    ("remark", "about"),
];
/// Those of them, and the links, that stand by themselves and would lead nowhere.
const NAMING: [(&str, &str); 5] =
    [("brief", "meeting"), ("decision", "meeting"), ("promise", "meeting"), ("tie", "one"), ("tie", "other")];

impl Tx<'_> {
    /// True if anything is written about what happens once, by its day or by its number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_written_about(&self, id: MeetingId) -> Result<bool, StoreError> {
        let is_named = self.is_named_in(id, &NAMING)? || self.is_named_in(id, &BY_KEY)?;
        Ok(is_named || !self.written_about(id)?.is_empty())
    }

    /// True if a brief, a promise, a decision or a link names a meeting or one of its days.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_meeting_named(&self, id: MeetingId) -> Result<bool, StoreError> {
        self.is_named_in(id, &NAMING)
    }

    fn is_named_in(&self, id: MeetingId, columns: &[(&str, &str)]) -> Result<bool, StoreError> {
        for (table, column) in columns {
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} = ?1
                 OR ({column} >= ?1 || '@' AND {column} < ?1 || 'A'))"
            );
            if self.sql.prepare_cached(&sql)?.query_row([id.to_string()], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The days, or days with times, of a meeting of which something is written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn written_about(&self, id: MeetingId) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for table in BY_DAY {
            let sql = format!("SELECT occurrence FROM {table} WHERE meeting_id = ?1");
            let mut statement = self.sql.prepare_cached(&sql)?;
            let rows = statement.query_map([id.0], |row| row.get::<_, String>(0))?;
            for row in rows {
                found.insert(row?);
            }
        }
        // A single meeting is known by its number alone, which stays whatever becomes of it.
        let head = format!("{id}@");
        for (table, column) in BY_KEY {
            let sql = format!("SELECT {column} FROM {table} WHERE substr({column}, 1, length(?1)) = ?1");
            let mut statement = self.sql.prepare_cached(&sql)?;
            let rows = statement.query_map([&head], |row| row.get::<_, String>(0))?;
            for row in rows {
                found.extend(row?.strip_prefix(&head).map(str::to_owned));
            }
        }
        Ok(found)
    }

    /// Which of some occurrences have a note of the lead's own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn noted(&self, id: MeetingId) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT occurrence FROM meeting_note WHERE meeting_id = ?1
                   AND intent || if_then || predicted <> ''";
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives what was written about some occurrences to others. What stands at one that keeps its own stays where it is.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn carry_written(&self, id: MeetingId, moves: &[(String, String)]) -> Result<(), StoreError> {
        let mut left: Vec<&(String, String)> = moves.iter().filter(|(from, to)| from != to).collect();
        // What a move needs free is freed by the moves before it; a circle would wait for itself.
        while !left.is_empty() {
            let is_waited_for = |to: &String| left.iter().any(|(from, _)| from == to);
            let (waiting, ready): (Vec<_>, Vec<_>) =
                left.iter().copied().partition(|(_, to)| is_waited_for(to));
            if ready.is_empty() {
                break;
            }
            for (from, to) in ready {
                self.carry_one(id, from, to)?;
            }
            left = waiting;
        }
        Ok(())
    }

    fn carry_one(&self, id: MeetingId, from: &str, to: &str) -> Result<(), StoreError> {
        for table in BY_DAY {
            let sql = format!(
                "SELECT id FROM {table} AS own WHERE meeting_id = ?1 AND occurrence = ?2 AND NOT EXISTS
                 (SELECT 1 FROM {table} WHERE meeting_id = ?1 AND occurrence = ?3)"
            );
            for row in self.numbers_of(&sql, (id.0, from, to))? {
                self.update(table, row, &[("occurrence", owned(to.to_owned()))])?;
            }
        }
        let key =
            |occurrence: &str| OccurrenceKey { meeting: id, occurrence: occurrence.to_owned() }.to_string();
        // By its number alone a mark or a promise means the meeting however often it comes.
        let is_meant = |table: &str| !from.is_empty() || ["brief", "waved"].contains(&table);
        for (table, column) in BY_KEY.into_iter().filter(|(table, _)| is_meant(table)) {
            let sql = format!("SELECT id FROM {table} WHERE {column} = ?1");
            for row in self.numbers_of(&sql, [key(from)])? {
                self.update(table, row, &[(column, owned(key(to)))])?;
            }
        }
        Ok(())
    }

    fn numbers_of(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
