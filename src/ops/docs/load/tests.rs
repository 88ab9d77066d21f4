//! The load as it is handed on, block by block.

use super::*;
use crate::domain::allocation::NewShare;
use crate::domain::document::Reader;
use crate::domain::stage::Stage;
use crate::export::{Layout, render};
use crate::ops::kit::{away, day, go, request, stages, studio};

fn block(desk: &Desk, title: &str) -> Vec<String> {
    let blocks = desk.load_document(desk.today(), 5).unwrap().blocks;
    let found = blocks.into_iter().find(|block| block.title == title);
    found.map_or_else(Vec::new, |block| block.lines.into_iter().map(|line| line.text).collect())
}

#[test]
fn what_was_planned_for_days_that_are_over_and_not_done_is_not_there_twice() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~40h due:fri @ana");
    go(&mut desk, "2026-11-26");
    let blocks = desk.load_document(day("2026-11-23"), 5).unwrap().blocks;
    assert_eq!(blocks[0].lines[1].text, "All together: 40h confirmed of 80h that can be planned.");
    let people = blocks.iter().find(|block| block.title == "By person").unwrap();
    assert_eq!(people.lines[0].text, "Ana: 40h of 40h that can be planned.");
    assert_eq!(people.heat.as_ref().unwrap().rows[0].sum, "40h of 40h");
}

#[test]
fn it_begins_with_whether_everything_fits() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~40h due:fri @ana");
    assert_eq!(
        block(&desk, "Bottom line")[0],
        "Everything that is confirmed fits between its first and last day."
    );
    assert_eq!(block(&desk, "Over"), [] as [&str; 0]);
    let id = request(&mut desk, "Poster t3 ~44h");
    let over = NewShare { to: Some(day("2026-11-20")), ..NewShare::whole("bo") };
    desk.assign(id, &over).unwrap();
    assert!(block(&desk, "Bottom line")[0].starts_with("Nobody is over, and 44h of confirmed work is late"));
    away(&mut desk, "ana", "2026-11-27", "2026-11-27");
    crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
    request(&mut desk, "Cut t3 ~6h due:fri @editor");
    let line = "1 of 2 has more confirmed work than fits in its days: Ana.";
    assert_eq!(block(&desk, "Bottom line")[0], line);
    assert_eq!(block(&desk, "Over"), ["Ana is 8h over Mon 23–Fri 27 Nov."]);
}

#[test]
fn late_work_is_told_with_what_is_left_of_it_and_since_when() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~16h due:2026-11-24 @ana");
    request(&mut desk, "Poster t3 due:2026-11-24 @bo");
    go(&mut desk, "2026-11-26");
    let lines = block(&desk, "Late");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("Bo is late with hours that nobody has said since Tue 24 Nov")),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"Ana is late with 16h since Tue 24 Nov.".to_owned()),
        "nobody began it: {lines:?}"
    );
}

#[test]
fn everybody_is_told_with_their_hours_and_a_role_with_what_nobody_holds() {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
    request(&mut desk, "Film t3 ~10h due:fri @ana");
    request(&mut desk, "Poster t3 due:fri @bo");
    request(&mut desk, "Cut t3 ~6h due:fri @editor");
    assert_eq!(
        block(&desk, "By person"),
        [
            "Ana: 10h of 40h that can be planned.",
            "Bo: 0h of 40h that can be planned, 4h not estimated.",
            "Editor: 6h that nobody holds yet.",
        ]
    );
    let sound = request(&mut desk, "Sound t3 ~9h due:fri");
    stages(&mut desk, sound, &[Stage::Ready]);
    let bottom = block(&desk, "Bottom line");
    assert_eq!(bottom[1], "All together: 10h confirmed of 80h that can be planned.");
    assert_eq!(bottom[2], "Nobody holds yet: 15h, 6h of it for Editor.");
    let blocks = desk.load_document(desk.today(), 5).unwrap().blocks;
    let sums = |title: &str| -> Vec<String> {
        let rows = &blocks.iter().find(|block| block.title == title).unwrap().heat.as_ref().unwrap().rows;
        rows.iter().map(|row| format!("{} {}", row.name, row.sum)).collect()
    };
    assert_eq!(sums("By day"), ["Studio 10h of 80h", "Roles 6h", "Nobody yet 9h"]);
    assert_eq!(sums("By person")[3], "Nobody yet 9h");
}

#[test]
fn its_table_shows_the_days_as_the_grid_does_and_to_a_room_only_their_sums() {
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~44h due:fri");
    let week = NewShare { to: Some(day("2026-11-27")), ..NewShare::whole("ana") };
    desk.assign(film, &week).unwrap();
    request(&mut desk, "Poster t3 due:fri @bo");
    away(&mut desk, "bo", "2026-11-24", "2026-11-24");
    let document = desk.load_document(day("2026-11-23"), 14).unwrap();
    let tables: Vec<(&str, &HeatTable)> = document
        .blocks
        .iter()
        .filter_map(|block| Some((block.title.as_str(), block.heat.as_ref()?)))
        .collect();
    let [("By person", people), ("By day", all)] = tables.as_slice() else { panic!("{tables:?}") };
    let texts = |row: &HeatRow| {
        row.cells.iter().map(|cell| format!("{}{}", cell.hours, cell.mark)).collect::<Vec<_>>()
    };
    assert_eq!((people.days.len(), people.days[5]), (10, day("2026-11-30")), "weekends are left out");
    assert_eq!(texts(&people.rows[0])[..6], ["9!", "9!", "9!", "9!", "9!", "·"]);
    assert_eq!((texts(&people.rows[1])[1].as_str(), people.rows[0].sum.as_str()), ("~", "44h of 80h"));
    assert!(people.rows[0].cells[0].level == Some(4) && people.rows[0].cells[5].level.is_none());
    let words: Vec<&str> = people.legend.iter().map(|(_, word)| word.as_str()).collect();
    assert_eq!(words, ["over", "not estimated", "away", "free"]);
    assert_eq!((all.rows.len(), all.rows[0].sum.as_str()), (1, "44h of 152h"));
    let told = render(&document, Reader::Room { names_with_hours: false }, Layout::Html, 72);
    assert!(told.contains("more than fits Mon 23–Fri 27 Nov: “Film”") && !told.contains("R-1"), "{told}");
    assert!(told.contains("Studio") && !told.contains("Ana") && !told.contains(">Bo<"), "{told}");
}

#[test]
fn a_placeholder_brings_no_weekends_into_its_table() {
    let mut desk = studio();
    crate::ops::kit::add(&mut desk, &[("name", "Editor"), ("role", "yes")]);
    let film = request(&mut desk, "Film t3 ~10h due:fri @editor");
    request(&mut desk, "Poster t3 ~10h due:fri @ana");
    for table in
        desk.load_document(day("2026-11-23"), 14).unwrap().blocks.iter().filter_map(|it| it.heat.as_ref())
    {
        assert_eq!((table.days.len(), table.days[5]), (10, day("2026-11-30")), "{film}");
    }
}

#[test]
fn what_it_counts_is_told_with_the_days() {
    let mut desk = studio();
    request(&mut desk, "Film t3 ~10h due:fri @ana");
    let document = desk.load_document(day("2026-11-23"), 5).unwrap();
    assert_eq!(document.subtitle, "Mon 23–Fri 27 Nov, as of Mon 23 Nov");
    let people = document.blocks.iter().find(|block| block.title == "By person");
    let figure = &people.unwrap().lines[0].figures[0];
    assert_eq!((figure.value, figure.n, figure.to), (10.0, 5, Some(day("2026-11-27"))));
}
