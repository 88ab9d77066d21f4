//! The team and its time: people, roles, absences, holidays.

use super::rules::Rules;
use super::team::find_person;
use super::typed::{Words, fill};
use super::work::Work;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::difference::told;
use crate::domain::ids::PersonId;
use crate::domain::load::{LoadModel, NOBODY};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Factor, Person, PersonForm, propose_handle};
use crate::domain::record::TableRow;
use crate::domain::words::ParseContext;
use crate::store::{Committed, StoreError, Tx};

impl Desk {
    /// Adds a person or role with what was typed of them.
    ///
    /// # Errors
    /// When the name is missing, a text means nothing, or the handle is taken.
    pub fn add_person(&mut self, words: &Words) -> Result<Committed<Person>, OpsError> {
        let (stamp, context) = (self.stamp(), self.reading()?);
        let factor = Factor(self.config.planning_factor);
        let blank = Person { factor, ..Person::blank(context.today) };
        self.store.change(stamp, |tx| {
            let PersonForm { mut person, hours } = filled(blank, words, &tx.people()?, &context)?;
            // Hours that hold from a day are those of somebody who joins on it, if nothing else is said.
            if words.iter().all(|(name, _)| *name != "first") {
                person.first_day = hours.from;
            }
            if let Some(week) = hours.week {
                person.change_hours(hours.from.or(person.first_day).unwrap_or(context.today), week);
            }
            person.id = tx.add_person(&person)?;
            let kind = if person.is_role { "role" } else { "person" };
            let label = format!("Added {kind} {} ({})", person.handle, person.name);
            Ok((person, label))
        })
    }

    /// Changes a person by what was typed of them; a new week holds from its day, or from today.
    ///
    /// # Errors
    /// When nobody is called so, a text means nothing, or the new handle is taken.
    pub fn edit_person(&mut self, who: &str, words: &Words) -> Result<Committed<Person>, OpsError> {
        let (stamp, context) = (self.stamp(), self.reading()?);
        let rules = self.rules()?;
        self.store.change(stamp, |tx| {
            let people = tx.people()?;
            let before = find_person(&people, who)?;
            let PersonForm { mut person, hours } = filled(before.clone(), words, &people, &context)?;
            // A day without hours is that of joining, as it is where somebody is added.
            if hours.week.is_none() && hours.from.is_some() && words.iter().all(|(name, _)| *name != "first")
            {
                person.first_day = hours.from;
            }
            // Who is still to come has no hours before that.
            let begins = person.first_day.unwrap_or(context.today).max(context.today);
            let from = hours.from.unwrap_or(begins);
            if let Some(week) = hours.week {
                person.change_hours(from, week);
            }
            let later = person.contracts.iter().find(|it| hours.week.is_some() && it.from > from);
            let later = later.map_or_else(String::new, |it| {
                format!("; other hours follow from {}", day::day_near(it.from, context.today))
            });
            let changes = before.differences(&person);
            if person != *before {
                tx.put_person(&person)?;
            }
            let what = if changes.is_empty() { String::new() } else { format!(": {}", told(&changes, 100)) };
            // Told only when the day was just set: at every other edit it would be an old story.
            let leaves = before.last_day != person.last_day;
            let held = if leaves { held_after_last_day(tx, &rules, &person)? } else { String::new() };
            let label = format!("Edited {}{what}{later}{held}", person.handle);
            Ok((person, label))
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

/// Somebody with what was typed of them; without a handle they keep theirs, or are given one that is free.
fn filled(
    before: Person,
    words: &Words,
    people: &[Person],
    context: &ParseContext,
) -> Result<PersonForm, OpsError> {
    let known = before.handle.clone();
    let mut form = PersonForm::unsaid(before);
    fill(&mut form, words, &[], context)?;
    let person = &mut form.person;
    if person.name.is_empty() {
        return Err(OpsError::rejected(
            "a person needs a name",
            "`tablesetter person add \"Ana Ruiz\" --handle ana --discipline design`",
        ));
    }
    person.handle = match person.handle.trim_start_matches('@').to_lowercase() {
        none if none.is_empty() && known.is_empty() => free_handle(people, &person.name),
        none if none.is_empty() => known,
        given => given,
    };
    if person.handle.is_empty() || person.handle.contains(char::is_whitespace) {
        return Err(OpsError::rejected(
            format!("`{}` is not a handle", person.handle),
            "A handle is one short word, such as `ana`.",
        ));
    }
    // The refusal begins with the field that it is about.
    check_free(people, &person.handle, &person.name, person.id).map_err(|taken| {
        OpsError::rejected(format!("handle: {taken}"), "Choose another handle, or leave it out.")
    })?;
    Ok(form)
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
    Ok(format!("; holds {}: {hours} after {}", keys.join(", "), day::day_near(*last, rules.today)))
}

#[cfg(test)]
mod tests;
