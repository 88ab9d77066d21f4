//! The rows of the palette as lines of the screen: what is long goes on below, so that nothing is cut beside blanks.

use super::reach::ActionReach;
use super::rows::{FoundRows, PaletteRow, Purpose};
use crate::domain::count::counted;
use crate::plain;
use crate::tui::app::command::CommandLine;
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
    /// What was typed as a command, and its line.
    command: Option<(usize, CommandLine)>,
    pub count: String,
}

impl ShownLines {
    /// The lines of what was found, for the widths of the columns of keys and text.
    ///
    /// A command stands first; one that writes only where no action is called so, since `add person` was rather meant
    /// to find how.
    pub fn new(
        rows: &[PaletteRow],
        found: &FoundRows,
        command: Option<Result<CommandLine, String>>,
        widths: (usize, usize),
    ) -> Self {
        let mut lines = Vec::new();
        let has_actions = !found.are_near && !found.places.is_empty();
        let is_last = matches!(&command, Some(Ok(line)) if line.command.is_write() && has_actions);
        if let Some(command) = command.as_ref().filter(|_| !is_last) {
            lines.push(of_command(command));
        }
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
        let can_run = |place: &&usize| matches!(rows[**place].purpose, Purpose::Run(..) | Purpose::Show(_));
        let actions = found.places.iter().filter(can_run).count();
        let count = if found.are_near && number > 0 {
            "no such word; these come near".to_owned()
        } else if found.have_headings && actions > 0 {
            format!("{} · {} marks and words", counted(actions, "action", "actions"), number - actions)
        } else if number == 1 {
            "1 found".to_owned()
        } else {
            format!("{number} found")
        };
        let mut at = 0;
        if let Some(command) = command.as_ref().filter(|_| is_last) {
            at = lines.len();
            lines.push(of_command(command));
        }
        Self { lines, count, command: command.and_then(Result::ok).map(|line| (at, line)) }
    }

    pub fn line(&self, at: usize) -> Option<&ShownLine> {
        self.lines.get(at)
    }

    /// The command that a line is.
    pub fn command_at(&self, at: usize) -> Option<&CommandLine> {
        self.command.as_ref().filter(|(line, _)| *line == at).map(|(_, command)| command)
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
        // A command stands in no row; it needs an item of its own, so that the cursor can stand on it.
        self.row(at).or_else(|| self.command_at(at).map(|_| usize::MAX))
    }
}

fn of_command(command: &Result<CommandLine, String>) -> ShownLine {
    let (text, is_dim) = match command {
        Ok(line) => (line.says.clone(), false),
        Err(why) => (why.clone(), true),
    };
    ShownLine { sign: ":".to_owned(), text, is_dim, place: "command".to_owned(), ..ShownLine::default() }
}

fn of_row(place: usize, row: &PaletteRow, (keys, text): (usize, usize)) -> Vec<ShownLine> {
    let can_run = matches!(row.purpose, Purpose::Run(..) | Purpose::Show(_));
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
        // Half a key would be another key.
        if plain::width(&said) + 2 + plain::width(key) > width {
            break;
        }
        said = format!("{said}  {key}");
    }
    said
}
