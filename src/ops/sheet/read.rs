//! From stored records to sheets.

use super::{FieldKind, FieldSpec, Sheet, Target, fields, value};
use crate::domain::allocation::Allocation;
use crate::domain::field::{self, Field};
use crate::domain::ids::PersonId;
use crate::domain::kinds;
use crate::domain::meeting::Meeting;
use crate::domain::person::Person;
use crate::domain::record::{Kind, Record, RecordKey, of_kind};
use crate::domain::request::Request;
use crate::ops::team::handle;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;

/// What stands in each field.
type Texts<'a> = Box<dyn Fn(&FieldSpec) -> String + 'a>;

impl Desk {
    /// A record as a sheet, or an empty one with sensible beginnings.
    ///
    /// # Errors
    /// When the record is gone or the store cannot be read.
    pub fn sheet(&self, target: &Target) -> Result<Sheet, OpsError> {
        let (title, text) = match target {
            Target::Request(_) | Target::Meeting(_) | Target::Share(_) => self.work_sheet(target)?,
            Target::Person(id) => self.person_sheet(*id)?,
            Target::Entry(key) => self.entry_sheet(key)?,
            Target::NewEntry(kind, known) => self.new_entry_sheet(*kind, known),
            _ => self.new_sheet(target)?,
        };
        let rows = fields::of(target).into_iter().map(|spec| (spec, text(&spec))).collect();
        Ok(Sheet { target: target.clone(), title, rows })
    }

    fn work_sheet(&self, target: &Target) -> Result<(String, Texts<'_>), OpsError> {
        Ok(match target {
            Target::Meeting(key) => {
                let meeting = self.meeting(key)?;
                (format!("Edit {}", meeting.title), Box::new(move |spec| of_meeting(&meeting, spec)))
            }
            Target::Share(id) => {
                let share = self.store.allocation(*id)?;
                let request = self.store.request(share.request)?;
                let who = handle(&self.store.people()?, share.person);
                let title = format!("{who} on {} {}", request.id, request.title);
                let left = self.left_of_share(*id)?;
                (title, Box::new(move |spec| of_share(&share, left, &who, spec)))
            }
            Target::Request(id) => {
                let mut request = self.store.request(*id)?;
                if self.is_presenting {
                    request.notes.clear();
                }
                let title = format!("Edit {} {}", request.id, request.title);
                (title, Box::new(move |spec| of_request(&request, spec)))
            }
            _ => return self.new_sheet(target),
        })
    }

    fn person_sheet(&self, id: PersonId) -> Result<(String, Texts<'_>), OpsError> {
        let person = self.store.people()?.into_iter().find(|person| person.id == id);
        let person = person.ok_or_else(|| StoreError::Missing(id.to_string()))?;
        let title = format!("Edit {} ({})", person.name, person.handle);
        Ok((title, Box::new(move |spec| self.of_person(&person, spec))))
    }

    fn new_sheet(&self, target: &Target) -> Result<(String, Texts<'_>), OpsError> {
        let (title, texts): (&str, Texts<'_>) = match target {
            Target::NewPerson => ("A new person", Box::new(|spec| self.of_nobody(spec, ""))),
            Target::NewRole => {
                ("A new role, for work that nobody holds yet", Box::new(|spec| self.of_nobody(spec, "yes")))
            }
            Target::NewMeeting => {
                let day = self.calendar()?.on_or_after(self.today());
                ("A new meeting", Box::new(move |spec| Self::of_no_meeting(day, spec)))
            }
            _ => ("A new request", Box::new(|_| String::new())),
        };
        Ok((title.to_owned(), texts))
    }

    fn entry_sheet(&self, key: &RecordKey) -> Result<(String, Texts<'_>), OpsError> {
        let mut texts = self.entry_texts(key)?;
        if self.is_presenting {
            let is_private = |name: &str| {
                key.kind().and_then(|kind| kinds::field(kind, name)).is_some_and(|field| field.is_private)
            };
            texts.retain(|(name, _)| !is_private(name));
        }
        let title = self.entry_form_title(key)?;
        let text = move |spec: &FieldSpec| {
            texts
                .iter()
                .find(|(field, _)| *field == spec.name)
                .map_or_else(String::new, |(_, text)| text.clone())
        };
        Ok((title, Box::new(text)))
    }

    /// Beginnings of a new record, with what is known of it already.
    fn new_entry_sheet(&self, kind: Kind, known: &super::Texts) -> (String, Texts<'_>) {
        let (today, known) = (self.today(), known.clone());
        let text = move |spec: &FieldSpec| {
            let given = known.iter().find(|(field, _)| *field == spec.name).map(|(_, text)| text.clone());
            // A day that nobody has said stays empty: it is today when it is saved.
            let is_day = spec.kind == FieldKind::Day;
            given.unwrap_or_else(|| {
                if is_day {
                    String::new()
                } else {
                    of_kind!(kind, R => R::blank(today).get(spec.name), String::new())
                }
            })
        };
        (kinds::new_title(kind).to_owned(), Box::new(text))
    }

    fn of_person(&self, person: &Person, spec: &FieldSpec) -> String {
        let now = person.contracts.iter().filter(|contract| contract.from <= self.today());
        let contract = now.max_by_key(|contract| contract.from).or(person.contracts.first());
        match spec.name {
            "name" => person.name.clone(),
            "handle" => person.handle.clone(),
            "discipline" => person.discipline.clone(),
            "hours" => contract.map_or_else(String::new, |contract| super::week_text(&contract.week)),
            "factor" => format!("0.{:02}", person.factor_percent).replace("0.100", "1"),
            "first" => person.first_day.map_or_else(String::new, value::day_text),
            "last" => person.last_day.map_or_else(String::new, value::day_text),
            "email" => person.email.clone(),
            "role" => yes_text(person.is_role),
            _ => String::new(),
        }
    }

    fn of_nobody(&self, spec: &FieldSpec, role: &str) -> String {
        match spec.name {
            "hours" => {
                let day = self.config.day.to_string().trim_end_matches('h').to_owned();
                [day.as_str(); 5].join(" ")
            }
            "factor" => format!("0.{:02}", self.config.planning_factor).replace("0.100", "1"),
            "role" => role.to_owned(),
            _ => String::new(),
        }
    }

    fn of_no_meeting(working_day: chrono::NaiveDate, spec: &FieldSpec) -> String {
        match spec.name {
            "day" => value::day_text(working_day),
            "minutes" => "60".to_owned(),
            _ => String::new(),
        }
    }
}

fn yes_text(is_so: bool) -> String {
    if is_so { "yes" } else { "" }.to_owned()
}

fn of_request(request: &Request, spec: &FieldSpec) -> String {
    spec.name.parse::<Field>().map_or_else(|_| String::new(), |name| field::get(request, name))
}

fn of_meeting(meeting: &Meeting, spec: &FieldSpec) -> String {
    match spec.name {
        "title" => meeting.title.clone(),
        "day" => value::day_text(meeting.start.date_naive()),
        "time" => meeting.start.format("%H:%M").to_string(),
        "minutes" => (meeting.end - meeting.start).num_minutes().to_string(),
        "with" => meeting.attendees.join(", "),
        "kind" => meeting.kind.name().to_owned(),
        "series" => meeting.series.clone(),
        "intent" => meeting.intent.clone(),
        "if-then" => meeting.if_then.clone(),
        _ => meeting.predicted.clone(),
    }
}

fn of_share(
    share: &Allocation,
    left: Option<crate::domain::minutes::Minutes>,
    who: &str,
    spec: &FieldSpec,
) -> String {
    match spec.name {
        "who" => who.to_owned(),
        "hours" => share.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        "left" => left.map_or_else(String::new, |minutes| minutes.to_string()),
        "from" => value::day_text(share.from),
        "to" => value::day_text(share.to),
        "shape" => share.shape.described(),
        _ => yes_text(share.is_tentative),
    }
}
