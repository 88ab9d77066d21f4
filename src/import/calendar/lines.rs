//! Lines of a calendar: folds undone before decoding, because a fold may cut a letter in two.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::domain::bounds::CELL;
use crate::import::text::utf16_by_zeros;

/// A line with its folds undone.
pub(super) struct IcsLine {
    /// Where it begins in the file, from 1.
    pub(super) number: usize,
    pub(super) text: String,
    /// It is longer than a line may be; its end was left out.
    pub(super) is_cut: bool,
    /// A byte that no text has stood in it, and is left out.
    pub(super) has_nul: bool,
}

/// A line cut into name, parameters and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) name: String,
    params: Vec<(String, String)>,
    /// As it stands, nothing unescaped.
    pub(super) value: String,
}

/// The bytes as UTF-8, without a mark, in lines that end as they are cut.
pub(super) fn recoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_8 => bytes[length..].into(),
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned().into_bytes().into(),
        // The other half of what is written so has no mark: it was cut off, or never written.
        None => match utf16_by_zeros(bytes) {
            Some(encoding) => encoding.decode(bytes).0.into_owned().into_bytes().into(),
            None => Cow::from(bytes),
        },
    };
    with_line_feeds(text)
}

/// Lines that end in a carriage return alone, as old programs wrote them; a single one within a line is no end of it.
fn with_line_feeds(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let is_end = |at: usize, end: u8| text.get(at) == Some(&end);
    let alone = |at: usize| is_end(at, b'\r') && !is_end(at + 1, b'\n');
    let count = |is_it: &dyn Fn(usize) -> bool| (0..text.len()).filter(|at| is_it(*at)).count();
    if !text.contains(&b'\r') || count(&alone) <= count(&|at| is_end(at, b'\n')) {
        return text;
    }
    let ends = (0..text.len()).map(|at| if alone(at) { b'\n' } else { text[at] });
    ends.collect::<Vec<u8>>().into()
}

/// Unfolds and decodes, one line at a time; blank lines are left out.
pub(super) fn unfold(bytes: &[u8]) -> impl Iterator<Item = IcsLine> {
    let split = bytes.split(|byte| *byte == b'\n').enumerate();
    let mut lines =
        split.map(|(index, line)| (index + 1, line.strip_suffix(b"\r").unwrap_or(line))).peekable();
    std::iter::from_fn(move || {
        let (number, first) = lines.find(|(_, line)| !line.is_empty())?;
        let mut open = first[..first.len().min(CELL)].to_vec();
        let mut is_cut = first.len() > CELL;
        while let Some((_, fold)) =
            // An empty line is taken for a fold of nothing: where line ends were doubled on the way, what
            // follows still belongs here.
            lines.next_if(|(_, line)| matches!(line.first(), None | Some(b' ' | b'\t')))
        {
            is_cut |= open.len() + fold.len() > CELL;
            if !is_cut {
                // Only the first blank is the fold; more of them belong to the text (RFC 5545, 3.1).
                open.extend_from_slice(fold.get(1..).unwrap_or_default());
            }
        }
        let has_nul = open.contains(&0);
        if has_nul {
            open.retain(|byte| *byte != 0);
        }
        Some(IcsLine { number, text: decode(&open), is_cut, has_nul })
    })
}

fn decode(line: &[u8]) -> String {
    match std::str::from_utf8(line) {
        Ok(text) => text.trim_start().to_owned(),
        // Only this line: files are put together from several sources, and the other lines may be sound.
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0.trim_start().to_owned(),
    }
}

impl Property {
    pub(super) fn named(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), params: Vec::new(), value: value.to_owned() }
    }

    /// Cuts a line; quotes protect colons and semicolons within parameters.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut is_quoted = false;
        let mut cuts = Vec::new();
        let mut value_at = None;
        for (index, letter) in line.char_indices() {
            match letter {
                '"' => is_quoted = !is_quoted,
                ';' if !is_quoted => cuts.push(index),
                ':' if !is_quoted => {
                    value_at = Some(index);
                    break;
                }
                _ => {}
            }
        }
        let value_at = behind_zone(line, value_at?);
        cuts.push(value_at);
        // RFC 5545 takes names in letters of any case.
        let name = line[..cuts[0]].trim().to_uppercase();
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let params = cuts.windows(2).filter_map(|pair| line[pair[0] + 1..pair[1]].split_once('='));
        let params = params
            .map(|(name, value)| (name.trim().to_uppercase(), without_carets(value.trim().trim_matches('"'))))
            .collect();
        is_name.then(|| Self { name, params, value: line[value_at + 1..].to_owned() })
    }

    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as text: escapes undone.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value).trim().to_owned()
    }
}

/// Where the value begins of a line whose zone has a colon in its name and no quotes around it, as in
/// `TZID=(UTC+01:00) Paris:20261124T100000`: a day or a time has none.
fn behind_zone(line: &str, colon: usize) -> usize {
    const TIMES: [&str; 6] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "DUE"];
    let head = line[..colon].to_ascii_uppercase();
    let is_time = head.split_once(';').is_some_and(|(name, _)| TIMES.contains(&name.trim()));
    let is_open =
        head.rsplit_once("TZID=").is_some_and(|(_, zone)| zone.contains('(') && !zone.contains(')'));
    if is_time && is_open { line.rfind(':').unwrap_or(colon) } else { colon }
}

/// What a parameter says: a quote cannot stand in one, and is written with a caret (RFC 6868).
fn without_carets(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = match (letter, letters.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('\'')) => '"',
            ('^', Some('^')) => '^',
            _ => {
                text.push(letter);
                continue;
            }
        };
        letters.next();
        text.push(meant);
    }
    text
}

/// A text with its escapes undone.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(usize, String)> {
        unfold(bytes).map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn a_fold_is_one_letter_and_lines_keep_their_numbers() {
        let found = texts(b"A:one\r\n  two\r\n\tthree\r\n\r\nB:four\n\n \nC:five");
        let said: Vec<(usize, &str)> = found.iter().map(|(number, text)| (*number, text.as_str())).collect();
        assert_eq!(said, [(1, "A:one twothree"), (5, "B:four"), (8, "C:five")]);
    }

    #[test]
    fn a_line_in_an_old_code_page_does_not_cost_the_others() {
        let found = texts(b"SUMMARY:Caf\xe9\nSUMMARY:Caf\xc3\xa9");
        assert_eq!(found[0].1, "SUMMARY:Café");
        assert_eq!(found[1].1, "SUMMARY:Café");
    }

    #[test]
    fn what_is_longer_than_a_line_may_be_is_left_out_by_whole_folds() {
        let long = [b"A:".as_slice(), &vec![b'x'; CELL - 2], b"\n yz\n w\nB:b"].concat();
        let found: Vec<IcsLine> = unfold(&long).collect();
        assert_eq!((found[0].text.len(), found[0].is_cut), (CELL, true));
        assert!(!found[0].text.ends_with('w'), "nothing follows what was left out");
        assert_eq!((found[1].text.as_str(), found[1].number, found[1].is_cut), ("B:b", 4, false));
    }

    #[test]
    fn quotes_protect_what_cuts_a_line() {
        let found = Property::read("attendee;cn=\"Hall; Marcus: CEO\";RSVP=TRUE:mailto:m@x.example").unwrap();
        assert_eq!((found.name.as_str(), found.value.as_str()), ("ATTENDEE", "mailto:m@x.example"));
        assert_eq!(found.param("CN"), Some("Hall; Marcus: CEO"));
        assert_eq!((found.param("RSVP"), found.param("ROLE")), (Some("TRUE"), None));
        let found = Property::read("DTSTART;TZID=(UTC+01:00) Bern\\, Rome:20261124T100000").unwrap();
        assert_eq!(found.value, "20261124T100000");
        assert_eq!(found.param("TZID"), Some("(UTC+01:00) Bern\\, Rome"));
        let found = Property::read("DTSTART;TZID=Bern:2026-11-24T10:00:00").unwrap();
        assert_eq!(found.value, "2026-11-24T10:00:00", "an odd time is told as it stands");
        for line in ["no value", "two words:x", ":x", "A;CN=\"never closed:x", "é:x"] {
            assert_eq!(Property::read(line), None, "{line}");
        }
    }

    #[test]
    fn escapes_are_undone_once() {
        let text = |value: &str| Property::named("SUMMARY", value).text();
        assert_eq!(text(r"Sign-off\, then\; home\nand \Nsleep"), "Sign-off, then; home\nand \nsleep");
        assert_eq!(text(r"C:\\new"), r"C:\new");
        assert_eq!(text("  ends in half an escape \\"), "ends in half an escape");
    }

    #[test]
    fn a_mark_of_order_says_how_the_bytes_are_read() {
        assert_eq!(recoded(b"\xef\xbb\xbfA:b").as_ref(), b"A:b");
        assert_eq!(recoded(b"\xfe\xff\0A\0:\0\xe9").as_ref(), "A:é".as_bytes());
        assert_eq!(recoded(b"A:b").as_ref(), b"A:b");
        let bare = |unit: fn(u16) -> [u8; 2]| {
            "BEGIN:VCALENDAR\r\né".encode_utf16().flat_map(unit).collect::<Vec<u8>>()
        };
        for bytes in [bare(u16::to_le_bytes), bare(u16::to_be_bytes)] {
            assert_eq!(recoded(&bytes).as_ref(), "BEGIN:VCALENDAR\r\né".as_bytes());
        }
    }

    #[test]
    fn a_carriage_return_ends_a_line_where_lines_end_so() {
        let said = |bytes: &[u8]| texts(&recoded(bytes));
        let lines = [(1, "A:one two".to_owned()), (3, "B:three".to_owned())];
        assert_eq!(said(b"A:one\r  two\rB:three\r"), lines);
        assert_eq!(said(b"A:one\n  two\nB:x\ry\n")[1].1, "B:x\ry");
        assert_eq!(said(b"A:one\r\n  two\r\nB:three\r\n"), lines);
    }

    #[test]
    fn carets_of_a_parameter_stand_for_what_it_cannot_hold() {
        let found = Property::read("ATTENDEE;CN=^'Nick^' Jones^^^n^x;X=a^:mailto:n@x.example").unwrap();
        assert_eq!(found.param("CN"), Some("\"Nick\" Jones^\n^x"));
        assert_eq!(found.param("X"), Some("a^"));
    }
}
