//! What a source said of somebody when it was read last, and what comes of what it says now: as with requests, what
//! changed there is taken over, and what was changed here meanwhile stays and is told.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::KnownTeam;
use crate::domain::ids::PersonId;
use crate::domain::matching::{NameMatch, is_other_name};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Person, STANDARD_WEEK, WeekPattern, said_key};
use crate::domain::record::{Fields, TableRow};
use crate::domain::words::fold;
use crate::import::Problem;
use crate::import::listing::ListedRow;
use crate::import::people::PersonDraft;
use crate::store::StoreError;

/// What is taken over of a file. The planned part of the time and the handle are decided here.
const FIELDS: [&str; 6] = ["name", "discipline", "email", "role", "first", "to"];
const HOURS: &str = "hours";

/// What the file that is taken in said already, and what it is called.
#[derive(Default)]
pub(super) struct PeopleTold {
    source: String,
    /// In which line a field of somebody was said first, and what.
    first: HashMap<(PersonId, &'static str), (usize, String)>,
    /// Of whom some line of it says a last day.
    ending: HashSet<PersonId>,
}

/// What somebody is after a row of their source.
pub(super) struct FollowedPerson {
    pub person: Person,
    /// As they are here, but with what was changed on both sides as the source has it.
    pub refused: Person,
    pub problems: Vec<Problem>,
}

/// What a row says, by the names of the fields. What a file does not say stays: most have no more than names and days of
/// work, and would take everything else away.
fn says(row: &PersonDraft) -> Vec<(&'static str, String)> {
    let texts = FIELDS.iter().map(|field| (*field, row.person.get(field).trim().to_owned()));
    let hours = row.contracts.last().map_or_else(String::new, |it| hours_text(&it.week, row.is_spread));
    texts.chain([(HOURS, hours)]).filter(|(_, text)| !text.is_empty()).collect()
}

/// The minutes of each day, or of all of them where nobody knows on which days more of them lie.
fn hours_text(week: &WeekPattern, is_spread: bool) -> String {
    if is_spread {
        return week.iter().copied().sum::<Minutes>().0.to_string();
    }
    week.iter().map(|minutes| minutes.0.to_string()).collect::<Vec<_>>().join(" ")
}

/// True if hours are those that were said: as many of them on days that somebody set here are the same contract.
fn are_hours(said: &str, week: &WeekPattern) -> bool {
    said == hours_text(week, false) || said == hours_text(week, true)
}

impl PeopleTold {
    /// Keeps all that the source says of somebody who is new.
    pub(super) fn keep_first(&self, row: &PersonDraft, person: &mut Person) {
        let said = says(row).into_iter().map(|(field, text)| (said_key(field, &self.source), text));
        person.keep_said(&said.collect::<BTreeMap<_, _>>());
    }

    /// Notes in which line it was said.
    pub(super) fn is_said_of(&mut self, id: PersonId, row: &PersonDraft, line: usize) {
        self.first.extend(says(row).into_iter().map(|(field, text)| ((id, field), (line, text))));
    }

    /// What a row says of somebody that none before it did. A file that says two things of one would otherwise change
    /// them with every import.
    fn news(
        &mut self,
        row: &PersonDraft,
        id: PersonId,
        line: usize,
    ) -> (Vec<(&'static str, String)>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut news = Vec::new();
        for (field, text) in says(row) {
            match self.first.get(&(id, field)) {
                None => {
                    self.first.insert((id, field), (line, text.clone()));
                    news.push((field, text));
                }
                // Other capitals or accents contradict nothing.
                Some((first, other)) if fold(other) != fold(&text) => {
                    let message = format!("line {first} says otherwise of the same person, and counts");
                    problems.push(Problem { column: field.to_owned(), value: String::new(), message });
                }
                Some(_) => {}
            }
        }
        (news, problems)
    }
}

impl KnownTeam {
    /// Finds out whom this source told of before and does not any more.
    pub(super) fn look_for_people(&mut self, source: &str, rows: &[ListedRow<PersonDraft>]) {
        source.clone_into(&mut self.told.source);
        let mut met: HashSet<usize> = HashSet::new();
        for ListedRow { value, .. } in rows {
            match self.namesakes(&value.person) {
                NameMatch::One(place) => {
                    met.insert(place);
                    self.told.ending.extend(value.last_day.map(|_| self.people[place].id));
                }
                NameMatch::Ambiguous(places) => met.extend(places),
                NameMatch::Near(_) | NameMatch::Nobody => {}
            }
        }
        let own = self.people.iter().enumerate().filter(|(_, person)| person.is_known_to(source));
        let (there, gone): (Vec<_>, Vec<_>) = own.partition(|(place, _)| met.contains(place));
        // A file that has nobody in common with the one before is another file of the same kind.
        if !there.is_empty() {
            let is_here = |person: &&Person| person.last_day.is_none_or(|day| day >= self.today);
            let gone = gone.into_iter().map(|(_, person)| person).filter(is_here);
            self.vanished = gone.map(|person| (person.handle.clone(), person.name.clone())).collect();
        }
    }

    /// Takes over what changed at the source since it was read last. What was typed before it first told of it stays too.
    pub(super) fn follow(&mut self, row: &PersonDraft, known: &Person) -> Result<FollowedPerson, StoreError> {
        let (news, problems) = self.told.news(row, known.id, self.row);
        let mut said = known.said();
        let (mut person, mut refused) = (known.clone(), known.clone());
        for (field, new) in news {
            let last = said.insert(said_key(field, &self.told.source), new.clone());
            if last.as_ref() == Some(&new) {
                continue;
            }
            if field == HOURS {
                self.follow_hours(row, known, (last, &new), (&mut person, &mut refused));
                continue;
            }
            let here = known.get(field);
            // What the source says for the first time fills only what is blank here.
            let is_as_said = here == last.unwrap_or_default();
            // Under a name that they were known by before they stay who they are, and another spelling contradicts nothing.
            let is_other = field == "name" && is_other_name(known, &new);
            if is_other || !is_as_said && fold(&here) == fold(&new) {
                continue;
            }
            let place = Person::FIELDS.iter().position(|known| known.name == field).unwrap_or_default();
            let own = if is_as_said { &mut person } else { &mut refused };
            own.set_stored(place, row.person.stored(place)).map_err(StoreError::Damaged)?;
        }
        // An empty cell takes no more away than the day that stood in it.
        let end = said_key("to", &self.told.source);
        let is_taken_away = row.is_without_end && !self.told.ending.contains(&known.id);
        if let Some(last) = said.get(&end).filter(|_| is_taken_away).cloned() {
            said.remove(&end);
            let own = if known.get("to") == last { &mut person } else { &mut refused };
            own.last_day = None;
        }
        person.keep_said(&said);
        Ok(FollowedPerson { person, refused, problems })
    }

    /// A file has the hours of today: where they changed they hold from today on, and those of before still tell how full
    /// past weeks were.
    fn follow_hours(
        &self,
        row: &PersonDraft,
        known: &Person,
        (last, new): (Option<String>, &str),
        (person, refused): (&mut Person, &mut Person),
    ) {
        let Some(contract) = row.contracts.last() else { return };
        let own = known.contract_on(self.today).map_or(STANDARD_WEEK, |own| own.week);
        if are_hours(new, &own) {
            return;
        }
        let is_as_said = last.map_or(known.contracts.is_empty(), |last| are_hours(&last, &own));
        let target = if is_as_said { person } else { refused };
        target.change_hours(contract.from.max(self.today), contract.week);
    }
}

#[cfg(test)]
mod tests;
