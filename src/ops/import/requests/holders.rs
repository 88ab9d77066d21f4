//! Who holds a request because its source names them. A share that came so goes with what the source says later; one that
//! was given or changed here stays, and is told beside it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CellPeople, GIVEN, HELD, SHARES, Writer};
use crate::domain::allocation::{Allocation, NewShare, Shape};
use crate::domain::difference::{Difference, FieldValue};
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::minutes::Minutes;
use crate::domain::request::Request;
use crate::domain::stage::Stage;
use crate::import::Problem;
use crate::import::field::Field;
use crate::import::requests::Draft;
use crate::ops::import::{RowAction, RowReport};
use crate::ops::{OpsError, rules, said, shares, work};
use crate::store::StoreError;

/// What sources said of a request, by the names of its fields.
pub(super) type SaidFields = std::collections::BTreeMap<String, String>;

/// A share as an import gave it. Plain numbers and words: what lies in a store has to be read by later versions.
#[derive(Serialize, Deserialize)]
struct GivenShare {
    share: i64,
    person: i64,
    minutes: Option<i64>,
    shape: String,
    from: NaiveDate,
    to: NaiveDate,
    is_tentative: bool,
}

/// Why work that is over is given to nobody.
const CLOSED: &str = "closed, so nobody is given any of it; open it again first";

impl GivenShare {
    fn of(share: &Allocation) -> Self {
        Self {
            share: share.id.0,
            person: share.person.0,
            minutes: share.minutes.map(|minutes| minutes.0),
            shape: share.shape.to_string(),
            from: share.from,
            to: share.to,
            is_tentative: share.is_tentative,
        }
    }

    /// True for the share as it was given. Hours left are said of the work, whoever does it, and its last day follows
    /// the due day by itself.
    fn is(&self, share: &Allocation, due: Option<NaiveDate>) -> bool {
        let now = Self::of(share);
        let is_end = self.to == now.to || due == Some(now.to);
        // A due day that moved before its first day takes that along.
        let is_begin = self.from == now.from || self.from > now.to;
        self.share == now.share
            && self.person == now.person
            && (self.minutes, &self.shape, self.is_tentative) == (now.minutes, &now.shape, now.is_tentative)
            && is_begin
            && is_end
    }
}

/// True if a source of shares knows one of them as its own.
fn is_of_a_plan(seen: &SaidFields, held: &[Allocation]) -> bool {
    let texts = seen.iter().filter(|(name, _)| name.starts_with(SHARES)).map(|(_, text)| text);
    let mut known = texts.flat_map(|text| {
        let stored: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
        stored.into_iter().filter_map(|share| share.get("share").and_then(serde_json::Value::as_i64))
    });
    known.any(|id| held.iter().any(|share| share.id.0 == id))
}

fn was_closed(before: Option<&Request>) -> bool {
    before.is_some_and(|before| before.stage.is_closed())
}

/// True if a row has a cell for whoever holds it, be that an empty one.
fn says_who(draft: &Draft) -> bool {
    let is_column = |field: &Field| matches!(field, Field::Assignee | Field::AssigneeEmail);
    draft.assignee.is_some() || draft.given.iter().any(is_column)
}

/// What a row says of its people and what is not done, or not known, because of it.
fn held_still(value: String, message: String) -> Problem {
    Problem { column: String::new(), value, message }
}

impl Writer<'_> {
    /// Gives open work to whoever holds it at the source. Shares that came so before follow it; where anything of them
    /// was decided here they stay, and are told when the source changed its mind.
    pub(super) fn hold(
        &mut self,
        draft: &Draft,
        (id, before): (RequestId, Option<&Request>),
        was_held: Option<&String>,
        row: &mut RowReport,
    ) -> Result<(), OpsError> {
        let says_who = says_who(draft);
        match before {
            None if says_who => self.hold_new(draft, id),
            // Nearly all rows of a large import are as they were, and nothing is read for them.
            None => Ok(()),
            Some(before) if !says_who && before.estimate == draft.request.estimate => Ok(()),
            Some(before) if self.is_undated(draft, before) => self.hold_undated(draft, (id, before), row),
            Some(before) => self.hold_known(draft, (id, before), was_held, row),
        }
    }

    fn hold_known(
        &mut self,
        draft: &Draft,
        (id, before): (RequestId, &Request),
        was_held: Option<&String>,
        row: &mut RowReport,
    ) -> Result<(), OpsError> {
        let request = self.tx.request(id)?;
        let mut seen = self.tx.seen(id)?;
        let held = self.follow_estimate(Some(before), &request, &mut seen)?;
        if !says_who(draft) {
            return Ok(());
        }
        let name = draft.assignee.clone().unwrap_or_default();
        let CellPeople { people, strangers } = self.named(&name);
        self.note_strangers(draft.row, strangers.clone());
        let is_exported = self.as_exported(draft).is_some();
        let was = was_held.filter(|_| is_exported).map(|cell| self.named(cell).people);
        let was: Option<BTreeSet<PersonId>> = was.map(|people| people.into_iter().collect());
        // In whichever order: who is named first holds no more of it than the others.
        if was.as_ref().is_some_and(|was| *was == people.iter().copied().collect()) && strangers.is_empty() {
            return Ok(());
        }
        if request.stage.is_closed() {
            row.problems.extend(was.map(|_| held_still(name, CLOSED.to_owned())));
            return Ok(());
        }
        // The source says the same as when it was followed, or when the work was taken away here on purpose.
        if seen.get(HELD) == Some(&name) && !is_exported {
            return Ok(());
        }
        if held.is_empty() {
            if people.is_empty() {
                return Ok(());
            }
            if row.action != RowAction::Created {
                row.changes.push(self.change(&held, &people));
            }
            return self.give((request, was_closed(Some(before))), &people, (seen, name));
        }
        let held_before = was_held.map(|cell| self.named(cell));
        // The same people in another spelling are no news.
        let is_news = held_before.is_none_or(|was| (&was.people, &was.strangers) != (&people, &strangers));
        let (here, there): (BTreeSet<PersonId>, BTreeSet<PersonId>) =
            (held.iter().map(|share| share.person).collect(), people.iter().copied().collect());
        if !is_news || here == there || was_held.is_none() && people.is_empty() {
            return Ok(());
        }
        if let Some(problem) = self.stays_with(&here, (&people, &strangers), (&seen, &held, &name)) {
            row.problems.push(problem);
        } else if was.is_some_and(|was| here == was) || self.is_only_given(&seen, &held, &request)? {
            row.changes.push(self.change(&held, &people));
            self.hand_over(&request, &held, &people, (seen, name))?;
        // Whoever holds it here beside those of the source is a decision of this side and contradicts nothing.
        } else if people.is_empty() || !there.is_subset(&here) {
            row.conflicts.push(self.change(&held, &people));
        }
        Ok(())
    }

    /// Tells that others hold it here than a table says which does not know when it was written. What is kept of who holds
    /// it is another source's, and stays its own.
    fn hold_undated(
        &mut self,
        draft: &Draft,
        (id, before): (RequestId, &Request),
        row: &mut RowReport,
    ) -> Result<(), OpsError> {
        let (request, mut seen) = (self.tx.request(id)?, self.tx.seen(id)?);
        let held = self.follow_estimate(Some(before), &request, &mut seen)?;
        if says_who(draft) {
            let CellPeople { people, strangers } = self.named(draft.assignee.as_deref().unwrap_or_default());
            let here: BTreeSet<PersonId> = held.iter().map(|share| share.person).collect();
            let is_same = here == people.iter().copied().collect();
            row.conflicts.extend((!is_same && strangers.is_empty()).then(|| self.change(&held, &people)));
            self.note_strangers(draft.row, strangers);
        }
        Ok(())
    }

    /// Why work stays with whoever holds it here, though its source names others.
    fn stays_with(
        &self,
        here: &BTreeSet<PersonId>,
        (people, strangers): (&[PersonId], &[String]),
        (seen, held, name): (&SaidFields, &[Allocation], &str),
    ) -> Option<Problem> {
        // Nobody is here to give it to, and a slip in a name must not take work from anybody.
        if people.is_empty() && !strangers.is_empty() {
            let message = format!("not in the team; {} holds it here still", self.handles(here));
            return Some(held_still(strangers.join("; "), message));
        }
        let message = || format!("a plan of shares gave it to {}, who holds it still", self.handles(here));
        is_of_a_plan(seen, held).then(|| held_still(name.to_owned(), message()))
    }

    /// Gives a new request to whoever holds it at the source. Nobody holds any of it here, so nothing is read for those of
    /// whom the team knows nobody: in a first import of a large list that is nearly every row.
    fn hold_new(&mut self, draft: &Draft, id: RequestId) -> Result<(), OpsError> {
        let name = draft.assignee.clone().unwrap_or_default();
        let CellPeople { people, strangers } = self.named(&name);
        self.note_strangers(draft.row, strangers);
        if people.is_empty() || draft.request.stage.is_closed() {
            return Ok(());
        }
        let (request, seen) = (self.tx.request(id)?, self.tx.seen(id)?);
        self.give((request, false), &people, (seen, name))
    }

    /// Asks how much is left of work that came back, whoever holds it: what stood there as done was not all of it.
    pub(super) fn ask_what_is_left(
        &self,
        id: RequestId,
        before: Option<&Request>,
        row: &mut RowReport,
    ) -> Result<(), StoreError> {
        if !was_closed(before) {
            return Ok(());
        }
        let request = self.tx.request(id)?;
        if request.stage == Stage::InProgress && request.left_said.is_none() {
            let counted = if self.tx.allocations_of(id)?.is_empty() {
                "all of its hours count"
            } else {
                "a tenth of its hours counts"
            };
            let message = format!(
                "it came back: how much is left of it? Until `left:6h` or the like says so, {counted}"
            );
            row.problems.push(held_still(String::new(), message));
        }
        Ok(())
    }

    fn handles(&self, people: &BTreeSet<PersonId>) -> String {
        let named = self.people.iter().filter(|person| people.contains(&person.id));
        named.map(|person| format!("@{}", person.handle)).collect::<Vec<_>>().join(", ")
    }

    fn change(&self, held: &[Allocation], people: &[PersonId]) -> Difference {
        let handle = |id: PersonId| {
            self.people.iter().find(|person| person.id == id).map_or("", |person| person.handle.as_str())
        };
        let told = |ids: &mut dyn Iterator<Item = PersonId>| ids.map(handle).collect::<Vec<_>>().join(", ");
        Difference {
            field: "people".to_owned(),
            title: "held by".to_owned(),
            old: FieldValue::told(&told(&mut held.iter().map(|share| share.person))),
            new: FieldValue::told(&told(&mut people.iter().copied())),
        }
    }

    /// True if all shares are those that a source of requests brought, as they came.
    pub(super) fn is_only_given(
        &mut self,
        seen: &SaidFields,
        held: &[Allocation],
        request: &Request,
    ) -> Result<bool, StoreError> {
        if let Some(text) = seen.get(GIVEN) {
            let given: Vec<GivenShare> = serde_json::from_str(text).unwrap_or_default();
            // Once its due day is taken away, the last day of a share stays where that was last.
            let due = request.due.map_or_else(|| self.tx.last_due(request.id), |due| Ok(Some(due)))?;
            return Ok(held.len() == given.len()
                && held.iter().all(|share| given.iter().any(|given| given.is(share, due))));
        }
        // Versions before kept only whom the source had named.
        let Some(followed) = seen.get(HELD) else { return Ok(false) };
        let named = self.named(followed).people;
        let is_plain = |share: &Allocation| {
            share.shape == Shape::Even
                && !share.is_tentative
                && (share.minutes.is_none() || named.len() > 1)
                && named.contains(&share.person)
        };
        Ok(held.len() == named.len() && held.iter().all(is_plain))
    }

    /// Shares go to whoever holds the work now. What had come off them stays off.
    fn hand_over(
        &mut self,
        request: &Request,
        held: &[Allocation],
        people: &[PersonId],
        said: (SaidFields, String),
    ) -> Result<(), OpsError> {
        // A share that only changes hands keeps its days, its hours and what was kept of its past.
        if held.len() == people.len() {
            let is_kept = |person: &PersonId| held.iter().any(|share| share.person == *person);
            let mut coming = people.iter().filter(|person| !is_kept(person));
            let mut given = Vec::new();
            for mut share in held.iter().cloned() {
                if !people.contains(&share.person)
                    && let Some(person) = coming.next()
                {
                    share.person = *person;
                    self.tx.put_allocation(&share)?;
                }
                given.push(share);
            }
            return self.note_followed(request.id, &given, said);
        }
        for share in held {
            shares::take_back(self.tx, self.rules, share)?;
        }
        self.give((self.tx.request(request.id)?, false), people, said)
    }

    /// Gives work to whoever holds it at the source: to one all of it, to several equal parts of what is left. Of work that
    /// came back nobody knows how much there is to do.
    fn give(
        &mut self,
        (mut request, is_back): (Request, bool),
        people: &[PersonId],
        said: (SaidFields, String),
    ) -> Result<(), OpsError> {
        let count = i64::try_from(people.len()).unwrap_or(1);
        // A large file has many rows of which nothing was said, and reckoning reads all work.
        let is_plain = request.left_correction.is_zero() && request.left_on.is_none();
        let (all, whole) = if is_plain {
            (Minutes::ZERO, request.estimate)
        } else {
            let unheld = work::left_of(self.tx, self.rules, request.id)?.unheld;
            unheld.map_or((Minutes::ZERO, None), |(all, left)| (all, Some(left)))
        };
        let mut given = Vec::new();
        for (index, person) in people.iter().enumerate() {
            // What several hold together is nobody's twice: each has an equal part, the first what is left over.
            let part =
                |whole: Minutes| Minutes(whole.0 / count + if index == 0 { whole.0 % count } else { 0 });
            let minutes = whole.filter(|_| count > 1).map(part);
            let share = NewShare { minutes, ..NewShare::whole(&said.1) };
            let mut share = self.rules.allocation(&request, *person, &share);
            // Whoever gets all of it gets what had come off along with it; parts are parts of what is left already.
            if count == 1 {
                share.left = rules::given_along(&request, all, share.left);
            }
            // What stood there as done was not all of it, and its estimate says nothing of what is missing.
            share.left.is_to_be_said = is_back && request.left_said.is_none();
            share.id = self.tx.add_allocation(&share)?;
            given.push(share);
        }
        if count == 1 && !request.left_correction.is_zero() {
            request.left_correction = Minutes::ZERO;
            self.tx.put_request(&request)?;
        } else if count > 1 && request.left_on.is_some() {
            said::stays_free(self.tx, self.rules, &mut request, Minutes::ZERO)?;
        }
        self.note_followed(request.id, &given, said)
    }

    /// Keeps for whom the source was followed, and with which shares.
    fn note_followed(
        &self,
        id: RequestId,
        given: &[Allocation],
        (mut seen, name): (SaidFields, String),
    ) -> Result<(), OpsError> {
        // What somebody wrote into a file of ours is a decision of this side, and no word of a source.
        if self.exported.is_some_and(|state| state.of(id).is_some()) {
            return Ok(());
        }
        seen.insert(HELD.to_owned(), name);
        Ok(self.note_given(id, given, &mut seen)?)
    }

    /// Keeps with which shares the source was followed.
    pub(super) fn note_given(
        &self,
        id: RequestId,
        given: &[Allocation],
        seen: &mut SaidFields,
    ) -> Result<(), StoreError> {
        let given: Vec<GivenShare> = given.iter().map(GivenShare::of).collect();
        seen.insert(GIVEN.to_owned(), serde_json::json!(given).to_string());
        self.tx.put_seen(id, seen)
    }
}
