//! Tablesetter: a creative-operations lead's daily cockpit in the terminal.
//!
//! `domain` is pure; `store` alone knows SQL; `ops` are the verbs that the cockpit (`tui`) and the
//! command line (`cli`) share; `import` turns bytes into drafts, `foreign` in a process of its own. `ARCHITECTURE.md` draws the house.

mod cli;
mod config;
mod domain;
mod export;
mod foreign;
mod import;
mod ops;
mod plain;
mod store;
#[cfg(test)]
mod testkit;
mod tui;

use std::process::ExitCode;

#[doc(hidden)]
pub use tui::rehearsal::Rehearsal;

/// Runs the program with the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    cli::run()
}
