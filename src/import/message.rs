//! A mail or a chat, as it is pasted or saved, read as an ask: under which title, from whom, in what words.
//!
//! Nothing that stands in it is taken for a field: a mail quotes others, and a chat says `t1` about something else.
//! What could be a day, a length, a name or a tag is found by [`recognise`] and only offered.

mod blocks;
mod chat;
mod html;
mod mime;
mod outline;
pub mod recognise;
mod subject;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::text;
use crate::domain::bounds;
use crate::domain::matching::Contact;
use outline::Outline;
use subject::SubjectLine;

/// So much of a text without parts is read: more than is kept, since a page has more marks than words.
const TEXT: usize = 4 << 20;
/// Letters of a name or an address; a header can be as long as its file.
const NAME: usize = 200;

/// Why bytes are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Outlook's own format, which is no text.
    #[error(
        "this is an Outlook message (.msg), which only Outlook can read; save it there as .eml or as text, or copy \
         its text and paste it: `tablesetter add -` reads what is pasted"
    )]
    Outlook,
    /// An archive, a document, a picture.
    #[error("this is neither a mail nor a text; save the mail as .eml or as text, or paste its text")]
    NoText,
}

/// A line that somebody wrote to be read, so none of a header, of a greeting under it, or of who said it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidLine {
    pub text: String,
    /// It is repeated from an earlier mail.
    pub is_quoted: bool,
}

/// What a mail or a chat asks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceivedMessage {
    /// The subject without `Re:` and `FW:`, or the first line that says something; empty if there is neither.
    pub title: String,
    /// Who asks: the sender, and of a forwarded mail whoever wrote it first.
    pub requester: Contact,
    /// Who handed it on; nobody if it was not forwarded.
    pub forwarder: Contact,
    /// The whole text with its lines, quoted parts and all.
    pub words: String,
    /// The day on which it was written, from which `tomorrow` counts.
    pub sent: Option<NaiveDate>,
    /// Names of files that came with it; they are not kept.
    pub attachments: Vec<String>,
    /// What was left out, in sentences.
    pub notes: Vec<String>,
    /// The lines in which something can be recognised.
    pub said: Vec<SaidLine>,
}

/// What a mail says before it is asked who wrote what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Mail {
    subject: String,
    from: Contact,
    sent: Option<NaiveDate>,
    body: String,
    attachments: Vec<String>,
}

/// Reads a saved mail, a saved page or any other text.
///
/// # Errors
/// [`MessageError`] when the bytes hold no text; the message says what to do.
pub fn read_message(bytes: &[u8]) -> Result<ReceivedMessage, MessageError> {
    // Outlook saves a message as an OLE file, which begins so and is no text.
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(MessageError::Outlook);
    }
    let (head, is_cut) = text::within_a_file(bytes);
    let mut message = match mime::read(head) {
        Some(mail) => compose(mail),
        None => read_text(&decoded(head)?),
    };
    if is_cut {
        let most = bounds::FILE >> 20;
        message.notes.push(format!("only the first {most} MiB of it were read"));
    }
    Ok(message)
}

/// Reads what was pasted; this never fails, since every text is at least words.
pub fn read_text(text: &str) -> ReceivedMessage {
    if let Some(mail) = mime::read(text.as_bytes()) {
        return compose(mail);
    }
    let text = tidy(bounds::within(text, TEXT));
    let text = if text::looks_like_html(text.as_bytes()) { html::to_text(&text) } else { text };
    compose(blocks::under_a_head(&text))
}

/// A mail without its head, its title first, and a chat with who spoke behind what they said, for a field of one line;
/// any other text as it is.
pub fn said_first(text: &str) -> String {
    let text = tidy(bounds::within(text, TEXT));
    let mail = mime::read(text.as_bytes()).unwrap_or_else(|| blocks::under_a_head(&text));
    if mail.subject.is_empty() && mail.from == Contact::default() {
        return chat::said_first(&text);
    }
    let message = compose(mail);
    // A mail without a subject is called by its first line, which the words say anyway.
    match message.words.trim() {
        "" => message.title,
        words if words.starts_with(message.title.as_str()) => words.to_owned(),
        words => format!("{}: {words}", message.title),
    }
}

fn decoded(bytes: &[u8]) -> Result<String, MessageError> {
    let is_document = [&b"PK\x03\x04"[..], b"%PDF-", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8"]
        .iter()
        .any(|beginning| bytes.starts_with(beginning));
    let encoding = text::encoding_of(bytes).map_err(|_| MessageError::NoText)?;
    if is_document { Err(MessageError::NoText) } else { Ok(encoding.decode(bytes).0.into_owned()) }
}

/// Lines that end in one way, without the mark of a beginning and without letters that no field may hold.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace(['\0', '\u{feff}'], "")
}

fn compose(mail: Mail) -> ReceivedMessage {
    let body = tidy(bounds::within(&mail.body, TEXT));
    let body = body.trim_end().trim_start_matches('\n');
    let words = bounds::within(body, bounds::TEXT);
    let mut notes = Vec::new();
    if words.len() < body.len() {
        notes.push(format!("only the first {} KiB of its text are kept", bounds::TEXT >> 10));
    }
    let subject = SubjectLine::read(&mail.subject);
    let outline = Outline::of(words, subject.handed, !mail.from.is_empty());
    let (requester, forwarder, sent) = match outline.origin {
        // Of a forwarded mail the day on which it was first written counts, since its `tomorrow` is meant from
        // there.
        Some(origin) => (origin.from, mail.from, blocks::dated(&origin.sent).or(mail.sent)),
        None if mail.from.is_empty() => {
            (Contact { name: outline.speaker, ..Contact::default() }, Contact::default(), mail.sent)
        }
        None => (mail.from, Contact::default(), mail.sent),
    };
    let attached = || mail.attachments.first().cloned().unwrap_or_default();
    let title = [subject.title, outline.subject, outline.title].into_iter().find(|title| !title.is_empty());
    let title = subject::in_one_line(&title.unwrap_or_else(attached));
    let mut said = outline.said;
    // The subject is searched like a line of the text: many mails say their day only there.
    if !title.is_empty() {
        said.insert(0, SaidLine { text: title.clone(), is_quoted: false });
    }
    ReceivedMessage {
        title: subject::cut(&title),
        requester: within_a_name(&requester),
        forwarder: within_a_name(&forwarder),
        words: words.to_owned(),
        sent,
        attachments: mail.attachments,
        notes,
        said,
    }
}

fn within_a_name(contact: &Contact) -> Contact {
    let cut = |text: &str| subject::in_one_line(bounds::within(text, NAME));
    Contact { name: cut(&contact.name), address: cut(&contact.address) }
}
