//! From changed texts to one operation. What the form has checked is checked again here, against what is
//! stored now.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Target, value};
use crate::domain::allocation::{Allocation, Shape};
use crate::domain::field::{self, Field};
use crate::domain::ids::AllocationId;
use crate::domain::meeting::OccurrenceKey;
use crate::domain::minutes::Minutes;
use crate::domain::person::WeekPattern;
use crate::domain::request::Request;
use crate::domain::words::Reading;
use crate::ops::assign::{LeftChange, ShareChange};
use crate::ops::books::never_removed;
use crate::ops::meetings::{MeetingChange, NewMeeting};
use crate::ops::people::{DayChange, PersonChange};
use crate::ops::team::find_person;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::Committed;

/// Changed fields by name.
pub type Texts = Vec<(&'static str, String)>;

/// Reads the changed fields of one sheet.
struct Given<'a> {
    texts: &'a Texts,
    reading: Reading,
}

impl Given<'_> {
    /// What stands in a field, if it was changed; trimmed.
    fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(field, _)| *field == name).map(|(_, text)| text.trim())
    }

    fn words(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// Reads a field; empty is nothing.
    fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str, &Reading) -> Result<T, String>,
    ) -> Result<Option<T>, OpsError> {
        match self.text(name).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => read(text, &self.reading)
                .map(Some)
                .map_err(|message| OpsError::Rejected { message: format!("{name}: {message}"), hint: None }),
        }
    }

    fn day(&self, name: &str) -> Result<Option<NaiveDate>, OpsError> {
        self.read(name, value::read_day)
    }

    fn day_change(&self, name: &str) -> Result<DayChange, OpsError> {
        if self.text(name).is_none() {
            return Ok(DayChange::Stays);
        }
        self.day(name).map(DayChange::to)
    }

    fn yes(&self, name: &str) -> Result<Option<bool>, OpsError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        value::yes(text).map(Some).map_err(|message| OpsError::Rejected { message, hint: None })
    }
}

impl Desk {
    /// Writes the changed fields of a sheet as one operation, a new record included.
    ///
    /// # Errors
    /// As the verb of the record; nothing is written then.
    pub fn save_sheet(&mut self, target: &Target, texts: &Texts) -> Result<Committed<()>, OpsError> {
        let given = Given { texts, reading: self.reading()? };
        match target {
            Target::Request(id) => {
                self.set_fields(&[*id], &request_fields(texts)).map(Committed::without_output)
            }
            Target::NewRequest => self.add_request(&request_fields(texts)).map(Committed::without_output),
            Target::Person(id) => {
                let handle = super::super::team::handle(&self.store.people()?, *id);
                self.edit_person(&handle, &person(&given)?).map(Committed::without_output)
            }
            Target::NewPerson | Target::NewRole => {
                self.add_person(&person(&given)?).map(Committed::without_output)
            }
            Target::Meeting(key) => self.save_meeting(key, &given),
            Target::NewMeeting => self.new_meeting(&given),
            Target::Share(id) => self.save_share(*id, &given),
            Target::Entry(key) => self.edit_entry(key, texts),
            Target::NewEntry(kind, known) => {
                // What is known and has no field in the form goes along with it.
                let has_field =
                    |name: &str| crate::domain::kinds::form_fields(*kind).any(|field| field.name == name);
                let mut all = texts.clone();
                all.extend(known.iter().filter(|(name, _)| !has_field(name)).cloned());
                self.add_entry(*kind, &all).map(Committed::without_output)
            }
        }
    }

    fn add_request(&mut self, fields: &[(Field, String)]) -> Result<Committed<Request>, OpsError> {
        let (reading, stamp) = (self.reading()?, self.stamp());
        self.store.change(stamp, |tx| {
            let mut request = Request::new("", stamp.at);
            for (name, text) in fields {
                field::set(&mut request, *name, text, &reading)
                    .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
            }
            if request.title.is_empty() {
                return Err(needed("title"));
            }
            if request.ask.is_empty() {
                request.ask.clone_from(&request.title);
            }
            crate::ops::requests::aim(tx, None, &mut request)?;
            request.id = tx.add_request(&request)?;
            let label = format!("Added {} {}", request.id, plain::cut(&request.title, 60));
            Ok((request, label))
        })
    }

    fn new_meeting(&mut self, given: &Given<'_>) -> Result<Committed<()>, OpsError> {
        let day = given.day("day")?.ok_or_else(|| needed("day"))?;
        let time = given.read("time", |text, _| value::time(text))?.ok_or_else(|| needed("from"))?;
        let new = NewMeeting {
            title: given.words("title").unwrap_or_default(),
            start: day.and_time(time),
            minutes: given.read("minutes", |text, _| value::minutes(text))?.unwrap_or(60),
            kind: kind(given)?,
            series: given.words("series").unwrap_or_default(),
            attendees: names(given.text("with").unwrap_or_default()),
            notes: crate::store::MeetingNote {
                intent: given.words("intent").unwrap_or_default(),
                if_then: given.words("if-then").unwrap_or_default(),
                predicted: given.words("predicted").unwrap_or_default(),
            },
        };
        self.add_meeting(&new).map(Committed::without_output)
    }

    fn save_meeting(&mut self, key: &OccurrenceKey, given: &Given<'_>) -> Result<Committed<()>, OpsError> {
        let meeting = self.meeting(key)?;
        let (day, time) = (given.day("day")?, given.read("time", |text, _| value::time(text))?);
        let old = meeting.start.naive_local();
        let start = NaiveDateTime::new(day.unwrap_or_else(|| old.date()), time.unwrap_or_else(|| old.time()));
        let change = MeetingChange {
            kind: kind(given)?,
            series: given.words("series"),
            title: given.words("title"),
            start: (day.is_some() || time.is_some()).then_some(start),
            minutes: given.read("minutes", |text, _| value::minutes(text))?,
            attendees: given.text("with").map(names),
            intent: given.words("intent"),
            if_then: given.words("if-then"),
            predicted: given.words("predicted"),
        };
        self.edit_meeting(key, &change)
    }

    fn save_share(&mut self, id: AllocationId, given: &Given<'_>) -> Result<Committed<()>, OpsError> {
        let hours: Option<Minutes> = given.read("hours", value::length)?;
        let shape: Option<Shape> = given.read("shape", value::shape)?;
        let who =
            given.text("who").map(|who| find_person(&self.store.people()?, who).cloned()).transpose()?;
        let (from, to, tentative) = (given.day("from")?, given.day("to")?, given.yes("tentative")?);
        let has_hours = given.text("hours").is_some();
        let change: ShareChange<'_> = &|share: &mut Allocation| {
            share.person = who.as_ref().map_or(share.person, |person| person.id);
            share.from = from.unwrap_or(share.from);
            share.to = to.unwrap_or(share.to);
            share.shape = shape.clone().unwrap_or_else(|| share.shape.clone());
            share.is_tentative = tentative.unwrap_or(share.is_tentative);
            if has_hours {
                share.minutes = hours;
            }
        };
        let left = match (given.text("left"), given.read("left", value::length)?) {
            (None, _) => LeftChange::Keep,
            (Some(_), Some(said)) => LeftChange::Said(said),
            (Some(_), None) => LeftChange::ByPlan,
        };
        self.edit_share_and_left(id, change, left).map(Committed::without_output)
    }

    /// Takes a record away: an absence, a holiday or a share.
    ///
    /// # Errors
    /// When it is gone, or one of a kind that is never thrown away.
    pub fn remove(&mut self, target: &Target) -> Result<Committed<()>, OpsError> {
        match target {
            Target::Entry(key) => self.remove_entry(key),
            Target::Share(id) => self.remove_share(*id),
            _ => Err(never_removed()),
        }
    }
}

fn needed(what: &str) -> OpsError {
    OpsError::Rejected { message: format!("{what} is needed"), hint: None }
}

fn request_fields(texts: &Texts) -> Vec<(Field, String)> {
    texts.iter().filter_map(|(name, text)| Some((name.parse().ok()?, text.clone()))).collect()
}

fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn kind(given: &Given<'_>) -> Result<Option<crate::domain::meeting::MeetingKind>, OpsError> {
    given.read("kind", |text, _| {
        text.parse().map_err(|error: crate::domain::named::NameError| error.to_string())
    })
}

fn person(given: &Given<'_>) -> Result<PersonChange, OpsError> {
    let week: Option<WeekPattern> = given.read("hours", value::week)?;
    Ok(PersonChange {
        name: given.words("name"),
        handle: given.words("handle").filter(|handle| !handle.is_empty()),
        discipline: given.words("discipline"),
        email: given.words("email"),
        week,
        from: given.day("from")?,
        first: given.day_change("first")?,
        to: given.day_change("last")?,
        factor_percent: given.read("factor", |text, _| value::factor(text))?,
        is_role: given.yes("role")?,
    })
}
