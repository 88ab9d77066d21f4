//! What the lead is reminded of without asking: a meeting that begins soon, and one that was just left and waits for its
//! reflection.

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

use super::meeting::{Meeting, MeetingKind, MeetingStatus};

/// How long after its time a reminder still helps: a machine that slept through it says nothing of the morning's rooms.
const HELPS: TimeDelta = TimeDelta::minutes(30);

/// When to remind of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ReminderRules {
    /// Minutes before a meeting, for each kind; 0 is never.
    pub before: Vec<(MeetingKind, u32)>,
    /// Minutes after the end of a meeting that is owed a reflection; 0 is never.
    pub reflection: u32,
    /// From when to when nothing is said outside the cockpit; over midnight where it ends before it begins.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
}

/// Something to say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// What tells it from others; a meeting that was moved is another one.
    pub key: String,
    /// What it says.
    pub text: String,
    /// The same where others look on: without the name of the meeting.
    pub covered: String,
}

impl ReminderRules {
    /// Minutes before a meeting of a kind; 0 is never.
    pub fn before(&self, kind: MeetingKind) -> u32 {
        self.before.iter().find(|(known, _)| *known == kind).map_or(0, |(_, minutes)| *minutes)
    }

    /// True if nothing is to be said outside the cockpit at a time of day.
    pub fn is_quiet(&self, time: NaiveTime) -> bool {
        self.quiet.is_some_and(|(from, to)| {
            // Without this case a span over midnight would be empty; the same time twice is no span at all.
            if from <= to { (from..to).contains(&time) } else { time >= from || time < to }
        })
    }

    /// Whether a meeting begins so soon that it is reminded of.
    pub fn is_soon(&self, meeting: &Meeting, now: DateTime<FixedOffset>) -> bool {
        let before = TimeDelta::minutes(i64::from(self.before(meeting.kind)));
        // An all-day entry begins at midnight, and is a room in no calendar that was looked at.
        let takes_place =
            meeting.room().is_some() && !meeting.is_all_day && meeting.status != MeetingStatus::Cancelled;
        takes_place && meeting.start > now && meeting.start - now <= before
    }

    /// Whether a meeting that is owed a reflection ended so long ago, and not much longer, that it is reminded of.
    pub fn is_to_reflect(&self, meeting: &Meeting, now: DateTime<FixedOffset>) -> bool {
        let after = TimeDelta::minutes(i64::from(self.reflection));
        let since = now - meeting.end;
        self.reflection > 0 && !meeting.is_all_day && since >= after && since < after + HELPS
    }

    /// Everything to say at an instant: of meetings that are ahead, and of those that are owed a reflection.
    pub fn due(&self, ahead: &[Meeting], owed: &[Meeting], now: DateTime<FixedOffset>) -> Vec<Reminder> {
        let soon = ahead.iter().filter(|meeting| self.is_soon(meeting, now)).map(|meeting| {
            // A part of a minute is still to come.
            let minutes = ((meeting.start - now).num_seconds() + 59) / 60;
            Reminder {
                key: format!("before {} {}", meeting.key, meeting.start.timestamp()),
                text: format!("{} in {minutes} min", meeting.title),
                covered: format!("A meeting in {minutes} min"),
            }
        });
        let reflect =
            owed.iter().filter(|meeting| self.is_to_reflect(meeting, now)).map(|meeting| Reminder {
                key: format!("after {} {}", meeting.key, meeting.start.timestamp()),
                text: format!("{} is owed a reflection", meeting.title),
                covered: "A meeting is owed a reflection".to_owned(),
            });
        soon.chain(reflect).collect()
    }
}

/// Reads quiet hours: `18:30-08:00`; nothing is none.
///
/// # Errors
/// A sentence: what is wrong and what would be right.
pub fn read_quiet(text: &str) -> Result<Option<(NaiveTime, NaiveTime)>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let ends = text.split_once(['-', '–']).and_then(|(from, to)| Some((time(from)?, time(to)?)));
    ends.map(Some).ok_or_else(|| format!("\"{text}\" is no span of hours; they are written \"18:30-08:00\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit;

    fn at(time: &str) -> DateTime<FixedOffset> {
        format!("2026-11-23T{time}:00+01:00").parse().unwrap()
    }

    fn rules() -> ReminderRules {
        ReminderRules {
            before: vec![(MeetingKind::Leadership, 10), (MeetingKind::Team, 0)],
            reflection: 5,
            quiet: read_quiet("18:30-08:00").unwrap(),
        }
    }

    fn meeting(kind: MeetingKind, start: &str, end: &str) -> Meeting {
        testkit::meeting(kind, (at(start), at(end)))
    }

    #[test]
    fn a_meeting_is_told_of_within_its_minutes_and_not_once_it_has_begun() {
        let board = [meeting(MeetingKind::Leadership, "10:00", "11:00")];
        let said =
            |now: &str| rules().due(&board, &[], at(now)).into_iter().map(|it| it.text).collect::<Vec<_>>();
        for (now, texts) in [
            ("09:49", vec![]),
            ("09:50", vec!["Board in 10 min".to_owned()]),
            ("09:59", vec!["Board in 1 min".to_owned()]),
            ("10:00", vec![]),
        ] {
            assert_eq!(said(now), texts, "{now}");
        }
        let standup = [meeting(MeetingKind::Team, "10:00", "10:15")];
        assert_eq!(rules().due(&standup, &[], at("09:59")), [], "never for this kind");
    }

    #[test]
    fn a_meeting_that_is_cancelled_lasts_all_day_or_has_no_rule_is_not_told_of() {
        let mut all_day = meeting(MeetingKind::Leadership, "10:00", "11:00");
        all_day.is_all_day = true;
        let mut cancelled = meeting(MeetingKind::Leadership, "10:00", "11:00");
        cancelled.status = MeetingStatus::Cancelled;
        let other = meeting(MeetingKind::OneToOne, "10:00", "11:00");
        assert_eq!(rules().due(&[all_day, cancelled, other], &[], at("09:55")), []);
    }

    #[test]
    fn a_reflection_is_asked_for_after_the_end_and_not_hours_later() {
        let owed = [meeting(MeetingKind::Leadership, "10:00", "11:00")];
        let count = |now: &str| rules().due(&[], &owed, at(now)).len();
        assert_eq!(["11:04", "11:05", "11:34", "11:35", "16:00"].map(count), [0, 1, 1, 0, 0]);
        let covered = &rules().due(&[], &owed, at("11:05"))[0].covered;
        assert!(!covered.contains("Board"), "{covered}");
    }

    #[test]
    fn a_meeting_that_was_moved_is_told_of_again() {
        let (early, late) = (
            meeting(MeetingKind::Leadership, "10:00", "11:00"),
            meeting(MeetingKind::Leadership, "10:05", "11:00"),
        );
        let key = |meeting: Meeting| rules().due(&[meeting], &[], at("09:58"))[0].key.clone();
        assert_ne!(key(early), key(late));
    }

    #[test]
    fn quiet_hours_go_over_midnight_and_are_refused_where_they_are_none() {
        let time = |text: &str| text.parse::<NaiveTime>().unwrap();
        let is_quiet =
            ["18:29:00", "18:30:00", "23:59:00", "07:59:00", "08:00:00"].map(|it| rules().is_quiet(time(it)));
        assert_eq!(is_quiet, [false, true, true, true, false]);
        assert_eq!(read_quiet(" ").unwrap(), None);
        for text in ["18:30", "18-8", "25:00-08:00", "a-b"] {
            assert!(read_quiet(text).unwrap_err().contains("18:30-08:00"), "{text}");
        }
    }
}
