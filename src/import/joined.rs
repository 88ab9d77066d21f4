//! The tables of a folder as one list: each under its name, and of a row that stands in several of them the newest.

use std::collections::HashSet;

use super::listing::Listing;
use super::people::{AbsenceDraft, Absentee, PersonDraft};
use super::requests::{Draft, RequestImport};
use super::shares::{ShareDraft, ShareImport};
use super::{Skipped, fold};
use crate::domain::bounds;
use crate::domain::count::counted;

/// The lines of each file begin behind those of the one before, on a round number, so that each line has one of its own
/// and is found in its file all the same.
const ROUND: usize = 1_000;

/// What a file holds, as far as it can be put behind another one.
pub trait FolderTable: Sized {
    /// Where it comes from; empty where that is not told apart.
    fn source(&self) -> &str;
    /// All of it comes from there.
    fn be_of(&mut self, source: &str);
    /// The lines of what was taken and of what was not.
    fn lines(&mut self) -> Vec<&mut usize>;
    /// How many rows were taken.
    fn count(&self) -> usize;
    /// What they are and how they were read.
    fn told(&self) -> String;
    fn notes(&mut self) -> &mut Vec<String>;
    fn skipped(&mut self) -> &mut Vec<Skipped>;
    /// Not all of its folder could be read.
    fn be_part(&mut self);
    /// Takes the rows of a newer file of this name, and leaves its own where they are the same.
    fn put_behind(&mut self, part: Self, name: &str);
}

/// Joins what was read of the files of a folder, the newest last. With a name all of it is of that source, otherwise what
/// comes from another tool than the newest file is left out, since ids of two tools may be alike.
///
/// # Errors
/// A sentence when none of them could be read.
pub fn joined<T: FolderTable>(
    files: Vec<(String, Result<T, String>)>,
    source: Option<&str>,
) -> Result<T, String> {
    let newest = files.iter().rev().find_map(|(_, read)| read.as_ref().ok());
    let Some(newest) = newest.map(|read| read.source().to_owned()) else {
        let why = files.iter().filter_map(|(name, read)| Some(format!("{name}: {}", read.as_ref().err()?)));
        return Err(why.collect::<Vec<_>>().join("; "));
    };
    let (mut whole, mut start) = (None::<T>, 0);
    let mut missed = Vec::new();
    for (name, read) in files {
        let read = read.and_then(|read| match source {
            None if read.source() != newest => Err(format!(
                "it is of {}, and the newest file of {newest}; it can be imported by itself, or with --source NAME together",
                read.source()
            )),
            _ if whole.as_ref().map_or(0, FolderTable::count) + read.count() > bounds::ROWS => {
                Err("with the files before it there is more than one import can take".to_owned())
            }
            _ => Ok(read),
        });
        match read {
            Ok(part) => start = add(&mut whole, part, &name, start),
            Err(why) => {
                // It takes up lines as well, so that what is said of it stands between the files before and behind
                // it.
                missed.push(Skipped::new(start + 1, &name, &why));
                start += ROUND;
            }
        }
    }
    let Some(mut whole) = whole else { return Err("nothing was read".to_owned()) };
    if !missed.is_empty() {
        whole.be_part();
    }
    whole.skipped().extend(missed);
    whole.skipped().sort_by_key(|skip| skip.row);
    whole.be_of(source.unwrap_or(&newest));
    Ok(whole)
}

/// Adds a file behind those that were added before; gives where the next one begins.
fn add<T: FolderTable>(whole: &mut Option<T>, mut part: T, name: &str, start: usize) -> usize {
    let mut lines = part.lines();
    let last = lines.iter().map(|line| **line).max().unwrap_or_default();
    for line in &mut lines {
        **line += start;
    }
    let placed = if start == 0 { String::new() } else { format!("; its line 1 is line {} here", start + 1) };
    let said = format!("{name}: {}{placed}", part.told());
    let notes =
        std::iter::once(said).chain(part.notes().iter().map(|note| format!("{name}: {note}"))).collect();
    *part.notes() = notes;
    match whole {
        None => *whole = Some(part),
        Some(whole) => whole.put_behind(part, name),
    }
    start + (last / ROUND + 1) * ROUND
}

/// What is said of a row that a newer file has as well.
fn is_in_newer(name: &str) -> String {
    format!("stands in {name} as well, which is newer and counts")
}

fn add_columns(all: &mut Vec<String>, more: Vec<String>) {
    for column in more {
        if !all.contains(&column) {
            all.push(column);
        }
    }
}

impl FolderTable for RequestImport {
    fn source(&self) -> &str {
        &self.source
    }

    fn be_of(&mut self, source: &str) {
        source.clone_into(&mut self.source);
        self.drafts.iter_mut().for_each(|draft| source.clone_into(&mut draft.request.source));
    }

    fn lines(&mut self) -> Vec<&mut usize> {
        let taken = self.drafts.iter_mut().map(|draft| &mut draft.row);
        taken.chain(self.skipped.iter_mut().map(|skip| &mut skip.row)).collect()
    }

    fn count(&self) -> usize {
        self.drafts.len()
    }

    fn told(&self) -> String {
        format!("{}, read as {}", counted(self.drafts.len(), "request", "requests"), self.preset)
    }

    fn notes(&mut self) -> &mut Vec<String> {
        &mut self.notes
    }

    fn skipped(&mut self) -> &mut Vec<Skipped> {
        &mut self.skipped
    }

    fn be_part(&mut self) {
        self.is_part = true;
    }

    fn put_behind(&mut self, part: Self, name: &str) {
        let newer: HashSet<&str> =
            part.drafts.iter().map(|draft| draft.request.external_id.as_str()).collect();
        let (older, kept): (Vec<Draft>, Vec<Draft>) = std::mem::take(&mut self.drafts)
            .into_iter()
            .partition(|draft| newer.contains(draft.request.external_id.as_str()));
        let why = is_in_newer(name);
        self.skipped.extend(older.iter().map(|draft| Skipped::new(draft.row, &draft.request.title, &why)));
        self.drafts = kept;
        self.drafts.extend(part.drafts);
        self.skipped.extend(part.skipped);
        self.notes.extend(part.notes);
        add_columns(&mut self.columns_ignored, part.columns_ignored);
        // How the newest was read stands for all of them; each says by which preset.
        (self.preset, self.header_row) = (part.preset, part.header_row);
        (self.delimiter, self.encoding) = (part.delimiter, part.encoding);
    }
}

/// A row of a list as folders need it: by what it is the same one in two files, and what it is called.
pub trait ListRow {
    const ONE: &str;
    const MORE: &str;
    /// In small letters and without accents, so that two spellings are one.
    fn identity(&self) -> String;
    fn title(&self) -> String;
}

impl ListRow for PersonDraft {
    const ONE: &str = "person";
    const MORE: &str = "people";

    fn identity(&self) -> String {
        fold(if self.email.is_empty() { &self.name } else { &self.email })
    }

    fn title(&self) -> String {
        self.name.clone()
    }
}

impl ListRow for AbsenceDraft {
    const ONE: &str = "absence";
    const MORE: &str = "absences";

    fn identity(&self) -> String {
        // One that was made longer has the same first day.
        if self.id.is_empty() { format!("{} {}", fold(&self.title()), self.from) } else { self.id.clone() }
    }

    fn title(&self) -> String {
        match &self.who {
            Absentee::Person(name) => name.clone(),
            Absentee::Everybody => "*".to_owned(),
        }
    }
}

impl ListRow for ShareDraft {
    const ONE: &str = "share";
    const MORE: &str = "shares";

    fn identity(&self) -> String {
        let texts = [&self.person, &self.key, &self.title, &self.project].map(|text| fold(text));
        let first = self.from.map(|from| from.to_string()).unwrap_or_default();
        format!("{}\n{first}", texts.join("\n"))
    }

    fn title(&self) -> String {
        self.person.clone()
    }
}

impl<T: ListRow> FolderTable for Listing<T> {
    fn source(&self) -> &str {
        &self.source
    }

    fn be_of(&mut self, source: &str) {
        source.clone_into(&mut self.source);
    }

    fn lines(&mut self) -> Vec<&mut usize> {
        let taken = self.drafts.iter_mut().map(|draft| &mut draft.row);
        taken.chain(self.skipped.iter_mut().map(|skip| &mut skip.row)).collect()
    }

    fn count(&self) -> usize {
        self.drafts.len()
    }

    fn told(&self) -> String {
        counted(self.drafts.len(), T::ONE, T::MORE)
    }

    fn notes(&mut self) -> &mut Vec<String> {
        &mut self.notes
    }

    fn skipped(&mut self) -> &mut Vec<Skipped> {
        &mut self.skipped
    }

    fn be_part(&mut self) {
        self.is_part = true;
    }

    fn put_behind(&mut self, part: Self, name: &str) {
        let newer: HashSet<String> = part.drafts.iter().map(|draft| draft.value.identity()).collect();
        let (older, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.drafts)
            .into_iter()
            .partition(|draft| newer.contains(&draft.value.identity()));
        let why = is_in_newer(name);
        self.skipped.extend(older.iter().map(|draft| Skipped::new(draft.row, &draft.value.title(), &why)));
        self.drafts = kept;
        self.drafts.extend(part.drafts);
        self.skipped.extend(part.skipped);
        self.notes.extend(part.notes);
        add_columns(&mut self.columns_ignored, part.columns_ignored);
        (self.header_row, self.delimiter, self.encoding) = (part.header_row, part.delimiter, part.encoding);
    }
}

impl FolderTable for ShareImport {
    fn source(&self) -> &str {
        &self.source
    }

    fn be_of(&mut self, source: &str) {
        source.clone_into(&mut self.source);
    }

    fn lines(&mut self) -> Vec<&mut usize> {
        self.listing.lines()
    }

    fn count(&self) -> usize {
        self.listing.count()
    }

    fn told(&self) -> String {
        self.listing.told()
    }

    fn notes(&mut self) -> &mut Vec<String> {
        self.listing.notes()
    }

    fn skipped(&mut self) -> &mut Vec<Skipped> {
        self.listing.skipped()
    }

    fn be_part(&mut self) {
        self.listing.be_part();
    }

    fn put_behind(&mut self, part: Self, name: &str) {
        self.listing.put_behind(part.listing, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::listing::ListOptions;
    use crate::import::people::{read_absences, read_people};
    use crate::import::preset::Presets;
    use crate::import::requests::{RequestOptions, read_requests};
    use crate::import::shares::{ShareOptions, read_shares};

    fn read(text: &str) -> Result<RequestImport, String> {
        let now = chrono::DateTime::UNIX_EPOCH;
        let options = RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now };
        read_requests(text.as_bytes(), &Presets::new(&[]).unwrap(), &options, &chrono::Utc)
            .map_err(|error| error.to_string())
    }

    fn named(files: &[(&str, &str)]) -> Vec<(String, Result<RequestImport, String>)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), read(text))).collect()
    }

    const OLD: &str = "ID,Title,Due\n1,Film,2026-12-01\n2,Menu,2026-12-02\n";
    const NEW: &str = "ID,Title,Due\n3,Poster,2026-12-04\n1,Film,2026-12-08\n";

    #[test]
    fn of_a_row_in_two_files_the_newest_counts_and_each_line_has_a_number() {
        let found = joined(named(&[("old.csv", OLD), ("new.csv", NEW)]), None).unwrap();
        let told: Vec<_> = found
            .drafts
            .iter()
            .map(|it| format!("{} {} {}", it.row, it.request.title, it.request.due.unwrap()))
            .collect();
        assert_eq!(told, ["3 Menu 2026-12-02", "1002 Poster 2026-12-04", "1003 Film 2026-12-08"]);
        assert_eq!(
            (found.skipped[0].row, found.skipped[0].reason.as_str()),
            (2, "stands in new.csv as well, which is newer and counts")
        );
        assert!(
            found.notes.iter().any(|note| note.starts_with("old.csv: 2 requests, read as generic")),
            "{:?}",
            found.notes
        );
        assert!(
            found.notes.iter().any(|note| note.ends_with("its line 1 is line 1001 here")),
            "{:?}",
            found.notes
        );
        assert!(!found.is_part);
    }

    #[test]
    fn lists_of_people_absences_and_shares_are_joined_in_the_same_way() {
        let none = ListOptions::default();
        let people = |text: &str| read_people(text.as_bytes(), &none).map_err(|error| error.to_string());
        let files = vec![
            ("a.csv".to_owned(), people("Name,Email,Mon\nAna Ek,ana@x.example,8\nBo,,8\n")),
            ("bad.csv".to_owned(), people("just words\n")),
            ("b.csv".to_owned(), people("Name,Email,Mon\nAna,ANA@x.example,4\n")),
        ];
        let found = joined(files, Some("Team")).unwrap();
        let told: Vec<_> = found.drafts.iter().map(|row| (row.row, row.value.name.as_str())).collect();
        assert_eq!(
            (told, found.source.as_str(), found.is_part),
            (vec![(3, "Bo"), (2002, "Ana")], "Team", true)
        );
        let left: Vec<_> = found.skipped.iter().map(|it| (it.row, it.title.as_str())).collect();
        assert_eq!(left, [(2, "Ana Ek"), (1001, "bad.csv")]);
        assert_eq!(
            found.notes,
            ["a.csv: 2 people", "b.csv: 1 person; its line 1 is line 2001 here"],
            "each is named"
        );
        let absences = |text: &str| read_absences(text.as_bytes(), &none).map_err(|error| error.to_string());
        let files = vec![
            (
                "a.csv".to_owned(),
                absences("Person,From,To\nAna,2026-12-21,2026-12-23\nAna,2026-12-28,2026-12-28\n"),
            ),
            ("b.csv".to_owned(), absences("Person,From,To\nana,2026-12-21,2026-12-24\n*,2026-12-25,\n")),
        ];
        let found = joined(files, None).unwrap();
        let told: Vec<_> = found.drafts.iter().map(|row| format!("{} {}", row.row, row.value.to)).collect();
        assert_eq!(
            told,
            ["3 2026-12-28", "1002 2026-12-24", "1003 2026-12-25"],
            "of one that grew the newest"
        );
        assert!(!found.is_part && found.source.is_empty());
        let presets = Presets::new(&[]).unwrap();
        let shares = |text: &str| {
            read_shares(text.as_bytes(), &presets, &ShareOptions::default())
                .map_err(|error| error.to_string())
        };
        let head = "Person,Project,From,To,Hours\n";
        let files = vec![
            (
                "a.csv".to_owned(),
                shares(&format!("{head}Ana,Film,2026-11-23,2026-11-27,8\nBo,Film,2026-11-23,2026-11-27,8\n")),
            ),
            ("b.csv".to_owned(), shares(&format!("{head}Ana,Film,2026-11-23,2026-11-27,12\n"))),
        ];
        let found = joined(files, None).unwrap();
        let told: Vec<_> =
            found.listing.drafts.iter().map(|row| (row.row, row.value.person.as_str())).collect();
        assert_eq!((told, found.source.as_str()), (vec![(3, "Bo"), (1002, "Ana")], "shares"));
    }

    #[test]
    fn what_cannot_be_read_or_is_of_another_tool_is_named_and_the_others_are_read() {
        let mut files = named(&[("bad.csv", "just words\n"), ("old.csv", OLD), ("new.csv", NEW)]);
        if let Ok(old) = &mut files[1].1 {
            old.source = "jira".to_owned();
        }
        let found = joined(files.clone(), None).unwrap();
        let told: Vec<_> = found.skipped.iter().map(|it| (it.row, it.title.as_str())).collect();
        assert_eq!(
            (told, found.drafts.len(), found.is_part),
            (vec![(1, "bad.csv"), (1001, "old.csv")], 2, true)
        );
        assert!(found.skipped[1].reason.starts_with("it is of jira"));
        let found = joined(files, Some("Plans")).unwrap();
        assert_eq!(found.drafts.len(), 3);
        assert!(found.drafts.iter().all(|draft| draft.request.source == "Plans") && found.source == "Plans");
        let mut many = named(&[("old.csv", OLD), ("new.csv", NEW)]);
        if let Ok(old) = &mut many[0].1 {
            old.drafts = vec![old.drafts[0].clone(); bounds::ROWS - 1];
        }
        let found = joined(many, None).unwrap();
        assert!(found.is_part && found.skipped[0].reason.contains("more than one import can take"));
        let none = joined(named(&[("bad.csv", "just words\n")]), None).unwrap_err();
        assert!(none.starts_with("bad.csv: "), "{none}");
    }
}
