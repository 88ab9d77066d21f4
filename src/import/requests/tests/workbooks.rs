//! Workbooks as an office program writes them: old Excel, open documents, and a board of monday.

use super::*;

fn told(name: &str, sheet: Option<&str>) -> Vec<String> {
    let bytes = std::fs::read(format!("tests/data/{name}")).unwrap();
    let options = RequestOptions { sheet: sheet.map(str::to_owned), ..options() };
    let found = read_requests(&bytes, &Presets::new(&[]).unwrap(), &options, &Utc).unwrap();
    let told = |draft: &Draft| {
        let Request { title, requester, due, estimate, stage, .. } = &draft.request;
        let due = due.map_or_else(String::new, |day| day.to_string());
        let estimate = estimate.map_or_else(String::new, |minutes| minutes.to_string());
        format!("{} {title} | {requester} | {due} | {estimate} | {}", draft.row, stage.title())
    };
    found.drafts.iter().map(told).collect()
}

#[test]
fn old_excel_and_open_document_hold_the_same() {
    for name in ["plan.xls", "plan.ods"] {
        assert_eq!(
            told(name, None),
            [
                "2 Autumn window posters | Maya Lind | 2026-12-04 | 16h | new",
                "3 Café menu, Zürich | Ümit Öz | 2026-12-21 | 7h30m | in progress",
                "4 007 | Kim Oh | 2027-01-15 | 30m | new",
            ],
            "{name}"
        );
        for sheet in ["ideas 2027", "2"] {
            assert_eq!(told(name, Some(sheet)), ["2 Photo wall |  | 2027-03-01 |  | new"], "{name}");
        }
    }
}

#[test]
fn a_board_of_monday_reads_the_same_from_old_excel() {
    let titles: Vec<String> =
        told("monday.xls", None).iter().map(|line| line.split(" |").next().unwrap().to_owned()).collect();
    assert_eq!(titles, ["4 Window vinyl", "6 Measure", "7 Price tags", "10 Menu"]);
}

#[test]
fn a_sheet_that_is_not_there_is_named_with_those_that_are() {
    let presets = Presets::new(&[]).unwrap();
    let refused = |bytes: &[u8], sheet: &str| {
        let options = RequestOptions { sheet: Some(sheet.to_owned()), ..options() };
        read_requests(bytes, &presets, &options, &Utc).unwrap_err().to_string()
    };
    let bytes = std::fs::read("tests/data/plan.ods").unwrap();
    assert_eq!(
        refused(&bytes, "Plans"),
        "there is no sheet `Plans` to be read; there is Plan, Ideas 2027, Away"
    );
    assert_eq!(refused(&bytes, "4"), "there is no sheet `4` to be read; there is Plan, Ideas 2027, Away");
    assert!(refused(b"Title\nFilm\n", "1").ends_with("this file has none"));
}

/// The notes of `plan.ods`, read by a preset that remembers a sheet.
fn remembering(sheet: &str, said: Option<&str>) -> Vec<String> {
    let bytes = std::fs::read("tests/data/plan.ods").unwrap();
    let mine = format!(
        "name = \"mine\"\ntitle = \"Mine\"\nsource = \"mine\"\nsheet = \"{sheet}\"\nsignature = [\"Title\"]\n\
         [columns]\ntitle = [\"Title\"]\ndue = [\"Due\"]\n"
    );
    let presets = Presets::new(&[("mine.toml".to_owned(), mine)]).unwrap();
    let options =
        RequestOptions { preset: Some("mine".to_owned()), sheet: said.map(str::to_owned), ..options() };
    let read = read_requests(&bytes, &presets, &options, &Utc).unwrap();
    read.notes.into_iter().filter(|note| note.contains("sheet")).collect()
}

#[test]
fn a_preset_reads_the_sheet_that_it_remembers_and_says_when_it_is_gone() {
    let notes = remembering("ideas 2027", None);
    assert_eq!(notes[0], "read from sheet `Ideas 2027`");
    assert!(notes.iter().all(|note| !note.contains("the preset")), "{notes:?}");
    let notes = remembering("Old plan", None);
    assert_eq!(notes[0], "read from sheet `Plan`");
    assert_eq!(
        notes[1],
        "the preset mine reads sheet `Old plan`, but this file has none of that name, so the sheet that fits best was read"
    );
    let notes = remembering("Away", None);
    assert!(notes[1].contains("its columns are others now"), "{notes:?}");
    let notes = remembering("Old plan", Some("2"));
    assert_eq!(notes, ["read from sheet `Ideas 2027`"], "whoever names a sheet means it");
}
