//! What a row of the sheet tells of a candidate: who, what they do, by when, and what a yes costs.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::day;
use crate::ops::plan::{Candidate, PlanOptions};
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::ListColumn;

/// What a row tells of a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) enum CandidateColumn {
    Who,
    Discipline,
    Done,
    Cost,
}

pub(super) const COLUMNS: [ListColumn<CandidateColumn>; 4] = [
    ListColumn::growing(CandidateColumn::Who, "who", 5, 3).best(10),
    // Whole or not there: it leaves where a cost would be cut beside it, and the foot says it of the chosen one.
    ListColumn::growing(CandidateColumn::Discipline, "does", 6, 10).best(15).leaves(1),
    // `Fri 22 Jan 27` is the longest.
    ListColumn::growing(CandidateColumn::Done, "done by", 10, 8).best(13),
    ListColumn::growing(CandidateColumn::Cost, "cost of yes", 24, 9).gap(0).whole(),
];

/// Where it does not fit, that nothing else moves is left out rather than cut: all that it keeps from is told elsewhere.
pub(super) fn without_calm(sentence: &str, width: usize) -> &str {
    let is_whole = plain::width(sentence) <= width;
    match sentence.rsplit_once("; ") {
        Some((head, calm)) if !is_whole && calm.starts_with("nothing else moves") => head,
        _ => sentence,
    }
}

/// As many of the parts of a sentence as fit: half of one would say something else.
pub(super) fn whole_costs(sentence: &str, width: usize) -> String {
    plain::whole_items(&sentence.split("; ").collect::<Vec<_>>(), "; ", width)
}

/// What stands in a column.
pub(super) fn cell(
    options: &PlanOptions,
    candidate: &Candidate,
    column: CandidateColumn,
    sight: ViewContext<'_>,
) -> Vec<Span<'static>> {
    let theme = sight.theme;
    let (text, style) = match column {
        CandidateColumn::Who => (candidate.handle.clone(), theme.strong()),
        CandidateColumn::Discipline => (candidate.discipline.clone(), theme.dim()),
        CandidateColumn::Cost => return cost(&candidate.sentence, options, candidate, sight),
        CandidateColumn::Done => {
            let near = |day| day::day_near(day, sight.snapshot.today());
            let style = if is_late(options, candidate) { theme.critical() } else { theme.text() };
            (candidate.forecast.finish.map_or_else(|| "not in sight".to_owned(), near), style)
        }
    };
    vec![Span::styled(text, style)]
}

/// The cost; that it would be late is told first, and in the colour of late.
pub(super) fn cost(
    text: &str,
    options: &PlanOptions,
    candidate: &Candidate,
    sight: ViewContext<'_>,
) -> Vec<Span<'static>> {
    let style = cost_style(candidate, sight);
    // Behind a semicolon it is other work that is late, not this.
    if !text.contains(';') && text.ends_with(" late") && is_late(options, candidate) {
        return vec![Span::styled(text.to_owned(), sight.theme.critical())];
    }
    match text.split_once(';') {
        Some((late, rest)) if is_late(options, candidate) && late.contains(" late") => {
            vec![
                Span::styled(late.to_owned(), sight.theme.critical()),
                Span::styled(format!(";{rest}"), style),
            ]
        }
        _ => vec![Span::styled(text.to_owned(), style)],
    }
}

/// It would be done behind the day that it is due.
fn is_late(options: &PlanOptions, candidate: &Candidate) -> bool {
    options.request.due.is_some_and(|due| candidate.forecast.finish.is_none_or(|finish| finish > due))
}

pub(super) fn cost_style(candidate: &Candidate, sight: ViewContext<'_>) -> Style {
    if candidate.cost.fits() { sight.theme.text() } else { sight.theme.warn() }
}
