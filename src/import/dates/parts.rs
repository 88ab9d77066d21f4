//! The pieces of one day as it is written: which number is the day, which the month, which the year.

use chrono::{Datelike, NaiveDate};

use super::{DateHints, DateOrder, names};

/// One piece of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePiece<'a> {
    /// Digits as they stand: `04` and `2026` differ by their length.
    Number(&'a str),
    /// A month by its name, from 1.
    Month(u32),
}

/// What one value says about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderEvidence {
    /// It can be read without one.
    Plain,
    Shown(DateOrder),
    /// It would do for both.
    Open,
}

/// A day cut into pieces, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateParts<'a> {
    pieces: Vec<DatePiece<'a>>,
    /// What stands behind the first piece.
    separator: char,
    weekday: Option<u32>,
    /// The time of day and whatever else follows.
    pub(super) rest: &'a str,
}

impl<'a> DateParts<'a> {
    /// Two or three pieces; nothing if the text begins with something else.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut parts = Self { pieces: Vec::new(), separator: ' ', weekday: None, rest: text.trim() };
        while parts.pieces.len() < 3 {
            let Some((token, after)) = take_token(parts.rest) else { break };
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                if is_time(parts.pieces.len(), after) {
                    break;
                }
                // `4th` is no Thursday: the ending belongs to its number, whatever else it could mean.
                let after = names::past_ending(token, after);
                parts.push(DatePiece::Number(token), after);
                parts.step(after);
                continue;
            }
            match (names::month(token), names::weekday(token)) {
                // `mar. 4 déc.` is a Tuesday, `4 mar` in March.
                (Some(_), Some(day)) if parts.has_month() || has_month(after) => {
                    parts.weekday = Some(day);
                }
                (Some(month), _) if !parts.has_month() => parts.push(DatePiece::Month(month), after),
                (_, Some(day)) => parts.weekday = Some(day),
                _ if names::is_filler(token) => {}
                _ => break,
            }
            parts.step(after);
        }
        (parts.pieces.len() >= 2).then_some(parts)
    }

    /// Goes on behind a piece, past the marks before the next one.
    fn step(&mut self, after: &'a str) {
        let is_whole = self.pieces.len() == 3;
        let marks = ['/', '-', '.', ',', ' ', '\u{a0}', '‑', 'º', 'ª', '\'', '’'];
        self.rest = if is_whole { after } else { after.trim_start_matches(marks) };
    }

    fn push(&mut self, piece: DatePiece<'a>, after: &str) {
        if self.pieces.is_empty() {
            self.separator = after.chars().next().unwrap_or(' ');
        }
        self.pieces.push(piece);
    }

    fn has_month(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, DatePiece::Month(_)))
    }

    /// True if no piece can be its year.
    pub(super) fn names_no_year(&self) -> bool {
        self.pieces.len() == 2
    }

    pub(super) fn day(&self, hints: DateHints) -> Option<NaiveDate> {
        use DatePiece::{Month, Number};
        match self.pieces[..] {
            [Month(month), Number(day), Number(year)] | [Number(day), Month(month), Number(year)]
                if day.len() <= 2 =>
            {
                date(year, month, day)
            }
            [Number(year), Month(month), Number(day)] => date(year, month, day),
            // Four digits first are a year, and behind it the month stands before the day in every country.
            [Number(year), Number(month), Number(day)] if year.len() == 4 => {
                date(year, month.parse().ok()?, day)
            }
            [Number(first), Number(second), Number(year)] => {
                let (day, month) = self.ordered(first, second, hints.order)?;
                date(year, month, day)
            }
            [Month(month), Number(day)] | [Number(day), Month(month)] if day.len() <= 2 => {
                self.nearest(month, day.parse().ok()?, hints)
            }
            [Number(first), Number(second)] if first.len() <= 2 && second.len() <= 2 => {
                let (day, month) = self.ordered(first, second, hints.order)?;
                self.nearest(month, day.parse().ok()?, hints)
            }
            _ => None,
        }
    }

    /// Which of two numbers is the day: dots always put it first, otherwise the file says so.
    fn ordered<'t>(
        &self,
        first: &'t str,
        second: &'t str,
        order: Option<DateOrder>,
    ) -> Option<(&'t str, u32)> {
        let is_same = number(first)? == number(second)?;
        let order = if self.separator == '.' || is_same { Some(DateOrder::DayFirst) } else { order };
        // A weekday beside the day says more than the order of the file.
        let order = self.by_weekday().or(order).or_else(|| only_order(first, second))?;
        match order {
            DateOrder::DayFirst => Some((first, number(second)?)),
            DateOrder::MonthFirst => Some((second, number(first)?)),
        }
    }

    /// Which order alone makes the day the weekday that is named.
    fn by_weekday(&self) -> Option<DateOrder> {
        let (weekday, [DatePiece::Number(first), DatePiece::Number(second), DatePiece::Number(year)]) =
            (self.weekday?, &self.pieces[..])
        else {
            return None;
        };
        let is_it = |month: &str, day: &str| {
            let date = number(month).and_then(|month| date(year, month, day));
            date.is_some_and(|date| date.weekday().num_days_from_monday() == weekday)
        };
        match (is_it(second, first), is_it(first, second)) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether the value shows the order of day and month, or needs to be told it.
    pub(super) fn evidence(&self) -> OrderEvidence {
        let (first, second) = match self.pieces[..] {
            [DatePiece::Number(first), DatePiece::Number(second), DatePiece::Number(year)]
                if year.len() != 1 =>
            {
                (first, second)
            }
            [DatePiece::Number(first), DatePiece::Number(second)] => (first, second),
            _ => return OrderEvidence::Plain,
        };
        if self.separator == '.' || first.len() > 2 || second.len() > 2 {
            return OrderEvidence::Plain;
        }
        let (Some(first), Some(second)) = (number(first), number(second)) else {
            return OrderEvidence::Plain;
        };
        match (first > 12, second > 12) {
            (true, false) => OrderEvidence::Shown(DateOrder::DayFirst),
            (false, true) => OrderEvidence::Shown(DateOrder::MonthFirst),
            (false, false) if first != second => {
                self.by_weekday().map_or(OrderEvidence::Open, OrderEvidence::Shown)
            }
            _ => OrderEvidence::Plain,
        }
    }

    /// The day without a year that lies nearest; a weekday beside it decides.
    fn nearest(&self, month: u32, day: u32, hints: DateHints) -> Option<NaiveDate> {
        let near = hints.near?;
        // Four years either way reach a 29 February.
        let mut found: Vec<NaiveDate> =
            (-4..=4).filter_map(|years| NaiveDate::from_ymd_opt(near.year() + years, month, day)).collect();
        found.sort_by_key(|date| (*date - near).num_days().abs());
        match self.weekday {
            None => found.first().copied(),
            Some(weekday) => found.into_iter().find(|date| date.weekday().num_days_from_monday() == weekday),
        }
    }
}

/// The order in which alone two numbers are a day and a month.
fn only_order(first: &str, second: &str) -> Option<DateOrder> {
    match (number(first)? > 12, number(second)? > 12) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// A run of digits or of letters, past the marks that stand before it.
fn take_token(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let belongs: fn(char) -> bool = if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return None;
    };
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    Some(text.split_at(end))
}

/// True if the digits before `after` are an hour and not the year: `4 Dec 10:30`, `Dec 4 3pm`.
fn is_time(pieces: usize, after: &str) -> bool {
    let half = after.trim_start().get(..2).unwrap_or_default();
    pieces == 2 && (after.starts_with(':') || ["am", "pm"].iter().any(|word| half.eq_ignore_ascii_case(word)))
}

fn has_month(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.take(3).any(|word| names::month(word).is_some() && names::weekday(word).is_none())
}

fn number(piece: &str) -> Option<u32> {
    if piece.len() > 4 { None } else { piece.parse().ok() }
}

fn date(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(full_year(year)?, month, number(day)?)
}

fn full_year(piece: &str) -> Option<i32> {
    let value: i32 = piece.parse().ok()?;
    match piece.len() {
        // No day before 1970 is taken anywhere, so two digits from 70 on belong to the last century.
        2 if value < 70 => Some(2000 + value),
        2 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}
