//! The four business levers of the product: what an outcome moves.

use super::named::{named_enum, read_as_text};

named_enum! {
    /// What a request or an outcome moves for the business.
    pub enum Lever {
        SpeedToMarket = "speed-to-market", "speed to market",
        BrandConsistency = "brand-consistency", "brand consistency",
        RiskReduction = "risk-reduction", "risk reduction",
        MeasurableImpact = "measurable-impact", "measurable impact",
    }
}

read_as_text!(Lever);
