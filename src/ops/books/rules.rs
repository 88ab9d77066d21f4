//! What a record takes over from others, and what it must agree with, before it is written.

use super::super::OpsError;
use super::{Words, changes};
use chrono::NaiveDate;

use crate::domain::briefing::{Brief, Remark, Standup, Waved};
use crate::domain::day;
use crate::domain::friction::{Friction, FrictionStage};
use crate::domain::ids::{RedirectId, RequestId};
use crate::domain::influence::{Decision, Promise, Risk, Stakeholder, Stance, Trust, is_same_name};
use crate::domain::ledger::{self, Gain, Redirect};
use crate::domain::outcome::{Outcome, Reading as OutcomeReading};
use crate::domain::person::{Absence, Holiday, Person};
use crate::domain::private::PrivateMark;
use crate::domain::record::{Fields, Record, RecordKey, of_kind};
use crate::domain::tie::{Swap, Tie};
use crate::domain::words::ParseContext;
use crate::ops::docs::brief;
use crate::ops::team::handle;
use crate::plain;
use crate::store::Tx;

/// How a record is made whole and told of.
pub trait RecordRules: Record {
    /// Takes over what follows from other records, and checks that what it names is there.
    ///
    /// # Errors
    /// When something that it names is not there, or may not be changed.
    fn prepare(
        &mut self,
        _before: Option<&Self>,
        _tx: &Tx<'_>,
        _reading: &ParseContext,
    ) -> Result<(), OpsError> {
        Ok(())
    }

    /// Checks the whole once it is written; what fails here writes nothing.
    ///
    /// # Errors
    /// When the books would no longer balance.
    fn balance(&self, _tx: &Tx<'_>, _is_new: bool) -> Result<(), OpsError> {
        Ok(())
    }

    /// What it takes over from what was typed: a day that was left empty and is not today for that.
    fn complete(&mut self, _words: &Words) {}

    /// What its form is called.
    fn form_title(&self, _people: &[Person]) -> String {
        format!("Edit {} {}", self.key(), self.title())
    }

    /// The sentence of the journal when it is taken away; `None` for what is never thrown away.
    fn removed_label(&self, _people: &[Person]) -> Option<String> {
        None
    }

    /// The sentence of the journal when it is added. `people` are there for records that belong to one.
    fn added_label(&self, _people: &[Person]) -> String {
        format!("Added {} {} {}", Self::KIND.title(), self.key(), plain::cut(&self.title(), 60))
    }

    /// The sentence of the journal when it is changed.
    fn edited_label(&self, _before: &Self, words: &Words, _people: &[Person]) -> String {
        format!("Edited {} {}: {}", self.key(), plain::cut(&self.title(), 40), changes(words))
    }
}

/// A record that is named must be there.
///
/// # Errors
/// When it is not.
pub fn exists(tx: &Tx<'_>, key: &RecordKey) -> Result<(), OpsError> {
    match key {
        RecordKey::Meeting(key) => tx.meeting(key.meeting).map(drop)?,
        RecordKey::Numbered(kind, number) => of_kind!(
            *kind,
            R => tx.record::<R>(*number).map(drop)?,
            tx.request(RequestId(*number)).map(drop)?
        ),
    }
    Ok(())
}

impl RecordRules for Outcome {}
impl RecordRules for Stakeholder {
    fn prepare(&mut self, before: Option<&Self>, tx: &Tx<'_>, _: &ParseContext) -> Result<(), OpsError> {
        let others: Vec<Self> = tx.records()?;
        // Only a name that was just given is refused: two of one name may be there already, and everything else
        // about them must still be editable.
        let is_new_name = before.is_none_or(|before| before.name != self.name);
        // Requests, meetings and promises name them as they were called then.
        if let Some(before) = before.filter(|before| is_new_name && !self.is_called(&before.name)) {
            let names = self.also.split([';', '\n']).chain([before.name.as_str()]).map(str::trim);
            // Not its own one, where it comes back to a name that it had.
            let names = names.filter(|name| !name.is_empty() && !is_same_name(name, &self.name));
            self.also = names.collect::<Vec<_>>().join("; ");
        }
        match others.iter().find(|other| other.id != self.id && other.is_called(&self.name)) {
            Some(other) if is_new_name && is_same_name(&other.name, &self.name) => Err(OpsError::rejected(
                format!("{} is there already as {}", other.name, other.id),
                "Edit that one, or add a word to the name that tells the two apart.",
            )),
            Some(other) if is_new_name => Err(OpsError::rejected(
                format!("{} ({}) is called {} too, now or once", other.name, other.id, self.name),
                format!(
                    "If it is somebody else: `tablesetter stakeholder edit {} --also \"\"` first.",
                    other.id
                ),
            )),
            _ => Ok(()),
        }
    }
}
impl RecordRules for Swap {
    fn added_label(&self, _: &[Person]) -> String {
        format!("Swapped: {} moved by {} for {}", self.moved_id, day::working_days(self.days), self.taken_id)
    }
}
impl RecordRules for Tie {}
impl RecordRules for PrivateMark {}

/// A last day that is left empty is the first.
fn to_or_from(words: &Words, (from, to): (NaiveDate, NaiveDate), is_new: bool) -> NaiveDate {
    match words.iter().find(|(name, _)| *name == "to") {
        Some((_, text)) if text.trim().is_empty() => from,
        None if is_new => from,
        _ => to,
    }
}

impl RecordRules for Absence {
    fn prepare(
        &mut self,
        before: Option<&Self>,
        _tx: &Tx<'_>,
        _reading: &ParseContext,
    ) -> Result<(), OpsError> {
        if before.is_some_and(|before| before.note != self.note) {
            self.keep_own_note();
        }
        Ok(())
    }

    fn complete(&mut self, words: &Words) {
        self.to = to_or_from(words, (self.from, self.to), self.id.0 == 0);
    }

    fn form_title(&self, people: &[Person]) -> String {
        format!("{} is away", handle(people, self.person))
    }

    fn removed_label(&self, people: &[Person]) -> Option<String> {
        let who = handle(people, self.person);
        Some(format!("{who} is not away {} any more", day::day_range(self.from, self.to)))
    }

    fn added_label(&self, people: &[Person]) -> String {
        format!("{} is away {}", handle(people, self.person), day::day_range(self.from, self.to))
    }

    fn edited_label(&self, _: &Self, _: &Words, people: &[Person]) -> String {
        format!("{} is away {} now", handle(people, self.person), day::day_range(self.from, self.to))
    }
}

impl RecordRules for Holiday {
    fn complete(&mut self, words: &Words) {
        self.to = to_or_from(words, (self.from, self.to), self.id.0 == 0);
    }

    fn form_title(&self, _: &[Person]) -> String {
        format!("Edit {}", self.name)
    }

    fn removed_label(&self, _: &[Person]) -> Option<String> {
        Some(format!("Took the holiday {} away", self.name))
    }

    fn added_label(&self, _: &[Person]) -> String {
        format!("Added holiday {} {}", self.name, day::day_range(self.from, self.to))
    }

    fn edited_label(&self, _: &Self, _: &Words, _: &[Person]) -> String {
        format!("{} is {} now", self.name, day::day_range(self.from, self.to))
    }
}

impl RecordRules for Brief {
    fn prepare(
        &mut self,
        before: Option<&Self>,
        tx: &Tx<'_>,
        reading: &ParseContext,
    ) -> Result<(), OpsError> {
        if let Some(on) = before.and_then(|before| before.frozen) {
            return Err(brief::already(on, reading.today));
        }
        if before.is_none() && tx.records::<Self>()?.iter().any(|other| other.meeting == self.meeting) {
            return Err(OpsError::rejected(
                format!("there is a brief for {} already", self.meeting),
                "Open it again, and edit that one.",
            ));
        }
        // Number 0 is a blank record: that a meeting is needed is said by its fields, in better words.
        if self.meeting.meeting.0 != 0 {
            exists(tx, &RecordKey::Meeting(self.meeting.clone()))?;
        }
        for (kind, key) in brief::named(self) {
            if key.kind() != Some(kind) {
                return Err(OpsError::rejected(
                    format!("{key} is no {}", kind.title()),
                    "Name one by its key, D-1 or K-1, or write it in words.",
                ));
            }
            exists(tx, &key)?;
        }
        Ok(())
    }

    fn added_label(&self, _: &[Person]) -> String {
        format!("Began the brief for {}", self.meeting)
    }

    fn edited_label(&self, _: &Self, words: &Words, _: &[Person]) -> String {
        format!("Edited the brief for {}: {}", self.meeting, changes(words))
    }
}
impl RecordRules for Waved {
    fn added_label(&self, _: &[Person]) -> String {
        if self.rule == Self::REFLECTION {
            return format!("Waved off the reflection on {}", self.text);
        }
        format!("Waved off for good: {}", plain::cut(&self.text, 60))
    }
}
impl RecordRules for Standup {
    fn added_label(&self, _: &[Person]) -> String {
        "Ended the standup".to_owned()
    }
}
impl RecordRules for Remark {
    fn added_label(&self, _: &[Person]) -> String {
        format!("Remark for the standup: {}", plain::cut(&self.text, 60))
    }
}

impl RecordRules for OutcomeReading {
    fn prepare(&mut self, _: Option<&Self>, _: &Tx<'_>, context: &ParseContext) -> Result<(), OpsError> {
        if self.day > context.today {
            return Err(OpsError::rejected(
                format!("a reading on {} is still to come", day::day_near(self.day, context.today)),
                "A reading says what was measured, so its day is today or earlier: --on yesterday.",
            ));
        }
        Ok(())
    }

    fn added_label(&self, _: &[Person]) -> String {
        format!("Reading of {}: {} on {}", self.outcome_id, self.get("value"), day::short_day(self.day))
    }
}

/// What has happened has its day today or earlier: dated ahead, lists would tell of it as done and a review would not.
/// What stood there before stays.
fn is_past(
    what: &str,
    day: Option<NaiveDate>,
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), OpsError> {
    match day.filter(|day| *day > today && Some(*day) != before) {
        Some(day) => Err(OpsError::rejected(
            format!("it cannot have been {what} on {}, which is still to come", day::day_near(day, today)),
            "Say the day on which it was: today, yesterday or a date that has been.",
        )),
        None => Ok(()),
    }
}

impl RecordRules for Trust {
    fn added_label(&self, _: &[Person]) -> String {
        format!("Trust of {}: {} of 5", self.stakeholder_id, self.level)
    }
}

impl RecordRules for Stance {
    fn added_label(&self, _: &[Person]) -> String {
        format!("{} stands at {:+} on {}", self.stakeholder_id, self.level, self.decision_id)
    }
}

impl RecordRules for Decision {
    fn prepare(&mut self, before: Option<&Self>, _: &Tx<'_>, context: &ParseContext) -> Result<(), OpsError> {
        // Saying what was decided decides it.
        if self.decided.is_none()
            && !self.result.is_empty()
            && before.is_none_or(|before| before.result.is_empty())
        {
            self.decided = Some(context.today);
        }
        let was = before.and_then(|before| before.decided);
        is_past("decided", self.decided, was, context.today)
    }
}

impl RecordRules for Promise {
    fn prepare(&mut self, before: Option<&Self>, _: &Tx<'_>, context: &ParseContext) -> Result<(), OpsError> {
        let was = |day: fn(&Self) -> Option<NaiveDate>| before.and_then(day);
        is_past("kept", self.kept, was(|it| it.kept), context.today)?;
        is_past("broken", self.broken, was(|it| it.broken), context.today)?;
        // Kept and broken exclude each other. Whichever was set just now is meant, and the older one goes.
        if let Some(before) = before {
            if self.kept.is_some() && before.kept.is_none() {
                self.broken = None;
            } else if self.broken.is_some() && before.broken.is_none() {
                self.kept = None;
            }
        }
        Ok(())
    }

    fn edited_label(&self, before: &Self, words: &Words, _: &[Person]) -> String {
        let text = plain::cut(&self.text, 50);
        match (self.kept, self.broken) {
            (Some(_), _) if before.kept.is_none() => format!("Kept {} {text}", self.id),
            (_, Some(_)) if before.broken.is_none() => format!("Broke {} {text}", self.id),
            _ => format!("Edited {} {text}: {}", self.id, changes(words)),
        }
    }
}

impl RecordRules for Risk {
    fn prepare(&mut self, before: Option<&Self>, _: &Tx<'_>, context: &ParseContext) -> Result<(), OpsError> {
        is_past("raised", self.raised, before.and_then(|before| before.raised), context.today)?;
        match (self.end, self.ended) {
            (Some(_), None) => self.ended = Some(context.today),
            // Opened again: with the old day left, a second end would bear the day of the first.
            (None, Some(_)) => self.ended = None,
            _ => {}
        }
        Ok(())
    }

    fn edited_label(&self, before: &Self, words: &Words, _: &[Person]) -> String {
        let text = plain::cut(&self.text, 50);
        match self.end {
            Some(end) if before.end.is_none() => format!("{} {text}: {}", self.id, end.title()),
            _ if self.raised.is_some() && before.raised.is_none() => format!("Raised {} {text}", self.id),
            _ => format!("Edited {} {text}: {}", self.id, changes(words)),
        }
    }
}

impl RecordRules for Friction {
    fn prepare(&mut self, before: Option<&Self>, _: &Tx<'_>, context: &ParseContext) -> Result<(), OpsError> {
        let was = before.map_or(FrictionStage::Seen, |before| before.stage);
        // From one end to another it goes on costing nothing since the day of the first.
        let was_over = before.is_some_and(|before| !before.is_open() && before.moved.is_some());
        if self.stage != was && (self.is_open() || !was_over) {
            self.moved = Some(context.today);
        }
        Ok(())
    }

    fn edited_label(&self, before: &Self, words: &Words, _: &[Person]) -> String {
        let text = plain::cut(&self.text, 50);
        if self.stage == before.stage {
            format!("Edited {} {text}: {}", self.id, changes(words))
        } else {
            format!("{} {text} is {} now", self.id, self.stage.title())
        }
    }
}

impl RecordRules for Gain {
    fn prepare(&mut self, before: Option<&Self>, tx: &Tx<'_>, _: &ParseContext) -> Result<(), OpsError> {
        let friction: Option<Friction> = self.friction_id.map(|id| tx.record(id.0)).transpose()?;
        if let Some(before) = before {
            // What was saved is measured from it: a baseline that could be moved would make any saving true.
            if (before.baseline, before.baseline_on) != (self.baseline, self.baseline_on) {
                return Err(OpsError::rejected(
                    format!(
                        "the baseline of {} is frozen: {} a week on {}",
                        self.id,
                        before.baseline,
                        day::short_day(before.baseline_on)
                    ),
                    "Add another gain if it was measured wrongly, and end this one.",
                ));
            }
            return Ok(());
        }
        if self.baseline.is_zero() {
            // At least what the friction was said to cost, and never less than what is freed of it.
            self.baseline = friction.as_ref().map_or(self.hours, |friction| friction.hours.max(self.hours));
        }
        if self.text.is_empty()
            && let Some(friction) = &friction
        {
            self.text = format!("No more {}", friction.text);
        }
        Ok(())
    }

    fn balance(&self, tx: &Tx<'_>, _: bool) -> Result<(), OpsError> {
        balanced(tx, self, None)
    }

    fn added_label(&self, _: &[Person]) -> String {
        format!(
            "Freed {} a week from {}: {} {}",
            self.hours,
            day::short_day(self.from_day),
            self.id,
            plain::cut(&self.text, 50)
        )
    }
}

impl RecordRules for Redirect {
    fn prepare(
        &mut self,
        before: Option<&Self>,
        tx: &Tx<'_>,
        context: &ParseContext,
    ) -> Result<(), OpsError> {
        let had_result = before.is_some_and(|before| !before.result.is_empty());
        // A result that is only put in other words came when the first words of it came.
        if self.result_on.is_none() && !self.result.is_empty() && !had_result {
            self.result_on = Some(context.today);
        }
        // Hours that are not there yet cannot be spent.
        if self.gain_id.0 != 0 {
            let gain: Gain = tx.record(self.gain_id.0)?;
            if before.is_none() {
                self.from_day = self.from_day.max(gain.from_day);
            }
            // It ends with its gain where nothing else is said.
            self.to_day = self.to_day.or(gain.to_day.filter(|to| self.from_day <= *to));
        }
        Ok(())
    }

    fn balance(&self, tx: &Tx<'_>, is_new: bool) -> Result<(), OpsError> {
        balanced(tx, &tx.record(self.gain_id.0)?, is_new.then_some(self.id))
    }

    fn added_label(&self, _: &[Person]) -> String {
        let until =
            self.to_day.map_or_else(String::new, |to| format!(" until {}", day::day_near(to, self.from_day)));
        // It begins with its gain at the earliest, which may not be the day that was asked for.
        let from = day::short_day(self.from_day);
        format!(
            "Redirected {} a week of {} onto {} from {from}{until}: {}",
            self.hours, self.gain_id, self.target, self.id
        )
    }

    fn edited_label(&self, before: &Self, words: &Words, _: &[Person]) -> String {
        if self.result != before.result && !self.result.is_empty() {
            return format!("{} came to something: {}", self.id, plain::cut(&self.result, 60));
        }
        // An end that nobody typed came with the gain, and is told: it would stand there unseen.
        match (before.to_day, self.to_day) {
            (None, Some(to))
                if !words.iter().any(|(name, text)| *name == "to" && !text.trim().is_empty()) =>
            {
                format!(
                    "Edited {}: {}; it ends with {}, {}",
                    self.id,
                    changes(words),
                    self.gain_id,
                    day::day_near(to, self.from_day)
                )
            }
            _ => format!("Edited {}: {}", self.id, changes(words)),
        }
    }
}

/// Redirects never exceed their gain; those that no longer fit are named, but for a new one, which has no key yet.
fn balanced(tx: &Tx<'_>, gain: &Gain, new: Option<RedirectId>) -> Result<(), OpsError> {
    let redirects: Vec<Redirect> = tx.records()?;
    let Some((on, over)) = ledger::overdrawn(gain, &redirects) else { return Ok(()) };
    let mut own: Vec<&Redirect> = redirects
        .iter()
        .filter(|redirect| redirect.gain_id == gain.id && redirect.on(on).is_positive())
        .collect();
    // The oldest keep their place; the later ones are those that no longer fit.
    own.sort_by_key(|redirect| (redirect.from_day, redirect.id));
    let mut left = gain.on(on);
    let mut unfit: Vec<String> = Vec::new();
    let mut first_known = None;
    for redirect in own {
        if redirect.hours <= left {
            left -= redirect.hours;
        } else {
            let is_new = new == Some(redirect.id);
            first_known = first_known.or((!is_new).then_some(redirect.id));
            let key = if is_new { "this one".to_owned() } else { redirect.id.to_string() };
            unfit.push(format!("{key} ({} onto {})", redirect.hours, redirect.target));
        }
    }
    let end = gain
        .to_day
        .map_or_else(String::new, |to| format!(", or an end by {}", day::day_near(to, gain.from_day)));
    let hint = match first_known {
        Some(id) => format!(
            "Lower or end a redirect first: `tablesetter redirect edit {id} --hours 2` or `--to today`."
        ),
        None => format!("Say fewer hours{end}."),
    };
    Err(OpsError::rejected(
        format!(
            "{} frees {} a week on {}, {over} less than is redirected; what does not fit: {}",
            gain.id,
            gain.on(on),
            day::short_day(on),
            unfit.join(", ")
        ),
        hint,
    ))
}

#[cfg(test)]
mod tests;
