//! A plan that rolls on: what is over leaves it, and that is no change of what goes on.

use super::*;

#[test]
fn work_of_last_week_does_not_become_that_of_this_one() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~80h due:2026-12-18");
    import(&mut desk, &format!("{HEAD}ana,Film,2026-11-23,2026-11-27,20\n"));
    stages(&mut desk, film, &[Stage::Scheduled, Stage::InProgress]);
    go(&mut desk, "2026-11-30");
    let report = import(&mut desk, &format!("{HEAD}ana,Film,2026-11-30,2026-12-04,20\n"));
    assert_eq!(report.count(RowAction::Created), 1, "{report:?}");
    assert_eq!(held(&desk, film), ["ana 20h 23..27", "ana 20h 30..4"]);
}

#[test]
fn a_grid_without_its_first_weeks_keeps_what_goes_on() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~80h due:2026-12-18");
    import(&mut desk, "Person,Request,2026-11-23,2026-11-30,2026-12-07\nana,Film,10,10,10\n");
    let before = held(&desk, film);
    go(&mut desk, "2026-11-30");
    let report = import(&mut desk, "Person,Request,2026-11-30,2026-12-07\nana,Film,10,10\n");
    assert_eq!((report.count(RowAction::Unchanged), held(&desk, film)), (1, before), "{report:?}");
}

#[test]
fn a_cell_that_cannot_be_read_does_not_make_the_rest_of_a_grid_new() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~80h due:2026-12-18");
    import(&mut desk, "Person,Request,2026-11-23,2026-11-30,2026-12-07\nana,Film,10,10,10\n");
    let before = held(&desk, film);
    go(&mut desk, "2026-11-30");
    import(&mut desk, "Person,Request,2026-11-30,2026-12-07\nana,Film,10,10\nbo,Film,x,\n");
    assert_eq!(held(&desk, film), before);
}
