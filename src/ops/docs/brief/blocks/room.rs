//! Who is in the room, what they will ask, and what we do if.

use super::super::gather::BriefSources;
use super::super::spoken::{Spoken, SpokenPart, SpokenSource};
use super::title;
use crate::domain::day;
use crate::domain::document::{Block, Line};
use crate::domain::influence::Promise;
use crate::domain::measures::number::Number;
use crate::domain::meeting::predictions;
use crate::domain::record::{Kind, RecordKey};
use crate::ops::reflect::stance_words;
use crate::plain;

/// So many people are told of.
const PEOPLE: usize = 4;
/// Columns of a promise.
const PROMISE: usize = 200;
const QUESTIONS: usize = 3;

/// Everybody with what they care about and what we owe them; at last how it went the last time.
pub fn who(it: &BriefSources) -> Block {
    let mut people: Vec<Line> = it.meeting.attendees.iter().map(|name| person(name, it)).collect();
    if people.is_empty() {
        people.push(Line::todo("Nobody is named for this meeting: {edit-meeting} on it says who comes."));
    }
    if people.len() > PEOPLE {
        // Whoever is owed something, or is known, is not left out.
        people.sort_by_key(|line| (line.tone == crate::domain::document::Tone::Plain, line.keys.is_empty()));
        // The last place is for the line that counts the others.
        let rest = people.split_off(PEOPLE - 1);
        let keys: Vec<String> = rest.iter().flat_map(|line| line.keys.clone()).collect();
        people.push(Line::new(format!("and {} more", rest.len())).about(keys));
    }
    people.extend(last_time(it));
    Block::new(title::WHO, people)
}

fn person(name: &str, it: &BriefSources) -> Line {
    let Some(known) = it.books.known(name) else {
        return Line::new(name).hinting("{capture} s files what they care about");
    };
    let owed: Vec<&Promise> = it.books.owed_to(&known.name).collect();
    let cares = known.cares.trim();
    let mut said: Vec<String> = (!cares.is_empty()).then(|| cares.to_owned()).into_iter().collect();
    said.extend(owed.iter().map(|promise| owes(promise, it)));
    let trust = it.books.trust.iter().filter(|trust| trust.stakeholder_id == known.id);
    said.extend(
        trust.max_by_key(|trust| (trust.day, trust.id)).map(|trust| format!("trust {} of 5", trust.level)),
    );
    let text =
        if said.is_empty() { known.name.clone() } else { format!("{}: {}", known.name, said.join(" · ")) };
    let line = if owed.is_empty() { Line::new(text) } else { Line::warn(text) };
    let line =
        if cares.is_empty() { line.hinting("{edit-record} on them says what they care about") } else { line };
    line.about([RecordKey::Numbered(Kind::Stakeholder, known.id.0)])
        .about(owed.iter().map(|promise| promise.id))
}

/// `owed P-1 two costed ways for the film, 4 days late`.
fn owes(promise: &Promise, it: &BriefSources) -> String {
    let when = promise
        .due
        .map_or_else(String::new, |due| format!(", {}", day::due_words(due, it.today, &it.calendar)));
    format!("owed {} {}{when}", promise.id, plain::cut(&promise.text, PROMISE))
}

/// How it went the last time, and what was planned then, where that is not the plan for today anyhow.
fn last_time(it: &BriefSources) -> Option<Line> {
    let entry = it.last.as_ref()?;
    let reflection = &entry.reflection;
    let mut text = format!("Last time: {}", stance_words(reflection.stance));
    let kept = match reflection.kept {
        Some(true) => "; the if-then was kept",
        Some(false) => "; the if-then was not kept",
        None => "",
    };
    text.push_str(kept);
    let (plan, is_noted) = it.if_then();
    if is_noted && !reflection.if_then.is_empty() && reflection.if_then != plan {
        text.push_str("; planned: ");
        text.push_str(&reflection.if_then);
    }
    Some(Line::new(text).about([RecordKey::Meeting(reflection.meeting.clone())]))
}

/// What was expected by the lead, filled up with what the books would make anybody ask.
pub fn questions(it: &BriefSources, shown: &[Number]) -> SpokenPart {
    let (mut lines, mut spoken) = (Vec::new(), Vec::new());
    for prediction in predictions(&it.meeting.predicted).into_iter().take(QUESTIONS) {
        if prediction.answer.is_empty() {
            let line = Line::warn(format!("“{}” → no answer yet", prediction.question));
            let line = line.hinting("{edit-meeting} on the meeting writes it");
            lines.push(line.about([RecordKey::Meeting(it.meeting.key.clone())]));
        } else {
            lines.push(Line::new(format!("“{}” → {}", prediction.question, prediction.answer)));
            spoken.push(Spoken { text: prediction.answer, source: SpokenSource::Predicted });
        }
    }
    // The lead's own expectations come first; the books only fill the places that are left.
    let left = QUESTIONS - lines.len();
    lines.extend(proposed(it, shown).into_iter().take(left));
    if lines.is_empty() {
        let text = "Nothing is expected: {edit-meeting} on the meeting notes question → answer, one a line.";
        lines.push(Line::todo(text).about([RecordKey::Meeting(it.meeting.key.clone())]));
    }
    SpokenPart { block: Block::new(title::QUESTIONS, lines), spoken }
}

/// Questions that the books raise: what is late, what got worse, what lies idle.
fn proposed(it: &BriefSources, shown: &[Number]) -> Vec<Line> {
    let mut lines = Vec::new();
    let late = it.books.promises.iter().filter(|promise| {
        promise.is_open()
            && promise.way == crate::domain::influence::Way::To
            && promise.due.is_some_and(|due| due < it.today)
            // Somebody who is not in the room will hardly ask for it.
            && it.is_in_room(&promise.whom)
    });
    lines.extend(late.map(|promise| {
        let text = format!(
            "Perhaps “What about {}?” → {}: bring it, or name a day",
            promise.text.trim_end_matches(['.', '?']),
            promise.id
        );
        Line::new(text).about([promise.id])
    }));
    lines.extend(shown.iter().filter(|number| number.is_worse()).map(|number| {
        let was = number.was().unwrap_or_default();
        Line::new(format!("Perhaps “Why {}, was {was}?” → say what changes it, and by when", number.said()))
    }));
    for gain in &it.books.gains {
        let left = crate::domain::ledger::balance(gain, &it.books.redirects, it.today).unspoken();
        if left.is_positive() {
            let text =
                format!("Perhaps “What became of the {left} a week?” → {}: name where they go", gain.id);
            lines.push(Line::new(text).about([gain.id]));
        }
    }
    lines
}

/// The plan for this room.
pub fn if_then(it: &BriefSources) -> Block {
    let (text, is_noted) = it.if_then();
    let line = match (text.trim(), is_noted) {
        ("", _) => {
            Line::todo("None yet: {prepare} on the meeting notes it: If they count, then I ask what changes.")
                .about([RecordKey::Meeting(it.meeting.key.clone())])
        }
        (text, true) => Line::new(text),
        (text, false) => Line::new(format!("{text} (from last time)")),
    };
    Block::new(title::IF_THEN, vec![line])
}
