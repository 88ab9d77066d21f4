//! Hours of a request on a person or role within a window.

use crate::domain::bounds;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::day;
use super::ids::{AllocationId, PersonId, RequestId};
use super::minutes::Minutes;
use super::named;
use super::record::{Datum, FieldKind, form};
use super::words::ParseContext;
use super::words::duration::parse_duration;

/// So many days of a share by hand are told one by one.
const HAND_DAYS: usize = 4;

/// How the hours lie within the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Weighted by each day's effective hours.
    Even,
    /// Most on its first days, each a step less than the one before.
    Front,
    /// Most on its last days, each a step more than the one before.
    Back,
    /// So much on every day with capacity; the total follows from the window.
    PerDay(Minutes),
    /// Set by hand, day by day.
    Hand(Vec<(NaiveDate, Minutes)>),
}

impl fmt::Display for Shape {
    /// `even`, `front`, `back`, `per-day:240`, `hand:2026-11-24=240,2026-11-25=60` (minutes).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Even => f.write_str("even"),
            Self::Front => f.write_str("front"),
            Self::Back => f.write_str("back"),
            Self::PerDay(minutes) => write!(f, "per-day:{}", minutes.0),
            Self::Hand(days) => {
                let days: Vec<_> = days.iter().map(|(day, minutes)| format!("{day}={}", minutes.0)).collect();
                write!(f, "hand:{}", days.join(","))
            }
        }
    }
}

impl FromStr for Shape {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{}` is not a shape; shapes are even, front, back, per-day:MINUTES and hand:DAY=MINUTES,…",
                bounds::named(text)
            )
        };
        let by_hand = |entry: &str| {
            let (day, minutes) = entry.split_once('=')?;
            Some((day.parse().ok()?, Minutes(minutes.parse().ok()?)))
        };
        match text.split_once(':') {
            None => match text {
                "even" => Ok(Self::Even),
                "front" => Ok(Self::Front),
                "back" => Ok(Self::Back),
                _ => Err(wrong()),
            },
            Some(("per-day", minutes)) => {
                minutes.parse().map(|minutes| Self::PerDay(Minutes(minutes))).map_err(|_| wrong())
            }
            Some(("hand", days)) => {
                let days: Option<Vec<_>> =
                    // A share by hand without any day is written as `hand:` and has to be readable again.
                    days.split(',').filter(|entry| !entry.is_empty()).map(by_hand).collect();
                days.map(Self::Hand).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }
}

impl Datum for Shape {
    const KIND: FieldKind = FieldKind::Shape;

    fn first(_: NaiveDate) -> Self {
        Self::Even
    }

    fn shown(&self) -> String {
        match self {
            Self::Hand(_) => self.to_string(),
            other => other.described(),
        }
    }

    /// Its stable word, the beginning of one, or so much a day.
    fn read(text: &str, context: &ParseContext) -> Result<Self, String> {
        let wrong =
            || format!("`{}` is not a shape; write even, front, back or 3h a day", bounds::named(text));
        if let Some(part) = ["a day", "per day", "/d"].iter().find_map(|end| text.strip_suffix(end)) {
            return parse_duration(part.trim(), context.day).map(Self::PerDay).map_err(|_| wrong());
        }
        // A form shows a share by hand in its stored form, so saving the form unchanged must read it again.
        if text.starts_with("hand:") || text.starts_with("per-day:") {
            return text.parse();
        }
        let names = ["even", "front", "back"];
        let index = named::find(text, &names).map_err(|_| wrong())?;
        names[index].parse()
    }
}

/// Work that somebody holds, or that a role stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Its row; 0 before it is stored.
    pub id: AllocationId,
    /// What is to be done.
    pub request: RequestId,
    /// Who does it; a role stands for somebody who is not named yet.
    pub person: PersonId,
    /// Hours of its own, as typed; `None` follows the estimate of its request. Without an estimate it counts as
    /// its tier's median, drawn as unknown. One share of a request follows at most.
    pub minutes: Option<Minutes>,
    /// First day of the window.
    pub from: NaiveDate,
    /// Last day of the window, included.
    pub to: NaiveDate,
    /// A second layer that is never blended into confirmed work.
    pub is_tentative: bool,
    /// How it lies within the window.
    pub shape: Shape,
    /// What is known of how much of it is left.
    pub left: LeftSaid,
}

form! {
    /// What a form asks of a share. What is left is no part of it but is said of a day.
    ShareForm {
        /// Who: the short name behind @, or the name.
        person: PersonId = "who" => field("Who").needed().argument("PERSON"),
        /// How much; without it, the estimate.
        minutes: Option<Minutes> = "hours" => field("Hours").hint("empty follows the request's estimate"),
        /// How many of them are left.
        left: Option<Minutes> = "left" => field("Left")
            .form_only()
            .hint("hours left from this morning on; empty counts from its plan"),
        /// First day; without it, today.
        from: NaiveDate = "from" => field("First day").needed().found_by_rule(),
        /// Last day; without it, the due day.
        to: NaiveDate = "to" => field("Last day").needed().found_by_rule(),
        /// How it lies in its days: even, front, back, or so much a day.
        shape: Shape = "shape" => field("Shape")
            .value("SHAPE")
            .hint("even, front, back, or so much a day: 3h a day"),
        /// Not confirmed yet.
        is_tentative: bool = "tentative" => field("Not yet sure")
            .flag()
            .hint("yes: shown beside what is sure, never added to it"),
    }
}

impl ShareForm {
    /// One of which nothing is said yet; its person is nobody.
    pub const fn unsaid(today: NaiveDate) -> Self {
        Self {
            person: PersonId(0),
            minutes: None,
            left: None,
            from: today,
            to: today,
            shape: Shape::Even,
            is_tentative: false,
        }
    }

    /// A share that is there, and what is left of it, where that was said.
    pub fn of(share: &Allocation, left: Option<Minutes>) -> Self {
        Self {
            person: share.person,
            minutes: share.minutes,
            left,
            from: share.from,
            to: share.to,
            shape: share.shape.clone(),
            is_tentative: share.is_tentative,
        }
    }

    /// Takes over everything but what is left.
    pub fn apply(&self, share: &mut Allocation) {
        share.person = self.person;
        share.minutes = self.minutes;
        (share.from, share.to) = (self.from, self.to);
        share.shape.clone_from(&self.shape);
        share.is_tentative = self.is_tentative;
    }
}

impl Allocation {
    /// True if its hours are those of the estimate, as long as no other share of the request has them.
    pub const fn can_follow(&self) -> bool {
        self.minutes.is_none() && !self.shape.has_hours()
    }

    /// How much it is: its own hours, or the estimate that it follows; `None` where neither is known. So much a day makes
    /// as many hours as its window has days of work, which only the load knows (`LeftOfRequest::hours_of`).
    pub fn hours(&self, estimate: Option<Minutes>) -> Option<Minutes> {
        match &self.shape {
            Shape::PerDay(_) => None,
            Shape::Hand(by_hand) => {
                Some(self.minutes.unwrap_or_else(|| by_hand.iter().map(|(_, minutes)| *minutes).sum()))
            }
            Shape::Even | Shape::Front | Shape::Back => self.minutes.or(estimate),
        }
    }

    /// How much it is in words: the hours if they are known, else so much a day.
    pub fn hours_told(&self, hours: Option<Minutes>) -> String {
        match (hours, &self.shape) {
            (Some(hours), _) => hours.to_string(),
            (None, Shape::PerDay(_)) => self.shape.described(),
            (None, _) => "not estimated".to_owned(),
        }
    }
}

/// What was said of the hours left of a share, and what had come off it before days were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftSaid {
    /// Hours that had come off before days were kept; `None` of a share that is older than that and was not
    /// reckoned yet.
    pub done_before: Option<Minutes>,
    /// How much less is left than by plan; negative where more is. Zero where nothing was said.
    pub correction: Minutes,
    /// The day on which hours left were said last; that day was wholly still to come.
    pub said_on: Option<NaiveDate>,
    /// Of how many hours they were said, where its hours change by themselves: what work usually takes is a guess that goes
    /// with title and tier, and so much a day goes with the days. `None` where its hours are known.
    pub said_of: Option<Minutes>,
    /// It came back from review: its hours are unknown until they are said.
    pub is_to_be_said: bool,
}

impl LeftSaid {
    /// Of a share that is given now: nothing came off it, nothing was said.
    pub const NEW: Self = Self {
        // Not `None`, which would have its past days reckoned once from what they showed.
        done_before: Some(Minutes::ZERO),
        correction: Minutes::ZERO,
        said_on: None,
        said_of: None,
        is_to_be_said: false,
    };

    /// What was said ends; what had come off by plan stays.
    pub const fn unsaid(self) -> Self {
        // Whether hours are asked for is no part of what was said; whoever takes it back decides that too.
        Self { correction: Minutes::ZERO, said_on: None, said_of: None, ..self }
    }

    /// The same when its hours come to be known, or are forgotten, and somebody has said what is left of them: that stays.
    /// `usual` is what stood for hours that were not known.
    pub fn over(self, was: Option<Minutes>, is: Option<Minutes>, usual: Minutes) -> Self {
        if self.said_on.is_none() {
            return self;
        }
        let guessed = was.is_none().then_some(usual);
        let said = match (self.said_of.or(guessed), was.or(is)) {
            // Kept as a correction of the hours: they are others now, so it takes the difference.
            (Some(of), Some(known)) => {
                Self { correction: self.correction + known - of, said_of: None, ..self }
            }
            (of, None) => Self { said_of: of, ..self },
            (None, Some(_)) => self,
        };
        match (was, is) {
            (Some(_), None) => Self { said_of: was, ..said },
            _ => said,
        }
    }
}

/// What is to be given to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShare {
    /// As `find_person` takes it: a handle, a name or its beginning.
    pub who: String,
    /// How much; `None` is the estimate, or unknown without one.
    pub minutes: Option<Minutes>,
    /// First day; `None` is today.
    pub from: Option<NaiveDate>,
    /// Last day; `None` is the due day, or the tier's usual time without one.
    pub to: Option<NaiveDate>,
    /// It takes nobody's time until it is confirmed.
    pub is_tentative: bool,
    /// How it lies in the window.
    pub shape: Shape,
}

impl NewShare {
    /// All of a request, from today until it is due.
    pub fn whole(who: &str) -> Self {
        Self {
            who: who.to_owned(),
            minutes: None,
            from: None,
            to: None,
            is_tentative: false,
            shape: Shape::Even,
        }
    }
}

impl Shape {
    /// True where it says by itself how much there is: so much a day, or day by day. No estimate says more of that.
    pub const fn has_hours(&self) -> bool {
        matches!(self, Self::PerDay(_) | Self::Hand(_))
    }

    /// In words, as people are told of it.
    pub fn described(&self) -> String {
        match self {
            Self::PerDay(minutes) => format!("{minutes} a day"),
            Self::Hand(days) => {
                let mut parts: Vec<String> = days
                    .iter()
                    .take(HAND_DAYS)
                    .map(|(on, minutes)| format!("{} {minutes}", day::short_day(*on)))
                    .collect();
                if days.len() > HAND_DAYS {
                    parts.push(format!("and {} more", days.len() - HAND_DAYS));
                }
                format!("by hand: {}", parts.join(", "))
            }
            Self::Even | Self::Front | Self::Back => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_read_what_they_print() {
        for text in ["even", "front", "back", "per-day:240", "hand:2026-11-24=240,2026-11-25=60"] {
            assert_eq!(text.parse::<Shape>().unwrap().to_string(), text);
        }
        assert!("hand:soon=3".parse::<Shape>().is_err());
    }

    #[test]
    fn a_share_by_hand_is_told_in_days_and_hours() {
        let told = |text: &str| text.parse::<Shape>().unwrap().described();
        assert_eq!(told("hand:2026-11-30=480,2026-12-01=450"), "by hand: Mon 30 Nov 8h, Tue 1 Dec 7h30m");
        let days: Vec<String> = (1..8).map(|on| format!("2026-12-0{on}=60")).collect();
        let week = told(&format!("hand:{}", days.join(",")));
        assert_eq!(week, "by hand: Tue 1 Dec 1h, Wed 2 Dec 1h, Thu 3 Dec 1h, Fri 4 Dec 1h, and 3 more");
    }

    #[test]
    fn shapes_read_what_a_form_shows() {
        let context = ParseContext::monday();
        for shown in ["even", "front", "back", "3h a day", "hand:2026-11-24=240"] {
            assert_eq!(Shape::read(shown, &context).unwrap().shown(), shown);
        }
        assert!(Shape::read("round", &context).is_err());
    }
}
