//! Each figure counted by hand over few facts, and how it is printed. Today is Monday 23 November 2026.

use super::super::*;
use super::kit::{Given, ago, day, delivered, kept, planned, room, span, spring, today};
use crate::domain::ids::{GainId, OutcomeId, RedirectId, RiskId};
use crate::domain::influence::RiskEnd;
use crate::domain::kept::KeptDays;
use crate::domain::lever::Lever;
use crate::domain::meeting::MeetingKind;
use crate::domain::person::Holiday;
use crate::domain::record::TableRow;

fn lately() -> Span {
    Span::trailing(today(), LATELY)
}

fn of_work(work: Vec<WorkFacts>, figure: impl Fn(&Facts<'_>, Span) -> Measured) -> String {
    figure(&Given { work, ..Given::default() }.facts(), lately()).alone()
}

#[test]
fn first_pass_is_of_what_was_worked_on_and_on_time_of_what_had_a_date() {
    let never_begun = WorkFacts { started: None, ..delivered(3, 5, 0) };
    let no_date = WorkFacts { agreed: None, ..delivered(4, 5, 0) };
    let too_late = WorkFacts { agreed: Some(ago(6)), ..delivered(5, 5, 2) };
    let work = || {
        vec![delivered(1, 5, 0), delivered(2, 5, 1), never_begun.clone(), no_date.clone(), too_late.clone()]
    };
    assert_eq!(of_work(work(), flow::first_pass), "2 of 4");
    assert_eq!(of_work(work(), flow::on_time), "3 of 4", "on its very day is on time");
    assert_eq!(of_work(work(), flow::throughput), "5 (n 5)");
    assert_eq!(of_work(Vec::new(), flow::first_pass), "none");
}

#[test]
fn results_are_of_what_declared_a_measure() {
    let none_declared = WorkFacts { has_measure: false, has_result: true, ..delivered(3, 5, 0) };
    let work = vec![delivered(1, 5, 0), delivered(2, 5, 1), none_declared];
    assert_eq!(of_work(work, flow::results), "1 of 2");
}

#[test]
fn only_what_was_delivered_within_the_days_counts() {
    let ages = [0, 89, 90];
    let work = || ages.iter().map(|age| delivered(*age + 1, *age, 0)).collect::<Vec<_>>();
    assert_eq!(of_work(work(), flow::throughput), "2 (n 2)", "today and 89 days ago are ninety days");
    let tomorrow = WorkFacts { delivered: Some(ago(-1)), ..delivered(9, 0, 0) };
    let given = Given { work: vec![tomorrow], ..Given::default() };
    let this_month = span("2026-11-01", "2026-11-30");
    assert_eq!(flow::throughput(&given.facts(), this_month).n, 0, "what is still to come happened to nobody");
}

#[test]
fn lead_time_is_the_median_of_working_days_from_ready_to_delivered() {
    let taken = |id, ready: &str, delivered_on: &str| WorkFacts {
        ready: Some(day(ready)),
        delivered: Some(day(delivered_on)),
        ..delivered(id, 0, 0)
    };
    // Friday to Monday is one working day, Monday to Friday four.
    let mut work = vec![taken(1, "2026-11-06", "2026-11-09"), taken(2, "2026-11-09", "2026-11-13")];
    assert_eq!(of_work(work.clone(), flow::lead_time), "2.5 working days (n 2)");
    work.push(taken(3, "2026-11-02", "2026-11-20"));
    work.push(WorkFacts { ready: None, ..delivered(4, 1, 0) });
    assert_eq!(
        of_work(work.clone(), flow::lead_time),
        "4 working days (n 3)",
        "what was never ready has none"
    );
    let free = Holiday {
        id: crate::domain::ids::HolidayId(1),
        name: "Company day".into(),
        from: day("2026-11-11"),
        to: day("2026-11-11"),
        brought: String::new(),
    };
    let given = Given { work, calendar: WorkCalendar::new(&[free]), ..Given::default() };
    assert_eq!(flow::lead_time(&given.facts(), lately()).short(), "3 working days");
}

#[test]
fn time_that_people_have_is_counted_on_the_days_of_the_span_only() {
    let given = Given {
        kept: KeptDays { first: Some(day("2026-11-01")), ..KeptDays::default() },
        planned: vec![
            planned("2026-11-23", 1, 3, 6),
            planned("2026-11-29", 2, 0, 4),
            planned("2026-11-30", 3, 0, 9),
        ],
        capacity: ["2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30"]
            .map(|on| (day(on), Minutes::hours(8)))
            .into(),
        ..Given::default()
    };
    let week = span("2026-11-23", "2026-11-29");
    let used = hours::utilisation(&given.facts(), week);
    assert_eq!((used.alone().as_str(), used.narrow().as_str()), ("10h of 16h (n 2)", "10h of 16h"));
    assert_eq!(
        hours::strategy_share(&given.facts(), week).value,
        MeasuredValue::Hours(Minutes::hours(4), Minutes::hours(10))
    );
    assert_eq!(hours::tier_mix(&given.facts(), week).map(|minutes| minutes.0 / 60), [4, 0, 0, 6, 0]);
}

#[test]
fn what_was_done_counts_until_yesterday_and_what_is_planned_from_today_on() {
    let given = Given {
        kept: KeptDays {
            first: Some(day("2026-11-01")),
            // A day that was kept too soon, by a wrong clock: today is still to come.
            shares: vec![kept("2026-11-22", 1, 0, 3, 3), kept("2026-11-23", 1, 0, 5, 5)],
            ..KeptDays::default()
        },
        planned: vec![planned("2026-11-22", 2, 3, 7), planned("2026-11-23", 2, 3, 2)],
        ..Given::default()
    };
    let share = hours::strategy_share(&given.facts(), span("2026-11-16", "2026-11-29"));
    assert_eq!(share.value, MeasuredValue::Hours(Minutes::hours(3), Minutes::hours(5)));
    assert_eq!(share.minutes(), Minutes::hours(3));
    let missed = hours::planned_not_done(&given.facts(), span("2026-11-16", "2026-11-29"));
    assert_eq!((missed.alone().as_str(), missed.rows.len()), ("none", 0), "all of it was done");
}

#[test]
fn of_hours_nobody_kept_the_first_known_day_is_told() {
    let strategy = |first: Option<&str>, from: &str, to: &str| {
        let kept = KeptDays { first: first.map(day), ..KeptDays::default() };
        hours::strategy_share(&Given { kept, ..Given::default() }.facts(), span(from, to)).alone()
    };
    assert_eq!(strategy(Some("2026-11-18"), "2026-11-18", "2026-11-22"), "none");
    assert_eq!(strategy(Some("2026-11-18"), "2026-11-16", "2026-11-22"), "none, recorded since Wed 18 Nov");
    assert_eq!(strategy(Some("2026-11-18"), "2026-11-16", "2026-11-18"), "none, recorded since Wed 18 Nov");
    assert_eq!(strategy(Some("2026-11-18"), "2026-11-16", "2026-11-17"), "not recorded before Wed 18 Nov");
    assert_eq!(strategy(None, "2026-11-16", "2026-11-20"), "not recorded before Mon 23 Nov");
    assert_eq!(strategy(Some("2026-11-18"), "2026-11-14", "2026-11-15"), "none", "nor is one of its own");
    assert_eq!(strategy(Some("2026-11-18"), "2025-11-16", "2025-11-20"), "not recorded before Wed 18 Nov");
    let by_wrong_clock = strategy(Some("2026-11-30"), "2026-11-16", "2026-11-20");
    assert_eq!(by_wrong_clock, "not recorded before Mon 23 Nov", "no day to come is a day that was kept");
    assert_eq!(strategy(None, "2026-11-21", "2026-11-29"), "none", "a weekend is missed by nobody");
}

#[test]
fn time_of_days_that_nobody_recorded_is_no_part_of_what_there_was() {
    let used = |kept: KeptDays, from: &str, to: &str| {
        let days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
        let capacity = days.map(|on| (day(on), Minutes::hours(8))).into();
        let given = Given { kept, capacity, ..Given::default() };
        hours::utilisation(&given.facts(), span(from, to)).alone()
    };
    let worked = vec![kept("2026-11-18", 1, 0, 8, 8), kept("2026-11-19", 1, 0, 8, 8)];
    let begun = KeptDays { first: Some(day("2026-11-18")), shares: worked, ..KeptDays::default() };
    assert_eq!(
        used(begun.clone(), "2026-11-16", "2026-11-22"),
        "16h of 24h (n 1), recorded since Wed 18 Nov"
    );
    let away = KeptDays { waits: vec![(day("2026-11-20"), day("2026-12-31"))], ..begun };
    assert_eq!(used(away.clone(), "2026-11-18", "2026-11-22"), "16h of 16h (n 1), Fri 20 Nov not recorded");
    assert_eq!(
        used(away, "2026-11-20", "2026-11-22"),
        "not recorded from Fri 20 Nov on: not used for too long"
    );
}

fn gain(id: i64, hours: i64, from: i64) -> Gain {
    Gain {
        id: GainId(id),
        hours: Minutes::hours(hours),
        from_day: ago(from),
        baseline: Minutes::hours(9),
        baseline_on: ago(from + 7),
        ..Gain::blank(today())
    }
}

fn redirect(id: i64, hours: i64, from: i64, to: Option<i64>) -> Redirect {
    Redirect {
        id: RedirectId(id),
        gain_id: GainId(1),
        target: key(Kind::Outcome, 3),
        hours: Minutes::hours(hours),
        from_day: ago(from),
        to_day: to.map(ago),
        ..Redirect::blank(today())
    }
}

#[test]
fn headroom_is_a_balance_on_the_last_day() {
    let given = Given {
        gains: vec![gain(1, 6, 20), gain(2, 4, -3)],
        redirects: vec![redirect(1, 2, 10, None), redirect(2, 3, 10, Some(1))],
        ..Given::default()
    };
    let on = |span: Span| headroom::headroom(&given.facts(), span);
    assert_eq!(
        on(lately()).alone(),
        "2h of 6h (n 1)",
        "the other change has not come yet, one redirect is over"
    );
    assert_eq!(on(Span::trailing(ago(1), 90)).alone(), "5h of 6h (n 1)");
    assert_eq!(on(Span::trailing(ago(15), 90)).alone(), "0h of 6h (n 1)");
    assert_eq!(on(Span::trailing(ago(21), 90)).alone(), "none", "before anything was freed");
    assert_eq!(on(span("2026-11-01", "2026-12-31")).span, Span::day(today()), "nobody knows later days");
    assert_eq!(on(lately()).rows, [key(Kind::Gain, 1), key(Kind::Redirect, 1)]);
}

#[test]
fn redirected_hours_are_those_of_the_weeks_that_they_held_and_add_up() {
    let brought = |redirects: Vec<Redirect>, span: Span| {
        headroom::redirected(&Given { redirects, ..Given::default() }.facts(), span).alone()
    };
    // Seven hours a week over ten days are ten hours; over nine days nine.
    assert_eq!(brought(vec![redirect(1, 7, 9, None)], lately()), "10h (n 1)");
    assert_eq!(brought(vec![redirect(1, 7, 9, Some(1))], lately()), "9h (n 1)");
    assert_eq!(brought(vec![redirect(1, 7, 9, None)], Span::trailing(today(), 3)), "3h (n 1)");
    assert_eq!(brought(vec![redirect(1, 1, 3, None)], lately()), "34m (n 1)", "four days of a week");
    assert_eq!(brought(vec![redirect(1, 6, 10, None)], lately()), "9h26m (n 1)", "to the nearest minute");
    // Three hours a week over eleven days: whole hours of each redirect lost an hour and three quarters.
    let three = (1..=3).map(|id| redirect(id, 1, 10, None)).collect();
    assert_eq!(brought(three, lately()), "4h42m (n 3)");
    assert_eq!(brought(vec![redirect(1, 7, -2, None)], lately()), "0h (n 0)", "still to come");
}

#[test]
fn redirected_hours_of_a_quarter_under_way_end_today() {
    let given = Given { redirects: vec![redirect(1, 7, 9, None)], ..Given::default() };
    let quarter = span("2026-10-01", "2026-12-31");
    let of_all = headroom::redirected(&given.facts(), quarter);
    assert_eq!((of_all.alone().as_str(), of_all.span.to), ("10h (n 1)", today()));
    // The review of a quarter lists them one by one and must come to the same sum.
    let one_by_one = headroom::brought(&given.facts(), quarter);
    assert_eq!(one_by_one.iter().map(|(_, hours)| *hours).sum::<Minutes>(), Minutes::hours(10));
}

#[test]
fn what_a_change_freed_says_of_what() {
    let freed = headroom::freed(&gain(1, 6, 20), Vec::new(), today());
    assert_eq!((freed.short().as_str(), freed.span), ("6h a week", Span { from: ago(20), to: today() }));
    assert!(
        freed.definition.ends_with("of a frozen baseline of 9h a week on Tue 27 Oct"),
        "{}",
        freed.definition
    );
    let to_come = headroom::freed(&gain(2, 4, -3), Vec::new(), today());
    assert_eq!(to_come.span, Span::day(ago(-3)), "it cannot end before it begins");
}

fn risk(id: i64, end: Option<RiskEnd>, ended: i64) -> Risk {
    Risk { id: RiskId(id), end, ended: end.map(|_| ago(ended)), ..Risk::blank(ago(30)) }
}

#[test]
fn caught_is_of_what_was_caught_or_happened() {
    let risks = vec![
        risk(1, Some(RiskEnd::Caught), 3),
        risk(2, Some(RiskEnd::Happened), 3),
        risk(3, None, 3),
        risk(4, Some(RiskEnd::Caught), 200),
        risk(5, Some(RiskEnd::Caught), -1),
    ];
    let given = Given { risks, ..Given::default() };
    let caught = influence::caught(&given.facts(), span("2026-08-26", "2026-12-31"));
    assert_eq!((caught.alone().as_str(), caught.rows.len()), ("1 of 2", 2));
}

#[test]
fn a_risk_is_raised_in_time_until_its_very_day() {
    let raised = |id, raised: i64, by: Option<i64>| Risk {
        raised: Some(ago(raised)),
        raise_by: by.map(ago),
        ..risk(id, None, 0)
    };
    let risks =
        vec![raised(1, 5, Some(5)), raised(2, 4, Some(5)), raised(3, 4, None), raised(4, 300, Some(299))];
    let given = Given { risks, ..Given::default() };
    let in_time = influence::raised_in_time(&given.facts(), lately());
    assert_eq!(in_time.n, 2);
    let half = MeasuredValue::Share(Share { part: 1, whole: 2 });
    assert_eq!(in_time.value, half, "without a day none is in time or late");
}

#[test]
fn a_stance_is_the_latest_of_few_and_the_median_of_five() {
    let stood = |stances: &[u8]| {
        let rooms: Vec<Room> = stances
            .iter()
            .map(|stance| {
                let mut room = room("2026-11-10", MeetingKind::Team, None, (0, 0));
                room.entry.reflection.stance = *stance;
                room
            })
            .collect();
        let entries: Vec<&ReflectionEntry> = rooms.iter().map(|room| &room.entry).collect();
        let measured = rooms::stance(&entries, lately(), "theirs");
        (measured.short(), measured.definition)
    };
    assert_eq!(stood(&[1, 2, 5, 2]), ("2".to_owned(), "latest stance, theirs".to_owned()));
    assert_eq!(stood(&[1, 5, 5, 1, 4]), ("4".to_owned(), "median stance, theirs".to_owned()));
}

#[test]
fn if_thens_and_predictions_are_of_those_that_were_looked_back_at() {
    let told = |kept: Option<bool>, predicted: u32, came_up: &[&str]| {
        let mut room = room("2026-11-10", MeetingKind::Leadership, None, (0, 0));
        room.entry.reflection.kept = kept;
        room.entry.reflection.came_up = came_up.iter().map(|question| (*question).to_owned()).collect();
        Room { predicted, ..room }
    };
    let rooms = vec![
        told(Some(true), 2, &["Why now?"]),
        told(Some(false), 0, &[]),
        told(Some(true), 0, &[]),
        // Three came up of two: questions were deleted since.
        told(None, 2, &["Why?", "When?", "Who?"]),
    ];
    let given = Given { rooms, ..Given::default() };
    assert_eq!(rooms::if_thens(&given.facts(), lately()).alone(), "2 of 3");
    let anticipated = rooms::anticipated(&given.facts(), lately());
    assert_eq!((anticipated.alone().as_str(), anticipated.rows.len()), ("3 of 4", 2));
}

#[test]
fn questions_are_of_the_rooms_in_which_they_were_counted() {
    let counted = |questions| room("2026-11-10", MeetingKind::Leadership, None, questions);
    let given = Given { rooms: vec![counted((1, 1)), counted((0, 2)), counted((0, 0))], ..Given::default() };
    let asked = rooms::expansion(&given.facts(), lately());
    assert_eq!((asked.alone().as_str(), asked.rows.len()), ("1 of 4", 2), "as many of each is counted too");
}

#[test]
fn asks_are_of_one_person_in_the_span() {
    let ask = |who: &str, on: i64, is_framed| Ask { who: who.to_owned(), on: ago(on), is_framed };
    let own = [ask("mara", 1, true), ask("m. lind", 2, false), ask("mara", 91, true)];
    assert_eq!(asks::framed(&own.each_ref(), lately()), Share { part: 1, whole: 2 });
    assert_eq!(asks::framed(&[], lately()), Share::default());
}

#[test]
fn an_outcome_is_read_in_the_span_and_compared_with_the_reading_before_it() {
    let (outcome, readings) = spring();
    let given = Given { outcomes: vec![outcome], readings: readings.into(), ..Given::default() };
    let facts = given.facts();
    let outcome = &given.outcomes[0];
    let now = outcomes::reading(&facts, outcome, lately()).unwrap();
    assert_eq!(
        (now.alone().as_str(), now.rows.as_slice()),
        ("9.5 d (n 2)", [key(Kind::Outcome, 3)].as_slice())
    );
    let was = outcomes::before(&facts, outcome, lately()).unwrap();
    assert_eq!((was.alone().as_str(), was.span), ("13 d (n 1)", Span::day(ago(95))));
    let first = outcomes::before(&facts, outcome, Span::trailing(ago(95), 2)).unwrap();
    assert_eq!((first.short().as_str(), first.span), ("14 d", Span::day(ago(100))), "its frozen baseline");
    let on_its_day = outcomes::before(&facts, outcome, Span { from: ago(95), to: ago(90) }).unwrap();
    assert_eq!(on_its_day.short(), "14 d", "a reading of the first day is one of these days");
    assert_eq!(
        outcomes::reading(&facts, outcome, Span::trailing(ago(50), 10)),
        None,
        "nobody read it in these days"
    );
    let stood = outcomes::stood(&facts, outcome, Span::trailing(ago(50), 10)).unwrap();
    assert_eq!((stood.short().as_str(), stood.span), ("13 d", Span { from: ago(100), to: ago(95) }));
}

#[test]
fn an_outcome_is_followed_from_its_baseline_until_it_is_closed() {
    let (outcome, _) = spring();
    let closed = Outcome { closed: Some(ago(10)), ..outcome.clone() };
    let given = Given { outcomes: vec![outcome, closed], ..Given::default() };
    let was = |at: usize, days: i64| outcomes::was_followed(&given.facts(), &given.outcomes[at], ago(days));
    assert_eq!([101, 100, 0].map(|days| was(0, days)), [false, true, true]);
    assert_eq!([11, 10, 0].map(|days| was(1, days)), [true, false, false], "closed on the day itself");
    let within = |from, days| {
        outcomes::was_followed_in(&given.facts(), &given.outcomes[1], Span::trailing(ago(from), days))
    };
    assert!(within(10, 7), "closed on its last day");
    assert!(within(8, 3), "closed on its first day");
    assert!(!within(7, 3), "closed before it");
    let to_come = Outcome { id: OutcomeId(4), ..Outcome::blank(ago(-5)) };
    assert!(outcomes::was_followed(&given.facts(), &to_come, today()), "what is followed today has begun");
}

#[test]
fn a_reading_before_the_baseline_begins_its_own_outcome_and_no_other() {
    let (outcome, _) = spring();
    let other = Outcome { id: OutcomeId(4), ..outcome.clone() };
    let early = Reading { outcome_id: outcome.id, day: ago(120), ..Reading::blank(today()) };
    let given = Given { outcomes: vec![outcome, other], readings: vec![early], ..Given::default() };
    let was = |at: usize, days: i64| outcomes::was_followed(&given.facts(), &given.outcomes[at], ago(days));
    assert_eq!([121, 120].map(|days| was(0, days)), [false, true]);
    assert_eq!([120, 101, 100].map(|days| was(1, days)), [false, false, true]);
}

#[test]
fn speed_is_told_by_outcomes_that_were_read_and_priced_only_by_their_owner() {
    let (outcome, readings) = spring();
    let speed = |outcome: Outcome| {
        let given = Given { outcomes: vec![outcome], readings: readings.clone().into(), ..Given::default() };
        levers::levers(&given.facts(), lately()).remove(0)
    };
    let unpriced = speed(outcome.clone());
    assert_eq!((unpriced.text.as_str(), unpriced.measured.n), ("9.5 d, was 14 d", 1));
    let priced = Outcome { value_per_day: Some(200.0), ..outcome.clone() };
    assert_eq!(speed(priced).text, "9.5 d, was 14 d · 4.5 days gained at 200 a day: 900");
    let other = Outcome { lever: Some(Lever::RiskReduction), ..outcome.clone() };
    assert_eq!(speed(other).text, "days gained: no reading yet");
    let unfrozen = Outcome { baseline: None, ..outcome };
    assert_eq!(speed(unfrozen).text, "days gained: no reading yet");
}

#[test]
fn names_of_numbers_are_the_fixed_ones_and_those_of_outcomes() {
    for (name, is_one) in [
        ("first-pass", true),
        ("throughput", true),
        ("outcome:O-1", true),
        ("outcome:R-1", false),
        ("outcome:", false),
        ("O-1", false),
        ("First-Pass", false),
    ] {
        assert_eq!(brief::is_name(name), is_one, "{name}");
    }
}

#[test]
fn a_figure_prints_by_one_rule_wherever_it_stands() {
    let of = |value: MeasuredValue, n: usize| Measured::new(value, n, lately(), Vec::new(), "counted");
    let hours = |part, whole, n| of(MeasuredValue::Hours(Minutes(part), Minutes(whole)), n);
    let told = |measured: &Measured| (measured.short(), measured.narrow(), measured.alone());
    let texts = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(told(&hours(90, 600, 4)), texts("1h30m of 10h", "1h30m of 10h", "1h30m of 10h (n 4)"));
    assert_eq!(told(&hours(90, 600, 5)), texts("15 % of 10h", "15 %", "15 % of 10h (n 5)"));
    assert_eq!(told(&hours(0, 0, 0)), texts("0h", "0h", "none"));
    let amount = |unit: &str, n| of(MeasuredValue::Amount(66.5, unit.to_owned()), n);
    assert_eq!(told(&amount("", 1)), texts("66.5", "66.5", "66.5 (n 1)"));
    assert_eq!(told(&amount("%", 4)), texts("66.5 %", "66.5 %", "66.5 % (n 4)"));
    let unknown = of(MeasuredValue::Unknown("not kept".to_owned()), 9);
    assert_eq!(told(&unknown), texts("not kept", "not kept", "not kept"));
    assert_eq!(
        (unknown.is_known(), amount("", 0).is_known(), amount("", 1).is_known()),
        (false, false, true)
    );
}

#[test]
fn a_receipt_says_the_value_as_the_text_does_and_from_which_amounts() {
    let of =
        |value: MeasuredValue, n: usize| Measured::new(value, n, lately(), Vec::new(), "counted").figure();
    let told = |figure: &crate::domain::document::Figure| {
        (figure.value, figure.unit.clone(), figure.definition.clone())
    };
    let hours = |part, whole| MeasuredValue::Hours(Minutes::hours(part), Minutes::hours(whole));
    let text = |value: f64, unit: &str, definition: &str| (value, unit.to_owned(), definition.to_owned());
    assert_eq!(told(&of(hours(3, 12), 4)), text(3.0, "h of 12h", "counted"));
    assert_eq!(told(&of(hours(3, 12), 5)), text(25.0, "%", "counted: 3h of 12h"));
    let share = Measured::share(Share { part: 2, whole: 6 }, lately(), Vec::new(), "counted").figure();
    assert_eq!((told(&share), share.n), (text(33.0, "%", "counted: 2 of 6"), 6));
    let few = Measured::share(Share { part: 2, whole: 4 }, lately(), Vec::new(), "counted").figure();
    assert_eq!(told(&few), text(2.0, "of 4", "counted"));
    let unknown = of(MeasuredValue::Unknown("not kept".to_owned()), 0);
    assert_eq!(told(&unknown), text(0.0, "", "counted; not kept"));
    assert_eq!((unknown.from, unknown.to), (Some(ago(89)), Some(today())));
}

#[test]
fn a_level_compares_shares_between_nothing_and_one_and_amounts_as_they_are() {
    for (value, level) in [
        (MeasuredValue::Share(Share { part: 1, whole: 4 }), 0.25),
        (MeasuredValue::Share(Share::default()), 0.0),
        (MeasuredValue::Hours(Minutes::hours(3), Minutes::hours(4)), 0.75),
        (MeasuredValue::Hours(Minutes::hours(3), Minutes::ZERO), 0.0),
        (MeasuredValue::Amount(-2.5, "d".to_owned()), -2.5),
        (MeasuredValue::Unknown(String::new()), 0.0),
    ] {
        assert!((value.level() - level).abs() < f64::EPSILON, "{value:?}");
    }
}

#[test]
fn a_change_is_told_only_of_two_percentages_and_the_middle_of_two_is_their_mean() {
    let (few, many) = (Share { part: 3, whole: 4 }, Share { part: 3, whole: 9 });
    assert_eq!(many.after(many), ", 3 of 9, 33 % before");
    assert_eq!((many.after(few), few.after(many)), (String::new(), String::new()));
    for (days, middle) in [
        (vec![], None),
        (vec![7], Some(7.0)),
        (vec![9, 1], Some(5.0)),
        (vec![9, 1, 2], Some(2.0)),
        (vec![1, 2, 4, 40], Some(3.0)),
    ] {
        assert_eq!(median(days.clone()), middle, "{days:?}");
    }
}
