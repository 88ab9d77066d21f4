//! How the reflection looks: the seven items one below the other, then the evidence in words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{QUESTION, ReflectForm};
use crate::domain::day;
use crate::domain::meeting::predictions;
use crate::domain::reflection::{FirstWord, Touched};
use crate::ops::reflect::stance_words;
use crate::plain;
use crate::tui::app::action::Action;
use crate::tui::overlays::ViewContext;
use crate::tui::view::input::TextLine;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::pictures;
use crate::tui::view::theme::Theme;

const MOMENT: &str = "one moment, with a name or a sentence that was said";
const NEXT_TIME: &str = "If …, then I …";

impl ReflectForm {
    pub(super) fn draw_items(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let when = format!(
            "{} {}",
            day::day_near(self.meeting.start.date_naive(), sight.snapshot.today()),
            self.meeting.start.format("%H:%M")
        );
        let who = self.meeting.attendees.join(", ");
        Rule {
            more: &format!("{when} · {who}"),
            text: theme.text(),
            ..Rule::over(&self.meeting.title, theme)
        }
        .draw(buffer, area);
        let width = usize::from(area.width).saturating_sub(4);
        let mut lines = vec![Line::default(), Line::styled(format!("   {QUESTION}"), theme.strong())];
        lines.extend(self.stances(theme, width));
        lines.push(Line::default());
        lines.push(self.item(1, "Presence", self.presence(theme)));
        lines.push(self.item(
            2,
            "I said first",
            choices(FirstWord::ALL, |word| (word.name(), word.title()), self.first, theme),
        ));
        lines.push(self.item(3, "They asked", self.questions(sight)));
        lines.push(self.item(
            4,
            "Decision",
            choices(Touched::ALL, |touched| (touched.name(), touched.title()), self.touched, theme),
        ));
        lines.push(self.words(5, ("The moment", MOMENT), &self.moment, (theme, width)));
        lines.push(self.words(6, ("Next time", NEXT_TIME), &self.if_then, (theme, width)));
        lines.push(Line::default());
        lines.extend(self.hint_lines(theme));
        lines.extend(self.evidence_lines(width, sight));
        for (row, line) in lines.iter().enumerate() {
            paint::put(buffer, area, u16::try_from(row + 1).unwrap_or(u16::MAX), line);
        }
    }

    fn label(&self, at: usize, label: &str) -> String {
        format!(" {} {}", if self.at == at { "›" } else { " " }, plain::fit(label, 14))
    }

    fn item(&self, at: usize, label: &str, mut spans: Vec<Span<'static>>) -> Line<'static> {
        let style = if self.at == at {
            ratatui::style::Style::new().add_modifier(ratatui::style::Modifier::BOLD)
        } else {
            ratatui::style::Style::new()
        };
        spans.insert(0, Span::styled(self.label(at, label), style));
        Line::from(spans)
    }

    fn stances(&self, theme: Theme, width: usize) -> Vec<Line<'static>> {
        let option = |stance: u8| {
            let is_chosen = self.stance == Some(stance);
            let style = if is_chosen { theme.selected(true) } else { theme.text() };
            vec![
                Span::styled(format!(" {stance} "), if is_chosen { style } else { theme.accent() }),
                Span::styled(format!("{} ", stance_words(stance)), style),
                Span::raw(" "),
            ]
        };
        let mark = if self.at == 0 { " › " } else { "   " };
        // Two rows where one is too narrow.
        let rows: &[&[u8]] = if width >= 124 { &[&[1, 2, 3, 4, 5]] } else { &[&[1, 2, 3], &[4, 5]] };
        rows.iter()
            .enumerate()
            .map(|(row, stances)| {
                let mut spans = vec![Span::styled(if row == 0 { mark } else { "   " }, theme.accent())];
                spans.extend(stances.iter().flat_map(|stance| option(*stance)));
                Line::from(spans)
            })
            .collect()
    }

    fn presence(&self, theme: Theme) -> Vec<Span<'static>> {
        let scale = |value: Option<u8>| {
            (1..=5).map(|step| if value == Some(step) { '●' } else { '─' }).collect::<String>()
        };
        let digits = match (self.calm, self.engaged) {
            (Some(calm), Some(engaged)) => format!("  › {calm} {engaged}"),
            (Some(calm), None) => format!("  › {calm} _"),
            _ => "  two digits, 1–5".to_owned(),
        };
        vec![
            Span::raw("tense "),
            Span::styled(scale(self.calm), theme.accent()),
            Span::raw(" calm     withdrawn "),
            Span::styled(scale(self.engaged), theme.accent()),
            Span::raw(" engaged"),
            Span::styled(digits, theme.dim()),
        ]
    }

    fn questions(&self, sight: ViewContext<'_>) -> Vec<Span<'static>> {
        let key = |action| format!("{} ", sight.keymap.hint(action).unwrap_or_default());
        let accent = sight.theme.accent();
        let count = |count: Option<u32>| count.map_or_else(|| "·".to_owned(), |count| count.to_string());
        vec![
            Span::styled(key(Action::AskedMore), accent),
            Span::raw(format!("what if, could we  {}     ", count(self.expansion))),
            Span::styled(key(Action::AskedLess), accent),
            Span::raw(format!("how many, check again  {}", count(self.contraction))),
        ]
    }

    fn words(
        &self,
        at: usize,
        (label, hint): (&str, &str),
        input: &TextLine,
        (theme, width): (Theme, usize),
    ) -> Line<'static> {
        let is_here = self.at == at;
        if input.text().is_empty() && !is_here {
            return self.item(
                at,
                label,
                vec![Span::styled(plain::cut(hint, width.saturating_sub(16)), theme.dim())],
            );
        }
        self.item(at, label, input.line(width.saturating_sub(16), is_here, theme.text()).spans)
    }

    /// What the empty field at hand is for: the cursor takes the place where its hint stood.
    fn hint_lines(&self, theme: Theme) -> Vec<Line<'static>> {
        let hint = match self.at {
            5 if self.moment.text().is_empty() => MOMENT,
            6 if self.if_then.text().is_empty() => NEXT_TIME,
            _ => return Vec::new(),
        };
        vec![Line::styled(format!("   {hint}"), theme.dim()), Line::default()]
    }

    fn evidence_lines(&self, width: usize, sight: ViewContext<'_>) -> Vec<Line<'static>> {
        let (theme, evidence, today) = (sight.theme, &self.evidence, sight.snapshot.today());
        let kept_key = || sight.snapshot.hints.say("{plan-kept} at “They asked” says whether it was done");
        let mut parts = vec![
            format!("leadership meetings shaped {}", evidence.all.shape),
            format!("questions that opened something {}", evidence.all.expansion),
            format!(
                "this series {}",
                if evidence.series.count == 0 {
                    "none yet".to_owned()
                } else {
                    pictures::trend(&evidence.series.stances, 5, theme.is_ascii)
                }
            ),
        ];
        parts.extend(evidence.forced_over.map(|over| {
            let when = day::day_near(self.meeting.start.date_naive(), today);
            if over.is_positive() {
                format!("team over {over} on {when}")
            } else {
                format!("nobody over on {when}")
            }
        }));
        let mut lines = plain::wrap(&format!("beside it: {}", parts.join(" · ")), width);
        if !evidence.if_then.is_empty() {
            let kept = match self.kept {
                Some(true) => "done".to_owned(),
                Some(false) => "not done".to_owned(),
                None => kept_key(),
            };
            lines.extend(plain::wrap(&format!("you had planned: {} ({kept})", evidence.if_then), width));
        }
        for (index, it) in predictions(&self.meeting.predicted).iter().enumerate() {
            let came = if self.came_up.contains(&(index + 1)) {
                "came up"
            } else {
                "not yet; its digit at “They asked” ticks it"
            };
            let told = format!("you had predicted {}: {} ({came})", index + 1, it.question);
            lines.extend(plain::wrap(&told, width));
        }
        lines.into_iter().map(|line| Line::styled(format!("   {line}"), theme.dim())).collect()
    }
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    words: fn(T) -> (&'static str, &'static str),
    chosen: Option<T>,
    theme: Theme,
) -> Vec<Span<'static>> {
    all.iter()
        .flat_map(|value| {
            let (name, title) = words(*value);
            let is_chosen = chosen == Some(*value);
            let style = if is_chosen { theme.selected(true) } else { theme.text() };
            let (head, rest) = title.split_at(1);
            debug_assert!(name.starts_with(head), "the marked letter of an answer chooses it");
            // In the colour of keys, as the first letter is the key that chooses it.
            let first = if is_chosen { style } else { theme.accent() };
            [Span::styled(head.to_owned(), first), Span::styled(rest.to_owned(), style), Span::raw("   ")]
        })
        .collect()
}
