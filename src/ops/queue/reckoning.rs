//! What is reckoned of all open requests together, kept so that a screenful of the queue costs reading a
//! screenful: the order, who cannot fit, the usual times and the counts. The rest of a row follows from the row.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{QueueAndLoad, QueueRow, Unfit, Usual};
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::domain::words::filter::Filter;
use crate::ops::Desk;
use crate::ops::kept::{self, Grounds, Kept};
use crate::store::{Store, StoreError};

/// How many open requests there are, and how many of them need a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Open.
    pub open: usize,
    /// New.
    pub new: usize,
    /// At risk.
    pub at_risk: usize,
}

impl Counts {
    /// Counts rows.
    #[must_use]
    pub fn of(rows: &[QueueRow]) -> Self {
        Self {
            open: rows.len(),
            new: rows.iter().filter(|row| row.request.stage == Stage::New).count(),
            at_risk: rows.iter().filter(|row| !row.reasons.is_empty()).count(),
        }
    }
}

/// What no row can know by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    pub(super) usual: Usual,
    order: Vec<i64>,
    cannot_fit: Vec<i64>,
    /// For the line above the queue.
    pub counts: Counts,
}

impl Kept for Reckoning {
    const NAME: &'static str = "queue";
}

/// Kept by themselves too: they outlast every operation that touches no delivery.
impl Kept for Usual {
    const NAME: &'static str = "usual";
}

impl Reckoning {
    pub(super) fn of(rows: &[QueueRow], usual: Usual, cannot_fit: Unfit) -> Self {
        let mut cannot_fit: Vec<i64> = cannot_fit.into_iter().map(|id| id.0).collect();
        cannot_fit.sort_unstable();
        let order = rows.iter().map(|row| row.request.id.0).collect();
        Self { usual, order, cannot_fit, counts: Counts::of(rows) }
    }

    /// What to keep of it, by name.
    #[must_use]
    pub fn texts(&self, grounds: &Grounds) -> Vec<(&'static str, String)> {
        kept::text(grounds, self).into_iter().chain(kept::text(grounds, &self.usual)).collect()
    }

    /// The queue, in its order.
    #[must_use]
    pub fn order(&self) -> Vec<RequestId> {
        self.order.iter().copied().map(RequestId).collect()
    }
}

impl Desk {
    /// Keeps what was reckoned anew.
    pub fn keep(&self, found: &QueueAndLoad) {
        self.store.keep(&found.reckoning.texts(&found.grounds));
    }

    /// The usual times: as they are kept, if no delivery changed since, otherwise from all deliveries. Those are
    /// to be kept by whoever is not reading any more.
    pub(super) fn usual(&self, store: &Store, grounds: &Grounds) -> Result<(Usual, bool), StoreError> {
        if let Some((operation, kept)) = kept::read_older::<Usual>(store, grounds)?
            && store.deliveries_stand_since(operation)?
        {
            return Ok((kept, false));
        }
        Ok((Usual::read(store, self)?, true))
    }

    /// Keeps usual times that were read anew.
    pub(super) fn keep_usual(&self, grounds: &Grounds, usual: Usual) {
        let text = kept::text(grounds, &usual);
        self.store.keep(&text.into_iter().collect::<Vec<_>>());
    }

    /// What fits a filter from what is kept; `None` if that does not hold any more.
    pub(super) fn reckoned_queue(
        &self,
        store: &Store,
        filter: &Filter,
        limit: Option<usize>,
    ) -> Result<Option<Vec<QueueRow>>, StoreError> {
        let grounds = Grounds::read(store, self)?;
        let Some(kept) = kept::read::<Reckoning>(store, &grounds)? else { return Ok(None) };
        let limit = limit.unwrap_or(usize::MAX);
        let mut ids = kept.order();
        if filter.takes_all() {
            ids.truncate(limit);
        }
        let mut rows = self.reckoned_rows(store, &kept, &ids)?;
        let today = self.today();
        rows.retain(|row| filter.matches(&row.subject(today)));
        rows.truncate(limit);
        Ok(Some(rows))
    }

    /// Some rows of the queue, in the order of `ids`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reckoned_rows(
        &self,
        store: &Store,
        kept: &Reckoning,
        ids: &[RequestId],
    ) -> Result<Vec<QueueRow>, StoreError> {
        let shares = store.allocations_of_all(ids)?;
        let mut holders: Vec<_> = shares.iter().map(|share| share.person).collect();
        holders.sort_unstable();
        holders.dedup();
        let names = store.names_of(&holders)?;
        let cannot_fit = kept.cannot_fit.iter().copied().map(RequestId).collect();
        let around = self.around(kept.usual, &shares, &names, cannot_fit)?;
        let requests = store.requests_with(ids)?;
        let mut requests: HashMap<RequestId, _> =
            requests.into_iter().map(|request| (request.id, request)).collect();
        Ok(ids.iter().filter_map(|id| requests.remove(id)).map(|request| around.row(request)).collect())
    }
}
