//! The hours of somebody's week: those of each day, or all of them together with the days that they lie on.

use chrono::NaiveDate;

use super::super::dates::names::weekday;
use super::super::listing::NamedCells;
use super::super::numbers::{self, Unit};
use crate::domain::bounds;
use crate::domain::minutes::Minutes;
use crate::domain::person::{Contract, WeekPattern};

pub(super) const MONDAY: usize = 8;
pub(super) const WEEKLY: usize = 15;
pub(super) const DAYS: usize = 16;
pub(super) const DAILY: usize = 19;
const OFF: usize = 20;
/// Monday to Friday.
const USUAL: [bool; 7] = [true, true, true, true, true, false, false];
/// Words between the first day and the last.
const TO: [&str; 6] = ["to", "bis", "à", "a", "tot", "t/m"];

/// What a row says of the hours; true where only their sum for a week was said, which lies evenly on its days.
pub(super) fn contract(cells: &mut NamedCells<'_>, first_day: Option<NaiveDate>) -> (Option<Contract>, bool) {
    let (week, is_spread) = match (daily(cells), weekly(cells)) {
        (Some(week), all) => {
            let sum: Minutes = week.iter().copied().sum();
            // Days say more than their sum, which people forget to change with them.
            if all.is_some_and(|all| all != sum) {
                cells.problem(WEEKLY, &format!("the hours of the days are {sum}, and count"));
            }
            (Some(week), false)
        }
        (None, Some(all)) => (Some(spread(all, days(cells))), true),
        // Of one day the hours are those of each.
        (None, None) => {
            let a_day = length(cells, DAILY, ("a day", 24));
            (a_day.map(|hours| days(cells).map(|is_on| if is_on { hours } else { Minutes::ZERO })), false)
        }
    };
    // Without a first day the hours hold from the beginning, as those of the earliest contract do.
    (week.map(|week| Contract { from: first_day.unwrap_or_default(), week }), is_spread)
}

/// The hours of each day; nothing where none is said, or where the days are only ticked.
fn daily(cells: &mut NamedCells<'_>) -> Option<WeekPattern> {
    let said = (MONDAY..MONDAY + 7).filter(|day| !cells.text(*day).is_empty()).count();
    if said == 0 || !cells.text(WEEKLY).is_empty() && is_only_ticked(cells) {
        return None;
    }
    // A day without hours beside days with some is a free one.
    let mut week = WeekPattern::default();
    for (day, slot) in week.iter_mut().enumerate() {
        match numbers::minutes(cells.text(MONDAY + day), Unit::Hours) {
            Ok(Some(minutes)) if minutes.0 <= 24 * 60 => *slot = minutes,
            Ok(None) => {}
            Ok(Some(_)) => cells.problem(MONDAY + day, "more hours than a day has; none are taken"),
            Err(message) => cells.problem(MONDAY + day, message),
        }
    }
    Some(week)
}

/// True for days that say whether somebody works on them, and not how long.
fn is_only_ticked(cells: &NamedCells<'_>) -> bool {
    let texts = || (MONDAY..MONDAY + 7).map(|day| cells.text(day)).filter(|text| !text.is_empty());
    // `1` is a tick and an hour, and nobody works for an hour on each of some days.
    texts().all(|text| numbers::is_ticked(text) || numbers::is_crossed(text)) && texts().next().is_some()
}

fn weekly(cells: &mut NamedCells<'_>) -> Option<Minutes> {
    length(cells, WEEKLY, ("a week", 7 * 24))
}

/// The hours of a column; none where they are more than what it is about has.
fn length(cells: &mut NamedCells<'_>, known: usize, (what, most): (&str, i64)) -> Option<Minutes> {
    match numbers::minutes(cells.text(known), Unit::Hours) {
        Ok(Some(minutes)) if (0..=most * 60).contains(&minutes.0) => Some(minutes),
        Ok(None) => None,
        Ok(Some(_)) => {
            cells.problem(known, &format!("more hours than {what} has; none are taken"));
            None
        }
        Err(message) => {
            cells.problem(known, message);
            None
        }
    }
}

/// The days that the hours of a week lie on: those that are named or ticked, else Monday to Friday.
fn days(cells: &mut NamedCells<'_>) -> [bool; 7] {
    let ticked = std::array::from_fn(|day| numbers::is_ticked(cells.text(MONDAY + day)));
    if is_only_ticked(cells) && ticked.contains(&true) {
        return ticked;
    }
    match cells.text(DAYS) {
        "" => days_but(cells),
        text => named_days(text).unwrap_or_else(|| {
            let message =
                format!("`{}` names no days; the hours lie on Monday to Friday", bounds::named(text));
            cells.problem(DAYS, &message);
            USUAL
        }),
    }
}

/// The days that are not named as free.
fn days_but(cells: &mut NamedCells<'_>) -> [bool; 7] {
    match cells.text(OFF) {
        "" => USUAL,
        text => named_days(text).map_or_else(
            || {
                cells.problem(OFF, "names no days; the hours lie on Monday to Friday");
                USUAL
            },
            |off| off.map(|is_off| !is_off),
        ),
    }
}

/// `Mon–Thu`, `Mo, Di, Do`, `lundi à jeudi`; nothing where a word is none of a day.
fn named_days(text: &str) -> Option<[bool; 7]> {
    let parted = text.replace(['-', '–', '—'], " to ").replace([',', ';', '/', '+', '&', '.'], " ");
    let mut days = [false; 7];
    let (mut last, mut goes_on): (Option<usize>, bool) = (None, false);
    for word in parted.split_whitespace().filter(|word| !["and", "und", "et", "y", "en"].contains(word)) {
        if TO.contains(&word.to_lowercase().as_str()) {
            goes_on = true;
            continue;
        }
        let day = usize::try_from(weekday(word)?).ok()?;
        // A day alone is a span of one.
        let first = last.filter(|_| goes_on).unwrap_or(day);
        // A week may go round: from Thursday to Monday.
        for step in 0..=(day + 7 - first) % 7 {
            days[(first + step) % 7] = true;
        }
        (last, goes_on) = (Some(day), false);
    }
    (last.is_some() && !goes_on).then_some(days)
}

/// Equal parts, to the minute; the first days have what is left over.
fn spread(all: Minutes, days: [bool; 7]) -> WeekPattern {
    let count = i64::try_from(days.iter().filter(|is_on| **is_on).count()).unwrap_or(5).max(1);
    // No minute is lost by parting: 38 hours and a half are no whole minutes a day for four days.
    let mut more = all.0 % count;
    days.map(|is_on| {
        if !is_on {
            return Minutes::ZERO;
        }
        let extra = i64::from(more > 0);
        more -= extra;
        Minutes(all.0 / count + extra)
    })
}

#[cfg(test)]
mod tests {
    use crate::import::listing::{ListOptions, ListedRow};
    use crate::import::people::{PersonDraft, read_people};

    fn people(text: &str) -> Vec<ListedRow<PersonDraft>> {
        read_people(text.as_bytes(), &ListOptions::default()).unwrap().drafts
    }

    /// The hours of a week, as `8 8 8 8 8 0 0`.
    fn week(row: &ListedRow<PersonDraft>) -> String {
        let week = row.value.contracts[0].week;
        week.map(|day| if day.0 % 60 == 0 { (day.0 / 60).to_string() } else { day.to_string() }).join(" ")
    }

    #[test]
    fn the_hours_of_a_week_lie_on_its_days() {
        for (header, cell, expected) in [
            ("Weekly hours", "40", "8 8 8 8 8 0 0"),
            ("Hours per week", "37.5h", "7h30m 7h30m 7h30m 7h30m 7h30m 0 0"),
            ("Wochenstunden", "\"38,5\"", "7h42m 7h42m 7h42m 7h42m 7h42m 0 0"),
            ("Heures par semaine", "35", "7 7 7 7 7 0 0"),
            ("Horas semanales", "20", "4 4 4 4 4 0 0"),
            ("Uren per week", "36", "7h12m 7h12m 7h12m 7h12m 7h12m 0 0"),
            ("Hours/week", "0", "0 0 0 0 0 0 0"),
        ] {
            let found = people(&format!("Name,{header}\nAna,{cell}\n"));
            assert_eq!((week(&found[0]).as_str(), found[0].problems.len()), (expected, 0), "{header}");
            assert!(found[0].value.is_spread);
        }
        for (days, expected) in [
            ("Mon–Thu", "8 8 8 8 0 0 0"),
            ("Mo, Di, Do, Fr", "8 8 0 8 8 0 0"),
            ("lundi à jeudi", "8 8 8 8 0 0 0"),
            ("Sat to Tue", "8 8 0 0 0 8 8"),
        ] {
            let found = people(&format!("Name,Weekly hours,Working days\nAna,32,\"{days}\"\n"));
            assert_eq!((week(&found[0]).as_str(), found[0].problems.len()), (expected, 0), "{days}");
        }
        let found = people("Name,Weekly hours,Mon,Tue,Wed,Thu,Fri\nAna,24,x,,x,no,x\nBo,40,8,8,8,8,0\n");
        assert_eq!((week(&found[0]).as_str(), week(&found[1]).as_str()), ("8 0 8 0 8 0 0", "8 8 8 8 0 0 0"));
        assert_eq!(found[1].problems[0].message, "the hours of the days are 32h, and count");
    }

    #[test]
    fn the_hours_of_a_day_are_those_of_each_that_is_not_free() {
        for (head, cells, expected) in [
            ("Daily hours", "6", "6 6 6 6 6 0 0"),
            ("Daily hours,Non work days", "6,\"Fri, Sat, Sun\"", "6 6 6 6 0 0 0"),
            ("Weekly capacity (h),Days off", "24,\"Wed, Sat, Sun\"", "6 6 0 6 6 0 0"),
        ] {
            let found = people(&format!("Name,Email,{head}\nAna,a@x.example,{cells}\n"));
            assert_eq!((week(&found[0]).as_str(), found[0].problems.len()), (expected, 0), "{head}");
        }
        let found = people("Name,Email,Daily hours\nAna,a@x.example,40\n");
        assert_eq!(found[0].problems[0].message, "more hours than a day has; none are taken");
    }

    #[test]
    fn what_cannot_be_the_hours_of_a_week_is_told() {
        let found = people("Name,Weekly hours,Working days\nAna,400,\nBo,lots,\nCy,20,4\n");
        assert_eq!(found[0].value.contracts.len() + found[1].value.contracts.len(), 0);
        assert_eq!(found.iter().map(|row| row.problems.len()).collect::<Vec<_>>(), [1, 1, 1]);
        assert!(found[2].problems[0].message.contains("Monday to Friday"), "{:?}", found[2].problems);
        assert_eq!(week(&found[2]), "4 4 4 4 4 0 0");
    }
}
