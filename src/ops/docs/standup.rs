//! The standup by exception: what changed since the last one, what needs a word, and nothing that is fine. Told by
//! section and by person, from state, not from people typing.

mod pages;
mod section;

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::domain::briefing::{Remark, Standup};
use crate::domain::day;
use crate::domain::document::{Document, Line};
use crate::domain::ids::RequestId;
use crate::domain::load::LoadModel;
use crate::domain::measures::flow;
use crate::domain::record::Kind;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::domain::workdays::WorkCalendar;
use crate::ops::books::Books;
use crate::ops::load::TeamData;
use crate::ops::queue::QueueRow;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::Committed;

use section::Section;

/// Work days ahead in which "over" is worth a word.
const OVER_DAYS: u32 = 5;
/// Due within so many working days without anybody to review.
const REVIEW_DAYS: i64 = 3;
/// Waiting on the requester for longer than this.
const WAIT_DAYS: i64 = 2;
/// Under way and not touched for so many working days.
const STILL_DAYS: i64 = 5;

/// The standup in both orders.
#[derive(Debug, Clone, PartialEq)]
pub struct StandupPack {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Section by section.
    pub by_section: Document,
    /// Person by person.
    pub by_person: Document,
}

/// One thing to say.
struct Item {
    section: Section,
    line: Line,
    /// Handles of those whom it concerns.
    people: Vec<String>,
}

/// Everything that was read for it.
struct Gathered {
    today: NaiveDate,
    calendar: WorkCalendar,
    since: DateTime<Utc>,
    since_day: NaiveDate,
    rows: Vec<QueueRow>,
    model: LoadModel,
    team: TeamData,
    delivered: Vec<(Request, Vec<String>)>,
    touched: HashSet<RequestId>,
    unblocked: Vec<(RequestId, String)>,
    books: Books,
    remarks: Vec<Remark>,
}

impl Desk {
    /// When the last standup was held; without one, the beginning of the working day before this one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standup_since(&self) -> Result<DateTime<Utc>, OpsError> {
        let held: Vec<Standup> = self.store.records()?;
        let instants = held.iter().filter_map(|it| DateTime::parse_from_rfc3339(&it.held).ok());
        if let Some(last) = instants.map(|at| at.to_utc()).filter(|at| *at <= self.now()).max() {
            return Ok(last);
        }
        Ok(self.clock.midnight(self.calendar()?.before(self.today(), 1)))
    }

    /// Builds the standup since an instant, or since the last one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standup(&self, since: Option<DateTime<Utc>>) -> Result<StandupPack, OpsError> {
        let since = since.map_or_else(|| self.standup_since(), Ok)?;
        let gathered = self.gather(since)?;
        let items = items(&gathered, |at| self.clock.local(at).date_naive());
        let title = format!("Standup {}", day::short_day(gathered.today));
        let when = self.clock.local(since);
        let subtitle =
            format!("since {} {}", day::day_near(when.date_naive(), gathered.today), when.format("%H:%M"));
        let document = |blocks| {
            let document = Document { title: title.clone(), subtitle: subtitle.clone(), blocks };
            document.naming_keys(&self.config.hints)
        };
        Ok(StandupPack {
            since,
            by_section: document(pages::by_section(&items, &gathered)),
            by_person: document(pages::by_person(&items, &gathered)),
        })
    }

    fn gather(&self, since: DateTime<Utc>) -> Result<Gathered, OpsError> {
        let today = self.today();
        let found = self.queue_and_load(today..day::plus(today, 14))?;
        let handles = |request: &Request| -> Result<Vec<String>, OpsError> {
            let shares = self.store.allocations_of(request.id)?;
            Ok(shares
                .iter()
                .filter_map(|share| found.team.person(share.person))
                .map(|it| it.handle.clone())
                .collect())
        };
        let delivered = self.store.delivered_requests_since(since)?;
        let delivered =
            delivered.into_iter().map(|request| handles(&request).map(|people| (request, people)));
        let since_day = self.clock.local(since).date_naive();
        let remarks: Vec<Remark> = self.store.records()?;
        Ok(Gathered {
            today,
            calendar: found.team.calendar(),
            since,
            since_day,
            delivered: delivered.collect::<Result<_, _>>()?,
            touched: self.store.touched_since(self.clock.midnight(day::plus(today, -14)))?,
            unblocked: self.store.unblocked_since(since)?,
            books: self.books()?,
            remarks: remarks.into_iter().filter(|remark| remark.day >= since_day).collect(),
            rows: found.rows,
            model: found.model,
            team: found.team,
        })
    }

    /// Notes that the standup has ended: the next one starts from now.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end_standup(&mut self) -> Result<Committed<()>, OpsError> {
        let held = self.stamp().at.to_rfc3339_opts(SecondsFormat::Secs, true);
        self.add_entry(Kind::Standup, &[("held", held)]).map(Committed::without_output)
    }

    /// Notes a remark for the standup about a record or a person.
    ///
    /// # Errors
    /// When there are no words.
    pub fn remark(&mut self, about: &str, text: &str) -> Result<Committed<()>, OpsError> {
        let words = [("about", about.to_owned()), ("text", text.to_owned())];
        self.add_entry(Kind::Remark, &words).map(Committed::without_output)
    }
}

fn item(section: Section, line: Line, people: &[String]) -> Item {
    Item { section, line, people: people.to_vec() }
}

fn named(request: &Request) -> String {
    format!("{} {}", request.id, plain::cut(&request.title, 48))
}

/// ` · ana, bo`, or nothing.
fn held_by(people: &[String]) -> String {
    if people.is_empty() { String::new() } else { format!(" · {}", people.join(", ")) }
}

fn items(it: &Gathered, local: impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Item> {
    let mut found = Vec::new();
    for (request, people) in &it.delivered {
        let rounds = match request.rounds {
            0 => ", right first time".to_owned(),
            1 => ", after one round".to_owned(),
            rounds => format!(", after {rounds} rounds"),
        };
        let line = Line::good(format!("{}{rounds}{}", named(request), held_by(people))).about([request.id]);
        found.push(item(Section::Delivered, line, people));
    }
    for row in &it.rows {
        found.extend(of_row(row, it, &local));
    }
    for (id, reason) in &it.unblocked {
        if let Some(row) = it.rows.iter().find(|row| row.request.id == *id && row.request.blocked.is_none()) {
            let line =
                Line::good(format!("{}: no longer waits for {reason}", named(&row.request))).about([*id]);
            found.push(item(Section::Unblocked, line, &row.people));
        }
    }
    found.extend(over(it));
    found.extend(it.remarks.iter().map(|remark| remark_item(remark, it)));
    let mentioned: HashSet<String> = found.iter().flat_map(|item| item.line.keys.clone()).collect();
    found.extend(still(it, &mentioned, &local));
    found.extend(decision(it, &local));
    found.extend(thanks(it));
    found
}

/// What one open request gives to say.
fn of_row(row: &QueueRow, it: &Gathered, local: &impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Item> {
    let request = &row.request;
    let mut found = Vec::new();
    let days = |from: NaiveDate| it.calendar.between(from, it.today);
    let mut say = |section, line: Line| found.push(item(section, line.about([request.id]), &row.people));
    let name = named(request);
    let held = held_by(&row.people);
    if request.created >= it.since {
        let who =
            if request.requester.is_empty() { String::new() } else { format!(" from {}", request.requester) };
        say(Section::New, Line::new(format!("{name}{who}")));
    } else if request.stage_since >= it.since && request.stage != Stage::New {
        say(Section::Moved, Line::new(format!("{name}: {}{held}", request.stage.title())));
    }
    if let Some(blocked) = &request.blocked {
        let since = days(blocked.since);
        let when = if since > 0 { format!(", {}", day::working_days(since)) } else { String::new() };
        say(Section::Blocked, Line::warn(format!("{name}: waits for {}{when}{held}", blocked.reason)));
    }
    if row.past_usual > 0 && request.stage.is_committed() {
        let late = day::working_days(row.past_usual);
        say(Section::PastUsual, Line::warn(format!("{name}: {late} past what is usual{held}")));
    }
    let left = request.due.map(|due| it.calendar.between(it.today, due));
    let is_close = left.is_some_and(|left| (0..=REVIEW_DAYS).contains(&left));
    if is_close && request.decider.trim().is_empty() && request.stage.is_committed() {
        let due = request.due.map_or_else(String::new, |due| day::due_text(due, it.today));
        say(Section::NoReviewer, Line::warn(format!("{name}: due {due}, and nobody to review it{held}")));
    }
    let waited = days(local(request.stage_since));
    if request.stage == Stage::Clarifying && waited > WAIT_DAYS {
        let who = if request.requester.is_empty() { "the requester" } else { &request.requester };
        say(Section::Waiting, Line::new(format!("{name}: {} with {who}", day::working_days(waited))));
    }
    found
}

/// Who is forced over within the next working days, with the culprits.
fn over(it: &Gathered) -> Vec<Item> {
    let until = it.calendar.after(it.today, OVER_DAYS);
    let mut found = Vec::new();
    for person in &it.team.people {
        let near = it
            .model
            .verdict(person.id)
            .forced
            .into_iter()
            .find(|forced| forced.from <= until && forced.to >= it.today);
        if let Some(forced) = near {
            let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
            let days = day::day_range(forced.from, forced.to);
            let line =
                Line::warn(format!("{} is over {} {days}: {}", person.handle, forced.over, keys.join(", ")));
            found.push(item(
                Section::Over,
                line.about(forced.culprits),
                std::slice::from_ref(&person.handle),
            ));
        }
    }
    found
}

fn remark_item(remark: &Remark, it: &Gathered) -> Item {
    let row = it.rows.iter().find(|row| row.request.id.to_string() == remark.about);
    let about = row.map_or_else(String::new, |row| format!("{}: ", named(&row.request)));
    let line = Line::new(format!("{about}{}", remark.text));
    let line = if remark.about.is_empty() { line } else { line.about([remark.about.clone()]) };
    let own = [remark.about.clone()];
    let people = row.map_or_else(|| own.as_slice(), |row| row.people.as_slice());
    item(Section::Remarks, line, people)
}

/// Under way, not touched for a week, and not mentioned by anything else.
fn still(
    it: &Gathered,
    mentioned: &HashSet<String>,
    local: &impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Item> {
    let is_still = |row: &&QueueRow| {
        let request = &row.request;
        matches!(request.stage, Stage::InProgress | Stage::InReview)
            && it.calendar.between(local(request.stage_since), it.today) >= STILL_DAYS
            && !it.touched.contains(&request.id)
            && !mentioned.contains(&request.id.to_string())
    };
    let told = |row: &QueueRow| {
        let since = day::day_near(local(row.request.stage_since), it.today);
        let text = format!(
            "{}: {} since {since}{}",
            named(&row.request),
            row.request.stage.title(),
            held_by(&row.people)
        );
        item(Section::Still, Line::new(text).about([row.request.id]), &row.people)
    };
    it.rows.iter().filter(is_still).map(told).collect()
}

/// The one decision that is needed today: what is to be raised, then an open decision to check, then the longest review.
fn decision(it: &Gathered, local: &impl Fn(DateTime<Utc>) -> NaiveDate) -> Option<Item> {
    let mut risks: Vec<_> = it.books.risks.iter().filter(|risk| risk.is_to_raise(it.today)).collect();
    risks.sort_by_key(|risk| (std::cmp::Reverse(risk.weight()), risk.id));
    if let Some(risk) = risks.first() {
        let text = format!("Raise {} today: {}", risk.id, risk.text);
        let keys = std::iter::once(risk.id.to_string()).chain(risk.subject.as_ref().map(ToString::to_string));
        return Some(item(Section::Decision, Line::warn(text).about(keys), &[]));
    }
    let soon = day::plus(it.today, 2);
    let urgent = it
        .books
        .decisions
        .iter()
        .filter(|decision| decision.is_open())
        .filter(|it| it.check_on.is_some_and(|on| on <= soon))
        .min_by_key(|decision| decision.check_on);
    if let Some(decision) = urgent {
        let text = format!("{} {} {} decides", decision.id, decision.question, decision.approver);
        return Some(item(Section::Decision, Line::warn(text).about([decision.id]), &[]));
    }
    let review = it
        .rows
        .iter()
        .filter(|row| row.request.stage == Stage::InReview)
        .min_by_key(|row| row.request.stage_since)?;
    let waited = flow::waited(&it.calendar, local(review.request.stage_since), it.today);
    let who =
        if review.request.decider.is_empty() { "nobody is named to decide" } else { &review.request.decider };
    let text = format!("{}: {} in review, {who}", named(&review.request), day::working_days(waited));
    (waited > 0).then(|| item(Section::Decision, Line::warn(text).about([review.request.id]), &review.people))
}

/// One thing to thank for: the deepest work that was right first time, otherwise what came of redirected hours.
fn thanks(it: &Gathered) -> Option<Item> {
    let right = it.delivered.iter().filter(|(request, people)| request.rounds == 0 && !people.is_empty());
    if let Some((request, people)) = right.min_by_key(|(request, _)| (request.tier, request.id)) {
        let line = Line::good(format!("{}: {}, right first time", people.join(", "), named(request)));
        return Some(item(Section::Thanks, line.about([request.id]), people));
    }
    let mut came =
        it.books.redirects.iter().filter(|redirect| redirect.result_on.is_some_and(|on| on >= it.since_day));
    let redirect = came.next_back()?;
    let line = Line::good(format!(
        "{} a week of {} came to something: {}",
        redirect.hours, redirect.gain_id, redirect.result
    ));
    Some(item(Section::Thanks, line.about([redirect.id]), &[]))
}
