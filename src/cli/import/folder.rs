//! What a table holds, or every table of a folder as one list.

use std::fs::File;
use std::path::PathBuf;

use super::{TableOptions, read};
use crate::cli::{CliError, Context};
use crate::foreign::Foreign;
use crate::ops::OpsError;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::tables::joined_tables;
use crate::ops::sources::tables;

pub(super) fn content(
    context: &Context,
    kind: ForeignKind,
    table: &TableOptions,
) -> Result<ForeignContent, CliError> {
    if table.file.is_dir() {
        return all_of(context, kind, table);
    }
    let mut held = read(context, kind, table)?;
    if let Some(source) = &table.source {
        held.be_of(source);
    }
    Ok(held)
}

fn all_of(context: &Context, kind: ForeignKind, table: &TableOptions) -> Result<ForeignContent, CliError> {
    let found = tables(&table.file).map_err(OpsError::from)?;
    let files: Vec<PathBuf> = found.into_iter().map(|look| look.path).collect();
    // One that cannot be opened keeps nobody from reading the others.
    let faults: Vec<Option<String>> = files
        .iter()
        .map(|file| File::open(file).err().map(|error| format!("it cannot be opened: {error}")))
        .collect();
    let readable = files.iter().zip(&faults).filter(|(_, fault)| fault.is_none());
    let readable: Vec<PathBuf> = readable.map(|(file, _)| file.clone()).collect();
    let asked = Asked::new(kind, &context.desk.clock);
    let mut read = Foreign::own()?.all(&asked, &readable)?.into_iter();
    let missing = || Err("nothing was read".to_owned());
    // In the order of the files: answers of the child fill the places of those that could be opened.
    let answers = faults
        .into_iter()
        .map(|fault| fault.map_or_else(|| read.next().unwrap_or_else(missing), Err))
        .collect();
    joined_tables(&files, answers, table.source.as_deref())
        .map_err(|message| OpsError::Rejected { message, hint: None }.into())
}
