//! The request: one ask, what is known about it, and how it moves.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{OutcomeId, RequestId};
use super::lever::Lever;
use super::minutes::Minutes;
use super::said;
use super::stage::{MoveError, Stage};
use super::tier::Tier;

/// A mark on an open request that keeps it from going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// Why, in the lead's words; may be empty.
    pub reason: String,
    /// Since which day.
    pub since: NaiveDate,
}

/// One ask. Texts that were never given are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its row and key.
    pub id: RequestId,
    /// One line that names it.
    pub title: String,
    /// The requester's own words, never edited away.
    pub ask: String,
    /// Who asked, by name.
    pub requester: String,
    /// For which brand.
    pub brand: String,
    /// On which channel it will be seen.
    pub channel: String,
    /// What changes for the business, in words.
    pub outcome: String,
    /// Which of the four levers it moves.
    pub lever: Option<Lever>,
    /// How the outcome would be noticed, with a target.
    pub measure: String,
    /// Who must do or think something new.
    pub audience: String,
    /// The one thing to say.
    pub message: String,
    /// What is to be made, with specs.
    pub deliverables: String,
    /// How many pieces.
    pub asset_count: Option<u32>,
    /// Due at the end of this working day.
    pub due: Option<NaiveDate>,
    /// The day cannot move.
    pub is_due_hard: bool,
    /// Why that day.
    pub due_reason: String,
    /// The first day that was agreed; kept when the day moves.
    pub first_agreed_due: Option<NaiveDate>,
    /// How often the agreed day moved.
    pub due_moves: u32,
    /// The one who approves.
    pub decider: String,
    /// Copy, files, legal: linked, dated or missing.
    pub inputs: String,
    /// How deep the work goes; `None` until triaged.
    pub tier: Option<Tier>,
    /// Where it stands.
    pub stage: Stage,
    /// When it came to that stage.
    pub stage_since: DateTime<Utc>,
    /// Why it was put there (declined, on hold …); may be empty.
    pub stage_reason: String,
    /// The mark that keeps it from going on.
    pub blocked: Option<Blocked>,
    /// Business value V on 1, 2, 3, 5, 8, 13, 20.
    pub value: Option<u8>,
    /// Time criticality T by hand; otherwise it follows from the due day.
    pub time_criticality: Option<u8>,
    /// Risk or opportunity R on the same scale.
    pub risk: Option<u8>,
    /// Estimated working time.
    pub estimate: Option<Minutes>,
    /// How often it went back from review.
    pub rounds: u32,
    /// Private notes.
    pub notes: String,
    /// Words after `#`, without it.
    pub tags: Vec<String>,
    /// Where it stands in the team's own tool.
    pub url: String,
    /// The system it came from (`jira`, `asana`, …); empty if typed here.
    pub source: String,
    /// Its id in that system.
    pub external_id: String,
    /// The request that it is a part of.
    pub parent: Option<RequestId>,
    /// When it came in.
    pub created: DateTime<Utc>,
    /// When it first was ready: the SLA clock starts here.
    pub ready: Option<DateTime<Utc>>,
    /// When work began.
    pub started: Option<DateTime<Utc>>,
    /// When it was delivered.
    pub delivered: Option<DateTime<Utc>>,
    /// Position by hand; beats the score while set, lowest first.
    pub position: Option<i64>,
    /// The outcome that it is for.
    pub outcome_id: Option<OutcomeId>,
    /// What came of it, after delivery.
    pub result: String,
    /// When an output-worded ask was reframed; the ask itself stays.
    pub reframed: Option<DateTime<Utc>>,
    /// Hours left as the lead said them last, of all that is held and all that is still to give.
    pub left_said: Option<Minutes>,
    /// The day on which that was said; it was wholly still to come.
    pub left_on: Option<NaiveDate>,
    /// How much less nobody holds than the estimate says; as the correction of a share.
    pub left_correction: Minutes,
}

impl Request {
    /// A new request with nothing but a title.
    #[must_use]
    pub fn new(title: &str, created: DateTime<Utc>) -> Self {
        Self {
            id: RequestId(0),
            title: title.to_owned(),
            ask: String::new(),
            requester: String::new(),
            brand: String::new(),
            channel: String::new(),
            outcome: String::new(),
            lever: None,
            measure: String::new(),
            audience: String::new(),
            message: String::new(),
            deliverables: String::new(),
            asset_count: None,
            due: None,
            is_due_hard: false,
            due_reason: String::new(),
            first_agreed_due: None,
            due_moves: 0,
            decider: String::new(),
            inputs: String::new(),
            tier: None,
            stage: Stage::New,
            stage_since: created,
            stage_reason: String::new(),
            blocked: None,
            value: None,
            time_criticality: None,
            risk: None,
            estimate: None,
            rounds: 0,
            notes: String::new(),
            tags: Vec::new(),
            url: String::new(),
            source: String::new(),
            external_id: String::new(),
            parent: None,
            created,
            ready: None,
            started: None,
            delivered: None,
            position: None,
            outcome_id: None,
            result: String::new(),
            reframed: None,
            left_said: None,
            left_on: None,
            left_correction: Minutes::ZERO,
        }
    }

    /// Moves to another stage, keeping the clocks, counting rounds and forgetting marks that no longer hold. `guess`
    /// is the tier that its words say, which counts until somebody sets one.
    ///
    /// # Errors
    /// [`MoveError`] when the move is not legal, or an outcome is missing where its tier needs one.
    pub fn move_to(
        &mut self,
        to: Stage,
        (reason, guess): (&str, Tier),
        now: DateTime<Utc>,
    ) -> Result<(), MoveError> {
        self.stage.check(to)?;
        if to.is_committed() && self.stage.is_intake() {
            self.check_outcome(guess)?;
        }
        if self.stage == Stage::InReview && to == Stage::InProgress {
            self.rounds += 1;
        }
        if to.is_committed() {
            self.ready.get_or_insert(now);
            if self.first_agreed_due.is_none() {
                self.first_agreed_due = self.due;
            }
        }
        if matches!(to, Stage::InProgress | Stage::InReview) {
            self.started.get_or_insert(now);
        }
        self.delivered = (to == Stage::Delivered).then_some(now);
        if to.is_closed() {
            self.blocked = None;
        }
        self.stage = to;
        self.stage_since = now;
        reason.clone_into(&mut self.stage_reason);
        Ok(())
    }

    /// Its due day has passed and it is neither closed nor on hold.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due.is_some_and(|due| due < today) && self.stage.is_open() && self.stage != Stage::OnHold
    }

    /// A word that puts it off is no outcome; whether what is said is a good one is for the lead to judge.
    fn check_outcome(&self, guess: Tier) -> Result<(), MoveError> {
        let tier = self.tier.unwrap_or(guess);
        if tier.needs_outcome() && !said::says_something(&self.outcome) {
            return Err(MoveError::NoOutcome { tier: tier.number(), is_guess: self.tier.is_none() });
        }
        Ok(())
    }

    /// Sets the due day; once a day was agreed, a change counts as a move and the first day is kept.
    pub fn set_due(&mut self, due: Option<NaiveDate>) {
        if self.first_agreed_due.is_some() && self.due != due {
            self.due_moves += 1;
        }
        self.due = due;
        if self.stage.is_committed() && self.first_agreed_due.is_none() {
            self.first_agreed_due = due;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32) -> DateTime<Utc> {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(hour, 0, 0).unwrap().and_utc()
    }

    #[test]
    fn clocks_start_once_and_rounds_count_returns() {
        let mut request = Request::new("Hero film", at(9));
        request.move_to(Stage::Ready, ("", Tier::ALL[3]), at(10)).unwrap();
        request.move_to(Stage::InProgress, ("", Tier::ALL[3]), at(11)).unwrap();
        request.move_to(Stage::InReview, ("", Tier::ALL[3]), at(12)).unwrap();
        request.move_to(Stage::InProgress, ("", Tier::ALL[3]), at(13)).unwrap();
        request.move_to(Stage::Delivered, ("", Tier::ALL[3]), at(14)).unwrap();
        assert_eq!(
            (request.ready, request.started, request.delivered),
            (Some(at(10)), Some(at(11)), Some(at(14)))
        );
        assert_eq!(request.rounds, 1);
    }

    #[test]
    fn tiers_that_need_an_outcome_wait_for_one() {
        let mut request = Request::new("Hero film", at(9));
        request.tier = Tier::new(1);
        assert_eq!(
            request.move_to(Stage::Ready, ("", Tier::ALL[3]), at(10)),
            Err(MoveError::NoOutcome { tier: 1, is_guess: false })
        );
        assert_eq!(request.stage, Stage::New);
        // A guessed tier holds as a set one does, and a word that puts it off is none.
        request.tier = None;
        for put_off in ["", "tbc", "no idea yet", "Spring 2027"] {
            request.outcome = put_off.into();
            let refused = request.move_to(Stage::Ready, ("", Tier::ALL[1]), at(10));
            assert_eq!(refused, Err(MoveError::NoOutcome { tier: 1, is_guess: true }), "{put_off}");
        }
        request.tier = Tier::new(1);
        request.outcome = "Lift trial sign-ups by 8 % by June".into();
        request.move_to(Stage::Ready, ("", Tier::ALL[3]), at(10)).unwrap();
    }

    #[test]
    fn the_first_agreed_day_is_kept_and_moves_are_counted() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day);
        let mut request = Request::new("Hero film", at(9));
        request.set_due(day(1));
        request.set_due(day(2));
        assert_eq!(request.due_moves, 0);
        request.move_to(Stage::Ready, ("", Tier::ALL[3]), at(10)).unwrap();
        request.set_due(day(9));
        assert_eq!((request.first_agreed_due, request.due_moves), (day(2), 1));
    }
}
