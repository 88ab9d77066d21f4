//! The arithmetic behind what the queue says of a request, ready to be read aloud.

use super::{Desk, OpsError};
use crate::domain::ids::RequestId;
use crate::domain::readiness;

impl Desk {
    /// A title and the sums: score, readiness, tier, and why it is at risk or not.
    ///
    /// # Errors
    /// When there is no such request, or the store cannot be read.
    pub fn explain(&self, id: RequestId) -> Result<(String, Vec<String>), OpsError> {
        let row = self.row(id)?;
        let (request, score) = (&row.request, row.score);
        let set = |given: Option<u8>| if given.is_some() { "set" } else { "assumed" };
        let mut lines = vec![
            format!("Score {:.2} = (V + T + R) × confidence ÷ size: {}", score.total(), score.terms()),
            format!(
                "V value {} ({}), T time {} ({}), R risk {} ({}); confidence {:.2} comes from readiness {}; size {} of 20 from {}.",
                score.value,
                set(request.value),
                score.time,
                if request.time_criticality.is_some() { "set" } else { "from the due day" },
                score.risk,
                set(request.risk),
                score.confidence,
                row.readiness.points,
                score.size,
                request.estimate.map_or_else(
                    || "the usual time of its tier".to_owned(),
                    |minutes| format!("its estimate of {minutes}")
                ),
            ),
        ];
        if request.position.is_some() {
            lines.push("It stands where it was put by hand, before the score.".to_owned());
        }
        let parts: Vec<String> = readiness::arithmetic(request, &self.config.phrases)
            .into_iter()
            .map(|(name, points, of)| format!("{name} {points}/{of}"))
            .collect();
        lines.push(format!("Readiness {} of 100: {}.", row.readiness.points, parts.join(", ")));
        lines.push(match request.tier {
            Some(tier) => format!("Tier {} was set by hand.", tier.number()),
            None => format!("Tier {} is only guessed from the words of its title.", row.tier_guess.number()),
        });
        if row.reasons.is_empty() {
            lines.push("Not at risk: it fits by the truth test, is not blocked near its day, and is not older than usual.".to_owned());
        }
        lines.extend(row.reasons.iter().map(|reason| format!("At risk: {reason}.")));
        Ok((format!("Why {} stands where it stands", request.id), lines))
    }
}
