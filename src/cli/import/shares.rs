//! `import shares`: who does how much of what, from one day to another.

use super::{ImportStop, LEAVE_OUT, TableOptions, folder, mixed_up, own_presets, tell};
use crate::cli::out::Out;
use crate::cli::{Context, Done};
use crate::domain::source::SourceWhat;
use crate::import::listing::ListOptions;
use crate::import::shares::ShareOptions;
use crate::ops::import::foreign::{ForeignContent, ForeignKind};

pub(super) const HELP: &str = "A row names a person (handle, address or name), a request (its key as R-12, its number in the tool that it came from, \
or its whole title), hours (of the whole, of a day or of a week, or a percentage) and its first and last day. Without hours a share follows the \
estimate of its request, without a last day it ends when that is due.

--preset NAME takes one of your presets whose `[shares]` says what the columns are called, as `hours-per-day = [\"Booked\"]`.

Fields for --map: person, request-id, request, project, hours, hours-per-day, hours-per-week, percent, start, end, status, tentative, duration, ignore";

pub(super) fn shares(
    context: &mut Context,
    table: &TableOptions,
    preset: Option<&String>,
    out: &mut Out,
) -> Done {
    // Before the file is read, which may take long as well.
    let stop = ImportStop::watch(out);
    let presets = own_presets(&context.places.presets, preset, out)?;
    let list = ListOptions { today: Some(context.desk.today()), ..table.list(SourceWhat::Shares)? };
    let kind = ForeignKind::Shares { presets, options: ShareOptions { list, preset: preset.cloned() } };
    let ForeignContent::Shares(import) = folder::content(context, kind, table)? else {
        return Err(mixed_up());
    };
    let desk = &mut context.desk;
    let report = stop.take(table.dry_run, out, || desk.take_shares(import, table.dry_run, &table.lines()))?;
    tell(&report, LEAVE_OUT, out)
}
