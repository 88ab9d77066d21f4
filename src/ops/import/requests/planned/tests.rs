//! Files that stay as they are while days go by.

use crate::domain::difference::Difference;
use crate::domain::ids::RequestId;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::import::file::LineDecisions;
use crate::ops::import::file::tests::file;
use crate::ops::kit::{go, studio};

const HEAD: &str = "ID,Title,Status,Delivered\n";

fn take(desk: &mut Desk, rows: &str) -> Option<i64> {
    let import = file(desk, "r.csv", &format!("{HEAD}{rows}"));
    let goes_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    desk.take_file(&import, &LineDecisions::default(), goes_on).unwrap().operation
}

fn stands(desk: &Desk) -> Vec<(Stage, Option<String>)> {
    let of = |id| desk.store.request(RequestId(id)).unwrap();
    let told = |id| (of(id).stage, of(id).delivered.map(|at| at.format("%F").to_string()));
    (1..=3).map(told).collect()
}

#[test]
fn a_plan_whose_day_came_is_no_delivery_and_changes_nothing() {
    let mut desk = studio();
    let rows = "1,Poster,In progress,2026-11-26\n2,Film,Done,2026-11-27\n3,Card,Done,2026-11-24\n";
    take(&mut desk, rows);
    // Tomorrow on the clock of whoever did it can be today here.
    let first = [(Stage::InProgress, None), (Stage::Delivered, None), (Stage::Delivered, Some("2026-11-24"))];
    let first = first.map(|(stage, day)| (stage, day.map(str::to_owned)));
    assert_eq!(stands(&desk), first);
    for day in ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-30", "2026-12-14"] {
        go(&mut desk, day);
        assert_eq!((take(&mut desk, rows), stands(&desk)), (None, first.to_vec()), "{day}");
    }
    let moved = "1,Poster,Done,2026-11-26\n2,Film,Done,2026-12-03\n3,Card,Done,2026-11-25\n";
    assert!(take(&mut desk, moved).is_some());
    let days: Vec<_> = stands(&desk).into_iter().map(|(_, day)| day.unwrap()).collect();
    assert_eq!(days, ["2026-11-26", "2026-12-03", "2026-11-25"], "what the source says since is taken");
    assert_eq!(take(&mut desk, moved), None);
}

#[test]
fn a_day_of_delivery_that_comes_after_the_word_is_taken_and_told() {
    let mut desk = studio();
    take(&mut desk, "1,Poster,Done,\n2,Film,New,\n3,Card,New,\n");
    go(&mut desk, "2026-11-25");
    let import = file(&desk, "r.csv", &format!("{HEAD}1,Poster,Done,2026-11-20\n2,Film,New,\n3,Card,New,\n"));
    let set = desk.rehearse_file(&import, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let told: Vec<_> = set.lines.iter().flat_map(|line| &line.changes).map(Difference::sentence).collect();
    assert_eq!((told.len(), told[0].contains("20 Nov")), (1, true), "{told:?}");
    take(&mut desk, "1,Poster,Done,2026-11-20\n2,Film,New,\n3,Card,New,\n");
    assert_eq!(stands(&desk)[0], (Stage::Delivered, Some("2026-11-20".to_owned())));
}

#[test]
fn a_day_of_delivery_that_is_tomorrow_is_a_plan_unless_the_tool_stamps_it() {
    let mut desk = studio();
    let rows = "1,Poster,In progress,2026-11-24\n2,Film,,2026-11-24\n3,Card,In progress,2026-11-25\n";
    take(&mut desk, rows);
    let open = [(Stage::InProgress, None), (Stage::New, None), (Stage::InProgress, None)];
    for day in ["2026-11-24", "2026-11-25", "2026-11-26"] {
        assert_eq!(stands(&desk), open);
        go(&mut desk, day);
        assert_eq!(take(&mut desk, rows), None, "{day}");
    }
    // Asana writes it itself, by a clock that is a day ahead of the lead's.
    let mut desk = studio();
    let text = "Task ID,Created At,Completed At,Name,Section/Column\n1,2026-11-20,2026-11-24,Poster,Doing\n";
    for (day, is_new) in [("2026-11-23", true), ("2026-11-24", false), ("2026-11-25", false)] {
        go(&mut desk, day);
        let import = file(&desk, "asana.csv", text);
        let goes_on = &mut |_, _| std::ops::ControlFlow::Continue(());
        let done = desk.take_file(&import, &LineDecisions::default(), goes_on).unwrap();
        assert_eq!(done.operation.is_some(), is_new, "{day}");
        assert_eq!(desk.store.request(RequestId(1)).unwrap().stage, Stage::Delivered);
    }
}
