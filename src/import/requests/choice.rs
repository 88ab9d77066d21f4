//! The columns of a table as somebody chooses what they fill: a few cells of each, and what is proposed.

use serde::{Deserialize, Serialize};

use super::{RequestOptions, best_sheet};
use crate::domain::bounds;
use crate::import::columns::{self, Mapping};
use crate::import::field::Field;
use crate::import::preset::Presets;
use crate::import::table::SourceSheet;
use crate::import::wanted_sheets;
use crate::import::{ImportError, boards};

/// So many rows are looked at for samples.
pub(in crate::import) const LOOKED_AT: usize = 60;
/// So many samples of a column are kept, each with so many bytes.
const SAMPLES: usize = 3;
const SAMPLE: usize = 80;

/// One column and what it fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// As the file names it.
    pub name: String,
    /// The first cells that say something, no text twice.
    pub samples: Vec<String>,
    /// The name of the field; nothing if the column is left out.
    pub field: Option<String>,
}

/// A table as somebody chooses what it fills.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableChoices {
    pub columns: Vec<ColumnChoice>,
    /// The sheet that they are of; empty for a file of text.
    pub sheet: String,
    /// All sheets of the workbook that hold something.
    pub sheets: Vec<String>,
}

/// The named columns of a table, with what each fills by its preset and by what was said about it. Where no title can be
/// found, the first column of words that nothing else claims is proposed for it.
///
/// # Errors
/// [`ImportError`] when the bytes are no table, or what was said names something unknown.
pub fn choices(
    bytes: &[u8],
    presets: &Presets,
    options: &RequestOptions,
) -> Result<TableChoices, ImportError> {
    let maps: Vec<Mapping> =
        options.maps.iter().map(|(column, field)| Mapping::read(column, field)).collect::<Result<_, _>>()?;
    let all = SourceSheet::read_all(bytes, 1)?.into_iter().map(|sheet| sheet.title);
    let sheets: Vec<String> = all.filter(|title| !title.is_empty()).collect();
    let wanted = wanted_sheets(bytes, LOOKED_AT, options.sheet.as_deref())?;
    let (columns, sheet) = match best_sheet(wanted.clone(), presets, options, &maps) {
        Ok((sheet, choice)) => {
            let ignored = |name: &str| choice.preset.ignores(&crate::import::squeeze(name));
            let field = |index: usize, name: &str| {
                let field = choice.fields.get(index).copied().flatten();
                field.filter(|field| *field != Field::Answer || !ignored(name)).map(Field::name)
            };
            (of_sheet(&sheet, choice.header, &field), sheet.title)
        }
        // Whoever is to say what the columns are has to see them, though the reader makes nothing of the table.
        Err(ImportError::NoHeader { .. } | ImportError::OtherTable { .. }) => proposed(wanted, presets),
        Err(error) => return Err(error),
    };
    Ok(TableChoices { columns, sheet, sheets })
}

/// What columns fill, as `--map` says it.
pub fn maps(columns: &[ColumnChoice]) -> Vec<(String, String)> {
    let field = |column: &ColumnChoice| column.field.clone().unwrap_or_else(|| LEFT_OUT.to_owned());
    columns.iter().map(|column| (column.name.clone(), field(column))).collect()
}

/// What leaves a column out.
const LEFT_OUT: &str = "ignore";

/// The columns of the longest sheet, and its name.
fn proposed(sheets: Vec<SourceSheet>, presets: &Presets) -> (Vec<ColumnChoice>, String) {
    let Some(sheet) = sheets.into_iter().map(boards::flatten).max_by_key(|sheet| sheet.rows.len()) else {
        return (Vec::new(), String::new());
    };
    let (header, fields) = columns::propose(&sheet, presets);
    let field = |index: usize, _: &str| fields.get(index).copied().flatten().map(Field::name);
    let mut choices = of_sheet(&sheet, header, &field);
    let (title, answer) = (Field::TITLE.name(), Field::Answer.name());
    if !choices.iter().any(|choice| choice.field.as_ref() == Some(&title)) {
        let words = |choice: &&mut ColumnChoice| {
            choice.field.as_ref() == Some(&answer)
                && choice
                    .samples
                    .iter()
                    .any(|sample| sample.chars().filter(|c| c.is_alphabetic()).count() > 3)
        };
        if let Some(choice) = choices.iter_mut().find(words) {
            choice.field = Some(title);
        }
    }
    (choices, sheet.title)
}

/// The named columns of a sheet, with a few cells of each and what it fills by its place and name.
pub(in crate::import) fn of_sheet(
    sheet: &SourceSheet,
    header: usize,
    field: &dyn Fn(usize, &str) -> Option<String>,
) -> Vec<ColumnChoice> {
    let Some(head) = sheet.rows.get(header) else { return Vec::new() };
    let mut choices: Vec<ColumnChoice> = Vec::new();
    for (index, name) in head.cells.iter().map(|cell| cell.trim()).enumerate() {
        // What has no name cannot be said on the command line either; of two of one name the first stands for both.
        if name.is_empty() || choices.iter().any(|known| known.name == name) {
            continue;
        }
        let mut samples: Vec<String> = Vec::new();
        for row in sheet.rows.iter().skip(header + 1) {
            let words: Vec<&str> = row
                .cells
                .get(index)
                .map_or(Vec::new(), |cell| bounds::within(cell, SAMPLE).split_whitespace().collect());
            let text = words.join(" ");
            if !text.is_empty() && !samples.contains(&text) {
                samples.push(text);
            }
            if samples.len() == SAMPLES {
                break;
            }
        }
        choices.push(ColumnChoice { name: name.to_owned(), samples, field: field(index, name) });
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(maps: Vec<(String, String)>) -> RequestOptions {
        RequestOptions { preset: None, maps, sheet: None, order: None, now: chrono::DateTime::UNIX_EPOCH }
    }

    fn fields(text: &str, maps: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let presets = Presets::new(&[]).unwrap();
        let maps = maps.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
        let choices = choices(text.as_bytes(), &presets, &options(maps)).unwrap();
        choices.columns.into_iter().map(|choice| (choice.name, choice.field)).collect()
    }

    fn expected(pairs: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
        pairs.iter().map(|(name, field)| ((*name).to_owned(), field.map(str::to_owned))).collect()
    }

    #[test]
    fn a_table_that_is_known_shows_what_each_column_fills() {
        let found = fields("Title,Due,Mood\nPoster,2026-12-04,calm\n", &[("Mood", "ignore")]);
        assert_eq!(found, expected(&[("Title", Some("title")), ("Due", Some("due")), ("Mood", None)]));
    }

    #[test]
    fn where_no_title_is_known_the_first_column_of_words_is_proposed() {
        let found = fields("Nr,Was,Due\n1,Poster for the window,2026-12-04\n2,Menu,2026-12-05\n", &[]);
        assert_eq!(found[1], ("Was".to_owned(), Some("title".to_owned())));
        assert_eq!(found[2], ("Due".to_owned(), Some("due".to_owned())));
    }

    #[test]
    fn samples_are_the_first_cells_that_differ() {
        let presets = Presets::new(&[]).unwrap();
        let text = "Title,Team\nA,x\nB,\nC,x\nD,y\nE,z\nF,w\n";
        let choices = choices(text.as_bytes(), &presets, &options(Vec::new())).unwrap();
        assert_eq!(choices.columns[1].samples, ["x", "y", "z"]);
    }
}
