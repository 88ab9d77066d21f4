//! Trends of reflections by series and by person in the room: dots below five entries, lines above, medians, never
//! streaks.

use std::collections::BTreeMap;

use super::review::Gathered;
use crate::domain::document::{Block, Line, Plot, PlotKind, Point};
use crate::domain::measures::{Span, rooms};
use crate::domain::reflection::trend::{ENOUGH, Entry, Trend};

/// How many series and people are told, those with most entries first.
const MOST: usize = 4;
/// Points of a line.
const POINTS: usize = 12;

/// The blocks of trends up to the end of the span; none without reflections.
pub fn blocks(it: &Gathered) -> Vec<Block> {
    let all: Vec<&Entry> =
        it.entries.iter().filter(|(day, _)| *day <= it.span.to).map(|(_, entry)| entry).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut by_series: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    let mut by_person: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &all {
        by_series.entry(&entry.series).or_default().push(entry);
        for name in &entry.attendees {
            by_person.entry(name).or_default().push(entry);
        }
    }
    let mut blocks = vec![Block { plot: plot(&all, it), ..Block::new("By series", told(it, by_series)) }];
    blocks.push(Block::new("By person", told(it, by_person)));
    blocks
}

fn told(it: &Gathered, groups: BTreeMap<&str, Vec<&Entry>>) -> Vec<Line> {
    let mut groups: Vec<(&str, Vec<&Entry>)> = groups.into_iter().collect();
    groups.sort_by_key(|(name, entries)| (std::cmp::Reverse(entries.len()), name.to_owned()));
    groups.into_iter().take(MOST).map(|(name, entries)| line(it, name, &entries)).collect()
}

fn line(it: &Gathered, name: &str, entries: &[&Entry]) -> Line {
    let trend = Trend::of(entries);
    let stances: Vec<String> =
        trend.stances.iter().rev().take(POINTS).rev().map(ToString::to_string).collect();
    let median = match trend.median_tenths {
        Some(tenths) if tenths % 10 == 0 => format!("median {}", tenths / 10),
        Some(tenths) => format!("median {}.{}", tenths / 10, tenths % 10),
        None => format!("dots, no median below {ENOUGH}"),
    };
    let since = it.entries.first().map_or(it.span.from, |(day, _)| *day).min(it.span.to);
    let stance = rooms::stance(entries, Span { from: since, to: it.span.to }, name);
    Line::new(format!("{name}: {} ({median}, n {})", stances.join(" "), trend.count)).with(stance.figure())
}

/// All stances in time; a line only from five entries on.
fn plot(all: &[&Entry], it: &Gathered) -> Option<Plot> {
    let own: Vec<_> = it.entries.iter().filter(|(day, _)| *day <= it.span.to).collect();
    let recent = &own[own.len().saturating_sub(POINTS)..];
    let points = recent.iter().map(|(day, entry)| Point {
        label: day.format("%-d %b").to_string(),
        value: f64::from(entry.reflection.stance),
    });
    let points: Vec<Point> = points.collect();
    (all.len() >= ENOUGH).then(|| Plot {
        title: "Stance, 1 reported status to 5 changed what was decided".to_owned(),
        kind: PlotKind::Line,
        unit: String::new(),
        points,
        scale: Some((0.0, 5.0)),
        ..Plot::default()
    })
}
