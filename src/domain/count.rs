//! Numbers as they are said: with the word for what they count, and whole.

use std::fmt::Display;

/// `1 request`, `4 requests`, `0 requests`; the words may go on: `1 row has`, `2 rows have`.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let word = if count == N::from(1) { one } else { many };
    format!("{count} {word}")
}

/// The digits of a whole number with a comma before each three of them: `7,560`.
pub fn parted(digits: &str) -> String {
    let mut parted = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

/// The nearest whole number; none for what is no number, or too large for one. By its digits, since a cast of a float
/// makes a number of anything.
pub fn whole(value: f64) -> Option<i64> {
    format!("{value:.0}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_none_are_many() {
        for (count, said) in [(0, "0 copies"), (1, "1 copy"), (2, "2 copies"), (-1, "-1 copies")] {
            assert_eq!(counted(count, "copy", "copies"), said);
        }
        assert_eq!(counted(1_usize, "row has", "rows have"), "1 row has");
    }

    #[test]
    fn a_whole_number_is_the_nearest_or_none() {
        for (value, nearest) in [(1.4, 1), (1.6, 2), (-0.4, 0), (-1.6, -2)] {
            assert_eq!(whole(value), Some(nearest));
        }
        for value in [f64::NAN, f64::INFINITY, 1e30] {
            assert_eq!(whole(value), None);
        }
    }
}
