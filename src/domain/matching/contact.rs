//! A name and an address as mails, calendars and tables write them in one text.

use std::collections::HashSet;

use crate::domain::words::fold;

/// Somebody by name, by address or by both; what is not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Contact {
    /// As it is written, without quotes.
    pub name: String,
    /// Their e-mail.
    pub address: String,
}

impl Contact {
    /// Reads `Bo Ek <bo@x.example>`, `"Ek, Bo" [mailto:bo@x.example]`, `bo@x.example (Bo Ek)`, an address or a name.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        // Angle brackets first: mails write addresses in them, and use the round ones for remarks.
        for (open, close) in [('<', '>'), ('[', ']'), ('(', ')')] {
            let Some((before, rest)) = text.split_once(open) else { continue };
            let Some((inside, after)) = rest.split_once(close) else { continue };
            let (inside, outside) = (without_scheme(inside), without_scheme(before));
            if is_address(inside) {
                return Self {
                    name: name(if before.trim().is_empty() { after } else { before }),
                    address: inside.to_owned(),
                };
            }
            if is_address(outside) {
                return Self { name: name(inside), address: outside.to_owned() };
            }
        }
        match without_scheme(text) {
            address if is_address(address) => Self { name: String::new(), address: address.to_owned() },
            _ => Self { name: name(text), address: String::new() },
        }
    }

    /// True if neither is said.
    pub const fn is_empty(&self) -> bool {
        self.name.is_empty() && self.address.is_empty()
    }

    /// The name, or the address of somebody without one.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.address } else { &self.name }
    }

    /// Both, as they are read again.
    pub fn written(&self) -> String {
        match (self.name.as_str(), self.address.as_str()) {
            (name, "") => name.to_owned(),
            ("", address) => address.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

/// Each of those named once: whoever is written with name and address somewhere is also meant by one of them alone.
pub fn each_once<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let contacts: Vec<Contact> = texts.into_iter().map(|text| Contact::read(text)).collect();
    let whole = || contacts.iter().filter(|contact| !contact.name.is_empty() && !contact.address.is_empty());
    let names: HashSet<String> = whole().map(|contact| fold(&contact.name)).collect();
    let addresses: HashSet<String> = whole().map(|contact| contact.address.to_lowercase()).collect();
    let is_said_better = |contact: &&Contact| match (contact.name.as_str(), contact.address.as_str()) {
        (name, "") => names.contains(&fold(name)),
        ("", address) => addresses.contains(&address.to_lowercase()),
        _ => false,
    };
    contacts.iter().filter(|contact| !is_said_better(contact)).map(Contact::written).collect()
}

fn without_scheme(text: &str) -> &str {
    let text = text.trim();
    // By `get`, since seven bytes may end in the middle of a letter.
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => text[7..].trim(),
        _ => text,
    }
}

/// Something on either side of one `@`, without blanks.
fn is_address(text: &str) -> bool {
    let is_word = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"'))
    };
    // No more is asked than that: what RFC 5322 allows in an address is more than anybody could check.
    text.split_once('@').is_some_and(|(local, domain)| is_word(local) && is_word(domain))
}

fn name(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '\'', '“', '”', '„']);
    // Mails put a backslash before quotes within a quoted name.
    text.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart_however_they_are_written() {
        for (text, who, address) in [
            ("Bo Ek <bo@x.example>", "Bo Ek", "bo@x.example"),
            ("\"Ek, Bo\" <bo@x.example>", "Ek, Bo", "bo@x.example"),
            ("Ek, Bo [mailto:bo@x.example]", "Ek, Bo", "bo@x.example"),
            ("bo@x.example (Bo Ek)", "Bo Ek", "bo@x.example"),
            ("<bo@x.example>", "", "bo@x.example"),
            ("MAILTO:bo@x.example", "", "bo@x.example"),
            ("Bo Ek", "Bo Ek", ""),
            ("  'Bo  Ek' ", "Bo Ek", ""),
            ("Bo Ek (Studio)", "Bo Ek (Studio)", ""),
            ("@bo", "@bo", ""),
            ("a@b@c", "a@b@c", ""),
            ("é<é", "é<é", ""),
            ("", "", ""),
        ] {
            let contact = Contact::read(text);
            assert_eq!((contact.name.as_str(), contact.address.as_str()), (who, address), "{text}");
            assert_eq!(Contact::read(&contact.written()), contact, "{text}");
        }
    }

    #[test]
    fn somebody_with_an_address_is_not_counted_by_it_once_more() {
        let texts = ["Ana Ruiz", "Ana Ruiz <ana@x.example>", "ANA@x.example", "Bo Ek", "dana@x.example"];
        let texts = texts.map(str::to_owned);
        assert_eq!(each_once(&texts), ["Ana Ruiz <ana@x.example>", "Bo Ek", "dana@x.example"]);
    }
}
