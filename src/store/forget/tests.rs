//! What must be decided for every column that is ever added.

use super::words::{NO_WORDS, WORDS, blank};
use crate::store::{Store, Table};

#[test]
fn every_column_of_text_is_known_to_hold_words_or_none() {
    let store = Store::in_memory().unwrap();
    for table in Table::ALL_SQL {
        let sql = "SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'";
        let mut statement = store.connection.prepare(sql).unwrap();
        let columns = statement.query_map([table], |row| row.get::<_, String>(0)).unwrap();
        let schema: String = store
            .connection
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
            .unwrap();
        for column in columns.map(Result::unwrap) {
            // The schema itself says that it holds days or one of a few words.
            if schema.contains(&format!("CHECK ({column} IS date({column})"))
                || schema.contains(&format!("CHECK ({column} IN ("))
            {
                continue;
            }
            let words = WORDS.iter().find(|(name, _)| *name == table);
            let is_words = words.is_some_and(|(_, columns)| columns.iter().any(|(name, _)| *name == column));
            let name = format!("{table}.{column}");
            assert_ne!(is_words, NO_WORDS.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn a_column_of_words_takes_what_stands_in_its_place() {
    let store = Store::in_memory().unwrap();
    for (table, columns) in WORDS {
        let schema: String = store
            .connection
            .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
            .unwrap();
        for (column, _) in *columns {
            let is_needed = schema.contains(&format!("CHECK ({column} <> '')"));
            assert!(!is_needed || !blank(table, column).is_empty(), "{table}.{column}");
        }
    }
}
