//! People as records: one person, everybody with when they are away, and what lies in a cell of the load.

use chrono::NaiveDate;
use ratatui::style::Style;
use ratatui::text::Line;

use super::Link;
use super::page::{LABEL, Page, Shown, past};
use crate::domain::day;
use crate::domain::load::HeldShare;
use crate::domain::load::held::ShareHours;
use crate::domain::person::{Absence, Person, STANDARD_WEEK, week_words};
use crate::domain::record::{FieldKind, FieldSpec, Fields, Record};
use crate::domain::source::SourceWhat;
use crate::domain::stage::Stage;
use crate::ops::detail::PersonDetail;
use crate::ops::load::cell::{CellPlan, CellWork};
use crate::ops::sheet::FormTarget;
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::panes;
use crate::tui::view::columns::{ListColumn, ListTable};

/// `Tue 24 Nov–Thu 31 Dec`, both days whole.
const DAYS: usize = 21;

/// One person with all that touches them.
pub fn person(detail: &PersonDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (person, today) = (&detail.person, sight.snapshot.today());
    let mut page = Page::new(width, sight.theme);
    let is_told = |field: &&FieldSpec| field.kind == FieldKind::Text && field.is_in_form();
    // Name and handle stand above already.
    for field in Person::FIELDS.iter().filter(is_told).skip(2) {
        page.text(field.title, &person.get(field.name));
    }
    if let Some(trouble) = panes::load::trouble(person.id, sight.snapshot) {
        page.say("Load", &trouble, sight.theme.critical());
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
        page.text("Hours", &format!("{}, from {}", week_words(&contract.week), near(contract.from)));
    }
    if person.contracts.is_empty() {
        page.text("Hours", &format!("{}, as nothing else is said", hours_told(person, today)));
    }
    stale(&mut page, "From", SourceWhat::People, sight);
    page.head("Holds");
    holds(&mut page, detail, sight);
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

/// What somebody holds, each with its days.
fn holds(page: &mut Page, detail: &PersonDetail, sight: ViewContext<'_>) {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let mut table = ListTable::new([
        ListColumn::of((), "key", 6),
        ListColumn::growing((), "request", 16, 9).best(60),
        ListColumn::growing((), "left", 13, 8).best(16).right().gap(2),
        ListColumn::growing((), "days", DAYS, 4).best(25).leaves(2),
        ListColumn::growing((), "shape", 5, 3).best(24).gap(0).leaves(3),
    ]);
    for (share, hours) in &detail.shares {
        let own = &share.allocation;
        let tentative = if own.is_tentative { ", tentative" } else { "" };
        table.push([
            (own.request.to_string(), theme.dim()),
            (share.title.clone(), theme.text()),
            (left_text(share, *hours), theme.text()),
            (day::day_range_near(own.from, own.to, today), theme.dim()),
            (format!("{}{tentative}", own.shape.described()), theme.dim()),
        ]);
    }
    let link = |share: &HeldShare| {
        let own = &share.allocation;
        Link::Share(own.id, own.request, own.person)
    };
    page.table(&table, detail.shares.iter().map(|(share, _)| link(share)).collect());
}

/// What is left of a share, or why nothing is said of that.
fn left_text(held: &HeldShare, hours: ShareHours) -> String {
    // Nothing is worked on in these two, so nothing is left: as a figure that would say that it is done.
    match held.stage {
        Stage::OnHold => format!("{} on hold", hours.by_plan),
        Stage::InReview => "in review".to_owned(),
        _ if hours.is_asked => "hours left?".to_owned(),
        _ if hours.is_unknown => "not estimated".to_owned(),
        _ if hours.left == hours.hours => hours.left.to_string(),
        _ => format!("{} of {}", hours.left, hours.hours),
    }
}

/// The hours of somebody's week with their days.
fn hours_told(person: &Person, today: NaiveDate) -> String {
    match person.contract_on(today) {
        Some(contract) => week_words(&contract.week),
        None if person.is_role => "none yet".to_owned(),
        None => week_words(&STANDARD_WEEK),
    }
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
        ListColumn::growing((), "hours", 10, 8).best(34),
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
        let text = day::day_range_near(holiday.from, holiday.to, today);
        page.link(&holiday.name, &text, Link::Form(FormTarget::Entry(holiday.key())));
    }
    page.lines
}

fn person_cells(person: &Person, sight: ViewContext<'_>) -> [(String, Style); 6] {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let hours = hours_told(person, today);
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
        // Figures are whole before titles are.
        ListColumn::growing((), "hours", 5, 10).best(7).right(),
        ListColumn::of((), "key", 6),
        ListColumn::growing((), "request", 16, 9),
        ListColumn::growing((), if is_over { "done" } else { "left" }, 4, 10).best(7).right().gap(2),
        // Days that are cut say nothing.
        ListColumn::growing((), "days", DAYS, 7).best(25).leaves(3),
        ListColumn::growing((), "shape", 5, 2).best(12).leaves(4),
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
        lines.push(Line::styled("   No work lies here.", sight.theme.dim()).into());
    }
    lines.push(Line::default().into());
    let sums = sums.iter().flat_map(|sum| plain::wrap(sum, width));
    lines.extend(sums.map(|sum| Line::styled(format!("   {sum}"), sight.theme.dim()).into()));
    lines
}

fn cell_cells(work: &CellWork, sight: ViewContext<'_>) -> [(String, Style); 7] {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let kind = match work.plan.doubts() {
        (true, _) => "tentative",
        (_, true) => "not estimated",
        _ => "",
    };
    let (left, days, shape) = match &work.plan {
        CellPlan::Open(item) => {
            (item.left.to_string(), day::day_range_near(item.from, item.to, today), item.shape.described())
        }
        CellPlan::Over { days: (from, to), done, .. } => {
            (done.to_string(), day::day_range_near(*from, *to, today), String::new())
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
