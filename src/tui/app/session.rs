//! Where the cockpit stands: remembered beside the store soon after each key, since a crash asks for it too, and laid
//! out again at the next start. Who comes back within two hours on the same day finds everything as it was left.
//! Later it is another sitting, which begins at the top of the queue with nothing hidden; the old row is one step back.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::RequestId;
use crate::ops::Desk;
use crate::ops::meanwhile::LastLook;
use crate::tui::app::App;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::app::trail::{KeptVisited, Spot, Visited};
use crate::tui::overlays::record::{Kind, Record};
use crate::tui::panes::place::PanePlace;
use crate::tui::view::layout::PaneId;

/// How long somebody can be away and still go on with what they were at.
const SITTING: TimeDelta = TimeDelta::hours(2);

/// How the screen was divided.
#[derive(Serialize, Deserialize, Default, Clone, Copy)]
#[serde(default)]
struct ScreenShape {
    is_zoomed: bool,
    is_page_hidden: bool,
}

/// Where it stood.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Place {
    /// When this was remembered.
    at: Option<DateTime<Utc>>,
    // By number and not by name, so a pane is only ever added behind the others.
    focus: usize,
    #[serde(flatten)]
    shape: ScreenShape,
    /// The panes in the order of [`PaneId::ALL`].
    panes: Vec<PanePlace>,
    is_presenting: bool,
    /// What of the configuration was told once.
    told: Vec<String>,
    /// Lines that were typed behind `:`.
    commands: Vec<String>,
    /// The folder of the file that was imported last.
    import_folder: String,
    /// What can be gone back to, on the same day.
    visited: KeptVisited,
    /// Read by [`Desk::last_look`].
    last_look: Option<LastLook>,
    #[serde(skip)]
    is_same_day: bool,
    /// Somebody who goes on where they stopped.
    #[serde(skip)]
    is_same_sitting: bool,
}

/// Everything about where the cockpit stands and what was seen in it, as one line.
pub fn text(app: &App, now: DateTime<Utc>, last_look: LastLook) -> String {
    let mut panes = vec![app.intake.place(), app.load.place(), app.meetings.place()];
    panes.extend(app.boards.iter().map(crate::tui::panes::board::Board::place));
    let place = Place {
        at: Some(now),
        focus: app.focus as usize,
        shape: ScreenShape { is_zoomed: app.is_zoomed, is_page_hidden: app.page.is_hidden },
        panes,
        is_presenting: app.presenting.is_on,
        told: app.told.clone(),
        commands: app.commands.clone(),
        import_folder: app.import_folder.clone(),
        visited: app.trail.keep(),
        last_look: Some(last_look),
        is_same_day: false,
        is_same_sitting: false,
    };
    serde_json::to_string(&place).unwrap_or_default()
}

impl Place {
    /// Takes the place that was left last; the beginning of everything if there is none.
    pub fn take(desk: &mut Desk) -> Self {
        let own = desk.store.take_place();
        let mut place: Self = own.as_deref().map(parse).unwrap_or_default();
        // Beside another cockpit that is presenting, this one may be seen by the same people.
        place.is_presenting |= desk.store.places_in_use().iter().any(|place| parse(place).is_presenting);
        place.is_same_day = place.at.is_some_and(|at| desk.clock.day_of(at) == desk.today());
        place.is_same_sitting =
            place.is_same_day && place.at.is_some_and(|at| desk.now().to_utc() - at < SITTING);
        place
    }

    /// Says what the user's own keys take from the defaults, unless that was said before.
    fn tell_once(&self, app: &mut App) {
        // Lines that no longer hold are forgotten with it: a clash that comes back is told again.
        app.told = app.keymap.displaced.iter().map(ToString::to_string).collect();
        let news: Vec<&String> = app.told.iter().filter(|line| !self.told.contains(line)).collect();
        if news.is_empty() {
            return;
        }
        let intro =
            "Keys of your configuration that the defaults use otherwise; yours hold. This is said once:";
        let mut lines = vec![intro.to_owned()];
        lines.extend(news.into_iter().map(|line| format!("· {line}")));
        lines.push(app.keymap.hints().say("`tablesetter config check` lists them again. {follow} goes on."));
        let notice = Record::new(Kind::Notice("Your keys".to_owned(), lines));
        app.overlays.push(notice.into());
    }

    fn pane(&self, pane: PaneId) -> PanePlace {
        self.panes.get(pane as usize).cloned().unwrap_or_default()
    }

    /// Goes back to pane, zoom and days, which say what has to be read. Whoever was presenting still is: others may be
    /// looking on again.
    pub fn lay(&self, app: &mut App) {
        app.presenting.is_on = self.is_presenting;
        app.commands.clone_from(&self.commands);
        app.import_folder.clone_from(&self.import_folder);
        self.tell_once(app);
        app.page.is_hidden = self.shape.is_page_hidden;
        // A way of looking, which outlasts the sitting, as the hidden page does.
        app.load.is_weeks = self.pane(PaneId::Load).is_weeks;
        if self.is_same_sitting {
            app.focus = PaneId::ALL.get(self.focus).copied().unwrap_or(PaneId::Intake);
            app.is_zoomed = self.shape.is_zoomed;
            app.load.from = self.pane(PaneId::Load).from.unwrap_or(app.load.from);
            app.meetings.week = self.pane(PaneId::Meetings).from;
        }
    }

    /// Goes back to rows, scrolling and filters, or to the top of the queue with the old row one step back.
    pub fn choose(&self, app: &mut App, snapshot: &Snapshot) {
        // What was read yesterday is no way back to anything that is done today.
        if self.is_same_day {
            app.trail = Visited::of(&self.visited);
        }
        if !self.is_same_sitting {
            let old = self.pane(PaneId::Intake);
            if let Some(request) = request(&old) {
                let is_zoomed = self.shape.is_zoomed && self.focus == PaneId::Intake as usize;
                let spot = Spot::Pane {
                    pane: PaneId::Intake,
                    is_zoomed,
                    request: Some(request),
                    filter: old.filter,
                };
                app.trail.leave(spot);
            }
            return;
        }
        app.load.lay(&self.pane(PaneId::Load), snapshot);
        app.meetings.lay(&self.pane(PaneId::Meetings), snapshot);
        for (pane, board) in PaneId::BOARDS.into_iter().zip(&mut app.boards) {
            board.lay(&self.pane(pane), snapshot);
        }
        let queue = self.pane(PaneId::Intake);
        app.intake.lay(&queue, request(&queue), snapshot);
    }

    /// What another sitting says of the row on which the last one ended.
    pub fn hint(&self, snapshot: &Snapshot) -> Option<String> {
        let old = request(&self.pane(PaneId::Intake)).filter(|_| !self.is_same_sitting)?;
        // Where the old row is the top anyway, or is gone, there is nothing to go back to.
        let is_first = snapshot.rows.first().is_some_and(|row| row.request.id == old);
        (!is_first && snapshot.row(old).is_some()).then(|| {
            snapshot.hints.say(&format!("the top of the queue; {{visited-back}} goes back to {old}"))
        })
    }
}

fn parse(line: &str) -> Place {
    serde_json::from_str(line).unwrap_or_default()
}

fn request(queue: &PanePlace) -> Option<RequestId> {
    queue.chosen.as_deref()?.parse().ok()
}
