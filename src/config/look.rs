//! How the cockpit looks: a theme, and colours of the user's own over it. Colours are kept as places among the 256 that
//! terminals number; what colour stands there only the theme says.

use std::collections::BTreeMap;

use crate::domain::named::named_enum;
use crate::domain::words::{did_you_mean, nearest};

named_enum! {
    /// A set of colours.
    pub enum Look {
        /// As the ground of the terminal is, where it tells; otherwise as `Terminal`.
        Auto = "auto", "by the ground of the terminal",
        /// Middle tones that are legible on either ground.
        Terminal = "terminal", "on either ground",
        Light = "light", "on a light ground",
        Dark = "dark", "on a dark ground",
        HighContrast = "high-contrast", "high contrast",
        /// Without red beside green.
        ColourBlind = "colour-blind", "safe for colour-blind eyes",
        Monochrome = "monochrome", "without colours",
    }
}

named_enum! {
    /// What a colour is for.
    pub enum Ink {
        Text = "text", "ordinary text",
        Strong = "strong", "names and headings",
        Dim = "dim", "context",
        Accent = "accent", "focus, and keys in the footer",
        Rule = "rule", "rules between panes",
        Warn = "warn", "needs a decision",
        Critical = "critical", "cannot work as it stands",
        Good = "good", "went well",
        ChosenText = "chosen-text", "text of the chosen row",
        ChosenGround = "chosen-ground", "ground of the chosen row",
        FullGround = "full-ground", "ground of a day over its hours",
        OverGround = "over-ground", "ground of a day far over its hours",
    }
}

/// How the terminal's own cursor is to be seen; it stands on what is chosen either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnCursor {
    Hidden,
    Shown,
}

/// Colours of the user's own by [`Ink`], as places among the 256.
pub type OwnInks = [Option<u8>; 12];

/// The names of the first sixteen.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// Reads the name of a theme; one that is none is told and the default holds.
pub(super) fn look(name: &str, fault: &mut impl FnMut(&str, String)) -> Look {
    // Both spellings are typed, whatever language somebody writes otherwise.
    let name = name.replace("color", "colour");
    name.parse().unwrap_or_else(|_| {
        let near = did_you_mean(nearest(&name, Look::NAMES));
        fault("look.theme", format!("\"{name}\" is not one of {}{near}", Look::NAMES.join(", ")));
        Look::Auto
    })
}

/// Reads colours of the user's own; an empty text is the theme's.
pub(super) fn inks(given: &BTreeMap<String, String>, fault: &mut impl FnMut(&str, String)) -> OwnInks {
    let mut inks = [None; 12];
    for (ink, slot) in Ink::ALL.iter().zip(&mut inks) {
        let Some(text) = given.get(ink.name()).filter(|text| !text.trim().is_empty()) else { continue };
        match place(text.trim()) {
            Some(place) => *slot = Some(place),
            None => fault(
                &format!("look.colours.{}", ink.name()),
                format!(
                    "\"{text}\" is no colour; colours are \"#rrggbb\", \"0\" to \"255\", or {}",
                    NAMES.join(", ")
                ),
            ),
        }
    }
    inks
}

fn place(text: &str) -> Option<u8> {
    let text = text.to_lowercase().replace([' ', '_'], "-").replace("gray", "grey");
    if let Some(digits) = text.strip_prefix('#') {
        let whole = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
        let part = |shift: u32| u8::try_from(whole >> shift & 0xff).unwrap_or(0);
        return Some(nearest_place([part(16), part(8), part(0)]));
    }
    let by_name = NAMES.iter().position(|name| *name == text || text == "grey" && *name == "bright-black");
    by_name.and_then(|place| u8::try_from(place).ok()).or_else(|| text.parse().ok())
}

/// The place among cube and greys that comes nearest; the first sixteen are whatever the terminal makes of them.
fn nearest_place(wanted: [u8; 3]) -> u8 {
    let distance = |place: u8| -> u32 {
        { rgb(place) }.iter().zip(wanted).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    (16..=255).min_by_key(|place| distance(*place)).unwrap_or(16)
}

/// Red, green and blue of a place among cube and greys.
pub fn rgb(place: u8) -> [u8; 3] {
    let step = |part: u8| if part == 0 { 0 } else { part * 40 + 55 };
    // As terminals number them: a cube of six steps, 0 and then 95 to 255 by forties, and greys by tens from 8
    // on.
    match place {
        16..=231 => [(place - 16) / 36, (place - 16) / 6 % 6, (place - 16) % 6].map(step),
        _ => [place.saturating_sub(232).saturating_mul(10).saturating_add(8); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_by_name_number_and_value() {
        for (text, wanted) in [
            ("red", Some(1)),
            ("Bright Blue", Some(12)),
            ("gray", Some(8)),
            ("208", Some(208)),
            ("#000000", Some(16)),
            ("#ffffff", Some(231)),
            ("#ff8700", Some(208)),
            ("#fe8801", Some(208)),
            ("256", None),
            ("#fff", None),
            ("#gg0000", None),
            ("reddish", None),
        ] {
            assert_eq!(place(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_theme_or_colour_that_is_none_is_told_with_what_there_is() {
        let mut told = Vec::new();
        let mut fault = |setting: &str, message: String| told.push((setting.to_owned(), message));
        assert_eq!(look("color-blind", &mut fault), Look::ColourBlind);
        assert_eq!(look("drak", &mut fault), Look::Auto);
        let given =
            BTreeMap::from([("warn".to_owned(), "oranje".to_owned()), ("good".to_owned(), "2".to_owned())]);
        let inks = inks(&given, &mut fault);
        assert_eq!((inks[Ink::Good as usize], inks[Ink::Warn as usize]), (Some(2), None));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].1.contains("did you mean `dark`") && told[1].0 == "look.colours.warn", "{told:?}");
    }
}
