//! Zones by name: IANA, Windows, display names, vendors' paths, and offsets.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::FixedOffset;
use chrono_tz::{TZ_VARIANTS, Tz};

use super::ZonePlace;
use super::observances::offset;
use crate::domain::zone::FURTHEST;

/// A longer text is no name of a zone, and is not looked up.
const LONGEST: usize = 200;

/// IANA names by what is left of them without case and without what writers put in place of a slash or a space.
static FOLDED: LazyLock<HashMap<String, Tz>> =
    LazyLock::new(|| TZ_VARIANTS.iter().map(|zone| (fold(zone.name()), *zone)).collect());

fn fold(name: &str) -> String {
    let same = |c: char| if matches!(c, '/' | '-' | ' ') { '_' } else { c.to_ascii_lowercase() };
    name.chars().map(same).collect()
}

/// What a name stands for in any of the tables.
pub(super) fn by_name(name: &str) -> Option<ZonePlace> {
    if name.len() > LONGEST {
        return None;
    }
    zone(name).map(ZonePlace::Zone).or_else(|| by_offset(name).map(ZonePlace::Offset))
}

fn zone(name: &str) -> Option<Tz> {
    // Microsoft's names for zones that are none of Windows' own.
    let name = name.strip_prefix("tzone://Microsoft/").unwrap_or(name);
    if let Ok(zone) = Tz::from_str(name) {
        return Some(zone);
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    // Vendors put a path before the name, `/freeassociation.sourceforge.net/Europe/Berlin`; names have up to
    // three parts, `America/Argentina/Salta`.
    let ends = (1..=3)
        .rev()
        .filter_map(|length| parts.len().checked_sub(length).map(|from| parts[from..].join("/")));
    // The last word of a path alone could be an old alias of a whole country, such as `Cuba` or `Eire`.
    if let Some(zone) = ends.filter(|end| end.contains('/')).find_map(|end| Tz::from_str(&end).ok()) {
        return Some(zone);
    }
    let by_vendor = |name: &str| match calcard::common::timezone::Tz::from_str(name) {
        Ok(calcard::common::timezone::Tz::Tz(zone)) => Some(zone),
        _ => None,
    };
    by_vendor(name)
        .or_else(|| FOLDED.get(&fold(name)).copied())
        .or_else(|| by_vendor(&words_in_capitals(name)))
}

/// `w. europe standard time` as Windows writes it.
fn words_in_capitals(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    let lower = name.to_lowercase().replace('_', " ");
    lower
        .split_whitespace()
        .map(capital)
        .collect::<Vec<_>>()
        .join(" ")
        .replace("Utc", "UTC")
        .replace("Gmt", "GMT")
}

/// `GMT+0100`, `UTC-05:00`.
fn by_offset(name: &str) -> Option<FixedOffset> {
    let name = name.to_ascii_uppercase().replace(' ', "");
    let rest = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT"))?;
    if !rest.starts_with(['+', '-']) {
        return None;
    }
    // `GMT+1` and `UTC+5:30` are written with one digit of hours.
    let hours = rest[1..].split(':').next().unwrap_or_default();
    let padded = match hours.len() {
        1 => format!("{}0{}", &rest[..1], &rest[1..]),
        _ => rest.to_owned(),
    };
    offset(&padded).filter(|seconds| seconds.abs() <= FURTHEST).and_then(FixedOffset::east_opt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        match by_name(name) {
            Some(ZonePlace::Zone(zone)) => zone.name().to_owned(),
            Some(ZonePlace::Offset(offset)) => offset.to_string(),
            _ => String::new(),
        }
    }

    #[test]
    fn names_are_known_in_any_case_and_with_any_sign_between() {
        for (name, zone) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("EUROPE_BERLIN", "Europe/Berlin"),
            ("America/New York", "America/New_York"),
            ("america-new-york", "America/New_York"),
            ("America/Port au Prince", "America/Port-au-Prince"),
            ("US-Eastern", "US/Eastern"),
            ("/softwarestudio.org/Olson_20011030_5/America/Chicago", "America/Chicago"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("w. europe standard time", "Europe/Berlin"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("Etc/GMT-5", "Etc/GMT-5"),
            ("etc/gmt+5", "Etc/GMT+5"),
            ("UTC", "UTC"),
            ("GMT+0100", "+01:00"),
            ("UTC-5", "-05:00"),
            ("utc +05:30", "+05:30"),
            ("tzone://Microsoft/Utc", "UTC"),
        ] {
            assert_eq!(named(name), zone, "{name}");
        }
        for name in [
            "",
            "tzone://Microsoft/Custom",
            "Mars/Olympus",
            "../../etc/passwd",
            "UTC+99",
            "GMT+",
            "/x/y/Cuba",
            "Custom 1",
        ] {
            assert_eq!(named(name), "", "{name}");
        }
        assert_eq!(named(&"Europe/Berlin/".repeat(20)), "");
    }
}
