//! Folders as the import and the completion of a path see them.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::ops::cause;
use crate::ops::import::file::{FileKind, ReadFile, TableChoices, calendars_in, is_calendar_file};
use crate::ops::import::foreign::ForeignContent;
use crate::ops::import::tables::joined_tables;
use crate::ops::sources::tables;
use crate::tui::app::effect::{FileRequest, FolderEntry, FolderListing};
use crate::tui::overlays::path::bytes::written;

/// Entries of a folder that are listed: nobody completes a name among more.
const ENTRIES: usize = 5_000;

/// What the reader of foreign files said of each.
pub type Answers = Vec<Result<ForeignContent, String>>;

/// What is said of an answer to another question.
pub const OTHER_ANSWER: &str =
    "a fault of this program: what read the file gave another answer than it was asked for";

/// True for a folder that is read as its calendars, and not as its tables: where it has any, and no other kind was asked
/// for.
pub fn is_of_calendars(request: &FileRequest) -> bool {
    if let Some(kind) = request.kind {
        return kind == FileKind::Calendar;
    }
    let found = calendars_in(&request.path);
    // Where nothing is read at all, what could not be listed has to be told.
    !found.files.is_empty() || (!found.unlisted.is_empty() && tables(&request.path).is_err())
}

/// The tables beside the calendars of a folder, which are not read with them.
pub fn passed_over(folder: &Path) -> Option<String> {
    let found = match tables(folder) {
        Err(fault) if fault.is_nothing => return None,
        Err(fault) => return Some(fault.message),
        Ok(found) => found,
    };
    match found.len() {
        0 => None,
        1 => Some("The table beside them is not read; read as requests, the folder's table is.".to_owned()),
        count => Some(format!("The {count} tables beside them are not read; read as requests, they are.")),
    }
}

/// Every calendar of a folder, each known again by the name of its file as on the command line.
pub fn read_calendars(
    folder: &Path,
    read: &dyn Fn(&[PathBuf]) -> Result<Answers, String>,
) -> Result<ReadFile, String> {
    let found = calendars_in(folder).whole()?;
    if found.is_empty() {
        return Err("there is no .ics file in that folder".to_owned());
    }
    let answers = read(&found)?;
    let calendar = |answer: Result<ForeignContent, String>| match answer? {
        ForeignContent::Calendar(calendar) => Ok(calendar),
        _ => Err(OTHER_ANSWER.to_owned()),
    };
    let names = found.iter().map(|file| file.to_string_lossy().into_owned());
    let files = names.zip(answers.into_iter().map(calendar)).collect();
    Ok(ReadFile {
        kind: FileKind::Calendar,
        content: Ok(Box::new(ForeignContent::Calendars(files))),
        table: TableChoices::default(),
        is_order_open: false,
    })
}

/// What was found in the tables of a folder, as one list.
pub fn joined_files(paths: &[PathBuf], files: Vec<Result<ReadFile, String>>) -> Result<ReadFile, String> {
    // With the order of its days each could be read, so that is asked before any of them is left out.
    let is_order_open = files.iter().flatten().any(|file| file.is_order_open);
    let newest = files.iter().rev().flatten().find(|file| file.content.is_ok()).map(|file| file.kind);
    let content = |file: ReadFile| file.content.map(|content| *content);
    let contents = files.into_iter().map(|file| file.and_then(content)).collect();
    let joined = joined_tables(paths, contents, None);
    if joined.is_err() && !is_order_open {
        return Err(joined.err().unwrap_or_default());
    }
    Ok(ReadFile {
        kind: newest.unwrap_or(FileKind::Requests),
        content: joined.map(Box::new),
        table: TableChoices::default(),
        is_order_open,
    })
}

/// What a folder holds, folders and files; of one that cannot be listed, why.
pub fn entries(folder: &Path) -> FolderListing {
    let refused = |error: io::Error| format!("this folder cannot be listed: {}", cause::of(&error, folder));
    let found = fs::read_dir(folder).map_err(refused)?.flatten().take(ENTRIES);
    let mut left = ENTRIES;
    let mut entries: Vec<FolderEntry> = found
        .map(|entry| {
            let path = entry.path();
            // Through a link too: what it leads to is what can be opened.
            let is_folder = path.is_dir();
            let holds_calendars = is_folder && holds_calendars(&path, &mut left);
            FolderEntry { name: written(entry.file_name().as_bytes()), is_folder, holds_calendars }
        })
        .collect();
    entries.sort();
    Ok(entries)
}

/// True for a folder that a calendar file was seen in; not more of all folders together is looked at than is left.
fn holds_calendars(folder: &Path, left: &mut usize) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for name in names {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if is_calendar_file(&name) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_listed_with_what_links_lead_to() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/work.ICS"), "").unwrap();
        fs::write(folder.path().join("a.csv"), "").unwrap();
        std::os::unix::fs::symlink(folder.path().join("b"), folder.path().join("c")).unwrap();
        let found = entries(folder.path()).unwrap();
        let told: Vec<(&str, bool, bool)> =
            found.iter().map(|entry| (entry.name.as_str(), entry.is_folder, entry.holds_calendars)).collect();
        assert_eq!(told, [("a.csv", false, false), ("b", true, true), ("c", true, true)]);
        assert!(!holds_calendars(&folder.path().join("b"), &mut 0), "no more than may be looked at");
        assert!(entries(Path::new("/no/such/folder")).unwrap_err().ends_with("it is not there"));
    }
}
