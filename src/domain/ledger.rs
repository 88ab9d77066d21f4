//! The headroom ledger, double entry: hours that a change freed on one side, a named destination and its result on
//! the other. What is freed but not redirected ages in sight.

use chrono::NaiveDate;

use super::day;
use super::ids::{FrictionId, GainId};
use super::minutes::Minutes;
use super::record::{Kind, RecordKey, record};
use super::span::Span;

record! {
    /// Hours a week that a named change freed.
    Gain = Gain, GainId {
        const LIST: &'static str = "gains";
        const ABOUT: &'static str = "Hours a week that a change freed";
        const NEW: &'static str = "A new gain: hours that a change freed";

        /// The change.
        text: String = "text" => field("Change").needed().hint("what freed the hours"),
        /// The friction that it unlocked.
        friction_id: Option<FrictionId> = "friction" => field("Unlocked").hint("F-2").value("F-n"),
        /// Hours a week that are free.
        hours: Minutes = "hours" => field("Hours a week").weekly().needed().json("minutes_per_week").hint("what is free"),
        /// From which day on.
        from_day: NaiveDate = "from" => field("From").hint("empty is today"),
        /// Until which day.
        to_day: Option<NaiveDate> = "to" => field("Until").hint("if it ends"),
        /// Hours a week before; frozen once written.
        baseline: Minutes = "baseline" => field("Was, a week")
            .json("baseline_minutes_per_week")
            .hint("hours a week before; frozen once written"),
        /// On which day that was so.
        baseline_on: NaiveDate = "baseline-on" => field("Baseline on").option_only(),
        /// How that is known.
        evidence: String = "evidence" => field("Evidence").long().hint("how that is known"),
    }
}

record! {
    /// Hours of a gain put onto an outcome or a request, and what came of it.
    Redirect = Redirect, RedirectId {
        const LIST: &'static str = "redirects";
        const ABOUT: &'static str = "Where freed hours went, and what came of it";
        const ADD: &'static str = "Put hours of a gain onto an outcome or a request";
        const EDIT: &'static str = "Change one, or say what came of it";
        const NEW: &'static str = "Redirect hours of a gain";

        /// The gain whose hours they are.
        gain_id: GainId = "gain" => field("Of gain").needed().hint("G-1").argument("GAIN"),
        /// The outcome or request that gets them.
        target: RecordKey = "onto" => field("Onto").needed().hint("O-3 or R-17").argument("ONTO"),
        /// Hours a week.
        hours: Minutes = "hours" => field("Hours a week").weekly().needed().json("minutes_per_week"),
        /// From which day on.
        from_day: NaiveDate = "from" => field("From").hint("empty is today"),
        /// Until which day.
        to_day: Option<NaiveDate> = "to" => field("Until").hint("if it ends"),
        /// What came of it.
        result: String = "result" => field("Came of it").long().hint("what came of it"),
        /// When that was seen.
        result_on: Option<NaiveDate> = "result-on" => field("Seen on").option_only(),
    }
}

fn window_fault(from: NaiveDate, to: Option<NaiveDate>) -> Option<String> {
    to.filter(|to| *to < from).map(|to| format!("it ends on {to}, before it begins on {from}"))
}

fn hours_on(a_week: Minutes, (from, to): (NaiveDate, Option<NaiveDate>), day: NaiveDate) -> Minutes {
    if from <= day && to.is_none_or(|to| day <= to) { a_week } else { Minutes::ZERO }
}

impl Gain {
    fn wrong(&self) -> Option<String> {
        if self.text.trim().is_empty() {
            return Some("a gain needs the change that freed the hours, in a few words".to_owned());
        }
        if !self.hours.is_positive() {
            return Some("a gain needs hours a week above zero: --hours 6".to_owned());
        }
        // The baseline is frozen for this: nobody can free more than was spent, whatever is claimed later.
        if self.hours > self.baseline {
            return Some(format!("{} a week cannot be freed of {} a week before", self.hours, self.baseline));
        }
        window_fault(self.from_day, self.to_day)
    }

    /// Free hours a week on a day.
    pub fn on(&self, day: NaiveDate) -> Minutes {
        hours_on(self.hours, (self.from_day, self.to_day), day)
    }
}

impl Redirect {
    fn wrong(&self) -> Option<String> {
        if self.gain_id.0 == 0 {
            return Some("a redirect takes hours of a gain: G-1".to_owned());
        }
        // A new redirect begins with request 0 as its target, which nobody has chosen.
        if !matches!(self.target.kind(), Some(Kind::Outcome | Kind::Request))
            || self.target.number_of(Kind::Request) == Some(0)
        {
            return Some("hours are redirected onto an outcome or a request: O-3 or R-17".to_owned());
        }
        if !self.hours.is_positive() {
            return Some("a redirect needs hours a week above zero: --hours 4".to_owned());
        }
        window_fault(self.from_day, self.to_day)
    }

    /// Hours a week on a day.
    pub fn on(&self, day: NaiveDate) -> Minutes {
        hours_on(self.hours, (self.from_day, self.to_day), day)
    }

    /// When it runs, where that is not simply now: `, ended Fri 20 Nov`.
    pub fn window_words(&self, today: NaiveDate) -> String {
        match self.to_day {
            _ if self.from_day > today => format!(", from {}", day::day_near(self.from_day, today)),
            Some(to) if to < today => format!(", ended {}", day::day_near(to, today)),
            Some(to) => format!(", until {}", day::day_near(to, today)),
            None => String::new(),
        }
    }
}

/// What stands on both sides on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// Hours a week that are free.
    pub freed: Minutes,
    /// Of these, with a destination.
    pub redirected: Minutes,
}

impl Balance {
    /// Freed hours that nobody has given a destination yet.
    pub fn unspoken(self) -> Minutes {
        // A redirect may run on after its gain has ended. That is told as overdrawn, never as negative hours to
        // give.
        (self.freed - self.redirected).at_least_zero()
    }
}

/// The balance of one gain on a day.
pub fn balance(gain: &Gain, redirects: &[Redirect], day: NaiveDate) -> Balance {
    let own = redirects.iter().filter(|redirect| redirect.gain_id == gain.id);
    Balance { freed: gain.on(day), redirected: own.map(|redirect| redirect.on(day)).sum() }
}

/// The balance of everything on a day.
pub fn total(gains: &[Gain], redirects: &[Redirect], day: NaiveDate) -> Balance {
    gains.iter().fold(Balance::default(), |sum, gain| {
        let own = balance(gain, redirects, day);
        Balance { freed: sum.freed + own.freed, redirected: sum.redirected + own.redirected }
    })
}

/// Since which day a gain has hours without a destination; `None` while it has none today.
pub fn unspoken_since(gain: &Gain, redirects: &[Redirect], today: NaiveDate) -> Option<NaiveDate> {
    if !balance(gain, redirects, today).unspoken().is_positive() {
        return None;
    }
    // The balance changes only where something begins or the day after it ends.
    let own = redirects.iter().filter(|redirect| redirect.gain_id == gain.id);
    let mut turns: Vec<NaiveDate> = own
        // The last day still counts, so the balance turns on the day after it.
        .flat_map(|redirect| [Some(redirect.from_day), redirect.to_day.map(|to| day::plus(to, 1))])
        .flatten()
        .chain([gain.from_day])
        .filter(|turn| gain.from_day <= *turn && *turn <= today)
        .collect();
    turns.sort_unstable();
    let last_spent = turns.iter().rposition(|turn| !balance(gain, redirects, *turn).unspoken().is_positive());
    // Since the turn after the last day on which all of it had a place.
    turns.get(last_spent.map_or(0, |index| index + 1)).copied()
}

/// The first day on which redirects take more than their gain has, with how much too much.
pub fn overdrawn(gain: &Gain, redirects: &[Redirect]) -> Option<(NaiveDate, Minutes)> {
    let own: Vec<&Redirect> = redirects.iter().filter(|redirect| redirect.gain_id == gain.id).collect();
    let ends = gain.to_day.map(|to| day::plus(to, 1));
    // More is spent only where a redirect begins, and less is there only where the gain ends: other days need
    // no look.
    let mut turns: Vec<NaiveDate> = own.iter().map(|redirect| redirect.from_day).chain(ends).collect();
    turns.sort_unstable();
    turns.into_iter().find_map(|turn| {
        let at = balance(gain, redirects, turn);
        let over = at.redirected - at.freed;
        over.is_positive().then_some((turn, over))
    })
}

/// One week of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// The first day of the week.
    pub monday: NaiveDate,
    /// Hours on both sides in it: a seventh of hours a week for each of its days on which they held.
    pub balance: Balance,
}

/// Hours that hours a week bring on so many days.
pub fn of_days(a_week: Minutes, days: i64) -> Minutes {
    // To the nearest minute; sevenths have no half.
    Minutes((a_week.0 * days + 3) / 7)
}

/// The last weeks up to the one of `today`, oldest first. This week counts whole, as the records have it planned.
pub fn weeks(gains: &[Gain], redirects: &[Redirect], today: NaiveDate, count: u32) -> Vec<Week> {
    // Whole weeks, so that a bar does not grow from Monday to Sunday.
    let this = day::monday(today);
    (0..i64::from(count))
        .rev()
        .map(|back| {
            let monday = day::plus(this, -7 * back);
            Week { monday, balance: of_week(gains, redirects, monday) }
        })
        .collect()
}

/// Both sides of one week, by its days.
fn of_week(gains: &[Gain], redirects: &[Redirect], monday: NaiveDate) -> Balance {
    let week = Span::week(monday);
    let held = |from, to| week.shared(from, to).map_or(0, Span::days);
    Balance {
        freed: gains.iter().map(|gain| of_days(gain.hours, held(gain.from_day, gain.to_day))).sum(),
        redirected: redirects.iter().map(|it| of_days(it.hours, held(it.from_day, it.to_day))).sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::RedirectId;
    use crate::domain::record::{Record, TableRow};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn gain(hours: i64) -> Gain {
        Gain {
            id: GainId(1),
            text: "Templates instead of e-mail".into(),
            hours: Minutes::hours(hours),
            baseline: Minutes::hours(10),
            ..Gain::blank(day("2026-11-02"))
        }
    }

    fn redirect(id: i64, hours: i64, from: &str, to: Option<&str>) -> Redirect {
        Redirect {
            id: RedirectId(id),
            gain_id: GainId(1),
            target: RecordKey::Numbered(Kind::Outcome, 3),
            hours: Minutes::hours(hours),
            from_day: day(from),
            to_day: to.map(day),
            ..Redirect::blank(day("2026-11-02"))
        }
    }

    #[test]
    fn both_sides_balance_and_what_is_left_ages() {
        let gains = [gain(6)];
        let redirects = [redirect(1, 4, "2026-11-09", None)];
        let today = day("2026-11-23");
        let now = total(&gains, &redirects, today);
        assert_eq!(
            (now.freed, now.redirected, now.unspoken()),
            (Minutes::hours(6), Minutes::hours(4), Minutes::hours(2))
        );
        assert_eq!(unspoken_since(&gains[0], &redirects, today), Some(day("2026-11-02")));
        let all = [redirect(1, 6, "2026-11-02", Some("2026-11-13"))];
        assert_eq!(unspoken_since(&gains[0], &all, today), Some(day("2026-11-14")));
        assert_eq!(unspoken_since(&gains[0], &[redirect(1, 6, "2026-11-02", None)], today), None);
    }

    #[test]
    fn a_window_counts_its_last_day_and_may_be_one_day_long() {
        let one = redirect(1, 4, "2026-11-09", Some("2026-11-09"));
        assert_eq!(one.wrong(), None);
        assert_eq!(["2026-11-09", "2026-11-10"].map(|on| one.on(day(on)).0), [240, 0]);
        assert!(redirect(1, 4, "2026-11-09", Some("2026-11-08")).wrong().is_some());
        assert!(redirect(1, 0, "2026-11-09", None).wrong().is_some());
        let nowhere = Redirect { target: RecordKey::Numbered(Kind::Request, 0), ..one };
        assert!(nowhere.wrong().is_some());
        assert_eq!((gain(10).wrong(), gain(11).wrong().is_some()), (None, true), "all of it may be freed");
        let later = redirect(1, 6, "2026-11-30", None);
        assert_eq!(unspoken_since(&gain(6), &[later], day("2026-11-23")), Some(day("2026-11-02")));
    }

    #[test]
    fn weeks_are_counted_by_their_days() {
        // Seven hours a week until Friday are five hours in that week, and none in the next.
        let ending = Gain { hours: Minutes::hours(7), to_day: Some(day("2026-11-13")), ..gain(6) };
        let found =
            weeks(&[ending], &[redirect(1, 7, "2026-11-12", Some("2026-11-13"))], day("2026-11-23"), 4);
        let hours: Vec<_> =
            found.iter().map(|week| (week.balance.freed.0 / 60, week.balance.redirected.0 / 60)).collect();
        assert_eq!(hours, [(7, 0), (5, 2), (0, 0), (0, 0)]);
        let found = weeks(&[gain(6)], &[redirect(1, 4, "2026-11-09", None)], day("2026-11-23"), 4);
        let hours: Vec<_> =
            found.iter().map(|week| (week.balance.freed.0 / 60, week.balance.redirected.0 / 60)).collect();
        assert_eq!(hours, [(6, 0), (6, 4), (6, 4), (6, 4)]);
    }

    #[test]
    fn redirects_never_exceed_their_gain() {
        assert_eq!(
            overdrawn(&gain(6), &[redirect(1, 4, "2026-11-09", None), redirect(2, 2, "2026-11-16", None)]),
            None
        );
        let found =
            overdrawn(&gain(6), &[redirect(1, 4, "2026-11-09", None), redirect(2, 3, "2026-11-16", None)]);
        assert_eq!(found, Some((day("2026-11-16"), Minutes::hours(1))));
        let ended = Gain { to_day: Some(day("2026-11-20")), ..gain(6) };
        assert_eq!(
            overdrawn(&ended, &[redirect(1, 4, "2026-11-09", None)]),
            Some((day("2026-11-21"), Minutes::hours(4)))
        );
    }

    #[test]
    fn faults_are_sentences() {
        assert!(gain(0).fault().unwrap().contains("above zero"));
        assert!(gain(11).fault().unwrap().contains("10h a week before"));
        let odd =
            Redirect { target: RecordKey::Numbered(Kind::Risk, 1), ..redirect(1, 4, "2026-11-09", None) };
        assert!(odd.fault().unwrap().contains("O-3"));
    }

    proptest! {
        #[test]
        fn within_their_gain_nothing_is_negative(hours in 1i64..10, parts in proptest::collection::vec((0i64..5, 0i64..60, 0i64..60), 0..5)) {
            let gain = Gain { hours: Minutes::hours(hours), ..gain(6) };
            let redirects: Vec<Redirect> = parts.iter().enumerate().map(|(index, (hours, from, length))| Redirect {
                hours: Minutes::hours(*hours), from_day: day::plus(gain.from_day, *from), to_day: Some(day::plus(gain.from_day, from + length)),
                ..redirect(i64::try_from(index).unwrap() + 1, 1, "2026-11-02", None)
            }).collect();
            if overdrawn(&gain, &redirects).is_none() {
                for offset in 0..130 {
                    let at = balance(&gain, &redirects, day::plus(gain.from_day, offset));
                    prop_assert!(at.redirected <= at.freed);
                }
            }
        }
    }
}
