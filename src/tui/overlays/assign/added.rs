//! What the request would add to the days of whoever is chosen, as the load beside the sheet shows it.

use super::AssignView;
use crate::domain::day;
use crate::domain::load::Cell;
use crate::domain::minutes::Minutes;
use crate::tui::overlays::ViewContext;
use crate::tui::view::ghost::{Ghost, GhostRow};

impl AssignView {
    pub(super) fn would_add(&self, sight: ViewContext<'_>) -> Option<Ghost> {
        let candidate = self.chosen()?;
        let today = sight.snapshot.today();
        let share = &candidate.share;
        let near = |date| if date == today { "today".to_owned() } else { day::day_near(date, today) };
        // What was done before today stays as it is; the weighing begins with today.
        let begun = |cells: &[Cell]| cells.iter().position(|cell| cell.date >= today).unwrap_or(cells.len());
        let days =
            (&candidate.before[begun(&candidate.before)..], &candidate.after[begun(&candidate.after)..]);
        // Where nothing is left to give, nothing is: the guess of what would stand in its place is no hours.
        let gives_nothing = share.minutes.is_some_and(Minutes::is_zero);
        let days = if gives_nothing { (&[][..], &[][..]) } else { days };
        let mut row = GhostRow::new(share.person, days);
        let added = row.added();
        let hours = hours_text(added);
        let (request, who) = (self.options.request.id, &candidate.handle);
        // Nobody has said how much it is: the mark of what is unknown, as in the cells of it afterwards.
        let is_known = share.minutes.or(self.options.request.estimate).is_some();
        let unknown = if is_known { "" } else { "?" };
        let title = if added.is_zero() {
            format!("{request} on {who} adds no hours")
        } else {
            format!("+ {request} on {who}, {hours}{unknown}, {} – {}", near(share.from), near(share.to))
        };
        row.words = row.last().map_or_else(Vec::new, |last| {
            let by = if is_known { "by " } else { "" };
            let day = day::column_text(last, today, &sight.snapshot.reading.calendar);
            let short = if added.0 < 60 { hours.clone() } else { format!("{}h", added.rounded_hours()) };
            let until = [&hours, &short].map(|hours| format!("+{hours}{unknown} {by}{day}"));
            until.into_iter().chain([format!("+{short}{unknown}")]).collect()
        });
        Some(Ghost { title, rows: vec![row] })
    }
}

/// Whole hours from ten on: a quarter more says nothing there.
fn hours_text(minutes: Minutes) -> String {
    if minutes.0 >= 600 { format!("{}h", minutes.rounded_hours()) } else { minutes.to_string() }
}
