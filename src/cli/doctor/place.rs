//! Where the store lies: room on the disk, whether it can be written, and who else can get at its folder.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::{Check, mend};
use crate::store::Store;

/// All checks of the place. Looked at before the store is opened.
pub fn checks(store: &Path, is_fixing: bool) -> Vec<Check> {
    if !store.exists() {
        return Vec::new();
    }
    // What is looked at is the folder in which the file lies, and not that of a link to it.
    let real = std::fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
    let found =
        [disk(&real), writing(&real), copies(&real, is_fixing), folder(&real, is_fixing), links(&real)];
    found.into_iter().flatten().collect()
}

fn disk(store: &Path) -> Option<Check> {
    let room = Store::room_beside(store)?;
    let size = std::fs::metadata(store).map_or(0, |file| file.len());
    // Less is no room for a log and its index, or for the next copy.
    if let Some(full) = Store::is_full(store) {
        let fix = "make room there; nothing is lost meanwhile, and everything can be read";
        return Some(Check::bad("disk", full, fix));
    }
    if room < size {
        let (room, size) = (room >> 10, size >> 10);
        let wrong = format!("{room} KiB are left where the store lies, and a copy of it takes {size}");
        return Some(Check::bad("disk", wrong, "make room there; changes are kept, copies cannot be made"));
    }
    Some(Check::good("disk", format!("{} MiB are free", room >> 20)))
}

/// Where copies belong is closed, or something else lies there.
fn copies(store: &Path, is_fixing: bool) -> Option<Check> {
    let wrong = Store::cannot_be_copied(store)?;
    let Some(folder) = &wrong.is_closed else {
        return Some(Check::bad("copies folder", wrong.sentence, wrong.remedy));
    };
    Some(Check::mended("copies folder", wrong.sentence, (is_fixing, wrong.remedy), || {
        mend::make_private(folder)?;
        Ok("open to you alone now".to_owned())
    }))
}

/// What else stands in the way of writing.
fn writing(store: &Path) -> Option<Check> {
    let (why, fix) = Store::cannot_be_written(store)?;
    Some(Check::bad("writing", format!("the store cannot be written: {why}"), fix))
}

/// Others who can write in the folder can exchange the store. Who can look into it sees names and times: the folder that
/// this program makes for itself is closed, and how others are kept is their owner's business.
fn folder(store: &Path, is_fixing: bool) -> Option<Check> {
    let folder = store.parent()?;
    let found = std::fs::metadata(folder).ok()?;
    let mode = found.permissions().mode() & 0o7777;
    let is_ours_alone = holds_nothing_else(folder, store);
    // That others can look into somebody's documents folder is their own choice; into ours it would be a fault
    // of ours.
    let is_made_by_us = folder.file_name().is_some_and(|name| name.to_string_lossy().contains("tablesetter"));
    let can_write = mode & 0o022 != 0;
    let is_open = can_write || (mode & 0o055 != 0 && is_made_by_us);
    if !is_open {
        return None;
    }
    let is_sticky = mode & 0o1000 != 0;
    let what = if can_write && is_sticky {
        "put files beside the store that it would take in; what is yours they cannot exchange"
    } else if can_write {
        "exchange what lies in it"
    } else {
        "look into it"
    };
    let detail = format!("{mode:o}: others on this machine can get into {} and {what}", folder.display());
    // The system's own folder for everybody, or somebody else's: nothing that could be changed here.
    if is_sticky || found.uid() != rustix::process::geteuid().as_raw() {
        return Some(Check::bad("folder", detail, "move the store into a folder of your own"));
    }
    // In a folder with files of others only the right to write is taken away: who may look into it is its owner's
    // choice.
    let wanted = if is_ours_alone { 0o700 } else { mode & 0o755 };
    let proposal = format!("chmod {wanted:o} {}", folder.display());
    Some(Check::mended("folder", detail, (is_fixing, proposal), || {
        mend::set_mode(folder, wanted)?;
        Ok(format!("{wanted:o} now"))
    }))
}

/// True if everything in a folder is of this program.
fn holds_nothing_else(folder: &Path, store: &Path) -> bool {
    let stem = store.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let is_ours = |name: &str| {
        // Logs, marks and the folder of copies begin with the name of the store.
        name.starts_with(&stem)
            || name.starts_with(".tablesetter")
            || Path::new(name).extension().is_some_and(|ending| ending == "toml" || ending == "db")
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).all(|name| is_ours(&name.to_string_lossy()))
}

/// A second name leads to a second log.
fn links(store: &Path) -> Option<Check> {
    let count = std::fs::metadata(store).ok()?.nlink();
    (count > 1).then(|| {
        Check::bad(
            "links",
            format!(
                "{} has {count} hard links: opened by two names it has two logs, and is damaged",
                store.display()
            ),
            "keep one name, and make symbolic links of the others",
        )
    })
}
