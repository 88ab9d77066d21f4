//! `import all`: a store that `export all` wrote comes in as it was.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

use super::stopped::ImportStop;
use crate::cli::out::{Format, Out};
use crate::cli::{CliError, Context, Done, safety};
use crate::domain::count::counted;
use crate::ops::import::everything::StoreReport;
use crate::ops::{OpsError, cause};
use crate::store::{StoreDump, TableChange};

/// Options of `import all`.
#[derive(Debug, Clone, Args)]
pub struct AllArguments {
    /// What `export all` wrote, or - for standard input
    file: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Let it take the place of what the store holds already
    #[arg(long)]
    replace: bool,
}

/// Of the whole document, only the store itself is read: the lists beside it say the same once more, for people and
/// other programs.
#[derive(Deserialize)]
struct ExportedStore {
    store: Option<StoreDump>,
}

/// As large as an export of a hundred thousand requests is, several times over.
const MOST: u64 = 2 << 30;

pub fn run(context: &mut Context, arguments: &AllArguments, out: &mut Out) -> Done {
    let stop = ImportStop::watch(out);
    let desk = &mut context.desk;
    let dump = read(arguments)?;
    let name = arguments.file.file_name().map_or_else(
        || "standard input".to_owned(),
        |name| if name == "-" { "standard input".to_owned() } else { name.to_string_lossy().into_owned() },
    );
    let sources: Vec<_> = desk.store.sources()?.into_iter().map(|(source, _)| source).collect();
    let choices = (arguments.dry_run, arguments.replace);
    // A rehearsal, too, builds a store beside this one, which it takes away only if it ends by itself.
    let take = || desk.take_everything(&dump, &name, choices, &|| stop.goes_on().is_continue());
    let report = stop.take(false, out, take)?;
    if report.operation.is_some() {
        // Whoever wrote the file may have written a command into it.
        safety::put_to_sleep(context, &sources, out)?;
    }
    tell(&report, out)
}

fn read(arguments: &AllArguments) -> Result<StoreDump, CliError> {
    let file = &arguments.file;
    let input: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(file).map_err(|error| {
            CliError::Io(format!("cannot read {}: {}", file.display(), cause::of(&error, file)))
        })?;
        Box::new(opened)
    };
    let document: ExportedStore =
        serde_json::from_reader(BufReader::new(input.take(MOST))).map_err(|error| refused(file, &error))?;
    document.store.ok_or_else(|| {
        let message = format!("{} holds lists, but no store", file.display());
        OpsError::rejected(message, "`tablesetter export all` writes one; `import requests` takes a table.")
            .into()
    })
}

/// The refusal of a text that is no export of ours, with the place where it ceases to be one.
fn refused(file: &std::path::Path, error: &serde_json::Error) -> CliError {
    if let Some(kind) = error.io_error_kind() {
        return CliError::Io(format!("cannot read {}: {kind}", file.display()));
    }
    let message = format!("{} is not what `export all` writes: {error}", file.display());
    let hint = "Nothing was changed. A file that was cut off in copying ends before its last bracket.";
    OpsError::rejected(message, hint).into()
}

fn tell(report: &StoreReport, out: &mut Out) -> Done {
    let sum = |of: fn(&TableChange) -> i64| report.sum(of);
    let (created, updated) = (sum(|table| table.created), sum(|table| table.updated));
    let (unchanged, removed) = (sum(|table| table.unchanged), sum(|table| table.removed));
    match out.format {
        Format::Json => {
            return out.json(&serde_json::json!({
                "dry_run": report.is_rehearsal, "preset": "tablesetter", "header_row": null, "delimiter": null,
                "encoding": "UTF-8", "created": created, "updated": updated, "unchanged": unchanged, "skipped": 0,
                "removed": removed, "columns_ignored": [], "rows": [], "operation": report.operation,
                "tables": report.tables,
            }));
        }
        Format::Plain => {
            for table in &report.tables {
                let counts = [table.created, table.updated, table.unchanged, table.removed];
                let counts = counts.map(|count| count.to_string());
                out.record(&[table.table, &counts[0], &counts[1], &counts[2], &counts[3]])?;
            }
        }
        Format::Human => {
            let would = if report.is_rehearsal { "would be " } else { "" };
            out.line(&format!(
                "{} {would}created, {updated} {would}updated, {unchanged} unchanged, {removed} {would}removed",
                counted(created, "row", "rows")
            ))?;
            for table in &report.tables {
                let changes = [(table.created, "new"), (table.updated, "changed"), (table.removed, "gone")];
                let said: Vec<_> = changes
                    .iter()
                    .filter(|(count, _)| *count > 0)
                    .map(|(count, what)| format!("{count} {what}"))
                    .collect();
                if !said.is_empty() {
                    out.line(&format!("  {}: {}", table.table.replace('_', " "), said.join(", ")))?;
                }
            }
        }
    }
    if report.is_rehearsal {
        out.say("nothing was stored; leave --dry-run out to do it");
    } else if report.operation.is_some() {
        out.say("one `tablesetter undo` takes all of it back");
    } else {
        out.say("everything is as it is in that file already");
    }
    Ok(())
}
