//! What a form asks of a meeting.

use crate::domain::bounds;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{Meeting, MeetingKind};
use crate::domain::record::{Datum, FieldKind, form, word_datum};
use crate::domain::words::ParseContext;
use crate::domain::words::days::read_day;

word_datum!(MeetingKind);

/// How long a meeting takes, in minutes of the clock; `60` and `60 min` are read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingLength(pub i64);

impl MeetingLength {
    /// Two weeks: longer is no meeting but a slip of the hand.
    pub const LONGEST: i64 = 14 * 24 * 60;
}

impl Datum for MeetingLength {
    const KIND: FieldKind = FieldKind::Minutes;

    fn first(_: NaiveDate) -> Self {
        Self(60)
    }

    fn shown(&self) -> String {
        self.0.to_string()
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        let given = text.trim_end_matches("min").trim().parse().ok();
        given.filter(|minutes| (0..=Self::LONGEST).contains(minutes)).map(Self).ok_or_else(|| {
            format!("`{}` is not a length in minutes, 0 to {}", bounds::named(text), Self::LONGEST)
        })
    }
}

/// A day and a time as they are typed, `tomorrow 14:00`.
///
/// # Errors
/// What is not understood.
pub fn meeting_time(text: &str, reading: &ParseContext) -> Result<NaiveDateTime, String> {
    // The time is the last word, since a day may have several: `next friday 14:00`.
    let (on, time) = text
        .trim()
        .rsplit_once(char::is_whitespace)
        .ok_or_else(|| "a day and a time, like tomorrow 14:00".to_owned())?;
    let time = NaiveTime::read(time, reading)?;
    let on = read_day(on.trim(), reading).map_err(|error| error.to_string())?;
    Ok(on.and_time(time))
}

/// Names parted by commas, or by semicolons where one of them has a comma of its own: `Ek, Bo; Ann`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(pub Vec<String>);

impl Datum for Names {
    const KIND: FieldKind = FieldKind::Text;

    fn first(_: NaiveDate) -> Self {
        Self::default()
    }

    fn shown(&self) -> String {
        // What is shown in a form is read again when it is saved.
        if self.0.iter().any(|name| name.contains(',')) {
            return format!("{};", self.0.join("; "));
        }
        self.0.join(", ")
    }

    fn read(text: &str, _: &ParseContext) -> Result<Self, String> {
        // Calendars write "Ek, Bo": where a semicolon parts names, a comma belongs to one.
        let mark = if text.contains(';') { ';' } else { ',' };
        let names = text.split(mark).map(str::trim).filter(|name| !name.is_empty());
        Ok(Self(names.map(str::to_owned).collect()))
    }
}

form! {
    /// What a form asks of a meeting: facts of a typed one, the row that it belongs to, and what is noted for it.
    MeetingForm {
        /// What it is called.
        title: String = "title" => field("Title").needed().argument("TITLE"),
        /// The day on which it is.
        day: NaiveDate = "day" => field("Day").needed().form_only(),
        /// When it begins, on the lead's clock.
        time: Option<NaiveTime> = "time" => field("From").needed().form_only(),
        /// How long it takes, in minutes.
        minutes: MeetingLength = "minutes" => field("Minutes").needed().default("60"),
        /// Somebody in the room; may be repeated.
        attendees: Names = "with" => field("Who comes")
            .repeated()
            .value("NAME")
            .hint("names parted by commas"),
        /// leadership, stakeholder, team or one-to-one.
        kind: Option<MeetingKind> = "kind" => field("Kind of room").hint("empty is guessed from the title"),
        /// The series of meetings that it belongs to.
        series: String = "series" => field("Series")
            .hint("what the reflections of this row of meetings stand under"),
        /// What should be different afterwards.
        intent: String = "intent" => field("Intent")
            .long()
            .hint("what should be different when you leave the room"),
        /// If … then … for this room.
        if_then: String = "if-then" => field("If-then")
            .long()
            .hint("If they count, then I ask what changes for the store"),
        /// What they will ask.
        predicted: String = "predicted" => field("They may ask").long().hint("the questions that you expect"),
    }
}

impl MeetingForm {
    /// A meeting that is there.
    pub fn of(meeting: &Meeting) -> Self {
        Self {
            title: meeting.title.clone(),
            day: meeting.start.date_naive(),
            time: Some(meeting.start.time()),
            minutes: MeetingLength((meeting.end - meeting.start).num_minutes()),
            attendees: Names(meeting.attendees.clone()),
            kind: Some(meeting.kind),
            series: meeting.series.clone(),
            intent: meeting.intent.clone(),
            if_then: meeting.if_then.clone(),
            predicted: meeting.predicted.clone(),
        }
    }

    /// One to be, on a day; when it begins is still to be said.
    pub fn new(day: NaiveDate) -> Self {
        Self {
            title: String::new(),
            day,
            time: None,
            minutes: MeetingLength(60),
            attendees: Names::default(),
            kind: None,
            series: String::new(),
            intent: String::new(),
            if_then: String::new(),
            predicted: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_again_as_they_are_shown() {
        let context = ParseContext::monday();
        for names in [&["Ann", "Bo"][..], &["Ek, Bo"], &["Ek, Bo", "Ann"], &[]] {
            let names = Names(names.iter().map(|&name| name.to_owned()).collect());
            assert_eq!(Names::read(&names.shown(), &context), Ok(names));
        }
    }
}
