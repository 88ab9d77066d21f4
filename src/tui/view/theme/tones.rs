//! The tones of each theme, as places among the 256 that terminals number. Those for one ground have a contrast of 4.5 to
//! 1 at least on it; those for either ground are middle tones, which no tone can be on both.

use ratatui::style::Color;

use crate::config::Look;

/// What the terminal is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// It has not told.
    #[default]
    Unknown,
    Dark,
    Light,
}

/// Six grounds of load cells by how much of the time they take, each with what is written on it: four neutral ones up to
/// all of it, then two warm ones.
pub type HeatTones = [(u8, u8); 6];

/// The tones of a theme on a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tones {
    pub dim: u8,
    pub accent: u8,
    pub warn: u8,
    pub critical: u8,
    pub good: u8,
    pub heat: HeatTones,
}

const DARK_HEAT: HeatTones = [(235, 252), (237, 253), (239, 254), (241, 231), (94, 231), (88, 231)];
const LIGHT_HEAT: HeatTones = [(255, 235), (253, 235), (251, 233), (248, 16), (222, 16), (210, 16)];

/// On either ground.
const EITHER: Tones = Tones { dim: 244, accent: 31, warn: 166, critical: 160, good: 65, heat: DARK_HEAT };
const DARK: Tones = Tones { dim: 246, accent: 74, warn: 215, critical: 203, good: 108, heat: DARK_HEAT };
const LIGHT: Tones = Tones { dim: 241, accent: 25, warn: 130, critical: 124, good: 22, heat: LIGHT_HEAT };
const CONTRAST_DARK: Tones =
    Tones { dim: 252, accent: 51, warn: 226, critical: 210, good: 120, heat: DARK_HEAT };
const CONTRAST_LIGHT: Tones =
    Tones { dim: 238, accent: 18, warn: 52, critical: 88, good: 22, heat: LIGHT_HEAT };
/// Sky blue, yellow, orange and bluish green, which Okabe and Ito chose for being told apart by everybody; over the hours
/// is orange, then magenta.
const SAFE_DARK: Tones = Tones {
    dim: 246,
    accent: 74,
    warn: 221,
    critical: 208,
    good: 43,
    heat: [(235, 252), (237, 253), (239, 254), (241, 231), (94, 231), (89, 231)],
};
const SAFE_LIGHT: Tones = Tones {
    dim: 241,
    accent: 25,
    warn: 94,
    critical: 125,
    good: 23,
    heat: [(255, 235), (253, 235), (251, 233), (248, 16), (222, 16), (219, 16)],
};

/// The tones of a theme on a ground; one for a ground of its own has those of that.
pub const fn tones(look: Look, ground: Ground) -> Tones {
    match (look, ground) {
        (Look::Light, _) | (Look::Auto, Ground::Light) => LIGHT,
        (Look::Dark, _) | (Look::Auto, Ground::Dark) => DARK,
        (Look::HighContrast, Ground::Light) => CONTRAST_LIGHT,
        // Without an answer a dark ground is taken: tones of high contrast fit one ground only.
        (Look::HighContrast, _) => CONTRAST_DARK,
        (Look::ColourBlind, Ground::Light) => SAFE_LIGHT,
        (Look::ColourBlind, _) => SAFE_DARK,
        (Look::Auto | Look::Terminal | Look::Monochrome, _) => EITHER,
    }
}

/// The same for terminals that have the sixteen names alone, whose tones are its user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedTones {
    pub dim: Color,
    pub accent: Color,
    pub warn: Color,
    pub critical: Color,
    pub good: Color,
    /// Grounds of load cells, each with what is written on it; none where the names hold no shade for it.
    pub heat: [Option<(Color, Color)>; 6],
}

const NAMES_DARK: NamedTones = NamedTones {
    dim: Color::DarkGray,
    accent: Color::Cyan,
    warn: Color::Yellow,
    critical: Color::LightRed,
    good: Color::Green,
    // The lowest two have none: sixteen names hold no shade between the ground of the terminal and dark grey.
    heat: [
        None,
        None,
        Some((Color::DarkGray, Color::White)),
        Some((Color::Gray, Color::Black)),
        Some((Color::Yellow, Color::Black)),
        Some((Color::Red, Color::White)),
    ],
};
// Terminals keep yellow, cyan and green as light on white as they are on black: xterm's yellow has a contrast of 1.7 to 1
// there, so a light ground gets the three names that are dark everywhere, and what went well no colour.
const NAMES_LIGHT: NamedTones = NamedTones {
    dim: Color::DarkGray,
    accent: Color::Blue,
    warn: Color::Magenta,
    critical: Color::Red,
    good: Color::Reset,
    heat: [
        None,
        None,
        Some((Color::Gray, Color::Black)),
        Some((Color::DarkGray, Color::White)),
        Some((Color::Yellow, Color::Black)),
        Some((Color::Red, Color::White)),
    ],
};

/// The names of a theme on a ground. They are for a dark one until a terminal tells of a light one.
pub const fn names(look: Look, ground: Ground) -> NamedTones {
    match (look, ground) {
        (Look::Light, _) | (Look::Auto | Look::HighContrast | Look::ColourBlind, Ground::Light) => {
            NAMES_LIGHT
        }
        _ => NAMES_DARK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::look::rgb;

    fn luminance(place: u8) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = rgb(place).map(linear);
        0.2126f64.mul_add(red, 0.7152f64.mul_add(green, 0.0722 * blue))
    }

    fn contrast(one: u8, other: u8) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Every theme with the ground it is for: black or nearly so, white.
    const GROUNDS: [(Look, Ground, u8); 6] = [
        (Look::Dark, Ground::Dark, 234),
        (Look::Light, Ground::Light, 231),
        (Look::HighContrast, Ground::Dark, 234),
        (Look::HighContrast, Ground::Light, 231),
        (Look::ColourBlind, Ground::Dark, 234),
        (Look::ColourBlind, Ground::Light, 231),
    ];

    #[test]
    fn every_tone_is_legible_on_the_ground_that_it_is_for() {
        for (look, ground, place) in GROUNDS {
            let tones = tones(look, ground);
            let least = if look == Look::HighContrast { 7.0 } else { 4.5 };
            for tone in [tones.dim, tones.accent, tones.warn, tones.critical, tones.good] {
                let contrast = contrast(tone, place);
                assert!(contrast >= least, "{look:?} {tone} on {place}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn what_is_written_on_heat_is_legible() {
        for (look, ground, _) in GROUNDS.into_iter().chain([(Look::Terminal, Ground::Unknown, 0)]) {
            for (ground, ink) in tones(look, ground).heat {
                let contrast = contrast(ground, ink);
                assert!(contrast >= 4.5, "{look:?} {ink} on {ground}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn heat_is_neutral_up_to_all_of_the_time_and_warm_above() {
        for (look, ground, _) in GROUNDS {
            for (level, (ground, _)) in tones(look, ground).heat.into_iter().enumerate() {
                let [red, green, blue] = rgb(ground);
                assert_eq!(level < 4, red == green && green == blue, "{look:?} {level}");
                assert!(level < 4 || red > 0, "{look:?} {level}");
            }
        }
    }

    #[test]
    fn auto_follows_the_ground_and_is_for_either_until_it_is_known() {
        assert_eq!(tones(Look::Auto, Ground::Unknown), tones(Look::Terminal, Ground::Dark));
        assert_eq!(tones(Look::Auto, Ground::Light), tones(Look::Light, Ground::Unknown));
        assert_ne!(tones(Look::Auto, Ground::Dark), tones(Look::Auto, Ground::Light));
    }
    #[test]
    fn sixteen_names_on_a_light_ground_are_dark_ones() {
        // How xterm paints them from the start, as the tables of its manual have it.
        let painted = |name| match name {
            Color::DarkGray => 244,
            Color::Blue => 21,
            Color::Magenta => 164,
            Color::Red => 160,
            Color::Reset => 16,
            other => panic!("{other:?} is light"),
        };
        for look in [Look::Light, Look::Auto, Look::HighContrast, Look::ColourBlind] {
            let names = names(look, Ground::Light);
            for name in [names.dim, names.accent, names.warn, names.critical, names.good] {
                let contrast = contrast(painted(name), 231);
                assert!(contrast >= 3.5, "{look:?} {name:?}: {contrast:.1}");
            }
        }
        assert_eq!(names(Look::Auto, Ground::Unknown), names(Look::Dark, Ground::Light));
    }
}
