//! Bytes of the terminal as keys, pastes and clicks. What a terminal answers is no key: control strings (OSC, DCS,
//! APC, PM, SOS) and control sequences that no key sends are swallowed whole, in however many reads they come, and
//! however late, with `ESC` and a letter or as the one C1 control that stands for both.
//!
//! crossterm reads `ESC ]` and `ESC P` as Alt with a letter and types the rest, and it cannot be taught otherwise; so
//! the bytes are read here, and crossterm only writes. Its names for keys stay, since every part of the cockpit has them.

pub mod report;
mod sequence;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::domain::bounds;
use crate::tui::view::theme::Ground;

/// How long after `ESC` the rest of a sequence may come; after that it was the key. Over a slow line the two come
/// apart, and a person does not see a tenth of a second on the way out of something.
const ESCAPE_WAIT: Duration = Duration::from_millis(80);

/// How long a sequence may take from its first byte to its last.
const SEQUENCE_WAIT: Duration = Duration::from_millis(500);

/// A string that takes longer goes on as long as its bytes come closer than this: over a slow line they do, under fingers
/// they do not. Cut by its time alone, the rest of a long answer would act as keys.
const TRICKLE_WAIT: Duration = Duration::from_millis(50);

/// How long a paste may pause before what came of it is taken.
const PASTE_WAIT: Duration = Duration::from_secs(2);

/// How long after `ESC`, or after a string that did not end in time, its rest is still known for what it is.
const LATE_WAIT: Duration = Duration::from_secs(2);

/// How long a control string can be.
// The one answer that is asked for, a colour, has some thirty bytes; a string without an end must not eat keys
// for ever.
const LONGEST_STRING: usize = 4096;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const CTRL_C: u8 = 0x03;
const PASTE_END: &[u8] = b"\x1b[201~";

/// What was cut off by the time, so that its rest can be known when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CutOff {
    /// An `ESC` that was taken for the key.
    Escape,
    /// A control string whose end had not come.
    String,
    /// A paste whose closing bracket had not come.
    Paste,
}

/// Reads bytes in whatever pieces they come.
#[derive(Debug, Default)]
pub struct KeyParser {
    /// What is not yet understood; it begins with the byte that began it.
    waiting: Vec<u8>,
    /// When the first byte of what waits came.
    since: Option<Instant>,
    /// When the last byte came.
    newest: Option<Instant>,
    /// Text between the brackets of a paste that is under way.
    paste: Option<Vec<u8>>,
    cut_off: Option<(CutOff, Instant)>,
    /// What the terminal told of its ground since it was last taken.
    ground: Option<Ground>,
}

/// What the bytes at the beginning of the buffer are.
enum Beginning {
    /// Something, or nothing worth telling, and how many bytes it took.
    Whole(Option<Event>, usize),
    /// A paste begins behind so many bytes.
    PasteBegins(usize),
    /// It may go on.
    Unfinished,
}

impl KeyParser {
    /// What bytes say that came at a moment.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        // The time may have been up before the bytes were read, if something else took it.
        if self.deadline().is_some_and(|deadline| deadline + ESCAPE_WAIT < now) {
            events = self.expire(now);
        }
        let bytes = self.without_late_rest(bytes, now, &mut events);
        if bytes.is_empty() {
            return events;
        }
        // A sequence has its time from its first byte on, or a trickle would keep it open for ever; a paste has
        // it for each pause.
        if self.waiting.is_empty() || self.paste.is_some() {
            self.since = Some(now);
        }
        self.newest = Some(now);
        self.waiting.extend_from_slice(bytes);
        self.understand(now, &mut events);
        events
    }

    /// True if the terminal told of its ground and nobody took it yet.
    pub const fn has_ground(&self) -> bool {
        self.ground.is_some()
    }

    /// What the terminal told of its ground, once.
    pub const fn take_ground(&mut self) -> Option<Ground> {
        self.ground.take()
    }

    /// When to ask [`KeyParser::expire`], if nothing comes before.
    pub fn deadline(&self) -> Option<Instant> {
        let wait = match (&self.paste, self.waiting.as_slice()) {
            (Some(_), _) => PASTE_WAIT,
            (None, []) => return None,
            (None, [ESC]) => ESCAPE_WAIT,
            (None, _) => SEQUENCE_WAIT,
        };
        let trickle = match sequence::introducer(&self.waiting) {
            Some((letter, count))
                if self.waiting.len() > count && (letter == b'[' || begins_string(letter)) =>
            {
                self.newest.map(|newest| newest + TRICKLE_WAIT)
            }
            _ => None,
        };
        self.since.map(|since| since + wait).max(trickle)
    }

    /// What was meant by a sequence whose rest did not come in time: the keys that begin sequences are keys as well.
    pub fn expire(&mut self, now: Instant) -> Vec<Event> {
        if self.deadline().is_none_or(|deadline| deadline > now) {
            return Vec::new();
        }
        let waiting = std::mem::take(&mut self.waiting);
        self.since = None;
        if let Some(mut text) = self.paste.take() {
            self.cut_off = Some((CutOff::Paste, now));
            keep(&mut text, &waiting);
            return vec![pasted(&text)];
        }
        match waiting.as_slice() {
            [ESC] => {
                self.cut_off = Some((CutOff::Escape, now));
                vec![key(KeyCode::Esc, KeyModifiers::NONE)]
            }
            // The letters that begin sequences, such as `[` with Alt: any other of ASCII was whole at once.
            [ESC, letter] => vec![key(KeyCode::Char(char::from(*letter)), alt(*letter))],
            bytes if sequence::introducer(bytes).is_some_and(|(letter, _)| begins_string(letter)) => {
                self.cut_off = Some((CutOff::String, now));
                Vec::new()
            }
            // Half a key, half a click, half a letter: nothing that anybody could have meant.
            _ => Vec::new(),
        }
    }

    fn understand(&mut self, now: Instant, events: &mut Vec<Event>) {
        loop {
            if self.paste.is_some() {
                if !self.paste_goes_on(events) {
                    return;
                }
                continue;
            }
            if self.waiting.is_empty() {
                self.since = None;
                return;
            }
            match first(&self.waiting) {
                Beginning::Whole(event, count) => {
                    events.extend(event);
                    self.ground = report::ground(&self.waiting[..count]).or(self.ground);
                    self.waiting.drain(..count);
                    self.since = Some(now);
                }
                Beginning::PasteBegins(count) => {
                    self.waiting.drain(..count);
                    self.paste = Some(Vec::new());
                }
                Beginning::Unfinished => return,
            }
        }
    }

    /// Takes what waits into the paste; true if it ended and something may follow.
    fn paste_goes_on(&mut self, events: &mut Vec<Event>) -> bool {
        let Some(mut text) = self.paste.take() else { return true };
        let Some(at) = find(&self.waiting, PASTE_END) else {
            // The end may have come in part.
            let sure = self.waiting.len().saturating_sub(PASTE_END.len() - 1);
            keep(&mut text, &self.waiting[..sure]);
            self.waiting.drain(..sure);
            self.paste = Some(text);
            return false;
        };
        keep(&mut text, &self.waiting[..at]);
        self.waiting.drain(..at + PASTE_END.len());
        events.push(pasted(&text));
        true
    }

    /// Bytes without the rest of something that was cut off by the time: an answer that is half a second late must not
    /// be typed. Told by its shape and its end, so that what a person types is never taken for it.
    fn without_late_rest<'a>(&mut self, bytes: &'a [u8], now: Instant, events: &mut Vec<Event>) -> &'a [u8] {
        // Only what comes next can be the rest: behind it stands what somebody typed.
        let Some((what, when)) = self.cut_off.take() else { return bytes };
        if now.saturating_duration_since(when) > LATE_WAIT {
            return bytes;
        }
        let rest = match what {
            CutOff::Escape => sequence::answer_without_escape(bytes),
            CutOff::String => sequence::rest_of_string(bytes),
            CutOff::Paste => find(bytes, PASTE_END).map(|at| {
                events.push(pasted(&bytes[..at]));
                at + PASTE_END.len()
            }),
        };
        &bytes[rest.unwrap_or(0)..]
    }
}

/// What stands at the beginning of bytes that are not empty.
fn first(bytes: &[u8]) -> Beginning {
    match sequence::introducer(bytes) {
        Some((b'[', count)) => return sequence::control_sequence(bytes, count),
        Some((b'O', count)) => {
            return bytes.get(count).map_or(Beginning::Unfinished, |letter| {
                Beginning::Whole(sequence::application_key(*letter), count + 1)
            });
        }
        Some((letter, count)) if begins_string(letter) => return control_string(bytes, count),
        _ => {}
    }
    match bytes {
        [ESC] => Beginning::Unfinished,
        // Alt with an arrow, as rxvt and PuTTY send it. Only where all of it is there: whoever presses Esc and then an
        // arrow sends the two apart.
        [ESC, ESC, b'[' | b'O', ..] => match first(&bytes[1..]) {
            Beginning::Whole(Some(Event::Key(pressed)), count) => {
                let with_alt = KeyEvent::new(pressed.code, pressed.modifiers | KeyModifiers::ALT);
                Beginning::Whole(Some(Event::Key(with_alt)), count + 1)
            }
            _ => Beginning::Whole(Some(key(KeyCode::Esc, KeyModifiers::NONE)), 1),
        },
        // A second press, or the beginning of something else.
        [ESC, ESC, ..] => Beginning::Whole(Some(key(KeyCode::Esc, KeyModifiers::NONE)), 1),
        [ESC, rest @ ..] => match letter(rest) {
            Beginning::Whole(Some(Event::Key(pressed)), count) => {
                let with_alt = KeyEvent::new(pressed.code, pressed.modifiers | KeyModifiers::ALT);
                Beginning::Whole(Some(Event::Key(with_alt)), count + 1)
            }
            Beginning::Whole(event, count) => Beginning::Whole(event, count + 1),
            other => other,
        },
        _ => letter(bytes),
    }
}

/// Whether `ESC` with a letter begins a string that goes on to its terminator: DCS, SOS, OSC, PM and APC.
const fn begins_string(letter: u8) -> bool {
    matches!(letter, b'P' | b'X' | b']' | b'^' | b'_')
}

/// A control string to its end, which is looked for behind the bytes of its introducer.
fn control_string(bytes: &[u8], introducer: usize) -> Beginning {
    for (at, byte) in bytes.iter().enumerate().skip(introducer).take(LONGEST_STRING) {
        match *byte {
            BEL | CAN => return Beginning::Whole(None, at + 1),
            // Whoever presses it wants out, and no answer holds it.
            CTRL_C => return Beginning::Whole(None, at),
            ESC => match bytes.get(at + 1) {
                None => return Beginning::Unfinished,
                // `ESC \` ends it; an ESC with anything else begins something of its own, and stays for that.
                Some(b'\\') => return Beginning::Whole(None, at + 2),
                Some(_) => return Beginning::Whole(None, at),
            },
            _ if sequence::is_terminator(bytes, at) => return Beginning::Whole(None, at + 1),
            _ => {}
        }
    }
    if bytes.len() >= introducer + LONGEST_STRING {
        Beginning::Whole(None, introducer + LONGEST_STRING)
    } else {
        Beginning::Unfinished
    }
}

/// A key that is one letter: a control letter, or a letter of UTF-8.
fn letter(bytes: &[u8]) -> Beginning {
    let Some(first) = bytes.first() else { return Beginning::Unfinished };
    let code = match first {
        b'\r' => KeyCode::Enter,
        b'\t' => KeyCode::Tab,
        0x7f => KeyCode::Backspace,
        0 => return Beginning::Whole(Some(key(KeyCode::Char(' '), KeyModifiers::CONTROL)), 1),
        0x01..=0x1a => return Beginning::Whole(Some(control(first - 1 + b'a')), 1),
        // As every terminal has them since the VT220: Ctrl with 4 to 7.
        0x1c..=0x1f => return Beginning::Whole(Some(control(first - 0x1c + b'4')), 1),
        _ => return utf8(bytes),
    };
    Beginning::Whole(Some(key(code, KeyModifiers::NONE)), 1)
}

/// One letter of UTF-8; bytes that are none are passed over, and so are controls of eight bits, which nobody types.
fn utf8(bytes: &[u8]) -> Beginning {
    let length = match bytes[0] {
        0x20..=0x7e => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Beginning::Whole(None, 1),
    };
    let there = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(there) {
        Ok(text) => Beginning::Whole(text.chars().next().filter(|c| !c.is_control()).map(typed), length),
        Err(error) if error.error_len().is_none() && there.len() < length => Beginning::Unfinished,
        // As far as it could have been a letter: the second byte of one would begin a control string.
        Err(error) => Beginning::Whole(None, error.error_len().unwrap_or(1)),
    }
}

fn typed(letter: char) -> Event {
    // As crossterm names a capital, for which a terminal sends the letter alone.
    let modifiers = if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(letter), modifiers)
}

fn control(letter: u8) -> Event {
    key(KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL)
}

fn alt(letter: u8) -> KeyModifiers {
    if letter.is_ascii_uppercase() { KeyModifiers::ALT | KeyModifiers::SHIFT } else { KeyModifiers::ALT }
}

const fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn pasted(text: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(text).into_owned())
}

/// Keeps a little more of a paste than a text may be long, so that it is refused with the reason and fills no memory.
fn keep(text: &mut Vec<u8>, more: &[u8]) {
    let room = (bounds::TEXT + 1024).saturating_sub(text.len());
    text.extend_from_slice(&more[..more.len().min(room)]);
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
