//! Whether a text says anything: an answer that is put off, or only a figure or a day, is none. Every field of the
//! readiness rubric and the reframe ladder ask here, so that they cannot differ.

/// Texts that put an answer off when they stand alone.
const ALONE: [&str; 41] = [
    "tbc",
    "tbd",
    "tba",
    "n a",
    "na",
    "none",
    "nil",
    "no",
    "later",
    "asap",
    "as soon as possible",
    "unknown",
    "unclear",
    "undecided",
    "pending",
    "open",
    "still open",
    "missing",
    "nothing",
    "nothing yet",
    "nothing is there",
    "none yet",
    "none of it",
    "none of them",
    "whatever",
    "anything",
    "follows",
    "dunno",
    "nobody knows",
    "nobody knows yet",
    "as usual",
    "the usual",
    "usual",
    "as always",
    "as discussed",
    "as agreed",
    "same as ever",
    "same as always",
    "see brief",
    "see below",
    "see above",
];

/// How a short text begins that puts an answer off.
const BEGINNINGS: [&str; 27] = [
    "no idea",
    "not sure",
    "not known",
    "not clear",
    "not decided",
    "not defined",
    "not there",
    "not yet",
    "not available",
    "don't know",
    "do not know",
    "i don't know",
    "we don't know",
    "i do not know",
    "we do not know",
    "to follow",
    "to come",
    "to be confirmed",
    "to be defined",
    "to be decided",
    "to be announced",
    "to be agreed",
    "will follow",
    "will come",
    "none of it is",
    "see the",
    "ask",
];

/// A text of more words says something besides.
const SHORT: usize = 6;

/// Words of days and stretches of time.
const TIMES: [&str; 56] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "week",
    "month",
    "quarter",
    "year",
    "today",
    "tomorrow",
    "christmas",
];

/// Small words that may stand between them.
const JOINTS: [&str; 20] = [
    "by", "until", "till", "end", "of", "early", "mid", "late", "in", "on", "next", "this", "the", "and",
    "to", "from", "before", "after", "around", "about",
];

/// Lower-case words without marks; a figure keeps its point.
pub fn words(text: &str) -> Vec<String> {
    // Editors turn the apostrophe, and the lists have the one of the keyboard.
    let text = text.to_lowercase().replace('’', "'");
    let cut = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '.' | '@' | '%')));
    cut.map(|word| word.trim_matches(['.', '\'']).to_owned()).filter(|word| !word.is_empty()).collect()
}

/// True if a text puts its answer off, or holds no word at all.
pub fn is_put_off(text: &str) -> bool {
    let words = words(text);
    let said = words.join(" ");
    let begins = |phrase: &&str| {
        said.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    words.is_empty()
        || ALONE.contains(&said.as_str())
        // A longer text may begin so and still say something behind it.
        || words.len() <= SHORT && BEGINNINGS.iter().any(begins)
}

/// True if a text is a figure or a day and nothing else: `9`, `Spring 2027`, `by end of March`.
pub fn is_bare_figure(text: &str) -> bool {
    let words = words(text);
    let is_figure = |word: &String| word.starts_with(|c: char| c.is_ascii_digit()) || word == "%";
    let is_time = |word: &String| TIMES.contains(&word.as_str());
    // One of them has to be there: "by the end" is made of joints alone.
    words.iter().any(|word| is_figure(word) || is_time(word))
        && words.iter().all(|word| is_figure(word) || is_time(word) || JOINTS.contains(&word.as_str()))
}

/// True if a text says by when: `by December`, `until 24 May`.
pub fn says_by_when(text: &str) -> bool {
    let words = words(text);
    let is_limit = |word: &String| matches!(word.as_str(), "by" | "until" | "till" | "before");
    let is_day = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| words.get(at));
        let is_dated =
            |word: &String| JOINTS.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit());
        // What somebody may do is no month: that one stands behind a small word or beside a figure.
        TIMES.contains(&words[at].as_str()) && (words[at] != "may" || beside.into_iter().any(is_dated))
    };
    let reaches = |at: usize| (at + 1..words.len().min(at + 5)).any(is_day);
    (0..words.len()).any(|at| is_limit(&words[at]) && reaches(at))
}

/// True if a text says something of its own.
pub fn says_something(text: &str) -> bool {
    !is_put_off(text) && !is_bare_figure(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_told_from_what_somebody_may_do() {
        for text in ["bought by people who may leave", "seen by all, and it may rain"] {
            assert!(!says_by_when(text), "{text}");
        }
        for text in ["by May", "until 24 May", "before the end of May", "by December", "by end of may 2027"] {
            assert!(says_by_when(text), "{text}");
        }
    }

    #[test]
    fn what_is_put_off_or_bare_says_nothing() {
        for text in
            ["", " … ", "?", "TBC.", "No idea yet", "none of it is there", "n/a", "ask Priya", "Don’t know"]
        {
            assert!(is_put_off(text), "{text}");
        }
        for text in ["9", "Spring 2027", "by the end of March", "12 %", "Q3", "next week", "3.5"] {
            assert!(is_bare_figure(text), "{text}");
        }
        for text in
            ["Nobody knows the old name any more", "No pack is pulled", "9 formats", "Open day", "Noor Ash"]
        {
            assert!(says_something(text), "{text}");
        }
    }
}
