//! Which pairs of requests overlap, and in what.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn request(id: i64, title: &str) -> Request {
    Request { id: RequestId(id), ..Request::new(title, DateTime::UNIX_EPOCH) }
}

fn lines(requests: &[Request]) -> Vec<(Shared, Vec<i64>)> {
    let found = overlaps(&requests.iter().collect::<Vec<_>>(), today());
    found.into_iter().map(|overlap| (overlap.shared, overlap.keys.iter().map(|id| id.0).collect())).collect()
}

#[test]
fn the_same_audience_in_the_same_window() {
    let due = |days| Some(day::plus(today(), days));
    let with =
        |id, days| Request { audience: "Store buyers".into(), due: due(days), ..request(id, "Something") };
    assert_eq!(lines(&[with(1, 3), with(2, 15), with(3, 60)]), [(Shared::Audience, vec![1, 2])]);
    // Each is near its neighbour, yet the first and the last lie four weeks apart.
    let chain = [with(1, 0), with(2, 10), with(3, 20), with(4, 28)];
    let found =
        [(Shared::Audience, vec![1, 2]), (Shared::Audience, vec![2, 3]), (Shared::Audience, vec![3, 4])];
    assert_eq!(lines(&chain), found);
    assert_eq!(lines(&[with(1, 0), with(2, 5), with(3, 14)]), [(Shared::Audience, vec![1, 2, 3])]);
}

#[test]
fn a_decider_is_overloaded_within_two_weeks_not_by_what_is_long_late_or_far() {
    let of = |id, days| Request {
        decider: "Marcus".into(),
        due: Some(day::plus(today(), days)),
        ..request(id, "B")
    };
    assert_eq!(lines(&[of(1, -40), of(2, 3), of(3, 14)]), []);
    assert_eq!(lines(&[of(1, 0), of(2, 3), of(3, 14)]), [(Shared::Decider, vec![1, 2, 3])]);
    assert_eq!(lines(&[of(1, 0), of(2, 3), of(3, 15)]), []);
}

#[test]
fn one_launch_one_decider_one_missing_input() {
    let of = |id, who: &str| Request {
        tags: vec!["spring".into()],
        requester: who.into(),
        due: Some(day::plus(today(), id)),
        ..request(id, "A")
    };
    assert_eq!(lines(&[of(1, "Priya"), of(2, "Owen")]), [(Shared::Launch, vec![1, 2])]);
    assert_eq!(lines(&[of(1, "Priya"), of(2, "priya ")]), [], "one requester, twice");
    assert_eq!(lines(&[of(1, "Priya"), of(29, "Owen")]), [(Shared::Launch, vec![1, 29])]);
    assert_eq!(lines(&[of(1, "Priya"), of(30, "Owen")]), [], "no launch reaches over that many weeks");
    let undated = |id, who| Request { due: None, ..of(id, who) };
    assert_eq!(lines(&[of(1, "Priya"), undated(2, "Owen")]), [], "nobody knows whether they meet");
    let decided = |id| Request { decider: "Marcus".into(), stage: Stage::InReview, ..request(id, "B") };
    assert_eq!(lines(&[decided(1), decided(2), decided(3)]), [(Shared::Decider, vec![1, 2, 3])]);
    let waits = |id| Request { inputs: "Prices to follow".into(), ..request(id, "C") };
    assert_eq!(lines(&[waits(1), waits(2), waits(3)]), [(Shared::Input, vec![1, 2, 3])]);
}

#[test]
fn a_tag_of_priority_or_state_is_no_launch_and_long_lists_are_counted() {
    let of = |id, tag: &str| Request {
        tags: vec![tag.into()],
        requester: if id % 2 == 0 { "Priya" } else { "Owen" }.into(),
        due: Some(day::plus(today(), id)),
        ..request(id, "A")
    };
    for tag in ["priority-highest", "Priority: High", "status/In Progress", "P1", "urgent"] {
        assert_eq!(lines(&[of(1, tag), of(2, tag)]), [], "{tag}");
    }
    assert_eq!(lines(&[of(1, "high-street"), of(2, "high-street")]), [(Shared::Launch, vec![1, 2])]);
    let many: Vec<Request> = (1..=13).map(|id| of(id, "legal")).collect();
    assert_eq!(lines(&many), [], "what so many bear is a label");
    let many: Vec<Request> = (1..=12).map(|id| of(id, "spring")).collect();
    let found = overlaps(&many.iter().collect::<Vec<_>>(), today());
    assert!(found[0].line.ends_with("(R-1, R-2, R-3, R-4, R-5, 7 more)"), "{}", found[0].line);
    assert_eq!(found[0].keys.len(), 12, "all of them open from it");
}

#[test]
fn two_brands_that_ask_for_much_the_same() {
    let of = |id, title: &str, brand: &str| Request { brand: brand.into(), ..request(id, title) };
    let found = lines(&[
        of(1, "Spring loyalty mailer", "Harbour"),
        of(2, "Loyalty mailer, spring", "Lumen"),
        of(3, "Gift guide", "Lumen"),
    ]);
    assert_eq!(found, [(Shared::Ask, vec![1, 2])]);
    assert_eq!(
        lines(&[of(1, "Spring loyalty mailer", "Harbour"), of(2, "Loyalty mailer, spring", "harbour")]),
        []
    );
}

#[test]
fn closed_and_waiting_work_connects_nothing() {
    let of = |id, stage| Request { decider: "Marcus".into(), stage, due: Some(today()), ..request(id, "B") };
    assert_eq!(lines(&[of(1, Stage::Delivered), of(2, Stage::OnHold), of(3, Stage::Declined)]), []);
}

proptest! {
    #[test]
    fn no_titles_are_too_strange(titles in proptest::collection::vec("\\PC{0,30}", 0..12)) {
        let requests: Vec<Request> = titles.iter().enumerate().map(|(index, title)| Request { brand: format!("b{}", index % 3), ..request(i64::try_from(index).unwrap(), title) }).collect();
        let _ = overlaps(&requests.iter().collect::<Vec<_>>(), today());
    }
}
