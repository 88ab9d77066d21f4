//! Addresses of one file and who they are: an address that stands alone in a cell is whoever another row names with it.

use std::collections::HashMap;

use crate::domain::matching::Contact;
use crate::domain::words::fold;

/// Names by folded address; nothing where two rows disagree, since a team shares a mailbox.
#[derive(Debug, Default)]
pub(super) struct Contacts(HashMap<String, Option<String>>);

/// Several people in one cell stand between these, as far as no name has them within.
const BETWEEN: [char; 2] = [';', '\n'];

impl Contacts {
    /// Notes whom a cell names with their addresses.
    pub fn note(&mut self, cell: &str) {
        for part in cell.split(BETWEEN) {
            let contact = Contact::read(part);
            if !contact.name.is_empty() && !contact.address.is_empty() {
                self.note_pair(&contact.name, &contact.address);
            }
        }
    }

    /// The same from two cells.
    pub fn note_pair(&mut self, name: &str, address: &str) {
        // A name that is itself an address says nothing more than that.
        if name.contains('@') || name.is_empty() || address.is_empty() {
            return;
        }
        let known = self.0.entry(fold(address)).or_insert_with(|| Some(name.to_owned()));
        if known.as_ref().is_some_and(|known| fold(known) != fold(name)) {
            *known = None;
        }
    }

    /// The name that belongs to a text which is nothing but an address.
    pub fn name(&self, text: &str) -> Option<&String> {
        let contact = Contact::read(text);
        if !contact.name.is_empty() || contact.address.is_empty() {
            return None;
        }
        self.0.get(&fold(&contact.address))?.as_ref()
    }

    /// Puts the name to each address that stands alone in a cell.
    pub fn complete(&self, cell: &mut String) {
        // A cell to which nothing can be added stays as it was written, separators and all.
        if !cell.contains('@') || !cell.split(BETWEEN).any(|part| self.name(part).is_some()) {
            return;
        }
        let whole = |part: &str| match self.name(part) {
            Some(name) => Contact { name: name.clone(), ..Contact::read(part) }.written(),
            None => part.trim().to_owned(),
        };
        *cell = cell.split(BETWEEN).map(whole).collect::<Vec<_>>().join("; ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_alone_is_whoever_another_cell_names_with_it() {
        let mut contacts = Contacts::default();
        for cell in
            ["Kim Oh <kim@x.example>; Bo Ek <bo@x.example>", "Ana <team@x.example>", "Bo <team@x.example>"]
        {
            contacts.note(cell);
        }
        contacts.note_pair("Zoe Ray", "zoe@x.example");
        for (cell, expected) in [
            ("KIM@x.example", "Kim Oh <KIM@x.example>"),
            ("bo@x.example; zoe@x.example", "Bo Ek <bo@x.example>; Zoe Ray <zoe@x.example>"),
            ("bo@x.example; Max", "Bo Ek <bo@x.example>; Max"),
            ("team@x.example", "team@x.example"),
            ("new@x.example", "new@x.example"),
            ("Kim O <kim@x.example>", "Kim O <kim@x.example>"),
            ("Kim Oh", "Kim Oh"),
        ] {
            let mut text = cell.to_owned();
            contacts.complete(&mut text);
            assert_eq!(text, expected, "{cell}");
        }
    }
}
