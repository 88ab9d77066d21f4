//! The week on the one question: how I was in the room beside the evidence, what was freed and where it went, what is
//! owed, what moved, and what was traded against what.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::trends;
use crate::domain::day;
use crate::domain::document::{Block, Document, Figure, Line};
use crate::domain::ids::MeetingId;
use crate::domain::influence::{Promise, Way};
use crate::domain::ledger;
use crate::domain::meeting::{OccurrenceKey, predictions};
use crate::domain::outcome;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::reflection::trend::{Entry, Trend};
use crate::ops::books::Books;
use crate::ops::books::standing::{FrictionStanding, Sources, Standing};
use crate::ops::reflect::stance_words;
use crate::ops::{Desk, OpsError};
use crate::plain;

/// How many frictions a review names.
const FRICTIONS: usize = 3;

/// A stretch of days that is looked back at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// The week of a day, Monday to Sunday.
#[must_use]
pub fn week_of(on: NaiveDate) -> Span {
    let from = day::monday(on);
    Span { from, to: day::plus(from, 6) }
}

impl Span {
    /// True if a day lies in it.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Everything that a review is told from.
pub struct Gathered {
    /// Today.
    pub today: NaiveDate,
    /// Which days.
    pub span: Span,
    /// All reflections, oldest first, with the local day of their meeting.
    pub entries: Vec<(NaiveDate, Entry)>,
    /// How many questions were predicted for the meetings of the span.
    predicted: HashMap<OccurrenceKey, usize>,
    /// The records.
    pub books: Books,
    /// How they stand.
    pub standing: Standing,
    /// Others look on.
    pub is_presenting: bool,
}

impl Gathered {
    /// Reflections of the span.
    pub fn own(&self) -> Vec<&Entry> {
        self.entries.iter().filter(|(day, _)| self.span.holds(*day)).map(|(_, entry)| entry).collect()
    }

    /// A receipt of the span over some records.
    pub fn figure(
        &self,
        value: f64,
        unit: &str,
        definition: &str,
        keys: impl IntoIterator<Item = RecordKey>,
    ) -> Figure {
        let keys: Vec<String> = keys.into_iter().map(|key| key.to_string()).collect();
        Figure {
            value,
            unit: unit.to_owned(),
            n: u32::try_from(keys.len()).unwrap_or(u32::MAX),
            from: Some(self.span.from),
            to: Some(self.span.to),
            definition: definition.to_owned(),
            keys,
        }
    }
}

/// A count as a figure's value.
pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

impl Desk {
    /// Reads what a review of some days is told from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gather_review(&self, span: Span) -> Result<Gathered, OpsError> {
        let books = self.books()?;
        let today = self.today();
        let found = self.queue_and_load(day::monday(today)..day::plus(today, 56))?;
        let standing = self.standing(&Sources { books: &books, rows: &found.rows, model: &found.model })?;
        let local = |entry: Entry| (self.clock.local(entry.start).date_naive(), entry);
        let entries: Vec<(NaiveDate, Entry)> = self.entries()?.into_iter().map(local).collect();
        let mut ids: Vec<MeetingId> = entries
            .iter()
            .filter(|(on, _)| span.holds(*on))
            .map(|(_, entry)| entry.reflection.meeting.meeting)
            .collect();
        ids.dedup();
        let notes = self.store.meeting_notes(&ids)?;
        Ok(Gathered {
            today,
            span,
            predicted: notes
                .into_iter()
                .map(|(key, note)| (key, predictions(&note.predicted).len()))
                .collect(),
            entries,
            books,
            standing,
            is_presenting: self.is_presenting,
        })
    }

    /// The review of the week of a day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn week_review(&self, on: NaiveDate) -> Result<Document, OpsError> {
        let span = week_of(on);
        let from = span.from;
        let it = self.gather_review(span)?;
        let mut blocks = vec![question(&it)];
        blocks.extend(rooms(&it));
        blocks.extend([headroom(&it), frictions(&it), promises(&it), outcomes(&it)]);
        blocks.extend([decisions(&it), trades(&it), raised(&it)]);
        blocks.extend(trends::blocks(&it));
        let document = Document {
            title: format!("Week of {}", day::day_near(from, it.today)),
            subtitle: "Am I representing operations or am I shaping strategy?".to_owned(),
            blocks,
        };
        Ok(document.naming_keys(&self.config.hints))
    }
}

/// Stance, presence and shape rate beside each other; a count where a percentage would pretend.
fn question(it: &Gathered) -> Block {
    let own = it.own();
    let mut lines = Vec::new();
    if it.is_presenting {
        lines.push(Line::new("Reflections are hidden while you present."));
    } else if own.is_empty() {
        lines.push(
            Line::new("No reflection this week")
                .hinting("{reflect} after a meeting takes a minute, and this page answers."),
        );
    } else {
        let trend = Trend::of(&own);
        let keys: Vec<RecordKey> = own.iter().map(|entry| entry.reflection.meeting.clone().into()).collect();
        let shaped = f64::from(trend.shape.part);
        let text = format!("Shaped {} in leadership meetings", trend.shape);
        let definition = "leadership meetings in which a decision was framed, changed or stopped";
        lines.push(Line::new(text).with(it.figure(shaped, "", definition, keys.clone())));
        let asked = format!("They asked what if, could we: {}", trend.expansion);
        let definition = "expansion questions out of all that were counted";
        lines.push(Line::new(asked).with(it.figure(f64::from(trend.expansion.part), "", definition, keys)));
        lines.extend(presence(&own));
        lines.extend(kept(&own));
        lines.extend(anticipation(&own, it));
    }
    Block { is_lead: false, ..Block::new("The question", lines) }
}

fn presence(own: &[&Entry]) -> Option<Line> {
    let told: Vec<String> = own
        .iter()
        .filter_map(|entry| entry.reflection.presence)
        .map(|presence| format!("{}{}", presence.calm, presence.engaged))
        .collect();
    (!told.is_empty()).then(|| Line::new(format!("Presence, calm then engaged, 1 to 5: {}", told.join("  "))))
}

fn kept(own: &[&Entry]) -> Option<Line> {
    let told: Vec<bool> = own.iter().filter_map(|entry| entry.reflection.kept).collect();
    let done = told.iter().filter(|kept| **kept).count();
    (!told.is_empty()).then(|| Line::new(format!("If-thens kept: {done} of {}", told.len())))
}

/// Predicted questions that came up, out of those that were predicted for meetings that were reflected on.
fn anticipation(own: &[&Entry], it: &Gathered) -> Option<Line> {
    let came: usize = own.iter().map(|entry| entry.reflection.came_up.len()).sum();
    let of = |entry: &&Entry| it.predicted.get(&entry.reflection.meeting).copied().unwrap_or(0);
    let predicted: usize = own.iter().map(of).sum();
    let keys = own.iter().filter(|entry| of(entry) > 0).map(|entry| entry.reflection.meeting.clone().into());
    let figure = it.figure(count(came), "", "predicted questions that came up, out of all predicted", keys);
    (predicted > 0).then(|| {
        Line::new(format!("Anticipated: {came} of {predicted} predicted questions came up")).with(figure)
    })
}

/// What happened in each room, and what tipped it.
fn rooms(it: &Gathered) -> Option<Block> {
    let told = |entry: &&Entry| {
        let reflection = &entry.reflection;
        let moment =
            if reflection.moment.is_empty() { String::new() } else { format!(": {}", reflection.moment) };
        let text =
            format!("{} — {} {}{moment}", entry.series, reflection.stance, stance_words(reflection.stance));
        Line::new(text).about([reflection.meeting.to_string()])
    };
    let lines: Vec<Line> = it.own().iter().map(told).collect();
    (!lines.is_empty()).then(|| Block::new("What tipped it", lines))
}

fn headroom(it: &Gathered) -> Block {
    let end = it.span.to.min(it.today);
    let now = ledger::total(&it.books.gains, &it.books.redirects, end);
    if it.books.gains.is_empty() {
        let hint =
            "when a change saves hours, {outcomes} then {add-record} notes the gain and where the hours go.";
        return Block::new("Headroom", vec![Line::new("Nothing freed is noted").hinting(hint)]);
    }
    let keys: Vec<RecordKey> = it.books.gains.iter().map(Record::key).collect();
    let text =
        format!("{} a week freed, {} redirected, {} unspoken for", now.freed, now.redirected, now.unspoken());
    let figure =
        it.figure(now.freed.as_hours(), "h a week", "hours of all gains that hold on the last day", keys);
    let mut lines = vec![Line::new(text).with(figure)];
    for gain in it.standing.gains.iter().filter(|gain| gain.unspoken_since.is_some()) {
        let days = gain.unspoken_since.map_or(0, |since| (it.today - since).num_days());
        let text =
            format!("Evaporating: {} a week of {}, {days} days", gain.balance.unspoken(), gain.gain.text);
        lines.push(Line::warn(text).about([gain.gain.id]));
    }
    for redirect in it.books.redirects.iter().filter(|it_| it_.result_on.is_some_and(|on| it.span.holds(on)))
    {
        let text = format!("{} a week onto {} came to: {}", redirect.hours, redirect.target, redirect.result);
        lines.push(Line::good(text).about([redirect.id]));
    }
    Block::new("Headroom", lines)
}

fn frictions(it: &Gathered) -> Block {
    let open: Vec<&FrictionStanding> =
        it.standing.frictions.iter().filter(|it| it.friction.is_open()).collect();
    let told = |it: &&FrictionStanding| {
        Line::new(format!("{}: {}", it.friction.text, it.cost.terms())).about([it.friction.id])
    };
    let mut lines: Vec<Line> = open.iter().take(FRICTIONS).map(told).collect();
    let proposed = it.standing.proposals.len();
    if proposed > 0 {
        lines.push(Line::new(format!("The data proposes {proposed} more")).hinting("{change} shows them"));
    }
    if lines.is_empty() {
        lines.push(Line::new("None open").hinting("{capture} f files one in a line."));
    }
    Block::new("Friction by cost", lines)
}

/// Kept, overdue, and due until the end of the week after.
fn promises(it: &Gathered) -> Block {
    let whom = |promise: &Promise| {
        if promise.way == Way::To { format!("to {}", promise.whom) } else { format!("from {}", promise.whom) }
    };
    let mut lines = Vec::new();
    for promise in it.books.promises.iter().filter(|promise| promise.kept.is_some_and(|on| it.span.holds(on)))
    {
        lines.push(Line::good(format!("Kept {}: {}", whom(promise), promise.text)).about([promise.id]));
    }
    let horizon = day::plus(it.span.to.max(it.today), 7);
    let mut due: Vec<&Promise> = it
        .books
        .promises
        .iter()
        .filter(|promise| promise.is_open() && promise.due.is_some_and(|on| on <= horizon))
        .collect();
    due.sort_by_key(|promise| (promise.due, promise.id));
    for promise in due {
        let on = promise.due.map_or_else(String::new, |on| format!(", {}", day::due_words(on, it.today)));
        let text = format!("{}: {}{on}", whom(promise), promise.text);
        let is_late = promise.due.is_some_and(|on| on < it.today);
        lines.push(if is_late { Line::warn(text) } else { Line::new(text) }.about([promise.id]));
    }
    if lines.is_empty() {
        lines.push(Line::new("None due").hinting("{capture} p files one in a line."));
    }
    Block::new("Promises", lines)
}

/// Readings of the span against the one before.
fn outcomes(it: &Gathered) -> Block {
    let mut lines = Vec::new();
    for standing in &it.standing.outcomes {
        let own: Vec<_> = standing.readings.iter().filter(|reading| it.span.holds(reading.day)).collect();
        let Some(last) = own.last() else { continue };
        let before =
            standing.readings.iter().rfind(|reading| reading.day < it.span.from).map(|reading| reading.value);
        let was = before
            .or(standing.outcome.baseline)
            .map_or_else(String::new, |was| format!(", was {}", standing.outcome.figure(was)));
        let pace = outcome::progress(&standing.outcome, &it.books.readings, it.today)
            .pace()
            .map_or_else(String::new, |pace| format!(", {pace}"));
        let text = format!("{}: {}{was}{pace}", standing.outcome.name, standing.outcome.figure(last.value));
        let key = RecordKey::Numbered(Kind::Outcome, standing.outcome.id.0);
        let figure = Figure {
            n: u32::try_from(own.len()).unwrap_or(0),
            ..it.figure(last.value, &standing.outcome.unit, &standing.outcome.metric, vec![key])
        };
        lines.push(Line::new(text).about([standing.outcome.id]).with(figure));
    }
    let still = it.standing.outcomes.len() - lines.len();
    if it.standing.outcomes.is_empty() {
        lines.push(
            Line::new("No outcome is followed yet")
                .hinting("{outcomes} then {add-record} adds one with a baseline and a target."),
        );
    } else if still > 0 {
        lines.push(Line::new(format!("{still} without a reading this week")));
    }
    Block::new("Outcomes moved", lines)
}

fn decisions(it: &Gathered) -> Block {
    let mut lines = Vec::new();
    for decision in
        it.books.decisions.iter().filter(|decision| decision.decided.is_some_and(|on| it.span.holds(on)))
    {
        let changed =
            if decision.changed.is_empty() { String::new() } else { format!("; we {}", decision.changed) };
        lines.push(
            Line::good(format!("{} {}{changed}", decision.question, decision.result)).about([decision.id]),
        );
    }
    for decision in it.books.decisions.iter().filter(|decision| decision.is_to_check(it.today)) {
        lines
            .push(Line::warn(format!("Did it come as expected? {}", decision.question)).about([decision.id]));
    }
    let open = it.books.decisions.iter().filter(|decision| decision.is_open());
    let keys: Vec<RecordKey> = open.map(Record::key).collect();
    lines.push(Line::new(format!("{} open", keys.len())).about(keys));
    Block::new("Decisions", lines)
}

/// What the business traded against what.
fn trades(it: &Gathered) -> Block {
    let told = |swap: &crate::domain::tie::Swap| {
        let note = if swap.note.is_empty() { String::new() } else { format!(": {}", swap.note) };
        let text = format!(
            "{} moved by {} for {}{note}",
            swap.moved_id,
            day::working_days(swap.days),
            swap.taken_id
        );
        Line::new(text).about([swap.moved_id, swap.taken_id])
    };
    let mut lines: Vec<Line> =
        it.books.swaps.iter().filter(|swap| it.span.holds(swap.day)).map(told).collect();
    if lines.is_empty() {
        lines.push(Line::new("Nothing was moved for anything else."));
    }
    Block::new("Trade-offs", lines)
}

/// What has to be said soon, and what connects.
fn raised(it: &Gathered) -> Block {
    let mut lines: Vec<Line> = it
        .books
        .risks
        .iter()
        .filter(|risk| risk.is_to_raise(it.today))
        .map(|risk| Line::warn(format!("Raise {}: {}", risk.id, risk.text)).about([risk.id]))
        .collect();
    for overlap in it.standing.overlaps.iter().take(2) {
        lines.push(Line::new(plain::cut(&overlap.line, 200)).about(overlap.keys.clone()));
    }
    let unaimed = it.standing.outcomes.iter().filter(|outcome| outcome.requests.is_empty());
    let keys: Vec<RecordKey> = unaimed.map(|it| it.outcome.key()).collect();
    if !keys.is_empty() {
        let many = if keys.len() == 1 { "outcome has" } else { "outcomes have" };
        lines.push(Line::warn(format!("{} {many} nothing under way", keys.len())).about(keys));
    }
    if lines.is_empty() {
        lines.push(Line::new("Nothing waits to be said."));
    }
    Block::new("To anticipate", lines)
}
