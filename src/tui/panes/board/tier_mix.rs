//! The tier mix of the outcomes board: what the hours of each week are made of, as a bar and in figures.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::BoardStyle;
use crate::domain::day;
use crate::domain::measures::{Measured, MeasuredValue};
use crate::domain::tier::Tier;
use crate::ops::books::report::{PAST_WEEKS, TierWeek};
use crate::plain;
use crate::tui::overlays::record::{Link, Receipt, Shown};
use crate::tui::view::pictures;

/// Columns of the names with their margin, and of a week.
const NAMES: usize = 23;
const WEEK: usize = 7;

/// Hours by tier week by week, the share that shapes strategy, and how full people are beside how long work waits.
pub fn lines(look: BoardStyle<'_>) -> Vec<Shown> {
    let report = &look.snapshot.report;
    let room = look.width.saturating_sub(NAMES + 1) / WEEK;
    let weeks = weeks_in_sight(&report.tiers, room.max(1));
    let age = report.age.as_ref().filter(|age| age.is_known()).map(|age| work_age(age, look));
    // A table of dashes says nothing that its absence does not.
    if weeks.iter().all(|week| !week.strategy.is_known()) {
        return age.into_iter().flat_map(|age| [Line::default().into(), age]).collect();
    }
    let theme = look.theme;
    let mut lines: Vec<Shown> =
        vec![Line::default().into(), days(weeks, look).into(), mix(weeks, look).into()];
    for tier in Tier::ALL {
        let number = usize::from(tier.number());
        let hours = |week: &TierWeek| match (&week.strategy.value, week.minutes[number].rounded_hours()) {
            // A dash is not known, a dot is nought: a past week that was not kept must not look like an idle one.
            (MeasuredValue::Unknown(_), _) => "–".to_owned(),
            (_, 0) => "·".to_owned(),
            (_, hours) => hours.to_string(),
        };
        let name = format!("{number} {}", look.snapshot.tiers.of(tier).name);
        lines.push(row((&name, theme.dim()), weeks.iter().map(hours).collect(), look).into());
    }
    let this = day::monday(look.snapshot.today());
    for (name, style, of) in [
        ("strategy (0 and 1)", theme.accent(), (|week| &week.strategy) as fn(&TierWeek) -> &Measured),
        ("of the time there is", theme.dim(), |week| &week.utilisation),
    ] {
        let this_week = weeks.iter().find(|week| week.monday == this).map(of);
        let link = this_week.map(|measured| {
            let receipt = Receipt::of(&format!("{name}, this week"), &measured.alone(), measured);
            Link::Receipt(Box::new(receipt))
        });
        let shares = weeks.iter().map(|week| of(week).in_a_column()).collect();
        lines.push(Shown::new(row((name, style), shares, look), link));
    }
    lines.extend(few(weeks, look));
    lines.extend(age);
    lines
}

/// What hours among the percentages are, where there are any.
fn few(weeks: &[TierWeek], look: BoardStyle<'_>) -> Option<Shown> {
    let shares = weeks.iter().flat_map(|week| [&week.strategy, &week.utilisation]);
    let hours = shares.map(Measured::in_a_column).find(|text| text.ends_with('h'))?;
    let text = format!("   {hours}: hours alone, as too few requests make no percentage");
    Some(Line::styled(plain::cut(&text, look.width), look.theme.dim()).into())
}

/// A name and its figures. The name takes blanks of the first column before it is cut.
fn row((name, style): (&str, Style), texts: Vec<String>, look: BoardStyle<'_>) -> Line<'static> {
    let first = texts.first().map_or(0, |text| plain::width(text));
    let name = plain::cut(name, (NAMES + WEEK).saturating_sub(3 + first + 1));
    let taken = (3 + plain::width(&name)).saturating_sub(NAMES);
    let mut spans = vec![Span::styled(format!("   {}", plain::fit(&name, NAMES - 3 + taken)), style)];
    spans.extend(texts.into_iter().enumerate().map(|(week, text)| {
        let wide = if week == 0 { WEEK - taken } else { WEEK };
        Span::styled(format!("{text:>wide$}"), look.theme.text())
    }));
    Line::from(spans)
}

/// The head: the Monday of each week.
fn days(weeks: &[TierWeek], look: BoardStyle<'_>) -> Line<'static> {
    let theme = look.theme;
    let this = day::monday(look.snapshot.today());
    let name = plain::fit("Tier mix, hours a week", NAMES - 1);
    let mut spans = vec![Span::styled(format!(" {name}"), theme.strong())];
    spans.extend(weeks.iter().map(|week| {
        let style = if week.monday == this { theme.text() } else { theme.dim() };
        Span::styled(format!("{:>WEEK$}", week.monday.format("%-d %b").to_string()), style)
    }));
    Line::from(spans)
}

/// A bar for each week that shows what its hours are made of, strategy first, and which part is which tier.
fn mix(weeks: &[TierWeek], look: BoardStyle<'_>) -> Line<'static> {
    let bar = |week: &TierWeek| {
        if matches!(week.strategy.value, MeasuredValue::Unknown(_)) {
            return String::new();
        }
        let [shape, concept, rest @ ..] = week.minutes.map(|minutes| minutes.0);
        let parts: Vec<i64> = std::iter::once(shape + concept).chain(rest).collect();
        pictures::stacked(&parts, 6, look.theme.is_ascii)
    };
    // Both tiers of strategy are one part: what the bar shows is how much of a week is of either.
    let fill = |part| pictures::fill(part, look.theme.is_ascii);
    let names = format!("{} 0–1 {} 2 {} 3 {} 4", fill(0), fill(1), fill(2), fill(3));
    let mut spans = vec![Span::styled(format!("   {}", plain::fit(&names, NAMES - 3)), look.theme.dim())];
    spans.extend(weeks.iter().map(|week| Span::styled(format!(" {:<6}", bar(week)), look.theme.accent())));
    Line::from(spans)
}

/// How long open work has been ready: told also where no hours are.
fn work_age(age: &Measured, look: BoardStyle<'_>) -> Shown {
    let ready = if age.is_known() { "ready for " } else { "" };
    let text = format!("   {}{ready}{}", plain::fit("age of open work", 21), age.alone());
    let receipt = Receipt::of("Age of open work", &age.alone(), age);
    Shown::new(Line::styled(text, look.theme.dim()), Some(Link::Receipt(Box::new(receipt))))
}

/// As many weeks as there is room for; where that is little, the past ones give way first.
fn weeks_in_sight(weeks: &[TierWeek], room: usize) -> &[TierWeek] {
    let past = usize::try_from(PAST_WEEKS).unwrap_or(0).min(weeks.len());
    let skipped = weeks.len().saturating_sub(room).min(past);
    &weeks[skipped..weeks.len().min(skipped + room)]
}
