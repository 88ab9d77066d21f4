//! A meeting as a filter sees it.

use chrono::{DateTime, FixedOffset};

use super::subject::{FoundValue, Searchable};
use crate::domain::meeting::{Meeting, MeetingStatus};
use crate::domain::words::holds;

/// A meeting with what a filter needs besides it.
pub struct MeetingSubject<'a> {
    pub meeting: &'a Meeting,
    pub now: DateTime<FixedOffset>,
    /// Others look on: what the lead wrote for themselves is not asked.
    pub hides_private: bool,
    /// It is kept from others.
    pub is_private: bool,
}

impl Searchable for MeetingSubject<'_> {
    fn holds_text(&self, folded: &str) -> bool {
        let Meeting { title, series, intent, if_then, attendees, .. } = self.meeting;
        // What must not be read must not be found either: a filter would say what it holds.
        let own = [intent, if_then].into_iter().filter(|_| !self.hides_private);
        [title, series].into_iter().chain(own).chain(attendees).any(|text| holds(text, folded))
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        let meeting = self.meeting;
        match word {
            "title" => FoundValue::Text(meeting.title.as_str().into()),
            "series" => FoundValue::Text(meeting.series.as_str().into()),
            "kind" => FoundValue::Text(meeting.kind_name().into()),
            "status" => FoundValue::Text(meeting.status.name().into()),
            "with" => FoundValue::Texts(meeting.attendees.iter().map(|name| name.as_str().into()).collect()),
            "on" => FoundValue::Day(meeting.start.date_naive()),
            "length" => i32::try_from((meeting.end - meeting.start).num_minutes())
                .map_or(FoundValue::Missing, |minutes| FoundValue::Number(minutes.into())),
            _ => FoundValue::Missing,
        }
    }

    fn is_put_away(&self) -> bool {
        self.meeting.status == MeetingStatus::Cancelled
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        match (word, mark) {
            ("is", "reflected") => self.meeting.is_reflected,
            ("is", "private") => self.is_private,
            ("is", "over") => self.meeting.end <= self.now,
            ("is", "today") => self.meeting.start.date_naive() == self.now.date_naive(),
            ("is", "cancelled") => self.meeting.status == MeetingStatus::Cancelled,
            _ => false,
        }
    }
}
