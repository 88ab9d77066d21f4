//! What plain words of a typed line say without a doubt: `by friday`, `for Owen`, `4h a week`. Each is offered with what
//! sets it, and changes nothing before it is taken: they may as well be words of a title.

mod sentence;
mod targets;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::days::read_day;
use super::duration::parse_duration;
use super::token::{self, Token, tokens};
use super::{ParseContext, fold};
use crate::domain::day::plus;
use crate::domain::matching::NameIndex;
use crate::domain::minutes::Minutes;
use targets::SettableWord;
pub use targets::{OfferTargets, takes_sentences};

/// The most words that say a day: `friday 4 december 2026`.
const DAY_WORDS: usize = 4;
/// What stands before the day that is the last one; `before friday` would be another day, so it is not among them. In
/// French a deadline is said so.
const BY: [&str; 8] = ["by", "until", "due", "bis", "hasta", "avant", "d'ici", "jusqu'au"];
/// What stands before whoever it is for.
const FOR: [&str; 4] = ["for", "fur", "pour", "para"];
/// What makes an amount of work one that comes back each week.
const EACH_WEEK: [&[&str]; 7] = [
    &["a", "week"],
    &["per", "week"],
    &["each", "week"],
    &["pro", "woche"],
    &["die", "woche"],
    &["par", "semaine"],
    &["por", "semana"],
];

/// Words of a line that could be what sets a field. Where they can mean two things, each is an offer of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOffer {
    /// Where they stand, in letters.
    pub letters: Range<usize>,
    /// As they were typed.
    pub words: String,
    /// What sets it: `due:friday`, `requester:"Owen Price"`.
    pub sets: String,
}

impl LineOffer {
    /// The line with what sets it in the place of the words.
    pub fn taken(&self, line: &str) -> String {
        let before: String = line.chars().take(self.letters.start).collect();
        let behind: String = line.chars().skip(self.letters.end).collect();
        format!("{before}{}{behind}", self.sets)
    }
}

/// Whom a line can name: the team with their handles, stakeholders with their names, by their places.
pub struct LineNames<'a> {
    pub team: &'a NameIndex,
    pub handles: &'a [String],
    pub stakeholders: &'a NameIndex,
    pub stakeholder_names: &'a [String],
}

/// What a line offers, in its order.
pub fn offers(
    text: &str,
    targets: &OfferTargets,
    context: &ParseContext,
    names: &LineNames<'_>,
) -> Vec<LineOffer> {
    let tokens = tokens(text);
    let line = TypedLine { tokens: &tokens, targets, context, names };
    let mut offers = Vec::new();
    let mut is_taken_until = 0;
    for at in 0..tokens.len() {
        // Words that were offered are not the beginning of another offer: `4h a week by friday` has two.
        if at < is_taken_until {
            continue;
        }
        let Some((count, sets)) = line.at(at) else { continue };
        is_taken_until = at + count;
        let letters = tokens[at].at..tokens[at + count - 1].end;
        let words: String = text.chars().skip(letters.start).take(letters.len()).collect();
        let offer = |sets| LineOffer { letters: letters.clone(), words: words.clone(), sets };
        offers.extend(sets.into_iter().map(offer));
    }
    offers
}

/// What a text that is a day and nothing else could mean, if that is more than one.
pub fn day_offers(text: &str, context: &ParseContext) -> Vec<LineOffer> {
    let offer =
        |said| LineOffer { letters: 0..text.chars().count(), words: text.trim().to_owned(), sets: said };
    at_odds(text, context).into_iter().map(offer).collect()
}

/// The days that a text could mean, each as it is typed alone; none where it means one or none.
fn at_odds(text: &str, context: &ParseContext) -> Vec<String> {
    match read_day(text, context) {
        Err(error) => error.could_be.into_iter().map(|reading| reading.said).collect(),
        Ok(_) => Vec::new(),
    }
}

/// The folded text of a word that stands in no quotes.
fn folded_word(token: &Token) -> Option<String> {
    (!token.is_quoted).then(|| fold(token.text.trim_end_matches([',', '.', ';'])))
}

fn begins_with(words: &[Token], first: &[&str]) -> bool {
    words.first().and_then(folded_word).is_some_and(|word| first.contains(&word.as_str()))
}

fn in_quotes(value: &str) -> String {
    if value.contains(char::is_whitespace) { token::quoted(value) } else { value.to_owned() }
}

/// A line with all that it takes to read it.
struct TypedLine<'a> {
    tokens: &'a [Token],
    targets: &'a OfferTargets,
    context: &'a ParseContext,
    names: &'a LineNames<'a>,
}

impl TypedLine<'_> {
    /// How many words from a place on mean something, and what would set it.
    fn at(&self, at: usize) -> Option<(usize, Vec<String>)> {
        let rest = &self.tokens[at..];
        self.of_words(rest).or_else(|| self.sentence(rest).map(|(count, sets)| (count, vec![sets])))
    }

    /// The same of plain words.
    fn of_words(&self, rest: &[Token]) -> Option<(usize, Vec<String>)> {
        let one = |(count, sets)| (count, vec![sets]);
        let day = || self.day(rest);
        let odds = || self.odds(&rest[0]).map(|sets| (1, sets));
        let unquoted = || self.unquoted(rest);
        odds()
            .or_else(unquoted)
            .or_else(day)
            .or_else(|| self.who(rest).map(one))
            .or_else(|| self.rate(rest).map(one))
    }

    /// What the line gives a target by its name or its mark: what is said so is not offered again from words.
    fn said<'t>(&'t self, target: &SettableWord) -> Option<&'t str> {
        self.tokens.iter().find_map(|token| target.value(token))
    }

    fn open<'t>(&self, target: Option<&'t SettableWord>) -> Option<&'t SettableWord> {
        target.filter(|target| self.said(target).is_none())
    }

    fn day(&self, words: &[Token]) -> Option<(usize, Vec<String>)> {
        let target = self.open(self.targets.by.as_ref())?;
        let (count, days) = self.last_day(words)?;
        let sets = days.iter().map(|day| format!("{}{}", target.sets, in_quotes(day)));
        Some((count, sets.collect()))
    }

    /// The days that words such as `by friday` can say, and how many words that are.
    fn last_day(&self, words: &[Token]) -> Option<(usize, Vec<String>)> {
        if !begins_with(words, &BY) {
            return None;
        }
        // The longest reading is the one that was meant: `by 4 dec` is no fourth of this month.
        let most = DAY_WORDS.min(words.len() - 1);
        (1..=most).rev().find_map(|count| {
            let said: Option<Vec<&str>> =
                words[1..=count].iter().map(|word| (!word.is_quoted).then_some(word.text.as_str())).collect();
            let said = said?.join(" ");
            let day = said.trim_end_matches([',', '.', ';']);
            // A bare number may be a count of anything: `by 4 designers`.
            if day.chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            let days = match read_day(day, self.context) {
                Ok(_) => vec![day.to_owned()],
                Err(_) => at_odds(day, self.context),
            };
            (!days.is_empty()).then_some((count + 1, days))
        })
    }

    /// A day behind its name that could be two: `due:mar`, `due:<mar`, `due:mar..apr`.
    fn odds(&self, word: &Token) -> Option<Vec<String>> {
        let (name, value) = word.text.split_once(':').filter(|_| !word.is_quoted)?;
        if !self.targets.days.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        // A list or a range is mended in one place at a time: once it was taken, the next is offered.
        let mut begin = 0;
        let ends = value.match_indices(['|', '.', ',']).map(|(at, sign)| (at, at + sign.len()));
        for (end, next) in ends.chain([(value.len(), value.len())]) {
            let part = &value[begin..end];
            let bare = part.trim_start_matches(['<', '>', '=', '≤', '≥']);
            let (before, behind) = (&value[..end - bare.len()], &value[end..]);
            let days = at_odds(bare, self.context);
            if !days.is_empty() {
                let sets =
                    days.iter().map(|day| format!("{name}:{}", in_quotes(&format!("{before}{day}{behind}"))));
                return Some(sets.collect());
            }
            begin = next;
        }
        None
    }

    /// A day of several words behind its name, which without quotes ends at the first: `due:next week`.
    fn unquoted(&self, words: &[Token]) -> Option<(usize, Vec<String>)> {
        let (name, value) = words[0].text.split_once(':').filter(|_| !words[0].is_quoted)?;
        let first = value.trim_start_matches(['<', '>', '=', '≤', '≥']);
        let is_day_of = |known: &&str| known.eq_ignore_ascii_case(name);
        // Where the first word is a day, those behind it are of the title: `due:fri next`.
        if first.is_empty()
            || !self.targets.days.iter().any(is_day_of)
            || read_day(first, self.context).is_ok()
        {
            return None;
        }
        let most = DAY_WORDS.min(words.len()) - 1;
        (1..=most).rev().find_map(|count| {
            let behind: Option<Vec<String>> = words[1..=count].iter().map(folded_word).collect();
            let day = format!("{first} {}", behind?.join(" "));
            let sign = &value[..value.len() - first.len()];
            let sets = || format!("{name}:{}", in_quotes(&format!("{sign}{day}")));
            read_day(&day, self.context).is_ok().then(|| (count + 1, vec![sets()]))
        })
    }

    /// One whom the words mean alone: a stakeholder who asks, or one of the team who does it.
    fn who(&self, words: &[Token]) -> Option<(usize, String)> {
        // Somebody of the team may be one more to those who do it, so that is offered whoever does it already.
        let asks = self.open(self.targets.asks.as_ref());
        if !begins_with(words, &FOR) || asks.is_none() && self.targets.team.is_none() {
            return None;
        }
        let most = 2.min(words.len() - 1);
        (1..=most).rev().find_map(|count| {
            let said = &words[1..=count];
            let is_name = |word: &Token| !word.is_quoted && word.text.starts_with(char::is_uppercase);
            if !said.iter().all(is_name) {
                return None;
            }
            let name = said.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            Some((count + 1, self.meant(name.trim_end_matches([',', '.', ';']))?))
        })
    }

    fn meant(&self, name: &str) -> Option<String> {
        let names = self.names;
        let in_index = |index: &NameIndex| match index.exactly(name).one() {
            Some(place) => vec![place],
            None => index.by_word(name),
        };
        let of = |is_asked, index| if is_asked { in_index(index) } else { Vec::new() };
        let asks = of(self.targets.asks.is_some(), names.stakeholders);
        let does = of(self.targets.team.is_some(), names.team);
        match (asks.as_slice(), does.as_slice()) {
            ([place], []) => {
                let target = self.open(self.targets.asks.as_ref())?;
                // A name with a quote in it could not be typed in quotes.
                let name = names.stakeholder_names.get(*place).filter(|name| !name.contains('"'))?;
                Some(format!("{}{}", target.sets, in_quotes(name)))
            }
            ([], [place]) => names.handles.get(*place).map(|handle| format!("@{handle}")),
            // Both ask and do: it could mean two things.
            _ => None,
        }
    }

    /// So many hours a week: what a field for just that takes, and of an estimate what there is until the last day.
    fn rate(&self, words: &[Token]) -> Option<(usize, String)> {
        let target = self.open(self.targets.hours.as_ref())?;
        let (count, weekly) = weekly(words, self.context)?;
        let amount = if self.targets.is_weekly { weekly } else { self.until_due(weekly)? };
        Some((count, format!("{}{amount}", target.sets)))
    }

    fn until_due(&self, weekly: Minutes) -> Option<Minutes> {
        // What is written as a field counts; plain words may still be taken; the day it has had so far is the last resort.
        let said = self.targets.by.as_ref().and_then(|by| self.said(by));
        let offered = || {
            let mut days = (0..self.tokens.len()).filter_map(|at| self.last_day(&self.tokens[at..]));
            days.next()
                .and_then(|(_, days)| read_day(&days[0], self.context).ok().filter(|_| days.len() == 1))
        };
        let due = match said {
            Some(day) => read_day(day, self.context).ok(),
            None => offered().or(self.targets.due),
        };
        let last = due.filter(|due| *due >= self.context.today)?;
        // Today counts as well as the last day, where it is a working day.
        let days = self.context.calendar.between(plus(self.context.today, -1), last);
        // A week of work has five days here, whatever the contract of whoever will do it.
        let total = Minutes(weekly.0 * days / 5);
        (total.0 > 0).then_some(total)
    }
}

/// How many words say so many hours a week, and how many.
fn weekly(words: &[Token], context: &ParseContext) -> Option<(usize, Minutes)> {
    let folded: Vec<String> = words.iter().take(4).map_while(folded_word).collect();
    let amount = folded.first().filter(|amount| amount.starts_with(|c: char| c.is_ascii_digit()))?;
    // `4h a week`, and `4 hours a week`.
    let (count, amount) = if amount.ends_with(char::is_alphabetic) {
        (1, amount.clone())
    } else {
        (2, format!("{amount} {}", folded.get(1)?))
    };
    let behind: Vec<&str> = folded.iter().skip(count).map(String::as_str).collect();
    let form = EACH_WEEK.iter().find(|form| behind.starts_with(form))?;
    Some((count + form.len(), parse_duration(&amount, context.day).ok()?))
}
