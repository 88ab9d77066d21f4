//! Occurrences of a calendar event within a window: its rule, what was added, taken out and moved.
//!
//! The rule runs in the local time of the event's own zone and only then becomes instants, so a
//! meeting at half past nine stays there through the change of clocks. Changed occurrences take the
//! place of the start that they name, whatever their sequence number.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use super::meeting::{CalendarEvent, EventSpec, Moment};
use super::rule::{self, Rule, Until};
use super::zone::{to_local, to_utc};

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Which of the series: the day in the event's own zone on which the rule puts it, with the time
    /// where that day has several; empty if the event does not repeat.
    pub key: String,
    /// Start.
    pub start: DateTime<Utc>,
    /// End; the start itself if it has no length.
    pub end: DateTime<Utc>,
    /// Takes whole days, of the lead's zone.
    pub all_day: bool,
    /// What the calendar says about it: the changed occurrence, or the series.
    pub spec: EventSpec,
}

/// What an event gives within a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion {
    /// By start.
    pub occurrences: Vec<Occurrence>,
    /// What could not be done, in words.
    pub remark: Option<String>,
}

/// Every occurrence that touches the time from `from` up to `to`; `local` is the lead's zone, in which
/// whole days and times without a zone are read. Cancelled ones are there with their status.
pub fn expand<Z: TimeZone>(
    event: &CalendarEvent,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    local: &Z,
) -> Expansion {
    let frame = Frame { event, local };
    let series = &event.recurrence;
    let mut expansion = Expansion::default();
    if series.rule.is_empty() && series.extra.is_empty() && series.overrides.is_empty() {
        expansion.occurrences.extend(frame.occurrence(&event.spec, String::new(), from, to));
        return expansion;
    }
    let window = frame.window(from, to);
    let (starts, remark) = frame.starts(window);
    expansion.remark = remark;
    let moved = frame.named(series.overrides.iter().map(|(moment, _)| moment));
    let except = frame.named(series.except.iter());
    for start in &starts {
        if moved.has(&frame, *start) || except.has(&frame, *start) {
            continue;
        }
        let spec = EventSpec { start: frame.moment_at(*start), ..event.spec.clone() };
        let key = occurrence_key(*start, &starts);
        expansion.occurrences.extend(frame.occurrence(&spec, key, from, to));
    }
    for (moment, spec) in &series.overrides {
        if let Some(found) = frame.occurrence(spec, String::new(), from, to) {
            let key = frame.key_of_override(moment, window, &starts);
            expansion.occurrences.push(Occurrence { key, ..found });
        }
    }
    expansion.occurrences.sort_by(|a, b| (a.start, &a.key).cmp(&(b.start, &b.key)));
    expansion
}

/// The day, with the time where another start falls on it.
fn occurrence_key(start: NaiveDateTime, starts: &BTreeSet<NaiveDateTime>) -> String {
    let day = start.date();
    let end = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    let others = starts.range(day.and_time(NaiveTime::MIN)..end).filter(|other| **other != start).count();
    let format = if others > 0 { "%Y-%m-%dT%H%M" } else { "%Y-%m-%d" };
    start.format(format).to_string()
}

/// Starts named by a calendar: by instant, or by day.
struct Named {
    instants: HashSet<DateTime<Utc>>,
    days: HashSet<NaiveDate>,
}

impl Named {
    fn has<Z: TimeZone>(&self, frame: &Frame<'_, Z>, start: NaiveDateTime) -> bool {
        self.days.contains(&start.date())
            || (!self.instants.is_empty() && self.instants.contains(&frame.to_utc(start)))
    }
}

/// An event and the zone of the lead.
struct Frame<'a, Z: TimeZone> {
    event: &'a CalendarEvent,
    local: &'a Z,
}

impl<Z: TimeZone> Frame<'_, Z> {
    fn is_all_day(&self) -> bool {
        matches!(self.event.spec.start, Moment::Day(_))
    }

    /// From the event's own local time.
    fn to_utc(&self, at: NaiveDateTime) -> DateTime<Utc> {
        match self.event.spec.start {
            Moment::Day(_) | Moment::Floating(_) => to_utc(self.local, at),
            Moment::Zoned(_, zone) => to_utc(&zone, at),
            Moment::Fixed(fixed) => to_utc(fixed.offset(), at),
        }
    }

    /// To the event's own local time.
    fn to_own(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        match self.event.spec.start {
            Moment::Day(_) | Moment::Floating(_) => to_local(self.local, instant),
            Moment::Zoned(_, zone) => to_local(&zone, instant),
            Moment::Fixed(fixed) => to_local(fixed.offset(), instant),
        }
    }

    /// A moment in the event's own local time; one without a zone is meant in that zone.
    fn own(&self, moment: &Moment) -> NaiveDateTime {
        match (moment, &self.event.spec.start) {
            (Moment::Day(day), _) => day.and_time(NaiveTime::MIN),
            (Moment::Floating(at) | Moment::Zoned(at, _), Moment::Day(_)) | (Moment::Floating(at), _) => *at,
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
            Moment::Fixed(fixed) => Moment::Fixed(self.to_utc(start).with_timezone(fixed.offset())),
        }
    }

    fn occurrence(
        &self,
        spec: &EventSpec,
        key: String,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Option<Occurrence> {
        let start = self.instant(&spec.start);
        let minutes = spec.minutes.max(0);
        let end = match &spec.start {
            Moment::Day(day) => {
                let days = u64::try_from(minutes / 1440).unwrap_or(0).max(1);
                to_utc(self.local, day.checked_add_days(Days::new(days))?.and_time(NaiveTime::MIN))
            }
            _ => start.checked_add_signed(Duration::try_minutes(minutes)?)?,
        };
        let touches = start < to && (end > from || start >= from);
        let all_day = matches!(spec.start, Moment::Day(_));
        touches.then(|| Occurrence { key, start, end, all_day, spec: spec.clone() })
    }

    /// Whole days of the event's own zone, wide enough for whatever may reach into the window.
    fn window(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> (NaiveDateTime, NaiveDateTime) {
        let length = self.event.spec.minutes.clamp(0, 3_660 * 1440) / 1440 + 2;
        let length = Days::new(u64::try_from(length).unwrap_or(2));
        let (from, to) = (self.to_own(from).date(), self.to_own(to).date());
        let from = from.checked_sub_days(length).unwrap_or(from);
        let to = to.checked_add_days(Days::new(2)).unwrap_or(to);
        (from.and_time(NaiveTime::MIN), to.and_time(NaiveTime::MIN))
    }

    /// Own local starts within a window: of the rule, added ones, and the first.
    fn starts(&self, window: (NaiveDateTime, NaiveDateTime)) -> (BTreeSet<NaiveDateTime>, Option<String>) {
        let first = self.own(&self.event.spec.start);
        let named = self.event.recurrence.extra.iter().map(|moment| self.own(moment)).chain([first]);
        let mut starts: BTreeSet<NaiveDateTime> =
            named.filter(|at| *at >= window.0 && *at < window.1).collect();
        if self.event.recurrence.rule.is_empty() {
            return (starts, None);
        }
        let rule: Rule = match self.event.recurrence.rule.parse() {
            Ok(rule) => rule,
            Err(error) => return (starts, Some(format!("{error}; only its first meeting is shown"))),
        };
        let last = self.last(&rule).map_or(window.1, |last| last.min(window.1));
        let found = rule::starts(&rule, first, window.0, last);
        starts.extend(found.at.into_iter().filter(|at| *at < window.1));
        let remark = found.is_capped.then(|| "it repeats too often; not every meeting is shown".to_owned());
        (starts, remark)
    }

    /// The end of the rule in the event's own local time.
    fn last(&self, rule: &Rule) -> Option<NaiveDateTime> {
        let end_of = |day: NaiveDate| day.and_hms_opt(23, 59, 59).unwrap_or(day.and_time(NaiveTime::MIN));
        Some(match rule.until? {
            Until::Day(day) => end_of(day),
            Until::Local(at) if self.is_all_day() => end_of(at.date()),
            Until::Local(at) => at,
            Until::Utc(at) if self.is_all_day() => end_of(self.to_own(at.and_utc()).date()),
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

    /// The key of a changed occurrence: that of the start it names, even outside the window.
    fn key_of_override(
        &self,
        moment: &Moment,
        window: (NaiveDateTime, NaiveDateTime),
        starts: &BTreeSet<NaiveDateTime>,
    ) -> String {
        let start = self.own(moment);
        let day = start.date().and_time(NaiveTime::MIN);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let near = if day >= window.0 && next <= window.1 { None } else { Some(self.starts((day, next)).0) };
        let starts = near.as_ref().unwrap_or(starts);
        match (moment, starts.range(day..next).next()) {
            (Moment::Day(_), Some(only)) => occurrence_key(*only, starts),
            _ => occurrence_key(start, starts),
        }
    }
}

#[cfg(test)]
mod tests;
