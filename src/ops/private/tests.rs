//! What is kept from others is in nothing that they read.

use super::*;
use crate::domain::document::Reader;
use crate::domain::ids::RequestId;
use crate::domain::meeting::MeetingKind;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::request::Request;
use crate::domain::words::filter::Filter;
use crate::ops::kit::{begin, change, day, entry, give, meet, refusal, request, studio, told};
use crate::ops::meanwhile::Meanwhile;
use crate::store::Origin;

const ROOM: Reader = Reader::Room { names_with_hours: true };

fn key(text: &str) -> RecordKey {
    text.parse().unwrap()
}

fn queue(desk: &Desk, words: &str) -> Vec<String> {
    let filter = Filter::parse(words, &desk.reading().unwrap()).unwrap();
    desk.queue(&filter, None).unwrap().into_iter().map(|row| row.request.id.to_string()).collect()
}

fn said(document: &Document, reader: Reader) -> String {
    serde_json::to_string(&document.for_reader(reader)).unwrap()
}

#[test]
fn a_mark_comes_and_goes_as_one_change_for_several_kinds_at_once() {
    let mut desk = studio();
    request(&mut desk, "Film");
    entry(&mut desk, Kind::Promise, &[("text", "a date"), ("who", "Priya")]);
    let keys = [key("R-1"), key("P-1")];
    assert!(desk.set_private(&keys[..1], Some(true)).unwrap().output);
    assert_eq!(told(&desk), "R-1 is private now");
    // One of the two was private: both are now, and asked again neither is.
    assert!(desk.set_private(&keys, None).unwrap().output);
    assert_eq!(told(&desk), "R-1, P-1 are private now");
    assert!(!desk.set_private(&keys, None).unwrap().output);
    assert_eq!(desk.private_keys().unwrap().iter().count(), 0);
    desk.undo(None).unwrap();
    assert!(keys.iter().all(|key| desk.private_keys().unwrap().has(key)));
    // What is so already changes nothing.
    assert!(desk.set_private(&keys, Some(true)).unwrap().operation.is_none());
    assert!(refusal(desk.set_private(&[key("R-9")], None)).contains("R-9"));
    assert!(refusal(desk.set_private(&[key("W-1")], None)).contains("no page"));
}

#[test]
fn what_is_private_is_nowhere_while_others_look_on_and_its_hours_still_count() {
    let mut desk = studio();
    for title in ["Reorganisation of all", "Poster"] {
        let id = request(&mut desk, &format!("{title} t3 ~8h due:fri"));
        begin(&mut desk, id);
        give(&mut desk, id, "ana", 8);
    }
    entry(&mut desk, Kind::Stakeholder, &[("name", "Priya Nair")]);
    let talk = meet(&mut desk, "Talk with Bo", "2026-11-24T10:00", MeetingKind::Team, &["Bo"]);
    desk.set_private(&[key("R-1"), key("S-1"), talk.clone().into()], Some(true)).unwrap();
    let free = |desk: &Desk| desk.load(day("2026-11-23"), 5).unwrap().0;
    let before = free(&desk);
    let figures = |desk: &Desk| {
        let found = desk.queue_and_load(day("2026-11-23")..day("2026-11-30")).unwrap();
        let (_, _, report) = desk.books_standing().unwrap();
        (desk.strategy_this_week(&found).unwrap().alone(), format!("{:?}", report.tiers))
    };
    let measured = figures(&desk);
    assert_eq!(queue(&desk, "is:private"), ["R-1"]);
    assert!(desk.history(None).unwrap().iter().any(|it| it.label.contains("Reorganisation")));
    desk.is_presenting = true;
    assert_eq!(queue(&desk, "stage:any"), ["R-2"]);
    assert!(desk.books().unwrap().stakeholders.is_empty());
    assert!(desk.meetings(day("2026-11-23"), day("2026-11-27")).unwrap().is_empty());
    assert!(desk.request_detail(crate::domain::ids::RequestId(1)).is_err());
    assert!(desk.entry_detail(&key("S-1")).is_err() && desk.meeting_detail(&talk).is_err());
    let titles: Vec<String> = desk
        .cell_work("ana", day("2026-11-23"), day("2026-11-27"))
        .unwrap()
        .work
        .into_iter()
        .map(|it| it.title)
        .collect();
    assert!(titles.contains(&COVERED.to_owned()) && titles.contains(&"Poster".to_owned()), "{titles:?}");
    let told = desk.history(None).unwrap();
    assert!(!told.iter().any(|it| it.label.contains("R-1") || it.label.contains("Priya")), "{told:?}");
    assert_eq!(free(&desk), before, "hours that are taken are taken");
    assert_eq!(figures(&desk), measured, "and so are those of the tiers");
    // Before the lead reads it, it is gone from a document too.
    let pack = desk.standup(None).unwrap();
    assert!(!said(&pack.by_person, Reader::Lead).contains("Reorganisation"));
}

#[test]
fn a_room_reads_nothing_of_it_in_any_document() {
    let mut desk = studio();
    let id = request(&mut desk, "Reorganisation of all t3 ~8h due:2026-11-20");
    begin(&mut desk, id);
    give(&mut desk, id, "ana", 8);
    entry(&mut desk, Kind::Promise, &[("text", "quiet word"), ("who", "Priya"), ("due", "fri")]);
    entry(&mut desk, Kind::Decision, &[("question", "Close the small office?")]);
    entry(&mut desk, Kind::Risk, &[("text", "the lease ends early"), ("raise-by", "today")]);
    entry(&mut desk, Kind::Friction, &[("text", "two floors too many"), ("hours", "4h")]);
    let steering = meet(&mut desk, "Steering", "2026-11-24T10:00", MeetingKind::Leadership, &["Priya"]);
    let documents = |desk: &Desk| {
        let pack = desk.standup(None).unwrap();
        let brief = desk.brief(Some(&steering)).unwrap().document;
        let (week, quarter) = (desk.week_review(desk.today()), desk.quarter_review(desk.today()));
        let load = desk.load_document(day("2026-11-23"), 5).unwrap();
        [pack.by_section, pack.by_person, brief, week.unwrap(), quarter.unwrap(), load]
    };
    let secrets = ["Reorganisation", "small office", "the lease", "two floors", "R-1", "D-1", "K-1", "F-1"];
    let all = |desk: &Desk, reader| documents(desk).iter().map(|it| said(it, reader)).collect::<String>();
    let before = all(&desk, ROOM);
    let told = secrets.iter().filter(|secret| before.contains(**secret)).count();
    assert!(told >= 4, "a room reads hardly any of it, so this proves nothing: {before}");
    let keys = ["R-1", "P-1", "D-1", "K-1", "F-1"].map(key);
    desk.set_private(&keys, Some(true)).unwrap();
    let after = all(&desk, ROOM);
    for secret in secrets {
        assert!(!after.contains(secret), "{secret} in {after}");
    }
    assert!(all(&desk, Reader::Lead).contains("Reorganisation"), "the lead still reads it");
    // A brief that was frozen before is read without it too, and holds no list of it.
    desk.set_private(&keys, Some(false)).unwrap();
    desk.freeze_brief(Some(&steering)).unwrap();
    desk.set_private(&keys, Some(true)).unwrap();
    let frozen = desk.brief(Some(&steering)).unwrap().document;
    assert!(secrets.iter().all(|secret| !said(&frozen, ROOM).contains(secret)), "{}", said(&frozen, ROOM));
}

#[test]
fn a_series_keeps_its_meetings_and_a_merge_keeps_the_mark() {
    let mut desk = studio();
    let series: PrivateKeys =
        PrivateKeys::new([PrivateMark { of: key("M-4"), ..PrivateMark::blank(desk.today()) }]);
    assert!(series.has(&key("M-4@2026-11-24")) && !series.has(&key("M-40")));
    for name in ["Priya Nair", "Pria Nair"] {
        entry(&mut desk, Kind::Stakeholder, &[("name", name)]);
    }
    desk.set_private(&[key("S-2")], Some(true)).unwrap();
    desk.merge_stakeholders(&key("S-1"), &key("S-2")).unwrap();
    assert!(desk.private_keys().unwrap().has(&key("S-1")));
}

#[test]
fn what_touches_what_is_private_does_not_name_it_while_others_look_on() {
    let mut desk = studio();
    let whole = request(&mut desk, "Reorganisation of all t3 ~8h due:fri");
    let part = request(&mut desk, "Poster t3 ~8h due:fri");
    let stamp = desk.stamp();
    let made = desk.store.change(stamp, |tx| {
        let child = Request { parent: Some(whole), ..tx.request(part)? };
        tx.put_request(&child).map(|()| ((), "Made a part".to_owned()))
    });
    made.unwrap();
    give(&mut desk, whole, "ana", 8);
    desk.link(&key("R-1"), &key("R-2")).unwrap();
    desk.set_private(&[key("R-1")], Some(true)).unwrap();
    let pages = |desk: &Desk| {
        let ana = desk.store.people().unwrap()[0].id;
        format!("{:?} {:?}", desk.request_detail(part).unwrap(), desk.person_detail(ana).unwrap())
    };
    assert!(pages(&desk).contains("Reorganisation"));
    desk.is_presenting = true;
    assert!(!pages(&desk).contains("Reorganisation"), "{}", pages(&desk));
    desk.set_private(&[key("R-1")], Some(false)).unwrap();
    desk.set_private(&[key("R-2")], Some(true)).unwrap();
    assert_eq!(desk.request_detail(whole).unwrap().parts, []);
}

#[test]
fn news_and_undo_do_not_name_it_while_others_look_on_and_do_for_the_lead() {
    let mut desk = studio();
    let id = request(&mut desk, "Reorganisation of all");
    request(&mut desk, "Poster");
    let talk = meet(&mut desk, "Talk", "2026-11-24T10:00", MeetingKind::Team, &["Bo"]);
    let last = desk.look().unwrap();
    desk.origin = Origin::CommandLine;
    change(&mut desk, id, "~4h");
    desk.move_meeting_to(&talk.clone(), "2026-11-25 10:00").unwrap();
    change(&mut desk, RequestId(2), "~6h");
    // The mark comes after the news, and what it is on may be gone then.
    desk.set_private(&[key("R-1"), key("M-1")], Some(true)).unwrap();
    desk.origin = Origin::Cockpit;
    let found = desk.meanwhile(last).unwrap().unwrap();
    let told = |found: &Meanwhile| found.news.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join("\n");
    assert!(told(&found).contains("Reorganisation") && told(&found).contains("Talk"), "{}", told(&found));
    desk.is_presenting = true;
    let shown = found.without_private(&desk.hidden_names().unwrap()).unwrap();
    assert_eq!(told(&shown), "R-2 Poster: estimate 6h, command line");
    // Its own sentence, one that only its rows tell of, and one about something else.
    change(&mut desk, id, "~8h");
    let hidden = desk.hidden_names().unwrap();
    let said = |desk: &Desk, text: &str| desk.shown_outcome(text.to_owned(), &hidden).unwrap();
    assert_eq!(said(&desk, "Edited R-1"), "done, to something private");
    assert_eq!(said(&desk, "estimate 6h"), "done, to something private");
    change(&mut desk, RequestId(2), "~9h");
    assert_eq!(said(&desk, "Edited R-2 Poster"), "Edited R-2 Poster");
}

#[test]
fn what_stands_in_private_fields_is_left_out_of_a_sentence() {
    for (label, told) in [
        ("Edited R-1 Film: notes “margin 12 %” → “hi”, tier 2", "Edited R-1 Film: notes “…” → “…”, tier 2"),
        ("Edited R-1 Film: notes nothing → “hi”", "Edited R-1 Film: notes nothing → “…”"),
        ("Edited R-1 Film: notes “never ends", "Edited R-1 Film: notes “…”"),
        ("Added R-2 Release notes for May", "Added R-2 Release notes for May"),
        ("Added R-2 Release notes “two” for Lumen", "Added R-2 Release notes “two” for Lumen"),
        (
            "Edited R-1 Film: notes nothing → “he said “never” and left”, tier 2",
            "Edited R-1 Film: notes nothing → “…”, tier 2",
        ),
        ("Edited R-1 Film: tier 2, notes “a” taken away", "Edited R-1 Film: tier 2, notes “…” taken away"),
        ("Edited O-1 Footfall: notes he “lies” in all, unit %", "Edited O-1 Footfall: notes …"),
        ("Edited O-1 Footfall: notes …, unit %", "Edited O-1 Footfall: notes …, unit %"),
    ] {
        assert_eq!(without_private_words(label), told);
    }
}

#[test]
fn what_is_typed_into_a_hidden_field_is_added_to_what_stands_there() {
    let mut desk = studio();
    let id = request(&mut desk, "Film notes:before");
    desk.is_presenting = true;
    desk.set_fields(&[id], &[(crate::domain::field::Field::Notes, "hi".to_owned())]).unwrap();
    assert_eq!(desk.store.request(id).unwrap().notes, "before\nhi");
    desk.edit(&[id], "notes:more t2").unwrap();
    assert_eq!(desk.store.request(id).unwrap().notes, "before\nhi\nmore");
    // Nobody takes away what they do not see.
    desk.edit(&[id], "notes:none").unwrap();
    desk.set_fields(&[id], &[(crate::domain::field::Field::Notes, String::new())]).unwrap();
    assert_eq!(desk.store.request(id).unwrap().notes, "before\nhi\nmore");
    let told = desk.history(Some(1)).unwrap().remove(0).label;
    assert!(!told.contains("before"), "{told}");
    desk.is_presenting = false;
    let kim = entry(&mut desk, Kind::Stakeholder, &[("name", "Kim"), ("notes", "before")]);
    desk.is_presenting = true;
    let told = desk.edit_entry(&kim, &[("notes", "hi".to_owned())]).unwrap().label;
    assert_eq!(told, "Edited S-1 Kim: notes …");
    let bo = entry(&mut desk, Kind::Stakeholder, &[("name", "Bo")]);
    let more = |key: &RecordKey| (key.clone(), vec![("notes", "more".to_owned())]);
    desk.edit_entries(&[more(&kim), more(&bo)]).unwrap();
    desk.is_presenting = false;
    assert_eq!(crate::ops::kit::field_of(&desk, &kim, "notes"), "before\nhi\nmore");
}
