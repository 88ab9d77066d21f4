//! What must be decided for every column that is ever added.

use super::words::{NO_WORDS, blank, columns, tables};
use crate::domain::kinds;
use crate::domain::record::Kind;
use crate::store::{Store, Table};

#[test]
fn every_column_of_text_is_known_to_hold_words_or_none() {
    let store = Store::in_memory().unwrap();
    for table in Table::all_sql() {
        let sql = "SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'";
        let mut statement = store.connection.prepare(sql).unwrap();
        let there = statement.query_map([table], |row| row.get::<_, String>(0)).unwrap();
        let schema: String = store
            .connection
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
            .unwrap();
        for column in there.map(Result::unwrap) {
            // The schema itself says that it holds days or one of a few words.
            if schema.contains(&format!("CHECK ({column} IS date({column})"))
                || schema.contains(&format!("CHECK ({column} IN ("))
            {
                continue;
            }
            // The fields of a record are declared as the one or the other.
            if Kind::ALL.iter().any(|kind| kind.name() == table && !kinds::fields(*kind).is_empty()) {
                continue;
            }
            let is_words = columns(table).iter().any(|(name, _)| *name == column);
            let name = format!("{table}.{column}");
            assert_ne!(is_words, NO_WORDS.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn a_column_of_words_takes_what_stands_in_its_place() {
    let store = Store::in_memory().unwrap();
    for (table, columns) in tables() {
        let schema: String = store
            .connection
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
            .unwrap();
        for (column, _) in columns {
            let is_needed = schema.contains(&format!("CHECK ({column} <> '')"));
            assert!(!is_needed || !blank(table, column).is_empty(), "{table}.{column}");
        }
    }
}
