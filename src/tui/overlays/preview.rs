//! A change of more than a screen shows, before it is made: what it does, how many there are, and all of them to
//! walk through, each with what it is and what it becomes. Marks may lie where nobody looks, and one key would change
//! them all.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{FooterKeys, Layer, MOVES, Overlay, Response, ViewContext};
use crate::domain::difference::Difference;
use crate::domain::record::RecordKey;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Tried, Write};
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// Rows above the list: its rule and the names of its columns.
const HEAD: u16 = 2;

/// What a row tells of a record.
#[derive(Debug, Clone, Copy)]
enum PreviewColumn {
    Key,
    Title,
    Becomes,
}

const COLUMNS: [ListColumn<PreviewColumn>; 3] = [
    ListColumn::of(PreviewColumn::Key, "key", 6).stays(),
    ListColumn::growing(PreviewColumn::Title, "title", 24, 1).best(60).gap(2).stays(),
    ListColumn::growing(PreviewColumn::Becomes, "what changes", 16, 2),
];

#[derive(Debug, Clone)]
pub struct Preview {
    write: Write,
    keys: Vec<RecordKey>,
    /// What changes in each, in their order; nothing where it would be refused.
    differences: Vec<Vec<Difference>>,
    /// Why it would be refused.
    refused: Option<String>,
    cursor: Cursor,
    /// What the change was typed into, which comes back if it is not made.
    behind: Option<Overlay>,
}

impl Preview {
    /// Of a change, with what it would make of each.
    pub fn new(write: Write, tried: Tried, behind: Option<Overlay>) -> Self {
        let (differences, refused) = match tried {
            Ok(differences) => (differences, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        Self { keys: write.keys(), write, differences, refused, cursor: Cursor::LIST, behind }
    }

    /// What it is of.
    pub const fn write(&self) -> &Write {
        &self.write
    }

    /// What is shown to come of it.
    fn tried(&self) -> Tried {
        self.refused.clone().map_or_else(|| Ok(self.differences.clone()), Err)
    }

    /// What the change was typed into.
    pub fn into_behind(self) -> Option<Overlay> {
        self.behind
    }

    /// The same worked out anew, after another program wrote.
    pub fn again(&mut self, tried: Tried) {
        let behind = self.behind.take();
        // The cursor stays where it is, as they are the same records in the same order.
        *self = Self { cursor: self.cursor, ..Self::new(self.write.clone(), tried, behind) };
    }

    /// `tier 2 → 3`; what has no value is said, so that there always is an old and a new one.
    fn becomes(&self, at: usize, theme: Theme) -> CellText {
        // Where it would be refused, the reason stands above the list and a row has nothing to add.
        let Some(differences) = self.differences.get(at) else { return CellText::default() };
        if differences.is_empty() {
            return ("stays as it is", theme.dim()).into();
        }
        let told = differences.iter().map(|difference| {
            let (old, new) = difference.both();
            format!("{} {old} → {new}", difference.title)
        });
        (told.collect::<Vec<_>>().join(", "), theme.text()).into()
    }
}

impl Layer for Preview {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[Action::Accept], "change all of them"), (MOVES, "look through"), (&[Action::Leave], "")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            // With what was shown: if something else would come of it by now, it is not written unseen.
            Action::Accept => Response::Done(vec![Effect::Previewed(self.write.clone(), self.tried())]),
            Action::Leave => self.behind.take().map_or(Response::Close, Response::Become),
            _ => {
                let Some(step) = Step::of(action) else { return Response::Ignored };
                self.cursor.step(step, &self.keys.len(), sight.height.saturating_sub(usize::from(HEAD)));
                Response::Stay
            }
        }
    }

    fn identity(&self) -> Option<String> {
        // The form behind it lies on no stack meanwhile: its draft is kept through this one.
        self.behind.as_ref()?.identity()
    }

    fn typed(&self) -> Option<Typed> {
        self.behind.as_ref()?.typed()
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let count = format!("{} {}", self.keys.len(), self.write.many());
        let title = self.write.of_many().unwrap_or_default();
        Rule { right: &count, text: theme.text(), ..Rule::over(&title, theme) }.draw(buffer, area);
        let list = paint::below(area, HEAD);
        let cell = |at: usize, column, _: usize| match column {
            PreviewColumn::Key => CellText::from((self.keys[at].to_string(), theme.dim())),
            PreviewColumn::Title => CellText::from((sight.snapshot.title_of(&self.keys[at]), theme.text())),
            PreviewColumn::Becomes => self.becomes(at, theme),
        };
        let layout = ListLayout::fitted(1, &COLUMNS, usize::from(list.width), (self.keys.len(), &cell));
        let head = self.refused.as_ref().map_or_else(
            || layout.head(theme.dim()),
            |why| Line::styled(format!(" would be refused: {why}"), theme.critical()),
        );
        paint::put(buffer, area, 1, &head);
        self.cursor.draw(&self.keys.len(), (buffer, list), theme.selected(true), |at| {
            layout.row(|column, width| cell(at, column, width))
        });
    }
}
