//! The request: one ask, what is known about it, and how it moves.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{OutcomeId, RequestId};
use super::lever::Lever;
use super::minutes::Minutes;
use super::named::named_enum;
use super::record::{FieldKind, FieldSpec, field};
use super::said;
use super::stage::{MoveError, Stage};
use super::tier::Tier;

/// A mark on an open request that keeps it from going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// Why, in the lead's words; may be empty.
    pub reason: String,
    /// Since which local day; another reason does not begin it anew.
    pub since: NaiveDate,
}

impl Blocked {
    /// `waits for prices`; an import may say that it is blocked and not why.
    pub fn sentence(&self) -> String {
        match self.reason.trim() {
            "" => "blocked, no reason given".to_owned(),
            reason => format!("waits for {reason}"),
        }
    }

    /// The reason as one word or more, also where none was given; read again it means the same.
    pub fn word(&self) -> &str {
        if self.reason.trim().is_empty() { "yes" } else { &self.reason }
    }
}

/// Declares the request and its fields. A field with a member behind it is a text, which stands there as it was
/// typed; the others have rules of their own, in [`super::field`].
macro_rules! request {
    (
        $(#[$doc:meta])*
        fields { $($variant:ident $(($text:ident: $text_doc:literal))? = $name:literal, $title:literal, [$($said:tt)*];)* }
        others { $($(#[$member_doc:meta])* $member:ident: $ty:ty = $first:expr;)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Request {
            $($(#[$member_doc])* pub $member: $ty,)*
            $($(#[doc = $text_doc] pub $text: String,)?)*
        }

        impl Default for Request {
            fn default() -> Self {
                Self { $($member: $first,)* $($($text: String::new(),)?)* }
            }
        }

        named_enum! {
            /// A field by its name in the grammar; the title is what a form calls it.
            pub enum Field { $($variant = $name, $title,)* }
        }

        impl Field {
            /// What is said of it, for forms, quick add and JSON.
            pub const fn spec(self) -> &'static FieldSpec {
                match self {
                    $(Self::$variant => const { &field($title)$($said)*.declared($name, "", FieldKind::Request) },)*
                }
            }

            /// Its column, if it is a text that stands in one as it was typed.
            pub const fn text_column(self) -> Option<&'static str> {
                match self {
                    $($(Self::$variant => Some(stringify!($text)),)?)*
                    _ => None,
                }
            }

            /// Its text; `None` if it is none as it was typed.
            pub fn text(self, request: &Request) -> Option<&str> {
                match self {
                    $($(Self::$variant => Some(&request.$text),)?)*
                    _ => None,
                }
            }

            /// Its text, to be changed.
            pub fn text_mut(self, request: &mut Request) -> Option<&mut String> {
                match self {
                    $($(Self::$variant => Some(&mut request.$text),)?)*
                    _ => None,
                }
            }
        }
    };
}

request! {
    /// One ask. Texts that were never given are empty.
    fields {
        Title(title: "One line that names it.") = "title", "Title", [.needed()];
        Outcome(outcome: "What changes for the business, in words.") = "outcome", "Outcome", [.long().hint("what will be different if this works: Lift trial sign-ups by 8 % by June")];
        Lever = "lever", "Lever", [];
        Measure(measure: "How the outcome would be noticed, with a target.") = "measure", "Measure", [.hint("how you would notice: a number, or a plain yes or no")];
        Audience(audience: "Who must do or think something new.") = "audience", "Audience", [.hint("who must do or think something new")];
        Message(message: "The one thing to say.") = "message", "One message", [.hint("the one thing to say")];
        Deliverables(deliverables: "What is to be made, with specs.") = "deliverables", "Deliverables", [];
        Assets = "assets", "How many", [.json("asset_count").also(&["count"])];
        Due = "due", "Due", [.also(&["by"]).hint("fri, +3d, 12 dec, eom")];
        Hard = "hard", "Hard date", [.json("due_hard").hint("yes: the day cannot move")];
        Because(due_reason: "Why that day.") = "because", "Why that day", [.json("due_reason").also(&["why"]).hint("what happens on that day")];
        Decider(decider: "The one who approves.") = "decider", "Decider", [.also(&["owner"]).hint("the one person who approves it")];
        Inputs(inputs: "Copy, files, legal: linked, dated or missing.") = "inputs", "Inputs", [.long().hint("copy, files and legal text: there, or when")];
        Tier = "tier", "Tier", [];
        Estimate = "estimate", "Estimate", [.json("estimate_minutes").also(&["est", "hours"]).hint("6h, 2d, 90m")];
        Left = "left", "Left", [.json("left_minutes").hint("hours left from this morning on; empty counts from its plan")];
        Value = "value", "Value", [.hint("1, 2, 3, 5, 8, 13 or 20")];
        Criticality = "criticality", "Time pressure", [.json("time_criticality").hint("1, 2, 3, 5, 8, 13 or 20")];
        Risk = "risk", "Risk reduced", [.hint("1, 2, 3, 5, 8, 13 or 20")];
        Requester(requester: "Who asked, by name.") = "requester", "Requester", [.also(&["for", "from"])];
        Brand(brand: "For which brand.") = "brand", "Brand", [];
        Channel(channel: "On which channel it will be seen.") = "channel", "Channel", [];
        Tags = "tags", "Tags", [.also(&["tag"])];
        Ask(ask: "The requester's own words, never edited away.") = "ask", "Their words", [.long()];
        Notes(notes: "Private notes.") = "notes", "Notes", [.long().private().also(&["note"])];
        Result(result: "What came of it, after delivery.") = "result", "What came of it", [.hint("what came of it, once it is out: trial sign-ups 410 to 431")];
        OutcomeKey = "outcome-key", "Outcome record", [.hint("the outcome that it is for: O-3")];
        Url(url: "Where it stands in the team's own tool.") = "url", "Link", [.also(&["link"])];
        Blocked = "blocked", "Blocked", [.hint("what it waits for")];
        Order = "order", "Order", [.json("position").hint("a number puts it there in the queue, before the score")];
    }
    others {
        /// Its row and key.
        id: RequestId = RequestId(0);
        /// Which of the four levers it moves.
        lever: Option<Lever> = None;
        /// How many pieces.
        asset_count: Option<u32> = None;
        /// Due at the end of this working day.
        due: Option<NaiveDate> = None;
        /// The day cannot move.
        is_due_hard: bool = false;
        /// The first day that was agreed; kept when the day moves.
        first_agreed_due: Option<NaiveDate> = None;
        /// How often the agreed day moved.
        due_moves: u32 = 0;
        /// How deep the work goes; `None` until triaged.
        tier: Option<Tier> = None;
        /// Where it stands.
        stage: Stage = Stage::New;
        /// When it came to that stage.
        stage_since: DateTime<Utc> = DateTime::UNIX_EPOCH;
        /// Why it was put there (declined, on hold …); may be empty.
        stage_reason: String = String::new();
        /// The mark that keeps it from going on.
        blocked: Option<Blocked> = None;
        /// Business value V on 1, 2, 3, 5, 8, 13, 20.
        value: Option<u8> = None;
        /// Time criticality T by hand; otherwise it follows from the due day.
        time_criticality: Option<u8> = None;
        /// Risk or opportunity R on the same scale.
        risk: Option<u8> = None;
        /// Estimated working time.
        estimate: Option<Minutes> = None;
        /// How often it went back from review.
        rounds: u32 = 0;
        /// Words after `#`, without it.
        tags: Vec<String> = Vec::new();
        /// The system it came from (`jira`, `asana`, …); empty if typed here.
        source: String = String::new();
        /// Its id in that system.
        external_id: String = String::new();
        /// The request that it is a part of.
        parent: Option<RequestId> = None;
        /// When it came in.
        created: DateTime<Utc> = DateTime::UNIX_EPOCH;
        /// When it first was ready: the SLA clock starts here. `None` also where it came in under way, ready since nobody
        /// here knows when.
        ready: Option<DateTime<Utc>> = None;
        /// When work began; of what came in under way, when that was seen.
        started: Option<DateTime<Utc>> = None;
        /// When it was delivered.
        delivered: Option<DateTime<Utc>> = None;
        /// Position by hand; beats the score while set, lowest first.
        position: Option<i64> = None;
        /// The outcome that it is for.
        outcome_id: Option<OutcomeId> = None;
        /// When an output-worded ask was reframed; the ask itself stays.
        reframed: Option<DateTime<Utc>> = None;
        /// Hours left as the lead said them last, of all that is held and all that is still to give.
        left_said: Option<Minutes> = None;
        /// The day on which that was said; it was wholly still to come.
        left_on: Option<NaiveDate> = None;
        /// How much less nobody holds than the estimate says; as the correction of a share.
        left_correction: Minutes = Minutes::ZERO;
        /// It came back from review or was delivered once: what nobody holds of it is unknown until it is said.
        left_to_say: bool = false;
        /// Of how many hours they were said while nobody had estimated it.
        left_of: Option<Minutes> = None;
    }
}

/// How an id begins that was made of the words of its row, since the file had none.
pub const MADE_OF_WORDS: &str = "content-";

/// True for such an id.
pub fn is_made_of_words(id: &str) -> bool {
    id.starts_with(MADE_OF_WORDS)
}

impl Request {
    /// A new request with nothing but a title.
    pub fn new(title: &str, created: DateTime<Utc>) -> Self {
        Self { title: title.to_owned(), stage_since: created, created, ..Self::default() }
    }

    /// What the other tool calls it; nothing where its id was only made of its words, or of when a form was sent and by whom.
    pub fn foreign_id(&self) -> Option<&str> {
        Some(self.external_id.as_str())
            .filter(|id| !id.is_empty() && !is_made_of_words(id) && !id.contains('|'))
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
        // Asked once, on the way out of intake: work that is agreed is not held up for it afterwards.
        if to.is_committed() && self.stage.is_intake() {
            self.check_outcome(guess)?;
        }
        self.come_to(to, reason, now);
        Ok(())
    }

    /// Stands in another stage since an instant, and notes what follows. The rules of moves are not asked: what another
    /// tool says has happened.
    pub fn come_to(&mut self, to: Stage, reason: &str, at: DateTime<Utc>) {
        let from = self.stage;
        // By hand only work under way comes back from review; elsewhere it can go back further.
        if from == Stage::InReview && to != from && (to.is_committed() || to.is_intake()) {
            self.rounds += 1;
        }
        if to.is_committed() {
            // Whoever skips a stage was ready at the latest now; its SLA clock starts only once. What was brought in
            // under way was ready before anybody here saw it: that day is not known, and this is not the one.
            if !from.is_committed() && from != Stage::Delivered {
                self.ready.get_or_insert(at);
            }
            // Agreed is what stood there when the work was taken on, and never what it was moved to.
            if self.first_agreed_due.is_none() {
                self.first_agreed_due = self.due;
            }
        }
        // What goes straight to review has been worked on as well.
        if to.is_in_work() {
            self.started.get_or_insert(at);
        }
        // A request that is taken up again is no longer delivered.
        self.delivered = (to == Stage::Delivered).then_some(at);
        // Nothing waits any more that is not going to be done.
        if to.is_closed() {
            self.blocked = None;
        }
        self.stage = to;
        self.stage_since = at;
        reason.clone_into(&mut self.stage_reason);
    }

    /// When it was ready at the latest: what came in under way was so before it was seen at work.
    pub fn ready_by(&self) -> Option<DateTime<Utc>> {
        self.ready.or(self.started)
    }

    /// Its due day has passed and it is neither closed nor on hold.
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
        // Agreed without a day, the first day that is set is the one that was agreed.
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
