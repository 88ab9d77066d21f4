//! The one integration binary: the house itself, the command line, and the real program in a pseudo-terminal.

#[cfg(test)]
mod accessible;
#[cfg(test)]
mod actions;
#[cfg(test)]
mod as_text;
#[cfg(test)]
mod board_commands;
#[cfg(test)]
mod books;
#[cfg(test)]
mod brief;
#[cfg(test)]
#[path = "../campaign/mod.rs"]
mod campaign;
#[cfg(test)]
mod causes;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod exchanged;
#[cfg(test)]
mod export;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod filter;
#[cfg(test)]
mod forget;
#[cfg(test)]
mod given_back;
#[cfg(test)]
mod house;
#[cfg(test)]
mod log;
#[cfg(test)]
mod message;
#[cfg(test)]
mod names;
#[cfg(test)]
mod private;
#[cfg(test)]
mod program;
mod restored_days;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod stopped;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod views;
#[cfg(test)]
mod zones;

/// What of the environment of whoever runs the tests the program may see. Editor, pager, size of the window and the
/// variables of the program itself are those of the test, or none.
#[cfg(test)]
const KEPT: [&str; 3] = ["PATH", "TMPDIR", "LLVM_PROFILE_FILE"];

#[cfg(test)]
fn kept() -> impl Iterator<Item = (&'static str, std::ffi::OsString)> {
    let home = ("HOME", std::env::temp_dir().into_os_string());
    KEPT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))).chain([home])
}

/// Another program in an environment of its own.
#[cfg(test)]
fn command(program: &str) -> std::process::Command {
    let mut command = std::process::Command::new(program);
    command.env_clear().envs(kept());
    command
}

/// The program in an environment of its own.
#[cfg(test)]
fn tablesetter() -> std::process::Command {
    command(env!("CARGO_BIN_EXE_tablesetter"))
}
