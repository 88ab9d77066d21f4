//! The one thing to know of a meeting: what is owed for it or there, how it went, who is in the room.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::domain::count::counted;
use crate::domain::day;
use crate::domain::meeting::Meeting;
use crate::domain::reflection::trend::Trend;
use crate::ops::reflect::{stance_of_five, stance_words};
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::pictures;
use crate::tui::view::theme::Theme;

/// What we owe people in the room: `owed P-9 Priya (4 days late)`.
pub(super) fn owed_there(meeting: &Meeting, snapshot: &Snapshot) -> Option<String> {
    let calendar = &snapshot.reading.calendar;
    let late = |due: Option<NaiveDate>| {
        // By working days: a weekend alone makes nothing late.
        let due = due.filter(|due| calendar.between(*due, snapshot.today()) > 0);
        due.map_or_else(String::new, |due| format!(" ({})", day::due_words(due, snapshot.today(), calendar)))
    };
    let owed: Vec<String> = meeting
        .attendees
        .iter()
        .flat_map(|name| snapshot.books.owed_to(name).map(move |promise| (promise, name)))
        .map(|(promise, name)| {
            format!("{} {}{}", promise.id, name.split(' ').next().unwrap_or(name), late(promise.due))
        })
        .collect();
    (!owed.is_empty()).then(|| format!("owed {}", owed.join(", ")))
}

/// Who is in the room: first names, or how many where they are many.
fn people(meeting: &Meeting) -> String {
    if meeting.attendees.len() > MANY {
        return format!("{} people", meeting.attendees.len());
    }
    let first = |name: &String| name.split(' ').next().unwrap_or(name).to_owned();
    meeting.attendees.iter().map(first).collect::<Vec<_>>().join(", ")
}

/// More people than this are told by their number.
const MANY: usize = 5;

/// What a series has shown so far: its stances, then the shares with their counts, as many as there is room for; all of
/// them stand on its page.
pub(super) fn series_note(
    meeting: &Meeting,
    room: usize,
    snapshot: &Snapshot,
    theme: Theme,
) -> (String, Style) {
    let entries: Vec<_> = snapshot.entries.iter().filter(|entry| entry.series == meeting.series).collect();
    if entries.is_empty() {
        return ("no reflection yet".to_owned(), theme.dim());
    }
    let trend = Trend::of(&entries);
    // The last twelve, a quarter of weekly meetings: more would push the shares out of a narrow pane.
    let stances = &trend.stances[trend.stances.len().saturating_sub(12)..];
    let picture = pictures::trend(stances, 5, theme.is_ascii);
    // A count says as much as its share in per cent, and goes after it.
    let count = |share: &dyn std::fmt::Display| {
        let told = share.to_string();
        told.split(", ").next().unwrap_or_default().to_owned()
    };
    let (shape, expansion) = (count(&trend.shape), count(&trend.expansion));
    let reflected = counted(trend.count, "reflection", "reflections");
    // Only leadership meetings are counted as shaped or not.
    let shaped =
        |share: &str| if trend.shape.whole > 0 { format!(" · shaped {share}") } else { String::new() };
    let opened = |share: &str| {
        if trend.expansion.whole > 0 {
            format!(" · {share} questions opened something")
        } else {
            String::new()
        }
    };
    let (long, longest) = (shaped(&shape), shaped(&trend.shape.to_string()));
    let forms = [
        format!("{picture}  {reflected}{longest}{}", opened(&trend.expansion.to_string())),
        format!("{picture}  {reflected}{long}{}", opened(&expansion)),
        format!("{picture}  {reflected}{long}"),
        format!("{picture}  {}", long.trim_start_matches(" · ")).trim_end().to_owned(),
    ];
    let text = forms.into_iter().find(|text| plain::width(text) <= room).unwrap_or(picture);
    (text, theme.text())
}

/// Columns that say it in whole words.
const OWED_IN_WORDS: usize = 27;

/// For how long a reflection is owed, and the keys that end it.
fn owed_for(meeting: &Meeting, room: usize, snapshot: &Snapshot) -> String {
    let days = (snapshot.today() - meeting.end.date_naive()).num_days();
    // In any width: a mark that does not say how to be rid of it is only looked past.
    let keys = snapshot.hints.say("{reflect} {wave-reflection}");
    let age = if days > 0 { format!(" {}", day::days(days)) } else { String::new() };
    let what = if room < OWED_IN_WORDS { "owed" } else { "reflection owed" };
    format!("{what}{age}: {keys}")
}

/// The one thing to know of a meeting.
pub(super) fn note(
    meeting: &Meeting,
    (is_owed, width): (bool, usize),
    snapshot: &Snapshot,
    theme: Theme,
) -> (String, Style) {
    if is_owed {
        return (owed_for(meeting, width, snapshot), theme.warn());
    }
    let own = snapshot.entries.iter().find(|entry| entry.reflection.meeting == meeting.key);
    if let Some(entry) = own {
        let stance = entry.reflection.stance;
        let whole = stance_of_five(stance);
        // Its place on the scale is on its page.
        let said = if plain::width(&whole) <= width { whole } else { stance_words(stance).to_owned() };
        return (said, theme.good());
    }
    let is_today = meeting.start.date_naive() == snapshot.now.date_naive();
    if is_today && meeting.is_standup() && meeting.end > snapshot.now {
        return (prepared(snapshot, width), theme.text());
    }
    (people(meeting), theme.dim())
}

/// What the page of the next standup will begin with: as many words as its column has room for, then as many facts.
fn prepared(snapshot: &Snapshot, room: usize) -> String {
    let counts = snapshot.counts;
    let told = |ready: &str, waiting: [&'static str; 2], most: usize| {
        let waiting = waiting[usize::from(counts.with_requester != 1)];
        let parts = [(counts.late, "late"), (counts.blocked, "blocked"), (counts.with_requester, waiting)];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        let more = if parts.len() > most { " …" } else { "" };
        let shown = parts.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        if parts.is_empty() { "prep ready".to_owned() } else { format!("{ready}{shown}{more}") }
    };
    let forms = [
        ("prep ready: ", ["waits for its requester", "wait for their requester"], 3),
        ("prep: ", ["waiting"; 2], 3),
        ("", ["waiting"; 2], 3),
        ("", ["waiting"; 2], 2),
        ("", ["waiting"; 2], 1),
    ];
    let mut told = forms.map(|(ready, waiting, most)| told(ready, waiting, most)).into_iter();
    let shortest = told.next_back().unwrap_or_default();
    told.find(|text| plain::width(text) <= room).unwrap_or(shortest)
}
