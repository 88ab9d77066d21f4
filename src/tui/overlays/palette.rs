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
use super::finder::{Finder, FinderTexts, Found, sheet_rows};
use super::{FooterKeys, Layer, MOVES, Response, ViewContext, is_letter};
use crate::domain::hint::Hints;
use crate::domain::view::ListKind;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::command::{self, CommandLine};
use crate::tui::app::snapshot::Snapshot;
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

const COMMANDS: &str = "Command line: ↑ what was typed before";

const EMPTY: &str =
    "Nothing is called so, nor comes near it. Fewer letters find more; `legend` lists the marks.";

/// What there is to find, and what was typed.
#[derive(Debug, Clone)]
pub struct Palette {
    rows: Vec<PaletteRow>,
    finder: Finder,
    /// The list below, which lines may be about.
    list: ListKind,
    /// What was typed before, where lines are read as commands too.
    commands: Option<History>,
}

/// Lines that were typed before, the newest last, and which of them was brought back.
#[derive(Debug, Clone)]
struct History {
    lines: Vec<String>,
    at: usize,
}

impl Palette {
    /// Offers every action by how it can be reached over a list, and what there is to explain.
    pub fn new(reaches: &[ActionReach], list: ListKind, sight: ViewContext<'_>) -> Self {
        let views = (&sight.snapshot.reading.views[..], list);
        Self {
            rows: rows::all(reaches, sight.keymap, views, sight.theme.is_ascii),
            list,
            finder: Finder::default(),
            commands: None,
        }
    }

    /// Reads what is typed as a command too, with the lines of before to come back to.
    pub fn with_commands(mut self, lines: Vec<String>) -> Self {
        self.commands = Some(History { at: lines.len(), lines });
        self
    }

    /// What was typed as a command, if it is one: behind a colon it is meant as one wherever it is typed.
    fn command(&self, snapshot: &Snapshot) -> Option<Result<CommandLine, String>> {
        let typed = self.finder.text();
        if self.commands.is_none() && !typed.starts_with(':') {
            return None;
        }
        let expects = || command::expects(typed).map(|about| Err(format!("goes on with {about}")));
        // A verb alone says how it goes on, below what the palette finds by it.
        command::read(typed, self.list, snapshot).or_else(expects)
    }

    /// How what is typed can go on, as whole lines.
    fn completions(&self, snapshot: &Snapshot) -> Vec<String> {
        let is_command = self.commands.is_some() || self.finder.text().starts_with(':');
        if is_command && self.finder.is_at_end() {
            command::completions(self.finder.text(), self.list, snapshot)
        } else {
            Vec::new()
        }
    }

    /// Goes through the lines of before while the first row is chosen; false if there is none.
    fn recall(&mut self, is_back: bool) -> bool {
        let Some(history) = &mut self.commands else { return false };
        let typed = self.finder.text();
        let is_recalled = history.lines.get(history.at).is_some_and(|line| line == typed);
        // Further down the arrow means the row above, as in every list.
        if !self.finder.is_at_top() || !typed.is_empty() && !is_recalled {
            return false;
        }
        // Behind the newest stands the empty line, to come back to.
        let at = if is_back { history.at.checked_sub(1) } else { Some(history.at + 1) };
        let Some(at) = at.filter(|at| is_back || *at <= history.lines.len() && is_recalled) else {
            return is_back && is_recalled;
        };
        history.at = at;
        let line = history.lines.get(at).cloned().unwrap_or_default();
        self.finder.type_over(&line);
        true
    }

    fn lines(&self, sight: ViewContext<'_>) -> ShownLines {
        let (_, text) = columns(sight.width);
        let found = rows::found(&self.rows, self.finder.text());
        ShownLines::new(&self.rows, &found, self.command(sight.snapshot), (key_width(sight.width), text))
    }

    fn respond(&self, found: Found, lines: &ShownLines, hints: &Hints) -> Response {
        match found {
            Found::Close => Response::Close,
            Found::Chosen(line) if let Some(command) = lines.command_at(line) => {
                Response::Command(Box::new(command.clone()), self.finder.text().trim().to_owned())
            }
            Found::Chosen(line) => match lines.row(line).map(|row| &self.rows[row]) {
                // As if it had been typed, so that it is brought back like a line that was.
                Some(PaletteRow { purpose: Purpose::Show(line), .. }) => {
                    Response::Command(Box::new(line.clone()), line.typed())
                }
                row => row.map_or(Response::Stay, |row| answer(row, hints)),
            },
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
        // What works elsewhere is not done from here: the way there is shown with the key, to be known next
        // time.
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
        &[Scope::Prompt, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[(&[], "type to find"), (MOVES, "move"), (&[Action::Accept], "run"), (&[Action::Leave], "close")]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::CompleteName => {
                if let Some(line) = self.completions(sight.snapshot).into_iter().next() {
                    self.finder.type_over(&line);
                }
                return Response::Stay;
            }
            Action::PreviousItem if self.recall(true) => return Response::Stay,
            Action::NextItem if self.recall(false) => return Response::Stay,
            _ => {}
        }
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

    /// As many as it may have: what fits is never known before it is typed.
    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        // Halved, as the rows around the list are added to it.
        sheet_rows(usize::MAX / 2, sight)
    }

    /// The line to type and what fits it.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let lines = self.lines(sight);
        let (columns, _) = columns(sight.width);
        let table = ListLayout::new(INDENT, &columns, usize::from(area.width));
        let completed = self.completions(sight.snapshot).into_iter().next().unwrap_or_default();
        let frame = FinderTexts {
            title: if self.commands.is_some() { COMMANDS } else { "What you can do, and what things mean" },
            count: &lines.count,
            empty: EMPTY,
            ghost: if self.commands.is_some() {
                "`R-17`, `load @ana`, `brief tue`, `filter is:late`, or your own words"
            } else {
                "what you want, in your own words; or a key, a mark, `legend`"
            },
            rest: completed.strip_prefix(self.finder.text()).unwrap_or_default(),
            head: table.head(theme.dim()),
        };
        let line = |at: usize| -> Line<'static> {
            lines.line(at).map_or_else(Line::default, |line| table.row(|column, _| cell(line, column, theme)))
        };
        self.finder.draw((buffer, area), sight, &frame, (&lines, line));
    }
}
