//! One field of a form: what stood there, what is typed, and what it could be completed to.

use crossterm::event::KeyEvent;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::field::Field;
use crate::domain::reframe;
use crate::domain::source::address;
use crate::domain::words::fold;
use crate::ops::sheet::{self, FieldKind, FieldSpec, FormContext};
use crate::plain;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::ViewContext;
use crate::tui::view::input::TextLine;

/// So many names of a folder stand below a path.
const PATHS: usize = 6;

/// A field.
#[derive(Debug, Clone)]
pub struct FormRow {
    pub spec: &'static FieldSpec,
    before: String,
    input: TextLine,
    /// An address in it is a secret.
    covers_addresses: bool,
    /// What a path can go on with, whole.
    offers: Vec<String>,
}

impl FormRow {
    /// Begins with what stands there.
    pub fn new(spec: &'static FieldSpec, text: String, covers_addresses: bool) -> Self {
        // Lines of their own could not be seen to be replaced.
        let input = if text.contains('\n') { TextLine::new(&text) } else { TextLine::selected(&text) };
        Self { spec, input, before: text, covers_addresses, offers: Vec::new() }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// What stood there when the form was opened.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// Takes over what stands there now, under what is typed.
    pub fn set_before(&mut self, text: &str) {
        text.clone_into(&mut self.before);
    }

    /// True if that is not what stood there.
    pub fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    /// True if one line cannot hold it.
    pub fn is_many_lines(&self) -> bool {
        self.text().contains('\n')
    }

    /// True if what is typed is not to be seen, and kept in no draft: an address, or words around one.
    pub fn is_covered(&self) -> bool {
        let is_address = || self.covers_addresses && address::masked_in(self.text()) != self.text();
        self.spec.kind == FieldKind::Secret || is_address()
    }

    /// What stands for it where it is covered.
    fn redacted(&self, is_ascii: bool) -> String {
        if self.spec.kind == FieldKind::Secret || address::is_one(self.text()) {
            return if is_ascii { "*" } else { "•" }.repeat(self.text().chars().count());
        }
        address::masked_in(self.text())
    }

    /// Offers whole paths for the one that is begun.
    pub fn offer(&mut self, paths: Vec<String>) {
        self.offers = paths;
    }

    /// The values of a closed set, or the names that a path can go on with; and what is typed of one, folded.
    pub fn choices(&self) -> (Vec<String>, String) {
        if self.spec.kind == FieldKind::Place {
            let last = |path: &str| {
                let begin = path.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
                path[begin..].to_owned()
            };
            let begun = self.text().rsplit('/').next().unwrap_or_default();
            return (self.offers.iter().take(PATHS).map(|path| last(path)).collect(), fold(begun));
        }
        // Stored values are one word, joined by hyphens; on the screen they are read with blanks.
        let spaced = |text: &str| text.replace('-', " ");
        (sheet::choices(self.spec).into_iter().map(spaced).collect(), fold(&spaced(self.text())))
    }

    /// Replaces what is typed.
    pub fn set(&mut self, text: &str) {
        self.input = TextLine::new(text);
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
    }

    /// What is wrong, or what was understood. What stood there before is taken as it is.
    pub fn check(&self, around: FormContext<'_>) -> Result<Option<String>, String> {
        let checked = sheet::check(self.spec, self.text(), around);
        // A rule may be newer than the text: what nobody touches here must not keep the rest from being saved.
        if self.is_changed() || self.before.is_empty() { checked } else { Ok(checked.ok().flatten()) }
    }

    /// On leaving the field: an unambiguous beginning of a word becomes the word.
    pub fn complete_word(&mut self, around: FormContext<'_>) {
        if !self.is_changed() || self.text().trim().is_empty() {
            return;
        }
        if let FieldKind::Choice(_) = self.spec.kind
            && let Ok(Some(whole)) = self.check(around)
        {
            self.set(&whole);
        }
    }

    /// Takes a typed key.
    pub fn key(&mut self, key: KeyEvent) {
        self.input.key(key);
    }

    /// Takes the completion if the cursor stands before it; true if it did.
    pub fn complete(&mut self, snapshot: &Snapshot) -> bool {
        let whole = self.completion(snapshot).filter(|_| self.input.is_at_end());
        if let Some(whole) = &whole {
            self.set(whole);
        }
        whole.is_some()
    }

    /// The first thing that is there and begins with what is typed.
    fn completion(&self, snapshot: &Snapshot) -> Option<String> {
        let typed = self.text();
        if typed.trim().is_empty() || self.is_many_lines() {
            return None;
        }
        let known = if self.offers.is_empty() { self.known(snapshot) } else { self.offers.clone() };
        known.into_iter().find(|whole: &String| rest_of(whole, typed).is_some_and(|rest| !rest.is_empty()))
    }

    /// Why an outcome is none yet, as the ladder judges it; it is told and never refused.
    pub fn judgement(&self, snapshot: &Snapshot) -> Option<&'static str> {
        let is_outcome = Field::of(self.spec) == Some(Field::Outcome) && !self.text().trim().is_empty();
        let judged = is_outcome.then(|| reframe::is_good_answer(self.text(), &snapshot.phrases))?;
        judged.err().map(reframe::NotYet::reason)
    }

    /// What stands in this field elsewhere.
    fn known(&self, snapshot: &Snapshot) -> Vec<String> {
        let requests = |of: fn(&crate::domain::request::Request) -> &String| {
            snapshot.rows.iter().map(|row| of(&row.request).clone()).collect()
        };
        let mut known: Vec<String> = match (self.spec.kind, Field::of(self.spec)) {
            (FieldKind::Person, _) => {
                snapshot.team.people.iter().map(|person| person.handle.clone()).collect()
            }
            _ if self.spec.name == "discipline" => {
                snapshot.team.people.iter().map(|person| person.discipline.clone()).collect()
            }
            _ if self.spec.name == "series" => {
                snapshot.known_meetings().into_iter().map(|meeting| meeting.series.clone()).collect()
            }
            _ if self.spec.name == "with" => {
                let known = snapshot.known_meetings().into_iter();
                known.flat_map(|meeting| meeting.attendees.clone()).collect()
            }
            (_, Some(Field::Requester)) => requests(|request| &request.requester),
            (_, Some(Field::Brand)) => requests(|request| &request.brand),
            (_, Some(Field::Channel)) => requests(|request| &request.channel),
            (_, Some(Field::Decider)) => requests(|request| &request.decider),
            (_, Some(Field::Audience)) => requests(|request| &request.audience),
            _ => sheet::choices(self.spec).into_iter().map(str::to_owned).collect(),
        };
        known.sort_unstable();
        known.dedup();
        known
    }

    /// The field in exactly `columns` columns.
    pub fn line(&self, columns: usize, is_here: bool, sight: ViewContext<'_>) -> Line<'static> {
        let theme = sight.theme;
        let style = if self.is_changed() { theme.strong() } else { theme.text() };
        if self.is_covered() {
            return TextLine::new(&self.redacted(theme.is_ascii)).line(columns, is_here, style);
        }
        if self.is_many_lines() {
            let count = self.text().lines().count();
            let first = self.text().lines().find(|line| !line.trim().is_empty()).unwrap_or("");
            let text = format!("{} (… {count} lines)", plain::cut(first, columns.saturating_sub(16)));
            let style = if is_here { theme.selected(true) } else { style };
            return Line::styled(plain::fit(&text, columns), style);
        }
        let rest = self.completion(sight.snapshot).filter(|_| is_here && self.input.is_at_end());
        let Some(rest) = rest else { return self.input.line(columns, is_here, style) };
        let tail = rest_of(&rest, self.text()).unwrap_or_default().to_owned();
        let own = plain::width(self.text()) + 1;
        let mut line = self.input.line(own.min(columns), is_here, style);
        let room = columns.saturating_sub(own);
        // The cursor stands on the first letter of what would be completed.
        let mut letters = tail.chars();
        if let (Some(first), Some(cursor)) = (letters.next(), line.spans.get_mut(1)) {
            cursor.content = plain::harmless(&first.to_string()).into_owned().into();
        }
        line.spans.truncate(2);
        line.spans.push(Span::styled(plain::fit(letters.as_str(), room), theme.dim()));
        line
    }
}

/// What follows in a text behind the letters that are typed, compared as names are: `Özil` begins with `oz`.
fn rest_of<'a>(whole: &'a str, typed: &str) -> Option<&'a str> {
    let typed = fold(typed);
    // Whole letters, or an accent that stands by itself would be parted from its own.
    let mut ends = whole.grapheme_indices(true).map(|(at, letter)| at + letter.len());
    let end = ends.find(|end| fold(&whole[..*end]) == typed)?;
    Some(&whole[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_completed_however_its_letters_are_typed() {
        for (whole, typed, rest) in [
            ("Nguyễn", "nguye", Some("n")),
            ("Nguyễn", "NGUYỄ", Some("n")),
            ("Straße 9", "strass", Some("e 9")),
            ("José", "jose", Some("")),
            ("film", "films", None),
            ("film", "ilm", None),
        ] {
            assert_eq!(rest_of(whole, typed), rest, "{whole} {typed}");
        }
    }
}
