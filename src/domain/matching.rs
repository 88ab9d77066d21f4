//! Who is meant by what somebody wrote: a person of the team or a stakeholder, found by address, by handle or key, by
//! name in whatever order, or by how only theirs begins. What only comes near is told and never taken, since a guess
//! that is wrong gives work or words to somebody else without a trace.

mod brackets;
mod contact;
mod near;
mod nobody;
mod several;

use super::influence::Stakeholder;
use super::person::Person;
use super::record::Record;
use super::words::fold;

pub use contact::{Contact, each_once};
pub use nobody::is_nobody;

/// So many who come near are told; a longer list helps nobody to choose.
const TOLD: usize = 5;

/// Whoever can be meant by a text.
pub trait Nameable {
    /// What alone is theirs: a handle, or a key such as `S-3`.
    fn unique(&self) -> String;
    /// What they are called.
    fn name(&self) -> &str;
    /// Names and addresses that they were known by before, parted by semicolons.
    fn also(&self) -> &str;
    /// Names and addresses of others that come near theirs, parted by semicolons.
    fn told_apart(&self) -> &str;
    /// Their e-mail; may be empty.
    fn address(&self) -> &str;
}

impl Nameable for Person {
    fn unique(&self) -> String {
        self.handle.clone()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn also(&self) -> &str {
        &self.also
    }

    fn told_apart(&self) -> &str {
        &self.told_apart
    }

    fn address(&self) -> &str {
        &self.email
    }
}

impl Nameable for Stakeholder {
    fn unique(&self) -> String {
        Record::key(self).to_string()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn also(&self) -> &str {
        &self.also
    }

    fn told_apart(&self) -> &str {
        &self.told_apart
    }

    fn address(&self) -> &str {
        &self.email
    }
}

/// A name alone, where nothing else is known of somebody.
impl Nameable for String {
    fn unique(&self) -> String {
        Self::new()
    }

    fn name(&self) -> &str {
        self
    }

    fn also(&self) -> &'static str {
        ""
    }

    fn told_apart(&self) -> &'static str {
        ""
    }

    fn address(&self) -> &'static str {
        ""
    }
}

/// Whom a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch<T> {
    One(T),
    /// Each of them as well as the others; who is meant has to be asked.
    Ambiguous(Vec<T>),
    /// Nobody is called so, but these come near. They are never taken without being asked about.
    Near(Vec<T>),
    Nobody,
}

impl<T> NameMatch<T> {
    /// The one who is meant without a doubt.
    pub fn one(self) -> Option<T> {
        match self {
            Self::One(one) => Some(one),
            _ => None,
        }
    }

    /// The same with others in their places.
    pub fn map<U>(self, to: impl Fn(T) -> U) -> NameMatch<U> {
        let all = |list: Vec<T>| list.into_iter().map(&to).collect();
        match self {
            Self::One(one) => NameMatch::One(to(one)),
            Self::Ambiguous(list) => NameMatch::Ambiguous(all(list)),
            Self::Near(list) => NameMatch::Near(all(list)),
            Self::Nobody => NameMatch::Nobody,
        }
    }

    fn of(mut places: Vec<T>) -> Option<Self> {
        match places.len() {
            0 => None,
            1 => places.pop().map(Self::One),
            _ => Some(Self::Ambiguous(places)),
        }
    }
}

/// Whom of the team a text means.
pub fn match_person<'a>(people: &'a [Person], who: &str) -> NameMatch<&'a Person> {
    NameIndex::of(people).find(who).map(|place| &people[place])
}

/// Which stakeholder a text means.
pub fn match_stakeholder<'a>(stakeholders: &'a [Stakeholder], who: &str) -> NameMatch<&'a Stakeholder> {
    NameIndex::of(stakeholders).find(who).map(|place| &stakeholders[place])
}

/// What one of them is called, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
struct Called {
    /// The handle or the key, folded as texts are before they are compared.
    key: String,
    /// The folded words of each name, in the order of the alphabet.
    names: Vec<Vec<String>>,
    /// Each name folded as it is written.
    spelled: Vec<String>,
    addresses: Vec<String>,
    /// Words and address of each text that was said to mean somebody else.
    apart: Vec<(Vec<String>, String)>,
}

impl Called {
    fn new(one: &impl Nameable) -> Self {
        let mut called = Self {
            key: fold(&one.unique()),
            names: Vec::new(),
            spelled: Vec::new(),
            addresses: Vec::new(),
            apart: one.told_apart().split(';').filter(|text| !text.trim().is_empty()).map(parts).collect(),
        };
        let also = one.also().split([';', '\n']);
        for text in [one.name(), one.address()].into_iter().chain(also) {
            let contact = Contact::read(text);
            if !contact.address.is_empty() {
                called.addresses.push(fold(&contact.address));
            }
            if !contact.name.is_empty() {
                called.names.push(words(&contact.name));
                called.spelled.push(fold(&contact.name));
            }
        }
        called
    }

    /// It was said of the text that it means somebody else.
    fn is_told_apart(&self, (wanted, address): &(Vec<String>, String)) -> bool {
        // Said of a name alone it holds for whatever address comes with it.
        self.apart
            .iter()
            .any(|(name, own)| name == wanted && (own == address || own.is_empty() && !name.is_empty()))
    }

    fn is_named(&self, wanted: &[String]) -> bool {
        let is_joined = |name: &[String]| matches!(wanted, [word] if is_run_together(name, word));
        !wanted.is_empty() && self.names.iter().any(|name| name == wanted || is_joined(name))
    }

    /// One of their names or the key begins so, or each word of it begins another word of one name.
    fn begins(&self, text: &str, wanted: &[String]) -> bool {
        self.key.starts_with(text)
            || self.spelled.iter().any(|name| name.starts_with(text))
            || self.names.iter().any(|name| pairs(wanted, name, |typed, whole| whole.starts_with(typed)))
    }
}

/// `mayalind`, as tools write the name of an account.
fn is_run_together(name: &[String], typed: &str) -> bool {
    name.len() == 2 && (name.concat() == typed || format!("{}{}", name[1], name[0]) == typed)
}

/// True if each of the few words goes with another one of the many.
fn pairs(few: &[String], many: &[String], fits: impl Fn(&str, &str) -> bool) -> bool {
    let mut free: Vec<&String> = many.iter().collect();
    // The longest first, which fits the fewest: `a` would take the only word that `an` could have had.
    let mut few: Vec<&String> = few.iter().collect();
    few.sort_by_key(|word| std::cmp::Reverse(word.len()));
    !few.is_empty()
        && few.len() <= many.len()
        && few.iter().all(|word| match free.iter().position(|whole| fits(word, whole)) {
            Some(place) => {
                free.swap_remove(place);
                true
            }
            None => false,
        })
}

/// The words of a name, folded, in one order, so that `Ek, Bo` is Bo Ek. Titles are nobody's name.
pub fn words(name: &str) -> Vec<String> {
    // `O'Neil` and `ONeil` are written for the same person.
    let folded = fold(name).replace(['\'', '’'], "");
    let split = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let all: Vec<String> = split.map(str::to_owned).collect();
    let is_title = |word: &String| ["mr", "mrs", "ms", "dr", "prof", "herr", "frau"].contains(&word.as_str());
    let mut words: Vec<String> = all.iter().filter(|word| !is_title(word)).cloned().collect();
    // A name of nothing but a title is still what somebody is called.
    if words.is_empty() {
        words = all;
    }
    words.sort();
    words
}

/// The words of the name and the folded address in a text.
fn parts(text: &str) -> (Vec<String>, String) {
    let contact = Contact::read(text);
    (words(&contact.name), fold(&contact.address))
}

/// True if a name is one that they were known by before, and not the one that they have now.
pub fn is_other_name(one: &impl Nameable, name: &str) -> bool {
    let wanted = words(name);
    words(one.name()) != wanted && one.also().split([';', '\n']).any(|also| parts(also).0 == wanted)
}

/// What many are called, for whoever looks for many of them; places are those of the list that it was made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NameIndex(Vec<Called>);

impl NameIndex {
    /// Everybody by their places.
    pub fn of<T: Nameable>(all: &[T]) -> Self {
        Self(all.iter().map(Called::new).collect())
    }

    /// Somebody joins, at the last place.
    pub fn push(&mut self, one: &impl Nameable) {
        self.0.push(Called::new(one));
    }

    /// Somebody is called otherwise from now on.
    pub fn replace(&mut self, place: usize, one: &impl Nameable) {
        self.0[place] = Called::new(one);
    }

    /// Whose alone a handle or key is.
    pub fn with_key(&self, key: &str) -> Option<usize> {
        let key = fold(key);
        self.0.iter().position(|called| called.key == key)
    }

    fn places(&self, fits: impl Fn(&Called) -> bool) -> Vec<usize> {
        (0..self.0.len()).filter(|place| fits(&self.0[*place])).collect()
    }

    /// Whoever has the address, the key or the whole name; where several do, whoever of them fits the rest as well.
    pub fn exactly(&self, who: &str) -> NameMatch<usize> {
        let contact = Contact::read(bare(who));
        let (address, wanted) = (fold(&contact.address), words(&contact.name));
        // Beside an address stands a name and no handle: `ana <ana@…>` is not whoever has that handle.
        let key = if address.is_empty() { fold(&contact.name) } else { String::new() };
        if !address.is_empty() {
            let owners = self.places(|called| called.addresses.contains(&address));
            // An address that several share, such as that of a team, is decided by the name beside it.
            let named: Vec<usize> =
                owners.iter().copied().filter(|place| self.0[*place].is_named(&wanted)).collect();
            if let Some(found) = NameMatch::of(if named.len() == 1 { named } else { owners }) {
                return found;
            }
        }
        let by_key = self.places(|called| !key.is_empty() && called.key == key);
        let by_name = |wanted: &[String]| NameMatch::of(self.places(|called| called.is_named(wanted)));
        // Directories put a department behind a name, in brackets; here a bracket may tell two namesakes apart.
        let outside = words(&brackets::outside(&contact.name));
        // Handles and keys first: they belong to one person alone, which a name need not.
        NameMatch::of(by_key)
            .or_else(|| by_name(&wanted))
            .or_else(|| by_name(&outside))
            .unwrap_or(NameMatch::Nobody)
    }

    /// Everybody of whose names a word is one.
    pub fn by_word(&self, word: &str) -> Vec<usize> {
        let wanted = words(word);
        let [wanted] = wanted.as_slice() else { return Vec::new() };
        self.places(|called| called.names.iter().flatten().any(|word| word == wanted))
    }

    /// The same; then whoever alone is called something that begins so, unless an address says more than that.
    pub fn surely(&self, who: &str) -> NameMatch<usize> {
        let found = self.exactly(who);
        let contact = Contact::read(bare(who));
        let text = fold(contact.name.trim());
        // An address that nobody has says that it is somebody else, whatever the name beside it begins with.
        if found != NameMatch::Nobody || text.is_empty() || !contact.address.is_empty() {
            return found;
        }
        let wanted = words(&contact.name);
        NameMatch::of(self.places(|called| called.begins(&text, &wanted))).unwrap_or(NameMatch::Nobody)
    }

    /// The same; if it is nobody, those who come near.
    pub fn find(&self, who: &str) -> NameMatch<usize> {
        match self.surely(who) {
            NameMatch::Nobody => match self.near(who) {
                near if near.is_empty() => NameMatch::Nobody,
                near => NameMatch::Near(near),
            },
            found => found,
        }
    }

    /// The places of at most five who come near a text, the nearest first, without those of whom it was said that it
    /// means somebody else. This compares letter by letter, so it is for what is asked of a person and not for every row
    /// of a file.
    pub fn near(&self, who: &str) -> Vec<usize> {
        let (contact, said) = (Contact::read(bare(who)), parts(bare(who)));
        let distance =
            |called: &Called| near::distance(&contact, called).filter(|_| !called.is_told_apart(&said));
        let mut found: Vec<(usize, usize)> = self
            .0
            .iter()
            .enumerate()
            .filter_map(|(place, called)| Some((distance(called)?, place)))
            .collect();
        // Of two equally near the earlier in the list, so that the same question is answered in the same order.
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).take(TOLD).collect()
    }
}

/// Without the mark of a handle.
fn bare(who: &str) -> &str {
    let who = who.trim();
    who.strip_prefix('@').unwrap_or(who)
}

#[cfg(test)]
mod tests;
