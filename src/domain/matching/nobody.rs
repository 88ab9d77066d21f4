//! What stands in a column of people where nobody is meant.

use crate::domain::words::fold;

/// Folded, as texts are before they are compared, and without brackets around them.
const NOBODY: [&str; 49] = [
    "-",
    "–",
    "—",
    "?",
    "??",
    "tbd",
    "tbc",
    "t.b.d.",
    "t.b.c.",
    "tba",
    "n/a",
    "n.a.",
    "none",
    "nobody",
    "no one",
    "null",
    "nil",
    "unassigned",
    "not assigned",
    "not set",
    "no assignee",
    "no owner",
    "to be assigned",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "unknown",
    "nicht zugewiesen",
    "nicht zugeordnet",
    "niemand",
    "keiner",
    "keine",
    "offen",
    "unbekannt",
    "k.a.",
    "non assigne",
    "non assignee",
    "non attribue",
    "personne",
    "aucun",
    "sin asignar",
    "no asignado",
    "sin asignacion",
    "nadie",
    "ninguno",
    "niet toegewezen",
    "nog niet toegewezen",
    "n.v.t.",
    "geen",
];

/// True for words that say that it is nobody yet.
pub fn is_nobody(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '[', ']', '<', '>', '"']);
    NOBODY.contains(&fold(bare.trim()).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nobody_are_nobody_in_five_languages() {
        for text in [
            "Unassigned",
            "(unassigned)",
            "TBD",
            "TBC",
            "N/A",
            "None",
            "Nobody",
            "?",
            "Nicht zugewiesen",
            "Non assigné",
            "sin asignar",
            "niet toegewezen",
        ] {
            assert!(is_nobody(text), "{text}");
        }
        for text in ["Na Kim", "Noa", "Tom", ""] {
            assert!(!is_nobody(text), "{text}");
        }
    }
}
