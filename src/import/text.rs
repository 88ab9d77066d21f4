//! Bytes to text: what the file is, how it is encoded, and lines that all end the same way.
//!
//! Order that works: byte order mark, valid UTF-8, UTF-16 by its zero bytes, then a guess among the
//! old code pages; a file that is UTF-8 but for some lines is read line by line. Archives, web pages and whatever
//! else is no table are refused by what they begin with.

mod kind;
mod macintosh;
mod mixed;
mod twice;
mod words;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

use crate::domain::bounds::FILE;
pub use kind::{TextError, looks_like_html};

/// What decides between code pages when a short text would do for several.
// The detector is told a top-level domain; that of the United Kingdom stands for Western code pages.
const WESTERN: Option<&[u8]> = Some(b"uk");

/// A file as text, and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, lines ending in `\n` alone.
    pub text: String,
    /// The encoding it was read with, `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Sentences about bytes that are odd, with their lines.
    pub notes: Vec<String>,
    /// There is more than is read of one file; the text ends with its last whole line.
    pub is_cut: bool,
}

/// Reads bytes as text.
///
/// # Errors
/// [`TextError`] when the bytes are no table of text; the message says what to do.
pub fn decode(bytes: &[u8]) -> Result<Decoded, TextError> {
    kind::refuse_by_beginning(bytes)?;
    let (head, is_cut) = within_a_file(bytes);
    let mut notes = Vec::new();
    // A stray zero byte is left out; more of them, and text that is none, are refused with the place.
    let clean = mixed::without_zeros(head, &mut notes)?;
    let head = clean.as_deref().unwrap_or(head);
    let (text, encoding) = if let Some(found) = mixed::line_by_line(head, &mut notes) {
        found
    } else {
        let encoding = encoding_of(head)?;
        if [WINDOWS_1252, WINDOWS_1250, MACINTOSH].contains(&encoding) {
            let other = if encoding == MACINTOSH { WINDOWS_1252 } else { MACINTOSH };
            notes.extend(words::could_be(head, encoding, other));
        }
        (encoding.decode(head).0.into_owned(), encoding.name())
    };
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let text = match twice::read_back(&text) {
        Some((meant, told)) => {
            notes.push(told);
            meant.unwrap_or(text)
        }
        None => text,
    };
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    kind::refuse_other_texts(&text)?;
    notes.extend(mixed::lost_letters(&text));
    Ok(Decoded { text, encoding, notes, is_cut })
}

/// What is read of one file, and whether there is more: up to its last line end, so that no letter is cut in
/// two. Of two bytes that are one letter the first is never kept alone.
pub fn within_a_file(bytes: &[u8]) -> (&[u8], bool) {
    let Some(head) = bytes.get(..FILE).filter(|head| head.len() < bytes.len()) else { return (bytes, false) };
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    (&head[..end & !1], true)
}

/// How bytes are written, by what they look like.
///
/// # Errors
/// When they are no text.
pub fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, TextError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(encoding);
    }
    // A zero is a letter of UTF-16 only, which is known by now not to be meant.
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(TextError::Binary { line: kind::line_of(bytes, at) });
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(WESTERN, Utf8Detection::Allow);
    // The detector knows no code page of the Mac.
    let is_western = guess == WINDOWS_1252 || guess == WINDOWS_1250;
    if is_western && macintosh::is_likely(bytes) {
        return Ok(MACINTOSH);
    }
    // Nor does one accent make a file of an alphabet from which it then has no letter.
    let has_letters = |text: &str| text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
    if !is_western && has_letters(&guess.decode_without_bom_handling(bytes).0) {
        return Ok(guess);
    }
    let first = if is_western { guess } else { WINDOWS_1252 };
    Ok(words::most_likely(bytes, &[first, MACINTOSH, WINDOWS_1250, WINDOWS_1252]).unwrap_or(first))
}

/// UTF-16 without a mark, known by the zero beside nearly every letter.
pub fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    if pairs < 2 {
        None
    // In UTF-16 nearly every Western letter has a zero beside it; a few signs, such as that of the euro, have
    // none.
    } else if zeros(1) * 10 >= pairs * 8 && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) * 10 >= pairs * 8 && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let with_mark = [b"\xFF\xFE".to_vec(), utf16le("Name;Zoë")].concat();
        let cyrillic = b"\xcd\xe0\xe7\xe2\xe0\xed\xe8\xe5;\xd1\xf0\xee\xea;\xca\xeb\xe8\xe5\xed\xf2";
        let table: [(&[u8], &str, &str); 7] = [
            (cyrillic, "windows-1251", "Название;Срок;Клиент"),
            (b"\xEF\xBB\xBFName,Zo\xC3\xAB", "UTF-8", "Name,Zoë"),
            (b"Name,Zo\xC3\xAB", "UTF-8", "Name,Zoë"),
            (b"Name;caf\xE9 men\xFC;\xA3 12", "windows-1252", "Name;café menü;£ 12"),
            (&with_mark, "UTF-16LE", "Name;Zoë"),
            (&utf16le("Name;Title"), "UTF-16LE", "Name;Title"),
            (b"a\r\nb\rc\n", "UTF-8", "a\nb\nc\n"),
        ];
        for (bytes, encoding, text) in table {
            let decoded = decode(bytes).unwrap();
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
        }
    }

    #[test]
    fn a_stray_zero_byte_is_left_out_and_told_with_its_place() {
        let decoded = decode(b"Title,Due\nFi\0lm,2026-12-04\n").unwrap();
        assert_eq!(decoded.text, "Title,Due\nFilm,2026-12-04\n");
        assert_eq!(decoded.notes, ["a zero byte in line 2 was left out"]);
    }

    #[test]
    fn lines_in_another_encoding_than_the_rest_are_read_and_told() {
        let mut bytes = "Title,Who\nPlakat für Zoë,Iris Novák\nMenü,Jörg\n".as_bytes().to_vec();
        bytes.extend(b"Caf\xE9,Ana\nplain,Bo\nM\xFCnchen,Cy\n");
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.ends_with("Café,Ana\nplain,Bo\nMünchen,Cy\n"), "{}", decoded.text);
        assert!(decoded.text.contains("Plakat für Zoë"));
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(
            decoded.notes,
            [
                "2 lines write letters in another way than the rest (windows-1252, not UTF-8), the first of them line 4: look at their accents"
            ]
        );
        // All of it in an old code page is no mixture.
        assert_eq!(decode(b"Caf\xE9,Ana\nM\xFCnchen,Cy\n").unwrap().notes, [""; 0]);
    }

    #[test]
    fn letters_that_were_lost_before_are_told() {
        let decoded = decode("Title\nCaf\u{fffd}\n".as_bytes()).unwrap();
        assert_eq!(
            decoded.notes,
            ["letters were lost before this file was written, as in line 2 (\u{fffd})"]
        );
    }

    #[test]
    fn a_mark_inside_the_file_stays() {
        assert_eq!(decode("a\u{feff}b".as_bytes()).unwrap().text, "a\u{feff}b");
    }

    #[test]
    fn what_is_no_table_is_refused_with_advice() {
        let table: [(&[u8], TextError); 14] = [
            (b"", TextError::Empty),
            (b"\xEF\xBB\xBF \n", TextError::Empty),
            (b"PK\x03\x04....[Content_Types].xml", TextError::Workbook),
            (b"PK\x03\x04....a.csv", TextError::Zip),
            (b"\n <!DOCTYPE HTML><p>", TextError::Html),
            (b"\xD0\xCF\x11\xE0\xA1", TextError::OldWorkbook),
            (b"a\nbc\0\x01\x02def,ghi", TextError::Binary { line: 2 }),
            (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", TextError::Calendar),
            (b"\xEF\xBB\xBFbegin:vcalendar\n", TextError::Calendar),
            (b"BEGIN:VCARD\nFN:Ana\n", TextError::Cards),
            (b" {\"cards\": [{\"name\": \"Film\"}]}", TextError::Json),
            (b"<?xml version=\"1.0\"?><Workbook>", TextError::Xml),
            (b"From: Kim <kim@x.example>\nSubject: Film\nDate: Fri\n\nby Friday\n", TextError::Mail),
            (b"\x1f\x8b\x08\0", TextError::Gzip),
        ];
        for (bytes, error) in table {
            assert_eq!(decode(bytes).unwrap_err(), error);
        }
    }
}
