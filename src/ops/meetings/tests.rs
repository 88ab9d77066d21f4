//! Meetings as they are typed and changed.

use super::*;
use crate::ops::kit::{desk_at, meet, refusal, told};

const MOVED: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\n\
    DTSTART:20261124T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn desk() -> Desk {
    desk_at("2026-11-23T09:00:00+00:00")
}

fn guess(title: &str, attendees: usize) -> MeetingKind {
    guess_kind(title, attendees, &crate::config::Config::defaults().meetings)
}

#[test]
fn a_kind_is_guessed_from_whole_words_and_then_from_who_is_there() {
    assert_eq!(guess("Quarterly with finance", 4), MeetingKind::Leadership);
    assert_eq!(guess("Brand council", 4), MeetingKind::Stakeholder);
    assert_eq!(guess("STAND-UP", 4), MeetingKind::Team);
    assert_eq!(guess("Coffee", 1), MeetingKind::OneToOne);
    assert_eq!(guess("Coffee", 2), MeetingKind::Team);
    assert_eq!(guess("Boarding passes", 3), MeetingKind::Team, "a board is no boarding");
    assert_eq!(guess("Executive board, studio", 1), MeetingKind::Leadership, "words before people");
}

#[test]
fn a_meeting_needs_a_title_and_a_length_that_a_meeting_can_have() {
    let mut desk = desk();
    let new = |title: &str, minutes| NewMeeting {
        title: title.to_owned(),
        start: "2026-11-24T10:00:00".parse().unwrap(),
        minutes,
        kind: None,
        series: String::new(),
        attendees: Vec::new(),
        notes: MeetingNote::default(),
    };
    assert_eq!(refusal(desk.add_meeting(&new(" ", 60))), "a meeting needs a title");
    let key = desk.add_meeting(&new("Board", 60)).unwrap().output;
    let unnamed = MeetingChange { title: Some(String::new()), ..MeetingChange::default() };
    assert_eq!(refusal(desk.edit_meeting(&key, &unnamed)), "a meeting needs a title");
    for minutes in [-1, 20161] {
        let refused = refusal(desk.add_meeting(&new("Board", minutes)));
        assert_eq!(refused, format!("{minutes} minutes is no length for a meeting"));
        let change = MeetingChange { minutes: Some(minutes), ..MeetingChange::default() };
        assert_eq!(refusal(desk.edit_meeting(&key, &change)), refused);
        assert_eq!(refusal(desk.move_meeting(&key, new("Board", 0).start, Some(minutes))), refused);
    }
    for minutes in [0, 20160] {
        desk.add_meeting(&new("Board", minutes)).unwrap();
    }
}

#[test]
fn a_typed_meeting_changes_in_everything() {
    let mut desk = desk();
    let key = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Team, &["Kim"]);
    assert_eq!(told(&desk), "Added meeting M-1 Board");
    let change = MeetingChange {
        kind: Some(MeetingKind::Leadership),
        title: Some("Steering".to_owned()),
        start: Some("2026-11-25T14:00:00".parse().unwrap()),
        minutes: Some(90),
        attendees: Some(vec!["Priya".to_owned()]),
        ..MeetingChange::default()
    };
    desk.edit_meeting(&key, &change).unwrap();
    let meeting = desk.meeting(&key).unwrap();
    assert_eq!((meeting.title.as_str(), meeting.kind), ("Steering", MeetingKind::Leadership));
    assert_eq!(meeting.start.format("%F %R").to_string(), "2026-11-25 14:00");
    assert_eq!(((meeting.end - meeting.start).num_minutes(), meeting.attendees[0].as_str()), (90, "Priya"));
}

#[test]
fn what_a_calendar_says_is_changed_there_and_what_is_noted_is_changed_here() {
    let mut desk = desk();
    desk.import_calendar("a.ics", MOVED).unwrap();
    let key = desk.meetings(desk.today(), "2026-11-24".parse().unwrap()).unwrap().remove(0).key;
    let title = MeetingChange { title: Some("Mine".to_owned()), ..MeetingChange::default() };
    let refused = refusal(desk.edit_meeting(&key, &title));
    assert!(refused.starts_with("M-1 comes from a calendar"), "{refused}");
    let noted = MeetingChange {
        kind: Some(MeetingKind::Leadership),
        intent: Some("they ask what if".to_owned()),
        ..MeetingChange::default()
    };
    let label = desk.edit_meeting(&key, &noted).unwrap().label;
    assert!(label.ends_with(" Brand council: kind leadership, intent they ask what if"), "{label}");
    let meeting = desk.meeting(&key).unwrap();
    assert_eq!((meeting.kind, meeting.intent.as_str()), (MeetingKind::Leadership, "they ask what if"));
}

#[test]
fn one_day_of_a_series_moves_alone_and_what_all_have_is_told_of_all() {
    let mut desk = desk();
    desk.fill_demo().unwrap();
    let days = |desk: &Desk, id: MeetingId| {
        let all = desk.meetings(day::plus(desk.today(), -30), day::plus(desk.today(), 30)).unwrap();
        all.into_iter().filter(|it| it.key.meeting == id).collect::<Vec<_>>()
    };
    let all = desk.meetings(desk.today(), day::plus(desk.today(), 14)).unwrap();
    let is_one = |it: &&crate::domain::meeting::Meeting| {
        it.start > desk.now() && desk.comes_again(&it.key).unwrap() && !it.is_all_day
    };
    let one = all.iter().find(is_one).unwrap();
    let (key, id) = (one.key.clone(), one.key.meeting);
    let before = days(&desk, id);
    let start = (one.start + chrono::TimeDelta::minutes(30)).naive_local();
    let (start, kind) = (Some(start), Some(MeetingKind::Stakeholder));
    let change = MeetingChange { start, minutes: Some(25), ..MeetingChange::default() };
    let label = desk.edit_meeting(&key, &change).unwrap().label;
    assert!(label.starts_with(&format!("Moved {key} ")), "{label}");
    let after = days(&desk, id);
    let same = before.iter().zip(&after).filter(|(was, is)| (was.start, was.end) == (is.start, is.end));
    assert_eq!((after.len(), same.count()), (before.len(), before.len() - 1));
    let minutes = desk.meeting(&key).map(|it| (it.end - it.start).num_minutes());
    assert_eq!(minutes.unwrap(), 25, "it is still found by its key");
    let change = MeetingChange { kind, intent: Some("a yes".to_owned()), ..MeetingChange::default() };
    let label = desk.edit_meeting(&key, &change).unwrap().label;
    assert!(label.starts_with(&format!("Edited {id}, all days ")), "{label}");
    assert!(label.ends_with(&format!(": kind stakeholder; {key}: intent a yes")), "{label}");
    let change = MeetingChange { minutes: Some(30), kind: Some(MeetingKind::Team), ..Default::default() };
    let label = desk.edit_meeting(&key, &change).unwrap().label;
    let takes = label.split("; ").next().unwrap_or_default();
    assert!(takes.starts_with(&key.to_string()) && takes.ends_with(" takes 30m now"), "{label}");
    assert!(label.contains(&format!("; Edited {id}, all days")), "{label}");
    assert_eq!(days(&desk, id)[0].end, before[0].end, "days that are over stay as they were");
}

#[test]
fn a_note_that_is_not_named_stays() {
    let mut desk = desk();
    let key = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &[]);
    let note = |if_then: &str| MeetingChange { if_then: Some(if_then.to_owned()), ..Default::default() };
    desk.edit_meeting(&key, &note("if they count, I ask")).unwrap();
    let intent = MeetingChange { intent: Some("a yes".to_owned()), ..MeetingChange::default() };
    desk.edit_meeting(&key, &intent).unwrap();
    assert_eq!(desk.meeting(&key).unwrap().if_then, "if they count, I ask");
    desk.edit_meeting(&key, &note("")).unwrap();
    let meeting = desk.meeting(&key).unwrap();
    assert_eq!((meeting.if_then.as_str(), meeting.intent.as_str()), ("", "a yes"));
}
