//! The command line: each command is a thin call of a verb, told in lines for people, in `--plain` lines
//! or as `--json`. Results go to standard output, everything said about them to standard error.

mod accessible;
mod arguments;
mod books;
mod brief;
mod calendar;
mod docs;
mod doctor;
mod edit;
mod export;
mod fields;
mod filter;
mod forget;
mod heard;
mod help;
mod import;
mod journal;
mod json;
mod lint;
mod load;
mod message;
mod out;
mod requests;
mod safety;
mod setup;
mod source;
mod spoken;
mod target;
mod team;
mod tier_mix;
mod views;
mod ways_on;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::CommandFactory;

use crate::config::{self, Places};
use crate::domain::count::counted;
use crate::domain::hint::Hints;
use crate::domain::ids::RequestId;
use crate::domain::source::SourceWhat;
use crate::domain::words::filter::GRAMMAR;
use crate::foreign::{self, ForeignError};
use crate::ops::clock::Clock;
use crate::ops::sources::supervisor;
use crate::ops::{Desk, OpsError};
use crate::plain;
use crate::store::{Origin, Store, examine};
use crate::tui::app::keymap::Keymap;
use crate::tui::{self, End};
use arguments::{Arguments, Command, DemoArguments, SampleArguments};
use calendar::MeetingCommand;
use out::{Format, Glyphs, Out};

/// How a command can fail.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A verb refused.
    #[error(transparent)]
    Ops(#[from] OpsError),
    /// Used wrongly.
    #[error("{0}")]
    Usage(String),
    /// Nothing fits; the sentence says what was looked for.
    #[error("{0}")]
    Nothing(String),
    /// Found something wrong, and has told it already.
    #[error("")]
    Told(u8),
    /// A file or the output cannot be used.
    #[error("{0}")]
    Io(String),
    /// The other end of the pipe has closed: no failure.
    #[error("")]
    Closed,
}

impl From<crate::store::StoreError> for CliError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Ops(error.into())
    }
}

impl CliError {
    const fn code(&self) -> u8 {
        match self {
            Self::Ops(error) => error.exit_code(),
            Self::Usage(_) => 2,
            Self::Nothing(_) => 3,
            Self::Told(code) => *code,
            Self::Io(_) => 1,
            Self::Closed => 0,
        }
    }
}

impl From<ForeignError> for CliError {
    fn from(error: ForeignError) -> Self {
        match error {
            ForeignError::Io(message) => Self::Io(message),
            ForeignError::Refused(message) => OpsError::Rejected { message, hint: None }.into(),
        }
    }
}

/// What a command gives.
pub type Done = Result<(), CliError>;

pub fn run() -> ExitCode {
    // Before anything else: the process that gives a terminal back must be there at once, and makes no files.
    if tui::terminal::guard::is_wanted() {
        return tui::terminal::guard::run();
    }
    // Whatever is made, only its owner may read it.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    // Before clap sees anything: these are this program calling itself, and their words are in no help.
    if foreign::is_asked_for(std::env::args_os().nth(1).as_deref()) {
        return foreign::run();
    }
    let mut words = std::env::args_os().skip(1);
    if words.next().is_some_and(|word| word == supervisor::WORD) {
        return supervisor::run(words);
    }
    if let Some(code) = examined() {
        return code;
    }
    // Said here and nowhere deeper: tests that run the same verbs are no program that could be started again.
    examine::allow();
    let arguments = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // What could not be read as a whole still says in which shape it wants its answer.
            let is_json =
                std::env::args_os().skip(1).take_while(|word| word != "--").any(|word| word == "--json");
            return ExitCode::from(help::tell(&error, if is_json { Format::Json } else { Format::Human }));
        }
    };
    let mut out = Out::new(arguments.options.shape, arguments.options.color, arguments.options.quiet);
    let done = command(&arguments, &mut out).map_err(|error| looked_at_again(error, &arguments));
    // A result that could not be written is a failure, whatever the command did.
    match done.and_then(|()| out.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let code = error.code();
            out.error(&error);
            ExitCode::from(code)
        }
    }
}

/// Before a store is called damaged, it is looked at once more: a failed read is no damage.
fn looked_at_again(error: CliError, arguments: &Arguments) -> CliError {
    match (error, places(arguments)) {
        (CliError::Ops(OpsError::Store(error)), Ok(places)) => Store::look_again(error, &places.store).into(),
        (error, _) => error,
    }
}

/// Looks at a store for another process of this program, if that is what it was started for. It is no command: it
/// has no name that a person would type, and stands in no list.
fn examined() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    arguments.next().filter(|first| first == examine::ARGUMENT)?;
    let answer = arguments.next().and_then(|question| examine::answer(question.to_str()?));
    let is_told = answer.is_some_and(|answer| writeln!(std::io::stdout(), "{answer}").is_ok());
    Some(if is_told { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What every command has at hand.
pub struct Context {
    pub desk: Desk,
    pub places: Places,
}

fn places(arguments: &Arguments) -> Result<Places, CliError> {
    Places::find(arguments.options.store.clone(), arguments.options.config.clone()).ok_or_else(|| {
        CliError::Usage(
            "no home folder is known here; name the store with --store and the configuration with --config"
                .to_owned(),
        )
    })
}

fn clock() -> Result<Clock, CliError> {
    Clock::from_environment().map_err(CliError::Usage)
}

fn open(arguments: &Arguments, out: &mut Out) -> Result<Context, CliError> {
    let places = places(arguments)?;
    let loaded = config::load(&places.config);
    if !loaded.faults.is_empty() {
        out.say(&format!(
            "{} has faults ({}); the defaults stand in for them: `tablesetter config check` lists them",
            places.config.display(),
            loaded.faults.len()
        ));
    }
    let clock = clock()?;
    let (store, notices) = Store::open(&places.store)?;
    for notice in notices {
        out.say(&notice);
    }
    if loaded.config.is_ascii || !plain::is_utf8(|name| std::env::var(name).ok()) {
        out.glyphs = Glyphs::Ascii;
    }
    if arguments.options.presenting {
        // From here on: names are covered in everything that is said about the store, its notices being said
        // already.
        out.covered.clone_from(&loaded.config.hidden_names);
    }
    let is_presenting = arguments.options.presenting;
    let mut config = loaded.config;
    config.hints = Arc::new(Hints::without_keys());
    let mut desk = Desk::new(store, config, clock, Origin::CommandLine);
    desk.is_presenting = is_presenting;
    out.hidden = desk.hidden_names()?;
    if let Some(notice) = desk.clock_notice()? {
        out.say(&notice);
    }
    Ok(Context { desk, places })
}

fn command(arguments: &Arguments, out: &mut Out) -> Done {
    let Some(command) = arguments.command.clone() else { return cockpit(arguments, out) };
    match command {
        Command::Demo(demo) => return self::demo(arguments, &demo, out),
        Command::Sample(sample) => return self::sample(arguments, &sample, out),
        // Commands that need no store, or must not open one: `doctor` looks at one that may be broken.
        Command::Doctor(doctor) => return doctor::run(&places(arguments)?, &doctor, out),
        Command::Config(config) => return setup::config(&places(arguments)?, &config, out),
        Command::Completions { shell } => return setup::completions(shell, Arguments::command(), out),
        Command::Man => return setup::man(Arguments::command(), out),
        Command::Lint(lint) => {
            return lint::run(&lint, &config::load(&places(arguments)?.config).config, out);
        }
        Command::Actions => return setup::actions(&places(arguments)?, out),
        Command::Filter => return out.line(GRAMMAR.trim_end()),
        _ => {}
    }
    with_care(command, &mut open(arguments, out)?, out)
}

/// Runs a command with what is said beside it, and keeps the store safe.
fn with_care(command: Command, context: &mut Context, out: &mut Out) -> Done {
    let shown = shown_of_sources(&command);
    let done = with_store(command, context, out);
    // A remark on what was shown; that it cannot be made is no failure of what was.
    for stale in context.desk.stale_sources(shown).unwrap_or_default() {
        out.say(&format!(
            "{stale}; what rests on it may be too. `tablesetter source refresh` reads it again."
        ));
    }
    if let Some(remark) = context.desk.take_left_out() {
        out.say(&remark);
    }
    // What was asked for is done; a copy that cannot be made is said, not a failure of it.
    if let Err(error) = context.desk.store.keep_safe(context.desk.now().to_utc()) {
        out.say(&format!("no copy of the store could be made: {error}"));
    }
    done
}

/// What of that which sources bring a command shows.
const fn shown_of_sources(command: &Command) -> &'static [SourceWhat] {
    match command {
        Command::List(_) | Command::Overlaps => &[SourceWhat::Requests],
        Command::Meeting(MeetingCommand::List { .. }) => &[SourceWhat::Calendar],
        Command::Load(_) | Command::Forecast(_) | Command::Assign(_) => {
            &[SourceWhat::Requests, SourceWhat::People, SourceWhat::Absences, SourceWhat::Shares]
        }
        // The standup and the brief say it at their head, also to whoever they are handed to.
        Command::Review(_) => SourceWhat::ALL,
        _ => &[],
    }
}

fn with_store(command: Command, context: &mut Context, out: &mut Out) -> Done {
    match command {
        Command::Import(import) => {
            // The journal and the standup tell what an import brought from what somebody typed.
            let origin = std::mem::replace(&mut context.desk.origin, Origin::Import);
            let done = import::run(context, &import, out);
            // In a conversation others follow, which are typed.
            context.desk.origin = origin;
            done
        }
        Command::Source(source) => source::run(context, source, out),
        Command::Export(arguments) => export::run(&mut context.desk, &arguments, out),
        Command::Meeting(meeting) => calendar::meeting(&mut context.desk, &meeting, out),
        Command::Reflect(reflect) => calendar::reflect(&mut context.desk, &reflect, out),
        Command::Person(person) => team::person(&mut context.desk, person, out),
        Command::Absence(absence) => team::absence(&mut context.desk, absence, out),
        Command::Holiday(holiday) => team::holiday(&mut context.desk, holiday, out),
        Command::Record(command) => books::run(&mut context.desk, command, out),
        Command::Standup(arguments) => docs::standup(&mut context.desk, &arguments, out),
        Command::Brief(arguments) => brief::run(&mut context.desk, &arguments, out),
        Command::Review(arguments) => docs::review(&context.desk, &arguments, out),
        Command::Ledger => books::ledger(&context.desk, out),
        Command::Overlaps => books::overlaps(&context.desk, out),
        Command::Meanwhile => docs::meanwhile(&context.desk, out),
        Command::Private { keys, off } => books::private(&mut context.desk, &keys, off, out),
        Command::Link { one, other } => books::link(&mut context.desk, &one, &other, out),
        Command::Reshape { who } => load::reshape(&mut context.desk, &who, out),
        Command::Backup(arguments) => safety::backup(&context.desk, &arguments, out),
        Command::Forget(arguments) => forget::forget(&mut context.desk, &arguments, out),
        Command::Restore { file } => safety::restore(context, &file, out),
        Command::Load(arguments) => load::load(&context.desk, &arguments, out),
        Command::Forecast(arguments) => load::forecast(&context.desk, &arguments, out),
        Command::Assign(arguments) => load::assign(&mut context.desk, &arguments, out),
        Command::Add(arguments) => message::add(&mut context.desk, &arguments, out),
        Command::List(arguments) => requests::list(&context.desk, &arguments, out),
        Command::Show { key } => requests::show(&context.desk, &key, out),
        Command::Edit { key, words } => requests::edit(&mut context.desk, &key, &words, out),
        Command::Modify(arguments) => requests::modify(&mut context.desk, &arguments, out),
        Command::Move(arguments) => requests::move_to(&mut context.desk, &arguments, out),
        Command::History { limit, all } => journal::history(&context.desk, (limit, all), out),
        Command::Undo { operation } => journal::undo(&mut context.desk, operation.as_deref(), out),
        Command::Redo => journal::redo(&mut context.desk, out),
        // Done before the store was opened; typed into a conversation about one they come here.
        Command::Demo(_)
        | Command::Sample(_)
        | Command::Doctor(_)
        | Command::Config(_)
        | Command::Completions { .. }
        | Command::Man
        | Command::Lint(_)
        | Command::Actions
        | Command::Filter => Err(CliError::Usage(
            "this runs by itself, as `tablesetter …` in a shell, and not in here".to_owned(),
        )),
    }
}

fn end(end: End) -> Done {
    match end {
        End::Quit => Ok(()),
        // As a shell tells it of a program that a signal ended, so that scripts see no difference.
        End::Signal(signal) => Err(CliError::Told(u8::try_from(128 + signal).unwrap_or(1))),
    }
}

/// The same work line by line; it needs no terminal that can draw.
fn line_by_line(context: &mut Context, out: &mut Out) -> Done {
    out.never_page();
    context.desk.config.hints = Arc::new(Hints::without_keys());
    let mut more: Box<dyn accessible::More> = if std::io::stdin().is_terminal() {
        Box::new(accessible::AtTerminal)
    } else {
        Box::new(accessible::Scripted)
    };
    accessible::run(context, out, &mut std::io::stdin().lock(), more.as_mut())
}

fn needs_terminal() -> Done {
    if tui::terminal::is_there() {
        // Gets ready while the store is read.
        tui::terminal::guard::start();
        return Ok(());
    }
    let why = if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        "the cockpit needs a terminal that can draw a screen, and TERM says that this one cannot"
    } else {
        "the cockpit needs a terminal, and there is none here"
    };
    Err(CliError::Usage(format!("{why}; every job also works as a command: `tablesetter --help`")))
}

fn cockpit(arguments: &Arguments, out: &mut Out) -> Done {
    let places = places(arguments)?;
    let loaded = config::load(&places.config);
    if arguments.options.accessible || loaded.config.is_accessible {
        let mut context = open(arguments, out)?;
        context.desk.origin = Origin::Cockpit;
        return line_by_line(&mut context, out);
    }
    needs_terminal()?;
    let clock = clock()?;
    let (store, mut notices) = Store::open(&places.store)?;
    let desk = Desk::new(store, loaded.config, clock, Origin::Cockpit);
    notices.extend(desk.clock_notice()?);
    end(tui::run(desk, notices, &loaded.faults, Some(places.config))
        .map_err(|error| CliError::Io(error.to_string()))?)
}

/// A made-up studio: opened from a temporary store, or kept in a file.
fn demo(arguments: &Arguments, demo: &DemoArguments, out: &mut Out) -> Done {
    let loaded = config::load(&places(arguments)?.config);
    let is_accessible = arguments.options.accessible || loaded.config.is_accessible;
    if demo.keep.is_none() && !is_accessible {
        needs_terminal()?;
    }
    // Held until the cockpit ends: dropping the folder removes it, with the store that is still open in it.
    let folder = tempfile::tempdir()
        .map_err(|error| CliError::Io(format!("cannot make a temporary folder: {error}")))?;
    let path = demo.keep.clone().unwrap_or_else(|| folder.path().join("demo.db"));
    let mut desk = made_up(&path, loaded.config)?;
    match demo.size {
        arguments::DemoSize::Small => desk.fill_demo()?,
        arguments::DemoSize::Large => desk.fill_sample(crate::ops::sample::SampleSize {
            requests: 20_000,
            people: 60,
            meetings: 2_000,
            seed: 1,
        })?,
    }
    if demo.keep.is_some() {
        out.say(&format!("The demo studio is in {}.", path.display()));
        return Ok(());
    }
    // From here on it is the user who writes. What was filled in has another origin, so that no undo takes the
    // studio away.
    desk.origin = Origin::Cockpit;
    if is_accessible {
        out.line("This is a made-up studio in a temporary file: nothing here is kept.")?;
        return line_by_line(&mut Context { desk, places: places(arguments)? }, out);
    }
    let notice = Keymap::new(&desk.config).0.hints().say(
        "This is a made-up studio in a temporary file: nothing here is kept. {help} shows what you can do, {undo} takes it back, {quit} leaves. {follow} begins.",
    );
    end(tui::run(desk, vec![notice], &loaded.faults, None)
        .map_err(|error| CliError::Io(error.to_string()))?)
}

fn sample(arguments: &Arguments, sample: &SampleArguments, out: &mut Out) -> Done {
    let loaded = config::load(&places(arguments)?.config);
    let mut desk = made_up(&sample.file, loaded.config)?;
    let size = crate::ops::sample::SampleSize {
        requests: sample.requests,
        people: sample.people,
        meetings: sample.meetings,
        seed: sample.seed,
    };
    desk.fill_sample(size)?;
    // So that the file alone is the whole studio, and can be copied as one file.
    desk.store.checkpoint();
    out.say(&format!(
        "{} holds {}, {} and {}.",
        sample.file.display(),
        counted(sample.requests, "request", "requests"),
        counted(sample.people, "person", "people"),
        counted(sample.meetings, "meeting", "meetings")
    ));
    Ok(())
}

fn made_up(path: &std::path::Path, config: config::Config) -> Result<Desk, CliError> {
    if path.exists() {
        return Err(OpsError::rejected(
            format!("{} is there already", path.display()),
            "Name a new file: made-up work is never mixed with your own.",
        )
        .into());
    }
    let (store, _) = Store::open(path)?;
    Ok(Desk::new(store, config, clock()?, Origin::Sample))
}

/// A request's key; anything else is said as such.
pub fn key(text: &str) -> Result<RequestId, CliError> {
    text.parse().map_err(|error| {
        OpsError::NotFound {
            message: format!("{error}"),
            hint: Some("`tablesetter list` shows the keys.".to_owned()),
        }
        .into()
    })
}
