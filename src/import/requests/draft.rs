//! One row to one draft.

use chrono::{DateTime, Utc};

use super::super::dates::{self, DateReading};
use super::super::field::Field;
use super::super::numbers::{self, Unit};
use super::super::preset::{Habit, IdRule};
use super::super::table::SourceRow;
use super::super::{Skipped, squeeze};
use super::cells::{Cells, bare_list};
use super::delivery::{self, DeliveryCell};
use super::named::{holders, waiting};
use super::{Draft, ExportMark, FileContext, OwnField, ParentRef, ReadRow, hard, keys};
use crate::domain::bounds;
use crate::domain::field;
use crate::domain::request::Request;
use crate::domain::words::fold;

/// Reads one row.
///
/// # Errors
/// The row with its reason when it has neither title nor text, or an id that cannot be trusted.
pub(super) fn read_row(context: &FileContext<'_>, row: &SourceRow) -> Result<ReadRow, Skipped> {
    let mut cells = Cells::new(context, row);
    let title = title_of(&cells);
    let skip = |reason: &str| Skipped::new(row.row, &title, reason).with(row);
    if title.is_empty() {
        return Err(skip("no title"));
    }
    let id = cells.text(Field::ExternalId);
    // Spreadsheets save long numbers as they show them. The digits are gone, and several requests may have
    // become one id: a row left out is told, a row written over another one would not be.
    if keys::is_rounded(id) {
        let why =
            format!("the id {id} was rounded by a spreadsheet; export again and import that file unopened");
        return Err(skip(&why));
    }
    if context.preset.has(Habit::Folders) && is_folder(&title, &cells) {
        return Err(skip("a folder, not a request; left out"));
    }
    let created = cells.instant(Field::Created).or_else(|| made_at(context, id));
    cells.count_from(created);
    let mut request = Request::new(&title, created.unwrap_or(context.now));
    let delivery = fill_fields(&mut request, &mut cells);
    context.preset.source.clone_into(&mut request.source);
    request.external_id = match context.preset.id {
        _ if !id.is_empty() => id.to_owned(),
        // A form gives its answers no id. When one was sent, and by whom, is the same in every export.
        IdRule::Timestamp if created.is_some() => {
            keys::from_time(request.created, cells.text(Field::REQUESTER))
        }
        IdRule::Timestamp | IdRule::Content | IdRule::Column => keys::from_content(&request),
    };
    let mut assignee = holders(&cells);
    let (decided, exported) = fill_own(&mut request, &mut cells, (row, created.is_some()));
    if let Some(own) = &context.own {
        assignee = own.holders(assignee, row);
    }
    Ok(ReadRow {
        waits: request.blocked.is_some().then(|| waiting(&cells)).flatten(),
        internal_id: cells.text(Field::InternalId).to_owned(),
        parent: cells.text(Field::Parent).to_owned(),
        depth: cells.at(context.special.depth).parse().unwrap_or(0),
        draft: Draft {
            row: row.row,
            request,
            assignee,
            is_archived: is_archived(&cells),
            parent: ParentRef::None,
            delivery,
            counted: cells.by_words.take().or_else(|| cells.without_year.take()),
            given: cells.given(),
            waits: Vec::new(),
            is_blocked_by_status: false,
            decided,
            exported,
            problems: cells.problems,
        },
    })
}

/// Takes over what only an export of our own says; gives what of it the row has, and when it was written.
fn fill_own(
    request: &mut Request,
    cells: &mut Cells<'_>,
    (row, has_created): (&SourceRow, bool),
) -> (Vec<OwnField>, Option<ExportMark>) {
    let context = cells.context;
    let Some(own) = &context.own else { return (Vec::new(), None) };
    // Of a row that somebody wrote below the others nothing stands here yet.
    if !has_created && own.has_key(row) && context.places.contains_key(&Field::Created) {
        cells.mark(Field::Created, "no time; the one that stands here stays", true);
    }
    let problems = own.fill(request, row, context);
    let found = (own.given(row, &problems), own.exported(row));
    cells.problems.extend(problems);
    found
}

/// True for a path. Without a slash at its end it is one as long as the row is nobody's work and has no day.
fn is_folder(title: &str, cells: &Cells<'_>) -> bool {
    let Some(path) = title.strip_prefix('/').filter(|path| !path.is_empty()) else { return false };
    let is_bare = [Field::Assignee, Field::Due].iter().all(|field| cells.text(*field).is_empty());
    path.ends_with('/') || is_bare && (path.contains('/') || cells.text(Field::Stage).is_empty())
}

/// Everything that columns say of a request; what maps nowhere goes to its notes, so those come last.
fn fill_fields(request: &mut Request, cells: &mut Cells<'_>) -> Option<DeliveryCell> {
    fill_texts(request, cells);
    fill_numbers(request, cells);
    fill_due(request, cells);
    let delivery = delivery::fill_stage(request, cells);
    cells.keep_others();
    cells.tell_errors();
    fill_notes(request, cells);
    delivery
}

/// A tick or a day says that it was put away.
fn is_archived(cells: &Cells<'_>) -> bool {
    let said = cells.text(Field::Archived);
    numbers::is_ticked(said) || matches!(dates::read(said, cells.context.dates), DateReading::When(_))
}

/// When a row came in whose id says it: its first eight digits are the seconds since 1970.
fn made_at(context: &FileContext<'_>, id: &str) -> Option<DateTime<Utc>> {
    let digits = id.get(..8).filter(|_| context.preset.has(Habit::IdTellsTime))?;
    let seconds = i64::from_str_radix(digits, 16).ok()?;
    // A day still to come tells that the id is of another make and only looks like one with a time.
    DateTime::from_timestamp(seconds, 0).filter(|at| *at <= context.now)
}

/// The first line of the title, or of the ask where there is no title.
fn title_of(cells: &Cells<'_>) -> String {
    let texts = [Field::TITLE, Field::ASK].map(|field| cells.text(field));
    let line = texts.iter().flat_map(|text| text.lines()).map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fill_texts(request: &mut Request, cells: &mut Cells<'_>) {
    request.channel = cells.list(Field::CHANNEL, "\n").join(", ");
    cells.text(Field::ASK).clone_into(&mut request.ask);
    let whole_title = cells.text(Field::TITLE);
    // Several lines in the title are an ask in the wrong cell: the first names the request, and nothing of it
    // is lost.
    let is_cut = whole_title.lines().nth(1).is_some();
    if request.ask.is_empty() && (cells.context.preset.title_is_ask || is_cut) {
        whole_title.clone_into(&mut request.ask);
        cells.also_given.push(Field::ASK);
    }
    let read_otherwise = [Field::TITLE, Field::ASK, Field::CHANNEL];
    for field in field::texts().filter(|field| !read_otherwise.contains(&Field::Text(*field))) {
        if let Some(own) = field.text_mut(request) {
            let said = cells.text(Field::Text(field));
            *own = if said.contains('\n') { said.to_owned() } else { plain_list(said) };
        }
    }
    if is_nobody(&request.requester) {
        request.requester.clear();
    }
    request.ask = rich_text(&request.ask);
    cells.keep(Field::Answer);
    request.is_due_hard = hard::is_hard(cells);
}

/// Several that were chosen, as tools write them in one cell, `[Kim Oh]` or `Hilltop;Brookside;`, as people would.
fn plain_list(text: &str) -> String {
    let bare = bare_list(text);
    let separator = match text.strip_suffix(';') {
        _ if bare.len() != text.len() && !bare.contains(['[', ']', '"']) => ',',
        Some(_) => ';',
        None => return text.to_owned(),
    };
    let parts = bare.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// True for what forms write where they do not ask who answers.
fn is_nobody(requester: &str) -> bool {
    matches!(fold(requester).as_str(), "anonymous" | "anonym" | "anonyme" | "anonimo" | "anoniem")
}

/// The plain text of what some tools write as a list of pieces in JSON.
fn rich_text(text: &str) -> String {
    if !(text.starts_with("[{") || text.starts_with("{\"ops\"")) {
        return text.to_owned();
    }
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return text.to_owned() };
    let pieces = value.get("ops").unwrap_or(&value).as_array().cloned().unwrap_or_default();
    let said = |piece: &serde_json::Value| {
        piece.get("text").or_else(|| piece.get("insert")).and_then(|text| text.as_str()).map(str::to_owned)
    };
    let plain: String = pieces.iter().filter_map(said).collect();
    if plain.trim().is_empty() { text.to_owned() } else { plain.trim().to_owned() }
}

/// What a bare number in a column of lengths counts: what its name says, or what the tool always means.
fn unit_of(cells: &Cells<'_>, field: Field) -> Unit {
    let named = cells.all(field).next().and_then(|(index, _)| cells.context.units.get(index).copied());
    let said = || {
        let word = cells.at(cells.context.special.unit);
        // A tool names the unit of each length, as `minute`; names of columns count many.
        let unit = numbers::unit_in(word).or_else(|| numbers::unit_in(&format!("{word}s")));
        unit.filter(|_| field == Field::Estimate)
    };
    named.flatten().or_else(said).unwrap_or(cells.context.preset.estimate_unit)
}

/// What cannot be read is told, and kept in the notes as it stands.
fn unread(cells: &mut Cells<'_>, field: Field, message: &str) {
    cells.mark(field, message, true);
    cells.keep(field);
}

fn fill_numbers(request: &mut Request, cells: &mut Cells<'_>) {
    match numbers::minutes(cells.text(Field::Estimate), unit_of(cells, Field::Estimate)) {
        Ok(found) => request.estimate = found,
        Err(message) => unread(cells, Field::Estimate, message),
    }
    match numbers::minutes(cells.text(Field::Left), unit_of(cells, Field::Left)) {
        Ok(found) => {
            // Hours left hold from the day on which they are read, like those that are typed here: that day is
            // wholly still to come.
            let today = cells.context.clock.to_local(cells.context.now).date();
            (request.left_said, request.left_on) = (found, found.map(|_| today));
        }
        Err(message) => unread(cells, Field::Left, message),
    }
    match numbers::count(cells.text(Field::AssetCount)) {
        Ok(found) => request.asset_count = found,
        Err(message) => unread(cells, Field::AssetCount, message),
    }
    let lever = cells.text(Field::Lever);
    match lever.parse() {
        Ok(found) => request.lever = Some(found),
        Err(_) if lever.is_empty() => {}
        Err(error) => unread(cells, Field::Lever, &format!("{error}")),
    }
    fill_tags(request, cells);
}

/// Tags without spaces, so that they can be typed after `#`; priority becomes one where the preset says so.
fn fill_tags(request: &mut Request, cells: &mut Cells<'_>) {
    let mut tags = Vec::new();
    for tag in cells.list(Field::Tags, &cells.context.preset.tag_separators) {
        let named = tag
            .split_once(" (")
            .map(|(name, _)| name)
            .filter(|_| cells.context.preset.has(Habit::TagsInBrackets));
        // `#retail #print` are two, whatever else parts tags there.
        for tag in named.unwrap_or(tag).split(" #") {
            tags.push(tag.trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join("-"));
        }
    }
    let priority = cells.text(Field::Priority);
    let (own, common) = (&cells.context.preset.priorities, &cells.context.common.priorities);
    let word = squeeze(priority);
    // `2 - High` is high: the number only sorts.
    let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let known = |word: &str| own.get(word).or_else(|| common.get(word));
    match known(&word).or_else(|| known(bare)) {
        Some(tag) => tags.push(tag.clone()),
        None if priority.is_empty() => {}
        None => {
            cells.mark(Field::Priority, "a priority that is not known here; kept in the notes", false);
            cells.keep(Field::Priority);
        }
    }
    tags.retain(|tag| !tag.is_empty());
    request.tags = tags;
}

/// What maps nowhere stands below the notes, so that nothing that was answered is lost.
fn fill_notes(request: &mut Request, cells: &Cells<'_>) {
    let kept = cells.kept();
    if kept.is_empty() {
        return;
    }
    let both = if request.notes.is_empty() { kept } else { format!("{}\n\n{kept}", request.notes) };
    bounds::within(&both, bounds::TEXT).clone_into(&mut request.notes);
}

fn fill_due(request: &mut Request, cells: &mut Cells<'_>) {
    request.due = cells.day(Field::Due);
    let said = cells.text(Field::Due);
    let is_in_words = cells.by_words.is_some();
    if (request.due.is_none() || is_in_words) && !said.is_empty() {
        request.due_reason = match request.due_reason.as_str() {
            "" => said.to_owned(),
            reason => format!("{said}: {reason}"),
        };
    }
}
