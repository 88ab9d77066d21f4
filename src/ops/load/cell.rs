//! What lies in a cell of the load, and why it looks as it does.

use chrono::NaiveDate;

use super::super::{Desk, OpsError};
use crate::domain::ids::RequestId;
use crate::domain::kept::KeptShare;
use crate::domain::load::grid::utilization;
use crate::domain::load::{Cell, LoadRow, WorkItem};
use crate::domain::minutes::Minutes;
use crate::domain::person::Person;
use crate::store::StoreError;

/// One piece of work in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellWork {
    pub request: RequestId,
    pub title: String,
    /// What falls into the cell.
    pub minutes: Minutes,
    pub plan: CellPlan,
}

/// Where the hours of a piece of work in a cell come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellPlan {
    /// Laid from today on: all that is left of it, and its window.
    Open(WorkItem),
    /// Planned for days that are over.
    Over {
        /// The first and the last of them.
        days: (NaiveDate, NaiveDate),
        /// What came off on them.
        done: Minutes,
        is_tentative: bool,
        is_unknown: bool,
    },
}

impl CellPlan {
    /// Whether it is not confirmed, and whether nobody has said how long it takes.
    pub const fn doubts(&self) -> (bool, bool) {
        match self {
            Self::Open(item) => (item.is_tentative, item.is_unknown),
            Self::Over { is_tentative, is_unknown, .. } => (*is_tentative, *is_unknown),
        }
    }
}

/// What lies in a cell, and why it looks as it does.
#[derive(Debug, Clone, PartialEq)]
pub struct CellDetail {
    pub person: Person,
    /// The work: what days that are over had first, then the rest, each with the largest first.
    pub work: Vec<CellWork>,
    /// The arithmetic in sentences.
    pub sums: Vec<String>,
}

/// The arithmetic of some cells of one person, ready to be read aloud.
fn sums(row: &LoadRow, factor: u8) -> Vec<String> {
    let sum = |of: fn(&Cell) -> Minutes| row.cells.iter().map(|cell| of(&cell.in_sum())).sum::<Minutes>();
    let (effective, planning) = (sum(|cell| cell.effective), sum(|cell| cell.planning));
    let (confirmed, tentative, unknown) =
        (sum(|cell| cell.confirmed), sum(|cell| cell.tentative), sum(|cell| cell.unknown));
    let mut said = vec![format!(
        "Time there is: {effective} (by contract, less absences and holidays); {factor} % of it, {planning}, can be planned."
    )];
    // Of days that are over the truth test has nothing to say: it looks ahead from today.
    if row.cells.iter().all(|cell| cell.is_over) {
        said.push(over(&row.cells));
        return said;
    }
    // “Confirmed” says something only next to hours that are not.
    let is_alone = !tentative.is_positive() && !unknown.is_positive();
    let mut work = vec![if is_alone { confirmed.to_string() } else { format!("{confirmed} confirmed") }];
    if tentative.is_positive() {
        work.push(format!("{tentative} tentative"));
    }
    if unknown.is_positive() {
        work.push(format!("{unknown} at the usual time of work that nobody has estimated"));
    }
    let work = work.join(" + ");
    let done = sum(|cell| cell.done);
    let done = if done.is_positive() { format!(", {done} of it done") } else { String::new() };
    said.push(match utilization(confirmed, effective) {
        Some(percent) => {
            let what = if is_alone { "," } else { "; what is confirmed is" };
            format!("To do here: {work}{what} {percent} % of that time{done}.")
        }
        None if confirmed.is_zero() => format!("To do here: {work}{done}."),
        None => format!("To do here: {work}{done}, and there is no time for it."),
    });
    for forced in &row.verdict.forced {
        let keys: Vec<String> = forced.culprits.iter().map(ToString::to_string).collect();
        said.push(format!(
            "Over: what must be done {} is {} more than there is time for: {}.",
            crate::domain::day::day_range(forced.from, forced.to),
            forced.over,
            keys.join(", ")
        ));
    }
    if row.verdict.forced.is_empty() {
        said.push(if confirmed > effective {
            "It looks too full by its even spread, and fits if its work is spread anew: re-shape it."
                .to_owned()
        } else {
            "Not over: every piece of work fits between its own first and last day.".to_owned()
        });
    }
    said
}

/// The same of days that are all over. What was planned on each of several and not done would be there several times.
fn over(days: &[Cell]) -> String {
    let sum = |of: fn(&Cell) -> Minutes| days.iter().map(of).sum::<Minutes>();
    let (effective, done) = (sum(|cell| cell.effective), sum(|cell| cell.done));
    let share = utilization(done, effective);
    let share = share.map_or_else(
        || "there was no time".to_owned(),
        |percent| format!("{percent} % of the time there was"),
    );
    match days {
        [day] => {
            let mut work = vec![format!("{} confirmed", day.confirmed)];
            work.extend(day.tentative.is_positive().then(|| format!("{} tentative", day.tentative)));
            work.extend(day.unknown.is_positive().then(|| format!("{} not estimated", day.unknown)));
            format!("Work that was planned here: {}; {done} of it was done: {share}.", work.join(" + "))
        }
        _ => format!("Work that was done here: {done}, {share}."),
    }
}

impl Desk {
    /// What lies on one person between two days: before today what was planned for them, from today on what is still to be
    /// done, as in the grid.
    ///
    /// # Errors
    /// When the person is not there or the store cannot be read.
    pub fn cell_work(&self, who: &str, from: NaiveDate, to: NaiveDate) -> Result<CellDetail, OpsError> {
        let (team, work) = self.work()?;
        let person = super::super::team::find_person(&team.people, who)?.clone();
        let model = self.model_of(&team, &work, from..to);
        let mut kept = self.planned_before_today(&work, from)?;
        kept.retain(|kept| kept.person == person.id && kept.day <= to);
        let mut found = self.over(&kept)?;
        let before_today = found.len();
        for (item, parts) in model.laid(person.id) {
            let is_in = |at: usize| (from..=to).contains(&model.capacity.day(at));
            let minutes: Minutes =
                parts.iter().filter(|(at, _)| is_in(*at)).map(|(_, minutes)| *minutes).sum();
            if minutes.is_positive() {
                let title =
                    self.shown_title(&item.request.into(), self.store.request(item.request)?.title)?;
                let plan = CellPlan::Open(item.clone());
                found.push(CellWork { request: item.request, title, minutes, plan });
            }
        }
        let largest = |work: &CellWork| (-work.minutes.0, work.request);
        found[..before_today].sort_by_key(largest);
        found[before_today..].sort_by_key(largest);
        let length = usize::try_from((to - from).num_days() + 1).unwrap_or(1);
        let row = model.row_with(person.id, (from, length), None);
        let sums = row.map_or_else(Vec::new, |mut row| {
            for kept in &kept {
                if let Some(cell) = row.cells.iter_mut().find(|cell| cell.date == kept.day) {
                    cell.add_planned(kept);
                }
            }
            sums(&row, person.factor.0)
        });
        Ok(CellDetail { person, work: found, sums })
    }

    /// What was planned on days that are over, a row for each request as it was held.
    fn over(&self, kept: &[KeptShare]) -> Result<Vec<CellWork>, StoreError> {
        let mut found: Vec<CellWork> = Vec::new();
        for kept in kept {
            let (is_tentative, is_unknown) = (kept.is_tentative, kept.is_unknown);
            let plan =
                CellPlan::Over { days: (kept.day, kept.day), done: kept.done, is_tentative, is_unknown };
            // Tentative hours and guesses of one request keep rows of their own, as they have layers of their own
            // in the grid.
            let same = found
                .iter_mut()
                .find(|work| work.request == kept.request && work.plan.doubts() == plan.doubts());
            if let Some(CellWork { minutes, plan: CellPlan::Over { days, done, .. }, .. }) = same {
                *minutes += kept.planned;
                *done += kept.done;
                *days = (days.0.min(kept.day), days.1.max(kept.day));
                continue;
            }
            // As it was called then: the request may be gone since.
            let title = self.shown_title(&kept.request.into(), kept.title.clone())?;
            found.push(CellWork { request: kept.request, title, minutes: kept.planned, plan });
        }
        Ok(found)
    }
}
