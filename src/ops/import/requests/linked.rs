//! What rows name: whose part they are, and what they wait for. A file need not have those rows; what came in from its source
//! before is known still.

use std::collections::{BTreeMap, BTreeSet};

use super::Writer;
use crate::domain::difference;
use crate::domain::request::Request;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::requests::{Blocker, Draft, IN_A_CIRCLE, NOT_IN_FILE, ParentRef};
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
        {
            // One of the two may stand here from an earlier file.
            if self.is_above(&child, &parent)? {
                let message = IN_A_CIRCLE.to_owned();
                row.problems.push(Problem { column: String::new(), value: parent.id.to_string(), message });
                return Ok(());
            }
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

    /// True if a request is another one, or that one is a part of it, over however many.
    fn is_above(&self, above: &Request, below: &Request) -> Result<bool, StoreError> {
        let (mut at, mut seen) = (below.clone(), BTreeSet::new());
        while at.id != above.id {
            let Some(parent) = at.parent.filter(|_| seen.insert(at.id)) else { return Ok(false) };
            at = self.tx.request(parent)?;
        }
        Ok(true)
    }

    /// A row that waits for others of its source which its file does not have, without those that are over and with what the
    /// rest are called; `None` for every other row.
    pub(super) fn still_waiting(&self, draft: &Draft) -> Result<Option<Draft>, StoreError> {
        if draft.waits.iter().all(|it| it.is_row) {
            return Ok(None);
        }
        let mut left: Vec<Blocker> = Vec::new();
        for blocker in &draft.waits {
            if blocker.is_row {
                left.push(blocker.clone());
            } else {
                left.extend(self.still_blocking(&blocker.text)?);
            }
        }
        if left == draft.waits {
            return Ok(None);
        }
        let mut draft = draft.clone();
        if left.is_empty() && !draft.is_blocked_by_status {
            draft.request.blocked = None;
        } else if let Some(blocked) = &mut draft.request.blocked {
            blocked.reason = Blocker::joined(&left);
        }
        Ok(Some(draft))
    }

    /// What of some words still blocks. Words that name no request of the source are one reason, commas and all.
    fn still_blocking(&self, text: &str) -> Result<Vec<Blocker>, StoreError> {
        let known = |part: &str, known: &Request| {
            let title = if part.contains(&known.title) { String::new() } else { format!(" {}", known.title) };
            known.stage.is_open().then(|| Blocker { text: format!("{part}{title}"), is_row: true })
        };
        if let Some(whole) = self.named_by(text)? {
            return Ok(known(text, &whole).into_iter().collect());
        }
        let (mut left, mut is_any) = (Vec::new(), false);
        for part in text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            match self.named_by(part)? {
                Some(named) => {
                    is_any = true;
                    left.extend(known(part, &named));
                }
                None => left.push(Blocker { text: part.to_owned(), is_row: false }),
            }
        }
        Ok(if is_any { left } else { vec![Blocker { text: text.to_owned(), is_row: false }] })
    }

    /// The request of its source that a text names by its id: `A-1`, `#12`, `A-1 Film`. A number before other words counts
    /// them, and is no id.
    fn named_by(&self, text: &str) -> Result<Option<Request>, StoreError> {
        let first = text.split([' ', ':']).next().unwrap_or_default();
        let has = |is: fn(char) -> bool| first.contains(is);
        let is_id = first == text || first.starts_with('#') || has(char::is_alphabetic);
        if !has(|c| c.is_ascii_digit()) || !is_id {
            return Ok(None);
        }
        match self.tx.request_from(self.source, first)? {
            None => self.tx.request_from(self.source, first.trim_start_matches('#')),
            found => Ok(found),
        }
    }
}
