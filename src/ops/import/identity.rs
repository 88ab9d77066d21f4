//! Which request a row is when nothing in the file says so. A sheet without ids knows its rows by their words, so a
//! title that somebody mended would be another request, and the old one would stand beside it for ever. A row that is
//! new beside one that vanished and is much like it is taken for the same; what only vanished is told and left as it is,
//! since a filtered export is no end.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::lines::RowLines;
use crate::domain::request::{Request, is_made_of_words};
use crate::domain::words::fold;
use crate::import::requests::Draft;
use crate::store::{SourceEntry, hidden_id};

/// So many pairs of a new row and a vanished one are compared; with more of them the file is another file.
const PAIRS: usize = 100_000;

/// What a file says about the requests of its source.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Requests that a row is now, by the id of the row.
    pub(super) renamed: HashMap<String, SourceEntry>,
    /// Open requests that the file does not have.
    pub(super) vanished: Vec<SourceEntry>,
    /// Nothing of its source is here, so no row of it can be known already. Of two rows of one id the second is known once
    /// the first has come.
    pub(super) is_first: bool,
    /// So many of its source stand here, and no row of the file is one of them.
    strangers: usize,
    has_rows: bool,
}

impl Identity {
    /// Compares what is known of a source with what a file has.
    pub(super) fn of(entries: &[SourceEntry], drafts: &[Draft], as_new: &RowLines) -> Self {
        let ids: HashSet<&str> = drafts.iter().map(|draft| draft.request.external_id.as_str()).collect();
        // What was forgotten is known under another id, which only the row itself leads to.
        let is_empty = entries.is_empty();
        let hidden: HashSet<String> = ids.iter().filter(|_| !is_empty).map(|id| hidden_id(id)).collect();
        let is_first = is_empty && ids.len() == drafts.len();
        let is_there = |entry: &SourceEntry| {
            ids.contains(entry.external_id.as_str()) || hidden.contains(&entry.external_id)
        };
        let known: HashSet<&str> = entries.iter().map(|entry| entry.external_id.as_str()).collect();
        let is_new =
            |draft: &&Draft| !known.contains(draft.request.external_id.as_str()) && !as_new.holds(draft.row);
        let new: Vec<&Draft> = drafts.iter().filter(is_new).collect();
        let is_same_file = entries.iter().any(is_there);
        let missing: Vec<SourceEntry> =
            entries.iter().filter(|entry| entry.is_open && !is_there(entry)).cloned().collect();
        let mut renamed = by_title(&new, &missing);
        let found: HashSet<i64> = renamed.values().map(|entry| entry.id.0).collect();
        let missing_still: Vec<&SourceEntry> =
            missing.iter().filter(|entry| !found.contains(&entry.id.0)).collect();
        // Another id is another request, whatever it is called.
        let new_still: Vec<&&Draft> = new
            .iter()
            .filter(|draft| draft.has_made_id() && !renamed.contains_key(&draft.request.external_id))
            .collect();
        if new_still.len() * missing_still.len() <= PAIRS {
            for draft in &new_still {
                let old = only(missing_still.iter().filter(|entry| is_alike(entry, &draft.request)));
                // Two rows that could both be it are two new ones, and it vanished.
                let back = |entry: &SourceEntry| {
                    only(new_still.iter().filter(|draft| is_alike(entry, &draft.request))).is_some()
                };
                if let Some(entry) = old.filter(|entry| back(entry)) {
                    renamed.insert(draft.request.external_id.clone(), (*entry).clone());
                }
            }
        }
        let taken: HashSet<i64> = renamed.values().map(|entry| entry.id.0).collect();
        // A file that has nothing in common with the one before is another file of the same kind.
        let is_told = is_same_file || !renamed.is_empty();
        let strangers = if is_told { 0 } else { missing.len() };
        let vanished = missing.into_iter().filter(|entry| is_told && !taken.contains(&entry.id.0)).collect();
        Self { renamed, vanished, is_first, strangers, has_rows: !drafts.is_empty() }
    }

    /// Says that a file has nothing in common with what its source said before: it may be another list, or all of it is
    /// gone. One without a request may be how a tool says that it failed, so that closes nothing either.
    pub(super) fn stranger(&self, source: &str) -> Option<String> {
        let (which, stay) = match self.strangers {
            0 => return None,
            1 => ("the open request".to_owned(), "stays as it is"),
            count => (format!("the {count} open requests"), "stay as they are"),
        };
        if !self.has_rows {
            return Some(format!("this file has no request; {which} that came from {source} before {stay}"));
        }
        let one_of = if self.strangers > 1 { "one of " } else { "" };
        Some(format!(
            "no row of this file is {one_of}{which} that came from {source} before, which {stay}; if it is another list, \
             --source NAME keeps the two apart"
        ))
    }
}

/// What is said of a row that is taken for one that vanished.
pub(super) fn told(old: &SourceEntry, draft: &Draft) -> String {
    let why = if fold(&old.title) == fold(&draft.request.title) {
        "known again by its title, though its id or who asks for it is another".to_owned()
    } else {
        format!("renamed: it was `{}`", old.title)
    };
    format!("{why}; --as-new {} makes it a request of its own", draft.row)
}

/// Rows that are called what alone of those that vanished is called so, where ids came to a list that had none, or went.
/// Two ids that a tool gave are two requests.
fn by_title(new: &[&Draft], missing: &[SourceEntry]) -> HashMap<String, SourceEntry> {
    let mut old: HashMap<String, Option<&SourceEntry>> = HashMap::new();
    for entry in missing {
        // Of two that are called alike, nothing says which one the row is.
        old.entry(fold(&entry.title)).and_modify(|known| *known = None).or_insert(Some(entry));
    }
    let mut rows: HashMap<String, usize> = HashMap::new();
    for draft in new {
        *rows.entry(fold(&draft.request.title)).or_default() += 1;
    }
    let pairs = new.iter().filter_map(|draft| {
        let title = fold(&draft.request.title);
        let entry = old.get(&title).copied().flatten().filter(|_| rows[&title] == 1)?;
        let is_open = draft.has_made_id() || is_made_of_words(&entry.external_id);
        (is_open && is_alike(entry, &draft.request))
            .then(|| (draft.request.external_id.clone(), entry.clone()))
    });
    pairs.collect()
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// True if a row may be what a request is called now.
fn is_alike(entry: &SourceEntry, request: &Request) -> bool {
    let same = |old: &str, new: &str| fold(old.trim()) == fold(new.trim());
    let fits = |old: &str, new: &str| old.is_empty() || new.is_empty() || same(old, new);
    let brand = fits(&entry.brand, &request.brand);
    if same(&entry.title, &request.title) {
        return brand || same(&entry.requester, &request.requester);
    }
    brand && fits(&entry.requester, &request.requester) && is_mended(&entry.title, &request.title)
}

/// True for a title to which words came or from which some went, or with a few other letters. Words with digits are never
/// exchanged: `Poster A2` and `Poster A3` are two.
fn is_mended(old: &str, new: &str) -> bool {
    let words = |title: &str| -> BTreeSet<String> {
        fold(title)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (old_words, new_words) = (words(old), words(new));
    let (few, many) =
        if old_words.len() <= new_words.len() { (&old_words, &new_words) } else { (&new_words, &old_words) };
    if few.is_subset(many) {
        // `Film` and `Film trailer` are two pieces of work, and so are two words and a whole sentence that begins
        // with them.
        return few.len() >= 2 && few.len() * 5 >= many.len() * 2;
    }
    let numbers = |words: &BTreeSet<String>| -> Vec<String> {
        words.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).cloned().collect()
    };
    // `Banner 300x250` and `Banner 300x600` differ in two letters of fourteen, and are two pieces of work.
    numbers(&old_words) == numbers(&new_words)
        && strsim::normalized_levenshtein(&fold(old), &fold(new)) >= 0.8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_was_mended_is_told_from_another_one() {
        for (old, new, is) in [
            ("Poster A2", "Poster A2 and A3", true),
            ("Poster A2 and A3", "Poster A2", true),
            ("Autumn window posters", "Autumn window poster", true),
            ("Gift guide cover", "Gift guide cover, 24 pages", true),
            ("Poster A2", "Poster A3", false),
            ("Banner 300x250", "Banner 300x600", false),
            ("Film", "Film trailer", false),
            ("Menu insert", "Tent card", false),
            ("Week 1 mail", "Week 2 mail", false),
            ("Social posts", "Social posts for the spring launch in five markets and languages", false),
        ] {
            assert_eq!(is_mended(old, new), is, "{old} → {new}");
        }
    }
}
