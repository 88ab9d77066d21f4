//! Sentences that name commands, said with keys: the verbs say what the command line can do, and nobody types a command
//! here.

use std::sync::Arc;

use crate::domain::hint::Hints;
use crate::ops::import::change_set::{ADD_PEOPLE, ChangeLine, ChangeSet};

/// What a sentence says from its first words to its last (to the first alone, where there are no others), and what is said
/// here instead.
const SAID: &[(&str, &str, &str)] = &[
    (ADD_PEOPLE, "", "{add-person}, or {import} with a file of people"),
    (
        "have declined: `tablesetter config names ",
        "you are none of them",
        "have declined, and which of them you are is not said yet; it is asked with the first calendar after a start",
    ),
    // Before the shorter one below, which is the beginning of this sentence and would leave its end behind.
    (
        "; say --day-first or --month-first, the others are then marked",
        "",
        "; {swap-days} says which, the others are then marked",
    ),
    ("; say --day-first or --month-first", "", "; {swap-days} says which"),
    ("--day-first or --month-first says which", "", "{swap-days} says which"),
    ("was taken for one (say --map \"COLUMN=", "\")", "was taken for one ({map-columns} says which one is)"),
    // What lacks a column leads to the page of its columns, whose foot has the key.
    (" (say --map \"COLUMN=", "\")", ""),
    (
        "; where that column is none of its numbers, say --map \"COLUMN=ignore\"",
        "",
        "; where that column is none of its numbers, {map-columns} leaves it out",
    ),
    (
        "`tablesetter import ",
        "FILE` reads it (or say with --map what its columns are)",
        "{read-as} reads it as that",
    ),
    (", or with --sheet", "", ""),
    ("--source NAME keeps the two apart", "", "as a source of its own, by {sources}, it is kept apart"),
    (", or with --source NAME together", "", ", or as a source, by {sources}, together"),
    (
        "; `tablesetter import requests FILE` reads it, or `import absences`",
        "",
        "; {read-as} reads it as something else",
    ),
    ("; `tablesetter import calendar FILE` reads it", "", "; {read-as} reads it as something else"),
    (": if it is them, `tablesetter forget ", "`", ": if it is them, {forget} on them forgets them again"),
    (
        "`tablesetter source edit NAME --limit SECONDS` gives",
        "",
        "{edit-source} on the page of sources gives",
    ),
    ("`tablesetter source edit NAME --url-stdin` gives", "", "{edit-source} on the page of sources gives"),
    ("`tablesetter source edit` names", "", "{edit-source} on the page of sources names"),
];

/// The same sentence with keys in place of commands.
pub fn in_keys(text: &str, hints: &Hints) -> String {
    let mut said = text.to_owned();
    for (begin, end, instead) in SAID {
        let Some(start) = said.find(begin) else { continue };
        let behind = start + begin.len();
        let Some(stop) = said[behind..].find(end).map(|at| behind + at + end.len()) else { continue };
        said.replace_range(start..stop, &hints.say(instead));
    }
    said
}

/// A change set of which every sentence is said so.
pub fn set_in_keys(set: &ChangeSet, hints: &Hints) -> Arc<ChangeSet> {
    let mut set = set.clone();
    set.notes.iter_mut().for_each(|note| *note = in_keys(note, hints));
    for ChangeLine { remarks, title, name, .. } in &mut set.lines {
        for remark in remarks {
            *remark = in_keys(remark, hints);
        }
        // What is no line of the file has a sentence for a title.
        if name.is_none() {
            *title = in_keys(title, hints);
        }
    }
    Arc::new(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tui::app::keymap::Keymap;

    #[test]
    fn every_sentence_of_an_import_that_names_a_command_is_said_with_keys() {
        let hints = Keymap::new(&Config::defaults()).0.hints();
        let sources = [
            include_str!("../../ops/import/calendar/whose.rs"),
            include_str!("../../ops/import/foreign.rs"),
            include_str!("../../ops/import/identity.rs"),
            include_str!("../../ops/import/named_requests.rs"),
            include_str!("../../ops/import/people.rs"),
            include_str!("../../ops/sources/curl.rs"),
            include_str!("../../ops/sources/fetch.rs"),
            include_str!("../../ops/sources/files.rs"),
            include_str!("../../import.rs"),
            include_str!("../../import/columns.rs"),
            include_str!("../../import/dates.rs"),
            include_str!("../../import/joined.rs"),
            include_str!("../../import/listing.rs"),
            include_str!("../../import/listing/missing.rs"),
            include_str!("../../import/people.rs"),
            include_str!("../../import/people/absences.rs"),
            include_str!("../../import/requests.rs"),
            include_str!("../../import/requests/cells.rs"),
            include_str!("../../import/shares/columns.rs"),
            include_str!("../../import/text/kind.rs"),
        ];
        let all: String = sources.map(|source| source.split("#[cfg(test)]").next().unwrap_or("")).concat();
        let all = all.replace("\\\n", "").replace("\\\"", "\"");
        // A string that goes on in the next line begins there without its blanks.
        let all: String = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for (begin, end, _) in SAID.iter().skip(1) {
            assert!(all.contains(begin) && all.contains(end), "nothing says {begin} … {end}");
        }
        for text in [
            "some of those invited have declined: `tablesetter config names a@x.example 'A B'` says once which of them you are, `config names --none` that you are none of them",
            "`03/04` could be two days; --day-first or --month-first says which",
            "there is no column for the title (say --map \"COLUMN=title\"); it has `A`",
            "no column is called a title, so `Was` was taken for one (say --map \"COLUMN=title\")",
            "this is a table of people; `tablesetter import people FILE` reads it (or say with --map what its columns are)",
            "if it is another list, --source NAME keeps the two apart",
            "this is a table, not a calendar; `tablesetter import requests FILE` reads it, or `import absences`",
        ] {
            let said = in_keys(text, &hints);
            assert!(!said.contains("tablesetter ") && !said.contains("--") && !said.contains('{'), "{said}");
        }
        assert_eq!(in_keys("nothing of the kind", &hints), "nothing of the kind");
    }
}
