//! Imports taken back and done again one after the other: each state comes back as it was, whatever was imported
//! between, and what a later change built on is refused by its name.

use std::ops::ControlFlow;

use crate::domain::ids::OperationId;
use crate::ops::Desk;
use crate::ops::import::file::LineDecisions;
use crate::ops::import::file::tests::file;
use crate::ops::kit::{change, go, refusal, request, studio};
use crate::store::StoreDump;

const REQUESTS: [&str; 3] = [
    "ID,Title,Due,Assignee,Status,Estimate\n1,Poster,2026-12-04,Ana,To Do,8h\n2,Film,2026-12-11,Bo,To Do,20h\n",
    "ID,Title,Due,Assignee,Status,Estimate\n1,Poster,2026-12-08,Bo,In Progress,6h\n2,Film,2026-12-11,Bo,Done,20h\n3,Card,,,To Do,\n",
    "ID,Title,Due,Assignee,Status,Estimate\n1,Poster A2,2026-12-08,,To Do,9h\n2,Film,2026-12-18,Ana,In Progress,20h\n",
];
const PEOPLE: [&str; 3] = [
    "Name,Email,Mon,Tue,Wed\nAna,ana@x.example,8,8,8\nCy Tan,cy@x.example,8,8,4\n",
    "Name,Email,Mon,Tue,Wed\nAna,ana@x.example,8,8,4\nCy Tan,cy@x.example,6,6,6\nDi,di@x.example,8,8,8\n",
    "Name,Email,Mon,Tue,Wed\nAna Ek,ana@x.example,4,8,4\nDi,di@x.example,8,0,8\n",
];
const AWAY: [&str; 3] = [
    "Person,From,To\nAna,2026-12-21,2026-12-23\n*,2026-12-25,2026-12-25\n",
    "Person,From,To\nAna,2026-12-21,2026-12-24\nBo,2026-12-28,2026-12-30\n*,2026-12-25,2026-12-26\n",
    "Person,From,To\nAna,2026-12-22,2026-12-24\nBo,2026-12-28,2026-12-29\n",
];
const SHARES: [&str; 3] = [
    "Person,Request,From,To,Hours\nana,R-1,2026-11-23,2026-11-27,12\nbo,R-1,2026-11-23,2026-11-27,8\n",
    "Person,Request,From,To,Hours\nana,R-1,2026-11-23,2026-12-02,16\nbo,R-1,2026-11-23,2026-11-27,8\nbo,R-2,2026-11-30,2026-12-02,6\n",
    "Person,Request,From,To,Hours\nana,R-1,2026-11-23,2026-12-02,10\nbo,R-1,2026-12-07,2026-12-08,8\nana,R-2,2026-11-30,2026-12-02,6\n",
];

fn calendar(events: &[(&str, &str, &str)]) -> String {
    let event = |(uid, title, at): &(&str, &str, &str)| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART:{at}Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
        )
    };
    let events = events.iter().map(event).collect::<Vec<_>>().concat();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn calendars() -> [String; 3] {
    [
        calendar(&[("a", "Review", "20261124T100000"), ("b", "Council", "20261125T100000")]),
        calendar(&[("a", "Review", "20261124T140000"), ("c", "Retro", "20261126T100000")]),
        calendar(&[("a", "Crit", "20261124T140000"), ("b", "Council", "20261127T100000")]),
    ]
}

fn take(desk: &mut Desk, name: &str, text: &str) -> OperationId {
    let import = file(desk, name, text);
    let taken = desk.take_file(&import, &LineDecisions::default(), &mut |_, _| ControlFlow::Continue(()));
    OperationId(taken.unwrap().operation.unwrap_or_else(|| panic!("nothing of {text}")))
}

/// All that stands here, without the numbers that only say how many operations there were.
fn state(desk: &Desk) -> StoreDump {
    desk.store.dump().unwrap()
}

fn same(desk: &Desk, expected: &StoreDump, what: &str) {
    let found = state(desk);
    // Days that are over are kept whatever is undone.
    for (name, table) in expected.tables.iter().filter(|(name, _)| !name.contains("kept")) {
        assert_eq!(&found.tables[name].rows, &table.rows, "{what}: {name}");
    }
}

/// Files that come one after the other, each under its name.
fn sequence(files: &[(&str, &str)]) {
    let mut desk = studio();
    for line in ["Poster frames ~20h due:2026-12-11", "Banner ~12h due:2026-12-11"] {
        let id = request(&mut desk, line);
        change(&mut desk, id, "stage:scheduled");
    }
    let mut states = vec![state(&desk)];
    for (at, (name, text)) in files.iter().enumerate() {
        if at == 2 {
            go(&mut desk, "2026-11-24");
        }
        take(&mut desk, name, text);
        states.push(state(&desk));
    }
    for round in 0..2 {
        for at in (0..files.len()).rev() {
            desk.undo(None).unwrap_or_else(|error| panic!("undo {at} of {files:?}: {error}"));
            same(&desk, &states[at], &format!("round {round}, undo {at} of {files:?}"));
        }
        for at in 0..files.len() {
            desk.redo().unwrap_or_else(|error| panic!("redo {at} of {files:?}: {error}"));
            same(&desk, &states[at + 1], &format!("round {round}, redo {at} of {files:?}"));
        }
    }
    // Back to the middle and on from there with something else.
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    take(&mut desk, files[files.len() - 1].0, files[files.len() - 1].1);
    assert!(refusal(desk.redo().map_err(Into::into)).contains("nothing to redo"));
    desk.undo(None).unwrap();
    same(&desk, &states[files.len() - 2], "after something else");
}

#[test]
fn imports_of_a_kind_are_taken_back_and_done_again_in_order() {
    for [a, b, c] in [REQUESTS, PEOPLE, AWAY, SHARES] {
        sequence(&[("x.csv", a), ("x.csv", b), ("x.csv", c)]);
    }
    let [a, b, c] = calendars();
    sequence(&[("x.ics", &a), ("x.ics", &b), ("x.ics", &c)]);
}

#[test]
fn imports_of_several_kinds_are_taken_back_and_done_again_in_order() {
    let [early, later, last] = calendars();
    sequence(&[
        ("r.csv", REQUESTS[0]),
        ("s.csv", SHARES[0]),
        ("r.csv", REQUESTS[1]),
        ("s.csv", SHARES[1]),
        ("p.csv", PEOPLE[0]),
        ("a.csv", AWAY[0]),
        ("c.ics", &early),
        ("r.csv", REQUESTS[2]),
        ("a.csv", AWAY[1]),
        ("c.ics", &later),
        ("p.csv", PEOPLE[1]),
        ("s.csv", SHARES[2]),
        ("c.ics", &last),
        ("p.csv", PEOPLE[2]),
    ]);
}

#[test]
fn an_import_below_one_that_built_on_it_is_refused_by_the_name_of_that_one() {
    let [early, later, _] = calendars();
    for (name, first, second) in [
        ("r.csv", REQUESTS[0], REQUESTS[1]),
        ("p.csv", PEOPLE[0], PEOPLE[1]),
        ("a.csv", AWAY[0], AWAY[1]),
        ("s.csv", SHARES[0], SHARES[1]),
        ("c.ics", &early, &later),
    ] {
        let mut desk = studio();
        for line in ["Poster ~20h due:2026-12-11", "Banner ~12h due:2026-12-11"] {
            let id = request(&mut desk, line);
            change(&mut desk, id, "stage:scheduled");
        }
        let named = take(&mut desk, name, first);
        take(&mut desk, name, second);
        let before = state(&desk);
        let refused = refusal(desk.undo(Some(named)).map_err(Into::into));
        let second = desk.history(Some(1)).unwrap().remove(0);
        let by = format!("by change {}, \"", second.id.0);
        assert!(refused.contains(&by) && refused.contains("nothing was undone"), "{name}: {refused}");
        same(&desk, &before, name);
    }
}

#[test]
fn shares_are_taken_back_below_a_later_import_that_left_them_alone() {
    let mut desk = studio();
    for line in ["Poster ~20h due:2026-12-11", "Banner ~12h due:2026-12-11"] {
        let id = request(&mut desk, line);
        change(&mut desk, id, "stage:scheduled");
    }
    let columns = "Person,Request,From,To,Hours\n";
    let of = |rows: &str| format!("{columns}{rows}");
    let first = take(&mut desk, "s.csv", &of("ana,R-1,2026-11-23,2026-11-27,12\n"));
    take(&mut desk, "s.csv", &of("ana,R-1,2026-11-23,2026-11-27,12\nbo,R-2,2026-11-23,2026-11-27,8\n"));
    desk.undo(Some(first)).unwrap();
    let held = |desk: &Desk| {
        desk.store
            .all_requests()
            .unwrap()
            .iter()
            .map(|it| desk.row(it.id).unwrap().people)
            .collect::<Vec<_>>()
    };
    assert_eq!(held(&desk), [vec![], vec!["bo".to_owned()]]);
    // What was taken back is new to the next import, and what stands is as it was.
    take(&mut desk, "s.csv", &of("ana,R-1,2026-11-23,2026-11-27,12\nbo,R-2,2026-11-23,2026-11-27,8\n"));
    assert_eq!(held(&desk), [vec!["ana".to_owned()], vec!["bo".to_owned()]]);
    let shares: Vec<_> =
        [1, 2].map(|id| desk.store.allocations_of(crate::domain::ids::RequestId(id)).unwrap().len()).into();
    assert_eq!(shares, [1, 1]);
}

#[test]
fn a_day_without_a_time_is_the_same_day_in_another_zone() {
    let mut desk = studio();
    let text =
        "ID,Title,Created,Status\n1,Poster,2026-11-20,To Do\n2,Film,2026-11-19T23:30:00+01:00,In Progress\n";
    take(&mut desk, "x.csv", text);
    for instant in ["2026-12-08T09:00:00-08:00", "2026-12-09T23:30:00+13:00", "2026-12-10T09:00:00+05:45"] {
        crate::ops::kit::move_clock(&mut desk, instant);
        let again = file(&desk, "x.csv", text);
        let taken = desk.take_file(&again, &LineDecisions::default(), &mut |_, _| ControlFlow::Continue(()));
        assert_eq!(taken.unwrap().operation, None, "{instant}");
    }
    // Another day is another day.
    let moved = file(&desk, "x.csv", &text.replace("2026-11-20", "2026-11-18"));
    let taken = desk.take_file(&moved, &LineDecisions::default(), &mut |_, _| ControlFlow::Continue(()));
    assert!(taken.unwrap().label.contains("came in"));
}
