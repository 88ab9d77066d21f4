//! `config completions man actions`.

use clap::Subcommand;

use super::out::{Format, Out};
use super::{CliError, Done};
use crate::config::{self, EXAMPLE, Places, write};
use crate::domain::words::fold;
use crate::import::preset::Presets;
use crate::ops::OpsError;
use crate::ops::import::presets::{self, PresetFault};
use crate::plain;
use crate::store::cause;
use crate::tui::app::action::TABLE;
use crate::tui::app::keymap::Keymap;

/// `config …`
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Where store, configuration and presets are
    Path,
    /// The configuration that holds
    Show,
    /// Every fault with its line
    Check,
    /// Write the commented example to its place
    Init,
    /// Say which names and addresses in calendars are yours; without any, list them
    Names {
        /// A name or an address as calendars spell it
        names: Vec<String>,
        /// You are none of those invited: do not ask again
        #[arg(long, conflicts_with = "names")]
        none: bool,
    },
    /// Print a built-in import preset, to copy and change
    Preset {
        /// Its name, as jira-cloud
        name: String,
    },
}

pub fn config(places: &Places, command: &ConfigCommand, out: &mut Out) -> Done {
    match command {
        ConfigCommand::Path => path(places, out),
        ConfigCommand::Show => show(places, out),
        ConfigCommand::Check => check(places, out),
        ConfigCommand::Init => init(places, out),
        ConfigCommand::Names { names, none } => own_names(places, names, *none, out),
        ConfigCommand::Preset { name } => preset(name, out),
    }
}

fn path(places: &Places, out: &mut Out) -> Done {
    let all = [("store", &places.store), ("config", &places.config), ("presets", &places.presets)];
    if out.format == Format::Json {
        return out.json(
            &serde_json::json!({ "store": places.store, "config": places.config, "presets": places.presets }),
        );
    }
    for (name, path) in all {
        let path = path.display().to_string();
        if out.format == Format::Plain {
            out.record(&[name, &path])?;
        } else {
            out.line(&format!("{}{}", plain::fit(name, 10), plain::harmless(&path)))?;
        }
    }
    Ok(())
}

/// The example with the user's values in their places.
fn show(places: &Places, out: &mut Out) -> Done {
    // As TOML, so that what is shown could be kept as a configuration.
    let text = config::effective(&places.config);
    if out.format == Format::Json {
        let table: toml::Table = text.parse().map_err(|error| CliError::Io(format!("{error}")))?;
        return out.json(&table);
    }
    if out.format == Format::Plain {
        let table: toml::Table = text.parse().map_err(|error| CliError::Io(format!("{error}")))?;
        return settings("", &table, out);
    }
    out.line(text.trim_end())
}

/// Every setting as its dotted name and its value.
fn settings(above: &str, table: &toml::Table, out: &mut Out) -> Done {
    for (name, value) in table {
        match value {
            toml::Value::Table(inner) => settings(&format!("{above}{name}."), inner, out)?,
            value => out.record(&[&format!("{above}{name}"), &value.to_string()])?,
        }
    }
    Ok(())
}

fn check(places: &Places, out: &mut Out) -> Done {
    let loaded = config::load(&places.config);
    // The file may be sound and yet bind one key twice, which only the table of keys can see.
    let (keymap, key_faults) = Keymap::new(&loaded.config);
    let faults: Vec<_> = loaded.faults.iter().chain(&key_faults).chain(&keymap.displaced).collect();
    let (broken, known): (Vec<_>, Vec<_>) =
        presets::checked(&places.presets).map_err(CliError::Io)?.into_iter().partition(|it| it.is_broken);
    let file = |name: &str| plain::harmless(&places.presets.join(name).display().to_string()).into_owned();
    if out.format == Format::Json {
        let shape = |(file, line, column, message): (String, usize, usize, &str)| serde_json::json!({ "file": file, "line": line, "column": column, "message": message });
        let own = places.config.display().to_string();
        let all = faults.iter().map(|fault| shape((own.clone(), fault.line, fault.column, &fault.message)));
        let presets =
            broken.iter().map(|it| shape((file(&it.file), it.place.line, it.place.column, &it.message)));
        out.json(&all.chain(presets).collect::<Vec<_>>())?;
    } else {
        for fault in &faults {
            if out.format == Format::Plain {
                out.record(&[&fault.line.to_string(), &fault.column.to_string(), &fault.message])?;
                continue;
            }
            out.line(&plain::harmless(&format!("{}: {fault}", places.config.display())))?;
        }
        for PresetFault { file: name, place, message, .. } in &broken {
            let (line, column, message) =
                (place.line.to_string(), place.column.to_string(), plain::harmless(message));
            if out.format == Format::Plain {
                out.record(&[&line, &column, &format!("{}: {message}", file(name))])?;
            } else {
                out.line(&format!("{}: {}{message}", file(name), place.words()))?;
            }
        }
    }
    for PresetFault { file: name, message, .. } in &known {
        out.say(&format!("{}: {}", file(name), plain::harmless(message)));
    }
    if faults.is_empty() {
        let found = if places.config.exists() { "is sound" } else { "is not there; the defaults hold" };
        out.say(&format!("{} {found}", places.config.display()));
    }
    if faults.is_empty() && broken.is_empty() {
        Ok(())
    } else {
        // Each fault was told already; the code is that of rejected input.
        Err(CliError::Told(5))
    }
}

fn init(places: &Places, out: &mut Out) -> Done {
    let path = &places.config;
    if path.exists() {
        return Err(OpsError::rejected(
            format!("{} is there already", path.display()),
            "It was left as it is; `tablesetter config show` prints every setting.",
        )
        .into());
    }
    let failed = |error: std::io::Error| {
        CliError::Io(format!("cannot write {}: {}", path.display(), cause::of(&error, path)))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, EXAMPLE).map_err(failed)?;
    out.say(&format!("{} holds every setting with its default", path.display()));
    Ok(())
}

/// Adds names to those of the lead.
fn own_names(places: &Places, names: &[String], has_none: bool, out: &mut Out) -> Done {
    let mut own = config::load(&places.config).config.own_names;
    let known = own.len();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !own.iter().any(|known| fold(known) == fold(name)) {
            own.push(name.to_owned());
        }
    }
    let is_new = own.len() > known;
    if is_new || has_none {
        // A list without a name tells the file that they are not to be asked for.
        if has_none {
            own.clear();
        }
        write::set_own_names(&places.config, &own)
            .map_err(|message| OpsError::Rejected { message, hint: None })?;
    }
    if out.format == Format::Json {
        return out.json(&own);
    }
    if !is_new && !has_none {
        return own.iter().try_for_each(|name| out.record(&[name]));
    }
    let file = places.config.display();
    out.say(&if has_none {
        format!("{file} names nobody, and says that your names are not to be asked for again")
    } else {
        format!(
            "{file} says that you are {}; import your calendars again, and what you declined is known",
            own.join(", ")
        )
    });
    Ok(())
}

fn preset(name: &str, out: &mut Out) -> Done {
    if let Some(text) = Presets::built_in_text(name) {
        return out.line(text.trim_end());
    }
    let names = |all: Presets| all.iter().map(|preset| preset.name.clone()).collect::<Vec<_>>();
    let hint = Presets::new(&[]).ok().map(|all| format!("There are {}.", names(all).join(", ")));
    Err(OpsError::NotFound { message: format!("there is no preset `{name}`"), hint }.into())
}

pub fn completions(shell: clap_complete::Shell, mut command: clap::Command, out: &mut Out) -> Done {
    let mut buffer = Vec::new();
    clap_complete::generate(shell, &mut command, "tablesetter", &mut buffer);
    out.line(String::from_utf8_lossy(&buffer).trim_end())
}

pub fn man(command: clap::Command, out: &mut Out) -> Done {
    let mut buffer = Vec::new();
    clap_mangen::Man::new(command).render(&mut buffer).map_err(|error| CliError::Io(error.to_string()))?;
    out.line(String::from_utf8_lossy(&buffer).trim_end())
}

pub fn actions(places: &Places, out: &mut Out) -> Done {
    let (keymap, _) = Keymap::new(&config::load(&places.config).config);
    if out.format == Format::Json {
        let shape = |entry: &crate::tui::app::action::ActionEntry| serde_json::json!({ "name": entry.name, "title": entry.title, "scope": entry.scope.name(), "keys": keymap.keys(entry.action) });
        return out.json(&TABLE.iter().map(shape).collect::<Vec<_>>());
    }
    for entry in TABLE {
        let keys = keymap.keys(entry.action).join("  ");
        if out.format == Format::Plain {
            out.record(&[entry.name, entry.title, entry.scope.name(), &keys])?;
        } else {
            out.line(&format!(
                "{} {} {} {}",
                plain::fit(&keys, 22),
                plain::fit(entry.name, 18),
                plain::fit(entry.scope.name(), 11),
                entry.title
            ))?;
        }
    }
    Ok(())
}
