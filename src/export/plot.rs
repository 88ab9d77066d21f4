//! A plot in letters: a bar for each point, or one row of heights with its ends named.

use crate::domain::document::{Plot, PlotKind, Point, quantity};
use crate::domain::measures::ENOUGH;
use crate::plain;

const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns of the longest bar, and of it beside long labels.
const BAR: usize = 24;
const BAR_BESIDE_LONG: usize = 16;
/// A label takes at most so many columns, and is long from so many on.
const LABEL: usize = 44;
const LONG: usize = 30;
/// As many columns has the row of a single dot, and its label so many.
const SCALE: usize = 13;
const ROOM: usize = 44;

/// The plot as lines of harmless text.
pub fn lines(plot: &Plot) -> Vec<String> {
    if plot.points.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![plain::harmless(&plot.title).into_owned()];
    match plot.kind {
        PlotKind::Bars => lines.extend(bars(plot)),
        PlotKind::Line if plot.points.len() < ENOUGH as usize => lines.extend(dots(plot)),
        PlotKind::Line => lines.push(heights(plot)),
    }
    if let Some(target) = &plot.target {
        let target = format!("{}: {}", target.label, quantity(target.value, &plot.unit));
        lines.push(plain::harmless(&target).into_owned());
    }
    lines
}

fn bars(plot: &Plot) -> Vec<String> {
    let widest = plot.points.iter().map(|point| plain::width(&plain::cut(&point.label, LABEL))).max();
    let longest = if widest.is_some_and(|widest| widest > LONG) { BAR_BESIDE_LONG } else { BAR };
    let (shares, _) = plot.shares();
    let bar = |share: &f64| {
        // By comparing, not by rounding a float to a count: every share gets the bars that are wholly filled.
        (0..longest).filter(|column| *share > f64::from(small(*column)) / f64::from(small(longest))).count()
    };
    // Where it stood before, on the bar or in the blanks behind it.
    let picture = |filled: usize, ticks: &[f64]| -> String {
        // A tick at the far end still has to stand within the bar.
        let places: Vec<usize> = ticks.iter().map(|tick| bar(&plot.share(*tick)).min(longest - 1)).collect();
        let length = places.iter().map(|place| place + 1).max().unwrap_or(0).max(filled);
        let cell = |at: usize| match at {
            _ if places.contains(&at) => '│',
            _ if at < filled => '█',
            _ => ' ',
        };
        (0..length).map(cell).collect()
    };
    let line = |(point, share): (&Point, &f64)| {
        let label = plain::fit(&plain::cut(&point.label, LABEL), widest.unwrap_or(0));
        let value = quantity(point.value, &plot.unit);
        format!("{label}  {} {}", picture(bar(share), &point.ticks), plain::harmless(&value))
    };
    plot.points.iter().zip(&shares).map(line).collect()
}

/// A few points one below the other, each where it stands between the ends of the scale: a row of heights would claim
/// a course.
fn dots(plot: &Plot) -> impl Iterator<Item = String> + '_ {
    let widest = plot.points.iter().map(|point| plain::width(&plain::cut(&point.label, ROOM))).max();
    plot.points.iter().map(move |point| {
        let share = plot.share(point.value);
        let at =
            (1..SCALE).filter(|step| share >= f64::from(small(*step)) / f64::from(small(SCALE - 1))).count();
        let row: String = (0..SCALE).map(|cell| if cell == at { '●' } else { '·' }).collect();
        let label = plain::fit(&plain::cut(&point.label, ROOM), widest.unwrap_or(0));
        format!("{label}  {row} {}", plain::harmless(&quantity(point.value, &plot.unit)))
    })
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn heights(plot: &Plot) -> String {
    let (shares, _) = plot.shares();
    let height = |share: &f64| {
        let step = (1..HEIGHTS.len()).filter(|step| *share >= f64::from(small(*step)) / 8.0).count();
        HEIGHTS[step]
    };
    let row: String = shares.iter().map(height).collect();
    let say = |point: &Point| format!("{} {}", point.label, quantity(point.value, &plot.unit));
    let ends = match plot.points.as_slice() {
        [only] => say(only),
        [first, .., last] => format!("{} → {}", say(first), say(last)),
        [] => String::new(),
    };
    plain::harmless(&format!("{row}  {ends}")).into_owned()
}
