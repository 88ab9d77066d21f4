//! The order of rows by what stands in one of their columns, whatever the rows are.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::columns::takes;
use super::schema::Takes;
use super::subject::{FoundValue, Searchable};
use crate::domain::view::{ListKind, Order};
use crate::domain::words::days::Direction;
use crate::domain::words::fold;

/// What stands in a column, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
enum Compared {
    Number(f64),
    Day(NaiveDate),
    /// The place in a closed set.
    Place(usize),
    /// A key: its letter, then its number, so that `P-9` comes before `P-10`.
    Key(String, u64),
    Text(String),
}

/// By what a row is put into its order. What has nothing in the column comes last, whichever way round.
#[derive(Debug, Clone)]
pub struct SortKey {
    value: Option<Compared>,
    is_backwards: bool,
}

/// An order with what is needed to read rows for it.
#[derive(Debug, Clone, Copy)]
pub struct RowOrder {
    order: Order,
    takes: Takes,
}

impl RowOrder {
    /// The order with what its column holds in that list.
    pub fn new(order: Order, list: ListKind) -> Self {
        Self { order, takes: takes(order.column, list) }
    }

    /// What a row is compared by: read once for each of them, since many are compared often.
    pub fn key(&self, row: &dyn Searchable) -> SortKey {
        let value = self.compared(row.in_column(self.order.column.name));
        SortKey { value, is_backwards: self.is_highest_first() != self.order.is_reversed }
    }

    /// The newest and the highest first, as is usual for such a column; days to come, tiers and texts from the first on.
    const fn is_highest_first(&self) -> bool {
        matches!(
            self.takes,
            Takes::Day(Direction::Past)
                | Takes::Age
                | Takes::Length
                | Takes::Number
                | Takes::Whole
                | Takes::YesNo
        )
    }

    fn compared(&self, value: FoundValue<'_>) -> Option<Compared> {
        let text = |text: &str| {
            let names = match self.takes {
                Takes::Choice(names) => names,
                Takes::Stage => crate::domain::stage::Stage::NAMES,
                _ => &[],
            };
            match names.iter().position(|name| *name == text) {
                // By the alphabet `delivered` would come before `new`.
                Some(place) => Some(Compared::Place(place)),
                None => Some(fold(text.trim())).filter(|text| !text.is_empty()).map(Compared::Text),
            }
        };
        match value {
            FoundValue::Missing => None,
            FoundValue::Number(number) => Some(Compared::Number(number)),
            FoundValue::Day(day) => Some(Compared::Day(day)),
            FoundValue::Text(found) => text(&found),
            FoundValue::Texts(texts) => texts.first().and_then(|first| text(first)),
            FoundValue::Keyed(key, words) if words.trim().is_empty() || words == key => of_key(&key),
            FoundValue::Keyed(_, words) => text(&words),
        }
    }
}

fn of_key(key: &str) -> Option<Compared> {
    let (letter, number) = key.rsplit_once('-').unwrap_or((key, ""));
    (!key.is_empty()).then(|| Compared::Key(fold(letter), number.parse().unwrap_or(0)))
}

impl Compared {
    /// Different kinds of values in one column stand apart, each in its own order.
    const fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Day(_) => 1,
            Self::Place(_) => 2,
            Self::Key(..) => 3,
            Self::Text(_) => 4,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Day(one), Self::Day(other)) => one.cmp(other),
            (Self::Place(one), Self::Place(other)) => one.cmp(other),
            (Self::Key(one, number), Self::Key(other, of_other)) => (one, number).cmp(&(other, of_other)),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.value, &other.value) {
            (Some(one), Some(other)) if self.is_backwards => other.compare(one),
            (Some(one), Some(other)) => one.compare(other),
            // Not turned round with the rest: what says nothing would stand on top of a list that is read from there.
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SortKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for SortKey {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::view::{Column, Order};
    use crate::domain::words::filter::columns::{columns, order};

    /// A row that says one thing, whatever it is asked for.
    struct Says(FoundValue<'static>);

    impl Searchable for Says {
        fn holds_text(&self, _folded: &str) -> bool {
            false
        }

        fn value(&self, _word: &str) -> FoundValue<'_> {
            self.0.clone()
        }

        fn has_mark(&self, _word: &str, _mark: &str) -> bool {
            false
        }
    }

    fn ordered(text: &str, list: ListKind, says: Vec<FoundValue<'static>>) -> Vec<usize> {
        let order = RowOrder::new(order(text, list).unwrap(), list);
        let rows: Vec<Says> = says.into_iter().map(Says).collect();
        let mut places: Vec<usize> = (0..rows.len()).collect();
        places.sort_by_cached_key(|place| order.key(&rows[*place]));
        places
    }

    fn day(text: &str) -> FoundValue<'static> {
        FoundValue::Day(text.parse().unwrap())
    }

    #[test]
    fn what_has_nothing_in_the_column_comes_last_whichever_way_round() {
        let days = || vec![FoundValue::Missing, day("2026-12-01"), day("2026-11-27")];
        assert_eq!(ordered("due", ListKind::Requests, days()), [2, 1, 0]);
        assert_eq!(ordered("-due", ListKind::Requests, days()), [1, 2, 0]);
        assert_eq!(ordered("due", ListKind::Promises, days()), [2, 1, 0]);
        let texts =
            || vec![FoundValue::Text(" ".into()), FoundValue::Text("b".into()), FoundValue::Text("Á".into())];
        assert_eq!(ordered("who", ListKind::Promises, vec![]), [0; 0]);
        assert_eq!(ordered("title", ListKind::Meetings, texts()), [2, 1, 0]);
        assert_eq!(ordered("-title", ListKind::Meetings, texts()), [1, 2, 0]);
    }

    #[test]
    fn the_newest_and_the_highest_come_first_and_what_is_to_come_from_the_next_on() {
        let days = || vec![day("2026-11-01"), day("2026-12-01")];
        for (column, list, first) in [
            ("created", ListKind::Requests, 1),
            ("due", ListKind::Requests, 0),
            ("on", ListKind::Meetings, 0),
            ("seen", ListKind::Frictions, 1),
            ("due", ListKind::Outcomes, 0),
        ] {
            assert_eq!(ordered(column, list, days())[0], first, "{column} of {list}");
        }
        let numbers = || vec![FoundValue::Number(2.0), FoundValue::Number(10.0)];
        for (column, list, first) in [
            ("score", ListKind::Requests, 1),
            ("tier", ListKind::Requests, 0),
            ("hours", ListKind::Frictions, 1),
            ("length", ListKind::Meetings, 1),
        ] {
            assert_eq!(ordered(column, list, numbers())[0], first, "{column} of {list}");
        }
    }

    #[test]
    fn words_of_a_closed_set_stand_as_the_set_does_and_keys_by_their_numbers() {
        let texts =
            |texts: &[&'static str]| texts.iter().map(|text| FoundValue::Text((*text).into())).collect();
        let stages = texts(&["delivered", "in-review", "new"]);
        assert_eq!(ordered("stage", ListKind::Requests, stages), [2, 1, 0]);
        let stages = texts(&["unlocked", "changing", "seen"]);
        assert_eq!(ordered("stage", ListKind::Frictions, stages), [2, 1, 0]);
        let key = |key: &str| FoundValue::Keyed(key.into(), "".into());
        assert_eq!(ordered("key", ListKind::Promises, vec![key("P-10"), key("P-9")]), [1, 0]);
    }

    #[test]
    fn every_column_of_every_list_is_a_word_of_its_filter_and_read_as_it_is_written() {
        for list in ListKind::ALL.iter().copied() {
            let vocabulary = crate::domain::words::filter::schema::of_list(list);
            for column in columns(list) {
                let word = vocabulary.find(column.name);
                assert!(word.is_some_and(|word| word.name == column.name), "{} of {list}", column.name);
                assert!(!column.label.is_empty(), "{} of {list}", column.name);
                for text in [column.name.to_owned(), format!("-{}", column.name)] {
                    assert_eq!(order(&text, list).map(|order| order.to_string()), Ok(text));
                }
            }
        }
    }

    #[test]
    fn a_column_that_is_none_is_told_with_the_nearest_or_all() {
        let told = |text: &str, list| order(text, list).unwrap_err();
        assert_eq!(told("dew", ListKind::Requests), "`dew` is not a column; did you mean `due`?");
        assert!(told("colour of paper", ListKind::Requests).contains("columns are key, title"));
        assert_eq!(
            told("titel", ListKind::Meetings),
            "`titel` is not a column of meetings; did you mean `title`?"
        );
        let all = told("colour of paper", ListKind::Promises);
        assert!(all.starts_with("`colour of paper` is not a column of promises; columns are key, "), "{all}");
        assert_eq!(order("disc", ListKind::People).map(|order| order.column.name), Ok("discipline"));
        let kept: Order = Order { column: Column { name: "due", label: "due" }, is_reversed: false };
        assert_eq!(order("due", ListKind::Requests), Ok(kept));
    }
}
