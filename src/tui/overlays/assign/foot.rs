//! What stands around the candidates: what is to be given and by when, in which days and shape, and why the chosen one
//! could be done by then.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::AssignView;
use super::candidate::whole_costs;
use crate::domain::day;
use crate::ops::plan::Candidate;
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::paint;

impl AssignView {
    pub(super) fn verb(&self) -> &'static str {
        if self.options.plan.moves.is_some() { "Swap" } else { "Assign" }
    }

    /// What is to be given, and the day it is due.
    pub(super) fn asked(&self, sight: ViewContext<'_>) -> [String; 2] {
        let hours = match self.share().minutes.or(self.options.request.estimate) {
            Some(hours) if hours.is_zero() => "nothing left to give".to_owned(),
            Some(hours) => hours.to_string(),
            None => "not estimated".to_owned(),
        };
        let (due, today) = (self.options.request.due, sight.snapshot.today());
        let due = due.map_or_else(
            || "no date".to_owned(),
            |due| {
                if due < today {
                    return format!("was due {}", day::short_day(due));
                }
                format!("due {}", day::column_text(due, today, &sight.snapshot.reading.calendar))
            },
        );
        [hours, due]
    }

    /// The days and the shape in which it is given.
    fn given(&self) -> String {
        let share = self.share();
        let tentative = if share.is_tentative { " · tentative" } else { "" };
        format!("{} · {}{tentative}", day::day_range(share.from, share.to), share.shape.described())
    }

    /// In which order they stand, and where in it the chosen one does if not all are seen.
    fn order(&self, sight: ViewContext<'_>) -> String {
        // Where nobody has done such work before, experience parts nobody and is not named.
        let (count, known) = (self.options.candidates.len(), |it: &Candidate| it.experience > 0);
        let order =
            if self.options.candidates.iter().any(known) { "by experience, then by day" } else { "by day" };
        let is_cut = count > self.list_height(sight);
        if is_cut { format!("{order} · {} of {count}", self.cursor.row() + 1) } else { order.to_owned() }
    }

    /// In which days and shape, then why the chosen one could be done by then; or how many hours.
    pub(super) fn foot(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let theme = sight.theme;
        let Some(candidate) = self.chosen() else { return };
        if let Some(naming) = &self.naming {
            naming.draw(buffer, area, (&self.options.candidates, theme));
            return;
        }
        if let Some(hours) = &self.hours {
            hours.draw(buffer, area, theme);
            return;
        }
        let holds = candidate.holds_already.map_or_else(String::new, |left| {
            let rest =
                if left.is_zero() { "it, nothing left to do".to_owned() } else { format!("{left} of it") };
            format!("; already holds {rest}")
        });
        let (given, order) = (format!("   {}", self.given()), self.order(sight));
        let room = usize::from(area.width).saturating_sub(plain::width(&given) + 1);
        let mut line = vec![Span::styled(given, theme.text())];
        // It explains the list and decides nothing: it is left out before it is cut.
        if plain::width(&order) + 3 <= room {
            line.push(Span::styled(plain::fit_right(&order, room), theme.dim()));
        }
        paint::put(buffer, area, 0, &Line::from(line));
        let text = format!("{}: {}{holds}", candidate.name, candidate.forecast.reason);
        let columns = usize::from(area.width).saturating_sub(4);
        let mut lines = plain::wrap(&text, columns);
        let rows = usize::from(area.height.saturating_sub(1)).max(1);
        // What has no row of its own goes on in the last one, which ends behind a whole cost.
        if lines.len() > rows {
            let rest = lines.split_off(rows - 1).join(" ");
            lines.push(whole_costs(&rest, columns));
        }
        for (row, line) in (1..).zip(&lines) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), theme.dim()));
        }
    }
}
