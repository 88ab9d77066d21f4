//! A studio of any size for measuring and trying: most of it delivered over the past years, a share of it
//! open around today. The same seed and clock give the same content.

mod books;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use fastrand::Rng;

use super::SampleSize;
use crate::domain::allocation::{Allocation, LeftSaid, Shape};
use crate::domain::day;
use crate::domain::ids::{AllocationId, MeetingId, PersonId, RequestId};
use crate::domain::lever::Lever;
use crate::domain::meeting::{
    CalendarEvent, EventSpec, MeetingStatus, Moment, OccurrenceKey, Recurrence, ShowsAs,
};
use crate::domain::minutes::Minutes;
use crate::domain::person::{Absence, Contract, Holiday, Person};
use crate::domain::record::TableRow;
use crate::domain::reflection::{FirstWord, Presence, Reflection, Touched};
use crate::domain::request::Request;
use crate::domain::score::SCALE;
use crate::domain::stage::Stage;
use crate::domain::tier::Tier;
use crate::domain::words::ParseContext;
use crate::ops::clock::Clock;
use crate::ops::{Desk, OpsError};
use crate::store::{MeetingRow, StoreError, StoredReflection, Tx};

const BRANDS: [&str; 6] = ["Harbour", "Nord & Co", "Lumen", "Fieldhouse", "Alder", "Tern"];
const PEOPLE: [&str; 12] =
    ["Ana", "Bo", "Chidi", "Dana", "Eli", "Finn", "Grace", "Hugo", "Iris", "Jonas", "Kim", "Lena"];
const FAMILY: [&str; 10] = ["Ruiz", "Ek", "Okafor", "Levi", "Marsh", "Lin", "Brandt", "Weber", "Oh", "Price"];
const DISCIPLINES: [&str; 6] = ["design", "copy", "motion", "video", "production", "art direction"];
const THINGS: [&str; 12] = [
    "banners",
    "poster",
    "hero film",
    "landing page",
    "gift guide",
    "price list",
    "newsletter",
    "booth panels",
    "cut-downs",
    "stickers",
    "one-pager",
    "key visual",
];
const OUTCOMES: [&str; 5] = [
    "Lift trial sign-ups by 8 % by June",
    "Win back 900 lapsed members by March",
    "Spring range on shelf two weeks sooner",
    "Cut returns of boots by a tenth by May",
    "One voice across 5 markets by January",
];
const ROOMS: [(&str, usize); 6] = [
    ("Marketing leadership sync", 3),
    ("Brand council", 4),
    ("Studio standup", 6),
    ("1:1", 1),
    ("Campaign kick-off", 4),
    ("Quarterly steering", 3),
];
const OPEN: [Stage; 7] = [
    Stage::New,
    Stage::Clarifying,
    Stage::Ready,
    Stage::Scheduled,
    Stage::InProgress,
    Stage::InReview,
    Stage::OnHold,
];

/// Everything needed to fill a store.
pub(super) struct Studio {
    size: SampleSize,
    now: DateTime<Utc>,
    today: NaiveDate,
    clock: Clock,
    context: ParseContext,
}

impl Studio {
    /// As of the desk's now.
    pub(super) fn new(desk: &Desk, size: SampleSize) -> Result<Self, OpsError> {
        Ok(Self {
            size,
            now: desk.stamp().at,
            today: desk.today(),
            clock: desk.clock.clone(),
            context: desk.reading()?,
        })
    }

    /// Writes all of it.
    pub(super) fn fill(&self, tx: &Tx<'_>) -> Result<(), OpsError> {
        // Drawn from in one order: a draw in between would give everything behind it another content.
        let mut rng = Rng::with_seed(self.size.seed);
        let people = self.people(&mut rng, tx)?;
        self.requests(&mut rng, tx, &people)?;
        self.meetings(&mut rng, tx)?;
        self.books(&mut rng, tx)
    }

    fn people(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<Vec<PersonId>, StoreError> {
        let mut ids = Vec::new();
        for index in 0..self.size.people as usize {
            let (first, family) = (PEOPLE[index % PEOPLE.len()], FAMILY[index / PEOPLE.len() % FAMILY.len()]);
            let number = index / (PEOPLE.len() * FAMILY.len());
            let handle = format!(
                "{}{}{}",
                first.to_lowercase(),
                &family[..1].to_lowercase(),
                if index < PEOPLE.len() {
                    String::new()
                } else {
                    (index / PEOPLE.len() + number).to_string()
                }
            );
            let hours = [8, 8, 8, 8, if rng.u8(..5) == 0 { 0 } else { 8 }, 0, 0].map(Minutes::hours);
            let person = Person {
                handle,
                name: format!("{first} {family}"),
                discipline: DISCIPLINES[index % DISCIPLINES.len()].to_owned(),
                // Before the oldest work, or the past would have hours done in no time at all.
                contracts: vec![Contract { from: day::plus(self.today, -1500), week: hours }],
                ..Person::blank(self.today)
            };
            let id = tx.add_person(&person)?;
            let from = day::plus(self.today, i64::from(rng.u8(..90)) - 30);
            let mut absence = Absence {
                person: id,
                from,
                to: day::plus(from, i64::from(rng.u8(..7))),
                is_tentative: rng.u8(..6) == 0,
                note: "Holiday".to_owned(),
                ..Absence::blank(self.today)
            };
            tx.add_record(&mut absence)?;
            ids.push(id);
        }
        let free = self.context.calendar.on_or_after(day::plus(self.today, 20));
        tx.add_record(&mut Holiday {
            name: "Company day".to_owned(),
            from: free,
            to: free,
            ..Holiday::blank(self.today)
        })?;
        Ok(ids)
    }

    /// How many are open: what a studio can hold, whatever it has delivered.
    fn open(&self) -> u32 {
        let requests = self.size.requests;
        // The lower bound is never above the requests that there are, or `clamp` would panic on a small store.
        (requests / 60).clamp(requests.min(40), 1_200)
    }

    fn requests(&self, rng: &mut Rng, tx: &Tx<'_>, people: &[PersonId]) -> Result<(), StoreError> {
        let open = self.open();
        for number in 0..self.size.requests {
            let is_open = number >= self.size.requests - open;
            let request = self.request(rng, is_open);
            let id = tx.add_request(&request)?;
            let is_held =
                !people.is_empty() && (if is_open { !request.stage.is_intake() } else { rng.u8(..6) == 0 });
            if is_held {
                let person = people[rng.usize(..people.len())];
                tx.add_allocation(&self.allocation(rng, id, person, &request))?;
            }
        }
        Ok(())
    }

    fn request(&self, rng: &mut Rng, is_open: bool) -> Request {
        let thing = THINGS[rng.usize(..THINGS.len())];
        let brand = BRANDS[rng.usize(..BRANDS.len())];
        let age = if is_open { i64::from(rng.u8(..40)) } else { 20 + i64::from(rng.u16(..1100)) };
        let created = self.now - TimeDelta::minutes(age * 1440 + i64::from(rng.u16(..600)));
        let mut request = Request::new(&format!("{brand} {thing} {}", rng.u16(1..1000)), created);
        brand.clone_into(&mut request.brand);
        request.requester =
            format!("{} {}", PEOPLE[rng.usize(..PEOPLE.len())], FAMILY[rng.usize(..FAMILY.len())]);
        request.tier = if is_open && rng.u8(..5) == 0 { None } else { Tier::new(1 + rng.u8(..4)) };
        request.estimate = (rng.u8(..6) > 0).then(|| Minutes::hours(1 + i64::from(rng.u8(..24))));
        request.value = (rng.u8(..3) > 0).then(|| SCALE[rng.usize(..SCALE.len())]);
        if rng.u8(..3) > 0 {
            OUTCOMES[rng.usize(..OUTCOMES.len())].clone_into(&mut request.outcome);
            request.lever = Some(Lever::ALL[rng.usize(..Lever::ALL.len())]);
        }
        // Some of what is open is a few days late, since a studio without anything late would measure nothing
        // of it.
        let due = day::plus(self.today, if is_open { i64::from(rng.u8(..40)) - 4 } else { 10 - age });
        request.due = (rng.u8(..5) > 0).then(|| self.context.calendar.on_or_after(due));
        request.is_due_hard = rng.u8(..4) == 0;
        self.place(rng, &mut request, is_open);
        request
    }

    fn place(&self, rng: &mut Rng, request: &mut Request, is_open: bool) {
        let age = self.now - request.created;
        let at = |tenths: i32| request.created + age / 10 * tenths;
        request.stage = if is_open {
            OPEN[rng.usize(..OPEN.len())]
        } else if rng.u8(..20) == 0 {
            Stage::Declined
        } else {
            Stage::Delivered
        };
        request.stage_since = at(6);
        if request.stage.is_committed() || request.stage == Stage::Delivered {
            request.ready = Some(at(1));
            request.first_agreed_due = request.due;
        }
        if matches!(request.stage, Stage::InProgress | Stage::InReview | Stage::Delivered) {
            request.started = Some(at(2));
            request.rounds = u32::from(rng.u8(..4) == 0);
        }
        if request.stage == Stage::Delivered {
            // Delivered within weeks, not after years.
            let taken = TimeDelta::days(3 + i64::from(rng.u8(..25)));
            request.ready = Some(request.created + TimeDelta::days(1));
            request.started = Some(request.created + TimeDelta::days(2));
            request.delivered = Some((request.created + taken).min(self.now));
            request.stage_since = request.delivered.unwrap_or(self.now);
        }
    }

    fn allocation(&self, rng: &mut Rng, request: RequestId, person: PersonId, of: &Request) -> Allocation {
        let from = match of.delivered {
            Some(delivered) => day::plus(self.clock.day_of(delivered), -10),
            None => self.context.calendar.on_or_after(day::plus(self.today, i64::from(rng.u8(..20)) - 5)),
        };
        Allocation {
            id: AllocationId(0),
            request,
            person,
            minutes: of.estimate,
            from,
            to: self.context.calendar.after(from, 2 + u32::from(rng.u8(..12))),
            is_tentative: rng.u8(..8) == 0,
            shape: Shape::Even,
            left: LeftSaid::NEW,
        }
    }

    fn meetings(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<(), StoreError> {
        // A calendar grows from its oldest meetings on.
        let mut days: Vec<u16> = (0..self.size.meetings).map(|_| rng.u16(..760)).collect();
        days.sort_unstable();
        for (number, day) in days.into_iter().enumerate() {
            let (title, others) = ROOMS[rng.usize(..ROOMS.len())];
            let on = self.context.calendar.on_or_after(day::plus(self.today, i64::from(day) - 730));
            let minute = 9 * 60 + 30 * i64::from(rng.u8(..16));
            let start = self.clock.midnight(on) + TimeDelta::minutes(minute);
            let name =
                |index: usize| format!("{} {}", PEOPLE[index % PEOPLE.len()], FAMILY[index % FAMILY.len()]);
            let first = rng.usize(..PEOPLE.len());
            let spec = EventSpec {
                title: title.to_owned(),
                start: Moment::Fixed(self.clock.local(start)),
                minutes: 30 * (1 + i64::from(rng.u8(..3))),
                attendees: (0..others).map(|index| name(first + index)).collect(),
                location: String::new(),
                status: MeetingStatus::Confirmed,
                sequence: 0,
                shows_as: ShowsAs::Busy,
            };
            let event = CalendarEvent {
                uid: format!("sample-{number}@tablesetter"),
                spec,
                recurrence: Recurrence::default(),
                zone: None,
            };
            let meeting = tx.add_meeting(&MeetingRow {
                id: MeetingId(0),
                event,
                is_typed: true,
                series: String::new(),
                kind: None,
                sources: Vec::new(),
                is_off: false,
            })?;
            if start < self.now && title != "Studio standup" && rng.u8(..3) == 0 {
                let key = OccurrenceKey { meeting, occurrence: String::new() };
                tx.put_reflection(&StoredReflection {
                    title: title.to_owned(),
                    start,
                    entry: reflection(rng, key, start),
                })?;
            }
        }
        Ok(())
    }
}

fn reflection(rng: &mut Rng, meeting: OccurrenceKey, start: DateTime<Utc>) -> Reflection {
    Reflection {
        meeting,
        stance: rng.u8(1..6),
        presence: Some(Presence { calm: rng.u8(1..6), engaged: rng.u8(1..6) }),
        first: Some(FirstWord::ALL[rng.usize(..FirstWord::ALL.len())]),
        expansion: Some(u32::from(rng.u8(..4))),
        contraction: Some(u32::from(rng.u8(..4))),
        touched: Some(Touched::ALL[rng.usize(..Touched::ALL.len())]),
        moment: String::new(),
        if_then: String::new(),
        came_up: Vec::new(),
        kept: None,
        forced_over: None,
        written: start + TimeDelta::hours(1),
    }
}
