//! `export`: clean data out, as CSV, JSON of the same shapes as the lists, or meetings as a calendar.

mod everything;
mod rows;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::json::{MeetingJson, RequestJson, instant};
use super::load::{load_json, optional_day};
use super::out::{self, Format, Out};
use super::target::OutputTarget;
use super::{CliError, Done, calendar};
use crate::domain::day;
use crate::domain::document::{PrivateNames, covered};
use crate::domain::meeting::Meeting;
use crate::domain::reflection::ReflectionEntry;
use crate::domain::words::filter::Filter;
use crate::export::calendar::calendar as as_calendar;
use crate::import::requests::ExportMark;
use crate::ops::queue::QueueRow;
use crate::ops::{Desk, OpsError};

/// Options of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArguments {
    /// What goes out
    pub what: What,
    /// csv, json, or ics for meetings; without it csv, and json for `all`
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<As>,
    /// First day of load and meetings; without it this week's Monday, and a year back
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Last day of load and meetings; without it twelve weeks on, and a year ahead
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// With what is private; `all` always has it, since it is what brings a store back
    #[arg(long)]
    pub with_private: bool,
    #[command(flatten)]
    pub target: OutputTarget,
}

/// What can go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Every request, open or closed.
    Requests,
    /// The load, a row for each person and day.
    Load,
    /// Meetings.
    Meetings,
    /// Reflections.
    Reflections,
    /// Everything in one document.
    All,
}

/// As what it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// A table.
    Csv,
    /// The shapes of the lists.
    Json,
    /// A calendar.
    Ics,
}

pub fn run(desk: &mut Desk, arguments: &ExportArguments, out: &mut Out) -> Done {
    // Its texts would be covered on their way out, which brings back no store, and a file of it would hold them all.
    if desk.is_presenting && (arguments.what == What::All || arguments.with_private) {
        return Err(OpsError::rejected(
            "what is private does not go out while you present",
            "Say it without --presenting; `tablesetter backup` makes a copy of all of it.",
        )
        .into());
    }
    let usual = if out.format == Format::Json || arguments.what == What::All { As::Json } else { As::Csv };
    let format = arguments.format.unwrap_or(usual);
    // Days that are over and not kept yet are in no row: what is taken in elsewhere would not know them.
    if (arguments.what, format) == (What::All, As::Json)
        && let Err(error) = desk.keep_days()
    {
        out.say(&format!(
            "the days since the last change are not in it, since they could not be kept: {error}"
        ));
    }
    let desk = &*desk;
    // Whoever is private is named in no record of others either.
    let names = if arguments.with_private { PrivateNames::new() } else { desk.private_names()? };
    let text = match (arguments.what, format) {
        (What::Requests, As::Csv) => {
            rows::requests(&for_others(desk, arguments, out)?, &desk.clock, &names, &as_of(desk)?)
        }
        (What::Requests, As::Json) => json(&shapes(desk, &for_others(desk, arguments, out)?), &names)?,
        (What::Load, As::Csv) => rows::load(&load(desk, arguments)?, &names),
        (What::Load, As::Json) => json(&load(desk, arguments)?, &names)?,
        (What::Meetings, As::Csv) => rows::meetings(&rooms_for_others(desk, arguments, out)?, &names),
        (What::Meetings, As::Ics) => {
            let mut rooms = rooms_for_others(desk, arguments, out)?;
            for room in &mut rooms {
                redact_meeting(room, &names);
            }
            as_calendar(&rooms, desk.now().to_utc())
        }
        (What::Meetings, As::Json) => {
            let rooms = rooms_for_others(desk, arguments, out)?;
            json(&MeetingJson::list(&rooms, desk.left_out().as_deref()), &names)?
        }
        (What::Reflections, As::Csv) => {
            rows::reflections(&reflections_for_others(desk, arguments, out)?, &desk.clock, &names)
        }
        (What::Reflections, As::Json) => {
            json(&calendar::reflections(desk, &reflections_for_others(desk, arguments, out)?), &names)?
        }
        (What::All, As::Json) => json(&everything::gather(desk, arguments)?, &PrivateNames::new())?,
        (What::All, As::Csv | As::Ics) => {
            return Err(CliError::Usage(
                "everything goes out as JSON only; name one kind for a table".to_owned(),
            ));
        }
        (_, As::Ics) => return Err(CliError::Usage("only meetings go out as a calendar".to_owned())),
    };
    match format {
        As::Csv => arguments.target.deliver_table(&text, out),
        As::Json | As::Ics => arguments.target.deliver(&text, out),
    }
}

/// As JSON in which whoever is private is not named.
fn json(value: &impl Serialize, names: &PrivateNames) -> Result<String, CliError> {
    if names.is_empty() {
        return Ok(out::json(value)? + "\n");
    }
    let mut value = serde_json::to_value(value).map_err(|error| CliError::Io(error.to_string()))?;
    redact_json(&mut value, names);
    Ok(out::json(&value)? + "\n")
}

fn redact_json(value: &mut Value, names: &PrivateNames) {
    match value {
        Value::String(text) => *text = covered(text, names),
        Value::Array(values) => values.iter_mut().for_each(|value| redact_json(value, names)),
        // Names of fields are ours and name nobody.
        Value::Object(fields) => fields.values_mut().for_each(|value| redact_json(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A calendar breaks its lines within words, so names go before it is written.
fn redact_meeting(room: &mut Meeting, names: &PrivateNames) {
    let own = [
        &mut room.title,
        &mut room.series,
        &mut room.location,
        &mut room.intent,
        &mut room.if_then,
        &mut room.predicted,
    ];
    for text in own.into_iter().chain(&mut room.attendees) {
        *text = covered(text, names);
    }
}

/// The requests that others may have: those that are private are left out, which is told.
fn for_others(desk: &Desk, arguments: &ExportArguments, out: &mut Out) -> Result<Vec<QueueRow>, CliError> {
    let mut rows = requests(desk)?;
    let all = rows.len();
    rows.retain(|row| arguments.with_private || !row.is_private);
    tell_left_out(all - rows.len(), out);
    Ok(rows)
}

/// The same of meetings.
fn rooms_for_others(
    desk: &Desk,
    arguments: &ExportArguments,
    out: &mut Out,
) -> Result<Vec<Meeting>, CliError> {
    let (mut rooms, private) = (meetings(desk, arguments)?, desk.private_keys()?);
    let all = rooms.len();
    rooms.retain(|meeting| arguments.with_private || !private.has(&meeting.key.clone().into()));
    tell_left_out(all - rooms.len(), out);
    Ok(rooms)
}

/// The same of reflections: one is as private as its meeting.
fn reflections_for_others(
    desk: &Desk,
    arguments: &ExportArguments,
    out: &mut Out,
) -> Result<Vec<ReflectionEntry>, CliError> {
    let (mut entries, private) = (desk.entries()?, desk.private_keys()?);
    let all = entries.len();
    entries.retain(|entry| arguments.with_private || !private.has(&entry.reflection.meeting.clone().into()));
    tell_left_out(all - entries.len(), out);
    Ok(entries)
}

fn tell_left_out(count: usize, out: &mut Out) {
    if count > 0 {
        let verb = if count == 1 { "is" } else { "are" };
        out.say(&format!("{count} private {verb} left out; --with-private takes them along."));
    }
}

/// Every request, by number.
fn requests(desk: &Desk) -> Result<Vec<QueueRow>, CliError> {
    let any =
        // Without a word about the stage a filter leaves closed requests out.
        Filter::parse("stage:any", &desk.reading()?).map_err(|error| CliError::Io(error.to_string()))?;
    let mut rows = desk.queue(&any, None)?;
    // By number, not by score: two exports of one store then differ only where its requests do.
    rows.sort_by_key(|row| row.request.id);
    Ok(rows)
}

/// After which change the requests stand as they do.
fn as_of(desk: &Desk) -> Result<String, CliError> {
    let newest = desk.newest_change()?;
    Ok(newest.map_or_else(String::new, |(id, at)| ExportMark::cell(&instant(&desk.clock, at), id.0)))
}

fn shapes(desk: &Desk, rows: &[QueueRow]) -> Vec<RequestJson> {
    rows.iter().map(|row| RequestJson::new(row, &desk.clock)).collect()
}

/// The days asked for, or those that are usual.
fn days(
    desk: &Desk,
    arguments: &ExportArguments,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<(NaiveDate, NaiveDate), CliError> {
    let from = optional_day(desk, arguments.from.as_ref())?.unwrap_or(from);
    // A first day beyond the usual last one gives that one day instead of an error about a day nobody named.
    let to = optional_day(desk, arguments.to.as_ref())?.unwrap_or(to.max(from));
    if to < from {
        return Err(CliError::Usage(format!("--to {to} lies before --from {from}")));
    }
    Ok((from, to))
}

fn load(desk: &Desk, arguments: &ExportArguments) -> Result<super::json::LoadJson, CliError> {
    let monday = day::monday(desk.today());
    let (from, to) = days(desk, arguments, (monday, day::plus(monday, 12 * 7 - 1)))?;
    let count = usize::try_from((to - from).num_days() + 1).unwrap_or(1);
    if count > MOST_DAYS {
        return Err(CliError::Usage(format!("{count} days are too many for the load; at most {MOST_DAYS}")));
    }
    load_json(desk, from, count)
}

/// As many as `load` shows.
const MOST_DAYS: usize = 1000;

fn meetings(desk: &Desk, arguments: &ExportArguments) -> Result<Vec<Meeting>, CliError> {
    let today = desk.today();
    let (from, to) = days(desk, arguments, (day::plus(today, -365), day::plus(today, 365)))?;
    Ok(desk.meetings(from, to)?)
}
