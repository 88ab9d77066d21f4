//! The meetings pane: today, what is owed a reflection, what comes, and what was said last time.

mod view;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingKind, OccurrenceKey};
use crate::domain::record::RecordKey;
use crate::domain::words::filter::meeting::MeetingSubject;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::panes::Update;
use crate::tui::panes::filter::{PaneFilter, RowSubject};
use crate::tui::panes::place::PanePlace;
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::{Cursor, Step};

pub use view::{draw, summary};

/// Where the pane stands.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    cursor: Cursor,
    selected: Option<OccurrenceKey>,
    /// Another week; `None` is the days around today.
    pub week: Option<NaiveDate>,
    /// Which meetings are shown.
    pub filter: PaneFilter,
    /// One row for each series, with its trend.
    is_by_series: bool,
    /// Places in the snapshot's meetings, in the order shown.
    order: Vec<usize>,
    height: usize,
}

impl Meetings {
    /// Takes over a new snapshot or size; the chosen meeting stays chosen.
    pub fn clamp(&mut self, snapshot: &Snapshot, height: usize) {
        self.height = height;
        self.order = match (self.is_by_series, self.week) {
            (true, _) => by_series(snapshot),
            (false, Some(_)) => (0..snapshot.meetings.len()).collect(),
            (false, None) => around_today(snapshot),
        };
        if !self.filter.is_empty() {
            let (now, hides_private) = (snapshot.now, snapshot.is_presenting);
            self.order.retain(|index| {
                let meeting = &snapshot.meetings[*index];
                self.filter.fits(RowSubject::Meeting, &MeetingSubject { meeting, now, hides_private })
            });
        }
        if let Some(row) =
            self.order.iter().position(|index| Some(&snapshot.meetings[*index].key) == self.selected.as_ref())
        {
            self.cursor.choose(row);
        }
        self.cursor.clamp(&self.order.len(), height);
        self.choose(snapshot);
    }

    /// Where it stands, to be remembered.
    pub fn place(&self) -> PanePlace {
        PanePlace {
            cursors: vec![self.cursor.place()],
            chosen: self.selected.clone().map(|key| RecordKey::from(key).to_string()),
            filter: self.filter.text().to_owned(),
            is_grouped: self.is_by_series,
            from: self.week,
            ..PanePlace::default()
        }
    }

    /// Goes back to where it stood; the week was laid before anything was read.
    pub fn lay(&mut self, place: &PanePlace, snapshot: &Snapshot) {
        self.is_by_series = place.is_grouped;
        self.filter.set(&place.filter, PaneId::Meetings, &snapshot.reading);
        self.cursor = place.cursor(0);
        self.selected = match place.chosen.as_deref().map(str::parse) {
            Some(Ok(RecordKey::Meeting(key))) => Some(key),
            _ => None,
        };
    }

    fn choose(&mut self, snapshot: &Snapshot) {
        self.selected = self.chosen(snapshot).map(|meeting| meeting.key.clone());
    }

    /// Chooses a row by the mouse; true if it was chosen already.
    pub fn click(&mut self, seen: usize, snapshot: &Snapshot) -> bool {
        let was_chosen = self.cursor.click(seen, &self.order.len(), self.height);
        self.choose(snapshot);
        was_chosen == Some(true)
    }

    /// Chooses a meeting, if it is shown.
    pub fn select(&mut self, key: OccurrenceKey) {
        self.selected = Some(key);
    }

    pub fn chosen<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a Meeting> {
        self.order.get(self.cursor.row()).map(|index| &snapshot.meetings[*index])
    }

    /// Runs an action.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match action {
            Action::MeetingsEarlier | Action::Left => return self.turn(-7, snapshot),
            Action::MeetingsLater | Action::Right => return self.turn(7, snapshot),
            Action::BySeries => {
                self.is_by_series = !self.is_by_series;
                self.cursor = Cursor::default();
                self.selected = None;
                self.clamp(snapshot, self.height);
                return Update::default();
            }
            Action::Today => {
                self.week = None;
                return Update::effect(Effect::Screen(Screen::Reload));
            }
            Action::NextMatch | Action::PreviousMatch => {
                self.cursor.round(action == Action::NextMatch, &self.order.len(), self.height);
                self.choose(snapshot);
                return Update::default();
            }
            _ => {}
        }
        let Some(step) = Step::of(action) else {
            let none = || Update::notice("no meeting is here");
            return self.chosen(snapshot).map_or_else(none, |meeting| act_on(action, meeting));
        };
        self.cursor.step(step, &self.order.len(), self.height);
        self.choose(snapshot);
        Update::default()
    }

    fn turn(&mut self, days: i64, snapshot: &Snapshot) -> Update {
        let week = self.week.unwrap_or_else(|| day::monday(snapshot.today()));
        self.week = Some(day::plus(week, days));
        self.cursor = Cursor::default();
        self.selected = None;
        Update::effect(Effect::Screen(Screen::Reload))
    }
}

/// So many owed reflections stand before what comes; with more of them nobody would see what is next.
const OWED_FIRST: usize = 3;

/// Today, then the newest of what is owed, then what comes, the rest that is owed, and what was, the newest first.
fn around_today(snapshot: &Snapshot) -> Vec<usize> {
    let today = snapshot.today();
    let owed: HashMap<&OccurrenceKey, usize> =
        snapshot.owed.iter().enumerate().map(|(place, owed)| (&owed.key, place)).collect();
    let rank = |meeting: &Meeting| match (meeting.start.date_naive(), owed.get(&meeting.key)) {
        (day, _) if day == today => 0,
        (_, Some(place)) if *place < OWED_FIRST => 1,
        (_, Some(_)) => 3,
        (day, None) if day > today => 2,
        _ => 4,
    };
    let mut order: Vec<usize> = (0..snapshot.meetings.len()).collect();
    order.sort_by_cached_key(|index| {
        let meeting = &snapshot.meetings[*index];
        let rank = rank(meeting);
        let time = meeting.start.timestamp();
        (rank, if rank > 2 { -time } else { time })
    });
    order
}

/// For each series the meeting that comes next, otherwise the last one; the most reflected on first.
fn by_series(snapshot: &Snapshot) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (index, meeting) in snapshot.meetings.iter().enumerate() {
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
    order.sort_by_cached_key(|index| std::cmp::Reverse(count(index)));
    order
}

/// Runs an action on a meeting, wherever it is.
pub fn act_on(action: Action, meeting: &Meeting) -> Update {
    let key = meeting.key.clone();
    match action {
        Action::OpenMeeting => Update::effect(Effect::Read(Read::OpenMeeting(key))),
        Action::Reflect => Update::effect(Effect::Read(Read::StartReflection(key))),
        Action::WaveReflection => Update::effect(Effect::Write(Write::WaveReflection(key))),
        Action::MoveMeeting => Update::open(Prompt::new(
            Ask::MoveMeeting(key),
            format!("Move {} to", meeting.title),
            &meeting.start.format("%Y-%m-%d %H:%M").to_string(),
        )),
        Action::RemoveMeeting => Update::effect(Effect::Write(Write::RemoveMeeting(key))),
        Action::EditMeeting => Update::effect(Effect::Read(Read::OpenForm(FormTarget::Meeting(key)))),
        Action::Prepare => {
            let text = if meeting.if_then.is_empty() { "If , then I " } else { &meeting.if_then };
            Update::open(Prompt::new(Ask::IfThen(key), format!("If-then for {}", meeting.title), text))
        }
        Action::SetIntent => Update::open(Prompt::new(
            Ask::Intent(key),
            format!("After {}, what is different?", meeting.title),
            &meeting.intent,
        )),
        Action::SetKind => {
            let choice = |kind: &MeetingKind| Choice {
                key: kind.name().chars().next().unwrap_or('?'),
                label: kind.title().to_owned(),
                pick: Pick::Do(Effect::Write(Write::SetKind(key.clone(), *kind))),
            };
            let choices = MeetingKind::ALL.iter().map(choice).collect();
            Update::open(Menu::new(format!("Kind of {}", meeting.title), choices))
        }
        _ => Update::default(),
    }
}
