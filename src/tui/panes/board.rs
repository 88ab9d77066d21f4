//! The boards: outcomes with the ledger, change, influence. Each is two columns of lines, some of which lead to a
//! record; on a narrow screen one column under the other.

mod act;
mod change;
mod influence;
mod outcomes;
mod view;

use crate::domain::record::RecordKey;
use crate::tui::action::Action;
use crate::tui::layout::PaneId;
use crate::tui::overlays::Response;
use crate::tui::overlays::record::{Link, Shown};
use crate::tui::panes::Update;
use crate::tui::snapshot::Snapshot;
use crate::tui::theme::Theme;

pub use act::{act_on, captures, new_menu};
pub use outcomes::lever_word;
pub use view::draw;

/// From this width on, the columns stand side by side.
const TWO_COLUMNS: usize = 110;

/// Where one column stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The chosen line.
    at: usize,
    /// The first line shown.
    top: usize,
}

/// Where a board stands.
#[derive(Debug, Clone)]
pub struct Board {
    pane: PaneId,
    column: usize,
    places: [Place; 2],
    selected: Option<Link>,
    height: usize,
    width: usize,
}

/// What a board is drawn from.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What is drawn.
    pub snapshot: &'a Snapshot,
    /// How it looks.
    pub theme: Theme,
    /// Columns that a line has.
    pub width: usize,
}

/// One column of a board.
struct Column {
    title: &'static str,
    more: String,
    lines: Vec<Shown>,
}

impl Board {
    /// A board with its first line chosen.
    #[must_use]
    pub const fn new(pane: PaneId) -> Self {
        Self { pane, column: 0, places: [Place { at: 0, top: 0 }; 2], selected: None, height: 0, width: 0 }
    }

    const fn is_wide(&self) -> bool {
        self.width >= TWO_COLUMNS
    }

    /// Widths of the columns: the left one is the list that people compare.
    const fn widths(&self) -> [usize; 2] {
        if self.is_wide() {
            let left = self.width * 56 / 100;
            [left, self.width - left - 1]
        } else {
            [self.width, self.width]
        }
    }

    fn columns(&self, snapshot: &Snapshot, theme: Theme) -> Vec<Column> {
        let [left, right] = self.widths();
        let look = |width| Look { snapshot, theme, width };
        let [one, other] = match self.pane {
            PaneId::Change => [change::friction(look(left)), change::beside(look(right))],
            PaneId::Influence => [influence::people(look(left)), influence::beside(look(right))],
            _ => [outcomes::list(look(left)), outcomes::ledger(look(right))],
        };
        if self.is_wide() {
            return vec![one, other];
        }
        let mut lines = one.lines;
        lines.push(ratatui::text::Line::default().into());
        let heading = if other.more.is_empty() {
            other.title.to_owned()
        } else {
            format!("{}  {}", other.title, other.more)
        };
        lines.push(ratatui::text::Line::styled(format!(" {heading}"), theme.accent()).into());
        lines.extend(other.lines);
        vec![Column { lines, ..one }]
    }

    /// Takes over a new snapshot or size; the chosen line stays chosen wherever it went.
    pub fn settle(&mut self, snapshot: &Snapshot, (width, height): (usize, usize)) {
        (self.width, self.height) = (width, height);
        let columns = self.columns(snapshot, Theme::new(crate::tui::theme::Depth::None, false));
        self.column = self.column.min(columns.len() - 1);
        if let Some(selected) = &self.selected {
            let found = columns.iter().enumerate().find_map(|(column, it)| {
                Some((column, it.lines.iter().position(|line| line.link.as_ref() == Some(selected))?))
            });
            if let Some((column, at)) = found {
                self.column = column;
                self.places[column].at = at;
            }
        }
        for (place, column) in self.places.iter_mut().zip(&columns) {
            settle(place, &column.lines, height);
        }
        self.selected = self.chosen_in(&columns).cloned();
    }

    fn chosen_in<'a>(&self, columns: &'a [Column]) -> Option<&'a Link> {
        columns.get(self.column)?.lines.get(self.places[self.column].at)?.link.as_ref()
    }

    /// The chosen record.
    #[must_use]
    pub fn chosen(&self) -> Option<RecordKey> {
        match &self.selected {
            Some(Link::Record(key)) => Some(key.clone()),
            Some(Link::Request(id)) => Some((*id).into()),
            _ => None,
        }
    }

    /// Runs an action.
    pub fn update(&mut self, action: Action, snapshot: &Snapshot) -> Update {
        let page = self.height.saturating_sub(2).max(1).cast_signed();
        match action {
            Action::Down => self.step(1, snapshot),
            Action::Up => self.step(-1, snapshot),
            Action::PageDown => self.step(page, snapshot),
            Action::PageUp => self.step(-page, snapshot),
            Action::Top => self.step(isize::MIN / 2, snapshot),
            Action::Bottom => self.step(isize::MAX / 2, snapshot),
            Action::Left => self.turn(0, snapshot),
            Action::Right => self.turn(1, snapshot),
            Action::NextPane | Action::PreviousPane => self.turn(1 - self.column, snapshot),
            Action::OpenEntry => return self.open(snapshot),
            Action::AddEntry => return Update::open(new_menu(self.pane)),
            _ => return act_on(action, self.chosen().as_ref(), snapshot),
        }
        Update::default()
    }

    fn open(&self, snapshot: &Snapshot) -> Update {
        match self.selected.as_ref().map(Link::follow) {
            Some(Response::Do(effects)) => Update { effects, ..Update::default() },
            Some(Response::Open(overlay)) => Update::open(overlay),
            _ => Update::notice(snapshot.hints.say("nothing is here yet: {add-record} adds something")),
        }
    }

    fn turn(&mut self, column: usize, snapshot: &Snapshot) {
        if self.is_wide() {
            self.column = column;
            self.selected = None;
            self.settle(snapshot, (self.width, self.height));
        }
    }

    /// To the next line that leads somewhere; with none left, the rest is scrolled into sight.
    fn step(&mut self, lines: isize, snapshot: &Snapshot) {
        let columns = self.columns(snapshot, Theme::new(crate::tui::theme::Depth::None, false));
        let Some(column) = columns.get(self.column) else { return };
        let place = &mut self.places[self.column];
        let leads = |index: &usize| column.lines.get(*index).is_some_and(|line| line.link.is_some());
        let last = column.lines.len().saturating_sub(1);
        let wanted = place.at.saturating_add_signed(lines).min(last);
        let next = if lines > 0 {
            (wanted..=last).find(leads).or_else(|| (place.at + 1..=last).rev().find(leads))
        } else {
            (0..=wanted).rev().find(leads).or_else(|| (0..place.at).find(leads))
        };
        match next {
            Some(next) => place.at = next,
            None if lines > 0 => {
                place.top = (place.top + lines.unsigned_abs())
                    .min(column.lines.len().saturating_sub(self.height.max(1)));
            }
            None => place.top = place.top.saturating_sub(lines.unsigned_abs()),
        }
        if next.is_some() {
            settle(place, &column.lines, self.height);
        }
        self.selected = self.chosen_in(&columns).cloned();
    }

    /// Chooses a line by the mouse; true if it was chosen already.
    pub fn click(&mut self, (x, row): (usize, usize), snapshot: &Snapshot) -> bool {
        let column = usize::from(self.is_wide() && x > self.widths()[0]);
        let columns = self.columns(snapshot, Theme::new(crate::tui::theme::Depth::None, false));
        let at = self.places[column].top + row;
        let leads =
            columns.get(column).and_then(|it| it.lines.get(at)).is_some_and(|line| line.link.is_some());
        if !leads {
            return false;
        }
        let was_chosen = self.column == column && self.places[column].at == at;
        self.column = column;
        self.places[column].at = at;
        self.selected = self.chosen_in(&columns).cloned();
        was_chosen
    }
}

/// Keeps a place on a line that leads somewhere, and that line in sight with the heading above it.
fn settle(place: &mut Place, lines: &[Shown], height: usize) {
    let height = height.max(1);
    let last = lines.len().saturating_sub(1);
    place.at = place.at.min(last);
    if lines.get(place.at).is_none_or(|line| line.link.is_none()) {
        let leads = |index: &usize| lines[*index].link.is_some();
        place.at =
            (place.at..lines.len()).find(leads).or_else(|| (0..place.at).rev().find(leads)).unwrap_or(0);
    }
    let first_that_leads = lines.iter().position(|line| line.link.is_some());
    place.top = place
        .top
        .min(lines.len().saturating_sub(height))
        .min(place.at)
        .max((place.at + 1).saturating_sub(height));
    // What stands above the first line that can be chosen belongs to it.
    if first_that_leads == Some(place.at) && place.at < height {
        place.top = 0;
    }
}
