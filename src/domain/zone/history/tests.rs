//! Flights by hand, and flights by chance in both directions.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn since(at: &str, zone: &str) -> ZoneSince {
    ZoneSince { at: instant(at), zone: zone.parse().unwrap() }
}

fn history(rows: &[(&str, &str)]) -> ZoneHistory {
    ZoneHistory::new(rows.iter().map(|(at, zone)| since(at, zone)).collect())
}

fn present(zone: &str, now: &str, newest: Option<&str>) -> Present {
    Present { zone: zone.parse().unwrap(), now: instant(now), newest: newest.map(instant) }
}

/// The lead's clock over a whole life.
struct Lead {
    before: ZonesBefore,
    zone: Whereabouts,
    now: DateTime<Utc>,
}

impl Lead {
    fn new(history: &ZoneHistory, present: &Present) -> Self {
        let zone = history.still(present).unwrap_or(present.zone);
        Self { before: history.before(present), zone, now: present.now }
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.before.local(at).unwrap_or_else(|| self.zone.local(at))
    }

    fn day_of(&self, at: &str) -> String {
        self.local(instant(at)).date_naive().to_string()
    }

    fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone {
            Whereabouts::Named(zone) => self.before.to_utc(local, &zone, || self.now),
            Whereabouts::Offset(offset) => self.before.to_utc(local, &offset, || self.now),
        }
    }

    fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        self.to_utc(day.and_time(NaiveTime::MIN))
    }

    fn typed(&self, local: &str) -> String {
        self.to_utc(local.parse().unwrap()).format("%d %H:%M").to_string()
    }
}

#[test]
fn a_past_day_is_the_one_it_was_and_a_coming_one_the_present_zones() {
    let home = history(&[("2026-06-01T08:00:00Z", "Europe/London")]);
    // Monday half past eleven at night in London; read on Wednesday in Tokyo and in Los Angeles.
    let written = Some("2026-11-23T23:30:00Z");
    for (zone, today) in
        [("Asia/Tokyo", "2026-11-26"), ("America/Los_Angeles", "2026-11-25"), ("+09:00", "2026-11-26")]
    {
        let lead = Lead::new(&home, &present(zone, "2026-11-25T20:00:00Z", written));
        assert_eq!(lead.day_of("2026-11-23T23:30:00Z"), "2026-11-23", "{zone}");
        assert_eq!(lead.day_of("2026-11-25T20:00:00Z"), today, "{zone}");
        // Summer of London, before the first row and after it, without a row for either.
        assert_eq!(lead.day_of("2026-07-14T23:00:00Z"), "2026-07-15", "{zone}");
        assert_eq!(lead.day_of("2025-07-14T23:00:00Z"), "2025-07-15", "{zone}");
        assert_eq!(lead.day_of("2026-01-14T23:00:00Z"), "2026-01-14", "{zone}");
    }
}

#[test]
fn a_zone_is_noted_behind_what_was_written_and_from_the_first_hour_of_today() {
    let home = history(&[("2026-06-01T08:00:00Z", "Europe/London")]);
    let cases = [
        // Nothing was written today: from midnight in Tokyo on.
        ("Asia/Tokyo", "2026-11-25T05:00:00Z", Some("2026-11-23T23:30:00Z"), "2026-11-24T15:00:00Z"),
        // Something was: behind it.
        ("Asia/Tokyo", "2026-11-24T05:00:00Z", Some("2026-11-23T23:30:00Z"), "2026-11-23T23:30:01Z"),
        ("Asia/Tokyo", "2026-11-24T05:00:00Z", None, "2026-11-23T15:00:00Z"),
        // Written in this very second, or by a clock that was ahead: now, which is always in the present zone.
        ("Asia/Tokyo", "2026-11-24T05:00:00Z", Some("2026-11-24T05:00:00Z"), "2026-11-24T05:00:00Z"),
        ("Asia/Tokyo", "2026-11-24T05:00:00Z", Some("2026-12-24T05:00:00Z"), "2026-11-24T05:00:00Z"),
    ];
    for (zone, now, newest, at) in cases {
        let moved = home.moved(&present(zone, now, newest)).unwrap();
        assert_eq!(moved.rows()[1..], [since(at, zone)], "{now} {newest:?}");
    }
    let first = ZoneHistory::default().moved(&present("Asia/Tokyo", "2026-11-24T05:00:00Z", None)).unwrap();
    assert_eq!(first, history(&[("2026-11-23T15:00:00Z", "Asia/Tokyo")]));
    assert_eq!(first.moved(&present("Asia/Tokyo", "2027-11-24T05:00:00Z", None)), None);
}

#[test]
fn who_reads_sees_the_days_that_a_write_would_leave() {
    let home = history(&[("2026-06-01T08:00:00Z", "Europe/London")]);
    let present = present("Pacific/Auckland", "2026-11-25T05:00:00Z", Some("2026-11-24T22:00:00Z"));
    let moved = home.moved(&present).unwrap();
    assert_eq!(moved.before(&present), home.before(&present));
}

#[test]
fn an_offset_that_the_zone_has_is_no_flight() {
    let london = history(&[("2026-06-01T08:00:00Z", "Europe/London")]);
    let winter = present("+00:00", "2026-11-24T09:00:00Z", None);
    assert_eq!(london.moved(&winter), None);
    let lead = Lead::new(&london, &winter);
    assert_eq!(lead.day_of("2026-07-14T23:00:00Z"), "2026-07-15", "summer is still that of London");
    assert_eq!(lead.typed("2027-07-15T00:00:00"), "14 23:00");
    // In summer it is another one, and so is a name: it says more than the offset did.
    assert!(london.moved(&present("+00:00", "2026-07-24T09:00:00Z", None)).is_some());
    let offset = history(&[("2026-11-01T08:00:00Z", "+00:00")]);
    let named = present("Europe/London", "2026-11-24T09:00:00Z", Some("2026-11-23T09:00:00Z"));
    assert_eq!(offset.moved(&named).unwrap().rows()[1], since("2026-11-24T00:00:00Z", "Europe/London"));
    // What was read of a summer by that offset stays as it was read.
    assert_eq!(Lead::new(&offset, &named).day_of("2026-07-14T23:30:00Z"), "2026-07-14");
}

#[test]
fn hours_that_a_flight_skips_are_its_landing_and_those_that_come_twice_the_first() {
    let rows = [("2026-06-01T08:00:00Z", "Europe/London"), ("2026-11-23T23:30:00Z", "Asia/Tokyo")];
    let east = Lead::new(&history(&rows), &present("Asia/Tokyo", "2026-12-01T00:00:00Z", None));
    for (local, at) in [
        ("2026-11-23T23:29:00", "23 23:29"),
        ("2026-11-23T23:30:00", "23 23:30"),
        ("2026-11-24T00:00:00", "23 23:30"),
        ("2026-11-24T08:30:00", "23 23:30"),
        ("2026-11-24T08:31:00", "23 23:31"),
    ] {
        assert_eq!(east.typed(local), at, "{local}");
    }
    let rows = [("2026-06-01T08:00:00Z", "Europe/London"), ("2026-11-24T12:00:00Z", "America/Los_Angeles")];
    let west = |now: &str| Lead::new(&history(&rows), &present("America/Los_Angeles", now, None));
    let later = west("2026-12-01T00:00:00Z");
    for (local, at) in [
        ("2026-11-24T03:59:00", "24 03:59"),
        ("2026-11-24T04:00:00", "24 04:00"),
        ("2026-11-24T11:59:00", "24 11:59"),
        ("2026-11-24T12:00:00", "24 20:00"),
    ] {
        assert_eq!(later.typed(local), at, "{local}");
    }
    // Right after the landing the second time is still to come, and what is to come is in the present zone.
    assert_eq!(west("2026-11-24T13:00:00Z").typed("2026-11-24T11:59:00"), "24 19:59");
}

#[test]
fn over_the_date_line_and_back() {
    // From Auckland, Tuesday evening, to Honolulu, where it is Monday evening once more.
    let rows = [("2026-06-01T08:00:00Z", "Pacific/Auckland"), ("2026-11-24T08:00:00Z", "Pacific/Honolulu")];
    let landed = Lead::new(&history(&rows), &present("Pacific/Honolulu", "2026-11-24T09:00:00Z", None));
    assert_eq!(landed.day_of("2026-11-24T07:59:59Z"), "2026-11-24");
    assert_eq!(landed.day_of("2026-11-24T09:00:00Z"), "2026-11-23");
    // Tomorrow is the Tuesday that comes, not the one that was.
    assert_eq!(landed.typed("2026-11-24T00:00:00"), "24 10:00");
    let back = [&rows[..], &[("2026-12-05T20:00:00Z", "Pacific/Auckland")]].concat();
    let home = Lead::new(&history(&back), &present("Pacific/Auckland", "2026-12-20T00:00:00Z", None));
    assert_eq!(home.typed("2026-11-24T00:00:00"), "23 11:00", "of two Tuesdays the first");
    assert_eq!(
        (home.day_of("2026-12-05T19:59:59Z"), home.day_of("2026-12-05T20:00:00Z")),
        ("2026-12-05".to_owned(), "2026-12-06".to_owned())
    );
}

#[test]
fn two_weeks_away_are_told_in_their_zone_and_the_rest_at_home() {
    let rows = [
        ("2026-06-01T08:00:00Z", "Europe/London"),
        ("2026-11-01T12:00:00Z", "Asia/Tokyo"),
        ("2026-11-15T12:00:00Z", "Europe/London"),
    ];
    let lead = Lead::new(&history(&rows), &present("Europe/London", "2026-11-25T09:00:00Z", None));
    for (at, day) in [
        ("2026-10-30T20:00:00Z", "2026-10-30"),
        ("2026-11-09T20:00:00Z", "2026-11-10"),
        ("2026-11-15T20:00:00Z", "2026-11-15"),
    ] {
        assert_eq!(lead.day_of(at), day);
    }
}

#[test]
fn a_clock_that_was_set_back_has_now_in_the_present_zone() {
    let rows = [("2026-06-01T08:00:00Z", "Europe/London"), ("2026-11-24T12:00:00Z", "Asia/Tokyo")];
    let tokyo = present("Asia/Tokyo", "2026-11-20T20:00:00Z", Some("2026-11-24T12:00:00Z"));
    assert_eq!(Lead::new(&history(&rows), &tokyo).day_of("2026-11-20T20:00:00Z"), "2026-11-21");
    assert_eq!(history(&rows).moved(&tokyo), None);
    // What that clock noted of days to come gives way, or every write would note the zone again.
    let paris = Present { zone: "Europe/Paris".parse().unwrap(), ..tokyo };
    let moved = history(&rows).moved(&paris).unwrap();
    assert_eq!(moved, history(&[rows[0], ("2026-11-20T20:00:00Z", "Europe/Paris")]));
    assert_eq!(moved.moved(&paris), None);
    // Before the first row of all: that one still stands for everything before now.
    let early = Present { now: instant("2026-05-01T08:00:00Z"), ..paris };
    let moved = history(&rows).moved(&early).unwrap();
    assert_eq!(
        moved,
        history(&[("2026-05-01T07:59:59Z", "Europe/London"), ("2026-05-01T08:00:00Z", "Europe/Paris")])
    );
}

#[test]
fn two_histories_of_one_lead_are_one() {
    let old = history(&[("2026-06-01T08:00:00Z", "Europe/London"), ("2026-09-01T08:00:00Z", "Asia/Tokyo")]);
    let own = history(&[("2026-11-01T08:00:00Z", "Asia/Tokyo")]);
    assert_eq!(own.joined(&old), old, "it says nothing that the other does not");
    assert_eq!(old.joined(&old), old);
    let until = |at| old.until(instant(at));
    assert_eq!(
        (until("2026-10-01T08:00:00Z"), until("2026-08-01T08:00:00Z")),
        (old.clone(), history(&[("2026-06-01T08:00:00Z", "Europe/London")]))
    );
    assert_eq!(until("2026-01-01T08:00:00Z").rows(), &old.rows()[..1]);
}

#[test]
fn zones_are_written_as_they_are_read() {
    for name in ["Europe/London", "UTC", "+02:00", "-03:30"] {
        assert_eq!(name.parse::<Whereabouts>().unwrap().to_string(), name);
    }
    assert!("Middle/Earth".parse::<Whereabouts>().unwrap_err().contains("neither a zone"));
}

#[test]
fn a_name_that_tells_the_clock_wrongly_is_not_taken() {
    let now = instant("2026-11-24T09:00:00Z");
    let london = |at: DateTime<Utc>| *Whereabouts::Named(chrono_tz::Europe::London).local(at).offset();
    let named = |name: &str| Whereabouts::named_as(name, now, london);
    assert_eq!(named(":Europe/London"), Some(Whereabouts::Named(chrono_tz::Europe::London)));
    // The same in winter, not in summer.
    assert_eq!((named("UTC"), named("Nowhere"), named("")), (None, None, None));
}

const ZONES: [&str; 10] = [
    "Europe/London",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "+05:45",
    "-12:00",
    "+14:00",
];

proptest! {
    #[test]
    fn both_directions_agree(
        flights in proptest::collection::vec((0..ZONES.len(), 3_i64..90, 0_i64..86_400), 1..6),
        day in -30_i64..400,
        second in 0_i64..86_400,
    ) {
        // Flights lie further apart than two days of different zones can.
        let (mut at, mut rows) = (instant("2026-01-01T00:00:00Z"), Vec::new());
        for (zone, days, seconds) in flights {
            rows.push(ZoneSince { at, zone: ZONES[zone].parse().unwrap() });
            at += TimeDelta::days(days) + TimeDelta::seconds(seconds);
        }
        let history = ZoneHistory::new(rows);
        let zone = history.rows().last().unwrap().zone;
        let lead = Lead::new(&history, &Present { zone, now: at, newest: None });
        let moment = instant("2026-01-01T00:00:00Z") + TimeDelta::days(day) + TimeDelta::seconds(second);
        let local = lead.local(moment);
        let again = lead.to_utc(local.naive_local());
        // Never later than it was, unless it is still to come; and the clock shows the same again.
        prop_assert!(again <= moment || again >= at, "{} {}", again, moment);
        prop_assert_eq!(lead.local(again).naive_local(), local.naive_local());
        let date = local.date_naive();
        prop_assert_eq!(lead.local(lead.midnight(date)).date_naive(), date);
    }
}
