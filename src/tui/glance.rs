//! The first picture: a screenful of the queue and of the load from what was reckoned last, so that the cockpit
//! stands before everything is read. It is drawn once; what is read afterwards takes its place before any key.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::app::App;
use super::layout::{Areas, PaneId};
use super::session::Place;
use super::snapshot::{Range, Snapshot};
use crate::domain::ids::{MeetingId, PersonId, RequestId};
use crate::domain::load::capacity::Away;
use crate::domain::load::{Cell, CellState, ForcedOver, LoadRow, Verdict};
use crate::domain::meeting::{MeetingKind, OccurrenceKey};
use crate::domain::minutes::Minutes;
use crate::domain::reflection::Reflection;
use crate::domain::reflection::trend::{Entry, Share};
use crate::ops::Desk;
use crate::ops::kept::{self, Grounds, Kept};
use crate::ops::queue::Reckoning;
use crate::ops::waiting::{ReviewLoad, Waiting};
use crate::store::StoreError;

/// At least so many rows of the load are kept; whoever is over is kept wherever they stand.
const ROWS: usize = 12;
/// A longer view is read instead: keeping it would cost more than it saves.
const DAYS: usize = 112;

/// Effective, planning, confirmed, tentative, unknown minutes; state; why away.
type Figures = (i64, i64, i64, i64, i64, u8, u8);
const AWAY: [Away; 4] = [Away::No, Away::Part, Away::Whole, Away::Holiday];

/// One row of the load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    person: i64,
    is_role: bool,
    cells: Vec<Figures>,
    /// First day, last day, minutes over, requests.
    forced: Vec<(NaiveDate, NaiveDate, i64, Vec<i64>)>,
    tight: Vec<(NaiveDate, NaiveDate)>,
}

/// The load as it was drawn last, as far as one screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    from: NaiveDate,
    days: usize,
    /// How many rows there are, and how many of them from the first one on are kept.
    count: (usize, usize),
    rows: Vec<Row>,
    demand: Vec<Figures>,
    unheld: Vec<i64>,
    /// Decider, requests, days that the oldest waits.
    reviews: Vec<(String, Vec<i64>, i64)>,
    strategy: (u32, u32),
    strategy_requests: usize,
    /// A digit for each reflection, oldest first.
    stances: String,
    /// Those that the meetings shown speak of.
    said: Vec<Said>,
}

/// A reflection as a line of the meetings needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// Its place among all of them.
    at: usize,
    meeting: i64,
    occurrence: String,
    series: String,
    if_then: String,
}

impl Kept for Picture {
    const NAME: &'static str = "picture";
}

fn figures(cell: &Cell) -> Figures {
    let away = AWAY.iter().position(|away| *away == cell.away).and_then(|at| u8::try_from(at).ok());
    let minutes = [cell.effective, cell.planning, cell.confirmed, cell.tentative, cell.unknown];
    let [effective, planning, confirmed, tentative, unknown] = minutes.map(|minutes| minutes.0);
    (effective, planning, confirmed, tentative, unknown, cell.state as u8, away.unwrap_or_default())
}

fn cell((figures, date): (&Figures, NaiveDate)) -> Option<Cell> {
    let (effective, planning, confirmed, tentative, unknown, state, away) = *figures;
    Some(Cell {
        date,
        effective: Minutes(effective),
        planning: Minutes(planning),
        confirmed: Minutes(confirmed),
        tentative: Minutes(tentative),
        unknown: Minutes(unknown),
        state: *CellState::ALL.get(usize::from(state))?,
        away: *AWAY.get(usize::from(away))?,
    })
}

impl Row {
    fn of(row: &LoadRow) -> Self {
        let forced = |it: &ForcedOver| (it.from, it.to, it.over.0, numbers(&it.culprits));
        Self {
            person: row.person.0,
            is_role: row.is_role,
            cells: row.cells.iter().map(figures).collect(),
            forced: row.verdict.forced.iter().map(forced).collect(),
            tight: row.verdict.tight.clone(),
        }
    }

    fn row(self, from: NaiveDate) -> Option<LoadRow> {
        let forced = self.forced.into_iter().map(|(from, to, over, culprits)| ForcedOver {
            from,
            to,
            over: Minutes(over),
            culprits: requests(&culprits),
        });
        Some(LoadRow {
            person: PersonId(self.person),
            is_role: self.is_role,
            cells: cells(&self.cells, from)?,
            verdict: Verdict { forced: forced.collect(), tight: self.tight },
        })
    }
}

fn cells(figures: &[Figures], from: NaiveDate) -> Option<Vec<Cell>> {
    figures.iter().zip(from.iter_days()).map(cell).collect()
}

fn numbers(ids: &[RequestId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}

fn requests(ids: &[i64]) -> Vec<RequestId> {
    ids.iter().copied().map(RequestId).collect()
}

impl Picture {
    /// What a snapshot shows with room for so many rows of the load; `None` of a view that is too long.
    fn of(snapshot: &Snapshot, room: usize) -> Option<Self> {
        let grid = &snapshot.grid;
        let room = room.max(ROWS).min(grid.rows.len());
        let is_kept = |(at, row): &(usize, &LoadRow)| *at < room || !row.verdict.forced.is_empty();
        let review = |it: &ReviewLoad| (it.decider.clone(), numbers(&it.requests), it.oldest);
        (grid.days <= DAYS).then(|| Self {
            from: grid.from,
            days: grid.days,
            count: (grid.rows.len(), room),
            rows: grid.rows.iter().enumerate().filter(is_kept).map(|(_, row)| Row::of(row)).collect(),
            demand: snapshot.waiting.demand.iter().map(figures).collect(),
            unheld: numbers(&snapshot.waiting.unheld),
            reviews: snapshot.waiting.reviews.iter().map(review).collect(),
            strategy: (snapshot.strategy.part, snapshot.strategy.whole),
            strategy_requests: snapshot.strategy_requests,
            stances: snapshot
                .entries
                .iter()
                .map(|entry| char::from(b'0' + entry.reflection.stance))
                .collect(),
            said: said(snapshot),
        })
    }

    /// True if it shows the days that are wanted, and as many rows as there is room for.
    fn fits(&self, range: Range, room: usize) -> bool {
        (self.from, self.days) == (range.load_from, range.load_days)
            && (room <= self.count.1 || self.count.0 == self.count.1)
    }

    /// Lays it into a snapshot; `None` if it cannot be read.
    fn lay(self, snapshot: &mut Snapshot) -> Option<()> {
        let from = self.from;
        snapshot.grid.rows = self.rows.into_iter().map(|row| row.row(from)).collect::<Option<_>>()?;
        let review = |(decider, ids, oldest): (String, Vec<i64>, i64)| ReviewLoad {
            decider,
            requests: requests(&ids),
            oldest,
        };
        snapshot.waiting = Waiting {
            demand: cells(&self.demand, from)?,
            unheld: requests(&self.unheld),
            reviews: self.reviews.into_iter().map(review).collect(),
        };
        snapshot.strategy = Share { part: self.strategy.0, whole: self.strategy.1 };
        snapshot.strategy_requests = self.strategy_requests;
        snapshot.entries = entries(&self.stances, self.said);
        Some(())
    }
}

/// What was said in the meetings shown, or in the last one of their series if they are still to come.
fn said(snapshot: &Snapshot) -> Vec<Said> {
    let entries = &snapshot.entries;
    let mut places: Vec<usize> = Vec::new();
    for meeting in &snapshot.meetings {
        let own = entries.iter().position(|entry| entry.reflection.meeting == meeting.key);
        let last = || entries.iter().rposition(|entry| entry.series == meeting.series);
        places.extend(own.or_else(last));
    }
    places.sort_unstable();
    places.dedup();
    let said = |at: usize| Said {
        at,
        meeting: entries[at].reflection.meeting.meeting.0,
        occurrence: entries[at].reflection.meeting.occurrence.clone(),
        series: entries[at].series.clone(),
        if_then: entries[at].reflection.if_then.clone(),
    };
    places.into_iter().map(said).collect()
}

/// All reflections, most of them with nothing but their stance.
fn entries(stances: &str, said: Vec<Said>) -> Vec<Entry> {
    let blank = |stance: u8| Entry {
        start: DateTime::UNIX_EPOCH,
        kind: MeetingKind::Team,
        series: String::new(),
        attendees: Vec::new(),
        reflection: Reflection {
            meeting: OccurrenceKey { meeting: MeetingId(0), occurrence: String::new() },
            stance: stance.saturating_sub(b'0'),
            presence: None,
            first: None,
            expansion: None,
            contraction: None,
            touched: None,
            moment: String::new(),
            if_then: String::new(),
            came_up: Vec::new(),
            kept: None,
            forced_over: None,
            written: DateTime::UNIX_EPOCH,
        },
    };
    let mut entries: Vec<Entry> = stances.bytes().map(blank).collect();
    for said in said {
        if let Some(entry) = entries.get_mut(said.at) {
            entry.series = said.series;
            entry.reflection.if_then = said.if_then;
            entry.reflection.meeting =
                OccurrenceKey { meeting: MeetingId(said.meeting), occurrence: said.occurrence };
        }
    }
    entries
}

/// The rows of the queue that are seen when the cockpit opens.
fn screenful(mut order: Vec<RequestId>, selected: Option<RequestId>, height: usize) -> Vec<RequestId> {
    let row = order.iter().position(|id| Some(*id) == selected).unwrap_or(0);
    let top = if height == 0 { 0 } else { (row + 1).saturating_sub(height) };
    order.drain(..top);
    order.truncate(height.max(1));
    order
}

/// The first picture; `None` if what is kept does not hold any more or does not show what is wanted.
///
/// # Errors
/// When the store cannot be read.
pub fn read(desk: &Desk, app: &App, place: &Place) -> Result<Option<Snapshot>, StoreError> {
    // What is kept was drawn for the lead alone.
    let is_plain = app.overlays.is_empty() && place.shows_all() && !app.presenting.is_on;
    let Some(areas) = app.areas().filter(|_| is_plain) else {
        return Ok(None);
    };
    // How the books stand follows from everything, so a board waits for it.
    let mut snapshot = Snapshot::empty(desk, app.range());
    if snapshot.range.has_board || read_kept(desk, &areas, place, &mut snapshot)?.is_none() {
        return Ok(None);
    }
    snapshot.read_meetings(desk)?;
    snapshot.books = desk.books_at_a_glance()?;
    Ok(Some(snapshot))
}

fn read_kept(
    desk: &Desk,
    areas: &Areas,
    place: &Place,
    snapshot: &mut Snapshot,
) -> Result<Option<()>, StoreError> {
    desk.store.reading(|store| {
        let grounds = Grounds::read(store, desk)?;
        let fits = |picture: &Picture| picture.fits(snapshot.range, areas.rows(PaneId::Load));
        let Some(picture) = kept::read::<Picture>(store, &grounds)?.filter(fits) else { return Ok(None) };
        let Some(reckoning) = kept::read::<Reckoning>(store, &grounds)? else { return Ok(None) };
        let ids = screenful(reckoning.order(), place.selected(), areas.rows(PaneId::Intake));
        snapshot.rows = desk.reckoned_rows(store, &reckoning, &ids)?;
        snapshot.counts = reckoning.counts;
        let people: Vec<PersonId> = picture.rows.iter().map(|row| PersonId(row.person)).collect();
        snapshot.team.people = store.people_with(&people)?;
        snapshot.reckoned = Some((grounds, reckoning));
        Ok(picture.lay(snapshot))
    })
}

/// What to keep of a snapshot for the next start, by name, with room for so many rows of the load.
#[must_use]
pub fn texts(snapshot: &Snapshot, room: usize) -> Vec<(&'static str, String)> {
    let Some((grounds, reckoning)) = &snapshot.reckoned else { return Vec::new() };
    let picture = Picture::of(snapshot, room).and_then(|picture| kept::text(grounds, &picture));
    reckoning.texts(grounds).into_iter().chain(picture).collect()
}
