//! Who wrote which part of a text: what is handed on, what is only quoted below, who speaks in a chat, and what is left
//! to be read.

use super::SaidLine;
use super::blocks::{MailHead, block_at, depth, unquoted};
use super::chat;
use super::subject::{Handed, SubjectLine};
use crate::domain::bounds;
use crate::domain::words::fold;

/// So many lines are looked through. A whole history can hang on a mail; what is asked stands at its beginning.
const LINES: usize = 2_000;
/// And in so many bytes of them.
const SAID: usize = 64 << 10;

const FORWARDED: [&str; 11] = [
    "forwarded message",
    "forwarded by",
    "original message forwarded",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten",
    "message transfere",
    "message reexpedie",
    "mensaje reenviado",
    "messaggio inoltrato",
    "mensagem encaminhada",
    "doorgestuurd bericht",
];
const ORIGINAL: [&str; 4] =
    ["original message", "ursprungliche nachricht", "message d'origine", "mensaje original"];
const WROTE: [&str; 8] =
    ["wrote", "schrieb", "a ecrit", "escribio", "ha scritto", "skrev", "schreef", "escreveu"];
const GREETINGS: [&str; 16] = [
    "hi", "hello", "hey", "dear", "hallo", "liebe", "lieber", "guten", "moin", "servus", "bonjour", "salut",
    "hola", "ciao", "good", "morning",
];

/// What a text is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Outline {
    /// The head of the mail that was handed on, the first of them all if it went through several hands.
    pub origin: Option<MailHead>,
    /// Its subject, without marks.
    pub subject: String,
    /// Who speaks first in a chat.
    pub speaker: String,
    /// The first line that says something.
    pub title: String,
    /// Lines that were written to be read.
    pub said: Vec<SaidLine>,
}

/// What is known up to the line that is read next.
struct OutlineState {
    /// The next head is that of a mail which is handed on.
    expects_origin: bool,
    /// From here on all is history below an answer.
    is_history: bool,
    /// How deep the mail that is handed on is quoted itself: some programs quote it whole.
    depth: usize,
    /// Behind `-- ` stands a card, not an ask.
    is_signature: bool,
}

impl Outline {
    /// Reads a text under a subject that says how it was handed; `has_sender` if a head above it says from whom it is.
    pub fn of(words: &str, handed: Handed, has_sender: bool) -> Self {
        let lines: Vec<&str> = bounds::within(words, SAID).lines().take(LINES).collect();
        let mut outline = Self::default();
        // Where no head says from whom it is, a mail within the text was handed on by whoever pasted it.
        let expects_origin = handed == Handed::On || handed == Handed::Unsaid && !has_sender;
        let mut place = OutlineState { expects_origin, is_history: false, depth: 0, is_signature: false };
        let mut at = 0;
        while at < lines.len() {
            at += outline.step(&lines, at, &mut place).max(1);
        }
        // What is quoted may be of any age, so it gives the title only where nothing else is there.
        let own = outline.said.iter().filter(|line| !line.is_quoted).chain(&outline.said);
        // A line of dashes or stars parts a text and is no title of it.
        let worth = |line: &&SaidLine| line.text.chars().any(char::is_alphanumeric);
        let title = own
            .clone()
            .filter(worth)
            .find(|line| !is_greeting(&line.text))
            .or_else(|| own.clone().find(worth));
        outline.title = title.map_or_else(String::new, |line| without_bullet(&line.text).to_owned());
        outline
    }

    /// Takes in what begins at a line, and says how many lines that were.
    fn step(&mut self, lines: &[&str], at: usize, place: &mut OutlineState) -> usize {
        let line = lines[at];
        if let Some(block) = block_at(lines, at) {
            let end = block.end;
            // A signature ends where the next mail begins.
            place.is_signature = false;
            if place.expects_origin && !place.is_history {
                let subject = SubjectLine::read(&block.subject);
                // A mail may have been handed on more than once: the next head is that of an earlier one.
                place.expects_origin = subject.handed == Handed::On;
                place.depth = depth(line);
                if self.subject.is_empty() {
                    self.subject = subject.title;
                }
                self.origin = Some(block);
            } else {
                place.is_history = true;
            }
            return end - at;
        }
        let text = unquoted(line).trim();
        if let Some(is_forward) = divider(text) {
            place.expects_origin |= is_forward && depth(line) <= place.depth;
            return 1;
        }
        let attribution = attribution(lines, at);
        if attribution > 0 {
            return attribution;
        }
        if let Some((speaker, taken)) = chat::speaker(lines, at) {
            if self.speaker.is_empty() {
                self.speaker = speaker.name;
            }
            self.say(speaker.said, line, place);
            return taken;
        }
        // Mail programs write a space behind the dashes, which is often lost on the way.
        if line.trim_end() == "--" {
            place.is_signature = true;
        }
        if !place.is_signature {
            self.say(text, line, place);
        }
        1
    }

    fn say(&mut self, text: &str, line: &str, place: &OutlineState) {
        if !text.is_empty() {
            let is_quoted = place.is_history || depth(line) > place.depth;
            self.said.push(SaidLine { text: text.to_owned(), is_quoted });
        }
    }
}

/// `---------- Forwarded message ---------`: whether a line parts two mails, and if so, whether it hands one on.
fn divider(text: &str) -> Option<bool> {
    // Without a rule around it the words are part of a sentence: "see the original message".
    let is_ruled = text.starts_with("--") || text.starts_with("__") || text.ends_with(':');
    if text.len() > 90 || !is_ruled {
        return None;
    }
    let folded = fold(text);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if says(&FORWARDED) { Some(true) } else { says(&ORIGINAL).then_some(false) }
}

/// `On Fri, 20 Nov 2026, Bo Ek wrote:`: how many lines that takes, which may be two; nothing if it is none.
fn attribution(lines: &[&str], at: usize) -> usize {
    let ends = |line: &str| {
        let folded = fold(unquoted(line).trim());
        let Some(head) = folded.strip_suffix(':') else { return false };
        // Some languages put the name behind the verb, `schrieb Bo Ek:`, so the verb is looked for near the
        // end.
        let tail = &head[head.ceil_char_boundary(head.len().saturating_sub(60))..];
        folded.len() < 300
            && WROTE.iter().any(|word| head.ends_with(word) || tail.contains(&format!(" {word} ")))
    };
    let begins = |line: &str| {
        let text = unquoted(line);
        ["On ", "Am ", "Le ", "El ", "Il ", "Den ", "Op ", "Em "].iter().any(|word| text.starts_with(word))
            && text.chars().any(|c| c.is_ascii_digit())
    };
    if ends(lines[at]) {
        1
    } else if begins(lines[at]) && lines.get(at + 1).is_some_and(|next| ends(next)) {
        2
    } else {
        0
    }
}

/// A line that says nothing but whom it greets.
fn is_greeting(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first =
        words.first().map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric()))).unwrap_or_default();
    // A longer line, or one with a question mark, says something besides: "Hi, is the film done?"
    words.len() <= 4 && GREETINGS.contains(&first.as_str()) && !text.ends_with('?')
}

fn without_bullet(text: &str) -> &str {
    let bare = text.trim_start_matches(['-', '*', '•', '–', '#', '·']).trim_start();
    if bare.is_empty() { text } else { bare }
}
