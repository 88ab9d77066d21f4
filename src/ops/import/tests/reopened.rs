//! Work that its source takes up again after it was done, while nobody holds it: how much is left of it is asked, as it is
//! of work that somebody holds.

use crate::domain::ids::RequestId;
use crate::domain::load::NOBODY;
use crate::domain::minutes::Minutes;
use crate::domain::stage::Stage;
use crate::ops::Desk;
use crate::ops::import::file::LineDecisions;
use crate::ops::import::file::tests::file;
use crate::ops::kit::{change, give, go, hours, left, stages, studio};

const HEAD: &str = "ID,Title,Due,Status,Estimate\n";
const FILM: RequestId = RequestId(1);

fn take(desk: &mut Desk, row: &str) {
    let import = file(desk, "r.csv", &format!("{HEAD}{row}\n"));
    desk.take_file(&import, &LineDecisions::default(), &mut |_, _| std::ops::ControlFlow::Continue(()))
        .unwrap();
}

/// Hours of the row of nobody over two weeks, and whether they are a guess.
fn nobody(desk: &Desk) -> (Minutes, bool) {
    let today = desk.today();
    let model = desk.load_model(today, crate::domain::day::plus(today, 20)).unwrap();
    let items = model.items_of(NOBODY);
    (items.iter().map(|item| item.left).sum(), items.iter().any(|item| item.is_unknown))
}

fn asks(desk: &Desk) -> bool {
    let pack = desk.standup(None).unwrap();
    serde_json::to_string(&pack.by_section).unwrap().contains("was done once and nobody holds it")
}

#[test]
fn what_comes_back_and_nobody_holds_is_asked_for_its_hours() {
    let mut desk = studio();
    take(&mut desk, "1,Film,2026-12-11,In Progress,20h");
    assert_eq!((nobody(&desk), asks(&desk)), ((hours(20), false), false));
    take(&mut desk, "1,Film,2026-12-11,Done,20h");
    assert_eq!(nobody(&desk), (Minutes::ZERO, false));
    go(&mut desk, "2026-11-24");
    take(&mut desk, "1,Film,2026-12-11,In Progress,20h");
    assert_eq!(desk.store.request(FILM).unwrap().stage, Stage::InProgress);
    assert_eq!((nobody(&desk), left(&desk, FILM), asks(&desk)), ((hours(2), true), None, true));
    change(&mut desk, FILM, "left:5h");
    assert_eq!((nobody(&desk), left(&desk, FILM), asks(&desk)), ((hours(5), false), Some(hours(5)), false));
    desk.undo(None).unwrap();
    assert_eq!(nobody(&desk), (hours(2), true));
    // Whoever gets it gets the question along with it, and it is nobody's question then.
    desk.assign(FILM, &crate::domain::allocation::NewShare::whole("ana")).unwrap();
    assert_eq!((nobody(&desk), left(&desk, FILM), asks(&desk)), ((Minutes::ZERO, false), None, false));
    let share = desk.store.allocations_of(FILM).unwrap().remove(0);
    assert!(share.left.is_to_be_said);
    desk.undo(None).unwrap();
    // From the plan on it is as it was planned: nothing says that it was done.
    stages(&mut desk, FILM, &[Stage::Scheduled]);
    assert_eq!(nobody(&desk), (hours(20), false));
}

#[test]
fn of_work_held_in_part_only_what_nobody_holds_is_asked_of_the_request() {
    let mut desk = studio();
    take(&mut desk, "1,Film,2026-12-11,In Progress,20h");
    give(&mut desk, FILM, "ana", 8);
    stages(&mut desk, FILM, &[Stage::InReview]);
    assert_eq!(nobody(&desk), (Minutes::ZERO, false));
    stages(&mut desk, FILM, &[Stage::InProgress]);
    // A tenth of twelve hours, which is more than the hour that is the least.
    assert_eq!(nobody(&desk), (Minutes(72), true));
    change(&mut desk, FILM, "left:10h");
    assert_eq!(nobody(&desk), (hours(6), false), "parted by what each had left: 8h and 12h");
}
