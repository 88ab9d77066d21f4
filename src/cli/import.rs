//! `import …`: how the file was understood, what happened row by row, and what to look at.

mod all;
mod calendar;

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

pub use calendar::{calendar_json, tell_calendar};

use super::out::{Format, Out};
use super::{CliError, Context, Done};
use crate::domain::difference::{Difference, FieldValue};
use crate::foreign::Foreign;
use crate::import::Problem;
use crate::import::dates::DateOrder;
use crate::import::field::Field;
use crate::import::requests::RequestOptions;
use crate::ops::import::change_set::ChangeGroup;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::lines::{LineChoice, RowLines};
use crate::ops::import::near_misses::{NameAnswers, NamePair};
use crate::ops::import::presets;
use crate::ops::import::{ImportMark, ImportRun, Report, RowAction, RowReport, problem_text};
use crate::plain;

/// `import …`
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Requests from Jira, Asana, Trello, monday, forms, or any table as CSV or workbook
    Requests {
        #[command(flatten)]
        table: TableOptions,
        /// A preset by name; without it, the file is recognised
        #[arg(long)]
        preset: Option<String>,
        /// What a column fills; may be repeated
        #[arg(long, value_name = "COLUMN=field")]
        map: Vec<String>,
        /// Under which name the source is kept; files of one kind from two places need two
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Lines that stand switched off and are taken all the same, as what is archived
        #[arg(long, value_name = "LINES")]
        with: Option<RowLines>,
        /// Lines that are new requests, though one that vanished is much like them
        #[arg(long, value_name = "LINES")]
        as_new: Option<RowLines>,
    },
    /// People with their hours
    People {
        #[command(flatten)]
        table: TableOptions,
    },
    /// Absences, and holidays where the person is `*`
    Absences {
        #[command(flatten)]
        table: TableOptions,
    },
    /// Calendar files, or folders of them
    Calendar {
        #[arg(required = true, value_name = "FILE|FOLDER|-")]
        sources: Vec<String>,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// A whole store, as `export all` wrote it
    All(all::AllArguments),
}

/// What all tables share.
#[derive(Debug, Clone, Args)]
pub struct TableOptions {
    /// The file, or - for standard input
    pub file: String,
    /// 03/04 is the third of April
    #[arg(long, conflicts_with = "month_first")]
    pub day_first: bool,
    /// 03/04 is the fourth of March
    #[arg(long)]
    pub month_first: bool,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Lines of the file that are left out, as 3,7-9
    #[arg(long, value_name = "LINES")]
    pub without: Option<RowLines>,
    #[command(flatten)]
    pub names: NamesMeant,
}

/// Who is meant by names that come near somebody's.
#[derive(Debug, Clone, Args)]
pub struct NamesMeant {
    /// A name of the file and who it is, by handle or key; from then on it means them
    #[arg(long, value_name = "NAME=WHO")]
    same: Vec<NamePair>,
    /// A name of the file that only comes near somebody's; from then on it is not asked about
    #[arg(long, value_name = "NAME=WHO")]
    not_same: Vec<NamePair>,
}

impl NamesMeant {
    pub fn answers(&self) -> NameAnswers {
        NameAnswers {
            same: self.same.iter().cloned().collect(),
            not_same: self.not_same.iter().cloned().collect(),
        }
    }
}

impl TableOptions {
    fn lines(&self) -> LineChoice {
        LineChoice {
            without: self.without.clone().unwrap_or_default(),
            names: self.names.answers(),
            ..LineChoice::default()
        }
    }
}

/// So many rows with remarks are told one by one; JSON has all.
const SHOWN: usize = 40;

pub fn run(context: &mut Context, command: &ImportCommand, out: &mut Out) -> Done {
    match command {
        ImportCommand::Requests { table, preset, map, source, with, as_new } => {
            let lines = LineChoice {
                with: with.clone().unwrap_or_default(),
                as_new: as_new.clone().unwrap_or_default(),
                ..table.lines()
            };
            requests(
                context,
                table,
                &RequestsSaid { preset: preset.as_ref(), map, source: source.as_ref(), lines },
                out,
            )
        }
        ImportCommand::People { table } => {
            let ForeignContent::People(listing) = read(context, ForeignKind::People(order(table)), table)?
            else {
                return Err(mixed_up());
            };
            tell(&context.desk.take_people(listing, table.dry_run, &table.lines())?, LEAVE_OUT, out)
        }
        ImportCommand::Absences { table } => {
            let ForeignContent::Absences(listing) =
                read(context, ForeignKind::Absences(order(table)), table)?
            else {
                return Err(mixed_up());
            };
            tell(&context.desk.take_absences(listing, table.dry_run, &table.lines())?, LEAVE_OUT, out)
        }
        ImportCommand::Calendar { sources, dry_run } => calendar::calendar(context, sources, *dry_run, out),
        ImportCommand::All(arguments) => all::run(context, arguments, out),
    }
}

/// What is said about a file of requests beside its name.
struct RequestsSaid<'a> {
    preset: Option<&'a String>,
    map: &'a [String],
    source: Option<&'a String>,
    lines: LineChoice,
}

/// What a table holds, read apart from the store.
fn read(context: &Context, kind: ForeignKind, table: &TableOptions) -> Result<ForeignContent, CliError> {
    Ok(Foreign::own()?.one(&Asked::new(kind, context.desk.clock), &table.file)?)
}

fn mixed_up() -> CliError {
    CliError::Io("the reader of the file answered something else than it was asked".to_owned())
}

const fn order(table: &TableOptions) -> Option<DateOrder> {
    match (table.day_first, table.month_first) {
        (true, _) => Some(DateOrder::DayFirst),
        (_, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The user's own presets that can be used; one that cannot be read is told.
pub fn own_presets(
    folder: &Path,
    wanted: Option<&String>,
    out: &mut Out,
) -> Result<Vec<(String, String)>, CliError> {
    let own = presets::own(folder).map_err(CliError::Io)?;
    let (presets, faults) = presets::usable(own, wanted.map(String::as_str));
    for fault in &faults {
        out.say(fault);
    }
    Ok(presets)
}

fn requests(context: &mut Context, table: &TableOptions, said: &RequestsSaid<'_>, out: &mut Out) -> Done {
    let (preset, map) = (said.preset, said.map);
    let presets = own_presets(&context.places.presets, preset, out)?;
    let pair = |text: &String| {
        let pair =
            // From the right: a column may be called `Due = planned`, a field never.
            text.rsplit_once('=').map(|(column, field)| (column.trim().to_owned(), field.trim().to_owned()));
        pair.ok_or_else(|| {
            CliError::Usage(format!(
                "--map `{text}` is not COLUMN=field; fields are {}",
                Field::names().join(", ")
            ))
        })
    };
    let maps = map.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    let options =
        RequestOptions { preset: preset.cloned(), maps, order: order(table), now: context.desk.stamp().at };
    let mut progress = progress(out.tells_progress());
    let ForeignContent::Requests(mut import) =
        read(context, ForeignKind::Requests { presets, options }, table)?
    else {
        return Err(mixed_up());
    };
    if let Some(source) = said.source {
        import.source.clone_from(source);
        import.drafts.iter_mut().for_each(|draft| draft.request.source.clone_from(source));
    }
    let run = ImportRun { is_rehearsal: table.dry_run, lines: &said.lines, progress: &mut progress };
    let report = context.desk.take_requests(&import, run)?;
    tell(&report, LEAVE_OUT, out)
}

/// A line a second on standard error, once an import has taken more than a second.
pub fn progress(is_told: bool) -> impl FnMut(usize, usize) {
    let (start, mut last) = (Instant::now(), Instant::now());
    move |done, all| {
        // Quick imports say nothing, and a log file gets a line a second at most.
        if !is_told || start.elapsed() < Duration::from_secs(1) || last.elapsed() < Duration::from_secs(1) {
            return;
        }
        last = Instant::now();
        let mut stream = std::io::stderr().lock();
        let end = if stream.is_terminal() { "\r" } else { "\n" };
        let _ = write!(stream, "{done} of {all} rows{end}");
        let _ = stream.flush();
    }
}

/// What a rehearsal says of how to do it.
const LEAVE_OUT: &str = "leave --dry-run out to do it";

/// Tells what an import did or would do; of one that would, also how to do it.
pub fn tell(report: &Report, how: &str, out: &mut Out) -> Done {
    let count = |action| report.count(action);
    let counts = [RowAction::Created, RowAction::Updated, RowAction::Unchanged, RowAction::Skipped]
        .map(|action| (action, count(action)));
    match out.format {
        Format::Json => out.json(&json(report))?,
        Format::Plain => {
            for row in &report.rows {
                let problems: Vec<String> = row.problems.iter().map(problem_text).collect();
                out.record(&[
                    &row.row.to_string(),
                    row.action.title(),
                    row.key.as_deref().unwrap_or(""),
                    &row.title,
                    &problems.join("; "),
                    &changes_plain(&row.changes),
                    &changes_plain(&row.conflicts),
                    &row.raw,
                    row.group().name(),
                ])?;
            }
            for miss in &report.near {
                let (row, pair) = (miss.row.to_string(), &miss.pair);
                out.record(&[&row, "near", &pair.like, &pair.name, &miss.question(), "", "", "", "near"])?;
            }
            for (key, title) in &report.vanished {
                out.record(&["", "vanished", key, title, "", "", "", "", "vanished"])?;
            }
        }
        Format::Human => human(report, &counts, how, out)?,
    }
    for note in &report.notes {
        out.say(note);
    }
    Ok(())
}

fn human(report: &Report, counts: &[(RowAction, usize); 4], how: &str, out: &mut Out) -> Done {
    let would = if report.is_rehearsal { "would be " } else { "" };
    let parts: Vec<String> =
        counts.iter().map(|(action, count)| format!("{count} {would}{}", action.title())).collect();
    out.line(&parts.join(", "))?;
    let understood = &report.understood;
    // What was counted above says nothing of what asks for a look.
    let asks = |(group, _): &(ChangeGroup, usize)| {
        matches!(
            group,
            ChangeGroup::Near
                | ChangeGroup::Conflict
                | ChangeGroup::Renamed
                | ChangeGroup::Vanished
                | ChangeGroup::SwitchedOff
        )
    };
    if report.groups().iter().any(asks) {
        out.line(&report.told_groups())?;
    }
    out.line(&understood.sentence())?;
    if report.is_rehearsal {
        created(report, out)?;
    }
    near(report, out)?;
    remarks(report, out)?;
    changes(report, out)?;
    vanished(report, out)?;
    if !understood.columns_ignored.is_empty() {
        let columns: Vec<_> =
            understood.columns_ignored.iter().map(|column| plain::cut(column, 40)).collect();
        out.line(&format!("columns left out: {}", columns.join(", ")))?;
    }
    if report.is_rehearsal {
        out.say(&format!("nothing was stored; {how}"));
    } else if report.operation.is_some() {
        out.say("one `tablesetter undo` takes all of it back");
    }
    Ok(())
}

/// What would be new.
fn created(report: &Report, out: &mut Out) -> Done {
    let new: Vec<_> = report.rows.iter().filter(|row| row.action == RowAction::Created).collect();
    for row in new.iter().take(SHOWN) {
        let key = row.key.as_deref().unwrap_or_default();
        out.line(&format!(
            "  line {:<5} {} new  {}",
            row.row,
            plain::fit(key, 8),
            plain::cut(&row.title, 80)
        ))?;
    }
    if new.len() > SHOWN {
        out.line(&format!("  … and {} more new ones; --json lists all", new.len() - SHOWN))?;
    }
    Ok(())
}

/// Names that come near somebody's, with how it is said whether they mean them.
fn near(report: &Report, out: &mut Out) -> Done {
    for miss in report.near.iter().take(SHOWN) {
        let question = plain::cut(&miss.question(), 100);
        out.line(&format!("  line {:<5} {}", miss.row, plain::harmless(&question)))?;
    }
    let Some(first) = report.near.first() else { return Ok(()) };
    let pair = plain::harmless(&format!("{}={}", first.pair.name, first.pair.like)).into_owned();
    out.line(&format!("  if that is one person: --same '{pair}'; if not: --not-same; it is asked once"))
}

/// What the file does not have any more. A filtered export is no end, so nothing is done about it.
fn vanished(report: &Report, out: &mut Out) -> Done {
    for (key, title) in report.vanished.iter().take(SHOWN) {
        out.line(&format!("  not in this file any more: {key} {}", plain::cut(title, 60)))?;
    }
    match report.vanished.len() {
        0 => Ok(()),
        count if count > SHOWN => out.line(&format!("  … and {} more; nothing was closed", count - SHOWN)),
        _ => out.line("  nothing was closed; a filtered export does not have everything"),
    }
}

/// Remarks that more rows than this share are told once.
const SHARED: usize = 3;

/// What is to be looked at: remarks of single rows first, since a hundred of one kind would hide them, then those that
/// many share.
fn remarks(report: &Report, out: &mut Out) -> Done {
    let mut kinds: Vec<((&str, &str), Vec<usize>)> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let all = || report.rows.iter().flat_map(|row| row.problems.iter().map(move |problem| (row, problem)));
    for (row, problem) in all() {
        let kind = (problem.column.as_str(), problem.message.as_str());
        let place = *places.entry(kind).or_insert_with(|| {
            kinds.push((kind, Vec::new()));
            kinds.len() - 1
        });
        kinds[place].1.push(row.row);
    }
    let lines_of = |problem: &Problem| &kinds[places[&(problem.column.as_str(), problem.message.as_str())]].1;
    let single: Vec<_> = all().filter(|(_, problem)| lines_of(problem).len() <= SHARED).collect();
    for (row, problem) in single.iter().take(SHOWN) {
        let text = problem_text(problem);
        let key = row.key.as_deref().unwrap_or("skipped");
        out.line(&format!(
            "  line {:<5} {} {}  {}",
            row.row,
            plain::fit(key, 8),
            plain::fit(&row.title, 40),
            plain::cut(&text, 120)
        ))?;
        if !row.raw.is_empty() && row.raw != row.title {
            out.line(&format!("             {}", plain::cut(&row.raw, 140)))?;
        }
    }
    if single.len() > SHOWN {
        out.line(&format!("  … and {} more rows to look at; --json lists all", single.len() - SHOWN))?;
    }
    for ((column, message), lines) in kinds.iter().filter(|(_, lines)| lines.len() > SHARED) {
        let named = if column.is_empty() { String::new() } else { format!("{column}: ") };
        let first: Vec<String> = lines.iter().take(SHARED).map(ToString::to_string).collect();
        let text = format!("  {} rows, lines {} …  {named}{message}", lines.len(), first.join(", "));
        out.line(&plain::cut(&text, 200))?;
    }
    Ok(())
}

/// Each changed field with what it held and holds, and what was set here and stays.
fn changes(report: &Report, out: &mut Out) -> Done {
    let changed: Vec<_> =
        report.rows.iter().filter(|row| !row.changes.is_empty() || !row.conflicts.is_empty()).collect();
    for row in changed.iter().take(SHOWN) {
        let key = row.key.as_deref().unwrap_or_default();
        out.line(&format!("  {} {}", plain::fit(key, 8), plain::cut(&row.title, 60)))?;
        for change in &row.changes {
            out.line(&format!("           {}", plain::harmless(&change.sentence())))?;
        }
        for conflict in &row.conflicts {
            let (here, there) = conflict.both();
            let text = format!(
                "           {}: {here} set here, {there} at the source; {here} stands",
                conflict.title
            );
            out.line(&plain::harmless(&text))?;
        }
    }
    if changed.len() > SHOWN {
        out.line(&format!("  … and {} more rows that change; --json lists all", changed.len() - SHOWN))?;
    }
    Ok(())
}

/// `due: 2026-11-24 → 2026-11-27; tier:  → 2`
fn changes_plain(changes: &[Difference]) -> String {
    let told = |it: &Difference| format!("{}: {} → {}", it.field, it.old.for_scripts(), it.new.for_scripts());
    changes.iter().map(told).collect::<Vec<_>>().join("; ")
}

fn changes_json(changes: &[Difference]) -> serde_json::Value {
    let told = |it: &Difference| serde_json::json!({ "field": it.field, "old": value_json(&it.old), "new": value_json(&it.new) });
    changes.iter().map(told).collect()
}

/// Both values, and which one stands: what was set here by hand.
fn conflicts_json(conflicts: &[Difference]) -> serde_json::Value {
    let told = |it: &Difference| serde_json::json!({ "field": it.field, "here": value_json(&it.old), "source": value_json(&it.new), "stands": "here" });
    conflicts.iter().map(told).collect()
}

fn value_json(value: &FieldValue) -> serde_json::Value {
    match value {
        FieldValue::Empty => serde_json::Value::Null,
        FieldValue::Length(minutes) => minutes.0.into(),
        FieldValue::Number(number) => (*number).into(),
        FieldValue::Truth(truth) => (*truth).into(),
        other => other.for_scripts().into(),
    }
}

/// What a row was called that is taken for one that vanished.
fn was(row: &RowReport) -> Option<&str> {
    if let Some(ImportMark::Renamed(was)) = &row.mark { Some(was) } else { None }
}

pub fn json(report: &Report) -> serde_json::Value {
    let rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| {
            let problems: Vec<_> = row.problems.iter().map(|problem| serde_json::json!({ "column": problem.column, "value": problem.value, "message": problem.message })).collect();
            serde_json::json!({ "row": row.row, "action": row.action, "key": row.key, "title": row.title, "problems": problems,
                "changes": changes_json(&row.changes), "conflicts": conflicts_json(&row.conflicts),
                "raw": (!row.raw.is_empty()).then_some(&row.raw), "group": row.group().name(),
                "brings": (!row.brings.is_empty()).then_some(&row.brings), "was": was(row) })
        })
        .collect();
    let vanished: Vec<_> = report
        .vanished
        .iter()
        .map(|(key, title)| serde_json::json!({ "key": key, "title": title }))
        .collect();
    let near: Vec<_> = report
        .near
        .iter()
        .map(|miss| serde_json::json!({ "row": miss.row, "name": miss.pair.name, "like": miss.pair.like, "called": miss.called }))
        .collect();
    let understood = &report.understood;
    let groups: serde_json::Map<String, serde_json::Value> =
        report.groups().into_iter().map(|(group, count)| (group.name().to_owned(), count.into())).collect();
    serde_json::json!({
        "dry_run": report.is_rehearsal, "preset": understood.preset, "header_row": understood.header_row,
        "delimiter": understood.delimiter, "encoding": understood.encoding,
        "created": report.count(RowAction::Created), "updated": report.count(RowAction::Updated),
        "unchanged": report.count(RowAction::Unchanged), "skipped": report.count(RowAction::Skipped),
        "columns_ignored": understood.columns_ignored, "rows": rows, "operation": report.operation, "notes": report.notes,
        "vanished": vanished, "groups": groups, "near": near,
    })
}
