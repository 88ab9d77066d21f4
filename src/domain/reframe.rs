//! The reframe ladder: four questions that lead from "how many assets?" to what will be different, and the
//! judgement whether an answer is an outcome yet, so that the ladder stops at the first good one.

use chrono::NaiveDate;

use super::day;
use super::phrases::Phrases;
use super::said;

/// How many rungs the ladder has.
pub const RUNGS: usize = 4;

/// Why an answer is not an outcome yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotYet {
    /// Nothing was said, or it was put off.
    Nothing,
    /// Only a figure or a day.
    OnlyFigure,
    /// Only what is made.
    OnlyThings,
    /// Nothing that changes for somebody.
    NoChange,
    /// A change that nobody could notice.
    Unnoticeable,
}

impl NotYet {
    /// The reason, as a sentence to the lead.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Nothing => "nothing is said yet; leave it open, or ask the requester",
            Self::OnlyFigure => "a figure or a day alone says nothing; what will be different then?",
            Self::OnlyThings => "that says what is made; what will be different once it is there?",
            Self::NoChange => "nothing changes in it; who will do, think or pay something else?",
            Self::Unnoticeable => {
                "nobody could notice that; name a number, a day, or what somebody will be seen doing"
            }
        }
    }
}

/// The questions in the order in which they are asked; `by` is the day on which the request is due.
pub fn questions(by: Option<NaiveDate>) -> [String; RUNGS] {
    let by = by.map_or_else(|| "in three months".to_owned(), |day| format!("by {}", day::short_day(day)));
    [
        "What will be different if this works?".to_owned(),
        "Who must do or think something new?".to_owned(),
        format!("How would you notice {by}?"),
        "If we could make only one, which?".to_owned(),
    ]
}

/// Whether a text is an outcome: it says what changes, for somebody, so that it could be noticed.
///
/// # Errors
/// Why it is not one yet.
pub fn is_good_answer(text: &str, phrases: &Phrases) -> Result<(), NotYet> {
    if said::is_put_off(text) {
        return Err(NotYet::Nothing);
    }
    // Before the lists are asked, which would only say that nothing changes in it.
    if said::is_bare_figure(text) {
        return Err(NotYet::OnlyFigure);
    }
    // Where somebody does something, a thing that they do it with is no ask for it.
    let tells_a_change = phrases.tells_a_change(text) || phrases.tells_a_deed(text);
    match (tells_a_change, phrases.can_be_noticed(text)) {
        (true, true) => Ok(()),
        (true, false) => Err(NotYet::Unnoticeable),
        (false, _) if phrases.names_things(text) => Err(NotYet::OnlyThings),
        (false, _) => Err(NotYet::NoChange),
    }
}

/// True if an outcome is said, good or not: more than nothing, a bare figure or the things that are made.
pub fn has_outcome(text: &str, phrases: &Phrases) -> bool {
    !matches!(is_good_answer(text, phrases), Err(NotYet::Nothing | NotYet::OnlyFigure | NotYet::OnlyThings))
}

/// Where the ladder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ladder {
    /// The question of this rung, from 0, is to be asked; the reason tells why the answer before did not do.
    Ask {
        /// From 0, in the order of [`questions`].
        rung: usize,
        /// What was wanting in the last answer.
        after: Option<NotYet>,
    },
    /// This answer, from 0, is an outcome.
    Found(usize),
    /// All was asked; the one thing that matters most is the last answer.
    Ended,
}

/// Where the ladder stands after some answers, oldest first.
pub fn climb<T: AsRef<str>>(answers: &[T], phrases: &Phrases) -> Ladder {
    let judged = |answer: &T| is_good_answer(answer.as_ref(), phrases);
    let answers = &answers[..answers.len().min(RUNGS)];
    if let Some(rung) = answers.iter().position(|answer| judged(answer).is_ok()) {
        return Ladder::Found(rung);
    }
    if answers.len() == RUNGS {
        return Ladder::Ended;
    }
    Ladder::Ask { rung: answers.len(), after: answers.last().and_then(|answer| judged(answer).err()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;

    #[test]
    fn an_answer_says_what_changes_so_that_it_could_be_noticed() {
        let phrases = Config::defaults().phrases;
        let cases = [
            ("Trial sign-ups rise by 8 % until June", Ok(())),
            ("Store managers order the display themselves", Ok(())),
            ("Lift trial sign-ups", Ok(())),
            ("Spring range on shelf two weeks sooner", Ok(())),
            ("Patients cancel in time, so that the slot goes to somebody else", Ok(())),
            ("Fewer than 30 complaints a month", Ok(())),
            ("One launch look in 5 markets by January", Ok(())),
            ("The same tone on all channels", Ok(())),
            ("Be the first name for boots by December", Ok(())),
            ("One poster in 5 sizes", Err(NotYet::OnlyThings)),
            ("Spring 2027", Err(NotYet::OnlyFigure)),
            ("No idea yet", Err(NotYet::Nothing)),
            ("12 banners", Err(NotYet::OnlyThings)),
            ("A nice film for the website", Err(NotYet::OnlyThings)),
            ("The posters are up by Friday", Err(NotYet::OnlyThings)),
            ("We are doing spring", Err(NotYet::NoChange)),
            ("It would be good for us", Err(NotYet::NoChange)),
            ("Improve things", Err(NotYet::Unnoticeable)),
            ("Increase awareness", Err(NotYet::Unnoticeable)),
            ("Strengthen the brand", Err(NotYet::Unnoticeable)),
            ("Increase awareness from 12 to 18 % in the north", Ok(())),
            ("", Err(NotYet::Nothing)),
            (" … ", Err(NotYet::Nothing)),
            ("TBC.", Err(NotYet::Nothing)),
        ];
        for (text, judgement) in cases {
            assert_eq!(is_good_answer(text, &phrases), judgement, "{text}");
        }
    }

    #[test]
    fn the_ladder_stops_at_the_first_good_answer() {
        let phrases = Config::defaults().phrases;
        let none: [&str; 0] = [];
        assert_eq!(climb(&none, &phrases), Ladder::Ask { rung: 0, after: None });
        let things = ["12 banners"];
        assert_eq!(climb(&things, &phrases), Ladder::Ask { rung: 1, after: Some(NotYet::OnlyThings) });
        assert_eq!(climb(&["12 banners", "Shoppers walk in"], &phrases), Ladder::Found(1));
        assert_eq!(climb(&["tbc"; RUNGS], &phrases), Ladder::Ended);
        assert!(questions("2026-12-18".parse().ok())[2].contains("18 Dec"));
    }

    proptest! {
        #[test]
        fn any_answers_may_come(answers in prop::collection::vec("\\PC{0,60}|[\u{0}-\u{ffff}]{0,20}|(tbc|more|in|5|users| ){0,9}", 0..7)) {
            let phrases = Config::defaults().phrases;
            let found = climb(&answers, &phrases);
            if let Ladder::Found(rung) = found {
                prop_assert_eq!(is_good_answer(&answers[rung], &phrases), Ok(()));
            }
        }
    }
}
