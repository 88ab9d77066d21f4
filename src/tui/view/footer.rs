//! The footer: the rule in which notices are told, and the keys that matter here and now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::plain;
use crate::tui::app::App;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::keymap::Keymap;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::{FooterKeys, Overlay};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::redact;

/// A rule with what was told last and what is to be known of the page, and the keys; or a longer notice in the rows that it takes.
pub fn draw(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let theme = app.theme;
    let footnote = app.overlays.last().and_then(|overlay| overlay.footnote(app.sight(snapshot)));
    if notice((app, snapshot), &footnote.unwrap_or_default(), buffer, area) > 1 {
        return;
    }
    let width = usize::from(area.width);
    let keys = keys(app, snapshot);
    // Where the keyboard is kept, help is not to be had.
    let keeps_keyboard = app.overlays.last().is_some_and(Overlay::keeps_keyboard);
    let help = app.keymap.hint(Action::Help).filter(|_| !keeps_keyboard).unwrap_or_default().to_owned();
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    // The key of help stands last and is never the one that has no room.
    let last = 2 + plain::width(&help) + 4;
    for (key, word) in keys {
        let wide = plain::width(&key) + 1 + plain::width(&word) + 2;
        if used + wide + last > width {
            // The keys stand in the order in which they matter: none takes the place of a longer one before it.
            break;
        }
        used += wide;
        spans.push(Span::styled(key, theme.accent()));
        spans.push(Span::raw(format!(" {word}  ")));
    }
    if !help.is_empty() {
        spans.push(Span::styled(help, theme.accent()));
        spans.push(Span::raw(" all"));
    }
    paint::put(buffer, area, 1, &Line::from(spans));
}

/// So many rows a notice takes at most.
const NOTICE: usize = 4;

/// The rule with what was told last, and how many rows that took. What does not fit it goes on in place of the keys and
/// over what is above: the next key gives these rows back.
fn notice((app, snapshot): (&App, &Snapshot), footnote: &str, buffer: &mut Buffer, area: Rect) -> usize {
    let theme = app.theme;
    let (text, style) = match &app.toast {
        Some(toast) if toast.is_alarm => (toast.text.as_str(), theme.critical()),
        Some(toast) => (toast.text.as_str(), theme.text()),
        None => ("", theme.text()),
    };
    let width = usize::from(area.width);
    // Before it is parted into rows: the screen is covered row by row, and half a name is no name there.
    let told = told(&redact::text(app, snapshot, text), width);
    let rows = u16::try_from(told.len()).unwrap_or(area.height).max(area.height);
    let area = Rect { y: area.bottom().saturating_sub(rows), height: rows, ..area };
    let first = told.first().map_or("", String::as_str);
    // What was told goes before what is always so.
    let right = if Rule::takes("", first, footnote) > width { "" } else { footnote };
    let text = if first.is_empty() { theme.dim() } else { style };
    Rule { title: "", more: first, right, line: theme.dim(), strong: style, text }.draw(buffer, area);
    for (row, text) in (1..).zip(told.iter().skip(1)) {
        let blank = width.saturating_sub(plain::width(text) + 3);
        let line = Line::styled(format!("   {text}{}", " ".repeat(blank)), style);
        paint::put(buffer, area, row, &line);
    }
    told.len()
}

/// A notice in the rows that it takes, the last one cut where even they do not hold it.
fn told(text: &str, width: usize) -> Vec<String> {
    let room = width.saturating_sub(6);
    let mut rows = plain::wrap(&plain::harmless(text), room);
    if rows.len() > NOTICE {
        let rest = rows.split_off(NOTICE - 1).join(" ");
        rows.push(plain::cut(&rest, room));
    }
    rows
}

/// The actions of the footer on a record of the books.
const ON_RECORDS: &[Action] = &[
    Action::OpenEntry,
    Action::StepEntry,
    Action::Mark,
    Action::Add,
    Action::EditEntry,
    Action::EndEntry,
    Action::Tie,
    Action::Capture,
    Action::NextPane,
    Action::Cockpit,
    Action::Undo,
];

/// The actions of the footer over requests.
const ON_REQUESTS: &[Action] = &[
    Action::OpenRequest,
    Action::Add,
    Action::SetTier,
    Action::SetOutcome,
    Action::Assign,
    Action::Clarify,
    Action::Decline,
    Action::Filter,
    Action::Standup,
    Action::Brief,
    Action::Review,
    Action::Undo,
    Action::NextPane,
    Action::Zoom,
    Action::Reflect,
    Action::SetEstimate,
    Action::SetDue,
    Action::SetStage,
    Action::Mark,
    Action::Edit,
];

/// The actions of the footer, by where the keyboard is.
fn offered(scope: Option<Scope>) -> &'static [Action] {
    use Action::{
        Add, AddAbsence, AddHoliday, Back, ByDiscipline, BySeries, EditMeeting, EditPerson, Filter,
        LoadEarlier, LoadLater, MeetingsEarlier, MeetingsLater, NextPane, OpenCell, OpenMeeting, OpenPerson,
        Prepare, Reflect, Reshape, SetKind, TakeAway, Undo, WaveReflection, Weeks, Zoom,
    };
    match scope {
        Some(Scope::Requests) => ON_REQUESTS,
        Some(Scope::Load) => &[
            OpenCell,
            OpenPerson,
            Weeks,
            ByDiscipline,
            LoadEarlier,
            LoadLater,
            Reshape,
            NextPane,
            Zoom,
            Add,
            Filter,
            Undo,
        ],
        Some(Scope::People) => {
            &[OpenPerson, EditPerson, TakeAway, Add, AddAbsence, AddHoliday, Reshape, Undo]
        }
        Some(Scope::Meetings) => &[
            OpenMeeting,
            Reflect,
            Prepare,
            WaveReflection,
            SetKind,
            BySeries,
            EditMeeting,
            MeetingsEarlier,
            MeetingsLater,
            NextPane,
            Zoom,
            Add,
            Undo,
        ],
        Some(Scope::Records) => ON_RECORDS,
        _ => &[Back],
    }
}

fn keys(app: &App, snapshot: &Snapshot) -> Vec<(String, String)> {
    if !app.pending.is_empty() {
        // What could follow is listed above already; how to get out of it is not.
        let hint = |action: Action, does: &str| Some((app.keymap.hint(action)?.to_owned(), does.to_owned()));
        return hint(Action::Back, "leave as it was").into_iter().collect();
    }
    let footer = app.overlays.last().map_or(&[][..], |overlay| overlay.footer());
    if !footer.is_empty() {
        return overlay_keys(footer, &app.keymap);
    }
    // What can be done is named by the kind of record, on its page as in its list.
    let is_own = |scope: &&Scope| !matches!(scope, Scope::Page | Scope::Reading | Scope::Everywhere);
    let own = app.scopes().iter().find(is_own);
    let scope = own.copied();
    let mut actions = offered(scope).to_vec();
    if !app.overlays.is_empty() {
        // On an open page these are done or belong to the list below.
        actions.retain(|action| {
            !matches!(
                action,
                Action::OpenRequest
                    | Action::OpenMeeting
                    | Action::OpenEntry
                    | Action::Mark
                    | Action::Filter
                    | Action::NextPane
                    | Action::Zoom
            )
        });
        actions.insert(0, Action::Back);
    }
    // Where a page offers nothing of its own, `Back` is there twice.
    actions.dedup();
    let hint = |action: Action| Some((app.keymap.hint(action)?.to_owned(), action.entry().short.to_owned()));
    let mut keys: Vec<_> = actions.into_iter().filter_map(hint).collect();
    if app.scopes().contains(&Scope::Page) {
        // Both in one, as to go on and to go back are the same wish; what is done to this record comes before.
        let next = overlay_keys(&[(&[Action::NextRecord, Action::PreviousRecord], "")], &app.keymap);
        let undo = hint(Action::Undo);
        let at = keys.iter().position(|key| Some(key) == undo.as_ref()).unwrap_or(1.min(keys.len()));
        keys.splice(at..at, next);
    }
    if app.overlays.last().is_some_and(|overlay| overlay.leads(app.sight(snapshot))) {
        // Behind the first, which leads back, and in front of what is done less often.
        keys.splice(1.min(keys.len())..1.min(keys.len()), hint(Action::Follow));
    }
    keys
}

/// The footer of an overlay: what is typed there, and the keys of actions as far as they have any.
fn overlay_keys(footer: FooterKeys, keymap: &Keymap) -> Vec<(String, String)> {
    let said = |(actions, word): &(&[Action], &str)| {
        if actions.is_empty() {
            // One word alone is no key.
            let (what, does) = word.split_once(' ').unwrap_or(("", word));
            return Some((what.to_owned(), does.to_owned()));
        }
        let keys: Vec<&str> = actions.iter().filter_map(|action| keymap.hint(*action)).collect();
        let short = actions.first().map_or("", |action| action.entry().short);
        let word = if word.is_empty() { short } else { word };
        (!keys.is_empty()).then(|| (keys.join(" "), word.to_owned()))
    };
    footer.iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_takes_the_rows_that_it_needs_and_no_more_than_four() {
        assert_eq!(told("Undid: tier 2", 80), ["Undid: tier 2"]);
        assert_eq!(told("", 80), [""]);
        let long = "word ".repeat(30);
        let rows = told(&long, 80);
        let words: usize = rows.iter().map(|row| row.split_whitespace().count()).sum();
        assert_eq!((rows.len(), words), (3, 30));
        let endless = told(&"word ".repeat(200), 60);
        assert_eq!(endless.len(), NOTICE);
        assert!(endless[3].ends_with('…') && endless.iter().all(|row| plain::width(row) <= 54));
    }
}
