//! A plot as an inline drawing with title and description: bars lie, so that their labels can be read;
//! a line runs from left to right with its first and last value named.

use std::fmt::Write;

use super::escape::escape;
use crate::domain::document::{Plot, PlotKind, Point, quantity};
use crate::domain::measures::ENOUGH;
use crate::plain;

/// Width of every drawing, in its own units.
const WIDTH: f64 = 560.0;
/// Room on the left for the labels of bars.
const GUTTER: f64 = 196.0;
/// Letters of a label that fit there: bars carry names, which are longer than keys.
const NAME: usize = 30;
/// Room for values behind a bar, and on either side of a line.
const MARGIN: f64 = 56.0;
/// From the top of one bar to the top of the next.
const STEP: f64 = 26.0;
/// From one line of a name to its next.
const LINE: f64 = 17.0;
/// Height of a line's own area.
const HEIGHT: f64 = 96.0;
/// Above and below that area.
const PAD: f64 = 14.0;

/// Draws a plot; `number` keeps its names apart from those of other plots.
pub fn draw(plot: &Plot, number: usize) -> String {
    let (height, body) = match plot.kind {
        PlotKind::Bars => bars(plot),
        // Fewer are dots one below the other: a line would claim a course.
        PlotKind::Line if plot.points.len() < ENOUGH as usize => dots(plot),
        PlotKind::Line => line(plot),
    };
    let title = escape(&plot.title);
    format!(
        "<figure>\n<figcaption aria-hidden=\"true\">{title}</figcaption>\n<svg role=\"img\" font-size=\"12\" viewBox=\"0 0 {WIDTH} {height}\" aria-labelledby=\"t{number} d{number}\">\n\
        <title id=\"t{number}\">{title}</title>\n<desc id=\"d{number}\">{}</desc>\n{body}</svg>\n\
        </figure>\n",
        escape(&plot.in_words())
    )
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A label at a place; `class` says how it is set, and where it begins is said once more for a page that lost its style.
fn label(out: &mut String, class: &str, (x, y): (f64, f64), text: &str) {
    let anchor = match class {
        "end" | "middle" => format!(" text-anchor=\"{class}\""),
        _ => String::new(),
    };
    let _ =
        writeln!(out, "<text class=\"{class}\"{anchor} x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(text));
}

fn stroke(out: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let ((x1, y1), (x2, y2)) = (from, to);
    let _ = writeln!(
        out,
        "<line class=\"{class}\" stroke=\"gray\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
    );
}

/// The name of a row left of it, on as many lines as it needs; gives how many those are.
fn names_beside(out: &mut String, name: &str, y: f64) -> usize {
    let lines = name_lines(name);
    for (at, line) in lines.iter().enumerate() {
        label(out, "end", (GUTTER - 10.0, y + 17.0 + count(at) * LINE), line);
    }
    lines.len()
}

fn bars(plot: &Plot) -> (f64, String) {
    let (shares, target) = plot.shares();
    let room = WIDTH - GUTTER - values_margin(plot);
    let (mut out, mut y) = (String::new(), 0.0);
    for (point, share) in plot.points.iter().zip(&shares) {
        let rows = names_beside(&mut out, &point.label, y);
        let _ = writeln!(
            out,
            "<rect class=\"bar\" fill=\"gray\" x=\"{GUTTER}\" y=\"{:.1}\" width=\"{:.1}\" height=\"10\" rx=\"2\"/>",
            y + 8.0,
            // Nothing at all would look like a row that was forgotten.
            (share * room).max(1.0)
        );
        for tick in &point.ticks {
            let x = GUTTER + plot.share(*tick) * room;
            stroke(&mut out, "tick", (x, y + 5.0), (x, y + 21.0));
        }
        let beside = GUTTER + share * room + 8.0;
        label(&mut out, "value", (beside, y + 17.0), &quantity(point.value, &plot.unit));
        y += STEP + count(rows.saturating_sub(1)) * LINE;
    }
    let bottom = y;
    let Some((share, point)) = target.zip(plot.target.as_ref()) else { return (bottom, out) };
    let x = GUTTER + share * room;
    stroke(&mut out, "target", (x, 0.0), (x, bottom + 4.0));
    label(&mut out, "middle", (x, bottom + 17.0), &said(point, &plot.unit));
    (bottom + 24.0, out)
}

/// A few points, each where it stands between the ends of the scale.
fn dots(plot: &Plot) -> (f64, String) {
    let (shares, _) = plot.shares();
    let room = WIDTH - GUTTER - values_margin(plot);
    let (mut out, mut y) = (String::new(), 0.0);
    for (point, share) in plot.points.iter().zip(&shares) {
        let rows = names_beside(&mut out, &point.label, y);
        stroke(&mut out, "target", (GUTTER, y + 13.0), (GUTTER + room, y + 13.0));
        let x = GUTTER + share * room;
        let _ = writeln!(out, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\"/>", y + 13.0);
        label(&mut out, "value", (GUTTER + room + 10.0, y + 17.0), &quantity(point.value, &plot.unit));
        y += STEP + count(rows.saturating_sub(1)) * LINE;
    }
    let Some(target) = &plot.target else { return (y, out) };
    label(&mut out, "middle", (WIDTH / 2.0, y + 17.0), &said(target, &plot.unit));
    (y + 24.0, out)
}

/// The name of a bar in one line or two; a page has room below for what is longer than its column.
fn name_lines(name: &str) -> Vec<String> {
    let mut lines = plain::wrap(name, NAME);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(plain::cut(&rest, NAME));
    }
    lines
}

/// Room for the values behind the bars: ten units a letter, which is what they take on a narrow page.
fn values_margin(plot: &Plot) -> f64 {
    let letters = plot.points.iter().map(|point| quantity(point.value, &plot.unit).chars().count());
    (count(letters.max().unwrap_or(0)) * 10.0 + 10.0).max(MARGIN)
}

fn said(point: &Point, unit: &str) -> String {
    format!("{} {}", plain::cut(&point.label, 18), quantity(point.value, unit))
}

fn line(plot: &Plot) -> (f64, String) {
    let (shares, target) = plot.shares();
    let room = WIDTH - 2.0 * MARGIN;
    // One point has no gaps, and must not divide by none.
    let gaps = count(plot.points.len().saturating_sub(1)).max(1.0);
    let height = |share: f64| PAD + (1.0 - share) * HEIGHT;
    let places: Vec<(f64, f64)> = shares
        .iter()
        .enumerate()
        .map(|(index, share)| (MARGIN + count(index) / gaps * room, height(*share)))
        .collect();
    let mut out = String::new();
    if let Some((share, point)) = target.zip(plot.target.as_ref()) {
        let y = height(share);
        stroke(&mut out, "target", (MARGIN, y), (WIDTH - MARGIN, y));
        // On the side of the target on which the line is not.
        let is_above = shares.get(shares.len() / 2).is_some_and(|middle| *middle >= share);
        let beside = if is_above { y + 15.0 } else { y - 6.0 };
        label(&mut out, "middle", (WIDTH / 2.0, beside), &said(point, &plot.unit));
    }
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(
        out,
        "<polyline class=\"line\" fill=\"none\" stroke=\"gray\" points=\"{}\"/>",
        path.join(" ")
    );
    for (x, y) in &places {
        let _ = writeln!(out, "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
    }
    let below = PAD + HEIGHT + 22.0;
    let ends = [plot.points.first().zip(places.first()), plot.points.last().zip(places.last())];
    let shown = if plot.points.len() > 1 { 2 } else { 1 };
    for (index, (point, (x, y))) in ends.into_iter().flatten().take(shown).enumerate() {
        let (class, beside) = if index == 0 { ("end", x - 10.0) } else { ("value", x + 10.0) };
        label(&mut out, class, (beside, y + 4.0), &quantity(point.value, &plot.unit));
        label(&mut out, "middle", (*x, below), &plain::cut(&point.label, 18));
    }
    (below + 8.0, out)
}
