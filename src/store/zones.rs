//! In which zone the lead was when. Noted with a write that is the first one in another zone, and no work of anybody's:
//! undo and history pass over it, as over kept days.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::change::{Stamp, Tx};
use super::columns::{RowReader, instant_text};
use super::{Store, StoreError};
use crate::domain::zone::{Present, ZoneHistory, ZoneSince};

/// The table of zones, which goes along with an export of everything.
pub const ZONES: &str = "zone_since";

impl Store {
    /// The zones in their order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn zones(&self) -> Result<ZoneHistory, StoreError> {
        history(&self.connection, "main")
    }

    /// As a store of before was, in which no zone was noted.
    #[cfg(test)]
    pub fn forget_zones(&self) {
        self.connection.execute(&format!("DELETE FROM {ZONES}"), []).unwrap();
    }
}

fn history(connection: &Connection, store: &str) -> Result<ZoneHistory, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT at, zone FROM {store}.{ZONES} ORDER BY at"))?;
    let rows = statement.query_map([], |row| {
        let mut reader = RowReader::new(row);
        let at = reader.instant()?;
        // A name that this program does not know, as of a newer list of zones, must not keep anybody from writing:
        // the zone before it goes on.
        Ok(reader.borrowed()?.parse().ok().map(|zone| ZoneSince { at, zone }))
    })?;
    let known: Vec<Option<ZoneSince>> = rows.collect::<Result<_, _>>()?;
    Ok(ZoneHistory::new(known.into_iter().flatten().collect()))
}

impl Tx<'_> {
    /// Notes where the lead is, if that is elsewhere than at the last write; `first` is the first operation of this
    /// transaction.
    pub(super) fn note_zone(&self, stamp: Stamp, first: i64) -> Result<(), StoreError> {
        let newest = self.written_before(first)?;
        let present = Present { zone: stamp.zone, now: stamp.at, newest };
        match history(&self.sql, "main")?.moved(&present) {
            Some(moved) => self.put_zones(&moved),
            None => Ok(()),
        }
    }

    /// Takes in where the lead was by the store that comes.
    pub(super) fn take_zones(&self) -> Result<(), StoreError> {
        let (own, coming) = (history(&self.sql, "main")?, history(&self.sql, "old")?);
        // Both are of one lead, so each knows what the other does not: a copy ends early, a new store begins late.
        self.put_zones(&own.joined(&coming))
    }

    fn written_before(&self, operation: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT at FROM operation WHERE id < ?1 ORDER BY id DESC LIMIT 1";
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement.query_row([operation], |row| RowReader::new(row).instant()).optional()?)
    }

    fn put_zones(&self, zones: &ZoneHistory) -> Result<(), StoreError> {
        self.count(self.sql.execute(&format!("DELETE FROM {ZONES}"), [])?);
        let mut insert =
            self.sql.prepare_cached(&format!("INSERT INTO {ZONES} (id, at, zone) VALUES (?1, ?2, ?3)"))?;
        for (id, ZoneSince { at, zone }) in (1_i64..).zip(zones.rows()) {
            self.count(insert.execute((id, instant_text(*at), zone.to_string()))?);
        }
        Ok(())
    }
}
