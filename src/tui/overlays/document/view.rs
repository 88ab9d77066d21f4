//! How a document is laid out on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::DocView;
use crate::domain::count::whole;
use crate::domain::document::{Line as Said, Plot, PlotKind, Point, Tone};
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::list::Rows;
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::pictures::{self, Tick};
use crate::tui::view::theme::Theme;

/// Columns of block titles where they stand beside their lines.
const LABEL: usize = 17;
/// Before the if-then that stays in sight.
const PLAN: &str = "Your if-then: ";
/// From this width on they do.
const WIDE: usize = 90;

/// A line of the screen: what it shows, and which line of the document it belongs to.
pub(super) struct DocumentRow {
    pub line: Line<'static>,
    pub at: Option<(usize, usize)>,
}

/// Every line can be chosen, in all its rows.
impl Rows for Vec<DocumentRow> {
    type Item = (usize, usize);

    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, row: usize) -> Option<(usize, usize)> {
        self[row].at
    }
}

impl DocView {
    pub(super) fn rows(&self, sight: ViewContext<'_>) -> Vec<DocumentRow> {
        let is_wide = sight.width >= WIDE;
        // A brief is read in three minutes: no row of it is spent on nothing, so its names stand beside their lines
        // where it is narrow, too, in as many rows as they have words.
        let is_dense = self.brief.is_some();
        let words = self.document.blocks.iter().flat_map(|block| block.title.split(' '));
        let indent = match (is_wide, is_dense) {
            (true, _) => LABEL + 3,
            (false, true) => words.map(plain::width).max().unwrap_or(0).min(LABEL) + 2,
            (false, false) => 3,
        };
        let width = sight.width.saturating_sub(indent + if is_wide { 2 } else { 1 });
        let theme = sight.theme;
        let mut rows = Vec::new();
        for (block, it) in self.document.blocks.iter().enumerate() {
            if !is_wide && !is_dense {
                rows.push(DocumentRow {
                    line: Line::styled(format!(" {}", it.title), theme.accent()),
                    at: None,
                });
            }
            let first = rows.len();
            let style = if it.is_lead { theme.strong() } else { theme.text() };
            for (line, said) in it.lines.iter().enumerate() {
                rows.extend(self.line_rows((block, line), said, style, (width, indent, sight)));
            }
            if is_wide || is_dense {
                name_rows(&mut rows, first, &it.title, (indent, theme));
            }
            if let Some(plot) = &it.plot {
                rows.extend(plot_rows(plot, indent, width, sight));
            }
            // A title above its lines needs a blank row before it; beside them only a high screen has one to
            // spare.
            if !is_wide && !is_dense || sight.height > 44 {
                rows.push(DocumentRow { line: Line::default(), at: None });
            }
        }
        rows
    }

    fn line_rows(
        &self,
        at: (usize, usize),
        said: &Said,
        style: Style,
        (width, indent, sight): (usize, usize, ViewContext<'_>),
    ) -> Vec<DocumentRow> {
        let is_said = self.said_as(&said.text).is_some();
        let mark = if is_said { "said" } else { said.tone.mark() };
        // The mark alone is coloured: a page of marks stays readable.
        let marked = if is_said { sight.theme.dim() } else { tone(said.tone, sight) };
        let style = if is_said || said.text.is_empty() { sight.theme.dim() } else { style };
        let keys = if self.brief.is_some() { Vec::new() } else { said.unnamed_keys() };
        let keys =
            // More keys than that say nothing beside the words, and Enter lists them all.
            if keys.is_empty() || keys.len() > 4 { String::new() } else { format!("  {}", keys.join(" ")) };
        let text = format!("{mark}{}{}{keys}", if mark.is_empty() { "" } else { " " }, said.with_hint());
        let is_here = self.at == at;
        let parts = plain::wrap(&text, width);
        let row = |(row, rest): (usize, String)| {
            let pointer = if is_here && row == 0 { "›" } else { " " };
            let label = " ".repeat(indent - 1);
            let (style, marked) = if is_here {
                (sight.theme.selected(true), sight.theme.selected(true))
            } else {
                (style, marked)
            };
            let after = rest.len() - rest.trim_start().trim_start_matches(mark).len();
            let (sign, rest) = rest.split_at(if row == 0 { after } else { 0 });
            let (sign, rest) = (sign.to_owned(), rest.to_owned());
            let spans = [(label, sight.theme.accent()), (pointer.to_owned(), sight.theme.accent())];
            let said = [(sign, marked), (rest, style)];
            let spans = spans.into_iter().chain(said);
            DocumentRow { line: spans.map(|(text, style)| Span::styled(text, style)).collect(), at: Some(at) }
        };
        parts.into_iter().enumerate().map(row).collect()
    }

    pub(super) fn draw_rows(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let rows = self.rows(sight);
        let mut body = paint::below(area, 1);
        let foot = u16::try_from(self.foot_rows(sight)).unwrap_or(0);
        body.height = body.height.saturating_sub(foot);
        let cursor = self.cursor_in(&rows);
        let more = cursor.below(&rows, usize::from(body.height));
        let open_for = self.opened.map(|opened| (sight.snapshot.now - opened).num_minutes());
        let so_far = open_for.filter(|minutes| *minutes > 0).map(|minutes| format!("{minutes} min so far"));
        let below = (more > 0).then(|| format!("↓ {more} more"));
        let (subtitle, stale) = (&self.document.subtitle, &self.document.stale);
        let about = if stale.is_empty() { subtitle.clone() } else { format!("{stale} · {subtitle}") };
        let right = [below, so_far, self.countdown(sight)].into_iter().flatten();
        let right = right.collect::<Vec<_>>().join(" · ");
        // A few letters of it say nothing: a rule is better whole without it.
        let short = Rule::takes(&self.document.title, &about, &right).saturating_sub(usize::from(area.width));
        let about = if short * 2 > plain::width(&about) { String::new() } else { about };
        Rule { more: &about, right: &right, text: theme.text(), ..Rule::over(&self.document.title, theme) }
            .draw(buffer, area);
        // The chosen line is marked in its words alone.
        cursor.draw(&rows, (buffer, body), Style::new(), |row| rows[row].line.clone());
        if let Some(plan) = self.plan(sight).filter(|_| foot > 0) {
            let text = plain::cut(&format!("{PLAN}{plan}"), usize::from(area.width).saturating_sub(2));
            let text = format!(" {text}");
            paint::put(buffer, area, area.height - 1, &Line::styled(text, theme.accent()));
        }
    }
}

/// The name of a block beside its first rows, each a label of blanks so far. Where it takes more rows than its lines do,
/// it gets them.
fn name_rows(rows: &mut Vec<DocumentRow>, first: usize, title: &str, (indent, theme): (usize, Theme)) {
    let width = indent - if indent > LABEL { 3 } else { 2 };
    for (at, part) in (first..).zip(plain::wrap(title, width)) {
        let label = Span::styled(plain::fit(&format!(" {part}"), indent - 1), theme.accent());
        if at == rows.len() {
            rows.push(DocumentRow { line: Line::default(), at: None });
        }
        match rows[at].line.spans.first_mut() {
            Some(blanks) => *blanks = label,
            None => rows[at].line.spans.push(label),
        }
    }
}

fn tone(tone: Tone, sight: ViewContext<'_>) -> Style {
    match tone {
        Tone::Plain => sight.theme.text(),
        Tone::Warn => sight.theme.warn(),
        Tone::Good => sight.theme.good(),
    }
}

/// A plot as a row for each point: a bar, or a dot between the two ends of a scale.
fn plot_rows(plot: &Plot, indent: usize, width: usize, sight: ViewContext<'_>) -> Vec<DocumentRow> {
    let label = plot.points.iter().map(|point| plain::width(&point.label)).max().unwrap_or(0);
    // A dozen cells are enough to tell two places apart; beyond that the words are worth more than a longer bar.
    let label = label.min(width.saturating_sub(14 + 12));
    let cells = width.saturating_sub(label + 14).min(40);
    let pad = " ".repeat(indent);
    // The title names the mark as it stands in a document.
    let [mark, drawn] = [false, sight.theme.is_ascii].map(|ascii| Tick::Earlier.glyph(ascii).to_string());
    let title = Line::styled(format!("{pad}{}", plot.title.replace(&mark, &drawn)), sight.theme.dim());
    let percent = |value: f64| whole(plot.share(value) * 100.0).unwrap_or(0);
    let point = |point: &Point| {
        let ticks: Vec<i64> = point.ticks.iter().map(|tick| percent(*tick)).collect();
        let picture = match plot.kind {
            PlotKind::Bars => {
                let ticks = (ticks.as_slice(), Tick::Earlier);
                pictures::progress(percent(point.value), ticks, cells, sight.theme.is_ascii)
            }
            PlotKind::Line => pictures::dot(percent(point.value), cells, sight.theme.is_ascii),
        };
        Line::from(vec![
            Span::styled(format!("{pad}{} ", plain::fit(&point.label, label)), sight.theme.dim()),
            Span::styled(picture, sight.theme.accent()),
            Span::styled(
                format!(" {}", crate::domain::document::quantity(point.value, &plot.unit)),
                sight.theme.text(),
            ),
        ])
    };
    let lines = plot.points.iter().map(point);
    std::iter::once(title).chain(lines).map(|line| DocumentRow { line, at: None }).collect()
}
