//! Between which numbers each setting that counts may lie. Looked at ahead of the reader of the whole, which stops at
//! the first number that its type cannot hold, and every setting of the file would be lost with it.

use std::ops::RangeInclusive;

use toml::{Table, Value};

use super::EXAMPLE;
use super::merge::{Fault, Spots};

/// The settings that count, with the least and the most of each; `*` is any name of one table.
const LIMITS: [(&str, RangeInclusive<i64>); 9] = [
    // A day has so many hours.
    ("team.day_hours", 1..=24),
    ("team.planning_factor", 1..=100),
    // Five years of one person's work.
    ("tiers.*.median_hours", 0..=10_000),
    // Four years of working days; a forecast walks them one by one.
    ("tiers.*.usual_days", 0..=1_000),
    ("tiers.*.rounds", 0..=100),
    // Readiness goes to a hundred: nothing would ever be ready for more.
    ("tiers.*.ready_at", 0..=100),
    ("review.wait_days", 0..=1_000),
    ("meetings.owed_days", 0..=1_000),
    // Minutes; longer before a meeting than a day is a plan and no reminder.
    ("remind.*", 0..=24 * 60),
];

/// Puts the default in the place of each number out of its limits, and tells of it.
pub(super) fn put_right(table: &mut Table, spots: &Spots, faults: &mut Vec<Fault>) {
    let mut example: Table = EXAMPLE.parse().expect("the embedded example is read by a test");
    for setting in spots.settings() {
        let (Some(limits), Some(given), Some(default)) =
            (limits_of(setting), slot(table, setting), slot(&mut example, setting))
        else {
            continue;
        };
        let outside = numbers(given).find(|number| !limits.contains(number));
        if let Some(number) = outside {
            let message =
                format!("{number} is not between {} and {}; {default} holds", limits.start(), limits.end());
            faults.push(spots.fault(setting, &message));
            given.clone_from(default);
        }
    }
}

fn limits_of(setting: &str) -> Option<&'static RangeInclusive<i64>> {
    let is_of = |pattern: &str| {
        let (one, other) = (pattern.split('.'), setting.split('.'));
        pattern.matches('.').count() == setting.matches('.').count()
            && one.zip(other).all(|(one, other)| one == "*" || one == other)
    };
    LIMITS.iter().find(|(pattern, _)| is_of(pattern)).map(|(_, limits)| limits)
}

/// The whole numbers of a value: itself, or those of a list.
fn numbers(value: &Value) -> impl Iterator<Item = i64> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    value.as_integer().into_iter().chain(list.iter().filter_map(Value::as_integer))
}

/// The place of a setting by its full name.
fn slot<'a>(table: &'a mut Table, setting: &str) -> Option<&'a mut Value> {
    match setting.split_once('.') {
        Some((name, rest)) => slot(table.get_mut(name)?.as_table_mut()?, rest),
        None => table.get_mut(setting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting(path: &str, table: &Table, found: &mut Vec<String>) {
        for (name, value) in table {
            let full = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match value {
                Value::Table(inner) => counting(&full, inner, found),
                value if numbers(value).next().is_some() => found.push(full),
                _ => {}
            }
        }
    }

    #[test]
    fn every_setting_that_counts_has_limits_and_its_default_lies_within() {
        let mut example: Table = EXAMPLE.parse().unwrap();
        let mut found = Vec::new();
        counting("", &example, &mut found);
        assert!(found.len() > 25, "{found:?}");
        for setting in found {
            let limits = limits_of(&setting).unwrap_or_else(|| panic!("{setting} has no limits"));
            let value = slot(&mut example, &setting).unwrap();
            assert!(numbers(value).all(|number| limits.contains(&number)), "{setting}");
        }
    }
}
