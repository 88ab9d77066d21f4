//! `import calendar`: what came, what moved, what was cancelled, and what could not be read.

use std::path::PathBuf;

use super::{ImportStop, SHOWN, changes_json, changes_plain, conflict_told, conflicts_json, mixed_up};
use crate::cli::out::{Format, Out};
use crate::cli::{CliError, Context, Done};
use crate::domain::difference::{self, Difference};
use crate::foreign::Foreign;
use crate::import::calendar::CalendarProblem;
use crate::ops::OpsError;
use crate::ops::import::file::calendars_in;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::lines::{LeftOutLines, LineChoice};
use crate::ops::import::{CalendarReport, EventChange};
use crate::plain;

pub fn calendar(
    context: &mut Context,
    paths: &[PathBuf],
    (is_rehearsal, without): (bool, Option<&LeftOutLines>),
    out: &mut Out,
) -> Done {
    let (mut files_named, mut folders) = (Vec::new(), Vec::new());
    for path in paths {
        if path.to_string_lossy().contains("://") {
            return Err(OpsError::rejected(
                "an import reads files; an address is fetched by a source, which keeps it secret",
                "`tablesetter source add Work --what calendar --url-stdin` takes the address from standard input.",
            )
            .into());
        }
        if path.is_dir() {
            files_named.extend(calendars_in(path).whole().map_err(|unlisted| {
                let hint = "Nothing was imported: what came from files in there would count as gone. Name the files themselves, or let them be listed.";
                OpsError::rejected(unlisted, hint)
            })?);
            // The folder is handed on too: what came from a file that is gone from it has vanished.
            folders.push(path.to_string_lossy().into_owned());
        } else {
            files_named.push(path.clone());
        }
    }
    if files_named.is_empty() {
        return Err(CliError::Nothing(
            "there is no .ics file in that folder; name the one that your calendar was saved to".to_owned(),
        ));
    }
    let stop = ImportStop::watch(out);
    let asked = Asked::new(ForeignKind::Calendar(context.desk.config.own_names.clone()), &context.desk.clock);
    let mut sources = Vec::new();
    for (path, answer) in files_named.iter().zip(Foreign::own()?.all(&asked, &files_named)?) {
        let read = match answer {
            Ok(ForeignContent::Calendar(calendar)) => Ok(calendar),
            Ok(_) => return Err(mixed_up()),
            // It is told among the results: one file that cannot be read holds up none of the others.
            Err(why) => Err(why),
        };
        sources.push((path.to_string_lossy().into_owned(), read));
    }
    let lines = without.cloned().map_or_else(LineChoice::default, LeftOutLines::choice);
    let sources = context.desk.chosen_calendars(sources, &lines)?;
    let desk = &mut context.desk;
    let report =
        stop.take(is_rehearsal, out, || desk.take_calendar_folders(sources, &folders, is_rehearsal))?;
    tell_calendar(&report, out)
}

/// The line of the file; nothing where there is none.
fn line_json(event: &EventChange) -> Option<usize> {
    (event.line > 0).then_some(event.line)
}

/// What names an event where it can be left out: its line, its key, or both.
fn named(event: &EventChange, is_new: bool) -> String {
    let line = (event.line > 0).then(|| format!("line {:<5}", event.line));
    let key = (!is_new).then(|| event.key.clone());
    line.into_iter().chain(key).collect::<Vec<_>>().join(" ")
}

fn event_json(event: &EventChange) -> serde_json::Value {
    let action = if event.is_cancelled { "cancelled" } else { "updated" };
    serde_json::json!({
        "key": event.key, "line": line_json(event), "uid": event.uid, "title": event.title, "action": action, "vanished": event.has_vanished,
        "changes": changes_json(&event.changes), "conflicts": conflicts_json(&event.conflicts),
    })
}

fn new_json(event: &EventChange) -> serde_json::Value {
    serde_json::json!({
        "key": event.key, "line": line_json(event), "uid": event.uid, "title": event.title,
        "changes": changes_json(&event.changes),
    })
}

pub fn calendar_json(report: &CalendarReport) -> serde_json::Value {
    let problem = |(file, problem): &(String, CalendarProblem)| {
        serde_json::json!({
            "uid": problem.uid, "line": problem.line, "message": problem.message, "left_out": problem.is_left_out,
            "file": file,
        })
    };
    serde_json::json!({
        "dry_run": report.is_rehearsal, "created": report.created, "updated": report.updated,
        "cancelled": report.cancelled, "vanished": report.vanished, "conflicts": report.conflicts, "unchanged": report.unchanged,
        "skipped": report.skipped, "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
        "operation": report.operation, "rows": report.changed.iter().map(event_json).collect::<Vec<_>>(),
        "new": report.new.iter().map(new_json).collect::<Vec<_>>(),
    })
}

pub fn tell_calendar(report: &CalendarReport, out: &mut Out) -> Done {
    if out.format == Format::Json {
        return out.json(&calendar_json(report));
    }
    if out.format == Format::Plain {
        return plain_records(report, out);
    }
    let would = if report.is_rehearsal { "would be " } else { "" };
    let counts = [
        (report.created, "created"),
        (report.updated, "updated"),
        (report.cancelled, "cancelled"),
        (report.unchanged, "unchanged"),
        (report.skipped, "skipped as older"),
    ];
    let mut parts: Vec<String> =
        counts.iter().map(|(count, word)| format!("{count} {would}{word}")).collect();
    parts.extend((report.conflicts > 0).then(|| format!("{} in conflict", report.conflicts)));
    out.line(&parts.join(", "))?;
    if report.is_rehearsal {
        for event in report.new.iter().take(SHOWN) {
            let what = difference::told(&event.changes, 200);
            let (title, what) = (plain::cut(&event.title, 60), plain::harmless(&what));
            out.line(&format!("  {} new  {title}  {what}", named(event, true)))?;
        }
        if report.new.len() > SHOWN {
            out.line(&format!("  … and {} more new ones; --json lists all", report.new.len() - SHOWN))?;
        }
    }
    for event in report.changed.iter().take(SHOWN) {
        let what = difference::told(&event.changes, 200);
        let why = if event.has_vanished { "  (no longer in its calendar)" } else { "" };
        let (title, what) = (plain::cut(&event.title, 60), plain::harmless(&what));
        out.line(&format!("  {}  {title}  {what}{why}", named(event, false)))?;
        for conflict in &event.conflicts {
            out.line(&plain::harmless(&format!("    {}", conflict_told(conflict, "in the calendar"))))?;
        }
    }
    if report.changed.len() > SHOWN {
        out.line(&format!("  … and {} more changed; --json lists all", report.changed.len() - SHOWN))?;
    }
    tell_problems(report, out)
}

/// One record each; the last two columns are the line by which it can be left out, and what else became of it.
fn plain_records(report: &CalendarReport, out: &mut Out) -> Done {
    let mut event_record = |event: &EventChange, action: &str, changes: &[Difference]| {
        let line = line_json(event).map(|line| line.to_string()).unwrap_or_default();
        let became = if event.has_vanished { "vanished" } else { "" };
        out.record(&[&event.key, action, &event.title, &changes_plain(changes), &line, became])
    };
    for event in &report.new {
        event_record(event, "created", &event.changes)?;
    }
    for event in &report.changed {
        event_record(event, if event.is_cancelled { "cancelled" } else { "updated" }, &event.changes)?;
        if !event.conflicts.is_empty() {
            event_record(event, "conflict", &event.conflicts)?;
        }
    }
    report.problems.iter().try_for_each(|(file, problem)| {
        let (line, became) = (problem.line.to_string(), if problem.is_left_out { "left-out" } else { "" });
        out.record(&["problem", file, &line, &problem.message, &line, became])
    })
}

/// Every event that is left out, and the first of the other remarks, in the order of the file.
fn tell_problems(report: &CalendarReport, out: &mut Out) -> Done {
    let (mut others, mut untold) = (0, 0);
    for (file, problem) in &report.problems {
        others += usize::from(!problem.is_left_out);
        if !problem.is_left_out && others > SHOWN {
            untold += 1;
            continue;
        }
        let (file, message) = (plain::harmless(file), plain::cut(&problem.message, 200));
        // What is said of a calendar as a whole stands on no line of it.
        let line = if problem.line == 0 { String::new() } else { format!(" line {}", problem.line) };
        out.line(&format!("  {file}{line}: {message}"))?;
    }
    if untold > 0 {
        out.line(&format!("  … and {untold} more remarks; --json lists all"))?;
    }
    Ok(())
}
