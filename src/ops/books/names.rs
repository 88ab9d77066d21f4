//! Whom the names mean that records were written with, also before there was a stakeholder of that name.

use super::Books;
use crate::domain::influence::Stakeholder;
use crate::domain::matching::{NameIndex, NameMatch};

/// Whose a written name is: by all of it, or by a word that is in nobody else's. How a name begins is only enough while
/// it is typed and said back.
fn place(index: &NameIndex, name: &str) -> Option<usize> {
    match index.exactly(name) {
        NameMatch::One(place) => Some(place),
        NameMatch::Nobody => match index.by_word(name).as_slice() {
            [place] => Some(*place),
            _ => None,
        },
        NameMatch::Ambiguous(_) | NameMatch::Near(_) => None,
    }
}

impl Books {
    /// The stakeholder whom a written name means without a doubt.
    pub fn known(&self, name: &str) -> Option<&Stakeholder> {
        // By all names and addresses that are known of somebody first; a single word of a name is the last resort.
        let called = self.stakeholders.iter().find(|known| known.is_called(name));
        called.or_else(|| place(&self.called, name).and_then(|at| self.stakeholders.get(at)))
    }

    /// Puts whole names where somebody was named by their first name, before they were a stakeholder: what is promised to
    /// `marcus` is owed to Marcus Hall.
    pub(super) fn name_whole(&mut self) {
        // Kept, since every drawing of a meeting asks whom its people are.
        self.called = NameIndex::of(&self.stakeholders);
        let index = &self.called;
        let promised = self.promises.iter_mut().map(|promise| &mut promise.whom);
        let named = promised.chain(self.decisions.iter_mut().map(|decision| &mut decision.approver));
        for name in named.chain(self.outcomes.iter_mut().map(|outcome| &mut outcome.owner)) {
            if let Some(at) = place(index, name).filter(|_| !name.trim().is_empty()) {
                name.clone_from(&self.stakeholders[at].name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::record::Kind;
    use crate::ops::kit::{desk_at, entry};

    #[test]
    fn a_promise_to_a_first_name_is_owed_to_whoever_alone_has_it() {
        let mut desk = desk_at("2026-11-23T09:00:00+00:00");
        for who in ["marcus", "holm", "mar", "Zoe"] {
            entry(&mut desk, Kind::Promise, &[("text", who), ("who", who), ("way", "to")]);
        }
        // They become stakeholders only after that.
        for name in ["Marcus Hall", "Mara Holm", "Eva Holm"] {
            entry(&mut desk, Kind::Stakeholder, &[("name", name), ("email", "")]);
        }
        entry(&mut desk, Kind::Stakeholder, &[("name", "Kim Oh"), ("email", "kim@x.example")]);
        entry(&mut desk, Kind::Promise, &[("text", "fair"), ("who", "kim oh"), ("way", "to")]);
        let books = desk.books().unwrap();
        let owed = |name: &str| books.owed_to(name).map(|it| it.text.clone()).collect::<Vec<_>>();
        assert_eq!(owed("Marcus Hall"), ["marcus"]);
        assert_eq!(owed("marcus"), ["marcus"], "a meeting that was typed names them in the same way");
        assert_eq!(owed("kim@x.example"), ["fair"], "a calendar names them by their address");
        assert_eq!((owed("Mara Holm").len(), owed("Eva Holm").len()), (0, 0), "of two nobody is taken");
        assert_eq!(owed("mar"), ["mar"], "how a name begins is no name");
    }
}
