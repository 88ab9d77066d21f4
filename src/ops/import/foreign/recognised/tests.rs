//! What files are taken for.

use super::*;

fn question(kind: Option<FileKind>) -> FileQuestion {
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let options = RequestOptions { preset: None, maps: Vec::new(), sheet: None, order: None, now };
    FileQuestion { kind, presets: Vec::new(), options, own_names: Vec::new() }
}

fn read(text: &str, kind: Option<FileKind>) -> ReadFile {
    let clock = Clock::fixed(chrono::DateTime::UNIX_EPOCH.fixed_offset());
    question(kind).read(text.as_bytes(), &clock).unwrap()
}

const CALENDAR: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261124T100000Z\nSUMMARY:Talk\nEND:VEVENT\nEND:VCALENDAR\n";

#[test]
fn a_file_says_itself_what_it_is() {
    for (text, kind) in [
        ("Title,Due\nPoster,2026-12-04\n", FileKind::Requests),
        ("Name,Handle,Discipline,Mon,Tue,Wed,Thu,Fri\nAna,ana,design,8,8,8,8,8\n", FileKind::People),
        ("Person,From,To,Kind\nAna,2026-12-01,2026-12-02,Training\n", FileKind::Absences),
        (
            "People,Project,Task,Start Date,End Date,Hours/Day\nAna,Film,Edit,2026-12-01,2026-12-02,4\n",
            FileKind::Shares,
        ),
        ("Person,Request,From,To,Hours\nAna,Film,2026-12-01,2026-12-02,8\n", FileKind::Shares),
        ("Mitarbeiter;Projekt;Von;Bis;Stunden/Tag\nAna;Film;01.12.2026;02.12.2026;4\n", FileKind::Shares),
        ("Mitarbeiter;Auftrag;Von;Bis;Stunden\nAna;Film;01.12.2026;02.12.2026;8\n", FileKind::Shares),
        (
            "Task,Assignee,Start date,Due date,Status,Hours\nFilm,Ana,2026-12-01,2026-12-02,Doing,8\n",
            FileKind::Requests,
        ),
        ("Mitarbeiter;von;bis\nAna;2026-12-01;2026-12-02\n", FileKind::Absences),
        (
            "Name,Start date,End date,Status\nAna,2026-12-01,2026-12-02,Approved\nBo,2026-12-07,2026-12-08,cancelled\n",
            FileKind::Absences,
        ),
        ("Name,Start date,End date,Status\nPoster,2026-12-01,2026-12-02,Doing\n", FileKind::Requests),
        (
            "Name,Start date,End date,Status,Owner\nPoster,2026-12-01,2026-12-02,Approved,Ana\n",
            FileKind::Requests,
        ),
        (CALENDAR, FileKind::Calendar),
        ("\u{feff}\r\nbegin:vcalendar\nEND:VCALENDAR\n", FileKind::Calendar),
    ] {
        let found = read(text, None);
        assert_eq!(found.kind, kind, "{text}: {:?}", found.content);
    }
}

#[test]
fn who_says_what_a_file_is_is_believed() {
    let found = read("Title,Due\nPoster,2026-12-04\n", Some(FileKind::Calendar));
    assert!(found.content.unwrap_err().contains("a table, not a calendar"));
    let found = read("Name,Due\nAna,2026-12-04\n", Some(FileKind::People));
    assert_eq!((found.kind, found.content.is_ok()), (FileKind::People, true));
}

#[test]
fn a_table_that_nothing_is_known_of_still_shows_its_columns() {
    let found = read("Nr,Was,Wie\n1,Poster for the window,blue\n", None);
    assert_eq!(found.kind, FileKind::Requests);
    assert!(found.content.is_err());
    let names: Vec<&str> = found.columns().iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Nr", "Was", "Wie"]);
}

#[test]
fn days_that_could_be_two_are_no_fault_of_the_file() {
    let found = read("Title,Due\nPoster,03/04/2026\nMenu,05/06/2026\n", None);
    assert!(found.is_order_open && found.content.is_err());
}
