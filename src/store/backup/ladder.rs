//! Which copies stay: all of two days, then one a day, a week and a month, and the newest five whatever the
//! clock says.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::Backup;

const NEWEST: usize = 5;
const ALL: TimeDelta = TimeDelta::days(2);
const DAILY: usize = 12;
const WEEKLY: usize = 10;
const MONTHLY: usize = 9;

/// For each copy, the newest first, whether it stays. Copies from the future stay: the clock is wrong, not
/// they.
pub fn kept(backups: &[Backup], now: DateTime<Utc>) -> Vec<bool> {
    let (mut days, mut weeks, mut months) = (HashSet::new(), HashSet::new(), HashSet::new());
    let first_of = |set: &mut HashSet<(i32, u32)>, key: (i32, u32), limit: usize| {
        (set.len() < limit || set.contains(&key)) && set.insert(key)
    };
    backups
        .iter()
        .enumerate()
        .map(|(index, backup)| {
            // By place as well as by age: with a clock that ran ahead, every copy looks old one day.
            if index < NEWEST || now - backup.at < ALL {
                return true;
            }
            let week = backup.at.iso_week();
            // All three are asked, since each keeps its own count: `||` would stop before the week and month
            // are noted.
            let is_day = first_of(&mut days, (backup.at.year(), backup.at.ordinal()), DAILY);
            let is_week = first_of(&mut weeks, (week.year(), week.week()), WEEKLY);
            let is_month = first_of(&mut months, (backup.at.year(), backup.at.month()), MONTHLY);
            is_day || is_week || is_month
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_hour_for(days: i64, now: DateTime<Utc>) -> Vec<Backup> {
        (0..days * 24)
            .map(|hour| Backup {
                path: format!("{hour}").into(),
                operation: days * 24 - hour,
                at: now - TimeDelta::hours(hour),
                reason: "x".to_owned(),
            })
            .collect()
    }

    #[test]
    fn a_year_of_copies_thins_to_some_dozens_and_reaches_back_for_months() {
        let now = DateTime::parse_from_rfc3339("2026-11-23T09:12:00Z").unwrap().to_utc();
        let backups = every_hour_for(365, now);
        let kept: Vec<_> =
            backups.iter().zip(kept(&backups, now)).filter(|(_, stays)| *stays).map(|(it, _)| it).collect();
        assert!((48..48 + DAILY + WEEKLY + MONTHLY + 1).contains(&kept.len()), "{}", kept.len());
        assert!(now - kept.last().unwrap().at > TimeDelta::days(200));
    }

    #[test]
    fn a_clock_that_jumped_a_year_takes_nothing_of_the_newest_five() {
        let now = DateTime::parse_from_rfc3339("2026-11-23T09:12:00Z").unwrap().to_utc();
        let backups = every_hour_for(1, now);
        let kept = kept(&backups, now + TimeDelta::days(400));
        assert!(kept[..NEWEST].iter().all(|stays| *stays));
        assert!(super::kept(&backups, now - TimeDelta::days(400)).iter().all(|stays| *stays));
    }
}
