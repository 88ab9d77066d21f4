//! Which lines of a change set are taken: each can be left out, and some stand in it switched off.

use super::near_misses::NameAnswers;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Lines of a file as they are typed: `3,7-9`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowLines {
    /// Apart from each other and in order: a file may have a hundred thousand lines, every other one chosen.
    ranges: Vec<RangeInclusive<usize>>,
}

impl RowLines {
    pub fn holds(&self, line: usize) -> bool {
        // Asked for each line of the file. Only the last range that has begun can hold it.
        let behind = self.ranges.partition_point(|range| *range.start() <= line);
        behind > 0 && self.ranges[behind - 1].contains(&line)
    }

    fn of(mut ranges: Vec<RangeInclusive<usize>>) -> Self {
        ranges.sort_by_key(|range| *range.start());
        let mut apart: Vec<RangeInclusive<usize>> = Vec::new();
        for range in ranges {
            match apart.last_mut() {
                // Neighbours become one range, so that a file of which every line was chosen has a single one. The
                // number may be the largest that can be typed, which has no next one.
                Some(last) if *range.start() <= last.end().saturating_add(1) => {
                    *last = *last.start()..=(*last.end()).max(*range.end());
                }
                _ => apart.push(range),
            }
        }
        Self { ranges: apart }
    }

    /// True if no line is meant.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }
}

/// What of a file is left out: lines, and of a calendar also meetings by their keys or ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOutLines {
    pub rows: RowLines,
    /// `M-12`, or what the calendar itself calls an event.
    pub events: Vec<String>,
}

impl FromStr for LeftOutLines {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_lines = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit() || b"- ".contains(&byte));
        let (lines, events): (Vec<&str>, Vec<&str>) = text.split(',').partition(is_lines);
        let rows = if lines.is_empty() { RowLines::default() } else { lines.join(",").parse()? };
        Ok(Self { rows, events: events.into_iter().map(|event| event.trim().to_owned()).collect() })
    }
}

impl LeftOutLines {
    /// The same among what else is said of lines.
    pub fn choice(self) -> LineChoice {
        LineChoice { without: self.rows, without_events: self.events, ..LineChoice::default() }
    }
}

impl FromIterator<usize> for RowLines {
    fn from_iter<I: IntoIterator<Item = usize>>(lines: I) -> Self {
        Self::of(lines.into_iter().map(|line| line..=line).collect())
    }
}

impl FromStr for RowLines {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            text.trim().parse::<usize>().map_err(|_| format!("`{}` is no line; say 3,7-9", text.trim()))
        };
        let range = |part: &str| match part.split_once('-') {
            // Taken as it stands it would hold no line, and what was to be left out would come in.
            Some((from, to)) if number(to)? < number(from)? => {
                Err(format!("`{}` ends before it begins; say {}-{}", part.trim(), number(to)?, number(from)?))
            }
            Some((from, to)) => Ok(number(from)?..=number(to)?),
            None => number(part).map(|line| line..=line),
        };
        text.split(',').map(range).collect::<Result<_, _>>().map(Self::of)
    }
}

/// What the user says about single lines, and about the names in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineChoice {
    /// Left out, whatever stands in it.
    pub without: RowLines,
    /// Of a calendar: meetings that are left out, by their keys or ids.
    pub without_events: Vec<String>,
    /// Taken although they stand switched off, as what is archived does.
    pub with: RowLines,
    /// New requests, even where one that vanished is much like them.
    pub as_new: RowLines,
    /// Who is meant by names that come near somebody's.
    pub names: NameAnswers,
    /// Whoever asks becomes a stakeholder.
    pub stakeholders: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_are_left_out_by_line_key_or_id() {
        let out: LeftOutLines = "3,7-9, M-12,abc-1@x.example".parse().unwrap();
        assert_eq!(
            (out.rows, out.events),
            ("3,7-9".parse().unwrap(), vec!["M-12".to_owned(), "abc-1@x.example".to_owned()])
        );
        assert!("3-".parse::<LeftOutLines>().is_err());
    }

    #[test]
    fn lines_are_typed_as_numbers_and_spans() {
        let lines: RowLines = "3, 7-9".parse().unwrap();
        let held: Vec<usize> = (1..12).filter(|line| lines.holds(*line)).collect();
        assert_eq!(held, [3, 7, 8, 9]);
        let overlapping: RowLines = "7-9,3,8-12".parse().unwrap();
        assert_eq!(overlapping, (7..=12).chain([3]).collect());
        assert!(overlapping.holds(12) && !overlapping.holds(4));
        assert_eq!("9-7".parse::<RowLines>().unwrap_err(), "`9-7` ends before it begins; say 7-9");
        assert!("3,x".parse::<RowLines>().unwrap_err().contains("`x` is no line"));
        assert!("".parse::<RowLines>().is_err());
    }
}
