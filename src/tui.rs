//! The cockpit. A key becomes an action, an action changes the state purely and asks for effects, effects
//! run operations, what they changed is read again, and the screen is drawn once.

pub mod app;
mod overlays;
mod panes;
pub mod rehearsal;
mod run_loop;
pub mod terminal;
#[cfg(test)]
mod tests;
mod view;

use std::io;
use std::path::PathBuf;

use crate::config::Fault;
use crate::ops::Desk;
use crate::ops::sources::Machine;
use crate::plain;
use app::App;
use app::keymap::Keymap;
use overlays::Overlay;
use overlays::record::{Kind, Record};
pub use run_loop::End;
use run_loop::surroundings::Configuration;
use terminal::notify::NoticeWay;
use view::theme::{Depth, Theme};

/// Opens the cockpit and returns when the user leaves it, or a signal asks for it. `notices` and `faults`
/// are told on the screen, and so is what becomes of the configuration while it is open.
///
/// # Errors
/// When the terminal or the store cannot be used.
pub fn run(
    desk: Desk,
    notices: Vec<String>,
    faults: &[Fault],
    configuration: Option<PathBuf>,
) -> io::Result<End> {
    let (keymap, key_faults) = Keymap::new(&desk.config);
    let depth = Depth::of(|name| std::env::var(name).ok());
    let variable = |name: &str| std::env::var(name).ok();
    let is_ascii = desk.config.is_ascii || !plain::is_utf8(variable);
    let mut app =
        App::new(keymap, Theme::new(depth, is_ascii).with(desk.config.look, desk.config.inks), desk.today());
    app.takes_mouse = desk.config.takes_mouse && !terminal::modes::keeps_escape_for_the_mouse(variable);
    app.presenting.names.clone_from(&desk.config.hidden_names);
    if let Some(notice) = opening_notice(&app.keymap, notices, faults, &key_faults) {
        app.overlays.push(notice);
    }
    let size = crossterm::terminal::size()?;
    // A key must never wait for another program's write: the write waits beside the keys.
    desk.store.set_patience(run_loop::pending_writes::TRY_TIMEOUT).map_err(io::Error::other)?;
    // Signals are heard, and the folders watched, before the screen is read: what happens meanwhile is not
    // missed.
    let waiter = terminal::wait::Waiter::new(desk.store.path(), configuration.as_deref())?;
    let mut cockpit = run_loop::Cockpit::new(desk, app, size).map_err(io::Error::other)?;
    let config = &cockpit.desk.config;
    cockpit.notice_way =
        NoticeWay::of(&config.remind_by, &config.remind_command, |name| std::env::var(name).ok());
    // Beside the configuration, where `config path` prints it.
    cockpit.jobs.presets = configuration.as_ref().map(|file| file.with_file_name("presets"));
    cockpit.watch_sources(configuration.as_deref().map(Machine::of_config));
    cockpit.configuration = Configuration::at(configuration);
    run_loop::guarded(waiter, |taken| cockpit.run(taken))
}

fn opening_notice(
    keymap: &Keymap,
    notices: Vec<String>,
    faults: &[Fault],
    key_faults: &[Fault],
) -> Option<Overlay> {
    let mut lines = notices;
    if !(faults.is_empty() && key_faults.is_empty()) {
        lines.push("The configuration has faults; the defaults stand in for what is wrong:".to_owned());
        lines.extend(faults.iter().chain(key_faults).map(|fault| format!("· {fault}")));
        lines.push(keymap.hints().say("`tablesetter config check` lists them again. {follow} goes on."));
    }
    (!lines.is_empty()).then(|| Record::new(Kind::Notice("Before you start".to_owned(), lines)).into())
}
