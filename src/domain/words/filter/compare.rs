//! Signs of comparison, and ranges over keys by their number: `key:R-3..R-7`, `key:>=R-40`.

use super::{Compare, Wanted};
use crate::domain::words::fold;

/// The letters of a key, folded, and its number.
pub(super) fn key_parts(key: &str) -> Option<(String, u64)> {
    let (letters, number) = key.trim().split_once('-')?;
    let is_key = !letters.is_empty()
        && letters.chars().all(|letter| letter.is_ascii_alphabetic())
        && number.chars().all(|letter| letter.is_ascii_digit());
    is_key.then(|| number.parse().ok().map(|number| (fold(letters), number)))?
}

/// What a text asks of keys if it says a range of them or compares with one; otherwise `None`.
///
/// # Errors
/// What is wrong with the range.
pub(super) fn range_of_keys(text: &str) -> Option<Result<Wanted, &'static str>> {
    if let Some((from, to)) = text.split_once("..") {
        return Some(between(from.trim(), to.trim()));
    }
    let (compare, key) = comparison(text);
    let compare = compare?;
    let Some((letters, number)) = key_parts(key) else { return Some(Err(EXPECTED)) };
    Some(Ok(match compare {
        Compare::Less => match number.checked_sub(1) {
            Some(before) => Wanted::Keys(letters, None, Some(before)),
            None => return Some(Err("has nothing before it")),
        },
        Compare::AtMost => Wanted::Keys(letters, None, Some(number)),
        Compare::Equal => Wanted::Keys(letters, Some(number), Some(number)),
        Compare::AtLeast => Wanted::Keys(letters, Some(number), None),
        // The largest number that can be typed has none behind it; no key comes near it.
        Compare::More => Wanted::Keys(letters, Some(number.saturating_add(1)), None),
    }))
}

const EXPECTED: &str = "is not a range of keys: R-3..R-7, ..R-7 or >=R-3";

fn between(from: &str, to: &str) -> Result<Wanted, &'static str> {
    let end = |text: &str| if text.is_empty() { Ok(None) } else { key_parts(text).map(Some).ok_or(EXPECTED) };
    match (end(from)?, end(to)?) {
        (None, None) => Err("is a range without ends"),
        (Some((letters, low)), None) => Ok(Wanted::Keys(letters, Some(low), None)),
        (None, Some((letters, high))) => Ok(Wanted::Keys(letters, None, Some(high))),
        (Some((one, _)), Some((other, _))) if one != other => Err("begins and ends with keys of two kinds"),
        (Some((_, low)), Some((_, high))) if low > high => Err("ends before it begins"),
        (Some((letters, low)), Some((_, high))) => Ok(Wanted::Keys(letters, Some(low), Some(high))),
    }
}

/// The sign that a value begins with, and what is compared.
pub(super) fn comparison(value: &str) -> (Option<Compare>, &str) {
    // The longer signs first, or `<=` would be read as `<`.
    for (sign, compare) in [
        ("<=", Compare::AtMost),
        ("≤", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("≥", Compare::AtLeast),
        ("<", Compare::Less),
        (">", Compare::More),
        ("=", Compare::Equal),
    ] {
        if let Some(rest) = value.strip_prefix(sign) {
            return (Some(compare), rest);
        }
    }
    (None, value)
}
