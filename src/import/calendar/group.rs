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
    /// Changes of one and all that follow, by the same rules.
    following: Vec<(Moment, EventSpec)>,
    /// Where among the changes each occurrence is: one or all that follow, a whole day or not, and when.
    places: HashMap<(bool, bool, NaiveDateTime), usize>,
}

/// Groups by UID in the order of the file. A changed occurrence whose series is not in the file is an
/// event of its own, with the start that it changes behind its UID.
pub(super) fn group(raw: Vec<RawEvent>) -> Vec<CalendarEvent> {
    let mut order: Vec<String> = Vec::new();
    let mut groups: HashMap<String, Group> = HashMap::new();
    for event in raw {
        let group = groups.entry(event.uid.clone()).or_insert_with(|| {
            // A hash map has no order, and events are given in that of the file.
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
            // RFC 5546: the higher number is the newer one; among copies of one number the later in the file
            // is.
            if self.series.as_ref().is_none_or(|known| known.spec.sequence <= event.spec.sequence) {
                self.series = Some(event);
            }
            return;
        };
        let key = (event.is_following, matches!(start, Moment::Day(_)), instant(&start));
        let list = if event.is_following { &mut self.following } else { &mut self.changes };
        match self.places.get(&key) {
            Some(place) if list[*place].1.sequence > event.spec.sequence => {}
            Some(place) => list[*place].1 = event.spec,
            None => {
                self.places.insert(key, list.len());
                list.push((start, event.spec));
            }
        }
    }

    fn events(mut self, uid: String) -> Vec<CalendarEvent> {
        if let Some(series) = self.series {
            // An added start with a length of its own is a changed occurrence, unless it was changed anyway.
            for (start, minutes) in series.periods {
                let key = (false, matches!(start, Moment::Day(_)), instant(&start));
                if !self.places.contains_key(&key) {
                    let spec = EventSpec { start: start.clone(), minutes, ..series.spec.clone() };
                    self.changes.push((start, spec));
                }
            }
            let recurrence = Recurrence {
                rule: series.rule,
                extra: series.extra,
                except: series.except,
                overrides: self.changes,
                following: self.following,
                by_hand: Vec::new(),
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
        self.changes.into_iter().chain(self.following).map(alone).collect()
    }
}
