//! Each figure by hand-counted facts, and what a past span does not know.

use super::super::brief::{NAMES, is_name, numbers};
use super::super::*;
use crate::domain::ids::{DecisionId, PromiseId, RequestId};
use crate::domain::influence::Way;
use crate::domain::meeting::MeetingKind;
use crate::domain::record::TableRow;
use crate::domain::reflection::Touched;

use super::kit::*;

#[test]
fn numbers_are_counted_in_ninety_days_and_compared_only_where_both_sides_have_cases() {
    let given = of_each();
    let all = numbers(&given.facts());
    let said: Vec<(String, String, Option<String>)> =
        all.iter().map(|number| (number.name.clone(), number.said(), number.was())).collect();
    let line = |name: &str, said: &str, was: Option<&str>| (name.into(), said.into(), was.map(str::to_owned));
    let expected = [
        line("outcome:O-3", "9.5 days from brief to shelf", Some("13")),
        line("lead-time", "5 working days from ready to delivered", None),
        line("first-pass", "1 of 2 right first time", None),
        line("on-time", "2 of 2 kept the first date agreed", None),
        line("headroom", "4h of 6h freed a week redirected", None),
        line("strategy-share", "8h of 12h went into initiatives and new concepts", None),
        line("results-recorded", "1 of 2 with a measure have their result", None),
        line("caught", "1 of 1 caught before release", None),
        line("throughput", "2 delivered", None),
    ];
    assert_eq!(said, expected);
    assert!(all.iter().all(|number| is_name(&number.name)));
    assert!(NAMES.iter().all(|name| all.iter().any(|number| number.name == *name)));
    assert_eq!(all[2].now.rows, [RequestId(1), RequestId(2)].map(RecordKey::from));
    assert!(!all[2].is_worse(), "one of two after two of two is no fall that can be told");
    for number in &all {
        let sentence = number.sentence(&all);
        assert!(
            !sentence.contains("nothing to compare with yet") || !sentence.contains("sooner than"),
            "{sentence}"
        );
    }
    assert_eq!(numbers(&Given::default().facts()), []);
}

#[test]
fn a_fall_is_never_praised_and_a_rise_is() {
    let many = |start: i64, count: i64, rounds: u32| {
        (0..count).map(move |at| delivered(start + at, if start < 50 { at } else { 90 + at }, rounds))
    };
    let told = |now: u32, before: u32| {
        let work = many(1, 6, now).chain(many(60, 6, before)).collect();
        let given = Given { work, ..Given::default() };
        let all = numbers(&given.facts());
        all.iter().find(|number| number.name == "first-pass").unwrap().sentence(&all)
    };
    let fallen = told(1, 0);
    assert!(fallen.contains("0 % right first time, was 100 %"), "{fallen}");
    assert!(fallen.contains("came back from review") && !fallen.contains("no second round"), "{fallen}");
    assert!(told(0, 1).contains("more brand work needed no second round"), "{}", told(0, 1));
    let same = told(0, 0);
    assert!(same.contains("the part of brand work") && !same.contains("more brand work"), "{same}");
}

#[test]
fn an_outcome_that_moved_the_wrong_way_is_not_announced_by_its_promise() {
    let (outcome, mut readings) = spring();
    readings[0].value = 15.0;
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    let all = numbers(&given.facts());
    assert!(all[0].is_worse(), "15 days after 13");
    assert_eq!(all[0].meaning(), "the wrong way for Spring on shelf sooner");
}

#[test]
fn strategy_is_done_so_far_and_still_planned_and_says_what_was_not_kept() {
    // Today is Monday 23 November; the week before was kept from Wednesday on.
    let mut tentative = kept("2026-11-19", 3, 0, 8, 8);
    tentative.is_tentative = true;
    let mut unknown = kept("2026-11-19", 5, 0, 8, 8);
    unknown.is_unknown = true;
    let mut role = kept("2026-11-19", 4, 0, 8, 8);
    role.is_role = true;
    let given = Given {
        kept: KeptDays {
            first: Some(day("2026-11-18")),
            reconstructed: vec![day("2026-11-19")],
            shares: vec![
                kept("2026-11-18", 1, 0, 6, 2),
                kept("2026-11-19", 2, 3, 6, 6),
                tentative,
                unknown,
                role,
            ],
            ..KeptDays::default()
        },
        planned: vec![
            planned("2026-11-23", 1, 0, 4),
            planned("2026-11-24", 2, 3, 4),
            planned("2026-11-30", 2, 3, 40),
        ],
        capacity: vec![(day("2026-11-18"), Minutes::hours(8)), (day("2026-11-19"), Minutes::hours(8))],
        ..Given::default()
    };
    let facts = given.facts();
    let this_week = hours::strategy_share(&facts, span("2026-11-23", "2026-11-29"));
    assert_eq!((this_week.alone().as_str(), this_week.known().as_str()), ("4h of 8h (n 2)", ""));
    let last_week = hours::strategy_share(&facts, span("2026-11-16", "2026-11-22"));
    assert_eq!(last_week.alone(), "2h of 8h (n 2), recorded since Wed 18 Nov, 1 day taken from the plan");
    assert!(last_week.figure().definition.ends_with("recorded since Wed 18 Nov, 1 day taken from the plan"));
    assert_eq!(last_week.rows, [RequestId(1), RequestId(2)].map(RecordKey::from));
    let earlier = hours::strategy_share(&facts, span("2026-11-09", "2026-11-15"));
    assert_eq!((earlier.alone().as_str(), earlier.n), ("not recorded before Wed 18 Nov", 0));
    assert!(!earlier.is_known());
    assert_eq!(
        hours::tier_mix(&facts, span("2026-11-16", "2026-11-22")).map(|it| it.0 / 60),
        [2, 0, 0, 6, 0]
    );
    let used = hours::utilisation(&facts, span("2026-11-16", "2026-11-22"));
    assert_eq!(used.value, MeasuredValue::Hours(Minutes::hours(8), Minutes::hours(16)));
    let missed = hours::planned_not_done(&facts, span("2026-11-16", "2026-11-22"));
    assert_eq!(missed.value, MeasuredValue::Hours(Minutes::hours(4), Minutes::hours(12)));
    assert_eq!(missed.rows, [RequestId(1).into()], "only what was not done as planned");
    let both = hours::hours_on(&facts, span("2026-11-01", "2026-11-30"), &[RequestId(1)]);
    assert_eq!(both.minutes(), Minutes::hours(6), "two done in the month, four still planned");
}

#[test]
fn work_on_which_nothing_was_done_is_no_case_of_hours() {
    let shares = vec![kept("2026-11-18", 1, 0, 6, 6), kept("2026-11-18", 2, 0, 4, 0)];
    let given = Given {
        kept: KeptDays { first: Some(day("2026-11-01")), shares, ..KeptDays::default() },
        ..Given::default()
    };
    let share = hours::strategy_share(&given.facts(), span("2026-11-16", "2026-11-22"));
    assert_eq!((share.n, share.rows), (1, vec![RequestId(1).into()]));
}

#[test]
fn more_done_than_planned_makes_up_for_nothing_that_was_not_done() {
    let shares =
        [(1, 4, 1), (2, 4, 6), (3, 0, 5)].map(|(id, planned, done)| kept("2026-11-18", id, 0, planned, done));
    let given = Given {
        kept: KeptDays { first: Some(day("2026-11-01")), shares: shares.into(), ..KeptDays::default() },
        ..Given::default()
    };
    let missed = hours::planned_not_done(&given.facts(), span("2026-11-16", "2026-11-22"));
    assert_eq!(missed.value, MeasuredValue::Hours(Minutes::hours(3), Minutes::hours(8)));
    assert_eq!(missed.rows, [RequestId(1).into()]);
}

#[test]
fn a_weekend_before_the_first_kept_day_is_missed_by_nobody() {
    let shares = vec![kept("2026-11-16", 1, 0, 6, 6)];
    let given = Given {
        kept: KeptDays { first: Some(day("2026-11-16")), shares, ..KeptDays::default() },
        ..Given::default()
    };
    let from_saturday = hours::strategy_share(&given.facts(), span("2026-11-14", "2026-11-20"));
    assert_eq!(from_saturday.known(), "");
}

#[test]
fn shaped_counts_leadership_meetings_only_and_its_rows_are_those() {
    let leadership = |at: u32| {
        let touched = if at < 5 { Some(Touched::Framed) } else { Some(Touched::None) };
        room(&format!("2026-11-{:02}", at + 1), MeetingKind::Leadership, touched, (1, 0))
    };
    let mut rooms: Vec<Room> = (0..8).map(leadership).collect();
    rooms.push(room("2026-11-10", MeetingKind::Team, Some(Touched::Framed), (0, 0)));
    rooms.push(room("2026-11-11", MeetingKind::Stakeholder, Some(Touched::Changed), (2, 1)));
    let given = Given { rooms, ..Given::default() };
    let days = span("2026-11-01", "2026-11-30");
    let shaped = rooms::shaped(&given.facts(), days);
    assert_eq!((shaped.alone().as_str(), shaped.n, shaped.rows.len()), ("5 of 8, 63 %", 8, 8));
    let asked = rooms::expansion(&given.facts(), days);
    assert_eq!((asked.alone().as_str(), asked.n), ("10 of 11, 91 %", 11), "its cases are questions");
    assert_eq!(asked.rows.len(), 9, "its rows are the meetings in which some were counted");
    assert_eq!((asked.figure().n, asked.figure().value), (11, 91.0));
}

#[test]
fn promises_and_decisions_stand_as_they_stood_at_the_end_of_the_span() {
    let promise = |id, made: &str, due: &str, kept: Option<&str>| Promise {
        id: PromiseId(id),
        way: Way::To,
        due: Some(day(due)),
        kept: kept.map(day),
        ..Promise::blank(day(made))
    };
    let given = Given {
        promises: vec![
            promise(1, "2026-11-02", "2026-11-06", Some("2026-11-12")),
            promise(2, "2026-11-02", "2026-11-05", Some("2026-11-05")),
            promise(3, "2026-11-10", "2026-11-06", None),
            promise(4, "2026-11-02", "2026-11-08", Some("2026-11-08")),
        ],
        decisions: vec![Decision {
            id: DecisionId(1),
            decided: Some(day("2026-11-12")),
            changed: "moved it to spring".into(),
            ..Decision::blank(day("2026-11-03"))
        }],
        ..Given::default()
    };
    let facts = given.facts();
    let week = span("2026-11-02", "2026-11-08");
    let kept = influence::promises_kept(&facts, week);
    assert_eq!(
        (kept.alone().as_str(), kept.n),
        ("2 of 3", 3),
        "kept a week later, and made later, are not in it"
    );
    let open: Vec<i64> = given.promises.iter().filter(|it| it.was_open(week.to)).map(|it| it.id.0).collect();
    assert_eq!(open, [1]);
    assert!(given.decisions[0].was_open(week.to) && !given.decisions[0].was_open(day("2026-11-15")));
    assert_eq!(influence::decisions_touched(&facts, week).n, 0);
    assert_eq!(influence::decisions_touched(&facts, span("2026-11-09", "2026-11-15")).alone(), "1 of 1");
}

#[test]
fn what_is_dated_after_today_does_not_count_in_a_quarter_under_way() {
    let promise = |id, due: &str, kept: Option<&str>| Promise {
        id: PromiseId(id),
        way: Way::To,
        due: Some(day(due)),
        kept: kept.map(day),
        ..Promise::blank(day("2026-11-02"))
    };
    let decision = |id, decided: &str| Decision {
        id: DecisionId(id),
        decided: Some(day(decided)),
        ..Decision::blank(day("2026-11-03"))
    };
    let given = Given {
        promises: vec![
            promise(1, "2026-11-23", Some("2026-11-23")),
            promise(2, "2026-11-24", Some("2026-11-20")),
            promise(3, "2026-11-06", Some("2026-11-24")),
        ],
        decisions: vec![decision(1, "2026-11-23"), decision(2, "2026-11-24")],
        ..Given::default()
    };
    let quarter = span("2026-10-01", "2026-12-31");
    let kept = influence::promises_kept(&given.facts(), quarter);
    assert_eq!(kept.alone(), "1 of 2", "due tomorrow is not due, and what is kept tomorrow is not kept");
    assert_eq!(influence::decisions_touched(&given.facts(), quarter).alone(), "0 of 1");
}

#[test]
fn age_is_that_of_the_last_day_and_leaves_out_what_had_ended() {
    let open = |id, ready: i64| WorkFacts {
        stage: Stage::InProgress,
        delivered: None,
        ready: Some(ago(ready)),
        ..delivered(id, 0, 0)
    };
    let withdrawn = WorkFacts { stage: Stage::Withdrawn, stage_since: ago(14), ..open(3, 28) };
    let declined = WorkFacts { stage: Stage::Declined, stage_since: ago(10), ..open(5, 14) };
    let given = Given {
        work: vec![open(1, 28), delivered(2, 7, 0), withdrawn, declined, open(4, 3)],
        ..Given::default()
    };
    let age = |on: i64| flow::work_item_age(&given.facts(), Span::day(ago(on)));
    assert_eq!((age(0).short().as_str(), age(0).n), ("10.5 working days", 2));
    assert_eq!(age(0).span, Span::day(today()));
    let quarter = flow::work_item_age(&given.facts(), span("2026-10-01", "2026-12-31"));
    assert_eq!((quarter.span, quarter.n), (Span::day(today()), 2), "a quarter under way ends today");
    let then = age(10);
    assert_eq!(
        (then.short().as_str(), then.n),
        ("9 working days", 2),
        "R-2 was still open, R-3 and R-5 no longer, R-4 not yet"
    );
}

#[test]
fn what_was_ready_after_it_was_delivered_has_not_waited() {
    for (since, on, waited) in [(3, 3, 0), (4, 3, 1), (3, 6, 0)] {
        assert_eq!(flow::waited(&WorkCalendar::default(), ago(since), ago(on)), waited, "{since} {on}");
    }
}

#[test]
fn what_is_usual_needs_ten_cases_and_is_their_nearest_rank() {
    let cases: [(&[i64], Option<i64>); 4] = [
        (&[], None),
        (&[1, 1, 1, 1, 1, 1, 1, 1, 1], None),
        (&[10, 1, 2, 3, 4, 5, 6, 7, 8, 9], Some(9)),
        (&[1, 1, 1, 1, 1, 1, 1, 1, 1, 40], Some(1)),
    ];
    for (days, expected) in cases {
        assert_eq!(flow::p85(days.to_vec()), expected, "{days:?}");
    }
    // Eighty-five of a hundred.
    assert_eq!(flow::p85((1..=100).collect()), Some(85));
}

#[test]
fn what_is_dated_after_the_span_is_not_known_in_it() {
    let (outcome, readings) = spring();
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    let facts = given.facts();
    let outcome = &given.outcomes[0];
    let then = Span::trailing(ago(30), 30);
    assert_eq!(outcomes::stood(&facts, outcome, then).unwrap().short(), "12 d");
    assert_eq!(outcomes::progress(&facts, outcome, then).count, 2);
    let long_ago = Span::trailing(ago(120), 30);
    assert!(!outcomes::was_followed(&facts, outcome, long_ago.to));
    assert_eq!(outcomes::stood(&facts, outcome, long_ago), None);
}

#[test]
fn earlier_ways_of_an_outcome_are_those_of_the_span_before_its_newest_reading() {
    let (outcome, readings) = spring();
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    // From 14 to 9 days: 13 is a fifth of the way, 12 two.
    for (span, expected) in [
        (Span::trailing(today(), 90), vec![40]),
        (Span { from: ago(95), to: today() }, vec![20, 40]),
        (Span { from: ago(94), to: today() }, vec![40]),
        (Span { from: ago(100), to: ago(4) }, vec![20]),
        (Span::trailing(ago(4), 5), vec![]),
        (Span::trailing(ago(100), 5), vec![]),
    ] {
        assert_eq!(outcomes::earlier_ways(&given.facts(), &given.outcomes[0], span), expected, "{span:?}");
    }
}

#[test]
fn in_a_column_a_week_says_what_was_not_kept_and_what_had_nothing() {
    let hours = |part, whole| MeasuredValue::Hours(Minutes::hours(part), Minutes::hours(whole));
    for (value, n, said) in [
        (MeasuredValue::Unknown("not kept".to_owned()), 0, "–"),
        (hours(0, 0), 0, "·"),
        (hours(35, 42), 4, "35h"),
        (hours(21, 42), 5, "50 %"),
        (MeasuredValue::Amount(2.0, "d".to_owned()), 1, "2 d"),
    ] {
        let week = Measured::new(value, n, Span::week(today()), Vec::new(), "counted");
        assert_eq!(week.in_a_column(), said);
    }
}

#[test]
fn a_decision_is_changed_by_us_only_where_something_is_said_of_it() {
    let decision = |id, changed: &str| Decision {
        id: DecisionId(id),
        decided: Some(day("2026-11-10")),
        changed: changed.to_owned(),
        ..Decision::blank(day("2026-11-03"))
    };
    let decisions = vec![decision(1, "tbd"), decision(2, "n/a"), decision(3, "moved the launch by a week")];
    let given = Given { decisions, ..Given::default() };
    let touched = influence::decisions_touched(&given.facts(), span("2026-11-09", "2026-11-15"));
    assert_eq!(touched.alone(), "1 of 3");
}
