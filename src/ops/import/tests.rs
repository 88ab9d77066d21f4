//! Importing again as days pass: what changed at the source is taken over field by field and told, what was set
//! here by hand stays and is told beside it.

mod again;
mod in_order;
mod moved;
mod reopened;

use super::*;
use crate::domain::field;
use crate::domain::ids::{Kind, RequestId};
use crate::domain::stage::Stage;
use crate::import::requests::RequestOptions;
use crate::ops::Desk;
use crate::ops::kit::{desk_at, move_clock};

const MONDAY: &str = "2026-11-23T09:00:00+00:00";
const TUESDAY: &str = "2026-11-24T09:00:00+00:00";
const HEAD: &str = "Key,Summary,Status,Due date,Assignee,Estimate\n";

fn import(desk: &mut Desk, rows: &str, is_rehearsal: bool) -> Report {
    let maps = vec![("Key".to_owned(), "external-id".to_owned())];
    let options = RequestOptions { preset: None, maps, sheet: None, order: None, now: desk.now().to_utc() };
    let text = format!("{HEAD}{rows}");
    desk.import_requests(text.as_bytes(), &options, (is_rehearsal, &mut |_, _| {})).unwrap()
}

fn sentences(differences: &[Difference]) -> Vec<String> {
    differences.iter().map(Difference::sentence).collect()
}

fn studio() -> Desk {
    let mut desk = desk_at(MONDAY);
    for name in ["Ana", "Bo"] {
        crate::ops::kit::add(&mut desk, &[("name", name)]);
    }
    import(&mut desk, "A-1,Poster,To Do,2026-11-27,Ana,\nA-2,Film,To Do,2026-12-11,,8h\n", false);
    move_clock(&mut desk, TUESDAY);
    desk
}

fn request(desk: &Desk, id: i64) -> crate::domain::request::Request {
    desk.store.request(RequestId(id)).unwrap()
}

#[test]
fn whom_a_file_means_is_found_by_address_and_name_in_any_order_and_never_by_a_guess() {
    let mut desk = studio();
    let file = "Name,Email\nRobert Hale,\nRobin Ek,robin@x.example\n";
    desk.import_people(file, false).unwrap();
    for name in ["Owen Price", "Mara Holm"] {
        desk.add_entry(Kind::Stakeholder, &[("name", name.to_owned())]).unwrap();
    }
    let maps = vec![("Key".to_owned(), "external-id".to_owned())];
    let options = RequestOptions { preset: None, maps, sheet: None, order: None, now: desk.now().to_utc() };
    let rows = "Key,Summary,Assignee,Requester\nB-1,a,\"Ek, Robin\",\"Price, Owen\"\nB-2,b,Robert Ek <ROBIN@x.example>,Owen\n\
        B-3,c,Rob,Owen Prise\nB-4,d,Robert Hall,Mara Holm\n";
    let mut take =
        |rows: &str| desk.import_requests(rows.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    let report = take(rows);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.contains("Rob (could be @robert or @robin), Robert Hall (much like @robert)")),
        "{:?}",
        report.notes
    );
    assert_eq!(take(rows).count(RowAction::Unchanged), 4, "what was matched is no change");
    let held = |id: i64| -> Vec<String> { desk.row(RequestId(id)).unwrap().people };
    assert_eq!([3, 4, 5, 6].map(held), [vec!["robin".to_owned()], vec!["robin".to_owned()], vec![], vec![]]);
    let asked = [3, 4, 5, 6].map(|id| request(&desk, id).requester);
    assert_eq!(asked, ["Owen Price", "Owen", "Owen Prise", "Mara Holm"]);
}

#[test]
fn somebody_of_a_file_is_nobody_else_who_has_their_handle() {
    let mut desk = studio();
    desk.import_people("Name\nRobert Hale\n", false).unwrap();
    let report = desk.import_people("Name\nRobert Ek\n\"Hale, Robert\"\n", false).unwrap();
    let done: Vec<_> = report.rows.iter().map(|row| (row.action, row.key.clone().unwrap())).collect();
    assert_eq!(done[0], (RowAction::Created, "robertek".to_owned()));
    assert_eq!(done[1].1, "robert", "known by the name in another order");
    assert_eq!(desk.person("robert").unwrap().handle, "robert");
}

#[test]
fn what_changed_at_the_source_is_told_by_field_before_and_after() {
    let mut desk = studio();
    let rows = "A-1,Poster A2,To Do,2026-12-01,Ana,\nA-2,Film,To Do,2026-12-11,Bo,8h\n";
    let dry = import(&mut desk, rows, true);
    assert_eq!(
        sentences(&dry.rows[0].changes),
        ["title “Poster” → “Poster A2”", "due Fri 27 Nov → Tue 1 Dec"]
    );
    assert_eq!(sentences(&dry.rows[1].changes), ["held by bo"]);
    assert_eq!(request(&desk, 1).title, "Poster", "a rehearsal stores nothing");
    let done = import(&mut desk, rows, false);
    assert_eq!((done.count(RowAction::Updated), done.rows), (2, dry.rows));
    let label = desk.history(Some(1)).unwrap()[0].label.clone();
    assert!(
        label.ends_with(": R-1 title “Poster” → “Poster A2”, due Fri 27 Nov → Tue 1 Dec; R-2 held by bo"),
        "{label}"
    );
    let again = import(&mut desk, rows, false);
    assert_eq!(again.count(RowAction::Unchanged), 2);
    assert!(again.rows.iter().all(|row| row.changes.is_empty() && row.conflicts.is_empty()));
}

#[test]
fn a_field_set_here_by_hand_stays_and_is_told_with_both_values() {
    let mut desk = studio();
    desk.edit(&[RequestId(1)], "due:2026-12-04").unwrap();
    desk.set_fields(&[RequestId(2)], &[(field::Field::Title, "Hero film".to_owned())]).unwrap();
    let rows = "A-1,Poster,To Do,2026-12-01,Bo,\nA-2,Film for spring,To Do,2026-12-11,,12h\n";
    let report = import(&mut desk, rows, false);
    assert_eq!(sentences(&report.rows[0].conflicts), ["due Fri 4 Dec → Tue 1 Dec"]);
    assert_eq!(sentences(&report.rows[0].changes), ["held by ana → bo"], "nobody said here who holds it");
    assert_eq!(report.rows[0].action, RowAction::Updated);
    assert_eq!(sentences(&report.rows[1].conflicts), ["title “Hero film” → “Film for spring”"]);
    assert_eq!(
        sentences(&report.rows[1].changes),
        ["estimate 8h → 12h"],
        "what was not set here is taken over"
    );
    assert_eq!(request(&desk, 1).due.unwrap().to_string(), "2026-12-04");
    assert_eq!(request(&desk, 2).title, "Hero film");
    let label = desk.history(Some(1)).unwrap()[0].label.clone();
    assert!(label.contains("2 kept as set here"), "{label}");
    let again = import(&mut desk, rows, false);
    assert!(
        again.rows.iter().all(|row| row.conflicts.is_empty()),
        "told when the source changes, not every time"
    );
}

#[test]
fn a_field_that_was_emptied_here_stays_empty_and_one_that_nobody_filled_is_filled() {
    let mut desk = studio();
    desk.edit(&[RequestId(1)], "due:none").unwrap();
    let report = import(&mut desk, "A-1,Poster,To Do,2026-12-01,Ana,6h\n", false);
    assert_eq!(report.rows[0].conflicts[0].both(), ("nothing".to_owned(), "Tue 1 Dec".to_owned()));
    assert_eq!(sentences(&report.rows[0].changes), ["estimate 6h"]);
    assert_eq!(request(&desk, 1).due, None);
}

#[test]
fn the_same_value_on_both_sides_is_no_conflict() {
    let mut desk = studio();
    desk.edit(&[RequestId(1)], "due:2026-12-01").unwrap();
    let report = import(&mut desk, "A-1,Poster,To Do,2026-12-01,Ana,\n", false);
    assert!(report.rows[0].conflicts.is_empty() && report.rows[0].changes.is_empty(), "{report:?}");
}

#[test]
fn a_stage_follows_the_source_where_work_is_further_along_there() {
    let cases = [
        (Stage::Clarifying, "In Progress", Stage::InProgress, true),
        (Stage::Scheduled, "Done", Stage::Delivered, true),
        (Stage::Scheduled, "In Progress", Stage::InProgress, true),
        (Stage::InReview, "In Progress", Stage::InReview, false),
        (Stage::OnHold, "In Progress", Stage::OnHold, false),
        (Stage::Declined, "In Progress", Stage::Declined, false),
    ];
    for (here, there, stands, is_taken) in cases {
        let mut desk = studio();
        let way = match here {
            Stage::InReview => vec![Stage::Ready, Stage::Scheduled, Stage::InProgress, Stage::InReview],
            Stage::Scheduled => vec![Stage::Ready, Stage::Scheduled],
            other => vec![other],
        };
        for stage in way {
            desk.move_to(&[RequestId(1)], stage, "because").unwrap();
        }
        let report = import(&mut desk, &format!("A-1,Poster,{there},2026-11-27,Ana,\n"), false);
        assert_eq!(request(&desk, 1).stage, stands, "{here} here, {there} there");
        assert_eq!(report.rows[0].changes.iter().any(|it| it.field == "stage"), is_taken, "{here}, {there}");
        assert_eq!(
            report.rows[0].conflicts.iter().any(|it| it.field == "stage"),
            !is_taken,
            "{here}, {there}"
        );
    }
}

#[test]
fn people_and_absences_tell_what_changed_too() {
    let mut desk = desk_at(MONDAY);
    let people = "Name,Handle,Discipline,Hours\nAna,ana,design,40\n";
    desk.import_people(people, false).unwrap();
    let report = desk.import_people(&people.replace("design", "motion"), true).unwrap();
    assert_eq!(sentences(&report.rows[0].changes), ["discipline “design” → “motion”"]);
    let label = crate::ops::kit::edit(&mut desk, "ana", &[("factor", "0.7")]);
    assert_eq!(label, "Edited ana: planning factor 80 % → 70 %");
    let absences = "Person,From,To,Note\nana,2026-12-01,2026-12-02,Training\n";
    desk.import_absences(absences, false).unwrap();
    let report = desk.import_absences(&absences.replace("Training", "Holiday"), true).unwrap();
    assert_eq!(sentences(&report.rows[0].changes), ["note “Training” → “Holiday”"]);
}

#[test]
fn a_calendar_tells_what_moved_and_what_was_cancelled() {
    let mut desk = desk_at(MONDAY);
    let calendar = |start: &str, status: &str, sequence: u8| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\nSEQUENCE:{sequence}\r\n\
             STATUS:{status}\r\nDTSTART:{start}\r\nDTEND:20261124T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    desk.import_calendar("a.ics", &calendar("20261124T100000Z", "CONFIRMED", 0)).unwrap();
    let moved = desk.import_calendar("a.ics", &calendar("20261124T110000Z", "CONFIRMED", 1)).unwrap();
    let told = difference::told(&moved.changed[0].changes, 200);
    assert_eq!(told, "start Tue 24 Nov 10:00 → Tue 24 Nov 11:00, minutes 120 → 60");
    assert_eq!((moved.updated, moved.cancelled), (1, 0));
    let gone = desk.import_calendar("a.ics", &calendar("20261124T110000Z", "CANCELLED", 2)).unwrap();
    assert!(gone.changed[0].is_cancelled && gone.cancelled == 1, "{gone:?}");
    let label = desk.history(Some(1)).unwrap()[0].label.clone();
    assert_eq!(label, "Imported 1 calendar event: Brand council status confirmed → cancelled");
}

/// The words themselves stand nowhere, so nothing can tell that a new name is the old one.
#[test]
fn after_somebody_was_forgotten_no_import_keeps_a_name_that_the_team_does_not_know() {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Zoe Quint"), ("handle", "zq")]);
    let subject = desk.subject("zq").unwrap();
    desk.forget(&subject, None, crate::store::Copies::Named).unwrap();
    import(&mut desk, "A-1,Poster,To Do,2026-11-27,Zoe Quint,\nA-2,Film,To Do,2026-12-11,Bo,8h\n", false);
    let stamp = desk.stamp();
    let said = desk.store.change(stamp, |tx| {
        let said = [tx.seen(RequestId(1))?, tx.seen(RequestId(2))?];
        Ok::<_, crate::store::StoreError>((format!("{said:?}"), String::new()))
    });
    let said = said.unwrap().output;
    assert!(!said.contains("Quint") && said.contains("Bo"), "{said}");
    let people = b"Name,Handle\nZoe Quint-Ruiz,ruiz\n";
    let listing =
        crate::import::people::read_people(people, &crate::import::listing::ListOptions::default()).unwrap();
    let report = desk.take_people(listing, false, &lines::LineChoice::default()).unwrap();
    let told: Vec<String> = report.rows[0].problems.iter().map(people::problem_text).collect();
    assert!(told.iter().any(|line| line.contains("`tablesetter forget ruiz`")), "{told:?}");
}

#[test]
fn a_forgotten_note_stays_forgotten_when_the_hours_of_its_absence_change() {
    let mut desk = studio();
    let take = |desk: &mut Desk, hours: &str| {
        let text = format!("Person,From,To,Hours,Note\nBo,2026-12-01,2026-12-02,{hours},Clinic\n");
        let listing = crate::import::people::read_absences(
            text.as_bytes(),
            &crate::import::listing::ListOptions::default(),
        )
        .unwrap();
        desk.take_absences(listing, false, &lines::LineChoice::default()).unwrap();
        desk.store.absences().unwrap().remove(0)
    };
    let absence = take(&mut desk, "4");
    assert_eq!(absence.note, "Clinic");
    let subject = desk.subject(&absence.id.to_string()).unwrap();
    desk.forget(&subject, Some("note"), crate::store::Copies::Named).unwrap();
    for hours in ["6", "3", "3"] {
        let absence = take(&mut desk, hours);
        assert!(!absence.note.contains("Clinic"), "{hours}: {}", absence.note);
    }
}

fn sheet(desk: &mut Desk, text: &str, lines: &lines::LineChoice) -> Report {
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.now().to_utc() };
    let asked =
        foreign::Asked::new(foreign::ForeignKind::Requests { presets: Vec::new(), options }, &desk.clock);
    let foreign::ForeignContent::Requests(import) = asked.read(text.as_bytes()).unwrap() else { panic!() };
    desk.take_requests(&import, ImportRun { is_rehearsal: false, lines, progress: &mut |_, _| {} }).unwrap()
}

fn actions(report: &Report) -> Vec<RowAction> {
    report.rows.iter().map(|row| row.action).collect()
}

#[test]
fn a_row_without_an_id_that_was_renamed_is_the_same_request() {
    let mut desk = desk_at(MONDAY);
    let all = lines::LineChoice::default();
    sheet(&mut desk, "Title,Requester,Due\nPoster A2,Kim,2026-12-04\nMenu,Kim,2026-12-08\n", &all);
    desk.edit(&[RequestId(1)], "t2").unwrap();
    let text = "Title,Requester,Due\nPoster A2 and A3,Kim,2026-12-04\nMenu,Kim,2026-12-08\n";
    let report = sheet(&mut desk, text, &all);
    assert_eq!(actions(&report), [RowAction::Updated, RowAction::Unchanged]);
    assert_eq!(sentences(&report.rows[0].changes), ["title “Poster A2” → “Poster A2 and A3”"]);
    assert!(report.rows[0].problems[0].message.starts_with("renamed: it was `Poster A2`"), "{report:?}");
    assert_eq!(
        (request(&desk, 1).title.as_str(), request(&desk, 1).tier.is_some()),
        ("Poster A2 and A3", true)
    );
    assert_eq!(report.vanished, []);
    assert_eq!(
        actions(&sheet(&mut desk, text, &all)),
        [RowAction::Unchanged; 2],
        "and is known from then on"
    );
}

#[test]
fn a_row_that_is_said_to_be_new_is_new_and_what_vanished_is_only_told() {
    let mut desk = desk_at(MONDAY);
    let all = lines::LineChoice::default();
    sheet(&mut desk, "Title,Requester\nPoster A2,Kim\nMenu,Kim\nTags,Bo\n", &all);
    let as_new = lines::LineChoice { as_new: "2".parse().unwrap(), ..Default::default() };
    let report = sheet(&mut desk, "Title,Requester\nPoster A2 and A3,Kim\nMenu,Kim\n", &as_new);
    assert_eq!(actions(&report), [RowAction::Created, RowAction::Unchanged]);
    let vanished =
        [("R-1", "Poster A2"), ("R-3", "Tags")].map(|(key, title)| (key.to_owned(), title.to_owned()));
    assert_eq!(report.vanished, vanished);
    assert_eq!(request(&desk, 1).stage, Stage::New, "nothing is closed by a file that lacks it");
    // A file with nothing in common says nothing of the one before.
    assert_eq!(sheet(&mut desk, "Title,Requester\nSomething,Else\n", &all).vanished, []);
}

#[test]
fn rows_that_are_much_alike_are_no_guess() {
    let mut desk = desk_at(MONDAY);
    let all = lines::LineChoice::default();
    sheet(&mut desk, "Title,Requester\nPoster A2,Kim\nBanner 300x250,Kim\n", &all);
    let report =
        sheet(&mut desk, "Title,Requester\nPoster A3,Kim\nBanner 300x600,Kim\nBanner 300x250,Kim\n", &all);
    assert_eq!(actions(&report), [RowAction::Created, RowAction::Created, RowAction::Unchanged]);
    let two =
        sheet(&mut desk, "Title,Requester\nPoster A2 front,Kim\nPoster A2 back,Kim\nPoster A3,Kim\n", &all);
    assert_eq!(two.count(RowAction::Created), 2, "either could be the one that vanished");
}

#[test]
fn work_that_is_done_since_the_last_import_is_done_on_the_day_that_shows_it() {
    let mut desk = studio();
    let report =
        import(&mut desk, "A-1,Poster,Done,2026-11-27,Ana,\nA-9,Old flyer,Done,2026-10-02,,\n", false);
    let on = |desk: &Desk, id: i64| request(desk, id).delivered.map(|at| at.date_naive().to_string());
    assert_eq!((on(&desk, 1).as_deref(), on(&desk, 3)), (Some("2026-11-24"), None));
    let told = |row: usize| report.rows[row].problems[0].message.as_str();
    assert!(
        told(0).starts_with("delivered since the last import") && told(1).ends_with("none is taken"),
        "{report:?}"
    );
    let again = import(&mut desk, "A-1,Poster,In Progress,2026-11-27,Ana,\n", false);
    assert_eq!((again.rows[0].action, request(&desk, 1).stage), (RowAction::Updated, Stage::InProgress));
    assert_eq!(request(&desk, 1).delivered, None);
}

#[test]
fn a_line_can_be_left_out_and_what_is_archived_can_be_taken() {
    let mut desk = desk_at(MONDAY);
    let text = "Title,ID,Archived\nA,1,\nB,2,yes\nC,3,2026-11-02\n";
    let without =
        lines::LineChoice { without: "2".parse().unwrap(), with: "4".parse().unwrap(), ..Default::default() };
    let report = sheet(&mut desk, text, &without);
    assert_eq!(actions(&report), [RowAction::Skipped, RowAction::Skipped, RowAction::Created]);
    assert!(report.rows[1].problems[0].message.contains("--with 3"), "{report:?}");
    assert_eq!(request(&desk, 1).title, "C");
    assert_eq!(report.vanished, []);
}

#[test]
fn several_people_share_the_hours_and_an_address_decides() {
    let mut desk = desk_at(MONDAY);
    desk.import_people("Name,Handle,Email\nMaya Lind,maya,maya.lind@x.example\nTom Reyes,tom,\n", false)
        .unwrap();
    let text = "Title,Due,Hours,Owner,Assignee email\nA,2026-12-04,15,\"Maya Lind, Tom Reyes\",\nB,2026-12-04,8,Maya Lind; Kim Oh,\n\
        C,2026-12-04,8,Somebody Else,MAYA.LIND@x.example\nD,2026-12-04,,mayalind & @tom,\n";
    let report = sheet(&mut desk, text, &lines::LineChoice::default());
    assert_eq!(report.count(RowAction::Created), 4);
    let held = |id: i64| -> Vec<(String, Option<i64>)> {
        let people = desk.store.people().unwrap();
        let shares = desk.store.allocations_of(RequestId(id)).unwrap();
        let handle = |id| people.iter().find(|person| person.id == id).unwrap().handle.clone();
        shares.iter().map(|share| (handle(share.person), share.minutes.map(|minutes| minutes.0))).collect()
    };
    assert_eq!(held(1), [("maya".to_owned(), Some(450)), ("tom".to_owned(), Some(450))]);
    assert_eq!(held(2).iter().map(|(handle, _)| handle.as_str()).collect::<Vec<_>>(), ["maya"]);
    assert_eq!(held(3)[0].0, "maya");
    assert_eq!(held(4).len(), 2);
    assert!(
        report.notes.iter().any(|note| note.contains("Kim Oh") && note.starts_with("1 person")),
        "{:?}",
        report.notes
    );
}

#[test]
fn an_export_of_our_own_brings_what_was_decided_here() {
    let mut desk = desk_at(MONDAY);
    let head = "Key,Title,Ask,Stage,Tier,Value,Time criticality,Risk,Readiness,Rounds,Came from,First agreed,Due moves,Due,Created,Assignee,Others\n";
    let row = "R-17,Film,,in-progress,1,8,5,3,60,2,jira,2026-12-01,1,2026-12-04,2026-11-02T09:00:00+00:00,ana,\"bo, cy\"\n";
    let text = format!("{head}{row}");
    let report = sheet(&mut desk, &text, &lines::LineChoice::default());
    assert_eq!(
        (report.understood.preset.as_str(), report.understood.columns_ignored.join(" ")),
        ("tablesetter", "Readiness Came from".to_owned())
    );
    let film = request(&desk, 1);
    let scored =
        (film.tier.map(crate::domain::tier::Tier::number), film.value, film.time_criticality, film.risk);
    assert_eq!(scored, (Some(1), Some(8), Some(5), Some(3)));
    assert_eq!((film.rounds, film.due_moves), (2, 1));
    assert_eq!(film.first_agreed_due.unwrap().to_string(), "2026-12-01");
    assert_eq!(film.notes, "");
    // Into the store that it came from it brings nothing twice.
    let own = text.replace("R-17", "R-1").replace(",Film,", ",Film for spring,");
    let mut other = desk_at("2026-11-02T09:00:00+00:00");
    other.add("Film").unwrap();
    move_clock(&mut other, MONDAY);
    let report = sheet(&mut other, &own, &lines::LineChoice::default());
    assert_eq!(report.rows[0].key.as_deref(), Some("R-1"));
    assert_ne!(report.rows[0].action, RowAction::Created);
}

#[test]
fn a_day_of_another_year_is_told_with_it_whenever_the_request_was_made() {
    let mut desk = studio();
    let text = "Title,Due date,Created\nOld poster,2025-04-04,2025-03-01\nNew poster,2026-12-04,2025-03-01\n";
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.now().to_utc() };
    let report = desk.import_requests(text.as_bytes(), &options, (true, &mut |_, _| {})).unwrap();
    let brings: Vec<&str> = report.rows.iter().map(|row| row.brings.as_str()).collect();
    assert_eq!(brings, ["due 4 Apr 2025", "due Fri 4 Dec"]);
}
