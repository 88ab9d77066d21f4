//! One request with all that touches it.

use super::queue::QueueRow;
use super::{Desk, OpsError, assign};
use crate::domain::allocation::Allocation;
use crate::domain::ids::RequestId;
use crate::domain::request::Request;
use crate::store::{Operation, Table};

/// How much of the past is shown.
const HISTORY: u32 = 12;

/// What touches a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestDetail {
    /// The request as the queue sees it.
    pub row: QueueRow,
    /// Who holds how much of it, when.
    pub allocations: Vec<(String, Allocation)>,
    /// What it is a part of.
    pub parent: Option<Request>,
    /// Its own parts.
    pub parts: Vec<Request>,
    /// What happened to it, newest first.
    pub history: Vec<Operation>,
    /// Questions about what is missing, ready to paste.
    pub questions: String,
}

impl Desk {
    /// Gathers what touches a request.
    ///
    /// # Errors
    /// When there is none, or the store cannot be read.
    pub fn request_detail(&self, id: RequestId) -> Result<RequestDetail, OpsError> {
        let row = self.row(id)?;
        let people = self.store.people()?;
        let allocations = self.store.allocations_of(id)?;
        let allocations = allocations
            .into_iter()
            .map(|allocation| (assign::handle(&people, allocation.person), allocation))
            .collect();
        let parent = row.request.parent.map(|parent| self.store.request(parent)).transpose()?;
        let questions = crate::domain::readiness::questions(&row.request, &row.readiness);
        Ok(RequestDetail {
            parent,
            parts: self.store.parts_of(id)?,
            history: self.store.operations_on(Table::Request, id.0, HISTORY)?,
            questions,
            allocations,
            row,
        })
    }
}
