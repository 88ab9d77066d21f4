//! The files themselves, made on the spot: what tools write when they go wrong, and what somebody would write who wants
//! a reader to go wrong. `size` makes the long ones longer.

use std::fmt::Write;

/// One file and how it is imported.
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) verb: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Options after the name.
    pub(super) options: Vec<&'static str>,
    /// Words that the answer must have.
    pub(super) says: Option<&'static str>,
}

impl File {
    fn new(name: &'static str, verb: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name, verb, bytes: bytes.into(), options: Vec::new(), says: None }
    }

    fn says(mut self, words: &'static str) -> Self {
        self.says = Some(words);
        self
    }
}

fn table(name: &'static str, text: impl Into<Vec<u8>>) -> File {
    File::new(name, "requests", text)
}

/// So many lines, one after the other.
fn each(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

pub(super) fn all(size: usize) -> Vec<File> {
    let mut files = texts();
    files.extend(tables(size));
    files.extend(cells(size));
    files.extend(people(size));
    files.extend(calendars(size));
    files.extend(events(size));
    files.extend(rules(size));
    files.extend(random(size));
    files
}

/// What is no table by its bytes, or in an odd encoding.
fn texts() -> Vec<File> {
    let rows = "Title;Notes\nFilm für Zoë;ja\nPlakat;nein\n";
    let latin: Vec<u8> = rows.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    vec![
        table("nothing", ""),
        table("white space", " \t\r\n \n"),
        table("a mark alone", "\u{feff}"),
        table("half a mark", &b"\xEF\xBB"[..]),
        table("UTF-8 with a mark", format!("\u{feff}{rows}")).says("2 created"),
        table("UTF-16 with a mark", [&b"\xFF\xFE"[..], &utf16(rows, true)].concat()).says("2 created"),
        table("UTF-16 without one", utf16("Title;Notes\nFilm;yes\nPoster;no\n", true)).says("2 created"),
        table("UTF-16 the other way", [&b"\xFE\xFF"[..], &utf16(rows, false)].concat()).says("2 created"),
        table("UTF-16 cut in a letter", [&b"\xFF\xFE"[..], &utf16(rows, true)[..41]].concat()),
        table("UTF-16 with half a pair", [&b"\xFF\xFE"[..], &utf16("Title\nA", true), b"\x00\xD8"].concat()),
        table("Latin 1", latin).says("2 created"),
        table("UTF-8 broken in the middle", [rows.as_bytes(), b"\xC3\x28\xFF;x\n"].concat()),
        table("UTF-8 written too long", &b"Title\n\xC0\xAF\xE0\x80\xAF\xF0\x80\x80\xAF\n"[..]),
        table("zero bytes", &b"Title,Notes\nFilm,\0\0\0\n"[..]).says("not a text file"),
        table("nothing but zeros", vec![0; 70_000]),
        table("a web page", "<!DOCTYPE html><html><body>Log in</body></html>").says("log-in page"),
        table(
            "a web page by another beginning",
            "\u{feff}\n\n  <HTML><table><tr><td>Title</td></tr></table>",
        ),
        table("a workbook", &b"PK\x03\x04\x14\0[Content_Types].xml\0\0"[..]).says("Excel"),
        table("an archive", &b"PK\x03\x04\x14\0\0\0a.csv"[..]).says("zip"),
        table("an old workbook", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..]).says("Excel"),
        table("a PDF", &b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"[..]).says("PDF"),
        table("a program", std::fs::read(crate::terminal::program()).unwrap()[..100_000].to_vec()),
        table("JSON", r#"{"Title":["Film",{"Notes":[[[[[]]]]]}]}"#),
        table("a calendar", calendar("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124\r\nEND:VEVENT\r\n")),
        File::new("a table", "calendar", rows).says("no iCalendar file"),
    ]
}

/// Tables of an odd shape.
fn tables(size: usize) -> Vec<File> {
    let lines = 200 * size;
    let ragged = format!("Title,Notes\n{}", each(lines, |n| format!("A{}\n", ",x".repeat(n % 9))));
    vec![
        table("a header alone", "Title,Status\n"),
        table("no header that is known", "Foo,Bar\n1,2\n").says("--map"),
        table("one column", "Title\nFilm\n").says("1 created"),
        table("rows of many widths", ragged),
        table("an open quote", "Title,Notes\nFilm,\"open\nPoster,x\n").says("never closes"),
        table("an open quote in the header", format!("\"Title,Notes\n{}", "Film,x\n".repeat(lines))),
        table("each line opens a quote", format!("Title,Notes\n{}", "a\",\"b\n".repeat(lines * 4))),
        table(
            "each line opens one and closes two",
            format!("Title,Notes\n{}", "\"\",\"\n".repeat(lines * 4)),
        ),
        table("quotes and nothing else", format!("Title,Notes\n{}", "\"".repeat(lines * 40))),
        table("quotes within quotes", format!("Title,Notes\n\"{}\n", "\"\"".repeat(lines * 40))),
        table("one line without an end", format!("Title,Notes\n{}", "x".repeat(lines * 600))),
        table("a quoted cell without an end", format!("Title,Notes\nA,\"{}", "x\n".repeat(lines))),
        table("a row of a hundred thousand columns", format!("Title,Notes\nA{}\nB,x\n", ",".repeat(100_000))),
        table("a header of a hundred thousand columns", format!("Title{}\nB,x\n", ",Notes".repeat(100_000))),
        table(
            "a header of four thousand columns",
            format!("Title{}\n{}", ",Tag".repeat(4_000), "A,b,c\n".repeat(lines)),
        ),
        table("nothing but separators", ",".repeat(lines * 100)),
        table("nothing but line ends", "\n".repeat(lines * 100)),
        table("lines that end in CR", "Title,Notes\rFilm,x\rPoster,y\r").says("2 created"),
        table("ends of every kind", "Title,Notes\r\n\n\r\rFilm,x\n\rPoster,y"),
        table("a separator of its own", "sep=\u{1F600}\nTitle\u{1F600}Notes\nFilm\u{1F600}x\n")
            .says("1 created"),
        table("a separator that is none", "sep=\nTitle,Notes\nFilm,x\n"),
        table("twenty lines before the header", format!("{}Title,Notes\nFilm,x\n", "Planner;;\n".repeat(19))),
        table("the header again and again", "Title,Notes\n".repeat(lines)),
        table(
            "the same column many times",
            format!("Title{}\nA{}\n", ",Labels".repeat(900), ",x".repeat(900)),
        ),
        table("a name of a column without an end", format!("Title,{}\nA,b\n", "N".repeat(900_000))),
    ]
}

/// Tables of ordinary shape with odd cells.
fn cells(size: usize) -> Vec<File> {
    let lines = 50 * size;
    let rows = |head: &str, row: &dyn Fn(usize) -> String| {
        let body: String = (0..lines).map(|n| row(n) + "\n").collect();
        format!("{head}\n{body}")
    };
    let jira = "Summary,Issue key,Issue id,Parent id,Status,Due date,Assignee";
    let tags: String = each(20_000, |n| format!("t{n};"));
    vec![
        table("the same key in every row", rows(jira, &|_| "A,X-1,1,,To Do,,".into())),
        table("the same row again and again", rows("Title,Client", &|_| "Film,Mira".into())),
        table("parents in a circle", rows(jira, &|n| format!("A,X-{n},{n},{},To Do,,", (n + 1) % lines))),
        table("a line of parents", rows(jira, &|n| format!("A,X-{n},{n},{},To Do,,", n + 1))),
        table("its own parent", rows(jira, &|n| format!("A,X-{n},{n},{n},To Do,,"))),
        table("keys that a spreadsheet rounded", rows(jira, &|n| format!("A,1.2{n}E+15,,,To Do,,"))),
        table("keys of half a megabyte", format!("{jira}\nA,{},1,,To Do,,\n", "K".repeat(500_000))),
        table("days that could be two", "Title,Due date\nA,3/4/2026\nB,5/6/2026\n").says("--day-first"),
        table("days of both orders", "Title,Due date\nA,13/4/2026\nB,4/13/2026\n").says("--day-first"),
        table("days that there are not", rows("Title,Due date", &|n| format!("A,2026-02-{}", 28 + n % 9))),
        table(
            "days far away",
            "Title,Due date\nA,0001-01-01\nB,9999-12-31\nC,+292277026596-12-04\nD,-4713-11-24\n",
        ),
        table(
            "days of words",
            format!("Title,Due date\nA,\"{}\"\nB,mon tue wed\nC,st nd rd\n", "mon ".repeat(60_000)),
        ),
        table(
            "numbers without an end",
            format!("Title,Estimate\nA,{}\nB,1e308\nC,-1e308\nD,NaN\nE,inf\nF,0x10\n", "9".repeat(200_000)),
        ),
        table(
            "hours of every kind",
            "Title;Estimate\nA;1.234.567,89\nB;1,234,567.89\nC;٣٤\nD;½\nE;1h 2d 3w\nF;9223372036854775807h\n",
        ),
        table(
            "a status nobody knows",
            rows(jira, &|n| format!("A,X-{n},{n},,{},,", "status".repeat(n % 50))),
        ),
        table("tens of thousands of tags", format!("Title,Labels\nA,\"{tags}\"\n")),
        table("people nobody knows", rows(jira, &|n| format!("A,X-{n},{n},,To Do,,Person {n}"))),
        table("formulas", "Title,Notes\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n").says("2 created"),
        table(
            "what acts on a terminal",
            "Title,Notes\n\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m,\u{202e}txt\u{feff}\n",
        )
        .says("1 created"),
        table("marks upon marks", format!("Title,Notes\nA{},x\n", "\u{301}".repeat(50_000))),
        table(
            "brackets within brackets",
            format!("Title,Notes\n{},{}\n", "(".repeat(100_000), "[".repeat(100_000)),
        ),
        table("a title of many lines", format!("Title\n\"{}\"\n", "x\n".repeat(60_000))),
        table("a title of a megabyte", format!("Title\n{}\n", "é".repeat(400_000))),
        table(
            "links of every kind",
            "Title,Link\nA,javascript:alert(1)\nB,file:///etc/passwd\nC,http://[::1\nD,../../x\n",
        ),
    ]
}

fn people(size: usize) -> Vec<File> {
    let lines = 40 * size.min(40);
    let row = |text: &str| format!("{text}\n").repeat(lines);
    let people = |name, text: String| File::new(name, "people", text);
    let absences = |name, text: String| File::new(name, "absences", text);
    let shares = |name, text: String| File::new(name, "shares", text);
    let days: String = each(lines, |n| format!("*,{}-01-{:02},\n", 1970 + n % 230, n % 28 + 1));
    vec![
        people("people of one name", format!("Name,Handle\n{}", row("Ana,ana"))),
        people("people without a name", format!("Name,Handle\n{}", row(",x"))),
        people(
            "people with odd handles",
            "Name,Handle\nAna,@@@\nBo,\u{202e}\nCy,../..\nDi,-rf\nEd,\u{1F600}\n".into(),
        ),
        people(
            "weeks of too many hours",
            "Name,Mon,Tue,Wed\nAna,25,-1,1e9\nBo,99999999999999999999,x,\n".into(),
        ),
        people("no column of names", "Foo,Bar\n1,2\n".into()).says("the name"),
        people("a header without an end", format!("Foo{}\n1,2\n", ",Bar".repeat(20_000))),
        absences("absences of nobody", format!("Person,From,To\n{}", row("Nobody,2026-12-01,2026-12-02"))),
        absences(
            "the same absence again and again",
            format!("Person,From,To\n{}", row("ana,2026-12-01,2026-12-02")),
        ),
        absences("absences that end before they begin", "Person,From,To\nana,2026-12-05,2026-12-01\n".into()),
        absences(
            "two centuries away",
            "Person,From,To\nana,1970-01-01,2199-12-31\n*,1970-01-01,2199-12-31\n".into(),
        ),
        absences("hundreds of holidays", format!("Person,From,To\n{days}")),
        shares("shares of nothing", format!("Person,Request,From,To,Hours\n{}", row("ana,Nothing,,,1"))),
        shares(
            "the same share again and again",
            format!("Person,Request,From,To,Hours/Day\n{}", row("ana,R-1,2026-12-01,2026-12-02,4")),
        ),
        shares(
            "two centuries of work, and more of it than there is",
            "Person,Request,From,To,Hours\nana,R-1,1970-01-01,2199-12-31,99999999999999999999\n\
             ana,R-1,1970-01-01,2199-12-31,19000\nana,R-1,2026-12-05,2026-12-01,1\n"
                .into(),
        ),
    ]
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T100000Z\r\n{lines}\r\nEND:VEVENT\r\n"))
}

fn ics(name: &'static str, bytes: impl Into<Vec<u8>>) -> File {
    File::new(name, "calendar", bytes)
}

/// Calendars of an odd shape.
fn calendars(size: usize) -> Vec<File> {
    let many = 100 * size;
    let whole = event("SUMMARY:Council\r\nRRULE:FREQ=WEEKLY");
    let ends = |text: &str| text.replace("\r\n", "\r");
    let one = |n: usize| format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n");
    let events: String = (0..many).map(one).collect();
    let off = events.replace("DTSTART:20261124T100000Z\r\n", "");
    vec![
        ics("an empty calendar file", ""),
        ics("a log-in page", "<html><head></head></html>").says("log-in page"),
        ics("a calendar without events", calendar("")).says("no event"),
        ics("cut off in a line", whole.as_bytes()[..60].to_vec()),
        ics("cut off in an event", whole.as_bytes()[..whole.len() - 40].to_vec()),
        ics("cut off after an event", format!("{}BEGIN:VEVENT\r\nUID:b\r\n", &whole[..whole.len() - 15]))
            .says("1 created"),
        ics("a calendar in UTF-16", [&b"\xFF\xFE"[..], &utf16(&whole, true)].concat()).says("1 created"),
        ics("a calendar with zero bytes", whole.replace("Council", "Cou\0ncil")),
        ics(
            "a letter cut by a fold",
            [event("SUMMARY:Caf").trim_end_matches("END:VCALENDAR\r\n").as_bytes(), b"\xC3\r\n \xA9\r\n"]
                .concat(),
        ),
        ics("lines that end in CR", ends(&whole)),
        ics("nothing but folds", format!("{}{}", whole, " \r\n".repeat(many * 4))),
        ics("one line of folds", event(&format!("SUMMARY:x{}", "\r\n y".repeat(many * 40)))),
        ics("an event without a calendar", "BEGIN:VEVENT\nUID:a\nDTSTART:20261124\nEND:VEVENT\n")
            .says("1 created"),
        ics("calendars within calendars", format!("{}{}", "BEGIN:VCALENDAR\r\n".repeat(many), whole)),
        ics(
            "two thousand levels",
            event(&format!("{}{}", "BEGIN:VALARM\r\n".repeat(2_000), "END:VALARM\r\n".repeat(2_000))),
        ),
        ics("levels that never close", event(&"BEGIN:X\r\n".repeat(many))),
        ics("events that never end", calendar(&"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124\r\n".repeat(many))),
        ics(
            "one UID again and again",
            calendar(&"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n".repeat(many)),
        ),
        ics(
            "no UID at all",
            calendar(&"BEGIN:VEVENT\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n".repeat(many)),
        ),
        ics(
            "all called off",
            format!("{}BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n{off}END:VCALENDAR\r\n", calendar(&events)),
        ),
        ics(
            "answers to invitations",
            format!("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n{events}END:VCALENDAR\r\n"),
        ),
        ics("lines without a name", event(&"this is no line\r\n".repeat(many))),
        ics("properties nobody knows", event(&"X-ODD;A=\"b:c\";D=\"e;f:g\r\n".repeat(many))),
        ics(
            "zones that nobody uses",
            calendar(&format!("{}{}", "BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE\r\n".repeat(many), one(1))),
        ),
        ics(
            "a zone without an end",
            calendar(&format!("BEGIN:VTIMEZONE\r\n{}{}", "TZID:x\r\n".repeat(many), one(1))),
        ),
    ]
}

/// Events with odd facts.
fn events(size: usize) -> Vec<File> {
    let many = 200 * size;
    let days = |n: usize| format!("2026{:02}{:02}T{:02}{:02}00Z", n % 12 + 1, n % 28 + 1, n % 24, n % 60);
    let list: String = (0..many * 4).map(days).collect::<Vec<_>>().join(",");
    let start = |line: &str| calendar(&format!("BEGIN:VEVENT\r\nUID:a\r\n{line}\r\nEND:VEVENT\r\n"));
    let mut overrides =
        "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260101T100000Z\r\nRRULE:FREQ=DAILY;COUNT=9000\r\nEND:VEVENT\r\n"
            .to_owned();
    for n in 0..many / 4 {
        let _ = write!(
            overrides,
            "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:{}\r\nDTSTART:20261124T110000Z\r\nEND:VEVENT\r\n",
            days(n)
        );
    }
    vec![
        ics("forty thousand who are invited", invited(40_000).bytes).says("40000 are invited"),
        ics("one who is invited again and again", event(&"ATTENDEE;CN=Ana:mailto:ana@x.example\r\n".repeat(many))),
        ics("a name of a megabyte", event(&format!("ATTENDEE;CN={}:mailto:a@x.example", "n".repeat(1_000_000)))),
        ics("endless days", event(&format!("RDATE:{list}\r\nEXDATE:{list}"))),
        ics("days that are none", event(&"EXDATE:soon,later,20261301,20260230T250000\r\n".repeat(many / 4))),
        ics("changes without end", calendar(&overrides)),
        ics("a change without its series", calendar("BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID:20261124T100000Z\r\nDTSTART:20261124T110000Z\r\nEND:VEVENT\r\n")).says("1 created"),
        ics("a UID of a megabyte", calendar(&format!("BEGIN:VEVENT\r\nUID:{}\r\nDTSTART:20261124\r\nEND:VEVENT\r\n", "u".repeat(1_000_000)))),
        ics("a title of two megabytes", event(&format!("SUMMARY:{}", "t".repeat(2_000_000)))),
        ics("backslashes", event(&format!("SUMMARY:{}\r\nLOCATION:\\", "\\".repeat(99_999)))),
        ics("the year nought", start("DTSTART:00000101T000000Z")),
        ics("the last year", start("DTSTART:99991231T235959Z\r\nRRULE:FREQ=DAILY")),
        ics("a year of five digits", start("DTSTART:999991231T000000Z")),
        ics("a day that there is not", start("DTSTART:20260230T100000")),
        ics("a leap second", start("DTSTART:20161231T235960Z")),
        ics("letters where digits stand", start("DTSTART:２０２６１１２４T100000Z\r\nDTEND:É")),
        ics("an hour that the clocks leave out", start("DTSTART;TZID=Europe/London:20260329T013000")),
        ics("a zone nobody knows", start("DTSTART;TZID=Mars/Base:20261124T100000")).says("Mars/Base"),
        ics("a zone of a path", start("DTSTART;TZID=../../../etc/passwd:20261124T100000")),
        ics("a zone of a megabyte", start(&format!("DTSTART;TZID={}:20261124T100000", "Z".repeat(900_000)))),
        ics("longer than time", event("DURATION:P9223372036854775807W")),
        ics("longer than a life", event("DURATION:P99999999999D")),
        ics("a length below nothing", event("DURATION:-P1D")),
        ics("an end before the beginning", event("DTEND:20200101T000000Z")),
        ics("a number of changes without an end", event(&format!("SEQUENCE:{}", "9".repeat(400)))),
    ]
}

/// Rules that repeat too often, never, or for ever.
fn rules(size: usize) -> Vec<File> {
    let many = 10 * size;
    let every = |most: usize| (0..most).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let all = format!("BYHOUR={};BYMINUTE={};BYSECOND={}", every(24), every(60), every(60));
    let rule = |name, rule: &str| ics(name, repeating("", many, rule, "19970101T000000Z").bytes);
    vec![
        rule("every minute", "FREQ=MINUTELY"),
        rule("every second since 1997", "FREQ=SECONDLY"),
        rule("every second, so often", "FREQ=SECONDLY;COUNT=4294967295"),
        rule("every second of a minute, counted", "FREQ=SECONDLY;COUNT=4294967295;BYSECOND=1"),
        rule("once in half a million years", "FREQ=HOURLY;INTERVAL=4294967295"),
        rule("every nought", "FREQ=DAILY;INTERVAL=0"),
        rule("a word for how often", "FREQ=SOMETIMES"),
        rule("the thirtieth of February", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999"),
        rule("every second of a day", &format!("FREQ=DAILY;{all}")),
        rule("the last second of a year", &format!("FREQ=YEARLY;BYSETPOS=-1;{all}")),
        rule(
            "every part that there is",
            "FREQ=YEARLY;BYMONTH=1,2;BYWEEKNO=1,-1;BYYEARDAY=1,-1;BYMONTHDAY=1,-1;BYDAY=MO,-1TU;BYHOUR=1;BYMINUTE=1;BYSECOND=1;BYSETPOS=1,-1;WKST=SU",
        ),
        rule("a rule without an end", &format!("FREQ=DAILY;BYHOUR={}1", "1,".repeat(5_000))),
        rule("until when nobody knows", "FREQ=DAILY;UNTIL=99999999T999999Z"),
        rule("two rules", "FREQ=DAILY\r\nRRULE:FREQ=WEEKLY\r\nEXRULE:FREQ=MONTHLY"),
        ics("ten years long, every minute", event("DURATION:P3650D\r\nRRULE:FREQ=MINUTELY")),
    ]
}

/// Bytes in no order, and a sound file with bytes changed.
fn random(size: usize) -> Vec<File> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let noise: Vec<u8> = (0..2_000 * size).map(|_| next().to_le_bytes()[0]).collect();
    let letters: Vec<u8> = noise.iter().map(|byte| b"\",;\n\r\tTitle"[usize::from(*byte) % 11]).collect();
    let lines = [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "UID:a",
        "DTSTART:20261124T100000Z",
        "RRULE:FREQ=DAILY",
        " fold",
        "END:X",
        "",
    ];
    let shuffled: String =
        each(noise.len(), |n| format!("{}\r\n", lines[usize::from(noise[n]) % lines.len()]));
    let mut broken =
        event("SUMMARY:Council\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE:20261201T100000Z").into_bytes();
    for _ in 0..12 {
        let at = usize::try_from(next()).unwrap_or(usize::MAX) % broken.len();
        broken[at] = next().to_le_bytes()[0];
    }
    vec![
        table("noise", noise.clone()),
        ics("noise as a calendar", noise),
        table("separators in no order", [&b"Title,Notes\n"[..], &letters].concat()),
        ics("lines in no order", format!("BEGIN:VCALENDAR\r\n{shuffled}")),
        ics("a calendar with bytes changed", broken),
    ]
}

/// So many events by one rule.
pub(super) fn repeating(name: &'static str, count: usize, rule: &str, start: &str) -> File {
    let mut events = String::new();
    for n in 0..count {
        let _ = write!(
            events,
            "BEGIN:VEVENT\r\nUID:{n}-{}@x\r\nSUMMARY:Ping {n}\r\nDTSTART:{start}\r\nDURATION:PT5M\r\nRRULE:{rule}\r\nEND:VEVENT\r\n",
            rule.len()
        );
    }
    ics(name, calendar(&events))
}

/// One event with so many people.
pub(super) fn invited(count: usize) -> File {
    let mut people = String::new();
    for n in 0..count {
        let _ = write!(people, "ATTENDEE;CN=Person {n}:mailto:p{n}@studio.example\r\n");
    }
    ics("invited", event(&format!("SUMMARY:All hands\r\nRRULE:FREQ=DAILY\r\n{people}")))
}

/// What is more than one import takes.
pub(super) fn too_large() -> Vec<File> {
    let note = "x".repeat(1_000);
    let full: String = each(100_000, |n| format!("Film {n}{}\n", ",abcdef".repeat(39)));
    let wide: String = each(100_000, |n| format!("Film {n},{note}\n"));
    let many: String = each(1_000_000, |n| format!("F{n},x\n"));
    let one = |n: usize| {
        format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20261124T100000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n")
    };
    let events: String = (0..1_000_000).map(one).collect();
    vec![
        table("100 MB of CSV", format!("Title,Notes\n{wide}"))
            .says("larger than 32 MiB; what stands from line"),
        table("a million rows", format!("Title,Notes\n{many}"))
            .says("more than 100000 rows in one file: what stands from line 100002"),
        // Within the rows and bytes of one import, and more cells than it may have.
        table("a hundred thousand wide rows", format!("Title,Notes{}\n{full}", ",".repeat(38)))
            .says("more than 4000000 cells in one file: what stands from line"),
        table("a hundred million separators", ",".repeat(100_000_000)).says("error: "),
        ics("a million events", calendar(&events)).says("more than 50000 events"),
        ics("100 MB in one line", event(&format!("SUMMARY:{}", "x".repeat(100_000_000))))
            .says("larger than 32 MiB"),
    ]
}
