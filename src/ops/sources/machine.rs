//! What this machine knows of sources, and no store holds: which commands and addresses its user let run, and the
//! addresses themselves. It lies in the configuration's folder, a file for each source, readable by the user alone.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::source::address::SecretAddress;
use crate::domain::source::{DataSource, SourceWay};
use crate::store::{Store, StoreError};

/// What is known of one source here.
#[derive(Serialize, Deserialize)]
struct KnownSource {
    /// A sum of what was confirmed: another command, variable or machine has to be confirmed anew. Empty where that was
    /// taken back.
    confirmed: String,
    /// The address itself, of a source whose address is kept here, and which of its addresses that is.
    address: Option<String>,
    tag: String,
    /// Where the store lay for which that was said; empty in a file of before that was kept.
    #[serde(default)]
    store: String,
}

/// A store on this machine, for which something is confirmed. A copy has the identity of what it was copied from, so its
/// place belongs to it: whoever tries something on a copy does nothing to the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreOnMachine {
    identity: String,
    place: String,
}

impl StoreOnMachine {
    /// As an open store says of itself.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let place = store.path().map(|path| path.canonicalize().unwrap_or_else(|_| path.to_owned()));
        let place = place.map_or_else(String::new, |place| place.to_string_lossy().into_owned());
        Ok(Self { identity: store.identity()?, place })
    }
}

/// Why a source does not run here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SleepReason {
    /// Nobody said on this machine that it may.
    Unconfirmed,
    /// Its address was never given to this machine, or is another one.
    NoAddress,
    /// It was said of this store where it lay before, or of what this is a copy of.
    Elsewhere(String),
    /// Its command came from an export, which holds no addresses: what stands in their place leads nowhere.
    Masked,
}

/// The folder of what this machine knows.
#[derive(Debug, Clone)]
pub struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// Beside the file of the configuration.
    pub fn of_config(config: &Path) -> Self {
        Self { folder: config.with_file_name("sources") }
    }

    fn file(&self, store: &StoreOnMachine, source: &DataSource) -> PathBuf {
        // With the identity of the store, since every store numbers its sources from one.
        let place = hex(&Sha256::digest(&store.place));
        let place = place.get(..16).unwrap_or(&place);
        self.folder.join(format!("{}-{place}-{}.json", store.identity, source.id.0))
    }

    /// Its name before the place belonged to it. It is read as long as the store has none of its own, and goes when one is
    /// written: whoever only looks at a copy takes nothing away.
    fn file_before(&self, store: &StoreOnMachine, source: &DataSource) -> PathBuf {
        self.folder.join(format!("{}-{}.json", store.identity, source.id.0))
    }

    /// What is known of it for the same store in other places, with the files that say so.
    fn elsewhere(&self, store: &StoreOnMachine, source: &DataSource) -> Vec<(PathBuf, KnownSource)> {
        let own = self.file(store, source);
        let (start, end) = (format!("{}-", store.identity), format!("-{}.json", source.id.0));
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&start) && name.ends_with(&end) && *path != own
        };
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        files.filter(is_one).filter_map(|path| Some((path.clone(), read(&path, source)?))).collect()
    }

    fn known(&self, store: &StoreOnMachine, source: &DataSource) -> Option<KnownSource> {
        let own = self.file(store, source);
        if own.exists() { read(&own, source) } else { read(&self.file_before(store, source), source) }
    }

    /// Why a source must not run here; nothing if it may.
    pub fn why_asleep(&self, store: &StoreOnMachine, source: &DataSource) -> Option<SleepReason> {
        if !source.way.needs_confirmation() {
            return None;
        }
        if source.is_masked() {
            return Some(SleepReason::Masked);
        }
        let known = self.known(store, source);
        let has_address = |known: &KnownSource| source.way != SourceWay::Url || known.address.is_some();
        if known.as_ref().is_some_and(|known| known.confirmed == sum(source) && has_address(known)) {
            return None;
        }
        let others = self.elsewhere(store, source).into_iter().map(|(_, other)| other);
        let mut others = others.filter(|other| other.confirmed == sum(source) && has_address(other));
        let is_new = known.is_none();
        if let Some(other) = others.find(|other| is_new && !other.store.is_empty()) {
            return Some(SleepReason::Elsewhere(other.store));
        }
        let is_without = source.way == SourceWay::Url && !known.as_ref().is_some_and(has_address);
        Some(if is_without { SleepReason::NoAddress } else { SleepReason::Unconfirmed })
    }

    /// The address of a source that is kept here.
    pub fn address(&self, store: &StoreOnMachine, source: &DataSource) -> Option<SecretAddress> {
        SecretAddress::parse(&self.known(store, source)?.address?).ok()
    }

    /// Lets a source run here as it is now; with its address, if that is given.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn confirm(
        &self,
        store: &StoreOnMachine,
        source: &DataSource,
        address: Option<&SecretAddress>,
    ) -> io::Result<()> {
        let before = self.known(store, source).and_then(|known| known.address);
        let mut elsewhere = self.elsewhere(store, source);
        let before = before.or_else(|| elsewhere.iter().find_map(|(_, other)| other.address.clone()));
        let address = address.map(|address| address.whole().to_owned()).or(before);
        let (tag, place) = (source.address_tag.clone(), store.place.clone());
        self.write(store, source, &KnownSource { confirmed: sum(source), address, tag, store: place })?;
        // A store that was moved leaves no secrets behind; one that is copied stays as it is.
        elsewhere.retain(|(_, other)| !other.store.is_empty() && !Path::new(&other.store).exists());
        for (file, _) in elsewhere {
            let _ = fs::remove_file(file);
        }
        Ok(())
    }

    /// Takes back that a source may run as it is; its address stays, and what is known of another one under its number
    /// too, which an undo may bring back.
    pub fn put_to_sleep(&self, store: &StoreOnMachine, source: &DataSource) {
        let known = self.known(store, source).filter(|known| known.confirmed == sum(source));
        let Some(known) = known else { return };
        let asleep = KnownSource { confirmed: String::new(), ..known };
        // Better that the address is lost than that a source goes on running which was put to sleep.
        if self.write(store, source, &asleep).is_err() {
            self.forget(store, source);
        }
    }

    fn write(&self, store: &StoreOnMachine, source: &DataSource, known: &KnownSource) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        // A temporary file is its owner's alone from the start, and takes its place whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(serde_json::to_string(known)?.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.file(store, source)).map_err(|error| error.error)?;
        let _ = fs::remove_file(self.file_before(store, source));
        Ok(())
    }

    /// What of it others on this machine could read.
    pub fn open_to_others(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let all = std::iter::once(self.folder.clone()).chain(files);
        let mode = |path: &PathBuf| fs::metadata(path).map_or(0, |about| about.permissions().mode() & 0o077);
        all.filter(|path| mode(path) != 0).collect()
    }

    /// Takes back what was confirmed, and the address with it.
    pub fn forget(&self, store: &StoreOnMachine, source: &DataSource) {
        // What cannot be removed was confirmed for just this, and stays so.
        let _ = fs::remove_file(self.file(store, source));
        let _ = fs::remove_file(self.file_before(store, source));
    }
}

/// What a file says of a source; nothing where it means another one.
fn read(file: &Path, source: &DataSource) -> Option<KnownSource> {
    let known: KnownSource = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    // Where the address was exchanged elsewhere, the one that lies here is not the one that the source means.
    (known.tag == source.address_tag).then_some(known)
}

/// What is confirmed: how it runs, and where. A folder of settings that is copied to another machine confirms nothing
/// there.
fn sum(source: &DataSource) -> String {
    let parts = [&machine_name(), source.way.name(), &source.place, &source.address_tag];
    let mut sum = Sha256::new();
    for part in parts {
        // With their lengths, or letters that move from one part to the next would give the same sum.
        sum.update(part.len().to_be_bytes());
        sum.update(part);
    }
    hex(&sum.finalize())
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// By which this machine is told from others. Its name would do, but on some networks that changes with the address.
fn machine_name() -> String {
    let written = fs::read_to_string("/etc/machine-id").ok().map(|text| text.trim().to_owned());
    let name = || rustix::system::uname().nodename().to_string_lossy().into_owned();
    written.filter(|text| !text.is_empty()).unwrap_or_else(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::{SourceId, SourceWhat};

    fn source(way: SourceWay, place: &str) -> DataSource {
        DataSource { id: SourceId(3), ..DataSource::new("Jira", SourceWhat::Requests, way, place) }
    }

    fn at(identity: &str) -> StoreOnMachine {
        StoreOnMachine { identity: identity.to_owned(), place: "/x/store.db".to_owned() }
    }

    #[test]
    fn a_copy_elsewhere_runs_nothing_and_takes_nothing_away() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let store = StoreOnMachine { place: place("store.db"), ..at("a") };
        fs::write(&store.place, "").unwrap();
        let copy = StoreOnMachine { place: place("copy.db"), ..at("a") };
        let work = DataSource { address_tag: "t1".to_owned(), ..source(SourceWay::Url, "https://h/…") };
        let address = SecretAddress::parse("https://h.example/key").unwrap();
        machine.confirm(&store, &work, Some(&address)).unwrap();
        assert_eq!(machine.why_asleep(&copy, &work), Some(SleepReason::Elsewhere(store.place.clone())));
        assert_eq!(machine.address(&copy, &work), None);
        machine.forget(&copy, &work);
        machine.put_to_sleep(&copy, &work);
        assert_eq!(machine.why_asleep(&store, &work), None, "the store is none of the copy's business");
        machine.confirm(&copy, &work, None).unwrap();
        assert_eq!(machine.address(&copy, &work).as_ref(), Some(&address), "it was not given again");
        assert_eq!(machine.why_asleep(&store, &work), None);
        // One that was moved takes what was known along, and leaves nothing.
        machine.forget(&copy, &work);
        fs::remove_file(&store.place).unwrap();
        machine.confirm(&copy, &work, None).unwrap();
        assert_eq!(machine.address(&store, &work), None);
    }

    #[test]
    fn a_look_at_a_copy_takes_nothing_from_what_was_confirmed_before_places_were_kept() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let command = source(SourceWay::Command, "jira-export");
        machine.confirm(&at("a"), &command, None).unwrap();
        fs::rename(machine.file(&at("a"), &command), machine.file_before(&at("a"), &command)).unwrap();
        let copy = StoreOnMachine { place: "/x/copy.db".to_owned(), ..at("a") };
        let _ = machine.why_asleep(&copy, &command);
        assert_eq!(machine.why_asleep(&at("a"), &command), None);
        machine.put_to_sleep(&at("a"), &command);
        assert_eq!(machine.why_asleep(&at("a"), &command), Some(SleepReason::Unconfirmed));
        assert!(!machine.file_before(&at("a"), &command).exists(), "it has a file of its own now");
    }

    #[test]
    fn what_sleeps_because_another_came_is_awake_when_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let work = DataSource { address_tag: "t1".to_owned(), ..source(SourceWay::Url, "https://h/…") };
        let address = SecretAddress::parse("https://h.example/key").unwrap();
        machine.confirm(&at("a"), &work, Some(&address)).unwrap();
        machine.put_to_sleep(&at("a"), &DataSource { address_tag: "t2".to_owned(), ..work.clone() });
        machine.put_to_sleep(&at("a"), &DataSource { place: "https://i/…".to_owned(), ..work.clone() });
        assert_eq!(machine.why_asleep(&at("a"), &work), None);
    }

    #[test]
    fn only_what_was_confirmed_runs_and_only_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let command = source(SourceWay::Command, "jira-export");
        assert_eq!(machine.why_asleep(&at("a"), &source(SourceWay::File, "x.csv")), None);
        assert_eq!(machine.why_asleep(&at("a"), &command), Some(SleepReason::Unconfirmed));
        machine.confirm(&at("a"), &command, None).unwrap();
        assert_eq!(machine.why_asleep(&at("a"), &command), None);
        assert_eq!(
            machine.why_asleep(&at("b"), &command),
            Some(SleepReason::Unconfirmed),
            "for another store"
        );
        let other = source(SourceWay::Command, "rm -r /");
        assert_eq!(machine.why_asleep(&at("a"), &other), Some(SleepReason::Unconfirmed), "another command");
        machine.forget(&at("a"), &command);
        assert_eq!(machine.why_asleep(&at("a"), &command), Some(SleepReason::Unconfirmed));
    }

    #[test]
    fn an_address_lies_where_only_its_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let calendar = DataSource { address_tag: "t1".to_owned(), ..source(SourceWay::Url, "https://h/…") };
        assert_eq!(machine.why_asleep(&at("a"), &calendar), Some(SleepReason::NoAddress));
        let address = SecretAddress::parse("https://h.example/key").unwrap();
        machine.confirm(&at("a"), &calendar, Some(&address)).unwrap();
        assert_eq!(machine.address(&at("a"), &calendar), Some(address.clone()));
        machine.put_to_sleep(&at("a"), &calendar);
        assert_eq!(machine.why_asleep(&at("a"), &calendar), Some(SleepReason::Unconfirmed));
        machine.confirm(&at("a"), &calendar, None).unwrap();
        assert_eq!(machine.address(&at("a"), &calendar), Some(address), "it was not given again");
        let replaced = DataSource { address_tag: "t2".to_owned(), ..calendar.clone() };
        assert_eq!(machine.address(&at("a"), &replaced), None, "another one is not taken for it");
        assert_eq!(machine.why_asleep(&at("a"), &replaced), Some(SleepReason::NoAddress));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&machine.folder), 0o700);
        assert_eq!(mode(&machine.file(&at("a"), &calendar)), 0o600);
    }
}
