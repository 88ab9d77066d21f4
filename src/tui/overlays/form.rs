//! A record as a form: one field a row, what was understood said back beside it. Only what was changed is
//! written; a wrong value says so and keeps what was typed. Long texts open in the editor.

mod choices;
mod editor;
mod groups;
mod hints;
mod paths;
mod row;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::path::names::{FolderNames, home};
use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::ops::people::free_handle;
use crate::ops::sheet::{self, FormContext, FormTarget, RecordForm, Texts};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::paint::{self, Rule};
pub use editor::Editor;
use groups::FormLine;
use row::FormRow;

/// Columns of the names.
const LABEL: usize = 19;
/// From this width on, the groups of a long form stand in two columns.
const TWO_COLUMNS: u16 = 150;
/// Lines below the fields, for what is said of the one at hand.
const BOTTOM: usize = 2;

/// The form of one record.
#[derive(Debug, Clone)]
pub struct Form {
    target: FormTarget,
    title: String,
    rows: Vec<FormRow>,
    at: usize,
    /// Saving was refused: what is wrong is said louder.
    is_refused: bool,
    /// The long text of the field at hand, while it is being written.
    editor: Option<Editor>,
    /// What the folder of a path holds.
    folders: FolderNames,
}

impl Form {
    /// Opens the form of a record.
    pub fn new(record: RecordForm) -> Self {
        let covers_addresses = record.target.is_source();
        let rows = record.rows.into_iter().map(|(spec, text)| FormRow::new(spec, text, covers_addresses));
        let mut rows: Vec<FormRow> = rows.collect();
        groups::sort(&mut rows);
        Self {
            target: record.target,
            title: record.title,
            rows,
            at: 0,
            is_refused: false,
            editor: None,
            folders: FolderNames::new(home()),
        }
    }

    /// What was typed into which field, to be kept; nothing that is covered.
    fn entered(&self) -> Typed {
        let mut typed: Typed = self
            .rows
            .iter()
            .filter(|row| row.is_changed() && !row.is_covered())
            .map(|row| (row.spec.name.to_owned(), row.text().to_owned()))
            .collect();
        if let Some(editor) = self.editor.as_ref().filter(|editor| editor.is_changed()) {
            let name = self.rows[self.at].spec.name;
            // The field holds the text as it was when the editor was opened.
            typed.retain(|(field, _)| field != name);
            typed.push((name.to_owned(), editor.text()));
        }
        typed
    }

    /// Takes over a text that came back from another program.
    pub fn edited(&mut self, text: &str) {
        // Most editors end what they save with a line feed that nobody typed.
        let text = text.trim_end_matches(['\n', '\r']);
        if let Some(editor) = &mut self.editor {
            *editor = editor.with(text);
        } else {
            self.rows[self.at].set(text);
        }
    }

    fn open_editor(&mut self) {
        let row = &self.rows[self.at];
        self.editor = Some(Editor::new(row.spec.title, row.text()));
    }

    fn in_editor(&mut self, action: Action) -> Response {
        let Some(editor) = &mut self.editor else { return Response::Ignored };
        match action {
            Action::OwnEditor => return Response::Do(vec![Effect::Screen(Screen::EditText(editor.text()))]),
            Action::UndoText => editor.undo(),
            Action::RedoText => editor.redo(),
            Action::Leave | Action::Save => self.keep(),
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    /// The editor's text becomes the field's.
    fn keep(&mut self) {
        if let Some(editor) = self.editor.take() {
            self.rows[self.at].set(&editor.text());
        }
    }

    fn save(&mut self, around: FormContext<'_>) -> Response {
        // Saving is possible from within a field, which was not left and so not completed.
        for row in &mut self.rows {
            row.complete_word(around);
        }
        if let Some(wrong) = (0..self.rows.len()).find(|index| self.check(*index, around).is_err()) {
            self.at = wrong;
            self.is_refused = true;
            return Response::Stay;
        }
        let texts = self.texts();
        if texts.is_empty() {
            return Response::Close;
        }
        if let FormTarget::View(before) = &self.target {
            let kept = sheet::typed_view(before, &texts, around);
            let keep = |view| Effect::Screen(Screen::KeepView(before.name.clone(), Box::new(view)));
            return kept.map_or(Response::Stay, |view| Response::Done(vec![keep(view)]));
        }
        let before = self.rows.iter().filter(|row| row.is_changed() && !self.is_new());
        let before = before.map(|row| (row.spec.name, row.before().to_owned())).collect();
        Response::Done(vec![Effect::Write(Write::Save(self.target.clone(), texts, before))])
    }

    /// Takes over what others wrote into fields that were being typed, so that saving once more writes over it; gives their
    /// titles with what stands there.
    pub fn overtaken(&mut self, now: &Texts) -> Vec<String> {
        let mut told = Vec::new();
        for (name, text) in now {
            if let Some(at) = self.rows.iter().position(|row| row.spec.name == *name) {
                self.rows[at].set_before(text);
                self.at = at;
                let is_one_line = !text.contains('\n');
                let text = if text.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("“{}”", plain::cut(text, 40))
                };
                let text = if is_one_line { text } else { "another text".to_owned() };
                told.push(format!("{} to {text}", self.rows[at].spec.title.to_lowercase()));
            }
        }
        told
    }

    /// What is to be written.
    fn texts(&self) -> Texts {
        let is_new = self.is_new();
        // A new record is written with what it was opened with, too, as the meeting that a promise was made in.
        let given =
            self.rows.iter().filter(|row| row.is_changed() || is_new && !row.text().trim().is_empty());
        given.map(|row| (row.spec.name, row.text().to_owned())).collect()
    }

    /// What is wrong with a field, by itself or beside the others, or what was understood.
    fn check(&self, index: usize, around: FormContext<'_>) -> Result<Option<String>, String> {
        let row = &self.rows[index];
        let said = row.check(around)?;
        match sheet::fault(&self.target, &self.texts(), around) {
            Some((name, message)) if name == row.spec.name => Err(message),
            _ => Ok(said),
        }
    }

    const fn is_new(&self) -> bool {
        matches!(
            self.target,
            FormTarget::NewRequest
                | FormTarget::NewPerson
                | FormTarget::NewRole
                | FormTarget::NewMeeting
                | FormTarget::NewSource
                | FormTarget::NewEntry(..)
        )
    }

    fn draw_fields(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let place = format!("{} of {}", self.at + 1, self.rows.len());
        Rule {
            title: &self.title,
            more: "",
            right: &place,
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.dim(),
        }
        .draw(buffer, area);
        let list = paint::below(area, 1);
        let height = usize::from(list.height).saturating_sub(BOTTOM).max(1);
        let lines = groups::lines(&self.rows);
        let middle = groups::middle(&lines);
        // A form that has to be scrolled stands in one column, or the eye would have to follow two; so does one without
        // groups, whose second column would be blank beside texts that are cut for it.
        let is_parted = middle < lines.len() && middle.max(lines.len() - middle) <= height;
        let has_two = area.width >= TWO_COLUMNS && is_parted && self.fits(usize::from(area.width / 2));
        if has_two {
            let half = Rect { width: area.width / 2, ..list };
            self.draw_lines(buffer, half, &lines[..middle], sight);
            let right = Rect { x: half.right(), width: area.width - half.width, ..list };
            self.draw_lines(buffer, right, &lines[middle..], sight);
        } else {
            let here = lines.iter().position(|line| *line == FormLine::Field(self.at)).unwrap_or(0);
            // Only as far as the field at hand asks for, so that no place has to be kept beside it.
            let top = (here + 1).saturating_sub(height);
            self.draw_lines(buffer, list, &lines[top..lines.len().min(top + height)], sight);
        }
        self.draw_bottom(buffer, list, sight);
    }

    /// What is said of the field at hand, in the two lines below the fields; in the last of them if it fits into one.
    fn draw_bottom(&self, buffer: &mut Buffer, list: Rect, sight: ViewContext<'_>) {
        let (remark, style) = self.bottom(sight);
        let room = usize::from(list.width).saturating_sub(4);
        let mut lines = plain::wrap(&remark, room);
        if lines.len() > BOTTOM {
            let rest = lines.split_off(BOTTOM - 1).join(" ");
            lines.push(plain::cut(&rest, room));
        }
        let top = list.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(1));
        for (at, line) in (top..).zip(lines) {
            paint::put(buffer, list, at, &Line::styled(format!("   {line}"), style));
        }
    }

    /// True if all that stood there when the form was opened is whole in a column. What is typed does not count, or the
    /// form would jump under the fingers; and one that is longer than the screen is cut anyway.
    fn fits(&self, column: usize) -> bool {
        let room = column.saturating_sub(LABEL + 3);
        let is_cut = |row: &FormRow| !row.is_many_lines() && plain::width(row.before()) >= room;
        !self.rows.iter().any(is_cut)
    }

    fn draw_lines(&self, buffer: &mut Buffer, area: Rect, lines: &[FormLine], sight: ViewContext<'_>) {
        for (at, line) in (0..).zip(lines) {
            let line = match line {
                FormLine::Group(name) => Line::styled(format!("   {name}"), sight.theme.strong()),
                FormLine::Field(index) => {
                    self.line((*index, &self.rows[*index]), usize::from(area.width), sight)
                }
            };
            paint::put(buffer, area, at, &line);
        }
        let here = (0..).zip(lines).find(|(_, line)| **line == FormLine::Field(self.at));
        if let Some((at, _)) = here {
            let indent = u16::try_from(LABEL).unwrap_or(0);
            choices::draw(&self.rows[self.at], buffer, area, (at, indent), sight.theme);
        }
    }

    fn line(&self, (index, row): (usize, &FormRow), width: usize, sight: ViewContext<'_>) -> Line<'static> {
        let theme = sight.theme;
        let is_here = index == self.at;
        let label = format!(" {} {}", if is_here { "›" } else { " " }, plain::fit(row.spec.title, LABEL - 3));
        let (remark, style) = match self.check(index, around(sight.snapshot)) {
            Err(wrong) if row.is_changed() || self.is_refused => (wrong, theme.warn()),
            Ok(Some(echo)) => (echo, theme.dim()),
            _ => match self.proposed_handle(row, sight.snapshot) {
                Some(handle) => (format!("left empty it becomes {handle}"), theme.dim()),
                None => (row.judgement(sight.snapshot).unwrap_or_default().to_owned(), theme.dim()),
            },
        };
        let room = width.saturating_sub(LABEL + 3);
        // What was understood stands close to what was typed.
        let own = if remark.is_empty() { room } else { (plain::width(row.text()) + 3).max(24) };
        let columns = own.min(room);
        let mut line = row.line(columns, is_here, sight);
        line.spans.insert(0, Span::styled(label, if is_here { theme.accent() } else { theme.dim() }));
        let left = room.saturating_sub(columns);
        // In less than that a remark would be cut to a word; the line at the bottom says it whole.
        if left > 12 {
            line.spans.push(Span::styled(plain::cut(&remark, left), style));
        }
        line
    }

    /// The handle that somebody new gets who is given none.
    fn proposed_handle(&self, row: &FormRow, snapshot: &Snapshot) -> Option<String> {
        let is_person = matches!(self.target, FormTarget::NewPerson | FormTarget::NewRole);
        if !is_person || row.spec.name != "handle" || !row.text().trim().is_empty() {
            return None;
        }
        let name = self.rows.iter().find(|row| row.spec.name == "name")?.text();
        let handle = free_handle(&snapshot.team.people, name);
        (!handle.is_empty()).then_some(handle)
    }

    /// What stands below: what is wrong with the field at hand, what was understood, or what it is for.
    fn bottom(&self, sight: ViewContext<'_>) -> (String, ratatui::style::Style) {
        let (theme, row) = (sight.theme, &self.rows[self.at]);
        match self.check(self.at, around(sight.snapshot)) {
            Err(wrong) if self.is_refused => (wrong, theme.critical()),
            Err(wrong) if row.is_changed() => (wrong, theme.warn()),
            Ok(Some(echo)) => (echo, theme.dim()),
            _ => {
                let judged = row.judgement(sight.snapshot).map(str::to_owned);
                (judged.unwrap_or_else(|| hints::hint(row, sight.snapshot)), theme.dim())
            }
        }
    }
}

impl Layer for Form {
    fn scopes(&self) -> &'static [Scope] {
        if self.editor.is_some() { &[Scope::Editor, Scope::Asking] } else { &[Scope::Form, Scope::Asking] }
    }

    fn footer(&self) -> FooterKeys {
        if self.editor.is_some() {
            return &[
                (&[Action::Leave], "back to the form"),
                (&[Action::UndoText], ""),
                (&[Action::OwnEditor], ""),
            ];
        }
        if self.target.is_source() {
            return &[
                (&[Action::PreviousItem, Action::NextItem], "field"),
                (&[Action::Save], ""),
                (&[Action::Leave], ""),
                (&[Action::Accept], "next, save on the last"),
                (&[Action::CompleteField], ""),
            ];
        }
        &[
            (&[Action::PreviousItem, Action::NextItem], "field"),
            (&[Action::Save], ""),
            (&[Action::Accept], "next, save on the last"),
            (&[Action::CompleteField], ""),
            (&[Action::LongText], ""),
            (&[Action::Leave], ""),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        if self.editor.is_some() {
            return self.in_editor(action);
        }
        let around = around(sight.snapshot);
        let last = self.rows.len() - 1;
        match action {
            Action::Leave => return Response::Close,
            Action::Save => return self.save(around),
            Action::Accept if self.at == last => return self.save(around),
            Action::LongText if self.target.is_source() => {
                return Response::Say("a source has no long texts".to_owned());
            }
            Action::LongText => self.open_editor(),
            Action::Accept | Action::NextItem => {
                self.rows[self.at].complete_word(around);
                self.at = if self.at == last { 0 } else { self.at + 1 }
            }
            Action::PreviousItem => {
                self.rows[self.at].complete_word(around);
                self.at = self.at.checked_sub(1).unwrap_or(last);
            }
            Action::NextItems => self.at = (self.at + 8).min(last),
            Action::PreviousItems => self.at = self.at.saturating_sub(8),
            Action::CompleteField if self.rows[self.at].complete(sight.snapshot) => {
                return self.offer_paths();
            }
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        match &mut self.editor {
            Some(editor) => editor.key(key),
            // A row would show one line of it, and an edit there would join the others.
            None if self.rows[self.at].is_many_lines() => self.open_editor(),
            None => self.rows[self.at].key(key),
        }
        self.offer_paths()
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        self.take_paste(text);
        self.offer_paths()
    }

    fn identity(&self) -> Option<String> {
        Some(format!("form {:?}", self.target))
    }

    fn typed(&self) -> Option<Typed> {
        Some(self.entered()).filter(|typed| !typed.is_empty())
    }

    fn has_secret(&self) -> bool {
        self.rows.iter().any(|row| row.is_covered() && row.is_changed())
    }

    fn retype(&mut self, typed: &Typed) {
        for (name, text) in typed {
            // A draft may be older than the program: what its form had and this one has not is passed over.
            if let Some(row) = self.rows.iter_mut().find(|row| row.spec.name == name) {
                row.set(text);
            }
        }
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        match &self.editor {
            Some(editor) => editor.draw(buffer, area, sight),
            None => self.draw_fields(buffer, area, sight),
        }
    }
}

fn around(snapshot: &Snapshot) -> FormContext<'_> {
    FormContext {
        reading: &snapshot.reading,
        people: &snapshot.team.people,
        sources: &snapshot.freshness.all,
    }
}
