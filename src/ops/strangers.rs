//! Whom a filter asks for that nobody is called: compared with everybody whom the store names anywhere.

use super::Desk;
use super::books::Books;
use crate::domain::meeting::Meeting;
use crate::domain::words::filter::names::{Roster, Stranger, names_of, names_of_request, strangers};
use crate::domain::words::filter::schema::Vocabulary;
use crate::store::StoreError;

impl Desk {
    /// The names that a filter asks for and that nobody has: neither the team, nor a stakeholder, nor whoever stands in a
    /// request, a record or one of the meetings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn strangers(
        &self,
        text: &str,
        vocabulary: &Vocabulary,
        meetings: &[Meeting],
    ) -> Result<Vec<Stranger>, StoreError> {
        let (people, books) = (self.store.people()?, self.books()?);
        let private = self.private_keys()?;
        let mut requests = self.store.all_requests()?;
        // A nearest name that only a private request has would tell onlookers that there is such a request.
        requests.retain(|request| !self.is_presenting || !private.has(&request.id.into()));
        // Gathered late: a list of nothing is rare, and a name in it that nobody has is rarer.
        let said = || {
            let asked = requests.iter().flat_map(names_of_request);
            asked.chain(books.names_said()).chain(attendees(meetings)).collect()
        };
        let values = |word: &str| match word {
            "discipline" => people.iter().map(|person| person.discipline.clone()).collect(),
            "tag" => requests.iter().flat_map(|request| request.tags.iter().cloned()).collect(),
            "brand" => requests.iter().map(|request| request.brand.clone()).collect(),
            "channel" => requests.iter().map(|request| request.channel.clone()).collect(),
            _ => Vec::new(),
        };
        let roster =
            Roster { people: &people, stakeholders: &books.stakeholders, said: &said, values: &values };
        Ok(strangers(text, vocabulary, &self.reading()?, &roster))
    }
}

/// Whoever comes to meetings.
pub fn attendees<'a>(meetings: impl IntoIterator<Item = &'a Meeting>) -> impl Iterator<Item = String> {
    meetings.into_iter().flat_map(|meeting| meeting.attendees.iter().cloned())
}

impl Books {
    /// The names in all fields that are declared to hold one.
    pub fn names_said(&self) -> Vec<String> {
        let owners = self.outcomes.iter().flat_map(names_of);
        let deciders = self.decisions.iter().flat_map(names_of);
        let promised = self.promises.iter().flat_map(names_of);
        owners.chain(deciders).chain(promised).collect()
    }
}
