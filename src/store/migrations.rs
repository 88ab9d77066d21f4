//! The versions of the store and the way from one to the next. Append only: a step that was released
//! is never edited. `user_version` is major × 1000 + minor.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::gate;
use crate::domain::count::counted;

/// "TbSt": marks the file as ours.
pub const APPLICATION_ID: i64 = 0x5462_5374;

/// One step: the version that it leads to, and how.
pub struct Migration {
    /// `user_version` afterwards.
    pub version: i64,
    /// Statements, run in one transaction.
    pub sql: &'static str,
}

/// All steps in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1000, sql: include_str!("migrations/0001_init.sql") },
    // Outcomes and everything that belongs to them.
    Migration { version: 1001, sql: include_str!("migrations/0002_books.sql") },
    // Briefs, standups, and what came true.
    Migration { version: 1002, sql: include_str!("migrations/0003_documents.sql") },
    // The writers themselves note what changes. An older program relied on triggers for that, and must not write.
    // Nearly all meetings are over, so what touches a few days is found by the end of each.
    Migration { version: 2000, sql: include_str!("migrations/0004_writers.sql") },
    // Hours left, and the days that took them off.
    Migration { version: 2001, sql: include_str!("migrations/0005_load.sql") },
    // When remarks were noted, and the load of the morning beside a reflection.
    Migration { version: 2003, sql: include_str!("migrations/0007_day_after.sql") },
    // What was forgotten for good.
    Migration { version: 2006, sql: include_str!("migrations/0010_forget.sql") },
    // A random identity, by which a file that was exchanged is known.
    Migration { version: 2007, sql: include_str!("migrations/0011_identity.sql") },
    // Names that somebody had before two entries became one.
    Migration { version: 2008, sql: include_str!("migrations/0012_also.sql") },
    // What calendars say beyond starts and rules.
    Migration { version: 2009, sql: include_str!("migrations/0013_calendars.sql") },
    // Where data comes from again and again.
    Migration { version: 2010, sql: include_str!("migrations/0014_sources.sql") },
    // Names that come near somebody's and are somebody else's.
    Migration { version: 2011, sql: include_str!("migrations/0015_told_apart.sql") },
    // What is kept from others.
    Migration { version: 2012, sql: include_str!("migrations/0016_private.sql") },
    // Which sheet of a workbook a source is read from.
    Migration { version: 2013, sql: include_str!("migrations/0017_sheet.sql") },
    // What sources said of days away.
    Migration { version: 2014, sql: include_str!("migrations/0018_brought.sql") },
    // What sources said of people.
    Migration { version: 2015, sql: include_str!("migrations/0019_said_of_people.sql") },
    // What the columns of a source stand for.
    Migration { version: 2016, sql: include_str!("migrations/0020_maps.sql") },
    // In which zone the lead was when.
    Migration { version: 2017, sql: include_str!("migrations/0021_zones.sql") },
    // Work that goes back under way keeps that its hours left are to be said.
    Migration { version: 2018, sql: include_str!("migrations/0022_left_to_say.sql") },
    // What an operation brought from outside.
    Migration { version: 2019, sql: include_str!("migrations/0023_brought_in.sql") },
    // What was said of hours left stays, whatever becomes of the guess that stood for the whole.
    Migration { version: 2020, sql: include_str!("migrations/0024_left_stays.sql") },
    // Since when imported work stands in its stage.
    Migration { version: 2021, sql: include_str!("migrations/0025_since_seen.sql") },
];

/// The version that a list of steps ends at.
pub fn latest(migrations: &[Migration]) -> i64 {
    migrations.last().map_or(0, |migration| migration.version)
}

/// The version of the open file.
pub fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs the steps that are missing, all in one transaction: all or nothing.
pub fn run(connection: &mut Connection, migrations: &[Migration]) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let found = version(&transaction)?;
    gate::drop_guards(&transaction)?;
    for migration in migrations.iter().filter(|migration| migration.version > found) {
        transaction.execute_batch(migration.sql)?;
    }
    gate::make_guards(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", latest(migrations))?;
    let broken: i64 =
        transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if broken > 0 {
        return Err(StoreError::Damaged(format!(
            "{} would point nowhere after the upgrade",
            counted(broken, "row", "rows")
        )));
    }
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_an_import_saw_in_its_stage_stands_there_since_then() {
        let mut file = Connection::open_in_memory().unwrap();
        let (last, before) = MIGRATIONS.split_last().unwrap();
        let _gate = gate::Gate::before(&file).unwrap();
        run(&mut file, before).unwrap();
        gate::drop_guards(&file).unwrap();
        let put = |id: i64, (source, stage): (&str, &str), seen: &str, later: &str| {
            let texts = ["ask", "requester", "brand", "channel", "outcome", "measure", "audience", "message"];
            let more = ["deliverables", "due_reason", "decider", "inputs", "stage_reason", "notes", "url"];
            let blank = format!(", {}, {}", texts.join(", "), more.join(", "));
            let values = ", ''".repeat(texts.len() + more.len());
            file.execute_batch(&format!(
                "INSERT INTO request (id, title, is_due_hard, due_moves, stage, stage_since, rounds, tags, source,
                   external_id, created{blank})
                 VALUES ({id}, 'Film', 0, 0, '{stage}', '2026-10-01T00:00:00Z', 0, '[]', '{source}', 'x{id}',
                   '2026-10-01T00:00:00Z'{values});
                 INSERT INTO request_seen VALUES ({id}, '{{\"created\":\"\"{seen}}}');
                 INSERT INTO operation (id, at, label, origin, schema)
                 VALUES ({id}, '2026-11-23T09:00:00Z', '', 'import', 2020);
                 INSERT INTO change (operation_id, table_name, row_id, after) VALUES ({id}, 'request', {id}, NULL);
                 {later}"
            ))
            .unwrap();
        };
        let moved = "INSERT INTO change (operation_id, table_name, row_id, before, after)
            VALUES (4, 'request', 4, '{\"stage\":\"ready\"}', '{\"stage\":\"in-review\"}');";
        put(1, ("csv", "in-review"), "", "");
        put(2, ("csv", "in-review"), ",\"updated\":\"\"", "");
        put(3, ("csv", "new"), "", "");
        put(4, ("csv", "in-review"), "", moved);
        put(5, ("tablesetter", "in-review"), "", "");
        put(6, ("csv", "in-review"), "", "UPDATE operation SET origin = 'command-line' WHERE id = 6;");
        run(&mut file, std::slice::from_ref(last)).unwrap();
        let since: Vec<String> = file
            .prepare("SELECT stage_since FROM request ORDER BY id")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(since[0], "2026-11-23T09:00:00Z");
        assert!(since[1..].iter().all(|at| at == "2026-10-01T00:00:00Z"), "{since:?}");
    }
}
