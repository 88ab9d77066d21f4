//! A store looked at from outside, in a short-lived process of this program that has nothing open: what its file
//! holds without the log, and whether the log belongs to it. A process that has a store open must not open the
//! file a second time by itself, since closing any descriptor drops SQLite's locks.

mod index;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use rustix::process::{Flock, FlockType, fcntl_getlk};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::backup::UnderWay;
use super::error::StoreError;
use super::second_look::SecondLook;
use super::seen::{self, Seen};
use super::{connection, migrations, sidecar};
pub use index::salts;

/// The first argument of such a process.
pub const ARGUMENT: &str = "--examine-store";
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The bytes that SQLite locks for reading: whoever has a store with a log open holds one of them.
const SHARED_FIRST: u64 = 0x4000_0002;
const SHARED_SIZE: u64 = 510;
/// How often a look is repeated that another program's write came into.
const LOOKS: u32 = 20;

/// The running executable, once the program has said that this is one: a test would call itself.
static EXECUTABLE: OnceLock<PathBuf> = OnceLock::new();

/// What such a process is asked.
#[derive(Debug, Serialize, Deserialize)]
enum Inquiry<'a> {
    /// What lies there, and whether its log belongs to it.
    Files(Cow<'a, Question>),
    /// Whether it is damaged.
    Again(#[serde(with = "any_path")] PathBuf),
}

/// A path whose name may be no text, which a path of serde's own refuses.
mod any_path {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        path.as_os_str().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        OsString::deserialize(from).map(PathBuf::from)
    }
}

/// What is asked of a store and its log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// The file; its log and index lie beside it.
    #[serde(with = "any_path")]
    pub store: PathBuf,
    /// Which store it should be.
    pub identity: String,
    /// What its file alone must hold.
    pub in_file: Seen,
    /// What it must hold with its log.
    pub newest: Seen,
}

/// What a process that had nothing open saw of file and log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The file alone, if it can be read as a store.
    pub alone: Option<Alone>,
    /// Another process has it open.
    pub is_open: bool,
    /// The log belongs to the file: by the index that others share, or by trying it on a copy.
    pub log_fits: bool,
    /// With its log it holds what it must.
    pub has_newest: bool,
    /// What tells this log from others.
    pub salts: Option<(u32, u32)>,
}

/// What the file holds without its log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Alone {
    /// Which store it is; empty if its log says so alone.
    pub identity: String,
    /// It holds what it must.
    pub has_held: bool,
    /// Every check of it finds it sound. While a checkpoint is under way, or after one that was cut off, it is not,
    /// and needs its log.
    pub is_whole: bool,
    /// The newest operation in it.
    newest: Seen,
}

impl Answer {
    /// True if another store lies there; nothing is another one than a store of which nothing is known.
    pub fn is_other_than(&self, identity: &str) -> bool {
        let is_other = |alone: &Alone| !alone.identity.is_empty() && alone.identity != identity;
        !identity.is_empty() && self.alone.as_ref().is_some_and(is_other)
    }

    /// True if the file alone holds what it must.
    pub fn has_held(&self) -> bool {
        self.alone.as_ref().is_some_and(|alone| alone.has_held)
    }
}

/// Lets [`ask`] start processes of this program: it says so itself when it starts.
pub fn allow() {
    // Whatever is installed under its name meanwhile, the running one is asked.
    let linux = PathBuf::from("/proc/self/exe");
    let found = if linux.exists() { Some(linux) } else { std::env::current_exe().ok() };
    if let Some(path) = found {
        let _ = EXECUTABLE.set(path);
    }
}

/// Asks a process of its own; `None` where this is no program that could be started.
///
/// # Errors
/// When the process cannot be started or gives no answer.
pub fn ask(question: &Question) -> Result<Option<Answer>, StoreError> {
    call(&Inquiry::Files(Cow::Borrowed(question))).map_err(|source| StoreError::Io {
        what: "cannot look at",
        path: question.store.clone(),
        source,
    })
}

/// Has a store looked at that was said to be damaged; `None` where no process could be asked.
pub fn look_again(store: &Path) -> Option<SecondLook> {
    call(&Inquiry::Again(store.to_owned())).ok().flatten()
}

fn call<T: DeserializeOwned>(asked: &Inquiry<'_>) -> io::Result<Option<T>> {
    let Some(executable) = EXECUTABLE.get() else { return Ok(None) };
    let text = serde_json::to_string(asked)?;
    let mut child = Command::new(executable)
        .args([ARGUMENT, &text])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // What it might say would be written over the screen.
        .stderr(Stdio::null())
        .spawn()?;
    // An answer is far shorter than what a pipe holds, so the child never waits for it to be read.
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        // A child that hangs on a dead network disk must not take the cockpit with it.
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(io::ErrorKind::TimedOut.into());
        }
        // Polled, since a wait with a time limit needs a signal or a thread of its own.
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output()?;
    Ok(serde_json::from_slice(&output.stdout).map(Some)?)
}

/// Answers a question, as the process that was started for it; `None` if it cannot be read.
pub fn answer(text: &str) -> Option<String> {
    match serde_json::from_str(text).ok()? {
        Inquiry::Files(question) => serde_json::to_string(&look(&question)).ok(),
        Inquiry::Again(store) => serde_json::to_string(&SecondLook::at(&store)).ok(),
    }
}

fn look(question: &Question) -> Answer {
    let store = question.store.as_path();
    let mut answer = Answer { is_open: is_open(store), salts: salts(store), ..Answer::default() };
    // The file alone may be read while a checkpoint is half way through it: several looks, and one good one is
    // enough.
    for _ in 0..LOOKS {
        answer.alone = alone(question);
        if answer.has_held() && !answer.is_other_than(&question.identity) {
            break;
        }
        // A checkpoint may have been under way.
        std::thread::sleep(Duration::from_millis(5));
    }
    if answer.is_open {
        // While others have it open their index tells; trying it on a copy could catch a commit half way.
        answer.log_fits = (0..LOOKS).any(|_| {
            let fits = index::fits(store);
            if !fits {
                std::thread::sleep(Duration::from_millis(5));
            }
            fits
        });
        answer.has_newest = answer.log_fits && has_newest(question);
    } else {
        (answer.log_fits, answer.has_newest) = tried(question, answer.alone.as_ref()).unwrap_or_default();
        if let Some(alone) = &mut answer.alone {
            alone.is_whole = connection::alone(store).is_some_and(|file| is_whole(&file).unwrap_or(false));
        }
    }
    answer
}

/// True if another process has the file open as a store with a log.
fn is_open(store: &Path) -> bool {
    let Ok(file) = File::open(store) else { return false };
    let mut lock = Flock::from(FlockType::WriteLock);
    // SQLite's shared range: whoever has the store open holds a read lock there, so a write lock could not be
    // had. It is only asked for, never taken.
    lock.start = SHARED_FIRST;
    lock.length = SHARED_SIZE;
    matches!(fcntl_getlk(&file, &lock), Ok(Some(_)))
}

fn alone(question: &Question) -> Option<Alone> {
    let connection = connection::alone(&question.store)?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).ok()?;
    if application != migrations::APPLICATION_ID {
        return None;
    }
    Some(Alone {
        identity: seen::identity(&connection).ok()?,
        has_held: holds(&connection, &question.in_file).ok()?,
        is_whole: false,
        newest: seen::newest(&connection).ok()?,
    })
}

fn holds(connection: &Connection, operation: &Seen) -> Result<bool, StoreError> {
    Ok(operation.id == 0 || seen::operation(connection, operation.id)?.as_ref() == Some(operation))
}

fn holds_exactly(connection: &Connection, operation: &Seen) -> Result<bool, StoreError> {
    let found = seen::operation(connection, operation.id)?;
    Ok(operation.id == 0 || found.is_some_and(|found| found.is_exactly(operation)))
}

/// Others have it open, and their index says that the log is whole: it can be read with them.
fn has_newest(question: &Question) -> bool {
    // Not by `alone`: what the others have written lately stands in the log.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(&question.store, flags)
        .map_err(StoreError::from)
        .and_then(|connection| {
            connection.busy_timeout(Duration::from_secs(1))?;
            holds(&connection, &question.newest)
        })
        .unwrap_or(false)
}

/// Takes the log into a copy: whether that gives a whole store with what the file holds or must hold, and whether it is
/// the latter.
fn tried(question: &Question, alone: Option<&Alone>) -> Result<(bool, bool), StoreError> {
    let store = question.store.as_path();
    // What a program that was killed leaves of it is found like a broken copy.
    let folder =
        UnderWay::begin(sidecar::folder(store)).or_else(|_| UnderWay::begin(&std::env::temp_dir()))?;
    let copy = folder.path().join("copy.db");
    fs::copy(store, &copy).map_err(connection::io("cannot copy", store))?;
    let log = sidecar::file(store, "-wal");
    if log.exists() {
        fs::copy(&log, sidecar::file(&copy, "-wal")).map_err(connection::io("cannot copy", &log))?;
    }
    let connection = Connection::open(&copy)?;
    let identity = seen::identity(&connection)?;
    let is_known = !question.identity.is_empty() && identity == question.identity;
    // With its words, not only its number and instant: a log from before a forgetting would bring them back.
    let has_newest = is_known && holds_exactly(&connection, &question.newest)?;
    let fits_the_file = match alone {
        Some(alone) => {
            (alone.identity.is_empty() || identity == alone.identity)
                && holds_exactly(&connection, &alone.newest)?
        }
        None => false,
    };
    let fits = is_whole(&connection)? && (has_newest || fits_the_file);
    Ok((fits, fits && has_newest))
}

fn is_whole(connection: &Connection) -> Result<bool, StoreError> {
    let first: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(first == "ok")
}

/// True if a log gives a whole store with a copy of a file, and one that holds more than the file alone. The copy may
/// have taken the log in afterwards.
pub fn is_of(log: &Path, copy: &Path) -> bool {
    let look = || -> Result<bool, StoreError> {
        let Some(alone) = connection::alone(copy) else { return Ok(false) };
        let (identity, newest) = (seen::identity(&alone)?, seen::newest(&alone)?);
        // Closed before a log lies beside the copy, or it would be read without it.
        drop(alone);
        let beside = sidecar::file(copy, "-wal");
        fs::copy(log, &beside).map_err(connection::io("cannot copy", log))?;
        let connection = Connection::open(copy)?;
        let with_log = seen::newest(&connection)?;
        let is_same = seen::identity(&connection)? == identity && holds(&connection, &newest)?;
        Ok(is_same && with_log != newest && is_whole(&connection)?)
    };
    look().unwrap_or(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn a_path_that_is_no_text_is_asked_about() {
        let path = Path::new(OsStr::from_bytes(b"/caf\xe9/s.db"));
        let question = Question {
            store: path.to_owned(),
            identity: String::new(),
            in_file: Seen::default(),
            newest: Seen::default(),
        };
        for asked in [Inquiry::Files(Cow::Owned(question)), Inquiry::Again(path.to_owned())] {
            let text = serde_json::to_string(&asked).unwrap();
            let heard = match serde_json::from_str(&text).unwrap() {
                Inquiry::Files(question) => question.store.clone(),
                Inquiry::Again(store) => store,
            };
            assert_eq!(heard, path);
        }
    }
}
