//! The tables of an export. Columns of requests have the names that the import knows, so that a file of
//! ours comes in again.

use crate::domain::field::{self, Field};
use crate::domain::meeting::Meeting;
use crate::domain::reflection::Entry;
use crate::domain::tier::Tier;
use crate::export::table::{Cell, csv};
use crate::ops::clock::Clock;
use crate::ops::queue::QueueRow;

use super::super::json::{LoadJson, instant};

/// Name of a column and what stands in it.
type Column<T> = (&'static str, fn(&T, Clock) -> Cell);

fn table<T>(columns: &[Column<T>], records: &[T], clock: Clock) -> String {
    let headers: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let row = |record: &T| columns.iter().map(|(_, cell)| cell(record, clock)).collect();
    csv(&headers, &records.iter().map(row).collect::<Vec<_>>())
}

fn yes(is_so: bool) -> Cell {
    Cell::maybe(is_so.then_some("yes"))
}

/// Hours to two places; whole ones without.
fn hours(minutes: i64) -> Cell {
    Cell::exact(&crate::domain::minutes::Minutes(minutes).as_hours())
}

const REQUESTS: [Column<QueueRow>; 38] = [
    ("Key", |row, _| Cell::exact(&row.request.id)),
    ("Title", |row, _| Cell::text(&row.request.title)),
    ("Ask", |row, _| Cell::text(&row.request.ask)),
    ("Requester", |row, _| Cell::text(&row.request.requester)),
    ("Brand", |row, _| Cell::text(&row.request.brand)),
    ("Channel", |row, _| Cell::text(&row.request.channel)),
    ("Outcome", |row, _| Cell::text(&row.request.outcome)),
    ("Lever", |row, _| Cell::maybe(row.request.lever)),
    ("Measure", |row, _| Cell::text(&row.request.measure)),
    ("Audience", |row, _| Cell::text(&row.request.audience)),
    ("Message", |row, _| Cell::text(&row.request.message)),
    ("Deliverables", |row, _| Cell::text(&row.request.deliverables)),
    ("Asset count", |row, _| Cell::maybe(row.request.asset_count)),
    ("Due", |row, _| Cell::maybe(row.request.due)),
    ("Hard deadline", |row, _| yes(row.request.is_due_hard)),
    ("Due reason", |row, _| Cell::text(&row.request.due_reason)),
    ("Decider", |row, _| Cell::text(&row.request.decider)),
    ("Inputs", |row, _| Cell::text(&row.request.inputs)),
    ("Stage", |row, _| Cell::exact(&row.request.stage)),
    ("Blocked", |row, _| match &row.request.blocked {
        Some(blocked) if blocked.reason.trim().is_empty() => Cell::exact(&"yes"),
        Some(blocked) => Cell::text(&blocked.reason),
        None => Cell::text(""),
    }),
    ("Tier", |row, _| Cell::maybe(row.request.tier.map(Tier::number))),
    ("Estimated hours", |row, _| row.request.estimate.map_or(Cell::text(""), |minutes| hours(minutes.0))),
    ("Value", |row, _| Cell::maybe(row.request.value)),
    ("Time criticality", |row, _| Cell::maybe(row.request.time_criticality)),
    ("Risk", |row, _| Cell::maybe(row.request.risk)),
    ("Score", |row, _| Cell::exact(&format!("{:.2}", row.score.total()))),
    ("Readiness", |row, _| Cell::exact(&row.readiness.points)),
    ("Rounds", |row, _| Cell::exact(&row.request.rounds)),
    ("Tags", |row, _| Cell::text(row.request.tags.join(", "))),
    ("Assignee", |row, _| Cell::text(row.people.first().cloned().unwrap_or_default())),
    ("Others", |row, _| Cell::text(row.people.iter().skip(1).cloned().collect::<Vec<_>>().join(", "))),
    ("Created", |row, clock| Cell::exact(&instant(clock, row.request.created))),
    ("Began", |row, clock| Cell::maybe(row.request.started.map(|at| instant(clock, at)))),
    ("Delivered", |row, clock| Cell::maybe(row.request.delivered.map(|at| instant(clock, at)))),
    ("Came from", |row, _| Cell::text(&row.request.source)),
    ("Link", |row, _| Cell::text(&row.request.url)),
    ("Notes", |row, _| Cell::text(&row.request.notes)),
    ("At risk", |row, _| Cell::text(row.reasons.join("; "))),
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

/// Requests.
pub fn requests(rows: &[QueueRow], clock: Clock) -> String {
    let others: Vec<Field> = field::texts().filter(|field| !NAMED.contains(field)).collect();
    let heads: Vec<String> = others.iter().map(|field| capital(field.name())).collect();
    let headers: Vec<&str> =
        REQUESTS.iter().map(|(name, _)| *name).chain(heads.iter().map(String::as_str)).collect();
    let row = |row: &QueueRow| {
        let own = REQUESTS.iter().map(|(_, cell)| cell(row, clock));
        own.chain(others.iter().map(|field| Cell::text(field::get(&row.request, *field)))).collect()
    };
    csv(&headers, &rows.iter().map(row).collect::<Vec<_>>())
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The load, a row for each person and day.
pub fn load(load: &LoadJson) -> String {
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
                Cell::text(person.handle.clone().unwrap_or_default()),
                Cell::text(&person.name),
                Cell::text(&person.discipline),
                Cell::exact(&cell.date),
                hours(cell.effective_minutes),
                hours(cell.planning_minutes),
                hours(cell.confirmed_minutes),
                hours(cell.tentative_minutes),
                hours(cell.unknown_minutes),
                Cell::exact(&cell.state),
            ]);
        }
    }
    csv(&headers, &rows)
}

/// Meetings.
pub fn meetings(meetings: &[Meeting]) -> String {
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
            Cell::exact(&meeting.key.to_string()),
            Cell::text(&meeting.title),
            Cell::text(&meeting.series),
            Cell::exact(&meeting.kind),
            Cell::exact(&meeting.start.to_rfc3339()),
            Cell::exact(&meeting.end.to_rfc3339()),
            yes(meeting.is_all_day),
            Cell::exact(&meeting.status),
            Cell::text(meeting.attendees.join("; ")),
            Cell::text(&meeting.location),
            Cell::text(&meeting.intent),
            Cell::text(&meeting.if_then),
            Cell::text(&meeting.predicted),
            yes(meeting.is_reflected),
        ]
    };
    csv(&headers, &meetings.iter().map(row).collect::<Vec<_>>())
}

const REFLECTIONS: [Column<Entry>; 13] = [
    ("Meeting", |entry, _| Cell::exact(&entry.reflection.meeting.to_string())),
    ("Series", |entry, _| Cell::text(&entry.series)),
    ("Kind", |entry, _| Cell::exact(&entry.kind)),
    ("Start", |entry, clock| Cell::exact(&instant(clock, entry.start))),
    ("Stance", |entry, _| Cell::exact(&entry.reflection.stance)),
    ("Calm", |entry, _| Cell::maybe(entry.reflection.presence.map(|presence| presence.calm))),
    ("Engaged", |entry, _| Cell::maybe(entry.reflection.presence.map(|presence| presence.engaged))),
    ("Said first", |entry, _| Cell::maybe(entry.reflection.first)),
    ("Expansion", |entry, _| Cell::maybe(entry.reflection.expansion)),
    ("Contraction", |entry, _| Cell::maybe(entry.reflection.contraction)),
    ("Decision", |entry, _| Cell::maybe(entry.reflection.touched)),
    ("Moment", |entry, _| Cell::text(&entry.reflection.moment)),
    ("If-then", |entry, _| Cell::text(&entry.reflection.if_then)),
];

/// Reflections.
pub fn reflections(entries: &[Entry], clock: Clock) -> String {
    table(&REFLECTIONS, entries, clock)
}
