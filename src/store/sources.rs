//! Sources, and how each stands. The sources are somebody's work, with undo; how they stand is not.

use std::path::PathBuf;

use rusqlite::Row;

use super::columns::{ColumnValue, RowReader, instant_text, int, opt_int, owned, text};
use super::{Store, StoreError, Tx, memo, seen, sidecar};
use crate::domain::ids::OperationId;
use crate::domain::record::Datum;
use crate::domain::source::{ColumnMaps, DataSource, OfferedChanges, SourceId, SourceState};

const COLUMNS: &str = "s.id, s.name, s.what, s.way, s.place, s.address_tag, s.known_as, s.preset, s.sheet, s.maps, s.day_first, \
    s.at_start, s.every_minutes, s.applies, s.limit_seconds";
const STATE: &str = "t.tried, t.refreshed, t.data_from, t.current, t.new, t.changed, t.gone, t.operation, \
    coalesce(t.is_taken, 0), coalesce(o.undone, 0) OR EXISTS (SELECT 1 FROM json_each(m.value, '$.taken') AS b \
    JOIN operation AS e ON e.id = b.value WHERE e.undone), t.error, \
    m.value ->> '$.left.new', m.value ->> '$.left.changed', m.value ->> '$.left.gone', m.value ->> '$.as_of', \
    m.value ->> '$.read_from', m.value -> '$.taken'";
/// Under which name it is remembered, before the number of its source, what the counts of a reading rest on. Not in the
/// table of states: a new column is a new version of the store, and nothing older could be undone any more.
const COUNTED: &str = "source-counted-";
/// True of a source whose counts rest on imports that were taken back or done again since, or on rows that a whole store
/// brought. Of what was taken in last that is known by itself.
const IS_UNSURE: &str = "EXISTS (SELECT 1 FROM operation AS u WHERE u.id > (m.value ->> '$.as_of') AND (u.brings = 'store' \
    OR u.target IS NOT NULL AND NOT (coalesce(t.is_taken, 0) AND u.target = coalesce(t.operation, 0)) \
    AND EXISTS (SELECT 1 FROM operation AS d JOIN change AS c ON c.operation_id = d.id WHERE d.id = u.target \
    AND (d.brings <> '' OR d.origin = 'import') AND (s.what, c.table_name) IN (VALUES ('requests', 'request'), \
    ('requests', 'request_seen'), ('shares', 'request'), ('shares', 'request_seen'), ('shares', 'allocation'), \
    ('people', 'person'), ('people', 'contract'), ('absences', 'person'), ('absences', 'absence'), \
    ('absences', 'holiday'), ('calendar', 'meeting'), ('calendar', 'meeting_override')))))";

fn source(c: &mut RowReader<'_, '_>) -> rusqlite::Result<DataSource> {
    Ok(DataSource {
        id: SourceId(c.get()?),
        name: c.get()?,
        what: c.word()?,
        way: c.word()?,
        place: c.get()?,
        address_tag: c.get()?,
        known_as: c.get()?,
        preset: c.get()?,
        sheet: c.get()?,
        maps: ColumnMaps::of_text(&c.get::<String>()?),
        day_first: c.get()?,
        at_start: c.get()?,
        every: c.get()?,
        applies: c.get()?,
        limit_seconds: c.get()?,
    })
}

/// All three or none: before the first refresh nothing is offered, which is something else than no change.
fn changes(c: &mut RowReader<'_, '_>) -> rusqlite::Result<Option<OfferedChanges>> {
    let (new, changed, gone) = (c.get::<Option<u32>>()?, c.get::<Option<u32>>()?, c.get::<Option<u32>>()?);
    Ok(new.zip(changed).zip(gone).map(|((new, changed), gone)| OfferedChanges {
        new: new as usize,
        changed: changed as usize,
        gone: gone as usize,
    }))
}

/// The numbers of a list; none where there is no list, as in a store of before.
fn numbers(list: Option<&str>) -> Vec<i64> {
    list.and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default()
}

fn state(c: &mut RowReader<'_, '_>) -> rusqlite::Result<SourceState> {
    let (tried, refreshed, data_from, current) =
        (c.opt_instant()?, c.opt_instant()?, c.opt_instant()?, c.opt_instant()?);
    let found = changes(c)?;
    Ok(SourceState {
        tried,
        refreshed,
        data_from,
        current,
        found,
        operation: c.get::<Option<i64>>()?.map(OperationId),
        is_taken: c.get()?,
        was_undone: c.get()?,
        error: c.get()?,
        left: changes(c)?,
        as_of: c.get::<Option<i64>>()?.map(OperationId),
        read_from: c.opt_instant()?,
        taken: numbers(c.get::<Option<String>>()?.as_deref()).into_iter().map(OperationId).collect(),
        is_unsure: c.get()?,
    })
}

fn both(row: &Row<'_>) -> rusqlite::Result<(DataSource, SourceState)> {
    let mut columns = RowReader::new(row);
    Ok((source(&mut columns)?, state(&mut columns)?))
}

fn cells(source: &DataSource) -> Vec<ColumnValue<'_>> {
    vec![
        ("name", text(&source.name)),
        ("what", text(source.what.name())),
        ("way", text(source.way.name())),
        ("place", text(&source.place)),
        ("address_tag", text(&source.address_tag)),
        ("known_as", text(&source.known_as)),
        ("preset", text(&source.preset)),
        ("sheet", text(&source.sheet)),
        ("maps", owned(source.maps.shown())),
        ("day_first", opt_int(source.day_first)),
        ("at_start", int(source.at_start)),
        ("every_minutes", opt_int(source.every)),
        ("applies", int(source.applies)),
        ("limit_seconds", int(source.limit_seconds)),
    ]
}

impl Store {
    /// Every source and how it stands, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sources(&self) -> Result<Vec<(DataSource, SourceState)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {STATE}, {IS_UNSURE} FROM source AS s \
             LEFT JOIN source_state AS t ON t.source_id = s.id LEFT JOIN operation AS o ON o.id = t.operation \
             LEFT JOIN memo AS m ON m.name = '{COUNTED}' || s.id ORDER BY s.name"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([], both)?.collect::<Result<_, _>>()?)
    }

    /// Notes how a source stands, past the journal: nobody did that.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_source(&self, id: SourceId, state: &SourceState) -> Result<(), StoreError> {
        self.check_files()?;
        // One row for each source: what it said before is no longer true.
        let sql = "INSERT OR REPLACE INTO source_state \
            (source_id, tried, refreshed, data_from, current, new, changed, gone, operation, is_taken, error) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let count = |count: fn(&OfferedChanges) -> usize| {
            state.found.as_ref().map(|found| i64::try_from(count(found)).unwrap_or(i64::MAX))
        };
        let values = rusqlite::params![
            id.0,
            state.tried.map(instant_text),
            state.refreshed.map(instant_text),
            state.data_from.map(instant_text),
            state.current.map(instant_text),
            count(|found| found.new),
            count(|found| found.changed),
            count(|found| found.gone),
            state.operation.map(|operation| operation.0),
            state.is_taken,
            state.error,
        ];
        let left = state
            .left
            .map(|left| serde_json::json!({ "new": left.new, "changed": left.changed, "gone": left.gone }));
        let taken: Vec<i64> = state.taken.iter().map(|operation| operation.0).collect();
        let counted = serde_json::json!({ "left": left, "as_of": state.as_of.map(|operation| operation.0),
            "read_from": state.read_from.map(instant_text), "taken": taken });
        // Both or none: counts say nothing without what they rest on.
        let both = self.connection.unchecked_transaction().and_then(|tx| {
            tx.prepare_cached(sql)?.execute(values)?;
            memo::put(&tx, &format!("{COUNTED}{}", id.0), &counted.to_string())?;
            tx.commit()
        });
        both.map_err(|error| self.named(error.into()))?;
        self.leave_mark();
        Ok(())
    }

    /// The random identity of the store, by which the machine knows what was confirmed for it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn identity(&self) -> Result<String, StoreError> {
        seen::identity(&self.connection)
    }

    /// Where what is fetched for a store is laid; `None` of one in memory.
    pub fn fetched_folder(&self) -> Option<PathBuf> {
        self.path.as_deref().map(sidecar::fetched)
    }
}

impl Tx<'_> {
    /// Adds a source and gives the number that it got.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_source(&self, source: &DataSource) -> Result<SourceId, StoreError> {
        self.insert("source", &cells(source)).map(SourceId)
    }

    /// Writes a source over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there.
    pub fn put_source(&self, source: &DataSource) -> Result<(), StoreError> {
        let is_there = self.update("source", source.id.0, &cells(source))?;
        is_there.then_some(()).ok_or_else(|| StoreError::Missing(format!("source {}", source.name)))
    }

    /// What is known of how sources stand, before the rows of `old` come: nothing of those that come as others, and of the
    /// rest no data is younger than what comes.
    pub(super) fn leave_states(&self) -> Result<(), StoreError> {
        let same = ["id", "name", "what", "way", "place", "address_tag", "known_as"];
        let same = same.map(|name| format!("o.{name} = s.{name}")).join(" AND ");
        let kept = format!("SELECT s.id FROM main.source AS s JOIN old.source AS o ON {same}");
        for sql in [
            format!("DELETE FROM main.source_state WHERE source_id NOT IN ({kept})"),
            format!(
                "DELETE FROM main.memo WHERE name GLOB '{COUNTED}*' \
                 AND CAST(substr(name, {}) AS INTEGER) NOT IN ({kept})",
                COUNTED.len() + 1
            ),
            // What was laid out from an export has no journal but its first row, and says nothing of its time. Of nothing
            // the least is nothing.
            "UPDATE main.source_state SET data_from = min(data_from, \
             coalesce((SELECT max(at) FROM old.operation WHERE at >= '1971'), data_from))"
                .to_owned(),
        ] {
            self.count(self.sql.execute(&sql, [])?);
        }
        Ok(())
    }

    /// Under which names sources bring what they say.
    pub fn source_names(&self) -> Result<std::collections::HashSet<String>, StoreError> {
        let sql = "SELECT CASE known_as WHEN '' THEN name ELSE known_as END FROM source";
        let mut statement = self.sql.prepare(sql)?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Takes a source away; what came from it stays.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there.
    pub fn remove_source(&self, source: &DataSource) -> Result<(), StoreError> {
        let was_there = self.delete("source", source.id.0)?;
        was_there.then_some(()).ok_or_else(|| StoreError::Missing(format!("source {}", source.name)))
    }
}
