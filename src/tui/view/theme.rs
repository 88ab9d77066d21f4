//! The only place that names a colour. Default foreground on default background; where the terminal has
//! 256 colours, middle tones that are legible on light and dark grounds alike, otherwise the sixteen
//! names. Every state that a colour marks also has a word or a glyph, so colourless terminals lose nothing.

use ratatui::style::{Color, Modifier, Style};

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None, or none wanted.
    None,
    /// The sixteen names.
    Sixteen,
    /// 256 or more.
    Many,
}

impl Depth {
    /// What the environment says; `variable` reads one of its variables.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let many = ["256color", "direct", "kitty", "alacritty", "ghostty", "wezterm", "foot"];
        if is_set("NO_COLOR") || term == "dumb" {
            Self::None
        } else if is_set("COLORTERM") || many.iter().any(|name| term.contains(name)) {
            Self::Many
        } else {
            Self::Sixteen
        }
    }
}

/// The grounds of load cells by how much of the time they take, each with what is written on it: four neutral ones up to
/// all of it, then two warm ones.
const HEAT: [(u8, u8); 6] = [(235, 252), (237, 253), (239, 254), (241, 231), (94, 231), (88, 231)];
const HEAT_16: [Option<(Color, Color)>; 6] = [
    None,
    None,
    Some((Color::DarkGray, Color::White)),
    Some((Color::Gray, Color::Black)),
    Some((Color::Yellow, Color::Black)),
    Some((Color::Red, Color::White)),
];

/// Which ground a share in per cent has.
const fn heat_level(percent: i64) -> Option<usize> {
    Some(match percent {
        ..=0 => return None,
        1..=35 => 0,
        36..=65 => 1,
        66..=90 => 2,
        91..=100 => 3,
        101..=130 => 4,
        _ => 5,
    })
}

/// How the cockpit looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
    /// Letters and signs only.
    pub is_ascii: bool,
    /// What is chosen was just added.
    pub is_lit: bool,
}

impl Theme {
    /// A theme for so many colours, with or without Unicode marks.
    pub const fn new(depth: Depth, is_ascii: bool) -> Self {
        Self { depth, is_ascii, is_lit: false }
    }

    /// A middle tone of the 256, or its neighbour among the sixteen.
    fn colour(self, tone: u8, name: Color) -> Style {
        match self.depth {
            Depth::None => Style::new(),
            Depth::Sixteen => Style::new().fg(name),
            Depth::Many => Style::new().fg(Color::Indexed(tone)),
        }
    }

    fn default_foreground(self) -> Style {
        if self.depth == Depth::None { Style::new() } else { Style::new().fg(Color::Reset) }
    }

    /// Ordinary text.
    pub fn text(self) -> Style {
        self.default_foreground()
    }

    /// Context: what the eye may skip.
    pub fn dim(self) -> Style {
        self.colour(244, Color::DarkGray).add_modifier(if self.depth == Depth::None {
            Modifier::DIM
        } else {
            Modifier::empty()
        })
    }

    /// Names and headings.
    pub fn strong(self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// The focused pane's rule and title, and keys in the footer.
    pub fn accent(self) -> Style {
        self.colour(31, Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A rule line.
    pub fn rule(self, is_focused: bool) -> Style {
        if is_focused { self.accent() } else { self.dim() }
    }

    /// The same, with what is chosen lit if it was just added.
    pub const fn lit(self, is_lit: bool) -> Self {
        Self { is_lit, ..self }
    }

    /// The selected row: reversed in the focused pane, bold elsewhere; reversed in colour and bold while it is lit.
    pub fn selected(self, is_focused: bool) -> Style {
        if self.is_lit {
            return self.accent().add_modifier(Modifier::REVERSED);
        }
        self.text().add_modifier(if is_focused { Modifier::REVERSED } else { Modifier::BOLD })
    }

    /// Needs a decision.
    pub fn warn(self) -> Style {
        self.colour(166, Color::Yellow)
    }

    /// Cannot work as it stands.
    pub fn critical(self) -> Style {
        self.colour(160, Color::Red).add_modifier(Modifier::BOLD)
    }

    /// How much of the time there is a cell takes: its share in per cent as a background, neutral up to all of it and warm
    /// above, with a foreground that is legible on it. Nothing where nothing is planned.
    pub fn heat(self, percent: i64) -> Style {
        let level = heat_level(percent);
        let Some(level) = level else { return Style::new() };
        match self.depth {
            Depth::None => Style::new(),
            Depth::Sixteen => match HEAT_16[level] {
                Some((ground, ink)) => Style::new().bg(ground).fg(ink),
                None => Style::new(),
            },
            Depth::Many => {
                let (ground, ink) = HEAT[level];
                Style::new().bg(Color::Indexed(ground)).fg(Color::Indexed(ink))
            }
        }
    }

    /// The same as a letter beside the number, where there are no colours.
    pub const fn heat_mark(self, percent: i64) -> Option<char> {
        match (self.depth, self.is_ascii, percent) {
            (Depth::None, false, 1..=50) => Some('░'),
            (Depth::None, false, 51..=85) => Some('▓'),
            (Depth::None, false, 86..) => Some('█'),
            _ => None,
        }
    }

    /// Went well.
    pub fn good(self) -> Style {
        self.colour(65, Color::Green)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Red, green and blue of one of the 256, between 0 and 1.
    fn rgb(index: u8) -> [f64; 3] {
        let step = |part: u8| if part == 0 { 0.0 } else { f64::from(part) * 40.0 + 55.0 };
        match index {
            16..=231 => {
                [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(|part| step(part) / 255.0)
            }
            _ => [(f64::from(index) - 232.0).mul_add(10.0, 8.0) / 255.0; 3],
        }
    }

    fn luminance(index: u8) -> f64 {
        let linear =
            |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = rgb(index).map(linear);
        0.2126f64.mul_add(red, 0.7152f64.mul_add(green, 0.0722 * blue))
    }

    #[test]
    fn what_is_written_on_heat_is_legible() {
        for (ground, ink) in HEAT {
            let (one, other) = (luminance(ground), luminance(ink));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.1}");
        }
    }

    #[test]
    fn heat_is_neutral_up_to_all_of_the_time_and_warm_above() {
        let is_neutral = |percent| {
            let [red, _, blue] = rgb(HEAT[heat_level(percent).unwrap()].0);
            (red - blue).abs() < f64::EPSILON
        };
        assert!(heat_level(0).is_none() && (1..=100).all(is_neutral));
        assert!((101..400).all(|percent| !is_neutral(percent)));
    }
}
