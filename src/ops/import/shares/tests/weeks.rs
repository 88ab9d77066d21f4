//! A grid of weeks that comes again.

use super::*;

#[test]
fn a_grid_of_weeks_is_one_share_for_each_run_and_follows_what_changes_in_it() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~40h due:2026-12-18");
    let grid = |cells: &str| format!("Person,Request,2026-11-23,2026-11-30,2026-12-07\nana,Film,{cells}\n");
    import(&mut desk, &grid("10,10,5"));
    assert_eq!(held(&desk, film), ["ana 2h a day 23..6", "ana 1h a day 7..13"]);
    go(&mut desk, "2026-11-24");
    let again = import(&mut desk, &grid("10,10,5"));
    assert_eq!(again.count(RowAction::Unchanged), 2);
    let report = import(&mut desk, &grid("10,10,15"));
    assert_eq!((report.count(RowAction::Updated), report.vanished.len()), (1, 0));
    assert_eq!(held(&desk, film)[1], "ana 3h a day 7..13");
    let shorter = import(&mut desk, &grid("10,10,"));
    assert_eq!(shorter.vanished.len(), 1, "{:?}", shorter.vanished);
    desk.undo(None).unwrap();
    assert_eq!(held(&desk, film).len(), 2, "{}", told(&desk));
}
