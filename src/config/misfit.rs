//! Numbers that are larger than their settings can hold. The reader of the whole stops at the first of them, and every
//! setting of the file would be lost with it; so each is looked at by itself.

use serde::Deserialize;
use toml::{Table, Value};

use super::EXAMPLE;
use super::merge::{Fault, Spots};
use super::raw::Raw;

/// Puts the default in the place of each number that does not fit, and tells of it.
pub(super) fn put_right(table: &mut Table, spots: &Spots, faults: &mut Vec<Fault>) {
    let example: Table = EXAMPLE.parse().expect("the embedded example is read by a test");
    for setting in spots.settings() {
        let Some(given) = slot(table, setting).map(|value| value.clone()).filter(counts) else { continue };
        let mut alone = example.clone();
        let Some(own) = slot(&mut alone, setting) else { continue };
        let default = std::mem::replace(own, given.clone());
        if Raw::deserialize(alone).is_err()
            && let Some(place) = slot(table, setting)
        {
            faults.push(spots.fault(setting, &format!("{given} is too large; {default} holds")));
            *place = default;
        }
    }
}

fn counts(value: &Value) -> bool {
    value.is_integer() || value.as_array().is_some_and(|all| all.iter().any(Value::is_integer))
}

/// The place of a setting by its full name.
fn slot<'a>(table: &'a mut Table, setting: &str) -> Option<&'a mut Value> {
    match setting.split_once('.') {
        Some((name, rest)) => slot(table.get_mut(name)?.as_table_mut()?, rest),
        None => table.get_mut(setting),
    }
}
