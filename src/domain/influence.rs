//! Influence without authority: who is in the room and what they care about, decisions that we shape without owning
//! them, and promises in both directions.

use chrono::NaiveDate;

use super::ids::{DecisionId, StakeholderId};
use super::meeting::OccurrenceKey;
use super::named::named_enum;
use super::record::{Kind, Percent, Third, record};
use super::words::fold;

named_enum! {
    /// What somebody is paid in when they help.
    pub enum Currency {
        Speed = "speed", "speed",
        Safety = "safety", "safety",
        Visibility = "visibility", "visibility",
        Money = "money", "money",
        Ease = "ease", "ease",
    }
}

named_enum! {
    /// Our part in a decision.
    pub enum Part {
        Driver = "driver", "driver",
        Contributor = "contributor", "contributor",
        Recommender = "recommender", "recommender",
    }
}

named_enum! {
    /// Which of both sides owes what is promised.
    pub enum Way {
        To = "to", "we owe it",
        From = "from", "they owe it",
    }
}

named_enum! {
    /// How a risk ended.
    pub enum RiskEnd {
        Caught = "caught", "caught before release",
        Happened = "happened", "happened",
        Passed = "passed", "passed by",
    }
}

super::record::word_datum!(Currency, Part, Way, RiskEnd);

record! {
    /// Somebody whose decisions matter to the work.
    Stakeholder = Stakeholder, StakeholderId {
        const LIST: &'static str = "stakeholders";
        const ABOUT: &'static str = "Who matters, what they care about, how far they trust";
        const NEW: &'static str = "A new stakeholder";
        const EXAMPLE: &'static str = "Priya Nair role:\"Head of brand\" cares:\"launch dates\"";
        const NOTES: &'static [(Kind, &'static str)] = &[
            (Kind::Trust, "Note how far somebody trusts us, 1 low to 5 high"),
            (Kind::Stance, "Note where somebody stands on a decision, -2 against to 2 strongly for"),
        ];

        /// As calendars and requests spell it.
        name: String = "name" => field("Name").person_name().needed().hint("as calendars and requests spell it"),
        /// What they do.
        role: String = "role" => field("Role").value("T"),
        /// The one business number that they care about.
        cares: String = "cares" => field("Cares about").hint("one business number: margin per campaign").value("T"),
        /// What presses them this quarter.
        pressure: String = "pressure" => field("Pressed by").hint("what presses them this quarter").value("T"),
        /// speed, safety, visibility, money or ease.
        currency: Option<Currency> = "currency" => field("Helped by").value("C"),
        /// E-mail.
        email: String = "email" => field("E-mail").value("A"),
        /// Names and addresses that they were known by before, parted by semicolons.
        also: String = "also" => field("Also called").option_only().value("NAMES"),
        /// Names and addresses of others that come near theirs, parted by semicolons.
        told_apart: String = "told-apart" => field("Told apart from").option_only().value("NAMES"),
        /// Private notes.
        notes: String = "notes" => field("Notes").long().private().hint("private"),
    }
}

record! {
    /// How far somebody trusts us, on a day.
    Trust = Trust, TrustId {
        const LIST: &'static str = "trust";
        const IS_PRIVATE: bool = true;
        const NEW: &'static str = "How far they trust us";

        /// Whose trust it is.
        stakeholder_id: StakeholderId = "stakeholder" => field("Of").needed().hint("S-2").argument("WHO"),
        /// From 1, low, to 5, high.
        level: i64 = "level" => field("Trust").needed().hint("1 low to 5 high").argument("LEVEL"),
        /// On which day; without it, today.
        day: NaiveDate = "on" => field("On").hint("empty is today"),
        /// Why it is read so.
        note: String = "note" => field("Why"),
    }
}

record! {
    /// Where somebody stands on a decision, on a day.
    Stance = Stance, StanceId {
        const LIST: &'static str = "stances";
        const NEW: &'static str = "Where they stand on a decision";

        /// Who stands there.
        stakeholder_id: StakeholderId = "stakeholder" => field("Who").needed().hint("S-2").argument("WHO"),
        /// On which decision.
        decision_id: DecisionId = "decision" => field("On").needed().hint("D-4").argument("DECISION"),
        /// From -2, against, to 2, strongly for it.
        level: i64 = "level" => field("Stands at").needed().hint("-2 against … 2 strongly for").argument("LEVEL"),
        /// On which day; without it, today.
        day: NaiveDate = "on" => field("Day").hint("empty is today"),
    }
}

record! {
    /// A decision that we shape and rarely own.
    Decision = Decision, DecisionId {
        const LIST: &'static str = "decisions";
        const ABOUT: &'static str = "Decisions that we shape without owning them";
        const NEW: &'static str = "A new decision, ours to shape";
        const EXAMPLE: &'static str = "do legal sign templates instead of jobs? @marcus check:+6w confidence:70";

        /// The question.
        question: String = "question" => field("Question")
            .needed()
            .hint("in one sentence: do legal sign templates instead of jobs?"),
        /// The one who decides.
        approver: String = "approver" => field("Decides")
            .person_name()
            .mark('@')
            .also(&["who", "for"])
            .hint("the one who decides"),
        /// driver, contributor or recommender.
        part: Option<Part> = "part" => field("Our part").value("P"),
        /// What there is to choose from.
        options: String = "options" => field("Options")
            .long()
            .hint("A now: 3d sooner. B in January: 19h rework. Nothing: 14d stay."),
        /// How they saw it before.
        position: String = "before" => field("Saw it before").long().hint("how they saw it before"),
        /// What we changed.
        changed: String = "changed" => field("We changed").long().hint("what we changed in how they see it"),
        /// What was decided; saying it decides it.
        result: String = "result" => field("Result").long().hint("what was decided; saying it decides it"),
        /// When it was decided.
        decided: Option<NaiveDate> = "decided" => field("Decided on"),
        /// When to look whether it came as expected.
        check_on: Option<NaiveDate> = "check" => field("Check on")
            .also(&["by", "due"])
            .hint("when to look whether it came as expected"),
        /// How sure, in per cent.
        confidence: Option<Percent> = "confidence" => field("Sure, in %")
            .hint("how sure you are that it comes as expected"),
        /// yes if it came as expected.
        held: Option<bool> = "held" => field("Came so").hint("yes if it came as expected"),
        /// Who got the credit.
        credit: String = "credit" => field("Credit").hint("who got the credit").value("NAME"),
        /// In which meeting.
        meeting: Option<OccurrenceKey> = "meeting" => field("Meeting").hint("M-4@2026-11-24").value("M-n"),
        /// Since when it is open.
        opened: NaiveDate = "opened" => field("Open since").internal(),
    }
}

record! {
    /// A promise to somebody, or from somebody.
    Promise = Promise, PromiseId {
        const LIST: &'static str = "promises";
        const ABOUT: &'static str = "Promises in both directions";
        const NEW: &'static str = "A new promise";
        const EXAMPLE: &'static str = "two costed ways for the film @priya due:fri";

        /// What was promised.
        text: String = "text" => field("Promise").needed().hint("what was promised"),
        /// Who owes whom.
        way: Way = "way" => field("Who owes").hint("to: we owe it; from: they owe it").form_only(),
        /// The other one of the two.
        whom: String = "who" => field("Whom")
            .person_name()
            .needed()
            .mark('@')
            .also(&["to", "for"])
            .split_by("way", &[("to", "We owe it to them"), ("from", "They owe it to us")]),
        /// By when.
        due: Option<NaiveDate> = "due" => field("Due").also(&["by"]),
        /// When it was kept.
        kept: Option<NaiveDate> = "kept" => field("Kept on").day_verb("keep", "It was kept"),
        /// When it was broken.
        broken: Option<NaiveDate> = "broken" => field("Broken on").day_verb("break", "It was broken"),
        /// Made in which meeting.
        meeting: Option<OccurrenceKey> = "meeting" => field("Made in").hint("M-4@2026-11-24").value("M-n"),
        /// On which day it was made.
        made: NaiveDate = "made" => field("Made on").internal(),
    }
}

record! {
    /// Something that may go wrong.
    Risk = Risk, RiskId {
        const LIST: &'static str = "risks";
        const ABOUT: &'static str = "What may go wrong, and by when to say so";
        const NEW: &'static str = "A new risk";
        const EXAMPLE: &'static str = "print slot lost if panels come late on:R-7 l:2 i:3 raise-by:fri";

        /// What may go wrong.
        text: String = "text" => field("Risk").needed().hint("what may go wrong"),
        /// An outcome or a request.
        subject: Option<super::record::RecordKey> = "on" => field("Lies on").hint("O-3 or R-17"),
        /// 1 low to 3 high.
        likelihood: Third = "likelihood" => field("Likelihood").also(&["l"]).hint("1 low, 2, 3 high"),
        /// 1 low to 3 high.
        impact: Third = "impact" => field("Impact").also(&["i"]).hint("1 low, 2, 3 high"),
        /// What would be seen first.
        sign: String = "sign" => field("Early sign").hint("what would be seen first"),
        /// By when it has to be said.
        raise_by: Option<NaiveDate> = "raise-by" => field("Raise by")
            .also(&["by", "due"])
            .hint("by when it has to be said"),
        /// What is in place.
        answer: String = "answer" => field("In place").hint("what is done about it"),
        /// When it was said.
        raised: Option<NaiveDate> = "raised" => field("Raised on").day_verb("raise", "It was said in the room"),
        /// caught, happened or passed.
        end: Option<RiskEnd> = "end" => field("Ended as")
            .hint("caught before release, happened, or passed by")
            .value("E"),
        /// When it ended, if it has.
        ended: Option<NaiveDate> = "ended" => field("Ended on").internal(),
        /// Since when it is known.
        seen: NaiveDate = "seen" => field("Seen since").internal(),
    }
}

fn missing(text: &str, sentence: &str) -> Option<String> {
    text.trim().is_empty().then(|| sentence.to_owned())
}

impl Stakeholder {
    fn wrong(&self) -> Option<String> {
        missing(&self.name, "a stakeholder needs a name")
    }

    /// True if a text is what they are called, were called before, or their address.
    pub fn is_called(&self, text: &str) -> bool {
        let before = self.also.split([';', '\n']);
        [self.name.as_str(), self.email.as_str()]
            .into_iter()
            .chain(before)
            .any(|name| is_same_name(name, text))
    }
}

impl Trust {
    fn wrong(&self) -> Option<String> {
        (!(1..=5).contains(&self.level)).then(|| format!("trust {} is not between 1 and 5", self.level))
    }
}

impl Stance {
    fn wrong(&self) -> Option<String> {
        (!(-2..=2).contains(&self.level)).then(|| format!("stance {} is not between -2 and 2", self.level))
    }
}

impl Decision {
    fn wrong(&self) -> Option<String> {
        missing(&self.question, "a decision needs the question, in one sentence")
    }

    /// Nothing was decided yet.
    pub const fn is_open(&self) -> bool {
        self.decided.is_none()
    }

    /// Noted by a day and not decided by its end.
    pub fn was_open(&self, on: NaiveDate) -> bool {
        self.opened <= on && self.decided.is_none_or(|decided| decided > on)
    }

    /// Decided, and it is time to look whether it came as expected.
    pub fn is_to_check(&self, today: NaiveDate) -> bool {
        let is_past = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        is_past(self.decided) && self.held.is_none() && is_past(self.check_on)
    }
}

impl Promise {
    fn wrong(&self) -> Option<String> {
        missing(&self.text, "a promise needs a few words: what was promised")
            .or_else(|| missing(&self.whom, "a promise needs a name: to whom, or from whom"))
            .or_else(|| {
                (self.kept.is_some() && self.broken.is_some())
                    .then(|| "a promise is kept or broken, not both".to_owned())
            })
    }

    /// Neither kept nor broken.
    pub const fn is_open(&self) -> bool {
        self.kept.is_none() && self.broken.is_none()
    }

    /// Made by a day, and neither kept nor broken by its end.
    pub fn was_open(&self, on: NaiveDate) -> bool {
        let has_ended = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
        self.made <= on && !has_ended(self.kept) && !has_ended(self.broken)
    }
}

impl Risk {
    fn wrong(&self) -> Option<String> {
        missing(&self.text, "a risk needs a few words: what may go wrong").or_else(|| {
            self.subject
                .as_ref()
                .filter(|key| {
                    !matches!(key.kind(), Some(super::record::Kind::Outcome | super::record::Kind::Request))
                })
                .map(|key| format!("a risk lies on an outcome or a request, not on {key}"))
        })
    }

    /// Likelihood × impact, 1 to 9.
    pub const fn weight(&self) -> u8 {
        self.likelihood.0 * self.impact.0
    }

    /// It has not ended.
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// On a day it had to be said by then, and neither was nor had ended.
    pub fn is_to_raise(&self, on: NaiveDate) -> bool {
        let is_past = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
        // An end without a day is taken as one that was always there: nobody can say when it came.
        let has_ended = !self.is_open() && self.ended.is_none_or(|ended| ended <= on);
        self.seen <= on && is_past(self.raise_by) && !is_past(self.raised) && !has_ended
    }

    /// Said no later than it had to be; `None` before it is said, and where no day was set.
    pub fn was_raised_in_time(&self) -> Option<bool> {
        Some(self.raised? <= self.raise_by?)
    }
}

/// A name as it is compared: without case and accents. Where many are looked for, each is made once.
pub fn name_key(name: &str) -> String {
    fold(name.trim())
}

/// True if two texts name the same person: alike but for case and accents.
pub fn is_same_name(one: &str, other: &str) -> bool {
    // Two empty names say nothing, so they do not say the same.
    !one.trim().is_empty() && name_key(one) == name_key(other)
}

/// Days without touch after which somebody is cold.
pub const COLD_DAYS: i64 = 30;

/// What calls for attention about somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flags {
    /// Open promises to them, by their number.
    pub owed: Vec<i64>,
    /// Not met, asked or decided with for so many days.
    pub cold: Option<i64>,
    /// Live decisions that they are not for: against them, or wary.
    pub opposed: Vec<DecisionId>,
    /// Those of them of which they are only wary.
    pub wary: Vec<DecisionId>,
}

/// Everything that the flags of one stakeholder follow from.
#[derive(Debug, Clone, Copy)]
pub struct FlagSources<'a> {
    /// Promises of both directions, open or not.
    pub promises: &'a [Promise],
    /// All decisions; only open ones raise a flag.
    pub decisions: &'a [Decision],
    /// All stances, oldest first.
    pub stances: &'a [Stance],
    /// When they were last touched: meetings, decisions, requests.
    pub last_touch: Option<NaiveDate>,
    pub today: NaiveDate,
}

/// What calls for attention about a stakeholder.
pub fn flags(stakeholder: &Stakeholder, around: FlagSources<'_>) -> Flags {
    let owed = around.promises.iter().filter(|promise| {
        promise.is_open() && promise.way == Way::To && stakeholder.is_called(&promise.whom)
    });
    let live = around.decisions.iter().filter(|decision| decision.is_open());
    let stands = |decision: &Decision| latest_stance(around.stances, stakeholder.id, decision.id);
    let against: Vec<(DecisionId, i64)> = live
        .filter_map(|decision| Some((decision.id, stands(decision).filter(|level| *level < 0)?)))
        .collect();
    Flags {
        owed: owed.map(|promise| promise.id.0).collect(),
        // Without any touch there is no day to count from, so nobody is cold who was never met.
        cold: match around.last_touch {
            Some(day) => Some((around.today - day).num_days()).filter(|days| *days >= COLD_DAYS),
            None => None,
        },
        opposed: against.iter().map(|(decision, _)| *decision).collect(),
        wary: against.iter().filter(|(_, level)| *level == -1).map(|(decision, _)| *decision).collect(),
    }
}

/// Where somebody stands on a decision now.
pub fn latest_stance(stances: &[Stance], who: StakeholderId, on: DecisionId) -> Option<i64> {
    let own = stances.iter().filter(|stance| stance.stakeholder_id == who && stance.decision_id == on);
    // Of two notes of one day the later one corrects the earlier.
    own.max_by_key(|stance| (stance.day, stance.id)).map(|stance| stance.level)
}

/// So many checked decisions are needed before calibration says anything.
pub const CALIBRATION_FROM: usize = 20;

/// How well confidence matches what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How many decisions were sure of something and are checked.
    pub count: usize,
    /// Mean squared distance between confidence and what came, 0 best; only from 20 on.
    pub brier: Option<f64>,
    /// By band of confidence: lower bound, how many came as expected, how many there were.
    pub bands: Vec<(u8, usize, usize)>,
}

/// Measures all checked decisions.
pub fn calibration(decisions: &[Decision]) -> Calibration {
    let checked: Vec<(u8, bool)> =
        decisions.iter().filter_map(|decision| Some((decision.confidence?.0, decision.held?))).collect();
    let count = checked.len();
    let squares =
        checked.iter().map(|(sure, held)| (f64::from(*sure) / 100.0 - f64::from(u8::from(*held))).powi(2));
    let brier = (count >= CALIBRATION_FROM)
        .then(|| squares.sum::<f64>() / f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    let band = |low: u8| {
        // The last band holds 100 as well.
        let high = if low == 80 { 101 } else { low + 20 };
        let own: Vec<bool> =
            checked.iter().filter(|(sure, _)| (low..high).contains(sure)).map(|(_, held)| *held).collect();
        (low, own.iter().filter(|held| **held).count(), own.len())
    };
    // A band without decisions would read as one that never came true.
    let bands = [0, 20, 40, 60, 80].map(band).into_iter().filter(|(_, _, all)| *all > 0).collect();
    Calibration { count, brier, bands }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PromiseId;
    use crate::domain::record::{Record, TableRow};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-11-23")
    }

    #[test]
    fn owed_cold_and_opposed() {
        let priya =
            Stakeholder { id: StakeholderId(2), name: "Priya Nair".into(), ..Stakeholder::blank(today()) };
        let promise = Promise {
            id: PromiseId(9),
            text: "Two costed ways".into(),
            whom: "priya nair".into(),
            ..Promise::blank(today())
        };
        let decision =
            Decision { id: DecisionId(4), question: "Templates?".into(), ..Decision::blank(today()) };
        let stance = |level, on| Stance {
            stakeholder_id: StakeholderId(2),
            decision_id: DecisionId(4),
            level,
            day: day(on),
            ..Stance::blank(today())
        };
        let stances = [stance(1, "2026-11-01"), stance(-1, "2026-11-10")];
        let promises = [
            promise.clone(),
            Promise { kept: Some(today()), ..promise.clone() },
            Promise { way: Way::From, ..promise },
        ];
        let decisions = [decision];
        let around = FlagSources {
            promises: &promises,
            decisions: &decisions,
            stances: &stances,
            last_touch: Some(day("2026-10-01")),
            today: today(),
        };
        let found = flags(&priya, around);
        assert_eq!(
            found,
            Flags { owed: vec![9], cold: Some(53), opposed: vec![DecisionId(4)], wary: vec![DecisionId(4)] }
        );
        let warm = flags(
            &priya,
            FlagSources { last_touch: Some(day("2026-11-20")), stances: &stances[..1], ..around },
        );
        assert_eq!((warm.cold, warm.opposed), (None, vec![]));
    }

    #[test]
    fn calibration_says_nothing_before_twenty() {
        let decision = |sure, held| Decision {
            confidence: Some(Percent(sure)),
            held: Some(held),
            ..Decision::blank(today())
        };
        let few: Vec<Decision> = (0..19).map(|_| decision(80, true)).collect();
        assert_eq!(calibration(&few).brier, None);
        let many: Vec<Decision> = (0..20).map(|index| decision(80, index % 5 != 0)).collect();
        let found = calibration(&many);
        assert!((found.brier.unwrap() - 0.16).abs() < 1e-9);
        assert_eq!(found.bands, [(80, 16, 20)]);
    }

    #[test]
    fn a_risk_is_to_be_raised_until_it_is() {
        let risk = Risk {
            text: "Slot lost".into(),
            raise_by: Some(today()),
            likelihood: Third(3),
            impact: Third(2),
            ..Risk::blank(today())
        };
        assert!(risk.is_to_raise(today()) && risk.weight() == 6);
        let raised = Risk { raised: Some(today()), ..risk };
        assert!(!raised.is_to_raise(today()) && raised.was_raised_in_time() == Some(true));
    }

    #[test]
    fn faults_say_what_is_needed() {
        assert!(Promise { text: "x".into(), ..Promise::blank(today()) }.fault().unwrap().contains("name"));
        assert!(Trust { level: 6, ..Trust::blank(today()) }.fault().is_some());
        assert!(Stance { level: -3, ..Stance::blank(today()) }.fault().is_some());
        assert!(Decision::blank(today()).fault().is_some() && Stakeholder::blank(today()).fault().is_some());
    }
}
