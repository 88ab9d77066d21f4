//! The promises of the store: nothing escapes the journal, undo is exact, nothing foreign is touched.

use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::bounds;
use crate::domain::ids::RequestId;
use crate::domain::request::Request;
use crate::domain::stage::Stage;

fn stamp() -> Stamp {
    Stamp { at: now(), day: now().date_naive(), zone: chrono_tz::UTC.into(), origin: Origin::Cockpit }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
}

fn add(store: &mut Store, title: &str) -> RequestId {
    let work = |tx: &Tx<'_>| Ok((tx.add_request(&Request::new(title, now()))?, format!("Added {title}")));
    store.change::<_, StoreError>(stamp(), work).unwrap().output
}

fn edit(store: &mut Store, id: RequestId, change: impl FnOnce(&mut Request)) {
    let work = |tx: &Tx<'_>| {
        let mut request = tx.request(id)?;
        change(&mut request);
        tx.put_request(&request)?;
        Ok(((), format!("Edited {id}")))
    };
    store.change::<_, StoreError>(stamp(), work).unwrap();
}

#[test]
fn a_request_comes_back_as_it_was_written() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    edit(&mut store, id, |request| {
        request.tags = vec!["retail".into(), "q\"1".into()];
        request.due = "2026-12-01".parse().ok();
        request.stage = Stage::InReview;
    });
    let request = store.request(id).unwrap();
    assert_eq!(request.tags, ["retail", "q\"1"]);
    assert_eq!(request.stage, Stage::InReview);
    assert_eq!(request.created, now());
}

#[test]
fn no_write_escapes_the_journal() {
    let store = Store::in_memory().unwrap();
    for table in Table::all_sql() {
        let sql =
            format!("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'");
        let triggers: i64 = store.connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(triggers, 3, "{table}");
    }
    let untracked = ["operation", "change", "memo", "forgotten", "source_state", "zone_since"];
    let mut statement = store
        .connection
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        .unwrap();
    for name in statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap) {
        let known = name.starts_with("sqlite_")
            || untracked.contains(&name.as_str())
            || Table::of_sql(&name).is_some();
        assert!(known, "{name} is neither journalled nor known to need no journal");
    }
    let outside = store
        .connection
        .execute("INSERT INTO holiday (name, from_day, to_day) VALUES ('x', '2026-12-25', '2026-12-25')", []);
    assert!(outside.is_err(), "a write outside an operation must fail");
    for table in Table::all_sql() {
        let sql = format!("SELECT name FROM pragma_table_info('{table}') WHERE cid = 0 AND pk = 1");
        let first: String = store.connection.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(first, "id", "the journal names a row of {table} by its first column");
    }
}

#[test]
fn a_write_past_the_journal_is_refused_with_its_operation() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    let refused = store.change::<(), StoreError>(stamp(), |tx| {
        tx.sql.execute("UPDATE request SET title = 'Unnoticed'", [])?;
        Ok(((), "Cheated".into()))
    });
    assert!(refused.unwrap_err().to_string().contains("undo would not know of"));
    assert_eq!(store.request(id).unwrap().title, "Hero film");
    assert_eq!(store.history(None).unwrap().len(), 1);
}

#[test]
fn another_program_cannot_write_and_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut store, _) = Store::open(&path).unwrap();
    add(&mut store, "Hero film");
    let other = rusqlite::Connection::open(&path).unwrap();
    for sql in
        ["UPDATE request SET title = 'x'", "DELETE FROM request", "INSERT INTO request_seen VALUES (1, '{}')"]
    {
        let refused = other.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("only_tablesetter_writes"), "{sql}: {refused}");
    }
    let title: String = other.query_row("SELECT title FROM request", [], |row| row.get(0)).unwrap();
    assert_eq!(title, "Hero film");
}

#[test]
fn undo_and_redo_walk_to_both_ends() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    edit(&mut store, id, |request| request.title = "Hero film, 30 s".into());
    edit(&mut store, id, |request| request.brand = "Harbour".into());
    let last = store.request(id).unwrap();
    for _ in 0..3 {
        store.undo(stamp(), None).unwrap();
    }
    assert!(store.request(id).is_err());
    assert!(matches!(store.undo(stamp(), None), Err(StoreError::NothingTo("undo"))));
    for _ in 0..3 {
        store.redo(stamp()).unwrap();
    }
    assert_eq!(store.request(id).unwrap(), last);
    assert!(matches!(store.redo(stamp()), Err(StoreError::NothingTo("redo"))));
}

#[test]
fn something_new_closes_the_way_forward() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    edit(&mut store, id, |request| request.title = "A".into());
    store.undo(stamp(), None).unwrap();
    edit(&mut store, id, |request| request.title = "B".into());
    assert!(matches!(store.redo(stamp()), Err(StoreError::NothingTo("redo"))));
}

#[test]
fn an_undo_that_would_overwrite_a_later_change_is_refused_by_name() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    edit(&mut store, id, |request| request.title = "A".into());
    let first = store.history(Some(1)).unwrap()[0].id;
    edit(&mut store, id, |request| request.title = "B".into());
    let refusal = store.undo(stamp(), Some(first)).unwrap_err().to_string();
    assert!(refusal.contains("R-1 was changed since by change 3, \"Edited R-1\""), "{refusal}");
    assert_eq!(store.request(id).unwrap().title, "B");
}

#[test]
fn an_addition_is_undone_and_redone_through_all_that_happened_since() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    let first = store.history(Some(1)).unwrap()[0].id;
    edit(&mut store, id, |request| request.title = "A".into());
    let refusal = store.undo(stamp(), Some(first)).unwrap_err().to_string();
    assert!(refusal.contains("R-1 was changed since"), "{refusal}");
    // What happened since was taken back, by undo and by hand: it stands as it came.
    store.undo(stamp(), None).unwrap();
    edit(&mut store, id, |request| request.brand = "Harbour".into());
    edit(&mut store, id, |request| request.brand = String::new());
    let whole = store.request(id).unwrap();
    store.undo(stamp(), Some(first)).unwrap();
    assert_eq!(store.request_count().unwrap(), 0);
    store.redo(stamp()).unwrap();
    assert_eq!(store.request(id).unwrap(), whole);
    store.undo(stamp(), Some(first)).unwrap();
    store.redo(stamp()).unwrap();
    assert_eq!(store.request(id).unwrap(), whole);
}

#[test]
fn a_row_added_and_changed_in_one_operation_goes_and_comes_back_whole() {
    let mut store = Store::in_memory().unwrap();
    let work = |tx: &Tx<'_>| {
        let id = tx.add_request(&Request::new("Hero film", now()))?;
        tx.put_request(&Request { id, brand: "Harbour".into(), ..Request::new("Hero film, 30 s", now()) })?;
        Ok((id, "Added and changed".to_owned()))
    };
    let id = store.change::<_, StoreError>(stamp(), work).unwrap().output;
    let whole = store.request(id).unwrap();
    store.undo(stamp(), None).unwrap();
    store.redo(stamp()).unwrap();
    assert_eq!(store.request(id).unwrap(), whole);
}

#[test]
fn an_undo_leaves_later_changes_of_other_columns_alone() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Hero film");
    edit(&mut store, id, |request| request.title = "A".into());
    let first = store.history(Some(1)).unwrap()[0].id;
    edit(&mut store, id, |request| request.brand = "Harbour".into());
    store.undo(stamp(), Some(first)).unwrap();
    let request = store.request(id).unwrap();
    assert_eq!((request.title.as_str(), request.brand.as_str()), ("Hero film", "Harbour"));
}

#[test]
fn no_text_is_longer_than_a_text_may_be_and_old_ones_can_still_be_undone() {
    let mut store = Store::in_memory().unwrap();
    let id = add(&mut store, "Film");
    let most = bounds::TEXT;
    edit(&mut store, id, |request| request.notes = "n".repeat(most));
    let too_long = |tx: &Tx<'_>| {
        let request = Request { id, notes: "n".repeat(most + 1), ..Request::new("Film", now()) };
        Ok((tx.put_request(&request)?, "Noted".to_owned()))
    };
    let error =
        store.change(stamp(), too_long).map(drop).map_err(|error: StoreError| error.to_string()).unwrap_err();
    assert!(error.contains("request, notes: 257 KiB are too long"), "{error}");
    // As a store of an earlier version may hold it.
    store
        .change(stamp(), |tx| {
            let cells = [("notes", columns::owned("n".repeat(most * 2)))];
            tx.put_over("request", id.0, &cells)?;
            Ok::<_, StoreError>(((), "Noted at length".to_owned()))
        })
        .unwrap();
    edit(&mut store, id, |request| request.brand = "Harbour".into());
    edit(&mut store, id, |request| request.notes = "short".into());
    store.undo(stamp(), None).unwrap();
    assert_eq!(store.request(id).unwrap().notes.len(), most * 2);
}

#[test]
fn an_error_inside_an_operation_leaves_nothing_behind() {
    let mut store = Store::in_memory().unwrap();
    let failed = store.change::<(), StoreError>(stamp(), |tx| {
        tx.add_request(&Request::new("Half", now()))?;
        Err(StoreError::Missing("the other half".into()))
    });
    assert!(failed.is_err());
    assert_eq!(store.request_count().unwrap(), 0);
    assert!(store.history(None).unwrap().is_empty());
}

#[test]
fn an_operation_that_changes_nothing_is_not_recorded() {
    let mut store = Store::in_memory().unwrap();
    let nothing = store.change::<_, StoreError>(stamp(), |_| Ok(((), "Nothing".into()))).unwrap();
    assert_eq!(nothing.operation, None);
    assert!(store.history(None).unwrap().is_empty());
}

#[test]
fn foreign_empty_and_newer_files_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.db");
    std::fs::write(&text, "not a database, but long enough to look at: ".repeat(40)).unwrap();
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let newer = folder.path().join("newer.db");
    drop(Store::open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 9000).unwrap();
    for file in [&text, &empty, &other, &newer] {
        let before = std::fs::read(file).unwrap();
        assert!(Store::open(file).is_err(), "{}", file.display());
        assert_eq!(std::fs::read(file).unwrap(), before, "{}", file.display());
    }
    assert!(matches!(Store::open(&newer), Err(StoreError::Newer { found: 9000, .. })));
}

#[test]
fn files_and_folders_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/store.db");
    let (mut store, _) = Store::open(&path).unwrap();
    add(&mut store, "Private");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for suffix in ["", "-wal", "-shm"] {
        let file = folder.path().join(format!("new/store.db{suffix}"));
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn an_upgrade_is_backed_up_named_and_closes_the_journal_behind_it() {
    const LATER: &[migrations::Migration] = &[
        migrations::Migration { version: 1000, sql: include_str!("migrations/0001_init.sql") },
        migrations::Migration { version: 1001, sql: include_str!("migrations/0002_books.sql") },
        migrations::Migration { version: 1002, sql: include_str!("migrations/0003_documents.sql") },
        migrations::Migration { version: 2000, sql: include_str!("migrations/0004_writers.sql") },
        migrations::Migration {
            version: 2999,
            sql: "ALTER TABLE request ADD COLUMN mood TEXT NOT NULL DEFAULT ''",
        },
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut store, _) = Store::open(&path).unwrap();
    add(&mut store, "Before");
    drop(store);
    let opened = opening::open(&path, LATER).unwrap();
    assert!(opened.notices[0].contains("store-backups"), "{:?}", opened.notices);
    let mut store = Store::over(opened, None).unwrap();
    let mood: String = store.connection.query_row("SELECT mood FROM request", [], |row| row.get(0)).unwrap();
    assert_eq!(mood, "");
    // The program of today does not know version 2999, but it is a newer minor: reading goes on.
    assert_eq!(store.request_count().unwrap(), 1);
    let refusal = store.undo(stamp(), None).unwrap_err();
    assert!(matches!(refusal, StoreError::Newer { .. }), "{refusal}");
    let backup = Store::open(&path).map(|(store, _)| store.backups()[0].path.clone()).unwrap_or_default();
    assert_eq!(Store::open(&backup).unwrap().0.request_count().unwrap(), 1);
}

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date_with_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("migrations/0001_init.sql")).unwrap();
    old.pragma_update(None, "application_id", migrations::APPLICATION_ID).unwrap();
    old.pragma_update(None, "user_version", 1000).unwrap();
    old.execute_batch(
        "CREATE TRIGGER journal_holiday_insert AFTER INSERT ON holiday BEGIN
             INSERT INTO change (operation_id, table_name, row_id, after) VALUES (1, 'holiday', NEW.id, '{}');
         END;
         INSERT INTO operation (at, label, origin, schema) VALUES ('2026-11-23T09:00:00Z', 'Added holiday', 'cockpit', 1000);
         INSERT INTO holiday (name, from_day, to_day) VALUES ('Company day', '2026-12-17', '2026-12-17');",
    )
    .unwrap();
    drop(old);
    let (mut store, notices) = Store::open(&path).unwrap();
    assert!(notices[0].contains("from version 1000"), "{notices:?}");
    assert_eq!(store.holidays().unwrap().len(), 1);
    add(&mut store, "After");
    assert!(store.check().unwrap().is_empty());
    store.undo(stamp(), None).unwrap();
    let refused = store.undo(stamp(), None).unwrap_err();
    assert!(refused.to_string().contains("before the store was upgraded"), "{refused}");
}

#[test]
fn where_nothing_can_be_written_everything_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store?#%.db");
    let (mut store, _) = Store::open(&path).unwrap();
    add(&mut store, "Kept");
    store.checkpoint();
    drop(store);
    let opened = opening::for_reading(&path, &obstacle::Obstacle::Medium, &seen::Before::default()).unwrap();
    assert!(opened.notices[0].contains("everything can be read"), "{:?}", opened.notices);
    let mut store = Store::over(opened, Some(path)).unwrap();
    assert_eq!(store.request_count().unwrap(), 1);
    let id = RequestId(1);
    let refused = store.change(stamp(), |tx| tx.request(id).map(|_| ((), String::new()))).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused:?}");
}

#[test]
fn a_reading_within_a_reading_is_of_the_same_moment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let (mut one, _) = Store::open(&path).unwrap();
    let (two, _) = Store::open(&path).unwrap();
    add(&mut one, "Hero film");
    let count = |store: &Store| store.all_requests().map(|all| all.len());
    let seen = two.reading(|store| {
        let before = count(store)?;
        add(&mut one, "Poster");
        Ok::<_, StoreError>((before, store.reading(count)?, count(store)?))
    });
    assert_eq!((seen.unwrap(), count(&two).unwrap()), ((1, 1, 1), 2));
}

#[test]
fn two_programs_see_and_respect_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut one, _) = Store::open(&path).unwrap();
    let (mut two, _) = Store::open(&path).unwrap();
    let id = add(&mut one, "Shared");
    let before = one.outside_version().unwrap();
    edit(&mut two, id, |request| request.title = "Renamed".into());
    assert_ne!(one.outside_version().unwrap(), before);
    one.undo(stamp(), None).unwrap();
    assert_eq!(two.request(id).unwrap().title, "Shared");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Any row of additions and edits, undone to the start and done again, ends where it was.
    #[test]
    fn undo_to_the_start_and_redo_to_the_end_is_exact(script in prop::collection::vec((0u8..4, 0usize..5, "[a-z\"']{1,6}"), 1..12)) {
        let mut store = Store::in_memory().unwrap();
        let mut ids = Vec::new();
        for (verb, which, word) in script {
            match (verb, ids.get(which).copied()) {
                (1, Some(id)) => edit(&mut store, id, |request| request.title.clone_from(&word)),
                (2, Some(id)) => edit(&mut store, id, |request| request.tags = vec![word.clone()]),
                (3, Some(id)) => edit(&mut store, id, |request| request.brand.clone_from(&word)),
                _ => ids.push(add(&mut store, &word)),
            }
        }
        let end = store.all_requests().unwrap();
        let mut steps = 0;
        while store.undo(stamp(), None).is_ok() {
            steps += 1;
        }
        prop_assert!(store.all_requests().unwrap().is_empty());
        for _ in 0..steps {
            store.redo(stamp()).unwrap();
        }
        prop_assert_eq!(store.all_requests().unwrap(), end);
    }
}
