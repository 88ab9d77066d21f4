//! The whole frame: header, panes or what lies over them, and the keys that matter here and now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::plain;
use crate::tui::app::App;
use crate::tui::app::keymap::Resolved;
use crate::tui::app::snapshot::Snapshot;
use crate::tui::overlays::ViewContext;
use crate::tui::panes::{board, intake, load, meetings};
use crate::tui::view::footer;
use crate::tui::view::ghost::Ghost;
use crate::tui::view::header;
use crate::tui::view::layout::{self, Areas, PaneId, SMALLEST};
use crate::tui::view::paint::{self, Rule};
use crate::tui::view::redact;

/// Draws everything.
pub fn draw(app: &App, snapshot: &Snapshot, buffer: &mut Buffer) {
    let screen = buffer.area;
    let Some(areas) = app.areas() else {
        let text = format!(
            "Tablesetter needs {}×{}; this is {}×{}.",
            SMALLEST.0, SMALLEST.1, screen.width, screen.height
        );
        for (row, line) in plain::wrap(&text, usize::from(screen.width)).iter().enumerate() {
            paint::put(buffer, screen, u16::try_from(row).unwrap_or(0), &Line::raw(line.clone()));
        }
        return;
    };
    header::draw(app, snapshot, buffer, areas.header);
    let sight = app.sight(snapshot);
    match app.overlays.last() {
        None => panes(app, snapshot, buffer, &areas, None),
        Some(overlay) => {
            let area = overlay.area(areas.body, sight);
            // A prompt, a menu or a sheet leaves in sight what it is about.
            if overlay.rows(sight).is_some() {
                if let Some(ghost) = overlay.ghost(sight) {
                    beside_load(app, snapshot, (buffer, areas.body), &ghost, area);
                } else {
                    beneath(app, snapshot, buffer, &areas);
                    row_ahead(app, snapshot, (buffer, areas), area);
                }
                // The panes were drawn below it as well, and their letters would show through its blanks.
                blank(buffer, area);
            }
            overlay.draw(buffer, area, sight);
        }
    }
    what_follows(app, buffer, areas.body);
    footer::draw(app, snapshot, buffer, areas.footer);
    if app.presenting.is_on {
        // Over the finished picture, so that no view can forget it.
        redact::screen(app, snapshot, buffer);
    }
    if app.theme.is_ascii {
        // What views draw with signs of their own for ASCII is so already; titles, rules and sentences are not.
        paint::in_ascii(buffer);
    }
}

/// What lies under a prompt: the record that it was opened from, or the panes.
fn beneath(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, areas: &Areas) {
    let sight = app.sight(snapshot);
    // Only the nearest that takes the whole body: whatever lies under that one is covered by it anyway.
    let under = app.overlays.iter().rev().skip(1).find(|overlay| overlay.rows(sight).is_none());
    match under {
        Some(overlay) => overlay.draw(buffer, areas.body, sight),
        None => panes(app, snapshot, buffer, areas, app.load_ahead(snapshot).as_ref()),
    }
}

/// Where the load is not in sight beside a step that would change it, the first row that would be another stands above.
fn row_ahead(app: &App, snapshot: &Snapshot, (buffer, areas): (&mut Buffer, Areas), sheet: Rect) {
    const ROWS: u16 = 3;
    let is_over_panes = app.overlays.len() == 1 && areas.pane(PaneId::Load).is_none();
    let Some(ghost) = app.load_ahead(snapshot).filter(|_| is_over_panes && sheet.y >= areas.body.y + ROWS)
    else {
        return;
    };
    let row = Rect { y: sheet.y - ROWS, height: ROWS, ..sheet };
    blank(buffer, row);
    load::draw_one(&app.load, snapshot, (buffer, row), app.theme, &ghost);
}

/// What lies around a sheet about somebody's load: the queue above it, and beside it the load with what would be added.
/// Where they do not fit beside each other, the one row of the load stands above the sheet.
fn beside_load(
    app: &App,
    snapshot: &Snapshot,
    (buffer, body): (&mut Buffer, Rect),
    ghost: &Ghost,
    sheet: Rect,
) {
    let above = body.height - sheet.height;
    let look = (app.theme, false);
    if !layout::is_beside_load(body) {
        let rows = above.min(3);
        let queue = Rect { height: above - rows, ..body };
        intake::draw(&app.intake, snapshot, (buffer, queue), look);
        let row = Rect { y: queue.bottom(), height: rows, ..body };
        load::draw_one(&app.load, snapshot, (buffer, row), app.theme, ghost);
        return;
    }
    let queue = Rect { width: sheet.width, height: above, ..body };
    intake::draw(&app.intake, snapshot, (buffer, queue), look);
    let right = Rect { x: sheet.width + 1, width: body.width - sheet.width - 1, ..body };
    load::draw(&app.load, snapshot, (buffer, right), look, Some(ghost));
    for y in body.y..body.bottom() {
        let symbol = match y {
            _ if y == body.y => "┬",
            _ if y == sheet.y => "┤",
            _ => "│",
        };
        buffer[(sheet.width, y)].set_symbol(symbol).set_style(app.theme.dim());
    }
}

fn blank(buffer: &mut Buffer, area: Rect) {
    for y in area.y..area.y + area.height {
        for x in area.x..area.x + area.width {
            buffer[(x, y)].reset();
        }
    }
}

/// The panes, with what a step that asks something would do to the load.
fn panes(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, areas: &Areas, ghost: Option<&Ghost>) {
    for pane in PaneId::ALL {
        let is_focused = app.focus == pane;
        if let Some(area) = areas.pane(pane) {
            let look = (app.theme.lit(app.lit == Some(pane)), is_focused);
            match pane {
                PaneId::Intake => intake::draw(&app.intake, snapshot, (buffer, area), look),
                PaneId::Load => load::draw(&app.load, snapshot, (buffer, area), look, ghost),
                PaneId::Meetings => meetings::draw(&app.meetings, snapshot, (buffer, area), look),
                PaneId::Outcomes | PaneId::Change | PaneId::Influence => {
                    if let Some(index) = pane.board() {
                        board::draw(&app.boards[index], snapshot, (buffer, area), look.0);
                    }
                }
            }
        }
        if let Some(area) = areas.lines[pane as usize] {
            let line = match pane {
                PaneId::Intake => intake::summary(&app.intake, snapshot, app.theme),
                PaneId::Load => load::summary(snapshot, app.theme, usize::from(area.width)),
                _ => meetings::summary(snapshot, app.theme),
            };
            paint::put(buffer, area, 0, &line);
        }
    }
    if let Some(area) = areas.page {
        page(app, snapshot, buffer, area);
    }
    divide(app, buffer, areas);
    mark_focus(app, buffer, areas);
}

/// The page of what is chosen, and the line that parts it from the list.
fn page(app: &App, snapshot: &Snapshot, buffer: &mut Buffer, area: Rect) {
    let (width, height) = (usize::from(area.width), usize::from(area.height));
    let sight = ViewContext { height, width, ..app.sight(snapshot) };
    let is_of_something = app.page_of_chosen(snapshot).is_some();
    match app.page.record().filter(|_| is_of_something) {
        Some(record) => record.preview(buffer, area, sight),
        None => Rule::pane("", app.theme, false).draw(buffer, area),
    }
    for y in area.y..area.bottom() {
        let symbol = if y == area.y { "┬" } else { "│" };
        buffer[(area.x - 1, y)].set_symbol(symbol).set_style(app.theme.dim());
    }
}

/// A bar down the left side of the pane that has the keyboard, where it is not the only one: a coloured title alone
/// was not seen. The first column of every pane is free for it.
fn mark_focus(app: &App, buffer: &mut Buffer, areas: &Areas) {
    let shown = PaneId::ALL.iter().filter(|pane| areas.pane(**pane).is_some()).count();
    let Some(area) = areas.pane(app.focus).filter(|_| shown > 1) else { return };
    paint::focus_bar(buffer, area, app.theme);
}

/// A line between the two upper panes when they stand side by side.
fn divide(app: &App, buffer: &mut Buffer, areas: &Areas) {
    let (Some(left), Some(right)) = (areas.pane(PaneId::Intake), areas.pane(PaneId::Load)) else { return };
    // One of them alone has the screen, and nothing is to its left that a line could part it from.
    if left.y != right.y || right.x == 0 {
        return;
    }
    let is_over_page = areas.page.is_some_and(|page| page.y == right.bottom());
    for y in right.y..right.y + right.height {
        let symbol = if y == right.y { "┬" } else { "│" };
        buffer[(right.x - 1, y)].set_symbol(symbol).set_style(app.theme.dim());
    }
    if is_over_page {
        buffer[(right.x - 1, right.bottom())].set_symbol("┼");
    }
}

/// The keys that can follow those that were pressed, over the bottom of the body, each with what it does.
fn what_follows(app: &App, buffer: &mut Buffer, body: Rect) {
    if app.pending.is_empty() {
        return;
    }
    let Resolved::Pending(following) = app.keymap.resolve(app.scopes(), &app.pending) else { return };
    let pressed: Vec<String> = app.pending.iter().map(ToString::to_string).collect();
    // In less than 56 columns most titles would be cut; more than three lists would be read across, not down.
    let wanted = usize::from(body.width / 56).clamp(1, 3);
    // On a low screen titles are cut before a key is left out.
    let fits = |columns: &usize| following.len().div_ceil(*columns) < usize::from(body.height);
    let columns = (wanted..=usize::from(body.width / 10).max(wanted)).find(fits).unwrap_or(wanted);
    let rows = following.len().div_ceil(columns);
    let height = u16::try_from(rows + 1).unwrap_or(body.height).min(body.height);
    let area = Rect { y: body.y + body.height - height, height, ..body };
    blank(buffer, area);
    let title = format!("{} and then", pressed.join(" "));
    Rule::over(&title, app.theme).draw(buffer, area);
    let width = usize::from(body.width) / columns;
    for row in 0..rows {
        let mut spans = Vec::new();
        for (keys, action) in following.iter().skip(row).step_by(rows) {
            spans.push(Span::styled(plain::fit(&format!("  {keys}"), 6), app.theme.accent()));
            spans.push(Span::raw(plain::fit(action.entry().title, width.saturating_sub(7)) + " "));
        }
        paint::put(buffer, area, u16::try_from(row + 1).unwrap_or(0), &Line::from(spans));
    }
}
