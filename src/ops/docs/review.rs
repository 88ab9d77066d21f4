//! The week on the one question: how I was in the room beside the evidence, what was freed and where it went, what is
//! owed, what moved, and what was traded against what.

mod due;
mod figures;
#[cfg(test)]
mod tests;
mod trends;

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::document::{Block, Document, Line, Point};
use crate::domain::friction::{Friction, FrictionCost};
use crate::domain::ids::FrictionId;
use crate::domain::influence::{Decision, Promise, Risk, Way};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::measures::{self, Facts, Span, rooms};
use crate::domain::meeting::MeetingKind;
use crate::domain::outcome::Outcome;
use crate::domain::record::{Record, RecordKey};
use crate::domain::reflection::ReflectionEntry;
use crate::ops::books::Books;
use crate::ops::books::report::{BooksReport, Sources};
use crate::ops::figures::{FigureReach, FigureSources};
use crate::ops::reflect::{stance_of_five, stance_words};
use crate::ops::{Desk, OpsError};
use crate::plain;
pub use figures::{fullness, said};

/// How many frictions a review names.
const FRICTIONS: usize = 3;

/// Everything that a review is told from.
pub struct ReviewSources {
    pub today: NaiveDate,
    pub span: Span,
    /// All reflections, oldest first, with the local day of their meeting.
    pub entries: Vec<(NaiveDate, ReflectionEntry)>,
    /// Leadership meetings of the span that a reflection is owed for.
    pub unreflected: usize,
    pub books: Books,
    /// What figures follow from.
    sources: FigureSources,
    /// How the books stand now; only looked at while the span is not over.
    report: Option<BooksReport>,
    /// Others look on, so that private words are left out.
    pub is_presenting: bool,
    /// Frictions that harm work for an outcome.
    serving: HashSet<FrictionId>,
}

impl ReviewSources {
    /// What figures follow from.
    pub fn facts(&self) -> Facts<'_> {
        self.sources.facts(&self.books)
    }

    /// The last day of the span that has come: what is told is what held at its end.
    pub fn end(&self) -> NaiveDate {
        self.span.to.min(self.today)
    }

    /// Reflections of the span.
    pub fn own(&self) -> Vec<&ReflectionEntry> {
        self.entries.iter().filter(|(day, _)| self.span.holds(*day)).map(|(_, entry)| entry).collect()
    }

    /// Outcomes that were followed in the span.
    pub fn outcomes(&self) -> Vec<&Outcome> {
        let facts = self.facts();
        let is_there = |outcome: &&Outcome| measures::outcomes::was_followed_in(&facts, outcome, self.span);
        let mut found: Vec<&Outcome> = self.books.outcomes.iter().filter(is_there).collect();
        found.sort_by_key(|outcome| {
            let progress = measures::outcomes::progress(&facts, outcome, self.span);
            (progress.urgency(), outcome.due.is_none(), outcome.due, outcome.id)
        });
        found
    }

    /// The local day of a reflection's meeting.
    pub fn local_day(&self, entry: &ReflectionEntry) -> NaiveDate {
        let own =
            |(_, known): &&(NaiveDate, ReflectionEntry)| known.reflection.meeting == entry.reflection.meeting;
        self.entries.iter().find(own).map_or_else(|| entry.start.date_naive(), |(day, _)| *day)
    }
}

impl Desk {
    /// Reads what a review of some days is told from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gather_review(&self, span: Span) -> Result<ReviewSources, OpsError> {
        let books = self.books_by(span.to)?;
        let today = self.today();
        let local = |entry: ReflectionEntry| (self.clock.day_of(entry.start), entry);
        let entries: Vec<(NaiveDate, ReflectionEntry)> = self.entries()?.into_iter().map(local).collect();
        let sources = self
            .figure_sources(FigureReach { since: span.from, hours: span })?
            .with_rooms(self.rooms(&entries, span)?);
        // Days that are over are told by what was kept of them. The plan, the queue and the report know only
        // how things stand now, and would tell today's state of a week long past.
        let (sources, report) = if span.to >= today {
            let found = self.queue_and_load(day::monday(today)..day::plus(today, 56))?;
            let of = Sources { books: &books, rows: &found.rows, model: &found.model };
            let report = self.report(&of)?;
            (sources.with_plan(&found.model, span), Some(report))
        } else {
            (sources, None)
        };
        let is_presenting = self.is_presenting;
        let mut held = self.agenda(span.from, span.to.min(today))?.shown;
        held.retain(|meeting| meeting.room() == Some(MeetingKind::Leadership));
        let unreflected = self.owed_among(&held)?.len();
        let serving = self.serving(&books)?;
        Ok(ReviewSources {
            today,
            span,
            entries,
            unreflected,
            books,
            sources,
            report,
            is_presenting,
            serving,
        })
    }

    /// The review of the week of a day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn week_review(&self, on: NaiveDate) -> Result<Document, OpsError> {
        self.store.reading(|_| {
            let it = self.gather_review(Span::week(on))?;
            let from = it.span.from;
            let mut blocks = vec![question(&it)];
            blocks.extend(in_the_rooms(&it));
            blocks.extend(told_rooms(&it));
            blocks.extend([figures::hours(&it), headroom(&it), frictions(&it), promises(&it), outcomes(&it)]);
            blocks.extend([decisions(&it), trades(&it), raised(&it)]);
            blocks.extend(trends::blocks(&it));
            let mut document = Document {
                title: format!("Week of {}", day::day_near(from, it.today)),
                subtitle: "Am I representing operations or am I shaping strategy?".to_owned(),
                blocks,
                stale: self.stale_data_of(it.span)?,
                ..Document::default()
            };
            document = self.named(document, &it.books)?;
            // That is a question to oneself.
            document.room.subtitle = day::day_range(from, it.span.to);
            Ok(document.naming_keys(&self.config.hints))
        })
    }
}

/// The answer in a sentence, then where the lead stood in each room of the week, with calm and load of that morning.
fn question(it: &ReviewSources) -> Block {
    let own = it.own();
    let mut lines = Vec::new();
    let mut plot = None;
    if it.is_presenting {
        lines.push(Line::new("Reflections are hidden while you present."));
    } else if own.is_empty() {
        lines.push(
            Line::new("No reflection this week")
                .hinting("{reflect} after a meeting takes a minute, and this page answers."),
        );
    } else {
        lines.push(answer(it, &own));
        let point = |entry: &&ReflectionEntry| {
            let day = it.local_day(entry).format("%a %-d");
            let label = format!("{day}{}", trends::calm_and_load(entry));
            Point::new(label, f64::from(entry.reflection.stance))
        };
        plot = Some(trends::stances(own.iter().map(point).collect()));
    }
    Block { plot, ..Block::new("The question", lines) }.private()
}

/// What was counted in the rooms of the week, and how the lead was in each of them.
fn in_the_rooms(it: &ReviewSources) -> Option<Block> {
    let own = if it.is_presenting { Vec::new() } else { it.own() };
    if own.is_empty() {
        return None;
    }
    let facts = it.facts();
    let figures = [
        ("Questions that opened something (what if, could we):", rooms::expansion(&facts, it.span)),
        ("If-thens kept:", rooms::if_thens(&facts, it.span)),
        ("Predicted questions that came up:", rooms::anticipated(&facts, it.span)),
    ];
    let told = figures.iter().filter(|(_, measured)| measured.is_known());
    let mut lines: Vec<Line> = told.map(|(label, measured)| said(label, measured)).collect();
    lines.extend(own.iter().filter_map(|entry| presence(it, entry)));
    (!lines.is_empty()).then(|| Block::new("In the room", lines).private())
}

/// Was the lead representing operations, or shaping strategy: how many leadership meetings were shaped, and where there
/// was none, how the latest of the other rooms went.
fn answer(it: &ReviewSources, own: &[&ReflectionEntry]) -> Line {
    let (facts, span) = (it.facts(), it.span);
    let (shaped, unsaid) = (rooms::shaped(&facts, span), rooms::decision_unsaid(&facts, span));
    if shaped.is_known() {
        let told = shaped.alone();
        // A measured share reads `3 of 5, 60 %`; the sentence needs its noun between the two.
        let (count, percent) = told.split_once(", ").unwrap_or((&told, ""));
        let percent = if percent.is_empty() { String::new() } else { format!(", {percent}") };
        let meetings = if count.ends_with(" of 1") { "meeting" } else { "meetings" };
        let rest = match it.unreflected {
            0 => String::new(),
            1 => " One more is not reflected on.".to_owned(),
            more => format!(" {more} more are not reflected on."),
        };
        let rest = match unsaid {
            0 => rest,
            1 => format!(" Of one more you left out the decision.{rest}"),
            more => format!(" Of {more} more you left out the decision.{rest}"),
        };
        return Line::new(format!("Shaped {count} leadership {meetings}{percent}.{rest}"))
            .with(shaped.figure());
    }
    let latest = own.last().map_or_else(String::new, |entry| {
        format!(" In {} you {}.", entry.series, stance_words(entry.reflection.stance))
    });
    let none = match unsaid {
        0 => "No leadership meeting was reflected on this week.",
        1 => "Of the leadership meeting of this week you left out whether a decision was touched.",
        _ => "Of the leadership meetings of this week you left out whether a decision was touched.",
    };
    Line::new(format!("{none}{latest}"))
}

fn presence(it: &ReviewSources, entry: &ReflectionEntry) -> Option<Line> {
    let presence = entry.reflection.presence?;
    let (calm, engaged) = (presence.calm, presence.engaged);
    let room = format!("{}, {}", entry.series, day::day_near(it.local_day(entry), it.today));
    let line = Line::new(format!("{room}: calm {calm} of 5, engaged {engaged} of 5"));
    Some(line.about([entry.reflection.meeting.to_string()]))
}

/// What happened in each room, and what tipped it.
fn told_rooms(it: &ReviewSources) -> Option<Block> {
    let told = |entry: &&ReflectionEntry| {
        let reflection = &entry.reflection;
        let moment =
            if reflection.moment.is_empty() { String::new() } else { format!(": {}", reflection.moment) };
        let text = format!("{} — {}{moment}", entry.series, stance_of_five(reflection.stance));
        Line::new(text).about([reflection.meeting.to_string()])
    };
    let lines: Vec<Line> = it.own().iter().map(told).collect();
    (!lines.is_empty()).then(|| Block::new("What tipped it", lines).private())
}

fn headroom(it: &ReviewSources) -> Block {
    let end = it.end();
    let facts = it.facts();
    let gains: Vec<&Gain> = it.books.gains.iter().filter(|gain| gain.from_day <= end).collect();
    if gains.is_empty() {
        let to_come =
            it.books.gains.iter().filter(|gain| gain.from_day > end).min_by_key(|gain| gain.from_day);
        if let Some(gain) = to_come.filter(|_| it.span.to >= it.today) {
            let from = day::day_near(gain.from_day, it.today);
            let text = format!("Nothing is freed yet; {} a week of {} from {from}", gain.hours, gain.text);
            return Block::new("Headroom", vec![Line::new(text).about([gain.id])]);
        }
        let line = if it.span.to < it.today { "Nothing was freed by then" } else { "Nothing freed is noted" };
        let hint = "when a change saves hours, {outcomes} then {add} notes the gain and where the hours go.";
        return Block::new("Headroom", vec![Line::new(line).hinting(hint)]);
    }
    let now = measures::headroom::balance(&facts, end);
    let text =
        format!("{} a week freed, {} redirected, {} unspoken for", now.freed, now.redirected, now.unspoken());
    let mut lines = vec![Line::new(text).with(measures::headroom::headroom(&facts, it.span).figure())];
    for gain in gains {
        let Some(since) = ledger::unspoken_since(gain, &it.books.redirects, end) else { continue };
        let left = ledger::balance(gain, &it.books.redirects, end).unspoken();
        let text = format!(
            "Evaporating: {left} a week of {}, no use named: {}",
            gain.text,
            due::how_long(it, since)
        );
        let told = format!("Not put to anything yet: {left} a week of {}", gain.text);
        lines.push(Line::warn(text).for_the_room(told).about([gain.id]));
    }
    let came = |redirect: &&Redirect| redirect.result_on.is_some_and(|on| it.span.holds(on) && on <= end);
    for redirect in it.books.redirects.iter().filter(came) {
        let text = format!("{} a week onto {} came to: {}", redirect.hours, redirect.target, redirect.result);
        lines.push(Line::good(text).about([redirect.id]));
    }
    Block::new("Headroom", lines)
}

fn frictions(it: &ReviewSources) -> Block {
    let mut lines = match &it.report {
        Some(report) => {
            let open = report.frictions.iter().filter(|it| it.friction.is_open());
            open.map(|it| (&it.friction, it.cost)).take(FRICTIONS).map(friction_line).collect()
        }
        None => past_frictions(it),
    };
    let proposed = it.report.as_ref().map_or(0, |report| report.proposals.len());
    if proposed > 0 {
        lines.push(
            Line::new(format!("{} proposed from the data", counted(proposed, "more is", "more are")))
                .hinting("key {change} shows them")
                .private(),
        );
    }
    if lines.is_empty() {
        lines.push(Line::new("None open").hinting("{capture} files one in a line."));
    }
    Block::new("Friction by cost", lines)
}

fn friction_line((friction, cost): (&Friction, FrictionCost)) -> Line {
    Line::new(format!("{}: {}", friction.text, cost.terms())).about([friction.id])
}

/// Frictions that were open when the span ended, by what they had cost by then.
fn past_frictions(it: &ReviewSources) -> Vec<Line> {
    let mut open: Vec<(&Friction, FrictionCost)> = it
        .books
        .frictions
        .iter()
        .filter(|friction| friction.was_open(it.end()))
        .map(|friction| (friction, FrictionCost::of(friction, it.serving.contains(&friction.id), it.end())))
        .collect();
    open.sort_by_key(|(friction, cost)| (std::cmp::Reverse(cost.points()), friction.id));
    open.into_iter().take(FRICTIONS).map(friction_line).collect()
}

/// Kept in the span; then what was open at its end and overdue, or due until the end of the week after.
fn promises(it: &ReviewSources) -> Block {
    let end = it.end();
    let whom = |promise: &Promise| {
        if promise.way == Way::To { format!("to {}", promise.whom) } else { format!("from {}", promise.whom) }
    };
    let mut lines = Vec::new();
    let due = measures::influence::promises_kept(&it.facts(), it.span);
    if due.is_known() {
        lines.push(said("Ours that were due, kept by the end of these days:", &due));
    }
    let is_kept = |promise: &&Promise| promise.kept.is_some_and(|on| it.span.holds(on) && on <= end);
    for promise in it.books.promises.iter().filter(is_kept) {
        let line = Line::good(format!("Kept {}: {}", whom(promise), promise.text));
        lines.push(line.about([promise.id]).private());
    }
    // A week beyond the span: whoever looks back on Friday can still do something about it.
    let horizon = day::plus(it.span.to.max(end), 7);
    let is_near = |promise: &&Promise| promise.was_open(end) && promise.due.is_some_and(|on| on <= horizon);
    let mut open: Vec<&Promise> = it.books.promises.iter().filter(is_near).collect();
    open.sort_by_key(|promise| (promise.due, promise.id));
    for promise in open {
        let on = promise.due.map_or_else(String::new, |on| format!(", {}", due::words(it, on)));
        let text = format!("{}: {}{on}", whom(promise), promise.text);
        let is_late = promise.due.is_some_and(|on| on < end);
        let line = if is_late { Line::warn(text) } else { Line::new(text) };
        // Only how many were kept is for others: what is owed is noted in our words, for our eyes.
        lines.push(line.about([promise.id]).private());
    }
    if lines.is_empty() {
        lines.push(Line::new("None due").hinting("{capture} p files one in a line.").private());
    }
    Block::new("Promises", lines)
}

/// How an outcome stood at the end of the span, and that it was closed in it: `reached, closed Fri 20 Nov`.
pub(super) fn outcome_words(it: &ReviewSources, outcome: &Outcome) -> Option<String> {
    let pace = measures::outcomes::progress(&it.facts(), outcome, it.span).pace().map(str::to_owned);
    let closed = outcome.closed.filter(|on| *on <= it.end());
    let closed = closed.map(|on| format!("closed {}", day::day_near(on, it.today)));
    let words: Vec<String> = pace.into_iter().chain(closed).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// That the day of an outcome passed in the span without its result, though nobody read it in these days.
fn missed(it: &ReviewSources, outcome: &Outcome) -> Option<Line> {
    let due = outcome.due.filter(|due| it.span.holds(*due) && *due < it.end())?;
    let is_reached = measures::outcomes::progress(&it.facts(), outcome, it.span).reached.is_some();
    let text = format!("{}: was due {}, not read since", outcome.name, day::day_near(due, it.today));
    (!is_reached).then(|| Line::warn(text).about([outcome.id]))
}

/// Readings of the span against the one before.
fn outcomes(it: &ReviewSources) -> Block {
    let facts = it.facts();
    let followed = it.outcomes();
    let mut lines = Vec::new();
    for outcome in &followed {
        let Some(now) = measures::outcomes::reading(&facts, outcome, it.span) else {
            lines.extend(missed(it, outcome));
            continue;
        };
        let before = measures::outcomes::before(&facts, outcome, it.span);
        let was = before.as_ref().map_or_else(String::new, |was| format!(", was {}", was.short()));
        let stood = outcome_words(it, outcome).map_or_else(String::new, |words| format!(", {words}"));
        let text = format!("{}: {}{was}{stood}", outcome.name, now.short());
        let line = Line::new(text).about([outcome.id]).with(now.figure());
        lines.push(before.iter().fold(line, |line, before| line.with(before.figure())));
    }
    let still = followed.len() - lines.len();
    if followed.is_empty() {
        let line =
            if it.span.to < it.today { "No outcome was followed then" } else { "No outcome is followed yet" };
        lines.push(Line::new(line).hinting("{outcomes} then {add} adds one with a baseline and a target."));
    } else if still > 0 {
        lines.push(Line::new(format!("{still} without a reading this week")));
    }
    Block::new("Outcomes moved", lines)
}

fn decisions(it: &ReviewSources) -> Block {
    let mut lines = Vec::new();
    let end = it.end();
    for decision in measures::influence::decided(&it.facts(), it.span) {
        lines.push(decided(decision, ""));
    }
    for decision in it.books.decisions.iter().filter(|decision| decision.is_to_check(end)) {
        lines
            .push(Line::warn(format!("Did it come as expected? {}", decision.question)).about([decision.id]));
    }
    let open = it.books.decisions.iter().filter(|decision| decision.was_open(end));
    let keys: Vec<RecordKey> = open.map(Record::key).collect();
    lines.push(Line::new(format!("{} open", keys.len())).about(keys));
    Block::new("Decisions", lines)
}

/// A decision with what came out, who decided and what we changed, as far as that was said.
pub(super) fn decided(decision: &Decision, who: &str) -> Line {
    let parts = [decision.question.trim(), decision.result.trim(), who];
    let said = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let text = match decision.changed.trim() {
        "" => said,
        changed if said == decision.question.trim() => format!("{said} We {changed}"),
        changed => format!("{said}; we {changed}"),
    };
    Line::good(text).about([decision.id])
}

/// What the business traded against what.
fn trades(it: &ReviewSources) -> Block {
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

/// To raise it is for the lead; the room reads the risk.
fn raise(risk: &Risk) -> Line {
    let line = Line::warn(format!("Raise {}: {}", risk.id, risk.text));
    line.for_the_room(format!("Risk: {}", risk.text)).about([risk.id])
}

/// What had to be said when the span ended; while it has not, what connects and what nothing is done for.
fn raised(it: &ReviewSources) -> Block {
    let mut lines: Vec<Line> =
        it.books.risks.iter().filter(|risk| risk.is_to_raise(it.end())).map(raise).collect();
    let now = it.report.as_ref();
    // The two that most requests share: the page of overlaps has them all, this is only a nudge.
    for overlap in now.iter().flat_map(|report| report.overlaps.iter().take(2)) {
        lines.push(Line::new(plain::cut(&overlap.line, 400)).about(overlap.keys.clone()));
    }
    let outcomes = now.iter().flat_map(|report| &report.outcomes);
    let keys: Vec<RecordKey> =
        outcomes.filter(|outcome| outcome.requests.is_empty()).map(|it| it.outcome.key()).collect();
    if !keys.is_empty() {
        let many = if keys.len() == 1 { "outcome has" } else { "outcomes have" };
        lines.push(Line::warn(format!("{} {many} nothing under way", keys.len())).about(keys));
    }
    if lines.is_empty() {
        lines.push(Line::new("Nothing waits to be said."));
    }
    Block::new("To anticipate", lines)
}
