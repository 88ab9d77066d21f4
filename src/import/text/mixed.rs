//! Bytes that do not belong: zeros within text, and lines in another encoding than the rest, as somebody who pastes rows
//! from another file leaves them. What can be read is read, and told with its line.

use encoding_rs::WINDOWS_1252;

use super::kind::{TextError, line_of};
use super::utf16_by_zeros;

/// So many zero bytes may be in a file that is otherwise text.
const ZEROS: usize = 16;

/// The bytes without their few zeros; `None` if there are none, or if zeros are how the file is written.
///
/// # Errors
/// With the line of the first, when the file is no text.
pub(super) fn without_zeros(bytes: &[u8], notes: &mut Vec<String>) -> Result<Option<Vec<u8>>, TextError> {
    // In UTF-16 half of the bytes of a Western text are zeros.
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if has_mark || utf16_by_zeros(bytes).is_some() {
        return Ok(None);
    }
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(at, _)| at);
    let zeros: Vec<usize> = places.take(ZEROS + 1).collect();
    let Some(first) = zeros.first() else { return Ok(None) };
    let line = line_of(bytes, *first);
    let is_control =
        |byte: &u8| *byte != 0 && *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    // In a short file a few zeros are already most of what it holds.
    if zeros.len() > ZEROS || zeros.len() * 4 > bytes.len() || bytes.iter().any(is_control) {
        return Err(TextError::Binary { line });
    }
    notes.push(match zeros.len() {
        1 => format!("a zero byte in line {line} was left out"),
        count => format!("{count} zero bytes were left out, the first of them in line {line}"),
    });
    Ok(Some(bytes.iter().copied().filter(|byte| *byte != 0).collect()))
}

/// The text of a file of which most lines with letters beyond ASCII are UTF-8, and some are not; `None` for any other.
pub(super) fn line_by_line(bytes: &[u8], notes: &mut Vec<String>) -> Option<(String, &'static str)> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || std::str::from_utf8(bytes).is_ok()
    {
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let (mut good, mut odd) = (0, Vec::new());
    for (index, line) in lines().enumerate() {
        match std::str::from_utf8(line) {
            Ok(text) => good += usize::from(!text.is_ascii()),
            Err(_) => odd.push(index + 1),
        }
    }
    // In a file of an old code page hardly any line happens to be UTF-8 as well.
    if good < odd.len().max(1) {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for line in lines() {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    let first = odd.first()?;
    notes.push(match odd.len() {
        1 => format!("line {first} writes letters in another way than the rest (windows-1252, not UTF-8): look at its accents"),
        count => format!(
            "{count} lines write letters in another way than the rest (windows-1252, not UTF-8), the first of them line {first}: look at their accents"
        ),
    });
    Some((text, "UTF-8"))
}

/// Says that letters were lost before the file came here.
pub(super) fn lost_letters(text: &str) -> Option<String> {
    let at = text.find('\u{fffd}')?;
    let line = 1 + text[..at].matches('\n').count();
    Some(format!("letters were lost before this file was written, as in line {line} (\u{fffd})"))
}
