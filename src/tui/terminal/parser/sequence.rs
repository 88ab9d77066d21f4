//! Control sequences: which of them are keys, clicks and brackets of a paste. Every other one is an answer and says
//! nothing. The tables are those of xterm, the Linux console, rxvt and the keyboard protocol of kitty.

use crossterm::event::{Event, KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{BEL, Beginning, ESC, LONGEST_STRING, key};

/// The terminator of strings as one byte, or as the second of its letter in UTF-8.
const ST: u8 = 0x9c;

/// The letter that stands behind `ESC` at the beginning of bytes, and how many bytes both took. As a control of eight
/// bits the two are one byte, 64 above the letter, or the letter of UTF-8 with that number.
pub(super) const fn introducer(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [ESC, letter, ..] => Some((*letter, 2)),
        [0xc2, control @ 0x80..=0x9f, ..] => Some((*control - 0x40, 2)),
        // Followed by another such byte it is the rest of a letter whose beginning was lost.
        [0x80..=0x9f, 0x80..=0xbf, ..] => None,
        [control @ 0x80..=0x9f, ..] => Some((*control - 0x40, 1)),
        _ => None,
    }
}

/// Whether a byte ends a string as the control of eight bits: in the middle of a letter of UTF-8 it is a part of that.
pub(super) fn is_terminator(bytes: &[u8], at: usize) -> bool {
    if bytes[at] != ST {
        return false;
    }
    let mut before = bytes[..at].iter().rev().take(3);
    let continued = before.clone().take_while(|byte| matches!(byte, 0x80..=0xbf)).count();
    let length = match before.nth(continued) {
        Some(0xc3..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        // The letter U+009C, which is the terminator itself, begins with 0xc2.
        _ => 0,
    };
    length < continued + 2
}

/// The sequence at the beginning of bytes that begin with `ESC [`, or what stands for it, in so many bytes.
pub(super) fn control_sequence(bytes: &[u8], introducer: usize) -> Beginning {
    let rest = &bytes[introducer..];
    match rest {
        // The Linux console says F1 to F5 so; `[` would otherwise end the sequence.
        [b'[', letter, ..] => return Beginning::Whole(console_key(*letter), introducer + 2),
        // A click as xterm said it before its places were digits: three bytes of any value.
        [b'M', button, column, row, ..] => {
            return Beginning::Whole(old_click(*button, *column, *row), introducer + 4);
        }
        [] | [b'['] | [b'M', ..] => return Beginning::Unfinished,
        _ => {}
    }
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            0x20..=0x3f if at < LONGEST_STRING => {}
            0x40..=0x7e => return said(&rest[..at], *byte, introducer + at + 1),
            // Cut off by something that stands in no sequence: that begins anew.
            _ => return Beginning::Whole(None, introducer + at),
        }
    }
    Beginning::Unfinished
}

/// What a whole sequence says that took so many bytes.
fn said(parameters: &[u8], last: u8, count: usize) -> Beginning {
    if (parameters, last) == (b"200", b'~') {
        return Beginning::PasteBegins(count);
    }
    let text = String::from_utf8_lossy(parameters).into_owned();
    let event = match text.strip_prefix('<') {
        Some(places) => click(&places.replace(':', ";"), last),
        // Marked as private, or with a letter between: only answers are.
        None if text.contains(|c: char| !c.is_ascii_digit() && c != ';' && c != ':') => None,
        None => key_of(&text, last),
    };
    Beginning::Whole(event, count)
}

fn numbers(text: &str) -> Vec<u32> {
    text.split([';', ':']).map(|number| number.parse().unwrap_or(0)).collect()
}

fn key_of(parameters: &str, last: u8) -> Option<Event> {
    let fields: Vec<Vec<u32>> = parameters.split(';').map(numbers).collect();
    let at = |index: usize| fields.get(index).and_then(|field| field.first().copied()).unwrap_or(0);
    // Whether it was pressed (1), repeated (2) or released (3): a release would double every key.
    if fields.get(1).and_then(|field| field.get(1)) == Some(&3) {
        return None;
    }
    let modifiers = modifiers_of(at(1));
    let code = match last {
        // Where the cursor stands is said in the same letter, with a row and a column.
        b'R' if !parameters.is_empty() => return None,
        b'u' => return kitty_key(at(0), modifiers),
        b'I' if parameters.is_empty() => return Some(Event::FocusGained),
        b'O' if parameters.is_empty() => return Some(Event::FocusLost),
        b'M' => return click_of_rxvt(&[at(0), at(1), at(2)]),
        b'Z' => return Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        // xterm's own way of saying any key with its modifiers, older than the one of kitty.
        b'~' if at(0) == 27 => return kitty_key(at(2), modifiers),
        b'~' => numbered_key(at(0))?,
        // rxvt puts Ctrl and Shift into the last byte, where the others have a number for them.
        b'^' => return Some(key(numbered_key(at(0))?, KeyModifiers::CONTROL)),
        b'a'..=b'd' => return Some(key(named_key(last.to_ascii_uppercase())?, KeyModifiers::SHIFT)),
        // With a number that is no modifier they are answers, such as the size of the window.
        _ if at(0) > 1 || at(1) > 16 => return None,
        _ => named_key(last)?,
    };
    Some(key(code, modifiers))
}

/// Which keys are held: one more than the sum of 1 for shift, 2 for alt, 4 for control.
fn modifiers_of(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

const fn named_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn numbered_key(number: u32) -> Option<KeyCode> {
    // The gaps are those of the VT220, whose function keys stood in groups.
    let from = |first: u32, name: u32| u8::try_from(number - first + name).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => from(11, 1),
        17..=21 => from(17, 6),
        23..=26 => from(23, 11),
        28..=29 => from(28, 15),
        31..=34 => from(31, 17),
        _ => None,
    }
}

/// A key said by the number of its letter.
fn kitty_key(number: u32, modifiers: KeyModifiers) -> Option<Event> {
    let code = match number {
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        // Its numbers for keys that are no letter, shift and the like among them.
        57344..=63743 => return None,
        _ => {
            let letter = char::from_u32(number).filter(|letter| !letter.is_control())?;
            // Shift is not in the letter there, which is the one of the key without it.
            let upper = letter.to_uppercase().next().filter(|_| modifiers.contains(KeyModifiers::SHIFT));
            KeyCode::Char(upper.unwrap_or(letter))
        }
    };
    Some(key(code, modifiers))
}

const fn console_key(letter: u8) -> Option<Event> {
    match letter {
        b'A'..=b'E' => Some(key(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)),
        _ => None,
    }
}

/// A key as `ESC O` and a letter: arrows and the like in application mode, and the number pad.
pub(super) fn application_key(letter: u8) -> Option<Event> {
    let code = match letter {
        b'M' => KeyCode::Enter,
        b'I' => KeyCode::Tab,
        // The number pad, whose letters lie as far apart as the signs from `*` to `9` do.
        b'j'..=b'y' => KeyCode::Char(char::from(letter - b'j' + b'*')),
        b'a'..=b'd' => {
            return Some(key(named_key(letter.to_ascii_uppercase())?, KeyModifiers::CONTROL));
        }
        _ => named_key(letter)?,
    };
    Some(key(code, KeyModifiers::NONE))
}

fn click(places: &str, last: u8) -> Option<Event> {
    let numbers = numbers(places);
    let [button, column, row] = numbers.as_slice() else { return None };
    match last {
        b'M' => mouse(*button, *column, *row),
        b'm' => mouse(3, *column, *row),
        _ => None,
    }
}

fn click_of_rxvt(numbers: &[u32; 3]) -> Option<Event> {
    // rxvt writes the button as a letter would have it, 32 higher, but its places as they are.
    mouse(numbers[0].checked_sub(32)?, numbers[1], numbers[2])
}

fn old_click(button: u8, column: u8, row: u8) -> Option<Event> {
    let [button, column, row] = [button, column, row].map(|byte| u32::from(byte).saturating_sub(32));
    mouse(button, column, row)
}

/// A click or a turn of the wheel; places count from one.
fn mouse(button: u32, column: u32, row: u32) -> Option<Event> {
    let place = |number: u32| u16::try_from(number.checked_sub(1)?).ok();
    // The bits taken out are shift, alt and control; 32 says a mere move, 64 the wheel.
    let kind = match button & !0b1_1100 {
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ if button & 32 != 0 => return None,
        0 => MouseEventKind::Down(MouseButton::Left),
        1 => MouseEventKind::Down(MouseButton::Middle),
        2 => MouseEventKind::Down(MouseButton::Right),
        3 => MouseEventKind::Up(MouseButton::Left),
        _ => return None,
    };
    let held = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers =
        held.into_iter().filter(|(bit, _)| button & bit != 0).map(|(_, modifier)| modifier).collect();
    Some(Event::Mouse(MouseEvent { kind, column: place(column)?, row: place(row)?, modifiers }))
}

/// How many bytes an answer takes whose `ESC` was taken for the key: its shape is one that nobody types, and its end
/// is there.
pub(super) fn answer_without_escape(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b']', b'0'..=b'9', ..] | [b'P', b'0'..=b'9' | b'>' | b'$' | b'+' | b'!', ..] | [b'_', b'G', ..] => {
            end_of_string(bytes)
        }
        // A message or a string of any words: nobody types its terminator in the same moment.
        [b'^' | b'X', ..] => end_of_string(bytes),
        // Whether the window has the keyboard, which is told in one read; fingers take two.
        [b'[', b'I' | b'O'] => Some(2),
        // A click as older terminals tell it: its button and its place, a byte each.
        [b'[', b'M', _, _, _, ..] => Some(5),
        [b'[', b'?' | b'>' | b'=' | b'<' | b'0'..=b'9', rest @ ..] => {
            let at = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
            (0x40..=0x7e).contains(&rest[at]).then_some(at + 3)
        }
        _ => None,
    }
}

/// How many bytes the rest of a control string takes.
pub(super) fn rest_of_string(bytes: &[u8]) -> Option<usize> {
    let end = end_of_string(bytes)?;
    // Answers hold no blank and no letter with an accent; what a person typed meanwhile soon does.
    let is_answer = |byte: &u8| byte.is_ascii_graphic() || [BEL, ESC, 0xc2, ST].contains(byte);
    bytes[..end].iter().all(is_answer).then_some(end)
}

fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let at = (0..bytes.len()).find(|at| [BEL, ESC].contains(&bytes[*at]) || is_terminator(bytes, *at))?;
    match (bytes[at], bytes.get(at + 1)) {
        (BEL | ST, _) => Some(at + 1),
        (_, Some(b'\\')) => Some(at + 2),
        _ => None,
    }
}
