//! What a file does not say any more, or says of rows that it does not have, beside what its source said before.

use super::*;
use crate::ops::import::lines::LineChoice;
use crate::ops::kit::{change, go};

fn take_as(desk: &mut Desk, text: &str, lines: &LineChoice) -> Report {
    use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
    let maps = vec![("Key".to_owned(), "external-id".to_owned())];
    let options = RequestOptions { preset: None, maps, sheet: None, order: None, now: desk.now().to_utc() };
    let kind = ForeignKind::Requests { presets: Vec::new(), options };
    let read = Asked::new(kind, &desk.clock).read(text.as_bytes()).unwrap();
    let ForeignContent::Requests(import) = read else { panic!("{read:?}") };
    desk.take_requests(&import, ImportRun { is_rehearsal: false, lines, progress: &mut |_, _| {} }).unwrap()
}

fn take(desk: &mut Desk, text: &str) -> Report {
    take_as(desk, text, &LineChoice::default())
}

fn messages(report: &Report) -> Vec<&str> {
    report.rows.iter().flat_map(|row| &row.problems).map(|problem| problem.message.as_str()).collect()
}

#[test]
fn a_column_or_a_cell_that_is_missing_once_makes_no_conflict_later() {
    let mut desk = desk_at(MONDAY);
    take(&mut desk, "Key,Summary,Status,Due date\nA-1,Film,To Do,2026-12-04\n");
    let odd = take(&mut desk, "Key,Summary,Status\nA-1,Film,Hmm\n");
    assert_eq!(messages(&odd), ["a status that is not known here; the stage stays as it is"]);
    let report = take(&mut desk, "Key,Summary,Status,Due date\nA-1,Film,In Progress,2026-12-11\n");
    assert!(report.rows[0].conflicts.is_empty(), "{report:?}");
    assert_eq!(request(&desk, 1).stage, Stage::InProgress);
    assert_eq!(request(&desk, 1).due.unwrap().to_string(), "2026-12-11");
}

#[test]
fn what_is_left_of_reopened_work_is_as_its_source_says() {
    let mut desk = desk_at(MONDAY);
    let head = "Key,Summary,Status,Due date,Estimate,Remaining\n";
    take(&mut desk, &format!("{head}A-1,Film,In Progress,2026-12-04,20h,12h\n"));
    assert_eq!(request(&desk, 1).left_said, Some(crate::ops::kit::hours(12)));
    take(&mut desk, &format!("{head}A-1,Film,Done,2026-12-04,20h,0h\n"));
    let report = take(&mut desk, &format!("{head}A-1,Film,In Progress,2026-12-04,20h,5h\n"));
    assert!(report.rows[0].conflicts.is_empty(), "{report:?}");
    assert_eq!(request(&desk, 1).left_said, Some(crate::ops::kit::hours(5)));
}

#[test]
fn a_day_without_a_year_stays_the_day_that_it_was() {
    let mut desk = desk_at(MONDAY);
    let file = "Key,Summary,Due date\nA-1,Film,4-Dec\n";
    take(&mut desk, file);
    assert_eq!(request(&desk, 1).due.unwrap().to_string(), "2026-12-04");
    assert_eq!(request(&desk, 1).due_reason, "", "it is a day, and no reason for one");
    go(&mut desk, "2027-07-12");
    assert_eq!(take(&mut desk, file).rows[0].action, RowAction::Unchanged);
    assert_eq!(request(&desk, 1).due.unwrap().to_string(), "2026-12-04");
}

#[test]
fn what_was_archived_at_its_source_is_told_and_not_closed() {
    let mut desk = desk_at(MONDAY);
    take(&mut desk, "Key,Summary,Archived\nA-1,Film,\nA-2,Poster,\n");
    let report = take(&mut desk, "Key,Summary,Archived\nA-1,Film,yes\nA-2,Poster,\n");
    assert_eq!(messages(&report), ["archived at the source, and open here still"]);
    assert_eq!(report.vanished, [], "it is in the file");
    assert!(request(&desk, 1).stage.is_open());
}

#[test]
fn parents_come_from_the_store_too_and_go_when_their_source_takes_them_away() {
    let mut desk = desk_at(MONDAY);
    take(&mut desk, "Key,Summary,Parent\nA-1,Campaign,\n");
    let report = take(&mut desk, "Key,Summary,Parent\nA-2,Film,A-1\nA-3,Poster,A-9\n");
    assert_eq!(request(&desk, 2).parent, Some(RequestId(1)));
    assert_eq!(messages(&report), [crate::import::requests::NOT_IN_FILE], "of the one that nobody knows");
    take(&mut desk, "Key,Summary\nA-2,Film\n");
    assert_eq!(request(&desk, 2).parent, Some(RequestId(1)), "a column that is missing says nothing");
    let without = LineChoice { without: "2".parse().unwrap(), ..LineChoice::default() };
    take_as(&mut desk, "Key,Summary,Parent\nA-3,Poster,A-1\n", &without);
    assert_eq!(request(&desk, 3).parent, None, "left out, as asked");
    let report = take(&mut desk, "Key,Summary,Parent\nA-2,Film,\n");
    assert_eq!((request(&desk, 2).parent, report.rows[0].action), (None, RowAction::Updated));
}

#[test]
fn what_is_waited_for_is_looked_up_among_what_came_before() {
    let mut desk = desk_at(MONDAY);
    take(&mut desk, "Key,Summary,Status\nA-1,Shoot,Done\nA-2,Edit,In Progress\n");
    take(&mut desk, "Key,Summary,Blocked by\nB-1,Film,A-1\nB-2,Teaser,\"A-1, A-2\"\nB-3,Loop,the client\n");
    let blocked = |id| request(&desk, id).blocked.map(|blocked| blocked.reason);
    assert_eq!([3, 4, 5].map(blocked), [None, Some("A-2 Edit".to_owned()), Some("the client".to_owned())]);
}

#[test]
fn a_share_follows_its_due_day_also_when_that_is_taken_away() {
    let mut desk = desk_at(MONDAY);
    for name in ["Ana", "Bo"] {
        crate::ops::kit::add(&mut desk, &[("name", name)]);
    }
    take(&mut desk, "Key,Summary,Due date,Assignee\nA-1,Film,2026-12-04,Ana\n");
    change(&mut desk, RequestId(1), "due:2026-12-11");
    change(&mut desk, RequestId(1), "due:-");
    let report = take(&mut desk, "Key,Summary,Assignee\nA-1,Film,Bo\n");
    assert!(report.rows[0].conflicts.is_empty(), "{report:?}");
    let held = crate::ops::kit::shares_of(&desk, RequestId(1));
    assert_eq!((held.len(), held[0].person), (1, desk.person("bo").unwrap().id));
}

#[test]
fn a_title_with_a_comma_is_one_blocker_and_a_number_before_words_is_no_id() {
    let mut desk = desk_at(MONDAY);
    let head = "Key,Summary,Status,Blocked by\n";
    take(&mut desk, &format!("{head}A-1,\"Edit, final cut\",To Do,\nA-2,Sound,To Do,A-1\n2,Post,Done,\n"));
    let reason = |desk: &Desk, id| request(desk, id).blocked.map(|it| it.reason).unwrap_or_default();
    assert_eq!(reason(&desk, 2), "A-1 Edit, final cut");
    let words = "2 weeks of legal review, then the client";
    take(
        &mut desk,
        &format!(
            "{head}A-3,Film,To Do,2 quotes from the client\nA-4,Cut,To Do,\"{words}\"\nA-5,Mix,To Do,\"A-1, 2\"\n"
        ),
    );
    assert_eq!(reason(&desk, 4), "2 quotes from the client");
    assert_eq!(reason(&desk, 5), words);
    assert_eq!(reason(&desk, 6), "A-1 Edit, final cut", "what is over blocks nothing");
}

#[test]
fn parents_of_two_files_make_no_circle() {
    let mut desk = desk_at(MONDAY);
    let head = "Key,Summary,Parent\n";
    take(&mut desk, &format!("{head}A-1,One,\nA-2,Two,A-1\n"));
    let report = take(&mut desk, &format!("{head}A-1,One,A-2\n"));
    assert_eq!(messages(&report), ["its parents go in a circle; left out"]);
    assert_eq!((request(&desk, 1).parent, request(&desk, 2).parent.map(|id| id.0)), (None, Some(1)));
}

#[test]
fn a_due_day_keeps_its_year_beside_a_day_of_arrival_that_has_none() {
    let mut desk = desk_at(MONDAY);
    let file = "Key,Summary,Created,Due date\nA-1,Film,20-Nov,4-Dec\n";
    take(&mut desk, file);
    go(&mut desk, "2027-07-12");
    take(&mut desk, file);
    assert_eq!(request(&desk, 1).due.unwrap().to_string(), "2026-12-04");
}

#[test]
fn a_last_day_that_was_set_here_holds_the_share_when_no_day_is_due() {
    let mut desk = desk_at(MONDAY);
    for who in ["Ana", "Bo"] {
        crate::ops::kit::join(&mut desk, who, "design");
    }
    let head = "Key,Summary,Due date,Assignee\n";
    take(&mut desk, &format!("{head}A-1,Film,2026-12-04,Ana\n"));
    let film = crate::domain::ids::RequestId(1);
    change(&mut desk, film, "due:none");
    let share = crate::ops::kit::shares_of(&desk, film).remove(0);
    desk.edit_share(share.id, &|share| share.to = "2026-12-18".parse().unwrap()).unwrap();
    let report = take(&mut desk, &format!("{head}A-1,Film,2026-12-04,Bo\n"));
    assert!(!report.rows[0].conflicts.is_empty(), "{report:?}");
    assert_eq!(desk.row(film).unwrap().people, ["ana"]);
}
