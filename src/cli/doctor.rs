//! `doctor`: the store, its safety, the configuration and the terminal; nothing personal in it.

mod mend;
mod place;
mod sources;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use clap::Args;

use serde::Serialize;

use super::out::{Format, Out};
use super::{CliError, Done};
use crate::config::{self, Places};
use crate::domain::load::past::MissingDays;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::plain;
use crate::store::{Origin, Store, StoreError};
use crate::tui::app::keymap::Keymap;

/// Options of `doctor`.
#[derive(Debug, Clone, Args)]
pub struct DoctorArguments {
    /// Mend what can be mended safely
    #[arg(long)]
    pub fix: bool,
}

/// Folders that are copied behind a database's back.
const SYNCHRONISED: [&str; 6] = ["dropbox", "onedrive", "icloud", "google drive", "googledrive", "syncthing"];

#[derive(Debug, Serialize)]
struct Check {
    #[serde(rename = "check")]
    name: &'static str,
    ok: bool,
    detail: String,
    fix: Option<String>,
}

impl Check {
    fn good(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, ok: true, detail: detail.into(), fix: None }
    }

    fn bad(name: &'static str, detail: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { name, ok: false, detail: detail.into(), fix: Some(fix.into()) }
    }

    /// Something wrong: with `--fix` what was done about it, otherwise what could be.
    fn mended(
        name: &'static str,
        detail: impl Into<String>,
        (is_fixing, proposal): (bool, impl Into<String>),
        mend: impl FnOnce() -> Result<String, String>,
    ) -> Self {
        let detail = detail.into();
        if !is_fixing {
            return Self::bad(name, detail, format!("{}; --fix does it", proposal.into()));
        }
        match mend() {
            Ok(done) => Self::good(name, format!("{detail}: {done}")),
            Err(why) => Self::bad(name, detail, why),
        }
    }
}

/// Runs all checks; anything wrong gives exit code 1.
pub fn run(places: &Places, arguments: &DoctorArguments, out: &mut Out) -> Done {
    let mut checks = Vec::new();
    // Who may do what with a file or folder of somebody else is not for us to change, whoever asks to fix it.
    if !places.store.exists() || Store::is_one(&places.store) {
        checks
            .extend([permissions(&places.store, arguments.fix), synchronised(&places.store, arguments.fix)]);
        checks.extend(place::checks(&places.store, arguments.fix));
        checks.extend(broken_copies(&places.store, arguments.fix));
        checks.extend(logs(&places.store, arguments.fix));
    }
    checks.extend(store(&places.store, arguments.fix));
    checks.extend(days(places, arguments.fix));
    checks.extend(sources::checks(places, arguments.fix));
    checks.extend(configuration(places, arguments.fix));
    checks.push(terminal());
    match out.format {
        Format::Json => out.json(&checks)?,
        format => {
            for check in &checks {
                let state = if check.ok { "ok" } else { "WRONG" };
                let fix = check.fix.as_deref().unwrap_or("");
                if format == Format::Plain {
                    out.record(&[check.name, state, &check.detail, fix])?;
                    continue;
                }
                out.line(&format!(
                    "{} {} {}",
                    out.fit(state, 6),
                    out.fit(check.name, 14),
                    plain::harmless(&check.detail)
                ))?;
                if !fix.is_empty() {
                    out.line(&format!("{}→ {}", " ".repeat(22), plain::harmless(fix)))?;
                }
            }
        }
    }
    if checks.iter().all(|check| check.ok) { Ok(()) } else { Err(CliError::Told(1)) }
}

/// Looked at before the store is opened, because opening mends some of it.
fn permissions(store: &Path, is_fixing: bool) -> Check {
    if !store.exists() {
        return Check::good("permissions", "no store yet; it will be readable by you alone");
    }
    let mode = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.permissions().mode() & 0o777);
    // Whatever the owner may do with a file, everybody else may do nothing.
    let open: Vec<_> =
        Store::private_files(store).into_iter().filter(|path| mode(path) | 0o700 != 0o700).collect();
    let Some(first) = open.first() else {
        return Check::good("permissions", format!("{:o}, readable by you alone", mode(store)));
    };
    let others = if open.len() > 1 { format!(" and {} more", open.len() - 1) } else { String::new() };
    Check::mended(
        "permissions",
        format!("{:o}: others on this machine can read {}{others}", mode(first), first.display()),
        (is_fixing, format!("chmod {} {}{others}", if first.is_dir() { 700 } else { 600 }, first.display())),
        || {
            open.iter().try_for_each(|path| mend::make_private(path))?;
            Ok("readable by you alone now".to_owned())
        },
    )
}

fn synchronised(store: &Path, is_fixing: bool) -> Check {
    let path = store.to_string_lossy().to_lowercase();
    let Some(name) = SYNCHRONISED.iter().find(|name| path.contains(**name)) else {
        return Check::good("place", store.display().to_string());
    };
    Check::mended(
        "place",
        format!(
            "{} lies in a {name} folder: copying a database while it is written damages it",
            store.display()
        ),
        (is_fixing, "copy it to the folder where this machine keeps its data"),
        || mend::copy_home(store),
    )
}

/// What helps where the file is whole and a row of it says what no version of this program has written.
const UNREADABLE: &str = "`tablesetter restore` with a copy from before brings back what could be read";

fn store(path: &Path, is_fixing: bool) -> Vec<Check> {
    if !path.exists() {
        return vec![Check::good("store", "not there yet; the first use makes it")];
    }
    let damaged = |name, detail: String| {
        let proposal = (is_fixing, "keep this file, and put the newest whole copy beside it");
        Check::mended(name, detail, proposal, || mend::newest_copy_beside(path))
    };
    // What looks like damage is read once more, since a read that failed damages nothing.
    let opened = match Store::open(path).map_err(|error| Store::look_again(error, path)) {
        Ok((store, _)) => store,
        Err(error @ StoreError::Damaged(_)) => return vec![damaged("store", error.to_string())],
        Err(error) => return vec![Check::bad("store", error.to_string(), error.hint().unwrap_or_default())],
    };
    let content = match opened.check() {
        Err(error @ StoreError::Damaged(_)) => damaged("content", error.to_string()),
        Err(error) => Check::bad("content", error.to_string(), error.hint().unwrap_or_default()),
        Ok(found) if found.is_empty() => match opened.read_all() {
            Ok(()) => Check::good("content", "structure and references are sound, and every row can be read"),
            Err(error) => Check::bad("content", error.to_string(), UNREADABLE),
        },
        Ok(found) => damaged("content", found.join("; ")),
    };
    let size = opened.request_count().map_or_else(
        |error| error.to_string(),
        |count| format!("requests: {count}, store version {}", Store::version()),
    );
    let mut checks = vec![Check::good("store", size), content];
    checks.extend(opened.missing().map(|missing| {
        Check::mended("last seen", missing, (is_fixing, "take the store as it is from now on"), || {
            opened.put_missing_by().map(|()| "put by".to_owned()).map_err(|error| error.to_string())
        })
    }));
    // Of a folder that is closed nothing is known, and that is told by itself.
    if Store::cannot_be_copied(path).is_none() {
        checks.push(copies(&opened, is_fixing));
    }
    checks.push(Check::good("sqlite", Store::sqlite_version()));
    checks
}

/// Logs that did not fit the file they lay beside. Looked at before the store is opened: a file that it lies in is
/// copied.
fn logs(store: &Path, is_fixing: bool) -> Vec<Check> {
    let check = |log: PathBuf| {
        let detail = format!("{} was not taken in, because it did not fit the store", log.display());
        let proposal =
            "make a copy of the file that it belongs to with what is in it, to be read with --store";
        Check::mended("log", detail, (is_fixing, proposal), || {
            let made = Store::make_log_readable(store, &log).map_err(|error| error.to_string())?;
            Ok(format!("{} holds what is in it: look at it with --store", made.display()))
        })
    };
    Store::logs_set_aside(store).into_iter().map(check).collect()
}

/// The verbs over a store that is there and can be opened.
fn desk(places: &Places) -> Option<Desk> {
    // Asked first: opening would make it, and a check of what is there must leave nothing behind.
    if !places.store.exists() {
        return None;
    }
    let (store, _) = Store::open(&places.store).ok()?;
    let clock = Clock::from_environment().ok()?;
    Some(Desk::new(store, config::load(&places.config).config, clock, Origin::CommandLine))
}

/// Days that are over and were not kept: after a long absence, or because a clock was wrong.
fn days(places: &Places, is_fixing: bool) -> Option<Check> {
    let mut desk = desk(places)?;
    // A store that cannot be read is told by its own check.
    let (detail, proposal) = match desk.days_to_confirm().ok()? {
        Some(MissingDays::TooMany { first, count }) => (
            format!(
                "{count} days from {first} on passed without the program, and what was done on them is not recorded"
            ),
            "record them as they were planned; until then they took no hours off any work",
        ),
        Some(_) => (
            format!("days at or after {} are recorded as over: the clock was wrong, or is", desk.today()),
            "forget them, and record them anew when they are over; until then they count for nothing",
        ),
        None => return Some(Check::good("days", "days that are over are recorded")),
    };
    Some(Check::mended("days", detail, (is_fixing, proposal), || {
        desk.confirm_days().map(|()| "done".to_owned()).map_err(|error| error.to_string())
    }))
}

/// Copies that were broken off; each is as large as the store.
fn broken_copies(store: &Path, is_fixing: bool) -> Option<Check> {
    let left = Store::broken_copies(store);
    let first = left.first()?;
    let others = if left.len() > 1 { format!(" and {} more", left.len() - 1) } else { String::new() };
    let detail = format!("a copy was broken off and left {}{others}", first.display());
    Some(Check::mended("broken copies", detail, (is_fixing, "remove what is left of it"), || {
        match Store::remove_broken_copies(store).first() {
            None => Ok("removed".to_owned()),
            Some(stays) => Err(format!("{} could not be removed; remove it", stays.display())),
        }
    }))
}

/// The newest copy: that there is one, and that it is whole.
fn copies(store: &Store, is_fixing: bool) -> Check {
    let all = store.backups();
    let Some(newest) = all.first() else {
        return Check::good("copies", "none yet; the next change makes the first one");
    };
    let when = newest.at.format("%Y-%m-%d %H:%M UTC");
    let wrong = match newest.sum().map(|sum| sum.fault(&newest.path)) {
        Ok(None) => {
            return Check::good("copies", format!("{} of them, the newest from {when} and whole", all.len()));
        }
        Ok(Some(fault)) => fault,
        Err(error) => error.to_string(),
    };
    Check::mended("copies", wrong, (is_fixing, "make a new one"), || mend::copy_anew(store))
}

fn configuration(places: &Places, is_fixing: bool) -> Vec<Check> {
    let loaded = config::load(&places.config);
    let (keymap, key_faults) = Keymap::new(&loaded.config);
    let faults: Vec<_> = loaded.faults.iter().chain(&key_faults).collect();
    // Default keys that gave way to the user's own are told, and are nothing that is wrong.
    let displaced = keymap.displaced.iter().map(|fault| Check::good("configuration", fault.to_string()));
    if faults.is_empty() {
        let whole = Check::good("configuration", places.config.display().to_string());
        return std::iter::once(whole).chain(displaced).collect();
    }
    let mended = is_fixing.then(|| mend::comment_out(&places.config, &faults));
    let check = |fault: &&config::Fault| match &mended {
        Some(Ok(done)) => Check::good("configuration", format!("{fault}: {done}")),
        Some(Err(why)) => Check::bad("configuration", fault.to_string(), why.clone()),
        None => {
            let proposal = format!("edit {}; --fix makes a comment of the line", places.config.display());
            Check::bad("configuration", fault.to_string(), proposal)
        }
    };
    faults.iter().map(check).chain(displaced).collect()
}

fn terminal() -> Check {
    let term = std::env::var("TERM").unwrap_or_else(|_| "not set".to_owned());
    // Set to nothing it does not count: so says the convention of that variable.
    let colours = if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        "without colours (NO_COLOR)"
    } else {
        "with colours"
    };
    Check::good("terminal", format!("TERM {term}, {colours}"))
}
