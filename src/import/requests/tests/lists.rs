//! What lists say in ways of their own: kinds of rows, two columns for one thing, titles in place of ids.

use super::*;

fn problems(draft: &Draft) -> Vec<String> {
    draft.problems.iter().map(|it| format!("{} {}: {}", it.column, it.value, it.message)).collect()
}

#[test]
fn only_the_tasks_of_todoist_are_requests_and_its_indents_make_parts() {
    let found = read(
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG\n\
         meta,view_style=list,,,,,,,,,,,,\nsection,Doing,,,,,,,,,,,,\n\
         task,Poster,About,1,1,Kim (1),Tom Reyes (456),4 Dec 2026,en,Europe/London,90,minute,,\n\
         task,Copy,,4,2,Kim (1),,,en,Europe/London,None,None,2026-12-02,en\n\
         task,Check,,4,3,Kim (1),,,en,,2,day,,\ntask,Layout,,4,2,Kim (1),,,en,,,,,\ntask,Menu,,4,1,Kim (1),,,en,,,,,\n\
         note,Please see there,,,,,,,,,,,,\n",
    );
    assert_eq!(found.preset, "todoist");
    let told: Vec<String> = found
        .drafts
        .iter()
        .map(|draft| {
            let Request { title, due, estimate, .. } = &draft.request;
            let parent = match &draft.parent {
                ParentRef::External(id) => found
                    .drafts
                    .iter()
                    .find(|it| it.request.external_id == *id)
                    .map_or("?", |it| &it.request.title),
                _ => "",
            };
            let due = due.map_or_else(String::new, |day| day.to_string());
            format!("{title} | {due} | {} | {parent}", estimate.map_or_else(String::new, |it| it.to_string()))
        })
        .collect();
    assert_eq!(
        told,
        [
            "Poster | 2026-12-04 | 1h30m | ",
            "Copy | 2026-12-02 |  | Poster",
            "Check |  | 16h | Copy",
            "Layout |  |  | Poster",
            "Menu |  |  | "
        ]
    );
    assert!(found.drafts.iter().all(|draft| draft.problems.is_empty()), "{:?}", found.drafts);
    let reasons: Vec<&str> = found.skipped.iter().map(|skip| skip.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "meta, not a request; left out",
            "section, not a request; left out",
            "note, not a request; left out"
        ]
    );
}

#[test]
fn of_several_due_columns_the_first_that_says_something_counts() {
    let due = |text: &str| -> Vec<(String, String)> {
        let told = |draft: &Draft| {
            let due = draft.request.due.map_or_else(String::new, |day| day.to_string());
            (due, draft.request.notes.clone())
        };
        read(text).drafts.iter().map(told).collect()
    };
    let expected = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(due, notes)| ((*due).to_owned(), (*notes).to_owned())).collect()
    };
    assert_eq!(
        due("Title,Deadline,Due date\nA,2026-12-04,\nB,2026-12-05,2026-12-01\nC,2026-12-01,2026-12-01\n"),
        expected(&[("2026-12-04", ""), ("2026-12-01", "Deadline: 2026-12-05"), ("2026-12-01", "")])
    );
    // A day of any kind is no due day where there is a column for that.
    assert_eq!(due("Title,Due,Date\nA,,2026-11-20\n"), expected(&[("", "Date: 2026-11-20")]));
    let maps = [("Due date", "due"), ("Deadline", "due")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    let options = RequestOptions { maps: maps.to_vec(), ..options() };
    let found = read_with("Title,Deadline,Due date\nA,2026-12-04,\n", &options).unwrap();
    assert_eq!(found.drafts[0].request.due, chrono::NaiveDate::from_ymd_opt(2026, 12, 4));
}

#[test]
fn what_a_repeated_column_says_is_kept() {
    let found = read(
        "Title,Due,Due,Hours,Hours,Notes,Notes,Owner,Owner\nA,2026-12-04,2026-12-11,8,6,one,two,Maya,Tom\n",
    );
    let request = &found.drafts[0].request;
    assert_eq!(request.due, chrono::NaiveDate::from_ymd_opt(2026, 12, 4));
    assert_eq!(request.estimate, Some(Minutes::hours(8)));
    let lines: Vec<&str> = request.notes.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines[0], "one");
    for line in ["Due: 2026-12-11", "Hours: 6", "Notes: two", "Owner: Tom"] {
        assert!(lines.contains(&line), "{line}: {lines:?}");
    }
}

#[test]
fn errors_of_a_spreadsheet_are_told_and_empty_nothing() {
    let found = read("Title,Hours,Mood\nA,#N/A,Err:502\nB,#DIV/0!,calm\n");
    assert_eq!(
        problems(&found.drafts[0]),
        [
            "Hours #N/A: an error of the spreadsheet; left open",
            "Mood Err:502: an error of the spreadsheet; left open"
        ]
    );
    assert!(!found.drafts[0].given.contains(&Field::Estimate));
    assert_eq!(found.drafts[1].request.notes, "Mood: calm");
}

#[test]
fn separators_beyond_the_header_are_counted() {
    let found = read("Title,Due\nA,2026-12-04,\nB,2026-12-04,,,\nC,2026-12-04\nD,2026-12-04\nE,\n");
    assert!(problems(&found.drafts[0])[0].contains("1 more separator than"));
    assert!(problems(&found.drafts[1])[0].contains("3 more separators than"));
}

#[test]
fn parents_and_blockers_may_be_named_by_their_titles() {
    let parents =
        |text: &str| -> Vec<ParentRef> { read(text).drafts.into_iter().map(|draft| draft.parent).collect() };
    let of = |id: &str| ParentRef::External(id.to_owned());
    assert_eq!(parents("ID,Title,Parent\n1,Film,\n2,Cut,film\n3,Sound,1\n")[1..], [of("1"), of("1")]);
    assert_eq!(
        parents("Key;Title;Assigned To;Start Date;End Date;Parent task\n1;Film;;;;\n2;Cut;;;;Film\n")[1],
        of("1")
    );
    let found = read("ID,Title,Parent\n1,Film,\n2,Film,\n3,Cut,Film\n");
    assert_eq!(problems(&found.drafts[2]), ["Parent Film: several rows are called so; not linked"]);
    let notion = "Name,Created time,ID,Parent item,Blocked by\nFilm,\"November 2, 2026\",1,,\n\
        Cut,\"November 2, 2026\",2,Film (https://www.notion.so/Film-abc),Film (https://www.notion.so/Film-abc)\n";
    assert_eq!(parents(notion)[1], of("1"));
    assert!(read(notion).drafts[1].request.blocked.is_some());
    assert!(
        read(&notion.replace("ID,", "Status,").replace(",1,,", ",Done,,")).drafts[1]
            .request
            .blocked
            .is_none()
    );
}

#[test]
fn no_row_waits_for_itself() {
    let found = read("ID,Title,Blocked by\n1,Film,1\n2,Cut,\"2, 1\"\n3,Sound,Sound\n");
    let reason = |row: usize| found.drafts[row].request.blocked.as_ref().map(|it| it.reason.clone());
    assert_eq!((reason(0), reason(1), reason(2)), (None, Some("1 Film".to_owned()), None));
    let ticked = read("ID,Title,Blocked\nA,Film,1\n");
    assert!(ticked.drafts[0].request.blocked.is_some(), "a tick names nobody");
    assert_eq!(problems(&found.drafts[0]), [" 1: it names itself as what blocks it; left out"]);
}

#[test]
fn seconds_that_remain_in_jira_are_hours_left() {
    let found = read(
        "Summary,Issue key,Status,Original estimate,Remaining Estimate,Σ Remaining Estimate\nFilm,A-1,In Progress,57600,21600,99\n",
    );
    assert_eq!(found.drafts[0].request.left_said, Some(Minutes::hours(6)));
}

#[test]
fn tags_with_their_marks_are_several_and_questions_are_known_in_german() {
    let found = read("Title,Tags\nA,#retail #print\nB,\"spring sale, #web\"\n");
    assert_eq!(found.drafts[0].request.tags, ["retail", "print"]);
    assert_eq!(found.drafts[1].request.tags, ["spring-sale", "web"]);
    let found = read(
        "Zeitstempel,Was brauchst du?,Was soll danach anders sein?\n2026-11-20 10:00,Plakat,Mehr Gäste\n",
    );
    assert_eq!(found.drafts[0].request.outcome, "Mehr Gäste");
}

#[test]
fn a_board_of_monday_without_its_ids_is_one() {
    let found = read(
        "Studio,,,,\nThis month,,,,\nName,Subitems,Person,Status,Due date\nWindow,Measure,Maya Lind,Working on it,2026-12-04\n\
         Subitems,Name,Owner,Status,Date\n,Measure,Tom Reyes,Done,2026-12-01\nTags,,Maya Lind,,2026-12-08\n\
         Next month,,,,\nName,Subitems,Person,Status,Due date\nMenu,,Tom Reyes,,\n",
    );
    assert_eq!(found.preset, "monday");
    let titles: Vec<&str> = found.drafts.iter().map(|draft| draft.request.title.as_str()).collect();
    assert_eq!(titles, ["Window", "Measure", "Tags", "Menu"]);
    assert_eq!(found.drafts[1].parent, ParentRef::External(found.drafts[0].request.external_id.clone()));
}

#[test]
fn a_german_list_of_tasks_has_its_parts_and_not_its_sum() {
    let found = read(
        "Vorgangsnr;Vorgang;Übergeordneter Vorgang;Zuständig;Fälligkeitsdatum;Aufwand (Std.);Status\n\
         V-1;Messestand;;Ana Kowalski und Bo Lind;4. Dezember 2026;16,5;In Bearbeitung\n\
         V-2;Rückwand;V-1;\"Lind, Bo\";11.12.2026;8;Offen\nV-3;Prospekt;;Cy Tan;12. Jän. 2027;1.234,5;Erledigt\n\
         ;Summe;;;;1.259,0;\n",
    );
    let told: Vec<String> = found
        .drafts
        .iter()
        .map(|draft| {
            let Request { title, due, estimate, external_id, .. } = &draft.request;
            format!("{external_id} {title} {} {} {:?}", due.unwrap(), estimate.unwrap().0, draft.parent)
        })
        .collect();
    assert_eq!(
        told,
        [
            "V-1 Messestand 2026-12-04 990 None",
            "V-2 Rückwand 2026-12-11 480 External(\"V-1\")",
            "V-3 Prospekt 2027-01-12 74070 None",
        ]
    );
    assert_eq!(found.skipped.len(), 1, "the sum: {:?}", found.skipped);
}

#[test]
fn what_blocks_is_told_by_its_title() {
    let text = "ID,Title,Status,Blocked by\n4,Menu,Open,\nA-1,One,Open,\n5,Done thing,Done,\n6,A,Open,4\n7,B,Open,#4\n\
        8,C,Open,A-1 One\n9,D,Open,\"#4, A-1\"\n10,E,Open,#5\n11,F,Open,Menu\n12,G,Open,4 signatures of the board\n";
    let found = read(text);
    let told = |row: usize| {
        let request = &found.drafts.iter().find(|draft| draft.row == row).unwrap().request;
        request.blocked.as_ref().map_or("free", |blocked| blocked.reason.as_str()).to_owned()
    };
    let expected = ["4 Menu", "#4 Menu", "A-1 One", "#4 Menu, A-1 One", "free", "Menu"];
    assert_eq!([5, 6, 7, 8, 9, 10].map(told), expected.map(str::to_owned));
}

#[test]
fn a_list_in_brackets_and_one_that_ends_with_its_mark_read_as_people_write_them() {
    let found = read(
        "Task ID,Task Name,Status,Assignees,Date Created,Date Closed,Date Done,Requester (users),Brand,Deliver by (date)\n\
         86a,Banner,Open,[],1793700000000,1794100000000,1794100000000,[Owen Price],[Hilltop],1796990400000\n",
    );
    let request = &found.drafts[0].request;
    assert_eq!((request.requester.as_str(), request.brand.as_str()), ("Owen Price", "Hilltop"));
    assert_eq!(request.notes, "Deliver by (date): 2026-12-11", "a day is told once, and as one");
    let found = read("Title,Brand,Requester\nPoster,Hilltop;Brookside;,anonymous\n");
    let request = &found.drafts[0].request;
    assert_eq!((request.brand.as_str(), request.requester.as_str()), ("Hilltop, Brookside", ""));
}

#[test]
fn a_grid_of_ticks_gives_the_rows_that_are_ticked() {
    let found = read(
        "Timestamp,What do you need?,Where will it be used? [Print],Where will it be used? [Web],Where will it be used? [Shop]\n\
         2026-11-09 09:05,Flyer,Yes,No,Yes\n2026-11-09 09:06,Card,,No,\n",
    );
    let channels: Vec<&str> = found.drafts.iter().map(|draft| draft.request.channel.as_str()).collect();
    assert_eq!(channels, ["Print, Shop", ""]);
}

#[test]
fn where_the_word_of_one_status_is_unknown_the_other_one_counts() {
    let head = "Key,Title,Assigned To,Start Date,End Date,Status,Custom status\n";
    let found = read(&format!("{head}1,Proof,,,,Active,With the printer\n2,Card,,,,Active,In Review\n"));
    let stages: Vec<_> = found.drafts.iter().map(|draft| draft.request.stage).collect();
    assert_eq!(stages, [Stage::InProgress, Stage::InReview]);
    assert_eq!(
        problems(&found.drafts[0]),
        ["Custom status With the printer: a status that is not known here; `Status` counts"]
    );
    assert!(found.drafts[0].request.notes.contains("Custom status: With the printer"));
}

#[test]
fn what_fills_title_and_ask_is_said_of_both() {
    let found = read("Timestamp,What do you need?\n2026-11-09 09:05,Flyer\n");
    assert_eq!(found.drafts[0].request.ask, "Flyer");
    assert!(found.drafts[0].given.contains(&Field::ASK), "so that a change of it is taken over in both");
}

#[test]
fn forms_of_microsoft_and_issues_of_jira_are_known_by_any_of_their_exports() {
    let found = read(
        "ID,Start time,Completion time,Email,Name,Last modified time,What do you need?,Is that date fixed?,Due\n\
         1,11/9/2026 9:01:11,11/19/2026 9:05:40,kim@x.example,Kim Oh,,Flyer,Yes,2026-12-14\n",
    );
    let request = &found.drafts[0].request;
    assert_eq!((found.preset.as_str(), request.requester.as_str()), ("microsoft-forms", "Kim Oh"));
    assert!(request.is_due_hard);
    let found = read(
        "Project,Key,Summary,Issue Type,Status,Reporter,Original Estimate\nCreative,CRE-12,Film,Task,In Progress,Kim Oh,144000\n",
    );
    let request = &found.drafts[0].request;
    assert_eq!((found.preset.as_str(), request.external_id.as_str()), ("jira-cloud", "CRE-12"));
    assert_eq!(request.estimate.map(|it| it.to_string()).as_deref(), Some("40h"));
    let found = read("Key,Summary,Status,Estimate\nA-1,Film,Open,4\n");
    assert_eq!(found.drafts[0].request.estimate.map(|it| it.to_string()).as_deref(), Some("4h"));
}

#[test]
fn a_sum_below_the_ids_is_no_request_and_short_questions_are_questions() {
    let found = read(
        "Job #,Request,Who's asking,Needed,Hrs,Designer(s)\nJ-1,Mailer,Owen,4-Dec,6,Ana\nTotal,4,,,14,\n",
    );
    assert_eq!(found.drafts.len(), 1, "{:?}", found.drafts);
    let request = &found.drafts[0].request;
    assert_eq!(request.requester, "Owen");
    assert_eq!(request.due.map(|day| day.to_string()).as_deref(), Some("2026-12-04"));
    assert_eq!(found.drafts[0].assignee.as_deref(), Some("Ana"));
    let found = read(
        "Zeitstempel;Wie heißt Ihr Projekt?;Was genau brauchen Sie?;Ist der Termin fix?;Bis wann?\n09.11.2026 09:05;Messestand;Rückwand;Ja;14.12.2026\n",
    );
    assert_eq!(found.drafts[0].request.title, "Messestand");
    assert!(found.drafts[0].request.is_due_hard);
}

#[test]
fn due_days_that_a_program_wrote_as_midnight_are_those_days_everywhere() {
    let due = |cells: [&str; 2]| -> Vec<String> {
        let text = format!("Title,Due\nPoster,{}\nMenu,{}\n", cells[0], cells[1]);
        let presets = Presets::new(&[]).unwrap();
        let read =
            read_requests(text.as_bytes(), &presets, &options(), &chrono_tz::America::New_York).unwrap();
        read.drafts.iter().map(|draft| draft.request.due.unwrap().to_string()).collect()
    };
    assert_eq!(due(["2026-12-18T00:00:00.000Z", "2026-12-04T00:00:00Z"]), ["2026-12-18", "2026-12-04"]);
    // One that has a time shows that they are instants.
    assert_eq!(due(["2026-12-18T00:00:00.000Z", "2026-12-04T03:30:00Z"]), ["2026-12-17", "2026-12-03"]);
    assert_eq!(due(["2026-12-18T00:00:00+02:00", "2026-12-04"]), ["2026-12-17", "2026-12-04"]);
}
