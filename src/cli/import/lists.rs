//! What is said of a list of people or absences, with the presets by which it may be read.

use super::{TableOptions, own_presets};
use crate::cli::out::Out;
use crate::cli::{CliError, Context};
use crate::domain::source::SourceWhat;
use crate::import::listing::ListOptions;

pub(super) fn options(
    context: &Context,
    table: &TableOptions,
    (preset, what): (Option<&String>, SourceWhat),
    out: &mut Out,
) -> Result<ListOptions, CliError> {
    let presets = own_presets(&context.places.presets, preset, out)?;
    Ok(ListOptions { presets, preset: preset.cloned(), ..table.list(what)? })
}
