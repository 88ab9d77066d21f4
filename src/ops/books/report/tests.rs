//! How the books stand, as days pass.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::domain::proposal::Proposal;
use crate::domain::record::RecordKey;
use crate::domain::stage::Stage;
use crate::ops::kit::{
    aim, begin, change, day, desk_at, entry, go, hours, meet, move_clock, request, rewrite, stages, studio,
};

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

fn report(desk: &Desk) -> BooksReport {
    desk.books_standing().unwrap().2
}

fn key(text: &str) -> RecordKey {
    text.parse().unwrap()
}

/// Somebody who matters, with what calls for attention.
fn stakeholder(desk: &Desk, name: &str) -> StakeholderStanding {
    report(desk).stakeholders.into_iter().find(|it| it.stakeholder.name == name).unwrap()
}

#[test]
fn what_is_behind_stands_first_and_what_is_closed_not_at_all() {
    let mut desk = desk();
    for (name, target, due) in
        [("Ahead", "10", "2027-02-01"), ("Behind", "100", "2027-02-01"), ("Without a day", "50", "")]
    {
        let words = [("name", name), ("baseline", "0"), ("target", target), ("due", due)];
        entry(&mut desk, Kind::Outcome, &words);
    }
    // Half of the ten weeks are gone: nine of ten, and nine of a hundred.
    go(&mut desk, "2026-12-28");
    for outcome in ["O-1", "O-2"] {
        entry(&mut desk, Kind::Reading, &[("outcome", outcome), ("value", "9")]);
    }
    let names = |desk: &Desk| -> Vec<String> {
        report(desk).outcomes.into_iter().map(|it| it.outcome.name).collect()
    };
    assert_eq!(names(&desk), ["Behind", "Ahead", "Without a day"]);
    rewrite(&mut desk, &key("O-2"), &[("closed", "today")]);
    assert_eq!(names(&desk), ["Ahead", "Without a day"]);
}

#[test]
fn an_outcome_counts_what_is_under_way_for_it_and_what_is_redirected_onto_it() {
    let mut desk = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    let (open, closed) = (request(&mut desk, "Film t3"), request(&mut desk, "Poster t3"));
    for id in [open, closed] {
        aim(&mut desk, id, "O-1");
    }
    stages(&mut desk, closed, &[Stage::Declined]);
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h")]);
    for (hours, to) in [("2h", "2026-11-30"), ("3h", "")] {
        let words = [("gain", "G-1"), ("onto", "O-1"), ("hours", hours), ("to", to)];
        entry(&mut desk, Kind::Redirect, &words);
    }
    let standing = report(&desk).outcomes.remove(0);
    assert_eq!((standing.requests, standing.redirected), (vec![open], hours(5)));
    go(&mut desk, "2026-12-01");
    assert_eq!(report(&desk).outcomes[0].redirected, hours(3));
}

#[test]
fn the_hours_of_a_month_on_an_outcome_are_told_out_of_all() {
    let mut desk = studio();
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    let film = request(&mut desk, "Film t3 ~10h due:fri @ana");
    aim(&mut desk, film, "O-1");
    request(&mut desk, "Poster t3 ~30h due:fri @bo");
    for id in [1, 2].map(RequestId) {
        stages(&mut desk, id, &[Stage::Ready]);
    }
    let capacity = report(&desk).outcomes.remove(0).capacity;
    assert!(capacity.alone().contains("10h"), "{}", capacity.alone());
}

#[test]
fn hours_without_a_destination_stand_first_the_oldest_of_them_before_the_others() {
    let mut desk = desk();
    request(&mut desk, "Film");
    for (text, from) in [("Spoken for", "2026-11-02"), ("Late", "2026-11-16"), ("Early", "2026-11-09")] {
        entry(&mut desk, Kind::Gain, &[("text", text), ("hours", "4h"), ("from", from)]);
    }
    entry(
        &mut desk,
        Kind::Redirect,
        &[("gain", "G-1"), ("onto", "R-1"), ("hours", "4h"), ("from", "2026-11-02")],
    );
    let gains: Vec<_> = report(&desk).gains.into_iter().map(|it| (it.gain.text, it.unspoken_since)).collect();
    let expected = [
        ("Early".to_owned(), Some(day("2026-11-09"))),
        ("Late".to_owned(), Some(day("2026-11-16"))),
        ("Spoken for".to_owned(), None),
    ];
    assert_eq!(gains, expected);
}

#[test]
fn frictions_stand_by_what_they_cost_and_ended_ones_last() {
    let mut desk = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner")]);
    let film = request(&mut desk, "Film");
    aim(&mut desk, film, "O-1");
    request(&mut desk, "Poster");
    for (text, hours, harms) in [
        ("nothing named", "5h", ""),
        ("work", "3h", "R-2"),
        ("for an outcome", "2h", "R-1"),
        ("ended", "9h", "O-1"),
    ] {
        entry(&mut desk, Kind::Friction, &[("text", text), ("hours", hours), ("harms", harms)]);
    }
    rewrite(&mut desk, &key("F-4"), &[("stage", "unlocked")]);
    let points: Vec<_> =
        report(&desk).frictions.iter().map(|it| (it.friction.id.0, it.cost.points() / 60)).collect();
    // Twice three is as much as three times two: the older one stands first.
    assert_eq!(points, [(2, 6), (3, 6), (1, 5), (4, 27)]);
}

#[test]
fn who_is_owed_something_stands_first_then_who_is_against_then_who_is_cold() {
    let mut desk = desk();
    for name in ["Adam", "Bea", "Carl", "Dora"] {
        entry(&mut desk, Kind::Stakeholder, &[("name", name)]);
    }
    meet(&mut desk, "Coffee", "2026-11-24T10:00", MeetingKind::Team, &["Carl"]);
    go(&mut desk, "2026-12-24");
    entry(&mut desk, Kind::Decision, &[("question", "templates?"), ("approver", "Adam")]);
    entry(&mut desk, Kind::Stance, &[("stakeholder", "S-2"), ("decision", "D-1"), ("level", "-2")]);
    entry(&mut desk, Kind::Stance, &[("stakeholder", "S-1"), ("decision", "D-1"), ("level", "-1")]);
    entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Dora")]);
    let told: Vec<_> = report(&desk)
        .stakeholders
        .iter()
        .map(|it| format!("{}: {}", it.stakeholder.name, flags_text(&it.flags)))
        .collect();
    assert_eq!(told, ["Dora: owed P-1", "Adam: wary of D-1", "Bea: opposed on D-1", "Carl: cold 30 days"]);
}

#[test]
fn somebody_was_last_touched_by_the_newest_of_meeting_promise_and_decision() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya Nair")]);
    let touch = |desk: &Desk| stakeholder(desk, "Priya Nair").last_touch;
    assert_eq!(touch(&desk), None);
    meet(&mut desk, "Coffee", "2026-11-24T10:00", MeetingKind::Team, &["priya nair"]);
    assert_eq!(touch(&desk), None, "it is still to come");
    go(&mut desk, "2026-11-24");
    assert_eq!(touch(&desk), None, "it is nine, and they meet at ten");
    move_clock(&mut desk, "2026-11-24T10:00:00+00:00");
    assert_eq!(touch(&desk), Some(day("2026-11-24")));
    go(&mut desk, "2026-11-25");
    assert_eq!(touch(&desk), Some(day("2026-11-24")));
    let promise = entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Priya Nair")]);
    assert_eq!(touch(&desk), Some(day("2026-11-25")));
    go(&mut desk, "2026-11-27");
    rewrite(&mut desk, &promise, &[("kept", "today")]);
    assert_eq!(touch(&desk), Some(day("2026-11-27")));
    go(&mut desk, "2026-12-01");
    request(&mut desk, "Film requester:\"Priya Nair\"");
    assert_eq!(touch(&desk), Some(day("2026-12-01")), "they asked for something");
}

#[test]
fn what_somebody_asked_under_an_earlier_name_counts_among_their_asks() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya Nair"), ("also", "Priya Menon")]);
    for name in ["Priya Nair", "Priya Menon", "Somebody Else"] {
        request(&mut desk, &format!("Film requester:\"{name}\""));
    }
    assert_eq!(stakeholder(&desk, "Priya Nair").framed.whole, 2);
}

#[test]
fn trust_is_the_newest_reading_and_hidden_while_others_look_on() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya")]);
    for (on, level) in [("2026-11-20", "4"), ("2026-11-16", "2")] {
        entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", level), ("on", on)]);
    }
    assert_eq!(stakeholder(&desk, "Priya").trust, Some(4));
    desk.is_presenting = true;
    assert_eq!(stakeholder(&desk, "Priya").trust, None);
}

#[test]
fn swaps_are_those_of_this_month() {
    let mut desk = studio();
    let moved = request(&mut desk, "Series t3 ~40h due:fri @ana");
    let mut plan = crate::ops::plan::Plan::whole(request(&mut desk, "Film t3 ~8h due:fri"));
    plan.share.who = "ana".to_owned();
    desk.commit_swap(&plan, moved, 3).unwrap();
    go(&mut desk, "2026-11-30");
    assert_eq!(report(&desk).swaps.len(), 1);
    go(&mut desk, "2026-12-01");
    assert_eq!(report(&desk).swaps, []);
    go(&mut desk, "2027-11-23");
    assert_eq!(report(&desk).swaps, [], "November of another year");
}

#[test]
fn the_tier_mix_shows_two_weeks_that_are_over_this_one_and_five_to_come() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~20h due:fri @ana");
    begin(&mut desk, id);
    go(&mut desk, "2026-12-02");
    let tiers = report(&desk).tiers;
    assert_eq!((tiers.len(), tiers[0].monday), (8, day("2026-11-16")));
    let by_week: Vec<_> = tiers.iter().map(|week| week.minutes[3]).collect();
    assert_eq!(by_week[..2], [Minutes::ZERO, hours(20)], "all of it was done by plan on its days");
}

fn proposals(desk: &Desk) -> Vec<Proposal> {
    report(desk).proposals.into_iter().filter(|it| it.origin.contains("Kim")).collect()
}

#[test]
fn waiting_for_somebody_is_proposed_as_friction_from_fifteen_working_days_on() {
    let mut desk = desk();
    for title in ["Film", "Poster", "Banner"] {
        let id = request(&mut desk, &format!("{title} t3 requester:Kim"));
        stages(&mut desk, id, &[Stage::Clarifying]);
    }
    go(&mut desk, "2026-11-27");
    assert_eq!(proposals(&desk), [], "three times four working days");
    go(&mut desk, "2026-11-30");
    let found = proposals(&desk).remove(0);
    assert_eq!((found.origin.as_str(), found.keys.len()), ("brief debt Kim", 3));
    assert_eq!(found.evidence, "15 working days in all over 3 requests of the last 90 days");
    // Ten minutes for each of fifteen days, spread over ninety days: eleven minutes a week.
    assert_eq!(found.minutes, 11);
    let words = [("text", "Waiting"), ("hours", "1h"), ("origin", "brief debt Kim")];
    entry(&mut desk, Kind::Friction, &words);
    assert_eq!(proposals(&desk), [], "it is filed already");
}

#[test]
fn somebody_is_charged_for_the_days_on_which_work_lay_with_them_and_for_no_others() {
    let mut desk = desk_at("2026-11-02T09:00:00+00:00");
    let ids = ["Film", "Poster", "Banner"].map(|it| request(&mut desk, &format!("{it} t3 requester:Kim")));
    go(&mut desk, "2026-11-23");
    for id in ids {
        stages(&mut desk, id, &[Stage::Clarifying]);
    }
    let told = |desk: &Desk| proposals(desk).pop().map(|it| it.evidence);
    for (on, said) in [("2026-11-24", None), ("2026-11-27", None), ("2026-11-30", Some("15 working days"))] {
        go(&mut desk, on);
        let said = said.map(|days| format!("{days} in all over 3 requests of the last 90 days"));
        assert_eq!(told(&desk), said, "{on}: they were asked on the 23rd, and had it since then");
    }
    stages(&mut desk, ids[0], &[Stage::Ready, Stage::Clarifying, Stage::Declined]);
    stages(&mut desk, ids[1], &[Stage::Ready, Stage::InProgress]);
    stages(&mut desk, ids[2], &[Stage::Ready, Stage::InProgress, Stage::Delivered]);
    let ended = Some("15 working days in all over 3 requests of the last 90 days".to_owned());
    for on in ["2026-11-30", "2026-12-31", "2027-02-20"] {
        go(&mut desk, on);
        assert_eq!(told(&desk), ended, "{on}: it counts for as long as it is one of these days");
    }
    go(&mut desk, "2027-02-21");
    assert_eq!(told(&desk), None, "of the first day nothing is left");
}

#[test]
fn a_review_that_has_ended_was_waited_for_as_well() {
    let mut desk = desk();
    let id = request(&mut desk, "Film t3 decider:Kim requester:Zoe");
    begin(&mut desk, id);
    stages(&mut desk, id, &[Stage::InReview]);
    go(&mut desk, "2026-12-14");
    stages(&mut desk, id, &[Stage::Delivered]);
    go(&mut desk, "2026-12-18");
    let found = proposals(&desk).remove(0);
    assert_eq!(found.evidence, "15 working days in all over 1 request of the last 90 days");
}

#[test]
fn a_review_waits_for_its_decider_and_a_brief_for_its_requester() {
    let mut desk = desk();
    let id = request(&mut desk, "Film t3 decider:Kim requester:Zoe");
    begin(&mut desk, id);
    stages(&mut desk, id, &[Stage::InReview]);
    go(&mut desk, "2026-12-14");
    let found = proposals(&desk).remove(0);
    assert_eq!(found.text, "Waiting for Kim’s decision");
    assert_eq!(found.evidence, "15 working days in all over 1 request of the last 90 days");
    change(&mut desk, id, "decider:none");
    assert_eq!(proposals(&desk), [], "nobody is waited for");
}

#[test]
fn whoever_is_waited_for_is_one_however_the_name_is_spelled() {
    let mut desk = desk();
    for (title, who) in [("Film", "Kim Pátel"), ("Poster", "kim patel"), ("Banner", "Kim  Pátel")] {
        let id = request(&mut desk, &format!("{title} t3 requester:\"{who}\""));
        stages(&mut desk, id, &[Stage::Clarifying]);
    }
    go(&mut desk, "2026-11-30");
    let found = report(&desk).proposals.into_iter().filter(|it| it.origin.starts_with("brief debt"));
    let found: Vec<_> = found.map(|it| (it.origin, it.keys.len())).collect();
    assert_eq!(found, [("brief debt Kim Pátel".to_owned(), 3)]);
    let words = [("text", "Waiting"), ("hours", "1h"), ("origin", "brief debt kim patel")];
    entry(&mut desk, Kind::Friction, &words);
    assert!(report(&desk).proposals.iter().all(|it| !it.origin.starts_with("brief debt")), "it is filed");
}
