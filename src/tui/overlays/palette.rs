//! Help and palette in one: what can be done here, what can be done everywhere and elsewhere, each with its keys, and
//! what marks and words mean. Found by its own words and by other people's, run with Enter.

mod lines;
mod rows;
mod wordlists;

pub mod reach;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use self::lines::{ShownLine, ShownLines};
use self::reach::{ActionReach, home};
use self::rows::{PaletteRow, Purpose};
use super::finder::{Finder, FinderTexts, Found};
use super::{FooterKeys, Layer, MOVES, Response, ViewContext, is_letter};
use crate::domain::hint::Hints;
use crate::tui::app::action::{Action, Scope};
use crate::tui::view::columns::{ListColumn, ListLayout};
use crate::tui::view::theme::Theme;

/// What a row tells of an action, mark or word.
#[derive(Debug, Clone, Copy)]
enum PaletteColumn {
    Keys,
    Text,
    Place,
}

const INDENT: usize = 3;
const PLACE: usize = 14;

const EMPTY: &str =
    "Nothing is called so, nor comes near it. Fewer letters find more; `legend` lists the marks.";

/// What there is to find, and what was typed.
#[derive(Debug, Clone)]
pub struct Palette {
    rows: Vec<PaletteRow>,
    finder: Finder,
}

impl Palette {
    /// Offers every action by how it can be reached, and what there is to explain.
    pub fn new(reaches: &[ActionReach], sight: ViewContext<'_>) -> Self {
        Self { rows: rows::all(reaches, sight.keymap, sight.theme.is_ascii), finder: Finder::default() }
    }

    fn lines(&self, sight: ViewContext<'_>) -> ShownLines {
        let (_, text) = columns(sight.width);
        let found = rows::found(&self.rows, self.finder.text());
        ShownLines::new(&self.rows, &found, (key_width(sight.width), text))
    }

    fn respond(&self, found: Found, lines: &ShownLines, hints: &Hints) -> Response {
        match found {
            Found::Close => Response::Close,
            Found::Chosen(line) => {
                lines.row(line).map_or(Response::Stay, |row| answer(&self.rows[row], hints))
            }
            Found::Stay => Response::Stay,
            Found::Ignored => Response::Ignored,
        }
    }
}

/// What Enter does on a row.
fn answer(row: &PaletteRow, hints: &Hints) -> Response {
    let Purpose::Run(entry, reach) = &row.purpose else { return Response::Stay };
    match reach {
        ActionReach::Here => Response::Run(entry.action),
        ActionReach::NotNow(why) => Response::Say(hints.say(why)),
        ActionReach::Elsewhere => {
            let home = home(entry.scope);
            match home.way {
                Some(way) => {
                    let key = row.signs.first().map_or(entry.name, String::as_str);
                    Response::Lead(way, format!("{key} here: {}", lower_first(entry.title)))
                }
                None => Response::Say(hints.say(home.says)),
            }
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

const fn key_width(width: usize) -> usize {
    match width {
        0..100 => 11,
        100..160 => 16,
        _ => 24,
    }
}

/// The columns for a width, and how wide the text is; where it works gives way to what it does.
fn columns(width: usize) -> (Vec<ListColumn<PaletteColumn>>, usize) {
    let has_place = width >= 72;
    let keys = key_width(width);
    let fixed = INDENT + keys + 1 + if has_place { 2 + PLACE + 1 } else { 1 };
    // A line that is longer than this is hard to read, and its place is far from it.
    let text = width.saturating_sub(fixed).clamp(20, 110);
    let mut columns = vec![
        ListColumn::of(PaletteColumn::Keys, "key, mark", keys),
        ListColumn::of(PaletteColumn::Text, "what it does or means", text).gap(if has_place { 2 } else { 1 }),
    ];
    if has_place {
        columns.push(ListColumn::of(PaletteColumn::Place, "where", PLACE));
    }
    (columns, text)
}

fn cell(line: &ShownLine, column: PaletteColumn, theme: Theme) -> (String, ratatui::style::Style) {
    let text = if line.is_heading {
        theme.strong()
    } else if line.is_dim {
        theme.dim()
    } else {
        theme.text()
    };
    match column {
        PaletteColumn::Keys => (line.sign.clone(), theme.accent()),
        PaletteColumn::Text => (line.text.clone(), text),
        PaletteColumn::Place => (line.place.clone(), theme.dim()),
    }
}

impl Layer for Palette {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[], "type to find"), (MOVES, "move"), (&[Action::Accept], "run"), (&[Action::Leave], "close")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        let lines = self.lines(sight);
        let found = self.finder.act(action, &lines, sight);
        self.respond(found, &lines, &sight.snapshot.hints)
    }

    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let lines = self.lines(sight);
        let found = self.finder.click(row, &lines, sight);
        self.respond(found, &lines, &sight.snapshot.hints)
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        self.finder.type_key(key);
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        self.finder.paste(text);
        Response::Stay
    }

    /// The line to type and what fits it.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let lines = self.lines(sight);
        let (columns, _) = columns(sight.width);
        let table = ListLayout::new(INDENT, &columns, usize::from(area.width));
        let frame = FinderTexts {
            title: "What you can do, and what things mean",
            count: &lines.count,
            empty: EMPTY,
            ghost: "what you want, in your own words; or a key, a mark, `legend`",
            head: table.head(theme.dim()),
        };
        let line = |at: usize| -> Line<'static> {
            lines.line(at).map_or_else(Line::default, |line| table.row(|column, _| cell(line, column, theme)))
        };
        self.finder.draw((buffer, area), sight, &frame, (&lines, line));
    }
}
