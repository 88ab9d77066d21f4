//! `source refresh`: each source is fetched, read by the child that reads foreign files, and offered or taken in. One
//! that fails keeps none of the others.

use super::arguments::RefreshSources;
use super::stopped::StopNotice;
use super::{shape, tell};
use crate::cli::import::{self, own_presets, progress};
use crate::cli::out::{Format, Out};
use crate::cli::{CliError, Context, Done};
use crate::domain::source::{DataSource, SourceWhat};
use crate::foreign::Foreign;
use crate::ops::import::lines::LineChoice;
use crate::ops::sources::{Machine, SourceChoice, SourceReport, SourceStatus, TakenSource};
use crate::ops::{Desk, OpsError};

pub fn refresh(context: &mut Context, machine: &Machine, arguments: &RefreshSources, out: &mut Out) -> Done {
    let lines = lines(arguments);
    if lines != LineChoice::default() && arguments.names.len() != 1 {
        let message = "lines are those of one file: name the one source they are meant for";
        return Err(CliError::Usage(message.to_owned()));
    }
    let chosen = chosen(context, machine, arguments)?;
    check_lines(&lines, &chosen)?;
    let is_alone = arguments.names.len() == 1;
    let (mut shapes, mut failed) = (Vec::new(), false);
    let notice = StopNotice::watch(out.format == Format::Json);
    for status in &chosen {
        let name = &status.source.name;
        let applies = arguments.apply || (status.applies_by_itself && !arguments.dry_run);
        if status.source.applies && !status.applies_by_itself && !arguments.apply {
            out.say(&format!("What {name} brought last was undone, so it is only offered now."));
        }
        let done = one(context, machine, status, (applies, &lines, &notice), out);
        let now = context.desk.source(Some(machine), name)?;
        match done {
            // A source that was named alone fails with its own exit code; among several the others are read all the
            // same.
            Err(error) if is_alone => return Err(error),
            Err(error) => {
                failed = true;
                out.say(&among_others(name, &error));
                shapes.push(shape(&context.desk, &now));
                if out.format == Format::Plain {
                    tell(&context.desk, &[now], out)?;
                }
            }
            Ok(taken) => {
                let mut told = shape(&context.desk, &now);
                told["report"] = report_json(&taken.report);
                told["operation"] = taken.operation.into();
                shapes.push(told);
                if out.format != Format::Json {
                    told_in_lines(&context.desk, &now, &taken, is_alone, out)?;
                }
            }
        }
    }
    if out.format == Format::Json {
        for shape in &mut shapes {
            // Every key is there, whatever came of it.
            for name in ["report", "operation"] {
                if shape.get(name).is_none() {
                    shape[name] = serde_json::Value::Null;
                }
            }
        }
        out.json(&shapes)?;
    }
    if failed { Err(CliError::Told(1)) } else { Ok(()) }
}

/// What is said of single lines.
fn lines(arguments: &RefreshSources) -> LineChoice {
    let left_out = arguments.without.clone().unwrap_or_default();
    LineChoice {
        with: arguments.with.clone().unwrap_or_default(),
        as_new: arguments.as_new.clone().unwrap_or_default(),
        names: arguments.names_meant.answers(),
        stakeholders: arguments.requesters.stakeholders,
        ..left_out.choice()
    }
}

/// Keys and ids are those of meetings.
fn check_lines(lines: &LineChoice, chosen: &[SourceStatus]) -> Result<(), CliError> {
    let is_table = chosen.iter().any(|status| status.source.what != SourceWhat::Calendar);
    match lines.without_events.first().filter(|_| is_table) {
        Some(name) => Err(CliError::Usage(format!("`{name}` is no line of a table; say 3,7-9"))),
        None => Ok(()),
    }
}

/// A failure among several sources, which says whose it is once.
fn among_others(name: &str, error: &CliError) -> String {
    let (told, hint) = match error {
        CliError::Ops(error) => (error.to_string(), error.hint().unwrap_or_default()),
        other => (other.to_string(), String::new()),
    };
    // Most sentences about a source begin with its name already.
    let is_named = told.starts_with(name) || told.contains(&format!(" of {name} "));
    let of = if is_named { String::new() } else { format!("{name}: ") };
    format!("{of}{told}. {hint}").trim_end().to_owned()
}

/// The sources that are named, or all of them.
fn chosen(
    context: &Context,
    machine: &Machine,
    arguments: &RefreshSources,
) -> Result<Vec<SourceStatus>, CliError> {
    if !arguments.names.is_empty() {
        let named = arguments.names.iter().map(|name| context.desk.source(Some(machine), name));
        return Ok(named.collect::<Result<_, _>>()?);
    }
    let mut all = context.desk.sources(Some(machine))?;
    if all.is_empty() {
        let message = "there is no source yet; `tablesetter source add --help` shows how";
        return Err(CliError::Nothing(message.to_owned()));
    }
    all.retain(|status| !arguments.due || status.is_due);
    Ok(all)
}

fn one(
    context: &mut Context,
    machine: &Machine,
    status: &SourceStatus,
    (applies, lines, notice): (bool, &LineChoice, &StopNotice),
    out: &mut Out,
) -> Result<TakenSource, CliError> {
    let source = &status.source;
    let taken = fetch_and_take(context, machine, source, (applies, lines, notice), out);
    if let Err(error) = &taken {
        let noted = OpsError::NotFetched { message: error.to_string(), hint: None };
        context
            .desk
            .note_source_failure(source, if let CliError::Ops(error) = error { error } else { &noted })?;
    }
    taken
}

fn fetch_and_take(
    context: &mut Context,
    machine: &Machine,
    source: &DataSource,
    (applies, lines, notice): (bool, &LineChoice, &StopNotice),
    out: &mut Out,
) -> Result<TakenSource, CliError> {
    notice.is_about(&source.name, false);
    let fetched = context.desk.fetch_job(Some(machine), &source.name)?.fetch().map_err(OpsError::from)?;
    for note in &fetched.notes {
        out.say(note);
    }
    let wanted = Some(&source.preset).filter(|preset| !preset.is_empty());
    let presets = own_presets(&context.places.presets, wanted, out)?;
    let asked = context.desk.source_question(source, presets);
    let answers = Foreign::own()?.all(&asked, &fetched.files)?;
    let mut progress = progress(out.tells_progress());
    notice.is_about(&source.name, applies);
    let choice = SourceChoice { applies, lines, progress: &mut progress };
    Ok(context.desk.take_source(source, &fetched, answers, choice)?)
}

/// The change set, behind the line that says whose it is.
fn told_in_lines(
    desk: &Desk,
    status: &SourceStatus,
    taken: &TakenSource,
    is_alone: bool,
    out: &mut Out,
) -> Done {
    let name = &status.source.name;
    if out.format == Format::Plain {
        tell(desk, std::slice::from_ref(status), out)?;
    } else if !is_alone {
        out.line(&crate::plain::harmless(name))?;
    }
    let how = format!("`tablesetter source refresh '{name}' --apply` takes it in");
    match &taken.report {
        SourceReport::Table(report) => import::tell(report, &how, out),
        SourceReport::Calendar(report) => {
            import::tell_calendar(report, out)?;
            if report.is_rehearsal && taken.offered.is_any(status.source.what) {
                out.say(&format!("nothing was stored; {how}"));
            }
            Ok(())
        }
    }
}

fn report_json(report: &SourceReport) -> serde_json::Value {
    match report {
        SourceReport::Table(report) => import::json(report),
        SourceReport::Calendar(report) => import::calendar_json(report),
    }
}
