//! Closed sets of words: one macro gives an enum its stable name (command line, JSON, store, lower
//! kebab-case), its title for people, and a reader that knows unambiguous beginnings.

use crate::domain::bounds;

/// Why a word is not one of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not one of {}", bounds::named(word), names.join(", "))]
pub struct NameError {
    /// The word that was typed, whole; the message cuts a long one.
    pub word: String,
    /// What would have been understood.
    pub names: Vec<&'static str>,
}

/// Finds `word` among `names`: exactly, or as the beginning or a whole part of just one of them, so that `review` is
/// `in-review`.
///
/// # Errors
/// [`NameError`] when none or several fit.
pub fn find(word: &str, names: &[&'static str]) -> Result<usize, NameError> {
    // `in review` and `in_review` are typed as often as the name itself.
    let wanted: String =
        word.trim().to_lowercase().chars().map(|c| if c == ' ' || c == '_' { '-' } else { c }).collect();
    if let Some(index) = names.iter().position(|name| *name == wanted) {
        return Ok(index);
    }
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = names.iter().enumerate().filter(|(_, name)| fits(name));
        fitting.next().filter(|_| fitting.next().is_none()).map(|(index, _)| index)
    };
    let begins = |name: &str| name.starts_with(&wanted);
    let has_part = |name: &str| name.split('-').any(|part| part == wanted);
    // Beginnings first: who typed one was on the way to that name. An empty word begins every name and means none.
    match (wanted.is_empty(), only(&begins).or_else(|| only(&has_part))) {
        (false, Some(index)) => Ok(index),
        _ => Err(NameError { word: bounds::named(word), names: names.to_vec() }),
    }
}

macro_rules! named_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal, $title:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* #[doc = $title] $variant,)* }

        impl $name {
            /// Every value, in the order of the field.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The stable names, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($text,)*];

            /// The stable name used by the command line, JSON and the store.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The words that people read.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::named::NameError;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                $crate::domain::named::find(word, Self::NAMES).map(|index| Self::ALL[index])
            }
        }

        /// The stable name; `{:#}` writes the title.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(if f.alternate() { self.title() } else { self.name() })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use named_enum;

/// Reads from JSON what is written there as text.
macro_rules! read_as_text {
    ($($name:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

pub(crate) use read_as_text;

#[cfg(test)]
mod tests {
    use crate::domain::lever::Lever;
    use crate::domain::stage::Stage;

    #[test]
    fn reads_names_titles_and_clear_beginnings() {
        for word in ["risk-reduction", "risk reduction", "RISK", "r"] {
            assert_eq!(word.parse(), Ok(Lever::RiskReduction), "{word}");
        }
        assert_eq!("Impact".parse(), Ok(Lever::MeasurableImpact));
        assert_eq!("review".parse(), Ok(Stage::InReview));
        assert!("in".parse::<Stage>().is_err(), "two stages begin so");
    }

    #[test]
    fn names_the_choices_when_refusing() {
        let error = "impactful".parse::<Lever>().unwrap_err();
        assert!(error.to_string().contains("measurable-impact"), "{error}");
        assert!("".parse::<Lever>().is_err());
    }
}
