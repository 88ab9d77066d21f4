//! Every command with its options. The help begins with examples and ends with the exit codes.

use std::ffi::OsString;
use std::path::PathBuf;

use super::books::flags::{
    DecisionCommand, FrictionCommand, GainCommand, OutcomeCommand, PromiseCommand, RedirectCommand,
    RiskCommand, StakeholderCommand,
};
use super::brief::BriefArguments;
use super::docs::{ReviewArguments, StandupArguments};
use clap::builder::{StringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::export::ExportArguments;
use super::forget::ForgetArguments;
use super::help::{EXAMPLES, EXITS};
use super::late::Late;
use super::lint::LintArguments;
use super::load::{AssignArguments, ForecastArguments, LoadArguments};
use super::out::Format;
use super::safety::BackupArguments;

/// The daily cockpit of the person who runs a creative team's operations.
#[derive(Debug, Parser)]
#[command(name = "tablesetter", version, about, before_help = EXAMPLES, after_help = EXITS, disable_help_subcommand = true)]
pub struct Arguments {
    /// The store to work on
    #[arg(long, global = true, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// The configuration to use
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// In which shape to print
    #[command(flatten)]
    pub shape: Shape,
    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Leave out reflections, trust and private notes, and cover the names that `presenter.hide` lists
    #[arg(long, global = true)]
    pub presenting: bool,
    /// Say nothing but results and errors
    #[arg(long, global = true)]
    pub quiet: bool,
    /// What to do; without one, the cockpit opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The shapes of output besides text for people.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Shape {
    /// Print JSON of a stable shape
    #[arg(long, global = true)]
    pub json: bool,
    /// Print one record a line, tab-separated
    #[arg(long, global = true, conflicts_with = "json")]
    pub plain: bool,
}

impl Shape {
    /// How results are told.
    #[must_use]
    pub const fn format(self) -> Format {
        match (self.json, self.plain) {
            (true, _) => Format::Json,
            (false, true) => Format::Plain,
            (false, false) => Format::Human,
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Stands before a word like `-tag`, so that it is not read as an option; no argument can hold it.
const SHIELD: char = '\0';

fn words() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().map(|text| text.strip_prefix(SHIELD).unwrap_or(&text).to_owned())
}

impl Arguments {
    /// Reads the arguments. In commands that take words, one dash before a letter belongs to the word, while
    /// `--options` may stand anywhere.
    ///
    /// # Errors
    /// What is wrong, as a person should see it; also help and version, which are printed the same way.
    pub fn read(given: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut takes_words = false;
        Self::try_parse_from(given.into_iter().map(|argument| {
            let text = argument.to_str().unwrap_or_default();
            takes_words |= ["add", "edit", "list"].contains(&text);
            let is_word =
                text.starts_with('-') && !text.starts_with("--") && !["-", "-h", "-V"].contains(&text);
            if takes_words && is_word { OsString::from(format!("{SHIELD}{text}")) } else { argument }
        }))
    }
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Add a request in one line: title, @person, #tag, t1, ~40h, due:fri, field:value
    Add {
        #[arg(value_parser = words())]
        words: Vec<String>,
    },
    /// List requests in queue order; words filter: at:risk, tier:1, due:<2w, @ana, stage:any
    List(Late<ListArguments>),
    /// Show any record with what touches it
    Show { key: String },
    /// Change a request by the words of `add`; none clears a field
    Edit {
        key: String,
        #[arg(value_parser = words())]
        words: Vec<String>,
    },
    /// Move requests to a stage, as one change
    Move(Late<MoveArguments>),
    /// Give a request to somebody and say what that costs
    Assign(Late<AssignArguments>),
    /// Lay somebody's days anew, so that none looks over that fits all the same
    Reshape { who: String },
    /// The earliest honest date for a request, by person
    Forecast(Late<ForecastArguments>),
    /// The load of the team, day by day
    Load(Late<LoadArguments>),
    /// Meetings, typed or from a calendar
    #[command(subcommand)]
    Meeting(Late<MeetingCommand>),
    /// Reflect on a meeting, or show the trends
    Reflect(Late<ReflectArguments>),
    /// People and roles
    #[command(subcommand)]
    Person(Late<PersonCommand>),
    /// Time that people are away
    #[command(subcommand)]
    Absence(Late<AbsenceCommand>),
    /// Days off for everybody
    #[command(subcommand)]
    Holiday(Late<HolidayCommand>),
    /// Business results with their readings
    #[command(subcommand)]
    Outcome(Late<OutcomeCommand>),
    /// Who matters, what they care about, how far they trust
    #[command(subcommand)]
    Stakeholder(Late<StakeholderCommand>),
    /// Decisions that we shape without owning them
    #[command(subcommand)]
    Decision(Late<DecisionCommand>),
    /// Promises in both directions
    #[command(subcommand)]
    Promise(Late<PromiseCommand>),
    /// What may go wrong, and by when to say so
    #[command(subcommand)]
    Risk(Late<RiskCommand>),
    /// What slows the work down
    #[command(subcommand)]
    Friction(Late<FrictionCommand>),
    /// Hours a week that a change freed
    #[command(subcommand)]
    Gain(Late<GainCommand>),
    /// Where freed hours went, and what came of it
    #[command(subcommand)]
    Redirect(Late<RedirectCommand>),
    /// Hours freed, redirected, unspoken for
    Ledger,
    /// What requests share without their requesters knowing
    Overlaps,
    /// What changed elsewhere since the cockpit was last looked at
    Meanwhile,
    /// Link two records, or take their link away
    Link {
        #[arg(value_name = "KEY")]
        one: String,
        #[arg(value_name = "KEY")]
        other: String,
    },
    /// The week on the one question, or the quarter in evidence
    Review(Late<ReviewArguments>),
    /// The standup by exception, since the last one that was held
    Standup(Late<StandupArguments>),
    /// The leadership brief: eight short blocks for one meeting
    Brief(Late<BriefArguments>),
    /// Bring in requests, people, absences or a calendar
    #[command(subcommand)]
    Import(Late<ImportCommand>),
    /// Hand data out: clean CSV, JSON, or meetings as a calendar
    Export(Late<ExportArguments>),
    /// Point out process talk in a text, and say it in business words
    Lint(Late<LintArguments>),
    /// What happened, newest first
    History {
        /// How many lines; 0 means all
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Also the keeping of days that were over, which nobody did
        #[arg(long)]
        all: bool,
    },
    /// Undo the last change, or the operation named
    Undo { operation: Option<String> },
    /// Do again what was undone
    Redo,
    /// Copy the store, checked; without a file, to its folder of copies
    Backup(Late<BackupArguments>),
    /// Bring everything back to a copy, as one change that can be undone
    Restore { file: PathBuf },
    /// Take words out of everything that is kept, for good
    Forget(Late<ForgetArguments>),
    /// Open the cockpit on a made-up studio
    Demo(Late<DemoArguments>),
    /// Write a made-up store of any size
    Sample(Late<SampleArguments>),
    /// Check the store, its safety and the configuration
    Doctor(Late<DoctorArguments>),
    /// Where the configuration is, what it says, what is wrong with it
    #[command(subcommand)]
    Config(Late<ConfigCommand>),
    /// Completions for a shell
    Completions { shell: clap_complete::Shell },
    /// The manual page
    Man,
    /// Every action of the cockpit with its keys
    Actions,
}

/// Options of `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArguments {
    /// Words of the filter language
    #[arg(value_parser = words())]
    pub filter: Vec<String>,
    /// score, due, created, tier, stage or key; without it, queue order
    #[arg(long, value_name = "FIELD")]
    pub sort: Option<Sort>,
    /// At most so many; 0 means all
    #[arg(long, default_value_t = 0)]
    pub limit: usize,
}

/// An order of `list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Highest score first.
    Score,
    /// Earliest first.
    Due,
    /// Newest first.
    Created,
    /// Deepest first.
    Tier,
    /// In the order of the stages.
    Stage,
    /// By number.
    Key,
}

/// Options of `move`.
#[derive(Debug, Clone, Args)]
pub struct MoveArguments {
    /// Keys, then the stage
    #[arg(required = true, num_args = 2.., value_name = "KEY… STAGE")]
    pub words: Vec<String>,
    /// Why
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// `meeting …`
#[derive(Debug, Clone, Subcommand)]
pub enum MeetingCommand {
    /// Add a meeting by hand
    Add {
        title: String,
        /// Local time, like 2026-11-24T10:00
        #[arg(long)]
        start: String,
        /// How long
        #[arg(long, default_value_t = 60)]
        minutes: i64,
        #[command(flatten)]
        about: MeetingOptions,
    },
    /// List meetings of some days
    List {
        /// First day; without it, today
        #[arg(long)]
        from: Option<String>,
        /// Last day; without it, two weeks on
        #[arg(long)]
        to: Option<String>,
    },
    /// Show one meeting
    Show { key: String },
    /// Change a meeting
    Edit {
        key: String,
        #[arg(long)]
        title: Option<String>,
        #[arg(long)]
        start: Option<String>,
        #[arg(long)]
        minutes: Option<i64>,
        /// What should be different afterwards
        #[arg(long)]
        intent: Option<String>,
        /// If … then … for this room
        #[arg(long)]
        if_then: Option<String>,
        /// What they will ask
        #[arg(long)]
        predicted: Option<String>,
        #[command(flatten)]
        about: MeetingOptions,
    },
}

/// What is said of a meeting.
#[derive(Debug, Clone, Args)]
pub struct MeetingOptions {
    /// leadership, stakeholder, team or one-to-one
    #[arg(long)]
    pub kind: Option<String>,
    /// The row of meetings that it belongs to
    #[arg(long)]
    pub series: Option<String>,
    /// Somebody in the room; may be repeated
    #[arg(long, value_name = "NAME")]
    pub with: Vec<String>,
}

/// Options of `reflect`.
#[derive(Debug, Clone, Args)]
pub struct ReflectArguments {
    /// The meeting
    #[arg(required_unless_present = "trend")]
    pub meeting: Option<String>,
    /// 1 reported status … 5 changed what was decided
    #[arg(long, required_unless_present_any = ["trend", "wave_off"], value_parser = clap::value_parser!(u8).range(1..=5))]
    pub stance: Option<u8>,
    /// Ask for no reflection on this meeting any more
    #[arg(long, conflicts_with_all = ["stance", "trend"])]
    pub wave_off: bool,
    /// Two digits: tense 1 to calm 5, withdrawn 1 to engaged 5
    #[arg(long, value_name = "XY")]
    pub presence: Option<String>,
    /// What I said first: outcome, risk, ask, status, process
    #[arg(long)]
    pub first: Option<String>,
    /// How many "what if we", "could we"
    #[arg(long)]
    pub expansion: Option<u32>,
    /// How many "how many", "check again"
    #[arg(long)]
    pub contraction: Option<u32>,
    /// none, informed, framed, changed, stopped
    #[arg(long)]
    pub touched: Option<String>,
    /// One specific moment
    #[arg(long)]
    pub moment: Option<String>,
    /// If … then … for the next time
    #[arg(long)]
    pub if_then: Option<String>,
    /// A predicted question that came up, by its place from 1; may be repeated
    #[arg(long, value_name = "N")]
    pub came_up: Vec<usize>,
    /// The if-then that was noted for this meeting: yes if it was done
    #[arg(long, value_name = "yes|no")]
    pub kept: Option<String>,
    /// Show the trends instead
    #[arg(long, conflicts_with = "stance")]
    pub trend: bool,
    /// Of one series only
    #[arg(long, requires = "trend")]
    pub series: Option<String>,
}

/// `person …`
#[derive(Debug, Clone, Subcommand)]
pub enum PersonCommand {
    /// Add a person or role
    Add {
        name: String,
        #[command(flatten)]
        about: PersonOptions,
    },
    /// List everybody
    List,
    /// Show one
    Show { who: String },
    /// Change one; new hours hold from --from, or from today
    Edit {
        who: String,
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        about: PersonOptions,
    },
}

/// What is said of a person.
#[derive(Debug, Clone, Args)]
pub struct PersonOptions {
    /// Short name after @
    #[arg(long)]
    pub handle: Option<String>,
    /// design, copy, motion …
    #[arg(long)]
    pub discipline: Option<String>,
    /// E-mail
    #[arg(long)]
    pub email: Option<String>,
    /// Hours by weekday, Monday first: 8,8,8,8,8
    #[arg(long, value_name = "8,8,8,8,8")]
    pub hours: Option<String>,
    /// Planning factor, 0.01 to 1
    #[arg(long)]
    pub factor: Option<f64>,
    /// From which day
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Last day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// A placeholder for demand that nobody holds yet
    #[arg(long)]
    pub role: bool,
}

/// `absence …`
#[derive(Debug, Clone, Subcommand)]
pub enum AbsenceCommand {
    /// Somebody is away
    Add {
        handle: String,
        #[arg(long, value_name = "D")]
        from: String,
        /// Without it, the first day alone
        #[arg(long, value_name = "D")]
        to: Option<String>,
        /// Hours a day; without it, whole days
        #[arg(long, value_name = "H")]
        hours: Option<String>,
        /// Not approved yet
        #[arg(long)]
        tentative: bool,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// List absences
    List,
    /// Take one away, by its number in the list
    Remove { id: String },
}

/// `holiday …`
#[derive(Debug, Clone, Subcommand)]
pub enum HolidayCommand {
    /// A day off for everybody
    Add {
        name: String,
        #[arg(long, value_name = "D")]
        on: String,
        /// Without it, one day
        #[arg(long, value_name = "D")]
        to: Option<String>,
    },
    /// List holidays
    List,
    /// Take one away, by its number in the list
    Remove { id: String },
}

/// `import …`
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Requests from Jira, Asana, Google Forms or any CSV
    Requests {
        #[command(flatten)]
        table: TableOptions,
        /// A preset by name; without it, the file is recognised
        #[arg(long)]
        preset: Option<String>,
        /// What a column fills; may be repeated
        #[arg(long, value_name = "COLUMN=field")]
        map: Vec<String>,
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
}

/// Options of `demo`.
#[derive(Debug, Clone, Args)]
pub struct DemoArguments {
    /// small is a studio of eight, large one of sixty
    #[arg(long, default_value = "small")]
    pub size: DemoSize,
    /// Write it to a new file instead of opening it
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
}

/// How large the demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemoSize {
    /// Eight people, sixty requests.
    Small,
    /// Sixty people, twenty thousand requests.
    Large,
}

/// Options of `sample`.
#[derive(Debug, Clone, Args)]
pub struct SampleArguments {
    /// A new file
    pub file: PathBuf,
    #[arg(long, default_value_t = 1000)]
    pub requests: u32,
    #[arg(long, default_value_t = 20)]
    pub people: u32,
    #[arg(long, default_value_t = 200)]
    pub meetings: u32,
    /// The same seed and clock give the same content
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Options of `doctor`.
#[derive(Debug, Clone, Args)]
pub struct DoctorArguments {
    /// Mend what can be mended safely
    #[arg(long)]
    pub fix: bool,
}

/// `config …`
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Where store, configuration and presets are
    Path,
    /// The configuration that holds
    Show,
    /// Every fault with its line
    Check,
    /// Write the commented example to its place
    Init,
    /// Print a built-in import preset, to copy and change
    Preset { name: String },
}
