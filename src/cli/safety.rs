//! `backup` and `restore`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::out::{Format, Out};
use super::{CliError, Context, Done};
use crate::domain::source::DataSource;
use crate::ops::sources::Machine;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::Backup;

/// Options of `backup`.
#[derive(Debug, Clone, Args)]
pub struct BackupArguments {
    /// A new file
    pub file: Option<PathBuf>,
    /// List the copies that there are
    #[arg(long, conflicts_with = "file")]
    pub list: bool,
}

pub fn backup(desk: &Desk, arguments: &BackupArguments, out: &mut Out) -> Done {
    if arguments.list {
        let all = desk.store.backups();
        // JSON prints its empty list all the same, and the exit code says that it is empty.
        list(&all, out)?;
        return if all.is_empty() {
            Err(CliError::Nothing(
                "there is no copy yet: the first change makes one, and `tablesetter backup` makes one now"
                    .to_owned(),
            ))
        } else {
            Ok(())
        };
    }
    let Some(file) = &arguments.file else {
        let backup = desk.store.back_up(desk.now().to_utc(), "asked-for")?;
        return list(&[backup], out);
    };
    if file.exists() {
        let message = format!("{} is there already", file.display());
        return Err(OpsError::rejected(message, "Name a new file; nothing is ever written over.").into());
    }
    desk.store.back_up_to(file)?;
    out.say(&format!("The store is copied to {}, compared and whole.", file.display()));
    match out.format {
        Format::Json => out.json(&serde_json::json!({ "path": file })),
        Format::Plain => out.record(&[&file.display().to_string()]),
        Format::Human => Ok(()),
    }
}

fn list(all: &[Backup], out: &mut Out) -> Done {
    if out.format == Format::Json {
        let shape = |backup: &Backup| serde_json::json!({ "path": backup.path, "operation": backup.operation, "at": backup.at.to_rfc3339(), "reason": backup.reason });
        return out.json(&all.iter().map(shape).collect::<Vec<_>>());
    }
    for backup in all {
        let (path, at) =
            (backup.path.display().to_string(), backup.at.format("%Y-%m-%d %H:%M UTC").to_string());
        if out.format == Format::Plain {
            out.record(&[&path, &backup.operation.to_string(), &backup.at.to_rfc3339(), &backup.reason])?;
        } else {
            let reason = plain::fit(&backup.reason, 18);
            out.line(&format!("{at}  change {:>6}  {reason} {}", backup.operation, plain::harmless(&path)))?;
        }
    }
    Ok(())
}

pub fn restore(context: &mut Context, file: &Path, out: &mut Out) -> Done {
    let desk = &mut context.desk;
    let stamp = desk.stamp();
    // Read before they are replaced: what was here already goes on running.
    let sources: Vec<_> = desk.store.sources()?.into_iter().map(|(source, _)| source).collect();
    let restored = desk.store.restore(stamp, file)?;
    if restored.operation.is_none() {
        let told = "everything is as it is in that copy already";
        out.say(told);
        return match out.format {
            Format::Json => out.json(&serde_json::json!({ "label": told })),
            Format::Plain => out.record(&[told]),
            Format::Human => Ok(()),
        };
    }
    out.say(&format!("{}; `tablesetter undo` takes that back.", restored.label));
    // Whoever wrote the copy may have written a command into it.
    put_to_sleep(context, &sources, out)?;
    // A copy without a sum beside it is taken all the same, since whoever restores may have no other.
    if let Some(fault) = restored.output.sum.fault(file) {
        out.say(&format!("{fault}: its structure is sound, but nothing tells whether a value has changed."));
    }
    if let Some(before) = &restored.output.before {
        out.say(&format!("The store as it was lies in {}.", before.path.display()));
    }
    match out.format {
        Format::Json => out.json(&serde_json::json!({ "label": restored.label })),
        Format::Plain => out.record(&[&restored.label]),
        Format::Human => Ok(()),
    }
}

/// What came from elsewhere runs nothing before somebody here has said so; `before` are the sources that were here.
pub fn put_to_sleep(context: &Context, before: &[DataSource], out: &mut Out) -> Done {
    let machine = Machine::of_config(&context.places.config);
    let asleep = context.desk.put_sources_to_sleep(&machine, before)?;
    if !asleep.is_empty() {
        let names = asleep.join(", ");
        out.say(&format!(
            "What came with it runs nothing until you say so: {names}; `tablesetter source list`."
        ));
    }
    Ok(())
}
