//! The names that a path can go on with, from its folder as it was listed last.

use std::path::PathBuf;

use super::text;
use crate::tui::app::effect::{Effect, FolderEntry, FolderListing, Job};

/// How the names of files end that are likely to be meant; they stand before all others.
const LIKELY: [&str; 7] = ["csv", "tsv", "txt", "xlsx", "xlsm", "ods", "ics"];

/// A folder as it was listed last, for a path that is typed.
#[derive(Debug, Clone, Default)]
pub struct FolderNames {
    home: Option<PathBuf>,
    listed: Option<(PathBuf, FolderListing)>,
}

impl FolderNames {
    pub const fn new(home: Option<PathBuf>) -> Self {
        Self { home, listed: None }
    }

    /// The path that is typed.
    pub fn path(&self, typed: &str) -> PathBuf {
        text::meant(typed, self.home.as_deref())
    }

    /// The file or folder that is to be read. Where nothing is typed it is the folder of which the names are shown, by
    /// its own name: calendars are known again by it.
    pub fn meant(&self, typed: &str) -> PathBuf {
        let path = self.path(typed);
        if !path.as_os_str().is_empty() {
            return path;
        }
        std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
    }

    /// What was listed last.
    pub fn entries(&self) -> Option<&[FolderEntry]> {
        self.listed.as_ref().map(|(_, listing)| listing.as_deref().unwrap_or_default())
    }

    /// Why nothing of the folder can be shown.
    pub fn refusal(&self) -> Option<&str> {
        self.listed.as_ref().and_then(|(_, listing)| listing.as_ref().err()).map(String::as_str)
    }

    /// The folder that what is typed lies in.
    fn folder(&self, typed: &str) -> PathBuf {
        let (folder, _) = text::halves(typed);
        let folder = self.path(folder);
        // An empty path is no folder that could be listed.
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
    }

    pub fn listing(&self, typed: &str) -> Effect {
        Effect::Job(Job::ListFolder(self.folder(typed)))
    }

    /// True if the folder of what is typed is at hand.
    pub fn is_listed(&self, typed: &str) -> bool {
        self.listed.as_ref().is_some_and(|(folder, _)| *folder == self.folder(typed))
    }

    /// Takes over what a folder holds, if it is still the one that is typed; true if it is.
    pub fn list(&mut self, typed: &str, folder: PathBuf, listing: FolderListing) -> bool {
        let is_meant = folder == self.folder(typed);
        if is_meant {
            self.listed = Some((folder, listing));
        }
        is_meant
    }

    /// Names that what is typed can go on with: folders and files that are likely first, hidden ones only if asked for.
    pub fn names(&self, typed: &str) -> Vec<&FolderEntry> {
        let Some((folder, Ok(entries))) = &self.listed else { return Vec::new() };
        if *folder != self.folder(typed) {
            return Vec::new();
        }
        let (_, begun) = text::halves(typed);
        let lower = begun.to_lowercase();
        let fits = |entry: &&FolderEntry| {
            entry.name.to_lowercase().starts_with(&lower)
                && (begun.starts_with('.') || !entry.name.starts_with('.'))
        };
        let mut names: Vec<&FolderEntry> = entries.iter().filter(fits).collect();
        let is_likely = |name: &str| {
            name.rsplit_once('.')
                .is_some_and(|(_, end)| LIKELY.iter().any(|known| end.eq_ignore_ascii_case(known)))
        };
        // Folders, then files that can be imported; the sort is stable, so each part stays as it was listed.
        names.sort_by_key(|entry| (!entry.is_folder && !is_likely(&entry.name), !entry.is_folder));
        names
    }
}

/// The folder that `~` stands for.
pub fn home() -> Option<PathBuf> {
    directories::UserDirs::new().map(|folders| folders.home_dir().to_owned())
}

/// The path that a pasted text is, if it is a whole one, however a terminal writes it.
pub fn pasted(text: &str) -> Option<String> {
    // Of several files that are dragged in together the first is taken: one path is asked for.
    let first = text.trim().lines().next().unwrap_or_default();
    text::is_whole(first).then(|| text::bare(first))
}

/// What is typed with one of the names, and a stroke behind a folder.
pub fn completed(typed: &str, entry: &FolderEntry) -> String {
    let (folder, _) = text::halves(typed);
    format!("{folder}{}{}", entry.name, if entry.is_folder { "/" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_typed_the_folder_of_the_names_is_read() {
        let names = FolderNames::new(Some(PathBuf::from("/home/ana")));
        assert_eq!(names.meant(""), std::env::current_dir().unwrap());
        assert_eq!(names.meant("~/a.csv"), PathBuf::from("/home/ana/a.csv"));
        assert_eq!(names.meant("plans/"), PathBuf::from("plans/"));
    }
}
