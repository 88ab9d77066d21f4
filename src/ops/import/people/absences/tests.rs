//! A file of absences that comes again: what moved, was called off, or was changed here meanwhile.

use super::*;
use crate::domain::source::{DataSource, SourceWay, SourceWhat};
use crate::ops::Desk;
use crate::ops::import::Report;
use crate::ops::kit::{go, studio, told};
use crate::ops::sources::SourceEdit;

const HEAD: &str = "Name,Start date,End date,Status\n";

fn import(desk: &mut Desk, rows: &str) -> Report {
    desk.import_absences(&format!("{HEAD}{rows}"), false).unwrap()
}

/// Everybody's days away, as `ana 24–26 Nov`.
fn away(desk: &Desk) -> Vec<String> {
    let people = desk.store.people().unwrap();
    let all = desk.store.absences().unwrap();
    all.iter().map(|it| format!("{} {}", handle(&people, it.person), it.described())).collect()
}

const FIRST: &str =
    "Ana,2026-11-24,2026-11-26,approved\nBo,2026-12-01,2026-12-02,approved\nBo,2026-12-07,2026-12-07,\n";

#[test]
fn what_moved_or_was_called_off_changes_what_is_here() {
    let mut desk = studio();
    import(&mut desk, FIRST);
    go(&mut desk, "2026-11-24");
    assert_eq!(import(&mut desk, FIRST).count(RowAction::Unchanged), 3);
    let report =
        import(&mut desk, "Ana,2026-11-24,2026-11-26,cancelled\nBo,2026-12-02,2026-12-03,approved\n");
    assert_eq!(away(&desk), ["bo Wed 2–Thu 3 Dec", "bo Mon 7 Dec"]);
    let changes: Vec<String> = report
        .rows
        .iter()
        .flat_map(|row| &row.changes)
        .map(crate::domain::difference::Difference::sentence)
        .collect();
    assert_eq!(changes[0], "days Tue 24–Thu 26 Nov → called off");
    assert_eq!(report.vanished, [("absence-3".to_owned(), "@bo Mon 7 Dec".to_owned())]);
    desk.undo(None).unwrap();
    assert_eq!(away(&desk).len(), 3, "one undo: {}", told(&desk));
}

#[test]
fn what_was_changed_here_stays_and_is_told_once() {
    let mut desk = studio();
    import(&mut desk, FIRST);
    let longer = crate::domain::record::RecordKey::Numbered(crate::domain::record::Kind::Absence, 1);
    desk.edit_entry(&longer, &[("to", "2026-11-27".to_owned())]).unwrap();
    assert_eq!(import(&mut desk, FIRST).count(RowAction::Unchanged), 3, "nothing new at the source");
    let shorter = FIRST.replace("2026-11-24,2026-11-26", "2026-11-24,2026-11-25");
    let report = import(&mut desk, &shorter);
    assert_eq!(report.rows.iter().map(|row| row.conflicts.len()).sum::<usize>(), 1);
    assert_eq!(away(&desk)[0], "ana Tue 24–Fri 27 Nov");
    let again = import(&mut desk, &shorter);
    assert!(again.rows.iter().all(|row| row.conflicts.is_empty()));
    let off = import(&mut desk, &FIRST.replace("2026-11-26,approved", "2026-11-26,cancelled"));
    assert_eq!((off.rows[0].conflicts.len(), away(&desk).len()), (1, 3), "nobody is called back unasked");
}

#[test]
fn a_holiday_that_is_called_off_goes_unless_it_was_changed_here() {
    let mut desk = studio();
    import(&mut desk, "*,2026-12-25,2026-12-28,\n*,2027-01-01,2027-01-01,\n");
    let key = crate::domain::record::RecordKey::Numbered(crate::domain::record::Kind::Holiday, 2);
    desk.edit_entry(&key, &[("to", "2027-01-02".to_owned())]).unwrap();
    let off = "*,2026-12-25,2026-12-28,cancelled\n*,2027-01-01,2027-01-01,cancelled\n";
    let report = import(&mut desk, off);
    let told: Vec<(usize, usize)> =
        report.rows.iter().map(|row| (row.changes.len(), row.conflicts.len())).collect();
    assert_eq!(told, [(1, 0), (0, 1)]);
    let left: Vec<i64> = desk.store.holidays().unwrap().iter().map(|it| it.id.0).collect();
    assert_eq!(left, [2]);
    desk.undo(None).unwrap();
    assert_eq!(desk.store.holidays().unwrap().len(), 2);
}

#[test]
fn a_holiday_that_its_source_calls_otherwise_is_called_so_unless_it_was_named_here() {
    let mut desk = studio();
    let take = |desk: &mut Desk, name: &str| {
        let text = format!("Name,Start date,End date,Type\n*,2026-12-25,2026-12-28,{name}\n");
        desk.import_absences(&text, false).unwrap().rows.remove(0)
    };
    let called = |desk: &Desk| desk.store.holidays().unwrap().remove(0).name;
    take(&mut desk, "Feast");
    assert_eq!(take(&mut desk, "Feast").action, RowAction::Unchanged);
    let row = take(&mut desk, "Christmas");
    assert_eq!((row.changes.len(), called(&desk).as_str()), (1, "Christmas"));
    let key = crate::domain::record::RecordKey::Numbered(crate::domain::record::Kind::Holiday, 1);
    desk.edit_entry(&key, &[("name", "Closed".to_owned())]).unwrap();
    assert_eq!(take(&mut desk, "Christmas").action, RowAction::Unchanged, "nothing new at the source");
    let row = take(&mut desk, "Winter break");
    assert_eq!((row.conflicts.len(), called(&desk).as_str()), (1, "Closed"));
    assert!(take(&mut desk, "Winter break").conflicts.is_empty(), "it is told once");
}

#[test]
fn a_holiday_that_gets_shorter_is_one_holiday() {
    let mut desk = studio();
    import(&mut desk, "*,2026-12-25,2026-12-28,\n");
    import(&mut desk, "*,2026-12-25,2026-12-26,\n");
    let days: Vec<_> = desk.store.holidays().unwrap().iter().map(|it| (it.from, it.to)).collect();
    assert_eq!(days, [("2026-12-25".parse().unwrap(), "2026-12-26".parse().unwrap())]);
}

#[test]
fn what_was_typed_is_adopted_on_its_days_and_another_file_tells_nothing_vanished() {
    let mut desk = studio();
    desk.add_entry(
        crate::domain::record::Kind::Absence,
        &[("who", "ana".to_owned()), ("from", "2026-11-24".to_owned()), ("to", "2026-11-26".to_owned())],
    )
    .unwrap();
    assert_eq!(import(&mut desk, FIRST).count(RowAction::Created), 2);
    assert_eq!(import(&mut desk, "Bo,2026-12-20,2026-12-21,\n").vanished, []);
    assert_eq!(away(&desk).len(), 4);
}

const WITH_IDS: &str = "ID,Employee,Start date,End date,Type\n71,Ana,2026-11-24,2026-11-26,Vacation\n72,Bo,2026-12-01,2026-12-02,\n";

#[test]
fn an_id_knows_an_absence_on_wholly_other_days() {
    let mut desk = studio();
    desk.import_absences(WITH_IDS, false).unwrap();
    let moved = WITH_IDS.replace("2026-11-24,2026-11-26", "2027-01-11,2027-01-12");
    let report = desk.import_absences(&moved, false).unwrap();
    assert_eq!((report.count(RowAction::Updated), report.vanished.len()), (1, 0));
    assert_eq!(away(&desk), ["bo Tue 1–Wed 2 Dec", "ana Mon 11–Tue 12 Jan"]);
    assert_eq!(desk.import_absences(&moved, false).unwrap().count(RowAction::Unchanged), 2);
    desk.undo(None).unwrap();
    assert_eq!(away(&desk)[0], "ana Tue 24–Thu 26 Nov", "{}", told(&desk));
    // A file without the ids takes them not away.
    let bare = WITH_IDS.replace("ID,", "Row,");
    assert_eq!(desk.import_absences(&bare, false).unwrap().count(RowAction::Unchanged), 2);
    assert_eq!(desk.import_absences(&moved, false).unwrap().count(RowAction::Updated), 1);
    let gone = desk.import_absences(&moved.replace("72,Bo", "73,Bo"), false).unwrap();
    assert_eq!(gone.count(RowAction::Unchanged), 2, "the same days under another id");
}

#[test]
fn the_ids_of_people_tell_no_absences_apart() {
    let mut desk = studio();
    let text = "ID,Employee,Start date,End date\n7,Ana,2026-11-24,2026-11-26\n7,Ana,2026-12-01,2026-12-02\n";
    let report = desk.import_absences(text, false).unwrap();
    assert!(report.notes[0].contains("`ID` has the same id on several rows"), "{:?}", report.notes);
    assert_eq!((report.count(RowAction::Created), away(&desk).len()), (2, 2));
}

#[test]
fn what_was_typed_on_the_same_days_stays_as_it_was_typed_and_is_told_once() {
    let mut desk = studio();
    let typed = [
        ("who", "ana".to_owned()),
        ("from", "2026-11-24".to_owned()),
        ("to", "2026-11-24".to_owned()),
        ("hours", "2h".to_owned()),
        ("note", "Dentist".to_owned()),
    ];
    desk.add_entry(crate::domain::record::Kind::Absence, &typed).unwrap();
    let text = "Name,Start date,End date,Hours,Type\nAna,2026-11-24,2026-11-24,6,Sick\n";
    let report = desk.import_absences(text, false).unwrap();
    let told: Vec<String> = report.rows[0].conflicts.iter().map(Difference::sentence).collect();
    assert_eq!(told, ["hours 2h → 6h", "note “Dentist” → “Sick”"]);
    let absence = desk.store.absences().unwrap().remove(0);
    assert_eq!((absence.per_day.map(|it| it.0), absence.note.as_str()), (Some(120), "Dentist"));
    let again = desk.import_absences(text, false).unwrap();
    assert_eq!((again.count(RowAction::Unchanged), again.rows[0].conflicts.len()), (1, 0), "told once");
    let later = desk.import_absences(&text.replace(",6,", ",4,"), false).unwrap();
    assert_eq!(later.rows[0].conflicts.len(), 1, "and again when the source changes");
}

#[test]
fn a_note_that_was_typed_over_the_one_of_the_source_stays() {
    let mut desk = studio();
    desk.import_absences(WITH_IDS, false).unwrap();
    let first = crate::domain::record::RecordKey::Numbered(crate::domain::record::Kind::Absence, 1);
    desk.edit_entry(&first, &[("note", "Honeymoon".to_owned())]).unwrap();
    for text in [WITH_IDS.to_owned(), WITH_IDS.replace("Vacation", "Leave")] {
        assert_eq!(desk.import_absences(&text, false).unwrap().count(RowAction::Unchanged), 2);
    }
    let other = WITH_IDS.replace("2026-12-02,", "2026-12-02,Sick");
    assert_eq!(desk.import_absences(&other, false).unwrap().count(RowAction::Updated), 1);
    let notes: Vec<String> = desk.store.absences().unwrap().into_iter().map(|it| it.note).collect();
    assert_eq!(notes, ["Honeymoon", "Sick"]);
}

#[test]
fn a_holiday_of_two_names_is_one_day_and_no_change_the_second_time() {
    let mut desk = studio();
    let file = "Id,Person,From,To,Kind,Days\n1,*,2026-12-26,2026-12-26,Boxing Day,1\n2,*,2026-12-26,2026-12-26,St Stephen's Day,0.5\n";
    assert_eq!(desk.import_absences(file, false).unwrap().count(RowAction::Created), 1);
    let again = desk.import_absences(file, false).unwrap();
    assert_eq!((again.count(RowAction::Unchanged), again.operation), (2, None));
}

/// Rows of a source.
fn take_of(desk: &mut Desk, source: &str, rows: &str) -> Report {
    use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
    use crate::ops::import::lines::LineChoice;
    let kind = ForeignKind::Absences(crate::import::listing::ListOptions::default());
    let mut read = Asked::new(kind, &desk.clock).read(format!("{HEAD}{rows}").as_bytes()).unwrap();
    read.be_of(source);
    let ForeignContent::Absences(listing) = read else { panic!("{read:?}") };
    desk.take_absences(listing, false, &LineChoice::default()).unwrap()
}

#[test]
fn days_that_two_sources_tell_of_stay_those_of_the_first() {
    let take = take_of;
    let mut desk = studio();
    let (one, other) = ("Ana,2026-11-24,2026-11-26,approved\n", "Ana,2026-11-24,2026-11-27,approved\n");
    take(&mut desk, "Personio", one);
    let report = take(&mut desk, "Float", other);
    assert_eq!((away(&desk).len(), report.rows[0].conflicts.len()), (1, 1), "{report:?}");
    take(&mut desk, "Float", one);
    let report = take(&mut desk, "Personio", "Ana,2026-11-25,2026-11-26,approved\n");
    assert_eq!(
        (report.count(RowAction::Updated), away(&desk)),
        (1, vec!["ana Wed 25–Thu 26 Nov".to_owned()])
    );
}

#[test]
fn what_is_not_approved_is_not_sure() {
    let words = [
        "false",
        "Draft",
        "not approved",
        "Waiting for approval",
        "nicht genehmigt",
        "non approuvé",
        "sin aprobar",
    ];
    for word in words {
        let mut desk = studio();
        import(&mut desk, &format!("Ana,2026-11-24,2026-11-26,{word}\n"));
        assert!(desk.store.absences().unwrap()[0].is_tentative, "{word}");
    }
}

#[test]
fn what_was_taken_in_by_hand_follows_the_source_that_tells_of_it_from_then_on() {
    let mut desk = studio();
    import(&mut desk, "Ana,2026-11-24,2026-11-26,approved\n");
    let hr = DataSource::new("HR", SourceWhat::Absences, SourceWay::File, "/nothing/is/here.csv");
    desk.add_source(None, &hr, &SourceEdit::default()).unwrap();
    let report = take_of(&mut desk, "HR", "Ana,2026-11-24,2026-11-27,approved\n");
    assert_eq!((report.count(RowAction::Updated), report.rows[0].conflicts.len()), (1, 0), "{report:?}");
    assert_eq!(away(&desk), ["ana Tue 24–Fri 27 Nov"]);
    take_of(&mut desk, "HR", "Ana,2026-11-24,2026-11-27,cancelled\n");
    assert!(away(&desk).is_empty(), "{:?}", away(&desk));
}
