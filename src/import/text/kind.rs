//! What a file is that is no table of text, by how it begins; each with the way on.

/// Why bytes are not a table of text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// An `.xlsx` by any name, where only text can be read.
    #[error("this is an Excel workbook; open it and save it as CSV")]
    Workbook,
    #[error("this is an old Excel workbook; open it and save it as CSV")]
    OldWorkbook,
    #[error("this workbook is locked with a password; take it off, save it, and import it again")]
    Locked,
    /// A workbook that is damaged, or larger than anybody's.
    #[error("this workbook cannot be read ({why}); open it and save the sheet as CSV")]
    BrokenWorkbook { why: String },
    /// A zip archive, as a newer workbook is one.
    #[error("this is a zip archive; unpack it and import the CSV file inside")]
    Zip,
    #[error("this is a compressed file; unpack it and import what is inside")]
    Gzip,
    /// A web page, most often the log-in page of the tool.
    #[error("this is a web page, perhaps a log-in page; export the CSV file again while logged in")]
    Html,
    #[error("this is a PDF; export the table as CSV instead")]
    Pdf,
    #[error("this is a calendar, not a table; `tablesetter import calendar FILE` reads it")]
    Calendar,
    /// Address cards.
    #[error("these are address cards, not a table; export the people as CSV")]
    Cards,
    #[error("this is JSON, not a table; export as CSV or as a workbook")]
    Json,
    #[error("this is XML, not a table; save it as CSV or as a workbook")]
    Xml,
    #[error("this is a mail, not a table; paste it into the cockpit, and it becomes a draft")]
    Mail,
    /// Zero bytes where text should be.
    #[error("this is not a text file: there is a zero byte in line {line}")]
    Binary {
        /// Where the first of them is.
        line: usize,
    },
}

/// Refuses files by the bytes that they begin with.
///
/// # Errors
/// What the file is instead.
pub(super) fn refuse_by_beginning(bytes: &[u8]) -> Result<(), TextError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let head = &bytes[..bytes.len().min(4096)];
        // A workbook is a zip archive as well; the names of its first files tell it from others.
        let is_workbook = contains(head, b"[Content_Types].xml") || contains(head, b"xl/");
        return Err(if is_workbook { TextError::Workbook } else { TextError::Zip });
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(TextError::OldWorkbook);
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return Err(TextError::Gzip);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(TextError::Pdf);
    }
    if looks_like_html(bytes) { Err(TextError::Html) } else { Ok(()) }
}

/// Refuses text that other readers are for.
///
/// # Errors
/// What the text is instead.
pub(super) fn refuse_other_texts(text: &str) -> Result<(), TextError> {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let begins = |word: &str| body.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if begins("BEGIN:VCALENDAR") {
        Err(TextError::Calendar)
    } else if begins("BEGIN:VCARD") {
        Err(TextError::Cards)
    // A brace alone may be the first letter of a column: `{draft} banner`.
    } else if body.starts_with('{') && body.contains("\":")
        || body.starts_with("[{")
        || body.starts_with("[\n")
    {
        Err(TextError::Json)
    } else if begins("<?xml") {
        Err(TextError::Xml)
    } else if is_mail(body) {
        Err(TextError::Mail)
    } else {
        Ok(())
    }
}

/// Three lines of a mail's head, and nothing else before them.
fn is_mail(body: &str) -> bool {
    const HEAD: [&str; 9] = [
        "from:",
        "to:",
        "cc:",
        "subject:",
        "date:",
        "received:",
        "return-path:",
        "message-id:",
        "delivered-to:",
    ];
    let is_head = |line: &str| {
        let line = line.to_ascii_lowercase();
        HEAD.iter().any(|word| line.starts_with(word))
    };
    // One or two such lines may be columns of a table: `From: , To: `.
    let lines: Vec<&str> = body.lines().take(3).collect();
    lines.len() == 3 && lines.iter().all(|line| is_head(line))
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

/// The line of a byte, from 1.
pub(super) fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at.min(bytes.len())].split(|byte| *byte == b'\n').count()
}
