//! What the columns of other tools mean for the fields of a request, and whose word counts for each.

use chrono::DateTime;

use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::import::field::Field;

/// True if a field was set here since the source was read last: then the source never overwrites it. `last` is what
/// the source said then; a column that is new fills only what nobody filled here.
pub(super) fn is_ours(existing: &Request, field: Field, last: Option<&String>) -> bool {
    // Nobody types it here; it can only differ because the source knows it better.
    if field == Field::Created {
        return false;
    }
    // That nothing is said of what is left contradicts nobody: work that ended or came back lost the word on its way.
    if field == Field::Left && existing.left_said.is_none() {
        return false;
    }
    let here = text(existing, field);
    let is_stage = is_of_stage(field);
    // The day that was taken because the source had none is nobody's word.
    if is_stage && last.is_some_and(|last| *last == format!("{} ", existing.stage)) {
        return false;
    }
    match last {
        Some(last) => here != *last,
        // The source said nothing of it last time: a field that is not blank was filled here.
        None => here != text(&Request::new("", DateTime::UNIX_EPOCH), field),
    }
}

/// True if a stage of the source counts although the request was moved here meanwhile: work that is further along or
/// closed there is so, whoever moved what here. What was set aside here, or is further along here, stays.
pub(super) fn is_further(there: Stage, here: Stage) -> bool {
    const WAY: [Stage; 7] = [
        Stage::New,
        Stage::Clarifying,
        Stage::Ready,
        Stage::Scheduled,
        Stage::InProgress,
        Stage::InReview,
        Stage::Delivered,
    ];
    let place = |stage: Stage| WAY.iter().position(|step| *step == stage);
    match (place(there), place(here)) {
        (Some(there), Some(here)) => there > here,
        // Declined and withdrawn are ends beside the way. On hold is a decision of this side, and no source
        // undoes it.
        (None, Some(_)) => there.is_closed() && here.is_open(),
        _ => false,
    }
}

/// What a request says for a column's meaning, as text to compare.
pub(super) fn text(request: &Request, field: Field) -> String {
    let maybe = |value: Option<String>| value.unwrap_or_default();
    match field {
        Field::Text(words) => words.text(request).unwrap_or_default().to_owned(),
        Field::Lever => maybe(request.lever.map(|lever| lever.to_string())),
        Field::AssetCount => maybe(request.asset_count.map(|count| count.to_string())),
        Field::Due => maybe(request.due.map(|day| day.to_string())),
        Field::DueHard => request.is_due_hard.to_string(),
        Field::Stage | Field::Resolution | Field::Delivered | Field::Done => {
            format!("{} {}", request.stage, maybe(request.delivered.map(|at| at.to_rfc3339())))
        }
        // Blocked for no reason that is said differs from not blocked.
        Field::Blocked => maybe(request.blocked.as_ref().map(|blocked| blocked.word().to_owned())),
        Field::Estimate => maybe(request.estimate.map(|minutes| minutes.0.to_string())),
        Field::Left => maybe(request.left_said.map(|minutes| minutes.0.to_string())),
        Field::Tags => request.tags.join(","),
        Field::Priority => maybe(request.value.map(|value| value.to_string())),
        Field::Created => request.created.to_rfc3339(),
        Field::ExternalId
        | Field::InternalId
        | Field::Parent
        | Field::Assignee
        | Field::AssigneeEmail
        | Field::Updated
        | Field::Archived
        | Field::Answer => String::new(),
    }
}

/// True for columns that together say where a request stands.
pub(super) const fn is_of_stage(field: Field) -> bool {
    matches!(field, Field::Stage | Field::Resolution | Field::Delivered | Field::Done)
}

/// Takes one column's meaning over from a draft.
pub(super) fn take(request: &mut Request, draft: &Request, field: Field) {
    match field {
        Field::Text(words) => {
            if let (Some(own), Some(said)) = (words.text_mut(request), words.text(draft)) {
                said.clone_into(own);
            }
        }
        Field::Lever => request.lever = draft.lever,
        Field::AssetCount => request.asset_count = draft.asset_count,
        Field::Due => request.set_due(draft.due),
        Field::DueHard => request.is_due_hard = draft.is_due_hard,
        Field::Stage | Field::Resolution | Field::Delivered | Field::Done => take_stage(request, draft),
        Field::Blocked => take_block(request, draft),
        Field::Estimate => request.estimate = draft.estimate,
        Field::Left => (request.left_said, request.left_on) = (draft.left_said, draft.left_on),
        Field::Tags => request.tags.clone_from(&draft.tags),
        Field::Priority => request.value = draft.value,
        Field::Created => request.created = draft.created,
        Field::ExternalId
        | Field::InternalId
        | Field::Parent
        | Field::Assignee
        | Field::AssigneeEmail
        | Field::Updated
        | Field::Archived
        | Field::Answer => {}
    }
}

/// The source's own tool has moved it: that is a fact, so the rules of moves are not asked.
fn take_stage(request: &mut Request, draft: &Request) {
    // The same stage keeps its own since: how long it has stood here is known better here.
    if request.stage == draft.stage {
        // Its day of delivery may come later than the word that it was delivered, or be corrected.
        if let Some(at) = draft.delivered.filter(|_| draft.stage == Stage::Delivered) {
            request.delivered = Some(at);
            request.stage_since = draft.stage_since;
        }
        return;
    }
    // What an export of our own says of its clocks is exact, so it goes before what follows from the move.
    request.ready = request.ready.or(draft.ready);
    request.started = request.started.or(draft.started);
    let blocked = request.blocked.take();
    request.come_to(draft.stage, "", draft.stage_since);
    request.delivered = draft.delivered;
    request.blocked = blocked;
    take_block(request, draft);
}

/// The same block keeps its own day, as a stage does: a tick has none, and the source would give the last change.
fn take_block(request: &mut Request, draft: &Request) {
    let is_same = text(request, Field::Blocked) == text(draft, Field::Blocked)
        && request.blocked.is_some() == draft.blocked.is_some();
    if !is_same {
        request.blocked.clone_from(&draft.blocked);
    }
}
