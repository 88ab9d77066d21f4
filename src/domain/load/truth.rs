//! The truth test (LOAD.md, 4). Late work uses up effective minutes first. The rest is divisible inside its window,
//! so what no schedule whatever can place is the largest excess over all sets of disjoint intervals: the work
//! wholly inside less the minutes that remain there. That equals demand less maximum flow, and is found by
//! weighted interval scheduling over the days on which work starts and ends.

use chrono::NaiveDate;

use super::capacity::PersonDays;
use super::lay::lay;
use super::{LoadModel, WorkItem};
use crate::domain::ids::RequestId;
use crate::domain::minutes::Minutes;

/// Days that cannot hold the work that must be done in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForcedOver {
    /// First day of the run.
    pub from: NaiveDate,
    /// Last day of the run, included.
    pub to: NaiveDate,
    /// Minutes of work that find no place, whatever the order.
    pub over: Minutes,
    /// The requests without which it would be less: those that are not late and must be done within these days.
    pub culprits: Vec<RequestId>,
    /// How much of it is over only because late work is done first.
    pub displaced: Minutes,
    /// Which late work that is.
    pub late: Vec<RequestId>,
}

impl ForcedOver {
    /// `; 16h of it because R-2 is late`, where late work displaces something.
    pub fn because(&self) -> Option<String> {
        let keys: Vec<String> = self.late.iter().map(ToString::to_string).collect();
        let verb = if keys.len() == 1 { "is" } else { "are" };
        self.displaced
            .is_positive()
            .then(|| format!("; {} of it because {} {verb} late", self.displaced, keys.join(", ")))
    }
}

/// Work whose deadline has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateWork {
    pub request: RequestId,
    /// How much of it is left.
    pub left: Minutes,
    /// The deadline that has passed.
    pub since: NaiveDate,
    /// How much is left is not known.
    pub is_unknown: bool,
    /// It was never confirmed.
    pub is_tentative: bool,
}

/// What the test says about one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Where it cannot work: the runs of the smallest set of days that shows the whole amount, in their order.
    pub forced: Vec<ForcedOver>,
    /// Where it works with nothing to spare: first and last day.
    pub tight: Vec<(NaiveDate, NaiveDate)>,
    /// Late work, the oldest deadline first.
    pub late: Vec<LateWork>,
}

impl Verdict {
    /// Everything that no schedule can place.
    pub fn over(&self) -> Minutes {
        self.forced.iter().map(|forced| forced.over).sum()
    }

    /// Confirmed, known late work.
    pub fn late_minutes(&self) -> Minutes {
        self.late.iter().filter(|late| !late.is_tentative && !late.is_unknown).map(|late| late.left).sum()
    }
}

/// Work that must be done between two days, by their places in the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    from: usize,
    to: usize,
    minutes: i64,
    request: RequestId,
}

/// Days with more work wholly inside than minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
    over: i64,
}

/// Tests one person's items. Where the last item is one more that is only thought of, it counts as if it were
/// confirmed and known.
pub fn test(items: &[&WorkItem], has_extra: bool, days: &PersonDays, model: &LoadModel) -> Verdict {
    let late = items.iter().filter(|item| item.is_late).map(|item| LateWork {
        request: item.request,
        left: item.left,
        since: item.deadline,
        is_unknown: item.is_unknown,
        is_tentative: item.is_tentative,
    });
    let mut late: Vec<LateWork> = late.collect();
    late.sort_by_key(|late| (late.since, late.request));
    // A role has no hours of its own, so nothing is over there; what is late is told all the same.
    if days.is_role {
        return Verdict { late, ..Verdict::default() };
    }
    let last = items.len().saturating_sub(1);
    // Work that is only thought of is asked about as if it were real: "and if it were confirmed?"
    let counts = |(index, item): &(usize, &&WorkItem)| item.decides() || has_extra && *index == last;
    let decides: Vec<WorkItem> = items
        .iter()
        .enumerate()
        .filter(counts)
        .map(|(_, item)| WorkItem { is_tentative: false, is_unknown: false, ..(**item).clone() })
        .collect();
    // Laid anew without guesses: late work of unknown length takes no room away from work that is known.
    let laid = lay(&decides.iter().collect::<Vec<_>>(), days, model);
    let room = |at: usize| (days.effective(at) - laid.late[at]).0;
    let windows = windows(&decides, model);
    let (runs, tight) = search(&windows, &room);
    let told = |run: &Run| ForcedOver {
        from: model.capacity.day(run.from),
        to: model.capacity.day(run.to),
        over: Minutes(run.over),
        culprits: inside(&windows, run),
        displaced: displaced(&windows, run, days),
        late: late_inside(&decides, &laid.parts, run),
    };
    let forced = runs.iter().map(told).map(|mut forced| {
        // Late work lies on these days too and makes no difference: naming it would accuse the wrong one.
        if forced.displaced.is_zero() {
            forced.late.clear();
        }
        forced
    });
    let day = |(from, to): (usize, usize)| (model.capacity.day(from), model.capacity.day(to));
    Verdict { forced: forced.collect(), tight: tight.into_iter().map(day).collect(), late }
}

fn windows(items: &[WorkItem], model: &LoadModel) -> Vec<Window> {
    let capacity = &model.capacity;
    let mut windows: Vec<Window> = items
        .iter()
        .filter(|item| !item.is_late && item.left.is_positive())
        .map(|item| Window {
            from: capacity.at(item.starts(model.today)),
            to: capacity.at(item.deadline),
            minutes: item.left.0,
            request: item.request,
        })
        .collect();
    // In the order of their ends, since the search takes each window up at the cut where it ends.
    windows.sort_unstable_by_key(|window| (window.to, window.from));
    windows
}

/// The best set of intervals that ends before a day: its excess, and how few days it needs for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    over: i64,
    fewer_days: i64,
}

/// The runs of the smallest set of days with the largest excess, and the intervals with nothing to spare. Among
/// sets with the same excess the common days of two have it too, so the smallest set is one and the fewest days
/// find it.
fn search(windows: &[Window], room: &impl Fn(usize) -> i64) -> (Vec<Run>, Vec<(usize, usize)>) {
    // Only days on which work begins or ends can bound an excess, so the search grows with the pieces of work and
    // not with how many days they span.
    let mut cuts: Vec<usize> = windows.iter().flat_map(|window| [window.from, window.to + 1]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let place = |day: usize| cuts.partition_point(|cut| *cut < day);
    let mut best = vec![Best { over: 0, fewer_days: 0 }; cuts.len()];
    let mut from: Vec<Option<(usize, i64)>> = vec![None; cuts.len()];
    let mut tight = Vec::new();
    // Room before each cut, so that an interval's room is a difference.
    let mut before = vec![0; cuts.len()];
    for index in 1..cuts.len() {
        before[index] = before[index - 1] + (cuts[index - 1]..cuts[index]).map(room).sum::<i64>();
    }
    // Work wholly inside, for every start, of windows that end before the cut that is looked at.
    let mut inside = vec![0; cuts.len()];
    let mut next = 0;
    for end in 1..cuts.len() {
        while let Some(window) = windows.get(next).filter(|window| place(window.to + 1) == end) {
            // It lies wholly inside every interval that starts no later than it does and ends here or later.
            inside[..=place(window.from)].iter_mut().for_each(|sum| *sum += window.minutes);
            next += 1;
        }
        best[end] = best[end - 1];
        for start in 0..end {
            let excess = inside[start] - (before[end] - before[start]);
            if excess == 0 && inside[start] > 0 {
                tight.push((cuts[start], cuts[end] - 1));
            }
            let days = i64::try_from(cuts[end] - cuts[start]).unwrap_or(i64::MAX);
            // Days count below zero, so that the derived order prefers more excess first and fewer days second.
            let found = Best { over: best[start].over + excess, fewer_days: best[start].fewer_days - days };
            if excess > 0 && found > best[end] {
                best[end] = found;
                from[end] = Some((start, excess));
            }
        }
    }
    (runs(&cuts, &from, &best), tight)
}

/// Walks back from the last cut. No two of them touch: one interval over both holds at least the work of both, and it
/// was tried first, since it starts earlier.
fn runs(cuts: &[usize], from: &[Option<(usize, i64)>], best: &[Best]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut end = cuts.len().saturating_sub(1);
    while end > 0 {
        // Nothing better ended here: the best set is that of the cut before.
        let same = best[end] == best[end - 1];
        match from[end].filter(|_| !same) {
            Some((start, over)) => {
                runs.push(Run { from: cuts[start], to: cuts[end] - 1, over });
                end = start;
            }
            None => end -= 1,
        }
    }
    runs.reverse();
    runs
}

fn is_inside(window: &Window, run: &Run) -> bool {
    window.from >= run.from && window.to <= run.to
}

fn inside(windows: &[Window], run: &Run) -> Vec<RequestId> {
    let mut found: Vec<RequestId> = Vec::new();
    for window in windows.iter().filter(|window| is_inside(window, run)) {
        if !found.contains(&window.request) {
            found.push(window.request);
        }
    }
    found
}

/// How much of a run's excess there would not be if nothing were late.
fn displaced(windows: &[Window], run: &Run, days: &PersonDays) -> Minutes {
    // Only work inside this run: what is over elsewhere must not be counted against its own excess.
    let own: Vec<Window> = windows.iter().filter(|window| is_inside(window, run)).copied().collect();
    let (without, _) = search(&own, &|at| days.effective(at).0);
    Minutes(run.over - without.iter().map(|run| run.over).sum::<i64>())
}

fn late_inside(items: &[WorkItem], parts: &[super::lay::Parts], run: &Run) -> Vec<RequestId> {
    let is_in = |at: &usize| run.from <= *at && *at <= run.to;
    let mut found: Vec<RequestId> = items
        .iter()
        .zip(parts)
        .filter(|(item, parts)| item.is_late && parts.iter().any(|(at, _)| is_in(at)))
        .map(|(item, _)| item.request)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;
    use crate::domain::load::capacity::Team;
    use crate::domain::load::grid::CellState;
    use crate::domain::load::kit::{MONDAY, day, item, model_of, model_of_one, person};

    const TUESDAY: &str = "2026-11-24";

    fn verdict(items: Vec<WorkItem>) -> Verdict {
        model_of_one(items).verdict(PersonId(1))
    }

    fn forced(items: Vec<WorkItem>) -> Vec<(String, String, i64)> {
        let told = |it: ForcedOver| (it.from.to_string(), it.to.to_string(), it.over.rounded_hours());
        verdict(items).forced.into_iter().map(told).collect()
    }

    fn days(from: &str, to: &str, hours: i64) -> (String, String, i64) {
        (from.to_owned(), to.to_owned(), hours)
    }

    #[test]
    fn of_days_that_show_the_same_amount_the_fewest_are_told() {
        let (full, over) = (|on| item(1, 8, on, on), |on| item(2, 12, on, on));
        assert_eq!(forced(vec![over(MONDAY), full(TUESDAY)]), [days(MONDAY, MONDAY, 4)]);
        assert_eq!(forced(vec![full(MONDAY), over(TUESDAY)]), [days(TUESDAY, TUESDAY, 4)]);
        let both = vec![item(1, 12, MONDAY, MONDAY), item(2, 12, TUESDAY, TUESDAY)];
        assert_eq!(forced(both), [days(MONDAY, TUESDAY, 8)], "days beside each other are one run");
        let apart = vec![item(1, 12, MONDAY, MONDAY), item(2, 9, "2026-11-25", "2026-11-25")];
        assert_eq!(forced(apart), [days(MONDAY, MONDAY, 4), days("2026-11-25", "2026-11-25", 1)]);
    }

    #[test]
    fn tight_are_the_days_with_nothing_to_spare_and_work_in_them() {
        let tight = |items| verdict(items).tight;
        assert_eq!(tight(vec![item(1, 16, MONDAY, TUESDAY)]), [(day(MONDAY), day(TUESDAY))]);
        assert_eq!(tight(vec![item(1, 15, MONDAY, TUESDAY)]), []);
        // Late work fills Monday; what else there is has room elsewhere.
        let late = item(1, 8, "2026-11-16", "2026-11-20");
        let model =
            model_of_one(vec![late, item(2, 4, TUESDAY, "2026-11-25"), item(3, 8, MONDAY, "2026-11-27")]);
        assert_eq!(model.grid(day(MONDAY), 1).rows[0].cells[0].state, CellState::Fits);
    }

    #[test]
    fn only_late_work_that_lies_on_these_days_is_named() {
        let late = |request, to| item(request, 8, "2026-11-09", to);
        let before = || vec![late(1, "2026-11-18"), late(2, "2026-11-19"), late(3, "2026-11-20")];
        // They fill Monday, Tuesday and Wednesday in this order.
        let own = [before(), vec![item(4, 8, TUESDAY, TUESDAY)]].concat();
        let found = verdict(own).forced.remove(0);
        assert_eq!((found.over, found.displaced), (Minutes::hours(8), Minutes::hours(8)));
        assert_eq!(found.late, [RequestId(2)]);
    }

    #[test]
    fn late_work_of_a_role_is_told_though_it_is_never_over() {
        let mut role = person(1);
        role.is_role = true;
        let team = Team { people: &[role], absences: &[], holidays: &[] };
        let found = model_of(&team, vec![item(1, 99, "2026-11-09", "2026-11-20")]).verdict(PersonId(1));
        assert_eq!((found.late.len(), found.forced.len()), (1, 0));
    }
}
