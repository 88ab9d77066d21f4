//! Every command with its options. The help begins with examples and ends with the exit codes.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::books::command::RecordCommand;
use super::brief::BriefArguments;
use super::calendar::{MeetingCommand, ReflectArguments};
use super::docs::{ReviewArguments, StandupArguments};
use super::doctor::DoctorArguments;
use super::export::ExportArguments;
use super::filter::{SHIELD, words};
use super::forget::ForgetArguments;
use super::help::{EXAMPLES, EXITS};
use super::import::ImportCommand;
use super::lint::LintArguments;
use super::load::{AssignArguments, ForecastArguments, LoadArguments};
use super::message::AddArguments;
use super::out::{ColorWhen, EVERYWHERE, OutputShape};
use super::requests::{ListArguments, ModifyArguments, MoveArguments};
use super::safety::BackupArguments;
use super::setup::ConfigCommand;
use super::source::SourceCommand;
use super::team::{AbsenceCommand, HolidayCommand, PersonCommand};
use crate::domain::words::filter::GRAMMAR;

/// The daily cockpit of the person who runs a creative team's operations.
#[derive(Debug, Parser)]
#[command(name = "tablesetter", version, about, before_help = EXAMPLES, after_help = EXITS, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub options: GlobalOptions,
    /// What to do; without one, the cockpit opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

// Not documented, since the words would take the place of those of the program in its help.
#[derive(Debug, Args)]
pub struct GlobalOptions {
    /// The file in which everything is kept, the store
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// The file with your settings and keys, the configuration
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// In which shape to print
    #[command(flatten)]
    pub shape: OutputShape,
    /// Colour the output
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// Leave out reflections, trust and private notes, and cover the names that `presenter.hide` lists
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub presenting: bool,
    /// The day's work line by line instead of the cockpit, for a screen reader
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub accessible: bool,
    /// Say nothing but results and errors
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
}

impl GlobalOptions {
    /// The name of one that was given.
    pub fn given(&self) -> Option<&'static str> {
        let all = [
            ("--store", self.store.is_some()),
            ("--config", self.config.is_some()),
            ("--json", self.shape.json),
            ("--plain", self.shape.is_plain),
            ("--color", self.color != ColorWhen::Auto),
            ("--presenting", self.presenting),
            ("--accessible", self.accessible),
            ("--quiet", self.quiet),
        ];
        all.into_iter().find_map(|(name, is_given)| is_given.then_some(name))
    }

    /// Reads arguments that name no command; `None` where there is anything else, also help or a fault.
    fn alone(given: &[OsString]) -> Option<Self> {
        let command = Self::augment_args(clap::Command::new("tablesetter"));
        let command = command.disable_help_flag(true).disable_version_flag(true);
        Self::from_arg_matches(&command.try_get_matches_from(given).ok()?).ok()
    }
}

impl Arguments {
    /// Reads the arguments. In commands that take words, one dash before a letter belongs to the word, while
    /// `--options` may stand anywhere.
    ///
    /// # Errors
    /// What is wrong, as a person should see it; also help and version, which are printed the same way.
    pub fn read(given: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let given: Vec<OsString> = given.into_iter().collect();
        // The cockpit is opened without a command, and all commands with their options take a twentieth of the time to its
        // first frame.
        if let Some(options) = GlobalOptions::alone(&given) {
            return Ok(Self { options, command: None });
        }
        let mut takes_words = false;
        let given = given.into_iter().map(|argument| {
            let text = argument.to_str().unwrap_or_default();
            // From the word on, since options of the program may stand before it. `-tag` and `-is:late` are words
            // there, and clap would read them as options.
            takes_words |= ["add", "edit", "list", "load"].contains(&text);
            // A dash alone means standard input, and `-h` and `-V` are asked for everywhere.
            let is_word =
                text.starts_with('-') && !text.starts_with("--") && !["-", "-h", "-V"].contains(&text);
            // The load goes into a file, too, as lists do not: `-o`, also with the name right behind it.
            let is_word = is_word && (text.contains(':') || !text.starts_with("-o"));
            if takes_words && is_word { OsString::from(format!("{SHIELD}{text}")) } else { argument }
        });
        let mut matches = unshielding(Self::command()).try_get_matches_from(given)?;
        Self::from_arg_matches_mut(&mut matches)
    }
}

/// The command with every text taken without its shield: titles and values of options may begin with a minus as well, and
/// one that was forgotten kept a NUL in the store.
fn unshielding(command: clap::Command) -> clap::Command {
    let text = clap::value_parser!(String).type_id();
    let command = command.mut_args(|argument| {
        // A flag that was built by hand says nothing of its type before it is built.
        let is_text = argument.get_action().takes_values()
            && argument.get_value_parser().type_id() == text
            && argument.get_possible_values().is_empty();
        if is_text { argument.value_parser(words()) } else { argument }
    });
    command.mut_subcommands(unshielding)
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Add a request in one line: title, @person, #tag, t1, ~40h, due:fri, field:value
    Add(AddArguments),
    /// List requests in queue order; words filter: at:risk, tier:1, due:<2w, @ana, stage:any
    #[command(after_long_help = GRAMMAR)]
    List(ListArguments),
    /// The words that narrow a list, with examples
    Filter,
    /// Show any record with what touches it
    Show {
        /// Its key, as R-17, M-4 or S-2
        key: String,
    },
    /// Change a request by the words of `add`; `due:none` clears a field
    Edit {
        /// Its key, as R-17, P-2 or M-4, or somebody of the team, as ana
        key: String,
        /// What changes, as due:fri @ana t2 ~6h
        words: Vec<String>,
    },
    /// Change requests by edited lines of `list --as-text`, as one change
    Modify(ModifyArguments),
    /// Move requests to a stage, as one change
    Move(MoveArguments),
    /// Give a request to somebody and say what that costs
    Assign(AssignArguments),
    /// Spread somebody's work anew over its days, so that none looks too full
    Reshape {
        /// Whose days, by handle or name
        who: String,
    },
    /// The earliest honest date for a request, by person
    Forecast(ForecastArguments),
    /// The load of the team, day by day
    Load(LoadArguments),
    /// Meetings, typed or from a calendar
    #[command(subcommand)]
    Meeting(MeetingCommand),
    /// Reflect on a meeting, or show the trends
    Reflect(ReflectArguments),
    /// People and roles
    #[command(subcommand)]
    Person(PersonCommand),
    /// Time that people are away
    #[command(subcommand)]
    Absence(AbsenceCommand),
    /// Days off for everybody
    #[command(subcommand)]
    Holiday(HolidayCommand),
    #[command(flatten)]
    Record(RecordCommand),
    /// Hours freed, redirected, unspoken for
    Ledger,
    /// What requests share without their requesters knowing
    Overlaps,
    /// What changed elsewhere since the cockpit was last looked at
    Meanwhile,
    /// Link two records, or take their link away
    Link {
        /// One of them, as R-17
        #[arg(value_name = "KEY")]
        one: String,
        /// The other one, as D-2
        #[arg(value_name = "KEY")]
        other: String,
    },
    /// Keep records from others: out of documents for the room, exports and what is presented
    Private {
        /// The records, as R-17 S-3
        #[arg(required = true, value_name = "KEY")]
        keys: Vec<String>,
        /// Show them again
        #[arg(long)]
        off: bool,
    },
    /// The week on the one question, or the quarter in evidence
    Review(ReviewArguments),
    /// The standup by exception, since the last one that was held
    Standup(StandupArguments),
    /// The leadership brief: eight short blocks for one meeting
    Brief(BriefArguments),
    /// Bring in requests, people, absences, shares or a calendar
    #[command(subcommand)]
    Import(ImportCommand),
    /// Where data comes from again and again: files, folders, commands, addresses
    #[command(subcommand)]
    Source(SourceCommand),
    /// Hand data out: clean CSV, JSON, or meetings as a calendar
    Export(ExportArguments),
    /// Point out process talk in a text, and say it in business words
    Lint(LintArguments),
    /// What happened, newest first
    History {
        /// How many lines; 0 means all
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Also what the program wrote by itself: what was done on days that were over
        #[arg(long)]
        all: bool,
    },
    /// Undo the last change, or the one with this number in `history`
    Undo {
        /// Which change, by its number in `history`; without it, the last one
        operation: Option<String>,
    },
    /// Do again what was undone
    Redo,
    /// Copy the store, checked; without a file, to its folder of copies
    Backup(BackupArguments),
    /// Bring everything back to a copy, as one change that can be undone
    Restore {
        /// The copy, as `backup --list` names it
        file: PathBuf,
    },
    /// Take words out of everything that is kept, for good
    Forget(ForgetArguments),
    /// Open the cockpit on a made-up studio
    Demo(DemoArguments),
    /// Write a made-up store of any size
    Sample(SampleArguments),
    /// Check the store, its safety and the configuration
    Doctor(DoctorArguments),
    /// Where the configuration is, what it says, what is wrong with it
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Completions for a shell
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
    /// Every action of the cockpit with its keys
    Actions,
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
    /// How many requests
    #[arg(long, default_value_t = 1000)]
    pub requests: u32,
    /// How many people
    #[arg(long, default_value_t = 20)]
    pub people: u32,
    /// How many meetings
    #[arg(long, default_value_t = 200)]
    pub meetings: u32,
    /// Any number; the same one gives the same made-up work again
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;
    use clap::{Command, CommandFactory};

    use super::Arguments;

    /// Arguments and commands that say nothing of themselves.
    fn unsaid(command: &Command, holes: &mut Vec<String>) {
        let name = command.get_name();
        holes.extend(command.get_about().is_none().then(|| name.to_owned()));
        let silent = command
            .get_arguments()
            .filter(|argument| argument.get_help().is_none() && !argument.is_hide_set());
        holes.extend(silent.map(|argument| format!("{name}: {}", argument.get_id())));
        command.get_subcommands().for_each(|own| unsaid(own, holes));
    }

    #[test]
    fn every_command_and_argument_says_what_it_is_for() {
        let mut holes = Vec::new();
        unsaid(&Arguments::command(), &mut holes);
        assert_eq!(holes, [""; 0]);
    }

    #[test]
    fn without_a_command_only_options_are_read_and_a_fault_stays_one() {
        let read = |given: &[&str]| {
            let given = ["tablesetter"].iter().chain(given).map(std::ffi::OsString::from);
            Arguments::read(given)
        };
        let alone = read(&["--store", "a.db", "--presenting"]).unwrap();
        assert!(alone.command.is_none() && alone.options.presenting);
        assert_eq!(alone.options.store.as_deref(), Some(std::path::Path::new("a.db")));
        assert!(read(&["--quiet", "list"]).unwrap().command.is_some());
        for (given, kind) in [
            (&["--help"][..], ErrorKind::DisplayHelp),
            (&["-V"], ErrorKind::DisplayVersion),
            (&["--stores", "a.db"], ErrorKind::UnknownArgument),
            (&["nonsense"], ErrorKind::InvalidSubcommand),
            (&["--color", "pink"], ErrorKind::InvalidValue),
        ] {
            assert_eq!(read(given).unwrap_err().kind(), kind, "{given:?}");
        }
    }
}
