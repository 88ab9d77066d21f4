//! What a change would make of some records, before anybody decides it.

use std::collections::BTreeSet;

use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::ids::RequestId;
use crate::domain::person::Person;
use crate::domain::private::PrivateKeys;
use crate::domain::record::RecordKey;
use crate::ops::{Desk, OpsError};

impl Desk {
    /// In what each of some records would differ after a change, in their order. As the load after a change it is
    /// made on a copy, so it is what would stand there.
    ///
    /// # Errors
    /// As the change itself, or when the store cannot be read.
    pub fn differences_after(
        &self,
        keys: &[RecordKey],
        change: impl FnOnce(&mut Self) -> Result<(), OpsError>,
    ) -> Result<Vec<Vec<Difference>>, OpsError> {
        let after = self.tried(change)?;
        // Whether a record is private stands in a row of its own, which no comparison of its fields sees.
        let (old, new) = (self.private_keys()?, after.private_keys()?);
        let differences = |key: &RecordKey| {
            let mut found = match key.request() {
                Some(id) => self.request_differences(id, &after)?,
                None => self.row_differences(key, &after)?,
            };
            let is_private = |known: &PrivateKeys| FieldValue::Truth(known.has(key));
            found.extend(difference::of_fields([("private", is_private(&old), is_private(&new))]));
            Ok(found)
        };
        keys.iter().map(differences).collect()
    }

    fn request_differences(&self, id: RequestId, after: &Self) -> Result<Vec<Difference>, OpsError> {
        let people = self.store.people()?;
        let (one, other) = (self.store.request(id)?, after.store.request(id)?);
        let mut found = difference::between(&one, &other, |instant| self.clock.day_of(instant));
        // Shares are rows of their own too, so who has the work is compared apart from the fields.
        let held = ("held by", self.held_by(id, &people)?, after.held_by(id, &people)?);
        found.extend(difference::of_fields([held]));
        Ok(found)
    }

    /// The handles of those who hold a request.
    fn held_by(&self, id: RequestId, people: &[Person]) -> Result<FieldValue, OpsError> {
        // Somebody may have several shares of one request, and is named once.
        let holders: BTreeSet<_> = self.store.allocations_of(id)?.iter().map(|share| share.person).collect();
        let named = people.iter().filter(|person| holders.contains(&person.id));
        Ok(FieldValue::told(&named.map(|person| person.handle.as_str()).collect::<Vec<_>>().join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stage::Stage;
    use crate::ops::kit::{give, request, studio};

    /// `due Fri 27 Nov → Tue 1 Dec`, for each of two requests.
    fn told(
        desk: &Desk,
        ids: &[RequestId],
        change: impl FnOnce(&mut Desk) -> Result<(), OpsError>,
    ) -> Vec<String> {
        let keys: Vec<RecordKey> = ids.iter().copied().map(RecordKey::from).collect();
        let found = desk.differences_after(&keys, change).unwrap();
        let said = |difference: &Difference| {
            let (old, new) = difference.both();
            format!("{} {old} → {new}", difference.title)
        };
        found.iter().map(|one| one.iter().map(said).collect::<Vec<_>>().join(", ")).collect()
    }

    #[test]
    fn each_request_says_what_it_was_and_what_it_becomes_and_nothing_is_written() {
        let mut desk = studio();
        let ids = [request(&mut desk, "Film t3 ~20h due:fri"), request(&mut desk, "Poster t1")];
        give(&mut desk, ids[0], "ana", 12);
        let count = desk.history(None).unwrap().len();
        let edit = |words: &'static str| move |copy: &mut Desk| copy.edit(&ids, words).map(drop);
        assert_eq!(told(&desk, &ids, edit("t3")), ["", "tier 1 → 3"]);
        assert_eq!(
            told(&desk, &ids, edit("due:2026-12-01 @bo")),
            [
                "due Fri 27 Nov → Tue 1 Dec, held by ana → ana bo",
                "due nothing → Tue 1 Dec, held by nothing → bo"
            ]
        );
        let unassigned = told(&desk, &ids, |copy| copy.unassign(&ids).map(drop));
        assert_eq!(unassigned, ["held by ana → nothing", ""]);
        let blocked = told(&desk, &ids[1..], |copy| copy.block(&ids[1..], Some("photos")).map(drop));
        assert_eq!(blocked, ["blocked nothing → “photos”"]);
        let private = ids.map(RecordKey::from);
        let kept = told(&desk, &ids, |copy| copy.set_private(&private, None).map(drop));
        assert_eq!(kept, ["private no → yes", "private no → yes"]);
        let refused = desk.differences_after(&ids.map(RecordKey::from), |copy| {
            copy.move_to(&ids, Stage::Delivered, "").map(drop)
        });
        assert!(refused.is_err());
        assert_eq!(desk.history(None).unwrap().len(), count);
    }
}
