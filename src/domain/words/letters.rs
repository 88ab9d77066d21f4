//! Comparing what people type with what is there: letters without marks, and the nearest of several words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthStr;

/// The one of `names` that a person may have meant.
pub fn nearest(word: &str, names: &[&str]) -> Option<String> {
    let word = word.to_lowercase();
    let away = |name: &str| {
        // What only begins a word is nearer to it than to a short one of other letters: `disc` is no slip for `is`.
        if word.len() >= 3 && name.starts_with(&word) {
            return Some(1);
        }
        let distance = strsim::damerau_levenshtein(&word, name);
        // Two letters, or a third of a long word; what differs by more is another word. So is what has no letter of
        // it left: two changes make `at` of any `zz`.
        let is_near = distance <= 2.max(name.width() / 3) && distance < word.width().min(name.width());
        (is_near || distance == 0).then_some(distance)
    };
    // Many say `impact` for `measurable-impact`. Behind all that come near as a whole, and not by short words: `in` is near
    // to anything.
    let part = |name: &&str| {
        let parts = name.split('-').filter(|part| part.len() >= 4 && word.len() >= 4);
        parts.filter_map(away).min().map(|distance| (distance + 3, name.to_string()))
    };
    let whole = names.iter().filter_map(|name| Some((away(name)?, (*name).to_owned())));
    whole.chain(names.iter().filter_map(part)).min().map(|(_, name)| name)
}

/// Ends a refusal with what was meant, where something comes near: "; did you mean `tier`?".
pub fn did_you_mean<T: std::fmt::Display>(near: impl IntoIterator<Item = T>) -> String {
    let near: Vec<String> = near.into_iter().map(|near| format!("`{near}`")).collect();
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
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

/// True for two names that differ in case, marks and blanks around them alone.
pub fn is_same_word(one: &str, other: &str) -> bool {
    one == other || name_key(one) == name_key(other)
}

/// What all ways of writing a name have in common: the one place that says which are the same.
pub fn name_key(name: &str) -> String {
    fold(name.trim())
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

/// True if a text, or a word of it, begins with folded words: `ana` begins Ana Lopez and is no part of Dana.
pub fn has_beginning(text: &str, folded: &str) -> bool {
    // What is nowhere in it begins no word of it, and that is quickly said of most rows.
    if !holds(text, folded) {
        return false;
    }
    let text = fold(text);
    let is_begun = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    text.match_indices(folded).any(|(at, _)| is_begun(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_the_same_in_other_letters() {
        for (one, other) in [("Design", "design "), ("DESIGN", " design"), ("Vidéo", "video"), ("", " ")] {
            assert!(is_same_word(one, other), "{one} {other}");
        }
        for (one, other) in [("design", "designs"), ("motion design", "motiondesign"), ("", "x")] {
            assert!(!is_same_word(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_name_is_found_by_the_beginning_of_a_word() {
        for (text, typed) in
            [("Ana Lopez", "ana"), ("Ana Lopez", "lop"), ("ana", "ana"), ("José Díaz", "dia")]
        {
            assert!(has_beginning(text, typed), "{text} {typed}");
        }
        assert!(has_beginning("owen.price@x.example", "price") && has_beginning("Ana Lopez", "ana lo"));
        for (text, typed) in [("Dana", "ana"), ("Joanne", "anne"), ("Ana", "lopez")] {
            assert!(!has_beginning(text, typed), "{text} {typed}");
        }
        // Letters that overlap themselves: the second place counts where the first is within a word.
        assert!(has_beginning("xaa aab", "aa"));
    }

    #[test]
    fn a_part_of_a_name_is_near_to_it_behind_what_is_near_as_a_whole() {
        let stages = ["new", "in-progress", "in-review", "on-hold"];
        let near = |word: &str| nearest(word, &stages);
        assert_eq!(near("reviw").as_deref(), Some("in-review")); // typos:ignore
        assert_eq!(near("progres").as_deref(), Some("in-progress")); // typos:ignore
        assert_eq!(near("nwe").as_deref(), Some("new")); // typos:ignore
        assert_eq!(near("onhold").as_deref(), Some("on-hold"));
        assert_eq!(near("sunshine"), None);
        // Every letter of it would have to change.
        assert_eq!((nearest("zz", &["at", "due"]), nearest("x", &["at"])), (None, None));
        let levers = ["speed-to-market", "measurable-impact"];
        assert_eq!(nearest("inpact", &levers).as_deref(), Some("measurable-impact")); // typos:ignore
    }

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
