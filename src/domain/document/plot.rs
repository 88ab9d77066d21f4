//! A series of points as a picture beside its figures.

use serde::{Deserialize, Serialize};

use super::quantity;

/// How a plot is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlotKind {
    /// A bar for each point, from zero.
    #[default]
    Bars,
    /// Points in time, joined.
    Line,
}

/// A series of points that fits into a page, with a target to compare.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Plot {
    pub title: String,
    /// How it is drawn.
    pub kind: PlotKind,
    /// What all of its values are counted in.
    pub unit: String,
    /// From left to right, or from top to bottom.
    pub points: Vec<Point>,
    /// A value to compare with, and what it is.
    pub target: Option<Point>,
    /// The ends of a scale of its own, such as 0 and 100 %; without one it reaches as far as its values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<(f64, f64)>,
}

impl Point {
    /// A value without earlier ones.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value, ..Self::default() }
    }
}

/// One value of a plot.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// Which week, person or kind.
    pub label: String,
    /// In the unit of its plot; what is no finite number is drawn as zero.
    pub value: f64,
    /// Values that stood before this one, oldest first; drawn as ticks on its bar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticks: Vec<f64>,
    /// The key of what it shows, where that is one record; it is read by nobody.
    #[serde(skip)]
    pub key: String,
}

impl Plot {
    /// Each value as a share of the room there is, from 0 to 1, and where the target lies. Bars begin at
    /// zero; a line uses the room between its lowest and highest value, unless the scale is given.
    pub fn shares(&self) -> (Vec<f64>, Option<f64>) {
        let target = self.target.as_ref().map(|point| self.share(point.value));
        (self.points.iter().map(|point| self.share(point.value)).collect(), target)
    }

    /// Where a value lies between the ends of the scale, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        // One value that is no number must not take the whole plot with it.
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let all = || self.points.iter().chain(&self.target).map(|point| finite(point.value));
        let lowest = all().fold(f64::INFINITY, f64::min);
        let highest = all().fold(f64::NEG_INFINITY, f64::max);
        let (floor, ceiling) = match (self.scale, self.kind) {
            (Some(scale), _) => scale,
            // Bars are compared by their lengths, which lie if they do not begin at zero.
            (None, PlotKind::Bars) => (lowest.min(0.0), highest.max(0.0)),
            (None, PlotKind::Line) => (lowest, highest),
        };
        let (room, value) = (ceiling - floor, finite(value));
        if room > 0.0 && room.is_finite() {
            ((value - floor) / room).clamp(0.0, 1.0)
        // Equal values leave no room between them: their line lies in the middle, since on the floor it would
        // read as zero.
        } else if self.kind == PlotKind::Line && value.abs() > 0.0 {
            0.5
        } else {
            0.0
        }
    }

    /// All that it shows, in words, for those who cannot see it.
    pub fn in_words(&self) -> String {
        let say = |point: &Point| format!("{} {}", point.label, quantity(point.value, &self.unit));
        let mut parts: Vec<String> = self.points.iter().map(say).collect();
        parts.extend(self.target.as_ref().map(say));
        parts.join(", ")
    }
}
