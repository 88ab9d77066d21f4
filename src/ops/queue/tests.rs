//! What is kept is what reading anew would give, whatever happened in between.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::domain::words::filter::Filter;
use crate::ops::assign::Share;
use crate::ops::clock::Clock;
use crate::ops::sample::SampleSize;
use crate::store::{Origin, Store};

fn empty() -> Desk {
    let now = DateTime::parse_from_rfc3339("2026-11-23T09:12:00+00:00").unwrap();
    let clock = Clock::Fixed(now);
    let store = Store::in_memory().unwrap();
    Desk { store, config: Config::defaults(), clock, origin: Origin::CommandLine, is_presenting: false }
}

fn studio() -> Desk {
    let mut desk = empty();
    desk.fill_demo().unwrap();
    desk
}

/// With so many deliveries that the usual times come from them.
fn busy_studio() -> Desk {
    let mut desk = empty();
    desk.fill_sample(SampleSize { requests: 600, people: 6, meetings: 4, seed: 3 }).unwrap();
    desk
}

fn filter(desk: &Desk, text: &str) -> Filter {
    Filter::parse(text, &desk.reading().unwrap()).unwrap()
}

fn anew(desk: &Desk) -> Vec<QueueRow> {
    desk.queue_and_load(desk.today()..desk.today()).unwrap().rows
}

/// The answer from what is kept alone, if that is believed.
fn kept(desk: &Desk, text: &str, limit: Option<usize>) -> Option<Vec<QueueRow>> {
    desk.store.reading(|store| desk.reckoned_queue(store, &filter(desk, text), limit)).unwrap()
}

/// Asks once so that it is kept.
fn ask(desk: &Desk) {
    desk.queue(&filter(desk, ""), None).unwrap();
    assert!(kept(desk, "", None).is_some(), "what was reckoned is kept");
}

#[test]
fn what_is_kept_is_what_reading_anew_gives() {
    let desk = studio();
    ask(&desk);
    let rows = anew(&desk);
    assert_eq!(kept(&desk, "", None).unwrap(), rows);
    assert_eq!(kept(&desk, "", Some(3)).unwrap(), rows[..3]);
    let at_risk: Vec<_> = rows.iter().filter(|row| !row.reasons.is_empty()).cloned().collect();
    assert_eq!(kept(&desk, "at:risk", None).unwrap(), at_risk);
    assert_eq!(kept(&desk, "at:risk", Some(2)).unwrap(), at_risk[..2]);
    for row in rows {
        assert_eq!(desk.row(row.request.id).unwrap(), row);
    }
}

#[test]
fn the_days_on_a_screen_never_change_the_queue() {
    let desk = studio();
    let monday = day::monday(desk.today());
    for (from, to) in [(-21, 7), (0, 14), (35, 70)] {
        let shown = desk.queue_and_load(day::plus(monday, from)..day::plus(monday, to)).unwrap().rows;
        assert_eq!(shown, anew(&desk), "{from} to {to}");
    }
}

#[test]
fn midnight_another_zone_another_configuration_and_every_write_end_it() {
    let ends: [fn(&mut Desk); 6] = [
        |desk| desk.clock = Clock::Fixed(desk.now() + TimeDelta::hours(15)),
        |desk| {
            let there = chrono::FixedOffset::east_opt(2 * 3600).unwrap();
            desk.clock = Clock::Fixed(desk.now().with_timezone(&there));
        },
        |desk| desk.config.tiers.0[3].usual_days += 1,
        |desk| Arc::make_mut(&mut desk.config.phrases).making.extend(["knit".to_owned()]),
        |desk| drop(desk.add("Gift guide").unwrap()),
        |desk| drop(desk.undo(None).unwrap()),
    ];
    for (index, end) in ends.into_iter().enumerate() {
        let mut desk = studio();
        ask(&desk);
        end(&mut desk);
        assert_eq!(kept(&desk, "", None), None, "end {index}");
        assert_eq!(desk.queue(&filter(&desk, ""), None).unwrap(), anew(&desk), "end {index}");
        assert!(kept(&desk, "", None).is_some(), "end {index}");
    }
}

#[test]
fn what_was_tampered_with_is_not_believed() {
    let desk = studio();
    ask(&desk);
    let text = desk.store.memo("queue").unwrap().unwrap();
    for wrong in ["", "1", "no line", &text[..text.len() / 2], &text.replacen(' ', "  ", 1)] {
        desk.store.remember("queue", wrong).unwrap();
        assert_eq!(kept(&desk, "", None), None, "{wrong}");
    }
    desk.store.remember("queue", &text).unwrap();
    assert!(kept(&desk, "", None).is_some());
}

/// One thing that a person may do to the store.
fn act(desk: &mut Desk, what: u8, which: usize) {
    let rows = anew(desk);
    let Some(id) = rows.get(which % rows.len().max(1)).map(|row| row.request.id) else { return };
    let stage = Stage::ALL[which % Stage::ALL.len()];
    let who = desk.store.people().unwrap()[which % 5].handle.clone();
    // Whatever is refused changes nothing, which has to be the same as well.
    let _ = match what {
        0 => desk.add("Spring banners t3 ~6h due:fri").map(drop),
        1 => desk.edit(&[id], "due:+3d ~30h").map(drop),
        2 => desk.move_to(&[id], stage, "so").map(drop),
        3 => desk.assign(id, &Share::whole(&who)).map(drop),
        4 => desk.block(&[id], Some("waiting")).map(drop),
        5 => desk.redo().map(drop).map_err(Into::into),
        _ => desk.undo(None).map(drop).map_err(Into::into),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn after_any_operations_nothing_old_is_told(steps in prop::collection::vec((0u8..8, 0usize..40, any::<bool>()), 1..10)) {
        let mut desk = busy_studio();
        for (what, which, asks) in steps {
            act(&mut desk, what, which);
            let rows = anew(&desk);
            if asks {
                prop_assert_eq!(desk.queue(&filter(&desk, ""), None).unwrap(), rows.clone());
                prop_assert_eq!(kept(&desk, "", None), Some(rows.clone()));
            }
            prop_assert!(kept(&desk, "", None).is_none_or(|kept| kept == rows));
            // The usual times may be older than the newest operation; they are the same all the same.
            if let Some(row) = rows.get(which % rows.len().max(1)) {
                prop_assert_eq!(&desk.row(row.request.id).unwrap(), row);
            }
        }
    }
}
