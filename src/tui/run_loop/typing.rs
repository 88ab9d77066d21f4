//! What one read of the terminal brought, as keys or as text that somebody pasted.
//!
//! Not every terminal and multiplexer puts brackets around a paste. Without them it is letters like any others, and
//! letters mean things: a pasted chat once renamed requests. Nobody types four different letters within one read, so
//! those are offered as a paste; what a held key repeats stays keys.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::Cockpit;
use crate::tui::app::effect::Effect;
use crate::tui::terminal::wait::Arrival;

/// How soon the next piece of a paste comes.
const NEXT_PIECE: Duration = Duration::from_millis(60);

/// How long a quick hand takes for a letter.
const TYPING: Duration = Duration::from_millis(40);

/// How soon after a digit a key that moves makes it a count. Both hands type `5j` in less; who first looks at the screen
/// that a digit showed takes longer.
const COUNT_LIMIT: Duration = Duration::from_millis(200);

/// Neighbouring events of one read.
enum InputRun {
    /// Letters and what parts lines: text, if it was pasted.
    Letters(Vec<KeyEvent>),
    Other(Event),
}

fn parts(events: Vec<Event>) -> Vec<InputRun> {
    let mut parts = Vec::new();
    for event in events {
        match (event, parts.last_mut()) {
            (Event::Key(key), Some(InputRun::Letters(keys))) if character(key).is_some() => keys.push(key),
            (Event::Key(key), _) if character(key).is_some() => parts.push(InputRun::Letters(vec![key])),
            (event, _) => parts.push(InputRun::Other(event)),
        }
    }
    parts
}

/// The letter of a text that a key stands for.
fn character(key: KeyEvent) -> Option<char> {
    let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Enter => Some('\n'),
        // The end of a line in a paste without brackets: raw mode leaves a line feed as it is.
        KeyCode::Char('j') if with_control => Some('\n'),
        KeyCode::Tab => Some('\t'),
        KeyCode::Char(letter) if !with_control && !key.modifiers.contains(KeyModifiers::ALT) => Some(letter),
        _ => None,
    }
}

fn text(keys: &[KeyEvent]) -> String {
    keys.iter().filter_map(|key| character(*key)).collect()
}

/// True where the program was busy for long enough that somebody may have typed so many keys meanwhile.
fn is_typed_ahead(waited: Duration, keys: usize) -> bool {
    waited >= TYPING * u32::try_from(keys).unwrap_or(u32::MAX)
}

/// The letters among events, as text.
pub fn text_of(events: &[Event]) -> String {
    let key = |event: &Event| event.as_key_event().and_then(character);
    events.iter().filter_map(key).collect::<String>().trim_matches('\n').to_owned()
}

/// Performs an effect between two keys, wherever the cockpit runs.
pub type Perform<'a> = dyn FnMut(&mut Cockpit, Effect) -> io::Result<()> + 'a;

impl Cockpit {
    /// Takes what one read brought.
    ///
    /// # Errors
    /// When an effect on the terminal fails.
    pub fn take_arrival(&mut self, arrival: Arrival, perform: &mut Perform<'_>) -> io::Result<()> {
        // A terminal that lags sends a letter and an Enter in one read: what the letter opened was not seen by
        // who pressed Enter.
        let opened_before = self.app.opened;
        let Arrival { events, at, waited } = arrival;
        let is_alone = events.len() == 1;
        let is_ahead = is_typed_ahead(waited, events.len());
        let has_keys = events.iter().any(|event| matches!(event, Event::Key(_)));
        if has_keys && self.last_key.is_some_and(|last| at.saturating_duration_since(last) > COUNT_LIMIT) {
            self.app.lapse_count();
        }
        for part in parts(events) {
            match part {
                InputRun::Letters(keys) if self.is_paste(&keys, at, waited) => {
                    let is_more = self.pasting_until.is_some_and(|until| at < until);
                    self.pasting_until = Some(at + NEXT_PIECE);
                    self.finish_deferred();
                    self.attend();
                    let text = text(&keys);
                    let effects = if is_more {
                        self.app.paste_more(&text, &self.snapshot)
                    } else {
                        self.app.paste(&text, &self.snapshot)
                    };
                    self.perform_all(effects, perform)?;
                }
                InputRun::Letters(keys) => {
                    for key in keys {
                        let confirms = character(key) == Some('\n');
                        if confirms && !is_alone && !is_ahead && self.app.opened != opened_before {
                            let hint = "{accept} came with the keys that opened this: press it once more";
                            self.app.say(&self.snapshot.hints.say(hint));
                        } else {
                            self.take_event(Event::Key(key), perform)?;
                        }
                    }
                }
                InputRun::Other(event) => self.take_event(event, perform)?,
            }
        }
        if has_keys {
            // From when what they asked for was done: who types on while that takes long has not seen it yet.
            self.last_key = Some(at.max(Instant::now()));
        }
        Ok(())
    }

    fn is_paste(&self, keys: &[KeyEvent], at: Instant, waited: Duration) -> bool {
        let text = text(keys);
        // A long paste comes in pieces, and the last may be too short to tell it from keys.
        if self.pasting_until.is_some_and(|until| at < until) {
            return true;
        }
        // Typed ahead while the program was busy.
        if is_typed_ahead(waited, keys.len()) {
            return false;
        }
        // Where text is written letters harm nothing; only an Enter with more behind it would send what is half
        // there.
        if self.app.takes_text() {
            return text
                .trim_start_matches('\n')
                .split_once('\n')
                .is_some_and(|(_, more)| more.chars().any(|letter| letter != '\n'));
        }
        let mut letters = text.chars().filter(|letter| !letter.is_control());
        let first = letters.next();
        let is_one_letter =
            text.chars().filter(|letter| !letter.is_control()).all(|letter| Some(letter) == first);
        // Three behind the first. Keys that only move are let through: who moves to and fro over a slow line
        // sends many at once.
        letters.count() >= 3 && !is_one_letter && !keys.iter().all(|key| self.app.is_move(*key))
    }

    fn take_event(&mut self, event: Event, perform: &mut Perform<'_>) -> io::Result<()> {
        if !matches!(event, Event::Key(_)) {
            self.finish_deferred();
        }
        self.attend();
        let effects = match event {
            Event::Key(key) => self.app.key(key, &self.snapshot),
            Event::Paste(text) => self.app.paste(&text, &self.snapshot),
            Event::Mouse(mouse) => self.app.mouse(mouse, &self.snapshot),
            Event::FocusGained | Event::FocusLost | Event::Resize(..) => Vec::new(),
        };
        self.perform_all(effects, perform)
    }

    fn perform_all(&mut self, effects: Vec<Effect>, perform: &mut Perform<'_>) -> io::Result<()> {
        for effect in effects {
            perform(self, effect)?;
        }
        self.read_what_is_asked();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::COUNT_LIMIT;

    #[test]
    fn the_legend_says_how_long_a_digit_waits() {
        let legend = include_str!("../../../assets/legend.toml");
        assert!(COUNT_LIMIT.as_millis() == 200 && legend.contains("After a fifth of a second the digit"));
    }
}
