//! Shares of a plan as they come in, come again, and meet what was done here.

use crate::domain::allocation::{NewShare, Shape};
use crate::domain::difference::Difference;
use crate::domain::ids::{PersonId, RequestId};
use crate::domain::stage::Stage;
use crate::import::preset::Presets;
use crate::import::requests::RequestOptions;
use crate::import::shares::{ShareOptions, read_shares};
use crate::ops::Desk;
use crate::ops::import::change_set::ChangeGroup;
use crate::ops::import::lines::LineChoice;
use crate::ops::import::{Report, RowAction};
use crate::ops::kit::{change, day, give, go, hours, left, request, shares_of, stages, studio, told};

mod rolls;
mod uneven;
mod weeks;

const HEAD: &str = "Person,Request,From,To,Hours\n";
const WEEK: &str =
    "Person,Request,From,To,Hours\nana,Film,2026-11-23,2026-11-27,20\nbo,Film,2026-11-23,2026-11-24,8\n";

fn import_of(desk: &mut Desk, source: &str, text: &str, lines: &LineChoice) -> Report {
    let mut import =
        read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &ShareOptions::default()).unwrap();
    source.clone_into(&mut import.source);
    let rehearsed = desk.take_shares(import.clone(), true, lines).unwrap();
    let report = desk.take_shares(import, false, lines).unwrap();
    assert_eq!(
        (&rehearsed.rows, &rehearsed.vanished),
        (&report.rows, &report.vanished),
        "a rehearsal tells the same"
    );
    report
}

fn import(desk: &mut Desk, text: &str) -> Report {
    import_of(desk, "Float", text, &LineChoice::default())
}

/// How many rows are in each group.
fn groups(report: &Report) -> String {
    report.told_groups()
}

fn held(desk: &Desk, id: RequestId) -> Vec<String> {
    let people = desk.store.people().unwrap();
    let handle = |id: PersonId| people.iter().find(|person| person.id == id).unwrap().handle.clone();
    let told = shares_of(desk, id).into_iter().map(|share| {
        let amount = super::Terms::of(&share).amount();
        format!("{} {amount} {}..{}", handle(share.person), share.from.format("%-d"), share.to.format("%-d"))
    });
    told.collect()
}

fn said(differences: &[Difference]) -> String {
    differences.iter().map(Difference::sentence).collect::<Vec<_>>().join(", ")
}

/// The load of somebody on each of the days of this week, in minutes.
fn load(desk: &Desk, who: &str) -> Vec<i64> {
    let (grid, people) = desk.load(day("2026-11-23"), 5).unwrap();
    let who = people.iter().find(|person| person.handle == who).unwrap().id;
    let row = grid.rows.iter().find(|row| row.person == who).unwrap();
    row.cells.iter().map(|cell| cell.confirmed.0).collect()
}

#[test]
fn hours_of_a_week_lie_on_its_days_and_one_undo_takes_them_back() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~28h due:fri");
    let before = desk.store.dump().unwrap().tables;
    let report = import(&mut desk, WEEK);
    assert_eq!(groups(&report), "2 new");
    assert_eq!(told(&desk), "Imported 2 shares from Float: 2 new");
    assert_eq!(held(&desk, film), ["ana 20h 23..27", "bo 8h 23..24"]);
    assert_eq!(report.rows[0].brings, "20h, Mon 23–Fri 27 Nov");
    assert_eq!(load(&desk, "ana"), [240; 5]);
    assert_eq!(load(&desk, "bo"), [240, 240, 0, 0, 0]);
    let again = import(&mut desk, WEEK);
    assert_eq!((groups(&again).as_str(), again.operation), ("2 unchanged", None));
    desk.undo(None).unwrap();
    let after = desk.store.dump().unwrap().tables;
    for table in ["request", "request_seen", "allocation", "person"] {
        assert_eq!(after[table], before[table], "{table}");
    }
}

#[test]
fn hours_are_those_of_the_whole_of_a_day_of_a_week_or_a_part_of_somebodys() {
    for (head, cell, kept, monday) in [
        ("Hours", "20", "20h", 240),
        ("Hours/Day", "4", "4h a day", 240),
        ("Hours per week", "10", "2h a day", 120),
        ("% Allocation", "25%", "2h a day", 120),
        ("Notes", "", "as estimated", 60),
    ] {
        let mut desk = studio();
        let film = request(&mut desk, "Film t3 ~5h due:2026-12-01");
        let text = format!("Person,Request,From,To,{head}\nana,Film,2026-11-23,2026-11-27,{cell}\n");
        import(&mut desk, &text);
        assert_eq!(held(&desk, film), [format!("ana {kept} 23..27")], "{head}");
        assert_eq!(load(&desk, "ana"), [monday; 5], "{head}");
    }
}

#[test]
fn what_a_row_leaves_open_follows_the_request() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~12h due:fri");
    let text = "Person,Request,From,To,Hours\nana,Film,,,8\nbo,Film,2026-11-24,,\n";
    let report = import(&mut desk, text);
    assert_eq!(held(&desk, film), ["ana 8h 23..27", "bo 4h 24..27"], "{:?}", report.rows);
    go(&mut desk, "2026-11-24");
    assert_eq!(groups(&import(&mut desk, text)), "2 unchanged", "today is another day");
    // All of it is given, so no hours are left for somebody without any.
    let more = format!("{text}bo,Film,2026-11-26,,\n");
    let report = import(&mut desk, &more);
    assert_eq!(groups(&report), "1 unreadable, 2 unchanged");
    assert!(report.rows[2].problems[0].message.contains("nothing of R-1 is left to give"));
}

#[test]
fn what_the_source_changes_is_taken_over_and_what_was_set_here_stays() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:2026-12-11");
    import(&mut desk, WEEK);
    let bo = shares_of(&desk, film)[1].id;
    desk.edit_share(bo, &|share| share.minutes = Some(hours(6))).unwrap();
    assert_eq!(groups(&import(&mut desk, WEEK)), "2 unchanged", "the source says what it said");
    let now = format!("{HEAD}ana,Film,2026-11-24,2026-11-30,24\nbo,Film,2026-11-23,2026-11-25,10\n");
    let report = import(&mut desk, &now);
    assert_eq!(groups(&report), "1 in conflict, 1 changed");
    assert_eq!(
        said(&report.rows[0].changes),
        "hours 20h → 24h, from Mon 23 Nov → Tue 24 Nov, to Fri 27 Nov → Mon 30 Nov"
    );
    assert_eq!(said(&report.rows[1].changes), "to Tue 24 Nov → Wed 25 Nov");
    assert_eq!(said(&report.rows[1].conflicts), "hours 6h → 10h");
    assert_eq!(held(&desk, film), ["ana 24h 24..30", "bo 6h 23..25"]);
    assert!(told(&desk).contains("R-1 hours 20h → 24h"), "{}", told(&desk));
    assert_eq!(groups(&import(&mut desk, &now)), "2 unchanged", "a conflict is told once");
    desk.undo(None).unwrap();
    assert_eq!(held(&desk, film), ["ana 20h 23..27", "bo 6h 23..24"]);
    assert_eq!(groups(&import(&mut desk, &now)), "1 in conflict, 1 changed", "taken back, it is news again");
}

#[test]
fn hours_that_became_hours_of_a_day_are_taken_over() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:2026-12-11");
    import(&mut desk, WEEK);
    let front = shares_of(&desk, film)[0].id;
    desk.edit_share(front, &|share| share.shape = Shape::Front).unwrap();
    let daily = "Person,Request,From,To,Hours,Hours/Day\nana,Film,2026-11-23,2026-11-27,25,\nbo,Film,2026-11-23,2026-11-24,,3\n";
    assert_eq!(groups(&import(&mut desk, daily)), "2 changed");
    assert_eq!(held(&desk, film), ["ana 25h 23..27", "bo 3h a day 23..24"]);
    assert_eq!(shares_of(&desk, film)[0].shape, Shape::Front, "how it lies was said here and nowhere else");
}

#[test]
fn a_share_that_was_given_by_hand_is_never_written_over_nor_doubled() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~20h due:fri @ana");
    let menu = request(&mut desk, "Menu t3 ~20h due:fri");
    give(&mut desk, menu, "ana", 5);
    let text = format!("{HEAD}ana,Film,2026-11-23,2026-11-27,20\nana,Menu,2026-11-24,2026-11-27,8\n");
    let report = import(&mut desk, &text);
    assert_eq!(groups(&report), "1 in conflict, 1 unchanged");
    assert_eq!(said(&report.rows[1].conflicts), "hours 5h → 8h, from Mon 23 Nov → Tue 24 Nov");
    assert_eq!(
        held(&desk, film),
        ["ana as estimated 23..27"],
        "the same hours said once more are nothing new"
    );
    assert_eq!(held(&desk, menu), ["ana 5h 23..27"]);
    assert_eq!(groups(&import(&mut desk, &text)), "2 unchanged");
    let later = text.replace("27,20", "27,24").replace("27,8", "27,9");
    let report = import(&mut desk, &later);
    assert_eq!(said(&report.rows[1].conflicts), "hours 5h → 9h");
    assert_eq!(
        said(&report.rows[0].changes),
        "hours as estimated → 24h",
        "where both said the same, what is new is taken"
    );
}

#[test]
fn shares_by_hand_of_two_people_are_each_met_by_their_own_row() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~20h due:fri");
    give(&mut desk, film, "ana", 5);
    give(&mut desk, film, "bo", 5);
    let text = format!("{HEAD}ana,Film,2026-11-24,2026-11-27,8\nbo,Film,2026-11-24,2026-11-27,8\n");
    assert_eq!(groups(&import(&mut desk, &text)), "2 in conflict");
    assert_eq!(held(&desk, film), ["ana 5h 23..27", "bo 5h 23..27"], "hours are counted once");
}

#[test]
fn what_an_import_of_requests_gave_takes_hours_and_days_over() {
    let mut desk = studio();
    let table = "Title,ID,Assignee,Due,Estimate\nFilm,JIRA-12,ana,2026-12-11,40h\n";
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.stamp().at };
    desk.import_requests(table.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    let film = desk.store.all_requests().unwrap()[0].id;
    let plan = "Person,Key,From,To,Hours\nana,jira-12,2026-11-30,2026-12-04,24\n";
    let report = import(&mut desk, plan);
    assert_eq!(groups(&report), "1 changed");
    assert_eq!(
        said(&report.rows[0].changes),
        "hours as estimated → 24h, from Mon 23 Nov → Mon 30 Nov, to Fri 11 Dec → Fri 4 Dec"
    );
    assert_eq!(held(&desk, film), ["ana 24h 30..4"]);
    // What each source said stands beside the request, and neither forgets what the other said.
    let moved = table.replace("2026-12-11", "2026-12-18");
    desk.import_requests(moved.as_bytes(), &options, (false, &mut |_, _| {})).unwrap();
    assert_eq!(groups(&import(&mut desk, plan)), "1 unchanged");
    assert_eq!(held(&desk, film), ["ana 24h 30..4"]);
}

#[test]
fn several_shares_of_one_person_are_told_apart_by_their_first_day() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:2026-12-18");
    let text = format!("{HEAD}ana,Film,2026-11-23,2026-11-24,4\nana,Film,2026-11-30,2026-12-01,6\n");
    assert_eq!(groups(&import(&mut desk, &text)), "2 new");
    let grown = format!("{text}ana,Film,2026-12-07,2026-12-08,8\n").replace("01,6", "01,7");
    assert_eq!(groups(&import(&mut desk, &grown)), "1 new, 1 changed, 1 unchanged");
    assert_eq!(held(&desk, film), ["ana 4h 23..24", "ana 7h 30..1", "ana 8h 7..8"]);
    // One of them is gone, and nothing is removed.
    let less = format!("{HEAD}ana,Film,2026-11-30,2026-12-01,7\nana,Film,2026-12-07,2026-12-08,8\n");
    let report = import(&mut desk, &less);
    assert_eq!(groups(&report), "1 vanished, 2 unchanged");
    assert_eq!(report.vanished, [("R-1".to_owned(), "Film: @ana 4h, Mon 23–Tue 24 Nov".to_owned())]);
    assert_eq!(shares_of(&desk, film).len(), 3);
}

#[test]
fn what_vanished_is_told_and_what_was_taken_away_here_does_not_come_back() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    import(&mut desk, WEEK);
    let report = import(&mut desk, &format!("{HEAD}ana,Film,2026-11-23,2026-11-27,20\n"));
    assert_eq!(groups(&report), "1 vanished, 1 unchanged");
    assert_eq!(shares_of(&desk, film).len(), 2);
    let other = import(&mut desk, &format!("{HEAD}ana,Poster,2026-11-23,2026-11-27,20\n"));
    assert!(other.vanished.is_empty(), "a file that has nothing in common is another one");
    let bo = shares_of(&desk, film)[1].id;
    desk.remove_share(bo).unwrap();
    assert_eq!(groups(&import(&mut desk, WEEK)), "2 unchanged", "it was taken away on purpose");
    let report = import(&mut desk, &WEEK.replace("24,8", "24,9"));
    assert_eq!(groups(&report), "1 in conflict, 1 unchanged");
    assert_eq!(said(&report.rows[1].conflicts), "held by @bo 9h, Mon 23–Tue 24 Nov");
    assert_eq!(held(&desk, film), ["ana 20h 23..27"]);
}

#[test]
fn a_share_that_somebody_else_has_now_stays_with_them() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    import(&mut desk, &format!("{HEAD}ana,Film,2026-11-23,2026-11-27,20\n"));
    let bo = desk.store.people().unwrap()[1].id;
    desk.edit_share(shares_of(&desk, film)[0].id, &|share| share.person = bo).unwrap();
    let report = import(&mut desk, &format!("{HEAD}ana,Film,2026-11-23,2026-11-27,22\n"));
    assert_eq!(
        said(&report.rows[0].conflicts),
        "held by @bo 20h, Mon 23–Fri 27 Nov → @ana 22h, Mon 23–Fri 27 Nov"
    );
    assert_eq!(held(&desk, film), ["bo 20h 23..27"]);
}

#[test]
fn what_nothing_can_be_made_of_is_told_with_its_row_and_does_not_vanish() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~40h due:fri");
    request(&mut desk, "Card t3");
    request(&mut desk, "Card t3");
    import(&mut desk, WEEK);
    let text = format!(
        "{HEAD}ana,Film,2026-11-23,soon,20\nbo,Film,2026-11-23,2026-11-24,8\nzoltan,Film,2026-11-23,2026-11-24,1\n\
         ana,Unheard of,2026-11-23,2026-11-24,1\nana,Card,2026-11-23,2026-11-24,1\nana and bo,Film,2026-11-23,2026-11-24,1\n"
    );
    let report = import(&mut desk, &text);
    assert_eq!(groups(&report), "5 unreadable, 1 unchanged");
    assert!(report.vanished.is_empty());
    let messages: Vec<(usize, &str)> = report
        .rows
        .iter()
        .filter_map(|row| Some((row.row, row.problems.first()?.message.as_str())))
        .collect();
    assert_eq!(messages[0].0, 2);
    for (index, part) in [
        "is not a last day",
        "nobody is called `zoltan`",
        "no request is called `Unheard of`",
        "`Card` could be R-2 or R-3",
        "2 people in one row",
    ]
    .iter()
    .enumerate()
    {
        assert!(messages[index].1.contains(part), "{messages:?}");
    }
    assert_eq!(report.rows[3].raw, "ana | Unheard of | 2026-11-23 | 2026-11-24 | 1");
}

#[test]
fn lines_that_are_left_out_are_not_taken_and_have_not_vanished() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    let without = LineChoice { without: "3".parse().unwrap(), ..LineChoice::default() };
    assert_eq!(groups(&import_of(&mut desk, "Float", WEEK, &without)), "1 new, 1 left out");
    assert_eq!(held(&desk, film), ["ana 20h 23..27"]);
    assert_eq!(groups(&import(&mut desk, WEEK)), "1 new, 1 unchanged");
    let changed = WEEK.replace("24,8", "24,9");
    let report = import_of(&mut desk, "Float", &changed, &without);
    assert_eq!((groups(&report).as_str(), report.vanished.len()), ("1 left out, 1 unchanged", 0));
    assert_eq!(held(&desk, film)[1], "bo 8h 23..24");
}

#[test]
fn work_that_is_over_is_nobodys_and_its_shares_are_no_news() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    let menu = request(&mut desk, "Menu t3");
    import(&mut desk, WEEK);
    stages(&mut desk, film, &[Stage::Ready, Stage::InProgress, Stage::Delivered]);
    stages(&mut desk, menu, &[Stage::Declined]);
    let report =
        import(&mut desk, &format!("{WEEK}ana,Menu,2026-11-23,2026-11-24,1\n").replace("27,20", "27,30"));
    assert_eq!(groups(&report), "1 unreadable, 2 unchanged");
    assert!(
        report.rows[2].problems[0].message.contains("R-2 is declined; nobody holds it"),
        "{:?}",
        report.rows[2]
    );
}

#[test]
fn two_sources_of_one_share_give_it_once() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    import(&mut desk, WEEK);
    let lines = LineChoice::default();
    assert_eq!(groups(&import_of(&mut desk, "Sheet", WEEK, &lines)), "2 unchanged");
    let report = import_of(&mut desk, "Third", &WEEK.replace("27,20", "27,21"), &lines);
    assert_eq!(groups(&report), "1 in conflict, 1 unchanged");
    assert_eq!(shares_of(&desk, film).len(), 2);
}

#[test]
fn names_that_come_near_somebody_are_asked_about_once() {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Mara Quist")]);
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    let text = format!("{HEAD}Mara Qvist,Film,2026-11-23,2026-11-27,20\n");
    let report = import(&mut desk, &text);
    assert_eq!(report.near.len(), 1, "{:?}", report.rows);
    assert_eq!(report.rows[0].group(), ChangeGroup::Unreadable);
    let mut lines = LineChoice::default();
    lines.names.same.insert(report.near[0].pair.clone());
    let report = import_of(&mut desk, "Float", &text, &lines);
    assert_eq!(report.count(RowAction::Created), 1);
    assert_eq!(held(&desk, film), ["mara 20h 23..27"]);
}

#[test]
fn a_day_off_takes_its_hours_off_a_share_of_so_much_a_day() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:fri");
    crate::ops::kit::away(&mut desk, "ana", "2026-11-25", "2026-11-25");
    import(&mut desk, "Person,Request,From,To,Hours/Day\nana,Film,2026-11-23,2026-11-27,4\n");
    assert_eq!(load(&desk, "ana"), [240, 240, 0, 240, 240]);
    assert_eq!(left(&desk, film), Some(hours(16)));
    let by_hand =
        NewShare { shape: Shape::PerDay(hours(4)), to: Some(day("2026-11-27")), ..NewShare::whole("bo") };
    desk.assign(film, &by_hand).unwrap();
    assert_eq!(load(&desk, "bo"), [240; 5], "as a share that is given by hand");
}

#[test]
fn a_first_estimate_leaves_what_was_said_of_so_much_a_day() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:fri");
    import(&mut desk, "Person,Request,From,To,Hours/Day\nana,Film,2026-11-23,2026-11-27,4\n");
    change(&mut desk, film, "left:6h");
    assert_eq!(left(&desk, film), Some(hours(6)));
    change(&mut desk, film, "~20h");
    assert_eq!(left(&desk, film), Some(hours(6)), "the estimate makes its hours no others");
}

#[test]
fn a_share_of_so_much_a_day_is_not_the_one_that_follows_the_estimate() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 due:2026-12-11");
    import(&mut desk, "Person,Request,From,To,Hours/Day\nana,Film,2026-11-23,2026-11-27,4\n");
    // Without an estimate a second share has no hours of its own either.
    desk.assign(film, &NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("bo") }).unwrap();
    change(&mut desk, film, "~15h");
    assert_eq!(load(&desk, "bo").iter().sum::<i64>(), 15 * 60);
    assert_eq!(load(&desk, "ana"), [240; 5]);
}
