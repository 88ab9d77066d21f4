//! Which row is the header, which preset fits, and what each column fills.
//!
//! The header is looked for in the first twenty records by how well it fits; a column named on the
//! command line beats the preset.

use std::str::FromStr;

use super::field::Field;
use super::preset::{Preset, Presets};
use super::table::{HEAD, SourceSheet};
use super::{ImportError, fold, nearest};

/// The header and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChoice<'a> {
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
        let field = Field::from_str(field).map_err(|_| ImportError::Unknown {
            what: "field",
            word: field.to_owned(),
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
        None => presets.iter().collect(),
    };
    let mut best: Option<(usize, TableChoice<'a>)> = None;
    for (header, row) in sheet.rows.iter().take(HEAD).enumerate() {
        for preset in &candidates {
            let Some((score, fields)) = score(preset, &row.cells, maps, wanted.is_some()) else { continue };
            // On a tie the earlier row stays, and of one row the earlier preset.
            if best.as_ref().is_none_or(|(top, _)| score > *top) {
                best = Some((score, TableChoice { preset, header, fields }));
            }
        }
    }
    if wanted.is_none() && maps.is_empty() {
        refuse_other_tables(sheet)?;
    }
    let Some((_, choice)) = best else { return Err(no_title(sheet, maps)) };
    check_columns(&sheet.rows[choice.header].cells, maps)?;
    Ok(choice)
}

/// Tables of people and of their absences have names that would pass for titles.
fn refuse_other_tables(sheet: &SourceSheet) -> Result<(), ImportError> {
    for row in sheet.rows.iter().take(HEAD) {
        let headers: Vec<String> = row.cells.iter().map(|cell| fold(cell)).collect();
        let has = |names: &[&str]| headers.iter().any(|header| names.contains(&header.as_str()));
        let count = |names: &[&str]| headers.iter().filter(|header| names.contains(&header.as_str())).count();
        // Whatever has a day of its own or stands somewhere is work.
        if has(&["due", "due date", "deadline", "status", "stage", "issue key", "task id"]) {
            continue;
        }
        let is_named = has(&["name", "person", "full name", "employee", "who", "handle"]);
        let days =
            ["mon", "tue", "wed", "thu", "fri", "monday", "tuesday", "wednesday", "thursday", "friday"];
        if is_named && (count(&days) >= 3 || has(&["handle"]) && has(&["discipline", "role", "department"])) {
            return Err(ImportError::OtherTable { what: "people", verb: "people" });
        }
        let begins = ["from", "start", "start date", "first day"];
        let ends = ["to", "until", "end", "end date", "last day"];
        let is_away = ["kind", "absence", "leave", "leave type", "hours a day", "reason", "approved"];
        if is_named && has(&begins) && has(&ends) && has(&is_away) {
            return Err(ImportError::OtherTable { what: "absences", verb: "absences" });
        }
    }
    Ok(())
}

fn no_title(sheet: &SourceSheet, maps: &[Mapping]) -> ImportError {
    let likely = sheet.rows.iter().take(HEAD).max_by_key(|row| {
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        // Of rows with as many cells the first one: `max_by_key` alone would take the last.
        (filled, usize::MAX - row.row)
    });
    let cells = likely.map_or(&[][..], |row| &row.cells);
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
        if !headers.iter().any(|header| fold(header) == fold(&map.column)) {
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
    cells: &[String],
    maps: &[Mapping],
    is_wanted: bool,
) -> Option<(usize, Vec<Option<Field>>)> {
    let headers: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    let signed = preset.signature.iter().filter(|name| headers.contains(name)).count();
    // Who names a preset knows the file; the signature only keeps presets from guessing.
    if !is_wanted && signed < preset.signature.len() {
        return None;
    }
    let fields = match_fields(preset, &headers, maps);
    if !fields.contains(&Some(Field::TITLE)) {
        return None;
    }
    let known = fields.iter().flatten().count();
    let filled = headers.iter().filter(|header| !header.is_empty()).count();
    // One known word among several cells is rather a sentence above the table than its header; who maps columns
    // knows better.
    let is_lonely = known < 2 && filled > 1 && maps.is_empty();
    // One column of the signature outweighs up to nine known ones; filled cells only settle ties, and never make up
    // for a known column.
    if is_lonely { None } else { Some((signed * 100 + known * 10 + filled.min(9), fields)) }
}

/// What each column fills. Headers come folded.
fn match_fields(preset: &Preset, headers: &[String], maps: &[Mapping]) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = vec![None; headers.len()];
    for (field, names) in &preset.columns {
        assign_by_name(*field, names, headers, &mut fields);
    }
    assign_by_keyword(preset, headers, &mut fields);
    for map in maps {
        let wanted = fold(&map.column);
        if let Some(field) = map.field.filter(|field| !field.is_list()) {
            fields.iter_mut().filter(|slot| **slot == Some(field)).for_each(|slot| *slot = None);
        }
        for (index, header) in headers.iter().enumerate() {
            if *header == wanted {
                fields[index] = map.field;
            }
        }
    }
    fields
}

fn assign_by_name(field: Field, names: &[String], headers: &[String], fields: &mut [Option<Field>]) {
    for name in names {
        let mut is_found = false;
        for (index, header) in headers.iter().enumerate() {
            if fields[index].is_none() && (header == name || custom_field(header) == Some(name.as_str())) {
                fields[index] = Some(field);
                is_found = true;
            }
        }
        if is_found && !field.is_list() {
            return;
        }
    }
}

/// `custom field (brand)` is `brand`.
fn custom_field(header: &str) -> Option<&str> {
    header.strip_prefix("custom field (")?.strip_suffix(')')
}

/// Each question goes to the field with the longest fitting words, if no column has that field yet.
fn assign_by_keyword(preset: &Preset, headers: &[String], fields: &mut [Option<Field>]) {
    for (index, header) in headers.iter().enumerate() {
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
        let headers = ["summary", "labels", "labels", "custom field (brand)", "comment"].map(str::to_owned);
        let fields = match_fields(presets.get("jira-cloud").unwrap(), &headers, &[]);
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
