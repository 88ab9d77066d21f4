//! Whole days that are written as times: Exchange gives them as midnights of a zone that need not be the lead's.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

use super::super::times;
use super::RawEvent;
use crate::domain::meeting::Moment;
use crate::domain::rule::{EXCEPT, Rule, Until};
use crate::domain::zone::{DescribedZone, to_local};

impl RawEvent {
    /// Takes times for the days that they stand for.
    pub(super) fn take_whole_days(&mut self) {
        let clock = EventClock { start: self.spec.start.clone(), zone: self.zone.take() };
        let moments = self.extra.iter_mut().chain(&mut self.except).chain(&mut self.changes);
        for moment in moments.chain([&mut self.spec.start]) {
            *moment = Moment::Day(clock.day(moment));
        }
        for (moment, minutes) in &mut self.periods {
            *moment = Moment::Day(clock.day(moment));
            *minutes = whole(*minutes);
        }
        self.spec.minutes = whole(self.spec.minutes);
        self.rule = self.rule.lines().map(|rule| clock.rule(rule)).collect::<Vec<_>>().join("\n");
    }
}

/// Whole days in minutes; an hour more or less is a change of clocks.
fn whole(minutes: i64) -> i64 {
    ((minutes + 720) / 1440).max(1) * 1440
}

/// The clock of the zone in which the event begins.
struct EventClock {
    start: Moment,
    /// Where only the file describes it.
    zone: Option<DescribedZone>,
}

impl EventClock {
    /// The day whose midnight is nearest: written in UTC without another zone beside it, the midnight of one is some
    /// hours off.
    fn day(&self, moment: &Moment) -> NaiveDate {
        let own = match moment {
            Moment::Fixed(at) => self.own(at.to_utc()),
            other => times::wall(other),
        };
        own.checked_add_signed(TimeDelta::hours(12)).unwrap_or(own).date()
    }

    fn own(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        match (&self.zone, &self.start) {
            (Some(zone), _) => zone.to_local(instant),
            (None, Moment::Zoned(_, zone)) => to_local(zone, instant),
            (None, Moment::Fixed(start)) => to_local(start.offset(), instant),
            (None, Moment::Day(_) | Moment::Floating(_)) => instant.naive_utc(),
        }
    }

    /// A rule that ends on the last day whose beginning it reaches; left as it stands if it ends on a day or not at all.
    fn rule(&self, rule: &str) -> String {
        let (sign, own) = match rule.strip_prefix(EXCEPT) {
            Some(own) => (EXCEPT, own),
            None => ("", rule),
        };
        let end = own.parse::<Rule>().ok().and_then(|rule| rule.until);
        let at = match end {
            Some(Until::Utc(at)) => self.own(at.and_utc()),
            Some(Until::Local(at)) => at,
            Some(Until::Day(_)) | None => return rule.to_owned(),
        };
        let until = format!("UNTIL={}", self.last_day(at).format("%Y%m%d"));
        let is_end = |part: &str| part.trim().to_uppercase().starts_with("UNTIL=");
        let parts = own.split(';').map(|part| if is_end(part) { until.as_str() } else { part });
        format!("{sign}{}", parts.collect::<Vec<_>>().join(";"))
    }

    fn last_day(&self, at: NaiveDateTime) -> NaiveDate {
        let begins = times::wall(&self.start);
        let midnight = self.day(&self.start).and_time(chrono::NaiveTime::MIN);
        let is_instant = matches!(self.start, Moment::Fixed(_)) && self.zone.is_none();
        // Of a zone that is only known by what its midnight is in UTC nobody knows when its clocks change. An end just
        // before a full hour is the end of a day, and reaches no other.
        let slack = TimeDelta::hours(i64::from(is_instant && at.minute() == 0));
        at.checked_add_signed(midnight - begins + slack).unwrap_or(at).date()
    }
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{OwnNames, read_calendar};

    /// Days left out, and the rule.
    fn read(lines: &str) -> (Vec<String>, String) {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let event = read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap().events.remove(0);
        assert_eq!(event.spec.start.to_string(), "2026-11-24");
        (event.recurrence.except.iter().map(ToString::to_string).collect(), event.recurrence.rule)
    }

    #[test]
    fn what_ends_or_leaves_out_a_series_of_days_is_read_on_the_clock_of_the_event() {
        let berlin = "DTSTART;TZID=W. Europe Standard Time:20261124T000000";
        let utc = "DTSTART:20261123T230000Z";
        let york = "DTSTART:20261124T050000Z";
        for (start, left_out, until, day) in [
            (berlin, "EXDATE;TZID=W. Europe Standard Time:20261125T000000", "20261125T230000Z", "20261126"),
            (berlin, "EXDATE:20261124T230000Z", "20261126T225959Z", "20261126"),
            (berlin, "EXDATE:20261125", "20261126", "20261126"),
            (berlin, "EXDATE:20261125T000000", "20261126T000000", "20261126"),
            // In summer the same midnight is an hour earlier.
            (berlin, "EXDATE:20261124T230000Z", "20270630T220000Z", "20270701"),
            (utc, "EXDATE:20261124T230000Z", "20261125T230000Z", "20261126"),
            (utc, "EXDATE:20261124T230000Z", "20270630T220000Z", "20270701"),
            (utc, "EXDATE:20261124T230000Z", "20261126T225959Z", "20261126"),
            (york, "EXDATE:20261125T050000Z", "20261126T050000Z", "20261126"),
            (york, "EXDATE:20261125T050000Z", "20261127T045959Z", "20261126"),
        ] {
            let found = read(&format!("{start}\n{left_out}\nRRULE:FREQ=DAILY;UNTIL={until};INTERVAL=1"));
            let expected = (vec!["2026-11-25".to_owned()], format!("FREQ=DAILY;UNTIL={day};INTERVAL=1"));
            assert_eq!(found, expected, "{start} {left_out} {until}");
        }
    }
}
