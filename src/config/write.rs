//! One setting put into the user's own file. All else in it stays as it was written: comments, order, line ends.

pub mod views;

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::{effective_of, parse};

/// Puts settings of one table into a configuration file; one that is not there yet is begun.
///
/// # Errors
/// A sentence with what to write by hand, when the file cannot be changed without harm.
fn set(path: &Path, table: &str, settings: &[(&str, Value)]) -> Result<(), String> {
    let by_hand = || {
        let lines = settings.iter().map(|(key, value)| format!("`{key} = {value}`"));
        format!("write {} under `[{table}]` in {}", lines.collect::<Vec<_>>().join(" and "), path.display())
    };
    let failed = |error: &io::Error| format!("{} cannot be written: {error}; {}", path.display(), by_hand());
    // Settings are often kept elsewhere and linked to; the link is to stay one.
    let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut text = read_text(&file).map_err(|error| failed(&error))?;
    for (key, value) in settings {
        text = with_setting(&text, table, key, value).ok_or_else(by_hand)?;
    }
    replace(&file, &text).map_err(|error| failed(&error))
}

/// Puts the lead's own names into a configuration file; none says that they are not to be asked for again.
///
/// # Errors
/// A sentence with what to write by hand, when the file cannot be changed without harm.
pub fn set_own_names(path: &Path, names: &[String]) -> Result<(), String> {
    let mut settings = vec![("names", Value::from(names.to_vec()))];
    if names.is_empty() {
        settings.push(("ask_names", Value::from(false)));
    }
    set(path, "lead", &settings)
}

/// What a file says; one that is not there yet says nothing.
fn read_text(file: &Path) -> io::Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

/// The whole file at once, with the rights that it had.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let rights: Option<Permissions> = fs::metadata(file).ok().map(|about| about.permissions());
    // Put in its place, a new file would get past a lock that somebody meant.
    if rights.as_ref().is_some_and(Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is locked against writing"));
    }
    // Whole or not at all: half a configuration would cost settings that nobody touched.
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    if let Some(rights) = rights {
        beside.as_file().set_permissions(rights)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(file)?;
    Ok(())
}

/// A text in which a setting has a value; nothing where that cannot be done without harm to the rest.
fn with_setting(text: &str, table: &str, key: &str, value: &Value) -> Option<String> {
    let says = |mended: &String| {
        let said = effective_of(mended);
        let said = said.get(table).and_then(|table| table.get(key));
        // A fault more would mean that what was written before is read otherwise now.
        said == Some(value) && parse(mended).faults.len() <= parse(text).faults.len()
    };
    candidates(text, table, key, value).into_iter().find(says)
}

/// Ways to say it, the best first: where it is said, under the heading of its table, under a heading of its own.
fn candidates(text: &str, table: &str, key: &str, value: &Value) -> Vec<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("{key} = {value}{end}");
    let mut ways = Vec::new();
    if let Some(place) = place_of_value(text, table, key) {
        ways.push(format!("{}{value}{}", &text[..place.start], &text[place.end..]));
    }
    if let Some(place) = below_heading(text, table) {
        let parted = if text[..place].ends_with('\n') { "" } else { end };
        ways.push(format!("{}{parted}{line}{}", &text[..place], &text[place..]));
    }
    let parted = match text {
        "" => String::new(),
        text if text.ends_with('\n') => end.to_owned(),
        _ => end.repeat(2),
    };
    ways.push(format!("{text}{parted}[{table}]{end}{line}"));
    // Where the table is written by dotted names, it has no heading.
    let (mark, rest) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    ways.push(format!("{mark}{table}.{line}{rest}"));
    ways
}

fn place_of_value(text: &str, table: &str, key: &str) -> Option<Range<usize>> {
    // The reader takes no mark of order, which counts in its places all the same.
    let bare = text.trim_start_matches('\u{feff}');
    let before = text.len() - bare.len();
    let (all, _) = DeTable::parse_recoverable(bare);
    let DeValue::Table(inner) = all.get_ref().get(table)?.get_ref() else { return None };
    let place = inner.get(key)?.span();
    Some(place.start + before..place.end + before)
}

/// Where the line below the heading of a table begins.
fn below_heading(text: &str, table: &str) -> Option<usize> {
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        begin += line.len();
        let bare = line.trim_start_matches('\u{feff}').split('#').next().unwrap_or_default().trim();
        let name = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if name.is_some_and(|name| name.trim() == table) {
            return Some(begin);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{AskNames, EXAMPLE, load};

    fn names() -> Value {
        Value::Array(vec![Value::from("robin@x.example"), Value::from("Robin \"R\" Vale")])
    }

    fn set_in(text: &str) -> Option<String> {
        with_setting(text, "lead", "names", &names())
    }

    #[test]
    fn a_setting_is_put_where_it_belongs_and_all_else_stays() {
        let value = r#"["robin@x.example", 'Robin "R" Vale']"#;
        for (text, expected) in [
            ("", format!("[lead]\nnames = {value}\n")),
            (
                "# mine\n[team]\nday_hours = 7 # short\n",
                format!("# mine\n[team]\nday_hours = 7 # short\n\n[lead]\nnames = {value}\n"),
            ),
            ("[team]\nday_hours = 7", format!("[team]\nday_hours = 7\n\n[lead]\nnames = {value}\n")),
            (
                "[ lead ] # me\nlanguage = \"de\"\n[team]\n",
                format!("[ lead ] # me\nnames = {value}\nlanguage = \"de\"\n[team]\n"),
            ),
            ("[lead]", format!("[lead]\nnames = {value}\n")),
            (
                "[lead]\nnames = [\n  \"Old\", # before\n] # mine\n[team]\n",
                format!("[lead]\nnames = {value} # mine\n[team]\n"),
            ),
            ("\u{feff}[lead]\r\nnames = []\r\n", format!("\u{feff}[lead]\r\nnames = {value}\r\n")),
            ("[team]\r\n", format!("[team]\r\n\r\n[lead]\r\nnames = {value}\r\n")),
            ("lead.language = \"de\"\n", format!("lead.names = {value}\nlead.language = \"de\"\n")),
        ] {
            assert_eq!(set_in(text).as_deref(), Some(expected.as_str()), "{text:?}");
        }
        let whole = set_in(EXAMPLE).unwrap();
        assert_eq!(whole, EXAMPLE.replacen("names = []", &format!("names = {value}"), 1));
    }

    #[test]
    fn a_file_that_would_be_harmed_is_left_alone() {
        for text in ["lead = { language = \"de\" }\n", "lead = 3\n", "[lead\n", "[team]\nday_hours = \n"] {
            assert_eq!(set_in(text), None, "{text:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "lead = { language = \"de\" }\n").unwrap();
        let told = set(&path, "lead", &[("names", names())]).unwrap_err();
        assert!(told.contains("write `names = [\"robin@x.example\"") && told.contains("`[lead]`"), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "lead = { language = \"de\" }\n");
    }

    #[test]
    fn a_linked_file_stays_one_with_its_rights() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("kept.toml"), folder.path().join("config.toml"));
        fs::write(&real, "# kept\n").unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        set(&link, "lead", &[("names", names()), ("ask_names", Value::from(false))]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        let loaded = load(&link);
        assert_eq!((loaded.config.own_names.len(), loaded.config.ask_names), (2, AskNames::Never));
        assert!(fs::read_to_string(&real).unwrap().starts_with("# kept\n"));
        let new = folder.path().join("new").join("config.toml");
        set(&new, "lead", &[("names", names())]).unwrap();
        assert_eq!(load(&new).config.own_names.len(), 2);
    }

    #[test]
    fn a_file_that_is_locked_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "[lead]\n").unwrap();
        let mut rights = path.metadata().unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&path, rights).unwrap();
        let told = set_own_names(&path, &["Dana".to_owned()]).unwrap_err();
        assert!(told.contains("it is locked against writing; write `names"), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "[lead]\n");
    }
}
