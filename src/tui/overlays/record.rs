//! Something to read, with everything that touches it: a request, a meeting, a person, the team, a cell of
//! the load, or a few sentences from the program. What it names can be followed and come back from.

mod discipline;
mod facts;
mod lines;
mod link;
mod page;
mod team;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Layer, Response, ViewContext};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::meeting::Meeting;
use crate::domain::record::RecordKey;
pub use crate::ops::books::Receipt;
use crate::ops::books::{EntryDetail, Fact};
use crate::ops::detail::{MeetingDetail, PersonDetail, RequestDetail};
use crate::ops::load::cell::CellWork;
use crate::ops::queue::QueueRow;
use crate::ops::sheet::FormTarget;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::Read;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
pub use link::Link;
pub use page::Shown;

/// What is read.
#[derive(Debug, Clone)]
pub enum Kind {
    Request(Box<RequestDetail>),
    /// A meeting with the reflections of its series.
    Meeting(Box<MeetingDetail>),
    Person(Box<PersonDetail>),
    /// Everybody, with when they are away.
    Team,
    /// What lies on somebody on some days.
    Cell {
        title: String,
        /// Whose it is.
        person: PersonId,
        /// How to ask for it again.
        again: Read,
        work: Vec<CellWork>,
        /// Why the cell looks as it does.
        sums: Vec<String>,
    },
    /// A discipline, added up.
    Discipline {
        name: String,
        people: Vec<PersonId>,
    },
    /// Requests under a title.
    List(String, Vec<RequestId>),
    /// A record of the books.
    Entry(Box<EntryDetail>),
    /// A figure with its rows.
    Receipt(Box<Receipt>, Vec<Fact>),
    /// Sentences.
    Notice(String, Vec<String>),
}

/// The record, and where it is read.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is read.
    pub kind: Kind,
    cursor: Cursor,
    /// The chosen link before its lines were read again, and the line it stood on.
    before: Option<(Link, usize)>,
}

impl Record {
    /// Opens something.
    pub const fn new(kind: Kind) -> Self {
        // Lists begin with their first line chosen; what is read from top to bottom does not.
        let is_list =
            matches!(kind, Kind::Team | Kind::Cell { .. } | Kind::Discipline { .. } | Kind::List(..));
        Self { kind, cursor: if is_list { Cursor::LIST } else { Cursor::READING }, before: None }
    }

    /// The chosen link.
    fn link(&self, sight: ViewContext<'_>) -> Option<Link> {
        self.chosen(sight).map(|(link, _)| link)
    }

    /// The chosen link, and the line it stands on.
    fn chosen(&self, sight: ViewContext<'_>) -> Option<(Link, usize)> {
        let lines = self.lines(sight);
        let at = self.cursor.chosen_of(&lines)?;
        Some((lines.into_iter().nth(at)?.link?, at))
    }

    /// What is chosen is about to be read again.
    pub fn note_chosen(&mut self, sight: ViewContext<'_>) {
        self.before = self.chosen(sight);
    }

    /// Chooses again what was chosen before: the next key must not act upon another line that came in its place. One that is
    /// gone leaves the cursor where it stood.
    pub fn find_chosen(&mut self, sight: ViewContext<'_>) {
        let Some((link, row)) = &self.before else { return };
        let lines = self.lines(sight);
        let found = lines.iter().enumerate().filter(|(_, line)| line.link.as_ref() == Some(link));
        if let Some((at, _)) = found.min_by_key(|(at, _)| at.abs_diff(*row)) {
            self.cursor.choose(at);
        }
    }

    /// True if the other one is about the same thing.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            // They have nothing to be read again by, and two without it would seem to be the same.
            (Kind::Notice(..) | Kind::Team | Kind::List(..), _) => false,
            _ => self.refresh() == other.refresh(),
        }
    }

    /// Takes over what was read again.
    pub fn renew(&mut self, other: Self) {
        // Only the content: the cursor stays where the lead was reading, and with its link once it is looked for.
        self.kind = other.kind;
    }

    /// What its rule has no room for begins the page: no title is cut both in the list and here.
    fn lines(&self, sight: ViewContext<'_>) -> Vec<Shown> {
        let (title, right) = self.title();
        let mut lines = self.facts(sight);
        if !Rule::holds(&title, &right, sight.width) {
            let whole = plain::wrap(&title, sight.width.saturating_sub(4));
            let whole =
                whole.into_iter().map(|line| Line::styled(format!("   {line}"), sight.theme.strong()));
            lines.splice(0..0, whole.map(Shown::from));
        }
        lines
    }

    fn facts(&self, sight: ViewContext<'_>) -> Vec<Shown> {
        let width = sight.width.saturating_sub(4);
        match &self.kind {
            Kind::Request(detail) => lines::request(detail, width, sight),
            Kind::Meeting(detail) => lines::meeting(detail, width, sight),
            Kind::Person(detail) => team::person(detail, width, sight),
            Kind::Team => team::everybody(width, sight),
            Kind::Cell { work, sums, .. } => team::cell(work, sums, width, sight),
            Kind::Discipline { people, .. } => discipline::page(people, width, sight),
            Kind::List(_, ids) => lines::list(ids, width, sight),
            Kind::Entry(detail) => facts::entry(detail, width, sight),
            Kind::Receipt(_, found) => facts::page(found, width, sight).lines,
            Kind::Notice(_, sentences) => lines::notice(sentences, width, sight),
        }
    }

    fn title(&self) -> (String, String) {
        match &self.kind {
            Kind::Request(detail) => {
                (format!("{}  {}", detail.row.request.id, detail.row.request.title), state(detail))
            }
            Kind::Meeting(detail) => (detail.meeting.title.clone(), detail.meeting.kind_title().to_owned()),
            Kind::Entry(detail) => {
                let kind = detail.key.kind().map_or("", crate::domain::record::Kind::title);
                (format!("{}  {}", detail.key, detail.title), kind.to_owned())
            }
            Kind::Receipt(receipt, _) => (receipt.title.clone(), String::new()),
            Kind::Person(detail) => {
                let kind = if detail.person.is_role { "role" } else { "person" };
                (format!("{}  {}", detail.person.handle, detail.person.name), kind.to_owned())
            }
            Kind::Discipline { name, .. } => (name.clone(), "discipline".to_owned()),
            Kind::Team => ("People, absences and holidays".to_owned(), String::new()),
            Kind::Cell { title, .. } | Kind::List(title, _) | Kind::Notice(title, _) => {
                (title.clone(), String::new())
            }
        }
    }
}

impl Record {
    /// Its title, and what stands at the right end of its rule: as much of how many lines there are below as leaves the
    /// title whole.
    fn head(&self, more: usize, width: usize) -> (String, String) {
        let (title, right) = self.title();
        if more == 0 {
            return (title, right);
        }
        let forms = [format!("{right}  ↓ {more} more"), format!("{right}  ↓ {more}"), format!("{right}  ↓")];
        let forms = forms.map(|form| form.trim().to_owned());
        let fits = |form: &String| Rule::holds(&title, form, width);
        // Where it is only the arrow that the title would be cut for, the page goes on without one.
        let right = match forms.into_iter().find(fits) {
            Some(form) => form,
            None if Rule::holds(&title, &right, width) => right,
            None => format!("{right}  ↓").trim().to_owned(),
        };
        (title, right)
    }
}

/// The stage of a request, and whether it is late or at risk.
fn state(detail: &RequestDetail) -> String {
    let stage = detail.row.request.stage.title();
    match (detail.row.late.is_some(), detail.row.reasons.is_empty()) {
        (true, _) => format!("{stage}, late"),
        (false, false) => format!("{stage}, at risk"),
        (false, true) => stage.to_owned(),
    }
}

impl Record {
    /// Draws it from its beginning beside the list in which it is chosen; nothing of it is chosen itself.
    pub fn preview(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let lines = self.lines(sight);
        let body = paint::below(area, 1);
        let more = lines.len().saturating_sub(usize::from(body.height));
        let width = usize::from(area.width);
        let (title, right) = self.head(more, width);
        // A title that has no room begins the page, whole: half of it above itself would be read twice.
        // `title` parts the key from what it is called by two blanks.
        let key = title.split("  ").next().unwrap_or_default();
        let title = if Rule::holds(&title, &right, width) { title.as_str() } else { key };
        let arrow = format!("{right} {more} more");
        let right = if title == key && right.ends_with('↓') && Rule::holds(key, &arrow, width) {
            arrow
        } else {
            right
        };
        Rule { right: &right, ..Rule::pane(title, theme, false) }.draw(buffer, area);
        for (row, shown) in (0..body.height).zip(&lines) {
            paint::put(buffer, body, row, &shown.line);
        }
    }
}

const ON_REQUEST: &[Scope] =
    &[Scope::Page, Scope::Reading, Scope::Requests, Scope::Chosen, Scope::Everywhere];
const ON_MEETING: &[Scope] =
    &[Scope::Page, Scope::Reading, Scope::Meetings, Scope::Chosen, Scope::Everywhere];
const ON_ENTRY: &[Scope] = &[Scope::Page, Scope::Reading, Scope::Records, Scope::Chosen, Scope::Everywhere];

impl Layer for Record {
    fn scopes(&self) -> &'static [Scope] {
        match self.kind {
            Kind::Request(_) => ON_REQUEST,
            Kind::Meeting(_) => ON_MEETING,
            Kind::Person(_) | Kind::Team | Kind::Cell { .. } | Kind::Discipline { .. } => {
                &[Scope::Reading, Scope::People, Scope::Everywhere]
            }
            Kind::Entry(_) => ON_ENTRY,
            Kind::List(..) | Kind::Notice(..) | Kind::Receipt(..) => &[Scope::Reading, Scope::Everywhere],
        }
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match (action, Step::of(action)) {
            // It leads nowhere, and Enter is what puts a message away.
            (Action::Follow, _) if matches!(self.kind, Kind::Notice(..)) => Response::Close,
            (Action::NextRecord | Action::PreviousRecord, _) => {
                Response::Neighbour { is_forward: action == Action::NextRecord }
            }
            (Action::Follow, _) => self.link(sight).map_or(Response::Stay, |link| link.follow()),
            (_, Some(step)) => {
                self.before = None;
                self.cursor.step(step, &self.lines(sight), sight.height.saturating_sub(1));
                Response::Stay
            }
            _ => Response::Ignored,
        }
    }

    /// Chooses a link, or follows the one that is chosen.
    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let lines = self.lines(sight);
        self.before = None;
        let hit =
            row.checked_sub(1).and_then(|row| self.cursor.click(row, &lines, sight.height.saturating_sub(1)));
        if hit == Some(true) { self.act(Action::Follow, sight) } else { Response::Stay }
    }

    fn leads(&self, sight: ViewContext<'_>) -> bool {
        self.link(sight).is_some()
    }

    fn form(&self, sight: ViewContext<'_>) -> Option<FormTarget> {
        self.link(sight)?.form()
    }

    fn record(&self) -> Option<RecordKey> {
        match &self.kind {
            Kind::Request(detail) => Some(detail.row.request.id.into()),
            Kind::Meeting(detail) => Some(detail.meeting.key.clone().into()),
            Kind::Entry(detail) => Some(detail.key.clone()),
            _ => None,
        }
    }

    fn request(&self) -> Option<RequestId> {
        match &self.kind {
            Kind::Request(detail) => Some(detail.row.request.id),
            _ => None,
        }
    }

    fn request_row(&self) -> Option<&QueueRow> {
        match &self.kind {
            Kind::Request(detail) => Some(&detail.row),
            _ => None,
        }
    }

    fn person(&self, sight: ViewContext<'_>) -> Option<PersonId> {
        match (&self.kind, self.link(sight)) {
            (Kind::Person(detail), _) => Some(detail.person.id),
            (Kind::Cell { person, .. }, _) => Some(*person),
            // On the page of the team it is whoever the cursor stands on.
            (_, Some(Link::Person(id))) => Some(id),
            _ => None,
        }
    }

    fn meeting(&self) -> Option<&Meeting> {
        match &self.kind {
            Kind::Meeting(detail) => Some(&detail.meeting),
            _ => None,
        }
    }

    fn refresh(&self) -> Option<Read> {
        match &self.kind {
            Kind::Request(detail) => Some(Read::OpenRequest(detail.row.request.id)),
            Kind::Meeting(detail) => Some(Read::OpenMeeting(detail.meeting.key.clone())),
            Kind::Person(detail) => Some(Read::OpenPerson(detail.person.id)),
            Kind::Cell { again, .. } => Some(again.clone()),
            Kind::Discipline { name, people } => Some(Read::OpenDiscipline(name.clone(), people.clone())),
            Kind::Entry(detail) => Some(Read::OpenEntry(detail.key.clone())),
            Kind::Receipt(receipt, _) => Some(Read::OpenReceipt(receipt.clone())),
            Kind::Team | Kind::List(..) | Kind::Notice(..) => None,
        }
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let lines = self.lines(sight);
        let body = paint::below(area, 1);
        let more = self.cursor.below(&lines, usize::from(body.height));
        let (title, right) = self.head(more, usize::from(area.width));
        Rule { right: &right, text: theme.text(), ..Rule::over(&title, theme) }.draw(buffer, area);
        self.cursor.draw(&lines, (buffer, body), theme.selected(true), |row| lines[row].line.clone());
    }
}
