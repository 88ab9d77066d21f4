//! People, roles, contracts, absences and holidays.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row};

use super::columns::{self, Cell, Reader, int, opt_day, opt_minutes, text};
use super::{Store, StoreError, Tx};
use crate::domain::ids::{AbsenceId, HolidayId, PersonId};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Contract, Holiday, Person};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PERSON: &str = "id, handle, name, discipline, email, is_role, factor_percent, first_day, last_day";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let mut c = Reader::new(row);
    Ok(Person {
        id: PersonId(c.get()?),
        handle: c.get()?,
        name: c.get()?,
        discipline: c.get()?,
        email: c.get()?,
        is_role: c.get()?,
        factor_percent: c.get()?,
        first_day: c.get()?,
        last_day: c.get()?,
        contracts: Vec::new(),
    })
}

fn contract(row: &Row<'_>) -> rusqlite::Result<(PersonId, Contract)> {
    let mut c = Reader::new(row);
    let (person, from) = (PersonId(c.get()?), c.get()?);
    let mut week = [Minutes::ZERO; 7];
    for minutes in &mut week {
        *minutes = Minutes(c.get()?);
    }
    Ok((person, Contract { from, week }))
}

const ABSENCE: &str = "id, person_id, from_day, to_day, per_day, is_tentative, note";

fn absence(row: &Row<'_>) -> rusqlite::Result<Absence> {
    let mut c = Reader::new(row);
    Ok(Absence {
        id: AbsenceId(c.get()?),
        person: PersonId(c.get()?),
        from: c.get()?,
        to: c.get()?,
        per_day: c.opt_minutes()?,
        is_tentative: c.get()?,
        note: c.get()?,
    })
}

fn holiday(row: &Row<'_>) -> rusqlite::Result<Holiday> {
    let mut c = Reader::new(row);
    Ok(Holiday { id: HolidayId(c.get()?), name: c.get()?, from: c.get()?, to: c.get()? })
}

fn person_cells(p: &Person) -> Vec<Cell<'_>> {
    vec![
        ("handle", text(&p.handle)),
        ("name", text(&p.name)),
        ("discipline", text(&p.discipline)),
        ("email", text(&p.email)),
        ("is_role", int(p.is_role)),
        ("factor_percent", int(p.factor_percent)),
        ("first_day", opt_day(p.first_day)),
        ("last_day", opt_day(p.last_day)),
    ]
}

fn contract_cells(person: PersonId, contract: &Contract) -> Vec<Cell<'static>> {
    let mut row = vec![("person_id", int(person.0)), ("from_day", columns::day(contract.from))];
    row.extend(DAYS.iter().zip(contract.week).map(|(name, minutes)| (*name, int(minutes.0))));
    row
}

fn absence_cells(absence: &Absence) -> [Cell<'_>; 6] {
    [
        ("person_id", int(absence.person.0)),
        ("from_day", columns::day(absence.from)),
        ("to_day", columns::day(absence.to)),
        ("per_day", opt_minutes(absence.per_day)),
        ("is_tentative", int(absence.is_tentative)),
        ("note", text(&absence.note)),
    ]
}

fn holiday_cells(holiday: &Holiday) -> [Cell<'_>; 3] {
    [
        ("name", text(&holiday.name)),
        ("from_day", columns::day(holiday.from)),
        ("to_day", columns::day(holiday.to)),
    ]
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
        let sql = format!("SELECT {ABSENCE} FROM absence ORDER BY from_day, id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([], absence)?.collect::<Result<_, _>>()?)
    }

    /// Every holiday.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn holidays(&self) -> Result<Vec<Holiday>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name, from_day, to_day FROM holiday ORDER BY from_day, id")?;
        Ok(statement.query_map([], holiday)?.collect::<Result<_, _>>()?)
    }
}

fn read_people(connection: &rusqlite::Connection) -> Result<Vec<Person>, StoreError> {
    let mut by_person: HashMap<PersonId, Vec<Contract>> = HashMap::new();
    let sql = "SELECT person_id, from_day, mon, tue, wed, thu, fri, sat, sun FROM contract ORDER BY from_day";
    for row in connection.prepare_cached(sql)?.query_map([], contract)? {
        let (id, contract) = row?;
        by_person.entry(id).or_default().push(contract);
    }
    let mut statement =
        connection.prepare_cached(&format!("SELECT {PERSON} FROM person ORDER BY is_role, handle"))?;
    let rows = statement.query_map([], person)?;
    rows.map(|row| {
        let mut person = row?;
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

    /// The absences of one person as they are inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn absences_of(&self, person: PersonId) -> Result<Vec<Absence>, StoreError> {
        let sql = format!("SELECT {ABSENCE} FROM absence WHERE person_id = ?1");
        let mut statement = self.sql.prepare_cached(&sql)?;
        Ok(statement.query_map([person.0], absence)?.collect::<Result<_, _>>()?)
    }

    /// The holidays as they are inside this operation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn holidays(&self) -> Result<Vec<Holiday>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT id, name, from_day, to_day FROM holiday")?;
        Ok(statement.query_map([], holiday)?.collect::<Result<_, _>>()?)
    }

    /// Adds a person or role with their contracts.
    ///
    /// # Errors
    /// When the handle is taken or the store refuses a value.
    pub fn add_person(&self, person: &Person) -> Result<PersonId, StoreError> {
        let id = PersonId(self.insert("person", &person_cells(person))?);
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
        if !self.update("person", person.id.0, &person_cells(person))? {
            return Err(StoreError::Missing(format!("person {}", person.handle)));
        }
        for contract in &person.contracts {
            self.put_contract(person.id, contract)?;
        }
        Ok(())
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
            Some(id) => self.update("contract", id, &row).map(drop)?,
            None => self.insert("contract", &row).map(drop)?,
        }
        Ok(())
    }

    /// Adds an absence.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_absence(&self, absence: &Absence) -> Result<AbsenceId, StoreError> {
        Ok(AbsenceId(self.insert("absence", &absence_cells(absence))?))
    }

    /// Writes an absence over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn put_absence(&self, absence: &Absence) -> Result<(), StoreError> {
        let is_there = self.update("absence", absence.id.0, &absence_cells(absence))?;
        if is_there { Ok(()) } else { Err(StoreError::Missing(absence.id.to_string())) }
    }

    /// One absence as it is inside this operation.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn absence(&self, id: AbsenceId) -> Result<Absence, StoreError> {
        let sql = format!("SELECT {ABSENCE} FROM absence WHERE id = ?1");
        let found = self.sql.prepare_cached(&sql)?.query_row([id.0], absence).optional()?;
        found.ok_or_else(|| StoreError::Missing(id.to_string()))
    }

    /// Takes an absence away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn remove_absence(&self, id: AbsenceId) -> Result<(), StoreError> {
        if self.delete("absence", id.0)? { Ok(()) } else { Err(StoreError::Missing(id.to_string())) }
    }

    /// Adds a holiday.
    ///
    /// # Errors
    /// When the store refuses it.
    pub fn add_holiday(&self, holiday: &Holiday) -> Result<HolidayId, StoreError> {
        Ok(HolidayId(self.insert("holiday", &holiday_cells(holiday))?))
    }

    /// Writes a holiday over.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn put_holiday(&self, holiday: &Holiday) -> Result<(), StoreError> {
        let is_there = self.update("holiday", holiday.id.0, &holiday_cells(holiday))?;
        if is_there { Ok(()) } else { Err(StoreError::Missing(holiday.id.to_string())) }
    }

    /// Takes a holiday away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none.
    pub fn remove_holiday(&self, id: HolidayId) -> Result<(), StoreError> {
        if self.delete("holiday", id.0)? { Ok(()) } else { Err(StoreError::Missing(id.to_string())) }
    }
}
