//! Which of the presets with `[shares]`, or another list, a file is written as, by its header.

use crate::import::listing::ListOptions;
use crate::import::preset::{Preset, Presets};
use crate::import::table::HEAD;
use crate::import::{squeeze, wanted_sheets};

/// The preset that a file is known by, if it is by any: its signature stands in the header, or, without one, a column of
/// each field that it names. Of several the one that knows most columns.
pub fn recognised<'a>(bytes: &[u8], presets: &'a Presets, list: &ListOptions) -> Option<&'a Preset> {
    recognised_by(bytes, presets, list, &|preset| preset.shares.values().collect())
}

/// The same by the names that a preset has for the columns of some list.
pub fn recognised_by<'a>(
    bytes: &[u8],
    presets: &'a Presets,
    list: &ListOptions,
    names: &dyn Fn(&Preset) -> Vec<&Vec<String>>,
) -> Option<&'a Preset> {
    let own: Vec<&Preset> = presets.iter().filter(|preset| !names(preset).is_empty()).collect();
    if own.is_empty() {
        return None;
    }
    // Why a file cannot be read is said by whoever reads all of it.
    let sheets = wanted_sheets(bytes, HEAD, list.sheet.as_deref()).ok()?;
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(HEAD));
    let headers = rows.map(|row| row.cells.iter().map(|cell| squeeze(cell)).collect::<Vec<_>>());
    let best = headers.flat_map(|headers| {
        own.iter().filter_map(|preset| fit(preset, &names(preset), &headers)).collect::<Vec<_>>()
    });
    // Of two that know as many columns the first, as with requests: `max_by_key` alone would take the last.
    best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, preset)| preset)
}

/// How many columns of a header it knows, if the header is one of its own.
fn fit<'a>(preset: &'a Preset, fields: &[&Vec<String>], headers: &[String]) -> Option<(usize, &'a Preset)> {
    let is_there = |names: &&&Vec<String>| names.iter().any(|name| headers.contains(&squeeze(name)));
    let known = fields.iter().filter(is_there).count();
    let is_own = if preset.signature.is_empty() { known == fields.len() } else { preset.signed(headers).1 };
    (is_own && known > 0).then_some((known, preset))
}
