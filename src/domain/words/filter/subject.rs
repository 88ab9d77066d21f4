//! What a filter asks of something, whatever it is.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::compare::key_parts;
use super::{Compare, Node, SearchText, Test, Wanted};
use crate::domain::words::{fold, has_beginning, holds};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundValue<'a> {
    /// Nothing, or there is no such field.
    Missing,
    Text(Cow<'a, str>),
    /// One of several texts is enough.
    Texts(Vec<Cow<'a, str>>),
    /// A key and the words of what it names; either may be empty.
    Keyed(String, Cow<'a, str>),
    Day(NaiveDate),
    /// A number; of working time its minutes.
    Number(f64),
}

/// Something that a filter can be asked of. Words come as the vocabulary calls them, never by another name.
pub trait Searchable {
    /// True if one of its texts holds a folded word; notes and the requester's own words are texts too.
    fn holds_text(&self, folded: &str) -> bool;
    /// What stands in the field of a word.
    fn value(&self, word: &str) -> FoundValue<'_>;
    /// What it says in the column of a word: what is worked out where nobody said anything may stand there too.
    fn in_column(&self, word: &str) -> FoundValue<'_> {
        self.value(word)
    }
    /// True if it has a mark: `late` of `is`, `requester` of `waiting`.
    fn has_mark(&self, word: &str, mark: &str) -> bool;
    /// It is closed, and so is left out unless the filter asks for what is closed.
    fn is_put_away(&self) -> bool {
        false
    }
}

/// Something that is known by its texts and a way to ask for a field.
pub(super) struct TextSubject<'a, 'b, T> {
    pub texts: T,
    pub fields: &'b dyn Fn(&str) -> Option<FoundValue<'a>>,
}

impl<'a, T: Iterator<Item = &'a str> + Clone> Searchable for TextSubject<'a, '_, T> {
    fn holds_text(&self, folded: &str) -> bool {
        self.texts.clone().any(|text| holds(text, folded))
    }

    fn value(&self, word: &str) -> FoundValue<'_> {
        (self.fields)(word).unwrap_or(FoundValue::Missing)
    }

    fn has_mark(&self, word: &str, mark: &str) -> bool {
        (self.fields)(&format!("{word}:{mark}")).is_some_and(|value| value != FoundValue::Missing)
    }
}

impl Node {
    pub(super) fn holds(&self, subject: &dyn Searchable) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.holds(subject)),
            Self::Any(nodes) => nodes.iter().any(|node| node.holds(subject)),
            Self::Not(node) => !node.holds(subject),
            Self::View(_, node) => node.holds(subject),
            Self::Is(test) => test.holds(subject),
        }
    }
}

impl Test {
    fn holds(&self, subject: &dyn Searchable) -> bool {
        match self {
            Self::Text(typed) => subject.holds_text(&typed.folded),
            Self::Field(word, wanted) => {
                // Asked for once, and only if it is needed: what somebody holds is gathered from the whole
                // queue.
                let mut value = None;
                wanted.iter().any(|wanted| match wanted {
                    Wanted::Mark(mark) => subject.has_mark(word, mark),
                    wanted => wanted.fits(value.get_or_insert_with(|| subject.value(word))),
                })
            }
        }
    }
}

impl FoundValue<'_> {
    fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Keyed(key, text) => key.is_empty() && text.trim().is_empty(),
            Self::Day(_) | Self::Number(_) => false,
        }
    }

    fn any_text(&self, fits: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => fits(text),
            Self::Texts(texts) => texts.iter().any(|text| fits(text)),
            _ => false,
        }
    }
}

impl Wanted {
    fn fits(&self, value: &FoundValue<'_>) -> bool {
        match self {
            Self::Nothing => value.is_missing(),
            Self::Something => !value.is_missing(),
            Self::Text(typed) => match value {
                // A key is named whole: O-3 is not O-31.
                FoundValue::Keyed(key, text) => fold(key) == typed.folded || holds(text, &typed.folded),
                value => value.any_text(|text| holds(text, &typed.folded)),
            },
            Self::Exactly(SearchText { folded, .. }) => value.any_text(|text| fold(text) == *folded),
            Self::Called(SearchText { folded, .. }) => value.any_text(|text| has_beginning(text, folded)),
            Self::Choice(name) => value.any_text(|text| text == *name),
            Self::Me(names) => names.iter().any(|name| value.any_text(|text| has_beginning(text, name))),
            Self::Days(from, to) => match value {
                FoundValue::Day(day) => {
                    from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to)
                }
                _ => false,
            },
            Self::Keys(letters, low, high) => {
                let key = match value {
                    FoundValue::Keyed(key, _) => key.as_str(),
                    FoundValue::Text(text) => text,
                    _ => return false,
                };
                key_parts(key).is_some_and(|(own, number)| {
                    own == *letters
                        && low.is_none_or(|low| low <= number)
                        && high.is_none_or(|high| number <= high)
                })
            }
            Self::Number(compare, number, _) => match value {
                FoundValue::Number(found) => {
                    found.partial_cmp(number).is_some_and(|order| compare.holds(order))
                }
                _ => false,
            },
            Self::Between(low, high, _) => {
                matches!(value, FoundValue::Number(found) if (*low..=*high).contains(found))
            }
            // A mark stands in no field; the test asks the subject itself for it.
            Self::Mark(_) => false,
        }
    }
}

impl Compare {
    const fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}
