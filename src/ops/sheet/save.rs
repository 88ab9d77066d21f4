//! From changed texts to one operation. What the form has checked is checked again here, against what is
//! stored now.

use super::FormTarget;
use crate::domain::allocation::{Allocation, NewShare, ShareForm};
use crate::domain::field::{self, Field};
use crate::domain::ids::AllocationId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::meeting::form::MeetingForm;
use crate::domain::request::Request;
use crate::domain::words::ParseContext;
use crate::ops::assign::{LeftChange, ShareChange};
use crate::ops::meetings::{MeetingChange, NewMeeting};
use crate::ops::typed::fill;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Committed, MeetingNote};

/// Changed fields by name.
pub type Texts = Vec<(&'static str, String)>;

fn has(texts: &Texts, name: &str) -> bool {
    texts.iter().any(|(field, _)| *field == name)
}

impl Desk {
    /// Writes the changed fields of a sheet as one operation, a new record included.
    ///
    /// # Errors
    /// As the verb of the record; nothing is written then.
    pub fn save_sheet(&mut self, target: &FormTarget, texts: &Texts) -> Result<Committed<()>, OpsError> {
        let context = self.reading()?;
        match target {
            FormTarget::Request(id) => {
                self.set_fields(&[*id], &request_fields(texts)).map(Committed::without_output)
            }
            FormTarget::NewRequest => self.add_request(&request_fields(texts)).map(Committed::without_output),
            FormTarget::Person(id) => {
                let handle = super::super::team::handle(&self.store.people()?, *id);
                self.edit_person(&handle, texts).map(Committed::without_output)
            }
            FormTarget::NewPerson | FormTarget::NewRole => {
                self.add_person(texts).map(Committed::without_output)
            }
            FormTarget::Meeting(key) => self.save_meeting(key, texts, &context),
            FormTarget::NewMeeting => self.new_meeting(texts).map(Committed::without_output),
            FormTarget::Share(id) => self.save_share(*id, texts, &context),
            // Without a machine: what runs something sleeps.
            FormTarget::Source(_) | FormTarget::NewSource => self.save_source(None, target, texts),
            FormTarget::View(_) => {
                Err(OpsError::rejected("a view is kept in the configuration", "The cockpit writes it there."))
            }
            FormTarget::Entry(key) => self.edit_entry(key, texts),
            FormTarget::NewEntry(kind, known) => {
                // What is known and has no field in the form goes along with it.
                let has_field =
                    |name: &str| crate::domain::kinds::form_fields(*kind).any(|field| field.name == name);
                let mut all = texts.clone();
                all.extend(known.iter().filter(|(name, _)| !has_field(name)).cloned());
                self.add_entry(*kind, &all).map(Committed::without_output)
            }
        }
    }

    /// Which of the fields that are to be written hold something else by now than when their form was opened, with what that
    /// is; what is there already as it was typed is none of them.
    ///
    /// # Errors
    /// When the record is gone or the store cannot be read.
    pub fn overtaken(&self, target: &FormTarget, texts: &Texts, before: &Texts) -> Result<Texts, OpsError> {
        if before.is_empty() {
            return Ok(Texts::new());
        }
        let rows = self.sheet(target)?.rows;
        let now = before.iter().filter_map(|(name, was)| {
            let (_, now) = rows.iter().find(|(spec, _)| spec.name == *name)?;
            let is_typed = texts.iter().any(|(field, text)| field == name && text == now);
            (now != was && !is_typed).then(|| (*name, now.clone()))
        });
        Ok(now.collect())
    }

    fn add_request(&mut self, fields: &[(Field, String)]) -> Result<Committed<Request>, OpsError> {
        let (context, stamp) = (self.reading()?, self.stamp());
        self.store.change(stamp, |tx| {
            let mut request = Request::new("", stamp.at);
            for (name, text) in fields {
                field::set(&mut request, *name, text, &context)
                    .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
            }
            if request.title.is_empty() {
                return Err(needed("title"));
            }
            // As in quick add: what it is called is then all that was asked.
            if request.ask.is_empty() {
                request.ask.clone_from(&request.title);
            }
            crate::ops::requests::aim(tx, None, &mut request)?;
            request.id = tx.add_request(&request)?;
            let label = format!("Added {} {}", request.id, plain::cut(&request.title, 60));
            Ok((request, label))
        })
    }

    /// Adds a meeting of what was typed into the fields of its form.
    ///
    /// # Errors
    /// The field that cannot be read, or that is needed and not there.
    pub fn new_meeting(&mut self, texts: &Texts) -> Result<Committed<OccurrenceKey>, OpsError> {
        let context = self.reading()?;
        let mut form = MeetingForm::new(context.today);
        fill(&mut form, texts, &[], &context)?;
        // The form begins with today in it, which nobody has said.
        if !has(texts, "day") {
            return Err(needed("day"));
        }
        let time = form.time.ok_or_else(|| needed("from"))?;
        let MeetingForm { title, kind, series, intent, if_then, predicted, .. } = form;
        let notes = MeetingNote { intent, if_then, predicted };
        let (start, minutes, attendees) = (form.day.and_time(time), form.minutes.0, form.attendees.0);
        let new = NewMeeting { title, start, minutes, kind, series, attendees, notes };
        self.add_meeting(&new)
    }

    fn save_meeting(
        &mut self,
        key: &OccurrenceKey,
        texts: &Texts,
        context: &ParseContext,
    ) -> Result<Committed<()>, OpsError> {
        let change = self.meeting_change(key, texts, context)?;
        self.edit_meeting(key, &change)
    }

    /// What changed fields of a meeting's form change of it.
    pub(in crate::ops) fn meeting_change(
        &self,
        key: &OccurrenceKey,
        texts: &Texts,
        context: &ParseContext,
    ) -> Result<MeetingChange, OpsError> {
        let mut form = MeetingForm::of(&self.meeting(key)?);
        fill(&mut form, texts, &[], context)?;
        let has = |name: &str| has(texts, name);
        let time = form.time.ok_or_else(|| needed("from"))?;
        Ok(MeetingChange {
            kind: form.kind.filter(|_| has("kind")),
            series: has("series").then_some(form.series),
            title: has("title").then_some(form.title),
            start: (has("day") || has("time")).then_some(form.day.and_time(time)),
            minutes: has("minutes").then_some(form.minutes.0),
            attendees: has("with").then_some(form.attendees.0),
            intent: has("intent").then_some(form.intent),
            if_then: has("if-then").then_some(form.if_then),
            predicted: has("predicted").then_some(form.predicted),
        })
    }

    /// What was typed of a share to be; what was not said of it is found when it is given.
    ///
    /// # Errors
    /// The field that cannot be read, or somebody who is not in the team.
    pub fn new_share(&self, texts: &Texts) -> Result<NewShare, OpsError> {
        let (people, context) = (self.store.people()?, self.reading()?);
        let mut form = ShareForm::unsaid(context.today);
        fill(&mut form, texts, &people, &context)?;
        // A day that was not typed is left to the rules, which know the due day and what else the person holds.
        Ok(NewShare {
            who: super::super::team::handle(&people, form.person),
            minutes: form.minutes,
            from: has(texts, "from").then_some(form.from),
            to: has(texts, "to").then_some(form.to),
            is_tentative: form.is_tentative,
            shape: form.shape,
        })
    }

    fn save_share(
        &mut self,
        id: AllocationId,
        texts: &Texts,
        context: &ParseContext,
    ) -> Result<Committed<()>, OpsError> {
        let people = self.store.people()?;
        // Without what is left of it, which is said in its own way below.
        let mut form = ShareForm::of(&self.store.allocation(id)?, None);
        fill(&mut form, texts, &people, context)?;
        // Only what was typed is set on the share as it stands when it is written.
        let change: ShareChange<'_> = &|share: &mut Allocation| {
            let mut own = ShareForm::of(share, None);
            // The same texts were read a few lines above, so this cannot fail.
            if fill(&mut own, texts, &people, context).is_ok() {
                own.apply(share);
            }
        };
        let left = match (has(texts, "left"), form.left) {
            (false, _) => LeftChange::Keep,
            (true, Some(said)) => LeftChange::Said(said),
            (true, None) => LeftChange::ByPlan,
        };
        self.edit_share_and_left(id, change, left).map(Committed::without_output)
    }

    /// Takes a record away: an absence, a holiday or a share.
    ///
    /// # Errors
    /// When it is gone, or one of a kind that is never thrown away.
    pub fn remove(&mut self, target: &FormTarget) -> Result<Committed<()>, OpsError> {
        match target {
            FormTarget::Entry(key) => self.remove_entry(key),
            FormTarget::Share(id) => self.remove_share(*id),
            _ => Err(OpsError::never_removed()),
        }
    }
}

fn needed(what: &str) -> OpsError {
    OpsError::Rejected { message: format!("{what} is needed"), hint: None }
}

fn request_fields(texts: &Texts) -> Vec<(Field, String)> {
    texts.iter().filter_map(|(name, text)| Some((name.parse().ok()?, text.clone()))).collect()
}
