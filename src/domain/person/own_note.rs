//! Whose words the note of an absence is that a source brought: the source's, which follow it, or the lead's, which stay.
//! Only a mark is kept and not the words, so that forgetting a note leaves nothing of it.

use super::Absence;

/// Stands behind the fourth part of what a source said: `2026-11-24 2026-11-26 - sure!#71 Float`.
const OWN: char = '!';

impl Absence {
    /// Where the mark stands, or would.
    fn place_of_mark(&self) -> Option<usize> {
        // Behind the third blank stands `sure` or `maybe`, and right behind that the id, which begins with a sign of
        // its own.
        let part = self.brought.match_indices(' ').nth(2)?.0 + 1;
        let word = self.brought[part..].find(|c: char| !c.is_ascii_lowercase())?;
        Some(part + word)
    }

    /// True if the note was typed here.
    pub fn has_own_note(&self) -> bool {
        self.place_of_mark().is_some_and(|place| self.brought[place..].starts_with(OWN))
    }

    /// Keeps that the note was typed here. What no source brought is all typed.
    pub fn keep_own_note(&mut self) {
        if let Some(place) = self.place_of_mark().filter(|_| !self.has_own_note()) {
            self.brought.insert(place, OWN);
        }
    }
}
