//! The rows of the palette as lines of the screen: what is long goes on below, so that nothing is cut beside blanks.

use super::reach::ActionReach;
use super::rows::{FoundRows, PaletteRow, Purpose};
use crate::plain;
use crate::tui::view::list::Rows;

/// One line of the screen: of a row, or a heading over some.
#[derive(Debug, Clone, Default)]
pub struct ShownLine {
    /// The row that it belongs to, if that can be run.
    row: Option<usize>,
    pub sign: String,
    pub text: String,
    pub place: String,
    pub is_heading: bool,
    /// It cannot be run now.
    pub is_dim: bool,
}

/// All lines, with what is said over them.
#[derive(Debug)]
pub struct ShownLines {
    lines: Vec<ShownLine>,
    pub count: String,
}

impl ShownLines {
    /// The lines of what was found, for the widths of the columns of keys and text.
    pub fn new(rows: &[PaletteRow], found: &FoundRows, widths: (usize, usize)) -> Self {
        let mut lines = Vec::new();
        let mut heading = "";
        for place in &found.places {
            let row = &rows[*place];
            if found.have_headings && row.heading != heading {
                heading = &row.heading;
                lines.extend(plain::wrap(heading, widths.1).into_iter().map(|text| ShownLine {
                    text,
                    is_heading: true,
                    ..ShownLine::default()
                }));
            }
            lines.extend(of_row(*place, row, widths));
        }
        let number = found.places.len();
        let can_run = |place: &&usize| matches!(rows[**place].purpose, Purpose::Run(..));
        let actions = found.places.iter().filter(can_run).count();
        let count = if found.are_near && number > 0 {
            "no such word; these come near".to_owned()
        } else if found.have_headings && actions > 0 {
            format!("{actions} actions · {} marks and words", number - actions)
        } else if number == 1 {
            "1 found".to_owned()
        } else {
            format!("{number} found")
        };
        Self { lines, count }
    }

    pub fn line(&self, at: usize) -> Option<&ShownLine> {
        self.lines.get(at)
    }

    /// The row of a line that can be run.
    pub fn row(&self, at: usize) -> Option<usize> {
        self.lines.get(at)?.row
    }
}

/// What is only read takes no cursor.
impl Rows for ShownLines {
    type Item = usize;

    fn count(&self) -> usize {
        self.lines.len()
    }

    fn item(&self, at: usize) -> Option<usize> {
        self.row(at)
    }
}

fn of_row(place: usize, row: &PaletteRow, (keys, text): (usize, usize)) -> Vec<ShownLine> {
    let can_run = matches!(row.purpose, Purpose::Run(..));
    let is_dim = matches!(row.purpose, Purpose::Run(_, ActionReach::NotNow(_)));
    let said = plain::wrap(&row.text, text).into_iter();
    let mut lines: Vec<ShownLine> = said
        .map(|text| ShownLine { row: can_run.then_some(place), text, is_dim, ..ShownLine::default() })
        .collect();
    if let Some(first) = lines.first_mut() {
        (first.sign, first.place) = (fitting(&row.signs, keys), row.place.clone());
    }
    lines
}

/// As many keys as have room, whole ones.
fn fitting(keys: &[String], width: usize) -> String {
    let mut said = keys.first().cloned().unwrap_or_default();
    for key in keys.iter().skip(1) {
        if plain::width(&said) + 2 + plain::width(key) > width {
            break;
        }
        said = format!("{said}  {key}");
    }
    said
}
