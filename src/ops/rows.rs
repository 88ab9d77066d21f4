//! Meetings and records of the books as lines of text: to be copied, and to be edited anywhere, read back and applied as
//! one change. What a line prints it reads back, or it does not print it; requests have lines of their own grammar.

mod edited;
mod modified;

use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::kinds;
use crate::domain::meeting::form::MeetingForm;
use crate::domain::meeting::{Meeting, MeetingStatus, OccurrenceKey};
use crate::domain::record::{FieldKind, FieldSpec, Fields, RecordKey};
use crate::domain::words::capture;
use crate::ops::sheet::Texts;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;
pub use modified::{due_field, echo, fields_of, texts_of};

/// A record with its declared fields and what stands in them, as it could be typed.
pub(super) struct FieldRow {
    pub key: RecordKey,
    pub fields: &'static [FieldSpec],
    pub texts: Texts,
}

impl FieldRow {
    /// The same of a meeting.
    pub fn of_meeting(meeting: &Meeting) -> Self {
        let form = MeetingForm::of(meeting);
        let texts = MeetingForm::FIELDS.iter().map(|field| (field.name, form.get(field.name))).collect();
        Self { key: meeting.key.clone().into(), fields: MeetingForm::FIELDS, texts }
    }

    fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(field, _)| *field == name).map_or("", |(_, text)| text)
    }

    /// Those that somebody sets, and others may read.
    fn shown(&self) -> impl Iterator<Item = &'static FieldSpec> {
        let is_shown = |field: &&FieldSpec| {
            (field.is_in_form() || field.is_option()) && !field.is_private && field.kind != FieldKind::Secret
        };
        self.fields.iter().filter(is_shown)
    }

    /// The words of its line: what it is called, then its fields by name.
    fn print(&self) -> String {
        let words = self.shown().filter_map(|field| self.word(field));
        words.collect::<Vec<_>>().join(" ")
    }

    /// In quotes where its words would set something else.
    // A value that neither way reads back is left out: a line that is only opened and saved must change nothing.
    fn word(&self, field: &FieldSpec) -> Option<String> {
        let value = self.text(field.name);
        if value.trim().is_empty() || value.contains('\n') {
            return None;
        }
        let is_first = self.fields.first().is_some_and(|first| first.name == field.name);
        let name = if is_first { String::new() } else { format!("{}:", field.name) };
        let is_back = |word: &String| {
            let read = capture::parse(word, self.fields);
            read.problem.is_none() && read.fields == [(field.name, value.to_owned())]
        };
        [format!("{name}{value}"), format!("{name}\"{value}\"")].into_iter().find(is_back)
    }
}

impl Desk {
    pub(super) fn field_row(&self, key: &RecordKey) -> Result<FieldRow, OpsError> {
        match key {
            RecordKey::Meeting(key) => {
                let mut meeting = self.meeting(key)?;
                if self.is_presenting {
                    meeting.leave_out_plan();
                }
                Ok(FieldRow::of_meeting(&meeting))
            }
            RecordKey::Numbered(kind, _) => {
                let (fields, texts) = (kinds::fields(*kind), self.entry_texts(key)?);
                Ok(FieldRow { key: key.clone(), fields, texts })
            }
        }
    }

    /// In what a meeting or a record differs from how it stands elsewhere, by the titles of its fields.
    pub(super) fn row_differences(&self, key: &RecordKey, after: &Self) -> Result<Vec<Difference>, OpsError> {
        let before = self.field_row(key)?;
        let (old, new) = (self.takes_place(key)?, after.takes_place(key)?);
        let mut found = difference::of_fields([("stands", old, new.clone())]);
        // Nothing is left that could stand there otherwise.
        if new == FieldValue::told("removed") {
            return Ok(found);
        }
        let row = after.field_row(key)?;
        let field = |field: &FieldSpec| {
            let (old, new) = (before.text(field.name), row.text(field.name));
            (old != new).then(|| Difference {
                field: field.json_name(),
                title: field.title.to_lowercase(),
                old: FieldValue::told(old),
                new: FieldValue::told(new),
            })
        };
        found.extend(before.fields.iter().filter_map(field));
        Ok(found)
    }

    /// Of a meeting whether it takes place, is cancelled or removed, and whether it is owed a reflection.
    fn takes_place(&self, key: &RecordKey) -> Result<FieldValue, OpsError> {
        let RecordKey::Meeting(meeting) = key else { return Ok(FieldValue::Empty) };
        let found = match self.store.meeting(meeting.meeting) {
            Err(StoreError::Missing(_)) => return Ok(FieldValue::told("removed")),
            // The row of a removed series stays, or its calendar would bring it back.
            Ok(row) if row.is_off => return Ok(FieldValue::told("removed")),
            _ => self.meeting(meeting)?,
        };
        let is_owed = !self.owed_among(std::slice::from_ref(&found))?.is_empty();
        Ok(FieldValue::told(match (found.status, is_owed) {
            (MeetingStatus::Cancelled, _) => "cancelled",
            (_, true) => "owed a reflection",
            _ => "",
        }))
    }

    /// Records of any kind as lines for others to read, one each.
    ///
    /// # Errors
    /// When one of them is gone or the store cannot be read.
    pub fn lines_to_copy(&self, keys: &[RecordKey]) -> Result<String, OpsError> {
        let lines = keys.iter().map(|key| self.line_to_copy(key)).collect::<Result<Vec<_>, _>>()?;
        Ok(lines.join("\n"))
    }

    fn line_to_copy(&self, key: &RecordKey) -> Result<String, OpsError> {
        if let Some(id) = key.request() {
            let request = self.store.request(id)?;
            let due = request.due.map_or_else(String::new, |due| format!(", due {due}"));
            return Ok(format!("{id} {} ({}{due})", request.title, request.stage.title()));
        }
        if let RecordKey::Meeting(meeting) = key {
            return Ok(meeting_to_copy(&self.meeting(meeting)?));
        }
        let row = self.field_row(key)?;
        // Long texts stay on the page: a line names what it is, whose, and by when.
        let says = |field: &&FieldSpec| {
            !matches!(field.kind, FieldKind::Text | FieldKind::Long) && !row.text(field.name).is_empty()
        };
        let (title, rest) =
            row.fields.split_first().map_or(("", &[][..]), |(first, rest)| (row.text(first.name), rest));
        let is_shown = |field: &&FieldSpec| row.shown().any(|shown| shown.name == field.name);
        let facts: Vec<String> = rest
            .iter()
            .filter(is_shown)
            .filter(says)
            .map(|field| format!("{} {}", field.title.to_lowercase(), row.text(field.name)))
            .collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
        Ok(format!("{key} {title}{facts}"))
    }
}

/// `M-4 Brand council, Tue 24 Nov 10:00 (stakeholder; Owen Price, Priya Nair)`
fn meeting_to_copy(meeting: &Meeting) -> String {
    let OccurrenceKey { meeting: id, .. } = &meeting.key;
    let form = if meeting.is_all_day { "%a %-d %b" } else { "%a %-d %b %H:%M" };
    let who = meeting.attendees.join(", ");
    let who = if who.is_empty() { String::new() } else { format!("; {who}") };
    format!("{id} {}, {} ({}{who})", meeting.title, meeting.start.format(form), meeting.kind_title())
}
