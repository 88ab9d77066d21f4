//! Getting the file of a source: finding it, or running what prints it. It sees no store, so that it can run beside a
//! screen; what it brings is read by the child that reads foreign files, as every file is.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::curl::{self, CurlEnd, CurlRequest};
use super::fault::FetchFault;
use super::files::{self, FileLook};
use super::machine::hex;
use super::program::{ProgramEnd, ProgramFault, ProgramRun};
use crate::domain::bounds;
use crate::domain::count::counted;
use crate::domain::source::address::SecretAddress;
use crate::domain::source::{DataSource, SourceId, SourceWay, words};

/// What a command that prints an address may print, in bytes.
const ADDRESS: usize = 8 << 10;
/// After so long a folder that a killed program left is nobody's any more.
const LEFT_BEHIND: Duration = Duration::from_hours(24);
const UNDER_WAY: &str = "under-way-";
const STANDS: &str = "What came from it before stands.";

/// What is to be fetched, with all that is needed for it.
#[derive(Debug)]
pub struct FetchJob {
    pub source: DataSource,
    /// The address, where the machine or a variable holds it.
    pub(super) address: Option<SecretAddress>,
    /// Where files are laid; a temporary folder for a store in memory.
    pub(super) folder: Option<PathBuf>,
}

/// What was fetched; the files are there as long as this is.
#[derive(Debug)]
pub struct Fetched {
    /// The files to be read, by their names.
    pub files: Vec<PathBuf>,
    /// Sentences about what was left out.
    pub notes: Vec<String>,
    /// As of when what it holds is, where that is not now.
    pub(super) data_from: Option<SystemTime>,
    looks: Vec<FileLook>,
    download: Option<Download>,
}

/// A file from an address, until it is known to be of use.
#[derive(Debug)]
struct Download {
    folder: TempDir,
    /// Where it is kept for the next time, without ending.
    kept: Option<PathBuf>,
    is_new: bool,
}

impl FetchJob {
    /// Reads the files, or runs the command or `curl`, without the store.
    ///
    /// # Errors
    /// A sentence; nothing of what was there is touched.
    pub fn fetch(&self) -> Result<Fetched, FetchFault> {
        match self.source.way {
            SourceWay::File | SourceWay::Newest | SourceWay::Folder => self.find(),
            SourceWay::Command => self.run_command(),
            SourceWay::Url | SourceWay::UrlEnv | SourceWay::UrlCommand => self.fetch_address(),
        }
    }

    fn find(&self) -> Result<Fetched, FetchFault> {
        let found = files::find(&self.source)?;
        let newest = found.files.iter().map(|file| file.modified).max();
        Ok(Fetched {
            files: found.files.iter().map(|file| file.path.clone()).collect(),
            notes: found.notes,
            // A download is a picture of when it was made; a file in its place is kept up by somebody.
            data_from: newest.filter(|_| self.source.way == SourceWay::Newest),
            looks: found.files,
            download: None,
        })
    }

    /// The words of a command run, with what it prints; a sentence if it fails.
    fn print(&self, most: usize, to: &mut impl Write) -> Result<(), FetchFault> {
        let limit = Duration::from_secs(self.source.limit_seconds.into());
        let words = words::of_command(&self.source.place);
        let run = ProgramRun { words: &words, input: &[], limit, most };
        let ProgramEnd { code, said } = run.run(to).map_err(|fault| self.told(&fault, most))?;
        let last = said.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let because =
            if last.is_empty() { String::new() } else { format!(": {}", bounds::within(last, 300)) };
        match code {
            Some(0) => Ok(()),
            Some(126 | 127) => Err(FetchFault::new(
                format!("the command of {} could not be found or started{because}", self.source.name),
                "What came from it before stands. It runs in your home folder; name a program that is found there.",
            )),
            // A shell in the words gives the signal that ended what it ran as a code of its own.
            None | Some(129..=192) => Err(FetchFault::new(
                format!("the command of {} was stopped halfway{because}", self.source.name),
                STANDS,
            )),
            Some(code) => Err(FetchFault::new(
                format!("the command of {} failed ({code}){because}", self.source.name),
                STANDS,
            )),
        }
    }

    fn told(&self, fault: &ProgramFault, most: usize) -> FetchFault {
        let name = &self.source.name;
        match fault {
            ProgramFault::Late => FetchFault::new(
                format!(
                    "the command of {name} took longer than {} and was ended",
                    counted(self.source.limit_seconds, "second", "seconds")
                ),
                "What came from it before stands. `tablesetter source edit NAME --limit SECONDS` gives it more time.",
            ),
            ProgramFault::TooMuch => FetchFault::new(
                format!("the command of {name} printed more than {} and was ended", bounds::size(most)),
                STANDS,
            ),
            ProgramFault::Io(error) => {
                FetchFault::new(format!("the command of {name} could not be run: {error}"), STANDS)
            }
        }
    }

    fn run_command(&self) -> Result<Fetched, FetchFault> {
        let folder = self.new_folder()?;
        let (path, mut file) = new_file(&folder)?;
        self.print(bounds::FILE, &mut file)?;
        Ok(Fetched::from_folder(folder, &path, None, true))
    }

    /// The address, wherever it is kept.
    fn find_address(&self) -> Result<SecretAddress, FetchFault> {
        if let Some(address) = &self.address {
            return Ok(address.clone());
        }
        let mut printed = Vec::new();
        self.print(ADDRESS, &mut printed)?;
        let text = String::from_utf8_lossy(&printed);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        SecretAddress::parse(first).map_err(|why| {
            FetchFault::new(format!("the command of {} printed no address: {why}", self.source.name), STANDS)
        })
    }

    fn fetch_address(&self) -> Result<Fetched, FetchFault> {
        let address = self.find_address()?;
        let folder = self.new_folder()?;
        let (path, mut file) = new_file(&folder)?;
        let kept = self.folder.as_deref().map(|folder| self.kept(folder, &address));
        // What the server calls its file is only worth something beside that file.
        let etag = kept.as_deref().map(|kept| ending(kept, "etag"));
        let body = kept.as_deref().map(|kept| ending(kept, "body")).filter(|body| body.exists());
        let request = CurlRequest {
            address: &address,
            etag: etag.as_deref().filter(|etag| body.is_some() && etag.exists()),
            new_etag: &folder.path().join("etag"),
            seconds: self.source.limit_seconds,
        };
        let config = request.config().map_err(|why| FetchFault::new(why, STANDS))?;
        let masked = address.masked();
        let run = ProgramRun {
            words: &curl::WORDS.map(str::to_owned),
            input: config.as_bytes(),
            // A little more than it gives itself: its own end tells more than ours.
            limit: Duration::from_secs(u64::from(self.source.limit_seconds) + 3),
            most: curl::MOST_BYTES,
        };
        let end = match run.run(&mut file) {
            Ok(end) => curl::end(end.code, curl::response_code(&end.said), request.seconds, &masked),
            Err(ProgramFault::TooMuch) => CurlEnd::Failed(curl::too_large(&masked), STANDS),
            // As if curl had kept its own limit: its sentence says which option gives more time.
            Err(ProgramFault::Late) => curl::end(Some(28), 0, request.seconds, &masked),
            Err(ProgramFault::Io(error)) => {
                CurlEnd::Failed(format!("curl could not be run: {error}"), STANDS)
            }
        };
        match (end, body) {
            (CurlEnd::Fetched, _) => Ok(Fetched::from_folder(folder, &path, kept, true)),
            (CurlEnd::Unchanged, Some(body)) => Ok(Fetched::from_folder(folder, &body, kept, false)),
            // Nothing was asked that this could be the answer to: without a file no etag is sent.
            (CurlEnd::Unchanged, None) => Err(FetchFault::new(
                format!("{masked} sent no file"),
                "Try again; nothing was taken from it.",
            )),
            (CurlEnd::Failed(message, hint), _) => Err(FetchFault::new(message, hint)),
        }
    }

    /// Where the file of an address is kept. By a sum of the address, since one may change behind its variable and
    /// what a server called the file of another says nothing.
    fn kept(&self, folder: &Path, address: &SecretAddress) -> PathBuf {
        let sum = hex(&Sha256::digest(address.whole().as_bytes())[..8]);
        folder.join(format!("{}-{sum}", self.source.id.0))
    }

    fn new_folder(&self) -> Result<TempDir, FetchFault> {
        let failed = |error: std::io::Error| {
            FetchFault::new(
                format!("nothing can be laid beside the store: {error}"),
                "Make room there, or let it be written.",
            )
        };
        let Some(folder) = &self.folder else { return tempfile::tempdir().map_err(failed) };
        // Closed to others as the store is, since what is fetched may say as much.
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
        clear(folder);
        // A temporary folder is its owner's alone from the start.
        tempfile::Builder::new().prefix(UNDER_WAY).tempdir_in(folder).map_err(failed)
    }
}

/// Takes away what programs left here that were killed.
fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(UNDER_WAY);
        let modified = entry.metadata().and_then(|about| about.modified());
        let is_old = modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_BEHIND));
        if is_ours && is_old {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Takes away what was kept of other addresses of the same source.
fn remove_others(kept: &Path) {
    let name = kept.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let (Some((number, _)), Some(folder)) = (name.split_once('-'), kept.parent()) {
        remove_kept(folder, number, |other| !other.starts_with(&name));
    }
}

/// Takes away all that is kept of one source, and the folder where that was the last in it.
pub(super) fn drop_kept(folder: &Path, id: SourceId) {
    remove_kept(folder, &id.0.to_string(), |_| true);
    let _ = fs::remove_dir(folder);
}

fn remove_kept(folder: &Path, number: &str, goes: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&format!("{number}-")) && goes(&name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn new_file(folder: &TempDir) -> Result<(PathBuf, File), FetchFault> {
    let path = folder.path().join("body");
    let failed = |error| FetchFault::new(format!("cannot write beside the store: {error}"), STANDS);
    Ok((path.clone(), File::create_new(&path).map_err(failed)?))
}

fn ending(kept: &Path, ending: &str) -> PathBuf {
    let mut name = kept.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

impl Fetched {
    fn from_folder(folder: TempDir, file: &Path, kept: Option<PathBuf>, is_new: bool) -> Self {
        Self {
            files: vec![file.to_owned()],
            notes: Vec::new(),
            data_from: None,
            looks: Vec::new(),
            download: Some(Download { folder, kept, is_new }),
        }
    }

    /// Once its files were read: they were the same all the while.
    ///
    /// # Errors
    /// A sentence if one was written meanwhile.
    pub(super) fn check(&self) -> Result<(), FetchFault> {
        files::are_the_same(&self.looks)
    }

    /// Keeps a download for the next time, now that it is known to hold something.
    pub(super) fn keep(&self) {
        let Some(Download { folder, kept: Some(kept), is_new }) = &self.download else { return };
        let (etag, body) = (folder.path().join("etag"), folder.path().join("body"));
        remove_others(kept);
        let mut is_kept = true;
        if *is_new {
            // What is not kept is only fetched whole the next time; a name without its file would never be again.
            let _ = fs::remove_file(ending(kept, "etag"));
            is_kept = fs::rename(body, ending(kept, "body")).is_ok();
        }
        // An answer without a file may come without a name as well, and would wipe the one that is known.
        if is_kept && fs::metadata(&etag).is_ok_and(|about| about.len() > 0) {
            let _ = fs::rename(etag, ending(kept, "etag"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps a download: its bytes, if it brought any, and what the server called them, which may be nothing.
    fn keep(place: &Path, body: Option<&str>, etag: &str) {
        let folder = tempfile::tempdir_in(place).unwrap();
        let kept = Some(place.join("3-abc"));
        fs::write(folder.path().join("body"), body.unwrap_or_default()).unwrap();
        fs::write(folder.path().join("etag"), etag).unwrap();
        let file = folder.path().join("body");
        Fetched::from_folder(folder, &file, kept, body.is_some()).keep();
    }

    fn read(place: &Path, name: &str) -> Option<String> {
        fs::read_to_string(place.join(name)).ok()
    }

    #[test]
    fn a_file_and_its_name_are_kept_together() {
        let place = tempfile::tempdir().unwrap();
        let both = || (read(place.path(), "3-abc.body"), read(place.path(), "3-abc.etag"));
        let known = |body: &str, etag: &str| (Some(body.to_owned()), Some(etag.to_owned()));
        keep(place.path(), Some("one"), "v1");
        assert_eq!(both(), known("one", "v1"));
        keep(place.path(), None, "");
        assert_eq!(both(), known("one", "v1"), "unchanged, and told without its name");
        keep(place.path(), None, "v1b");
        assert_eq!(both(), known("one", "v1b"));
        keep(place.path(), Some("two"), "");
        assert_eq!(both(), (Some("two".to_owned()), None), "the old name is not that of the new file");
        fs::write(place.path().join("3-other.body"), "of an old address").unwrap();
        fs::write(place.path().join("33-abc.body"), "of another source").unwrap();
        keep(place.path(), Some("three"), "v3");
        assert_eq!(both(), known("three", "v3"));
        assert_eq!(read(place.path(), "3-other.body"), None);
        assert!(read(place.path(), "33-abc.body").is_some());
    }

    #[test]
    fn what_a_killed_program_left_goes_after_a_day() {
        let place = tempfile::tempdir().unwrap();
        for name in ["under-way-old", "under-way-new", "3-abc"] {
            fs::create_dir(place.path().join(name)).unwrap();
        }
        let then = SystemTime::now() - Duration::from_hours(25);
        for name in ["under-way-old", "3-abc"] {
            File::open(place.path().join(name)).unwrap().set_modified(then).unwrap();
        }
        clear(place.path());
        let left = |name: &str| place.path().join(name).exists();
        assert_eq!((left("under-way-old"), left("under-way-new"), left("3-abc")), (false, true, true));
    }

    #[test]
    fn what_goes_wrong_with_a_command_is_told_by_its_source() {
        let source =
            DataSource::new("Jira", crate::domain::source::SourceWhat::Requests, SourceWay::Command, "x");
        let job = FetchJob { source, address: None, folder: None };
        let late = job.told(&ProgramFault::Late, 10);
        assert_eq!(late.message, "the command of Jira took longer than 60 seconds and was ended");
        assert!(late.hint.contains("--limit"));
        let much = job.told(&ProgramFault::TooMuch, bounds::FILE);
        assert_eq!(much.message, "the command of Jira printed more than 32 MiB and was ended");
        let broken = std::io::Error::other("see https://h.example/key");
        let told = job.told(&ProgramFault::Io(broken), 10).message;
        assert!(told.ends_with("see https://h.example/…"), "{told}");
    }
}
