//! Names that stand in two columns, as tools for people export them.

use super::super::fold;
use super::super::listing::NamedCells;

pub(super) const GIVEN_NAMES: &[&str] = &[
    "first name",
    "given name",
    "forename",
    "preferred name",
    "vorname",
    "prénom",
    "nombre de pila",
    "voornaam",
];
pub(super) const FAMILY_NAMES: &[&str] = &[
    "last name",
    "family name",
    "surname",
    "nachname",
    "familienname",
    "nom de famille",
    "apellido",
    "apellidos",
    "achternaam",
];

/// The name in a column of its own, with the half that it lacks: a `Nom` beside a `Prénom` is half of one.
pub(super) fn whole_name(cells: &NamedCells<'_>, [whole, given, family]: [usize; 3]) -> String {
    let name = cells.text(whole);
    let words = |text: &str| -> Vec<String> {
        fold(text).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    // Word by word, since `Ana` stands in `Anabel` and is not told by it.
    let known = words(name);
    let is_told = |half: &str| words(half).iter().all(|word| known.contains(word));
    let [given, family] =
        [given, family].map(|half| cells.text(half)).map(|half| if is_told(half) { "" } else { half });
    [given, name, family].iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ")
}
