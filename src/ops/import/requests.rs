//! Requests from a table into the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::Local;

use super::{Progress, Report, RowAction, RowReport, Understood, skipped_rows};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::person::Person;
use crate::domain::request::Request;
use crate::import::field::Field;
use crate::import::preset::Presets;
use crate::import::requests::{Draft, Options, ParentRef, RequestImport, read_requests};
use crate::ops::assign::{self, Rules, Share};
use crate::ops::clock::Clock;
use crate::ops::{Desk, OpsError};
use crate::store::{StoreError, Tx};

/// What the lead decides here: the source never overwrites it once it was changed.
const LOCAL: [Field; 6] =
    [Field::Outcome, Field::Lever, Field::Measure, Field::Notes, Field::Priority, Field::Estimate];

/// Under this name stands whom the work was given to because the source said so.
const HELD: &str = "held";

/// More rows than this are worth a copy of the store first.
const MANY: usize = 50;

impl Desk {
    /// Imports requests, or only rehearses it.
    ///
    /// # Errors
    /// When the file cannot be read as a whole; nothing is stored then.
    pub fn import_requests(
        &mut self,
        bytes: &[u8],
        presets: &Presets,
        options: &Options,
        how: (bool, Progress<'_>),
    ) -> Result<Report, OpsError> {
        let read = match self.clock {
            Clock::System | Clock::FixedInZone(_) => read_requests(bytes, presets, options, &Local),
            Clock::Fixed(now) => read_requests(bytes, presets, options, now.offset()),
        };
        let import = read.map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
        let (is_rehearsal, progress) = how;
        let (rules, stamp) = (self.rules()?, self.stamp());
        let label = format!("Imported {} requests from {}", import.drafts.len(), import.source);
        let mut report = Report {
            is_rehearsal,
            understood: understood(&import),
            rows: Vec::new(),
            notes: Vec::new(),
            operation: None,
        };
        let mut work = |tx: &Tx<'_>| -> Result<(), OpsError> {
            let mut writer = Writer::new(tx, &rules, &import.source)?;
            for (index, draft) in import.drafts.iter().enumerate() {
                report.rows.push(writer.write(draft)?);
                progress(index + 1, import.drafts.len());
            }
            // Children may stand before their parents: links only once everything is there.
            for (draft, row) in import.drafts.iter().zip(&mut report.rows) {
                writer.link(draft, row)?;
            }
            report.notes.extend(strangers(&writer.strangers));
            Ok(())
        };
        if !is_rehearsal && import.drafts.len() > MANY {
            self.store.back_up_before(stamp.at, "import")?;
        }
        self.store.make_room(true)?;
        let committed = if is_rehearsal {
            self.store.rehearse(stamp, work).map(|()| None)
        } else {
            self.store.change(stamp, |tx| work(tx).map(|()| ((), label))).map(Some)
        };
        self.store.make_room(false)?;
        let committed = committed?;
        report.rows.extend(skipped_rows(import.skipped));
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

fn strangers(names: &BTreeSet<String>) -> Option<String> {
    let list: Vec<&str> = names.iter().map(String::as_str).take(12).collect();
    let more = if names.len() > list.len() { ", …" } else { "" };
    (!names.is_empty()).then(|| {
        format!("{} people of the file are not in the team, so their work is not in the load yet: {}{more}. Add them with `tablesetter import people FILE` or `person add`, then import again.", names.len(), list.join(", "))
    })
}

struct Writer<'a> {
    tx: &'a Tx<'a>,
    rules: &'a Rules,
    source: &'a str,
    /// The team, and who was looked for in it already.
    people: Vec<Person>,
    known: HashMap<String, Option<PersonId>>,
    strangers: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    fn new(tx: &'a Tx<'a>, rules: &'a Rules, source: &'a str) -> Result<Self, StoreError> {
        let people = tx.people()?;
        Ok(Self { tx, rules, source, people, known: HashMap::new(), strangers: BTreeSet::new() })
    }

    /// Whom a name of the source means.
    fn person(&mut self, name: &str) -> Option<PersonId> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let found = assign::find_person(&self.people, name).ok().map(|person| person.id);
        self.known.insert(name.to_owned(), found);
        found
    }

    fn write(&mut self, draft: &Draft) -> Result<RowReport, OpsError> {
        let seen = seen(draft);
        let found = self.tx.request_from(self.source, &draft.request.external_id)?;
        let (action, id) = match found {
            None => (RowAction::Created, self.create(draft, &seen)?),
            Some(existing) => (self.update(draft, &existing, &seen)?, existing.id),
        };
        let action =
            if self.hold(draft, id)? && action == RowAction::Unchanged { RowAction::Updated } else { action };
        Ok(RowReport {
            row: draft.row,
            action,
            key: Some(id.to_string()),
            title: draft.request.title.clone(),
            problems: draft.problems.clone(),
        })
    }

    fn create(&self, draft: &Draft, seen: &BTreeMap<String, String>) -> Result<RequestId, StoreError> {
        let id = self.tx.add_request(&draft.request)?;
        self.tx.add_seen(id, seen)?;
        Ok(id)
    }

    /// Takes over what changed at the source since the last import.
    fn update(
        &self,
        draft: &Draft,
        existing: &Request,
        seen: &BTreeMap<String, String>,
    ) -> Result<RowAction, OpsError> {
        let before = self.tx.seen(existing.id)?;
        let mut seen = seen.clone();
        seen.extend(before.get(HELD).map(|held| (HELD.to_owned(), held.clone())));
        let mut request = existing.clone();
        for field in &draft.given {
            let (now, last) = (seen.get(field.name()), before.get(field.name()));
            let is_ours = LOCAL.contains(field) && last != Some(&text(existing, *field));
            if now != last && !is_ours {
                take(&mut request, &draft.request, *field);
            }
        }
        if before != seen {
            self.tx.put_seen(existing.id, &seen)?;
        }
        if request == *existing {
            return Ok(RowAction::Unchanged);
        }
        self.tx.put_request(&request)?;
        super::super::shares::settle(self.tx, self.rules, existing, &mut request)?;
        Ok(RowAction::Updated)
    }

    /// Gives open work to whoever holds it at the source, if nobody holds it here.
    fn hold(&mut self, draft: &Draft, id: RequestId) -> Result<bool, OpsError> {
        let Some(name) = &draft.assignee else { return Ok(false) };
        let Some(person) = self.person(name) else {
            self.strangers.insert(name.clone());
            return Ok(false);
        };
        let request = self.tx.request(id)?;
        if request.stage.is_closed() || !self.tx.allocations_of(id)?.is_empty() {
            return Ok(false);
        }
        // Taken away here on purpose: the source says the same as when that happened.
        let mut seen = self.tx.seen(id)?;
        if seen.get(HELD) == Some(name) {
            return Ok(false);
        }
        assign::add_share_of(self.tx, self.rules, &request, person, &Share::whole(name))?;
        seen.insert(HELD.to_owned(), name.clone());
        self.tx.put_seen(id, &seen)?;
        Ok(true)
    }

    fn link(&self, draft: &Draft, row: &mut RowReport) -> Result<(), StoreError> {
        let ParentRef::External(parent) = &draft.parent else { return Ok(()) };
        let child = self.tx.request_from(self.source, &draft.request.external_id)?;
        let parent = self.tx.request_from(self.source, parent)?;
        if let (Some(mut child), Some(parent)) = (child, parent)
            && child.parent != Some(parent.id)
            && child.id != parent.id
        {
            child.parent = Some(parent.id);
            self.tx.put_request(&child)?;
            if row.action == RowAction::Unchanged {
                row.action = RowAction::Updated;
            }
        }
        Ok(())
    }
}

/// What the source says, by the name of the field.
fn seen(draft: &Draft) -> BTreeMap<String, String> {
    let mut seen: BTreeMap<String, String> =
        draft.given.iter().map(|field| (field.name().to_owned(), text(&draft.request, *field))).collect();
    if let Some(assignee) = &draft.assignee {
        seen.insert(Field::Assignee.name().to_owned(), assignee.clone());
    }
    seen
}

/// What a request says for a column's meaning, as text to compare.
fn text(request: &Request, field: Field) -> String {
    let maybe = |value: Option<String>| value.unwrap_or_default();
    match field {
        Field::Title => request.title.clone(),
        Field::Ask => request.ask.clone(),
        Field::Requester => request.requester.clone(),
        Field::Brand => request.brand.clone(),
        Field::Channel => request.channel.clone(),
        Field::Outcome => request.outcome.clone(),
        Field::Lever => maybe(request.lever.map(|lever| lever.to_string())),
        Field::Measure => request.measure.clone(),
        Field::Audience => request.audience.clone(),
        Field::Message => request.message.clone(),
        Field::Deliverables => request.deliverables.clone(),
        Field::AssetCount => maybe(request.asset_count.map(|count| count.to_string())),
        Field::Due => maybe(request.due.map(|day| day.to_string())),
        Field::DueHard => request.is_due_hard.to_string(),
        Field::DueReason => request.due_reason.clone(),
        Field::Decider => request.decider.clone(),
        Field::Inputs => request.inputs.clone(),
        Field::Stage | Field::Resolution | Field::Delivered => {
            format!("{} {}", request.stage, maybe(request.delivered.map(|at| at.to_rfc3339())))
        }
        Field::Blocked => maybe(request.blocked.as_ref().map(|blocked| blocked.reason.clone())),
        Field::Estimate => maybe(request.estimate.map(|minutes| minutes.0.to_string())),
        Field::Notes => request.notes.clone(),
        Field::Tags => request.tags.join(","),
        Field::Priority => maybe(request.value.map(|value| value.to_string())),
        Field::Url => request.url.clone(),
        Field::Created => request.created.to_rfc3339(),
        Field::ExternalId
        | Field::InternalId
        | Field::Parent
        | Field::Assignee
        | Field::AssigneeEmail
        | Field::Updated => String::new(),
    }
}

/// Takes one column's meaning over from a draft.
fn take(request: &mut Request, draft: &Request, field: Field) {
    match field {
        Field::Title => request.title.clone_from(&draft.title),
        Field::Ask => request.ask.clone_from(&draft.ask),
        Field::Requester => request.requester.clone_from(&draft.requester),
        Field::Brand => request.brand.clone_from(&draft.brand),
        Field::Channel => request.channel.clone_from(&draft.channel),
        Field::Outcome => request.outcome.clone_from(&draft.outcome),
        Field::Lever => request.lever = draft.lever,
        Field::Measure => request.measure.clone_from(&draft.measure),
        Field::Audience => request.audience.clone_from(&draft.audience),
        Field::Message => request.message.clone_from(&draft.message),
        Field::Deliverables => request.deliverables.clone_from(&draft.deliverables),
        Field::AssetCount => request.asset_count = draft.asset_count,
        Field::Due => request.set_due(draft.due),
        Field::DueHard => request.is_due_hard = draft.is_due_hard,
        Field::DueReason => request.due_reason.clone_from(&draft.due_reason),
        Field::Decider => request.decider.clone_from(&draft.decider),
        Field::Inputs => request.inputs.clone_from(&draft.inputs),
        Field::Stage | Field::Resolution | Field::Delivered => take_stage(request, draft),
        Field::Blocked => request.blocked.clone_from(&draft.blocked),
        Field::Estimate => request.estimate = draft.estimate,
        Field::Notes => request.notes.clone_from(&draft.notes),
        Field::Tags => request.tags.clone_from(&draft.tags),
        Field::Priority => request.value = draft.value,
        Field::Url => request.url.clone_from(&draft.url),
        Field::Created => request.created = draft.created,
        Field::ExternalId
        | Field::InternalId
        | Field::Parent
        | Field::Assignee
        | Field::AssigneeEmail
        | Field::Updated => {}
    }
}

/// The source's own tool has moved it: that is a fact, so the rules of moves are not asked.
fn take_stage(request: &mut Request, draft: &Request) {
    if request.stage == draft.stage {
        return;
    }
    request.stage = draft.stage;
    request.stage_since = draft.stage_since;
    request.delivered = draft.delivered;
    request.ready = request.ready.or(draft.ready);
    request.started = request.started.or(draft.started);
    request.blocked.clone_from(&draft.blocked);
}
