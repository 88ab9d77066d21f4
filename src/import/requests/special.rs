//! Columns of a tool that say something about the row itself or about another column.

use super::super::preset::Preset;
use super::super::squeeze;

/// Where they stand, by position.
pub(super) struct SpecialColumns {
    pub(super) depth: Option<usize>,
    pub(super) unit: Option<usize>,
}

impl SpecialColumns {
    pub(super) fn of(preset: &Preset, headers: &[String]) -> Self {
        let place = |name: &str| {
            // Most presets name no such column, and an empty name would be that of a column without a header.
            if name.is_empty() { None } else { headers.iter().position(|header| squeeze(header) == name) }
        };
        Self { depth: place(&preset.depth), unit: place(&preset.estimate_unit_column) }
    }
}
