//! The facts that figures follow from, read from the store as far back as a figure looks: what `domain/measures` counts
//! is gathered here and nowhere else.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::books::{Books, Receipt};
use super::load::TeamData;
use super::queue::QueueAndLoad;
use super::{Desk, OpsError};
use crate::domain::day;
use crate::domain::ids::{MeetingId, RequestId};
use crate::domain::influence::name_key;
use crate::domain::kept::KeptDays;
use crate::domain::load::LoadModel;
use crate::domain::load::capacity::Capacity;
use crate::domain::measures::{
    Ask, Facts, Measured, PastStage, PlannedHours, Room, Span, WorkFacts, flow, headroom, hours, size,
};
use crate::domain::meeting::{OccurrenceKey, predictions};
use crate::domain::minutes::Minutes;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::stage::Stage;
use crate::domain::workdays::WorkCalendar;
use crate::store::{RequestFacts, StageSpell, StoreError};

/// How far back figures look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureReach {
    /// Work that was delivered from this day on is counted.
    pub since: NaiveDate,
    /// Hours of people are counted on these days.
    pub hours: Span,
}

/// What was read; the records of the books are lent by whoever has them.
#[derive(Debug, Clone)]
pub struct FigureSources {
    today: NaiveDate,
    calendar: WorkCalendar,
    currency: String,
    work: Vec<WorkFacts>,
    kept: KeptDays,
    planned: Vec<PlannedHours>,
    capacity: Vec<(NaiveDate, Minutes)>,
    rooms: Vec<Room>,
    asks: Vec<Ask>,
}

impl FigureSources {
    /// The facts, with the records of the books.
    pub fn facts<'a>(&'a self, books: &'a Books) -> Facts<'a> {
        Facts {
            today: self.today,
            calendar: &self.calendar,
            currency: &self.currency,
            work: &self.work,
            kept: &self.kept,
            planned: &self.planned,
            capacity: &self.capacity,
            outcomes: &books.outcomes,
            readings: &books.readings,
            gains: &books.gains,
            redirects: &books.redirects,
            risks: &books.risks,
            decisions: &books.decisions,
            promises: &books.promises,
            rooms: &self.rooms,
            asks: &self.asks,
        }
    }

    /// The same with what was said in rooms.
    pub fn with_rooms(self, rooms: Vec<Room>) -> Self {
        Self { rooms, ..self }
    }

    /// The same with who asked for what.
    pub fn with_asks(self, asks: Vec<Ask>) -> Self {
        Self { asks, ..self }
    }

    /// The same with what is planned for those of some days that are still to come.
    pub fn with_plan(self, model: &LoadModel, days: Span) -> Self {
        Self { planned: planned_hours(model, days), ..self }
    }
}

impl Receipt {
    /// The receipt of a figure under a title.
    pub fn of(title: &str, text: &str, measured: &Measured) -> Self {
        Self {
            title: title.to_owned(),
            text: text.to_owned(),
            definition: measured.figure().receipt(None),
            keys: measured.rows.clone(),
            ..Self::default()
        }
    }
}

impl Desk {
    /// What figures count, as far back as they look.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn figure_sources(&self, reach: FigureReach) -> Result<FigureSources, StoreError> {
        let today = self.today();
        let team = TeamData {
            people: self.store.people()?,
            absences: self.store.absences()?,
            holidays: self.store.holidays()?,
        };
        // What was declined or withdrawn since then was open on a past day, and is of no matter today.
        let is_past = reach.hours.to < today;
        let since = self.clock.midnight(reach.since);
        let work = self.store.request_facts_since(since, is_past)?;
        let past = self.past_stages(since, &work)?;
        Ok(FigureSources {
            today,
            calendar: team.calendar(),
            currency: self.config.currency.clone(),
            work: work.iter().map(|row| self.work_of(row, &past)).collect(),
            kept: self.kept_days(reach.hours.from, reach.hours.to)?,
            planned: Vec::new(),
            capacity: capacity(&team, reach.hours),
            rooms: Vec::new(),
            asks: Vec::new(),
        })
    }

    /// The part of this week's confirmed hours that goes into what shapes strategy, for the header.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn strategy_this_week(&self, found: &QueueAndLoad) -> Result<Measured, StoreError> {
        let sources = self.of_this_week(found)?;
        Ok(hours::strategy_share(&sources.facts(&Books::default()), Span::week(self.today())))
    }

    /// This week's hours, without anything else.
    // The header needs it at every start, so nothing is read of which it counts nothing.
    fn of_this_week(&self, found: &QueueAndLoad) -> Result<FigureSources, StoreError> {
        let week = Span::week(self.today());
        let sources = FigureSources {
            today: self.today(),
            calendar: found.team.calendar(),
            currency: self.config.currency.clone(),
            work: Vec::new(),
            kept: self.kept_days_with(&found.work, week.from, week.to)?,
            planned: Vec::new(),
            capacity: Vec::new(),
            rooms: Vec::new(),
            asks: Vec::new(),
        };
        Ok(sources.with_plan(&found.model, week))
    }

    /// How long open work has been ready today: what stands beside every figure of how full people are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn work_age(&self) -> Result<Measured, StoreError> {
        let today = Span::day(self.today());
        let sources = self.figure_sources(FigureReach { since: today.from, hours: today })?;
        Ok(flow::work_item_age(&sources.facts(&Books::default()), today))
    }

    /// What the figures of the header were counted from, as the store has it now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn header_receipt(&self) -> Result<Receipt, OpsError> {
        let today = self.today();
        // Until the end of the week at most, of which these figures are.
        let found = self.queue_and_load(today..day::plus(today, 7))?;
        let sources = self.of_this_week(&found)?;
        let books = self.books()?;
        let facts = sources.facts(&books);
        let strategy = hours::strategy_share(&facts, Span::week(today));
        let freed = headroom::headroom(&facts, Span::day(today));
        let said = |text: &str, measured: &Measured| {
            Receipt::of("", &format!("{text} {}", measured.alone()), measured)
        };
        Ok(Receipt {
            title: "The figures of the header".to_owned(),
            beside: vec![said("Headroom redirected, a week:", &freed)],
            ..said("Strategy this week:", &strategy)
        })
    }

    /// Where requests stood before: what ended since an instant of all that keeps them from being at work, and every
    /// delivery of what was delivered again.
    fn past_stages(
        &self,
        since: DateTime<Utc>,
        work: &[RequestFacts],
    ) -> Result<HashMap<RequestId, Vec<PastStage>>, StoreError> {
        let not_at_work: Vec<Stage> =
            Stage::ALL.iter().copied().filter(|stage| !stage.is_committed()).collect();
        let delivered: Vec<RequestId> =
            work.iter().filter(|row| row.delivered.is_some()).map(|row| row.id).collect();
        // However long ago it came back, it was not right the first time.
        let mut spells = self.store.spells_of(&delivered, &[Stage::Delivered])?;
        spells.retain(|spell| spell.until < since);
        spells.extend(self.store.stage_spells(&not_at_work, since)?);
        let local = |instant| self.clock.day_of(instant);
        let mut found: HashMap<RequestId, Vec<PastStage>> = HashMap::new();
        for StageSpell { request, stage, from, until, rounds, .. } in spells {
            let past = PastStage { stage, from: local(from), until: local(until), rounds };
            found.entry(request).or_default().push(past);
        }
        Ok(found)
    }

    fn work_of(&self, row: &RequestFacts, past: &HashMap<RequestId, Vec<PastStage>>) -> WorkFacts {
        let local = |instant| self.clock.day_of(instant);
        WorkFacts {
            id: row.id,
            outcome: row.outcome,
            stage: row.stage,
            stage_since: local(row.stage_since),
            created: local(row.created),
            ready: row.ready.map(local),
            started: row.started.map(local),
            delivered: row.delivered.map(local),
            agreed: row.agreed,
            rounds: row.rounds,
            has_measure: row.has_measure,
            has_result: row.has_result,
            past: past.get(&row.id).cloned().unwrap_or_default(),
        }
    }

    /// What was asked for from a day on, and by whom.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn asks_from(&self, from: NaiveDate) -> Result<Vec<Ask>, StoreError> {
        let ask = |ask: crate::store::AskRow| Ask {
            who: name_key(&ask.requester),
            on: self.clock.day_of(ask.created),
            // By the words of now: a phrase that is added to the configuration counts for what was asked
            // before, too.
            is_framed: !self.config.phrases.is_output_worded(&ask.words),
        };
        Ok(self.store.asks_since(self.clock.midnight(from))?.into_iter().map(ask).collect())
    }

    /// Reflections of some days with the questions that were predicted for them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rooms(&self, entries: &[(NaiveDate, ReflectionEntry)], days: Span) -> Result<Vec<Room>, OpsError> {
        let own: Vec<&(NaiveDate, ReflectionEntry)> =
            entries.iter().filter(|(on, _)| days.holds(*on)).collect();
        let mut ids: Vec<MeetingId> = own.iter().map(|(_, entry)| entry.reflection.meeting.meeting).collect();
        ids.sort_unstable();
        ids.dedup();
        let predicted: HashMap<OccurrenceKey, u32> = self
            .store
            .meeting_notes(&ids)?
            .into_iter()
            .map(|(key, note)| (key, size(predictions(&note.predicted).len())))
            .collect();
        let room = |(on, entry): &(NaiveDate, ReflectionEntry)| Room {
            day: *on,
            predicted: predicted.get(&entry.reflection.meeting).copied().unwrap_or(0),
            entry: entry.clone(),
        };
        Ok(own.into_iter().map(room).collect())
    }
}

/// Effective minutes of all people day by day, as the records of contracts and absences now stand.
fn capacity(team: &TeamData, days: Span) -> Vec<(NaiveDate, Minutes)> {
    let capacity = Capacity::new(&team.team(), days.from, days.to);
    // A role is somebody still to be found, and has no time that could be used.
    let people: Vec<_> = capacity.people().iter().filter(|person| !person.is_role).collect();
    (0..capacity.len)
        .map(|at| (capacity.day(at), people.iter().map(|person| person.effective(at)).sum()))
        .collect()
}

/// Confirmed hours of people on those of some days that are still to come, as the grid has them: what nobody estimated
/// is a layer of its own.
fn planned_hours(model: &LoadModel, days: Span) -> Vec<PlannedHours> {
    // From today on: what was done before is known from the days that were kept.
    let Some(days) = days.shared(model.today, None) else { return Vec::new() };
    let mut found = Vec::new();
    for person in model.capacity.people().iter().filter(|person| !person.is_role) {
        // From the load, and not from the queue: whoever looks on, hours that are taken are taken.
        for (item, parts) in model.laid(person.person).into_iter().filter(|(item, _)| item.decides()) {
            let tier = item.tier;
            for (at, minutes) in parts {
                let day = model.capacity.day(at);
                if days.holds(day) {
                    let (request, person) = (item.request, person.person);
                    found.push(PlannedHours { day, request, tier, person, minutes });
                }
            }
        }
    }
    found
}
