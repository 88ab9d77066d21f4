//! Titles that say themselves that a meeting does not take place. Calendars that are kept by mail rename an event when
//! it is cancelled, and leave its status as it was.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::EventLines;
use super::problems::{CalendarProblem, Problems};
use crate::domain::meeting::{CalendarEvent, MeetingStatus};
use crate::domain::words::fold;

/// What stands before such titles, without case and marks: what mail programs write in their languages.
const WORDS: &[&str] = &[
    "canceled event with note",
    "cancelled event with note",
    "canceled event",
    "cancelled event",
    "canceled",
    "cancelled",
    "abgesagter termin",
    "termin abgesagt",
    "abgesagt",
    "entfallt",
    "fallt aus",
    "storniert",
    "annulation",
    "annule",
    "annulee",
    "evenement annule",
    "reunion annulee",
    "cancelado",
    "cancelada",
    "evento cancelado",
    "reunion cancelada",
    "geannuleerd",
    "geannuleerde afspraak",
    "afgelast",
    "annullato",
    "annullata",
    "evento annullato",
    "cancel·lat",
    "avlyst",
    "avlyst møte",
    "kansellert",
    "aflyst",
    "installd",
    "installt",
    "peruutettu",
    "peruttu",
    "odwolane",
    "odwolano",
    "anulowano",
    "anulowane",
    "zruseno",
    "zrusene",
    "anulat",
    "lemondva",
    "elmarad",
    "iptal edildi",
    "iptal",
    "ακυρωθηκε",
    "otkazano",
    "скасовано",
    "отменено",
    "キャンセル済み",
    "キャンセル",
    "已取消",
    "取消",
    "취소됨",
    "취소",
];

static FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| WORDS.iter().map(|word| fold(word)).collect());

/// A title without what mail programs put before it, and what that says.
pub(super) struct MarkedTitle {
    pub(super) title: String,
    pub(super) is_called_off: bool,
    pub(super) is_declined: bool,
}

impl MarkedTitle {
    pub(super) fn of(title: String) -> Self {
        let off = called_off(&title).map(str::to_owned);
        let is_called_off = off.is_some();
        let title = off.unwrap_or(title);
        let refused = declined(&title).map(str::to_owned);
        let is_declined = refused.is_some();
        Self { title: refused.unwrap_or(title), is_called_off, is_declined }
    }
}

/// What a title calls the meeting that it calls off; `None` if it calls off none.
pub(super) fn called_off(title: &str) -> Option<&str> {
    let title = without_forwarding(title);
    in_capitals(title).or_else(|| marked(title))
}

/// What Outlook puts before the title of a meeting that somebody declined and keeps to see, folded.
const DECLINED: [&str; 6] = ["declined", "abgelehnt", "refuse", "rechazado", "geweigerd", "rifiutato"];

/// What the meeting is called whose title says that it was declined; `None` if it says nothing of that.
fn declined(title: &str) -> Option<&str> {
    let (word, rest) = title.split_once(':')?;
    let rest = rest.trim();
    (!rest.is_empty() && DECLINED.contains(&fold(word.trim()).as_str())).then_some(rest)
}

/// Behind a word in capitals that calls off, a title that is not: "CANCELLED Leadership".
fn in_capitals(title: &str) -> Option<&str> {
    let (word, rest) = title.trim().split_once(' ')?;
    let rest = rest.trim_start();
    // In other letters the word may belong to the title: "Cancelled flights".
    let is_loud = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let is_title = rest.starts_with(|c: char| !c.is_lowercase() && c.is_alphanumeric())
        && rest.chars().any(char::is_lowercase);
    (is_loud && is_title && is_known(word)).then_some(rest)
}

fn is_known(word: &str) -> bool {
    let is_one = |word: &str| FOLDED.contains(&fold(word.trim()));
    // "Cancelled/Postponed" says both.
    is_one(word) || word.split('/').next().is_some_and(is_one)
}

/// What mail programs put before the subject of a mail that is handed on. An answer to a cancellation calls off nothing.
const FORWARDED: [&str; 7] = ["fw", "fwd", "wg", "tr", "rv", "doorst", "vs"];

fn without_forwarding(title: &str) -> &str {
    let mut title = title.trim_start();
    while let Some((word, rest)) = title.split_once(':') {
        if !FORWARDED.contains(&fold(word.trim()).as_str()) {
            break;
        }
        title = rest.trim_start();
    }
    title
}

/// Behind a word that calls off and a sign.
fn marked(title: &str) -> Option<&str> {
    let opened = title.trim_start().trim_start_matches(['[', '(', '*']);
    // The sign behind the word makes it a mark of a mail program and not a subject, as in "Cancelled flights".
    let (at, sign) = opened
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：' | ']' | ')' | '–' | '—' | '*'))
        // A hyphen counts only before a blank or a title: within a word it says nothing.
        .or_else(|| hyphen(opened))?;
    let rest = opened[at + sign.len_utf8()..].trim_start_matches([':', ' ']).trim();
    is_known(opened[..at].trim()).then_some(rest)
}

/// The first hyphen that ends a word.
fn hyphen(text: &str) -> Option<(usize, char)> {
    let ends = |at: &usize| text[at + 1..].starts_with(|c: char| c == ' ' || c.is_uppercase());
    text.match_indices('-').map(|(at, _)| at).find(ends).map(|at| (at, '-'))
}

/// Calls events off of which nothing else is said.
pub(super) fn call_off(events: &mut [CalendarEvent], called_off: &[&EventLines], problems: &mut Problems) {
    let places: HashMap<String, usize> =
        // Backwards, so that of several events with one UID the first is kept.
        events.iter().enumerate().rev().map(|(place, event)| (event.uid.clone(), place)).collect();
    for block in called_off {
        if let Some(place) = places.get(&block.uid()) {
            events[*place].spec.status = MeetingStatus::Cancelled;
        } else {
            let message = "an event of another file is called off, its start not said; left out".to_owned();
            problems.push(CalendarProblem::event_left_out(block.uid(), block.line, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outlook_keeps_of_a_declined_meeting_is_declined() {
        assert_eq!(declined("Declined: Brand council"), Some("Brand council"));
        assert_eq!(declined("Refusé : Comité"), Some("Comité"));
        assert_eq!(declined("Declined offers: review"), None);
        assert_eq!(declined("Declined:"), None);
    }

    #[test]
    fn titles_that_call_off_are_known_in_their_languages_and_subjects_are_left_alone() {
        for title in [
            "Canceled: Weekly",
            "CANCELLED: Weekly",
            "Cancelled event: Weekly",
            "Abgesagt: Weekly",
            "Annulé : Weekly",
            "Annulée: Weekly",
            "Cancelado: Weekly",
            "Geannuleerd: Weekly",
            "Annullato: Weekly",
            "Inställt: Weekly",
            "Odwołane: Weekly",
            "[Cancelled] Weekly",
            "(canceled) Weekly",
            "Cancelled - Weekly",
            "Отменено: Weekly",
            "CANCELLED Weekly",
            "ANNULÉ Weekly",
            "取消: Weekly",
            "キャンセル：Weekly",
            "취소됨: Weekly",
            "Entfällt: Weekly",
            "Termin abgesagt: Weekly",
            "Kansellert: Weekly",
            "Avlyst møte: Weekly",
            "Annulation : Weekly",
            "İptal edildi: Weekly",
            "Lemondva: Weekly",
            "Ακυρώθηκε: Weekly",
            "FW: Canceled: Weekly",
            "WG: Abgesagt: Weekly",
            "Cancelada-Weekly",
            "Cancelled- Weekly",
            "Cancelled/Postponed: Weekly",
        ] {
            assert_eq!(called_off(title), Some("Weekly"), "{title}");
        }
        let handed_on = "fw: ".repeat(20_000) + "Canceled: Weekly";
        assert_eq!(called_off(&handed_on), Some("Weekly"), "however often");
        for title in [
            "CANCELLED FLIGHTS",
            "CANCELLED flights: what now",
            "Cancelled Weekly",
            "Cancelled flights: what now",
            "FW: Weekly",
            "cancelled-flights review",
            "Weekly",
            "Canceled",
            "",
            "Abgesagte Treffen",
            "Re: Canceled: x",
        ] {
            assert_eq!(called_off(title), None, "{title}");
        }
    }
}
