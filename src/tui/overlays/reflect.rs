//! The reflection: seven items, mostly one key each, everything after the first skipped with Enter; the
//! evidence stands beside the self-rating.

mod view;

use chrono::{DateTime, Utc};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{FooterKeys, Layer, Response, ViewContext, is_letter};
use crate::domain::meeting::{Meeting, predictions};
use crate::domain::reflection::{FirstWord, Presence, Reflection, Touched};
use crate::ops::reflect::Evidence;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::drafts::Typed;
use crate::tui::app::effect::{Effect, Write};
use crate::tui::view::input::TextLine;

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

    /// What was entered, by item.
    fn entered(&self) -> Typed {
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

    const fn text_line(&mut self) -> Option<&mut TextLine> {
        match self.at {
            5 => Some(&mut self.moment),
            6 => Some(&mut self.if_then),
            _ => None,
        }
    }

    /// What the actions of its own scope do to the item at hand; false if they mean nothing there.
    fn change(&mut self, action: Action) -> bool {
        match action {
            Action::ClearAnswer if self.at <= 4 => self.clear(),
            Action::AskedMore if self.at == 3 => self.expansion = Some(self.expansion.unwrap_or(0) + 1),
            Action::AskedLess if self.at == 3 => self.contraction = Some(self.contraction.unwrap_or(0) + 1),
            Action::PlanKept if self.at == 3 && !self.evidence.if_then.is_empty() => {
                self.kept = match self.kept {
                    None => Some(true),
                    Some(true) => Some(false),
                    Some(false) => None,
                };
            }
            _ => return false,
        }
        self.is_changed = true;
        true
    }

    fn letter(&mut self, c: char) {
        let digit =
            c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).filter(|digit| (1..=5).contains(digit));
        match self.at {
            0 => self.answer(digit, |form, digit| form.stance = Some(digit)),
            // Two digits belong to this item, so a third one begins it anew.
            1 if self.calm.is_none() || self.engaged.is_some() => {
                if digit.is_some() {
                    (self.calm, self.engaged) = (digit, None);
                }
            }
            1 => self.answer(digit, |form, digit| form.engaged = Some(digit)),
            2 => self.answer(by_letter(FirstWord::ALL, FirstWord::name, c), |form, first| {
                form.first = Some(first);
            }),
            3 => self.tick(c),
            _ => self.answer(by_letter(Touched::ALL, Touched::name, c), |form, touched| {
                form.touched = Some(touched);
            }),
        }
    }

    /// Ticks a predicted question, or takes the tick away.
    fn tick(&mut self, c: char) {
        let count = predictions(&self.meeting.predicted).len();
        let place = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        // Stays on this item, unlike the others: several questions may have come up.
        if let Some(place) = place.filter(|place| (1..=count).contains(place)) {
            match self.came_up.iter().position(|known| *known == place) {
                Some(at) => drop(self.came_up.remove(at)),
                None => self.came_up.push(place),
            }
        }
    }

    fn answer<T>(&mut self, given: Option<T>, set: impl FnOnce(&mut Self, T)) {
        if let Some(value) = given {
            // One key for each item is what keeps it within a minute, so that a valid answer goes on by itself.
            set(self, value);
            self.at += 1;
        }
    }

    /// How many answers a letter has given, ticks among them.
    fn answered(&self) -> (String, usize) {
        let given = (self.stance, self.calm, self.engaged, self.first, self.touched);
        (format!("{given:?}"), self.came_up.len())
    }

    const fn clear(&mut self) {
        match self.at {
            0 => self.stance = None,
            1 => (self.calm, self.engaged) = (None, None),
            2 => self.first = None,
            3 => (self.expansion, self.contraction) = (None, None),
            4 => self.touched = None,
            _ => {}
        }
    }

    fn questions_that_came(&self) -> Vec<String> {
        let predicted = predictions(&self.meeting.predicted);
        // By place while it is written, as its digits are; by its words when it is kept, since the list may
        // change.
        self.came_up
            .iter()
            .filter_map(|place| Some(predicted.get(place.checked_sub(1)?)?.question.clone()))
            .collect()
    }

    fn save(&mut self) -> Response {
        let Some(stance) = self.stance else {
            // Nothing of a reflection can be read without where the lead stood, so this one item is not
            // skipped.
            self.at = 0;
            return Response::Stay;
        };
        // Where one kind was counted, none of the other kind is an answer and no gap.
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
}

impl Layer for ReflectForm {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reflection, Scope::Asking]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::Accept], "skip or go on"),
            (&[Action::PreviousItem], "back"),
            (&[Action::Save], "save now"),
            (&[Action::Leave], ""),
        ]
    }

    fn act(&mut self, action: Action, _sight: ViewContext<'_>) -> Response {
        match action {
            Action::Leave => return Response::Close,
            Action::Save => return self.save(),
            Action::Accept if self.at == LAST => return self.save(),
            // The first item is the only one that is needed.
            Action::Accept | Action::NextItem if self.at > 0 || self.stance.is_some() => {
                self.at = (self.at + 1).min(LAST);
            }
            Action::Accept | Action::NextItem => {}
            Action::PreviousItem => self.at = self.at.saturating_sub(1),
            own if self.change(own) => {}
            _ => return Response::Ignored,
        }
        Response::Stay
    }

    /// Only where words are written; answers by digit and letter come behind the actions.
    fn is_typed(&self, key: KeyEvent) -> bool {
        self.at > 4 && is_letter(key)
    }

    fn type_key(&mut self, key: KeyEvent, _sight: ViewContext<'_>) -> Response {
        if let Some(line) = self.text_line() {
            self.is_changed |= line.key(key);
        } else if let KeyCode::Char(answer) = key.code {
            // A letter that answers nothing begins no draft.
            let before = self.answered();
            self.letter(answer);
            self.is_changed |= self.answered() != before;
        }
        Response::Stay
    }

    fn takes_text(&self) -> bool {
        self.at > 4
    }

    fn paste(&mut self, text: &str, _sight: ViewContext<'_>) -> Response {
        let Some(line) = self.text_line() else { return Response::Ignored };
        line.paste(text);
        self.is_changed = true;
        Response::Stay
    }

    fn identity(&self) -> Option<String> {
        Some(format!("reflection {}", self.meeting.key))
    }

    fn typed(&self) -> Option<Typed> {
        self.is_changed.then(|| self.entered())
    }

    fn retype(&mut self, typed: &Typed) {
        for (name, text) in typed {
            match name.as_str() {
                "stance" => self.stance = of_five(text),
                "calm" => self.calm = of_five(text),
                "engaged" => self.engaged = of_five(text),
                "first" => self.first = text.parse().ok(),
                "expansion" => self.expansion = text.parse().ok(),
                "contraction" => self.contraction = text.parse().ok(),
                "touched" => self.touched = text.parse().ok(),
                "moment" => self.moment = TextLine::new(text),
                "came-up" => self.came_up = text.split(' ').filter_map(|place| place.parse().ok()).collect(),
                "kept" => self.kept = ["no", "yes"].iter().position(|word| word == text).map(|at| at == 1),
                "if-then" => self.if_then = TextLine::new(text),
                // A draft is read from a file, which another version may have written.
                _ => {}
            }
        }
        self.is_changed = true;
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        self.draw_items(buffer, area, sight);
    }
}

/// A number of a draft on a scale of five.
fn of_five(text: &str) -> Option<u8> {
    text.parse().ok().filter(|number| (1..=5).contains(number))
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
