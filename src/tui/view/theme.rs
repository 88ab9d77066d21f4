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

    /// Went well.
    pub fn good(self) -> Style {
        self.colour(65, Color::Green)
    }
}
