//! Which shares of a file are which that its source had before, among those of one person for one request.

use chrono::NaiveDate;

/// For each row, by its first day, the place of the share that it was before; nothing where it is new.
pub(super) fn same(rows: &[Option<NaiveDate>], known: &[Option<NaiveDate>]) -> Vec<Option<usize>> {
    let mut same: Vec<Option<usize>> = vec![None; rows.len()];
    for (row, day) in rows.iter().enumerate() {
        same[row] = (0..known.len()).find(|place| known[*place] == *day && !same.contains(&Some(*place)));
    }
    // As many as before and other first days: a plan that was moved. The earliest is then still the earliest, and
    // nobody gets the same work a second time.
    let mut left: Vec<usize> = (0..known.len()).filter(|place| !same.contains(&Some(*place))).collect();
    let mut open: Vec<usize> = (0..rows.len()).filter(|row| same[*row].is_none()).collect();
    if rows.len() == known.len() {
        left.sort_by_key(|place| known[*place]);
        open.sort_by_key(|row| rows[*row]);
        for (row, place) in open.into_iter().zip(left) {
            same[row] = Some(place);
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(rows: &[u32], known: &[u32]) -> Vec<Option<usize>> {
        let days = |days: &[u32]| -> Vec<Option<NaiveDate>> {
            days.iter().map(|day| NaiveDate::from_ymd_opt(2026, 11, *day)).collect()
        };
        same(&days(rows), &days(known))
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
}
