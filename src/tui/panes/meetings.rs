//! The meetings pane: today, what is owed a reflection, what comes, and what was said last time.

mod notes;
mod rows;
mod view;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::meeting::{Meeting, MeetingKind, OccurrenceKey};
use crate::domain::record::RecordKey;
use crate::domain::view::ListKind;
use crate::ops::meetings::MeetingChange;
use crate::ops::sheet::FormTarget;
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::menu::{Choice, Menu, Pick};
use crate::tui::overlays::prompt::{Ask, Prompt};
use crate::tui::panes::Update;
use crate::tui::panes::filter::PaneFilter;
use crate::tui::panes::marks::Marks;
use crate::tui::panes::place::PanePlace;
use crate::tui::panes::row_before::{KeyedRows, RowBefore};
use crate::tui::view::layout::PaneId;
use crate::tui::view::list::{Cursor, Step};

pub use rows::subject_of;
pub use view::{draw, frame, summary};

use rows::AgendaRow;

/// Where the pane stands.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    cursor: Cursor,
    selected: Option<OccurrenceKey>,
    /// Another week; `None` is the days around today.
    pub week: Option<NaiveDate>,
    /// Which meetings are shown.
    pub filter: PaneFilter,
    row_before: RowBefore<OccurrenceKey>,
    pub marks: Marks<OccurrenceKey>,
    /// One row for each series, with its trend.
    is_by_series: bool,
    /// Headings and meetings, in the order shown.
    rows: Vec<AgendaRow>,
    /// What stands over the groups of a view.
    groups: Vec<String>,
    height: usize,
    width: usize,
}

impl Meetings {
    /// Takes over a new snapshot or size; the chosen meeting stays chosen.
    pub fn clamp(&mut self, snapshot: &Snapshot, (width, height): (usize, usize)) {
        (self.width, self.height) = (width, height);
        let is_shown = |index: usize| {
            let fits = || self.filter.fits(ListKind::Meetings, &rows::subject(index, snapshot));
            self.filter.is_empty() || fits()
        };
        let rows = match (self.is_by_series, self.week) {
            (true, _) => rows::by_series(snapshot, is_shown),
            (false, Some(_)) => rows::by_day(snapshot, is_shown),
            (false, None) => rows::around_today(snapshot, is_shown),
        };
        (self.rows, self.groups) = rows::as_asked(rows, &self.filter, snapshot);
        let is_selected = |row: &AgendaRow| {
            row.meeting().is_some_and(|index| Some(&snapshot.meetings[index].key) == self.selected.as_ref())
        };
        if let Some(row) = self.rows.iter().position(is_selected) {
            self.cursor.choose(row);
        }
        self.cursor.clamp(&self.rows, height);
        // Those of another week, or that take place no more, are not among what is read: an action would name them.
        self.marks.keep(|key| snapshot.meetings.iter().any(|meeting| meeting.key == *key));
        self.choose(snapshot);
    }

    /// Takes over what is chosen: it is followed by what it needs.
    fn say_under(&mut self, snapshot: &Snapshot) {
        // Those of what was chosen before.
        self.rows.retain(|row| !matches!(row, AgendaRow::Under(..)));
        let is_selected = |row: &AgendaRow| {
            row.meeting().is_some_and(|index| Some(&snapshot.meetings[index].key) == self.selected.as_ref())
        };
        let Some(at) = self.rows.iter().position(is_selected) else { return };
        let Some(index) = self.rows[at].meeting() else { return };
        let lines = view::under(&snapshot.meetings[index], snapshot, self.width).len();
        // The meeting itself and its heading stay in sight above them.
        let lines = lines.min(self.height.saturating_sub(2));
        let under = (0..lines).map(|line| AgendaRow::Under(index, line));
        // An empty range: they are put in behind the meeting, and nothing is taken out.
        self.rows.splice((at + 1)..=at, under);
        self.cursor.choose(at);
        self.cursor.clamp(&self.rows, self.height);
    }

    /// Where it stands, to be remembered.
    pub fn place(&self) -> PanePlace {
        PanePlace {
            cursors: vec![self.cursor.place()],
            chosen: self.selected.clone().map(|key| RecordKey::from(key).to_string()),
            filter: self.filter.text().to_owned(),
            order: self.filter.kept_orders(),
            is_grouped: self.is_by_series,
            from: self.week,
            ..PanePlace::default()
        }
    }

    /// Goes back to where it stood; the week was laid before anything was read.
    pub fn lay(&mut self, place: &PanePlace, snapshot: &Snapshot) {
        self.is_by_series = place.is_grouped;
        self.filter.set(&place.filter, PaneId::Meetings, &snapshot.reading);
        self.filter.take_orders(place.order.as_deref());
        self.cursor = place.cursor(0);
        self.selected = match place.chosen.as_deref().map(str::parse) {
            Some(Ok(RecordKey::Meeting(key))) => Some(key),
            _ => None,
        };
    }

    fn choose(&mut self, snapshot: &Snapshot) {
        self.selected = self.chosen(snapshot).map(|meeting| meeting.key.clone());
        self.say_under(snapshot);
    }

    /// Chooses a row by the mouse; true if it was chosen already.
    pub fn click(&mut self, seen: usize, snapshot: &Snapshot) -> bool {
        let was_chosen = self.cursor.click(seen, &self.rows, self.height);
        self.row_before.moved();
        self.choose(snapshot);
        was_chosen == Some(true)
    }

    /// Chooses a meeting, if it is shown.
    pub fn select(&mut self, key: OccurrenceKey) {
        self.row_before.moved();
        self.selected = Some(key);
    }

    pub fn chosen<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a Meeting> {
        let row = self.rows.get(self.cursor.chosen()?)?;
        row.meeting().map(|index| &snapshot.meetings[index])
    }

    /// Runs an action.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        match action {
            Action::MeetingsEarlier | Action::Left => return self.turn(-7, snapshot),
            Action::MeetingsLater | Action::Right => return self.turn(7, snapshot),
            Action::BySeries => {
                self.is_by_series = !self.is_by_series;
                // A row stands for a whole series then, and a mark on it would mean one of its meetings.
                self.marks.clear();
                self.cursor = Cursor::default();
                self.selected = None;
                self.clamp(snapshot, (self.width, self.height));
                return Update::default();
            }
            Action::Today => {
                self.week = None;
                return Update::effect(Effect::Screen(Screen::Reload));
            }
            Action::Mark | Action::MarkAll | Action::MarkRange | Action::InvertMarks => {
                return self.mark(action, snapshot);
            }
            Action::ReinstateMeeting => return self.which_comes_back(snapshot),
            Action::NextMatch | Action::PreviousMatch => {
                self.cursor.round(action == Action::NextMatch, &self.rows, self.height);
                self.row_before.moved();
                self.choose(snapshot);
                return Update::default();
            }
            _ => {}
        }
        let Some(step) = Step::of(action) else {
            // What is opened or reflected on is the row that is seen, wherever marks lie.
            let is_of_one = matches!(action, Action::OpenMeeting | Action::Reflect);
            let keys = if is_of_one { self.selected.iter().cloned().collect() } else { self.targets() };
            let meetings: Vec<&Meeting> =
                snapshot.meetings.iter().filter(|meeting| keys.contains(&meeting.key)).collect();
            return act_on(action, &meetings);
        };
        self.step(step, 1, snapshot);
        Update::default()
    }

    /// Moves so many times, or as far as it goes.
    pub fn step(&mut self, step: Step, times: usize, snapshot: &Snapshot) {
        let before = self.selected.clone();
        self.row_before.moved();
        // Of a meeting that is left nothing stands below it, so every step counts meetings alone.
        for _ in 0..times.min(self.rows.len()) {
            self.cursor.step(step, &self.rows, self.height);
            self.choose(snapshot);
        }
        // By the meetings themselves: what stands under the chosen one moves the rows behind it.
        let shown = self.shown(snapshot);
        let place = |key: &Option<OccurrenceKey>| shown.iter().position(|own| Some(own) == key.as_ref());
        if let (Some(from), Some(to)) = (place(&before), place(&self.selected)) {
            self.marks.pass(shown[from.min(to)..=from.max(to)].iter().cloned());
        }
    }

    /// The meetings that are shown, in their order.
    fn shown(&self, snapshot: &Snapshot) -> Vec<OccurrenceKey> {
        let own = |row: &AgendaRow| match row {
            AgendaRow::Meeting(index) => Some(snapshot.meetings[*index].key.clone()),
            _ => None,
        };
        self.rows.iter().filter_map(own).collect()
    }

    /// What actions work on: the marked ones, or the chosen one.
    pub fn targets(&self) -> Vec<OccurrenceKey> {
        self.marks.or(self.selected.clone())
    }

    /// How many rows stand on the screen at once.
    pub fn rows_seen(&self) -> usize {
        self.height.max(1)
    }

    /// The marked ones, or all that are shown.
    pub fn marked_or_shown(&self, snapshot: &Snapshot) -> Vec<OccurrenceKey> {
        if self.marks.is_empty() { self.shown(snapshot) } else { self.targets() }
    }

    fn mark(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let shown = self.shown(snapshot);
        let update = self.marks.act(action, self.selected.clone(), shown, "no meeting is here to mark");
        if action == Action::Mark && self.selected.is_some() {
            self.step(Step::Row { is_forward: true }, 1, snapshot);
        }
        update.unwrap_or_default()
    }

    /// Asks among the cancelled meetings of the week; of the days around today, and of two weeks more to come.
    // None of them is in the list, where a row that does not take place would be in the way of those that do.
    fn which_comes_back(&self, snapshot: &Snapshot) -> Update {
        let (from, to) = match self.week {
            Some(monday) => (monday, day::plus(monday, 6)),
            None => (day::plus(snapshot.today(), -7), day::plus(snapshot.today(), 21)),
        };
        Update::effect(Effect::Read(Read::CancelledMeetings(from, to)))
    }

    fn turn(&mut self, days: i64, snapshot: &Snapshot) -> Update {
        // From the days around today the first step goes to the week before or after this one.
        let week = self.week.unwrap_or_else(|| day::monday(snapshot.today()));
        self.week = Some(day::plus(week, days));
        self.cursor = Cursor::default();
        self.selected = None;
        Update::effect(Effect::Screen(Screen::Reload))
    }
}

impl KeyedRows for Meetings {
    type Key = OccurrenceKey;

    fn shown_text(&self) -> &str {
        self.filter.text()
    }

    fn show(&mut self, text: &str, snapshot: &Snapshot) -> bool {
        self.filter.set(text, PaneId::Meetings, &snapshot.reading);
        self.clamp(snapshot, (self.width, self.height));
        self.filter.view().is_some()
    }

    fn chosen_row(&self, _: &Snapshot) -> Option<OccurrenceKey> {
        self.selected.clone()
    }

    fn go_to_row(&mut self, key: &OccurrenceKey, snapshot: &Snapshot) -> bool {
        self.selected = Some(key.clone());
        self.clamp(snapshot, (self.width, self.height));
        self.selected.as_ref() == Some(key)
    }

    fn row_before(&mut self) -> &mut RowBefore<OccurrenceKey> {
        &mut self.row_before
    }
}

/// Runs an action on meetings, wherever they are.
pub fn act_on(action: Action, meetings: &[&Meeting]) -> Update {
    let Some(first) = meetings.first() else { return Update::notice("no meeting is here") };
    let key = first.key.clone();
    let keys = || meetings.iter().map(|meeting| meeting.key.clone()).collect::<Vec<_>>();
    match action {
        Action::OpenMeeting => Update::effect(Effect::Read(Read::OpenMeeting(key))),
        Action::Reflect => Update::effect(Effect::Read(Read::StartReflection(key))),
        Action::WaveReflection => Update::effect(Effect::Write(Write::WaveReflection(keys()))),
        Action::MoveMeeting => Update::open(Prompt::new(
            Ask::MoveMeeting(key),
            format!("Move {} to", first.title),
            &first.start.format("%Y-%m-%d %H:%M").to_string(),
        )),
        Action::RemoveMeeting => Update::effect(Effect::Write(Write::RemoveMeeting(keys()))),
        Action::ReinstateMeeting => Update::effect(Effect::Write(Write::ReinstateMeeting(key))),
        Action::EditMeeting => Update::effect(Effect::Read(Read::OpenForm(FormTarget::Meeting(key)))),
        Action::Prepare => {
            // With the words between which it is written, since an if-then without both is only an intention.
            let text = said_by_all(meetings, |meeting| &meeting.if_then).unwrap_or("If , then I ");
            Update::open(Prompt::new(Ask::IfThen(keys()), format!("If-then for {}", name(meetings)), text))
        }
        Action::SetIntent => Update::open(Prompt::new(
            Ask::Intent(keys()),
            format!("After {}, what is different?", name(meetings)),
            said_by_all(meetings, |meeting| &meeting.intent).unwrap_or_default(),
        )),
        Action::SetKind => {
            let choice = |kind: &MeetingKind| {
                let change = MeetingChange { kind: Some(*kind), ..MeetingChange::default() };
                Choice {
                    key: kind.name().chars().next().unwrap_or('?'),
                    label: kind.title().to_owned(),
                    pick: Pick::Do(Effect::Write(Write::ChangeMeetings(keys(), Box::new(change)))),
                }
            };
            let choices = MeetingKind::ALL.iter().map(choice).collect();
            Update::open(Menu::new(format!("Kind of {}", name(meetings)), choices))
        }
        _ => Update::default(),
    }
}

/// What a title calls some meetings.
fn name(meetings: &[&Meeting]) -> String {
    match meetings {
        [meeting] => meeting.title.clone(),
        many => format!("{} meetings", many.len()),
    }
}

/// What stands in all of them alike, if it is something.
fn said_by_all<'a>(meetings: &[&'a Meeting], text: impl Fn(&'a Meeting) -> &'a String) -> Option<&'a str> {
    let first = text(meetings.first()?);
    let is_same = meetings.iter().all(|meeting| text(meeting) == first);
    Some(first.as_str()).filter(|first| is_same && !first.is_empty())
}
