//! Writes the cells that changed in few bytes. A key at the far end of a slow line is as quick as its frame is
//! short, so a look is said in one sequence, only where it can be seen, and places of a row by their column.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::terminal::modes;

/// What shows even where there is no letter.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// A terminal's screen; all but the cells is the library's.
pub struct Pen<W: Write> {
    rest: CrosstermBackend<W>,
    bytes: Vec<u8>,
}

/// How the terminal draws what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// True if a blank looks the same in both.
    fn is_same_on_blanks(self, other: Self) -> bool {
        let seen = self.modifier & SEEN_ON_BLANKS;
        seen == other.modifier & SEEN_ON_BLANKS
            && self.bg == other.bg
            && (seen.is_empty() || self.fg == other.fg)
    }

    /// Says how to get from this look to another, in one sequence.
    fn change_to(self, next: Self, bytes: &mut Vec<u8>) {
        bytes.extend(b"\x1b[");
        // What is taken off goes with everything else, and what stays is put on again.
        let from = if next.modifier.contains(self.modifier) && next != Self::PLAIN {
            self
        } else {
            bytes.extend(b"0;");
            Self::PLAIN
        };
        let added = next.modifier - from.modifier;
        for bit in (0..9_u8).filter(|bit| added.bits() & (1 << bit) != 0) {
            number(bytes, u16::from(bit) + 1);
            bytes.push(b';');
        }
        if next.fg != from.fg {
            colour(bytes, next.fg, 30);
        }
        if next.bg != from.bg {
            colour(bytes, next.bg, 40);
        }
        // Something differs, so the last of these is a semicolon.
        bytes.pop();
        bytes.push(b'm');
    }
}

fn number(bytes: &mut Vec<u8>, number: u16) {
    // Into memory, which takes everything.
    let _ = write!(bytes, "{number}");
}

/// A colour and a semicolon; `base` is 30 for letters and 40 for what is behind them.
fn colour(bytes: &mut Vec<u8>, colour: Color, base: u16) {
    let named = |name: u16| if name < 8 { base + name } else { base + 60 + name - 8 };
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Indexed(index) => {
            let _ = write!(bytes, "{};5;{index};", base + 8);
            return;
        }
        Color::Rgb(red, green, blue) => {
            let _ = write!(bytes, "{};2;{red};{green};{blue};", base + 8);
            return;
        }
    };
    number(bytes, code);
    bytes.push(b';');
}

/// Goes to a cell. Within a row by the column alone; never by what lies between, whose width a terminal may
/// see in its own way.
fn go_to((x, y): (u16, u16), from: Option<(u16, u16)>, bytes: &mut Vec<u8>) {
    let _ = match from {
        Some(at) if at == (x, y) => Ok(()),
        Some((_, row)) if row == y => write!(bytes, "\x1b[{}G", x + 1),
        _ if x == 0 => write!(bytes, "\x1b[{}H", y + 1),
        _ => write!(bytes, "\x1b[{};{}H", y + 1, x + 1),
    };
}

impl<W: Write> Pen<W> {
    /// A screen at the other end of a writer.
    pub const fn new(writer: W) -> Self {
        Self { rest: CrosstermBackend::new(writer), bytes: Vec::new() }
    }
}

impl<W: Write> Backend for Pen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.bytes.clear();
        let (mut look, mut at) = (Look::PLAIN, None);
        for (x, y, cell) in content {
            go_to((x, y), at, &mut self.bytes);
            let next = Look::of(cell);
            let symbol = cell.symbol();
            if next != look && !(symbol == " " && next.is_same_on_blanks(look)) {
                look.change_to(next, &mut self.bytes);
                look = next;
            }
            self.bytes.extend(symbol.as_bytes());
            at = Some((x + 1, y));
        }
        if look != Look::PLAIN {
            look.change_to(Look::PLAIN, &mut self.bytes);
        }
        Write::write_all(&mut self.rest, &self.bytes)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        Write::write_all(&mut self.rest, modes::cursor(true).as_bytes())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Write::write_all(&mut self.rest, modes::cursor(false).as_bytes())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.rest.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.rest.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.rest.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.rest.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.rest.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.rest.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.rest)
    }
}

#[cfg(test)]
mod tests;
