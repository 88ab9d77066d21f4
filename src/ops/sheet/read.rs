//! From what is stored to the texts of a form.

use super::{FieldKind, FieldSpec, FormTarget, RecordForm, Texts};
use crate::domain::allocation::ShareForm;
use crate::domain::field::{self, Field};
use crate::domain::kinds;
use crate::domain::meeting::form::MeetingForm;
use crate::domain::minutes::Minutes;
use crate::domain::person::{Factor, HoursForm, Person, PersonForm};
use crate::domain::record::{Fields, Kind, RecordKey, TableRow, of_kind};
use crate::domain::request::Request;
use crate::domain::source::form::SourceForm;
use crate::domain::view::form::ViewForm;
use crate::ops::team::handle;
use crate::ops::typed::rows;
use crate::ops::{Desk, OpsError};
use crate::store::StoreError;

/// Fields with what stands in them.
pub(super) type FormRows = Vec<(&'static FieldSpec, String)>;

impl Desk {
    /// A record as a form, or an empty one with sensible beginnings.
    ///
    /// # Errors
    /// When the record is gone or the store cannot be read.
    pub fn sheet(&self, target: &FormTarget) -> Result<RecordForm, OpsError> {
        let (title, rows) = match target {
            FormTarget::Request(id) => {
                let request = self.store.request(*id)?;
                (format!("Edit {} {}", request.id, request.title), self.request_rows(Some(&request)))
            }
            FormTarget::NewRequest => ("A new request".to_owned(), self.request_rows(None)),
            FormTarget::Person(id) => {
                let person = self.store.people()?.into_iter().find(|person| person.id == *id);
                let person = person.ok_or_else(|| StoreError::Missing(id.to_string()))?;
                let title = format!("Edit {} ({})", person.name, person.handle);
                (title, person_rows(&PersonForm::of(person, self.today())))
            }
            FormTarget::NewPerson => ("A new person".to_owned(), person_rows(&self.nobody(false))),
            FormTarget::NewRole => {
                ("A new role, for work that nobody holds yet".to_owned(), person_rows(&self.nobody(true)))
            }
            FormTarget::Meeting(key) => {
                let mut meeting = self.meeting(key)?;
                // Empty while others look on, as private fields are: only what is typed is written.
                if self.is_presenting {
                    meeting.leave_out_plan();
                }
                (format!("Edit {}", meeting.title), rows(&MeetingForm::of(&meeting), &[]))
            }
            FormTarget::NewMeeting => {
                let day = self.calendar()?.on_or_after(self.today());
                ("A new meeting".to_owned(), rows(&MeetingForm::new(day), &[]))
            }
            FormTarget::Share(id) => {
                let (share, people) = (self.store.allocation(*id)?, self.store.people()?);
                let request = self.store.request(share.request)?;
                let who = handle(&people, share.person);
                let form = ShareForm::of(&share, self.left_of_share(*id)?);
                (format!("{who} on {} {}", request.id, request.title), rows(&form, &people))
            }
            FormTarget::NewSource => ("A new source".to_owned(), rows(&SourceForm::new(), &[])),
            FormTarget::Source(id) => self.source_rows(*id)?,
            FormTarget::View(view) => {
                let title = match view.name.as_str() {
                    "" => format!("Save what is set here as a view of {}", view.list),
                    name => format!("Change the view {name} of {}", view.list),
                };
                (title, rows(&ViewForm::of(view), &[]))
            }
            FormTarget::Entry(key) => self.entry_rows(key)?,
            FormTarget::NewEntry(kind, known) => {
                (kinds::new_title(*kind).to_owned(), self.new_rows(*kind, known))
            }
        };
        Ok(RecordForm { target: target.clone(), title, rows })
    }

    /// Left empty, not left out, while others look on: a form writes only what was changed, so that private
    /// words stay as they are.
    const fn may_read(&self, field: &FieldSpec) -> bool {
        !(self.is_presenting && field.is_private)
    }

    fn nobody(&self, is_role: bool) -> PersonForm {
        let (day, free, factor) = (self.config.day, Minutes::ZERO, Factor(self.config.planning_factor));
        let week = Some([day, day, day, day, day, free, free]);
        let person = Person { is_role, factor, ..Person::blank(self.today()) };
        PersonForm { person, hours: HoursForm { week, from: None } }
    }

    fn entry_rows(&self, key: &RecordKey) -> Result<(String, FormRows), OpsError> {
        let texts = self.entry_texts(key)?;
        let text = |field: &FieldSpec| {
            let found = texts.iter().find(|(name, _)| *name == field.name);
            found.filter(|_| self.may_read(field)).map_or_else(String::new, |(_, text)| text.clone())
        };
        let fields = key.kind().into_iter().flat_map(kinds::form_fields);
        Ok((self.entry_form_title(key)?, fields.map(|field| (field, text(field))).collect()))
    }

    /// Beginnings of a new record, with what is known of it already.
    fn new_rows(&self, kind: Kind, known: &Texts) -> FormRows {
        let text = |field: &FieldSpec| {
            let given = known.iter().find(|(name, _)| *name == field.name).map(|(_, text)| text.clone());
            given.unwrap_or_else(|| match field.kind {
                // A day that nobody has said stays empty: it is today when it is saved.
                FieldKind::Day => String::new(),
                // A figure that has to be said is asked for: Enter and Enter again would file a zero.
                FieldKind::Number | FieldKind::Length if field.is_needed => String::new(),
                _ => of_kind!(kind, R => R::blank(self.today()).get(field.name), String::new()),
            })
        };
        kinds::form_fields(kind).map(|field| (field, text(field))).collect()
    }

    fn request_rows(&self, request: Option<&Request>) -> FormRows {
        let text = |field: Field| match request.filter(|_| self.may_read(field.spec())) {
            Some(request) => field::get(request, field),
            None => String::new(),
        };
        Field::ALL.iter().map(|field| (field.spec(), text(*field))).collect()
    }
}

/// The fields of a person in the order of their form.
fn person_rows(form: &PersonForm) -> FormRows {
    let mut rows = rows(form, &[]);
    let place = |name| PersonForm::ORDER.iter().position(|own| *own == name);
    rows.sort_by_key(|(field, _)| place(field.name).unwrap_or(PersonForm::ORDER.len()));
    rows
}
