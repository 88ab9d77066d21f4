//! What other programs did, and what became late, since the lead last looked. What was done in the cockpit is no
//! news to whoever did it.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::domain::day;
use crate::domain::difference::{self, Difference, FieldValue};
use crate::domain::document::{Document, PrivateNames, is_private, names_private};
use crate::domain::ids::OperationId;
use crate::domain::meanwhile::{self, News, NewsKind};
use crate::domain::request::Request;
use crate::plain;
use crate::store::{Fate, MeetingFate, Origin, StoreError};

/// From where news comes.
const ELSEWHERE: [Origin; 2] = [Origin::Import, Origin::CommandLine];

/// From so many on what came in is not read any more, only counted.
const LONGEST: usize = 500;

/// So many letters tell what changed of one request.
const ROOM: usize = 120;

/// Up to where the lead has seen everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastLook {
    at: DateTime<Utc>,
    operation: i64,
}

/// News since the last look, and whether its list was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    pub since: DateTime<FixedOffset>,
    /// In the order in which it was found; the list sorts it by kind.
    pub news: Vec<News>,
    /// The list was opened.
    pub is_read: bool,
}

impl Meanwhile {
    /// `since Mon: 6 in, 2 moved`; nothing once it was read.
    pub fn line(&self, now: DateTime<FixedOffset>) -> Option<String> {
        let when = match (now.date_naive() - self.since.date_naive()).num_days() {
            0 => self.since.format("%H:%M").to_string(),
            // From a week on the name of a weekday could mean two days.
            1..=6 => self.since.format("%a").to_string(),
            _ => self.since.format("%-d %b").to_string(),
        };
        (!self.is_read).then(|| format!("since {when}: {}", meanwhile::counts(&self.news)))
    }

    /// Without what is private; nothing if nothing else happened. It is gathered whole, and told in this way only while
    /// others look on: the mark may come later than the news, and they may go again.
    pub fn without_private(&self, names: &PrivateNames) -> Option<Self> {
        let is_shown = |it: &&News| !(is_private(&it.about, names) || names_private(&it.text, names));
        let news: Vec<News> = self.news.iter().filter(is_shown).cloned().collect();
        (!news.is_empty()).then_some(Self { news, ..*self })
    }

    /// By kind, with at most so many lines of each.
    pub fn document(&self) -> Document {
        let since = format!("{} {}", day::short_day(self.since.date_naive()), self.since.format("%H:%M"));
        meanwhile::list(&self.news, &since)
    }
}

impl Desk {
    /// Everything that there is has been seen now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn look(&self) -> Result<LastLook, StoreError> {
        Ok(self.looked(self.store.newest_operation()?))
    }

    /// Everything up to an operation has been seen now.
    pub fn looked(&self, at: OperationId) -> LastLook {
        LastLook { at: self.now().to_utc(), operation: at.0 }
    }

    /// What happened since the last look; nothing if nothing did.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn meanwhile(&self, last: LastLook) -> Result<Option<Meanwhile>, StoreError> {
        let mut news = self.late_since(last)?;
        // The usual case is that nothing happened, and this is asked at every start.
        if self.store.newest_operation()?.0 > last.operation {
            let after = OperationId(last.operation);
            for it in self.store.happenings(after, &ELSEWHERE)? {
                self.tell(it.request, it.fate, it.origin, &mut news)?;
            }
            self.tell_handovers(after, &mut news)?;
            self.tell_meetings(after, last, &mut news)?;
        }
        let since = self.clock.local(last.at);
        Ok((!news.is_empty()).then_some(Meanwhile { since, news, is_read: false }))
    }

    /// When the cockpit was last looked at, as it left it; nothing where it never was.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_look(&self) -> Result<Option<LastLook>, StoreError> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Left {
            last_look: Option<LastLook>,
        }
        let looks = self
            .store
            .places()
            .into_iter()
            .filter_map(|place| serde_json::from_str::<Left>(&place).unwrap_or_default().last_look);
        // What was seen in one cockpit is no news in another.
        looks.max_by_key(|last| last.at).map(|last| self.look_at_most(last)).transpose()
    }

    /// The last look as this store can have been looked at: an older copy that was put back is seen up to its end.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn look_at_most(&self, last: LastLook) -> Result<LastLook, StoreError> {
        let newest = self.store.newest_operation()?.0;
        Ok(LastLook { operation: last.operation.min(newest), ..last })
    }

    /// True if the list could be longer than at the last look though nobody wrote: another day has begun.
    pub fn is_another_day(&self, last: LastLook) -> bool {
        self.clock.day_of(last.at) != self.today()
    }

    fn late_since(&self, last: LastLook) -> Result<Vec<News>, StoreError> {
        let from = self.clock.day_of(last.at);
        // Within one day nothing becomes late: a request is, from the morning after its day on.
        if from >= self.today() {
            return Ok(Vec::new());
        }
        // From the day of the last look itself: what was due on it was not late yet.
        let mut found = self.store.open_requests_due(from, self.today())?;
        found.sort_by_key(|request| (request.due, request.id));
        let late = found.iter().filter(|request| request.is_late(self.today()));
        Ok(late
            .map(|request| {
                let due = request.due.map_or_else(String::new, day::short_day);
                item(NewsKind::Late, request, &format!("was due {due}, {}", request.stage.title()))
            })
            .collect())
    }

    fn tell(
        &self,
        id: crate::domain::ids::RequestId,
        fate: Fate,
        origin: Origin,
        news: &mut Vec<News>,
    ) -> Result<(), StoreError> {
        let by = origin.title();
        match fate {
            // No list is so long: the others only count.
            Fate::Came if news.len() > LONGEST => {
                let id = id.to_string();
                news.push(News {
                    kind: NewsKind::CameIn,
                    text: id.clone(),
                    key: Some(id.clone()),
                    about: id,
                });
            }
            Fate::Came => {
                let request = self.store.request(id)?;
                let from = if request.requester.is_empty() {
                    by.to_owned()
                } else {
                    format!("from {}, {by}", request.requester)
                };
                news.push(item(NewsKind::CameIn, &request, &from));
            }
            Fate::Gone(title) => {
                let text = format!("{id} {title}: {by}");
                news.push(News { kind: NewsKind::Gone, text, key: None, about: id.to_string() });
            }
            Fate::Changed(both) => {
                let (before, after) = *both;
                let mut rest = Vec::new();
                for difference in difference::between(&before, &after, |at| self.clock.day_of(at)) {
                    match kind(&difference) {
                        NewsKind::Changed => rest.push(difference),
                        // A stage or a block is news by itself; other fields are told together in one line.
                        kind => news.push(item(kind, &after, &format!("{}, {by}", difference.sentence()))),
                    }
                }
                if !rest.is_empty() {
                    let text = format!("{}, {by}", difference::told(&rest, ROOM));
                    news.push(item(NewsKind::Changed, &after, &text));
                }
            }
        }
        Ok(())
    }

    fn tell_handovers(&self, after: OperationId, news: &mut Vec<News>) -> Result<(), StoreError> {
        let people = self.store.people()?;
        for it in self.store.handovers(after, &ELSEWHERE)? {
            // Gone since: nothing is left that somebody could have been given.
            let Ok(request) = self.store.request(it.request) else { continue };
            let who = people.iter().find(|person| person.id == it.person);
            let who = who.map_or("somebody", |person| person.handle.as_str());
            let what = if it.is_given { "given to" } else { "taken from" };
            news.push(item(NewsKind::Given, &request, &format!("{what} {who}, {}", it.origin.title())));
        }
        Ok(())
    }

    /// Meetings of days that were over at the last look are no news.
    fn tell_meetings(
        &self,
        after: OperationId,
        last: LastLook,
        news: &mut Vec<News>,
    ) -> Result<(), StoreError> {
        let from = self.clock.day_of(last.at);
        let mut new = 0;
        for (meeting, title, fate) in self.store.meeting_happenings(after, &ELSEWHERE)? {
            let title = plain::cut(&title, 60);
            let text = match fate {
                MeetingFate::Came => {
                    new += 1;
                    continue;
                }
                MeetingFate::Cancelled(at) if at.day() >= from => {
                    format!("{title}, {}: cancelled", self.clock.said(&at))
                }
                // Also one that was still to come and was moved into the past: it is missing from the days
                // ahead.
                MeetingFate::Moved(was, now) if was.day() >= from || now.day() >= from => {
                    format!("{title}: {} → {}", self.clock.said(&was), self.clock.said(&now))
                }
                _ => continue,
            };
            news.push(News { kind: NewsKind::Meetings, text, key: None, about: meeting.to_string() });
        }
        if new > 0 {
            let text = format!("{new} new in the calendar");
            news.push(News { kind: NewsKind::Meetings, text, key: None, about: String::new() });
        }
        Ok(())
    }
}

fn kind(difference: &Difference) -> NewsKind {
    match (difference.field.as_str(), &difference.new) {
        ("stage", _) => NewsKind::Moved,
        ("blocked", FieldValue::Empty) => NewsKind::Unblocked,
        ("blocked", _) => NewsKind::Blocked,
        _ => NewsKind::Changed,
    }
}

fn item(kind: NewsKind, request: &Request, what: &str) -> News {
    let text = format!("{} {}: {what}", request.id, plain::cut(&request.title, 200));
    let key = request.id.to_string();
    News { kind, text, key: Some(key.clone()), about: key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RequestId;
    use crate::domain::stage::Stage;
    use crate::ops::kit::{desk_at, move_clock};

    const MONDAY: &str = "2026-11-23T09:00:00+00:00";
    const ONE: [RequestId; 1] = [RequestId(1)];

    fn texts(desk: &Desk, last: LastLook) -> Vec<String> {
        let found = desk.meanwhile(last).unwrap();
        found.map_or_else(Vec::new, |it| it.news.into_iter().map(|news| news.text).collect())
    }

    fn studio() -> (Desk, LastLook) {
        let mut desk = desk_at(MONDAY);
        crate::ops::kit::add(&mut desk, &[("name", "Ana")]);
        desk.add("Poster t3 due:2026-11-24").unwrap();
        desk.add("Film t3 due:2026-11-30").unwrap();
        let last = desk.look().unwrap();
        (desk, last)
    }

    #[test]
    fn what_others_did_is_told_by_kind_and_by_whom_and_what_was_done_here_is_not() {
        let (mut desk, last) = studio();
        desk.edit(&ONE, "brand:Harbour").unwrap();
        assert_eq!(desk.meanwhile(last).unwrap(), None, "done in the cockpit");
        desk.origin = Origin::CommandLine;
        desk.add("Quick poster requester:Mara").unwrap();
        desk.move_to(&ONE, Stage::Clarifying, "").unwrap();
        desk.block(&ONE, Some("prices")).unwrap();
        desk.edit(&[RequestId(2)], "due:2026-12-01 ~4h @ana").unwrap();
        assert_eq!(
            texts(&desk, last),
            [
                "R-1 Poster: stage new → clarifying, command line",
                "R-1 Poster: blocked “prices”, command line",
                "R-2 Film: due Mon 30 Nov → Tue 1 Dec, estimate 4h, command line",
                "R-3 Quick poster: from Mara, command line",
                "R-2 Film: given to ana, command line",
            ]
        );
        let line = desk.meanwhile(last).unwrap().unwrap().line(desk.now()).unwrap();
        assert_eq!(line, "since 09:00: 1 blocked, 1 in, 1 moved, 1 given or taken, 1 changed");
    }

    #[test]
    fn what_was_taken_back_did_not_happen() {
        let (mut desk, last) = studio();
        desk.origin = Origin::CommandLine;
        desk.block(&ONE, Some("prices")).unwrap();
        desk.block(&ONE, None).unwrap();
        desk.add("Mistake").unwrap();
        desk.undo(None).unwrap();
        assert_eq!(texts(&desk, last), [] as [&str; 0]);
        // What lay before the last look and is taken back now is news.
        desk.undo(Some(OperationId(3))).unwrap();
        assert_eq!(texts(&desk, last), ["R-2 Film: command line"]);
    }

    #[test]
    fn what_became_late_is_told_on_the_days_after_and_once_only() {
        let (mut desk, last) = studio();
        move_clock(&mut desk, "2026-11-24T17:00:00+00:00");
        assert_eq!(texts(&desk, last), [] as [&str; 0], "due today is not late");
        move_clock(&mut desk, "2026-11-25T09:00:00+00:00");
        assert_eq!(texts(&desk, last), ["R-1 Poster: was due Tue 24 Nov, new"]);
        let read = desk.look().unwrap();
        assert_eq!(texts(&desk, read), [] as [&str; 0]);
        move_clock(&mut desk, "2026-12-07T09:00:00+00:00");
        assert_eq!(texts(&desk, read), ["R-2 Film: was due Mon 30 Nov, new"]);
        let line = desk.meanwhile(read).unwrap().unwrap().line(desk.now()).unwrap();
        assert_eq!(line, "since 25 Nov: 1 late");
    }

    #[test]
    fn a_change_made_here_in_between_is_in_neither_of_both_values() {
        let (mut desk, last) = studio();
        desk.origin = Origin::CommandLine;
        desk.edit(&ONE, "due:2026-11-26").unwrap();
        desk.origin = Origin::Cockpit;
        desk.edit(&ONE, "due:2026-11-27 brand:Harbour").unwrap();
        assert_eq!(texts(&desk, last), ["R-1 Poster: due Tue 24 Nov → Thu 26 Nov, command line"]);
    }

    #[test]
    fn meetings_that_moved_or_were_cancelled_are_told_the_past_ones_not() {
        let (mut desk, last) = studio();
        desk.origin = Origin::Import;
        let import = |desk: &mut Desk, start: &str, status: &str, sequence: u8| {
            let text = format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Brand council\r\n\
                 SEQUENCE:{sequence}\r\nSTATUS:{status}\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n\
                 END:VCALENDAR\r\n"
            );
            desk.import_calendar("a.ics", &text).unwrap();
        };
        import(&mut desk, "20261126T100000Z", "CONFIRMED", 0);
        assert_eq!(texts(&desk, last), ["1 new in the calendar"]);
        let read = desk.look().unwrap();
        import(&mut desk, "20261127T100000Z", "CONFIRMED", 1);
        assert_eq!(texts(&desk, read), ["Brand council: Thu 26 Nov 10:00 → Fri 27 Nov 10:00"]);
        let read = desk.look().unwrap();
        import(&mut desk, "20261127T100000Z", "CANCELLED", 2);
        assert_eq!(texts(&desk, read), ["Brand council, Fri 27 Nov 10:00: cancelled"]);
        move_clock(&mut desk, "2026-12-07T09:00:00+00:00");
        let read = desk.look().unwrap();
        import(&mut desk, "20261126T110000Z", "CANCELLED", 3);
        assert_eq!(texts(&desk, read), [] as [&str; 0]);
    }
}
