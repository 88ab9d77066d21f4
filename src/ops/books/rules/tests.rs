//! What a record takes over from others, and what it must agree with.

use crate::domain::meeting::MeetingKind;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::Desk;
use crate::ops::kit::{
    away, desk_at, entry, field_of, go, holiday, meet, refusal, refused_entry, request, rewrite, studio, told,
};

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

/// Hours a week that a change freed.
fn gain(desk: &mut Desk, hours: &str) -> RecordKey {
    entry(desk, Kind::Gain, &[("text", "Templates"), ("hours", hours)])
}

fn redirect(desk: &mut Desk, hours: &str, words: &[(&'static str, &str)]) -> RecordKey {
    let all = [&[("gain", "G-1"), ("onto", "R-1"), ("hours", hours)], words].concat();
    entry(desk, Kind::Redirect, &all)
}

/// A gain of six hours a week and a request to put them on.
fn ledger() -> (Desk, RecordKey) {
    let mut desk = desk();
    request(&mut desk, "Film");
    let key = gain(&mut desk, "6h");
    (desk, key)
}

#[test]
fn a_baseline_is_frozen_once_it_is_written() {
    let mut desk = desk();
    let key = gain(&mut desk, "4h");
    assert_eq!(field_of(&desk, &key, "baseline"), "4h", "what is free was all of it");
    go(&mut desk, "2026-12-07");
    let frozen = "the baseline of G-1 is frozen: 4h a week on Mon 23 Nov";
    assert_eq!(rewrite(&mut desk, &key, &[("baseline", "8h")]), frozen);
    assert_eq!(rewrite(&mut desk, &key, &[("baseline-on", "2026-11-30")]), frozen);
    rewrite(&mut desk, &key, &[("hours", "3h")]);
    assert_eq!(field_of(&desk, &key, "baseline"), "4h");
}

#[test]
fn a_gain_takes_baseline_and_words_from_the_friction_that_it_ends() {
    let mut desk = desk();
    entry(&mut desk, Kind::Friction, &[("text", "chasing approvals"), ("hours", "6h")]);
    let key = entry(&mut desk, Kind::Gain, &[("friction", "F-1"), ("hours", "4h")]);
    assert_eq!(field_of(&desk, &key, "baseline"), "6h");
    assert_eq!(field_of(&desk, &key, "text"), "No more chasing approvals");
    let more = entry(&mut desk, Kind::Gain, &[("friction", "F-1"), ("hours", "8h"), ("text", "All of it")]);
    assert_eq!(field_of(&desk, &more, "baseline"), "8h", "no less than what is free");
    assert_eq!(field_of(&desk, &more, "text"), "All of it");
}

#[test]
fn no_more_is_freed_than_there_was() {
    let mut desk = desk();
    let words = [("text", "Templates"), ("hours", "9h"), ("baseline", "6h")];
    assert_eq!(refused_entry(&mut desk, Kind::Gain, &words), "9h a week cannot be freed of 6h a week before");
    let key = gain(&mut desk, "4h");
    let refused = rewrite(&mut desk, &key, &[("hours", "5h")]);
    assert_eq!(refused, "5h a week cannot be freed of 4h a week before");
}

#[test]
fn redirects_never_exceed_their_gain_and_the_later_one_is_named() {
    let (mut desk, _) = ledger();
    redirect(&mut desk, "4h", &[]);
    let words = [("gain", "G-1"), ("onto", "R-1"), ("hours", "3h")];
    assert_eq!(
        refused_entry(&mut desk, Kind::Redirect, &words),
        "G-1 frees 6h a week on Mon 23 Nov, 1h less than is redirected; what does not fit: this one (3h onto R-1)"
    );
    assert_eq!(desk.books().unwrap().redirects.len(), 1, "nothing is written");
    redirect(&mut desk, "2h", &[]);
}

#[test]
fn hours_are_free_again_on_the_day_after_a_redirect_ends() {
    let (mut desk, _) = ledger();
    redirect(&mut desk, "4h", &[("to", "2026-11-30")]);
    let next = |from| [("gain", "G-1"), ("onto", "R-1"), ("hours", "5h"), ("from", from)];
    let refused = refused_entry(&mut desk, Kind::Redirect, &next("2026-11-30"));
    assert!(refused.contains("on Mon 30 Nov, 3h less"), "{refused}");
    entry(&mut desk, Kind::Redirect, &next("2026-12-01"));
}

#[test]
fn a_gain_cannot_shrink_or_end_under_what_is_redirected() {
    let (mut desk, key) = ledger();
    redirect(&mut desk, "4h", &[]);
    let refused = rewrite(&mut desk, &key, &[("hours", "3h")]);
    assert!(refused.starts_with("G-1 frees 3h a week on Mon 23 Nov, 1h less"), "{refused}");
    let refused = rewrite(&mut desk, &key, &[("to", "2026-12-04")]);
    assert!(refused.starts_with("G-1 frees 0h a week on Sat 5 Dec, 4h less"), "{refused}");
    assert_eq!(field_of(&desk, &key, "hours"), "6h");
    rewrite(&mut desk, &"X-1".parse().unwrap(), &[("to", "2026-12-04")]);
    assert!(rewrite(&mut desk, &key, &[("to", "2026-12-04")]).starts_with("Edited G-1"));
}

#[test]
fn hours_that_are_not_free_yet_are_redirected_from_the_day_on_which_they_are() {
    let mut desk = desk();
    request(&mut desk, "Film");
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h"), ("from", "2026-12-07")]);
    let key = redirect(&mut desk, "4h", &[]);
    assert_eq!(desk.books().unwrap().redirects[0].from_day, "2026-12-07".parse().unwrap());
    assert_eq!(told(&desk), "Redirected 4h a week of G-1 onto R-1 from Mon 7 Dec: X-1");
    assert_eq!(key.to_string(), "X-1");
}

#[test]
fn a_redirect_ends_with_its_gain_unless_something_else_is_said() {
    let (mut desk, _) = ledger();
    desk.edit_entry(&RecordKey::Numbered(Kind::Gain, 1), &[("to", "2027-01-31".to_owned())]).unwrap();
    redirect(&mut desk, "4h", &[]);
    let label = desk.history(Some(1)).unwrap()[0].label.clone();
    assert_eq!(label, "Redirected 4h a week of G-1 onto R-1 from Mon 23 Nov until Sun 31 Jan 27: X-1");
    redirect(&mut desk, "1h", &[("to", "2026-12-31")]);
    let ends = |desk: &Desk| -> Vec<String> {
        desk.books().unwrap().redirects.iter().map(|it| it.to_day.unwrap().to_string()).collect()
    };
    assert_eq!(ends(&desk), ["2027-01-31", "2026-12-31"]);
    let words = [("gain", "G-1"), ("onto", "R-1"), ("hours", "1h"), ("to", "2027-02-28")];
    let words = words.map(|(name, text)| (name, text.to_owned()));
    let refused = desk.add_entry(Kind::Redirect, &words).unwrap_err();
    assert!(refused.to_string().contains("this one (1h onto R-1)"), "{refused}");
    assert_eq!(refused.hint().unwrap(), "Say fewer hours, or an end by Sun 31 Jan 27.");
    // An end that is taken away is the gain's.
    desk.edit_entry(&RecordKey::Numbered(Kind::Redirect, 2), &[("to", String::new())]).unwrap();
    assert_eq!(ends(&desk), ["2027-01-31", "2027-01-31"]);
}

#[test]
fn what_came_of_a_redirect_is_dated_on_the_day_on_which_it_is_first_said() {
    let (mut desk, _) = ledger();
    let key = redirect(&mut desk, "4h", &[]);
    let result_on = |desk: &Desk| desk.books().unwrap().redirects[0].result_on;
    assert_eq!(result_on(&desk), None);
    go(&mut desk, "2026-12-01");
    let label = rewrite(&mut desk, &key, &[("result", "film a week sooner")]);
    assert_eq!(label, "X-1 came to something: film a week sooner");
    go(&mut desk, "2026-12-08");
    rewrite(&mut desk, &key, &[("result", "film nine days sooner")]);
    assert_eq!(result_on(&desk), Some("2026-12-01".parse().unwrap()));
}

#[test]
fn a_promise_is_kept_or_broken_and_the_last_word_counts() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Priya")]);
    assert_eq!(rewrite(&mut desk, &key, &[("broken", "today")]), "Broke P-1 two ways");
    assert_eq!(rewrite(&mut desk, &key, &[("kept", "today")]), "Kept P-1 two ways");
    assert_eq!(field_of(&desk, &key, "broken"), "");
    assert_eq!(rewrite(&mut desk, &key, &[("broken", "today")]), "Broke P-1 two ways");
    assert_eq!(field_of(&desk, &key, "kept"), "");
    assert_eq!(rewrite(&mut desk, &key, &[("due", "2026-11-27")]), "Edited P-1 two ways: due Fri 27 Nov");
}

#[test]
fn saying_what_was_decided_decides_it_once() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Decision, &[("question", "templates?")]);
    assert_eq!(field_of(&desk, &key, "decided"), "");
    go(&mut desk, "2026-11-30");
    rewrite(&mut desk, &key, &[("result", "yes")]);
    let decided = |desk: &Desk| desk.books().unwrap().decisions[0].decided;
    assert_eq!(decided(&desk), Some("2026-11-30".parse().unwrap()));
    rewrite(&mut desk, &key, &[("decided", "")]);
    assert_eq!(decided(&desk), None, "open again, although something is written");
    let other = [("question", "print?"), ("result", "no"), ("decided", "2026-11-20")];
    entry(&mut desk, Kind::Decision, &other);
    assert_eq!(desk.books().unwrap().decisions[1].decided, Some("2026-11-20".parse().unwrap()));
}

#[test]
fn a_risk_ends_on_the_day_on_which_its_end_is_said() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Risk, &[("text", "print slot")]);
    go(&mut desk, "2026-11-25");
    assert_eq!(rewrite(&mut desk, &key, &[("raised", "today")]), "Raised K-1 print slot");
    assert_eq!(rewrite(&mut desk, &key, &[("end", "caught")]), "K-1 print slot: caught before release");
    let ended = |desk: &Desk| desk.books().unwrap().risks[0].ended;
    assert_eq!(ended(&desk), Some("2026-11-25".parse().unwrap()));
    rewrite(&mut desk, &key, &[("end", "")]);
    assert_eq!(ended(&desk), None);
}

#[test]
fn a_friction_remembers_when_its_stage_changed_last() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Friction, &[("text", "chasing approvals"), ("hours", "6h")]);
    let moved = |desk: &Desk| desk.books().unwrap().frictions[0].moved;
    assert_eq!(moved(&desk), None);
    go(&mut desk, "2026-11-25");
    assert_eq!(rewrite(&mut desk, &key, &[("stage", "changing")]), "F-1 chasing approvals is changing now");
    go(&mut desk, "2026-11-26");
    rewrite(&mut desk, &key, &[("hours", "5h"), ("stage", "changing")]);
    assert_eq!(moved(&desk), Some("2026-11-25".parse().unwrap()));
}

#[test]
fn nobody_is_there_twice_however_the_name_is_spelt() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Stakeholder, &[("name", "Priya Nair")]);
    let again = refused_entry(&mut desk, Kind::Stakeholder, &[("name", " priya NAIR")]);
    assert_eq!(again, "Priya Nair is there already as S-1");
    let other = entry(&mut desk, Kind::Stakeholder, &[("name", "Marcus Hall")]);
    assert_eq!(rewrite(&mut desk, &other, &[("name", "Priya Nair")]), again);
    assert!(rewrite(&mut desk, &key, &[("role", "Head of brand")]).starts_with("Edited S-1"));
}

#[test]
fn a_reading_says_what_was_measured_and_not_what_will_be() {
    let mut desk = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Spring sooner"), ("unit", "d")]);
    let on = |day| [("outcome", "O-1"), ("value", "12"), ("on", day)];
    let refused = refused_entry(&mut desk, Kind::Reading, &on("2026-11-24"));
    assert_eq!(refused, "a reading on Tue 24 Nov is still to come");
    entry(&mut desk, Kind::Reading, &on("2026-11-20"));
    assert_eq!(told(&desk), "Reading of O-1: 12 on Fri 20 Nov");
}

#[test]
fn a_last_day_that_is_left_empty_is_the_first() {
    let mut desk = studio();
    let key = entry(&mut desk, Kind::Absence, &[("who", "ana"), ("from", "2026-12-01")]);
    assert_eq!(told(&desk), "ana is away Tue 1 Dec");
    assert_eq!(rewrite(&mut desk, &key, &[("to", "2026-12-03")]), "ana is away Tue 1–Thu 3 Dec now");
    assert_eq!(rewrite(&mut desk, &key, &[("note", "training")]), "ana is away Tue 1–Thu 3 Dec now");
    assert_eq!(rewrite(&mut desk, &key, &[("to", "")]), "ana is away Tue 1 Dec now");
    entry(&mut desk, Kind::Holiday, &[("name", "Bridge"), ("from", "2026-12-24")]);
    assert_eq!(told(&desk), "Added holiday Bridge Thu 24 Dec");
}

#[test]
fn absences_and_holidays_go_and_everything_else_ends() {
    let mut desk = studio();
    let absence = away(&mut desk, "bo", "2026-12-01", "2026-12-02");
    assert_eq!(desk.remove_entry(&absence).unwrap().label, "bo is not away Tue 1–Wed 2 Dec any more");
    holiday(&mut desk, "Bridge", "2026-12-24", "2026-12-24");
    let day_off = RecordKey::Numbered(Kind::Holiday, 1);
    assert_eq!(desk.remove_entry(&day_off).unwrap().label, "Took the holiday Bridge away");
    let risk = entry(&mut desk, Kind::Risk, &[("text", "print slot")]);
    assert_eq!(refusal(desk.remove_entry(&risk)), "this is never thrown away");
}

#[test]
fn a_brief_is_written_once_for_a_meeting_and_not_after_it_is_frozen() {
    let mut desk = desk();
    let board = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &[]).to_string();
    let key = entry(&mut desk, Kind::Brief, &[("meeting", &board), ("line", "Spring is sooner")]);
    let again = refused_entry(&mut desk, Kind::Brief, &[("meeting", &board)]);
    assert_eq!(again, "there is a brief for M-1 already");
    rewrite(&mut desk, &key, &[("frozen", "today")]);
    let refused = rewrite(&mut desk, &key, &[("line", "Spring is late")]);
    assert_eq!(refused, "the brief is kept as it was shown on Mon 23 Nov");
    assert_eq!(field_of(&desk, &key, "line"), "Spring is sooner");
}

#[test]
fn a_brief_names_decisions_and_risks_that_are_there() {
    let mut desk = desk();
    let board = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &[]).to_string();
    entry(&mut desk, Kind::Friction, &[("text", "chasing"), ("hours", "1h")]);
    let mut refused =
        |field, text| refused_entry(&mut desk, Kind::Brief, &[("meeting", &board), (field, text)]);
    assert_eq!(refused("ask", "F-1"), "F-1 is no decision");
    assert_eq!(refused("risk", "D-1"), "D-1 is no risk");
    assert!(refused("ask", "D-7").contains("D-7"));
    assert!(refused("numbers", "luck").contains("`luck` is no number of the brief"));
    entry(&mut desk, Kind::Brief, &[("meeting", &board), ("ask", "sign templates")]);
}

#[test]
fn what_a_record_names_must_be_there() {
    let mut desk = studio();
    let refused = refused_entry(&mut desk, Kind::Gain, &[("friction", "F-9"), ("hours", "4h")]);
    assert!(refused.contains("F-9"), "{refused}");
    let refused = refused_entry(&mut desk, Kind::Risk, &[("text", "slot"), ("on", "R-9")]);
    assert!(refused.contains("R-9"), "{refused}");
    let refused = refused_entry(&mut desk, Kind::Absence, &[("who", "zed"), ("from", "today")]);
    assert_eq!(refused, "nobody is called `zed`");
}

#[test]
fn trust_and_stance_are_told_with_whose_they_are() {
    let mut desk = desk();
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya")]);
    entry(&mut desk, Kind::Decision, &[("question", "templates?")]);
    entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "4")]);
    assert_eq!(told(&desk), "Trust of S-1: 4 of 5");
    entry(&mut desk, Kind::Stance, &[("stakeholder", "S-1"), ("decision", "D-1"), ("level", "2")]);
    assert_eq!(told(&desk), "S-1 stands at +2 on D-1");
    let refused = refused_entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "6")]);
    assert!(refused.contains('5'), "{refused}");
}

#[test]
fn an_undo_gives_no_hours_away_that_a_later_change_gave_already() {
    let mut desk = crate::ops::kit::studio();
    let entry = crate::ops::kit::entry;
    crate::ops::kit::request(&mut desk, "Film");
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h"), ("from", "2026-11-16")]);
    let first = entry(&mut desk, Kind::Redirect, &[("gain", "G-1"), ("onto", "R-1"), ("hours", "4h")]);
    crate::ops::kit::rewrite(&mut desk, &first, &[("hours", "1h")]);
    let lowered = desk.history(Some(1)).unwrap()[0].id;
    entry(&mut desk, Kind::Redirect, &[("gain", "G-1"), ("onto", "R-1"), ("hours", "5h")]);
    let refused = desk.undo(Some(lowered)).unwrap_err().to_string();
    assert!(refused.contains("G-1 would have given away more than it freed"), "{refused}");
    desk.undo(None).unwrap();
    desk.undo(Some(lowered)).unwrap();
}

#[test]
fn what_has_happened_is_not_dated_ahead() {
    let mut desk = desk();
    let promise = entry(&mut desk, Kind::Promise, &[("text", "Send it"), ("who", "Kim")]);
    let decision = entry(&mut desk, Kind::Decision, &[("question", "Which?")]);
    let risk = entry(&mut desk, Kind::Risk, &[("text", "Late copy"), ("likelihood", "2"), ("impact", "2")]);
    for (key, field, what) in [
        (&promise, "kept", "kept"),
        (&promise, "broken", "broken"),
        (&decision, "decided", "decided"),
        (&risk, "raised", "raised"),
    ] {
        let told = rewrite(&mut desk, key, &[(field, "fri")]);
        assert_eq!(told, format!("it cannot have been {what} on Fri 27 Nov, which is still to come"));
        let told = rewrite(&mut desk, key, &[(field, "yesterday")]);
        assert!(!told.contains("cannot"), "{told}");
    }
}

#[test]
fn a_friction_costs_nothing_more_since_its_first_end() {
    let mut desk = desk();
    let key = entry(&mut desk, Kind::Friction, &[("text", "Mails"), ("hours", "2h")]);
    rewrite(&mut desk, &key, &[("stage", "unlocked")]);
    go(&mut desk, "2026-12-14");
    rewrite(&mut desk, &key, &[("stage", "dropped")]);
    assert_eq!(field_of(&desk, &key, "moved"), "Mon 23 Nov 2026");
    rewrite(&mut desk, &key, &[("stage", "changing")]);
    assert_eq!(field_of(&desk, &key, "moved"), "Mon 14 Dec 2026", "it costs again");
}
