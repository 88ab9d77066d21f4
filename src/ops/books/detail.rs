//! One record with everything that touches it, as facts that a page and the command line show alike.

mod links;
mod people;

use chrono::NaiveDate;

use super::super::{Desk, OpsError};
use super::{Books, Receipt};
use crate::domain::briefing::Brief;
use crate::domain::day;
use crate::domain::document::{PrivateNames, covered, is_private};
use crate::domain::friction::{Friction, FrictionCost, Harm};
use crate::domain::influence::{Promise, Risk};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::outcome::{self, Outcome, OutcomeForecast};
use crate::domain::record::{DAY_FORMAT, FieldKind, FieldSpec, Kind, Record, RecordKey, of_kind};
use crate::store::{Operation, StoreError};

/// How much of the past is shown.
const HISTORY: u32 = 12;

/// How a fact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactTone {
    Plain,
    /// It needs a decision.
    Warn,
    Good,
    /// A heading over what follows.
    Head,
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What is said; never empty, with what is private covered.
    pub text: String,
    /// The record that Enter opens from here.
    pub link: Option<RecordKey>,
    /// How it is meant.
    pub tone: FactTone,
}

/// A record with everything that touches it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryDetail {
    /// Whose page it is.
    pub key: RecordKey,
    /// What it is called.
    pub title: String,
    /// In the order in which they stand on its page.
    pub facts: Vec<Fact>,
    /// What happened to it, newest first.
    pub history: Vec<Operation>,
}

/// Facts as they are gathered; what says nothing is left out.
struct FactLines {
    list: Vec<Fact>,
    is_presenting: bool,
    /// What may not be named, nor linked.
    hidden: PrivateNames,
    today: NaiveDate,
}

impl FactLines {
    fn of(desk: &Desk) -> Result<Self, StoreError> {
        let (is_presenting, hidden, today) = (desk.is_presenting, desk.hidden_names()?, desk.today());
        Ok(Self { list: Vec::new(), is_presenting, hidden, today })
    }

    fn push(&mut self, label: &str, text: impl Into<String>, link: Option<RecordKey>, tone: FactTone) {
        let text = covered(&text.into(), &self.hidden);
        let is_hidden = link.as_ref().is_some_and(|key| is_private(&key.to_string(), &self.hidden));
        if !(is_hidden || text.trim().is_empty()) {
            self.list.push(Fact { label: label.to_owned(), text, link, tone });
        }
    }

    fn say(&mut self, label: &str, text: impl Into<String>) {
        self.push(label, text, None, FactTone::Plain);
    }

    fn warn(&mut self, label: &str, text: impl Into<String>) {
        self.push(label, text, None, FactTone::Warn);
    }

    fn link(&mut self, label: &str, key: RecordKey, text: impl std::fmt::Display) {
        // The key of a meeting is its series and a day as machines write it: its title says both as people do.
        let text =
            if matches!(key, RecordKey::Meeting(_)) { text.to_string() } else { format!("{key} {text}") };
        self.push(label, text, Some(key), FactTone::Plain);
    }

    fn head(&mut self, text: &str) {
        self.push("", text, None, FactTone::Head);
    }
}

/// What its fields say, under the names that its form has for them. The title stands above the page.
fn fields<R: Record>(facts: &mut FactLines, record: &R, leave_out: &[&str]) {
    let is_presenting = facts.is_presenting;
    let is_shown =
        |field: &&FieldSpec| !(leave_out.contains(&field.name) || is_presenting && field.is_private);
    for field in R::FIELDS.iter().skip(1).filter(is_shown) {
        facts.say(field.title, as_read(field.kind, record.get(field.name), facts.today));
    }
}

/// What a form shows to be typed, as it is read: words of a closed set without their dashes, days with their year only
/// where it is not this one.
fn as_read(kind: FieldKind, typed: String, today: NaiveDate) -> String {
    match kind {
        FieldKind::Choice(_) => typed.replace('-', " "),
        FieldKind::Day => {
            let day = NaiveDate::parse_from_str(&typed, DAY_FORMAT);
            day.map_or(typed, |day| day::day_near(day, today))
        }
        _ => typed,
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
        self.check_shown(key)?;
        let books = self.books()?;
        let mut facts = FactLines::of(self)?;
        if self.private_keys()?.has(key) {
            facts.warn("Private", "no document for others has it");
        }
        match kind {
            Kind::Outcome => self.outcome_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Stakeholder => self.stakeholder_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Decision => self.decision_facts(&mut facts, &self.store.record(*number)?, &books),
            Kind::Promise => self.promise_facts(&mut facts, &self.store.record(*number)?)?,
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
            history: self.shown_operations(self.store.operations_on_record(key, HISTORY)?)?,
        })
    }

    /// A figure's definition and the very rows that it was counted from, each of which opens.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn receipt(&self, receipt: &Receipt) -> Result<Vec<Fact>, StoreError> {
        let mut facts = FactLines::of(self)?;
        self.add_receipt(&mut facts, receipt);
        for beside in &receipt.beside {
            facts.head("Beside it");
            self.add_receipt(&mut facts, beside);
        }
        Ok(facts.list)
    }

    fn add_receipt(&self, facts: &mut FactLines, receipt: &Receipt) {
        facts.say("", receipt.text.clone());
        facts.say("Counted", receipt.definition.clone());
        // Rows are no cases: one meeting can hold many questions.
        facts.say("Rows", receipt.keys.len().to_string());
        for key in &receipt.keys {
            // A row that was counted may have been taken back since; the figure stays as it was, and says so.
            facts.link("", key.clone(), self.link_title(key));
        }
    }

    fn near(&self, on: chrono::NaiveDate) -> String {
        day::day_near(on, self.today())
    }

    fn outcome_facts(&self, facts: &mut FactLines, outcome: &Outcome, books: &Books) {
        let progress = outcome::progress(outcome, &books.readings, self.today());
        let way = match (outcome.baseline, outcome.target) {
            (Some(baseline), Some(target)) => {
                format!("from {} towards {}", outcome.figure(baseline), outcome.figure(target))
            }
            (Some(baseline), None) => format!("from {}, no target yet", outcome.figure(baseline)),
            (None, Some(target)) => format!("towards {}, no baseline yet", outcome.figure(target)),
            (None, None) => self.config.hints.say("no baseline and no target yet: {edit-record} sets them"),
        };
        let measured = if outcome.metric.is_empty() { way } else { format!("{}, {way}", outcome.metric) };
        facts.say("Measured", measured);
        if let (Some(percent), Some(latest)) = (progress.percent, progress.latest) {
            let pace = progress.pace().map_or_else(String::new, |pace| format!(": {pace}"));
            let time = progress.time.map_or_else(String::new, |time| format!(", {time} % of the time gone"));
            let text = format!("now {}, {percent} % of the way{time}{pace}", outcome.figure(latest));
            facts.push(
                "Progress",
                text,
                None,
                match progress.pace() {
                    Some("behind" | "missed") => FactTone::Warn,
                    Some("reached" | "reached late" | "ahead") => FactTone::Good,
                    _ => FactTone::Plain,
                },
            );
        }
        facts.say(
            "Forecast",
            match progress.forecast {
                OutcomeForecast::TooFew(count) => {
                    format!("none yet: it needs {} readings, {count} so far", outcome::FORECAST_FROM)
                }
                OutcomeForecast::On(on) => format!(
                    "the target about {}, if it goes on like this (n {})",
                    self.near(on),
                    progress.count
                ),
                OutcomeForecast::Reached => "the target is reached".to_owned(),
                OutcomeForecast::Away => {
                    format!("it does not move towards the target (n {})", progress.count)
                }
                OutcomeForecast::Unread(on) => format!(
                    "by its line the target was met about {}; a reading would tell (n {})",
                    self.near(on),
                    progress.count
                ),
            },
        );
        let worth = outcome::speed_value(outcome, &progress, &self.config.currency);
        facts.say("Worth", worth.map_or_else(String::new, |(_, terms)| terms));
        fields(
            facts,
            outcome,
            &["metric", "unit", "baseline", "target", "value-per-day", "confidence", "direction"],
        );
        self.reading_facts(facts, outcome, books);
    }

    fn reading_facts(&self, facts: &mut FactLines, outcome: &Outcome, books: &Books) {
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

    fn promise_facts(
        &self,
        facts: &mut FactLines,
        promise: &Promise,
    ) -> Result<(), crate::store::StoreError> {
        let is_late = promise.is_open() && promise.due.is_some_and(|due| due < self.today());
        let whom = if promise.way == crate::domain::influence::Way::To { "to" } else { "from" };
        facts.say("Promise", format!("{whom} {}", promise.whom));
        if let Some(due) = promise.due {
            let text = day::understood(due, self.today(), &self.calendar()?);
            facts.push("Due", text, None, if is_late { FactTone::Warn } else { FactTone::Plain });
        }
        // The other fields are said above, and its person and meeting among the links.
        fields(facts, promise, &["way", "who", "due", "meeting"]);
        Ok(())
    }

    fn risk_facts(&self, facts: &mut FactLines, risk: &Risk) {
        if risk.is_to_raise(self.today()) {
            facts.warn("To raise", "its day has come: say it in the next room, then mark it as raised");
        }
        facts.say(
            "Weight",
            format!("likelihood {} × impact {} = {} of 9", risk.likelihood.0, risk.impact.0, risk.weight()),
        );
        fields(facts, risk, &["likelihood", "impact", "on"]);
    }

    fn friction_facts(&self, facts: &mut FactLines, friction: &Friction) -> Result<(), OpsError> {
        let serves = match friction.harmed() {
            Some(Harm::Record(key)) => match key.request() {
                // What it harms may be gone by an undo; the friction stays.
                Some(id) => match self.store.request(id) {
                    Err(crate::store::StoreError::Missing(_)) => false,
                    found => found?.outcome_id.is_some(),
                },
                None => false,
            },
            _ => false,
        };
        facts.say("Costs", FrictionCost::of(friction, serves, self.today()).terms());
        // What it harms stands below by its title, where it is a record.
        let said_below: &[&str] = if matches!(friction.harmed(), Some(Harm::Record(_))) {
            &["hours", "origin", "harms"]
        } else {
            &["hours", "origin"]
        };
        fields(facts, friction, said_below);
        Ok(())
    }

    fn gain_facts(&self, facts: &mut FactLines, gain: &Gain, books: &Books) {
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
            let since = match (self.today() - since).num_days() {
                0 => "today".to_owned(),
                count => format!("{}, {}", self.near(since), day::days(count)),
            };
            facts.warn("Evaporating", format!("{} a week since {since}", balance.unspoken()));
        }
        facts.say("Baseline", format!("{} a week on {}, frozen", gain.baseline, self.near(gain.baseline_on)));
        fields(facts, gain, &["friction", "baseline", "baseline-on"]);
    }
}

#[cfg(test)]
mod tests;
