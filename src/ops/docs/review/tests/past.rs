//! Weeks that are over, with a clock that moves on and records that change afterwards.

use super::*;
use crate::domain::request::Request;
use crate::domain::stage::Stage;

/// The lines of a block of a week that say something.
fn said(desk: &Desk, week: &str, title: &str, about: &str) -> Vec<String> {
    block(desk, week, title).into_iter().filter(|line| line.contains(about)).collect()
}

#[test]
fn what_was_delivered_in_a_week_stays_in_it_when_it_is_taken_up_again() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-01");
    begin(&mut desk, film);
    go(&mut desk, "2026-11-26");
    stages(&mut desk, film, &[Stage::InReview, Stage::Delivered]);
    let weeks = |desk: &Desk| {
        ["2026-11-23", "2026-11-30", "2026-12-07"].map(|week| said(desk, week, "Hours and flow", "Delivered"))
    };
    let first = "Delivered: 1; on the first date agreed: 1 of 1".to_owned();
    go(&mut desk, "2026-11-30");
    assert_eq!(weeks(&desk), [vec![first.clone()], vec![], vec![]]);
    stages(&mut desk, film, &[Stage::InReview, Stage::InProgress]);
    assert_eq!(weeks(&desk), [vec![first.clone()], vec![], vec![]]);
    let first_pass = |desk: &Desk| {
        let levers = desk.quarter_review(day("2026-11-30")).unwrap().blocks;
        levers.into_iter().flat_map(|it| it.lines).find(|line| line.text.contains("right first time"))
    };
    assert_eq!(first_pass(&desk), None, "at the end of the quarter so far it is open");
    go(&mut desk, "2026-12-09");
    stages(&mut desk, film, &[Stage::Delivered]);
    let second = "Delivered: 1; on the first date agreed: 0 of 1".to_owned();
    assert_eq!(weeks(&desk), [vec![first.clone()], vec![], vec![second]]);
    assert!(first_pass(&desk).unwrap().text.contains("0 of 1"), "the quarter has it once, as it ended");
    // What is taken back never was: it is how a mistake leaves the past.
    desk.undo(None).unwrap();
    stages(&mut desk, film, &[Stage::Declined]);
    go(&mut desk, "2026-12-14");
    assert_eq!(weeks(&desk), [vec![first], vec![], vec![]]);
}

#[test]
fn what_is_taken_up_on_the_same_day_or_taken_back_was_never_delivered() {
    let mut desk = studio();
    let (film, poster) = (request(&mut desk, "Film t3 due:fri"), request(&mut desk, "Poster t3 due:fri"));
    begin(&mut desk, film);
    begin(&mut desk, poster);
    move_clock(&mut desk, "2026-11-24T10:00:00+00:00");
    stages(&mut desk, poster, &[Stage::Delivered]);
    move_clock(&mut desk, "2026-11-24T11:00:00+00:00");
    stages(&mut desk, poster, &[Stage::InProgress]);
    stages(&mut desk, film, &[Stage::Delivered]);
    go(&mut desk, "2026-11-30");
    assert_eq!(said(&desk, WEEK, "Hours and flow", "Delivered").len(), 1);
    desk.undo(None).unwrap();
    assert_eq!(said(&desk, WEEK, "Hours and flow", "Delivered"), Vec::<String>::new());
}

#[test]
fn what_was_declined_in_a_week_was_not_open_in_it_though_it_is_now() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-18");
    stages(&mut desk, film, &[Stage::Ready]);
    go(&mut desk, "2026-11-26");
    stages(&mut desk, film, &[Stage::Declined]);
    go(&mut desk, "2026-12-02");
    stages(&mut desk, film, &[Stage::Ready]);
    go(&mut desk, "2026-12-07");
    let open = |week: &str| said(&desk, week, "Hours and flow", "has been ready").len();
    assert_eq!((open("2026-11-23"), open("2026-11-30")), (0, 1));
}

#[test]
fn a_promise_that_was_missed_stays_missed_when_it_is_given_a_later_day() {
    let mut desk = desk();
    for (text, due) in [("one", "2026-11-26"), ("two", "2026-11-27"), ("three", "2026-11-29")] {
        promise(&mut desk, text, due);
    }
    go(&mut desk, "2026-11-27");
    // What is moved before its week is over is due when it is due.
    rewrite(&mut desk, &"P-1".parse().unwrap(), &[("due", "2026-12-04")]);
    go(&mut desk, "2026-11-30");
    // Kept on Friday, and noted on Monday.
    rewrite(&mut desk, &"P-2".parse().unwrap(), &[("kept", "2026-11-27")]);
    let told = |desk: &Desk, week| said(desk, week, "Promises", "").join(" / ");
    let first = told(&desk, WEEK);
    assert!(
        first.starts_with("Ours that were due, kept by the end of these days: 1 of 2 / Kept to Kim: two")
    );
    rewrite(&mut desk, &"P-3".parse().unwrap(), &[("due", "2026-12-22")]);
    rewrite(&mut desk, &"P-1".parse().unwrap(), &[("due", "2026-11-28")]);
    assert_eq!(told(&desk, WEEK), first, "neither leaves it nor comes into it");
    let late = entry(&mut desk, Kind::Promise, &[("text", "four"), ("who", "Kim"), ("due", "2026-11-25")]);
    rewrite(&mut desk, &late, &[("made", "2026-11-24"), ("due", "2026-11-26")]);
    let with_four = "Ours that were due, kept by the end of these days: 1 of 3";
    assert!(told(&desk, WEEK).starts_with(with_four), "noted later, it stands as it was noted");
    go(&mut desk, "2026-12-07");
    assert!(told(&desk, "2026-11-30").starts_with("to Kim: four"), "{}", told(&desk, "2026-11-30"));
}

#[test]
fn a_day_that_is_taken_back_never_stood() {
    let mut desk = desk();
    let key = promise(&mut desk, "one", "2026-12-04");
    rewrite(&mut desk, &key, &[("due", "2026-11-27")]);
    go(&mut desk, "2026-11-30");
    assert_eq!(said(&desk, WEEK, "Promises", "0 of 1").len(), 1);
    desk.undo(None).unwrap();
    assert_eq!(said(&desk, WEEK, "Promises", "0 of 1").len(), 0);
}

#[test]
fn a_risk_that_was_to_be_raised_in_a_week_was_so_whatever_day_it_has_now() {
    let mut desk = desk();
    let words = [("text", "Agency too late"), ("raise-by", "2026-11-26")];
    let key = entry(&mut desk, Kind::Risk, &words);
    go(&mut desk, "2026-12-01");
    rewrite(&mut desk, &key, &[("raise-by", "2026-12-18")]);
    assert_eq!(block(&desk, WEEK, "To anticipate"), ["Raise K-1: Agency too late"]);
    assert_eq!(said(&desk, "2026-11-30", "To anticipate", "Raise"), Vec::<String>::new());
}

#[test]
fn on_the_page_of_a_week_that_is_over_no_day_is_today() {
    let mut desk = desk();
    promise(&mut desk, "on its Sunday", "2026-11-29");
    promise(&mut desk, "on Monday", "2026-11-30");
    for (text, from) in [("Templates", "2026-11-29"), ("Mail", "2026-11-28")] {
        entry(&mut desk, Kind::Gain, &[("text", text), ("hours", "6h"), ("from", from)]);
    }
    let told = |desk: &Desk| {
        [said(desk, WEEK, "Promises", "to Kim"), said(desk, WEEK, "Headroom", "Evaporating")].concat()
    };
    let evaporating = |one, other| {
        [("Templates", one), ("Mail", other)]
            .map(|(it, since)| format!("Evaporating: 6h a week of {it}, no use named: {since}"))
    };
    go(&mut desk, "2026-11-29");
    let promised = ["to Kim: on its Sunday, due today", "to Kim: on Monday, due tomorrow"].map(str::to_owned);
    assert_eq!(told(&desk), [promised, evaporating("since today", "1 day")].concat());
    go(&mut desk, "2026-12-04");
    let promised = ["to Kim: on its Sunday, due Sun 29 Nov", "to Kim: on Monday, due Mon 30 Nov"];
    let promised = promised.map(str::to_owned);
    assert_eq!(told(&desk), [promised, evaporating("since Sun 29 Nov", "1 day")].concat());
}

#[test]
fn what_was_aimed_at_and_what_it_cost_stays_as_it_was_in_weeks_that_are_over() {
    let mut desk = desk();
    let words =
        [("name", "Sooner"), ("unit", "d"), ("baseline", "14"), ("target", "9"), ("due", "2026-11-27")];
    let outcome = entry(&mut desk, Kind::Outcome, &words);
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "10")]);
    let friction = entry(&mut desk, Kind::Friction, &[("text", "Legal"), ("hours", "3h")]);
    let gain = entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "5h")]);
    let told = |desk: &Desk| {
        [("Outcomes moved", "Sooner"), ("Friction by cost", "Legal"), ("Headroom", "freed")]
            .map(|(title, about)| said(desk, WEEK, title, about).concat())
    };
    go(&mut desk, "2026-11-30");
    let then = told(&desk);
    assert_eq!(then[0], "Sooner: 10 d, was 14 d, missed", "its day was the Friday");
    assert!(then[1].starts_with("Legal: 3h a week"), "{then:?}");
    assert!(then[2].starts_with("5h a week freed"), "{then:?}");
    rewrite(&mut desk, &outcome, &[("target", "10"), ("due", "2027-03-01")]);
    rewrite(&mut desk, &friction, &[("hours", "10h"), ("stage", "unlocked")]);
    rewrite(&mut desk, &gain, &[("hours", "2h")]);
    assert_eq!(told(&desk), then);
    go(&mut desk, "2026-12-09");
    rewrite(&mut desk, &friction, &[("stage", "seen")]);
    assert_eq!(told(&desk), then);
    assert_eq!(
        said(&desk, "2026-11-30", "Friction by cost", "Legal"),
        Vec::<String>::new(),
        "unlocked by then"
    );
}

#[test]
fn an_outcome_that_is_closed_stays_in_the_week_and_the_quarter_of_its_last_day() {
    let mut desk = desk();
    for (name, target) in [("Reached", "9"), ("Open", "20")] {
        let words =
            [("name", name), ("lever", "speed"), ("unit", "d"), ("baseline", "40"), ("target", target)];
        entry(&mut desk, Kind::Outcome, &words);
    }
    for (outcome, value) in [("O-1", "9"), ("O-2", "38")] {
        entry(&mut desk, Kind::Reading, &[("outcome", outcome), ("value", value)]);
    }
    go(&mut desk, "2026-11-25");
    rewrite(&mut desk, &"O-1".parse().unwrap(), &[("closed", "today")]);
    for on in ["2026-11-25", "2026-12-01", "2027-01-05"] {
        go(&mut desk, on);
        assert_eq!(said(&desk, WEEK, "Outcomes moved", "Reached").len(), 1, "{on}");
        let quarter = desk.quarter_review(day("2026-11-25")).unwrap();
        let lines: Vec<&str> =
            quarter.blocks.iter().flat_map(|it| &it.lines).map(|it| it.text.as_str()).collect();
        assert!(lines.contains(&"Reached: 9 d, 100 % of the way."), "{on}: {lines:?}");
        assert!(lines.iter().any(|line| line.contains("(reached, closed ")), "{on}: {lines:?}");
        assert!(lines.iter().any(|line| line.contains("9 d, was 40 d; 38 d, was 40 d")), "{on}: {lines:?}");
    }
    assert_eq!(said(&desk, "2026-11-30", "Outcomes moved", "Reached"), Vec::<String>::new());
}

#[test]
fn what_waits_by_agreement_or_went_back_is_no_open_work_while_it_does() {
    let mut desk = studio();
    let ids: Vec<_> = ["Film", "Poster", "Card"]
        .map(|name| request(&mut desk, &format!("{name} t3 due:2026-12-18")))
        .into();
    for id in &ids {
        stages(&mut desk, *id, &[Stage::Ready]);
    }
    go(&mut desk, "2026-11-26");
    stages(&mut desk, ids[0], &[Stage::OnHold]);
    stages(&mut desk, ids[1], &[Stage::Clarifying]);
    let open = |desk: &Desk, week: &str| said(desk, week, "Hours and flow", "been ready").concat();
    assert!(open(&desk, WEEK).contains("been ready for 3 working days (n 1)"), "{}", open(&desk, WEEK));
    go(&mut desk, "2026-12-02");
    stages(&mut desk, ids[0], &[Stage::Ready]);
    go(&mut desk, "2026-12-07");
    stages(&mut desk, ids[1], &[Stage::Ready]);
    go(&mut desk, "2026-12-14");
    for (week, cases) in [(WEEK, "n 1"), ("2026-11-30", "n 2"), ("2026-12-07", "n 3")] {
        assert!(open(&desk, week).contains(cases), "{week}: {}", open(&desk, week));
    }
}

#[test]
fn work_that_was_written_with_an_earlier_day_than_it_had_stays_in_its_week() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-01");
    begin(&mut desk, film);
    go(&mut desk, "2026-11-26");
    stages(&mut desk, film, &[Stage::Delivered]);
    go(&mut desk, "2026-12-01");
    let first = vec!["Delivered: 1; on the first date agreed: 1 of 1".to_owned()];
    assert_eq!(said(&desk, WEEK, "Hours and flow", "Delivered"), first);
    // As imports did once: back at work since the day on which it came in.
    let row = desk.store.request(film).unwrap();
    let back = Request {
        stage: Stage::InProgress,
        stage_since: row.created - chrono::TimeDelta::days(30),
        delivered: None,
        ..row
    };
    let stamp = desk.stamp();
    desk.store
        .change(stamp, |tx| tx.put_request(&back).map(|()| ((), "Imported 1 request".to_owned())))
        .unwrap();
    let spell = desk.store.spells_of(&[film], &[Stage::Delivered]).unwrap().remove(0);
    assert_eq!(
        (desk.clock.day_of(spell.from), desk.clock.day_of(spell.until)),
        (day("2026-11-26"), day("2026-12-01"))
    );
    go(&mut desk, "2026-12-07");
    assert_eq!(said(&desk, WEEK, "Hours and flow", "Delivered"), first);
}

#[test]
fn an_outcome_whose_day_passes_unread_is_told_in_that_week() {
    let mut desk = desk();
    let words = [("name", "Sooner"), ("baseline", "14"), ("target", "9"), ("due", "2026-11-25")];
    entry(&mut desk, Kind::Outcome, &words);
    go(&mut desk, "2026-11-25");
    assert_eq!(block(&desk, WEEK, "Outcomes moved"), ["1 without a reading this week"]);
    for on in ["2026-11-26", "2026-12-03"] {
        go(&mut desk, on);
        let told = block(&desk, WEEK, "Outcomes moved");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("Sooner: was due ") && told[0].ends_with(", not read since"), "{told:?}");
    }
    assert_eq!(block(&desk, "2026-11-30", "Outcomes moved"), ["1 without a reading this week"]);
}

#[test]
fn an_outcome_without_a_baseline_is_not_reached_because_more_was_read_than_its_target() {
    let mut desk = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Days"), ("unit", "d"), ("target", "9")]);
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "12")]);
    for on in ["2026-11-24", "2027-01-05"] {
        go(&mut desk, on);
        let quarter = desk.quarter_review(day("2026-11-24")).unwrap();
        let lines: Vec<&str> =
            quarter.blocks.iter().flat_map(|it| &it.lines).map(|it| it.text.as_str()).collect();
        assert!(lines.contains(&"Days: 12 d, target 9 d"), "{lines:?}");
        assert!(lines[0].starts_with("What was read of outcomes has no baseline"), "{lines:?}");
    }
}

#[test]
fn a_friction_that_ended_on_the_last_day_and_was_noted_later_had_ended() {
    let mut desk = desk();
    for (text, hours) in [("a", "1h"), ("b", "2h")] {
        entry(&mut desk, Kind::Friction, &[("text", text), ("hours", hours)]);
    }
    go(&mut desk, "2026-12-01");
    let key = "F-2".parse().unwrap();
    rewrite(&mut desk, &key, &[("stage", "unlocked")]);
    assert_eq!(said(&desk, WEEK, "Friction by cost", "b:").len(), 1, "it ended after the week");
    rewrite(&mut desk, &key, &[("moved", "2026-11-29")]);
    assert_eq!(said(&desk, WEEK, "Friction by cost", "b:").len(), 0, "it ended on its Sunday");
}
