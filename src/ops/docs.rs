//! What is handed to people, gathered and counted here, laid out elsewhere: standup, brief, review.

pub mod brief;
mod load;
pub mod quarter;
pub mod review;
pub mod standup;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::Desk;
use super::books::Books;
use crate::domain::document::{Document, Reader, keys_in};
use crate::domain::ids::RequestId;
use crate::domain::record::RecordKey;
use crate::store::StoreError;

impl Desk {
    /// The room that documents are handed on to.
    pub const fn room(&self) -> Reader {
        self.config.room
    }

    /// A document that knows what the keys in its sentences are called: a room reads those names in their place.
    fn named(&self, mut document: Document, books: &Books) -> Result<Document, StoreError> {
        let said: BTreeSet<&str> = document.texts().flat_map(keys_in).map(|(_, key)| key).collect();
        let keys: Vec<RecordKey> = said.into_iter().filter_map(|key| key.parse().ok()).collect();
        let mut names: BTreeMap<String, String> =
            keys.iter().filter_map(|key| Some((key.to_string(), books.title(key)?))).collect();
        let requests: Vec<RequestId> = keys.iter().filter_map(RecordKey::request).collect();
        let found = self.store.requests_with(&requests)?;
        names.extend(found.into_iter().map(|request| (request.id.to_string(), request.title)));
        document.room.names = names;
        self.keeping_private(document)
    }
}
