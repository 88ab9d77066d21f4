//! Which row is the header, which preset fits, and what each column fills.
//!
//! The header is looked for in the first twenty records by how well it fits; a column named on the
//! command line beats the preset.

mod other_tables;

use std::str::FromStr;

use super::field::Field;
use super::preset::{Preset, Presets};
use super::table::{HEAD, SourceRow, SourceSheet};
use super::{ImportError, nearest, spaced, squeeze};
use crate::domain::bounds;

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
    /// [`ImportError::Unknown`] with the nearest fields.
    pub fn read(column: &str, field: &str) -> Result<Self, ImportError> {
        let column = column.trim().to_owned();
        if field.trim().eq_ignore_ascii_case("ignore") {
            return Ok(Self { column, field: None });
        }
        let field = Field::from_str(field).map_err(|_| ImportError::NoField {
            word: bounds::named(field),
            near: nearest(field, Field::names().iter().map(String::as_str)),
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
    for (header, row) in sheet.rows.iter().take(HEAD).enumerate() {
        for preset in &candidates {
            let found = score(preset, presets.common(), &row.cells, maps, wanted.is_some());
            let Some((score, fields)) = found else { continue };
            // On a tie the earlier row stays, and of one row the earlier preset.
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(TableChoice { score, preset, header, fields });
            }
        }
    }
    // Whoever names a preset or a column has looked at the table.
    if wanted.is_none() && maps.is_empty() {
        other_tables::refuse_other_tables(sheet)?;
    }
    let Some(choice) = best else { return Err(no_title(sheet, maps)) };
    check_columns(&sheet.rows[choice.header].cells, maps)?;
    Ok(choice)
}

/// The row that most likely is the header where none was found, and what its columns would fill by their names.
pub fn propose(sheet: &SourceSheet, presets: &Presets) -> (usize, Vec<Option<Field>>) {
    let header = likely_header(sheet).map_or(0, |(index, _)| index);
    let cells = sheet.rows.get(header).map_or(&[][..], |row| &row.cells);
    let squeezed: Vec<String> = cells.iter().map(|cell| squeeze(cell)).collect();
    let names =
        HeaderNames { squeezed: &squeezed, spaced: cells.iter().map(|cell| spaced(&camel(cell))).collect() };
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
    ImportError::NoHeader { missing: "the title (say --map \"COLUMN=title\")", columns: told(cells) }
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
    let headers: Vec<String> = cells.iter().map(|cell| squeeze(cell)).collect();
    let (signed, is_signed) = preset.signed(&headers);
    // Who names a preset knows the file; the signature only keeps presets from guessing.
    if !is_wanted && !is_signed {
        return None;
    }
    let names =
        HeaderNames { squeezed: &headers, spaced: cells.iter().map(|cell| spaced(&camel(cell))).collect() };
    let fields = match_fields(preset, common, &names, maps);
    let title = fields.iter().position(|field| *field == Some(Field::TITLE))?;
    let known = fields.iter().flatten().filter(|field| **field != Field::Answer).count();
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

/// The cells of a header in the two ways in which they are compared.
struct HeaderNames<'a> {
    squeezed: &'a [String],
    spaced: Vec<String>,
}

/// `dueDate` as two words.
fn camel(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for letter in name.chars() {
        if was_small && letter.is_uppercase() {
            words.push(' ');
        }
        was_small = letter.is_lowercase();
        words.push(letter);
    }
    words
}

/// What each column fills: by the preset's own names and words, then by those that are common, then by what the user
/// says. What is left is an answer, unless the preset knows it for the tool's own workings.
fn match_fields(
    preset: &Preset,
    common: Option<&Preset>,
    names: &HeaderNames<'_>,
    maps: &[Mapping],
) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = vec![None; names.squeezed.len()];
    let is_ours = |index: usize| preset.ignores(&names.squeezed[index]);
    for (field, columns) in &preset.columns {
        assign_by_name(*field, (columns, preset.alone.get(field)), names.squeezed, &mut fields);
    }
    assign_by_keyword(preset, names, &mut fields);
    if let Some(common) = common.filter(|common| common.name != preset.name) {
        let taken: Vec<Field> = fields.iter().flatten().copied().collect();
        let mut more = fields.clone();
        for (field, columns) in common.columns.iter().filter(|(field, _)| !taken.contains(field)) {
            assign_by_name(*field, (columns, common.alone.get(field)), names.squeezed, &mut more);
        }
        assign_by_keyword(common, names, &mut more);
        for (index, field) in more.into_iter().enumerate() {
            if fields[index].is_none() && !is_ours(index) {
                fields[index] = field;
            }
        }
    }
    // A form that only asks to describe what is wanted has its title in there.
    let may_lack_title = preset.title_is_ask || preset.common_names();
    if may_lack_title
        && !fields.contains(&Some(Field::TITLE))
        && let Some(slot) = fields.iter_mut().find(|field| **field == Some(Field::ASK))
    {
        *slot = Some(Field::TITLE);
    }
    for (index, header) in names.squeezed.iter().enumerate() {
        if fields[index].is_none() && (header.is_empty() || !is_ours(index)) {
            fields[index] = Some(Field::Answer);
        }
    }
    for (place, map) in maps.iter().enumerate() {
        let wanted = squeeze(&map.column);
        // The column that was named has the field alone; another one that had it is kept as an answer.
        let is_one_more = |field: Field| {
            field.has_substitutes() && maps[..place].iter().any(|map| map.field == Some(field))
        };
        if let Some(field) = map.field.filter(|field| !field.is_list() && !is_one_more(*field)) {
            fields
                .iter_mut()
                .filter(|slot| **slot == Some(field))
                .for_each(|slot| *slot = Some(Field::Answer));
        }
        for (index, header) in names.squeezed.iter().enumerate() {
            if *header == wanted {
                fields[index] = map.field;
            }
        }
    }
    fields
}

fn assign_by_name(
    field: Field,
    (names, alone): (&[String], Option<&Vec<String>>),
    headers: &[String],
    fields: &mut [Option<Field>],
) {
    let mut is_known = false;
    for name in names {
        // A `Date` may be the day of anything once another column says what is due.
        if is_known && alone.is_some_and(|alone| alone.contains(name)) {
            continue;
        }
        let mut is_found = false;
        for (index, header) in headers.iter().enumerate() {
            if fields[index].is_none() && (header == name || custom_field(header) == Some(name.as_str())) {
                fields[index] = Some(field);
                is_found = true;
            }
        }
        is_known |= is_found;
        // The first name that is there decides, or a column of a weaker name would fill the field as well.
        if is_found && !field.is_list() && !field.has_substitutes() {
            return;
        }
    }
}

/// `Custom field (Brand)` is `Brand`; what a spreadsheet says behind a name in brackets, as `Estimate (h)`, was taken for
/// a part of the name.
fn custom_field(header: &str) -> Option<&str> {
    const UNITS: [&str; 14] = [
        "h", "hrs", "hours", "days", "min", "mins", "minutes", "est", "std", "stunden", "tage", "ddmmyyyy",
        "mmddyyyy", "optional",
    ];
    header.strip_prefix("customfield").or_else(|| UNITS.iter().find_map(|unit| header.strip_suffix(unit)))
}

/// Each question goes to the field with the longest fitting words, if no column has that field yet.
fn assign_by_keyword(preset: &Preset, names: &HeaderNames<'_>, fields: &mut [Option<Field>]) {
    for (index, header) in names.spaced.iter().enumerate() {
        if fields[index].is_some() {
            continue;
        }
        let fitting = preset.keywords.iter().flat_map(|(field, words)| {
            words.iter().filter(|word| header.contains(word.as_str())).map(move |word| (word.len(), *field))
        });
        let best = fitting.max_by_key(|(length, _)| *length).map(|(_, field)| field);
        fields[index] = best.filter(|field| field.is_list() || !fields.contains(&Some(*field)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields_of(presets: &Presets, preset: &str, headers: &[&str]) -> Vec<Option<Field>> {
        let squeezed: Vec<String> = headers.iter().map(|header| squeeze(header)).collect();
        let spaced = headers.iter().map(|header| spaced(&camel(header))).collect();
        let names = HeaderNames { squeezed: &squeezed, spaced };
        match_fields(presets.get(preset).unwrap(), presets.common(), &names, &[])
    }

    fn chosen(text: &str, wanted: Option<&str>, maps: &[(&str, &str)]) -> Result<(String, usize), String> {
        let sheet = SourceSheet::read(text.as_bytes(), 100).unwrap();
        let presets = Presets::new(&[]).unwrap();
        let maps: Result<Vec<Mapping>, _> = maps.iter().map(|(c, f)| Mapping::read(c, f)).collect();
        let maps = maps.map_err(|error| error.to_string())?;
        choose(&sheet, &presets, wanted, &maps)
            .map(|choice| (choice.preset.name.clone(), choice.header))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn header_and_preset_are_found_by_what_fits() {
        let table = [
            ("Summary,Issue key,Issue id,Status\na,b,1,d\n", "jira-cloud", 0),
            ("Board\nx\n\nTask ID,Created At,Completed At,Last Modified,Name\n1,,,,b\n", "asana", 2),
            ("Timestamp,Email Address,\"What do you need?\"\n1,2,3\n", "google-forms", 0),
            ("Planner;;\n;;\nJob;Client;Hours\na;b;1\n", "generic", 1),
            ("Title\nOne\n", "generic", 0),
        ];
        for (text, preset, header) in table {
            assert_eq!(chosen(text, None, &[]), Ok((preset.to_owned(), header)), "{text}");
        }
    }

    #[test]
    fn maps_beat_the_preset_and_are_checked() {
        let text = "Thing,Amount\na,b\n";
        assert_eq!(chosen(text, None, &[("thing", "title")]), Ok(("generic".to_owned(), 0)));
        assert!(chosen(text, None, &[]).unwrap_err().contains("--map"));
        assert!(chosen(text, None, &[("Thng", "title")]).unwrap_err().contains("did you mean Thing"));
        assert!(chosen(text, None, &[("Thing", "titel")]).unwrap_err().contains("did you mean title"));
        assert!(chosen(text, None, &[("Thing", "tier")]).unwrap_err().contains("no field `tier`"));
    }

    #[test]
    fn custom_fields_and_repeats_are_known() {
        let presets = Presets::new(&[]).unwrap();
        let fields = fields_of(
            &presets,
            "jira-cloud",
            &["Summary", "Labels", "Labels", "Custom field (Brand)", "Comment"],
        );
        let expected = [
            Some(Field::TITLE),
            Some(Field::Tags),
            Some(Field::Tags),
            Some(Field::Text(crate::domain::field::Field::Brand)),
            None,
        ];
        assert_eq!(fields, expected);
    }
}
