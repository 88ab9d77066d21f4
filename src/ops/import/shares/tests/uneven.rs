//! Parts of somebody's hours where their days are not alike.

use super::*;
use crate::ops::kit::holiday;

#[test]
fn a_part_of_uneven_days_is_that_part_of_each() {
    let mut desk = studio();
    crate::ops::kit::edit(&mut desk, "ana", &[("hours", "6,6,0,6,4")]);
    holiday(&mut desk, "Bridge", "2026-11-24", "2026-11-24");
    let film = request(&mut desk, "Film t3 ~40h due:fri");
    for name in ["Percent", "%", "FTE", "Zuteilung in %"] {
        let head = format!("Person,Request,{name},Start,End\n");
        import(
            &mut desk,
            &format!("{head}ana,Film,50%,2026-11-23,2026-11-27\nbo,Film,50%,2026-11-23,2026-11-27\n"),
        );
        assert_eq!(held(&desk, film), ["ana 8h 23..27", "bo 4h a day 23..27"], "{name}");
        assert_eq!(load(&desk, "ana"), [180, 0, 0, 180, 120], "{name}");
        desk.undo(None).unwrap();
    }
}
