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
const FOLLOWED: [(char, &str, bool); 10] = [
    ('œ', "uidcsnt", false),
    ('õ', "es", false),
    ('ñ', "aeiouáéíóú", false),
    ('è', "bcdfglmnpqrstvx", true),
    ('ì', "", true),
    ('ò', "", true),
    ('ù', "", true),
    ('ê', "bcdfgjlmnpqrstvxz", true),
    ('û', "rtlcnmsg", true),
    ('ž', "aábdďeéěhiíjklmnňoóprřsšuúůvyýz", true),
];

/// Letters that begin no word.
const NEVER_FIRST: &str = "ïÿßû";

/// Letters that are a word by themselves.
const ALONE: &str = "àáâèéêìíòóôæøöåúãõ";

/// Signs that stand beside words, and those of them that stand within one.
const BESIDE: &str = "“”„‘’‚«»‹›–—…•·€£¥¢§©®™°¡¿×²³¹ºª½¼¾µ±\u{a0}";
const WITHIN: &str = "’–—·/\u{a0}";

/// Words of bytes with letters beyond ASCII.
fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    bytes.split(is_end).filter(|word| !word.is_ascii()).take(WORDS)
}

fn in_page(word: &[u8], page: &'static Encoding) -> String {
    page.decode_without_bom_handling(word).0.into_owned()
}

fn oddity_in(bytes: &[u8], page: &'static Encoding) -> usize {
    words(bytes).map(|word| oddity(&in_page(word, page))).sum()
}

/// The one of some code pages in which most words are words; the first of those that are alike.
pub(super) fn most_likely(bytes: &[u8], pages: &[&'static Encoding]) -> Option<&'static Encoding> {
    pages.iter().min_by_key(|page| oddity_in(bytes, page)).copied()
}

/// What is said of a file whose words are as good ones in another code page, with the first that would be another.
pub(super) fn could_be(bytes: &[u8], read: &'static Encoding, other: &'static Encoding) -> Option<String> {
    if read == other || oddity_in(bytes, read) != oddity_in(bytes, other) {
        return None;
    }
    let word = words(bytes).find(|word| in_page(word, read) != in_page(word, other))?;
    let at = bytes.windows(word.len()).position(|part| part == word)?;
    Some(format!(
        "`{}` in line {} may be `{}`, if an old Mac wrote the file: then save it as UTF-8 and import that",
        in_page(word, read),
        super::kind::line_of(bytes, at),
        in_page(word, other)
    ))
}

/// How little a text is a word, with the signs beside it: nothing for one that a language may have.
fn oddity(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let cost = |(at, sign): (usize, &char)| {
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).filter(|it| it.is_alphabetic());
        let (before, behind) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let known = if before.is_some() && behind.is_some() { WITHIN } else { BESIDE };
        if sign.is_ascii() || sign.is_alphabetic() {
            0
        } else if !known.contains(*sign) {
            4
        } else {
            // A dash parts names, `Berlin–Paris`, and hardly ever the letters of one word.
            let is_small = behind.is_some_and(|it| it.is_lowercase());
            let is_odd = "–—…€™•".contains(*sign) || *sign == '’' && !is_apostrophe(&letters, at);
            usize::from(is_small && is_odd)
        }
    };
    let signs: usize = letters.iter().enumerate().map(cost).sum();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_ascii());
    signs + words.map(oddity_of_word).sum::<usize>()
}

/// True for `don’t`, `l’été`, `dell’arte`; where a short word ends, or one of a few begins.
fn is_apostrophe(letters: &[char], at: usize) -> bool {
    let (before, behind): (String, String) =
        (letters[..at].iter().collect(), letters[at + 1..].iter().collect());
    at <= 2
        || before.ends_with('l')
        || before.ends_with("qu")
        || ["s", "t", "re", "ll", "ve", "d", "m"].contains(&behind.as_str())
}

fn oddity_of_word(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let whole: String = word.to_lowercase();
    let of_one_language = LANGUAGES.iter().any(|language| {
        whole.chars().all(|letter| letter.is_ascii_alphanumeric() || language.contains(letter))
    });
    let small: Vec<char> = whole.chars().collect();
    if letters.len() == 1 {
        return if ALONE.contains(small[0]) { 1 } else { 4 };
    }
    let is_capital_within = letters.iter().enumerate().skip(1).any(|(at, letter)| {
        let is_small = |at: usize| letters.get(at).is_some_and(|it| it.is_lowercase());
        letter.is_uppercase() && !letter.is_ascii() && (is_small(at - 1) || is_small(at + 1))
    });
    let is_vowel = |letter: &char| "aeiou".contains(*letter);
    let is_followed = |(at, letter): (usize, &char)| {
        let Some((_, behind, may_end)) = FOLLOWED.iter().find(|(known, ..)| known == letter) else {
            return true;
        };
        // `você`, and no `imiê`; `août`, and no `uû`; `držba`, and no `sžr`.
        let before = at.checked_sub(1).map(|at| small[at]);
        let is_after = match letter {
            'ê' => !before.is_some_and(|it| is_vowel(&it)),
            'û' => !before.is_some_and(|it| "aiu".contains(it)),
            'ž' => {
                let is_closed = small.get(at + 1).is_none_or(|next| next.is_ascii() && !is_vowel(next));
                !is_closed || before.is_none_or(|it| !it.is_ascii() || is_vowel(&it) || "rly".contains(it))
            }
            _ => true,
        };
        is_after && small.get(at + 1).map_or(*may_end, |next| behind.contains(*next))
    };
    // `øen` and `køer`, and no `støeda`.
    let is_nordic = small.windows(3).all(|three| {
        !(three[0] == 'ø' && three[1] == 'e' && three[2].is_alphabetic() && !"rnts".contains(three[2]))
    });
    // Most words of a table begin with a capital, so between two words that one is more likely.
    let begins_small = letters[0].is_lowercase() && !letters[0].is_ascii() && letters[0] != 'œ';
    let is_first = !NEVER_FIRST.contains(small[0]);
    let is_word = of_one_language
        && !is_capital_within
        && is_first
        && small.iter().enumerate().all(is_followed)
        && is_nordic;
    if is_word { usize::from(begins_small) } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use encoding_rs::{MACINTOSH, WINDOWS_1250, WINDOWS_1252};

    /// As an old Mac writes it.
    fn to_mac(text: &str) -> Vec<u8> {
        let (bytes, page, is_lossy) = MACINTOSH.encode(text);
        assert!(page == MACINTOSH && !is_lossy, "{text}");
        bytes.into_owned()
    }

    #[test]
    fn a_word_that_is_one_in_two_code_pages_is_told_with_its_line() {
        let notes = |word: &[u8]| {
            decode(&[b"Title,Due\nPoster,\n".as_slice(), word, b",2026-12-04\n"].concat()).unwrap().notes
        };
        assert_eq!(
            notes(&WINDOWS_1250.encode("ježne").0),
            [
                "`ježne` in line 3 may be `jeûne`, if an old Mac wrote the file: then save it as UTF-8 and import that"
            ]
        );
        assert_eq!(notes(&to_mac("brûler")).len(), 1);
        for word in ["Coût", "Größe", "Priorité", "naïve", "“Zoo”", "Año"] {
            assert_eq!(notes(&to_mac(word)), [""; 0], "{word}");
            assert_eq!(notes(&WINDOWS_1252.encode(word).0), [""; 0], "{word}");
        }
    }

    const MAC: [&str; 22] = [
        "Priorité",
        "Größe",
        "Número",
        "Año",
        "Über",
        "Straße",
        "Noël",
        "Échéance",
        "Coût",
        "août",
        "goûter",
        "œuvre",
        "Sœur",
        "Åbo",
        "María",
        "Öl",
        "“Zoo”",
        "Film – Zoo",
        "100 € Film",
        "l’été",
        "sûr",
        "flûte",
    ];

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
        for word in [
            "don’t",
            "l’été",
            "dell’arte",
            "Priorité",
            "Größe",
            "Œuvre",
            "Número",
            "Année",
            "Smørrebrød",
            "Ação",
            "Øen",
            "où",
            "poème",
        ] {
            assert_eq!(read(&WINDOWS_1252.encode(word).0), word);
        }
        for word in MAC {
            assert_eq!(read(&to_mac(word)), word, "{word}");
        }
        for word in [
            "žena",
            "může",
            "položka",
            "Požadavek",
            "množství",
            "držba",
            "ožral",
            "“Zoo”",
            "Film – Zoo",
            "9 €",
        ] {
            assert_eq!(read(&WINDOWS_1250.encode(word).0), word);
        }
    }
}
