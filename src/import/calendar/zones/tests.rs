//! Whole calendars with zones of their own, against the instants that their text gives.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;

use super::super::{CalendarImport, OwnNames, read_calendar};
use crate::domain::bounds::Steps;
use crate::domain::meeting::Moment;
use crate::domain::occurrence::expand;

/// A zone by its parts: `STANDARD 20251026T030000 +0200 +0100 RRULE:…`.
fn zone(id: &str, parts: &[&str]) -> String {
    let part = |part: &&str| {
        let words: Vec<&str> = part.splitn(5, ' ').collect();
        let [kind, start, from, to, more @ ..] = words.as_slice() else { panic!("{part}") };
        let more = more.join("").replace(' ', "\n");
        format!("BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n{more}\nEND:{kind}\n")
    };
    format!("BEGIN:VTIMEZONE\nTZID:{id}\n{}END:VTIMEZONE\n", parts.iter().map(part).collect::<String>())
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:a\nDURATION:PT1H\n{lines}\nEND:VEVENT\n")
}

fn read(body: &str) -> CalendarImport {
    let text = format!("BEGIN:VCALENDAR\n{body}END:VCALENDAR\n");
    read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap()
}

fn shown(import: &CalendarImport) -> Vec<String> {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let window = (at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
    let starts = import.events.iter().flat_map(|event| {
        let found = expand(event, window, &London, &mut Steps::new(100_000));
        let starts = found.occurrences.iter().map(|one| one.start.format("%m-%d %H:%M").to_string());
        starts.collect::<Vec<_>>()
    });
    starts.collect()
}

fn told(import: &CalendarImport) -> Vec<&str> {
    import.problems.iter().map(|problem| problem.message.as_str()).collect()
}

/// The summer time that the United States had until 1986, as exporters still write it for ever.
const OLD_RULES: [&str; 2] = [
    "STANDARD 19671029T020000 -0400 -0500 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "DAYLIGHT 19870405T020000 -0500 -0400 RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4",
];

#[test]
fn a_description_counts_and_not_what_its_name_reminds_of() {
    for id in ["US-Eastern", "Europe/Berlin", "W. Europe Standard Time", "Custom 1"] {
        let found = read(&format!(
            "{}{}",
            zone(id, &OLD_RULES),
            event(&format!("DTSTART;TZID={id}:20260707T090000"))
        ));
        assert_eq!((shown(&found), told(&found)), (vec!["07-07 13:00".to_owned()], Vec::new()), "{id}");
    }
    // In March the old rules and those of today differ.
    let march = event("DTSTART;TZID=America/New_York:20260316T090000");
    assert_eq!(shown(&read(&format!("{}{march}", zone("America/New_York", &OLD_RULES)))), ["03-16 14:00"]);
    assert_eq!(shown(&read(&march)), ["03-16 13:00"]);
}

#[test]
fn a_series_runs_on_the_clock_of_its_own_zone_through_its_own_changes() {
    let zone = zone("Ours", &OLD_RULES);
    let weekly = "DTSTART;TZID=Ours:20260330T093000\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;TZID=Ours:20260406T093000\n\
                  RDATE;TZID=Ours:20261024T093000,20261025T093000";
    let found = read(&format!("{zone}{}", event(weekly)));
    assert_eq!(shown(&found), ["03-30 14:30", "10-24 13:30", "10-25 14:30"]);
    let until = event("DTSTART;TZID=Ours:20260404T093000\nRRULE:FREQ=DAILY;UNTIL=20260405T133000Z");
    assert_eq!(shown(&read(&format!("{zone}{until}"))), ["04-04 14:30", "04-05 13:30"]);
    let moved = format!(
        "{zone}{}BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Ours:20260406T093000\nDTSTART;TZID=Ours:20260407T100000\nEND:VEVENT\n",
        event("DTSTART;TZID=Ours:20260330T093000\nRRULE:FREQ=WEEKLY;COUNT=2")
    );
    assert_eq!(shown(&read(&moved)), ["03-30 14:30", "04-07 14:00"]);
    // 02:30 is skipped on the first Sunday in April, and shown twice on the last of October.
    let skipped = event("DTSTART;TZID=Ours:20260404T023000\nRRULE:FREQ=DAILY;COUNT=3");
    assert_eq!(shown(&read(&format!("{zone}{skipped}"))), ["04-04 07:30", "04-05 07:30", "04-06 06:30"]);
    let first = event("DTSTART;TZID=Ours:20260405T023000\nRRULE:FREQ=DAILY;COUNT=2");
    assert_eq!(shown(&read(&format!("{zone}{first}"))), ["04-05 07:30", "04-06 06:30"]);
    let twice = event("DTSTART;TZID=Ours:20261025T013000");
    assert_eq!(shown(&read(&format!("{zone}{twice}"))), ["10-25 05:30"]);
}

#[test]
fn two_calendars_may_mean_two_zones_by_one_name() {
    let fixed = |offset: &str| zone("Ours", &[&format!("STANDARD 19700101T000000 {offset} {offset}")]);
    let start = |uid: &str| event("DTSTART;TZID=Ours:20260707T090000").replace("UID:a", uid);
    let one = format!("{}{}", fixed("+0300"), start("UID:a"));
    let other = format!("{}{}", start("UID:b"), fixed("-0300"));
    assert_eq!(shown(&read(&one)), ["07-07 06:00"]);
    assert_eq!(shown(&read(&other)), ["07-07 12:00"], "a zone may stand behind what names it");
    let both = format!("{one}END:VCALENDAR\nBEGIN:VCALENDAR\n{other}");
    assert_eq!(shown(&read(&both)), ["07-07 06:00", "07-07 12:00"]);
    let borrowed = format!("{one}END:VCALENDAR\nBEGIN:VCALENDAR\n{}", start("UID:b"));
    assert_eq!(shown(&read(&borrowed)), ["07-07 06:00", "07-07 06:00"]);
}

#[test]
fn a_name_is_compared_without_escapes_and_quotes() {
    let id = "Pacific Time (US & Canada)\\, Tijuana";
    for named in ["\"Pacific Time (US & Canada), Tijuana\"", "\"Pacific Time (US & Canada)\\, Tijuana\""] {
        let found = read(&format!(
            "{}{}",
            zone(id, &OLD_RULES),
            event(&format!("DTSTART;TZID={named}:20260707T090000"))
        ));
        assert_eq!((shown(&found), told(&found)), (vec!["07-07 13:00".to_owned()], Vec::new()), "{named}");
    }
    let other_case = format!("{}{}", zone("Ours", &OLD_RULES), event("DTSTART;TZID=OURS:20260707T090000"));
    assert_eq!(shown(&read(&other_case)), ["07-07 13:00"]);
}

#[test]
fn nonsense_gives_way_to_the_name_and_is_told() {
    let start = |id: &str| event(&format!("DTSTART;TZID={id}:20260707T090000"));
    for (parts, fault) in [
        (vec![], "no times"),
        (vec!["STANDARD 19700101T000000 +0000 +9900"], "an offset of more than 16 hours"),
        (vec!["STANDARD soon +0000 +0300"], "a beginning that cannot be read"),
        (vec!["STANDARD 19700101T000000 +0000 "], "an offset that cannot be read"),
    ] {
        let found = read(&format!("{}{}", zone("Europe/Berlin", &parts), start("Europe/Berlin")));
        assert_eq!(shown(&found), ["07-07 07:00"], "{fault}");
        assert_eq!(
            told(&found),
            [format!("the zone `Europe/Berlin` is described with {fault}; its name is taken")]
        );
        let found = read(&format!("{}{}", zone("Ours", &parts), start("Ours")));
        assert!(matches!(found.events[0].spec.start, Moment::Floating(_)), "{fault}");
        assert!(told(&found)[0].ends_with("; its times are read as local"), "{:?}", told(&found));
    }
    let half = zone("Ours", &["STANDARD 19700101T000000 +0300 +0300", "DAYLIGHT soon +0300 +0400"]);
    let found = read(&format!("{half}{}", start("Ours")));
    assert_eq!(shown(&found), ["07-07 06:00"]);
    assert!(told(&found)[0].ends_with("; the rest of it is followed"));
}

#[test]
fn a_description_like_a_known_zone_is_kept_by_its_name() {
    let berlin = [
        "STANDARD 19701025T030000 +0200 +0100 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "DAYLIGHT 19700329T020000 +0100 +0200 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    ];
    let start = |id: &str, day: &str| {
        let body = format!(
            "{}{}",
            zone(id, &berlin),
            event(&format!("DTSTART;TZID={id}:{day}T090000\nRRULE:FREQ=DAILY"))
        );
        read(&body).events.remove(0)
    };
    let now = start("Europe/Berlin", "20260707");
    assert!(matches!(now.spec.start, Moment::Zoned(_, chrono_tz::Europe::Berlin)) && now.zone.is_none());
    // Germany had no summer time in 1975, and this file says that it had.
    let then = start("Europe/Berlin", "19750707");
    assert_eq!(then.spec.start.to_string(), "1975-07-07T09:00:00+02:00");
    assert!(then.zone.is_some());
    let unnamed = start("Custom 1", "20260707");
    assert!(unnamed.zone.is_some());
}

#[test]
fn times_without_a_zone_stand_in_that_of_their_calendar() {
    let start = event("DTSTART:20260707T090000");
    assert_eq!(shown(&read(&format!("X-WR-TIMEZONE:America/New_York\n{start}"))), ["07-07 13:00"]);
    assert_eq!(shown(&read(&start)), ["07-07 08:00"], "the lead's own zone");
    let own = zone("Ours", &["STANDARD 19700101T000000 +0300 +0300"]);
    assert_eq!(shown(&read(&format!("{start}X-WR-TIMEZONE:Ours\n{own}"))), ["07-07 06:00"]);
    let second = format!(
        "X-WR-TIMEZONE:America/New_York\n{start}END:VCALENDAR\nBEGIN:VCALENDAR\n{}",
        start.replace("UID:a", "UID:b")
    );
    assert_eq!(shown(&read(&second)), ["07-07 13:00", "07-07 08:00"]);
    for said in
        ["DTSTART:20260707T090000Z", "DTSTART;VALUE=DATE:20260707", "DTSTART;TZID=UTC:20260707T090000"]
    {
        let with = read(&format!("X-WR-TIMEZONE:America/New_York\n{}", event(said)));
        assert_eq!(with.events[0].spec.start, read(&event(said)).events[0].spec.start, "{said}");
    }
    let unknown = read(&format!("X-WR-TIMEZONE:Mars/Olympus\n{start}"));
    assert_eq!(shown(&unknown), ["07-07 08:00"]);
    assert_eq!(told(&unknown), ["the zone `Mars/Olympus` is not known; its times are read as local"]);
}

#[test]
fn a_zone_with_one_offset_needs_no_clock_of_its_own() {
    let odd = zone("Odd", &["STANDARD 19700101T000000 +0545 +0545"]);
    let found =
        read(&format!("{odd}{}", event("DTSTART;TZID=Odd:20260707T090000\nRRULE:FREQ=DAILY;COUNT=1")));
    assert_eq!(found.events[0].spec.start.to_string(), "2026-07-07T09:00:00+05:45");
    assert!(found.events[0].zone.is_none());
    let seconds = zone("Odd", &["STANDARD 19000101T000000 -034152 -034152"]);
    let found = read(&format!("{seconds}{}", event("DTSTART;TZID=Odd:20260707T090000")));
    assert_eq!(found.events[0].spec.start.to_string(), "2026-07-07T09:00:00-03:41:52");
}
