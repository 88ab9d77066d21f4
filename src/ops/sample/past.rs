//! The weeks before a made-up studio begins: what its days would have kept, had the program been there.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::day;
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
pub(super) fn keep(tx: &Tx<'_>, rules: &Rules, clock: Clock) -> Result<(), StoreError> {
    let first = day::monday(day::plus(rules.today, -DAYS));
    let stored = tx.work_since(rules.today, clock.midnight(first))?;
    let mut held: Vec<(HeldShare, Request)> = shares_of(&stored, rules);
    tx.forget_kept_days(day::plus(first, -1))?;
    tx.begin_keeping_after(day::plus(first, -1))?;
    for date in first.iter_days().take_while(|date| *date < rules.today) {
        let mut then: Vec<HeldShare> =
            held.iter().map(|(share, request)| as_of(share, request, date, clock)).collect();
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

/// A share with the stage that its request had at the end of a day.
fn as_of(share: &HeldShare, request: &Request, date: NaiveDate, clock: Clock) -> HeldShare {
    let by_then = |at: Option<DateTime<Utc>>| at.is_some_and(|at| clock.local(at).date_naive() <= date);
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
