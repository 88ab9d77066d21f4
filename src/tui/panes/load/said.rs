//! By how much somebody is over or late, and for which requests: as much of it as the column has room for, in one form
//! for all of its rows. A key is whole or not there.

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::load::{ForcedOver, LoadRow};
use crate::domain::minutes::Minutes;
use crate::plain;
use crate::tui::app::snapshot::Snapshot;

/// How much is said: first the minutes go, then the days, which the marks of the cells show too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fullness {
    /// `over 8h30m Thu–Fri: R-25 R-26`.
    Whole,
    /// `over 9h Thu–Fri: R-25 R-26`.
    Hours,
    /// `over 9h R-25+`.
    Short,
}

impl Fullness {
    const ALL: [Self; 3] = [Self::Whole, Self::Hours, Self::Short];

    /// The fullest in which everybody's words fit with two of their keys: more of them say less than days do.
    pub fn of(
        rows: &[&LoadRow],
        days: Option<(NaiveDate, NaiveDate)>,
        snapshot: &Snapshot,
        room: usize,
    ) -> Self {
        let fits = |form: &Self| {
            rows.iter().all(|row| {
                let over = days.and_then(|days| row.worst_in(days.0, days.1)).map(|worst| {
                    let (head, keys) = over_parts(worst, snapshot, *form);
                    listed(&head, &keys, "", KEYS)
                });
                let text = over
                    .or_else(|| late_parts(row, *form).map(|(head, keys)| listed(&head, &keys, "", KEYS)));
                text.is_none_or(|text| plain::width(&text) <= room)
            })
        };
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Short)
    }

    /// An amount in this form.
    pub fn amount(self, minutes: Minutes) -> String {
        match self {
            Self::Hours | Self::Short if minutes.0 >= 60 => format!("{}h", minutes.rounded_hours()),
            _ => minutes.to_string(),
        }
    }
}

/// So many keys are worth more than the days.
const KEYS: usize = 2;

/// The columns that the shortest words about being over or late take.
pub(super) fn least(row: &LoadRow, days: Option<(NaiveDate, NaiveDate)>, snapshot: &Snapshot) -> usize {
    let over = days
        .and_then(|days| row.worst_in(days.0, days.1))
        .map(|worst| over_parts(worst, snapshot, Fullness::Short));
    let parts = over.or_else(|| late_parts(row, Fullness::Short));
    parts.map_or(0, |(head, keys)| plain::width(&listed(&head, &keys, "", 1)))
}

/// How much somebody is over in some days.
pub(super) fn over_in(row: &LoadRow, (from, to): (NaiveDate, NaiveDate)) -> Minutes {
    row.over_in(from, to).map(|forced| forced.over).sum()
}

fn over_parts(worst: &ForcedOver, snapshot: &Snapshot, form: Fullness) -> (String, Vec<RequestId>) {
    let amount = form.amount(worst.over);
    let head = match form {
        Fullness::Short => format!("over {amount}"),
        _ => format!("over {amount} {}:", short_range(worst.from, worst.to, snapshot)),
    };
    (head, worst.culprits.clone())
}

/// `over 5h Thu 26–Fri 27 Nov: R-214 R-198`, of what lies in some days.
pub(super) fn over(
    row: &LoadRow,
    days: (NaiveDate, NaiveDate),
    snapshot: &Snapshot,
    (form, room): (Fullness, usize),
) -> Option<String> {
    let worst = row.worst_in(days.0, days.1)?;
    let (head, keys) = over_parts(worst, snapshot, form);
    if form == Fullness::Short {
        return Some(fitted(&head, &keys, "", room));
    }
    // Of the days that are shown, as the worst is: others are said beside their own days.
    let more = row.over_in(days.0, days.1).count().saturating_sub(1);
    let more = if more > 0 { format!(" (+{more})") } else { String::new() };
    let whole = format!("{more}{}", worst.because().unwrap_or_default());
    let said = listed(&head, &keys, &whole, usize::MAX);
    Some(if plain::width(&said) <= room { said } else { fitted(&head, &keys, "", room) })
}

/// `over 5h Thu 26–Fri 27 Nov: R-214 R-198`, wherever it is.
pub(super) fn over_anywhere(row: &LoadRow, snapshot: &Snapshot) -> Option<String> {
    over(row, (NaiveDate::MIN, NaiveDate::MAX), snapshot, (Fullness::Whole, usize::MAX))
}

/// What is late: its hours, or where nobody has said how many are left, only that.
fn late_parts(row: &LoadRow, form: Fullness) -> Option<(String, Vec<RequestId>)> {
    let known = row.verdict.late_minutes();
    // Only those are named whose hours are in the sum; without a sum, those of which nobody knows any.
    let named = row.verdict.late.iter().filter(|late| late.is_unknown != known.is_positive());
    let mut keys: Vec<RequestId> = named.map(|late| late.request).collect();
    keys.dedup();
    match (known.is_positive(), keys.is_empty()) {
        (true, _) => Some((format!("late {}", form.amount(known)), keys)),
        (false, false) => Some(("late ?h".to_owned(), keys)),
        (false, true) => None,
    }
}

/// `late 20h R-2`, or `late ?h R-5, hours left?` where nobody has said how much is left.
pub(super) fn late(row: &LoadRow, (form, room): (Fullness, usize)) -> Option<String> {
    let (head, keys) = late_parts(row, form)?;
    let asks = if row.verdict.late_minutes().is_positive() { "" } else { ", hours left?" };
    Some(fitted(&head, &keys, asks, room))
}

/// The head and as many keys as there is room for, with a plus for the others; the tail only behind all of them.
fn fitted(head: &str, keys: &[RequestId], tail: &str, room: usize) -> String {
    let whole = (!tail.is_empty()).then(|| listed(head, keys, tail, usize::MAX));
    let fewer = (1..=keys.len()).rev().map(|count| listed(head, keys, "", count));
    // What is over is seen in the cells; for whom it is, nowhere else.
    let word = head.split(' ').next().unwrap_or(head);
    let bare = [listed(word, keys, "", 1), head.trim_end_matches(':').to_owned()];
    let mut forms = whole.into_iter().chain(fewer).chain(bare);
    forms.find(|text| plain::width(text) <= room).unwrap_or_else(|| word.to_owned())
}

/// `over 8h R-25 R-26+`: at most so many keys.
fn listed(head: &str, keys: &[RequestId], tail: &str, count: usize) -> String {
    let shown: Vec<String> = keys.iter().take(count).map(ToString::to_string).collect();
    let more = if keys.len() > count { "+" } else { "" };
    let gap = if shown.is_empty() { "" } else { " " };
    format!("{head}{gap}{}{more}{tail}", shown.join(" "))
}

/// Weekdays alone within the days shown, dates beyond.
fn short_range(from: NaiveDate, to: NaiveDate, snapshot: &Snapshot) -> String {
    let near = (to - snapshot.today()).num_days() < 7 && day::monday(from) == day::monday(to);
    match (near, from == to) {
        (true, true) => from.format("%a").to_string(),
        (true, false) => format!("{}–{}", from.format("%a"), to.format("%a")),
        (false, _) => day::day_range_near(from, to, snapshot.today()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fitted, listed};
    use crate::domain::ids::RequestId;
    use crate::plain;

    #[test]
    fn keys_go_before_they_are_cut() {
        let keys = [37, 61, 204].map(RequestId);
        let said = |room| fitted("over 13h", &keys, "", room);
        let rooms = [30, 20, 15, 14, 13, 9, 8, 6];
        let expected = [
            "over 13h R-37 R-61 R-204",
            "over 13h R-37 R-61+",
            "over 13h R-37+",
            "over 13h R-37+",
            "over R-37+",
            "over 13h",
            "over 13h",
            "over",
        ];
        assert_eq!(rooms.map(said), expected.map(str::to_owned));
    }

    proptest! {
        #[test]
        fn a_key_is_whole_or_not_there(keys in prop::collection::vec(1u32..2000, 0..5), head in "(over|late) [1-9]{1,3}h", tail in "|, hours left\\?", room in 4usize..60) {
            let keys: Vec<RequestId> = keys.into_iter().map(|key| RequestId(key.into())).collect();
            let text = fitted(&head, &keys, &tail, room);
            prop_assert!(plain::width(&text) <= room, "{text}");
            let named = text.split(' ').filter(|word| word.starts_with("R-"));
            for (named, key) in named.zip(&keys) {
                prop_assert_eq!(named.trim_end_matches(['+', ',']), key.to_string());
            }
            // What there is room for is said.
            prop_assert!(plain::width(&listed(&head, &keys, &tail, usize::MAX)) > room || text.ends_with(&tail));
            prop_assert!(keys.is_empty() || plain::width(&listed(&head, &keys, "", 1)) > room || text.contains("R-"));
        }
    }
}
