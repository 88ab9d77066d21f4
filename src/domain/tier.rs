//! Tiers 0 to 4 and what a studio expects of each: effort, days, rounds, readiness.

use crate::domain::bounds;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::minutes::Minutes;

/// How deep a piece of work goes: 0 shape the initiative … 4 self-serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tier(u8);

impl Tier {
    /// Production: what work is taken for when nothing says more.
    // A deeper guess would ask for an outcome before anything may begin.
    pub const PRODUCTION: Self = Self(3);
    /// All five, deepest first.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// Tier number 0 to 4.
    pub const fn new(number: u8) -> Option<Self> {
        if number <= 4 { Some(Self(number)) } else { None }
    }

    pub const fn number(self) -> u8 {
        self.0
    }

    /// Tiers 0 to 2 are not ready without an outcome.
    pub const fn needs_outcome(self) -> bool {
        self.0 <= 2
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("T{}", self.0))
    }
}

impl FromStr for Tier {
    type Err = String;
    /// Reads `2`, `t2` or `T2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim().trim_start_matches(['t', 'T']);
        digits.parse().ok().and_then(Self::new).ok_or_else(|| {
            format!(
                "`{}` is not a tier; tiers are 0 (shape the initiative) to 4 (self-serve)",
                bounds::named(text)
            )
        })
    }
}

impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Tier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not derived, since that would take any number for a tier.
        let number = u8::deserialize(deserializer)?;
        Self::new(number).ok_or_else(|| serde::de::Error::custom(format!("{number} is no tier")))
    }
}

/// What the configuration says about one tier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierRule {
    /// What people call it.
    pub name: String,
    /// The usual effort in hours while nothing better is known; drawn as unknown work.
    pub median_hours: u32,
    /// Business days from ready to delivered that are usual before there is a record of ten.
    pub usual_days: u32,
    /// Review rounds that are usual.
    pub rounds: u32,
    /// Readiness, 0 to 100, from which a request of this tier is complete enough to begin. What leaves the intake
    /// with less is told, not refused.
    pub ready_at: u8,
}

impl TierRule {
    pub fn median(&self) -> Minutes {
        Minutes::hours(i64::from(self.median_hours))
    }
}

/// The five rules, indexed by tier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TierRules(pub [TierRule; 5]);

impl TierRules {
    /// The rule of one tier; a request without a tier is treated as a guess of 3, production.
    pub fn of(&self, tier: Tier) -> &TierRule {
        &self.0[usize::from(tier.0)]
    }
}
