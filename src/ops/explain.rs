//! The arithmetic behind what the queue says of a request, ready to be read aloud.

use super::{Desk, OpsError};
use crate::domain::ids::RequestId;
use crate::domain::readiness;
use crate::ops::queue::Rank;

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
            format!("Score {:.2}: {}", score.total(), score.sentence()),
            format!(
                "From value {} ({}), time {} ({}), risk {} ({}); confidence {:.2} comes from readiness {}; size {} of 20 from {}.",
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
        match row.rank() {
            Rank::ByHand => {
                lines.push("It stands where it was put by hand, before the score.".to_owned());
            }
            Rank::LateHardDay => lines.push(
                "Its hard day has passed, so it stands before all others, whatever their score.".to_owned(),
            ),
            Rank::Score => {}
        }
        // By the rules that gave the points, so that the parts always add up to them.
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
            lines.push("Not at risk: it can be done by its day, is not blocked near it, and is not older than usual.".to_owned());
        }
        lines.extend(row.reasons.iter().map(|reason| format!("At risk: {reason}.")));
        Ok((format!("Why {} stands where it stands", request.id), lines))
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::field::Field;
    use crate::ops::kit::{go, request, studio};

    #[test]
    fn what_was_set_and_what_is_assumed_are_told_apart() {
        let mut desk = studio();
        let id = request(&mut desk, "Poster due:2026-12-18");
        let lines = |desk: &crate::ops::Desk| desk.explain(id).unwrap().1;
        assert!(lines(&desk)[1].contains("(assumed)") && lines(&desk)[1].contains("(from the due day)"));
        assert!(lines(&desk)[1].ends_with("from the usual time of its tier."));
        assert!(lines(&desk)[3].contains("is only guessed from the words of its title"));
        let set = [(Field::Value, "8"), (Field::Risk, "5"), (Field::Estimate, "6h"), (Field::Tier, "3")];
        desk.set_fields(&[id], &set.map(|(field, text)| (field, text.to_owned()))).unwrap();
        assert!(lines(&desk)[1].contains("value 8 (set)") && lines(&desk)[1].contains("risk 5 (set)"));
        assert!(lines(&desk)[1].ends_with("from its estimate of 6h."));
        assert_eq!(lines(&desk)[3], "Tier 3 was set by hand.");
    }

    #[test]
    fn the_points_of_readiness_add_up_to_what_is_told() {
        let mut desk = studio();
        let id = request(&mut desk, "Poster t3 due:2026-12-18 decider:Kim requester:Zoe ~4h");
        let line = desk.explain(id).unwrap().1.remove(2);
        let (total, parts) = line.split_once(" of 100: ").unwrap();
        let points = parts.trim_end_matches('.').split(", ").map(|part| {
            let (points, of) = part.rsplit_once(' ').unwrap().1.split_once('/').unwrap();
            (points.parse::<u32>().unwrap(), of.parse::<u32>().unwrap())
        });
        let sums = points.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        assert_eq!(sums, (total.trim_start_matches("Readiness ").parse().unwrap(), 100));
    }

    #[test]
    fn why_it_is_at_risk_is_the_last_word() {
        let mut desk = studio();
        let id = request(&mut desk, "Poster t3 ~4h due:2026-12-18 @ana");
        let last = |desk: &crate::ops::Desk| desk.explain(id).unwrap().1.pop().unwrap();
        assert!(last(&desk).starts_with("Not at risk"));
        desk.block(&[id], Some("prices")).unwrap();
        go(&mut desk, "2026-12-15");
        assert_eq!(last(&desk), "At risk: blocked with 3 working days left.");
        assert_eq!(desk.explain(id).unwrap().0, "Why R-1 stands where it stands");
    }

    #[test]
    fn a_hard_day_that_has_passed_is_why_it_stands_first() {
        let mut desk = studio();
        let id = request(&mut desk, "Poster t3 due:2026-11-24 hard:yes");
        let is_told = |desk: &crate::ops::Desk| {
            desk.explain(id).unwrap().1.iter().any(|line| line.contains("hard day has passed"))
        };
        assert!(!is_told(&desk));
        go(&mut desk, "2026-11-25");
        assert!(is_told(&desk));
    }
}
