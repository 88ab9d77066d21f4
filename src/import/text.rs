//! Bytes to text: what the file is, how it is encoded, and lines that all end the same way.
//!
//! Order that works: byte order mark, valid UTF-8, UTF-16 by its zero bytes, then a guess among the
//! old code pages. Workbooks, archives and web pages are refused by what they begin with.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::domain::bounds::FILE;

/// What decides between code pages when a short text would do for several.
const WESTERN: Option<&[u8]> = Some(b"uk");

/// Why bytes are not a table of text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// An `.xlsx` by any name.
    #[error("this is an Excel workbook; open it and save it as CSV")]
    Workbook,
    #[error("this is an old Excel workbook; open it and save it as CSV")]
    OldWorkbook,
    /// A zip archive, as a newer workbook is one.
    #[error("this is a zip archive; unpack it and import the CSV file inside")]
    Zip,
    /// A web page, most often the log-in page of the tool.
    #[error("this is a web page, perhaps a log-in page; export the CSV file again while logged in")]
    Html,
    #[error("this is a PDF; export the table as CSV instead")]
    Pdf,
    /// Zero bytes where text should be.
    #[error("this is not a text file")]
    Binary,
}

/// A file as text, and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, lines ending in `\n` alone.
    pub text: String,
    /// The encoding it was read with, `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// There is more than is read of one file; the text ends with its last whole line.
    pub is_cut: bool,
}

/// Reads bytes as text.
///
/// # Errors
/// [`TextError`] when the bytes are no table of text; the message says what to do.
pub fn decode(bytes: &[u8]) -> Result<Decoded, TextError> {
    refuse_by_beginning(bytes)?;
    let (head, is_cut) = within_a_file(bytes);
    let encoding = encoding_of(head)?;
    let (text, _, _) = encoding.decode(head);
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    Ok(Decoded { text, encoding: encoding.name(), is_cut })
}

/// What is read of one file, and whether there is more: up to its last line end, so that no letter is cut in two. Of two bytes that are one
/// letter the first is never kept alone.
pub fn within_a_file(bytes: &[u8]) -> (&[u8], bool) {
    let Some(head) = bytes.get(..FILE).filter(|head| head.len() < bytes.len()) else { return (bytes, false) };
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    (&head[..end & !1], true)
}

fn refuse_by_beginning(bytes: &[u8]) -> Result<(), TextError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let head = &bytes[..bytes.len().min(4096)];
        let is_workbook = contains(head, b"[Content_Types].xml") || contains(head, b"xl/");
        return Err(if is_workbook { TextError::Workbook } else { TextError::Zip });
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(TextError::OldWorkbook);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(TextError::Pdf);
    }
    if looks_like_html(bytes) { Err(TextError::Html) } else { Ok(()) }
}

/// True for a document that opens like a web page.
pub fn looks_like_html(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = body.iter().take(14).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| head.starts_with(tag))
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
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
    if bytes.contains(&0) {
        return Err(TextError::Binary);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(WESTERN, Utf8Detection::Allow))
}

/// UTF-16 without its mark: every second byte of the beginning is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    if pairs < 2 {
        None
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
    fn a_mark_inside_the_file_stays() {
        assert_eq!(decode("a\u{feff}b".as_bytes()).unwrap().text, "a\u{feff}b");
    }

    #[test]
    fn what_is_no_table_is_refused_with_advice() {
        let table: [(&[u8], TextError); 7] = [
            (b"", TextError::Empty),
            (b"\xEF\xBB\xBF \n", TextError::Empty),
            (b"PK\x03\x04....[Content_Types].xml", TextError::Workbook),
            (b"PK\x03\x04....a.csv", TextError::Zip),
            (b"\n <!DOCTYPE HTML><p>", TextError::Html),
            (b"\xD0\xCF\x11\xE0\xA1", TextError::OldWorkbook),
            (b"abc\0\x01\x02def,ghi", TextError::Binary),
        ];
        for (bytes, error) in table {
            assert_eq!(decode(bytes).unwrap_err(), error);
        }
    }
}
