//! Two entries that are one person: what resembles each other is told, and one of two becomes the other. Whoever came
//! first stays, all that belonged to the other one follows, and both names find them from then on.

use super::team::find_person;
use super::{Desk, OpsError};
use crate::domain::count::counted;
use crate::domain::ids::Kind;
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{NameIndex, NameMatch, Nameable};
use crate::domain::person::Person;
use crate::domain::record::{FieldKind, FieldSpec, Fields, Record, RecordKey, TableRow, of_kind};
use crate::domain::tie::Tie;
use crate::domain::words::ParseContext;
use crate::store::{Committed, StoreError, Tx};

/// What a field says afterwards; `None` if it stays.
type Repoint<'a> = &'a dyn Fn(&FieldSpec, &str) -> Option<String>;

impl Desk {
    /// Stakeholders who are much like one of them, by key and name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stakeholders_like(&self, key: &RecordKey) -> Result<Vec<(RecordKey, String)>, OpsError> {
        let Some(number) = key.number_of(Kind::Stakeholder) else { return Ok(Vec::new()) };
        let (own, others): (Vec<_>, Vec<_>) =
            self.books()?.stakeholders.into_iter().partition(|one| one.id.0 == number);
        let Some(own) = own.first() else { return Ok(Vec::new()) };
        Ok(like(own, &others).into_iter().map(|other| (other.key(), other.name.clone())).collect())
    }

    /// Who of the team is much like somebody, by handle and name. A role resembles nobody.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn people_like(&self, person: &Person) -> Result<Vec<(String, String)>, OpsError> {
        let mut others = self.store.people()?;
        others.retain(|other| other.id != person.id && !other.is_role && !person.is_role);
        Ok(like(person, &others)
            .into_iter()
            .map(|other| (other.handle.clone(), other.name.clone()))
            .collect())
    }

    /// Makes one of two stakeholders: the older key stays.
    ///
    /// # Errors
    /// When one of them is not there, or they are the same.
    pub fn merge_stakeholders(
        &mut self,
        one: &RecordKey,
        other: &RecordKey,
    ) -> Result<Committed<RecordKey>, OpsError> {
        let numbers = [one, other].map(|key| key.number_of(Kind::Stakeholder));
        let [Some(one), Some(other)] = numbers else {
            return Err(OpsError::rejected(
                "only stakeholders become one this way",
                "Name two of them: S-3 S-1.",
            ));
        };
        let (stamp, reading) = (self.stamp(), self.reading()?);
        self.store.change(stamp, |tx| {
            // Numbers are given in order: the lower one came first, whichever was named first.
            let mut keep: Stakeholder = tx.record(one.min(other))?;
            let gone: Stakeholder = tx.record(one.max(other))?;
            if keep.id == gone.id {
                return Err(same(&keep.key().to_string()));
            }
            let name = keep.name.clone();
            let (old, new) = (gone.key().to_string(), keep.key().to_string());
            let moved = repoint_all(tx, &reading, &|field, text| {
                let names_them = field.kind == FieldKind::Name || field.mark == Some('@');
                // What a remark is about is kept as a text, and that may be the key of the one who goes.
                if text == old && matches!(field.kind, FieldKind::Key | FieldKind::Text) {
                    Some(new.clone())
                } else {
                    (names_them && gone.is_called(text)).then(|| name.clone())
                }
            })?;
            let mut asked = 0;
            // Closed ones as well: past figures are counted by who asked.
            let all = tx.all_requests()?;
            for mut request in
                all.into_iter().filter(|it| gone.is_called(&it.requester) || gone.is_called(&it.decider))
            {
                for text in [&mut request.requester, &mut request.decider] {
                    if gone.is_called(text) {
                        text.clone_from(&name);
                    }
                }
                tx.put_request(&request)?;
                asked += 1;
            }
            tidy_ties(tx)?;
            take_facts(&mut keep, &gone);
            tx.remove_record(&gone)?;
            tx.put_record(&keep)?;
            let label = format!(
                "Merged {old} {} into {new} {}{}",
                gone.name,
                keep.name,
                followed(&[(asked, "request"), (moved, "record")])
            );
            Ok((keep.key(), label))
        })
    }

    /// Makes one of two people of the team: the one who came first stays.
    ///
    /// # Errors
    /// When one of them is not there, or they are the same.
    pub fn merge_people(&mut self, one: &str, other: &str) -> Result<Committed<Person>, OpsError> {
        let (stamp, reading) = (self.stamp(), self.reading()?);
        self.store.change(stamp, |tx| {
            let people = tx.people()?;
            let (one, other) = (find_person(&people, one)?, find_person(&people, other)?);
            // Numbers are given in order, so the lower one came first, whoever was named first.
            let (keep, gone) = if one.id <= other.id { (one, other) } else { (other, one) };
            if keep.id == gone.id {
                return Err(same(&keep.handle));
            }
            // Those of closed requests too: who has done such work before is told by them.
            let shares = tx.allocations_held_by(gone.id)?;
            for share in &shares {
                let mut share = share.clone();
                share.person = keep.id;
                tx.put_allocation(&share)?;
            }
            let (old, new) = (gone.id.to_string(), keep.id.to_string());
            let moved = repoint_all(tx, &reading, &|field, text| match field.kind {
                FieldKind::Person => (text == old).then(|| new.clone()),
                // A remark is about somebody by their handle.
                _ => (field.name == "about" && text == gone.handle).then(|| keep.handle.clone()),
            })?;
            let mut whole = keep.clone();
            for (place, field) in Person::FIELDS.iter().enumerate() {
                // Names that they are known by are those of both; a role is never merged by what it is.
                if field.is_in_form() && whole.get(field.name).is_empty() && field.kind != FieldKind::YesNo {
                    whole.set_stored(place, gone.stored(place)).map_err(StoreError::Damaged)?;
                }
            }
            whole.also = joined_names(&whole, gone, &gone.handle);
            whole.told_apart = joined_apart(&whole, gone);
            let mut said = gone.said();
            // Behind those of the other one, over which what was told of the one who stays wins.
            said.extend(keep.said());
            whole.keep_said(&said);
            // All or none of them: hours of two contracts on one day would contradict each other.
            if keep.contracts.is_empty() {
                whole.contracts.clone_from(&gone.contracts);
            }
            tx.remove_person(gone)?;
            tx.put_person(&whole)?;
            let label = format!(
                "Merged @{} {} into @{} {}{}",
                gone.handle,
                gone.name,
                whole.handle,
                whole.name,
                followed(&[(shares.len(), "share"), (moved, "record")])
            );
            Ok((whole, label))
        })
    }
}

/// Those who are called the same, begin alike, or come near.
fn like<'a, T: Nameable>(own: &T, others: &'a [T]) -> Vec<&'a T> {
    let names = NameIndex::of(others);
    let mut places: Vec<usize> = Vec::new();
    for text in [own.name(), own.address()].into_iter().filter(|text| !text.trim().is_empty()) {
        places.extend(match names.exactly(text) {
            NameMatch::One(place) => vec![place],
            NameMatch::Ambiguous(all) | NameMatch::Near(all) => all,
            NameMatch::Nobody => names.near(text),
        });
    }
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| &others[place]).collect()
}

fn same(who: &str) -> OpsError {
    OpsError::rejected(format!("{who} is one already"), "Name two that are the same person.")
}

/// `: 2 requests and 1 record moved`
fn followed(counts: &[(usize, &str)]) -> String {
    let told = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = told.map(|(count, what)| counted(*count, what, &format!("{what}s"))).collect();
    if parts.is_empty() { String::new() } else { format!(": {} moved", parts.join(" and ")) }
}

/// Every name and address by which the one who stays is found from now on, beside their own.
fn joined_names<T: Nameable>(keep: &T, gone: &T, handle: &str) -> String {
    let parts = [keep.also(), gone.name(), handle, gone.address(), gone.also()];
    let mut names: Vec<&str> = Vec::new();
    for name in parts.into_iter().flat_map(|part| part.split([';', '\n'])).map(str::trim) {
        if !name.is_empty() && name != keep.name() && name != keep.address() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// The names that mean neither of them; what each of them was told apart from may have been the other.
fn joined_apart<T: Nameable>(keep: &T, gone: &T) -> String {
    let own: Vec<&str> = keep.also().split([';', '\n']).map(str::trim).chain([keep.name()]).collect();
    let mut names: Vec<&str> = Vec::new();
    for name in [keep.told_apart(), gone.told_apart()].into_iter().flat_map(|part| part.split([';', '\n'])) {
        let name = name.trim();
        if !name.is_empty() && !own.contains(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// What the one who stays did not say is taken from the other; notes of both are kept.
fn take_facts(keep: &mut Stakeholder, gone: &Stakeholder) {
    let pairs = [
        (&mut keep.role, &gone.role),
        (&mut keep.cares, &gone.cares),
        (&mut keep.pressure, &gone.pressure),
        (&mut keep.email, &gone.email),
    ];
    for (own, theirs) in pairs {
        if own.trim().is_empty() {
            own.clone_from(theirs);
        }
    }
    // Only now is it known which address is their own.
    keep.also = joined_names(keep, gone, "");
    keep.told_apart = joined_apart(keep, gone);
    keep.currency = keep.currency.or(gone.currency);
    if !gone.notes.trim().is_empty() {
        format!("{}\n{}", keep.notes, gone.notes).trim().clone_into(&mut keep.notes);
    }
}

/// Goes through every record of every kind; gives how many changed.
fn repoint_all(tx: &Tx<'_>, reading: &ParseContext, to: Repoint<'_>) -> Result<usize, OpsError> {
    let mut moved = 0;
    // Not in stakeholders: what stands there is their own name, and no reference to one.
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Stakeholder) {
        moved += of_kind!(*kind, R => repoint::<R>(tx, reading, to)?, 0);
    }
    Ok(moved)
}

fn repoint<R: Record>(tx: &Tx<'_>, reading: &ParseContext, to: Repoint<'_>) -> Result<usize, OpsError> {
    let mut moved = 0;
    for before in tx.records::<R>()? {
        let mut record = before.clone();
        for field in R::FIELDS {
            if let Some(text) = to(field, &record.get(field.name)) {
                record
                    .set(field.name, &text, reading)
                    .map_err(|message| OpsError::Rejected { message, hint: None })?;
            }
        }
        if record != before {
            tx.put_record(&record)?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// Takes away links of a record with itself, and those that are there twice.
fn tidy_ties(tx: &Tx<'_>) -> Result<(), StoreError> {
    let mut known: Vec<(RecordKey, RecordKey)> = Vec::new();
    for tie in tx.records::<Tie>()? {
        let pair = (tie.one.clone(), tie.other.clone());
        let turned = (tie.other.clone(), tie.one.clone());
        if tie.one == tie.other || known.contains(&pair) || known.contains(&turned) {
            tx.remove_record(&tie)?;
        } else {
            known.push(pair);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
