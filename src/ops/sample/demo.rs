//! The demo studio, from `assets/demo.toml`: believable on any day, because all its days count from today.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::Deserialize;

use crate::domain::allocation::{Allocation, LeftSaid, Shape};
use crate::domain::day;
use crate::domain::ids::{AllocationId, MeetingId, PersonId, RequestId};
use crate::domain::meeting::{
    CalendarEvent, EventSpec, MeetingStatus, Moment, OccurrenceKey, Recurrence, ShowsAs,
};
use crate::domain::minutes::Minutes;
use crate::domain::person::parse_week;
use crate::domain::person::{Absence, Contract, Factor, Holiday, Person};
use crate::domain::record::{Kind, Record, TableRow, of_kind};
use crate::domain::reflection::{Presence, Reflection};
use crate::domain::request::{Blocked, Request};
use crate::domain::source::DataSource;
use crate::domain::stage::Stage;
use crate::domain::words::ParseContext;
use crate::domain::words::line;
use crate::domain::workdays::{self, WorkCalendar};
use crate::ops::clock::Clock;
use crate::ops::{Desk, OpsError};
use crate::store::{MeetingNote, MeetingRow, StoredReflection, Tx};

const DEMO: &str = include_str!("../../../assets/demo.toml");

#[derive(Deserialize)]
struct Demo {
    people: Vec<PersonLine>,
    outcomes: Vec<BTreeMap<String, String>>,
    records: Vec<BTreeMap<String, String>>,
    absences: Vec<AbsenceLine>,
    requests: Vec<RequestLine>,
    meetings: Vec<MeetingLine>,
    reflections: Vec<ReflectionLine>,
    sources: Vec<SourceLine>,
}

#[derive(Deserialize)]
struct SourceLine {
    name: String,
    what: String,
    way: String,
    place: String,
    every: Option<u32>,
}

#[derive(Deserialize)]
struct PersonLine {
    name: String,
    handle: String,
    discipline: String,
    hours: Option<String>,
    factor: Option<u8>,
    #[serde(default)]
    role: bool,
}

#[derive(Deserialize)]
struct AbsenceLine {
    who: String,
    from: u32,
    to: u32,
    hours: Option<i64>,
    #[serde(default)]
    tentative: bool,
    note: String,
}

#[derive(Deserialize)]
struct RequestLine {
    line: String,
    age: u32,
    stage: Option<String>,
    #[serde(default)]
    who: Vec<String>,
    blocked: Option<String>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    rounds: u32,
    #[serde(default)]
    moves: u32,
    #[serde(default)]
    ago: u32,
}

#[derive(Deserialize)]
struct MeetingLine {
    title: String,
    #[serde(default)]
    day: i64,
    #[serde(default)]
    weeks_ago: i64,
    at: String,
    minutes: i64,
    #[serde(default)]
    rule: String,
    with: Vec<String>,
}

#[derive(Deserialize)]
struct ReflectionLine {
    meeting: usize,
    back: i64,
    stance: u8,
    presence: String,
    first: String,
    plus: Option<u32>,
    minus: Option<u32>,
    touched: String,
    #[serde(default)]
    moment: String,
    #[serde(default)]
    if_then: String,
    #[serde(default)]
    came_up: Vec<String>,
    kept: Option<bool>,
    /// Hours that the team was over that morning.
    over: i64,
}

/// Today's facts that every line is placed by.
pub(super) struct DemoFrame {
    clock: Clock,
    now: DateTime<FixedOffset>,
    planning_factor: u8,
    today: NaiveDate,
    /// Monday of this week; at a weekend, of the next.
    monday: NaiveDate,
    /// Everybody's day off, late in the two weeks that the load shows first.
    company_day: Holiday,
    context: ParseContext,
}

impl DemoFrame {
    /// As of the desk's now.
    pub(super) fn new(desk: &Desk) -> Result<Self, OpsError> {
        let today = desk.today();
        // At a weekend the week that is over has nothing in it that could still be decided.
        let monday =
            if workdays::is_weekday(today) { day::monday(today) } else { day::monday(day::plus(today, 2)) };
        let off = day::plus(day::monday(today), 11);
        let company_day =
            Holiday { name: "Company day".to_owned(), from: off, to: off, ..Holiday::blank(today) };
        let mut context = desk.reading()?;
        // Every day of the demo is counted around it, so that no story of the first days moves.
        context.calendar = Arc::new(WorkCalendar::new(std::slice::from_ref(&company_day)));
        Ok(Self {
            clock: desk.clock.clone(),
            now: desk.now(),
            planning_factor: desk.config.planning_factor,
            today,
            monday,
            company_day,
            context,
        })
    }

    /// A working day counted from Monday.
    fn working(&self, days: u32) -> NaiveDate {
        self.context.calendar.after(self.monday, days)
    }

    /// So many working days ago, in the morning.
    fn ago(&self, days: u32) -> chrono::DateTime<chrono::Utc> {
        let mut back = self.today;
        let mut left = days;
        while left > 0 {
            back = day::plus(back, -1);
            left -= u32::from(workdays::is_weekday(back));
        }
        let morning = NaiveTime::from_hms_opt(9, 5, 0).unwrap_or(NaiveTime::MIN);
        // Whoever opens the demo before nine must not find work that was added later that morning.
        self.clock.instant(back.and_time(morning)).min(self.now.to_utc())
    }
}

/// Fills an open operation with the demo studio.
pub(super) fn fill(frame: &DemoFrame, tx: &Tx<'_>) -> Result<(), OpsError> {
    let demo: Demo = toml::from_str(DEMO)
        .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
    for line in &demo.people {
        tx.add_person(&person(line, frame)?)?;
    }
    let people = tx.people()?;
    let id_of = |handle: &str| {
        people.iter().find(|person| person.handle == handle).map_or(PersonId(0), |person| person.id)
    };
    for line in &demo.absences {
        tx.add_record(&mut Absence {
            person: id_of(&line.who),
            from: frame.working(line.from),
            to: frame.working(line.to),
            per_day: line.hours.map(Minutes::hours),
            is_tentative: line.tentative,
            note: line.note.clone(),
            ..Absence::blank(frame.today)
        })?;
    }
    // Before the requests, which name outcomes by their keys, as records do requests and meetings further down.
    for line in &demo.outcomes {
        record(line, frame, &[], tx)?;
    }
    tx.add_record(&mut frame.company_day.clone())?;
    for line in &demo.requests {
        let mut request = request(line, frame)?;
        // Nobody plans beyond the day that is still ahead.
        for share in &line.who {
            let (_, planned) = allocation(share, request.id, frame)?;
            if request.due.is_some_and(|due| due >= frame.today && due < planned.to) {
                request.due = Some(planned.to);
                request.first_agreed_due =
                    request.first_agreed_due.filter(|_| line.moves > 0).or(request.due);
            }
        }
        let id = super::past::add_with_its_brief(tx, &request)?;
        for share in &line.who {
            let (who, allocation) = allocation(share, id, frame)?;
            tx.add_allocation(&Allocation { person: id_of(who), ..allocation })?;
        }
        if let Some(share) = delivered_share(&Request { id, ..request }, &people, frame) {
            tx.add_allocation(&share)?;
        }
    }
    demo.sources.iter().try_for_each(|line| source(line, tx))?;
    let rooms = meetings(&demo, frame, tx)?;
    demo.records.iter().try_for_each(|line| record(line, frame, &rooms, tx))
}

/// Where data would come from again and again.
fn source(line: &SourceLine, tx: &Tx<'_>) -> Result<(), OpsError> {
    let (what, way) = (line.what.parse(), line.way.parse());
    let (what, way) = what.ok().zip(way.ok()).ok_or_else(|| wrong(&line.name))?;
    let source = DataSource::new(&line.name, what, way, &line.place);
    tx.add_source(&DataSource { every: line.every, ..source })?;
    Ok(())
}

/// A record of the books. Its meeting is said as a place in the list and how many weeks ago.
fn record(
    line: &BTreeMap<String, String>,
    frame: &DemoFrame,
    rooms: &[DemoRoom<'_>],
    tx: &Tx<'_>,
) -> Result<(), OpsError> {
    let kind: Kind = line
        .get("kind")
        .and_then(|kind| kind.parse().ok())
        .ok_or_else(|| wrong("a record without a kind"))?;
    of_kind!(kind, R => record_as::<R>(line, frame, rooms, tx), Err(wrong("a request among the records")))
}

fn record_as<R: Record>(
    line: &BTreeMap<String, String>,
    frame: &DemoFrame,
    rooms: &[DemoRoom<'_>],
    tx: &Tx<'_>,
) -> Result<(), OpsError> {
    let mut record = R::blank(frame.today);
    for (field, text) in line.iter().filter(|(field, _)| *field != "kind") {
        let text = if field == "meeting" { room_key(text, frame, rooms)?.to_string() } else { text.clone() };
        record.set(field, &text, &frame.context).map_err(|message| wrong(&format!("{field}: {message}")))?;
    }
    if let Some(fault) = record.fault() {
        return Err(wrong(&fault));
    }
    tx.add_record(&mut record)?;
    Ok(())
}

/// A meeting that was stored, with its first start and its line.
type DemoRoom<'a> = (MeetingId, DateTime<Utc>, &'a MeetingLine);

fn room_key(text: &str, frame: &DemoFrame, rooms: &[DemoRoom<'_>]) -> Result<OccurrenceKey, OpsError> {
    let (place, back) = text.split_once(' ').ok_or_else(|| wrong(text))?;
    let room = place.parse().ok().and_then(|place: usize| rooms.get(place)).ok_or_else(|| wrong(text))?;
    Ok(occurrence(room, back.parse().map_err(|_| wrong(text))?, frame).0)
}

/// The occurrence of a meeting some weeks ago, and when it began.
fn occurrence(
    (id, start, line): &DemoRoom<'_>,
    back: i64,
    frame: &DemoFrame,
) -> (OccurrenceKey, DateTime<Utc>) {
    if line.rule.is_empty() {
        return (OccurrenceKey { meeting: *id, occurrence: String::new() }, *start);
    }
    let at = *start + TimeDelta::weeks(line.weeks_ago - back);
    (OccurrenceKey { meeting: *id, occurrence: frame.clock.day_of(at).to_string() }, at)
}

fn wrong(text: &str) -> OpsError {
    OpsError::Rejected { message: format!("the demo has a line that cannot be read: {text}"), hint: None }
}

fn person(line: &PersonLine, frame: &DemoFrame) -> Result<Person, OpsError> {
    let contract = |hours: &String| {
        parse_week(hours, frame.context.day)
            // Long before the oldest work, whose past days need hours too.
            .map(|week| Contract { from: day::plus(frame.monday, -700), week })
    };
    let contracts = line.hours.as_ref().map(contract).transpose().map_err(|error| wrong(&error))?;
    Ok(Person {
        handle: line.handle.clone(),
        name: line.name.clone(),
        discipline: line.discipline.clone(),
        is_role: line.role,
        factor: Factor(line.factor.unwrap_or(frame.planning_factor)),
        contracts: contracts.into_iter().collect(),
        ..Person::blank(frame.today)
    })
}

/// A request that has come to its stage by the way of all requests.
fn request(demo: &RequestLine, frame: &DemoFrame) -> Result<Request, OpsError> {
    let parsed = line::parse(&demo.line, &frame.context);
    if let Some(problem) = parsed.problems.first() {
        return Err(wrong(&format!("{}: {}", problem.word, problem.message)));
    }
    let mut request = Request::new(&parsed.title, frame.ago(demo.age));
    request.ask.clone_from(&parsed.title);
    line::apply(&mut request, &parsed, &frame.context).map_err(|error| wrong(&error.to_string()))?;
    // Nothing is due at a weekend; what is late stays so, whatever day the demo is opened on.
    let calendar = &frame.context.calendar;
    request.due = request.due.map(|due| {
        if due < frame.today { calendar.before(day::plus(due, 1), 1) } else { calendar.on_or_after(due) }
    });
    let stage: Stage = demo.stage.as_deref().unwrap_or("new").parse().map_err(|_| wrong(&demo.line))?;
    if stage.is_committed() || stage == Stage::Delivered {
        request.ready = Some(frame.ago(demo.age * 2 / 3));
        request.first_agreed_due = request.due;
    }
    if matches!(stage, Stage::InProgress | Stage::InReview | Stage::Delivered) {
        request.started = Some(frame.ago(demo.age / 2));
    }
    if stage == Stage::Delivered {
        request.delivered = Some(frame.ago(demo.ago));
    }
    request.stage = stage;
    request.stage_since = request.delivered.or(request.started).or(request.ready).unwrap_or(request.created);
    demo.reason.clone_into(&mut request.stage_reason);
    request.rounds = demo.rounds;
    request.blocked =
        demo.blocked.clone().map(|reason| Blocked { reason, since: day::plus(frame.today, -1) });
    if demo.moves > 0 {
        // A date that was promised, moved, and is stale by now.
        request.first_agreed_due =
            request.due.map(|due| frame.context.calendar.on_or_after(day::plus(due, -14)));
        request.due_moves = demo.moves;
    }
    Ok(request)
}

/// Who did what is delivered, from when it began to the day before it went out: past weeks are counted from it.
fn delivered_share(request: &Request, people: &[Person], frame: &DemoFrame) -> Option<Allocation> {
    let local = |at: Option<chrono::DateTime<chrono::Utc>>| Some(frame.clock.day_of(at?));
    let (from, delivered) = (local(request.started)?, local(request.delivered)?);
    let team: Vec<&Person> = people.iter().filter(|person| !person.is_role).collect();
    // In turn by number and not by chance: the demo looks the same each time.
    let turn = usize::try_from(request.id.0).ok()?.checked_rem(team.len())?;
    Some(Allocation {
        id: AllocationId(0),
        request: request.id,
        person: team[turn].id,
        minutes: None,
        from,
        to: day::plus(delivered, -1).max(from),
        is_tentative: false,
        shape: Shape::Even,
        left: LeftSaid::NEW,
    })
}

/// `ana 20h 5-9`, `hugo ? 5-8`, `gra ~12h 5-9`, in working days from Monday; `eli 4h p3-p1` before it.
fn allocation<'a>(
    text: &'a str,
    request: RequestId,
    frame: &DemoFrame,
) -> Result<(&'a str, Allocation), OpsError> {
    let parts: Vec<&str> = text.split(' ').collect();
    let [who, hours, days] = parts.as_slice() else { return Err(wrong(text)) };
    let (from, to) = days.split_once('-').ok_or_else(|| wrong(text))?;
    let (tentative, hours) = hours.strip_prefix('~').map_or((false, *hours), |hours| (true, hours));
    let day_at = |text: &str| match text.strip_prefix('p') {
        Some(days) => days.parse().map(|days| frame.context.calendar.before(frame.monday, days)),
        None => text.parse().map(|days| frame.working(days)),
    };
    let day_at = |text: &str| day_at(text).map_err(|_| wrong(text));
    let length =
        |hours: &str| hours.trim_end_matches('h').parse().map(Minutes::hours).map_err(|_| wrong(text));
    let allocation = Allocation {
        id: AllocationId(0),
        request,
        person: PersonId(0),
        minutes: if hours == "?" { None } else { Some(length(hours)?) },
        from: day_at(from)?,
        to: day_at(to)?,
        is_tentative: tentative,
        shape: Shape::Even,
        left: LeftSaid::NEW,
    };
    Ok((who, allocation))
}

fn meetings<'a>(demo: &'a Demo, frame: &DemoFrame, tx: &Tx<'_>) -> Result<Vec<DemoRoom<'a>>, OpsError> {
    let mut stored = Vec::new();
    for (index, line) in demo.meetings.iter().enumerate() {
        let start = start(line, frame)?;
        let spec = EventSpec {
            title: line.title.clone(),
            start: Moment::Fixed(frame.clock.local(start)),
            minutes: line.minutes,
            attendees: line.with.clone(),
            location: String::new(),
            status: MeetingStatus::Confirmed,
            sequence: 0,
            shows_as: ShowsAs::Busy,
        };
        let recurrence = Recurrence { rule: line.rule.clone(), ..Recurrence::default() };
        let event = CalendarEvent { uid: format!("demo-{index}@tablesetter"), spec, recurrence, zone: None };
        let row = MeetingRow {
            id: MeetingId(0),
            event,
            is_typed: true,
            series: String::new(),
            kind: None,
            sources: Vec::new(),
            is_off: false,
        };
        stored.push((tx.add_meeting(&row)?, start, line));
    }
    for line in &demo.reflections {
        let Some(room) = stored.get(line.meeting) else { return Err(wrong(&line.moment)) };
        let (key, at) = occurrence(room, line.back, frame);
        tx.put_reflection(&StoredReflection {
            title: room.2.title.clone(),
            start: at,
            entry: reflection(line, key, at)?,
        })?;
    }
    let (key, _) = occurrence(&stored[1], 0, frame);
    let note = MeetingNote {
        if_then: "If asked how many, then name the outcome.".to_owned(),
        predicted: "How many assets is that?".to_owned(),
        ..MeetingNote::default()
    };
    tx.put_meeting_note(&key, &note)?;
    Ok(stored)
}

/// `soon` is the next half hour, or tomorrow morning when the day is over.
fn start(line: &MeetingLine, frame: &DemoFrame) -> Result<chrono::DateTime<chrono::Utc>, OpsError> {
    let now = frame.now;
    if line.at == "soon" {
        let base = now - TimeDelta::seconds(i64::from(now.second()));
        // Ten minutes away at least: whoever opens the demo should be able to look at what comes.
        let wait = 30 - i64::from(base.minute()) % 30 + if base.minute() % 30 > 20 { 30 } else { 0 };
        let mut next = base + TimeDelta::minutes(wait);
        if !(8..18).contains(&next.hour()) || next.date_naive() != frame.today {
            let tomorrow =
                frame.context.calendar.on_or_after(frame.today + Days::new(1)).and_hms_opt(10, 0, 0);
            next = tomorrow.map_or(next, |local| frame.clock.local(frame.clock.instant(local)));
        }
        return Ok(next.to_utc() - TimeDelta::weeks(line.weeks_ago));
    }
    let time = NaiveTime::parse_from_str(&line.at, "%H:%M").map_err(|_| wrong(&line.at))?;
    let mut on = day::plus(frame.today, line.day);
    while !workdays::is_weekday(on) {
        on = day::plus(on, if line.day < 0 { -1 } else { 1 });
    }
    Ok(frame.clock.instant(on.and_time(time)))
}

fn reflection(
    line: &ReflectionLine,
    meeting: OccurrenceKey,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<Reflection, OpsError> {
    let digits: Vec<u8> = line.presence.bytes().map(|digit| digit.saturating_sub(b'0')).collect();
    let [calm, engaged] = digits.as_slice() else { return Err(wrong(&line.presence)) };
    let counted = line.plus.is_some() || line.minus.is_some();
    Ok(Reflection {
        meeting,
        stance: line.stance,
        presence: Some(Presence { calm: *calm, engaged: *engaged }),
        first: Some(line.first.parse().map_err(|_| wrong(&line.first))?),
        expansion: counted.then(|| line.plus.unwrap_or(0)),
        contraction: counted.then(|| line.minus.unwrap_or(0)),
        touched: Some(line.touched.parse().map_err(|_| wrong(&line.touched))?),
        moment: line.moment.clone(),
        if_then: line.if_then.clone(),
        came_up: line.came_up.clone(),
        kept: line.kept,
        forced_over: Some(Minutes::hours(line.over)),
        // After the meeting, as every reflection is.
        written: at + TimeDelta::hours(1),
    })
}
