//! A mail as it travels: headers, parts and their encodings. The crate that reads them does the decoding; what it gives
//! is bounded here, since it nests as deeply as the mail does.

use std::borrow::Cow;

use chrono::NaiveDate;
use mail_parser::{Addr, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Mail, html};
use crate::domain::bounds;
use crate::domain::matching::Contact;
use crate::import::text;

/// Mails within mails that are read; what is packed deeper is told as a file.
const NESTED: usize = 3;
/// Names of attached files that are told.
const FILES: usize = 50;
/// Headers are looked for in so many bytes.
const HEAD: usize = 64 << 10;
/// Headers that a mail gets on its way, and that no program shows.
const TRAVELLED: [&[u8]; 11] = [
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"message-id",
    b"received",
    b"return-path",
    b"delivered-to",
    b"in-reply-to",
    b"references",
    b"user-agent",
    b"dkim-signature",
];

/// Reads a mail; `None` if it is none, so that it is read as text.
pub(super) fn read(bytes: &[u8]) -> Option<Mail> {
    let bytes = from_its_headers(bytes);
    // What the reader gives nests as deeply as the mail itself; one that nests too deeply is read as text instead.
    if !is_mail(bytes) || parts(bytes) > bounds::DEPTH {
        return None;
    }
    let bytes = with_readable_headers(bytes);
    let message = MessageParser::default().parse(bytes.as_ref())?;
    (!message.parts.is_empty()).then(|| mail(&message, 0))
}

/// Without what mailboxes and clipboards put before the first header.
fn from_its_headers(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) if bytes.starts_with(b"From ") => &bytes[end + 1..],
        _ => bytes,
    }
}

/// True if the text begins with headers that only a mail on its way has. Those that programs show of one are a few, and
/// not written by the same rules: `From: Ek, Bo` is one person there and two here.
fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let (mut count, mut is_sure) = (0, false);
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            // Headers are folded on their way only; programs that show them write each on one line.
            is_sure |= count > 0;
            continue;
        }
        let Some(end) = line.iter().position(|byte| *byte == b':') else { return false };
        let name = line[..end].to_ascii_lowercase();
        if name.is_empty()
            || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            return false;
        }
        is_sure |= TRAVELLED.contains(&name.as_slice())
            || name.starts_with(b"x-")
            // RFC 2047: letters beyond ASCII travel in such marks, which no program shows.
            || line.windows(2).any(|pair| pair == b"=?");
        count += 1;
    }
    count > 1 && is_sure
}

/// How many parts a mail says that it is made of parts itself: as deep can they lie in one another, and each whose
/// boundary is missing is looked for through all that follows.
fn parts(bytes: &[u8]) -> usize {
    let begins = |at: usize, word: &[u8]| {
        bytes.get(at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    let slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes
        .filter(|(at, _)| {
            at.checked_sub(9).is_some_and(|from| begins(from, b"multipart"))
                || at.checked_sub(7).is_some_and(|from| begins(from, b"message"))
        })
        .count()
}

/// Headers are letters without accents by rule; those that hold others all the same are read by what they look like.
fn with_readable_headers(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_end = |pair: &[u8]| pair == b"\n\n" || pair == b"\n\r";
    let end = bytes.windows(2).position(is_end).unwrap_or(bytes.len());
    let (head, rest) = bytes.split_at(end);
    match guessed(head) {
        Some(text) if std::str::from_utf8(head).is_err() => Cow::Owned([text.as_bytes(), rest].concat()),
        _ => Cow::Borrowed(bytes),
    }
}

fn guessed(bytes: &[u8]) -> Option<String> {
    Some(text::encoding_of(bytes).ok()?.decode_without_bom_handling(bytes).0.into_owned())
}

fn mail(message: &Message<'_>, depth: usize) -> Mail {
    let part = |id: &u32| message.parts.get(usize::try_from(*id).unwrap_or(usize::MAX));
    let texts = |ids: &[u32]| {
        let texts = ids.iter().filter_map(part).filter_map(|part| text_of(part, message, depth == 0));
        texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    // Most mails say the same twice; the text needs no guess at where its lines end.
    let mut body = texts(&message.text_body);
    if body.is_empty() {
        body = texts(&message.html_body);
    }
    let mut attachments = Vec::new();
    for part in message.attachments.iter().filter_map(part) {
        match &part.body {
            // A mail that hangs on another is what is handed on: its text belongs to the ask.
            PartType::Message(inner) if depth < NESTED => {
                let inner = mail(inner, depth + 1);
                body.push_str(&handed_on(&inner));
                attachments.extend(inner.attachments);
            }
            _ => attachments.push(named(part)),
        }
    }
    attachments.truncate(FILES);
    Mail {
        subject: message.subject().unwrap_or_default().to_owned(),
        from: sender(message),
        sent: message
            .date()
            .and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())),
        body,
        attachments,
    }
}

/// A mail that hangs on another one, as programs show it that forward one within the text.
fn handed_on(inner: &Mail) -> String {
    let date = inner.sent.map_or_else(String::new, |day| format!("Date: {day}\n"));
    let (from, subject) = (inner.from.written(), &inner.subject);
    format!(
        "\n\n---------- Forwarded message ----------\nFrom: {from}\n{date}Subject: {subject}\n\n{}",
        inner.body
    )
}

fn named(part: &MessagePart<'_>) -> String {
    let kind = || part.content_type().map_or("a part", |it| it.ctype()).to_owned();
    let name = part.attachment_name().map(|name| bounds::within(name.trim(), 200).to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("{} without a name", kind()))
}

fn sender(message: &Message<'_>) -> Contact {
    let contact = |addr: &Addr<'_>| Contact {
        name: addr.name().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        address: addr.address().unwrap_or_default().trim().to_owned(),
    };
    // RFC 5322 wants an author. Mails without one may still say who sent them, or whom to answer.
    let from = message.from().or_else(|| message.sender()).or_else(|| message.reply_to());
    let all: Vec<Contact> = from.map(|list| list.iter().take(3).map(contact).collect()).unwrap_or_default();
    match all.as_slice() {
        // A comma that nobody put into quotes has made two of one.
        [one, two, ..] if !two.address.is_empty() && !one.address.contains('@') => {
            Contact { name: format!("{}, {}", one.called(), two.name), address: two.address.clone() }
        }
        [one, ..] => one.clone(),
        [] => Contact::default(),
    }
}

/// The text of a part. Where its letters did not come out, since it does not say how they are written or says it
/// wrongly, they are read by what they look like; only the outer mail gives its bytes for that.
fn text_of(part: &MessagePart<'_>, message: &Message<'_>, has_bytes: bool) -> Option<String> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else { return None };
    let mended =
        (has_bytes && text.contains(char::REPLACEMENT_CHARACTER)).then(|| mended(part, message)).flatten();
    let text = mended.map_or_else(|| text.clone(), Cow::Owned);
    let is_page = matches!(part.body, PartType::Html(_));
    Some(if is_page { html::to_text(&text) } else { text.into_owned() })
}

fn mended(part: &MessagePart<'_>, message: &Message<'_>) -> Option<String> {
    let place = |offset: u32| usize::try_from(offset).ok();
    let raw = message.raw_message.get(place(part.offset_body)?..place(part.offset_end)?)?;
    let bytes = match part.encoding {
        Encoding::None => Cow::Borrowed(raw),
        Encoding::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(raw)?.into()
        }
        Encoding::Base64 => mail_parser::decoders::base64::base64_decode(raw)?.into(),
    };
    guessed(&bytes).filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
}
