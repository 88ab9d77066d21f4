//! Hours of people: where they went on days that are over, by what was kept, and where they are planned to go from
//! today on. Confirmed hours are those of the grid: tentative shares, work that nobody
//! estimated and roles are in none of these figures.

use chrono::NaiveDate;

use super::{Facts, Measured, MeasuredValue, Span, request_keys};
use crate::domain::day;
use crate::domain::ids::RequestId;
use crate::domain::kept::KeptShare;
use crate::domain::minutes::Minutes;
use crate::domain::tier::Tier;

/// Hours of one request on one day.
struct Hours {
    request: RequestId,
    tier: Tier,
    minutes: Minutes,
}

fn kept<'a>(facts: &Facts<'a>, span: Span) -> impl Iterator<Item = &'a KeptShare> {
    let today = facts.today;
    facts.kept.shares.iter().filter(move |it| {
        // A clock that was ahead once may have kept today and days to come; for those the plan is told, and
        // nothing twice.
        span.holds(it.day) && it.day < today && !it.is_role && !it.is_tentative && !it.is_unknown
    })
}

/// Confirmed hours of a span: done on its days that are over, planned for today and later.
fn confirmed(facts: &Facts<'_>, span: Span) -> Vec<Hours> {
    let done = kept(facts, span).map(|it| Hours { request: it.request, tier: it.tier, minutes: it.done });
    let ahead = facts.planned.iter().filter(|it| span.holds(it.day) && it.day >= facts.today);
    let ahead = ahead.map(|it| Hours { request: it.request, tier: it.tier, minutes: it.minutes });
    done.chain(ahead).filter(|it| it.minutes.is_positive()).collect()
}

/// What is known of the hours of a span.
enum KnownHours {
    All,
    Part {
        /// Nothing was kept before this day.
        from: Option<NaiveDate>,
        /// Days of it that wait for a yes, the first and the last.
        waiting: Option<(NaiveDate, NaiveDate)>,
    },
    /// None of them, and why.
    Nothing(String),
}

/// True if the hours of a day are known: it was kept, or is still to come.
fn is_known(facts: &Facts<'_>, on: NaiveDate) -> bool {
    on >= facts.today || facts.kept.has(on)
}

fn known(facts: &Facts<'_>, span: Span) -> KnownHours {
    // A clock that was ahead may have kept a first day that is still to come.
    let first = facts.kept.first.map_or(facts.today, |first| first.min(facts.today));
    // Before the first kept day lies at most a weekend that nobody misses.
    let days = || span.from.iter_days().take_while(|on| *on <= span.to);
    let working = || days().filter(|on| facts.calendar.is_working(*on));
    let missed: Vec<NaiveDate> = working().filter(|on| !is_known(facts, *on)).collect();
    let (Some(begin), Some(end)) = (missed.first(), missed.last()) else { return KnownHours::All };
    let mut runs = facts.kept.waits.iter();
    let waits = runs.find(|(first, last)| *first <= *end && *begin <= *last).map(|(first, _)| *first);
    if working().count() == missed.len() {
        return KnownHours::Nothing(match waits {
            Some(waits) => {
                format!("not recorded from {} on: not used for too long", day::day_near(waits, facts.today))
            }
            None => format!("not recorded before {}", day::day_near(first, facts.today)),
        });
    }
    KnownHours::Part {
        from: (*begin < first).then_some(first),
        waiting: waits.map(|waits| (waits.max(span.from), *end)),
    }
}

/// Puts hours into a figure, with what is known of its span.
fn measured(
    facts: &Facts<'_>,
    span: Span,
    (part, whole): (Minutes, Minutes),
    rows: &[RequestId],
    definition: &str,
) -> Measured {
    let rows = request_keys(rows.iter().copied());
    // Of a Saturday nothing could have been recorded either.
    let could_be_missed = |on: &&NaiveDate| span.holds(**on) && facts.calendar.is_working(**on);
    let reconstructed = facts.kept.reconstructed.iter().filter(could_be_missed).count();
    let all = Measured::new(MeasuredValue::Hours(part, whole), rows.len(), span, rows, definition);
    let all = Measured { reconstructed, ..all };
    match known(facts, span) {
        KnownHours::All => all,
        KnownHours::Part { from, waiting } => Measured { known_from: from, waiting, ..all },
        KnownHours::Nothing(why) => Measured { value: MeasuredValue::Unknown(why), n: 0, ..all },
    }
}

fn sum<'a>(hours: impl IntoIterator<Item = &'a Hours>) -> Minutes {
    hours.into_iter().map(|it| it.minutes).sum()
}

/// The part of all confirmed hours that goes into initiatives and new concepts, in minutes of both.
pub fn strategy_share(facts: &Facts<'_>, span: Span) -> Measured {
    let all = confirmed(facts, span);
    // In hours and not in items, among which small production work leads however the time is spent.
    let deep = sum(all.iter().filter(|it| it.tier.number() <= 1));
    let rows: Vec<RequestId> = all.iter().map(|it| it.request).collect();
    let definition = "confirmed hours on tiers 0 and 1, out of all confirmed hours of these days: done on days that are over, planned for the others";
    measured(facts, span, (deep, sum(&all)), &rows, definition)
}

/// Confirmed hours on tiers 0 to 4.
pub fn tier_mix(facts: &Facts<'_>, span: Span) -> [Minutes; 5] {
    let all = confirmed(facts, span);
    std::array::from_fn(|tier| sum(all.iter().filter(|it| usize::from(it.tier.number()) == tier)))
}

/// Confirmed hours out of the time that people had or have.
pub fn utilisation(facts: &Facts<'_>, span: Span) -> Measured {
    let all = confirmed(facts, span);
    // The time of a day of which no hours are known is no part of it: it would look like time that nobody used.
    let counts = |on: NaiveDate| span.holds(on) && is_known(facts, on);
    let time = facts.capacity.iter().filter(|(on, _)| counts(*on)).map(|(_, minutes)| *minutes).sum();
    let rows: Vec<RequestId> = all.iter().map(|it| it.request).collect();
    let definition = "confirmed hours (done on days that are over, planned for the others) out of contracted hours less absences and holidays of the days that are recorded or to come, as the records now stand";
    measured(facts, span, (sum(&all), time), &rows, definition)
}

/// Hours that were planned for days that are over, and did not come off.
pub fn planned_not_done(facts: &Facts<'_>, span: Span) -> Measured {
    let own: Vec<&KeptShare> = kept(facts, span).collect();
    let missed = own.iter().map(|it| (it.planned - it.done).at_least_zero()).sum();
    let planned = own.iter().map(|it| it.planned).sum();
    let rows: Vec<RequestId> = own.iter().filter(|it| it.done < it.planned).map(|it| it.request).collect();
    let definition = "hours that the plan of each day had and that were not done on it, out of all planned hours of days that are over";
    measured(facts, span, (missed, planned), &rows, definition)
}

/// Confirmed hours on some requests, out of all confirmed hours.
pub fn hours_on(facts: &Facts<'_>, span: Span, requests: &[RequestId]) -> Measured {
    let all = confirmed(facts, span);
    let own: Vec<&Hours> = all.iter().filter(|it| requests.contains(&it.request)).collect();
    let rows: Vec<RequestId> = own.iter().map(|it| it.request).collect();
    let definition = "confirmed hours on the requests that are for it, out of all: done on days that are over, planned for the others";
    measured(facts, span, (own.iter().map(|it| it.minutes).sum(), sum(&all)), &rows, definition)
}
