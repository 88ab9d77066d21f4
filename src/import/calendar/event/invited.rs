//! Who is invited to an event, by the best of the names that it gives them.

use std::collections::{HashMap, HashSet};

use super::super::lines::Property;
use super::EventReader;
use crate::domain::bounds::{self, NAMES};
use crate::domain::words::fold;

/// So many bytes of a name are kept.
const NAME: usize = 1 << 10;

/// Those who are invited to an event, and what is known of the lead among them.
pub(super) struct Invited {
    /// All but the lead.
    pub(super) names: Vec<String>,
    /// The lead has said no, by whatever address.
    pub(super) has_declined: bool,
    pub(super) names_the_lead: bool,
}

impl<'a> EventReader<'a> {
    /// The first name of each address that is none itself: some programs repeat the address in its place.
    fn known_as(&self) -> HashMap<String, &'a str> {
        let mut found = HashMap::new();
        for (_, property) in self.all("ATTENDEE").chain(self.all("ORGANIZER")) {
            if let Some(name) = full_name(property).filter(|name| !is_address(name)) {
                found.entry(mail(property)).or_insert(name);
            }
        }
        found.remove("");
        found
    }

    /// Those invited and the one who invites, by name, and whether the lead has declined; rooms, the addresses of
    /// calendars and the lead's own left out.
    pub(super) fn attendees(&mut self) -> Invited {
        let (mut names, mut mails): (HashSet<String>, HashSet<String>) = (HashSet::new(), HashSet::new());
        let mut found = Vec::new();
        let known_as = self.known_as();
        let (mut declined, mut accepted, mut names_the_lead) = (false, false, false);
        // Whoever invites stands under ORGANIZER only in some files, and under both in others.
        for (line, property) in self.all("ATTENDEE").chain(self.all("ORGANIZER")) {
            let kind = property.param("CUTYPE").unwrap_or_default().to_uppercase();
            let mail = mail(property);
            let is_person =
                // Google invites rooms and whole calendars by addresses of its own, without saying that they
                // are no people.
                !matches!(kind.as_str(), "ROOM" | "RESOURCE") && !mail.ends_with("calendar.google.com");
            let full = full_name(property);
            let answer = property.param("PARTSTAT").unwrap_or_default().to_uppercase();
            let is_own = [mail.as_str(), full.unwrap_or_default()].iter().any(|name| self.own.has(name));
            names_the_lead |= is_own;
            if is_own {
                // The lead may be invited by two addresses; one that stays is enough.
                declined |= answer == "DECLINED";
                accepted |= matches!(answer.as_str(), "ACCEPTED" | "TENTATIVE");
            }
            let name = full.filter(|name| !is_address(name)).or(known_as.get(&mail).copied());
            let name = name.unwrap_or_else(|| local_part(full.unwrap_or(&mail)));
            let folded = fold(name);
            // By name and by address: the same person comes with two addresses, or once without a name.
            if !is_person || is_own || name.is_empty() || names.contains(&folded) || mails.contains(&mail) {
                continue;
            }
            if found.len() == NAMES {
                let all = self.block.count("ATTENDEE");
                self.problem(*line, &format!("{all} are invited; the first {NAMES} were kept"));
                break;
            }
            found.push(bounds::within(name, NAME).to_owned());
            names.insert(folded);
            if !mail.is_empty() {
                mails.insert(mail);
            }
        }
        Invited { names: found, has_declined: declined && !accepted, names_the_lead }
    }
}

pub(in crate::import::calendar) fn full_name(property: &Property) -> Option<&str> {
    property.param("CN").map(str::trim).filter(|name| !name.is_empty())
}

/// True for what stands in place of a name and is an address.
pub(in crate::import::calendar) fn is_address(name: &str) -> bool {
    local_part(name) != name
}

/// The address by which somebody is told from others; empty where none is said.
pub(in crate::import::calendar) fn mail(property: &Property) -> String {
    // RFC 7986, 6.2: the value may be a place on a server, as in iCloud, and the address stands beside it.
    let beside = property.param("EMAIL").map(str::trim).filter(|mail| is_address(mail));
    address(beside.unwrap_or(&property.value))
}

/// `MAILTO:Ana@x` as `ana@x`.
fn address(value: &str) -> String {
    let value = value.trim().to_lowercase();
    // Where there is no address, the value must still be one: `invalid:nomail` is everybody's and nobody's.
    if value.starts_with("invalid:") {
        return String::new();
    }
    value.rsplit_once("mailto:").map_or(value.as_str(), |(_, mail)| mail).trim().to_owned()
}

/// What stands before the `@` of an address; a name as it is.
fn local_part(name: &str) -> &str {
    match name.split_once('@') {
        Some((local, host)) if !local.contains(' ') && host.contains('.') => local,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use crate::import::calendar::{OwnNames, read_calendar};

    fn names(lines: &str) -> Vec<String> {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261124T100000Z\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        read_calendar(text.as_bytes(), &OwnNames::new(&[])).unwrap().events.remove(0).spec.attendees
    }

    #[test]
    fn the_better_of_two_names_of_one_address_is_taken_wherever_it_stands() {
        let organizer = "ORGANIZER;CN=\"Org, Anna\":MAILTO:anna@x.com";
        let poor = "ATTENDEE;CN=anna@x.com:mailto:ANNA@x.com\nATTENDEE:mailto:bo@x.com";
        assert_eq!(names(&format!("{organizer}\n{poor}")), ["Org, Anna", "bo"]);
        assert_eq!(names(&format!("{poor}\n{organizer}")), ["Org, Anna", "bo"]);
        assert_eq!(names("ATTENDEE;CN=^'Nick^' Jones:mailto:n@x.com"), ["\"Nick\" Jones"]);
        let nobody =
            "ATTENDEE;CN=Ana Ruiz:invalid:nomail\nATTENDEE;CN=Bo Ek:invalid:nomail\nATTENDEE:invalid:nomail";
        assert_eq!(names(nobody), ["Ana Ruiz", "Bo Ek"]);
        let icloud = "ATTENDEE;CN=Ana Ruiz;EMAIL=ana@x.com:/aMTA3/principal/\nATTENDEE:mailto:ana@x.com";
        assert_eq!(names(icloud), ["Ana Ruiz"]);
        let other = "ATTENDEE;CN=Anna Org:mailto:anna@x.com\nATTENDEE;CN=Second:mailto:anna@x.com";
        assert_eq!(names(&format!("{other}\n{poor}")), ["Anna Org", "bo"]);
    }
}
