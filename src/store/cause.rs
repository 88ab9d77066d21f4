//! Why an operation on a file failed, in the words of somebody who has to do something about it. The system's own words
//! name a number; what `tempfile` adds names a file that never came to be.

use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Whose a file is, if it is not ours.
pub fn owner_of(file: &Path) -> Option<u32> {
    let owner = std::fs::metadata(file).ok()?.uid();
    (owner != rustix::process::geteuid().as_raw()).then_some(owner)
}

/// The cause of a failure at a path, as the end of a sentence that names it.
pub fn of(error: &io::Error, path: &Path) -> String {
    let said = match error.kind() {
        ErrorKind::PermissionDenied => {
            return match owner_of(path) {
                Some(owner) => format!("it belongs to user number {owner}, and is closed to you"),
                None => "it, or a folder on the way to it, is closed to you".to_owned(),
            };
        }
        ErrorKind::StorageFull => "no room is left there, or no more files can be made",
        ErrorKind::QuotaExceeded => "your share of that disk is used up",
        ErrorKind::ReadOnlyFilesystem => "it lies on a medium that can only be read",
        ErrorKind::NotFound if !path.exists() => "it is not there",
        ErrorKind::NotADirectory => "something on the way to it is no folder",
        ErrorKind::AlreadyExists if path.exists() && !path.is_dir() => {
            "something else of that name lies there"
        }
        ErrorKind::IsADirectory => "it is a folder",
        _ => return of_system(error),
    };
    said.to_owned()
}

/// The system's own sentence, without what a library wrapped around it.
fn of_system(error: &io::Error) -> String {
    let inner =
        error.get_ref().and_then(|inner| inner.source()).and_then(|inner| inner.downcast_ref::<io::Error>());
    inner.unwrap_or(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_without_numbers_and_without_names_of_files_that_never_were() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = tempfile::NamedTempFile::new_in(file.join("x")).unwrap_err();
        assert_eq!(of(&error, &file.join("x")), "something on the way to it is no folder");
        let error = tempfile::tempdir_in(folder.path().join("none")).unwrap_err();
        assert_eq!(of(&error, &folder.path().join("none")), "it is not there");
        let error = std::fs::DirBuilder::new().create(&file).unwrap_err();
        assert_eq!(of(&error, &file), "something else of that name lies there");
        assert_eq!(
            of(&ErrorKind::StorageFull.into(), &file),
            "no room is left there, or no more files can be made"
        );
    }
}
