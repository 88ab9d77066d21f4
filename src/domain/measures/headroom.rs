//! Headroom: hours that changes freed, and where they went.

use chrono::NaiveDate;

use super::{Facts, Measured, MeasuredValue, Span, key};
use crate::domain::day;
use crate::domain::ledger::{self, Balance, Gain, Redirect};
use crate::domain::minutes::Minutes;
use crate::domain::record::{Kind, RecordKey};

/// Hours a week with a destination, out of hours a week that are free, on the last day of a span.
pub fn headroom(facts: &Facts<'_>, span: Span) -> Measured {
    let end = facts.end(span);
    let balance = balance(facts, end);
    let gains: Vec<&Gain> = facts.gains.iter().filter(|gain| gain.on(end).is_positive()).collect();
    let rows = gains.iter().map(|gain| key(Kind::Gain, gain.id.0));
    let spent = facts.redirects.iter().filter(|it| it.on(end).is_positive());
    let rows = rows.chain(spent.map(|it| key(Kind::Redirect, it.id.0))).collect();
    let definition = "hours a week with a named destination, out of hours a week that changes have freed";
    Measured::new(
        MeasuredValue::Hours(balance.redirected, balance.freed),
        gains.len(),
        Span::day(end),
        rows,
        definition,
    )
}

/// Hours a week that one change freed, with what they went into.
pub fn freed(gain: &Gain, rows: Vec<RecordKey>, today: NaiveDate) -> Measured {
    // A gain that only begins later would otherwise end before its first day.
    let span = Span { from: gain.from_day, to: gain.to_day.unwrap_or(today).max(gain.from_day) };
    let value = MeasuredValue::Amount(gain.hours.as_hours(), "h a week".to_owned());
    let was = format!("{} a week on {}", gain.baseline, day::day_near(gain.baseline_on, today));
    let definition = format!("hours a week freed, of a frozen baseline of {was}");
    Measured::new(value, 1, span, rows, &definition)
}

/// What stood on both sides on a day.
pub fn balance(facts: &Facts<'_>, on: NaiveDate) -> Balance {
    ledger::total(facts.gains, facts.redirects, on)
}

/// Hours that redirects brought to outcomes within a span, by days.
pub fn redirected(facts: &Facts<'_>, span: Span) -> Measured {
    let until = Span { to: facts.end(span), ..span };
    let own: Vec<(&Redirect, Minutes)> = brought(facts, until);
    let all: Minutes = own.iter().map(|(_, hours)| *hours).sum();
    let rows = own.iter().map(|(redirect, _)| key(Kind::Redirect, redirect.id.0)).collect();
    let definition = "hours a week of each redirect times the weeks that it held in these days";
    Measured::new(MeasuredValue::Amount(all.as_hours(), "h".to_owned()), own.len(), until, rows, definition)
}

/// The redirects that brought something within a span, to the minute: whole hours of each would not add up.
pub fn brought<'a>(facts: &Facts<'a>, span: Span) -> Vec<(&'a Redirect, Minutes)> {
    let until = Span { to: facts.end(span), ..span };
    let hours = |redirect: &Redirect| {
        let held = until.shared(redirect.from_day, redirect.to_day).map_or(0, Span::days);
        // Rounded as the weeks of the ledger are, or a quarter would say a minute less than its weeks.
        ledger::of_days(redirect.hours, held)
    };
    let all = facts.redirects.iter().map(|redirect| (redirect, hours(redirect)));
    all.filter(|(_, hours)| hours.is_positive()).collect()
}
