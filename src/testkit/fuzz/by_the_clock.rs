//! The readers against mutations of real files and generated ones, for as long as is said: `TABLESETTER_FUZZ_SECONDS`,
//! with files of folders from `TABLESETTER_FUZZ_FILES` besides those of the tests. What is found does not end a run; what
//! ends the process lies in the file `TABLESETTER_FUZZ_LAST`.
//!
//! A list that can be read is also taken in, twice: the second time nothing may be new, and one undo takes all back.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config as Cases, TestCaseError, TestError, TestRunner};

use super::inside::{Parts, changed_books, stored_parts};
use super::mutated::{files, mutations};
use super::*;
use crate::import::table::workbook::tests::{SHEET_XML, workbook};
use crate::ops::Desk;
use crate::ops::import::file::{FileImport, FileQuestion, LineDecisions};
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::kit;

/// So many inputs are tried between two looks at the clock.
const AT_ONCE: u32 = 50;
/// One in so many is also taken into a store.
const TAKEN: usize = 6;

fn seconds() -> u64 {
    std::env::var("TABLESETTER_FUZZ_SECONDS").ok().and_then(|said| said.parse().ok()).unwrap_or(10)
}

/// Files of the tests and of whoever runs this, and some written here so that there is always one.
fn seeds(ends: &[&str], own: &[&str]) -> Vec<Vec<u8>> {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data").to_owned();
    let folders = std::env::var("TABLESETTER_FUZZ_FILES").unwrap_or_default();
    let own = own.iter().map(|text| text.as_bytes().to_vec());
    files(&format!("{ours}:{folders}"), ends).into_iter().chain(own).filter(|seed| !seed.is_empty()).collect()
}

/// Tries inputs until the time is over, then says how many there were and what was found in them.
fn run(what: &str, inputs: &impl Strategy<Value = Shown>, check: impl Fn(&[u8])) {
    let ends = Instant::now() + Duration::from_secs(seconds());
    let last = std::env::var_os("TABLESETTER_FUZZ_LAST");
    let (mut count, mut found) = (0_u64, BTreeSet::new());
    let tried = std::cell::Cell::new(0_u64);
    while Instant::now() < ends {
        let config =
            Cases { cases: AT_ONCE, failure_persistence: None, max_shrink_iters: 400, ..Cases::default() };
        let outcome = TestRunner::new(config).run(inputs, |input| {
            tried.set(tried.get() + 1);
            // What ends the whole process is then known by what it read last.
            if let Some(last) = &last {
                std::fs::write(last, &input.0).unwrap();
            }
            let begun = reckoned();
            check(&input.0);
            let took = reckoned().saturating_sub(begun);
            if took < PATIENCE { Ok(()) } else { Err(TestCaseError::fail(format!("slow: {took:?}"))) }
        });
        count += u64::from(AT_ONCE);
        if let Err(TestError::Fail(why, input)) = outcome {
            let why: String = why.to_string().chars().take(300).collect();
            // One fault is found again and again, each time with other figures.
            if found
                .insert(why.chars().filter(|letter| !letter.is_ascii_digit()).take(80).collect::<String>())
            {
                println!("{what}, found: {why}\n{input:?}\n");
            }
        }
    }
    println!(
        "{what}: {count} inputs ({} with those that make one smaller), {} findings",
        tried.get(),
        found.len()
    );
    assert!(found.is_empty(), "{found:#?}");
}

fn read_any(desk: &Desk, bytes: &[u8]) -> Option<FileImport> {
    let options = RequestOptions {
        preset: None,
        maps: Vec::new(),
        sheet: None,
        order: Some(DateOrder::DayFirst),
        now: desk.stamp().at,
    };
    let question = FileQuestion { kind: None, presets: Vec::new(), options, own_names: Vec::new() };
    let read = Asked::new(ForeignKind::File(Box::new(question)), &desk.clock).read(bytes);
    let Ok(ForeignContent::File(read)) = read else { return None };
    Some(FileImport::new("fuzz".to_owned(), read, None))
}

/// Takes a file in twice, and back.
fn taken_twice(bytes: &[u8]) {
    let mut desk = kit::studio();
    let Some(import) = read_any(&desk, bytes) else { return };
    let take = |desk: &mut Desk| {
        desk.take_file(&import, &LineDecisions::default(), &mut |_, _| ControlFlow::Continue(()))
    };
    let before = desk.history(Some(1)).unwrap().remove(0).id;
    let Ok(first) = take(&mut desk) else { return };
    let second = take(&mut desk).unwrap();
    assert_eq!(second.operation, None, "twice: {}", second.label);
    if first.operation.is_some() {
        desk.undo(None).unwrap();
        assert!(desk.store.all_requests().unwrap().is_empty(), "requests are left");
        desk.redo().unwrap();
        let third = take(&mut desk).unwrap();
        assert_eq!(third.operation, None, "after undo and redo: {}", third.label);
    }
    assert!(desk.history(Some(1)).unwrap()[0].id >= before);
}

/// Each input on its own is known by its length and letters; some of them are taken in.
fn is_taken(bytes: &[u8]) -> bool {
    bytes.iter().fold(bytes.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % TAKEN
        == 0
}

/// Bytes that print as text.
struct Shown(Vec<u8>);

impl Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

fn run_on(what: &str, seeds: &[Vec<u8>], pieces: &'static [&'static str], check: impl Fn(&[u8])) {
    println!("{what}: from {} files", seeds.len());
    let changed = mutations(seeds, pieces).prop_map(Shown);
    let made = texts(pieces).prop_map(|text| Shown(text.into_bytes()));
    let inputs = prop_oneof![5 => changed, 1 => made];
    run(what, &inputs, check);
}

#[test]
#[ignore = "goes on for as long as TABLESETTER_FUZZ_SECONDS says"]
fn csv() {
    let presets = Presets::new(&[]).unwrap();
    let own = [
        "Name,Email,Mon,Tue,Wed\nAna,ana@x.example,8,8,4\n",
        "Person,From,To,Kind\nAna,2026-12-24,2026-12-31,away\n*,2026-12-25,,holiday\n",
        "Person,Project,From,To,Hours\nAna,Film,2026-11-23,2026-12-04,20\nBo,Film,2026-11-23,2026-11-27,8\n",
        "Person,Film,Poster\nAna,8,4\nBo,,12\n",
    ];
    run_on("CSV", &seeds(&["csv", "tsv"], &own), CSV, |bytes| {
        table_check(&presets, bytes);
        if is_taken(bytes) {
            taken_twice(bytes);
        }
    });
}

#[test]
#[ignore = "goes on for as long as TABLESETTER_FUZZ_SECONDS says"]
fn workbooks() {
    let presets = Presets::new(&[]).unwrap();
    let check = |bytes: &[u8]| {
        any_table_check(&presets, bytes);
        if is_taken(bytes) {
            taken_twice(bytes);
        }
    };
    let seeds = seeds(&["xlsx", "xlsm", "xls", "ods"], &[]);
    let books: Vec<Parts> =
        seeds.iter().map(|seed| stored_parts(seed)).filter(|parts| !parts.is_empty()).collect();
    let made = |xml: &str| workbook(&[("Work", "visible", xml), ("Old", "hidden", "<sheetData/>")]);
    let books = if books.is_empty() { vec![stored_parts(&made("<sheetData/>"))] } else { books };
    println!("XLSX, XLS, ODS: from {} files, {} of them taken apart", seeds.len(), books.len());
    let inputs = prop_oneof![
        2 => mutations(&seeds, SHEET_XML),
        2 => texts(SHEET_XML).prop_map(move |xml| made(&xml)),
        4 => changed_books(books),
    ];
    run("XLSX, XLS, ODS", &inputs.prop_map(Shown), check);
}

#[test]
#[ignore = "goes on for as long as TABLESETTER_FUZZ_SECONDS says"]
fn calendar_files() {
    let own = [
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:own\r\nBEGIN:STANDARD\r\nDTSTART:20201025T030000\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=own:20261124T100000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ];
    run_on("ICS", &seeds(&["ics"], &own), ICS, |bytes| {
        calendar_check(bytes);
        if is_taken(bytes) {
            taken_twice(bytes);
        }
    });
}

#[test]
#[ignore = "goes on for as long as TABLESETTER_FUZZ_SECONDS says"]
fn mail_files() {
    let own = [
        "From: Nora Berg <nora@x.example>\r\nTo: a@x.example\r\nSubject: =?utf-8?Q?F=C3=BCnf?= posters by 4 Dec\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nCould we have 6 banners by Friday 4 December? It is about =\r\n16h of work.\r\n\
        Kim Aalto approves.\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Could we <b>have</b> 6 banners</p>\r\n--b--\r\n",
        "Von: Nora Berg\nGesendet: Freitag, 20. November 2026 17:02\nAn: uns\nBetreff: WG: Plakate\n\nBis Freitag, bitte.\n> alt\n",
        "[23/11/2026, 09:12] Nora: need a film by Friday\n[23/11/2026, 09:14] Ana: how long?\n[23/11/2026, 09:20] Nora: 30s\n",
        "Nora Berg  09:12\nCan somebody make a poster? ~8h\n\nKim  09:14\nwho approves?\n",
    ];
    let context = context();
    run_on("mail", &seeds(&["eml", "txt", "mbox"], &own), MAIL, |bytes| mail_check(bytes, &context));
}

#[test]
#[ignore = "goes on for as long as TABLESETTER_FUZZ_SECONDS says"]
fn grammar() {
    let own = [
        "Poster for Harbour Lights due:4 dec ~8h @ana #retail t2 outcome:\"More bookings\"",
        "stage:in-progress or (tier:1 due:<2w) not @ana #retail",
        "due:fri est:3h30 decider:\"Kim Aalto\" clear:due",
        "FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1,-1;UNTIL=20271201T000000Z;INTERVAL=2",
        "2026-11-24T10:00:00[Europe/London]",
        "M-4@2026-11-24T0930",
        "Fri, Dec 4 - Mon, Dec 7 2026 5:30 PM",
        "1.234,50 h; 2d 3h 15m",
        "next mon, in 2 weeks, end of month, kw 49",
    ];
    let context = context();
    let seeds = seeds(&["lines"], &own);
    let all: Vec<&'static str> = [WORDS, RULES, MOMENTS, CELLS].concat();
    run_on("grammar", &seeds, all.leak(), |bytes| {
        let text = &*String::from_utf8_lossy(bytes);
        add_check(text, &context);
        capture_check(text);
        filter_check(text, &context);
        form_check(text, &context);
        length_check(text, &context);
        cell_check(text, &context);
        rule_check(text);
        moment_check(text);
    });
}
