//! What a file of requests holds, or every table of a folder, as one list.

use std::fs::File;
use std::path::Path;

use super::{TableOptions, mixed_up, read};
use crate::cli::{CliError, Context};
use crate::foreign::Foreign;
use crate::import::requests::RequestImport;
use crate::import::requests::joined::joined;
use crate::ops::OpsError;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::sources::{requests_by_name, tables};

pub(super) fn requests(
    context: &Context,
    kind: ForeignKind,
    table: &TableOptions,
) -> Result<RequestImport, CliError> {
    if Path::new(&table.file).is_dir() {
        return all_of(context, kind, table);
    }
    let ForeignContent::Requests(mut import) = read(context, kind, table)? else {
        return Err(mixed_up());
    };
    if let Some(source) = &table.source {
        import.source.clone_from(source);
        import.drafts.iter_mut().for_each(|draft| draft.request.source.clone_from(source));
    }
    Ok(import)
}

fn all_of(context: &Context, kind: ForeignKind, table: &TableOptions) -> Result<RequestImport, CliError> {
    let found = tables(Path::new(&table.file)).map_err(OpsError::from)?;
    let names: Vec<String> = found.iter().map(|look| look.path.to_string_lossy().into_owned()).collect();
    // One that cannot be opened keeps nobody from reading the others.
    let faults: Vec<Option<String>> = names
        .iter()
        .map(|name| File::open(name).err().map(|error| format!("it cannot be opened: {error}")))
        .collect();
    let readable = names.iter().zip(&faults).filter(|(_, fault)| fault.is_none());
    let readable: Vec<String> = readable.map(|(name, _)| name.clone()).collect();
    let asked = Asked::new(kind, &context.desk.clock);
    let mut read = Foreign::own()?.all(&asked, &readable)?.into_iter();
    let missing = || Err("nothing was read".to_owned());
    let answers = faults
        .into_iter()
        .map(|fault| fault.map_or_else(|| read.next().unwrap_or_else(missing), Err))
        .collect();
    let files = requests_by_name(&names, answers).ok_or_else(mixed_up)?;
    joined(files, table.source.as_deref())
        .map_err(|message| OpsError::Rejected { message, hint: None }.into())
}
