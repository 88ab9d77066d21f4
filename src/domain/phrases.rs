//! How an ask is put: output-worded ("12 banners") or outcome-worded ("lift sign-ups by 8 %"), and a
//! first guess at its tier. Deterministic word lists, so that the screen can say why.

mod list;
mod shipped;
pub mod text;

use super::said;
use super::tier::Tier;
pub use list::WordList;
use text::{Endings, Text};

/// So many words after a verb of change tell what it changes.
const OBJECT: usize = 4;
/// So many words after "more" or "cut" are looked at for people and results.
const NEAR: usize = 6;
/// A subject stands among so many first words of a clause.
const HEAD: usize = 3;
/// So many words may stand between those who do something and what they do.
const BETWEEN: usize = 7;
/// Before people, these tell that something is made for or with them.
const GOVERNING: [&str; 6] = ["for", "with", "by", "about", "at", "to"];
/// Before a verb, these make a noun of it.
const BEFORE_NOUNS: [&str; 9] = ["of", "for", "in", "with", "at", "from", "to", "per", "new"];

/// The word lists; lower case, singles or short phrases. What each is for stands in `phrases/shipped`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Phrases {
    /// Things that are made.
    pub deliverables: WordList,
    /// Parts of things and how they look.
    pub looks: WordList,
    pub making: WordList,
    /// Words that make an ask of a question.
    pub asking: WordList,
    /// What is asked for where no thing is.
    pub talk: WordList,
    /// How a text begins that asks for an answer only, or for nothing.
    pub asides: WordList,
    /// Phrases that always tell a change.
    pub outcomes: WordList,
    /// How a text begins that says what will not happen any more.
    pub ends: WordList,
    /// Verbs of change, which count unless they change a thing.
    pub changes: WordList,
    /// Words that count only before people or results.
    pub degrees: WordList,
    /// What an organisation counts.
    pub results: WordList,
    /// What nobody could notice without a figure.
    pub wishes: WordList,
    /// Those who do or think something new.
    pub people: WordList,
    /// Plurals that look like people and are not.
    pub not_people: WordList,
    /// Words that may follow people without saying what they do.
    pub neutral: WordList,
    /// Verbs that move people.
    pub moving: WordList,
    /// One or many who do something together.
    pub actors: WordList,
    /// What they may do.
    pub deeds: WordList,
    /// Hints for each tier, 0 to 4.
    pub tiers: [WordList; 5],
}

/// How an ask is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// It asks for things and names nothing that changes by them.
    Output,
    /// It says what changes, whatever is made for it.
    Outcome,
    /// It asks for nothing that the lists know.
    Neither,
}

/// True if a text says how many, in digits or words.
pub fn names_a_figure(text: &str) -> bool {
    let text = Text::of(text);
    (0..text.len()).any(|at| text.is_figure(at)) || text.has_digit()
}

impl Phrases {
    /// How a text is put.
    pub fn wording(&self, text: &str) -> Wording {
        let text = Text::of(text);
        if self.names_a_change(&text) {
            Wording::Outcome
        // A change first: "lift sign-ups with twelve banners" names its things, and is not about them.
        } else if self.asks_for_things(&text) {
            Wording::Output
        } else {
            Wording::Neither
        }
    }

    /// True if a text asks for things and names nothing that changes by them.
    pub fn is_output_worded(&self, text: &str) -> bool {
        self.wording(text) == Wording::Output
    }

    /// True if a text names a thing that is made, or a verb of making.
    pub fn names_things(&self, text: &str) -> bool {
        let text = Text::of(text);
        text.has(&self.deliverables, Endings::Noun) || text.has(&self.making, Endings::Verb)
    }

    /// True if a text says what changes for somebody.
    pub fn tells_a_change(&self, text: &str) -> bool {
        self.names_a_change(&Text::of(text))
    }

    /// True if a text says that somebody does something ("shoppers in three cities buy the winter boots"), moves a
    /// figure ("call-backs from 40 to 25 a week"), or makes one of many ("one launch look in 5 markets"), and it is no
    /// count of things.
    pub fn tells_a_deed(&self, text: &str) -> bool {
        let text = Text::of(text);
        self.somebody_does(&text)
            || text.clauses().any(|clause| {
                let is_told = text.moves_a_figure(clause.clone()) || text.makes_one_of_many(clause.clone());
                is_told && !clause.clone().any(|at| self.is_thing(&text, at))
            })
    }

    /// True if somebody could notice it: a figure, people who do something, what an organisation counts, or by when;
    /// a wish such as "awareness" only beside a figure.
    pub fn can_be_noticed(&self, text: &str) -> bool {
        let has_day = said::says_by_when(text);
        let text = Text::of(text);
        let has_figure = (0..text.len()).any(|at| text.is_figure(at) || text.is_share(at));
        let acts = self.lets_people_act(&text) || self.lets_doers_act(&text) || self.somebody_does(&text);
        let counts =
            (has_day || text.has(&self.results, Endings::Noun)) && !text.has(&self.wishes, Endings::None);
        has_figure || acts || counts || text.tells_a_target() || text.makes_one_of_many(0..text.len())
    }

    /// True if a text names a wish such as "awareness" and no figure that it could be noticed by.
    pub fn is_only_a_wish(&self, text: &str) -> bool {
        let text = Text::of(text);
        text.has(&self.wishes, Endings::None)
            && !(0..text.len()).any(|at| text.is_figure(at) || text.is_share(at))
    }

    /// A first guess at the tier: the deepest one whose hints occur; production if none does.
    pub fn guess_tier(&self, text: &str) -> Tier {
        let text = Text::of(text);
        // The deepest tier stands first, so the first whose hints occur is the deepest.
        let hit = Tier::ALL
            .into_iter()
            .find(|tier| text.has(&self.tiers[usize::from(tier.number())], Endings::Verb));
        hit.or(Tier::new(3)).unwrap_or(Tier::ALL[3])
    }

    fn asks_for_things(&self, text: &Text) -> bool {
        if text.has(&self.making, Endings::Verb) {
            return true;
        }
        // "Can we talk about the banners" asks for a talk.
        if text.has(&self.talk, Endings::Verb) {
            return false;
        }
        let names_things = text.has(&self.deliverables, Endings::Noun) || text.is_short_count();
        text.has(&self.asking, Endings::None) || names_things && !text.starts(&self.asides)
    }

    fn names_a_change(&self, text: &Text) -> bool {
        text.has(&self.outcomes, Endings::Verb)
            || self.ends_something(text)
            || self.changes_something(text)
            || text.tells_a_target()
            || self.moves_a_result(text)
            || self.lets_people_act(text)
            || self.lets_doers_act(text)
    }

    /// "No pack is pulled from a shelf", but not "no rush, we need 12 banners".
    fn ends_something(&self, text: &Text) -> bool {
        text.starts(&self.ends)
            && !text.has(&self.asking, Endings::None)
            && !text.has(&self.making, Endings::Verb)
    }

    /// "Reduce the time to decision", but not "reduce the logo".
    fn changes_something(&self, text: &Text) -> bool {
        text.places(&self.changes, Endings::Verb)
            // "The change" is a noun.
            .filter(|place| place.start == 0 || !text.is_determiner(place.start - 1))
            .any(|place| !(place.end..text.reach(place.end, OBJECT)).any(|at| self.is_thing(text, at)))
    }

    fn is_thing(&self, text: &Text, at: usize) -> bool {
        [&self.deliverables, &self.looks].iter().any(|list| text.at(at, list, Endings::Noun).is_some())
    }

    /// "Complaints under 30", "more bookings", "keep admins"; not "sales deck, 20 slides".
    fn moves_a_result(&self, text: &Text) -> bool {
        let is_result = |at: usize| {
            text.at(at, &self.results, Endings::Noun).is_some_and(|end| !self.is_thing(text, end))
        };
        // No thing may follow: "booking form" is made, "bookings" are counted.
        let is_people =
            |at: usize| text.at(at, &self.people, Endings::None).is_some_and(|end| !self.is_thing(text, end));
        let by_degree = text.places(&self.degrees, Endings::Verb).any(|place| {
            let reach = text.reach(place.end, NEAR);
            // "More banners for members" asks for banners: what stands behind the first thing belongs to it.
            let thing = (place.end..reach).find(|at| self.is_thing(text, *at)).unwrap_or(reach);
            (place.end..thing).any(|at| is_result(at) || is_people(at))
        });
        by_degree
            || text.clauses().any(|clause| {
                let has_share = clause.clone().any(|at| text.is_share(at));
                let has_target =
                    has_share || clause.clone().any(|at| text.is_figure(at) || text.is_direction(at));
                let has_thing = clause.clone().any(|at| self.is_thing(text, at));
                clause.clone().any(|at| {
                    is_result(at) && has_target && (has_share || !has_thing) || is_people(at) && has_share
                })
            })
    }

    /// "Patients cancel in time", "get men to volunteer"; not "a card for donors in Leeds".
    fn lets_people_act(&self, text: &Text) -> bool {
        text.places(&self.people, Endings::None).any(|place| {
            let next = place.end;
            let is_deed = self.is_deed(text, next)
                // A word for a thing may be a verb. Before a determiner or another deed it is one: "fans post
                // their pictures".
                || self.is_thing(text, next)
                    && (text.is_determiner(next + 1)
                        || self.is_deed(text, next + 1) && !text.is_break(next + 1));
            // The verb may stand a few words before those whom it moves: "get more young men to volunteer".
            let is_moved = (place.start.saturating_sub(3)..place.start)
                .any(|at| text.at(at, &self.moving, Endings::Verb).is_some_and(|end| end <= place.start));
            is_deed || is_moved && next < text.len() && !text.is_break(next)
        })
    }

    /// "Shippers choose rail": a doer whom no list names, at the head of a clause.
    fn lets_doers_act(&self, text: &Text) -> bool {
        text.clauses().any(|clause| {
            clause.take(HEAD).any(|at| {
                text.is_doers(at)
                    && text.at(at, &self.not_people, Endings::None).is_none()
                    && !self.is_thing(text, at)
                    && self.is_deed(text, at + 1)
            })
        })
    }

    /// An actor and, a few words on in the same clause, what they do. Other texts than answers are not judged by it:
    /// "posters for staff, order by Friday" has both words too.
    fn somebody_does(&self, text: &Text) -> bool {
        text.clauses().any(|clause| {
            clause.clone().any(|at| {
                let Some(next) = self.actor_at(text, at) else { return false };
                let end = clause.end.min(next + BETWEEN);
                // A thing right behind somebody is one noun with them, "customer posters", in which nobody does
                // anything.
                (next..end).take_while(|at| !self.is_thing(text, *at) || *at > next).any(|at| {
                    let is_noun = text.is_determiner(at - 1) || text.is_one_of(at - 1, &BEFORE_NOUNS);
                    !is_noun && text.at(at, &self.deeds, Endings::Noun).is_some()
                })
            })
        })
    }

    /// The word behind those who act at a place, if nothing is made for them.
    fn actor_at(&self, text: &Text, at: usize) -> Option<usize> {
        let is_doers = text.is_doers(at) && text.at(at, &self.not_people, Endings::None).is_none();
        let next = text
            .at(at, &self.people, Endings::None)
            .or_else(|| text.at(at, &self.actors, Endings::Noun))
            .or_else(|| (is_doers && !self.is_thing(text, at)).then_some(at + 1))?;
        // "For the three shoppers" is as much made for them as "for shoppers".
        let before = (0..at).rev().find(|at| !text.is_determiner(*at) && !text.is_figure(*at));
        // "Posters for shoppers": whoever stands behind such a word is who it is for, and does nothing.
        let is_governed = before.is_some_and(|before| text.is_one_of(before, &GOVERNING));
        (!is_governed).then_some(next)
    }

    /// A word after people that may be what they do.
    fn is_deed(&self, text: &Text, at: usize) -> bool {
        at < text.len()
            && !text.is_figure(at)
            && text.at(at, &self.neutral, Endings::None).is_none()
            && !self.is_thing(text, at)
    }
}

#[cfg(test)]
mod tests;
