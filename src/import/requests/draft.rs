//! One row to one draft.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::field::Field;
use super::super::numbers;
use super::super::preset::{IdRule, StageValue};
use super::super::table::SourceRow;
use super::super::{Skipped, fold};
use super::cells::Cells;
use super::{Draft, FileContext, ParentRef, ReadRow, keys};
use crate::domain::field;
use crate::domain::request::{Blocked, Request};
use crate::domain::stage::Stage;

/// Reads one row.
///
/// # Errors
/// The row with its reason when it has neither title nor text, or an id that cannot be trusted.
pub(super) fn read_row(context: &FileContext<'_>, row: &SourceRow) -> Result<ReadRow, Skipped> {
    let mut cells = Cells::new(context, row);
    let title = title_of(&cells);
    let skip = |reason: &str| Skipped { row: row.row, title: title.clone(), reason: reason.to_owned() };
    if title.is_empty() {
        return Err(skip("no title"));
    }
    let id = cells.text(Field::ExternalId);
    // Spreadsheets save long numbers as they show them. The digits are gone, and several requests may have
    // become one id: a row left out is told, a row written over another one would not be.
    if keys::is_rounded(id) {
        return Err(skip(&format!(
            "the id {id} was rounded by a spreadsheet; export again and import that file unopened"
        )));
    }
    let created = cells.instant(Field::Created);
    // An export that is read again a year later still means the day that it meant.
    cells.near = created.map(|instant| context.clock.to_local(instant).date()).or(cells.near);
    let mut request = Request::new(&title, created.unwrap_or(context.now));
    fill_texts(&mut request, &mut cells);
    fill_numbers(&mut request, &mut cells);
    fill_due(&mut request, &mut cells);
    fill_stage(&mut request, &mut cells);
    context.preset.source.clone_into(&mut request.source);
    request.external_id = match context.preset.id {
        _ if !id.is_empty() => id.to_owned(),
        // A form gives its answers no id. The second in which one was sent, with who sent it, is the same in
        // every export.
        IdRule::Timestamp if created.is_some() => {
            keys::from_time(request.created, cells.text(Field::REQUESTER))
        }
        IdRule::Timestamp | IdRule::Content | IdRule::Column => keys::from_content(&request),
    };
    let assignee = [Field::Assignee, Field::AssigneeEmail].map(|field| cells.text(field));
    let assignee = assignee.into_iter().find(|text| !text.is_empty()).map(str::to_owned);
    Ok(ReadRow {
        internal_id: cells.text(Field::InternalId).to_owned(),
        parent: cells.text(Field::Parent).to_owned(),
        draft: Draft {
            row: row.row,
            request,
            assignee,
            parent: ParentRef::None,
            given: cells.given(),
            problems: cells.problems,
        },
    })
}

/// The first line of the title, or of the ask where there is no title.
fn title_of(cells: &Cells<'_>) -> String {
    let texts = [Field::TITLE, Field::ASK].map(|field| cells.text(field));
    let line = texts.iter().flat_map(|text| text.lines()).map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fill_texts(request: &mut Request, cells: &mut Cells<'_>) {
    request.channel = cells.list(Field::CHANNEL, "\n").join(", ");
    let text = |field: Field| cells.text(field).to_owned();
    request.ask = text(Field::ASK);
    let whole_title = cells.text(Field::TITLE);
    // Several lines in the title are an ask in the wrong cell: the first names the request, and nothing of it
    // is lost.
    let is_cut = whole_title.lines().nth(1).is_some();
    if request.ask.is_empty() && (cells.context.preset.title_is_ask || is_cut) {
        whole_title.clone_into(&mut request.ask);
    }
    let read_otherwise = [Field::TITLE, Field::ASK, Field::CHANNEL];
    for field in field::texts().filter(|field| !read_otherwise.contains(&Field::Text(*field))) {
        if let Some(own) = field.text_mut(request) {
            *own = text(Field::Text(field));
        }
    }
    request.is_due_hard = numbers::is_ticked(cells.text(Field::DueHard));
}

fn fill_numbers(request: &mut Request, cells: &mut Cells<'_>) {
    match numbers::minutes(cells.text(Field::Estimate), cells.context.preset.estimate_unit) {
        Ok(found) => request.estimate = found,
        Err(message) => cells.mark(Field::Estimate, message, true),
    }
    match numbers::minutes(cells.text(Field::Left), cells.context.preset.estimate_unit) {
        Ok(found) => {
            // Hours left hold from the day on which they are read, like those that are typed here: that day is
            // wholly still to come.
            let today = cells.context.clock.to_local(cells.context.now).date();
            (request.left_said, request.left_on) = (found, found.map(|_| today));
        }
        Err(message) => cells.mark(Field::Left, message, true),
    }
    match numbers::count(cells.text(Field::AssetCount)) {
        Ok(found) => request.asset_count = found,
        Err(message) => cells.mark(Field::AssetCount, message, true),
    }
    let lever = cells.text(Field::Lever);
    match lever.parse() {
        Ok(found) => request.lever = Some(found),
        Err(_) if lever.is_empty() => {}
        Err(error) => cells.mark(Field::Lever, &format!("{error}"), true),
    }
    fill_tags(request, cells);
}

/// Tags without spaces, so that they can be typed after `#`; priority becomes one where the preset says so.
fn fill_tags(request: &mut Request, cells: &mut Cells<'_>) {
    let mut tags = Vec::new();
    for tag in cells.list(Field::Tags, &cells.context.preset.tag_separators) {
        tags.push(tag.trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join("-"));
    }
    let priority = cells.text(Field::Priority);
    match cells.context.preset.priorities.get(&fold(priority)) {
        Some(tag) => tags.push(tag.clone()),
        None if priority.is_empty() => {}
        None => cells.mark(Field::Priority, "a priority that is not known here; left out", false),
    }
    tags.retain(|tag| !tag.is_empty());
    request.tags = tags;
}

fn fill_due(request: &mut Request, cells: &mut Cells<'_>) {
    request.due = cells.day(Field::Due);
    let said = cells.text(Field::Due);
    if request.due.is_none() && !said.is_empty() {
        request.due_reason = match request.due_reason.as_str() {
            "" => said.to_owned(),
            reason => format!("{said}: {reason}"),
        };
    }
}

fn fill_stage(request: &mut Request, cells: &mut Cells<'_>) {
    let now = cells.context.now;
    let today = cells.context.clock.to_local(now).date();
    let value = stage_value(cells);
    // A change still to come, from a wrong clock or a wrong order of day and month, would make ages negative.
    let updated = cells.instant(Field::Updated).filter(|instant| *instant <= now);
    let last_change = updated.unwrap_or_else(|| request.created.min(now));
    let delivered = delivered_at(cells, today);
    // A card often stays in its column when its day of completion is set, so the day is believed before the
    // column. What was declined or withdrawn is not delivered by a day.
    let is_delivered = value.stage == Stage::Delivered || (delivered.is_some() && value.stage.is_open());
    request.stage = if is_delivered { Stage::Delivered } else { value.stage };
    if is_delivered {
        if delivered.is_none() && cells.text(Field::Delivered).is_empty() {
            cells.mark(
                Field::Stage,
                "delivered, but the file has no day for it; the last change is taken",
                false,
            );
        }
        request.delivered = Some(delivered.unwrap_or(last_change));
    }
    request.stage_since = request.delivered.unwrap_or(last_change);
    if request.stage.is_committed() {
        // Somebody agreed to this day elsewhere; without it "on time" could not be told of work that came in
        // under way.
        request.first_agreed_due = request.due;
    }
    if request.stage.is_open() {
        let since = cells.context.clock.to_local(last_change).date();
        request.blocked = blocked(cells, value, since);
    }
}

/// What the tool's status, or failing that its resolution, means here.
fn stage_value(cells: &mut Cells<'_>) -> StageValue {
    let status = cells.text(Field::Stage);
    let resolution = cells.context.preset.resolutions.get(&fold(cells.text(Field::Resolution))).copied();
    let known = cells.context.preset.stages.get(&fold(status)).copied();
    match (known, resolution) {
        // Jira often keeps the resolution of an issue that was reopened: it says how something ended, never
        // that it did.
        (Some(value), Some(ending)) if value.stage == Stage::Delivered => ending,
        (Some(value), _) => value,
        (None, Some(ending)) => ending,
        (None, None) => {
            if !status.is_empty() {
                cells.mark(Field::Stage, "a status that is not known here; taken as new", true);
            }
            StageValue { stage: Stage::New, is_blocked: false }
        }
    }
}

/// When it was delivered; a day still to come is a plan and not taken.
fn delivered_at(cells: &mut Cells<'_>, today: NaiveDate) -> Option<DateTime<Utc>> {
    let instant = cells.instant(Field::Delivered)?;
    if cells.context.clock.to_local(instant).date() > today {
        cells.mark(Field::Delivered, "a day still to come; not taken as delivered then", true);
        return None;
    }
    Some(instant)
}

fn blocked(cells: &Cells<'_>, value: StageValue, since: NaiveDate) -> Option<Blocked> {
    let said = cells.text(Field::Blocked);
    // The column holds a tick in some tools and a reason in others. A tick is no reason: it would read "waits
    // for yes".
    let is_no = matches!(fold(said).as_str(), "" | "no" | "false" | "0" | "n");
    if is_no && !value.is_blocked {
        return None;
    }
    let reason = if is_no || numbers::is_ticked(said) { String::new() } else { said.to_owned() };
    Some(Blocked { reason, since })
}
