//! What a form shows of each kind of record, and what a save changes.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::ops::kit::{away, day, entry, give, hours, left, meet, refusal, request, shares_of, studio, told};
use crate::ops::meetings::MeetingChange;
use crate::ops::{Desk, OpsError};
use crate::store::Committed;

fn shown(desk: &Desk, target: &FormTarget, name: &str) -> String {
    let sheet = desk.sheet(target).unwrap();
    sheet.rows.into_iter().find(|(field, _)| field.name == name).unwrap().1
}

fn title(desk: &Desk, target: &FormTarget) -> String {
    desk.sheet(target).unwrap().title
}

fn save(
    desk: &mut Desk,
    target: &FormTarget,
    texts: &[(&'static str, &str)],
) -> Result<Committed<()>, OpsError> {
    let texts = texts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    desk.save_sheet(target, &texts)
}

#[test]
fn a_request_shows_what_it_holds_and_saves_only_what_changed() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~4h due:fri");
    let target = FormTarget::Request(id);
    assert_eq!(title(&desk, &target), "Edit R-1 Film");
    assert_eq!(
        (shown(&desk, &target, "title"), shown(&desk, &target, "estimate")),
        ("Film".into(), "4h".into())
    );
    save(&mut desk, &target, &[("estimate", "6h")]).unwrap();
    let film = desk.store.request(id).unwrap();
    assert_eq!((film.estimate, film.due), (Some(hours(6)), Some(day("2026-11-27"))));
    assert!(refusal(save(&mut desk, &target, &[("due", "asap")])).contains("asap"));
}

#[test]
fn a_new_request_is_asked_for_in_the_words_of_its_title() {
    let mut desk = studio();
    assert_eq!(shown(&desk, &FormTarget::NewRequest, "title"), "");
    save(&mut desk, &FormTarget::NewRequest, &[("title", "Film"), ("due", "fri")]).unwrap();
    assert_eq!(told(&desk), "Added R-1 Film");
    save(&mut desk, &FormTarget::NewRequest, &[("title", "Poster"), ("ask", "something for the fair")])
        .unwrap();
    let asks: Vec<_> = desk.store.all_requests().unwrap().into_iter().map(|request| request.ask).collect();
    assert_eq!(asks, ["Film", "something for the fair"]);
    assert_eq!(refusal(save(&mut desk, &FormTarget::NewRequest, &[("due", "fri")])), "title is needed");
}

#[test]
fn private_fields_are_empty_while_others_look_on() {
    let mut desk = studio();
    let id = request(&mut desk, "Film notes:\"he is nervous\"");
    let who = entry(&mut desk, Kind::Stakeholder, &[("name", "Priya"), ("notes", "likes facts")]);
    let room = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &["Marcus"]);
    let plan = MeetingChange { if_then: Some("If they count, I ask".to_owned()), ..MeetingChange::default() };
    desk.edit_meeting(&room, &plan).unwrap();
    let targets = [
        (FormTarget::Request(id), "notes"),
        (FormTarget::Entry(who), "notes"),
        (FormTarget::Meeting(room.clone()), "if-then"),
    ];
    assert!(targets.iter().all(|(target, name)| !shown(&desk, target, name).is_empty()));
    desk.is_presenting = true;
    assert!(targets.iter().all(|(target, name)| shown(&desk, target, name).is_empty()));
    save(&mut desk, &FormTarget::Meeting(room.clone()), &[("title", "Steering")]).unwrap();
    let kept = desk.meeting(&room).unwrap();
    assert_eq!((kept.title.as_str(), kept.if_then.as_str()), ("Steering", "If they count, I ask"));
    assert_eq!(refusal(desk.evidence(&room)), "reflections are hidden while you present");
}

#[test]
fn a_person_is_added_and_changed_by_name() {
    let mut desk = studio();
    assert_eq!(title(&desk, &FormTarget::NewPerson), "A new person");
    assert_eq!(shown(&desk, &FormTarget::NewPerson, "factor"), "0.80", "as configured");
    let texts = [("name", "Cy Kern"), ("discipline", "copy"), ("first", "2026-12-01")];
    save(&mut desk, &FormTarget::NewPerson, &texts).unwrap();
    let cy = desk.person("cy").unwrap();
    assert_eq!((cy.discipline.as_str(), cy.first_day), ("copy", Some(day("2026-12-01"))));
    let target = FormTarget::Person(cy.id);
    assert_eq!(title(&desk, &target), "Edit Cy Kern (cy)");
    save(&mut desk, &target, &[("factor", "0.5"), ("first", "")]).unwrap();
    let cy = desk.person("cy").unwrap();
    assert_eq!((cy.factor.0, cy.first_day, cy.name.as_str()), (50, None, "Cy Kern"));
}

#[test]
fn a_role_is_a_person_that_is_still_to_be_found() {
    let mut desk = studio();
    assert_eq!(shown(&desk, &FormTarget::NewRole, "role"), "yes");
    save(&mut desk, &FormTarget::NewRole, &[("name", "Editor"), ("role", "yes")]).unwrap();
    assert!(desk.person("editor").unwrap().is_role);
    assert_eq!(told(&desk), "Added role editor (Editor)");
}

#[test]
fn a_week_that_is_typed_holds_from_its_day() {
    let mut desk = studio();
    let ana = FormTarget::Person(PersonId(1));
    save(&mut desk, &ana, &[("hours", "8 8 8 4 0"), ("from", "2026-12-07")]).unwrap();
    let contracts = desk.person("ana").unwrap().contracts;
    let newest = contracts.last().unwrap();
    assert_eq!((newest.from, newest.week[3], newest.week[4]), (day("2026-12-07"), hours(4), hours(0)));
    assert!(refusal(save(&mut desk, &ana, &[("hours", "8 8")])).starts_with("hours: "));
}

#[test]
fn a_meeting_is_written_with_its_notes() {
    let mut desk = studio();
    crate::ops::kit::go(&mut desk, "2026-11-28");
    assert_eq!(shown(&desk, &FormTarget::NewMeeting, "day"), "Mon 30 Nov 2026", "no weekend is proposed");
    let texts = [
        ("title", "Board"),
        ("day", "2026-12-01"),
        ("time", "10:00"),
        ("with", "Kim, Priya"),
        ("intent", "a yes"),
    ];
    save(&mut desk, &FormTarget::NewMeeting, &texts).unwrap();
    let meeting = desk.meetings(day("2026-12-01"), day("2026-12-01")).unwrap().remove(0);
    assert_eq!((meeting.intent.as_str(), meeting.attendees.len()), ("a yes", 2));
    assert_eq!((meeting.end - meeting.start).num_minutes(), 60);
    assert_eq!(refusal(save(&mut desk, &FormTarget::NewMeeting, &texts[..1])), "day is needed");
    assert_eq!(refusal(save(&mut desk, &FormTarget::NewMeeting, &texts[..2])), "from is needed");
}

#[test]
fn a_meeting_keeps_what_its_form_does_not_change() {
    let mut desk = studio();
    let key = meet(&mut desk, "Board", "2026-11-24T10:00", MeetingKind::Leadership, &["Kim"]);
    let target = FormTarget::Meeting(key.clone());
    assert_eq!(shown(&desk, &target, "with"), "Kim");
    save(&mut desk, &target, &[("day", "2026-11-25")]).unwrap();
    let meeting = desk.meeting(&key).unwrap();
    assert_eq!(meeting.start.format("%F %R").to_string(), "2026-11-25 10:00");
    assert_eq!((meeting.attendees, meeting.kind), (vec!["Kim".to_owned()], MeetingKind::Leadership));
}

#[test]
fn a_share_is_changed_by_what_was_typed_alone() {
    let mut desk = studio();
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let share = give(&mut desk, id, "ana", 6);
    let target = FormTarget::Share(share);
    assert_eq!(title(&desk, &target), "ana on R-1 Film");
    assert_eq!((shown(&desk, &target, "who"), shown(&desk, &target, "left")), ("ana".into(), "6h".into()));
    save(&mut desk, &target, &[("who", "bo"), ("left", "2h")]).unwrap();
    let own = shares_of(&desk, id).remove(0);
    assert_eq!((own.person, own.minutes, own.to), (PersonId(2), Some(hours(6)), day("2026-11-27")));
    assert_eq!(left(&desk, id), Some(hours(4)), "two with Bo, two with nobody");
    save(&mut desk, &target, &[("left", "")]).unwrap();
    assert_eq!(left(&desk, id), Some(hours(8)), "by plan again");
}

#[test]
fn what_is_known_of_a_new_record_stands_in_its_form_and_goes_along() {
    let mut desk = studio();
    let known = vec![("text", "chasing approvals".to_owned()), ("origin", "brief debt Kim".to_owned())];
    let target = FormTarget::NewEntry(Kind::Friction, known);
    assert_eq!(shown(&desk, &target, "text"), "chasing approvals");
    assert_eq!(shown(&desk, &target, "seen"), "", "a day that nobody said is today when it is saved");
    save(&mut desk, &target, &[("text", "chasing approvals"), ("hours", "4h")]).unwrap();
    let friction = desk.books().unwrap().frictions.remove(0);
    assert_eq!((friction.origin.as_str(), friction.seen), ("brief debt Kim", day("2026-11-23")));
}

#[test]
fn absences_and_shares_can_be_taken_away_from_their_form() {
    let mut desk = studio();
    let absence = FormTarget::Entry(away(&mut desk, "ana", "2026-12-01", "2026-12-02"));
    assert_eq!(title(&desk, &absence), "ana is away");
    desk.remove(&absence).unwrap();
    assert!(desk.store.absences().unwrap().is_empty());
    let id = request(&mut desk, "Film t3 ~8h due:fri");
    let share = give(&mut desk, id, "ana", 6);
    desk.remove(&FormTarget::Share(share)).unwrap();
    assert!(shares_of(&desk, id).is_empty());
    for target in [FormTarget::Request(id), FormTarget::Person(PersonId(1)), FormTarget::NewPerson] {
        assert_eq!(refusal(desk.remove(&target)), "this is never thrown away");
    }
}

#[test]
fn a_form_of_what_is_gone_is_refused() {
    let desk = studio();
    for target in [
        FormTarget::Request(RequestId(9)),
        FormTarget::Person(PersonId(9)),
        FormTarget::Share(AllocationId(9)),
        FormTarget::Meeting("M-9".parse().unwrap()),
        FormTarget::Entry("K-9".parse().unwrap()),
    ] {
        assert!(desk.sheet(&target).is_err(), "{target:?}");
    }
}
