//! Files of shares as tools and people write them.

use super::*;
use crate::import::dates::DateOrder;

fn read(text: &str) -> ShareImport {
    read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &ShareOptions::default()).unwrap()
}

/// Person, request, amount and days of a row, or why nothing can be made of it.
fn told(draft: &ShareDraft) -> String {
    let day = |day: Option<NaiveDate>| day.map_or("?".to_owned(), |day| day.format("%-d.%-m.").to_string());
    let amount = match draft.amount {
        Amount::Open => "open".to_owned(),
        Amount::Whole(minutes) => minutes.to_string(),
        Amount::PerDay(minutes) => format!("{minutes} a day"),
        Amount::PerWeek(minutes) => format!("{minutes} a week"),
        Amount::Percent(percent) => format!("{percent} %"),
    };
    let names: Vec<&str> = [&draft.key, &draft.title, &draft.project]
        .into_iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    let sure = if draft.is_tentative { " tentative" } else { "" };
    let told = format!(
        "{}: {}: {amount} {}-{}{sure}",
        draft.person,
        names.join("/"),
        day(draft.from),
        day(draft.to)
    );
    draft.fault.as_ref().map_or(told, |fault| format!("{}: {fault}", draft.person))
}

fn rows(text: &str) -> Vec<String> {
    read(text).listing.drafts.iter().map(|row| told(&row.value)).collect()
}

#[test]
fn plans_of_tools_and_sheets_are_read_by_the_names_of_their_columns() {
    // Float, its hours a day and in all.
    let float = "People,Project,Task,Start Date,End Date,Hours/Day,Total hours,Status\n\
        Mara Quist,Spring film,Edit,2026-11-23,2026-11-27,4,20,Confirmed\nTove Lund,Spring film,,2026-11-23,2026-11-24,6,,Tentative\n";
    // Resource Guru.
    let guru = "Resource,Client,Project,Start date,End date,Hours per day,Booking status\n\
        Mara Quist,Northwind,Menu,23/11/2026,27/11/2026,2.5,Confirmed\nTove Lund,Northwind,Menu,24/11/2026,24/11/2026,8,Cancelled\n";
    // Runn, in minutes.
    let runn = "Person Name,Project Name,Start Date,End Date,Minutes Per Day,Is Tentative\n\
        Mara Quist,Menu,2026-11-23,2026-11-27,240,TRUE\n";
    // Forecast.
    let forecast = "Client,Project,Person,Roles,Start Date,End Date,Hours Per Day\nNorthwind,Menu,Mara Quist,Design,2026-11-23,2026-11-27,3\n";
    // Smartsheet and a plan of a project.
    let smartsheet = "Task Name,Assigned To,Start,Finish,% Allocation\nMenu,mara@studio.example,11/23/2026,11/27/2026,50%\n\
        Card,Mara Quist <mara@studio.example>,11/23/2026,11/27/2026,0.25\n";
    let project = "ID;Vorgangsname;Ressourcennamen;Anfang;Fertig stellen;Arbeit\n7;Menü;Mara;23.11.2026;27.11.2026;20 Std.\n";
    // Made by hand.
    let weeks = "Who,Request,From,To,Hours a week\nmara,R-12,2026-11-23,2026-12-04,10\n";
    let german = "Mitarbeiter;Auftrag;Von;Bis;Stunden\nMara Quist;Frühlingsfilm;23.11.2026;27.11.2026;12,5\n";
    let daily = "Person;Projekt;Beginn;Ende;Stunden/Tag\nMara Quist;Menü;23.11.2026;27.11.2026;7,5\n";
    let whole = "Person\tKey\tHours\nmara\tJIRA-12\t1d 4h\n";
    let days = "Mitarbeiter;Aufgabe;Personentage;Start;Ende\nMara;Menü;2,5;23.11.2026;\n";
    let open = "Handle,Request key,Start\nmara,R-3,2026-11-23\n";
    let table: [(&str, &[&str]); 12] = [
        (
            float,
            &[
                "Mara Quist: Edit/Spring film: 20h 23.11.-27.11.",
                "Tove Lund: Spring film: 6h a day 23.11.-24.11. tentative",
            ],
        ),
        (guru, &["Mara Quist: Menu: 2h30m a day 23.11.-27.11.", "Tove Lund: it is cancelled"]),
        (runn, &["Mara Quist: Menu: 4h a day 23.11.-27.11. tentative"]),
        (forecast, &["Mara Quist: Menu: 3h a day 23.11.-27.11."]),
        (
            smartsheet,
            &[
                "Mara Quist <mara@studio.example>: Menu: 50 % 23.11.-27.11.",
                "Mara Quist <mara@studio.example>: Card: 25 % 23.11.-27.11.",
            ],
        ),
        (project, &["Mara: 7/Menü: 20h 23.11.-27.11."]),
        (weeks, &["mara: R-12: 10h a week 23.11.-4.12."]),
        (german, &["Mara Quist: Frühlingsfilm: 12h30m 23.11.-27.11."]),
        (daily, &["Mara Quist: Menü: 7h30m a day 23.11.-27.11."]),
        (whole, &["mara: JIRA-12: 12h ?-?"]),
        (days, &["Mara: Menü: 20h 23.11.-?"]),
        (open, &["mara: R-3: open 23.11.-?"]),
    ];
    for (text, expected) in table {
        assert_eq!(rows(text), expected, "{text}");
    }
}

#[test]
fn what_hours_were_taken_for_is_said() {
    let notes = |text: &str| read(text).listing.notes.join("|");
    assert_eq!(
        notes("Person,Task,Start,End,Hours/Day\na,b,2026-11-23,2026-11-27,4\n"),
        "`Hours/Day` is so much on each of its working days"
    );
    assert_eq!(
        notes("Person,Task,Start,End,Hours,Hours/Week\na,b,2026-11-23,2026-11-27,4,\n"),
        "`Hours` is all the hours of a share, `Hours/Week` is so much in each of its weeks, in equal parts of a day; of several \
         that are filled the first counts"
    );
    assert_eq!(
        notes("Person,Task,Start\na,b,2026-11-23\n"),
        "no column has hours: each share follows the estimate of its request; no column has a last day: each share ends when its \
         request is due"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_still_there() {
    let text = "Person,Request,From,To,Hours\nana,Film,soon,2026-11-27,8\nana,Film,2026-11-27,2026-11-23,8\n\
        ana,Film,2026-11-23,2026-11-27,much\n,Film,2026-11-23,2026-11-27,8\nana,,2026-11-23,2026-11-27,8\n\
        ana,Film,2026-11-23,2026-11-27,8\n";
    let found = read(text).listing;
    let faults: Vec<Option<&str>> = found.drafts.iter().map(|row| row.value.fault.as_deref()).collect();
    assert_eq!(
        faults,
        [
            Some("`soon` is not a first day that can be read"),
            Some("it ends on 2026-11-23, before it begins on 2026-11-27"),
            Some("hours `much`: not a length of time"),
            Some("no person"),
            Some("no request"),
            None,
        ]
    );
    assert_eq!(found.drafts[0].value.raw, "ana | Film | soon | 2026-11-27 | 8");
    assert!(rows("Person,Request,Start,End,Hours/Day\nana,Film,,,25\n")[0].contains("more than a day has"));
    assert!(
        rows("Person,Request,Start,End,% Allocation\nana,Film,,,half\n")[0].contains("`half` is not a part")
    );
}

#[test]
fn a_column_is_what_it_is_said_to_be() {
    let text = "Whom,What,Booked,Hours,Start,End\nana,Film,3,99,03/04/2026,05/04/2026\n";
    let map = |column: &str, field: &str| (column.to_owned(), field.to_owned());
    let with = |maps: Vec<(String, String)>| {
        let list = ListOptions { order: Some(DateOrder::DayFirst), maps, ..ListOptions::default() };
        read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &ShareOptions { list, preset: None })
    };
    let maps = vec![
        map("whom", "person"),
        map("What", "request"),
        map("Booked", "Hours per day"),
        map("Hours", "ignore"),
    ];
    let found = with(maps).unwrap().listing;
    assert_eq!(told(&found.drafts[0].value), "ana: Film: 3h a day 3.4.-5.4.");
    assert_eq!(found.columns_ignored, ["Hours"]);
    let refused = |maps| with(maps).unwrap_err().to_string();
    assert!(refused(Vec::new()).contains("no column of this file is known as person"));
    assert!(
        refused(vec![map("Whom", "person"), map("What", "request"), map("Bokked", "hours")])
            .contains("did you mean `Booked`")
    );
    assert!(refused(vec![map("Whom", "hour-per-day")]).contains("did you mean `hours-per-day`"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut file = b"Person,Request,From,To,Hours/Day,Hours,% Allocation\n".to_vec();
        file.extend(bytes);
        let _ = read_shares(&file, &Presets::new(&[]).unwrap(), &ShareOptions::default());
    }
}

#[test]
fn columns_of_weeks_are_shares_of_their_weeks() {
    let text = "Person,Project,2026-11-23,2026-11-30,2026-12-07,2026-12-14,Total\nana,Film,8,8,4,,20\n\
        bo,Film,16h,0,16h,,\ncy,Film,50%,50%,,,\ndi,Film,,,,,\ned,Film,8,lots,,,\n";
    let expected = [
        "ana: Film: 8h a week 23.11.-6.12.",
        "ana: Film: 4h a week 7.12.-13.12.",
        "bo: Film: 16h a week 23.11.-29.11.",
        "bo: Film: 16h a week 7.12.-13.12.",
        "cy: Film: 50 % 23.11.-6.12.",
        "ed: week of 2026-11-30: hours `lots`: not a length of time",
    ];
    assert_eq!(rows(text), expected);
    let listing = read(text).listing;
    assert_eq!(listing.columns_ignored, ["Total"]);
    assert!(listing.notes.iter().any(|note| note == "1 row has no hours in any week"), "{:?}", listing.notes);
    assert!(listing.notes.iter().any(|note| note.starts_with("4 columns are weeks")), "{:?}", listing.notes);
}

#[test]
fn a_duration_is_days_or_hours_by_its_name_or_unit() {
    let row =
        |header: &str, cell: &str| rows(&format!("Person,Request,{header}\nana,Film,{cell}\n")).remove(0);
    for (header, cell, hours) in [
        ("Duration (days)", "2", "16h"),
        ("Duration (hours)", "6", "6h"),
        ("Dauer in Tagen", "\"1,5\"", "12h"),
        ("Duration", "3d", "24h"),
        ("Duration", "5 hours", "5h"),
        ("Duration", "5", "open"),
    ] {
        assert_eq!(row(header, cell), format!("ana: Film: {hours} ?-?"), "{header} {cell}");
    }
    let found = read("Person,Request,Duration\nana,Film,5\n").listing;
    assert!(found.drafts[0].problems[0].message.starts_with("days or hours?"));
    assert_eq!(row("Hours,Duration (days)", "3,2"), "ana: Film: 3h ?-?", "its hours go before");
}

#[test]
fn plans_in_french_spanish_and_dutch_are_known_by_their_columns() {
    for (header, amount) in [
        ("Collaborateur;Projet;Début;Fin;Heures par jour", Amount::PerDay(Minutes::hours(4))),
        ("Persona;Proyecto;Inicio;Fin;Horas", Amount::Whole(Minutes::hours(4))),
        ("Medewerker;Taak;Begindatum;Einddatum;Uren per week", Amount::PerWeek(Minutes::hours(4))),
    ] {
        let text = format!("{header}\nAna;Poster;23/11/2026;27/11/2026;4\n");
        let found =
            read_shares(text.as_bytes(), &Presets::new(&[]).unwrap(), &ShareOptions::default()).unwrap();
        let share = &found.listing.drafts[0].value;
        assert_eq!((share.person.as_str(), share.amount), ("Ana", amount), "{header}");
        assert_eq!(
            (share.from, share.to),
            ("2026-11-23".parse().ok(), "2026-11-27".parse().ok()),
            "{header}"
        );
        assert!(share.title == "Poster" || share.project == "Poster", "{header}");
    }
}

#[test]
fn what_was_called_off_or_is_not_sure_yet_is_known_in_the_languages_of_the_columns() {
    let row = |status: &str| {
        let text =
            format!("Person,Request,From,To,Hours,Status\nMara,Film,2026-11-23,2026-11-27,20,{status}\n");
        rows(&text).remove(0)
    };
    for status in ["Annulé", "Refusée", "Cancelado", "Geannuleerd", "Withdrawn", "storniert"] {
        assert_eq!(row(status), format!("Mara: it is {}", status.to_lowercase()));
    }
    for status in ["Vorläufig", "vorlaufig", "Waiting List", "Provisoire", "Voorlopig"] {
        assert!(row(status).ends_with(" tentative"), "{status}");
    }
    assert!(row("Geplant").ends_with("27.11."), "what is planned is sure");
}

#[test]
fn parts_of_weeks_that_are_rounded_are_told() {
    let text = "Person,Project,2026-11-23,2026-11-30,2026-12-07\nana,Film,87.5 %,88%,\nbo,Film,50%,8,0.4%\n";
    assert_eq!(
        rows(text),
        ["ana: Film: 88 % 23.11.-6.12.", "bo: Film: 50 % 23.11.-29.11.", "bo: Film: 8h a week 30.11.-6.12."]
    );
    let listing = read(text).listing;
    let told = |row: usize| -> Vec<String> {
        listing.drafts[row]
            .problems
            .iter()
            .map(|it| format!("{} {}: {}", it.column, it.value, it.message))
            .collect()
    };
    assert_eq!(told(0), ["week of 2026-11-23 87.5 %: whole per cent are kept; 88 % is taken"]);
    assert_eq!(told(1), ["week of 2026-12-07 0.4%: whole per cent are kept; 0 % is taken"]);
}
