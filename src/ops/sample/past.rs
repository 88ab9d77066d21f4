//! The weeks before a made-up studio begins: what its days would have kept, had the program been there.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::load::HeldShare;
use crate::domain::load::past;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::ops::clock::Clock;
use crate::ops::rules::Rules;
use crate::ops::work::shares_of;
use crate::store::{StoreError, Tx};

/// A quarter and a bit: what the reviews of such a studio look back on.
const DAYS: i64 = 98;

/// Keeps the days of the last weeks.
///
/// # Errors
/// When the store refuses it.
pub(super) fn keep(tx: &Tx<'_>, rules: &Rules, clock: &Clock) -> Result<(), StoreError> {
    let first = day::monday(day::plus(rules.today, -DAYS));
    let stored = tx.work_since(rules.today, clock.midnight(first))?;
    let mut held: Vec<(HeldShare, Request)> = shares_of(&stored, rules);
    // The keeper began with today when the studio was written; these weeks have to lie before that.
    tx.forget_kept_days(day::plus(first, -1))?;
    tx.begin_keeping_after(day::plus(first, -1))?;
    for date in first.iter_days().take_while(|date| *date < rules.today) {
        let mut then: Vec<HeldShare> =
            held.iter().map(|(share, request)| as_of(share, request, date, clock)).collect();
        // One day at a time, because the stages are those of each evening.
        let days = past::reckon(&stored.team(), &mut then, date, day::plus(date, 1));
        for ((share, _), then) in held.iter_mut().zip(then) {
            share.done = then.done;
        }
        for past in days {
            tx.keep_day(past.day, false, &past.shares)?;
        }
    }
    Ok(())
}

/// Adds a request; one that was delivered lay with whoever asked for it until it was ready: how long, only a move tells.
///
/// # Errors
/// When the store refuses it.
pub(super) fn add_with_its_brief(tx: &Tx<'_>, request: &Request) -> Result<RequestId, StoreError> {
    let done = request.ready.filter(|_| request.delivered.is_some());
    let Some(ready) = done else { return tx.add_request(request) };
    let asked = Request {
        stage: Stage::Clarifying,
        stage_since: request.created,
        ready: None,
        started: None,
        delivered: None,
        ..request.clone()
    };
    // Each stage is a write of its own, since past stages are read from the journal.
    let id = tx.add_request(&asked)?;
    tx.put_request(&Request { id, stage: Stage::Ready, stage_since: ready, ready: Some(ready), ..asked })?;
    tx.put_request(&Request { id, ..request.clone() })?;
    Ok(id)
}

/// A share with the stage that its request had at the end of a day.
fn as_of(share: &HeldShare, request: &Request, date: NaiveDate, clock: &Clock) -> HeldShare {
    let by_then = |at: Option<DateTime<Utc>>| at.is_some_and(|at| clock.day_of(at) <= date);
    let stage = if by_then(request.delivered) {
        Stage::Delivered
    } else if by_then(Some(request.stage_since)) && request.stage != Stage::Delivered {
        request.stage
    } else if by_then(request.started) {
        Stage::InProgress
    } else {
        Stage::Scheduled
    };
    let is_blocked = request.blocked.as_ref().is_some_and(|blocked| blocked.since <= date);
    HeldShare { stage, is_blocked, ..share.clone() }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::request::Blocked;
    use crate::ops::kit::{day, give, request, studio};

    fn instant(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn on_each_day_a_share_had_the_stage_of_that_evening() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~16h due:2026-11-27");
        give(&mut desk, id, "ana", 16);
        let (_, work) = desk.work().unwrap();
        let share = work.held[0].clone();
        let mut film = desk.store.request(id).unwrap();
        film.started = Some(instant("2026-11-10T23:30:00+00:00"));
        film.delivered = Some(instant("2026-11-18T08:00:00+00:00"));
        (film.stage, film.stage_since) = (Stage::Delivered, instant("2026-11-18T08:00:00+00:00"));
        film.blocked = Some(Blocked { reason: "prices".to_owned(), since: day("2026-11-12") });
        // An hour ahead of Greenwich, half past eleven is the day after.
        let clock = Clock::fixed(DateTime::parse_from_rfc3339("2026-11-23T09:00:00+01:00").unwrap());
        for (on, stage, is_blocked) in [
            ("2026-11-10", Stage::Scheduled, false),
            ("2026-11-11", Stage::InProgress, false),
            ("2026-11-12", Stage::InProgress, true),
            ("2026-11-17", Stage::InProgress, true),
            ("2026-11-18", Stage::Delivered, true),
        ] {
            let then = as_of(&share, &film, day(on), &clock);
            assert_eq!((then.stage, then.is_blocked), (stage, is_blocked), "{on}");
        }
        // In review since Friday, and under way before.
        film.delivered = None;
        (film.stage, film.stage_since) = (Stage::InReview, instant("2026-11-20T08:00:00+00:00"));
        assert_eq!(as_of(&share, &film, day("2026-11-19"), &clock).stage, Stage::InProgress);
        assert_eq!(as_of(&share, &film, day("2026-11-20"), &clock).stage, Stage::InReview);
    }
}
