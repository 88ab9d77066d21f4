//! The friction log: what slows creativity down, what it harms, and the change each one led to.

use chrono::NaiveDate;

use super::count::counted;
use super::document::number;
use super::minutes::Minutes;
use super::named::named_enum;
use super::record::{Kind, RecordKey, record};

named_enum! {
    /// Where at the junction of people, process and platforms it sits.
    pub enum Area {
        People = "people", "people",
        Process = "process", "process",
        Platform = "platform", "platform",
    }
}

named_enum! {
    /// How far the change of it has come.
    pub enum FrictionStage {
        Seen = "seen", "seen",
        Changing = "changing", "changing",
        Unlocked = "unlocked", "unlocked",
        Dropped = "dropped", "dropped",
    }
}

super::record::word_datum!(Area, FrictionStage);

record! {
    /// Something that slows the work down.
    Friction = Friction, FrictionId {
        const LIST: &'static str = "friction";
        const ABOUT: &'static str = "What slows the work down";
        const NEW: &'static str = "A new friction: what slows the work down";
        const EXAMPLE: &'static str = "chasing approvals by e-mail ~6h area:process harms:O-3";

        /// What it is.
        text: String = "text" => field("Friction").needed().hint("what slows the work down"),
        /// people, process or platform.
        area: Option<Area> = "area" => field("Area").value("A"),
        /// Hours that it costs a week.
        hours: Minutes = "hours" => field("Hours a week").weekly().mark('~').json("minutes_per_week").hint("what it costs"),
        /// Whose hours.
        whom: String = "who" => field("Whose hours").mark('@').value("T"),
        /// What it harms: O-3, R-17 or a tier.
        harms: String = "harms" => field("Harms").key().words(true).also(&["on"]).hint("O-3, R-17 or a tier: t2"),
        /// How one knows.
        evidence: String = "evidence" => field("Evidence").long().hint("how one knows"),
        /// seen, changing, unlocked or dropped.
        stage: FrictionStage = "stage" => field("Stage").value("S"),
        /// Since when it is seen.
        seen: NaiveDate = "seen" => field("Seen since").hint("empty is today"),
        /// When its stage last changed.
        moved: Option<NaiveDate> = "moved" => field("Moved on").internal(),
        /// The proposal from the data that it came from; proposed only once.
        origin: String = "origin" => field("Comes from").internal(),
    }
}

impl Friction {
    fn wrong(&self) -> Option<String> {
        if self.text.trim().is_empty() {
            return Some("a friction needs a few words: what slows the work down".to_owned());
        }
        if self.hours.0 < 0 {
            return Some("hours lost a week cannot be below zero".to_owned());
        }
        (!self.harms.is_empty() && self.harmed().is_none())
            .then(|| format!("`{}` is nothing that can be harmed; write O-3, R-17 or t2", self.harms))
    }

    /// What it harms, read.
    pub fn harmed(&self) -> Option<Harm> {
        if let Ok(key) = self.harms.parse::<RecordKey>() {
            return matches!(key.kind(), Some(Kind::Outcome | Kind::Request)).then_some(Harm::Record(key));
        }
        self.harms.parse().ok().map(Harm::Tier)
    }

    /// On a day it was seen, and its stage had not yet moved to an end.
    pub fn was_open(&self, on: NaiveDate) -> bool {
        self.seen <= on && (self.is_open() || self.moved.is_some_and(|moved| moved > on))
    }

    /// Seen or changing: it still costs.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, FrictionStage::Seen | FrictionStage::Changing)
    }
}

/// What a friction harms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// An outcome or a request.
    Record(RecordKey),
    /// All work of a tier.
    Tier(super::tier::Tier),
}

/// What a friction costs the business, for the order of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrictionCost {
    /// What is lost in one week.
    pub hours: Minutes,
    /// 1 nothing named, 2 requests or tiers below concept, 3 an outcome or concept work.
    pub weight: i64,
    /// Whole weeks since it was seen, at least one.
    pub weeks: i64,
}

impl FrictionCost {
    /// Weighs one. `serves_outcome` says whether a harmed request points at an outcome.
    pub fn of(friction: &Friction, serves_outcome: bool, today: NaiveDate) -> Self {
        let weight = match friction.harmed() {
            Some(Harm::Record(key)) if key.kind() == Some(Kind::Outcome) || serves_outcome => 3,
            Some(Harm::Tier(tier)) if tier.number() <= 1 => 3,
            Some(_) => 2,
            None => 1,
        };
        // What was changed or dropped costs no more weeks from that day on.
        let until = if friction.was_open(today) { today } else { friction.moved.unwrap_or(today) };
        Self { hours: friction.hours, weight, weeks: ((until - friction.seen).num_days() / 7).max(1) }
    }

    /// Weekly minutes times the weight, 1 to 3: what the board is ordered by.
    pub const fn points(self) -> i64 {
        self.hours.0 * self.weight
    }

    /// The arithmetic: `6h a week, counted twice as it harms work: weight 12 · 24h lost in 4 weeks`.
    pub fn terms(self) -> String {
        let why = match self.weight {
            3 => "counted three times as it harms an outcome or concept work",
            2 => "counted twice as it harms work",
            _ => "counted once as it harms nothing named",
        };
        let spent = Minutes(self.hours.0 * self.weeks);
        let weeks = counted(self.weeks, "week", "weeks");
        format!(
            "{} a week, {why}: weight {} · {spent} lost in {weeks}",
            self.hours,
            number(Minutes(self.points()).as_hours())
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_cost_is_what_was_multiplied() {
        for (minutes, said) in [
            (90, "1h30m a week, counted three times as it harms an outcome or concept work: weight 4.5 · "),
            (360, ": weight 18 · "),
        ] {
            let cost = FrictionCost { hours: Minutes(minutes), weight: 3, weeks: 1 };
            assert!(cost.terms().contains(said), "{}", cost.terms());
        }
    }

    #[test]
    fn a_past_day_knows_a_friction_by_its_own_days() {
        let day = |text: &str| text.parse().unwrap();
        let unlocked = Friction {
            stage: FrictionStage::Unlocked,
            moved: Some(day("2026-11-10")),
            ..Friction::blank(day("2026-11-02"))
        };
        let open: Vec<bool> = ["2026-11-01", "2026-11-02", "2026-11-09", "2026-11-10"]
            .map(|on| unlocked.was_open(day(on)))
            .into();
        assert_eq!(open, [false, true, true, false]);
    }
    use crate::domain::record::{Record, TableRow};

    #[test]
    fn what_harms_an_outcome_costs_most_and_says_why() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let cost = |harms: &str| {
            let friction = Friction {
                text: "x".into(),
                hours: Minutes::hours(6),
                harms: harms.into(),
                ..Friction::blank("2026-10-26".parse().unwrap())
            };
            assert_eq!(friction.fault(), None, "{harms}");
            FrictionCost::of(&friction, false, today)
        };
        assert_eq!(
            [cost(""), cost("R-1"), cost("t3"), cost("t1"), cost("O-3")].map(|cost| cost.weight),
            [1, 2, 2, 3, 3]
        );
        assert_eq!(
            cost("O-3").terms(),
            "6h a week, counted three times as it harms an outcome or concept work: weight 18 · 24h lost in 4 weeks"
        );
        let odd = Friction { text: "x".into(), harms: "morale".into(), ..Friction::blank(today) };
        assert!(odd.fault().unwrap().contains("O-3"));
    }
}
