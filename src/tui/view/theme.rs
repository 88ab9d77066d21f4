//! The only place that names a colour. Default foreground on default background; where the terminal has
//! 256 colours, middle tones that are legible on light and dark grounds alike, otherwise the sixteen
//! names. Every state that a colour marks also has a word or a glyph, so colourless terminals lose nothing.

mod tones;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

use crate::config::look::Ink;
use crate::config::{Look, OwnInks};
use crate::domain::load::heat_level;
pub use tones::Ground;
use tones::{NamedTones, Tones};

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
        // A terminal that says nothing of itself gets the sixteen names, whose tones its user has chosen.
        let many = ["256color", "direct", "kitty", "alacritty", "ghostty", "wezterm", "foot"];
        // Set to nothing it asks for nothing, as its convention has it.
        if is_set("NO_COLOR") || term == "dumb" {
            Self::None
        } else if is_set("COLORTERM") || many.iter().any(|name| term.contains(name)) {
            Self::Many
        } else {
            Self::Sixteen
        }
    }
}

/// How the cockpit looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
    look: Look,
    ground: Ground,
    inks: OwnInks,
    /// Letters and signs only.
    pub is_ascii: bool,
    /// What is chosen was just added.
    pub is_lit: bool,
}

impl Theme {
    /// A theme for so many colours, with or without Unicode marks.
    pub const fn new(depth: Depth, is_ascii: bool) -> Self {
        Self { depth, look: Look::Auto, ground: Ground::Unknown, inks: [None; 12], is_ascii, is_lit: false }
    }

    /// The same as the configuration has it.
    #[must_use]
    pub const fn with(self, look: Look, inks: OwnInks) -> Self {
        let depth = if matches!(look, Look::Monochrome) { Depth::None } else { self.depth };
        Self { depth, look, inks, ..self }
    }

    /// The same on a ground that the terminal told.
    #[must_use]
    pub const fn on(self, ground: Ground) -> Self {
        Self { ground, ..self }
    }

    /// True if its colours depend on the ground: then the terminal is asked for it.
    pub fn asks_for_ground(self) -> bool {
        // The sixteen names do not follow the ground by themselves: yellow stays as light on white as it is on black.
        self.depth != Depth::None && matches!(self.look, Look::Auto | Look::HighContrast | Look::ColourBlind)
    }

    const fn tones(self) -> Tones {
        tones::tones(self.look, self.ground)
    }

    const fn names(self) -> NamedTones {
        tones::names(self.look, self.ground)
    }

    fn own(self, ink: Ink) -> Option<Color> {
        self.inks[ink as usize].map(Color::Indexed).filter(|_| self.depth != Depth::None)
    }

    /// The user's own colour, a tone of the 256, or its neighbour among the sixteen.
    fn colour(self, ink: Ink, tone: u8, name: Color) -> Style {
        if let Some(own) = self.own(ink) {
            return Style::new().fg(own);
        }
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
        self.own(Ink::Text).map_or_else(|| self.default_foreground(), |own| Style::new().fg(own))
    }

    /// Context: what the eye may skip.
    pub fn dim(self) -> Style {
        // The attribute is the last resort: how faint it is is up to the terminal, and some make it illegible.
        self.colour(Ink::Dim, self.tones().dim, self.names().dim).add_modifier(if self.depth == Depth::None {
            Modifier::DIM
        } else {
            Modifier::empty()
        })
    }

    /// Names and headings.
    pub fn strong(self) -> Style {
        let text = self.own(Ink::Strong).map_or_else(|| self.text(), |own| Style::new().fg(own));
        text.add_modifier(Modifier::BOLD)
    }

    /// The focused pane's rule and title, and keys in the footer.
    pub fn accent(self) -> Style {
        self.colour(Ink::Accent, self.tones().accent, self.names().accent).add_modifier(Modifier::BOLD)
    }

    /// A rule line.
    pub fn rule(self, is_focused: bool) -> Style {
        match self.own(Ink::Rule) {
            _ if is_focused => self.accent(),
            Some(own) => Style::new().fg(own),
            None => self.dim(),
        }
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
        let (ink, ground) = (self.own(Ink::ChosenText), self.own(Ink::ChosenGround));
        if is_focused && let Some(ground) = ground {
            return Style::new().bg(ground).fg(ink.unwrap_or(Color::Reset));
        }
        self.text().add_modifier(if is_focused { Modifier::REVERSED } else { Modifier::BOLD })
    }

    /// True for a cell of the selected row of the focused pane, or of the letter at which somebody types.
    pub fn is_chosen(self, cell: &Cell) -> bool {
        let ground = self.own(Ink::ChosenGround);
        // A ground of the user's own takes the place of the reversal, so that either one tells it.
        cell.modifier.contains(Modifier::REVERSED) || ground.is_some_and(|ground| cell.bg == ground)
    }

    /// Needs a decision.
    pub fn warn(self) -> Style {
        self.colour(Ink::Warn, self.tones().warn, self.names().warn)
    }

    /// Cannot work as it stands.
    pub fn critical(self) -> Style {
        self.colour(Ink::Critical, self.tones().critical, self.names().critical).add_modifier(Modifier::BOLD)
    }

    /// How much of the time there is a cell takes: its share in per cent as a background, neutral up to all of it and warm
    /// above, with a foreground that is legible on it. Nothing where nothing is planned.
    pub fn heat(self, percent: i64) -> Style {
        let level = heat_level(percent);
        let Some(level) = level.map(usize::from) else { return Style::new() };
        match self.depth {
            Depth::None => Style::new(),
            Depth::Sixteen => match self.names().heat[level] {
                Some((ground, ink)) => Style::new().bg(ground).fg(ink),
                None => Style::new(),
            },
            Depth::Many => {
                let (ground, ink) = self.tones().heat[level];
                let own = match level {
                    4 => self.own(Ink::FullGround),
                    5 => self.own(Ink::OverGround),
                    _ => None,
                };
                Style::new().bg(own.unwrap_or(Color::Indexed(ground))).fg(Color::Indexed(ink))
            }
        }
    }

    /// The same as a letter beside the number, where there are no colours.
    pub const fn heat_mark(self, percent: i64) -> Option<&'static str> {
        match (self.depth, self.is_ascii, heat_level(percent)) {
            (Depth::None, false, Some(0 | 1)) => Some("░"),
            (Depth::None, false, Some(2 | 3)) => Some("▓"),
            (Depth::None, false, Some(_)) => Some("█"),
            _ => None,
        }
    }

    /// Went well.
    pub fn good(self) -> Style {
        self.colour(Ink::Good, self.tones().good, self.names().good)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_colours_lie_over_the_theme_and_monochrome_has_none() {
        let mut inks = [None; 12];
        inks[Ink::Warn as usize] = Some(200);
        inks[Ink::ChosenGround as usize] = Some(17);
        let theme = Theme::new(Depth::Many, false).with(Look::Dark, inks);
        assert_eq!(theme.warn().fg, Some(Color::Indexed(200)));
        assert_eq!(theme.critical().fg, Some(Color::Indexed(203)));
        assert_eq!(theme.selected(true).bg, Some(Color::Indexed(17)));
        let none = Theme::new(Depth::Many, false).with(Look::Monochrome, inks);
        assert_eq!((none.warn(), none.heat(120)), (Style::new(), Style::new()));
        // A day over looks like no day that still has time.
        let marks = [40, 89, 100, 101, 137].map(|percent| none.heat_mark(percent).unwrap());
        assert_eq!(marks, ["░", "▓", "▓", "█", "█"]);
        let bare = Theme::new(Depth::None, false).with(Look::Dark, inks);
        assert_eq!(bare.warn().fg, None, "NO_COLOR wins over what is configured");
    }

    #[test]
    fn only_a_theme_that_depends_on_the_ground_asks_for_it() {
        let theme = |depth, look| Theme::new(depth, false).with(look, [None; 12]);
        assert!(theme(Depth::Many, Look::Auto).asks_for_ground());
        assert!(!theme(Depth::Many, Look::Light).asks_for_ground());
        assert!(!theme(Depth::None, Look::Auto).asks_for_ground());
        assert!(theme(Depth::Sixteen, Look::Auto).asks_for_ground());
        assert!(!theme(Depth::Sixteen, Look::Terminal).asks_for_ground());
        let (dark, light) = (
            theme(Depth::Many, Look::Auto).on(Ground::Dark),
            theme(Depth::Many, Look::Auto).on(Ground::Light),
        );
        assert_ne!(dark.warn(), light.warn());
        let sixteen = theme(Depth::Sixteen, Look::Auto);
        assert_ne!(sixteen.on(Ground::Dark).warn(), sixteen.on(Ground::Light).warn());
    }
}
