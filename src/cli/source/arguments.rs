//! The options of `source …`. An address is a secret that a list of processes and the history of a shell would show, so
//! none is taken as an argument, and none that was given all the same is repeated.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};

use clap::{Args, Subcommand};

use crate::cli::CliError;
use crate::cli::import::{NamesMeant, RequestersMeant};
use crate::domain::source::address::SecretAddress;
use crate::domain::source::form::DayOrder;
use crate::domain::source::{ADDRESS_HINT, ColumnMaps, DataSource, SourceWay, SourceWhat};
use crate::ops::OpsError;
use crate::ops::import::lines::{LeftOutLines, RowLines};
use crate::ops::sources::SourceEdit;

/// An address on standard input, in bytes.
const ADDRESS: u64 = 8 << 10;

#[derive(Debug, Clone, Subcommand)]
pub enum SourceCommand {
    /// Add a source; whoever adds a command or an address lets it run on this machine
    #[command(after_help = EXAMPLES)]
    Add(AddSource),
    /// Every source: how old its data is, what it offers, what went wrong
    List,
    /// Change a source; what is not named stays
    Edit(EditSource),
    /// Remove a source; what came from it stays
    Remove {
        /// Which one, by its name
        name: String,
    },
    /// Let sources run on this machine that came from another one, or with a copy
    Confirm {
        /// Which ones, by their names
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Read sources again; without names, all of them
    Refresh(RefreshSources),
}

const EXAMPLES: &str = "Examples:
  tablesetter source add Jira --what requests --newest '~/Downloads/jira-*.csv' --at-start
  tablesetter source add Tickets --what requests --command 'our-export --format csv' --every 30
  tablesetter source add Float --what shares --newest '~/Downloads/float-*.csv' --at-start
  tablesetter source add Work --what calendar --folder ~/.calendars/work --every 15 --apply
  pass show work-calendar | tablesetter source add Work --what calendar --url-stdin --every 15";

/// Where a source comes from: one of these.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub struct PlaceOptions {
    /// One file, always under the same name
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    /// The newest file that fits, as '~/Downloads/jira-*.csv'; quoted
    #[arg(long, value_name = "PATTERN")]
    newest: Option<String>,
    /// A folder of calendar files, and the folders in it; or of tables of requests
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// What a command prints; no shell reads it where words do
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// An https address, taken from standard input and kept beside the configuration
    #[arg(long)]
    url_stdin: bool,
    /// An https address that a variable holds
    #[arg(long, value_name = "VAR")]
    url_env: Option<String>,
    /// An https address that a command prints
    #[arg(long, value_name = "COMMAND")]
    url_command: Option<String>,
    // Hidden, and only there to be refused with the ways that keep an address secret.
    #[arg(long, hide = true, num_args = 0..=1, default_missing_value = "")]
    url: Option<String>,
}

/// How and when a source is read.
#[derive(Debug, Clone, Args)]
pub struct ReadingOptions {
    /// Which tool wrote the file, as jira-cloud (a preset); without it, the file is recognised
    #[arg(long)]
    preset: Option<String>,
    /// The sheet of a workbook, by name or number; without it, the one that fits best
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column stands for, as "Need by=due"; may be repeated, and '' takes all of them away
    #[arg(long, value_name = "COLUMN=field")]
    map: Vec<String>,
    /// What earlier imports by hand called it: the name of a preset, or of a calendar's file
    #[arg(long = "source", value_name = "NAME")]
    known_as: Option<String>,
    #[command(flatten)]
    order: OrderOptions,
    #[command(flatten)]
    when: WhenOptions,
    /// Take in what is new at once
    #[arg(long, conflicts_with = "offer")]
    apply: bool,
    /// Offer what is new, and take in nothing by itself
    #[arg(long)]
    offer: bool,
    /// How long it may take; a minute unless something else is said
    #[arg(long, value_name = "SECONDS")]
    limit: Option<u32>,
    #[arg(hide = true)]
    more: Vec<String>,
}

/// How the days of a table are written, where the file does not tell.
#[derive(Debug, Clone, Args)]
struct OrderOptions {
    /// 03/04 is the third of April
    #[arg(long, conflicts_with = "month_first")]
    day_first: bool,
    /// 03/04 is the fourth of March
    #[arg(long)]
    month_first: bool,
}

impl OrderOptions {
    const fn said(&self) -> Option<DayOrder> {
        match (self.day_first, self.month_first) {
            (true, _) => Some(DayOrder::DayFirst),
            (_, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Args)]
struct WhenOptions {
    /// Read when the cockpit starts
    #[arg(long)]
    at_start: bool,
    /// Read again after so many minutes while the cockpit is open
    #[arg(long, value_name = "MINUTES")]
    every: Option<u32>,
    /// Read only when asked to
    #[arg(long, conflicts_with_all = ["at_start", "every"])]
    by_key: bool,
}

#[derive(Debug, Clone, Args)]
pub struct AddSource {
    /// What it is called, and by which what it brings is known again
    name: String,
    /// What it brings: requests, people, absences, shares or calendar
    #[arg(long)]
    what: String,
    #[command(flatten)]
    place: PlaceOptions,
    #[command(flatten)]
    reading: ReadingOptions,
}

#[derive(Debug, Clone, Args)]
pub struct EditSource {
    /// Which one, by its name
    pub name: String,
    #[command(flatten)]
    place: PlaceOptions,
    #[command(flatten)]
    reading: ReadingOptions,
}

#[derive(Debug, Clone, Args)]
pub struct RefreshSources {
    /// Which ones; without a name, all of them
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Only those whose time has come
    #[arg(long, conflicts_with = "names")]
    pub due: bool,
    /// Take in what is new; otherwise it is offered, unless the source is set to apply
    #[arg(long, conflicts_with = "dry_run")]
    pub apply: bool,
    /// Take in nothing, also of a source that is set to apply
    #[arg(long)]
    pub dry_run: bool,
    /// Lines that are left out, as 3,7-9; of a calendar also meetings by key or id, as M-12
    #[arg(long, value_name = "LINES|KEYS")]
    pub without: Option<LeftOutLines>,
    /// Lines to take although they are left out by themselves, as what is archived, as 3,7-9
    #[arg(long, value_name = "LINES")]
    pub with: Option<RowLines>,
    /// Lines to take as new requests, though they look like one that vanished from the file, as 3,7-9
    #[arg(long, value_name = "LINES")]
    pub as_new: Option<RowLines>,
    #[command(flatten)]
    pub names_meant: NamesMeant,
    #[command(flatten)]
    pub requesters: RequestersMeant,
}

fn no_address_here() -> CliError {
    CliError::Usage(format!("an address is a secret and never stands in an argument. {ADDRESS_HINT}"))
}

impl AddSource {
    /// What is to be added.
    ///
    /// # Errors
    /// When it is said wrongly.
    pub fn source(&self) -> Result<(DataSource, SourceEdit), CliError> {
        let edit = edit(&self.place, &self.reading, &self.name)?;
        let what = what(&self.what)?;
        if edit.place.is_none() && edit.address.is_none() {
            return Err(CliError::Usage("say where it comes from: --file, --newest, --folder, --command, --url-stdin, --url-env or --url-command".to_owned()));
        }
        // A beginning alone: the edit says the way and the place.
        Ok((DataSource::new(self.name.trim(), what, SourceWay::File, ""), edit))
    }
}

impl EditSource {
    /// What is to be changed.
    ///
    /// # Errors
    /// When it is said wrongly.
    pub fn edit(&self) -> Result<SourceEdit, CliError> {
        edit(&self.place, &self.reading, &self.name)
    }
}

fn what(text: &str) -> Result<SourceWhat, CliError> {
    text.parse().map_err(|_| {
        let names = SourceWhat::NAMES.join(", ");
        CliError::Usage(format!("--what is one of {names}"))
    })
}

fn edit(place: &PlaceOptions, reading: &ReadingOptions, name: &str) -> Result<SourceEdit, CliError> {
    let is_address = crate::domain::source::address::is_one;
    let paths = [&place.file, &place.newest, &place.folder, &place.url_env];
    let is_given = place.url.is_some()
        || paths.into_iter().flatten().chain(&reading.more).any(|text| is_address(text))
        || [&place.command, &place.url_command].into_iter().flatten().any(|text| is_address(text))
        || is_address(name);
    if is_given {
        return Err(no_address_here());
    }
    // After the look for addresses, since one among these words must get the refusal that says why.
    if !reading.more.is_empty() {
        return Err(CliError::Usage("there are more words than a name; quote a name of several words, and a pattern so that the shell leaves it alone: --newest '~/Downloads/jira-*.csv'".to_owned()));
    }
    let ways = [
        (SourceWay::File, &place.file),
        (SourceWay::Newest, &place.newest),
        (SourceWay::Folder, &place.folder),
        (SourceWay::Command, &place.command),
        (SourceWay::UrlEnv, &place.url_env),
        (SourceWay::UrlCommand, &place.url_command),
    ];
    let named = ways.into_iter().find_map(|(way, text)| Some((way, text.as_ref()?.trim().to_owned())));
    let (order, when) = (&reading.order, &reading.when);
    Ok(SourceEdit {
        place: named,
        address: place.url_stdin.then(from_input).transpose()?,
        known_as: reading.known_as.clone(),
        preset: reading.preset.clone(),
        sheet: reading.sheet.clone(),
        // An empty `--map` is said too: it takes all of them away.
        maps: (!reading.map.is_empty()).then(|| columns(&reading.map)),
        days: order.said(),
        at_start: (when.by_key || when.at_start).then_some(when.at_start),
        every: if when.by_key { Some(0) } else { when.every },
        applies: if reading.offer { Some(false) } else { reading.apply.then_some(true) },
        limit_seconds: reading.limit,
    })
}

/// What was said of columns, one option after the other.
fn columns(said: &[String]) -> ColumnMaps {
    ColumnMaps(said.iter().flat_map(|text| ColumnMaps::of_text(text).0).collect())
}

/// An address from standard input: its first line that is not empty.
fn from_input() -> Result<SecretAddress, CliError> {
    let input = std::io::stdin().lock();
    if input.is_terminal() {
        let _ = writeln!(std::io::stderr().lock(), "Paste the address, then Enter:");
    }
    // Up to the first line that says something, so that whoever types it need not end the input as well.
    // No address is longer, and a file that was handed over by mistake is not read to its end.
    let mut lines = BufReader::new(input.take(ADDRESS)).lines();
    let first = lines
        .find(|line| !line.as_ref().is_ok_and(|line| line.trim().is_empty()))
        .transpose()
        .map_err(|error| CliError::Io(format!("cannot read standard input: {error}")))?
        .unwrap_or_default();
    SecretAddress::parse(&first).map_err(|why| {
        let hint = "The address of a calendar stands where it is shared: `ICS`, `iCal` or `secret address`.";
        OpsError::rejected(format!("on standard input: {why}"), hint).into()
    })
}
