//! The saved views of the configuration, each read before it is offered.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

use super::merge::Spots;
use crate::domain::minutes::Minutes;
use crate::domain::named::NameError;
use crate::domain::view::{self, Column, ListKind, View};
use crate::domain::words::ParseContext;
use crate::domain::words::filter::{Filter, columns, schema};

/// A table of `[views]` as it stands in the file.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RawView {
    list: String,
    filter: String,
    order: String,
    columns: Vec<String>,
    group: String,
    letter: String,
}

/// The views by their names in order. What a view says wrongly is told; one whose filter cannot be read is left out.
pub(super) fn resolve(
    names: &[String],
    mut raw: BTreeMap<String, RawView>,
    spots: &Spots,
    fault: &mut impl FnMut(&str, String),
) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for name in names {
        let Some(given) = raw.remove(name) else { continue };
        if name.trim().is_empty() {
            fault(&format!("views.{name}"), "a view needs a name".to_owned());
        } else if let Some(same) = view::find(name, &views) {
            fault(&format!("views.{name}"), format!("`{}` is the same name", same.name));
        } else {
            views.extend(read(name, given, fault));
        }
    }
    part_letters(&mut views, spots, fault);
    leave_out_unreadable(&mut views, fault);
    for view in &mut views {
        view.is_own = spots.has(&format!("views.{}", view.name));
    }
    views
}

fn read(name: &str, raw: RawView, fault: &mut impl FnMut(&str, String)) -> Option<View> {
    let mut told = |setting: &str, message: String| fault(&format!("views.{name}.{setting}"), message);
    let list = match raw.list.trim() {
        // As it was before other lists had views.
        "" => ListKind::Requests,
        list => list
            .parse()
            .map_err(|error: NameError| told("list", format!("{error}; the view is left out")))
            .ok()?,
    };
    let mut column =
        |setting: &str, text: &str| columns::named(text, list).map_err(|message| told(setting, message)).ok();
    let columns: Vec<Column> = raw.columns.iter().filter_map(|text| column("columns", text)).collect();
    let group = if raw.group.is_empty() { None } else { column("group", &raw.group) };
    let order = match raw.order.trim() {
        "" | "queue" => None,
        text => columns::order(text, list).map_err(|message| told("order", message)).ok(),
    };
    let mut letters = raw.letter.chars();
    let letter = match (letters.next(), letters.next()) {
        (None, _) => None,
        (Some(letter), None) if letter.is_alphanumeric() => Some(letter),
        _ => {
            told("letter", format!("\"{}\" is not one letter or digit", raw.letter));
            None
        }
    };
    Some(View { filter: raw.filter, order, columns, group, letter, ..View::new(name, list) })
}

/// A letter opens one view. One that the user gave goes before a shipped one, which is left without.
fn part_letters(views: &mut [View], spots: &Spots, fault: &mut impl FnMut(&str, String)) {
    let setting = |view: &View| format!("views.{}.letter", view.name);
    let mut taken: Vec<(ListKind, char, String)> = Vec::new();
    for is_own in [true, false] {
        for view in views.iter_mut().filter(|view| spots.has(&setting(view)) == is_own) {
            let Some(letter) = view.letter else { continue };
            // Lists of one board are offered in one menu.
            let is_taken = |(list, other, _): &&(ListKind, char, String)| {
                *other == letter && view::share_a_menu(*list, view.list)
            };
            match taken.iter().find(is_taken) {
                None => taken.push((view.list, letter, view.name.clone())),
                Some((.., other)) => {
                    if is_own {
                        fault(&setting(view), format!("`{letter}` opens `{other}` already"));
                    }
                    view.letter = None;
                }
            }
        }
    }
}

/// A view that names one that is left out is left out with it.
fn leave_out_unreadable(views: &mut Vec<View>, fault: &mut impl FnMut(&str, String)) {
    loop {
        // Which day it is makes no filter right or wrong.
        let mut reading = ParseContext::new(NaiveDate::default(), Minutes::hours(8), Arc::default());
        reading.views = Arc::new(views.clone());
        let count = views.len();
        views.retain(|view| match Filter::parse_with(&view.filter, &schema::of_list(view.list), &reading) {
            Ok(_) => true,
            Err(error) => {
                fault(&format!("views.{}.filter", view.name), format!("{error}; the view is left out"));
                false
            }
        });
        if views.len() == count {
            return;
        }
    }
}
