//! The reflection: seven items, mostly one key each, everything after the first skipped with Enter; the
//! evidence stands beside the self-rating.

use chrono::{DateTime, NaiveDate, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Response, Sight};
use crate::domain::day;
use crate::domain::meeting::{Meeting, OccurrenceKey, predictions};
use crate::domain::reflection::{FirstWord, Presence, Reflection, Touched};
use crate::ops::reflect::{Evidence, stance_words};
use crate::plain;
use crate::tui::drafts::Typed;
use crate::tui::effect::{Effect, Write};
use crate::tui::input::TextLine;
use crate::tui::paint::{self, Rule};
use crate::tui::theme::Theme;

const QUESTION: &str = "Am I representing operations or am I shaping strategy?";
const LAST: usize = 6;

/// A reflection being written.
#[derive(Debug, Clone)]
pub struct ReflectForm {
    meeting: Meeting,
    evidence: Evidence,
    /// Which of the seven items has the keyboard.
    at: usize,
    stance: Option<u8>,
    calm: Option<u8>,
    engaged: Option<u8>,
    first: Option<FirstWord>,
    expansion: Option<u32>,
    contraction: Option<u32>,
    touched: Option<Touched>,
    moment: TextLine,
    if_then: TextLine,
    /// Predicted questions that came up, by place.
    came_up: Vec<usize>,
    /// The if-then that was noted was done.
    kept: Option<bool>,
    is_changed: bool,
}

impl ReflectForm {
    /// Opens the form, filled with what was written before.
    #[must_use]
    pub fn new(meeting: Meeting, evidence: Evidence) -> Self {
        let old = evidence.existing.clone();
        let presence = old.as_ref().and_then(|old| old.presence);
        let text =
            |of: fn(&Reflection) -> &String| TextLine::new(old.as_ref().map_or("", |old| of(old).as_str()));
        Self {
            at: 0,
            stance: old.as_ref().map(|old| old.stance),
            calm: presence.map(|presence| presence.calm),
            engaged: presence.map(|presence| presence.engaged),
            first: old.as_ref().and_then(|old| old.first),
            expansion: old.as_ref().and_then(|old| old.expansion),
            contraction: old.as_ref().and_then(|old| old.contraction),
            touched: old.as_ref().and_then(|old| old.touched),
            moment: text(|old| &old.moment),
            if_then: text(|old| &old.if_then),
            came_up: old.as_ref().map_or_else(Vec::new, |old| places(&meeting, &old.came_up)),
            kept: old.as_ref().and_then(|old| old.kept),
            is_changed: false,
            meeting,
            evidence,
        }
    }

    /// Which meeting it is about.
    #[must_use]
    pub const fn meeting(&self) -> &OccurrenceKey {
        &self.meeting.key
    }

    /// True if something was entered.
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// What was entered, by item.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let number = |value: Option<u32>| value.map_or_else(String::new, |value| value.to_string());
        [
            ("stance", number(self.stance.map(u32::from))),
            ("calm", number(self.calm.map(u32::from))),
            ("engaged", number(self.engaged.map(u32::from))),
            ("first", self.first.map_or("", FirstWord::name).to_owned()),
            ("expansion", number(self.expansion)),
            ("contraction", number(self.contraction)),
            ("touched", self.touched.map_or("", Touched::name).to_owned()),
            ("moment", self.moment.text().to_owned()),
            ("if-then", self.if_then.text().to_owned()),
            ("came-up", self.came_up.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
            ("kept", self.kept.map_or("", |kept| if kept { "yes" } else { "no" }).to_owned()),
        ]
        .map(|(name, text)| (name.to_owned(), text))
        .to_vec()
    }

    /// Puts back what had been entered.
    pub fn retype(&mut self, typed: &Typed) {
        for (name, text) in typed {
            match name.as_str() {
                "stance" => self.stance = text.parse().ok(),
                "calm" => self.calm = text.parse().ok(),
                "engaged" => self.engaged = text.parse().ok(),
                "first" => self.first = text.parse().ok(),
                "expansion" => self.expansion = text.parse().ok(),
                "contraction" => self.contraction = text.parse().ok(),
                "touched" => self.touched = text.parse().ok(),
                "moment" => self.moment = TextLine::new(text),
                "came-up" => self.came_up = text.split(' ').filter_map(|place| place.parse().ok()).collect(),
                "kept" => self.kept = ["no", "yes"].iter().position(|word| word == text).map(|at| at == 1),
                _ => self.if_then = TextLine::new(text),
            }
        }
        self.is_changed = true;
    }

    /// Takes pasted text where text can be.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(line) = self.text_line() else { return false };
        line.paste(text);
        self.is_changed = true;
        true
    }

    const fn text_line(&mut self) -> Option<&mut TextLine> {
        match self.at {
            5 => Some(&mut self.moment),
            6 => Some(&mut self.if_then),
            _ => None,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent) -> Response {
        match key.code {
            KeyCode::Esc => return Response::Close,
            KeyCode::Char('s') if key.modifiers.contains(KeyModifiers::CONTROL) => return self.save(),
            KeyCode::Enter if self.at == LAST => return self.save(),
            // The first item is the only one that is needed.
            KeyCode::Enter | KeyCode::Down | KeyCode::Tab if self.at > 0 || self.stance.is_some() => {
                self.at = (self.at + 1).min(LAST);
            }
            KeyCode::Up | KeyCode::BackTab => self.at = self.at.saturating_sub(1),
            _ => {
                if let Some(line) = self.text_line() {
                    self.is_changed |= line.key(key);
                } else if let KeyCode::Char(c) = key.code {
                    self.is_changed = true;
                    self.letter(c);
                } else if key.code == KeyCode::Backspace {
                    self.clear();
                }
            }
        }
        Response::Stay
    }

    fn letter(&mut self, c: char) {
        let digit =
            c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).filter(|digit| (1..=5).contains(digit));
        match self.at {
            0 => self.answer(digit, |form, digit| form.stance = Some(digit)),
            1 if self.calm.is_none() || self.engaged.is_some() => {
                if digit.is_some() {
                    (self.calm, self.engaged) = (digit, None);
                }
            }
            1 => self.answer(digit, |form, digit| form.engaged = Some(digit)),
            2 => self.answer(by_letter(FirstWord::ALL, FirstWord::name, c), |form, first| {
                form.first = Some(first);
            }),
            3 => match c {
                '+' | '=' => self.expansion = Some(self.expansion.unwrap_or(0) + 1),
                '-' | '−' => self.contraction = Some(self.contraction.unwrap_or(0) + 1),
                // Kept, not kept, blank again.
                'k' if !self.evidence.if_then.is_empty() => {
                    self.kept = match self.kept {
                        None => Some(true),
                        Some(true) => Some(false),
                        Some(false) => None,
                    };
                }
                _ => self.tick(c),
            },
            _ => self.answer(by_letter(Touched::ALL, Touched::name, c), |form, touched| {
                form.touched = Some(touched);
            }),
        }
    }

    /// Ticks a predicted question, or takes the tick away.
    fn tick(&mut self, c: char) {
        let count = predictions(&self.meeting.predicted).len();
        let place = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        if let Some(place) = place.filter(|place| (1..=count).contains(place)) {
            match self.came_up.iter().position(|known| *known == place) {
                Some(at) => drop(self.came_up.remove(at)),
                None => self.came_up.push(place),
            }
        }
    }

    fn answer<T>(&mut self, given: Option<T>, set: impl FnOnce(&mut Self, T)) {
        if let Some(value) = given {
            set(self, value);
            self.at += 1;
        }
    }

    const fn clear(&mut self) {
        self.is_changed = true;
        match self.at {
            1 => (self.calm, self.engaged) = (None, None),
            2 => self.first = None,
            3 => (self.expansion, self.contraction) = (None, None),
            4 => self.touched = None,
            _ => {}
        }
    }

    fn questions_that_came(&self) -> Vec<String> {
        let predicted = predictions(&self.meeting.predicted);
        self.came_up
            .iter()
            .filter_map(|place| Some(predicted.get(place.checked_sub(1)?)?.question.clone()))
            .collect()
    }

    fn save(&mut self) -> Response {
        let Some(stance) = self.stance else {
            self.at = 0;
            return Response::Stay;
        };
        let counted = |count: Option<u32>, other: Option<u32>| count.or(other.map(|_| 0));
        Response::Done(vec![Effect::Write(Write::Reflect(Box::new(Reflection {
            meeting: self.meeting.key.clone(),
            stance,
            presence: self.calm.zip(self.engaged).map(|(calm, engaged)| Presence { calm, engaged }),
            first: self.first,
            expansion: counted(self.expansion, self.contraction),
            contraction: counted(self.contraction, self.expansion),
            touched: self.touched,
            moment: self.moment.text().trim().to_owned(),
            if_then: self.if_then.text().trim().to_owned(),
            came_up: self.questions_that_came(),
            kept: self.kept,
            // The operation knows both; they are replaced there.
            forced_over: None,
            written: DateTime::<Utc>::UNIX_EPOCH,
        })))])
    }

    /// Draws the seven items, one below the other, and the evidence.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, sight: Sight<'_>) {
        let theme = sight.theme;
        let when = format!(
            "{} {}",
            day::day_near(self.meeting.start.date_naive(), sight.snapshot.today()),
            self.meeting.start.format("%H:%M")
        );
        let who = self.meeting.attendees.join(", ");
        Rule {
            title: &self.meeting.title,
            more: &format!("{when} · {who}"),
            right: "",
            line: theme.accent(),
            strong: theme.accent(),
            text: theme.text(),
        }
        .draw(buffer, area);
        let width = usize::from(area.width).saturating_sub(4);
        let mut lines = vec![Line::default(), Line::styled(format!("   {QUESTION}"), theme.strong())];
        lines.extend(self.stances(theme, width));
        lines.push(Line::default());
        lines.push(self.item(1, "Presence", self.presence(theme)));
        lines.push(self.item(
            2,
            "I said first",
            choices(FirstWord::ALL, |word| (word.name(), word.title()), self.first, theme),
        ));
        lines.push(self.item(3, "They asked", self.questions(theme)));
        lines.push(self.item(
            4,
            "Decision",
            choices(Touched::ALL, |touched| (touched.name(), touched.title()), self.touched, theme),
        ));
        lines.push(self.words(
            5,
            ("The moment", "one moment, with a name or a sentence that was said"),
            &self.moment,
            (theme, width),
        ));
        lines.push(self.words(6, ("Next time", "If …, then I …"), &self.if_then, (theme, width)));
        lines.push(Line::default());
        lines.extend(self.evidence_lines(theme, width, sight.snapshot.today()));
        for (row, line) in lines.iter().enumerate() {
            paint::put(buffer, area, u16::try_from(row + 1).unwrap_or(u16::MAX), line);
        }
    }

    fn label(&self, at: usize, label: &str) -> String {
        format!(" {} {}", if self.at == at { "›" } else { " " }, plain::fit(label, 14))
    }

    fn item(&self, at: usize, label: &str, mut spans: Vec<Span<'static>>) -> Line<'static> {
        let style = if self.at == at {
            ratatui::style::Style::new().add_modifier(ratatui::style::Modifier::BOLD)
        } else {
            ratatui::style::Style::new()
        };
        spans.insert(0, Span::styled(self.label(at, label), style));
        Line::from(spans)
    }

    fn stances(&self, theme: Theme, width: usize) -> Vec<Line<'static>> {
        let option = |stance: u8| {
            let is_chosen = self.stance == Some(stance);
            let style = if is_chosen { theme.selected(true) } else { theme.text() };
            vec![
                Span::styled(format!(" {stance} "), if is_chosen { style } else { theme.accent() }),
                Span::styled(format!("{} ", stance_words(stance)), style),
                Span::raw(" "),
            ]
        };
        let mark = if self.at == 0 { " › " } else { "   " };
        // Two rows where one is too narrow.
        let rows: &[&[u8]] = if width >= 124 { &[&[1, 2, 3, 4, 5]] } else { &[&[1, 2, 3], &[4, 5]] };
        rows.iter()
            .enumerate()
            .map(|(row, stances)| {
                let mut spans = vec![Span::styled(if row == 0 { mark } else { "   " }, theme.accent())];
                spans.extend(stances.iter().flat_map(|stance| option(*stance)));
                Line::from(spans)
            })
            .collect()
    }

    fn presence(&self, theme: Theme) -> Vec<Span<'static>> {
        let scale = |value: Option<u8>| {
            (1..=5).map(|step| if value == Some(step) { '●' } else { '─' }).collect::<String>()
        };
        let digits = match (self.calm, self.engaged) {
            (Some(calm), Some(engaged)) => format!("  › {calm} {engaged}"),
            (Some(calm), None) => format!("  › {calm} _"),
            _ => "  two digits, 1 to 5".to_owned(),
        };
        vec![
            Span::raw("tense "),
            Span::styled(scale(self.calm), theme.accent()),
            Span::raw(" calm     withdrawn "),
            Span::styled(scale(self.engaged), theme.accent()),
            Span::raw(" engaged"),
            Span::styled(digits, theme.dim()),
        ]
    }

    fn questions(&self, theme: Theme) -> Vec<Span<'static>> {
        let count = |count: Option<u32>| count.map_or_else(|| "·".to_owned(), |count| count.to_string());
        vec![
            Span::styled("+ ", theme.accent()),
            Span::raw(format!("what if, could we  {}     ", count(self.expansion))),
            Span::styled("− ", theme.accent()),
            Span::raw(format!("how many, check again  {}", count(self.contraction))),
        ]
    }

    fn words(
        &self,
        at: usize,
        (label, hint): (&str, &str),
        input: &TextLine,
        (theme, width): (Theme, usize),
    ) -> Line<'static> {
        let is_here = self.at == at;
        if input.text().is_empty() && !is_here {
            return self.item(
                at,
                label,
                vec![Span::styled(plain::cut(hint, width.saturating_sub(16)), theme.dim())],
            );
        }
        self.item(at, label, input.line(width.saturating_sub(16), is_here, theme.text()).spans)
    }

    fn evidence_lines(&self, theme: Theme, width: usize, today: NaiveDate) -> Vec<Line<'static>> {
        let evidence = &self.evidence;
        let mut parts = vec![
            format!("shape rate {}", evidence.all.shape),
            format!("expansion questions {}", evidence.all.expansion),
            format!(
                "this series {}",
                if evidence.series.count == 0 {
                    "none yet".to_owned()
                } else {
                    paint::bars(&evidence.series.stances, 5, theme.is_ascii)
                }
            ),
        ];
        parts.extend(evidence.forced_over.map(|over| {
            let when = day::day_near(self.meeting.start.date_naive(), today);
            if over.is_positive() {
                format!("team over {over} on {when}")
            } else {
                format!("nobody over on {when}")
            }
        }));
        let mut lines = plain::wrap(&format!("beside it: {}", parts.join(" · ")), width);
        if !evidence.if_then.is_empty() {
            let kept = match self.kept {
                Some(true) => "done",
                Some(false) => "not done",
                None => "k at “They asked” says whether it was done",
            };
            lines.extend(plain::wrap(&format!("you had planned: {} ({kept})", evidence.if_then), width));
        }
        for (index, it) in predictions(&self.meeting.predicted).iter().enumerate() {
            let came = if self.came_up.contains(&(index + 1)) {
                "came up"
            } else {
                "not yet; its digit at “They asked” ticks it"
            };
            lines.push(plain::cut(
                &format!("you had predicted {}: {} ({came})", index + 1, it.question),
                width,
            ));
        }
        lines.into_iter().map(|line| Line::styled(format!("   {line}"), theme.dim())).collect()
    }
}

/// Places of predicted questions that came up.
fn places(meeting: &Meeting, came_up: &[String]) -> Vec<usize> {
    let predicted = predictions(&meeting.predicted);
    let place = |(index, it): (usize, &crate::domain::meeting::Prediction)| {
        came_up.contains(&it.question).then_some(index + 1)
    };
    predicted.iter().enumerate().filter_map(place).collect()
}

fn by_letter<T: Copy>(all: &[T], name: fn(T) -> &'static str, letter: char) -> Option<T> {
    all.iter().copied().find(|value| name(*value).starts_with(letter))
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    words: fn(T) -> (&'static str, &'static str),
    chosen: Option<T>,
    theme: Theme,
) -> Vec<Span<'static>> {
    all.iter()
        .flat_map(|value| {
            let (name, title) = words(*value);
            let is_chosen = chosen == Some(*value);
            let style = if is_chosen { theme.selected(true) } else { theme.text() };
            let (head, rest) = title.split_at(1);
            debug_assert!(name.starts_with(head), "the letter that chooses is the one that is marked");
            let first = if is_chosen { style } else { theme.accent() };
            [Span::styled(head.to_owned(), first), Span::styled(rest.to_owned(), style), Span::raw("   ")]
        })
        .collect()
}
