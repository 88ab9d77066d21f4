//! What stands in brackets behind a name: a department, a share of the work, words that no mark within them parts.

/// A text in its parts, each with whether it stands in brackets. A bracket that nothing closes is none.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[']) {
        let close = if rest[at..].starts_with('(') { ')' } else { ']' };
        let Some(length) = rest[at..].find(close) else { break };
        found.push((false, &rest[..at]));
        found.push((true, &rest[at..=at + length]));
        rest = &rest[at + length + 1..];
    }
    found.push((false, rest));
    found
}

/// The text without them. One that is never closed goes to the end, unless others may be named behind it.
pub(super) fn outside(text: &str) -> String {
    let without_open = |part| match str::split_once(part, '(') {
        Some((before, rest)) if !rest.contains([',', ';', '/', '&', '+']) => before,
        _ => part,
    };
    let outside = parts(text).into_iter().filter(|(is_inside, _)| !is_inside);
    outside.map(|(_, part)| without_open(part)).collect::<Vec<_>>().join(" ")
}

/// The text with each of the words replaced, except in brackets.
pub(super) fn replaced(text: &str, words: &[&str], by: &str) -> String {
    let change = |(is_inside, part): (bool, &str)| {
        let keep = if is_inside { &[][..] } else { words };
        keep.iter().fold(part.to_owned(), |part, word| part.replace(word, by))
    };
    parts(text).into_iter().map(change).collect()
}

/// The text cut at each of the marks, except in brackets.
pub(super) fn cut<'t>(text: &'t str, marks: &[char]) -> Vec<&'t str> {
    let mut found = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for (is_inside, part) in parts(text) {
        // The parts only tell where a mark counts. What is cut is the text itself, in which brackets stay with what
        // stands before them.
        for (place, mark) in part.match_indices(marks).filter(|_| !is_inside) {
            found.push(&text[begin..at + place]);
            begin = at + place + mark.len();
        }
        at += part.len();
    }
    found.push(&text[begin..]);
    found
}
