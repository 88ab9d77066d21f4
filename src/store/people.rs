//! People, roles, contracts, absences and holidays.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row};

use super::columns::{self, ColumnValue, RowReader, int};
use super::records::{cells, from_row};
use super::{Store, StoreError, Tx};
use crate::domain::ids::PersonId;
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Contract, Holiday, Person};
use crate::domain::record::TableRow;

// The columns of a contract, in the order of a week's minutes.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
fn contract(row: &Row<'_>) -> rusqlite::Result<(PersonId, Contract)> {
    let mut c = RowReader::new(row);
    let (person, from) = (PersonId(c.get()?), c.get()?);
    let mut week = [Minutes::ZERO; 7];
    for minutes in &mut week {
        *minutes = Minutes(c.get()?);
    }
    Ok((person, Contract { from, week }))
}

fn contract_cells(person: PersonId, contract: &Contract) -> Vec<ColumnValue<'static>> {
    let mut row = vec![("person_id", int(person.0)), ("from_day", columns::day(contract.from))];
    row.extend(DAYS.iter().zip(contract.week).map(|(name, minutes)| (*name, int(minutes.0))));
    row
}

impl Store {
    /// Everybody, with their contracts, roles last, by handle.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        read_people(&self.connection)
    }

    /// Every absence.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn absences(&self) -> Result<Vec<Absence>, StoreError> {
        self.records()
    }

    /// Every holiday.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn holidays(&self) -> Result<Vec<Holiday>, StoreError> {
        self.records()
    }
}

pub(super) fn read_people(connection: &rusqlite::Connection) -> Result<Vec<Person>, StoreError> {
    let mut by_person: HashMap<PersonId, Vec<Contract>> = HashMap::new();
    let sql = "SELECT person_id, from_day, mon, tue, wed, thu, fri, sat, sun FROM contract ORDER BY from_day";
    for row in connection.prepare_cached(sql)?.query_map([], contract)? {
        let (id, contract) = row?;
        by_person.entry(id).or_default().push(contract);
    }
    let columns = Person::COLUMNS.join(", ");
    let mut statement =
        connection.prepare_cached(&format!("SELECT id, {columns} FROM person ORDER BY is_role, handle"))?;
    let rows = statement.query_map([], from_row::<Person>)?;
    rows.map(|row| {
        let mut person = row?;
        // In the order of their days, as the rules want them.
        person.contracts = by_person.remove(&person.id).unwrap_or_default();
        Ok(person)
    })
    .collect()
}

impl Tx<'_> {
    /// Everybody as they are inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        read_people(&self.sql)
    }

    /// Adds a person or role with their contracts.
    ///
    /// # Errors
    /// When the handle is taken or the store refuses a value.
    pub fn add_person(&self, person: &Person) -> Result<PersonId, StoreError> {
        let id = PersonId(self.insert("person", &cells(person))?);
        for contract in &person.contracts {
            self.put_contract(id, contract)?;
        }
        Ok(id)
    }

    /// Writes a person over, contracts included; contracts are added and changed, never lost.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, or when the store refuses a value.
    pub fn put_person(&self, person: &Person) -> Result<(), StoreError> {
        if !self.update("person", person.id.0, &cells(person))? {
            return Err(StoreError::Missing(format!("person {}", person.handle)));
        }
        for contract in &person.contracts {
            self.put_contract(person.id, contract)?;
        }
        Ok(())
    }

    /// Takes a person away with their contracts; nothing may belong to them any more.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, or when something still belongs to them.
    pub fn remove_person(&self, person: &Person) -> Result<(), StoreError> {
        // One by one: only what the writers delete stands in the journal and comes back with an undo.
        let ids: Vec<i64> = self
            .sql
            .prepare_cached("SELECT id FROM contract WHERE person_id = ?1")?
            .query_map([person.id.0], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for id in ids {
            self.delete("contract", id)?;
        }
        if self.delete("person", person.id.0)? {
            Ok(())
        } else {
            Err(StoreError::Missing(format!("person {}", person.handle)))
        }
    }

    fn put_contract(&self, person: PersonId, contract: &Contract) -> Result<(), StoreError> {
        let sql = "SELECT id FROM contract WHERE person_id = ?1 AND from_day = ?2";
        let found: Option<i64> = self
            .sql
            .prepare_cached(sql)?
            .query_row((person.0, contract.from), |row| row.get(0))
            .optional()?;
        let row = contract_cells(person, contract);
        match found {
            // By its day: the hours of one beginning are corrected, not doubled.
            Some(id) => self.update("contract", id, &row).map(drop)?,
            None => self.insert("contract", &row).map(drop)?,
        }
        Ok(())
    }
}
