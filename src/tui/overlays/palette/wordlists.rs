//! The words by which the palette finds things besides their own names: other people's words for actions, what there is
//! not, and what marks and words on the screen mean. They are read when the palette opens, so a start pays nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

const SYNONYMS: &str = include_str!("../../../../assets/synonyms.toml");
const LEGEND: &str = include_str!("../../../../assets/legend.toml");

/// Other people's words.
#[derive(Debug, Deserialize)]
pub struct Synonyms {
    /// By the name of an action.
    pub actions: BTreeMap<String, Vec<String>>,
    pub absent: Vec<Absent>,
}

/// Something that people look for, and that there is not.
#[derive(Debug, Deserialize)]
pub struct Absent {
    pub words: Vec<String>,
    /// That there is none, and what comes nearest.
    pub says: String,
    /// The names of the actions that come nearest.
    pub near: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Legend {
    #[serde(rename = "group")]
    pub groups: Vec<LegendGroup>,
}

/// Marks and words of one part of the screen.
#[derive(Debug, Deserialize)]
pub struct LegendGroup {
    pub title: String,
    /// Where they stand, in a word or two.
    pub place: String,
    /// What finds all of it.
    pub words: Vec<String>,
    pub rows: Vec<LegendEntry>,
}

/// What a mark or word means.
#[derive(Debug, Deserialize)]
pub struct LegendEntry {
    pub mark: String,
    /// The mark where only letters are drawn.
    pub ascii: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    pub says: String,
}

impl Synonyms {
    pub fn shipped() -> Self {
        toml::from_str(SYNONYMS).expect("a test reads the shipped synonyms")
    }
}

impl Legend {
    pub fn shipped() -> Self {
        toml::from_str(LEGEND).expect("a test reads the shipped legend")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hint::Hints;
    use crate::domain::words::fold;
    use crate::tui::app::action::TABLE;

    fn is_action(name: &str) -> bool {
        TABLE.iter().any(|entry| entry.name == name)
    }

    #[test]
    fn synonyms_name_actions_that_there_are_and_are_found_as_typed() {
        let synonyms = Synonyms::shipped();
        for (name, words) in &synonyms.actions {
            assert!(is_action(name), "{name}");
            assert!(words.iter().all(|word| *word == fold(word) && !word.is_empty()), "{name}: {words:?}");
        }
        for absent in &synonyms.absent {
            assert!(absent.near.iter().all(|name| is_action(name)), "{:?}", absent.near);
            assert!(absent.words.iter().all(|word| *word == fold(word)), "{:?}", absent.words);
        }
    }

    #[test]
    fn what_is_explained_names_actions_that_there_are() {
        let said = Synonyms::shipped().absent.into_iter().map(|absent| absent.says);
        let meant = Legend::shipped().groups.into_iter().flat_map(|group| group.rows).map(|row| row.says);
        let hints = Hints::new(TABLE.iter().map(|entry| (entry.name.to_owned(), "key".to_owned())));
        for text in said.chain(meant) {
            assert!(!hints.say(&text).contains(['{', '}']), "{text}");
        }
    }
}
