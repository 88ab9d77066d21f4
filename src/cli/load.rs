//! `load forecast assign`.

mod asked;
mod days;
mod rows;

use clap::{Args, ValueEnum};
use serde_json::json;

use asked::{AskedPeople, ViewedRow};
use days::{day_lines, is_shown, legend};
pub use rows::allocation;
use rows::{cost, days_in_words, discipline_row, nobody_row, person_row};

use super::fields::FieldsToAdd;
use super::json::{CellJson, LoadJson, LoadRowJson, text};
use super::key;
use super::out::{Format, Medium, Out};
use super::target::{OutputTarget, ReaderOption};
use super::team::lists::NOBODY_YET;
use super::views::ListWords;
use super::{CliError, Done};
use crate::domain::allocation::ShareForm;
use crate::domain::day;
use crate::domain::load::LoadRow;
use crate::domain::minutes::Minutes;
use crate::domain::words::{days::Direction, days::parse_day, days::read_range, is_same_word};
use crate::export::{Layout, MAIL_WIDTH, render};
use crate::ops::plan::{Candidate, Plan};
use crate::ops::waiting::ReviewLoad;
use crate::ops::{Desk, OpsError};
use crate::plain;

/// Options of `assign`.
#[derive(Debug, Clone, Args)]
pub struct AssignArguments {
    /// The request
    pub key: String,
    #[command(flatten)]
    pub share: FieldsToAdd<ShareForm>,
    /// Only say what it would cost
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `forecast`.
#[derive(Debug, Clone, Args)]
pub struct ForecastArguments {
    /// The request
    pub key: String,
    /// Only this person
    #[arg(long, conflicts_with = "discipline")]
    pub person: Option<String>,
    /// Only this discipline
    #[arg(long)]
    pub discipline: Option<String>,
}

/// Options of `load`.
#[derive(Debug, Clone, Args)]
pub struct LoadArguments {
    /// First day; without it, this week's Monday
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// How many days
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub days: u16,
    /// Person or discipline
    #[arg(long, default_value = "person")]
    pub by: By,
    #[command(flatten)]
    pub words: ListWords,
    /// As a document to hand on, by person: text, markdown, slack or html
    #[arg(long, value_name = "LAYOUT", conflicts_with_all = ["by", "json", "plain", "filter", "view", "sort"])]
    pub format: Option<Layout>,
    /// Instead of the days: whose decision work in review waits for, and how long
    #[arg(long, conflicts_with_all = ["from", "days", "by", "format", "filter", "view", "sort"])]
    pub reviews: bool,
    #[command(flatten)]
    pub whom: ReaderOption,
    #[command(flatten)]
    pub target: OutputTarget,
}

/// How the load is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// A row for each person.
    Person,
    /// A row for each discipline, added up.
    Discipline,
}

/// A day as people type it.
pub fn typed_day(desk: &Desk, text: &str) -> Result<chrono::NaiveDate, CliError> {
    let calendar = desk.calendar().map_err(OpsError::from)?;
    parse_day(text, desk.today(), &calendar)
        .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None }.into())
}

/// A day, or the first one of a span, that is looked back on: of two that it can be, the one that has been. In January, w53
/// is that of last year.
pub fn typed_past_day(desk: &Desk, text: &str) -> Result<chrono::NaiveDate, CliError> {
    let reading = desk.reading().map_err(OpsError::from)?;
    let found = read_range(text, &reading, Direction::Past);
    found
        .map(|(day, _)| day)
        .map_err(|error| OpsError::Rejected { message: error.to_string(), hint: None }.into())
}

/// A day that may be left out.
pub fn optional_day(desk: &Desk, text: Option<&String>) -> Result<Option<chrono::NaiveDate>, CliError> {
    text.map(|text| typed_day(desk, text)).transpose()
}

/// Whose decision work in review waits for, whoever has most first.
fn reviews(desk: &Desk, out: &mut Out) -> Done {
    let reviews = desk.reviews()?;
    if out.format == Format::Json {
        let shape = |it: &ReviewLoad| {
            json!({
                "decider": text(&it.decider), "count": it.requests.len(), "oldest_days": it.oldest,
                "keys": it.requests,
            })
        };
        out.json(&reviews.iter().map(shape).collect::<Vec<_>>())?;
    }
    for it in &reviews {
        let keys: Vec<String> = it.requests.iter().map(ToString::to_string).collect();
        let (count, oldest) = (it.requests.len().to_string(), it.oldest.to_string());
        match out.format {
            Format::Json => {}
            Format::Plain => out.record(&[&it.decider, &count, &oldest, &keys.join(",")])?,
            Format::Human => out.line(&plain::harmless(&format!("{}: {}", it.said(), keys.join(" "))))?,
        }
    }
    if reviews.is_empty() { Err(CliError::Nothing("nothing waits for a review".to_owned())) } else { Ok(()) }
}

pub fn load(desk: &Desk, arguments: &LoadArguments, out: &mut Out) -> Done {
    if arguments.reviews {
        return reviews(desk, out);
    }
    let from = optional_day(desk, arguments.from.as_ref())?.unwrap_or_else(|| day::monday(desk.today()));
    let days = usize::from(arguments.days);
    let asked = match AskedPeople::of(&arguments.words, desk) {
        Err(nobody @ CliError::Nothing(_)) if out.format == Format::Json => {
            out.json(&LoadJson { from, days, people: Vec::new() })?;
            return Err(nobody);
        }
        asked => asked?,
    };
    // A document has a row for each person and everybody in it. Where something else was asked for, the name of a
    // file must not turn that into a document.
    let is_by_person = arguments.by == By::Person && asked.is_none() && out.format == Format::Human;
    // As every document does, the load goes to a page that is called one as such.
    if let Some(layout) = arguments.format.or_else(|| arguments.target.layout().filter(|_| is_by_person)) {
        let document = desk.load_document(from, days)?;
        let reader = arguments.whom.reader(Some(layout), &arguments.target, false, desk.room());
        return arguments.target.deliver(&render(&document, reader, layout, MAIL_WIDTH), out);
    }
    if arguments.target.output.is_some() {
        let why = "--output writes the load as a document, by person and of everybody: name a file that ends in .html, \
                   .md or .txt, or say --format; --by, --json, --plain and words to filter by do not go with it";
        return Err(CliError::Usage(why.to_owned()));
    }
    let load = grouped(desk, from, days, (arguments.by, asked.as_ref()))?;
    match out.format {
        Format::Json => out.json(&load).and_then(|()| some_team(&load.people)),
        Format::Plain => plain_load(&load.people, out).and_then(|()| some_team(&load.people)),
        Format::Human => {
            match &asked {
                Some(asked) => asked.print(load.people, desk, out)?,
                None => human_load(&load.people, &[], out)?,
            }
            // How full people are never stands without how long work waits for them.
            let age = desk.work_age()?;
            if age.is_known() { out.line(&format!("Open work: ready for {}", age.alone())) } else { Ok(()) }
        }
    }
}

pub fn load_json(desk: &Desk, from: chrono::NaiveDate, days: usize) -> Result<LoadJson, CliError> {
    grouped(desk, from, days, (By::Person, None))
}

fn grouped(
    desk: &Desk,
    from: chrono::NaiveDate,
    days: usize,
    (by, asked): (By, Option<&AskedPeople<'_>>),
) -> Result<LoadJson, CliError> {
    let (mut grid, people) = desk.load(from, days)?;
    if let Some(asked) = asked {
        asked.narrow(&mut grid);
    }
    let person = |row: &LoadRow| people.iter().find(|person| person.id == row.person);
    let rows: Vec<LoadRowJson> = match by {
        By::Person => {
            let people = grid.rows.iter().filter_map(|row| person(row).map(|person| person_row(row, person)));
            people.chain(grid.nobody.as_ref().map(nobody_row)).collect()
        }
        By::Discipline => {
            let name = |id| {
                people.iter().find(|person| person.id == id).map_or_else(String::new, |person| {
                    if person.is_role { format!("{} (role)", person.name) } else { person.discipline.clone() }
                })
            };
            // Of single people: hours of a discipline can be added up, but whether work fits is tried person by
            // person, and so is what of it is late.
            let of = |wanted: &str| -> Vec<&LoadRow> {
                grid.rows.iter().filter(|row| is_same_word(&name(row.person), wanted)).collect()
            };
            grid.by(name).into_iter().map(|(name, cells)| discipline_row(&name, &cells, &of(&name))).collect()
        }
    };
    Ok(LoadJson { from, days, people: rows })
}

fn plain_load(rows: &[LoadRowJson], out: &mut Out) -> Done {
    for row in rows {
        for cell in &row.cells {
            let minutes = [
                cell.effective_minutes,
                cell.planning_minutes,
                cell.confirmed_minutes,
                cell.tentative_minutes,
                cell.unknown_minutes,
            ]
            .map(|minutes| minutes.to_string());
            let [effective, planning, confirmed, tentative, unknown] = &minutes;
            let name = row.handle.as_deref().unwrap_or(&row.name);
            out.record(&[
                name,
                &cell.date.to_string(),
                effective,
                planning,
                confirmed,
                tentative,
                unknown,
                cell.state.name(),
                // Last, where it came to the others: scripts count fields, and none of them may move.
                &cell.late_minutes.to_string(),
            ])?;
        }
    }
    Ok(())
}

/// An empty team is told by the exit code too, in whatever shape it is asked for.
fn some_team(rows: &[LoadRowJson]) -> Done {
    if rows.is_empty() {
        return Err(CliError::Nothing(NOBODY_YET.to_owned()));
    }
    Ok(())
}

/// Rows as people read them, with what a view says over and below each.
fn human_load(rows: &[LoadRowJson], viewed: &[ViewedRow], out: &mut Out) -> Done {
    some_team(rows)?;
    for (at, row) in rows.iter().enumerate() {
        let viewed = viewed.get(at);
        if let Some(heading) = viewed.and_then(|viewed| viewed.heading.as_ref()) {
            out.line(heading)?;
        }
        let name = row.handle.as_deref().unwrap_or(&row.name);
        out.line(&format!("{} {} {}", out.fit(name, 12), out.fit(&row.discipline, 14), rows::sums(row)))?;
        told(row, name, out)?;
        if let Some(viewed) = viewed.filter(|viewed| !viewed.said.is_empty()) {
            out.line(&format!("{}{}", before(name, out), viewed.said))?;
        }
        if out.medium == Medium::Voice {
            out.line(&days_in_words(row, name))?;
            continue;
        }
        let days: Vec<String> = row.cells.iter().filter(|cell| is_shown(cell)).map(day_text).collect();
        for line in day_lines(&days) {
            out.line(&format!("{}{line}", " ".repeat(28)))?;
        }
    }
    match legend(rows) {
        Some(legend) if out.medium != Medium::Voice => out.line(&legend),
        _ => Ok(()),
    }
}

/// What stands before a further line of a row: heard by itself, it has to say whose it is.
fn before(name: &str, out: &Out) -> String {
    if out.medium == Medium::Voice { format!("{name}  ") } else { " ".repeat(28) }
}

/// What needs somebody: late work, then where it cannot fit.
fn told(row: &LoadRowJson, name: &str, out: &mut Out) -> Done {
    let before = before(name, out);
    for late in &row.late {
        let known = late.minutes.map(|minutes| Minutes(minutes).to_string());
        let asks = if known.is_some() { "" } else { ", hours left?" };
        let hours = known.unwrap_or_else(|| "?h".to_owned());
        let since = day::short_day(late.since);
        let text = out.warm(&format!("late {hours}: {}, since {since}{asks}", late.key));
        out.line(&format!("{before}{text}"))?;
    }
    for forced in &row.forced_over {
        let keys: Vec<_> = forced.keys.iter().map(ToString::to_string).collect();
        let because = row.displaced.iter().find(|displaced| displaced.from == forced.from);
        let because = because.map_or_else(String::new, |displaced| {
            let keys: Vec<_> = displaced.keys.iter().map(ToString::to_string).collect();
            let verb = if keys.len() == 1 { "is" } else { "are" };
            format!("; {} of it because {} {verb} late", Minutes(displaced.minutes), keys.join(", "))
        });
        let text = format!(
            "over {} {}: {}{because}",
            Minutes(forced.over_minutes),
            day::day_range(forced.from, forced.to),
            keys.join(", ")
        );
        let text = out.warm(&text);
        out.line(&format!("{before}{text}"))?;
    }
    Ok(())
}

fn day_text(cell: &CellJson) -> String {
    let hours = Minutes(cell.confirmed_minutes + cell.unknown_minutes);
    let (mark, _) = rows::pressing(cell);
    format!("{} {hours}{mark}", cell.date.format("%a %-d"))
}

pub fn forecast(desk: &Desk, arguments: &ForecastArguments, out: &mut Out) -> Done {
    let mut candidates = desk.options(&Plan::whole(key(&arguments.key)?))?.candidates;
    if let Some(who) = &arguments.person {
        let person = desk.person(who)?;
        candidates.retain(|candidate| candidate.handle == person.handle);
    }
    if let Some(discipline) = &arguments.discipline {
        candidates.retain(|candidate| is_same_word(&candidate.discipline, discipline));
    }
    if out.format == Format::Json {
        let shape = |candidate: &Candidate| serde_json::json!({ "person": candidate.handle, "finish": candidate.forecast.finish, "reason": candidate.forecast.reason, "cost": candidate.sentence });
        out.json(&candidates.iter().map(shape).collect::<Vec<_>>())?;
    }
    let is_told = out.format == Format::Json;
    for candidate in candidates.iter().filter(|_| !is_told) {
        let finish = candidate.forecast.finish.map_or_else(
            || "not in sight".to_owned(),
            |day| {
                if out.format == Format::Plain { day.to_string() } else { day::day_near(day, desk.today()) }
            },
        );
        if out.format == Format::Plain {
            out.record(&[&candidate.handle, &finish, &candidate.forecast.reason])?;
        } else {
            out.line(&format!(
                "{} {} {}",
                out.fit(&candidate.handle, 12),
                out.fit(&finish, 13),
                plain::harmless(&candidate.forecast.reason)
            ))?;
        }
    }
    if candidates.is_empty() { Err(CliError::Nothing("nobody fits".to_owned())) } else { Ok(()) }
}

pub fn reshape(desk: &mut Desk, who: &str, out: &mut Out) -> Done {
    let person = desk.person(who)?;
    let reshaped = desk.reshape(person.id)?;
    out.say(&reshaped.label);
    match out.format {
        Format::Json => out.json(
            &serde_json::json!({ "person": person.handle, "shares": reshaped.output, "label": reshaped.label }),
        ),
        Format::Plain => out.record(&[&person.handle, &reshaped.label]),
        Format::Human => Ok(()),
    }
}

pub fn assign(desk: &mut Desk, arguments: &AssignArguments, out: &mut Out) -> Done {
    let id = key(&arguments.key)?;
    let share = desk.new_share(&arguments.share.words)?;
    let assigned = if arguments.dry_run { desk.weigh(id, &share)? } else { desk.assign(id, &share)?.output };
    let people = desk.store.people()?;
    let estimate = desk.store.request(id)?.estimate;
    if out.format == Format::Json {
        let name = |person| crate::ops::team::handle(&people, person);
        return out.json(&serde_json::json!({
            "allocation": allocation(&assigned.allocation, (&name(assigned.allocation.person), assigned.allocation.hours(estimate)), arguments.dry_run),
            "cost": cost(&assigned, &name(assigned.cost.person), &people),
        }));
    }
    let handle = crate::ops::team::handle(&people, assigned.allocation.person);
    if out.format == Format::Plain {
        let share = &assigned.allocation;
        let minutes = share.hours(estimate).map_or_else(String::new, |minutes| minutes.0.to_string());
        return out.record(&[
            &id.to_string(),
            &handle,
            &assigned.sentence,
            &minutes,
            &share.from.to_string(),
            &share.to.to_string(),
        ]);
    }
    let verb = if arguments.dry_run { "would be on" } else { "is on" };
    let hours = assigned.allocation.hours_told(assigned.allocation.hours(estimate));
    let window = day::day_range_near(assigned.allocation.from, assigned.allocation.to, desk.today());
    let due = desk.store.request(id)?.due;
    // A share whose days have passed is late only if the due day has passed too; until then it is to be done by
    // that day.
    let late = match due.filter(|due| *due >= desk.today()) {
        _ if assigned.allocation.to >= desk.today() => "",
        Some(_) => ", which is over; it is to be done by its due day",
        None => ", already late",
    };
    out.line(&format!("{id} {verb} {handle}: {hours}, {window}{late}"))?;
    if let Some(left) = assigned.holds_already {
        out.line(&format!("{handle} holds {left} of it already; that share could be changed instead"))?;
    }
    out.line(&plain::harmless(&assigned.sentence))
}
