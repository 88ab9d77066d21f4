//! Absences and holidays of a file: which of those that are here each row means, and what comes of it. An absence has no id in
//! most files, so what a source said of its days is kept beside it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::brought::{AwayTerms, Days, KnownDays, RowDays, id_in, mark_of, name_mark, pairs, with_name};
use super::{KnownTeam, RowResult};
use crate::domain::day;
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::{AbsenceId, HolidayId, PersonId};
use crate::domain::matching::NameMatch;
use crate::domain::person::{Absence, Holiday};
use crate::domain::record::TableRow;
use crate::import::listing::ListedRow;
use crate::import::people::{AbsenceDraft, Absentee};
use crate::ops::OpsError;
use crate::ops::import::RowAction;
use crate::ops::import::forgotten::keep_forgotten_note;
use crate::ops::team::handle;
use crate::store::{StoreError, Tx};

/// Days away that are here, and which of them the rows of a file mean.
pub(super) struct KnownAway {
    absences: BTreeMap<AbsenceId, Absence>,
    holidays: BTreeMap<HolidayId, Holiday>,
    /// Under which name what the file says is kept.
    source: String,
    /// The names under which sources bring what they say.
    sources: HashSet<String>,
    /// By the line of the file.
    of_rows: HashMap<usize, i64>,
    /// Holidays that a row was about already.
    met: HashSet<HolidayId>,
}

impl KnownAway {
    pub(super) fn read(tx: &Tx<'_>) -> Result<Self, StoreError> {
        let absences = tx.records::<Absence>()?.into_iter().map(|absence| (absence.id, absence)).collect();
        let holidays = tx.records::<Holiday>()?.into_iter().map(|holiday| (holiday.id, holiday)).collect();
        let sources = tx.source_names()?;
        Ok(Self {
            absences,
            holidays,
            sources,
            source: String::new(),
            of_rows: HashMap::new(),
            met: HashSet::new(),
        })
    }

    fn said(&self, brought: &str) -> Option<AwayTerms> {
        let (terms, of) = AwayTerms::read(brought)?;
        // What was taken in by hand, or from a source that is none any more, goes over to the source that tells of it.
        let is_taken_over = self.sources.contains(&self.source) && !self.sources.contains(of);
        (of == self.source || is_taken_over).then_some(terms)
    }

    /// What is kept of a row beside what it brought. A file that has lost its ids does not take them away, and what another
    /// source brought stays that one's: two that tell of the same days would otherwise take them from each other.
    fn kept(&self, terms: AwayTerms, draft: &AbsenceDraft, before: &str) -> String {
        match draft.id.as_str() {
            _ if self.said(before).is_none() && !before.is_empty() => before.to_owned(),
            "" if self.said(before).is_some() => terms.kept(&self.source, &id_in(before)),
            id => terms.kept(&self.source, id),
        }
    }
}

impl KnownTeam {
    /// Finds out which of the days away that are here each row means: all of one person together, since one row alone does not
    /// say which of several it is.
    pub(super) fn pair_absences(&mut self, source: &str, rows: &[ListedRow<AbsenceDraft>]) {
        source.clone_into(&mut self.away.source);
        // Nobody stands for a holiday.
        let mut of_person: BTreeMap<Option<PersonId>, Vec<RowDays>> = BTreeMap::new();
        for ListedRow { row, value, .. } in rows {
            let who = match &value.who {
                Absentee::Everybody => None,
                Absentee::Person(name) => match self.names.surely(name) {
                    NameMatch::One(place) => Some(self.people[place].id),
                    _ => continue,
                },
            };
            let days = RowDays { row: *row, days: (value.from, value.to), name: value.id.clone() };
            of_person.entry(who).or_default().push(days);
        }
        let mut known: BTreeMap<Option<PersonId>, Vec<KnownDays>> = BTreeMap::new();
        let days = |id, days: Days, brought: &str| {
            let said = self.away.said(brought).map(|it| it.days);
            let name = if said.is_some() { id_in(brought) } else { String::new() };
            KnownDays { id, days, said, name, is_of_other: said.is_none() && !brought.is_empty() }
        };
        for it in self.away.absences.values() {
            let own = known.entry(Some(it.person)).or_default();
            own.push(days(it.id.0, (it.from, it.to), &it.brought));
        }
        for it in self.away.holidays.values() {
            known.entry(None).or_default().push(days(it.id.0, (it.from, it.to), &it.brought));
        }
        let mut missed = Vec::new();
        for (who, known) in &known {
            let found = pairs(of_person.get(who).map_or(&[][..], Vec::as_slice), known, self.today);
            let is_meant = |one: &KnownDays| found.values().any(|id| *id == one.id);
            let gone =
                known.iter().filter(|one| one.said.is_some() && one.days.1 >= self.today && !is_meant(one));
            missed.extend(gone.map(|one| (*who, one.id)));
            self.away.of_rows.extend(found);
        }
        // A file that has nothing in common with the one before is another file of the same kind.
        if !self.away.of_rows.is_empty() {
            let key = |who: Option<PersonId>, id| match who {
                Some(_) => AbsenceId(id).to_string(),
                None => HolidayId(id).to_string(),
            };
            let told = |(who, id)| (key(who, id), self.told(who, id));
            self.vanished = missed.into_iter().map(told).collect();
        }
    }

    fn told(&self, who: Option<PersonId>, id: i64) -> String {
        match who {
            Some(person) => {
                let days =
                    self.away.absences.get(&AbsenceId(id)).map_or_else(String::new, Absence::described);
                format!("@{} {days}", handle(&self.people, person))
            }
            None => self.away.holidays.get(&HolidayId(id)).map_or_else(String::new, |holiday| {
                format!("{} {}", holiday.name, day::day_range(holiday.from, holiday.to))
            }),
        }
    }
}

/// Who is away in a row and why, as the file has it.
pub(super) fn called(draft: &AbsenceDraft) -> String {
    let who = match &draft.who {
        Absentee::Everybody => "",
        Absentee::Person(name) => name,
    };
    format!("{who} {}", draft.note).trim().to_owned()
}

/// Takes a row in.
pub(super) fn put(tx: &Tx<'_>, team: &mut KnownTeam, draft: &AbsenceDraft) -> Result<RowResult, OpsError> {
    let known = team.away.of_rows.get(&team.row).copied();
    match &draft.who {
        Absentee::Everybody => {
            let old = known.and_then(|id| team.away.holidays.get(&HolidayId(id)).cloned());
            match old {
                Some(old) if draft.is_off => Ok(call_holiday_off(tx, team, &old)?),
                None if draft.is_off => Err(called_off()),
                _ => Ok(put_holiday(tx, team, draft, known.map(HolidayId))?),
            }
        }
        Absentee::Person(name) => {
            let person = team.find(name)?;
            let name = team.people.iter().find(|known| known.id == person).map(|known| known.name.clone());
            let title = format!("{} {}", name.unwrap_or_default(), draft.note).trim_end().to_owned();
            let old = known.and_then(|id| team.away.absences.get(&AbsenceId(id)).cloned());
            match old {
                Some(old) if draft.is_off => call_off(tx, team, &old, &title),
                None if draft.is_off => Err(called_off()),
                Some(old) => update(tx, team, &old, (draft, &title)),
                None => create(tx, team, person, (draft, &title)),
            }
        }
    }
}

fn called_off() -> OpsError {
    OpsError::Rejected { message: "it was called off".to_owned(), hint: None }
}

fn create(
    tx: &Tx<'_>,
    team: &mut KnownTeam,
    person: PersonId,
    (draft, title): (&AbsenceDraft, &str),
) -> Result<RowResult, OpsError> {
    // The same line twice is one absence.
    let terms = AwayTerms::drafted(draft);
    let twin = team.away.absences.values().find(|it| it.person == person && AwayTerms::of(it) == terms);
    if let Some(twin) = twin.filter(|it| it.note == draft.note) {
        return Ok(RowResult::of(RowAction::Unchanged, Some(twin.id.to_string()), title));
    }
    let mut absence = Absence {
        person,
        from: draft.from,
        to: draft.to,
        per_day: draft.per_day,
        is_tentative: draft.is_tentative,
        note: draft.note.clone(),
        brought: team.away.kept(terms, draft, ""),
        ..Absence::blank(draft.from)
    };
    tx.add_record(&mut absence)?;
    let (key, brings) = (absence.id.to_string(), absence.described());
    team.away.absences.insert(absence.id, absence);
    Ok(RowResult { brings, ..RowResult::of(RowAction::Created, Some(key), title) })
}

fn update(
    tx: &Tx<'_>,
    team: &mut KnownTeam,
    old: &Absence,
    (draft, title): (&AbsenceDraft, &str),
) -> Result<RowResult, OpsError> {
    let (here, new) = (AwayTerms::of(old), AwayTerms::drafted(draft));
    // What was there before its source first told of it was typed, and stays as it was typed.
    let said = team.away.said(&old.brought);
    let (merged, mut conflicts) =
        said.map_or_else(|| (here, here.differences(new)), |said| here.merged(said, new));
    let is_typed_note = said.is_none() && !old.note.is_empty();
    let is_own_note = is_typed_note || old.has_own_note();
    // Most files say no reason, and take none away.
    let note = if is_own_note || draft.note.is_empty() { &old.note } else { &draft.note }.clone();
    if is_typed_note && !draft.note.is_empty() {
        conflicts.extend(note_differs(&old.note, &draft.note));
    }
    let mut absence = Absence {
        from: merged.days.0,
        to: merged.days.1,
        per_day: merged.per_day,
        is_tentative: merged.is_tentative,
        note,
        brought: team.away.kept(new, draft, &old.brought),
        ..old.clone()
    };
    if is_own_note {
        absence.keep_own_note();
    }
    keep_forgotten_note(tx, &mut absence, old)?;
    if absence != *old {
        tx.put_record(&absence)?;
    }
    let mut changes = here.differences(merged);
    changes.extend(note_differs(&old.note, &absence.note));
    let action = if changes.is_empty() { RowAction::Unchanged } else { RowAction::Updated };
    team.away.absences.insert(absence.id, absence);
    Ok(RowResult { changes, conflicts, ..RowResult::of(action, Some(old.id.to_string()), title) })
}

fn note_differs(old: &str, new: &str) -> Vec<Difference> {
    difference::of_fields([("note", FieldValue::words(old), FieldValue::words(new))])
}

/// Whoever was away is back: what the source brought goes, unless it was changed here.
fn call_off(tx: &Tx<'_>, team: &mut KnownTeam, old: &Absence, title: &str) -> Result<RowResult, OpsError> {
    let off = || {
        let (was, is) = (FieldValue::told(&old.described()), FieldValue::told("called off"));
        difference::of_fields([("days", was, is)])
    };
    let key = Some(old.id.to_string());
    match team.away.said(&old.brought) {
        Some(said) if said == AwayTerms::of(old) => {
            tx.remove_record(old)?;
            team.away.absences.remove(&old.id);
            Ok(RowResult { changes: off(), ..RowResult::of(RowAction::Updated, key, title) })
        }
        _ => Ok(RowResult { conflicts: off(), ..RowResult::of(RowAction::Unchanged, key, title) }),
    }
}

/// The same of a day off for everybody.
fn call_holiday_off(tx: &Tx<'_>, team: &mut KnownTeam, old: &Holiday) -> Result<RowResult, StoreError> {
    let days = day::day_range(old.from, old.to);
    let off = difference::of_fields([("days", FieldValue::told(&days), FieldValue::told("called off"))]);
    let key = Some(old.id.to_string());
    match team.away.said(&old.brought) {
        Some(said) if said.days == (old.from, old.to) => {
            tx.remove_record(old)?;
            team.away.holidays.remove(&old.id);
            Ok(RowResult { changes: off, ..RowResult::of(RowAction::Updated, key, &old.name) })
        }
        _ => Ok(RowResult { conflicts: off, ..RowResult::of(RowAction::Unchanged, key, &old.name) }),
    }
}

fn put_holiday(
    tx: &Tx<'_>,
    team: &mut KnownTeam,
    draft: &AbsenceDraft,
    known: Option<HolidayId>,
) -> Result<RowResult, StoreError> {
    let name = if draft.note.is_empty() { "Holiday" } else { &draft.note };
    let terms = AwayTerms::drafted(draft);
    let days = (draft.from, draft.to);
    let same = || team.away.holidays.values().find(|it| (it.from, it.to) == days).map(|it| it.id);
    if let Some(old) = known.or_else(same).and_then(|id| team.away.holidays.get(&id).cloned()) {
        // Some days have two names: the second row is about the same day, and says nothing of it that would be new.
        if !team.away.met.insert(old.id) {
            return Ok(RowResult::of(RowAction::Unchanged, Some(old.id.to_string()), name));
        }
        let here = AwayTerms { days: (old.from, old.to), per_day: None, is_tentative: false };
        let new = AwayTerms { days, ..here };
        let (merged, mut conflicts) =
            team.away.said(&old.brought).map_or((here, Vec::new()), |said| here.merged(said, new));
        let mut changes = here.differences(merged);
        // What another source brought has the mark of its name, and is called as that one calls it.
        let is_of_other = !old.brought.is_empty() && team.away.said(&old.brought).is_none();
        let kept = team.away.kept(terms, draft, &old.brought);
        let brought = if is_of_other { kept } else { with_name(&kept, name) };
        let mut holiday = Holiday { from: merged.days.0, to: merged.days.1, brought, ..old.clone() };
        // Where the source calls it otherwise than before, it is called so here, unless somebody named it here.
        if let Some(said) = name_mark(&old.brought).filter(|said| !is_of_other && *said != mark_of(name)) {
            let renamed =
                difference::of_fields([("name", FieldValue::words(&old.name), FieldValue::words(name))]);
            if said == mark_of(&old.name) {
                name.clone_into(&mut holiday.name);
                changes.extend(renamed);
            } else {
                conflicts.extend(renamed);
            }
        }
        if holiday != old {
            tx.put_record(&holiday)?;
        }
        let action = if changes.is_empty() { RowAction::Unchanged } else { RowAction::Updated };
        let done = RowResult::of(action, Some(old.id.to_string()), &holiday.name);
        team.away.holidays.insert(holiday.id, holiday);
        return Ok(RowResult { changes, conflicts, ..done });
    }
    let brought = with_name(&team.away.kept(terms, draft, ""), name);
    let blank = Holiday::blank(draft.from);
    let mut holiday = Holiday { name: name.to_owned(), from: draft.from, to: draft.to, brought, ..blank };
    tx.add_record(&mut holiday)?;
    let brings = day::day_range(holiday.from, holiday.to);
    let done = RowResult::of(RowAction::Created, Some(holiday.id.to_string()), &holiday.name);
    team.away.met.insert(holiday.id);
    team.away.holidays.insert(holiday.id, holiday);
    Ok(RowResult { brings, ..done })
}

#[cfg(test)]
mod tests;
