//! The fields that a column can fill, found by words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::count::counted;
use crate::domain::words::fold;
use crate::ops::import::file::{ColumnChoice, FileKind, field_names, field_says, maps};
use crate::tui::app::action::Action;
use crate::tui::app::effect::{Effect, FileRequest, Job};
use crate::tui::overlays::finder::{Finder, FinderTexts, NOTHING};
use crate::tui::overlays::finder_sheet::{FinderItems, FinderSheet};
use crate::tui::overlays::{FooterKeys, MOVES, Response, ViewContext};
use crate::tui::view::columns::{ListColumn, ListLayout};

/// What leaves a column out, and what keeps it beside the fields.
const IGNORED: &str = "ignore";
const ANSWER: &str = "answer";

/// True if a column fills a field.
pub fn is_filling(column: &ColumnChoice) -> bool {
    column.field.as_deref().is_some_and(|field| field != ANSWER)
}

/// What a column fills, as people read it.
pub fn title(field: Option<&str>) -> String {
    match field {
        None | Some(IGNORED) => "left out".to_owned(),
        Some(ANSWER) => "kept in the notes".to_owned(),
        Some(field) => field.replace('-', " "),
    }
}

/// A choice of what one column fills.
pub type FieldChoice = FinderSheet<ColumnFields>;

/// The fields that one column can fill.
#[derive(Debug, Clone)]
pub struct ColumnFields {
    request: FileRequest,
    kind: FileKind,
    columns: Vec<ColumnChoice>,
    /// The column that is asked about.
    at: usize,
    found: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
enum FieldColumn {
    Field,
    Says,
    Filled,
}

const COLUMNS: [ListColumn<FieldColumn>; 3] = [
    ListColumn::of(FieldColumn::Field, "field", 18).gap(2),
    ListColumn::growing(FieldColumn::Says, "what it is", 20, 1).gap(2),
    ListColumn::growing(FieldColumn::Filled, "filled now by", 14, 1).best(30).leaves(1),
];

impl ColumnFields {
    /// Of the column at a place; the table is then read with what is chosen.
    pub fn of(request: FileRequest, (kind, columns): (FileKind, Vec<ColumnChoice>), at: usize) -> Self {
        Self { request, kind, columns, at, found: Vec::new() }
    }
}

impl ColumnFields {
    /// The fields, with what fills none at the end; only of requests it is kept in the notes.
    fn fields(&self) -> Vec<String> {
        let last = if self.kind.columns().is_some() { &[IGNORED][..] } else { &[ANSWER, IGNORED] };
        let named = field_names(self.kind).into_iter().filter(|field| field != ANSWER);
        named.chain(last.iter().map(|field| (*field).to_owned())).collect()
    }
}

/// True for a field that several columns fill together.
fn takes_several(field: &str) -> bool {
    // Of several columns for a day, a stage or whoever asks the next one counts where the best says nothing.
    matches!(field, "tags" | "blocked" | "channel" | "due" | "stage" | "requester" | ANSWER)
}

impl FinderItems for ColumnFields {
    const FOOTER: FooterKeys =
        &[(&[], "type to find"), (MOVES, "move"), (&[Action::Accept], "choose"), (&[Action::Leave], "")];

    fn find(&mut self, words: &str) {
        let wanted = fold(words);
        let fits = |field: &String| {
            let said = fold(&format!("{} {}", title(Some(field)), field_says(field)));
            wanted.split_whitespace().all(|word| said.contains(word))
        };
        self.found = self.fields().into_iter().filter(fits).collect();
        // The field itself is meant before what begins so, and that before what has it somewhere.
        self.found.sort_by_key(|field| {
            let title = fold(&title(Some(field)));
            (title != wanted, !title.starts_with(&wanted))
        });
    }

    fn choose(&self, row: usize) -> Response {
        let Some(field) = self.found.get(row) else { return Response::Stay };
        let mut columns = self.columns.clone();
        // Of two columns the later one would fill it anyway: the other goes to the notes.
        let others = columns.iter_mut().enumerate().filter(|(index, _)| *index != self.at);
        for (_, column) in others {
            if is_filling(column) && column.field.as_ref() == Some(field) && !takes_several(field) {
                column.field = self.kind.columns().is_none().then(|| ANSWER.to_owned());
            }
        }
        if let Some(column) = columns.get_mut(self.at) {
            column.field = (field != IGNORED).then(|| field.clone());
        }
        let request = FileRequest { maps: maps(&columns), wants_columns: true, ..self.request.clone() };
        Response::Done(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    fn count(&self) -> usize {
        self.found.len()
    }

    fn offered(&self) -> usize {
        self.fields().len()
    }

    fn draw(&self, finder: &Finder, (buffer, area): (&mut Buffer, Rect), sight: ViewContext<'_>) {
        let theme = sight.theme;
        let layout = ListLayout::new(3, &COLUMNS, usize::from(area.width));
        let column = self.columns.get(self.at);
        let name = column.map_or("", |column| column.name.as_str());
        let title_text = format!("What does “{}” fill?", crate::plain::cut(name, 40));
        let count = counted(self.found.len(), "field", "fields");
        let samples = column.map_or_else(String::new, |column| column.samples.join(" · "));
        let frame = FinderTexts {
            title: &title_text,
            count: &count,
            empty: NOTHING,
            ghost: &samples,
            rest: "",
            head: layout.head(theme.dim()),
        };
        let filled = |field: &str| {
            let by = self
                .columns
                .iter()
                .filter(|column| column.field.as_deref() == Some(field) && field != ANSWER);
            by.map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let line = |row: usize| {
            let field = &self.found[row];
            layout.row(|key, _| match key {
                FieldColumn::Field => (title(Some(field)), theme.text()),
                FieldColumn::Says => (field_says(field).to_owned(), theme.dim()),
                FieldColumn::Filled => (filled(field), theme.accent()),
            })
        };
        finder.draw((buffer, area), sight, &frame, (&self.found.len(), line));
    }
}
