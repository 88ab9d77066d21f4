//! Who reads a document. The lead reads all of it; the room, which is everybody it is handed to, reads what is meant
//! for others. A line or a block says for whom it is, and [`Document::for_reader`] is the only place that obeys.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Block, Document, Line, PrivateNames};

/// Who reads a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The lead: everything, and what can be done about it.
    Lead,
    /// Everybody else, to whom it is sent or shown.
    Room {
        /// They may read people's hours by name.
        names_with_hours: bool,
    },
}

/// Who may read a line or a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    #[default]
    Everyone,
    /// The lead alone: trust, what we owe in our words, plans for a room, reflections.
    Lead,
    /// The lead, and a room that may read people's hours by name.
    NamedHours,
}

/// How a document is worded where it is handed on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomWords {
    /// What stands under its title; where it is empty, what the lead reads there.
    pub subtitle: String,
    /// What our keys stand for: nobody else knows what `R-17` is. Keys that have no name here stay.
    pub names: BTreeMap<String, String>,
    /// What no room reads of, as it is while the document is read: nothing of it is kept with the document.
    #[serde(skip)]
    pub private: PrivateNames,
}

impl Audience {
    /// True where nothing is held back from anybody.
    pub const fn is_everyone(self) -> bool {
        matches!(self, Self::Everyone)
    }
}

impl Reader {
    /// As `--json` says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Room { .. } => "room",
        }
    }

    /// As a toast says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Lead => "for you",
            Self::Room { .. } => "for the room",
        }
    }

    const fn may_read(self, audience: Audience) -> bool {
        match (self, audience) {
            (Self::Lead, _) | (_, Audience::Everyone) => true,
            (Self::Room { names_with_hours }, Audience::NamedHours) => names_with_hours,
            (Self::Room { .. }, Audience::Lead) => false,
        }
    }
}

impl Document {
    /// The document as somebody reads it, with no marks of who else might.
    pub fn for_reader(&self, reader: Reader) -> Self {
        match reader {
            Reader::Lead => self.for_the_lead(),
            Reader::Room { .. } => self.clone().without_private().for_the_room(reader),
        }
    }

    /// What can be done about a line stands behind it.
    fn for_the_lead(&self) -> Self {
        let mut page = Self { room: RoomWords::default(), ..self.clone() };
        for block in &mut page.blocks {
            block.audience = Audience::Everyone;
            block.lines = block.lines.iter().map(Line::for_the_lead).collect();
        }
        page
    }

    fn for_the_room(&self, reader: Reader) -> Self {
        let readable = self.blocks.iter().filter(|block| reader.may_read(block.audience));
        let readable: Vec<Block> = readable.map(|block| block.as_read_by(reader)).collect();
        let is_said = |line: &Line| !line.text.is_empty();
        let is_empty = readable.iter().all(|block| !block.is_drawn() && !block.lines.iter().any(is_said));
        let blocks = readable.into_iter().filter_map(|mut block| {
            if is_empty {
                // Where there is nothing else yet, a page of how to begin is better than none.
                block.lines = block.lines.iter().map(Line::for_the_lead).collect();
            } else {
                block.lines.retain(is_said);
                block.lines.iter_mut().for_each(|line| line.hint.clear());
            }
            (!block.lines.is_empty() || block.is_drawn()).then_some(block)
        });
        let subtitle = if self.room.subtitle.is_empty() { &self.subtitle } else { &self.room.subtitle };
        let page = Self {
            title: self.title.clone(),
            subtitle: subtitle.clone(),
            blocks: blocks.collect(),
            stale: self.stale.clone(),
            room: RoomWords::default(),
            told_on: self.told_on,
        };
        page.reworded(|text| self.room.without_keys(text))
    }

    /// The same with every text of it put in other words.
    fn reworded(mut self, word: impl Fn(&str) -> String) -> Self {
        let change = |text: &mut String| *text = word(text);
        for block in &mut self.blocks {
            for line in &mut block.lines {
                change(&mut line.text);
                line.figures.iter_mut().for_each(|figure| change(&mut figure.definition));
            }
            if let Some(plot) = &mut block.plot {
                plot.points.iter_mut().for_each(|point| change(&mut point.label));
            }
        }
        self
    }

    /// Every text in which a key may stand, to find those that need a name.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(|block| &block.lines).flat_map(Line::texts)
    }
}

impl Block {
    /// It has something to look at beside its lines.
    pub(super) const fn is_drawn(&self) -> bool {
        self.plot.is_some() || self.heat.is_some()
    }

    fn as_read_by(&self, reader: Reader) -> Self {
        let lines = self.lines.iter().filter_map(|line| line.as_read_by(reader)).collect();
        Self { lines, audience: Audience::Everyone, ..self.clone() }
    }
}

impl Line {
    fn for_the_lead(&self) -> Self {
        let text = self.with_hint();
        let (hint, instead) = (String::new(), String::new());
        Self { text, hint, instead, audience: Audience::Everyone, ..self.clone() }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let figures = self.figures.iter().map(|figure| figure.definition.as_str());
        [self.text.as_str(), self.instead.as_str()].into_iter().chain(figures)
    }

    /// `n 12` is a word of those who work with it; a room reads what it was counted from. Only what the line's own
    /// figures say is changed, and no words of anybody's.
    fn with_cases_in_words(&self, text: &str) -> String {
        let mut said = text.to_owned();
        for figure in &self.figures {
            let (n, words) = (format!("n {}", figure.n), format!("counted from {}", figure.n));
            for (before, after) in [("(", ")"), ("(", ","), (", ", ")")] {
                said = said.replace(&format!("{before}{n}{after}"), &format!("{before}{words}{after}"));
            }
            if let Some(begun) = said.strip_suffix(&format!(", {n}")) {
                said = format!("{begun}, {words}");
            }
        }
        said
    }

    /// Keys go: to a room they are no more than numbers, and a receipt says without them how many cases it has.
    fn as_read_by(&self, reader: Reader) -> Option<Self> {
        let text = match (reader.may_read(self.audience), self.instead.as_str()) {
            (true, _) => &self.text,
            (false, "") => return None,
            (false, _) => &self.instead,
        };
        let mut figures = self.figures.clone();
        for figure in &mut figures {
            figure.keys.clear();
        }
        Some(Self {
            text: self.with_cases_in_words(text),
            keys: Vec::new(),
            figures,
            audience: Audience::Everyone,
            instead: String::new(),
            ..self.clone()
        })
    }
}

impl RoomWords {
    /// Nothing is worded for a room yet, as in what was kept before rooms were told apart.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A text with names for the keys in it. Before its own name a key goes, or the name would be said twice.
    fn without_keys(&self, text: &str) -> String {
        if self.names.is_empty() {
            return text.to_owned();
        }
        let mut said = String::with_capacity(text.len());
        let mut done = 0;
        for (at, key) in keys_in(text) {
            // The name behind a key is taken with it, and may hold another key.
            let Some(name) = self.names.get(key).filter(|_| at >= done) else { continue };
            said.push_str(&text[done..at]);
            done = at + key.len();
            let rest = text[done..].trim_start();
            if rest.starts_with(name.as_str()) {
                done = text.len() - rest.len();
                // What the key stood before may begin in small letters.
                if said.is_empty() {
                    let first = rest.chars().next();
                    said.extend(first.into_iter().flat_map(char::to_uppercase));
                    done += first.map_or(0, char::len_utf8);
                }
            } else {
                said.extend(["“", name.trim_end_matches('.'), "”"]);
            }
        }
        said.push_str(&text[done..]);
        said
    }
}

/// Keys as they stand in a text, each with its place.
pub fn keys_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // With `@` in words, one meeting of a series, `M-4@2026-11-24`, is not taken for the key `M-4`.
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '@');
    let mut next = 0;
    text.split_inclusive(move |c| !is_of_word(c)).filter_map(move |piece| {
        let at = next;
        next += piece.len();
        let word = piece.trim_end_matches(|c| !is_of_word(c));
        is_key(word).then_some((at, word))
    })
}

/// By its shape alone: to ask the records would make a circle of the domain, which says their figures with us.
fn is_key(word: &str) -> bool {
    word.split_once('-').is_some_and(|(kind, number)| {
        let is_kind = kind.len() == 1 && kind.bytes().all(|byte| byte.is_ascii_uppercase());
        is_kind && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Figure, Plot, Point};

    const ROOM: Reader = Reader::Room { names_with_hours: false };

    fn page(blocks: Vec<Block>) -> Document {
        Document { blocks, ..Document::default() }
    }

    fn texts(document: &Document) -> Vec<&str> {
        document.blocks.iter().flat_map(|block| &block.lines).map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn what_only_the_lead_can_do_is_never_handed_on() {
        let todo = || Line::todo("Nothing yet: C o files one");
        let both = page(vec![
            Block::new("Risk", vec![Line::warn("Late").hinting("e says why")]),
            Block::new("Ask", vec![todo()]),
        ]);
        assert_eq!(both.for_reader(ROOM).blocks, [Block::new("Risk", vec![Line::warn("Late")])]);
        let read = both.for_reader(Reader::Lead);
        assert_eq!(texts(&read), ["Late: e says why", "Nothing yet: C o files one"]);
        // Where there is nothing else, a page of how to begin is better than none.
        let first = page(vec![Block::new("Ask", vec![todo()])]);
        assert_eq!(first.for_reader(ROOM), first.for_reader(Reader::Lead));
        // But what is private stays so, even beside nothing.
        let own = page(vec![
            Block::new("Ask", vec![todo()]),
            Block::new("Who", vec![Line::new("trust 2")]).private(),
        ]);
        assert_eq!(texts(&own.for_reader(ROOM)), ["Nothing yet: C o files one"]);
    }

    #[test]
    fn a_line_says_for_whom_it_is_and_what_others_read() {
        let lines = vec![
            Line::new("trust 4").private(),
            Line::new("raise today: the slot").for_the_room("the slot"),
            Line::new("Ana is 8h over").naming_hours("8h more than fits"),
            Line::new("Ana: 40h").naming_hours(""),
            Line::new("Spring is sooner"),
        ];
        let said = page(vec![Block::new("All", lines)]);
        let with_hours = said.for_reader(Reader::Room { names_with_hours: true });
        assert_eq!(texts(&said.for_reader(ROOM)), ["the slot", "8h more than fits", "Spring is sooner"]);
        assert_eq!(texts(&with_hours), ["the slot", "Ana is 8h over", "Ana: 40h", "Spring is sooner"]);
        let own = said.for_reader(Reader::Lead);
        assert_eq!(texts(&own)[..2], ["trust 4", "raise today: the slot"]);
        // What a script gets holds no second wording of anything.
        let shape = serde_json::to_string(&own).unwrap();
        assert!(!shape.contains("instead") && !shape.contains("audience"), "{shape}");
    }

    #[test]
    fn a_room_reads_how_many_cases_in_words() {
        let of = |n| Figure { n, ..Figure::default() };
        let line = Line::new("33 % (n 12), was 50 % (n 1, 90 days), plan n 12 b (n 3); too few, n 12")
            .with(of(12))
            .with(of(1));
        let read = page(vec![Block::new("Numbers", vec![line])]);
        let said = "33 % (counted from 12), was 50 % (counted from 1, 90 days), plan n 12 b (n 3); too few, counted from 12";
        assert_eq!(texts(&read.for_reader(ROOM)), [said]);
        assert!(texts(&read.for_reader(Reader::Lead))[0].starts_with("33 % (n 12)"));
    }

    #[test]
    fn a_picture_goes_with_its_block() {
        let point = Point::new("Ana", 40.0);
        let plot = Some(Plot { points: vec![point], ..Plot::default() });
        let block = Block { plot, audience: Audience::NamedHours, ..Block::new("By person", Vec::new()) };
        let load = page(vec![block, Block::new("Over", vec![Line::new("Nobody")])]);
        assert_eq!(load.for_reader(ROOM).blocks.len(), 1);
        assert_eq!(load.for_reader(Reader::Room { names_with_hours: true }).blocks.len(), 2);
    }

    #[test]
    fn a_room_reads_names_where_we_have_keys() {
        let names = [("R-1", "Film"), ("R-17", "Poster"), ("K-1", "print slot lost"), ("D-2", "Yes?")];
        let names = names.map(|(key, name)| (key.to_owned(), name.to_owned()));
        let room = RoomWords { subtitle: "in May".into(), names: names.into(), ..RoomWords::default() };
        for (text, said) in [
            ("R-17 waits for R-1", "“Poster” waits for “Film”"),
            ("K-1 print slot lost, on R-17, soon", "Print slot lost, on “Poster”, soon"),
            ("Decided: D-2 Yes? No", "Decided: Yes? No"),
            ("R-170, r-1 and xR-1", "R-170, r-1 and xR-1"),
            ("(R-1)", "(“Film”)"),
            ("", ""),
        ] {
            assert_eq!(room.without_keys(text), said);
        }
        let line = Line::new("R-1 is late").about(["R-1"]).with(Figure {
            definition: "the newest reading of R-1".into(),
            keys: vec!["R-1".into()],
            ..Figure::default()
        });
        let read = Document { room, subtitle: "why?".into(), ..page(vec![Block::new("Late", vec![line])]) };
        let given = read.for_reader(ROOM);
        assert_eq!((given.subtitle.as_str(), texts(&given)[0]), ("in May", "“Film” is late"));
        let line = &given.blocks[0].lines[0];
        assert_eq!((line.keys.len(), line.figures[0].keys.len()), (0, 0));
        assert_eq!(line.figures[0].definition, "the newest reading of “Film”");
        let own = read.for_reader(Reader::Lead);
        assert_eq!((own.subtitle.as_str(), texts(&own)[0]), ("why?", "R-1 is late"));
    }
}
