//! A filter in words again: days as such, lengths in minutes, so that it reads the same on any day.

use std::fmt::{self, Display, Formatter, Write};

use super::{Compare, Filter, Node, SearchText, Test, Wanted};
use crate::domain::words::token::quoted;

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.print(f, false)
    }
}

/// A text as it stands, in quotes where it would be read as something else.
fn as_typed(text: &str) -> String {
    // Anything but letters and digits may be a mark of the language.
    let is_word = !text.is_empty() && text.chars().all(char::is_alphanumeric);
    let is_joint =
        ["or", "and", "none", "any", "all", "me"].iter().any(|joint| text.eq_ignore_ascii_case(joint));
    if is_word && !is_joint { text.to_owned() } else { quoted(text) }
}

impl Node {
    fn print(&self, f: &mut Formatter<'_>, is_inside: bool) -> fmt::Result {
        match self {
            Self::All(nodes) => bracketed(f, is_inside, |f| {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        f.write_char(' ')?;
                    }
                    node.print(f, true)?;
                }
                Ok(())
            }),
            Self::Any(nodes) => bracketed(f, is_inside, |f| {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        f.write_str(" or ")?;
                    }
                    // "and" binds more tightly: only an "or" within needs brackets.
                    node.print(f, matches!(node, Self::Any(_)))?;
                }
                Ok(())
            }),
            Self::Not(node) => {
                f.write_char('-')?;
                // A second minus would be a letter of a word.
                bracketed(f, matches!(**node, Self::Not(_)), |f| node.print(f, true))
            }
            Self::View(name, _) => write!(f, "view:{}", quoted(name)),
            Self::Is(Test::Text(SearchText { text, .. })) => f.write_str(&as_typed(text)),
            Self::Is(Test::Field(word, wanted)) => {
                write!(f, "{word}:")?;
                for (index, wanted) in wanted.iter().enumerate() {
                    if index > 0 {
                        f.write_char('|')?;
                    }
                    wanted.print(f)?;
                }
                Ok(())
            }
        }
    }
}

fn bracketed(
    f: &mut Formatter<'_>,
    is_inside: bool,
    inner: impl FnOnce(&mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if is_inside {
        f.write_char('(')?;
    }
    inner(f)?;
    if is_inside { f.write_char(')') } else { Ok(()) }
}

impl Wanted {
    fn print(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("none"),
            Self::Something | Self::Days(None, None) => f.write_str("any"),
            Self::Text(SearchText { text, .. })
            | Self::Exactly(SearchText { text, .. })
            | Self::Called(SearchText { text, .. }) => f.write_str(&as_typed(text)),
            Self::Choice(name) | Self::Mark(name) => f.write_str(name),
            Self::Me(_) => f.write_str("me"),
            Self::Days(Some(from), Some(to)) if from == to => write!(f, "{from}"),
            Self::Days(Some(from), None) => write!(f, ">={from}"),
            Self::Days(None, Some(to)) => write!(f, "<={to}"),
            Self::Days(Some(from), Some(to)) => write!(f, "{from}..{to}"),
            Self::Keys(letters, low, high) => {
                let letters = letters.to_uppercase();
                match (low, high) {
                    (Some(low), Some(high)) => write!(f, "{letters}-{low}..{letters}-{high}"),
                    (Some(low), None) => write!(f, ">={letters}-{low}"),
                    (None, high) => write!(f, "<={letters}-{}", high.unwrap_or(u64::MAX)),
                }
            }
            Self::Number(compare, number, unit) => write!(f, "{}{number}{unit}", compare.sign()),
            Self::Between(low, high, unit) => write!(f, "{low}{unit}..{high}{unit}"),
        }
    }
}

impl Compare {
    const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }
}
