//! Requests from a table into the store.

mod counted;
mod estimates;
mod exported;
mod holders;
mod linked;
mod planned;
mod twins;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use chrono::{DateTime, NaiveDate, Utc};

use self::exported::{ExportedState, UndatedRows};
use super::change_set::ADD_PEOPLE;
use super::fields::{is_further, is_of_stage, is_ours, take, text};
use super::forgotten::without_forgotten;
use super::identity::Identity;
use super::lines::LineChoice;
use super::near_misses::{NearMisses, learn, learned};
use super::requesters::{Requesters, came};
use super::{
    ImportMark, ImportRun, Report, RowAction, RowReport, StoppableProgress, Understood, skipped_rows,
};
use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{Contact, NameIndex, NameMatch, each_once, is_nobody, match_person};
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::requests::{Draft, NO_DAY, ParentRef, RequestImport, UNKNOWN_STATUS};
use crate::ops::clock::Clock;
use crate::ops::rules::Rules;
use crate::ops::{Desk, OpsError};
use crate::store::{BroughtIn, SourceEntry, StoreError, Tx};

/// Under this name stands whom the work was given to because the source said so.
pub(super) const HELD: &str = "held";

/// Under this name stand the shares that were given for that, as they were then.
pub(super) const GIVEN: &str = "given";

/// Names that begin so hold what sources of shares said.
pub(super) const SHARES: &str = "shares/";

/// The preset of our own export.
const OWN: &str = "tablesetter";

/// More rows than this are worth a copy of the store first.
const MANY: usize = 50;

impl Desk {
    /// Takes the requests of a file in, or only rehearses it.
    ///
    /// # Errors
    /// When the store refuses them; nothing is stored then.
    pub fn take_requests(&mut self, import: &RequestImport, run: ImportRun<'_>) -> Result<Report, OpsError> {
        let ImportRun { is_rehearsal, lines, progress } = run;
        let mut goes_on = |done, all| {
            progress(done, all);
            ControlFlow::Continue(())
        };
        self.take_requests_of(import, is_rehearsal, lines, &mut goes_on)
    }

    /// The same, which whoever is told how far it has come may break off; the drafts stay for another time.
    ///
    /// # Errors
    /// When the store refuses them, or it was broken off; nothing is stored then.
    pub fn take_requests_of(
        &mut self,
        import: &RequestImport,
        is_rehearsal: bool,
        lines: &LineChoice,
        progress: StoppableProgress<'_>,
    ) -> Result<Report, OpsError> {
        let (rules, stamp) = (self.rules()?, self.stamp());
        let label = |count: usize| {
            format!("Imported {} from {}", counted(count, "request", "requests"), import.source)
        };
        let notes = import.notes.clone();
        let mut report = Report { is_rehearsal, understood: understood(import), notes, ..Report::default() };
        let clock = &self.clock;
        let exported = self.exported_state(import)?;
        let mut work = |tx: &Tx<'_>| -> Result<String, OpsError> {
            tx.note_brought(BroughtIn::List)?;
            let learned = learned(&learn(tx, &lines.names)?);
            let drafts = twins::told_apart(tx, &import.source, &import.drafts)?;
            let mut writer = Writer::new(tx, &rules, (import, &drafts), lines, (stamp.at, clock))?;
            writer.exported = Some(&exported);
            for (index, draft) in drafts.iter().enumerate() {
                report.rows.push(writer.write(draft)?);
                if progress(index + 1, import.drafts.len()).is_break() {
                    return Err(OpsError::stopped());
                }
            }
            // Children may stand before their parents: links only once everything is there.
            for (draft, row) in drafts.iter().zip(&mut report.rows) {
                writer.link(draft, row)?;
            }
            report.ask(std::mem::take(&mut writer.near));
            writer.requesters.leave_open(&report.near);
            report.requesters = writer.requesters.told(lines.stakeholders);
            let came = came(if lines.stakeholders { writer.requesters.add(tx)? } else { 0 });
            report.notes.extend(strangers(&writer.strangers, &writer.people));
            report.notes.extend(writer.identity.stranger(&import.source));
            report.notes.extend(writer.undated.told());
            let told = |entry: &SourceEntry| (entry.id.to_string(), entry.title.clone());
            report.vanished = writer.identity.vanished.iter().map(told).collect();
            Ok(format!("{}{}{learned}", label(report.used()), report.brought()) + &came)
        };
        // Undo takes an import back too, unless its rows were changed since; the copy helps then as well.
        if !is_rehearsal && import.drafts.len() > MANY {
            self.store.back_up_before(stamp.at, "import")?;
        }
        self.store.make_room(true)?;
        let committed = if is_rehearsal {
            self.store.rehearse(stamp, work).map(|_| None)
        } else {
            self.store.change(stamp, |tx| work(tx).map(|label| ((), label))).map(Some)
        };
        self.store.make_room(false)?;
        // Not before the room is given back: an import that failed or was stopped needed it too.
        let committed = committed?;
        report.rows.extend(skipped_rows(import.skipped.clone()));
        Ok(report.finish(committed.as_ref()))
    }
}

fn understood(import: &RequestImport) -> Understood {
    Understood {
        preset: import.preset.clone(),
        header_row: import.header_row,
        delimiter: import.delimiter.to_string(),
        encoding: import.encoding.clone(),
        columns_ignored: import.columns_ignored.clone(),
    }
}

/// Who holds work at the source and is not in the team; who may be meant by a name is said and not taken.
fn strangers(names: &BTreeSet<String>, team: &[Person]) -> Option<String> {
    let handles =
        |all: Vec<&Person>| all.iter().map(|person| format!("@{}", person.handle)).collect::<Vec<_>>();
    let told = |name: &String| match match_person(team, name) {
        NameMatch::Ambiguous(all) => format!("{name} (could be {})", handles(all).join(" or ")),
        NameMatch::Near(all) => format!("{name} (much like {})", handles(all).join(" or ")),
        NameMatch::One(_) | NameMatch::Nobody => name.clone(),
    };
    let names = each_once(names);
    let list: Vec<String> = names.iter().take(12).map(told).collect();
    let more = if names.len() > list.len() { ", …" } else { "" };
    (!names.is_empty()).then(|| {
        let who = counted(names.len(), "person of the file is", "people of the file are");
        format!("{who} not in the team, so their work is not in the load yet: {}{more}. Add them with {ADD_PEOPLE}, then import again.", list.join(", "))
    })
}

/// Whom a cell names: people of the team, and words that nobody there is called.
#[derive(Debug, Clone, Default)]
struct CellPeople {
    people: Vec<PersonId>,
    strangers: Vec<String>,
}

struct Writer<'a> {
    tx: &'a Tx<'a>,
    rules: &'a Rules,
    source: &'a str,
    /// The team, and who was looked for in it already.
    people: Vec<Person>,
    names: NameIndex,
    /// Who asks and decides, with what they are called here.
    stakeholders: (NameIndex, Vec<Stakeholder>),
    known: HashMap<String, CellPeople>,
    strangers: BTreeSet<String>,
    /// Names that come near somebody's.
    near: NearMisses,
    requesters: Requesters,
    /// What the file says of requests by what it has and has not.
    identity: Identity,
    lines: &'a LineChoice,
    now: DateTime<Utc>,
    /// The lead's own days: a day without a year is meant from today's.
    clock: &'a Clock,
    /// The file is an export of our own.
    is_ours: bool,
    /// What stood here when this store wrote the file.
    exported: Option<&'a ExportedState>,
    /// Rows of it that differ from what stands here, of which it does not say as of when they are.
    undated: UndatedRows,
    /// Something was forgotten here for good, so each row has to be looked at for it.
    has_forgotten: bool,
    /// Somebody of the team was forgotten.
    keeps_no_strangers: bool,
}

impl<'a> Writer<'a> {
    fn new(
        tx: &'a Tx<'a>,
        rules: &'a Rules,
        (import, drafts): (&'a RequestImport, &[Draft]),
        lines: &'a LineChoice,
        (now, clock): (DateTime<Utc>, &'a Clock),
    ) -> Result<Self, StoreError> {
        let source = import.source.as_str();
        // What stands in a file that could not be read is neither gone nor renamed.
        let entries = if import.is_part { Vec::new() } else { tx.entries_from(source)? };
        let mut identity = Identity::of(&entries, drafts, &lines.as_new);
        identity.is_first &= !import.is_part;
        let people = tx.people()?;
        let (known, strangers) = (HashMap::new(), BTreeSet::new());
        let has_forgotten = tx.has_forgotten()?;
        let keeps_no_strangers = has_forgotten && tx.has_forgotten_in("person")?;
        let names = NameIndex::of(&people);
        let all: Vec<Stakeholder> = tx.records()?;
        let stakeholders = (NameIndex::of(&all), all);
        Ok(Self {
            tx,
            rules,
            source,
            people,
            names,
            stakeholders,
            known,
            strangers,
            near: NearMisses::default(),
            requesters: Requesters::new(clock.day_of(now)),
            identity,
            lines,
            now,
            clock,
            is_ours: import.preset == OWN,
            exported: None,
            undated: UndatedRows::default(),
            has_forgotten,
            keeps_no_strangers,
        })
    }

    /// Whom a cell of the source means; each of them once.
    fn named(&mut self, cell: &str) -> CellPeople {
        if let Some(known) = self.known.get(cell) {
            return known.clone();
        }
        let mut named = CellPeople::default();
        for (text, found) in self.names.several(cell) {
            match found.one().map(|place| self.people[place].id) {
                Some(person) if named.people.contains(&person) => {}
                Some(person) => named.people.push(person),
                None => named.strangers.push(text),
            }
        }
        self.known.insert(cell.to_owned(), named.clone());
        named
    }

    fn write(&mut self, draft: &Draft) -> Result<RowReport, OpsError> {
        let found = self.find(draft)?;
        if let Some(row) = self.left_out(draft, found.is_some()) {
            return Ok(row);
        }
        // Ahead of everything else that looks at the row, so that a name or a title that was forgotten is neither
        // asked about nor told.
        let left = if self.has_forgotten {
            without_forgotten(self.tx, draft, self.source, found.as_ref().map(|known| known.id))?
        } else {
            None
        };
        let draft = left.as_ref().unwrap_or(draft);
        let planned = self.still_planned(draft, found.as_ref())?;
        let draft = planned.as_ref().unwrap_or(draft);
        let counted = self.still_counted(draft, found.as_ref())?;
        let draft = counted.as_ref().unwrap_or(draft);
        let waiting = self.still_waiting(draft)?;
        let draft = waiting.as_ref().unwrap_or(draft);
        for name in [&draft.request.requester, &draft.request.decider] {
            self.near.look(draft.row, name, (&self.stakeholders.0, &self.stakeholders.1));
        }
        let named = self.with_names(draft);
        let draft = named.as_ref().unwrap_or(draft);
        let mut seen = seen(draft);
        // Since somebody was forgotten, names of people whom the team does not know are kept nowhere: one of them may
        // be theirs, and which it was is not known any more.
        if self.keeps_no_strangers
            && draft.assignee.as_ref().is_some_and(|cell| !self.named(cell).strangers.is_empty())
        {
            seen.remove(&Field::Assignee.name());
        }
        let mut row = begun(draft, found.is_none().then(|| self.clock.day_of(self.now)));
        if let Some(old) = self.identity.renamed.get(&draft.request.external_id) {
            let message = super::identity::told(old, draft);
            row.problems.push(Problem { column: String::new(), value: String::new(), message });
            row.mark = Some(ImportMark::Renamed(old.title.clone()));
        }
        let (id, was_held) = match &found {
            None => (self.create(draft, &seen)?, None),
            Some(existing) => (existing.id, self.update(draft, existing, &seen, &mut row)?),
        };
        row.key = Some(id.to_string());
        tell_of_known(draft, found.as_ref(), &mut row);
        self.requesters.note(id, &draft.request.requester, &self.stakeholders.0);
        self.hold(draft, (id, found.as_ref()), was_held.as_ref(), &mut row)?;
        if row.action == RowAction::Created {
            self.part_left(draft, id)?;
        }
        self.undated.note(found.as_ref().is_some_and(|known| self.is_undated(draft, known)), &row);
        // The fields may be as they were and only whoever holds the work another.
        if row.action == RowAction::Unchanged && !row.changes.is_empty() {
            row.action = RowAction::Updated;
        }
        self.ask_what_is_left(id, found.as_ref(), &mut row)?;
        Ok(row)
    }

    /// Parts what a new row says is left, now that it is known who holds it.
    fn part_left(&self, draft: &Draft, id: RequestId) -> Result<(), OpsError> {
        if draft.request.left_said.is_some() && draft.request.stage.is_open() {
            let mut request = self.tx.request(id)?;
            let unsaid = Request { left_said: None, left_on: None, ..request.clone() };
            super::super::shares::follow_request(self.tx, self.rules, &unsaid, &mut request)?;
        }
        Ok(())
    }

    /// A row that is not taken: as asked, or since it is new here and was put away there.
    fn left_out(&self, draft: &Draft, is_known: bool) -> Option<RowReport> {
        let out = |why: &str, mark| {
            let row = RowReport::left_out(draft.row, &draft.request.title, why);
            Some(RowReport { mark: Some(mark), ..row })
        };
        if self.lines.without.holds(draft.row) {
            return out("left out, as asked", ImportMark::LeftOut);
        }
        if draft.is_archived && !is_known && !self.lines.with.holds(draft.row) {
            let why = format!("archived at the source; left out (--with {} takes it)", draft.row);
            return out(&why, ImportMark::Archived);
        }
        None
    }

    /// The request that a row is, if it is here already.
    fn find(&self, draft: &Draft) -> Result<Option<Request>, StoreError> {
        let id = &draft.request.external_id;
        // A key is one of many stores; where the file says after which change of this one it was written, it is this one's.
        if let Some(known) = self.as_exported(draft) {
            return self.tx.request(known.id).map(Some);
        }
        if (self.has_forgotten || !self.identity.is_first)
            && let Some(found) = self.tx.request_from(self.source, id)?
        {
            return Ok(Some(found));
        }
        if let Some(entry) = self.identity.renamed.get(id) {
            return self.tx.request(entry.id).map(Some);
        }
        // So it is with the second in which it came in.
        let own = if self.is_ours { id.parse::<RequestId>().ok() } else { None };
        let found = own.and_then(|id| self.tx.request(id).ok());
        Ok(found.filter(|known| known.created.timestamp() == draft.request.created.timestamp()))
    }

    /// A row whose requester or decider is a stakeholder under another spelling; `None` if it is none. A file never
    /// means somebody by how they begin.
    fn with_names(&self, draft: &Draft) -> Option<Draft> {
        let (names, all) = &self.stakeholders;
        let whole = |text: &String| {
            let known = names.exactly(text).one().map(|place| all[place].name.clone());
            known.filter(|name| name != text)
        };
        let (requester, decider) = (whole(&draft.request.requester), whole(&draft.request.decider));
        if requester.is_none() && decider.is_none() {
            return None;
        }
        let mut draft = draft.clone();
        draft.request.requester = requester.unwrap_or(draft.request.requester);
        draft.request.decider = decider.unwrap_or(draft.request.decider);
        Some(draft)
    }

    /// What a row is changed from, if this store wrote its file.
    fn as_exported(&self, draft: &Draft) -> Option<&'a Request> {
        draft.exported.and_then(|_| self.exported?.of(draft.request.external_id.parse().ok()?))
    }

    fn create(&self, draft: &Draft, seen: &BTreeMap<String, String>) -> Result<RequestId, StoreError> {
        let id = self.tx.add_request(&draft.request)?;
        self.tx.add_seen(id, seen)?;
        Ok(id)
    }

    /// Takes over what changed at the source since the last import. What was set here meanwhile stays, and is
    /// told beside what the source says now. Gives who held it there last time.
    fn update(
        &self,
        draft: &Draft,
        existing: &Request,
        seen: &BTreeMap<String, String>,
        row: &mut RowReport,
    ) -> Result<Option<String>, OpsError> {
        if let Some(then) = self.as_exported(draft) {
            self.update_exported(draft, (existing, Some(then)), row)?;
            return Ok(self.exported.and_then(|state| state.held_by(existing.id)));
        }
        if self.is_undated(draft, existing) {
            self.update_exported(draft, (existing, None), row)?;
            return Ok(None);
        }
        let mut before = self.tx.seen(existing.id)?;
        let seen = self.with_last_words(draft, seen, &before);
        let (mut request, mut refused) = (existing.clone(), existing.clone());
        if self.identity.renamed.contains_key(&draft.request.external_id) {
            request.external_id.clone_from(&draft.request.external_id);
        }
        self.unlink(draft, &before, &mut request)?;
        let source = self.since_when(&draft.request, existing);
        // The stage last: the day that is agreed with it is the one that the same row says.
        let (stages, others): (Vec<Field>, Vec<Field>) =
            draft.given.iter().partition(|field| is_of_stage(**field));
        for field in others.into_iter().chain(stages) {
            let (now, last) = (seen.get(&field.name()), before.get(&field.name()));
            if now == last {
                continue;
            }
            let stays = is_ours(existing, field, last)
                && !(is_of_stage(field) && is_further(source.stage, existing.stage));
            take(if stays { &mut refused } else { &mut request }, &source, field);
        }
        for field in &draft.decided {
            let last = before.get(&field.kept_as());
            exported::follow(*field, (existing, &draft.request, last), (&mut request, &mut refused));
        }
        date_delivery(existing, &mut request, row);
        if before != seen {
            self.tx.put_seen(existing.id, &seen)?;
        }
        // Nearly all rows of a large import are as they were.
        if refused != *existing {
            row.conflicts = exported::differences(draft, existing, &refused, |at| self.clock.day_of(at));
        }
        row.action = RowAction::Unchanged;
        if request != *existing {
            row.action = RowAction::Updated;
            row.changes = exported::differences(draft, existing, &request, |at| self.clock.day_of(at));
            self.tx.put_request(&request)?;
            super::super::shares::follow_request(self.tx, self.rules, existing, &mut request)?;
        }
        Ok(before.remove(&Field::Assignee.name()))
    }

    /// What a row says of its fields, and of those that it does not say, or not so that it can be read, what was said last.
    fn with_last_words(
        &self,
        draft: &Draft,
        seen: &BTreeMap<String, String>,
        before: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        // What sources of shares said of it stands in the same place and is no word of this one.
        let is_over = |name: &str| {
            seen.contains_key(name)
                || name == planned::PLANNED && draft.given.contains(&Field::Delivered)
                || name == counted::COUNTED && draft.given.contains(&Field::Due)
                || name == Field::Assignee.name() && self.keeps_no_strangers
        };
        let kept = before.iter().filter(|(name, _)| !is_over(name));
        seen.iter().chain(kept).map(|(name, said)| (name.clone(), said.clone())).collect()
    }

    /// What a row says, with the moment at which a change of its stage counts: the one that it has, or the one in which
    /// the change is seen, which is near enough. A day before the stage that is left began is no word of the change, as
    /// the day on which it came in is not.
    fn since_when<'d>(&self, said: &'d Request, existing: &Request) -> Cow<'d, Request> {
        let is_known = said.delivered.is_some() || said.stage_since > existing.stage_since;
        if said.stage == existing.stage || is_known {
            return Cow::Borrowed(said);
        }
        Cow::Owned(Request { stage_since: self.now, ..said.clone() })
    }

    /// Notes who is not in the team, and whom there they come near.
    fn note_strangers(&mut self, row: usize, strangers: Vec<String>) {
        for name in &strangers {
            self.near.look(row, name, (&self.names, &self.people));
        }
        self.strangers.extend(strangers);
    }
}

/// Work that was open here and is delivered there now was delivered since: without a day in the file the one on which that
/// is seen is near enough. Of work that came in as delivered nobody here knows when.
fn date_delivery(existing: &Request, request: &mut Request, row: &mut RowReport) {
    let is_delivered = request.stage == Stage::Delivered && request.delivered.is_none();
    if !is_delivered || existing.stage.is_closed() {
        return;
    }
    request.delivered = Some(request.stage_since);
    for problem in row.problems.iter_mut().filter(|problem| problem.message == NO_DAY) {
        "delivered since the last import, on a day that the file does not have; the one on which that is seen is taken"
            .clone_into(&mut problem.message);
    }
}

/// The report of a row before anything is done with it; of a new one what it brings, as it is read on that day.
fn begun(draft: &Draft, new_on: Option<NaiveDate>) -> RowReport {
    RowReport {
        row: draft.row,
        action: RowAction::Created,
        key: None,
        title: draft.request.title.clone(),
        problems: draft.problems.clone(),
        changes: Vec::new(),
        conflicts: Vec::new(),
        raw: String::new(),
        brings: new_on.map_or_else(String::new, |today| brings(draft, today)),
        mark: None,
    }
}

/// What a request brings, as far as a glance can tell whether it was read rightly: `due Fri 4 Dec, 16h, Maya Lind`.
fn brings(draft: &Draft, today: NaiveDate) -> String {
    let request = &draft.request;
    let stage = (request.stage != Stage::New).then(|| request.stage.title().to_owned());
    let due = request.due.map(|day| format!("due {}", day::day_near(day, today)));
    let hours = request.estimate.map(|estimate| estimate.to_string());
    let asked = Some(format!("for {}", request.requester)).filter(|_| !request.requester.is_empty());
    let named = draft.assignee.as_ref().filter(|cell| !is_nobody(cell));
    // An address behind a name takes the room of what else is told, and is asked for where somebody is unknown.
    let called = |cell: &String| match cell.matches('@').count() {
        1 => Contact::read(cell).called().to_owned(),
        _ => cell.clone(),
    };
    let held = named.map(|cell| format!("held by {}", called(cell)));
    [due, hours, stage, asked, held].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the source says, by the name of the field.
fn seen(draft: &Draft) -> BTreeMap<String, String> {
    let mut seen: BTreeMap<String, String> =
        draft.given.iter().map(|field| (field.name(), text(&draft.request, *field))).collect();
    match &draft.parent {
        // None that can be one, as in a circle, is no word of the source that there is none.
        ParentRef::Unknown(parent) if parent.is_empty() => drop(seen.remove(&Field::Parent.name())),
        ParentRef::External(parent) | ParentRef::Unknown(parent) => {
            seen.insert(Field::Parent.name(), parent.clone());
        }
        ParentRef::None => {}
    }
    if let Some(assignee) = &draft.assignee {
        seen.insert(Field::Assignee.name(), assignee.clone());
    }
    seen.extend(exported::seen(draft));
    seen.extend(planned::said(draft));
    seen.extend(counted::said(draft));
    seen
}

/// What is to be said of a row otherwise because its request is here already.
fn tell_of_known(draft: &Draft, found: Option<&Request>, row: &mut RowReport) {
    let Some(known) = found else { return };
    for problem in row.problems.iter_mut().filter(|problem| problem.message == UNKNOWN_STATUS) {
        "a status that is not known here; the stage stays as it is".clone_into(&mut problem.message);
    }
    if draft.is_archived && known.stage.is_open() && draft.request.stage.is_open() {
        let message = "archived at the source, and open here still".to_owned();
        row.problems.push(Problem { column: String::new(), value: String::new(), message });
    }
}

#[cfg(test)]
mod tests;
