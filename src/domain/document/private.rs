//! A document without what is private: a line about nothing else goes, and where something private is named beside other
//! things, a word stands in its place. Figures stay as they were counted: hours that are taken are taken.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reader::keys_in;
use super::surname::{self, DrawnRow};
use super::{Document, Line};
use crate::domain::words::fold;
use crate::domain::words::redact::{drawn_places, redact, word_places};

/// Stands where something private is named.
pub const COVERED: &str = "(private)";

/// What is private, by key, with what it is called; nothing where it is gone, though its key may still be named. What else
/// somebody is called stands behind a blank and a number: `S-3 1`; a last name, which may be a word too, behind
/// [`LAST`]: `S-3 last 1`.
pub type PrivateNames = BTreeMap<String, String>;

/// Parts the key of somebody from the number of a last name of theirs.
pub const LAST: &str = " last ";

impl Document {
    /// The same without what is private.
    pub fn without_private(mut self) -> Self {
        let names = std::mem::take(&mut self.room.private);
        if names.is_empty() {
            return self;
        }
        let cover = |text: &mut String| *text = covered(text, &names);
        let head = [&mut self.title, &mut self.subtitle, &mut self.room.subtitle, &mut self.stale];
        head.into_iter().for_each(cover);
        // A room reads these where the lead reads keys.
        self.room.names.values_mut().for_each(cover);
        for block in &mut self.blocks {
            // Somebody of the team may be a private stakeholder too, and a page by people has a block for each.
            cover(&mut block.title);
            block.lines.retain(|line| !line.is_only_about(&names));
            block.lines.iter_mut().for_each(|line| line.keep_back(&names));
            if let Some(plot) = &mut block.plot {
                plot.points.retain(|point| !is_private(&point.key, &names));
                plot.points.iter_mut().for_each(|point| cover(&mut point.label));
            }
            block.plot = block.plot.take().filter(|plot| !plot.points.is_empty());
            for row in block.heat.iter_mut().flat_map(|heat| &mut heat.rows) {
                cover(&mut row.name);
            }
        }
        self.blocks.retain(|block| !block.lines.is_empty() || block.is_drawn());
        self
    }
}

impl Line {
    fn is_only_about(&self, names: &PrivateNames) -> bool {
        !self.keys.is_empty() && self.keys.iter().all(|key| is_private(key, names))
    }

    fn keep_back(&mut self, names: &PrivateNames) {
        // Here a single word is a name too: the line is about what is called so.
        let keys = self.keys.iter().chain(self.figures.iter().flat_map(|figure| &figure.keys));
        let mut own: Vec<String> = keys.filter_map(|key| names.get(key)).cloned().collect();
        own.retain(|name| !name.trim().is_empty());
        for text in [&mut self.text, &mut self.instead, &mut self.hint] {
            let said = covered(text, names);
            *text = own.iter().fold(said, |said, name| without_name(&said, name));
        }
        self.keys.retain(|key| !is_private(key, names));
        for figure in &mut self.figures {
            figure.definition = covered(&figure.definition, names);
            figure.keys.retain(|key| !is_private(key, names));
        }
    }
}

/// By its own key, or for a meeting by that of its series.
pub fn is_private(key: &str, names: &PrivateNames) -> bool {
    let series = key.split_once('@').map_or(key, |(series, _)| series);
    names.contains_key(key) || names.contains_key(series)
}

/// True if a text names something private by its key or by what it is called.
pub fn names_private(text: &str, names: &PrivateNames) -> bool {
    covered(text, names) != text
}

/// A text as those who look on may read it: without what is private, and with the chosen names covered.
pub fn for_onlookers(text: &str, private: &PrivateNames, chosen: &[String]) -> String {
    redact(&covered(text, private), chosen)
}

/// A text in which what is private is named no more: neither by key nor by what it is called.
pub fn covered(text: &str, names: &PrivateNames) -> String {
    let mut said = String::with_capacity(text.len());
    let mut done = 0;
    for (at, key) in keys_in(text) {
        let Some(name) = names.get(key).filter(|_| at >= done) else { continue };
        said.push_str(&text[done..at]);
        said.push_str(COVERED);
        // What it is called follows its key nearly everywhere, whole or cut.
        let behind = &text[at + key.len()..];
        let rest = behind.trim_start();
        let shared = shared_length(rest, name);
        let is_name = shared == name.len() || rest[shared..].starts_with('…');
        let cut = if shared == name.len() { 0 } else { '…'.len_utf8() };
        done = if is_name && shared > 0 { text.len() - rest.len() + shared + cut } else { at + key.len() };
    }
    said.push_str(&text[done..]);
    for name in personal(names) {
        said = without_name(&said, name);
    }
    for name in last_names(names) {
        let letters: Vec<String> = said.chars().map(String::from).collect();
        said = cover_at(&said, &surname::named_at(&letters, &folded(&said), &folded(name)));
    }
    said
}

fn folded(text: &str) -> Vec<String> {
    text.chars().map(|it| fold(it.encode_utf8(&mut [0; 4]))).collect()
}

fn last_names(names: &PrivateNames) -> impl Iterator<Item = &String> {
    names.iter().filter(|(key, _)| key.contains(LAST)).map(|(_, name)| name)
}

/// Where something private is named in a row of a drawn screen. However a name is written: what is offered or typed has no
/// capitals.
pub fn hidden_places(row: &DrawnRow<'_>, names: &PrivateNames) -> Vec<Range<usize>> {
    // Keys with a blank stand for further names of somebody, and are written nowhere.
    let keys = names.keys().map(String::as_str).filter(|key| !key.contains(' '));
    let whole = keys.chain(personal(names)).flat_map(|name| drawn_places(row.folded, name));
    let going_on = personal(names).into_iter().flat_map(|name| row.going_on(name));
    let last = last_names(names).flat_map(|name| row.named_at(name));
    whole.chain(going_on).chain(last).collect()
}

/// What says who or what is meant without its key. The longest first: a name goes before the word of it that is one by
/// itself.
fn personal(names: &PrivateNames) -> Vec<&str> {
    // A single word may be anything, unless it is what somebody is called.
    let is_name = |(key, name): &(&String, &String)| {
        let is_somebody = key.starts_with("S-") && !name.is_empty();
        !key.contains(LAST) && (name.split_whitespace().nth(1).is_some() || is_somebody)
    };
    let mut found: Vec<&str> = names.iter().filter(is_name).map(|(_, name)| name.as_str()).collect();
    found.sort_by_key(|name| std::cmp::Reverse(name.len()));
    found
}

/// How many bytes two texts share at their beginning, whole letters only.
fn shared_length(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs.take_while(|(own, theirs)| own == theirs).map(|(own, _)| own.len_utf8()).sum()
}

/// Whole words only: `Ana` is not named by `Anatol`. Whatever its capitals and accents, as `ZOË` and `Zoe` say who is
/// meant too.
fn without_name(text: &str, name: &str) -> String {
    let name = name.trim();
    // A single word may be one of the language: `Mark` is a name, and `mark` is none.
    let is_whole = name.contains(char::is_whitespace) || name.contains('@');
    let wants_capital = !is_whole && name.starts_with(char::is_uppercase);
    let mut places = word_places(&folded(text), &folded(name));
    let starts_large = |at: usize| text.chars().nth(at).is_some_and(char::is_uppercase);
    places.retain(|place| !wants_capital || starts_large(place.start));
    cover_at(text, &places)
}

/// A text with some of its letters covered.
fn cover_at(text: &str, places: &[Range<usize>]) -> String {
    let mut letters = text.chars().enumerate();
    let mut said = String::with_capacity(text.len());
    while let Some((at, letter)) = letters.next() {
        match places.iter().find(|place| place.start == at) {
            Some(place) => {
                said.push_str(COVERED);
                letters.by_ref().take(place.len() - 1).for_each(drop);
            }
            None => said.push(letter),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Block, Figure, HeatRow, HeatTable, Plot, Point, Reader};

    fn names() -> PrivateNames {
        let names = [
            ("R-1", "Reorganisation of the studio"),
            ("R-2", "Film"),
            ("S-3", "Priya"),
            ("S-3 1", "Priya Nair"),
            ("S-3 2", "Nair, Priya"),
            ("S-3 last 1", "Nair"),
            ("M-4", "Talk with Bo"),
        ];
        names.map(|(key, name)| (key.to_owned(), name.to_owned())).into()
    }

    #[test]
    fn neither_key_nor_name_is_left_and_nothing_else_is_touched() {
        for (text, said) in [
            ("R-1 Reorganisation of the studio: due Fri", "(private): due Fri"),
            ("R-1 Reorganisation of… waits for R-12", "(private) waits for R-12"),
            ("R-17 waits for R-1", "R-17 waits for (private)"),
            ("R-2 is late, R-20 Filmed", "(private) is late, R-20 Filmed"),
            ("Film for spring", "Film for spring"),
            ("the reorganisation: Reorganisation of the studio", "the reorganisation: (private)"),
            ("owed to Priya, not to Priyanka", "owed to (private), not to Priyanka"),
            ("for PRIYA\nNAIR, as Nair, Priya", "for (private), as (private)"),
            ("Nair wants it; ask Nair about NAIR's", "Nair wants it; ask (private) about (private)'s"),
            ("priya is written as a word", "priya is written as a word"),
            ("PRIYA's, PRÍYA-banner, #Priya2026", "(private)'s, (private)-banner, #(private)2026"),
            ("", ""),
        ] {
            assert_eq!(covered(text, &names()), said);
        }
    }

    #[test]
    fn a_room_reads_no_line_about_what_is_private_and_the_lead_reads_all() {
        let lines = vec![
            Line::new("R-2 Film: late").about(["R-2"]),
            Line::new("Talk with Bo, at nine").about(["M-4@2026-11-24"]),
            Line::new("R-5 Poster waits for R-2 Film").about(["R-5", "R-2"]),
            Line::new("3 are late"),
        ];
        let plot = Plot { points: vec![Point::new("R-2 Film", 1.0)], ..Plot::default() };
        let block = Block { plot: Some(plot), ..Block::new("Late", lines) };
        let only = Block::new("Talks", vec![Line::new("Talk").about(["M-4"])]);
        let by_day = Block { heat: Some(HeatTable::default()), ..Block::new("By day", Vec::new()) };
        let mut document = Document { blocks: vec![block, only, by_day], ..Document::default() };
        document.room.private = names();
        let room = document.for_reader(Reader::Room { names_with_hours: true });
        let told: Vec<&str> = room.blocks[0].lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(told, ["R-5 Poster waits for (private)", "3 are late"]);
        assert_eq!(room.blocks.len(), 2, "a part of which nothing is left goes, a table alone stays");
        assert_eq!(room.blocks[0].plot.as_ref().unwrap().points[0].label, "(private)");
        assert_eq!(document.for_reader(Reader::Lead).blocks[0].lines.len(), 4);
        // What is kept in a file or a brief holds no second list of what is private.
        assert!(!serde_json::to_string(&document).unwrap().contains("Priya"));
    }

    #[test]
    fn a_page_by_people_heads_no_part_or_row_with_somebody_private() {
        let rows = vec![HeatRow { name: "Priya Nair".to_owned(), ..HeatRow::default() }];
        let heat = Some(HeatTable { rows, ..HeatTable::default() });
        let block = Block { heat, ..Block::new("Priya Nair", vec![Line::new("two are late")]) };
        let mut document = Document { blocks: vec![block], ..Document::default() };
        document.room.private = names();
        let room = document.for_reader(Reader::Room { names_with_hours: true });
        assert_eq!(room.blocks[0].title, COVERED);
        assert_eq!(room.blocks[0].heat.as_ref().unwrap().rows[0].name, COVERED);
    }

    #[test]
    fn the_lead_before_others_keeps_keys_of_what_is_not_private_alone() {
        let figure = |keys: &[&str]| Figure {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            ..Figure::default()
        };
        let line = Line::new("late").about(["R-2", "R-5"]).with(figure(&["R-2", "R-6"]));
        let gone = Block::new("Talks", vec![Line::new("Talk").about(["M-4"])]);
        let mut document =
            Document { blocks: vec![Block::new("Late", vec![line]), gone], ..Document::default() };
        document.room.private = names();
        let shown = document.without_private();
        assert_eq!(shown.blocks.len(), 1);
        let line = &shown.blocks[0].lines[0];
        assert_eq!(
            (line.keys.as_slice(), line.figures[0].keys.as_slice()),
            (&["R-5".to_owned()][..], &["R-6".to_owned()][..])
        );
    }

    #[test]
    fn a_name_goes_with_its_key_only_where_it_is_one() {
        let mut names = names();
        names.insert("R-9".to_owned(), String::new());
        for (text, said) in [
            ("R-9 waits", "(private) waits"),
            ("R-1 Reorganise it", "(private) Reorganise it"),
            ("for priya nair", "for (private)"),
        ] {
            assert_eq!(covered(text, &names), said);
            assert!(names_private(text, &names));
        }
        assert!(!names_private("for everybody", &names));
    }

    #[test]
    fn on_a_screen_keys_and_last_words_of_people_are_hidden() {
        let places = |text: &str| {
            let cells = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
            let (letters, folded) = (cells(text), cells(&text.to_lowercase()));
            let row = DrawnRow { letters: &letters, folded: &folded, above: &[] };
            hidden_places(&row, &names()).len()
        };
        assert!(places("owed to s-3") > 0 && places("for Mrs Nair") > 0);
        assert_eq!(places("the studio"), 0, "a word of a title is one of the language");
    }
}
