//! A path to type, with what its folder holds below it. Names complete as they are typed, and a path that is pasted or
//! dragged in is understood however the terminal writes it.

pub mod bytes;
pub mod names;
mod text;

use std::path::{Path, PathBuf};

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FooterKeys, Layer, MOVES, Response, ViewContext, is_letter};
use crate::ops::import::file::is_calendar_file;
use crate::ops::sources::is_table;
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, FileRequest, FolderEntry, FolderListing, Job};
use crate::tui::overlays::path::names::FolderNames;
use crate::tui::view::input::TextLine;
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};

/// So many names of the folder are seen at once.
const NAMES: usize = 6;

/// Asks for a file.
#[derive(Debug, Clone)]
pub struct PathPrompt {
    line: TextLine,
    folders: FolderNames,
    cursor: Cursor,
    is_refused: bool,
}

impl PathPrompt {
    /// Begins with a path, and with the listing of its folder to come.
    pub fn new(text: &str, home: Option<PathBuf>) -> (Self, Effect) {
        let line = TextLine::new(text);
        let folders = FolderNames::new(home);
        let listing = folders.listing(text);
        (Self { line, folders, cursor: Cursor::default(), is_refused: false }, listing)
    }

    /// Takes over what a folder holds, if it is still the one that is typed.
    pub fn list(&mut self, folder: PathBuf, listing: FolderListing) {
        if self.folders.list(self.line.text(), folder, listing) {
            self.cursor = Cursor::default();
        }
    }

    /// Names that what is typed can go on with.
    fn names(&self) -> Vec<&FolderEntry> {
        if self.line.is_at_end() { self.folders.names(self.line.text()) } else { Vec::new() }
    }

    fn completed(&self, entry: &FolderEntry) -> String {
        names::completed(self.line.text(), entry)
    }

    fn type_over(&mut self, text: &str) -> Response {
        self.line = TextLine::new(text);
        self.changed()
    }

    /// What is typed is another path now.
    fn changed(&mut self) -> Response {
        self.is_refused = false;
        self.cursor = Cursor::default();
        if self.folders.is_listed(self.line.text()) {
            Response::Stay
        } else {
            Response::Do(vec![self.folders.listing(self.line.text())])
        }
    }

    fn complete(&mut self) -> Response {
        let names = self.names();
        let Some(entry) = names.get(self.cursor.row()) else { return Response::Stay };
        let text = self.completed(entry);
        self.type_over(&text)
    }

    /// The name that what is typed means: one that was gone to, or exactly that one.
    fn meant(&self) -> Option<&FolderEntry> {
        let names = self.names();
        let (_, begun) = text::halves(self.line.text());
        // A name that was gone to is meant; one that only would be first is not.
        let chosen = names.get(self.cursor.row()).filter(|_| self.cursor.row() > 0);
        chosen.or_else(|| names.iter().find(|entry| entry.name == begun)).copied()
    }

    /// True if nothing is typed behind a folder that holds such files.
    fn is_in_folder_of(&self, is_one: fn(&Path) -> bool) -> bool {
        let (_, begun) = text::halves(self.line.text());
        let is_such = |entry: &FolderEntry| !entry.is_folder && is_one(entry.name.as_ref());
        begun.is_empty() && self.folders.entries().is_some_and(|all| all.iter().any(is_such))
    }

    /// True if the calendars of a folder would be read, not the folder gone into.
    fn is_at_calendars(&self) -> bool {
        self.meant().map_or_else(|| self.is_in_folder_of(is_calendar_file), |entry| entry.holds_calendars)
    }

    /// True if all tables of a folder would be read. Many folders hold some, so only one that was gone into is meant.
    fn is_at_tables(&self) -> bool {
        self.meant().is_none() && !self.is_at_calendars() && self.is_in_folder_of(is_table)
    }

    /// Opens the file, the calendars of a folder, or the tables of the one it is in; into any other it only goes.
    fn accept(&mut self) -> Response {
        let typed = text::bare(self.line.text());
        let (_, begun) = text::halves(&typed);
        if let Some(entry) = self.meant() {
            let (text, goes_in) = (self.completed(entry), entry.is_folder && !entry.holds_calendars);
            return if goes_in { self.type_over(&text) } else { self.read(&text) };
        }
        if self.is_at_calendars() || self.is_at_tables() {
            return self.read(&typed);
        }
        // A folder without files that could be read is a place to go on from, not a file.
        if begun.is_empty() || begun == "~" {
            self.is_refused = true;
            return Response::Stay;
        }
        self.read(&typed)
    }

    fn read(&self, typed: &str) -> Response {
        let request = FileRequest { path: self.folders.meant(typed), ..FileRequest::default() };
        Response::Done(vec![Effect::Job(Job::ReadFile(Box::new(request)))])
    }

    /// What is said below the line, where no name is.
    fn said(&self) -> (&str, bool) {
        // Of an empty line it is the folder in which the program was started, and nobody asked for that one.
        if let Some(why) = self.folders.refusal().filter(|_| !self.line.text().is_empty()) {
            return (why, true);
        }
        match (self.folders.entries(), self.line.text().is_empty()) {
            (_, true) => (
                "a table (CSV, a workbook) of requests, people, absences or shares, a calendar (.ics), or a folder of them",
                false,
            ),
            (Some([]), _) => ("nothing is in this folder", true),
            (Some(_), _) => ("no name here begins so", true),
            (None, _) => ("", false),
        }
    }
}

impl Layer for PathPrompt {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Prompt, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        if self.is_at_calendars() {
            return &[
                (&[Action::Accept], "read its calendars"),
                (&[Action::CompleteName], "go into it"),
                (MOVES, "choose"),
                (&[Action::Leave], ""),
            ];
        }
        if self.is_at_tables() {
            return &[
                (&[Action::Accept], "read its tables"),
                (&[Action::CompleteName], "complete"),
                (MOVES, "choose"),
                (&[Action::Leave], ""),
            ];
        }
        &[
            (&[Action::Accept], "read it"),
            (&[Action::CompleteName], "complete"),
            (MOVES, "choose"),
            (&[Action::Leave], ""),
        ]
    }

    fn act(&mut self, action: Action, _sight: ViewContext<'_>) -> Response {
        match action {
            Action::Accept => self.accept(),
            Action::CompleteName => self.complete(),
            Action::Leave => Response::Close,
            _ => {
                let Some(step) = Step::of(action) else { return Response::Ignored };
                let count = self.names().len();
                self.cursor.step(step, &count, NAMES);
                Response::Stay
            }
        }
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        if !self.line.key(key) {
            return Response::Stay;
        }
        // The line begins with the last folder; a path typed whole behind that is meant by itself.
        match text::begun_anew(self.line.text()).filter(|_| self.line.is_at_end()) {
            Some(text) => self.type_over(text),
            None => self.changed(),
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    /// A whole path takes the place of what is typed: that is how files are dragged in.
    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        if let Some(path) = names::pasted(text) {
            return self.type_over(&path);
        }
        self.line.paste(text);
        self.changed()
    }

    fn click(&mut self, row: usize, _sight: ViewContext<'_>) -> Response {
        let count = self.names().len();
        match row.checked_sub(2).and_then(|row| self.cursor.click(row, &count, NAMES)) {
            Some(true) => self.complete(),
            _ => Response::Stay,
        }
    }

    fn rows(&self, _sight: ViewContext<'_>) -> Option<u16> {
        u16::try_from(2 + NAMES).ok()
    }

    /// A rule, the line, and the names of the folder.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let names = self.names();
        let count = match names.len() {
            0 | 1 => String::new(),
            count => format!("{count} names"),
        };
        Rule { right: &count, ..Rule::over("Import a file", theme) }.draw(buffer, area);
        let columns = usize::from(area.width).saturating_sub(4);
        let whole = names.get(self.cursor.row()).map(|entry| self.completed(entry)).unwrap_or_default();
        // Letters of another case are no beginning that could be gone on with in place.
        let rest = whole.strip_prefix(self.line.text()).unwrap_or_default();
        let mut line = self.line.line_going_on(columns, rest, (theme.text(), theme.dim()));
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 1, &line);
        let list = paint::below(area, 2);
        if names.is_empty() {
            let (text, is_wrong) = self.said();
            let style = match (is_wrong, self.is_refused) {
                (_, true) => theme.critical(),
                (true, false) => theme.warn(),
                (false, false) => theme.dim(),
            };
            paint::put(buffer, list, 0, &Line::styled(format!("   {}", plain::cut(text, columns)), style));
            return;
        }
        self.cursor.draw(&names.len(), (buffer, list), theme.selected(true), |row| {
            let entry = names[row];
            let end = match (entry.is_folder, entry.holds_calendars) {
                (true, true) => "/  calendar files",
                (true, false) => "/",
                (false, _) => "",
            };
            let name = plain::cut(&plain::harmless(&entry.name), columns.saturating_sub(plain::width(end)));
            Line::styled(
                format!("   {name}{end}"),
                if entry.is_folder { theme.accent() } else { theme.text() },
            )
        });
    }
}
