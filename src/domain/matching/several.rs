//! Several people in one text, as tools and people write them: by commas, semicolons, lines, `&`, "and", in brackets.
//! A comma may as well stand within one name (`Ek, Bo`), so who is known decides where it cuts.

use std::collections::HashSet;

use super::{NameIndex, NameMatch, brackets, is_nobody};

/// So many names are looked for in one text.
const MOST: usize = 40;
/// Words that stand between two names, in the languages that exports come in.
const BETWEEN: [&str; 5] = [" and ", " und ", " et ", " y ", " en "];

impl NameIndex {
    /// Everybody whom a text names, each with the words that name them.
    pub fn several(&self, text: &str) -> Vec<(String, NameMatch<usize>)> {
        let text = text.trim();
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        // The whole text first, since a name may itself hold a comma or a word that stands between names.
        if may_be_one(bare)
            && !is_nobody(bare)
            && let found @ NameMatch::One(_) = self.meant(bare)
        {
            return vec![(bare.to_owned(), found)];
        }
        let marked = brackets::replaced(bare, &BETWEEN, ";");
        // `@maya @tom`: whoever writes one so writes the next one so too.
        let marked = if marked.starts_with('@') { marked.replace(" @", "; @") } else { marked };
        // SharePoint puts the number of each before and behind: `Tom Reyes;#12;#Maya Lind;#14`.
        let chunks = brackets::cut(&marked, &[';', '\n', '|', '&', '+']);
        let chunks = chunks.into_iter().map(|chunk| chunk.trim().trim_start_matches('#'));
        // An empty chunk, as two marks in a row leave one, is no name either.
        let is_number = |chunk: &str| chunk.bytes().all(|byte| byte.is_ascii_digit());
        let mut found = Vec::new();
        for chunk in chunks.filter(|chunk| !is_number(chunk)).take(MOST) {
            match self.by_slashes(chunk) {
                Some(several) => found.extend(several),
                None => found.extend(self.by_commas(chunk)),
            }
        }
        // Whoever is called so after all is meant, and nobody whose name only begins so.
        found.retain(|(text, _)| !is_nobody(text) || matches!(self.exactly(text), NameMatch::One(_)));
        // `Lind, Maya` cut at its comma is her twice.
        let mut known = HashSet::new();
        found.retain(|(_, found)| !matches!(found, NameMatch::One(place) if !known.insert(*place)));
        found.truncate(MOST);
        found
    }

    /// Whom one name of a file means. An initial could be somebody else's as well: whoever wrote it is asked, not guessed.
    fn meant(&self, name: &str) -> NameMatch<usize> {
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        if words.any(|word| word.chars().count() == 1) { self.exactly(name) } else { self.surely(name) }
    }

    /// People parted by slashes, as far as that is sure: all of them are known, or some are and the others look like
    /// names, or all have two words that do.
    fn by_slashes(&self, chunk: &str) -> Option<Vec<(String, NameMatch<usize>)>> {
        let parts: Vec<&str> = brackets::cut(chunk, &['/']).into_iter().map(str::trim).take(MOST).collect();
        if parts.len() < 2 || is_nobody(chunk) {
            return None;
        }
        let found: Vec<_> = parts.iter().map(|part| ((*part).to_owned(), self.meant(part))).collect();
        let is_known = |found: &NameMatch<usize>| matches!(found, NameMatch::One(_));
        // With commas within them parts may be lists of names themselves.
        if chunk.contains([',', '@']) && !found.iter().all(|(_, found)| is_known(found)) {
            return None;
        }
        let is_name = |part: &str| {
            let mut words = part.split_whitespace();
            words.all(|word| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase))
        };
        // `Print/Web` is a team as likely as two people.
        let is_any_known = found.iter().any(|(_, found)| is_known(found));
        let fits = found.iter().all(|(part, found)| {
            !part.is_empty() && (is_known(found) || is_name(part) && (is_any_known || part.contains(' ')))
        });
        fits.then_some(found)
    }

    /// What stands between stronger marks: one name, or several parted by commas.
    fn by_commas(&self, chunk: &str) -> Vec<(String, NameMatch<usize>)> {
        let known = |text: String| {
            let found = self.meant(&text);
            (text, found)
        };
        let is_one = |found: &[(String, NameMatch<usize>)]| {
            found.iter().all(|(_, found)| matches!(found, NameMatch::One(_)))
        };
        let whole = known(chunk.to_owned());
        let parts: Vec<&str> = brackets::cut(chunk, &[','])
            .into_iter()
            .map(|part| part.trim().trim_matches('"'))
            .filter(|part| !part.is_empty())
            .take(MOST)
            .collect();
        if parts.len() < 2 || may_be_one(chunk) && matches!(whole.1, NameMatch::One(_)) {
            return vec![whole];
        }
        let singles: Vec<_> = parts.iter().map(|part| known((*part).to_owned())).collect();
        if is_one(&singles) {
            return singles;
        }
        let pairs: Vec<_> = parts.chunks(2).map(|pair| known(pair.join(", "))).collect();
        // Two lone words that nobody here is called are rather one name than two people; in small letters they are
        // rather two handles, as boards write them.
        let is_word = |part: &&str| !part.contains([' ', '@']) && part.starts_with(char::is_uppercase);
        let is_one_name = parts.len() == 2
            && parts.iter().all(is_word)
            && singles.iter().all(|(_, found)| *found == NameMatch::Nobody);
        if parts.len().is_multiple_of(2) && (is_one(&pairs) || is_one_name) { pairs } else { singles }
    }
}

/// False for a text with more than one address, or with words behind the only one: read as one person, the others in
/// it would be nobody.
fn may_be_one(text: &str) -> bool {
    let is_behind = text.rfind('>').is_some_and(|at| !text[at + 1..].trim().is_empty());
    !text.contains([';', '\n', '|']) && text.matches('@').count() <= 1 && !is_behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Person;

    fn team() -> Vec<Person> {
        let person = |id, handle: &str, name: &str, email: &str| Person {
            email: email.to_owned(),
            ..Person::called(id, handle, name)
        };
        vec![person(1, "maya", "Maya Lind", "maya.lind@example.com"), person(2, "tom", "Tom Reyes", "")]
    }

    #[test]
    fn handles_beside_each_other_are_several() {
        let people = team();
        let named = |text: &str| -> Vec<NameMatch<usize>> {
            NameIndex::of(&people).several(text).into_iter().map(|(_, found)| found).collect()
        };
        assert_eq!(named("@maya @tom"), named("@maya, @tom"));
        assert_eq!(named("@maya @tom").len(), 2);
    }

    #[test]
    fn several_people_in_one_text_are_several() {
        let people = team();
        let index = NameIndex::of(&people);
        let named = |text: &str| {
            let found = index.several(text);
            let told = found.into_iter().map(|(text, found)| match found {
                NameMatch::One(place) => people[place].handle.clone(),
                _ => format!("?{text}"),
            });
            told.collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("Maya Lind, Tom Reyes", "maya tom"),
            ("Maya Lind; Tom Reyes", "maya tom"),
            ("Maya Lind\nTom Reyes", "maya tom"),
            ("Maya Lind & Tom Reyes", "maya tom"),
            ("Maya Lind and Tom Reyes", "maya tom"),
            ("Tom und Maya", "tom maya"),
            ("[Maya Lind,Tom Reyes]", "maya tom"),
            ("mayalind, tomreyes", "maya tom"),
            ("Lind, Maya", "maya"),
            ("Lind, Maya; Reyes, Tom", "maya tom"),
            ("Lind, Maya, Reyes, Tom", "maya tom"),
            ("Maya.Lind@example.com, @tom", "maya tom"),
            ("Maya L <maya.lind@example.com>; Tom Reyes", "maya tom"),
            ("Maya L <maya.lind@example.com>, Tom Reyes", "maya tom"),
            ("Lind, Maya <maya.lind@example.com>", "maya"),
            ("Maya Lind, Kim Oh", "maya ?Kim Oh"),
            ("Oh, Kim", "?Oh, Kim"),
            ("kimoh, samlee", "?kimoh ?samlee"),
            ("Tom Reyes/Maya Lind", "tom maya"),
            ("Tom Reyes / Maya Lind", "tom maya"),
            ("Tom/Maya", "tom maya"),
            ("Kim Oh/Sam Lee", "?Kim Oh ?Sam Lee"),
            ("Tom/Sam", "tom ?Sam"),
            ("Print/Web", "?Print/Web"),
            ("a/b", "?a/b"),
            ("Tom Reyes;#12;#Maya Lind;#14", "tom maya"),
            ("Maya Lind (Design), Tom Reyes (Copy)", "maya tom"),
            ("Maya Lind (50%), Tom Reyes (50%)", "maya tom"),
            ("Maya Lind (Design) and Tom Reyes (Copy)", "maya tom"),
            ("Lind, Maya (Design) / Reyes, Tom", "maya tom"),
            ("Lind, Maya (Design), Reyes, Tom (Copy)", "maya tom"),
            ("Maya Lind (design, motion), Tom Reyes", "maya tom"),
            ("Maya Lind [design and motion] & Tom Reyes [copy/web]", "maya tom"),
            ("Maya Lind (maya.lind@example.com), Tom Reyes (tom@example.com)", "maya tom"),
            ("Kim Oh (Design; Web), Tom Reyes", "?Kim Oh (Design; Web) tom"),
            ("Maya Lind (Design", "maya"),
            ("M. Lind", "?M. Lind"),
            ("M. Lind, Tom", "?M. Lind tom"),
            ("Maya Lind (Design, Tom Reyes", "maya tom"),
            ("[Maya Lind], [Tom Reyes]", "maya tom"),
            ("#12", ""),
            ("Unassigned", ""),
            ("Maya; TBD", "maya"),
            ("N/A", ""),
            ("?", ""),
            ("", ""),
        ] {
            assert_eq!(named(text), expected, "{text}");
        }
    }
}
