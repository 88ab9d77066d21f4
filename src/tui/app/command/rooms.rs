//! Which meeting is meant by a day or by words of its title.

use chrono::NaiveDate;

use super::{CommandLine, TypedCommand, said};
use crate::domain::day::short_day;
use crate::domain::meeting::{Meeting, MeetingKind, OccurrenceKey};
use crate::domain::words::days::{Direction, read_day, read_range};
use crate::domain::words::fold;
use crate::tui::app::snapshot::Snapshot;

/// The next meeting of a day or with some words in its title, or the newest one that is over.
pub(super) fn meeting(
    about: &str,
    snapshot: &Snapshot,
    command: fn(OccurrenceKey) -> TypedCommand,
    verb: &str,
) -> Result<CommandLine, String> {
    let day = day_of(about, snapshot)?;
    let fits = |meeting: &&Meeting| is_meant(meeting, about, day);
    // A meeting that is under way is not over, and comes before those that are.
    let is_over = |meeting: &&Meeting| meeting.end < snapshot.now;
    let mut meant = snapshot.known_meetings();
    meant.retain(fits);
    // What is still to come is meant before what is over.
    let coming = meant.iter().copied().find(|meeting| !is_over(meeting));
    let past = || meant.iter().copied().rfind(is_over);
    // Of a day, whichever of its rooms is prepared for.
    let led = meant.iter().copied().find(|it| day.is_some() && it.kind == MeetingKind::Leadership);
    let found = led.or(coming).or_else(past);
    found.map_or_else(
        || Err(format!("no meeting in sight is on or called `{about}`")),
        |meeting| Ok(told(meeting, command, verb)),
    )
}

/// The newest one that has begun, to be reflected on; where none has, the one that is to come says so itself.
pub(super) fn begun(about: &str, snapshot: &Snapshot) -> Result<CommandLine, String> {
    // Monday is the one that was: on a Tuesday the next one has nothing to reflect on.
    let day = match day_of(about, snapshot)? {
        Some(day) => {
            read_range(about, &snapshot.reading, Direction::Past).map(|(from, _)| from).ok().or(Some(day))
        }
        None => None,
    };
    let known = snapshot.known_meetings().into_iter();
    let found = known
        .filter(|meeting| meeting.start <= snapshot.now && is_meant(meeting, about, day))
        .max_by_key(|meeting| (day.is_some() && meeting.kind == MeetingKind::Leadership, meeting.start));
    match found {
        Some(meeting) => Ok(told(meeting, TypedCommand::Reflect, "Reflect on")),
        None => self::meeting(about, snapshot, TypedCommand::Reflect, "Reflect on"),
    }
}

fn told(meeting: &Meeting, command: fn(OccurrenceKey) -> TypedCommand, verb: &str) -> CommandLine {
    let when = short_day(meeting.start.date_naive());
    let says = format!("{verb} {}, {when} {}", meeting.title, meeting.start.format("%H:%M"));
    said(command(meeting.key.clone()), says)
}

fn day_of(about: &str, snapshot: &Snapshot) -> Result<Option<NaiveDate>, String> {
    match read_day(about, &snapshot.reading) {
        Ok(day) => Ok(Some(day)),
        // Words of a title are no day; a day that could be two is neither.
        Err(error) if error.could_be.is_empty() => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

fn is_meant(meeting: &Meeting, about: &str, day: Option<NaiveDate>) -> bool {
    day == Some(meeting.start.date_naive())
        || fold(&meeting.title).contains(&fold(about))
        || meeting.key.to_string().eq_ignore_ascii_case(about)
}
