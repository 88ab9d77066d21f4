//! The order of requests by what stands in one of their columns.

use std::cmp::{Ordering, Reverse};

use super::FilterSubject;
use crate::domain::view::{Column, Order};
use crate::domain::words::fold;

/// Which of two requests comes first. What has nothing in the column comes last, whichever way round.
pub fn compare(order: Order, one: &FilterSubject<'_>, other: &FilterSubject<'_>) -> Ordering {
    match (order.is_reversed, in_column(order.column, one, other)) {
        (true, Compared::Values(ordering)) => ordering.reverse(),
        (_, Compared::Values(ordering) | Compared::Gap(ordering)) => ordering,
    }
}

/// How two rows stand to each other in a column.
enum Compared {
    Values(Ordering),
    /// One of them has nothing there.
    Gap(Ordering),
}

/// The most urgent, the newest or the highest first, as is usual for the column; texts by the alphabet.
fn in_column(column: Column, one: &FilterSubject<'_>, other: &FilterSubject<'_>) -> Compared {
    let text = |read: fn(&FilterSubject<'_>) -> String| {
        let (one, other) = (fold(&read(one)), fold(&read(other)));
        gap(Some(one).filter(|text| !text.is_empty()), Some(other).filter(|text| !text.is_empty()))
    };
    let (a, b) = (one.request, other.request);
    match column {
        Column::Key => Compared::Values(a.id.cmp(&b.id)),
        Column::Score => Compared::Values(other.score.total_cmp(&one.score)),
        Column::Created => Compared::Values(b.created.cmp(&a.created)),
        Column::Age => Compared::Values(other.age_days.cmp(&one.age_days)),
        Column::Stage => Compared::Values(a.stage.cmp(&b.stage)),
        Column::Readiness => Compared::Values(other.readiness.cmp(&one.readiness)),
        Column::Rounds => Compared::Values(b.rounds.cmp(&a.rounds)),
        Column::Due => gap(a.due, b.due),
        Column::Delivered => gap(a.delivered.map(Reverse), b.delivered.map(Reverse)),
        Column::Tier => Compared::Values(one.tier().cmp(&other.tier())),
        Column::Estimate => gap(a.estimate.map(Reverse), b.estimate.map(Reverse)),
        Column::Left => gap(one.left.map(Reverse), other.left.map(Reverse)),
        Column::Person => text(|row| row.people.first().cloned().unwrap_or_default()),
        Column::Title => text(|row| row.request.title.clone()),
        Column::Requester => text(|row| row.request.requester.clone()),
        Column::Brand => text(|row| row.request.brand.clone()),
        Column::Channel => text(|row| row.request.channel.clone()),
        Column::Outcome => text(|row| row.request.outcome.clone()),
        Column::Lever => gap(a.lever, b.lever),
        Column::Decider => text(|row| row.request.decider.clone()),
        Column::Source => text(|row| row.request.source.clone()),
    }
}

fn gap<T: Ord>(one: Option<T>, other: Option<T>) -> Compared {
    match (one, other) {
        (Some(one), Some(other)) => Compared::Values(one.cmp(&other)),
        (one, other) => Compared::Gap(one.is_none().cmp(&other.is_none())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::Request;
    use crate::domain::tier::Tier;

    #[test]
    fn what_has_nothing_in_the_column_comes_last_whichever_way_round() {
        let days = [None, Some("2026-12-01"), Some("2026-11-27")];
        let requests = days.map(|day| Request {
            due: day.and_then(|day| day.parse().ok()),
            ..Request::new("Film", chrono::DateTime::UNIX_EPOCH)
        });
        let subject = |request| FilterSubject {
            request,
            people: &[],
            danger: crate::domain::words::filter::Danger::default(),
            left: None,
            is_output_worded: false,
            is_private: false,
            readiness: 0,
            score: 0.0,
            age_days: 0,
            days: crate::domain::words::filter::RequestDays::default(),
            tier_guess: Tier::ALL[3],
        };
        for (order, expected) in [("due", [2, 1, 0]), ("-due", [1, 2, 0])] {
            let order: Order = order.parse().unwrap();
            let mut rows = [0, 1, 2];
            rows.sort_by(|one, other| compare(order, &subject(&requests[*one]), &subject(&requests[*other])));
            assert_eq!(rows, expected, "{order}");
        }
    }
}
