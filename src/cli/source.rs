//! `source …`: where data comes from again and again.

mod arguments;
mod refresh;
mod stopped;

use super::out::{Format, Out};
use super::{CliError, Context, Done, json};
use crate::domain::record::Datum;
use crate::domain::source::age_words;
use crate::ops::sources::{Machine, SourceStatus};
use crate::ops::{Desk, OpsError};
use crate::plain;

pub use arguments::SourceCommand;

pub fn run(context: &mut Context, command: SourceCommand, out: &mut Out) -> Done {
    let machine = Machine::of_config(&context.places.config);
    match command {
        SourceCommand::List => list(&context.desk, &machine, out),
        SourceCommand::Add(arguments) => {
            let (source, edit) = arguments.source()?;
            let committed = context.desk.add_source(&machine, &source, &edit)?;
            let name = committed.output.name;
            out.say(&format!("{}; `tablesetter source refresh '{name}'` reads it.", committed.label));
            one(&context.desk, &machine, &name, out)
        }
        SourceCommand::Edit(arguments) => {
            let edit = arguments.edit()?;
            let committed = context.desk.edit_source(&machine, &arguments.name, &edit)?;
            if committed.operation.is_none() {
                out.say("it is so already");
            }
            one(&context.desk, &machine, &arguments.name, out)
        }
        SourceCommand::Remove { name } => {
            // Looked up while it is there: what was removed is printed in the end.
            let status = context.desk.source(Some(&machine), &name)?;
            context.desk.remove_source(Some(&machine), &name)?;
            let address = status.removal_words().map_or_else(String::new, |words| format!(", and {words}"));
            out.say(&format!("{} is removed; what came from it stays{address}.", status.source.name));
            tell(&context.desk, &[status], out)
        }
        SourceCommand::Confirm { names } => {
            // All are looked up before any may run: a name that is wrong must not leave half of them confirmed.
            for name in &names {
                context.desk.source(Some(&machine), name)?;
            }
            let confirmed: Result<Vec<_>, OpsError> =
                names.iter().map(|name| context.desk.confirm_source(&machine, name)).collect();
            let confirmed = confirmed?;
            for status in &confirmed {
                let (name, place) = (&status.source.name, status.source.shown_place());
                out.say(&format!("{name} may run on this machine for this store: {place}"));
            }
            tell(&context.desk, &confirmed, out)
        }
        SourceCommand::Refresh(arguments) => refresh::refresh(context, &machine, &arguments, out),
    }
}

fn list(desk: &Desk, machine: &Machine, out: &mut Out) -> Done {
    let all = desk.sources(Some(machine))?;
    tell(desk, &all, out)?;
    if all.is_empty() {
        return Err(CliError::Nothing(
            "there is no source yet; `tablesetter source add --help` shows how".to_owned(),
        ));
    }
    Ok(())
}

fn one(desk: &Desk, machine: &Machine, name: &str, out: &mut Out) -> Done {
    tell(desk, &[desk.source(Some(machine), name)?], out)
}

fn tell(desk: &Desk, all: &[SourceStatus], out: &mut Out) -> Done {
    match out.format {
        Format::Json => out.json(&all.iter().map(|status| shape(desk, status)).collect::<Vec<_>>()),
        Format::Plain => all.iter().try_for_each(|status| record(desk, status, out)),
        Format::Human => all.iter().try_for_each(|status| lines(status, out)),
    }
}

fn lines(status: &SourceStatus, out: &mut Out) -> Done {
    let SourceStatus { source, state, .. } = status;
    let age = status.age.map_or_else(|| "never read".to_owned(), |age| format!("{} old", age_words(age)));
    let age = if status.stale.is_some() && status.age.is_some() { format!("{age} (stale)") } else { age };
    let applies = if source.applies { ", applies by itself" } else { "" };
    out.line(&format!(
        "{} {} {}{applies}",
        out.fit(&source.name, 20),
        out.fit(source.what.name(), 10),
        plain::harmless(&format!("{age}, {}", status.when_words()))
    ))?;
    let indented = |text: &str| format!("    {}", plain::harmless(text));
    let (place, reading) = (source.shown_place(), source.reading_words());
    out.line(&indented(&format!("{}: {place}{reading}", source.way.title())))?;
    if state.needs_look() {
        out.line(&indented(&format!(
            "an import was taken back or done again since it was read; `tablesetter source refresh '{}'` looks again",
            source.name
        )))?;
    } else if let Some(offer) = status.offer() {
        out.line(&indented(&format!(
            "{offer}; `tablesetter source refresh '{}' --apply` takes it",
            source.name
        )))?;
    }
    if let Some(error) = &state.error {
        out.line(&indented(&format!("failed: {error}")))?;
    }
    if let Some((why, hint)) = status.asleep_words() {
        out.line(&indented(&format!("{why}. {hint}")))?;
    }
    Ok(())
}

fn record(desk: &Desk, status: &SourceStatus, out: &mut Out) -> Done {
    let SourceStatus { source, state, .. } = status;
    let number = |count: Option<usize>| count.map_or_else(String::new, |count| count.to_string());
    let offered = status.offered();
    let instant = |at| json::instant(&desk.clock, at);
    out.record(&[
        &source.name,
        source.what.name(),
        source.way.name(),
        &source.shown_place(),
        &source.preset,
        &source.every.map_or_else(String::new, |minutes| minutes.to_string()),
        &state.refreshed.map_or_else(String::new, instant),
        &status.age.map_or_else(String::new, |age| age.num_minutes().to_string()),
        &number(offered.map(|offered| offered.new)),
        &number(offered.map(|offered| offered.changed)),
        &number(offered.map(|offered| offered.gone)),
        state.error.as_deref().unwrap_or_default(),
        if status.asleep.is_some() { "asleep" } else { "" },
        &source.maps.shown(),
    ])
}

fn shape(desk: &Desk, status: &SourceStatus) -> serde_json::Value {
    let SourceStatus { source, state, .. } = status;
    let instant = |at| json::instant(&desk.clock, at);
    let offered = status.offered().map(
        |offered| serde_json::json!({ "new": offered.new, "changed": offered.changed, "gone": offered.gone }),
    );
    let map = |(column, field): &(String, String)| serde_json::json!({ "column": column, "field": field });
    serde_json::json!({
        "map": source.maps.0.iter().map(map).collect::<Vec<_>>(),
        "name": source.name, "what": source.what, "from": source.shown_place(),
        "preset": json::text(&source.preset), "sheet": json::text(&source.sheet), "every_minutes": source.every,
        "refreshed": state.refreshed.map(instant), "age_minutes": status.age.map(|age| age.num_minutes()),
        "offered": offered, "needs_look": state.needs_look(), "error": state.error,
        "way": source.way, "known_as": source.identity(), "day_first": source.day_first,
        "at_start": source.at_start, "applies": source.applies, "applies_by_itself": status.applies_by_itself, "limit_seconds": source.limit_seconds,
        "data_from": state.data_from.map(instant), "current": state.current().map(instant),
        "stale": status.stale, "due": status.is_due,
        "asleep": status.asleep_words().map(|(why, _)| why),
    })
}
