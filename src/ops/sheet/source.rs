//! Sources as forms. What can be said of one source alone, and of all of them together, is said while it is typed.

use super::read::FormRows;
use super::{FormContext, FormTarget, Texts};
use crate::domain::source::form::SourceForm;
use crate::domain::source::{DataSource, SourceId, SourceWay, USUAL_SECONDS};
use crate::domain::words::ParseContext;
use crate::ops::sources::{self, Machine, SourceEdit, SourceStatus};
use crate::ops::typed::{fill, rows};
use crate::ops::{Desk, OpsError};
use crate::store::{Committed, StoreError};

/// What keeps a source from being as it is typed.
enum TypedFault {
    /// The field, and what is wrong with it beside the others.
    At(&'static str, String),
    /// What its field says itself.
    Own(OpsError),
}

/// A source as it would be, and what makes it so.
fn typed(
    before: &DataSource,
    texts: &Texts,
    context: &ParseContext,
) -> Result<(DataSource, SourceEdit), TypedFault> {
    let has = |name: &str| texts.iter().any(|(field, _)| *field == name);
    let at = |field, message: &str| Err(TypedFault::At(field, message.to_owned()));
    let mut form = SourceForm::of(before);
    fill(&mut form, texts, &[], context).map_err(TypedFault::Own)?;
    let (mut place, mut address) = (None, None);
    match (form.way, form.address.0) {
        (SourceWay::Url, Some(given)) => address = Some(given),
        // An address is kept on the machine and never shown in its form, so an empty field leaves it as it is.
        (SourceWay::Url, None) if before.way == SourceWay::Url => {}
        (SourceWay::Url, None) => return at("address", "an address is needed; it is covered as it is typed"),
        (_, Some(_)) => return at("address", "only the way url takes an address"),
        (way, None) if has("way") || has("place") => place = Some((way, form.place.0.trim().to_owned())),
        _ => {}
    }
    let edit = SourceEdit {
        place,
        address,
        // A field that was not typed stays `None`, or the form would write back what stood there when it was
        // opened.
        known_as: has("known-as").then_some(form.known_as),
        preset: has("preset").then_some(form.preset),
        sheet: has("sheet").then_some(form.sheet),
        maps: has("map").then_some(form.maps),
        days: has("days").then_some(form.days),
        at_start: has("at-start").then_some(form.at_start),
        every: has("every").then_some(form.every.0.unwrap_or(0)),
        applies: has("apply").then_some(form.applies),
        limit_seconds: has("limit").then_some(form.limit.0.unwrap_or(USUAL_SECONDS)),
    };
    let base = DataSource { name: form.name.trim().to_owned(), what: form.what, ..before.clone() };
    let source = edit.applied_to(&base);
    match sources::fault(&source) {
        Some(fault) => Err(TypedFault::At(fault.field, fault.message)),
        None => Ok((base, edit)),
    }
}

fn blank() -> DataSource {
    // A place that is none, so that a way alone, the first one included, asks for one.
    DataSource::new("", SourceForm::new().what, SourceForm::new().way, "")
}

/// What is wrong with a source as a whole: the field, and a sentence.
pub(super) fn fault(
    target: &FormTarget,
    texts: &Texts,
    around: FormContext<'_>,
) -> Option<(&'static str, String)> {
    let known = |id: &SourceId| around.sources.iter().find(|status| status.source.id == *id);
    let before = match target {
        FormTarget::NewSource => blank(),
        FormTarget::Source(id) => known(id)?.source.clone(),
        _ => return None,
    };
    // The form of a stored source has no field for its name, so it never meets itself here.
    let named = |status: &&SourceStatus| match texts.iter().find(|(field, _)| *field == "name") {
        Some((_, name)) => status.source.name.to_lowercase() == name.trim().to_lowercase(),
        None => false,
    };
    match typed(&before, texts, around.reading) {
        Err(TypedFault::At(field, message)) => Some((field, message)),
        // Its own row says it.
        Err(TypedFault::Own(_)) => None,
        Ok(_) => {
            let taken = around.sources.iter().find(named)?;
            Some(("name", format!("there is a source {} already", taken.source.name)))
        }
    }
}

impl Desk {
    /// The form of a source. Its name stays, since what it brought is known by it, and so does what it brings.
    pub(super) fn source_rows(&self, id: SourceId) -> Result<(String, FormRows), OpsError> {
        let source = self.known_source(id)?;
        let mut rows = rows(&SourceForm::of(&source), &[]);
        rows.retain(|(field, _)| !matches!(field.name, "name" | "what"));
        Ok((format!("Edit the source {}", source.name), rows))
    }

    fn known_source(&self, id: SourceId) -> Result<DataSource, OpsError> {
        let known = self.store.sources()?.into_iter().map(|(source, _)| source).find(|known| known.id == id);
        Ok(known.ok_or_else(|| StoreError::Missing("this source".to_owned()))?)
    }

    /// Writes what was typed into the form of a source. Whoever adds one that runs something, or changes what it runs,
    /// lets it run on this machine; in a made-up studio, which has none, it sleeps.
    ///
    /// # Errors
    /// When it cannot be so, or there is nowhere to keep its address.
    pub fn save_source(
        &mut self,
        machine: Option<&Machine>,
        target: &FormTarget,
        texts: &Texts,
    ) -> Result<Committed<()>, OpsError> {
        let before = match target {
            FormTarget::Source(id) => self.known_source(*id)?,
            _ => blank(),
        };
        let (source, edit) = typed(&before, texts, &self.reading()?).map_err(|fault| match fault {
            TypedFault::At(_, message) => OpsError::Rejected { message, hint: None },
            TypedFault::Own(error) => error,
        })?;
        if machine.is_none() && edit.address.is_some() {
            return Err(OpsError::rejected(
                "a made-up studio keeps no address",
                "Without `demo`, the address is kept beside the configuration.",
            ));
        }
        let committed = match target {
            FormTarget::Source(_) => self.edit_source(machine, &before.name, &edit)?,
            _ => self.add_source(machine, &source, &edit)?,
        };
        Ok(committed.without_output())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceWhat;
    use crate::ops::kit::{refusal, studio};

    const SECRET: &str = "https://calendar.example/private-abc/basic.ics";

    fn texts(words: &[(&'static str, &str)]) -> Texts {
        words.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
    }

    fn said(
        desk: &Desk,
        target: &FormTarget,
        words: &[(&'static str, &str)],
    ) -> Option<(&'static str, String)> {
        let (reading, sources) = (desk.reading().unwrap(), desk.sources(None).unwrap());
        fault(target, &texts(words), FormContext { reading: &reading, people: &[], sources: &sources })
    }

    fn only(desk: &Desk) -> DataSource {
        desk.store.sources().unwrap().remove(0).0
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let mut desk = studio();
        let jira = DataSource::new("Jira", SourceWhat::Requests, SourceWay::File, "/x.csv");
        desk.add_source(None, &jira, &SourceEdit::default()).unwrap();
        let jira = FormTarget::Source(only(&desk).id);
        for (words, field, part) in [
            (&[("name", "A")][..], "place", "needs a place"),
            (&[("name", "a/b"), ("place", "x.csv")], "name", "no name"),
            (&[("name", "JIRA"), ("place", "x.csv")], "name", "there is a source Jira already"),
            (&[("name", "A"), ("way", "url")], "address", "is needed"),
            (&[("name", "A"), ("place", "x.csv"), ("address", SECRET)], "address", "only the way url"),
            (&[("name", "A"), ("way", "newest"), ("place", "~/*/x")], "place", "a pattern is for the name"),
            (&[("name", "A"), ("what", "calendar"), ("preset", "jira"), ("place", "x")], "preset", "presets"),
            (&[("name", "A"), ("place", "x"), ("map", "When=du")], "map", "fields are title"),
            (&[("name", "A"), ("place", "x"), ("every", "99999")], "every", "no time"),
        ] {
            let (at, message) = said(&desk, &FormTarget::NewSource, words).unwrap();
            assert_eq!(at, field, "{message}");
            assert!(message.contains(part), "{message}");
            assert!(desk.save_source(None, &FormTarget::NewSource, &texts(words)).is_err());
        }
        assert_eq!(said(&desk, &jira, &[("limit", "0")]).unwrap().0, "limit");
        assert_eq!(said(&desk, &jira, &[("way", "url")]).unwrap().0, "address");
        assert_eq!(said(&desk, &jira, &[("every", "15")]), None);
        assert_eq!(desk.store.sources().unwrap().len(), 1);
    }

    #[test]
    fn only_what_was_typed_is_changed_and_what_runs_is_confirmed_by_who_typed_it() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let mut desk = studio();
        let words = texts(&[("name", "Work"), ("what", "calendar"), ("way", "url"), ("address", SECRET)]);
        assert!(refusal(desk.save_source(None, &FormTarget::NewSource, &words)).contains("made-up studio"));
        desk.save_source(Some(&machine), &FormTarget::NewSource, &words).unwrap();
        let status = desk.source(Some(&machine), "Work").unwrap();
        assert_eq!((status.asleep, status.source.place.as_str()), (None, "https://calendar.example/…"));
        let target = FormTarget::Source(status.source.id);
        let change = |desk: &mut Desk, words: &[(&'static str, &str)]| {
            desk.save_source(Some(&machine), &target, &texts(words)).unwrap();
            desk.source(Some(&machine), "Work").unwrap()
        };
        let status = change(&mut desk, &[("every", "15"), ("apply", "yes")]);
        assert_eq!((status.source.every, status.source.applies, status.asleep), (Some(15), true, None));
        let status = change(&mut desk, &[("way", "command"), ("place", "cat x.ics"), ("every", "")]);
        assert_eq!((status.source.way, status.source.every, status.asleep), (SourceWay::Command, None, None));
        let form = desk.sheet(&target).unwrap();
        assert!(form.rows.iter().all(|(field, _)| field.name != "name" && field.name != "what"));
        assert!(form.rows.iter().any(|(field, text)| field.name == "place" && text == "cat x.ics"));
    }
}
