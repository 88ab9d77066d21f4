//! A mail or a chat becomes a request: what it says is drafted first, so that it can be looked at; what was recognised
//! in it is offered and never set by itself.
//!
//! The cockpit and the command line go the same way: `Desk::draft_of_message` for what was pasted, or
//! [`Desk::draft_of`] for what a child has read from a file; then [`Desk::add_message`] with the words of quick add that
//! were typed beside it or taken from [`MessageDraft::offered`]. Each offer carries its own words in [`FieldOffer::sets`], so
//! taking one is nothing but adding them to the line.

use chrono::NaiveDate;

use super::{Desk, OpsError};
use crate::domain::matching::{Contact, NameIndex, NameMatch};
use crate::domain::person::Person;
use crate::domain::record::{Record, RecordKey};
use crate::domain::request::Request;
use crate::import::message::ReceivedMessage;
use crate::import::message::read_text;
use crate::import::message::recognise::{Nameables, recognise};
use crate::store::Committed;

pub use crate::import::message::recognise::FieldOffer;
pub use crate::import::message::said_first;

/// Somebody who wrote or handed on a mail, and who that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// As the mail has it.
    pub contact: Contact,
    /// What goes into the field: what the one who is meant without a doubt is called here, else as the mail has it.
    pub name: String,
    /// The stakeholder by key and name; several, or only near ones, are told and not taken.
    pub stakeholder: NameMatch<(RecordKey, String)>,
}

/// A request as a mail or a chat asks for it. Nothing is written by making one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageDraft {
    /// Empty if there is neither a subject nor a text.
    pub title: String,
    /// Who asks; `None` if nobody is named.
    pub requester: Option<Sender>,
    /// Who forwarded it; `None` if nobody did.
    pub forwarder: Option<Sender>,
    /// The whole text with its lines.
    pub words: String,
    /// The day on which it was written.
    pub sent: Option<NaiveDate>,
    /// Days, hours, people and tags, in this order; in each the writer's own before what is quoted.
    pub offered: Vec<FieldOffer>,
    /// Names of files that came with it and are not kept.
    pub attachments: Vec<String>,
    /// What was left out, in sentences.
    pub notes: Vec<String>,
}

impl MessageDraft {
    /// Where it came from, for the notes of the request: only what no field has room for.
    pub fn origin(&self) -> String {
        let mut lines = Vec::new();
        if let Some(sender) = self.requester.as_ref().filter(|sender| !sender.contact.address.is_empty()) {
            let sent = self.sent.map_or_else(String::new, |sent| sent.format(", %a %-d %b %Y").to_string());
            lines.push(format!("From {}{sent}", sender.contact.written()));
        }
        lines.extend(
            self.forwarder.as_ref().map(|sender| format!("Forwarded by {}", sender.contact.written())),
        );
        if !self.attachments.is_empty() {
            lines.push(format!("Came with {}", self.attachments.join(", ")));
        }
        lines.join("\n")
    }
}

impl Desk {
    /// What a pasted text asks, matched with who is known here. Every text makes a draft.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn draft_of_message(&self, text: &str) -> Result<MessageDraft, OpsError> {
        self.draft_of(read_text(text))
    }

    /// The same of a message that was read already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn draft_of(&self, message: ReceivedMessage) -> Result<MessageDraft, OpsError> {
        let (people, stakeholders) = (self.store.people()?, self.books()?.stakeholders);
        let (team, known) = (NameIndex::of(&people), NameIndex::of(&stakeholders));
        let writers: Vec<usize> = [&message.requester, &message.forwarder]
            .into_iter()
            .filter_map(|contact| team.exactly(&contact.written()).one())
            .collect();
        let handles: Vec<String> = people.iter().map(|person| person.handle.clone()).collect();
        let approvers: Vec<String> = stakeholders.iter().map(|one| one.name.clone()).collect();
        let named = Nameables {
            names: &team,
            handles: &handles,
            writers: &writers,
            stakeholders: &known,
            stakeholder_names: &approvers,
        };
        let offered = recognise(&message, &self.reading()?, &named);
        let sender = |contact: &Contact| {
            let name = contact.written();
            let stakeholder = known.find(&name).map(|place| {
                let stakeholder = &stakeholders[place];
                (stakeholder.key(), stakeholder.name.clone())
            });
            (!contact.is_empty()).then(|| Sender {
                name: called(contact, &stakeholder, (&team, &people)),
                contact: contact.clone(),
                stakeholder,
            })
        };
        Ok(MessageDraft {
            requester: sender(&message.requester),
            forwarder: sender(&message.forwarder),
            title: message.title,
            words: message.words,
            sent: message.sent,
            offered,
            attachments: message.attachments,
            notes: message.notes,
        })
    }

    /// Adds the request of a draft; what a line of quick add says wins over what the mail says.
    ///
    /// # Errors
    /// When neither says what it is called, or a word of the line is not known.
    pub fn add_message(&mut self, draft: &MessageDraft, words: &str) -> Result<Committed<Request>, OpsError> {
        let line = self.read_new(words)?;
        let title = if line.title.trim().is_empty() { draft.title.trim() } else { line.title.trim() };
        if title.is_empty() {
            return Err(OpsError::rejected(
                "there is neither a subject nor a text in it",
                "Say beside it what it is called: `tablesetter add - \"Spring windows\"`.",
            ));
        }
        // A mail of a subject alone: what it is called is then all that was asked.
        let ask = if draft.words.trim().is_empty() { title } else { draft.words.as_str() };
        let begun = Request {
            ask: ask.to_owned(),
            requester: draft.requester.as_ref().map(|sender| sender.name.clone()).unwrap_or_default(),
            notes: draft.origin(),
            ..Request::new(title, self.stamp().at)
        };
        self.add_with(&begun, &line)
    }
}

/// What somebody is called here: as the one stakeholder or the one of the team who is meant, else as they sign.
fn called(
    contact: &Contact,
    stakeholder: &NameMatch<(RecordKey, String)>,
    team: (&NameIndex, &[Person]),
) -> String {
    let (names, people) = team;
    match (stakeholder, names.exactly(&contact.written())) {
        (NameMatch::One((_, name)), _) => name.clone(),
        (_, NameMatch::One(place)) => people[place].name.clone(),
        _ => contact.called().to_owned(),
    }
}

#[cfg(test)]
mod tests;
