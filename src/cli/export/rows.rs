//! The tables of an export. Columns of requests have the names that the import knows, so that a file of
//! ours comes in again.

use crate::domain::document::{PrivateNames, covered};
use crate::domain::field::{self, Field};
use crate::domain::meeting::Meeting;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::tier::Tier;
use crate::export::table::{CsvCell, csv};
use crate::ops::clock::Clock;
use crate::ops::queue::QueueRow;

use super::super::json::{LoadJson, instant};

/// Name of a column and what stands in it.
type ExportColumn<T> = (&'static str, fn(&T, &Clock) -> CsvCell);

fn table<T>(columns: &[ExportColumn<T>], records: &[T], clock: &Clock, names: &PrivateNames) -> String {
    let headers: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let row = |record: &T| columns.iter().map(|(_, cell)| cell(record, clock)).collect();
    written(&headers, records.iter().map(row).collect(), names)
}

/// A table in which whoever is private is not named.
fn written(headers: &[&str], mut rows: Vec<Vec<CsvCell>>, names: &PrivateNames) -> String {
    if !names.is_empty() {
        for cell in rows.iter_mut().flatten() {
            if let CsvCell::Text(text) = cell {
                *text = covered(text, names);
            }
        }
    }
    csv(headers, &rows)
}

// `exact` is for what only this program forms. What people wrote goes as `text`, which is made harmless: a
// spreadsheet runs a cell that begins with `=`.
fn yes(is_so: bool) -> CsvCell {
    CsvCell::maybe(is_so.then_some("yes"))
}

/// Hours to two places; whole ones without.
fn hours(minutes: i64) -> CsvCell {
    CsvCell::exact(&crate::domain::minutes::Minutes(minutes).as_hours())
}

const REQUESTS: [ExportColumn<QueueRow>; 43] = [
    ("Key", |row, _| CsvCell::exact(&row.request.id)),
    ("Title", |row, _| CsvCell::text(&row.request.title)),
    ("Ask", |row, _| CsvCell::text(&row.request.ask)),
    ("Requester", |row, _| CsvCell::text(&row.request.requester)),
    ("Brand", |row, _| CsvCell::text(&row.request.brand)),
    ("Channel", |row, _| CsvCell::text(&row.request.channel)),
    ("Outcome", |row, _| CsvCell::text(&row.request.outcome)),
    ("Lever", |row, _| CsvCell::maybe(row.request.lever)),
    ("Measure", |row, _| CsvCell::text(&row.request.measure)),
    ("Audience", |row, _| CsvCell::text(&row.request.audience)),
    ("Message", |row, _| CsvCell::text(&row.request.message)),
    ("Deliverables", |row, _| CsvCell::text(&row.request.deliverables)),
    ("Asset count", |row, _| CsvCell::maybe(row.request.asset_count)),
    ("Due", |row, _| CsvCell::maybe(row.request.due)),
    ("Hard deadline", |row, _| yes(row.request.is_due_hard)),
    ("Due reason", |row, _| CsvCell::text(&row.request.due_reason)),
    ("Decider", |row, _| CsvCell::text(&row.request.decider)),
    ("Inputs", |row, _| CsvCell::text(&row.request.inputs)),
    ("Stage", |row, _| CsvCell::exact(&row.request.stage)),
    ("Blocked", |row, _| match &row.request.blocked {
        // An empty cell would come in again as not blocked.
        Some(blocked) => CsvCell::text(blocked.word()),
        None => CsvCell::text(""),
    }),
    ("Tier", |row, _| CsvCell::maybe(row.request.tier.map(Tier::number))),
    ("Estimated hours", |row, _| row.request.estimate.map_or(CsvCell::text(""), |minutes| hours(minutes.0))),
    ("Value", |row, _| CsvCell::maybe(row.request.value)),
    ("Time criticality", |row, _| CsvCell::maybe(row.request.time_criticality)),
    ("Risk", |row, _| CsvCell::maybe(row.request.risk)),
    ("Score", |row, _| CsvCell::exact(&format!("{:.2}", row.score.total()))),
    ("Readiness", |row, _| CsvCell::exact(&row.readiness.points)),
    ("Rounds", |row, _| CsvCell::exact(&row.request.rounds)),
    ("Tags", |row, _| CsvCell::text(row.request.tags.join(", "))),
    // The first apart from the others, because the import takes one assignee, as the tools do that tables come
    // from.
    ("Assignee", |row, _| CsvCell::text(row.people.first().cloned().unwrap_or_default())),
    ("Others", |row, _| CsvCell::text(row.people.iter().skip(1).cloned().collect::<Vec<_>>().join(", "))),
    ("Created", |row, clock| CsvCell::exact(&instant(clock, row.request.created))),
    ("Began", |row, clock| CsvCell::maybe(row.request.started.map(|at| instant(clock, at)))),
    ("Delivered", |row, clock| CsvCell::maybe(row.request.delivered.map(|at| instant(clock, at)))),
    ("Came from", |row, _| CsvCell::text(&row.request.source)),
    ("Link", |row, _| CsvCell::text(&row.request.url)),
    ("Notes", |row, _| CsvCell::text(&row.request.notes)),
    ("At risk", |row, _| CsvCell::text(row.reasons.join("; "))),
    ("First agreed", |row, _| CsvCell::maybe(row.request.first_agreed_due)),
    ("Due moves", |row, _| CsvCell::exact(&row.request.due_moves)),
    ("Blocked since", |row, _| CsvCell::maybe(row.request.blocked.as_ref().map(|blocked| blocked.since))),
    ("Ready", |row, clock| CsvCell::maybe(row.request.ready.map(|at| instant(clock, at)))),
    ("Stage since", |row, clock| CsvCell::exact(&instant(clock, row.request.stage_since))),
];

/// Texts of a request that [`REQUESTS`] has under names of long standing; every other text follows behind.
const NAMED: [Field; 15] = [
    Field::Title,
    Field::Ask,
    Field::Requester,
    Field::Brand,
    Field::Channel,
    Field::Outcome,
    Field::Measure,
    Field::Audience,
    Field::Message,
    Field::Deliverables,
    Field::Because,
    Field::Decider,
    Field::Inputs,
    Field::Url,
    Field::Notes,
];

/// Every row says after which operation it was written, `as_of`: imported again, what was changed in the file is told
/// from what was changed here since.
pub fn requests(rows: &[QueueRow], clock: &Clock, names: &PrivateNames, as_of: &str) -> String {
    let others: Vec<Field> = field::texts().filter(|field| !NAMED.contains(field)).collect();
    let heads: Vec<String> = others.iter().map(|field| capital(field.name())).collect();
    let headers: Vec<&str> = REQUESTS
        .iter()
        .map(|(name, _)| *name)
        .chain(heads.iter().map(String::as_str))
        .chain(["As of"])
        .collect();
    let row = |row: &QueueRow| {
        let own = REQUESTS.iter().map(|(_, cell)| cell(row, clock));
        let texts = others.iter().map(|field| CsvCell::text(field::get(&row.request, *field)));
        own.chain(texts).chain([CsvCell::exact(&as_of)]).collect()
    };
    written(&headers, rows.iter().map(row).collect(), names)
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The load, a row for each person and day.
pub fn load(load: &LoadJson, names: &PrivateNames) -> String {
    let headers = [
        "Person",
        "Name",
        "Discipline",
        "Date",
        "Effective hours",
        "Planning hours",
        "Confirmed hours",
        "Tentative hours",
        "Unknown hours",
        "State",
    ];
    let mut rows = Vec::new();
    for person in &load.people {
        for cell in &person.cells {
            rows.push(vec![
                CsvCell::text(person.handle.clone().unwrap_or_default()),
                CsvCell::text(&person.name),
                CsvCell::text(&person.discipline),
                CsvCell::exact(&cell.date),
                hours(cell.effective_minutes),
                hours(cell.planning_minutes),
                hours(cell.confirmed_minutes),
                hours(cell.tentative_minutes),
                hours(cell.unknown_minutes),
                CsvCell::exact(&cell.state),
            ]);
        }
    }
    written(&headers, rows, names)
}

pub fn meetings(meetings: &[Meeting], names: &PrivateNames) -> String {
    let headers = [
        "Key",
        "Title",
        "Series",
        "Kind",
        "Start",
        "End",
        "All day",
        "Status",
        "Attendees",
        "Location",
        "Intent",
        "If-then",
        "Predicted",
        "Reflected",
    ];
    let row = |meeting: &Meeting| {
        vec![
            CsvCell::exact(&meeting.key.to_string()),
            CsvCell::text(&meeting.title),
            CsvCell::text(&meeting.series),
            CsvCell::exact(&meeting.kind_name()),
            CsvCell::exact(&meeting.start.to_rfc3339()),
            CsvCell::exact(&meeting.end.to_rfc3339()),
            yes(meeting.is_all_day),
            CsvCell::exact(&meeting.status),
            CsvCell::text(meeting.attendees.join("; ")),
            CsvCell::text(&meeting.location),
            CsvCell::text(&meeting.intent),
            CsvCell::text(&meeting.if_then),
            CsvCell::text(&meeting.predicted),
            yes(meeting.is_reflected),
        ]
    };
    written(&headers, meetings.iter().map(row).collect(), names)
}

const REFLECTIONS: [ExportColumn<ReflectionEntry>; 13] = [
    ("Meeting", |entry, _| CsvCell::exact(&entry.reflection.meeting.to_string())),
    ("Series", |entry, _| CsvCell::text(&entry.series)),
    ("Kind", |entry, _| CsvCell::exact(&entry.kind)),
    ("Start", |entry, clock| CsvCell::exact(&instant(clock, entry.start))),
    ("Stance", |entry, _| CsvCell::exact(&entry.reflection.stance)),
    ("Calm", |entry, _| CsvCell::maybe(entry.reflection.presence.map(|presence| presence.calm))),
    ("Engaged", |entry, _| CsvCell::maybe(entry.reflection.presence.map(|presence| presence.engaged))),
    ("Said first", |entry, _| CsvCell::maybe(entry.reflection.first)),
    ("Expansion", |entry, _| CsvCell::maybe(entry.reflection.expansion)),
    ("Contraction", |entry, _| CsvCell::maybe(entry.reflection.contraction)),
    ("Decision", |entry, _| CsvCell::maybe(entry.reflection.touched)),
    ("Moment", |entry, _| CsvCell::text(&entry.reflection.moment)),
    ("If-then", |entry, _| CsvCell::text(&entry.reflection.if_then)),
];

pub fn reflections(entries: &[ReflectionEntry], clock: &Clock, names: &PrivateNames) -> String {
    table(&REFLECTIONS, entries, clock, names)
}
