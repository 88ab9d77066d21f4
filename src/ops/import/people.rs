//! People and absences from a table into the store.

mod absences;
mod brought;
mod said;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::forgotten::person_without;
use super::lines::LineChoice;
use super::near_misses::{NearMisses, learn, learned};
use super::{Report, RowAction, RowReport, Understood, skipped_rows};
use crate::domain::difference::Difference;
use crate::domain::ids::PersonId;
use crate::domain::matching::{NameIndex, NameMatch, is_other_name};
use crate::domain::person::{Person, propose_handle};
use crate::domain::words::fold;
use crate::import::listing::{ListedRow, Listing};
use crate::import::people::{AbsenceDraft, PersonDraft, is_derived};
use crate::import::{Problem, Skipped};
use crate::ops::team::find_person;
use crate::ops::{Desk, OpsError};
use crate::store::{StoreError, Tx};

/// What a file is kept under, where nothing else was said.
const ABSENCES: &str = "absences";
const PEOPLE: &str = "people";

/// What became of a row: its key and name, and what changed if it was there.
struct RowResult {
    action: RowAction,
    key: Option<String>,
    title: String,
    changes: Vec<Difference>,
    /// Both values of what was changed here and at the source.
    conflicts: Vec<Difference>,
    /// What the user has to look at.
    problems: Vec<Problem>,
    /// What a new one is, in a few words.
    brings: String,
}

impl RowResult {
    fn of(action: RowAction, key: Option<String>, title: &str) -> Self {
        Self {
            action,
            key,
            title: title.to_owned(),
            changes: Vec::new(),
            conflicts: Vec::new(),
            problems: Vec::new(),
            brings: String::new(),
        }
    }

    fn reported(self, row: usize, problems: &[Problem]) -> RowReport {
        RowReport {
            row,
            action: self.action,
            key: self.key,
            title: self.title,
            problems: problems.iter().cloned().chain(self.problems).collect(),
            changes: self.changes,
            conflicts: self.conflicts,
            raw: String::new(),
            brings: self.brings,
            mark: None,
        }
    }
}

impl Desk {
    /// Takes the people of a file in; known by handle, e-mail or name.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_people(
        &mut self,
        listing: Listing<PersonDraft>,
        is_rehearsal: bool,
        lines: &LineChoice,
    ) -> Result<Report, OpsError> {
        let source = source_of(&listing, PEOPLE);
        let prepare =
            |team: &mut KnownTeam, rows: &[ListedRow<PersonDraft>]| team.look_for_people(&source, rows);
        let called = |draft: &PersonDraft| draft.name.clone();
        self.list(listing, PEOPLE, (is_rehearsal, lines), (prepare, put_person, called))
    }

    /// Takes absences and public holidays in.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_absences(
        &mut self,
        listing: Listing<AbsenceDraft>,
        is_rehearsal: bool,
        lines: &LineChoice,
    ) -> Result<Report, OpsError> {
        let source = source_of(&listing, ABSENCES);
        let prepare =
            |team: &mut KnownTeam, rows: &[ListedRow<AbsenceDraft>]| team.pair_absences(&source, rows);
        self.list(listing, ABSENCES, (is_rehearsal, lines), (prepare, absences::put, absences::called))
    }

    fn list<T: Clone>(
        &mut self,
        mut listing: Listing<T>,
        what: &str,
        (is_rehearsal, lines): (bool, &LineChoice),
        (prepare, put, called): (
            impl Fn(&mut KnownTeam, &[ListedRow<T>]),
            impl Fn(&Tx<'_>, &mut KnownTeam, &T) -> Result<RowResult, OpsError>,
            impl Fn(&T) -> String,
        ),
    ) -> Result<Report, OpsError> {
        let (stamp, today) = (self.stamp(), self.today());
        // Lines that are left out are in the file all the same, and what they mean has not vanished from it.
        let all = listing.drafts.clone();
        listing.leave_out(|row| lines.without.holds(row));
        let understood = Understood::of_listing(what, &listing);
        let (notes, is_part) = (std::mem::take(&mut listing.notes), listing.is_part);
        let mut report = Report { is_rehearsal, understood, notes, ..Report::default() };
        let (drafts, mut skipped) = (listing.drafts, listing.skipped);
        let mut work = |tx: &Tx<'_>| -> Result<String, OpsError> {
            // Before the team is read, so that its rows find the names that were answered a moment ago.
            let learned = learned(&learn(tx, &lines.names)?);
            let mut team = KnownTeam::read(tx, today)?;
            prepare(&mut team, &all);
            for ListedRow { row, value, problems } in &drafts {
                team.row = *row;
                match put(tx, &mut team, value) {
                    Ok(done) => report.rows.push(done.reported(*row, problems)),
                    // Somebody unknown, or of whom there are two, costs a row, not the file.
                    Err(OpsError::NotFound { message, .. } | OpsError::Rejected { message, .. }) => {
                        skipped.push(Skipped::new(*row, &called(value), &message));
                    }
                    Err(error) => return Err(error),
                }
            }
            report.ask(std::mem::take(&mut team.near));
            report.vanished = if is_part { Vec::new() } else { std::mem::take(&mut team.vanished) };
            Ok(format!("{}{}{learned}", imported(report.used(), what), report.brought()))
        };
        let committed = if is_rehearsal {
            self.store.rehearse(stamp, work)?;
            None
        } else {
            Some(self.store.change(stamp, |tx| work(tx).map(|label| ((), label)))?)
        };
        report.rows.extend(skipped_rows(skipped));
        Ok(report.finish(committed.as_ref()))
    }
}

fn source_of<T>(listing: &Listing<T>, usual: &str) -> String {
    if listing.source.is_empty() { usual.to_owned() } else { listing.source.clone() }
}

/// What is told of an import: `Imported 1 person`, `Imported 3 absences`.
fn imported(count: usize, what: &str) -> String {
    match (count, what) {
        (1, PEOPLE) => "Imported 1 person".to_owned(),
        (1, _) => "Imported 1 absence".to_owned(),
        _ => format!("Imported {count} {what}"),
    }
}

fn of_name(message: String) -> Problem {
    Problem { column: "name".to_owned(), value: String::new(), message }
}

/// Who and what is there, read once and kept up as rows come in: to read it anew for each row would take the square of
/// their number.
pub(super) struct KnownTeam {
    pub(super) people: Vec<Person>,
    pub(super) names: NameIndex,
    away: absences::KnownAway,
    told: said::PeopleTold,
    /// What this source brought and its file no longer has: key and what it is. Nothing is done to it.
    vanished: Vec<(String, String)>,
    /// Who was looked for already.
    known: HashMap<String, PersonId>,
    /// Those who were there before the file: whoever joins with it is nobody that its names could be a slip of.
    before: (NameIndex, Vec<Person>),
    pub(super) near: NearMisses,
    /// The line that is taken in.
    pub(super) row: usize,
    today: NaiveDate,
}

impl KnownTeam {
    pub(super) fn read(tx: &Tx<'_>, today: NaiveDate) -> Result<Self, StoreError> {
        let people = tx.people()?;
        let names = NameIndex::of(&people);
        Ok(Self {
            before: (names.clone(), people.clone()),
            people,
            names,
            away: absences::KnownAway::read(tx)?,
            told: said::PeopleTold::default(),
            vanished: Vec::new(),
            known: HashMap::new(),
            near: NearMisses::default(),
            row: 0,
            today,
        })
    }

    pub(super) fn find(&mut self, name: &str) -> Result<PersonId, OpsError> {
        if let Some(id) = self.known.get(name) {
            return Ok(*id);
        }
        // The index first: a file has one name a thousand times, and looking through everybody for each is
        // slow.
        let id = if let NameMatch::One(place) = self.names.surely(name) {
            self.people[place].id
        } else {
            self.ask(name);
            find_person(&self.people, name)?.id
        };
        self.known.insert(name.to_owned(), id);
        Ok(id)
    }

    /// The place of somebody of a file. Of two namesakes a file has to say which.
    fn same(&self, draft: &Person) -> Result<Option<usize>, OpsError> {
        match self.namesakes(draft) {
            NameMatch::One(place) => Ok(Some(place)),
            NameMatch::Ambiguous(places) => {
                let handles: Vec<_> =
                    places.iter().map(|place| self.people[*place].handle.as_str()).collect();
                let message = format!(
                    "`{}` could be {}; a handle or an address says which",
                    draft.name,
                    handles.join(" or ")
                );
                Err(OpsError::Rejected { message, hint: None })
            }
            NameMatch::Near(_) | NameMatch::Nobody => Ok(None),
        }
    }

    /// Who somebody of a file may be: by address, then by handle, then by the whole name. A file never means somebody by
    /// how they begin.
    fn namesakes(&self, draft: &Person) -> NameMatch<usize> {
        let by_address = || self.names.exactly(&draft.email);
        // A handle that is only made of the name finds whoever has it, if one of the names is the other in short: Robert
        // Ek is not the Robert Hale who has that handle, and whether Robert Hall is him is asked.
        let by_handle = || {
            let place = self.names.with_key(&draft.handle)?;
            (!is_derived(draft) || is_in_short(&draft.name, &self.people[place].name)).then_some(place)
        };
        match (draft.email.is_empty(), self.names.exactly(&draft.name)) {
            (false, _) if by_address() != NameMatch::Nobody => by_address(),
            (_, named) => match by_handle() {
                Some(place) if is_derived(draft) && self.is_only_short(place, &draft.name) => {
                    self.in_short(&draft.name)
                }
                found => found.map_or(named, NameMatch::One),
            },
        }
    }

    /// True if a name is neither somebody's whole one nor one that they were said to have as well.
    fn is_only_short(&self, place: usize, name: &str) -> bool {
        let known = &self.people[place];
        fold(&known.name) != fold(name) && !is_other_name(known, name)
    }

    /// Who is meant by a name in short; of several whom it fits the one who came first is it no more than the others.
    fn in_short(&self, name: &str) -> NameMatch<usize> {
        let all = self.people.iter().enumerate().filter(|(_, person)| is_in_short(name, &person.name));
        match all.map(|(place, _)| place).collect::<Vec<_>>().as_slice() {
            [] => NameMatch::Nobody,
            [place] => NameMatch::One(*place),
            several => NameMatch::Ambiguous(several.to_vec()),
        }
    }

    /// Notes whom a name comes near.
    fn ask(&mut self, name: &str) {
        let (names, people) = &self.before;
        self.near.look(self.row, name, (names, people));
    }

    fn join(&mut self, person: Person) {
        self.names.push(&person);
        self.people.push(person);
    }

    fn replace(&mut self, place: usize, person: Person) {
        self.names.replace(place, &person);
        self.people[place] = person;
    }
}

/// True if the words of one name begin as those of the other, as far as both go: `Ana K.` and `Ana Maria` of `Ana`.
fn is_in_short(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let words = |name: &str| -> Vec<String> {
        name.split_whitespace().map(|word| word.trim_end_matches('.').to_owned()).collect()
    };
    let begin = |(one, other): (&String, &String)| one.starts_with(other) || other.starts_with(one);
    words(&one).iter().zip(&words(&other)).all(begin)
}

fn put_person(tx: &Tx<'_>, team: &mut KnownTeam, row: &PersonDraft) -> Result<RowResult, OpsError> {
    let Some(place) = team.same(&row.person)? else { return join(tx, team, row) };
    let known = team.people[place].clone();
    let left = person_without(&tx.forgotten_of("person", known.id.0)?, row)?;
    let followed = team.follow(left.as_ref().unwrap_or(row), &known)?;
    let (person, key) = (followed.person, Some(known.handle.clone()));
    if person != known {
        tx.put_person(&person)?;
    }
    let changes = known.differences(&person);
    // That its source was heard again is no change of somebody.
    let action = if changes.is_empty() { RowAction::Unchanged } else { RowAction::Updated };
    let conflicts = known.differences(&followed.refused);
    let done = RowResult { changes, conflicts, ..RowResult::of(action, key, &person.name) };
    team.replace(place, person);
    Ok(RowResult { problems: followed.problems, ..done })
}

/// Takes somebody in who is new here.
fn join(tx: &Tx<'_>, team: &mut KnownTeam, row: &PersonDraft) -> Result<RowResult, OpsError> {
    let draft = &row.person;
    if !draft.is_role {
        team.ask(&draft.name);
    }
    let is_free = |handle: &str| team.names.with_key(handle).is_none();
    let handle =
        if is_free(&draft.handle) { draft.handle.clone() } else { propose_handle(&draft.name, is_free) };
    let mut person = Person { handle, ..draft.clone() };
    team.told.keep_first(row, &mut person);
    person.id = tx.add_person(&person)?;
    team.told.is_said_of(person.id, row, team.row);
    let mut done = RowResult::of(RowAction::Created, Some(person.handle.clone()), &draft.name);
    // Which words they were nobody knows any more: under another name and handle somebody is new.
    if tx.has_forgotten_in("person")? {
        let why = format!(
            "is new here; somebody was forgotten for good before: if it is them, `tablesetter forget {}`",
            person.handle
        );
        done.problems.push(of_name(why));
    }
    team.join(person);
    Ok(done)
}

/// The problem of a row, as text; used where reports are told in lines.
pub fn problem_text(problem: &Problem) -> String {
    match (problem.column.is_empty(), problem.value.is_empty()) {
        (true, _) => problem.message.clone(),
        (false, true) => format!("{}: {}", problem.column, problem.message),
        (false, false) => format!("{}: `{}` {}", problem.column, problem.value, problem.message),
    }
}

#[cfg(test)]
mod tests;
