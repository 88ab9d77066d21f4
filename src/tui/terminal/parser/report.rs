//! The two answers of a terminal that are read: the colour of its ground, and that it turned light or dark. Neither is a
//! key; both say only how the cockpit is to look.

use super::sequence::introducer;
use crate::tui::view::theme::Ground;

/// What the terminal is asked for its ground with: the colour behind the text.
pub const ASK_FOR_GROUND: &str = "\x1b]11;?\x1b\\";

/// The ground that a whole sequence tells of, if it does.
pub(super) fn ground(sequence: &[u8]) -> Option<Ground> {
    // In seven bits or in eight: the same answer, whichever way a terminal says it.
    let (letter, count) = introducer(sequence)?;
    let said = &sequence[count..];
    // Sent whenever it turns, since private mode 2031 asks for it.
    match (letter, said) {
        (b'[', b"?997;1n") => return Some(Ground::Dark),
        (b'[', b"?997;2n") => return Some(Ground::Light),
        (b']', _) => {}
        _ => return None,
    }
    let ends: [&[u8]; 4] = [b"\x07", b"\x1b\\", "\u{9c}".as_bytes(), b"\x9c"];
    let said = ends.iter().find_map(|end| said.strip_suffix(*end))?;
    let colour = std::str::from_utf8(said).ok()?.strip_prefix("11;")?;
    let parts = colour.strip_prefix("rgb:").or_else(|| colour.strip_prefix("rgba:"))?;
    // Terminals say a part with one to four hexadecimal digits; each length has a brightest value of its own.
    let part = |digits: &str| {
        let most = 16f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        Some(
            f64::from(u32::from_str_radix(digits, 16).ok().filter(|_| (1..=4).contains(&digits.len()))?)
                / most,
        )
    };
    let parts: Vec<f64> = parts.split('/').take(3).map(part).collect::<Option<_>>()?;
    let [red, green, blue] = parts.as_slice() else { return None };
    // The weights of television luma: green looks brighter than red, and red than blue.
    let brightness = 0.299f64.mul_add(*red, 0.587f64.mul_add(*green, 0.114 * blue));
    Some(if brightness > 0.5 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_read_in_every_form_and_nothing_else_is_one() {
        for (sequence, wanted) in [
            ("\x1b]11;rgb:0000/0000/0000\x1b\\", Some(Ground::Dark)),
            ("\x1b]11;rgb:ffff/ffff/dddd\x07", Some(Ground::Light)),
            ("\x1b]11;rgb:f/f/f\x07", Some(Ground::Light)),
            ("\x1b]11;rgba:28/2c/34/ff\x07", Some(Ground::Dark)),
            ("\x1b[?997;2n", Some(Ground::Light)),
            ("\x1b[?997;1n", Some(Ground::Dark)),
            ("\x1b]10;rgb:ffff/ffff/ffff\x07", None),
            ("\x1b]11;rgb:zz/00/00\x07", None),
            ("\x1b]11;rgb:ff/ff\x07", None),
            ("\x1b[?997;3n", None),
            ("\x1b[A", None),
        ] {
            assert_eq!(ground(sequence.as_bytes()), wanted, "{sequence:?}");
            // The same in controls of eight bits, as letters of UTF-8 and as single bytes.
            let letters = sequence.replace("\x1b]", "\u{9d}").replace("\x1b[", "\u{9b}");
            let letters = letters.replace("\x1b\\", "\u{9c}");
            assert_eq!(ground(letters.as_bytes()), wanted, "{letters:?}");
            let bytes: Vec<u8> = letters.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
            assert_eq!(ground(&bytes), wanted, "{bytes:?}");
        }
    }
}
