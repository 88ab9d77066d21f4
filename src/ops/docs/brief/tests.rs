//! What a brief says, block by block, and what is kept of it.

use super::blocks::title;
use super::*;
use crate::domain::document::{Line, Reader, Tone};
use crate::domain::ids::RequestId;
use crate::domain::record::Kind;
use crate::domain::stage::Stage;
use crate::ops::kit::{
    day, desk_at, edit, entry, go, meet, move_clock, refusal, request, rewrite, studio, told,
};
use crate::ops::meetings::MeetingChange;

/// Marcus is in the room on Tuesday at ten; it is Monday.
fn board(desk: &mut Desk) -> OccurrenceKey {
    meet(desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &["Marcus"])
}

fn desk() -> (Desk, OccurrenceKey) {
    let mut desk = studio();
    let key = board(&mut desk);
    (desk, key)
}

fn page(desk: &Desk) -> BriefPage {
    desk.brief(None).unwrap()
}

fn block(desk: &Desk, title: &str) -> Vec<String> {
    let blocks = page(desk).document.blocks;
    let found = blocks.into_iter().find(|block| block.title == title);
    // Where nothing can be told yet there is only what can be done about it.
    let said = |line: Line| if line.text.is_empty() { line.hint } else { line.text };
    found.map_or_else(Vec::new, |block| block.lines.into_iter().map(said).collect())
}

fn write(desk: &mut Desk, key: &OccurrenceKey, field: &'static str, text: &str) {
    desk.save_brief(key, &vec![(field, text.to_owned())]).unwrap();
}

/// An outcome that stood at 14 and was read at 12.
fn outcome(desk: &mut Desk) {
    let words = [
        ("name", "Spring sooner"),
        ("metric", "brief to shelf"),
        ("unit", "d"),
        ("baseline", "14"),
        ("target", "9"),
    ];
    entry(desk, Kind::Outcome, &words);
    entry(desk, Kind::Reading, &[("outcome", "O-1"), ("value", "12")]);
}

#[test]
fn without_a_leadership_meeting_it_says_what_it_needs() {
    let mut desk = desk_at("2026-11-23T09:00:00+00:00");
    meet(&mut desk, "Studio", "2026-11-24T10:00", MeetingKind::Team, &[]);
    let found = page(&desk);
    assert_eq!((found.meeting, found.document.title.as_str()), (None, "Brief"));
    let room = found.document.for_reader(Reader::Room { names_with_hours: true });
    assert_eq!((room.blocks.len(), room.subtitle.as_str()), (0, "no leadership meeting is in sight"));
    assert_eq!(refusal(desk.freeze_brief(None)), "no leadership meeting is in sight");
}

#[test]
fn it_is_for_the_next_leadership_meeting_that_has_not_ended() {
    let (mut desk, _) = desk();
    meet(&mut desk, "Far", "2027-03-01T10:00", MeetingKind::Leadership, &[]);
    let next = |desk: &Desk| desk.next_leadership().unwrap().map(|meeting| meeting.title);
    move_clock(&mut desk, "2026-11-24T10:59:00+00:00");
    assert_eq!(next(&desk).as_deref(), Some("Board"), "it is under way");
    move_clock(&mut desk, "2026-11-24T11:00:00+00:00");
    assert_eq!(next(&desk).as_deref(), Some("Far"), "97 days ahead");
    go(&mut desk, "2027-03-02");
    assert_eq!(next(&desk), None);
}

#[test]
fn an_outcome_without_a_metric_is_named_once() {
    let (mut desk, _) = desk();
    entry(&mut desk, Kind::Outcome, &[("name", "Trial sign-ups up 8 % by June")]);
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "417")]);
    assert_eq!(block(&desk, title::BOTTOM), ["Trial sign-ups up 8 % by June: now 417."]);
    let number = "Now 417, nothing to compare with yet (1 reading, 90 days): Trial sign-ups up 8 % by June";
    assert_eq!(block(&desk, title::NUMBERS)[0], number);
}

#[test]
fn the_bottom_line_is_the_leads_own_or_the_strongest_number() {
    let (mut desk, key) = desk();
    assert!(block(&desk, title::BOTTOM)[0].starts_with("Nothing is measured yet"));
    outcome(&mut desk);
    let line = &block(&desk, title::BOTTOM)[0];
    assert!(line.starts_with("Spring sooner: ") && line.contains("12 d"), "{line}");
    write(&mut desk, &key, "line", "Spring reaches shelves two days sooner");
    assert_eq!(block(&desk, title::BOTTOM), ["Spring reaches shelves two days sooner"]);
}

#[test]
fn the_ask_is_an_open_decision_of_somebody_in_the_room_with_its_options() {
    let (mut desk, key) = desk();
    for (question, who, options) in [
        ("print?", "Kim", "A yes. B no."),
        ("templates?", "Marcus", ""),
        ("studio?", "Marcus", "A now. B in January. Nothing: as it is."),
    ] {
        entry(&mut desk, Kind::Decision, &[("question", question), ("approver", who), ("options", options)]);
    }
    assert_eq!(block(&desk, title::ASK)[0], "D-3 studio? Marcus decides.");
    rewrite(&mut desk, &"D-3".parse().unwrap(), &[("result", "now")]);
    let lines = block(&desk, title::ASK);
    assert_eq!(lines[0], "D-2 templates? Marcus decides.");
    assert!(lines.iter().any(|line| line.starts_with("No options are noted")), "{lines:?}");
    write(&mut desk, &key, "ask", "D-1");
    assert_eq!(block(&desk, title::ASK)[0], "D-1 print? Kim decides.", "the lead chose it");
    rewrite(&mut desk, &"D-1".parse().unwrap(), &[("result", "digital only")]);
    let lines = block(&desk, title::ASK);
    assert_eq!(lines[0], "D-1 print? Decided Mon 23 Nov: digital only.");
    assert!(lines.len() == 2 && lines[1].starts_with("This was asked for"), "{lines:?}");
}

/// A brief that asks whether a film is made, which `words` say more of.
fn desk_asking_for_film(words: &str) -> (Desk, RequestId, RecordKey) {
    let (mut desk, _) = desk();
    let film = request(&mut desk, &format!("Film t3 ~16h due:fri {words}"));
    let asked = [("question", "film?"), ("approver", "Marcus"), ("options", "A the film. Nothing: none.")];
    let decision = entry(&mut desk, Kind::Decision, &asked);
    desk.link(&decision, &film.into()).unwrap();
    (desk, film, decision)
}

#[test]
fn work_of_somebody_who_left_is_weighed_as_work_to_give() {
    let (mut desk, ..) = desk_asking_for_film("@bo");
    edit(&mut desk, "bo", &[("to", "2026-11-23")]);
    go(&mut desk, "2026-11-24");
    meet(&mut desk, "Board", "2026-11-25T10:00", MeetingKind::Leadership, &["Marcus"]);
    let lines = block(&desk, title::ASK);
    assert!(lines[1].contains("16h, done") && !lines[1].contains("held by"), "{lines:?}");
}

#[test]
fn an_option_tells_what_the_work_behind_it_costs() {
    let (mut desk, film, _) = desk_asking_for_film("");
    let lines = block(&desk, title::ASK);
    // Monday and Tuesday, a day of review; nothing moves.
    assert!(lines[1].contains("R-1 16h, done Wed 25 Nov by ana, in time"), "{lines:?}");
    desk.edit(&[film], "@ana").unwrap();
    let lines = block(&desk, title::ASK);
    assert!(lines[1].contains("held by ana: fits"), "{lines:?}");
    desk.edit(&[film], "~60h").unwrap();
    let lines = block(&desk, title::ASK);
    assert!(lines[1].contains("held by ana: cannot be done before it is due"), "{lines:?}");
}

#[test]
fn work_that_is_late_or_put_aside_is_called_so_and_not_recommended() {
    let (mut desk, film, decision) = desk_asking_for_film("@ana");
    let lines = block(&desk, title::ASK);
    assert!(lines[1].contains("fits") && lines[3].starts_with("We recommend A the film"), "{lines:?}");
    desk.move_to(&[film], Stage::OnHold, "later").unwrap();
    let lines = block(&desk, title::ASK);
    assert!(lines[1].ends_with("held by ana: on hold") && lines[3].starts_with("No recommend"), "{lines:?}");
    desk.move_to(&[film], Stage::InProgress, "").unwrap();
    go(&mut desk, "2026-12-01");
    meet(&mut desk, "Board", "2026-12-02T10:00", MeetingKind::Leadership, &["Marcus"]);
    let lines = block(&desk, title::ASK);
    assert!(lines[1].ends_with("held by ana: 2 working days late"), "{lines:?}");
    assert!(lines[2].ends_with("R-1: 2 working days late") && lines[3].starts_with("No recom"), "{lines:?}");
    rewrite(&mut desk, &decision, &[("options", "Nothing.")]);
    desk.edit(&[film], "due:2026-12-18").unwrap();
    let lines = block(&desk, title::ASK);
    assert!(lines.last().unwrap().starts_with("No recommendation yet"), "{lines:?}");
}

#[test]
fn a_room_reads_neither_numbers_nor_recommendations_about_what_is_private() {
    let (mut desk, key) = desk();
    for (at, name, lever) in [("O-1", "Secret", "speed-to-market"), ("O-2", "Winter", "measurable-impact")] {
        let ends = [("baseline", "14"), ("target", "9"), ("metric", "brief to shelf"), ("unit", "d")];
        entry(&mut desk, Kind::Outcome, &[&[("name", name), ("lever", lever)], &ends[..]].concat());
        entry(&mut desk, Kind::Reading, &[("outcome", at), ("value", "12")]);
    }
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h")]);
    entry(&mut desk, Kind::Redirect, &[("gain", "G-1"), ("onto", "O-1"), ("hours", "4h")]);
    entry(&mut desk, Kind::Decision, &[("question", "close it?"), ("approver", "Marcus")]);
    write(&mut desk, &key, "recommend", "closing the small one");
    let bottom = block(&desk, title::BOTTOM);
    assert!(bottom[0].starts_with("Secret: "), "{bottom:?}");
    let given = |desk: &Desk| {
        let mut all = page(desk).document.for_reader(Reader::Room { names_with_hours: true }).blocks;
        all.extend(
            desk.quarter_review(desk.today())
                .unwrap()
                .for_reader(Reader::Room { names_with_hours: true })
                .blocks,
        );
        let lines = all.iter().flat_map(|block| &block.lines).map(|line| line.text.clone());
        let points = all.iter().filter_map(|block| block.plot.as_ref()).flat_map(|plot| &plot.points);
        lines.chain(points.map(|point| point.label.clone())).collect::<Vec<_>>().join("\n")
    };
    assert!(given(&desk).contains("went to Secret") && given(&desk).contains("We recommend closing"));
    desk.set_private(&["O-1", "D-1"].map(|key| key.parse().unwrap()), Some(true)).unwrap();
    let told = given(&desk);
    assert!(!told.contains("Secret") && !told.contains("closing"), "{told}");
    assert!(told.contains("went to (private)") && told.starts_with("Winter: "), "{told}");
    assert!(block(&desk, title::BOTTOM)[0].starts_with("Winter: "), "what is said in the room");
}

#[test]
fn a_decision_without_a_result_ends_its_sentence_and_days_of_another_year_have_it() {
    let (mut desk, key) = desk();
    entry(&mut desk, Kind::Decision, &[("question", "print?"), ("approver", "Marcus"), ("decided", "today")]);
    write(&mut desk, &key, "ask", "D-1");
    assert_eq!(block(&desk, title::ASK)[0], "D-1 print? Decided Mon 23 Nov.");
    desk.freeze_brief(None).unwrap();
    go(&mut desk, "2027-01-04");
    let page = desk.brief(Some(&key)).unwrap();
    assert_eq!(page.document.subtitle, "24 Nov 2026 10:00, as it was shown on 23 Nov 2026");
    let refused = refusal(desk.freeze_brief(Some(&key)));
    assert_eq!(refused, "the brief is kept as it was shown on 23 Nov 2026");
}

#[test]
fn an_option_of_a_month_that_has_begun_is_not_costed_for_next_year() {
    let (mut desk, _) = desk();
    let film = request(&mut desk, "Film t3 ~16h due:2027-01-29");
    let words =
        [("question", "film?"), ("approver", "Marcus"), ("options", "A now. B in January. Nothing: none.")];
    let decision = entry(&mut desk, Kind::Decision, &words);
    desk.link(&decision, &film.into()).unwrap();
    assert!(block(&desk, title::ASK)[2].contains("done Tue 5 Jan 27"), "{:?}", block(&desk, title::ASK));
    move_clock(&mut desk, "2027-01-11T09:00:00+00:00");
    meet(&mut desk, "Board", "2027-01-12T10:00", MeetingKind::Leadership, &["Marcus"]);
    assert!(block(&desk, title::ASK)[2].contains("done Wed 13 Jan by ana"), "{:?}", block(&desk, title::ASK));
}

#[test]
fn the_risk_to_be_raised_now_stands_before_a_heavier_one() {
    let (mut desk, key) = desk();
    assert!(block(&desk, title::RISK)[0].starts_with("No risk is noted"));
    let risk = |desk: &mut Desk, text, weight, by| {
        let words = [("text", text), ("likelihood", weight), ("impact", weight), ("raise-by", by)];
        entry(desk, Kind::Risk, &words)
    };
    risk(&mut desk, "slot", "2", "2026-11-25");
    risk(&mut desk, "rights", "3", "2026-12-18");
    assert_eq!(block(&desk, title::RISK), ["K-2 rights, raise by Fri 18 Dec", "Nothing is in place yet."]);
    move_clock(&mut desk, "2026-11-24T09:00:00+00:00");
    rewrite(&mut desk, &"K-1".parse().unwrap(), &[("raise-by", "today"), ("answer", "a second printer.")]);
    assert_eq!(block(&desk, title::RISK), ["K-1 slot, raise today", "In place: a second printer."]);
    rewrite(&mut desk, &"K-1".parse().unwrap(), &[("raise-by", "2026-11-13")]);
    assert_eq!(block(&desk, title::RISK)[0], "K-1 slot, was to be raised by Fri 13 Nov");
    write(&mut desk, &key, "risk", "the fair is moved");
    assert_eq!(block(&desk, title::RISK), ["the fair is moved"]);
    // One that was chosen and is over by now is no risk to raise any more.
    write(&mut desk, &key, "risk", "K-2");
    rewrite(&mut desk, &"K-2".parse().unwrap(), &[("end", "passed")]);
    assert_eq!(block(&desk, title::RISK), ["K-2 rights, passed by Tue 24 Nov"]);
}

#[test]
fn of_two_risks_that_weigh_the_same_the_one_with_a_day_is_named() {
    let (mut desk, _) = desk();
    entry(&mut desk, Kind::Risk, &[("text", "some day"), ("likelihood", "2"), ("impact", "2")]);
    let words = [("text", "soon"), ("likelihood", "2"), ("impact", "2"), ("raise-by", "2026-12-18")];
    entry(&mut desk, Kind::Risk, &words);
    assert_eq!(block(&desk, title::RISK)[0], "K-2 soon, raise by Fri 18 Dec");
}

#[test]
fn freed_hours_tell_where_they_went_what_came_of_them_and_what_is_left() {
    let (mut desk, _) = desk();
    assert!(block(&desk, title::REDIRECTED)[0].starts_with("Nothing is freed yet"));
    outcome(&mut desk);
    entry(&mut desk, Kind::Gain, &[("text", "Stand-ins"), ("hours", "2h"), ("from", "2026-11-09")]);
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h"), ("from", "2026-11-16")]);
    let words = [("gain", "G-2"), ("onto", "O-1"), ("hours", "4h"), ("result", "two days sooner")];
    entry(&mut desk, Kind::Redirect, &words);
    assert_eq!(
        block(&desk, title::REDIRECTED),
        [
            "Templates, 6h a week: 4h → Spring sooner (two days sooner) · 2h unspoken for, 7 days",
            "Stand-ins, 2h a week: 2h unspoken for, 14 days",
        ]
    );
}

#[test]
fn whoever_is_in_the_room_is_told_with_what_they_care_about_and_are_owed() {
    let (mut desk, _) = desk();
    assert_eq!(block(&desk, title::WHO), ["Marcus"]);
    entry(&mut desk, Kind::Stakeholder, &[("name", "Marcus"), ("cares", "margin")]);
    entry(&mut desk, Kind::Trust, &[("stakeholder", "S-1"), ("level", "3")]);
    entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "marcus"), ("due", "2026-11-19")]);
    let who = &page(&desk).document.blocks[0].lines[0];
    assert_eq!(who.text, "Marcus: margin · owed P-1 two ways, 2 days late · trust 3 of 5");
    assert_eq!(who.tone, Tone::Warn);
    desk.is_presenting = true;
    assert!(!block(&desk, title::WHO)[0].contains("trust"));
}

#[test]
fn of_a_full_room_those_who_are_owed_or_known_are_named() {
    let mut desk = studio();
    let names = ["Adam", "Bea", "Carl", "Dora", "Eli", "Marcus"];
    meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &names);
    entry(&mut desk, Kind::Stakeholder, &[("name", "Eli"), ("cares", "margin")]);
    entry(&mut desk, Kind::Stakeholder, &[("name", "Marcus"), ("cares", "speed")]);
    entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Marcus")]);
    assert_eq!(
        block(&desk, title::WHO),
        ["Marcus: speed · owed P-1 two ways", "Eli: margin", "Adam", "and 3 more"]
    );
}

#[test]
fn three_questions_are_expected_first_those_that_the_lead_noted() {
    let (mut desk, key) = desk();
    assert!(block(&desk, title::QUESTIONS)[0].starts_with("Nothing is expected"));
    entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Marcus"), ("due", "2026-11-19")]);
    entry(&mut desk, Kind::Gain, &[("text", "Templates"), ("hours", "6h")]);
    let predicted = Some("What of the fair? → it is booked\nHow much?".to_owned());
    desk.edit_meeting(&key, &MeetingChange { predicted, ..MeetingChange::default() }).unwrap();
    assert_eq!(
        block(&desk, title::QUESTIONS),
        [
            "“What of the fair?” → it is booked",
            "“How much?” → no answer yet",
            "Perhaps “What about two ways?” → P-1: bring it, or name a day",
        ]
    );
}

#[test]
fn no_block_has_more_than_five_lines() {
    let (mut desk, _) = desk();
    for at in 1..=7 {
        let text = format!("Change {at}");
        entry(&mut desk, Kind::Gain, &[("text", &text), ("hours", "1h")]);
    }
    let lines = block(&desk, title::REDIRECTED);
    assert_eq!((lines.len(), lines[4].as_str()), (5, "and 3 more"));
}

#[test]
fn a_frozen_brief_stays_as_it_was_shown() {
    let (mut desk, key) = desk();
    outcome(&mut desk);
    let before = page(&desk);
    desk.freeze_brief(None).unwrap();
    assert_eq!((before.claims.len(), told(&desk).as_str()), (1, "Froze the brief for Board, with 1 claim"));
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "10")]);
    let frozen = page(&desk);
    assert_eq!(frozen.document.blocks, before.document.blocks);
    assert_eq!((frozen.frozen, frozen.claims), (Some(day("2026-11-23")), before.claims));
    assert!(frozen.document.subtitle.ends_with("as it was shown on Mon 23 Nov"));
    assert_eq!(refusal(desk.freeze_brief(None)), "the brief is kept as it was shown on Mon 23 Nov");
    assert!(desk.save_brief(&key, &vec![("line", "other".to_owned())]).is_err());
}

#[test]
fn what_is_kept_is_the_whole_of_it_and_what_is_private_is_hidden_from_others() {
    let (mut desk, key) = desk();
    let if_then = Some("If he counts, I ask".to_owned());
    desk.edit_meeting(&key, &MeetingChange { if_then, ..MeetingChange::default() }).unwrap();
    desk.is_presenting = true;
    assert_eq!(block(&desk, title::IF_THEN), [] as [&str; 0]);
    desk.freeze_brief(None).unwrap();
    for private in [title::WHO, title::QUESTIONS, title::IF_THEN] {
        assert_eq!(block(&desk, private), [] as [&str; 0], "{private}");
    }
    desk.is_presenting = false;
    assert_eq!(block(&desk, title::IF_THEN), ["If he counts, I ask"]);
}

#[test]
fn the_next_brief_begins_with_what_became_of_the_last() {
    let (mut desk, _) = desk();
    outcome(&mut desk);
    let decision = entry(&mut desk, Kind::Decision, &[("question", "templates?")]);
    let promise = entry(&mut desk, Kind::Promise, &[("text", "two ways"), ("who", "Marcus")]);
    desk.freeze_brief(None).unwrap();
    go(&mut desk, "2026-12-07");
    meet(&mut desk, "Board", "2026-12-08T10:00", MeetingKind::Leadership, &["Marcus"]);
    rewrite(&mut desk, &decision, &[("result", "yes")]);
    rewrite(&mut desk, &promise, &[("kept", "today")]);
    entry(&mut desk, Kind::Reading, &[("outcome", "O-1"), ("value", "11")]);
    let lines = block(&desk, "Since Mon 23 Nov");
    assert!(lines.contains(&"Decided: D-1 templates? yes".to_owned()), "{lines:?}");
    assert!(lines.contains(&"Kept P-1 two ways; read O-1".to_owned()), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Held: ") && line.contains("now 11")), "{lines:?}");
    let other = meet(&mut desk, "Steering", "2026-12-08T12:00", MeetingKind::Leadership, &["Marcus"]);
    let page = desk.brief(Some(&other)).unwrap();
    assert!(
        page.document.blocks.iter().all(|block| !block.title.starts_with("Since")),
        "another row of meetings"
    );
}

#[test]
fn without_a_meeting_in_sight_only_what_is_missing_is_asked_for() {
    let mut desk = studio();
    let asked = |desk: &Desk| -> Vec<String> {
        desk.brief(None).unwrap().document.blocks.into_iter().map(|block| block.title).collect()
    };
    assert_eq!(asked(&desk).len(), 9);
    entry(&mut desk, Kind::Outcome, &[("name", "Sooner")]);
    entry(&mut desk, Kind::Risk, &[("text", "Agency too late")]);
    let left = ["First", title::WHO, title::ASK, title::REDIRECTED];
    assert_eq!(asked(&desk), left);
}
