//! Before a store is opened: whether what lies beside its file belongs to it. A log that does not is moved aside under
//! a name with the date; SQLite would take it into a file that it was never written for.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;

use super::backup::UnderWay;
use super::error::StoreError;
use super::examine::{self, Answer, Question};
use super::files::replaced;
use super::seen::Mark;
use super::stat::Stat;
use super::{connection, sidecar};

/// What the name of a log that was moved aside says, before the date.
const LOG: &str = "-log-";

/// Looks at what lies beside a store that is about to be opened; gives a sentence if something was moved aside.
///
/// # Errors
/// When another program has the store open whose files were exchanged under it, or a log cannot be moved.
pub fn prepare(store: &Path, mark: Option<&Mark>) -> Result<Option<String>, StoreError> {
    let (log, index) = (sidecar::file(store, "-wal"), sidecar::file(store, "-shm"));
    let (file, found) = (Stat::of(store), Stat::of(&log).filter(|log| log.size > 0));
    if found.is_none() && !index.exists() {
        return Ok(None);
    }
    let Some(file) = file else {
        // A log without its file is nobody's.
        return set_aside(store, "its store is gone");
    };
    let unknown = Mark::default();
    let mark = match mark.filter(|mark| mark.file.is_some()) {
        Some(mark) => mark,
        // Only log and file themselves can say then whether they belong together.
        None if found.is_some() => &unknown,
        None => return Ok(None),
    };
    let is_known_log = found.is_none() || found == mark.log;
    if mark.file == Some(file) && is_known_log {
        return Ok(None);
    }
    let question = Question {
        store: store.to_owned(),
        identity: mark.identity.clone(),
        in_file: mark.in_file.clone(),
        newest: mark.newest.clone(),
    };
    let Some(answer) = examine::ask(&question)? else { return Ok(None) };
    judged(store, mark, &answer, found)
}

fn judged(
    store: &Path,
    mark: &Mark,
    answer: &Answer,
    log: Option<Stat>,
) -> Result<Option<String>, StoreError> {
    let is_other = answer.is_other_than(&mark.identity);
    if answer.is_open {
        if is_other || !answer.has_held() || !answer.log_fits {
            return Err(replaced(store, "something was written over it while another program has it open"));
        }
        return Ok(None);
    }
    if log.is_none() {
        // An index that nobody uses, or that a program uses whose file is another one by now.
        let index = sidecar::file(store, "-shm");
        return match fs::remove_file(&index) {
            Ok(()) => Ok(None),
            Err(error) => Err(connection::io("cannot remove", &index)(error)),
        };
    }
    let is_whole = answer.alone.as_ref().is_some_and(|alone| alone.is_whole);
    // Whose log it is comes before whether it can be read with the file: a log brings its own newest pages along, so
    // with a foreign file of the same layout it gives a store that looks whole, and that file's work is gone.
    let is_known = log == mark.log || (mark.salts.is_some() && answer.salts == mark.salts);
    let is_the_old_ones = is_known || answer.has_newest;
    if is_whole && (is_other && is_the_old_ones || is_known && !answer.has_held()) {
        return set_aside(store, "it belongs to the file that lay here before");
    }
    // A file that is not whole by itself needs its log: a checkpoint was cut off. With everything that was seen last
    // it is this store's log, whatever lies in the file. That something is missing is told once it is open.
    if answer.has_newest || !is_whole || answer.log_fits {
        return Ok(None);
    }
    set_aside(store, "it does not fit")
}

/// Moves the log aside. The index goes: it is made anew from whatever log there is, and one that another program still
/// uses tells of that program's log.
fn set_aside(store: &Path, why: &str) -> Result<Option<String>, StoreError> {
    let (log, index) = (sidecar::file(store, "-wal"), sidecar::file(store, "-shm"));
    let mut said = None;
    if log.exists() {
        let target = free_name(store);
        fs::rename(&log, &target).map_err(connection::io("cannot move aside", &log))?;
        said = Some(format!(
            "A log, which holds the newest changes of a store, lay beside {} and was not taken in: {why}. It was moved to \
             {}; `tablesetter doctor` says whether it can be read, and --fix makes a copy of the store with it.",
            store.display(),
            target.display()
        ));
    }
    if index.exists() {
        fs::remove_file(&index).map_err(connection::io("cannot remove", &index))?;
    }
    Ok(said)
}

/// `store-log-20261126T010203Z.db-wal`, so that a file `store-log-20261126T010203Z.db` would be read with it.
fn free_name(store: &Path) -> PathBuf {
    let date = Utc::now().format("%Y%m%dT%H%M%SZ");
    let stem = store.file_stem().unwrap_or_default().to_string_lossy();
    sidecar::free(|number| {
        let more = if number > 1 { format!("-{number}") } else { String::new() };
        store.with_file_name(format!("{stem}{LOG}{date}{more}.db-wal"))
    })
}

/// Logs of a store that were moved aside and cannot be read yet.
pub fn logs_set_aside(store: &Path) -> Vec<PathBuf> {
    let beginning = format!("{}{LOG}", store.file_stem().unwrap_or_default().to_string_lossy());
    let entries =
        fs::read_dir(sidecar::folder(store)).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_log = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&beginning) && name.ends_with(".db-wal") && !file_of(path).exists()
    };
    let mut found: Vec<PathBuf> = entries.filter(is_log).collect();
    found.sort();
    found
}

/// Where a log that was moved aside is read: the file that its name belongs to.
fn file_of(log: &Path) -> PathBuf {
    let name = log.to_string_lossy();
    PathBuf::from(name.strip_suffix("-wal").unwrap_or(&name).to_owned())
}

/// Puts a copy of the file that a log belongs to under the log's name, so that both are read together: of the store
/// that lies there now, or of another file beside it. Nothing of this process may have any of them open.
///
/// # Errors
/// When it fits none of them, or nothing can be written.
pub fn make_readable(store: &Path, log: &Path) -> Result<PathBuf, StoreError> {
    let target = file_of(log);
    let folder = sidecar::folder(store);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_other = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "db") && path != store;
    let mut others: Vec<PathBuf> = entries.filter(is_other).collect();
    others.sort();
    for base in std::iter::once(store.to_owned()).chain(others) {
        let place = UnderWay::begin(folder)?;
        let copy = place.path().join("copy.db");
        fs::copy(&base, &copy).map_err(connection::io("cannot copy", &base))?;
        if !examine::is_of(log, &copy) {
            continue;
        }
        // What was tried may have taken the log in.
        fs::copy(&base, &copy).map_err(connection::io("cannot copy", &base))?;
        fs::rename(&copy, &target).map_err(connection::io("cannot name", &target))?;
        return Ok(target);
    }
    Err(StoreError::Refused(format!("{} fits no file that lies beside it", log.display())))
}
