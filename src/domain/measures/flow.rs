//! How work flows: what was delivered, how fast, how well, and how long things wait.

use chrono::NaiveDate;

use super::{Facts, Measured, MeasuredValue, Share, Span, WorkFacts, median, request_keys};
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::domain::workdays::WorkCalendar;

/// Unit of everything that is counted in days of work.
pub(super) const DAYS: &str = "working days";

/// A delivery that held at the end of a span.
struct Delivery<'a> {
    work: &'a WorkFacts,
    on: NaiveDate,
    rounds: u32,
}

/// What was delivered in a span and still was at its end. What was taken up again later stays in it.
fn delivered<'a>(facts: &Facts<'a>, span: Span) -> impl Iterator<Item = Delivery<'a>> {
    // A day that was typed into the future has not happened yet.
    let end = facts.end(span);
    let of = move |work: &'a WorkFacts| {
        let (on, rounds) = work.delivery(end)?;
        span.holds(on).then_some(Delivery { work, on, rounds })
    };
    facts.work.iter().filter_map(of)
}

/// A share of what was delivered in the span.
fn share(
    facts: &Facts<'_>,
    span: Span,
    counts: impl Fn(&WorkFacts) -> bool,
    fits: impl Fn(&Delivery<'_>) -> bool,
    definition: &str,
) -> Measured {
    let cases: Vec<Delivery<'_>> = delivered(facts, span).filter(|it| counts(it.work)).collect();
    let rows = request_keys(cases.iter().map(|it| it.work.id));
    Measured::share(Share::of(&cases, |it| fits(it)), span, rows, definition)
}

/// Delivered without a round back from review, and not delivered before.
pub fn first_pass(facts: &Facts<'_>, span: Span) -> Measured {
    let definition = "delivered without a round back from review, and never back after a delivery, out of all that was worked on and delivered";
    // Delivered without ever being worked on here, as some imports say, nothing could have come back from
    // review.
    let is_right = |it: &Delivery<'_>| it.rounds == 0 && !it.work.came_back(it.on);
    share(facts, span, |work| work.started.is_some(), is_right, definition)
}

/// Delivered by the first day that was agreed, however often it was moved since.
pub fn on_time(facts: &Facts<'_>, span: Span) -> Measured {
    // Never by the day as it was moved last, or moving days would make everything on time.
    let kept = |it: &Delivery<'_>| it.work.agreed.is_some_and(|agreed| it.on <= agreed);
    let definition = "delivered by the first date that was agreed, out of all delivered with a date";
    share(facts, span, |work| work.agreed.is_some(), kept, definition)
}

/// Delivered with its result recorded. When a result was written is not kept, so it is what is recorded by today.
pub fn results(facts: &Facts<'_>, span: Span) -> Measured {
    let definition =
        "delivered with a result recorded by today, out of all delivered with a declared measure";
    share(facts, span, |work| work.has_measure, |it| it.work.has_result, definition)
}

/// How many were delivered.
pub fn throughput(facts: &Facts<'_>, span: Span) -> Measured {
    let cases: Vec<Delivery<'_>> = delivered(facts, span).collect();
    let rows = request_keys(cases.iter().map(|it| it.work.id));
    let count = f64::from(super::size(cases.len()));
    Measured::new(MeasuredValue::Amount(count, String::new()), cases.len(), span, rows, "requests delivered")
}

/// Working days from ready to delivered, the median. Of what came in under way nobody knows when it was ready.
pub fn lead_time(facts: &Facts<'_>, span: Span) -> Measured {
    let taken = |it: Delivery<'_>| Some((it.work.id, waited(facts.calendar, it.work.ready?, it.on)));
    let cases: Vec<(RequestId, i64)> = delivered(facts, span).filter_map(taken).collect();
    let definition = "median of working days from ready to delivered, of what was delivered";
    of_days(&cases, span, definition)
}

/// Working days that open work has been ready for at the end of the span, the median: it grows while work lies.
pub fn work_item_age(facts: &Facts<'_>, span: Span) -> Measured {
    let end = facts.end(span);
    let age = |work: &WorkFacts| Some(waited(facts.calendar, open_since_ready(work, end)?, end));
    let cases: Vec<(RequestId, i64)> =
        facts.work.iter().filter_map(|work| age(work).map(|days| (work.id, days))).collect();
    let definition = "median of working days since ready, of what was agreed and open on the last day, without what was on hold or had gone back";
    of_days(&cases, Span::day(end), definition)
}

/// Since when a request was ready, if it was ready and still open at the end of a day.
fn open_since_ready(work: &WorkFacts, end: NaiveDate) -> Option<NaiveDate> {
    let ready = work.ready.filter(|on| *on <= end)?;
    // On hold it waits by agreement, what went back to whoever asked is not ready any more, and what was declined or
    // withdrawn by then is closed.
    let is_at_work = work.stage_on(end).is_none_or(Stage::is_committed);
    // An import may write later than its day that something was delivered, so its stage does not say it yet.
    (work.delivery(end).is_none() && is_at_work).then_some(ready)
}

/// Working days that something has waited since a local day: for a decision in review, for its brief, for anybody. A
/// request that went into review on Thursday evening has waited one working day on Friday, wherever it is told.
pub fn waited(calendar: &WorkCalendar, since: NaiveDate, on: NaiveDate) -> i64 {
    calendar.between(since, on).max(0)
}

/// How many of these working days lie in a span.
pub fn waited_within(calendar: &WorkCalendar, span: Span, (since, until): (NaiveDate, NaiveDate)) -> i64 {
    waited(calendar, since.max(span.from), until.min(span.to))
}

/// So many cases are needed before what is usual is believed.
pub const USUAL_FROM: usize = 10;

/// What is usual: of so many days, those within which 85 of 100 cases stay, by nearest rank; `None` of too few cases.
pub fn p85(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    // By nearest rank, so that the answer is a wait that there was. A mean would be drawn up by a few long
    // ones, as waits always have them.
    let rank = (days.len() * 85).div_ceil(100);
    days.get(rank.checked_sub(1)?).copied().filter(|_| days.len() >= USUAL_FROM)
}

fn of_days(cases: &[(RequestId, i64)], span: Span, definition: &str) -> Measured {
    let value = median(cases.iter().map(|(_, days)| *days).collect()).unwrap_or_default();
    let rows = request_keys(cases.iter().map(|(id, _)| *id));
    Measured::new(MeasuredValue::Amount(value, DAYS.to_owned()), cases.len(), span, rows, definition)
}
