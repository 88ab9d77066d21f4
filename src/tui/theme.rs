//! The only place that names a colour. Default foreground on default background; the sixteen ANSI names,
//! so that the terminal's own theme applies on light and dark grounds alike. Every state that a colour
//! marks also has a word or a glyph, so colourless terminals lose nothing.

use ratatui::style::{Color, Modifier, Style};

/// How the cockpit looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    is_coloured: bool,
    /// Letters and signs only.
    pub is_ascii: bool,
}

impl Theme {
    /// A theme with or without colours, with or without Unicode marks.
    #[must_use]
    pub const fn new(is_coloured: bool, is_ascii: bool) -> Self {
        Self { is_coloured, is_ascii }
    }

    fn colour(self, colour: Color) -> Style {
        if self.is_coloured { Style::new().fg(colour) } else { Style::new() }
    }

    /// Ordinary text.
    #[must_use]
    pub fn text(self) -> Style {
        self.colour(Color::Reset)
    }

    /// Context: what the eye may skip.
    #[must_use]
    pub fn dim(self) -> Style {
        self.colour(Color::DarkGray).add_modifier(if self.is_coloured {
            Modifier::empty()
        } else {
            Modifier::DIM
        })
    }

    /// Names and headings.
    #[must_use]
    pub fn strong(self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// The focused pane's rule and title, and keys in the footer.
    #[must_use]
    pub fn accent(self) -> Style {
        self.colour(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A rule line.
    #[must_use]
    pub fn rule(self, is_focused: bool) -> Style {
        if is_focused { self.accent() } else { self.dim() }
    }

    /// The selected row: reversed in the focused pane, underlined elsewhere.
    #[must_use]
    pub fn selected(self, is_focused: bool) -> Style {
        self.text().add_modifier(if is_focused { Modifier::REVERSED } else { Modifier::UNDERLINED })
    }

    /// Needs a decision.
    #[must_use]
    pub fn warn(self) -> Style {
        self.colour(Color::Yellow)
    }

    /// Cannot work as it stands.
    #[must_use]
    pub fn alarm(self) -> Style {
        self.colour(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// Went well.
    #[must_use]
    pub fn good(self) -> Style {
        self.colour(Color::Green)
    }
}
