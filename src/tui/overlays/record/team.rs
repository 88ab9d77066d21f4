//! People as records: one person, everybody with when they are away, and what lies in a cell of the load.

use ratatui::text::Line;

use super::Link;
use super::page::{LABEL, Page, Shown, past};
use crate::domain::day;
use crate::domain::load::HeldShare;
use crate::domain::load::held::ShareHours;
use crate::domain::person::{Absence, Person};
use crate::domain::record::Record;
use crate::domain::stage::Stage;
use crate::ops::detail::PersonDetail;
use crate::ops::load::CellWork;
use crate::ops::sheet::{FormTarget, week_text};
use crate::plain;
use crate::tui::overlays::ViewContext;
use crate::tui::view::columns::{self, ListColumn};

/// One person with all that touches them.
pub fn person(detail: &PersonDetail, width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let (person, today) = (&detail.person, sight.snapshot.today());
    let mut page = Page::new(width, sight.theme);
    page.text("Discipline", &person.discipline);
    page.text("E-mail", &person.email);
    page.text("Planned", &format!("{} % of the time", person.factor_percent));
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
        page.text("Hours", "8 8 8 8 8, as nothing else is said");
    }
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

fn away(page: &mut Page, absence: &Absence, who: &str, sight: ViewContext<'_>) {
    let hours = absence.per_day.map_or_else(String::new, |minutes| format!(", {minutes} a day"));
    let tentative = if absence.is_tentative { ", not yet sure" } else { "" };
    let days = day::day_range(absence.from, absence.to);
    let note = if absence.note.is_empty() { String::new() } else { format!("  {}", absence.note) };
    let is_past = absence.to < sight.snapshot.today();
    let past = if is_past { "  (past)" } else { "" };
    page.link(
        who,
        &format!("{days}{hours}{tentative}{note}{past}"),
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
    for person in &team.people {
        let line = person_line(person, width, sight);
        page.lines.push(Shown { line, link: Some(Link::Person(person.id)) });
    }
    let coming: Vec<&Absence> = team.absences.iter().filter(|absence| absence.to >= today).collect();
    if !coming.is_empty() {
        page.head("Away");
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

fn person_line(person: &Person, width: usize, sight: ViewContext<'_>) -> Line<'static> {
    let (theme, today) = (sight.theme, sight.snapshot.today());
    let now = person.contracts.iter().filter(|contract| contract.from <= today).max_by_key(|it| it.from);
    let hours =
        now.or(person.contracts.first()).map_or_else(|| "8 8 8 8 8".to_owned(), |it| week_text(&it.week));
    let left = match (person.first_day, person.last_day) {
        (_, Some(last)) if last < today => format!("left {}", day::day_near(last, today)),
        (_, Some(last)) => format!("until {}", day::day_near(last, today)),
        (Some(first), None) if first > today => format!("from {}", day::day_near(first, today)),
        _ => String::new(),
    };
    let role = if person.is_role { "role" } else { "" };
    let note = if role.is_empty() || left.is_empty() { left } else { format!("  {left}") };
    let cells = [
        (ListColumn::of((), "who", LABEL - 1), person.handle.clone(), theme.dim()),
        (ListColumn::growing((), "name", 16, 5).best(20), person.name.clone(), theme.text()),
        (ListColumn::of((), "discipline", 14), person.discipline.clone(), theme.text()),
        (ListColumn::of((), "hours a day", 13), hours, theme.text()),
        (
            ListColumn::of((), "planned", 5).right().gap(2),
            format!("{} %", person.factor_percent),
            theme.text(),
        ),
        (ListColumn::growing((), "until", 4, 1).gap(0), format!("{role}{note}"), theme.text()),
    ];
    columns::row(3, width + 3, &cells)
}

/// What lies in a cell, and the sums that its look follows from.
pub fn cell(work: &[CellWork], sums: &[String], width: usize, sight: ViewContext<'_>) -> Vec<Shown> {
    let mut lines: Vec<Shown> = work.iter().map(|work| cell_line(work, width, sight)).collect();
    if work.is_empty() {
        lines.push(Line::styled("   Nothing: free.", sight.theme.dim()).into());
    }
    lines.push(Line::default().into());
    let sums = sums.iter().flat_map(|sum| plain::wrap(sum, width));
    lines.extend(sums.map(|sum| Line::styled(format!("   {sum}"), sight.theme.dim()).into()));
    lines
}

fn cell_line(work: &CellWork, width: usize, sight: ViewContext<'_>) -> Shown {
    let (theme, item, today) = (sight.theme, &work.item, sight.snapshot.today());
    let kind = match (item.is_tentative, item.is_unknown) {
        (true, _) => "tentative",
        (_, true) => "not estimated",
        _ => "",
    };
    let window = format!("{}–{}", day::day_near(item.from, today), day::day_near(item.to, today));
    let cells = [
        (ListColumn::of((), "hours", 7).right(), work.minutes.to_string(), theme.strong()),
        (ListColumn::of((), "key", 6).gap(2), work.request.to_string(), theme.strong()),
        (ListColumn::growing((), "request", 14, 1).gap(2), work.title.clone(), theme.text()),
        (ListColumn::of((), "left", 10), format!("of {}", item.left), theme.dim()),
        (ListColumn::of((), "days", 24), window, theme.dim()),
        (ListColumn::of((), "shape", 7).leaves(1), item.shape.described(), theme.dim()),
        (ListColumn::of((), "state", 13).gap(0).leaves(2), kind.to_owned(), theme.warn()),
    ];
    let line = columns::row(3, width + 3, &cells);
    Shown { line, link: Some(Link::Share(item.share, item.request, item.person)) }
}
