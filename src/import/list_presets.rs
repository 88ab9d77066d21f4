//! Presets of the user's own for lists of people and of absences: what their columns are called.

use std::collections::BTreeMap;

use super::ImportError;
use super::listing::{KnownColumns, ListOptions};
use super::preset::{Preset, PresetError, PresetPlace, Presets};
use super::shares::recognised_by;

/// The part of a preset that names columns of a list.
type PresetPart = fn(&Preset) -> &BTreeMap<String, Vec<String>>;

/// What a preset says of a list that is read by it.
#[derive(Default)]
pub(super) struct ListNames {
    /// Names of the known columns.
    pub(super) names: Vec<(usize, String)>,
    /// The options, with what the preset remembers.
    pub(super) options: ListOptions,
    /// Says which preset it is, where nobody named it.
    pub(super) note: Option<String>,
    /// A preset is there, so that the list need not be guessed at.
    pub(super) is_known: bool,
}

/// The names that the preset of a file has: the one that was named, or one whose header it is.
///
/// # Errors
/// [`ImportError`] when the preset is broken, not there, or says nothing of such a list.
pub(super) fn names_of(
    bytes: &[u8],
    known: &KnownColumns,
    options: &ListOptions,
    (section, part): (&str, PresetPart),
) -> Result<ListNames, ImportError> {
    let usual = || Ok(ListNames { options: options.clone(), ..ListNames::default() });
    if options.presets.is_empty() && options.preset.is_none() {
        return usual();
    }
    let presets = Presets::new(&options.presets)?;
    let asked_for = options.preset.as_deref().map(|name| presets.get(name)).transpose()?;
    let Some(preset) =
        asked_for.or_else(|| recognised_by(bytes, &presets, options, &|it| part(it).values().collect()))
    else {
        return usual();
    };
    let place = PresetPlace::default();
    let fault =
        |message: String| ImportError::Preset(PresetError { file: preset.name.clone(), place, message });
    if part(preset).is_empty() {
        let message = format!(
            "it says nothing of {section}; `[{section}]` in its file names their columns, as `name = [\"Colleague\"]`"
        );
        return Err(fault(message));
    }
    let mut names = Vec::new();
    for (field, columns) in part(preset) {
        let place = known.field(field).map_err(|error| fault(error.to_string()))?;
        names.extend(
            place.into_iter().flat_map(|place| columns.iter().map(move |name| (place, name.clone()))),
        );
    }
    // What was said of this file goes before what the preset remembers of another one.
    let sheet =
        options.sheet.clone().or_else(|| Some(preset.sheet.clone()).filter(|sheet| !sheet.is_empty()));
    let order = options.order.or(preset.date_order);
    // A preset that nobody named is said, since it may have been made for another file.
    let note = asked_for
        .is_none()
        .then(|| format!("its header is that of the preset {}, by which it is read", preset.name));
    Ok(ListNames { names, options: ListOptions { order, sheet, ..options.clone() }, note, is_known: true })
}

/// The names that a preset has for the columns of shares.
pub(super) fn names_said(preset: &Preset) -> Vec<(usize, String)> {
    let shares = preset.shares.iter();
    shares.flat_map(|(field, names)| names.iter().map(|name| (field.0, name.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::people::{read_absences, read_people};

    const OURS: &str = "name = \"team\"\ntitle = \"Our team\"\nsource = \"team\"\ndate_order = \"day-first\"\n\
        [people]\nname = [\"Kollege\"]\nweekly-hours = [\"Std\"]\n[absences]\nperson = [\"Wen\"]\nfrom = [\"Erster\"]\nto = [\"Letzter\"]\n";

    fn options(preset: Option<&str>, text: &str) -> ListOptions {
        let presets = vec![("team.toml".to_owned(), text.to_owned())];
        ListOptions { presets, preset: preset.map(str::to_owned), ..ListOptions::default() }
    }

    #[test]
    fn lists_of_people_and_absences_are_read_by_ones_own_preset() {
        for preset in [None, Some("team")] {
            let people = read_people(b"Kollege;Std\nAna;32\n", &options(preset, OURS)).unwrap();
            assert_eq!(
                (people.drafts[0].value.name.as_str(), people.notes.len()),
                ("Ana", usize::from(preset.is_none()))
            );
            let away =
                read_absences(b"Wen;Erster;Letzter\nAna;3/12/2026;4/12/2026\n", &options(preset, OURS))
                    .unwrap();
            assert_eq!(away.drafts[0].value.to.to_string(), "2026-12-04");
        }
        assert!(read_people(b"Kollege;Std\nAna;32\n", &ListOptions::default()).is_err());
    }

    #[test]
    fn a_preset_that_says_nothing_of_a_list_or_too_much_is_refused() {
        let refused = |text: &str| {
            read_people(b"Kollege\nAna\n", &options(Some("team"), text)).unwrap_err().to_string()
        };
        let none = OURS.replace("[people]\nname = [\"Kollege\"]\nweekly-hours = [\"Std\"]\n", "");
        assert!(refused(&none).contains("nothing of people"), "{}", refused(&none));
        assert!(refused(&OURS.replace("weekly-hours", "hats")).contains("hats"));
        assert!(refused("name = 1").contains("team"));
    }
}
