//! Which of some old code pages makes words of a file's letters. The detector goes by how often letters come, and a header of
//! one word with one accent is too short for that; a sign within a word, or letters that no language has beside each
//! other, tell it all the same.

use encoding_rs::Encoding;

/// So many words with letters beyond ASCII are looked at.
const WORDS: usize = 400;

/// The letters beyond ASCII of languages that are written in these code pages, small ones.
const LANGUAGES: [&str; 15] = [
    "äöüß",
    "àâæçéèêëîïôœùûü",
    "áéíñóúü",
    "ãáâàçéêíóôõú",
    "àèéìòù",
    "éëïöüáó",
    "æøåé",
    "åäöé",
    "áéíóúýðþæö",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "ąćęłńóśźż",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîșțşţ",
];

/// Letters behind which only some others come; nothing says that the word may end there.
const FOLLOWED: [(char, &str, bool); 8] = [
    ('œ', "uidcsnt", false),
    ('õ', "es", false),
    ('ñ', "aeiouáéíóú", false),
    ('è', "bcdfglmnpqrstvx", true),
    ('ì', "", true),
    ('ò', "", true),
    ('ù', "", true),
    ('ê', "bcdfgjlmnpqrstvxz", true),
];

/// The one of some code pages in which most words are words; the first of those that are alike.
pub(super) fn most_likely(bytes: &[u8], pages: &[&'static Encoding]) -> Option<&'static Encoding> {
    let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let words =
        bytes.split(is_end).filter(|word| !word.is_ascii() && word.iter().any(u8::is_ascii_alphabetic));
    let words: Vec<&[u8]> = words.take(WORDS).collect();
    let odd = |page: &&&'static Encoding| -> usize {
        let text = |word: &[u8]| page.decode_without_bom_handling(word).0.into_owned();
        words.iter().map(|word| oddity(&text(word))).sum()
    };
    pages.iter().min_by_key(odd).copied()
}

/// How little a text is a word: nothing for one that a language may have.
fn oddity(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let small: String = word.to_lowercase();
    let of_one_language = LANGUAGES.iter().any(|language| {
        small.chars().all(|letter| letter.is_ascii_alphanumeric() || language.contains(letter))
    });
    let is_capital_within = letters
        .windows(2)
        .any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase() && !pair[1].is_ascii());
    let small: Vec<char> = small.chars().collect();
    let is_followed = |(at, letter): (usize, &char)| {
        let Some((_, behind, may_end)) = FOLLOWED.iter().find(|(known, ..)| known == letter) else {
            return true;
        };
        let is_vowel = |letter: &char| "aeiou".contains(*letter);
        match small.get(at + 1) {
            Some(next) => behind.contains(*next) && !(*letter == 'ê' && at > 0 && is_vowel(&small[at - 1])),
            // `você`, and no `imiê`.
            None => *may_end && !(*letter == 'ê' && at > 0 && is_vowel(&small[at - 1])),
        }
    };
    // `øen` and `køer`, and no `støeda`.
    let is_nordic = small.windows(3).all(|three| {
        !(three[0] == 'ø' && three[1] == 'e' && three[2].is_alphabetic() && !"rnts".contains(three[2]))
    });
    let is_word =
        of_one_language && !is_capital_within && small.iter().enumerate().all(is_followed) && is_nordic;
    // Most words of a table begin with a capital, so between two words that one is more likely.
    let begins_small = letters.first().is_some_and(|letter| !letter.is_ascii() && letter.is_lowercase());
    if is_word { usize::from(begins_small) } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use encoding_rs::{MACINTOSH, WINDOWS_1250, WINDOWS_1252};

    #[test]
    fn one_word_of_a_header_tells_the_code_page() {
        let read = |bytes: &[u8]| {
            let bytes = [b"Title,".as_slice(), bytes, b",Due\nPoster,x,2026-12-04\n"].concat();
            decode(&bytes).unwrap().text.split(',').nth(1).unwrap_or_default().to_owned()
        };
        for word in
            ["Středa", "Příjmení", "Tytuł", "Środa", "Határidő", "Imię", "Český", "Dzień", "Počet", "Größe"]
        {
            assert_eq!(read(&WINDOWS_1250.encode(word).0), word);
        }
        for word in
            ["Priorité", "Größe", "Œuvre", "Número", "Année", "Smørrebrød", "Ação", "Øen", "où", "poème"]
        {
            assert_eq!(read(&WINDOWS_1252.encode(word).0), word);
        }
        for word in ["Priorité", "Größe", "Número", "Año", "Über", "Straße", "Noël", "Échéance"] {
            assert_eq!(read(&MACINTOSH.encode(word).0), word);
        }
    }
}
