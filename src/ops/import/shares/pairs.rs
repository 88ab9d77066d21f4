//! Which shares of a file are which that its source had before, among those of one person for one request.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::NaiveDate;

/// A share of before: its first day as its source said it, and its last one here.
pub(super) type KnownSpan = (Option<NaiveDate>, NaiveDate);

/// For each row, by its first day, the place of the share that it was before; nothing where it is new.
pub(super) fn same(rows: &[Option<NaiveDate>], known: &[KnownSpan], today: NaiveDate) -> Vec<Option<usize>> {
    let mut by_day: HashMap<Option<NaiveDate>, VecDeque<usize>> = HashMap::new();
    for (place, (day, _)) in known.iter().enumerate() {
        by_day.entry(*day).or_default().push_back(place);
    }
    // Looked for among all of them, those of a file that has one pair on every line would take the cube of its lines.
    let mut same: Vec<Option<usize>> =
        rows.iter().map(|day| by_day.get_mut(day).and_then(VecDeque::pop_front)).collect();
    let taken: HashSet<usize> = same.iter().flatten().copied().collect();
    // As many as before and other first days: a plan that was moved. The earliest is then still the earliest, and
    // nobody gets the same work a second time.
    let mut left: Vec<usize> = (0..known.len()).filter(|place| !taken.contains(place)).collect();
    let mut open: Vec<usize> = (0..rows.len()).filter(|row| same[*row].is_none()).collect();
    if rows.len() == known.len() {
        left.sort_by_key(|place| known[*place]);
        open.sort_by_key(|row| rows[*row]);
        for (row, place) in open.into_iter().zip(left) {
            // What is over was done: a plan that rolls on has new work from today on, with all of its hours.
            let is_over = known[place].1 < today && rows[row].is_some_and(|day| day >= today);
            same[row] = Some(place).filter(|_| !is_over);
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired_on(today: u32, rows: &[u32], known: &[u32]) -> Vec<Option<usize>> {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let rows: Vec<_> = rows.iter().map(|it| Some(day(*it))).collect();
        let week = |from: &u32| (Some(day(*from)), day(*from) + chrono::Days::new(4));
        same(&rows, &known.iter().map(week).collect::<Vec<_>>(), day(today))
    }

    fn paired(rows: &[u32], known: &[u32]) -> Vec<Option<usize>> {
        paired_on(1, rows, known)
    }

    #[test]
    fn a_plan_that_rolls_on_has_new_work_in_place_of_what_is_over() {
        assert_eq!(paired_on(23, &[23], &[16]), [None]);
        assert_eq!(paired_on(23, &[23, 30], &[16, 23]), [Some(1), None]);
        assert_eq!(paired_on(20, &[23], &[16]), [Some(0)], "it goes on today, so it was moved");
        assert_eq!(paired_on(23, &[17], &[16]), [Some(0)], "corrected");
    }

    #[test]
    fn the_first_day_tells_several_shares_apart() {
        assert_eq!(paired(&[30], &[23]), [Some(0)], "the only one may begin on another day");
        assert_eq!(paired(&[23, 30], &[30, 23]), [Some(1), Some(0)]);
        assert_eq!(paired(&[23, 30], &[23]), [Some(0), None], "one is new");
        assert_eq!(paired(&[30], &[23, 30]), [Some(1)], "one has vanished");
        assert_eq!(paired(&[30, 16], &[9, 16]), [Some(0), Some(1)]);
        assert_eq!(paired(&[17, 24], &[16, 23]), [Some(0), Some(1)], "the whole plan was moved");
        assert_eq!(paired(&[16, 16], &[16]), [Some(0), None]);
        assert_eq!(paired(&[27], &[16, 23]), [None], "it could be either");
    }

    #[test]
    fn as_many_rows_as_a_file_may_have_find_their_shares() {
        let days: Vec<Option<NaiveDate>> = vec![None; 50_000];
        let known = vec![(None, NaiveDate::MAX); 50_000];
        assert_eq!(same(&days, &known, NaiveDate::MIN), (0..days.len()).map(Some).collect::<Vec<_>>());
    }
}
