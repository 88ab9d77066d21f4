//! Sources: where data comes from again and again. What a source is stands in the store; that it may run stands on the
//! machine; fetching needs neither.
//!
//! A refresh is three steps, so that the slow ones can go on beside a screen: [`Desk::fetch_job`] and
//! [`FetchJob::fetch`]; reading its files as [`Desk::source_question`] asks; [`Desk::take_source`], which offers or
//! applies. What failed on the way is noted by [`Desk::note_source_failure`].

mod counted;
mod curl;
mod fault;
mod fetch;
mod files;
mod machine;
mod program;
mod stale;
mod status;
pub mod supervisor;
mod take;

use std::path::Path;

use chrono::Utc;

use super::{Desk, OpsError};
use crate::domain::source::address::SecretAddress;
use crate::domain::source::form::DayOrder;
use crate::domain::source::{ColumnMaps, DataSource, SourceFault, SourceId, SourceState, SourceWay};
use crate::import::check_field;
use crate::store::Committed;

pub use curl::is_there as is_curl_there;
pub use fetch::{FetchJob, Fetched};
pub use files::{is_table, tables};
use machine::StoreOnMachine;
pub use machine::{Machine, SleepReason};
use status::asleep_words;
pub use status::{LOOK_AGAIN, SourceStatus};
pub use take::{SourceChoice, SourceReport, TakenSource, offered_file, source_content};

/// What is changed of a source; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct SourceEdit {
    /// The way and the place.
    pub place: Option<(SourceWay, String)>,
    /// An address that this machine is to keep; the place follows from it.
    pub address: Option<SecretAddress>,
    pub known_as: Option<String>,
    pub preset: Option<String>,
    /// The sheet of a workbook; the one that fits best where it is empty.
    pub sheet: Option<String>,
    pub maps: Option<ColumnMaps>,
    pub days: Option<DayOrder>,
    pub at_start: Option<bool>,
    /// Minutes between two fetches; none at zero.
    pub every: Option<u32>,
    pub applies: Option<bool>,
    pub limit_seconds: Option<u32>,
}

impl SourceEdit {
    /// A source with what is changed of it.
    pub fn applied_to(&self, source: &DataSource) -> DataSource {
        let mut source = source.clone();
        self.apply(&mut source);
        source
    }

    fn apply(&self, source: &mut DataSource) {
        if let Some((way, place)) = &self.place {
            (source.way, source.place) = (*way, absolute(*way, place));
            // What this machine keeps belongs to the address of before.
            source.address_tag.clear();
        }
        if let Some(address) = &self.address {
            (source.way, source.place) = (SourceWay::Url, address.masked());
            // Tells this address from the one before and from those of other machines, and says nothing about it.
            source.address_tag = format!("{:016x}", fastrand::u64(..));
        }
        if let Some(known_as) = &self.known_as {
            source.known_as.clone_from(known_as);
        }
        if let Some(preset) = &self.preset {
            source.preset.clone_from(preset);
        }
        if let Some(sheet) = &self.sheet {
            sheet.trim().clone_into(&mut source.sheet);
        }
        if let Some(maps) = &self.maps {
            source.maps.clone_from(maps);
        }
        source.day_first = self.days.map_or(source.day_first, DayOrder::day_first);
        source.at_start = self.at_start.unwrap_or(source.at_start);
        source.every = self.every.or(source.every).filter(|minutes| *minutes > 0);
        source.applies = self.applies.unwrap_or(source.applies);
        source.limit_seconds = self.limit_seconds.unwrap_or(source.limit_seconds);
    }
}

/// A file is the same one wherever it is asked for from.
fn absolute(way: SourceWay, place: &str) -> String {
    let is_path = matches!(way, SourceWay::File | SourceWay::Newest | SourceWay::Folder);
    // A home folder is put in for `~` each time the file is looked for, so that stays as it is.
    if !is_path || place.is_empty() || place.starts_with('~') || place.contains("://") {
        return place.to_owned();
    }
    std::path::absolute(Path::new(place))
        .map_or_else(|_| place.to_owned(), |path| path.to_string_lossy().into_owned())
}

impl Desk {
    /// Every source by name, with how it stands here. Without a machine, as in a made-up studio, all that runs
    /// something sleeps.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sources(&self, machine: Option<&Machine>) -> Result<Vec<SourceStatus>, OpsError> {
        let (store, now) = (StoreOnMachine::of(&self.store)?, self.now().to_utc());
        let status = |(source, state): (DataSource, SourceState)| {
            let asleep = why_asleep(machine, &store, &source);
            // One that may not run would be tried again and again.
            let is_due = |is_start| asleep.is_none() && state.is_due(&source, now, is_start);
            SourceStatus {
                applies_by_itself: source.applies && !state.was_undone,
                is_due: is_due(false),
                is_due_at_start: is_due(true),
                age: state.age(now),
                stale: state.staleness(&source, now),
                asleep,
                source,
                state,
            }
        };
        Ok(self.store.sources()?.into_iter().map(status).collect())
    }

    /// One source by its name, as it is or in other letters.
    ///
    /// # Errors
    /// When there is none.
    pub fn source(&self, machine: Option<&Machine>, name: &str) -> Result<SourceStatus, OpsError> {
        let all = self.sources(machine)?;
        let is_named = |status: &&SourceStatus| status.source.name.to_lowercase() == name.to_lowercase();
        all.iter().find(is_named).cloned().ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|status| status.source.name.as_str()).collect();
            let hint = if names.is_empty() {
                "There is no source yet; `tablesetter source add` makes one.".to_owned()
            } else {
                format!("There is {}.", names.join(", "))
            };
            // An address may have been typed in place of a name.
            let shown = crate::domain::source::address::masked_in(name);
            OpsError::NotFound { message: format!("there is no source `{shown}`"), hint: Some(hint) }
        })
    }

    /// Adds a source. Whoever adds it on this machine lets it run here; without a machine it sleeps.
    ///
    /// # Errors
    /// When it cannot be, or its name is taken.
    pub fn add_source<'a>(
        &mut self,
        machine: impl Into<Option<&'a Machine>>,
        source: &DataSource,
        edit: &SourceEdit,
    ) -> Result<Committed<DataSource>, OpsError> {
        let mut source = edit.applied_to(source);
        check(&source)?;
        if let Ok(known) = self.source(None, &source.name) {
            return Err(OpsError::rejected(
                format!("there is a source {} already", known.source.name),
                "`tablesetter source edit` changes it.",
            ));
        }
        let stamp = self.stamp();
        let committed = self.store.change::<_, OpsError>(stamp, |tx| {
            source.id = tx.add_source(&source)?;
            let label = format!("Added the source {}", source.name);
            Ok((source, label))
        })?;
        // After the operation, since the file on this machine is named by the number that the source got.
        if let Some(machine) = machine.into() {
            self.let_run(machine, &committed.output, edit.address.as_ref())?;
        }
        Ok(committed)
    }

    /// Changes a source. What runs is confirmed by whoever changes what runs, and stays as it was otherwise.
    ///
    /// # Errors
    /// When there is none of the name, or it cannot be so.
    pub fn edit_source<'a>(
        &mut self,
        machine: impl Into<Option<&'a Machine>>,
        name: &str,
        edit: &SourceEdit,
    ) -> Result<Committed<DataSource>, OpsError> {
        let machine = machine.into();
        let SourceStatus { source: before, mut state, .. } = self.source(machine, name)?;
        let source = edit.applied_to(&before);
        check(&source)?;
        let stamp = self.stamp();
        let committed = self.store.change::<_, OpsError>(stamp, |tx| {
            tx.put_source(&source)?;
            let label = format!("Changed the source {}", source.name);
            Ok((source, label))
        })?;
        if edit.place.is_some() || edit.address.is_some() {
            if let Some(machine) = machine {
                self.let_run(machine, &committed.output, edit.address.as_ref())?;
            }
            // What the old place offered or failed at is not the new one's, nor is its file.
            self.drop_fetched(before.id);
            (state.found, state.error, state.tried) = (None, None, None);
            self.store.note_source(before.id, &state)?;
        }
        Ok(committed)
    }

    /// Takes a source away, and its address off this machine. What came from it stays.
    ///
    /// # Errors
    /// When there is none of the name.
    pub fn remove_source(
        &mut self,
        machine: Option<&Machine>,
        name: &str,
    ) -> Result<Committed<DataSource>, OpsError> {
        let source = self.source(machine, name)?.source;
        let (stamp, store) = (self.stamp(), StoreOnMachine::of(&self.store)?);
        let committed = self.store.change::<_, OpsError>(stamp, |tx| {
            tx.remove_source(&source)?;
            let label = format!("Removed the source {}", source.name);
            Ok((source, label))
        })?;
        // After the operation: where a removal is refused, the address has to be there still.
        if let Some(machine) = machine {
            machine.forget(&store, &committed.output);
        }
        self.drop_fetched(committed.output.id);
        Ok(committed)
    }

    /// Lets a source run on this machine for this store.
    ///
    /// # Errors
    /// When there is none of the name, or its address is not here.
    pub fn confirm_source(&self, machine: &Machine, name: &str) -> Result<SourceStatus, OpsError> {
        let status = self.source(Some(machine), name)?;
        if let Some(why @ (SleepReason::NoAddress | SleepReason::Masked)) = &status.asleep {
            let (message, hint) = asleep_words(&status.source, why);
            return Err(OpsError::Asleep { message, hint: Some(hint) });
        }
        if status.asleep.is_some() {
            self.let_run(machine, &status.source, None)?;
        }
        self.source(Some(machine), name)
    }

    /// Puts sources to sleep that somebody else may have written: all that run something and are not as they were.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn put_sources_to_sleep(
        &self,
        machine: &Machine,
        before: &[DataSource],
    ) -> Result<Vec<String>, OpsError> {
        let store = StoreOnMachine::of(&self.store)?;
        let mut asleep = Vec::new();
        for (source, _) in self.store.sources()? {
            if source.way.needs_confirmation() && !before.iter().any(|known| known.runs_as(&source)) {
                machine.put_to_sleep(&store, &source);
                asleep.push(source.name);
            }
        }
        Ok(asleep)
    }

    fn let_run(
        &self,
        machine: &Machine,
        source: &DataSource,
        address: Option<&SecretAddress>,
    ) -> Result<(), OpsError> {
        let store = StoreOnMachine::of(&self.store)?;
        if !source.way.needs_confirmation() {
            machine.forget(&store, source);
            return Ok(());
        }
        machine.confirm(&store, source, address).map_err(|error| OpsError::NotFetched {
            message: format!(
                "{} is stored, but cannot run: nothing can be written beside the configuration: {error}",
                source.name
            ),
            hint: Some("`--config` names a configuration in a folder of your own.".to_owned()),
        })
    }

    /// What is needed to fetch a source, if it may run here.
    ///
    /// # Errors
    /// When it sleeps, or its variable holds no address.
    pub fn fetch_job(&self, machine: Option<&Machine>, name: &str) -> Result<FetchJob, OpsError> {
        let SourceStatus { source, asleep, .. } = self.source(machine, name)?;
        if let Some(why) = &asleep {
            let (message, hint) = asleep_words(&source, why);
            return Err(OpsError::Asleep { message, hint: Some(hint) });
        }
        let store = StoreOnMachine::of(&self.store)?;
        let address = match source.way {
            SourceWay::Url => machine.and_then(|machine| machine.address(&store, &source)),
            SourceWay::UrlEnv => Some(from_variable(&source)?),
            _ => None,
        };
        Ok(FetchJob { source, address, folder: self.store.fetched_folder() })
    }

    /// Takes away what was fetched of a source and kept for the next time. What others keep there stays, and so
    /// does what is under way.
    fn drop_fetched(&self, id: SourceId) {
        if let Some(folder) = self.store.fetched_folder() {
            fetch::drop_kept(&folder, id);
        }
    }

    /// Notes that a source could not be refreshed; what was there stands.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_source_failure(&self, source: &DataSource, error: &OpsError) -> Result<(), OpsError> {
        // One that may not run has not failed.
        if matches!(error, OpsError::Asleep { .. }) {
            return Ok(());
        }
        let mut state = self.source(None, &source.name)?.state;
        state.tried = Some(self.now().with_timezone(&Utc));
        state.error = Some(crate::domain::source::address::masked_in(&error.to_string()));
        Ok(self.store.note_source(source.id, &state)?)
    }
}

fn why_asleep(machine: Option<&Machine>, store: &StoreOnMachine, source: &DataSource) -> Option<SleepReason> {
    match machine {
        Some(machine) => machine.why_asleep(store, source),
        None => source.way.needs_confirmation().then_some(SleepReason::Unconfirmed),
    }
}

/// What keeps it from being a source, also of what its columns are said to be.
pub fn fault(source: &DataSource) -> Option<SourceFault> {
    let wrong = |(column, field): &(String, String)| {
        let message = check_field(source.what, column, field).err()?.to_string();
        let hint = "As in `--map \"Need by=due\"`; `--map ''` takes all of them away.".to_owned();
        Some(SourceFault { field: "map", message, hint })
    };
    source.fault().or_else(|| source.maps.0.iter().find_map(wrong))
}

fn check(source: &DataSource) -> Result<(), OpsError> {
    fault(source).map_or(Ok(()), |fault| Err(OpsError::rejected(fault.message, fault.hint)))
}

fn from_variable(source: &DataSource) -> Result<SecretAddress, OpsError> {
    let name = &source.place;
    let failed = |why: &str| OpsError::NotFetched {
        message: format!("{} takes its address from the variable {name}: {why}", source.name),
        hint: Some(format!("What came from it before stands. `export {name}=…` sets it.")),
    };
    let value = std::env::var(name).map_err(|_| failed("it is not set"))?;
    SecretAddress::parse(&value).map_err(failed)
}

#[cfg(test)]
mod tests;
