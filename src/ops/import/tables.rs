//! The tables of a folder as one list, whatever they are lists of.

use std::path::PathBuf;

use super::foreign::ForeignContent;
use crate::import::joined::{FolderTable, joined};

/// Takes out what a file holds, if it is of that kind.
type HeldBy<T> = fn(ForeignContent) -> Option<T>;

/// What is said of a file that holds something else than the newest.
const ANOTHER: &str = "it is another kind of list than the newest file; it can be imported by itself";

impl ForeignContent {
    /// A list is kept under this name.
    pub fn be_of(&mut self, source: &str) {
        match self {
            Self::Requests(import) => import.be_of(source),
            Self::People(listing) => listing.be_of(source),
            Self::Absences(listing) => listing.be_of(source),
            Self::Shares(import) => import.be_of(source),
            // A calendar is known again by the name of its file, and a message is no list.
            Self::Calendar(_) | Self::Calendars(_) | Self::Message(_) | Self::File(_) => {}
        }
    }
}

/// What the files of a folder hold as one list: the newest is the last, and says what they are. All of it is of the source
/// if one is named.
///
/// # Errors
/// A sentence when none of them could be read, or they are no tables.
pub fn joined_tables(
    files: &[PathBuf],
    answers: Vec<Result<ForeignContent, String>>,
    source: Option<&str>,
) -> Result<ForeignContent, String> {
    // Each kind of list is another type, and taking it out of an answer needs the name of its variant, which no
    // function can be given.
    macro_rules! all_of {
        ($kind:ident) => {
            joined(
                by_name(files, answers, |content| match content {
                    ForeignContent::$kind(held) => Some(held),
                    _ => None,
                }),
                source,
            )
            .map(ForeignContent::$kind)
        };
    }
    match answers.iter().rev().find_map(|answer| answer.as_ref().ok()) {
        // Where none could be read the kind does not matter: what comes back is why, file by file.
        None | Some(ForeignContent::Requests(_)) => all_of!(Requests),
        Some(ForeignContent::People(_)) => all_of!(People),
        Some(ForeignContent::Absences(_)) => all_of!(Absences),
        Some(ForeignContent::Shares(_)) => all_of!(Shares),
        Some(_) => {
            Err("a fault of this program: what read the files gave another answer than it was asked for"
                .to_owned())
        }
    }
}

/// What each file holds, by its name without its folder.
fn by_name<T>(
    files: &[PathBuf],
    answers: Vec<Result<ForeignContent, String>>,
    taken: HeldBy<T>,
) -> Vec<(String, Result<T, String>)> {
    let of_file = |(file, answer): (&PathBuf, Result<ForeignContent, String>)| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, answer.and_then(|content| taken(content).ok_or_else(|| ANOTHER.to_owned())))
    };
    files.iter().zip(answers).map(of_file).collect()
}
