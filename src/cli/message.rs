//! `add -` and `add --file`: a mail or a chat becomes a request, and what was recognised in it is told, not set.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::json::RequestJson;
use super::out::{Format, Out};
use super::requests;
use super::{CliError, Done};
use crate::domain::ids::RequestId;
use crate::domain::matching::NameMatch;
use crate::domain::words::line;
use crate::foreign::Foreign;
use crate::import::message::MessageError;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::message::{FieldOffer, MessageDraft, Sender};
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Options of `add`.
#[derive(Debug, Clone, Args)]
pub struct AddArguments {
    /// Words of quick add; with a mail they win over what it says. A first word - reads it from standard input
    pub words: Vec<String>,
    /// A mail (.eml), a chat or any other text that asks for it; its days, hours and people are told, not set
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// `add`
pub fn add(desk: &mut Desk, arguments: &AddArguments, out: &mut Out) -> Done {
    match (&arguments.file, arguments.words.as_slice()) {
        (Some(file), words) => read(desk, file, &super::filter::joined(words), out),
        (None, [dash, words @ ..]) if dash == "-" => {
            read(desk, Path::new(dash), &super::filter::joined(words), out)
        }
        (None, words) => requests::add(desk, words, out),
    }
}

/// Adds what a file or standard input asks for.
fn read(desk: &mut Desk, file: &Path, words: &str, out: &mut Out) -> Done {
    // Whatever is in it, a file of this name is one that only Outlook reads.
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("msg")) {
        return Err(OpsError::Rejected { message: MessageError::Outlook.to_string(), hint: None }.into());
    }
    // A word that is not understood is told before a large file is read.
    let line = desk.read_new(words)?;
    let asked = Asked::new(ForeignKind::Message, &desk.clock);
    let ForeignContent::Message(message) = Foreign::own()?.one(&asked, file)? else {
        return Err(CliError::Io(
            "a fault of this program: what read the text gave another answer than it was asked for"
                .to_owned(),
        ));
    };
    let draft = desk.draft_of(message)?;
    let request = desk.add_message(&draft, words)?.output;
    let understood = line::echo(&line, &desk.reading()?);
    if !understood.is_empty() {
        out.say(&format!("understood: {understood}"));
    }
    // What the words set already would be offered a second time.
    let left: Vec<&FieldOffer> = draft.offered.iter().filter(|offer| !says(words, &offer.sets)).collect();
    if out.format == Format::Json {
        let request = RequestJson::new(&desk.row(request.id)?, &desk.clock);
        return out.json(&Added { request, message: shape(&draft, &left) });
    }
    requests::one(desk, request.id, out)?;
    if out.format == Format::Human {
        tell(request.id, &draft, &left, out)?;
    }
    Ok(())
}

/// The words said so already.
fn says(words: &str, sets: &str) -> bool {
    words.split_whitespace().any(|word| word.eq_ignore_ascii_case(sets))
}

/// A request with what its mail says beside it.
#[derive(Serialize)]
struct Added {
    #[serde(flatten)]
    request: RequestJson,
    message: Value,
}

fn shape(draft: &MessageDraft, left: &[&FieldOffer]) -> Value {
    let known = |found: &NameMatch<_>| match found {
        NameMatch::One(one) => ("one", vec![key(one)]),
        NameMatch::Ambiguous(all) => ("ambiguous", all.iter().map(key).collect()),
        NameMatch::Near(all) => ("near", all.iter().map(key).collect()),
        NameMatch::Nobody => ("none", Vec::new()),
    };
    let sender = |sender: &Sender| {
        let (found, keys) = known(&sender.stakeholder);
        json!({
            "name": super::json::text(&sender.contact.name), "address": super::json::text(&sender.contact.address),
            "stakeholder": { "found": found, "keys": keys },
        })
    };
    let offer = |offer: &&FieldOffer| {
        json!({
            "kind": offer.kind.name(), "words": offer.words, "sets": offer.sets, "says": offer.says,
            "quoted": offer.is_quoted,
        })
    };
    json!({
        "requester": draft.requester.as_ref().map(sender), "forwarder": draft.forwarder.as_ref().map(sender),
        "sent": draft.sent, "attachments": draft.attachments, "notes": draft.notes,
        "offered": left.iter().map(offer).collect::<Vec<_>>(),
    })
}

fn key(known: &(crate::domain::record::RecordKey, String)) -> String {
    known.0.to_string()
}

/// What was found and not set, each with the words that set it.
fn tell(id: RequestId, draft: &MessageDraft, left: &[&FieldOffer], out: &mut Out) -> Done {
    for sender in [&draft.requester, &draft.forwarder].into_iter().flatten() {
        if let Some(question) = doubt(sender) {
            out.line(&format!("  {question}"))?;
        }
    }
    for note in &draft.notes {
        out.line(&format!("  {}", plain::harmless(note)))?;
    }
    if !draft.attachments.is_empty() {
        let names = plain::cut(&draft.attachments.join(", "), 200);
        out.line(&format!("  not kept, named in its notes: {names}"))?;
    }
    for offer in left {
        let quoted = if offer.is_quoted { ", in a quoted part" } else { "" };
        let words = plain::cut(&offer.words, 60);
        out.line(&format!(
            "  found, not set: {} (“{words}”{quoted}): tablesetter edit {id} {}",
            offer.says,
            quoted_for_a_shell(&offer.sets)
        ))?;
    }
    Ok(())
}

/// Words that a shell hands on as they are.
fn quoted_for_a_shell(words: &str) -> String {
    // The words come out of a mail by anybody and are printed to be pasted: between single quotes a shell runs
    // nothing of them.
    format!("'{}'", words.replace('\'', "'\\''"))
}

/// Who may be meant, where that is not sure.
fn doubt(sender: &Sender) -> Option<String> {
    let list = |all: &[(_, String)]| {
        let all =
            all.iter().map(|known: &(_, String)| format!("{} {}", key(known), plain::harmless(&known.1)));
        all.collect::<Vec<_>>().join(" or ")
    };
    let name = plain::cut(&sender.name, 60);
    match &sender.stakeholder {
        NameMatch::Ambiguous(all) => Some(format!("{name} could be {}; kept as the mail has it", list(all))),
        NameMatch::Near(all) => Some(format!("{name} is much like {}; kept as the mail has it", list(all))),
        NameMatch::One(_) | NameMatch::Nobody => None,
    }
}
