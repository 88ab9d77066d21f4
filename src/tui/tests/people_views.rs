//! Saved views of people in the load: their columns stand before the days, their groups under headings.

use super::Stage;
use super::screens::expect_text;
use crate::tui::view::theme::{Depth, Theme};

const OWN: &str = "[views.crew]\nlist = \"people\"\ncolumns = [\"discipline\", \"hours\", \"last\"]\ngroup = \"discipline\"\nletter = \"c\"\n\
    [views.wide]\nlist = \"people\"\ncolumns = [\"name\", \"holds\", \"discipline\", \"hours\", \"factor\"]\nletter = \"w\"\n";

fn own(size: (u16, u16)) -> Stage {
    Stage::configured(size, Theme::new(Depth::Many, false), OWN, |desk| desk.fill_demo().unwrap())
}

#[test]
fn screens_of_views_of_people() {
    for (name, keys) in
        [("view-people", "3 R c"), ("view-people-wide", "3 R w"), ("view-people-weeks", "3 w R c")]
    {
        for size in [(80, 24), (120, 36)] {
            let mut stage = own(size);
            stage.keys(keys);
            expect_text(&format!("{name}-{}x{}", size.0, size.1), &stage.screen());
        }
    }
}

#[test]
fn headings_are_passed_over_and_who_is_chosen_is_who_is_seen() {
    let mut stage = own((120, 36));
    let people = stage.0.0.snapshot.grid.rows.len();
    stage.keys("3 R c g g");
    let screen = stage.screen();
    assert!(screen.contains("hours a week") && screen.contains(" design  3"), "{screen}");
    let mut seen = Vec::new();
    for _ in 0..people {
        let person = stage.0.0.app.load.person(&stage.0.0.snapshot).expect("a heading is not stood on");
        assert!(!seen.contains(&person));
        seen.push(person);
        stage.keys("j");
    }
    // By groups now, which the discipline row adds up by itself.
    stage.keys("D");
    assert!(stage.0.0.app.load.person(&stage.0.0.snapshot).is_none());
    stage.keys("D esc");
    assert!(!stage.screen().contains("hours a week"), "{}", stage.screen());
}

#[test]
fn a_column_without_room_is_told_where_the_view_is_shown() {
    let mut stage = own((80, 24));
    stage.keys("3 R w");
    assert!(stage.screen().contains("no room for"), "{}", stage.screen());
}
