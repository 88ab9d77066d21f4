//! The meetings of many events within a window, with one bound to the work for all of them together: no calendar,
//! however large or odd, keeps a screen from being drawn or a command from its answer. Events that ask for little get
//! it first, so that a few thousand that repeat every minute do not push out the weekly ones. What is left out is
//! counted, and said.

use chrono::{DateTime, TimeZone, Utc};

use super::bounds::{self, A_DAY, NAMES, Steps};
use super::count::counted;
use super::meeting::CalendarEvent;
use super::occurrence::{Expansion, Occurrence, expand};

/// Events that are read from the store for one screen.
// More than any real calendar holds for one screen; a broken or hostile one must not fill the memory.
pub const EVENTS: usize = 20_000;
/// Changed occurrences that are read from the store for one screen.
pub const CHANGES: usize = 20_000;
/// Bytes of events that are read from the store for one screen.
pub const BYTES: usize = 16 << 20;
/// Steps of rules that are taken for one screen.
pub const STEPS: usize = 500_000;
/// Meetings of one screen.
pub const MEETINGS: usize = 10_000;
/// Bytes of long texts that all meetings of one screen hold together; short ones always have room.
pub const TEXTS: usize = 8 << 20;

/// What every event may take in each round, as steps and meetings. Most are done in the first.
const ROUNDS: [(usize, usize); 4] = [(64, 8), (2_000, 64), (20_000, 512), (400_000, MEETINGS)];
/// Texts of one meeting that are never cut, in bytes; and what is left of each when it must be.
const SHORT: usize = 1 << 10;
const STUMP: usize = 200;
/// What a name takes beside its letters.
const A_NAME: usize = 32;

/// What a screen may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Steps that rules may take, over all events together.
    pub steps: usize,
    /// Meetings that may be shown, of all events together.
    pub meetings: usize,
}

impl Budget {
    /// For one screen or one command.
    pub const SCREEN: Self = Self { steps: STEPS, meetings: MEETINGS };
}

/// What is not shown, by how many events or meetings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Events of which each day shows some.
    pub thinned: usize,
    /// Events of which some meetings are missing.
    pub cut: usize,
    /// Events of which nothing is shown.
    pub unseen: usize,
    /// Events that were not read at all.
    pub unread: usize,
    /// Events of which only the first is shown: their rules cannot be followed.
    pub faulty: usize,
    /// Meetings of which names or texts are cut.
    pub shortened: usize,
    /// What the first of the events concerned is called.
    pub first: String,
}

impl LeftOut {
    fn name(&mut self, event: &CalendarEvent) {
        if self.first.is_empty() {
            self.first = bounds::named(&event.spec.title);
        }
    }

    /// All of it in one sentence; `None` if nothing is left out.
    pub fn sentence(&self) -> Option<String> {
        let events = |count: usize| counted(count, "event", "events");
        let mut parts = Vec::new();
        if self.thinned > 0 {
            parts.push(format!("{} with more than {A_DAY} a day, {A_DAY} of each", events(self.thinned)));
        }
        if self.cut > 0 {
            parts.push(format!("{} only in part", events(self.cut)));
        }
        if self.faulty > 0 {
            parts.push(format!("only the first of {} whose rule cannot be followed", events(self.faulty)));
        }
        if self.unseen + self.unread > 0 {
            parts.push(format!("{} not at all", events(self.unseen + self.unread)));
        }
        if self.shortened > 0 {
            parts.push(format!("names or texts of {} cut", self.shortened));
        }
        let first = if self.first.is_empty() {
            String::new()
        } else {
            format!("; the first is “{}”", self.first)
        };
        (!parts.is_empty()).then(|| format!("Not every meeting is shown: {}{first}", parts.join(", ")))
    }

    /// What will be missing of a calendar that is taken in; `None` if nothing will. Events with too many a day and rules
    /// that cannot be followed are told with their line by the reader of the file.
    pub fn foretold(&self) -> Option<String> {
        let (count, first) = (self.cut + self.unseen, &self.first);
        let events = counted(count, "event repeats", "events repeat");
        let none = match self.unseen {
            0 => String::new(),
            unseen if unseen == count => ", none of them in these weeks".to_owned(),
            unseen => format!(", of {unseen} none in these weeks"),
        };
        (count > 0).then(|| {
            format!("{events} too often for every meeting to be shown{none}; the first is “{first}”")
        })
    }

    /// What is missing of one event, for its own page.
    pub fn of_one(&self) -> Option<String> {
        if self.cut + self.unseen > 0 {
            Some("it repeats so often that some of its meetings are left out".to_owned())
        } else if self.faulty > 0 {
            Some("how it repeats cannot be followed, so only its first meeting is there".to_owned())
        } else {
            (self.thinned > 0)
                .then(|| format!("some days have more than {A_DAY} of it; {A_DAY} of each are there"))
        }
    }
}

/// What all events give.
#[derive(Debug, Default)]
pub struct Agenda<'e> {
    /// The occurrences of each event, in the order in which the events were given.
    pub occurrences: Vec<Vec<Occurrence<'e>>>,
    /// What the budget did not last for.
    pub left_out: LeftOut,
    /// Steps that were taken.
    pub steps: usize,
}

/// Expands all events for one window within one budget.
pub fn expand_all<'e, Z: TimeZone>(
    events: &[&'e CalendarEvent],
    window: (DateTime<Utc>, DateTime<Utc>),
    local: &Z,
    budget: Budget,
) -> Agenda<'e> {
    let mut agenda = Agenda { occurrences: events.iter().map(|_| Vec::new()).collect(), ..Agenda::default() };
    let (mut meter, mut room) = (Steps::new(budget.steps), budget.meetings);
    let mut waiting: Vec<usize> = (0..events.len()).collect();
    // Single events first, the weekly ones next: by the word in the rule, since reading each rule costs what is
    // to be saved.
    waiting.sort_by_key(|index| rank(events[*index]));
    for (round, (steps, most)) in ROUNDS.into_iter().enumerate() {
        let is_last = round + 1 == ROUNDS.len();
        let mut later = Vec::new();
        // No round but the last takes more than half of what is left: some of it always goes to what is shown.
        let reserve = if is_last { 0 } else { meter.left() / 2 };
        for index in waiting {
            if meter.left() < reserve {
                later.push(index);
                continue;
            }
            let mut own = Steps::new(steps.min(meter.left()));
            let mut found = expand(events[index], window, local, &mut own);
            // Cannot fail: the meter of the event was cut to what is left of this one.
            let _ = meter.take(own.taken());
            let asks_for_more = found.is_cut || found.occurrences.len() > most.min(room);
            // What was worked out for it is thrown away: keeping half a series would show some of its meetings
            // as all.
            if asks_for_more && !is_last {
                later.push(index);
                continue;
            }
            found.is_cut |= found.occurrences.len() > room;
            found.occurrences.truncate(room);
            room -= found.occurrences.len();
            agenda.left_out.count(events[index], &found);
            agenda.occurrences[index] = found.occurrences;
        }
        waiting = later;
    }
    agenda.steps = meter.taken();
    agenda
}

impl LeftOut {
    fn count(&mut self, event: &CalendarEvent, found: &Expansion<'_>) {
        // In the order of how much is missing, so that each event is told once and by the worst of it.
        if found.is_cut && found.occurrences.is_empty() {
            self.unseen += 1;
        } else if found.is_cut {
            self.cut += 1;
        } else if found.is_faulty {
            self.faulty += 1;
        } else if found.is_thinned && !found.occurrences.is_empty() {
            self.thinned += 1;
        } else {
            return;
        }
        self.name(event);
    }
}

/// Single events, those that repeat by days, by hours, by minutes, by seconds.
fn rank(event: &CalendarEvent) -> usize {
    let rule = &event.recurrence.rule;
    if rule.is_empty() {
        return 0;
    }
    // RFC 5545 takes values such as `FREQ=hourly` in letters of any case.
    let rule = bounds::within(rule, bounds::RULE).to_ascii_uppercase();
    ["HOURLY", "MINUTELY", "SECONDLY"].iter().position(|word| rule.contains(word)).map_or(1, |at| at + 2)
}

/// The words of one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingWords<'w> {
    /// What this one meeting is called.
    pub title: &'w str,
    /// The row of meetings it belongs to.
    pub series: &'w str,
    /// A room, or the address of the call.
    pub location: &'w str,
    /// Who is in the room.
    pub names: &'w [&'w str],
}

/// Room for the words of all meetings of one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordRoom {
    left: usize,
    /// Meetings whose words had to be cut.
    pub shortened: usize,
}

impl Default for WordRoom {
    fn default() -> Self {
        Self { left: TEXTS, shortened: 0 }
    }
}

impl WordRoom {
    /// The words of one meeting, cut if they are long and the room is used up.
    pub fn fit<'w>(&mut self, mut words: MeetingWords<'w>) -> MeetingWords<'w> {
        let named = words.names.len();
        words.names = &words.names[..named.min(NAMES)];
        // A kilobyte is every meeting's own, and as many of them as there may be meetings are bounded already.
        // Only what is beyond draws on what all have together.
        let long = words.size().saturating_sub(SHORT);
        if long > self.left {
            words.title = bounds::within(words.title, STUMP);
            words.series = bounds::within(words.series, STUMP);
            words.location = bounds::within(words.location, STUMP);
            let mut left = STUMP * 2;
            let fits = words.names.iter().take_while(|name| {
                let goes = (name.len() + A_NAME) <= left;
                left = left.saturating_sub(name.len() + A_NAME);
                goes
            });
            words.names = &words.names[..fits.count()];
            self.shortened += 1;
        } else {
            self.left -= long;
            // The other branch has counted this meeting; one whose names and texts are both cut is one meeting.
            self.shortened += usize::from(named > NAMES);
        }
        words
    }
}

impl MeetingWords<'_> {
    fn size(&self) -> usize {
        let names: usize = self.names.iter().map(|name| name.len() + A_NAME).sum();
        self.title.len() + self.series.len() + self.location.len() + names
    }
}

#[cfg(test)]
mod tests;
