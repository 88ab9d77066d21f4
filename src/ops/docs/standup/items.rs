//! What a standup has to say, line by line.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::section::Section;
use super::{Item, OVER_DAYS, STILL_DAYS, StandupSources, item, named, remarks};
use crate::domain::day;
use crate::domain::difference;
use crate::domain::document::Line;
use crate::domain::load::ForcedOver;
use crate::domain::measures::flow;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::stage::Stage;
use crate::ops::queue::QueueRow;

/// Due within so many working days without anybody to do it or to review it.
const CLOSE_DAYS: i64 = 3;
/// Late work of which nothing was said for so many working days.
const QUIET_DAYS: i64 = 3;
/// Waiting on the requester for longer than this.
const WAIT_DAYS: i64 = 2;

/// ` · ana, bo`, or nothing.
fn held_by(people: &[String]) -> String {
    if people.is_empty() { String::new() } else { format!(" · {}", people.join(", ")) }
}

/// Everything that is worth a word.
pub(super) fn items(it: &StandupSources, local: impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Item> {
    let mut found = Vec::new();
    for (request, people) in &it.delivered {
        let rounds = match request.rounds {
            0 if it.came_back.contains(&request.id) => ", delivered again".to_owned(),
            0 => ", right first time".to_owned(),
            1 => ", after one round".to_owned(),
            rounds => format!(", after {rounds} rounds"),
        };
        let line = Line::good(format!("{}{rounds}{}", named(request), held_by(people))).about([request.id]);
        found.push(item(Section::Delivered, line, people));
    }
    for row in &it.rows {
        found.extend(due(row, it));
        found.extend(of_row(row, it, &local));
    }
    for (id, reason) in &it.unblocked {
        // It may have been blocked again since.
        if let Some(row) = it.rows.iter().find(|row| row.request.id == *id && row.request.blocked.is_none()) {
            let what = match reason.trim() {
                "" => "no longer blocked".to_owned(),
                reason => format!("no longer waits for {reason}"),
            };
            let line = Line::good(format!("{}: {what}", named(&row.request))).about([*id]);
            found.push(item(Section::Unblocked, line, &row.people));
        }
    }
    found.extend(over(it));
    found.extend(asks(it, &local));
    // Silence is only worth a word where nothing else was said, so this comes after all the rest.
    let mentioned: HashSet<String> = found.iter().flat_map(|item| item.line.keys.clone()).collect();
    found.extend(still(it, &mentioned, &local));
    found.extend(decision(it, &local));
    found.extend(thanks(it));
    remarks::attach(&mut found, it);
    found
}

/// What is late, due today, or due within days and held by nobody: one line for one request.
fn due(row: &QueueRow, it: &StandupSources) -> Option<Item> {
    let request = &row.request;
    // Without a due day it is late where a share of it is.
    let since = row.late.map(|late| late.since);
    // What is on hold waits by agreement: its day is not missed by anybody.
    let due = request.due.or(since).filter(|_| request.stage != Stage::OnHold)?;
    let left = it.calendar.between(it.today, due);
    let section = match () {
        () if row.late.is_some() => Section::Late,
        () if due == it.today => Section::DueToday,
        // In review the work is done; whom it lacks then is a reviewer, and that has its own section.
        () if left <= CLOSE_DAYS && !row.is_held() && request.stage != Stage::InReview => Section::Unheld,
        () => return None,
    };
    let held = match (row.is_held(), row.people.join(", ")) {
        (true, people) => people,
        (false, people) if people.is_empty() => "held by nobody".to_owned(),
        // Whose last day is over: the hours lie with nobody.
        (false, people) => format!("held by nobody since {people} left"),
    };
    let (stage, hard) = (request.stage.title(), if request.is_due_hard { ", a hard date" } else { "" });
    let text = match section {
        Section::Late => {
            let late = row.late.map_or_else(String::new, |late| late.sentence(it.today));
            format!("{late}{hard}, {stage} · {held}")
        }
        Section::DueToday => format!("{stage}{hard} · {held}"),
        _ => format!("due {}{hard}, {stage}", day::due_text(due, it.today, &it.calendar)),
    };
    let line = Line::warn(format!("{}: {text}", named(request))).about([request.id]);
    Some(item(section, line, &row.people))
}

/// What one open request gives to say.
fn of_row(row: &QueueRow, it: &StandupSources, local: &impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Item> {
    let request = &row.request;
    let mut found = Vec::new();
    let days = |from: NaiveDate| it.calendar.between(from, it.today);
    let mut say = |section, line: Line| found.push(item(section, line.about([request.id]), &row.people));
    let name = named(request);
    let held = held_by(&row.people);
    match (it.imported.get(&request.id), request.created >= it.since) {
        // New to this store, or just created: an import may bring what was created weeks ago.
        (Some(None), _) | (_, true) => {
            let who = if request.requester.is_empty() {
                String::new()
            } else {
                format!(" from {}", request.requester)
            };
            say(Section::New, Line::new(format!("{name}{who}")));
        }
        (Some(Some(changes)), false) if !changes.is_empty() => {
            let told = difference::told(changes, 80);
            say(Section::Moved, Line::new(format!("{name}: {told}, imported{held}")));
        }
        _ if request.stage_since >= it.since && request.stage != Stage::New => {
            say(Section::Moved, Line::new(format!("{name}: {}{held}", request.stage.title())));
        }
        _ => {}
    }
    if let Some(blocked) = &request.blocked {
        let since = days(blocked.since);
        let when = if since > 0 { format!(", {}", day::working_days(since)) } else { String::new() };
        say(Section::Blocked, Line::warn(format!("{name}: {}{when}{held}", blocked.sentence())));
    }
    // What is late is older than usual as well: the worse of both is told.
    if row.past_usual > 0 && request.stage.is_committed() && row.late.is_none() {
        let late = day::working_days(row.past_usual);
        say(Section::PastUsual, Line::warn(format!("{name}: {late} past what is usual{held}")));
    }
    let left = request.due.map(|due| it.calendar.between(it.today, due));
    let is_close = left.is_some_and(|left| (0..=CLOSE_DAYS).contains(&left));
    if is_close && request.decider.trim().is_empty() && request.stage.is_committed() {
        let due = request.due.map_or_else(String::new, |due| day::due_text(due, it.today, &it.calendar));
        say(Section::NoReviewer, Line::warn(format!("{name}: due {due}, and nobody to review it{held}")));
    }
    let waited = flow::waited(&it.calendar, local(request.stage_since), it.today);
    if request.stage == Stage::Clarifying && waited > WAIT_DAYS {
        let who = if request.requester.is_empty() { "the requester" } else { &request.requester };
        say(Section::Waiting, Line::new(format!("{name}: {} with {who}", day::working_days(waited))));
    }
    found
}

/// Who is forced over within the next working days, with the culprits.
fn over(it: &StandupSources) -> Vec<Item> {
    let until = it.calendar.after(it.today, OVER_DAYS);
    let mut found = Vec::new();
    for person in &it.team.people {
        let near = |forced: &ForcedOver| forced.from <= until && forced.to >= it.today;
        // Each run of days by itself, as the load tells them: it has requests of its own.
        for forced in it.model.verdict(person.id).forced.into_iter().filter(near) {
            let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
            let days = day::day_range_near(forced.from, forced.to, it.today);
            let because = forced.because().unwrap_or_default();
            let what = format!("{} {days}: {}", forced.over, keys.join(", "));
            let line = Line::warn(format!("{} is over {what}{because}", person.handle));
            // Other lines of the page say who holds these requests: hours beside their keys would be that person's.
            let line = line.naming_hours(format!("{} cannot all be done {days}", keys.join(", ")));
            found.push(item(
                Section::Over,
                line.about(forced.culprits),
                std::slice::from_ref(&person.handle),
            ));
        }
    }
    found
}

/// Whose hours left nobody knows any more, and late work that was never confirmed.
fn asks(it: &StandupSources, local: &impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<Item> {
    let mut found = Vec::new();
    for row in &it.rows {
        let Some(left) = it.work.left.get(&row.request.id) else { continue };
        if left.is_unheld_asked {
            let text = "was done once and nobody holds it; how much is left of it?";
            let line = Line::warn(format!("{}: {text}", named(&row.request))).about([row.request.id]);
            found.push(item(Section::HoursLeft, line, &[]));
        }
        for (share, hours) in &left.shares {
            let Some(who) = it.team.person(share.allocation.person).map(|person| &person.handle) else {
                continue;
            };
            let is_late = share.deadline(it.today) < it.today && hours.left.is_positive();
            let said = share
                .allocation
                .left
                .said_on
                // Where nothing was ever said, silence begins when something was to be said: after the
                // deadline, or when the work last moved, whichever is later.
                .unwrap_or_else(|| share.deadline(it.today).max(local(row.request.stage_since)));
            let quiet = it.calendar.between(said, it.today);
            let name = named(&row.request);
            let line = if share.allocation.is_tentative && is_late {
                let text = "holds it tentatively and its days are over: confirm or drop it";
                Line::warn(format!("{name}: {who} {text}"))
            } else if hours.is_asked && share.allocation.left.is_to_be_said {
                Line::warn(format!("{name}: {who}: it came back; how many hours are left?"))
            } else if hours.is_asked {
                Line::warn(format!("{name}: {who}: its planned hours are used up; how many are left?"))
                    .naming_hours(format!("{name}: {who}: how many hours are left?"))
            } else if is_late && quiet >= QUIET_DAYS && share.stage == Stage::InProgress {
                let quiet = format!("late, and nothing said for {}", day::working_days(quiet));
                Line::warn(format!("{name}: {who}: {} left if all went as planned; {quiet}", hours.left))
                    .naming_hours(format!("{name}: {who}: {quiet}"))
            } else {
                continue;
            };
            let line = line.about([row.request.id]);
            found.push(item(Section::HoursLeft, line, std::slice::from_ref(who)));
        }
    }
    found
}

/// Under way, not touched for a week, and not mentioned by anything else.
fn still(
    it: &StandupSources,
    mentioned: &HashSet<String>,
    local: &impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Item> {
    let is_still = |row: &&QueueRow| {
        let request = &row.request;
        matches!(request.stage, Stage::InProgress | Stage::InReview)
            && (it.today - local(request.stage_since)).num_days() >= STILL_DAYS
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
fn decision(it: &StandupSources, local: &impl Fn(DateTime<Utc>) -> NaiveDate) -> Option<Item> {
    let mut risks: Vec<_> = it.books.risks.iter().filter(|risk| risk.is_to_raise(it.today)).collect();
    risks.sort_by_key(|risk| (std::cmp::Reverse(risk.weight()), risk.id));
    if let Some(risk) = risks.first() {
        let text = format!("Raise {} today: {}", risk.id, risk.text);
        let keys = std::iter::once(risk.id.to_string()).chain(risk.subject.as_ref().map(ToString::to_string));
        let line = Line::warn(text).for_the_room(format!("Risk: {}", risk.text));
        return Some(item(Section::Decision, line.about(keys), &[]));
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
        let who = match decision.approver.trim() {
            "" => "nobody is named to decide".to_owned(),
            name => format!("{name} decides"),
        };
        let text = format!("{} {who}", decision.question);
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
    // A review that began today waits for nobody yet.
    (waited > 0).then(|| item(Section::Decision, Line::warn(text).about([review.request.id]), &review.people))
}

/// One thing to thank for: the deepest work that was right first time, otherwise what came of redirected hours.
fn thanks(it: &StandupSources) -> Option<Item> {
    let right = it.delivered.iter().filter(|(request, people)| {
        request.rounds == 0 && !it.came_back.contains(&request.id) && !people.is_empty()
    });
    if let Some((request, people)) =
        right.min_by_key(|(request, _)| (request.tier.is_none(), request.tier, request.id))
    {
        let line = Line::good(format!("{}: {}, right first time", people.join(", "), named(request)));
        return Some(item(Section::Thanks, line.about([request.id]), people));
    }
    let mut came =
        it.books.redirects.iter().filter(|redirect| redirect.result_on.is_some_and(|on| on >= it.since_day));
    let redirect = came.next_back()?;
    let gain = RecordKey::Numbered(Kind::Gain, redirect.gain_id.0);
    let name = it.books.title(&gain).unwrap_or_else(|| gain.to_string());
    let text = format!("{} a week of {name} came to something: {}", redirect.hours, redirect.result);
    let line = Line::good(text).about([redirect.id.to_string(), gain.to_string()]);
    Some(item(Section::Thanks, line, &[]))
}
