//! Which start of a series is which after its calendar gave it another time, another day or another rule: what was done
//! and written here belongs to a meeting, and a meeting that moves with all of its series is the same one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};

use super::{LocalEvent, occurrence_key, start_named};
use crate::domain::bounds::Steps;
use crate::domain::day;
use crate::domain::meeting::{CalendarEvent, EventSpec, Moment};
use crate::domain::rule::{Frequency, Rule};

/// Days looked at around those that are asked for: more than the longest month, on either side.
const AROUND: i64 = 62;

/// A start of a series as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedStart {
    /// As [`super::Occurrence::key`] would have it.
    pub key: String,
    /// As the series itself has it.
    pub moment: Moment,
}

/// What the calendar alone says of a start, whatever was done here: its moment in the series, and what became of it.
pub fn as_the_calendar_has_it<Z: TimeZone>(
    event: &CalendarEvent,
    key: &str,
    local: &Z,
    steps: &mut Steps,
) -> Option<(Moment, EventSpec)> {
    if event.recurrence.is_single() {
        return key.is_empty().then(|| (event.spec.start.clone(), event.spec.clone()));
    }
    let mut untouched = event.clone();
    untouched.recurrence.by_hand.clear();
    start_named(&untouched, key, local, steps)
}

/// The instant of a moment, for a lead in some zone.
pub fn instant<Z: TimeZone>(event: &CalendarEvent, moment: &Moment, local: &Z) -> DateTime<Utc> {
    LocalEvent { event, local }.instant(moment)
}

/// The key of the start that a moment names; `None` if the event has no such start.
pub fn key_of<Z: TimeZone>(
    event: &CalendarEvent,
    moment: &Moment,
    local: &Z,
    steps: &mut Steps,
) -> Option<String> {
    if event.recurrence.is_single() {
        return Some(String::new());
    }
    let frame = LocalEvent { event, local };
    let on = frame.own(moment).date();
    let keyed = keyed(&frame, (on, on), steps)?;
    let named = frame.named(std::iter::once(moment));
    keyed.into_iter().find(|(at, _)| named.has(&frame, *at)).map(|(_, key)| key)
}

/// True if the event has a start that is known by a key, whatever day it was moved to.
pub fn has_start<Z: TimeZone>(event: &CalendarEvent, key: &str, local: &Z, steps: &mut Steps) -> bool {
    if event.recurrence.is_single() {
        return key.is_empty();
    }
    let Some(on) = day_of(key) else { return false };
    let keyed = keyed(&LocalEvent { event, local }, (on, on), steps);
    keyed.is_some_and(|keyed| keyed.values().any(|known| known == key))
}

/// Where the starts that some keys name are now. Those that the event did not have before are not there; `None` stands
/// for one that it has no more.
pub fn carried<Z: TimeZone>(
    (before, after): (&CalendarEvent, &CalendarEvent),
    keys: &BTreeSet<String>,
    local: &Z,
    steps: &mut Steps,
) -> BTreeMap<String, Option<CarriedStart>> {
    let (old, new) = (LocalEvent { event: before, local }, LocalEvent { event: after, local });
    let firsts = [old.first().date(), new.first().date()];
    let days = || {
        keys.iter()
            .filter_map(|key| day_of(key))
            // The key of what happens once is empty and names no day, so its own start says where to look.
            .chain(firsts.into_iter().filter(|_| has_single(&[before, after])))
    };
    let (Some(from), Some(to)) = (days().min(), days().max()) else { return BTreeMap::new() };
    let window = (day::plus(from, -AROUND), day::plus(to, AROUND));
    let (Some(olds), Some(news)) = (keyed(&old, window, steps), keyed(&new, window, steps)) else {
        return BTreeMap::new();
    };
    let mut pairs = Pairs {
        free_old: olds.keys().copied().collect(),
        free_new: news.keys().copied().collect(),
        found: BTreeMap::new(),
    };
    pairs.match_all(first_rule(before).as_ref(), first_rule(after).as_ref(), firsts[1] - firsts[0]);
    let now = |at: &NaiveDateTime| {
        let at = *pairs.found.get(at)?;
        Some(CarriedStart { key: news.get(&at)?.clone(), moment: new.moment_at(at) })
    };
    olds.iter().filter(|(_, key)| keys.contains(*key)).map(|(at, key)| (key.clone(), now(at))).collect()
}

fn has_single(events: &[&CalendarEvent]) -> bool {
    events.iter().any(|event| event.recurrence.is_single())
}

fn day_of(key: &str) -> Option<NaiveDate> {
    key.get(..10)?.parse().ok()
}

fn first_rule(event: &CalendarEvent) -> Option<Rule> {
    event.recurrence.rules().next()?.parse().ok()
}

/// The starts of some days that take place by the calendar, with their keys; `None` where nobody knows them all.
fn keyed<Z: TimeZone>(
    frame: &LocalEvent<'_, '_, Z>,
    (from, to): (NaiveDate, NaiveDate),
    steps: &mut Steps,
) -> Option<BTreeMap<NaiveDateTime, String>> {
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN);
    let starts = frame.starts((midnight(from), midnight(day::plus(to, 1))), steps);
    // With some of the starts missing, what is known of one would go along to another.
    if starts.is_capped || starts.is_faulty {
        return None;
    }
    let recurrence = &frame.event.recurrence;
    let except = frame.named(recurrence.except.iter());
    let key = |at: &NaiveDateTime| {
        if recurrence.is_single() { String::new() } else { occurrence_key(*at, &starts.at) }
    };
    let taking_place = starts.at.iter().filter(|at| !except.has(frame, **at));
    Some(taking_place.map(|at| (*at, key(at))).collect())
}

/// Starts before and after that are not yet matched, and those that are.
struct Pairs {
    free_old: BTreeSet<NaiveDateTime>,
    free_new: BTreeSet<NaiveDateTime>,
    found: BTreeMap<NaiveDateTime, NaiveDateTime>,
}

impl Pairs {
    /// The surest first: the same time, the same day, as far off as the first of the series was moved, and at last the
    /// same place within a week, a month or a year.
    fn match_all(&mut self, before: Option<&Rule>, after: Option<&Rule>, moved: TimeDelta) {
        let same: Vec<NaiveDateTime> = self.free_old.intersection(&self.free_new).copied().collect();
        for at in same {
            self.pair(at, at);
        }
        self.match_within(NaiveDateTime::date, NaiveDateTime::date);
        // Further than to the next, it began at another one of its own days.
        if before.is_none_or(|rule| moved.num_days().abs() < days_of_period(rule)) {
            let moved_day = |at: &NaiveDateTime| at.date().checked_add_signed(moved).unwrap_or(at.date());
            self.match_within(moved_day, NaiveDateTime::date);
        }
        if let Some(rule) = after.or(before) {
            self.match_within(|at| period_of(rule, at.date()), |at| period_of(rule, at.date()));
        }
    }

    /// Matches what has the same name, in order.
    fn match_within<N: Ord>(
        &mut self,
        name: impl Fn(&NaiveDateTime) -> N,
        new_name: impl Fn(&NaiveDateTime) -> N,
    ) {
        let mut by_name: BTreeMap<N, Vec<NaiveDateTime>> = BTreeMap::new();
        // Backwards, so that what is taken from the end below is the earliest one.
        for at in self.free_new.iter().rev() {
            by_name.entry(new_name(at)).or_default().push(*at);
        }
        let found: Vec<_> =
            self.free_old.iter().filter_map(|at| Some((*at, by_name.get_mut(&name(at))?.pop()?))).collect();
        for (old, new) in found {
            self.pair(old, new);
        }
    }

    fn pair(&mut self, old: NaiveDateTime, new: NaiveDateTime) {
        self.free_old.remove(&old);
        self.free_new.remove(&new);
        self.found.insert(old, new);
    }
}

fn days_of_period(rule: &Rule) -> i64 {
    let one = match rule.frequency {
        // The shortest that there is of each: what moved by less is still in the same one or the next.
        Frequency::Yearly => 365,
        Frequency::Monthly => 28,
        Frequency::Weekly => 7,
        _ => 1,
    };
    one * i64::from(rule.interval)
}

/// Which year, month, week or day of a rule a day lies in.
fn period_of(rule: &Rule, day: NaiveDate) -> (i32, u32) {
    match rule.frequency {
        Frequency::Yearly => (day.year(), 0),
        Frequency::Monthly => (day.year(), day.month()),
        Frequency::Weekly => (day.iso_week().year(), day.iso_week().week()),
        _ => (day.year(), day.ordinal()),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use super::*;
    use crate::domain::meeting::{MeetingStatus, Recurrence, ShowsAs};

    fn series(start: &str, rule: &str) -> CalendarEvent {
        let spec = EventSpec {
            title: "Sync".to_owned(),
            start: Moment::Zoned(start.parse().unwrap(), London),
            minutes: 60,
            attendees: Vec::new(),
            location: String::new(),
            status: MeetingStatus::Confirmed,
            sequence: 0,
            shows_as: ShowsAs::Busy,
        };
        let recurrence = Recurrence { rule: rule.to_owned(), ..Recurrence::default() };
        CalendarEvent { uid: "u".to_owned(), spec, recurrence, zone: None }
    }

    /// The first and the rule before, the same after; the day of a meeting before, and after.
    const MOVED: &str = "
        11-02T10:00 FREQ=WEEKLY | 11-02T12:00 FREQ=WEEKLY | 11-30 | 11-30
        11-02T10:00 FREQ=WEEKLY | 11-03T10:00 FREQ=WEEKLY | 11-30 | 12-01
        11-02T10:00 FREQ=WEEKLY | 11-06T10:00 FREQ=WEEKLY | 11-30 | 12-04
        11-02T10:00 FREQ=WEEKLY | 11-24T10:00 FREQ=WEEKLY | 11-30 | 12-01
        11-06T10:00 FREQ=WEEKLY | 11-02T10:00 FREQ=WEEKLY | 11-27 | 11-23
        11-02T10:00 FREQ=WEEKLY;INTERVAL=2 | 11-09T10:00 FREQ=WEEKLY;INTERVAL=2 | 11-30 | 12-07
        11-02T10:00 FREQ=WEEKLY;BYDAY=MO,WE | 11-02T10:00 FREQ=WEEKLY;BYDAY=MO,TH | 11-25 | 11-26
        11-02T10:00 FREQ=WEEKLY;BYDAY=MO,WE | 11-03T10:00 FREQ=WEEKLY;BYDAY=TU,TH | 11-25 | 11-26
        10-30T10:00 FREQ=MONTHLY;BYDAY=-1FR | 11-02T10:00 FREQ=MONTHLY;BYDAY=1MO | 12-25 | 12-07
        10-05T10:00 FREQ=MONTHLY | 10-07T10:00 FREQ=MONTHLY | 11-05 | 11-07
        11-02T10:00 FREQ=DAILY | 11-02T10:00 FREQ=DAILY;BYHOUR=10,15 | 11-30 | 11-30T1000
        11-30T10:00 | 11-30T11:00 FREQ=WEEKLY | | 11-30
        11-30T10:00 FREQ=WEEKLY | 11-30T10:00 | 11-30 |";

    #[test]
    fn a_meeting_of_a_series_is_the_same_when_all_of_it_moves() {
        let year = |text: &str| if text.is_empty() { String::new() } else { format!("2026-{text}") };
        for line in MOVED.lines().filter(|line| !line.trim().is_empty()) {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let of = |text: &str| {
                let (start, rule) = text.split_once(' ').unwrap_or((text, ""));
                series(&year(&format!("{start}:00")), rule)
            };
            let (from, to) = (year(parts[2]), year(parts[3]));
            let keys = BTreeSet::from([from.clone()]);
            let found = carried((&of(parts[0]), &of(parts[1])), &keys, &London, &mut Steps::new(100_000));
            assert_eq!(found[&from].as_ref().map(|now| &now.key), Some(&to), "{line}");
        }
    }

    #[test]
    fn a_meeting_that_its_series_has_no_more_is_nowhere() {
        let old = series("2026-11-02T10:00:00", "FREQ=WEEKLY");
        let mut new = series("2026-11-02T10:00:00", "FREQ=WEEKLY;UNTIL=20261123");
        let gone = BTreeSet::from(["2026-11-30".to_owned(), "2026-11-25".to_owned()]);
        let found = carried((&old, &new), &gone, &London, &mut Steps::new(100_000));
        assert_eq!(found, BTreeMap::from([("2026-11-30".to_owned(), None)]), "it never had a Wednesday");
        new.recurrence.rule = "FREQ=SOMETIMES".to_owned();
        assert!(carried((&old, &new), &gone, &London, &mut Steps::new(100_000)).is_empty());
    }
}
