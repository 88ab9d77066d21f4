//! The tables of a folder as one list: each under its name, and of a row that stands in several of them the newest.

use std::collections::HashMap;

use super::{Draft, RequestImport};
use crate::domain::bounds;
use crate::import::Skipped;

/// The lines of each file begin behind those of the one before, on a round number, so that each line has one of its own
/// and is found in its file all the same.
const ROUND: usize = 1_000;

/// Joins what was read of the files of a folder, the newest last. With a name all of it is of that source, otherwise what
/// comes from another tool than the newest file is left out, since ids of two tools may be alike.
///
/// # Errors
/// A sentence when none of them could be read.
pub fn joined(
    files: Vec<(String, Result<RequestImport, String>)>,
    source: Option<&str>,
) -> Result<RequestImport, String> {
    let newest = files.iter().rev().find_map(|(_, read)| read.as_ref().ok()).map(|read| read.source.clone());
    let Some(newest) = newest else {
        let why = files.iter().filter_map(|(name, read)| Some(format!("{name}: {}", read.as_ref().err()?)));
        return Err(why.collect::<Vec<_>>().join("; "));
    };
    let (mut whole, mut start) = (None::<RequestImport>, 0);
    let mut missed = Vec::new();
    for (name, read) in files {
        let read = read.and_then(|read| match source {
            None if read.source != newest => Err(format!(
                "it is of {}, and the newest file of {newest}; it can be imported by itself, or with --source NAME together",
                read.source
            )),
            _ if whole.as_ref().map_or(0, |whole| whole.drafts.len()) + read.drafts.len() > bounds::ROWS => {
                Err("with the files before it there is more than one import can take".to_owned())
            }
            _ => Ok(read),
        });
        match read {
            Ok(part) => start = add(&mut whole, part, &name, start),
            Err(why) => {
                missed.push(Skipped::new(start + 1, &name, &why));
                start += ROUND;
            }
        }
    }
    let Some(mut whole) = whole else { return Err("nothing was read".to_owned()) };
    whole.is_part = !missed.is_empty();
    whole.skipped.extend(missed);
    whole.skipped.sort_by_key(|skip| skip.row);
    let source = source.unwrap_or(&newest);
    source.clone_into(&mut whole.source);
    whole.drafts.iter_mut().for_each(|draft| source.clone_into(&mut draft.request.source));
    Ok(whole)
}

/// Adds a file behind those that were added before; gives where the next one begins.
fn add(whole: &mut Option<RequestImport>, mut part: RequestImport, name: &str, start: usize) -> usize {
    let rows = part.drafts.len();
    let last =
        part.drafts.iter().map(|draft| draft.row).chain(part.skipped.iter().map(|skip| skip.row)).max();
    part.drafts.iter_mut().for_each(|draft| draft.row += start);
    part.skipped.iter_mut().for_each(|skip| skip.row += start);
    let counted = if rows == 1 { "1 request".to_owned() } else { format!("{rows} requests") };
    let lines = if start == 0 { String::new() } else { format!("; its line 1 is line {} here", start + 1) };
    let mut notes = vec![format!("{name}: {counted}, read as {}{lines}", part.preset)];
    notes.extend(part.notes.iter().map(|note| format!("{name}: {note}")));
    part.notes = notes;
    match whole {
        None => *whole = Some(part),
        Some(whole) => put_behind(whole, part, name),
    }
    start + (last.unwrap_or_default() / ROUND + 1) * ROUND
}

fn put_behind(whole: &mut RequestImport, part: RequestImport, name: &str) {
    let newer: HashMap<&str, &Draft> =
        part.drafts.iter().map(|draft| (draft.request.external_id.as_str(), draft)).collect();
    let (older, kept): (Vec<Draft>, Vec<Draft>) = std::mem::take(&mut whole.drafts)
        .into_iter()
        .partition(|draft| newer.contains_key(draft.request.external_id.as_str()));
    let why = format!("stands in {name} as well, which is newer and counts");
    whole.skipped.extend(older.iter().map(|draft| Skipped::new(draft.row, &draft.request.title, &why)));
    whole.drafts = kept;
    whole.drafts.extend(part.drafts);
    whole.skipped.extend(part.skipped);
    whole.notes.extend(part.notes);
    let ignored = part.columns_ignored.into_iter();
    let ignored: Vec<String> = ignored.filter(|column| !whole.columns_ignored.contains(column)).collect();
    whole.columns_ignored.extend(ignored);
    // How the newest was read stands for all of them; each says by which preset.
    (whole.preset, whole.header_row) = (part.preset, part.header_row);
    (whole.delimiter, whole.encoding) = (part.delimiter, part.encoding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::preset::Presets;
    use crate::import::requests::{RequestOptions, read_requests};

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
