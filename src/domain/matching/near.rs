//! Which names come near each other: a slip of the hand, an initial, a name with or without its middle.

use super::{Called, Contact, pairs, words};
use crate::domain::words::fold;

/// Names longer than this are compared by their first letters: nobody's own name is.
const LETTERS: usize = 80;

/// How far one who is called so lies from what was written; `None` if they do not resemble each other. The smaller
/// the nearer, nothing said by it alone.
pub(super) fn distance(wanted: &Contact, called: &Called) -> Option<usize> {
    let (name, key) = (words(&wanted.name), fold(&wanted.name));
    let by_name = called.names.iter().filter_map(|known| between(&name, known));
    let by_key = slip(&key, &called.key, 3).filter(|_| is_slip(&key, &called.key)).map(|letters| letters + 1);
    let local = |address: &str| address.split('@').next().unwrap_or_default().to_owned();
    let own = fold(&local(&wanted.address));
    let same_local = !own.is_empty() && called.addresses.iter().any(|known| local(known) == own);
    let spelled = words(&own);
    // An address without a name says one all the same: `maya.lind@…`.
    let by_local = name.is_empty() && called.names.contains(&spelled);
    // Whoever is known by such an address alone may be who bears the name.
    let is_named_in = |known: &String| words(&local(known)) == name;
    let by_their_local =
        wanted.address.is_empty() && name.len() > 1 && called.addresses.iter().any(is_named_in);
    by_name.chain(by_key).chain((same_local || by_local || by_their_local).then_some(1)).min()
}

/// How far two names lie from each other, word by word in one order.
fn between(one: &[String], other: &[String]) -> Option<usize> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    if one == other {
        return Some(0);
    }
    // Two slips in one short word make another name of it: Lena and Dana Weber are two people.
    let is_each_near = one.len() != other.len() || pairs(one, other, is_slip);
    let whole = slip(&one.join(" "), &other.join(" "), 5).filter(|_| is_each_near);
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // More than any slip of the hand, so that a name without its middle comes after one that is only mistyped.
    let is_part = pairs(few, many, fits).then_some(3 + many.len() - few.len());
    whole.into_iter().chain(is_part).min()
}

/// The same word, its initial, or a slip of the hand in it.
fn fits(one: &str, other: &str) -> bool {
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one) || slip(one, other, 4).is_some()
}

/// The same word with a slip of the hand in it; a short one begins with the letter that it should, or `Dana` would be `Ana`.
fn is_slip(one: &str, other: &str) -> bool {
    let begins_alike = one.chars().next() == other.chars().next();
    one == other || slip(one, other, 4).is_some() || begins_alike && slip(one, other, 2).is_some()
}

/// How many letters a text differs by, if it is long enough for that to be a slip: one letter, two from nine letters
/// on.
fn slip(one: &str, other: &str, least: usize) -> Option<usize> {
    let cut = |text: &str| text.chars().take(LETTERS).collect::<String>();
    let (one, other) = (cut(one), cut(other));
    let (short, long) =
        (one.chars().count().min(other.chars().count()), one.chars().count().max(other.chars().count()));
    let most = if short >= 9 { 2 } else { 1 };
    if short < least || long - short > most {
        return None;
    }
    // Two letters in each other's place are one slip of the hand; a plain edit distance would count two.
    Some(strsim::damerau_levenshtein(&one, &other)).filter(|letters| *letters <= most)
}
