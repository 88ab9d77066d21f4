//! `doctor`: the store, its safety, the configuration and the terminal; nothing personal in it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde::Serialize;

use super::arguments::DoctorArguments;
use super::out::{Format, Out};
use super::{CliError, Done};
use crate::config::{self, Places};
use crate::plain;
use crate::store::Store;
use crate::tui::keymap::Keymap;

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
}

/// Runs all checks; anything wrong gives exit code 1.
pub fn run(places: &Places, arguments: &DoctorArguments, out: &mut Out) -> Done {
    let mut checks = vec![permissions(&places.store, arguments.fix), synchronised(&places.store)];
    checks.extend(store(&places.store));
    checks.extend(configuration(places));
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
                    plain::fit(state, 6),
                    plain::fit(check.name, 14),
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

/// Looked at before the store is opened, because opening mends it.
fn permissions(store: &Path, is_fixing: bool) -> Check {
    let Ok(metadata) = std::fs::metadata(store) else {
        return Check::good("permissions", "no store yet; it will be readable by you alone");
    };
    let mode = metadata.permissions().mode() & 0o777;
    if mode | 0o700 == 0o700 {
        return Check::good("permissions", format!("{mode:o}, readable by you alone"));
    }
    if is_fixing && std::fs::set_permissions(store, std::fs::Permissions::from_mode(0o600)).is_ok() {
        return Check::good("permissions", format!("were {mode:o}, are 600 now"));
    }
    Check::bad(
        "permissions",
        format!("{mode:o}: others on this machine can read the store"),
        format!("chmod 600 {}", store.display()),
    )
}

fn synchronised(store: &Path) -> Check {
    let path = store.to_string_lossy().to_lowercase();
    match SYNCHRONISED.iter().find(|name| path.contains(**name)) {
        None => Check::good("place", store.display().to_string()),
        Some(name) => Check::bad(
            "place",
            format!(
                "{} lies in a {name} folder: copying a database while it is written damages it",
                store.display()
            ),
            "move the file to a folder of this machine and name it with --store",
        ),
    }
}

fn store(path: &Path) -> Vec<Check> {
    if !path.exists() {
        return vec![Check::good("store", "not there yet; the first use makes it")];
    }
    let opened = match Store::open(path) {
        Ok((store, _)) => store,
        Err(error) => return vec![Check::bad("store", error.to_string(), error.hint().unwrap_or_default())],
    };
    let content = match opened.check() {
        Err(error) => Check::bad("content", error.to_string(), error.hint().unwrap_or_default()),
        Ok(found) if found.is_empty() => Check::good("content", "structure and references are sound"),
        Ok(found) => Check::bad("content", found.join("; "), "keep this file; restore a copy into a new one"),
    };
    let size = opened.request_count().map_or_else(
        |error| error.to_string(),
        |count| format!("{count} requests, store version {}", Store::version()),
    );
    let copies = copies(&opened);
    vec![Check::good("store", size), content, copies, Check::good("sqlite", Store::sqlite_version())]
}

/// The newest copy: that there is one, and that it is whole.
fn copies(store: &Store) -> Check {
    let all = store.backups();
    let Some(newest) = all.first() else {
        return Check::good("copies", "none yet; the next change makes the first one");
    };
    let when = newest.at.format("%Y-%m-%d %H:%M UTC");
    match newest.is_whole() {
        Ok(true) => Check::good("copies", format!("{} of them, the newest from {when} and whole", all.len())),
        Ok(false) => Check::bad(
            "copies",
            format!("{} is not what it was when it was made", newest.path.display()),
            "tablesetter backup",
        ),
        Err(error) => Check::bad("copies", error.to_string(), "tablesetter backup"),
    }
}

fn configuration(places: &Places) -> Vec<Check> {
    let loaded = config::load(&places.config);
    let (_, key_faults) = Keymap::new(&loaded.config);
    let faults: Vec<_> = loaded.faults.iter().chain(&key_faults).collect();
    if faults.is_empty() {
        return vec![Check::good("configuration", places.config.display().to_string())];
    }
    faults
        .iter()
        .map(|fault| {
            Check::bad("configuration", fault.to_string(), format!("edit {}", places.config.display()))
        })
        .collect()
}

fn terminal() -> Check {
    let term = std::env::var("TERM").unwrap_or_else(|_| "not set".to_owned());
    let colours = if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        "without colours (NO_COLOR)"
    } else {
        "with colours"
    };
    Check::good("terminal", format!("TERM {term}, {colours}"))
}
