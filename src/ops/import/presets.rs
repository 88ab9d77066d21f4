//! The user's own presets: TOML files in the folder that `tablesetter config path` prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{ColumnChoice, DateOrder, FileKind};
use crate::import::preset::{Preset, PresetPlace, Presets, naming, own as own_preset};
use crate::ops::{OpsError, cause};

/// So many letters of a preset's name at most, which is the name of its file.
const LONGEST_NAME: usize = 60;

/// Every preset of a folder, by the name of its file.
///
/// # Errors
/// A sentence, when one cannot be read.
pub fn own(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut own = Vec::new();
    let failed =
        |error: &io::Error| format!("cannot read {}: {}", folder.display(), cause::of(error, folder));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(|error| failed(&error))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        // Read without them, a file would come in under another source, and each of its rows as a new one.
        Err(error) => return Err(failed(&error)),
    };
    for entry in entries {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "toml") && !path.is_dir() {
            let read = fs::read(&path)
                .map_err(|error| format!("cannot read {}: {}", path.display(), cause::of(&error, &path)))?;
            // What is no text is told with the other faults of a preset, and costs no import.
            let text = String::from_utf8_lossy(&read).into_owned();
            own.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    // A folder gives its files in any order, and what is recognised must not depend on it.
    own.sort();
    Ok(own)
}

/// The presets that can be read, and what is wrong with the others. One that is asked for by name stays, to be refused
/// with its fault: of all others an import has no need.
pub fn usable(own: Vec<(String, String)>, wanted: Option<&str>) -> (Vec<(String, String)>, Vec<String>) {
    let is_wanted =
        |file: &str| wanted.is_some_and(|name| file.trim_end_matches(".toml").eq_ignore_ascii_case(name));
    let (mut kept, mut faults) = (Vec::new(), Vec::new());
    for preset in own {
        match own_preset(&preset.0, &preset.1) {
            Err(error) if !is_wanted(&preset.0) => {
                faults.push(format!("{error}; this preset is left out"));
                continue;
            }
            Ok(found) if !found.said_name.is_empty() => {
                faults.extend(naming(&found).map(|told| format!("preset {}: {told}", preset.0)));
            }
            _ => {}
        }
        kept.push(preset);
    }
    (kept, faults)
}

/// What is wrong with a preset of a folder, or to be known of how it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetFault {
    pub file: String,
    /// Where in it; zero where that cannot be said.
    pub place: PresetPlace,
    /// What is to be known.
    pub message: String,
    /// It cannot be used.
    pub is_broken: bool,
}

/// Everything that is to be known of the presets of a folder.
///
/// # Errors
/// A sentence, when one cannot be read.
pub fn checked(folder: &Path) -> Result<Vec<PresetFault>, String> {
    let told = |(file, text): (String, String)| {
        let (place, message, is_broken) = match own_preset(&file, &text) {
            Err(error) => (error.place, error.message, true),
            Ok(preset) => (PresetPlace::default(), naming(&preset)?, false),
        };
        Some(PresetFault { file, place, message, is_broken })
    };
    Ok(own(folder)?.into_iter().filter_map(told).collect())
}

/// What columns fill, to be kept as a preset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PresetText {
    pub name: String,
    /// What such files are lists of; nothing stands for requests.
    pub kind: Option<FileKind>,
    /// Under which name the requests of such files are kept.
    pub source: String,
    /// The sheet of a workbook that was chosen; empty where there was no choice.
    pub sheet: String,
    pub columns: Vec<ColumnChoice>,
    pub order: Option<DateOrder>,
}

/// Saves what columns fill as a preset of a name, which then recognises files with these columns by itself.
///
/// # Errors
/// When the name is none that a file can have, a preset of it is there, or it cannot be written.
pub fn save(folder: &Path, preset: &PresetText) -> Result<PathBuf, OpsError> {
    let name = file_name(&preset.name)?;
    let text = text(&name, preset);
    // A preset that cannot be read back would be left out of every later import, long after whoever saved it could
    // help.
    Preset::read(&name, &text)
        .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None })?;
    let path = folder.join(format!("{name}.toml"));
    let failed = |error: &io::Error| OpsError::Rejected {
        message: match error.kind() {
            io::ErrorKind::AlreadyExists => format!("there is a preset {name} already"),
            _ => format!("{} cannot be written: {error}", path.display()),
        },
        hint: None,
    };
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| failed(&error))?;
    // Asked of the file system at the last moment: two cockpits may save a preset of one name.
    file.persist_noclobber(&path).map_err(|error| failed(&error.error))?;
    Ok(path)
}

/// A name in small letters, digits and hyphens, as the presets of the program have them.
fn file_name(name: &str) -> Result<String, OpsError> {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let name = words.join("-");
    if name.is_empty() {
        return Err(OpsError::rejected("a preset needs a name of letters", "As `studio-planner`."));
    }
    if name.len() > LONGEST_NAME {
        let message = format!("the name of a preset has at most {LONGEST_NAME} letters");
        return Err(OpsError::rejected(message, "As `studio-planner`."));
    }
    if Presets::built_in_text(&name).is_some() {
        return Err(OpsError::rejected(
            format!("{name} is a preset of the program"),
            "Give yours a name of its own.",
        ));
    }
    Ok(name)
}

/// The preset as its file has it. All of its columns have to be there for a file to be recognised, so that no other
/// table is taken for it.
/// Its source stays the one under which such files were imported before it: under another one each row would be new.
fn text(name: &str, preset: &PresetText) -> String {
    let PresetText { source, sheet, columns, order, .. } = preset;
    let list = |names: &[&str]| {
        format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
    };
    let all = |field: Option<&str>| -> Vec<&str> {
        let fits = columns.iter().filter(|column| column.field.as_deref() == field);
        fits.map(|column| column.name.as_str()).collect()
    };
    // A stroke parts two names of which either will do.
    let signed: Vec<&str> =
        columns.iter().map(|column| column.name.as_str()).filter(|name| !name.contains('|')).collect();
    let mut text = format!(
        "# Saved from the page of an import.\nname = {}\ntitle = {}\nsource = {}\nsignature = {}\n",
        quoted(name),
        quoted(name),
        quoted(source),
        list(&signed)
    );
    if !sheet.is_empty() {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    if let Some(order) = order {
        let order = if *order == DateOrder::DayFirst { "day-first" } else { "month-first" };
        let _ = writeln!(text, "date_order = \"{order}\"");
    }
    if let Some(listed) = preset.kind.and_then(FileKind::columns) {
        return text + &part(listed.section(), columns);
    }
    let has_id = !all(Some("external-id")).is_empty();
    let _ = writeln!(text, "id = \"{}\"", if has_id { "column" } else { "content" });
    let ignored = all(None);
    if !ignored.is_empty() {
        let _ = writeln!(text, "ignored = {}", list(&ignored));
    }
    text + &part("columns", columns)
}

/// The part of a preset that names the columns of each field.
fn part(section: &str, columns: &[ColumnChoice]) -> String {
    let mut by_field: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for column in columns {
        if let Some(field) = &column.field {
            by_field.entry(field).or_default().push(quoted(&column.name));
        }
    }
    let lines = by_field.iter().map(|(field, names)| format!("{field} = [{}]\n", names.join(", ")));
    format!("\n[{section}]\n{}", lines.collect::<String>())
}

/// A text in the quotes of TOML, which are those of JSON but for one control character.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, field: Option<&str>) -> ColumnChoice {
        ColumnChoice { name: name.to_owned(), samples: Vec::new(), field: field.map(str::to_owned) }
    }

    #[test]
    fn a_saved_preset_is_read_back_and_recognises_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let columns = [
            column("Was \"neu\" wird", Some("title")),
            column("Wann", Some("due")),
            column("Stimmung", Some("answer")),
            column("Lfd. Nr", None),
        ];
        let draft = PresetText {
            name: "Studio Planner".to_owned(),
            kind: None,
            source: "csv".to_owned(),
            sheet: "Plan \"neu\"".to_owned(),
            columns: columns.to_vec(),
            order: Some(DateOrder::DayFirst),
        };
        let path = save(folder.path(), &draft).unwrap();
        assert!(path.ends_with("studio-planner.toml"));
        let (kept, faults) = usable(own(folder.path()).unwrap(), None);
        assert_eq!((kept.len(), faults.len()), (1, 0));
        let presets = Presets::new(&kept).unwrap();
        let preset = presets.get("studio-planner").unwrap();
        assert_eq!((preset.signature.len(), preset.date_order), (4, Some(DateOrder::DayFirst)));
        assert!(preset.ignores("lfdnr"));
        assert_eq!(preset.sheet, "Plan \"neu\"");
        let again = save(folder.path(), &draft).unwrap_err().to_string();
        assert!(again.contains("already"), "{again}");
    }

    #[test]
    fn names_that_no_file_should_have_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (name, expected) in
            [("  ", "a name of letters"), ("../..", "a name of letters"), ("Jira cloud", "of the program")]
        {
            let columns = vec![column("A", Some("title"))];
            let draft = PresetText { name: name.to_owned(), columns, ..PresetText::default() };
            let error = save(folder.path(), &draft).unwrap_err().to_string();
            assert!(error.contains(expected), "{name}: {error}");
        }
    }

    #[test]
    fn what_is_no_preset_costs_no_import() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("old.toml")).unwrap();
        fs::write(folder.path().join("latin.toml"), b"# Gr\xfc\xdfe\nname = \"latin\"\n").unwrap();
        let found = own(folder.path()).unwrap();
        assert_eq!(found.len(), 1);
        let (kept, faults) = usable(found, None);
        assert!(kept.is_empty() && faults[0].contains("not UTF-8"), "{faults:?}");
    }

    #[test]
    fn a_broken_preset_is_left_out_unless_it_is_asked_for() {
        let broken = || vec![("mine.toml".to_owned(), "name = ".to_owned())];
        let (kept, faults) = usable(broken(), None);
        assert!(kept.is_empty() && faults[0].contains("left out"), "{faults:?}");
        assert_eq!(usable(broken(), Some("mine")).0.len(), 1);
    }
}
