//! `import …`: how the file was understood, what happened row by row, and what to look at.

mod all;
mod calendar;
mod folder;
mod lists;
mod people_meant;
mod remarks;
mod shape;
mod shares;
mod stopped;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

pub use calendar::{calendar_json, tell_calendar};
pub use people_meant::{NamesMeant, RequestersMeant};
use people_meant::{near, requesters};
use remarks::remarks;
pub use shape::json;
use shape::{changes_json, changes_plain, conflict_told, conflicts_json};
use stopped::ImportStop;

use super::out::{Format, Out};
use super::{CliError, Context, Done};
use crate::domain::source::SourceWhat;
use crate::foreign::Foreign;
use crate::import::dates::DateOrder;
use crate::import::fields_of;
use crate::import::listing::ListOptions;
use crate::import::requests::RequestOptions;
use crate::ops::import::change_set::ChangeGroup;
use crate::ops::import::foreign::{Asked, ForeignContent, ForeignKind};
use crate::ops::import::lines::{LeftOutLines, LineChoice, RowLines};
use crate::ops::import::presets;
use crate::ops::import::{Report, RowAction, problem_text};
use crate::plain;

/// `import …`
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Requests from Jira, Asana, Trello, monday, forms, or any table as CSV or workbook
    Requests {
        #[command(flatten)]
        table: TableOptions,
        /// Which tool wrote the file, as jira-cloud (a preset); without it, the file is recognised
        #[arg(long)]
        preset: Option<String>,
        /// Lines to take although they are left out by themselves, as what is archived, as 3,7-9
        #[arg(long, value_name = "LINES")]
        with: Option<RowLines>,
        /// Lines to take as new requests, though they look like one that vanished from the file, as 3,7-9
        #[arg(long, value_name = "LINES")]
        as_new: Option<RowLines>,
        #[command(flatten)]
        requesters: RequestersMeant,
    },
    /// People with their hours
    People {
        #[command(flatten)]
        table: TableOptions,
        /// Which of your presets with `[people]` says what its columns are
        #[arg(long)]
        preset: Option<String>,
    },
    /// Absences, and holidays where the person is `*`
    Absences {
        #[command(flatten)]
        table: TableOptions,
        /// Which of your presets with `[absences]` says what its columns are
        #[arg(long)]
        preset: Option<String>,
    },
    /// Shares: who does how many hours of which request, from one day to another
    #[command(after_help = shares::HELP)]
    Shares {
        #[command(flatten)]
        table: TableOptions,
        /// Which of your presets with `[shares]` says what its columns are
        #[arg(long)]
        preset: Option<String>,
    },
    /// Calendar files, or folders of them
    Calendar {
        /// Calendar files, folders of them, or - for standard input
        #[arg(required = true, value_name = "FILE|FOLDER|-")]
        sources: Vec<PathBuf>,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
        /// What is left out: lines of the file, or meetings by key or id, as 3,7-9,M-12
        #[arg(long, value_name = "LINES|KEYS")]
        without: Option<LeftOutLines>,
    },
    /// A whole store, as `export all` wrote it
    All(all::AllArguments),
}

/// What all tables share.
#[derive(Debug, Clone, Args)]
pub struct TableOptions {
    /// The file, a folder of tables, or - for standard input
    pub file: PathBuf,
    /// 03/04 is the third of April
    #[arg(long, conflicts_with = "month_first")]
    pub day_first: bool,
    /// 03/04 is the fourth of March
    #[arg(long)]
    pub month_first: bool,
    /// What a column of the file stands for, as "Need by=due"; may be repeated
    #[arg(long, value_name = "COLUMN=field")]
    pub map: Vec<String>,
    /// What to call where the file comes from; the same tool in two places needs two names
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// The sheet of a workbook, by name or number; without it, the one that fits best
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Lines of the file that are left out, as 3,7-9
    #[arg(long, value_name = "LINES")]
    pub without: Option<RowLines>,
    #[command(flatten)]
    pub names: NamesMeant,
}

impl TableOptions {
    fn list(&self, what: SourceWhat) -> Result<ListOptions, CliError> {
        let maps = self.maps(what)?;
        Ok(ListOptions { order: order(self), sheet: self.sheet.clone(), maps, ..ListOptions::default() })
    }

    /// What was said of the columns.
    fn maps(&self, what: SourceWhat) -> Result<Vec<(String, String)>, CliError> {
        self.map.iter().map(|text| column_and_field(text, what)).collect()
    }

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
        ImportCommand::Requests { table, preset, with, as_new, requesters } => {
            let lines = LineChoice {
                with: with.clone().unwrap_or_default(),
                as_new: as_new.clone().unwrap_or_default(),
                stakeholders: requesters.stakeholders,
                ..table.lines()
            };
            requests(context, table, &RequestsSaid { preset: preset.as_ref(), lines }, out)
        }
        ImportCommand::People { table, preset } => {
            let stop = ImportStop::watch(out);
            let kind = ForeignKind::People(lists::options(
                context,
                table,
                (preset.as_ref(), SourceWhat::People),
                out,
            )?);
            let ForeignContent::People(listing) = folder::content(context, kind, table)? else {
                return Err(mixed_up());
            };
            let desk = &mut context.desk;
            let take = || desk.take_people(listing, table.dry_run, &table.lines());
            let report = stop.take(table.dry_run, out, take)?;
            tell(&report, LEAVE_OUT, out)
        }
        ImportCommand::Absences { table, preset } => {
            let stop = ImportStop::watch(out);
            let kind = ForeignKind::Absences(lists::options(
                context,
                table,
                (preset.as_ref(), SourceWhat::Absences),
                out,
            )?);
            let ForeignContent::Absences(listing) = folder::content(context, kind, table)? else {
                return Err(mixed_up());
            };
            let desk = &mut context.desk;
            let take = || desk.take_absences(listing, table.dry_run, &table.lines());
            let report = stop.take(table.dry_run, out, take)?;
            tell(&report, LEAVE_OUT, out)
        }
        ImportCommand::Shares { table, preset } => shares::shares(context, table, preset.as_ref(), out),
        ImportCommand::Calendar { sources, dry_run, without } => {
            calendar::calendar(context, sources, (*dry_run, without.as_ref()), out)
        }
        ImportCommand::All(arguments) => all::run(context, arguments, out),
    }
}

/// What is said about a file of requests beside its name.
struct RequestsSaid<'a> {
    preset: Option<&'a String>,
    lines: LineChoice,
}

/// What a table holds, read apart from the store.
fn read(context: &Context, kind: ForeignKind, table: &TableOptions) -> Result<ForeignContent, CliError> {
    Ok(Foreign::own()?.one(&Asked::new(kind, &context.desk.clock), &table.file)?)
}

fn mixed_up() -> CliError {
    CliError::Io(
        "a fault of this program: what read the file gave another answer than it was asked for".to_owned(),
    )
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

/// The two halves of a `--map`.
pub fn column_and_field(text: &str, what: SourceWhat) -> Result<(String, String), CliError> {
    // From the right: a column may be called `Due = planned`, a field never.
    let pair =
        text.rsplit_once('=').map(|(column, field)| (column.trim().to_owned(), field.trim().to_owned()));
    pair.ok_or_else(|| {
        let fields = fields_of(what).join(", ");
        CliError::Usage(format!("--map `{text}` is not COLUMN=field; fields are {fields}"))
    })
}

fn requests(context: &mut Context, table: &TableOptions, said: &RequestsSaid<'_>, out: &mut Out) -> Done {
    let preset = said.preset;
    let presets = own_presets(&context.places.presets, preset, out)?;
    let maps = table.maps(SourceWhat::Requests)?;
    let options = RequestOptions {
        preset: preset.cloned(),
        maps,
        sheet: table.sheet.clone(),
        order: order(table),
        now: context.desk.stamp().at,
    };
    let (mut progress, stop) = (progress(out.tells_progress()), ImportStop::watch(out));
    let kind = ForeignKind::Requests { presets, options };
    let ForeignContent::Requests(import) = folder::content(context, kind, table)? else {
        return Err(mixed_up());
    };
    let mut told = |done, all| {
        progress(done, all);
        stop.goes_on()
    };
    let (desk, is_rehearsal) = (&mut context.desk, table.dry_run);
    let take = || desk.take_requests_of(&import, is_rehearsal, &said.lines, &mut told);
    let report = stop.take(is_rehearsal, out, take)?;
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
        // On a terminal the next count is written over this one; in a file each needs a line.
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
                    shape::was(row).unwrap_or_default(),
                    &row.brings,
                ])?;
            }
            for miss in &report.near {
                let (row, pair) = (miss.row.to_string(), &miss.pair);
                out.record(&[
                    &row,
                    "near",
                    &pair.like,
                    &pair.name,
                    &miss.question(),
                    "",
                    "",
                    "",
                    "near",
                    "",
                    "",
                ])?;
            }
            for (key, title) in &report.vanished {
                out.record(&["", "vanished", key, title, "", "", "", "", "vanished", "", ""])?;
            }
            for (name, count) in &report.requesters.names {
                let count = count.to_string();
                out.record(&["", "requester", "", name, &count, "", "", "", "new-requester", "", ""])?;
            }
        }
        Format::Human => human(report, &counts, how, out)?,
    }
    // Beside the rows and not among them: scripts read those from standard output.
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
    requesters(report, out)?;
    remarks(report, out)?;
    changes(report, out)?;
    vanished(report, out)?;
    if !understood.columns_ignored.is_empty() {
        let columns: Vec<_> =
            understood.columns_ignored.iter().map(|column| plain::cut(column, 40)).collect();
        out.line(&format!("columns left out: {}", columns.join(", ")))?;
    }
    if report.is_rehearsal {
        let is_any = report.count(RowAction::Created) + report.count(RowAction::Updated) > 0;
        let next = if is_any { how } else { "there is nothing to take in" };
        out.say(&format!("nothing was stored; {next}"));
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
            remarks::key_column(key),
            plain::cut(&row.title, 80)
        ))?;
    }
    if new.len() > SHOWN {
        out.line(&format!("  … and {} more new ones; --json lists all", new.len() - SHOWN))?;
    }
    Ok(())
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

/// Each changed field with what it held and holds, and what was set here and stays.
fn changes(report: &Report, out: &mut Out) -> Done {
    let changed: Vec<_> =
        report.rows.iter().filter(|row| !row.changes.is_empty() || !row.conflicts.is_empty()).collect();
    for row in changed.iter().take(SHOWN) {
        let key = row.key.as_deref().unwrap_or_default();
        out.line(&format!("  {} {}", remarks::key_column(key), plain::cut(&row.title, 60)))?;
        for change in &row.changes {
            out.line(&format!("           {}", plain::harmless(&change.sentence())))?;
        }
        for conflict in &row.conflicts {
            let text = format!("           {}", conflict_told(conflict, "at the source"));
            out.line(&plain::harmless(&text))?;
        }
    }
    if changed.len() > SHOWN {
        out.line(&format!("  … and {} more rows that change; --json lists all", changed.len() - SHOWN))?;
    }
    Ok(())
}
