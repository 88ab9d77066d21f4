//! Rows that are no requests, and what our own export says after a spreadsheet saved it.

use super::*;

/// Titles of what came, and reasons of what did not.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let found = read(text);
    let titles = found.drafts.iter().map(|draft| draft.request.title.clone()).collect();
    (titles, found.skipped.iter().map(|skip| format!("{} {}", skip.row, skip.reason)).collect())
}

#[test]
fn rows_that_are_no_requests_are_left_out_and_told() {
    for (text, reason) in [
        ("Title,Due,Hours\nA,2026-12-04,10\nTotal général,,10\n", "a row of totals"),
        ("Title,Due,Hours\nA,2026-12-04,10\nEindtotaal,,20\n", "a row of totals"),
        ("Title,Due,Hours\nA,2026-12-04,10\nTotal: 10,,\n", "a row of totals"),
        ("Title,Due,Hours\nA,2026-12-04,10\nTotal (2 items),,—\n", "a row of totals"),
        ("ID,Title,Hours\n1,A,10\nTotal,,10\n", "a row of totals"),
        ("Title,Due\nA,2026-12-04\n-----,-----\n", "a line between rows"),
        ("Title,Due\nA,2026-12-04\n\"Prepared by Ana on 20 Nov\",\n", "a note of the tool"),
        ("Title,Due\nA,2026-12-04\n\nPerson,Mon,Tue,Wed\nMaya,8,8,8\n", "belongs to another table"),
        (
            "Key,Title,Status,Assigned To,Start Date,End Date\n,/Studio/Retail,,,,\n1,A,Active,Ana,,2026-12-04\n",
            "a folder",
        ),
    ] {
        let (titles, skipped) = told(text);
        assert_eq!(titles, ["A"], "{text}: {skipped:?}");
        assert!(
            skipped.iter().all(|skip| skip.contains(reason)) || reason.starts_with("belongs"),
            "{text}: {skipped:?}"
        );
        assert!(skipped.last().is_some_and(|skip| skip.contains(reason)), "{text}: {skipped:?}");
    }
    let (titles, _) = told("Title,Due,Hours\nTotal rebrand,2026-12-04,10\nTotal,2026-12-04,for Ana Ruiz\n");
    assert_eq!(titles, ["Total rebrand", "Total"]);
}

#[test]
fn our_own_export_is_read_as_spreadsheets_save_it() {
    let head = "Key,Title,Ask,Stage,Tier,Value,Readiness,Came from,Rounds,First agreed,Due,Began\n";
    for (agreed, due, expected) in [
        ("2026-12-01", "2026-12-24", "2026-12-01"),
        ("01.12.2026", "24.12.2026", "2026-12-01"),
        ("12/1/2026", "12/24/2026", "2026-12-01"),
        ("1/12/2026", "24/12/2026", "2026-12-01"),
        ("46357", "2026-12-24", "2026-12-01"),
    ] {
        let found = read(&format!("{head}R-1,Poster,,scheduled,T2,3,,,2,{agreed},{due},\n"));
        let draft = &found.drafts[0];
        assert_eq!(
            draft.request.first_agreed_due.map(|day| day.to_string()).as_deref(),
            Some(expected),
            "{agreed}"
        );
        assert_eq!(
            (draft.request.rounds, draft.request.value, draft.problems.len()),
            (2, Some(3), 0),
            "{agreed}"
        );
    }
    let found = read(&format!("{head}R-1,Poster,,in progress,T9,4,,,often,soonish,2026-12-24,noon\n"));
    let told: Vec<&str> = found.drafts[0].problems.iter().map(|problem| problem.column.as_str()).collect();
    assert_eq!(told, ["Value", "Rounds", "Tier", "First agreed", "Began"]);
}

#[test]
fn the_sum_of_a_part_is_no_request() {
    let (titles, _) = told(
        "Title,Due,Who,Hours\nPoster,2026-12-04,Ana,4\nSubtotal Retail,,,4\nSubtotal rethink,2026-12-04,Bo,4\n",
    );
    assert_eq!(titles, ["Poster", "Subtotal rethink"]);
}

#[test]
fn a_day_in_words_is_told_with_both_days_that_it_could_be() {
    let found = read(
        "Timestamp,Title,Due\n2026-11-20 10:00,Poster,end of next week\n2026-11-20 10:00,Film,whenever suits\n",
    );
    let said: Vec<&str> =
        found.drafts.iter().flat_map(|it| &it.problems).map(|it| it.message.as_str()).collect();
    assert!(
        said[0].starts_with("counted from today: Fri 4 Dec; from Fri 20 Nov, when it came in, Fri 27 Nov"),
        "{said:?}"
    );
    assert!(said[1].starts_with("not a day that can be read"), "{said:?}");
    assert_eq!(found.drafts[0].request.due_reason, "end of next week");
}

#[test]
fn a_spreadsheet_says_no_in_the_language_of_whoever_saved_it() {
    for no in ["FALSE", "FALSCH", "FAUX", "FALSO", "ONWAAR"] {
        let found = read(&format!("Title,Status,Blocked,Done\nA,In Progress,{no},{no}\n"));
        let request = &found.drafts[0].request;
        assert_eq!((request.blocked.is_some(), request.stage), (false, Stage::InProgress), "{no}");
        assert!(found.drafts[0].problems.is_empty(), "{no}: {:?}", found.drafts[0].problems);
    }
}

#[test]
fn a_block_that_ended_with_its_request_began_on_a_day_of_the_lead() {
    let text = "Key,Title,Stage,Blocked,Stage since,Created\n\
        R-1,A,declined,rights,2026-11-20T23:30:00+00:00,2026-11-01T09:00:00+00:00\n";
    let found = read_with(text, &RequestOptions { preset: Some("tablesetter".to_owned()), ..options() });
    let blocked = found.unwrap().drafts.remove(0).request.blocked.unwrap();
    assert_eq!(blocked.since.to_string(), "2026-11-21");
}
