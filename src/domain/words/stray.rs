//! Words of a changing line that would rename what they change, and were meant to set something.

use super::token::Token;
use crate::domain::record::RecordKey;

/// The first plain word that no new name has, and what is wrong with it. Of what is new such words may be words of its
/// title, so it is for lines that change something.
pub fn of_change(plain: &[Token], is_field: impl Fn(&str) -> bool) -> Option<(Token, String)> {
    let bare = || plain.iter().filter(|token| !token.is_quoted);
    let found = |token: &Token, message: &str| Some((token.clone(), message.to_owned()));
    for token in bare() {
        let name = token.text.strip_suffix(':').unwrap_or_default();
        if is_field(name) {
            return found(
                token,
                &format!("has no value: it stands right behind the colon, and `{name}:none` clears it"),
            );
        }
        if token.text.starts_with("-@") {
            return found(token, "takes nobody off: a dash takes tags away, as `-retail`");
        }
    }
    // In the middle of a name a key is a word like others: `Booth as in R-2`.
    let first = plain.first().filter(|token| !token.is_quoted)?;
    if first.text.parse::<RecordKey>().is_ok() {
        return found(first, "is a key and no name: one record is changed at a time; in quotes it is a name");
    }
    // Only where nothing else is there: `A2 + A3 - urgent` is a name.
    let is_mark =
        |token: &Token| !token.is_quoted && matches!(token.text.as_str(), "@" | "#" | "~" | "+" | "-");
    if plain.iter().all(is_mark) {
        return found(first, "says nothing without a word behind it");
    }
    if plain.len() == 1 && first.text.ends_with(':') {
        return found(first, "is not a field; in quotes it is a name");
    }
    None
}
