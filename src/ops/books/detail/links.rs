//! What touches a record, from both sides.

use super::super::Books;
use super::super::report::requests;
use super::{Fact, FactLines};
use crate::domain::day;
use crate::domain::friction::Harm;
use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::record::{Kind, Record, RecordKey};
use crate::ops::{Desk, OpsError};

/// So many closed requests of an outcome are named; the rest is counted.
const CLOSED: usize = 8;

impl Desk {
    /// Everything that touches a record, whichever side the link was drawn from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links_of(&self, key: &RecordKey, books: &Books) -> Result<Vec<Fact>, OpsError> {
        let mut facts = FactLines::of(self)?;
        match key {
            RecordKey::Numbered(Kind::Outcome, number) => self.aimed_facts(&mut facts, OutcomeId(*number))?,
            RecordKey::Numbered(Kind::Request, number) => {
                self.request_links(&mut facts, RequestId(*number), books)?;
            }
            RecordKey::Numbered(Kind::Stakeholder, number) => {
                self.stakeholder_links(&mut facts, *number, books)?;
            }
            RecordKey::Meeting(meeting) => meeting_links(&mut facts, meeting, books),
            RecordKey::Numbered(..) => {}
        }
        self.books_links(&mut facts, key, books);
        for tie in &books.ties {
            if let Some(other) = tie.across(key) {
                self.named_link(&mut facts, "Linked", other, books);
            }
        }
        Ok(facts.list)
    }

    /// A link to a record by what it is called.
    fn named_link(&self, facts: &mut FactLines, label: &str, key: &RecordKey, books: &Books) {
        // Requests and meetings are not among the books, so they are read one by one; what was undone since is told as
        // gone rather than failing the page.
        facts.link(label, key.clone(), books.title(key).unwrap_or_else(|| self.link_title(key)));
    }

    /// What a record is called where it is linked: a meeting with its day, since all of a series have one title.
    pub(super) fn link_title(&self, key: &RecordKey) -> String {
        let title = match key {
            RecordKey::Meeting(occurrence) => self.meeting(occurrence).map(|meeting| {
                format!("{}, {}", meeting.title, day::day_near(meeting.start.date_naive(), self.today()))
            }),
            RecordKey::Numbered(..) => self.title_of(key),
        };
        title.unwrap_or_else(|_| "is gone".to_owned())
    }

    fn aimed_facts(&self, facts: &mut FactLines, id: OutcomeId) -> Result<(), OpsError> {
        let aimed = self.store.requests_for(id)?;
        let (open, closed): (Vec<_>, Vec<_>) = aimed.into_iter().partition(|request| request.stage.is_open());
        for request in &open {
            facts.link(
                "Under way",
                request.id.into(),
                format!("{}, {}", request.title, request.stage.title()),
            );
        }
        for request in closed.iter().take(CLOSED) {
            facts.link("Done", request.id.into(), format!("{}, {}", request.title, request.stage.title()));
        }
        if closed.len() > CLOSED {
            facts.say("", format!("and {} more that are closed", requests(closed.len() - CLOSED)));
        }
        Ok(())
    }

    fn request_links(&self, facts: &mut FactLines, id: RequestId, books: &Books) -> Result<(), OpsError> {
        if let Some(outcome) = self.store.request(id)?.outcome_id {
            let key = RecordKey::Numbered(Kind::Outcome, outcome.0);
            self.named_link(facts, "For outcome", &key, books);
        }
        for swap in books.swaps.iter().filter(|swap| swap.taken_id == id || swap.moved_id == id) {
            let (label, other) = if swap.taken_id == id {
                ("Taken on for", swap.moved_id)
            } else {
                ("Moved for", swap.taken_id)
            };
            facts.link(
                label,
                other.into(),
                format!("by {} on {}", day::working_days(swap.days), self.near(swap.day)),
            );
        }
        Ok(())
    }

    fn stakeholder_links(&self, facts: &mut FactLines, number: i64, books: &Books) -> Result<(), OpsError> {
        let Some(stakeholder) = books.stakeholders.iter().find(|it| it.id.0 == number) else { return Ok(()) };
        for promise in books.promises.iter().filter(|promise| stakeholder.is_called(&promise.whom)) {
            let state = match (promise.kept, promise.broken) {
                (Some(on), _) => format!("kept {}", self.near(on)),
                (_, Some(on)) => format!("broken {}", self.near(on)),
                _ => promise.due.map_or_else(|| "open".to_owned(), |due| format!("due {}", self.near(due))),
            };
            let label =
                if promise.way == crate::domain::influence::Way::To { "Promised to" } else { "Promised by" };
            facts.link(label, promise.key(), format!("{}, {state}", promise.text));
        }
        for decision in books.decisions.iter().filter(|decision| stakeholder.is_called(&decision.approver)) {
            facts.link("Decides", decision.key(), &decision.question);
        }
        for request in self.store.open_requests()? {
            let label = if stakeholder.is_called(&request.requester) {
                "Asked for"
            } else if stakeholder.is_called(&request.decider) {
                "Approves"
            } else {
                continue;
            };
            facts.link(label, request.id.into(), format!("{}, {}", request.title, request.stage.title()));
        }
        Ok(())
    }
}

/// What was decided and promised in a meeting.
fn meeting_links(facts: &mut FactLines, meeting: &OccurrenceKey, books: &Books) {
    for decision in books.decisions.iter().filter(|decision| decision.meeting.as_ref() == Some(meeting)) {
        facts.link("Decision", decision.key(), &decision.question);
    }
    for promise in books.promises.iter().filter(|promise| promise.meeting.as_ref() == Some(meeting)) {
        facts.link("Promise", promise.key(), format!("{} ({})", promise.text, promise.whom));
    }
}

impl Desk {
    /// What records of the books say of each other.
    fn books_links(&self, facts: &mut FactLines, key: &RecordKey, books: &Books) {
        let text = key.to_string();
        for redirect in &books.redirects {
            let gain = RecordKey::Numbered(Kind::Gain, redirect.gain_id.0);
            let result = if redirect.result.is_empty() { "no result yet" } else { &redirect.result };
            if redirect.target == *key || gain == *key {
                let onto =
                    if gain == *key { format!("onto {}", redirect.target) } else { format!("from {gain}") };
                facts.link(
                    "Redirected",
                    redirect.key(),
                    format!(
                        "{} a week {onto}{}: {result}",
                        redirect.hours,
                        redirect.window_words(self.today())
                    ),
                );
            } else if redirect.key() == *key {
                self.named_link(facts, "Freed by", &gain, books);
                self.named_link(facts, "Onto", &redirect.target, books);
            }
        }
        for friction in &books.frictions {
            if friction.harms == text {
                facts.link("Harmed by", friction.key(), &friction.text);
            } else if friction.key() == *key
                && let Some(Harm::Record(harmed)) = friction.harmed()
            {
                self.named_link(facts, "Harms", &harmed, books);
            }
        }
        for gain in &books.gains {
            let friction = gain.friction_id.map(|id| RecordKey::Numbered(Kind::Friction, id.0));
            if friction.as_ref() == Some(key) {
                facts.link("Unlocked", gain.key(), format!("{} a week: {}", gain.hours, gain.text));
            } else if let (true, Some(friction)) = (gain.key() == *key, friction) {
                self.named_link(facts, "Unlocks", &friction, books);
            }
        }
        for risk in &books.risks {
            if risk.subject.as_ref() == Some(key) {
                facts.link("At risk", risk.key(), &risk.text);
            } else if let (true, Some(subject)) = (risk.key() == *key, &risk.subject) {
                self.named_link(facts, "Lies on", subject, books);
            }
        }
        self.people_links(facts, key, books);
    }

    /// From promises and decisions to the people and rooms that they name.
    fn people_links(&self, facts: &mut FactLines, key: &RecordKey, books: &Books) {
        let promise = books.promises.iter().find(|promise| promise.key() == *key);
        let decision = books.decisions.iter().find(|decision| decision.key() == *key);
        let whom = promise.map(|it| &it.whom).or(decision.map(|it| &it.approver));
        if let Some(stakeholder) =
            whom.and_then(|name| books.stakeholders.iter().find(|it| it.is_called(name)))
        {
            facts.link("Who", stakeholder.key(), &stakeholder.name);
        }
        if let Some(meeting) =
            promise.and_then(|it| it.meeting.clone()).or(decision.and_then(|it| it.meeting.clone()))
        {
            self.named_link(facts, "Meeting", &RecordKey::Meeting(meeting), books);
        }
    }
}
