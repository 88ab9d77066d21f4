//! Lines of meetings and records to edit: printed under a head that says how, and taken back as one change.

use std::collections::HashSet;

use super::FieldRow;
use crate::domain::ids::OperationId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::RecordKey;
use crate::domain::words::capture;
use crate::ops::requests::as_text::{Head, TextFault, refused};
use crate::ops::sheet::{self, FormContext, Texts};
use crate::ops::{Desk, OpsError};
use crate::store::{Committed, StoreError};

/// What an edited text says of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditedRows {
    pub changes: Vec<(RecordKey, Texts)>,
    pub faults: Vec<TextFault>,
    /// Those whose lines were taken out, which changes nothing.
    pub left_out: usize,
}

impl Desk {
    /// Meetings and records as lines to edit.
    ///
    /// # Errors
    /// When one of them is gone or the store cannot be read.
    pub fn rows_as_text(&self, keys: &[RecordKey]) -> Result<String, OpsError> {
        let mut text = Head::print(keys, self.store.newest_operation()?);
        for key in keys {
            let row = self.field_row(key)?;
            // Not of the key that was asked for: a series is told by its next day.
            text.extend([row.key.to_string(), " ".to_owned(), row.print(), "\n".to_owned()]);
        }
        Ok(text)
    }

    /// Reads edited lines against what is stored now.
    ///
    /// # Errors
    /// When the store cannot be read; what is wrong with the text stands in what is given back.
    pub fn read_rows(&self, text: &str) -> Result<EditedRows, OpsError> {
        let head: Head<RecordKey> = Head::of(text);
        let mut found = EditedRows::default();
        let mut seen = HashSet::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match self.read_field_row(line, &head, &mut seen)? {
                Ok((_, texts)) if texts.is_empty() => {}
                Ok(change) => found.changes.push(change),
                Err(message) => found.faults.push(TextFault { line: index + 1, column: None, message }),
            }
        }
        found.left_out = head.keys.difference(&seen).count();
        Ok(found)
    }

    fn read_field_row(
        &self,
        line: &str,
        head: &Head<RecordKey>,
        seen: &mut HashSet<RecordKey>,
    ) -> Result<Result<(RecordKey, Texts), String>, OpsError> {
        let (key, words) = line.trim_end().split_once(char::is_whitespace).unwrap_or((line.trim_end(), ""));
        let known = key.parse::<RecordKey>().ok();
        // Lines without a head were typed by somebody, who may name any record.
        let Some(key) = known.filter(|key| head.keys.is_empty() || head.keys.contains(key)) else {
            return Ok(Err(format!("`{key}` is no key of these lines; keys stay as they are")));
        };
        if !seen.insert(key.clone()) {
            return Ok(Err(format!("{key} stands there twice")));
        }
        let row = match self.field_row(&key) {
            Err(OpsError::Store(StoreError::Missing(_))) => {
                return Ok(Err(format!("{key} is not there any more")));
            }
            found => found?,
        };
        let texts = match row.changed(words, head.clears()) {
            Ok(texts) => texts,
            Err(message) => return Ok(Err(message)),
        };
        if let Some(message) = self.fault_of_texts(&row, &texts)? {
            return Ok(Err(message));
        }
        if let Some(later) = self.record_changed_since(&key, head)?.filter(|_| !texts.is_empty()) {
            return Ok(Err(super::super::requests::as_text::outdated(&key, later)));
        }
        Ok(Ok((key, texts)))
    }

    /// What is wrong with one of some texts, as a form would say it.
    fn fault_of_texts(&self, row: &FieldRow, texts: &Texts) -> Result<Option<String>, OpsError> {
        let (reading, people) = (self.reading()?, self.store.people()?);
        let around = FormContext { reading: &reading, people: &people, sources: &[] };
        let fault = |(name, text): &(&'static str, String)| {
            let field = row.fields.iter().find(|field| field.name == *name)?;
            let wrong = sheet::check(field, text, around).err()?;
            Some(format!("{}: {wrong}", field.name))
        };
        Ok(texts.iter().find_map(fault))
    }

    fn record_changed_since(
        &self,
        key: &RecordKey,
        head: &Head<RecordKey>,
    ) -> Result<Option<OperationId>, StoreError> {
        let Some(as_of) = head.as_of else { return Ok(None) };
        // A meeting has its notes in rows of their own, which are edited in its line too.
        let newest = match key {
            RecordKey::Meeting(meeting) => self.store.operations_on_meeting(meeting.meeting, 1)?,
            RecordKey::Numbered(..) => self.store.operations_on_record(key, 1)?,
        };
        Ok(newest.first().map(|operation| operation.id).filter(|id| id.0 > as_of))
    }

    /// Makes all the changes of edited lines as one, or none of them if one is wrong. Meetings and records are not on one
    /// list, and so never in one text.
    ///
    /// # Errors
    /// With every fault of the text; when a value is refused.
    pub fn apply_rows(&mut self, text: &str) -> Result<(Committed<()>, EditedRows), OpsError> {
        let read = self.read_rows(text)?;
        refused(&read.faults)?;
        let committed = self.write_rows(&read.changes)?;
        Ok((committed, read))
    }

    /// Writes changed texts of meetings, or of records, as one change.
    pub(super) fn write_rows(&mut self, changes: &[(RecordKey, Texts)]) -> Result<Committed<()>, OpsError> {
        let (mut meetings, mut records) = (Vec::new(), Vec::new());
        for (key, texts) in changes {
            match key {
                RecordKey::Meeting(meeting) => meetings.push((meeting.clone(), texts.clone())),
                RecordKey::Numbered(..) => records.push((key.clone(), texts.clone())),
            }
        }
        match (meetings.is_empty(), records.is_empty()) {
            (false, true) => self.edit_meetings(&self.meeting_changes(&meetings)?),
            (true, _) => self.edit_entries(&records),
            (false, false) => Err(OpsError::rejected(
                "meetings and records are not changed by one text",
                "Keep the lines of either in a text of their own.",
            )),
        }
    }

    fn meeting_changes(
        &self,
        meetings: &[(OccurrenceKey, Texts)],
    ) -> Result<Vec<(OccurrenceKey, crate::ops::meetings::MeetingChange)>, OpsError> {
        let context = self.reading()?;
        let change = |(key, texts): &(OccurrenceKey, Texts)| {
            Ok((key.clone(), self.meeting_change(key, texts, &context)?))
        };
        meetings.iter().map(change).collect()
    }
}

impl FieldRow {
    /// The fields that a line sets otherwise than they are. What a printed line had and this one lacks is cleared.
    fn changed(&self, words: &str, clears: bool) -> Result<Texts, String> {
        let read = capture::parse(words, self.fields);
        if let Some((word, wrong)) = read.problem {
            return Err(format!("`{word}` {wrong}"));
        }
        let mut texts: Texts = Vec::new();
        for (name, text) in &read.fields {
            let is_shown = self.shown().any(|field| field.name == *name);
            if !is_shown {
                return Err(format!("`{name}` is not set in a line"));
            }
            // Only what is typed otherwise is read: a day that was printed in words must not move by being saved.
            if self.text(name) != text {
                texts.push((name, text.clone()));
            }
        }
        let is_said = |name: &str| read.fields.iter().any(|(said, _)| *said == name);
        let gone = self.shown().filter(|field| clears && self.word(field).is_some() && !is_said(field.name));
        texts.extend(gone.map(|field| (field.name, String::new())));
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::MeetingKind;
    use crate::domain::record::Kind;
    use crate::ops::kit::{desk_at, entry, meet, refusal, told};

    fn desk() -> Desk {
        desk_at("2026-11-23T09:00:00+00:00")
    }

    #[test]
    fn records_come_back_as_they_were_printed_and_change_as_one() {
        let mut desk = desk();
        let promise =
            entry(&mut desk, Kind::Promise, &[("text", "fair: copy"), ("who", "Priya"), ("way", "to")]);
        let risk = entry(&mut desk, Kind::Risk, &[("text", "print slot ~6h lost"), ("impact", "2")]);
        let text = desk.rows_as_text(&[promise, risk]).unwrap();
        assert_eq!(desk.read_rows(&text).unwrap(), EditedRows::default(), "{text}");
        let count = desk.history(None).unwrap().len();
        let edited = text.replace("Priya", "Owen").replace("slot", "shop").replace(" impact:2", " impact:3");
        desk.apply_rows(&edited).unwrap();
        assert_eq!(desk.history(None).unwrap().len(), count + 1);
        let after =
            desk.rows_as_text(&[RecordKey::Numbered(Kind::Promise, 1), RecordKey::Numbered(Kind::Risk, 1)]);
        let after = after.unwrap();
        assert!(
            after.contains("who:Owen") && after.contains("print shop ~6h lost") && after.contains("impact:3"),
            "{after}"
        );
        // The lines are older now than what they would change.
        let late = refusal(desk.apply_rows(&text));
        assert!(late.contains("line 4: P-1 was changed meanwhile"), "{late}");
    }

    #[test]
    fn a_line_that_is_wrong_keeps_all_as_they_were() {
        let mut desk = desk();
        let key = entry(&mut desk, Kind::Risk, &[("text", "slot lost"), ("impact", "2")]);
        let text = desk.rows_as_text(std::slice::from_ref(&key)).unwrap();
        for (from, to, wrong) in [
            ("impact:2", "impact:9", "line 4: impact: "),
            ("impact:2", "impatc:2", "line 4: `impatc:2` is not a field"),
            ("K-1 ", "K-7 ", "line 4: `K-7` is no key"),
            ("slot lost", "", "line 4: "),
        ] {
            let refused = refusal(desk.apply_rows(&text.replace(from, to)));
            assert!(refused.contains(wrong), "{to}: {refused}");
        }
    }

    #[test]
    fn meetings_change_by_their_lines_as_one() {
        let mut desk = desk();
        let keys = [("Board", "2026-11-24T10:00"), ("Sync", "2026-11-25T10:00")];
        let keys = keys.map(|(title, at)| meet(&mut desk, title, at, MeetingKind::Team, &["Kim Oh"]).into());
        let text = desk.rows_as_text(&keys).unwrap();
        assert_eq!(desk.read_rows(&text).unwrap(), EditedRows::default(), "{text}");
        desk.apply_rows(&text.replace("kind:team", "kind:leadership intent:\"a yes\"")).unwrap();
        assert!(told(&desk).starts_with("Edited 2 meetings: kind "), "{}", told(&desk));
        desk.undo(None).unwrap();
        assert!(
            desk.lines_to_copy(&keys)
                .unwrap()
                .starts_with("M-1 Board, Tue 24 Nov 10:00 (team; Kim Oh)\nM-2 Sync")
        );
        let late = refusal(desk.apply_rows(&text.replace("Board", "Bored")));
        assert!(
            late.contains("M-1@") && late.contains("changed meanwhile") || late.contains("M-1 was changed"),
            "{late}"
        );
    }
}
