//! A saved view as a table of the user's own file: put behind the rest, put in the place of what it was, or taken out.

use std::ops::Range;
use std::path::Path;

use toml::{Table, Value};

use super::{effective_of, parse, read_text, replace};
use crate::domain::view::{ListKind, View};

/// Writes a view into a configuration file, in the place of the one that it had been.
///
/// # Errors
/// A sentence with what to write by hand, when the file cannot be changed without harm.
pub fn set_view(path: &Path, before: &str, view: &View) -> Result<(), String> {
    let by_hand = || format!("write `{}` in {}", table(view, "; ").trim_end_matches("; "), path.display());
    change(path, by_hand, |text| with_view(text, before, view))
}

/// Takes a view out of a configuration file; a shipped one of its name holds again.
///
/// # Errors
/// A sentence with what to take out by hand, when the file cannot be changed without harm.
pub fn drop_view(path: &Path, name: &str) -> Result<(), String> {
    let by_hand = || format!("take `[views.{}]` out of {}", key(name), path.display());
    change(path, by_hand, |text| {
        let mended = without(text, name)?;
        (is_gone(&mended, name) && is_sound(&mended, text, &[name])).then_some(mended)
    })
}

/// What a configuration file says word by word, to put it back as it was.
pub fn text_of(path: &Path) -> Option<String> {
    read_text(path).ok()
}

/// Puts a file back as it was before a view was changed in it; false if it was written since, and left alone.
///
/// # Errors
/// A sentence, when it cannot be written.
pub fn put_back(path: &Path, now: &str, before: &str) -> Result<bool, String> {
    let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if text_of(&file).as_deref() != Some(now) {
        return Ok(false);
    }
    let failed = |error: std::io::Error| format!("{} cannot be written: {error}", path.display());
    replace(&file, before).map(|()| true).map_err(failed)
}

fn change(
    path: &Path,
    by_hand: impl Fn() -> String,
    mend: impl FnOnce(&str) -> Option<String>,
) -> Result<(), String> {
    let failed =
        |error: &std::io::Error| format!("{} cannot be written: {error}; {}", path.display(), by_hand());
    // A link to a file that is kept elsewhere stays one.
    let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let text = read_text(&file).map_err(|error| failed(&error))?;
    let why = || match parse(&text).faults.first() {
        Some(fault) => {
            format!("it has a fault in line {}, `tablesetter config check` says which", fault.line)
        }
        None => "a view of that name came in meanwhile, or its views are written in one line".to_owned(),
    };
    let mended = mend(&text)
        .ok_or_else(|| format!("{} was not changed, since {}; {}", path.display(), why(), by_hand()))?;
    replace(&file, &mended).map_err(|error| failed(&error))
}

fn with_view(text: &str, before: &str, view: &View) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let own = table(view, end);
    let mended = if let Some(place) = place(text, before).filter(|_| !before.is_empty()) {
        // What was noted in its table goes on standing there.
        let kept: String = text[place.clone()].split_inclusive('\n').skip(1).filter(is_note).collect();
        let (head, rest) = own.split_once(end)?;
        format!("{}{head}{end}{kept}{rest}{}", &text[..place.start], &text[place.end..])
    } else {
        let parted = match text {
            "" => String::new(),
            text if text.ends_with('\n') => end.to_owned(),
            _ => end.repeat(2),
        };
        format!("{text}{parted}{own}")
    };
    let says = parse(&mended).config.views.iter().any(|known| known == view);
    (says && is_sound(&mended, text, &[before, &view.name])).then_some(mended)
}

fn is_note(line: &&str) -> bool {
    line.trim_start().starts_with('#')
}

/// True if nothing but views of some names is read otherwise than before.
fn is_sound(mended: &str, text: &str, names: &[&str]) -> bool {
    let rest = |text: &str| {
        let mut all: Table = effective_of(text);
        if let Some(Value::Table(views)) = all.get_mut("views") {
            views.retain(|name, _| !names.contains(&name));
        }
        all
    };
    rest(mended) == rest(text) && parse(mended).faults.len() <= parse(text).faults.len()
}

fn is_gone(text: &str, name: &str) -> bool {
    !parse(text).config.views.iter().any(|view| view.name == name && view.is_own)
}

fn without(text: &str, name: &str) -> Option<String> {
    let place = place(text, name)?;
    let (before, after) = (&text[..place.start], &text[place.end..]);
    // The blank line that parted it goes with it.
    let after = if before.is_empty() { after.trim_start_matches(['\r', '\n']) } else { after };
    let before =
        if after.trim().is_empty() { before.trim_end().to_owned() + "\n" } else { before.to_owned() };
    let is_parted = before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let after = if is_parted { after.trim_start_matches(['\r', '\n']) } else { after };
    Some(if after.trim().is_empty() { before.trim_start().to_owned() } else { before + after })
}

/// The table of a view from its heading to its last setting.
fn place(text: &str, name: &str) -> Option<Range<usize>> {
    let (mut begin, mut found, mut end) = (0, None, 0);
    for line in text.split_inclusive('\n') {
        let next = begin + line.len();
        match (found, heading(line)) {
            (None, Some(of)) if of == name => (found, end) = (Some(begin), next),
            (Some(_), Some(_)) => break,
            // Notes behind the last setting are about what follows.
            (Some(_), None) if !line.trim().is_empty() && !is_note(&line) => end = next,
            _ => {}
        }
        begin = next;
    }
    found.map(|begin| begin..end)
}

/// Of which view a line is the heading; of any other table, a name that no view has.
fn heading(line: &str) -> Option<String> {
    let bare = line.trim_start_matches('\u{feff}').trim_start();
    // By the reader itself, since names can be written in quotes of two kinds.
    let table: Table = bare.starts_with('[').then(|| toml::from_str(bare).ok())??;
    let named = |views: &Value| views.as_table().and_then(|views| views.keys().next().cloned());
    Some(table.get("views").and_then(named).unwrap_or_default())
}

fn key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if name.chars().all(is_bare) { name.to_owned() } else { Value::from(name).to_string() }
}

/// Its table, with what it says and nothing else.
fn table(view: &View, end: &str) -> String {
    let mut lines = vec![format!("[views.{}]", key(&view.name))];
    let mut say = |setting: &str, value: Value| lines.push(format!("{setting} = {value}"));
    // As the shipped ones are written: requests are meant where nothing is said.
    if view.list != ListKind::Requests {
        say("list", Value::from(view.list.name()));
    }
    say("filter", Value::from(view.filter.as_str()));
    if let Some(order) = view.order {
        say("order", Value::from(order.to_string()));
    }
    if !view.columns.is_empty() {
        say("columns", view.columns.iter().map(|column| column.name).collect::<Vec<_>>().into());
    }
    if let Some(group) = view.group {
        say("group", Value::from(group.name));
    }
    if let Some(letter) = view.letter {
        say("letter", Value::from(letter.to_string()));
    }
    lines.into_iter().map(|line| line + end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::filter::columns;

    fn jobs() -> View {
        let list = ListKind::Promises;
        View {
            filter: "who:\"Kim O'Hara\" is:open".to_owned(),
            order: columns::order("-due", list).ok(),
            columns: vec![columns::named("way", list).unwrap(), columns::named("due", list).unwrap()],
            group: columns::named("who", list).ok(),
            letter: Some('p'),
            is_own: true,
            ..View::new("print jobs", list)
        }
    }

    const JOBS: &str = "[views.\"print jobs\"]\nlist = \"promises\"\nfilter = \"\"\"who:\"Kim O'Hara\" is:open\"\"\"\norder = \"-due\"\n\
        columns = [\"way\", \"due\"]\ngroup = \"who\"\nletter = \"p\"\n";

    #[test]
    fn a_view_is_put_behind_the_rest_which_stays() {
        for (text, expected) in [
            ("", JOBS.to_owned()),
            (
                "# mine\n[team]\nday_hours = 7 # short",
                format!("# mine\n[team]\nday_hours = 7 # short\n\n{JOBS}"),
            ),
            ("[team]\r\n", format!("[team]\r\n\r\n{}", JOBS.replace('\n', "\r\n"))),
            (
                "[views.x]\nfilter = \"is:late\"\n\n[keys]\nviews = [\"R\"]\n",
                format!("[views.x]\nfilter = \"is:late\"\n\n[keys]\nviews = [\"R\"]\n\n{JOBS}"),
            ),
        ] {
            assert_eq!(with_view(text, "", &jobs()).as_deref(), Some(expected.as_str()), "{text:?}");
            let back = without(&expected, "print jobs").unwrap();
            assert_eq!(back.trim_end(), text.trim_end(), "taken out again");
        }
    }

    #[test]
    fn a_view_takes_the_place_of_what_it_was_and_notes_stay() {
        let text = "# a\n[views.old] # mine\n# why\nfilter = \"is:late\"\nlist = \"requests\"\n\n# of keys\n[keys]\n";
        let (head, rest) = JOBS.split_once('\n').unwrap();
        assert_eq!(
            with_view(text, "old", &jobs()),
            Some(format!("# a\n{head}\n# why\n{rest}\n# of keys\n[keys]\n"))
        );
        assert_eq!(without(text, "old").as_deref(), Some("# a\n\n# of keys\n[keys]\n"));
        let text = "[views.a]\nfilter = \"x\"\n\n[views.b]\nfilter = \"y\"\n\n[team]\n";
        assert_eq!(without(text, "b").as_deref(), Some("[views.a]\nfilter = \"x\"\n\n[team]\n"));
    }

    #[test]
    fn a_file_that_would_be_harmed_is_left_alone() {
        for text in ["views = { x = { filter = \"is:late\" } }\n", "[team\n", "a = '''\n[views.old]\n'''x\n"]
        {
            assert_eq!(with_view(text, "", &jobs()), None, "{text:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("config.toml");
        set_view(&path, "", &jobs()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), JOBS);
        let found = crate::config::load(&path).config.views.iter().any(|view| *view == jobs());
        assert!(found, "it is read as it was");
        let told = drop_view(&path, "late").unwrap_err();
        assert!(told.contains("take `[views.late]` out of"), "{told}");
        drop_view(&path, "print jobs").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "");
        let inside = path.join("config.toml");
        let told = set_view(&inside, "", &jobs()).unwrap_err();
        assert!(told.contains("cannot be written") && told.contains("write `[views."), "{told}");
    }
}
