//! Lines of commands as they are read out: one fact after another, without what only an eye makes something of.

/// Signs that draw: boxes, bars, shades and dots.
const fn is_drawn(letter: char) -> bool {
    matches!(letter, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}')
}

/// A line without drawings and columns; `None` if nothing of it is left to hear.
pub fn heard(line: &str) -> Option<String> {
    let shown: String = line.chars().filter(|letter| !is_drawn(*letter)).collect();
    let words = shown.trim();
    // A line under a heading, or nothing: a reader would spell the one out and announce the other.
    if words.chars().all(|letter| matches!(letter, '=' | '-' | '·' | '_' | ' ')) {
        return None;
    }
    // A voice passes over such signs in front of a line. Only the first says something of its own, and is put in a
    // word.
    let (before, words) = match words.split_once(' ') {
        Some(("!", rest)) => ("Attention: ", rest),
        Some(("-" | "✓" | "→", rest)) => ("", rest),
        _ => ("", words),
    };
    let mut said = before.to_owned();
    // Two blanks or more part columns, which are heard as parts of a sentence.
    for part in words.split("  ").map(str::trim).filter(|part| !part.is_empty()) {
        if !said.is_empty() && !said.ends_with(' ') {
            let is_parted = said.ends_with([':', ',', ';']);
            said.push_str(if is_parted { " " } else { ", " });
        }
        said.push_str(part);
    }
    Some(said.replace(" · ", ", "))
}

#[cfg(test)]
mod tests {
    use super::heard;

    #[test]
    fn columns_are_parts_of_a_sentence_and_drawings_are_not_said() {
        for (line, said) in [
            ("stage:          delivered", Some("stage: delivered")),
            ("anar         Ana Ruiz      design", Some("anar, Ana Ruiz, design")),
            ("! R-3 Price list: late · bo", Some("Attention: R-3 Price list: late, bo")),
            ("- 2 moved, 2 new", Some("2 moved, 2 new")),
            ("==========", None),
            ("", None),
            ("  ▇▁▅▇  17 Jan 4", Some("17 Jan 4")),
            ("── Load ──┬──", Some("Load")),
            ("a - b", Some("a - b")),
        ] {
            assert_eq!(heard(line).as_deref(), said, "{line}");
        }
    }
}
