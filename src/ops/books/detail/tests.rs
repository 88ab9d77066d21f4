//! What the page of a record says of it, and of what touches it.

use super::*;
use crate::domain::stage::Stage;
use crate::ops::kit::{aim, desk_at, entry, go, refusal, request, rewrite, stages};

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

/// Fourteen days from brief to shelf on Monday, nine wanted by 1 February: ten weeks.
fn outcome(desk: &mut Desk) -> RecordKey {
    let words = [
        ("name", "Spring sooner"),
        ("metric", "brief to shelf"),
        ("unit", "d"),
        ("baseline", "14"),
        ("target", "9"),
        ("due", "2027-02-01"),
    ];
    entry(desk, Kind::Outcome, &words)
}

fn read(desk: &mut Desk, on: &str, value: &str) {
    go(desk, on);
    entry(desk, Kind::Reading, &[("outcome", "O-1"), ("value", value), ("source", "shop")]);
}

/// The facts of a page under one label.
fn said(desk: &Desk, key: &RecordKey, label: &str) -> Vec<String> {
    let facts = desk.entry_detail(key).unwrap().facts;
    facts.into_iter().filter(|fact| fact.label == label).map(|fact| fact.text).collect()
}

fn tone(desk: &Desk, key: &RecordKey, label: &str) -> Option<FactTone> {
    desk.entry_detail(key).unwrap().facts.iter().find(|fact| fact.label == label).map(|fact| fact.tone)
}

/// Every link of a page, as `Label: K-1 text`.
fn links(desk: &Desk, key: &str) -> Vec<String> {
    let links = desk.links_of(&key.parse().unwrap(), &desk.books().unwrap()).unwrap();
    links.iter().map(|fact| format!("{}: {}", fact.label, fact.text)).collect()
}

#[test]
fn an_outcome_tells_the_way_from_baseline_to_target() {
    let mut desk = desk();
    let key = outcome(&mut desk);
    assert_eq!(said(&desk, &key, "Measured"), ["brief to shelf, from 14 d towards 9 d"]);
    for (name, baseline, target, way) in
        [("Two", "14", "", "from 14, no target yet"), ("Three", "", "9", "towards 9, no baseline yet")]
    {
        let words = [("name", name), ("baseline", baseline), ("target", target)];
        let other = entry(&mut desk, Kind::Outcome, &words);
        assert_eq!(said(&desk, &other, "Measured"), [way]);
    }
}

#[test]
fn what_a_day_is_worth_is_told_in_the_currency_of_the_configuration() {
    let mut desk = desk();
    desk.config = crate::config::parse("[lead]\ncurrency = \"€\"\n").config;
    let key = outcome(&mut desk);
    rewrite(&mut desk, &key, &[("lever", "speed"), ("value-per-day", "2400"), ("confidence", "70")]);
    read(&mut desk, "2026-11-23", "9.5");
    assert_eq!(said(&desk, &key, "Worth"), ["4.5 days gained at €2,400 a day, 70 % sure: €7,560"]);
    let (_, _, report) = desk.books_standing().unwrap();
    assert!(report.levers[0].text.ends_with("70 % sure: €7,560"), "{}", report.levers[0].text);
}

#[test]
fn progress_is_told_beside_the_time_that_is_gone() {
    let mut desk = desk();
    let key = outcome(&mut desk);
    assert_eq!(said(&desk, &key, "Progress"), ["now 14 d, 0 % of the way, 0 % of the time gone: on pace"]);
    // Seven of seventy days are gone, and one of five.
    read(&mut desk, "2026-11-30", "13");
    let text = &said(&desk, &key, "Progress")[0];
    assert!(text.starts_with("now 13 d, 20 % of the way, 10 % of the time gone"), "{text}");
    assert_eq!(tone(&desk, &key, "Progress"), Some(FactTone::Good));
    // Half of the time is gone, and still one of five.
    go(&mut desk, "2026-12-28");
    assert_eq!(tone(&desk, &key, "Progress"), Some(FactTone::Warn));
    read(&mut desk, "2026-12-29", "9");
    assert!(said(&desk, &key, "Progress")[0].contains("100 % of the way"));
    assert_eq!(said(&desk, &key, "Forecast"), ["the target is reached"]);
}

#[test]
fn a_forecast_waits_for_readings_and_readings_stand_newest_first() {
    let mut desk = desk();
    let key = outcome(&mut desk);
    read(&mut desk, "2026-11-30", "13");
    read(&mut desk, "2026-12-07", "12");
    assert!(said(&desk, &key, "Forecast")[0].starts_with("none yet: it needs 3 readings, "));
    let detail = desk.entry_detail(&key).unwrap();
    let at = detail.facts.iter().position(|fact| fact.text == "Readings").unwrap();
    let readings: Vec<_> = detail.facts[at + 1..].iter().map(|fact| fact.text.as_str()).collect();
    assert_eq!(readings[..2], ["12 d  shop", "13 d  shop"]);
}

#[test]
fn a_stakeholder_tells_trust_over_time_and_where_they_stand_on_what_is_open() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Stakeholder, &[("name", "Priya"), ("cares", "margin")]);
    for question in ["templates?", "print?"] {
        entry(&mut desk, Kind::Decision, &[("question", question)]);
    }
    let stance = |desk: &mut Desk, decision, level| {
        entry(desk, Kind::Stance, &[("stakeholder", "S-1"), ("decision", decision), ("level", level)]);
    };
    stance(&mut desk, "D-1", "2");
    stance(&mut desk, "D-2", "1");
    entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "2")]);
    go(&mut desk, "2026-11-25");
    entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "4")]);
    stance(&mut desk, "D-1", "-1");
    rewrite(&mut desk, &"D-2".parse().unwrap(), &[("result", "no")]);
    assert_eq!(said(&desk, &key, "Trust"), ["4 of 5 on Wed 25 Nov, before that 2"]);
    assert_eq!(said(&desk, &key, "Stands"), ["wary: D-1 templates?"], "the newest, of what is open");
    assert_eq!(tone(&desk, &key, "Stands"), Some(FactTone::Warn));
    desk.is_presenting = true;
    assert_eq!(said(&desk, &key, "Trust"), [] as [&str; 0]);
}

#[test]
fn a_decision_asks_to_be_checked_on_its_day() {
    let mut desk = desk();
    let words =
        [("question", "templates?"), ("result", "yes"), ("check", "2026-12-07"), ("confidence", "70")];
    let key = entry(&mut desk, Kind::Decision, &words);
    go(&mut desk, "2026-12-06");
    assert_eq!(said(&desk, &key, "To check"), [] as [&str; 0]);
    go(&mut desk, "2026-12-07");
    assert_eq!(tone(&desk, &key, "To check"), Some(FactTone::Warn));
    rewrite(&mut desk, &key, &[("held", "yes")]);
    assert_eq!(said(&desk, &key, "To check"), [] as [&str; 0]);
    assert!(said(&desk, &key, "Foresight")[0].starts_with("1 of "), "one checked decision is too few");
}

#[test]
fn a_promise_warns_on_the_day_after_it_was_due_while_it_is_open() {
    let mut desk = desk();
    let words = [("text", "two ways"), ("who", "Priya"), ("due", "2026-11-27")];
    let key = entry(&mut desk, Kind::Promise, &words);
    assert_eq!(said(&desk, &key, "Promise"), ["to Priya"]);
    go(&mut desk, "2026-11-27");
    assert_eq!(tone(&desk, &key, "Due"), Some(FactTone::Plain));
    go(&mut desk, "2026-11-28");
    assert_eq!(tone(&desk, &key, "Due"), Some(FactTone::Warn));
    rewrite(&mut desk, &key, &[("kept", "today")]);
    assert_eq!(tone(&desk, &key, "Due"), Some(FactTone::Plain));
    let theirs = entry(&mut desk, Kind::Promise, &[("text", "prices"), ("who", "Kim"), ("way", "from")]);
    assert_eq!(said(&desk, &theirs, "Promise"), ["from Kim"]);
}

#[test]
fn a_risk_weighs_likelihood_times_impact_and_is_to_be_raised_on_its_day() {
    let mut desk = desk();
    let words = [("text", "slot"), ("likelihood", "2"), ("impact", "3"), ("raise-by", "2026-11-27")];
    let key = entry(&mut desk, Kind::Risk, &words);
    assert_eq!(said(&desk, &key, "Weight"), ["likelihood 2 × impact 3 = 6 of 9"]);
    go(&mut desk, "2026-11-27");
    assert_eq!(tone(&desk, &key, "To raise"), Some(FactTone::Warn));
    rewrite(&mut desk, &key, &[("raised", "today")]);
    assert_eq!(tone(&desk, &key, "To raise"), None);
}

#[test]
fn a_gain_tells_what_evaporates_since_when() {
    let mut desk = desk();
    request(&mut desk, "Film");
    let key = entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h")]);
    let words = [("gain", "G-1"), ("onto", "R-1"), ("hours", "6h"), ("to", "2026-11-30")];
    entry(&mut desk, Kind::Redirect, &words);
    assert_eq!(said(&desk, &key, "Balance"), ["6h a week freed, 6h redirected, 0h unspoken for"]);
    assert_eq!(tone(&desk, &key, "Evaporating"), None);
    for (on, since) in [("2026-12-01", "today"), ("2026-12-02", "Tue 1 Dec, 1 day")] {
        go(&mut desk, on);
        assert_eq!(said(&desk, &key, "Evaporating"), [format!("6h a week since {since}")]);
    }
    go(&mut desk, "2026-12-08");
    assert_eq!(said(&desk, &key, "Balance"), ["6h a week freed, 0h redirected, 6h unspoken for"]);
    assert_eq!(said(&desk, &key, "Evaporating"), ["6h a week since Tue 1 Dec, 7 days"]);
    assert_eq!(said(&desk, &key, "Baseline"), ["6h a week on Mon 23 Nov, frozen"]);
}

#[test]
fn an_outcome_tells_what_is_under_way_for_it_and_eight_of_what_is_done() {
    let mut desk = desk();
    outcome(&mut desk);
    let ids: Vec<_> = (0..11).map(|at| request(&mut desk, &format!("Film {at} t3"))).collect();
    for id in &ids {
        aim(&mut desk, *id, "O-1");
    }
    for id in &ids[1..] {
        stages(&mut desk, *id, &[Stage::Declined]);
    }
    let found = links(&desk, "O-1");
    assert_eq!(found[0], "Under way: R-1 Film 0, new");
    assert_eq!(found.iter().filter(|link| link.starts_with("Done: ")).count(), 8);
    assert_eq!(found.last().unwrap(), ": and 2 requests more that are closed");
    assert_eq!(links(&desk, "R-1"), ["For outcome: O-1 Spring sooner"]);
}

#[test]
fn a_link_is_told_from_both_sides() {
    let mut desk = desk();
    outcome(&mut desk);
    entry(&mut desk, Kind::Friction, &[("text", "chasing"), ("hours", "6h"), ("harms", "O-1")]);
    entry(&mut desk, Kind::Gain, &[("friction", "F-1"), ("hours", "4h"), ("text", "Templates")]);
    entry(&mut desk, Kind::Redirect, &[("gain", "G-1"), ("onto", "O-1"), ("hours", "2h")]);
    entry(&mut desk, Kind::Risk, &[("text", "slot"), ("on", "O-1")]);
    let outcome =
        ["Redirected: X-1 2h a week from G-1: no result yet", "Harmed by: F-1 chasing", "At risk: K-1 slot"];
    assert_eq!(links(&desk, "O-1"), outcome);
    assert_eq!(links(&desk, "F-1"), ["Harms: O-1 Spring sooner", "Unlocked: G-1 4h a week: Templates"]);
    let gain = ["Redirected: X-1 2h a week onto O-1: no result yet", "Unlocks: F-1 chasing"];
    assert_eq!(links(&desk, "G-1"), gain);
    assert_eq!(links(&desk, "X-1"), ["Freed by: G-1 Templates", "Onto: O-1 Spring sooner"]);
    assert_eq!(links(&desk, "K-1"), ["Lies on: O-1 Spring sooner"]);
}

#[test]
fn a_stakeholder_is_linked_by_name_to_what_is_promised_decided_and_asked_for() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya Nair")]);
    let promise =
        entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "priya nair"), ("due", "fri")]);
    entry(&mut desk, Kind::Decision, &[("question", "templates?"), ("approver", "Priya Nair")]);
    request(&mut desk, "Film requester:\"Priya Nair\"");
    request(&mut desk, "Poster decider:\"Priya Nair\"");
    let found = links(&desk, "S-1");
    assert_eq!(
        found,
        [
            "Promised to: P-1 two ways, due Fri 27 Nov",
            "Decides: D-1 templates?",
            "Asked for: R-1 Film, new",
            "Approves: R-2 Poster, new",
        ]
    );
    rewrite(&mut desk, &promise, &[("kept", "today")]);
    assert_eq!(links(&desk, "S-1")[0], "Promised to: P-1 two ways, kept Mon 23 Nov");
    assert_eq!(links(&desk, "P-1"), ["Who: S-1 Priya Nair"]);
}

#[test]
fn what_moved_for_what_is_told_on_both_requests() {
    let mut desk = crate::ops::kit::studio();
    let moved = request(&mut desk, "Series t3 ~40h due:fri @ana");
    let taken = request(&mut desk, "Film t3 ~8h due:fri");
    let mut plan = crate::ops::plan::Plan::whole(taken);
    plan.share.who = "ana".to_owned();
    desk.commit_swap(&plan, moved, 3).unwrap();
    assert_eq!(links(&desk, "R-2"), ["Taken on for: R-1 by 3 working days on Mon 23 Nov"]);
    assert_eq!(links(&desk, "R-1"), ["Moved for: R-2 by 3 working days on Mon 23 Nov"]);
}

#[test]
fn a_receipt_leads_to_its_rows_and_says_which_are_gone() {
    let mut desk = desk();
    request(&mut desk, "Film");
    let keys: Vec<RecordKey> = ["R-1", "R-9"].iter().map(|key| key.parse().unwrap()).collect();
    let beside = Receipt { text: "3 days".to_owned(), ..Receipt::default() };
    let receipt = Receipt { text: "2 films".to_owned(), keys, beside: vec![beside], ..Receipt::default() };
    let texts: Vec<_> = desk.receipt(&receipt).unwrap().into_iter().map(|fact| fact.text).collect();
    assert_eq!(texts, ["2 films", "2", "R-1 Film", "R-9 is gone", "Beside it", "3 days", "0"]);
}

#[test]
fn a_meeting_has_a_page_of_its_own_and_what_is_gone_has_none() {
    let desk = desk();
    assert_eq!(refusal(desk.entry_detail(&"M-1".parse().unwrap())), "M-1 has a page of its own");
    assert!(refusal(desk.entry_detail(&"K-9".parse().unwrap())).contains("K-9"));
}
