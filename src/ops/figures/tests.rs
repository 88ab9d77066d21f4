//! Hours of weeks that are over, told from the days that were kept, with a clock that moves on over the same store.

use chrono::{DateTime, NaiveDate};

use crate::config;
use crate::domain::allocation::NewShare;
use crate::domain::document::Document;
use crate::domain::ids::{AllocationId, PersonId, RequestId};
use crate::domain::kept::KeptShare;
use crate::domain::measures::MeasuredValue;
use crate::domain::minutes::Minutes;
use crate::domain::tier::Tier;
use crate::ops::Desk;
use crate::ops::clock::Clock;
use crate::store::{Origin, Store, StoreError};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A share of a day: request, tier, planned and done hours.
type Kept = (i64, u8, i64, i64);

fn share(on: &str, (request, tier, planned, done): Kept) -> KeptShare {
    KeptShare {
        day: day(on),
        share: AllocationId(request),
        request: RequestId(request),
        title: format!("Work {request}"),
        tier: Tier::new(tier).unwrap(),
        person: PersonId(1),
        handle: "ana".into(),
        is_role: false,
        is_tentative: false,
        is_unknown: false,
        planned: Minutes::hours(planned),
        done: Minutes::hours(done),
    }
}

/// The week of 16 November, in which six requests were worked on.
const WEEK: [(&str, &[Kept]); 5] = [
    ("2026-11-16", &[(11, 0, 4, 4), (12, 3, 4, 4)]),
    ("2026-11-17", &[(11, 0, 4, 2), (13, 2, 4, 4)]),
    ("2026-11-18", &[(14, 1, 4, 4), (12, 3, 2, 0)]),
    ("2026-11-19", &[(15, 3, 6, 6)]),
    ("2026-11-20", &[(16, 4, 2, 2)]),
];

/// Ana works eight hours a day; some days were kept.
fn desk(days: &[(&str, &[Kept])]) -> Desk {
    let mut desk = Desk {
        store: Store::in_memory().unwrap(),
        config: config::parse("").config,
        clock: Clock::fixed(DateTime::parse_from_rfc3339("2026-11-02T09:00:00+00:00").unwrap()),
        origin: Origin::CommandLine,
        is_presenting: false,
        left_out: std::cell::RefCell::default(),
    };
    crate::ops::kit::add(&mut desk, &[("name", "Ana"), ("handle", "ana"), ("hours", "8,8,8,8,8")]);
    let stamp = desk.stamp();
    desk.store
        .change(stamp, |tx| {
            for (on, shares) in days {
                let shares: Vec<KeptShare> = shares.iter().map(|it| share(on, *it)).collect();
                tx.keep_day(day(on), *on == "2026-11-19", &shares)?;
            }
            Ok::<_, StoreError>(((), "Kept".to_owned()))
        })
        .unwrap();
    desk
}

fn at(desk: &mut Desk, now: &str) {
    desk.set_clock(Clock::fixed(DateTime::parse_from_rfc3339(now).unwrap()));
}

fn hours(document: &Document) -> Vec<String> {
    let block = document.blocks.iter().find(|block| block.title == "Hours and flow").unwrap();
    block.lines.iter().map(|line| line.text.clone()).collect()
}

#[test]
fn a_week_that_is_over_says_the_same_on_every_later_day() {
    let mut desk = desk(&WEEK);
    // Done: 26 h, of these 10 h on tiers 0 and 1; 30 h were planned; 40 h were there.
    let expected = [
        "Hours went into strategy: 38 % of 26h (n 6), 1 day taken from the plan",
        "The team's working hours that were filled: 65 % of 40h (n 6), 1 day taken from the plan",
        "Planned, not done: 4h of 30h (n 2), 1 day taken from the plan",
    ];
    for now in ["2026-11-21T08:00:00+00:00", "2026-11-23T09:00:00+00:00", "2026-12-07T09:00:00+00:00"] {
        at(&mut desk, now);
        let week = desk.week_review(day("2026-11-18")).unwrap();
        let said = hours(&week);
        // Until Sunday the week is not over.
        let expected = if now.starts_with("2026-11-21") {
            expected.map(|line| line.replace("went into", "go into").replace("were filled", "are filled"))
        } else {
            expected.map(str::to_owned)
        };
        assert_eq!(said, expected, "{now}");
        let figure = &week.blocks.iter().find(|it| it.title == "Hours and flow").unwrap().lines[0].figures[0];
        assert_eq!((figure.n, figure.keys.len()), (6, 6));
        assert!(
            figure.definition.ends_with(": 10h of 26h, 1 day taken from the plan"),
            "{}",
            figure.definition
        );
    }
    // The week before was not kept at all.
    let before = desk.week_review(day("2026-11-11")).unwrap();
    assert_eq!(hours(&before)[0], "Hours went into strategy: not recorded before Mon 16 Nov");
}

#[test]
fn midweek_what_is_done_and_what_is_planned_make_the_week_and_the_header_says_it() {
    let mut desk = desk(&WEEK[..2]);
    at(&mut desk, "2026-11-18T09:00:00+00:00");
    // Monday and Tuesday are done: 14 h, 6 of them deep. Six deep ones are planned until Friday, six for next week.
    let id = desk.add("Deep work t1 ~6h due:fri").unwrap().output.id;
    desk.assign(id, &NewShare::whole("ana")).unwrap();
    let other = desk.add("More of it t1 ~6h due:2026-11-24").unwrap().output.id;
    let next_week = NewShare { from: Some(day("2026-11-23")), ..NewShare::whole("ana") };
    desk.assign(other, &next_week).unwrap();
    let found = desk.queue_and_load(day("2026-11-18")..day("2026-11-21")).unwrap();
    let share = desk.strategy_this_week(&found).unwrap();
    assert_eq!((share.value, share.n), (MeasuredValue::Hours(Minutes::hours(12), Minutes::hours(20)), 4));
    let receipt = desk.header_receipt().unwrap();
    assert_eq!(receipt.text, "Strategy this week: 12h of 20h (n 4)");
    let board = desk.books_standing().unwrap().2;
    let this = board.tiers.iter().find(|week| week.monday == day("2026-11-16")).unwrap();
    assert_eq!(
        (this.strategy.alone(), this.minutes.map(|it| it.0 / 60)),
        ("12h of 20h (n 4)".into(), [6, 6, 4, 4, 0])
    );
    let week = desk.week_review(day("2026-11-18")).unwrap();
    assert_eq!(
        hours(&week)[0],
        "Hours go into strategy: 12h of 20h (n 4)",
        "header, board and week are one figure"
    );
}

#[test]
fn the_age_of_open_work_counts_working_days_and_grows_while_it_lies() {
    use crate::domain::stage::Stage;
    use crate::ops::kit::{go, holiday, request, stages, studio};
    let mut desk = studio();
    let film = request(&mut desk, "Film t3 ~4h due:2027-01-29");
    request(&mut desk, "Nobody has clarified it t3");
    stages(&mut desk, film, &[Stage::Ready]);
    holiday(&mut desk, "Company day", "2026-11-30", "2026-11-30");
    let age = |desk: &Desk| desk.work_age().unwrap().alone();
    // Monday to Friday are four, the weekend and the free Monday none.
    for (today, days) in [("2026-11-23", "0"), ("2026-11-27", "4"), ("2026-11-30", "4"), ("2026-12-01", "5")]
    {
        go(&mut desk, today);
        assert!(age(&desk).starts_with(&format!("{days} working day")), "{today}: {}", age(&desk));
    }
    stages(&mut desk, film, &[Stage::InProgress, Stage::Delivered]);
    assert_eq!(desk.work_age().unwrap().n, 0, "what is delivered ages no more");
}

#[test]
fn asks_are_of_whoever_asked_on_the_local_day_and_framed_where_they_name_a_change() {
    use crate::ops::kit::{move_clock, request, studio};
    let mut desk = studio();
    request(&mut desk, "We need three banners requester:Mara");
    move_clock(&mut desk, "2026-11-24T23:30:00+00:00");
    request(&mut desk, "Fewer returns of boots by May requester:\"MARA\"");
    let asks = desk.asks_from(day("2026-11-23")).unwrap();
    let told: Vec<(&str, String, bool)> =
        asks.iter().map(|ask| (ask.who.as_str(), ask.on.to_string(), ask.is_framed)).collect();
    assert_eq!(told, [("mara", "2026-11-23".to_owned(), false), ("mara", "2026-11-24".to_owned(), true)]);
    assert_eq!(desk.asks_from(day("2026-11-24")).unwrap().len(), 1, "from midnight of that day on");
}

#[test]
fn rooms_are_the_reflections_of_some_days_with_the_questions_that_were_predicted() {
    use crate::domain::measures::Span;
    use crate::domain::meeting::MeetingKind;
    use crate::ops::kit::{meet, move_clock, reflection, studio};
    use crate::ops::meetings::MeetingChange;
    let mut desk = studio();
    let board = meet(&mut desk, "Board", "2026-11-23T10:00", MeetingKind::Leadership, &["Marcus"]);
    let team = meet(&mut desk, "Studio", "2026-11-24T10:00", MeetingKind::Team, &[]);
    let predicted = Some("Why now?\nWhat does it cost?".to_owned());
    desk.edit_meeting(&board, &MeetingChange { predicted, ..MeetingChange::default() }).unwrap();
    move_clock(&mut desk, "2026-11-24T12:00:00+00:00");
    for key in [&board, &team] {
        let said = reflection(&desk, key);
        desk.reflect(&said).unwrap();
    }
    let entries: Vec<_> =
        desk.entries().unwrap().into_iter().map(|entry| (entry.start.date_naive(), entry)).collect();
    let rooms = |from: &str, to: &str| -> Vec<(String, u32)> {
        let found = desk.rooms(&entries, Span { from: day(from), to: day(to) }).unwrap();
        found.iter().map(|room| (room.day.to_string(), room.predicted)).collect()
    };
    let monday = ("2026-11-23".to_owned(), 2);
    assert_eq!(rooms("2026-11-23", "2026-11-23"), std::slice::from_ref(&monday));
    assert_eq!(rooms("2026-11-23", "2026-11-24"), [monday, ("2026-11-24".to_owned(), 0)]);
    assert_eq!(rooms("2026-11-25", "2026-12-31"), []);
}
