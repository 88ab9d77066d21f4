//! Trends of reflections by series and by person in the room: dots below five entries, lines above, medians, never
//! streaks.

use std::collections::BTreeMap;

use super::ReviewSources;
use crate::domain::day::day_near;
use crate::domain::document::{Block, Line, Plot, PlotKind, Point};
use crate::domain::measures::{Measured, MeasuredValue, Share, Span, rooms};
use crate::domain::minutes::Minutes;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::reflection::calm::{self, CalmPoint};
use crate::domain::reflection::trend::{ENOUGH, Trend};
use crate::ops::reflect::stance_words;

/// How many series and people are told, those with most entries first.
const MOST: usize = 4;
/// Points of a line.
const POINTS: usize = 12;

/// The blocks of trends up to the end of the span; none without reflections.
pub fn blocks(it: &ReviewSources) -> Vec<Block> {
    let all: Vec<&ReflectionEntry> =
        // Not beyond the span: the page of a past week reads as it did then.
        it.entries.iter().filter(|(day, _)| *day <= it.span.to).map(|(_, entry)| entry).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut by_series: BTreeMap<&str, Vec<&ReflectionEntry>> = BTreeMap::new();
    let mut by_person: BTreeMap<&str, Vec<&ReflectionEntry>> = BTreeMap::new();
    for entry in &all {
        by_series.entry(&entry.series).or_default().push(entry);
        for name in &entry.attendees {
            by_person.entry(name).or_default().push(entry);
        }
    }
    let mut blocks = vec![Block { plot: plot(&all, it), ..Block::new("By series", told(it, by_series)) }];
    blocks.push(Block::new("By person", told(it, by_person)));
    blocks.extend(calm_block(&all, it));
    // How somebody reflects, and on whom, is nobody else's to read.
    blocks.into_iter().map(Block::private).collect()
}

/// Calm against the load of that morning: each room as dots below five of them, a picture from five on.
fn calm_block(all: &[&ReflectionEntry], it: &ReviewSources) -> Option<Block> {
    let points = calm::points(all);
    let recent = &points[points.len().saturating_sub(POINTS)..];
    if recent.is_empty() {
        return None;
    }
    let day = |point: &CalmPoint<'_>| it.local_day(point.entry);
    let over = |point: &CalmPoint<'_>| team_over(point.over);
    let figure = |value: MeasuredValue, of: &[CalmPoint<'_>], definition: &str| {
        let since = of.first().map_or(it.span.from, day).min(it.span.to);
        let rows = of.iter().map(|point| point.entry.reflection.meeting.clone().into()).collect();
        Measured::new(value, of.len(), Span { from: since, to: it.span.to }, rows, definition).figure()
    };
    let calm = |value: f64| MeasuredValue::Amount(value, "of 5".to_owned());
    let mut lines = Vec::new();
    let mut plot = None;
    if recent.len() < ENOUGH {
        for point in recent {
            // Bounded, since a file can hold any number and the subtraction must not go below nothing.
            let dots = "●".repeat(usize::from(point.calm)) + &"○".repeat(5 - usize::from(point.calm.min(5)));
            let text = format!(
                "{} {dots} calm {} of 5, {}",
                day_near(day(point), it.today),
                point.calm,
                over(point)
            );
            let definition = "calm of a reflection, beside how far the team was over when its meeting began";
            let own = figure(calm(f64::from(point.calm)), std::slice::from_ref(point), definition);
            lines.push(Line::new(text).with(own));
        }
        lines.push(Line::new(format!("too few to say more, n {}", recent.len())));
    } else {
        // Compared over all mornings; only the picture is cut to the last ones.
        let (heavy, fine) = calm::both_kinds(&points);
        lines.push(if let Some(told) = calm::comparison(&points) {
            let of = |own: &[CalmPoint<'_>], which: &str| {
                let definition = format!("median calm of the reflections on mornings with {which} over");
                figure(calm(calm::median_calm(own)), own, &definition)
            };
            Line::new(told).with(of(&heavy, "somebody")).with(of(&fine, "nobody"))
        } else {
            let share = Share::of(&points, |point| point.over.is_positive());
            let told = format!("{} of {} mornings with somebody over", share.part, share.whole);
            let definition = "mornings of a reflection on which somebody was over when its meeting began";
            let figure = figure(MeasuredValue::Share(share), &points, definition);
            Line::new(format!("{told}: too few of a kind to compare")).with(figure)
        });
        // The names of a picture's bars have little room.
        let label = |point: &CalmPoint<'_>| format!("{}, {} over", day(point).format("%-d %b"), point.over);
        plot = Some(Plot {
            title: "Calm, 1 tense to 5 calm, with the load of that morning".to_owned(),
            kind: PlotKind::Bars,
            points: recent.iter().map(|point| Point::new(label(point), f64::from(point.calm))).collect(),
            scale: Some((0.0, 5.0)),
            ..Plot::default()
        });
    }
    Some(Block { plot, ..Block::new("Calm and load", lines) })
}

fn told(it: &ReviewSources, groups: BTreeMap<&str, Vec<&ReflectionEntry>>) -> Vec<Line> {
    let mut groups: Vec<(&str, Vec<&ReflectionEntry>)> = groups.into_iter().collect();
    // By name where as many, so that the same store tells the same four every time.
    groups.sort_by_key(|(name, entries)| (std::cmp::Reverse(entries.len()), name.to_owned()));
    groups.into_iter().take(MOST).map(|(name, entries)| line(it, name, &entries)).collect()
}

fn line(it: &ReviewSources, name: &str, entries: &[&ReflectionEntry]) -> Line {
    let trend = Trend::of(entries);
    let stances: Vec<String> =
        // The newest ones, in the order in which they were.
        trend.stances.iter().rev().take(POINTS).rev().map(ToString::to_string).collect();
    let median = match trend.median_tenths {
        Some(tenths) if tenths % 10 == 0 => format!("median {}", tenths / 10),
        Some(tenths) => format!("median {}.{}", tenths / 10, tenths % 10),
        None => "too few to say".to_owned(),
    };
    let since = it.entries.first().map_or(it.span.from, |(day, _)| *day).min(it.span.to);
    let stance = rooms::stance(entries, Span { from: since, to: it.span.to }, name);
    Line::new(format!("{name}: {} ({median}, n {})", stances.join(" "), trend.count)).with(stance.figure())
}

/// All stances in time; a line only from five entries on.
fn plot(all: &[&ReflectionEntry], it: &ReviewSources) -> Option<Plot> {
    // From the sources once more: only they hold the local day of an entry, which a label needs.
    let own: Vec<_> = it.entries.iter().filter(|(day, _)| *day <= it.span.to).collect();
    let recent = &own[own.len().saturating_sub(POINTS)..];
    let points = recent
        .iter()
        .map(|(day, entry)| Point::new(day.format("%-d %b").to_string(), f64::from(entry.reflection.stance)));
    (all.len() >= ENOUGH).then(|| stances(points.collect()))
}

/// Where the lead stood, on a scale with the words of both its ends.
pub(super) fn stances(points: Vec<Point>) -> Plot {
    Plot {
        title: format!("Stance, 1 {} to 5 {}", stance_words(1), stance_words(5)),
        kind: PlotKind::Line,
        points,
        scale: Some((1.0, 5.0)),
        ..Plot::default()
    }
}

/// How calm the lead was in a room, and the load of the team that morning, as far as either was noted.
pub(super) fn calm_and_load(entry: &ReflectionEntry) -> String {
    let calm = entry.reflection.presence.map(|presence| format!(", calm {} of 5", presence.calm));
    let over = entry.reflection.forced_over.map(team_over);
    [calm, over.map(|over| format!(", {over}"))].into_iter().flatten().collect()
}

fn team_over(over: Minutes) -> String {
    if over.is_positive() { format!("team over {over}") } else { "nobody over".to_owned() }
}
