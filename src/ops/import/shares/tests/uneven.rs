//! Parts of somebody's hours where their days are not alike.

use super::*;
use crate::domain::person::WeekPattern;
use crate::ops::kit::holiday;
use crate::ops::people::PersonChange;

fn hours_of_days(days: [i64; 5]) -> WeekPattern {
    let mut week = WeekPattern::default();
    week.iter_mut().zip(days).for_each(|(slot, count)| *slot = hours(count));
    week
}

#[test]
fn a_part_of_uneven_days_is_that_part_of_each() {
    let mut desk = studio();
    let week = PersonChange { week: Some(hours_of_days([6, 6, 0, 6, 4])), ..PersonChange::default() };
    desk.edit_person("ana", &week).unwrap();
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
