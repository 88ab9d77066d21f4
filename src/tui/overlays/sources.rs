//! Where data comes from again and again: how old what each source brought is, what it offers, and why it failed or
//! sleeps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::menu::{Choice, Menu, Pick};
use super::{FooterKeys, Layer, Response, ViewContext};
use crate::domain::source::{DataSource, OfferedChanges, SourceWay, age_words};
use crate::ops::sheet::FormTarget;
use crate::ops::sources::{LOOK_AGAIN, SourceStatus};
use crate::plain;
use crate::tui::app::action::{Action, Scope};
use crate::tui::app::effect::{Effect, Job, Read, Screen, Write};
use crate::tui::app::snapshot::Snapshot;
use crate::tui::view::columns::{CellText, ListColumn, ListLayout};
use crate::tui::view::list::{Cursor, Step};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::theme::Theme;

/// Rows below the list that tell more of the chosen source.
const TOLD: usize = 5;

const EMPTY: &str = "No source yet. A source is a file, folder, command or address that requests, people, absences or a calendar come from again and again: {add} adds one, and it is read when you say. {import} takes in a file once.";

/// What a row tells of a source.
#[derive(Debug, Clone, Copy)]
enum SourceColumn {
    Name,
    What,
    Place,
    When,
    Age,
    State,
}

const COLUMNS: [ListColumn<SourceColumn>; 6] = [
    ListColumn::growing(SourceColumn::Name, "name", 8, 4).best(24).gap(2),
    ListColumn::growing(SourceColumn::What, "what", 8, 1).best(21).gap(2).leaves(1),
    ListColumn::growing(SourceColumn::Place, "from", 10, 2).best(50).gap(2).leaves(3),
    ListColumn::growing(SourceColumn::When, "when", 7, 5).best(16).gap(2).leaves(2),
    ListColumn::of(SourceColumn::Age, "age", 7).right().gap(2),
    ListColumn::growing(SourceColumn::State, "state", 11, 6).best(64).gap(0),
];

/// The list of sources.
#[derive(Debug, Clone, Default)]
pub struct SourcesPage {
    cursor: Cursor,
}

impl SourcesPage {
    /// Chooses a row.
    pub const fn choose(&mut self, row: usize) {
        self.cursor.choose(row);
    }

    fn chosen<'a>(&self, sight: ViewContext<'a>) -> Option<&'a SourceStatus> {
        sight.snapshot.freshness.all.get(self.cursor.row())
    }

    fn list_height(sight: ViewContext<'_>) -> usize {
        // Its rule and the names of its columns above it, a blank row below.
        sight.height.saturating_sub(3 + TOLD)
    }
}

/// What there is to know first: it is being fetched, sleeps, failed, or offers something.
fn state(status: &SourceStatus, snapshot: &Snapshot, theme: Theme) -> (String, Style) {
    let name = &status.source.name;
    if snapshot.freshness.refreshing.as_ref() == Some(name) {
        return ("being fetched …".to_owned(), theme.dim());
    }
    if status.asleep.is_some() {
        return ("asleep".to_owned(), theme.warn());
    }
    if let Some(error) = &status.state.error {
        return (format!("failed: {error}"), theme.critical());
    }
    match status.offer() {
        Some(_) => {
            let told = status.offered().map_or_else(|| LOOK_AGAIN.to_owned(), OfferedChanges::words);
            (told, theme.accent())
        }
        // What was never read cannot be said to have nothing new.
        None if status.age.is_none() => (String::new(), theme.dim()),
        None => ("nothing new".to_owned(), theme.dim()),
    }
}

fn cell(status: &SourceStatus, column: SourceColumn, (snapshot, theme): (&Snapshot, Theme)) -> CellText {
    let source = &status.source;
    let age = status.age.map_or_else(|| "never".to_owned(), age_words);
    match column {
        SourceColumn::Name => (source.name.clone(), theme.text()),
        SourceColumn::What => (source.what.title().to_owned(), theme.dim()),
        SourceColumn::Place => (source.shown_place(), theme.dim()),
        SourceColumn::When => (status.when_words(), theme.dim()),
        SourceColumn::Age => (age, if status.stale.is_some() { theme.warn() } else { theme.dim() }),
        SourceColumn::State => {
            let (text, style) = state(status, snapshot, theme);
            (plain::harmless(&text).into_owned(), style)
        }
    }
    .into()
}

/// All that is to be said of the chosen source, in sentences.
fn told(status: &SourceStatus, sight: ViewContext<'_>) -> Vec<(String, Style)> {
    let (source, theme) = (&status.source, sight.theme);
    let mut told = Vec::new();
    if let Some((why, hint)) = status.asleep_words() {
        let here = sight.snapshot.hints.say("{confirm-source} lets it run here, if you know what that does.");
        told.push((format!("{why}. {}", if status.can_be_confirmed() { here } else { hint }), theme.warn()));
    }
    if let Some(error) = &status.state.error {
        told.push((error.clone(), theme.critical()));
    }
    // What never brought anything has no data that could be old.
    if let Some(stale) = status.stale.as_ref().filter(|_| status.age.is_some()) {
        told.push((format!("{stale}."), theme.warn()));
    }
    if status.state.needs_look() {
        let here = "An import was taken back or done again since it was read; {refresh-source} looks again.";
        told.push((sight.snapshot.hints.say(here), theme.text()));
    }
    let applies = match (source.applies, status.applies_by_itself) {
        (true, true) => "What is new is taken in by itself.",
        (true, false) => "What it brought last was undone, so it only offers now.",
        (false, _) => "What is new is offered, and comes in when you take it.",
    };
    let line = format!(
        "It reads {}: {}{}, {}. {applies}",
        source.way.title(),
        source.shown_place(),
        source.reading_words(),
        status.when_words()
    );
    told.push((line, theme.text()));
    told
}

/// Asks before a source runs anything here, with what it runs.
fn ask_to_confirm(status: &SourceStatus) -> Menu {
    let name = &status.source.name;
    let confirm = Effect::Screen(Screen::ConfirmSource(name.clone()));
    let choices = vec![
        // It stands first, where the cursor begins: an Enter in haste lets nothing run.
        Choice { key: 'n', label: "no: it stays asleep".to_owned(), pick: Pick::Leave },
        Choice { key: 'y', label: "yes: I know what that does".to_owned(), pick: Pick::Do(confirm) },
    ];
    let title = format!("Let {name} run on this machine: {}", status.source.shown_place());
    Menu::new(plain::harmless(&title).into_owned(), choices)
}

/// Asks before an address goes that no undo brings back.
fn ask_to_remove(status: &SourceStatus) -> Menu {
    // The sentence of the command line would not fit on 80 columns.
    const YES: &str = "yes: an undo brings it back asleep, and its address is gone";
    let remove = Effect::Write(Write::RemoveSource(Box::new(status.source.clone())));
    let choices = vec![
        Choice { key: 'n', label: "no: it stays".to_owned(), pick: Pick::Leave },
        Choice { key: 'y', label: YES.to_owned(), pick: Pick::Do(remove) },
    ];
    let title = format!("Remove {}", status.source.name);
    Menu::new(plain::harmless(&title).into_owned(), choices)
}

/// What wakes a source that sleeps.
fn waking(status: &SourceStatus) -> &'static str {
    if status.can_be_confirmed() {
        "it is asleep; {confirm-source} lets it run here"
    } else if status.source.way == SourceWay::Url {
        "it is asleep; {edit-source} takes its address"
    } else {
        "it is asleep; {edit-source} takes its command anew"
    }
}

fn show_offer(source: &DataSource) -> Response {
    Response::Do(vec![Effect::Job(Job::ShowOffer(Box::new(source.clone()), None))])
}

impl Layer for SourcesPage {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Sources, Scope::Everywhere]
    }

    fn footer(&self) -> FooterKeys {
        &[
            (&[Action::ShowOffer], ""),
            (&[Action::RefreshSource], ""),
            (&[Action::Add], ""),
            (&[Action::EditSource], ""),
            (&[Action::RemoveSource], ""),
            (&[Action::ConfirmSource], ""),
            (&[Action::Back], "close"),
            (&[Action::RefreshDue], ""),
        ]
    }

    fn act(&mut self, action: Action, sight: ViewContext<'_>) -> Response {
        // One may have gone since the last key.
        self.cursor.clamp(&sight.snapshot.freshness.all.len(), Self::list_height(sight));
        if action == Action::RefreshDue {
            let due = sight.snapshot.freshness.all.iter().filter(|status| status.is_due_at_start);
            let due: Vec<String> = due.map(|status| status.source.name.clone()).collect();
            if due.is_empty() {
                return Response::Say(sight.snapshot.hints.say("none is due; {refresh-source} fetches one"));
            }
            return Response::Do(vec![Effect::Screen(Screen::RefreshSources(due))]);
        }
        if let Some(step) = Step::of(action) {
            self.cursor.step(step, &sight.snapshot.freshness.all.len(), Self::list_height(sight));
            return Response::Stay;
        }
        let Some(status) = self.chosen(sight) else { return Response::Ignored };
        match action {
            Action::ShowOffer | Action::RefreshSource if status.asleep.is_some() => {
                Response::Say(sight.snapshot.hints.say(waking(status)))
            }
            Action::ShowOffer => show_offer(&status.source),
            Action::RefreshSource => {
                Response::Do(vec![Effect::Screen(Screen::RefreshSources(vec![status.source.name.clone()]))])
            }
            Action::ConfirmSource if status.asleep.is_none() => {
                Response::Say("it may run on this machine already".to_owned())
            }
            Action::ConfirmSource if !status.can_be_confirmed() => {
                Response::Say(sight.snapshot.hints.say(waking(status)))
            }
            Action::ConfirmSource => Response::Open(ask_to_confirm(status).into()),
            Action::EditSource => {
                Response::Do(vec![Effect::Read(Read::OpenForm(FormTarget::Source(status.source.id)))])
            }
            // Where it can be undone there is no question.
            Action::RemoveSource => match status.removal_words() {
                Some(_) => Response::Open(ask_to_remove(status).into()),
                None => {
                    Response::Do(vec![Effect::Write(Write::RemoveSource(Box::new(status.source.clone())))])
                }
            },
            _ => Response::Ignored,
        }
    }

    fn click(&mut self, row: usize, sight: ViewContext<'_>) -> Response {
        let count = sight.snapshot.freshness.all.len();
        if let Some(row) = row.checked_sub(2) {
            self.cursor.click(row, &count, Self::list_height(sight));
        }
        Response::Stay
    }

    fn draw(&self, buffer: &mut Buffer, area: Rect, sight: ViewContext<'_>) {
        let (theme, snapshot) = (sight.theme, sight.snapshot);
        let all = &snapshot.freshness.all;
        Rule { more: "where data comes from again", ..Rule::over("Sources", theme) }.draw(buffer, area);
        if all.is_empty() {
            paint::say_empty(buffer, paint::below(area, 1), &snapshot.hints.say(EMPTY), theme);
            return;
        }
        // The list may be shorter than at the last key, which is what brings the cursor of the page in line.
        let mut cursor = self.cursor;
        cursor.clamp(&all.len(), Self::list_height(sight));
        let room = usize::from(area.width).saturating_sub(6);
        let sentences = all.get(cursor.row()).map(|status| told(status, sight)).unwrap_or_default();
        let lines: Vec<(String, Style)> = sentences
            .into_iter()
            .flat_map(|(text, style)| {
                plain::wrap(&plain::harmless(&text), room).into_iter().map(move |line| (line, style))
            })
            .take(TOLD)
            .collect();
        let below = u16::try_from(TOLD).unwrap_or(0);
        let list = paint::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(below + 1), ..list };
        let layout = ListLayout::fitted(
            3,
            &COLUMNS,
            usize::from(list.width),
            (all.len(), &|at, column, _| cell(&all[at], column, (snapshot, theme))),
        );
        paint::put(buffer, paint::below(area, 1), 0, &layout.head(theme.dim()));
        cursor.draw(&all.len(), (buffer, list), theme.selected(true), |row| {
            layout.row(|column, _| cell(&all[row], column, (snapshot, theme)))
        });
        // Right below the last row where the list is short, so that the eye need not travel.
        let used = u16::try_from(all.len()).unwrap_or(u16::MAX).min(list.height);
        for (row, (line, style)) in (3 + used..).zip(lines) {
            paint::put(buffer, area, row, &Line::styled(format!("   {line}"), style));
        }
    }
}
