//! Occurrences of a calendar event within a window: its rule, what was added, taken out and moved.
//!
//! The rule runs in the local time of the event's own zone and only then becomes instants, so a
//! meeting at half past nine stays there through the change of clocks. Changed occurrences take the
//! place of the start that they name, whatever their sequence number.

pub mod carried;
mod ended;
mod left_over;

pub use ended::{ended, is_called_off};
pub use left_over::left_over;

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use super::bounds::Steps;
use super::meeting::{CalendarEvent, EventSpec, Moment};
use super::rule::{self, Rule, Until};
use super::zone::{to_local, to_utc};

/// Days from which a meeting may reach into a window, or be moved into it with all that follow.
const FURTHEST: i64 = 3_660;
/// So many letters of a rule are read in one step.
const TO_A_STEP: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
/// One start of an event, as an instant.
pub struct Occurrence<'e> {
    /// Which of the series: the day in the event's own zone on which the rule puts it, with the time
    /// where that day has several; empty if the event does not repeat.
    pub key: String,
    /// Start; of a whole day, the midnight of the lead's zone.
    pub start: DateTime<Utc>,
    /// End; the start itself if it has no length.
    pub end: DateTime<Utc>,
    /// Takes whole days, of the lead's zone.
    pub all_day: bool,
    /// What the calendar says about it: the changed occurrence, or the series with the start of its first.
    pub spec: &'e EventSpec,
}

/// What an event gives within a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion<'e> {
    /// By their starts, cancelled ones among them.
    pub occurrences: Vec<Occurrence<'e>>,
    /// The work that was allowed did not last for all of them.
    pub is_cut: bool,
    /// Some days have more than are given.
    pub is_thinned: bool,
    /// Its rule cannot be followed: only its first and what was added are there.
    pub is_faulty: bool,
}

/// Every occurrence that touches the time from `from` up to `to`; `local` is the lead's zone, in which
/// whole days and times without a zone are read. Cancelled ones are there with their status. No more work is done
/// than `steps` allows.
pub fn expand<'e, Z: TimeZone>(
    event: &'e CalendarEvent,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    local: &Z,
    steps: &mut Steps,
) -> Expansion<'e> {
    let frame = LocalEvent { event, local };
    let series = &event.recurrence;
    let mut expansion = Expansion::default();
    let named = series.extra.len()
        + series.except.len()
        + series.overrides.len()
        + series.following.len()
        + series.by_hand.len();
    // Reading costs as well: a calendar of a hundred thousand events that give nothing is still bounded.
    if steps.take(1 + series.rule.len() / TO_A_STEP + named).is_none() {
        expansion.is_cut = true;
        return expansion;
    }
    // Most events are single, and need none of the sets below.
    if series.is_single() {
        let spec = event.once();
        expansion.occurrences.extend(frame.occurrence(spec, &spec.start, String::new(), (from, to)));
        return expansion;
    }
    let window = frame.window(from, to);
    let starts = frame.starts(window, steps);
    let changed = series.overrides.iter().chain(&series.by_hand).map(|(moment, _)| moment);
    let moved = frame.named(changed);
    let except = frame.named(series.except.iter());
    let following = frame.following();
    for start in &starts.at {
        if moved.has(&frame, *start) || except.has(&frame, *start) {
            continue;
        }
        let key = occurrence_key(*start, &starts.at);
        let (spec, at) = frame.as_it_became(&following, *start);
        expansion.occurrences.extend(frame.occurrence(spec, &at, key, (from, to)));
    }
    let by_hand = frame.named(series.by_hand.iter().map(|(moment, _)| moment));
    let overrides = series.overrides.iter().filter(|(moment, _)| !by_hand.names(&frame, moment));
    for (moment, spec) in overrides.chain(&series.by_hand) {
        if let Some(found) = frame.occurrence(spec, &spec.start, String::new(), (from, to)) {
            // A change of a start that the series no longer has is left over from what the series was.
            let key = frame.key_of_override(moment, (window, &starts.at), &except, steps);
            expansion.occurrences.extend(key.map(|key| Occurrence { key, ..found }));
        }
    }
    // Changed ones came behind all that follow the rule, wherever they were moved to.
    expansion.occurrences.sort_by(|a, b| (a.start, &a.key).cmp(&(b.start, &b.key)));
    expansion.is_cut = starts.is_capped;
    expansion.is_thinned = starts.is_thinned;
    expansion.is_faulty = starts.is_faulty;
    expansion
}

/// The start of a series that a key means, as the series itself has it, and what is said of it now.
pub fn start_named<Z: TimeZone>(
    event: &CalendarEvent,
    key: &str,
    local: &Z,
    steps: &mut Steps,
) -> Option<(Moment, EventSpec)> {
    let frame = LocalEvent { event, local };
    let day = key.get(..10)?.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN);
    let starts = frame.starts((day, day.checked_add_days(Days::new(1))?), steps);
    let start = *starts.at.iter().find(|start| occurrence_key(**start, &starts.at) == key)?;
    let series = &event.recurrence;
    let mut changed = series.by_hand.iter().chain(&series.overrides);
    let is_it = |moment: &Moment| frame.named(std::iter::once(moment)).has(&frame, start);
    // Under the moment by which it was changed before, if it was.
    if let Some((moment, spec)) = changed.find(|(moment, _)| is_it(moment)) {
        return Some((moment.clone(), spec.clone()));
    }
    let (spec, at) = frame.as_it_became(&frame.following(), start);
    Some((frame.moment_at(start), EventSpec { start: at, ..spec.clone() }))
}

/// The day, with the time where another start falls on it.
fn occurrence_key(start: NaiveDateTime, starts: &BTreeSet<NaiveDateTime>) -> String {
    let day = start.date();
    let end = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    // The day alone where it is enough: a meeting that moves by half an hour keeps its notes.
    let has_others = starts.range(day.and_time(NaiveTime::MIN)..end).any(|other| *other != start);
    let format = if has_others { "%Y-%m-%dT%H%M" } else { "%Y-%m-%d" };
    start.format(format).to_string()
}

/// Own local starts of a series within a window.
#[derive(Default)]
struct SeriesStarts {
    at: BTreeSet<NaiveDateTime>,
    is_capped: bool,
    is_thinned: bool,
    is_faulty: bool,
}

/// Starts named by a calendar: by instant, or by day.
struct Named {
    instants: HashSet<DateTime<Utc>>,
    days: HashSet<NaiveDate>,
}

impl Named {
    /// The same start is named as by a moment.
    fn names<Z: TimeZone>(&self, frame: &LocalEvent<'_, '_, Z>, moment: &Moment) -> bool {
        match moment {
            Moment::Day(day) => self.days.contains(day),
            _ => self.has(frame, frame.own(moment)),
        }
    }

    fn has<Z: TimeZone>(&self, frame: &LocalEvent<'_, '_, Z>, start: NaiveDateTime) -> bool {
        self.days.contains(&start.date())
            // Compared as instants, since a calendar may name a start in another zone than that of its series.
            || (!self.instants.is_empty() && self.instants.contains(&frame.to_utc(start)))
    }
}

/// A change of all starts from one on.
struct FollowingChange<'a> {
    from: NaiveDateTime,
    by: TimeDelta,
    spec: &'a EventSpec,
}

/// An event and the zone of the lead.
struct LocalEvent<'e, 'l, Z: TimeZone> {
    event: &'e CalendarEvent,
    local: &'l Z,
}

impl<'e, Z: TimeZone> LocalEvent<'e, '_, Z> {
    fn is_all_day(&self) -> bool {
        matches!(self.event.spec.start, Moment::Day(_))
    }

    /// From the event's own local time.
    fn to_utc(&self, at: NaiveDateTime) -> DateTime<Utc> {
        match (&self.event.zone, &self.event.spec.start) {
            (_, Moment::Day(_) | Moment::Floating(_)) => to_utc(self.local, at),
            (_, Moment::Zoned(_, zone)) => to_utc(zone, at),
            (Some(zone), Moment::Fixed(_)) => zone.to_utc(at),
            (None, Moment::Fixed(fixed)) => to_utc(fixed.offset(), at),
        }
    }

    /// To the event's own local time.
    fn to_own(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        match (&self.event.zone, &self.event.spec.start) {
            (_, Moment::Day(_) | Moment::Floating(_)) => to_local(self.local, instant),
            (_, Moment::Zoned(_, zone)) => to_local(zone, instant),
            (Some(zone), Moment::Fixed(_)) => zone.to_local(instant),
            (None, Moment::Fixed(fixed)) => to_local(fixed.offset(), instant),
        }
    }

    /// A moment in the event's own local time; one without a zone is meant in that zone.
    fn own(&self, moment: &Moment) -> NaiveDateTime {
        match (moment, &self.event.spec.start) {
            (Moment::Day(day), _) => day.and_time(NaiveTime::MIN),
            // Exceptions of whole-day series are often written as times; the day that stands there is meant, wherever
            // the lead is.
            (Moment::Floating(at) | Moment::Zoned(at, _), Moment::Day(_)) | (Moment::Floating(at), _) => *at,
            (Moment::Fixed(at), Moment::Day(_)) => at.naive_local(),
            (Moment::Zoned(at, zone), _) => self.to_own(to_utc(zone, *at)),
            (Moment::Fixed(at), _) => self.to_own(at.to_utc()),
        }
    }

    /// The instant of a moment of a spec, in the lead's zone where it names none.
    fn instant(&self, moment: &Moment) -> DateTime<Utc> {
        match moment {
            Moment::Day(day) => to_utc(self.local, day.and_time(NaiveTime::MIN)),
            Moment::Floating(at) => to_utc(self.local, *at),
            Moment::Zoned(at, zone) => to_utc(zone, *at),
            Moment::Fixed(at) => at.to_utc(),
        }
    }

    /// The moment of the same kind as the event's start.
    fn moment_at(&self, start: NaiveDateTime) -> Moment {
        match self.event.spec.start {
            Moment::Day(_) => Moment::Day(start.date()),
            Moment::Floating(_) => Moment::Floating(start),
            Moment::Zoned(_, zone) => Moment::Zoned(start, zone),
            // In a zone of the file the offset is another at another time of the year, and only the instant counts.
            Moment::Fixed(fixed) => Moment::Fixed(self.to_utc(start).with_timezone(fixed.offset())),
        }
    }

    /// A spec at a start, if it touches the window.
    fn occurrence(
        &self,
        spec: &'e EventSpec,
        at: &Moment,
        key: String,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> Option<Occurrence<'e>> {
        let start = self.instant(at);
        let minutes = spec.minutes.max(0);
        let end = match at {
            Moment::Day(day) => {
                // RFC 5545: an event on a date that names no end takes that one day.
                let days = u64::try_from(minutes / 1440).unwrap_or(0).max(1);
                // By days of the calendar and not by 24 hours: a day on which clocks change has 23 or 25.
                to_utc(self.local, day.checked_add_days(Days::new(days))?.and_time(NaiveTime::MIN))
            }
            _ => start.checked_add_signed(Duration::try_minutes(minutes)?)?,
        };
        // A meeting without length on the first instant of the window touches it.
        let touches = start < to && (end > from || start >= from);
        let all_day = matches!(at, Moment::Day(_));
        touches.then_some(Occurrence { key, start, end, all_day, spec })
    }

    /// Whole days of the event's own zone, wide enough for whatever may reach into the window.
    fn window(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> (NaiveDateTime, NaiveDateTime) {
        // What began before may reach in; two days more, since no zone is further than one from another.
        let following = self.following();
        let specs = following.iter().map(|change| change.spec).chain([&self.event.spec]);
        let length = specs.map(|spec| spec.minutes).max().unwrap_or(0).clamp(0, FURTHEST * 1440) / 1440 + 2;
        // Changes push starts in from before the window, and pull them in from after it.
        let moved = |sign: i64| following.iter().map(|change| change.by.num_days() * sign).max().unwrap_or(0);
        let days = |count: i64| Days::new(u64::try_from(count.clamp(0, FURTHEST)).unwrap_or(0));
        let (from, to) = (self.to_own(from).date(), self.to_own(to).date());
        let from = from.checked_sub_days(days(length + moved(1).max(0))).unwrap_or(from);
        let to = to.checked_add_days(days(2 + moved(-1).max(0))).unwrap_or(to);
        (from.and_time(NaiveTime::MIN), to.and_time(NaiveTime::MIN))
    }

    /// The first start on the clock of the event's own zone, as it was written: a clock that skips it shows another.
    fn first(&self) -> NaiveDateTime {
        match &self.event.spec.start {
            Moment::Fixed(at) => at.naive_local(),
            other => self.own(other),
        }
    }

    /// Changes of all starts from one on, the earliest first.
    fn following(&self) -> Vec<FollowingChange<'e>> {
        let changes = self.event.recurrence.following.iter().map(|(moment, spec)| {
            let from = self.own(moment);
            FollowingChange { from, by: self.own(&spec.start) - from, spec }
        });
        let mut changes: Vec<_> = changes.collect();
        changes.sort_by_key(|change| change.from);
        changes
    }

    /// A start of the series as the last change of it and all that follow left it.
    fn as_it_became(
        &self,
        following: &[FollowingChange<'e>],
        start: NaiveDateTime,
    ) -> (&'e EventSpec, Moment) {
        match following.iter().rev().find(|change| change.from <= start) {
            Some(change) => {
                let moved = start.checked_add_signed(change.by).unwrap_or(start);
                match change.spec.start {
                    Moment::Day(_) => (change.spec, Moment::Day(moved.date())),
                    _ => (change.spec, self.moment_at(moved)),
                }
            }
            None => (&self.event.spec, self.moment_at(start)),
        }
    }

    /// Own local starts within a window: of the rules, added ones, and the first, without those of rules that leave out.
    fn starts(&self, window: (NaiveDateTime, NaiveDateTime), steps: &mut Steps) -> SeriesStarts {
        let first = self.first();
        let recurrence = &self.event.recurrence;
        let mut starts = SeriesStarts::default();
        // A rule that ends before it begins gives nothing, not even the first.
        let mut is_over = recurrence.rules().next().is_some();
        for rule in recurrence.rules() {
            let last = self.starts_of((rule, true), window, &mut starts, steps);
            is_over &= last.is_some_and(|last| last < first);
        }
        // RFC 5545 counts the start of a series as its first, also where the rule does not come on it.
        let first = Some(first).filter(|_| !is_over);
        let named = recurrence.extra.iter().map(|moment| self.own(moment)).chain(first);
        starts.at.extend(named.filter(|at| *at >= window.0 && *at < window.1));
        let mut except = SeriesStarts::default();
        for rule in recurrence.except_rules() {
            self.starts_of((rule, false), window, &mut except, steps);
        }
        starts.at.retain(|at| !except.at.contains(at));
        starts.is_capped |= except.is_capped;
        starts
    }

    /// Adds the starts of one rule, which counts the first of the series or does not; the last moment it may have, if that is limited.
    fn starts_of(
        &self,
        (rule, counts_first): (&str, bool),
        window: (NaiveDateTime, NaiveDateTime),
        starts: &mut SeriesStarts,
        steps: &mut Steps,
    ) -> Option<NaiveDateTime> {
        let Ok(rule) = rule.parse::<Rule>() else {
            starts.is_faulty = true;
            return None;
        };
        let mut rule = if self.is_all_day() { rule.of_days() } else { rule };
        if counts_first {
            rule.count_first(self.first(), steps);
        }
        let end = self.last(&rule);
        let last = end.map_or(window.1, |last| last.min(window.1));
        let found = rule::starts(&rule, self.first(), window.0, last, steps);
        // A day is taken once, however often the rule comes on it.
        let is_all_day = self.is_all_day();
        let whole = |at: NaiveDateTime| if is_all_day { at.date().and_time(NaiveTime::MIN) } else { at };
        starts.at.extend(found.at.into_iter().map(whole).filter(|at| *at < window.1));
        starts.is_capped |= found.is_capped;
        starts.is_thinned |= found.is_thinned;
        end
    }

    /// The end of the rule in the event's own local time.
    fn last(&self, rule: &Rule) -> Option<NaiveDateTime> {
        let end_of = |day: NaiveDate| day.and_hms_opt(23, 59, 59).unwrap_or(day.and_time(NaiveTime::MIN));
        Some(match rule.until? {
            // The end of a rule is part of it, so a bare day reaches to that day's last second.
            Until::Day(day) => end_of(day),
            Until::Local(at) | Until::Utc(at) if self.is_all_day() => end_of(at.date()),
            Until::Local(at) => at,
            Until::Utc(at) => self.to_own(at.and_utc()),
        })
    }

    fn named<'m>(&self, moments: impl Iterator<Item = &'m Moment>) -> Named {
        let mut named = Named { instants: HashSet::new(), days: HashSet::new() };
        for moment in moments {
            if self.is_all_day() || matches!(moment, Moment::Day(_)) {
                named.days.insert(self.own(moment).date());
            } else {
                named.instants.insert(self.to_utc(self.own(moment)));
            }
        }
        named
    }

    /// The key of a changed occurrence: that of the start it names, even outside the window. `None` if the series has
    /// no such start any more.
    fn key_of_override(
        &self,
        moment: &Moment,
        (window, starts): ((NaiveDateTime, NaiveDateTime), &BTreeSet<NaiveDateTime>),
        except: &Named,
        steps: &mut Steps,
    ) -> Option<String> {
        let start = self.own(moment);
        let day = start.date().and_time(NaiveTime::MIN);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let is_inside = day >= window.0 && next <= window.1;
        let near = if is_inside { None } else { Some(self.starts((day, next), steps)) };
        if near.as_ref().is_some_and(|near| near.is_capped || near.is_faulty) {
            // Nobody knows; a change that may hold is shown.
            return Some(occurrence_key(start, starts));
        }
        let starts = near.as_ref().map_or(starts, |near| &near.at);
        let is_whole_day = self.is_all_day() || matches!(moment, Moment::Day(_));
        let instant = self.instant(moment);
        let is_named = |own: &&NaiveDateTime| is_whole_day || self.to_utc(**own) == instant || **own == start;
        let named = starts.range(day..next).find(is_named)?;
        (!except.has(self, *named)).then(|| occurrence_key(*named, starts))
    }
}

#[cfg(test)]
mod tests;
