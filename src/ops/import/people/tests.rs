//! People and absences of a table: who is known again, what a file does not say, what comes once.

use super::*;
use crate::domain::minutes::Minutes;
use crate::ops::kit::{day, go, hours, studio, told};

fn people(desk: &mut Desk, text: &str) -> Report {
    desk.import_people(text, false).unwrap()
}

fn absences(desk: &mut Desk, rows: &str) -> Vec<RowAction> {
    let text = format!("Person,From,To,Hours,Note,Status\n{rows}");
    let report = desk.import_absences(&text, false).unwrap();
    report.rows.iter().map(|row| row.action).collect()
}

#[test]
fn somebody_is_known_by_handle_name_or_address() {
    let mut desk = studio();
    let report = people(&mut desk, "Name,Handle,Email\nAna,ana,ana@x.de\nCy,cy,\n");
    assert_eq!(
        report.rows.iter().map(|row| row.action).collect::<Vec<_>>(),
        [RowAction::Updated, RowAction::Created]
    );
    people(&mut desk, "Name,Handle,Email\nAna Ruiz,ruiz,ANA@X.DE\n");
    let ana = desk.person("ana").unwrap();
    assert_eq!((ana.name.as_str(), desk.store.people().unwrap().len()), ("Ana Ruiz", 3));
    assert_eq!(ana.handle, "ana", "the handle is decided here");
}

#[test]
fn what_a_file_does_not_say_stays() {
    let mut desk = studio();
    crate::ops::kit::edit(
        &mut desk,
        "ana",
        &[("email", "ana@x.de"), ("factor", "0.7"), ("to", "2027-03-31")],
    );
    let before = desk.person("ana").unwrap();
    let report = people(&mut desk, "Name,Handle\nAna,ana\n");
    let after = Person { seen: String::new(), ..desk.person("ana").unwrap() };
    assert_eq!((report.rows[0].action, after), (RowAction::Unchanged, before));
    let report = people(&mut desk, "Name,Handle,End date\nAna,ana,2027-06-30\n");
    assert_eq!(desk.person("ana").unwrap().last_day, Some(day("2027-03-31")), "what was typed stays");
    assert_eq!(report.rows[0].conflicts[0].sentence(), "last day Wed 31 Mar → Wed 30 Jun");
    people(&mut desk, "Name,Handle,End date\nBo,bo,2027-06-30\n");
    assert_eq!(
        desk.person("bo").unwrap().last_day,
        Some(day("2027-06-30")),
        "what nobody typed is filled in"
    );
}

#[test]
fn a_rehearsal_tells_the_same_and_stores_nothing() {
    let mut desk = studio();
    let text = "Name,Handle\nCy,cy\n";
    let dry = desk.import_people(text, true).unwrap();
    assert_eq!(desk.store.people().unwrap().len(), 2);
    let done = people(&mut desk, text);
    assert_eq!((dry.rows, dry.is_rehearsal, done.is_rehearsal), (done.rows, true, false));
    assert!(told(&desk).starts_with("Imported 1 person"));
}

#[test]
fn an_address_alone_is_whoever_another_row_gives_it() {
    for rows in
        ["zoe.q@x.example,\nZoe Quint,zoe.q@x.example\n", "Zoe Quint,zoe.q@x.example\nZOE.Q@x.example,\n"]
    {
        let mut desk = studio();
        people(&mut desk, &format!("Name,Email\n{rows}"));
        let team = desk.store.people().unwrap();
        let names: Vec<&str> = team.iter().map(|person| person.name.as_str()).collect();
        assert_eq!((names.len(), names.contains(&"Zoe Quint")), (3, true), "{names:?}");
    }
    let mut desk = studio();
    let text = "Person,From,To\nAna <a@x.example>,2026-12-01,2026-12-02\na@x.example,2026-12-07,2026-12-08\n";
    let report = desk.import_absences(text, false).unwrap();
    assert_eq!(report.count(RowAction::Created), 2, "{report:?}");
}

#[test]
fn somebody_unknown_costs_a_row_and_not_the_file() {
    let mut desk = studio();
    let text = "Person,From,To\nzed,2026-12-01,2026-12-02\nana,2026-12-01,2026-12-02\n";
    let report = desk.import_absences(text, false).unwrap();
    assert_eq!(desk.store.absences().unwrap().len(), 1);
    assert!(report.rows.iter().any(|row| row.action == RowAction::Skipped), "{report:?}");
}

#[test]
fn the_same_days_again_are_a_change_and_other_days_another_absence() {
    let mut desk = studio();
    assert_eq!(absences(&mut desk, "ana,2026-12-01,2026-12-02,,Training,\n"), [RowAction::Created]);
    assert_eq!(absences(&mut desk, "ana,2026-12-01,2026-12-02,,Training,\n"), [RowAction::Unchanged]);
    assert_eq!(absences(&mut desk, "ana,2026-12-01,2026-12-02,4,Training,\n"), [RowAction::Updated]);
    assert_eq!(absences(&mut desk, "ana,2026-12-03,2026-12-04,,Training,\n"), [RowAction::Created]);
    let stored = desk.store.absences().unwrap();
    assert_eq!((stored.len(), stored[0].per_day), (2, Some(hours(4))));
}

#[test]
fn a_new_absence_says_when_and_how_much_before_it_is_taken_in() {
    let mut desk = studio();
    let text =
        "Person,From,To,Hours,Status\nana,2026-12-01,2026-12-02,3,pending\n*,2026-12-24,2026-12-24,,\n";
    let report = desk.import_absences(text, true).unwrap();
    let brings: Vec<&str> = report.rows.iter().map(|row| row.brings.as_str()).collect();
    assert_eq!(brings, ["Tue 1–Wed 2 Dec, 3h a day, not yet sure", "Thu 24 Dec"]);
}

#[test]
fn a_day_off_for_everybody_comes_once() {
    let mut desk = studio();
    assert_eq!(absences(&mut desk, "*,2026-12-24,2026-12-24,,Bridge,\n"), [RowAction::Created]);
    assert_eq!(absences(&mut desk, "*,2026-12-24,2026-12-24,,Bridge,\n"), [RowAction::Unchanged]);
    // Called otherwise by the same source it is the same day off.
    assert_eq!(absences(&mut desk, "*,2026-12-24,2026-12-24,,Christmas,\n"), [RowAction::Updated]);
    let holidays = desk.store.holidays().unwrap();
    assert_eq!((holidays.len(), holidays[0].name.as_str()), (1, "Christmas"));
    assert!(!desk.calendar().unwrap().is_working(day("2026-12-24")));
}

#[test]
fn hours_of_a_file_hold_from_today_on_and_leave_past_weeks_alone() {
    let mut desk = studio();
    let week = |desk: &Desk, on: &str| desk.person("ana").unwrap().contract_on(day(on)).map(|it| it.week[0]);
    let head = "Name,Handle,Mon,Tue,Wed,Thu,Fri\n";
    people(&mut desk, &format!("{head}Ana,ana,8,8,8,8,8\n"));
    go(&mut desk, "2026-12-02");
    let report = people(&mut desk, &format!("{head}Ana,ana,4,4,4,4,4\n"));
    assert_eq!(report.rows[0].changes[0].sentence(), "hours 4 4 4 4 4 from 2026-12-02");
    assert_eq!((week(&desk, "2026-12-01"), week(&desk, "2026-12-02")), (Some(hours(8)), Some(hours(4))));
    go(&mut desk, "2026-12-09");
    let again = people(&mut desk, &format!("{head}Ana,ana,4,4,4,4,4\n"));
    assert_eq!(again.rows[0].action, RowAction::Unchanged);
}

/// A file that has only the hours of a week does not know on which days somebody works.
#[test]
fn the_hours_of_a_week_leave_days_that_were_set_here() {
    let mut desk = studio();
    let file = |hours: u32| format!("Name,Wochenstunden\nAna,{hours}\n");
    people(&mut desk, &file(40));
    let mut person = desk.store.people().unwrap().into_iter().find(|it| it.handle == "ana").unwrap();
    let (id, ten, free) = (person.id, hours(10), Minutes::ZERO);
    person.change_hours(day("2026-11-23"), [ten, ten, ten, ten, free, free, free]);
    let (stamp, put) = (desk.stamp(), person.clone());
    desk.store
        .change::<_, StoreError>(stamp, |tx| tx.put_person(&put).map(|()| ((), "Four days".to_owned())))
        .unwrap();
    assert_eq!(people(&mut desk, &file(40)).count(RowAction::Unchanged), 1);
    assert_eq!(people(&mut desk, &file(30)).count(RowAction::Updated), 1);
    let week = |desk: &Desk| {
        let people = desk.store.people().unwrap();
        people.iter().find(|it| it.id == id).unwrap().contract_on(desk.today()).unwrap().week[4]
    };
    assert_eq!(week(&desk), hours(6));
    desk.undo(None).unwrap();
    assert_eq!(week(&desk), Minutes::ZERO);
}

#[test]
fn a_last_day_that_its_source_takes_away_goes_and_one_that_was_typed_stays() {
    let mut desk = studio();
    let file = "Name,Email,End date\nAna Ruiz,ana@x.example,2027-03-31\n";
    desk.import_people(file, false).unwrap();
    let last = |desk: &Desk| desk.person("ana").unwrap().last_day;
    let set = last(&desk);
    desk.import_people("Name,Email\nAna Ruiz,ana@x.example\n", false).unwrap();
    assert_eq!(last(&desk), set, "a column that is missing says nothing");
    let report = desk.import_people("Name,Email,End date\nAna Ruiz,ana@x.example,\n", false).unwrap();
    assert_eq!((last(&desk), report.count(RowAction::Updated)), (None, 1), "{report:?}");
}

#[test]
fn a_first_name_that_fits_two_is_asked_about() {
    let mut desk = crate::ops::kit::desk_at("2026-11-23T09:00:00+00:00");
    desk.import_people("Name\nAna Ruiz\nAna Lopez\n", false).unwrap();
    let report = desk.import_people("Name,Role\nAna,Editor\n", false).unwrap();
    assert_eq!(report.count(RowAction::Skipped), 1, "{report:?}");
}
