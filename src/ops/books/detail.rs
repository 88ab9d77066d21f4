//! One record with everything that touches it, as facts that a page and the command line show alike.

use super::super::{Desk, OpsError};
use super::standing::requests;
use super::{Books, Receipt, of_kind};
use crate::domain::briefing::Brief;
use crate::domain::day;
use crate::domain::friction::{Friction, FrictionCost, Harm};
use crate::domain::ids::{OutcomeId, RequestId};
use crate::domain::influence::{
    Decision, Promise, Risk, Stakeholder, calibration, is_same_name, latest_stance,
};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::meeting::OccurrenceKey;
use crate::domain::outcome::{self, Forecast, Outcome};
use crate::domain::record::{Kind, Record, RecordKey};
use crate::domain::words::fold;
use crate::store::Operation;

/// How much of the past is shown.
const HISTORY: u32 = 12;

/// How a fact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// It needs a decision.
    Warn,
    /// It went well.
    Good,
    /// A heading over what follows.
    Head,
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub link: Option<RecordKey>,
    /// How it is meant.
    pub tone: Tone,
}

/// A record with everything that touches it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryDetail {
    /// Which.
    pub key: RecordKey,
    /// What it is called.
    pub title: String,
    /// Its lines.
    pub facts: Vec<Fact>,
    /// What happened to it, newest first.
    pub history: Vec<Operation>,
}

/// Lines under way.
#[derive(Default)]
struct Facts {
    list: Vec<Fact>,
    is_presenting: bool,
}

/// Fields that are told to nobody else.
const PRIVATE: [&str; 1] = ["notes"];

impl Facts {
    fn push(&mut self, label: &str, text: impl Into<String>, link: Option<RecordKey>, tone: Tone) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.list.push(Fact { label: label.to_owned(), text, link, tone });
        }
    }

    fn say(&mut self, label: &str, text: impl Into<String>) {
        self.push(label, text, None, Tone::Plain);
    }

    fn warn(&mut self, label: &str, text: impl Into<String>) {
        self.push(label, text, None, Tone::Warn);
    }

    fn link(&mut self, label: &str, key: RecordKey, text: impl std::fmt::Display) {
        let text = format!("{key} {text}");
        self.push(label, text, Some(key), Tone::Plain);
    }

    fn head(&mut self, text: &str) {
        self.push("", text, None, Tone::Head);
    }
}

/// What its fields say, under names for people.
fn fields<R: Record>(facts: &mut Facts, record: &R, leave_out: &[&str]) {
    let is_presenting = facts.is_presenting;
    for field in R::FIELDS
        .iter()
        .skip(1)
        .filter(|field| !(leave_out.contains(field) || is_presenting && PRIVATE.contains(field)))
    {
        let mut label = field.replace('-', " ");
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        facts.say(&label, record.get(field));
    }
}

impl Desk {
    /// A record with everything that touches it.
    ///
    /// # Errors
    /// When it is not there, or the store cannot be read.
    pub fn entry_detail(&self, key: &RecordKey) -> Result<EntryDetail, OpsError> {
        let RecordKey::Numbered(kind, number) = key else {
            return Err(OpsError::NotFound { message: format!("{key} has a page of its own"), hint: None });
        };
        let books = self.books()?;
        let mut facts = Facts { list: Vec::new(), is_presenting: self.is_presenting };
        match kind {
            Kind::Outcome => self.outcome_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Stakeholder => self.stakeholder_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Decision => self.decision_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Promise => self.promise_facts(&mut facts, &self.store.record(*number)?),
            Kind::Risk => self.risk_facts(&mut facts, &self.store.record(*number)?),
            Kind::Friction => self.friction_facts(&mut facts, &self.store.record(*number)?)?,
            Kind::Gain => self.gain_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Redirect => fields(&mut facts, &self.store.record::<Redirect>(*number)?, &["onto"]),
            // How it was shown is read as a brief, not as a field.
            Kind::Brief => fields(&mut facts, &self.store.record::<Brief>(*number)?, &["claims", "document"]),
            _ => of_kind!(kind, R => fields(&mut facts, &self.store.record::<R>(*number)?, &[]), ()),
        }
        let links = self.links_of(key, &books)?;
        if !links.is_empty() {
            facts.head("Touches");
            facts.list.extend(links);
        }
        Ok(EntryDetail {
            key: key.clone(),
            title: books.title(key).map_or_else(|| self.title_of(key), Ok)?,
            facts: facts.list,
            history: self.store.operations_on_record(key, HISTORY)?,
        })
    }

    /// A figure's definition and the very rows that it was counted from, each of which opens.
    #[must_use]
    pub fn receipt(&self, receipt: &Receipt) -> Vec<Fact> {
        let mut facts = Facts::default();
        self.add_receipt(&mut facts, receipt);
        for beside in &receipt.beside {
            facts.head("Beside it");
            self.add_receipt(&mut facts, beside);
        }
        facts.list
    }

    fn add_receipt(&self, facts: &mut Facts, receipt: &Receipt) {
        facts.say("", receipt.text.clone());
        facts.say("Counted", receipt.definition.clone());
        facts.say("Rows", format!("n {}", receipt.keys.len()));
        for key in &receipt.keys {
            let title = self.title_of(key).unwrap_or_else(|_| "is gone".to_owned());
            facts.link("", key.clone(), title);
        }
    }

    fn near(&self, on: chrono::NaiveDate) -> String {
        day::day_near(on, self.today())
    }

    fn outcome_facts(&self, facts: &mut Facts, outcome: &Outcome, books: &Books) {
        let progress = outcome::progress(outcome, &books.readings, self.today());
        let way = match (outcome.baseline, outcome.target) {
            (Some(baseline), Some(target)) => {
                format!("from {} to {}", outcome.figure(baseline), outcome.figure(target))
            }
            (Some(baseline), None) => format!("from {}, no target yet", outcome.figure(baseline)),
            (None, Some(target)) => format!("to {}, no baseline yet", outcome.figure(target)),
            (None, None) => "no baseline and no target yet: e sets them".to_owned(),
        };
        facts.say("Measured", format!("{} {way}", outcome.metric).trim().to_owned());
        if let (Some(percent), Some(latest)) = (progress.percent, progress.latest) {
            let pace = progress.pace().map_or_else(String::new, |pace| format!(", {pace}"));
            let time =
                progress.time.map_or_else(String::new, |time| format!(" with {time} % of the time gone"));
            let text = format!("{percent} % of the way at {}{time}{pace}", outcome.figure(latest));
            facts.push(
                "Progress",
                text,
                None,
                match progress.pace() {
                    Some("behind") => Tone::Warn,
                    Some("reached" | "ahead") => Tone::Good,
                    _ => Tone::Plain,
                },
            );
        }
        facts.say(
            "Forecast",
            match progress.forecast {
                Forecast::TooFew(count) => {
                    format!("{count} of {} readings that a forecast needs", outcome::FORECAST_FROM)
                }
                Forecast::On(on) => format!(
                    "the target about {}, if it goes on like this (n {})",
                    self.near(on),
                    progress.count
                ),
                Forecast::Reached => "the target is reached".to_owned(),
                Forecast::Away => format!("it does not move towards the target (n {})", progress.count),
            },
        );
        facts.say(
            "Worth",
            outcome::speed_value(outcome, &progress).map_or_else(String::new, |(_, terms)| terms),
        );
        fields(
            facts,
            outcome,
            &["metric", "unit", "baseline", "target", "value-per-day", "confidence", "direction"],
        );
        self.reading_facts(facts, outcome, books);
    }

    fn reading_facts(&self, facts: &mut Facts, outcome: &Outcome, books: &Books) {
        let mut own: Vec<_> =
            books.readings.iter().filter(|reading| reading.outcome_id == outcome.id).collect();
        own.sort_by_key(|reading| std::cmp::Reverse((reading.day, reading.id)));
        if !own.is_empty() {
            facts.head("Readings");
        }
        for reading in own {
            let source =
                if reading.source.is_empty() { String::new() } else { format!("  {}", reading.source) };
            facts.say(&self.near(reading.day), format!("{}{source}", outcome.figure(reading.value)));
        }
    }

    fn stakeholder_facts(&self, facts: &mut Facts, stakeholder: &Stakeholder, books: &Books) {
        fields(facts, stakeholder, &[]);
        let mut trust: Vec<_> =
            books.trust.iter().filter(|trust| trust.stakeholder_id == stakeholder.id).collect();
        trust.sort_by_key(|trust| (trust.day, trust.id));
        if let Some(newest) = trust.last() {
            let all: Vec<String> = trust.iter().map(|trust| trust.level.to_string()).collect();
            facts.say(
                "Trust",
                format!("{} of 5 on {} (so far {})", newest.level, self.near(newest.day), all.join(" ")),
            );
        }
        for decision in books.decisions.iter().filter(|decision| decision.is_open()) {
            if let Some(level) = latest_stance(&books.stances, stakeholder.id, decision.id) {
                let text = format!("{} {}", stance_words(level), decision.question);
                facts.push(
                    "Stands",
                    format!("{} {text}", decision.id),
                    Some(decision.key()),
                    if level < 0 { Tone::Warn } else { Tone::Plain },
                );
            }
        }
    }

    fn decision_facts(&self, facts: &mut Facts, decision: &Decision, books: &Books) {
        if decision.is_to_check(self.today()) {
            facts.warn("To check", "did it come as expected? e sets it: held yes or no");
        }
        fields(facts, decision, &["meeting"]);
        for stakeholder in &books.stakeholders {
            if let Some(level) = latest_stance(&books.stances, stakeholder.id, decision.id) {
                facts.push(
                    "Stands",
                    format!("{} {}", stakeholder.name, stance_words(level)),
                    Some(stakeholder.key()),
                    Tone::Plain,
                );
            }
        }
        let calibrated = calibration(&books.decisions);
        if let Some(brier) = calibrated.brier {
            let bands: Vec<String> = calibrated
                .bands
                .iter()
                .map(|(low, held, all)| format!("from {low} %: {held} of {all}"))
                .collect();
            facts.say(
                "Calibration",
                format!(
                    "Brier {brier:.2} over {} checked; came as expected {}",
                    calibrated.count,
                    bands.join(", ")
                ),
            );
        } else {
            facts.say(
                "Calibration",
                format!(
                    "{} of {} checked decisions that it needs",
                    calibrated.count,
                    crate::domain::influence::CALIBRATION_FROM
                ),
            );
        }
    }

    fn promise_facts(&self, facts: &mut Facts, promise: &Promise) {
        let is_late = promise.is_open() && promise.due.is_some_and(|due| due < self.today());
        let whom = if promise.way == crate::domain::influence::Way::To { "to" } else { "from" };
        facts.say("Promise", format!("{whom} {}", promise.whom));
        if let Some(due) = promise.due {
            let text = day::understood(due, self.today());
            facts.push("Due", text, None, if is_late { Tone::Warn } else { Tone::Plain });
        }
        fields(facts, promise, &["way", "who", "due", "meeting"]);
    }

    fn risk_facts(&self, facts: &mut Facts, risk: &Risk) {
        if risk.is_to_raise(self.today()) {
            facts.warn("To raise", "its day has come: say it in the next room, then mark it as raised");
        }
        facts.say(
            "Weight",
            format!("likelihood {} × impact {} = {} of 9", risk.likelihood.0, risk.impact.0, risk.weight()),
        );
        fields(facts, risk, &["likelihood", "impact", "on"]);
    }

    fn friction_facts(&self, facts: &mut Facts, friction: &Friction) -> Result<(), OpsError> {
        let serves = match friction.harmed() {
            Some(Harm::Record(key)) => match key.request() {
                Some(id) => self.store.request(id)?.outcome_id.is_some(),
                None => false,
            },
            _ => false,
        };
        facts.say("Costs", FrictionCost::of(friction, serves, self.today()).terms());
        fields(facts, friction, &["hours", "origin"]);
        Ok(())
    }

    fn gain_facts(&self, facts: &mut Facts, gain: &Gain, books: &Books) {
        let balance = ledger::balance(gain, &books.redirects, self.today());
        facts.say(
            "Balance",
            format!(
                "{} a week freed, {} redirected, {} unspoken for",
                balance.freed,
                balance.redirected,
                balance.unspoken()
            ),
        );
        if let Some(since) = ledger::unspoken_since(gain, &books.redirects, self.today()) {
            let days = (self.today() - since).num_days();
            facts.warn(
                "Evaporating",
                format!("{} a week since {}, {days} days", balance.unspoken(), self.near(since)),
            );
        }
        facts.say("Baseline", format!("{} a week on {}, frozen", gain.baseline, self.near(gain.baseline_on)));
        fields(facts, gain, &["friction", "baseline", "baseline-on"]);
    }

    /// Everything that touches a record, whichever side the link was drawn from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links_of(&self, key: &RecordKey, books: &Books) -> Result<Vec<Fact>, OpsError> {
        let mut facts = Facts::default();
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
        books_links(&mut facts, key, books);
        for tie in &books.ties {
            if let Some(other) = tie.across(key) {
                let text = match books.title(other) {
                    Some(title) => title,
                    None => self.title_of(other).unwrap_or_else(|_| "is gone".to_owned()),
                };
                facts.link("Linked", other.clone(), text);
            }
        }
        Ok(facts.list)
    }

    fn aimed_facts(&self, facts: &mut Facts, id: OutcomeId) -> Result<(), OpsError> {
        let aimed = self.store.requests_for(id)?;
        let (open, closed): (Vec<_>, Vec<_>) = aimed.into_iter().partition(|request| request.stage.is_open());
        for request in &open {
            facts.link(
                "Under way",
                request.id.into(),
                format!("{}, {}", request.title, request.stage.title()),
            );
        }
        for request in closed.iter().take(8) {
            facts.link("Done", request.id.into(), format!("{}, {}", request.title, request.stage.title()));
        }
        if closed.len() > 8 {
            facts.say("", format!("and {} more that are closed", requests(closed.len() - 8)));
        }
        Ok(())
    }

    fn request_links(&self, facts: &mut Facts, id: RequestId, books: &Books) -> Result<(), OpsError> {
        if let Some(outcome) = self.store.request(id)?.outcome_id {
            let key = RecordKey::Numbered(Kind::Outcome, outcome.0);
            let title = books.title(&key).unwrap_or_default();
            facts.link("For outcome", key, title);
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

    fn stakeholder_links(&self, facts: &mut Facts, number: i64, books: &Books) -> Result<(), OpsError> {
        let Some(stakeholder) = books.stakeholders.iter().find(|it| it.id.0 == number) else { return Ok(()) };
        let name = &stakeholder.name;
        for promise in books.promises.iter().filter(|promise| is_same_name(&promise.whom, name)) {
            let state = match (promise.kept, promise.broken) {
                (Some(on), _) => format!("kept {}", self.near(on)),
                (_, Some(on)) => format!("broken {}", self.near(on)),
                _ => promise.due.map_or_else(|| "open".to_owned(), |due| format!("due {}", self.near(due))),
            };
            let label =
                if promise.way == crate::domain::influence::Way::To { "Promised to" } else { "Promised by" };
            facts.link(label, promise.key(), format!("{}, {state}", promise.text));
        }
        for decision in books.decisions.iter().filter(|decision| is_same_name(&decision.approver, name)) {
            facts.link("Decides", decision.key(), &decision.question);
        }
        let folded = fold(name);
        for request in self.store.open_requests()? {
            let label = if fold(&request.requester) == folded {
                "Asked for"
            } else if fold(&request.decider) == folded {
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
fn meeting_links(facts: &mut Facts, meeting: &OccurrenceKey, books: &Books) {
    for decision in books.decisions.iter().filter(|decision| decision.meeting.as_ref() == Some(meeting)) {
        facts.link("Decision", decision.key(), &decision.question);
    }
    for promise in books.promises.iter().filter(|promise| promise.meeting.as_ref() == Some(meeting)) {
        facts.link("Promise", promise.key(), format!("{} ({})", promise.text, promise.whom));
    }
}

/// What records of the books say of each other.
fn books_links(facts: &mut Facts, key: &RecordKey, books: &Books) {
    let text = key.to_string();
    for redirect in &books.redirects {
        let gain = RecordKey::Numbered(Kind::Gain, redirect.gain_id.0);
        let result = if redirect.result.is_empty() { "no result yet" } else { &redirect.result };
        if redirect.target == *key || gain == *key {
            let onto =
                if gain == *key { format!("onto {}", redirect.target) } else { format!("from {gain}") };
            facts.link("Redirected", redirect.key(), format!("{} a week {onto}: {result}", redirect.hours));
        } else if redirect.key() == *key {
            facts.link("Freed by", gain.clone(), books.title(&gain).unwrap_or_default());
            facts.link("Onto", redirect.target.clone(), books.title(&redirect.target).unwrap_or_default());
        }
    }
    for friction in &books.frictions {
        if friction.harms == text {
            facts.link("Harmed by", friction.key(), &friction.text);
        } else if friction.key() == *key
            && let Some(Harm::Record(harmed)) = friction.harmed()
        {
            let title = books.title(&harmed).unwrap_or_default();
            facts.link("Harms", harmed, title);
        }
    }
    for gain in &books.gains {
        let friction = gain.friction_id.map(|id| RecordKey::Numbered(Kind::Friction, id.0));
        if friction.as_ref() == Some(key) {
            facts.link("Unlocked", gain.key(), format!("{} a week: {}", gain.hours, gain.text));
        } else if let (true, Some(friction)) = (gain.key() == *key, friction) {
            let title = books.title(&friction).unwrap_or_default();
            facts.link("Unlocks", friction, title);
        }
    }
    for risk in &books.risks {
        if risk.subject.as_ref() == Some(key) {
            facts.link("At risk", risk.key(), &risk.text);
        } else if let (true, Some(subject)) = (risk.key() == *key, &risk.subject) {
            facts.link("Lies on", subject.clone(), books.title(subject).unwrap_or_default());
        }
    }
    people_links(facts, key, books);
}

/// From promises and decisions to the people and rooms that they name.
fn people_links(facts: &mut Facts, key: &RecordKey, books: &Books) {
    let promise = books.promises.iter().find(|promise| promise.key() == *key);
    let decision = books.decisions.iter().find(|decision| decision.key() == *key);
    let whom = promise.map(|it| &it.whom).or(decision.map(|it| &it.approver));
    if let Some(stakeholder) =
        whom.and_then(|name| books.stakeholders.iter().find(|it| is_same_name(&it.name, name)))
    {
        facts.link("Who", stakeholder.key(), &stakeholder.name);
    }
    if let Some(meeting) =
        promise.and_then(|it| it.meeting.clone()).or(decision.and_then(|it| it.meeting.clone()))
    {
        facts.link("Meeting", RecordKey::Meeting(meeting), "");
    }
}

/// `against`, `wary of`, `open on`, `for`, `strongly for`.
const fn stance_words(level: i64) -> &'static str {
    match level {
        ..=-2 => "is against",
        -1 => "is wary of",
        0 => "is open on",
        1 => "is for",
        _ => "is strongly for",
    }
}
