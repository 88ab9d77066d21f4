//! What the pen writes, read by a terminal that is not ours.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::Pen;

const SIZE: (u16, u16) = (12, 4);

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap_or(NonZero::<u16>::MIN)
}

/// What is drawn over what is there.
fn bytes(before: &Buffer, after: &Buffer) -> Vec<u8> {
    let mut bytes = Vec::new();
    Pen::new(&mut bytes).draw(before.diff(after).into_iter()).unwrap();
    bytes
}

/// The same by the library, at more length.
fn at_length(before: &Buffer, after: &Buffer) -> Vec<u8> {
    crossterm::style::force_color_output(true);
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes).draw(before.diff(after).into_iter()).unwrap();
    bytes
}

/// What is seen of a cell: a blank shows neither its letter's colour nor its weight.
fn seen(screen: &vt100::Screen) -> Vec<String> {
    let cells = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
    let seen = cells.map(|(x, y)| {
        let cell = screen.cell(y, x).unwrap();
        let is_blank = cell.contents().trim().is_empty();
        let always = format!("{x},{y} {:?} {} {}", cell.bgcolor(), cell.inverse(), cell.underline());
        let ink = if is_blank && !cell.inverse() { String::new() } else { format!("{:?}", cell.fgcolor()) };
        let weight = [cell.bold(), cell.dim(), cell.italic()];
        let letter = if is_blank { String::new() } else { format!("{} {weight:?}", cell.contents()) };
        format!("{always} {ink} {letter}")
    });
    seen.collect()
}

fn colours() -> impl Strategy<Value = Color> {
    prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Cyan),
        1 => Just(Color::DarkGray),
        1 => Just(Color::White),
        1 => (16..=255_u8).prop_map(Color::Indexed),
        1 => (0..2_u8, 0..255_u8).prop_map(|(red, blue)| Color::Rgb(red, 9, blue)),
    ]
}

fn styles() -> impl Strategy<Value = Style> {
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::UNDERLINED | Modifier::ITALIC),
        1 => Just(Modifier::BOLD | Modifier::REVERSED),
    ];
    (colours(), colours(), modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn buffers() -> impl Strategy<Value = Buffer> {
    let word =
        prop_oneof!["[a-c ]{1,6}", Just("日本".to_owned()), Just("é·▒".to_owned()), Just("   ".to_owned())];
    let words = (0..SIZE.0, 0..SIZE.1, word, styles());
    proptest::collection::vec(words, 0..9).prop_map(|words| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        for (x, y, word, style) in words {
            let room = usize::from(SIZE.0 - x);
            buffer.set_stringn(x, y, word, room, style);
        }
        buffer
    })
}

proptest! {
    /// Whatever was on the screen, a terminal shows the same as of the longer way of saying it.
    #[test]
    fn a_terminal_shows_what_was_meant(pictures in proptest::collection::vec(buffers(), 1..4)) {
        let new = || vt100::Parser::new(size(SIZE.1), size(SIZE.0), 0);
        let (mut ours, mut theirs) = (new(), new());
        let mut before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        for picture in pictures {
            ours.process(&bytes(&before, &picture));
            theirs.process(&at_length(&before, &picture));
            prop_assert_eq!(seen(ours.screen()), seen(theirs.screen()));
            before = picture;
        }
    }
}

#[test]
fn a_look_is_said_once_and_only_where_it_is_seen() {
    let before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    let mut after = before.clone();
    let key = Style::new().fg(Color::Indexed(31)).add_modifier(Modifier::BOLD);
    after.set_string(0, 1, "a", key);
    after.set_string(2, 1, "b", key);
    after.set_string(3, 1, "c", Style::new());
    after[(3, 1)].modifier = Modifier::empty();
    assert_eq!(
        String::from_utf8(bytes(&before, &after)).unwrap(),
        "\u{1b}[2H\u{1b}[1;38;5;31ma\u{1b}[3Gb\u{1b}[0mc"
    );
}

#[test]
fn every_name_of_a_colour_is_the_terminals_own() {
    let mut cell = Cell::EMPTY;
    cell.set_symbol("x").set_fg(Color::LightRed).set_bg(Color::Gray);
    let mut bytes = Vec::new();
    Pen::new(&mut bytes).draw([(0, 0, &cell)].into_iter()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "\u{1b}[1H\u{1b}[91;47mx\u{1b}[0m");
}
