//! Finding the files of a source, and waiting until nobody writes them any more.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::fault::FetchFault;
use crate::domain::source::{DataSource, SourceWay, SourceWhat, pattern};
use crate::ops::cause;

/// Between two looks at a file. A download writes many times in that.
const PAUSE: Duration = Duration::from_millis(250);
/// So often a file is looked at until two looks in a row are the same.
const LOOKS: u32 = 4;
/// Files of one folder; a calendar of twenty years has a few thousand.
const FILES: usize = 20_000;

/// A file as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLook {
    pub path: PathBuf,
    size: u64,
    pub modified: SystemTime,
}

/// What there is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFiles {
    pub files: Vec<FileLook>,
    /// What was left out, in sentences.
    pub notes: Vec<String>,
}

/// Finds the files of a source; each is whole as far as can be seen.
///
/// # Errors
/// A sentence if there is none, or one is still being written.
pub fn find(source: &DataSource) -> Result<FoundFiles, FetchFault> {
    let (files, notes) = match source.way {
        SourceWay::Newest => newest(&source.place)?,
        SourceWay::Folder if source.what != SourceWhat::Calendar => {
            (tables(&at_home(&source.place))?, Vec::new())
        }
        SourceWay::Folder => (calendars(&at_home(&source.place))?, Vec::new()),
        _ => (vec![one(&at_home(&source.place))?], Vec::new()),
    };
    Ok(FoundFiles { files: when_still(files)?, notes })
}

/// Looks once more at files that were read meanwhile.
///
/// # Errors
/// A sentence if one is another one now.
pub fn are_the_same(files: &[FileLook]) -> Result<(), FetchFault> {
    for file in files {
        if look(&file.path)? != *file {
            return Err(FetchFault::new(
                format!("{} was written while it was read", file.path.display()),
                "Nothing was taken from it; refresh it once more.",
            ));
        }
    }
    Ok(())
}

/// `~` is the home folder, as in a shell.
fn at_home(place: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match (place.strip_prefix('~'), home()) {
        (Some(""), Some(home)) => home,
        // Behind `~` itself only: `~name` is the home of somebody else, which only a shell looks up.
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(place),
    }
}

fn look(path: &Path) -> Result<FileLook, FetchFault> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        // A pipe would keep whoever opens it waiting for ever.
        return Err(FetchFault::new(
            format!("{} is no plain file", path.display()),
            "`--folder` reads a folder of calendar files, `--command` what a command prints.",
        ));
    }
    let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(FileLook { path: path.to_owned(), size: about.len(), modified })
}

fn unreadable(path: &Path, error: &io::Error) -> FetchFault {
    match error.kind() {
        io::ErrorKind::NotFound => FetchFault::nothing(
            format!("{} is not there any more, or never was", path.display()),
            "What came from it before stands. `tablesetter source edit` names another place.",
        ),
        _ => FetchFault::new(
            format!("cannot read {}: {}", path.display(), cause::of(error, path)),
            "What came from it before stands.",
        ),
    }
}

fn unlisted(folder: &Path, error: &io::Error) -> FetchFault {
    if error.kind() == io::ErrorKind::NotFound {
        return unreadable(folder, error);
    }
    FetchFault::new(
        format!("{} could not be listed: {}", folder.display(), cause::of(error, folder)),
        "What came from it before stands.",
    )
}

fn one(path: &Path) -> Result<FileLook, FetchFault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if pattern::name_when_whole(&name).is_some() {
        return Err(still_on_its_way(path));
    }
    look(path)
}

fn still_on_its_way(path: &Path) -> FetchFault {
    FetchFault::new(
        format!("{} is still on its way", path.display()),
        "It is read once the program that writes it has given it its own name.",
    )
}

fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, FetchFault> {
    let listed = fs::read_dir(folder).map_err(|error| unlisted(folder, &error))?;
    let named =
        listed.map(|entry| entry.map(|it| (it.file_name().to_string_lossy().into_owned(), it.path())));
    first_of(named, folder)
}

/// The first entries of a folder: all of them or none, since what is not listed would count as gone.
fn first_of(
    listed: impl Iterator<Item = io::Result<(String, PathBuf)>>,
    folder: &Path,
) -> Result<Vec<(String, PathBuf)>, FetchFault> {
    let all: io::Result<Vec<_>> = listed.take(FILES + 1).collect();
    let mut all = all.map_err(|error| unlisted(folder, &error))?;
    if all.len() > FILES {
        return Err(FetchFault::new(
            format!("{} has more than {FILES} files", folder.display()),
            "Name a folder that holds only what is to be read.",
        ));
    }
    // A folder gives its files in any order.
    all.sort();
    Ok(all)
}

/// The newest of the files that fit a pattern, and what was left out.
fn newest(place: &str) -> Result<(Vec<FileLook>, Vec<String>), FetchFault> {
    let (folder, wanted) = pattern::parts(place);
    let folder = at_home(folder);
    let all = entries(&folder)?;
    let is_beside = |name: &str| {
        pattern::names_under_way(name).any(|under_way| all.iter().any(|(other, _)| *other == under_way))
    };
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    for (name, path) in &all {
        let whole = pattern::name_when_whole(name);
        if whole.is_some_and(|whole| pattern::fits(wanted, whole) || pattern::fits(wanted, name)) {
            notes.push(format!("{name} is still on its way and was left out"));
        } else if whole.is_none() && pattern::fits(wanted, name) && path.is_file() {
            let seen = look(path)?;
            // Some browsers hold the name with an empty file while they write beside it.
            if seen.size == 0 && is_beside(name) {
                continue;
            }
            found.push(seen);
        }
    }
    // Of two that are equally new the one that comes last by name, as numbers in names count up.
    found.sort_by(|a, b| (a.modified, &a.path).cmp(&(b.modified, &b.path)));
    match (found.pop(), notes.first()) {
        (Some(newest), _) => Ok((vec![newest], notes)),
        (None, Some(note)) => Err(FetchFault::nothing(note.clone(), "It is read once it is whole.")),
        (None, None) => Err(FetchFault::nothing(
            format!("nothing fits {place}"),
            "What came from it before stands. A pattern is quoted: '~/Downloads/jira-*.csv'.",
        )),
    }
}

/// The calendar files of a folder and of the folders in it, one of which each is a calendar where a program keeps
/// several.
fn calendars(folder: &Path) -> Result<Vec<FileLook>, FetchFault> {
    let is_calendar = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
    let mut found = Vec::new();
    for (name, path) in entries(folder)? {
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            let inside = entries(&path)?.into_iter();
            found.extend(inside.filter(|(name, path)| !name.starts_with('.') && is_calendar(path)));
        } else if is_calendar(&path) {
            found.push((name, path));
        }
    }
    if found.is_empty() {
        return Err(FetchFault::nothing(
            format!("there is no .ics file in {}", folder.display()),
            "What came from it before stands.",
        ));
    }
    found.iter().map(|(_, path)| look(path)).collect()
}

/// Tables of one folder; each may be large.
const MOST_TABLES: usize = 200;
/// What tables end with.
const TABLES: [&str; 9] = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// True for the name of a table; what is hidden, still on its way or only the lock of an office program is none.
pub fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_aside = name.starts_with(['.', '~']) || pattern::name_when_whole(&name).is_some();
    let ends = |ending: &std::ffi::OsStr| TABLES.iter().any(|it| ending.eq_ignore_ascii_case(it));
    !is_aside && path.extension().is_some_and(ends)
}

/// The tables of a folder, the newest last.
///
/// # Errors
/// A sentence if there is none, or the folder cannot be read.
pub fn tables(folder: &Path) -> Result<Vec<FileLook>, FetchFault> {
    let all = entries(folder)?.into_iter();
    let own = all.filter(|(_, path)| is_table(path) && path.is_file());
    let mut found = own.map(|(_, path)| look(&path)).collect::<Result<Vec<_>, _>>()?;
    if found.len() > MOST_TABLES {
        return Err(FetchFault::new(
            format!("{} has more than {MOST_TABLES} tables", folder.display()),
            "Name a folder that holds only what is to be read.",
        ));
    }
    // Of two that are equally new the one that comes last by name.
    found.sort_by(|a, b| (a.modified, &a.path).cmp(&(b.modified, &b.path)));
    if found.is_empty() {
        return Err(FetchFault::nothing(
            format!("there is no table in {}", folder.display()),
            "Files that end with .csv, .tsv, .txt, .xlsx, .xls or .ods are read.",
        ));
    }
    Ok(found)
}

/// The files as they are once two looks in a row were the same.
fn when_still(mut files: Vec<FileLook>) -> Result<Vec<FileLook>, FetchFault> {
    for _ in 1..LOOKS {
        std::thread::sleep(PAUSE);
        let again = files.iter().map(|file| look(&file.path)).collect::<Result<Vec<_>, _>>()?;
        if again == files {
            return Ok(files);
        }
        files = again;
    }
    let moving = files.first().map(|file| file.path.display().to_string()).unwrap_or_default();
    Err(FetchFault::new(
        format!("{moving} is still being written: its size changed while it was looked at"),
        "Nothing was taken from it; refresh it when it is whole.",
    ))
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn source(way: SourceWay, place: &Path) -> DataSource {
        DataSource::new("Jira", SourceWhat::Calendar, way, place.to_str().unwrap())
    }

    fn write(folder: &Path, name: &str, text: &str, age: u64) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let then = SystemTime::now() - Duration::from_secs(age);
        File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
    }

    fn names(found: &FoundFiles) -> Vec<String> {
        found.files.iter().map(|file| file.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_newest_whole_file_is_taken_and_what_is_on_its_way_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let newest = source(SourceWay::Newest, &folder.path().join("jira-*.csv"));
        let nothing = find(&newest).unwrap_err();
        assert!(nothing.is_nothing && nothing.message.contains("nothing fits"), "{nothing:?}");
        write(folder.path(), "jira-9.csv.crdownload", "x", 0);
        assert!(find(&newest).unwrap_err().message.contains("jira-9.csv.crdownload is still on its way"));
        write(folder.path(), "jira-3.csv", "old", 500);
        write(folder.path(), "jira-2.csv", "new", 100);
        write(folder.path(), "jira-9.csv.part", "x", 0);
        write(folder.path(), "jira-9.csv", "", 0);
        write(folder.path(), "other.csv", "x", 0);
        let found = find(&newest).unwrap();
        assert_eq!(names(&found), ["jira-2.csv"]);
        assert_eq!(found.notes.len(), 2, "{:?}", found.notes);
    }

    #[test]
    fn a_folder_of_calendars_is_read_with_those_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["work/b.ics", "work/color", "work/.x.ics", "work/c.ics.tmp", "a.ICS", "notes.txt"] {
            write(folder.path(), name, "x", 0);
        }
        let found = find(&source(SourceWay::Folder, folder.path())).unwrap();
        assert_eq!(names(&found), ["a.ICS", "b.ics"]);
        let empty = tempfile::tempdir().unwrap();
        assert!(find(&source(SourceWay::Folder, empty.path())).unwrap_err().is_nothing);
    }

    #[test]
    fn a_folder_of_tables_is_read_with_the_newest_last() {
        let folder = tempfile::tempdir().unwrap();
        let aside = [
            ".hidden.csv",
            "~$plan.xlsx",
            ".~lock.plan.ods#",
            "new.csv.part",
            "x.csv.crdownload",
            "notes.md",
        ];
        for name in aside.iter().chain(&["in/deep.csv", "b.CSV", "plan.xlsx"]) {
            write(folder.path(), name, "x", 100);
        }
        write(folder.path(), "a.tsv", "x", 0);
        let tables = DataSource { what: SourceWhat::Requests, ..source(SourceWay::Folder, folder.path()) };
        assert_eq!(names(&find(&tables).unwrap()), ["b.CSV", "plan.xlsx", "a.tsv"]);
        for number in 0..200 {
            write(folder.path(), &format!("more-{number}.csv"), "x", 0);
        }
        assert!(find(&tables).unwrap_err().message.contains("more than 200 tables"));
        let empty = tempfile::tempdir().unwrap();
        let nothing = DataSource { what: SourceWhat::Requests, ..source(SourceWay::Folder, empty.path()) };
        assert!(find(&nothing).unwrap_err().message.contains("there is no table in"));
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_told_and_not_taken_for_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.csv", "x", 0);
        let no_folder = folder.path().join("a.csv");
        let long = folder.path().join("x".repeat(300));
        for place in [&no_folder, &long] {
            for way in [source(SourceWay::Folder, place), source(SourceWay::Newest, &place.join("*.csv"))] {
                let fault = find(&way).unwrap_err();
                assert!(!fault.is_nothing && fault.message.contains("could not be listed"), "{fault:?}");
                assert!(fault.message.contains(&place.display().to_string()), "{fault:?}");
            }
        }
        let entry = Ok(("a.csv".to_owned(), no_folder));
        let broken = [entry, Err(io::Error::from(io::ErrorKind::PermissionDenied))];
        let fault = first_of(broken.into_iter(), folder.path()).unwrap_err();
        assert!(fault.message.contains("could not be listed"), "half of a folder is no folder: {fault:?}");
    }

    #[test]
    fn a_file_that_grows_vanished_or_is_none_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let of_path = source(SourceWay::File, &path);
        assert!(find(&of_path).unwrap_err().message.contains("is not there any more"));
        assert!(find(&source(SourceWay::File, folder.path())).unwrap_err().message.contains("no plain file"));
        let part = folder.path().join("a.csv.crdownload");
        assert!(find(&source(SourceWay::File, &part)).unwrap_err().message.contains("still on its way"));
        fs::write(&path, "x").unwrap();
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let growing = path.clone();
        let writer = std::thread::spawn(move || {
            let mut text = "x".to_owned();
            while stopped.recv_timeout(Duration::from_millis(20)).is_err() {
                text.push('x');
                fs::write(&growing, &text).unwrap();
            }
        });
        assert!(find(&of_path).unwrap_err().message.contains("still being written"));
        stop.send(()).unwrap();
        writer.join().unwrap();
        let found = find(&of_path).unwrap();
        assert_eq!(are_the_same(&found.files), Ok(()));
        fs::write(&path, "other").unwrap();
        assert!(are_the_same(&found.files).unwrap_err().message.contains("while it was read"));
    }
}
