//! What is written of a whole store, and what of such a text is refused.

use serde_json::json;

use super::*;

fn dump(version: i64, tables: Value) -> StoreDump {
    StoreDump { version, tables: serde_json::from_value(tables).unwrap() }
}

#[test]
fn what_can_be_no_store_is_refused_with_its_place() {
    let store = Store::in_memory().unwrap();
    let now = Store::version();
    let time = |table: &str, rows: Value| json!({ table: { "columns": ["id", "name", "from_day", "to_day"], "rows": rows } });
    let good = json!([[1, "Feast", "2026-12-24", "2026-12-26"]]);
    assert!(store.build(&dump(now, time("holiday", good.clone()))).is_ok());
    let refused = [
        (now + 1, time("holiday", good.clone()), "a newer Tablesetter wrote this"),
        (7, time("holiday", good.clone()), "no Tablesetter ever had a store of version 7"),
        (now, time("sqlite_schema", good.clone()), "no table “sqlite_schema”"),
        (now, time("outcome", good), "outcome has no column “from_day”"),
        (
            now,
            time("holiday", json!([[1, "Feast", "2026-12-24"]])),
            "table holiday, row 1: it has 3 values for 4 columns",
        ),
        (
            now,
            time("holiday", json!([[1, ["Feast"], "2026-12-24", "2026-12-26"]])),
            "row 1: name is neither a text nor a number",
        ),
        (
            now,
            time(
                "holiday",
                json!([[1, "Feast", "2026-12-24", "2026-12-26"], [1, "Twice", "2026-12-24", "2026-12-26"]]),
            ),
            "row 2: UNIQUE",
        ),
        (now, time("holiday", json!([[1, "Feast", "tomorrow", "2026-12-26"]])), "row 1: CHECK"),
        (
            now,
            json!({ "request_seen": { "columns": ["id", "seen"], "rows": [[5, "{}"]] } }),
            "1 row would point nowhere",
        ),
    ];
    for (version, tables, why) in refused {
        let error =
            store.build(&dump(version, tables)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(why) && !error.contains('\n'), "{error}");
    }
}

#[test]
fn rows_of_an_older_version_come_in_as_its_file_would() {
    let old = Connection::open_in_memory().unwrap();
    lay_out(&old, 2000).unwrap();
    old.execute_batch("INSERT INTO person (id, handle, name, factor_percent) VALUES (4, 'ana', 'Ana', 100)")
        .unwrap();
    let people = rows_of(&old, "person").unwrap();
    let dump = StoreDump { version: 2000, tables: BTreeMap::from([("person".to_owned(), people)]) };
    let mut store = Store::in_memory().unwrap();
    let built = store.build(&dump).unwrap();
    let stamp = Stamp {
        at: chrono::DateTime::UNIX_EPOCH,
        day: chrono::NaiveDate::default(),
        zone: chrono_tz::UTC.into(),
        origin: crate::store::Origin::Import,
    };
    store.take_built(stamp, &built, "Took it in").unwrap();
    assert_eq!(store.people().unwrap()[0].handle, "ana");
}
