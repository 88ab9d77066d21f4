//! Which lines of a change set are taken: each can be left out, and some stand in it switched off.

use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::import::Skipped;
use crate::import::people::Listing;

/// Lines of a file as they are typed: `3,7-9`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowLines(Vec<RangeInclusive<usize>>);

impl RowLines {
    pub fn holds(&self, line: usize) -> bool {
        self.0.iter().any(|range| range.contains(&line))
    }
}

impl FromStr for RowLines {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            text.trim().parse::<usize>().map_err(|_| format!("`{}` is no line; say 3,7-9", text.trim()))
        };
        let range = |part: &str| match part.split_once('-') {
            Some((from, to)) => Ok(number(from)?..=number(to)?),
            None => number(part).map(|line| line..=line),
        };
        text.split(',').map(range).collect::<Result<_, _>>().map(Self)
    }
}

/// What the user says about single lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineChoice {
    /// Left out, whatever stands in it.
    pub without: RowLines,
    /// Taken although they stand switched off, as what is archived does.
    pub with: RowLines,
    /// New requests, even where one that vanished is much like them.
    pub as_new: RowLines,
}

/// Takes the rows out of a listing that are to be left out.
pub fn leave_out<T>(listing: &mut Listing<T>, lines: &RowLines) {
    let (kept, left): (Vec<_>, Vec<_>) =
        std::mem::take(&mut listing.drafts).into_iter().partition(|draft| !lines.holds(draft.row));
    listing.drafts = kept;
    listing.skipped.extend(left.into_iter().map(|draft| Skipped::new(draft.row, "", "left out, as asked")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_typed_as_numbers_and_spans() {
        let lines: RowLines = "3, 7-9".parse().unwrap();
        let held: Vec<usize> = (1..12).filter(|line| lines.holds(*line)).collect();
        assert_eq!(held, [3, 7, 8, 9]);
        assert!("3,x".parse::<RowLines>().unwrap_err().contains("`x` is no line"));
        assert!("".parse::<RowLines>().is_err());
    }
}
