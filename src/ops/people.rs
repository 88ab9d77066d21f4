//! The team and its time: people, roles, absences, holidays.

use chrono::NaiveDate;

use super::rules::Rules;
use super::team::find_person;
use super::work::Work;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::difference::told;
use crate::domain::ids::PersonId;
use crate::domain::load::{LoadModel, NOBODY};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Person, WeekPattern, propose_handle};
use crate::store::{Committed, StoreError, Tx};

/// What happens to a day that may stay open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayChange {
    #[default]
    Stays,
    /// It is taken away.
    Open,
    /// It is another one.
    On(NaiveDate),
}

impl DayChange {
    /// The day, or none, from what was typed.
    pub const fn to(day: Option<NaiveDate>) -> Self {
        match day {
            Some(day) => Self::On(day),
            None => Self::Open,
        }
    }

    const fn apply(self, old: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Stays => old,
            Self::Open => None,
            Self::On(day) => Some(day),
        }
    }
}

/// What to say of a person; what is `None` stays, or takes its default on adding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonChange {
    pub name: Option<String>,
    /// Short name after `@`.
    pub handle: Option<String>,
    pub discipline: Option<String>,
    pub email: Option<String>,
    /// Names that they were known by before.
    pub also: Option<String>,
    /// Names of others that come near theirs.
    pub told_apart: Option<String>,
    /// Contracted time by weekday, Monday first.
    pub week: Option<WeekPattern>,
    /// From which day the week, or the person, counts.
    pub from: Option<NaiveDate>,
    pub first: DayChange,
    pub to: DayChange,
    /// Planning factor in per cent.
    pub factor_percent: Option<u8>,
    /// A placeholder for people who are still to be found.
    pub is_role: Option<bool>,
}

impl Desk {
    /// Adds a person or role.
    ///
    /// # Errors
    /// When name or handle are missing, or the handle is taken.
    pub fn add_person(&mut self, change: &PersonChange) -> Result<Committed<Person>, OpsError> {
        let name = change.name.clone().unwrap_or_default();
        if name.trim().is_empty() {
            return Err(OpsError::rejected(
                "a person needs a name",
                "`tablesetter person add \"Ana Ruiz\" --handle ana --discipline design`",
            ));
        }
        let mut person = Person {
            id: PersonId(0),
            handle: match &change.handle {
                Some(_) => String::new(),
                None => free_handle(&self.store.people()?, &name),
            },
            name,
            discipline: String::new(),
            email: String::new(),
            also: String::new(),
            told_apart: String::new(),
            is_role: false,
            factor_percent: self.config.planning_factor,
            first_day: None,
            last_day: None,
            contracts: Vec::new(),
        };
        let first = change.first.apply(change.from);
        let start = change.from.or(first).unwrap_or_else(|| self.today());
        apply(&mut person, change, start)?;
        person.first_day = first;
        let stamp = self.stamp();
        self.store.change(stamp, |tx| {
            check_handle(&tx.people()?, &person)?;
            person.id = tx.add_person(&person)?;
            let kind = if person.is_role { "role" } else { "person" };
            Ok((person.clone(), format!("Added {kind} {} ({})", person.handle, person.name)))
        })
    }

    /// Changes a person; a new week holds from `from`, or from today.
    ///
    /// # Errors
    /// When nobody is called so, or the new handle is taken.
    pub fn edit_person(&mut self, who: &str, change: &PersonChange) -> Result<Committed<Person>, OpsError> {
        let (stamp, start) = (self.stamp(), change.from.unwrap_or_else(|| self.today()));
        let rules = self.rules()?;
        self.store.change(stamp, |tx| {
            let people = tx.people()?;
            let before = find_person(&people, who)?;
            let mut person = before.clone();
            apply(&mut person, change, start)?;
            check_handle(&people, &person)?;
            let changes = before.differences(&person);
            if person != *before {
                tx.put_person(&person)?;
            }
            let what = if changes.is_empty() { String::new() } else { format!(": {}", told(&changes, 100)) };
            // Told only when the day was just set: at every other edit it would be an old story.
            let leaves = before.last_day != person.last_day;
            let held = if leaves { held_after_last_day(tx, &rules, &person)? } else { String::new() };
            Ok((person.clone(), format!("Edited {}{what}{held}", person.handle)))
        })
    }

    /// One person by handle, name or their beginning.
    ///
    /// # Errors
    /// When nobody is called so.
    pub fn person(&self, who: &str) -> Result<Person, OpsError> {
        find_person(&self.store.people()?, who).cloned()
    }
}

/// That a handle is nobody else's.
///
/// # Errors
/// Whose it is already, and one like it that is free.
pub fn check_free(people: &[Person], handle: &str, name: &str, own: PersonId) -> Result<(), String> {
    let handle = handle.trim().trim_start_matches('@').to_lowercase();
    match people.iter().find(|other| other.handle == handle && other.id != own) {
        None => Ok(()),
        Some(other) => {
            // With the last name behind it, then with a number.
            let last = name.split_whitespace().skip(1).last().unwrap_or_default();
            let free = free_handle(people, &format!("{handle} {last}"));
            Err(format!("{handle} belongs to {}; {free} is free", other.name))
        }
    }
}

/// A handle for a name that nobody has.
pub fn free_handle(people: &[Person], name: &str) -> String {
    propose_handle(name, |handle| people.iter().all(|person| person.handle != handle))
}

/// The same; the refusal begins with the field that it is about.
fn check_handle(people: &[Person], person: &Person) -> Result<(), OpsError> {
    check_free(people, &person.handle, &person.name, person.id).map_err(|taken| {
        OpsError::rejected(format!("handle: {taken}"), "Choose another handle, or leave it out.")
    })
}

fn apply(person: &mut Person, change: &PersonChange, start: NaiveDate) -> Result<(), OpsError> {
    let text = |target: &mut String, value: &Option<String>| {
        if let Some(value) = value {
            value.trim().clone_into(target);
        }
    };
    text(&mut person.name, &change.name);
    text(&mut person.discipline, &change.discipline);
    text(&mut person.email, &change.email);
    text(&mut person.also, &change.also);
    text(&mut person.told_apart, &change.told_apart);
    if let Some(handle) = &change.handle {
        person.handle = handle.trim().trim_start_matches('@').to_lowercase();
    }
    if person.handle.is_empty() || person.handle.contains(char::is_whitespace) {
        return Err(OpsError::rejected(
            format!("`{}` is not a handle", person.handle),
            "A handle is one short word, such as `ana`.",
        ));
    }
    if let Some(week) = change.week {
        person.change_hours(start, week);
    }
    person.factor_percent = change.factor_percent.unwrap_or(person.factor_percent);
    if !(1..=100).contains(&person.factor_percent) {
        return Err(OpsError::rejected(
            "the planning factor lies between 0.01 and 1",
            "`--factor 0.8` plans four fifths of the time.",
        ));
    }
    person.first_day = change.first.apply(person.first_day);
    person.last_day = change.to.apply(person.last_day);
    person.is_role = change.is_role.unwrap_or(person.is_role);
    Ok(())
}

/// `; holds: 14h after Mon 30 Nov`, of somebody whose last day was set.
fn held_after_last_day(tx: &Tx<'_>, rules: &Rules, person: &Person) -> Result<String, StoreError> {
    let stored = tx.work(rules.today)?;
    let work = Work::of(&stored, rules);
    // Without days: whose work it is does not depend on what is looked at.
    let model = LoadModel::new(&stored.team(), &work.held, Vec::new(), rules.today, rules.today..rules.today);
    // The load puts what lies after somebody's last day into the row of nobody.
    let left = model.items_of(NOBODY).iter().filter_map(|item| Some((item, item.left_by?)));
    let own: Vec<_> = left.filter(|(_, (who, _))| *who == person.id).collect();
    let Some((_, (_, last))) = own.first() else { return Ok(String::new()) };
    let mut keys: Vec<String> = own.iter().map(|(item, _)| item.request.to_string()).collect();
    keys.dedup();
    let hours: Minutes = own.iter().map(|(item, _)| item.left).sum();
    Ok(format!("; holds {}: {hours} after {}", keys.join(", "), day::short_day(*last)))
}

#[cfg(test)]
mod tests;
