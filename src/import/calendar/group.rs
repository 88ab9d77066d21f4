//! Blocks of one UID to one event: the series, and what of it was changed.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::event::RawEvent;
use super::times::instant;
use crate::domain::meeting::{CalendarEvent, EventSpec, Moment, Recurrence};

/// What was read about one UID.
#[derive(Default)]
struct Group {
    series: Option<RawEvent>,
    changes: Vec<(Moment, EventSpec)>,
    /// Where among the changes each occurrence is: a whole day or not, and when.
    places: HashMap<(bool, NaiveDateTime), usize>,
}

/// Groups by UID in the order of the file. A changed occurrence whose series is not in the file is an
/// event of its own, with the start that it changes behind its UID.
pub(super) fn group(raw: Vec<RawEvent>) -> Vec<CalendarEvent> {
    let mut order: Vec<String> = Vec::new();
    let mut groups: HashMap<String, Group> = HashMap::new();
    for event in raw {
        let group = groups.entry(event.uid.clone()).or_insert_with(|| {
            order.push(event.uid.clone());
            Group::default()
        });
        group.add(event);
    }
    order.into_iter().filter_map(|uid| groups.remove(&uid).map(|group| group.events(uid))).flatten().collect()
}

impl Group {
    fn add(&mut self, event: RawEvent) {
        let Some(start) = event.changes else {
            if self.series.as_ref().is_none_or(|known| known.spec.sequence <= event.spec.sequence) {
                self.series = Some(event);
            }
            return;
        };
        let key = (matches!(start, Moment::Day(_)), instant(&start));
        match self.places.get(&key) {
            Some(place) if self.changes[*place].1.sequence > event.spec.sequence => {}
            Some(place) => self.changes[*place].1 = event.spec,
            None => {
                self.places.insert(key, self.changes.len());
                self.changes.push((start, event.spec));
            }
        }
    }

    fn events(self, uid: String) -> Vec<CalendarEvent> {
        if let Some(series) = self.series {
            let recurrence = Recurrence {
                rule: series.rule,
                extra: series.extra,
                except: series.except,
                overrides: self.changes,
            };
            // What happens once is an instant and needs no clock.
            let zone = series.zone.filter(|_| recurrence != Recurrence::default());
            return vec![CalendarEvent { uid, spec: series.spec, recurrence, zone }];
        }
        let alone = |(start, spec): (Moment, EventSpec)| CalendarEvent {
            uid: format!("{uid}#{}", instant(&start).format("%Y%m%dT%H%M%S")),
            spec,
            recurrence: Recurrence::default(),
            zone: None,
        };
        self.changes.into_iter().map(alone).collect()
    }
}
