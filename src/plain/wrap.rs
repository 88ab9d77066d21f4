//! Where a text breaks into lines: at spaces, and never where two words would be read twice apart.

use unicode_segmentation::UnicodeSegmentation;

use super::{harmless, push_if_it_fits, width};

/// Breaks a text into lines of at most `columns` columns, at spaces where there are any. Line breaks of
/// the text are kept; every line is harmless.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    // A wide letter takes two columns, and no line could hold it in one.
    let columns = columns.max(2);
    text.replace("\r\n", "\n").split('\n').flat_map(|line| wrap_line(&harmless(line), columns)).collect()
}

fn wrap_line(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, columns) {
        let (word, space) = piece.strip_suffix(' ').map_or((piece, ""), |word| (word, " "));
        if !push_if_it_fits(&mut line, word, columns) {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            break_word(word, columns, &mut line, &mut lines);
        }
        if !push_if_it_fits(&mut line, space, columns) {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Words with the blank behind them. One of a single letter says nothing at the end of a line, such as the `n` of a count
/// or a key before what it does, and stays with the next; so do the words of a day, and a number with its unit.
fn pieces(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = |from: usize| rest[from..].find(' ').map_or(rest.len(), |at| from + at + 1);
        let first = end(0);
        let is_short = |word: &str| word != "·" && word.chars().count() == 1;
        let is_bound = is_short(rest[..first].trim_start_matches('(').trim_end());
        let (mut at, mut more) = (first, end(first));
        let mut word = 0;
        while at < more
            && (is_bound && at == first || belongs(rest[word..at].trim_end(), &rest[at..more]))
            && width(rest[..more].trim_end()) <= columns
        {
            (word, at, more) = (at, more, end(more));
        }
        let (piece, after) = rest.split_at(at);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// True of a weekday before its day, and of a number before its month, its unit or its `%`: apart they are read twice.
fn belongs(word: &str, next: &str) -> bool {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    // Of a range of days the last one.
    let last = word.rsplit('–').next().unwrap_or(word).trim_start_matches('(');
    let is_number = !last.is_empty() && last.len() <= 3 && last.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        next.starts_with(|c: char| c.is_alphabetic() || c == '%')
    } else {
        WEEKDAYS.contains(&last) && next.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// A word on a fresh line. One that is wider than a line (a path, writing without spaces) breaks where words do, and
/// within them where it must.
fn break_word(word: &str, columns: usize, line: &mut String, lines: &mut Vec<String>) {
    for part in word.split_word_bounds() {
        if push_if_it_fits(line, part, columns) {
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(line));
        }
        for grapheme in part.graphemes(true) {
            let grapheme = if width(grapheme) > columns { "…" } else { grapheme };
            if !push_if_it_fits(line, grapheme, columns) {
                lines.push(std::mem::take(line));
                line.push_str(grapheme);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_with_their_units_stay_on_one_line() {
        for (text, columns, lines) in [
            ("12h given  Mon 23–Fri 27 Nov", 20, &["12h given", "Mon 23–Fri 27 Nov"][..]),
            ("gained at 2,400 a day, 70 % sure", 25, &["gained at 2,400 a day,", "70 % sure"]),
            ("lost in the last 12 weeks of it", 19, &["lost in the last", "12 weeks of it"]),
            ("1 2 2 3 3 4 4", 7, &["1 2 2 3", "3 4 4"]),
            // Where there is no room for both, they are parted as others are.
            ("Mon 23–Fri 27 Nov", 8, &["Mon", "23–Fri", "27 Nov"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text}");
        }
    }
}
