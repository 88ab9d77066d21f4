//! People as records: one person, everybody with when they are away, and what lies in a cell of the load.

use ratatui::style::Style;
use ratatui::text::Line;

use super::Link;
use super::page::{LABEL, Page, Shown, past};
use crate::domain::day;
use crate::domain::load::HeldShare;
use crate::domain::load::held::ShareHours;
use crate::domain::person::{Absence, Person};
use crate::domain::record::{FieldKind, FieldSpec, Fields, Record};
use crate::domain::source::SourceWhat;
use crate::domain::stage::Stage;
use crate::ops::detail::PersonDetail;
use crate::ops::load::cell::{CellPlan, CellWork};
use crate::ops::sheet::{FormTarget, week_text};
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::{ListColumn, ListTable};

/// One person with all that touches them.
pub fn person(detail: &PersonDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (person, today) = (&detail.person, sight.snapshot.today());
    let mut page = Page::new(width, sight.theme);
    let is_told = |field: &&FieldSpec| field.kind == FieldKind::Text && field.is_in_form();
    // Name and handle stand above already.
    for field in Person::FIELDS.iter().filter(is_told).skip(2) {
        page.text(field.title, &person.get(field.name));
    }
    page.text("Planned", &format!("{} % of the time", person.factor.0));
    if person.is_role {
        page.text("Placeholder", "stands for somebody not yet found");
    }
    let near = |day| day::day_near(day, today);
    page.text("First day", &person.first_day.map_or_else(String::new, near));
    page.text("Last day", &person.last_day.map_or_else(String::new, near));
    page.gap();
    for contract in &person.contracts {
        page.text("Hours", &format!("{}  from {}", week_text(&contract.week), near(contract.from)));
    }
    if person.contracts.is_empty() {
        let hours = person.week_told(sight.snapshot.today());
        page.text("Hours", &format!("{hours}, as nothing else is said"));
    }
    stale(&mut page, "From", SourceWhat::People, sight);
    page.head("Holds");
    for (share, hours) in &detail.shares {
        let own = &share.allocation;
        let text =
            format!("{} {}  {}", own.request, plain::cut(&share.title, 40), share_text(share, *hours, sight));
        page.link(&near(own.to), &text, Link::Share(own.id, own.request, own.person));
    }
    if detail.shares.is_empty() {
        page.text("", "nothing");
    }
    page.head("Away");
    stale(&mut page, "", SourceWhat::Absences, sight);
    for absence in &detail.absences {
        away(&mut page, absence, "", sight);
    }
    if detail.absences.is_empty() {
        page.text("", &sight.snapshot.hints.say("never, as far as is known: {add-absence} adds an absence"));
    }
    past(&mut page, &detail.history, sight);
    page.lines
}

fn share_text(held: &HeldShare, hours: ShareHours, sight: ViewContext<'_>) -> String {
    let share = &held.allocation;
    let hours = match held.stage {
        Stage::OnHold => format!("{} on hold", hours.by_plan),
        Stage::InReview => "in review".to_owned(),
        _ if hours.is_asked => "hours left?".to_owned(),
        _ if hours.is_unknown => "not estimated".to_owned(),
        _ if hours.left == hours.hours => hours.left.to_string(),
        _ => format!("{} of {} left", hours.left, hours.hours),
    };
    let today = sight.snapshot.today();
    let window = format!("{}–{}", day::day_near(share.from, today), day::day_near(share.to, today));
    let tentative = if share.is_tentative { ", tentative" } else { "" };
    format!("{hours}  {window}  {}{tentative}", share.shape.described())
}

/// How old the data is that people or their time come from, where that is too old. Of whom each source told is not kept, so
/// it is said of all of them.
fn stale(page: &mut Page, label: &str, what: SourceWhat, sight: ViewContext<'_>) {
    if let Some(words) = sight.snapshot.freshness.stale_words(&[what]) {
        page.say(label, &words, sight.theme.warn());
    }
}

fn away(page: &mut Page, absence: &Absence, who: &str, sight: ViewContext<'_>) {
    let note = if absence.note.is_empty() { String::new() } else { format!("  {}", absence.note) };
    let is_past = absence.to < sight.snapshot.today();
    let past = if is_past { "  (past)" } else { "" };
    page.link(
        who,
        &format!("{}{note}{past}", absence.described()),
        Link::Form(FormTarget::Entry(absence.key())),
    );
}

/// Everybody, then who is away when, then the holidays.
pub fn everybody(width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (team, today) = (&sight.snapshot.team, sight.snapshot.today());
    let mut page = Page::new(width, sight.theme);
    if team.people.is_empty() {
        let hint = "Nobody is here yet: {add-person} adds a person, {add-role} a role, {add-absence} an absence, {add-holiday} a holiday.";
        page.text("", &sight.snapshot.hints.say(hint));
    }
    // Over the same edge as what is below it, where that leaves room for the rest.
    let handles = team.people.iter().map(|person| plain::width(&person.handle)).max().unwrap_or(0);
    let who = if width < 100 { handles.min(LABEL - 1) } else { LABEL - 1 };
    let mut table = ListTable::new([
        ListColumn::of((), "who", who),
        ListColumn::growing((), "name", 16, 9).best(24),
        ListColumn::growing((), "discipline", 10, 3).best(16),
        ListColumn::of((), "hours a day", 13),
        ListColumn::of((), "planned", 7).right().gap(2),
        ListColumn::growing((), "note", 4, 1).gap(0),
    ]);
    for person in &team.people {
        table.push(person_cells(person, sight));
    }
    page.table(&table, team.people.iter().map(|person| Link::Person(person.id)).collect());
    stale(&mut page, "", SourceWhat::People, sight);
    // What is over stands on the page of whoever was away.
    let coming: Vec<&Absence> = team.absences.iter().filter(|absence| absence.to >= today).collect();
    if !coming.is_empty() {
        page.head("Away");
        stale(&mut page, "", SourceWhat::Absences, sight);
        for absence in coming {
            away(&mut page, absence, sight.snapshot.handle(absence.person), sight);
        }
    }
    let holidays = team.holidays.iter().filter(|holiday| holiday.to >= today);
    for (index, holiday) in holidays.enumerate() {
        if index == 0 {
            page.head("Holidays");
        }
        let text = day::day_range(holiday.from, holiday.to);
        page.link(&holiday.name, &text, Link::Form(FormTarget::Entry(holiday.key())));
    }
    page.lines
}

fn person_cells(person: &Person, sight: ViewContext<'_>) -> [(String, Style); 6] {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let hours = person.week_told(today);
    let left = match (person.first_day, person.last_day) {
        (_, Some(last)) if last < today => format!("left {}", day::day_near(last, today)),
        (_, Some(last)) => format!("until {}", day::day_near(last, today)),
        (Some(first), None) if first > today => format!("from {}", day::day_near(first, today)),
        _ => String::new(),
    };
    let role = if person.is_role { "role" } else { "" };
    let note = if role.is_empty() || left.is_empty() { left } else { format!("  {left}") };
    [
        (person.handle.clone(), theme.dim()),
        (person.name.clone(), theme.text()),
        (person.discipline.clone(), theme.text()),
        (hours, theme.text()),
        (format!("{} %", person.factor.0), theme.text()),
        (format!("{role}{note}"), theme.text()),
    ]
}

/// What lies in a cell, and the sums that its look follows from.
pub fn cell(work: &[CellWork], sums: &[String], width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let mut page = Page::new(width, sight.theme);
    let is_over = work.iter().all(|work| matches!(work.plan, CellPlan::Over { .. }));
    let mut table = ListTable::new([
        ListColumn::of((), "hours", 7).right(),
        ListColumn::of((), "key", 6).gap(2),
        ListColumn::growing((), "request", 24, 9).gap(2),
        ListColumn::of((), if is_over { "done" } else { "left" }, 10),
        ListColumn::of((), "days", 24),
        ListColumn::of((), "shape", 7).leaves(1),
        ListColumn::of((), "state", 13).gap(0).leaves(2),
    ]);
    for work in work {
        table.push(cell_cells(work, sight));
    }
    let link = |work: &CellWork| match &work.plan {
        CellPlan::Open(item) => Link::Share(item.share, item.request, item.person),
        // Nothing can be done any more to what was planned for a day that is over, and its share may be gone.
        CellPlan::Over { .. } => Link::Request(work.request),
    };
    page.table(&table, work.iter().map(link).collect());
    let mut lines = page.lines;
    if work.is_empty() {
        lines.push(Line::styled("   Nothing: free.", sight.theme.dim()).into());
    }
    lines.push(Line::default().into());
    let sums = sums.iter().flat_map(|sum| plain::wrap(sum, width));
    lines.extend(sums.map(|sum| Line::styled(format!("   {sum}"), sight.theme.dim()).into()));
    lines
}

fn cell_cells(work: &CellWork, sight: ViewContext<'_>) -> [(String, Style); 7] {
    let (theme, near) = (sight.theme, |date| day::day_near(date, sight.snapshot.today()));
    let kind = match work.plan.doubts() {
        (true, _) => "tentative",
        (_, true) => "not estimated",
        _ => "",
    };
    let (left, days, shape) = match &work.plan {
        CellPlan::Open(item) => (
            format!("of {}", item.left),
            format!("{}–{}", near(item.from), near(item.to)),
            item.shape.described(),
        ),
        CellPlan::Over { days: (from, to), done, .. } if from == to => {
            (format!("{done} off"), near(*from), String::new())
        }
        CellPlan::Over { days: (from, to), done, .. } => {
            (format!("{done} off"), format!("{}–{}", near(*from), near(*to)), String::new())
        }
    };
    [
        (work.minutes.to_string(), theme.strong()),
        (work.request.to_string(), theme.strong()),
        (work.title.clone(), theme.text()),
        (left, theme.dim()),
        (days, theme.dim()),
        (shape, theme.dim()),
        (kind.to_owned(), theme.warn()),
    ]
}
