//! A pasted mail or chat, offered as a request: its title and whoever asks stand there, its text is kept as their
//! words, and what was recognised in it is set only where it is taken.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::prompt::{self, Echo, has_lines};
use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::words::token::{self, Token, tokens};
use crate::ops::message::{FieldOffer, MessageDraft, Sender};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Read, Write};
use crate::tui::view::input::TextLine;
use crate::tui::view::paint::{self, Rule};

/// What its draft is known by.
pub const IDENTITY: &str = "pasted";
/// The name of the pasted text in its draft.
pub const TEXT: &str = "text";

/// So many lines of what is offered are shown.
const OFFER_LINES: usize = 3;

#[derive(Debug, Clone)]
pub struct Pasted {
    draft: Box<MessageDraft>,
    /// As it was pasted.
    text: String,
    /// The title, and behind it what was taken.
    line: TextLine,
    /// Which offer is chosen.
    at: usize,
    is_refused: bool,
}

impl Pasted {
    /// Offers what was made of a text.
    pub fn new(draft: Box<MessageDraft>, text: String) -> Self {
        let line = TextLine::new(&quick_title(&draft.title));
        Self { draft, text, line, at: 0, is_refused: false }
    }

    /// True if a draft is one of this text: another one that is pasted has a line of its own.
    pub fn is_of(&self, typed: &Typed) -> bool {
        field(typed, TEXT) == Some(self.text.as_str())
    }

    /// As it was pasted.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the line an offer stands, in letters; `None` if it was not taken. A title in quotes may hold the same
    /// words, and sets nothing by them.
    fn taken(&self, offer: &FieldOffer) -> Option<(usize, usize)> {
        let letters: Vec<char> = self.line.text().chars().collect();
        let sets: Vec<char> = offer.sets.chars().collect();
        let said = |token: &Token| letters.get(token.at..token.end) == Some(sets.as_slice());
        tokens(self.line.text()).iter().find(|token| said(token)).map(|token| (token.at, token.end))
    }

    /// Takes the chosen offer, or lets it go again; then the next one is chosen.
    fn take_offer(&mut self) {
        let Some(offer) = self.draft.offered.get(self.at) else { return };
        let text = self.line.text().trim_end().to_owned();
        let text = match self.taken(offer) {
            Some((at, end)) => {
                let before: String = text.chars().take(at).collect();
                let behind: String = text.chars().skip(end).collect();
                format!("{}{behind}", before.trim_end())
            }
            None => format!("{text} {}", offer.sets),
        };
        self.line = TextLine::new(&text);
        self.at = (self.at + 1).min(self.draft.offered.len().saturating_sub(1));
    }

    /// Who asks, and how much of their words is kept.
    fn told(&self) -> String {
        let who = |sender: &Sender| match sender.stakeholder.clone().one() {
            Some((key, name)) => format!("{name} ({key})"),
            None => sender.name.clone(),
        };
        let from = self.draft.requester.as_ref().map(|sender| format!("from {}", who(sender)));
        let by = self.draft.forwarder.as_ref().map(|sender| format!("forwarded by {}", who(sender)));
        let begins =
            plain::cut(self.draft.words.lines().find(|line| !line.trim().is_empty()).unwrap_or(""), 48);
        let lines = match self.draft.words.lines().count() {
            1 => format!("kept as their words: “{begins}”"),
            count => format!("{count} lines kept as their words: “{begins}”"),
        };
        [from, by, Some(lines)].into_iter().flatten().collect::<Vec<_>>().join("  ·  ")
    }

    /// What is offered, as lines of chips.
    fn chips(&self, columns: usize, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        let (mut lines, mut used) = (vec![Vec::new()], 0);
        for (index, offer) in self.draft.offered.iter().enumerate() {
            let mark = if self.taken(offer).is_some() {
                if sight.theme.is_ascii { "+ " } else { "✓ " }
            } else {
                ""
            };
            let quoted = if offer.is_quoted { ", quoted" } else { "" };
            let text = format!(" {mark}{}{quoted} ", plain::cut(&plain::harmless(&offer.says), 48));
            if used > 0 && used + plain::width(&text) + 1 > columns {
                lines.push(Vec::new());
                used = 0;
            }
            used += plain::width(&text) + 1;
            let style = if index == self.at { sight.theme.selected(true) } else { sight.theme.accent() };
            if let Some(line) = lines.last_mut() {
                line.extend([Span::styled(text, style), Span::raw(" ")]);
            }
        }
        let told = "offered: ";
        let indent =
            |first: bool| Span::raw(if first { format!("   {told}") } else { " ".repeat(3 + told.len()) });
        lines
            .into_iter()
            .enumerate()
            .map(|(index, spans)| Line::from([vec![indent(index == 0)], spans].concat()))
            .collect()
    }

    fn shown_chips(&self, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        if self.draft.offered.is_empty() {
            return Vec::new();
        }
        // Twelve columns stand before the chips of each line, and two are the margin.
        let mut lines = self.chips(sight.width.saturating_sub(14), sight);
        lines.truncate(OFFER_LINES);
        lines
    }
}

/// A field of what was typed.
pub fn field<'a>(typed: &'a Typed, name: &str) -> Option<&'a str> {
    typed.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
}

/// A title whose words quick add would take for fields stands in quotes there.
fn quick_title(title: &str) -> String {
    let is_plain = |word: &str| !word.contains(':') && !word.starts_with(['@', '#', '~', '!', '+', '-']);
    // `t1` alone sets a tier in quick add, which no subject of a mail means by it.
    let is_tier = |word: &str| matches!(word.as_bytes(), [b't' | b'T', b'0'..=b'9']);
    // Quick add takes the quotes of a title that is all in quotes.
    let is_quoted = title.starts_with('"');
    if !is_quoted && title.split_whitespace().all(|word| is_plain(word) && !is_tier(word)) {
        return title.to_owned();
    }
    token::quoted(title)
}

impl Layer for Pasted {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Prompt, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Accept], "add it"),
            (&[Action::CompleteName], "take what is offered"),
            (&[Action::NextItem, Action::PreviousItem], "choose"),
            (&[Action::Leave], ""),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        match action {
            Action::Accept => match prompt::echo_line(self.line.text(), sight.snapshot, true) {
                Echo::Wrong(_) | Echo::WrongAt(..) => self.is_refused = true,
                Echo::Understood(_) | Echo::Doubtful(..) => {
                    let line = self.line.text().trim().to_owned();
                    return Response::Done(vec![Effect::Write(Write::AddMessage(self.draft.clone(), line))]);
                }
            },
            Action::CompleteName => self.take_offer(),
            Action::NextItem => self.at = (self.at + 1).min(self.draft.offered.len().saturating_sub(1)),
            Action::PreviousItem => self.at = self.at.saturating_sub(1),
            Action::Leave => return Response::Close,
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    fn is_typed(&self, key: KeyEvent) -> bool {
        is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        self.is_refused = false;
        self.line.key(key);
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        // Left, opened again and pasted once more: it is all there.
        if has_lines(text) && self.text.contains(text.trim()) {
            return Response::Say("that is there already".to_owned());
        }
        // Another mail or chat belongs to what they said, and not into the title.
        if has_lines(text) {
            let whole = format!("{}\n{text}", self.text.trim_end());
            return Response::Do(vec![Effect::Read(Read::DraftMessage(whole))]);
        }
        self.line.paste(text);
        Response::Stay
    }

    fn identity(&self) -> Option<String> {
        Some(IDENTITY.to_owned())
    }

    // Kept even if nothing was changed: the text itself may be in no clipboard any more.
    fn typed(&self) -> Option<Typed> {
        Some(vec![(String::new(), self.line.text().to_owned()), (TEXT.to_owned(), self.text.clone())])
    }

    fn retype(&mut self, typed: &Typed) {
        self.line = TextLine::new(field(typed, "").unwrap_or_default());
    }

    fn rows(&self, sight: ViewContext<'_>) -> Option<u16> {
        u16::try_from(4 + self.shown_chips(sight).len()).ok()
    }

    /// A rule, who asks, the line, the echo, and what is offered.
    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        Rule::over("Add the pasted text as a request?", theme).draw(buffer, area);
        let columns = usize::from(area.width).saturating_sub(4);
        let told = plain::cut(&plain::harmless(&self.told()), columns);
        paint::put(buffer, area, 1, &Line::styled(format!("   {told}"), theme.text()));
        let mut line = self.line.line(columns, true, theme.text());
        line.spans.insert(0, Span::styled(" › ", theme.accent()));
        paint::put(buffer, area, 2, &line);
        let (text, style) = match prompt::echo_line(self.line.text(), sight.snapshot, true) {
            Echo::Understood(text) => (text, theme.dim()),
            Echo::Wrong(text) | Echo::WrongAt(_, text) if self.is_refused => (text, theme.critical()),
            Echo::Wrong(text) | Echo::WrongAt(_, text) | Echo::Doubtful(_, text) => (text, theme.warn()),
        };
        paint::put(buffer, area, 3, &Line::styled(format!("   {}", plain::cut(&text, columns)), style));
        for (row, chips) in self.shown_chips(sight).iter().enumerate() {
            paint::put(buffer, area, u16::try_from(row + 4).unwrap_or(u16::MAX), chips);
        }
    }
}
