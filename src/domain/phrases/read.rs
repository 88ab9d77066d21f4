//! Reads the embedded word lists. They are TOML of the plainest kind, lists of simple texts, and every command
//! reads them: a general reader takes a quarter of the time of a short one. A test compares the two.

use super::{Phrases, WordList};

impl Phrases {
    /// The lists of `assets/phrases.toml`: `name = ["phrase", …]`, or a list of such lists. What is no such list is
    /// passed over.
    #[must_use]
    pub fn read(text: &'static str) -> Self {
        let mut phrases = Self::default();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('[') {
            let name = before.trim_end_matches([' ', '=']);
            let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
            let lists;
            (lists, rest) = lists_of(after);
            phrases.set(name, lists);
        }
        phrases
    }

    fn set(&mut self, name: &str, mut lists: Vec<WordList>) {
        if name == "tiers" {
            for (tier, list) in self.tiers.iter_mut().zip(lists) {
                *tier = list;
            }
            return;
        }
        let list = match name {
            "deliverables" => &mut self.deliverables,
            "looks" => &mut self.looks,
            "making" => &mut self.making,
            "asking" => &mut self.asking,
            "talk" => &mut self.talk,
            "asides" => &mut self.asides,
            "outcomes" => &mut self.outcomes,
            "ends" => &mut self.ends,
            "changes" => &mut self.changes,
            "degrees" => &mut self.degrees,
            "results" => &mut self.results,
            "wishes" => &mut self.wishes,
            "people" => &mut self.people,
            "not_people" => &mut self.not_people,
            "neutral" => &mut self.neutral,
            "moving" => &mut self.moving,
            "actors" => &mut self.actors,
            "deeds" => &mut self.deeds,
            _ => return,
        };
        *list = lists.pop().unwrap_or_default();
    }
}

/// The texts up to the bracket that closes what was opened, by inner list, and what follows it.
fn lists_of(mut rest: &'static str) -> (Vec<WordList>, &'static str) {
    let mut lists = Vec::new();
    let mut words = Vec::new();
    let mut depth = 1;
    let is_mark = |byte: u8| matches!(byte, b'"' | b'[' | b']' | b'#');
    while let Some(at) = rest.bytes().position(is_mark) {
        let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        rest = after;
        match mark {
            b'"' => {
                let (word, after) = after.split_once('"').unwrap_or((after, ""));
                words.push(word);
                rest = after;
            }
            b'#' => rest = after.split_once('\n').map_or("", |(_, after)| after),
            b'[' => depth += 1,
            _ => {
                depth -= 1;
                if depth > 0 || lists.is_empty() {
                    lists.push(WordList::of(std::mem::take(&mut words)));
                }
                if depth == 0 {
                    break;
                }
            }
        }
    }
    (lists, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read_as_any_reader_of_toml_reads_them() {
        let text = include_str!("../../../assets/phrases.toml");
        let read = Phrases::read(text);
        assert_eq!(read, toml::from_str::<Phrases>(text).unwrap());
        assert!(read.deliverables.under(b"banner").iter().any(|phrase| phrase == "banner"));
        assert!(read.tiers.iter().all(|tier| *tier != WordList::default()));
    }

    #[test]
    fn comments_and_nested_lists_are_told_apart() {
        let read = Phrases::read("# [no]\nlooks = [\"a # b\", # \"not\"\n \"c\"]\ntiers = [[], [\"x\"]]\n");
        assert_eq!(read.looks, WordList::of(["a # b", "c"]));
        assert_eq!(read.tiers[1], WordList::of(["x"]));
    }
}
