//! Who speaks in a chat: the line with a name and a time that programs put above what somebody said, or before it.

use crate::domain::words::days::{MONTHS, WEEKDAYS};
use crate::domain::words::fold;

/// Marks of direction that come with names out of a telephone.
const INVISIBLE: [char; 7] =
    ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2068}', '\u{2069}', '\u{feff}'];

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker<'a> {
    pub name: String,
    /// What they say on the same line.
    pub said: &'a str,
}

/// Who speaks from a line on, and how many lines say that.
pub(super) fn speaker<'a>(lines: &[&'a str], at: usize) -> Option<(Speaker<'a>, usize)> {
    let line = lines.get(at)?.trim().trim_matches(INVISIBLE).trim();
    // So long a line is what somebody says, unless a stamp stands before it.
    if line.len() > 400 && !line.starts_with('[') && !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(speaker) = bracketed(line).or_else(|| dashed(line)).or_else(|| name_first(line)) {
        return Some((speaker, 1));
    }
    // Copied out of a browser, the time stands below the name.
    let is_under = lines.get(at + 1).is_some_and(|next| is_time(next.trim()));
    let name = name(line).filter(|_| is_under)?;
    Some((Speaker { name, said: "" }, 2))
}

/// What was said, each part with who said it behind it in brackets: in one line a name and a time are no beginning.
pub(super) fn said_first(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut said, mut who, mut at) = (Vec::new(), None, 0);
    let name = |who: &mut Option<String>| who.take().map(|name| format!("({name})"));
    while at < lines.len() {
        let Some((speaker, taken)) = speaker(&lines, at) else {
            said.push(lines[at].to_owned());
            at += 1;
            continue;
        };
        // Somebody who goes on speaking is named once, behind all of it.
        if who.as_ref() != Some(&speaker.name) {
            said.extend(name(&mut who));
        }
        said.push(speaker.said.to_owned());
        (who, at) = (Some(speaker.name), at + taken);
    }
    said.extend(name(&mut who));
    said.join("\n")
}

/// `[23/11/2026, 09:12] Maya: text`, `[09:12] Maya Lind`, `maya [9:12 AM]`.
fn bracketed(line: &str) -> Option<Speaker<'_>> {
    let (before, rest) = line.split_once('[')?;
    let (inside, after) = rest.split_once(']')?;
    if inside.len() > 40 || !ends_in_time(inside) {
        return None;
    }
    if !before.trim().is_empty() {
        let name = name(before.trim().trim_end_matches(','))?;
        return Some(Speaker { name, said: after.trim() });
    }
    let after = after.trim().trim_matches(INVISIBLE).trim();
    match after.split_once(':') {
        Some((who, said)) => Some(Speaker { name: name(who)?, said: said.trim() }),
        None => Some(Speaker { name: name(after)?, said: "" }),
    }
}

/// `23/11/2026, 09:12 - Maya: text`
fn dashed(line: &str) -> Option<Speaker<'_>> {
    let (when, rest) = line.split_once(" - ")?;
    let (who, said) = rest.split_once(':')?;
    let is_when = when.starts_with(|c: char| c.is_ascii_digit()) && when.len() <= 30 && ends_in_time(when);
    is_when.then(|| name(who)).flatten().map(|name| Speaker { name, said: said.trim() })
}

/// `Maya Lind  09:12`, `Maya Lind — Today at 9:12 AM`. A single space before a bare time is not enough: `Booth 16:00`
/// is a title.
fn name_first(line: &str) -> Option<Speaker<'_>> {
    let before = without_time(line)?;
    // A time with its half of the day was put there by a program: nobody ends a title so.
    let is_marked = line.ends_with(['m', 'M']);
    let mut rest = before.trim_end();
    let mut is_apart = before.ends_with("  ") || before.ends_with('\t') || is_marked;
    while let Some(shorter) = without_day(rest) {
        (rest, is_apart) = (shorter.trim_end(), true);
    }
    let bare = rest.trim_end_matches(['—', '–', '-', '|', ',', '•', '·', ' ']);
    is_apart |= bare.len() < rest.len();
    let name = name(bare).filter(|_| is_apart)?;
    Some(Speaker { name, said: "" })
}

/// What stands before the last word, if that belongs to a day.
fn without_day(text: &str) -> Option<&str> {
    let (before, word) = text.rsplit_once(char::is_whitespace)?;
    let folded = fold(word.trim_matches([',', '.', '(', ')']));
    let is_number = folded.starts_with(|c: char| c.is_ascii_digit())
        && folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-'));
    let is_part = |names: &[&str]| folded.len() >= 3 && names.iter().any(|name| name.starts_with(&folded));
    let is_day = is_number
        || ["today", "yesterday", "at", "um", "heute", "gestern"].contains(&folded.as_str())
        || is_part(&WEEKDAYS)
        // `May` is a name as well, and belongs to a day only behind a number.
        || is_part(&MONTHS) && before.ends_with(|c: char| c.is_ascii_digit() || c == ',');
    is_day.then_some(before)
}

/// What stands before a time at the end.
fn without_time(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let lower = text.to_ascii_lowercase();
    let end = ["am", "pm", "a.m.", "p.m.", "uhr"]
        .iter()
        .find_map(|half| lower.strip_suffix(half))
        .map_or(text.len(), |head| head.trim_end_matches([' ', '\u{202f}', '\u{a0}']).len());
    let head = text.get(..end)?;
    let begin = head
        .rfind(|c: char| !c.is_ascii_digit() && c != ':')
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let parts: Vec<&str> = head[begin..].split(':').collect();
    let is_hour = parts.first().is_some_and(|hour| (1..=2).contains(&hour.len()));
    let rest_is_right = parts.iter().skip(1).all(|part| part.len() == 2);
    ((2..=3).contains(&parts.len()) && is_hour && rest_is_right).then(|| &text[..begin])
}

fn ends_in_time(text: &str) -> bool {
    without_time(text.trim()).is_some()
}

fn is_time(text: &str) -> bool {
    without_time(text).is_some_and(|before| before.trim().is_empty())
}

/// The name of somebody, if a text can be one: a few words that begin as names do, or the one word of a handle.
fn name(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(INVISIBLE);
    let text =
        text.split('(').next().unwrap_or_default().trim().trim_start_matches(['~', '@', '\u{a0}', ' ']);
    // Slack puts these behind the names of programs.
    let words: Vec<&str> = text.split_whitespace().filter(|word| !["APP", "BOT"].contains(word)).collect();
    let is_small = |word: &str| {
        ["de", "der", "den", "del", "van", "von", "la", "le", "da", "dos", "bin"].contains(&word)
    };
    let begins =
        // Not lower case, instead of upper: many scripts have neither.
        |word: &&str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) || is_small(word);
    let is_plain =
        |word: &&str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '\'' | '’'));
    let is_name = (1..=5).contains(&words.len())
        && text.len() <= 80
        && text.contains(char::is_alphabetic)
        && words.iter().all(is_plain)
        && (words.len() == 1 || words.iter().all(begins))
        && words.first().is_some_and(|word| word.starts_with(char::is_alphabetic));
    is_name.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, String)> {
        let lines: Vec<&str> = text.lines().collect();
        speaker(&lines, 0).map(|(speaker, _)| (speaker.name, speaker.said.to_owned()))
    }

    #[test]
    fn the_line_above_what_is_said_is_who() {
        for (text, who, said) in [
            ("Maya Lind  09:12", "Maya Lind", ""),
            ("Maya Lind  9:12 AM", "Maya Lind", ""),
            ("Maya Lind 9:12 AM", "Maya Lind", ""),
            ("Maya Lind\t09:12", "Maya Lind", ""),
            ("Maya Lind\n  9:12 AM", "Maya Lind", ""),
            ("Maya Lind (External)  09:12", "Maya Lind", ""),
            ("maya.lind  09:12", "maya.lind", ""),
            ("Maya — Today at 09:12", "Maya", ""),
            ("Maya Lind 23/11/2026 09:12", "Maya Lind", ""),
            ("Maya Lind, Mon 9:12 AM", "Maya Lind", ""),
            ("[09:12] Maya Lind", "Maya Lind", ""),
            ("[23.11.2026 09:12] Maya Lind", "Maya Lind", ""),
            ("[23/11/2026, 09:12:33] Maya: can we?", "Maya", "can we?"),
            ("\u{200e}[23/11/2026, 09:12] ~ Maya Lind: can we?", "Maya Lind", "can we?"),
            ("23/11/2026, 09:12 - Maya van Lind: can we?", "Maya van Lind", "can we?"),
            ("11/23/26, 9:12 AM - Maya: at 10:30", "Maya", "at 10:30"),
            ("maya [9:12 AM]", "maya", ""),
            ("Maya Lind, [23.11.2026 09:12]", "Maya Lind", ""),
            ("Åsa Öst  09:12", "Åsa Öst", ""),
        ] {
            assert_eq!(told(text), Some((who.to_owned(), said.to_owned())), "{text}");
        }
    }

    #[test]
    fn in_one_line_who_stands_behind_what_they_said() {
        for (text, said) in [
            ("Maya Lind  09:12\ntwo posters\nby Friday", "two posters by Friday (Maya Lind)"),
            ("[9:12] Maya: a\n[9:13] Maya: b\n[9:14] Bo: c", "a b (Maya) c (Bo)"),
            ("before\nMaya  09:12\na", "before a (Maya)"),
            ("two lines\nof a text", "two lines of a text"),
            ("Booth 16:00\nsame place", "Booth 16:00 same place"),
        ] {
            let words: Vec<_> = said_first(text).split_whitespace().map(str::to_owned).collect();
            assert_eq!(words.join(" "), said, "{text}");
        }
    }

    #[test]
    fn what_only_ends_in_a_time_is_no_name() {
        for text in [
            "Booth 16:00",
            "the talk is at 12:30",
            "Can we move it to Friday  09:12?",
            "Ratio 16:9",
            "we meet  09:12",
            "[draft] Film",
            "[x] 09:12",
            "09:12",
            "",
            "é:é",
            "12:3é",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
