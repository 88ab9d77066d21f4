//! `reflect --trend`: how reflections went, of all or of one series.

use super::shape;
use crate::cli::out::{Format, Out};
use crate::cli::{CliError, Done};
use crate::domain::reflection::trend::Trend;
use crate::domain::words::fold;
use crate::ops::Desk;
use crate::plain;

/// The trends of every series, or of one.
pub fn trend(desk: &Desk, series: Option<&str>, out: &mut Out) -> Done {
    let mut entries = desk.entries()?;
    let mut known: Vec<String> = entries.iter().map(|entry| entry.series.clone()).collect();
    known.sort();
    known.dedup();
    if let Some(series) = series {
        // Typed by hand, and named by whoever made the calendar.
        entries.retain(|entry| fold(&entry.series) == fold(series));
    }
    let trend = Trend::of(&entries.iter().collect::<Vec<_>>());
    if out.format == Format::Json {
        let share = |share: crate::domain::measures::Share| serde_json::json!({ "part": share.part, "whole": share.whole });
        out.json(&serde_json::json!({
            "count": trend.count, "stances": trend.stances, "median": trend.median_tenths.map(|tenths| f64::from(tenths) / 10.0),
            "altitude": trend.altitude, "shape_rate": share(trend.shape), "expansion": share(trend.expansion),
            "reflections": entries.iter().map(|entry| shape(desk, entry)).collect::<Vec<_>>(),
        }))?;
    }
    if desk.is_presenting {
        return Err(CliError::Nothing("reflections are hidden while you present".to_owned()));
    }
    if let (true, Some(series), [_, ..]) = (entries.is_empty(), series, known.as_slice()) {
        let (series, known) = (plain::cut(series, 40), known.join(", "));
        return Err(CliError::Nothing(format!("no reflection is on `{series}`; there are some on {known}")));
    }
    if entries.is_empty() {
        return Err(CliError::Nothing(
            "no reflections yet; `tablesetter reflect M-1 --stance 3` writes the first".to_owned(),
        ));
    }
    if out.format == Format::Json {
        return Ok(());
    }
    let meetings = if trend.shape.whole == 1 { "meeting" } else { "meetings" };
    let stances: Vec<String> = trend.stances.iter().map(ToString::to_string).collect();
    let mut rows = vec![("stances", format!("{} (n {})", stances.join(" "), trend.count))];
    rows.extend(trend.median_tenths.map(|tenths| ("median", format!("{}.{}", tenths / 10, tenths % 10))));
    rows.extend(trend.altitude.map(|altitude| ("altitude", format!("{altitude:.1}"))));
    rows.extend([
        ("shaped", format!("{} leadership {meetings}", trend.shape)),
        ("questions", format!("{} opened something", trend.expansion)),
    ]);
    for (name, value) in rows {
        match out.format {
            Format::Plain => out.record(&[name, &value])?,
            _ => out.line(&format!("{}{value}", out.fit(name, 16)))?,
        }
    }
    if trend.median_tenths.is_none() {
        out.say("medians and percentages need five reflections");
    }
    Ok(())
}
