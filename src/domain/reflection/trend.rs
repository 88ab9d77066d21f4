//! What follows from reflections; derived, never typed. Small samples are said
//! as counts, medians need five entries, and nothing here knows streaks.

use super::{FirstWord, ReflectionEntry, Touched};
use crate::domain::measures::{self, Share, rooms};

/// Below this many entries a trend is dots, and a share is a count.
pub const ENOUGH: usize = measures::ENOUGH as usize;

/// Everything derived from a set of entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    pub count: usize,
    /// Each stance, oldest first.
    pub stances: Vec<u8>,
    /// Median stance × 10; only from five entries on.
    pub median_tenths: Option<u32>,
    /// Mean of stance, lead word and effect on the decision; only from five entries on.
    pub altitude: Option<f64>,
    /// Leadership meetings with a decision framed, changed or stopped, out of all leadership meetings.
    pub shape: Share,
    /// Expansion questions out of all that were counted.
    pub expansion: Share,
}

impl Trend {
    /// Derives the figures of some entries, given oldest first.
    pub fn of(entries: &[&ReflectionEntry]) -> Self {
        let stances: Vec<u8> = entries.iter().map(|entry| entry.reflection.stance).collect();
        let enough = entries.len() >= ENOUGH;
        Self {
            count: entries.len(),
            median_tenths: enough.then(|| median_tenths(&stances)),
            altitude: enough.then(|| altitude(entries)),
            shape: rooms::shape(entries),
            expansion: rooms::questions(entries),
            stances,
        }
    }
}

fn median_tenths(stances: &[u8]) -> u32 {
    let mut sorted = stances.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let at = |index: usize| u32::from(sorted[index]);
    if sorted.len() % 2 == 1 { at(middle) * 10 } else { (at(middle - 1) + at(middle)) * 5 }
}

/// What the first word adds to or takes from the stance.
const fn lead_weight(first: Option<FirstWord>) -> f64 {
    match first {
        Some(FirstWord::Outcome | FirstWord::Risk) => 0.5,
        Some(FirstWord::Ask) => 0.25,
        Some(FirstWord::Status | FirstWord::Process) => -0.5,
        None => 0.0,
    }
}

/// What an effect on a decision adds.
const fn effect(touched: Option<Touched>) -> f64 {
    match touched {
        Some(Touched::Framed) => 0.5,
        Some(Touched::Changed | Touched::Stopped) => 1.0,
        Some(Touched::None | Touched::Informed) | None => 0.0,
    }
}

fn altitude(entries: &[&ReflectionEntry]) -> f64 {
    let each = entries.iter().map(|entry| {
        let reflection = &entry.reflection;
        f64::from(reflection.stance) + lead_weight(reflection.first) + effect(reflection.touched)
    });
    each.sum::<f64>() / f64::from(u32::try_from(entries.len()).unwrap_or(u32::MAX).max(1))
}

/// How the later half of the entries stands against the one before it, in a word. Nothing is claimed below five entries on
/// either side.
pub fn direction(stances: &[u8]) -> Option<&'static str> {
    Some(match compared(stances)? {
        std::cmp::Ordering::Greater => "rising",
        std::cmp::Ordering::Less => "falling",
        std::cmp::Ordering::Equal => "level",
    })
}

/// The later half against the one before it.
fn compared(stances: &[u8]) -> Option<std::cmp::Ordering> {
    if stances.len() < 2 * ENOUGH {
        return None;
    }
    let (before, now) = stances.split_at(stances.len() / 2);
    Some(median_tenths(now).cmp(&median_tenths(before)))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::super::Reflection;
    use super::*;
    use crate::domain::ids::MeetingId;
    use crate::domain::meeting::MeetingKind;
    use crate::domain::meeting::OccurrenceKey;

    fn entry(stance: u8, touched: Option<Touched>, kind: MeetingKind) -> ReflectionEntry {
        let reflection = Reflection {
            meeting: OccurrenceKey { meeting: MeetingId(1), occurrence: String::new() },
            stance,
            presence: None,
            first: None,
            expansion: Some(2),
            contraction: Some(1),
            touched,
            moment: String::new(),
            if_then: String::new(),
            came_up: Vec::new(),
            kept: None,
            forced_over: None,
            written: DateTime::UNIX_EPOCH,
        };
        ReflectionEntry {
            start: DateTime::UNIX_EPOCH,
            kind,
            series: String::new(),
            attendees: Vec::new(),
            reflection,
        }
    }

    #[test]
    fn below_five_entries_nothing_is_averaged() {
        let entries: Vec<_> =
            (0..4).map(|_| entry(4, Some(Touched::Framed), MeetingKind::Leadership)).collect();
        let trend = Trend::of(&entries.iter().collect::<Vec<_>>());
        assert_eq!((trend.median_tenths, trend.altitude), (None, None));
        assert_eq!(trend.shape.to_string(), "4 of 4");
    }

    #[test]
    fn from_five_on_medians_and_shares_are_said() {
        let mut entries: Vec<_> = [1, 2, 4, 4, 5]
            .map(|stance| entry(stance, Some(Touched::Framed), MeetingKind::Leadership))
            .into();
        entries.push(entry(3, None, MeetingKind::Team));
        let trend = Trend::of(&entries.iter().collect::<Vec<_>>());
        assert_eq!(trend.median_tenths, Some(35));
        assert_eq!(trend.shape.to_string(), "5 of 5, 100 %");
        assert_eq!(trend.expansion.to_string(), "12 of 18, 67 %");
        assert!((trend.altitude.unwrap() - (19.0 + 2.5) / 6.0).abs() < 1e-9);
    }

    #[test]
    fn a_direction_is_claimed_only_with_five_on_either_side() {
        assert_eq!(direction(&[1; 9]), None);
        let rising = [1, 2, 2, 1, 2, 4, 4, 3, 5, 4];
        assert_eq!(direction(&rising).unwrap(), "rising");
    }
}
