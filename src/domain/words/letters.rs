//! Comparing what people type with what is there: letters without marks, and the nearest of several words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthStr;

/// The one of `names` that a person may have meant.
pub fn nearest(word: &str, names: &[&str]) -> Option<String> {
    let word = word.to_lowercase();
    names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&word, name), *name))
        // Two letters, or a third of a long word; what differs by more is another word.
        .filter(|(distance, name)| *distance <= 2.max(name.width() / 3))
        .min()
        .map(|(_, name)| name.to_owned())
}

/// Lower case without marks, for comparing what people type with what is there: `nguyen` finds Nguyễn.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // The compatible forms, so that ligatures and letters of full width are found by plain ones as well.
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        match without_stroke(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// The letters that Unicode does not take apart into a plain one and a mark, and the quotes that editors put in for
/// the one on the keyboard.
const fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '’' | '‘' => "'",
        _ => return None,
    })
}

/// True if a text holds folded words. A filter asks every row at every letter, so plain letters are compared
/// where they stand.
pub fn holds(text: &str, folded: &str) -> bool {
    if !text.is_ascii() {
        return fold(text).contains(folded);
    }
    let (text, wanted) = (text.as_bytes(), folded.as_bytes());
    let [first, rest @ ..] = wanted else { return true };
    let Some(last) = text.len().checked_sub(wanted.len()) else { return false };
    let begins = text[..=last].iter().enumerate().filter(|(_, byte)| byte.to_ascii_lowercase() == *first);
    begins.map(|(at, _)| &text[at + 1..at + wanted.len()]).any(|part| part.eq_ignore_ascii_case(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_found_by_their_plain_letters() {
        for (name, typed) in [
            ("Nguyễn", "nguyen"),
            ("Åsa Łukasiewicz-Đorđević", "asa lukasiewicz-dordevic"),
            ("Søren Straße", "soren strasse"),
            ("Œuvre, Æsir", "oeuvre, aesir"),
            ("İlkay Yıldız", "ilkay yildiz"),
            ("Ｆｕｌｌ O’Neil", "full o'neil"),
        ] {
            assert_eq!(fold(name), typed);
            assert!(holds(name, typed));
        }
    }

    proptest! {
        #[test]
        fn holding_is_the_same_as_folding_both(text in "[a-cA-Cäé ’]{0,12}", word in "[a-cA-Cäé]{0,3}") {
            prop_assert_eq!(holds(&text, &fold(&word)), fold(&text).contains(&fold(&word)));
        }
    }
}
