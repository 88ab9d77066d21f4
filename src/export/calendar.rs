//! Meetings as a calendar (RFC 5545). Each occurrence is an event of its own in universal time, so that no
//! rule and no zone can be understood in two ways. What the lead noted for a meeting stays at home.

use chrono::{DateTime, Utc};

use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingStatus, ShowsAs};

/// Bytes that a line may have before it is folded.
const FOLD: usize = 75;

/// The whole calendar; `made` is when.
pub fn calendar(meetings: &[Meeting], made: DateTime<Utc>) -> String {
    let mut out = Lines::default();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tablesetter//Tablesetter//EN", "CALSCALE:GREGORIAN"]
    {
        out.line(line);
    }
    for meeting in meetings {
        event(meeting, made, &mut out);
    }
    out.line("END:VCALENDAR");
    out.0
}

fn event(meeting: &Meeting, made: DateTime<Utc>, out: &mut Lines) {
    out.line("BEGIN:VEVENT");
    let occurrence = &meeting.key.occurrence;
    let uid =
        // One UID for all occurrences would make each replace the one before.
        if occurrence.is_empty() { meeting.uid.clone() } else { format!("{occurrence}-{}", meeting.uid) };
    out.line(&format!("UID:{}", escape(&uid)));
    out.line(&format!("DTSTAMP:{}", instant(made)));
    if meeting.is_all_day {
        let (first, end) = (meeting.start.date_naive(), meeting.end.date_naive());
        // The end of whole days is the day after the last; the same day would be no day at all.
        let end = end.max(day::plus(first, 1));
        out.line(&format!("DTSTART;VALUE=DATE:{}", first.format("%Y%m%d")));
        out.line(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
    } else {
        out.line(&format!("DTSTART:{}", instant(meeting.start.to_utc())));
        out.line(&format!("DTEND:{}", instant(meeting.end.to_utc())));
    }
    out.line(&format!("SUMMARY:{}", escape(&meeting.title)));
    if !meeting.location.trim().is_empty() {
        out.line(&format!("LOCATION:{}", escape(&meeting.location)));
    }
    for name in &meeting.attendees {
        // There is no address; this is how calendars say so.
        out.line(&format!("ATTENDEE;CN=\"{}\":invalid:nomail", parameter(name)));
    }
    let status = match meeting.status {
        MeetingStatus::Confirmed => "CONFIRMED",
        MeetingStatus::Tentative => "TENTATIVE",
        MeetingStatus::Cancelled => "CANCELLED",
    };
    out.line(&format!("STATUS:{status}"));
    if meeting.shows_as == ShowsAs::Free {
        out.line("TRANSP:TRANSPARENT");
    }
    out.line("END:VEVENT");
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value: its own separators escaped, line breaks said as such, nothing else that acts.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A parameter in quotes, which has no escape for a quote.
fn parameter(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).map(|c| if c == '"' { '\'' } else { c }).collect()
}

/// Lines folded at 75 bytes, as RFC 5545 wants them.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for c in text.chars() {
            // Bytes count (RFC 5545, 3.1), and no letter is cut in two.
            if used + c.len_utf8() > FOLD {
                self.0.push_str("\r\n ");
                // The blank that marks a fold is one of the bytes of its line.
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;
    use crate::domain::ids::MeetingId;
    use crate::domain::meeting::{MeetingKind, OccurrenceKey};

    fn meeting(title: &str) -> Meeting {
        let at = |text: &str| DateTime::<FixedOffset>::parse_from_rfc3339(text).unwrap();
        Meeting {
            key: OccurrenceKey { meeting: MeetingId(1), occurrence: "2026-11-24".into() },
            uid: "a@b".into(),
            title: title.into(),
            series: title.into(),
            kind: MeetingKind::Team,
            start: at("2026-11-24T10:00:00+05:30"),
            end: at("2026-11-24T10:30:00+05:30"),
            is_all_day: false,
            status: MeetingStatus::Tentative,
            shows_as: ShowsAs::Busy,
            attendees: vec!["Ana \"A\" Ruiz".into()],
            location: String::new(),
            intent: "private".into(),
            if_then: "private".into(),
            predicted: "private".into(),
            is_reflected: false,
        }
    }

    #[test]
    fn an_event_is_what_calendars_read() {
        let text = calendar(&[meeting("Sync; plan, a\\b\nc")], DateTime::UNIX_EPOCH);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tablesetter//Tablesetter//EN\r\n\
            CALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\nUID:2026-11-24-a@b\r\nDTSTAMP:19700101T000000Z\r\n\
            DTSTART:20261124T043000Z\r\nDTEND:20261124T050000Z\r\nSUMMARY:Sync\\; plan\\, a\\\\b\\nc\r\n\
            ATTENDEE;CN=\"Ana 'A' Ruiz\":invalid:nomail\r\nSTATUS:TENTATIVE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
        assert!(!text.contains("private"), "what was noted for a meeting stays at home");
    }

    #[test]
    fn what_is_free_takes_no_time_where_it_is_read_either() {
        let free = Meeting { shows_as: ShowsAs::Free, ..meeting("Focus") };
        let text = calendar(&[free, meeting("Sync")], DateTime::UNIX_EPOCH);
        assert_eq!(text.matches("TRANSP:TRANSPARENT\r\n").count(), 1, "{text}");
    }

    #[test]
    fn a_whole_day_ends_on_the_next() {
        let mut whole = meeting("Off-site");
        whole.is_all_day = true;
        whole.end = whole.start;
        let text = calendar(&[whole], DateTime::UNIX_EPOCH);
        assert!(text.contains("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\n"), "{text}");
    }

    #[test]
    fn long_lines_are_folded_between_letters_and_nothing_acts() {
        let title = "Überblick über 日本語 ".repeat(20) + "\u{1b}]0;x\u{7}\r\nBEGIN:VALARM";
        let text = calendar(&[meeting(&title)], DateTime::UNIX_EPOCH);
        assert!(text.split("\r\n").all(|line| line.len() <= FOLD), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}", "Überblick über 日本語 ".repeat(20))), "{unfolded}");
        assert!(!unfolded.contains("\nBEGIN:VALARM") && !unfolded.contains('\u{1b}'), "{unfolded}");
    }
}
