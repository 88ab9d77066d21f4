//! Which row is the header, which preset fits, and what each column fills.
//!
//! The header is looked for in the first twenty records by how well it fits; a column named on the
//! command line beats the preset.

pub(in crate::import) mod header;
mod other_tables;
mod roles;

use std::str::FromStr;

use super::field::Field;
use super::preset::{Preset, Presets};
use super::table::{HEAD, SourceRow, SourceSheet};
use super::{ImportError, nearest, squeeze};
use crate::domain::bounds;
use roles::{HeaderNames, match_fields};

/// The header and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChoice<'a> {
    /// How well it fits; the higher the better.
    pub score: usize,
    /// The preset that fits best.
    pub preset: &'a Preset,
    /// Index of the header among the records of the sheet.
    pub header: usize,
    /// What each column fills, by position.
    pub fields: Vec<Option<Field>>,
    /// What is to be said of the choice.
    pub notes: Vec<String>,
}

/// One `--map "COLUMN=field"`; `ignore` as the field leaves a column out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    column: String,
    field: Option<Field>,
}

impl Mapping {
    /// Reads column and field.
    ///
    /// # Errors
    /// [`ImportError::NoField`] with the nearest fields, and all.
    pub fn read(column: &str, field: &str) -> Result<Self, ImportError> {
        let column = column.trim().to_owned();
        if field.trim().eq_ignore_ascii_case("ignore") {
            return Ok(Self { column, field: None });
        }
        let field = Field::from_str(field).map_err(|_| ImportError::NoField {
            word: bounds::named(field),
            near: nearest(field, Field::names().iter().map(String::as_str)),
            fields: Field::names(),
        })?;
        Ok(Self { column, field: Some(field) })
    }
}

/// Finds header, preset and columns.
///
/// # Errors
/// [`ImportError`] when a name is unknown, or no column gives a title.
pub fn choose<'a>(
    sheet: &SourceSheet,
    presets: &'a Presets,
    wanted: Option<&str>,
    maps: &[Mapping],
) -> Result<TableChoice<'a>, ImportError> {
    let candidates: Vec<&Preset> = match wanted {
        Some(name) => vec![presets.get(name)?],
        None => presets.iter().filter(|preset| preset.is_of_requests()).collect(),
    };
    let mut best: Option<TableChoice<'a>> = None;
    for (at, row) in sheet.rows.iter().take(HEAD).enumerate() {
        for preset in &candidates {
            let found = score(preset, presets.common(), &row.cells, maps, wanted.is_some());
            let Some((score, fields)) = found else { continue };
            // The columns of a tool, and what somebody says, make a header of any row.
            let is_sure = wanted.is_some() || !maps.is_empty() || !preset.signature.is_empty();
            if !is_sure && !header::is_likely(&sheet.rows, at, known_of(&fields)) {
                continue;
            }
            // On a tie the earlier row stays, and of one row the earlier preset.
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(TableChoice { score, preset, header: at, fields, notes: Vec::new() });
            }
        }
    }
    // Whoever names a preset or a column has looked at the table.
    if wanted.is_none() && maps.is_empty() {
        // Below rows of requests another table is only left out.
        let sure = best.as_ref().filter(|best| known_of(&best.fields) > 1).map(|best| best.header + 2);
        other_tables::refuse_other_tables(&sheet.rows, sure.unwrap_or(HEAD))?;
    }
    let Some(mut choice) = best else { return Err(no_title(sheet, maps)) };
    let cells = &sheet.rows[choice.header].cells;
    check_columns(cells, maps)?;
    choice.notes.extend(header::passed_over(&sheet.rows, choice.header));
    choice.notes.extend(said_twice(maps));
    choice.notes.extend(title_of_description(&choice, presets, cells, maps));
    Ok(choice)
}

/// Says which of two columns counts that were said to fill one field.
fn said_twice(maps: &[Mapping]) -> Vec<String> {
    let told = maps.iter().enumerate().filter_map(|(place, map)| {
        let field = map.field.filter(|field| !field.is_list() && !field.has_substitutes())?;
        let last = maps[place + 1..].iter().rfind(|later| later.field == Some(field))?;
        let is_other = squeeze(&last.column) != squeeze(&map.column);
        let [first, last] = [&map.column, &last.column].map(|column| bounds::named(column));
        is_other.then(|| {
            format!("`{first}` and `{last}` were both said to be the {}; `{last}` counts", field.name())
        })
    });
    told.collect()
}

/// How many columns fill a field.
fn known_of(fields: &[Option<Field>]) -> usize {
    fields.iter().flatten().filter(|field| **field != Field::Answer).count()
}

/// Says that the title is what another column describes, where none is called one.
fn title_of_description(
    choice: &TableChoice<'_>,
    presets: &Presets,
    cells: &[String],
    maps: &[Mapping],
) -> Option<String> {
    let title = choice.fields.iter().position(|field| *field == Some(Field::TITLE))?;
    let name = cells.get(title)?;
    let of = presets.common().into_iter().chain([choice.preset]);
    let is_description = of.clone().any(|preset| preset.rank(Field::ASK, &squeeze(name)) != usize::MAX);
    let is_said = maps.iter().any(|map| map.field == Some(Field::TITLE));
    (is_description && !is_said && cells.len() > 1).then(|| {
        format!(
            "no column is called a title, so `{}` was taken for one (say --map \"COLUMN=title\")",
            bounds::named(name)
        )
    })
}

/// The row that most likely is the header where none was found, and what its columns would fill by their names.
pub fn propose(sheet: &SourceSheet, presets: &Presets) -> (usize, Vec<Option<Field>>) {
    let header = likely_header(sheet).map_or(0, |(index, _)| index);
    let cells = sheet.rows.get(header).map_or(&[][..], |row| &row.cells);
    let names = HeaderNames::of(cells);
    let fields = presets.common().map(|common| match_fields(common, None, &names, &[]));
    (header, fields.unwrap_or_else(|| vec![None; cells.len()]))
}

/// The fullest of the first rows, with its place.
fn likely_header(sheet: &SourceSheet) -> Option<(usize, &SourceRow)> {
    sheet.rows.iter().take(HEAD).enumerate().max_by_key(|(_, row)| {
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        // Of rows with as many cells the first one: `max_by_key` alone would take the last.
        (filled, usize::MAX - row.row)
    })
}

fn no_title(sheet: &SourceSheet, maps: &[Mapping]) -> ImportError {
    let cells = likely_header(sheet).map_or(&[][..], |(_, row)| &row.cells);
    // A mistyped `--map` explains a missing title better than the title itself.
    if let Err(error) = check_columns(cells, maps) {
        return error;
    }
    let missing = "the title (say --map \"COLUMN=title\")".to_owned();
    ImportError::NoHeader { missing, columns: told(cells) }
}

/// What a row calls its columns, as a message may say it.
pub fn told(cells: &[String]) -> Vec<String> {
    cells.iter().take(30).map(|cell| format!("`{}`", shorten(cell))).collect()
}

fn shorten(cell: &str) -> String {
    cell.trim().chars().take(40).collect()
}

fn check_columns(headers: &[String], maps: &[Mapping]) -> Result<(), ImportError> {
    for map in maps {
        if !headers.iter().any(|header| squeeze(header) == squeeze(&map.column)) {
            return Err(ImportError::Unknown {
                what: "column",
                word: map.column.clone(),
                near: nearest(&map.column, headers.iter().map(String::as_str)),
            });
        }
    }
    Ok(())
}

/// How well a row does as the header for a preset; `None` if it does not.
fn score(
    preset: &Preset,
    common: Option<&Preset>,
    cells: &[String],
    maps: &[Mapping],
    is_wanted: bool,
) -> Option<(usize, Vec<Option<Field>>)> {
    let names = HeaderNames::of(cells);
    let headers = &names.squeezed;
    let (signed, is_signed) = preset.signed(headers);
    // Who names a preset knows the file; the signature only keeps presets from guessing.
    if !is_wanted && !is_signed {
        return None;
    }
    let fields = match_fields(preset, common, &names, maps);
    let title = fields.iter().position(|field| *field == Some(Field::TITLE))?;
    let known = known_of(&fields);
    let filled = headers.iter().filter(|header| !header.is_empty()).count();
    // One known word among several cells may be a sentence above the table: it stands only if no other row does better,
    // and only if it is the name of a column.
    let is_lonely = known < 2 && filled > 1 && maps.is_empty();
    let is_name = common
        .into_iter()
        .chain([preset])
        .any(|preset| preset.columns.get(&Field::TITLE).is_some_and(|names| names.contains(&headers[title])));
    match (is_lonely, is_name) {
        (true, false) => None,
        (true, true) => Some((signed * 100 + 5, fields)),
        // One column of the signature outweighs up to nine known ones; filled cells only settle ties, and never make up
        // for a known column.
        (false, _) => Some((signed * 100 + known * 10 + filled.min(9), fields)),
    }
}

#[cfg(test)]
mod tests;
