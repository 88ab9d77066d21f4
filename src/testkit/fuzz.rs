//! Every parser against text in no order, built from what it reads, what it nearly reads, and letters of any kind. None
//! may panic, go on without end, or say more than a person can read. `TABLESETTER_CAMPAIGN=long` runs 20,000 texts a
//! parser instead of a few hundred; `by_the_clock` goes on as long as it is told to.

mod by_the_clock;
mod inside;
mod mutated;

use std::fmt::Display;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};

use crate::config;
use crate::domain::agenda::{self, Budget};
use crate::domain::bounds::{self, Steps};
use crate::domain::field::{self, Field};
use crate::domain::matching::NameIndex;
use crate::domain::meeting::{Moment, OccurrenceKey, predictions};
use crate::domain::minutes::Minutes;
use crate::domain::record::Kind;
use crate::domain::request::Request;
use crate::domain::rule::{self, Rule};
use crate::domain::words::days::parse_day;
use crate::domain::words::duration::parse_duration;
use crate::domain::words::filter::Filter;
use crate::domain::words::{ParseContext, line};
use crate::import::calendar::{OwnNames, read_calendar};
use crate::import::dates::{self, ColumnSurveys, DateHints, DateOrder};
use crate::import::listing::ListOptions;
use crate::import::message::recognise::{Nameables, recognise};
use crate::import::message::{read_message, read_text};
use crate::import::numbers::{self, Unit};
use crate::import::people::{read_absences, read_people};
use crate::import::preset::{Preset, Presets};
use crate::import::requests::{RequestOptions, read_requests};
use crate::import::shares::{ShareOptions, read_shares};
use crate::import::table::SourceSheet;
use crate::ops::books;

/// Only a parser that goes on without end takes so long for a short text.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a message may have, in bytes.
const SAID: usize = 4_000;

fn cases() -> u32 {
    rounds(300)
}

/// How often something is tried: as said with every test run, 20,000 times in the long form.
pub fn rounds(short: u32) -> u32 {
    match std::env::var("TABLESETTER_CAMPAIGN") {
        Ok(said) if said == "long" => 20_000,
        _ => short,
    }
}

/// How long this thread has reckoned. By the clock, a machine that does much else at once looked like a parser that
/// comes to no end.
fn reckoned() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.try_into().unwrap_or(0), spent.tv_nsec.try_into().unwrap_or(0))
}

/// Text of pieces, some of them again and again, with letters of any kind between.
fn texts(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(pieces).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => prop::sample::select(&["", " ", "\n", "\t", "\"", "'", "\\", ":", ",", ";", "-", "\0", "\u{301}", "\u{202e}", "é", "999999999999999999999"][..]).prop_map(str::to_owned),
        1 => (prop::sample::select(pieces), 0_usize..300).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Gives texts of these pieces to a reader, which must come to its end soon and never panic.
pub fn fuzz(what: &str, pieces: &'static [&'static str], check: impl Fn(&str)) {
    let mut runner = TestRunner::new(Cases { cases: cases(), failure_persistence: None, ..Cases::default() });
    let run = runner.run(&texts(pieces), |text| {
        let begun = reckoned();
        check(&text);
        let took = reckoned().saturating_sub(begun);
        prop_assert!(took < PATIENCE, "{took:?} for {} bytes", text.len());
        Ok(())
    });
    if let Err(error) = run {
        panic!("{what}: {error}");
    }
    println!("{what}: {} texts", cases());
}

fn is_short(message: &impl Display) {
    let length = message.to_string().len();
    assert!(length <= SAID, "a message of {length} bytes");
}

fn context() -> ParseContext {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    ParseContext::new(today, Minutes(480), std::sync::Arc::default())
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap()
}

const CSV: &[&str] = &[
    "Title,Status,Due date,Assignee,Estimate\n",
    "Summary,Issue key,Issue id,Parent id\n",
    "Name;Handle;Mon;Tue\n",
    "Person,From,To,Hours,Status\n",
    "Film,To Do,3/4/2026,Ana,8h\n",
    "\"a\nb\",\"c\"\"d\"",
    "\"",
    "\"\"",
    ",",
    ";",
    "\r\n",
    "\n",
    "sep=;\n",
    "*,2026-12-25,2026-12-26\n",
    "Ana,2026-02-30,",
    "1.2E+15",
    "Labels",
    "a;b;c",
];

fn table_check(presets: &Presets, bytes: &[u8]) {
    if let Ok(sheet) = SourceSheet::read(bytes, bounds::ROWS) {
        let cells: usize = sheet.rows.iter().map(|row| row.cells.len()).sum();
        let text = String::from_utf8_lossy(bytes);
        let lines = text.split(['\n', '\r']).count();
        assert!(sheet.rows.len() <= lines && cells <= text.len() + sheet.rows.len());
    }
    any_table_check(presets, bytes);
}

/// As every kind of list that a table can be.
fn any_table_check(presets: &Presets, bytes: &[u8]) {
    let options = RequestOptions {
        preset: None,
        maps: Vec::new(),
        sheet: None,
        order: Some(DateOrder::DayFirst),
        now: now(),
    };
    match read_requests(bytes, presets, &options, &Utc) {
        Ok(found) => assert!(found.drafts.iter().all(|draft| !draft.request.title.is_empty())),
        Err(error) => is_short(&error),
    }
    let people = read_people(bytes, &ListOptions::default()).map(|_| ());
    let absences = read_absences(bytes, &ListOptions::default()).map(|_| ());
    let shares = read_shares(bytes, presets, &ShareOptions::default()).map(|_| ());
    [people, absences, shares].into_iter().filter_map(Result::err).for_each(|error| is_short(&error));
}

#[test]
fn tables() {
    let presets = Presets::new(&[]).unwrap();
    fuzz("CSV", CSV, |text| table_check(&presets, text.as_bytes()));
}

const ICS: &[&str] = &[
    "BEGIN:VCALENDAR\r\n",
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "END:VCALENDAR\r\n",
    "UID:a\r\n",
    "UID:b\r\n",
    "METHOD:CANCEL\r\n",
    "DTSTART:20261124T100000Z\r\n",
    "DTSTART;TZID=Europe/London:20261124T100000\r\n",
    "DTSTART;VALUE=DATE:20261124\r\n",
    "DTEND:20261124T110000Z\r\n",
    "DURATION:PT1H\r\n",
    "RRULE:FREQ=WEEKLY;COUNT=4\r\n",
    "RRULE:FREQ=MINUTELY\r\n",
    "EXDATE:20261201T100000Z\r\n",
    "RDATE:20261202\r\n",
    "RECURRENCE-ID:20261201T100000Z\r\n",
    "ATTENDEE;CN=\"A;B:C\":mailto:a@x.example\r\n",
    "SUMMARY:a\\n\\,b\r\n",
    " folded\r\n",
    "BEGIN:VALARM\r\n",
    "END:VALARM\r\n",
    "BEGIN:VTIMEZONE\r\n",
    "TZID:own\r\n",
    "TZOFFSETTO:+0200\r\n",
    "END:VTIMEZONE\r\n",
    "STATUS:CANCELLED\r\n",
    "SEQUENCE:2\r\n",
];

fn calendar_check(bytes: &[u8]) {
    let window = (now() - chrono::TimeDelta::days(20), now() + chrono::TimeDelta::days(20));
    match read_calendar(bytes, &OwnNames::new(&[])) {
        Ok(found) => {
            assert!(found.problems.iter().all(|problem| problem.message.len() <= SAID));
            let events: Vec<_> = found.events.iter().collect();
            let few = Budget { steps: 20_000, meetings: 500 };
            let agenda = agenda::expand_all(&events, window, &Utc, few);
            assert!(agenda.steps <= few.steps && agenda.occurrences.iter().flatten().count() <= few.meetings);
        }
        Err(error) => is_short(&error),
    }
}

#[test]
fn calendars() {
    fuzz("ICS", ICS, |text| calendar_check(text.as_bytes()));
}

const MAIL: &[&str] = &[
    "From: Nora Berg <nora@x.example>\r\n",
    "From: =?utf-8?B?WsO2ZQ==?= <z@x.example>\n",
    "Subject: FW: Re: Posters\n",
    "Subject: =?utf-8?Q?F=C3=BCnf?=\n =?iso-8859-1?Q?_caf=E9?=\n",
    "Von: Nora Berg\nGesendet: Freitag, 20. November 2026 17:02\nAn: uns\nBetreff: WG: Plakate\n",
    "Date: Fri, 20 Nov 2026 10:00:00 +0000\n",
    "MIME-Version: 1.0\n",
    "Message-ID: <1@x.example>\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "Content-Type: multipart/alternative; boundary=\"b\"\n",
    "Content-Type: message/rfc822\n",
    "Content-Type: text/html; charset=windows-1252\n",
    "Content-Type: text/plain; charset=shift_jis\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Disposition: attachment; filename*=utf-8''a%20b.pdf\n",
    "\n",
    "\r\n\r\n",
    "--b\n",
    "--b--\n",
    "RsO8bmYgUGxha2F0ZQ==\n",
    "caf=E9 =\n=3D",
    "---------- Forwarded message ---------\n",
    "-----Original Message-----\n",
    "> On Fri, 20 Nov 2026, Kim wrote:\n",
    "> ",
    "Nora Berg  09:12\n",
    "[23/11/2026, 09:12] Nora: ",
    "by Friday 4 December, ~16h or half a day, #retail @kim\n",
    "<div>a<br><blockquote>b &amp; &#x1F600; <a href=\"https://x.example\">c</a></div>",
    "<style>",
    "<!--",
    "Kim Aalto ",
    "approves ",
];

fn mail_check(bytes: &[u8], context: &ParseContext) {
    let names = NameIndex::of(&[crate::domain::influence::Stakeholder {
        name: "Kim Aalto".to_owned(),
        ..crate::domain::record::TableRow::blank(context.today)
    }]);
    let handles = ["kim".to_owned()];
    let (stakeholders, stakeholder_names) = (&names, &["Kim Aalto".to_owned()][..]);
    let people =
        Nameables { names: &names, handles: &handles, writers: &[], stakeholders, stakeholder_names };
    match read_message(bytes) {
        Ok(message) => {
            assert!(message.words.len() <= bounds::TEXT && message.title.chars().count() <= 121);
            assert!(!message.title.contains(char::is_control) && !message.words.contains(['\0', '\r']));
            for offer in recognise(&message, context, &people) {
                let line = line::parse(&offer.sets, context);
                assert!(line.problems.is_empty() && line.title.is_empty(), "{offer:?}");
            }
        }
        Err(error) => is_short(&error),
    }
    let whole = read_text(&String::from_utf8_lossy(bytes));
    assert!(whole.said.iter().all(|line| !line.text.contains('\n')));
    let _ = recognise(&whole, context, &people);
}

#[test]
fn mails_and_chats() {
    let mut context = self::context();
    fuzz("mails", MAIL, |text| mail_check(text.as_bytes(), &context));
    context.day = Minutes(0);
    mail_check(b"~2d or half a day", &context);
}

const RULES: &[&str] = &[
    "FREQ=",
    "DAILY",
    "WEEKLY",
    "MONTHLY",
    "YEARLY",
    "HOURLY",
    "MINUTELY",
    "SECONDLY",
    ";",
    "INTERVAL=",
    "COUNT=",
    "UNTIL=20261201T000000Z",
    "BYDAY=",
    "MO",
    "-1FR",
    ",",
    "BYMONTHDAY=",
    "31",
    "-1",
    "BYMONTH=2",
    "BYSETPOS=",
    "BYHOUR=",
    "BYMINUTE=0",
    "BYSECOND=59",
    "BYWEEKNO=53",
    "BYYEARDAY=366",
    "WKST=SU",
    "4294967295",
    "1",
    "0",
    "FREQ=DAILY;",
    "FREQ=YEARLY;",
    "FREQ=SECONDLY;",
];

const MOMENTS: &[&str] = &[
    "2026-11-24",
    "T10:00:00",
    "[Europe/London]",
    "+05:30",
    "Z",
    "-",
    ":",
    "[",
    "]",
    "M-4@",
    "T0930",
    "9999",
    "0000",
];

fn rule_check(text: &str) {
    let at = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    match text.parse::<Rule>() {
        Ok(rule) => {
            for first in ["0001-01-01T00:00:00", "1997-01-01T09:00:00", "9999-12-31T23:59:59"] {
                let mut steps = Steps::new(5_000);
                let (from, to) = (at("2026-11-01T00:00:00"), at("2026-12-01T00:00:00"));
                let found = rule::starts(&rule, at(first), from, to, &mut steps);
                assert!(steps.taken() <= 5_000 && found.at.len() <= 31 * bounds::A_DAY);
                assert!(found.at.is_sorted());
            }
        }
        Err(error) => is_short(&error),
    }
}

fn moment_check(text: &str) {
    if let Ok(moment) = text.parse::<Moment>() {
        assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment.clone()), "{moment}");
    }
    let _ = text.parse::<OccurrenceKey>();
    let _ = predictions(text);
}

#[test]
fn rules_and_moments() {
    fuzz("rules", RULES, rule_check);
    fuzz("moments and keys", MOMENTS, moment_check);
}

const WORDS: &[&str] = &[
    "Film ",
    "@ana ",
    "#tag ",
    "-tag ",
    "t1 ",
    "~40h ",
    "due:",
    "due:fri ",
    "outcome:\"a b\" ",
    "stage:",
    "any ",
    "tier:1 ",
    "( ",
    ") ",
    "or ",
    "not ",
    "-",
    "|",
    "at:risk ",
    "is:blocked ",
    "due:<2w ",
    "lever:",
    "risk",
    "est:",
    "decider:",
    "clear:",
    "value:",
    "none ",
    "+3d ",
    "next ",
    "mon ",
    "tomorrow ",
    "24 nov ",
    "1.5d",
    "3h30",
    "2w",
    "%",
    "→",
];

fn add_check(text: &str, context: &ParseContext) {
    let parsed = line::parse(text, context);
    let mut request = Request::new("x", now());
    if let Err(error) = line::apply(&mut request, &parsed, context) {
        is_short(&error);
    }
    let _ = line::echo(&parsed, context);
}

fn capture_check(text: &str) {
    for kind in [Kind::Risk, Kind::Friction, Kind::Promise, Kind::Decision] {
        let _ = books::capture::read(kind, text, &["Ana".to_owned(), "Anton".to_owned()]);
    }
}

fn filter_check(text: &str, context: &ParseContext) {
    if let Err(error) = Filter::parse(text, context) {
        is_short(&error);
    }
}

fn form_check(text: &str, context: &ParseContext) {
    for kind in Field::ALL {
        let mut request = Request::new("x", now());
        if let Err(error) = field::set(&mut request, *kind, text, context) {
            is_short(&error);
        }
    }
}

#[test]
fn typed_words() {
    let context = context();
    fuzz("quick add", WORDS, |text| add_check(text, &context));
    fuzz("capture", WORDS, capture_check);
    fuzz("filter", WORDS, |text| filter_check(text, &context));
    fuzz("forms", WORDS, |text| form_check(text, &context));
}

const CELLS: &[&str] = &[
    "3/4/2026",
    "13.4.2026",
    "2026-11-24",
    "T10:00",
    "+02:00",
    "Nov",
    "24th ",
    "PM",
    "1,234.5",
    "1.234,5",
    "8h",
    "2d",
    "1e308",
    "-",
    "½",
    "٣",
    "%",
    "'",
    "asap",
];

fn length_check(text: &str, context: &ParseContext) {
    let _ = parse_day(text, context.today, &context.calendar);
    let _ = parse_duration(text, context.day);
}

fn cell_check(text: &str, context: &ParseContext) {
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        let _ = dates::read(text, DateHints { order, near: Some(context.today) });
    }
    let mut survey = ColumnSurveys::new(Some(context.today));
    survey.see(0, 2, text, true);
    match survey.orders(None, &[]) {
        Ok(found) => assert!(found.notes.iter().all(|note| note.len() < 400), "{text}"),
        Err(error) => is_short(&error),
    }
    let _ = (numbers::minutes(text, Unit::Hours), numbers::count(text), numbers::is_ticked(text));
}

#[test]
fn days_lengths_and_numbers() {
    let context = context();
    fuzz("days and lengths", WORDS, |text| length_check(text, &context));
    fuzz("dates and numbers of cells", CELLS, |text| cell_check(text, &context));
}

const TOML: &[&str] = &[
    "[keys]\n",
    "[meetings]\n",
    "[presenter]\n",
    "[columns]\n",
    "[stages]\n",
    "[[",
    "]]",
    "[",
    "]",
    "{",
    "}",
    "=",
    " = ",
    "'",
    "\"\"\"",
    "\"",
    "\n",
    "#",
    "name = 'x'\n",
    "title = 'X'\n",
    "source = 'x'\n",
    "title = ['Job']\n",
    "quit = [\"q\"]\n",
    "done = 'delivered'\n",
    "a.",
    "a = 1\n",
    "1979-05-27",
    "\\u",
    "true",
    "hide = [\"Priya\"]\n",
    "add = []\n",
    "date_order = 'day-first'\n",
];

#[test]
fn settings() {
    fuzz("configuration", TOML, |text| {
        let loaded = config::parse(text);
        loaded.faults.iter().for_each(is_short);
    });
    fuzz("presets", TOML, |text| {
        if let Err(error) = Preset::read("own.toml", text) {
            is_short(&error);
        }
    });
}
