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

/// What is known of one source here.
#[derive(Serialize, Deserialize)]
struct KnownSource {
    /// A sum of what was confirmed: another command, variable or machine has to be confirmed anew. Empty where that was
    /// taken back.
    confirmed: String,
    /// The address itself, of a source whose address is kept here, and which of its addresses that is.
    address: Option<String>,
    tag: String,
}

/// Why a source does not run here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SleepReason {
    /// Nobody said on this machine that it may.
    Unconfirmed,
    /// Its address was never given to this machine, or is another one.
    NoAddress,
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

    fn file(&self, store: &str, source: &DataSource) -> PathBuf {
        // With the identity of the store, since every store numbers its sources from one.
        self.folder.join(format!("{store}-{}.json", source.id.0))
    }

    fn known(&self, store: &str, source: &DataSource) -> Option<KnownSource> {
        let text = fs::read_to_string(self.file(store, source)).ok()?;
        let known: KnownSource = serde_json::from_str(&text).ok()?;
        // Where the address was exchanged elsewhere, the one that lies here is not the one that the source means.
        (known.tag == source.address_tag).then_some(known)
    }

    /// Why a source must not run here; nothing if it may.
    pub fn why_asleep(&self, store: &str, source: &DataSource) -> Option<SleepReason> {
        if !source.way.needs_confirmation() {
            return None;
        }
        let known = self.known(store, source);
        if source.way == SourceWay::Url && known.as_ref().is_none_or(|known| known.address.is_none()) {
            return Some(SleepReason::NoAddress);
        }
        let is_confirmed = known.is_some_and(|known| known.confirmed == sum(source));
        (!is_confirmed).then_some(SleepReason::Unconfirmed)
    }

    /// The address of a source that is kept here.
    pub fn address(&self, store: &str, source: &DataSource) -> Option<SecretAddress> {
        SecretAddress::parse(&self.known(store, source)?.address?).ok()
    }

    /// Lets a source run here as it is now; with its address, if that is given.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn confirm(
        &self,
        store: &str,
        source: &DataSource,
        address: Option<&SecretAddress>,
    ) -> io::Result<()> {
        let before = self.known(store, source).and_then(|known| known.address);
        let address = address.map(|address| address.whole().to_owned()).or(before);
        self.write(
            store,
            source,
            &KnownSource { confirmed: sum(source), address, tag: source.address_tag.clone() },
        )
    }

    /// Takes back that a source may run; its address stays.
    pub fn put_to_sleep(&self, store: &str, source: &DataSource) {
        let Some(known) = self.known(store, source) else { return self.forget(store, source) };
        let asleep = KnownSource { confirmed: String::new(), ..known };
        // Better that the address is lost than that a source goes on running which was put to sleep.
        if self.write(store, source, &asleep).is_err() {
            self.forget(store, source);
        }
    }

    fn write(&self, store: &str, source: &DataSource, known: &KnownSource) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        // A temporary file is its owner's alone from the start, and takes its place whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(serde_json::to_string(known)?.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.file(store, source)).map_err(|error| error.error)?;
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
    pub fn forget(&self, store: &str, source: &DataSource) {
        // What cannot be removed was confirmed for just this, and stays so.
        let _ = fs::remove_file(self.file(store, source));
    }
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

    #[test]
    fn only_what_was_confirmed_runs_and_only_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let command = source(SourceWay::Command, "jira-export");
        assert_eq!(machine.why_asleep("a", &source(SourceWay::File, "x.csv")), None);
        assert_eq!(machine.why_asleep("a", &command), Some(SleepReason::Unconfirmed));
        machine.confirm("a", &command, None).unwrap();
        assert_eq!(machine.why_asleep("a", &command), None);
        assert_eq!(machine.why_asleep("b", &command), Some(SleepReason::Unconfirmed), "for another store");
        let other = source(SourceWay::Command, "rm -r /");
        assert_eq!(machine.why_asleep("a", &other), Some(SleepReason::Unconfirmed), "another command");
        machine.forget("a", &command);
        assert_eq!(machine.why_asleep("a", &command), Some(SleepReason::Unconfirmed));
    }

    #[test]
    fn an_address_lies_where_only_its_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::of_config(&folder.path().join("config.toml"));
        let calendar = DataSource { address_tag: "t1".to_owned(), ..source(SourceWay::Url, "https://h/…") };
        assert_eq!(machine.why_asleep("a", &calendar), Some(SleepReason::NoAddress));
        let address = SecretAddress::parse("https://h.example/key").unwrap();
        machine.confirm("a", &calendar, Some(&address)).unwrap();
        assert_eq!(machine.address("a", &calendar), Some(address.clone()));
        machine.put_to_sleep("a", &calendar);
        assert_eq!(machine.why_asleep("a", &calendar), Some(SleepReason::Unconfirmed));
        machine.confirm("a", &calendar, None).unwrap();
        assert_eq!(machine.address("a", &calendar), Some(address), "it was not given again");
        let replaced = DataSource { address_tag: "t2".to_owned(), ..calendar.clone() };
        assert_eq!(machine.address("a", &replaced), None, "another one is not taken for it");
        assert_eq!(machine.why_asleep("a", &replaced), Some(SleepReason::NoAddress));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&machine.folder), 0o700);
        assert_eq!(mode(&machine.file("a", &calendar)), 0o600);
    }
}
