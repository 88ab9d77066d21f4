//! The rows of the meetings pane: days as headings, today first, then what comes, then the last weeks by whether they
//! were reflected on; what is owed stands under today, and under the chosen one what it needs.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::meeting::{Meeting, MeetingStatus, OccurrenceKey, ShowsAs};
use crate::domain::minutes::Minutes;
use crate::domain::view::{self, ListKind};
use crate::domain::words::filter::columns::CellFormat;
use crate::domain::words::filter::meeting::MeetingSubject;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::view::list::Rows;

/// So many owed reflections stand before what comes; with more of them nobody would see what is next.
const OWED_FIRST: usize = 3;

/// A row of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgendaRow {
    /// A day, and the meetings of the snapshot that may lie on it.
    Day(NaiveDate),
    /// What the meetings below it have in common.
    Heading(&'static str),
    /// A group of the view that is shown, by its place among them.
    Group(usize),
    /// A meeting, by its place in the snapshot.
    Meeting(usize),
    /// A line under the chosen one, counted from the first.
    Under(usize, usize),
}

impl AgendaRow {
    /// The meeting of a row.
    pub const fn meeting(self) -> Option<usize> {
        match self {
            Self::Meeting(index) | Self::Under(index, _) => Some(index),
            Self::Day(_) | Self::Heading(_) | Self::Group(_) => None,
        }
    }
}

impl Rows for Vec<AgendaRow> {
    type Item = usize;

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<usize> {
        self[row].meeting()
    }

    fn is_first(&self, row: usize) -> bool {
        !matches!(self[row], AgendaRow::Under(..))
    }
}

/// A meeting of the snapshot as filters and columns see it.
pub fn subject(index: usize, snapshot: &Snapshot) -> MeetingSubject<'_> {
    subject_of(&snapshot.meetings[index], snapshot)
}

/// The same of one that is at hand.
pub fn subject_of<'a>(meeting: &'a Meeting, snapshot: &Snapshot) -> MeetingSubject<'a> {
    let (now, hides_private) = (snapshot.now, snapshot.is_presenting);
    let is_private = snapshot.private.has(&meeting.key.clone().into());
    MeetingSubject { meeting, now, hides_private, is_private }
}

/// Rows as somebody ordered them or their view has them, and what stands over its groups: days and sections are left
/// out then, since they would tear apart what belongs together.
pub fn as_asked(
    rows: Vec<AgendaRow>,
    filter: &PaneFilter,
    snapshot: &Snapshot,
) -> (Vec<AgendaRow>, Vec<String>) {
    let (order, group) = (filter.row_order(ListKind::Meetings), filter.view_of(ListKind::Meetings));
    let group = group.and_then(|view| view.group);
    if order.is_none() && group.is_none() {
        return (rows, Vec::new());
    }
    let mut meetings: Vec<usize> = rows.into_iter().filter_map(AgendaRow::meeting).collect();
    if let Some(order) = order {
        meetings.sort_by_cached_key(|index| order.key(&subject(*index, snapshot)));
    }
    let Some(column) = group else {
        return (meetings.into_iter().map(AgendaRow::Meeting).collect(), Vec::new());
    };
    let format = CellFormat::new(column, ListKind::Meetings, snapshot.today(), &snapshot.reading.calendar);
    let (mut rows, mut groups) = (Vec::new(), Vec::new());
    for (name, own) in view::grouped(meetings, |index| format.cell(&subject(*index, snapshot))) {
        rows.push(AgendaRow::Group(groups.len()));
        groups.push(view::heading(column, &name, own.len()));
        rows.extend(own.into_iter().map(AgendaRow::Meeting));
    }
    (rows, groups)
}

/// The sections of the days around today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum AgendaSection {
    Today,
    /// The newest of what is owed.
    OwedFirst,
    Coming,
    Owed,
    Reflected,
    NotReflected,
    Cancelled,
}

/// Today, then the newest of what is owed, then what comes, the rest that is owed, and what was, the newest first.
pub fn around_today(snapshot: &Snapshot, is_shown: impl Fn(usize) -> bool) -> Vec<AgendaRow> {
    let today = snapshot.today();
    let owed: HashMap<&OccurrenceKey, usize> =
        snapshot.owed.iter().enumerate().map(|(place, owed)| (&owed.key, place)).collect();
    let of_time = |meeting: &Meeting| match (meeting.start.date_naive(), owed.get(&meeting.key)) {
        // Before what is owed: a meeting of this morning stands in its day.
        (day, _) if day == today => AgendaSection::Today,
        (_, Some(place)) if *place < OWED_FIRST => AgendaSection::OwedFirst,
        (_, Some(_)) => AgendaSection::Owed,
        (day, None) if day > today => AgendaSection::Coming,
        _ if meeting.is_reflected => AgendaSection::Reflected,
        _ => AgendaSection::NotReflected,
    };
    let section = |meeting: &Meeting| match meeting.status {
        // Asked for by the filter; of no day is it said that they take place.
        MeetingStatus::Cancelled => AgendaSection::Cancelled,
        _ => of_time(meeting),
    };
    let mut order: Vec<(AgendaSection, i64, usize)> = (0..snapshot.meetings.len())
        .filter(|index| is_shown(*index))
        .map(|index| {
            let meeting = &snapshot.meetings[index];
            let (section, time) = (section(meeting), meeting.start.timestamp());
            // What comes is read from now on, what was from now back.
            (section, if section > AgendaSection::Coming { -time } else { time }, index)
        })
        .collect();
    // The place in the list parts those that begin together, so they stay in the order that they have there.
    order.sort_unstable();
    let mut rows = Vec::with_capacity(order.len() + 8);
    let mut before = None;
    let is_free_today = order.first().is_none_or(|(section, ..)| *section != AgendaSection::Today);
    for (section, _, index) in order {
        let day = snapshot.meetings[index].start.date_naive();
        let heading = match section {
            AgendaSection::Today => Some(AgendaRow::Day(today)),
            // What is owed stands under today, where that has meetings; without them rows would stand under nothing.
            AgendaSection::OwedFirst => is_free_today.then_some(AgendaRow::Heading("reflection owed")),
            AgendaSection::Coming => Some(AgendaRow::Day(day)),
            AgendaSection::Owed => Some(AgendaRow::Heading("reflection owed")),
            AgendaSection::Reflected => Some(AgendaRow::Heading("reflected")),
            AgendaSection::NotReflected => Some(AgendaRow::Heading("not reflected")),
            AgendaSection::Cancelled => Some(AgendaRow::Heading("cancelled")),
        };
        if heading.is_some() && heading != before {
            rows.extend(heading);
            before = heading;
        }
        rows.push(AgendaRow::Meeting(index));
    }
    rows
}

/// The days of a week, each with its meetings.
pub fn by_day(snapshot: &Snapshot, is_shown: impl Fn(usize) -> bool) -> Vec<AgendaRow> {
    let mut rows = Vec::new();
    let mut before = None;
    for index in (0..snapshot.meetings.len()).filter(|index| is_shown(*index)) {
        let day = snapshot.meetings[index].start.date_naive();
        // They stand in order of time, so that each day begins once.
        if before.replace(day) != Some(day) {
            rows.push(AgendaRow::Day(day));
        }
        rows.push(AgendaRow::Meeting(index));
    }
    rows
}

/// For each series the meeting that comes next, otherwise the last one; the most reflected on first.
pub fn by_series(snapshot: &Snapshot, is_shown: impl Fn(usize) -> bool) -> Vec<AgendaRow> {
    let mut order: Vec<usize> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    // Of those that fit, or a series would vanish because its next meeting does not.
    for (index, meeting) in snapshot.meetings.iter().enumerate().filter(|(index, _)| is_shown(*index)) {
        let place = *places.entry(&meeting.series).or_insert(order.len());
        match order.get_mut(place) {
            None => order.push(index),
            // Meetings stand in order of time: a later one is better until one lies ahead.
            Some(known) if snapshot.meetings[*known].start <= snapshot.now => *known = index,
            Some(_) => {}
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for entry in &snapshot.entries {
        *counts.entry(&entry.series).or_default() += 1;
    }
    let count = |index: &usize| counts.get(snapshot.meetings[*index].series.as_str()).copied().unwrap_or(0);
    // A stable sort: series that were reflected on equally often stay in order of time.
    order.sort_by_cached_key(|index| std::cmp::Reverse(count(index)));
    order.into_iter().map(AgendaRow::Meeting).collect()
}

/// The hours of a working day, from eight on: as long as one is, and an hour off.
pub fn working_hours(length: Minutes) -> Range<u32> {
    const BEGIN: u32 = 8;
    let whole = u32::try_from((length.0 + 59) / 60).unwrap_or(0);
    BEGIN..(BEGIN + whole.max(1) + 1).min(24)
}

/// From when to when the hours of a day are drawn: the working ones, and what else is taken, of that the night left out.
pub fn drawn_hours(working: &Range<u32>, busy: &[Range<u32>]) -> Range<u32> {
    const AWAKE: Range<u32> = 6..22;
    let begin = busy.iter().map(|minutes| minutes.start / 60).filter(|hour| *hour >= AWAKE.start).min();
    let end = busy.iter().map(|minutes| minutes.end.div_ceil(60)).filter(|hour| *hour <= AWAKE.end).max();
    begin.unwrap_or(working.start).min(working.start)..end.unwrap_or(working.end).max(working.end)
}

/// What takes the lead's time on a day, as minutes from midnight: what has a time, takes place and is no entry that the
/// calendar shows as free. Of what goes on over midnight the part of the day.
pub fn busy(meetings: &[Meeting], day: NaiveDate) -> Vec<Range<u32>> {
    use chrono::Timelike;
    let minute = |at: NaiveDateTime| match at.date().cmp(&day) {
        Ordering::Less => 0,
        Ordering::Equal => at.hour() * 60 + at.minute(),
        Ordering::Greater => 24 * 60,
    };
    let takes_time = |it: &&Meeting| {
        !it.is_all_day && it.shows_as == ShowsAs::Busy && it.status != MeetingStatus::Cancelled
    };
    let own = meetings.iter().filter(takes_time);
    own.map(|it| minute(it.start.naive_local())..minute(it.end.naive_local()))
        // An event that ends as it begins is an instant, and takes nothing.
        .filter(|minutes| !minutes.is_empty())
        .collect()
}

/// Minutes of a day, from a moment on, in which nothing is; of its working hours.
pub fn free(working: &Range<u32>, busy: &[Range<u32>], from: u32) -> u32 {
    let is_free = |minute: &u32| !busy.iter().any(|busy| busy.contains(minute));
    let count = (from.max(working.start * 60)..working.end * 60).filter(is_free).count();
    u32::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::testkit;

    #[test]
    fn free_cancelled_and_all_day_entries_take_no_time_and_nights_only_their_part() {
        let of = |start: &str, end: &str| {
            testkit::meeting(MeetingKind::Team, (start.parse().unwrap(), end.parse().unwrap()))
        };
        let day = "2026-11-23".parse().unwrap();
        let (start, end) = ("2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00");
        let busy_of = |meeting| busy(&[meeting], day).into_iter().next().map(|it| (it.start, it.end));
        assert_eq!(busy_of(of(start, end)), Some((540, 600)));
        assert_eq!(busy_of(of(start, start)), None, "an instant");
        assert_eq!(busy_of(Meeting { shows_as: ShowsAs::Free, ..of(start, end) }), None);
        assert_eq!(busy_of(Meeting { status: MeetingStatus::Cancelled, ..of(start, end) }), None);
        assert_eq!(busy_of(Meeting { is_all_day: true, ..of(start, end) }), None);
        assert_eq!(busy_of(of("2026-11-22T22:00:00+00:00", end)), Some((0, 600)));
        assert_eq!(busy_of(of(start, "2026-11-24T02:00:00+00:00")), Some((540, 1440)));
        assert_eq!(busy_of(of("2026-11-22T08:00:00+00:00", "2026-11-23T00:00:00+00:00")), None);
    }

    #[test]
    fn what_is_free_is_counted_once_however_meetings_overlap() {
        let busy = [9 * 60..10 * 60, 9 * 60 + 30..10 * 60 + 15, 7 * 60..8 * 60 + 30];
        assert_eq!(free(&(8..17), &busy, 0), 9 * 60 - 75 - 30);
        assert_eq!(free(&(8..17), &busy, 16 * 60), 60);
        assert_eq!(free(&(8..17), &[], 18 * 60), 0);
        assert_eq!(free(&(8..19), &[], 18 * 60), 60);
    }

    #[test]
    fn the_hours_are_as_long_as_a_day_is_said_to_be_and_hold_what_is_before_and_after() {
        for (length, hours) in
            [(8 * 60, 8..17), (10 * 60, 8..19), (7 * 60 + 30, 8..17), (60, 8..10), (24 * 60, 8..24)]
        {
            assert_eq!(working_hours(Minutes(length)), hours, "{length}");
        }
        let drawn = |busy: &[(u32, u32)]| {
            drawn_hours(&(8..17), &busy.iter().map(|(from, to)| *from..*to).collect::<Vec<_>>())
        };
        assert_eq!(drawn(&[]), 8..17);
        assert_eq!(drawn(&[(7 * 60 + 30, 8 * 60), (9 * 60, 10 * 60)]), 7..17);
        assert_eq!(drawn(&[(17 * 60, 18 * 60 + 15)]), 8..19);
        assert_eq!(drawn(&[(0, 3 * 60), (23 * 60, 24 * 60)]), 8..17, "what lies in the night");
    }
}
