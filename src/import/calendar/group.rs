//! Blocks of one UID to one event: the series, and what of it was changed.

mod gone;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::event::RawEvent;
use super::problems::{CalendarProblem, LONG, Problems};
use super::times::instant;
use crate::domain::bounds::{self, Steps};
use crate::domain::meeting::{CalendarEvent, EventSpec, Moment, Recurrence};

/// So many steps may be taken for finding which changes of all series of a file are left over from what they were.
const A_LOOK: usize = 2_000_000;

/// What was read about one UID.
#[derive(Default)]
struct Group {
    series: Option<RawEvent>,
    changes: Vec<(Moment, EventSpec)>,
    /// The line on which each change begins.
    lines: Vec<usize>,
    /// Changes of one and all that follow, by the same rules.
    following: Vec<(Moment, EventSpec)>,
    /// Where among the changes each occurrence is: one or all that follow, a whole day or not, and when.
    places: HashMap<(bool, bool, NaiveDateTime), usize>,
}

/// A changed occurrence whose series is not in the file: an event of its own, unless the series is known already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesChange {
    /// The UID of the event that it is by itself.
    pub uid: String,
    /// That of its series.
    pub series: String,
    /// The start that it changes.
    pub start: Moment,
    /// It changes all that follow, too.
    pub is_following: bool,
    /// Its file is a message or was cut off, so that the series may be known from elsewhere.
    #[serde(default)]
    pub is_of_part: bool,
    /// The series did not have that start and has it now.
    #[serde(default)]
    pub is_added: bool,
}

/// What a file holds, grouped by UID in the order of the file.
#[derive(Default)]
pub(super) struct Grouped {
    pub(super) events: Vec<CalendarEvent>,
    /// The line on which each of them begins.
    pub(super) lines: Vec<usize>,
    pub(super) of_series: Vec<SeriesChange>,
}

/// The UID of a changed occurrence that is an event of its own: that of its series, and the start that it changes.
fn uid_alone(uid: &str, start: &Moment) -> String {
    format!("{uid}#{}", instant(start).format(ALONE))
}

/// How the start stands behind the UID of its series.
const ALONE: &str = "%Y%m%dT%H%M%S";

/// The start of a series that an event of its own changes, by its UID; `None` where it is none of that series.
pub fn start_alone(uid: &str, series: &CalendarEvent) -> Option<Moment> {
    let at = uid.strip_prefix(series.uid.as_str())?.strip_prefix('#')?;
    let at = NaiveDateTime::parse_from_str(at, ALONE).ok()?;
    Some(match series.spec.start {
        Moment::Day(_) => Moment::Day(at.date()),
        Moment::Floating(_) => Moment::Floating(at),
        Moment::Zoned(..) | Moment::Fixed(_) => Moment::Fixed(at.and_utc().fixed_offset()),
    })
}

/// Puts an event and the changes of its single days together, by their UID.
pub(super) fn group(raw: Vec<RawEvent>, problems: &mut Problems) -> Grouped {
    let mut order: Vec<String> = Vec::new();
    let mut groups: HashMap<String, Group> = HashMap::new();
    for event in raw {
        let group = groups.entry(event.uid.clone()).or_insert_with(|| {
            // A hash map has no order, and events are given in that of the file.
            order.push(event.uid.clone());
            Group::default()
        });
        if let Some(problem) = group.add(event) {
            problems.push(problem);
        }
    }
    let mut steps = Steps::new(A_LOOK);
    let mut found = Grouped::default();
    for uid in order {
        let Some(mut group) = groups.remove(&uid) else { continue };
        let lines = std::mem::take(&mut group.lines);
        let first = group.series.as_ref().map(|event| event.line);
        found.of_series.extend(group.changes_alone(&uid));
        let of_group = group.events(uid);
        for problem in of_group.iter().filter_map(|event| gone::told(event, &lines, &mut steps)) {
            problems.push(problem);
        }
        // Changes whose series is not there come in the order of their lines.
        let each = of_group.iter().enumerate().map(|(at, _)| first.or(lines.get(at).copied()).unwrap_or(0));
        found.lines.extend(each);
        found.events.extend(of_group);
    }
    found
}

/// Tells of an event that goes for one of the same number and UID at another time: it is no older copy, so both may take
/// place.
fn left_for(before: &RawEvent, after: &RawEvent) -> Option<CalendarProblem> {
    let is_copy = before.spec.sequence < after.spec.sequence || before.spec.start == after.spec.start;
    if is_copy {
        return None;
    }
    let title = bounds::named(&before.spec.title);
    let message = format!(
        "“{title}” is told as the same event as the one on line {}, which is taken; left out",
        after.line
    );
    let uid = bounds::within(&before.uid, LONG).to_owned();
    Some(CalendarProblem::event_left_out(uid, before.line, message))
}

impl Group {
    /// Takes a block in; gives a problem if another event is left out for it.
    fn add(&mut self, event: RawEvent) -> Option<CalendarProblem> {
        let Some(start) = event.changes else {
            // RFC 5546: the higher number is the newer one; among copies of one number the later in the file
            // is.
            if self.series.as_ref().is_some_and(|known| known.spec.sequence > event.spec.sequence) {
                return None;
            }
            let before = self.series.replace(event)?;
            let after = self.series.as_ref()?;
            return left_for(&before, after);
        };
        let key = (event.is_following, matches!(start, Moment::Day(_)), instant(&start));
        let list = if event.is_following { &mut self.following } else { &mut self.changes };
        match self.places.get(&key) {
            Some(place) if list[*place].1.sequence > event.spec.sequence => {}
            Some(place) => {
                list[*place].1 = event.spec;
                if !event.is_following {
                    self.lines[*place] = event.line;
                }
            }
            None => {
                self.places.insert(key, list.len());
                list.push((start, event.spec));
                self.lines.extend((!event.is_following).then_some(event.line));
            }
        }
        None
    }

    /// Its changes, if their series is not there.
    fn changes_alone(&self, uid: &str) -> Vec<SeriesChange> {
        if self.series.is_some() {
            return Vec::new();
        }
        let one = |start: &Moment, is_following: bool| SeriesChange {
            uid: uid_alone(uid, start),
            series: uid.to_owned(),
            start: start.clone(),
            is_following,
            is_of_part: false,
            is_added: false,
        };
        let changes = self.changes.iter().map(|(start, _)| one(start, false));
        changes.chain(self.following.iter().map(|(start, _)| one(start, true))).collect()
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
            uid: uid_alone(&uid, &start),
            spec,
            recurrence: Recurrence::default(),
            zone: None,
        };
        self.changes.into_iter().chain(self.following).map(alone).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{CalendarImport, OwnNames, read_calendar};

    fn read(events: &str) -> CalendarImport {
        let text = format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
        read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap()
    }

    #[test]
    fn a_change_that_does_not_say_of_which_day_costs_only_itself() {
        let series = "BEGIN:VEVENT\nUID:r\nSUMMARY:Weekly\nDTSTART:20261124T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n";
        for odd in ["RECURRENCE-ID:rubbish", "RECURRENCE-ID:"] {
            let change =
                format!("BEGIN:VEVENT\nUID:r\nSUMMARY:Moved\nDTSTART:20261126T150000Z\n{odd}\nEND:VEVENT\n");
            for both in [format!("{series}{change}"), format!("{change}{series}")] {
                let read = read(&both);
                let [event] = read.events.as_slice() else { panic!("{:?}", read.events) };
                assert_eq!(
                    (event.spec.title.as_str(), event.recurrence.rule.as_str()),
                    ("Weekly", "FREQ=DAILY;COUNT=3")
                );
                assert!(event.recurrence.overrides.is_empty());
                let told: Vec<&str> = read.problems.iter().map(|problem| problem.message.as_str()).collect();
                let left = "“Moved” is a change of one day that does not say which (RECURRENCE-ID); left out";
                assert!(told.contains(&left), "{odd}: {told:?}");
            }
        }
    }

    #[test]
    fn a_second_event_of_one_uid_at_another_time_is_named_as_left_out() {
        let event = |sequence: u32, hour: u32| {
            format!(
                "BEGIN:VEVENT\nUID:a\nSUMMARY:At {hour}\nSEQUENCE:{sequence}\nDTSTART:20261124T{hour}0000Z\nEND:VEVENT\n"
            )
        };
        let told = |events: [String; 2]| {
            let read = read(&events.concat());
            let told: Vec<String> =
                read.problems.iter().map(|it| format!("{} {}", it.line, it.message)).collect();
            (read.events[0].spec.title.clone(), told.join("; "))
        };
        let left = "2 “At 10” is told as the same event as the one on line 8, which is taken; left out";
        assert_eq!(told([event(1, 10), event(1, 11)]), ("At 11".to_owned(), left.to_owned()));
        // The same one twice, and an older copy, are no other event.
        assert_eq!(told([event(1, 10), event(1, 10)]).1, "");
        assert_eq!(told([event(1, 10), event(2, 11)]), ("At 11".to_owned(), String::new()));
        assert_eq!(told([event(2, 11), event(1, 10)]), ("At 11".to_owned(), String::new()));
    }
}
