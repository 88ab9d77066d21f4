//! Days that are over: they are kept before the first write of a new day, and read by figures of past spans.

mod absence;

use chrono::NaiveDate;

use super::Desk;
use super::rules::Rules;
use super::work::Work;
use crate::config::Config;
use crate::domain::day;
use crate::domain::kept::KeptDays;
use crate::domain::load::past::{self, MissingDays};
use crate::domain::workdays::WorkCalendar;
use crate::store::{Keeper, StoreError, Tx};

/// Keeps days by the sizes of a configuration.
pub fn keeper(config: &Config) -> Keeper {
    let config = config.clone();
    Box::new(move |tx, today| keep(tx, &config, today))
}

/// Keeps the days that are missing before `today`; the sentence for the journal, if there were some.
fn keep(tx: &Tx<'_>, config: &Config, today: NaiveDate) -> Result<Option<String>, StoreError> {
    let Some(newest) = tx.newest_kept_day()? else {
        return begin(tx, config, today);
    };
    match past::missing(newest, today) {
        MissingDays::From(first) => keep_from(tx, config, first, today).map(Some),
        // A write never waits for an answer about days; the two doubtful cases are told at the start and by
        // `doctor`.
        MissingDays::TooMany { .. } => {
            // Whoever is back keeps days again from this one on, whatever becomes of those that passed.
            tx.begin_keeping_after(day::plus(today, -1))?;
            Ok(None)
        }
        MissingDays::None | MissingDays::Ahead => Ok(None),
    }
}

/// The first write of this version: from today on days are kept. What had come off shares that were under way
/// before is reckoned now, once.
fn begin(tx: &Tx<'_>, config: &Config, today: NaiveDate) -> Result<Option<String>, StoreError> {
    let stored = tx.work(today)?;
    let rules = Rules::new(config, today, WorkCalendar::new(&stored.holidays));
    let once = Work::to_store_once(&stored, &rules);
    for (mut share, done) in once.iter().cloned() {
        // Once and for all, before the first day is kept: later the window may have moved, and its past days
        // could not be told.
        share.left.done_before = Some(done);
        tx.put_allocation(&share)?;
    }
    tx.begin_keeping_after(day::plus(today, -1))?;
    Ok((!once.is_empty()).then(|| format!("Began to record days with {}", day::short_day(today))))
}

fn keep_from(tx: &Tx<'_>, config: &Config, first: NaiveDate, today: NaiveDate) -> Result<String, StoreError> {
    let stored = tx.work(today)?;
    let calendar = WorkCalendar::new(&stored.holidays);
    let yesterday = day::plus(today, -1);
    let is_gap = is_gap(&calendar, first, today);
    let work = Work::since(&stored, &Rules::new(config, today, calendar), first);
    for past in &work.past {
        tx.keep_day(past.day, is_gap && past.day > first, &past.shares)?;
    }
    Ok(format!("Recorded {}", day::day_range(first, yesterday)))
}

/// True if the days after the first missing one were lived through without the program: one of them was a working day.
/// The first is the last on which something was written, so its end is known.
fn is_gap(calendar: &WorkCalendar, first: NaiveDate, today: NaiveDate) -> bool {
    calendar.between(first, day::plus(today, -1)) > 0
}

impl Desk {
    /// What was planned and done on the days from `from` to `to`, both included, kept or reckoned now. Days of the
    /// future hold nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_days(&self, from: NaiveDate, to: NaiveDate) -> Result<KeptDays, StoreError> {
        let (_, work) = self.work()?;
        self.kept_days_with(&work, from, to)
    }

    /// The same for whoever has read the work already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_days_with(
        &self,
        work: &Work,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<KeptDays, StoreError> {
        let to = to.min(day::plus(self.today(), -1));
        let mut kept = self.store.kept_days(from, to)?;
        kept.first = kept.first.or_else(|| work.past.first().map(|past| past.day));
        kept.waits = self.long_absences()?;
        if let Some((first, _)) = kept.waits.first() {
            kept.first = kept.first.map(|known| known.min(*first));
        }
        let is_in = |day: NaiveDate| from <= day && day <= to;
        // As they would be kept by the next write, with the same mark.
        let calendar = WorkCalendar::new(&self.store.holidays()?);
        let first = work.past.first().map(|past| past.day);
        let first = first.filter(|first| is_gap(&calendar, *first, self.today()));
        for past in work.past.iter().filter(|past| is_in(past.day)) {
            kept.shares.extend(past.shares.iter().cloned());
            kept.reconstructed.extend(first.filter(|first| past.day > *first).map(|_| past.day));
        }
        Ok(kept)
    }

    /// Keeps the days that are over, if some are missing; true if there were.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_days(&mut self) -> Result<bool, StoreError> {
        let stamp = self.stamp();
        self.store.keep_days(stamp)
    }

    /// What is missing and is kept only after somebody says yes: a long absence, or days of a wrong clock.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn days_to_confirm(&self) -> Result<Option<MissingDays>, StoreError> {
        if self.missing_days()? == Some(MissingDays::Ahead) {
            return Ok(Some(MissingDays::Ahead));
        }
        // The oldest first: what it takes off is no longer there for those after it.
        let run = self.long_absences()?.into_iter().next();
        Ok(run.map(|(first, last)| MissingDays::TooMany { first, count: (last - first).num_days() + 1 }))
    }

    /// What is missing since the newest day that is kept.
    fn missing_days(&self) -> Result<Option<MissingDays>, StoreError> {
        Ok(self.store.newest_kept_day()?.map(|newest| past::missing(newest, self.today())))
    }

    /// The first and the last day of each absence that waits for a yes, the oldest first.
    fn long_absences(&self) -> Result<Vec<(NaiveDate, NaiveDate)>, StoreError> {
        let mut runs = self.store.passed_over(past::MOST_MISSING)?;
        if let Some(MissingDays::TooMany { first, count }) = self.missing_days()? {
            runs.push((first, day::plus(first, count - 1)));
        }
        Ok(runs)
    }

    /// The yes: days of a wrong clock are forgotten, and those that passed without the program are kept as was planned for
    /// them then, marked as reconstructed.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn confirm_days(&mut self) -> Result<(), StoreError> {
        let (stamp, today, config) = (self.stamp(), self.today(), self.config.clone());
        match self.days_to_confirm()? {
            Some(MissingDays::TooMany { first, count }) => {
                let passed = absence::reckon(self, (first, day::plus(first, count - 1)))?;
                self.store.keep_days_anew(stamp, |tx| absence::keep(tx, &passed))
            }
            _ => self.store.keep_days_anew(stamp, |tx| {
                // First, so that the newest day that is left is a true one.
                tx.forget_kept_days(today)?;
                let newest = tx.newest_kept_day()?.unwrap_or_else(|| day::plus(today, -1));
                if let MissingDays::From(first) = past::missing(newest, today) {
                    return keep_from(tx, &config, first, today);
                }
                Ok(format!("Forgot days recorded at or after {}", day::short_day(today)))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::{begin, change, day, go, hours, left, request, studio};

    /// Days with the hours that came off on them, of everything.
    fn kept(desk: &Desk, from: &str, to: &str) -> Vec<(NaiveDate, i64)> {
        let mut kept = desk.kept_days(day(from), day(to)).unwrap().shares;
        kept.sort_by_key(|share| share.day);
        kept.iter().map(|share| (share.day, share.done.0 / 60)).collect()
    }

    /// Ana does a film of twenty hours in five days.
    fn film() -> (Desk, crate::domain::ids::RequestId) {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h due:fri @ana");
        begin(&mut desk, id);
        (desk, id)
    }

    #[test]
    fn whoever_only_looks_sees_the_days_that_are_over_and_keeps_none() {
        let (mut desk, _) = film();
        go(&mut desk, "2026-11-25");
        let days = [(day("2026-11-23"), 4), (day("2026-11-24"), 4)];
        assert_eq!(kept(&desk, "2026-11-01", "2026-12-31"), days);
        assert_eq!(kept(&desk, "2026-11-24", "2026-12-31"), days[1..]);
        assert_eq!(desk.store.newest_kept_day().unwrap(), Some(day("2026-11-22")));
    }

    #[test]
    fn the_first_write_of_a_day_keeps_the_days_before_it() {
        let (mut desk, id) = film();
        go(&mut desk, "2026-11-25");
        change(&mut desk, id, "due:2026-12-04");
        assert_eq!(desk.store.newest_kept_day().unwrap(), Some(day("2026-11-24")));
        // What was kept stays, whatever becomes of the work.
        desk.unassign(&[id]).unwrap();
        assert_eq!(kept(&desk, "2026-11-01", "2026-12-31"), [(day("2026-11-23"), 4), (day("2026-11-24"), 4)]);
    }

    #[test]
    fn whoever_only_looks_is_told_which_days_are_reconstructed() {
        let (mut desk, id) = film();
        go(&mut desk, "2026-12-01");
        let days = |desk: &Desk| desk.kept_days(day("2026-11-01"), day("2026-12-31")).unwrap().reconstructed;
        let told = days(&desk);
        assert_eq!((told.first(), told.last()), (Some(&day("2026-11-24")), Some(&day("2026-11-30"))));
        let used = desk.week_review(day("2026-11-23")).unwrap();
        let used = used
            .blocks
            .iter()
            .flat_map(|it| &it.lines)
            .find(|it| it.text.starts_with("The team's working hours"));
        // From Tuesday to Friday: on a weekend nothing was missed.
        assert!(used.unwrap().text.contains(", 4 days taken from the plan"), "{}", used.unwrap().text);
        change(&mut desk, id, "Poster");
        assert_eq!(days(&desk), told);
    }

    #[test]
    fn keeping_is_no_change_that_an_undo_would_meet() {
        let (mut desk, id) = film();
        go(&mut desk, "2026-11-25");
        change(&mut desk, id, "Poster");
        desk.undo(None).unwrap();
        assert_eq!(desk.store.request(id).unwrap().title, "Film");
        assert_eq!(desk.store.newest_kept_day().unwrap(), Some(day("2026-11-24")));
        assert!(!desk.keep_days().unwrap(), "yesterday is kept");
        go(&mut desk, "2026-11-26");
        assert!(desk.keep_days().unwrap());
        assert_eq!(left(&desk, id), Some(hours(8)));
    }

    #[test]
    fn work_that_nobody_began_takes_nothing_off() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~20h due:fri @ana");
        go(&mut desk, "2026-11-25");
        assert!(kept(&desk, "2026-11-01", "2026-12-31").iter().all(|(_, done)| *done == 0));
        assert_eq!(left(&desk, id), Some(hours(20)));
    }

    #[test]
    fn weeks_that_wait_for_a_yes_are_not_told_as_weeks_without_work() {
        let (mut desk, _) = film();
        go(&mut desk, "2027-01-04");
        let told = |desk: &Desk, week: &str| {
            let week = desk.week_review(day(week)).unwrap();
            let block = week.blocks.into_iter().find(|block| block.title == "Hours and flow").unwrap();
            block.lines.into_iter().take(2).map(|line| line.text).collect::<Vec<_>>()
        };
        for line in told(&desk, "2026-11-25") {
            assert!(line.contains(": not recorded from 23 Nov 2026 on: not used for too long"), "{line}");
        }
        desk.confirm_days().unwrap();
        let time = &told(&desk, "2026-11-25")[1];
        assert!(time.starts_with("The team's working hours that were filled: 20h of 80h (n 1)"), "{time}");
    }

    #[test]
    fn of_two_long_absences_the_older_one_is_asked_first_and_neither_is_told_as_idle() {
        let mut desk = studio();
        let id = request(&mut desk, "Film t3 ~80h due:2027-05-28 @ana");
        begin(&mut desk, id);
        go(&mut desk, "2027-01-11");
        let before = left(&desk, id).unwrap();
        change(&mut desk, id, "Poster");
        go(&mut desk, "2027-04-05");
        let first = |desk: &Desk| match desk.days_to_confirm().unwrap() {
            Some(MissingDays::TooMany { first, .. }) => Some(first),
            _ => None,
        };
        assert_eq!(first(&desk), Some(day("2026-11-23")));
        let days = desk.kept_days(day("2026-11-01"), day("2027-04-04")).unwrap();
        assert!(!days.has(day("2026-12-09")) && !days.has(day("2027-03-03")));
        desk.confirm_days().unwrap();
        assert_eq!(first(&desk), Some(day("2027-01-11")));
        desk.confirm_days().unwrap();
        assert_eq!(first(&desk), None);
        // Even days of a window of 27 weeks: 19 of them are over.
        assert_eq!(before, hours(80));
        let days = [("2026-11-23", "2027-01-10"), ("2027-01-11", "2027-04-04")];
        let done = days.map(|(from, to)| kept(&desk, from, to).len());
        assert_eq!(done, [35, 60]);
    }

    #[test]
    fn days_of_a_wrong_clock_are_forgotten_after_a_yes() {
        let (mut desk, id) = film();
        go(&mut desk, "2026-11-30");
        change(&mut desk, id, "Poster");
        go(&mut desk, "2026-11-25");
        assert_eq!(desk.days_to_confirm().unwrap(), Some(MissingDays::Ahead));
        desk.confirm_days().unwrap();
        assert_eq!(desk.store.newest_kept_day().unwrap(), Some(day("2026-11-24")));
        assert_eq!(left(&desk, id), Some(hours(12)), "two days of four hours are over");
    }
}
