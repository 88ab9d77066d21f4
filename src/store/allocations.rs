//! Allocations: who holds how much of what, when.

use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{self, ColumnValue, RowReader, int, opt_minutes, owned};
use super::{Store, StoreError, Tx};
use crate::domain::allocation::{Allocation, LeftSaid};
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::minutes::Minutes;

const COLUMNS: &str = "a.id, a.request_id, a.person_id, a.minutes, a.from_day, a.to_day, a.is_tentative, a.shape, a.done_before, \
     a.correction, a.said_on, a.said_of, a.is_to_be_said";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Allocation> {
    let mut c = RowReader::new(row);
    Ok(Allocation {
        id: AllocationId(c.get()?),
        request: RequestId(c.get()?),
        person: PersonId(c.get()?),
        minutes: c.opt_minutes()?,
        from: c.day()?,
        to: c.day()?,
        is_tentative: c.get()?,
        shape: c.word()?,
        left: LeftSaid {
            done_before: c.opt_minutes()?,
            correction: Minutes(c.get()?),
            said_on: c.opt_day()?,
            said_of: c.opt_minutes()?,
            is_to_be_said: c.get()?,
        },
    })
}

fn cells(a: &Allocation) -> [ColumnValue<'_>; 12] {
    [
        ("request_id", int(a.request.0)),
        ("person_id", int(a.person.0)),
        ("minutes", opt_minutes(a.minutes)),
        ("from_day", columns::day(a.from)),
        ("to_day", columns::day(a.to)),
        ("is_tentative", int(a.is_tentative)),
        ("shape", owned(a.shape.to_string())),
        ("done_before", opt_minutes(a.left.done_before)),
        ("correction", int(a.left.correction.0)),
        ("said_on", columns::opt_day(a.left.said_on)),
        ("said_of", opt_minutes(a.left.said_of)),
        ("is_to_be_said", int(a.left.is_to_be_said)),
    ]
}

fn missing(id: AllocationId) -> StoreError {
    StoreError::Missing(format!("share {id}"))
}

fn one(connection: &Connection, id: AllocationId) -> Result<Allocation, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM allocation AS a WHERE a.id = ?1");
    let found = connection.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?;
    found.ok_or_else(|| missing(id))
}

/// Every allocation there is.
pub(super) fn all(connection: &Connection) -> Result<Vec<Allocation>, StoreError> {
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} FROM allocation AS a ORDER BY a.id"))?;
    Ok(statement.query_map([], from_row)?.collect::<Result<_, _>>()?)
}

/// Allocations of every open request.
pub(super) fn open(connection: &Connection) -> Result<Vec<Allocation>, StoreError> {
    // From the few open requests to their shares; the other way round every share there ever was is read.
    let sql = format!(
        "SELECT {COLUMNS} FROM request AS r INDEXED BY request_open CROSS JOIN allocation AS a ON a.request_id = r.id \
         WHERE r.stage NOT IN ('delivered', 'declined', 'withdrawn')"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query_map([], from_row)?.collect::<Result<Vec<_>, _>>()?;
    // They came request by request.
    found.sort_unstable_by_key(|allocation| allocation.id);
    Ok(found)
}

impl Store {
    /// One allocation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn allocation(&self, id: AllocationId) -> Result<Allocation, StoreError> {
        one(&self.connection, id)
    }

    /// Allocations of every open request, whenever they are: who holds what. What is delivered, declined or
    /// withdrawn asks for nobody's time any more.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_allocations(&self) -> Result<Vec<Allocation>, StoreError> {
        open(&self.connection)
    }

    /// Every allocation there is, of open work and of what is over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn allocations(&self) -> Result<Vec<Allocation>, StoreError> {
        all(&self.connection)
    }

    /// Allocations of one request.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn allocations_of(&self, request: RequestId) -> Result<Vec<Allocation>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM allocation AS a WHERE a.request_id = ?1 ORDER BY a.id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([request.0], from_row)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// One allocation as it is inside this operation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn allocation(&self, id: AllocationId) -> Result<Allocation, StoreError> {
        one(&self.sql, id)
    }

    /// Writes an allocation over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn put_allocation(&self, allocation: &Allocation) -> Result<(), StoreError> {
        let is_there = self.update("allocation", allocation.id.0, &cells(allocation))?;
        if is_there { Ok(()) } else { Err(missing(allocation.id)) }
    }

    /// Allocations of one request as they are inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn allocations_of(&self, request: RequestId) -> Result<Vec<Allocation>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM allocation AS a WHERE a.request_id = ?1 ORDER BY a.id");
        let mut statement = self.sql.prepare_cached(&sql)?;
        Ok(statement.query_map([request.0], from_row)?.collect::<Result<_, _>>()?)
    }

    /// Every allocation that somebody holds, of open work and of what is over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn allocations_held_by(&self, person: PersonId) -> Result<Vec<Allocation>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM allocation AS a WHERE a.person_id = ?1 ORDER BY a.id");
        let mut statement = self.sql.prepare_cached(&sql)?;
        Ok(statement.query_map([person.0], from_row)?.collect::<Result<_, _>>()?)
    }

    /// Adds an allocation.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_allocation(&self, allocation: &Allocation) -> Result<AllocationId, StoreError> {
        Ok(AllocationId(self.insert("allocation", &cells(allocation))?))
    }

    /// Takes an allocation away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn remove_allocation(&self, id: AllocationId) -> Result<(), StoreError> {
        if self.delete("allocation", id.0)? { Ok(()) } else { Err(missing(id)) }
    }
}
