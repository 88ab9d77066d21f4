//! What `doctor --fix` does about what it found: one safe thing for each. Nothing of the user's is written over,
//! moved or deleted; what replaces something is put beside it and named.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::config::{self, Fault, Places};
use crate::store::{Store, Sum, cause};

/// Takes everybody else's rights from a file or folder.
///
/// # Errors
/// A sentence.
pub fn make_private(path: &Path) -> Result<(), String> {
    set_mode(path, if path.is_dir() { 0o700 } else { 0o600 })
}

/// Says who may do what with a file or folder.
///
/// # Errors
/// A sentence.
pub fn set_mode(path: &Path, mode: u32) -> Result<(), String> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| format!("{} cannot be made private: {}", path.display(), cause::of(&error, path)))
}

/// Puts a compared copy of a store that lies in a synchronised folder where this machine keeps its data.
///
/// # Errors
/// A sentence, when there is a store already or the copy cannot be made.
pub fn copy_home(store: &Path) -> Result<String, String> {
    let home = Places::find(None, None).map(|places| places.store).filter(|home| home != store);
    let home = home.ok_or("name another place with `tablesetter backup FILE`")?;
    if home.exists() {
        return Err(format!("{} is there already; copy it with `tablesetter backup FILE`", home.display()));
    }
    if let Some(folder) = home.parent() {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let (opened, _) = Store::open(store).map_err(|error| error.to_string())?;
    opened.back_up_to(&home).map_err(|error| error.to_string())?;
    Ok(format!("a compared copy lies in {}: use it with --store, and leave this one", home.display()))
}

/// Puts the newest copy that is whole beside a damaged store.
///
/// # Errors
/// A sentence, when there is none or it cannot be put there.
pub fn newest_copy_beside(store: &Path) -> Result<String, String> {
    // One without a checksum may be as whole as the others, and is the last to be taken.
    let (fitting, other): (Vec<_>, Vec<_>) =
        Store::backups_of(store).into_iter().partition(|backup| matches!(backup.sum(), Ok(Sum::Fits)));
    let unknown = other.into_iter().filter(|backup| matches!(backup.sum(), Ok(Sum::Missing | Sum::Empty)));
    for copy in fitting.into_iter().chain(unknown) {
        let beside = free_name(store, "from-copy");
        fs::copy(&copy.path, &beside).map_err(|error| format!("{}: {error}", beside.display()))?;
        make_private(&beside)?;
        // A copy whose checksum fits was whole when it was made; whether this version can read it shows only
        // when it is opened.
        let sound = Store::open(&beside).and_then(|(opened, _)| opened.check());
        if sound.is_ok_and(|found| found.is_empty()) {
            return Ok(format!(
                "the copy from {} lies in {}: look at it with --store, and keep the damaged file",
                copy.at.format("%Y-%m-%d %H:%M UTC"),
                beside.display()
            ));
        }
        let _ = fs::remove_file(&beside);
    }
    Err("no copy is whole; keep the file as it is, and `tablesetter export` what it gives".to_owned())
}

/// Makes a new copy where the newest one is not whole.
///
/// # Errors
/// A sentence.
pub fn copy_anew(store: &Store) -> Result<String, String> {
    let made = store.back_up(Utc::now(), "doctor").map_err(|error| error.to_string())?;
    Ok(format!("a new copy was made: {}", made.path.display()))
}

/// Turns the lines of the configuration that are at fault into comments; the file as it was is kept beside.
///
/// # Errors
/// A sentence, where that would not help.
pub fn comment_out(file: &Path, faults: &[&Fault]) -> Result<String, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mended = without_lines(&text, faults);
    // Tried before anything is written: a line that is commented out may have opened a table that others need.
    if faults.iter().any(|fault| fault.line == 0) || !config::parse(&mended).faults.is_empty() {
        return Err(format!("edit {}", file.display()));
    }
    let kept = free_name(file, "before-doctor");
    fs::copy(file, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    fs::write(file, mended).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(format!("what was wrong is a comment now; the file as it was is {}", kept.display()))
}

fn without_lines(text: &str, faults: &[&Fault]) -> String {
    let is_faulty = |number: usize| faults.iter().any(|fault| fault.line == number);
    let lines = text.split_inclusive('\n').zip(1..);
    lines
        .map(|(line, number)| if is_faulty(number) { format!("# {line}") } else { line.to_owned() })
        .collect()
}

/// `store-from-copy.db`, or with a number if that is taken.
fn free_name(path: &Path, what: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let name = |number: u32| match number {
        1 => path.with_file_name(format!("{stem}-{what}{ending}")),
        _ => path.with_file_name(format!("{stem}-{what}-{number}{ending}")),
    };
    (1..u32::MAX).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(1))
}
