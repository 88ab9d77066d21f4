//! A store of an older version opens with what it holds: hours left are reckoned from its past days, once.

use crate::cli::Studio;

/// Version 2000: Ana holds 40 hours for two weeks, in progress since the first day, and as much of her own hours.
fn old_store(studio: &Studio) {
    let path = studio.0.path().join("s.db");
    let old = rusqlite::Connection::open(path).unwrap();
    for step in [
        include_str!("../../src/store/migrations/0001_init.sql"),
        include_str!("../../src/store/migrations/0002_books.sql"),
        include_str!("../../src/store/migrations/0003_documents.sql"),
        include_str!("../../src/store/migrations/0004_writers.sql"),
    ] {
        old.execute_batch(step).unwrap();
    }
    old.pragma_update(None, "application_id", 0x5462_5374).unwrap();
    old.pragma_update(None, "user_version", 2000).unwrap();
    let request = |id: u32, title: &str, stage: &str| {
        format!(
            "INSERT INTO request (id, title, ask, requester, brand, channel, outcome, measure, audience, message, \
             deliverables, is_due_hard, due_reason, due_moves, decider, inputs, tier, stage, stage_since, stage_reason, \
             estimate, rounds, notes, tags, url, source, external_id, created, due) VALUES ({id}, '{title}', '', '', '', \
             '', '', '', '', '', '', 0, '', 0, '', '', 3, '{stage}', '2026-11-16T08:00:00Z', '', 2400, 0, '', '[]', '', \
             '', '', '2026-11-10T08:00:00Z', '2026-11-27');"
        )
    };
    old.execute_batch(&request(1, "Film", "in-progress")).unwrap();
    old.execute_batch(&request(2, "Poster", "scheduled")).unwrap();
    old.execute_batch(
        "INSERT INTO person (id, handle, name, factor_percent) VALUES (1, 'ana', 'Ana', 100);
         INSERT INTO allocation (request_id, person_id, minutes, from_day, to_day, shape)
             VALUES (1, 1, 2400, '2026-11-16', '2026-11-27', 'even'), (2, 1, 600, '2026-11-16', '2026-11-27', 'even');",
    )
    .unwrap();
}

#[test]
fn what_is_under_way_starts_with_its_hours_less_what_its_past_days_showed() {
    let studio = Studio::new();
    old_store(&studio);
    let left = |key: &str| studio.json(&format!("show {key}"))["left_minutes"].as_i64();
    // On Monday 23 November a week of four hours a day had shown; what was not begun is whole, with what nobody holds.
    assert_eq!((left("R-1"), left("R-2")), (Some(1200), Some(2400)));
    studio.ok("add Something");
    assert_eq!(left("R-1"), Some(1200), "once, and not again at the first write");
    // The share that was equal to its estimate follows it now; the other one has hours of its own.
    studio.ok("edit R-1 ~50h");
    studio.ok("edit R-2 ~50h");
    assert_eq!((left("R-1"), left("R-2")), (Some(1800), Some(3000)));
    assert!(studio.ok("history --limit 0 --all").contains("Began to record days"));
    assert!(!studio.ok("history --limit 0").contains("Began to record days"));
}
