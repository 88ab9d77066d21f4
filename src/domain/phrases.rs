//! How an ask is put: output-worded ("12 banners") or outcome-worded ("lift sign-ups by 8 %"), and a
//! first guess at its tier. Deterministic word lists, so that the screen can say why.

use super::tier::Tier;

/// The word lists; lower case, singles or short phrases.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Phrases {
    /// Things that are made.
    pub deliverables: Vec<String>,
    /// Verbs of making.
    pub making: Vec<String>,
    /// Words of change for somebody.
    pub outcomes: Vec<String>,
    /// Hints for each tier, 0 to 4.
    pub tiers: [Vec<String>; 5],
}

impl Phrases {
    /// True if a text asks for things and names nothing that changes by them.
    #[must_use]
    pub fn is_output_worded(&self, text: &str) -> bool {
        let words = Words::of(text);
        let asks = words.any(&self.deliverables) || words.any(&self.making);
        asks && !words.any(&self.outcomes)
    }

    /// A first guess at the tier: the deepest one whose hints occur; production if none does.
    #[must_use]
    pub fn guess_tier(&self, text: &str) -> Tier {
        let words = Words::of(text);
        let hit = Tier::ALL.into_iter().find(|tier| words.any(&self.tiers[usize::from(tier.number())]));
        hit.or(Tier::new(3)).unwrap_or(Tier::ALL[3])
    }
}

/// A text as lower-case words between single spaces, with a space at both ends, and where its words begin.
struct Words {
    text: String,
    starts: Vec<usize>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut plain = String::with_capacity(text.len() + 2);
        let mut starts = Vec::new();
        plain.push(' ');
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() || c == '-' {
                if plain.ends_with(' ') {
                    starts.push(plain.len());
                }
                plain.push(c);
            } else if !plain.ends_with(' ') {
                plain.push(' ');
            }
        }
        if !plain.ends_with(' ') {
            plain.push(' ');
        }
        Self { text: plain, starts }
    }

    /// True if one of the phrases stands in it word by word. Only beginnings of words are looked at: the
    /// lists are long, and every row of a queue is asked.
    fn any(&self, phrases: &[String]) -> bool {
        let bytes = self.text.as_bytes();
        let begins = |phrase: &[u8], at: usize| {
            bytes[at..].starts_with(phrase) && bytes.get(at + phrase.len()) == Some(&b' ')
        };
        let is_first = |phrase: &[u8], at: usize| phrase.first() == bytes.get(at);
        phrases
            .iter()
            .map(String::as_bytes)
            .any(|phrase| self.starts.iter().any(|at| is_first(phrase, *at) && begins(phrase, *at)))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn asks_for_things_are_told_from_asks_for_change() {
        let phrases = Config::defaults().phrases;
        for text in [
            "12 banners for Harbour retail",
            "Resize key visual to 9 formats",
            "GIFs for the help centre",
            "Need a poster ASAP",
        ] {
            assert!(phrases.is_output_worded(text), "{text}");
        }
        for text in [
            "Lift trial sign-ups by 8 %",
            "Win back lapsed members by March (email + app)",
            "Spring range on shelf two weeks sooner: templates for store teams",
            "Talk about spring",
        ] {
            assert!(!phrases.is_output_worded(text), "{text}");
        }
    }

    #[test]
    fn the_tier_is_guessed_from_the_deepest_hint() {
        let phrases = Config::defaults().phrases;
        let cases = [
            ("Should we sponsor the derby?", 0),
            ("Spring campaign hero film", 1),
            ("Gift guide, 24 pages", 2),
            ("12 banners", 3),
            ("Logo file please, template", 4),
            ("Something else", 3),
        ];
        for (text, tier) in cases {
            assert_eq!(phrases.guess_tier(text).number(), tier, "{text}");
        }
    }
}
