//! The commands of the records, and `ledger overlaps link`.

mod columns;
pub mod command;
mod list;
pub mod shape;

use serde_json::{Value, json};

use super::out::{Format, Out};
use super::{CliError, Done};
use crate::domain::ledger;
use crate::domain::proposal::Proposal;
use crate::domain::record::{Kind, RecordKey};
use crate::domain::words::fold;
use crate::ops::books::{EntryDetail, Fact, FactTone};
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::Committed;
use command::{RecordCommand, Verb};
pub use list::keys;
use list::list_lines;

/// `link KEY KEY`: draws a link, or takes it away.
pub fn link(desk: &mut Desk, one: &str, other: &str, out: &mut Out) -> Done {
    let (one, other) = (desk.record_key(one)?, desk.record_key(other)?);
    let committed = desk.link(&one, &other)?;
    match out.format {
        Format::Json => out.json(&json!({ "one": one, "other": other, "label": committed.label })),
        Format::Plain => out.record(&[&one.to_string(), &other.to_string(), &committed.label]),
        Format::Human => out.line(&committed.label),
    }
}

/// `private KEY…`: keeps records from others, or with `--off` no more.
pub fn private(desk: &mut Desk, keys: &[String], is_off: bool, out: &mut Out) -> Done {
    let keys = keys.iter().map(|text| desk.record_key(text)).collect::<Result<Vec<_>, _>>()?;
    // Never the other way round by itself: a script that runs twice would show again what it had hidden.
    let committed = desk.set_private(&keys, Some(!is_off))?;
    match out.format {
        Format::Json => {
            let rows: Vec<Value> =
                keys.iter().map(|key| json!({ "key": key, "private": committed.output })).collect();
            out.json(&rows)
        }
        Format::Plain => {
            let word = if committed.output { "private" } else { "shown" };
            keys.iter().try_for_each(|key| out.record(&[&key.to_string(), word]))
        }
        Format::Human if committed.operation.is_none() => out.line("nothing to change: it is so already"),
        Format::Human => out.line(&committed.label),
    }
}

fn key_of(desk: &Desk, kind: Kind, text: &str) -> Result<RecordKey, CliError> {
    // The command has named the kind, so that a bare number is enough.
    let key = match text.parse::<i64>() {
        Ok(number) => RecordKey::Numbered(kind, number),
        Err(_) => desk.record_key(text)?,
    };
    if key.kind() == Some(kind) {
        return Ok(key);
    }
    Err(OpsError::NotFound {
        message: format!("{key} is not a {}", kind.title()),
        hint: Some(format!("`tablesetter {kind} list` shows the keys.")),
    }
    .into())
}

/// Runs a command over the records of a kind.
pub fn run(desk: &mut Desk, command: RecordCommand, out: &mut Out) -> Done {
    let kind = command.kind;
    match command.verb {
        Verb::TakeProposal(origin, mut words) => {
            let known = proposed(desk, &origin)?.known();
            // What was typed goes before the words of the proposal.
            let is_given = |name: &str| words.iter().any(|(given, _)| *given == name);
            let more: Vec<_> = known.into_iter().filter(|(name, _)| !is_given(name)).collect();
            words.extend(more);
            let committed = desk.add_entry(kind, &words)?;
            out.say(&committed.label);
            one(desk, &committed.output, out)
        }
        Verb::Add(words) => {
            let committed = desk.add_entry(kind, &words)?;
            out.say(&committed.label);
            let added = &committed.output;
            for (key, name) in desk.stakeholders_like(added)? {
                let merge = "tablesetter stakeholder merge";
                out.say(&format!(
                    "{added} is much like {key} {name}; if they are the same: `{merge} {added} {key}`"
                ));
            }
            one(desk, &committed.output, out)
        }
        Verb::Edit(key, words) => {
            let key = key_of(desk, kind, &key)?;
            let committed = desk.edit_entry(&key, &words)?;
            edited(desk, &key, &committed, out)
        }
        Verb::SetDay(key, field, day) => {
            let key = key_of(desk, kind, &key)?;
            let committed = desk.set_day(&key, field, day)?;
            edited(desk, &key, &committed, out)
        }
        Verb::Merge(one, other) => {
            let (one, other) = (key_of(desk, kind, &one)?, key_of(desk, kind, &other)?);
            let committed = desk.merge_stakeholders(&one, &other)?;
            out.say(&committed.label);
            self::one(desk, &committed.output, out)
        }
        Verb::Note(note, mut words) => {
            // The first field of a note is what it is about; by its key from here on, since a name may have
            // been typed.
            let Some((_, about)) = words.first_mut() else { return Ok(()) };
            let key = key_of(desk, kind, about)?;
            *about = key.to_string();
            let committed = desk.add_entry(note, &words)?;
            out.say(&committed.label);
            show(desk, &key, out)
        }
        Verb::Show(key) => show(desk, &key_of(desk, kind, &key)?, out),
        Verb::List(words) => list::list(desk, kind, &words, out),
        Verb::Proposals => proposals(desk, out),
    }
}

/// What became of a record that was changed.
fn edited(desk: &Desk, key: &RecordKey, committed: &Committed<()>, out: &mut Out) -> Done {
    out.say(if committed.operation.is_some() {
        &committed.label
    } else {
        "nothing to change: it is so already"
    });
    one(desk, key, out)
}

/// One record after it was written.
pub(super) fn one(desk: &Desk, key: &RecordKey, out: &mut Out) -> Done {
    let (books, _, report) = desk.books_standing()?;
    match out.format {
        Format::Json => out.json(&shape::by_key(desk, key, &report)?),
        _ => list_lines(desk, &books, &report, out, std::slice::from_ref(key)),
    }
}

/// One record with everything that touches it.
pub fn show(desk: &Desk, key: &RecordKey, out: &mut Out) -> Done {
    let detail = desk.entry_detail(key)?;
    if out.format == Format::Json {
        let (_, _, report) = desk.books_standing()?;
        let mut shape = shape::by_key(desk, key, &report)?;
        shape.insert("touches".to_owned(), shape::touches(&detail.facts));
        return out.json(&shape);
    }
    if out.format == Format::Plain {
        let (books, _, report) = desk.books_standing()?;
        return list_lines(desk, &books, &report, out, std::slice::from_ref(key));
    }
    page(desk, &detail, out)
}

fn page(desk: &Desk, detail: &EntryDetail, out: &mut Out) -> Done {
    out.line(&format!("{} {}", detail.key, plain::harmless(&detail.title)))?;
    facts(&detail.facts, out)?;
    for operation in &detail.history {
        let day = desk.clock.day_of(operation.at);
        super::out::label(out, &day.to_string(), &operation.label)?;
    }
    Ok(())
}

/// Facts as labelled lines.
pub fn facts(facts: &[Fact], out: &mut Out) -> Done {
    for fact in facts {
        if fact.tone == FactTone::Head {
            out.line(&format!("{}:", plain::harmless(&fact.text)))?;
        } else {
            super::out::label(out, &fact.label.to_lowercase(), &fact.text)?;
        }
    }
    Ok(())
}

pub fn ledger(desk: &Desk, out: &mut Out) -> Done {
    let (books, _, report) = desk.books_standing()?;
    let now = ledger::total(&books.gains, &books.redirects, desk.today());
    if out.format == Format::Json {
        let weeks: Vec<Value> = report.weeks.iter().map(|week| json!({ "week": week.monday, "freed_minutes": week.balance.freed.0, "redirected_minutes": week.balance.redirected.0, "unspoken_minutes": week.balance.unspoken().0 })).collect();
        let gains: Vec<Value> = report.gains.iter().map(|it| Value::Object(shape::gain(it))).collect();
        return out.json(&json!({
            "freed_minutes_per_week": now.freed.0, "redirected_minutes_per_week": now.redirected.0,
            "unspoken_minutes_per_week": now.unspoken().0, "gains": gains, "weeks": weeks,
        }));
    }
    for (name, minutes) in
        [("freed", now.freed), ("redirected", now.redirected), ("unspoken for", now.unspoken())]
    {
        if out.format == Format::Plain {
            out.record(&[name, &minutes.0.to_string()])?;
        } else {
            out.line(&format!("{}{minutes} a week", out.fit(&format!("{name}:"), 16)))?;
        }
    }
    let mut rows = keys(desk, Kind::Gain, &books, &report)?;
    rows.extend(keys(desk, Kind::Redirect, &books, &report)?);
    list_lines(desk, &books, &report, out, &rows)
}

/// The proposal that comes from something.
fn proposed(desk: &Desk, origin: &str) -> Result<Proposal, CliError> {
    let (_, _, report) = desk.books_standing()?;
    let found = report.proposals.into_iter().find(|it| fold(&it.origin) == fold(origin.trim()));
    Ok(found.ok_or_else(|| OpsError::NotFound {
        message: format!("the data proposes nothing from \"{origin}\""),
        hint: Some(
            "`tablesetter friction proposals` lists what it does, and what is filed already is not among it."
                .to_owned(),
        ),
    })?)
}

/// `friction proposals`: what the data proposes; nothing of it is written by itself.
fn proposals(desk: &Desk, out: &mut Out) -> Done {
    let (_, _, report) = desk.books_standing()?;
    if out.format == Format::Json {
        let shape = |it: &Proposal| {
            json!({
                "origin": it.origin, "text": it.text, "evidence": it.evidence, "keys": it.keys,
                "minutes_per_week": Some(it.minutes).filter(|minutes| *minutes > 0),
                "harms": super::json::text(&it.harms),
            })
        };
        out.json(&report.proposals.iter().map(shape).collect::<Vec<_>>())?;
    }
    for it in &report.proposals {
        let keys: Vec<String> = it.keys.iter().map(ToString::to_string).collect();
        match out.format {
            Format::Json => {}
            Format::Plain => {
                let minutes = it.minutes.to_string();
                out.record(&[&it.text, &it.evidence, &minutes, &keys.join(","), &it.origin])?;
            }
            Format::Human => {
                out.line(&plain::harmless(&it.text))?;
                out.line(&plain::harmless(&format!("    {}", it.evidence)))?;
                out.line(&plain::harmless(&format!("    --proposal \"{}\"", it.origin)))?;
            }
        }
    }
    if report.proposals.is_empty() {
        return Err(CliError::Nothing("the data proposes nothing that is not a friction already".to_owned()));
    }
    out.say("`tablesetter friction add --proposal …` takes one over, with other words where you give some.");
    Ok(())
}

/// `overlaps`: what requests share, each as one line to say in the room.
pub fn overlaps(desk: &Desk, out: &mut Out) -> Done {
    let (_, _, report) = desk.books_standing()?;
    if out.format == Format::Json {
        let rows: Vec<Value> =
            report.overlaps.iter().map(|it| json!({ "line": it.line, "keys": it.keys })).collect();
        out.json(&rows)?;
    } else {
        for overlap in &report.overlaps {
            let keys: Vec<String> = overlap.keys.iter().map(ToString::to_string).collect();
            match out.format {
                Format::Plain => out.record(&[&overlap.line, &keys.join(",")])?,
                _ => out.line(&plain::harmless(&overlap.line))?,
            }
        }
    }
    if report.overlaps.is_empty() {
        Err(CliError::Nothing(
            "no two open requests share anything that their requesters should know of".to_owned(),
        ))
    } else {
        Ok(())
    }
}
