//! What each column of a table fills: cells of it left, the field right, and the first rows as they will be below.

mod field;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::prompt::{Ask, Prompt};
use super::{FooterKeys, Layer, Response, ViewContext};
use crate::ops::import::file::{ColumnChoice, FileKind, ListedPreview, RequestPreview, maps};
use crate::ops::import::presets::PresetText;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, FileRequest, FoundFile, Job};
use crate::tui::app::in_keys::in_keys;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout, ListTable};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
pub use field::{ColumnFields, FieldChoice};

/// The columns of a table that is to be imported.
#[derive(Debug, Clone)]
pub struct ColumnsPage {
    found: FoundFile,
    cursor: Cursor,
}

#[derive(Debug, Clone, Copy)]
enum MappingColumn {
    Name,
    Samples,
    Fills,
}

const COLUMNS: [ListColumn<MappingColumn>; 3] = [
    ListColumn::growing(MappingColumn::Name, "column", 16, 3).best(34).gap(2),
    ListColumn::growing(MappingColumn::Samples, "its first cells", 20, 1).gap(2),
    ListColumn::growing(MappingColumn::Fills, "fills", 12, 4).best(20).gap(0),
];

/// Rows above the list: the rule, what to do, a blank, the names of the columns.
const ABOVE: u16 = 4;
/// So many of the first requests are shown.
const PREVIEWED: usize = 5;

impl ColumnsPage {
    pub const fn new(found: FoundFile) -> Self {
        Self { found, cursor: Cursor::LIST }
    }

    /// True for the page of the same file, which was read once more.
    pub fn is_same(&self, found: &FoundFile) -> bool {
        self.found.request.path == found.request.path
    }

    /// Shows it as it was read now, at the same place.
    pub fn renew(&mut self, found: FoundFile) {
        self.found = found;
    }

    fn columns(&self) -> &[ColumnChoice] {
        self.found.import.file.columns()
    }

    fn kind(&self) -> FileKind {
        self.found.import.file.kind
    }

    /// Reads it as the next kind of list; what was said of its columns is not meant for that one.
    fn read_as_next(&self) -> Response {
        let request =
            FileRequest { wants_columns: true, ..self.found.request.as_kind(self.kind().next_list()) };
        Response::Do(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    /// What was said so far, every column by its name.
    fn request(&self) -> FileRequest {
        // A list of people or absences is said to be one, or the table might be recognised as another list with
        // other columns.
        let kind = self.kind().columns().map_or(self.found.request.kind, |_| Some(self.kind()));
        FileRequest { kind, maps: maps(self.columns()), ..self.found.request.clone() }
    }

    fn set_column(&self) -> Response {
        let Some(at) = self.cursor.chosen_of(&self.columns().len()) else { return Response::Stay };
        Response::Open(
            FieldChoice::of(ColumnFields::of(self.request(), (self.kind(), self.columns().to_vec()), at))
                .into(),
        )
    }

    fn apply(&self) -> Response {
        let request = FileRequest { wants_columns: false, ..self.request() };
        Response::Do(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    /// Reads the next sheet of the workbook; what was said of the columns of this one is not meant for it.
    fn next_sheet(&self) -> Response {
        let table = &self.found.import.file.table;
        if table.sheets.len() < 2 {
            return Response::Say("there is no other sheet in it".to_owned());
        }
        let at = table.sheets.iter().position(|sheet| *sheet == table.sheet).unwrap_or(0);
        let next = table.sheets[(at + 1) % table.sheets.len()].clone();
        let request = FileRequest {
            sheet: Some(next),
            maps: Vec::new(),
            preset: None,
            // Said, since the other sheet by itself might be recognised as another kind of list.
            kind: Some(self.kind()),
            wants_columns: true,
            ..self.found.request.clone()
        };
        Response::Do(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    /// `planner.xlsx, sheet Plan (2 of 3)`
    fn name(&self) -> String {
        let path = &self.found.request.path;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let table = &self.found.import.file.table;
        let at = table.sheets.iter().position(|sheet| *sheet == table.sheet);
        match at.filter(|_| table.sheets.len() > 1) {
            Some(at) => format!("{name}, sheet {} ({} of {})", table.sheet, at + 1, table.sheets.len()),
            None => name.into_owned(),
        }
    }

    fn save(&self) -> Response {
        let table = &self.found.import.file.table;
        // The only sheet is no choice, and may well have another name in the next file.
        let sheet = if table.sheets.len() > 1 { table.sheet.clone() } else { String::new() };
        let draft = PresetText {
            name: String::new(),
            kind: Some(self.kind()),
            sheet,
            source: self.found.import.file.preset_and_source().map_or("csv", |(_, source)| source).to_owned(),
            columns: self.columns().to_vec(),
            order: self.found.request.order,
        };
        let stem = self.found.request.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let title = "Save as a preset of the name".to_owned();
        Response::Open(Prompt::new(Ask::PresetName(Box::new(draft)), title, &stem.unwrap_or_default()).into())
    }

    /// What stands in a column of the list; of the first cells as many as are whole.
    fn cell(&self, row: usize, key: MappingColumn, width: usize, sight: ViewContext<'_>) -> (String, Style) {
        let (theme, column) = (sight.theme, &self.columns()[row]);
        let is_filling = field::is_filling(column);
        match key {
            MappingColumn::Name => {
                let style = if is_filling { theme.text() } else { theme.dim() };
                (plain::harmless(&column.name).into_owned(), style)
            }
            MappingColumn::Samples => (samples(&column.samples, width), theme.dim()),
            MappingColumn::Fills => {
                let style = if is_filling { theme.accent() } else { theme.dim() };
                (field::title(column.field.as_deref()), style)
            }
        }
    }

    /// Rows of the preview with its rule; fewer where the screen is low.
    fn below(height: usize) -> usize {
        (PREVIEWED + 2).min(height / 3)
    }

    fn list_height(height: usize) -> usize {
        height.saturating_sub(usize::from(ABOVE) + Self::below(height))
    }

    /// The first requests as they will be, or why there are none.
    fn draw_preview(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        Rule::pane("The first rows as they will be", theme, false).draw(buffer, area);
        let file = &self.found.import.file;
        if let Err(why) = &file.content {
            let has_title = self.columns().iter().any(|column| column.field.as_deref() == Some("title"));
            let why = if has_title || self.kind().columns().is_some() {
                why
            } else {
                "No column fills the title yet, and every row needs one."
            };
            let lines = plain::wrap(
                &plain::harmless(&in_keys(why, &sight.snapshot.hints)),
                usize::from(area.width).saturating_sub(4),
            );
            for (row, line) in (1..).zip(lines) {
                paint::put(buffer, area, row, &Line::styled(format!("   {line}"), theme.warn()));
            }
            return;
        }
        if self.kind().columns().is_some() {
            self.draw_listed(buffer, area, sight);
            return;
        }
        let mut table = ListTable::new([
            ListColumn::growing((), "title", 16, 2),
            ListColumn::of((), "due", 11),
            ListColumn::of((), "hours", 6).right(),
            ListColumn::of((), "stage", 12).leaves(2),
            ListColumn::growing((), "asked by", 10, 1).best(24).leaves(1),
            ListColumn::growing((), "held by", 10, 1).best(24).leaves(3),
            ListColumn::of((), "to look at", 10).right().leaves(4),
        ]);
        for row in file.first_requests(PREVIEWED) {
            let RequestPreview { title, due, estimate, stage, requester, assignee, problems, .. } = row;
            let problems = if problems == 0 { String::new() } else { problems.to_string() };
            let text = |text: String| (plain::harmless(&text).into_owned(), theme.text());
            table.push([
                text(title),
                text(due),
                text(estimate),
                text(stage),
                text(requester),
                text(assignee),
                (problems, theme.warn()),
            ]);
        }
        put_table(&table, "No row of it is a request.", (buffer, area), sight);
    }

    /// The first people, absences or shares as they will be.
    fn draw_listed(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let mut table = ListTable::new([
            ListColumn::growing((), "who", 14, 1).best(30),
            ListColumn::growing((), "what", 16, 2),
            ListColumn::of((), "days", 24).leaves(2),
            ListColumn::of((), "hours", 6).right().leaves(1),
            ListColumn::of((), "to look at", 10).right().leaves(3),
        ]);
        for ListedPreview { who, what, days, hours, problems } in
            self.found.import.file.first_listed(PREVIEWED)
        {
            let problems = if problems == 0 { String::new() } else { problems.to_string() };
            let text = |text: String| (plain::harmless(&text).into_owned(), theme.text());
            table.push([text(who), text(what), text(days), text(hours), (problems, theme.warn())]);
        }
        put_table(&table, "No row of it can be used.", (buffer, area), sight);
    }
}

/// The rows of the preview below its rule, or that there are none.
fn put_table<const N: usize>(
    table: &ListTable<N>,
    empty: &str,
    (buffer, area): (&mut Buffer, Rect),
    sight: ViewContext<'_>,
) {
    if table.is_empty() {
        paint::say_empty(buffer, paint::below(area, 1), empty, sight.theme);
        return;
    }
    let (head, lines) = table.lines(3, usize::from(area.width), sight.theme.dim());
    for (row, line) in (1..).zip(std::iter::once(head).chain(lines)) {
        paint::put(buffer, area, row, &line);
    }
}

/// As many of the first cells as fit a width, at least the first one.
fn samples(cells: &[String], width: usize) -> String {
    let said = |count: usize| plain::harmless(&cells[..count].join(" · ")).into_owned();
    let fits = |said: &String| plain::width(said) <= width;
    (2..=cells.len()).rev().map(said).find(fits).unwrap_or_else(|| said(cells.len().min(1)))
}

impl Layer for ColumnsPage {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Columns, Scope::Everywhere]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Down, Action::Up], "move"),
            (&[Action::SetColumn], ""),
            (&[Action::ApplyColumns], ""),
            (&[Action::SavePreset], ""),
            (&[Action::NextSheet], ""),
            (&[Action::ReadColumnsAs], ""),
            (&[Action::Back], "leave"),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::SetColumn => self.set_column(),
            Action::ApplyColumns => self.apply(),
            Action::SavePreset => self.save(),
            Action::ReadColumnsAs => self.read_as_next(),
            Action::NextSheet => self.next_sheet(),
            _ => {
                let Some(step) = Step::of(action) else { return Response::Ignored };
                let count = self.columns().len();
                self.cursor.step(step, &count, Self::list_height(sight.height));
                Response::Stay
            }
        }
    }

    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let count = self.columns().len();
        let row = row.checked_sub(usize::from(ABOVE));
        let hit = row.and_then(|row| self.cursor.click(row, &count, Self::list_height(sight.height)));
        if hit == Some(true) { self.set_column() } else { Response::Stay }
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let name = plain::harmless(&self.name()).into_owned();
        let filled = self.columns().iter().filter(|column| field::is_filling(column)).count();
        let title = match self.kind().columns() {
            Some(_) => format!("Columns of {name}, as {}", self.kind().title()),
            None => format!("Columns of {name}"),
        };
        let right = format!("{filled} of {} fill something", self.columns().len());
        Rule { right: &right, ..Rule::over(&title, theme) }.draw(buffer, area);
        // Asked for by itself, it is the page of a table that nothing is known of.
        let is_unknown = !self.found.request.wants_columns;
        let told = if self.kind().columns().is_some() {
            "What each column fills; what fills nothing is left out."
        } else if is_unknown {
            "No known layout fits, so these are guesses; what fills nothing is kept in the notes."
        } else {
            "What each column fills; one that fills nothing is kept in the notes."
        };
        let told = plain::cut(told, usize::from(area.width).saturating_sub(4));
        paint::put(buffer, area, 1, &Line::styled(format!("   {told}"), theme.text()));
        let count = self.columns().len();
        let said = |row: usize, key, width| CellText::from(self.cell(row, key, width, sight));
        let layout = ListLayout::fitted(3, &COLUMNS, usize::from(area.width), (count, &said));
        paint::put(buffer, area, ABOVE - 1, &layout.head(theme.dim()));
        let height = usize::from(area.height);
        let list_height = u16::try_from(Self::list_height(height)).unwrap_or(u16::MAX);
        let list = Rect { height: list_height, ..paint::below(area, ABOVE) };
        self.cursor.draw(&count, (buffer, list), theme.selected(true), |row| {
            layout.row(|key, width| self.cell(row, key, width, sight))
        });
        let below = u16::try_from(Self::below(height)).unwrap_or(0);
        let preview = Rect { y: area.bottom().saturating_sub(below), height: below, ..area };
        self.draw_preview(buffer, preview, sight);
    }
}
