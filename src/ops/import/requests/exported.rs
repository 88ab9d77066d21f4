//! A file that this store wrote itself and somebody changed since. It says after which change it was written, so what
//! stood here then is known: what the file says otherwise was changed there, and what stands here otherwise, here.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use super::super::fields::{is_of_stage, take, text};
use super::{Writer, date_delivery};
use crate::domain::count::counted;
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::document::COVERED;
use crate::domain::ids::{OperationId, RequestId};
use crate::domain::request::Request;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::requests::{Draft, OwnField, RequestImport};
use crate::ops::import::{RowAction, RowReport};
use crate::ops::{Desk, OpsError, shares};
use crate::store::{Store, StoreError};

/// Requests as they stood when a file was written, with the handles of whoever held each.
#[derive(Debug, Default)]
pub(super) struct ExportedState(HashMap<RequestId, (Request, Vec<String>)>);

impl ExportedState {
    /// A request as the file had it.
    pub(super) fn of(&self, id: RequestId) -> Option<&Request> {
        self.0.get(&id).map(|(request, _)| request)
    }

    /// Who held it then, as a cell names several.
    pub(super) fn held_by(&self, id: RequestId) -> Option<String> {
        self.0.get(&id).map(|(_, people)| people.join("; "))
    }

    fn read(store: &Store, drafts: &[Draft]) -> Result<Self, StoreError> {
        let wanted = drafts.iter().filter_map(|draft| draft.request.external_id.parse::<RequestId>().ok());
        let ids: Vec<RequestId> = wanted.collect();
        let handles: HashMap<_, _> =
            store.people()?.into_iter().map(|person| (person.id, person.handle)).collect();
        let mut state = HashMap::new();
        for request in store.requests_with(&ids)? {
            // As the table says it: of what is closed nobody has anything left to do.
            let held = if request.stage.is_open() { store.allocations_of(request.id)? } else { Vec::new() };
            let people = held.iter().filter_map(|share| handles.get(&share.person).cloned()).collect();
            state.insert(request.id, (request, people));
        }
        Ok(Self(state))
    }
}

impl Desk {
    /// The newest change, and when it was: as of it an export says what it says.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_change(&self) -> Result<Option<(OperationId, DateTime<Utc>)>, OpsError> {
        let newest = self.store.history_with_kept_days(Some(1))?;
        Ok(newest.first().map(|operation| (operation.id, operation.at)))
    }

    /// What stood here when a file was written; nothing of a file that another store wrote, or that does not say.
    pub(super) fn exported_state(&self, import: &RequestImport) -> Result<ExportedState, OpsError> {
        // Of each operation once: nearly every file has one. A row that somebody wrote below the others has none.
        let marks: BTreeMap<i64, DateTime<Utc>> = import
            .drafts
            .iter()
            .filter_map(|draft| draft.exported.map(|mark| (mark.operation, mark.at)))
            .collect();
        for (operation, at) in &marks {
            // The same number in another store is another change, and its keys are of other requests.
            let written = self.store.written_at(OperationId(*operation))?;
            if written.is_none_or(|own| own.timestamp() != at.timestamp()) {
                return Ok(ExportedState::default());
            }
        }
        // Rows of several exports may stand in one file: what all of them were written after is true of each.
        let Some(id) = marks.keys().next().map(|operation| OperationId(*operation)) else {
            return Ok(ExportedState::default());
        };
        // Nothing was written since, so the store itself is how it was; walking a copy back is work for nothing.
        if self.store.newest_operation()? == id {
            return Ok(ExportedState::read(&self.store, &import.drafts)?);
        }
        Ok(ExportedState::read(&self.store.as_it_was(id)?, &import.drafts)?)
    }
}

/// Rows of a table of ours that differ from what stands here, without a word of which side is newer.
#[derive(Debug, Default)]
pub(super) struct UndatedRows(usize);

impl UndatedRows {
    pub(super) fn note(&mut self, is_undated: bool, row: &RowReport) {
        self.0 += usize::from(is_undated && !row.conflicts.is_empty());
    }

    /// What to do about them.
    pub(super) fn told(&self) -> Option<String> {
        if self.0 == 0 {
            return None;
        }
        let rows = counted(self.0, "row differs", "rows differ");
        Some(format!(
            "{rows} from what stands here, and no column `As of` says as of which change of this store: what stands here \
             stays. To take what the table says, set it here, or export once more, change that file and import it"
        ))
    }
}

/// What a request says for a field, as far as a table can say it: instants to the second, blanks once.
fn said(request: &Request, field: Field) -> String {
    let second = |at: DateTime<Utc>| at.timestamp().to_string();
    match field {
        Field::Created => second(request.created),
        field if is_of_stage(field) => {
            format!("{} {}", request.stage, request.delivered.map(second).unwrap_or_default())
        }
        field => text(request, field).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

impl OwnField {
    /// Its name in what is kept of a source, beside those of [`Field`].
    pub(super) fn kept_as(self) -> String {
        format!("own/{}", self.name())
    }

    /// Its name in the request's JSON.
    const fn name(self) -> &'static str {
        match self {
            Self::Tier => "tier",
            Self::Value => "value",
            Self::TimeCriticality => "time_criticality",
            Self::Risk => "risk",
            Self::Rounds => "rounds",
            Self::FirstAgreed => "first_agreed_due",
            Self::DueMoves => "due_moves",
            Self::Began => "started",
            Self::Ready => "ready",
            Self::BlockedSince => "blocked_since",
            Self::StageSince => "stage_since",
        }
    }

    /// What a request says of it, as text to compare.
    pub(super) fn text(self, request: &Request) -> String {
        let second = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp().to_string());
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let score = |score: Option<u8>| score.map(|score| score.to_string());
        let said = match self {
            Self::Tier => request.tier.map(|tier| tier.number().to_string()),
            Self::Value => score(request.value),
            Self::TimeCriticality => score(request.time_criticality),
            Self::Risk => score(request.risk),
            Self::Rounds => Some(request.rounds.to_string()),
            Self::FirstAgreed => day(request.first_agreed_due),
            Self::DueMoves => Some(request.due_moves.to_string()),
            Self::Began => second(request.started),
            Self::Ready => second(request.ready),
            Self::BlockedSince => day(request.blocked.as_ref().map(|blocked| blocked.since)),
            Self::StageSince => second(Some(request.stage_since)),
        };
        said.unwrap_or_default()
    }

    /// Takes it over from a draft.
    fn take(self, request: &mut Request, draft: &Request) {
        match self {
            Self::Tier => request.tier = draft.tier,
            Self::Value => request.value = draft.value,
            Self::TimeCriticality => request.time_criticality = draft.time_criticality,
            Self::Risk => request.risk = draft.risk,
            Self::Rounds => request.rounds = draft.rounds,
            Self::FirstAgreed => request.first_agreed_due = draft.first_agreed_due,
            Self::DueMoves => request.due_moves = draft.due_moves,
            Self::Began => request.started = draft.started,
            Self::Ready => request.ready = draft.ready,
            Self::BlockedSince => {
                if let (Some(own), Some(said)) = (request.blocked.as_mut(), draft.blocked.as_ref()) {
                    own.since = said.since;
                }
            }
            Self::StageSince => request.stage_since = draft.stage_since,
        }
    }

    /// What changed of those that are no fields of a form: who edits a request here changes none of them by itself.
    fn difference(
        self,
        before: &Request,
        after: &Request,
        day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
    ) -> Option<Difference> {
        let day = |at: Option<DateTime<Utc>>| at.map_or(FieldValue::Empty, |at| FieldValue::Day(day_of(at)));
        let (title, value): (_, &dyn Fn(&Request) -> FieldValue) = match self {
            Self::Rounds => ("rounds", &|it| FieldValue::Number(it.rounds.into())),
            Self::DueMoves => ("moves of the due day", &|it| FieldValue::Number(it.due_moves.into())),
            Self::FirstAgreed => {
                ("first agreed", &|it| it.first_agreed_due.map_or(FieldValue::Empty, FieldValue::Day))
            }
            Self::Began => ("began", &|it| day(it.started)),
            Self::Ready => ("ready", &|it| day(it.ready)),
            Self::StageSince => ("in its stage since", &|it| day(Some(it.stage_since))),
            Self::Tier | Self::Value | Self::TimeCriticality | Self::Risk | Self::BlockedSince => {
                return None;
            }
        };
        let (mut old, mut new) = (value(before), value(after));
        let is_same = self.text(before) == self.text(after);
        // Another time of the same day is told with both times.
        if !is_same && old == new {
            let told = |request: &Request| FieldValue::told(&self.instant(request));
            (old, new) = (told(before), told(after));
        }
        let (field, title) = (self.name().to_owned(), title.to_owned());
        (!is_same).then_some(Difference { field, title, old, new })
    }

    fn instant(self, request: &Request) -> String {
        let at = match self {
            Self::Began => request.started,
            Self::Ready => request.ready,
            _ => Some(request.stage_since),
        };
        at.map(|at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default()
    }
}

/// What only an export of our own says, for what is kept of a source.
pub(super) fn seen(draft: &Draft) -> BTreeMap<String, String> {
    draft.decided.iter().map(|field| (field.kept_as(), field.text(&draft.request))).collect()
}

/// Takes one of them over if the source changed it; what was set here meanwhile stays.
pub(super) fn follow(
    field: OwnField,
    (existing, source, last): (&Request, &Request, Option<&String>),
    (request, refused): (&mut Request, &mut Request),
) {
    let (now, here) = (field.text(source), field.text(existing));
    if last == Some(&now) || now == here {
        return;
    }
    // Said for the first time, it fills what nobody filled here.
    let blank = Request { stage_since: existing.stage_since, ..Request::new("", existing.created) };
    let last = last.cloned().unwrap_or_else(|| field.text(&blank));
    field.take(if here == last { request } else { refused }, source);
}

/// All that differs, those among it that no form has.
pub(super) fn differences(
    draft: &Draft,
    before: &Request,
    after: &Request,
    day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Difference> {
    let mut found = difference::between(before, after, &day_of);
    // What follows from a move is no word of the file.
    let is_moved = before.stage != after.stage || before.due != after.due;
    let said = draft.decided.iter().filter(|field| {
        let is_of_file = field.text(after) == field.text(&draft.request);
        !is_moved || is_of_file && field.text(after) != field.text(before)
    });
    found.extend(said.filter_map(|field| field.difference(before, after, &day_of)));
    found
}

impl Writer<'_> {
    /// True of a row of ours about work that another source brought, or none, and that does not say as of which change of
    /// this store it is: its words are no words of that source, and which side is newer nobody knows.
    pub(super) fn is_undated(&self, draft: &Draft, existing: &Request) -> bool {
        self.is_ours && existing.source != self.source && self.as_exported(draft).is_none()
    }

    /// Takes over what was changed in the file; what was changed here as well stays, and is told with both. Where it is not
    /// known what stood here `then`, the file only fills what is blank here.
    pub(super) fn update_exported(
        &self,
        draft: &Draft,
        (existing, then): (&Request, Option<&Request>),
        row: &mut RowReport,
    ) -> Result<(), OpsError> {
        let source = self.since_when(&draft.request, existing);
        let (mut request, mut refused) = (existing.clone(), existing.clone());
        let (stages, others): (Vec<Field>, Vec<Field>) =
            draft.given.iter().partition(|field| is_of_stage(**field));
        let blank = Request { stage_since: existing.stage_since, ..Request::new("", existing.created) };
        let (is_known, then) = (then.is_some(), then.unwrap_or(&blank));
        for field in others.into_iter().chain(stages) {
            let (now, was, here) = (said(&source, field), said(then, field), said(existing, field));
            if now == here || is_known && now == was {
                continue;
            }
            if now.contains(COVERED) && !was.contains(COVERED) {
                row.problems.extend(covered(field, &source, then));
                continue;
            }
            take(if here == was { &mut request } else { &mut refused }, &source, field);
        }
        for field in &draft.decided {
            let was = field.text(then);
            // Of a block that came or went the day is told with it.
            follow(*field, (existing, &draft.request, Some(&was)), (&mut request, &mut refused));
        }
        date_delivery(existing, &mut request, row);
        let day_of = |at| self.clock.day_of(at);
        row.conflicts = differences(draft, existing, &refused, day_of);
        row.action = RowAction::Unchanged;
        if request != *existing {
            row.changes = differences(draft, existing, &request, day_of);
            row.action = RowAction::Updated;
            self.tx.put_request(&request)?;
            shares::follow_request(self.tx, self.rules, existing, &mut request)?;
        }
        Ok(())
    }
}

/// A text in which somebody was left unnamed: taken over, the words would be lost. Nothing is said of one that is what
/// stood here but for that.
fn covered(field: Field, source: &Request, then: &Request) -> Option<Problem> {
    let (now, was) = (said(source, field), said(then, field));
    let mut rest = was.as_str();
    let is_only_covered = now.split(COVERED).enumerate().all(|(index, part)| {
        let place = if index == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
        place.map(|at| rest = &rest[at + part.len()..]).is_some()
    });
    (!is_only_covered).then(|| Problem {
        column: field.name(),
        value: text(source, field),
        message: format!(
            "holds `{COVERED}`, which stands for words that were left out of the export, so it is not taken; \
             export with --with-private, and change it there"
        ),
    })
}
