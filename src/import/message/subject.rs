//! What stands before the subject proper: marks of replies and of mails that were handed on, in many languages.

use crate::domain::words::fold;

/// Letters of the longest title; a first line can be a whole paragraph, and it stays whole in the words.
const TITLE: usize = 120;

const REPLIES: [&str; 14] =
    ["re", "aw", "antw", "antwort", "sv", "vs", "res", "rep", "rif", "odp", "ynt", "回复", "答复", "回覆"];
const FORWARDS: [&str; 13] =
    ["fw", "fwd", "wg", "tr", "rv", "vb", "vl", "enc", "doorst", "weitergeleitet", "i-fwd", "转发", "轉寄"];

/// How a mail says that it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Handed {
    #[default]
    Unsaid,
    /// It answers another one.
    Back,
    /// It hands another one on.
    On,
}

/// A subject taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SubjectLine {
    /// What its first mark says; those behind it were there before.
    pub handed: Handed,
    /// What is left without marks.
    pub title: String,
}

impl SubjectLine {
    pub fn read(text: &str) -> Self {
        let line = in_one_line(text);
        let (mut rest, mut first) = (line.as_str(), None);
        while let Some((handed, after)) = mark(rest) {
            first = first.or(handed);
            rest = after;
        }
        if let Some(before) = rest.strip_suffix("(fwd)") {
            first = first.or(Some(Handed::On));
            rest = before;
        }
        Self { handed: first.unwrap_or_default(), title: rest.trim().to_owned() }
    }
}

/// A mark at the beginning, and what stands after it. That a mail came from outside says nothing of how.
fn mark(text: &str) -> Option<(Option<Handed>, &str)> {
    let text = text.trim_start();
    for outside in ["[external]", "[ext]", "[extern]"] {
        if text.get(..outside.len()).is_some_and(|head| head.eq_ignore_ascii_case(outside)) {
            return Some((None, &text[outside.len()..]));
        }
    }
    let end = text.find([':', '：'])?;
    let (before, after) = text.split_at(end);
    let name = fold(before.trim_end());
    // Some count: `Re[2]:`, `AW (3):`.
    let name = name.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | ' ' | '^' | '*')
    });
    let after = after.strip_prefix([':', '：']).unwrap_or(after);
    if FORWARDS.contains(&name) {
        Some((Some(Handed::On), after))
    } else if REPLIES.contains(&name) {
        Some((Some(Handed::Back), after))
    } else {
        None
    }
}

/// Single spaces, nothing that breaks a line.
pub(super) fn in_one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cut between words, if it is too long for a title.
pub(super) fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(TITLE) else { return text.to_owned() };
    let head = &text[..end];
    // A word that takes up half of the title is cut all the same.
    let end = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..end].trim_end_matches([' ', ',', ';', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_replies_and_forwards_are_cut_however_many_there_are() {
        for (text, handed, title) in [
            ("FW: Spring windows", Handed::On, "Spring windows"),
            ("Re: FW: re:AW: Spring windows", Handed::Back, "Spring windows"),
            ("WG: AW: Frühling", Handed::On, "Frühling"),
            ("[EXTERNAL] Fwd: Spring", Handed::On, "Spring"),
            ("RE[2]: Spring", Handed::Back, "Spring"),
            ("TR : Vitrine", Handed::On, "Vitrine"),
            ("转发：春季", Handed::On, "春季"),
            ("Spring (fwd)", Handed::On, "Spring"),
            ("Reel: the cut", Handed::Unsaid, "Reel: the cut"),
            ("Ratio 16:9 for TR", Handed::Unsaid, "Ratio 16:9 for TR"),
            ("Re:", Handed::Back, ""),
            ("a\r\n b\u{1b}[31m", Handed::Unsaid, "a b [31m"),
            ("", Handed::Unsaid, ""),
        ] {
            assert_eq!(SubjectLine::read(text), SubjectLine { handed, title: title.to_owned() }, "{text}");
        }
    }

    #[test]
    fn a_title_that_is_too_long_is_cut_between_words() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"word ".repeat(60));
        assert!(long.ends_with("word…") && long.chars().count() <= TITLE + 1, "{long}");
        assert_eq!(cut(&"é".repeat(300)).chars().count(), TITLE + 1);
    }
}
