//! Calm against the load of that morning: how I was in the room beside how far the team was over when it began.

use super::ReflectionEntry;
use super::trend::ENOUGH;
use crate::domain::document::number;
use crate::domain::measures::median;
use crate::domain::minutes::Minutes;

/// One reflection that says both.
#[derive(Debug, Clone, Copy)]
pub struct CalmPoint<'a> {
    /// The reflection, for its day and its room.
    pub entry: &'a ReflectionEntry,
    /// 1 tense … 5 calm.
    pub calm: u8,
    /// How far the team was over.
    pub over: Minutes,
}

/// Reflections that say both, oldest first.
pub fn points<'a>(entries: &[&'a ReflectionEntry]) -> Vec<CalmPoint<'a>> {
    let point = |entry: &&'a ReflectionEntry| {
        let reflection = &entry.reflection;
        // Either may be unsaid: a blank is no lowest calm, and a load that nobody knows is none that fitted.
        Some(CalmPoint { entry, calm: reflection.presence?.calm, over: reflection.forced_over? })
    };
    entries.iter().filter_map(point).collect()
}

/// Mornings of both kinds, those with somebody over first.
pub fn both_kinds<'a>(points: &[CalmPoint<'a>]) -> (Vec<CalmPoint<'a>>, Vec<CalmPoint<'a>>) {
    points.iter().copied().partition(|point| point.over.is_positive())
}

/// Both kinds of mornings beside each other, told only where five of either are known.
pub fn comparison(points: &[CalmPoint<'_>]) -> Option<String> {
    let (over, fine) = both_kinds(points);
    (over.len() >= ENOUGH && fine.len() >= ENOUGH).then(|| {
        format!(
            "median calm {} when somebody was over (n {}), {} when nobody was (n {})",
            number(median_calm(&over)),
            over.len(),
            number(median_calm(&fine)),
            fine.len()
        )
    })
}

/// The median of how calm the lead was.
pub fn median_calm(points: &[CalmPoint<'_>]) -> f64 {
    median(points.iter().map(|point| i64::from(point.calm)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::ids::MeetingId;
    use crate::domain::meeting::{MeetingKind, OccurrenceKey};
    use crate::domain::reflection::{Presence, Reflection};

    fn entry(calm: Option<u8>, over: Option<i64>) -> ReflectionEntry {
        let reflection = Reflection {
            meeting: OccurrenceKey { meeting: MeetingId(1), occurrence: String::new() },
            stance: 3,
            presence: calm.map(|calm| Presence { calm, engaged: 3 }),
            first: None,
            expansion: None,
            contraction: None,
            touched: None,
            moment: String::new(),
            if_then: String::new(),
            came_up: Vec::new(),
            kept: None,
            forced_over: over.map(Minutes::hours),
            written: DateTime::UNIX_EPOCH,
        };
        let kind = MeetingKind::Leadership;
        ReflectionEntry {
            start: DateTime::UNIX_EPOCH,
            kind,
            series: String::new(),
            attendees: Vec::new(),
            reflection,
        }
    }

    #[test]
    fn a_morning_whose_load_nobody_knows_is_no_point() {
        let entries = [entry(Some(4), Some(0)), entry(Some(4), None), entry(None, Some(8))];
        assert_eq!(points(&entries.iter().collect::<Vec<_>>()).len(), 1);
    }

    #[test]
    fn two_kinds_of_mornings_are_compared_from_five_of_either_on() {
        let over = [2, 3, 2, 4, 3].map(|calm| entry(Some(calm), Some(8)));
        let fine = [5, 4, 4, 5, 4, 5].map(|calm| entry(Some(calm), Some(0)));
        let all: Vec<&ReflectionEntry> = over.iter().chain(&fine).collect();
        let told = comparison(&points(&all)).unwrap();
        assert_eq!(told, "median calm 3 when somebody was over (n 5), 4.5 when nobody was (n 6)");
        assert_eq!(comparison(&points(&all[1..])), None, "four are too few");
    }
}
