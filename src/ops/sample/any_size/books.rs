//! Outcomes, frictions, the ledger and influence of a studio of any size, in proportion to its people and meetings.

use chrono::NaiveDate;
use fastrand::Rng;

use super::{FAMILY, OUTCOMES, PEOPLE, Studio};
use crate::domain::day;
use crate::domain::friction::Friction;
use crate::domain::influence::{Decision, Promise, Risk, Stakeholder, Trust};
use crate::domain::ledger::{Gain, Redirect};
use crate::domain::outcome::{Outcome, Reading as Measured};
use crate::domain::record::Record;
use crate::domain::words::ParseContext;
use crate::ops::OpsError;
use crate::store::Tx;

const FRICTIONS: [&str; 6] = [
    "approvals are chased by e-mail",
    "briefs come without prices",
    "the asset library finds nothing",
    "legal signs every job",
    "two teams ask for the same template",
    "print files come back for one flag",
];
const QUESTIONS: [&str; 4] = [
    "Which market opens first",
    "Do we drop the second leaflet",
    "Who signs the price claims",
    "Is the booth built again or rented",
];

impl Studio {
    pub(super) fn books(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<(), OpsError> {
        // Outcomes first: the ledger redirects hours onto O-1, which has to be there by then.
        self.outcomes(rng, tx)?;
        self.room(rng, tx)?;
        self.matters(rng, tx)?;
        self.ledger(tx)
    }

    fn outcomes(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<(), OpsError> {
        let context = &self.context;
        for name in OUTCOMES {
            let on = self.ago(120);
            let outcome = add::<Outcome>(
                tx,
                context,
                on,
                &[
                    ("name", name.to_owned()),
                    ("metric", "days from brief to shelf".to_owned()),
                    ("unit", "d".to_owned()),
                    ("baseline", "14".to_owned()),
                    ("target", "9".to_owned()),
                    ("baseline-on", on.to_string()),
                    ("due", day::plus(self.today, 90).to_string()),
                ],
            )?;
            for back in [90, 60, 30, 7] {
                let value = (8 + rng.u8(..7)).to_string();
                add::<Measured>(
                    tx,
                    context,
                    self.ago(back),
                    &[("outcome", outcome.clone()), ("value", value)],
                )?;
            }
        }
        Ok(())
    }

    fn room(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<(), OpsError> {
        let context = &self.context;
        // The books of every studio are few, and are read as a whole each time.
        for _ in 0..self.size.people.min(40) {
            let name = name(rng);
            let whom = add::<Stakeholder>(
                tx,
                context,
                self.today,
                &[("name", name.clone()), ("cares", "launch dates".to_owned())],
            )?;
            add::<Trust>(
                tx,
                context,
                self.ago(rng.u16(1..60)),
                &[("stakeholder", whom), ("level", rng.u8(1..6).to_string())],
            )?;
            let due = day::plus(self.today, i64::from(rng.u8(..40)) - 10);
            let text = FRICTIONS[rng.usize(..FRICTIONS.len())];
            add::<Promise>(
                tx,
                context,
                self.ago(rng.u16(1..30)),
                &[
                    ("text", format!("an answer about how {text}")),
                    ("way", if rng.bool() { "to" } else { "from" }.to_owned()),
                    ("who", name),
                    ("due", due.to_string()),
                ],
            )?;
        }
        Ok(())
    }

    fn matters(&self, rng: &mut Rng, tx: &Tx<'_>) -> Result<(), OpsError> {
        let context = &self.context;
        for number in 0..(self.size.meetings / 20).min(200) as usize {
            let opened = self.ago(rng.u16(1..400));
            let mut words = vec![
                ("question", format!("{} ({})?", QUESTIONS[number % QUESTIONS.len()], number + 1)),
                ("approver", name(rng)),
            ];
            if rng.u8(..4) > 0 {
                words.push(("result", "yes".to_owned()));
                // Nothing has been decided after today.
                words.push(("decided", day::plus(opened, 3).min(self.today).to_string()));
            }
            add::<Decision>(tx, context, opened, &words)?;
            let raise = day::plus(self.today, i64::from(rng.u8(..60)) - 20);
            let risk =
                format!("{} late ({})", ["print slot", "approval", "translation"][number % 3], number + 1);
            add::<Risk>(tx, context, opened, &[("text", risk), ("raise-by", raise.to_string())])?;
        }
        Ok(())
    }

    fn ledger(&self, tx: &Tx<'_>) -> Result<(), OpsError> {
        let context = &self.context;
        for (index, text) in FRICTIONS.iter().enumerate() {
            let friction = add::<Friction>(
                tx,
                context,
                self.ago(80),
                &[
                    ("text", (*text).to_owned()),
                    ("hours", (1 + index).to_string()),
                    ("stage", if index % 2 == 0 { "unlocked" } else { "seen" }.to_owned()),
                ],
            )?;
            // Every second friction only: a ledger in which all is solved shows neither open frictions nor
            // their cost.
            if index % 2 == 0 {
                let from = self.ago(60).to_string();
                let gain = add::<Gain>(
                    tx,
                    context,
                    self.ago(60),
                    &[
                        ("text", format!("No longer: {text}")),
                        ("friction", friction),
                        ("hours", (1 + index).to_string()),
                        ("baseline", (1 + index).to_string()),
                        ("baseline-on", from.clone()),
                        ("from", from.clone()),
                    ],
                )?;
                add::<Redirect>(
                    tx,
                    context,
                    // After the gain itself, whose hours begin sixty days ago: a redirect cannot spend them
                    // earlier.
                    self.ago(50),
                    &[
                        ("gain", gain),
                        ("onto", "O-1".to_owned()),
                        ("hours", "1".to_owned()),
                        ("from", self.ago(50).to_string()),
                    ],
                )?;
            }
        }
        Ok(())
    }

    fn ago(&self, days: u16) -> NaiveDate {
        day::plus(self.today, -i64::from(days))
    }
}

fn name(rng: &mut Rng) -> String {
    format!("{} {}", PEOPLE[rng.usize(..PEOPLE.len())], FAMILY[rng.usize(..FAMILY.len())])
}

/// Adds a record from its fields; its key.
fn add<R: Record>(
    tx: &Tx<'_>,
    context: &ParseContext,
    on: NaiveDate,
    words: &[(&str, String)],
) -> Result<String, OpsError> {
    let mut record = R::blank(on);
    for (field, text) in words {
        let set = record.set(field, text, context);
        set.map_err(|message| OpsError::Rejected { message: format!("{field}: {message}"), hint: None })?;
    }
    tx.add_record(&mut record)?;
    Ok(record.key().to_string())
}
