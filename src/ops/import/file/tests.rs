//! Change sets and what is taken of them.

use super::*;
use crate::ops::import::change_set::ChangeGroup;
use crate::ops::import::foreign::{Asked, ForeignKind};
use crate::ops::kit::{studio, told};

/// Reads a text as the child does.
pub fn file(desk: &Desk, name: &str, text: &str) -> FileImport {
    let options =
        RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now: desk.stamp().at };
    let question = FileQuestion { kind: None, presets: Vec::new(), options, own_names: Vec::new() };
    let read = Asked::new(ForeignKind::File(Box::new(question)), &desk.clock).read(text.as_bytes());
    let Ok(ForeignContent::File(read)) = read else { panic!("{read:?}") };
    FileImport::new(name.to_owned(), read, None)
}

fn rehearse(desk: &mut Desk, file: &FileImport) -> ChangeSet {
    desk.rehearse_file(file, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap()
}

fn take(desk: &mut Desk, file: &FileImport, decisions: &LineDecisions) -> TakenFile {
    desk.take_file(file, decisions, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap()
}

fn groups(set: &ChangeSet) -> Vec<(ChangeGroup, usize)> {
    let counted = ChangeGroup::ALL.map(|group| (group, set.count(group)));
    counted.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn titles(desk: &Desk) -> Vec<String> {
    let mut titles: Vec<String> =
        desk.store.all_requests().unwrap().into_iter().map(|request| request.title).collect();
    titles.sort();
    titles
}

#[test]
fn a_folder_that_cannot_be_listed_is_told_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.ics", "open/b.ics", "locked/c.ics", "half/d.ics"] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    assert_eq!(calendars_in(folder.path()).whole().unwrap().len(), 4);
    let locked = folder.path().join("locked");
    let list = |folder: &Path| {
        if folder == locked {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let found = calendars_by(folder.path(), &list);
    assert_eq!((found.files.len(), found.unlisted.len()), (3, 1));
    let told = found.whole().unwrap_err();
    assert!(told.contains(&format!("{} could not be listed", locked.display())), "{told}");
    let no_folder = calendars_in(&folder.path().join("a.ics")).whole().unwrap_err();
    assert!(no_folder.contains("could not be listed"), "{no_folder}");
}

const FIRST: &str = "ID,Title,Due,Archived\n1,Poster,2026-12-04,\n2,Menu,2026-12-05,\n3,Card,2026-12-06,\n";

#[test]
fn each_line_stands_in_the_group_that_asks_most_for_a_look() {
    let mut desk = studio();
    let first = file(&desk, "a.csv", FIRST);
    take(&mut desk, &first, &LineDecisions::default());
    let id = desk.store.all_requests().unwrap().iter().find(|request| request.title == "Menu").unwrap().id;
    desk.edit(&[id], "due:2026-12-10").unwrap();
    let text = "ID,Title,Due,Archived\n1,Poster,2026-12-08,\n2,Menu,2026-12-07,\n4,Flyer,2026-12-09,\n5,Old,2026-12-09,yes\n6,,,\n";
    let second = file(&desk, "a.csv", text);
    let set = rehearse(&mut desk, &second);
    let expected = [
        (ChangeGroup::Conflict, 1),
        (ChangeGroup::New, 1),
        (ChangeGroup::Changed, 1),
        (ChangeGroup::Vanished, 1),
        (ChangeGroup::SwitchedOff, 1),
        (ChangeGroup::Unreadable, 1),
    ];
    assert_eq!(groups(&set), expected, "{set:#?}");
    let conflict = &set.lines[0].conflicts[0];
    assert_eq!(conflict.both(), ("Thu 10 Dec".to_owned(), "Mon 7 Dec".to_owned()));
    assert!(set.lines.last().unwrap().raw.contains('6'));
}

#[test]
fn what_is_left_out_stays_as_it_is_and_what_is_switched_on_comes() {
    let mut desk = studio();
    let first = file(&desk, "a.csv", "ID,Title,Archived\n1,Poster,\n2,Menu,\n3,Old,yes\n");
    let decisions = LineDecisions {
        left_out: [LineName::Row(2)].into(),
        switched_on: [LineName::Row(4)].into(),
        ..LineDecisions::default()
    };
    let taken = take(&mut desk, &first, &decisions);
    assert_eq!(titles(&desk), ["Menu", "Old"]);
    assert_eq!(taken.label, told(&desk));
    let again = take(&mut desk, &first, &LineDecisions { left_out: [LineName::Row(2)].into(), ..decisions });
    assert_eq!(again, TakenFile { operation: None, label: String::new() });
}

#[test]
fn a_renamed_line_can_be_one_of_its_own() {
    let mut desk = studio();
    let first = file(&desk, "a.csv", "Title,Due\nAutumn window posters,2026-12-04\nMenu,2026-12-05\n");
    take(&mut desk, &first, &LineDecisions::default());
    let second = file(&desk, "a.csv", "Title,Due\nAutumn window poster,2026-12-04\nMenu,2026-12-05\n");
    let set = rehearse(&mut desk, &second);
    assert_eq!(groups(&set), [(ChangeGroup::Renamed, 1), (ChangeGroup::Unchanged, 1)]);
    assert_eq!(set.lines[0].was, "Autumn window posters");
    let decisions = LineDecisions { as_new: [LineName::Row(2)].into(), ..LineDecisions::default() };
    take(&mut desk, &second, &decisions);
    assert_eq!(titles(&desk).len(), 3);
}

#[test]
fn people_can_be_left_out_line_by_line() {
    let mut desk = studio();
    let people = file(&desk, "p.csv", "Name,Handle,Discipline\nCy,cy,copy\nDi,di,copy\n");
    let set = rehearse(&mut desk, &people);
    assert_eq!(groups(&set), [(ChangeGroup::New, 2)]);
    let decisions = LineDecisions { left_out: [LineName::Row(3)].into(), ..LineDecisions::default() };
    take(&mut desk, &people, &decisions);
    assert!(desk.person("cy").is_ok() && desk.person("di").is_err());
}

fn calendar(events: &[(&str, &str, &str)]) -> String {
    let event = |(uid, title, start): &(&str, &str, &str)| {
        format!("BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART:{start}\nDURATION:PT1H\nEND:VEVENT\n")
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

#[test]
fn events_can_be_left_out_and_what_is_left_out_is_not_gone() {
    let mut desk = studio();
    let three = [
        ("a", "Talk", "20261124T100000Z"),
        ("b", "Walk", "20261125T100000Z"),
        ("c", "Sing", "20261126T100000Z"),
    ];
    let first = file(&desk, "w.ics", &calendar(&three));
    take(&mut desk, &first, &LineDecisions::default());
    let second = file(
        &desk,
        "w.ics",
        &calendar(&[("a", "Talk", "20261124T120000Z"), ("d", "Eat", "20261127T100000Z")]),
    );
    let set = rehearse(&mut desk, &second);
    assert_eq!(groups(&set), [(ChangeGroup::New, 1), (ChangeGroup::Changed, 1), (ChangeGroup::Gone, 2)]);
    let out = ["a", "b"].map(|uid| LineName::Event(uid.to_owned()));
    let decisions = LineDecisions { left_out: out.into(), ..LineDecisions::default() };
    let taken = take(&mut desk, &second, &decisions);
    let day = crate::ops::kit::day;
    let meetings = desk.meetings(day("2026-11-23"), day("2026-11-29")).unwrap();
    let titles: Vec<String> =
        meetings.iter().map(|meeting| format!("{} {}", meeting.title, meeting.start.format("%H"))).collect();
    assert_eq!(titles, ["Talk 10", "Walk 10", "Eat 10"], "{}", taken.label);
}

#[test]
fn whoever_is_told_how_far_it_has_come_can_stop_it() {
    let mut desk = studio();
    let first = file(&desk, "a.csv", FIRST);
    let stopped = desk.take_file(&first, &LineDecisions::default(), &mut |done, _| {
        if done == 2 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    });
    assert!(stopped.unwrap_err().to_string().contains("nothing was changed"));
    assert!(titles(&desk).is_empty());
}

#[test]
fn a_folder_with_others_in_it_is_told_once() {
    let mut desk = studio();
    let folder = |names: [&str; 3], uids: [&str; 3]| {
        let read = |(name, uid): (&str, &str)| {
            let text = calendar(&[(uid, uid, "20261224T100000Z")]);
            let own = crate::import::calendar::OwnNames::new(&[]);
            let read = crate::import::calendar::read_calendar(text.as_bytes(), &own);
            (name.to_owned(), read.map_err(|error| error.to_string()))
        };
        let content = ForeignContent::Calendars(names.into_iter().zip(uids).map(read).collect());
        let file = ReadFile {
            kind: FileKind::Calendar,
            content: Ok(Box::new(content)),
            table: crate::import::requests::choice::TableChoices::default(),
            is_order_open: false,
        };
        FileImport::new("/c".to_owned(), file, None)
    };
    take(
        &mut desk,
        &folder(["/c/a.ics", "/c/m/b.ics", "/c/z.ics"], ["1", "2", "3"]),
        &LineDecisions::default(),
    );
    let set = rehearse(&mut desk, &folder(["/c/d.ics", "/c/m/e.ics", "/c/y.ics"], ["4", "5", "6"]));
    let told = set.lines.iter().filter(|line| line.title.contains("from a folder of this name"));
    assert_eq!(told.count(), 1, "{:#?}", set.lines);
}
