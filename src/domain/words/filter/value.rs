//! What stands behind the colon: lists, comparisons, ranges, and the values themselves.

use chrono::NaiveDate;

use super::compare::{comparison, range_of_keys};
use super::schema::{FilterWord, Takes, Whose};
use super::{Compare, FilterError, SearchText, Wanted};
use crate::domain::day::plus;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::words::days::{Direction, distance, read_range};
use crate::domain::words::duration::parse_duration;
use crate::domain::words::token::Token;
use crate::domain::words::{ParseContext, fold, nearest};

/// What is asked of a word; `whole` is where a fault is told.
pub(super) fn wanted(
    word: &FilterWord,
    value: &Token,
    whole: &Token,
    reading: &ParseContext,
) -> Result<Vec<Wanted>, FilterError> {
    let reader = ValueReader { word, whole, reading };
    let found: Result<Vec<Wanted>, FilterError> =
        values(word, value).iter().map(|part| reader.part(part)).collect();
    match found {
        // Signs that part nothing are a value of their own, and read as one: `#|` is the tag, `due:|` no day.
        Ok(found) if found.is_empty() => reader.part(value).map(|wanted| vec![wanted]),
        found => found,
    }
}

/// The values of a list, each without the mark of the word, which is often said again: `@ana|@bo`.
fn values(word: &FilterWord, value: &Token) -> Vec<Token> {
    let bare = |part: Token| {
        let is_marked = word.mark.is_some() && part.text.chars().next() == word.mark;
        if is_marked && part.quoted.len() > 1 && !part.quoted[0] { part.behind(1) } else { part }
    };
    parts(value, word.takes).into_iter().map(bare).collect()
}

/// The names among the values of a word that takes some: neither the lead's own nor that there is one or none.
pub(super) fn names_in(word: &FilterWord, value: &Token) -> Vec<String> {
    if word.asks_for().is_none() {
        return Vec::new();
    }
    let says_else = |part: &Token| {
        let is_bare = part.quoted.iter().all(|quoted| !quoted);
        is_bare && ["me", "none", "any", "all"].iter().any(|word| part.text.eq_ignore_ascii_case(word))
    };
    values(word, value).into_iter().filter(|part| !says_else(part)).map(|part| part.text).collect()
}

const fn takes_text(takes: Takes) -> bool {
    matches!(takes, Takes::Text | Takes::Name(_) | Takes::Exact | Takes::Key)
}

/// The values of a list, parted by `|` and `,` outside quotes. Between digits a comma is a decimal, wherever there can
/// be one.
fn parts(value: &Token, takes: Takes) -> Vec<Token> {
    let letters: Vec<char> = value.text.chars().collect();
    // Two decimals have a comma of their own, and are still parted by a stroke.
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    // Where only whole numbers can stand a comma parts a list: `tier:1,2`.
    let has_decimals = !matches!(takes, Takes::Tier | Takes::Whole | Takes::Age);
    let is_decimal = |at: usize| has_decimals && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    cut(value, |at| letters[at] == '|' || letters[at] == ',' && !is_decimal(at))
}

/// Words of which one is enough, parted by `|` outside quotes.
pub(super) fn either(word: &Token) -> Vec<Token> {
    let letters: Vec<char> = word.text.chars().collect();
    cut(word, |at| letters[at] == '|')
}

/// The parts of a word between letters outside quotes that end one.
fn cut(value: &Token, ends_at: impl Fn(usize) -> bool) -> Vec<Token> {
    let letters: Vec<char> = value.text.chars().collect();
    let mut parts = Vec::new();
    let mut begin = 0;
    for at in 0..=letters.len() {
        let ends = at == letters.len() || !value.quoted[at] && ends_at(at);
        if !ends {
            continue;
        }
        if at > begin {
            parts.push(Token {
                at: value.at + begin,
                text: letters[begin..at].iter().collect(),
                is_quoted: value.quoted[begin],
                quoted: value.quoted[begin..at].to_vec(),
                end: value.at + at,
            });
        }
        begin = at + 1;
    }
    parts
}

struct ValueReader<'a> {
    word: &'a FilterWord,
    whole: &'a Token,
    reading: &'a ParseContext,
}

impl ValueReader<'_> {
    fn wrong(&self, message: &str, near: Option<String>) -> FilterError {
        FilterError::at(self.whole, message, near)
    }

    fn part(&self, part: &Token) -> Result<Wanted, FilterError> {
        // In quotes it is the word itself, and not what the word means.
        let is_bare = part.quoted.iter().all(|quoted| !quoted);
        match part.text.to_lowercase().as_str() {
            "none" if is_bare => return Ok(Wanted::Nothing),
            "any" | "all" if is_bare => return Ok(Wanted::Something),
            _ => {}
        }
        let text = part.text.as_str();
        match self.word.takes {
            Takes::Name(_) if is_bare && text.eq_ignore_ascii_case("me") => {
                Ok(Wanted::Me(self.reading.own_names.iter().map(|name| fold(name)).collect()))
            }
            // What an outcome says may hold such signs; a key never does.
            Takes::Key if is_bare && let Some(range) = self.keys(text) => range,
            takes if takes_text(takes) => {
                let typed = SearchText::new(text);
                let has_handles = self.word.mark == Some('@') && takes == Takes::Name(Whose::Team);
                let is_handle = has_handles && self.reading.handles.contains(&typed.folded);
                Ok(match takes {
                    Takes::Exact => Wanted::Exactly(typed),
                    Takes::Name(_) if is_handle => Wanted::Exactly(typed),
                    Takes::Name(_) => Wanted::Called(typed),
                    _ => Wanted::Text(typed),
                })
            }
            Takes::Choice(names) => self.choice(text, names),
            Takes::Stage => self.stage(text),
            Takes::YesNo => match fold(text).as_str() {
                "yes" | "y" | "true" | "1" => Ok(Wanted::Number(Compare::Equal, 1.0, "")),
                "no" | "n" | "false" | "0" => Ok(Wanted::Number(Compare::Equal, 0.0, "")),
                _ => Err(self.wrong("is neither yes nor no", None)),
            },
            Takes::Mark(marks) => {
                let found = marks.iter().find(|mark| **mark == fold(text));
                found.map(|mark| Wanted::Mark(mark)).ok_or_else(|| {
                    let all = format!("is not a mark; marks are {}", marks.join(", "));
                    self.wrong(&all, nearest(text, marks).map(|near| format!("{}:{near}", self.word.name)))
                })
            }
            Takes::Day(direction) => self.days(text, direction),
            _ => self.numbers(text),
        }
    }

    fn keys(&self, text: &str) -> Option<Result<Wanted, FilterError>> {
        match range_of_keys(text)? {
            Err(_) if self.word.name != "key" => None,
            range => Some(range.map_err(|message| self.wrong(message, None))),
        }
    }

    fn choice(&self, text: &str, names: &'static [&'static str]) -> Result<Wanted, FilterError> {
        let typed = fold(text.trim()).replace([' ', '_'], "-");
        let exact = names.iter().find(|name| **name == typed);
        // A part of just one name says it: `impact` is measurable impact.
        let mut within = names.iter().filter(|name| name.contains(typed.as_str()));
        let only = match (within.next(), within.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        exact.or(only).map(|name| Wanted::Choice(name)).ok_or_else(|| {
            let message = format!("is not one of {}", names.join(", "));
            self.wrong(&message, nearest(&typed, names).map(|near| format!("{}:{near}", self.word.name)))
        })
    }

    fn stage(&self, text: &str) -> Result<Wanted, FilterError> {
        let stage = match fold(text).as_str() {
            "open" => return Ok(Wanted::Mark("open")),
            "closed" => return Ok(Wanted::Mark("closed")),
            other => other.parse::<Stage>(),
        };
        stage.map(|stage| Wanted::Choice(stage.name())).map_err(|_| {
            self.wrong(&Stage::refusal(), nearest(text, Stage::NAMES).map(|near| format!("stage:{near}")))
        })
    }

    fn range_of(&self, text: &str, direction: Direction) -> Result<(NaiveDate, NaiveDate), FilterError> {
        read_range(text, self.reading, direction)
            .map_err(|wrong| self.wrong(&format!("is wrong: {wrong}"), None))
    }

    fn days(&self, text: &str, direction: Direction) -> Result<Wanted, FilterError> {
        if let Some((from, to)) = text.split_once("..") {
            return self.days_between(from.trim(), to.trim(), direction);
        }
        let (compare, rest) = comparison(text);
        let rest = rest.trim();
        let has_sign = compare.is_some();
        if let Some(past) = distance(rest).filter(|_| has_sign && direction == Direction::Past) {
            // `created:<2w` measures how long ago: less than two weeks.
            let (day, _) = self.range_of(&format!("-{past}"), direction)?;
            return Ok(match compare.unwrap_or(Compare::Equal) {
                Compare::Less => Wanted::Days(Some(plus(day, 1)), None),
                Compare::AtMost => Wanted::Days(Some(day), None),
                Compare::Equal => Wanted::Days(Some(day), Some(day)),
                Compare::AtLeast => Wanted::Days(None, Some(day)),
                Compare::More => Wanted::Days(None, Some(plus(day, -1))),
            });
        }
        // Before a span is before its first day, and up to it is up to its last.
        let (from, to) = self.range_of(rest, direction)?;
        Ok(match compare.unwrap_or(Compare::Equal) {
            Compare::Less => Wanted::Days(None, Some(plus(from, -1))),
            Compare::AtMost => Wanted::Days(None, Some(to)),
            Compare::Equal => Wanted::Days(Some(from), Some(to)),
            Compare::AtLeast => Wanted::Days(Some(from), None),
            Compare::More => Wanted::Days(Some(plus(to, 1)), None),
        })
    }

    /// Two weekdays belong together: of what is to come the second follows the first, of what has been the first goes
    /// before the second.
    fn days_between(&self, from: &str, to: &str, direction: Direction) -> Result<Wanted, FilterError> {
        if from.is_empty() && to.is_empty() {
            return Err(self.wrong("is a range without ends", None));
        }
        let end = |text: &str| (!text.is_empty()).then(|| self.range_of(text, direction)).transpose();
        let (begin, close) = (end(from)?, end(to)?);
        let (Some((first, _)), Some((_, last))) = (begin, close) else {
            return Ok(Wanted::Days(begin.map(|(first, _)| first), close.map(|(_, last)| last)));
        };
        if first <= last {
            return Ok(Wanted::Days(Some(first), Some(last)));
        }
        let near = |day: NaiveDate, text: &str| {
            read_range(text, &ParseContext { today: day, ..self.reading.clone() }, direction)
        };
        let again = match direction {
            Direction::Coming => near(first, to).map(|(_, last)| (first, last)),
            Direction::Past => near(last, from).map(|(first, _)| (first, last)),
        };
        match again {
            Ok((first, last)) if first <= last => Ok(Wanted::Days(Some(first), Some(last))),
            _ => Err(self.wrong("ends before it begins", None)),
        }
    }

    fn numbers(&self, text: &str) -> Result<Wanted, FilterError> {
        // Printed in minutes, so that it reads the same whatever hours a day is said to have.
        let unit = if self.word.takes == Takes::Length { "m" } else { "" };
        let number = |text: &str| self.number(text.trim()).ok_or_else(|| self.wrong(self.expected(), None));
        if let Some((from, to)) = text.split_once("..") {
            return match (from.is_empty(), to.is_empty()) {
                (true, true) => Err(self.wrong("is a range without ends", None)),
                (true, false) => Ok(Wanted::Number(Compare::AtMost, number(to)?, unit)),
                (false, true) => Ok(Wanted::Number(Compare::AtLeast, number(from)?, unit)),
                (false, false) => {
                    let (low, high) = (number(from)?, number(to)?);
                    if low > high {
                        return Err(self.wrong("ends before it begins", None));
                    }
                    Ok(Wanted::Between(low, high, unit))
                }
            };
        }
        let (compare, rest) = comparison(text);
        Ok(Wanted::Number(compare.unwrap_or(Compare::Equal), number(rest)?, unit))
    }

    const fn expected(&self) -> &'static str {
        match self.word.takes {
            Takes::Tier => "is not a tier, 0 to 4",
            Takes::Length => "is not a length of work to compare with: 6, 1h30, 1,5h, 90m, 2d or 1w",
            Takes::Age => "is not a count of working days to compare with: 10, 10d or 2w",
            _ => "is not a figure to compare with",
        }
    }

    fn number(&self, text: &str) -> Option<f64> {
        let whole = |number: i64| i32::try_from(number).ok().map(f64::from);
        match self.word.takes {
            Takes::Tier => text.parse::<Tier>().ok().map(|tier| f64::from(tier.number())),
            Takes::Length => parse_duration(text, self.reading.day).ok().and_then(|minutes| whole(minutes.0)),
            Takes::Age => age(text),
            Takes::Whole => text.parse::<i64>().ok().and_then(whole),
            _ => {
                let bare = text.trim_end_matches('%').replace(',', ".").replace('−', "-");
                bare.parse().ok().filter(|number: &f64| number.is_finite())
            }
        }
    }
}

/// Working days: `10`, `10d`, `2w`.
fn age(text: &str) -> Option<f64> {
    // Ages are counted in working days, of which a week has five.
    let (number, factor) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 5.0),
        None => (text.trim_end_matches('d'), 1.0),
    };
    number.parse::<u32>().ok().map(|number| f64::from(number) * factor)
}
