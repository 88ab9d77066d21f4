//! Rows whose hours stand in columns of weeks: neighbouring weeks of as many hours are one share.

use chrono::{Days, NaiveDate};

use super::{Amount, ShareDraft, percent, whole_percent};
use crate::domain::bounds;
use crate::domain::minutes::Minutes;
use crate::import::Problem;
use crate::import::numbers::{self, Unit};

/// The hours of one week, or why they cannot be read; nothing in an empty one. Beside it whether it was rounded.
fn amount(text: &str) -> Result<(Option<Amount>, bool), String> {
    if text.ends_with('%') {
        let (part, is_rounded) =
            percent(text).ok_or_else(|| format!("`{}` is not a part of a week", bounds::named(text)))?;
        return Ok(((part > 0).then_some(Amount::Percent(part)), is_rounded));
    }
    match numbers::minutes(text, Unit::Hours) {
        Ok(hours) if hours.is_some_and(|hours| hours.0 < 0) => Err("fewer hours than none".to_owned()),
        Ok(hours) if hours.is_some_and(|hours| hours > Minutes::hours(7 * 24)) => {
            Err(format!("`{}` is more than a week has", bounds::named(text)))
        }
        Ok(hours) => Ok((hours.filter(|hours| hours.is_positive()).map(Amount::PerWeek), false)),
        Err(message) => Err(format!("hours `{}`: {message}", bounds::named(text))),
    }
}

/// The shares that the weeks of a row are; `draft` is all else that it says. Where a week cannot be read nothing is made of
/// the row, since its hours would lie elsewhere than was meant.
pub(super) fn shares<'a>(
    draft: ShareDraft,
    weeks: impl Iterator<Item = (NaiveDate, &'a str)>,
    told: &mut dyn FnMut(Problem),
) -> Vec<ShareDraft> {
    let mut runs: Vec<(Amount, NaiveDate, NaiveDate)> = Vec::new();
    for (monday, text) in weeks {
        // An empty week parts two runs, as a week of other hours does.
        let amount = match amount(text) {
            Ok((read, is_rounded)) => {
                if is_rounded {
                    let part = if let Some(Amount::Percent(part)) = read { part } else { 0 };
                    let (column, value) = (format!("week of {monday}"), text.to_owned());
                    told(Problem { column, value, message: whole_percent(part) });
                }
                let Some(amount) = read else { continue };
                amount
            }
            Err(why) => {
                // The fault of the row itself says more than that of one of its weeks.
                let fault = draft.fault.clone().or_else(|| Some(format!("week of {monday}: {why}")));
                return vec![ShareDraft { fault, ..draft }];
            }
        };
        match runs.last_mut() {
            Some((same, _, last)) if *same == amount && *last + Days::new(7) == monday => *last = monday,
            _ => runs.push((amount, monday, monday)),
        }
    }
    let share = |(amount, first, last): (Amount, NaiveDate, NaiveDate)| ShareDraft {
        amount,
        from: Some(first),
        // Through Sunday, for those who work on Saturdays.
        to: Some(last + Days::new(6)),
        ..draft.clone()
    };
    runs.into_iter().map(share).collect()
}
