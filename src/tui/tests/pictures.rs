//! The pictures of the README, drawn from the demo by key scripts. They are written, not compared: the snapshots hold the
//! screens. Run by hand after a change that is to be seen there:
//!
//! `cargo test --lib -- --ignored pictures_of_the_readme`

use std::fmt::Write;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::Stage;
use crate::plain;
use crate::tui::view::theme::{Depth, Ground, Theme};

/// A cell in units of the picture: letters of the usual monospaced fonts are 0.6 of their size wide.
const WIDE: usize = 9;
const HIGH: usize = 19;
const MARGIN: usize = 12;

/// Ground, letters and the names of sixteen colours, in the order in which terminals number them.
struct Palette {
    ground: u32,
    text: u32,
    named: [u32; 16],
}

const DARK: Palette = Palette {
    ground: 0x0016_181d,
    text: 0x00d6_d8dc,
    named: [
        0x0016_181d,
        0x00e0_6c75,
        0x0098_c379,
        0x00e5_c07b,
        0x0061_afef,
        0x00c6_78dd,
        0x0056_b6c2,
        0x00c8_ccd4,
        0x006b_7280,
        0x00f2_8b82,
        0x00b5_d69c,
        0x00f0_d59a,
        0x0082_c0f5,
        0x00d8_9be8,
        0x007f_ccd6,
        0x00ff_ffff,
    ],
};

const LIGHT: Palette = Palette {
    ground: 0x00fb_faf7,
    text: 0x0026_272b,
    named: [
        0x0026_272b,
        0x00b0_2a2a,
        0x002f_7d32,
        0x0096_6400,
        0x001f_5fa8,
        0x008a_3a9c,
        0x0017_747f,
        0x00d5_d3cd,
        0x006a_6d75,
        0x00c4_4a4a,
        0x003f_9643,
        0x00b0_7b14,
        0x002f_77c4,
        0x00a0_52b3,
        0x002a_8c98,
        0x00ff_ffff,
    ],
};

impl Palette {
    fn colour(&self, colour: Color, otherwise: u32) -> u32 {
        let named = |index: usize| self.named[index];
        match colour {
            Color::Indexed(index) if index < 16 => named(usize::from(index)),
            Color::Indexed(index) => indexed(index),
            Color::Rgb(red, green, blue) => u32::from_be_bytes([0, red, green, blue]),
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
            Color::Reset => otherwise,
        }
    }

    /// Letters and ground of a cell, as a terminal would show them.
    fn of(&self, cell: &Cell) -> (u32, u32) {
        let (letters, ground) = (self.colour(cell.fg, self.text), self.colour(cell.bg, self.ground));
        let (letters, ground) =
            if cell.modifier.contains(Modifier::REVERSED) { (ground, letters) } else { (letters, ground) };
        (letters, ground)
    }
}

/// The colours from 16 on: a cube of six steps a side, then greys.
fn indexed(index: u8) -> u32 {
    const STEPS: [u32; 6] = [0, 95, 135, 175, 215, 255];
    let (cube, grey) = (usize::from(index.saturating_sub(16)), u32::from(index.saturating_sub(232)) * 10 + 8);
    if index >= 232 {
        return grey << 16 | grey << 8 | grey;
    }
    STEPS[cube / 36] << 16 | STEPS[cube / 6 % 6] << 8 | STEPS[cube % 6]
}

/// The screen as a drawing: grounds below, letters above, each run of one style as long as its cells.
fn svg(buffer: &Buffer, palette: &Palette, title: &str) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * WIDE + 2 * MARGIN, rows * HIGH + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\">\n\
         <title>{title}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#{:06x}\"/>\n",
        palette.ground
    );
    for row in 0..rows {
        let cell = |column: usize| &buffer[(small(column), small(row))];
        let style = |column: usize| {
            let cell = cell(column);
            (palette.of(cell), cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED | Modifier::DIM))
        };
        let mut begin = 0;
        while begin < columns {
            let end = (begin..columns).find(|column| style(*column) != style(begin)).unwrap_or(columns);
            let mut text = String::new();
            let mut column = begin;
            while column < end {
                text.push_str(cell(column).symbol());
                column += plain::width(cell(column).symbol()).max(1);
            }
            run(&mut out, (begin, end, row), &text, (style(begin), palette.ground));
            begin = end;
        }
    }
    out + "</svg>\n"
}

type RunStyle = ((u32, u32), Modifier);

fn run(
    out: &mut String,
    (begin, end, row): (usize, usize, usize),
    text: &str,
    (((letters, ground), modifier), usual): (RunStyle, u32),
) {
    let (x, y, width) = (begin * WIDE + MARGIN, row * HIGH + MARGIN, (end - begin) * WIDE);
    if ground != usual {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HIGH}\" fill=\"#{ground:06x}\"/>"
        );
    }
    if text.trim().is_empty() {
        return;
    }
    // Blanks at the ends are left to the place of the run, or a viewer would fold them.
    let lead = text.chars().take_while(|letter| *letter == ' ').count();
    let (x, length) = (x + lead * WIDE, plain::width(text.trim()) * WIDE);
    let mut marks = String::new();
    for (mark, says) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.7\""),
    ] {
        if modifier.contains(mark) {
            marks.push_str(says);
        }
    }
    let text = text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let base = y + HIGH - 5;
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{base}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\" fill=\"#{letters:06x}\"{marks}>{text}</text>"
    );
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// What is shown: the name of the file, its title, a size and the keys that lead there.
const SCENES: [(&str, &str, (u16, u16), &str); 4] = [
    ("cockpit", "The cockpit: intake, load, meetings and the page of what is chosen", (160, 45), ""),
    ("assign", "Assigning: who could do it, when honestly, and what a yes costs", (120, 36), "j @"),
    ("reflect", "Reflecting: sixty seconds after the meeting", (120, 36), "r 4"),
    ("week", "The week on its one question", (120, 36), "W ["),
];

#[test]
#[ignore = "it writes the pictures of the README"]
fn pictures_of_the_readme() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, title, size, keys) in SCENES {
        for (ground, palette, word) in [(Ground::Dark, &DARK, "dark"), (Ground::Light, &LIGHT, "light")] {
            let theme = Theme::new(Depth::Many, false).on(ground);
            let mut stage = Stage::configured(size, theme, "", |desk| desk.fill_demo().unwrap());
            stage.keys(keys);
            let picture = svg(&stage.frame(), palette, title);
            std::fs::write(folder.join(format!("{name}-{word}.svg")), picture).unwrap();
        }
    }
}

#[test]
fn a_picture_holds_every_letter_and_the_ground_of_what_is_chosen() {
    let mut stage = Stage::demo((120, 36));
    stage.keys("j");
    let picture = svg(&stage.frame(), &DARK, "a & b");
    assert!(picture.contains("Price list PDF, 5 markets") && picture.contains(">tablesetter</text>"));
    assert!(picture.matches("<rect").count() > 40, "heat and the chosen row have grounds of their own");
    assert_eq!(indexed(16), 0);
    assert_eq!((indexed(231), indexed(232), indexed(255)), (0x00ff_ffff, 0x0008_0808, 0x00ee_eeee));
}
