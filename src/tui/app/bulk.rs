//! Changes of any number of records: what they reach, what they do in a few words, and the same done to others.

use crate::domain::ids::RequestId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::RecordKey;
use crate::ops::meetings::MeetingChange;
use crate::tui::app::effect::Write;

fn requests(keys: &[RecordKey]) -> Vec<RequestId> {
    keys.iter().filter_map(RecordKey::request).collect()
}

fn meetings(keys: &[RecordKey]) -> Vec<OccurrenceKey> {
    let meeting = |key: &RecordKey| match key {
        RecordKey::Meeting(meeting) => Some(meeting.clone()),
        RecordKey::Numbered(..) => None,
    };
    keys.iter().filter_map(meeting).collect()
}

impl Write {
    /// The same change of those of other records that it can be made of; `None` if it is not about records in general.
    pub fn on(&self, keys: &[RecordKey]) -> Option<Self> {
        // Only what means the same for any of them: who takes a request, for one, was weighed for that request alone.
        Some(match self {
            Self::Modify(_, line) => Self::Modify(requests(keys), line.clone()),
            Self::ModifyRows(_, line) => Self::ModifyRows(keys.to_vec(), line.clone()),
            Self::SetFields(_, fields) => Self::SetFields(requests(keys), fields.clone()),
            Self::Move(_, stage, reason) => Self::Move(requests(keys), *stage, reason.clone()),
            Self::Block(_, reason) => Self::Block(requests(keys), reason.clone()),
            Self::Clarify(_) => Self::Clarify(requests(keys)),
            Self::Unassign(_) => Self::Unassign(requests(keys)),
            Self::Keep(_, is_kept) => Self::Keep(keys.to_vec(), *is_kept),
            Self::ChangeMeetings(_, change) => Self::ChangeMeetings(meetings(keys), change.clone()),
            Self::WaveReflection(_) => Self::WaveReflection(meetings(keys)),
            Self::RemoveMeeting(_) => Self::RemoveMeeting(meetings(keys)),
            Self::SetEntries(entries) => {
                // Edited lines say something of their own of each: that can't be said of another.
                let (first, texts) = entries.first()?;
                let is_same = entries.iter().all(|(key, own)| key.kind() == first.kind() && own == texts);
                let others = keys.iter().filter(|key| key.kind() == first.kind());
                Self::SetEntries(others.map(|key| (key.clone(), texts.clone())).collect::<Vec<_>>())
                    .only_if(is_same)?
            }
            _ => return None,
        })
    }

    fn only_if(self, holds: bool) -> Option<Self> {
        holds.then_some(self)
    }

    /// The records that it changes, where it may be any number of them.
    pub fn keys(&self) -> Vec<RecordKey> {
        match self {
            Self::Modify(ids, _)
            | Self::SetFields(ids, _)
            | Self::Move(ids, ..)
            | Self::Block(ids, _)
            | Self::Clarify(ids)
            | Self::Unassign(ids) => ids.iter().copied().map(RecordKey::from).collect(),
            Self::Keep(keys, _) | Self::ModifyRows(keys, _) => keys.clone(),
            Self::ChangeMeetings(keys, _) | Self::WaveReflection(keys) | Self::RemoveMeeting(keys) => {
                keys.iter().cloned().map(RecordKey::from).collect()
            }
            Self::SetEntries(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// What it is done to, of several.
    pub fn many(&self) -> &'static str {
        match self {
            Self::ChangeMeetings(..) | Self::WaveReflection(_) | Self::RemoveMeeting(_) => "meetings",
            Self::SetEntries(_) | Self::ModifyRows(..) => "records",
            Self::Keep(keys, _) if keys.iter().any(|key| key.request().is_none()) => "records",
            _ => "requests",
        }
    }

    /// What it does to many of them, in a few words.
    pub fn of_many(&self) -> Option<String> {
        Some(match self {
            Self::Modify(_, line) | Self::ModifyRows(_, line) => format!("Change by: {line}"),
            Self::SetFields(_, fields) => {
                let set = fields.iter().map(|(field, text)| set_to(&field.title().to_lowercase(), text));
                format!("Set {}", set.collect::<Vec<_>>().join(", "))
            }
            Self::Move(_, stage, _) => format!("Move to {}", stage.title()),
            Self::Block(_, Some(reason)) => format!("Block: {reason}"),
            Self::Block(_, None) => "Unblock".to_owned(),
            Self::Clarify(_) => "Ask for what is missing".to_owned(),
            Self::Unassign(_) => "Take from everybody who holds them".to_owned(),
            Self::Keep(_, true) => "Keep from others".to_owned(),
            Self::Keep(_, false) => "Show to others again".to_owned(),
            Self::ChangeMeetings(_, change) => of_meetings(change),
            Self::WaveReflection(_) => "Cancel what is to come, wave the rest off".to_owned(),
            Self::RemoveMeeting(_) => "Remove with all of their series".to_owned(),
            Self::SetEntries(entries) => {
                let (_, texts) = entries.first()?;
                let set = texts.iter().map(|(field, text)| set_to(field, text));
                format!("Set {}", set.collect::<Vec<_>>().join(", "))
            }
            _ => return None,
        })
    }
}

fn set_to(field: &str, text: &str) -> String {
    format!("{field} {}", if text.trim().is_empty() { "none" } else { text.trim() })
}

fn of_meetings(change: &MeetingChange) -> String {
    let kind = change.kind.map(|kind| kind.title().to_owned());
    let said = [("kind", kind), ("intent", change.intent.clone()), ("if-then", change.if_then.clone())];
    let set = said.into_iter().filter_map(|(field, text)| Some(set_to(field, &text?)));
    format!("Set {}", set.collect::<Vec<_>>().join(", "))
}
