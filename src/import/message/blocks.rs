//! Heads of mails as programs show them: `From: … Sent: … To: … Subject: …`, in the language of whoever forwards. They
//! are no headers of the mail itself: names come without quotes, days in words, and lines wrap where they like.

use chrono::NaiveDate;

use super::Mail;
use super::recognise::day_with_year;
use crate::domain::matching::Contact;
use crate::domain::words::fold;

/// A block has no more lines; a long list of recipients is cut there.
const LINES: usize = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadLabel {
    From,
    Sent,
    To,
    Subject,
    Other,
}

const LABELS: [(HeadLabel, &[&str]); 5] = [
    (HeadLabel::From, &["from", "von", "de", "da", "van", "fra", "fran", "od", "expediteur"]),
    (
        HeadLabel::Sent,
        &[
            "sent",
            "date",
            "gesendet",
            "gesendet am",
            "datum",
            "envoye",
            "enviado",
            "enviado el",
            "enviada em",
            "fecha",
            "data",
            "inviato",
            "verzonden",
            "skickat",
            "sendt",
        ],
    ),
    (HeadLabel::To, &["to", "an", "a", "para", "aan", "til", "till", "cc", "bcc", "kopie", "copie"]),
    (
        HeadLabel::Subject,
        &["subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne", "amne"],
    ),
    (
        HeadLabel::Other,
        &[
            "reply-to",
            "antwort an",
            "importance",
            "wichtigkeit",
            "priority",
            "prioritat",
            "attachments",
            "anlagen",
            "sender",
        ],
    ),
];

/// The head of a mail that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MailHead {
    pub from: Contact,
    pub subject: String,
    /// When it was sent, in the words of the program that showed it.
    pub sent: String,
    /// Index of the first line that is no part of it.
    pub end: usize,
}

/// A line without the marks of a quotation around it.
pub(super) fn unquoted(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c.is_whitespace())
}

/// How many times a line is quoted.
pub(super) fn depth(line: &str) -> usize {
    line.chars().take_while(|c| *c == '>' || c.is_whitespace()).filter(|c| *c == '>').count()
}

/// `*Von:* Bo Ek`: programs that turn bold type into text leave stars.
fn labelled(line: &str) -> Option<(HeadLabel, &str)> {
    let line = unquoted(line).trim_start_matches('*');
    // The second is the wide colon of Chinese and Japanese programs.
    let (name, value) = line.split_once([':', '：'])?;
    // A sentence with a colon is no label.
    if name.len() > 24 {
        return None;
    }
    let name = fold(name.trim().trim_end_matches('*'));
    let (label, _) = LABELS.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    Some((*label, value.trim_start_matches('*').trim()))
}

/// The block that begins at a line: it says from whom, and one thing more.
pub(super) fn block_at(lines: &[&str], at: usize) -> Option<MailHead> {
    read(lines, at).filter(|(block, labels)| !block.from.is_empty() && *labels > 1).map(|(block, _)| block)
}

/// The block with the number of its labels.
fn read(lines: &[&str], at: usize) -> Option<(MailHead, usize)> {
    labelled(lines.get(at)?)?;
    let (mut block, mut labels, mut last) = (MailHead::default(), 0, HeadLabel::Other);
    let mut at = at;
    for line in lines[at..].iter().take(LINES) {
        match labelled(line) {
            Some((label, value)) => {
                match label {
                    // The first of each counts: a list of recipients may hold lines that look like labels.
                    HeadLabel::From if block.from.is_empty() => block.from = Contact::read(value),
                    HeadLabel::Subject if block.subject.is_empty() => value.clone_into(&mut block.subject),
                    HeadLabel::Sent if block.sent.is_empty() => value.clone_into(&mut block.sent),
                    _ => {}
                }
                (labels, last) = (labels + 1, label);
            }
            None if is_continued(line, last) => {
                if last == HeadLabel::Subject {
                    block.subject = format!("{} {}", block.subject, unquoted(line));
                }
            }
            None => break,
        }
        at += 1;
    }
    block.end = at;
    Some((block, labels))
}

/// True for a line that was wrapped: more recipients, or the rest of a subject, which then is indented.
fn is_continued(line: &str, last: HeadLabel) -> bool {
    let text = unquoted(line).trim();
    match last {
        HeadLabel::To => text.contains('@') || text.ends_with(';'),
        HeadLabel::Subject => !text.is_empty() && line.starts_with([' ', '\t']),
        _ => false,
    }
}

/// A text with a head at its very beginning, as it comes from the clipboard.
pub(super) fn under_a_head(text: &str) -> Mail {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let head = read(&lines, first).filter(|(block, labels)| {
        // A head that is quoted belongs to a mail that is only answered here.
        let is_own = lines.get(first).is_some_and(|line| depth(line) == 0);
        is_own && (!block.subject.is_empty() || !block.from.is_empty() && *labels > 1)
    });
    match head {
        Some((block, _)) => Mail {
            sent: dated(&block.sent),
            subject: block.subject,
            from: block.from,
            body: lines[block.end..].join("\n"),
            ..Mail::default()
        },
        None => Mail { body: text.to_owned(), ..Mail::default() },
    }
}

/// The day of `Monday, 23 November 2026 08:41` and of its like in other languages.
pub(super) fn dated(text: &str) -> Option<NaiveDate> {
    day_with_year(text)
}
