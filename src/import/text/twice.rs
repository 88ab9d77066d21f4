//! Texts that were written as UTF-8, read as windows-1252 somewhere and saved again: `TomÃ¡s` for `Tomás`. Where every
//! letter beyond ASCII of a file reads back, it is read back; otherwise it is only told.

use encoding_rs::WINDOWS_1252;

use crate::domain::count::counted;

/// Letters beyond ASCII that stand side by side.
struct LetterRun<'a> {
    at: usize,
    text: &'a str,
    /// What was written before it was read wrongly.
    meant: Option<String>,
    /// No language writes it so.
    is_sure: bool,
}

/// The text as it was meant, with a sentence about it; or only the sentence, where a part of it is written rightly.
pub(super) fn read_back(text: &str) -> Option<(Option<String>, String)> {
    // Nearly all files have none of the letters with which such a run begins.
    if !text.contains(['Ã', 'Â', 'Ä', 'Å', 'â', 'ï']) {
        return None;
    }
    let (mut wrong, mut is_whole, mut first) = (0, true, None);
    let mut meant = String::with_capacity(text.len());
    let mut end = 0;
    let mut is_sure = false;
    for run in runs(text) {
        meant.push_str(&text[end..run.at]);
        end = run.at + run.text.len();
        is_sure |= run.is_sure;
        if let Some(back) = &run.meant {
            wrong += 1;
            meant.push_str(back);
            // The mark at the beginning is no text that somebody would know again.
            let is_example = run.is_sure && back != "\u{feff}";
            if is_example && first.is_none() {
                first = Some((1 + text[..run.at].matches('\n').count(), run.text.to_owned(), back.clone()));
            }
        } else {
            is_whole = false;
        }
    }
    if !is_sure || wrong == 0 {
        return None;
    }
    meant.push_str(&text[end..]);
    let (line, was, is) = first.unwrap_or_else(|| (1, "ï»¿".to_owned(), "no text at all".to_owned()));
    let places = counted(wrong, "place", "places");
    let what = format!(
        "was saved with its letters read wrongly in {places} (`{was}` for {is}), first in line {line}"
    );
    if is_whole {
        let meant = meant.trim_start_matches('\u{feff}').to_owned();
        return Some((Some(meant), format!("it {what}; they are read as they were meant")));
    }
    let told = format!(
        "it {what}; other letters are right, so nothing was changed: save it as UTF-8 from the program that wrote it"
    );
    Some((None, told))
}

fn runs(text: &str) -> impl Iterator<Item = LetterRun<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let at = rest + text[rest..].find(|letter: char| !letter.is_ascii())?;
        let length = text[at..].find(|letter: char| letter.is_ascii()).unwrap_or(text.len() - at);
        rest = at + length;
        let run = &text[at..rest];
        let meant = meant_by(run);
        let is_small = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
        let (before, behind) = (text[..at].chars().next_back(), text[rest..].chars().next());
        // No word has a capital behind a small letter, nor such a sign before one; no quote begins with a euro.
        let is_in_word = is_small(before) || is_small(behind) && !run.contains('\u{a0}');
        let is_sure =
            meant.is_some() && (is_in_word || run.starts_with("â€") || at == 0 && run.starts_with("ï»¿"));
        Some(LetterRun { at, text: run, meant, is_sure })
    })
}

/// What a run was, if it is UTF-8 read wrongly and gives letters and signs of Western texts.
fn meant_by(run: &str) -> Option<String> {
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(run);
    let text = std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy)?;
    let is_usual = |letter: char| matches!(letter, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '€' | '™' | '\u{feff}');
    text.chars().all(is_usual).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_wrongly_is_read_back_and_told() {
        let table = [
            (
                "ï»¿Key,Who\nR-1,TomÃ¡s\nR-2,FÃ¼r\n",
                "Key,Who\nR-1,Tomás\nR-2,Für\n",
                "in 3 places (`Ã¡` for á), first in line 2",
            ),
            ("Title\nÃ¼ber\n", "Title\nüber\n", "in 1 place (`Ã¼` for ü), first in line 2"),
            (
                "Title\nthe â€œbigâ€\u{9d} film â€“ it\n",
                "Title\nthe “big” film – it\n",
                "in 3 places (`â€œ` for “)",
            ),
            ("Title,Cost\nCafÃ©,5 â‚¬\n", "Title,Cost\nCafé,5 €\n", "in 2 places (`Ã©` for é)"),
            ("ï»¿Key\nR-1\n", "Key\nR-1\n", "in 1 place (`ï»¿` for no text at all)"),
        ];
        for (text, meant, part) in table {
            let (found, told) = read_back(text).unwrap();
            assert_eq!(found.as_deref(), Some(meant));
            assert!(told.contains(part) && told.ends_with("as they were meant"), "{told}");
        }
    }

    #[test]
    fn where_other_letters_are_right_it_is_only_told() {
        for text in ["Who\nTomÃ¡s\nZoë\n", "Title\nthe â€œbigâ€ film\n", "Title\nFÃ¼r 日本\n"] {
            let (found, told) = read_back(text).unwrap();
            assert_eq!(found, None, "{text}");
            assert!(told.contains("nothing was changed") && told.contains("line 2"), "{told}");
        }
    }

    #[test]
    fn what_languages_write_so_is_neither_touched_nor_told() {
        for text in [
            "Título\nMAÇÃ E LIMÃO\nAMANHÃ\n",
            "AMANHÃ\u{a0}DE\n",
            "NESTLÉ® film\n",
            "«CAFÉ»\n",
            "a quote â€ alone\n",
            "BJÖRN ÅÄÖ\n",
            "Zoë, Tomás, naïve, château\n",
            "5 Å, 3 â\n",
            "¿Qué? ¡Sí!\n",
            "plain\n",
        ] {
            assert_eq!(read_back(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_right_never_reads_back_as_something_else() {
        for text in
            ["Tomás", "für", "Ähre", "naïve", "ÎLE", "Ærø", "Łódź", "œuvre — “x” … €", "日本", "Привет"]
        {
            let (bytes, _, _) = encoding_rs::UTF_8.encode(text);
            let wrong = WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned();
            assert_eq!(read_back(text), None, "{text}");
            let back = read_back(&format!("a,{wrong}\n"));
            if let Some((Some(meant), _)) = back {
                assert_eq!(meant, format!("a,{text}\n"));
            }
        }
    }
}
