//! `review --tiers`: hours by tier week by week, as the board of outcomes shows them.

use serde_json::{Value, json};

use super::Done;
use super::out::{Format, Medium, Out};
use crate::domain::day;
use crate::domain::measures::{Measured, MeasuredValue};
use crate::domain::tier::Tier;
use crate::ops::Desk;
use crate::ops::books::report::TierWeek;
use crate::plain;

/// Columns of a week's day, of the hours of a tier, and of a share.
const DAY: usize = 9;
const HOURS: usize = 6;
const SHARE: usize = 12;

pub fn weeks(desk: &Desk, out: &mut Out) -> Done {
    let (_, _, report) = desk.books_standing()?;
    match out.format {
        Format::Json => out.json(&report.tiers.iter().map(shape).collect::<Vec<_>>()),
        Format::Plain => report.tiers.iter().try_for_each(|week| record(week, out)),
        Format::Human => table(desk, &report.tiers, report.age.as_ref(), out),
    }
}

fn is_known(week: &TierWeek) -> bool {
    !matches!(week.strategy.value, MeasuredValue::Unknown(_))
}

/// All hours out of which a share is counted; nothing where they are not known.
const fn whole(measured: &Measured) -> Option<i64> {
    match measured.value {
        MeasuredValue::Hours(_, whole) => Some(whole.0),
        _ => None,
    }
}

// What was not kept is null, and not nought: a past week of which nothing is known must not look like an idle one.
fn shape(week: &TierWeek) -> Value {
    let is_known = is_known(week);
    let minutes: serde_json::Map<String, Value> = Tier::ALL
        .iter()
        .map(|tier| {
            let own = week.minutes[usize::from(tier.number())].0;
            (tier.number().to_string(), json!(is_known.then_some(own)))
        })
        .collect();
    json!({
        "week": week.monday, "tier_minutes": minutes,
        "strategy_minutes": is_known.then_some(week.strategy.minutes().0), "n": week.strategy.n,
        "planned_minutes": whole(&week.strategy), "available_minutes": whole(&week.utilisation),
    })
}

fn record(week: &TierWeek, out: &mut Out) -> Done {
    let is_known = is_known(week);
    let said = |minutes: Option<i64>| minutes.map_or_else(String::new, |minutes| minutes.to_string());
    let mut fields = vec![week.monday.to_string()];
    fields.extend(week.minutes.iter().map(|minutes| said(is_known.then_some(minutes.0))));
    fields.push(said(is_known.then_some(week.strategy.minutes().0)));
    fields.extend([said(whole(&week.strategy)), said(whole(&week.utilisation))]);
    out.record(&fields.iter().map(String::as_str).collect::<Vec<_>>())
}

fn table(desk: &Desk, weeks: &[TierWeek], age: Option<&Measured>, out: &mut Out) -> Done {
    if out.medium == Medium::Voice {
        weeks.iter().try_for_each(|week| out.line(&in_words(week)))?;
        return open_work(age, out);
    }
    let mut head = plain::fit("hours", DAY);
    for tier in Tier::ALL {
        head.push_str(&plain::fit_right(&format!("T{}", tier.number()), HOURS));
    }
    head.push_str(&plain::fit_right("strategy", SHARE));
    head.push_str(&plain::fit_right("of the time", SHARE + 1));
    out.line(&head)?;
    let this = day::monday(desk.today());
    for week in weeks {
        let mut line = plain::fit(&week.monday.format("%-d %b").to_string(), DAY);
        for minutes in week.minutes {
            let hours = match (is_known(week), minutes.rounded_hours()) {
                (false, _) => out.drawn("–", "-").to_owned(),
                (true, 0) => out.drawn("·", ".").to_owned(),
                (true, hours) => hours.to_string(),
            };
            line.push_str(&plain::fit_right(&hours, HOURS));
        }
        line.push_str(&plain::fit_right(&week.strategy.in_a_column(), SHARE));
        line.push_str(&plain::fit_right(&week.utilisation.in_a_column(), SHARE + 1));
        line.push_str(if week.monday == this { "  this week" } else { "" });
        out.line(&line)?;
    }
    let names =
        Tier::ALL.iter().map(|tier| format!("T{} {}", tier.number(), desk.config.tiers.of(*tier).name));
    out.line(&format!("{}; strategy is T0 and T1", names.collect::<Vec<_>>().join(", ")))?;
    open_work(age, out)
}

/// A week as it is read out: each figure with what it is of.
fn in_words(week: &TierWeek) -> String {
    let tiers = Tier::ALL.iter().zip(week.minutes).filter(|(_, minutes)| minutes.is_positive());
    let mut parts: Vec<String> =
        tiers.map(|(tier, minutes)| format!("tier {} {minutes}", tier.number())).collect();
    if parts.is_empty() {
        parts.push(if is_known(week) { "nothing" } else { "not recorded" }.to_owned());
    }
    for (name, share) in [("strategy", &week.strategy), ("of the time there is", &week.utilisation)] {
        // A sign for no figure is nothing to hear.
        parts.extend(share.is_known().then(|| format!("{name} {}", share.in_a_column())));
    }
    format!("week of {}: {}", week.monday.format("%-d %b"), parts.join(", "))
}

fn open_work(age: Option<&Measured>, out: &mut Out) -> Done {
    match age.filter(|age| age.is_known()) {
        // How full people are never stands without how long work waits for them.
        Some(age) => out.line(&format!("Open work: ready for {}", age.alone())),
        None => Ok(()),
    }
}
