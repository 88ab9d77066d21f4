//! Files of people and absences as they come.

use super::*;
use crate::domain::minutes::Minutes;

#[test]
fn people_with_their_week() {
    let text = "Name,Handle,Discipline,Mon,Tue,Wed,Thu,Fri,Start date,Email,Note\n\
        Dana Levi,dana,copy,6,6,6,\"6,5\",0,2024-01-08,dana@studio.example,Fri off\n\
        Finn O’Shea,,video,,,,,,,,\n\
        ,x,,,,,,,,,\n\
        Finn Two,,video,8,30,8,8,8,soonish,,\n";
    let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
    let dana = &found.drafts[0].value;
    assert_eq!((dana.handle.as_str(), dana.factor.0), ("dana", 80));
    assert_eq!(dana.contracts[0].week.map(|minutes| minutes.0), [360, 360, 360, 390, 0, 0, 0]);
    assert_eq!((found.drafts[1].value.handle.as_str(), found.drafts[1].value.contracts.len()), ("finn", 0));
    assert_eq!(found.skipped[0].row, 4);
    assert_eq!(found.drafts[2].value.handle, "finn2");
    assert_eq!(found.drafts[2].problems.len(), 3);
    assert_eq!(found.columns_ignored, ["Note"]);
}

#[test]
fn absences_and_holidays() {
    let text = "Person,From,To,Hours a day,Kind,Status\nAna,2026-11-16,2026-11-20,,Training,Approved\n\
        Bo,2026-12-02,,4,Holiday,Tentative\n*,2026-12-25,2026-12-28,,Public holiday,Approved\n\
        Cy,2026-12-05,2026-12-01,,,\nDi,tbc,,,,\nEd,2026-01-01,,,,Declined\n";
    let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
    let days: Vec<i64> =
        found.drafts.iter().map(|draft| (draft.value.to - draft.value.from).num_days()).collect();
    assert_eq!(days, [4, 0, 3, 0]);
    assert_eq!(found.drafts[1].value.per_day, Some(Minutes(240)));
    assert!(found.drafts[1].value.is_tentative && !found.drafts[0].value.is_tentative);
    assert_eq!(found.drafts[2].value.who, Absentee::Everybody);
    assert_eq!(found.skipped.iter().map(|skip| skip.row).collect::<Vec<_>>(), [5, 6]);
    assert!(found.drafts[3].value.is_off && !found.drafts[0].value.is_off);
}

#[test]
fn a_file_without_names_is_refused() {
    assert!(
        read_people(b"a,b\n1,2\n", &ListOptions::default()).unwrap_err().to_string().contains("the name")
    );
    // A cell that says what a column would be called makes no header of its row.
    let text = "Kollege;Bereich;Std\nName;Design;40\nAna;Text;32\n";
    let refusal = read_people(text.as_bytes(), &ListOptions::default()).unwrap_err().to_string();
    assert!(refusal.contains("`Kollege`, `Bereich`, `Std`"), "{refusal}");
}

#[test]
fn hours_of_a_day_are_read_as_the_french_write_them() {
    let text = "Nom,Lundi,Mardi\nAna,7h30,8 h 05\n";
    let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
    let week = found.drafts[0].value.contracts[0].week.map(|minutes| minutes.0);
    assert_eq!(week, [450, 485, 0, 0, 0, 0, 0]);
}

#[test]
fn factors_as_people_write_them() {
    for (text, expected) in
        [("0.8", 80), ("0,75", 75), ("90%", 90), ("70", 70), ("1", 100), ("", 80), ("x", 80)]
    {
        let file = format!("Name;Factor\nAna;{text}\n");
        assert_eq!(
            read_people(file.as_bytes(), &ListOptions::default()).unwrap().drafts[0].value.factor.0,
            expected
        );
    }
}

#[test]
fn a_sheet_of_a_workbook_can_be_named() {
    let bytes = std::fs::read("tests/data/plan.xls").unwrap();
    let read = |sheet: Option<&str>| {
        let options = ListOptions { sheet: sheet.map(str::to_owned), ..ListOptions::default() };
        read_absences(&bytes, &options).map(|found| found.drafts.len())
    };
    let found = read(None).unwrap();
    assert!(found > 0);
    assert_eq!((read(Some("away")).unwrap(), read(Some("3")).unwrap()), (found, found));
    assert!(read(Some("Plan")).is_err(), "that one has requests");
    let refused = read(Some("Plans")).unwrap_err().to_string();
    assert_eq!(refused, "there is no sheet `Plans` to be read; there is Plan, Ideas 2027, Away");
}

#[test]
fn a_part_of_a_day_by_the_clock_is_that_part() {
    let told = |row: &str| {
        let text = format!("Person;From;To;Hours;Days\n{row}\n");
        let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
        let own = &found.drafts[0].value;
        let hours = own.per_day.map_or_else(|| "whole".to_owned(), |minutes| minutes.to_string());
        format!(
            "{} {} {hours} {}",
            own.from.format("%d"),
            own.to.format("%d"),
            found.drafts[0].problems.len()
        )
    };
    for (row, expected) in [
        ("Ana;2026-11-24T13:00:00;2026-11-24T17:00:00;;", "24 24 4h 0"),
        ("Ana;25.11.2026 12:00;25.11.2026 17:30;;", "25 25 5h30m 0"),
        ("Ana;2026-11-24 00:00;2026-11-26 00:00;;", "24 25 whole 0"),
        ("Ana;2026-11-24 13:00;2026-11-26 12:00;;", "24 26 whole 1"),
        // An afternoon that ends at midnight is no whole day without a word.
        ("Ana;2026-11-24 13:00;2026-11-25 00:00;;", "24 24 whole 1"),
        ("Ana;2026-11-24;2026-11-26;24;", "24 26 8h 1"),
        ("Ana;2026-11-24;2026-11-26;4;", "24 26 4h 0"),
        ("Ana;2026-11-24;2026-11-24;;0,5", "24 24 4h 0"),
        ("Ana;2026-11-24;2026-11-25;;2", "24 25 whole 0"),
    ] {
        assert_eq!(told(row), expected, "{row}");
    }
}

#[test]
fn rows_that_only_add_up_are_nobody() {
    let text = "Name,Discipline\nKim Oh,design\nTotal,\nName,Discipline\nSumme,\n";
    let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
    assert_eq!((found.drafts.len(), found.skipped.len()), (1, 3));
    let text = "Name,From\nKim Oh,2026-11-24\nTotal,2026-11-24\n";
    assert_eq!(read_absences(text.as_bytes(), &ListOptions::default()).unwrap().skipped.len(), 1);
}

#[test]
fn whoever_is_everybody_makes_a_holiday() {
    for who in ["*", "Everyone", "ALL STAFF", "Alle", "Tous", "iedereen"] {
        let file = format!("Person,From\n{who},2026-12-25\n");
        let found = read_absences(file.as_bytes(), &ListOptions::default()).unwrap();
        assert_eq!(found.drafts[0].value.who, Absentee::Everybody, "{who}");
    }
}

#[test]
fn columns_of_people_and_absences_can_be_said() {
    let map = |pairs: &[(&str, &str)]| ListOptions {
        maps: pairs.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect(),
        ..ListOptions::default()
    };
    let text = "Wer,Fach,Team,Std\nKim Oh,Copy,Nord,32\n";
    let options =
        map(&[("Wer", "name"), ("fach", "discipline"), ("Team", "ignore"), ("Std", "weekly hours")]);
    let found = read_people(text.as_bytes(), &options).unwrap();
    let person = &found.drafts[0].value;
    assert_eq!((person.name.as_str(), person.discipline.as_str()), ("Kim Oh", "Copy"));
    assert_eq!(person.contracts[0].week[0], Minutes(384));
    let refused = read_people(text.as_bytes(), &map(&[("Wer", "named")])).unwrap_err().to_string();
    assert!(
        refused.contains("fields are name, handle, discipline") && refused.contains("did you mean `name`"),
        "{refused}"
    );
    // Somebody on a project is at work, unless somebody says that it is none.
    let text = "Person,Ab,Bis,Project\nKim Oh,2026-12-01,2026-12-02,Holiday\n";
    let options = map(&[("Ab", "from"), ("Bis", "to"), ("Project", "note")]);
    let found = read_absences(text.as_bytes(), &options).unwrap();
    assert_eq!(found.drafts[0].value.note, "Holiday");
    let refused = read_absences(text.as_bytes(), &map(&[("Projects", "note"), ("Ab", "from")]))
        .unwrap_err()
        .to_string();
    assert_eq!(refused, "there is no column `Projects`; did you mean `Project`?");
}

#[test]
fn whether_time_off_was_granted_is_read_in_the_languages_of_the_columns() {
    let of = |status: &str| {
        let text = format!("Mitarbeiter;Von;Bis;Art;Status\nAna;21.12.2026;23.12.2026;Urlaub;{status}\n");
        let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
        (found.drafts[0].value.is_off, found.drafts[0].value.is_tentative)
    };
    for off in ["Abgelehnt", "storniert", "Zurückgezogen", "Refusé", "rechazada", "Afgewezen", "Cancelled"]
    {
        assert_eq!(of(off), (true, false), "{off}: nobody is away");
    }
    for open in ["Beantragt", "en attente", "Demandé", "Pendiente", "in behandeling", "No"] {
        assert_eq!(of(open), (false, true), "{open}");
    }
    for granted in ["Genehmigt", "Approuvé", "aprobado", "Goedgekeurd", ""] {
        assert_eq!(of(granted), (false, false), "{granted}");
    }
}

#[test]
fn names_in_two_columns_are_one_name() {
    for (text, expected) in [
        ("First name,Last name,Weekly hours\nAna,Ruiz,40\n", "Ana Ruiz"),
        ("Vorname;Nachname\nAna;Ruiz\n", "Ana Ruiz"),
        ("Voornaam,Achternaam\nAna,de Ruiz\n", "Ana de Ruiz"),
        ("Last name,First name\nRuiz,Ana\n", "Ana Ruiz"),
        ("Prénom,Nom\nAna,Petit\n", "Ana Petit"),
        ("Nombre,Apellidos\nAna,Ruiz Gil\n", "Ana Ruiz Gil"),
        ("Name,First name,Last name\nAna Ruiz,Ana,Ruiz\n", "Ana Ruiz"),
        ("Name,First name,Last name\n\"Ruiz, Ana\",Ana,Ruiz\n", "Ruiz, Ana"),
    ] {
        let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
        assert_eq!(found.drafts[0].value.name, expected, "{text}");
        assert_eq!(found.columns_ignored, Vec::<String>::new(), "{text}");
    }
    let away =
        read_absences(b"First name,Last name,From\nAna,Ruiz,2026-12-01\n", &ListOptions::default()).unwrap();
    assert_eq!(away.drafts[0].value.who, Absentee::Person("Ana Ruiz".to_owned()));
}

#[test]
fn half_a_day_may_have_a_column_of_its_own() {
    for (last, half, hours, problems) in [
        ("2026-12-01", "AM", Some(4), 0),
        ("2026-12-01", "yes", Some(4), 0),
        ("2026-12-01", "Nachmittag", Some(4), 0),
        ("2026-12-01", "no", None, 0),
        ("2026-12-01", "", None, 0),
        ("2026-12-02", "AM", None, 1),
        ("2026-12-01", "sometimes", None, 1),
    ] {
        let text = format!("Name,From,To,Half day\nAna,2026-12-01,{last},{half}\n");
        let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
        let draft = &found.drafts[0];
        assert_eq!(draft.value.per_day, hours.map(Minutes::hours), "{half}");
        assert_eq!(draft.problems.len(), problems, "{half}");
    }
}

#[test]
fn a_tick_says_that_time_off_may_not_be_taken() {
    let text =
        "Person,Start date,End date,Tentative\nAna,2026-12-01,2026-12-02,Yes\nBo,2026-12-01,2026-12-02,No\n";
    let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
    let told: Vec<bool> = found.drafts.iter().map(|draft| draft.value.is_tentative).collect();
    assert_eq!(told, [true, false]);
}

#[test]
fn a_table_of_something_else_makes_nobody_a_person() {
    for (text, what) in [
        ("Task ID,Name,Assignee,Due Date\n1,Poster,Ana,2026-12-04\n", "requests"),
        ("Name,Priority,Due\nPoster,High,2026-12-04\n", "requests"),
        ("Person,From,To,Hours a day,Kind,Status\nAna,2026-12-01,2026-12-02,,Holiday,Approved\n", "absences"),
    ] {
        let refusal = read_people(text.as_bytes(), &ListOptions::default()).unwrap_err();
        assert_eq!(refusal, ImportError::OtherTable { what, verb: what }, "{text}");
    }
    assert!(read_people(b"Name,Due\nAna,2026-12-04\n", &ListOptions::default()).is_ok());
    let list = b"Name,Email,Department,Monday,Start date,End date\nAna,a@x.example,Design,8,2026-01-05,\n";
    let refusal = read_absences(list, &ListOptions::default()).unwrap_err();
    assert_eq!(
        refusal,
        ImportError::OtherTable { what: "people", verb: "people" },
        "nobody is away since they came"
    );
    let people = "Name,Email,Start date,End date,Reason\nAna,a@x.example,2026-01-01,,\n";
    assert!(read_people(people.as_bytes(), &ListOptions::default()).is_ok());
}

#[test]
fn short_german_headers_are_known() {
    let text = "Wer;Team;Wochenstd\nAna Ruiz;Design;32\n";
    let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
    let ana = &found.drafts[0].value;
    let week: i64 = ana.contracts[0].week.iter().map(|minutes| minutes.0).sum();
    assert_eq!((ana.name.as_str(), week), ("Ana Ruiz", 32 * 60));
    let text = "Wer;Von;Bis;Art;Std\nAna;24.11.2026;24.11.2026;Arzt;4\n";
    let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
    assert_eq!(found.drafts[0].value.per_day, Some(Minutes(240)));
    assert!(found.columns_ignored.is_empty(), "{:?}", found.columns_ignored);
}

#[test]
fn days_and_halves_are_ticked_off_in_the_language_of_the_spreadsheet() {
    let week = |yes: &str, no: &str| {
        let text = format!("Name,Mon,Tue,Wed,Thu,Fri,Weekly hours\nAna,{yes},{yes},{yes},{no},{no},24\n");
        let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
        found.drafts[0].value.contracts[0].week.map(|minutes| minutes.0)
    };
    let half = |no: &str| {
        let text = format!("Person,From,To,Half day\nAna,2026-12-01,2026-12-01,{no}\n");
        read_absences(text.as_bytes(), &ListOptions::default()).unwrap().drafts.remove(0)
    };
    for (yes, no) in [("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("WAAR", "ONWAAR")] {
        assert_eq!(week(yes, no), [480, 480, 480, 0, 0, 0, 0], "{yes} {no}");
        assert_eq!((half(no).value.per_day, half(no).problems.len()), (None, 0), "{no}");
    }
}

#[test]
fn names_of_columns_are_known_without_their_umlauts() {
    let text = "Name,Kuerzel\nAna Ruiz,ar\n";
    let found = read_people(text.as_bytes(), &ListOptions::default()).unwrap();
    assert_eq!(found.drafts[0].value.handle, "ar");
}

#[test]
fn an_instant_with_an_offset_is_the_day_that_it_has_here() {
    let file = "Name,From,To\nAna,2026-11-30T23:30:00-08:00,2026-12-02T23:30:00-08:00\n";
    let days = |zone: Option<&str>| {
        let zone = zone.map(|zone| zone.parse().unwrap());
        let found = read_absences(file.as_bytes(), &ListOptions { zone, ..ListOptions::default() }).unwrap();
        let absence = &found.drafts[0].value;
        (absence.from.to_string(), absence.to.to_string())
    };
    assert_eq!(days(Some("Europe/London")), ("2026-12-01".to_owned(), "2026-12-03".to_owned()));
    assert_eq!(days(Some("America/Los_Angeles")), ("2026-11-30".to_owned(), "2026-12-02".to_owned()));
    assert_eq!(days(None).0, "2026-11-30");
}

#[test]
fn hours_a_day_are_known_in_five_languages() {
    let per_day = |header: &str| {
        let file = "Name,From,To,Hours\nAna,2026-11-23,2026-11-24,12\n";
        let maps = vec![(header.to_owned(), "hours-per-day".to_owned())];
        let file = file.replace(",Hours", &format!(",{header}"));
        let found = read_absences(file.as_bytes(), &ListOptions { maps, ..ListOptions::default() }).unwrap();
        found.drafts[0].value.per_day.map(|minutes| minutes.0 / 60)
    };
    for header in
        ["Hours a day", "Stunden pro Tag", "Heures par jour", "Horas por día", "Uren per dag", "Std. täglich"]
    {
        assert_eq!(per_day(header), Some(12), "{header}");
    }
    assert_eq!(per_day("Stunden"), Some(6));
}

#[test]
fn a_planning_factor_is_rounded_to_whole_per_cent_and_says_so() {
    for (text, factor, told) in
        [("87.5 %", 88, 1), ("\"0,875\"", 88, 1), ("80%", 80, 0), ("0.8", 80, 0), ("200", 80, 1)]
    {
        let file = format!("Name,Planning factor\nAna,{text}\n");
        let found = read_people(file.as_bytes(), &ListOptions::default()).unwrap();
        let person = &found.drafts[0].value.person;
        assert_eq!((person.factor.0, found.drafts[0].problems.len()), (factor, told), "{text}");
    }
}

#[test]
fn single_days_and_spans_in_one_cell_are_days_away() {
    let text = "Person,Date,Hours,Reason\nAna,2026-12-01,4,Dentist\nBo,2026-12-04 to 2026-12-08,,Leave\n\
        Bo,14–18 Dec 2026,,Leave\nBo,21.-23.12.2026,,\nBo,28 Dec – 3 Jan 2027,,\nBo,18–14 Dec 2026,,\n";
    let found = read_absences(text.as_bytes(), &ListOptions::default()).unwrap();
    let told: Vec<String> =
        found.drafts.iter().map(|row| format!("{} {}", row.value.from, row.value.to)).collect();
    assert_eq!(
        told,
        [
            "2026-12-01 2026-12-01",
            "2026-12-04 2026-12-08",
            "2026-12-14 2026-12-18",
            "2026-12-21 2026-12-23",
            "2026-12-28 2027-01-03",
        ]
    );
    assert_eq!(found.skipped[0].reason, "it ends on 2026-12-14, before it begins on 2026-12-18");
}
