//! What tests share: a screen as text with its styles made readable, and a meeting as plain as it can be.

pub mod fuzz;

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::domain::meeting::{Meeting, MeetingKind, MeetingStatus, ShowsAs};

/// A board of which nothing is noted.
pub fn meeting(kind: MeetingKind, (start, end): (DateTime<FixedOffset>, DateTime<FixedOffset>)) -> Meeting {
    Meeting {
        key: "M-1".parse().expect("a key as every meeting has it"),
        uid: String::new(),
        title: "Board".to_owned(),
        series: "Board".to_owned(),
        kind,
        start,
        end,
        is_all_day: false,
        status: MeetingStatus::Confirmed,
        attendees: Vec::new(),
        location: String::new(),
        intent: String::new(),
        if_then: String::new(),
        predicted: String::new(),
        is_reflected: false,
        shows_as: ShowsAs::Busy,
    }
}

/// The screen as text, then the same grid with a letter per style, then what the letters mean. Rows
/// without any style are left out of the second grid.
pub fn dump(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut text = String::new();
    let mut styles = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        let mut marks = String::new();
        let mut skip = 0;
        for x in 0..area.width {
            let cell = &buffer[(x, y)];
            // A wide letter fills two cells, the second of which holds a blank that is no letter of the text.
            if skip > 0 {
                skip -= 1;
            } else {
                line.push_str(cell.symbol());
                skip = crate::plain::width(cell.symbol()).saturating_sub(1);
            }
            let name = name(cell.style());
            // Beyond 26 styles all would share the last letter.
            let next = char::from(b'a' + u8::try_from(letters.len()).unwrap_or(25).min(25));
            marks.push(if name.is_empty() { ' ' } else { *letters.entry(name).or_insert(next) });
        }
        text.push_str(line.trim_end());
        text.push('\n');
        if !marks.trim().is_empty() {
            let _ = writeln!(styles, "{y:>3} {}", marks.trim_end());
        }
    }
    let legend: Vec<String> = letters.iter().map(|(name, letter)| format!("{letter} = {name}")).collect();
    format!("{text}--- styles\n{styles}--- {}\n", legend.join(", "))
}

fn name(style: Style) -> String {
    let mut parts = Vec::new();
    for (what, colour) in [("", style.fg), ("on ", style.bg)] {
        if let Some(colour) = colour.filter(|colour| *colour != Color::Reset) {
            parts.push(format!("{what}{colour}").to_lowercase());
        }
    }
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::UNDERLINED, "underlined"),
    ];
    parts.extend(
        modifiers
            .iter()
            .filter(|(modifier, _)| style.add_modifier.contains(*modifier))
            .map(|(_, name)| (*name).to_owned()),
    );
    parts.join(" ")
}
