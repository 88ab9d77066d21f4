//! Asks as people put them, judged by a person and by the lists.

use proptest::prelude::*;

use super::*;
use crate::config::Config;

/// The lists were mended over these.
const SEEN: &str = include_str!("../../../tests/data/asks.tsv");
/// And never over these.
const HELD_OUT: &str = include_str!("../../../tests/data/asks-held-out.tsv");

#[derive(Default, Debug)]
struct Tally {
    asks: usize,
    output: usize,
    misses: Vec<&'static str>,
    false_alarms: Vec<&'static str>,
}

impl Tally {
    fn of(asks: impl Iterator<Item = (&'static str, &'static str)>, phrases: &Phrases) -> Self {
        let mut tally = Self::default();
        for (judgement, text) in asks {
            let is_output = judgement == "output";
            tally.asks += 1;
            tally.output += usize::from(is_output);
            match (is_output, phrases.is_output_worded(text)) {
                (true, false) => tally.misses.push(text),
                (false, true) => tally.false_alarms.push(text),
                _ => {}
            }
        }
        tally
    }

    fn says(&self) -> String {
        let (misses, alarms) = (self.misses.len(), self.false_alarms.len());
        format!("{misses} of {} missed, {alarms} of {} false alarms", self.output, self.asks - self.output)
    }

    fn is_within(&self, percent: usize) -> bool {
        self.misses.len() * 100 <= self.output * percent
            && self.false_alarms.len() * 100 <= (self.asks - self.output) * percent
    }
}

/// Judgement and text of every ask.
fn asks(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        let judgement = cells.next().unwrap();
        assert!(["output", "outcome", "neither"].contains(&judgement), "{line}");
        (judgement, cells.nth(2).unwrap())
    })
}

#[test]
fn at_most_one_ask_in_ten_is_judged_wrongly_either_way() {
    let phrases = Config::defaults().phrases;
    let (seen, held_out) = (Tally::of(asks(SEEN), &phrases), Tally::of(asks(HELD_OUT), &phrases));
    println!("seen: {}\nheld out: {}", seen.says(), held_out.says());
    println!("seen, missed: {:#?}\nfalse alarms: {:#?}", seen.misses, seen.false_alarms);
    assert!(seen.asks >= 140 && held_out.asks * 5 >= seen.asks, "enough is held out");
    assert!(seen.is_within(10), "{seen:#?}");
    assert!(held_out.is_within(10), "{}", held_out.says());
}

#[test]
fn the_tier_is_guessed_from_the_deepest_hint() {
    let phrases = Config::defaults().phrases;
    let cases = [
        ("Should we sponsor the derby?", 0),
        ("Spring campaign hero film", 1),
        ("Gift guide, 24 pages", 2),
        ("12 banners", 3),
        ("Logo file please, template", 4),
        ("Something else", 3),
    ];
    for (text, tier) in cases {
        assert_eq!(phrases.guess_tier(text).number(), tier, "{text}");
    }
}

#[test]
fn words_are_known_in_their_usual_forms() {
    let phrases = Config::defaults().phrases;
    for text in ["Stories", "three flyers", "retouching of 4 packshots", "to be cropped", "GIFs", "resizes"] {
        assert!(phrases.is_output_worded(text), "{text}");
    }
    for text in ["added", "thing", "adding", "", "…", "reporting line"] {
        assert!(!phrases.is_output_worded(text), "{text}");
    }
}

#[test]
fn a_word_of_ones_own_counts() {
    let config = crate::config::parse("[phrases]\ndeliverables = [\"Zine\"]\npeople = [\"alumni\"]\n").config;
    assert!(config.phrases.is_output_worded("A zine for the open day"));
    assert!(!config.phrases.is_output_worded("A zine, alumni apply again"));
}

proptest! {
    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,80}|[a-z '’.,%0-9-]{0,60}|(more|cut|banner|get|users|%|5|\\| ){0,12}") {
        let phrases = Config::defaults().phrases;
        let _ = (phrases.wording(&text), phrases.guess_tier(&text), phrases.names_things(&text));
    }
}

#[test]
fn letters_are_small_whatever_alphabet_a_text_is_in() {
    for (text, plain) in [
        ("BIG Banner, 1,200 PCS", "big banner | 1,200 pcs"),
        ("BIG Banner für ÉTÉ, 1,200 PCS", "big banner für été | 1,200 pcs"),
    ] {
        assert_eq!(text::Text::plain_of(text), plain);
    }
}
