//! How deep, how long and how many anything may be that people type or other programs hand over. Readers that call
//! themselves end the whole program when a text is nested deeply enough, and what has no end fills memory and screen;
//! so every reader asks here, and says where its limit was reached.

/// Brackets within brackets, blocks within blocks.
pub const DEPTH: usize = 64;
/// Views that a filter names, also by those that it names.
pub const VIEWS: usize = 64;
/// A line of quick add, of a filter or of a form, in bytes.
pub const LINE: usize = 64 << 10;
/// What one field of a record holds, in bytes.
pub const TEXT: usize = 256 << 10;
/// A cell or a whole row of a table, or a line of a calendar, in bytes.
pub const CELL: usize = 1 << 20;
/// A file of settings: the configuration or an import preset, in bytes.
pub const SETTINGS: usize = 1 << 20;
/// A rule by which a meeting repeats, in bytes; one that lists every day of a year has half of that.
pub const RULE: usize = 4 << 10;
/// A file of another program, in bytes; what follows is not read.
pub const FILE: usize = 32 << 20;
/// Rows that are taken from one table of requests or absences.
pub const ROWS: usize = 100_000;
/// Rows that are taken from one table of people.
pub const PEOPLE: usize = 2_000;
/// Cells that are taken from one table.
pub const CELLS: usize = 4_000_000;
/// Bytes that the cells of one table take in memory, each with what it costs beside its letters: half of what whoever
/// reads it may have.
pub const TABLE: usize = 256 << 20;
/// Events that are taken from the calendars of one import, changed occurrences among them.
pub const EVENTS: usize = 50_000;
/// Names that are kept of those invited to one meeting.
pub const NAMES: usize = 1_000;
/// Added and left out starts that are kept of one event, of each kind.
pub const MOMENTS: usize = 5_000;
/// Remarks on one file that are told one by one.
pub const REMARKS: usize = 1_000;
/// Meetings of one event that are shown of one day.
pub const A_DAY: usize = 24;

/// A meter for work that has no natural end: what it is handed to stops when it is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    left: usize,
    taken: usize,
}

impl Steps {
    /// A meter for so many steps.
    pub const fn new(left: usize) -> Self {
        Self { left, taken: 0 }
    }

    /// How many steps may still be taken.
    pub const fn left(self) -> usize {
        self.left
    }

    /// How many were taken.
    pub const fn taken(self) -> usize {
        self.taken
    }

    /// Takes steps; `None`, and nothing left, if there are not so many.
    pub fn take(&mut self, steps: usize) -> Option<()> {
        // What is left is used up also where it is not enough, so that a caller that goes on is stopped at its
        // next step.
        let goes = steps.min(self.left);
        self.left -= goes;
        self.taken += goes;
        (goes == steps).then_some(())
    }
}

/// Letters that stand for a long word where it is named.
const NAMED: usize = 24;

/// Says that something is too long and what would be right; `None` if it is not.
pub fn too_long(length: usize, most: usize, what: &str) -> Option<String> {
    (length > most).then(|| format!("{} are too long; {what} holds at most {}", size(length), size(most)))
}

/// The part of a text that lies within so many bytes; no letter is cut in two.
pub fn within(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// A word by its first letters, for naming it in a message.
pub fn named(word: &str) -> String {
    match word.char_indices().nth(NAMED) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// The first line of a file of settings, from 1, that alone is nested more deeply than anything may be. The reader of
/// TOML refuses such a key without its place.
pub fn nested_line(text: &str) -> Option<usize> {
    // Counted, not parsed: the parser is what nesting would end. Dots nest as well in TOML, `a.b.c = 1`.
    let opens = |line: &str| line.bytes().filter(|byte| b".[{".contains(byte)).count();
    text.split('\n').position(|line| opens(line) > DEPTH).map(|index| index + 1)
}

/// A length in bytes as it is said; rounded up, so that what is one byte too long never looks just right.
pub fn size(bytes: usize) -> String {
    if bytes < 1 << 10 {
        format!("{bytes} bytes")
    } else if bytes.is_multiple_of(1 << 20) {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{} KiB", bytes.div_ceil(1 << 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_is_too_long_never_looks_just_right() {
        assert_eq!(too_long(LINE, LINE, "a line"), None);
        assert_eq!(
            too_long(LINE + 1, LINE, "a line").unwrap(),
            "65 KiB are too long; a line holds at most 64 KiB"
        );
        assert_eq!(
            (size(900), size(CELL), size(CELL + 1)),
            ("900 bytes".into(), "1 MiB".into(), "1025 KiB".into())
        );
    }

    #[test]
    fn texts_are_cut_between_letters() {
        assert_eq!(within("añb", 2), "a");
        assert_eq!(named(&"é".repeat(50)).chars().count(), NAMED + 1);
        assert_eq!(named("short"), "short");
    }
}
