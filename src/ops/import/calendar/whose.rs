//! Whose calendar it is: whoever declined is known only once the lead has said which of those invited they are. It is
//! asked for once, and never again after an answer.

use super::{CalendarReport, CalendarSource};
use crate::config::{AskNames, Config};
use crate::import::calendar::{CalendarProblem, Invitees, OwnNames};

/// What the lead may be called.
pub type LeadNames = Vec<String>;

/// Which of those invited may be the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayBeLead {
    /// Who stands out among them; nobody where that is not clear.
    pub proposed: LeadNames,
    /// All of them, each with address and name, whoever is invited most first.
    pub invited: Vec<LeadNames>,
}

/// So many of those invited are named where one of them is to be chosen.
const NAMED: usize = 4;

impl MayBeLead {
    /// What some typed names mean for them; an error where they are nobody's who is invited.
    ///
    /// # Errors
    /// A sentence with those who are invited.
    pub fn echo(&self, text: &str) -> Result<String, String> {
        let names = names_in(text);
        let own = OwnNames::new(&names);
        let is_own = |one: &&LeadNames| one.iter().any(|name| own.has(name));
        if names.is_empty() {
            return Ok(format!(
                "left empty, you are none of them and not asked again; invited are {}",
                self.named()
            ));
        }
        if !self.invited.is_empty() && self.invited.iter().find(is_own).is_none() {
            let text = names.join(" and ");
            return Err(format!("nobody who is invited is called {text}; invited are {}", self.named()));
        }
        Ok(format!(
            "you are {}: kept in the configuration; what you declined is not in your day",
            names.join(" and ")
        ))
    }

    fn named(&self) -> String {
        let named: Vec<String> = self.invited.iter().take(NAMED).map(|one| one.join(" ")).collect();
        let more = self.invited.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        if named.is_empty() {
            "people without an address".to_owned()
        } else {
            format!("{}{more}", named.join(", "))
        }
    }
}

impl CalendarReport {
    /// Asks whose calendars these are, where that is not known and would matter.
    pub(super) fn ask_whose(&mut self, config: &Config, sources: &[CalendarSource]) {
        if !config.own_names.is_empty() || config.ask_names == AskNames::Never {
            return;
        }
        let mut all = Invitees::default();
        let read = sources.iter().filter_map(|(name, read)| Some((name, read.as_ref().ok()?)));
        let mut place = None;
        for (name, calendar) in read {
            place = place.or(calendar.invitees.declined.map(|line| (name, line)));
            all.join(calendar.invitees.clone());
        }
        let lead = all.lead();
        // Only where an answer changes something today: who never declined loses nothing by it.
        if let Some((file, line)) = place {
            let problem = CalendarProblem::on(String::new(), line, unknown_lead(&lead));
            self.problems.push((file.clone(), problem));
        }
        if all.declined.is_some() || !lead.is_empty() {
            self.may_be_lead = Some(MayBeLead { proposed: lead, invited: all.invited() });
        }
    }
}

/// That somebody declined, and what is to be typed once.
fn unknown_lead(lead: &LeadNames) -> String {
    let names = match lead.as_slice() {
        [] => "ADDRESS".to_owned(),
        names => names.iter().map(|name| as_word(name)).collect::<Vec<_>>().join(" "),
    };
    format!(
        "some of those invited have declined: `tablesetter config names {names}` says once which of them you are, \
         `config names --none` that you are none of them"
    )
}

/// A name as one word of a shell, whatever the calendar put into it.
fn as_word(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
    if name.chars().all(is_plain) && !name.starts_with('-') {
        return name.to_owned();
    }
    // The command is there to be copied into a shell. A line break from the calendar would end it there and run what
    // follows.
    let text: String = name.chars().filter(|c| !c.is_control()).collect();
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The names in a line that was typed: parted by semicolons, or by commas beside an address, since names have commas of
/// their own.
pub fn names_in(text: &str) -> LeadNames {
    let mut names: Vec<String> = Vec::new();
    for part in text.split([';', '\n']) {
        let mut before = String::new();
        for piece in part.split(',').map(str::trim) {
            if before.is_empty() {
                piece.clone_into(&mut before);
            } else if before.contains('@') || piece.contains('@') {
                names.push(std::mem::replace(&mut before, piece.to_owned()));
            } else {
                before = format!("{before}, {piece}");
            }
        }
        names.push(before);
    }
    let mut seen = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::kit::desk_at;

    const DECLINED: &str = "BEGIN:VCALENDAR\nX-WR-CALNAME:robin@x.example\nBEGIN:VEVENT\nUID:a\nSUMMARY:Council\n\
        DTSTART:20261124T100000Z\nATTENDEE;CN=Robin O'Vale;PARTSTAT=DECLINED:mailto:robin@x.example\n\
        ATTENDEE:mailto:bo@x.example\nEND:VEVENT\nEND:VCALENDAR\n";

    #[test]
    fn who_the_lead_is_is_asked_until_there_is_an_answer() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        let asked = desk.import_calendar("a.ics", DECLINED).unwrap();
        let robin = ["robin@x.example".to_owned(), "Robin O'Vale".to_owned()].to_vec();
        let who = asked.may_be_lead.unwrap();
        assert_eq!((&who.proposed, who.invited.len()), (&robin, 2));
        assert!(who.echo("O'Vale, Robin").is_ok() && who.echo("robin@x.example; rob").is_ok());
        let nobody = who.echo("rob").unwrap_err();
        assert!(nobody.starts_with(
            "nobody who is invited is called rob; invited are robin@x.example Robin O'Vale, bo"
        ));
        assert!(who.echo("").unwrap().contains("Robin O'Vale"));
        let (_, problem) = &asked.problems[0];
        assert!(
            problem.message.contains(r"`tablesetter config names robin@x.example 'Robin O'\''Vale'`"),
            "{}",
            problem.message
        );
        desk.config.ask_names = AskNames::Never;
        let silent = desk.import_calendar("a.ics", DECLINED).unwrap();
        assert_eq!((silent.may_be_lead, silent.problems), (None, Vec::new()), "a no is an answer");
        (desk.config.own_names, desk.config.ask_names) = (robin, AskNames::Once);
        let known = desk.import_calendar("a.ics", DECLINED).unwrap();
        assert_eq!((known.may_be_lead, known.problems, known.updated), (None, Vec::new(), 1));
        assert_eq!(desk.import_calendar("a.ics", DECLINED).unwrap().unchanged, 1);
    }

    #[test]
    fn typed_names_are_parted_by_semicolons_or_by_commas_beside_addresses() {
        for (text, expected) in [
            ("robin@x.example; Robin Vale", &["robin@x.example", "Robin Vale"][..]),
            ("robin@x.example, Robin Vale", &["robin@x.example", "Robin Vale"]),
            ("Vale, Robin", &["Vale, Robin"]),
            ("a@x.example, Vale, Robin, b@x.example;;", &["a@x.example", "Vale, Robin", "b@x.example"]),
            (" ; ,", &[]),
        ] {
            assert_eq!(names_in(text), expected, "{text}");
        }
    }
}
