//! What each column of a header fills: by its name, by the words of its question, or because somebody says so.

use super::Mapping;
use crate::import::field::Field;
use crate::import::preset::Preset;
use crate::import::{spaced, squeeze};

/// The cells of a header in the two ways in which they are compared.
pub(super) struct HeaderNames {
    pub(super) squeezed: Vec<String>,
    spaced: Vec<String>,
}

impl HeaderNames {
    pub(super) fn of(cells: &[impl AsRef<str>]) -> Self {
        Self {
            squeezed: cells.iter().map(|cell| squeeze(cell.as_ref())).collect(),
            spaced: cells.iter().map(|cell| spaced(&camel(cell.as_ref()))).collect(),
        }
    }
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
pub(super) fn match_fields(
    preset: &Preset,
    common: Option<&Preset>,
    names: &HeaderNames,
    maps: &[Mapping],
) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = vec![None; names.squeezed.len()];
    let is_ours = |index: usize| preset.ignores(&names.squeezed[index]);
    for (field, columns) in &preset.columns {
        assign_by_name(*field, (columns, preset), names, &mut fields);
    }
    assign_by_keyword(preset, names, &mut fields);
    if let Some(common) = common.filter(|common| common.name != preset.name) {
        let taken: Vec<Field> = fields.iter().flatten().copied().collect();
        let mut more = fields.clone();
        for (field, columns) in common.columns.iter().filter(|(field, _)| !taken.contains(field)) {
            assign_by_name(*field, (columns, common), names, &mut more);
        }
        assign_by_keyword(common, names, &mut more);
        for (index, field) in more.into_iter().enumerate() {
            if fields[index].is_none() && !is_ours(index) {
                fields[index] = field;
            }
        }
    }
    if preset.title_is_ask || preset.common_names() {
        find_title(names, &mut fields);
    }
    for (index, header) in names.squeezed.iter().enumerate() {
        // What stands under no name may be an answer all the same, and is kept under the number of its column.
        if fields[index].is_none() && (header.is_empty() || !is_ours(index)) {
            fields[index] = Some(Field::Answer);
        }
    }
    obey(maps, &names.squeezed, &mut fields);
    fields
}

/// What the user says of columns.
fn obey(maps: &[Mapping], headers: &[String], fields: &mut [Option<Field>]) {
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
        for (index, header) in headers.iter().enumerate() {
            if *header == wanted {
                fields[index] = map.field;
            }
        }
    }
}

/// A title where no column is known as one: what ends in the word for it, or else the description, since a form that only
/// asks to describe what is wanted has its title in there. Beside a title of its own a `Name` is whoever asks.
fn find_title(names: &HeaderNames, fields: &mut [Option<Field>]) {
    const ENDS: [&str; 4] = ["title ", "titel ", "titre ", "titulo "];
    const OTHERS: [&str; 6] = ["job", "position", "subtitle", "untertitel", "subtitel", "seite"];
    const WHO: [&str; 5] = ["name", "nom", "nombre", "naam", "fullname"];
    let is_titled = |name: &str| {
        ENDS.iter().any(|end| name.ends_with(end)) && !OTHERS.iter().any(|other| name.contains(other))
    };
    if !fields.contains(&Some(Field::TITLE)) {
        let place = |fields: &[Option<Field>], wanted: Option<Field>| {
            fields.iter().position(|field| *field == wanted)
        };
        let titled =
            (0..fields.len()).find(|index| fields[*index].is_none() && is_titled(&names.spaced[*index]));
        // A ticket or an issue is often a number; where nothing else names the work, it is what the rows are called.
        let numbered = || names.squeezed.iter().position(|name| name == "ticket" || name == "issue");
        if let Some(index) = titled.or_else(|| place(fields, Some(Field::ASK))).or_else(numbered) {
            fields[index] = Some(Field::TITLE);
        }
    }
    let is_asked = names
        .spaced
        .iter()
        .zip(fields.iter())
        .any(|(name, field)| *field == Some(Field::TITLE) && name.split_whitespace().count() > 2);
    if is_asked
        && !fields.contains(&Some(Field::REQUESTER))
        && let Some(index) = names.squeezed.iter().position(|name| WHO.contains(&name.as_str()))
    {
        fields[index].get_or_insert(Field::REQUESTER);
    }
}

fn assign_by_name(
    field: Field,
    (columns, preset): (&[String], &Preset),
    names: &HeaderNames,
    fields: &mut [Option<Field>],
) {
    let is_alone = |name: &String| preset.alone.get(&field).is_some_and(|alone| alone.contains(name));
    // A question that asks for it says more than such a name.
    let is_asked = |fields: &[Option<Field>]| {
        let open = names.spaced.iter().zip(fields).filter(|(_, field)| field.is_none());
        open.filter_map(|(name, _)| asked(preset, name)).any(|asked| asked == field)
    };
    let mut is_known = false;
    for name in columns {
        // A `Date` may be the day of anything once another column says what is due.
        if is_alone(name) && (is_known || is_asked(fields)) {
            continue;
        }
        // Of whoever asks only an address stands in for the name.
        if is_known && field == Field::REQUESTER && !is_address(name) {
            continue;
        }
        let mut is_found = false;
        for (index, header) in names.squeezed.iter().enumerate() {
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

/// True for the name of a column of addresses, squeezed.
fn is_address(name: &str) -> bool {
    ["mail", "messagerie", "correo"].iter().any(|word| name.contains(word))
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
fn assign_by_keyword(preset: &Preset, names: &HeaderNames, fields: &mut [Option<Field>]) {
    for (index, header) in names.spaced.iter().enumerate() {
        if fields[index].is_none() {
            fields[index] =
                asked(preset, header).filter(|field| field.is_list() || !fields.contains(&Some(*field)));
        }
    }
}

/// What a question asks for: the field with the longest words in it.
fn asked(preset: &Preset, header: &str) -> Option<Field> {
    let fitting = preset.keywords.iter().flat_map(|(field, words)| {
        words.iter().filter(|word| header.contains(word.as_str())).map(move |word| (word.len(), *field))
    });
    fitting.max_by_key(|(length, _)| *length).map(|(_, field)| field)
}
