//! Requests: reads and the typed writer.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{
    self, ColumnValue, RowReader, int, list, opt_day, opt_instant, opt_int, opt_minutes, opt_text, text,
};
use super::{Store, StoreError, Tx};
use crate::domain::field::{self, Field};
use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::request::{Blocked, Request};
use crate::domain::tier::Tier;

/// Columns with rules of their own, in the order in which [`from_row`] reads them; texts come behind them.
const OWN: &str = "id, lever, asset_count, due, is_due_hard, first_agreed_due, due_moves, tier, stage, stage_since, \
    stage_reason, blocked_reason, blocked_since, value, time_criticality, risk, estimate, rounds, tags, source, \
    external_id, parent, created, ready, started, delivered, position, outcome_id, reframed, left_said, left_on, \
    left_correction, left_to_say, left_of";

/// Every column, in the order in which [`from_row`] reads.
pub(super) static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let texts: Vec<&str> = field::texts().filter_map(Field::text_column).collect();
    // Behind the others, so that a text that is added to the fields is read and written without a word here.
    format!("{OWN}, {}", texts.join(", "))
});

// Spelled as in the index `request_open`: SQLite takes that only where the condition is this one to the letter.
pub(super) const OPEN: &str = "stage NOT IN ('delivered', 'declined', 'withdrawn')";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Request> {
    let mut c = RowReader::new(row);
    let mut request = Request::new("", DateTime::UNIX_EPOCH);
    request.id = RequestId(c.get()?);
    request.lever = c.opt_word()?;
    request.asset_count = c.get()?;
    request.due = c.opt_day()?;
    request.is_due_hard = c.get()?;
    request.first_agreed_due = c.opt_day()?;
    request.due_moves = c.get()?;
    request.tier = c.get::<Option<u8>>()?.and_then(Tier::new);
    request.stage = c.word()?;
    request.stage_since = c.instant()?;
    request.stage_reason = c.get()?;
    request.blocked = blocked(c.get()?, c.opt_day()?);
    request.value = c.get()?;
    request.time_criticality = c.get()?;
    request.risk = c.get()?;
    request.estimate = c.opt_minutes()?;
    request.rounds = c.get()?;
    request.tags = c.list()?;
    request.source = c.get()?;
    request.external_id = c.get()?;
    request.parent = c.get::<Option<i64>>()?.map(RequestId);
    request.created = c.instant()?;
    request.ready = c.opt_instant()?;
    request.started = c.opt_instant()?;
    request.delivered = c.opt_instant()?;
    request.position = c.get()?;
    request.outcome_id = c.get::<Option<i64>>()?.map(OutcomeId);
    request.reframed = c.opt_instant()?;
    request.left_said = c.opt_minutes()?;
    request.left_on = c.opt_day()?;
    request.left_correction = Minutes(c.get()?);
    request.left_to_say = c.get()?;
    request.left_of = c.opt_minutes()?;
    for field in field::texts() {
        let text = c.get()?;
        if let Some(own) = field.text_mut(&mut request) {
            *own = text;
        }
    }
    Ok(request)
}

pub(super) fn blocked(reason: Option<String>, since: Option<NaiveDate>) -> Option<Blocked> {
    // Both or none, as the table demands it: half of it would be a block without a beginning.
    Some(Blocked { reason: reason?, since: since? })
}

fn cells(r: &Request) -> Vec<ColumnValue<'_>> {
    let mut cells: Vec<ColumnValue<'_>> =
        field::texts().filter_map(|field| Some((field.text_column()?, text(field.text(r)?)))).collect();
    cells.extend([
        ("lever", opt_text(r.lever.map(super::super::domain::lever::Lever::name))),
        ("asset_count", opt_int(r.asset_count)),
        ("due", opt_day(r.due)),
        ("is_due_hard", int(r.is_due_hard)),
        ("first_agreed_due", opt_day(r.first_agreed_due)),
        ("due_moves", int(r.due_moves)),
        ("tier", opt_int(r.tier.map(Tier::number))),
        ("stage", text(r.stage.name())),
        ("stage_since", columns::instant(r.stage_since)),
        ("stage_reason", text(&r.stage_reason)),
        ("blocked_reason", opt_text(r.blocked.as_ref().map(|blocked| blocked.reason.as_str()))),
        ("blocked_since", opt_day(r.blocked.as_ref().map(|blocked| blocked.since))),
        ("value", opt_int(r.value)),
        ("time_criticality", opt_int(r.time_criticality)),
        ("risk", opt_int(r.risk)),
        ("estimate", opt_minutes(r.estimate)),
        ("rounds", int(r.rounds)),
        ("tags", list(&r.tags)),
        ("source", text(&r.source)),
        ("external_id", text(&r.external_id)),
        ("parent", opt_int(r.parent.map(|parent| parent.0))),
        ("created", columns::instant(r.created)),
        ("ready", opt_instant(r.ready)),
        ("started", opt_instant(r.started)),
        ("delivered", opt_instant(r.delivered)),
        ("position", opt_int(r.position)),
        ("outcome_id", opt_int(r.outcome_id.map(|outcome| outcome.0))),
        ("reframed", opt_instant(r.reframed)),
        ("left_said", opt_minutes(r.left_said)),
        ("left_on", opt_day(r.left_on)),
        ("left_correction", int(r.left_correction.0)),
        ("left_to_say", int(r.left_to_say)),
        ("left_of", opt_minutes(r.left_of)),
    ]);
    cells
}

/// One delivered request as the flow metrics need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveredRow {
    /// Its tier, if it had one.
    pub tier: Option<Tier>,
    /// When it was ready.
    pub ready: DateTime<Utc>,
    /// When it was delivered.
    pub delivered: DateTime<Utc>,
}

fn selected(
    connection: &Connection,
    tail: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Request>, StoreError> {
    let sql = format!("SELECT {} FROM request {tail}", *COLUMNS);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params, from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    fn requests(&self, tail: &str, params: impl rusqlite::Params) -> Result<Vec<Request>, StoreError> {
        selected(&self.connection, tail, params)
    }

    /// One request.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn request(&self, id: RequestId) -> Result<Request, StoreError> {
        match self.requests("WHERE id = ?1", [id.0])?.pop() {
            Some(request) => Ok(request),
            None => Err(StoreError::Missing(format!("request {id}{}", self.taken_back(id)?))),
        }
    }

    /// Kept days and receipts go on naming a request whose coming was undone: they are told that, not that it never
    /// was.
    fn taken_back(&self, id: RequestId) -> Result<String, StoreError> {
        let sql = "SELECT o.label FROM change AS c JOIN operation AS o ON o.id = c.operation_id \
                   WHERE c.table_name = 'request' AND c.row_id = ?1 ORDER BY c.id LIMIT 1";
        let label: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?;
        Ok(label.map_or_else(String::new, |label| format!(" any more: “{label}” was taken back")))
    }

    /// Every request that is not delivered, declined or withdrawn.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_requests(&self) -> Result<Vec<Request>, StoreError> {
        // The index holds open requests only. It is named, or SQLite may choose to walk through the closed ones
        // too.
        self.requests(&format!("INDEXED BY request_open WHERE {OPEN}"), [])
    }

    /// Open requests that are due from one day up to, and without, another one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_requests_due(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Request>, StoreError> {
        let sql = format!("INDEXED BY request_open WHERE {OPEN} AND due >= ?1 AND due < ?2");
        self.requests(&sql, [from.to_string(), to.to_string()])
    }

    /// Open requests whose due day cannot move.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_requests_with_hard_days(&self) -> Result<HashSet<RequestId>, StoreError> {
        let sql = format!("SELECT id FROM request INDEXED BY request_open WHERE {OPEN} AND is_due_hard");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([], |row| row.get(0).map(RequestId))?.collect::<Result<_, _>>()?)
    }

    /// Some requests by their numbers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn requests_with(&self, ids: &[RequestId]) -> Result<Vec<Request>, StoreError> {
        // As one JSON list: the statement stays the same for any number of them, and no limit of parameters is
        // met.
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        self.requests("WHERE id IN (SELECT value FROM json_each(?1))", [columns::numbers(&ids)])
    }

    /// Every request there is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn all_requests(&self) -> Result<Vec<Request>, StoreError> {
        self.requests("ORDER BY id", [])
    }

    /// The requests that are parts of another one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parts_of(&self, id: RequestId) -> Result<Vec<Request>, StoreError> {
        self.requests("WHERE parent = ?1 ORDER BY id", [id.0])
    }

    /// How many requests there are, whatever became of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn request_count(&self) -> Result<u64, StoreError> {
        let count: i64 = self.connection.query_row("SELECT count(*) FROM request", [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Requests delivered since an instant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivered_requests_since(&self, since: DateTime<Utc>) -> Result<Vec<Request>, StoreError> {
        self.requests(
            "WHERE delivered IS NOT NULL AND delivered >= ?1 ORDER BY delivered",
            [columns::instant_text(since)],
        )
    }

    /// Who asked for what since an instant, in which words, and when.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn asks_since(&self, since: DateTime<Utc>) -> Result<Vec<AskRow>, StoreError> {
        let sql = "SELECT requester, ask, created FROM request WHERE created >= ?1 ORDER BY created";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([columns::instant_text(since)], |row| {
            let mut c = RowReader::new(row);
            Ok(AskRow { requester: c.get()?, words: c.get()?, created: c.instant()? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Requests that are for an outcome, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn requests_for(&self, outcome: OutcomeId) -> Result<Vec<Request>, StoreError> {
        self.requests("WHERE outcome_id = ?1 ORDER BY id DESC", [outcome.0])
    }

    /// The requests delivered since an instant that had a tier, with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tiers_delivered_since(
        &self,
        since: DateTime<Utc>,
    ) -> Result<HashMap<RequestId, Tier>, StoreError> {
        let sql = "SELECT id, tier FROM request WHERE delivered >= ?1 AND tier IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([columns::instant_text(since)], |row| {
            Ok((RequestId(row.get(0)?), Tier::new(row.get(1)?)))
        })?;
        let tier = |found: (RequestId, Option<Tier>)| found.1.map(|tier| (found.0, tier));
        Ok(rows.filter_map(|row| row.map(tier).transpose()).collect::<Result<_, _>>()?)
    }

    /// Requests delivered since an instant that once were ready.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivered_since(&self, since: DateTime<Utc>) -> Result<Vec<DeliveredRow>, StoreError> {
        let sql = "SELECT tier, ready, delivered FROM request WHERE delivered >= ?1 AND ready IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([columns::instant_text(since)], |row| {
            let mut c = RowReader::new(row);
            let tier = c.get::<Option<u8>>()?.and_then(Tier::new);
            Ok(DeliveredRow { tier, ready: c.instant()?, delivered: c.instant()? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskRow {
    /// As it was written; who is meant is for whoever counts.
    pub requester: String,
    /// What was asked, in the requester's words.
    pub words: String,
    /// When it came in.
    pub created: DateTime<Utc>,
}

/// A request of a source, as far as it is needed to be known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEntry {
    pub id: RequestId,
    /// How the source calls it; never empty where its source gives ids.
    pub external_id: String,
    pub title: String,
    pub requester: String,
    pub brand: String,
    /// Neither delivered, declined nor withdrawn.
    pub is_open: bool,
}

static ENTRIES: LazyLock<String> =
    LazyLock::new(|| format!("SELECT id, external_id, title, requester, brand, {OPEN} FROM request"));

fn source_entry(row: &Row<'_>) -> rusqlite::Result<SourceEntry> {
    Ok(SourceEntry {
        id: RequestId(row.get(0)?),
        external_id: row.get(1)?,
        title: row.get(2)?,
        requester: row.get(3)?,
        brand: row.get(4)?,
        is_open: row.get(5)?,
    })
}

impl Tx<'_> {
    /// The day on which a request was due before that was taken away, as the journal has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_due(&self, id: RequestId) -> Result<Option<NaiveDate>, StoreError> {
        let sql = "SELECT before ->> '$.due' FROM change WHERE table_name = 'request' AND row_id = ?1 \
                   AND before ->> '$.due' <> '' ORDER BY id DESC LIMIT 1";
        let day: Option<String> = self.sql.query_row(sql, [id.0], |row| row.get(0)).optional()?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// Every request there is, as the transaction sees them: a verb that looks for those it has to change must not miss
    /// what another program wrote before it got the lock.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn all_requests(&self) -> Result<Vec<Request>, StoreError> {
        selected(&self.sql, "ORDER BY id", [])
    }

    /// Every request that came from a source.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries_from(&self, source: &str) -> Result<Vec<SourceEntry>, StoreError> {
        let sql = format!("{} WHERE source = ?1 AND external_id <> '' ORDER BY id", *ENTRIES);
        let mut statement = self.sql.prepare_cached(&sql)?;
        Ok(statement.query_map([source], source_entry)?.collect::<Result<_, _>>()?)
    }

    /// Every request, wherever it came from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(&self) -> Result<Vec<SourceEntry>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("{} ORDER BY id", *ENTRIES))?;
        Ok(statement.query_map([], source_entry)?.collect::<Result<_, _>>()?)
    }

    /// What is kept under one name of what sources said, of every request that has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn seen_as(&self, name: &str) -> Result<Vec<(RequestId, String)>, StoreError> {
        // The name as it stands in the text first: to take apart what was said of every request there ever was is slow.
        let sql = "SELECT s.id, said.value FROM request_seen AS s, json_each(s.seen) AS said \
                   WHERE instr(s.seen, ?2) > 0 AND said.key = ?1 ORDER BY s.id";
        let mut statement = self.sql.prepare_cached(sql)?;
        let text = serde_json::json!(name).to_string();
        let found = statement.query_map([name, &text], |row| Ok((RequestId(row.get(0)?), row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One request as it is inside this operation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn request(&self, id: RequestId) -> Result<Request, StoreError> {
        let sql = format!("SELECT {} FROM request WHERE id = ?1", *COLUMNS);
        let found = self.sql.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?;
        found.ok_or_else(|| StoreError::Missing(format!("request {id}")))
    }

    /// The request that came from a place under an id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn request_from(&self, source: &str, external_id: &str) -> Result<Option<Request>, StoreError> {
        let sql = format!(
            "SELECT {} FROM request WHERE source = ?1 AND external_id = ?2 AND external_id <> ''",
            *COLUMNS
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut find = |id: &str| statement.query_row([source, id], from_row).optional();
        match find(external_id)? {
            // An id that was made of words which were forgotten since.
            None if !external_id.is_empty() => Ok(find(&super::forget::hidden_id(external_id))?),
            found => Ok(found),
        }
    }

    /// Adds a request; its `id` is chosen by the store unless it is above zero.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_request(&self, request: &Request) -> Result<RequestId, StoreError> {
        let mut row = cells(request);
        if request.id.0 > 0 {
            row.push(("id", int(request.id.0)));
        }
        Ok(RequestId(self.insert("request", &row)?))
    }

    /// Writes a request over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, or when the store refuses it.
    pub fn put_request(&self, request: &Request) -> Result<(), StoreError> {
        if self.update("request", request.id.0, &cells(request))? {
            Ok(())
        } else {
            Err(StoreError::Missing(format!("request {}", request.id)))
        }
    }

    /// What the source said of a request when it was last imported: field names and values.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn seen(&self, id: RequestId) -> Result<BTreeMap<String, String>, StoreError> {
        let sql = "SELECT seen FROM request_seen WHERE id = ?1";
        let found =
            self.sql.prepare_cached(sql)?.query_row([id.0], |row| RowReader::new(row).json()).optional()?;
        Ok(found.unwrap_or_default())
    }

    /// Remembers what the source says of a request that was never imported before.
    ///
    /// # Errors
    /// When there is no such request, or it was.
    pub fn add_seen(&self, id: RequestId, seen: &BTreeMap<String, String>) -> Result<(), StoreError> {
        let seen = columns::owned(serde_json::json!(seen).to_string());
        self.insert("request_seen", &[("id", int(id.0)), ("seen", seen)])?;
        Ok(())
    }

    /// Remembers what the source says of a request.
    ///
    /// # Errors
    /// When there is no such request.
    pub fn put_seen(&self, id: RequestId, seen: &BTreeMap<String, String>) -> Result<(), StoreError> {
        let row = [("seen", columns::owned(serde_json::json!(seen).to_string()))];
        if !self.update("request_seen", id.0, &row)? {
            let [seen] = row;
            self.insert("request_seen", &[("id", int(id.0)), seen])?;
        }
        Ok(())
    }
}
