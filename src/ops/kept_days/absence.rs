//! A long absence after its yes: each of its days takes off what the work of that day's end shows for it. Nothing that
//! was said, given or begun after the return is touched by it.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::ids::{AllocationId, OperationId};
use crate::domain::load::past::PastDay;
use crate::domain::minutes::Minutes;
use crate::domain::workdays::WorkCalendar;
use crate::ops::Desk;
use crate::ops::rules::Rules;
use crate::ops::work::Work;
use crate::store::{StoreError, StoredWork, Tx};

/// The days from the first to the last one as they were, which is mostly as the absence found them.
pub(super) fn reckon(desk: &Desk, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<PastDay>, StoreError> {
    let mut days: Vec<PastDay> = Vec::new();
    let mut done: HashMap<AllocationId, Minutes> = HashMap::new();
    let mut known: Option<(OperationId, StoredWork)> = None;
    for on in first.iter_days().take_while(|on| *on <= last) {
        let next = day::plus(on, 1);
        let newest = desk.store.operation_before(desk.clock.midnight(next))?;
        // To know a day as it was, the store is copied and its journal walked back. On most days of an absence
        // nothing was written, so the copy of the day before serves once more.
        let stored = match known.take().filter(|(of, _)| *of == newest) {
            Some((_, stored)) => stored,
            None => desk.store.as_it_was(newest)?.work(first)?,
        };
        let mut then = stored.clone();
        // What the days before took off is not stored yet, but decides what is left to lie on this one.
        for (share, minutes) in &done {
            *then.done.entry(*share).or_default() += *minutes;
        }
        let rules = Rules::new(&desk.config, next, WorkCalendar::new(&then.holidays));
        for past in Work::since(&then, &rules, on).past {
            for kept in &past.shares {
                *done.entry(kept.share).or_default() += kept.done;
            }
            days.push(past);
        }
        known = Some((newest, stored));
    }
    Ok(days)
}

/// Keeps them, and leaves what was said since as it was said.
pub(super) fn keep(tx: &Tx<'_>, days: &[PastDay]) -> Result<String, StoreError> {
    for (place, past) in days.iter().enumerate() {
        // The first of them is the last day on which something was written, so how it ended is known.
        tx.keep_day(past.day, place > 0, &past.shares)?;
    }
    let mut done: HashMap<AllocationId, Vec<(NaiveDate, Minutes)>> = HashMap::new();
    for kept in days.iter().flat_map(|past| &past.shares).filter(|kept| kept.done.is_positive()) {
        done.entry(kept.share).or_default().push((kept.day, kept.done));
    }
    for (id, done) in done {
        // Whatever became of it meanwhile: a share that is gone has nothing left.
        let Ok(mut share) = tx.allocation(id) else { continue };
        let Some(said) = share.left.said_on else { continue };
        // These days now take hours off that were over when the hours left were said; the correction gives them
        // back, so that what was said stays.
        let before: Minutes = done.iter().filter(|(on, _)| *on < said).map(|(_, minutes)| *minutes).sum();
        if before.is_positive() {
            share.left.correction -= before;
            tx.put_allocation(&share)?;
        }
    }
    let ends = days.first().zip(days.last());
    Ok(ends.map_or_else(String::new, |(first, last)| {
        format!("Recorded {}", day::day_range(first.day, last.day))
    }))
}

#[cfg(test)]
mod tests;
