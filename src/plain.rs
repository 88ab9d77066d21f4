//! The one place between stored text and any output: what came from outside is shown harmlessly and
//! measured as a terminal shows it. Stored text stays as it was typed.

mod ascii;
mod wrap;

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use ascii::ascii_for;
pub use wrap::wrap;

/// True if the locale draws Unicode. One that says nothing is taken to: programs that are started without any, as from a
/// desktop, have a terminal that does.
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    // POSIX asks them in this order, and passes over one that is set to nothing.
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|it| !it.is_empty()));
    said.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// At most so many combining marks on one letter; more would climb into other rows.
const MAX_MARKS: usize = 3;

/// True for characters that act on a terminal, turn the direction of text, or cannot be seen.
const fn is_hostile(c: char) -> bool {
    // Fillers of Hangul, the empty pattern of Braille and tags are letters by name, but nothing of them is
    // seen; variation selectors widen a sign in some terminals and not in others.
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text with line breaks and tabs of its own, on its way to a terminal; otherwise as [`harmless`].
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    let acts = |c: char| is_hostile(c) && c != '\n' && c != '\t';
    if !text.chars().any(acts) && !marks_pile_up(text) {
        return Cow::Borrowed(text);
    }
    let piece = |piece: &str| harmless(piece).into_owned();
    let line = |line: &str| line.split('\t').map(piece).collect::<Vec<_>>().join("\t");
    Cow::Owned(text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

/// JSON in which letters that act or cannot be seen are written by their number: it says the same, and does nothing
/// to a terminal. Such letters stand only within its texts.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    // Between its texts JSON is parted by these.
    let acts = |c: char| is_hostile(c) && !matches!(c, '\n' | '\r' | '\t');
    if !json.chars().any(acts) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if acts(c) {
            // JSON numbers the halves of UTF-16, so a letter of a higher plane takes two.
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// True if each character takes one column, whatever stands beside it: the letters, lines and blocks that nearly all of a
/// screen is made of. The library weighs each against its neighbours, which is most of what measuring costs.
pub fn is_one_column_each(text: &str) -> bool {
    text.chars().all(is_one_column)
}

const fn is_one_column(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{2199}' | '\u{2500}'..='\u{259f}')
}

/// True if a text can be shown as it is.
pub fn is_harmless(text: &str) -> bool {
    is_one_column_each(text) || !(text.chars().any(is_hostile) || marks_pile_up(text))
}

/// The text on one line, with nothing in it that acts: breaks become spaces, acting characters `�`,
/// invisible ones nothing.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        if !is_hostile(c) {
            marks = if c.width() == Some(0) { marks + 1 } else { 0 };
            if marks <= MAX_MARKS {
                out.push(c);
            }
            continue;
        }
        match c {
            // Before a line feed it would make a second space.
            '\r' => {}
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // What would have acted leaves a sign that it was there; what is only unseen goes without one.
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                out.push('\u{fffd}');
            }
            _ => {}
        }
    }
    Cow::Owned(out)
}

fn marks_pile_up(text: &str) -> bool {
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        marks > MAX_MARKS
    })
}

/// Most texts of a screen are, and nothing has to be looked up for them.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Columns that a harmless text takes.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) {
        text.len()
    } else if is_one_column_each(text) {
        text.chars().count()
    } else {
        UnicodeWidthStr::width(text)
    }
}

/// The harmless text in at most `columns` columns, ending in `…` if something had to go.
pub fn cut(text: &str, columns: usize) -> String {
    cut_if_needed(text, columns).unwrap_or_else(|| text.to_owned())
}

/// [`cut`], or nothing for a text that stays as it is, as most of a screen do.
pub fn cut_if_needed(text: &str, columns: usize) -> Option<String> {
    let text = harmless(text);
    if width(&text) <= columns {
        return if let Cow::Owned(text) = text { Some(text) } else { None };
    }
    let mut out = String::new();
    // One column is for the sign that something is missing.
    for grapheme in text.graphemes(true) {
        if !push_if_it_fits(&mut out, grapheme, columns.saturating_sub(1)) {
            break;
        }
    }
    if columns > 0 {
        out.truncate(out.trim_end().len());
        out.push('…');
    }
    Some(out)
}

/// As many whole items as fit, and how many more there are; only a first one that has no room is cut.
pub fn whole_items<T: AsRef<str>>(items: &[T], gap: &str, columns: usize) -> String {
    let joined = |count: usize| items.iter().take(count).map(AsRef::as_ref).collect::<Vec<_>>().join(gap);
    let some = (1..items.len()).rev().map(|count| {
        let more = items.len() - count;
        format!("{}{gap}and {more} more", joined(count))
    });
    let mut forms = std::iter::once(joined(items.len())).chain(some);
    forms.find(|form| width(form) <= columns).unwrap_or_else(|| cut(&joined(items.len()), columns))
}

/// [`cut`], then spaces on the right to exactly `columns` columns.
pub fn fit(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns);
    let used = width(&out);
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
    out
}

/// [`cut`], then spaces on the left to exactly `columns` columns.
pub fn fit_right(text: &str, columns: usize) -> String {
    let out = cut(text, columns);
    let used = width(&out);
    " ".repeat(columns.saturating_sub(used)) + &out
}

/// Widths do not add up (marks join letters), so the joined text is measured.
fn push_if_it_fits(line: &mut String, more: &str, columns: usize) -> bool {
    let before = line.len();
    line.push_str(more);
    let fits = width(line) <= columns;
    if !fits {
        line.truncate(before);
    }
    fits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn items_are_whole_or_counted() {
        let items = ["5 days late", "adds nothing to the 8h already over", "or give it to fin"];
        for (columns, shown) in [
            (80, "5 days late; adds nothing to the 8h already over; or give it to fin"),
            (62, "5 days late; adds nothing to the 8h already over; and 1 more"),
            (29, "5 days late; and 2 more"),
            (22, "5 days late; adds not…"),
        ] {
            assert_eq!(whole_items(&items, "; ", columns), shown);
        }
    }

    #[test]
    fn what_takes_one_column_each_is_measured_as_the_library_does_and_acts_nowhere() {
        let all: String = ('\0'..='\u{ffff}').filter(|c| is_one_column(*c)).collect();
        assert!(all.chars().count() > 500);
        assert_eq!(UnicodeWidthStr::width(all.as_str()), all.chars().count());
        assert_eq!(UnicodeSegmentation::graphemes(all.as_str(), true).count(), all.chars().count());
        for c in all.chars() {
            assert_eq!(UnicodeWidthStr::width(c.to_string().as_str()), 1, "{c}");
            assert!(!is_hostile(c), "{c}");
        }
    }

    #[test]
    fn nothing_from_outside_acts() {
        let hostile = "a\u{1b}]52;c;eA==\u{7}b\u{202e}c\u{200b}d\ne\u{9b}31mf\u{0}";
        let shown = harmless(hostile);
        assert_eq!(shown, "a\u{fffd}]52;c;eA==\u{fffd}b\u{fffd}cd e\u{fffd}31mf\u{fffd}");
        let zalgo: String = std::iter::once('a').chain(std::iter::repeat_n('\u{301}', 200)).collect();
        assert_eq!(harmless(&zalgo).chars().count(), 1 + MAX_MARKS);
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_and_lines_stay() {
        for filler in "\u{115f}\u{1160}\u{3164}\u{ffa0}\u{34f}\u{17b4}\u{200b}\u{e0041}".chars() {
            assert_eq!(harmless(&format!("a{filler}b")), "ab", "{filler:?}");
        }
        assert_eq!(harmless_lines("a\tb\u{1b}[2J\r\nc\u{3164}\n"), "a\tb\u{fffd}[2J\nc\n");
        assert_eq!(harmless_lines("a\tb\n"), "a\tb\n");
    }

    #[test]
    fn json_says_the_same_and_acts_no_more() {
        let hostile = "e\u{9b}31m \u{202e}x\u{7f}\u{3164}\u{34f}\u{e0041}é \"\u{1b}\n日";
        let json = serde_json::to_string_pretty(&serde_json::json!({ hostile: [hostile] })).unwrap();
        let shown = harmless_json(&json);
        assert!(shown.chars().all(|c| c == '\n' || !is_hostile(c)), "{shown}");
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read, serde_json::json!({ hostile: [hostile] }));
    }

    #[test]
    fn texts_are_cut_by_what_is_seen() {
        assert_eq!(cut("Gift guide, 24 pages", 10), "Gift guid…");
        assert_eq!(fit("né", 4), "né  ");
        assert_eq!(cut("日本語の案内", 5), "日本…");
        assert_eq!(fit_right("12", 4), "  12");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn long_text_wraps_at_words_and_keeps_its_breaks() {
        assert_eq!(wrap("one two three\nfour", 8), ["one two", "three", "four"]);
        // A single letter goes on with what it belongs to.
        assert_eq!(wrap("ready (n 28)", 9), ["ready", "(n 28)"]);
        assert_eq!(wrap("says it  c asks", 10), ["says it", "c asks"]);
        assert_eq!(wrap("a b c", 4), ["a b", "c"]);
        assert_eq!(wrap("a longer", 4), ["a", "long", "er"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }

    proptest! {
        #[test]
        fn no_text_is_ever_wider_than_asked(text in "\\PC{0,40}|[\u{0}-\u{ffff}]{0,20}", columns in 0usize..30) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
            prop_assert_eq!(width(&fit(&text, columns)), columns);
            for line in wrap(&text, columns.max(2)) {
                prop_assert!(width(&line) <= columns.max(2), "{:?}", line);
            }
        }
    }

    #[test]
    fn a_locale_that_is_not_utf_8_draws_letters_only() {
        for (pairs, wanted) in [
            (&[][..], true),
            (&[("LANG", "de_DE.UTF-8")], true),
            (&[("LC_ALL", "C.utf8"), ("LANG", "C")], true),
            (&[("LC_CTYPE", "de_DE.ISO-8859-1"), ("LANG", "de_DE.UTF-8")], false),
            (&[("LC_ALL", ""), ("LANG", "POSIX")], false),
        ] {
            let variable = |name: &str| {
                pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(is_utf8(variable), wanted, "{pairs:?}");
        }
    }
}
