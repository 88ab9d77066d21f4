//! What rows name: whose part they are, and what they wait for. A file need not have those rows; what came in from its source
//! before is known still.

use std::collections::BTreeMap;

use super::Writer;
use crate::domain::difference;
use crate::domain::request::Request;
use crate::import::field::Field;
use crate::import::requests::{Draft, NOT_IN_FILE, ParentRef};
use crate::ops::import::{RowAction, RowReport};
use crate::store::StoreError;

impl Writer<'_> {
    /// A part of something is none any more once its source says so, unless it is part of something else here.
    pub(super) fn unlink(
        &self,
        draft: &Draft,
        before: &BTreeMap<String, String>,
        request: &mut Request,
    ) -> Result<(), StoreError> {
        let is_taken_away = draft.parent == ParentRef::None && draft.given.contains(&Field::Parent);
        let last = before.get(&Field::Parent.name()).filter(|last| is_taken_away && !last.is_empty());
        if let (Some(last), Some(parent)) = (last, request.parent)
            && self.tx.request_from(self.source, last)?.is_some_and(|known| known.id == parent)
        {
            request.parent = None;
        }
        Ok(())
    }

    pub(super) fn link(&self, draft: &Draft, row: &mut RowReport) -> Result<(), StoreError> {
        if row.action == RowAction::Skipped {
            return Ok(());
        }
        let (ParentRef::External(parent) | ParentRef::Unknown(parent)) = &draft.parent else { return Ok(()) };
        let child = self.tx.request_from(self.source, &draft.request.external_id)?;
        let parent = self.tx.request_from(self.source, parent)?;
        if parent.is_some() {
            row.problems.retain(|problem| problem.message != NOT_IN_FILE);
        }
        if let (Some(mut child), Some(parent)) = (child, parent)
            && child.parent != Some(parent.id)
            && child.id != parent.id
        {
            let before = child.clone();
            child.parent = Some(parent.id);
            self.tx.put_request(&child)?;
            // A new row brings its parent along; only of one that was here is that a change to be told.
            if row.action != RowAction::Created {
                row.changes.extend(difference::between(&before, &child, |at| self.clock.day_of(at)));
                row.action = RowAction::Updated;
            }
        }
        Ok(())
    }

    /// A row that waits for others of its source which its file does not have, without those that are over and with what the
    /// rest are called; `None` for every other row.
    pub(super) fn still_waiting(&self, draft: &Draft) -> Result<Option<Draft>, StoreError> {
        let Some(blocked) = draft.request.blocked.as_ref().filter(|_| draft.waits) else { return Ok(None) };
        let (mut left, mut is_any) = (Vec::new(), false);
        for part in blocked.reason.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let known = self.named_by(part)?;
            is_any |= known.is_some();
            match known {
                Some(known) if known.stage.is_closed() => {}
                Some(known) if !part.contains(&known.title) => left.push(format!("{part} {}", known.title)),
                _ => left.push(part.to_owned()),
            }
        }
        if !is_any {
            return Ok(None);
        }
        let mut draft = draft.clone();
        if left.is_empty() && !draft.is_blocked_by_status {
            draft.request.blocked = None;
        } else if let Some(blocked) = &mut draft.request.blocked {
            blocked.reason = left.join(", ");
        }
        Ok(Some(draft))
    }

    /// The request of its source that a text names by its id: `A-1`, `#12`, `A-1 Film`.
    fn named_by(&self, text: &str) -> Result<Option<Request>, StoreError> {
        let first = text.split([' ', ':']).next().unwrap_or_default();
        for id in [text, first, first.trim_start_matches('#')] {
            // An id has a digit; a word that a title begins with is none.
            if id.contains(|c: char| c.is_ascii_digit())
                && let Some(found) = self.tx.request_from(self.source, id)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
